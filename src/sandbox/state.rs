//! What the sandbox remembers.

use std::io;
use std::time::Duration;

use super::clock::Clock;
#[cfg(feature = "events")]
use super::event_hub::Lines;
use super::factors::Factors;
use super::fault::Faults;
use super::idp::Provider;
use super::mfa_tokens::MfaTokens;
use super::pass_codes::PassCodes;
use super::phone_codes::PhoneCodes;
use super::recipient::Address;
use super::request_log::Calls;
use super::sessions::{Session, Sessions};
use super::totp::Totp;
use super::users::{User, Users};

/// The username of the user who is there from the start.
const READY_MADE: &str = "sandbox-user";

pub struct State {
    pub clock: Clock,
    issued: u64,
    pub calls: Calls,
    pub factors: Factors,
    pub faults: Faults,
    #[cfg(feature = "events")]
    pub lines: Lines,
    pub mfa_tokens: MfaTokens,
    pub pass_codes: PassCodes,
    pub phone_codes: PhoneCodes,
    pub provider: Provider,
    pub sessions: Sessions,
    pub users: Users,
}

impl State {
    /// What a sandbox at `url` begins with.
    pub fn new(url: String) -> io::Result<Self> {
        Ok(Self {
            clock: Clock::default(),
            issued: 0,
            calls: Calls::default(),
            factors: Factors::default(),
            faults: Faults::default(),
            #[cfg(feature = "events")]
            lines: Lines::default(),
            mfa_tokens: MfaTokens::default(),
            pass_codes: PassCodes::default(),
            phone_codes: PhoneCodes::default(),
            provider: Provider::new(url)?,
            sessions: Sessions::default(),
            users: Users::default(),
        })
    }

    pub fn now(&self) -> Duration {
        self.clock.now()
    }

    /// A number that no other call gets.
    pub fn serial(&mut self) -> u64 {
        self.issued += 1;
        self.issued
    }

    /// A text that no other call gets, and that says what it is.
    pub fn token(&mut self, kind: &str) -> String {
        format!("sandbox-{kind}-{}", self.serial())
    }

    /// An id in the form of the service's own.
    pub fn id(&mut self) -> String {
        format!("62e221f8{:016x}", self.serial())
    }

    /// An account with nothing but an id, not yet in the user pool.
    pub fn new_user(&mut self, registered_by: &'static str) -> User {
        let now = self.now();
        User { id: self.id(), registered_by, created: now, updated: now, ..User::default() }
    }

    /// Signs a user in on a new device; `authenticated` is when the user showed who it is.
    pub fn start_session(&mut self, user_id: &str, authenticated: Duration) -> Session {
        let (device_id, now) = (self.id(), self.now());
        let session =
            Session { user_id: user_id.to_owned(), device_id, started: now, authenticated, expires: now, ended: false };
        self.sessions.start(session.clone());
        session
    }

    /// Counts a user's sign-in, wherever it takes place.
    pub fn count_sign_in(&mut self, user_id: &str) {
        let now = self.now();
        if let Some(user) = self.users.get_mut(user_id) {
            user.sign_ins += 1;
            user.last_sign_in = Some(now);
        }
    }

    /// See [`Sandbox::issue_phone_code`](super::Sandbox::issue_phone_code).
    pub fn issue_phone_code(&mut self, number: &str) -> String {
        let (code, now) = (self.token("phone-code"), self.now());
        self.phone_codes.issue(code.clone(), number, now);
        code
    }

    /// See [`Sandbox::issue_access_token`](super::Sandbox::issue_access_token).
    pub fn issue_access_token(&mut self) -> String {
        let (user_id, now) = (self.ready_made_user(), self.now());
        let session = self.start_session(&user_id, now);
        self.issue_tokens(&session, "openid profile email phone address", None).access_token
    }

    /// See [`Sandbox::last_pass_code`](super::Sandbox::last_pass_code).
    pub fn pass_code(&self, to: &str) -> Option<String> {
        self.pass_codes.last(&Address::of(to)).map(ToOwned::to_owned)
    }

    /// See [`Sandbox::totp_code`](super::Sandbox::totp_code).
    pub fn totp_code(&self, secret: &str) -> Option<String> {
        Some(Totp::parse(secret)?.code(self.now()))
    }

    /// The id of the user who needs no sign-up.
    pub fn ready_made_user(&mut self) -> String {
        if let Some(user) = self.users.named("username", READY_MADE) {
            return user.id.clone();
        }
        let mut user = self.new_user("basic:username");
        let id = user.id.clone();
        user.username = Some(READY_MADE.to_owned());
        user.profile.insert("nickname".to_owned(), "Sandbox user".into());
        self.users.add(user);
        id
    }
}
