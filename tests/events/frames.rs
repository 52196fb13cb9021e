//! Frames: well-formed ones are read, and malformed ones end the connection, not the stream.

use genauth::events::{EventStream, EventStreamError, EventStreamItem};

use crate::helpers::{connected, connection_error, event, gap, next, without_backoff};
use crate::websocket_server::{WebSocketServer, frame, text};

const EVENT_TYPE: &str = "user.updated";
const LIMIT: usize = 1000;

/// A stream whose first connection receives these bytes after an event, and whose later ones receive another event.
async fn events_with(bytes: Vec<u8>) -> (WebSocketServer, EventStream) {
    let server = WebSocketServer::sending([[text("\"before\""), bytes].concat(), text("\"after\"")]).await;
    let events = without_backoff(server.builder().max_response_size(LIMIT).build().unwrap().events(EVENT_TYPE));
    (server, events)
}

/// Why a connection with these bytes is lost. The events before and after that arrive.
async fn connection_error_after(bytes: Vec<u8>) -> EventStreamError {
    let (_server, mut events) = events_with(bytes).await;
    connected(&mut events).await;
    assert_eq!(event(&mut events).await.payload(), "\"before\"");
    let error = connection_error(&mut events).await;
    connected(&mut events).await;
    gap(&mut events).await;
    assert_eq!(event(&mut events).await.payload(), "\"after\"");
    error
}

#[tokio::test]
async fn frame_violating_protocol_loses_connection() {
    let masked = [&[0x81, 0x80 | 2, 1, 2, 3, 4][..], b"12"].concat();
    for (case, bytes) in [
        ("invalid UTF-8", frame(0x81, b"\"\xff\"")),
        ("truncated UTF-8", frame(0x81, b"\"\xe6\x9d")),
        ("masked frame", masked),
        ("reserved bit 1", frame(0xc1, b"1")),
        ("reserved bit 3", frame(0x91, b"1")),
        ("reserved data opcode", frame(0x83, b"1")),
        ("reserved control opcode", frame(0x8b, b"1")),
        ("continuation of nothing", frame(0x80, b"1")),
        ("new message inside a fragmented one", [frame(0x01, b"1"), frame(0x81, b"2")].concat()),
        ("fragmented ping", frame(0x09, b"1")),
        ("ping over 125 bytes", frame(0x89, &[b'1'; 126])),
        ("close frame of one byte", frame(0x88, &[3])),
        ("invalid UTF-8 over two fragments", [frame(0x01, b"\"\xe6\x9d"), frame(0x80, b"\"")].concat()),
    ] {
        let error = connection_error_after(bytes).await;
        assert!(matches!(error, EventStreamError::Protocol { .. }), "{case}: {error:?}");
    }
}

#[tokio::test]
async fn frame_truncated_by_end_of_connection_is_connection_lost() {
    for part in [&text("\"a long message\"")[..1], &text("\"a long message\"")[..9], &[]] {
        let part = part.to_vec();
        let server = WebSocketServer::start(move |number, mut peer| {
            let part = part.clone();
            async move {
                peer.accept().await;
                peer.send(&part).await;
                if number > 0 {
                    peer.read_to_end().await;
                }
            }
        })
        .await;
        let mut events = without_backoff(server.builder().build().unwrap().events(EVENT_TYPE));
        connected(&mut events).await;
        let error = connection_error(&mut events).await;
        assert_eq!(error, EventStreamError::ConnectionLost { reason: "the connection ended".to_owned() });
        connected(&mut events).await;
        gap(&mut events).await;
    }
}

#[tokio::test]
async fn close_frame_code_is_reported_without_reason() {
    for (payload, code) in [
        (&[][..], None),
        (&[3, 0xe9], Some(1001)),
        (&[3, 0xf4], Some(1012)),
        (&[0x0f, 0xa1], Some(4001)),
        (&[3, 0xe8, b'1', b'8', b'8'], Some(1000)),
    ] {
        let error = connection_error_after(frame(0x88, payload)).await;
        assert_eq!(error, EventStreamError::Closed { code });
        assert!(!error.to_string().contains("188"), "the close reason is shown: {error}");
    }
}

#[tokio::test]
async fn message_over_limit_loses_connection_before_it_is_read() {
    let endless = [&[0x81, 127][..], &(1_u64 << 40).to_be_bytes()].concat();
    let whole = frame(0x81, &[b'1'; LIMIT + 1]);
    let fragmented = [frame(0x01, &[b'1'; LIMIT]), frame(0x80, b"1")].concat();
    for bytes in [endless, whole, fragmented] {
        let error = connection_error_after(bytes).await;
        assert_eq!(error, EventStreamError::MessageTooLarge { limit: LIMIT });
        assert!(error.to_string().contains("1000 bytes"), "the limit is not named: {error}");
    }
}

#[tokio::test]
async fn well_formed_frames_are_read() {
    let longest = "1".repeat(LIMIT);
    let bytes = [
        frame(0x01, b"[\"\xe6\x9d"),
        frame(0x89, b"a ping in between"),
        frame(0x00, b""),
        frame(0x80, b"\x8e\"]"),
        frame(0x8a, b"an unsolicited pong"),
        text(&longest),
        frame(0x82, &[0, 159, 146, 150]),
        text("null"),
    ];
    let (_server, mut events) = events_with(bytes.concat()).await;
    connected(&mut events).await;
    for payload in ["\"before\"", "[\"李\"]", &longest] {
        assert_eq!(event(&mut events).await.payload(), payload);
    }
    match next(&mut events).await {
        EventStreamItem::Malformed(message) => {
            assert_eq!((message.reason, message.bytes()), ("binary message", &[0, 159, 146, 150][..]));
        }
        other => panic!("not a malformed message: {other:?}"),
    }
    assert_eq!(event(&mut events).await.payload(), "null");
}
