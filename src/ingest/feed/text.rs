//! What is markup in a text and what is not, and plain text out of it.

use std::borrow::Cow;

use memchr::{memchr_iter, memchr2};

use crate::ingest::xml;
use crate::text::Clean;

/// Elements that the texts of feeds have.
const ELEMENTS: &[&str] = &[
    "a",
    "abbr",
    "acronym",
    "address",
    "applet",
    "area",
    "article",
    "aside",
    "audio",
    "b",
    "bdi",
    "bdo",
    "big",
    "blink",
    "blockquote",
    "br",
    "button",
    "caption",
    "center",
    "cite",
    "code",
    "col",
    "colgroup",
    "data",
    "dd",
    "del",
    "details",
    "dfn",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "em",
    "embed",
    "fieldset",
    "figcaption",
    "figure",
    "font",
    "footer",
    "form",
    "frame",
    "frameset",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "i",
    "iframe",
    "img",
    "input",
    "ins",
    "kbd",
    "label",
    "legend",
    "li",
    "link",
    "main",
    "map",
    "mark",
    "math",
    "menu",
    "meta",
    "meter",
    "nav",
    "nobr",
    "noscript",
    "object",
    "ol",
    "optgroup",
    "option",
    "p",
    "picture",
    "pre",
    "progress",
    "q",
    "rp",
    "rt",
    "ruby",
    "s",
    "samp",
    "script",
    "section",
    "select",
    "small",
    "source",
    "span",
    "strike",
    "strong",
    "style",
    "sub",
    "summary",
    "sup",
    "svg",
    "table",
    "tbody",
    "td",
    "textarea",
    "tfoot",
    "th",
    "thead",
    "time",
    "tr",
    "track",
    "tt",
    "u",
    "ul",
    "var",
    "video",
    "wbr",
];

/// Elements that lay out what is in them apart from what is around them.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "br",
    "dd",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "li",
    "main",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "td",
    "th",
    "tr",
    "ul",
];

/// Elements without content.
const VOID: &[&str] = &["area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];

/// Whether an element is always empty, so that HTML closes it by itself.
pub(super) fn is_void(name: &str) -> bool {
    is_in(VOID, name)
}

fn is_in(list: &[&str], name: &str) -> bool {
    list.iter().any(|element| element.eq_ignore_ascii_case(name))
}

/// Whether a text of which the feed does not say so is HTML: all its tags are those of HTML, and there is an end tag, an
/// empty element or a reference, so that somebody who writes of `<b>` is not taken at his word.
pub(super) fn looks_like_html(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut at = 0;
    let mut is_html = false;
    while let Some(found) = memchr2(b'<', b'&', bytes.get(at..).unwrap_or_default()) {
        at += found + 1;
        if bytes[at - 1] == b'&' {
            is_html |= reference(&text[at..]).is_some();
            continue;
        }
        let is_end = bytes.get(at) == Some(&b'/');
        let name = name(&text[at + usize::from(is_end)..]);
        if name.is_empty() {
            continue;
        }
        if !is_in(ELEMENTS, name) {
            return false;
        }
        is_html |= is_end || is_void(name);
    }
    is_html
}

/// The name of the tag that goes on with `rest` behind its `<`; empty if it is no tag.
fn name(rest: &str) -> &str {
    let end = rest.bytes().position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(rest.len());
    if rest.starts_with(|c: char| c.is_ascii_alphabetic()) { &rest[..end] } else { "" }
}

/// What the reference stands for that goes on with `rest` behind its `&`, and its length.
fn reference(rest: &str) -> Option<(String, usize)> {
    let end = rest.bytes().take(40).position(|byte| !byte.is_ascii_alphanumeric() && byte != b'#')?;
    if rest.as_bytes()[end] != b';' {
        return None;
    }
    let mut text = String::new();
    let is_known = match rest[..end].strip_prefix('#') {
        Some(number) => xml::numeric(number).map(|c| text.push(c)).is_some(),
        None => xml::push_named(&rest[..=end], &mut text),
    };
    is_known.then_some((text, end + 1))
}

/// A text as it comes: plain, HTML, or one of which that is to be found out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Every character means itself.
    Plain,
    /// HTML.
    Html,
    /// Either, by the look of it.
    Guess,
}

/// One line of plain text, of the beginning of what is too long to be one.
pub(super) fn line(text: &str, kind: Kind) -> Clean {
    let text = head(text);
    if kind == Kind::Plain || memchr2(b'<', b'&', text.as_bytes()).is_none() {
        return Clean::line(text);
    }
    let strips_tags = kind == Kind::Html || looks_like_html(text);
    Clean::line(&without_markup(text, strips_tags))
}

/// The beginning of a text, as much as a line may be read from.
pub(super) fn head(text: &str) -> &str {
    /// In bytes.
    const MOST: usize = 16 << 10;
    &text[..text.floor_char_boundary(MOST)]
}

/// `text` with its references resolved, and without its tags if `strips_tags`.
fn without_markup(text: &str, strips_tags: bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = memchr2(b'<', b'&', rest.as_bytes()) {
        out.push_str(&rest[..at]);
        let is_reference = rest.as_bytes()[at] == b'&';
        let behind = &rest[at + 1..];
        if is_reference {
            match reference(behind) {
                Some((text, len)) => {
                    out.push_str(&text);
                    rest = &behind[len..];
                }
                None => {
                    out.push('&');
                    rest = behind;
                }
            }
        } else {
            match if strips_tags { tag(behind, &mut out) } else { None } {
                Some(after) => rest = after,
                None => {
                    out.push('<');
                    rest = behind;
                }
            }
        }
    }
    out.push_str(rest);
    out
}

/// What follows the tag or comment that goes on with `behind`; nothing if it is none.
fn tag<'a>(behind: &'a str, out: &mut String) -> Option<&'a str> {
    if let Some(comment) = behind.strip_prefix("!--") {
        let after = comment.split_once("-->").or_else(|| comment.split_once('>'));
        return Some(after.map_or("", |(_, after)| after));
    }
    if behind.starts_with(['!', '?']) {
        return behind.split_once('>').map(|(_, after)| after);
    }
    let is_end = behind.starts_with('/');
    let name = name(behind.strip_prefix('/').unwrap_or(behind));
    if name.is_empty() {
        return None;
    }
    let after = &behind[xml::tag_end(behind)?..];
    if is_in(BLOCKS, name) {
        out.push(' ');
    }
    let is_raw = name.eq_ignore_ascii_case("script") || name.eq_ignore_ascii_case("style");
    if is_raw && !is_end {
        return Some(after_raw(after, name));
    }
    Some(after)
}

/// What follows the end tag of a script or style.
fn after_raw<'a>(rest: &'a str, name: &str) -> &'a str {
    let mut from = 0;
    while let Some(at) = rest.get(from..).and_then(|rest| rest.find("</")) {
        let start = from + at + 2;
        if rest.get(start..start + name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name)) {
            let end = rest[start..].find('>').map_or(rest.len(), |end| start + end + 1);
            return &rest[end..];
        }
        from = start;
    }
    ""
}

/// Undoes what feeds do to text on its way: UTF-8 that was taken for Latin-1 and written as UTF-8 once more, and
/// characters of Windows-1252 that were taken for C1 controls.
pub(super) fn mended(text: String) -> String {
    if text.is_ascii() {
        return text;
    }
    let text = match twice_encoded(&text) {
        Some(text) => text,
        None => text,
    };
    // In UTF-8 they are two bytes, of which the first is 0xC2.
    let bytes = text.as_bytes();
    let has_c1 = memchr_iter(0xc2, bytes).any(|at| bytes.get(at + 1).is_some_and(|next| *next < 0xa0));
    if !has_c1 {
        return text;
    }
    text.chars().map(|c| if ('\u{80}'..='\u{9f}').contains(&c) { xml::from_c1(c) } else { c }).collect()
}

/// The text that was encoded twice, if it was: all its characters are bytes, and the bytes are UTF-8.
fn twice_encoded(text: &str) -> Option<String> {
    // The first bytes of characters past U+00FF are from 0xC4 on.
    if text.bytes().any(|byte| byte >= 0xc4) {
        return None;
    }
    let bytes: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).ok()).collect::<Option<_>>()?;
    String::from_utf8(bytes).ok()
}

/// `text` with the characters that HTML has a meaning for written as references.
pub(super) fn escaped(text: &str) -> Cow<'_, str> {
    if !text.contains(['<', '>', '&']) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_like_html() {
        for text in ["<b>x</b>", "x<br>y", "AT&amp;T", "x &#8217;", "<img src='x'>"] {
            assert!(looks_like_html(text), "{text}");
        }
        for text in ["x", "1 < 2", "use <b> for bold", "<Foo> and </Foo>", "&unknown;", "AT&T", "a <=> b"] {
            assert!(!looks_like_html(text), "{text}");
        }
    }

    #[test]
    fn titles_become_plain_text() {
        for (text, kind, expected) in [
            ("<b>x</b> &amp; y", Kind::Guess, "x & y"),
            ("The <Foo> element", Kind::Guess, "The <Foo> element"),
            ("The <Foo> element &amp; more", Kind::Guess, "The <Foo> element & more"),
            ("1 < 2 & 3 > 2", Kind::Html, "1 < 2 & 3 > 2"),
            ("<b>x</b> &amp;", Kind::Plain, "<b>x</b> &amp;"),
            ("a<br/>b<p>c</p>", Kind::Html, "a b c"),
            ("a<script>x('</b>')</script> b<style>y</style>", Kind::Html, "a b"),
            ("a<script>never", Kind::Html, "a"),
            ("a<!-- x --> b<!-- y", Kind::Html, "a b"),
            ("<!DOCTYPE ~", Kind::Html, "<!DOCTYPE ~"),
            ("<img alt=\"a<br />b\">x", Kind::Html, "x"),
            ("<a href=http://e.org/\">x</a>", Kind::Html, "x"),
            ("a <b", Kind::Html, "a <b"),
            ("\u{202e}a\u{1b}[31mb", Kind::Html, "ab"),
        ] {
            assert_eq!(line(text, kind).as_str(), expected, "{text}");
        }
    }

    #[test]
    fn texts_are_mended() {
        assert_eq!(mended("donâ\u{80}\u{99}t".into()), "don’t");
        assert_eq!(mended("Ã©tÃ©".into()), "été");
        assert_eq!(mended("été".into()), "été");
        assert_eq!(mended("don\u{92}t 漢".into()), "don’t 漢");
    }
}
