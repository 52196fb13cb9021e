//! Many events across many lost connections: every missing event is inside a gap.

use std::ops::RangeInclusive;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};

use genauth::events::EventStreamItem;
use genauth::sandbox::Sandbox;

use crate::helpers::{next, signed_in, without_backoff};

const EVENT_TYPE: &str = "custom.counted";
const EVENTS: usize = 100_000;
const DROPS: usize = 10;
/// Published at once; fewer than the sandbox buffers.
const BATCH: usize = 500;

#[tokio::test]
async fn reconnect_reports_every_lost_event_in_a_gap() {
    let sandbox = Arc::new(Sandbox::start().await.unwrap());
    let mut events = without_backoff(signed_in(&sandbox).events(EVENT_TYPE));
    let last_received = Arc::new(AtomicUsize::new(0));
    let publisher = tokio::spawn(publish(Arc::clone(&sandbox), Arc::clone(&last_received)));

    let (mut received, mut last, mut missing, mut gaps, mut is_after_gap) = (0, 0, 0, 0, false);
    while last < EVENTS {
        match next(&mut events).await {
            EventStreamItem::Event(event) => {
                let number: usize = event.deserialize().unwrap();
                assert!(number > last, "{number} arrived after {last}");
                assert!(number == last + 1 || is_after_gap, "{} to {} are in no gap", last + 1, number - 1);
                missing += number - last - 1;
                (last, is_after_gap) = (number, false);
                received += 1;
                last_received.store(number, SeqCst);
            }
            EventStreamItem::Gap(_) => {
                gaps += 1;
                is_after_gap = true;
            }
            EventStreamItem::Connected | EventStreamItem::Disconnected(_) => {}
            other => panic!("neither an event nor a change of the connection: {other:?}"),
        }
    }
    publisher.await.unwrap();
    println!("{received} of {EVENTS} events received, {missing} missing in {gaps} gaps");
    assert_eq!(gaps, DROPS);
    assert_eq!(received + missing, EVENTS);
    assert!(missing >= DROPS * (BATCH / 2 - 1), "only {missing} events were lost: the connections were not dropped");
}

/// Publishes in batches, each when the one before has arrived, and drops the connection in the middle of some.
async fn publish(sandbox: Arc<Sandbox>, last_received: Arc<AtomicUsize>) {
    let publish = |numbers: RangeInclusive<usize>| {
        numbers.for_each(|number| sandbox.publish_event(EVENT_TYPE, &number.to_string()));
    };
    let received = async |number: usize| {
        while last_received.load(SeqCst) < number {
            tokio::task::yield_now().await;
        }
    };
    for last in (BATCH..=EVENTS).step_by(BATCH) {
        while sandbox.subscriber_count(EVENT_TYPE) == 0 {
            tokio::task::yield_now().await;
        }
        let first = last + 1 - BATCH;
        if last % (EVENTS / DROPS) == EVENTS / DROPS / 2 {
            // Of the first half some arrive, of the second none.
            let middle = first + BATCH / 2;
            publish(first..=middle);
            received(first + 9).await;
            sandbox.drop_event_connections();
            publish(middle + 1..=last);
        } else {
            publish(first..=last);
            received(last).await;
        }
    }
}
