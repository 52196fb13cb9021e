//! What a stream of events tells.

use std::time::SystemTime;

use super::{Event, MalformedMessage};
use crate::Error;

/// What comes out of the stream: events, and how the line is doing.
#[derive(Debug)]
#[non_exhaustive]
pub enum EventStreamItem {
    /// The line stands: what is sent from now on comes.
    Connected,
    /// The line was down, and what was sent meanwhile is lost. Follows [`Connected`](Self::Connected), but for the
    /// first one.
    Gap(Gap),
    /// An event.
    Event(Event),
    /// A message that is no event. The line stands all the same.
    Malformed(MalformedMessage),
    /// There is no line, for this reason. After a pause there is another attempt, each of which may fail like this.
    Disconnected(Error),
}

/// A time in which events may have been sent that never come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Gap {
    /// When the last sign of life came over the line that was lost, by this machine's clock.
    pub start: SystemTime,
    /// When there was a line again.
    pub end: SystemTime,
}
