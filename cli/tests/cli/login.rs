//! `genauth login` and `genauth logout`.

use std::fs::{self, Permissions};
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use genauth::OAuthErrorCode;
use genauth::sandbox::Fault;
use serde_json::{Value, json};

use crate::command::{Outcome, genauth};
use crate::raw_server::{RawServer, json as json_response};
use crate::user::{DAY, HOUR, Login, User, open};

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn login_is_stored_for_later_calls() {
    let user = User::new("login").await;
    let login = Login::begin(&user, &["--output", "json"]);
    assert!(login.callback("").as_str().starts_with("http://127.0.0.1:"), "{}", login.url);
    let callback = login.finish(&user).await;
    let outcome = login.wait();
    assert_eq!(outcome.status, 0, "{}", outcome.stderr);
    let who: Value = serde_json::from_str(&outcome.stdout).unwrap();
    assert_eq!(who["username"], "sandbox-user");

    let profile = user.run(&["get-profile"]).json();
    assert_eq!(profile["userId"], who["userId"]);
    let claims = user.run(&["get-user-info-by-access-token"]).json();
    assert_eq!(claims["sub"], who["userId"]);

    assert_eq!(mode(&user.login()), 0o600);
    assert_eq!(mode(user.login().parent().unwrap()), 0o700);
    let (_, code) = callback.query_pairs().find(|(name, _)| name == "code").unwrap();
    let tokens = ["access_token", "refresh_token", "id_token"].map(|name| user.token(name));
    for secret in tokens.iter().map(String::as_str).chain([&*code, user.sandbox.app_secret()]) {
        assert!(!outcome.stdout.contains(secret) && !outcome.stderr.contains(secret), "{secret}: {outcome:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn login_is_used_for_its_profile_application_and_host_only() {
    let user = User::logged_in("login-alone").await;
    let configuration = user.folder.join("genauth/config.toml");
    fs::write(configuration, "[profiles.other]\nlang = 'en-US'\n").unwrap();
    let of_other_profile = Outcome::of(genauth(["get-profile"]).envs(user.variables()).env("GENAUTH_PROFILE", "other"));
    for rejected in [of_other_profile, user.run(&["get-profile", "--app-id", "another-app"])] {
        assert!(rejected.failure(1).contains("genauth login"), "{}", rejected.stderr);
    }
    let response = json!({ "statusCode": 401, "message": "nobody" });
    let mut server = RawServer::responding(json_response("200 OK", &response.to_string())).await;
    user.run(&["get-profile", "--app-host", &server.url()]).failure(1);
    assert_eq!(server.request().await.header("authorization"), None);

    user.run(&["get-profile", "--access-token", "another"]).failure(1);
    let same = format!("{}/", user.sandbox.url());
    user.run(&["get-profile", "--app-host", &same]).json();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn login_is_refreshed_once_by_concurrent_calls_and_stored() {
    let user = User::logged_in("login-refreshed").await;
    let (old, token_requests) = (user.tokens(), user.token_requests());
    user.run(&["get-profile"]).json();
    assert_eq!(user.token_requests(), token_requests, "refreshed before it was due");

    user.advance_clock(3 * HOUR);
    // The other calls start while the first one waits for its tokens.
    user.sandbox.inject_fault(Fault::Delay(Duration::from_secs(3)), 1);
    std::thread::scope(|scope| {
        let calls = [(); 4].map(|()| scope.spawn(|| user.run(&["get-profile"])));
        for call in calls {
            assert_eq!(call.join().unwrap().json()["username"], "sandbox-user");
        }
    });
    assert_eq!(user.token_requests(), token_requests + 1, "refreshed more than once");
    for name in ["access_token", "refresh_token"] {
        assert_ne!(user.tokens()[name], old[name], "{name}");
    }
    assert_eq!(mode(&user.login()), 0o600);
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
    assert!(user.tokens()["expires_at"].as_u64().unwrap() > now + 3600);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn expired_login_fails_only_operations_that_need_a_user() {
    let user = User::logged_in("login-expired").await;
    user.advance_clock(31 * DAY);
    let expired = user.run(&["get-profile"]);
    assert!(expired.failure(1).contains("invalid_grant"), "{}", expired.stderr);
    assert!(expired.stderr.contains("genauth login"), "{}", expired.stderr);
    let code = user.sandbox.issue_phone_code("+8618812348888");
    let phone = ["get-wechat-miniprogram-phone", "--ext-idp-connidentifier", "my-wxapp", "--code", &code];
    assert_eq!(user.run(&phone).json()["phoneNumber"], "+8618812348888");

    // Without a refresh token, it expires with its access token.
    let user = User::new("login-without-refresh-token").await;
    let login = Login::begin(&user, &["--scope", "openid"]);
    login.finish(&user).await;
    login.wait();
    assert_eq!(user.tokens()["refresh_token"], Value::Null);
    user.run(&["get-profile"]).json();
    user.advance_clock(3 * HOUR);
    let expired = user.run(&["get-profile", "--output", "json"]);
    let expired: Value = serde_json::from_str(expired.failure(1)).unwrap();
    assert_eq!(expired["kind"], "token");
    assert!(expired["message"].as_str().unwrap().contains("offline_access"), "{expired}");
    assert!(expired["hint"].as_str().unwrap().contains("genauth login"), "{expired}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn forged_callback_is_rejected_and_genuine_one_still_accepted() {
    let user = User::new("login-forged").await;
    let login = Login::begin(&user, &[]);
    for forged in ["", "code=stolen", "code=stolen&state=made-up", "error=access_denied&state=made-up"] {
        let (status, page) = open(login.callback(forged)).await;
        assert_eq!(status, 400, "{forged}: {page}");
    }
    assert_eq!(open(login.url.join(login.callback("").as_str()).unwrap().join("/other").unwrap()).await.0, 404);
    assert_eq!((user.logins(), user.token_requests()), (vec![], 0));
    login.finish(&user).await;
    let outcome = login.wait();
    assert_eq!(outcome.status, 0, "{}", outcome.stderr);
    assert!(outcome.stderr.contains("`state` mismatch"), "{}", outcome.stderr);
    assert!(!outcome.stderr.contains("stolen"), "{}", outcome.stderr);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn denied_login_exits_with_1_and_stores_nothing() {
    let user = User::new("login-denied").await;
    let login = Login::begin(&user, &[]);
    let (status, page) = open(login.callback(&format!("error=access_denied&state={}", login.state()))).await;
    assert_eq!(status, 400, "{page}");
    let outcome = login.wait();
    assert!(outcome.failure(1).contains("access_denied"), "{}", outcome.stderr);
    assert_eq!(user.logins(), Vec::<PathBuf>::new());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn logout_deletes_and_revokes_tokens() {
    let user = User::logged_in("logout").await;
    let [access, refresh] = ["access_token", "refresh_token"].map(|name| user.token(name));
    let outcome = user.run(&["logout"]);
    assert_eq!((outcome.status, outcome.stderr.as_str()), (0, "logged out\n"));
    assert_eq!(user.logins(), Vec::<PathBuf>::new());
    let client = user.sandbox.client().unwrap();
    client.with_access_token(access).get_profile().await.unwrap_err();
    let error = client.get_new_access_token_by_refresh_token(refresh).await.unwrap_err();
    assert!(matches!(&error, genauth::Error::OAuth(error) if error.error == OAuthErrorCode::InvalidGrant), "{error}");

    user.run(&["get-profile"]).failure(1);
    let outcome = user.run(&["logout"]);
    assert_eq!((outcome.status, outcome.stderr.as_str()), (0, "not logged in\n"));

    // A login without a refresh token.
    let login = Login::begin(&user, &["--scope", "openid"]);
    login.finish(&user).await;
    login.wait();
    let access = user.token("access_token");
    assert_eq!(user.run(&["logout"]).status, 0);
    client.with_access_token(access).get_profile().await.unwrap_err();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn logout_reports_failed_revocation() {
    let user = User::logged_in("logout-unreachable").await;
    user.sandbox.inject_fault(Fault::ConnectionReset, usize::MAX);
    let outcome = user.run(&["logout"]);
    assert!(outcome.failure(3).contains("failed to revoke its tokens"), "{}", outcome.stderr);
    assert_eq!(user.logins(), Vec::<PathBuf>::new());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn shared_token_file_is_not_used_but_can_be_revoked() {
    let user = User::logged_in("login-shared").await;
    let access = user.token("access_token");
    fs::set_permissions(user.login(), Permissions::from_mode(0o640)).unwrap();
    let rejected = user.run(&["get-profile"]);
    assert!(rejected.failure(2).contains("genauth logout"), "{}", rejected.stderr);
    assert_eq!(user.run(&["logout"]).status, 0);
    let client = user.sandbox.client().unwrap();
    client.with_access_token(access).get_profile().await.unwrap_err();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn invalid_token_file_is_not_shown() {
    let user = User::logged_in("login-invalid").await;
    fs::write(user.login(), "\"ZQXJ\"").unwrap();
    for arguments in [["get-profile"], ["logout"]] {
        let outcome = user.run(&arguments);
        assert!(outcome.failure(2).contains("invalid stored login"), "{}", outcome.stderr);
        assert!(!outcome.stderr.contains("ZQXJ"), "{}", outcome.stderr);
    }
    assert_eq!(user.logins(), Vec::<PathBuf>::new(), "logout has not deleted it");
}

#[test]
fn login_and_logout_usage_errors() {
    for command in ["login", "logout"] {
        let outcome = Outcome::of(&mut genauth([command, "--sandbox"]));
        assert!(outcome.failure(2).contains("genauth sandbox"), "{}", outcome.stderr);
    }
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let arguments = ["login", "--app-id", "x", "--app-host", "http://127.0.0.1:1", "--no-browser", "--port", &port];
    let outcome = Outcome::of(&mut genauth(arguments));
    assert!(outcome.failure(2).contains(&format!("port {port}")), "{}", outcome.stderr);
    assert!(outcome.stderr.contains("login callback URLs"), "{}", outcome.stderr);
    let outcome = Outcome::of(genauth(arguments[..6].iter().copied()).args(["--port", "0", "--scope", "profile"]));
    assert!(outcome.failure(2).contains("openid"), "{}", outcome.stderr);
}
