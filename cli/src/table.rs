//! JSON as a table.

use comfy_table::{Table, presets};
use serde_json::{Map, Value};

use super::terminal::printable;

/// A list has a row per item, and so has a page: an object whose members are one list and numbers. Any other object has
/// a row per member.
pub fn of(value: &Value) -> String {
    match value {
        Value::Array(items) => rows(items),
        Value::Object(members) => match page_items(members) {
            Some(items) => rows(items),
            None => columns(members.iter().map(|(name, value)| vec![printable(name), cell(value)]), None),
        },
        value => cell(value),
    }
}

fn page_items(members: &Map<String, Value>) -> Option<&Vec<Value>> {
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
        return columns(items.iter().map(|item| vec![cell(item)]), None);
    }
    let row = |item: &Value| names.iter().map(|name| cell(&item[name.as_str()])).collect();
    columns(items.iter().map(row), Some(names.iter().map(|name| printable(name)).collect()))
}

/// Aligned columns, separated by spaces.
pub fn columns(rows: impl Iterator<Item = Vec<String>>, header: Option<Vec<String>>) -> String {
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
