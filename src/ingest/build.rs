//! A document put together from pieces of marked-up text.

use std::cmp::Reverse;

use crate::model::{Block, BlockKind, Doc, Link, Mark, MarkKind};
use crate::text::{Removed, Span, clean_line, clean_owned};

/// The longest link target that is kept, in bytes; what is longer holds data.
const LONGEST_LINK: usize = 4096;
/// Empty cells in a row of a table that are kept.
const MOST_TABS: u8 = 32;

/// Collects blocks and inline marks.
#[derive(Debug, Default)]
pub(super) struct Builder {
    /// The blocks' texts, one right after the other.
    text: String,
    blocks: Vec<Block>,
    marks: Vec<Mark>,
    links: Vec<String>,
    open: Option<Open>,
    strong: Slot,
    emphasis: Slot,
    code: Slot,
    link: Slot,
}

/// The block that text goes to.
#[derive(Debug, Clone, Copy)]
struct Open {
    start: usize,
    kind: BlockKind,
    /// White space that is written once a word follows.
    gap: Gap,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Gap {
    None,
    Blank,
    Line,
    /// Ends of cells.
    Tabs(u8),
}

/// An inline mark of one kind: marks of a kind do not nest, however deep the tags do.
#[derive(Debug, Default)]
struct Slot {
    depth: u32,
    /// Where it begins in the open block, once there is a word in it.
    start: Option<usize>,
}

/// A kind of inline mark; links come by themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Inline {
    Strong,
    Emphasis,
    Code,
}

impl Builder {
    /// Whether a block is open.
    pub(super) fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// Opens a block, after closing the one that is open.
    pub(super) fn begin(&mut self, kind: BlockKind) {
        self.end();
        self.open = Some(Open { start: self.text.len(), kind, gap: Gap::None });
    }

    /// Closes the open block, if any.
    pub(super) fn end(&mut self) {
        self.close_marks();
        let Some(open) = self.open.take() else { return };
        let span = Span::new(open.start, self.text.len()).trim(&self.text);
        if !span.is_empty() {
            self.blocks.push(Block { span, kind: open.kind });
        }
    }

    /// Adds running text to the open block: white space collapses to one blank.
    pub(super) fn words(&mut self, mut text: &str) {
        while let Some(open) = &mut self.open {
            let rest = text.trim_start_matches(is_blank);
            if rest.len() < text.len() && self.text.len() > open.start && open.gap == Gap::None {
                open.gap = Gap::Blank;
            }
            if rest.is_empty() {
                return;
            }
            let word = &rest[..rest.find(is_blank).unwrap_or(rest.len())];
            self.fill_gap();
            self.start_marks();
            self.text.push_str(word);
            text = &rest[word.len()..];
        }
    }

    /// Writes the white space that waits for a word.
    fn fill_gap(&mut self) {
        let Some(open) = &mut self.open else { return };
        match std::mem::replace(&mut open.gap, Gap::None) {
            Gap::None => (),
            Gap::Blank => self.text.push(' '),
            Gap::Line => self.text.push('\n'),
            Gap::Tabs(count) => self.text.extend(std::iter::repeat_n('\t', count.into())),
        }
    }

    /// Adds text to the open block as it is.
    pub(super) fn verbatim(&mut self, text: &str) {
        if self.open.is_some() && !text.is_empty() {
            self.fill_gap();
            self.start_marks();
            self.text.push_str(text);
        }
    }

    /// Ends a cell of the row that is open; the next words begin another one.
    pub(super) fn end_cell(&mut self) {
        self.close_marks();
        let Some(open) = &mut self.open else { return };
        match (&mut open.kind, open.gap) {
            (BlockKind::Row { skip, .. }, _) if self.text.len() == open.start => *skip = skip.saturating_add(1),
            (_, Gap::Tabs(count)) => open.gap = Gap::Tabs(count.saturating_add(1).min(MOST_TABS)),
            _ => open.gap = Gap::Tabs(1),
        }
    }

    /// Breaks the line in the open block. A second break in a row begins another block.
    pub(super) fn break_line(&mut self) {
        let Some(open) = &mut self.open else { return };
        match open.gap {
            Gap::Tabs(_) => (),
            _ if matches!(open.kind, BlockKind::Row { .. }) => {
                open.gap = if self.text.len() > open.start { Gap::Blank } else { open.gap };
            }
            Gap::Line => {
                let kind = open.kind;
                self.begin(kind);
            }
            _ if self.text.len() > open.start => open.gap = Gap::Line,
            _ => (),
        }
    }

    /// Begins an inline mark.
    pub(super) fn mark(&mut self, kind: Inline) {
        self.slot(kind).depth += 1;
    }

    /// Ends an inline mark.
    pub(super) fn unmark(&mut self, kind: Inline) {
        let slot = self.slot(kind);
        slot.depth = slot.depth.saturating_sub(1);
        if slot.depth == 0 {
            self.close_mark(kind);
        }
    }

    /// Begins a link, after ending the one that is open: links do not nest.
    pub(super) fn link(&mut self, url: &str) {
        self.unlink();
        if !url.is_empty() && url.len() <= LONGEST_LINK && !url.starts_with('#') {
            if self.links.last().is_none_or(|last| last != url) {
                self.links.push(url.to_owned());
            }
            self.link.depth = 1;
        }
    }

    /// Ends the link.
    pub(super) fn unlink(&mut self) {
        self.close_link();
        self.link.depth = 0;
    }

    /// The document of the blocks, cleaned, with a blank line between them.
    pub(super) fn finish(mut self) -> (Doc, Removed) {
        self.end();
        // Marks are noted where they end; in text order the outer comes before the inner.
        self.marks.sort_by_key(|mark| (mark.span.start, Reverse(mark.span.end)));
        let mut text = String::with_capacity(self.text.len() + 2 * self.blocks.len());
        let mut blocks = Vec::with_capacity(self.blocks.len());
        let mut marks = Vec::with_capacity(self.marks.len());
        let mut next = 0;
        for block in &self.blocks {
            while self.marks.get(next).is_some_and(|mark| mark.span.start < block.span.start) {
                next += 1;
            }
            if !text.is_empty() {
                text.push_str("\n\n");
            }
            let start = text.len();
            let moved =
                |span: Span| Span::new(span.start - block.span.start + start, span.end - block.span.start + start);
            text.push_str(block.span.of(&self.text));
            blocks.push(Block { span: moved(block.span), kind: block.kind });
            while let Some(mark) = self.marks.get(next).filter(|mark| mark.span.start < block.span.end) {
                let end = mark.span.end.min(block.span.end);
                marks.push(Mark { span: moved(Span::new(mark.span.start, end)), kind: mark.kind });
                next += 1;
            }
        }
        cleaned(text, blocks, marks, &self.links)
    }

    fn slot(&mut self, kind: Inline) -> &mut Slot {
        match kind {
            Inline::Strong => &mut self.strong,
            Inline::Emphasis => &mut self.emphasis,
            Inline::Code => &mut self.code,
        }
    }

    /// Notes where the marks begin that have no word yet.
    fn start_marks(&mut self) {
        let at = self.text.len();
        for slot in [&mut self.strong, &mut self.emphasis, &mut self.code, &mut self.link] {
            if slot.depth > 0 && slot.start.is_none() {
                slot.start = Some(at);
            }
        }
    }

    /// Ends the marks at the end of a stretch of text; they go on in the next one.
    fn close_marks(&mut self) {
        for kind in [Inline::Strong, Inline::Emphasis, Inline::Code] {
            self.close_mark(kind);
        }
        self.close_link();
    }

    fn close_mark(&mut self, kind: Inline) {
        let end = self.text.len();
        if let Some(start) = self.slot(kind).start.take().filter(|start| *start < end) {
            let kind = match kind {
                Inline::Strong => MarkKind::Strong,
                Inline::Emphasis => MarkKind::Emphasis,
                Inline::Code => MarkKind::Code,
            };
            self.marks.push(Mark { span: Span::new(start, end), kind });
        }
    }

    fn close_link(&mut self) {
        let end = self.text.len();
        if let (Some(start), Some(index)) = (self.link.start.take(), self.links.len().checked_sub(1))
            && start < end
        {
            self.marks.push(Mark { span: Span::new(start, end), kind: MarkKind::Link(index) });
        }
    }
}

/// Cleans the text and moves blocks and marks to where their words now are.
fn cleaned(text: String, blocks: Vec<Block>, marks: Vec<Mark>, links: &[String]) -> (Doc, Removed) {
    let cleaned = clean_owned(text);
    let mut removed = cleaned.removed;
    let moved = |span: Span| {
        let span = Span::new(cleaned.map.to_clean(span.start), cleaned.map.to_clean(span.end));
        span.trim(&cleaned.text)
    };
    let blocks = blocks.into_iter().map(|block| Block { span: moved(block.span), ..block });
    let marks = marks.into_iter().map(|mark| Mark { span: moved(mark.span), ..mark });
    let mut marks: Vec<Mark> = marks.filter(|mark| !mark.span.is_empty()).collect();
    let links = used_links(&mut marks, links);
    let doc = Doc {
        blocks: blocks.filter(|block| !block.span.is_empty()).collect(),
        marks,
        links: links.into_iter().map(|url| Link { url: clean_line(url, &mut removed) }).collect(),
        // The text is put together, so it has no place in the input to go back to.
        map: Default::default(),
        text: cleaned.text,
    };
    (doc, removed)
}

/// The links that `marks` lead to, by the new index that each mark gets.
fn used_links<'a>(marks: &mut [Mark], links: &'a [String]) -> Vec<&'a str> {
    let mut places = vec![None; links.len()];
    let mut used = Vec::new();
    for mark in marks {
        if let MarkKind::Link(index) = &mut mark.kind
            && let (Some(url), Some(place)) = (links.get(*index), places.get_mut(*index))
        {
            *index = *place.get_or_insert_with(|| {
                used.push(url.as_str());
                used.len() - 1
            });
        }
    }
    used
}

/// White space that collapses. A no-break space does not.
fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\x0c')
}
