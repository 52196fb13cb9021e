//! Authenticates requests of the management API by the access key: its token, or a signature.

use std::time::{Duration, UNIX_EPOCH};

use aws_lc_rs::constant_time::verify_slices_are_equal;
use axum::body::Bytes;
use axum::http::HeaderMap;
use axum::http::header::{AUTHORIZATION, DATE};
use axum::http::request::Parts;

use crate::management::signature::{signature, string_to_sign};
use crate::sandbox::handlers::error::ApiError;
use crate::sandbox::store::application::{ACCESS_KEY_ID, ACCESS_KEY_SECRET};
use crate::sandbox::store::state::State;
use crate::spec::{OperationSpec, SecurityScheme};
use crate::{Brand, Secret};

/// How far the date of a signature may be from the clock.
const MAX_SKEW: Duration = Duration::from_secs(5 * 60);

/// Checks the token or the signature, if the operation requires one.
pub fn authenticate(spec: &OperationSpec, head: &Parts, body: &Bytes, state: &mut State) -> Result<(), ApiError> {
    if !spec.security.contains(&SecurityScheme::ManagementToken) {
        return Ok(());
    }
    match credential(&head.headers) {
        (None, token) if state.management_tokens.is_valid(token, state.now()) => Ok(()),
        (None, "") => Err(ApiError::unauthenticated("the access token is missing")),
        (None, _) => Err(ApiError::unauthenticated("the access token is not valid")),
        (Some(given), _) => check_signature(given, head, body, state),
    }
}

/// Checks the signature of a WebSocket's handshake.
#[cfg(feature = "events")]
pub fn authenticate_handshake(headers: &HeaderMap) -> Result<(), ApiError> {
    match credential(headers) {
        (Some(given), _) if is_signature(given, "websocket\n") => Ok(()),
        _ => Err(wrong_signature()),
    }
}

/// The signature and key ID in the `Authorization` header, or else the token there, which most SDKs send after `Bearer`,
/// and one alone.
fn credential(headers: &HeaderMap) -> (Option<&str>, &str) {
    let value = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
    match value.split_once(' ') {
        Some((scheme, given)) if ["authing", "genauth"].iter().any(|it| scheme.eq_ignore_ascii_case(it)) => {
            (Some(given), "")
        }
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => (None, token),
        _ => (None, value),
    }
}

fn check_signature(given: &str, head: &Parts, body: &Bytes, state: &mut State) -> Result<(), ApiError> {
    let headers = &head.headers;
    let brand = if headers.contains_key("x-authing-signature-nonce") { Brand::Authing } else { Brand::GenAuth };
    let text = string_to_sign(&head.method, headers, brand, head.uri.path(), head.uri.query(), body);
    // The Node SDK adds a `?` for parameters that are all unset.
    if !is_signature(given, &text) && !is_signature(given, &format!("{text}?")) {
        return Err(wrong_signature());
    }
    let date = headers.get(DATE).and_then(|date| httpdate::parse_http_date(date.to_str().ok()?).ok());
    let date = date.ok_or_else(|| ApiError::new(401, "the header `date` is missing").with_api_code(1304))?;
    let date = date.duration_since(UNIX_EPOCH).unwrap_or_default();
    if date.abs_diff(state.now()) > MAX_SKEW {
        return Err(ApiError::new(401, "the date of the signature is too far from the clock").with_api_code(1305));
    }
    let now = state.now();
    if !state.management_tokens.use_nonce(given, now) {
        return Err(ApiError::new(401, "the signature was used before").with_api_code(1306));
    }
    Ok(())
}

/// Whether `KEY_ID:SIGNATURE` is that of a text.
fn is_signature(given: &str, text: &str) -> bool {
    let expected = signature(&Secret::from(ACCESS_KEY_SECRET), text);
    given.split_once(':').is_some_and(|(id, given)| {
        id == ACCESS_KEY_ID && verify_slices_are_equal(given.as_bytes(), expected.as_bytes()).is_ok()
    })
}

fn wrong_signature() -> ApiError {
    ApiError::new(401, "the signature is wrong").with_api_code(1300)
}
