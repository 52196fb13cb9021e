//! What a call tells `tracing`: a span, named as OpenTelemetry names an HTTP client's, and nothing secret.

use std::time::Duration;

use reqwest::StatusCode;
use tracing::Span;
use tracing::field::Empty;
use url::Url;

use crate::client::operation::Operation;
use crate::{Envelope, Error, Result};

/// The span of one call, all its attempts together. It has the path's template: a path itself may name a user.
pub fn span<O: Operation>(host: &Url) -> Span {
    tracing::info_span!(
        "genauth.call",
        otel.name = O::ID,
        otel.kind = "client",
        genauth.operation = O::ID,
        http.request.method = O::ENDPOINT.method,
        url.template = O::ENDPOINT.path,
        server.address = host.host_str(),
        server.port = host.port_or_known_default(),
        http.request.resend_count = Empty,
        http.response.status_code = Empty,
        http.client.request.duration = Empty,
        "error.type" = Empty,
        genauth.api_code = Empty,
        genauth.request_id = Empty,
    )
}

/// Notes an answer's status; that of the last attempt stays.
pub fn answered(span: &Span, status: StatusCode) {
    span.record("http.response.status_code", status.as_u16());
}

/// Notes that the call is about to be sent again, the `resends`th time.
pub fn again(span: &Span, resends: usize, pause: Duration, error: &Error) {
    span.record("http.request.resend_count", resends);
    tracing::debug!(parent: span, resends, ?pause, "error.type" = kind(error), "sent again after a pause");
}

/// Notes how the call ended.
pub fn ended<T>(span: &Span, time: Duration, outcome: &Result<Envelope<T>>) {
    span.record("http.client.request.duration", time.as_secs_f64());
    let (api_code, request_id) = match outcome {
        Ok(envelope) => (envelope.api_code, envelope.request_id.as_deref()),
        Err(error) => {
            span.record("error.type", kind(error));
            (error.api_code(), error.request_id())
        }
    };
    span.record("genauth.api_code", api_code.map(|code| code.0));
    span.record("genauth.request_id", request_id);
}

/// Notes that a line over which events come stands.
#[cfg(feature = "events")]
pub fn connected(operation: &str, url: Option<&Url>) {
    tracing::debug!(
        genauth.operation = operation,
        server.address = url.and_then(Url::host_str),
        server.port = url.and_then(Url::port_or_known_default),
        "connected",
    );
}

/// Notes that there is no line, and none before the pause is over.
#[cfg(feature = "events")]
pub fn lost(operation: &str, url: Option<&Url>, pause: Duration, error: &Error) {
    tracing::warn!(
        genauth.operation = operation,
        server.address = url.and_then(Url::host_str),
        server.port = url.and_then(Url::port_or_known_default),
        ?pause,
        "error.type" = kind(error),
        "no line",
    );
}

fn kind(error: &Error) -> &'static str {
    match error {
        Error::Api(_) => "api",
        Error::OAuth(_) => "oauth",
        Error::UnexpectedResponse(_) => "unexpected_response",
        Error::Decode(_) => "decode",
        Error::ResponseTooLarge { .. } => "response_too_large",
        Error::Transport(error) if error.is_timeout() => "timeout",
        Error::Transport(error) if error.is_connect() => "connect",
        Error::Transport(_) => "transport",
        Error::Config(_) => "config",
        #[cfg(feature = "oidc")]
        Error::Token(_) => "token",
        #[cfg(feature = "oidc")]
        Error::Callback(_) => "callback",
        #[cfg(feature = "events")]
        Error::EventStream(_) => "event_stream",
    }
}
