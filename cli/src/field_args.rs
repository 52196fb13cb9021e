//! An operation's fields as flags.

use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgAction, ArgMatches, value_parser};
use genauth::spec::ValueKind;
use heck::ToKebabCase;
use serde_json::{Map, Value};

use super::error::{CliError, Result};
use super::spec::{Field, Operation};
use super::{global_args, secret_input};

/// The flag of a field: its name in kebab case, prefixed with `field-` where a global option has that name.
pub fn flag(field: &Field) -> String {
    let name = field.name.to_kebab_case();
    if global_args::is_taken(&name) { format!("field-{name}") } else { name }
}

/// The flags of an operation. Of fields whose names differ only in case, the first one gets the flag.
pub fn all(operation: &Operation) -> Vec<Arg> {
    let mut flags: Vec<Arg> = Vec::new();
    for field in operation.fields() {
        let flag = flag(&field);
        if !flags.iter().any(|other| other.get_long() == Some(&flag)) {
            flags.push(arg(&field, flag));
        }
    }
    flags
}

/// `--json`, which takes all fields at once.
pub fn json() -> Arg {
    Arg::new("json").long("json").value_name("JSON").help(
        "Set all fields with one JSON object: parameters and the body's properties together. Flags override members",
    )
}

/// clap's id of a field; the space keeps it apart from the ids of other options.
fn id(field: &Field) -> String {
    format!("field {}", field.name)
}

fn arg(field: &Field, flag: String) -> Arg {
    let arg = Arg::new(id(field)).long(flag).help(field.description).help_heading("Fields");
    let arg = if field.required { arg.required_unless_present("json") } else { arg };
    match field.value {
        ValueKind::String => arg.value_name("STRING"),
        ValueKind::Secret => arg.value_name("SECRET"),
        ValueKind::Json => arg.value_name("JSON"),
        ValueKind::Integer => arg.value_name("NUMBER").value_parser(value_parser!(i64)).allow_negative_numbers(true),
        ValueKind::Number => arg.value_name("NUMBER").value_parser(value_parser!(f64)).allow_negative_numbers(true),
        ValueKind::StringList => arg.value_name("STRING").action(ArgAction::Append),
        ValueKind::Enum(values) => arg.value_name("VALUE").value_parser(PossibleValuesParser::new(values)),
        ValueKind::Boolean => arg
            .value_name("BOOLEAN")
            .value_parser(value_parser!(bool))
            .num_args(0..=1)
            .require_equals(true)
            .default_missing_value("true"),
    }
}

/// The given fields: those in `--json`, overridden by flags.
pub fn values(operation: &Operation, matches: &ArgMatches) -> Result<Map<String, Value>> {
    let mut values = match matches.get_one::<String>("json") {
        None => Map::new(),
        Some(given) => match parse("--json", given)? {
            Value::Object(values) => values,
            _ => return Err(CliError::usage("--json: not an object: write it as '{\"name\": \"value\"}'")),
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
    // clap does not know a field without a flag.
    if !matches.try_contains_id(&id).unwrap_or_default() {
        return Ok(None);
    }
    let string = || matches.get_one::<String>(&id);
    Ok(match field.value {
        ValueKind::String | ValueKind::Enum(_) => string().map(|string| string.as_str().into()),
        ValueKind::Secret => {
            let secret = string().map(|given| secret_input::secret(&option, given)).transpose()?;
            secret.map(|secret| secret.expose_secret().into())
        }
        ValueKind::Json => string().map(|given| parse(&option, given)).transpose()?,
        ValueKind::Boolean => matches.get_one::<bool>(&id).map(|value| (*value).into()),
        ValueKind::Integer => matches.get_one::<i64>(&id).map(|value| (*value).into()),
        ValueKind::Number => matches.get_one::<f64>(&id).map(|value| (*value).into()),
        ValueKind::StringList => matches.get_many::<String>(&id).map(|strings| strings.cloned().collect()),
    })
}

fn parse(option: &str, given: &str) -> Result<Value> {
    let text = secret_input::json(option, given)?;
    serde_json::from_str(&text).map_err(|error| {
        let hint = "write it as '{\"name\": \"value\"}', or read it with @FILE or -";
        CliError::with_hint(format!("{option}: invalid JSON: {error}"), hint)
    })
}
