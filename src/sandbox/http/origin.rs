//! Keeps pages of other origins away from the sandbox.

use axum::extract::Request;
use axum::http::header::{HOST, ORIGIN};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::Next;
use axum::response::Response;
use serde_json::json;
use url::Url;

use super::response;
use crate::client::url::is_loopback;

/// Serves loopback names only, since a page can let its own name lead to loopback (DNS rebinding), and serves the paths
/// that control the sandbox to its own pages and to programs only.
pub async fn check(request: Request, next: Next) -> Response {
    let headers = request.headers();
    let host = header(headers, HOST.as_str());
    if !host.is_some_and(is_loopback_name) {
        return rejection(
            StatusCode::MISDIRECTED_REQUEST,
            "the host is not a loopback name: use the sandbox's own URL",
        );
    }
    let is_control = request.uri().path().starts_with("/_sandbox");
    if is_control && !is_of_same_origin(headers, host.unwrap_or_default()) {
        return rejection(StatusCode::FORBIDDEN, "a page of another origin must not control the sandbox");
    }
    next.run(request).await
}

fn is_loopback_name(host: &str) -> bool {
    Url::parse(&format!("http://{host}/"))
        .is_ok_and(|url| is_loopback(&url) || url.domain().is_some_and(|name| name.ends_with(".localhost")))
}

/// Whether a request comes from a page of the sandbox, or from no page.
fn is_of_same_origin(headers: &HeaderMap, host: &str) -> bool {
    let is_own = header(headers, ORIGIN.as_str()).is_none_or(|origin| origin == format!("http://{host}"));
    is_own && matches!(header(headers, "sec-fetch-site"), None | Some("same-origin" | "none"))
}

fn header<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

fn rejection(status: StatusCode, reason: &str) -> Response {
    response::json(status, &json!({ "error": reason }))
}
