//! What changed from one version of an article to the next.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::paint;
use crate::app::State;
use crate::app::difference::{Difference, Row};
use crate::app::layout::{inside, wide_area};
use crate::app::words;
use crate::config::Command;
use crate::text::difference::Change;
use crate::text::wrap::{self, Tabs};
use crate::text::{CleanStr, Span};
use crate::words;

/// Draws it over the panes.
pub fn draw(state: &State, difference: &Difference, buffer: &mut Buffer) -> Position {
    let theme = &state.theme;
    let area = wide_area(state.shape.width, state.shape.height);
    paint::clear(buffer, area, theme.text);
    paint::frame(buffer, area, theme.border_active);
    let inner = inside(area);
    let room = area.width.saturating_sub(4);
    let title = words!("What changed · {}", difference.title());
    paint::text(buffer, area.x + 2, area.y, room, title.whole(), theme.title);
    let rows = difference.rows();
    if area.height > 2 {
        let below = rows.len().saturating_sub(difference.top + usize::from(inner.height));
        let more = if below > 0 { words!("{below} more") } else { words!("") };
        let right = area.right().saturating_sub(2);
        let y = area.bottom() - 1;
        let left = paint::text_right(buffer, right, y, room, more.whole(), theme.dim);
        let key = |command| words::key(&state.config.keys, command);
        let keys = words!(
            "{} {} earlier, later · {} closes",
            key(Command::EarlierVersion),
            key(Command::LaterVersion),
            key(Command::Back)
        );
        let summary = difference.summary();
        let told = words!("{summary} · {keys}");
        let room = left.saturating_sub(area.x + 3);
        let told = if wrap::width(&told) <= usize::from(room) { told } else { summary };
        paint::text(buffer, area.x + 2, y, room, told.whole(), theme.dim);
    }
    for (y, row) in (inner.y..inner.bottom()).zip(rows.iter().skip(difference.top)) {
        let words = Rect { x: inner.x + 2, y, width: inner.width.saturating_sub(3), height: 1 };
        match row {
            Row::Blank => {}
            Row::Told(told) => {
                paint::text(buffer, words.x, y, words.width, told.whole(), theme.dim);
            }
            Row::Words { text, changes, sign, title } => {
                let sign_style = match *sign {
                    "+" => theme.added,
                    "-" => theme.removed,
                    _ => theme.badge,
                };
                // The sign itself is neither underlined nor struck out.
                let sign_style = sign_style.remove_modifier(ratatui::style::Modifier::all());
                paint::text(buffer, inner.x, y, inner.width.min(1), CleanStr::literal(sign), sign_style);
                let style = if *title { theme.title } else { theme.text };
                let drawn = paint::row(buffer, words, text.whole(), Span::new(0, text.len()), style, Tabs::Blank);
                for (at, change) in changes {
                    drawn.patch(buffer, *at, if *change == Change::Added { theme.added } else { theme.removed });
                }
            }
        }
    }
    Position::new(inner.x, inner.y)
}
