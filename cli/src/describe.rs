//! What an operation takes and answers.

use clap::ArgMatches;
use serde_json::{Value, json};

use super::error::Result;
use super::global_args::Format;
use super::spec::{Description, Field, Kind, Operation};
use super::{field_args, known, output, table};

/// Describes an operation: for people, or the description's own words in JSON.
pub fn run(description: &Description, matches: &ArgMatches) -> Result<()> {
    let name = matches.get_one::<String>("operation").map(String::as_str).unwrap_or_default();
    let operation = known(description, name)?;
    match matches.get_one::<Format>("output") {
        Some(Format::Json | Format::Pretty) => {
            let mut json = json!({ "method": operation.method, "path": operation.path });
            for (key, value) in operation.spec.as_object().into_iter().flatten() {
                json[key] = value.clone();
            }
            output::print(&json, matches, Format::Pretty)
        }
        Some(Format::Table) | None => output::write(text(&operation).as_bytes()),
    }
}

fn text(operation: &Operation) -> String {
    let Operation { method, path, .. } = operation;
    let name = operation.name();
    let mut text = format!("{name}: {}\n\n{}\n\n", operation.summary(), operation.description());
    text += &format!(
        "{} {path}\nSends: {}\n",
        method.to_uppercase(),
        operation.credentials().collect::<Vec<_>>().join(", ")
    );

    let fields = operation.fields();
    if !fields.is_empty() {
        text += &format!("\nFields:\n{}\n", members(&fields, |field| format!("--{}", field_args::flag(field))));
    }
    text += "\nExample:\n";
    let example = operation.example();
    text += &match example.is_empty() {
        true => format!("genauth {name}\n"),
        false => format!("genauth {name} --json '{}'\n", Value::Object(example).to_string().replace('\'', r"'\''")),
    };

    if operation.is_address() {
        return text + "\nThe answer is an address for a browser; nothing is called.\n";
    }
    let Some(data) = operation.data() else { return text + "\nThe answer has no data.\n" };
    let data = operation.members(data);
    if !data.is_empty() {
        text += &format!("\nAnswer:\n{}\n", members(&data, |field| field.name.to_owned()));
    }
    text + &format!("\nExample of an answer:\n{:#}\n", operation.answer_example())
}

fn members(fields: &[Field], name: impl Fn(&Field) -> String) -> String {
    let rows = fields.iter().map(|field| {
        let required = if field.required { "required" } else { "" };
        let description = match &field.kind {
            Kind::Choice(values) => format!("{}; one of {}", field.description, values.join(", ")),
            _ => field.description.to_owned(),
        };
        vec![name(field), field.kind.name().to_owned(), required.to_owned(), description]
    });
    table::lines(rows, None)
}
