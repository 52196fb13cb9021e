//! From an answer's bytes to its data, or to what went wrong.

use std::borrow::Cow;
use std::fmt;

use bytes::Bytes;
use reqwest::StatusCode;
use reqwest::header::{CONTENT_TYPE, HeaderMap};
use serde::de::{DeserializeOwned, Error as _, IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, Deserializer as _};
use serde_json::value::RawValue;

use crate::client::operation::{Operation, ResponseShape, UpstreamResponse};
use crate::client::retry::retry_after;
use crate::client::transport::RawResponse;
use crate::error::{ApiError, DecodeError, OAuthErrorBody, UnexpectedResponse};
use crate::types::serde_table;
use crate::{ApiCode, ApiStatus, Envelope, Error, OAuthError, Result};

/// The envelope as it stands in the body, its data not yet read.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Wire<'a> {
    #[serde(rename = "statusCode")]
    api_status: i64,
    #[serde(default)]
    message: Option<String>,
    api_code: Option<i64>,
    request_id: Option<String>,
    #[serde(borrow)]
    data: Option<&'a RawValue>,
}

impl<'a> Wire<'a> {
    fn read(text: &'a str) -> serde_json::Result<Self> {
        // serde would take the members one after the other from an array, too.
        if text.trim_start().starts_with('[') {
            serde_json::from_str::<IgnoredAny>(text)?;
            return Err(serde_json::Error::custom("an array"));
        }
        serde_json::from_str(text)
    }
}

/// Reads the answer to an operation.
pub fn decode<O: Operation>(received: &RawResponse) -> Result<Envelope<O::Data>> {
    let &RawResponse { status, ref headers, ref body } = received;
    let context = Context { status, headers, body };
    let text = std::str::from_utf8(body).map_err(|_| context.unexpected("the body is not UTF-8"))?;

    let bare = matches!(O::RESPONSE, ResponseShape::Bare);
    let enveloped =
        matches!(O::RESPONSE, ResponseShape::Enveloped | ResponseShape::NoData | ResponseShape::UpstreamResponse(_));

    match Wire::read(text) {
        Ok(wire) if wire.api_status != 200 => Err(context.refused(wire)),
        _ if !status.is_success() => Err(match serde_json::from_str(text) {
            Ok(members) if !enveloped => context.refused_by_oauth(members),
            _ => context.unexpected("its HTTP status is no success"),
        }),
        _ if matches!(O::RESPONSE, ResponseShape::Text) => context.text(text),
        _ if matches!(O::RESPONSE, ResponseShape::Empty) => context.bare("null"),
        // Some deployments wrap what is documented without an envelope.
        Ok(wire) if !bare || wire.data.is_some() => context.enveloped::<O>(text, wire),
        Err(error) if error.is_data() && !bare => {
            Err(context.unexpected("the body is JSON, but not in the API's envelope"))
        }
        Err(error) if !error.is_data() => Err(context.not_json()),
        _ => context.bare(text),
    }
}

/// What an answer says that came where a socket was asked for.
#[cfg(feature = "events")]
pub fn refusal(received: &RawResponse) -> Error {
    let &RawResponse { status, ref headers, ref body } = received;
    let context = Context { status, headers, body };
    match Wire::read(&String::from_utf8_lossy(body)) {
        Ok(wire) if wire.api_status != 200 => context.refused(wire),
        _ => context.unexpected("it opens no WebSocket"),
    }
}

/// What every outcome says about the answer.
struct Context<'a> {
    status: StatusCode,
    headers: &'a HeaderMap,
    body: &'a Bytes,
}

impl Context<'_> {
    fn enveloped<O: Operation>(&self, text: &str, wire: Wire) -> Result<Envelope<O::Data>> {
        let found = Found { raw: wire.data.map_or("null", RawValue::get), path: "data".into() };
        let found = match &O::RESPONSE {
            ResponseShape::NoData => Found { raw: "null", ..found },
            ResponseShape::UpstreamResponse(rule) => self.upstream_response(text, &wire, found, rule)?,
            _ => found,
        };
        let request_id = wire.request_id.or_else(|| self.header("x-request-id"));
        Ok(Envelope {
            api_status: ApiStatus(wire.api_status),
            message: wire.message.unwrap_or_default(),
            api_code: wire.api_code.map(ApiCode),
            data: self.read(found, request_id.as_deref())?,
            request_id,
        })
    }

    fn bare<T: DeserializeOwned>(&self, text: &str) -> Result<Envelope<T>> {
        let request_id = self.header("x-request-id");
        Ok(Envelope {
            api_status: ApiStatus(self.status.as_u16().into()),
            message: String::new(),
            api_code: None,
            data: self.read(Found { raw: text, path: "".into() }, request_id.as_deref())?,
            request_id,
        })
    }

    fn text<T: DeserializeOwned>(&self, text: &str) -> Result<Envelope<T>> {
        let quoted = serde_json::to_string(text).map_err(|_| self.unexpected("the body is not text"))?;
        self.bare(&quoted)
    }

    /// Finds what was asked for in another service's answer, which stands in `data` or beside it: under a
    /// member of its own, or there itself. A failure of that service becomes one of the call.
    fn upstream_response<'t>(
        &self,
        text: &'t str,
        wire: &Wire<'t>,
        data: Found<'t>,
        rule: &UpstreamResponse,
    ) -> Result<Found<'t>> {
        let (holder, prefix) = match wire.data {
            Some(data) => (data.get(), "data."),
            None => (text, ""),
        };
        // Mostly it is not there, which is seen faster than read.
        if ![rule.payload, rule.code].iter().any(|name| holder.contains(name)) {
            return Ok(data);
        }
        let names = [rule.payload, rule.code, rule.message];
        let Ok([payload, code, message]) = members(holder, names) else {
            return Ok(data);
        };
        if let Some(payload) = payload {
            return Ok(Found { raw: payload.get(), path: format!("{prefix}{}", rule.payload).into() });
        }
        let code = code.and_then(|code| code.get().parse::<i64>().ok());
        match code {
            Some(code) if code != rule.success => {
                let message = message.and_then(|message| serde_json::from_str(message.get()).ok());
                Err(ApiError {
                    api_status: ApiStatus(wire.api_status),
                    status: self.status,
                    api_code: Some(ApiCode(code)),
                    message: message.unwrap_or_default(),
                    request_id: wire.request_id.clone().or_else(|| self.header("x-request-id")),
                    data: None,
                    retry_after: retry_after(self.headers),
                    throttled: rule.throttled.contains(&code),
                    transient: rule.transient.contains(&code),
                }
                .into())
            }
            _ => Ok(data),
        }
    }

    fn refused(&self, wire: Wire) -> Error {
        ApiError {
            api_status: ApiStatus(wire.api_status),
            status: self.status,
            api_code: wire.api_code.map(ApiCode),
            message: wire.message.unwrap_or_default(),
            request_id: wire.request_id.or_else(|| self.header("x-request-id")),
            data: wire.data.and_then(|data| serde_json::from_str(data.get()).ok()),
            retry_after: retry_after(self.headers),
            throttled: wire.api_status == 429 || self.status == StatusCode::TOO_MANY_REQUESTS,
            transient: matches!(wire.api_status, 500 | 502..=504) || self.status.is_server_error(),
        }
        .into()
    }

    fn refused_by_oauth(&self, members: OAuthErrorBody) -> Error {
        OAuthError {
            error: members.error,
            description: members.error_description,
            status: Some(self.status),
            request_id: self.header("x-request-id"),
            retry_after: retry_after(self.headers),
        }
        .into()
    }

    fn not_json(&self) -> Error {
        self.unexpected(if self.body.is_empty() { "the body is empty" } else { "the body is not JSON" })
    }

    fn unexpected(&self, reason: &'static str) -> Error {
        UnexpectedResponse {
            status: self.status,
            request_id: self.header("x-request-id"),
            reason,
            retry_after: retry_after(self.headers),
            content_type: self.header(CONTENT_TYPE.as_str()),
            body: self.body.clone(),
        }
        .into()
    }

    fn read<T: DeserializeOwned>(&self, found: Found, request_id: Option<&str>) -> Result<T> {
        // Where a misfit stands takes a second, slower look.
        if let Ok(data) = serde_json::from_str(found.raw) {
            return Ok(data);
        }
        let mut json = serde_json::Deserializer::from_str(found.raw);
        serde_path_to_error::deserialize(&mut json).map_err(|error| {
            let path = match error.path().to_string() {
                inside if inside == "." => found.path.into_owned(),
                inside if found.path.is_empty() || inside.starts_with('[') => found.path.into_owned() + &inside,
                inside => format!("{}.{inside}", found.path),
            };
            DecodeError {
                status: self.status,
                request_id: request_id.map(ToOwned::to_owned),
                path,
                reason: redact_values(&error.inner().to_string()),
                body: self.body.clone(),
            }
            .into()
        })
    }

    fn header(&self, name: &str) -> Option<String> {
        Some(self.headers.get(name)?.to_str().ok()?.to_owned())
    }
}

/// The members of an object that have these names; the others are skipped.
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
            let mut found = [None; N];
            serde_table::fill(&mut found.each_mut().map(|slot| slot as _), &self.0, map)?;
            Ok(found)
        }
    }

    let mut json = serde_json::Deserializer::from_str(object);
    let found = json.deserialize_map(Members(names))?;
    json.end().map(|()| found)
}

/// A part of the body, and where it stands there.
struct Found<'a> {
    raw: &'a str,
    path: Cow<'static, str>,
}

/// serde's account of a misfit, less the value that did not fit: it may be a secret.
pub fn redact_values(message: &str) -> String {
    let message = message.split(" at line ").next().unwrap_or_default();
    if message.starts_with("missing field") {
        return message.to_owned();
    }
    match message.rsplit_once(", expected ") {
        Some((found, expected)) => {
            let kind = found.split([':', ' ']).filter(|word| !word.is_empty()).nth(2).unwrap_or("something else");
            format!("expected {expected}, found {kind}")
        }
        None => "not of the described form".to_owned(),
    }
}
