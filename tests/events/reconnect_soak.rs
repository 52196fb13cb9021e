//! Many events through many cuts: what is missing is missing in a gap, and nowhere else.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};

use genauth::events::EventStreamItem;
use genauth::sandbox::Sandbox;

use crate::helpers::{at_once, next, signed_in};

const CODE: &str = "custom.counted";
const EVENTS: usize = 100_000;
const CUTS: usize = 10;
/// So many are sent at once: fewer than may wait.
const BATCH: usize = 500;

#[tokio::test]
async fn every_loss_is_told() {
    let sandbox = Arc::new(Sandbox::start().await.unwrap());
    let mut events = at_once(signed_in(&sandbox).events(CODE));
    let last_heard = Arc::new(AtomicUsize::new(0));
    let server = Arc::clone(&sandbox);
    let heard_by_reader = Arc::clone(&last_heard);
    let publisher = tokio::spawn(async move {
        let send = |numbers: std::ops::RangeInclusive<usize>| {
            numbers.for_each(|number| server.publish_event(CODE, &number.to_string()));
        };
        for last in (BATCH..=EVENTS).step_by(BATCH) {
            while server.subscriber_count(CODE) == 0 {
                tokio::task::yield_now().await;
            }
            let first = last + 1 - BATCH;
            if last % (EVENTS / CUTS) == EVENTS / CUTS / 2 {
                // Some of the first half come, and none of the second.
                let middle = first + BATCH / 2;
                send(first..=middle);
                while heard_by_reader.load(SeqCst) < first + 9 {
                    tokio::task::yield_now().await;
                }
                server.drop_event_connections();
                send(middle + 1..=last);
            } else {
                send(first..=last);
                while heard_by_reader.load(SeqCst) < last {
                    tokio::task::yield_now().await;
                }
            }
        }
    });

    let (mut heard, mut last, mut missing, mut gaps, mut gap) = (0, 0, 0, 0, false);
    while last < EVENTS {
        match next(&mut events).await {
            EventStreamItem::Event(event) => {
                let number: usize = event.deserialize().unwrap();
                assert!(number > last, "{number} came after {last}");
                assert!(number == last + 1 || gap, "{} to {} are missing, and no gap was told", last + 1, number - 1);
                missing += number - last - 1;
                (last, gap) = (number, false);
                heard += 1;
                last_heard.store(number, SeqCst);
            }
            EventStreamItem::Gap(_) => {
                gaps += 1;
                gap = true;
            }
            EventStreamItem::Connected | EventStreamItem::Disconnected(_) => {}
            other => panic!("{other:?}"),
        }
    }
    publisher.await.unwrap();
    println!("{heard} of {EVENTS} events heard, {missing} missing in {gaps} gaps");
    assert_eq!(gaps, CUTS);
    assert_eq!(heard + missing, EVENTS);
    assert!(missing >= CUTS * (BATCH / 2 - 1), "only {missing} were lost, so the cuts cut nothing");
}
