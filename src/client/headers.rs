//! The headers of requests: none is ever printed, and their memory is wiped.

use bytes::Bytes;
use reqwest::header::{ACCEPT, HeaderMap, HeaderName, HeaderValue};
use zeroize::Zeroizing;

use crate::Brand;
use crate::client::operation::SecurityScheme;
use crate::error::ConfigError;

/// What all requests of an application send, made once: with its id and without.
pub struct DefaultHeaders {
    named: HeaderMap,
    unnamed: HeaderMap,
}

impl DefaultHeaders {
    pub fn new(brand: Brand, app_id: &str) -> Result<Self, ConfigError> {
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        insert(&mut headers, &branded(brand, "request-from"), "sdk")?;
        insert(&mut headers, &branded(brand, "sdk-version"), concat!("rust:", env!("CARGO_PKG_VERSION")))?;
        let unnamed = headers.clone();
        insert(&mut headers, &branded(brand, "app-id"), app_id)?;
        Ok(Self { named: headers, unnamed })
    }

    pub fn for_credentials(&self, credentials: &[SecurityScheme]) -> &HeaderMap {
        if credentials.contains(&SecurityScheme::AppId) { &self.named } else { &self.unnamed }
    }
}

/// The service's own header of this name.
pub fn branded(brand: Brand, name: &str) -> String {
    format!("x-{}-{name}", brand.prefix())
}

/// Takes the place of a header that has the same name.
pub fn insert(headers: &mut HeaderMap, name: &str, value: &str) -> Result<(), ConfigError> {
    let header = HeaderName::from_bytes(name.as_bytes())
        .map_err(|_| ConfigError::new(format!("`{name}` is no header name"), "use letters, digits and hyphens"))?;
    let value = Bytes::from_owner(Zeroizing::new(value.as_bytes().to_vec()));
    let mut value = HeaderValue::from_maybe_shared(value).map_err(|_| {
        ConfigError::new(format!("the value for header `{name}`"), "it holds line breaks or control characters")
    })?;
    value.set_sensitive(true);
    headers.insert(header, value);
    Ok(())
}
