//! JSON without a fixed form.

use std::fmt;
use std::ops::{Deref, DerefMut};

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Free-form JSON. It dereferences to [`serde_json::Value`].
///
/// It may contain anything, phone numbers and tokens included, so `Debug` shows only the type of the value.
///
/// ```
/// use serde_json::json;
///
/// let data = genauth::FreeForm::from(json!({ "plan": "gold" }));
/// assert_eq!(data["plan"], "gold");
/// assert_eq!(format!("{data:?}"), "FreeForm(object)");
/// ```
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FreeForm(Value);

impl FreeForm {
    /// Unwraps the value.
    pub fn into_value(self) -> Value {
        self.0
    }
}

impl<T: Into<Value>> From<T> for FreeForm {
    fn from(value: T) -> Self {
        Self(value.into())
    }
}

impl Deref for FreeForm {
    type Target = Value;

    fn deref(&self) -> &Value {
        &self.0
    }
}

impl DerefMut for FreeForm {
    fn deref_mut(&mut self) -> &mut Value {
        &mut self.0
    }
}

impl fmt::Debug for FreeForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0 {
            Value::Null => "FreeForm(null)",
            Value::Bool(_) => "FreeForm(boolean)",
            Value::Number(_) => "FreeForm(number)",
            Value::String(_) => "FreeForm(string)",
            Value::Array(_) => "FreeForm(array)",
            Value::Object(_) => "FreeForm(object)",
        })
    }
}

#[cfg(feature = "schemars")]
impl schemars::JsonSchema for FreeForm {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "FreeForm".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::Schema::default()
    }
}
