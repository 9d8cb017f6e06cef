//! The tree of feeds.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::paint;
use crate::app::layout::Pane;
use crate::app::tree::{Kind, TreeRow};
use crate::app::{MOST_COUNTED, State};
use crate::text::{Clean, CleanStr};
use crate::words;

/// Draws the tree; the cursor goes to the selected row.
pub fn draw(state: &State, buffer: &mut Buffer) -> Option<Position> {
    let (area, inside) = (state.layout.tree, state.layout.tree_inside());
    let shelf = state.shelf.as_ref().filter(|_| !area.is_empty())?;
    let theme = &state.theme;
    let active = state.shape.focus == Pane::Tree;
    let (edge, title) = if active { (theme.border_active, theme.title) } else { (theme.border, theme.dim) };
    paint::frame(buffer, area, edge);
    paint::text(buffer, area.x + 2, area.y, area.width.saturating_sub(4), CleanStr::literal("Feeds"), title);
    let mut cursor = super::at(inside.x, inside.y);
    for (y, (index, row)) in (inside.y..inside.bottom()).zip(shelf.tree.rows.iter().enumerate().skip(shelf.tree.top))
    {
        let cells = Rect { y, height: 1, ..inside };
        let listed = shelf.lists(row);
        draw_row(state, row, listed, cells, buffer);
        if index == shelf.tree.selected {
            cursor = super::at(inside.x, y);
            if active {
                paint::patch(buffer, cells, theme.selected);
            }
        }
    }
    if shelf.tree.data.feeds.is_empty() {
        let y = inside.y + u16::try_from(shelf.tree.rows.len()).unwrap_or(u16::MAX).saturating_add(1);
        let hint = ["No feeds yet:", "dateline add URL", "dateline import FILE"];
        for (y, line) in (y..inside.bottom()).zip(hint) {
            let room = inside.width.saturating_sub(1);
            paint::text(buffer, inside.x + 1, y, room, CleanStr::literal(line), theme.dim);
        }
    }
    cursor
}

fn draw_row(state: &State, row: &TreeRow, listed: bool, area: Rect, buffer: &mut Buffer) {
    let theme = &state.theme;
    if listed {
        paint::text(buffer, area.x, area.y, 1, CleanStr::literal("▌"), theme.border_active);
    }
    // Very deep folders are not pushed out of sight.
    let indent = 1 + 2 * row.depth.min(area.width / 6);
    let mut x = area.x + indent;
    let mut right = area.right();
    if row.count > 0 {
        let count = match row.kind {
            Kind::Search(_) if row.count > MOST_COUNTED => words!("{MOST_COUNTED}+"),
            _ => words!("{}", row.count),
        };
        right = paint::text_right(buffer, right, area.y, area.width, count.whole(), theme.badge).saturating_sub(1);
    }
    let (sign, troubled) = match row.kind {
        Kind::Smart | Kind::Search(_) => (Clean::default(), false),
        Kind::Folder { open, troubled } => (Clean::literal(if open { "▾ " } else { "▸ " }), troubled && !open),
        Kind::Feed { troubled, .. } => (Clean::default(), troubled),
    };
    x += paint::text(buffer, x, area.y, right.saturating_sub(x), sign.whole(), theme.dim);
    if troubled {
        x += paint::text(buffer, x, area.y, right.saturating_sub(x), CleanStr::literal("! "), theme.error);
    }
    let unread = row.count > 0 && !matches!(row.kind, Kind::Smart);
    let style = if unread { theme.title } else { theme.text };
    paint::text(buffer, x, area.y, right.saturating_sub(x), row.name.whole(), style);
}
