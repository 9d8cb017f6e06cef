//! What is offered while something is typed: rows above the line at the bottom.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::paint;
use crate::app::State;
use crate::app::prompt::Prompt;
use crate::text::{CleanStr, wrap};

/// As many rows of offers are shown.
const ROWS: usize = 8;
/// Columns for what is inserted, where there is room for it and for what it means.
const NAMES: u16 = 28;
/// The widest row.
const WIDEST: u16 = 100;

/// Draws them, and above the line what is wrong with it.
pub fn draw(state: &State, prompt: &Prompt, buffer: &mut Buffer) {
    let footer = state.layout.footer;
    let theme = &state.theme;
    let offers = &prompt.offers;
    // While there is something to choose, what is typed is only not finished.
    let problem = prompt.problem.as_ref().filter(|_| offers.len() == 0 || !prompt.unfinished);
    let lines = u16::from(problem.is_some());
    let free = footer.y.saturating_sub(state.layout.header.bottom()).saturating_sub(lines);
    let rows = offers.len().min(ROWS).min(usize::from(free));
    let width = footer.width.min(WIDEST);
    // The chosen one is in sight.
    let first = offers.at.map_or(0, |at| (at + 1).saturating_sub(rows));
    let top = footer.y.saturating_sub(lines).saturating_sub(rows as u16);
    let area = Rect { x: footer.x, y: top, width, height: rows as u16 + lines };
    if area.height == 0 || area.width == 0 {
        return;
    }
    paint::clear(buffer, area, theme.text);
    for (y, index) in (top..).zip(first..first + rows) {
        let Some((text, help)) = offers.row(index) else { continue };
        let x = area.x + 1;
        paint::text(buffer, x, y, width.saturating_sub(2), text.whole(), theme.title);
        let used = u16::try_from(wrap::width(&text)).unwrap_or(u16::MAX).max(NAMES.min(width / 2)).saturating_add(2);
        let room = width.saturating_sub(used.saturating_add(2));
        paint::text(buffer, x.saturating_add(used), y, room, help.whole(), theme.dim);
        if offers.at == Some(index) {
            paint::patch(buffer, Rect { y, height: 1, ..area }, theme.selected);
            paint::text(buffer, area.x, y, 1, CleanStr::literal("▌"), theme.border_active);
        }
    }
    if let Some(problem) = problem {
        let y = footer.y.saturating_sub(1);
        paint::text(buffer, area.x + 1, y, width.saturating_sub(2), problem.whole(), theme.error);
    }
}
