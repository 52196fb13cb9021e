//! The users of the user pool.

use std::time::Duration;

use serde_json::{Map, Value, json};

use super::application::APP_ID;
use super::clock::iso8601;
use super::recipient::Recipient;

const ACTIVATED: &str = "Activated";

#[derive(Default)]
pub struct Users {
    all: Vec<User>,
}

#[derive(Default)]
pub struct User {
    pub id: String,
    pub username: Option<String>,
    pub email: Option<Contact<String>>,
    pub phone: Option<Contact<Phone>>,
    pub password: Option<String>,
    /// The properties that users can set freely.
    pub profile: Map<String, Value>,
    pub custom_data: Map<String, Value>,
    pub registered_by: &'static str,
    /// What an administrator has set; `Activated` without that.
    pub status: Option<String>,
    pub created_at: Duration,
    pub updated_at: Duration,
    pub sign_ins: u64,
    pub last_sign_in: Option<Duration>,
    /// Whether a second factor has been verified, so that the next sign-in needs none.
    pub mfa_satisfied: bool,
}

/// An e-mail address or phone number, and whether the user has verified it with a pass code.
pub struct Contact<T> {
    pub value: T,
    pub verified: bool,
}

pub struct Phone {
    pub number: String,
    pub country_code: Option<String>,
}

impl Users {
    pub fn add(&mut self, user: User) {
        self.all.push(user);
    }

    pub fn remove(&mut self, id: &str) {
        self.all.retain(|user| user.id != id);
    }

    pub fn get(&self, id: &str) -> Option<&User> {
        self.all.iter().find(|user| user.id == id)
    }

    pub fn get_mut(&mut self, id: &str) -> Option<&mut User> {
        self.all.iter_mut().find(|user| user.id == id)
    }

    /// Finds a user by a `username`, an `email`, a `phone`, or any of them: an `account`.
    pub fn find_by(&self, kind: &str, name: &str) -> Option<&User> {
        self.all.iter().find(|user| user.is_named(kind, name))
    }

    #[cfg(feature = "management")]
    pub fn all(&self) -> impl Iterator<Item = &User> {
        self.all.iter()
    }

    #[cfg(feature = "management")]
    pub fn find_by_external_id(&self, id: &str) -> Option<&User> {
        self.all.iter().find(|user| user.profile.get("externalId").is_some_and(|other| other == id))
    }

    /// Finds the user to whom an e-mail address or phone number belongs.
    pub fn find_by_recipient(&self, recipient: &Recipient) -> Option<&User> {
        let is_recipient = |own: Option<Recipient>| own.as_ref() == Some(recipient);
        self.all.iter().find(|user| is_recipient(user.email_recipient()) || is_recipient(user.phone_recipient()))
    }
}

impl User {
    /// Whether an administrator lets the user sign in.
    pub fn is_active(&self) -> bool {
        self.status.as_deref().is_none_or(|status| status == ACTIVATED)
    }

    fn is_named(&self, kind: &str, name: &str) -> bool {
        match kind {
            "username" => self.username.as_deref() == Some(name),
            "email" => self.email_recipient() == Some(Recipient::email(name)),
            "phone" => self.phone.as_ref().is_some_and(|phone| phone.value.number == name),
            _ => ["username", "email", "phone"].iter().any(|kind| self.is_named(kind, name)),
        }
    }

    pub fn email_recipient(&self) -> Option<Recipient> {
        Some(Recipient::email(&self.email.as_ref()?.value))
    }

    pub fn phone_recipient(&self) -> Option<Recipient> {
        let phone = &self.phone.as_ref()?.value;
        Some(Recipient::phone(&phone.number, phone.country_code.as_deref()))
    }

    /// The name that the login page and authenticator apps show.
    pub fn account_name(&self) -> &str {
        let email = self.email.as_ref().map(|email| email.value.as_str());
        let phone = self.phone.as_ref().map(|phone| phone.value.number.as_str());
        email.or(self.username.as_deref()).or(phone).unwrap_or(&self.id)
    }

    /// The user as the API shows it. What the profile holds never overrides what the server sets.
    pub fn to_json(&self) -> Value {
        let phone = self.phone.as_ref();
        let server_set = json!({
            "userId": self.id,
            "createdAt": iso8601(self.created_at),
            "updatedAt": iso8601(self.updated_at),
            "status": self.status.as_deref().unwrap_or(ACTIVATED),
            "workStatus": "Active",
            "username": self.username,
            "email": self.email.as_ref().map(|email| &email.value),
            "emailVerified": self.email.as_ref().is_some_and(|email| email.verified),
            "phone": phone.map(|phone| &phone.value.number),
            "phoneCountryCode": phone.and_then(|phone| phone.value.country_code.as_deref()),
            "phoneVerified": phone.is_some_and(|phone| phone.verified),
            "loginsCount": self.sign_ins,
            "lastLogin": self.last_sign_in.map(iso8601),
            "registerSource": [self.registered_by],
            "userSourceType": "register",
            "userSourceId": APP_ID,
            "signedUp": iso8601(self.created_at),
        });
        let mut user = self.profile.clone();
        user.extend(server_set.as_object().cloned().unwrap_or_default());
        user.retain(|_, value| !value.is_null());
        Value::Object(user)
    }

    /// The same with custom data.
    pub fn to_json_with_custom_data(&self) -> Value {
        let mut user = self.to_json();
        user["customData"] = Value::Object(self.custom_data.clone());
        user
    }
}
