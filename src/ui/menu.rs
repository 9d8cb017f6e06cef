//! The menu of what is highlighted.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::article::tag_style;
use super::paint;
use crate::app::State;
use crate::app::layout::{inside, menu_area};
use crate::app::menu::{KINDS, hint, shown};
use crate::app::words;
use crate::text::{Clean, CleanStr};
use crate::words;

/// Columns for the name of a kind.
const NAME: u16 = 15;
/// Columns for a key.
const KEY: u16 = 3;

/// Draws it; the cursor goes to the selected row.
pub fn draw(state: &State, selected: usize, buffer: &mut Buffer) -> Position {
    let theme = &state.theme;
    let area = menu_area(state.shape.width, state.shape.height, KINDS.len());
    paint::clear(buffer, area, theme.text);
    paint::frame(buffer, area, theme.border_active);
    let inner = inside(area);
    let room = area.width.saturating_sub(4);
    paint::text(buffer, area.x + 2, area.y, room, CleanStr::literal("Highlight in the text"), theme.title);
    if area.height > 2 {
        paint::text(buffer, area.x + 2, area.bottom() - 1, room, hint(state).whole(), theme.dim);
    }
    let mut highlight = state.highlight;
    let (top, rows) = shown(state, selected);
    let mut cursor = Position::new(inner.x, inner.y);
    for (y, (index, kind)) in (inner.y..inner.bottom()).zip(KINDS.iter().enumerate().skip(top).take(rows)) {
        let row = Rect { y, height: 1, ..inner };
        let on = *(kind.field)(&mut highlight);
        let count = state.found().map(|found| words!("{}", (kind.count)(found))).unwrap_or_default();
        let right = row.right().saturating_sub(1);
        let right = paint::text_right(buffer, right, y, 6, count.whole(), theme.dim).saturating_sub(1);
        let key = kind.command.map(|command| words::key(&state.config.keys, command)).unwrap_or_else(Clean::default);
        let name = if on { tag_style(theme, kind.tag) } else { theme.text };
        let mut x = row.x + 1;
        for (text, columns, style) in [
            (CleanStr::literal(if on { "[x]" } else { "[ ]" }), 4, theme.text),
            (key.whole(), KEY, theme.badge),
            (CleanStr::literal(kind.name), NAME, name),
            (CleanStr::literal(kind.help), u16::MAX, theme.dim),
        ] {
            let room = right.saturating_sub(x);
            paint::text(buffer, x, y, room.min(columns), text, style);
            x = x.saturating_add(columns);
        }
        if index == selected {
            cursor = Position::new(inner.x, y);
            paint::patch(buffer, Rect { width: 4.min(row.width), x: row.x + 1, ..row }, theme.selected);
            paint::text(buffer, row.x, y, row.width.min(1), CleanStr::literal("▌"), theme.border_active);
        }
    }
    cursor
}
