//! Every operation of the OpenAPI documents, called with its example: the request is the documented one, and the example
//! response decodes, even if reduced to required properties or extended by unknown ones.

macro_rules! operations {
    ($($id:ident: $call:expr;)*) => {$(
        #[tokio::test]
        #[allow(deprecated)]
        async fn $id() {
            crate::conformance::conforms(crate::conformance::case($call)).await;
        }
    )*};
}

/// Types are compared in `tests/codegen/json_schema.rs`.
macro_rules! schemas {
    ($($ignored:tt)*) => {};
}

mod authentication;
#[cfg(feature = "management")]
mod management;
mod operation_spec;

use std::pin::Pin;
use std::time::Duration;

use genauth::{Call, ErrorKind, Operation, Result, RetryPolicy};
use operation_spec::OperationSpec;
use serde::Serialize;
use serde_json::Value;

use crate::raw_server::{RawServer, Request, http, json as json_response};

/// A client of an API.
trait Client: Sized {
    /// The API's OpenAPI document.
    fn document() -> &'static Value;
    /// A client with all credentials, which never retries unless a policy is given.
    fn connect(host: String, policy: Option<RetryPolicy>) -> Self;
    /// Checks that a request has the credentials that its operation needs.
    fn check_credentials(operation: &OperationSpec, request: &Request);
}

/// A call of an operation, without its type: a test for each type would take minutes to compile.
struct Case<C> {
    id: &'static str,
    is_idempotent: bool,
    call: Box<dyn Fn(&C) -> Outcome>,
}

type Outcome = Pin<Box<dyn Future<Output = Result<Value>>>>;

fn case<C, O>(call: impl Fn(&C) -> Call<O> + 'static) -> Case<C>
where
    O: Operation<Data: Serialize>,
{
    let call = Box::new(move |client: &C| -> Outcome {
        let call = call(client);
        Box::pin(async { call.await.map(|data| serde_json::to_value(data).unwrap()) })
    });
    Case { id: O::ID, is_idempotent: O::ENDPOINT.idempotent, call }
}

async fn conforms<C: Client>(case: Case<C>) {
    let spec = OperationSpec::new(C::document(), case.id);
    let example = spec.response()["example"].clone();
    let schema = spec.success_schema();

    let (request, data) = exchange(&case, &example).await;
    spec.check_request(&request);
    C::check_credentials(&spec, &request);
    spec.check_data(&data, &example, "the example");

    let minimal = spec.minimal(schema, &example);
    let (_, data) = exchange(&case, &minimal).await;
    spec.check_data(&data, &minimal, "the example reduced to required members");

    let extended = spec.extended(schema, &example);
    let (_, data) = exchange(&case, &extended).await;
    spec.check_data(&data, &spec.without_unknown(&extended), "the example with unknown members and enum values");

    let odd = spec.odd(schema, &example);
    let (_, data) = exchange(&case, &odd).await;
    let (schema, data_of_example) = spec.data(schema, &example);
    let (data, minimal) = (spec.minimal(&schema, &data), spec.minimal(&schema, data_of_example));
    spec.check_data(&data, &minimal, "the example with optional members of another JSON type");

    // A request that may have been processed is sent again only if that makes no difference.
    let mut server = RawServer::start(Vec::new()).await;
    let policy = RetryPolicy::max_attempts(2).backoff(Duration::ZERO, Duration::ZERO);
    let client = C::connect(server.url(), Some(policy));
    assert!((case.call)(&client).await.is_err_and(|error| error.kind() == ErrorKind::Transport));
    server.request().await;
    assert_eq!(server.waiting(), usize::from(case.is_idempotent), "requests after the first");

    for rejection in spec.rejections(&example) {
        let server = RawServer::start(http("200 OK", "text/html", rejection.as_bytes())).await;
        let client = C::connect(server.url(), None);
        if let Ok(data) = (case.call)(&client).await {
            panic!("{rejection}: {data}");
        }
    }
}

/// Makes the call with a server that sends this response, and returns the request and the data.
async fn exchange<C: Client>(case: &Case<C>, response: &Value) -> (Request, Value) {
    let response = match response {
        Value::Null => http("200 OK", "text/plain", b""),
        Value::String(text) => http("200 OK", "text/plain", text.as_bytes()),
        response => json_response("200 OK", &response.to_string()),
    };
    let mut server = RawServer::start(response.clone()).await;
    let client = C::connect(server.url(), None);
    let data = (case.call)(&client).await.unwrap_or_else(|error| {
        panic!("{error}\nfrom {}", String::from_utf8_lossy(&response));
    });
    (server.request().await, data)
}
