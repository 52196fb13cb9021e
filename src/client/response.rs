//! Reading a response, and decoding it into data or an error.

use std::borrow::Cow;
use std::fmt;

use bytes::Bytes;
use reqwest::header::{CONTENT_TYPE, HeaderMap};
use reqwest::{Response, StatusCode};
use serde::de::{DeserializeOwned, Error as _, IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, Deserializer as _};
use serde_json::value::RawValue;

use crate::client::operation::{Operation, ResponseShape, UpstreamResponse};
use crate::client::request::invalid_request;
use crate::client::retry::retry_after;
use crate::error::{
    ApiError, DecodeError, OAuthErrorBody, TransportError, UnexpectedResponse, is_transient_status, redact_values,
};
use crate::types::serde_table;
use crate::{ApiCode, ApiStatus, Envelope, Error, OAuthError, Result};

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

/// The envelope, with its data not yet decoded.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RawEnvelope<'a> {
    #[serde(rename = "statusCode")]
    api_status: i64,
    #[serde(default)]
    message: Option<String>,
    api_code: Option<i64>,
    request_id: Option<String>,
    #[serde(borrow)]
    data: Option<&'a RawValue>,
}

impl<'a> RawEnvelope<'a> {
    fn read(text: &'a str) -> serde_json::Result<Self> {
        // serde would read the members from an array, too.
        if text.trim_start().starts_with('[') {
            serde_json::from_str::<IgnoredAny>(text)?;
            return Err(serde_json::Error::custom("an array"));
        }
        serde_json::from_str(text)
    }
}

/// Decodes the response to an operation.
pub fn decode<O: Operation>(response: &RawResponse) -> Result<Envelope<O::Data>> {
    let context = ResponseContext(response);
    let text = std::str::from_utf8(&response.body).map_err(|_| context.unexpected("the body is not UTF-8"))?;

    let is_bare = matches!(O::RESPONSE, ResponseShape::Bare);
    let is_enveloped =
        matches!(O::RESPONSE, ResponseShape::Enveloped | ResponseShape::NoData | ResponseShape::UpstreamResponse(_));

    match RawEnvelope::read(text) {
        Ok(envelope) if envelope.api_status != 200 => Err(context.api_error(envelope)),
        _ if !response.status.is_success() => Err(match serde_json::from_str(text) {
            Ok(body) if !is_enveloped => context.oauth_error(body),
            _ => context.unexpected("the HTTP status is not a success"),
        }),
        _ if matches!(O::RESPONSE, ResponseShape::Text) => context.text(text),
        _ if matches!(O::RESPONSE, ResponseShape::Empty) => context.unenveloped("null"),
        // Some deployments wrap responses that are documented without an envelope.
        Ok(envelope) if !is_bare || envelope.data.is_some() => context.enveloped::<O>(text, envelope),
        Err(error) if error.is_data() && !is_bare => Err(context.unexpected("the body is not the API's envelope")),
        Err(error) if !error.is_data() => Err(context.not_json()),
        _ => context.unenveloped(text),
    }
}

/// The error of a response to a WebSocket handshake that does not switch protocols.
#[cfg(feature = "events")]
pub fn handshake_error(response: &RawResponse) -> Error {
    let context = ResponseContext(response);
    match RawEnvelope::read(&String::from_utf8_lossy(&response.body)) {
        Ok(envelope) if envelope.api_status != 200 => context.api_error(envelope),
        _ => context.unexpected("the server did not switch to WebSocket"),
    }
}

/// Decodes parts of one response, and builds errors about it.
struct ResponseContext<'a>(&'a RawResponse);

impl ResponseContext<'_> {
    fn enveloped<O: Operation>(&self, text: &str, envelope: RawEnvelope) -> Result<Envelope<O::Data>> {
        let data = JsonFragment { json: envelope.data.map_or("null", RawValue::get), path: "data".into() };
        let data = match &O::RESPONSE {
            ResponseShape::NoData => JsonFragment { json: "null", ..data },
            ResponseShape::UpstreamResponse(upstream) => self.upstream_response(text, &envelope, data, upstream)?,
            _ => data,
        };
        let request_id = envelope.request_id.or_else(|| self.request_id());
        Ok(Envelope {
            api_status: ApiStatus(envelope.api_status),
            message: envelope.message.unwrap_or_default(),
            api_code: envelope.api_code.map(ApiCode),
            data: self.decode_fragment(data, request_id.as_deref())?,
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
            request_id,
        })
    }

    fn text<T: DeserializeOwned>(&self, text: &str) -> Result<Envelope<T>> {
        let json = serde_json::to_string(text).map_err(|_| self.unexpected("the body is not text"))?;
        self.unenveloped(&json)
    }

    /// Finds the data in an upstream service's response, which is in `data` or next to it: in a member of its own, or
    /// there directly. An upstream error becomes the call's error.
    fn upstream_response<'t>(
        &self,
        text: &'t str,
        envelope: &RawEnvelope<'t>,
        data: JsonFragment<'t>,
        upstream: &UpstreamResponse,
    ) -> Result<JsonFragment<'t>> {
        let (holder, prefix) = match envelope.data {
            Some(data) => (data.get(), "data."),
            None => (text, ""),
        };
        // Most responses have neither, and searching is cheaper than parsing.
        if ![upstream.payload, upstream.code].iter().any(|name| holder.contains(name)) {
            return Ok(data);
        }
        let names = [upstream.payload, upstream.code, upstream.message];
        let Ok([payload, code, message]) = members(holder, names) else {
            return Ok(data);
        };
        if let Some(payload) = payload {
            return Ok(JsonFragment { json: payload.get(), path: format!("{prefix}{}", upstream.payload).into() });
        }
        let code = code.and_then(|code| code.get().parse::<i64>().ok());
        match code {
            Some(code) if code != upstream.success => {
                let message = message.and_then(|message| serde_json::from_str(message.get()).ok());
                Err(ApiError {
                    api_status: ApiStatus(envelope.api_status),
                    status: self.0.status,
                    api_code: Some(ApiCode(code)),
                    message: message.unwrap_or_default(),
                    request_id: envelope.request_id.clone().or_else(|| self.request_id()),
                    data: None,
                    retry_after: retry_after(&self.0.headers),
                    throttled: upstream.throttled.contains(&code),
                    transient: upstream.transient.contains(&code),
                }
                .into())
            }
            _ => Ok(data),
        }
    }

    fn api_error(&self, envelope: RawEnvelope) -> Error {
        let status = self.0.status;
        ApiError {
            api_status: ApiStatus(envelope.api_status),
            status,
            api_code: envelope.api_code.map(ApiCode),
            message: envelope.message.unwrap_or_default(),
            request_id: envelope.request_id.or_else(|| self.request_id()),
            data: envelope.data.and_then(|data| serde_json::from_str(data.get()).ok()),
            retry_after: retry_after(&self.0.headers),
            throttled: envelope.api_status == 429 || status == StatusCode::TOO_MANY_REQUESTS,
            transient: is_transient_status(envelope.api_status) || is_transient_status(status.as_u16().into()),
        }
        .into()
    }

    fn oauth_error(&self, body: OAuthErrorBody) -> Error {
        OAuthError {
            error: body.error,
            description: body.error_description,
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
            content_type: self.header(CONTENT_TYPE.as_str()),
            body: self.0.body.clone(),
        }
        .into()
    }

    fn decode_fragment<T: DeserializeOwned>(&self, fragment: JsonFragment, request_id: Option<&str>) -> Result<T> {
        // Tracking the path is slower, so it is done for failures only.
        if let Ok(data) = serde_json::from_str(fragment.json) {
            return Ok(data);
        }
        let mut json = serde_json::Deserializer::from_str(fragment.json);
        serde_path_to_error::deserialize(&mut json).map_err(|error| {
            let path = match error.path().to_string() {
                inner if inner == "." => fragment.path.into_owned(),
                inner if fragment.path.is_empty() || inner.starts_with('[') => fragment.path.into_owned() + &inner,
                inner => format!("{}.{inner}", fragment.path),
            };
            DecodeError {
                status: self.0.status,
                request_id: request_id.map(ToOwned::to_owned),
                path,
                reason: redact_values(&error.inner().to_string()),
                body: self.0.body.clone(),
            }
            .into()
        })
    }

    fn request_id(&self) -> Option<String> {
        self.header("x-request-id")
    }

    fn header(&self, name: &str) -> Option<String> {
        Some(self.0.headers.get(name)?.to_str().ok()?.to_owned())
    }
}

/// A part of the body, and its path there.
struct JsonFragment<'a> {
    json: &'a str,
    path: Cow<'static, str>,
}

/// Reads the members of an object that have these names, and skips the others.
fn members<'t, const N: usize>(
    object: &'t str,
    names: [&'static str; N],
) -> serde_json::Result<[Option<&'t RawValue>; N]> {
    struct Members<const N: usize>([&'static str; N]);

    impl<'t, const N: usize> Visitor<'t> for Members<N> {
        type Value = [Option<&'t RawValue>; N];

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an object")
        }

        fn visit_map<A: MapAccess<'t>>(self, map: A) -> std::result::Result<Self::Value, A::Error> {
            let mut values = [None; N];
            serde_table::fill(&mut values.each_mut().map(|value| value as _), &self.0, map)?;
            Ok(values)
        }
    }

    let mut json = serde_json::Deserializer::from_str(object);
    let values = json.deserialize_map(Members(names))?;
    json.end().map(|()| values)
}
