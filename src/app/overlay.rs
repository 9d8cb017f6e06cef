//! Keys where something lies over the panes: the country picker, sheets; and editing a line.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use tui_input::{Input, InputRequest};

use super::Effect;
use super::layout::{help_page, picker_page};
use super::perform::{perform, set_filter};
use super::prompt;
use super::sheet;
use super::state::{Overlay, State};
use super::writing;
use crate::config::Command;
use crate::text::Clean;

/// Pasted text goes where text is typed.
pub fn paste(state: &mut State, text: &str) {
    if let Overlay::Writing(writing) = &mut state.overlay {
        if !writing::paste(writing, text) {
            state.warn(Clean::literal("Only a part of what was pasted has room in a note"));
        }
        return;
    }
    for character in text.chars().filter(|c| !c.is_control()).take(200) {
        match &mut state.overlay {
            Overlay::Prompt(prompt) => prompt.input.handle(InputRequest::InsertChar(character)),
            Overlay::Picker(picker) => picker.input.handle(InputRequest::InsertChar(character)),
            _ => return,
        };
    }
    typed(state);
}

/// A key in the country picker.
pub fn picker_key(state: &mut State, command: Option<Command>, event: KeyEvent) -> Vec<Effect> {
    let page = picker_page(state.shape.width, state.shape.height);
    let leap = isize::try_from(page).unwrap_or(isize::MAX);
    let Overlay::Picker(picker) = &mut state.overlay else { return Vec::new() };
    match command {
        Some(Command::PickerMark) => {
            picker.mark();
            picker.go(1, page);
        }
        Some(Command::PickerScope) => {
            picker.scope = picker.scope.other();
            picker.narrow();
        }
        Some(Command::Open) => apply(state),
        Some(Command::Back) => state.overlay = Overlay::None,
        Some(Command::Down) => picker.go(1, page),
        Some(Command::Up) => picker.go(-1, page),
        Some(Command::PageDown) => picker.go(leap, page),
        Some(Command::PageUp) => picker.go(-leap, page),
        Some(command @ (Command::Quit | Command::Suspend | Command::Redraw)) => return perform(state, command),
        _ => {
            if edit(&mut picker.input, event) {
                typed(state);
            }
        }
    }
    Vec::new()
}

/// Filters by what is picked.
pub fn apply(state: &mut State) {
    let Overlay::Picker(picker) = std::mem::take(&mut state.overlay) else { return };
    let Some(filter) = picker.filter() else {
        state.say(Clean::literal("No country was picked"));
        return;
    };
    set_filter(state, filter);
}

/// A key while a sheet is open.
pub fn sheet_key(state: &mut State, command: Option<Command>) -> Vec<Effect> {
    let page = isize::try_from(help_page(state.shape.height)).unwrap_or(isize::MAX);
    match command {
        Some(Command::Down) => sheet::scroll(state, 1),
        Some(Command::Up) => sheet::scroll(state, -1),
        Some(Command::PageDown | Command::Forward) => sheet::scroll(state, page),
        Some(Command::PageUp) => sheet::scroll(state, -page),
        Some(Command::HalfDown) => sheet::scroll(state, page / 2),
        Some(Command::HalfUp) => sheet::scroll(state, -page / 2),
        Some(Command::Top) => sheet::scroll(state, isize::MIN),
        Some(Command::Bottom) => sheet::scroll(state, isize::MAX),
        Some(command @ (Command::Suspend | Command::Redraw)) => return perform(state, command),
        Some(Command::Back | Command::Help | Command::Reports | Command::Quit | Command::Open) => {
            state.overlay = Overlay::None;
        }
        _ => {}
    }
    Vec::new()
}

/// What was typed has changed.
fn typed(state: &mut State) {
    match &mut state.overlay {
        Overlay::Prompt(_) => prompt::typed(state),
        Overlay::Picker(picker) => picker.narrow(),
        _ => {}
    }
}

/// Edits a line as terminals do; whether the key was one for that.
pub fn edit(input: &mut Input, event: KeyEvent) -> bool {
    use InputRequest::*;
    let control = event.modifiers.contains(KeyModifiers::CONTROL);
    let request = match event.code {
        KeyCode::Char('a') if control => GoToStart,
        KeyCode::Char('e') if control => GoToEnd,
        KeyCode::Char('u') if control => DeleteFromStart,
        KeyCode::Char('k') if control => DeleteTillEnd,
        KeyCode::Char('w') if control => DeletePrevWord,
        KeyCode::Char('h') if control => DeletePrevChar,
        KeyCode::Char(character) if !control && !event.modifiers.contains(KeyModifiers::ALT) => InsertChar(character),
        KeyCode::Backspace => DeletePrevChar,
        KeyCode::Delete => DeleteNextChar,
        KeyCode::Left => GoToPrevChar,
        KeyCode::Right => GoToNextChar,
        KeyCode::Home => GoToStart,
        KeyCode::End => GoToEnd,
        _ => return false,
    };
    input.handle(request);
    true
}
