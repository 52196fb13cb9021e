//! Memory stays constant over many calls on one client.
//!
//! 10,000 calls; 200,000 with `GENAUTH_LONG=1 cargo test --features full --test soak -- --nocapture`.

use axum::routing::post;
use axum::{Json, Router};
use genauth::AuthenticationClient;
use serde_json::json;
use tokio::net::TcpListener;

/// The resident memory of this process, in pages.
fn resident() -> f64 {
    let statm = std::fs::read_to_string("/proc/self/statm").unwrap();
    statm.split(' ').nth(1).unwrap().parse().unwrap()
}

#[test]
#[cfg(target_os = "linux")]
fn memory_stays_constant_over_many_calls() {
    let long = std::env::var_os("GENAUTH_LONG").is_some();
    let (first, all) = if long { (10_000, 200_000) } else { (2_000, 10_000) };

    let response = json!({
        "statusCode": 200,
        "data": { "phoneNumber": "+8618812348888", "purePhoneNumber": "18812348888", "countryCode": "86" },
    });
    let router =
        Router::new().route("/api/v3/get-wechat-miniprogram-phone", post(async move || Json(response.clone())));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let (mut before, started) = (0.0, std::time::Instant::now());
    runtime.block_on(async {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let host = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(axum::serve(listener, router).into_future());
        let client = AuthenticationClient::builder().app_id("an-app").app_host(host).build().unwrap();
        for call in 1..=all {
            let phone = client.get_wechat_miniprogram_phone("a-code", "my-wxapp").await;
            phone.unwrap_or_else(|error| panic!("call {call}: {error}"));
            if call == first {
                before = resident();
            }
        }
    });
    let growth = resident() / before - 1.0;
    println!("{all} calls in {:?}; memory {:+.2}% since call {first}", started.elapsed(), growth * 100.0);
    assert!(growth <= 0.05, "memory grew by {:.2}% between call {first} and call {all}", growth * 100.0);
}
