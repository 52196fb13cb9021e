//! What a server cannot do to a client: make it hang, or make it swell.

use std::io::Write;
use std::time::{Duration, Instant};

use crate::raw_server::{RawServer, http, json};
use genauth::types::GetWechatMiniProgramPhoneDataDto;
use genauth::{AuthenticationClient, Error, Result};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

const MIB: usize = 1024 * 1024;

/// A server that answers the first request with `head`, and then with `piece` every `pause`, for as long as it is let.
/// It returns how much was taken.
async fn endless(head: &'static str, piece: Vec<u8>, pause: Duration) -> (String, JoinHandle<usize>) {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let taken = tokio::spawn(async move {
        let (mut socket, _) = listener.accept().await.unwrap();
        let _ = socket.read(&mut [0; 4096]).await.unwrap();
        let mut taken = 0;
        let _ = socket.write_all(head.as_bytes()).await;
        while socket.write_all(&piece).await.is_ok() {
            taken += piece.len();
            tokio::time::sleep(pause).await;
        }
        taken
    });
    (url, taken)
}

async fn phone(host: &str, timeout: Duration) -> Result<GetWechatMiniProgramPhoneDataDto> {
    let builder = AuthenticationClient::builder().app_id("an-app").app_host(host).timeout(timeout);
    builder.build().unwrap().get_wechat_miniprogram_phone("a-code", "my-wxapp").await
}

#[tokio::test]
async fn an_answer_in_drops_ends_with_the_timeout() {
    for head in ["", "HTTP/1.1 200 OK\r\nx-", "HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n"] {
        let (url, taken) = endless(head, b"x".to_vec(), Duration::from_millis(20)).await;
        let started = Instant::now();
        let error = phone(&url, Duration::from_millis(300)).await.unwrap_err();
        let is_timeout = matches!(&error, Error::Transport(error) if error.is_timeout());
        // Letters are no beginning of an answer, so the first case may be over sooner.
        assert!(is_timeout || head.is_empty(), "{head:?}: {error:?}");
        assert!(started.elapsed() < Duration::from_secs(3), "{head:?}: {:?}", started.elapsed());
        taken.await.unwrap();
    }
}

#[tokio::test]
async fn headers_without_end_are_an_error() {
    for (what, head, piece) in [
        ("many headers", "HTTP/1.1 200 OK\r\n", b"x-more: and more\r\n".repeat(64)),
        ("one long header", "HTTP/1.1 200 OK\r\nx-long: ", vec![b'x'; 4096]),
        ("one long status line", "HTTP/1.1 200 ", vec![b'x'; 4096]),
    ] {
        let (url, taken) = endless(head, piece, Duration::ZERO).await;
        let error = phone(&url, Duration::from_secs(30)).await.unwrap_err();
        assert!(matches!(&error, Error::Transport(error) if !error.is_timeout()), "{what}: {error:?}");
        let taken = taken.await.unwrap();
        assert!(taken < 16 * MIB, "{what}: {taken} bytes were taken");
    }
}

#[tokio::test]
async fn interim_answers_without_end_end_with_the_timeout() {
    let piece = b"HTTP/1.1 103 Early Hints\r\n\r\n".to_vec();
    let (url, taken) = endless("", piece, Duration::from_millis(1)).await;
    let error = phone(&url, Duration::from_millis(300)).await.unwrap_err();
    assert!(matches!(&error, Error::Transport(_)), "{error:?}");
    taken.await.unwrap();
}

#[tokio::test]
async fn a_body_without_end_is_read_up_to_10_mib() {
    let chunk = [b"10000\r\n".to_vec(), vec![b' '; 0x10000], b"\r\n".to_vec()].concat();
    for (what, head, piece) in [
        ("until the end", "HTTP/1.1 200 OK\r\n\r\n", vec![b' '; 65536]),
        ("in chunks", "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n", chunk),
        ("with a length", "HTTP/1.1 200 OK\r\ncontent-length: 99999999999\r\n\r\n", vec![b' '; 65536]),
    ] {
        let (url, taken) = endless(head, piece, Duration::ZERO).await;
        let error = phone(&url, Duration::from_secs(30)).await.unwrap_err();
        assert!(matches!(error, Error::ResponseTooLarge { limit, .. } if limit == 10 * MIB), "{what}: {error:?}");
        // What is over is on its way, in the buffers of both sockets.
        let taken = taken.await.unwrap();
        assert!(taken < 26 * MIB, "{what}: {taken} bytes were taken");
    }
}

#[tokio::test]
async fn arrays_in_arrays_in_arrays_are_an_error_and_no_crash() {
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
async fn nothing_is_asked_for_compressed_and_nothing_inflated() {
    // `{"statusCode":200}` by gzip.
    let gzip = b"\x1f\x8b\x08\0\0\0\0\0\x02\xff\xabV*.I,)-v\xceOIU\xb2220\xa8\x05\0.]56\x12\0\0\0";
    let mut server = RawServer::start(http("200 OK\r\ncontent-encoding: gzip", "application/json", gzip)).await;
    let error = phone(&server.url(), Duration::from_secs(10)).await.unwrap_err();
    assert_eq!(server.request().await.header("accept-encoding"), None);
    let Error::UnexpectedResponse(error) = error else { panic!("{error:?}") };
    assert_eq!(error.body(), gzip, "the body is as it came");
}

#[tokio::test]
async fn a_bomb_counts_for_what_it_becomes() {
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    gzip.write_all(&vec![b' '; 64 * MIB]).unwrap();
    let bomb = gzip.finish().unwrap();
    assert!(bomb.len() < MIB, "no bomb: {} bytes", bomb.len());
    let server = RawServer::start(http("200 OK\r\ncontent-encoding: gzip", "application/json", &bomb)).await;
    // Somebody's own client may ask for compressed answers, and inflates them.
    let own = reqwest::Client::builder().gzip(true).build().unwrap();
    let client = server.builder().http_client(own).build().unwrap();
    let error = client.get_wechat_miniprogram_phone("a-code", "my-wxapp").await.unwrap_err();
    assert!(matches!(error, Error::ResponseTooLarge { limit, .. } if limit == 10 * MIB), "{error:?}");
}

#[tokio::test]
async fn a_connection_that_does_not_come_about_ends_with_its_own_timeout() {
    // Backlog 1 and nobody who accepts: further connections wait for their turn.
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
