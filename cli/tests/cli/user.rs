//! A user who logs in to a sandbox with the command.

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::PathBuf;
use std::process::{Child, ChildStderr, Stdio};
use std::time::Duration;

use genauth::sandbox::Sandbox;
use reqwest::Url;
use serde_json::Value;

use crate::command::{Outcome, folder, genauth};

pub const HOUR: Duration = Duration::from_secs(3600);
pub const DAY: Duration = Duration::from_secs(24 * 3600);

/// A user of the command, with a sandbox to log in to.
pub struct User {
    pub sandbox: Sandbox,
    pub folder: PathBuf,
}

impl User {
    pub async fn new(name: &str) -> Self {
        Self { sandbox: Sandbox::start().await.unwrap(), folder: folder(name) }
    }

    /// A user who is logged in.
    pub async fn logged_in(name: &str) -> Self {
        let user = Self::new(name).await;
        let login = Login::begin(&user, &[]);
        login.finish(&user).await;
        assert_eq!(login.wait().status, 0);
        user
    }

    pub fn variables(&self) -> [(&str, String); 4] {
        [
            ("GENAUTH_APP_HOST", self.sandbox.url()),
            ("GENAUTH_APP_ID", self.sandbox.app_id().to_owned()),
            ("GENAUTH_APP_SECRET", self.sandbox.app_secret().to_owned()),
            ("XDG_CONFIG_HOME", self.folder.to_str().unwrap().to_owned()),
        ]
    }

    pub fn run(&self, arguments: &[&str]) -> Outcome {
        Outcome::of(genauth(arguments.iter().copied()).envs(self.variables()))
    }

    /// The files with stored logins.
    pub fn logins(&self) -> Vec<PathBuf> {
        let Ok(files) = fs::read_dir(self.folder.join("genauth/tokens")) else { return Vec::new() };
        let files = files.map(|file| file.unwrap().path());
        files.filter(|file| file.extension().is_some_and(|extension| extension == "json")).collect()
    }

    pub fn login(&self) -> PathBuf {
        let files = self.logins();
        assert_eq!(files.len(), 1, "{files:?}");
        files[0].clone()
    }

    pub fn tokens(&self) -> Value {
        serde_json::from_slice(&fs::read(self.login()).unwrap()).unwrap()
    }

    pub fn token(&self, name: &str) -> String {
        self.tokens()[name].as_str().unwrap().to_owned()
    }

    /// Moves the clock of the sandbox and of the stored login ahead.
    pub fn advance_clock(&self, time: Duration) {
        self.sandbox.advance_clock(time);
        let mut tokens = self.tokens();
        for name in ["obtained_at", "expires_at"] {
            tokens[name] = (tokens[name].as_u64().unwrap() - time.as_secs()).into();
        }
        fs::write(self.login(), tokens.to_string()).unwrap();
    }

    /// The number of requests to the token endpoint.
    pub fn token_requests(&self) -> usize {
        let calls = self.sandbox.received_requests();
        calls.iter().filter(|call| call.path.as_deref() == Some("/oidc/token")).count()
    }
}

/// A login that waits for the browser.
pub struct Login {
    process: Child,
    stderr: BufReader<ChildStderr>,
    /// The part of standard error that is already read.
    printed: String,
    /// The URL of the login page.
    pub url: Url,
}

impl Login {
    pub fn begin(user: &User, arguments: &[&str]) -> Self {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_genauth"));
        command.args(["login", "--port", "0", "--no-browser", "-v"]).args(arguments).env_clear().envs(user.variables());
        let mut process = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut stderr = BufReader::new(process.stderr.take().unwrap());
        let mut printed = String::new();
        let mut url = None;
        while !printed.contains("Ctrl-C") {
            let mut line = String::new();
            assert_ne!(stderr.read_line(&mut line).unwrap(), 0, "the command has ended: {printed}");
            url = url.or_else(|| Url::parse(line.trim()).ok());
            printed += &line;
        }
        Self { process, stderr, printed, url: url.unwrap() }
    }

    /// Logs in as the browser does. Returns the callback URL.
    pub async fn finish(&self, user: &User) -> Url {
        let callback = user.sandbox.authorize(&self.url).await.unwrap();
        let (status, page) = open(callback.clone()).await;
        assert_eq!(status, 200, "{page}");
        assert!(page.contains("You are logged in"), "{page}");
        callback
    }

    /// The callback URL with another query.
    pub fn callback(&self, query: &str) -> Url {
        let (_, callback) = self.url.query_pairs().find(|(name, _)| name == "redirect_uri").unwrap();
        let mut callback = Url::parse(&callback).unwrap();
        callback.set_query(Some(query));
        callback
    }

    pub fn state(&self) -> String {
        self.url.query_pairs().find(|(name, _)| name == "state").unwrap().1.into_owned()
    }

    pub fn wait(mut self) -> Outcome {
        let mut stdout = String::new();
        self.process.stdout.take().unwrap().read_to_string(&mut stdout).unwrap();
        self.stderr.read_to_string(&mut self.printed).unwrap();
        let status = self.process.wait().unwrap().code().unwrap();
        Outcome { status, stdout, stderr: std::mem::take(&mut self.printed) }
    }
}

impl Drop for Login {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Fetches a page as a browser does.
pub async fn open(url: Url) -> (u16, String) {
    let response = reqwest::get(url).await.unwrap();
    (response.status().as_u16(), response.text().await.unwrap())
}
