//! Headers: never printed, and zeroized when dropped.

use bytes::Bytes;
use reqwest::header::{ACCEPT, HeaderMap, HeaderName, HeaderValue};
use zeroize::Zeroizing;

use crate::Brand;
use crate::client::operation::SecurityScheme;
use crate::error::ConfigError;

/// The headers that every request of a client has.
pub struct DefaultHeaders {
    with_app_id: HeaderMap,
    without_app_id: HeaderMap,
}

impl DefaultHeaders {
    pub fn new(brand: Brand, app_id: Option<&str>) -> Result<Self, ConfigError> {
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        insert(&mut headers, &vendor_header(brand, "request-from"), "sdk")?;
        insert(&mut headers, &vendor_header(brand, "sdk-version"), concat!("rust:", env!("CARGO_PKG_VERSION")))?;
        let without_app_id = headers.clone();
        if let Some(app_id) = app_id {
            insert(&mut headers, &vendor_header(brand, "app-id"), app_id)?;
        }
        Ok(Self { with_app_id: headers, without_app_id })
    }

    pub fn for_security(&self, schemes: &[SecurityScheme]) -> &HeaderMap {
        if schemes.contains(&SecurityScheme::AppId) { &self.with_app_id } else { &self.without_app_id }
    }
}

/// The full name of one of the service's own headers.
pub fn vendor_header(brand: Brand, name: &str) -> String {
    format!("x-{}-{name}", brand.prefix())
}

/// Inserts a header, replacing one of the same name.
pub fn insert(headers: &mut HeaderMap, name: &str, value: &str) -> Result<(), ConfigError> {
    let header = HeaderName::from_bytes(name.as_bytes()).map_err(|_| {
        ConfigError::new(format!("invalid header name `{name}`"), "use letters, digits and hyphens only")
    })?;
    let value = Bytes::from_owner(Zeroizing::new(value.as_bytes().to_vec()));
    let mut value = HeaderValue::from_maybe_shared(value).map_err(|_| {
        ConfigError::new(format!("invalid value for header `{name}`"), "remove line breaks and control characters")
    })?;
    value.set_sensitive(true);
    headers.insert(header, value);
    Ok(())
}
