//! The HTTP request of an operation.

use std::time::Duration;

use progenitor_client::Error as ClientError;
use reqwest::header::{ACCEPT, AUTHORIZATION, HeaderMap, HeaderValue};
use reqwest::{Request, Url};

use crate::client::auth::{apply_client_credentials, bearer};
use crate::client::core::{CallOptions, ClientCore};
use crate::client::headers::{insert, vendor_header};
use crate::client::operation::{Operation, ResponseShape, SecurityScheme};
use crate::error::{ConfigError, root_cause};
use crate::{Error, Result};

impl ClientCore {
    /// Builds the operation's request for one attempt.
    pub(super) fn request<O: Operation>(&self, operation: &mut O, timeout: Duration) -> Result<Request> {
        let url = url(self, operation)?;
        let basic = apply_client_credentials(self.settings.auth.as_ref(), operation);
        let mut request = operation.request(self.http()?, url)?;
        let headers = request.headers_mut();
        for (name, value) in self.settings.headers.for_security(O::SECURITY) {
            headers.insert(name.clone(), value.clone());
        }
        if matches!(O::RESPONSE, ResponseShape::Text) {
            headers.insert(ACCEPT, HeaderValue::from_static("text/plain"));
        }
        if let (true, Some(token)) = (O::SECURITY.contains(&SecurityScheme::AccessToken), &self.options().access_token)
        {
            insert(headers, AUTHORIZATION.as_str(), &bearer(token))?;
        }
        if let Some(basic) = basic {
            insert(headers, AUTHORIZATION.as_str(), &basic)?;
        }
        self.insert_option_headers(headers)?;
        *request.timeout_mut() = Some(timeout);
        Ok(request)
    }

    /// The headers of a WebSocket's handshake.
    #[cfg(feature = "events")]
    pub(crate) fn handshake_headers(&self) -> Result<HeaderMap> {
        let mut headers = self.settings.headers.for_security(&[]).clone();
        #[cfg(feature = "management")]
        if let Some(authenticator) = self.authenticator() {
            insert(&mut headers, AUTHORIZATION.as_str(), &authenticator.handshake_authorization(self))?;
        }
        self.insert_option_headers(&mut headers)?;
        Ok(headers)
    }

    /// Checks that every option is a valid header value.
    pub(super) fn validate_headers(&self) -> Result<()> {
        let mut headers = HeaderMap::new();
        if let Some(token) = &self.options().access_token {
            insert(&mut headers, AUTHORIZATION.as_str(), &bearer(token))?;
        }
        self.insert_option_headers(&mut headers)
    }

    fn insert_option_headers(&self, headers: &mut HeaderMap) -> Result<()> {
        let CallOptions { real_ip, lang, headers: own, .. } = self.options();
        if let Some(lang) = lang {
            insert(headers, &vendor_header(self.settings.brand, "lang"), lang)?;
        }
        if let Some(address) = real_ip {
            insert(headers, "x-real-ip", &address.to_string())?;
        }
        #[cfg(feature = "management")]
        if let Some(tenant) = &self.options().tenant_id {
            insert(headers, &vendor_header(self.settings.brand, "app-tenant-id"), tenant)?;
        }
        for (name, value) in own {
            insert(headers, name, value.expose_secret())?;
        }
        Ok(())
    }
}

fn url<O: Operation>(client: &ClientCore, operation: &O) -> Result<Url> {
    #[cfg(feature = "oidc")]
    if let Some(url) = &client.options().url {
        return Ok(url.clone());
    }
    Ok(client.base_url().join(O::ENDPOINT.path, &operation.path_parameters())?)
}

/// Converts the error of a generated method that could not build its request.
pub fn build_error(error: ClientError<()>) -> Error {
    match error {
        ClientError::CommunicationError(error) => invalid_request(&error),
        _ => {
            let help = "remove line breaks and control characters from the header parameters";
            ConfigError::new("failed to build the request", help).into()
        }
    }
}

/// The error of a request that reqwest could not build.
pub(super) fn invalid_request(error: &reqwest::Error) -> Error {
    ConfigError::new("failed to build the request", root_cause(error)).into()
}
