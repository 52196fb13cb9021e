//! Which names Rust takes.

use heck::{ToSnakeCase, ToUpperCamelCase};
use proc_macro2::Ident;

/// Whether a name has a form in Rust, as the name of a type and as that of a value.
pub fn has_form_in_rust(name: &str) -> bool {
    [name.to_upper_camel_case(), format!("{}_", name.to_snake_case())].iter().all(|form| is_identifier(form))
}

/// Whether a name is one in Rust as it stands.
pub fn is_identifier(name: &str) -> bool {
    syn::parse_str::<Ident>(name).is_ok()
}
