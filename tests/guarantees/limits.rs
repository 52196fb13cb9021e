//! Bounded time and memory, whatever a server sends.

use std::io::Write;
use std::time::{Duration, Instant};

use crate::raw_server::{RawServer, http, json};
use genauth::types::GetWechatMiniProgramPhoneDataDto;
use genauth::{AuthenticationClient, Error, Result};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

const MIB: usize = 1024 * 1024;

/// A server that responds to the first request with `head`, and then with `piece` every `pause`, until the client
/// disconnects. The task returns the number of bytes sent.
async fn endless(head: &'static str, piece: Vec<u8>, pause: Duration) -> (String, JoinHandle<usize>) {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let sent = tokio::spawn(async move {
        let (mut socket, _) = listener.accept().await.unwrap();
        let _ = socket.read(&mut [0; 4096]).await.unwrap();
        let mut sent = 0;
        let _ = socket.write_all(head.as_bytes()).await;
        while socket.write_all(&piece).await.is_ok() {
            sent += piece.len();
            tokio::time::sleep(pause).await;
        }
        sent
    });
    (url, sent)
}

async fn phone(host: &str, timeout: Duration) -> Result<GetWechatMiniProgramPhoneDataDto> {
    let builder = AuthenticationClient::builder().app_id("an-app").app_host(host).timeout(timeout);
    builder.build().unwrap().get_wechat_miniprogram_phone("a-code", "my-wxapp").await
}

#[tokio::test]
async fn slow_drip_response_ends_in_timeout() {
    for head in ["", "HTTP/1.1 200 OK\r\nx-", "HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n"] {
        let (url, sent) = endless(head, b"x".to_vec(), Duration::from_millis(20)).await;
        let started = Instant::now();
        let error = phone(&url, Duration::from_millis(300)).await.unwrap_err();
        let is_timeout = matches!(&error, Error::Transport(error) if error.is_timeout());
        // Letters are not the start of a response, so the first case may fail sooner.
        assert!(is_timeout || head.is_empty(), "{head:?}: {error:?}");
        assert!(started.elapsed() < Duration::from_secs(3), "{head:?}: {:?}", started.elapsed());
        sent.await.unwrap();
    }
}

#[tokio::test]
async fn endless_headers_are_an_error() {
    for (what, head, piece) in [
        ("many headers", "HTTP/1.1 200 OK\r\n", b"x-more: and more\r\n".repeat(64)),
        ("one long header", "HTTP/1.1 200 OK\r\nx-long: ", vec![b'x'; 4096]),
        ("one long status line", "HTTP/1.1 200 ", vec![b'x'; 4096]),
    ] {
        let (url, sent) = endless(head, piece, Duration::ZERO).await;
        let error = phone(&url, Duration::from_secs(30)).await.unwrap_err();
        assert!(matches!(&error, Error::Transport(error) if !error.is_timeout()), "{what}: {error:?}");
        let sent = sent.await.unwrap();
        assert!(sent < 16 * MIB, "{what}: {sent} bytes were sent");
    }
}

#[tokio::test]
async fn endless_interim_responses_end_in_timeout() {
    let piece = b"HTTP/1.1 103 Early Hints\r\n\r\n".to_vec();
    let (url, sent) = endless("", piece, Duration::from_millis(1)).await;
    let error = phone(&url, Duration::from_millis(300)).await.unwrap_err();
    assert!(matches!(&error, Error::Transport(_)), "{error:?}");
    sent.await.unwrap();
}

#[tokio::test]
async fn endless_body_is_read_up_to_10_mib() {
    let chunk = [b"10000\r\n".to_vec(), vec![b' '; 0x10000], b"\r\n".to_vec()].concat();
    for (what, head, piece) in [
        ("without length", "HTTP/1.1 200 OK\r\n\r\n", vec![b' '; 65536]),
        ("in chunks", "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n", chunk),
        ("with a length", "HTTP/1.1 200 OK\r\ncontent-length: 99999999999\r\n\r\n", vec![b' '; 65536]),
    ] {
        let (url, sent) = endless(head, piece, Duration::ZERO).await;
        let error = phone(&url, Duration::from_secs(30)).await.unwrap_err();
        assert!(matches!(error, Error::ResponseTooLarge { limit, .. } if limit == 10 * MIB), "{what}: {error:?}");
        // The rest is in the buffers of both sockets.
        let sent = sent.await.unwrap();
        assert!(sent < 26 * MIB, "{what}: {sent} bytes were sent");
    }
}

#[tokio::test]
async fn deeply_nested_json_is_an_error() {
    for depth in [200, 100_000] {
        let (open, close) = ("[".repeat(depth), "]".repeat(depth));
        for body in [
            format!("{open}{close}"),
            open.clone(),
            format!(r#"{{"statusCode":200,"data":{open}{close}}}"#),
            format!(r#"{{"statusCode":200,"data":{{"phoneNumber":{open}{close}}}}}"#),
            format!(r#"{{"statusCode":200,"phone_info":{open}{close}}}"#),
            format!(r#"{{"statusCode":400,"message":"no","data":{open}{close}}}"#),
            format!(r#"{{"statusCode":{open}{close}}}"#),
            r#"{"data":"#.repeat(depth),
        ] {
            let server = RawServer::start(json("200 OK", &body)).await;
            let client = server.builder().access_token("a-token").build().unwrap();
            client.get_wechat_miniprogram_phone("a-code", "my-wxapp").await.unwrap_err();
            // This one's data is free-form.
            let _ = client.decrypt_wechat_mini_program_data("my-wxapp", "a-code", "x", "y").await;
            let _ = client.get_profile().await;
        }
    }
}

#[tokio::test]
async fn compression_is_neither_requested_nor_decoded() {
    // `{"statusCode":200}` by gzip.
    let gzip = b"\x1f\x8b\x08\0\0\0\0\0\x02\xff\xabV*.I,)-v\xceOIU\xb2220\xa8\x05\0.]56\x12\0\0\0";
    let mut server = RawServer::start(http("200 OK\r\ncontent-encoding: gzip", "application/json", gzip)).await;
    let error = phone(&server.url(), Duration::from_secs(10)).await.unwrap_err();
    assert_eq!(server.request().await.header("accept-encoding"), None);
    let Error::UnexpectedResponse(error) = error else { panic!("{error:?}") };
    assert_eq!(error.body(), gzip, "the body must be unchanged");
}

#[tokio::test]
async fn decompression_bomb_counts_by_its_inflated_size() {
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(&vec![b' '; 16 * MIB]).unwrap();
    let bomb = gzip.finish().unwrap();
    assert!(bomb.len() < MIB, "not a bomb: {} bytes", bomb.len());
    let server = RawServer::start(http("200 OK\r\ncontent-encoding: gzip", "application/json", &bomb)).await;
    // A given client may request compressed responses, and inflates them.
    let own = reqwest::Client::builder().gzip(true).build().unwrap();
    let client = server.builder().http_client(own).build().unwrap();
    let error = client.get_wechat_miniprogram_phone("a-code", "my-wxapp").await.unwrap_err();
    assert!(matches!(error, Error::ResponseTooLarge { limit, .. } if limit == 10 * MIB), "{error:?}");
}

#[tokio::test]
async fn connect_timeout_ends_connecting() {
    // Backlog 1 and no accept: further connections wait.
    let socket = tokio::net::TcpSocket::new_v4().unwrap();
    socket.bind(([127, 0, 0, 1], 0).into()).unwrap();
    let listener = socket.listen(1).unwrap();
    let address = listener.local_addr().unwrap();
    let _waiting: Vec<_> = (0..4).map(|_| tokio::spawn(tokio::net::TcpStream::connect(address))).collect();
    tokio::time::sleep(Duration::from_millis(100)).await;

    let builder = AuthenticationClient::builder().app_id("an-app").app_host(format!("http://{address}"));
    let builder = builder.connect_timeout(Duration::from_millis(200)).retry_policy(genauth::RetryPolicy::never());
    let started = Instant::now();
    let error = builder.build().unwrap().get_wechat_miniprogram_phone("a-code", "my-wxapp").await.unwrap_err();
    let Error::Transport(transport) = &error else { panic!("{error:?}") };
    assert!(transport.is_connect() && transport.is_timeout(), "{error:?}");
    assert!(started.elapsed() < Duration::from_secs(5), "{:?}", started.elapsed());
}
