//! Generates the `genauth` crate from its OpenAPI documents: load → lint → types → emit.
//!
//! `openapi/README.md` describes what a document may contain, `ARCHITECTURE.md` how code is generated from it.

#![deny(missing_docs)]
#![forbid(unsafe_code)]

mod diagnostic;
mod emit;
mod spec;
mod types;

use std::fs;
use std::path::Path;

pub use diagnostic::{Diagnostic, Result};
pub use spec::api::Api;

/// What to generate.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// The API.
    pub api: Api,
    /// Whether every type is to have `JsonSchema`.
    pub json_schema: bool,
}

/// Generates the sources of one API from its YAML files, each with its path below `openapi/`; returns them with their
/// names.
///
/// # Errors
///
/// Every mistake in the files, each with file, place and remedy.
pub fn generate(sources: Vec<(String, String)>, options: Options) -> Result<Vec<(&'static str, String)>> {
    let spec = spec::Spec::new(options.api, spec::load::merge(sources)?)?;
    let types = types::generate(&spec, options.json_schema)?;
    emit::generate(&spec, &types)
}

/// Reads the YAML files of an API below `openapi`.
///
/// # Errors
///
/// A file or folder that cannot be read.
pub fn read(openapi: &Path, api: Api) -> Result<Vec<(String, String)>> {
    spec::load::read(openapi, &[api.folder(), "shared"])
}

/// Generates the sources of an API into a folder below `out`, with the name of its folder below `openapi`.
///
/// # Errors
///
/// Those of [`read`] and [`generate`], and files that cannot be written.
pub fn generate_into(openapi: &Path, out: &Path, options: Options) -> Result<()> {
    let folder = out.join(options.api.folder());
    fs::create_dir_all(&folder).map_err(|error| Diagnostic::write_error(&folder, &error))?;
    for (name, content) in generate(read(openapi, options.api)?, options)? {
        let path = folder.join(name);
        fs::write(&path, content).map_err(|error| Diagnostic::write_error(&path, &error))?;
    }
    Ok(())
}

/// Checks YAML files as [`generate`] does, and generates nothing.
///
/// # Errors
///
/// Every mistake in the files.
pub fn lint(sources: Vec<(String, String)>, api: Api) -> Result<()> {
    spec::Spec::new(api, spec::load::merge(sources)?).map(drop)
}

/// The document with canaries: recognizable values in its examples where nothing may be shown, for tests of what is
/// printed. In JSON.
///
/// # Errors
///
/// Every mistake in the files.
pub fn canary_document(sources: Vec<(String, String)>, api: Api) -> Result<String> {
    let spec = spec::Spec::new(api, spec::load::merge(sources)?)?;
    Ok(spec.with_canaries()?.document.json.to_string())
}
