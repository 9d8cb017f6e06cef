//! What the offsets of an export count.

use crate::model::Doc;
use crate::text::{CharOffsets, Span};

/// What offsets count.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Unit {
    /// Unicode scalar values, as Python and most other languages index strings.
    #[default]
    Chars,
    /// Bytes of UTF-8.
    Bytes,
}

/// A half-open place in the original text.
pub(super) type Range = [usize; 2];

/// From places in an article's text to those in the text as the input gave it.
pub(super) struct Offsets<'a> {
    doc: &'a Doc,
    unit: Unit,
    chars: CharOffsets<'a>,
}

impl<'a> Offsets<'a> {
    pub fn new(doc: &'a Doc, unit: Unit) -> Self {
        Offsets { doc, unit, chars: CharOffsets::new(&doc.text, &doc.map) }
    }

    pub fn of(&self, span: Span) -> Range {
        match self.unit {
            Unit::Chars => [self.chars.to_original(span.start), self.chars.to_original_end(span.end)],
            Unit::Bytes => [self.doc.map.to_original(span.start), self.doc.map.to_original_end(span.end)],
        }
    }
}
