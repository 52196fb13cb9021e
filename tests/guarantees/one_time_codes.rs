//! A one-time code reaches the server at most once, however connections fail.

use std::collections::BTreeMap;
use std::future::poll_fn;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::task::Poll;
use std::time::{Duration, Instant};

use crate::faulty_server::{Fate, Server, phone_number};
use futures_util::StreamExt;
use genauth::types::GetWechatMiniProgramPhoneDataDto;
use genauth::{AuthenticationClient, Error, Result};
use tokio::runtime::{Builder, Runtime};

const CALLS: usize = 10_000;
const IN_FLIGHT: usize = 64;
const TIMEOUT: Duration = Duration::from_millis(1000);

/// A runtime for the client only, so that its alive tasks are the client's.
fn runtime() -> Runtime {
    Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap()
}

fn client(server: &Server) -> AuthenticationClient {
    AuthenticationClient::builder().app_id("an-app").app_host(server.url()).timeout(TIMEOUT).build().unwrap()
}

#[test]
fn one_time_code_arrives_at_most_once_under_faults() {
    let (server, runtime) = (Server::start(5), runtime());
    let client = Arc::new(client(&server));
    let (outcomes, lateness) = runtime.block_on(async {
        let lateness = tokio::spawn(lateness());
        let sent = futures_util::stream::iter(0..CALLS).map(|number| {
            let client = Arc::clone(&client);
            let call = async move {
                let started = Instant::now();
                let outcome = client.get_wechat_miniprogram_phone(format!("code-{number}"), "my-wxapp").await;
                (number, started.elapsed(), outcome)
            };
            async { tokio::spawn(call).await.expect("a call panicked") }
        });
        let outcomes: Vec<_> = sent.buffer_unordered(IN_FLIGHT).collect().await;
        lateness.abort();
        (outcomes, LATENESS.load(Relaxed))
    });

    let mut tally = BTreeMap::new();
    let allowed = TIMEOUT + TIMEOUT / 10 + Duration::from_micros(lateness);
    for (number, time, outcome) in &outcomes {
        let arrivals = server.arrivals(&format!("code-{number}"));
        assert!(arrivals.len() <= 1, "code-{number} arrived {} times: {arrivals:?}", arrivals.len());
        let fate = arrivals.first().copied();
        check(*number, fate, outcome);
        assert!(*time <= allowed, "code-{number} ({fate:?}) took {time:?}; allowed {allowed:?}");
        *tally.entry(format!("{fate:?}")).or_insert(0) += 1;
    }
    println!("{CALLS} calls, {} connections, late by up to {lateness} µs: {tally:#?}", server.connections());
    for fate in Fate::ALL {
        assert!(
            tally.contains_key(&format!("{:?}", fate.arrives().then_some(fate))),
            "no call met {fate:?}: {tally:?}"
        );
    }

    // A connection that is opened while another one becomes idle is kept too, so there may be twice as many.
    assert!(server.open() <= 2 * IN_FLIGHT, "{} connections for {IN_FLIGHT} calls at a time", server.open());
    drop(client);
    wait_until("a task of the client is alive", || runtime.metrics().num_alive_tasks() == 0);
    wait_until("a connection is open", || server.open() == 0);
}

/// Checks that the outcome is that of the call's fate. Without a fate, the request did not arrive in full.
fn check(number: usize, fate: Option<Fate>, outcome: &Result<GetWechatMiniProgramPhoneDataDto>) {
    let is_expected = match (fate, outcome) {
        (Some(Fate::Ok), Ok(phone)) => phone.phone_number.as_str() == phone_number(&format!("code-{number}")),
        (Some(Fate::ResetAfter) | None, Err(Error::Transport(error))) => !error.is_connect() && !error.is_timeout(),
        (Some(Fate::TruncatedBody), Err(error @ Error::Transport(transport))) => {
            !transport.is_timeout() && error.status().is_some_and(|status| status == 200)
        }
        (Some(Fate::Stalled), Err(Error::Transport(error))) => error.is_timeout() && !error.is_connect(),
        (Some(Fate::BadGateway), Err(error @ Error::UnexpectedResponse(_))) => {
            error.status().is_some_and(|status| status == 502)
        }
        (Some(Fate::Garbage), Err(Error::Transport(error))) => !error.is_connect() && !error.is_timeout(),
        (Some(Fate::GarbageBody), Err(Error::UnexpectedResponse(error))) => error.status == 200,
        _ => false,
    };
    assert!(is_expected, "code-{number}: {fate:?} resulted in {outcome:?}");
}

static LATENESS: AtomicU64 = AtomicU64::new(0);

/// Records the longest delay with which this machine wakes a task.
async fn lateness() {
    loop {
        let started = Instant::now();
        tokio::time::sleep(Duration::from_millis(5)).await;
        let late = started.elapsed().saturating_sub(Duration::from_millis(6)).as_micros() as u64;
        LATENESS.fetch_max(late, Relaxed);
    }
}

fn wait_until(what: &str, mut holds: impl FnMut() -> bool) {
    let deadline = Instant::now() + Duration::from_secs(10);
    while !holds() {
        assert!(Instant::now() < deadline, "timed out after ten seconds: {what}");
        std::thread::sleep(Duration::from_millis(10));
    }
}

#[test]
fn dropped_call_leaves_client_usable() {
    let (server, runtime) = (Server::start(0), runtime());
    let client = client(&server);
    runtime.block_on(async {
        for polls in 0..200 {
            let code = format!("dropped-{polls}");
            let mut call = client.get_wechat_miniprogram_phone(&code, "my-wxapp").into_future();
            for _ in 0..polls % 20 {
                if poll_fn(|context| Poll::Ready(call.as_mut().poll(context).is_ready())).await {
                    break;
                }
                // Between two polls, the server gets no time, or a little.
                match polls % 3 {
                    0 => {}
                    1 => tokio::task::yield_now().await,
                    _ => tokio::time::sleep(Duration::from_micros(polls * 5)).await,
                }
            }
            drop(call);
            let code = format!("after-{polls}");
            let phone = client.get_wechat_miniprogram_phone(&code, "my-wxapp").await;
            let phone = phone.unwrap_or_else(|error| panic!("after a call dropped at poll {}: {error}", polls % 20));
            assert_eq!(phone.phone_number.as_str(), phone_number(&code), "the response to another call");
            assert!(server.arrivals(&format!("dropped-{polls}")).len() <= 1, "a dropped call was retried");
        }
    });
    assert!(server.open() <= 20, "{} connections are open after calls one by one", server.open());
    drop(client);
    wait_until("a task of the client is alive", || runtime.metrics().num_alive_tasks() == 0);
    wait_until("a connection is open", || server.open() == 0);
}
