//! One client under load: `load CLIENT HOST IN_FLIGHT SECONDS` keeps so many calls in flight, and prints how many
//! came back and after what time, as JSON. The scripts under `peers/` do the same in other languages.

use std::collections::BTreeMap;
use std::io::stdout;
use std::time::{Duration, Instant};

use genauth::AuthenticationClient;
use genauth_benches::{by_hand, plain_hyper};

/// Not counted: connections come about, caches fill.
const WARM_UP: Duration = Duration::from_secs(1);

#[tokio::main]
async fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [client, host, in_flight, seconds] = &arguments[..] else { panic!("CLIENT HOST IN_FLIGHT SECONDS") };
    let clock = Clock::new(Duration::from_secs_f64(seconds.parse().expect("a number of seconds")));
    let in_flight = in_flight.parse().expect("a number of calls");
    let tasks: Vec<_> = match client.as_str() {
        "genauth" => {
            let client = AuthenticationClient::builder().app_id("an-app").app_host(host).build().expect("a client");
            let caller = || tokio::spawn(genauth(clock, client.clone()));
            (0..in_flight).map(|_| caller()).collect()
        }
        "reqwest" => {
            let client = by_hand::Client::new(host);
            (0..in_flight).map(|_| tokio::spawn(reqwest(clock, client.clone()))).collect()
        }
        "hyper" => (0..in_flight).map(|_| tokio::spawn(hyper(clock, host.clone()))).collect(),
        _ => panic!("{client} is not genauth, reqwest or hyper"),
    };
    let mut milliseconds = Vec::new();
    for task in tasks {
        milliseconds.extend(task.await.expect("no call fails"));
    }
    let printed = BTreeMap::from([("milliseconds", milliseconds)]);
    serde_json::to_writer(stdout(), &printed).expect("somebody reads it");
}

async fn genauth(clock: Clock, client: AuthenticationClient) -> Vec<f64> {
    let mut times = Vec::new();
    while clock.runs() {
        let begun = Instant::now();
        client.get_wechat_miniprogram_phone("a-code", "my-wxapp").await.expect("a phone number");
        clock.note(begun, &mut times);
    }
    times
}

async fn reqwest(clock: Clock, client: by_hand::Client) -> Vec<f64> {
    let mut times = Vec::new();
    while clock.runs() {
        let begun = Instant::now();
        client.phone_number("a-code", "my-wxapp").await.expect("a phone number");
        clock.note(begun, &mut times);
    }
    times
}

async fn hyper(clock: Clock, host: String) -> Vec<f64> {
    let mut times = Vec::new();
    let mut connection = plain_hyper::Connection::open(&host).await;
    while clock.runs() {
        let begun = Instant::now();
        connection.call().await;
        clock.note(begun, &mut times);
    }
    times
}

#[derive(Clone, Copy)]
struct Clock {
    begin: Instant,
    end: Instant,
}

impl Clock {
    fn new(time: Duration) -> Self {
        let begin = Instant::now() + WARM_UP;
        Self { begin, end: begin + time }
    }

    fn runs(&self) -> bool {
        Instant::now() < self.end
    }

    fn note(&self, begun: Instant, times: &mut Vec<f64>) {
        let now = Instant::now();
        if begun >= self.begin && now <= self.end {
            times.push((now - begun).as_secs_f64() * 1000.0);
        }
    }
}
