//! JSON that is nearly right, mended: what a strict parser refuses in it is told by its place alone.

/// `text` with every `\ud800`–`\udfff` that is half a pair as `\ufffd`, if there is one.
pub(in crate::ingest) fn surrogates(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let mut mended = false;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let take = match (unit(rest), rest.get(6..).and_then(unit)) {
            (Some(0xd800..=0xdbff), Some(0xdc00..=0xdfff)) => 12,
            (Some(0xd800..=0xdfff), _) => {
                mended = true;
                out.push_str("\\ufffd");
                rest = &rest[6..];
                continue;
            }
            // The backslash and what it escapes, which may be a backslash.
            _ => 1 + rest[1..].chars().next().map_or(0, char::len_utf8),
        };
        out.push_str(&rest[..take]);
        rest = &rest[take..];
    }
    out.push_str(rest);
    mended.then_some(out)
}

/// `text` with all that can be mended, if there is something: halves of surrogate pairs and signs that may not stand in a
/// text as they are, backslashes that escape nothing, and commas with nothing between them. In one pass.
pub(in crate::ingest) fn all(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let mut mended = false;
    let mut in_text = false;
    // The last sign outside of texts, and whether a comma waits for what it stands before.
    let mut last = ' ';
    let mut waits = false;
    while let Some(c) = rest.chars().next() {
        let mut take = c.len_utf8();
        match c {
            '\\' if in_text => match escape(rest) {
                Escape::Whole(length) => {
                    out.push_str(&rest[..length]);
                    take = length;
                }
                Escape::Half => {
                    out.push_str("\\ufffd");
                    take = 6;
                    mended = true;
                }
                Escape::Nothing => {
                    out.push_str("\\\\");
                    mended = true;
                }
            },
            '\0'..='\x1f' if in_text => {
                out.push_str(&format!("\\u{:04x}", u32::from(c)));
                mended = true;
            }
            _ if in_text => {
                in_text = c != '"';
                out.push(c);
            }
            ' ' | '\t' | '\n' | '\r' => out.push(c),
            '\0'..='\x1f' => mended = true,
            ',' if waits || matches!(last, '[' | '{') => mended = true,
            ',' => waits = true,
            _ => {
                if std::mem::take(&mut waits) {
                    if matches!(c, ']' | '}') { mended = true } else { out.push(',') }
                }
                in_text = c == '"';
                last = c;
                out.push(c);
            }
        }
        rest = &rest[take..];
    }
    mended.then_some(out)
}

enum Escape {
    /// Of so many bytes.
    Whole(usize),
    /// Half a surrogate pair.
    Half,
    /// A backslash that escapes nothing.
    Nothing,
}

/// The escape at the start of `text`.
fn escape(text: &str) -> Escape {
    match text.as_bytes().get(1) {
        Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => Escape::Whole(2),
        _ => match (unit(text), text.get(6..).and_then(unit)) {
            (Some(0xd800..=0xdbff), Some(0xdc00..=0xdfff)) => Escape::Whole(12),
            (Some(0xd800..=0xdfff), _) => Escape::Half,
            (Some(_), _) => Escape::Whole(6),
            (None, _) => Escape::Nothing,
        },
    }
}

/// The UTF-16 unit of an escape `\uXXXX` at the start of `text`.
fn unit(text: &str) -> Option<u32> {
    let digits =
        text.strip_prefix("\\u")?.get(..4).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
    u32::from_str_radix(digits, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_broken_is_changed() {
        for (broken, want) in [
            ("[\"a\\ud83d b\"]", "[\"a\\ufffd b\"]"),
            ("[\"a\nb\u{1}\"]", "[\"a\\u000ab\\u0001\"]"),
            (r#"["a\q\u12","\\"]"#, r#"["a\\q\\u12","\\"]"#),
            ("[{},,{},]", "[{},{}]"),
            ("{,\"a\":1,\u{1}}", "{\"a\":1}"),
            ("[\"é\\u+123\"]", "[\"é\\\\u+123\"]"),
        ] {
            assert_eq!(all(broken).as_deref(), Some(want), "{broken:?}");
        }
        for right in [r#"{"a": [1, "\ud83d\ude00", "x,,y \"\\"], "b": {}}"#, "", "[1,"] {
            assert_eq!(all(right), None, "{right}");
        }
    }
}
