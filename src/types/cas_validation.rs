//! The response to a CAS 1.0 ticket validation.

use serde::{Deserialize, Serialize};

/// The result of a CAS 1.0 ticket validation: the user's name, if the ticket is valid.
///
/// On the wire it is a line `yes` followed by a line with the user's name, or a line `no`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CasValidation {
    user: Option<String>,
}

impl CasValidation {
    /// The name of the user that the ticket belongs to; `None` if the ticket is invalid.
    pub fn user(&self) -> Option<&str> {
        self.user.as_deref()
    }

    /// Whether the ticket is valid.
    pub fn is_valid(&self) -> bool {
        self.user.is_some()
    }
}

impl TryFrom<String> for CasValidation {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let mut lines = text.lines().map(str::trim);
        match (lines.next(), lines.next()) {
            (Some("yes"), Some(user)) if !user.is_empty() => Ok(Self { user: Some(user.to_owned()) }),
            (Some("no"), _) => Ok(Self { user: None }),
            _ => Err("expected `yes` and a name, or `no`"),
        }
    }
}

impl From<CasValidation> for String {
    fn from(validation: CasValidation) -> Self {
        validation.user.map_or_else(|| "no\n".to_owned(), |user| format!("yes\n{user}\n"))
    }
}
