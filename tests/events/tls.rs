//! Lines over TLS: the client's certificates hold, and HTTP/1.1 is spoken though the server could do HTTP/2.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener};
use std::thread::JoinHandle;

use genauth::{AuthenticationClient, Error};
use openssl::pkey::PKey;
use openssl::ssl::{AlpnError, SslAcceptor, SslMethod, select_next_proto};
use openssl::x509::X509;

use crate::helpers::{connected, event, lost};
use crate::test_ca::{Authority, Certified};
use crate::websocket_server::{acceptance, text};

/// Serves one line over TLS, until the client has gone; returns whether it came about.
fn serve(certified: &Certified) -> (SocketAddr, JoinHandle<bool>) {
    let mut builder = SslAcceptor::mozilla_intermediate_v5(SslMethod::tls()).unwrap();
    builder.set_certificate(&X509::from_pem(certified.pem().as_bytes()).unwrap()).unwrap();
    builder.set_private_key(&PKey::private_key_from_pem(certified.key_pem().as_bytes()).unwrap()).unwrap();
    builder.set_alpn_select_callback(|_, offered| {
        select_next_proto(b"\x02h2\x08http/1.1", offered).ok_or(AlpnError::NOACK)
    });
    let acceptor = builder.build();
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let address = listener.local_addr().unwrap();
    let thread = std::thread::spawn(move || {
        let Ok(mut stream) = acceptor.accept(listener.accept().unwrap().0) else { return false };
        let mut head = Vec::new();
        let mut piece = [0; 4096];
        while !head.ends_with(b"\r\n\r\n") {
            match stream.read(&mut piece) {
                Ok(length @ 1..) => head.extend_from_slice(&piece[..length]),
                _ => return false,
            }
        }
        let head = String::from_utf8(head).unwrap();
        stream.write_all(acceptance(&head).as_bytes()).unwrap();
        stream.write_all(&text("1")).unwrap();
        while matches!(stream.read(&mut piece), Ok(1..)) {}
        true
    });
    (address, thread)
}

fn client(address: SocketAddr, authority: &Authority) -> AuthenticationClient {
    let root = reqwest::Certificate::from_pem(authority.pem().as_bytes()).unwrap();
    let builder = AuthenticationClient::builder().app_id("an-app").app_host("http://127.0.0.1:1");
    let builder = builder.access_token("a-token").events_host(format!("wss://{address}"));
    builder.add_root_certificate(root).build().unwrap()
}

#[tokio::test]
async fn a_private_authority_is_accepted_when_given() {
    let authority = Authority::new();
    let (address, thread) = serve(&authority.certify(|_| {}));
    let mut events = client(address, &authority).events("user.updated");
    connected(&mut events).await;
    assert_eq!(event(&mut events).await.json(), "1");
    drop(events);
    assert!(thread.join().unwrap());
}

#[tokio::test]
async fn who_cannot_prove_its_name_gets_no_token() {
    for certified in [Certified::by_itself(), Authority::new().certify(|_| {})] {
        let (address, thread) = serve(&certified);
        let mut events = client(address, &Authority::new()).events("user.updated");
        match lost(&mut events).await {
            Error::Transport(error) => assert!(error.is_connect(), "{error:?}"),
            other => panic!("{other:?}"),
        }
        assert!(!thread.join().unwrap());
    }
}
