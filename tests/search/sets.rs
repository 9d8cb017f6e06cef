//! Queries over the development sets, where they are: thousands of articles by others.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, OnceLock};

use dateline::model::{Article, Doc};
use dateline::store::Store;
use dateline::text::Clean;
use serde_json::Value;

use crate::support::*;

/// The articles of a set; none, with a word that they are left out, where it is not there.
fn set(name: &str, most: usize) -> Vec<Article> {
    let path: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/bench").join(name);
    let Ok(lines) = fs::read_to_string(&path) else {
        eprintln!("left out: {name} is not there");
        return Vec::new();
    };
    let article = |line: &str| {
        let record: Value = serde_json::from_str(line).unwrap();
        let text = |key: &str| record[key].as_str();
        Article {
            id: Clean::line(text("id").unwrap()),
            title: text("title").map(Clean::line),
            source: text("corpus").or(Some("Gold")).map(Clean::line),
            date: text("date").and_then(|date| date.get(..10)?.parse().ok()),
            doc: Doc { text: Clean::new(text("text").unwrap()), ..Doc::default() },
            ..Article::default()
        }
    };
    lines.lines().take(most).map(article).collect()
}

/// A library with the sets that are there, made once; `None` where none is.
fn library() -> Option<MutexGuard<'static, Store>> {
    static LIBRARY: OnceLock<Option<Mutex<Store>>> = OnceLock::new();
    let library = LIBRARY.get_or_init(|| {
        let mut articles = set("gold/dev.jsonl", 200);
        for name in ["lgl", "geovirus", "trnews", "geowebnews"] {
            articles.extend(set(&format!("countries/{name}.dev.jsonl"), 60));
        }
        if articles.is_empty() {
            return None;
        }
        let mut store = Store::in_memory().unwrap();
        deliver(&mut store, &articles);
        annotate(&mut store);
        Some(Mutex::new(store))
    });
    library.as_ref().map(|store| store.lock().unwrap_or_else(|broken| broken.into_inner()))
}

#[test]
fn the_statement_of_the_gold_set_is_found_by_words_and_speaker() {
    let Some(store) = library() else { return };
    let found = said(&store, "said:\"barbaric crimes\" by:Shamkhani");
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].1.contains("terrorist groups"));
    assert!(!titles(&store, "place:\"St. Petersburg\"").is_empty());
    assert!(!titles(&store, "person:\"Ali Shamkhani\" country:IR").is_empty());
    assert!(said(&store, "said:\"barbaric crimes\" by:Lavrov").is_empty());
}

/// Every statement that is listed has the words and the speaker that were asked for, by the annotations themselves.
#[test]
fn what_is_listed_is_what_was_asked_for() {
    let Some(store) = library() else { return };
    let mut all = 0;
    for (word, by) in
        [("the", "minister"), ("government", "president"), ("people", "US"), ("not", "GB"), ("said", "a*")]
    {
        for one in statements(&store, &format!("said:{word} by:{by}")) {
            all += 1;
            let words = one.words.to_lowercase();
            let is_there = words.split(|c: char| !c.is_alphanumeric()).any(|one| one == word);
            assert!(is_there, "{word}: {words}");
            let who = format!("{} {}", one.speaker.as_deref().unwrap_or(""), one.office.as_deref().unwrap_or(""));
            let is_by = match by {
                "US" | "GB" => one.polity.is_some_and(|polity| polity.code() == by),
                "a*" => true,
                name => who.to_lowercase().contains(name),
            };
            assert!(is_by || by.len() > 2, "{by}: {one:?}");
            assert!(one.context.len() >= one.words.len().min(40), "{one:?}");
        }
    }
    assert!(all > 10, "{all}");
}

/// Halves of the library by any condition are the whole.
#[test]
fn a_condition_and_its_negation_part_the_library() {
    let Some(store) = library() else { return };
    let whole = titles(&store, "").len();
    for query in [
        "the",
        "\"of the\"",
        "person:a*",
        "place:London",
        "org:un*",
        "official:president",
        "country:US",
        "about:US,GB",
        "said:the",
        "by:US",
        "said:we by:minister",
        "event:ASSAULT",
        "event:CONSULT actor:US",
        "title:a OR by:b*",
        "event:OTHER:DISASTER -recipient:US",
        "since:2015-01-01",
    ] {
        let (some, rest) = (titles(&store, query).len(), titles(&store, &format!("-({query})")).len());
        assert_eq!(some + rest, whole, "{query}");
    }
    assert!(titles(&store, "the").len() > whole / 2);
}
