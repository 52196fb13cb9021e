//! The events host: which URLs are valid, and which access tokens it receives.

use genauth::{AuthenticationClient, Brand, ClientBuilder, Error};

use crate::helpers::final_error;

fn builder() -> ClientBuilder {
    AuthenticationClient::builder().app_id("an-app").app_host("https://example.genauth.ai").access_token("a-token")
}

#[test]
fn events_host_invalid_is_config_error_with_help() {
    for (host, help) in [
        ("events.genauth.ai", "`wss://"),
        ("", "`wss://"),
        ("https://events.genauth.ai", "`wss://`"),
        ("wsss://events.genauth.ai", "`wss://`"),
        ("ws://events.genauth.ai", "`allow_insecure_http`"),
        ("ws://127.0.0.1.example.com", "`allow_insecure_http`"),
        ("wss://user:a-secret@events.genauth.ai", "user"),
        ("wss://events.genauth.ai?token=a-secret", "query"),
    ] {
        let error = builder().events_host(host).build().unwrap_err();
        let message = error.to_string();
        assert!(matches!(error, Error::Config(_)), "{host}: {error:?}");
        assert!(message.contains("host") && message.contains(help), "{host}: {message}");
        assert!(!message.contains("a-secret"), "{message}");
    }
}

#[test]
fn events_host_valid_is_accepted() {
    for host in ["wss://events.example.com", "ws://127.0.0.1:8080", "ws://localhost", "ws://[::1]:1"] {
        builder().events_host(host).build().unwrap_or_else(|error| panic!("{host}: {error}"));
    }
    builder().events_host("ws://events.example.com").allow_insecure_http().build().unwrap();
}

#[tokio::test]
async fn events_host_of_brand_receives_no_token_of_another_domain() {
    for (host, brand, domain) in [
        ("https://auth.example.com", Brand::GenAuth, "genauth.ai"),
        ("https://example.authing.cn", Brand::GenAuth, "genauth.ai"),
        ("https://example.genauth.ai", Brand::Authing, "authing.cn"),
        ("https://notgenauth.ai", Brand::GenAuth, "genauth.ai"),
        ("https://genauth.ai.example.com", Brand::GenAuth, "genauth.ai"),
    ] {
        let client = builder().app_host(host).brand(brand).build().unwrap();
        let error = final_error(&mut client.events("user.updated")).await;
        assert!(matches!(error, Error::Config(_)), "{host}: {error:?}");
        assert!(error.to_string().contains(domain) && error.to_string().contains("`events_host`"), "{error}");
    }
}
