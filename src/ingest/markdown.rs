//! Markdown: CommonMark with tables and struck-out text.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::build::{Builder, Inline};
use super::html::{self, Links};
use super::plain;
use crate::model::{Article, BlockKind};
use crate::text::clean;

/// Sets the document of `article` to what the Markdown `text` says.
pub(super) fn fill(article: &mut Article, text: &str) {
    // Before parsing, so that the brackets of an escape sequence make no link; after it again, for what numeric
    // references bring in.
    let cleaned = clean(text);
    article.removed += cleaned.removed;
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    let mut page = Page::default();
    for event in Parser::new_ext(&cleaned.text, options) {
        page.event(event);
    }
    let (doc, removed) = page.builder.finish();
    article.removed += removed;
    article.doc = doc;
    plain::headline(article);
}

#[derive(Default)]
struct Page {
    builder: Builder,
    /// Open lists: the number of the next item, in an ordered one.
    lists: Vec<Option<u32>>,
    links: Links,
    /// Whether the table at hand has no row yet.
    is_new_table: bool,
    /// Whether the item at hand has no block yet.
    is_new_item: bool,
    quotes: u32,
    heading: Option<u8>,
    is_code: bool,
    /// Images within images: their words stand in for them and are no part of the text.
    images: u32,
    html: String,
}

impl Page {
    fn event(&mut self, event: Event) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) if self.is_code => self.builder.verbatim(&text),
            Event::Text(text) => self.text(&text),
            Event::Code(text) => {
                self.builder.mark(Inline::Code);
                self.text(&text);
                self.builder.unmark(Inline::Code);
            }
            Event::SoftBreak => self.text(" "),
            Event::HardBreak => self.builder.break_line(),
            Event::Html(text) => self.html.push_str(&text),
            Event::InlineHtml(tag) if tag.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("<br")) => {
                self.builder.break_line();
            }
            Event::Rule => self.builder.end(),
            _ => (),
        }
    }

    fn start(&mut self, tag: Tag) {
        match tag {
            Tag::Heading { level, .. } => {
                self.builder.end();
                self.heading = Some(level_number(level));
            }
            Tag::CodeBlock(_) => {
                self.is_code = true;
                self.builder.begin(BlockKind::Pre);
            }
            Tag::BlockQuote(_) => {
                self.builder.end();
                self.quotes += 1;
            }
            Tag::List(first) => {
                self.builder.end();
                self.lists.push(first.map(|number| u32::try_from(number).unwrap_or(u32::MAX)));
            }
            Tag::Table(_) => {
                self.builder.end();
                self.is_new_table = true;
            }
            Tag::TableHead | Tag::TableRow => {
                let header = matches!(tag, Tag::TableHead);
                let first = std::mem::take(&mut self.is_new_table);
                self.builder.begin(BlockKind::Row { first, header, skip: 0 });
            }
            Tag::TableCell => (),
            Tag::Item => {
                self.builder.end();
                self.is_new_item = true;
            }
            Tag::Emphasis => self.builder.mark(Inline::Emphasis),
            Tag::Strong => self.builder.mark(Inline::Strong),
            Tag::Link { dest_url, .. } => {
                self.builder.link(self.links.resolve(&dest_url).as_deref().unwrap_or_default());
            }
            Tag::Image { .. } => self.images += 1,
            Tag::Strikethrough | Tag::Superscript | Tag::Subscript => (),
            _ => self.builder.end(),
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) => {
                self.builder.end();
                self.heading = None;
            }
            TagEnd::CodeBlock => {
                self.builder.end();
                self.is_code = false;
            }
            TagEnd::BlockQuote(_) => {
                self.builder.end();
                self.quotes = self.quotes.saturating_sub(1);
            }
            TagEnd::List(_) => {
                self.builder.end();
                self.lists.pop();
                self.is_new_item = false;
            }
            TagEnd::TableCell => self.builder.end_cell(),
            TagEnd::HtmlBlock => {
                self.builder.end();
                html::fragment(&mut self.builder, &std::mem::take(&mut self.html));
            }
            TagEnd::Emphasis => self.builder.unmark(Inline::Emphasis),
            TagEnd::Strong => self.builder.unmark(Inline::Strong),
            TagEnd::Link => self.builder.unlink(),
            TagEnd::Image => self.images = self.images.saturating_sub(1),
            TagEnd::Strikethrough | TagEnd::Superscript | TagEnd::Subscript => (),
            _ => self.builder.end(),
        }
    }

    /// Adds running text, to a block that begins here if none is open.
    fn text(&mut self, text: &str) {
        if self.images > 0 {
            return;
        }
        if !self.builder.is_open() {
            if text.trim().is_empty() {
                return;
            }
            let kind = match self.heading {
                Some(level) => BlockKind::Heading(level),
                None if self.is_new_item => self.item(),
                None if self.quotes > 0 => BlockKind::Quote,
                None => BlockKind::Paragraph,
            };
            self.is_new_item = false;
            self.builder.begin(kind);
        }
        self.builder.words(text);
    }
}

impl Page {
    /// The kind of the item that begins.
    fn item(&mut self) -> BlockKind {
        const DEEPEST: usize = 32;
        let depth = u8::try_from(self.lists.len().clamp(1, DEEPEST)).unwrap_or(1);
        let next = self.lists.last_mut().and_then(Option::as_mut);
        BlockKind::Item { depth, number: next.map(|next| std::mem::replace(next, next.saturating_add(1))) }
    }
}

fn level_number(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}
