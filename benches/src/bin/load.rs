//! Load generator: `load CLIENTS HOST IN_FLIGHT SECONDS`, with commas between the clients, keeps `IN_FLIGHT` calls in
//! flight for one client at a time. The clients take turns in short slices, because the speed of a machine changes from
//! one tenth of a second to the next.
//!
//! Prints the latencies of each client's calls, by slice, as JSON. The scripts in `interop/` do the same in other
//! languages, in one slice.

use std::collections::BTreeMap;
use std::io::stdout;
use std::time::{Duration, Instant};

use genauth::AuthenticationClient;
use genauth_benches::baseline_hyper::Connection;
use genauth_benches::baseline_reqwest;
use tokio::time::sleep_until;

/// Each client's first slice, in which it connects, is not counted.
const WARM_UP: Duration = Duration::from_secs(1);

/// The measured half of a slice, several calls long; the first half, as long, warms the caches.
fn slice(in_flight: usize) -> Duration {
    Duration::from_millis(25) + Duration::from_micros(200) * in_flight as u32
}

#[tokio::main]
async fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [clients, host, in_flight, seconds] = &arguments[..] else { panic!("CLIENTS HOST IN_FLIGHT SECONDS") };
    let in_flight: usize = in_flight.parse().expect("a number of calls");
    let seconds: f64 = seconds.parse().expect("a number of seconds");
    let clients: Vec<&str> = clients.split(',').collect();
    let slice = slice(in_flight);
    let mut tasks = Vec::new();
    for (client, slices) in clients.iter().zip(schedule(clients.len(), seconds, slice)) {
        let caller = Caller::new(client, host);
        for _ in 0..in_flight {
            tasks.push((*client, tokio::spawn(caller.share().call_in(slices.clone()))));
        }
    }
    let mut milliseconds: BTreeMap<&str, Vec<Vec<f64>>> = BTreeMap::new();
    for (client, task) in tasks {
        let counted = task.await.expect("every call succeeds").split_off(1);
        let all = milliseconds.entry(client).or_insert_with(|| vec![Vec::new(); counted.len()]);
        all.iter_mut().zip(counted).for_each(|(all, own)| all.extend(own));
    }
    let printed = serde_json::json!({ "slice_seconds": slice.as_secs_f64(), "milliseconds": milliseconds });
    serde_json::to_writer(stdout(), &printed).expect("standard output is open");
}

#[derive(Clone, Copy)]
struct Slice {
    begin: Instant,
    counted_from: Instant,
    end: Instant,
}

/// The slices of each client. The order changes with each turn, since a client that runs twice in a row has an
/// advantage. The pause between slices lets calls in flight finish.
fn schedule(clients: usize, seconds: f64, slice: Duration) -> Vec<Vec<Slice>> {
    let counted = (seconds / slice.as_secs_f64()).ceil() as usize;
    let mut slices = vec![Vec::new(); clients];
    let mut begin = Instant::now();
    for turn in 0..=counted {
        for place in 0..clients {
            let place = (place + turn / 2) % clients;
            let client = if turn % 2 == 0 { place } else { clients - 1 - place };
            let counted_from = begin + if turn == 0 { WARM_UP } else { slice };
            let end = counted_from + slice;
            slices[client].push(Slice { begin, counted_from, end });
            begin = end + slice / 4;
        }
    }
    slices
}

/// A client that makes one call after the other.
enum Caller {
    Genauth(AuthenticationClient),
    Reqwest(baseline_reqwest::Client),
    Hyper { host: String, connection: Option<Connection> },
}

impl Caller {
    fn new(client: &str, host: &str) -> Self {
        let genauth = AuthenticationClient::builder().app_id("an-app").app_host(host);
        match client {
            "genauth" => Self::Genauth(genauth.build().expect("a client")),
            "reqwest" => Self::Reqwest(baseline_reqwest::Client::new(host)),
            "hyper" => Self::Hyper { host: host.to_owned(), connection: None },
            _ => panic!("unknown client `{client}`: expected genauth, reqwest or hyper"),
        }
    }

    fn share(&self) -> Self {
        match self {
            Self::Genauth(client) => Self::Genauth(client.clone()),
            Self::Reqwest(client) => Self::Reqwest(client.clone()),
            Self::Hyper { host, .. } => Self::Hyper { host: host.clone(), connection: None },
        }
    }

    /// The latency of each call in milliseconds, by slice.
    async fn call_in(mut self, slices: Vec<Slice>) -> Vec<Vec<f64>> {
        let mut milliseconds = Vec::new();
        for Slice { begin, counted_from, end } in slices {
            sleep_until(begin.into()).await;
            let mut own = Vec::new();
            let mut begun = Instant::now();
            while begun < end {
                self.call().await;
                let now = Instant::now();
                if (counted_from..=end).contains(&now) {
                    own.push((now - begun).as_secs_f64() * 1000.0);
                }
                begun = now;
            }
            milliseconds.push(own);
        }
        milliseconds
    }

    async fn call(&mut self) {
        match self {
            Self::Genauth(client) => {
                client.get_wechat_miniprogram_phone("a-code", "my-wxapp").await.expect("a phone number");
            }
            Self::Reqwest(client) => {
                client.phone_number("a-code", "my-wxapp").await.expect("a phone number");
            }
            Self::Hyper { host, connection } => {
                if connection.is_none() {
                    *connection = Some(Connection::open(host).await);
                }
                if let Some(connection) = connection {
                    connection.call().await;
                }
            }
        }
    }
}
