//! `x-genauth-sandbox`: how the sandbox responds to an operation.

use serde::Deserialize;

/// How the sandbox responds.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub enum Sandbox {
    /// The name of the handler.
    Handler(String),
    Routes(SandboxRoutes),
    Collection(SandboxCollection),
}

/// A handler with more routes than the operation's own, for what other clients send.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SandboxRoutes {
    pub handler: String,
    /// Each a method and a path.
    pub also: Vec<SandboxRoute>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SandboxRoute {
    pub method: String,
    pub path: String,
}

/// What the operation does with a collection of items that the sandbox stores.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SandboxCollection {
    pub collection: String,
    /// The properties that identify an item together.
    pub key: Vec<String>,
    pub action: CollectionAction,
    /// The argument that lists items, or their keys.
    pub argument: Option<String>,
    /// The argument with the new value of the last part of the key.
    pub rename: Option<String>,
}

/// What is done with a collection.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CollectionAction {
    Create,
    CreateAll,
    Get,
    GetAll,
    List,
    Update,
    Delete,
    DeleteAll,
    AddMembers,
    RemoveMembers,
    ListMembers,
    ListOfUser,
}

impl Sandbox {
    /// The name of the handler.
    pub fn handler(&self) -> Option<&str> {
        match self {
            Self::Handler(handler) | Self::Routes(SandboxRoutes { handler, .. }) => Some(handler),
            Self::Collection(_) => None,
        }
    }

    pub fn collection(&self) -> Option<&SandboxCollection> {
        match self {
            Self::Collection(collection) => Some(collection),
            _ => None,
        }
    }

    /// The additional routes: each a method, and a path with the same parameters.
    pub fn routes(&self) -> impl Iterator<Item = (&str, &str)> {
        let routes: &[SandboxRoute] = match self {
            Self::Routes(routes) => &routes.also,
            _ => &[],
        };
        routes.iter().map(|route| (route.method.as_str(), route.path.as_str()))
    }
}
