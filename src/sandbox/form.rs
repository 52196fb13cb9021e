//! Bodies in the form of a web page's.

use serde_json::{Map, Value};
use url::form_urlencoded;

use super::error::Refusal;

/// Reads one. What is sent without a value counts as not sent; what is sent twice is an error.
pub fn decode(body: &[u8]) -> Result<Value, Refusal> {
    let mut members = Map::new();
    for (name, value) in form_urlencoded::parse(body).filter(|(_, value)| !value.is_empty()) {
        let earlier = members.insert(name.to_string(), value.into());
        if earlier.is_some() {
            return Err(Refusal::malformed("the form has something in it twice"));
        }
    }
    Ok(Value::Object(members))
}
