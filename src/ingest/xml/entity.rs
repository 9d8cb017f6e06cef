//! References: `&amp;`, `&#8217;`, `&nbsp;`, and those of the document's own.

use std::cell::Cell;
use std::collections::HashMap;

use html5ever::data::{C1_REPLACEMENTS, NAMED_ENTITIES};
use memchr::memchr;

/// Bytes that the document's own entities may add in all.
const BUDGET: usize = 64 << 10;
/// Entities within entities.
const MOST_DEPTH: usize = 8;
/// Entities that a document may declare.
const MOST_ENTITIES: usize = 4096;
/// Bytes of the longest name of HTML, and some.
const LONGEST_NAME: usize = 40;

/// What names stand for in a document.
#[derive(Debug)]
pub(super) struct Entities {
    own: HashMap<Box<str>, Box<str>>,
    /// Bytes that may still be added.
    budget: Cell<usize>,
}

impl Default for Entities {
    fn default() -> Self {
        Entities { own: HashMap::new(), budget: Cell::new(BUDGET) }
    }
}

impl Entities {
    /// Remembers that `name` stands for `value`. The first declaration of a name counts.
    pub fn declare(&mut self, name: &str, value: &str) {
        if self.own.len() < MOST_ENTITIES && value.len() <= BUDGET && name.len() <= LONGEST_NAME {
            self.own.entry(name.into()).or_insert_with(|| value.into());
        }
    }

    /// Adds `raw` to `out` with its references resolved.
    pub fn decode(&self, raw: &str, out: &mut String) {
        self.decode_at(raw, out, 0);
    }

    fn decode_at(&self, raw: &str, out: &mut String, depth: usize) {
        let mut rest = raw;
        while let Some(at) = memchr(b'&', rest.as_bytes()) {
            out.push_str(&rest[..at]);
            rest = &rest[at + 1..];
            rest = &rest[self.reference(rest, out, depth)..];
        }
        out.push_str(rest);
    }

    /// Adds what the reference stands for that begins with `rest`, behind its `&`; returns its length. Of what is no
    /// reference the `&` is added.
    fn reference(&self, rest: &str, out: &mut String, depth: usize) -> usize {
        let head = &rest.as_bytes()[..rest.len().min(LONGEST_NAME)];
        let Some(end) = head
            .iter()
            .position(|byte| !byte.is_ascii_alphanumeric() && !matches!(byte, b'#' | b'.' | b'-' | b'_' | b':'))
        else {
            out.push('&');
            return 0;
        };
        if head[end] != b';' || end == 0 {
            out.push('&');
            return 0;
        }
        let name = &rest[..end];
        let c = match name {
            "amp" => Some('&'),
            "lt" => Some('<'),
            "gt" => Some('>'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            "nbsp" if self.own.is_empty() => Some('\u{a0}'),
            _ => match name.strip_prefix('#') {
                Some(number) => numeric(number),
                None => None,
            },
        };
        if let Some(c) = c {
            out.push(c);
            return end + 1;
        }
        if let Some(value) = self.own.get(name) {
            let left = self.budget.get();
            if depth < MOST_DEPTH && value.len() <= left {
                self.budget.set(left - value.len());
                self.decode_at(value, out, depth + 1);
                return end + 1;
            }
        } else if push_named(&rest[..=end], out) {
            return end + 1;
        }
        out.push('&');
        0
    }
}

/// Adds what HTML knows by this name (with its semicolon), if it knows it.
pub(in crate::ingest) fn push_named(name: &str, out: &mut String) -> bool {
    // The DTDs of XHTML 1.0 and RSS 0.91, by which these names came into feeds, differ from HTML 5 in two of them.
    match name {
        "lang;" => out.push('\u{2329}'),
        "rang;" => out.push('\u{232a}'),
        _ => match NAMED_ENTITIES.get(name) {
            // Beginnings of names are in the table too, without a character.
            None | Some((0, _)) => return false,
            Some(&(first, second)) => {
                out.extend(char::from_u32(first));
                out.extend(char::from_u32(second).filter(|c| *c != '\0'));
            }
        },
    }
    true
}

/// The character with this number (`146`, `x2019`). Numbers that are no character's give U+FFFD.
pub(in crate::ingest) fn numeric(number: &str) -> Option<char> {
    let (digits, radix) = match number.strip_prefix(['x', 'X']) {
        Some(digits) => (digits, 16),
        None => (number, 10),
    };
    if digits.is_empty() || !digits.chars().all(|c| c.is_digit(radix)) {
        return None;
    }
    let code = u32::from_str_radix(digits, radix).unwrap_or(u32::MAX);
    Some(match code {
        0 => char::REPLACEMENT_CHARACTER,
        _ => char::from_u32(code).map_or(char::REPLACEMENT_CHARACTER, from_c1),
    })
}

/// What a C1 control was meant as: the character with this number in Windows-1252. Other characters are themselves.
pub(in crate::ingest) fn from_c1(c: char) -> char {
    match u32::from(c).checked_sub(0x80).and_then(|at| C1_REPLACEMENTS.get(at as usize)) {
        Some(meant) => meant.unwrap_or(char::REPLACEMENT_CHARACTER),
        None => c,
    }
}
