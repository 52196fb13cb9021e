//! What comes over the line, frame by frame: what is well formed is read, and what is not ends the line, not more.

use genauth::events::{EventStreamError, EventStreamItem};

use crate::helpers::{at_once, connected, event, gap, line_lost, next};
use crate::websocket_server::{LineServer, frame, text};

const CODE: &str = "user.updated";
const LIMIT: usize = 1000;

/// The events over a line with these bytes, and over all that follow.
async fn events_after(bytes: Vec<u8>) -> (LineServer, genauth::events::EventStream) {
    let server = LineServer::sending([[text("\"before\""), bytes].concat(), text("\"after\"")]).await;
    let events = at_once(server.builder().max_response_size(LIMIT).build().unwrap().events(CODE));
    (server, events)
}

/// Why a line with these bytes is lost; before and after that, all is well.
async fn loss_by(bytes: Vec<u8>) -> EventStreamError {
    let (_server, mut events) = events_after(bytes).await;
    connected(&mut events).await;
    assert_eq!(event(&mut events).await.json(), "\"before\"");
    let reason = line_lost(&mut events).await;
    connected(&mut events).await;
    gap(&mut events).await;
    assert_eq!(event(&mut events).await.json(), "\"after\"");
    reason
}

#[tokio::test]
async fn what_breaks_the_protocol_ends_the_line() {
    let masked = [&[0x81, 0x80 | 2, 1, 2, 3, 4][..], b"12"].concat();
    for (what, bytes) in [
        ("bad UTF-8", frame(0x81, b"\"\xff\"")),
        ("UTF-8 that breaks off", frame(0x81, b"\"\xe6\x9d")),
        ("a masked frame", masked),
        ("a reserved bit", frame(0xc1, b"1")),
        ("another reserved bit", frame(0x91, b"1")),
        ("a reserved opcode for data", frame(0x83, b"1")),
        ("a reserved opcode for control", frame(0x8b, b"1")),
        ("a continuation of nothing", frame(0x80, b"1")),
        ("a beginning inside a message", [frame(0x01, b"1"), frame(0x81, b"2")].concat()),
        ("a ping in fragments", frame(0x09, b"1")),
        ("a ping that is too long", frame(0x89, &[b'1'; 126])),
        ("a close frame of one byte", frame(0x88, &[3])),
        ("bad UTF-8 over two frames", [frame(0x01, b"\"\xe6\x9d"), frame(0x80, b"\"")].concat()),
    ] {
        let reason = loss_by(bytes).await;
        assert!(matches!(reason, EventStreamError::Protocol { .. }), "{what}: {reason:?}");
    }
}

#[tokio::test]
async fn an_end_in_the_middle_is_a_broken_line() {
    for part in [&text("\"a long message\"")[..1], &text("\"a long message\"")[..9], &[]] {
        let part = part.to_vec();
        let server = LineServer::start(move |number, mut peer| {
            let part = part.clone();
            async move {
                peer.accept().await;
                peer.send(&part).await;
                if number > 0 {
                    peer.gone().await;
                }
            }
        })
        .await;
        let mut events = at_once(server.builder().build().unwrap().events(CODE));
        connected(&mut events).await;
        let reason = line_lost(&mut events).await;
        assert_eq!(reason, EventStreamError::ConnectionLost { reason: "the connection ended".to_owned() });
        connected(&mut events).await;
        gap(&mut events).await;
    }
}

#[tokio::test]
async fn a_server_that_closes_says_why_by_a_code() {
    for (payload, code) in [
        (&[][..], None),
        (&[3, 0xe9], Some(1001)),
        (&[3, 0xf4], Some(1012)),
        (&[0x0f, 0xa1], Some(4001)),
        (&[3, 0xe8, b'1', b'8', b'8'], Some(1000)),
    ] {
        let reason = loss_by(frame(0x88, payload)).await;
        assert_eq!(reason, EventStreamError::Closed { code });
        assert!(!reason.to_string().contains("188"), "{reason}");
    }
}

#[tokio::test]
async fn a_message_over_the_limit_ends_the_line_before_it_is_read() {
    let endless = [&[0x81, 127][..], &(1_u64 << 40).to_be_bytes()].concat();
    let whole = frame(0x81, &[b'1'; LIMIT + 1]);
    let in_parts = [frame(0x01, &[b'1'; LIMIT]), frame(0x80, b"1")].concat();
    for bytes in [endless, whole, in_parts] {
        let reason = loss_by(bytes).await;
        assert_eq!(reason, EventStreamError::MessageTooLarge { limit: LIMIT });
        assert_eq!(reason.to_string(), "a message was longer than the limit of 1000 bytes");
    }
}

#[tokio::test]
async fn what_is_well_formed_is_read() {
    let longest = "1".repeat(LIMIT);
    let bytes = [
        frame(0x01, b"[\"\xe6\x9d"),
        frame(0x89, b"a ping in between"),
        frame(0x00, b""),
        frame(0x80, b"\x8e\"]"),
        frame(0x8a, b"a pong that nobody asked for"),
        text(&longest),
        frame(0x82, &[0, 159, 146, 150]),
        text("null"),
    ];
    let (_server, mut events) = events_after(bytes.concat()).await;
    connected(&mut events).await;
    for json in ["\"before\"", "[\"李\"]", &longest] {
        assert_eq!(event(&mut events).await.json(), json);
    }
    match next(&mut events).await {
        EventStreamItem::Malformed(message) => {
            assert_eq!((message.reason, message.bytes()), ("it is binary", &[0, 159, 146, 150][..]));
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(event(&mut events).await.json(), "null");
}
