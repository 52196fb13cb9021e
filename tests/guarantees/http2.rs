//! HTTP/2: what the server says it has not processed is sent again, and nothing else.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};

use crate::test_ca::Authority;
use bytes::Bytes;
use genauth::{AuthenticationClient, RetryPolicy};
use h2::Reason;
use h2::server::{Connection, SendResponse};
use rustls::crypto::aws_lc_rs::default_provider;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::ServerConfig;
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

const PHONE: &str = r#"{"statusCode":200,"data":{"phoneNumber":"+8618812348888","purePhoneNumber":"18812348888"}}"#;

type Http2 = Connection<TlsStream<TcpStream>, Bytes>;

/// What happens to the first request.
#[derive(Clone, Copy, Debug, PartialEq)]
enum First {
    RefusedStream,
    GracefulShutdown,
    InternalError,
}

fn respond(mut stream: SendResponse<Bytes>) {
    let response = axum::http::Response::builder().header("content-type", "application/json").body(()).unwrap();
    stream.send_response(response, false).unwrap().send_data(Bytes::from_static(PHONE.as_bytes()), true).unwrap();
}

/// Serves one connection; `count` is that of the requests received.
async fn serve(mut http2: Http2, first: First, count: &AtomicUsize) {
    if first == First::GracefulShutdown && count.load(SeqCst) == 0 {
        // GOAWAY with the last stream 0: the request that comes is not processed.
        count.fetch_add(1, SeqCst);
        http2.abrupt_shutdown(Reason::NO_ERROR);
    }
    while let Some(Ok((request, mut stream))) = http2.accept().await {
        drop(request);
        match first {
            _ if count.fetch_add(1, SeqCst) > 0 => respond(stream),
            First::InternalError => stream.send_reset(Reason::INTERNAL_ERROR),
            _ => stream.send_reset(Reason::REFUSED_STREAM),
        }
    }
}

/// Whether the call succeeds, and how many requests the server received.
async fn call(first: First) -> (bool, usize) {
    let authority = Authority::new();
    let certified = authority.certify(|_| {});
    let certificate = CertificateDer::from_pem_slice(certified.pem().as_bytes()).unwrap().into_owned();
    let key = PrivateKeyDer::from_pem_slice(certified.key_pem().as_bytes()).unwrap();
    let mut config = ServerConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key)
        .unwrap();
    config.alpn_protocols = vec![b"h2".to_vec()];
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let host = format!("https://{}", listener.local_addr().unwrap());
    let count = Arc::new(AtomicUsize::new(0));
    let received = Arc::clone(&count);
    let server = tokio::spawn(async move {
        loop {
            let (socket, _) = listener.accept().await.unwrap();
            let stream = acceptor.accept(socket).await.unwrap();
            serve(h2::server::handshake(stream).await.unwrap(), first, &received).await;
        }
    });
    let root = reqwest::Certificate::from_pem(authority.pem().as_bytes()).unwrap();
    let builder = AuthenticationClient::builder().app_id("an-app").app_host(host).add_root_certificate(root);
    let client = builder.retry_policy(RetryPolicy::never()).build().unwrap();
    let outcome = client.get_wechat_miniprogram_phone("a-code", "my-wxapp").await;
    server.abort();
    (outcome.is_ok(), count.load(SeqCst))
}

#[tokio::test]
async fn request_on_a_refused_stream_is_sent_again() {
    assert_eq!(call(First::RefusedStream).await, (true, 2));
}

#[tokio::test]
async fn request_above_the_last_stream_of_goaway_is_sent_again() {
    assert_eq!(call(First::GracefulShutdown).await, (true, 2));
}

#[tokio::test]
async fn request_that_fails_for_another_reason_is_not_sent_again() {
    assert_eq!(call(First::InternalError).await, (false, 1));
}
