//! The fields of a generated struct, matched with the properties that they came from, and how a
//! function takes a value for one.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use serde_json::Value;
use syn::{File, GenericArgument, Item, ItemStruct, PathArguments, Type};

use crate::{Bundle, Problem, document, given, names};

/// A property of a schema, and the field that it became.
pub struct Field {
    pub ident: Ident,
    pub description: String,
    pub required: bool,
    /// Its type, without the `Option` of one that is not required.
    pub ty: Type,
    optional: bool,
    /// The value that the client gives it itself.
    pub given: Option<TokenStream>,
}

impl Field {
    /// Whether whoever makes the call has to give its value.
    pub fn is_argument(&self) -> bool {
        self.required && self.given.is_none()
    }

    /// The type of a function's argument for it.
    pub fn argument(&self) -> TokenStream {
        argument(&self.ty)
    }

    /// The field's value, made from such an argument under the field's name.
    pub fn value(&self) -> TokenStream {
        let ident = &self.ident;
        let value = if is_plain(&self.ty) {
            quote!(#ident)
        } else if is_named(&self.ty, "JsonText") {
            quote!(crate::JsonText::new(#ident))
        } else if generic(&self.ty, "Vec").is_some() {
            quote!(#ident.into_iter().map(Into::into).collect())
        } else {
            quote!(#ident.into())
        };
        if self.optional { quote!(Some(#value)) } else { value }
    }

    /// How progenitor's methods take the field of `holder`.
    pub fn passed(&self, holder: &TokenStream) -> TokenStream {
        let ident = &self.ident;
        match (self.optional, is_plain(&self.ty), is_named(&self.ty, "String")) {
            (_, true, _) => quote!(#holder.#ident),
            (true, _, true) => quote!(#holder.#ident.as_deref()),
            (true, ..) => quote!(#holder.#ident.as_ref()),
            (false, ..) => quote!(&#holder.#ident),
        }
    }
}

/// The fields of the struct that `schema`, called `name`, became: first the required ones, in the order
/// of its `required` list.
pub fn fields(bundle: &Bundle, file: &File, name: &str, schema: &Value) -> Result<Vec<Field>, Problem> {
    let problem = |what, remedy: &str| bundle.problem(&["components", "schemas", name], what, remedy);
    let Some(properties) = schema["properties"].as_object() else {
        return Err(problem("it is sent, but has no properties".to_owned(), "list them"));
    };
    let structure = find(file, &names::type_name(name))
        .ok_or_else(|| problem("it did not become a struct".to_owned(), "make it a plain object"))?;

    let required: Vec<&str> = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let optional = properties.keys().map(String::as_str).filter(|name| !required.contains(name));
    required
        .iter()
        .copied()
        .chain(optional)
        .map(|property| {
            let ident = names::value_name(property);
            let field = structure.fields.iter().find(|field| field.ident.as_ref() == Some(&ident));
            let field = field.ok_or_else(|| {
                problem(
                    format!("`{property}` did not become a field `{ident}`"),
                    "list it in properties, in plain camelCase",
                )
            })?;
            let inner = generic(&field.ty, "Option");
            Ok(Field {
                ident,
                description: description(bundle, &properties[property]),
                required: required.contains(&property),
                ty: inner.unwrap_or(&field.ty).clone(),
                optional: inner.is_some(),
                given: given(&properties[property], &quote!(self)),
            })
        })
        .collect()
}

/// The value that the client gives a parameter itself; the lint has seen to it that it can be read.
pub fn given(parameter: &Value, client: &TokenStream) -> Option<TokenStream> {
    given::expression(parameter.get(given::EXTENSION)?, client).ok()
}

/// What a property says of itself, or what the schema that it refers to says.
fn description(bundle: &Bundle, property: &Value) -> String {
    let target = document::reference(property).map(|name| &bundle.document["components"]["schemas"][name]);
    let own = property["description"].as_str();
    own.or_else(|| target?["description"].as_str()).unwrap_or_default().to_owned()
}

fn find<'a>(file: &'a File, name: &Ident) -> Option<&'a ItemStruct> {
    types(file).iter().find_map(|item| match item {
        Item::Struct(item) if item.ident == *name => Some(item),
        _ => None,
    })
}

fn types(file: &File) -> &[Item] {
    let content = file.items.iter().find_map(|item| match item {
        Item::Mod(module) if module.ident == "types" => module.content.as_ref(),
        _ => None,
    });
    content.map(|(_, items)| items.as_slice()).unwrap_or_default()
}

fn argument(ty: &Type) -> TokenStream {
    if is_plain(ty) {
        return quote!(#ty);
    }
    if is_named(ty, "JsonText") {
        return quote!(&(impl serde::Serialize + ?Sized));
    }
    match generic(ty, "Vec") {
        Some(item) if is_plain(item) => quote!(impl IntoIterator<Item = #item>),
        Some(item) => quote!(impl IntoIterator<Item = impl Into<#item>>),
        None => quote!(impl Into<#ty>),
    }
}

/// Whether a value of the type is passed as it is.
fn is_plain(ty: &Type) -> bool {
    ["bool", "i32", "i64", "f64"].iter().any(|name| is_named(ty, name))
}

fn is_named(ty: &Type, name: &str) -> bool {
    matches!(ty, Type::Path(path) if path.path.segments.last().is_some_and(|last| last.ident == name))
}

/// The `T` of `name<T>`.
pub fn generic<'a>(ty: &'a Type, name: &str) -> Option<&'a Type> {
    let Type::Path(path) = ty else { return None };
    let last = path.path.segments.last().filter(|last| last.ident == name)?;
    match &last.arguments {
        PathArguments::AngleBracketed(arguments) => match arguments.args.first()? {
            GenericArgument::Type(inner) => Some(inner),
            _ => None,
        },
        _ => None,
    }
}
