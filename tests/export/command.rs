//! The command line of `dateline export`.

use std::fs;

use dateline::store::{Mark, Store};
use dateline::text::Clean;
use serde_json::Value;
use tempfile::TempDir;

use crate::support::{deliver, stories};
use crate::work::*;

#[test]
fn without_a_format_it_is_the_subscriptions() {
    let folder = library();
    let at = folder.path();
    let opml = exported(at, &[]);
    assert!(opml.starts_with("<?xml") && opml.contains("https://feed0.example.org/rss"));
    assert_eq!(exported(at, &["--format", "opml"]), opml);
    assert_eq!(exported(at, &["-"]), opml);
    let file = at.join("my feeds.opml");
    for arguments in [&["my feeds.opml"][..], &["-o", "my feeds.opml"], &["--format", "opml", "-o", "my feeds.opml"]]
    {
        assert_eq!(exported(at, arguments), "");
        assert_eq!(fs::read_to_string(&file).unwrap(), opml, "{arguments:?}");
        fs::remove_file(&file).unwrap();
    }
}

#[test]
fn a_query_without_a_format_makes_no_file() {
    let folder = library();
    let files = || fs::read_dir(folder.path()).unwrap().count();
    let before = files();
    for arguments in [
        &["country:IR"][..],
        &["unread"],
        &["--", "-by:Zarif"],
        &["storm", "harbour"],
        &["storm", "-o", "x"],
        &["--format", "opml", "storm"],
        &["--limit", "3"],
    ] {
        let run = dateline(folder.path(), &[&["export"], arguments].concat());
        assert_eq!((run.code, run.out.as_str()), (Some(2), ""), "{arguments:?}");
        assert!(run.err.contains("--format"), "{}", run.err);
    }
    assert_eq!(files(), before);
}

#[test]
fn what_matches_is_written_latest_first() {
    let folder = library();
    let at = folder.path();
    let ids = |out: &str| -> Vec<String> {
        let records = out.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
        records.map(|record| record["date"].as_str().unwrap().to_owned()).collect()
    };
    let all = ids(&exported(at, &["--format", "jsonl"]));
    assert_eq!(all.len(), 10);
    assert!(all.is_sorted_by(|a, b| a >= b), "{all:?}");
    assert_eq!(ids(&exported(at, &["--format", "jsonl", "--limit", "3"])), all[..3]);
    let oldest = ids(&exported(at, &["--format", "jsonl", "sort:oldest", "--limit", "1"]));
    assert_eq!(oldest[..], all[9..]);
    assert_eq!(ids(&exported(at, &["--format", "jsonl", "cholera OR cyclone"])).len(), 2);
    // The shell has taken the quotation marks away.
    assert_eq!(ids(&exported(at, &["--format", "jsonl", "night train", "unread"])).len(), 1);

    let none = exported(at, &["--format", "csl-json", "nothingofthis"]);
    assert_eq!(serde_json::from_str::<Value>(&none).unwrap(), serde_json::json!([]));
    assert_eq!(exported(at, &["--format", "jsonl", "nothingofthis"]), "");
}

#[test]
fn json_lines_are_those_of_annotate_and_tell_how_the_library_has_it() {
    let folder = library();
    let mut store = Store::open(folder.path()).unwrap();
    let key = store.keys(&crate::support::asked("darkhan"), None).unwrap()[0];
    store.tag(&[key.id], &Clean::literal("thesis")).unwrap();
    store.mark(&[key.id], Mark::Starred(true)).unwrap();
    drop(store);
    let record: Value = serde_json::from_str(&exported(folder.path(), &["--format", "jsonl", "tag:thesis"])).unwrap();
    let library = &record["library"];
    assert_eq!(library["tags"], serde_json::json!(["thesis"]));
    assert_eq!((&library["read"], &library["starred"]), (&Value::Bool(false), &Value::Bool(true)));
    assert_eq!(library["feed"], "Steppe Wire");
    assert!(library["feed_url"].as_str().unwrap().ends_with(".example.org/rss"));
    assert_eq!(library["added"], "2026-11-13T12:00:00Z");
    // Offsets are into the text that is there.
    let text: Vec<char> = record["text"].as_str().unwrap().chars().collect();
    let [start, end] = [0, 1].map(|side| record["quotes"][0]["content"][0][side].as_u64().unwrap() as usize);
    let words: String = text[start..end].iter().collect();
    assert!(words.starts_with('“') && words.contains("bomb"), "{words}");

    let input = folder.path().join("one.jsonl");
    fs::write(
        &input,
        serde_json::json!({"text": record["text"], "date": record["date"], "title": record["title"]}).to_string(),
    )
    .unwrap();
    let annotated: Value = serde_json::from_str(&dateline(folder.path(), &["annotate", "one.jsonl"]).out).unwrap();
    for key in ["entities", "quotes", "officials", "events", "countries", "toponyms"] {
        assert_eq!(record[key], annotated[key], "{key}");
    }
}

#[test]
fn what_waits_is_annotated_on_the_way_and_kept() {
    let folder = TempDir::new().unwrap();
    deliver(&mut Store::open(folder.path()).unwrap(), &stories());
    let references = exported(folder.path(), &["--format", "bibtex"]);
    assert_eq!(references.matches("@online{").count(), 10);
    assert_eq!(Store::open(folder.path()).unwrap().count_unindexed().unwrap(), 10, "references need no annotations");
    let table = exported(folder.path(), &["--format", "quotes-csv"]);
    assert!(table.contains("Daulet Serikbayev"));
    assert_eq!(Store::open(folder.path()).unwrap().count_unindexed().unwrap(), 0);
    assert_eq!(exported(folder.path(), &["--format", "quotes-csv"]), table);

    let folder = TempDir::new().unwrap();
    deliver(&mut Store::open(folder.path()).unwrap(), &stories());
    let run = dateline(folder.path(), &["export", "--format", "quotes-csv", "by:Serikbayev"]);
    assert_eq!(run.code, Some(0));
    assert!(run.err.contains("10 articles are not annotated yet"), "{}", run.err);
}

#[test]
fn events_are_written_as_annotate_writes_them() {
    let folder = library();
    for format in ["plover", "polecat"] {
        let all = exported(folder.path(), &["--format", format]);
        let sure = exported(folder.path(), &["--format", format, "--min-confidence", "0.9"]);
        assert!(all.lines().count() > sure.lines().count() && sure.lines().count() >= 1);
    }
    let table = exported(folder.path(), &["--format", "polecat"]);
    assert!(table.starts_with("Event ID\tEvent Date\t"));
    assert_eq!(table.lines().filter(|line| line.starts_with("Event ID")).count(), 1);
}

#[test]
fn a_file_is_whole_or_not_there() {
    let folder = library();
    let at = folder.path();
    assert_eq!(exported(at, &["--format", "markdown", "-o", "notes.md", "darkhan"]), "");
    let notes = fs::read_to_string(at.join("notes.md")).unwrap();
    assert_eq!(notes, exported(at, &["--format", "markdown", "darkhan"]));
    assert!(
        notes.starts_with("# darkhan\n\n## Kazakh security chief denounces Darkhan station attack\n\nSteppe Wire · "),
        "{notes}"
    );
    assert!(notes.contains("\n>\n> — Daulet Serikbayev, Secretary"), "{notes}");

    // A wrong query leaves the old file alone, and so does a folder in its place.
    let run = dateline(at, &["export", "--format", "markdown", "-o", "notes.md", "titel:x"]);
    assert_eq!(run.code, Some(2));
    assert!(run.err.contains("^^^^^^"), "{}", run.err);
    assert_eq!(fs::read_to_string(at.join("notes.md")).unwrap(), notes);
    for place in [".", "no/such/folder.md"] {
        let run = dateline(at, &["export", "--format", "markdown", "-o", place]);
        assert_eq!((run.code, run.out.as_str()), (Some(1), ""), "{place}");
        assert!(!run.err.is_empty());
    }
    assert!(fs::read_dir(at).unwrap().all(|entry| !entry.unwrap().file_name().to_string_lossy().contains(".part")));

    let empty = TempDir::new().unwrap();
    let run = dateline(empty.path(), &["export", "--format", "jsonl"]);
    assert_eq!(run.code, Some(2));
    assert!(!Store::file_in(empty.path()).exists(), "asking makes nothing");
}

#[test]
fn with_a_speaker_in_the_query_his_words_alone_are_written() {
    let folder = library();
    let at = folder.path();
    let rows = |query: &[&str]| exported(at, &[&["--format", "quotes-csv"], query].concat()).lines().count() - 1;
    assert_eq!(rows(&["by:Serikbayev"]), 2);
    assert!(rows(&["darkhan"]) > 2);
    let notes = exported(at, &["--format", "markdown", "by:Serikbayev"]);
    assert_eq!(notes.matches("\n> —").count(), 2, "{notes}");
    assert!(!notes.contains("\n- "), "no events: {notes}");
}
