//! The library's `dynamic::call`.

use genauth::AuthenticationClient;
use genauth::dynamic::{ArgumentError, call};
use serde_json::{Value, json};

use crate::raw_server::{RawServer, json as json_response};

fn client(server: &RawServer) -> AuthenticationClient {
    AuthenticationClient::builder().app_id("an-app").app_host(server.url()).build().unwrap()
}

async fn error(operation: &str, fields: Value) -> ArgumentError {
    let server = RawServer::responding(Vec::new()).await;
    let client = client(&server);
    let error = call(&client, operation, fields.as_object().cloned().unwrap()).err().unwrap();
    assert_eq!(server.waiting(), 0);
    error
}

#[tokio::test]
async fn dynamic_call_sends_and_returns_the_same_as_the_method() {
    let response = json!({ "statusCode": 200, "message": "", "requestId": "r-1", "data": {
        "phoneNumber": "+8618812348888", "purePhoneNumber": "18812348888", "countryCode": "86",
    }});
    let mut server = RawServer::responding(json_response("200 OK", &response.to_string())).await;
    let client = client(&server);

    let phone = client.get_wechat_miniprogram_phone("a-code", "my-wxapp").await.unwrap();
    let method = server.request().await;
    let fields = json!({ "code": "a-code", "extIdpConnidentifier": "my-wxapp" });
    let envelope = call(&client, "get_wechat_miniprogram_phone", fields.as_object().cloned().unwrap()).unwrap();
    let envelope = envelope.await.unwrap();
    let name = server.request().await;

    assert_eq!((method.line, method.headers, method.body), (name.line, name.headers, name.body));
    assert_eq!((envelope.api_status.0, envelope.request_id.as_deref()), (200, Some("r-1")));
    assert_eq!(envelope.data, serde_json::to_value(phone).unwrap());
}

#[tokio::test]
async fn invalid_arguments_are_rejected_with_path_and_without_value() {
    let unknown = |path: &str| ArgumentError::UnknownField { path: path.to_owned() };
    assert_eq!(error("no_such_thing", json!({})).await, ArgumentError::UnknownOperation("no_such_thing".into()));
    assert_eq!(error("get_profile", json!({ "withCustomDate": true })).await, unknown("withCustomDate"));
    let nested = json!({ "connection": "PASSWORD", "passwordPayload": { "password": "x", "emial": "y" } });
    assert_eq!(error("sign_in_by_credentials", nested).await, unknown("passwordPayload.emial"));

    let wrong = json!({ "connection": "PASSWORD", "passwordPayload": { "password": 20_261_122 } });
    let wrong = error("sign_in_by_credentials", wrong).await.to_string();
    assert_eq!(wrong, "`passwordPayload.password`: expected a string, found integer");
    let missing = error("get_wechat_miniprogram_phone", json!({ "code": "x" })).await.to_string();
    assert_eq!(missing, "missing field `extIdpConnidentifier`");
}
