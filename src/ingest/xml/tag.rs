//! What stands between `<` and `>`.

use memchr::memchr;

use super::Missing;

/// Attributes of a tag that are read.
const MOST_ATTRIBUTES: usize = 256;

/// A start tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Tag<'a> {
    name: &'a str,
    attributes: &'a str,
    closes_itself: bool,
}

/// The attributes of a tag: names with their prefix, values as written.
#[derive(Debug, Clone)]
pub(crate) struct Attributes<'a> {
    rest: &'a str,
    left: usize,
}

/// Where a start tag ends.
pub(super) struct End {
    /// One past its last character without the `>`.
    pub inner: usize,
    /// Where what follows begins.
    pub next: usize,
    /// Whether a `>` ended it, not the `<` of the next tag.
    pub is_closed: bool,
    /// Whether the text ended first.
    pub is_cut: bool,
}

impl<'a> Tag<'a> {
    /// The tag with these characters between `<` and `>`.
    pub(super) fn new(inner: &'a str) -> Self {
        let (inner, closes_itself) = match inner.strip_suffix('/') {
            // The slash of an unquoted address at the end belongs to it.
            Some(short) if !ends_in_bare_value(short) => (short, true),
            _ => (inner, false),
        };
        let end = inner.bytes().position(ends_name).unwrap_or(inner.len());
        Tag { name: &inner[..end], attributes: &inner[end..], closes_itself }
    }

    /// The name, with its prefix.
    pub fn name(&self) -> &'a str {
        self.name
    }

    /// Whether no end tag belongs to it (`<a/>`).
    pub fn closes_itself(&self) -> bool {
        self.closes_itself
    }

    /// The attributes in their order, 256 at most; their values may hold references ([`super::Reader::decode`]).
    pub fn attributes(&self) -> Attributes<'a> {
        Attributes { rest: self.attributes, left: MOST_ATTRIBUTES }
    }
}

impl<'a> Iterator for Attributes<'a> {
    type Item = (&'a str, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        let rest =
            self.rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '"' | '\'' | '='));
        if rest.is_empty() || self.left == 0 {
            return None;
        }
        self.left -= 1;
        let end = rest.bytes().position(|byte| ends_name(byte) || byte == b'=').unwrap_or(rest.len());
        let (name, after) = rest.split_at(end);
        let Some(value) = after.trim_ascii_start().strip_prefix('=') else {
            self.rest = after;
            return Some((name, ""));
        };
        let value = value.trim_ascii_start();
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
        let (value, after) = match quote {
            Some(quote) => match value[1..].split_once(quote) {
                Some(parts) => parts,
                None => bare(&value[1..]),
            },
            None => bare(value),
        };
        self.rest = after;
        Some((name, value))
    }
}

/// A value without quotation marks, and what follows.
fn bare(text: &str) -> (&str, &str) {
    text.split_at(text.bytes().position(|byte| byte.is_ascii_whitespace()).unwrap_or(text.len()))
}

/// Whether a name of a tag may begin with this byte. XML allows more, but feeds have no such names, and a `<` before a
/// letter that is not Latin is a character.
pub(super) fn begins_name(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || byte == b'_'
}

fn ends_name(byte: u8) -> bool {
    byte.is_ascii_whitespace() || byte == b'/'
}

/// Whether what stands between `<` and the next `<` was meant as a tag whose `>` is missing.
pub(super) fn looks_like_tag(inner: &str) -> bool {
    let inner = inner.trim_ascii_end();
    inner.contains('=') || !inner.bytes().any(|byte| byte.is_ascii_whitespace())
}

/// Whether `inner` ends in a value without quotation marks.
fn ends_in_bare_value(inner: &str) -> bool {
    let last = inner.rsplit(|c: char| c.is_ascii_whitespace()).next().unwrap_or_default();
    last.split_once('=').is_some_and(|(_, value)| {
        !value.is_empty() && !value.starts_with(['"', '\'']) && !value.ends_with(['"', '\''])
    })
}

/// Where the tag at the start of `rest` ends, looking from `from` on.
pub(super) fn end(rest: &str, from: usize, missing: &mut Missing) -> End {
    let bytes = rest.as_bytes();
    let mut at = from;
    let mut after_equals = false;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'>' => return End { inner: at, next: at + 1, is_closed: true, is_cut: false },
            b'<' => return End { inner: at, next: at, is_closed: false, is_cut: false },
            b'"' | b'\'' if after_equals => {
                after_equals = false;
                if let Some(close) = closing(bytes, at, byte, missing) {
                    at = close;
                }
            }
            b'=' => after_equals = true,
            _ if byte.is_ascii_whitespace() => (),
            _ => after_equals = false,
        }
        at += 1;
    }
    End { inner: bytes.len(), next: bytes.len(), is_closed: false, is_cut: true }
}

/// Where the quotation mark at `open` is closed, unless it looks as if its fellow had been forgotten: then the mark found
/// opens the value of a later tag.
fn closing(bytes: &[u8], open: usize, quote: u8, missing: &mut Missing) -> Option<usize> {
    let is_missing = if quote == b'"' { &mut missing.double_quote } else { &mut missing.single_quote };
    if *is_missing {
        return None;
    }
    let Some(found) = memchr(quote, &bytes[open + 1..]) else {
        *is_missing = true;
        return None;
    };
    let close = open + 1 + found;
    let goes_on =
        bytes.get(close + 1).is_none_or(|&next| next.is_ascii_whitespace() || matches!(next, b'/' | b'>' | b'?'));
    if goes_on || memchr::memchr2(b'<', b'>', &bytes[open + 1..close]).is_none() { Some(close) } else { None }
}
