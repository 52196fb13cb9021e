//! The authentication API.

use std::sync::LazyLock;

use genauth::{AuthenticationClient, RetryPolicy, UrlBuilder, UrlOperation};
use serde_json::Value;

use super::Client;
use super::operation_spec::OperationSpec;
use crate::raw_server::Request;

macro_rules! url_operations {
    ($($id:ident: $url:expr;)*) => {$(
        #[test]
        fn $id() {
            url_conforms($url);
        }
    )*};
}

include!(concat!(env!("OUT_DIR"), "/authentication/test_cases.rs"));

/// The access token in the examples of operations that take one as an argument.
const ARGUMENT: &str = "Bearer eyJhbGciOiJSUzI1NiJ9.e30.c2lnbmF0dXJl";

static DOCUMENT: LazyLock<Value> = LazyLock::new(|| serde_json::from_str(genauth::OPENAPI).unwrap());

impl Client for AuthenticationClient {
    fn document() -> &'static Value {
        &DOCUMENT
    }

    fn connect(host: String, policy: Option<RetryPolicy>) -> Self {
        let builder = Self::builder().app_id("an-app").app_host(host);
        let builder = builder.app_secret("the-secret").access_token("the-token");
        builder.retry_policy(policy.unwrap_or(RetryPolicy::never())).build().unwrap()
    }

    fn check_credentials(operation: &OperationSpec, request: &Request) {
        let token = if operation.has_token_argument() { ARGUMENT } else { "Bearer the-token" };
        let bearer = operation.uses("accessToken").then_some(token);
        assert_eq!(request.header("authorization"), bearer);
        assert_eq!(request.header("x-genauth-app-id"), operation.uses("appId").then_some("an-app"));
    }
}

/// Checks that the URL is the documented one, with the example values.
fn url_conforms<O: UrlOperation>(url: impl Fn(&AuthenticationClient) -> UrlBuilder<O>) {
    let client = AuthenticationClient::builder().app_id("an-app").app_host("https://host").build().unwrap();
    let url = url(&client).to_url().unwrap();
    assert_eq!(url.origin().ascii_serialization(), "https://host");
    OperationSpec::new(&DOCUMENT, O::ID).check_url(&url);
}
