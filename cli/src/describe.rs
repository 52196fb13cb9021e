//! `genauth describe`: an operation's fields, response and examples.

use clap::ArgMatches;
use genauth::spec::{OperationKind, ResponseShape, SecurityScheme, ValueKind};
use serde_json::{Value, json};

use super::api::{Api, MANAGEMENT};
use super::error::Result;
use super::global_args::{ACCESS_TOKEN, APP_ID, APP_SECRET, Format, KEY_ID, KEY_SECRET};
use super::spec::{self, Field, Operation, type_name};
use super::{field_args, openapi, output, suggestion, table};

/// Prints text, or, as JSON, the operation's part of the OpenAPI document.
pub fn run(matches: &ArgMatches) -> Result<()> {
    let words: Vec<_> = matches.get_many::<String>("operation").into_iter().flatten().map(String::as_str).collect();
    let (api, name) = match words.as_slice() {
        [MANAGEMENT, name] => (Api::Management, *name),
        [name] => (Api::Authentication, *name),
        _ => return Err(suggestion::unknown_operation(Api::Authentication, &words.join(" "))),
    };
    let operation = spec::find_operation(api, name).ok_or_else(|| suggestion::unknown_operation(api, name))?;
    match matches.get_one::<Format>("output") {
        Some(Format::Json | Format::Pretty) => output::print(&json(&operation), matches, Format::Pretty),
        Some(Format::Table) | None => output::write(text(&operation).as_bytes()),
    }
}

fn json(operation: &Operation) -> Value {
    let (method, path) = (operation.spec.method.to_lowercase(), operation.spec.path);
    let mut json = json!({ "method": method, "path": path });
    let mut document = openapi::parse(operation.api);
    if let (Some(json), Value::Object(spec)) = (json.as_object_mut(), document["paths"][path][&method].take()) {
        json.extend(spec);
    }
    json
}

fn text(operation: &Operation) -> String {
    let (name, spec) = (operation.command(), operation.spec);
    let mut text = format!("{name}: {}\n\n{}\n\n", spec.summary, operation.description());
    text += &format!("{} {}\nCredentials: {}\n", spec.method, spec.path, credentials(spec.security));

    let fields = operation.fields();
    if !fields.is_empty() {
        text += &format!("\nFields:\n{}\n", rows(&fields, |field| format!("--{}", field_args::flag(field))));
    }
    text += "\nExample:\n";
    let example = operation.example();
    text += &match example.is_empty() {
        true => format!("genauth {name}\n"),
        false => format!("genauth {name} --json '{}'\n", Value::Object(example).to_string().replace('\'', r"'\''")),
    };

    if spec.kind == OperationKind::UrlOnly {
        return text + "\nPrints a URL to open in a browser; sends no request.\n";
    }
    if let ResponseShape::NoData | ResponseShape::Empty = spec.response.shape {
        return text + "\nThe response has no data.\n";
    }
    let data: Vec<_> = spec.response.fields.iter().map(Field::from).collect();
    if !data.is_empty() {
        text += &format!("\nResponse:\n{}\n", rows(&data, |field| field.name.to_owned()));
    }
    if let Some(example) = operation.response_example() {
        text += &format!("\nExample response:\n{example:#}\n");
    }
    text
}

/// The options with the credentials that are sent.
fn credentials(security: &[SecurityScheme]) -> String {
    let mut options = Vec::new();
    for scheme in security {
        let settings: &[_] = match scheme {
            SecurityScheme::AppId => &[APP_ID],
            SecurityScheme::AppSecret | SecurityScheme::OauthClient => &[APP_ID, APP_SECRET],
            SecurityScheme::AccessToken | SecurityScheme::EventToken => &[ACCESS_TOKEN],
            SecurityScheme::ManagementToken | SecurityScheme::AccessKeySignature => &[KEY_ID, KEY_SECRET],
        };
        for setting in settings {
            let option = format!("--{}", setting.option);
            if !options.contains(&option) {
                options.push(option);
            }
        }
    }
    if options.is_empty() { "none".to_owned() } else { options.join(", ") }
}

fn rows(fields: &[Field], name: impl Fn(&Field) -> String) -> String {
    let rows = fields.iter().map(|field| {
        let required = if field.required { "required" } else { "" };
        let description = match field.value {
            ValueKind::Enum(values) => format!("{}; one of {}", field.description, values.join(", ")),
            _ => field.description.to_owned(),
        };
        vec![name(field), type_name(field.value).to_owned(), required.to_owned(), description]
    });
    table::columns(rows, None)
}
