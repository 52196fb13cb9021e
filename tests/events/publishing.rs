//! From publishing an event to receiving it, through the sandbox.

use std::time::SystemTime;

use futures_util::StreamExt;
use genauth::events::{EventStreamError, EventStreamItem};
use genauth::sandbox::Sandbox;
use genauth::{ApiCode, Error};
use serde::{Deserialize, Serialize, Serializer};
use serde_json::{Value, json};

use crate::helpers::{connected, event, gap, next, signed_in, without_backoff};

const EVENT_TYPE: &str = "custom.order-paid";

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Order {
    id: String,
    amount: i64,
}

#[tokio::test]
async fn publish_reaches_every_subscriber_of_the_event_type() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = signed_in(&sandbox);
    let (mut one, mut two) = (client.events(EVENT_TYPE), client.sub_event(EVENT_TYPE));
    let mut other = client.events("custom.order-sent");
    for events in [&mut one, &mut two, &mut other] {
        connected(events).await;
    }
    assert_eq!(sandbox.subscriber_count(EVENT_TYPE), 2);

    let order = Order { id: "A-1024".to_owned(), amount: 199 };
    let before = SystemTime::now();
    client.put_event(EVENT_TYPE, &order).source("web-shop").await.unwrap();
    client.put_event("custom.order-sent", "A-1023").await.unwrap();

    for events in [&mut one, &mut two] {
        let event = event(events).await;
        assert_eq!(event.event_type(), EVENT_TYPE);
        assert_eq!(event.payload(), r#"{"id":"A-1024","amount":199}"#);
        assert_eq!(event.deserialize::<Order>().unwrap(), order);
        assert!(event.received_at() >= before, "received before it was published");
    }
    assert_eq!(event(&mut other).await.payload(), r#""A-1023""#);
}

#[tokio::test]
async fn publish_without_token_is_rejected() {
    let sandbox = Sandbox::start().await.unwrap();
    let error = sandbox.client().unwrap().put_event(EVENT_TYPE, &json!({})).await.unwrap_err();
    assert_eq!(error.api_code(), Some(ApiCode::NOT_SIGNED_IN));
}

#[tokio::test]
async fn publish_of_unserializable_payload_is_config_error() {
    struct Unserializable;
    impl Serialize for Unserializable {
        fn serialize<S: Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
            Err(serde::ser::Error::custom("unserializable"))
        }
    }
    let sandbox = Sandbox::start().await.unwrap();
    let error = signed_in(&sandbox).put_event(EVENT_TYPE, &Unserializable).await.unwrap_err();
    assert!(matches!(&error, Error::Config(_)) && error.to_string().contains("unserializable"), "{error:?}");
}

#[tokio::test]
async fn deserialize_type_mismatch_names_path_without_value() {
    let sandbox = Sandbox::start().await.unwrap();
    let mut events = signed_in(&sandbox).events(EVENT_TYPE);
    connected(&mut events).await;
    sandbox.publish_event(EVENT_TYPE, r#"{"id":"A-1024","amount":"18812348888"}"#);
    let event = event(&mut events).await;
    let error = event.deserialize::<Order>().unwrap_err();
    assert!(
        matches!(&error, Error::EventStream(EventStreamError::Deserialize { path, .. }) if path == "amount"),
        "{error:?}"
    );
    assert!(error.to_string().ends_with("amount: expected i64, found string"), "{error}");
    assert!(!error.is_transient());
    assert!(!format!("{event:?} {error:?}").contains("18812348888"));
}

#[tokio::test]
async fn message_without_json_is_malformed_and_connection_stays_open() {
    let sandbox = Sandbox::start().await.unwrap();
    let mut events = signed_in(&sandbox).events(EVENT_TYPE);
    connected(&mut events).await;
    for text in ["", "{", "18812348888 said hello", "{} {}"] {
        sandbox.publish_event(EVENT_TYPE, text);
        let EventStreamItem::Malformed(message) = next(&mut events).await else { panic!("{text:?} is an event") };
        assert_eq!(message.bytes(), text.as_bytes());
        assert_eq!(message.reason, "not valid JSON");
        assert!(!format!("{message:?}").contains("18812348888"));
    }
    sandbox.publish_event(EVENT_TYPE, "1");
    assert_eq!(event(&mut events).await.payload(), "1");
}

#[tokio::test]
async fn sandbox_disconnects_subscriber_that_falls_behind() {
    let sandbox = Sandbox::start().await.unwrap();
    let mut events = without_backoff(signed_in(&sandbox).events(EVENT_TYPE));
    connected(&mut events).await;
    // No other task runs meanwhile, so that all of them are buffered.
    (0..2000).for_each(|number| sandbox.publish_event(EVENT_TYPE, &number.to_string()));
    let mut received = 0;
    loop {
        match next(&mut events).await {
            EventStreamItem::Event(_) => received += 1,
            EventStreamItem::Disconnected(_) => break,
            other => panic!("neither an event nor disconnected: {other:?}"),
        }
    }
    assert!(received <= 1024, "{received} events were buffered");
    connected(&mut events).await;
    gap(&mut events).await;
}

#[tokio::test]
async fn sandbox_dropped_disconnects_stream() {
    let sandbox = Sandbox::start().await.unwrap();
    let mut events = signed_in(&sandbox).events(EVENT_TYPE);
    connected(&mut events).await;
    drop(sandbox);
    match events.next().await.unwrap().unwrap() {
        EventStreamItem::Disconnected(_) => {}
        other => panic!("not disconnected: {other:?}"),
    }
}

#[tokio::test]
async fn profile_update_reaches_subscribers() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = signed_in(&sandbox);
    let mut events = client.events("user.updated");
    connected(&mut events).await;
    let user = client.update_profile().nickname("Lin").await.unwrap();
    let event: Value = event(&mut events).await.deserialize().unwrap();
    assert_eq!(event["user"]["userId"], *user.user_id);
    assert_eq!(event["updates"]["nickname"], "Lin");
    assert_eq!(event["updates"].get("username"), None);
}
