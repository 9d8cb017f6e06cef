//! References as CSL-JSON, which citation programs read: an article each, of type `article-newspaper`.

use jiff::civil::Date;
use serde_json::{Map, Value, json};

use super::{Entry, citation};
use crate::text::Clean;

/// The item of an article, on one line.
///
/// # Errors
/// Never in practice; the type is that of the serializer.
pub(super) fn item(entry: &Entry<'_>) -> serde_json::Result<Clean> {
    let article = entry.article;
    let mut item = Map::new();
    let mut set = |key: &str, value: Value| item.insert(key.to_owned(), value);
    set("id", citation::key(article).into());
    set("type", "article-newspaper".into());
    set("title", citation::title(article).as_str().into());
    let authors = citation::authors(article);
    if !authors.is_empty() {
        // Which part of a byline is the family name cannot be told, nor whether it is a person's.
        set("author", authors.iter().map(|name| json!({"literal": name.as_str()})).collect());
    }
    if let Some(source) = article.source.as_deref().map(Clean::line).filter(|source| !source.is_empty()) {
        set("container-title", source.as_str().into());
    }
    if let Some(date) = article.date {
        set("issued", day(date));
    }
    if let Some(date) = citation::accessed(entry) {
        set("accessed", day(date));
    }
    if let Some(address) = article.address() {
        set("URL", address.into());
    }
    if let Some(language) = article.language.as_deref().map(Clean::line).filter(|language| !language.is_empty()) {
        set("language", language.as_str().into());
    }
    Ok(Clean::new(&serde_json::to_string(&item)?))
}

fn day(date: Date) -> Value {
    json!({"date-parts": [[date.year(), date.month(), date.day()]]})
}
