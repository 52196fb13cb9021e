//! A TLS server.

use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst};
use std::thread::JoinHandle;

use rustls::crypto::aws_lc_rs::default_provider;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::{NoClientAuth, ServerConfig, ServerConnection, WebPkiClientVerifier};
use rustls::{ALL_VERSIONS, RootCertStore, StreamOwned, SupportedProtocolVersion};

use crate::test_ca::{Authority, Certified};

const RESPONSE: &str = "HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n{\"statusCode\":200,\"data\":{\"phoneNumber\":\"+8618812348888\",\"purePhoneNumber\":\"18812348888\",\"countryCode\":\"86\"}}";

/// A ServerHello of TLS 1.1, which rustls does not implement: no session id, TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA, no
/// compression, no extensions.
const SERVER_HELLO_OF_TLS_1_1: &[u8] = b"\x16\x03\x02\x00\x2a\x02\x00\x00\x26\x03\x02\
    a random of thirty-two bytes ...\x00\xc0\x13\x00";
const ALERT: u8 = 0x15;

/// Responds to every request with a phone number, until it is dropped.
pub struct TlsServer {
    address: SocketAddr,
    requests: Arc<AtomicUsize>,
    ended: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl TlsServer {
    pub fn start(certified: Certified) -> Self {
        Self::with_config(certified, ALL_VERSIONS, None)
    }

    /// Speaks only this version.
    pub fn with_version(certified: Certified, version: &'static SupportedProtocolVersion) -> Self {
        Self::with_config(certified, &[version], None)
    }

    /// Speaks only TLS 1.1, and counts as a request if the client goes on with that.
    pub fn with_tls_1_1() -> Self {
        Self::run(|mut socket| {
            read_record(&mut socket)?;
            socket.write_all(SERVER_HELLO_OF_TLS_1_1)?;
            Ok(read_record(&mut socket)? != ALERT)
        })
    }

    /// Requires a client certificate of this authority.
    pub fn with_client_auth(certified: Certified, authority: &Authority) -> Self {
        Self::with_config(certified, ALL_VERSIONS, Some(authority))
    }

    fn with_config(
        certified: Certified,
        versions: &[&'static SupportedProtocolVersion],
        clients: Option<&Authority>,
    ) -> Self {
        let provider = Arc::new(default_provider());
        let verifier = match clients {
            None => Arc::new(NoClientAuth),
            Some(authority) => {
                let mut roots = RootCertStore::empty();
                roots.add(certificate(authority.pem())).unwrap();
                WebPkiClientVerifier::builder_with_provider(Arc::new(roots), Arc::clone(&provider)).build().unwrap()
            }
        };
        let key = PrivateKeyDer::from_pem_slice(certified.key_pem().as_bytes()).unwrap();
        let config = ServerConfig::builder_with_provider(provider)
            .with_protocol_versions(versions)
            .unwrap()
            .with_client_cert_verifier(verifier)
            .with_single_cert(vec![certificate(&certified.pem())], key)
            .unwrap();
        let config = Arc::new(config);
        Self::run(move |socket| {
            let connection = ServerConnection::new(Arc::clone(&config)).map_err(io::Error::other)?;
            let mut stream = StreamOwned::new(connection, socket);
            let mut request = Vec::new();
            while !request.ends_with(b"}") {
                let mut chunk = [0; 4096];
                match stream.read(&mut chunk)? {
                    0 => return Ok(false),
                    length => request.extend_from_slice(&chunk[..length]),
                }
            }
            stream.write_all(RESPONSE.as_bytes())?;
            stream.conn.send_close_notify();
            stream.flush()?;
            Ok(true)
        })
    }

    /// Serves one connection after the other; `serve` returns whether a request came.
    fn run(serve: impl Fn(TcpStream) -> io::Result<bool> + Send + 'static) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let address = listener.local_addr().unwrap();
        let (requests, ended) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicBool::new(false)));
        let (counter, end) = (Arc::clone(&requests), Arc::clone(&ended));
        let thread = std::thread::spawn(move || {
            for socket in listener.incoming() {
                if end.load(SeqCst) {
                    return;
                }
                // An error is a client that rejects the handshake.
                if let Ok(true) = serve(socket.unwrap()) {
                    counter.fetch_add(1, SeqCst);
                }
            }
        });
        Self { address, requests, ended, thread: Some(thread) }
    }

    pub fn url(&self) -> String {
        format!("https://{}", self.address)
    }

    /// The number of requests received, once every connection has ended.
    pub fn requests(mut self) -> usize {
        self.stop();
        self.requests.load(SeqCst)
    }

    fn stop(&mut self) {
        self.ended.store(true, SeqCst);
        let _ = TcpStream::connect(self.address);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl Drop for TlsServer {
    fn drop(&mut self) {
        self.stop();
    }
}

fn certificate(pem: &str) -> CertificateDer<'static> {
    CertificateDer::from_pem_slice(pem.as_bytes()).unwrap()
}

/// Reads a record of TLS, and returns its type.
fn read_record(socket: &mut TcpStream) -> io::Result<u8> {
    let mut header = [0; 5];
    socket.read_exact(&mut header)?;
    let mut body = vec![0; u16::from_be_bytes([header[3], header[4]]).into()];
    socket.read_exact(&mut body)?;
    Ok(header[0])
}
