//! The same bytes sent and received with hyper alone: no pool, no timeout, no JSON. The upper bound for any client.

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::Request;
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

pub struct Connection {
    sender: SendRequest<Full<Bytes>>,
    authority: String,
}

impl Connection {
    pub async fn open(host: &str) -> Self {
        let authority = host.trim_start_matches("http://").to_owned();
        let stream = TcpStream::connect(&authority).await.expect("a connection");
        stream.set_nodelay(true).expect("a TCP socket");
        let (sender, connection) = handshake(TokioIo::new(stream)).await.expect("a connection");
        tokio::spawn(connection);
        Self { sender, authority }
    }

    pub async fn call(&mut self) -> Bytes {
        let body = Bytes::from_static(br#"{"code":"a-code","extIdpConnidentifier":"my-wxapp"}"#);
        let request = Request::post("/api/v3/get-wechat-miniprogram-phone")
            .header("host", &self.authority)
            .header("content-type", "application/json")
            .header("accept", "application/json")
            .header("x-genauth-app-id", "an-app")
            .header("x-genauth-request-from", "sdk")
            .header("x-genauth-sdk-version", "baseline")
            .body(Full::new(body))
            .expect("a request");
        let response = self.sender.send_request(request).await.expect("a response");
        response.into_body().collect().await.expect("a body").to_bytes()
    }
}
