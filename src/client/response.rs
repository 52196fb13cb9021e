//! Reading a response, and decoding it into data or an error.

use std::borrow::Cow;

use bytes::Bytes;
use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderName};
use reqwest::{Response, StatusCode};
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::Value;
use serde_json::value::RawValue;

use crate::client::operation::{Operation, ResponseShape, UpstreamResponse};
use crate::client::request::invalid_request;
use crate::client::response_head::{self, EnvelopeStatus, Integer, ResponseHead, Text, UpstreamHead};
use crate::client::retry::retry_after;
use crate::error::{ApiError, DecodeError, TransportError, UnexpectedResponse, is_transient_status};
use crate::types::lenient;
use crate::{ApiCode, ApiStatus, Envelope, Error, OAuthError, OAuthErrorCode, Result};

static REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// A response before decoding.
pub struct RawResponse {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Bytes,
}

/// Awaits the response to a request, and reads its body up to `limit` bytes.
pub async fn read_response(sent: impl Future<Output = reqwest::Result<Response>>, limit: usize) -> Result<RawResponse> {
    let mut response = sent.await.map_err(|error| match error.is_builder() {
        true => invalid_request(&error),
        false => TransportError::new(error, None).into(),
    })?;
    let status = response.status();
    let (mut body, mut rest) = (Bytes::new(), Vec::new());
    while let Some(chunk) = response.chunk().await.map_err(|error| TransportError::new(error, Some(status)))? {
        if body.len() + rest.len() + chunk.len() > limit {
            return Err(Error::ResponseTooLarge { status, limit });
        }
        // Most bodies are one chunk, which is not copied.
        if body.is_empty() { body = chunk } else { rest.extend_from_slice(&chunk) }
    }
    if !rest.is_empty() {
        body = [&body[..], &rest].concat().into();
    }
    Ok(RawResponse { status, headers: std::mem::take(response.headers_mut()), body })
}

/// Decodes the response to an operation: first decides whether the call succeeded, then reads the data.
pub fn decode<O: Operation>(response: &RawResponse) -> Result<Envelope<O::Data>> {
    let context = ResponseContext(response);
    let text = context.text()?;
    let mut head = ResponseHead::read(text);
    if let (ResponseShape::BareWithCode, Ok(head)) = (O::RESPONSE, &mut head) {
        head.ignore_code_of_data();
    }
    let status = head.as_ref().map_or(EnvelopeStatus::Missing, ResponseHead::envelope_status);
    if let Ok(head) = &mut head {
        context.check_rejection(head, status, O::RESPONSE.is_enveloped())?;
    }
    if !response.status.is_success() {
        return Err(context.unexpected("the HTTP status is not a success"));
    }
    let has_envelope = status != EnvelopeStatus::Missing;
    match (O::RESPONSE, head) {
        (ResponseShape::Text, _) if text.trim_start().starts_with('<') => {
            Err(context.unexpected("the body is not plain text"))
        }
        (ResponseShape::Text, _) => context.plain_text(text),
        (ResponseShape::Empty, _) => context.no_data(text),
        // Some deployments wrap responses that are documented without an envelope.
        (ResponseShape::Bare | ResponseShape::BareWithCode, Ok(head)) if has_envelope && head.data().is_some() => {
            context.enveloped::<O>(text, head)
        }
        (ResponseShape::Bare | ResponseShape::BareWithCode, head) => {
            let envelope = context.unenveloped(text)?;
            // An empty object says nothing, even where the data may be anything.
            let is_empty = head.is_ok_and(|head| head.is_empty());
            if is_empty { Err(context.unexpected("the body is an empty object")) } else { Ok(envelope) }
        }
        (_, Ok(head)) if has_envelope => context.enveloped::<O>(text, head),
        (_, Err(error)) if !error.is_data() => Err(context.not_json()),
        _ => Err(context.unexpected("the body is not the API's envelope")),
    }
}

/// The error of a response to a WebSocket handshake that does not switch protocols.
#[cfg(feature = "events")]
pub fn handshake_error(response: &RawResponse) -> Error {
    let context = ResponseContext(response);
    let rejection = context.text().and_then(|text| match ResponseHead::read(text) {
        Ok(mut head) => {
            let status = head.envelope_status();
            context.check_rejection(&mut head, status, true)
        }
        Err(_) => Ok(()),
    });
    rejection.err().unwrap_or_else(|| context.unexpected("the server did not switch to WebSocket"))
}

/// Decodes parts of one response, and builds errors about it.
struct ResponseContext<'a>(&'a RawResponse);

impl<'a> ResponseContext<'a> {
    /// The body without a byte order mark.
    fn text(&self) -> Result<&'a str> {
        let text = std::str::from_utf8(&self.0.body).map_err(|_| self.unexpected("the body is not UTF-8"))?;
        Ok(text.strip_prefix('\u{feff}').unwrap_or(text))
    }

    /// Fails if the head is that of a rejection, in any form in which servers reject.
    fn check_rejection(&self, head: &mut ResponseHead, status: EnvelopeStatus, is_enveloped: bool) -> Result<()> {
        match status {
            EnvelopeStatus::Malformed => return Err(self.unexpected("`statusCode` is not an integer")),
            EnvelopeStatus::Code(200) => {}
            EnvelopeStatus::Code(status) => return Err(self.api_error(head, status)),
            // A gateway's error, since the operation reports its own in the envelope.
            EnvelopeStatus::Missing if is_enveloped => return Ok(()),
            EnvelopeStatus::Missing => {}
        }
        match head.error() {
            None => Ok(()),
            Some(error) if is_enveloped || error.is_empty() => Err(self.unexpected("the body has a member `error`")),
            Some(error) => Err(self.oauth_error(head, &error)),
        }
    }

    fn enveloped<'t, O: Operation>(&self, text: &'t str, mut head: ResponseHead<'t>) -> Result<Envelope<O::Data>> {
        let data = JsonFragment { json: head.data().map_or(O::DEFAULT_DATA, RawValue::get), path: "data".into() };
        let data = match &O::RESPONSE {
            ResponseShape::NoData => JsonFragment { json: "null", ..data },
            ResponseShape::UpstreamResponse(upstream) => self.upstream_response(text, &mut head, data, upstream)?,
            _ => data,
        };
        let request_id = head.request_id().or_else(|| self.request_id());
        Ok(Envelope {
            api_status: ApiStatus::OK,
            message: head.message(),
            api_code: head.api_code().filter(|code| *code != ApiStatus::OK.0).map(ApiCode),
            data: self.decode_fragment(data, request_id.as_deref())?,
            #[cfg(feature = "oidc")]
            max_age: None,
            request_id,
        })
    }

    fn unenveloped<T: DeserializeOwned>(&self, json: &str) -> Result<Envelope<T>> {
        let request_id = self.request_id();
        Ok(Envelope {
            api_status: ApiStatus(self.0.status.as_u16().into()),
            message: String::new(),
            api_code: None,
            data: self.decode_fragment(JsonFragment { json, path: "".into() }, request_id.as_deref())?,
            #[cfg(feature = "oidc")]
            max_age: self.max_age(),
            request_id,
        })
    }

    fn plain_text<T: DeserializeOwned>(&self, text: &str) -> Result<Envelope<T>> {
        let json = serde_json::to_string(text).map_err(|_| self.unexpected("the body is not text"))?;
        self.unenveloped(&json)
    }

    /// Accepts a body that says nothing, but no page of a proxy.
    fn no_data<T: DeserializeOwned>(&self, text: &str) -> Result<Envelope<T>> {
        if !text.trim().is_empty() && serde_json::from_str::<IgnoredAny>(text).is_err() {
            return Err(self.not_json());
        }
        self.unenveloped("null")
    }

    /// Finds the data in an upstream service's response, which is in `data` or next to it: in a member of its own, or
    /// there directly. An upstream error becomes the call's error, whatever stands beside it.
    fn upstream_response<'t>(
        &self,
        text: &'t str,
        head: &mut ResponseHead<'t>,
        data: JsonFragment<'t>,
        upstream: &UpstreamResponse,
    ) -> Result<JsonFragment<'t>> {
        let mut payload = None;
        let next_to_data = head.has_others.then_some((text, ""));
        for (holder, prefix) in head.data().map(|data| (data.get(), "data.")).into_iter().chain(next_to_data) {
            // Most responses have neither, and searching is cheaper than parsing.
            if !holder.contains(upstream.payload) && !holder.contains(upstream.code) {
                continue;
            }
            let Ok(found) = UpstreamHead::read(holder, upstream) else { continue };
            match found.code {
                Some(Integer::Malformed) => return Err(self.unexpected("the upstream code is not an integer")),
                Some(Integer::Number(code)) if code != upstream.success => {
                    return Err(self.upstream_error(head, code, found.message, upstream));
                }
                _ => {}
            }
            payload = payload.or(found.payload().map(|payload| (payload, prefix)));
        }
        Ok(match payload {
            Some((payload, prefix)) => {
                JsonFragment { json: payload.get(), path: format!("{prefix}{}", upstream.payload).into() }
            }
            None => data,
        })
    }

    fn upstream_error(
        &self,
        head: &mut ResponseHead,
        code: i64,
        message: Option<Text>,
        upstream: &UpstreamResponse,
    ) -> Error {
        ApiError {
            api_status: ApiStatus::OK,
            status: self.0.status,
            api_code: Some(ApiCode(code)),
            message: message.and_then(|Text(message)| message).unwrap_or_default(),
            request_id: head.request_id().or_else(|| self.request_id()),
            data: head.data().and_then(response_head::read),
            retry_after: retry_after(&self.0.headers),
            throttled: upstream.throttled.contains(&code),
            transient: upstream.transient.contains(&code),
        }
        .into()
    }

    fn api_error(&self, head: &mut ResponseHead, api_status: i64) -> Error {
        let status = self.0.status;
        ApiError {
            api_status: ApiStatus(api_status),
            status,
            api_code: head.api_code().map(ApiCode),
            message: head.message(),
            request_id: head.request_id().or_else(|| self.request_id()),
            data: head.data().and_then(response_head::read),
            retry_after: retry_after(&self.0.headers),
            throttled: api_status == 429 || status == StatusCode::TOO_MANY_REQUESTS,
            transient: is_transient_status(api_status) || is_transient_status(status.as_u16().into()),
        }
        .into()
    }

    fn oauth_error(&self, head: &mut ResponseHead, error: &str) -> Error {
        OAuthError {
            error: OAuthErrorCode::from(error),
            description: head.error_description(),
            status: Some(self.0.status),
            request_id: self.request_id(),
            retry_after: retry_after(&self.0.headers),
        }
        .into()
    }

    fn not_json(&self) -> Error {
        self.unexpected(if self.0.body.is_empty() { "the body is empty" } else { "the body is not JSON" })
    }

    fn unexpected(&self, reason: &'static str) -> Error {
        UnexpectedResponse {
            status: self.0.status,
            request_id: self.request_id(),
            reason,
            retry_after: retry_after(&self.0.headers),
            content_type: self.header(&CONTENT_TYPE),
            body: self.0.body.clone(),
        }
        .into()
    }

    fn decode_fragment<T: DeserializeOwned>(&self, fragment: JsonFragment, request_id: Option<&str>) -> Result<T> {
        // Reading leniently is slower, so it is done only where something is odd.
        if let Ok(data) = serde_json::from_str(fragment.json) {
            return Ok(data);
        }
        let value = serde_json::from_str::<Value>(fragment.json).map_err(|_| self.not_json())?;
        lenient::read(&value).map_err(|mismatch| {
            let mismatch = mismatch.inside(&fragment.path);
            DecodeError {
                status: self.0.status,
                request_id: request_id.map(ToOwned::to_owned),
                path: mismatch.path,
                reason: mismatch.reason,
                body: self.0.body.clone(),
            }
            .into()
        })
    }

    /// `max-age` of `Cache-Control` (RFC 9111).
    #[cfg(feature = "oidc")]
    fn max_age(&self) -> Option<std::time::Duration> {
        let header = self.header(&reqwest::header::CACHE_CONTROL)?.to_ascii_lowercase();
        let seconds = header.split(',').find_map(|directive| directive.trim().strip_prefix("max-age="))?;
        seconds.trim_matches('"').parse().ok().map(std::time::Duration::from_secs)
    }

    fn request_id(&self) -> Option<String> {
        self.header(&REQUEST_ID)
    }

    fn header(&self, name: &HeaderName) -> Option<String> {
        Some(self.0.headers.get(name)?.to_str().ok()?.to_owned())
    }
}

/// A part of the body, and its path there.
struct JsonFragment<'a> {
    json: &'a str,
    path: Cow<'static, str>,
}
