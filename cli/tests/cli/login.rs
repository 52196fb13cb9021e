//! `genauth login`: the browser's login, kept for the calls after it.

use std::fs::{self, Permissions};
use std::io::{BufRead, BufReader, Read};
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStderr, Stdio};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use genauth::OAuthErrorCode;
use genauth::sandbox::{Fault, Sandbox};
use reqwest::Url;
use serde_json::{Value, json};

use crate::genauth_command::{Said, folder, genauth};
use crate::raw_server::{RawServer, json as json_answer};

const HOUR: Duration = Duration::from_secs(3600);
const DAY: Duration = Duration::from_secs(24 * 3600);

/// A user of the command, with a sandbox to log in at.
struct User {
    sandbox: Sandbox,
    folder: PathBuf,
}

impl User {
    async fn new(name: &str) -> Self {
        Self { sandbox: Sandbox::start().await.unwrap(), folder: folder(name) }
    }

    /// One who has logged in.
    async fn logged_in(name: &str) -> Self {
        let user = Self::new(name).await;
        let login = Login::begin(&user, &[]);
        login.come_back(&user).await;
        assert_eq!(login.end().status, 0);
        user
    }

    fn variables(&self) -> [(&str, String); 4] {
        [
            ("GENAUTH_APP_HOST", self.sandbox.url()),
            ("GENAUTH_APP_ID", self.sandbox.app_id().to_owned()),
            ("GENAUTH_APP_SECRET", self.sandbox.app_secret().to_owned()),
            ("XDG_CONFIG_HOME", self.folder.to_str().unwrap().to_owned()),
        ]
    }

    fn says(&self, arguments: &[&str]) -> Said {
        Said::by(genauth(arguments.iter().copied()).envs(self.variables()))
    }

    /// The files that hold logins.
    fn logins(&self) -> Vec<PathBuf> {
        let Ok(files) = fs::read_dir(self.folder.join("genauth/tokens")) else { return Vec::new() };
        let files = files.map(|file| file.unwrap().path());
        files.filter(|file| file.extension().is_some_and(|extension| extension == "json")).collect()
    }

    fn login(&self) -> PathBuf {
        let files = self.logins();
        assert_eq!(files.len(), 1, "{files:?}");
        files[0].clone()
    }

    fn tokens(&self) -> Value {
        serde_json::from_slice(&fs::read(self.login()).unwrap()).unwrap()
    }

    fn token(&self, name: &str) -> String {
        self.tokens()[name].as_str().unwrap().to_owned()
    }

    /// Lets time pass, for the service as well as for what is kept.
    fn wait(&self, time: Duration) {
        self.sandbox.advance_clock(time);
        let mut tokens = self.tokens();
        for name in ["obtained_at", "expires_at"] {
            tokens[name] = (tokens[name].as_u64().unwrap() - time.as_secs()).into();
        }
        fs::write(self.login(), tokens.to_string()).unwrap();
    }

    /// How often tokens were asked for.
    fn exchanges(&self) -> usize {
        let calls = self.sandbox.received_requests();
        calls.iter().filter(|call| call.path.as_deref() == Some("/oidc/token")).count()
    }
}

/// A login that waits for the browser.
struct Login {
    process: Child,
    stderr: BufReader<ChildStderr>,
    said: String,
    /// Where the browser is to go.
    address: Url,
}

impl Login {
    fn begin(user: &User, arguments: &[&str]) -> Self {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_genauth"));
        command.args(["login", "--port", "0", "--no-browser", "-v"]).args(arguments).env_clear().envs(user.variables());
        let mut process = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut stderr = BufReader::new(process.stderr.take().unwrap());
        let mut said = String::new();
        let mut address = None;
        while !said.contains("Ctrl-C") {
            let mut line = String::new();
            assert_ne!(stderr.read_line(&mut line).unwrap(), 0, "it has ended: {said}");
            address = address.or_else(|| Url::parse(line.trim()).ok());
            said += &line;
        }
        Self { process, stderr, said, address: address.unwrap() }
    }

    /// The browser logs in, and comes back. Returns where it came back to.
    async fn come_back(&self, user: &User) -> Url {
        let callback = user.sandbox.authorize(&self.address).await.unwrap();
        let (status, page) = open(callback.clone()).await;
        assert_eq!(status, 200, "{page}");
        assert!(page.contains("You are logged in"), "{page}");
        callback
    }

    /// Where the browser is to come back to, with another query.
    fn callback(&self, query: &str) -> Url {
        let (_, callback) = self.address.query_pairs().find(|(name, _)| name == "redirect_uri").unwrap();
        let mut callback = Url::parse(&callback).unwrap();
        callback.set_query(Some(query));
        callback
    }

    fn state(&self) -> String {
        self.address.query_pairs().find(|(name, _)| name == "state").unwrap().1.into_owned()
    }

    fn end(mut self) -> Said {
        let mut out = String::new();
        self.process.stdout.take().unwrap().read_to_string(&mut out).unwrap();
        self.stderr.read_to_string(&mut self.said).unwrap();
        let status = self.process.wait().unwrap().code().unwrap();
        Said { status, out, err: std::mem::take(&mut self.said) }
    }
}

impl Drop for Login {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

async fn open(url: Url) -> (u16, String) {
    let answer = reqwest::get(url).await.unwrap();
    (answer.status().as_u16(), answer.text().await.unwrap())
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_login_is_kept_for_the_calls_after_it() {
    let user = User::new("login").await;
    let login = Login::begin(&user, &["--output", "json"]);
    assert!(login.callback("").as_str().starts_with("http://127.0.0.1:"), "{}", login.address);
    let callback = login.come_back(&user).await;
    let said = login.end();
    assert_eq!(said.status, 0, "{}", said.err);
    let who: Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!(who["username"], "sandbox-user");

    let profile = user.says(&["get-profile"]).json();
    assert_eq!(profile["userId"], who["userId"]);
    let claims = user.says(&["get-user-info-by-access-token"]).json();
    assert_eq!(claims["sub"], who["userId"]);

    assert_eq!(mode(&user.login()), 0o600);
    assert_eq!(mode(user.login().parent().unwrap()), 0o700);
    let (_, code) = callback.query_pairs().find(|(name, _)| name == "code").unwrap();
    let tokens = ["access_token", "refresh_token", "id_token"].map(|name| user.token(name));
    for secret in tokens.iter().map(String::as_str).chain([&*code, user.sandbox.app_secret()]) {
        assert!(!said.out.contains(secret) && !said.err.contains(secret), "{secret}: {said:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_login_is_for_its_profile_application_and_host_alone() {
    let user = User::logged_in("login-alone").await;
    let configuration = user.folder.join("genauth/config.toml");
    fs::write(configuration, "[profiles.other]\nlang = 'en-US'\n").unwrap();
    for other in [["--profile", "other"], ["--app-id", "another-app"]] {
        let refused = user.says(&[&["get-profile"], &other[..]].concat());
        assert!(refused.failure(1).contains("genauth login"), "{other:?}: {}", refused.err);
    }
    let answer = json!({ "statusCode": 401, "message": "nobody" });
    let mut server = RawServer::answering(json_answer("200 OK", &answer.to_string())).await;
    user.says(&["get-profile", "--app-host", &server.url()]).failure(1);
    assert_eq!(server.request().await.header("authorization"), None);

    user.says(&["get-profile", "--access-token", "another"]).failure(1);
    let same = format!("{}/", user.sandbox.url());
    user.says(&["get-profile", "--app-host", &same]).json();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_login_is_renewed_once_and_kept_anew() {
    let user = User::logged_in("login-renewed").await;
    let (old, exchanges) = (user.tokens(), user.exchanges());
    user.says(&["get-profile"]).json();
    assert_eq!(user.exchanges(), exchanges, "renewed, though nothing was due");

    user.wait(3 * HOUR);
    // The others come while the first waits for new tokens.
    user.sandbox.inject_fault(Fault::Delay(Duration::from_secs(3)), 1);
    std::thread::scope(|scope| {
        let calls = [(); 4].map(|()| scope.spawn(|| user.says(&["get-profile"])));
        for call in calls {
            assert_eq!(call.join().unwrap().json()["username"], "sandbox-user");
        }
    });
    assert_eq!(user.exchanges(), exchanges + 1, "renewed once for all");
    for name in ["access_token", "refresh_token"] {
        assert_ne!(user.tokens()[name], old[name], "{name}");
    }
    assert_eq!(mode(&user.login()), 0o600);
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
    assert!(user.tokens()["expires_at"].as_u64().unwrap() > now + 3600);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_login_that_is_over_asks_for_another_where_a_user_is_needed() {
    let user = User::logged_in("login-over").await;
    user.wait(31 * DAY);
    let over = user.says(&["get-profile"]);
    assert!(over.failure(1).contains("invalid_grant"), "{}", over.err);
    assert!(over.err.contains("genauth login"), "{}", over.err);
    let code = user.sandbox.issue_phone_code("+8618812348888");
    let phone = ["get-wechat-miniprogram-phone", "--ext-idp-connidentifier", "my-wxapp", "--code", &code];
    assert_eq!(user.says(&phone).json()["phoneNumber"], "+8618812348888");

    // Without a refresh token, it is over sooner.
    let user = User::new("login-unrenewable").await;
    let login = Login::begin(&user, &["--scope", "openid"]);
    login.come_back(&user).await;
    login.end();
    assert_eq!(user.tokens()["refresh_token"], Value::Null);
    user.says(&["get-profile"]).json();
    user.wait(3 * HOUR);
    let over = user.says(&["get-profile", "--output", "json"]);
    let over: Value = serde_json::from_str(over.failure(1)).unwrap();
    assert_eq!(over["kind"], "token");
    assert!(over["message"].as_str().unwrap().contains("offline_access"), "{over}");
    assert!(over["hint"].as_str().unwrap().contains("genauth login"), "{over}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_callback_of_somebody_else_s_is_refused_and_the_right_one_still_taken() {
    let user = User::new("login-forged").await;
    let login = Login::begin(&user, &[]);
    for forged in ["", "code=stolen", "code=stolen&state=made-up", "error=access_denied&state=made-up"] {
        let (status, page) = open(login.callback(forged)).await;
        assert_eq!(status, 400, "{forged}: {page}");
    }
    assert_eq!(open(login.address.join(login.callback("").as_str()).unwrap().join("/other").unwrap()).await.0, 404);
    assert_eq!((user.logins(), user.exchanges()), (vec![], 0));
    login.come_back(&user).await;
    let said = login.end();
    assert_eq!(said.status, 0, "{}", said.err);
    assert!(said.err.contains("its `state` is not this session's"), "{}", said.err);
    assert!(!said.err.contains("stolen"), "{}", said.err);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn who_gives_up_is_not_logged_in() {
    let user = User::new("login-given-up").await;
    let login = Login::begin(&user, &[]);
    let (status, page) = open(login.callback(&format!("error=access_denied&state={}", login.state()))).await;
    assert_eq!(status, 400, "{page}");
    let said = login.end();
    assert!(said.failure(1).contains("access_denied"), "{}", said.err);
    assert_eq!(user.logins(), Vec::<PathBuf>::new());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn logging_out_deletes_the_tokens_and_has_them_revoked() {
    let user = User::logged_in("logout").await;
    let [access, refresh] = ["access_token", "refresh_token"].map(|name| user.token(name));
    let said = user.says(&["logout"]);
    assert_eq!((said.status, said.err.as_str()), (0, "logged out\n"));
    assert_eq!(user.logins(), Vec::<PathBuf>::new());
    let client = user.sandbox.client().unwrap();
    client.with_access_token(access).get_profile().await.unwrap_err();
    let error = client.get_new_access_token_by_refresh_token(refresh).await.unwrap_err();
    assert!(matches!(&error, genauth::Error::OAuth(error) if error.error == OAuthErrorCode::InvalidGrant), "{error}");

    user.says(&["get-profile"]).failure(1);
    let said = user.says(&["logout"]);
    assert_eq!((said.status, said.err.as_str()), (0, "nobody is logged in\n"));

    // Nothing but an access token.
    let login = Login::begin(&user, &["--scope", "openid"]);
    login.come_back(&user).await;
    login.end();
    let access = user.token("access_token");
    assert_eq!(user.says(&["logout"]).status, 0);
    client.with_access_token(access).get_profile().await.unwrap_err();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn logging_out_says_if_the_service_could_not_be_told() {
    let user = User::logged_in("logout-alone").await;
    user.sandbox.inject_fault(Fault::ConnectionReset, usize::MAX);
    let said = user.says(&["logout"]);
    assert!(said.failure(3).contains("logged out here"), "{}", said.err);
    assert_eq!(user.logins(), Vec::<PathBuf>::new());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn tokens_that_others_may_read_are_not_used_but_can_be_revoked() {
    let user = User::logged_in("login-shared").await;
    let access = user.token("access_token");
    fs::set_permissions(user.login(), Permissions::from_mode(0o640)).unwrap();
    let refused = user.says(&["get-profile"]);
    assert!(refused.failure(2).contains("genauth logout"), "{}", refused.err);
    assert_eq!(user.says(&["logout"]).status, 0);
    let client = user.sandbox.client().unwrap();
    client.with_access_token(access).get_profile().await.unwrap_err();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_file_that_holds_no_login_is_not_shown() {
    let user = User::logged_in("login-spoiled").await;
    fs::write(user.login(), "\"ZQXJ\"").unwrap();
    for arguments in [["get-profile"], ["logout"]] {
        let said = user.says(&arguments);
        assert!(said.failure(2).contains("holds no login"), "{}", said.err);
        assert!(!said.err.contains("ZQXJ"), "{}", said.err);
    }
    assert_eq!(user.logins(), Vec::<PathBuf>::new(), "logging out has left it there");
}

#[test]
fn what_cannot_work_is_said_before_anybody_logs_in() {
    for command in ["login", "logout"] {
        let said = Said::by(&mut genauth([command, "--sandbox"]));
        assert!(said.failure(2).contains("genauth sandbox"), "{}", said.err);
    }
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let arguments = ["login", "--app-id", "x", "--app-host", "http://127.0.0.1:1", "--no-browser", "--port", &port];
    let said = Said::by(&mut genauth(arguments));
    assert!(said.failure(2).contains(&format!("port {port}")), "{}", said.err);
    assert!(said.err.contains("login callback addresses"), "{}", said.err);
    let said = Said::by(genauth(arguments[..6].iter().copied()).args(["--port", "0", "--scope", "profile"]));
    assert!(said.failure(2).contains("openid"), "{}", said.err);
}
