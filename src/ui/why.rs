//! The lines that tell how one knows the speaker of the current quotation.

use ratatui::buffer::Buffer;

use super::paint;
use crate::app::State;
use crate::app::words;
use crate::text::{CleanStr, wrap};

/// Draws the lines, where they are wanted.
pub fn draw(state: &State, buffer: &mut Buffer) {
    let area = state.layout.why;
    if area.is_empty() {
        return;
    }
    let label = CleanStr::literal("why");
    let x = area.x + 1;
    paint::text(buffer, x, area.y, area.width.saturating_sub(1), label, state.theme.title);
    let indent = 2 + wrap::width(label.as_str()) as u16;
    let room = area.width.saturating_sub(indent + 2);
    for (y, row) in (area.y..area.bottom()).zip(words::rows(&state.why, room.into(), area.height.into())) {
        paint::text(buffer, x + indent, y, room, row.whole(), state.theme.text);
    }
}
