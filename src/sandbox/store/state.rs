//! The whole state of a sandbox.

use std::time::Duration;

use super::access_tokens::AccessTokens;
use super::account_tokens::AccountTokens;
use super::authorization_codes::AuthorizationCodes;
use super::browser_sessions::BrowserSessions;
use super::cas_tickets::CasTickets;
use super::clock::Clock;
#[cfg(feature = "management")]
use super::collections::Collections;
#[cfg(feature = "events")]
use super::event_hub::EventHub;
use super::factors::Factors;
use super::fault::Faults;
use super::login_qr_codes::LoginQrCodes;
#[cfg(feature = "management")]
use super::management_tokens::ManagementTokens;
use super::mfa_tokens::MfaTokens;
use super::pass_codes::PassCodes;
use super::pending_logins::PendingLogins;
use super::phone_codes::PhoneCodes;
use super::recipient::Recipient;
use super::refresh_tokens::RefreshTokens;
use super::request_log::RequestLog;
use super::sessions::{Session, Sessions};
use super::totp::Totp;
use super::users::{User, Users};

/// The username of the user who exists without signing up.
const DEFAULT_USERNAME: &str = "sandbox-user";

#[derive(Default)]
pub struct State {
    /// The base URL of the sandbox.
    pub url: String,
    /// The base URL of its management API.
    #[cfg(feature = "management")]
    pub management_url: String,
    /// Whether the application has no secret.
    pub is_public_client: bool,
    pub clock: Clock,
    last_serial: u64,
    pub access_tokens: AccessTokens,
    pub account_tokens: AccountTokens,
    pub authorization_codes: AuthorizationCodes,
    pub browser_sessions: BrowserSessions,
    pub cas_tickets: CasTickets,
    #[cfg(feature = "management")]
    pub collections: Collections,
    #[cfg(feature = "events")]
    pub event_hub: EventHub,
    pub factors: Factors,
    pub faults: Faults,
    pub login_qr_codes: LoginQrCodes,
    #[cfg(feature = "management")]
    pub management_tokens: ManagementTokens,
    pub mfa_tokens: MfaTokens,
    pub pass_codes: PassCodes,
    pub pending_logins: PendingLogins,
    pub phone_codes: PhoneCodes,
    pub refresh_tokens: RefreshTokens,
    pub request_log: RequestLog,
    pub sessions: Sessions,
    pub users: Users,
}

impl State {
    /// The state of a new sandbox at `url`.
    pub fn new(url: String) -> Self {
        Self { url, ..Self::default() }
    }

    pub fn now(&self) -> Duration {
        self.clock.now()
    }

    /// Advances the clock, and forgets what has expired then.
    pub fn advance_clock(&mut self, time: Duration) {
        self.clock.advance(time);
        let now = self.now();
        self.access_tokens.forget_expired(now);
        self.account_tokens.forget_expired(now);
        self.authorization_codes.forget_expired(now);
        self.browser_sessions.forget_expired(now);
        self.cas_tickets.forget_expired(now);
        self.login_qr_codes.forget_expired(now);
        #[cfg(feature = "management")]
        self.management_tokens.forget_expired(now);
        self.mfa_tokens.forget_expired(now);
        self.pass_codes.forget_expired(now);
        self.pending_logins.forget_expired(now);
        self.phone_codes.forget_expired(now);
        self.refresh_tokens.forget_expired(now);
        self.sessions.forget_expired(now);
    }

    /// A number that is returned once.
    pub fn serial(&mut self) -> u64 {
        self.last_serial += 1;
        self.last_serial
    }

    /// A unique string that says what it is.
    pub fn token(&mut self, kind: &str) -> String {
        format!("sandbox-{kind}-{}", self.serial())
    }

    /// A unique id in the service's format.
    pub fn id(&mut self) -> String {
        format!("62e221f8{:016x}", self.serial())
    }

    /// A user with nothing but an id, not yet in the user pool.
    pub fn new_user(&mut self, registered_by: &'static str) -> User {
        let now = self.now();
        User { id: self.id(), registered_by, created_at: now, updated_at: now, ..User::default() }
    }

    /// Changes a user, and tells the subscribers of `user.updated`; none if there is no such user.
    pub fn change_user(&mut self, id: &str, change: impl FnOnce(&mut User)) -> Option<&User> {
        let now = self.now();
        let user = self.users.get_mut(id)?;
        #[cfg(feature = "events")]
        let before = user.to_json_with_custom_data();
        change(user);
        user.updated_at = now;
        #[cfg(feature = "events")]
        {
            let after = user.to_json_with_custom_data();
            let members = after.as_object().into_iter().flatten();
            let updates: serde_json::Map<_, _> = members
                .filter(|(name, value)| before.get(*name) != Some(*value))
                .map(|(name, value)| (name.clone(), value.clone()))
                .collect();
            let event = serde_json::json!({ "user": after, "updates": updates });
            self.event_hub.publish("user.updated", &event.to_string());
        }
        self.users.get(id)
    }

    /// Starts a session on a new device; `authenticated_at` is when the user authenticated.
    pub fn start_session(&mut self, user_id: &str, authenticated_at: Duration) -> Session {
        let (device_id, serial, now) = (self.id(), self.serial(), self.now());
        let session = Session {
            serial,
            user_id: user_id.to_owned(),
            device_id,
            started_at: now,
            authenticated_at,
            expires_at: now,
            ended: false,
        };
        self.sessions.start(session.clone());
        session
    }

    /// Counts a sign-in of a user, by the API or in a browser.
    pub fn count_sign_in(&mut self, user_id: &str) {
        let now = self.now();
        if let Some(user) = self.users.get_mut(user_id) {
            user.sign_ins += 1;
            user.last_sign_in = Some(now);
        }
    }

    /// See [`Sandbox::issue_phone_code`](crate::sandbox::Sandbox::issue_phone_code).
    pub fn issue_phone_code(&mut self, number: &str) -> String {
        let (code, now) = (self.token("phone-code"), self.now());
        self.phone_codes.issue(code.clone(), number, now);
        code
    }

    /// See [`Sandbox::last_pass_code`](crate::sandbox::Sandbox::last_pass_code).
    pub fn last_pass_code(&self, recipient: &str) -> Option<String> {
        self.pass_codes.last(&Recipient::parse(recipient)).map(ToOwned::to_owned)
    }

    /// See [`Sandbox::totp_code`](crate::sandbox::Sandbox::totp_code).
    pub fn totp_code(&self, secret: &str) -> Option<String> {
        Some(Totp::parse(secret)?.code(self.now()))
    }

    /// The id of the user who exists without signing up.
    pub fn default_user(&mut self) -> String {
        if let Some(user) = self.users.find_by("username", DEFAULT_USERNAME) {
            return user.id.clone();
        }
        let mut user = self.new_user("basic:username");
        let id = user.id.clone();
        user.username = Some(DEFAULT_USERNAME.to_owned());
        user.profile.insert("nickname".to_owned(), "Sandbox user".into());
        self.users.add(user);
        id
    }
}
