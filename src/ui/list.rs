//! The list of articles.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::paint;
use crate::app::State;
use crate::app::filter::{Filter, Scope};
use crate::app::layout::Pane;
use crate::app::library::Item;
use crate::app::words;
use crate::text::{Clean, CleanStr, wrap};
use crate::words;

/// Draws the list; the cursor goes to the open article.
pub fn draw(state: &State, buffer: &mut Buffer) -> Option<Position> {
    let (area, inside) = (state.layout.list, state.layout.list_inside());
    if area.is_empty() {
        return None;
    }
    let theme = &state.theme;
    let active = state.shape.focus == Pane::List;
    let (edge, title) = if active { (theme.border_active, theme.title) } else { (theme.border, theme.dim) };
    paint::frame(buffer, area, edge);
    let listed = &state.library.listed;
    let open = state.reader.as_ref().map(|reader| reader.number);
    let room = area.width.saturating_sub(4);
    let name = match &state.shelf {
        Some(shelf) => shelf.name(),
        None => Clean::literal("Articles"),
    };
    let used = paint::text(buffer, area.x + 2, area.y, room, name.whole(), title);
    if let Some(row) = open.and_then(|open| state.library.row_of(open)) {
        let place = words!("{} of {}", row + 1, listed.len());
        if wrap::width(&place) < usize::from(room.saturating_sub(used + 1)) {
            paint::text_right(buffer, area.right().saturating_sub(2), area.y, room, place.whole(), title);
        }
    }
    if listed.is_empty() {
        let waits =
            state.loading || state.shelf.as_ref().is_some_and(|shelf| shelf.listing && shelf.failed.is_none());
        let why = if waits { "Reading…" } else { "Nothing to list" };
        paint::text(
            buffer,
            inside.x + 1,
            inside.y,
            inside.width.saturating_sub(1),
            CleanStr::literal(why),
            theme.dim,
        );
        return super::at(inside.x, inside.y);
    }
    let step = state.list_step() as u16;
    let mut cursor = super::at(inside.x, inside.y);
    let rows = (inside.y..inside.bottom()).step_by(usize::from(step)).zip(listed.iter().skip(state.list_top));
    for (y, number) in rows {
        let Some(item) = state.library.items.get(*number) else { continue };
        let selected = open == Some(*number);
        let cells = Rect { y, height: step.min(inside.bottom() - y), ..inside };
        draw_item(state, item, cells, selected, buffer);
        if selected {
            cursor = super::at(inside.x, y);
            if active {
                paint::patch(buffer, cells, theme.selected);
            }
        }
    }
    cursor
}

fn draw_item(state: &State, item: &Item, area: Rect, selected: bool, buffer: &mut Buffer) {
    let theme = &state.theme;
    let sign = match (selected, item.read) {
        (true, _) => "▌",
        (false, false) => "●",
        (false, true) => " ",
    };
    let sign_style = if selected { theme.border_active } else { theme.badge };
    paint::text(buffer, area.x, area.y, 1, CleanStr::literal(sign), sign_style);
    if item.starred {
        paint::text(buffer, area.x + 1, area.y, 1, CleanStr::literal("*"), theme.badge);
    }
    let style = if item.read { theme.text } else { theme.title };
    let badges = badges(item, &state.library.filter);
    let (x, room) = (area.x + 2, area.width.saturating_sub(2));
    if area.height < 2 {
        // One row: the countries first, as they are what one looks for.
        let width = if room > 24 { 6 } else { 0 };
        paint::text(buffer, x, area.y, width, badges.whole(), theme.badge);
        let gap = u16::from(width > 0);
        let headline = item.headline();
        paint::text(buffer, x + width + gap, area.y, room.saturating_sub(width + gap), headline.whole(), style);
        return;
    }
    let headline = words::filled_rows(&item.headline(), usize::from(room), usize::from(area.height) - 1);
    let mut y = area.y;
    for row in &headline {
        paint::text(buffer, x, y, room, row.whole(), style);
        y += 1;
    }
    if selected {
        for below in area.y + 1..area.bottom() {
            paint::text(buffer, area.x, below, 1, CleanStr::literal(sign), sign_style);
        }
    }
    let mut facts: Vec<Clean> = Vec::new();
    let updated = item.row.as_ref().is_some_and(|row| row.updated);
    facts.extend(updated.then(|| Clean::literal("updated")));
    facts.extend(item.date().map(|date| words::short_day(date, state.library.year)));
    facts.extend(item.source().map(|source| words!("{}", words::beginning(source))));
    let facts = words!("{}", facts.iter().map(Clean::as_str).collect::<Vec<_>>().join(" · "));
    let left = paint::text_right(buffer, area.right(), y, room, badges.whole(), theme.badge);
    paint::text(buffer, x, y, left.saturating_sub(x + 1), facts.whole(), theme.dim);
}

/// The countries the article is about, at most three; in brackets the one that the list is filtered by, where the article
/// only mentions it.
fn badges(item: &Item, filter: &Filter) -> Clean {
    let mut codes: Vec<String> = item.about().iter().take(3).map(|country| country.to_string()).collect();
    // Of several countries one cannot tell which it mentions before it is opened.
    if let (Scope::In, [only]) = (filter.scope, filter.countries.as_slice())
        && !item.about().contains(only)
    {
        codes.push(format!("({only})"));
    }
    words!("{}", codes.join(" "))
}
