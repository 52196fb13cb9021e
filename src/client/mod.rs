//! The client: an application at its host, and for whom it calls.

mod builder;
mod call;
mod envelope;
mod headers;
mod http;
pub(crate) mod operation;
pub(crate) mod pagination;
pub(crate) mod response;
mod retry;
pub(crate) mod telemetry;
pub(crate) mod transport;
pub(crate) mod url;

use std::fmt;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use ::url::Url;
use ::url::form_urlencoded::byte_serialize;
use base64::prelude::{BASE64_STANDARD, Engine};
use reqwest::Request;
use reqwest::header::{AUTHORIZATION, HeaderMap};
use zeroize::Zeroizing;

pub use self::url::{UrlBuilder, UrlOperation};
pub use builder::{Brand, ClientAuthMethod, ClientBuilder};
pub use call::Call;
pub use envelope::Envelope;
pub use pagination::{ItemStream, Paginated};
pub use retry::RetryPolicy;

use self::headers::{DefaultHeaders, branded, insert};
#[cfg(feature = "events")]
use self::http::LazyHttp1Client;
use self::operation::SecurityScheme;
use crate::error::ConfigError;
use crate::operations::Operation;
use crate::{Result, Secret, generated};
#[cfg(feature = "events")]
pub(crate) use builder::parse_events_host;

/// A client of the authentication API of one application.
///
/// Cheap to clone, and never changed: [`with_access_token`](Self::with_access_token) and its siblings return
/// another handle on the same connections, so users served at the same time cannot meet each other's
/// credentials.
///
/// ```no_run
/// # async fn example() -> genauth::Result<()> {
/// use genauth::AuthenticationClient;
///
/// let client = AuthenticationClient::builder()
///     .app_id("64f1c0ffee")
///     .app_host("https://example.genauth.ai")
///     .build()?;
///
/// let phone = client.get_wechat_miniprogram_phone("0a1bC2Ga1xq", "my-wxapp").await?;
/// println!("{}", phone.phone_number);
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct AuthenticationClient {
    application: Arc<ClientInner>,
    options: Arc<CallOptions>,
}

/// What all handles share.
pub(crate) struct ClientInner {
    pub http: reqwest::Client,
    pub host: Url,
    pub requests: generated::Client,
    #[cfg(feature = "events")]
    pub events_host: Option<Url>,
    #[cfg(feature = "events")]
    pub http1: LazyHttp1Client,
    pub headers: DefaultHeaders,
    pub brand: Brand,
    pub app_id: String,
    pub app_secret: Option<Secret>,
    pub token_endpoint_auth_method: ClientAuthMethod,
    pub max_response_size: usize,
    #[cfg(feature = "oidc")]
    pub oidc: crate::oidc::Provider,
}

/// What a handle, or a single call, may have of its own.
#[derive(Clone)]
pub(crate) struct CallOptions {
    pub access_token: Option<Secret>,
    pub real_ip: Option<IpAddr>,
    pub lang: Option<String>,
    pub timeout: Duration,
    pub retries: RetryPolicy,
    pub headers: Vec<(String, Secret)>,
}

impl AuthenticationClient {
    /// Starts with nothing set.
    pub fn builder() -> ClientBuilder {
        ClientBuilder::default()
    }

    /// A client from the environment: `GENAUTH_APP_ID` and `GENAUTH_APP_HOST`, and, where they are set,
    /// `GENAUTH_APP_SECRET`, `GENAUTH_ACCESS_TOKEN` and `GENAUTH_LANG`.
    ///
    /// # Errors
    ///
    /// [`Error::Config`](crate::Error::Config) names a variable that is missing or cannot be used.
    pub fn from_env() -> Result<Self> {
        ClientBuilder::from_env()?.build()
    }

    /// A handle that calls for the user with this access token.
    #[must_use]
    pub fn with_access_token(&self, token: impl Into<Secret>) -> Self {
        let mut handle = self.clone();
        handle.options_mut().access_token = Some(token.into());
        handle
    }

    /// A handle that tells the server the end user's address, so that its rate limits count the user and not
    /// your server.
    #[must_use]
    pub fn with_real_ip(&self, address: impl Into<IpAddr>) -> Self {
        let mut handle = self.clone();
        handle.options_mut().real_ip = Some(address.into());
        handle
    }

    /// A handle that asks for messages in this language: `zh-CN`, `en-US`, `zh-TW` or `ja-JP`.
    #[must_use]
    pub fn with_lang(&self, lang: impl Into<String>) -> Self {
        let mut handle = self.clone();
        handle.options_mut().lang = Some(lang.into());
        handle
    }

    pub(crate) fn new(application: ClientInner, options: CallOptions) -> Self {
        Self { application: Arc::new(application), options: Arc::new(options) }
    }

    pub(crate) fn options(&self) -> &CallOptions {
        &self.options
    }

    /// The options of this handle alone.
    pub(crate) fn options_mut(&mut self) -> &mut CallOptions {
        Arc::make_mut(&mut self.options)
    }

    /// Whether every setting of the handle can go into a header.
    pub(crate) fn check(&self) -> Result<()> {
        self.insert_headers(&mut HeaderMap::new(), &[SecurityScheme::AccessToken], None)
    }

    /// The id of the application.
    pub(crate) fn app_id(&self) -> &str {
        &self.application.app_id
    }

    pub(crate) fn host(&self) -> &Url {
        &self.application.host
    }

    pub(crate) fn http(&self) -> &reqwest::Client {
        &self.application.http
    }

    #[cfg(feature = "oidc")]
    pub(crate) fn app_secret(&self) -> Option<&Secret> {
        self.application.app_secret.as_ref()
    }

    #[cfg(feature = "oidc")]
    pub(crate) fn oidc(&self) -> &crate::oidc::Provider {
        &self.application.oidc
    }

    #[cfg(feature = "events")]
    pub(crate) fn events_host(&self) -> Option<&Url> {
        self.application.events_host.as_ref()
    }

    #[cfg(feature = "events")]
    pub(crate) fn brand(&self) -> Brand {
        self.application.brand
    }

    /// The client for connections that turn into something else.
    #[cfg(feature = "events")]
    pub(crate) fn http1(&self) -> Result<&reqwest::Client> {
        self.application.http1.client()
    }

    pub(crate) fn max_response_size(&self) -> usize {
        self.application.max_response_size
    }

    /// The operation's request, for one attempt. The operation gets what its body is to say of the application.
    pub(crate) fn request<O: Operation>(&self, operation: &mut O, timeout: Duration) -> Result<Request> {
        // Encoded or not, these would lead to another path than the operation's.
        if let Some((name, _)) = operation.path_parameters().iter().find(|(_, v)| ["", ".", ".."].contains(&v.as_str()))
        {
            return Err(ConfigError::new(
                format!("`{name}` is empty or a dot"),
                "give it the value that the API gave you",
            )
            .into());
        }
        let basic = self.authenticate(operation);
        let ClientInner { requests, headers, .. } = &*self.application;
        let mut request = operation.request(requests)?;
        for (name, value) in headers.for_credentials(O::SECURITY) {
            request.headers_mut().insert(name.clone(), value.clone());
        }
        self.insert_headers(request.headers_mut(), O::SECURITY, basic)?;
        *request.timeout_mut() = Some(timeout);
        Ok(request)
    }

    /// Puts the application's credentials into the body that takes them. Returns the secret if it is to go into a
    /// header instead. What the caller put into the body wins.
    fn authenticate<O: Operation>(&self, operation: &mut O) -> Option<&Secret> {
        let ClientInner { app_id, app_secret, token_endpoint_auth_method, .. } = &*self.application;
        let names_itself = O::SECURITY.contains(&SecurityScheme::OauthClient);
        if !names_itself && !O::SECURITY.contains(&SecurityScheme::AppSecret) {
            return None;
        }
        let body = operation.client_credentials();
        if body.as_ref().is_some_and(|body| body.secret.is_some()) {
            return None;
        }
        match (app_secret, token_endpoint_auth_method) {
            (Some(secret), ClientAuthMethod::ClientSecretBasic) => Some(secret),
            (Some(secret), ClientAuthMethod::ClientSecretPost) => {
                let body = body?;
                body.id.get_or_insert_with(|| app_id.clone());
                *body.secret = Some(secret.clone());
                None
            }
            _ => {
                if names_itself {
                    body?.id.get_or_insert_with(|| app_id.clone());
                }
                None
            }
        }
    }

    /// What a request that is no operation's sends.
    #[cfg(feature = "events")]
    pub(crate) fn application_headers(&self) -> Result<HeaderMap> {
        let mut headers = self.application.headers.for_credentials(&[]).clone();
        self.insert_headers(&mut headers, &[], None)?;
        Ok(headers)
    }

    /// The headers of this handle and this call, which come on top of the application's.
    fn insert_headers(
        &self,
        headers: &mut HeaderMap,
        credentials: &[SecurityScheme],
        basic: Option<&Secret>,
    ) -> Result<()> {
        let ClientInner { brand, app_id, .. } = &*self.application;
        let CallOptions { access_token, real_ip, lang, headers: own, .. } = &*self.options;
        if let Some(lang) = lang {
            insert(headers, &branded(*brand, "lang"), lang)?;
        }
        if let Some(address) = real_ip {
            insert(headers, "x-real-ip", &address.to_string())?;
        }
        if let (true, Some(token)) = (credentials.contains(&SecurityScheme::AccessToken), access_token) {
            insert(headers, AUTHORIZATION.as_str(), &Zeroizing::new(format!("Bearer {}", token.expose_secret())))?;
        }
        if let Some(secret) = basic {
            let pair = match credentials.contains(&SecurityScheme::OauthClient) {
                true => [app_id.as_str(), secret.expose_secret()].map(|part| byte_serialize(part.as_bytes()).collect()),
                false => [app_id.clone(), secret.expose_secret().to_owned()],
            };
            let pair = Zeroizing::new(Zeroizing::new(pair).join(":"));
            let basic = Zeroizing::new(BASE64_STANDARD.encode(pair.as_bytes()));
            insert(headers, AUTHORIZATION.as_str(), &Zeroizing::new(format!("Basic {}", *basic)))?;
        }
        for (name, value) in own {
            insert(headers, name, value.expose_secret())?;
        }
        Ok(())
    }
}

impl fmt::Debug for AuthenticationClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ClientInner { host, brand, app_id, .. } = &*self.application;
        f.debug_struct("AuthenticationClient")
            .field("host", &host.as_str())
            .field("brand", brand)
            .field("app_id", app_id)
            .field("access_token", &self.options.access_token)
            .finish_non_exhaustive()
    }
}
