//! The users of the sandbox's user pool.

use std::time::Duration;

use serde_json::{Map, Value, json};

use super::application::APP_ID;
use super::clock::iso8601;
use super::recipient::Address;

#[derive(Default)]
pub struct Users {
    all: Vec<User>,
}

#[derive(Default)]
pub struct User {
    pub id: String,
    pub username: Option<String>,
    pub email: Option<Verified<String>>,
    pub phone: Option<Verified<Phone>>,
    pub password: Option<String>,
    /// What the user may fill in freely.
    pub profile: Map<String, Value>,
    pub custom_data: Map<String, Value>,
    pub registered_by: &'static str,
    pub created: Duration,
    pub updated: Duration,
    pub sign_ins: u64,
    pub last_sign_in: Option<Duration>,
    /// Whether the second factor has been shown, so that the next sign-in needs none.
    pub second_factor_shown: bool,
}

/// Something of the user's, and whether the user has proved to own it.
pub struct Verified<T> {
    pub value: T,
    pub proved: bool,
}

pub struct Phone {
    pub number: String,
    pub country_code: Option<String>,
}

impl Users {
    pub fn add(&mut self, user: User) {
        self.all.push(user);
    }

    pub fn get(&self, id: &str) -> Option<&User> {
        self.all.iter().find(|user| user.id == id)
    }

    pub fn get_mut(&mut self, id: &str) -> Option<&mut User> {
        self.all.iter_mut().find(|user| user.id == id)
    }

    /// The user who goes by a name, which is a `username`, an `email`, a `phone`, or any of them: an `account`.
    pub fn named(&self, kind: &str, name: &str) -> Option<&User> {
        self.all.iter().find(|user| user.goes_by(kind, name))
    }

    /// The user who owns an address.
    pub fn at(&self, address: &Address) -> Option<&User> {
        let owns = |own: Option<Address>| own.as_ref() == Some(address);
        self.all.iter().find(|user| owns(user.email_address()) || owns(user.phone_address()))
    }
}

impl User {
    fn goes_by(&self, kind: &str, name: &str) -> bool {
        match kind {
            "username" => self.username.as_deref() == Some(name),
            "email" => self.email_address() == Some(Address::email(name)),
            "phone" => self.phone.as_ref().is_some_and(|phone| phone.value.number == name),
            _ => ["username", "email", "phone"].iter().any(|kind| self.goes_by(kind, name)),
        }
    }

    pub fn email_address(&self) -> Option<Address> {
        Some(Address::email(&self.email.as_ref()?.value))
    }

    pub fn phone_address(&self) -> Option<Address> {
        let phone = &self.phone.as_ref()?.value;
        Some(Address::phone(&phone.number, phone.country_code.as_deref()))
    }

    /// What an authenticator app shows the account under.
    pub fn account(&self) -> &str {
        let email = self.email.as_ref().map(|email| email.value.as_str());
        let phone = self.phone.as_ref().map(|phone| phone.value.number.as_str());
        email.or(self.username.as_deref()).or(phone).unwrap_or(&self.id)
    }

    /// The user as the API shows it. What the server keeps cannot be overridden by what the user fills in.
    pub fn to_json(&self) -> Value {
        let phone = self.phone.as_ref();
        let kept = json!({
            "userId": self.id,
            "createdAt": iso8601(self.created),
            "updatedAt": iso8601(self.updated),
            "status": "Activated",
            "workStatus": "Active",
            "username": self.username,
            "email": self.email.as_ref().map(|email| &email.value),
            "emailVerified": self.email.as_ref().is_some_and(|email| email.proved),
            "phone": phone.map(|phone| &phone.value.number),
            "phoneCountryCode": phone.and_then(|phone| phone.value.country_code.as_deref()),
            "phoneVerified": phone.is_some_and(|phone| phone.proved),
            "loginsCount": self.sign_ins,
            "lastLogin": self.last_sign_in.map(iso8601),
            "registerSource": [self.registered_by],
            "userSourceType": "register",
            "userSourceId": APP_ID,
            "signedUp": iso8601(self.created),
        });
        let mut user = self.profile.clone();
        user.extend(kept.as_object().cloned().unwrap_or_default());
        user.retain(|_, value| !value.is_null());
        Value::Object(user)
    }
}
