//! Selecting words of the open article, by keys and with the pointer.

use ratatui::layout::{Position, Rect};

use super::Effect;
use super::facts::published;
use super::layout::Pane;
use super::reader::{Reader, Step};
use super::selection::{Selection, Unit, told, word_at};
use super::state::State;
use super::words::flat;
use crate::text::{Clean, Span, wrap};
use crate::words;

impl State {
    /// The selected words of the open article: not empty, without white space at their ends.
    pub fn selected(&self) -> Option<Span> {
        let reader = self.reader.as_ref()?;
        let span = reader.selection?.span().trim(&reader.article.doc.text);
        (!span.is_empty()).then_some(span)
    }

    /// Selects nothing any more.
    pub fn end_selection(&mut self) {
        if let Some(reader) = &mut self.reader {
            reader.selection = None;
        }
    }

    /// Whether words are being selected.
    pub(crate) fn is_selecting(&self) -> bool {
        self.reader.as_ref().is_some_and(|reader| reader.selection.is_some())
    }

    /// How much is selected, while something may be.
    pub(crate) fn told_selection(&self) -> Option<Clean> {
        let reader = self.reader.as_ref().filter(|reader| reader.selection.is_some())?;
        Some(told(&reader.article.doc.text, self.selected()))
    }
}

impl Reader {
    /// What is selected first: what the reader is at, if it is on the screen, else the first word there.
    fn first_selection(&self) -> Option<Selection> {
        let text: &str = &self.article.doc.text;
        let seen = self.seen();
        let quotation = |number: usize| Some(self.found.as_ref()?.quotations.get(number)?.extent());
        let hit = self.search.as_ref().and_then(|search| search.hits.get(search.at?).copied());
        let at = [self.pointed, self.current.and_then(quotation), hit];
        let at = at.into_iter().flatten().find(|span| span.overlaps(seen));
        Some(Selection::over(text, at.or_else(|| word_at(text, seen.start))?))
    }

    /// Selects this, and scrolls so that the moving end is on the screen.
    fn select(&mut self, selection: Selection) {
        self.selection = Some(selection);
        self.keep_in_sight(selection.moving);
    }

    /// The selection with its moving end a row further, or at the end of the last row, the beginning of the first.
    fn row_further(&mut self, selection: Selection, step: Step) -> Option<Selection> {
        let at = selection.moving;
        let row = self.row_of(at)?;
        let column = selection.column.unwrap_or_else(|| usize::from(row.indent) + self.column_of(&row, at));
        let to = match (self.row_beside(at, step), step) {
            (Some(row), _) => self.byte_at(&row, column.saturating_sub(usize::from(row.indent)))?,
            (None, Step::Next) => row.span()?.end,
            (None, Step::Previous) => row.span()?.start,
        };
        let moved = Selection::new(&self.article.doc.text, selection.fixed, to);
        Some(Selection { column: Some(column), ..moved })
    }

    /// The character drawn at a cell of `area`, the nearest one where the cell is outside; at the end of a row, and where no
    /// words are drawn, the empty place nearest to it.
    fn character_at(&self, area: Rect, at: Position) -> Option<Span> {
        let last = self.rows.len().checked_sub(1)?;
        let index = usize::from(at.y.saturating_sub(area.y)).min(last);
        let (before, after) = self.rows.split_at(index);
        let row = after.first()?;
        let Some(span) = row.span() else {
            let end = before.iter().rev().find_map(|row| row.span()).map(|span| span.end);
            let place = end.or_else(|| after.iter().find_map(|row| row.span()).map(|span| span.start))?;
            return Some(Span::new(place, place));
        };
        // To the left of the words is no character.
        let Some(column) = at.x.checked_sub(area.x.saturating_add(row.indent)) else {
            return Some(Span::new(span.start, span.start));
        };
        let start = self.byte_at(row, usize::from(column))?;
        let cluster = wrap::cluster(&self.article.doc.text, start).filter(|_| start < span.end);
        Some(Span::new(start, start + cluster.map_or(0, |cluster| cluster.len)))
    }

    /// The column and the row of the text area where the moving end of the selection stands, if it is on the screen.
    pub fn caret(&self) -> Option<(u16, u16)> {
        let at = self.selection?.moving;
        let holds = |span: Span| (span.start..=span.end).contains(&at);
        let (index, row) = self.rows.iter().enumerate().rfind(|(_, row)| row.span().is_some_and(holds))?;
        let column = u16::try_from(self.column_of(row, at)).unwrap_or(u16::MAX);
        Some((row.indent.saturating_add(column), u16::try_from(index).ok()?))
    }
}

/// Begins a selection in the open article, or goes back to the one there is.
pub fn begin(state: &mut State) {
    if state.reader.is_none() {
        return;
    }
    state.focus(Pane::Article);
    // What is on the screen is only known once the article is there.
    state.settle();
    let Some(reader) = state.reader.as_mut() else { return };
    match reader.selection.or_else(|| reader.first_selection()) {
        Some(selection) => reader.select(selection),
        None => state.say(Clean::literal("There are no words to select")),
    }
    state.follow();
}

/// Does something to the selection; tells if there is none.
fn change(state: &mut State, change: impl FnOnce(&mut Reader, Selection) -> Option<Selection>) {
    let open = state.reader.as_mut().and_then(|reader| Some((reader.selection?, reader)));
    let Some((selection, reader)) = open else { return none(state) };
    if let Some(selection) = change(reader, selection) {
        reader.select(selection);
    }
    state.follow();
}

fn none(state: &mut State) {
    state.say(Clean::literal("No words are selected"));
}

/// Moves the moving end.
pub fn step(state: &mut State, unit: Unit, step: Step) {
    change(state, |reader, selection| Some(selection.stepped(&reader.article.doc, unit, step)));
}

/// Moves the moving end to the next or previous row.
pub fn row(state: &mut State, step: Step) {
    change(state, |reader, selection| reader.row_further(selection, step));
}

/// Moves the moving end to the end of its row, or to its beginning.
pub fn row_end(state: &mut State, step: Step) {
    change(state, |reader, selection| {
        let span = reader.row_of(selection.moving)?.span()?;
        let to = if step == Step::Next { span.end } else { span.start };
        Some(Selection::new(&reader.article.doc.text, selection.fixed, to))
    });
}

/// Lets the other end move.
pub fn swap(state: &mut State) {
    change(state, |_, selection| Some(selection.swapped()));
}

/// Selects the word at the moving end, and nothing else.
pub fn anew(state: &mut State) {
    change(state, |reader, selection| {
        let text: &str = &reader.article.doc.text;
        Some(Selection::over(text, word_at(text, selection.moving)?))
    });
}

/// Copies the selected words in one line with where they are from; nothing is selected any more.
pub fn copy(state: &mut State) -> Vec<Effect> {
    let line = state.selected().zip(state.reader.as_ref()).zip(state.open_item()).map(|((span, reader), item)| {
        let article = &reader.article;
        let published = published(article).map(|published| words!(" ({published})")).unwrap_or_default();
        words!("{} — {}{published}", flat(article.doc.text.slice(span)), item.headline())
    });
    match line {
        Some(line) => {
            state.say(Clean::literal("Copied the selected words with their source"));
            state.end_selection();
            vec![Effect::Copy(line)]
        }
        None => {
            none(state);
            Vec::new()
        }
    }
}

/// The place of the text that the pointer is at: a character, or an empty place.
pub fn place(state: &State, at: Position) -> Option<Span> {
    state.reader.as_ref()?.character_at(state.layout.text, at)
}

/// Selects from where the button was pressed to the pointer. Beyond the text's first or last row it scrolls.
pub fn drag(state: &mut State, from: Span, at: Position) {
    let (area, height) = (state.layout.text, state.shape.height);
    let Some(reader) = &mut state.reader else { return };
    // Where the text reaches to the edge of the screen, no pointer gets beyond it.
    let above = at.y < area.y || at.y == 0;
    let below = at.y >= area.bottom() || at.y + 1 >= height;
    if above != below {
        reader.scroll(if below { 1 } else { -1 });
    }
    let at = Position { y: at.y.clamp(area.y, area.bottom().saturating_sub(1).max(area.y)), ..at };
    if let Some(to) = reader.character_at(area, at) {
        reader.selection = Some(Selection::between(&reader.article.doc.text, from, to));
    }
    if above != below {
        state.follow();
    }
}
