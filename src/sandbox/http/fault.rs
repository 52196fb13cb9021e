//! Emulates faults.

use std::io;

use axum::body::{Body, Bytes};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE, RETRY_AFTER};
use axum::http::response::Parts;
use axum::response::{IntoResponse, Response};
use futures_util::{StreamExt, stream};
use serde_json::json;

use crate::sandbox::store::fault::Fault;

/// The response that replaces the service's, if the service does not receive the request.
pub fn response(fault: Fault) -> Option<Response> {
    Some(match fault {
        Fault::Delay(_) | Fault::TruncatedBody => return None,
        // hyper sends the head together with the first chunk of the body, so this sends nothing at all.
        Fault::ConnectionReset => Response::new(Body::from_stream(stream::once(async { connection_error() }))),
        Fault::BadGateway => gateway_page(StatusCode::BAD_GATEWAY),
        Fault::ServiceUnavailable => gateway_page(StatusCode::SERVICE_UNAVAILABLE),
        Fault::Throttled { retry_after } => {
            let seconds = retry_after.as_secs().saturating_add(u64::from(retry_after.subsec_nanos() > 0));
            let body = json!({ "statusCode": 429, "message": "too many requests" }).to_string();
            let headers = [(CONTENT_TYPE, "application/json".to_owned()), (RETRY_AFTER, seconds.to_string())];
            (StatusCode::TOO_MANY_REQUESTS, headers, body).into_response()
        }
    })
}

/// A response with half of its body, after which the connection closes.
pub fn truncate(mut head: Parts, body: Bytes) -> Response {
    head.headers.insert(CONTENT_LENGTH, body.len().into());
    let half = stream::iter([Ok(body.slice(..body.len() / 2))]);
    // Yielding lets the half be sent before the connection closes.
    let end = stream::once(async {
        tokio::task::yield_now().await;
        connection_error()
    });
    Response::from_parts(head, Body::from_stream(half.chain(end)))
}

fn connection_error() -> io::Result<Bytes> {
    Err(io::Error::other("injected fault"))
}

fn gateway_page(status: StatusCode) -> Response {
    let page = format!("<html><head><title>{status}</title></head><body><h1>{status}</h1></body></html>\n");
    (status, [(CONTENT_TYPE, "text/html")], page).into_response()
}
