//! A server on loopback that gives every request the same answer, as fast as it can.

use std::convert::Infallible;
use std::net::SocketAddr;

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::body::EventStreamItem;
use hyper::header::{CONTENT_TYPE, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;

/// The description's example, as the service answers it.
const ANSWER: &str = r#"{"statusCode":200,"message":"Operation successful","requestId":"934108e5-9fbf-4d24-8da1-c330328abd6c","data":{"phoneNumber":"+8618812348888","purePhoneNumber":"18812348888","countryCode":"86","watermark":{"appid":"wx8a6f2f5b0a3c4d1e","timestamp":1754300000}}}"#;

/// Starts it on a thread of its own, where it runs as long as the process; returns its address as a host.
pub fn start() -> String {
    let listener = std::net::TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], 0))).expect("a port");
    listener.set_nonblocking(true).expect("a socket for tokio");
    let host = format!("http://{}", listener.local_addr().expect("its address"));
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(async {
            let listener = TcpListener::from_std(listener).expect("a socket for tokio");
            loop {
                let Ok((stream, _)) = listener.accept().await else { continue };
                stream.set_nodelay(true).expect("a TCP socket");
                tokio::spawn(http1::Builder::new().serve_connection(TokioIo::new(stream), service_fn(answer)));
            }
        });
    });
    host
}

async fn answer(request: Request<EventStreamItem>) -> Result<Response<Full<Bytes>>, Infallible> {
    // A call that ends early is of no concern here.
    let _ = request.into_body().collect().await;
    let mut response = Response::new(Full::new(Bytes::from_static(ANSWER.as_bytes())));
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    Ok(response)
}
