//! Merges the YAML files of one API into one OpenAPI document.

use std::collections::BTreeMap;
use std::path::Path;
use std::{fmt, fs};

use serde_json::{Map, Value};

use crate::diagnostic::{Diagnostic, Result};

/// A YAML file: its path below `openapi/`, and its content.
pub type Source = (String, String);

/// A merged document, and which file each part of it comes from.
#[derive(Clone, Debug)]
pub struct Document {
    /// The document.
    pub json: Value,
    origins: BTreeMap<Vec<String>, String>,
}

impl Document {
    /// The mistake `message` at `place`, a path of keys into the document.
    pub fn diagnostic(&self, place: &[&str], message: impl fmt::Display, help: impl Into<String>) -> Diagnostic {
        Diagnostic::new(self.file(place), place.join(" > "), message, help)
    }

    /// Whether the part at `place` comes from a file of all APIs.
    pub fn is_shared(&self, place: &[&str]) -> bool {
        self.file(place).starts_with("shared/")
    }

    fn file(&self, place: &[&str]) -> String {
        let prefixes = (1..=place.len()).rev().map(|depth| place[..depth].iter().map(ToString::to_string).collect());
        let origin = prefixes.into_iter().find_map(|prefix: Vec<String>| self.origins.get(&prefix).cloned());
        origin.unwrap_or_else(|| "*.yaml".to_owned())
    }
}

/// Reads every YAML file of these folders below `openapi`, in the order of their names.
pub fn read(openapi: &Path, folders: &[&str]) -> Result<Vec<Source>> {
    let mut sources = Vec::new();
    for folder in folders {
        let unreadable = |error| Diagnostic::new(*folder, "folder", error, "make it a readable folder");
        for entry in fs::read_dir(openapi.join(folder)).map_err(unreadable)? {
            let path = entry.map_err(unreadable)?.path();
            if path.extension().is_none_or(|extension| extension != "yaml") {
                continue;
            }
            let name = format!("{folder}/{}", path.file_name().unwrap_or_default().to_string_lossy());
            match fs::read_to_string(&path) {
                Ok(content) => sources.push((name, content)),
                Err(error) => {
                    return Err(Diagnostic::new(name, "file", error, "make it a readable UTF-8 file").into());
                }
            }
        }
    }
    sources.sort();
    Ok(sources)
}

/// Merges files into one document. A part that two of them define is a mistake.
pub fn merge(sources: Vec<Source>) -> Result<Document> {
    let mut merge = Merge {
        document: Document { json: Value::Object(Map::new()), origins: BTreeMap::new() },
        diagnostics: Vec::new(),
    };
    for (file, content) in sources {
        match parse(&content) {
            Ok(part) => merge.add(&file, &mut Vec::new(), part),
            Err(message) => merge.diagnostics.push(Diagnostic::new(file, "YAML", message, "fix the YAML")),
        }
    }
    use_wire_names(&mut merge.document.json);
    if merge.diagnostics.is_empty() { Ok(merge.document) } else { Err(merge.diagnostics) }
}

fn parse(yaml: &str) -> std::result::Result<Map<String, Value>, String> {
    // Through YAML's own value, which rejects duplicate keys.
    let yaml: serde_norway::Value = serde_norway::from_str(yaml).map_err(|error| error.to_string())?;
    match serde_json::to_value(yaml) {
        Ok(Value::Object(part)) => Ok(part),
        Ok(_) => Err("the file is not a mapping".to_owned()),
        Err(error) => Err(error.to_string()),
    }
}

struct Merge {
    document: Document,
    diagnostics: Vec<Diagnostic>,
}

impl Merge {
    fn add(&mut self, file: &str, place: &mut Vec<String>, part: Map<String, Value>) {
        for (key, value) in part {
            place.push(key);
            match value {
                Value::Object(inner) if is_shared(place) => self.add(file, place, inner),
                Value::Null if is_shared(place) => {}
                _ if is_shared(place) => self.report(file, place, "not a mapping", "write `name: definition` pairs"),
                value => match self.document.origins.insert(place.clone(), file.to_owned()) {
                    None => insert(&mut self.document.json, place, value),
                    Some(other) => {
                        self.report(file, place, &format!("also defined in openapi/{other}"), "define it once");
                    }
                },
            }
            place.pop();
        }
    }

    fn report(&mut self, file: &str, place: &[String], message: &str, help: &str) {
        self.diagnostics.push(Diagnostic::new(file, place.join(" > "), message, help));
    }
}

/// Whether several files may add to the mapping at `place`: the paths, the methods of a path, and the kinds of
/// components.
fn is_shared(place: &[String]) -> bool {
    matches!(place[0].as_str(), "paths" | "components") && place.len() <= 2
}

fn insert(document: &mut Value, place: &[String], value: Value) {
    let mut target = document;
    for key in place {
        target = &mut target[key];
    }
    *target = value;
}

/// A parameter keeps its documented name in the YAML file, and has its wire name in the document.
fn use_wire_names(document: &mut Value) {
    let paths = document.get_mut("paths").and_then(Value::as_object_mut).into_iter().flatten();
    let operations = paths.filter_map(|(_, methods)| methods.as_object_mut()).flatten().map(|(_, operation)| operation);
    let parameters = operations.filter_map(|operation| operation.get_mut("parameters")?.as_array_mut()).flatten();
    for parameter in parameters.filter_map(Value::as_object_mut) {
        if let Some(name) = parameter.remove("x-genauth-wire-name") {
            parameter.insert("name".to_owned(), name);
        }
    }
}
