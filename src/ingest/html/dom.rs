//! A page as a tree, flat: the nodes stand in text order, and below a node lies what comes before its end. So every walk
//! is a loop, and nothing recurses, however deep the tags of a page are nested.

use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;

use html5ever::LocalName;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, Tag as TagToken, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};

use super::attributes;
use super::tag::Tag;

/// Elements within elements that are kept account of; deeper ones still give their text.
const DEEPEST: usize = 512;
/// Nodes of a page. The text of a page with more is still read, as part of what was open.
const MOST_NODES: usize = 1_500_000;
/// Elements that go on after one around them was closed out of order.
const MOST_REOPENED: usize = 8;
/// The longest value of an attribute, in bytes; what is longer is left out, as it holds data.
const LONGEST_VALUE: usize = 4096;

/// The number of a node.
pub(in crate::ingest) type Ix = usize;

/// An attribute that means something here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::ingest) enum Key {
    Alt,
    AriaHidden,
    Class,
    Colspan,
    Content,
    Datetime,
    Hidden,
    Hint,
    Href,
    Id,
    Itemprop,
    Lang,
    Name,
    Property,
    Rel,
    Role,
    Start,
    Style,
    Title,
    Type,
    Value,
}

impl Key {
    fn of(name: &str) -> Option<Self> {
        Some(match name {
            "alt" => Key::Alt,
            "aria-hidden" => Key::AriaHidden,
            "class" => Key::Class,
            "colspan" => Key::Colspan,
            "content" => Key::Content,
            "datetime" => Key::Datetime,
            "hidden" => Key::Hidden,
            "data-testid" | "data-component" | "data-type" => Key::Hint,
            "href" => Key::Href,
            "id" => Key::Id,
            "itemprop" => Key::Itemprop,
            "lang" | "xml:lang" => Key::Lang,
            "name" => Key::Name,
            "property" => Key::Property,
            "rel" => Key::Rel,
            "role" => Key::Role,
            "start" => Key::Start,
            "style" => Key::Style,
            "title" => Key::Title,
            "type" => Key::Type,
            "value" => Key::Value,
            _ => return None,
        })
    }
}

#[derive(Debug)]
struct Attribute {
    key: Key,
    start: u32,
    end: u32,
}

/// An element or a text.
#[derive(Debug)]
pub(in crate::ingest) struct Node {
    /// What it is.
    pub tag: Tag,
    /// Whether an attribute keeps it from being seen.
    pub is_hidden: bool,
    /// The element around it; the first node, which is no element of the page, is its own.
    parent: u32,
    /// One past the last node in it.
    end: u32,
    /// Of a text its place in `Dom::text`, of an element its attributes.
    place: (u32, u32),
}

/// A page.
#[derive(Debug)]
pub(in crate::ingest) struct Dom {
    nodes: Vec<Node>,
    text: String,
    attributes: Vec<Attribute>,
    values: String,
    /// The scripts that hold JSON-LD.
    pub json_ld: Vec<String>,
}

impl Dom {
    /// Reads `page`.
    pub(in crate::ingest) fn read(page: &str) -> Self {
        let tokenizer = Tokenizer::new(Sink::new(), TokenizerOpts::default());
        let queue = BufferQueue::default();
        queue.push_back(StrTendril::from_slice(&attributes::limited(page)));
        // The sink never asks the tokenizer to stop for a script, so all is read at once.
        let _ = tokenizer.feed(&queue);
        tokenizer.end();
        let mut building = tokenizer.sink.building.into_inner();
        building.close_from(0);
        let end = building.dom.len_u32();
        if let Some(root) = building.dom.nodes.first_mut() {
            root.end = end;
        }
        building.dom
    }

    /// The number of nodes.
    pub(in crate::ingest) fn len(&self) -> usize {
        self.nodes.len()
    }

    /// The node with this number.
    pub(in crate::ingest) fn node(&self, ix: Ix) -> &Node {
        &self.nodes[ix]
    }

    /// The tag of the node with this number.
    pub(in crate::ingest) fn tag(&self, ix: Ix) -> Tag {
        self.nodes[ix].tag
    }

    /// The number of the element around.
    pub(in crate::ingest) fn parent(&self, ix: Ix) -> Ix {
        self.nodes[ix].parent as Ix
    }

    /// One past the last node in `ix`.
    pub(in crate::ingest) fn end(&self, ix: Ix) -> Ix {
        self.nodes[ix].end as Ix
    }

    /// The nodes in `ix`, without itself.
    pub(in crate::ingest) fn below(&self, ix: Ix) -> Range<Ix> {
        ix + 1..self.end(ix)
    }

    /// The nodes right in `ix`.
    pub(in crate::ingest) fn children(&self, ix: Ix) -> impl Iterator<Item = Ix> + '_ {
        let end = self.end(ix);
        let mut next = ix + 1;
        std::iter::from_fn(move || {
            let at = next;
            (at < end).then(|| {
                next = self.end(at);
                at
            })
        })
    }

    /// The elements around `ix`, the nearest first.
    pub(in crate::ingest) fn ancestors(&self, ix: Ix) -> impl Iterator<Item = Ix> + '_ {
        let mut at = ix;
        std::iter::from_fn(move || {
            (at > 0).then(|| {
                at = self.parent(at);
                at
            })
        })
    }

    /// The characters of a text; nothing for an element.
    pub(in crate::ingest) fn text(&self, ix: Ix) -> &str {
        let Node { tag, place, .. } = &self.nodes[ix];
        if *tag == Tag::Text { self.text.get(place.0 as usize..place.1 as usize).unwrap_or("") } else { "" }
    }

    /// The value of an attribute.
    pub(in crate::ingest) fn attribute(&self, ix: Ix, key: Key) -> Option<&str> {
        let Node { tag, place, .. } = &self.nodes[ix];
        let attributes = self.attributes.get(place.0 as usize..place.1 as usize).filter(|_| *tag != Tag::Text)?;
        let found = attributes.iter().find(|attribute| attribute.key == key)?;
        self.values.get(found.start as usize..found.end as usize)
    }

    /// What tells the attributes of an element from those of others. An element that goes on behind another one has
    /// those that it had before. `None` where there are none.
    pub(in crate::ingest) fn first_attribute(&self, ix: Ix) -> Option<u32> {
        let Node { tag, place, .. } = &self.nodes[ix];
        (*tag != Tag::Text && place.0 < place.1).then_some(place.0)
    }

    /// What `of` says of each element, by number, and `none` of texts and of elements without attributes. It is asked
    /// once for an element that goes on behind others.
    pub(in crate::ingest) fn told<T: Copy>(&self, none: T, of: impl Fn(Ix) -> T) -> Vec<T> {
        let mut known: HashMap<(u32, Tag), T> = HashMap::new();
        let one = |ix: Ix| match self.first_attribute(ix) {
            Some(first) => *known.entry((first, self.tag(ix))).or_insert_with(|| of(ix)),
            None => none,
        };
        (0..self.len()).map(one).collect()
    }

    /// All text in `ix` that is to be read, in one line, at most about `most` bytes of it. Little is looked at for it
    /// also where there are many elements without text.
    pub(in crate::ingest) fn line(&self, ix: Ix, most: usize) -> String {
        self.line_of(ix..self.end(ix), most)
    }

    /// The same for the nodes `range`.
    pub(in crate::ingest) fn line_of(&self, range: Range<Ix>, most: usize) -> String {
        let mut line = String::new();
        let mut at = range.start;
        for _ in 0..most.saturating_mul(4).saturating_add(64) {
            if at >= range.end || line.len() >= most {
                break;
            }
            let node = &self.nodes[at];
            if at > range.start && (node.tag.is_skipped() || node.is_hidden) {
                at = self.end(at);
                continue;
            }
            if node.tag == Tag::Text {
                add_words(&mut line, self.text(at), most);
            } else if (node.tag.is_block() || node.tag == Tag::Br) && !line.ends_with(' ') && !line.is_empty() {
                line.push(' ');
            }
            at += 1;
        }
        line.truncate(line.trim_end().len());
        line
    }

    fn len_u32(&self) -> u32 {
        u32::try_from(self.nodes.len()).unwrap_or(u32::MAX)
    }
}

/// Adds `text` to a line until it has about `most` bytes.
fn add_words(line: &mut String, text: &str, most: usize) {
    let text = &text[..text.floor_char_boundary(most.saturating_mul(4))];
    for word in text.split_inclusive(char::is_whitespace) {
        if line.len() >= most {
            return;
        }
        if word.trim().is_empty() {
            if !line.ends_with(' ') && !line.is_empty() {
                line.push(' ');
            }
        } else {
            line.push_str(word.trim_end());
            if word.ends_with(char::is_whitespace) {
                line.push(' ');
            }
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Capture {
    JsonLd,
    Nothing,
}

/// An open element.
struct Open {
    node: u32,
    name: LocalName,
    tag: Tag,
}

/// The receiver of the tokenizer, which shares it with us by reference.
struct Sink {
    building: RefCell<Building>,
}

struct Building {
    dom: Dom,
    stack: Vec<Open>,
    /// Elements open past the depth of the stack.
    deeper: usize,
    /// What has the characters to come, if not the tree.
    capture: Option<Capture>,
    /// Open drawings and formulas: only there a slash closes a tag.
    drawings: u32,
    has_html: bool,
    has_head: bool,
    has_body_tag: bool,
    /// Whether something came that stands in no head.
    has_body: bool,
}

impl Sink {
    fn new() -> Self {
        let root = Node { tag: Tag::Other, is_hidden: false, parent: 0, end: 1, place: (0, 0) };
        let dom = Dom {
            nodes: vec![root],
            text: String::new(),
            attributes: Vec::new(),
            values: String::new(),
            json_ld: Vec::new(),
        };
        let building = Building {
            dom,
            stack: Vec::new(),
            deeper: 0,
            capture: None,
            drawings: 0,
            has_html: false,
            has_head: false,
            has_body_tag: false,
            has_body: false,
        };
        Self { building: RefCell::new(building) }
    }
}

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut building = self.building.borrow_mut();
        match token {
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => return building.start(&tag),
            Token::TagToken(tag) => building.end(&tag.name),
            Token::CharacterTokens(text) => building.characters(&text),
            // Counted as a control character where the text is cleaned.
            Token::NullCharacterToken => building.characters("\0"),
            _ => (),
        }
        TokenSinkResult::Continue
    }
}

impl Building {
    fn start(&mut self, token: &TagToken) -> TokenSinkResult<()> {
        let tag = Tag::of(&token.name);
        // A second one of these begins nothing.
        let seen = match tag {
            Tag::Html => std::mem::replace(&mut self.has_html, true),
            Tag::Head => std::mem::replace(&mut self.has_head, true) || self.has_body,
            Tag::Body => std::mem::replace(&mut self.has_body_tag, true),
            _ => false,
        };
        if seen {
            return TokenSinkResult::Continue;
        }
        if !self.has_body && !tag.is_of_head() && !matches!(tag, Tag::Html | Tag::Head) {
            self.has_body = true;
            if let Some(head) = self.stack.iter().position(|open| open.tag == Tag::Head) {
                self.close_from(head);
            }
        }
        self.close_implied(tag);
        if tag.is_void() || (token.self_closing && self.drawings > 0) {
            self.add(tag, token);
            return TokenSinkResult::Continue;
        }
        if self.stack.len() >= DEEPEST {
            self.deeper += 1;
            if tag.is_block() {
                self.leaf(Tag::Hr, (0, 0));
            }
        } else if let Some(node) = self.add(tag, token) {
            self.stack.push(Open { node, name: token.name.clone(), tag });
            self.drawings += u32::from(matches!(tag, Tag::Svg | Tag::Math));
        }
        self.raw(tag)
    }

    /// Tells the tokenizer what an element holds that holds no tags, and notes where its characters go.
    fn raw(&mut self, tag: Tag) -> TokenSinkResult<()> {
        let (kind, capture) = match tag {
            Tag::Title if self.drawings == 0 => return TokenSinkResult::RawData(RawKind::Rcdata),
            Tag::Textarea => (RawKind::Rcdata, Capture::Nothing),
            Tag::Script => {
                let node = self.dom.nodes.len() - 1;
                let kind = self.dom.attribute(node, Key::Type).filter(|_| self.dom.tag(node) == Tag::Script);
                if kind.is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/ld+json")) {
                    self.dom.json_ld.push(String::new());
                    (RawKind::ScriptData, Capture::JsonLd)
                } else {
                    (RawKind::ScriptData, Capture::Nothing)
                }
            }
            Tag::Style | Tag::Xmp | Tag::Iframe | Tag::Noembed | Tag::Noframes => {
                (RawKind::Rawtext, Capture::Nothing)
            }
            _ => return TokenSinkResult::Continue,
        };
        self.capture = Some(capture);
        TokenSinkResult::RawData(kind)
    }

    fn end(&mut self, name: &LocalName) {
        self.capture = None;
        let tag = Tag::of(name);
        match tag {
            Tag::Br => {
                self.leaf(Tag::Br, (0, 0));
                return;
            }
            // What follows them belongs to the page as well.
            Tag::Html | Tag::Body => return,
            _ => (),
        }
        if self.deeper > 0 {
            self.deeper -= 1;
            return;
        }
        let is_end = |open: &Open| if tag == Tag::Other { open.name == *name } else { open.tag == tag };
        let of_table = matches!(tag, Tag::Table | Tag::Tr | Tag::Tbody | Tag::Thead | Tag::Tfoot | Tag::Td | Tag::Th);
        let stops = |open: &Open| match open.tag {
            Tag::Table => true,
            other => !of_table && other.is_scope(),
        };
        let Some(at) = self.stack.iter().rposition(|open| is_end(open) || stops(open)) else { return };
        if !is_end(&self.stack[at]) {
            return;
        }
        if tag.is_block() || tag.is_skipped() { self.close_from(at) } else { self.close_one(at, true) }
    }

    /// Closes the element at `at` of the stack; what was opened in it goes on behind it, but links only where
    /// `with_links`.
    fn close_one(&mut self, at: usize, with_links: bool) {
        let above = self.stack.len() - at - 1;
        let reopened: Vec<(LocalName, Tag, (u32, u32), bool)> = if above > MOST_REOPENED {
            Vec::new()
        } else {
            let goes_on = |open: &&Open| !open.tag.is_skipped() && (with_links || open.tag != Tag::A);
            let again = |open: &Open| {
                let node = &self.dom.nodes[open.node as usize];
                (open.name.clone(), open.tag, node.place, node.is_hidden)
            };
            self.stack[at + 1..].iter().filter(goes_on).map(again).collect()
        };
        self.close_from(at);
        for (name, tag, place, is_hidden) in reopened {
            if let Some(node) = self.leaf(tag, place) {
                self.dom.nodes[node as usize].is_hidden = is_hidden;
                self.stack.push(Open { node, name, tag });
            }
        }
    }

    /// Closes what the start of `tag` closes without an end tag.
    fn close_implied(&mut self, tag: Tag) {
        use Tag::*;
        let (closes, within): (&[Tag], &[Tag]) = match tag {
            Li => (&[Li], &[Ul, Ol, Menu, Table]),
            Dt | Dd => (&[Dt, Dd], &[Dl, Table]),
            Td | Th => (&[Td, Th, Caption], &[Tr, Table]),
            Tr => (&[Tr, Caption], &[Table]),
            Tbody | Thead | Tfoot => (&[Tbody, Thead, Tfoot, Caption], &[Table]),
            Tag::Option => (&[Tag::Option], &[Select]),
            A => (&[A], &[Table, Td, Th, Object, Template]),
            _ if tag.is_block() => (&[P], &[]),
            _ => return,
        };
        if self.deeper > 0 {
            return;
        }
        if tag.is_block() && !matches!(tag, Td | Th | Tr | Tbody | Thead | Tfoot) {
            // A paragraph ends where a block begins; the inline elements in it go on.
            let p = self.stack.iter().rposition(|open| open.tag.is_block()).filter(|&at| self.stack[at].tag == P);
            if let Some(at) = p {
                // A link that nobody closed ends with its paragraph, so that it does not cover the page.
                self.close_one(at, tag != P);
            }
            if tag.heading().is_some() && self.stack.last().is_some_and(|open| open.tag.heading().is_some()) {
                self.close_from(self.stack.len() - 1);
            }
        }
        if closes == [P] {
            return;
        }
        let found = self.stack.iter().rposition(|open| closes.contains(&open.tag) || within.contains(&open.tag));
        if let Some(at) = found.filter(|&at| closes.contains(&self.stack[at].tag)) {
            if tag == A { self.close_one(at, true) } else { self.close_from(at) }
        }
    }

    fn close_from(&mut self, at: usize) {
        let end = self.dom.len_u32();
        for open in self.stack.drain(at..) {
            self.drawings -= u32::from(matches!(open.tag, Tag::Svg | Tag::Math));
            if let Some(node) = self.dom.nodes.get_mut(open.node as usize) {
                node.end = end;
            }
        }
    }

    /// Adds an element with its attributes.
    fn add(&mut self, tag: Tag, token: &TagToken) -> Option<u32> {
        let start = u32::try_from(self.dom.attributes.len()).ok()?;
        let mut is_hidden = false;
        for attribute in &token.attrs {
            let value: &str = &attribute.value;
            let Some(key) = Key::of(&attribute.name.local).filter(|_| value.len() <= LONGEST_VALUE) else { continue };
            is_hidden |= is_hiding(key, value);
            if key != Key::Style {
                let from = u32::try_from(self.dom.values.len()).ok()?;
                self.dom.values.push_str(value);
                let to = u32::try_from(self.dom.values.len()).ok()?;
                self.dom.attributes.push(Attribute { key, start: from, end: to });
            }
        }
        let end = u32::try_from(self.dom.attributes.len()).ok()?;
        let node = self.leaf(tag, (start, end))?;
        // Some pages hide all of themselves until a script has run.
        self.dom.nodes[node as usize].is_hidden = is_hidden && !matches!(tag, Tag::Html | Tag::Body);
        Some(node)
    }

    /// Adds a node with nothing in it.
    fn leaf(&mut self, tag: Tag, place: (u32, u32)) -> Option<u32> {
        // One text past the limit holds all that comes.
        if self.dom.nodes.len() >= MOST_NODES && tag != Tag::Text {
            return None;
        }
        let ix = self.dom.len_u32();
        let parent = self.stack.last().map_or(0, |open| open.node);
        self.dom.nodes.push(Node { tag, is_hidden: false, parent, end: ix + 1, place });
        Some(ix)
    }

    fn characters(&mut self, text: &str) {
        match self.capture {
            Some(Capture::JsonLd) => {
                if let Some(script) = self.dom.json_ld.last_mut() {
                    script.push_str(text);
                }
                return;
            }
            Some(Capture::Nothing) => return,
            None => (),
        }
        let (Ok(start), Ok(end)) =
            (u32::try_from(self.dom.text.len()), u32::try_from(self.dom.text.len() + text.len()))
        else {
            return;
        };
        self.dom.text.push_str(text);
        let parent = self.stack.last().map_or(0, |open| open.node);
        // The tokenizer hands text over in pieces.
        let full = self.dom.nodes.len() >= MOST_NODES;
        if let Some(last) = self.dom.nodes.last_mut()
            && last.tag == Tag::Text
            && (last.parent == parent || full)
        {
            last.place.1 = end;
            return;
        }
        self.leaf(Tag::Text, (start, end));
    }
}

/// Whether an attribute keeps an element from being seen.
fn is_hiding(key: Key, value: &str) -> bool {
    match key {
        Key::Hidden => !value.eq_ignore_ascii_case("until-found"),
        Key::Style if value.len() < 1024 => {
            let style: String = value.chars().filter(|c| !c.is_whitespace()).collect();
            style.to_ascii_lowercase().contains("display:none")
        }
        _ => false,
    }
}
