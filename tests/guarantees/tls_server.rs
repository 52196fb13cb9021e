//! A TLS server, by OpenSSL.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst};
use std::thread::JoinHandle;

use openssl::pkey::PKey;
use openssl::ssl::{SslAcceptor, SslMethod, SslVerifyMode, SslVersion};
use openssl::x509::X509;

use crate::test_ca::{Authority, Certified};

/// Answers every request with a phone number, until it is dropped.
pub struct TlsServer {
    address: SocketAddr,
    requests: Arc<AtomicUsize>,
    ended: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl TlsServer {
    pub fn start(certified: Certified) -> Self {
        Self::run(certified, None, None)
    }

    /// Speaks this version and no other.
    pub fn with_version(certified: Certified, version: SslVersion) -> Self {
        Self::run(certified, Some(version), None)
    }

    /// Asks clients for a certificate of this authority.
    pub fn asking(certified: Certified, authority: &Authority) -> Self {
        Self::run(certified, None, Some(authority))
    }

    fn run(certified: Certified, version: Option<SslVersion>, clients: Option<&Authority>) -> Self {
        let mut builder = SslAcceptor::mozilla_intermediate_v5(SslMethod::tls()).unwrap();
        builder.set_certificate(&X509::from_pem(certified.pem().as_bytes()).unwrap()).unwrap();
        builder.set_private_key(&PKey::private_key_from_pem(certified.key_pem().as_bytes()).unwrap()).unwrap();
        builder.set_min_proto_version(version.or(Some(SslVersion::TLS1_2))).unwrap();
        builder.set_max_proto_version(version).unwrap();
        if version == Some(SslVersion::TLS1_1) {
            // Else OpenSSL itself is above it.
            builder.set_cipher_list("ALL:@SECLEVEL=0").unwrap();
            builder.clear_options(openssl::ssl::SslOptions::NO_TLSV1_1);
        }
        if let Some(authority) = clients {
            let authority = X509::from_pem(authority.pem().as_bytes()).unwrap();
            builder.cert_store_mut().add_cert(authority).unwrap();
            builder.set_verify(SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT);
        }
        let acceptor = builder.build();

        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let address = listener.local_addr().unwrap();
        let (requests, ended) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicBool::new(false)));
        let (counter, end) = (Arc::clone(&requests), Arc::clone(&ended));
        let thread = std::thread::spawn(move || {
            for socket in listener.incoming() {
                if end.load(SeqCst) {
                    return;
                }
                // Without a handshake there is nobody to answer.
                let Ok(mut stream) = acceptor.accept(socket.unwrap()) else { continue };
                let mut request = Vec::new();
                let mut piece = [0; 4096];
                while !request.ends_with(b"}") {
                    match stream.read(&mut piece) {
                        Ok(length @ 1..) => request.extend_from_slice(&piece[..length]),
                        _ => break,
                    }
                }
                if request.ends_with(b"}") {
                    counter.fetch_add(1, SeqCst);
                    let _ = stream.write_all(ANSWER.as_bytes());
                }
                let _ = stream.shutdown();
            }
        });
        Self { address, requests, ended, thread: Some(thread) }
    }

    pub fn url(&self) -> String {
        format!("https://{}", self.address)
    }

    /// How many requests have come.
    pub fn requests(&self) -> usize {
        self.requests.load(SeqCst)
    }
}

impl Drop for TlsServer {
    fn drop(&mut self) {
        self.ended.store(true, SeqCst);
        let _ = TcpStream::connect(self.address);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

const ANSWER: &str = "HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n{\"statusCode\":200,\"data\":{\"phoneNumber\":\"+8618812348888\",\"purePhoneNumber\":\"18812348888\",\"countryCode\":\"86\"}}";
