//! The second factors of users, enrolled or with an enrollment in progress.

use std::collections::HashMap;
use std::time::Duration;

use serde_json::{Value, json};

use super::recipient::Recipient;
use super::totp::Totp;

/// How long an enrollment can be completed.
const ENROLLMENT_LIFETIME: Duration = Duration::from_secs(60);

#[derive(Default)]
pub struct Factors {
    enrolled: Vec<Factor>,
    /// By enrollment token, with the time at which it expires.
    pending: HashMap<String, (Factor, Duration)>,
}

pub struct Factor {
    pub id: String,
    pub user_id: String,
    pub kind: FactorKind,
    /// What the API shows of it.
    pub profile: Value,
}

/// A kind of factor, with what its codes are checked against.
pub enum FactorKind {
    Totp(Totp),
    Sms(Recipient),
    Email(Recipient),
    Face,
}

impl FactorKind {
    /// The API's name of it.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Totp(_) => "OTP",
            Self::Sms(_) => "SMS",
            Self::Email(_) => "EMAIL",
            Self::Face => "FACE",
        }
    }
}

impl Factor {
    pub fn to_json(&self) -> Value {
        json!({ "factorId": self.id, "factorType": self.kind.name(), "profile": self.profile })
    }
}

impl Factors {
    pub fn start_enrollment(&mut self, token: String, factor: Factor, now: Duration) {
        self.pending.insert(token, (factor, now + ENROLLMENT_LIFETIME));
    }

    /// The factor of this kind whose enrollment the user has started.
    pub fn pending(&self, token: &str, user_id: &str, kind: &str, now: Duration) -> Option<&Factor> {
        let (factor, expires_at) = self.pending.get(token)?;
        (now < *expires_at && factor.user_id == user_id && factor.kind.name() == kind).then_some(factor)
    }

    pub fn complete_enrollment(&mut self, token: &str) {
        if let Some((factor, _)) = self.pending.remove(token) {
            self.enrolled.push(factor);
        }
    }

    pub fn of_user(&self, user_id: &str) -> impl Iterator<Item = &Factor> {
        self.enrolled.iter().filter(move |factor| factor.user_id == user_id)
    }

    /// The user's authenticator app.
    pub fn totp(&self, user_id: &str) -> Option<&Totp> {
        self.of_user(user_id).find_map(|factor| match &factor.kind {
            FactorKind::Totp(totp) => Some(totp),
            _ => None,
        })
    }

    /// Removes a factor from a user's account; `false` if the user has no factor of this id.
    pub fn remove(&mut self, user_id: &str, id: &str) -> bool {
        let before = self.enrolled.len();
        self.enrolled.retain(|factor| factor.user_id != user_id || factor.id != id);
        self.enrolled.len() < before
    }
}
