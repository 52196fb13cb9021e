//! JSON as a table.

use comfy_table::{Table, presets};
use serde_json::{Map, Value};

use super::error::printable;

/// A list becomes rows, and so does the list of a page, beside which stand only numbers; any other object becomes a row
/// for each member.
pub fn of(value: &Value) -> String {
    match value {
        Value::Array(items) => rows(items),
        Value::Object(members) => match page(members) {
            Some(items) => rows(items),
            None => lines(members.iter().map(|(name, value)| vec![printable(name), cell(value)]), None),
        },
        value => cell(value),
    }
}

fn page(members: &Map<String, Value>) -> Option<&Vec<Value>> {
    let mut others = members.values().filter(|value| !value.is_number());
    others.next()?.as_array().filter(|_| others.next().is_none())
}

fn rows(items: &[Value]) -> String {
    let mut names: Vec<&String> = Vec::new();
    for name in items.iter().filter_map(Value::as_object).flat_map(|item| item.keys()) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    if names.is_empty() {
        return lines(items.iter().map(|item| vec![cell(item)]), None);
    }
    let row = |item: &Value| names.iter().map(|name| cell(&item[name.as_str()])).collect();
    lines(items.iter().map(row), Some(names.iter().map(|name| printable(name)).collect()))
}

/// Columns of text, set apart by spaces.
pub fn lines(rows: impl Iterator<Item = Vec<String>>, header: Option<Vec<String>>) -> String {
    let mut table = Table::new();
    table.load_style(presets::NOTHING);
    if let Some(header) = header {
        table.set_header(header);
    }
    table.add_rows(rows);
    let text = table.to_string();
    let lines: Vec<_> = text.lines().map(|line| line.strip_prefix(' ').unwrap_or(line).trim_end()).collect();
    lines.join("\n")
}

fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => printable(&text.replace('\n', " ")),
        value => value.to_string(),
    }
}
