//! What the sandbox remembers.

use std::time::Duration;

use super::address::Address;
use super::calls::Calls;
use super::clock::Clock;
use super::factors::Factors;
use super::fault::Faults;
use super::mfa_tokens::MfaTokens;
use super::pass_codes::PassCodes;
use super::phone_codes::PhoneCodes;
use super::sessions::{Session, Sessions};
use super::totp::Totp;
use super::users::{User, Users};

/// The username of the user who is there from the start.
const READY_MADE: &str = "sandbox-user";

#[derive(Default)]
pub struct State {
    pub clock: Clock,
    issued: u64,
    pub calls: Calls,
    pub factors: Factors,
    pub faults: Faults,
    pub mfa_tokens: MfaTokens,
    pub pass_codes: PassCodes,
    pub phone_codes: PhoneCodes,
    pub sessions: Sessions,
    pub users: Users,
}

impl State {
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

    /// Signs a user in on a new device; returns the access token.
    pub fn start_session(&mut self, user_id: &str) -> String {
        let access_token = self.token("access-token");
        let session = Session {
            user_id: user_id.to_owned(),
            device_id: self.id(),
            access_token: access_token.clone(),
            started: self.now(),
            ended: false,
        };
        self.sessions.start(session);
        access_token
    }

    /// See [`Sandbox::issue_phone_code`](super::Sandbox::issue_phone_code).
    pub fn issue_phone_code(&mut self, number: &str) -> String {
        let (code, now) = (self.token("phone-code"), self.now());
        self.phone_codes.issue(code.clone(), number, now);
        code
    }

    /// See [`Sandbox::issue_access_token`](super::Sandbox::issue_access_token).
    pub fn issue_access_token(&mut self) -> String {
        let user_id = self.ready_made_user();
        self.start_session(&user_id)
    }

    /// See [`Sandbox::pass_code`](super::Sandbox::pass_code).
    pub fn pass_code(&self, to: &str) -> Option<String> {
        self.pass_codes.last(&Address::of(to)).map(ToOwned::to_owned)
    }

    /// See [`Sandbox::totp_code`](super::Sandbox::totp_code).
    pub fn totp_code(&self, secret: &str) -> Option<String> {
        Some(Totp::parse(secret)?.code(self.now()))
    }

    /// The id of the user who needs no sign-up.
    fn ready_made_user(&mut self) -> String {
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
