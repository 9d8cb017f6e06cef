//! References, read by a parser of BibLaTeX and by the rules of CSL-JSON's schema.

use std::collections::HashSet;

use biblatex::{Bibliography, ChunksExt};
use dateline::model::Article;
use dateline::text::Clean;
use serde_json::Value;

use crate::support::stories;
use crate::work::*;

/// What references could stumble over.
const HOSTILE: &[&str] = &[
    "100 % of {braces} & \\input{/etc/passwd} $x_1^2$ ~tilde #1",
    "Unbalanced } brace",
    "Unbalanced { brace",
    "@online{evil, title={x}}",
    "Quotes \" and ' and “these”, commas, = signs",
    "Ünïcödé — 日本語 — Ελλάδα",
    "ends with a backslash \\",
    "% a comment",
];

fn hostile() -> Vec<Article> {
    let story = &stories()[0];
    let titled = |(number, title): (usize, &&str)| Article {
        id: Clean::line(&format!("hostile {number}")),
        title: Some(Clean::line(title)),
        authors: vec![Clean::line(title), Clean::literal("Obi, Ada"), Clean::literal("Staff and agencies")],
        url: Some(Clean::line(&format!("https://example.org/{number}?q={{}}%7D&x=\\{{"))),
        ..story.clone()
    };
    HOSTILE.iter().enumerate().map(titled).collect()
}

#[test]
fn bibtex_is_parsed_to_what_was_written() {
    let folder = library();
    let text = exported(folder.path(), &["--format", "bibtex"]);
    let references = Bibliography::parse(&text).unwrap();
    assert_eq!(references.len(), 10);
    let entry = references.iter().find(|entry| entry.title().unwrap().format_verbatim().contains("Darkhan")).unwrap();
    assert_eq!(entry.entry_type.to_string(), "online");
    assert!(entry.key.starts_with("steppewire2026-"), "{}", entry.key);
    assert_eq!(entry.get("date").unwrap().format_verbatim(), "2026-05-21");
    assert_eq!(entry.get("organization").unwrap().format_verbatim(), "Steppe Wire");
    assert_eq!(entry.url().unwrap(), "https://example.org/steppe-wire/2026/05/21/darkhan-station");
    assert_eq!(entry.get("urldate").unwrap().format_verbatim(), "2026-11-13");
    // The same again, whatever else is exported.
    let one = exported(folder.path(), &["--format", "bibtex", "darkhan"]);
    assert!(text.contains(one.trim()), "{one}");
}

#[test]
fn signs_of_tex_in_headlines_are_words() {
    let folder = library_of(&hostile());
    let text = exported(folder.path(), &["--format", "bibtex", "sort:title"]);
    let references = Bibliography::parse(&text).unwrap_or_else(|error| panic!("{error}: {text}"));
    assert_eq!(references.len(), HOSTILE.len());
    let keys: HashSet<&str> = references.iter().map(|entry| entry.key.as_str()).collect();
    assert_eq!(keys.len(), HOSTILE.len());
    for entry in references.iter() {
        assert_eq!(entry.entry_type.to_string(), "online");
        assert_eq!(entry.author().unwrap().len(), 3, "{:?}", entry.author());
        assert!(entry.url().unwrap().starts_with("https://example.org/"));
    }
    // Every special sign is behind a backslash or a command's name; braces are balanced.
    let mut depth = 0;
    for c in text.chars() {
        depth += i32::from(c == '{') - i32::from(c == '}');
        assert!(depth >= 0);
    }
    assert_eq!(depth, 0);
    assert!(text.contains("Ünïcödé — 日本語 — Ελλάδα"));
    assert!(!text.contains("\\input{/"));
}

/// What the schema of CSL-JSON asks of an item (csl-data.json), as far as it has the keys that are written here.
fn check(item: &Value) {
    let item = item.as_object().unwrap();
    assert!(item["id"].is_string() && item["type"] == "article-newspaper");
    for (key, value) in item {
        match key.as_str() {
            "id" | "type" | "title" | "container-title" | "URL" | "language" => assert!(value.is_string(), "{key}"),
            "author" => {
                for name in value.as_array().unwrap() {
                    let name = name.as_object().unwrap();
                    assert!(name.len() == 1 && name["literal"].is_string());
                }
            }
            "issued" | "accessed" => {
                let date = value.as_object().unwrap();
                assert_eq!(date.len(), 1);
                let parts = date["date-parts"].as_array().unwrap();
                assert_eq!(parts.len(), 1);
                let parts: Vec<i64> =
                    parts[0].as_array().unwrap().iter().map(|part| part.as_i64().unwrap()).collect();
                assert!(parts.len() == 3 && (1..=12).contains(&parts[1]) && (1..=31).contains(&parts[2]));
            }
            other => panic!("the schema has no {other}"),
        }
    }
}

#[test]
fn csl_json_keeps_to_its_schema() {
    let folder = library();
    let items: Vec<Value> = serde_json::from_str(&exported(folder.path(), &["--format", "csl-json"])).unwrap();
    assert_eq!(items.len(), 10);
    items.iter().for_each(check);
    let item = items.iter().find(|item| item["title"].as_str().unwrap().contains("Darkhan")).unwrap();
    assert_eq!(item["container-title"], "Steppe Wire");
    assert_eq!(item["issued"], serde_json::json!({"date-parts": [[2026, 5, 21]]}));
    assert_eq!(item["accessed"], serde_json::json!({"date-parts": [[2026, 11, 13]]}));

    let folder = library_of(&hostile());
    let items: Vec<Value> = serde_json::from_str(&exported(folder.path(), &["--format", "csl-json"])).unwrap();
    items.iter().for_each(check);
    let titles: HashSet<&str> = items.iter().map(|item| item["title"].as_str().unwrap()).collect();
    assert_eq!(titles, HOSTILE.iter().copied().collect(), "as they are");
}
