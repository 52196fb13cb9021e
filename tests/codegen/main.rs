//! The OpenAPI document under `openapi/` is all that an endpoint takes, and agrees with what is generated from it.

mod examples;
mod fixture_workspace;
#[cfg(feature = "schemars")]
mod json_schema;
mod spec_only_endpoint;
