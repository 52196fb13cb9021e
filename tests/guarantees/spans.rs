//! The spans and events of calls.

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use crate::raw_server::{RawServer, http, json};
use genauth::RetryPolicy;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

type Fields = BTreeMap<String, String>;

/// Records the fields of the crate's spans and events.
#[derive(Clone, Default)]
struct Recorder(Arc<Mutex<(Vec<Fields>, Vec<Fields>)>>);

struct FieldVisitor<'a>(&'a mut Fields);

impl Visit for FieldVisitor<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.0.insert(field.name().to_owned(), format!("{value:?}").trim_matches('"').to_owned());
    }
}

impl Subscriber for Recorder {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target().starts_with("genauth")
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let spans = &mut self.0.lock().unwrap().0;
        let mut fields = Fields::from([("name".to_owned(), span.metadata().name().to_owned())]);
        span.record(&mut FieldVisitor(&mut fields));
        spans.push(fields);
        Id::from_u64(spans.len() as u64)
    }

    fn record(&self, id: &Id, values: &Record<'_>) {
        let spans = &mut self.0.lock().unwrap().0;
        values.record(&mut FieldVisitor(&mut spans[id.into_u64() as usize - 1]));
    }

    fn event(&self, event: &Event<'_>) {
        let mut fields = Fields::new();
        event.record(&mut FieldVisitor(&mut fields));
        self.0.lock().unwrap().1.push(fields);
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

/// The span of one call, without its duration, which must be there, and its events.
async fn traced(call: impl Future<Output = ()>) -> (Fields, Vec<Fields>) {
    let recorder = Recorder::default();
    let guard = tracing::subscriber::set_default(recorder.clone());
    call.await;
    drop(guard);
    let (mut spans, events) = recorder.0.lock().unwrap().clone();
    assert_eq!(spans.len(), 1, "expected one span: {spans:?}");
    let mut span = spans.remove(0);
    let duration = span.remove("http.client.request.duration").unwrap_or_else(|| panic!("no duration: {span:?}"));
    assert!(duration.parse::<f64>().is_ok_and(|seconds| seconds > 0.0), "{duration}");
    (span, events)
}

fn fields(fields: &[(&str, &str)]) -> Fields {
    fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

#[tokio::test]
async fn span_has_opentelemetry_names_and_api_codes() {
    let response = json("200 OK", r#"{"statusCode":403,"apiCode":2004,"requestId":"r-1","message":"a-secret"}"#);
    let server = RawServer::start(response).await;
    let client = server.builder().access_token("a-secret").build().unwrap();
    let (span, events) = traced(async {
        client.remove_credential("a-secret").await.unwrap_err();
    })
    .await;
    let port = server.url().rsplit_once(':').unwrap().1.to_owned();
    let expected = fields(&[
        ("name", "genauth.call"),
        ("otel.name", "remove_credential"),
        ("otel.kind", "client"),
        ("genauth.operation", "remove_credential"),
        ("http.request.method", "POST"),
        ("url.template", "/api/v3/webauthn/remove-credential/{credentialID}"),
        ("server.address", "127.0.0.1"),
        ("server.port", &port),
        ("http.response.status_code", "200"),
        ("error.type", "api"),
        ("genauth.api_code", "2004"),
        ("genauth.request_id", "r-1"),
    ]);
    assert_eq!(span, expected);
    assert!(events.is_empty(), "{events:?}");
}

#[tokio::test]
async fn span_counts_retries() {
    let failure = http("503 Service Unavailable", "text/html", b"a-secret");
    let success = json("200 OK", r#"{"statusCode":200,"requestId":"r-2","data":{"userId":"u-1"}}"#);
    let server = RawServer::with_responses([failure.clone(), failure, success]).await;
    let policy = RetryPolicy::max_attempts(3).backoff(Duration::ZERO, Duration::ZERO);
    let client = server.builder().access_token("a-secret").retry_policy(policy).build().unwrap();
    let (span, events) = traced(async { drop(client.get_profile().await.unwrap()) }).await;
    assert_eq!(span["http.request.resend_count"], "2");
    assert_eq!(span["http.response.status_code"], "200");
    assert_eq!(span["genauth.request_id"], "r-2");
    assert!(!span.contains_key("error.type"), "{span:?}");
    let types: Vec<_> = events.iter().map(|event| (&*event["retries"], &*event["error.type"])).collect();
    assert_eq!(types, [("1", "unexpected_response"), ("2", "unexpected_response")]);
    assert!(!format!("{span:?} {events:?}").contains("a-secret"));
}

#[tokio::test]
async fn span_has_error_type() {
    let mismatch = json("200 OK", r#"{"statusCode":200,"data":[]}"#);
    for (response, kind) in [
        (Vec::new(), "transport"),
        (mismatch, "decode"),
        (http("200 OK", "text/html", b""), "unexpected_response"),
        (json("200 OK", &" ".repeat(2000)), "response_too_large"),
    ] {
        let server = RawServer::start(response).await;
        let client = server.builder().max_response_size(1000).build().unwrap();
        let (span, _) = traced(async {
            client.get_wechat_miniprogram_phone("a-code", "my-wxapp").await.unwrap_err();
        })
        .await;
        assert_eq!(span["error.type"], kind);
    }
    let client = genauth::AuthenticationClient::builder().app_id("an-app").app_host("http://127.0.0.1:1");
    let client = client.retry_policy(RetryPolicy::never()).build().unwrap();
    for (header, kind) in [("x-fine", "connect"), ("not fine", "config")] {
        let (span, _) = traced(async {
            client.get_wechat_miniprogram_phone("a-code", "my-wxapp").header(header, "x").await.unwrap_err();
        })
        .await;
        assert_eq!(span["error.type"], kind);
        assert!(!span.contains_key("http.response.status_code"), "{span:?}");
    }
}
