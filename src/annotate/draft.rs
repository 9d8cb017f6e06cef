//! What the stages share: the text cut into paragraphs, sentences and tokens, and the findings so far.

use std::borrow::Cow;
use std::ops::Range;

use super::segment::segment;
use crate::model::{Article, Entity, EntityIx, Event, InnerPlace, Mention, Official, Quotation};
use crate::text::Span;

/// An article in the making of its annotations.
#[derive(Debug)]
pub struct Draft<'a> {
    /// The article.
    pub article: &'a Article,
    /// `article.doc.text`; all spans are in bytes of it.
    pub text: &'a str,
    /// Paragraphs in text order.
    pub paragraphs: Vec<Paragraph>,
    /// Sentences in text order; a sentence lies in one paragraph.
    pub sentences: Vec<Sentence>,
    /// Tokens in text order.
    pub tokens: Vec<Token<'a>>,
    /// For each multiple of `STEP` bytes, the first token that starts there or behind; and how many there are.
    steps: Vec<usize>,
    /// Runs between quotation marks, in text order, whether or not they quote somebody.
    pub marked: Vec<MarkedRun>,
    /// Set by the stage `entity`. Index = `EntityIx`.
    pub entities: Vec<Entity>,
    /// Set by the stage `entity`: names only, by start, without overlaps.
    pub mentions: Vec<Mention>,
    /// Set by the stage `entity`: the places named inside the names of other things.
    pub inner_places: Vec<InnerPlace>,
    /// Set by the stage `official`.
    pub officials: Vec<Official>,
    /// Set by the stages `quotation` and `speaker`.
    pub quotations: Vec<Quotation>,
    /// Set by the stage `event`.
    pub events: Vec<Event>,
}

/// A block of running text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paragraph {
    /// Its text.
    pub span: Span,
    /// Whether it is a heading (the headline, a subhead).
    pub heading: bool,
    /// Indices into `Draft::sentences`.
    pub sentences: Range<usize>,
    /// Indices into `Draft::tokens`.
    pub tokens: Range<usize>,
}

/// A sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Its text, final punctuation and closing marks included.
    pub span: Span,
    /// Index into `Draft::paragraphs`.
    pub paragraph: usize,
    /// Indices into `Draft::tokens`.
    pub tokens: Range<usize>,
}

/// A word, number, punctuation mark or possessive ending.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token<'a> {
    /// Its text. "Iran’s" is two tokens, "Iran" and "’s"; "U.S." and "St." are one each, with their full stop;
    /// "Turkish-Libyan" is three.
    pub span: Span,
    /// The text.
    pub text: &'a str,
    /// The text in lower case, with ’ as '.
    pub lower: Cow<'a, str>,
    /// What it is.
    pub kind: TokenKind,
    /// Index into `Draft::sentences`.
    pub sentence: usize,
}

/// Kind of a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    /// Letters (perhaps with digits, full stops or inner apostrophes).
    Word,
    /// Begins with a digit.
    Number,
    /// ’s or ' after a word.
    Possessive,
    /// Anything else: one punctuation mark or symbol.
    Punctuation,
}

/// A run of text between quotation marks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarkedRun {
    /// With its marks. Lies in one paragraph; a quotation over several paragraphs is several runs.
    pub span: Span,
    /// Without its marks.
    pub inner: Span,
    /// Whether the text between goes on from the run before it, in the paragraph before (the mark is repeated at the
    /// start of each paragraph, and only the last has a closing mark).
    pub continues: bool,
}

impl Token<'_> {
    /// Whether the first letter is a capital.
    pub fn is_capitalised(&self) -> bool {
        self.text.chars().next().is_some_and(char::is_uppercase)
    }

    /// Whether this is the given word, compared in lower case.
    pub fn is(&self, lower: &str) -> bool {
        self.lower == lower
    }
}

/// Bytes between two places of which the first token is known.
const STEP: usize = 64;

/// For each multiple of [`STEP`] in a text of `bytes` bytes, the first of `tokens` that starts there or behind.
fn steps(bytes: usize, tokens: &[Token<'_>]) -> Vec<usize> {
    let mut steps = Vec::with_capacity(bytes / STEP + 2);
    for (index, token) in tokens.iter().enumerate() {
        while steps.len() * STEP <= token.span.start {
            steps.push(index);
        }
    }
    steps
}

impl<'a> Draft<'a> {
    /// The article cut into paragraphs, sentences and tokens, with nothing found yet.
    pub fn new(article: &'a Article) -> Self {
        let segments = segment(&article.doc);
        let steps = steps(article.doc.text.as_str().len(), &segments.tokens);
        Draft {
            article,
            text: article.doc.text.as_str(),
            paragraphs: segments.paragraphs,
            sentences: segments.sentences,
            tokens: segments.tokens,
            steps,
            marked: Vec::new(),
            entities: Vec::new(),
            mentions: Vec::new(),
            inner_places: Vec::new(),
            officials: Vec::new(),
            quotations: Vec::new(),
            events: Vec::new(),
        }
    }

    /// The index of the first token that starts at or after byte `offset`.
    pub fn token_from(&self, offset: usize) -> usize {
        // Asked for many times a token: bisecting all of a long text would be the dearest step of all.
        let at = offset / STEP;
        let start = self.steps.get(at).copied().unwrap_or(self.tokens.len());
        let end = self.steps.get(at + 1).copied().unwrap_or(self.tokens.len());
        let tokens = self.tokens.get(start..end).unwrap_or_default();
        start + tokens.partition_point(|token| token.span.start < offset)
    }

    /// The tokens that lie wholly in `span`, by index.
    pub fn tokens_in(&self, span: Span) -> Range<usize> {
        let start = self.token_from(span.start);
        let end = self.token_from(span.end);
        // A token that starts in the span may end behind it.
        let over =
            end.checked_sub(1).and_then(|last| self.tokens.get(last)).is_some_and(|last| last.span.end > span.end);
        let end = end - usize::from(over);
        start..end.max(start)
    }

    /// The span from the first to the last token of a non-empty range of token indices.
    pub fn span_of(&self, tokens: Range<usize>) -> Span {
        match (self.tokens.get(tokens.start), tokens.end.checked_sub(1).and_then(|last| self.tokens.get(last))) {
            (Some(first), Some(last)) => first.span.join(last.span),
            _ => Span::new(0, 0),
        }
    }

    /// The name mention that covers byte `offset`, if any.
    pub fn mention_at(&self, offset: usize) -> Option<&Mention> {
        let next = self.mentions.partition_point(|mention| mention.span.start <= offset);
        next.checked_sub(1).and_then(|index| self.mentions.get(index)).filter(|mention| mention.span.holds(offset))
    }

    /// Whether token `at` stands inside a name and does not begin it: the "of" of "Bank of England".
    pub fn is_in_name(&self, at: usize) -> bool {
        let Some(token) = self.tokens.get(at) else { return false };
        self.mention_at(token.span.start).is_some_and(|mention| mention.span.start < token.span.start)
    }

    /// Whether token `at` is a hyphen or short dash.
    pub fn is_hyphen(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| matches!(token.text, "-" | "‐" | "‑" | "–"))
    }

    /// The name mentions that start inside `span`.
    pub fn mentions_in(&self, span: Span) -> &[Mention] {
        let start = self.mentions.partition_point(|mention| mention.span.start < span.start);
        let end = self.mentions.partition_point(|mention| mention.span.start < span.end);
        &self.mentions[start..end.max(start)]
    }

    /// The entity with this index.
    pub fn entity(&self, index: EntityIx) -> Option<&Entity> {
        self.entities.get(index)
    }

    /// Whether byte `offset` lies between quotation marks.
    pub fn is_marked(&self, offset: usize) -> bool {
        run_at(&self.marked, offset).is_some()
    }
}

/// Of `runs`, in text order, the one that covers byte `offset`.
pub fn run_at(runs: &[MarkedRun], offset: usize) -> Option<&MarkedRun> {
    let next = runs.partition_point(|run| run.span.start <= offset);
    next.checked_sub(1).and_then(|index| runs.get(index)).filter(|run| run.span.holds(offset))
}
