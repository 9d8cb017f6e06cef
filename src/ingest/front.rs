//! Front matter: a TOML table between two lines `+++` at the beginning of a text.

use serde_json::Value;
use toml::Table;

use super::{Fault, Place, Problem, meta};
use crate::model::Article;

const FENCE: &str = "+++";

/// Sets in `article` what the front matter of `text` says. Returns where the text proper begins, in bytes, and what is
/// wrong with the front matter, if anything.
pub(super) fn read(text: &str, place: &Place, article: &mut Article) -> (usize, Option<Problem>) {
    let Some((table, body)) = split(text) else { return (0, None) };
    let Some(body) = body else {
        let fault = Fault::FrontMatter("opened by +++ and never closed; close it by a line +++".to_owned());
        return (0, Some(place.at_line(1).problem(fault)));
    };
    match table.parse::<Table>() {
        Ok(table) => {
            for (key, value) in table {
                meta::set(article, &key, json(value));
            }
            (body, None)
        }
        Err(error) => {
            let before = table.get(..error.span().map_or(0, |span| span.start)).unwrap_or_default();
            let line = 2 + before.matches('\n').count() as u64;
            let column = 1 + before.rsplit('\n').next().unwrap_or_default().chars().count() as u64;
            let message = error.message().lines().collect::<Vec<_>>().join("; ");
            (body, Some(place.at(line, column).problem(Fault::FrontMatter(message))))
        }
    }
}

/// The table's source, and where the text begins behind it; `None` for that if the table is never closed. Nothing if
/// there is no front matter.
fn split(text: &str) -> Option<(&str, Option<usize>)> {
    let first = text.split_inclusive('\n').next()?;
    if first.trim_end() != FENCE || !first.ends_with('\n') {
        return None;
    }
    let mut at = first.len();
    for line in text[at..].split_inclusive('\n') {
        if line.trim_end() == FENCE {
            return Some((&text[first.len()..at], Some(at + line.len())));
        }
        at += line.len();
    }
    Some((&text[first.len()..], None))
}

fn json(value: toml::Value) -> Value {
    match value {
        toml::Value::String(text) => Value::String(text),
        toml::Value::Integer(number) => number.into(),
        toml::Value::Float(number) => number.into(),
        toml::Value::Boolean(flag) => flag.into(),
        toml::Value::Datetime(date) => Value::String(date.to_string()),
        toml::Value::Array(list) => list.into_iter().map(json).collect(),
        toml::Value::Table(table) => table.into_iter().map(|(key, value)| (key, json(value))).collect(),
    }
}
