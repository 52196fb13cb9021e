//! WebSockets over TLS: certificates are verified, and HTTP/1.1 is spoken to a server that also offers HTTP/2.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::thread::JoinHandle;

use genauth::{AuthenticationClient, Error};
use rustls::crypto::aws_lc_rs::default_provider;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

use crate::helpers::{connected, disconnected, event};
use crate::test_ca::{Authority, Certified};
use crate::websocket_server::{handshake_response, text};

/// Serves one WebSocket over TLS until the client is gone; returns whether it received a request.
fn serve(certified: &Certified) -> (SocketAddr, JoinHandle<bool>) {
    let certificate = CertificateDer::from_pem_slice(certified.pem().as_bytes()).unwrap();
    let key = PrivateKeyDer::from_pem_slice(certified.key_pem().as_bytes()).unwrap();
    let mut config = ServerConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key)
        .unwrap();
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    let connection = ServerConnection::new(Arc::new(config)).unwrap();
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let address = listener.local_addr().unwrap();
    let thread = std::thread::spawn(move || {
        let (socket, _) = listener.accept().unwrap();
        serve_websocket(StreamOwned::new(connection, socket))
    });
    (address, thread)
}

fn serve_websocket(mut stream: StreamOwned<ServerConnection, TcpStream>) -> bool {
    let mut head = Vec::new();
    let mut chunk = [0; 4096];
    while !head.ends_with(b"\r\n\r\n") {
        match stream.read(&mut chunk) {
            Ok(length @ 1..) => head.extend_from_slice(&chunk[..length]),
            _ => return false,
        }
    }
    let head = String::from_utf8(head).unwrap();
    assert!(head.contains(" HTTP/1.1\r\n"), "not HTTP/1.1: {head}");
    stream.write_all(handshake_response(&head).as_bytes()).unwrap();
    stream.write_all(&text("1")).unwrap();
    while matches!(stream.read(&mut chunk), Ok(1..)) {}
    true
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
    let (address, thread) = serve(&authority.certify(|_| {}));
    let mut events = client(address, &authority).events("user.updated");
    connected(&mut events).await;
    assert_eq!(event(&mut events).await.payload(), "1");
    drop(events);
    assert!(thread.join().unwrap(), "the server received no request");
}

#[tokio::test]
async fn tls_unknown_issuer_is_rejected_before_the_token_is_sent() {
    for certified in [Certified::self_signed(), Authority::new().certify(|_| {})] {
        let (address, thread) = serve(&certified);
        let mut events = client(address, &Authority::new()).events("user.updated");
        match disconnected(&mut events).await {
            Error::Transport(error) => assert!(error.is_connect(), "{error:?}"),
            other => panic!("not a transport error: {other:?}"),
        }
        assert!(!thread.join().unwrap(), "the request was sent to a server that is not trusted");
    }
}
