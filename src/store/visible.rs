//! What of a text meets the reader's eye.
//!
//! Whether a changed entry is a new version is told by the documents that are shown. The words by which an entry is known
//! again are told in one pass over its markup without a tree, as they are needed of every new entry: there it need not be
//! right to the last entity, as all texts go through the same rules. It is linear in the text whatever the markup is.

use memchr::memchr;

use super::pieces::{Piece, each, name};
use crate::ingest;
use crate::model::{Content, Doc};

/// How the texts of two deliveries compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Likeness {
    /// The same text in the same blocks: what was found in one is true of the other, and spans into one fit the other.
    SameText,
    /// The same words; blanks or blocks are others.
    SameWords,
    /// Other words.
    Other,
}

/// Compares two texts as they are read. This builds the documents of both: it is for entries that have changed.
pub(super) fn compare(old: &Content, new: &Content) -> Likeness {
    let ((old, _), (new, _)) = (ingest::content_doc(old), ingest::content_doc(new));
    if old.text == new.text && old.blocks == new.blocks {
        return Likeness::SameText;
    }
    if seen(&old).eq(seen(&new)) { Likeness::SameWords } else { Likeness::Other }
}

/// The letters of a document's words, without what is not seen, and one blank between two words.
fn seen(doc: &Doc) -> impl Iterator<Item = char> {
    let words = doc.text.split_whitespace();
    words.flat_map(|word| word.chars().filter(|c| !is_unseen(*c)).chain([' ']))
}

/// A soft hyphen and the like.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}' | '\u{feff}')
}

/// The words of a text with single blanks between them, and not much more than `most` bytes of them.
pub(super) fn words(content: &Content, most: usize) -> String {
    let mut words = Words::default();
    each(content, &mut |piece| {
        match piece {
            Piece::Text(text) if content.is_html => words.markup(text),
            Piece::Text(text) => words.plain(text),
            Piece::Tag(tag) if !is_inline(name(tag)) => words.blank = true,
            Piece::Tag(_) => {}
        }
        words.text.len() < most
    });
    words.text
}

/// The share of the smaller set of different words that the other text has too, 0 to 1.
pub(super) fn overlap(a: &Content, b: &Content) -> f64 {
    let (a, b) = (words(a, 1 << 16), words(b, 1 << 16));
    let set = |text: &'_ str| -> std::collections::HashSet<u64> {
        text.split(' ').filter(|word| !word.is_empty()).map(|word| hash(word.as_bytes())).collect()
    };
    let (a, b) = (set(&a), set(&b));
    let fewest = a.len().min(b.len());
    if fewest == 0 { 0.0 } else { a.intersection(&b).count() as f64 / fewest as f64 }
}

fn hash(bytes: &[u8]) -> u64 {
    use std::hash::{BuildHasher, Hasher};
    let mut hasher = foldhash::fast::FixedState::default().build_hasher();
    hasher.write(bytes);
    hasher.finish()
}

/// Tags that part no words.
fn is_inline(name: &str) -> bool {
    const INLINE: &[&str] = &[
        "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font", "i", "ins",
        "kbd", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var",
        "wbr",
    ];
    INLINE.iter().any(|inline| name.eq_ignore_ascii_case(inline))
}

/// Words with single blanks between them.
#[derive(Debug, Default)]
struct Words {
    text: String,
    blank: bool,
}

impl Words {
    fn plain(&mut self, text: &str) {
        for word in text.split_inclusive(char::is_whitespace) {
            let bare = word.trim_end();
            if bare.len() < word.len() && bare.is_empty() {
                self.blank = true;
                continue;
            }
            self.part();
            self.text.push_str(bare);
            self.blank = bare.len() < word.len();
        }
    }

    fn push(&mut self, c: char) {
        if is_unseen(c) {
            return;
        }
        if c.is_whitespace() {
            self.blank = true;
        } else {
            self.part();
            self.text.push(c);
        }
    }

    fn part(&mut self) {
        if self.blank && !self.text.is_empty() {
            self.text.push(' ');
        }
        self.blank = false;
    }

    /// Text of markup, its character references resolved.
    fn markup(&mut self, mut text: &str) {
        while let Some(at) = memchr(b'&', text.as_bytes()) {
            self.plain(&text[..at]);
            text = &text[at..];
            match reference(text) {
                Some((c, len)) => {
                    self.push(c);
                    text = &text[len..];
                }
                None => {
                    self.push('&');
                    text = &text[1..];
                }
            }
        }
        self.plain(text);
    }
}

/// The character that a reference at the start of `text` stands for, and the reference's length.
fn reference(text: &str) -> Option<(char, usize)> {
    let end = text.bytes().take(12).position(|byte| byte == b';')?;
    let name = &text[1..end];
    let c = match name.strip_prefix('#') {
        Some(number) => {
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)?
        }
        None => NAMED.iter().find(|(named, _)| *named == name)?.1,
    };
    Some((c, end + 1))
}

/// The named references that programs write where they could as well write the character.
const NAMED: &[(&str, char)] = &[
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", '\u{a0}'),
    ("shy", '\u{ad}'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("sbquo", '‚'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("bdquo", '„'),
    ("laquo", '«'),
    ("raquo", '»'),
    ("ndash", '–'),
    ("mdash", '—'),
    ("hellip", '…'),
    ("bull", '•'),
    ("middot", '·'),
    ("euro", '€'),
    ("pound", '£'),
    ("copy", '©'),
    ("reg", '®'),
    ("deg", '°'),
    ("auml", 'ä'),
    ("ouml", 'ö'),
    ("uuml", 'ü'),
    ("Auml", 'Ä'),
    ("Ouml", 'Ö'),
    ("Uuml", 'Ü'),
    ("szlig", 'ß'),
    ("eacute", 'é'),
    ("egrave", 'è'),
    ("agrave", 'à'),
    ("ccedil", 'ç'),
    ("ntilde", 'ñ'),
    ("aacute", 'á'),
    ("iacute", 'í'),
    ("oacute", 'ó'),
    ("uacute", 'ú'),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn html(text: &str) -> Content {
        Content { text: text.to_owned(), is_html: true, base: None }
    }

    #[test]
    fn words_are_what_is_read() {
        let text = "<p>One<b>self</b> &amp; an&shy;other&#8217;s</p><script>var x = '<p>no</p>';</script><!-- no -->\
            <p title='a > b'>next\n  line</p>1 < 2";
        assert_eq!(words(&html(text), usize::MAX), "Oneself & another’s next line 1 < 2");
        let plain = Content { text: "a <b> &amp;\tc".to_owned(), ..Content::default() };
        assert_eq!(words(&plain, usize::MAX), "a <b> &amp; c");
    }

    #[test]
    fn trivial_edits_are_no_edits() {
        let old = html("<p>See <a href=\"/a?utm_source=1\">this</a>.</p>");
        for new in [
            "<p>See <a href=\"/a?utm_source=2\">this</a>.</p>",
            "<P>See <a data-id='7' href=/a>this</a>.</P><img src=\"https://t.example.org/p.gif?7\" width=1 height=1>",
            "<p>See <a href=\"/a\">this</a>.</p><!-- 12 -->",
            "<div>See <em>this</em>.</div>",
        ] {
            assert_eq!(compare(&old, &html(new)), Likeness::SameText, "{new}");
        }
        assert_eq!(compare(&old, &html("<p>See</p><p>this.</p>")), Likeness::SameWords);
        assert_eq!(compare(&old, &html("<ul><li>See this.</ul>")), Likeness::SameWords);
        assert_eq!(compare(&old, &html("<p>See <a href=\"/a\">that</a>.</p>")), Likeness::Other);
    }

    #[test]
    fn an_edit_is_seen_wherever_it_is_read() {
        // Comments that end sooner than they seem to, and quotation marks that are none.
        for around in [
            ["<p>One.</p><!--><p>", "</p><!-- -->"],
            ["<p>One.</p><!---><p>", "</p><!-- -->"],
            ["<p>One.</p><!-- --!><p>", "</p><!-- -->"],
            ["<p title= =\"x><b>One.</b> ", "</p><p class=\"y\">Two.</p>"],
            ["<svg><title><![CDATA[<]]></title></svg><p>", "</p>]]>"],
            ["<p>One.</p><textarea><!-- </textarea><p>", "</p> -->"],
        ] {
            let text = |words: &str| html(&around.join(words));
            let is_read = |words: &str| ingest::content_doc(&text(words)).0.text.contains(words);
            assert_eq!(is_read("He said no."), is_read("He said yes."));
            let likeness = compare(&text("He said no."), &text("He said yes."));
            assert_eq!(likeness == Likeness::Other, is_read("He said no."), "{around:?}");
        }
        assert_eq!(compare(&html("<p>a</p><!--><p>no</p>"), &html("<p>a</p><!--><p>yes</p>")), Likeness::Other);
    }

    #[test]
    fn broken_markup_ends() {
        for unit in ["<a href=\"", "<!--", "<script>", "<", "</", "<a =\"'", "&#", "<p \"'>", "\"", "= '\""] {
            for end in ["", ">", "</p>"] {
                let text = format!("<p {}{end}", unit.repeat(100_000));
                let _ = compare(&html(&text), &html(&format!("{text}.")));
            }
        }
    }
}
