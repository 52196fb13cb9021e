//! From publishing an event to hearing of it, through the sandbox.

use futures_util::StreamExt;
use genauth::events::EventStreamError;
use genauth::sandbox::Sandbox;
use genauth::{ApiCode, Error};
use serde::{Deserialize, Serialize, Serializer};
use serde_json::json;

use crate::helpers::{connected, event, next, signed_in};
use genauth::events::EventStreamItem;

const CODE: &str = "custom.order-paid";

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Order {
    id: String,
    amount: i64,
}

#[tokio::test]
async fn what_is_published_reaches_all_that_subscribe_to_its_code() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = signed_in(&sandbox);
    let (mut one, mut two) = (client.events(CODE), client.sub_event(CODE));
    let mut other = client.events("custom.order-sent");
    for events in [&mut one, &mut two, &mut other] {
        connected(events).await;
    }
    assert_eq!(sandbox.subscriber_count(CODE), 2);

    let order = Order { id: "A-1024".to_owned(), amount: 199 };
    let before = std::time::SystemTime::now();
    client.put_event(CODE, &order).source("web-shop").await.unwrap();
    client.put_event("custom.order-sent", "A-1023").await.unwrap();

    for events in [&mut one, &mut two] {
        let event = event(events).await;
        assert_eq!(event.code(), CODE);
        assert_eq!(event.json(), r#"{"id":"A-1024","amount":199}"#);
        assert_eq!(event.deserialize::<Order>().unwrap(), order);
        assert!(event.received() >= before);
    }
    assert_eq!(event(&mut other).await.json(), r#""A-1023""#);
}

#[tokio::test]
async fn publishing_asks_for_a_signed_in_user() {
    let sandbox = Sandbox::start().await.unwrap();
    let error = sandbox.client().unwrap().put_event(CODE, &json!({})).await.unwrap_err();
    assert_eq!(error.api_code(), Some(ApiCode::NOT_SIGNED_IN));
}

#[tokio::test]
async fn what_does_not_serialize_is_not_sent() {
    struct Unwilling;
    impl Serialize for Unwilling {
        fn serialize<S: Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
            Err(serde::ser::Error::custom("unwilling"))
        }
    }
    let sandbox = Sandbox::start().await.unwrap();
    let error = signed_in(&sandbox).put_event(CODE, &Unwilling).await.unwrap_err();
    assert!(matches!(&error, Error::Config(_)) && error.to_string().contains("unwilling"), "{error:?}");
}

#[tokio::test]
async fn a_form_that_does_not_fit_is_named_without_its_value() {
    let sandbox = Sandbox::start().await.unwrap();
    let mut events = signed_in(&sandbox).events(CODE);
    connected(&mut events).await;
    sandbox.publish_event(CODE, r#"{"id":"A-1024","amount":"18812348888"}"#);
    let event = event(&mut events).await;
    let error = event.deserialize::<Order>().unwrap_err();
    assert!(
        matches!(&error, Error::EventStream(EventStreamError::Deserialize { path, .. }) if path == "amount"),
        "{error:?}"
    );
    assert_eq!(error.to_string(), "the event does not fit: amount: expected i64, found string");
    assert!(!error.is_transient());
    assert!(!format!("{event:?} {error:?}").contains("18812348888"));
}

#[tokio::test]
async fn a_message_that_is_no_json_is_told_and_the_line_stands() {
    let sandbox = Sandbox::start().await.unwrap();
    let mut events = signed_in(&sandbox).events(CODE);
    connected(&mut events).await;
    for message in ["", "{", "18812348888 said hello", "{} {}"] {
        sandbox.publish_event(CODE, message);
        let EventStreamItem::Malformed(unreadable) = next(&mut events).await else { panic!("{message:?} was read") };
        assert_eq!(unreadable.bytes(), message.as_bytes());
        assert_eq!(unreadable.reason, "it is not JSON");
        assert!(!format!("{unreadable:?}").contains("18812348888"));
    }
    sandbox.publish_event(CODE, "1");
    assert_eq!(event(&mut events).await.json(), "1");
}

#[tokio::test]
async fn who_does_not_keep_up_with_the_sandbox_is_cut_off() {
    let sandbox = Sandbox::start().await.unwrap();
    let mut events = crate::helpers::at_once(signed_in(&sandbox).events(CODE));
    connected(&mut events).await;
    // Nothing else runs meanwhile, so that all of them wait.
    (0..2000).for_each(|number| sandbox.publish_event(CODE, &number.to_string()));
    let mut heard = 0;
    loop {
        match next(&mut events).await {
            EventStreamItem::Event(_) => heard += 1,
            EventStreamItem::Disconnected(_) => break,
            other => panic!("{other:?}"),
        }
    }
    assert!(heard <= 1024, "{heard} events waited");
    connected(&mut events).await;
    crate::helpers::gap(&mut events).await;
}

#[tokio::test]
async fn a_sandbox_that_is_dropped_ends_its_lines() {
    let sandbox = Sandbox::start().await.unwrap();
    let mut events = signed_in(&sandbox).events(CODE);
    connected(&mut events).await;
    drop(sandbox);
    match events.next().await.unwrap().unwrap() {
        EventStreamItem::Disconnected(_) => {}
        other => panic!("{other:?}"),
    }
}
