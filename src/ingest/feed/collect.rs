//! The text of one element: its characters, and the markup that stands unescaped in it.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::name::{Role, Space};
use super::text::{self, Kind};
use crate::ingest::xml::{Reader, Tag};
use crate::model::Content;

/// An element whose text is being read.
#[derive(Debug)]
pub(super) struct Collector<'a> {
    /// Its name, with the prefix.
    pub name: &'a str,
    pub role: Role,
    pub rank: u8,
    /// What relative addresses in it are relative to, if it or what it stands in says so.
    pub base: Option<String>,
    text: String,
    says: Says,
    /// Whether `text` is markup whatever the element says, because there were tags in it.
    has_tags: bool,
    /// Elements of the same name that are open in it.
    depth: usize,
}

/// What an element says of its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Says {
    Kind(Kind),
    /// Markup that is not escaped.
    Inline,
    Base64,
}

impl<'a> Collector<'a> {
    /// For the element that `tag` begins.
    pub fn new(reader: &Reader<'a>, tag: &Tag<'a>, space: Space, role: Role, rank: u8) -> Self {
        let says = says(reader, tag, space, role);
        Collector {
            name: tag.name(),
            role,
            rank,
            base: None,
            text: String::new(),
            says,
            has_tags: says == Says::Inline,
            depth: 0,
        }
    }

    /// Adds characters with references in them.
    pub fn text(&mut self, reader: &Reader<'a>, raw: &str) {
        if self.has_tags && self.is_escaped() {
            self.text.push_str(&text::escaped(&reader.decode(raw)));
        } else {
            reader.decode_into(raw, &mut self.text);
        }
    }

    /// Adds characters that mean themselves.
    pub fn cdata(&mut self, raw: &str) {
        if self.has_tags && self.is_escaped() {
            self.text.push_str(&text::escaped(raw));
        } else {
            self.text.push_str(raw);
        }
    }

    /// Whether characters are to be told from tags by escaping them: not where the text was HTML before.
    fn is_escaped(&self) -> bool {
        self.says != Says::Kind(Kind::Html)
    }

    /// Adds a tag that stands in the text as HTML has it: without prefixes, and empty only where HTML says so.
    pub fn start(&mut self, reader: &Reader<'a>, tag: &Tag<'a>) {
        if !self.has_tags {
            self.has_tags = true;
            if self.is_escaped() {
                self.text = text::escaped(&self.text).into_owned();
            }
        }
        if tag.name() == self.name && !tag.closes_itself() {
            self.depth += 1;
        }
        let name = local(tag.name());
        self.text.push('<');
        self.text.push_str(name);
        for (attribute, raw) in tag.attributes() {
            if attribute.starts_with("xmlns") {
                continue;
            }
            self.text.push(' ');
            self.text.push_str(attribute);
            self.text.push_str("=\"");
            let value = reader.decode(raw);
            self.text.push_str(&value.replace('&', "&amp;").replace('"', "&quot;"));
            self.text.push('"');
        }
        self.text.push('>');
        if tag.closes_itself() && !text::is_void(name) {
            self.end_tag(name);
        }
    }

    /// Takes an end tag; whether it was the element's own.
    pub fn end(&mut self, name: &str) -> bool {
        if name.eq_ignore_ascii_case(self.name) {
            if self.depth == 0 {
                return true;
            }
            self.depth -= 1;
        }
        if self.has_tags && !text::is_void(local(name)) {
            self.end_tag(local(name));
        }
        false
    }

    fn end_tag(&mut self, name: &str) {
        self.text.push_str("</");
        self.text.push_str(name);
        self.text.push('>');
    }

    /// The text, and what it is.
    pub fn finish(self) -> (String, Kind) {
        let text = text::mended(self.text);
        match self.says {
            _ if self.has_tags => (text, Kind::Html),
            Says::Kind(kind) => (text, kind),
            Says::Inline => (text, Kind::Html),
            Says::Base64 => {
                let packed: String = text.split_ascii_whitespace().collect();
                match STANDARD.decode(packed).map(String::from_utf8) {
                    Ok(Ok(text)) => (text, Kind::Guess),
                    // A picture, or a text that is not packed after all.
                    Ok(Err(_)) => (String::new(), Kind::Plain),
                    Err(_) => (text, Kind::Guess),
                }
            }
        }
    }
}

impl Kind {
    /// What the text of an entry is.
    pub(super) fn of(content: &Content) -> Self {
        if content.is_html { Kind::Html } else { Kind::Plain }
    }

    /// The text of an entry that is of this kind.
    pub(super) fn content(self, text: String, base: Option<String>) -> Content {
        let is_html = match self {
            Kind::Html => true,
            Kind::Plain => false,
            Kind::Guess => text::looks_like_html(&text),
        };
        Content { text, is_html, base }
    }
}

/// A name without its prefix.
pub(super) fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

/// What the attributes `type` and `mode` say of a text, else what its vocabulary says.
fn says(reader: &Reader, tag: &Tag, space: Space, role: Role) -> Says {
    let attribute = |name| reader.attribute(tag, name).map(|value| value.to_ascii_lowercase());
    let mode = attribute("mode");
    if mode.as_deref() == Some("base64") {
        return Says::Base64;
    }
    let said = attribute("type");
    let media_type = said.as_deref().unwrap_or_default().split(';').next().unwrap_or_default().trim();
    let is_escaped = mode.as_deref() == Some("escaped");
    match media_type {
        "" => Says::Kind(match (space, role) {
            (Space::Content | Space::Xhtml, _) => Kind::Html,
            (Space::Core, Role::Summary | Role::Content) if mode.is_none() => Kind::Html,
            _ => Kind::Guess,
        }),
        "text" | "plain" | "text/plain" => Says::Kind(Kind::Plain),
        "html" | "text/html" => Says::Kind(Kind::Html),
        "xhtml" | "application/xhtml+xml" if is_escaped => Says::Kind(Kind::Html),
        "xhtml" => Says::Inline,
        other if other.ends_with("+xml") || other.ends_with("/xml") => Says::Inline,
        other if other.starts_with("text/") || !other.contains('/') => Says::Kind(Kind::Guess),
        _ => Says::Base64,
    }
}
