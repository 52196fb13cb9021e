//! Publishes an event, receives it, and loses the connection in between.
//!
//! `cargo run --features events,sandbox --example events`

use futures_util::TryStreamExt;
use genauth::events::EventStreamItem;
use genauth::sandbox::Sandbox;
use serde::{Deserialize, Serialize};

const EVENT_TYPE: &str = "custom.order-paid";

#[derive(Debug, Serialize, Deserialize)]
struct Order {
    id: String,
    amount: i64,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let sandbox = Sandbox::start().await?;
    let client = sandbox.client()?.with_access_token(sandbox.issue_access_token());

    let mut events = client.events(EVENT_TYPE);
    let mut orders = (1024..).map(|number| Order { id: format!("A-{number}"), amount: 199 });
    while let Some(item) = events.try_next().await? {
        match item {
            // Events published before this are not received.
            EventStreamItem::Connected => {
                println!("connected");
                client.put_event(EVENT_TYPE, &orders.next()).source("web-shop").await?;
            }
            EventStreamItem::Event(event) => {
                let order: Order = event.deserialize()?;
                println!("{}: {order:?}", event.event_type());
                if order.id == "A-1025" {
                    break;
                }
                sandbox.drop_event_connections();
            }
            EventStreamItem::Disconnected(error) => println!("disconnected: {error}"),
            EventStreamItem::Gap(gap) => println!("gap of {} s", gap.end.duration_since(gap.start)?.as_secs()),
            other => println!("{other:?}"),
        }
    }
    Ok(())
}
