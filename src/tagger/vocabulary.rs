//! The pieces that words are made of, and how a word is cut into them.

use foldhash::HashMap;

use super::file::{Fault, Model};
use super::normal;

/// The longest word, in characters, that is cut into pieces.
const LONGEST: usize = 100;

/// The pieces by their text; one that goes on a word begins with `##`.
#[derive(Debug)]
pub struct Vocabulary {
    ids: HashMap<Box<str>, u32>,
    unknown: u32,
    /// The piece that stands for the break between two paragraphs.
    pub paragraph: u32,
}

impl Vocabulary {
    /// The vocabulary of `model`.
    pub fn new(model: &Model) -> Result<Self, Fault> {
        let mut ids = HashMap::default();
        let pieces = model.vocabulary()?;
        ids.reserve(model.header.pieces);
        for (id, piece) in (0..).zip(pieces.split('\n')) {
            ids.insert(piece.into(), id);
        }
        if ids.len() != model.header.pieces {
            return Err(Fault::damaged("its vocabulary has another number of words than it says"));
        }
        Ok(Vocabulary { ids, unknown: model.header.unknown, paragraph: model.header.paragraph })
    }

    /// The pieces of a word, none if nothing of it is left when it is folded.
    pub fn pieces(&self, word: &str) -> Vec<u32> {
        let folded = normal::folded(word);
        let mut pieces = Vec::new();
        for part in normal::words(&folded) {
            self.cut(part.of(&folded), &mut pieces);
        }
        pieces
    }

    /// Cuts `part` from its start into the longest pieces there are (WordPiece).
    fn cut(&self, part: &str, pieces: &mut Vec<u32>) {
        let before = pieces.len();
        if part.chars().count() > LONGEST {
            pieces.push(self.unknown);
            return;
        }
        let mut rest = part;
        let mut goes_on = String::with_capacity(part.len() + 2);
        while !rest.is_empty() {
            let prefix = if rest.len() == part.len() { "" } else { "##" };
            let ends = rest.char_indices().map(|(at, char)| at + char.len_utf8()).rev();
            let longest = ends.into_iter().find_map(|end| {
                goes_on.clear();
                goes_on.push_str(prefix);
                goes_on.push_str(&rest[..end]);
                self.ids.get(goes_on.as_str()).map(|&id| (id, end))
            });
            let Some((id, end)) = longest else {
                pieces.truncate(before);
                pieces.push(self.unknown);
                return;
            };
            pieces.push(id);
            rest = &rest[end..];
        }
    }
}
