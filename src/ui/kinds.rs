//! The menu of the kinds of events.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::paint;
use crate::app::State;
use crate::app::facts::kind_name;
use crate::app::kinds::{Kinds, hint, rows, shown};
use crate::app::layout::{inside, menu_area};
use crate::text::CleanStr;
use crate::words;

/// Columns for the mark of a kind.
const MARK: u16 = 4;
/// Columns for its name.
const NAME: u16 = 15;

/// Draws it; the cursor goes to the selected row.
pub fn draw(state: &State, kinds: &Kinds, buffer: &mut Buffer) -> Position {
    let theme = &state.theme;
    let all = rows(state);
    let area = menu_area(state.shape.width, state.shape.height, all.len());
    paint::clear(buffer, area, theme.text);
    paint::frame(buffer, area, theme.border_active);
    let inner = inside(area);
    let room = area.width.saturating_sub(4);
    paint::text(buffer, area.x + 2, area.y, room, CleanStr::literal("Only events of these kinds"), theme.title);
    if area.height > 2 {
        paint::text(buffer, area.x + 2, area.bottom() - 1, room, hint(state).whole(), theme.dim);
    }
    let (top, fitting) = shown(state, kinds.selected);
    let mut cursor = Position::new(inner.x, inner.y);
    for (y, (index, (kind, count))) in (inner.y..inner.bottom()).zip(all.iter().enumerate().skip(top).take(fitting)) {
        let row = Rect { y, height: 1, ..inner };
        let right = row.right().saturating_sub(1);
        let right = paint::text_right(buffer, right, y, 6, words!("{count}").whole(), theme.dim).saturating_sub(1);
        let mark = if kinds.marked.contains(kind) { "[x]" } else { "[ ]" };
        let mut x = row.x + 1;
        for (text, columns, style) in [
            (CleanStr::literal(mark), MARK, theme.text),
            (CleanStr::literal(kind_name(*kind)), NAME, theme.text),
            (CleanStr::literal(kind.code()), u16::MAX, theme.dim),
        ] {
            let room = right.saturating_sub(x);
            paint::text(buffer, x, y, room.min(columns), text, style);
            x = x.saturating_add(columns);
        }
        if index == kinds.selected {
            cursor = Position::new(inner.x, y);
            paint::patch(buffer, Rect { width: 4.min(row.width), x: row.x + 1, ..row }, theme.selected);
            paint::text(buffer, row.x, y, row.width.min(1), CleanStr::literal("▌"), theme.border_active);
        }
    }
    cursor
}
