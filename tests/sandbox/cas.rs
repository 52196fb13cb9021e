//! Login by CAS.

use std::time::Duration;

use genauth::AuthenticationClient;
use genauth::sandbox::Sandbox;

use crate::browser::{Browser, parameter};

const SERVICE: &str = "https://shop.example/cas?page=1";

async fn start() -> (Sandbox, AuthenticationClient) {
    let sandbox = Sandbox::start().await.unwrap();
    let client = sandbox.client().unwrap();
    (sandbox, client)
}

/// Logs in, and returns the ticket.
async fn ticket(sandbox: &Sandbox, client: &AuthenticationClient) -> String {
    let callback = sandbox.authorize(&client.build_cas_login_url(SERVICE).to_url().unwrap()).await.unwrap();
    assert!(callback.as_str().starts_with(SERVICE), "{callback}");
    parameter(&callback, "ticket").unwrap()
}

async fn failure(client: &AuthenticationClient, service: &str, ticket: &str) -> String {
    let response = client.validate_ticket_v2(service, ticket).await.unwrap().service_response;
    assert!(response.authentication_success.is_none());
    response.authentication_failure.unwrap().code
}

#[tokio::test]
async fn cas_login_redirects_with_ticket_of_user() {
    let (_sandbox, client) = start().await;
    let mut browser = Browser::new();
    let url = client.build_cas_login_url(SERVICE).to_url().unwrap();
    let page = browser.open(&url).await.page();
    let callback = browser.submit(&page, "continue", &[]).await.redirect();
    let valid = client.validate_ticket_v1(SERVICE, parameter(&callback, "ticket").unwrap()).await.unwrap();
    assert_eq!(valid.user(), Some("sandbox-user"));

    let callback = browser.open(&url).await.redirect();
    let response = client.validate_ticket_v2(SERVICE, parameter(&callback, "ticket").unwrap()).await.unwrap();
    let success = response.service_response.authentication_success.unwrap();
    assert_eq!(success.user, "sandbox-user");
    let attributes = serde_json::to_value(success.attributes).unwrap();
    assert_eq!(attributes["nickname"], "Sandbox user");

    let page = Browser::new().open(&url).await.page();
    assert_eq!(Browser::new().submit(&page, "cancel", &[]).await.redirect().as_str(), SERVICE);
}

#[tokio::test]
async fn ticket_is_valid_once_for_its_service_until_it_expires() {
    let (sandbox, client) = start().await;
    let used = ticket(&sandbox, &client).await;
    assert!(client.validate_ticket_v1(SERVICE, used.as_str()).await.unwrap().is_valid());
    assert!(!client.validate_ticket_v1(SERVICE, used.as_str()).await.unwrap().is_valid());
    assert_eq!(failure(&client, SERVICE, &used).await, "INVALID_TICKET");

    let elsewhere = ticket(&sandbox, &client).await;
    assert_eq!(failure(&client, "https://other.example/", &elsewhere).await, "INVALID_SERVICE");
    assert_eq!(failure(&client, SERVICE, &elsewhere).await, "INVALID_TICKET");

    let (early, late) = (ticket(&sandbox, &client).await, ticket(&sandbox, &client).await);
    sandbox.advance_clock(Duration::from_secs(5 * 60 - 10));
    assert!(client.validate_ticket_v1(SERVICE, early).await.unwrap().is_valid());
    sandbox.advance_clock(Duration::from_secs(11));
    assert_eq!(failure(&client, SERVICE, &late).await, "INVALID_TICKET");
}

#[tokio::test]
async fn cas_login_rejects_other_applications_and_services() {
    let (sandbox, client) = start().await;
    let other = sandbox.client_builder().app_id("another-app").build().unwrap();
    sandbox.authorize(&other.build_cas_login_url(SERVICE).to_url().unwrap()).await.unwrap_err();
    sandbox.authorize(&client.build_cas_login_url("ftp://shop.example/").to_url().unwrap()).await.unwrap_err();
    let ticket = ticket(&sandbox, &client).await;
    assert!(!other.validate_ticket_v1(SERVICE, ticket).await.unwrap().is_valid());
}

/// The response of CAS 2.0 or 3.0 to these parameters.
async fn xml(sandbox: &Sandbox, path: &str, parameters: &[(&str, &str)]) -> String {
    let path = format!("{}/cas-idp/{}/{path}", sandbox.url(), sandbox.app_id());
    let response = reqwest::Client::new().get(path).query(parameters).send().await.unwrap();
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()["content-type"], "application/xml; charset=utf-8");
    response.text().await.unwrap()
}

#[tokio::test]
async fn cas_2_and_3_respond_in_xml_unless_json_is_requested() {
    let (sandbox, client) = start().await;
    for (path, format) in [("serviceValidate", None), ("serviceValidate", Some("XML")), ("p3/serviceValidate", None)] {
        let ticket = ticket(&sandbox, &client).await;
        let mut parameters = vec![("service", SERVICE), ("ticket", &ticket)];
        parameters.extend(format.map(|format| ("format", format)));
        let response = xml(&sandbox, path, &parameters).await;
        let start = r#"<cas:serviceResponse xmlns:cas="http://www.yale.edu/tp/cas"><cas:authenticationSuccess><cas:user>sandbox-user</cas:user><cas:attributes><cas:"#;
        assert!(response.starts_with(start), "{path}: {response}");
        assert!(
            response.ends_with("</cas:attributes></cas:authenticationSuccess></cas:serviceResponse>"),
            "{response}"
        );
        let again = xml(&sandbox, path, &parameters).await;
        assert!(again.contains(r#"<cas:authenticationFailure code="INVALID_TICKET">"#), "{again}");
    }
    for parameters in [&[][..], &[("service", SERVICE)], &[("ticket", "x"), ("service", "")]] {
        let response = xml(&sandbox, "serviceValidate", parameters).await;
        assert!(response.contains(r#"<cas:authenticationFailure code="INVALID_REQUEST">"#), "{response}");
    }
}
