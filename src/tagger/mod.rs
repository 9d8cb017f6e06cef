//! The learned tagger: which words name a source, are a cue, are somebody's words, or are a name.
//!
//! One small encoder (six transformer layers of 384 numbers, 8-bit weights) reads a text in windows and gives every word
//! a probability of each tag. It runs on the processor, without any library but this one: [`file`] reads the weights,
//! [`words`] cuts the text into the pieces of their vocabulary, [`encoder`] is the arithmetic on one of the
//! processor's [`kernel`]s, [`decode`] turns probabilities into spans. What the spans are good for is the annotator's.
//!
//! The same text gives the same tags on every processor and with any number of threads: products are sums of whole numbers,
//! and the few operations on fractions are done in one fixed order.

mod attention;
mod decode;
mod encoder;
mod file;
mod fractions;
mod kernel;
mod normal;
mod vocabulary;
mod window;
mod words;

#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::sync::LazyLock;

use rayon::prelude::*;

pub use file::Fault;
pub use kernel::Processor;

use crate::text::Span;

/// What a word is in an attribution.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// It names who says something.
    Source,
    /// It says that something is said.
    Cue,
    /// It is what is said.
    Content,
}

/// A run of words with one role.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tagged {
    /// The role.
    pub role: Role,
    /// The words, in bytes of the text.
    pub span: Span,
    /// The mean probability of the role over the words, 0 to 1.
    pub confidence: f32,
}

/// A run of words that is a name or a figure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Named<'a> {
    /// Its kind, one of OntoNotes' eighteen: `PERSON`, `GPE` …
    pub kind: &'a str,
    /// The words, in bytes of the text.
    pub span: Span,
    /// The mean probability of the kind over the words, 0 to 1.
    pub confidence: f32,
}

/// How probable each role is for one word.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Word {
    /// The word, in bytes of the text; a run of line feeds is one.
    pub span: Span,
    /// That it belongs to a source, 0 to 1.
    pub source: f32,
    /// To a cue.
    pub cue: f32,
    /// To what is said.
    pub content: f32,
}

/// What the tagger says of a text.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Tags<'a> {
    /// Every word, in text order.
    pub words: Vec<Word>,
    /// Sources, cues and contents, in text order, without overlaps.
    pub roles: Vec<Tagged>,
    /// Names and figures, in text order, without overlaps.
    pub names: Vec<Named<'a>>,
}

/// The tagger with its weights.
#[derive(Debug)]
pub struct Tagger {
    model: file::Model,
    vocabulary: vocabulary::Vocabulary,
}

/// The weights that come with the program. They are read when first asked for, and stay where they lie in it.
static BUILTIN: LazyLock<Option<Tagger>> =
    LazyLock::new(|| Tagger::new(Cow::Borrowed(include_bytes!("../../assets/model/tagger.bin"))).ok());

impl Tagger {
    /// The tagger with the weights that come with the program; nothing if the program itself is damaged.
    pub fn builtin() -> Option<&'static Tagger> {
        BUILTIN.as_ref()
    }

    /// The tagger with the weights in `bytes`, a file as `training/` makes it.
    ///
    /// # Errors
    /// If the bytes are no such file, are damaged, or are of a form that this build does not read.
    pub fn new(bytes: Cow<'static, [u8]>) -> Result<Tagger, Fault> {
        let model = file::Model::read(bytes)?;
        let vocabulary = vocabulary::Vocabulary::new(&model)?;
        Ok(Tagger { model, vocabulary })
    }

    /// What the weights call themselves.
    pub fn name(&self) -> &str {
        &self.model.header.name
    }

    /// A digest of the weights, in hexadecimal.
    pub fn digest(&self) -> &str {
        &self.model.header.blake3
    }

    /// The tags of `text`. Time grows with its length; long texts are done on several threads.
    pub fn tag(&self, text: &str) -> Tags<'_> {
        self.tag_on(Processor::best(), text)
    }

    /// The tags of `text`, computed with the instructions of `processor`, which gives the same tags as any other.
    pub fn tag_on(&self, processor: Processor, text: &str) -> Tags<'_> {
        let pieces = words::pieces(text, &self.vocabulary);
        let windows = window::windows(&pieces.first, self.model.header.window - 1, self.model.header.overlap);
        let scores: Vec<encoder::Scores> =
            windows.par_iter().map(|window| processor.run(&self.model, &pieces, window)).collect();
        decode::tags(&self.model, &pieces, &windows, &scores)
    }
}
