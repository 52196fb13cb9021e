//! Stored logins: not lost, not left behind, not written elsewhere.

use std::fs::{self, Permissions};
use std::io::{BufRead, BufReader};
use std::os::unix::fs::PermissionsExt;
use std::process::{Child, Stdio};
use std::time::Duration;

use genauth::sandbox::Fault;

use crate::user::{HOUR, Login, User, open};

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn login_revokes_the_one_that_it_replaces() {
    let user = User::logged_in("login-replaced").await;
    let old = user.token("refresh_token");
    let login = Login::begin(&user, &[]);
    login.finish(&user).await;
    assert_eq!(login.wait().status, 0);
    assert_ne!(user.token("refresh_token"), old);
    user.sandbox.client().unwrap().get_new_access_token_by_refresh_token(old).await.unwrap_err();
    user.run(&["get-profile"]).json();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn login_that_cannot_be_stored_is_rejected_before_it_begins() {
    let user = User::new("login-unstorable").await;
    let tokens = user.folder.join("genauth/tokens");
    fs::create_dir_all(&tokens).unwrap();
    fs::set_permissions(&tokens, Permissions::from_mode(0o755)).unwrap();
    let rejected = user.run(&["login", "--no-browser", "--port", "0"]);
    assert!(rejected.failure(2).contains("chmod 700"), "{}", rejected.stderr);

    fs::remove_dir(&tokens).unwrap();
    let elsewhere = user.folder.join("elsewhere");
    fs::create_dir(&elsewhere).unwrap();
    std::os::unix::fs::symlink(&elsewhere, &tokens).unwrap();
    let rejected = user.run(&["login", "--no-browser", "--port", "0"]);
    assert!(rejected.failure(2).contains("symbolic link"), "{}", rejected.stderr);
    assert_eq!(user.token_requests(), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn lock_of_a_login_is_not_followed_as_a_link() {
    let user = User::logged_in("login-lock").await;
    let (lock, target) = (user.login().with_extension("lock"), user.folder.join("target"));
    fs::write(&target, "precious").unwrap();
    fs::remove_file(&lock).unwrap();
    std::os::unix::fs::symlink(&target, &lock).unwrap();
    let outcome = user.run(&["get-profile"]);
    assert!(outcome.failure(2).contains("cannot access the stored login"), "{}", outcome.stderr);
    assert_eq!(fs::read_to_string(&target).unwrap(), "precious");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn callback_is_used_once_by_get_however_often_it_is_fetched() {
    let user = User::new("login-fetched-twice").await;
    let login = Login::begin(&user, &[]);
    let callback = user.sandbox.authorize(&login.url).await.unwrap();
    let client = reqwest::Client::new();
    assert_eq!(client.head(callback.clone()).send().await.unwrap().status(), 200);
    let prefetch = client.get(callback.clone()).header("sec-purpose", "prefetch;prerender").send().await.unwrap();
    assert_eq!(prefetch.status(), 503);
    assert_eq!(user.token_requests(), 0, "the code was used");
    for _ in 0..2 {
        let (status, page) = open(callback.clone()).await;
        assert_eq!((status, page.contains("You are logged in")), (200, true), "{page}");
    }
    assert_eq!(login.wait().status, 0);
    assert_eq!(user.token_requests(), 1);
}

/// Runs `get-profile` with a login that has to be refreshed, which takes a second and a half.
fn refreshing(user: &User, arguments: &[&str]) -> Child {
    user.advance_clock(2 * HOUR - Duration::from_secs(30));
    user.sandbox.inject_fault(Fault::Delay(Duration::from_millis(1500)), 1);
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_genauth"));
    command.arg("get-profile").args(arguments).env_clear().envs(user.variables());
    command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn refresh_is_stored_before_a_signal_is_obeyed() {
    let user = User::logged_in("login-interrupted").await;
    let old = user.token("refresh_token");
    let mut process = refreshing(&user, &[]);
    std::thread::sleep(Duration::from_millis(700));
    let pid = process.id().to_string();
    assert!(std::process::Command::new("kill").args(["-s", "INT", &pid]).status().unwrap().success());
    assert_eq!(process.wait().unwrap().code(), Some(130));
    assert_ne!(user.token("refresh_token"), old, "the rotated refresh token is lost");
    user.run(&["get-profile"]).json();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn refresh_outlives_the_timeout_of_the_call() {
    let user = User::logged_in("login-timeout").await;
    let old = user.token("refresh_token");
    let process = refreshing(&user, &["--timeout", "500ms"]);
    let output = process.wait_with_output().unwrap();
    assert!(output.status.success(), "{output:?}");
    assert_ne!(user.token("refresh_token"), old, "the rotated refresh token is lost");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn events_ask_the_login_for_each_connection() {
    let user = User::logged_in("login-events").await;
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_genauth"));
    command.args(["events", "custom.order-paid"]).env_clear().envs(user.variables());
    command.env("GENAUTH_EVENTS_HOST", user.sandbox.events_url());
    let mut process = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    let mut notes = BufReader::new(process.stderr.take().unwrap()).lines();
    assert_eq!(notes.next().unwrap().unwrap(), "event stream connected");
    user.advance_clock(3 * HOUR);
    user.sandbox.drop_event_connections();
    let rest: Vec<_> = [(); 2].into_iter().filter_map(|()| notes.next()).map(Result::unwrap).collect();
    assert!(rest[1].starts_with("event stream connected"), "{rest:?}");
    process.kill().unwrap();
    process.wait().unwrap();
}
