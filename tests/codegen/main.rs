//! The description under `openapi/`: what it is enough for, what the build says about mistakes in it, and whether its
//! parts agree with each other and with what is made from it.

mod examples;
mod fixture_crate;
#[cfg(feature = "schemars")]
mod json_schema;
mod lint;
mod spec_only_endpoint;
