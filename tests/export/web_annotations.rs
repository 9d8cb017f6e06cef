//! Web Annotations: what the model demands, and the way back.

use std::collections::HashSet;

use dateline::export::web_annotation::collection;
use dateline::ingest::web_annotation::read;
use dateline::model::{Body, Correction, Creator, Note, Purpose};
use dateline::text::anchor::{Fit, Quote, find};
use dateline::text::{Clean, Span};
use serde_json::Value;

use crate::work::*;

/// Whether it is an absolute IRI.
fn is_iri(value: &Value) -> bool {
    let iri = value.as_str().unwrap_or_default();
    let scheme = iri.split_once(':').map_or("", |(scheme, _)| scheme);
    let has_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    has_scheme && !iri.contains(|c: char| c.is_whitespace() || "<>\"{}|\\^`".contains(c))
}

fn listed(value: &Value) -> Vec<&Value> {
    value.as_array().map_or_else(|| vec![value], |values| values.iter().collect())
}

/// The MUSTs of https://www.w3.org/TR/annotation-model/ that concern what is written here.
fn check(document: &Value) -> Vec<&Value> {
    // 3.1, 5.1: context, one IRI, type, the first page; 5.2: the page's IRI, type and list of items.
    assert_eq!(document["@context"], "http://www.w3.org/ns/anno.jsonld");
    assert!(is_iri(&document["id"]) && document["type"] == "AnnotationCollection");
    assert!(document["label"].is_string());
    assert!(document["generated"].as_str().unwrap().parse::<jiff::Timestamp>().is_ok());
    let page = &document["first"];
    assert!(is_iri(&page["id"]) && page["type"] == "AnnotationPage" && page["startIndex"] == 0);
    assert_eq!((&page["partOf"], &page["id"]), (&document["id"], &document["last"]));
    let items: Vec<&Value> = page["items"].as_array().unwrap().iter().collect();
    assert_eq!(document["total"].as_u64(), Some(items.len() as u64));
    let ids: HashSet<&str> = items.iter().map(|item| item["id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), items.len(), "an IRI is of one annotation");
    for item in &items {
        assert!(is_iri(&item["id"]) && item["type"] == "Annotation", "{item}");
        assert!(Purpose::from_label(item["motivation"].as_str().unwrap()).is_some(), "{item}");
        let creator = &item["creator"];
        assert!(creator.is_null() || matches!(creator["type"].as_str(), Some("Software" | "Person")), "{item}");
        assert!(creator.is_null() || creator["name"].is_string());
        for body in item.get("body").map(listed).unwrap_or_default() {
            assert!(body["type"] == "TextualBody" && body["value"].is_string() && body["format"] == "text/plain");
            assert!(Purpose::from_label(body["purpose"].as_str().unwrap()).is_some());
        }
        let targets = listed(&item["target"]);
        assert!(!targets.is_empty(), "an annotation has a target");
        for target in targets {
            if target.is_string() {
                assert!(is_iri(target));
                continue;
            }
            assert!(target["type"] == "SpecificResource" && is_iri(&target["source"]), "{target}");
            for selector in listed(&target["selector"]) {
                match selector["type"].as_str().unwrap() {
                    "TextQuoteSelector" => assert!(selector["exact"].is_string()),
                    "TextPositionSelector" => {
                        let [start, end] = ["start", "end"].map(|key| selector[key].as_u64().unwrap());
                        assert!(start <= end);
                    }
                    other => panic!("{other}"),
                }
            }
        }
    }
    items
}

fn document(folder: &tempfile::TempDir, arguments: &[&str]) -> (String, Value) {
    let text = exported(folder.path(), &[&["--format", "web-annotation"], arguments].concat());
    let value = serde_json::from_str(&text).unwrap();
    (text, value)
}

#[test]
fn what_is_written_keeps_to_the_model() {
    let folder = library();
    let (_, all) = document(&folder, &[]);
    let items = check(&all);
    assert!(items.len() > 100, "{}", items.len());
    assert!(items.iter().all(|item| item["creator"]["type"] == "Software"));
    check(&document(&folder, &["nothingofthis"]).1);

    let (_, two) = document(&folder, &["by:Serikbayev"]);
    let items = check(&two);
    assert_eq!((items.len(), &two["label"]), (2, &Value::from("by:Serikbayev")));
    let one = items[0];
    assert_eq!(one["motivation"], "identifying");
    assert_eq!(one["body"][0]["value"], "Daulet Serikbayev");
    let values: Vec<&str> = listed(&one["body"]).iter().map(|body| body["value"].as_str().unwrap()).collect();
    assert!(
        values.contains(&"quotation") && values.iter().any(|value| value.ends_with(", Kazakhstan")),
        "{values:?}"
    );
    let source = "https://example.org/steppe-wire/2026/05/21/darkhan-station";
    assert!(listed(&one["target"]).iter().all(|target| target["source"] == source));
    let (_, again) = document(&folder, &["by:Serikbayev"]);
    assert_eq!(check(&again)[0]["id"], one["id"], "the same finding keeps its IRI");
}

#[test]
fn what_is_written_is_read_back_to_the_same_places() {
    let folder = library();
    let texts: Vec<(String, String)> = exported(folder.path(), &["--format", "jsonl"])
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap())
        .map(|record| {
            (record["url"].as_str().unwrap_or_default().to_owned(), record["text"].as_str().unwrap().to_owned())
        })
        .collect();
    let (written, value) = document(&folder, &[]);
    let notes = read(written.as_bytes()).unwrap();
    assert_eq!((notes.skipped, notes.ignored, notes.notices.len()), (0, 0, 0));
    assert_eq!(notes.notes.len() as u64, value["total"].as_u64().unwrap());
    let mut found = 0;
    for note in &notes.notes {
        let (_, text) = texts.iter().find(|(url, _)| *url == note.source.as_str()).unwrap();
        for quote in &note.quotes {
            let anchored = find(quote, text).unwrap();
            assert_eq!((anchored.fit, anchored.span.of(text)), (Fit::Here, quote.exact.as_str()));
            let (start, end) = quote.position.unwrap();
            assert_eq!(text.chars().skip(start).take(end - start).collect::<String>(), quote.exact.as_str());
            // A paragraph more before it, and it is found again.
            let moved = format!("Correction: an earlier version was wrong.\n\n{text}");
            let again = find(quote, &moved).unwrap();
            assert_eq!(again.span.start, anchored.span.start + moved.len() - text.len());
            found += 1;
        }
    }
    assert!(found > 100);
    // What was read is written as it was.
    let label = Clean::line(value["label"].as_str().unwrap());
    let made = value["generated"].as_str().unwrap().parse().unwrap();
    assert_eq!(collection(&label, made, &notes.notes).unwrap().as_str(), written);
}

#[test]
fn what_a_person_wrote_goes_the_same_way() {
    let text = Clean::literal("The ferry was late. Nobody knew why.");
    let quote = Quote::of(&text, Span::new(4, 9), (4, 9));
    let notes = [
        Note {
            source: Clean::literal("https://example.org/a"),
            quotes: vec![quote.clone()],
            bodies: vec![
                Body { purpose: Purpose::Commenting, value: Clean::new("Which one?\nAsk \"them\" \\ <b>.") },
                Body { purpose: Purpose::Tagging, value: Clean::literal("to check") },
            ],
            creator: Some(Creator { name: Clean::literal("A. Reader"), is_program: false }),
            created: Some("2026-11-03T10:00:00Z".parse().unwrap()),
            id: Some(Clean::literal("urn:uuid:0b0b0b0b-0000-4000-8000-000000000000")),
            correction: None,
        },
        Note {
            source: Clean::literal("https://example.org/a"),
            quotes: vec![quote.clone()],
            bodies: vec![Body { purpose: Purpose::Commenting, value: Clean::literal("As she told me.") }],
            correction: Some(Correction::Speaker(Some(Clean::literal("Ada Obi")))),
            ..Note::default()
        },
        Note { source: Clean::literal("https://example.org/a"), quotes: vec![quote], ..Note::default() },
        Note { source: Clean::literal("https://example.org/b"), ..Note::default() },
    ];
    let written = collection(&Clean::literal("Mine"), jiff::Timestamp::UNIX_EPOCH, &notes).unwrap();
    let value: Value = serde_json::from_str(&written).unwrap();
    let items = check(&value);
    assert_eq!(items[0]["creator"], serde_json::json!({"type": "Person", "name": "A. Reader"}));
    assert_eq!((&items[0]["motivation"], &items[1]["motivation"]), (&"commenting".into(), &"editing".into()));
    assert_eq!(items[1]["body"][0]["value"], "speaker: Ada Obi");
    assert_eq!(items[2]["motivation"], "highlighting");
    let back = read(written.as_bytes()).unwrap().notes;
    assert_eq!(back[0], notes[0]);
    for (back, note) in back.iter().zip(&notes).skip(1) {
        assert!(back.id.is_some());
        assert_eq!(Note { id: None, ..back.clone() }, *note);
    }
}
