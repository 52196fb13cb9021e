//! Events of the whole user pool.

use futures_util::StreamExt;
use genauth::events::EventStreamItem;
use genauth::sandbox::Sandbox;

#[tokio::test]
async fn events_arrive_by_a_signed_handshake() {
    let sandbox = Sandbox::start().await.unwrap();
    let management = sandbox.management_client().unwrap();
    let mut events = management.events("order.shipped");
    assert!(matches!(events.next().await, Some(Ok(EventStreamItem::Connected))));
    management.pub_user_event("order.shipped", &serde_json::json!({ "order": 7 })).await.unwrap();
    match events.next().await {
        Some(Ok(EventStreamItem::Event(event))) => assert_eq!(event.payload(), r#"{"order":7}"#),
        other => panic!("not an event: {other:?}"),
    }

    let stranger = sandbox.management_client_builder().access_key_secret("another").build().unwrap();
    let error = stranger.events("order.shipped").next().await.unwrap().unwrap_err();
    assert_eq!(error.api_code(), Some(genauth::ApiCode::SIGNATURE_INVALID));
}
