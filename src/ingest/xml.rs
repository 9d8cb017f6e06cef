//! A reader of XML as the net has it: it never fails, whatever is broken.
//!
//! [`Reader`] cuts a text into tags and runs of characters and borrows all of them. It keeps no stack: which tags belong
//! together is for the caller to tell, as is what a name means. What XML forbids is read as its author will have meant it:
//! a `<` that begins no tag is a character, a quotation mark that is never closed ends with its tag, a section or comment
//! that is never closed ends with the text. Nothing outside the text is ever read: entities of the document's own DTD are
//! expanded within a budget, those of files and addresses are not.
//!
//! Time is linear in the text: what is once searched for in vain is not searched for again.

mod doctype;
mod entity;
mod tag;

use std::borrow::Cow;

use memchr::{memchr, memmem};

use self::entity::Entities;
pub(super) use self::entity::{from_c1, numeric, push_named};
pub(crate) use self::tag::Tag;

/// Characters or a tag, as they stand in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Token<'a> {
    /// A start tag; one that closes itself is followed by no [`Token::End`].
    Start(Tag<'a>),
    /// The name in an end tag, with its prefix.
    End(&'a str),
    /// Characters in which references are still to be resolved: [`Reader::decode`].
    Text(&'a str),
    /// Characters of a CDATA section, which mean themselves.
    CData(&'a str),
}

/// See the module.
#[derive(Debug)]
pub(crate) struct Reader<'a> {
    text: &'a str,
    at: usize,
    entities: Entities,
    missing: Missing,
    ahead: Ahead,
    has_doctype: bool,
    is_cut: bool,
    has_swallowed: bool,
}

/// Where the next of these is known to be, so that it is searched for once.
#[derive(Debug, Default)]
struct Ahead {
    comment_end: Next,
    cdata_end: Next,
    instruction_end: Next,
    gt: Next,
}

/// The next place of some characters.
#[derive(Debug, Default)]
struct Next {
    /// From where on is known what comes next.
    from: usize,
    /// The place, in bytes of the text; `None`: there is none.
    found: Option<usize>,
    is_known: bool,
    /// Bytes that were searched in all.
    #[cfg(test)]
    searched: usize,
}

impl Next {
    /// The first place of `wanted` in `text` from `at` on. Asked for places further and further on.
    fn find(&mut self, text: &str, at: usize, wanted: &[u8]) -> Option<usize> {
        if self.is_known && self.from <= at && self.found.is_none_or(|found| found >= at) {
            return self.found;
        }
        let rest = text.as_bytes().get(at..).unwrap_or_default();
        let found = memmem::find(rest, wanted);
        #[cfg(test)]
        {
            self.searched += found.unwrap_or(rest.len());
        }
        (self.from, self.found, self.is_known) = (at, found.map(|found| at + found), true);
        self.found
    }
}

/// What is known not to come any more, so that it is not searched for again.
#[derive(Debug, Default)]
struct Missing {
    single_quote: bool,
    double_quote: bool,
}

impl<'a> Reader<'a> {
    /// A reader of `text` from its beginning.
    pub fn new(text: &'a str) -> Self {
        Reader {
            text,
            at: 0,
            entities: Entities::default(),
            missing: Missing::default(),
            ahead: Ahead::default(),
            has_doctype: false,
            is_cut: false,
            has_swallowed: false,
        }
    }

    /// Whether a comment or an instruction was never closed, and something of the text behind it may be lost.
    pub fn has_swallowed(&self) -> bool {
        self.has_swallowed
    }

    /// Whether the text ended inside a tag, a section or a comment. Known once [`Reader::next`] has returned `None`.
    pub fn is_cut(&self) -> bool {
        self.is_cut
    }

    /// `raw`, the characters of a [`Token::Text`] or of an attribute, with its references resolved: those of XML and of the
    /// DTD, those of HTML though nothing declares them, and numbers, of which 128 to 159 mean what they mean in
    /// Windows-1252. What is no reference stays as it is.
    pub fn decode<'b>(&self, raw: &'b str) -> Cow<'b, str> {
        match memchr(b'&', raw.as_bytes()) {
            None => Cow::Borrowed(raw),
            Some(_) => {
                let mut out = String::with_capacity(raw.len());
                self.entities.decode(raw, &mut out);
                Cow::Owned(out)
            }
        }
    }

    /// [`Reader::decode`], added to `out`.
    pub fn decode_into(&self, raw: &str, out: &mut String) {
        self.entities.decode(raw, out);
    }

    /// The value of the attribute called `name`, prefix included, in any case of letters; references resolved, without
    /// white space at its ends.
    pub fn attribute(&self, tag: &Tag<'a>, name: &str) -> Option<Cow<'a, str>> {
        let (_, raw) = tag.attributes().find(|(found, _)| found.eq_ignore_ascii_case(name))?;
        Some(match self.decode(raw) {
            Cow::Borrowed(value) => Cow::Borrowed(value.trim()),
            Cow::Owned(value) => Cow::Owned(value.trim().to_owned()),
        })
    }

    /// The next token, or nothing at the end of the text.
    #[allow(clippy::should_implement_trait)] // It is decoded with the reader, which an iterator would keep borrowed.
    pub fn next(&mut self) -> Option<Token<'a>> {
        loop {
            let rest = self.rest();
            let bytes = rest.as_bytes();
            match (bytes.first()?, bytes.get(1)) {
                (b'<', Some(b'!')) => {
                    if let Some(token) = self.declaration(rest) {
                        return Some(token);
                    }
                }
                (b'<', Some(b'?')) => self.instruction(),
                (b'<', Some(b'/')) => return Some(self.end_tag(rest)),
                (b'<', Some(next)) if tag::begins_name(*next) => {
                    if let Some(token) = self.start_tag(rest) {
                        return Some(token);
                    }
                }
                _ => return Some(self.text(rest, 0)),
            }
        }
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// The characters up to the next tag, at least the first `least` bytes.
    fn text(&mut self, rest: &'a str, least: usize) -> Token<'a> {
        let bytes = rest.as_bytes();
        let mut from = least;
        let end = loop {
            let Some(found) = memchr(b'<', &bytes[from..]) else { break bytes.len() };
            let at = from + found;
            match bytes.get(at + 1) {
                Some(b'!' | b'?' | b'/') => break at,
                Some(&next) if tag::begins_name(next) => break at,
                _ => from = at + 1,
            }
        };
        self.at += end;
        Token::Text(&rest[..end])
    }

    fn start_tag(&mut self, rest: &'a str) -> Option<Token<'a>> {
        let end = tag::end(rest, 1, &mut self.missing);
        if end.is_cut {
            // What stands behind is lost with it.
            self.at = self.text.len();
            self.is_cut = true;
            return None;
        }
        let inner = &rest[1..end.inner];
        if !end.is_closed && !tag::looks_like_tag(inner) {
            return Some(self.text(rest, end.next));
        }
        self.at += end.next;
        Some(Token::Start(Tag::new(inner)))
    }

    fn end_tag(&mut self, rest: &'a str) -> Token<'a> {
        let bytes = rest.as_bytes();
        let end = memchr::memchr2(b'>', b'<', &bytes[2..]).map(|at| at + 2);
        let next = match end {
            Some(end) if bytes[end] == b'>' => end + 1,
            Some(end) => end,
            None => {
                self.is_cut = true;
                bytes.len()
            }
        };
        self.at += next;
        let inner = rest[2..end.unwrap_or(bytes.len())].trim();
        Token::End(inner.split(|c: char| c.is_ascii_whitespace()).next().unwrap_or_default())
    }

    /// What begins with `<!`: a CDATA section, or something that is passed over.
    fn declaration(&mut self, rest: &'a str) -> Option<Token<'a>> {
        const CDATA: &str = "<![CDATA[";
        if rest.starts_with(CDATA) {
            return Some(self.cdata(rest, CDATA.len()));
        }
        if rest.starts_with("<!--") {
            let end = self.ahead.comment_end.find(self.text, self.at + 4, b"-->");
            self.pass_over(end, b"<!--", 3);
        } else if rest.get(..9).is_some_and(|start| start.eq_ignore_ascii_case("<!DOCTYPE")) && !self.has_doctype {
            self.has_doctype = true;
            self.at += doctype::read(rest, &mut self.entities).unwrap_or_else(|| {
                self.is_cut = true;
                rest.len()
            });
        } else {
            self.skip_to_gt();
        }
        None
    }

    fn cdata(&mut self, rest: &'a str, start: usize) -> Token<'a> {
        let end = self.ahead.cdata_end.find(self.text, self.at + start, b"]]>").map(|end| end - self.at);
        let inner = &rest[start..end.unwrap_or(rest.len())];
        // A section that was never closed would swallow what follows up to the end of the next.
        if let Some(short) = before_next(inner, b"<![CDATA[") {
            self.at += start + short;
            return Token::CData(&inner[..short]);
        }
        match end {
            Some(end) => self.at += end + 3,
            None => {
                self.at = self.text.len();
                self.is_cut = true;
            }
        }
        Token::CData(inner)
    }

    fn instruction(&mut self) {
        let end = self.ahead.instruction_end.find(self.text, self.at + 2, b"?>");
        self.pass_over(end, b"<?", 2);
    }

    /// Passes over what begins with `begin` and ends at `end` of the text with a sign of `len` bytes. What was never closed
    /// ends with the tag at hand: that loses less than the end of the text, or of the next of its kind.
    fn pass_over(&mut self, end: Option<usize>, begin: &[u8], len: usize) {
        let inner = end.and_then(|end| self.text.get(self.at + begin.len()..end));
        match end.filter(|_| inner.is_some_and(|inner| before_next(inner, begin).is_none())) {
            Some(end) => self.at = end + len,
            None => {
                self.has_swallowed = true;
                self.skip_to_gt();
            }
        }
    }

    fn skip_to_gt(&mut self) {
        match self.ahead.gt.find(self.text, self.at + 2, b">") {
            Some(end) => self.at = end + 1,
            None => {
                self.at = self.text.len();
                self.is_cut = true;
            }
        }
    }
}

/// The length of the tag that goes on with `behind` behind its `<`; nothing if it has no end.
pub(super) fn tag_end(behind: &str) -> Option<usize> {
    let end = tag::end(behind, 0, &mut Missing::default());
    end.is_closed.then_some(end.next)
}

/// Where a section ends that holds the end of its item and `begin`, the beginning of another section.
fn before_next(inner: &str, begin: &[u8]) -> Option<usize> {
    let next = memmem::find(inner.as_bytes(), begin)?;
    let before = inner.get(..next)?;
    let end = memmem::find(before.as_bytes(), b"</item>").or_else(|| memmem::find(before.as_bytes(), b"</entry>"))?;
    // The end tag of the element that holds the section stands before it.
    let own = before[..end].trim_end();
    let own = if own.ends_with('>') { own.rfind("</").unwrap_or(end) } else { end };
    Some(own)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(text: &str) -> Vec<String> {
        let mut reader = Reader::new(text);
        let mut all = Vec::new();
        while let Some(token) = reader.next() {
            all.push(match token {
                Token::Start(tag) => {
                    let mut shown = format!("<{}", tag.name());
                    for (name, value) in tag.attributes() {
                        shown += &format!(" {name}={}", reader.decode(value));
                    }
                    shown + if tag.closes_itself() { "/>" } else { ">" }
                }
                Token::End(name) => format!("</{name}>"),
                Token::Text(text) => format!("'{}'", reader.decode(text)),
                Token::CData(text) => format!("[{text}]"),
            });
        }
        all
    }

    #[test]
    fn well_formed_xml() {
        let text =
            "<?xml version='1.0'?><!-- <x> --><a:b c=\"1 > 0\" d='&lt;\"'>x &amp; y<![CDATA[<b>&amp;]]></a:b ><e/>";
        let all = tokens(text);
        assert_eq!(all, ["<a:b c=1 > 0 d=<\">", "'x & y'", "[<b>&amp;]", "</a:b>", "<e/>"]);
    }

    #[test]
    fn signs_that_begin_no_tag_are_characters() {
        assert_eq!(tokens("<t>1 < 2 <3 & 4 &x; &;</t>"), ["<t>", "'1 < 2 <3 & 4 &x; &;'", "</t>"]);
        assert_eq!(tokens("<t>x <y and z</t>"), ["<t>", "'x '", "'<y and z'", "</t>"]);
    }

    #[test]
    fn unclosed_tags_and_quotation_marks_end_somewhere() {
        assert_eq!(tokens("<a b=\"c>text</a><d e=\"f\">"), ["<a b=c>", "'text'", "</a>", "<d e=f>"]);
        assert_eq!(tokens("<a b='c>text</a>"), ["<a b=c>", "'text'", "</a>"]);
        assert_eq!(tokens("<a b=\"x <br /> y\">"), ["<a b=x <br /> y>"]);
        assert_eq!(tokens("<a b=c d>"), ["<a b=c d=>"]);
        assert_eq!(tokens("<a <b></a"), ["<a>", "<b>", "</a>"]);
        assert_eq!(tokens("x<!-- never <a>y"), ["'x'", "'y'"]);
        assert_eq!(tokens("x<?php never <a>y"), ["'x'", "'y'"]);
        assert_eq!(tokens("x<![CDATA[ never <a>"), ["'x'", "[ never <a>]"]);
    }

    #[test]
    fn a_section_that_is_never_closed_does_not_swallow_the_next() {
        let all = tokens("<d><![CDATA[one</d></item><item><d><![CDATA[two]]></d></item>");
        assert_eq!(all, ["<d>", "[one]", "</d>", "</item>", "<item>", "<d>", "[two]", "</d>", "</item>"]);
    }

    #[test]
    fn the_text_is_known_to_be_cut() {
        for (text, cut) in
            [("<a>x", false), ("<a>x</a", true), ("<a b='", true), ("<a><![CDATA[x", true), ("<a/>", false)]
        {
            let mut reader = Reader::new(text);
            while reader.next().is_some() {}
            assert_eq!(reader.is_cut(), cut, "{text}");
        }
    }

    #[test]
    fn entities_of_the_document_are_expanded_within_bounds() {
        let dtd = "<!DOCTYPE rss [ <!-- ]> --> <!ENTITY a 'one &b;'><!ENTITY b \"&#116;wo\">\
            <!ENTITY c SYSTEM 'file:///etc/passwd'><!ENTITY % d 'x'> ]>";
        assert_eq!(tokens(&format!("{dtd}<t>&a; &c; &d;</t>")), ["<t>", "'one two &c; &d;'", "</t>"]);
        let mut bomb = String::from("<!DOCTYPE x [<!ENTITY a0 'aaaaaaaaaa'>");
        for n in 1..20 {
            bomb += &format!("<!ENTITY a{n} '{}'>", format!("&a{};", n - 1).repeat(10));
        }
        bomb += "]><t>&a19;</t>";
        let all = tokens(&bomb);
        assert!(all[1].len() < 200_000, "{}", all[1].len());
        assert_eq!(
            tokens("<!DOCTYPE x [<!ENTITY a '&a;'>]>&a;x").last().map(|text| text.ends_with("x'")),
            Some(true)
        );
    }

    #[test]
    fn numbers_of_windows_1252_mean_what_they_mean_there() {
        assert_eq!(tokens("&#146;&#x97;&#X41;&#0;&#xd800;&#99999999999;&#39"), ["'’—A\u{fffd}\u{fffd}\u{fffd}&#39'"]);
        assert_eq!(tokens("&nbsp;&eacute;&hellip;&lang;"), ["'\u{a0}é…\u{2329}'"]);
    }

    #[test]
    fn a_comment_that_is_never_closed_does_not_swallow_items() {
        let all = tokens("<i><!-- one <b></i></item><item><i>two</i></item><item><!-- x --></item>");
        assert_eq!(all.iter().filter(|token| *token == "</item>").count(), 3, "{all:?}");
        assert!(all.contains(&"'two'".to_owned()));
        let all = tokens("<i><?php one <b></i></item><item><i>two</i></item><item><?x y?></item>");
        assert!(all.contains(&"'two'".to_owned()), "{all:?}");
        for (text, swallowed) in [("<a><!-- <item></item> --></a>", false), ("<a><!-- b</a>", true)] {
            let mut reader = Reader::new(text);
            while reader.next().is_some() {}
            assert_eq!(reader.has_swallowed(), swallowed, "{text}");
        }
    }

    #[test]
    fn an_end_that_is_far_is_searched_for_once() {
        for (piece, end) in
            [("<![CDATA[</item>", "]]>"), ("<!--</item>", "-->"), ("<?x</item>", "?>"), ("<!x", ">"), ("<!--", "-->")]
        {
            let text = piece.repeat(5_000) + end;
            let mut reader = Reader::new(&text);
            while reader.next().is_some() {}
            let Ahead { comment_end, cdata_end, instruction_end, gt } = &reader.ahead;
            let searched = comment_end.searched + cdata_end.searched + instruction_end.searched + gt.searched;
            assert!(searched <= 4 * text.len(), "{piece}: {searched} of {}", text.len());
        }
    }

    #[test]
    fn a_flood_is_read_in_linear_time() {
        for piece in
            ["<a b='>", "<a b=\"'", "<!--", "<![CDATA[", "<?x", "<!x", "<", "</", "&", "&#", "<a b=\"x>y</a> "]
        {
            let mut reader = Reader::new("");
            let text = piece.repeat(200_000);
            reader.text = &text;
            while reader.next().is_some() {}
        }
        let many: String = (0..1_000_000).map(|n| format!(" a{n}='1'")).collect();
        let text = format!("<x{many}>y");
        let mut reader = Reader::new(&text);
        let Some(Token::Start(tag)) = reader.next() else { panic!("no tag") };
        assert_eq!(tag.attributes().count(), 256);
        assert_eq!(reader.next(), Some(Token::Text("y")));
    }
}
