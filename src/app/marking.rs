//! Marking articles read or unread, and taking that back.

use super::state::State;
use super::words::{self, count};
use crate::config::Command;
use crate::text::Clean;
use crate::words;

/// Marks the open article read or unread.
pub fn toggle_read(state: &mut State) {
    let Some(number) = state.reader.as_ref().map(|reader| reader.number) else { return };
    if let Some(item) = state.library.items.get_mut(number) {
        state.marking = vec![(number, item.read)];
        item.read = !item.read;
        let notice = if item.read { "Marked read" } else { "Marked unread" };
        state.say(Clean::literal(notice));
    }
}

/// Marks every listed article read.
pub fn read_all(state: &mut State) {
    let mut marking = Vec::new();
    for number in &state.library.listed {
        if let Some(item) = state.library.items.get_mut(*number).filter(|item| !item.read) {
            marking.push((*number, item.read));
            item.read = true;
        }
    }
    let undo = words::key(&state.config.keys, Command::Undo);
    state.say(words!("{} marked read · {undo} takes it back", count(marking.len(), "article")));
    state.marking = marking;
}

/// Takes back the last marking.
pub fn undo(state: &mut State) {
    let marking = std::mem::take(&mut state.marking);
    if marking.is_empty() {
        state.say(Clean::literal("Nothing to take back"));
        return;
    }
    for (number, read) in &marking {
        if let Some(item) = state.library.items.get_mut(*number) {
            item.read = *read;
        }
    }
    state.say(words!("Took back the marking of {}", count(marking.len(), "article")));
}
