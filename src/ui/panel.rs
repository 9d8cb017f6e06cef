//! The side panel.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};

use super::paint;
use crate::app::State;
use crate::app::facts::{Line, Look, Tab, kind_name, tab_labels};
use crate::app::layout::Pane;
use crate::app::words;
use crate::config::{Command, Theme};
use crate::text::{Clean, CleanStr};
use crate::words;

/// Draws the panel; the cursor goes to the selected entry.
pub fn draw(state: &State, buffer: &mut Buffer) -> Option<Position> {
    let (area, inside) = (state.layout.panel, state.layout.panel_inside());
    if area.is_empty() {
        return None;
    }
    let theme = &state.theme;
    let active = state.shape.focus == Pane::Panel;
    paint::frame(buffer, area, if active { theme.border_active } else { theme.border });
    tabs(state, inside, active, buffer);
    let panel = &state.panel;
    if panel.facts.entries.is_empty() {
        let why = state.open_item().map(|item| {
            let filtered = !panel.only.is_empty() && state.found().is_some_and(|found| !found.events.is_empty());
            let all = words::key(&state.config.keys, Command::PickKinds);
            let none = match panel.tab {
                Tab::Quotes => Clean::literal("Nobody is quoted in this article."),
                Tab::Officials => Clean::literal("No officials are named in this article."),
                Tab::Events if filtered => {
                    let kinds = panel.only.iter().map(|kind| kind_name(*kind)).collect::<Vec<_>>().join(", ");
                    words!("No event of the kinds you asked for ({kinds}). {all} shows all.")
                }
                Tab::Events => Clean::literal("No events were found in this article."),
                Tab::Countries => Clean::literal("No countries are named in this article."),
                Tab::Notes if state.shelf.is_none() => {
                    Clean::literal("Notes are kept in the library; this article is from a file.")
                }
                Tab::Notes => {
                    let key = |command| words::key(&state.config.keys, command);
                    let (select, note) = (key(Command::Select), key(Command::Note));
                    words!("No notes on this article. {select} selects words, {note} notes something on them.")
                }
            };
            match panel.tab {
                Tab::Notes => none,
                _ => crate::app::why_empty(item).unwrap_or(none),
            }
        });
        let rows = words::rows(&why.unwrap_or_default(), usize::from(inside.width.saturating_sub(2)), 4);
        for (y, row) in (inside.y..inside.bottom()).zip(rows) {
            paint::text(buffer, inside.x + 1, y, inside.width.saturating_sub(1), row.whole(), theme.dim);
        }
        return super::at(inside.x, inside.y);
    }
    let mut cursor = None;
    for (y, line) in (inside.y..inside.bottom()).zip(&panel.lines) {
        let row = Rect { y, height: 1, ..inside };
        let selected = line.entry == Some(panel.selected);
        draw_line(state, line, row, buffer);
        if selected {
            cursor = cursor.or(super::at(inside.x, y));
            if active {
                paint::patch(buffer, row, theme.selected);
            }
            paint::text(buffer, row.x, y, 1, CleanStr::literal("▌"), theme.border_active);
        }
    }
    cursor.or(super::at(inside.x, inside.y))
}

fn tabs(state: &State, inside: Rect, active: bool, buffer: &mut Buffer) {
    let theme = &state.theme;
    let y = state.layout.panel.y;
    for label in tab_labels(state.panel.tab, state.found(), state.notes(), inside.width) {
        let open = label.tab == state.panel.tab;
        let style = match (open, active) {
            (true, true) => theme.title.add_modifier(Modifier::REVERSED),
            (true, false) => theme.title.add_modifier(Modifier::UNDERLINED),
            (false, _) => theme.dim,
        };
        let room = inside.width.saturating_sub(label.column);
        paint::text(buffer, inside.x + label.column, y, room, label.text.whole(), style);
    }
}

/// Draws a line of facts.
pub fn draw_line(state: &State, line: &Line, row: Rect, buffer: &mut Buffer) {
    let theme = &state.theme;
    let mut right = row.right();
    if let Some(bit) = &line.right {
        right = paint::text_right(buffer, right, row.y, row.width, bit.text.whole(), style(theme, bit.look));
        right = right.saturating_sub(1);
    }
    let mut x = row.x;
    for bit in &line.left {
        x += paint::text(buffer, x, row.y, right.saturating_sub(x), bit.text.whole(), style(theme, bit.look));
    }
}

fn style(theme: &Theme, look: Look) -> Style {
    match look {
        Look::Text => theme.text,
        Look::Dim => theme.dim,
        Look::Strong => theme.person,
        Look::Heading => theme.title,
        Look::Badge => theme.badge,
        Look::Kind => theme.trigger,
        Look::Bar(number) => theme.speaker(number),
    }
}
