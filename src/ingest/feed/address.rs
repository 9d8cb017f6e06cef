//! Addresses made absolute.

use std::borrow::Cow;

use url::Url;

use crate::ingest::html::Links;

/// Longer addresses are none.
const MOST_BYTES: usize = 16 << 10;

/// The address that `text` is, relative to `base`: absolute where one can be made of it, else as written. An address that
/// has a scheme stays as it is written. Nothing for what leads neither to the web nor to a mailbox.
pub(super) fn absolute(text: &str, base: Option<&str>) -> Option<String> {
    let text = tidy(text);
    if text.is_empty() || text.len() > MOST_BYTES {
        return None;
    }
    if text.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("www.")) {
        return Some(format!("http://{text}"));
    }
    // What it leads to is decided by the address that it makes: signs that nobody sees do not count in one.
    let made = Links::relative_to(base).absolute(&text);
    match scheme(&text) {
        // Many addresses are not quite right, and yet work.
        Some(name) if made.is_some() || ["http", "https"].iter().any(|web| web.eq_ignore_ascii_case(name)) => {
            Some(text.into_owned())
        }
        _ => made,
    }
}

/// The address that identifies something: as written if it is absolute or has no path in it.
pub(super) fn identity(text: &str, base: Option<&str>) -> String {
    let text = text.trim();
    if scheme(text).is_some() || !text.contains('/') || text.len() > MOST_BYTES {
        return text.to_owned();
    }
    let joined = base.and_then(|base| Url::parse(base).ok()).and_then(|base| base.join(text).ok());
    joined.map_or_else(|| text.to_owned(), String::from)
}

/// Whether `text` is an address by itself.
pub(super) fn is_absolute(text: &str) -> bool {
    scheme(text).is_some_and(|scheme| text[scheme.len()..].starts_with("://"))
}

/// The scheme at the start of `text`.
fn scheme(text: &str) -> Option<&str> {
    let end = text.bytes().position(|byte| !byte.is_ascii_alphanumeric() && !matches!(byte, b'+' | b'-' | b'.'))?;
    (end > 1 && text.as_bytes()[end] == b':' && text.as_bytes()[0].is_ascii_alphabetic()).then(|| &text[..end])
}

/// Without line ends in it, and without references that were escaped once too often.
fn tidy(text: &str) -> Cow<'_, str> {
    let text = text.trim();
    if !text.contains(['\n', '\r', '\t']) && !text.contains("&amp;") {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.replace(['\n', '\r', '\t'], "").replace("&amp;", "&"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_become_absolute() {
        let base = Some("http://e.org/a/feed.xml");
        for (text, expected) in [
            ("b.html", Some("http://e.org/a/b.html")),
            (" /b\n c ", Some("http://e.org/b%20c")),
            ("//f.org/b", Some("http://f.org/b")),
            ("HTTP://F.org/B", Some("HTTP://F.org/B")),
            ("www.f.org/b", Some("http://www.f.org/b")),
            ("http://f.org/?a=1&amp;b=2", Some("http://f.org/?a=1&b=2")),
            ("javascript:alert(1)", None),
            ("file:///etc/passwd", None),
            ("\u{1}javascript:alert(1)", None),
            ("\u{1}file:///etc/passwd", None),
            ("java\nscript:alert(1)", None),
            ("chrome://x", None),
            ("mailto:a@e.org", Some("mailto:a@e.org")),
            ("#b", Some("http://e.org/a/feed.xml#b")),
            ("", None),
        ] {
            assert_eq!(absolute(text, base).as_deref(), expected, "{text}");
        }
        assert_eq!(absolute("b", None).as_deref(), Some("b"));
        assert_eq!(absolute("b", Some("no address")).as_deref(), Some("b"));
    }

    #[test]
    fn identities_stay_as_written() {
        let base = Some("http://e.org/a");
        assert_eq!(identity("tag:e.org,2004:1", base), "tag:e.org,2004:1");
        assert_eq!(identity("HTTP://E.org/%7Ebob", base), "HTTP://E.org/%7Ebob");
        assert_eq!(identity("12345", base), "12345");
        assert_eq!(identity("/b", base), "http://e.org/b");
    }
}
