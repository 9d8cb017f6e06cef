//! The document type declaration, of which only the entities with a text of their own count.

use memchr::memchr;

use super::entity::Entities;

/// Reads the declaration at the start of `rest` and returns its length, or nothing if it has no end.
pub(super) fn read(rest: &str, entities: &mut Entities) -> Option<usize> {
    let bytes = rest.as_bytes();
    let mut at = "<!DOCTYPE".len();
    let mut is_inside = false;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'>' if !is_inside => return Some(at + 1),
            b'[' => is_inside = true,
            b']' => is_inside = false,
            b'"' | b'\'' => match memchr(byte, &bytes[at + 1..]) {
                Some(close) => at += close + 1,
                None => return plain_end(bytes),
            },
            b'<' if rest[at..].starts_with("<!--") => match rest[at + 4..].find("-->") {
                Some(close) => at += 4 + close + 2,
                None => return plain_end(bytes),
            },
            b'<' if rest[at..].starts_with("<!ENTITY") => match entity(rest, at + "<!ENTITY".len(), entities) {
                Some(after) => {
                    at = after;
                    continue;
                }
                None => return plain_end(bytes),
            },
            // The root element: the brackets do not match.
            b'<' if !matches!(bytes.get(at + 1), Some(b'!' | b'?')) => return Some(at),
            _ => (),
        }
        at += 1;
    }
    plain_end(bytes)
}

/// The end of a declaration whose quotation marks or brackets do not match.
fn plain_end(bytes: &[u8]) -> Option<usize> {
    memchr(b'>', bytes).map(|at| at + 1)
}

/// Reads `NAME "text">` from `at` on; returns where the declaration ends.
fn entity(rest: &str, at: usize, entities: &mut Entities) -> Option<usize> {
    let text = &rest[at..];
    let name_start = text.len() - text.trim_ascii_start().len();
    let name_end = name_start + text[name_start..].bytes().position(|byte| byte.is_ascii_whitespace())?;
    let name = &text[name_start..name_end];
    let value = text[name_end..].trim_ascii_start();
    let value_start = text.len() - value.len();
    let quote = *value.as_bytes().first()?;
    if name == "%" || !matches!(quote, b'"' | b'\'') {
        // A parameter, or something outside the document: never read.
        let mut end = name_end;
        let bytes = text.as_bytes();
        loop {
            match *bytes.get(end)? {
                b'>' => return Some(at + end + 1),
                quote @ (b'"' | b'\'') => end += memchr(quote, &bytes[end + 1..])? + 2,
                _ => end += 1,
            }
        }
    }
    let close = value_start + 1 + memchr(quote, &value.as_bytes()[1..])?;
    entities.declare(name, &text[value_start + 1..close]);
    let end = close + memchr(b'>', &text.as_bytes()[close..])?;
    Some(at + end + 1)
}
