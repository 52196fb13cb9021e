//! The OpenAPI document in `openapi/` is all that an endpoint needs, and agrees with what is generated from it.

mod examples;
mod fixture_workspace;
#[cfg(feature = "schemars")]
mod json_schema;
mod spec_only_endpoint;
