//! The country picker.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::paint;
use crate::app::State;
use crate::app::filter::Scope;
use crate::app::layout::{picker_areas, picker_columns};
use crate::app::picker::{Choice, Picker};
use crate::app::words;
use crate::config::Command;
use crate::text::{CleanStr, Span, clean, wrap};
use crate::words;

/// Draws the picker; the cursor goes to where one types.
pub fn draw(state: &State, picker: &Picker, buffer: &mut Buffer) -> Option<Position> {
    let theme = &state.theme;
    let areas = picker_areas(state.shape.width, state.shape.height);
    paint::clear(buffer, areas.frame, theme.text);
    paint::frame(buffer, areas.frame, theme.border_active);
    let room = areas.frame.width.saturating_sub(4);
    let title = match picker.scope {
        Scope::About => "Articles about a country",
        Scope::In => "Articles that mention a country",
    };
    paint::text(buffer, areas.frame.x + 2, areas.frame.y, room, CleanStr::literal(title), theme.title);
    heads(state, picker, areas.heads, buffer);
    for (y, index) in (areas.rows.y..areas.rows.bottom()).zip(picker.shown.iter().skip(picker.top)) {
        let Some(choice) = picker.all.get(*index) else { continue };
        let row = Rect { y, height: 1, ..areas.rows };
        draw_choice(state, picker, choice, row, buffer);
        if picker.shown.get(picker.selected) == Some(index) {
            paint::patch(buffer, row, theme.selected);
        }
    }
    if picker.shown.is_empty() {
        let none = if picker.input.value().is_empty() {
            "No countries found yet; type to search"
        } else {
            "No such country"
        };
        paint::text(buffer, areas.rows.x + 1, areas.rows.y, areas.rows.width, CleanStr::literal(none), theme.dim);
    }
    let key = |command| words::key(&state.config.keys, command);
    let hint = words!(
        "{} mark · {} list · {} about/mention · {} close",
        key(Command::PickerMark),
        key(Command::Open),
        key(Command::PickerScope),
        key(Command::Back)
    );
    if let Some(result) = picker.result() {
        let result = words!("{}: {result}", key(Command::Open));
        let (x, room) = (areas.result.x + 1, areas.result.width.saturating_sub(1));
        let room = if areas.result.height > 0 { room } else { 0 };
        paint::text(buffer, x, areas.result.y, room, result.whole(), theme.notice);
    }
    paint::text(buffer, areas.hint.x + 1, areas.hint.y, areas.hint.width.saturating_sub(1), hint.whole(), theme.dim);
    (areas.input.height > 0).then(|| prompt(state, picker, areas.input, buffer))
}

/// The line where one types; returns where the cursor stands.
fn prompt(state: &State, picker: &Picker, area: Rect, buffer: &mut Buffer) -> Position {
    let theme = &state.theme;
    let mark = paint::text(buffer, area.x + 1, area.y, 2, CleanStr::literal("> "), theme.dim);
    let x = area.x + 1 + mark;
    let room = area.right().saturating_sub(x + 1);
    let typed = clean(picker.input.value()).text;
    if typed.is_empty() {
        paint::text(buffer, x, area.y, room, CleanStr::literal("type a name or a code"), theme.dim);
    }
    // The end of what is typed stays in sight.
    let width = wrap::width(&typed);
    let skip = wrap::fit(&typed, width.saturating_sub(usize::from(room)));
    paint::text(buffer, x, area.y, room, typed.slice(Span::new(skip, typed.len())), theme.text);
    let column = picker.input.visual_cursor().min(usize::from(room)) as u16;
    Position::new(x + column, area.y)
}

/// The headings over the numbers: the one that is chosen stands out by its mark, not by colour alone.
fn heads(state: &State, picker: &Picker, area: Rect, buffer: &mut Buffer) {
    if area.height == 0 {
        return;
    }
    let theme = &state.theme;
    let mut right = area.right().saturating_sub(1);
    let [about, mention] = picker_columns(area.width, picker.scope);
    for (columns, scope, name) in [(mention, Scope::In, "mention"), (about, Scope::About, "about")] {
        if columns > 0 {
            let chosen = picker.scope == scope;
            let (mark, style) = if chosen { ("(•)", theme.title) } else { ("( )", theme.dim) };
            paint::text_right(buffer, right, area.y, columns, words!("{mark} {name}").whole(), style);
        }
        right = right.saturating_sub(columns);
    }
    let room = right.saturating_sub(area.x + 1);
    paint::text(buffer, area.x + 1, area.y, room, CleanStr::literal("Articles:"), theme.dim);
}

fn draw_choice(state: &State, picker: &Picker, choice: &Choice, row: Rect, buffer: &mut Buffer) {
    let theme = &state.theme;
    let marked = if picker.marked.contains(&choice.country) { "[x] " } else { "[ ] " };
    let mut right = row.right().saturating_sub(1);
    let [about, mention] = picker_columns(row.width, picker.scope);
    for (columns, scope, number) in [(mention, Scope::In, choice.named), (about, Scope::About, choice.about)] {
        let style = if picker.scope == scope && number > 0 { theme.text } else { theme.dim };
        paint::text_right(buffer, right, row.y, columns, words!("{number}").whole(), style);
        right = right.saturating_sub(columns);
    }
    let mut x = row.x + 1;
    let style = if choice.named == 0 { theme.dim } else { theme.text };
    for (words, style) in [
        (CleanStr::literal(marked), style),
        (words!("{}  ", choice.country).whole(), theme.badge),
        (choice.name.whole(), style),
    ] {
        x += paint::text(buffer, x, row.y, right.saturating_sub(x), words, style);
    }
}
