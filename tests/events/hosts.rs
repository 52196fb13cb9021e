//! Where events come from, and where tokens must not go.

use genauth::{AuthenticationClient, Brand, ClientBuilder, Error};

use crate::helpers::end;

const CODE: &str = "user.updated";

fn complete() -> ClientBuilder {
    AuthenticationClient::builder().app_id("an-app").app_host("https://example.genauth.ai").access_token("a-token")
}

#[test]
fn a_host_that_cannot_work_is_refused() {
    for (host, remedy) in [
        ("events.genauth.ai", "write it as `wss://events.example.com`"),
        ("", "write it as `wss://events.example.com`"),
        ("https://events.genauth.ai", "begin it with `wss://`"),
        ("wsss://events.genauth.ai", "begin it with `wss://`"),
        ("ws://events.genauth.ai", "use `wss://`, or call `allow_insecure_http`"),
        ("ws://127.0.0.1.example.com", "use `wss://`, or call `allow_insecure_http`"),
        ("wss://user:a-secret@events.genauth.ai", "leave out user"),
        ("wss://events.genauth.ai?token=a-secret", "leave out user, password, query"),
    ] {
        let error = complete().events_host(host).build().unwrap_err();
        let message = error.to_string();
        assert!(matches!(error, Error::Config(_)), "{error:?}");
        assert!(message.starts_with("the events' host cannot be used") && message.contains(remedy), "{message}");
        assert!(!message.contains("a-secret"), "{message}");
    }
    for host in ["wss://events.example.com", "ws://127.0.0.1:8080", "ws://localhost", "ws://[::1]:1"] {
        complete().events_host(host).build().unwrap_or_else(|error| panic!("{host}: {error}"));
    }
    complete().events_host("ws://events.example.com").allow_insecure_http().build().unwrap();
}

#[tokio::test]
async fn tokens_of_another_host_do_not_go_to_the_public_one() {
    for (host, brand, domain) in [
        ("https://auth.example.com", Brand::GenAuth, "genauth.ai"),
        ("https://example.authing.cn", Brand::GenAuth, "genauth.ai"),
        ("https://example.genauth.ai", Brand::Authing, "authing.cn"),
        ("https://notgenauth.ai", Brand::GenAuth, "genauth.ai"),
        ("https://genauth.ai.example.com", Brand::GenAuth, "genauth.ai"),
    ] {
        let client = complete().app_host(host).brand(brand).build().unwrap();
        let error = end(&mut client.events(CODE)).await;
        assert!(matches!(error, Error::Config(_)), "{host}: {error:?}");
        assert!(error.to_string().contains(domain) && error.to_string().contains("`events_host`"), "{error}");
    }
}
