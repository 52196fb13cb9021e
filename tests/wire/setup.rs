//! Building a client: missing and invalid settings are errors before anything is sent.

use std::path::Path;
use std::process::{Command, Output};

use crate::raw_server::{RawServer, json};
use genauth::{AuthenticationClient, ClientBuilder, Error};

fn config_error(builder: ClientBuilder) -> String {
    match builder.build() {
        Err(error @ Error::Config(_)) => error.to_string(),
        other => panic!("{other:?}"),
    }
}

fn builder() -> ClientBuilder {
    AuthenticationClient::builder().app_id("an-app").app_host("https://example.genauth.ai")
}

#[test]
fn missing_setting_names_its_setter() {
    let no_id = AuthenticationClient::builder().app_host("https://example.genauth.ai");
    assert_eq!(config_error(no_id), "missing application id: call `app_id`");
    let no_host = AuthenticationClient::builder().app_id("an-app");
    assert_eq!(config_error(no_host), "missing application host: call `app_host`");
    builder().build().unwrap();
}

#[test]
fn invalid_host_rejected() {
    for (host, help) in [
        ("example.genauth.ai", "https://"),
        ("", "https://"),
        ("ftp://example.genauth.ai", "https://"),
        ("http://example.genauth.ai", "allow_insecure_http"),
        ("http://127.0.0.1.example.com", "allow_insecure_http"),
        ("https://user:a-secret@example.genauth.ai", "remove user"),
        ("https://example.genauth.ai?x=a-secret", "query"),
        ("https://example.genauth.ai#x", "fragment"),
    ] {
        let message = config_error(builder().app_host(host));
        assert!(message.contains(help), "{host}: {message}");
        assert!(!message.contains("a-secret"), "{message}");
    }
    for host in ["http://127.0.0.1:8080", "http://localhost", "http://[::1]:1", "https://example.genauth.ai/"] {
        builder().app_host(host).build().unwrap_or_else(|error| panic!("{host}: {error}"));
    }
    builder().app_host("http://example.genauth.ai").allow_insecure_http().build().unwrap();
}

#[test]
fn invalid_header_value_rejected_without_showing_it() {
    for builder in [
        builder().app_id("an\napp"),
        builder().access_token("a-secret\n"),
        builder().app_secret("fine\nas it is encoded").lang("zh\r\nCN"),
    ] {
        let message = config_error(builder);
        assert!(message.contains("line breaks"), "{message}");
        assert!(!message.contains("a-secret"), "{message}");
    }
}

#[test]
fn http_client_conflicts_with_connection_settings() {
    let builder = builder().http_client(reqwest::Client::new()).connect_timeout(std::time::Duration::from_secs(1));
    assert!(config_error(builder).contains("http_client"));
}

#[tokio::test]
async fn invalid_header_of_a_call_is_config_error() {
    let client = builder().build().unwrap();
    for call in [
        client.get_wechat_miniprogram_phone("a-code", "my-wxapp").header("no header", "x"),
        client.get_wechat_miniprogram_phone("a-code", "my-wxapp").header("x-fine", "a-secret\n"),
        client.get_wechat_miniprogram_phone("a-code", "my-wxapp").lang("zh\n"),
    ] {
        let error = call.await.unwrap_err();
        assert!(matches!(error, Error::Config(_)), "{error:?}");
        assert!(!format!("{error} {error:?}").contains("a-secret"), "{error:?}");
    }
}

#[test]
fn debug_shows_no_secret() {
    let proxy = reqwest::Proxy::all("http://user:a-secret@proxy.test").unwrap();
    assert!(!format!("{:?}", builder().proxy(proxy)).contains("a-secret"));
    let builder = builder().app_secret("a-secret").access_token("a-secret");
    assert!(!format!("{builder:?}").contains("a-secret"));
    let client = builder.build().unwrap().with_access_token("a-secret");
    assert!(!format!("{client:?}").contains("a-secret"));
    let call = client.get_wechat_miniprogram_phone("a-secret", "my-wxapp").access_token("a-secret");
    assert!(format!("{call:?}").contains("my-wxapp"));
    assert!(!format!("{call:?}").contains("a-secret"));
}

#[test]
fn debug_shows_no_password_of_a_url() {
    for host in ["https://user:a-secret@example.genauth.ai", "user:a-secret@example.genauth.ai"] {
        let shown = builder().app_host(host);
        #[cfg(feature = "events")]
        let shown = shown.events_host("wss://user:a-secret@events.example");
        #[cfg(feature = "oidc")]
        let shown = shown.issuer("https://user:a-secret@example.com").jwks_uri("https://user:a-secret@example.com");
        assert!(!format!("{shown:?} {shown:#?}").contains("a-secret"), "{shown:?}");
    }
}

#[test]
fn brand_follows_from_host() {
    for (host, brand) in [
        ("https://example.authing.cn", "Authing"),
        ("https://authing.cn", "Authing"),
        ("https://example.authing.co", "Authing"),
        ("https://example.genauth.ai", "GenAuth"),
        ("https://authing.example.com", "GenAuth"),
        ("https://notauthing.cn", "GenAuth"),
        ("http://127.0.0.1", "GenAuth"),
    ] {
        let client = builder().app_host(host).build().unwrap();
        assert!(format!("{client:?}").contains(&format!("brand: {brand},")), "{host}: {client:?}");
    }
}

/// Runs the example `phone_number`, whose client is built from the environment, with only these variables.
fn run_example(variables: &[(&str, &str)]) -> Output {
    let tests = std::env::current_exe().unwrap();
    let example = tests.parent().and_then(Path::parent).unwrap().join("examples/phone_number");
    let mut command = Command::new(&example);
    command.env_clear().envs(variables.iter().copied()).args(["a-code", "my-wxapp"]);
    command.output().unwrap_or_else(|error| panic!("{}: {error}", example.display()))
}

#[test]
fn from_env_names_missing_variable() {
    let host = ("GENAUTH_APP_HOST", "https://example.genauth.ai");
    for (variables, name) in [
        (&[][..], "GENAUTH_APP_ID"),
        (&[host], "GENAUTH_APP_ID"),
        (&[("GENAUTH_APP_ID", ""), host], "GENAUTH_APP_ID"),
        (&[("GENAUTH_APP_ID", "an-app")], "GENAUTH_APP_HOST"),
    ] {
        let output = run_example(variables);
        let message = String::from_utf8(output.stderr).unwrap();
        assert!(!output.status.success() && message.contains(name), "{variables:?}: {message}");
    }
}

#[tokio::test]
async fn from_env_applies_variables() {
    let body = r#"{"statusCode":200,"phone_info":{"phoneNumber":"+8618812348888","purePhoneNumber":"18812348888","countryCode":86}}"#;
    let mut server = RawServer::start(json("200 OK", body)).await;
    let host = server.url();
    let run = tokio::task::spawn_blocking(move || {
        run_example(&[
            ("GENAUTH_APP_ID", "an-app"),
            ("GENAUTH_APP_HOST", &host),
            ("GENAUTH_APP_SECRET", "a-secret"),
            ("GENAUTH_ACCESS_TOKEN", "a-token"),
            ("GENAUTH_LANG", "ja-JP"),
        ])
    });
    let output = run.await.unwrap();
    let request = server.request().await;
    assert_eq!(request.header("x-genauth-app-id"), Some("an-app"));
    assert_eq!(request.header("x-genauth-lang"), Some("ja-JP"));
    assert!(String::from_utf8_lossy(&output.stdout).contains("+8618812348888"), "{output:?}");
}

const PHONE: &str = r#"{"statusCode":200,"data":{"phoneNumber":"+8618812348888","purePhoneNumber":"18812348888"}}"#;

/// Runs the example against a server, with more variables; its output, and the request.
async fn run_against_server(
    variables: &[(&'static str, &'static str)],
) -> (Output, Option<crate::raw_server::Request>) {
    let mut server = RawServer::start(json("200 OK", PHONE)).await;
    let host = server.url() + "\r\n";
    let variables = variables.to_vec();
    let run = tokio::task::spawn_blocking(move || {
        run_example(&[&[("GENAUTH_APP_ID", "an-app\n"), ("GENAUTH_APP_HOST", host.as_str())], &*variables].concat())
    });
    let output = run.await.unwrap();
    let request = if server.waiting() > 0 { Some(server.request().await) } else { None };
    (output, request)
}

#[tokio::test]
async fn from_env_reads_what_the_command_reads() {
    let variables = [
        ("GENAUTH_BRAND", "authing"),
        ("GENAUTH_EVENTS_HOST", "ws://127.0.0.1:1"),
        ("GENAUTH_TIMEOUT", "5s"),
        ("GENAUTH_TOKEN_ENDPOINT_AUTH", "none"),
        ("GENAUTH_LANG", "en-US\n"),
    ];
    let (output, request) = run_against_server(&variables).await;
    let request = request.unwrap_or_else(|| panic!("{output:?}"));
    assert_eq!(request.header("x-authing-app-id"), Some("an-app"));
    assert_eq!(request.header("x-authing-lang"), Some("en-US"));

    for (name, value, remedy) in [
        ("GENAUTH_BRAND", "auth0", "genauth, authing"),
        ("GENAUTH_EVENTS_HOST", "http://127.0.0.1", "wss://"),
        ("GENAUTH_TIMEOUT", "soon", "5s"),
        ("GENAUTH_TOKEN_ENDPOINT_AUTH", "post", "client_secret_basic"),
        ("GENAUTH_LANG", "en\nUS", "GENAUTH_LANG"),
        ("GENAUTH_ACCESS_TOKEN", "a-secret\nline", "GENAUTH_ACCESS_TOKEN"),
    ] {
        let (output, request) = run_against_server(&[(name, value)]).await;
        let message = String::from_utf8(output.stderr).unwrap();
        assert!(request.is_none() && message.contains(remedy), "{name}: {message}");
        assert!(!message.contains("a-secret"), "{message}");
    }
}

#[tokio::test]
async fn loopback_is_reached_without_proxy_and_certificate_authorities() {
    let variables = [
        ("HTTP_PROXY", "http://127.0.0.1:1"),
        ("http_proxy", "http://127.0.0.1:1"),
        ("ALL_PROXY", "socks5://127.0.0.1:1"),
        ("SSL_CERT_FILE", "/nonexistent"),
        ("SSL_CERT_DIR", "/nonexistent"),
    ];
    let (output, request) = run_against_server(&variables).await;
    assert!(output.status.success() && request.is_some(), "{output:?}");
}

#[cfg(feature = "rustls")]
#[test]
fn missing_certificate_authorities_are_reported_with_a_remedy() {
    let output = run_example(&[
        ("GENAUTH_APP_ID", "an-app"),
        ("GENAUTH_APP_HOST", "https://127.0.0.1:1"),
        ("SSL_CERT_FILE", "/nonexistent"),
        ("SSL_CERT_DIR", "/nonexistent"),
    ]);
    let message = String::from_utf8(output.stderr).unwrap();
    assert!(!output.status.success() && message.contains("SSL_CERT_FILE"), "{message}");
}

#[test]
fn socks_proxy_of_the_environment_is_used() {
    use std::io::Read;

    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let proxy = format!("socks5h://{address}");
    let greeting = std::thread::spawn(move || {
        let mut greeting = [0; 1];
        listener.accept().unwrap().0.read_exact(&mut greeting).map(|()| greeting[0])
    });
    let host = ("GENAUTH_APP_HOST", "https://example.genauth.ai");
    let output = run_example(&[("GENAUTH_APP_ID", "an-app"), host, ("ALL_PROXY", &proxy)]);
    // Ends the thread if the example did not connect.
    drop(std::net::TcpStream::connect(address));
    assert_eq!(greeting.join().unwrap().ok(), Some(5), "the version of SOCKS: {output:?}");
}
