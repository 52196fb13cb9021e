//! An operation's fields as flags.

use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgAction, ArgMatches, value_parser};
use heck::ToKebabCase;
use serde_json::{Map, Value};

use super::error::{CliError, Result};
use super::spec::{Field, Kind, Operation};
use super::{global_args, secret_input};

/// The flag of a field: its name with dashes, after `field-` where an option of every command has that name.
pub fn flag(field: &Field) -> String {
    let name = field.name.to_kebab_case();
    if global_args::is_taken(&name) { format!("field-{name}") } else { name }
}

/// The flags of an operation. Of two fields with names that differ in their case alone, the first gets one.
pub fn of(operation: &Operation) -> Vec<Arg> {
    let mut flags: Vec<Arg> = Vec::new();
    for field in operation.fields() {
        let flag = flag(&field);
        if !flags.iter().any(|other| other.get_long() == Some(&flag)) {
            flags.push(arg(&field, flag));
        }
    }
    flags
}

/// All fields at once.
pub fn json() -> Arg {
    Arg::new("json").long("json").value_name("JSON").help(
        "All fields at once, as a JSON object: parameters and the body's members together. Flags override single \
         fields",
    )
}

/// What clap knows a field by: no option of every command is known by the like.
fn id(field: &Field) -> String {
    format!("field {}", field.name)
}

fn arg(field: &Field, flag: String) -> Arg {
    let arg = Arg::new(id(field)).long(flag).help(field.description.to_owned()).help_heading("Fields");
    let arg = if field.required { arg.required_unless_present("json") } else { arg };
    match &field.kind {
        Kind::Text => arg.value_name("TEXT"),
        Kind::Secret => arg.value_name("SECRET"),
        Kind::Json => arg.value_name("JSON"),
        Kind::Integer => arg.value_name("NUMBER").value_parser(value_parser!(i64)).allow_negative_numbers(true),
        Kind::Number => arg.value_name("NUMBER").value_parser(value_parser!(f64)).allow_negative_numbers(true),
        Kind::Texts => arg.value_name("TEXT").action(ArgAction::Append),
        Kind::Choice(values) => {
            let values: Vec<String> = values.iter().map(ToString::to_string).collect();
            arg.value_name("VALUE").value_parser(PossibleValuesParser::new(values))
        }
        Kind::Boolean => arg
            .value_name("BOOLEAN")
            .value_parser(value_parser!(bool))
            .num_args(0..=1)
            .require_equals(true)
            .default_missing_value("true"),
    }
}

/// The fields that were given, by `--json` and by flags.
pub fn values(operation: &Operation, matches: &ArgMatches) -> Result<Map<String, Value>> {
    let mut values = match matches.get_one::<String>("json") {
        None => Map::new(),
        Some(given) => match parse("--json", given)? {
            Value::Object(values) => values,
            _ => return Err(CliError::usage("--json: not an object")),
        },
    };
    for field in operation.fields() {
        if let Some(value) = value(&field, matches)? {
            values.insert(field.name.to_owned(), value);
        }
    }
    Ok(values)
}

fn value(field: &Field, matches: &ArgMatches) -> Result<Option<Value>> {
    let (id, option) = (id(field), format!("--{}", flag(field)));
    // A field that got no flag is not known here.
    if !matches.try_contains_id(&id).unwrap_or_default() {
        return Ok(None);
    }
    let text = || matches.get_one::<String>(&id);
    Ok(match &field.kind {
        Kind::Text | Kind::Choice(_) => text().map(|text| text.as_str().into()),
        Kind::Secret => {
            text().map(|given| secret_input::secret(&option, given)).transpose()?.map(|s| s.expose_secret().into())
        }
        Kind::Json => text().map(|given| parse(&option, given)).transpose()?,
        Kind::Boolean => matches.get_one::<bool>(&id).map(|value| (*value).into()),
        Kind::Integer => matches.get_one::<i64>(&id).map(|value| (*value).into()),
        Kind::Number => matches.get_one::<f64>(&id).map(|value| (*value).into()),
        Kind::Texts => matches.get_many::<String>(&id).map(|texts| texts.cloned().collect()),
    })
}

fn parse(option: &str, given: &str) -> Result<Value> {
    let text = secret_input::json(option, given)?;
    serde_json::from_str(&text).map_err(|error| {
        let hint = "write it as '{\"name\": \"value\"}', or give it with @FILE or -";
        CliError::with_hint(format!("{option}: not JSON: {error}"), hint)
    })
}
