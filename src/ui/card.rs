//! The card of a name.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::paint;
use super::panel::draw_line;
use crate::app::State;
use crate::app::card::Card;
use crate::app::layout::inside;
use crate::app::words;
use crate::config::Command;
use crate::text::{CleanStr, wrap};
use crate::words;

/// Draws it beside its name; the cursor goes to the selected line.
pub fn draw(state: &State, card: &Card, buffer: &mut Buffer) -> Position {
    let theme = &state.theme;
    let area = card.area;
    paint::clear(buffer, area, theme.text);
    paint::frame(buffer, area, theme.border_active);
    let inner = inside(area);
    let room = area.width.saturating_sub(4);
    paint::text(buffer, area.x + 2, area.y, room, card.content.title.whole(), theme.title);
    let lines = &card.content.lines;
    let mut cursor = None;
    for (y, line) in (inner.y..inner.bottom()).zip(lines.iter().skip(card.top)) {
        let row = Rect { x: inner.x + 1, y, width: inner.width.saturating_sub(1), height: 1 };
        draw_line(state, line, Rect { width: row.width.saturating_sub(1), ..row }, buffer);
        if !card.content.leads.is_empty() && line.entry == Some(card.selected) && !card.is_hover() {
            cursor = cursor.or(super::at(inner.x, y));
            paint::text(buffer, inner.x, y, 1, CleanStr::literal("▌"), theme.border_active);
        }
    }
    if area.height > 2 {
        let y = area.bottom() - 1;
        let below = lines.len().saturating_sub(card.top + usize::from(inner.height));
        let more = if below > 0 { words!("{below} more") } else { words!("") };
        let left = paint::text_right(buffer, area.right().saturating_sub(2), y, room, more.whole(), theme.dim);
        let key = |command| words::key(&state.config.keys, command);
        let (open, back) = (key(Command::Open), key(Command::Back));
        let keys = match card.is_hover() {
            true => words!("a click keeps it"),
            false => words!("{open} goes there · {back} closes"),
        };
        let room = left.saturating_sub(area.x + 3);
        if wrap::width(&keys) <= usize::from(room) {
            paint::text(buffer, area.x + 2, y, room, keys.whole(), theme.dim);
        }
    }
    cursor.unwrap_or(Position::new(inner.x, inner.y))
}
