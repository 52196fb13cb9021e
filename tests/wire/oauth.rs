//! Operations without the API's envelope: forms, OAuth 2.0 errors, plain text, empty bodies, and URLs for browsers.

use std::collections::BTreeMap;
use std::time::Duration;

use genauth::{ApiStatus, AuthenticationClient, ClientAuthMethod, Error, OAuthErrorCode};
use url::form_urlencoded::parse;

use crate::raw_server::{RawServer, Request, http, json};

const TOKENS: &str = r#"{"access_token":"an-access-token","token_type":"Bearer","expires_in":60}"#;

fn client_of(server: &RawServer) -> AuthenticationClient {
    server.builder().build().unwrap()
}

/// The form and the `Authorization` header of a call to each endpoint that authenticates the application.
async fn client_authentication(
    auth: ClientAuthMethod,
    secret: Option<&str>,
) -> Vec<(BTreeMap<String, String>, Option<String>)> {
    let mut sent = Vec::new();
    for endpoint in 0..3 {
        let body = if endpoint == 0 { TOKENS } else { r#"{"active":false}"# };
        let mut server = RawServer::start(json("200 OK", body)).await;
        let mut builder = server.builder().token_endpoint_auth_method(auth);
        if let Some(secret) = secret {
            builder = builder.app_secret(secret);
        }
        let client = builder.build().unwrap();
        match endpoint {
            0 => drop(client.get_access_token_by_code("a-code", "https://shop.example/cb").await.unwrap()),
            1 => drop(client.introspect_token("a-token").await.unwrap()),
            _ => client.revoke_token("a-token").await.unwrap(),
        }
        let request = server.request().await;
        assert_eq!(request.header("content-type"), Some("application/x-www-form-urlencoded"));
        sent.push((form(&request), request.header("authorization").map(ToOwned::to_owned)));
    }
    sent
}

fn form(request: &Request) -> BTreeMap<String, String> {
    parse(request.body.as_bytes()).into_owned().collect()
}

#[tokio::test]
async fn client_auth_method_applies_to_every_endpoint() {
    let client = |form: &BTreeMap<String, String>| (form.get("client_id").cloned(), form.get("client_secret").cloned());
    let id = Some("an-app".to_owned());
    for (form, header) in client_authentication(ClientAuthMethod::ClientSecretPost, Some("s&cret:%")).await {
        assert_eq!((client(&form), header), ((id.clone(), Some("s&cret:%".to_owned())), None));
    }
    for (form, header) in client_authentication(ClientAuthMethod::ClientSecretBasic, Some("s&cret:%")).await {
        // `an-app:s%26cret%3A%25`: both are encoded, so that there is only one colon.
        let basic = "Basic YW4tYXBwOnMlMjZjcmV0JTNBJTI1".to_owned();
        assert_eq!((client(&form), header), ((None, None), Some(basic)));
    }
    for (auth, secret) in [(ClientAuthMethod::None, Some("secret")), (ClientAuthMethod::ClientSecretBasic, None)] {
        for (form, header) in client_authentication(auth, secret).await {
            assert_eq!((client(&form), header), ((id.clone(), None), None));
        }
    }
}

#[tokio::test]
async fn access_key_replaces_application_credentials() {
    let mut server = RawServer::start(json("200 OK", TOKENS)).await;
    let builder =
        server.builder().app_secret("its-own").token_endpoint_auth_method(ClientAuthMethod::ClientSecretBasic);
    let client = builder.build().unwrap();
    let tokens = client.get_access_token_by_client_credentials("read", "a-key", "its-secret").await.unwrap();
    assert_eq!((tokens.access_token.expose_secret(), tokens.expires_in), ("an-access-token", Some(60)));
    let request = server.request().await;
    assert_eq!(request.header("authorization"), None);
    let expected = [
        ("client_id", "a-key"),
        ("client_secret", "its-secret"),
        ("grant_type", "client_credentials"),
        ("scope", "read"),
    ];
    assert_eq!(form(&request), expected.map(|(name, value)| (name.to_owned(), value.to_owned())).into());
}

#[tokio::test]
async fn oauth_error_is_decoded() {
    let body = r#"{"error":"invalid_grant","error_description":"the code was used"}"#;
    let server = RawServer::start(json("400 Bad Request\r\nx-request-id: r-1", body)).await;
    let error = client_of(&server).get_access_token_by_code("a-code", "https://shop.example/cb").await.unwrap_err();
    assert_eq!(error.to_string(), "OAuth error invalid_grant: the code was used (HTTP 400 Bad Request, request r-1)");
    assert_eq!((error.api_status(), error.request_id()), (Some(ApiStatus::INVALID_ARGUMENT), Some("r-1")));
    assert!(!error.is_transient() && !error.is_throttled());
    let Error::OAuth(error) = error else { panic!("{error:?}") };
    assert_eq!((error.error, error.description.as_deref()), (OAuthErrorCode::InvalidGrant, Some("the code was used")));
}

#[tokio::test]
async fn oauth_error_is_transient_or_throttled_by_status() {
    for (status, body, transient, throttled) in [
        ("503 Service Unavailable\r\nretry-after: 7", r#"{"error":"temporarily_unavailable"}"#, true, false),
        ("429 Too Many Requests\r\nretry-after: 7", r#"{"error":"slow_down"}"#, true, true),
        ("401 Unauthorized\r\nretry-after: 7", r#"{"error":"invalid_token"}"#, false, false),
    ] {
        let server = RawServer::start(json(status, body)).await;
        let call = client_of(&server).get_user_info_by_access_token("a-token").timeout(Duration::from_secs(2));
        let error = call.await.unwrap_err();
        assert!(matches!(error, Error::OAuth(_)), "{error:?}");
        assert_eq!((error.is_transient(), error.is_throttled()), (transient, throttled), "{error}");
        assert_eq!(error.retry_after(), Some(Duration::from_secs(7)));
    }
}

#[tokio::test]
async fn other_bodies_are_not_oauth_errors() {
    for response in [json("400 Bad Request", r#"{"errors":[]}"#), http("502 Bad Gateway", "text/html", b"<h1>502</h1>")]
    {
        let server = RawServer::start(response).await;
        let error = client_of(&server).introspect_token("a-token").await.unwrap_err();
        assert!(matches!(error, Error::UnexpectedResponse(_)), "{error:?}");
    }
    let enveloped = json("200 OK", r#"{"statusCode":403,"message":"no","apiCode":2020}"#);
    let server = RawServer::start(enveloped).await;
    let error = client_of(&server).revoke_token("a-token").await.unwrap_err();
    assert!(matches!(error, Error::Api(_)), "{error:?}");
}

#[tokio::test]
async fn access_token_argument_replaces_the_clients() {
    let mut server =
        RawServer::start(json("200 OK", r#"{"sub":"u","custom":{"a":[1]},"updated_at":1783045230}"#)).await;
    let client = server.builder().access_token("its-own").build().unwrap();
    let user = client.get_user_info_by_access_token("given").await.unwrap();
    assert_eq!(server.request().await.header("authorization"), Some("Bearer given"));
    assert_eq!((user.extra["custom"]["a"][0].as_i64(), user.updated_at.as_deref()), (Some(1), Some("1783045230")));
}

#[tokio::test]
async fn cas_1_response_has_user_or_none() {
    for (text, user) in [("yes\nlin\n", Some("lin")), ("yes\r\nlin", Some("lin")), ("no\n\n", None), ("no", None)] {
        let server = RawServer::start(http("200 OK", "text/plain", text.as_bytes())).await;
        let ticket = client_of(&server).validate_ticket_v1("https://shop.example/cas", "ST-1").await.unwrap();
        assert_eq!((ticket.user(), ticket.is_valid()), (user, user.is_some()), "{text:?}");
    }
    for text in ["", "yes", "yes\n\n", "maybe\nlin\n", r#"{"statusCode":200}"#] {
        let server = RawServer::start(http("200 OK", "text/plain", text.as_bytes())).await;
        let error = client_of(&server).validate_ticket_v1("https://shop.example/cas", "ST-1").await.unwrap_err();
        let expected = "failed to decode response: invalid value (HTTP 200 OK)";
        assert!(matches!(error, Error::Decode(_)), "{text:?}: {error:?}");
        assert_eq!(error.to_string(), expected);
    }
}

#[test]
fn url_parameter_stays_one_segment() {
    let client = |app_id: &str| {
        AuthenticationClient::builder().app_id(app_id).app_host("https://host.example/sso/").build().unwrap()
    };
    let service = "https://shop.example/?a=1&b=#/../";
    let url = client("a/../b?c#d").build_cas_login_url(service).to_url().unwrap();
    assert_eq!(url.path(), "/sso/cas-idp/a%2F..%2Fb%3Fc%23d");
    assert_eq!(url.query_pairs().collect::<Vec<_>>(), [("service".into(), service.into())]);
    assert_eq!(url.fragment(), None);
    for app_id in [".", ".."] {
        let error = client(app_id).build_cas_login_url(service).to_url().unwrap_err();
        assert!(error.to_string().contains("`app_id` is empty or a dot segment"), "{error}");
    }
    assert_eq!(client("a").build_logout_url().to_url().unwrap().as_str(), "https://host.example/sso/oidc/session/end");
}
