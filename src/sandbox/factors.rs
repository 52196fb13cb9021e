//! Second factors, and those that are being enrolled.

use std::collections::HashMap;
use std::time::Duration;

use serde_json::{Value, json};

use super::recipient::Address;
use super::totp::Totp;

/// How long there is between the two steps of enrolling.
const ENROLLMENT_LIFE: Duration = Duration::from_secs(60);

#[derive(Default)]
pub struct Factors {
    enrolled: Vec<Factor>,
    begun: HashMap<String, (Factor, Duration)>,
}

pub struct Factor {
    pub id: String,
    pub user_id: String,
    pub kind: Kind,
    /// What the user is told of it.
    pub profile: Value,
}

/// A kind of factor, with what its codes are checked against.
pub enum Kind {
    Totp(Totp),
    Sms(Address),
    Email(Address),
    Face,
}

impl Kind {
    /// The API's name for it.
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
    pub fn begin(&mut self, token: String, factor: Factor, now: Duration) {
        self.begun.insert(token, (factor, now + ENROLLMENT_LIFE));
    }

    /// The factor of this kind that a user has begun to enroll.
    pub fn begun(&self, token: &str, user_id: &str, kind: &str, now: Duration) -> Option<&Factor> {
        let (factor, expires) = self.begun.get(token)?;
        (now < *expires && factor.user_id == user_id && factor.kind.name() == kind).then_some(factor)
    }

    pub fn finish(&mut self, token: &str) {
        if let Some((factor, _)) = self.begun.remove(token) {
            self.enrolled.push(factor);
        }
    }

    pub fn of(&self, user_id: &str) -> impl Iterator<Item = &Factor> {
        self.enrolled.iter().filter(move |factor| factor.user_id == user_id)
    }

    /// The user's authenticator app.
    pub fn totp(&self, user_id: &str) -> Option<&Totp> {
        self.of(user_id).find_map(|factor| match &factor.kind {
            Kind::Totp(totp) => Some(totp),
            _ => None,
        })
    }

    /// Takes a factor off the account; `false` if the user has none of this id.
    pub fn remove(&mut self, user_id: &str, id: &str) -> bool {
        let before = self.enrolled.len();
        self.enrolled.retain(|factor| factor.user_id != user_id || factor.id != id);
        self.enrolled.len() < before
    }
}
