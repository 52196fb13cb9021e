//! The clients: how a call becomes a request, and its response data.

pub(crate) mod auth;
mod authentication;
#[cfg(feature = "management")]
pub(crate) mod authenticator;
mod brand;
mod builder;
mod call;
pub(crate) mod core;
mod envelope;
pub(crate) mod environment;
pub(crate) mod headers;
mod http;
pub(crate) mod operation;
pub(crate) mod pagination;
pub(crate) mod request;
pub(crate) mod response;
mod response_head;
mod retry;
pub(crate) mod shared_settings;
pub(crate) mod telemetry;
pub(crate) mod url;

pub use self::url::{UrlBuilder, UrlOperation};
pub use auth::ClientAuthMethod;
pub use authentication::AuthenticationClient;
pub use brand::Brand;
pub use builder::ClientBuilder;
pub use call::Call;
pub use envelope::Envelope;
pub use operation::Operation;
pub use pagination::{ItemStream, Paginated};
pub use retry::RetryPolicy;
#[cfg(feature = "events")]
pub(crate) use shared_settings::parse_events_host;
