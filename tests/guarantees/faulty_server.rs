//! A server that counts which codes arrive, and injects faults into a part of its connections.

use std::collections::HashMap;
use std::io;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::{Builder, Runtime};

/// What happens to a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fate {
    Ok,
    /// The connection is reset before a byte is read.
    ResetBefore,
    /// The connection is reset in the middle of the request.
    ResetDuring,
    /// The connection is reset after the request.
    ResetAfter,
    /// The body ends early.
    TruncatedBody,
    /// There is no response.
    Stalled,
    /// The response is a gateway's error page.
    BadGateway,
    /// The response is not HTTP.
    Garbage,
    /// The response is HTTP, but not JSON.
    GarbageBody,
}

impl Fate {
    pub const ALL: [Self; 9] = [
        Self::Ok,
        Self::ResetBefore,
        Self::ResetDuring,
        Self::ResetAfter,
        Self::TruncatedBody,
        Self::Stalled,
        Self::BadGateway,
        Self::Garbage,
        Self::GarbageBody,
    ];

    /// Whether the server receives the full request.
    pub fn arrives(self) -> bool {
        !matches!(self, Self::ResetBefore | Self::ResetDuring)
    }
}

/// The phone number in the response for a code.
pub fn phone_number(code: &str) -> String {
    format!("+86-{code}")
}

pub struct Server {
    address: SocketAddr,
    shared: Arc<Shared>,
    // Dropping it ends every task.
    _runtime: Runtime,
}

#[derive(Default)]
struct Shared {
    arrivals: Mutex<HashMap<String, Vec<Fate>>>,
    connections: AtomicUsize,
    open: AtomicUsize,
    faults: AtomicUsize,
}

impl Server {
    /// Injects a fault into one of `one_in` connections, or into none if that is 0.
    pub fn start(one_in: usize) -> Self {
        let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let listener = runtime.block_on(TcpListener::bind(("127.0.0.1", 0))).unwrap();
        let address = listener.local_addr().unwrap();
        let shared = Arc::new(Shared::default());
        let state = Arc::clone(&shared);
        runtime.spawn(async move {
            loop {
                let (socket, _) = listener.accept().await.unwrap();
                let number = state.connections.fetch_add(1, SeqCst);
                let is_faulty = one_in > 0 && number % one_in == 0;
                let fate = if is_faulty {
                    Fate::ALL[1 + state.faults.fetch_add(1, SeqCst) % (Fate::ALL.len() - 1)]
                } else {
                    Fate::Ok
                };
                let state = Arc::clone(&state);
                tokio::spawn(async move {
                    state.open.fetch_add(1, SeqCst);
                    // An error is a client that disconnects.
                    let _ = serve(socket, fate, &state, number).await;
                    state.open.fetch_sub(1, SeqCst);
                });
            }
        });
        Self { address, shared, _runtime: runtime }
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// What happened to the code, each time that it arrived.
    pub fn arrivals(&self, code: &str) -> Vec<Fate> {
        self.shared.arrivals.lock().unwrap().get(code).cloned().unwrap_or_default()
    }

    pub fn connections(&self) -> usize {
        self.shared.connections.load(SeqCst)
    }

    pub fn open(&self) -> usize {
        self.shared.open.load(SeqCst)
    }
}

async fn serve(mut socket: TcpStream, fate: Fate, state: &Shared, number: usize) -> io::Result<()> {
    match fate {
        Fate::ResetBefore => return reset(&socket),
        Fate::ResetDuring => {
            socket.read_exact(&mut [0; 40]).await?;
            return reset(&socket);
        }
        _ => {}
    }
    // A faulty connection fails at its first request or a later one; any other serves some and closes.
    let healthy = if fate == Fate::Ok { 1 + number % 4 } else { number / 5 % 3 };
    let mut buffer = Vec::new();
    for served in 0.. {
        let Some(code) = read_code(&mut socket, &mut buffer).await? else { return Ok(()) };
        let fate = if served < healthy { Fate::Ok } else { fate };
        state.arrivals.lock().unwrap().entry(code.clone()).or_default().push(fate);
        let body = format!(
            r#"{{"statusCode":200,"message":"","data":{{"phoneNumber":"{0}","purePhoneNumber":"{0}","countryCode":"86"}}}}"#,
            phone_number(&code)
        );
        let last = served >= healthy;
        let keep = if last { "close" } else { "keep-alive" };
        let head = format!("HTTP/1.1 200 OK\r\nconnection: {keep}\r\ncontent-length: {}\r\n\r\n", body.len());
        match fate {
            Fate::Ok => socket.write_all(format!("{head}{body}").as_bytes()).await?,
            Fate::ResetBefore | Fate::ResetDuring | Fate::ResetAfter => return reset(&socket),
            Fate::TruncatedBody => {
                socket.write_all(format!("{head}{}", &body[..body.len() / 2]).as_bytes()).await?;
                return socket.shutdown().await;
            }
            Fate::Stalled => {
                // Until the client disconnects, or far longer than its timeout.
                let mut byte = [0];
                let disconnect = socket.read(&mut byte);
                let _ = tokio::time::timeout(Duration::from_secs(30), disconnect).await;
                return Ok(());
            }
            Fate::BadGateway => {
                let page = "HTTP/1.1 502 Bad Gateway\r\ncontent-type: text/html\r\nconnection: close\r\ncontent-length: 12\r\n\r\n<h1>502</h1>";
                socket.write_all(page.as_bytes()).await?;
            }
            Fate::Garbage => {
                socket.write_all(b"\x16\x03\x01 this is not HTTP\r\n\r\n").await?;
                return socket.shutdown().await;
            }
            Fate::GarbageBody => {
                let garbage = "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 5\r\n\r\n\u{0}{[\u{1}x";
                socket.write_all(garbage.as_bytes()).await?;
            }
        }
        if last {
            return socket.shutdown().await;
        }
    }
    Ok(())
}

/// Has the connection reset instead of closed.
fn reset(socket: &TcpStream) -> io::Result<()> {
    socket.set_zero_linger()
}

/// The `code` of the next request; `None` at the end of the connection.
async fn read_code(socket: &mut TcpStream, buffer: &mut Vec<u8>) -> io::Result<Option<String>> {
    loop {
        // The body is a flat JSON object, so the request ends with the first closing brace.
        if let Some(end) = buffer.iter().position(|byte| *byte == b'}') {
            let request = String::from_utf8_lossy(&buffer[..=end]).into_owned();
            buffer.drain(..=end);
            let code = request.split(r#""code":""#).nth(1).and_then(|rest| rest.split('"').next());
            return Ok(Some(code.unwrap_or_else(|| panic!("no code in {request:?}")).to_owned()));
        }
        if socket.read_buf(buffer).await? == 0 {
            return Ok(None);
        }
    }
}
