//! What was found in an article, as notes that a program made: quotations, officials, events.
//!
//! | note | identifying | classifying | describing |
//! | --- | --- | --- | --- |
//! | quotation | the speaker | `quotation`, `direct`, `mixed` or `indirect`; `view` if it is no statement | office and country; "did not say" |
//! | official | the person | `official` | office and country |
//! | event | | `event`, PLOVER's type and mode | who to whom, where, when |
//!
//! What a person has set right is that person's note: only what the program alone found is the program's. The first thing that
//! is said is what the note is for. Names of people and places are left out: there would be ten times as many notes, and the
//! words that they stand on say the same.

use super::offsets::Offsets;
use super::{ANNOTATOR, Entry, Options, Unit, in_words};
use crate::model::{Body, Creator, Event, Mode, Note, Official, Purpose, Quotation, Subject, Who};
use crate::text::anchor::Quote;
use crate::text::{Clean, Span};

/// The notes of an article, in text order of each kind.
pub fn notes(entry: &Entry<'_>, options: Options) -> Vec<Note> {
    let writer = Writer {
        entry,
        source: Clean::line(&entry.article.iri()),
        creator: Creator { name: Clean::line(&format!("{ANNOTATOR} ({})", entry.engine)), is_program: true },
        offsets: Offsets::new(&entry.article.doc, Unit::Chars),
    };
    let mut notes: Vec<Note> = entry.quotations().map(|(number, one)| writer.quotation(number, one)).collect();
    // Where some quotations are asked for, they alone are.
    if entry.quotations.is_none() {
        notes.extend(entry.found.officials.iter().map(|official| writer.official(official)));
        notes.extend(options.events(entry.found).map(|(_, event)| writer.event(event)));
    }
    // Without words it would be about the whole article.
    notes.retain(|note| !note.quotes.is_empty());
    notes
}

struct Writer<'a> {
    entry: &'a Entry<'a>,
    source: Clean,
    creator: Creator,
    offsets: Offsets<'a>,
}

impl Writer<'_> {
    fn quotation(&self, number: usize, quotation: &Quotation) -> Note {
        let who = Who::of(quotation, self.entry.found);
        let mut bodies = Vec::new();
        bodies.extend(who.name.map(|name| body(Purpose::Identifying, name)));
        bodies.push(body(Purpose::Classifying, "quotation"));
        bodies.push(body(Purpose::Classifying, quotation.kind.label()));
        if !quotation.class.is_statement() {
            bodies.push(body(Purpose::Classifying, "view"));
        }
        bodies.extend(in_words::standing(&who).map(|standing| body(Purpose::Describing, &standing)));
        bodies.extend(quotation.caveat().map(|caveat| body(Purpose::Describing, caveat)));
        self.by(Subject::Quotation(number), self.note(&quotation.content, bodies))
    }

    fn official(&self, official: &Official) -> Note {
        let name = self.entry.found.entities.get(official.entity).map(|entity| entity.name.as_str());
        let who = Who { name, office: Some(official), polity: official.polity };
        let mut bodies = Vec::new();
        bodies.extend(name.map(|name| body(Purpose::Identifying, name)));
        bodies.push(body(Purpose::Classifying, "official"));
        bodies.extend(in_words::standing(&who).map(|standing| body(Purpose::Describing, &standing)));
        self.by(Subject::Entity(official.entity), self.note(&official.mentions, bodies))
    }

    /// The note of whoever set the finding right, if somebody did.
    fn by(&self, of: Subject, note: Note) -> Note {
        let Some(corrected) = self.entry.found.corrected(of) else { return note };
        let name = corrected.by.clone().unwrap_or_default();
        Note { creator: Some(Creator { name, is_program: false }), created: corrected.when, ..note }
    }

    fn event(&self, event: &Event) -> Note {
        let kind = match event.mode.map(Mode::label) {
            Some(mode) => format!("{}/{mode}", event.kind.code()),
            None => event.kind.code().to_owned(),
        };
        let bodies = vec![
            body(Purpose::Classifying, "event"),
            body(Purpose::Classifying, &kind),
            body(Purpose::Describing, &in_words::event(event, &self.entry.article.doc.text)),
        ];
        self.note(&[event.trigger], bodies)
    }

    fn note(&self, spans: &[Span], bodies: Vec<Body>) -> Note {
        let quote = |span: &Span| {
            let [start, end] = self.offsets.of(*span);
            Quote::of(&self.entry.article.doc.text, *span, (start, end))
        };
        Note {
            id: None,
            source: self.source.clone(),
            quotes: spans.iter().map(quote).collect(),
            bodies,
            correction: None,
            creator: Some(self.creator.clone()),
            created: None,
        }
    }
}

fn body(purpose: Purpose, value: &str) -> Body {
    Body { purpose, value: Clean::line(value) }
}
