//! What the sandbox stores: plain data, without HTTP.

pub mod access_tokens;
pub mod account_tokens;
pub mod application;
pub mod authorization_codes;
pub mod browser_sessions;
pub mod cas_tickets;
pub mod clock;
#[cfg(feature = "events")]
pub mod event_hub;
pub mod expiring;
pub mod factors;
pub mod fault;
pub mod login_qr_codes;
pub mod mfa_tokens;
pub mod pass_codes;
pub mod pending_logins;
pub mod phone_codes;
pub mod recipient;
pub mod refresh_tokens;
pub mod request_log;
pub mod sessions;
pub mod state;
pub mod totp;
pub mod users;
