//! The statements of what is listed, in the list's place.

use jiff::tz::TimeZone;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::paint;
use crate::app::State;
use crate::app::layout::Pane;
use crate::app::statements::{Statements, steps};
use crate::app::words::{self, count};
use crate::store::Statement;
use crate::text::{Clean, CleanStr, wrap};
use crate::words;

/// Draws the statements; the cursor goes to the selected one.
pub fn draw(state: &State, statements: &Statements, buffer: &mut Buffer) -> Option<Position> {
    let (area, inside) = (state.layout.list, state.layout.list_inside());
    if area.is_empty() {
        return None;
    }
    let theme = &state.theme;
    let active = state.shape.focus == Pane::List;
    let (edge, title) = if active { (theme.border_active, theme.title) } else { (theme.border, theme.dim) };
    paint::frame(buffer, area, edge);
    let room = area.width.saturating_sub(4);
    let name = state.shelf.as_ref().map(|shelf| shelf.name()).unwrap_or_default();
    let all = statements.keys.len();
    let place = words!("{} of {all}", statements.selected + 1);
    let place = if all == 0 { Clean::default() } else { place };
    let left = room.saturating_sub(u16::try_from(wrap::width(&place)).unwrap_or(room) + 1);
    // That these are no articles must be seen; of which feed they are, as far as there is room.
    let named = words!("Statements: {name}");
    let used = paint::text(buffer, area.x + 2, area.y, left, named.whole(), title);
    if used + 1 + u16::try_from(wrap::width(&place)).unwrap_or(room) <= room {
        paint::text_right(buffer, area.right().saturating_sub(2), area.y, room, place.whole(), title);
    }
    if statements.keys.is_empty() {
        nothing(state, statements, inside, buffer);
        return super::at(inside.x, inside.y);
    }
    let (said, step) = steps(inside.height);
    let mut cursor = super::at(inside.x, inside.y);
    let rows = (inside.y..inside.bottom()).step_by(usize::from(step));
    for (y, (number, key)) in rows.zip(statements.keys.iter().enumerate().skip(statements.top)) {
        let selected = number == statements.selected;
        let cells = Rect { y, height: step.min(inside.bottom() - y), ..inside };
        if selected {
            for row in cells.top()..cells.bottom() {
                paint::text(buffer, cells.x, row, 1, CleanStr::literal("▌"), theme.border_active);
            }
        }
        match statements.row(*key) {
            Some(Some(statement)) => draw_statement(state, statement, cells, said, buffer),
            Some(None) => {
                let why = CleanStr::literal("its article has changed");
                paint::text(buffer, cells.x + 2, y, cells.width.saturating_sub(2), why, theme.dim);
            }
            None => {}
        }
        if selected {
            cursor = super::at(inside.x, y);
            if active {
                paint::patch(buffer, cells, theme.selected);
            }
        }
    }
    cursor
}

/// Why no statement is listed.
fn nothing(state: &State, statements: &Statements, inside: Rect, buffer: &mut Buffer) {
    let shelf = state.shelf.as_ref();
    let waits = statements.listing && shelf.is_some_and(|shelf| shelf.failed.is_none());
    let left = shelf.map_or(0, |shelf| shelf.left);
    let mut lines = vec![Clean::literal(if waits { "Reading…" } else { "Nobody is quoted here" })];
    if left > 0 {
        lines.push(words!("{} still to annotate", count(left, "article")));
    }
    for (y, line) in (inside.y..inside.bottom()).zip(lines) {
        let room = inside.width.saturating_sub(1);
        paint::text(buffer, inside.x + 1, y, room, line.whole(), state.theme.dim);
    }
}

/// The words, who said them in which office, and where and when that stood.
fn draw_statement(state: &State, one: &Statement, area: Rect, said: u16, buffer: &mut Buffer) {
    let theme = &state.theme;
    let (x, room) = (area.x + 2, area.width.saturating_sub(2));
    let mut y = area.y;
    for row in words::rows(&one.words, usize::from(room), usize::from(said)) {
        paint::text(buffer, x, y, room, row.whole(), theme.text);
        y += 1;
    }
    let date = words::short_day(one.date.to_zoned(TimeZone::system()).date(), state.library.year);
    let source = one.source.as_ref().map(|source| words!(" · {}", words::beginning(source))).unwrap_or_default();
    let published = words!("{date}{source}");
    if y < area.bottom() {
        let polity = one.polity.map(|polity| words!("{}", polity.code())).unwrap_or_default();
        // Where there is one row, it holds the day too.
        let right = if said == 1 { words!("{polity} {date}") } else { polity };
        let right = words!("{}", right.trim());
        let end = paint::text_right(buffer, area.right(), y, room, right.whole(), theme.badge);
        let room = end.saturating_sub(x + 1);
        let (name, style) = match &one.speaker {
            Some(name) if one.corrected.is_some() => (words!("✎ {name}"), theme.title),
            Some(name) => (name.clone(), theme.title),
            None => (Clean::literal("Speaker not given"), theme.dim),
        };
        let used = paint::text(buffer, x, y, room, words::beginning(&name), style);
        let office = one.office.as_ref().map(|office| words!(", {}", words::beginning(office))).unwrap_or_default();
        paint::text(buffer, x + used, y, room.saturating_sub(used), office.whole(), theme.text);
        y += 1;
    }
    if y < area.bottom() && said > 1 {
        paint::text(buffer, x, y, room, published.whole(), theme.dim);
    }
}
