//! A bound on the attributes of a tag.

use std::borrow::Cow;

/// Attributes of one tag that are read. The tokenizer compares each with all before it.
const MOST: usize = 256;

/// `page` without the attributes past the limit in any tag.
pub(super) fn limited(page: &str) -> Cow<'_, str> {
    let bytes = page.as_bytes();
    let mut out: Option<String> = None;
    let mut copied = 0;
    let mut at = 0;
    while let Some(next) = find_tag(bytes, at) {
        let (end, excess) = tag(bytes, next);
        if let Some(from) = excess {
            let out = out.get_or_insert_default();
            out.push_str(&page[copied..from]);
            copied = end;
        }
        at = end;
    }
    match out {
        Some(mut out) => {
            out.push_str(&page[copied..]);
            Cow::Owned(out)
        }
        None => Cow::Borrowed(page),
    }
}

/// Where the next tag begins at or after `at`.
fn find_tag(bytes: &[u8], at: usize) -> Option<usize> {
    let is_tag = |at: usize| bytes.get(at + 1).is_some_and(|next| next.is_ascii_alphabetic() || *next == b'/');
    let mut at = at;
    loop {
        at += bytes.get(at..)?.iter().position(|&byte| byte == b'<')?;
        if is_tag(at) {
            return Some(at);
        }
        at += 1;
    }
}

/// Reads the tag at `start`. Returns where it ends and, if it has too many attributes, where the excess begins. What
/// looks like a tag within a script or comment may be none, so nothing past a `<` is ever taken for excess.
fn tag(bytes: &[u8], start: usize) -> (usize, Option<usize>) {
    let mut count = 0;
    let mut at = start + 1;
    let mut in_name = true;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'>' => return (at, None),
            b'=' if !in_name => {
                at += 1 + blanks(bytes, at + 1);
                if let Some(quote @ (b'"' | b'\'')) = bytes.get(at) {
                    match bytes[at + 1..].iter().position(|byte| byte == quote) {
                        Some(length) => at += length + 2,
                        // Never closed: the rest of the page is this value, or this was no tag.
                        None => return (at + 1, None),
                    }
                }
                continue;
            }
            b' ' | b'\t' | b'\n' | b'\r' | b'\x0c' | b'/' => {
                in_name = false;
                count += 1;
                if count > MOST {
                    let rest = bytes[at..].iter().position(|byte| matches!(byte, b'>' | b'<'));
                    return (rest.map_or(bytes.len(), |rest| at + rest), Some(at));
                }
                at += blanks(bytes, at + 1) + 1;
                continue;
            }
            _ => at += 1,
        }
    }
    (bytes.len(), None)
}

fn blanks(bytes: &[u8], at: usize) -> usize {
    bytes.get(at..).unwrap_or_default().iter().take_while(|byte| byte.is_ascii_whitespace()).count()
}
