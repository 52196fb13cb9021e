//! WebSockets over TLS: certificates are verified, and HTTP/1.1 is spoken to a server that also offers HTTP/2.

use std::net::SocketAddr;
use std::sync::Arc;

use genauth::{AuthenticationClient, Error};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::aws_lc_rs;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};

use crate::helpers::{connected, disconnected, event};
use crate::test_ca::{Authority, Certified};
use crate::websocket_server::{handshake_response, text};

/// Serves one WebSocket over TLS until the client is gone; returns whether it was established.
async fn serve(certified: &Certified) -> (SocketAddr, JoinHandle<bool>) {
    let certificate = CertificateDer::from_pem_slice(certified.pem().as_bytes()).unwrap();
    let key = PrivateKeyDer::from_pem_slice(certified.key_pem().as_bytes()).unwrap();
    let mut config = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key)
        .unwrap();
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    let task = tokio::spawn(async move {
        let (socket, _) = listener.accept().await.unwrap();
        let Ok(mut stream) = acceptor.accept(socket).await else { return false };
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            let Ok(1..) = stream.read_buf(&mut head).await else { return false };
        }
        let head = String::from_utf8(head).unwrap();
        assert!(head.contains(" HTTP/1.1\r\n"), "{head}");
        stream.write_all(handshake_response(&head).as_bytes()).await.unwrap();
        stream.write_all(&text("1")).await.unwrap();
        while stream.read_u8().await.is_ok() {}
        true
    });
    (address, task)
}

fn client(address: SocketAddr, authority: &Authority) -> AuthenticationClient {
    let root = reqwest::Certificate::from_pem(authority.pem().as_bytes()).unwrap();
    let builder = AuthenticationClient::builder().app_id("an-app").app_host("http://127.0.0.1:1");
    let builder = builder.access_token("a-token").events_host(format!("wss://{address}"));
    builder.add_root_certificate(root).build().unwrap()
}

#[tokio::test]
async fn tls_private_root_certificate_is_accepted() {
    let authority = Authority::new();
    let (address, task) = serve(&authority.certify(|_| {})).await;
    let mut events = client(address, &authority).events("user.updated");
    connected(&mut events).await;
    assert_eq!(event(&mut events).await.payload(), "1");
    drop(events);
    assert!(task.await.unwrap(), "the server saw no WebSocket");
}

#[tokio::test]
async fn tls_unknown_issuer_is_rejected_before_the_token_is_sent() {
    for certified in [Certified::by_itself(), Authority::new().certify(|_| {})] {
        let (address, task) = serve(&certified).await;
        let mut events = client(address, &Authority::new()).events("user.updated");
        match disconnected(&mut events).await {
            Error::Transport(error) => assert!(error.is_connect(), "{error:?}"),
            other => panic!("not a transport error: {other:?}"),
        }
        assert!(!task.await.unwrap(), "the request was sent to a server that is not trusted");
    }
}
