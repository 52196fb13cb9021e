//! TLS, with certificates made on the spot: what must not be trusted is refused, with an error that says why.
//!
//! For each of the two features: `cargo test --no-default-features --features native-tls --test promises`.

use crate::test_ca::{Authority, Certified};
use crate::tls_server::TlsServer;
use genauth::types::GetWechatMiniProgramPhoneDataDto;
use genauth::{AuthenticationClient, ClientBuilder, Error, Result, RetryPolicy};
use openssl::ssl::SslVersion;
use rcgen::date_time_ymd;

const RUSTLS: bool = cfg!(feature = "rustls");

fn builder(server: &TlsServer, authority: &Authority) -> ClientBuilder {
    let root = reqwest::Certificate::from_pem(authority.pem().as_bytes()).unwrap();
    let builder = AuthenticationClient::builder().app_id("an-app").app_host(server.url());
    builder.add_root_certificate(root).retries(RetryPolicy::never())
}

async fn phone(builder: ClientBuilder) -> Result<GetWechatMiniProgramPhoneDataDto> {
    builder.build().unwrap().get_wechat_miniprogram_phone("a-code", "my-wxapp").await
}

/// Checks that the client, which trusts `authority`, refuses the server before anything is sent, and says why.
async fn refused(server: TlsServer, authority: &Authority, reasons: &[&str]) {
    let error = phone(builder(&server, authority)).await.unwrap_err();
    let Error::Transport(transport) = &error else { panic!("{error:?}") };
    assert!(transport.is_connect(), "{error:?}");
    let text = error.to_string();
    assert!(text.starts_with("no connection, nothing was sent: "), "{text}");
    assert!(reasons.iter().any(|reason| text.contains(reason)), "{text} names none of {reasons:?}");
    assert_eq!(server.requests(), 0, "the request was sent all the same");
}

#[tokio::test]
async fn a_private_authority_is_accepted_when_given() {
    let authority = Authority::new();
    let server = TlsServer::start(authority.certify(|_| {}));
    let phone = phone(builder(&server, &authority)).await.unwrap();
    assert_eq!(phone.phone_number, "+8618812348888");
    assert_eq!(server.requests(), 1);
}

#[tokio::test]
async fn a_self_signed_certificate_is_refused() {
    let server = TlsServer::start(Certified::by_itself());
    let reasons = if RUSTLS { ["UnknownIssuer", "CaUsedAsEndEntity"] } else { ["self-signed", "self signed"] };
    refused(server, &Authority::new(), &reasons).await;
}

#[tokio::test]
async fn an_unknown_authority_is_refused() {
    let server = TlsServer::start(Authority::new().certify(|_| {}));
    refused(
        server,
        &Authority::new(),
        &["UnknownIssuer", "BadSignature", "unable to get local issuer", "certificate signature failure"],
    )
    .await;
}

#[tokio::test]
async fn another_servers_name_is_refused() {
    let authority = Authority::new();
    let other = |params: &mut rcgen::CertificateParams| {
        params.subject_alt_names = vec![rcgen::SanType::DnsName("other.test".try_into().unwrap())];
    };
    let server = TlsServer::start(authority.certify(other));
    refused(server, &authority, &["not valid for name", "NotValidForName", "IP address mismatch", "ostname mismatch"])
        .await;
}

#[tokio::test]
async fn an_expired_certificate_is_refused() {
    let authority = Authority::new();
    let server = TlsServer::start(authority.certify(|params| params.not_after = date_time_ymd(2020, 1, 1)));
    refused(server, &authority, &["expired", "Expired"]).await;
}

#[tokio::test]
async fn a_certificate_of_tomorrow_is_refused() {
    let authority = Authority::new();
    let server = TlsServer::start(authority.certify(|params| params.not_before = date_time_ymd(2999, 1, 1)));
    refused(server, &authority, &["not valid yet", "NotValidYet", "not yet valid"]).await;
}

#[tokio::test]
async fn tls_1_1_is_refused() {
    let authority = Authority::new();
    let server = TlsServer::with_version(authority.certify(|_| {}), SslVersion::TLS1_1);
    refused(server, &authority, &["ProtocolVersion", "protocol version", "unsupported protocol"]).await;
}

#[tokio::test]
async fn tls_1_2_and_1_3_are_accepted() {
    let authority = Authority::new();
    for version in [SslVersion::TLS1_2, SslVersion::TLS1_3] {
        let server = TlsServer::with_version(authority.certify(|_| {}), version);
        phone(builder(&server, &authority)).await.unwrap_or_else(|error| panic!("{version:?}: {error}"));
    }
}

#[tokio::test]
async fn a_client_certificate_is_shown_to_who_asks() {
    let authority = Authority::new();
    let server = TlsServer::asking(authority.certify(|_| {}), &authority);
    let mine = authority.certify(|_| {});
    #[cfg(feature = "rustls")]
    let identity = reqwest::Identity::from_pem((mine.key_pem() + &mine.pem()).as_bytes()).unwrap();
    #[cfg(not(feature = "rustls"))]
    let identity = reqwest::Identity::from_pkcs8_pem(mine.pem().as_bytes(), mine.key_pem().as_bytes()).unwrap();
    let without = phone(builder(&server, &authority)).await.unwrap_err();
    assert!(matches!(without, Error::Transport(_)), "{without:?}");
    assert_eq!(server.requests(), 0);
    phone(builder(&server, &authority).identity(identity)).await.unwrap();
    assert_eq!(server.requests(), 1);
}

#[tokio::test]
async fn a_certificate_of_the_other_backend_is_said_to_be_wrong() {
    if !(RUSTLS && cfg!(feature = "native-tls")) {
        return;
    }
    #[cfg(feature = "native-tls")]
    {
        let mine = Authority::new().certify(|_| {});
        let native = reqwest::Identity::from_pkcs8_pem(mine.pem().as_bytes(), mine.key_pem().as_bytes()).unwrap();
        let builder = AuthenticationClient::builder().app_id("an-app").app_host("https://example.genauth.ai");
        let error = builder.identity(native).build().unwrap_err();
        assert!(error.to_string().starts_with("the HTTP client cannot be set up"), "{error}");
    }
}
