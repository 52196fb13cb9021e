//! Logging in by CAS.

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
    let landed = sandbox.authorize(&client.build_cas_login_url(SERVICE).to_url().unwrap()).await.unwrap();
    assert!(landed.as_str().starts_with(SERVICE), "{landed}");
    parameter(&landed, "ticket").unwrap()
}

async fn failure(client: &AuthenticationClient, service: &str, ticket: &str) -> String {
    let answer = client.validate_ticket_v2(service, ticket).await.unwrap().service_response;
    assert!(answer.authentication_success.is_none());
    answer.authentication_failure.unwrap().code
}

#[tokio::test]
async fn a_browser_comes_back_with_a_ticket_that_tells_who_it_is() {
    let (_sandbox, client) = start().await;
    let mut browser = Browser::new();
    let address = client.build_cas_login_url(SERVICE).to_url().unwrap();
    let page = browser.open(&address).await.page();
    let landed = browser.press(&page, "continue", &[]).await.sent();
    let valid = client.validate_ticket_v1(SERVICE, parameter(&landed, "ticket").unwrap()).await.unwrap();
    assert_eq!(valid.user(), Some("sandbox-user"));

    let landed = browser.open(&address).await.sent();
    let answer = client.validate_ticket_v2(SERVICE, parameter(&landed, "ticket").unwrap()).await.unwrap();
    let success = answer.service_response.authentication_success.unwrap();
    assert_eq!(success.user, "sandbox-user");
    let attributes = serde_json::to_value(success.attributes).unwrap();
    assert_eq!(attributes["nickname"], "Sandbox user");

    let page = Browser::new().open(&address).await.page();
    assert_eq!(Browser::new().press(&page, "cancel", &[]).await.sent().as_str(), SERVICE);
}

#[tokio::test]
async fn a_ticket_is_good_once_in_time_and_for_its_service() {
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
async fn only_the_application_has_tickets_and_only_for_an_address_of_its_own() {
    let (sandbox, client) = start().await;
    let other = sandbox.client_builder().app_id("another-app").build().unwrap();
    sandbox.authorize(&other.build_cas_login_url(SERVICE).to_url().unwrap()).await.unwrap_err();
    sandbox.authorize(&client.build_cas_login_url("ftp://shop.example/").to_url().unwrap()).await.unwrap_err();
    let ticket = ticket(&sandbox, &client).await;
    assert!(!other.validate_ticket_v1(SERVICE, ticket).await.unwrap().is_valid());
}

#[tokio::test]
async fn cas_2_is_answered_in_json_only() {
    let (sandbox, client) = start().await;
    let ticket = ticket(&sandbox, &client).await;
    let path = format!("{}/cas-idp/{}/serviceValidate", sandbox.url(), sandbox.app_id());
    let query = [("service", SERVICE), ("ticket", &ticket), ("format", "XML")];
    let answer = reqwest::Client::new().get(path).query(&query).send().await.unwrap().text().await.unwrap();
    assert!(answer.contains("INVALID_REQUEST"), "{answer}");
    client.validate_ticket_v2(SERVICE, ticket).await.unwrap().service_response.authentication_success.unwrap();
}
