//! The country picker.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::paint;
use crate::app::State;
use crate::app::filter::Scope;
use crate::app::layout::picker_areas;
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
        Scope::About => "Countries · articles about",
        Scope::In => "Countries · articles that name",
    };
    paint::text(buffer, areas.frame.x + 2, areas.frame.y, room, CleanStr::literal(title), theme.title);
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
        "{} mark · {} apply · {} about/in · {} close",
        key(Command::PickerMark),
        key(Command::Open),
        key(Command::PickerScope),
        key(Command::Back)
    );
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

fn draw_choice(state: &State, picker: &Picker, choice: &Choice, row: Rect, buffer: &mut Buffer) {
    let theme = &state.theme;
    let marked = if picker.marked.contains(&choice.country) { "[x] " } else { "[ ] " };
    let (about, named) = (choice.about, choice.named);
    let counts = words!("about {about:>3} · in {named:>3}");
    let right = row.right().saturating_sub(1);
    let room = if row.width > 36 { row.width } else { 0 };
    let right = paint::text_right(buffer, right, row.y, room, counts.whole(), theme.dim).saturating_sub(1);
    let mut x = row.x + 1;
    let style = if about + named == 0 { theme.dim } else { theme.text };
    for (words, style) in [
        (CleanStr::literal(marked), style),
        (words!("{}  ", choice.country).whole(), theme.badge),
        (choice.name.whole(), style),
    ] {
        x += paint::text(buffer, x, row.y, right.saturating_sub(x), words, style);
    }
}
