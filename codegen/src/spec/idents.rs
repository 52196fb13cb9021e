//! Names as Rust writes them.

use heck::{ToSnakeCase, ToUpperCamelCase};
use proc_macro2::Ident;
use quote::format_ident;

/// The type of a schema or an operation.
pub fn type_ident(name: &str) -> Ident {
    format_ident!("{}", name.to_upper_camel_case())
}

/// The field, argument or method of a property, parameter or operation; keywords get a trailing underscore.
pub fn value_ident(name: &str) -> Ident {
    let name = name.to_snake_case();
    syn::parse_str(&name).unwrap_or_else(|_| format_ident!("{name}_"))
}

/// Whether a name can become a type.
pub fn makes_type(name: &str) -> bool {
    is_valid_ident(&name.to_upper_camel_case())
}

/// Whether a name can become a field, an argument or a method.
pub fn makes_value(name: &str) -> bool {
    is_valid_ident(&format!("{}_", name.to_snake_case()))
}

/// Whether a name is a Rust identifier as it stands.
pub fn is_valid_ident(name: &str) -> bool {
    syn::parse_str::<Ident>(name).is_ok()
}
