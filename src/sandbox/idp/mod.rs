//! The identity provider that the sandbox plays: OpenID Connect, OAuth 2.0 and CAS.

pub mod access_tokens;
pub mod browser_sessions;
pub mod cas_tickets;
pub mod claims;
pub mod client;
pub mod codes;
pub mod login;
pub mod redirect;
pub mod refresh_tokens;
pub mod signing_key;
pub mod tokens;

use std::collections::HashMap;
use std::io;

use access_tokens::AccessTokens;
use browser_sessions::Browsers;
use cas_tickets::Tickets;
use codes::Codes;
use login::Login;
use refresh_tokens::RefreshTokens;
use signing_key::SigningKey;

/// What the provider remembers.
pub struct Provider {
    /// Where the sandbox is.
    pub url: String,
    pub key: &'static SigningKey,
    pub access_tokens: AccessTokens,
    pub browsers: Browsers,
    pub codes: Codes,
    /// The logins that browsers show a page for, by the id in the page.
    pub logins: HashMap<String, Login>,
    pub refresh_tokens: RefreshTokens,
    pub tickets: Tickets,
}

impl Provider {
    pub fn new(url: String) -> io::Result<Self> {
        Ok(Self {
            url,
            key: SigningKey::get()?,
            access_tokens: AccessTokens::default(),
            browsers: Browsers::default(),
            codes: Codes::default(),
            logins: HashMap::default(),
            refresh_tokens: RefreshTokens::default(),
            tickets: Tickets::default(),
        })
    }

    /// The `iss` of its tokens.
    pub fn issuer(&self) -> String {
        format!("{}/oidc", self.url)
    }

    /// The name of the cookie that tells browsers apart. Browsers share cookies among the ports of a host, so it has
    /// the port in it.
    pub fn cookie_name(&self) -> String {
        format!("genauth-sandbox-{}", self.url.rsplit(':').next().unwrap_or_default())
    }
}
