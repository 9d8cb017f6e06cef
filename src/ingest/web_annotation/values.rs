//! Values of JSON at their places, and what is wrong with them.

use serde_json::{Map, Value};

use crate::text::Clean;

/// The longest text in an annotation, in bytes.
pub(super) const MOST_WORDS: usize = 64 << 10;
/// The most bodies of an annotation, targets of it, and selectors of a target.
const MOST_PARTS: usize = 64;

/// What is wrong with a value, and where.
pub(super) struct Wrong(pub(super) String);

pub(super) type Object = Map<String, Value>;

/// The sentence on what is wrong at a key.
pub(super) fn wrong(path: &str, key: &str, what: &str) -> Wrong {
    let place = format!("{path}{key}");
    let place = place.trim_end_matches(['.', ' ', ':']);
    Wrong(if place.is_empty() { format!("the file {what}") } else { format!("{place} {what}") })
}

/// Whether the object's type, or one of its types, is this.
pub(super) fn is_a(object: &Object, wanted: &str) -> bool {
    let is = |value: &Value| value.as_str().is_some_and(|kind| kind.strip_prefix("oa:").unwrap_or(kind) == wanted);
    match object.get("type").or_else(|| object.get("@type")) {
        Some(Value::Array(kinds)) => kinds.iter().any(is),
        Some(kind) => is(kind),
        None => false,
    }
}

/// The values at a key, be it one or a list, each with its place.
pub(super) fn parts<'v>(object: &'v Object, key: &str, path: &str) -> Result<Vec<(String, &'v Value)>, Wrong> {
    match object.get(key) {
        None | Some(Value::Null) => Ok(Vec::new()),
        Some(Value::Array(values)) if values.len() > MOST_PARTS => {
            Err(wrong(path, key, &format!("has more than {MOST_PARTS} values")))
        }
        Some(Value::Array(values)) => {
            Ok(values.iter().enumerate().map(|(number, value)| (format!("{path}{key}[{number}]"), value)).collect())
        }
        Some(value) => Ok(vec![(format!("{path}{key}"), value)]),
    }
}

fn string<'v>(value: &'v Value, path: &str) -> Result<&'v str, Wrong> {
    let kind = match value {
        Value::String(words) if words.len() > MOST_WORDS => {
            return Err(wrong(path, "", &format!("is longer than {} KiB", MOST_WORDS >> 10)));
        }
        Value::String(words) => return Ok(words),
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    };
    Err(wrong(path, "", &format!("is {kind}, not words")))
}

pub(super) fn line_of(value: &Value, path: &str) -> Result<Clean, Wrong> {
    string(value, path).map(Clean::line)
}

/// Words on one line.
pub(super) fn line(object: &Object, key: &str, path: &str) -> Result<Option<Clean>, Wrong> {
    object.get(key).map(|value| line_of(value, &format!("{path}{key}"))).transpose()
}

/// Words as they are.
pub(super) fn words(object: &Object, key: &str, path: &str) -> Result<Option<Clean>, Wrong> {
    object.get(key).map(|value| string(value, &format!("{path}{key}")).map(Clean::new)).transpose()
}

pub(super) fn number(object: &Object, key: &str, path: &str) -> Result<usize, Wrong> {
    let value = object.get(key).ok_or_else(|| wrong(path, key, "is missing"))?;
    let number = value.as_u64().and_then(|number| usize::try_from(number).ok());
    number.ok_or_else(|| wrong(path, key, "is not a number of characters"))
}
