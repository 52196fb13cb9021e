//! The lines over which events go to subscribers.

use std::collections::VecDeque;
use std::pin::{Pin, pin};

use axum::extract::ws::{Message, Utf8Bytes, WebSocket};
use axum::http::StatusCode;
use futures_util::future::{Either, select};
use tokio::sync::{mpsc, oneshot};

/// So many events may wait for a subscriber; one more, and the line is cut, as the service keeps nothing either.
const WAITING: usize = 1024;

#[derive(Default)]
pub struct Lines {
    open: Vec<Line>,
    /// The statuses with which the next requests for a line are refused.
    pub refusals: VecDeque<StatusCode>,
}

struct Line {
    code: String,
    orders: mpsc::Sender<Order>,
    /// Dropped, it ends the line at once, whatever waits.
    _end: oneshot::Sender<()>,
}

enum Order {
    Send(Utf8Bytes),
    /// Says nothing any more, and hears nothing.
    Stall,
}

impl Lines {
    /// A line for the events of a code; the future serves it.
    pub fn open(&mut self, code: &str) -> impl FnOnce(WebSocket) -> Serving + use<> {
        self.open.retain(|line| !line.orders.is_closed());
        let (orders, received) = mpsc::channel(WAITING);
        let (end, ended) = oneshot::channel();
        self.open.push(Line { code: code.to_owned(), orders, _end: end });
        |socket| {
            Box::pin(async {
                select(ended, pin!(serve(socket, received))).await;
            })
        }
    }

    /// Sends an event to all that subscribe to its code.
    pub fn publish(&mut self, code: &str, text: &str) {
        let text = Utf8Bytes::from(text);
        self.open.retain(|line| line.code != code || line.orders.try_send(Order::Send(text.clone())).is_ok());
    }

    /// How many subscribe to a code.
    pub fn subscriber_count(&self, code: &str) -> usize {
        self.open.iter().filter(|line| line.code == code && !line.orders.is_closed()).count()
    }

    /// Ends all lines, without a word.
    pub fn cut(&mut self) {
        self.open.clear();
    }

    /// Lets all lines go silent.
    pub fn stall(&mut self) {
        self.open.retain(|line| line.orders.try_send(Order::Stall).is_ok());
    }
}

type Serving = Pin<Box<dyn Future<Output = ()> + Send>>;

/// Serves a line until the subscriber ends it.
async fn serve(mut socket: WebSocket, mut orders: mpsc::Receiver<Order>) {
    loop {
        let next = match select(pin!(orders.recv()), pin!(socket.recv())).await {
            Either::Left((order, _)) => Either::Left(order),
            Either::Right((message, _)) => Either::Right(message),
        };
        match next {
            Either::Left(Some(Order::Send(text))) => {
                if socket.send(Message::Text(text)).await.is_err() {
                    return;
                }
            }
            Either::Left(Some(Order::Stall)) => while orders.recv().await.is_some() {},
            Either::Right(Some(Ok(_))) => {}
            Either::Left(None) | Either::Right(None | Some(Err(_))) => return,
        }
    }
}
