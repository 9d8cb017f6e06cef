//! A text as the encoder reads it: pieces of words, with how each word is written and where it stands.

use super::normal;
use super::vocabulary::Vocabulary;
use crate::text::Span;

/// A text in pieces.
#[derive(Debug, Default)]
pub struct Pieces {
    /// The number of each piece in the vocabulary.
    pub ids: Vec<u32>,
    /// How the word of each piece is written (see [`normal::case`]).
    pub cases: Vec<u8>,
    /// Whether the piece is the first of its word.
    pub first: Vec<bool>,
    /// The words, in bytes of the text; a run of line feeds is one.
    pub words: Vec<Span>,
}

/// Cuts `text` into pieces.
pub fn pieces(text: &str, vocabulary: &Vocabulary) -> Pieces {
    let mut pieces = Pieces::default();
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        if rest.starts_with('\n') {
            let length = rest.len() - rest.trim_start_matches('\n').len();
            pieces.push(Span::new(at, at + length), &[vocabulary.paragraph], 0);
            at += length;
            continue;
        }
        let line = &rest[..rest.find('\n').unwrap_or(rest.len())];
        for word in normal::words(line) {
            let written = word.of(line);
            let ids = vocabulary.pieces(written);
            pieces.push(Span::new(at + word.start, at + word.end), &ids, normal::case(written));
        }
        at += line.len();
    }
    pieces
}

impl Pieces {
    fn push(&mut self, word: Span, ids: &[u32], case: u8) {
        if ids.is_empty() {
            return;
        }
        for (at, &id) in ids.iter().enumerate() {
            self.ids.push(id);
            self.cases.push(case);
            self.first.push(at == 0);
        }
        self.words.push(word);
    }
}
