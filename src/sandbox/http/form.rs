//! Bodies of the type `application/x-www-form-urlencoded`.

use serde_json::{Map, Value};
use url::form_urlencoded;

use crate::sandbox::handlers::error::ApiError;

/// Decodes a form. A field without a value counts as absent; a repeated field is an error.
pub fn decode(body: &[u8]) -> Result<Value, ApiError> {
    let mut fields = Map::new();
    for (name, value) in form_urlencoded::parse(body).filter(|(_, value)| !value.is_empty()) {
        let earlier = fields.insert(name.to_string(), value.into());
        if earlier.is_some() {
            return Err(ApiError::malformed("the form contains a field twice"));
        }
    }
    Ok(Value::Object(fields))
}
