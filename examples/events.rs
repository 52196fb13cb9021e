//! Publishing an event, hearing of it, and losing the line in between.
//!
//! `cargo run --features events,sandbox --example events`

use futures_util::TryStreamExt;
use genauth::events::EventStreamItem;
use genauth::sandbox::Sandbox;
use serde::{Deserialize, Serialize};

const CODE: &str = "custom.order-paid";

#[derive(Debug, Serialize, Deserialize)]
struct Order {
    id: String,
    amount: i64,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let sandbox = Sandbox::start().await?;
    let client = sandbox.client()?.with_access_token(sandbox.issue_access_token());

    let mut events = client.events(CODE);
    let mut orders = (1024..).map(|number| Order { id: format!("A-{number}"), amount: 199 });
    while let Some(incoming) = events.try_next().await? {
        match incoming {
            // Only what is published while there is a line comes over it.
            EventStreamItem::Connected => {
                println!("connected");
                client.put_event(CODE, &orders.next()).source("web-shop").await?;
            }
            EventStreamItem::Event(event) => {
                let order: Order = event.deserialize()?;
                println!("{}: {order:?}", event.code());
                if order.id == "A-1025" {
                    break;
                }
                sandbox.drop_event_connections();
            }
            EventStreamItem::Disconnected(reason) => println!("lost: {reason}"),
            EventStreamItem::Gap(gap) => println!("deaf for {} s", gap.end.duration_since(gap.start)?.as_secs()),
            other => println!("{other:?}"),
        }
    }
    Ok(())
}
