//! An embedded look-alike of the service, for examples and tests.
//!
//! [`Sandbox::start`] opens an HTTP server on loopback, in this process. It answers every operation of the
//! description: it checks the request against its schema and its credentials, and answers with the
//! example, or, where the description names a behaviour, with what the real service would do.
//!
//! It keeps state for a whole story: sign up, sign in, read and change the profile, send and use pass codes
//! ([`Sandbox::last_pass_code`] reads them), enroll an authenticator app ([`Sandbox::totp_code`] is one) and use it,
//! sign out. Operations that ask for an access token take only those that the sandbox issued, at a sign-in or by
//! [`Sandbox::issue_access_token`].
//!
//! It plays the identity provider too, for any OpenID Connect, OAuth 2.0 or CAS client: discovery and keys, a login
//! page with a button for a test user and a form for those who have signed up, codes with PKCE, tokens and their
//! rotation, introspection, revocation, user info, logging out, CAS 1.0 and 2.0. Access and ID tokens are signed with
//! an RSA key made at the start, and hold what the sandbox's clock says. [`Sandbox::authorize`] logs in without a
//! browser.
//!
//! # Faults
//!
//! [`Sandbox::inject_fault`] orders what is to go wrong with the next calls: a late answer, none, half of one, a gateway's
//! page, throttling. See [`Fault`].
//!
//! # From other languages
//!
//! What the functions of [`Sandbox`] do can be done over HTTP too, so a backend in any language can be tested with it:
//!
//! | control | body, for example |
//! | --- | --- |
//! | `GET /_sandbox`: this list, and the application's id and secret | |
//! | `POST /_sandbox/phone-codes`: issues a phone code | `{"phoneNumber": "+8618812348888"}` |
//! | `POST /_sandbox/access-tokens`: issues an access token | |
//! | `GET /_sandbox/pass-codes/{to}`: the pass code that was sent last | |
//! | `POST /_sandbox/totp-codes`: what an authenticator app shows now | `{"secret": "JBSWY3DPEHPK3PXP"}` |
//! | `POST /_sandbox/clock`: lets the clock jump ahead | `{"seconds": 301}` |
//! | `POST /_sandbox/faults`: orders a fault | `{"fault": "delay", "seconds": 2, "calls": 1}` |
//! | `DELETE /_sandbox/faults`: takes all orders back | |
//! | `GET /_sandbox/requests`: the calls received; see [`ReceivedRequest`] | |
//! | `GET /_sandbox/requests/live`: the same as server-sent events | |
//! | `GET /_sandbox/openapi.json`: the API and these controls as an OpenAPI document | |
//!
//! A body that cannot be meant is answered with HTTP 400, what is wrong, and one that is right.
//!
//! # Pages
//!
//! With the feature `explorer`, the sandbox's address can be opened in a browser: at `/` is an explorer of its API, with
//! working credentials filled in, and at `/_sandbox/ui` are the calls that it receives, live and without their secrets.
//!
//! # Differences
//!
//! Where it differs from the service, or the service's documentation leaves open what happens:
//!
//! - Pass codes live for five minutes, texted ones too, and are sent as often as asked for.
//! - After a sign-in that asked for a second factor, checking the right code under its `mfaToken` lets the user's
//!   next sign-in through. Only an authenticator app is asked for, not a phone number or an e-mail address.
//! - Encrypted passwords, directories and scopes' effect on the profile are missing.
//! - The application has no list of addresses: whatever a real one could have is taken, which is `https`, `http` on
//!   loopback, and an app's own scheme with a dot in it. Its id and secret may come in the header, in the form, or, with
//!   PKCE, the id alone; they are the only access key for `client_credentials` as well.
//! - PKCE is by `S256` only. ID tokens are signed by `RS256` only, with one key for all sandboxes of a process.
//! - Codes live for a minute, access and ID tokens for two hours, refresh tokens for 30 days. A code or refresh token
//!   that comes a second time ends all that came of the same login.
//! - The login page asks for no second factor, and nor does the grant `password`. Scopes are granted as asked for,
//!   except `offline_access`, which OpenID Connect gives with the prompt `consent` only.
//! - CAS 2.0 is answered in JSON only. Of SAML there is a page that says that it is not played.
//! - Events go as they were published to whoever subscribes to their code (feature `events`). Who does not keep up is
//!   cut off after 1,024 events.
//! - An operation that answers with its example changes nothing, and the tokens in examples are no good.
//! - Any application id does; a `Basic` header, or `client_id` and `client_secret`, have to be the sandbox's own.
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
//! assert_eq!(used.api_code(), Some(genauth::ApiCode(40029)));
//! # Ok(())
//! # }
//! ```

mod admin;
mod application;
mod auth;
mod clock;
mod error;
#[cfg(feature = "events")]
mod event_hub;
mod factors;
mod fault;
mod form;
mod handle;
mod handlers;
mod html;
mod idp;
mod mfa_tokens;
mod pass_codes;
mod phone_codes;
mod recipient;
mod recorder;
mod redaction;
mod request_log;
mod response;
mod router;
mod sessions;
mod sha256;
mod spec;
mod state;
mod totp;
#[cfg(feature = "explorer")]
mod ui;
mod users;
mod validation;
#[cfg(feature = "events")]
mod websocket;

use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::sync::MutexGuard;
use std::time::Duration;

use axum::http::header::{COOKIE, LOCATION};
use axum::middleware::from_fn_with_state;
use reqwest::Url;
use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::operations::Operation;
use crate::{AuthenticationClient, ClientBuilder, Result};
pub use fault::Fault;
pub use request_log::ReceivedRequest;

use application::{APP_ID, APP_SECRET};
use handle::Running;
use idp::login;
use state::State;

/// A running look-alike of the service; dropping it stops it.
pub struct Sandbox {
    address: SocketAddr,
    running: Running,
    _stop: watch::Sender<()>,
}

impl Sandbox {
    /// Starts one on a free port of 127.0.0.1.
    ///
    /// # Errors
    ///
    /// When no port can be had.
    ///
    /// # Panics
    ///
    /// Outside of a tokio runtime.
    pub async fn start() -> io::Result<Self> {
        Self::start_on(0).await
    }

    /// Starts one on this port of 127.0.0.1; 0 stands for a free one.
    ///
    /// # Errors
    ///
    /// When the port cannot be had.
    ///
    /// # Panics
    ///
    /// Outside of a tokio runtime.
    pub async fn start_on(port: u16) -> io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", port)).await?;
        let address = listener.local_addr()?;
        let (running, stop) = Running::new(State::new(format!("http://{address}"))?);
        let router = router::router(running.clone())?
            .layer(from_fn_with_state(running.clone(), recorder::receive))
            .merge(admin::router(&running)?)
            .merge(login::router(running.clone()));
        #[cfg(feature = "explorer")]
        let router = router.merge(ui::router());
        let server = axum::serve(listener, router).with_graceful_shutdown(running.clone().stopped());
        tokio::spawn(server.into_future());
        Ok(Self { address, running, _stop: stop })
    }

    /// Its address, as an application's host.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The id of its application.
    pub fn app_id(&self) -> &'static str {
        APP_ID
    }

    /// The secret of its application.
    pub fn app_secret(&self) -> &'static str {
        APP_SECRET
    }

    /// A builder with the sandbox's host and application filled in.
    pub fn client_builder(&self) -> ClientBuilder {
        let builder = AuthenticationClient::builder().app_id(APP_ID).app_secret(APP_SECRET).app_host(self.url());
        #[cfg(feature = "events")]
        let builder = builder.events_host(self.events_url());
        builder
    }

    /// A client of the sandbox.
    ///
    /// # Errors
    ///
    /// When the HTTP client cannot be set up.
    pub fn client(&self) -> Result<AuthenticationClient> {
        self.client_builder().build()
    }

    /// A code such as WeChat's phone button hands out, for `number`, which begins with `+` and its country code
    /// or is a mainland Chinese one. It works once, within five minutes.
    pub fn issue_phone_code(&self, number: &str) -> String {
        self.state().issue_phone_code(number)
    }

    /// An access token of a user who is there from the start, for whoever needs a signed-in user and not the
    /// story of signing up and in. Every token is a session of its own; it lives for two hours.
    pub fn issue_access_token(&self) -> String {
        self.state().issue_access_token()
    }

    /// Opens an address that logs in, such as `build_authorize_url` and `build_cas_login_url` make, as a browser does
    /// in which the user who is there from the start is logged in and agrees to everything. Returns the address of
    /// the application that it is sent back to, with the code, the ticket or the error in it.
    ///
    /// ```
    /// # #[tokio::main]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let sandbox = genauth::sandbox::Sandbox::start().await?;
    /// # let client = sandbox.client()?;
    /// let address = client.build_authorize_url("https://shop.example/callback", "openid profile").to_url()?;
    /// let landed = sandbox.authorize(&address).await?;
    /// let (_, code) = landed.query_pairs().find(|(name, _)| name == "code").ok_or("no code")?;
    /// let tokens = client.get_access_token_by_code(code, "https://shop.example/callback").await?;
    /// assert!(tokens.id_token.is_some());
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// When the sandbox sends the browser nowhere, or cannot be reached.
    pub async fn authorize(&self, address: &Url) -> io::Result<Url> {
        let cookie = {
            let mut state = self.state();
            let user_id = state.ready_made_user();
            let (cookie, _) = state.log_browser_in(&user_id, true);
            format!("{}={cookie}", state.provider.cookie_name())
        };
        let browser = reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none());
        let browser = browser.build().map_err(io::Error::other)?;
        let request = browser.get(address.clone()).header(COOKIE, cookie);
        let answer = request.send().await.map_err(|error| io::Error::other(error.without_url()))?;
        let landing = answer.headers().get(LOCATION).and_then(|landing| Url::parse(landing.to_str().ok()?).ok());
        landing.ok_or_else(|| {
            let status = answer.status();
            io::Error::other(format!("the sandbox shows a page there (HTTP {status}); open it in a browser to read it"))
        })
    }

    /// The pass code that was sent last to a phone number or an e-mail address: what its owner would read.
    ///
    /// A number without country code is a mainland Chinese one.
    pub fn last_pass_code(&self, to: &str) -> Option<String> {
        self.state().pass_code(to)
    }

    /// What an authenticator app with this secret shows now, by the sandbox's clock; `None` if it is no secret.
    ///
    /// The secret is in Base32, or still inside the `otpauth:` address that enrolling returned.
    pub fn totp_code(&self, secret: &str) -> Option<String> {
        self.state().totp_code(secret)
    }

    /// Its address, as the host that events come from.
    #[cfg(feature = "events")]
    #[cfg_attr(docsrs, doc(cfg(feature = "events")))]
    pub fn events_url(&self) -> String {
        format!("ws://{}", self.address)
    }

    /// Sends a message, which the service would send as JSON, to all that subscribe to this event's code.
    #[cfg(feature = "events")]
    #[cfg_attr(docsrs, doc(cfg(feature = "events")))]
    pub fn publish_event(&self, code: &str, message: &str) {
        self.state().lines.publish(code, message);
    }

    /// How many subscribe to this event's code at the moment.
    #[cfg(feature = "events")]
    #[cfg_attr(docsrs, doc(cfg(feature = "events")))]
    pub fn subscriber_count(&self, code: &str) -> usize {
        self.state().lines.subscriber_count(code)
    }

    /// Cuts all lines over which events go, without a word. Subscribers may come back.
    #[cfg(feature = "events")]
    #[cfg_attr(docsrs, doc(cfg(feature = "events")))]
    pub fn drop_event_connections(&self) {
        self.state().lines.cut();
    }

    /// Lets all lines over which events go fall silent: they stay open, and nothing comes over them any more, nor
    /// is any ping answered. New ones work.
    #[cfg(feature = "events")]
    #[cfg_attr(docsrs, doc(cfg(feature = "events")))]
    pub fn stall_event_connections(&self) {
        self.state().lines.stall();
    }

    /// Refuses the next request for a line with this HTTP status; called again, the one after it too.
    #[cfg(feature = "events")]
    #[cfg_attr(docsrs, doc(cfg(feature = "events")))]
    pub fn reject_next_subscription(&self, status: reqwest::StatusCode) {
        self.state().lines.refusals.push_back(status);
    }

    /// Lets the sandbox's clock jump ahead.
    pub fn advance_clock(&self, time: Duration) {
        self.state().clock.advance(time);
    }

    /// Orders something to go wrong with the next so many calls. Orders are carried out in their order.
    pub fn inject_fault(&self, fault: Fault, calls: usize) {
        self.state().faults.order(fault, calls, None);
    }

    /// Orders something to go wrong with the next so many calls of one operation, such as
    /// `inject_fault_for::<GetProfile>(Fault::ConnectionReset, 1)`; see [`operations`](crate::operations).
    pub fn inject_fault_for<O: Operation>(&self, fault: Fault, calls: usize) {
        self.state().faults.order(fault, calls, Some(O::ID));
    }

    /// Takes back all orders.
    pub fn clear_faults(&self) {
        self.state().faults.clear();
    }

    /// The calls that it has received, the newest first; the last 1,000.
    pub fn received_requests(&self) -> Vec<ReceivedRequest> {
        self.state().calls.iter().rev().cloned().collect()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.running.state()
    }
}

/// Shows where it is, and nothing of what it holds: passwords and codes may be among it.
impl fmt::Debug for Sandbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sandbox").field("address", &self.address).finish_non_exhaustive()
    }
}
