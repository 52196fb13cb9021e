//! progenitor, and typify below it: no other file names them.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use progenitor_impl::{GenerationSettings, Generator, TypeImpl};
use serde_json::json;
use syn::visit_mut::{self, VisitMut};
use syn::{File, Type, parse_quote};
use typify::{TypeDetails, TypeId, TypeSpace};

use super::catch_panic::catch_panic;
use super::progenitor_input::progenitor_input;
use crate::diagnostic::Result;
use crate::spec::formats::FORMATS;
use crate::spec::schema::Shape;
use crate::spec::{Spec, idents};

/// What progenitor generates from a document.
pub struct Output {
    pub file: File,
    /// The fields of each struct, by the struct's name.
    pub structs: BTreeMap<String, Vec<Field>>,
}

/// A field of a struct.
pub struct Field {
    pub name: String,
    /// Its type, without the `Option` of an optional one.
    pub ty: Type,
    /// Whether it is an `Option`.
    pub optional: bool,
}

/// Runs progenitor.
pub fn run(spec: &Spec, json_schema: bool) -> Result<Output> {
    let input = progenitor_input(spec)?;
    let mut generator = Generator::new(&settings(spec, json_schema));
    let unsupported = |reason: String| {
        spec.diagnostic(&[], format!("progenitor does not support it: {reason}"), "simplify the document")
    };
    let tokens = catch_panic(|| generator.generate_tokens(&input)).map_err(unsupported)?;
    let tokens = tokens.map_err(|error| unsupported(error.to_string()))?;
    let file = syn::parse2(tokens).map_err(|error| unsupported(error.to_string()))?;
    Ok(Output { file, structs: structs(spec, generator.get_type_space()) })
}

fn settings(spec: &Spec, json_schema: bool) -> GenerationSettings {
    let mut settings = GenerationSettings::new();
    if json_schema {
        settings.with_derive("::schemars::JsonSchema");
    }
    for (name, named) in &spec.schemas {
        if matches!(named.schema.shape, Shape::Enum(_)) {
            let name = idents::type_ident(name).to_string();
            let path = format!("{}::types::{name}", spec.api.module().to_string().replace(' ', ""));
            settings.with_replacement(name, path, [TypeImpl::Display].into_iter());
        }
    }
    let mut convert = |schema: serde_json::Value, path: &str| {
        let schema = serde_json::from_value(schema).expect("a JSON schema");
        settings.with_conversion(schema, path, std::iter::empty());
    };
    for (format, path) in FORMATS {
        convert(json!({ "type": "string", "format": format }), path);
    }
    convert(json!({}), "crate::FreeForm");
    settings
}

fn structs(spec: &Spec, types: &TypeSpace) -> BTreeMap<String, Vec<Field>> {
    let structs = types.iter_types().filter_map(|ty| match ty.details() {
        TypeDetails::Struct(details) => {
            let fields = details.properties_info().filter_map(|field| {
                let (ty, optional) = field_type(spec, types, &field.type_id)?;
                Some(Field { name: field.name.to_owned(), ty, optional })
            });
            Some((ty.name(), fields.collect()))
        }
        _ => None,
    });
    structs.collect()
}

/// The type with this id, and whether it is optional.
fn field_type(spec: &Spec, types: &TypeSpace, id: &TypeId) -> Option<(Type, bool)> {
    let ty = types.get_type(id).ok()?;
    if let TypeDetails::Option(inner) = ty.details() {
        return Some((field_type(spec, types, &inner)?.0, true));
    }
    let mut ty: Type = syn::parse2(ty.ident()).ok()?;
    QualifyTypes(spec.api.module()).visit_type_mut(&mut ty);
    Some((ty, false))
}

/// Makes `types::Name` the path that it has in the library.
struct QualifyTypes(TokenStream);

impl VisitMut for QualifyTypes {
    fn visit_path_mut(&mut self, path: &mut syn::Path) {
        if path.leading_colon.is_none() && path.segments.first().is_some_and(|segment| segment.ident == "types") {
            let module = &self.0;
            *path = parse_quote!(#module::#path);
        }
        visit_mut::visit_path_mut(self, path);
    }
}
