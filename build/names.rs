//! Names as Rust writes them.

use heck::{ToSnakeCase, ToUpperCamelCase};
use proc_macro2::Ident;
use quote::format_ident;

/// Whether a name has a form in Rust, as the name of a type and as that of a value.
pub fn has_form_in_rust(name: &str) -> bool {
    [name.to_upper_camel_case(), format!("{}_", name.to_snake_case())].iter().all(|form| is_identifier(form))
}

/// Whether a name is one in Rust as it stands.
pub fn is_identifier(name: &str) -> bool {
    syn::parse_str::<Ident>(name).is_ok()
}

/// The type name of a schema or an operation.
pub fn type_name(name: &str) -> Ident {
    format_ident!("{}", name.to_upper_camel_case())
}

/// The argument or method name of a property; keywords get a trailing underscore.
pub fn value_name(name: &str) -> Ident {
    let name = name.to_snake_case();
    syn::parse_str(&name).unwrap_or_else(|_| format_ident!("{name}_"))
}
