//! The fields of a struct that requests are made of, and how a function takes a value for one.

use heck::ToSnakeCase;
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use syn::{GenericArgument, PathArguments, Type};

use crate::diagnostic::Diagnostic;
use crate::spec::extensions::{ClientSetting, ClientSupplied};
use crate::spec::operation::{Operation, Parameter};
use crate::spec::schema::{Schema, Shape};
use crate::spec::{Spec, idents};
use crate::types::Types;

/// The methods of every struct that requests are made of.
const STRUCT_METHODS: [&str; 2] = ["clone", "new"];

/// The methods of every `Call` and `UrlBuilder`.
const CALL_METHODS: [&str; 16] = [
    "access_token",
    "at",
    "attempt",
    "clone",
    "envelope",
    "fmt",
    "header",
    "into_future",
    "items",
    "lang",
    "new",
    "real_ip",
    "retry_policy",
    "run",
    "timeout",
    "to_url",
];

/// The setter of a struct for an optional property or parameter.
pub fn setter_ident(name: &str) -> Ident {
    unlike(&STRUCT_METHODS, idents::value_ident(name))
}

/// The name, with a trailing underscore if it is that of a method.
fn unlike(methods: &[&str], ident: Ident) -> Ident {
    if methods.iter().any(|method| ident == method) { format_ident!("{ident}_") } else { ident }
}

/// A field, and the property or parameter that it represents.
pub struct Field<'a> {
    /// The name of the property or parameter.
    pub name: &'a str,
    pub ident: Ident,
    /// The name of a function's argument for it, and of its setter if it is optional.
    pub argument_ident: Ident,
    pub schema: &'a Schema,
    pub description: &'a str,
    pub required: bool,
    pub example: Option<&'a serde_json::Value>,
    /// Its type, without the `Option` of an optional one.
    ty: Type,
    optional: bool,
    /// Whether a request may set it to `null`.
    nullable: bool,
    value: Value<'a>,
    /// The value, where the client supplies it by itself.
    client_supplied: Option<&'a ClientSupplied>,
}

/// How a function takes a value.
enum Value<'a> {
    /// As it is.
    Plain,
    /// As something that serializes.
    Json,
    /// As an enum, or as a string that becomes one.
    Enum(&'a str),
    /// As a list of such values.
    List(Box<(Value<'a>, Type)>),
    /// As something that converts to it.
    Into,
}

impl<'a> Field<'a> {
    fn new(
        spec: &'a Spec,
        types: &Types,
        structure: &str,
        (name, schema, required): (&'a str, &'a Schema, bool),
    ) -> Option<Self> {
        let ident = idents::value_ident(name);
        let field = types.structs.get(structure)?.iter().find(|field| ident == field.name.as_str())?;
        Some(Self {
            name,
            argument_ident: if required { ident.clone() } else { setter_ident(name) },
            ident,
            schema,
            description: spec.description(schema),
            required,
            example: spec.resolve(schema).example.as_ref(),
            ty: field.ty.clone(),
            optional: field.optional,
            nullable: false,
            value: value(spec, schema, &field.ty),
            client_supplied: None,
        })
    }

    /// Whether the caller has to supply a value.
    pub fn is_argument(&self) -> bool {
        self.required && self.client_supplied.is_none()
    }

    pub fn is_optional(&self) -> bool {
        self.optional
    }

    pub fn ty(&self) -> &Type {
        &self.ty
    }

    /// The type of a function's argument for it. The argument for a required enum has the enum's own type, so that two
    /// arguments cannot be swapped unnoticed.
    pub fn argument_type(&self) -> TokenStream {
        argument_type(&self.value, &self.ty, self.required)
    }

    /// The declaration of a function's argument.
    pub fn argument(&self) -> TokenStream {
        let (ident, ty) = (&self.argument_ident, self.argument_type());
        quote!(#ident: #ty)
    }

    /// The field's value, made from such an argument.
    pub fn value(&self) -> TokenStream {
        let ident = &self.argument_ident;
        let value = match &self.value {
            Value::Plain => quote!(#ident),
            Value::Enum(_) if self.required => quote!(#ident),
            Value::Json => quote!(crate::JsonText::new(#ident)),
            Value::List(item) if is_taken_as_it_is(&item.0, self.required) => quote!(#ident.into_iter().collect()),
            Value::List(_) => quote!(#ident.into_iter().map(::std::convert::Into::into).collect()),
            Value::Enum(_) | Value::Into => quote!(#ident.into()),
        };
        match (self.optional, self.nullable) {
            (true, true) => quote!(Some(Some(#value))),
            (true, false) => quote!(Some(#value)),
            (false, _) => value,
        }
    }

    /// The setter that makes it `null`, if a request may do so, and its documentation.
    pub fn null_setter(&self) -> Option<(Ident, String)> {
        let name = self.argument_ident.to_string();
        let ident = format_ident!("clear_{}", name.trim_start_matches("r#"));
        self.nullable.then(|| (ident, format!("Sets `{}` to `null`, which clears it", self.name)))
    }

    /// A constant as such an argument.
    pub fn constant(&self, spec: &Spec, text: &str) -> TokenStream {
        let ty = &self.ty;
        match &self.value {
            Value::Enum(name) if self.required => match super::enums::variant(spec, name, text) {
                Some(variant) => quote!(#ty::#variant),
                None => quote!(#ty::from(#text)),
            },
            _ => quote!(#text),
        }
    }

    /// The value that the client supplies, as an argument of the struct's constructor.
    pub fn supplied(&self, spec: &Spec, client: &TokenStream) -> Option<TokenStream> {
        Some(match self.client_supplied? {
            ClientSupplied::Constant(text) => self.constant(spec, text),
            ClientSupplied::From(ClientSetting::AppId) => quote!(#client.app_id()),
        })
    }

    /// The value that the client supplies, as a string.
    pub fn supplied_text(&self, client: &TokenStream) -> Option<TokenStream> {
        Some(match self.client_supplied? {
            ClientSupplied::Constant(text) => quote!(#text),
            ClientSupplied::From(ClientSetting::AppId) => quote!(#client.app_id()),
        })
    }

    /// How progenitor's methods take the field of `holder`.
    pub fn passed(&self, holder: &TokenStream) -> TokenStream {
        let ident = &self.ident;
        let is_string = is_std(&self.ty, "String");
        match (self.optional, &self.value) {
            (_, Value::Plain) => quote!(#holder.#ident),
            (true, _) if is_string => quote!(#holder.#ident.as_deref()),
            (true, _) => quote!(#holder.#ident.as_ref()),
            (false, Value::List(_)) if !self.required => quote!(::std::option::Option::Some(&#holder.#ident)),
            (false, _) => quote!(&#holder.#ident),
        }
    }
}

/// The fields of the named schema, which requests contain: first the required ones, in the order of `required`.
pub fn of_schema<'a>(spec: &'a Spec, types: &Types, name: &'a str) -> Result<Vec<Field<'a>>, Diagnostic> {
    let diagnostic = |message: String, help| spec.diagnostic(&["components", "schemas", name], message, help);
    let object = spec.schema(name).and_then(Schema::object).filter(|object| !object.properties.is_empty());
    let Some(object) = object else {
        return Err(diagnostic("part of a request, but it has no properties".to_owned(), "list them"));
    };
    let structure = idents::type_ident(name).to_string();
    let required = object.required.iter().filter_map(|name| object.property(name));
    let optional = object.properties.iter().filter(|property| !object.is_required(&property.name));
    let properties = required.chain(optional).map(|property| {
        let of = (property.name.as_str(), &property.schema, object.is_required(&property.name));
        let field = Field::new(spec, types, &structure, of).ok_or_else(|| {
            let message = format!("`{}` did not become a field", property.name);
            diagnostic(message, "make the schema a plain object, and the property's name camelCase")
        })?;
        Ok(Field { nullable: spec.is_nullable_in_requests(name, property), ..field })
    });
    properties.collect()
}

/// The fields of an operation's parameters: first the required ones.
pub fn of_parameters<'a>(
    spec: &'a Spec,
    types: &Types,
    operation: &'a Operation,
) -> Result<Vec<Field<'a>>, Diagnostic> {
    let structure = operation.parameters_name();
    let field = |parameter: &'a Parameter| {
        let of = (parameter.name.as_str(), &parameter.schema, parameter.required);
        let field = Field::new(spec, types, &structure, of).ok_or_else(|| {
            let place = [&*operation.place("parameters"), &[&parameter.name]].concat();
            spec.diagnostic(&place, "did not become a field", "use a name in camelCase")
        })?;
        Ok(Field {
            description: &parameter.description,
            example: parameter.example.as_ref(),
            client_supplied: parameter.client_supplied.as_ref(),
            ..field
        })
    };
    let (required, optional): (Vec<_>, Vec<_>) = operation.parameters.iter().partition(|it| it.required);
    required.into_iter().chain(optional).map(field).collect()
}

/// Renames the arguments of a call that have the name of another argument or of a method.
pub fn distinguish<'a>(parameters: &mut [Field<'a>], body: &mut [Field<'a>]) {
    for field in parameters.iter_mut().chain(&mut *body).filter(|field| !field.required) {
        field.argument_ident = unlike(&CALL_METHODS, field.ident.clone());
    }
    let taken = |name: &Ident| body.iter().any(|field| field.argument_ident == *name);
    let mut names: Vec<Ident> = parameters.iter().map(|parameter| parameter.argument_ident.clone()).collect();
    for (index, parameter) in parameters.iter_mut().enumerate() {
        let mut longer = parameter.name.to_snake_case();
        while taken(&names[index]) || names.iter().filter(|name| **name == names[index]).count() > 1 {
            longer += "_parameter";
            names[index] = idents::value_ident(&longer);
        }
        parameter.argument_ident = names[index].clone();
    }
}

fn value<'a>(spec: &'a Spec, schema: &'a Schema, ty: &Type) -> Value<'a> {
    if let Some(name) = schema.reference()
        && matches!(spec.resolve(schema).shape, Shape::Enum(_))
    {
        return Value::Enum(name);
    }
    let schema = spec.resolve(schema);
    match (&schema.shape, generic(ty, "Vec")) {
        (Shape::Boolean | Shape::Integer | Shape::Number, _) => Value::Plain,
        (Shape::String(Some(format)), _) if format == "json" => Value::Json,
        (Shape::Array(items), Some(item)) => {
            // Nothing else converts to an object, and so an empty list needs no type.
            let is_object = matches!(&spec.resolve(items).shape, Shape::Object(_));
            let value = if is_object { Value::Plain } else { value(spec, items, item) };
            Value::List(Box::new((value, item.clone())))
        }
        _ => Value::Into,
    }
}

/// Whether the argument has the value's own type.
fn is_taken_as_it_is(value: &Value, required: bool) -> bool {
    matches!(value, Value::Plain) || required && matches!(value, Value::Enum(_))
}

fn argument_type(value: &Value, ty: &Type, required: bool) -> TokenStream {
    match value {
        _ if is_taken_as_it_is(value, required) => quote!(#ty),
        Value::Json => quote!(&(impl ::serde::Serialize + ?Sized)),
        Value::List(item) if is_taken_as_it_is(&item.0, required) => {
            let item_type = &item.1;
            quote!(impl ::std::iter::IntoIterator<Item = #item_type>)
        }
        Value::List(item) => {
            let item_type = &item.1;
            quote!(impl ::std::iter::IntoIterator<Item = impl ::std::convert::Into<#item_type>>)
        }
        _ => quote!(impl ::std::convert::Into<#ty>),
    }
}

/// Whether a type is the standard library's of this name, and not one of the document's.
fn is_std(ty: &Type, name: &str) -> bool {
    matches!(ty, Type::Path(path) if path.path.leading_colon.is_some()
        && path.path.segments.last().is_some_and(|last| last.ident == name))
}

/// The `T` of `name<T>`.
pub fn generic<'a>(ty: &'a Type, name: &str) -> Option<&'a Type> {
    let Type::Path(path) = ty else { return None };
    let last = path.path.segments.last().filter(|last| last.ident == name)?;
    let PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
    match arguments.args.first()? {
        GenericArgument::Type(inner) => Some(inner),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use syn::{ImplItem, Item};

    use super::CALL_METHODS;

    #[test]
    fn setters_cannot_have_the_names_of_methods() {
        let sources = [
            include_str!("../../../src/client/call.rs"),
            include_str!("../../../src/client/pagination.rs"),
            include_str!("../../../src/client/url.rs"),
        ];
        let mut methods = BTreeSet::from(["clone".to_owned(), "new".to_owned()]);
        for item in sources.iter().flat_map(|source| syn::parse_file(source).unwrap().items) {
            let Item::Impl(item) = item else { continue };
            let syn::Type::Path(ty) = &*item.self_ty else { continue };
            if ["Call", "UrlBuilder"].iter().any(|name| ty.path.segments[0].ident == name) {
                methods.extend(item.items.iter().filter_map(|item| match item {
                    ImplItem::Fn(method) => Some(method.sig.ident.to_string()),
                    _ => None,
                }));
            }
        }
        assert_eq!(methods, CALL_METHODS.map(ToOwned::to_owned).into());
    }
}
