//! A sheet over the panes: the keys, or what loading had to report.

use ratatui::buffer::Buffer;
use ratatui::layout::Position;

use super::paint;
use crate::app::State;
use crate::app::layout::{help_area, inside};
use crate::app::sheet::{Sheet, SheetLine};
use crate::app::words;
use crate::config::Command;
use crate::text::Clean;
use crate::words;

/// Columns for the keys.
const KEYS: u16 = 20;

/// Draws `sheet` from line `top` on.
pub fn draw(state: &State, sheet: Sheet, top: usize, buffer: &mut Buffer) -> Position {
    let theme = &state.theme;
    let area = help_area(state.shape.width, state.shape.height);
    paint::clear(buffer, area, theme.text);
    paint::frame(buffer, area, theme.border_active);
    let lines = sheet.lines(state);
    let inner = inside(area);
    let name = sheet.title();
    let close = words::key(&state.config.keys, Command::Back);
    let title = if area.width > 40 { words!("{name} · {close} closes") } else { Clean::literal(name) };
    paint::text(buffer, area.x + 2, area.y, area.width.saturating_sub(4), title.whole(), theme.title);
    let below = lines.len().saturating_sub(top + usize::from(inner.height));
    if below > 0 && area.height > 2 {
        let more = words!("{below} more");
        let room = area.width.saturating_sub(4);
        paint::text_right(buffer, area.right().saturating_sub(2), area.bottom() - 1, room, more.whole(), theme.dim);
    }
    let (x, right) = (inner.x + 1, inner.right());
    for (y, line) in (inner.y..inner.bottom()).zip(lines.iter().skip(top)) {
        match line {
            SheetLine::Blank => {}
            SheetLine::Heading(words) => {
                paint::text(buffer, x, y, right.saturating_sub(x), words.whole(), theme.title);
            }
            SheetLine::Command(keys, help) => {
                let narrow = KEYS.min(inner.width / 3);
                paint::text(buffer, x + 1, y, narrow.saturating_sub(1), keys.whole(), theme.badge);
                let x = x + 1 + narrow;
                paint::text(buffer, x, y, right.saturating_sub(x), help.whole(), theme.text);
            }
            SheetLine::Report(report) => {
                let style = if report.error { theme.error } else { theme.text };
                paint::text(buffer, x, y, right.saturating_sub(x), report.text.whole(), style);
            }
        }
    }
    Position::new(inner.x, inner.y)
}
