//! A server on loopback that gives every request the same answer, as fast as it can.

use axum::Router;
use axum::http::header::CONTENT_TYPE;
use tokio::net::TcpListener;

/// The description's example, as the service answers it.
const ANSWER: &str = r#"{"statusCode":200,"message":"Operation successful","requestId":"934108e5-9fbf-4d24-8da1-c330328abd6c","data":{"phoneNumber":"+8618812348888","purePhoneNumber":"18812348888","countryCode":"86","watermark":{"appid":"wx8a6f2f5b0a3c4d1e","timestamp":1754300000}}}"#;

/// Starts it on a thread of its own; returns its address as a host.
pub async fn start() -> String {
    let listener = std::net::TcpListener::bind(("127.0.0.1", 0)).expect("a port");
    let host = format!("http://{}", listener.local_addr().expect("its address"));
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(async {
            listener.set_nonblocking(true).expect("a socket for tokio");
            let listener = TcpListener::from_std(listener).expect("a socket for tokio");
            let router = Router::new().fallback(async || ([(CONTENT_TYPE, "application/json")], ANSWER));
            axum::serve(listener, router).await.expect("it serves");
        });
    });
    host
}
