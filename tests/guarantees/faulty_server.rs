//! A server that counts which codes arrive, and spoils a part of its connections.

use std::collections::HashMap;
use std::io;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::{Builder, Runtime};

/// What becomes of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fate {
    Ok,
    /// The connection is reset before a byte is read.
    ResetBefore,
    /// … in the middle of the request.
    ResetDuring,
    /// … when the request is there.
    ResetAfter,
    /// The answer ends early.
    TruncatedBody,
    /// No answer comes.
    Stalled,
    /// A gateway's page.
    BadGateway,
    /// Not HTTP.
    Garbage,
    /// HTTP, but no JSON.
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

    /// Whether the server gets to see the whole request.
    pub fn arrives(self) -> bool {
        !matches!(self, Self::ResetBefore | Self::ResetDuring)
    }
}

/// The number that the server answers a code with.
pub fn phone_number(code: &str) -> String {
    format!("+86-{code}")
}

pub struct Server {
    address: SocketAddr,
    shared: Arc<Shared>,
    // Ends every task with it.
    _runtime: Runtime,
}

#[derive(Default)]
struct Shared {
    arrivals: Mutex<HashMap<String, Vec<Fate>>>,
    connections: AtomicUsize,
    open: AtomicUsize,
    spoiled: AtomicUsize,
}

impl Server {
    /// Spoils one connection in so many; none if 0.
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
                let spoiled = one_in > 0 && number % one_in == 0;
                let fate = if spoiled {
                    Fate::ALL[1 + state.spoiled.fetch_add(1, SeqCst) % (Fate::ALL.len() - 1)]
                } else {
                    Fate::Ok
                };
                let state = Arc::clone(&state);
                tokio::spawn(async move {
                    state.open.fetch_add(1, SeqCst);
                    // Its errors are the client's hanging up.
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

    /// What became of the code, each time that it arrived.
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
    // A spoiled connection fails at its first request or a later one; an unspoiled one serves some and ends.
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
                // Until the client gives up and hangs up, or far longer than it may take.
                let mut byte = [0];
                let hang_up = socket.read(&mut byte);
                let _ = tokio::time::timeout(Duration::from_secs(30), hang_up).await;
                return Ok(());
            }
            Fate::BadGateway => {
                let page = "HTTP/1.1 502 Bad Gateway\r\ncontent-type: text/html\r\nconnection: close\r\ncontent-length: 12\r\n\r\n<h1>502</h1>";
                socket.write_all(page.as_bytes()).await?;
            }
            Fate::Garbage => {
                socket.write_all(b"\x16\x03\x01 this is no HTTP\r\n\r\n").await?;
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

/// Ends the connection with a reset instead of in peace.
fn reset(socket: &TcpStream) -> io::Result<()> {
    socket.set_zero_linger()
}

/// The `code` of the next request; nothing at the connection's end.
async fn read_code(socket: &mut TcpStream, buffer: &mut Vec<u8>) -> io::Result<Option<String>> {
    loop {
        // The body is a small JSON object, and the only one: it ends with the first brace.
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
