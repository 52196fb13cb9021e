//! Connections, kept and not kept, of one client in several runtimes.

use std::time::Duration;

use crate::faulty_server::{Server, phone_number};
use genauth::AuthenticationClient;
use tokio::runtime::{Builder, Runtime};

fn runtime() -> Runtime {
    Builder::new_current_thread().enable_all().build().unwrap()
}

async fn call(client: &AuthenticationClient, code: &str) {
    let phone = client.get_wechat_miniprogram_phone(code, "my-wxapp").await;
    let phone = phone.unwrap_or_else(|error| panic!("{code}: {error}"));
    assert_eq!(phone.phone_number.as_str(), phone_number(code));
}

#[test]
fn client_works_in_several_runtimes() {
    let server = Server::start(0);
    let client = AuthenticationClient::builder().app_id("an-app").app_host(server.url()).build().unwrap();
    let first = runtime();
    first.block_on(call(&client, "first"));
    // The connection of the first runtime is kept, but nothing drives it now.
    runtime().block_on(call(&client, "second"));
    runtime().block_on(async { tokio::join!(call(&client, "third"), call(&client, "fourth")) });
    first.block_on(call(&client, "fifth"));
    assert_eq!(server.connections(), 4, "the first runtime's connection is kept");
    drop(first);
    runtime().block_on(call(&client, "sixth"));
}

#[test]
fn unused_connection_is_closed_after_its_timeout() {
    let server = Server::start(0);
    let builder = AuthenticationClient::builder().app_id("an-app").app_host(server.url());
    let client = builder.pool_idle_timeout(Duration::from_millis(50)).build().unwrap();
    runtime().block_on(async {
        call(&client, "first").await;
        tokio::time::sleep(Duration::from_millis(200)).await;
        call(&client, "second").await;
        call(&client, "third").await;
    });
    assert_eq!(server.connections(), 2);
}
