//! Nodes of a page into blocks and marks.

use super::dom::{Dom, Ix, Key};
use super::links::Links;
use super::table;
use super::tag::Tag;
use crate::ingest::build::{Builder, Inline};
use crate::model::BlockKind;

/// Words from which on the text that stands in for a picture tells something.
const FEWEST_WORDS: usize = 3;
/// Lists within lists that are counted.
const DEEPEST_LIST: u8 = 32;

/// What is read of a page, and how.
#[derive(Debug, Default)]
pub(in crate::ingest) struct Reading<'a> {
    /// What links are relative to.
    pub links: Links,
    /// Whether the text that stands in for a picture is read where it has no caption.
    pub alts: bool,
    /// Nodes, by number, that are left out with all in them.
    pub dropped: &'a [bool],
    /// Whether what is hidden is read.
    pub hidden: bool,
}

/// Adds the blocks of `root` to `builder`.
pub(in crate::ingest) fn render(dom: &Dom, root: Ix, builder: &mut Builder, reading: &Reading) {
    let is_caption = |at: &Ix| reading.alts && dom.tag(*at) == Tag::Figcaption;
    let mut page = Renderer {
        dom,
        builder,
        reading,
        open: Vec::new(),
        within: Within::default(),
        lists: Vec::new(),
        captions: (root..dom.end(root)).filter(is_caption).collect(),
    };
    let mut at = root;
    while at < dom.end(root) {
        page.leave_before(at);
        at = page.node(at);
    }
    page.leave_before(dom.len());
    page.builder.end();
}

struct Renderer<'a> {
    dom: &'a Dom,
    builder: &'a mut Builder,
    reading: &'a Reading<'a>,
    /// Open elements: where they end, and what they are.
    open: Vec<(Ix, Effect)>,
    within: Within,
    lists: Vec<List>,
    /// The captions of figures, in text order, where they are asked for.
    captions: Vec<Ix>,
}

/// What an open element means for the text in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Effect {
    Block,
    Quote,
    List,
    Item,
    Pre,
    Heading,
    Caption,
    Term,
    Table,
    Row,
    Cell { columns: usize },
    Mark(Inline),
    Quoted,
    Link,
}

/// Counts of open elements by effect.
#[derive(Default)]
struct Within {
    quote: u32,
    pre: u32,
    caption: u32,
    quoted: u32,
    heading: Option<u8>,
    /// Whether the table at hand is one of data, and has no row yet.
    table: Option<bool>,
    is_row: bool,
    /// Of each open item whether it has no block yet.
    new_items: Vec<bool>,
}

struct List {
    /// The number of the next item, in an ordered list.
    next: Option<u32>,
}

impl Renderer<'_> {
    fn leave_before(&mut self, at: Ix) {
        while let Some((_, effect)) = self.open.pop_if(|(end, _)| *end <= at) {
            self.leave(effect);
        }
    }

    /// Reads one node; returns the next one to read.
    fn node(&mut self, at: Ix) -> Ix {
        let node = self.dom.node(at);
        let hidden = node.is_hidden && !self.reading.hidden;
        if hidden || self.reading.dropped.get(at).copied().unwrap_or(false) {
            if node.tag.is_block() {
                self.end_block();
            }
            return self.dom.end(at);
        }
        match node.tag {
            Tag::Text => self.characters(self.dom.text(at)),
            Tag::Br => self.builder.break_line(),
            Tag::Wbr => (),
            Tag::Img => self.picture(at),
            tag if tag.is_skipped() || matches!(tag, Tag::Head | Tag::Meta | Tag::Link) => return self.dom.end(at),
            tag => self.element(at, tag),
        }
        at + 1
    }

    fn element(&mut self, at: Ix, tag: Tag) {
        if tag.is_block() {
            self.end_block();
        }
        let is_row = self.within.is_row;
        let effect = match tag {
            Tag::Blockquote => Effect::Quote,
            Tag::Ul | Tag::Ol | Tag::Dl => Effect::List,
            Tag::Li | Tag::Dd => Effect::Item,
            Tag::Dt => Effect::Term,
            Tag::Pre | Tag::Listing => Effect::Pre,
            Tag::Figcaption | Tag::Caption => Effect::Caption,
            Tag::Table if !is_row && table::is_data(self.dom, at) => Effect::Table,
            Tag::Tr if self.within.table.is_some() && !is_row => Effect::Row,
            Tag::Td | Tag::Th if is_row => Effect::Cell { columns: table::columns(self.dom, at) },
            Tag::B | Tag::Strong => Effect::Mark(Inline::Strong),
            Tag::I | Tag::Em | Tag::Cite => Effect::Mark(Inline::Emphasis),
            Tag::Code | Tag::Kbd | Tag::Samp | Tag::Tt => Effect::Mark(Inline::Code),
            Tag::Q => Effect::Quoted,
            Tag::A => Effect::Link,
            tag if tag.heading().is_some() => Effect::Heading,
            tag if tag.is_block() => Effect::Block,
            _ => return,
        };
        self.open.push((self.dom.end(at), effect));
        self.enter(at, tag, effect);
    }

    fn enter(&mut self, at: Ix, tag: Tag, effect: Effect) {
        let within = &mut self.within;
        match effect {
            Effect::Block | Effect::Cell { .. } => (),
            Effect::Quote => within.quote += 1,
            Effect::List => {
                let first = self.dom.attribute(at, Key::Start).and_then(|number| number.trim().parse().ok());
                self.lists.push(List { next: (tag == Tag::Ol).then(|| first.unwrap_or(1)) });
            }
            Effect::Item => {
                within.new_items.push(true);
                if let (Some(List { next: Some(next) }), Some(value)) =
                    (self.lists.last_mut(), self.dom.attribute(at, Key::Value))
                {
                    *next = value.trim().parse().unwrap_or(*next);
                }
            }
            Effect::Term => self.builder.mark(Inline::Strong),
            Effect::Pre => within.pre += 1,
            Effect::Heading => within.heading = tag.heading(),
            Effect::Caption => within.caption += 1,
            Effect::Table => within.table = Some(true),
            Effect::Row => {
                let header = table::is_header(self.dom, at);
                let first = within.table.replace(false).unwrap_or(false);
                within.is_row = true;
                self.builder.begin(BlockKind::Row { first, header, skip: 0 });
            }
            Effect::Mark(kind) => self.builder.mark(kind),
            Effect::Quoted => {
                within.quoted += 1;
                let mark = if within.quoted % 2 == 1 { "“" } else { "‘" };
                self.characters(mark);
            }
            Effect::Link => {
                let url = self.dom.attribute(at, Key::Href).and_then(|href| self.reading.links.resolve(href));
                self.builder.link(url.as_deref().unwrap_or_default());
            }
        }
    }

    fn leave(&mut self, effect: Effect) {
        let within = &mut self.within;
        match effect {
            Effect::Block => (),
            Effect::Quote => within.quote -= 1,
            Effect::List => {
                self.lists.pop();
            }
            Effect::Item => {
                // An item without words has its number too.
                if within.new_items.pop() == Some(true) {
                    self.item();
                }
            }
            Effect::Term => {
                self.builder.end();
                self.builder.unmark(Inline::Strong);
            }
            Effect::Pre => within.pre -= 1,
            Effect::Heading => within.heading = None,
            Effect::Caption => within.caption -= 1,
            Effect::Table => within.table = None,
            Effect::Row => within.is_row = false,
            Effect::Cell { columns } => {
                for _ in 0..columns {
                    self.builder.end_cell();
                }
                return;
            }
            Effect::Mark(kind) => return self.builder.unmark(kind),
            Effect::Quoted => {
                let mark = if within.quoted % 2 == 1 { "”" } else { "’" };
                within.quoted -= 1;
                return self.builder.words(mark);
            }
            Effect::Link => return self.builder.unlink(),
        }
        self.end_block();
    }

    /// Ends the block at hand; in a row of a table there is no other block.
    fn end_block(&mut self) {
        if self.within.is_row { self.builder.break_line() } else { self.builder.end() }
    }

    /// The kind of the item that begins.
    fn item(&mut self) -> BlockKind {
        let depth = u8::try_from(self.lists.len()).unwrap_or(u8::MAX).clamp(1, DEEPEST_LIST);
        let next = self.lists.last_mut().and_then(|list| list.next.as_mut());
        let number = next.map(|next| std::mem::replace(next, next.saturating_add(1)));
        BlockKind::Item { depth, number }
    }

    fn characters(&mut self, text: &str) {
        if !self.builder.is_open() {
            if text.trim_ascii().is_empty() {
                return;
            }
            let is_new_item = self.within.new_items.last_mut().is_some_and(std::mem::take);
            let item = is_new_item.then(|| self.item());
            let within = &self.within;
            let kind = match (within.heading, item) {
                _ if within.pre > 0 => BlockKind::Pre,
                (Some(level), _) => BlockKind::Heading(level),
                _ if within.caption > 0 => BlockKind::Caption,
                (None, Some(item)) => item,
                (None, None) if within.quote > 0 => BlockKind::Quote,
                (None, None) => BlockKind::Paragraph,
            };
            self.builder.begin(kind);
        }
        if self.within.pre > 0 && !self.within.is_row {
            self.builder.verbatim(text);
        } else {
            self.builder.words(text);
        }
    }

    /// What a picture shows, where nothing else in its figure tells.
    fn picture(&mut self, at: Ix) {
        if !self.reading.alts || self.within.is_row || self.within.heading.is_some() || self.within.pre > 0 {
            return;
        }
        let alt = self.dom.attribute(at, Key::Alt).unwrap_or_default();
        if alt.split_whitespace().nth(FEWEST_WORDS - 1).is_none() {
            return;
        }
        let figure = self.dom.ancestors(at).find(|&around| self.dom.tag(around) == Tag::Figure);
        let has_caption = figure.is_some_and(|figure| {
            let next = self.captions.partition_point(|&caption| caption <= figure);
            self.captions.get(next).is_some_and(|&caption| caption < self.dom.end(figure))
        });
        // Within a sentence a picture is a sign, and what it stands for is no caption.
        if !has_caption && !self.builder.is_open() {
            self.builder.begin(BlockKind::Caption);
            self.builder.words(alt);
            self.builder.end();
        }
    }
}
