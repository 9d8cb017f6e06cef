//! What inputs say of their articles, apart from the text.

use serde_json::{Map, Value};

use super::parse_date;
use crate::model::Article;
use crate::text::{Clean, Removed, clean, clean_line};

/// Sets what `key` names in `article`. A key that dateline has no use for, or a value that is no such thing, is kept
/// in `extra`.
pub(super) fn set(article: &mut Article, key: &str, value: Value) {
    if value.is_null() && is_known(key) {
        return;
    }
    let removed = &mut article.removed;
    let known = match key {
        "id" => word(&value, removed).map(|id| article.id = id),
        "title" => word(&value, removed).map(|title| article.title = Some(title)),
        "source" => word(&value, removed).map(|source| article.source = Some(source)),
        "url" => word(&value, removed).map(|url| article.url = Some(url)),
        "language" => word(&value, removed).map(|language| article.language = Some(language)),
        "date" => value.as_str().and_then(parse_date).map(|date| article.date = Some(date)),
        "authors" => names(&value, removed).map(|authors| article.authors = authors),
        _ => None,
    };
    if known.is_none() {
        let key = clean_line(key, removed);
        let value = kept(value, removed);
        article.extra.insert(key.to_string(), value);
    }
}

fn is_known(key: &str) -> bool {
    matches!(key, "id" | "title" | "source" | "url" | "language" | "date" | "authors")
}

/// A text or number on one line, unless there is nothing in it.
fn word(value: &Value, removed: &mut Removed) -> Option<Clean> {
    let word = match value {
        Value::String(text) => clean_line(text, removed),
        Value::Number(number) => Clean::line(&number.to_string()),
        _ => return None,
    };
    (!word.is_empty()).then_some(word)
}

/// Names as a list or as one text: "Jane Roe and John Doe" is left as it is, for names hold "and" as well.
fn names(value: &Value, removed: &mut Removed) -> Option<Vec<Clean>> {
    match value {
        Value::Array(list) => list.iter().map(|name| word(name.get("name").unwrap_or(name), removed)).collect(),
        one => word(one, removed).map(|name| vec![name]),
    }
}

/// `value` with every text in it cleaned. Its depth is bounded by the parser it comes from.
fn kept(value: Value, removed: &mut Removed) -> Value {
    match value {
        Value::String(text) => {
            let cleaned = clean(&text);
            *removed += cleaned.removed;
            Value::String(cleaned.text.to_string())
        }
        Value::Array(list) => list.into_iter().map(|value| kept(value, removed)).collect(),
        Value::Object(map) => {
            let entries =
                map.into_iter().map(|(key, value)| (clean_line(&key, removed).to_string(), kept(value, removed)));
            Value::Object(entries.collect::<Map<_, _>>())
        }
        other => other,
    }
}
