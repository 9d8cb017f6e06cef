//! Text that cannot drive a terminal.
//!
//! Foreign text enters the program as [`Clean`], which only [`clean`] and its forms make; views, standard output,
//! standard error and exports take nothing else.
//!
//! What goes: whole escape sequences (7-bit and 8-bit), other controls but line feed and tab, bidirectional
//! overrides, embeddings and isolates, interlinear annotation, tag characters, noncharacters, byte order marks, and
//! combining or zero-width characters past 30 in a row. Of an escape sequence that is never finished only the
//! introducer goes. CR, CRLF, VT, FF, NEL, and the line and paragraph separators become a line feed. All else stays.

mod escape;
mod offsets;

use std::fmt;
use std::ops::{AddAssign, Deref};

use serde::{Deserialize, Deserializer, Serialize};
use unicode_width::UnicodeWidthChar;

use self::escape::Found;
pub use self::offsets::{CharOffsets, OffsetMap};
use super::Span;

/// Owned text without control characters (line feed and tab stay), escape sequences, bidi overrides and isolates,
/// and over-long runs of combining marks.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Clean(String);

/// A borrowed part of a [`Clean`] text, or the program's own words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CleanStr<'a>(&'a str);

/// How much of each kind [`clean`] took out. Line ends written in another way are not counted: nothing is lost.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Removed {
    /// C0, DEL and C1 control characters that stood alone.
    pub controls: usize,
    /// Terminal escape sequences (CSI, OSC, DCS, SOS, PM, APC and two-character ones), whole or only introduced.
    pub escapes: usize,
    /// Bidirectional overrides, embeddings and isolates.
    pub bidi: usize,
    /// Combining marks past the limit on one base, and other invisible characters without use in text.
    pub marks: usize,
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

/// Combining or zero-width characters that may stand in a row (UAX #15, stream-safe text).
const MOST_MARKS: usize = 30;

/// Takes out of `raw` everything that could drive a terminal or hide text; keeps every other character. Linear time.
pub fn clean(raw: &str) -> Cleaned {
    let mut pass = Pass::new(raw);
    pass.run();
    let (text, removed, map) = pass.finish();
    Cleaned { text: Clean(text.unwrap_or_else(|| raw.to_owned())), removed, map }
}

/// [`clean`] for a text that is no longer needed: it is not copied where nothing has to go.
pub fn clean_owned(raw: String) -> Cleaned {
    let mut pass = Pass::new(&raw);
    pass.run();
    let (text, removed, map) = pass.finish();
    Cleaned { text: Clean(text.unwrap_or(raw)), removed, map }
}

/// [`clean`] for what stands on one line (titles, names, paths, messages): runs of white space become one blank, none
/// stays at the ends. Adds what was taken out to `removed`.
pub fn clean_line(raw: &str, removed: &mut Removed) -> Clean {
    let cleaned = clean(raw);
    *removed += cleaned.removed;
    let text = cleaned.text.0;
    let is_line = !text.contains("  ")
        && !text.contains(|c: char| c.is_whitespace() && c != ' ')
        && !text.starts_with(' ')
        && !text.ends_with(' ');
    if is_line {
        return Clean(text);
    }
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    Clean(line)
}

/// One pass over a text. Bytes are copied only once something has to go.
struct Pass<'a> {
    raw: &'a str,
    out: Option<String>,
    /// Everything before this byte of `raw` is in `out`, or gone.
    copied: usize,
    removed: Removed,
    map: OffsetMap,
}

/// What has to be done with the character at hand.
enum Verdict {
    Keep,
    /// A combining or zero-width character.
    Mark,
    /// A line end in another form: becomes a line feed.
    Break,
    Control,
    Bidi,
    Invisible,
    Escape(Found),
}

impl<'a> Pass<'a> {
    fn new(raw: &'a str) -> Self {
        Self { raw, out: None, copied: 0, removed: Removed::default(), map: OffsetMap::default() }
    }

    fn run(&mut self) {
        let bytes = self.raw.as_bytes();
        let mut at = 0;
        let mut marks = 0;
        while at < bytes.len() {
            let plain = plain(&bytes[at..]);
            if plain > 0 {
                marks = 0;
                at += plain;
                continue;
            }
            let Some(c) = self.raw[at..].chars().next() else { break };
            let len = c.len_utf8();
            at += match verdict(c, &bytes[at..]) {
                Verdict::Keep => {
                    marks = 0;
                    len
                }
                Verdict::Mark if marks < MOST_MARKS => {
                    marks += 1;
                    len
                }
                Verdict::Mark | Verdict::Invisible => {
                    self.removed.marks += 1;
                    self.cut(at, len)
                }
                Verdict::Control => {
                    self.removed.controls += 1;
                    self.cut(at, len)
                }
                Verdict::Bidi => {
                    self.removed.bidi += 1;
                    self.cut(at, len)
                }
                Verdict::Escape(Found::Whole(len) | Found::Unfinished(len)) => {
                    self.removed.escapes += 1;
                    self.cut(at, len)
                }
                Verdict::Escape(Found::Lone(len)) => {
                    self.removed.controls += 1;
                    self.cut(at, len)
                }
                Verdict::Break if c == '\r' && bytes.get(at + 1) == Some(&b'\n') => self.cut(at, len),
                Verdict::Break => {
                    marks = 0;
                    self.break_line(at, len)
                }
            };
        }
    }

    /// Leaves out `len` bytes at `at`; returns `len`.
    fn cut(&mut self, at: usize, len: usize) -> usize {
        let gone = &self.raw[at..at + len];
        let clean = self.copy_up_to(at, len).len();
        self.map.removed(clean, len, gone.chars().count());
        len
    }

    /// Writes a line feed for the character of `len` bytes at `at`; returns `len`.
    fn break_line(&mut self, at: usize, len: usize) -> usize {
        let out = self.copy_up_to(at, len);
        out.push('\n');
        let clean = out.len();
        if len > 1 {
            self.map.shortened(clean, len - 1);
        }
        len
    }

    fn copy_up_to(&mut self, at: usize, skip: usize) -> &mut String {
        let out = self.out.get_or_insert_with(|| String::with_capacity(self.raw.len()));
        out.push_str(&self.raw[self.copied..at]);
        self.copied = at + skip;
        out
    }

    fn finish(mut self) -> (Option<String>, Removed, OffsetMap) {
        if let Some(out) = &mut self.out {
            out.push_str(&self.raw[self.copied..]);
        }
        (self.out, self.removed, self.map)
    }
}

/// The number of bytes at the start that may stay: ASCII, and letters of which whole blocks may stay, told by their first
/// byte (Latin up to U+02FF, Cyrillic up to U+047F, Han from U+5000).
fn plain(bytes: &[u8]) -> usize {
    const LANE: usize = 32;
    let mut at = 0;
    while let Some(lane) = bytes.get(at..at + LANE) {
        // Without an early exit inside the lane the compiler compares all of it at once.
        if lane.iter().fold(0u8, |bad, &byte| bad | u8::from(!is_plain(byte))) == 0 {
            at += LANE;
            continue;
        }
        let end = at + LANE;
        while at < end {
            match plain_char(bytes[at]) {
                Some(len) => at += len,
                None => return at,
            }
        }
    }
    while let Some(len) = bytes.get(at).and_then(|&byte| plain_char(byte)) {
        at += len;
    }
    at
}

/// The length of a character that begins with this byte, if every such character may stay.
fn plain_char(byte: u8) -> Option<usize> {
    match byte {
        byte if is_plain(byte) => Some(1),
        0xc3..=0xcb | 0xd0..=0xd1 => Some(2),
        0xe5..=0xe9 => Some(3),
        _ => None,
    }
}

fn is_plain(byte: u8) -> bool {
    (byte.wrapping_sub(0x20) < 0x5f) | (byte == b'\n') | (byte == b'\t')
}

/// Judges `c`, the first character of `rest`.
fn verdict(c: char, rest: &[u8]) -> Verdict {
    match c {
        '\x1b' => Verdict::Escape(escape::after_esc(rest)),
        '\r' | '\x0b' | '\x0c' | '\u{85}' | '\u{2028}' | '\u{2029}' => Verdict::Break,
        '\u{80}'..='\u{9f}' => Verdict::Escape(escape::after_c1(rest)),
        '\n' | '\t' => Verdict::Keep,
        '\0'..='\x1f' | '\x7f' => Verdict::Control,
        ' '..='\u{2ff}' => Verdict::Keep,
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => Verdict::Bidi,
        '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{fdd0}'..='\u{fdef}' | '\u{e0000}'..='\u{e007f}' => {
            Verdict::Invisible
        }
        _ if u32::from(c) & 0xfffe == 0xfffe => Verdict::Invisible,
        // The punctuation that most texts have, spared the table.
        '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205f}' => Verdict::Keep,
        _ if c.width() == Some(0) => Verdict::Mark,
        _ => Verdict::Keep,
    }
}

impl Removed {
    /// The number of characters and sequences taken out.
    pub fn total(&self) -> usize {
        self.controls + self.escapes + self.bidi + self.marks
    }
}

impl AddAssign for Removed {
    fn add_assign(&mut self, other: Self) {
        self.controls += other.controls;
        self.escapes += other.escapes;
        self.bidi += other.bidi;
        self.marks += other.marks;
    }
}

impl Clean {
    /// The program's own words, which need no cleaning.
    pub fn literal(words: &'static str) -> Self {
        Clean(words.to_owned())
    }

    /// Cleans `raw` and forgets what was taken out. Line feeds and tabs stay.
    pub fn new(raw: &str) -> Self {
        clean(raw).text
    }

    /// Cleans `raw` for one line, as [`clean_line`] does, and forgets what was taken out.
    pub fn line(raw: &str) -> Self {
        clean_line(raw, &mut Removed::default())
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

    /// An owned copy.
    pub fn to_clean(self) -> Clean {
        Clean(self.0.to_owned())
    }
}

/// What was stored is foreign text again: it is cleaned like any other.
impl<'de> Deserialize<'de> for Clean {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(clean_owned(String::deserialize(deserializer)?).text)
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
