use super::values::MOST_WORDS;
use super::*;
use crate::model::{Creator, Purpose};
use crate::text::anchor::Quote;

/// An annotation as the standard's examples have them.
const ONE: &str = r#"{
  "@context": "http://www.w3.org/ns/anno.jsonld", "id": "http://example.org/anno1", "type": "Annotation",
  "motivation": "commenting", "created": "2026-11-03T10:00:00Z",
  "creator": {"id": "http://example.org/user1", "type": "Person", "name": "A. Reader"},
  "body": [
    {"type": "TextualBody", "value": "Is this so?", "format": "text/plain", "purpose": "questioning"},
    {"type": "TextualBody", "value": "ferries", "purpose": "tagging"},
    "http://example.org/video1"
  ],
  "target": {
    "source": "https://example.org/story",
    "selector": [
      {"type": "TextQuoteSelector", "exact": "the ferry", "prefix": "and ", "suffix": " was"},
      {"type": "TextPositionSelector", "start": 52, "end": 61},
      {"type": "CssSelector", "value": "p"}
    ]
  }
}"#;

fn one(json: &str) -> Note {
    let notes = read(json.as_bytes()).unwrap();
    assert_eq!((notes.notes.len(), notes.skipped), (1, 0), "{:?}", notes.notices);
    notes.notes.into_iter().next().unwrap()
}

fn edited(change: impl FnOnce(&mut Value)) -> String {
    let mut value: Value = serde_json::from_str(ONE).unwrap();
    change(&mut value);
    value.to_string()
}

#[test]
fn an_annotation_is_a_note() {
    let notes = read(ONE.as_bytes()).unwrap();
    assert_eq!(notes.ignored, 2, "the video and the selector for web pages");
    let note = &notes.notes[0];
    assert_eq!(note.id.as_deref(), Some("http://example.org/anno1"));
    assert_eq!(note.source.as_str(), "https://example.org/story");
    assert_eq!(note.text().as_str(), "Is this so?");
    assert_eq!(note.purpose(), Purpose::Questioning);
    assert_eq!(note.tags().map(Clean::as_str).collect::<Vec<_>>(), ["ferries"]);
    assert_eq!(note.creator, Some(Creator { name: Clean::literal("A. Reader"), is_program: false }));
    assert_eq!(note.created, Some("2026-11-03T10:00:00Z".parse().unwrap()));
    let quote = Quote {
        exact: Clean::literal("the ferry"),
        prefix: Clean::literal("and "),
        suffix: Clean::literal(" was"),
        position: Some((52, 61)),
    };
    assert_eq!(note.quotes, [quote]);
}

#[test]
fn short_forms_are_read() {
    let note = one(r#"{"type":["Annotation","x:Y"],"bodyValue":"Well.","target":"https://example.org/a"}"#);
    assert_eq!((note.text().as_str(), note.purpose()), ("Well.", Purpose::Commenting));
    assert_eq!((note.source.as_str(), note.quotes.len()), ("https://example.org/a", 0));
    let note = one(r#"{"type":"Annotation","motivation":"oa:highlighting","creator":"https://example.org/me",
           "target":{"id":"https://example.org/a"}}"#);
    assert_eq!((note.purpose(), note.bodies.len()), (Purpose::Highlighting, 0));
    assert_eq!(note.creator.as_ref().map(|creator| creator.name.as_str()), Some("https://example.org/me"));
    let note =
        one(r#"{"type":"Annotation","target":"https://example.org/a","creator":{"type":"Software","nickname":"bot"},
           "body":{"type":"SpecificResource","purpose":"tagging","source":{"type":"TextualBody","value":"x"}}}"#);
    assert!(note.creator.as_ref().is_some_and(|creator| creator.is_program));
    assert_eq!(note.tags().count(), 1);
}

#[test]
fn lists_pages_collections_and_lines_are_read() {
    let compact = edited(|_| ());
    for (json, number) in [
        (format!("[{ONE},{ONE}]"), 2),
        (format!(r#"{{"type":"AnnotationPage","items":[{ONE},{ONE}]}}"#), 2),
        (format!(r#"{{"type":"AnnotationCollection","first":{{"type":"AnnotationPage","items":[{ONE}]}}}}"#), 1),
        (format!("{compact}\n{compact}\n\n{compact}\n"), 3),
        ("[]".to_owned(), 0),
    ] {
        let notes = read(json.as_bytes()).unwrap();
        assert_eq!((notes.notes.len(), notes.skipped), (number, 0), "{:?}", notes.notices);
        assert!(notes.notices.is_empty());
    }
    let elsewhere = r#"{"type":"AnnotationCollection","first":"https://example.org/page1"}"#;
    let notes = read(elsewhere.as_bytes()).unwrap();
    assert_eq!(notes.notices, [Clean::literal("first is not in the file, and is not fetched")]);
}

#[test]
fn wrong_types_are_named_with_their_place_and_cost_one_annotation() {
    let cases: [(&str, Value, &str); 8] = [
        ("/target/selector/0/exact", 7.into(), "items[1].target.selector[0].exact is a number, not words"),
        ("/target/selector/1/start", "x".into(), "items[1].target.selector[1].start is not a number of characters"),
        ("/target/selector/1/end", 3.into(), "items[1].target.selector[1].end is before start"),
        ("/target/source", Value::Bool(true), "items[1].target.source is true or false, not words"),
        ("/body/0/value", Value::Null, "items[1].body[0].value is null, not words"),
        ("/body/0", 1.into(), "items[1].body[0] is neither an object nor an address"),
        ("/motivation", 1.into(), "items[1].motivation is not a name"),
        ("/type", "Person".into(), "items[1].type is not Annotation"),
    ];
    for (place, value, expected) in cases {
        let bad = edited(|annotation| *annotation.pointer_mut(place).unwrap() = value);
        let page = format!(r#"{{"type":"AnnotationPage","items":[{ONE},{bad},{ONE}]}}"#);
        let notes = read(page.as_bytes()).unwrap();
        assert_eq!((notes.notes.len(), notes.skipped), (2, 1), "{place}");
        assert_eq!(notes.notices.iter().map(Clean::as_str).collect::<Vec<_>>(), [expected]);
    }
    let bad = edited(|annotation| annotation["created"] = "yesterday".into());
    let notes = read(bad.as_bytes()).unwrap();
    assert_eq!((notes.notes.len(), notes.notes[0].created), (1, None));
    assert_eq!(notes.notices[0].as_str(), "created is no date with time and zone, and was left out");
}

#[test]
fn what_is_no_json_is_told() {
    assert_eq!(read(b""), Err(NotesError::Empty));
    assert_eq!(read(b"\xff"), Err(NotesError::NotUtf8));
    assert!(matches!(read(b"{\"type\":"), Err(NotesError::NotJson { line: 1, .. })));
    assert!(matches!(read(b"[{},\n{]"), Err(NotesError::NotJson { line: 2, .. })));
    for odd in ["7", "\"x\"", "null", "[1]", "{}", "{\"items\":3}", "{\"first\":3}", "{\"items\":[],\"items\":[]}"] {
        let notes = read(odd.as_bytes()).unwrap();
        assert!(notes.notes.is_empty() && notes.notices.len() == 1, "{odd}: {notes:?}");
    }
}

#[test]
fn hostile_input_is_bounded() {
    assert_eq!(read(&vec![b' '; LIMIT + 1]), Err(NotesError::TooLarge));
    let long = edited(|annotation| annotation["body"][0]["value"] = "x".repeat(MOST_WORDS + 1).into());
    assert_eq!(read(long.as_bytes()).unwrap().notices[0].as_str(), "body[0].value is longer than 64 KiB");
    let many = edited(|annotation| annotation["body"] = vec![Value::from("http://example.org"); 65].into());
    assert_eq!(read(many.as_bytes()).unwrap().notices[0].as_str(), "body has more than 64 values");
    let huge = edited(|annotation| annotation["x"] = "x".repeat(MOST_BYTES).into());
    assert_eq!(read(huge.as_bytes()).unwrap().skipped, 1);
    let deep = format!("[{}{}]", "[".repeat(100_000), "]".repeat(100_000));
    assert_eq!(read(deep.as_bytes()).unwrap().skipped, 1);
    let within = format!("{}{}", r#"{"first":"#.repeat(1000), "1".to_owned() + &"}".repeat(1000));
    assert!(read(within.as_bytes()).unwrap().notes.is_empty());
    let wrong = read(format!("[{}1]", "1,".repeat(1000)).as_bytes()).unwrap();
    assert_eq!((wrong.skipped, wrong.notices.len()), (1001, MOST_NOTICES));
}

#[test]
fn what_could_drive_a_terminal_is_taken_out() {
    let json = edited(|annotation| {
        annotation["body"][0]["value"] = "a\u{1b}[31mb\u{202e}".into();
        annotation["id"] = "urn:x\u{7}".into();
        annotation["target"]["selector"][0]["exact"] = "c\u{9b}2Jd".into();
    });
    let note = &read(json.as_bytes()).unwrap().notes[0];
    assert_eq!(note.text().as_str(), "ab");
    assert_eq!(note.id.as_deref(), Some("urn:x"));
    assert_eq!(note.quotes[0].exact.as_str(), "cd");
    let named = edited(|annotation| annotation["creator"] = serde_json::json!({"name": {"\u{1b}[2J": 1}}));
    assert_eq!(read(named.as_bytes()).unwrap().notices[0].as_str(), "creator.name is an object, not words");
}
