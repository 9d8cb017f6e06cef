//! The small editor in which notes are written.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::widgets::Widget;

use super::paint;
use crate::app::State;
use crate::app::layout::{inside, writing_area};
use crate::app::words;
use crate::app::writing::Writing;
use crate::config::Command;
use crate::words;

/// Draws it; the cursor goes to where one writes.
pub fn draw(state: &State, writing: &Writing, buffer: &mut Buffer) -> Position {
    let theme = &state.theme;
    let area = writing_area(state.shape.width, state.shape.height);
    paint::clear(buffer, area, theme.text);
    paint::frame(buffer, area, theme.border_active);
    let room = area.width.saturating_sub(4);
    paint::text(buffer, area.x + 2, area.y, room, writing.title.whole(), theme.title);
    if area.height > 2 {
        let key = |command| words::key(&state.config.keys, command);
        let (keep, line) = (key(Command::KeepNote), key(Command::NoteNewLine));
        let (other, back) = (key(Command::EditNote), key(Command::Back));
        let hint = words!("{keep} keeps it · {line} new line · {other} your editor · {back} leaves");
        paint::text(buffer, area.x + 2, area.bottom() - 1, room, hint.whole(), theme.dim);
    }
    let inner = inside(area);
    let text = Rect { x: inner.x + 1, width: inner.width.saturating_sub(2), ..inner };
    let mut typed = writing.area.clone();
    typed.set_style(theme.text);
    // The terminal's own cursor stands there.
    typed.set_cursor_style(theme.text);
    (&typed).render(text, buffer);
    let cursor = typed.screen_cursor();
    let (row, column) = (cursor.row.saturating_sub(usize::from(typed.scroll_offset().0)), cursor.col);
    let at =
        |from: u16, by: usize, size: u16| from + u16::try_from(by).unwrap_or(u16::MAX).min(size.saturating_sub(1));
    Position::new(at(text.x, column, text.width), at(text.y, row, text.height))
}
