//! Spans and events for `tracing`, following OpenTelemetry's conventions for HTTP clients, without secrets.

use std::time::Duration;

use reqwest::StatusCode;
use tracing::Span;
use tracing::field::Empty;
use url::Url;

use crate::client::operation::Operation;
use crate::{Envelope, Error, Result};

/// The span of one call, with all its attempts. It has the path's template: the path itself may identify a user.
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

/// Records the HTTP status of a response; that of the last attempt stays.
pub fn record_response(span: &Span, status: StatusCode) {
    span.record("http.response.status_code", status.as_u16());
}

/// Records a retry, before its delay.
pub fn record_retry(span: &Span, retries: usize, delay: Duration, error: &Error) {
    span.record("http.request.resend_count", retries);
    tracing::debug!(parent: span, retries, ?delay, "error.type" = error.kind().as_str(), "retrying");
}

/// Records the outcome of the call.
pub fn record_outcome<T>(span: &Span, duration: Duration, outcome: &Result<Envelope<T>>) {
    span.record("http.client.request.duration", duration.as_secs_f64());
    let (api_code, request_id) = match outcome {
        Ok(envelope) => (envelope.api_code, envelope.request_id.as_deref()),
        Err(error) => {
            span.record("error.type", error.kind().as_str());
            (error.api_code(), error.request_id())
        }
    };
    span.record("genauth.api_code", api_code.map(|code| code.0));
    span.record("genauth.request_id", request_id);
}

/// Records that an event stream has connected.
#[cfg(feature = "events")]
pub fn record_connect(operation: &str, url: Option<&Url>) {
    tracing::debug!(
        genauth.operation = operation,
        server.address = url.and_then(Url::host_str),
        server.port = url.and_then(Url::port_or_known_default),
        "event stream connected",
    );
}

/// Records that an event stream is disconnected, or failed to connect, and reconnects after `delay`.
#[cfg(feature = "events")]
pub fn record_disconnect(operation: &str, url: Option<&Url>, delay: Duration, error: &Error) {
    tracing::warn!(
        genauth.operation = operation,
        server.address = url.and_then(Url::host_str),
        server.port = url.and_then(Url::port_or_known_default),
        ?delay,
        "error.type" = error.kind().as_str(),
        "event stream disconnected",
    );
}
