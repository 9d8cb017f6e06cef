//! Markup cut into text and tags, in one pass without a tree; linear in its length whatever it is.

use memchr::{memchr, memchr2, memmem};

use crate::model::Content;

/// A piece of markup.
#[derive(Debug, Clone, Copy)]
pub(super) enum Piece<'a> {
    /// Text, entities in it not resolved.
    Text(&'a str),
    /// What stands between `<` and `>`.
    Tag(&'a str),
}

/// Gives the pieces to `take` until it wants no more. Comments, declarations, scripts and styles are left out.
pub(super) fn each<'a>(content: &'a Content, take: &mut dyn FnMut(Piece<'a>) -> bool) {
    if !content.is_html {
        take(Piece::Text(&content.text));
        return;
    }
    let mut rest = content.text.as_str();
    // Once something is not closed, nothing after it is searched for again.
    let (mut comments, mut quotes) = (true, true);
    while let Some(at) = memchr(b'<', rest.as_bytes()) {
        if at > 0 && !take(Piece::Text(&rest[..at])) {
            return;
        }
        let inside = &rest[at + 1..];
        if let Some(comment) = inside.strip_prefix("!--").filter(|_| comments) {
            if let Some(end) = comment_end(comment) {
                rest = &comment[end..];
                continue;
            }
            comments = false;
        }
        if !inside.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')) {
            if !take(Piece::Text("<")) {
                return;
            }
            rest = inside;
            continue;
        }
        let Some(end) = tag_end(inside, &mut quotes) else {
            // A tag that never ends is text to some and nothing to others; here it is nothing.
            return;
        };
        let tag = &inside[..end];
        rest = &inside[end + 1..];
        if matches!(tag.as_bytes()[0], b'!' | b'?') {
            continue;
        }
        if !take(Piece::Tag(tag)) {
            return;
        }
        for raw in ["script", "style"] {
            if name(tag).eq_ignore_ascii_case(raw) && !tag.starts_with('/') {
                rest = after_end(rest, raw);
            }
        }
    }
    if !rest.is_empty() {
        take(Piece::Text(rest));
    }
}

/// Where what follows a comment begins, counted from behind its `<!--`. Some end at once, some with `--!>`.
fn comment_end(comment: &str) -> Option<usize> {
    if let Some(short) = [">", "->"].into_iter().find(|short| comment.starts_with(short)) {
        return Some(short.len());
    }
    let mut at = 0;
    loop {
        at += memmem::find(&comment.as_bytes()[at..], b"--")?;
        let after = &comment.as_bytes()[at + 2..];
        match after {
            [b'>', ..] => return Some(at + 3),
            [b'!', b'>', ..] => return Some(at + 4),
            _ => at += 1,
        }
    }
}

/// Where the tag ends: the first `>` that is not between quotation marks.
fn tag_end(inside: &str, quotes: &mut bool) -> Option<usize> {
    let bytes = inside.as_bytes();
    let first = memchr(b'>', bytes)?;
    if !*quotes {
        return Some(first);
    }
    let (mut at, mut end) = (0, first);
    loop {
        // A mark only opens a value after an equals sign.
        let Some(open) = memchr2(b'"', b'\'', &bytes[at..end]).map(|mark| at + mark) else { return Some(end) };
        at = open + 1;
        if !bytes[..open].trim_ascii_end().ends_with(b"=") {
            continue;
        }
        match memchr(bytes[open], &bytes[at..]) {
            Some(close) => at += close + 1,
            None => {
                *quotes = false;
                return Some(first);
            }
        }
        if at > end {
            end = at + memchr(b'>', &bytes[at..])?;
        }
    }
}

/// What follows the end tag of a script or style.
fn after_end<'a>(rest: &'a str, raw: &str) -> &'a str {
    let mut at = 0;
    while let Some(next) = memmem::find(&rest.as_bytes()[at..], b"</") {
        at += next + 2;
        if rest.as_bytes()[at..].get(..raw.len()).is_some_and(|name| name.eq_ignore_ascii_case(raw.as_bytes())) {
            return rest[at..].split_once('>').map_or("", |(_, rest)| rest);
        }
    }
    ""
}

/// The tag's name, without a slash.
pub(super) fn name(tag: &str) -> &str {
    let tag = tag.strip_prefix('/').unwrap_or(tag);
    let end = tag.find(|c: char| c.is_ascii_whitespace() || c == '/').unwrap_or(tag.len());
    &tag[..end]
}
