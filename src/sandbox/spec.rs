//! The description, as the sandbox reads it.

use std::io;
use std::sync::{LazyLock, OnceLock};

use jsonschema::{Draft, Registry, Validator};
use serde_json::{Value, json};

use super::error::Refusal;

/// The name under which schemas refer to the document.
const DOCUMENT: &str = "genauth:///openapi.json";

static DESCRIPTION: LazyLock<Result<Description, String>> = LazyLock::new(Description::read);

/// The document, with an index for references into it; read once, whatever the number of sandboxes.
pub struct Description {
    pub document: Value,
    registry: Registry<'static>,
}

impl Description {
    pub fn get() -> io::Result<&'static Self> {
        DESCRIPTION.as_ref().map_err(|error| io::Error::other(error.as_str()))
    }

    fn read() -> Result<Self, String> {
        let document: Value = serde_json::from_str(crate::OPENAPI).map_err(|error| error.to_string())?;
        // OpenAPI 3.0's schemas are those of draft 4, but for details that the description does not use.
        let registry = Registry::new().draft(Draft::Draft4).add(DOCUMENT, document.clone());
        let registry = registry.and_then(|registry| registry.prepare()).map_err(|error| error.to_string())?;
        Ok(Self { document, registry })
    }
}

/// A schema whose validator is made at its first use: making all of them would take seconds.
pub struct Schema {
    schema: Value,
    validator: OnceLock<Result<Validator, String>>,
}

impl Schema {
    pub fn new(schema: Value) -> Self {
        Self { schema, validator: OnceLock::new() }
    }

    /// A reference to the schema that stands at `place` in the document.
    pub fn reference(place: &[&str]) -> Value {
        let escape = |key: &&str| key.replace('~', "~0").replace('/', "~1").replace('{', "%7B").replace('}', "%7D");
        let place = place.iter().map(escape);
        json!({ "$ref": format!("{DOCUMENT}#/{}", place.collect::<Vec<_>>().join("/")) })
    }

    /// Names the first place that does not conform, and never the value that stands there.
    pub fn check(&self, value: &Value, kind: &str) -> Result<(), Refusal> {
        let validator = self.validator.get_or_init(|| self.validator());
        let validator = validator.as_ref().map_err(|error| Refusal::new(500, error))?;
        validator.validate(value).map_err(|error| {
            let place = error.instance_path().to_string();
            let place = if place.is_empty() { "request".to_owned() } else { place[1..].replace('/', ".") };
            Refusal::malformed(format!("{kind}{place}: {}", error.masked()))
        })
    }

    fn validator(&self) -> Result<Validator, String> {
        let registry = &Description::get().map_err(|error| error.to_string())?.registry;
        let options = jsonschema::options().with_draft(Draft::Draft4).with_registry(registry);
        options.build(&self.schema).map_err(|error| error.to_string())
    }
}
