//! What each response of a server, or of a proxy in between, results in.

use std::time::Duration;

use crate::raw_server::{RawServer, http, json};
use genauth::types::{GetWechatMiniProgramPhoneDataDto, UserDepartmentPagingDto, UserDepartmentRespDto};
use genauth::{ApiCode, ApiStatus, Error, ErrorKind, Result, RetryPolicy};
use tokio::net::TcpListener;

async fn phone(response: Vec<u8>) -> Result<GetWechatMiniProgramPhoneDataDto> {
    let server = RawServer::start(response).await;
    server.builder().build().unwrap().get_wechat_miniprogram_phone("a-code", "my-wxapp").await
}

async fn failure(response: Vec<u8>) -> Error {
    phone(response).await.expect_err("the call must fail")
}

const PHONE: &str = r#""phoneNumber":"+8618812348888","purePhoneNumber":"18812348888","countryCode":"86""#;
const WATERMARK: &str = r#""watermark":{"appid":"wx8a6f2f5b0a3c4d1e","timestamp":1754300000}"#;

#[tokio::test]
async fn upstream_payload_is_found_in_every_known_place() {
    for body in [
        format!(r#"{{"statusCode":200,"message":"ok","data":{{{PHONE},{WATERMARK}}}}}"#),
        format!(
            r#"{{"statusCode":200,"message":"ok","data":{{"errcode":0,"errmsg":"ok","phone_info":{{{PHONE},{WATERMARK}}}}}}}"#
        ),
        format!(r#"{{"statusCode":200,"message":"ok","phone_info":{{{PHONE},{WATERMARK}}}}}"#),
        format!(r#"{{"data":null,"phone_info":{{{PHONE},{WATERMARK}}},"statusCode":200}}"#),
        format!(r#"{{"statusCode":200,"phone_info":{{{},{WATERMARK}}}}}"#, PHONE.replace(r#""86""#, "86")),
    ] {
        let phone = phone(json("200 OK", &body)).await.unwrap_or_else(|error| panic!("{body}: {error}"));
        assert_eq!(phone.phone_number, "+8618812348888");
        assert_eq!(phone.pure_phone_number, "18812348888");
        assert_eq!(phone.country_code.as_deref(), Some("86"));
        let watermark = phone.watermark.expect("watermark");
        assert_eq!((watermark.appid.as_str(), watermark.timestamp), ("wx8a6f2f5b0a3c4d1e", 1_754_300_000));
    }
}

#[tokio::test]
async fn missing_optional_and_unknown_members_are_accepted() {
    let body = format!(r#"{{"statusCode":200,"message":"ok","more":[1],"data":{{{PHONE},"more":{{"x":null}}}}}}"#);
    assert!(phone(json("200 OK", &body)).await.unwrap().watermark.is_none());
}

#[tokio::test]
async fn any_2xx_is_a_success() {
    let body = format!(r#"{{"statusCode":200,"message":"ok","data":{{{PHONE}}}}}"#);
    assert_eq!(phone(json("201 Created", &body)).await.unwrap().phone_number, "+8618812348888");
}

#[tokio::test]
async fn envelope_has_message_and_request_id() {
    let body = format!(r#"{{"statusCode":200,"message":"done","requestId":"r-1","data":{{{PHONE}}}}}"#);
    let server = RawServer::start(json("200 OK", &body)).await;
    let client = server.builder().build().unwrap();
    let envelope = client.get_wechat_miniprogram_phone("a-code", "my-wxapp").envelope().await.unwrap();
    assert_eq!((envelope.api_status, envelope.message.as_str()), (ApiStatus::OK, "done"));
    assert_eq!(envelope.request_id.as_deref(), Some("r-1"));
    assert_eq!(envelope.data.phone_number, "+8618812348888");
}

#[tokio::test]
async fn upstream_error_is_api_error() {
    for (body, code, throttled, transient) in [
        (r#"{"statusCode":200,"message":"","data":{"errcode":40029,"errmsg":"invalid code"}}"#, 40029, false, false),
        (r#"{"statusCode":200,"message":"","errcode":45011,"errmsg":"invalid code"}"#, 45011, true, true),
        (r#"{"statusCode":200,"requestId":"r-1","data":{"errcode":-1,"errmsg":"invalid code"}}"#, -1, false, true),
    ] {
        let error = failure(json("200 OK", body)).await;
        assert!(matches!(error, Error::Api(_)), "{error:?}");
        assert_eq!(error.api_code(), Some(ApiCode(code)));
        assert_eq!((error.is_throttled(), error.is_transient()), (throttled, transient), "{error}");
        assert!(error.to_string().contains("invalid code"), "{error}");
    }
}

#[tokio::test]
async fn failure_under_http_200_is_api_error() {
    let body =
        r#"{"statusCode":400,"message":"no such connection","apiCode":2004,"requestId":"r-1","data":{"mfaToken":"t"}}"#;
    let error = failure(json("200 OK", body)).await;
    assert_eq!(error.api_status(), Some(ApiStatus::INVALID_ARGUMENT));
    assert_eq!(error.status().unwrap(), 200);
    assert_eq!(error.api_code(), Some(ApiCode(2004)));
    assert_eq!(error.request_id(), Some("r-1"));
    assert!(!error.is_transient() && !error.is_throttled());
    assert_eq!(error.to_string(), "API error 2004: no such connection (status 400, request r-1)");
    let Error::Api(error) = error else { panic!("{error:?}") };
    assert_eq!(error.data.as_ref().unwrap()["mfaToken"], "t");
    assert!(!format!("{error:?}").contains("mfaToken"), "data may contain secrets");
}

#[tokio::test]
async fn failure_under_own_http_status_is_api_error() {
    let throttled = failure(json("429 Too Many Requests", r#"{"statusCode":429,"message":"slow down"}"#)).await;
    assert!(matches!(throttled, Error::Api(_)) && throttled.is_throttled() && throttled.is_transient());
    let broken = failure(json("500 Internal Server Error", r#"{"statusCode":500,"message":"oops"}"#)).await;
    assert!(matches!(broken, Error::Api(_)) && broken.is_transient());
}

#[tokio::test]
async fn statuses_408_429_and_5xx_but_501_are_transient_in_every_kind_of_error() {
    for (status, transient) in [
        (400, false),
        (404, false),
        (408, true),
        (429, true),
        (500, true),
        (501, false),
        (503, true),
        (520, true),
        (600, false),
    ] {
        let enveloped = format!(r#"{{"statusCode":{status},"message":"no"}}"#);
        let error = failure(json("200 OK", &enveloped)).await;
        assert_eq!((error.kind(), error.is_transient()), (ErrorKind::Api, transient), "{error}");
        if status == 600 {
            continue;
        }
        let error = failure(json(&format!("{status} X"), r#"{"statusCode":400,"message":"no"}"#)).await;
        assert_eq!((error.kind(), error.is_transient()), (ErrorKind::Api, transient), "{error}");
        let error = failure(http(&format!("{status} X"), "text/html", b"")).await;
        assert_eq!((error.kind(), error.is_transient()), (ErrorKind::UnexpectedResponse, transient), "{error}");

        let server = RawServer::start(json(&format!("{status} X"), r#"{"error":"invalid_request"}"#)).await;
        let client = server.builder().retry_policy(RetryPolicy::never()).build().unwrap();
        let error = client.get_user_info_by_access_token("a-token").await.unwrap_err();
        assert_eq!((error.kind(), error.is_transient()), (ErrorKind::OAuth, transient), "{error}");
    }
}

#[tokio::test]
async fn response_of_a_proxy_is_unexpected_response() {
    for (response, status, reason) in [
        (http("502 Bad Gateway", "text/html", b"<h1>502</h1>"), 502, "the HTTP status is not a success"),
        (json("403 Forbidden", r#"{"error":"blocked"}"#), 403, "the HTTP status is not a success"),
        (
            json("500 Internal Server Error", r#"{"statusCode":200,"message":""}"#),
            500,
            "the HTTP status is not a success",
        ),
        (http("302 Found\r\nlocation: http://127.0.0.1:1/", "text/html", b""), 302, "the HTTP status is not a success"),
        (http("200 OK", "text/html", b"<h1>Welcome</h1>"), 200, "the body is not JSON"),
        (json("200 OK", ""), 200, "the body is empty"),
        (json("204 No Content", ""), 204, "the body is empty"),
        (json("200 OK", r#"{"statusCode":200,"data":{"phone"#), 200, "the body is not JSON"),
        (
            http("200 OK", "application/json", b"{\"statusCode\":200,\"message\":\"\xff\"}"),
            200,
            "the body is not UTF-8",
        ),
        (json("200 OK", r#"[200,"",1,"",null]"#), 200, "the body is not the API's envelope"),
        (json("200 OK", "[1,2,3]"), 200, "the body is not the API's envelope"),
        (json("200 OK", r#"{"ok":true}"#), 200, "the body is not the API's envelope"),
        (json("200 OK", "null"), 200, "the body is not the API's envelope"),
    ] {
        let error = failure(response).await;
        let Error::UnexpectedResponse(unexpected) = &error else { panic!("{status}, {reason}: {error:?}") };
        assert_eq!(unexpected.reason, reason);
        assert_eq!(error.status().unwrap().as_u16(), status);
        assert_eq!(error.api_status(), Some(ApiStatus(status.into())));
        assert!(error.to_string().contains(&status.to_string()), "{error}");
    }
}

#[tokio::test]
async fn unexpected_response_keeps_body_out_of_messages() {
    let response = http("502 Bad Gateway\r\nx-request-id: r-9", "text/html", b"<h1>a-secret</h1>");
    let error = failure(response).await;
    assert!(error.is_transient());
    assert_eq!(error.request_id(), Some("r-9"));
    assert_eq!(error.to_string(), "unexpected response: HTTP 502 Bad Gateway (text/html, 17 bytes, request r-9)");
    assert!(!format!("{error} {error:?}").contains("a-secret"));
    let Error::UnexpectedResponse(error) = error else { panic!("{error:?}") };
    assert_eq!(error.body(), b"<h1>a-secret</h1>");
    assert_eq!(error.content_type(), Some("text/html"));
}

#[tokio::test]
async fn decode_error_says_what_failed_where_and_why() {
    let body =
        format!(r#"{{"statusCode":200,"requestId":"r-1","data":{{{}}}}}"#, PHONE.replace(r#""18812348888""#, "[1]"));
    let error = failure(json("200 OK", &body)).await;
    assert_eq!(
        error.to_string(),
        "failed to decode response: data.purePhoneNumber: expected a string, found array (HTTP 200 OK, request r-1)"
    );
    assert_eq!(error.kind().as_str(), "decode");
}

#[tokio::test]
async fn type_mismatch_names_path_without_value() {
    for (data, path, reason) in [
        ("null", "data", "found null"),
        (r#""a-secret""#, "data", "found string"),
        (r#"{"countryCode":"86"}"#, "data", "missing field"),
        (r#"{"phoneNumber":["a-secret"]}"#, "data.phoneNumber", "found array"),
        (r#"{"phone_info":{"phoneNumber":{}}}"#, "data.phone_info.phoneNumber", "found object"),
    ] {
        let body = format!(r#"{{"statusCode":200,"message":"","requestId":"r-1","data":{data}}}"#);
        let error = failure(json("200 OK", &body)).await;
        let Error::Decode(invalid) = &error else { panic!("{data}: {error:?}") };
        assert_eq!(invalid.path, path, "{data}");
        assert!(invalid.reason.contains(reason), "{data}: {}", invalid.reason);
        assert_eq!(invalid.body(), body.as_bytes());
        assert_eq!((error.request_id(), error.api_status()), (Some("r-1"), Some(ApiStatus::OK)));
        assert!(!format!("{error} {error:?}").contains("a-secret"), "{error:?}");
    }
}

#[tokio::test]
async fn deep_nesting_is_an_error() {
    let body = format!(r#"{{"statusCode":200,"message":"","data":{}}}"#, "[".repeat(100_000));
    assert!(matches!(failure(json("200 OK", &body)).await, Error::UnexpectedResponse(_)));
}

#[tokio::test]
async fn truncated_body_is_transport_error_with_status() {
    let error = failure(b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n{\"statusCode\":200".to_vec()).await;
    let Error::Transport(transport) = &error else { panic!("{error:?}") };
    assert!(!transport.is_connect() && !transport.is_timeout());
    assert_eq!(error.status().unwrap(), 200);
    assert!(error.to_string().starts_with("connection lost while reading the response"), "{error}");
}

#[tokio::test]
async fn response_over_the_limit_is_not_read_to_its_end() {
    let server = RawServer::start(json("200 OK", &"x".repeat(2000))).await;
    let client = server.builder().max_response_size(1000).build().unwrap();
    let error = client.get_wechat_miniprogram_phone("a-code", "my-wxapp").await.unwrap_err();
    assert!(matches!(error, Error::ResponseTooLarge { limit: 1000, .. }), "{error:?}");
    let expected = "response exceeds the limit of 1000 bytes (HTTP 200 OK): raise `max_response_size`";
    assert_eq!(error.to_string(), expected);
}

#[tokio::test]
async fn refused_connection_is_connect_error_without_url() {
    let address = TcpListener::bind(("127.0.0.1", 0)).await.unwrap().local_addr().unwrap();
    let client = genauth::AuthenticationClient::builder().app_id("an-app").app_host(format!("http://{address}"));
    let error = client.build().unwrap().get_wechat_miniprogram_phone("a-code", "my-wxapp").await.unwrap_err();
    let Error::Transport(transport) = &error else { panic!("{error:?}") };
    assert!(transport.is_connect() && error.is_connect() && !error.is_timeout() && error.is_transient());
    assert!(error.to_string().starts_with("failed to connect (nothing sent)"), "{error}");
    assert!(!format!("{error:?}").contains("/api/v3"), "{error:?}");
}

#[tokio::test]
async fn silent_server_ends_in_timeout() {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let host = format!("http://{}", listener.local_addr().unwrap());
    let client = genauth::AuthenticationClient::builder().app_id("an-app").app_host(host).build().unwrap();
    let call = client.get_wechat_miniprogram_phone("a-code", "my-wxapp").timeout(Duration::from_millis(50));
    let error = call.await.unwrap_err();
    assert!(matches!(&error, Error::Transport(transport) if transport.is_timeout()), "{error:?}");
    assert!(error.is_timeout() && !error.is_connect(), "{error:?}");
    assert!(error.to_string().starts_with("timed out waiting for the response"), "{error}");
}

#[test]
fn deserialize_error_names_the_mismatch() {
    for (text, expected) in [
        (r#"{"totalCount":1}"#, "missing field `list`"),
        (r#"{"list":[],"totalCount":1,"totalCount":1}"#, "duplicate field `totalCount`"),
        (r#"[[],1]"#, "invalid type: sequence, expected struct UserDepartmentPagingDto"),
        (r#"{"list":[{"departmentId":7}],"totalCount":1}"#, "invalid type: integer `7`, expected a string"),
    ] {
        let error = serde_json::from_str::<UserDepartmentPagingDto>(text).unwrap_err().to_string();
        assert!(error.starts_with(expected), "{text}: {error}");
    }
}

#[test]
fn null_reads_as_absent_and_is_not_written() {
    let text = r#"{"departmentId":"d","name":null,"departmentIdPath":null,"isRoot":false,"news":{"x":[1]}}"#;
    let department: UserDepartmentRespDto = serde_json::from_str(text).unwrap();
    assert_eq!((department.name.as_deref(), department.department_id_path.len()), (None, 0));
    assert_eq!(serde_json::to_string(&department).unwrap(), r#"{"departmentId":"d","isRoot":false}"#);
}
