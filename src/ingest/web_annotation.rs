//! Notes that other programs wrote, as W3C Web Annotations (JSON-LD): one annotation, a list, a page, a collection with its
//! page in it, or several of these one after another (JSON Lines).
//!
//! Read are textual bodies, the article's address, quotation and position selectors, creator and moment. Other kinds of
//! bodies and selectors are counted and left out; nothing that stands elsewhere on the web is fetched. An annotation in which
//! something is of a wrong type is left out and the place named; the others are read.

mod parts;
mod values;

use std::fmt;

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, Error as _, SeqAccess, Visitor};
use serde_json::Value;
use serde_json::value::RawValue;
use thiserror::Error;

use self::parts::{creator, is_correction, said};
use self::values::{Object, Wrong, is_a, line, parts, words, wrong};
use crate::model::{Body, Correction, Note};
use crate::text::Clean;

/// The largest input, in bytes.
pub const LIMIT: usize = 64 << 20;
/// The largest annotation, in bytes.
const MOST_BYTES: usize = 1 << 20;
/// The most annotations that are read.
const MOST_NOTES: usize = 100_000;
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

#[cfg(test)]
mod tests;
