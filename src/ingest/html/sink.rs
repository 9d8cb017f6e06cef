//! Tags and characters of a page into blocks.

use std::cell::RefCell;

use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{Tag, TagKind, Token, TokenSink, TokenSinkResult};
use html5ever::{Attribute, LocalName};

use super::elements::{Effect, attribute, effect, is_block, is_hiding, is_void};
use super::head::Head;
use crate::ingest::build::Builder;
use crate::model::BlockKind;

/// Elements within elements that are kept account of; deeper ones still give their text.
const DEEPEST: usize = 512;

/// What a page gives.
#[derive(Default)]
pub(super) struct Page {
    pub(super) builder: Builder,
    pub(super) head: Head,
    /// The tags of the builder's blocks are indices into this.
    pub(super) regions: Vec<Region>,
    /// How many outermost `<article>` elements there are.
    pub(super) articles: usize,
    stack: Vec<Element>,
    /// Elements open past the depth of the stack.
    deeper: usize,
    /// What has the characters to come, if not the text.
    capture: Option<Capture>,
    within: Within,
}

/// A part of a page, as far as the choice of the article's text depends on it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Region {
    /// The number of the outermost `<article>`, from 1; 0 outside.
    pub(super) article: usize,
    pub(super) is_main: bool,
    /// In navigation, a header, a footer or an aside.
    pub(super) is_chrome: bool,
    pub(super) is_form: bool,
}

/// Counts of open elements by effect.
#[derive(Default)]
struct Within {
    skipped: u32,
    article: u32,
    main: u32,
    chrome: u32,
    form: u32,
    quote: u32,
    list: u8,
    pre: u32,
    heading: Option<u8>,
    /// Whether the item at hand has no block yet.
    is_new_item: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Capture {
    Title,
    JsonLd,
    Nothing,
}

struct Element {
    name: LocalName,
    effect: Effect,
    is_block: bool,
}

/// The receiver of the tokenizer, which shares it with us by reference.
pub(super) struct Sink {
    page: RefCell<Page>,
}

impl Sink {
    pub(super) fn new(page: Page) -> Self {
        Self { page: RefCell::new(page) }
    }

    pub(super) fn into_page(self) -> Page {
        let mut page = self.page.into_inner();
        page.builder.end();
        page
    }
}

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut page = self.page.borrow_mut();
        match token {
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => return page.start(&tag),
            Token::TagToken(tag) => page.end(&tag.name),
            Token::CharacterTokens(text) => page.characters(&text),
            // Counted as a control character where the text is cleaned.
            Token::NullCharacterToken => page.characters("\0"),
            _ => (),
        }
        TokenSinkResult::Continue
    }
}

impl Page {
    /// A page whose blocks come after those of `builder`.
    pub(super) fn onto(builder: Builder) -> Self {
        Self { builder, ..Self::default() }
    }

    fn start(&mut self, tag: &Tag) -> TokenSinkResult<()> {
        let name: &str = &tag.name;
        match name {
            "br" => self.builder.break_line(),
            "hr" => self.builder.end(),
            "meta" => self.head.meta(&tag.attrs),
            "link" => self.head.link(&tag.attrs),
            "time" => self.head.time(&tag.attrs),
            "html" => self.head.language(&tag.attrs),
            _ => (),
        }
        if is_void(name) {
            return TokenSinkResult::Continue;
        }
        self.close_implied(name);
        let is_block = is_block(name);
        if is_block {
            self.builder.end();
        }
        // Some pages hide all of themselves until a script has run.
        let is_hidden = !matches!(name, "html" | "body") && tag.attrs.iter().any(is_hiding);
        let effect = if is_hidden { Effect::Skip } else { effect(name, self.within.article > 0) };
        // Only in drawings and formulas does a slash close a tag.
        if tag.self_closing && self.within.skipped > 0 {
            return TokenSinkResult::Continue;
        }
        self.push(Element { name: tag.name.clone(), effect, is_block });
        if effect == Effect::Link {
            self.builder.link(attribute(&tag.attrs, "href").unwrap_or_default());
        }
        self.raw(name, &tag.attrs)
    }

    /// Tells the tokenizer what an element holds that holds no tags, and notes where its characters go.
    fn raw(&mut self, name: &str, attrs: &[Attribute]) -> TokenSinkResult<()> {
        let (kind, capture) = match name {
            "title" if self.within.skipped == 0 => (RawKind::Rcdata, Capture::Title),
            "title" => return TokenSinkResult::Continue,
            "textarea" => (RawKind::Rcdata, Capture::Nothing),
            "script"
                if attribute(attrs, "type")
                    .is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/ld+json")) =>
            {
                self.head.begin_json_ld();
                (RawKind::ScriptData, Capture::JsonLd)
            }
            "script" => (RawKind::ScriptData, Capture::Nothing),
            "style" | "xmp" | "iframe" | "noembed" | "noframes" => (RawKind::Rawtext, Capture::Nothing),
            _ => return TokenSinkResult::Continue,
        };
        self.capture = Some(capture);
        TokenSinkResult::RawData(kind)
    }

    fn end(&mut self, name: &LocalName) {
        self.capture = None;
        if &**name == "br" {
            return self.builder.break_line();
        }
        if is_block(name) {
            self.builder.end();
        }
        if self.deeper > 0 {
            self.deeper -= 1;
            return;
        }
        let Some(at) = self.stack.iter().rposition(|element| element.name == *name) else { return };
        if self.stack[at].is_block || self.stack[at].effect == Effect::Skip {
            while self.stack.len() > at {
                self.pop();
            }
        } else {
            // An inline element closes by itself: what was opened in it may go on.
            let element = self.stack.remove(at);
            self.leave(element.effect);
        }
    }

    /// Closes what the start of `name` closes without an end tag.
    fn close_implied(&mut self, name: &str) {
        let (closes, within): (&[&str], &[&str]) = match name {
            "li" => (&["li"], &["ul", "ol", "menu"]),
            "dt" | "dd" => (&["dt", "dd"], &["dl"]),
            "td" | "th" => (&["td", "th"], &["tr", "table"]),
            "tr" => (&["tr"], &["table"]),
            "option" => (&["option"], &["select"]),
            _ if is_block(name) => (&["p"], &[]),
            _ => return,
        };
        if closes == ["p"] {
            if self.deeper == 0 && self.stack.last().is_some_and(|element| &*element.name == "p") {
                self.pop();
            }
            return;
        }
        let found = self
            .stack
            .iter()
            .rposition(|element| closes.contains(&&*element.name) || within.contains(&&*element.name));
        if let Some(at) = found.filter(|&at| closes.contains(&&*self.stack[at].name) && self.deeper == 0) {
            while self.stack.len() > at {
                self.pop();
            }
        }
    }

    fn push(&mut self, element: Element) {
        if self.stack.len() >= DEEPEST {
            self.deeper += 1;
            return;
        }
        self.enter(element.effect);
        self.stack.push(element);
    }

    fn pop(&mut self) {
        if let Some(element) = self.stack.pop() {
            if element.is_block {
                self.builder.end();
            }
            self.leave(element.effect);
        }
    }

    fn enter(&mut self, effect: Effect) {
        let within = &mut self.within;
        match effect {
            Effect::None => (),
            Effect::Skip => within.skipped += 1,
            Effect::Article => {
                self.articles += usize::from(within.article == 0);
                within.article += 1;
            }
            Effect::Main => within.main += 1,
            Effect::Chrome => within.chrome += 1,
            Effect::Form => within.form += 1,
            Effect::Quote => within.quote += 1,
            Effect::List => within.list = within.list.saturating_add(1),
            Effect::Item => within.is_new_item = true,
            Effect::Pre => within.pre += 1,
            Effect::Heading(level) => within.heading = Some(level),
            Effect::Mark(kind) => self.builder.mark(kind),
            Effect::Link => (),
        }
    }

    fn leave(&mut self, effect: Effect) {
        let within = &mut self.within;
        match effect {
            Effect::None => (),
            Effect::Skip => within.skipped = within.skipped.saturating_sub(1),
            Effect::Article => within.article = within.article.saturating_sub(1),
            Effect::Main => within.main = within.main.saturating_sub(1),
            Effect::Chrome => within.chrome = within.chrome.saturating_sub(1),
            Effect::Form => within.form = within.form.saturating_sub(1),
            Effect::Quote => within.quote = within.quote.saturating_sub(1),
            Effect::List => within.list = within.list.saturating_sub(1),
            Effect::Item => within.is_new_item = false,
            Effect::Pre => within.pre = within.pre.saturating_sub(1),
            Effect::Heading(_) => within.heading = None,
            Effect::Mark(kind) => self.builder.unmark(kind),
            Effect::Link => self.builder.unlink(),
        }
    }

    fn characters(&mut self, text: &str) {
        match self.capture {
            Some(Capture::Title) => return self.head.title(text),
            Some(Capture::JsonLd) => return self.head.json_ld(text),
            Some(Capture::Nothing) => return,
            None => (),
        }
        if self.within.skipped > 0 {
            return;
        }
        if !self.builder.is_open() {
            if text.trim_ascii().is_empty() {
                return;
            }
            let within = &self.within;
            let kind = match within.heading {
                _ if within.pre > 0 => BlockKind::Pre,
                Some(level) => BlockKind::Heading(level),
                None if within.is_new_item => BlockKind::Item(within.list.max(1)),
                None if within.quote > 0 => BlockKind::Quote,
                None => BlockKind::Paragraph,
            };
            self.within.is_new_item = false;
            let region = self.region();
            self.builder.begin(kind, region);
        }
        if self.within.pre > 0 {
            self.builder.verbatim(text);
        } else {
            self.builder.words(text);
        }
    }

    /// The index of the region at hand.
    fn region(&mut self) -> usize {
        let within = &self.within;
        let region = Region {
            article: if within.article > 0 { self.articles } else { 0 },
            is_main: within.main > 0,
            is_chrome: within.chrome > 0,
            is_form: within.form > 0,
        };
        if self.regions.last() != Some(&region) {
            self.regions.push(region);
        }
        self.regions.len() - 1
    }
}
