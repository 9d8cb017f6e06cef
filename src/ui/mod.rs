//! Drawing the state. Nothing here changes it; every text drawn is clean by its type.

mod article;
mod card;
mod difference;
mod kinds;
mod list;
mod menu;
mod offers;
mod paint;
mod panel;
mod picker;
mod sheet;
mod statements;
mod status;
mod tree;
mod why;
mod writing;

use ratatui::Frame;
use ratatui::layout::Position;

use crate::app::State;
use crate::app::layout::Pane;
use crate::app::state::Overlay;

/// Draws the state, and puts the cursor on what is selected, for terminals and readers that follow it.
pub fn view(state: &State, frame: &mut Frame) {
    let area = frame.area();
    let buffer = frame.buffer_mut();
    paint::patch(buffer, area, state.theme.text);
    status::header(state, buffer);
    let tree = tree::draw(state, buffer);
    let list = match state.statements() {
        Some(statements) => statements::draw(state, statements, buffer),
        None => list::draw(state, buffer),
    };
    let article = article::draw(state, buffer);
    let panel = panel::draw(state, buffer);
    why::draw(state, buffer);
    let prompt = status::footer(state, buffer);
    let cursor = match &state.overlay {
        Overlay::Picker(picker) => picker::draw(state, picker, buffer),
        Overlay::Sheet(sheet, top) => Some(sheet::draw(state, *sheet, *top, buffer)),
        Overlay::Card(card) => Some(card::draw(state, card, buffer)),
        Overlay::Menu(selected) => Some(menu::draw(state, *selected, buffer)),
        Overlay::Kinds(kinds) => Some(kinds::draw(state, kinds, buffer)),
        Overlay::Writing(writing) => Some(writing::draw(state, writing, buffer)),
        Overlay::Difference(difference) => Some(difference::draw(state, difference, buffer)),
        Overlay::Prompt(typed) => {
            offers::draw(state, typed, buffer);
            prompt
        }
        Overlay::None | Overlay::Hints(_) => match state.shape.focus {
            Pane::Tree => tree,
            Pane::List => list,
            Pane::Article => article,
            Pane::Panel => panel,
        },
    };
    if let Some(cursor) = cursor
        && area.contains(cursor)
    {
        frame.set_cursor_position(cursor);
    }
}

/// The position of a cell.
fn at(x: u16, y: u16) -> Option<Position> {
    Some(Position::new(x, y))
}
