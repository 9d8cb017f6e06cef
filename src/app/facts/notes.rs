//! What people noted about the article, in the order of its words; what has lost its words comes last.

use jiff::tz::TimeZone;

use super::{Bit, Facts, Line, Look, Part, Subject};
use crate::app::correcting::told;
use crate::app::words::{day, flat, rows};
use crate::model::Purpose;
use crate::store::KeptNote;
use crate::text::anchor::in_marks;
use crate::text::{Clean, Span};
use crate::words;

/// Rows that the words of a note, and what it says, take at most.
const ROWS: usize = 8;
/// Columns before what a note says.
const MARGIN: usize = 2;

pub fn facts(notes: &[KeptNote]) -> Facts {
    let mut facts = Facts::default();
    let places = |kept: &KeptNote| -> Vec<Span> { kept.standing.iter().flatten().map(|one| one.span).collect() };
    let mut standing: Vec<usize> = (0..notes.len()).filter(|number| !notes[*number].is_orphaned()).collect();
    standing.sort_by_key(|number| places(&notes[*number]).first().map(|span| span.start));
    for number in standing {
        let places = places(&notes[number]);
        facts.order.extend(places.first().map(|span| (span.start, facts.entries.len())));
        facts.gap();
        facts.add(Subject::Note(number), places);
    }
    for (count, number) in (0..notes.len()).filter(|number| notes[*number].is_orphaned()).enumerate() {
        if count == 0 {
            facts.head(Part::Heading("Not in the text any more"));
        } else {
            facts.gap();
        }
        facts.add(Subject::Note(number), places(&notes[number]));
    }
    facts
}

/// A note: the words it is about, what it sets right and says, who noted it when.
pub fn lines(kept: &KeptNote, columns: usize) -> Vec<Line> {
    let note = &kept.note;
    let mut lines = Vec::new();
    let mut add = |text: &Clean, indent: usize, most: usize, look: Look| {
        for row in rows(text, columns.saturating_sub(indent), most) {
            lines.push(Line::new(vec![Bit::blank(indent), Bit::new(row, look)]));
        }
    };
    let quoted: Vec<String> = note.quotes.iter().map(|quote| flat(quote.exact.whole()).to_string()).collect();
    let quoted = quoted.join(" … ");
    match note.quotes.is_empty() {
        true => add(&Clean::literal("on the article"), 1, 1, Look::Dim),
        false => add(&words!("{}", in_marks(&quoted)), 1, 2, Look::Dim),
    }
    if let Some(correction) = &note.correction {
        add(&words!("✎ {}", told(correction)), MARGIN, 2, Look::Kind);
    }
    let mut said = 0;
    for line in note.text().as_str().lines().filter(|line| !line.trim().is_empty()).take(ROWS) {
        said += 1;
        add(&Clean::line(line), MARGIN, ROWS, Look::Text);
    }
    let tags: Vec<String> = note.tags().map(|tag| format!("+{tag}")).collect();
    if !tags.is_empty() {
        add(&words!("{}", tags.join(" ")), MARGIN, 1, Look::Badge);
    }
    let when = day(note.created.unwrap_or(kept.changed).to_zoned(TimeZone::system()).date());
    let what = if said == 0 && note.correction.is_none() && note.purpose() == Purpose::Highlighting {
        "highlighted · "
    } else {
        ""
    };
    let by = note.creator.as_ref().map(|creator| words!("{} · ", creator.name)).unwrap_or_default();
    add(&words!("{what}{by}{when}"), MARGIN, 1, Look::Dim);
    lines
}
