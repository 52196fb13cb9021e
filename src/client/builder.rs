//! Setting a client up.

use std::env;
use std::net::IpAddr;
use std::time::Duration;

use url::{Host, Url};

use crate::client::headers::DefaultHeaders;
use crate::client::http::HttpConfig;
#[cfg(feature = "events")]
use crate::client::http::LazyHttp1Client;
use crate::client::{AuthenticationClient, RetryPolicy, transport};
use crate::client::{CallOptions, ClientInner};
use crate::error::ConfigError;
use crate::{Result, Secret, generated};

const TIMEOUT: Duration = Duration::from_secs(10);
const MAX_RESPONSE_SIZE: usize = 10 * 1024 * 1024;

/// The name under which the service runs. It decides the prefix of the service's own headers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Brand {
    /// `x-genauth-…`
    #[default]
    GenAuth,
    /// `x-authing-…`
    Authing,
}

impl Brand {
    pub(crate) fn prefix(self) -> &'static str {
        match self {
            Self::GenAuth => "genauth",
            Self::Authing => "authing",
        }
    }
}

/// How the operations that ask for the application's secret get it: the application's token endpoint method, as the
/// console shows it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ClientAuthMethod {
    /// `client_secret_post`: id and secret go into the body. What the console begins with.
    #[default]
    ClientSecretPost,
    /// `client_secret_basic`: id and secret go into the `Authorization` header.
    ClientSecretBasic,
    /// `none`: neither is sent.
    None,
}

/// Sets up an [`AuthenticationClient`]; the application's id and host are all it needs.
///
/// ```
/// use std::time::Duration;
/// use genauth::{AuthenticationClient, Brand};
///
/// let client = AuthenticationClient::builder()
///     .app_id("64f1c0ffee")
///     .app_host("https://example.authing.cn")
///     .brand(Brand::Authing)
///     .lang("zh-CN")
///     .timeout(Duration::from_secs(3))
///     .build()?;
/// # Ok::<(), genauth::Error>(())
/// ```
#[derive(Debug, Default)]
#[must_use = "a builder does nothing before `build`"]
pub struct ClientBuilder {
    app_id: Option<String>,
    app_host: Option<String>,
    #[cfg(feature = "events")]
    events_host: Option<String>,
    app_secret: Option<Secret>,
    token_endpoint_auth_method: ClientAuthMethod,
    access_token: Option<Secret>,
    lang: Option<String>,
    real_ip: Option<IpAddr>,
    brand: Brand,
    allow_insecure_http: bool,
    timeout: Option<Duration>,
    max_response_size: Option<usize>,
    retries: RetryPolicy,
    connection: HttpConfig,
    #[cfg(feature = "oidc")]
    issuer: Option<String>,
}

impl ClientBuilder {
    /// The application's id, from its page in the console. Required.
    pub fn app_id(mut self, id: impl Into<String>) -> Self {
        self.app_id = Some(id.into());
        self
    }

    /// The application's own host with its scheme, such as `https://example.genauth.ai`. Required.
    pub fn app_host(mut self, host: impl Into<String>) -> Self {
        self.app_host = Some(host.into());
        self
    }

    /// The host that events come from, such as `wss://events.example.com`; the brand's own unless set, where the
    /// application's host is of the brand too. An unencrypted `ws://` is refused as `http://` is.
    #[cfg(feature = "events")]
    #[cfg_attr(docsrs, doc(cfg(feature = "events")))]
    pub fn events_host(mut self, host: impl Into<String>) -> Self {
        self.events_host = Some(host.into());
        self
    }

    /// The application's secret. Sent by the operations that ask for it, and by no other.
    pub fn app_secret(mut self, secret: impl Into<Secret>) -> Self {
        self.app_secret = Some(secret.into());
        self
    }

    /// How that secret is sent: the application's token endpoint method; in the body unless set.
    pub fn token_endpoint_auth_method(mut self, method: ClientAuthMethod) -> Self {
        self.token_endpoint_auth_method = method;
        self
    }

    /// The access token of the user to call for. A server that serves many users rather calls
    /// [`with_access_token`](AuthenticationClient::with_access_token).
    pub fn access_token(mut self, token: impl Into<Secret>) -> Self {
        self.access_token = Some(token.into());
        self
    }

    /// The language of messages: `zh-CN` (what the server does by itself), `en-US`, `zh-TW` or `ja-JP`.
    pub fn lang(mut self, lang: impl Into<String>) -> Self {
        self.lang = Some(lang.into());
        self
    }

    /// The end user's address, so that the server's rate limits count the user and not your server.
    pub fn real_ip(mut self, address: impl Into<IpAddr>) -> Self {
        self.real_ip = Some(address.into());
        self
    }

    /// The brand that the host runs under; GenAuth unless set.
    pub fn brand(mut self, brand: Brand) -> Self {
        self.brand = brand;
        self
    }

    /// Accepts an unencrypted `http://` host that is not this machine. Everything sent to it, passwords and
    /// tokens too, can be read on the way.
    pub fn allow_insecure_http(mut self) -> Self {
        self.allow_insecure_http = true;
        self
    }

    /// The time for a whole call, from the first byte sent to the last received, however often it is sent; 10
    /// seconds unless set.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// When to send a call again: [`RetryPolicy::never`], [`RetryPolicy::default`] or your own; the default unless set.
    pub fn retries(mut self, retries: RetryPolicy) -> Self {
        self.retries = retries;
        self
    }

    /// The size up to which an answer is read, in bytes; 10 MiB unless set.
    pub fn max_response_size(mut self, bytes: usize) -> Self {
        self.max_response_size = Some(bytes);
        self
    }

    /// The time for a connection to come about, TLS included; 5 seconds unless set.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connection.connect_timeout = Some(timeout);
        self
    }

    /// Sends everything through this proxy.
    pub fn proxy(mut self, proxy: reqwest::Proxy) -> Self {
        self.connection.proxy = Some(proxy);
        self
    }

    /// Trusts this certificate authority too; a private host may have one of its own.
    #[cfg(any(feature = "rustls", feature = "native-tls"))]
    #[cfg_attr(docsrs, doc(cfg(any(feature = "rustls", feature = "native-tls"))))]
    pub fn add_root_certificate(mut self, certificate: reqwest::Certificate) -> Self {
        self.connection.root_certificates.push(certificate);
        self
    }

    /// Shows this certificate to a server that asks for one.
    #[cfg(any(feature = "rustls", feature = "native-tls"))]
    #[cfg_attr(docsrs, doc(cfg(any(feature = "rustls", feature = "native-tls"))))]
    pub fn identity(mut self, identity: reqwest::Identity) -> Self {
        self.connection.identity = Some(identity);
        self
    }

    /// Sends with this client, and so on its connections. Its settings for connections hold: set
    /// `connect_timeout`, `proxy` and certificates there, and have it follow no redirects, which would take
    /// credentials along.
    pub fn http_client(mut self, client: reqwest::Client) -> Self {
        self.connection.http_client = Some(client);
        self
    }

    /// The `iss` of the tokens, as [`get_oidc_configuration`](AuthenticationClient::get_oidc_configuration) tells it;
    /// the host with `/oidc` unless set.
    #[cfg(feature = "oidc")]
    #[cfg_attr(docsrs, doc(cfg(feature = "oidc")))]
    pub fn issuer(mut self, issuer: impl Into<String>) -> Self {
        self.issuer = Some(issuer.into());
        self
    }

    /// A builder with what the environment holds: see [`AuthenticationClient::from_env`].
    ///
    /// # Errors
    ///
    /// [`Error::Config`](crate::Error::Config) names a variable that is missing or not UTF-8.
    pub fn from_env() -> Result<Self> {
        Ok(Self {
            app_id: Some(required_variable("GENAUTH_APP_ID")?),
            app_host: Some(required_variable("GENAUTH_APP_HOST")?),
            app_secret: variable("GENAUTH_APP_SECRET")?.map(Secret::from),
            access_token: variable("GENAUTH_ACCESS_TOKEN")?.map(Secret::from),
            lang: variable("GENAUTH_LANG")?,
            ..Self::default()
        })
    }

    /// The client.
    ///
    /// # Errors
    ///
    /// [`Error::Config`](crate::Error::Config) says what is missing or cannot work.
    pub fn build(self) -> Result<AuthenticationClient> {
        let missing =
            |what: &str, setter: &str| ConfigError::new(format!("{what} is missing"), format!("call `{setter}`"));
        let app_id = self.app_id.ok_or_else(|| missing("the application's id", "app_id"))?;
        let host = self.app_host.ok_or_else(|| missing("the application's host", "app_host"))?;
        let host = parse_host(&host, self.allow_insecure_http)?;
        let http = self.connection.clone().into_client(&host)?;
        let application = ClientInner {
            requests: generated::Client::new_with_client(
                host.path().trim_end_matches('/'),
                http.clone(),
                transport::with_room(&host),
            ),
            #[cfg(feature = "oidc")]
            oidc: crate::oidc::Provider::new(&host, self.issuer),
            host,
            #[cfg(feature = "events")]
            events_host: self.events_host.map(|host| parse_events_host(&host, self.allow_insecure_http)).transpose()?,
            #[cfg(feature = "events")]
            http1: LazyHttp1Client::new(self.connection.clone()),
            headers: DefaultHeaders::new(self.brand, &app_id)?,
            http,
            brand: self.brand,
            app_id,
            app_secret: self.app_secret,
            token_endpoint_auth_method: self.token_endpoint_auth_method,
            max_response_size: self.max_response_size.unwrap_or(MAX_RESPONSE_SIZE),
        };
        let client = AuthenticationClient::new(
            application,
            CallOptions {
                access_token: self.access_token,
                real_ip: self.real_ip,
                lang: self.lang,
                timeout: self.timeout.unwrap_or(TIMEOUT),
                retries: self.retries,
                headers: Vec::new(),
            },
        );
        client.check()?;
        Ok(client)
    }
}

fn parse_host(host: &str, allow_insecure_http: bool) -> Result<Url, ConfigError> {
    parse("the application's host", "http", "https://example.genauth.ai", host, allow_insecure_http)
}

/// The host as an HTTP client takes it.
#[cfg(feature = "events")]
pub(crate) fn parse_events_host(host: &str, allow_insecure_http: bool) -> Result<Url, ConfigError> {
    let mut url = parse("the events' host", "ws", "wss://events.example.com", host, allow_insecure_http)?;
    let _ = url.set_scheme(if url.scheme() == "ws" { "http" } else { "https" });
    Ok(url)
}

fn parse(what: &str, scheme: &str, example: &str, host: &str, allow_insecure_http: bool) -> Result<Url, ConfigError> {
    let invalid = |remedy: String| ConfigError::new(format!("{what} cannot be used"), remedy);
    let url = Url::parse(host).map_err(|_| invalid(format!("write it as `{example}`")))?;
    if !url.username().is_empty() || url.password().is_some() || url.query().is_some() || url.fragment().is_some() {
        return Err(invalid("leave out user, password, query and fragment".to_owned()));
    }
    let is_loopback = match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    };
    match url.scheme().strip_prefix(scheme) {
        Some("s") => Ok(url),
        Some("") if is_loopback || allow_insecure_http => Ok(url),
        Some("") => {
            Err(invalid(format!("use `{scheme}s://`, or call `allow_insecure_http` if everyone may read what is sent")))
        }
        _ => Err(invalid(format!("begin it with `{scheme}s://`"))),
    }
}

fn required_variable(name: &str) -> Result<String, ConfigError> {
    variable(name)?.ok_or_else(|| ConfigError::new(format!("the environment has no `{name}`"), "set it"))
}

fn variable(name: &str) -> Result<Option<String>, ConfigError> {
    match env::var(name) {
        Ok(value) if value.is_empty() => Ok(None),
        Ok(value) => Ok(Some(value)),
        Err(env::VarError::NotPresent) => Ok(None),
        Err(env::VarError::NotUnicode(_)) => Err(ConfigError::new(format!("`{name}` is not UTF-8"), "mend its value")),
    }
}
