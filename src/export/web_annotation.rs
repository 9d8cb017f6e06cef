//! Notes as W3C Web Annotations (<https://www.w3.org/TR/annotation-model/>): one AnnotationCollection with its one page in it.
//!
//! One document and not one annotation a line: a collection is what the model has for many annotations, every JSON-LD reader
//! takes it as it is, and it tells by what and when it was made. It can still be written one annotation at a time, as JSON has
//! no order of keys: how many there are stands at its end.
//!
//! A note's words are a target each, with a TextQuoteSelector and a TextPositionSelector, which counts Unicode characters of the
//! plain text (as `dateline export --format jsonl` has it). What was found by the program and what a person wrote go the same
//! way; the `creator` tells them apart (`Software`, `Person`). What a person set right is a body too, for `editing`, whose
//! `conformsTo` tells that its words are those of `model::Correction`. A note without an IRI gets one that depends on its content.

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::ANNOTATOR;
use crate::model::{CORRECTION_FORM, Note, Purpose};
use crate::text::Clean;
use crate::text::anchor::Quote;
use crate::text::iri::uuid;

/// The context that the model prescribes.
const CONTEXT: &str = "http://www.w3.org/ns/anno.jsonld";

/// A collection that is being written.
#[derive(Debug)]
pub struct Collection {
    label: Clean,
    made: Timestamp,
    items: usize,
}

impl Collection {
    /// A collection with a name, made at this moment.
    pub fn new(label: Clean, made: Timestamp) -> Self {
        Collection { label, made, items: 0 }
    }

    fn id(&self) -> String {
        uuid(&["collection", &self.label, &self.made.to_string()])
    }

    fn page(&self) -> String {
        uuid(&["page", &self.label, &self.made.to_string()])
    }

    /// What comes before the notes.
    ///
    /// # Errors
    /// Never in practice; the type is that of the serializer.
    pub fn head(&self) -> serde_json::Result<Clean> {
        let collection = json!({
            "@context": CONTEXT,
            "id": self.id(),
            "type": "AnnotationCollection",
            "label": self.label.as_str(),
            "generator": {"type": "Software", "name": ANNOTATOR},
            "generated": self.made.to_string(),
        });
        let page = json!({"id": self.page(), "type": "AnnotationPage", "partOf": self.id(), "startIndex": 0});
        let open = |value: &Value| {
            let mut json = serde_json::to_string(value)?;
            json.truncate(json.len() - 1);
            Ok::<_, serde_json::Error>(json)
        };
        Ok(Clean::new(&format!("{},\"first\":{},\"items\":[", open(&collection)?, open(&page)?)))
    }

    /// The next note, on a line.
    ///
    /// # Errors
    /// Never in practice; the type is that of the serializer.
    pub fn item(&mut self, note: &Note) -> serde_json::Result<Clean> {
        let between = if self.items == 0 { "" } else { "," };
        self.items += 1;
        Ok(Clean::new(&format!("{between}\n{}", serde_json::to_string(&annotation(note))?)))
    }

    /// What comes after the notes.
    ///
    /// # Errors
    /// Never in practice; the type is that of the serializer.
    pub fn tail(&self) -> serde_json::Result<Clean> {
        let last = serde_json::to_string(&self.page())?;
        Ok(Clean::new(&format!("\n]}},\"last\":{last},\"total\":{}}}\n", self.items)))
    }
}

/// A whole collection of notes.
///
/// # Errors
/// Never in practice; the type is that of the serializer.
pub fn collection<'a>(
    label: &Clean,
    made: Timestamp,
    notes: impl IntoIterator<Item = &'a Note>,
) -> serde_json::Result<Clean> {
    let mut collection = Collection::new(label.clone(), made);
    let mut text = collection.head()?.to_string();
    for note in notes {
        text.push_str(&collection.item(note)?);
    }
    text.push_str(&collection.tail()?);
    Ok(Clean::new(&text))
}

/// A note as an annotation, without the context.
fn annotation(note: &Note) -> Value {
    let mut map = Map::new();
    let mut set = |key: &str, value: Value| map.insert(key.to_owned(), value);
    set("id", note.iri().as_str().into());
    set("type", "Annotation".into());
    set("motivation", note.purpose().label().into());
    if let Some(creator) = &note.creator {
        let kind = if creator.is_program { "Software" } else { "Person" };
        set("creator", json!({"type": kind, "name": creator.name.as_str()}));
    }
    if let Some(created) = note.created {
        set("created", created.to_string().into());
    }
    let textual = |purpose: Purpose, words: &str| json!({"type": "TextualBody", "purpose": purpose.label(), "format": "text/plain", "value": words});
    let correction = note.correction.as_ref().map(|correction| {
        let mut body = textual(Purpose::Editing, &correction.to_string());
        body["conformsTo"] = CORRECTION_FORM.into();
        body
    });
    let said = note.bodies.iter().map(|body| textual(body.purpose, &body.value));
    let bodies: Vec<Value> = correction.into_iter().chain(said).collect();
    if !bodies.is_empty() {
        set("body", bodies.into());
    }
    let target = |quote: &Quote| target(&note.source, quote);
    set(
        "target",
        match &note.quotes[..] {
            [] => note.source.as_str().into(),
            [quote] => target(quote),
            several => several.iter().map(target).collect(),
        },
    );
    Value::Object(map)
}

fn target(source: &Clean, quote: &Quote) -> Value {
    let mut selectors = Vec::new();
    if !quote.exact.is_empty() {
        let mut selector = Map::new();
        selector.insert("type".to_owned(), "TextQuoteSelector".into());
        selector.insert("exact".to_owned(), quote.exact.as_str().into());
        for (key, words) in [("prefix", &quote.prefix), ("suffix", &quote.suffix)] {
            if !words.is_empty() {
                selector.insert(key.to_owned(), words.as_str().into());
            }
        }
        selectors.push(Value::Object(selector));
    }
    if let Some((start, end)) = quote.position {
        selectors.push(json!({"type": "TextPositionSelector", "start": start, "end": end}));
    }
    json!({"type": "SpecificResource", "source": source.as_str(), "selector": selectors})
}
