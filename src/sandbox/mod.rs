//! An in-process emulator of the service, for tests and examples.
//!
//! [`Sandbox::start`] starts an HTTP server on loopback that responds to every operation of the OpenAPI document. It
//! checks each request against its schema and its credentials. Operations whose behavior matters are emulated with state;
//! the others respond with their example.
//!
//! ```
//! # #[tokio::main]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use genauth::sandbox::Sandbox;
//!
//! let sandbox = Sandbox::start().await?;
//! let client = sandbox.client()?;
//!
//! let code = sandbox.issue_phone_code("+8618812348888");
//! let phone = client.get_wechat_miniprogram_phone(&code, "my-wxapp").await?;
//! assert_eq!(phone.phone_number, "+8618812348888");
//!
//! let used = client.get_wechat_miniprogram_phone(&code, "my-wxapp").await.unwrap_err();
//! assert_eq!(used.api_code(), Some(genauth::ApiCode::WECHAT_INVALID_CODE));
//! # Ok(())
//! # }
//! ```
//!
//! The state covers the life of an account: sign up, sign in by password, pass code, QR code or mini program, read and
//! update the profile, send and use pass codes ([`Sandbox::last_pass_code`]), enroll and use an authenticator app
//! ([`Sandbox::totp_code`]), sign out, delete the account. Access tokens are valid only if this sandbox issued them, at a sign-in or by [`Sandbox::issue_access_token`].
//!
//! With the feature `management`, `Sandbox::management_client` administers the sandbox: its users, groups, roles,
//! organizations, resources and data policies are those that the users of the authentication API see. Its base URL is on a
//! port of its own.
//!
//! The sandbox is also an identity provider for clients of OpenID Connect, OAuth 2.0 and CAS: discovery, JWKS, a login
//! page, authorization codes with PKCE, refresh token rotation, introspection, revocation, userinfo, logout, and CAS 1.0
//! and 2.0. [`Sandbox::authorize`] logs in without a browser.
//!
//! **Its tokens prove nothing.** They are signed with one RSA key whose private half is published in this crate's source
//! code, so that a sandbox starts in milliseconds. Never configure an application outside of tests to trust it.
//!
//! # Fault injection
//!
//! [`Sandbox::inject_fault`] makes the next requests fail: delays, connection resets, truncated bodies, gateway error
//! pages, throttling. See [`Fault`].
//!
//! # From other languages
//!
//! The methods of [`Sandbox`] are available over HTTP too, to test backends in any language:
//!
//! | endpoint | example of the body |
//! | --- | --- |
//! | `GET /_sandbox`: list these endpoints, with the credentials of the application and of the management API | |
//! | `POST /_sandbox/phone-codes`: issue a phone code | `{"phoneNumber": "+8618812348888"}` |
//! | `POST /_sandbox/access-tokens`: issue an access token | |
//! | `GET /_sandbox/pass-codes/{recipient}`: get the last pass code sent to a recipient | |
//! | `POST /_sandbox/totp-codes`: get the current code of an authenticator app | `{"secret": "JBSWY3DPEHPK3PXP"}` |
//! | `POST /_sandbox/public-client`: make the application a public client, without a secret | |
//! | `POST /_sandbox/clock`: advance the clock | `{"seconds": 301}` |
//! | `POST /_sandbox/faults`: inject a fault | `{"fault": "delay", "seconds": 2, "requests": 1}` |
//! | `DELETE /_sandbox/faults`: clear all faults | |
//! | `GET /_sandbox/requests`: list the received requests; see [`ReceivedRequest`] | |
//! | `GET /_sandbox/requests/live`: stream them as server-sent events | |
//! | `GET /_sandbox/openapi.json`: get the OpenAPI document of the API and these endpoints | |
//!
//! An invalid body is rejected with HTTP 400, the reason, and an example. Only requests to a loopback name are served, and
//! these endpoints only to programs and to the sandbox's own pages.
//!
//! # Pages
//!
//! With the feature `explorer`, the sandbox has pages for a browser: an API explorer at `/`, with valid credentials filled
//! in, and the received requests at `/_sandbox/ui`, live and without secrets.
//!
//! # Differences from the service
//!
//! This list includes what the service's documentation leaves open.
//!
//! - Pass codes are valid for five minutes, even those sent by SMS, and are not rate limited.
//! - When a sign-in requires a second factor, verifying a code with its `mfaToken` lets the user's next sign-in succeed.
//!   Only authenticator apps are required as a second factor, never a phone number or an e-mail address.
//! - Encrypted passwords and directories are not supported, and a scope does not limit the profile.
//! - No redirect URIs are registered. Accepted are `https`, `http` on loopback, and custom schemes with a dot.
//! - The application authenticates with its id and secret in the header or in the form, or with its id alone and PKCE;
//!   [`Sandbox::make_client_public`] removes the secret. They are also the only access key for `client_credentials`.
//! - A social login signs in the user with the number of the phone-button code in it, or else the user `sandbox-user`:
//!   every code of a provider is valid. QR codes of every type are scanned by `set_qr_code_status`.
//! - Only the response type `code` is supported. PKCE supports `S256` only, and tokens are signed with `RS256` only.
//! - Authorization codes are valid for a minute, access and ID tokens for two hours, refresh tokens for 30 days. Using a
//!   code or refresh token twice ends its session. What has expired is forgotten.
//! - Neither the login page nor the grant `password` requires a second factor. Scopes are granted as requested, except
//!   `offline_access`, which with OpenID Connect requires the prompt `consent`.
//! - `updated_at` of user info is a time in ISO 8601, as the service's documentation says; OpenID Connect has a number.
//! - SAML is not emulated.
//! - Published events, and `user.updated`, reach all subscribers of their type (feature `events`). The service does not
//!   document the payload of `user.updated`; it is that of the webhook. A subscriber with more than 1,024 waiting
//!   events is disconnected.
//! - Of the management API, `x-genauth-sandbox` in the OpenAPI document says which operations keep state. A filter of
//!   `list_users` knows the operators `EQUAL`, `NOT_EQUAL`, `CONTAINS` and `IN`. Roles count by way of groups and
//!   departments, but not of parent departments. Permission conditions are ignored. There is one user pool, whatever the
//!   tenant, and one access key; signatures are valid for five minutes, once.
//! - Operations that respond with their example change nothing, and the tokens in examples are not valid.
//! - The header with the application's id may have any value, and so may that with the user pool's id in its place. A
//!   `Basic` header, and `client_id` and `client_secret`, must be the sandbox's own.

mod admin;
mod handlers;
mod http;
mod idp;
mod store;
#[cfg(feature = "explorer")]
mod ui;

use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::sync::MutexGuard;
use std::time::Duration;

use axum::Router;
use axum::http::header::{COOKIE, LOCATION};
use axum::middleware::from_fn;
use reqwest::Url;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tower_http::cors::CorsLayer;

use crate::client::Operation;
#[cfg(feature = "management")]
use crate::management::{ManagementClient, ManagementClientBuilder};
use crate::{AuthenticationClient, ClientAuthMethod, ClientBuilder, Result};
pub use store::fault::Fault;
pub use store::request_log::ReceivedRequest;

use http::handle::Handle;
use http::operation::Api;
use http::{login_form, origin, router};
use idp::{login, tokens};
#[cfg(feature = "management")]
use store::application::{ACCESS_KEY_ID, ACCESS_KEY_SECRET};
use store::application::{APP_ID, APP_SECRET};
use store::state::State;

/// A running emulator of the service; dropping it stops the server.
pub struct Sandbox {
    address: SocketAddr,
    #[cfg(feature = "management")]
    management_address: SocketAddr,
    handle: Handle,
    _shutdown: watch::Sender<()>,
}

impl Sandbox {
    /// Starts a sandbox on a free port of 127.0.0.1.
    ///
    /// # Errors
    ///
    /// When no port is available.
    ///
    /// # Panics
    ///
    /// Outside of a tokio runtime.
    pub async fn start() -> io::Result<Self> {
        Self::start_on(0).await
    }

    /// Starts a sandbox on this port of 127.0.0.1; 0 means a free one.
    ///
    /// # Errors
    ///
    /// When the port is not available.
    ///
    /// # Panics
    ///
    /// Outside of a tokio runtime.
    pub async fn start_on(port: u16) -> io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", port)).await?;
        let address = listener.local_addr()?;
        let (handle, shutdown) = Handle::new(State::new(format!("http://{address}")));
        // As the service does for its API: pages of any origin may call it.
        let api = router::router(handle.clone(), Api::Authentication)?.layer(CorsLayer::very_permissive());
        let router = api.merge(admin::router(&handle)?).merge(login_form::router(handle.clone()));
        #[cfg(feature = "explorer")]
        let router = router.merge(ui::router());
        serve(listener, router, &handle);
        Ok(Self {
            address,
            #[cfg(feature = "management")]
            management_address: serve_management(port, &handle).await?,
            handle,
            _shutdown: shutdown,
        })
    }

    /// The base URL, to be used as the app host.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The base URL of the management API, on a port of its own.
    #[cfg(feature = "management")]
    #[cfg_attr(docsrs, doc(cfg(feature = "management")))]
    pub fn management_url(&self) -> String {
        format!("http://{}", self.management_address)
    }

    /// The ID of the sandbox's access key.
    #[cfg(feature = "management")]
    #[cfg_attr(docsrs, doc(cfg(feature = "management")))]
    pub fn access_key_id(&self) -> &'static str {
        ACCESS_KEY_ID
    }

    /// The secret of the sandbox's access key.
    #[cfg(feature = "management")]
    #[cfg_attr(docsrs, doc(cfg(feature = "management")))]
    pub fn access_key_secret(&self) -> &'static str {
        ACCESS_KEY_SECRET
    }

    /// A builder of a management client with the sandbox's URL and access key filled in.
    #[cfg(feature = "management")]
    #[cfg_attr(docsrs, doc(cfg(feature = "management")))]
    pub fn management_client_builder(&self) -> ManagementClientBuilder {
        let builder = ManagementClient::builder().access_key_id(ACCESS_KEY_ID).access_key_secret(ACCESS_KEY_SECRET);
        let builder = builder.host(self.management_url());
        #[cfg(feature = "events")]
        let builder = builder.events_host(self.events_url());
        builder
    }

    /// A management client of the sandbox.
    ///
    /// # Errors
    ///
    /// When the HTTP client cannot be built.
    #[cfg(feature = "management")]
    #[cfg_attr(docsrs, doc(cfg(feature = "management")))]
    pub fn management_client(&self) -> Result<ManagementClient> {
        self.management_client_builder().build()
    }

    /// Revokes the tokens of the access key that were issued so far.
    #[cfg(feature = "management")]
    #[cfg_attr(docsrs, doc(cfg(feature = "management")))]
    pub fn revoke_management_tokens(&self) {
        self.state().management_tokens.revoke_all();
    }

    /// The id of the sandbox's application.
    pub fn app_id(&self) -> &'static str {
        APP_ID
    }

    /// The secret of the sandbox's application.
    pub fn app_secret(&self) -> &'static str {
        APP_SECRET
    }

    /// Makes the application a public client (RFC 6749, section 2.1), which has no secret: its token endpoint
    /// authentication method is `none`.
    pub fn make_client_public(&self) {
        self.state().is_public_client = true;
    }

    /// A client builder with the sandbox's URL and application filled in.
    pub fn client_builder(&self) -> ClientBuilder {
        let builder = AuthenticationClient::builder().app_id(APP_ID).app_host(self.url());
        let builder = match self.state().is_public_client {
            true => builder.token_endpoint_auth_method(ClientAuthMethod::None),
            false => builder.app_secret(APP_SECRET),
        };
        #[cfg(feature = "events")]
        let builder = builder.events_host(self.events_url());
        builder
    }

    /// A client of the sandbox.
    ///
    /// # Errors
    ///
    /// When the HTTP client cannot be built.
    pub fn client(&self) -> Result<AuthenticationClient> {
        self.client_builder().build()
    }

    /// Issues a code of WeChat's phone button.
    ///
    /// `number` begins with `+` and the country calling code, or is a mainland Chinese number. The code works once, within
    /// five minutes.
    pub fn issue_phone_code(&self, number: &str) -> String {
        self.state().issue_phone_code(number)
    }

    /// Issues an access token to the test user, who exists without signing up.
    ///
    /// Each token has a session of its own, and is valid for two hours.
    pub fn issue_access_token(&self) -> String {
        tokens::issue_to_default_user(&mut self.state())
    }

    /// Opens a login URL like a browser in which the test user is signed in, and consents to everything.
    ///
    /// `build_authorize_url`, `build_cas_login_url` and others build login URLs. Returns the application's URL to which
    /// the browser is redirected, with the code, the ticket, or the error.
    ///
    /// ```
    /// # #[tokio::main]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let sandbox = genauth::sandbox::Sandbox::start().await?;
    /// # let client = sandbox.client()?;
    /// let url = client.build_authorize_url("https://shop.example/callback", "openid profile").to_url()?;
    /// let callback = sandbox.authorize(&url).await?;
    /// let (_, code) = callback.query_pairs().find(|(name, _)| name == "code").ok_or("no code")?;
    /// let tokens = client.get_access_token_by_code(code, "https://shop.example/callback").await?;
    /// assert!(tokens.id_token.is_some());
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// When the sandbox does not redirect the browser, or cannot be reached.
    pub async fn authorize(&self, url: &Url) -> io::Result<Url> {
        let cookie = {
            let mut state = self.state();
            let user_id = state.default_user();
            let (cookie, _) = login::start_browser_session(&mut state, &user_id, true);
            format!("{}={cookie}", login::cookie_name(&state))
        };
        let browser = reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none());
        let browser = browser.build().map_err(io::Error::other)?;
        let request = browser.get(url.clone()).header(COOKIE, cookie);
        let response = request.send().await.map_err(|error| io::Error::other(error.without_url()))?;
        let location = response.headers().get(LOCATION);
        location.and_then(|location| Url::parse(location.to_str().ok()?).ok()).ok_or_else(|| {
            let status = response.status();
            io::Error::other(format!("no redirect but a page (HTTP {status}): open the URL in a browser to read it"))
        })
    }

    /// The last pass code that was sent to a recipient: a phone number or an e-mail address. Codes that have expired may be
    /// forgotten.
    ///
    /// A phone number without a country calling code is a mainland Chinese one.
    pub fn last_pass_code(&self, recipient: &str) -> Option<String> {
        self.state().last_pass_code(recipient)
    }

    /// The current code of an authenticator app with this secret, by the sandbox's clock; `None` if the secret is invalid.
    ///
    /// The secret is in Base32, or in the `otpauth:` URI that an enrollment returns.
    pub fn totp_code(&self, secret: &str) -> Option<String> {
        self.state().totp_code(secret)
    }

    /// The base URL of the event stream, to be used as the events host.
    #[cfg(feature = "events")]
    #[cfg_attr(docsrs, doc(cfg(feature = "events")))]
    pub fn events_url(&self) -> String {
        format!("ws://{}", self.address)
    }

    /// Sends an event to all subscribers of this type; the service's payloads are JSON.
    #[cfg(feature = "events")]
    #[cfg_attr(docsrs, doc(cfg(feature = "events")))]
    pub fn publish_event(&self, event_type: &str, payload: &str) {
        self.state().event_hub.publish(event_type, payload);
    }

    /// The number of current subscribers of this event type.
    #[cfg(feature = "events")]
    #[cfg_attr(docsrs, doc(cfg(feature = "events")))]
    pub fn subscriber_count(&self, event_type: &str) -> usize {
        self.state().event_hub.subscriber_count(event_type)
    }

    /// Drops all connections of event subscribers without a close frame. Subscribers may reconnect.
    #[cfg(feature = "events")]
    #[cfg_attr(docsrs, doc(cfg(feature = "events")))]
    pub fn drop_event_connections(&self) {
        self.state().event_hub.drop_connections();
    }

    /// Stalls all connections of event subscribers: they stay open, but nothing is sent, and pings get no pong. New
    /// connections work.
    #[cfg(feature = "events")]
    #[cfg_attr(docsrs, doc(cfg(feature = "events")))]
    pub fn stall_event_connections(&self) {
        self.state().event_hub.stall_connections();
    }

    /// Rejects the next subscription with this HTTP status. Each further call rejects one more.
    #[cfg(feature = "events")]
    #[cfg_attr(docsrs, doc(cfg(feature = "events")))]
    pub fn reject_next_subscription(&self, status: reqwest::StatusCode) {
        self.state().event_hub.rejections.push_back(status);
    }

    /// Advances the sandbox's clock.
    pub fn advance_clock(&self, time: Duration) {
        self.state().advance_clock(time);
    }

    /// Injects a fault into the next `requests` requests. Faults occur in the order in which they are injected.
    pub fn inject_fault(&self, fault: Fault, requests: usize) {
        self.state().faults.inject(fault, requests, None);
    }

    /// Injects a fault into the next `requests` requests of one operation.
    ///
    /// For example `inject_fault_for::<GetProfile>(Fault::ConnectionReset, 1)`; see [`operations`](crate::operations).
    pub fn inject_fault_for<O: Operation>(&self, fault: Fault, requests: usize) {
        self.state().faults.inject(fault, requests, Some(O::ID));
    }

    /// Clears the faults that have not occurred yet.
    pub fn clear_faults(&self) {
        self.state().faults.clear();
    }

    /// The last 1,000 requests that the sandbox has received, the newest first.
    pub fn received_requests(&self) -> Vec<ReceivedRequest> {
        self.state().request_log.iter().rev().cloned().collect()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.handle.state()
    }
}

/// Serves a router, to loopback names only, until the sandbox shuts down.
fn serve(listener: TcpListener, router: Router, handle: &Handle) {
    let router = router.layer(from_fn(origin::check));
    let server = axum::serve(listener, router).with_graceful_shutdown(handle.clone().shutdown());
    tokio::spawn(server.into_future());
}

/// Serves the management API on the port after this one, or on a free one.
#[cfg(feature = "management")]
async fn serve_management(port: u16, handle: &Handle) -> io::Result<SocketAddr> {
    let next = port.checked_add(1).filter(|next| *next > 1).unwrap_or_default();
    let listener = match TcpListener::bind(("127.0.0.1", next)).await {
        Ok(listener) => listener,
        Err(_) => TcpListener::bind(("127.0.0.1", 0)).await?,
    };
    let address = listener.local_addr()?;
    handle.state().management_url = format!("http://{address}");
    let router = router::router(handle.clone(), Api::Management)?.layer(CorsLayer::very_permissive());
    serve(listener, router, handle);
    Ok(address)
}

/// Shows the address, and not the state, which contains passwords and codes.
impl fmt::Debug for Sandbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sandbox").field("address", &self.address).finish_non_exhaustive()
    }
}
