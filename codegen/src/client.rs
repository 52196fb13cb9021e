//! progenitor's client and types, from the description.

use std::{env, panic};

use progenitor_impl::{GenerationSettings, Generator, TypeImpl};
use serde_json::{Value, json};
use syn::File;

use crate::{Bundle, Problem, annotate, document, names, objects, progenitor_view, requests, types};

/// Generates the client, in a form that says which types came out.
pub fn generate(bundle: &Bundle) -> Result<File, Vec<Problem>> {
    let spec = progenitor_view::for_progenitor(bundle)?;
    let mut generator = Generator::new(&settings(&bundle.document));

    // progenitor asserts where it could report: what it says then is our error as well.
    let hook = panic::take_hook();
    panic::set_hook(Box::new(|_| {}));
    let outcome = panic::catch_unwind(panic::AssertUnwindSafe(|| generator.generate_tokens(&spec)));
    panic::set_hook(hook);

    let unsupported = |what: &dyn std::fmt::Display| {
        vec![bundle.problem(&[], format!("progenitor cannot take it: {what}"), "say it in a simpler way")]
    };
    let tokens = outcome
        .map_err(|payload| match payload.downcast_ref::<String>() {
            Some(message) => unsupported(message),
            None => unsupported(payload.downcast_ref::<&str>().unwrap_or(&"no reason given")),
        })?
        .map_err(|error| unsupported(&error))?;
    let file = syn::parse2(tokens).map_err(|error| unsupported(&error))?;
    Ok(objects::tabulate(annotate::annotate(requests::only(file), &bundle.document)))
}

fn settings(document: &Value) -> GenerationSettings {
    let mut settings = GenerationSettings::new();
    if env::var_os("CARGO_FEATURE_SCHEMARS").is_some() {
        settings.with_derive("::schemars::JsonSchema");
    }
    for (name, schema) in document::schemas(document) {
        if schema.get("enum").is_some() {
            let name = names::type_name(name).to_string();
            let path = format!("crate::types::{name}");
            settings.with_replacement(name, path, [TypeImpl::Display].into_iter());
        }
    }
    for (format, path) in types::FORMATS {
        let schema =
            serde_json::from_value(json!({ "type": "string", "format": format })).expect("a schema of type string");
        settings.with_conversion(schema, path, std::iter::empty());
    }
    settings.with_conversion(
        serde_json::from_value(json!({})).expect("a schema without a type"),
        "crate::FreeForm",
        std::iter::empty(),
    );
    settings
}
