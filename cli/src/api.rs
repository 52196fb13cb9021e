//! The APIs, as the command sees them.

use genauth::spec::{self, OperationSpec, TagSpec};
use genauth::{OPENAPI, management};

use super::command_name;

/// The subcommand that has the operations of the management API.
pub const MANAGEMENT: &str = "management";

/// An API.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Api {
    /// Its operations are subcommands of `genauth`.
    Authentication,
    /// Its operations are subcommands of `genauth management`.
    Management,
}

impl Api {
    pub const ALL: [Self; 2] = [Self::Authentication, Self::Management];

    pub fn operations(self) -> &'static [OperationSpec] {
        match self {
            Self::Authentication => spec::OPERATIONS,
            Self::Management => management::spec::OPERATIONS,
        }
    }

    /// The named schemas of its requests, in the order of their names.
    pub fn schemas(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Authentication => spec::SCHEMAS,
            Self::Management => management::spec::SCHEMAS,
        }
    }

    pub fn tags(self) -> &'static [TagSpec] {
        match self {
            Self::Authentication => spec::TAGS,
            Self::Management => management::spec::TAGS,
        }
    }

    /// Its OpenAPI document, in JSON.
    pub fn openapi(self) -> &'static str {
        match self {
            Self::Authentication => OPENAPI,
            Self::Management => management::OPENAPI,
        }
    }

    /// The subcommands beside its operations that have names of their own.
    pub fn reserved_names(self) -> &'static [&'static str] {
        match self {
            Self::Authentication => &command_name::OWN,
            Self::Management => &["events"],
        }
    }

    /// The command that has a subcommand of this name.
    pub fn command(self, name: &str) -> String {
        match self {
            Self::Authentication => name.to_owned(),
            Self::Management => format!("{MANAGEMENT} {name}"),
        }
    }
}
