//! `dateline notes`, and notes from one library into another.

use std::fs;
use std::path::Path;

use dateline::ingest::web_annotation;
use dateline::store::{KeptNote, Query, Store};
use serde_json::Value;

use crate::work::*;

const ADDRESS: &str = "https://example.org/steppe-wire/2026/05/21/darkhan-station";

fn noted(folder: &Path) -> Vec<KeptNote> {
    Store::open(folder).unwrap().all_notes(&Query::default()).unwrap()
}

fn well(folder: &Path, arguments: &[&str]) -> String {
    let run = dateline(folder, arguments);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""), "{arguments:?}");
    run.out
}

/// A library with two notes by a person, on words of an article and on another article.
fn with_notes() -> tempfile::TempDir {
    let folder = library();
    let at = folder.path();
    let out = well(
        at,
        &[
            "notes",
            "add",
            ADDRESS,
            "--quote",
            "Daulet Serikbayev",
            "--note",
            "Ask *him*.\nTwice.",
            "--tag",
            "to check",
            "--author",
            "A. Reader",
        ],
    );
    assert!(out.starts_with("noted: urn:uuid:"), "{out}");
    let list = dateline(at, &["search", "--json", "cholera", "--limit", "1"]).out;
    let number = serde_json::from_str::<Value>(&list).unwrap()["article"].as_i64();
    let number = number.or_else(|| serde_json::from_str::<Value>(&list).unwrap()["id"].as_i64()).unwrap();
    well(at, &["notes", "add", &number.to_string(), "--note", "Second.", "--author", "A. Reader"]);
    folder
}

#[test]
fn notes_are_added_listed_and_taken_away() {
    let folder = library();
    let at = folder.path();
    let run = dateline(at, &["notes"]);
    assert_eq!((run.code, run.out.as_str(), run.err.as_str()), (Some(1), "", ""));
    let folder = with_notes();
    let at = folder.path();
    let out = well(at, &["notes", "darkhan"]);
    let lines: Vec<&str> = out.lines().collect();
    assert!(lines[0].contains("  A. Reader  urn:uuid:"), "{out}");
    assert_eq!(
        lines[1..],
        [
            "  “Daulet Serikbayev”",
            "  Ask *him*.",
            "  Twice.",
            "  tags: to check",
            &format!("  in: Kazakh security chief denounces Darkhan station attack  Steppe Wire  {ADDRESS}"),
        ]
    );
    assert_eq!(well(at, &["notes"]).matches("  in: ").count(), 2);
    let run = dateline(at, &["notes", "--orphaned"]);
    assert_eq!((run.code, run.out.as_str()), (Some(1), ""));

    let record: Value = serde_json::from_str(&well(at, &["notes", "--json", "darkhan"])).unwrap();
    let text: Value = serde_json::from_str(&exported(at, &["--format", "jsonl", "darkhan"])).unwrap();
    let place = &record["quotes"][0]["place"];
    let [start, end] = [0, 1].map(|side| place[side].as_u64().unwrap() as usize);
    let words: String = text["text"].as_str().unwrap().chars().skip(start).take(end - start).collect();
    assert_eq!(words, "Daulet Serikbayev");
    assert_eq!((&record["orphaned"], &record["tags"][0]), (&Value::Bool(false), &"to check".into()));

    let id = record["id"].as_str().unwrap();
    assert_eq!(well(at, &["notes", "remove", id]), "");
    assert_eq!(dateline(at, &["notes", "darkhan"]).code, Some(1));
    let run = dateline(at, &["notes", "remove", id]);
    assert_eq!(run.code, Some(1));
    assert!(run.err.contains("no such note"), "{}", run.err);
}

#[test]
fn a_note_is_changed_where_it_stands() {
    let folder = with_notes();
    let at = folder.path();
    let before = noted(at).into_iter().find(|kept| !kept.note.quotes.is_empty()).unwrap();
    let id = before.note.id.as_deref().unwrap();
    let now = || Store::open(at).unwrap().note(id).unwrap().unwrap();

    assert_eq!(well(at, &["notes", "change", id, "--note", "He was asked.\u{1b}[2J"]), "");
    let changed = now();
    assert_eq!(changed.note.text().as_str(), "He was asked.");
    assert_eq!(changed.note.tags().map(|tag| tag.as_str()).collect::<Vec<_>>(), ["to check"]);
    assert_eq!((&changed.note.quotes, &changed.standing), (&before.note.quotes, &before.standing));
    assert_eq!((&changed.note.creator, changed.note.created), (&before.note.creator, before.note.created));
    assert!(well(at, &["search", "note:\"was asked\" has:note"]).contains("Darkhan"));
    assert_eq!(dateline(at, &["search", "note:twice"]).code, Some(1), "the old words are found no more");

    well(at, &["notes", "change", id, "--tag", "done", "--tag", "railway", "--correct", "speaker Ottilie Quast"]);
    let changed = now();
    assert_eq!(changed.note.text().as_str(), "He was asked.");
    assert_eq!(changed.note.tags().map(|tag| tag.as_str()).collect::<Vec<_>>(), ["done", "railway"]);
    assert_eq!(changed.note.correction.map(|one| one.to_string()).as_deref(), Some("speaker: Ottilie Quast"));
    well(at, &["notes", "change", id, "--tag", "", "--note", ""]);
    assert!(now().note.bodies.is_empty());
    assert_eq!(noted(at).len(), 2, "the other note is as it was");

    let other = noted(at).into_iter().find(|kept| kept.note.quotes.is_empty()).unwrap().note.id.unwrap();
    for (arguments, code, words) in [
        (&["notes", "change", id][..], 2, "--note"),
        (&["notes", "change", id, "--correct", "speeker x"], 2, "speaker"),
        (&["notes", "change", "urn:x:7", "--note", "x"], 1, "no such note"),
        (&["notes", "change", &other, "--correct", "no event"], 1, "no words"),
    ] {
        let run = dateline(at, arguments);
        assert_eq!((run.code, run.out.as_str()), (Some(code), ""), "{arguments:?}: {}", run.err);
        assert!(run.err.contains(words), "{}", run.err);
    }
}

#[test]
fn what_cannot_be_noted_is_told() {
    let folder = library();
    let at = folder.path();
    for (arguments, code, words) in [
        (&["notes", "add", ADDRESS][..], 2, "--quote"),
        (&["notes", "add", ADDRESS, "--quote", "words that nobody wrote in there"], 1, "not in the article"),
        (&["notes", "add", ADDRESS, "--quote", "  "], 1, "not in the article"),
        (&["notes", "add", "https://nowhere.example.org/", "--note", "x"], 1, "no article"),
        (&["notes", "add", "99999", "--note", "x"], 1, "no article"),
        (&["notes", "titel:x"], 2, "titel"),
    ] {
        let run = dateline(at, arguments);
        assert_eq!((run.code, run.out.as_str()), (Some(code), ""), "{arguments:?}: {}", run.err);
        assert!(run.err.contains(words), "{}", run.err);
    }
    assert!(noted(at).is_empty());
    let empty = tempfile::TempDir::new().unwrap();
    assert_eq!(dateline(empty.path(), &["notes"]).code, Some(2));
    assert!(!Store::file_in(empty.path()).exists(), "asking makes nothing");
}

#[test]
fn notes_come_into_another_library_at_the_same_places() {
    let (one, two) = (with_notes(), library());
    let file = one.path().join("mine.jsonld");
    exported(one.path(), &["--format", "web-annotation", "-o", "mine.jsonld"]);
    let annotations = web_annotation::read(&fs::read(&file).unwrap()).unwrap();
    let people = annotations.notes.iter().filter(|note| note.creator.as_ref().is_some_and(|one| !one.is_program));
    assert_eq!(people.count(), 2);
    let document: Value = serde_json::from_slice(&fs::read(&file).unwrap()).unwrap();
    let items = document["first"]["items"].as_array().unwrap();
    let mine = items.iter().find(|item| item["creator"]["type"] == "Person" && item["motivation"] == "commenting");
    assert_eq!(mine.unwrap()["creator"]["name"], "A. Reader");

    let run = dateline(two.path(), &["import", file.to_str().unwrap()]);
    assert_eq!((run.code, run.out.as_str()), (Some(0), "2 notes imported\n"), "{}", run.err);
    assert!(run.err.contains("by programs left out"), "{}", run.err);
    let (theirs, ours) = (noted(one.path()), noted(two.path()));
    assert_eq!(ours.len(), 2);
    for (theirs, ours) in theirs.iter().zip(&ours) {
        assert_eq!((&theirs.note, &theirs.standing), (&ours.note, &ours.standing));
        assert!(!ours.is_orphaned());
    }
    let run = dateline(two.path(), &["import", file.to_str().unwrap()]);
    assert_eq!((run.code, run.out.as_str()), (Some(0), "0 notes imported, 2 already there\n"));
    assert_eq!(noted(two.path()).len(), 2);

    // Where a query asks for statements, they alone are written.
    let said = exported(one.path(), &["--format", "web-annotation", "by:Serikbayev"]);
    assert!(!said.contains("A. Reader"));
}

#[test]
fn notes_on_what_is_not_there_are_named() {
    let folder = library();
    let file = folder.path().join("in.jsonld");
    let note = |id: &str, source: &str, exact: &str| {
        serde_json::json!({
            "type": "Annotation", "id": id, "body": {"type": "TextualBody", "value": "x\u{1b}[2Jy"},
            "target": {"source": source, "selector": {"type": "TextQuoteSelector", "exact": exact}},
        })
    };
    let unread = serde_json::json!({"type": "Annotation"});
    let notes = [
        note("urn:x:1", "https://nowhere.example.org/a", "w"),
        note("urn:x:2", "https://nowhere.example.org/a", "w"),
        note("urn:x:3", ADDRESS, "words that nobody wrote in there"),
        unread,
    ];
    fs::write(&file, serde_json::Value::from(notes.to_vec()).to_string()).unwrap();
    let run = dateline(folder.path(), &["import", "in.jsonld"]);
    assert_eq!((run.code, run.out.as_str()), (Some(1), "1 note imported\n"), "{}", run.err);
    assert!(
        run.err.contains("https://nowhere.example.org/a: not in the library, so 2 notes left out"),
        "{}",
        run.err
    );
    assert!(
        run.err.contains("target is missing") && run.err.contains("1 annotation could not be read"),
        "{}",
        run.err
    );
    let out = well(folder.path(), &["notes", "--orphaned"]);
    assert!(out.contains("“words that nobody wrote in there” (not in the text any more)"), "{out}");
    assert!(!out.contains('\u{1b}'));

    fs::write(&file, "{").unwrap();
    let run = dateline(folder.path(), &["import", "in.jsonld"]);
    assert_eq!(run.code, Some(1));
    assert!(run.err.contains("in.jsonld: is no JSON"), "{}", run.err);
    assert_eq!(noted(folder.path()).len(), 1);
}

#[test]
fn markdown_has_the_notes_under_the_quotations() {
    let folder = with_notes();
    let text = exported(folder.path(), &["--format", "markdown", "darkhan"]);
    let at = |words: &str| text.find(words).unwrap_or_else(|| panic!("{words} in {text}"));
    let note = at("\n* “Daulet Serikbayev” — Ask \\*him\\*. Twice. — to check (note, A. Reader, ");
    assert!(at("\n>\n> — ") < note && note < at("\n- "), "{text}");
    assert!(!exported(folder.path(), &["--format", "markdown", "by:Serikbayev"]).contains("A. Reader"));
}

#[test]
fn what_is_set_right_is_searched_and_exported_with_whoever_said_so() {
    let folder = library();
    let at = folder.path();
    let first: Value = serde_json::from_str(
        well(at, &["search", "--json", "by:Serikbayev", "--limit", "1"]).lines().next().unwrap(),
    )
    .unwrap();
    let words = first["words"].as_str().unwrap();
    let address = first["url"].as_str().unwrap();
    let add = ["notes", "add", address, "--quote", words, "--correct", "speaker Ottilie Quast", "--author", "Eve"];
    well(at, &add);
    assert!(well(at, &["notes"]).contains("correction: speaker: Ottilie Quast"));
    let theirs: Value = serde_json::from_str(well(at, &["search", "--json", "by:Quast"]).trim()).unwrap();
    assert_eq!((&theirs["words"], &theirs["corrected_by"]), (&words.into(), &"Eve".into()));
    assert!(well(at, &["search", "by:Quast"]).contains("Ottilie Quast  (speaker corrected by Eve)"));
    let out = well(at, &["export", "--format", "quotes-csv", "by:Quast"]);
    assert!(out.lines().next().unwrap().ends_with(",Corrected By"));
    assert!(out.lines().nth(1).unwrap().ends_with(",Eve"), "{out}");
    assert!(well(at, &["export", "--format", "markdown", "by:Quast"]).contains("speaker corrected by Eve"));
    let json: Value = serde_json::from_str(&well(at, &["export", "--format", "jsonl", "by:Quast"])).unwrap();
    let correction = &json["corrections"][0];
    assert_eq!(
        (correction["by"].as_str(), correction["correction"].as_str()),
        (Some("Eve"), Some("speaker: Ottilie Quast"))
    );
    let quote = &json["quotes"][usize::try_from(correction["quote"].as_u64().unwrap()).unwrap()];
    assert_eq!(quote["speaker_text"], "Ottilie Quast");
    let shared = well(at, &["export", "--format", "web-annotation", "darkhan"]);
    let notes = web_annotation::read(shared.as_bytes()).unwrap().notes;
    let by_eve: Vec<_> =
        notes.iter().filter(|note| note.creator.as_ref().is_some_and(|one| one.name.as_str() == "Eve")).collect();
    assert_eq!(by_eve.len(), 2, "the finding as corrected, and the correction");
    assert!(by_eve.iter().all(|note| !note.creator.as_ref().unwrap().is_program));

    // Somebody else takes the corrections over.
    let other = library();
    let file = at.join("shared.jsonld");
    fs::write(&file, shared).unwrap();
    dateline(other.path(), &["import", file.to_str().unwrap()]);
    let theirs: Value = serde_json::from_str(well(other.path(), &["search", "--json", "by:Quast"]).trim()).unwrap();
    assert_eq!(theirs["words"], *words);
    for wrong in ["speeker x", "country Nowhere", "no"] {
        let run = dateline(at, &["notes", "add", address, "--quote", words, "--correct", wrong]);
        assert_eq!(run.code, Some(2), "{wrong}");
    }
}
