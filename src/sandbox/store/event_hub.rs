//! Distributes events to subscribers.

use std::collections::VecDeque;

use axum::extract::ws::Utf8Bytes;
use axum::http::StatusCode;
use tokio::sync::{mpsc, oneshot};

/// The number of events that may wait for a subscriber. One more drops its connection, as the service has no buffer.
const BUFFER: usize = 1024;

#[derive(Default)]
pub struct EventHub {
    subscribers: Vec<Subscriber>,
    /// The HTTP statuses with which the next subscriptions are rejected.
    pub rejections: VecDeque<StatusCode>,
}

struct Subscriber {
    event_type: String,
    commands: mpsc::Sender<Command>,
    /// When it is dropped, the connection ends at once, even if events are waiting.
    _close: oneshot::Sender<()>,
}

/// The receiving end of a subscriber, for its connection.
pub struct Subscription {
    pub commands: mpsc::Receiver<Command>,
    /// Resolves when the connection has to end.
    pub closed: oneshot::Receiver<()>,
}

pub enum Command {
    Send(Utf8Bytes),
    /// Send nothing and read nothing from now on.
    Stall,
}

impl EventHub {
    pub fn subscribe(&mut self, event_type: &str) -> Subscription {
        self.subscribers.retain(|subscriber| !subscriber.commands.is_closed());
        let (sender, commands) = mpsc::channel(BUFFER);
        let (close, closed) = oneshot::channel();
        self.subscribers.push(Subscriber { event_type: event_type.to_owned(), commands: sender, _close: close });
        Subscription { commands, closed }
    }

    /// Sends an event to all subscribers of its type.
    pub fn publish(&mut self, event_type: &str, payload: &str) {
        let payload = Utf8Bytes::from(payload);
        self.subscribers.retain(|subscriber| {
            subscriber.event_type != event_type || subscriber.commands.try_send(Command::Send(payload.clone())).is_ok()
        });
    }

    pub fn subscriber_count(&self, event_type: &str) -> usize {
        let is_open =
            |subscriber: &&Subscriber| subscriber.event_type == event_type && !subscriber.commands.is_closed();
        self.subscribers.iter().filter(is_open).count()
    }

    /// Ends all connections without a close frame.
    pub fn drop_connections(&mut self) {
        self.subscribers.clear();
    }

    pub fn stall_connections(&mut self) {
        self.subscribers.retain(|subscriber| subscriber.commands.try_send(Command::Stall).is_ok());
    }
}
