//! The open article: where the reader is in it, what is current, what was searched for.

use std::sync::Arc;

use super::column::{Column, Cursor};
use super::facts::Speakers;
use super::filter::Filter;
use super::find::find;
use super::flow::{Flow, Row, RowKind};
use super::layers::{Layer, Layers, flatten};
use super::links::Links;
use super::selection::Selection;
use crate::config::Highlight;
use crate::model::{Annotations, Article, BlockKind, Quotation, QuotationKind};
use crate::text::wrap::{self, Tabs};
use crate::text::{Clean, Span};

/// The open article.
#[derive(Debug)]
pub struct Reader {
    /// Its number.
    pub number: usize,
    /// It.
    pub article: Arc<Article>,
    /// What was found in it, once that is known.
    pub found: Option<Arc<Annotations>>,
    /// Its statements by speaker.
    pub speakers: Speakers,
    /// Its highlights.
    pub layers: Layers,
    /// Its links.
    pub links: Links,
    /// The current statement, by number.
    pub current: Option<usize>,
    /// The words an entry of the panel led to, where they are no statement; or the current name.
    pub pointed: Option<Span>,
    /// Where entities are named or referred to, by their number among the mentions; the innermost where they overlap.
    pub mentions: Layer<usize>,
    /// The search.
    pub search: Option<Search>,
    /// The selected words.
    pub selection: Option<Selection>,
    /// The rows on the screen.
    pub rows: Vec<Row>,
    flow: Flow,
    top: Cursor,
    height: usize,
}

/// A search with what it found.
#[derive(Debug, Clone, Default)]
pub struct Search {
    /// The words.
    pub words: Clean,
    /// Where they stand, in text order.
    pub hits: Vec<Span>,
    /// The hit the reader is at.
    pub at: Option<usize>,
}

/// A step to the next or the previous one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Towards the end.
    Next,
    /// Towards the beginning.
    Previous,
}

/// What came of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stepped {
    /// There is nothing to step to.
    Nowhere,
    /// One further.
    On,
    /// Past the end, round to the other one.
    Round,
}

impl Reader {
    /// What a tab in `row` is drawn as.
    pub fn tabs(&self, row: &Row) -> Tabs<'_> {
        match row.kind {
            RowKind::Text { kind: BlockKind::Pre, .. } => Tabs::Stops,
            RowKind::Text { kind: BlockKind::Row { skip, .. }, .. } => match row.table {
                Some(table) => Tabs::Columns {
                    starts: self.flow.stops(table).get(usize::from(skip) + 1..).unwrap_or_default(),
                    from: row.indent,
                },
                None => Tabs::Cells,
            },
            _ => Tabs::Blank,
        }
    }

    /// The byte of the text that `row` shows `column` columns from its left end.
    pub fn byte_at(&self, row: &Row, column: usize) -> Option<usize> {
        let span = row.span()?;
        let mut placed = wrap::placed(span.of(&self.article.doc.text), self.tabs(row));
        let hit = placed.find(|placed| column < placed.column + placed.width);
        Some(hit.map_or(span.end, |placed| span.start + placed.span.start))
    }

    /// How many columns from the left end of `row` byte `offset` of the text stands; where the words end, if it is past them.
    pub fn column_of(&self, row: &Row, offset: usize) -> usize {
        let Some(span) = row.span() else { return 0 };
        let mut end = 0;
        for placed in wrap::placed(span.of(&self.article.doc.text), self.tabs(row)) {
            if offset < span.start + placed.span.end {
                return placed.column;
            }
            end = placed.column + placed.width;
        }
        end
    }

    /// The row that byte `offset` of the text is drawn in, on the screen or not.
    pub fn row_of(&mut self, offset: usize) -> Option<Row> {
        let at = self.flow.locate(offset);
        self.flow.rows_from(at, 1).first().copied().filter(|row| row.span().is_some())
    }

    /// The next row with words of the text after the one that byte `offset` is drawn in, or the last one before it.
    pub fn row_beside(&mut self, offset: usize, step: Step) -> Option<Row> {
        let mut at = self.flow.locate(offset);
        loop {
            let next = match step {
                Step::Next => self.flow.forward(at, 1),
                Step::Previous => self.flow.back(at, 1),
            };
            if next == at {
                return None;
            }
            at = next;
            match self.flow.rows_from(at, 1).first() {
                Some(row) if row.is_after() => return None,
                Some(row) if row.span().is_some() => return Some(*row),
                _ => {}
            }
        }
    }

    /// Opens an article for a text area of `columns` by `height`, at byte `place`.
    pub fn new(number: usize, article: Arc<Article>, columns: u16, height: u16, place: usize) -> Reader {
        let links = Links::new(&article);
        let mut flow = Flow::new(article.clone(), columns);
        flow.list_links(links.listed.len());
        let mut reader = Reader {
            number,
            flow,
            links,
            article,
            found: None,
            speakers: Speakers::default(),
            layers: Layers::default(),
            current: None,
            pointed: None,
            mentions: Layer::new(),
            search: None,
            selection: None,
            rows: Vec::new(),
            top: Cursor::default(),
            height: usize::from(height),
        };
        if place > 0 {
            reader.top = reader.flow.locate(place);
        }
        reader.show();
        reader
    }

    /// Takes what was found in the article.
    pub fn annotate(&mut self, found: Option<Arc<Annotations>>, highlight: Highlight, filter: &Filter) {
        self.speakers = found.as_deref().map(Speakers::new).unwrap_or_default();
        let mentions = found.iter().flat_map(|found| &found.mentions).enumerate();
        self.mentions = flatten(mentions.map(|(number, mention)| (mention.span, number)));
        // Another annotator may count its statements otherwise: the current one stays where its words are.
        let words = self.current.and_then(|number| Some(self.found.as_ref()?.quotations.get(number)?.extent()));
        let at_words = |found: &Annotations| {
            let words = words?;
            found.quotations.iter().position(|quotation| quotation.content.iter().any(|part| part.overlaps(words)))
        };
        self.current = found.as_deref().and_then(at_words);
        self.found = found;
        self.highlight(highlight, filter);
    }

    /// Makes the highlights anew.
    pub fn highlight(&mut self, highlight: Highlight, filter: &Filter) {
        self.layers = Layers::new(&self.article, self.found.as_deref(), highlight, filter);
    }

    /// Lays out for another text area, keeping the first words on the screen where they are.
    pub fn resize(&mut self, columns: u16, height: u16) {
        let place = self.place();
        self.height = usize::from(height);
        self.flow.set_columns(columns);
        self.top = if place == 0 && self.top == Cursor::default() { self.top } else { self.flow.locate(place) };
        self.show();
    }

    /// The first byte of the text on the screen; 0 at the beginning.
    pub fn place(&mut self) -> usize {
        self.flow.offset(self.top)
    }

    /// Puts the row that holds byte `place` at the top; 0 is the beginning.
    pub fn set_place(&mut self, place: usize) {
        self.top = if place == 0 { Cursor::default() } else { self.flow.locate(place) };
        self.show();
    }

    /// Scrolls by rows; whether it moved.
    pub fn scroll(&mut self, rows: isize) -> bool {
        let before = self.top;
        self.top = match usize::try_from(rows) {
            Ok(down) => self.flow.forward(self.top, down),
            Err(_) => self.flow.back(self.top, rows.unsigned_abs()),
        };
        self.show();
        self.top != before
    }

    /// Scrolls by a page, or half of one, leaving two rows of the old page in sight; whether it moved.
    pub fn page(&mut self, step: Step, half: bool) -> bool {
        let rows = if half { self.height / 2 } else { self.height.saturating_sub(2) }.max(1);
        let rows = isize::try_from(rows).unwrap_or(1);
        self.scroll(if step == Step::Next { rows } else { -rows })
    }

    /// To the beginning or the end.
    pub fn jump_to_end(&mut self, step: Step) {
        self.top = if step == Step::Next { self.flow.last_top(self.height) } else { Cursor::default() };
        self.show();
    }

    /// Scrolls so that `span` can be read, if it cannot be already.
    pub fn go_to(&mut self, span: Span) {
        let seen = self.seen();
        let margin = self.rows.len() / 6;
        let safe = self.rows.iter().rev().skip(margin).find_map(Row::span).map_or(seen.end, |row| row.end);
        if span.start >= seen.start && (span.end <= safe || span.start < safe && self.rows.len() < 4) {
            return;
        }
        let at = self.flow.locate(span.start);
        self.top = self.flow.back(at, self.height / 4);
        self.show();
    }

    /// Scrolls no further than it takes to have the row of byte `offset` on the screen.
    pub fn keep_in_sight(&mut self, offset: usize) {
        let at = self.flow.locate(offset);
        let lowest = self.flow.back(at, self.height.saturating_sub(1));
        self.top = self.top.max(lowest).min(at);
        self.show();
    }

    /// The bytes of the text on the screen.
    pub fn seen(&self) -> Span {
        let mut spans = self.rows.iter().filter_map(Row::span);
        let first = spans.next();
        let last = self.rows.iter().rev().find_map(Row::span);
        match (first, last) {
            (Some(first), Some(last)) => first.join(last),
            _ if self.rows.iter().any(Row::is_after) => {
                let end = self.article.doc.text.len();
                Span::new(end, end)
            }
            _ => Span::new(0, 0),
        }
    }

    /// How much of the text has been passed at the bottom of the screen, in percent of its bytes; 100 at the end.
    pub fn percent(&self) -> usize {
        let end = self.article.doc.blocks.last().map_or(0, |block| block.span.end);
        let seen = self.seen().end;
        if seen >= end { 100 } else { (seen as u128 * 100 / end.max(1) as u128).min(99) as usize }
    }

    /// Whether the end of the text is on the screen, or has been passed.
    pub fn at_end(&self) -> bool {
        self.percent() == 100
    }

    /// Whether the headline is on the screen.
    pub fn shows_headline(&self) -> bool {
        self.top == Cursor::default()
    }

    /// Makes the next or previous quotation current: one with words between marks, where the article has any. With `same`,
    /// the next or previous statement of any kind by the same speaker; without a current statement, by anybody. Views are
    /// passed by, unless there is nothing else.
    pub fn step_statement(&mut self, step: Step, same: bool) -> Stepped {
        let Some(found) = self.found.clone() else { return Stepped::Nowhere };
        let speaker = self.current.filter(|_| same).and_then(|number| self.speakers.of.get(number)).copied();
        let marked = |quotation: &Quotation| quotation.kind != QuotationKind::Indirect;
        let any_marked = found.quotations.iter().any(marked);
        let theirs = |number: usize| speaker.is_none_or(|speaker| self.speakers.of.get(number) == Some(&speaker));
        let statement = |(number, quotation): (usize, &Quotation)| theirs(number) && quotation.class.is_statement();
        let any_statement = found.quotations.iter().enumerate().any(statement);
        let candidates: Vec<(usize, usize)> = found
            .quotations
            .iter()
            .enumerate()
            .filter(|(number, quotation)| match same {
                true if any_statement => statement((*number, quotation)),
                true => theirs(*number),
                false => !any_marked || marked(quotation),
            })
            .map(|(number, quotation)| (number, quotation.extent().start))
            .collect();
        let at = |number: usize| Some((number, found.quotations.get(number)?.extent()));
        let chosen = self.choose(&candidates, self.current.and_then(at), step);
        let Some((index, stepped)) = chosen else { return Stepped::Nowhere };
        let (number, _) = candidates[index];
        // The only statement by a speaker is no other one.
        let other = self.current != Some(number);
        self.make_current(number);
        if same && !other { Stepped::Nowhere } else { stepped }
    }

    /// The index in `candidates` (number, start) to step to from `current` (number, where it stands).
    pub(super) fn choose(
        &self,
        candidates: &[(usize, usize)],
        current: Option<(usize, Span)>,
        step: Step,
    ) -> Option<(usize, Stepped)> {
        let count = candidates.len();
        if count == 0 {
            return None;
        }
        let seen = self.seen();
        // Where one reads: at the current statement if it is on the screen, else at the top of the screen.
        let current = current.filter(|(_, extent)| extent.overlaps(seen) || seen.is_empty());
        let from = current.and_then(|(number, _)| candidates.iter().position(|(other, _)| *other == number));
        let here = current.map_or(seen.start, |(_, extent)| extent.start);
        let next = match (from, step) {
            (Some(index), Step::Next) => index + 1,
            (Some(index), Step::Previous) => return Some(before(index, count)),
            (None, Step::Next) => candidates.partition_point(|(_, start)| *start < here),
            (None, Step::Previous) => {
                return Some(before(candidates.partition_point(|(_, start)| *start < here), count));
            }
        };
        Some(if next < count { (next, Stepped::On) } else { (0, Stepped::Round) })
    }

    /// Makes a statement current and scrolls to it.
    pub fn make_current(&mut self, number: usize) {
        let Some(quotation) = self.found.as_ref().and_then(|found| found.quotations.get(number)) else { return };
        let extent = quotation.extent();
        self.current = Some(number);
        self.pointed = None;
        self.go_to(extent);
    }

    /// The statement whose content holds byte `offset`.
    pub fn statement_at(&self, offset: usize) -> Option<usize> {
        let found = self.found.as_ref()?;
        let holds = |span: &Span| span.holds(offset);
        found.quotations.iter().rposition(|quotation| quotation.content.iter().any(holds))
    }

    /// Searches for `words`; the hit at or after byte `from` becomes the one the reader is at.
    pub fn search(&mut self, words: Clean, from: usize) {
        let hits = find(&self.article.doc.text, &words);
        let at = match hits.partition_point(|hit| hit.start < from) {
            _ if hits.is_empty() => None,
            after if after == hits.len() => Some(0),
            after => Some(after),
        };
        if let Some(hit) = at.and_then(|at| hits.get(at)).copied() {
            self.go_to(hit);
        }
        self.search = Some(Search { words, hits, at });
    }

    /// To the next or previous hit.
    pub fn step_hit(&mut self, step: Step) -> Stepped {
        let seen = self.seen();
        let Some(search) = &mut self.search else { return Stepped::Nowhere };
        let count = search.hits.len();
        if count == 0 {
            return Stepped::Nowhere;
        }
        let at = search.at.filter(|at| search.hits.get(*at).is_some_and(|hit| hit.overlaps(seen)));
        let passed = search.hits.partition_point(|hit| hit.start < seen.start);
        let (index, stepped) = match (at, step) {
            (Some(at), Step::Next) if at + 1 < count => (at + 1, Stepped::On),
            (Some(_), Step::Next) => (0, Stepped::Round),
            (Some(at), Step::Previous) => before(at, count),
            (None, Step::Next) if passed < count => (passed, Stepped::On),
            (None, Step::Next) => (0, Stepped::Round),
            (None, Step::Previous) => before(passed, count),
        };
        search.at = Some(index);
        let hit = search.hits.get(index).copied();
        if let Some(hit) = hit {
            self.go_to(hit);
        }
        stepped
    }

    /// Keeps the top within the article and fetches the rows on the screen.
    fn show(&mut self) {
        self.top = self.top.min(self.flow.last_top(self.height));
        self.rows = self.flow.rows_from(self.top, self.height);
    }
}

/// The index before `index`, going round.
fn before(index: usize, count: usize) -> (usize, Stepped) {
    match index {
        0 => (count - 1, Stepped::Round),
        index => (index.min(count) - 1, Stepped::On),
    }
}
