//! The SDK for the GenAuth identity service, which also runs as Authing.
//!
//! Every operation of the authentication API is a typed method of [`AuthenticationClient`]. All of them are generated
//! from the OpenAPI description under `openapi/`, and so are their types, their documentation and the sandbox.
//!
//! ```no_run
//! use genauth::AuthenticationClient;
//!
//! # async fn example() -> genauth::Result<()> {
//! let client = AuthenticationClient::builder()
//!     .app_id("64f1c0ffee5d2a0012ab34cd")
//!     .app_host("https://example.genauth.ai")
//!     .build()?;
//!
//! // The code comes from the phone button of a WeChat mini program.
//! let phone = client.get_wechat_miniprogram_phone("0a1bC2Ga1xq", "my-wxapp").await?;
//! println!("{}", phone.phone_number);
//!
//! // What a signed-in user does takes that user's access token, on a handle of its own.
//! let tokens = client.sign_in_by_email_password("lin@example.com", "correct horse").await?;
//! if let Some(token) = tokens.access_token {
//!     let user = client.with_access_token(token);
//!     println!("{:?}", user.get_profile().with_custom_data(true).await?.nickname);
//! }
//! # Ok(())
//! # }
//! ```
//!
//! Three types matter:
//!
//! - [`AuthenticationClient`]: an application at its host, and for whom it calls. Cheap to clone; handles for single
//!   users come from [`with_access_token`](AuthenticationClient::with_access_token).
//! - [`Call`]: what every method returns. Set what is optional, then `.await` it for the data, or await
//!   [`envelope`](Call::envelope) for the whole answer, or walk [`items`](Call::items) where there are pages.
//! - [`Error`]: what went wrong, whose fault it is, and what to do.
//!
//! What is sent has a constructor for what is required and a setter for each of the rest; what comes back survives
//! properties and values that this release does not know. See [`types`].
//!
//! # Errors
//!
//! ```no_run
//! # async fn example(client: genauth::AuthenticationClient) {
//! use genauth::{ApiCode, Error};
//!
//! match client.sign_in_by_account_password("lin", "correct horse").await {
//!     Ok(tokens) => println!("signed in: {tokens:?}"),
//!     Err(e) if e.api_code() == Some(ApiCode::WRONG_CREDENTIALS) => println!("try again"),
//!     Err(error) if error.is_throttled() => println!("wait a minute"),
//!     Err(Error::Transport(error)) => println!("no answer: {error}"),
//!     Err(error) => println!("{error}; quote {:?} to support", error.request_id()),
//! }
//! # }
//! ```
//!
//! # Secrets
//!
//! Passwords, codes and tokens are [`Secret`]s: no `Debug` shows them, and their memory is wiped. [`PhoneNumber`]s are
//! masked in `Debug`. No error shows the body of an answer; it is kept aside for who asks for it. TLS is verified,
//! redirects are not followed, and a plain `http://` host is refused unless it is this machine.
//!
//! # What it promises
//!
//! For review, line by line; each line with the test that holds it, by its path under `tests/`.
//!
//! It does no harm:
//!
//! - Once a byte of a call that is not a read may have left, the call is not sent again: no one-time code arrives
//!   twice, whatever the network does. `promises/one_time_codes.rs`, 10,000 calls.
//! - A call is sent again if no connection came about, or if it is a read (a `GET`, or marked `x-genauth-idempotent`
//!   in the description) and the failure may pass; with growing pauses and chance, after `Retry-After`, at most
//!   [`RetryPolicy`] times and within the call's timeout. `promises/retries.rs`
//! - A call can be dropped at any point; the client stays usable, and no connection or task is left behind.
//!   `promises/one_time_codes.rs`
//!
//! It leaks nothing:
//!
//! - No `Debug`, `Display`, error, cause of an error, log line or `tracing` event, down to the trace level and those of
//!   the HTTP stack included, shows a secret, a token, a one-time code or a whole phone number. `promises/leaks.rs`:
//!   every operation, every kind of failure. What the server says in `message` is shown as it is, and so are request
//!   ids; bodies and the `data` of a refusal are kept aside for who asks. [`FreeForm`] data is not shown.
//! - The command prints secrets on standard output alone; its trace, `-v`, has none. `cli/operations.rs`, every operation
//! - What `genauth login` keeps is in a file that its owner alone can read, and goes to the application and host that it
//!   came from, no other; `genauth logout` deletes it and has it revoked. `cli/login.rs`
//! - [`Secret`]s, tokens and headers are wiped from memory when their holder is dropped. `wiping.rs`. The copies
//!   that the HTTP and TLS stacks make to send and receive are theirs, and are not wiped; so is a body.
//! - The access token in the address of a line over which events come is shown nowhere, whatever befalls the line.
//!   `events/leaks.rs`. What an event holds is kept for who asks; but the WebSocket library logs it at the trace level
//!   of its own target, `tungstenite`, and why a server closes a line at the debug level: keep those off.
//! - Requests go to the configured host alone: no redirect is followed. `wire/answers.rs`, `promises/leaks.rs`. The
//!   token that opens a line for events goes to the events' host, which is the public one only for applications that
//!   are there too. `events/hosts.rs`
//! - `http://` is refused but for loopback or on request, and so is a host with a password in it. `wire/setup.rs`
//! - TLS is 1.2 or later and verified: self-signed, unknown, wrongly named, expired and future certificates are
//!   refused before anything is sent, with an error that says why. Private authorities and client certificates work.
//!   `promises/tls.rs`, for either TLS feature
//!
//! It believes no token that it has not checked (feature `oidc`):
//!
//! - A callback that does not answer this session's request is refused before its code is sent: no state, another one,
//!   or anything twice. A code is exchanged once. `oidc/callbacks.rs`
//! - A token is refused, and the error says why, if its signature is not of the provider's key, its algorithm none of
//!   those that the client chose, its issuer, audience or nonce another, its time over or not come.
//!   `oidc/id_tokens.rs`, `oidc/access_tokens.rs`
//! - Keys are fetched once for all who wait, and a made-up key id makes no more than one request a minute.
//!   `oidc/keys.rs`
//! - A refresh token is sent once however many callers wait, its successor kept, and not sent again once it was refused.
//!   `oidc/token_handles.rs`
//! - Whatever goes into an address comes out of it unchanged, and leads to the same host and path. `oidc/addresses.rs`
//! - All of it works with a certified provider that others wrote. `peers/oidc_provider.rs`
//!
//! It neither hangs nor swells:
//!
//! - A call ends within its timeout, all attempts together; a connection has a timeout of its own. A server that sends
//!   in drops, or interim answers without end, changes nothing about that. `promises/limits.rs`, `retries.rs`
//! - An answer is read up to 10 MiB or the limit that you set, whatever its headers say; headers up to some 400 KiB;
//!   compressed answers are not asked for. JSON that is nested without end is an error. `promises/limits.rs`
//! - 200,000 calls on one client leave its memory what it was after the first 10,000, up to 5 %. `soak.rs`
//! - Answers, values and descriptions of any kind make nothing panic. `fuzz/`
//! - There is no unsafe code in the crate, and licences and sources of what it depends on are checked. `deny.toml`
//!
//! It loses no event silently (feature `events`):
//!
//! - A line that is lost, dead or broken by what comes over it is opened again, with growing pauses and chance, and the
//!   gap is told. 100,000 events through ten cuts: `events/cuts.rs`; what else: `events/lines.rs`, `frames.rs`
//! - A stream ends, with an error, where the server refuses; a token source is asked each time that a line is opened.
//!   `events/handshakes.rs`, `tokens.rs`
//! - A slow reader slows the server down and fills no memory, and is not taken for a dead line; a message is read up to
//!   the limit for answers. `events/slow_readers.rs`, `lines.rs`, `frames.rs`
//! - Dropping the stream closes the line. `events/drops.rs`
//!
//! Three of them are yours to keep if you hand over an [`http_client`](ClientBuilder::http_client) of your own: no
//! redirects, no retries, and TLS.
//!
//! # Tracing
//!
//! Every call is a span of [`tracing`](https://docs.rs/tracing), `genauth.call`, with OpenTelemetry's names for HTTP
//! clients: `otel.name` (the operation), `http.request.method`, `url.template`, `server.address`, `server.port`,
//! `http.response.status_code`, `http.request.resend_count`, `http.client.request.duration` in seconds, `error.type`; and
//! with `genauth.operation`, `genauth.api_code` and `genauth.request_id`. `promises/spans.rs`
//!
//! A line for events that comes about is an event at the debug level, one that is lost a warning with `error.type` and
//! the `pause` before the next attempt; both with `genauth.operation`, `server.address` and `server.port`.
//!
//! # Features
//!
//! | feature | what it adds |
//! | --- | --- |
//! | `rustls` (default) | TLS by rustls, trusting the platform's certificate authorities; used where both are on |
//! | `native-tls` | TLS by the platform's own library; on Linux it needs OpenSSL's headers |
//! | `oidc` | [`oidc`]: logging in by OpenID Connect, checking and renewing tokens; needs a C compiler, as `rustls` does |
//! | `events` | `events`, what happens as a stream over a WebSocket |
//! | `sandbox` | [`sandbox`], an embedded look-alike of the service for examples and tests |
//! | `explorer` | `sandbox` with pages: an explorer of the API, and the calls that it receives |
//! | `cli` | the command `genauth`, and [`dynamic`], calling operations by their names |
//! | `schemars` | `JsonSchema` for every type |

#![deny(missing_docs)]
#![forbid(unsafe_code)]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod client;
#[cfg(feature = "dynamic")]
#[cfg_attr(docsrs, doc(cfg(feature = "dynamic")))]
pub mod dynamic;
mod error;
#[cfg(feature = "events")]
#[cfg_attr(docsrs, doc(cfg(feature = "events")))]
pub mod events;
mod generated;
#[cfg(feature = "oidc")]
#[cfg_attr(docsrs, doc(cfg(feature = "oidc")))]
pub mod oidc;
pub mod operations;
#[cfg(feature = "sandbox")]
#[cfg_attr(docsrs, doc(cfg(feature = "sandbox")))]
pub mod sandbox;
#[cfg(any(feature = "dynamic", feature = "sandbox"))]
#[cfg_attr(docsrs, doc(cfg(feature = "dynamic")))]
pub mod spec;
pub mod types;

pub use client::{
    AuthenticationClient, Brand, Call, ClientAuthMethod, ClientBuilder, Envelope, ItemStream, Paginated, RetryPolicy,
    UrlBuilder, UrlOperation,
};
pub use error::{
    ApiCode, ApiError, ApiStatus, ConfigError, DecodeError, Error, ErrorKind, OAuthError, OAuthErrorCode, Result,
    TransportError, UnexpectedResponse,
};
pub use reqwest;
pub use types::{CasValidation, DateTime, FreeForm, JsonText, PhoneNumber, Secret};

/// The OpenAPI document, in JSON, that this release was generated from.
pub const OPENAPI: &str = include_str!(concat!(env!("OUT_DIR"), "/openapi.json"));
