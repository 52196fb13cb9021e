//! The APIs, each with a document and a client of its own.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use super::extensions::InternalUse;

/// An API.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Api {
    /// What an application does for its users.
    #[default]
    Authentication,
    /// What an administrator does with a user pool.
    Management,
}

impl Api {
    /// The folder of its files, below `openapi/`.
    pub(crate) fn folder(self) -> &'static str {
        match self {
            Self::Authentication => "authentication",
            Self::Management => "management",
        }
    }

    /// The name of the client whose methods are its operations.
    pub(crate) fn client(self) -> &'static str {
        match self {
            Self::Authentication => "AuthenticationClient",
            Self::Management => "ManagementClient",
        }
    }

    pub(crate) fn client_ident(self) -> Ident {
        Ident::new(self.client(), Span::call_site())
    }

    /// The module of the library with what is generated for it: `types`, `operations` and the like.
    pub(crate) fn module(self) -> TokenStream {
        match self {
            Self::Authentication => quote!(crate),
            Self::Management => quote!(crate::management),
        }
    }

    /// The path of that module for users.
    pub(crate) fn public_module(self) -> &'static str {
        match self {
            Self::Authentication => "genauth",
            Self::Management => "genauth::management",
        }
    }

    /// The feature of the library that its internal uses need.
    pub(crate) fn internal_feature(self) -> &'static str {
        match self {
            Self::Authentication => "oidc",
            Self::Management => "management",
        }
    }

    /// What the library itself uses its operations for.
    pub(crate) fn internal_uses(self) -> &'static [InternalUse] {
        match self {
            Self::Authentication => &[
                InternalUse::Authorization,
                InternalUse::CodeExchange,
                InternalUse::Discovery,
                InternalUse::Jwks,
                InternalUse::TokenRefresh,
                InternalUse::TokenRevocation,
            ],
            Self::Management => &[InternalUse::ManagementToken],
        }
    }

    /// The names of its security schemes, each a variant of the library's `SecurityScheme`.
    pub(crate) fn security_schemes(self) -> &'static [&'static str] {
        match self {
            Self::Authentication => &["appId", "accessToken", "appSecret", "oauthClient", "eventToken"],
            Self::Management => &["managementToken", "accessKeySignature"],
        }
    }
}
