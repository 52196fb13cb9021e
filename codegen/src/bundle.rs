//! Merges the files under `openapi/` into one OpenAPI document.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::{Map, Value};

use crate::Problem;

/// A YAML file of the description: its name and its text.
pub type Source = (String, String);

/// The merged document, and which file each part of it came from.
#[derive(Clone)]
pub struct Bundle {
    pub document: Value,
    origins: BTreeMap<Vec<String>, String>,
}

impl Bundle {
    /// The problem `what` at `place`, a path of keys into the document.
    pub fn problem(&self, place: &[&str], what: impl std::fmt::Display, remedy: impl Into<String>) -> Problem {
        Problem::new(self.file(place), place.join(" > "), what, remedy)
    }

    fn file(&self, place: &[&str]) -> String {
        (1..=place.len())
            .rev()
            .find_map(|depth| {
                let key: Vec<String> = place[..depth].iter().map(ToString::to_string).collect();
                self.origins.get(&key).cloned()
            })
            .unwrap_or_else(|| "*.yaml".into())
    }
}

/// Reads every YAML file in `folder`, in the order of their names.
pub fn read(folder: &Path) -> Result<Vec<Source>, Vec<Problem>> {
    let unreadable = |path: &Path, error| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        vec![Problem::new(name, "file", error, "make it a readable UTF-8 file")]
    };

    let mut sources = Vec::new();
    for part in ["authentication", "shared"] {
        let folder = folder.join(part);
        for entry in fs::read_dir(&folder).map_err(|error| unreadable(&folder, error))? {
            let path = entry.map_err(|error| unreadable(&folder, error))?.path();
            if path.extension().is_some_and(|extension| extension == "yaml") {
                let text = fs::read_to_string(&path).map_err(|error| unreadable(&path, error))?;
                let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
                sources.push((format!("{part}/{name}"), text));
            }
        }
    }
    sources.sort();
    Ok(sources)
}

/// Merges `sources` into one document. What two of them define is a problem that names both.
pub fn bundle(sources: Vec<Source>) -> Result<Bundle, Vec<Problem>> {
    let mut bundle = Bundle { document: Value::Object(Map::new()), origins: BTreeMap::new() };
    let mut problems = Vec::new();

    for (file, text) in sources {
        match parse(&text) {
            Ok(part) => merge(&mut bundle, &file, &mut Vec::new(), part, &mut problems),
            Err(what) => problems.push(Problem::new(&*file, "YAML", what, "mend the syntax")),
        }
    }
    use_wire_names(&mut bundle.document);
    if problems.is_empty() { Ok(bundle) } else { Err(problems) }
}

/// Parameters keep their documented name in the files and go by the name on the wire in the document.
fn use_wire_names(document: &mut Value) {
    let paths = document.get_mut("paths").and_then(Value::as_object_mut).into_iter().flatten();
    let operations = paths.filter_map(|(_, methods)| methods.as_object_mut()).flatten().map(|(_, operation)| operation);
    let parameters = operations.filter_map(|operation| operation.get_mut("parameters")?.as_array_mut()).flatten();
    for parameter in parameters.filter_map(Value::as_object_mut) {
        if let Some(name) = parameter.remove("x-genauth-wire-name") {
            parameter.insert("name".into(), name);
        }
    }
}

fn parse(text: &str) -> Result<Map<String, Value>, String> {
    // By way of YAML's own value, which rejects a key that stands twice.
    let yaml: serde_norway::Value = serde_norway::from_str(text).map_err(|error| error.to_string())?;
    match serde_json::to_value(yaml) {
        Ok(Value::Object(part)) => Ok(part),
        Ok(_) => Err("the file is not a mapping".into()),
        Err(error) => Err(error.to_string()),
    }
}

fn merge(
    bundle: &mut Bundle,
    file: &str,
    place: &mut Vec<String>,
    part: Map<String, Value>,
    problems: &mut Vec<Problem>,
) {
    for (key, value) in part {
        place.push(key);
        match value {
            Value::Object(inner) if is_shared(place) => merge(bundle, file, place, inner, problems),
            Value::Null if is_shared(place) => {}
            _ if is_shared(place) => {
                problems.push(Problem::new(file, place.join(" > "), "not a mapping", "write `name: definition` pairs"))
            }
            value => match bundle.origins.insert(place.clone(), file.to_owned()) {
                None => insert(&mut bundle.document, place, value),
                Some(other) => problems.push(Problem::new(
                    file,
                    place.join(" > "),
                    format!("also defined in openapi/{other}"),
                    "define it once",
                )),
            },
        }
        place.pop();
    }
}

/// Whether several files may add to the mapping at `place`: the paths, each path's methods, and
/// the kinds of components.
fn is_shared(place: &[String]) -> bool {
    match place[0].as_str() {
        "paths" | "components" => place.len() <= 2,
        _ => false,
    }
}

fn insert(document: &mut Value, place: &[String], value: Value) {
    let mut target = document;
    for key in place {
        target = &mut target[key];
    }
    *target = value;
}
