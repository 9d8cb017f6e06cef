//! Notes that other programs wrote, as W3C Web Annotations (JSON-LD): one annotation, a list, a page, a collection with its
//! page in it, or several of these one after another (JSON Lines).
//!
//! Read are textual bodies, the article's address, quotation and position selectors, creator and moment. Other kinds of
//! bodies and selectors are counted and left out; nothing that stands elsewhere on the web is fetched. An annotation in which
//! something is of a wrong type is left out and the place named; the others are read.

use std::fmt;

use jiff::Timestamp;
use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, Error as _, SeqAccess, Visitor};
use serde_json::value::RawValue;
use serde_json::{Map, Value};
use thiserror::Error;

use crate::model::{Body, CORRECTION_FORM, Correction, Creator, Note, Purpose};
use crate::text::Clean;
use crate::text::anchor::Quote;

/// The largest input, in bytes.
pub const LIMIT: usize = 64 << 20;
/// The largest annotation, in bytes.
const MOST_BYTES: usize = 1 << 20;
/// The longest text in an annotation, in bytes.
const MOST_WORDS: usize = 64 << 10;
/// The most annotations that are read.
const MOST_NOTES: usize = 100_000;
/// The most bodies of an annotation, targets of it, and selectors of a target.
const MOST_PARTS: usize = 64;
/// How many notices are kept; more are counted.
const MOST_NOTICES: usize = 20;
/// A collection holds a page, which holds annotations.
const MOST_DEPTH: usize = 4;

/// What was read.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Notes {
    /// The notes, in their order.
    pub notes: Vec<Note>,
    /// Annotations that were left out.
    pub skipped: usize,
    /// Bodies, selectors and motivations of kinds that are not known here, and so left out of notes that were read.
    pub ignored: usize,
    /// What was wrong, with its place; only the first of many.
    pub notices: Vec<Clean>,
}

/// Why nothing could be read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum NotesError {
    /// More bytes than the limit.
    #[error("is larger than {} MiB; split it", LIMIT >> 20)]
    TooLarge,
    /// No UTF-8.
    #[error("is not in UTF-8, as JSON has to be")]
    NotUtf8,
    /// No JSON, and where that shows.
    #[error("is no JSON at line {line}, column {column}")]
    NotJson {
        /// From 1.
        line: usize,
        /// In bytes, from 1.
        column: usize,
    },
    /// Nothing in it.
    #[error("is empty")]
    Empty,
}

/// Reads web annotations.
///
/// # Errors
/// If it is too large or no JSON.
pub fn read(bytes: &[u8]) -> Result<Notes, NotesError> {
    if bytes.len() > LIMIT {
        return Err(NotesError::TooLarge);
    }
    let text = std::str::from_utf8(bytes).map_err(|_| NotesError::NotUtf8)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = Reader::default();
    let mut is_empty = true;
    for (number, value) in (1..).zip(serde_json::Deserializer::from_str(text).into_iter::<&RawValue>()) {
        let value = value.map_err(|error| not_json(&error))?;
        // The first alone is named by what is in it: most inputs have one.
        let path = if number == 1 { String::new() } else { format!("{number}: ") };
        reader.any(value, &path, MOST_DEPTH)?;
        is_empty = false;
    }
    if is_empty { Err(NotesError::Empty) } else { Ok(reader.found) }
}

fn not_json(error: &serde_json::Error) -> NotesError {
    NotesError::NotJson { line: error.line(), column: error.column() }
}

/// What of a page or collection is of use.
#[derive(Deserialize)]
struct Outer<'a> {
    #[serde(borrow)]
    items: Option<&'a RawValue>,
    #[serde(borrow)]
    first: Option<&'a RawValue>,
    #[serde(borrow)]
    next: Option<&'a RawValue>,
}

/// What is wrong with a value, and where.
struct Wrong(String);

type Object = Map<String, Value>;

#[derive(Default)]
struct Reader {
    found: Notes,
}

impl Reader {
    /// An annotation, or what holds some.
    fn any(&mut self, value: &RawValue, path: &str, depth: usize) -> Result<(), NotesError> {
        match value.get().as_bytes().first() {
            Some(b'[') => self.list(value, path),
            Some(b'{') => {
                let outer: Outer = match serde_json::from_str(value.get()) {
                    Ok(outer) => outer,
                    Err(error) if error.is_data() => {
                        self.skip(path, &format!("is no annotation: {error}"));
                        return Ok(());
                    }
                    Err(error) => return Err(not_json(&error)),
                };
                if outer.next.is_some_and(|next| next.get() != "null") {
                    self.notice(path, "goes on at another address, which is not fetched");
                }
                match (outer.items, outer.first) {
                    (Some(items), _) => self.list(items, &format!("{path}items")),
                    (None, Some(first)) if first.get().starts_with('{') && depth > 0 => {
                        self.any(first, &format!("{path}first."), depth - 1)
                    }
                    (None, Some(_)) => {
                        self.notice(&format!("{path}first"), "is not in the file, and is not fetched");
                        Ok(())
                    }
                    (None, None) => {
                        self.one(value, path);
                        Ok(())
                    }
                }
            }
            _ => {
                self.skip(path, "is no annotation");
                Ok(())
            }
        }
    }

    /// Annotations side by side, of which one at a time is in memory.
    fn list(&mut self, items: &RawValue, path: &str) -> Result<(), NotesError> {
        if !items.get().starts_with('[') {
            self.notice(path, "is no list");
            return Ok(());
        }
        let mut number = 0;
        let mut json = serde_json::Deserializer::from_str(items.get());
        let read = Each(&mut |item: &RawValue| {
            self.one(item, &format!("{path}[{number}]."));
            number += 1;
        });
        read.deserialize(&mut json).map_err(|error| not_json(&error))
    }

    fn one(&mut self, value: &RawValue, path: &str) {
        if self.found.notes.len() >= MOST_NOTES {
            self.skip(path, &format!("comes after {MOST_NOTES} others"));
            return;
        }
        if value.get().len() > MOST_BYTES {
            self.skip(path, &format!("is larger than {} KiB", MOST_BYTES >> 10));
            return;
        }
        match serde_json::from_str(value.get()) {
            Ok(Value::Object(annotation)) => match self.note(&annotation, path) {
                Ok(note) => self.found.notes.push(note),
                Err(Wrong(what)) => {
                    self.found.skipped += 1;
                    self.tell(&what);
                }
            },
            Ok(_) => self.skip(path, "is no annotation"),
            // The parser has a limit to how deep values stand in one another.
            Err(_) => self.skip(path, "cannot be read"),
        }
    }

    fn note(&mut self, annotation: &Object, path: &str) -> Result<Note, Wrong> {
        if !is_a(annotation, "Annotation") {
            return Err(wrong(path, "type", "is not Annotation"));
        }
        let (source, quotes) = self.targets(annotation, path)?;
        let motivation = self.purpose(annotation, "motivation", path)?;
        let mut bodies = Vec::new();
        let mut correction = None;
        if let Some(value) = words(annotation, "bodyValue", path)? {
            bodies.push(Body { purpose: said(motivation), value });
        }
        for (place, body) in parts(annotation, "body", path)? {
            let Some(said) = self.body(body, &place, motivation, 1)? else { continue };
            if correction.is_none() && is_correction(body) {
                correction = Correction::parse(&said.value);
                if correction.is_some() {
                    continue;
                }
            }
            bodies.push(said);
        }
        Ok(Note {
            id: line(annotation, "id", path)?,
            source,
            quotes,
            bodies,
            correction,
            creator: creator(annotation, path)?,
            created: self.moment(annotation, path)?,
        })
    }

    fn body(
        &mut self,
        body: &Value,
        path: &str,
        motivation: Option<Purpose>,
        depth: usize,
    ) -> Result<Option<Body>, Wrong> {
        let Value::Object(body) = body else {
            if body.is_string() {
                // The address of something else on the web.
                self.found.ignored += 1;
                return Ok(None);
            }
            return Err(wrong(path, "", "is neither an object nor an address"));
        };
        let path = format!("{path}.");
        let purpose = self.purpose(body, "purpose", &path)?.or(motivation);
        if let Some(value) = words(body, "value", &path)? {
            return Ok(Some(Body { purpose: said(purpose), value }));
        }
        match body.get("source") {
            Some(source @ Value::Object(_)) if depth > 0 => {
                self.body(source, &format!("{path}source"), purpose, depth - 1)
            }
            _ => {
                self.found.ignored += 1;
                Ok(None)
            }
        }
    }

    /// The address that the targets have in common, and the words in what stands there.
    fn targets(&mut self, annotation: &Object, path: &str) -> Result<(Clean, Vec<Quote>), Wrong> {
        let mut source = None;
        let mut quotes = Vec::new();
        for (place, target) in parts(annotation, "target", path)? {
            let place = format!("{place}.");
            let (address, quote) = match target {
                Value::String(_) => (line_of(target, &place)?, None),
                Value::Object(target) => {
                    let address = match target.get("source") {
                        Some(Value::Object(source)) => line(source, "id", &format!("{place}source."))?,
                        Some(source) => Some(line_of(source, &format!("{place}source"))?),
                        None => line(target, "id", &place)?,
                    };
                    let address = address.ok_or_else(|| wrong(&place, "source", "is missing"))?;
                    (address, self.quote(target, &place)?)
                }
                _ => return Err(wrong(&place, "", "is neither an object nor an address")),
            };
            if *source.get_or_insert_with(|| address.clone()) != address {
                self.found.ignored += 1;
                continue;
            }
            quotes.extend(quote);
        }
        Ok((source.ok_or_else(|| wrong(path, "target", "is missing"))?, quotes))
    }

    fn quote(&mut self, target: &Object, path: &str) -> Result<Option<Quote>, Wrong> {
        let mut quote = Quote::default();
        let mut is_known = false;
        for (place, selector) in parts(target, "selector", path)? {
            let Value::Object(selector) = selector else {
                if selector.is_string() {
                    self.found.ignored += 1;
                    continue;
                }
                return Err(wrong(&place, "", "is no object"));
            };
            let place = format!("{place}.");
            if is_a(selector, "TextQuoteSelector") {
                quote.exact =
                    words(selector, "exact", &place)?.ok_or_else(|| wrong(&place, "exact", "is missing"))?;
                quote.prefix = words(selector, "prefix", &place)?.unwrap_or_default();
                quote.suffix = words(selector, "suffix", &place)?.unwrap_or_default();
                is_known = true;
            } else if is_a(selector, "TextPositionSelector") {
                let (start, end) = (number(selector, "start", &place)?, number(selector, "end", &place)?);
                if end < start {
                    return Err(wrong(&place, "end", "is before start"));
                }
                quote.position = Some((start, end));
                is_known = true;
            } else {
                self.found.ignored += 1;
            }
        }
        Ok(is_known.then_some(quote))
    }

    /// The first purpose that is known here.
    fn purpose(&mut self, object: &Object, key: &str, path: &str) -> Result<Option<Purpose>, Wrong> {
        let mut known = None;
        for (place, label) in parts(object, key, path)? {
            let label = label.as_str().ok_or_else(|| wrong(&place, "", "is not a name"))?;
            match Purpose::from_label(label) {
                Some(purpose) => known = known.or(Some(purpose)),
                None => self.found.ignored += 1,
            }
        }
        Ok(known)
    }

    fn moment(&mut self, annotation: &Object, path: &str) -> Result<Option<Timestamp>, Wrong> {
        let Some(written) = line(annotation, "created", path)? else { return Ok(None) };
        let moment = written.parse().ok();
        if moment.is_none() {
            self.notice(&format!("{path}created"), "is no date with time and zone, and was left out");
        }
        Ok(moment)
    }

    fn skip(&mut self, path: &str, what: &str) {
        self.found.skipped += 1;
        self.notice(path, what);
    }

    fn notice(&mut self, path: &str, what: &str) {
        self.tell(&wrong(path, "", what).0);
    }

    fn tell(&mut self, what: &str) {
        if self.found.notices.len() < MOST_NOTICES {
            self.found.notices.push(Clean::line(what));
        }
    }
}

/// Hands over the items of a list as they stand.
struct Each<'f>(&'f mut dyn FnMut(&RawValue));

impl<'de> DeserializeSeed<'de> for Each<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Each<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        let mut left = 10 * MOST_NOTES;
        while let Some(item) = items.next_element::<&RawValue>()? {
            left = left.checked_sub(1).ok_or_else(|| A::Error::custom("too many items"))?;
            (self.0)(item);
        }
        Ok(())
    }
}

/// What a text is for whose annotation does not say.
fn said(purpose: Option<Purpose>) -> Purpose {
    purpose.filter(|purpose| *purpose != Purpose::Highlighting).unwrap_or(Purpose::Commenting)
}

/// Whether the words of a body tell what is to be set right.
fn is_correction(body: &Value) -> bool {
    body.get("conformsTo").and_then(Value::as_str) == Some(CORRECTION_FORM)
}

/// The sentence on what is wrong at a key.
fn wrong(path: &str, key: &str, what: &str) -> Wrong {
    let place = format!("{path}{key}");
    let place = place.trim_end_matches(['.', ' ', ':']);
    Wrong(if place.is_empty() { format!("the file {what}") } else { format!("{place} {what}") })
}

/// Whether the object's type, or one of its types, is this.
fn is_a(object: &Object, wanted: &str) -> bool {
    let is = |value: &Value| value.as_str().is_some_and(|kind| kind.strip_prefix("oa:").unwrap_or(kind) == wanted);
    match object.get("type").or_else(|| object.get("@type")) {
        Some(Value::Array(kinds)) => kinds.iter().any(is),
        Some(kind) => is(kind),
        None => false,
    }
}

/// The values at a key, be it one or a list, each with its place.
fn parts<'v>(object: &'v Object, key: &str, path: &str) -> Result<Vec<(String, &'v Value)>, Wrong> {
    match object.get(key) {
        None | Some(Value::Null) => Ok(Vec::new()),
        Some(Value::Array(values)) if values.len() > MOST_PARTS => {
            Err(wrong(path, key, &format!("has more than {MOST_PARTS} values")))
        }
        Some(Value::Array(values)) => {
            Ok(values.iter().enumerate().map(|(number, value)| (format!("{path}{key}[{number}]"), value)).collect())
        }
        Some(value) => Ok(vec![(format!("{path}{key}"), value)]),
    }
}

fn string<'v>(value: &'v Value, path: &str) -> Result<&'v str, Wrong> {
    let kind = match value {
        Value::String(words) if words.len() > MOST_WORDS => {
            return Err(wrong(path, "", &format!("is longer than {} KiB", MOST_WORDS >> 10)));
        }
        Value::String(words) => return Ok(words),
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    };
    Err(wrong(path, "", &format!("is {kind}, not words")))
}

fn line_of(value: &Value, path: &str) -> Result<Clean, Wrong> {
    string(value, path).map(Clean::line)
}

/// Words on one line.
fn line(object: &Object, key: &str, path: &str) -> Result<Option<Clean>, Wrong> {
    object.get(key).map(|value| line_of(value, &format!("{path}{key}"))).transpose()
}

/// Words as they are.
fn words(object: &Object, key: &str, path: &str) -> Result<Option<Clean>, Wrong> {
    object.get(key).map(|value| string(value, &format!("{path}{key}")).map(Clean::new)).transpose()
}

fn number(object: &Object, key: &str, path: &str) -> Result<usize, Wrong> {
    let value = object.get(key).ok_or_else(|| wrong(path, key, "is missing"))?;
    let number = value.as_u64().and_then(|number| usize::try_from(number).ok());
    number.ok_or_else(|| wrong(path, key, "is not a number of characters"))
}

/// The creator, or the first of several.
fn creator(annotation: &Object, path: &str) -> Result<Option<Creator>, Wrong> {
    let Some((place, value)) = parts(annotation, "creator", path)?.into_iter().next() else { return Ok(None) };
    let Value::Object(agent) = value else {
        return Ok(Some(Creator { name: line_of(value, &place)?, is_program: false }));
    };
    let place = format!("{place}.");
    for key in ["name", "nickname", "id"] {
        let name = parts(agent, key, &place)?.into_iter().next();
        if let Some((place, name)) = name {
            return Ok(Some(Creator { name: line_of(name, &place)?, is_program: is_a(agent, "Software") }));
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;

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
        let note = one(
            r#"{"type":"Annotation","target":"https://example.org/a","creator":{"type":"Software","nickname":"bot"},
               "body":{"type":"SpecificResource","purpose":"tagging","source":{"type":"TextualBody","value":"x"}}}"#,
        );
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
            (
                "/target/selector/1/start",
                "x".into(),
                "items[1].target.selector[1].start is not a number of characters",
            ),
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
        for odd in
            ["7", "\"x\"", "null", "[1]", "{}", "{\"items\":3}", "{\"first\":3}", "{\"items\":[],\"items\":[]}"]
        {
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
}
