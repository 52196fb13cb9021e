//! The codes of authenticator apps (RFC 6238).

use std::time::Duration;

use totp_rs::{Algorithm, Secret, TOTP};
use url::{Url, form_urlencoded};

const DIGITS: usize = 6;
const PERIOD: u64 = 30;
/// Codes of the period before and the one after are accepted too, for clocks that differ.
const SKEW: u8 = 1;

pub struct Totp {
    generator: TOTP,
}

impl Totp {
    /// A secret of 160 bits, as apps expect it; `serial` makes it unique.
    pub fn new(serial: u64) -> Self {
        Self::with_secret(format!("sandbox-totp-{serial:07}").into_bytes())
    }

    /// Parses a secret in Base32, or an `otpauth:` URI that contains one.
    pub fn parse(secret: &str) -> Option<Self> {
        let uri = Url::parse(secret).ok();
        let in_uri = uri
            .and_then(|uri| uri.query_pairs().find(|(name, _)| name == "secret").map(|(_, value)| value.into_owned()));
        let secret = Secret::Encoded(in_uri.unwrap_or_else(|| secret.to_owned())).to_bytes().ok()?;
        Some(Self::with_secret(secret))
    }

    fn with_secret(secret: Vec<u8>) -> Self {
        Self { generator: TOTP::new_unchecked(Algorithm::SHA1, DIGITS, SKEW, PERIOD, secret) }
    }

    /// The `otpauth:` URI from which an app reads the secret.
    pub fn uri(&self, account: &str) -> String {
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
