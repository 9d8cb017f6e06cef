//! Articles in JSON: one object a line, one object, or an array of them.

pub(super) mod mend;

use std::io::{BufRead, Read};
use std::ops::ControlFlow;

use serde_json::{Map, Value};

use super::{Each, Fault, Item, Limits, Place, charset, meta, plain};
use crate::model::Article;
use crate::text::Clean;

/// Reads JSON Lines: never more than a line in memory. A line that is no article is a problem, the rest goes on.
pub(super) fn lines(place: &Place, input: &mut impl BufRead, limits: &Limits, each: &mut Each) -> ControlFlow<()> {
    let mut number = 0;
    let mut articles = 0;
    let mut problems = 0;
    loop {
        number += 1;
        let here = place.at_line(number);
        let line = match line(input, limits.line) {
            Ok(None) => break,
            Ok(Some(line)) => line,
            Err(fault) => {
                let ends = matches!(fault, Fault::Io(_));
                each(Item::Problem(here.problem(fault)))?;
                problems += 1;
                if ends {
                    break;
                }
                continue;
            }
        };
        let line = charset::decode(line, None);
        if line.trim().is_empty() {
            continue;
        }
        match parse(line.trim_end()).and_then(|value| article(value, || format!("{}:{number}", place.name))) {
            Ok(article) => {
                articles += 1;
                each(Item::Article(Box::new(article)))?;
            }
            Err(error) => {
                problems += 1;
                let here = error.column.map_or(here.clone(), |column| place.at(number, column));
                each(Item::Problem(here.problem(Fault::Json(error.message))))?;
            }
        }
    }
    if articles + problems == 0 {
        return each(Item::Problem(place.problem(Fault::Empty)));
    }
    ControlFlow::Continue(())
}

/// Reads one JSON value: an article or an array of articles. What is neither may still be JSON Lines.
pub(super) fn document(place: &Place, text: &str, limits: &Limits, each: &mut Each) -> ControlFlow<()> {
    let values = match parse(text) {
        Ok(Value::Array(values)) => values,
        Ok(value) => {
            return match article(value, || place.name.to_string()) {
                Ok(article) => each(Item::Article(Box::new(article))),
                Err(error) => each(Item::Problem(place.problem(Fault::Json(error.message)))),
            };
        }
        // More than one value: lines, in a file that is not named so.
        Err(error) if error.trailing && text.trim_start().starts_with('{') => {
            return lines(place, &mut text.as_bytes(), limits, each);
        }
        Err(error) => {
            let here = error.column.map_or(place.clone(), |column| place.at(error.line, column));
            return each(Item::Problem(here.problem(Fault::Json(error.message))));
        }
    };
    if values.is_empty() {
        return each(Item::Problem(place.problem(Fault::Empty)));
    }
    for (index, value) in values.into_iter().enumerate() {
        match article(value, || format!("{}#{}", place.name, index + 1)) {
            Ok(article) => each(Item::Article(Box::new(article)))?,
            Err(error) => {
                let message = format!("article {}: {}", index + 1, error.message);
                each(Item::Problem(place.problem(Fault::Json(message))))?;
            }
        }
    }
    ControlFlow::Continue(())
}

/// The next line without its end, or nothing at the end of the input. A line past `limit` is passed over.
fn line(input: &mut impl BufRead, limit: u64) -> Result<Option<Vec<u8>>, Fault> {
    let io = |error: std::io::Error| Fault::Io(error.to_string());
    let mut line = Vec::new();
    if input.by_ref().take(limit.saturating_add(1)).read_until(b'\n', &mut line).map_err(io)? == 0 {
        return Ok(None);
    }
    let ends = line.last() == Some(&b'\n');
    if !ends && line.len() as u64 > limit {
        input.skip_until(b'\n').map_err(io)?;
        return Err(Fault::LineTooLong { limit });
    }
    Ok(Some(line))
}

struct BadJson {
    message: String,
    line: u64,
    column: Option<u64>,
    /// Whether a whole value is there, with something behind it.
    trailing: bool,
}

impl BadJson {
    fn article(message: impl Into<String>) -> Self {
        Self { message: message.into(), line: 0, column: None, trailing: false }
    }
}

fn parse(text: &str) -> Result<Value, BadJson> {
    serde_json::from_str(text).or_else(|error| {
        // Half a surrogate pair is an error to the parser, but only a character that cannot be shown to a reader.
        mend::surrogates(text).and_then(|mended| serde_json::from_str(&mended).ok()).ok_or_else(|| bad_json(&error))
    })
}

fn bad_json(error: &serde_json::Error) -> BadJson {
    let mut message = error.to_string();
    // The place is named by itself.
    if let Some(at) = message.rfind(" at line ") {
        message.truncate(at);
    }
    let trailing = message.starts_with("trailing characters");
    let message = if error.is_eof() {
        "JSON ends too early; the line may have been cut".to_owned()
    } else {
        format!("no valid JSON: {message}")
    };
    BadJson { message, line: error.line() as u64, column: Some(error.column().max(1) as u64), trailing }
}

/// The article that a JSON object is. `place` names it if it has no id.
fn article(value: Value, place: impl Fn() -> String) -> Result<Article, BadJson> {
    let Value::Object(mut object) = value else {
        return Err(BadJson::article("not an article: a JSON object with a \"text\" is needed"));
    };
    let text = match object.shift_remove("text") {
        Some(Value::String(text)) => text,
        Some(_) => return Err(BadJson::article("\"text\" is not a text")),
        None => return Err(BadJson::article("no \"text\"")),
    };
    let mut article = from_object(object);
    if article.id.is_empty() {
        article.id = Clean::line(&place());
    }
    plain::fill(&mut article, text);
    Ok(article)
}

/// An article without text, from everything else in the object.
fn from_object(object: Map<String, Value>) -> Article {
    let mut article = Article::default();
    for (key, value) in object {
        meta::set(&mut article, &key, value);
    }
    article
}
