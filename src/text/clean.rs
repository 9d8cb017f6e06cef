//! Text that cannot drive a terminal.
//!
//! Foreign text enters the program as [`Clean`], which only [`clean`] makes; views, standard output, standard error
//! and exports take nothing else.

use std::fmt;
use std::ops::Deref;

use serde::Serialize;

use super::Span;

/// Owned text without control characters (line feed and tab stay), escape sequences, bidi overrides and isolates,
/// and over-long runs of combining marks.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Clean(String);

/// A borrowed part of a [`Clean`] text, or the program's own words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CleanStr<'a>(&'a str);

/// How much of each kind [`clean`] took out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Removed {
    /// C0, DEL and C1 control characters that stood alone.
    pub controls: usize,
    /// Whole terminal escape sequences (CSI, OSC, DCS, SOS, PM, APC and two-character ones).
    pub escapes: usize,
    /// Bidirectional overrides, embeddings and isolates.
    pub bidi: usize,
    /// Combining marks past the limit on one base, and other invisible characters without use in text.
    pub marks: usize,
}

/// Where the bytes of a cleaned text stood in the text it was made from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OffsetMap {
    /// (byte offset in the clean text, bytes removed before it so far), ascending.
    cuts: Vec<(usize, usize)>,
}

/// What [`clean`] returns.
#[derive(Debug, Clone, Default)]
pub struct Cleaned {
    /// The text that may be shown.
    pub text: Clean,
    /// What was taken out.
    pub removed: Removed,
    /// From offsets in `text` back to offsets in the input.
    pub map: OffsetMap,
}

/// Takes out of `raw` everything that could drive a terminal or hide text; keeps every other character.
pub fn clean(raw: &str) -> Cleaned {
    // Placeholder until the full rules land: drops control characters only.
    let text: String = raw.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
    Cleaned { text: Clean(text), ..Cleaned::default() }
}

impl Clean {
    /// The program's own words, which need no cleaning.
    pub fn literal(words: &'static str) -> Self {
        Clean(words.to_owned())
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The whole text, borrowed.
    pub fn whole(&self) -> CleanStr<'_> {
        CleanStr(&self.0)
    }

    /// The words at `span`, or nothing where the span does not fit.
    pub fn slice(&self, span: Span) -> CleanStr<'_> {
        CleanStr(span.of(&self.0))
    }
}

impl<'a> CleanStr<'a> {
    /// The program's own words, which need no cleaning.
    pub const fn literal(words: &'static str) -> CleanStr<'static> {
        CleanStr(words)
    }

    /// The text.
    pub fn as_str(self) -> &'a str {
        self.0
    }
}

impl OffsetMap {
    /// The byte offset in the original text of the clean text's byte `offset`.
    pub fn to_original(&self, offset: usize) -> usize {
        let at = self.cuts.partition_point(|&(clean, _)| clean <= offset);
        offset + if at == 0 { 0 } else { self.cuts[at - 1].1 }
    }
}

impl Deref for Clean {
    type Target = str;
    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Clean {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for CleanStr<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}
