//! Names as Rust writes them.

use heck::{ToSnakeCase, ToUpperCamelCase};
use proc_macro2::Ident;
use quote::format_ident;

/// The type name of a schema or an operation.
pub fn type_name(name: &str) -> Ident {
    format_ident!("{}", name.to_upper_camel_case())
}

/// The argument or method name of a property; keywords get a trailing underscore.
pub fn value_name(name: &str) -> Ident {
    let name = name.to_snake_case();
    syn::parse_str(&name).unwrap_or_else(|_| format_ident!("{name}_"))
}
