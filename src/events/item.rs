//! The items of an event stream.

use std::time::SystemTime;

use super::event::{Event, MalformedMessage};
use crate::Error;

/// An item of the stream: an event, or a change of the connection.
#[derive(Debug)]
#[non_exhaustive]
#[doc(alias = "Incoming")]
pub enum EventStreamItem {
    /// The connection is established: events published from now on arrive.
    Connected,
    /// The stream was disconnected, and events published meanwhile are lost. Follows every
    /// [`Connected`](Self::Connected) but the first.
    Gap(Gap),
    /// An event.
    Event(Event),
    /// A message that is not an event. The connection stays open.
    #[doc(alias = "Unreadable")]
    Malformed(MalformedMessage),
    /// The connection was lost, or an attempt to connect failed, for this reason. The stream reconnects after a delay.
    #[doc(alias = "Lost")]
    Disconnected(Error),
}

/// An interval in which published events may have been lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Gap {
    /// When the last message, ping or pong arrived on the lost connection, by the local clock.
    #[doc(alias = "since")]
    pub start: SystemTime,
    /// When the next connection was established.
    #[doc(alias = "until")]
    pub end: SystemTime,
}
