//! The codes of authenticator apps, as RFC 6238 makes them.

use std::time::Duration;

use totp_rs::{Algorithm, Secret, TOTP};
use url::{Url, form_urlencoded};

const DIGITS: usize = 6;
const PERIOD: u64 = 30;
/// Codes of the period before and the one after count too, for clocks that differ.
const SKEW: u8 = 1;

pub struct Totp {
    generator: TOTP,
}

impl Totp {
    /// A secret of the 160 bits that apps expect; `serial` makes it unlike any other.
    pub fn new(serial: u64) -> Self {
        Self::of(format!("sandbox-totp-{serial:07}").into_bytes())
    }

    /// From a secret in Base32, or an `otpauth:` address that holds one.
    pub fn parse(text: &str) -> Option<Self> {
        let address = Url::parse(text).ok();
        let inside = address
            .and_then(|url| url.query_pairs().find(|(key, _)| key == "secret").map(|(_, value)| value.into_owned()));
        let secret = Secret::Encoded(inside.unwrap_or_else(|| text.to_owned())).to_bytes().ok()?;
        Some(Self::of(secret))
    }

    fn of(secret: Vec<u8>) -> Self {
        Self { generator: TOTP::new_unchecked(Algorithm::SHA1, DIGITS, SKEW, PERIOD, secret) }
    }

    /// The address from which an app learns the secret.
    pub fn address(&self, account: &str) -> String {
        let account: String = form_urlencoded::byte_serialize(account.as_bytes()).collect();
        let secret = self.generator.get_secret_base32();
        format!(
            "otpauth://totp/Sandbox:{account}?secret={secret}&period={PERIOD}&digits={DIGITS}&algorithm=SHA1\
             &issuer=Sandbox"
        )
    }

    pub fn code(&self, now: Duration) -> String {
        self.generator.generate(now.as_secs())
    }

    pub fn accepts(&self, code: &str, now: Duration) -> bool {
        self.generator.check(code, now.as_secs())
    }
}
