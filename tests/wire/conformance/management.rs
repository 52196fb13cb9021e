//! The management API.

use std::sync::LazyLock;

use genauth::management::AccessKeyAuthMethod;
use genauth::{ManagementClient, RetryPolicy};
use serde_json::Value;

use super::Client;
use super::operation_spec::OperationSpec;
use crate::raw_server::Request;

macro_rules! url_operations {
    () => {};
}

include!(concat!(env!("OUT_DIR"), "/management/test_cases.rs"));

static DOCUMENT: LazyLock<Value> = LazyLock::new(|| serde_json::from_str(genauth::management::OPENAPI).unwrap());

impl Client for ManagementClient {
    fn document() -> &'static Value {
        &DOCUMENT
    }

    fn connect(host: String, policy: Option<RetryPolicy>) -> Self {
        let builder = Self::builder().access_key_id("a-key").access_key_secret("the-secret").host(host);
        let builder = builder.access_key_auth_method(AccessKeyAuthMethod::Signature);
        builder.retry_policy(policy.unwrap_or(RetryPolicy::never())).build().unwrap()
    }

    fn check_credentials(operation: &OperationSpec, request: &Request) {
        let authorization = request.header("authorization");
        let is_signed = authorization.is_some_and(|value| value.starts_with("GenAuth a-key:"));
        assert_eq!(is_signed, operation.uses("managementToken"), "{authorization:?}");
        assert_eq!(request.header("x-genauth-app-id"), None);
    }
}
