//! The menu of the kinds of events that occur in the open article, by which the panel's events are filtered.

use std::collections::BTreeSet;

use ratatui::layout::Position;

use super::Effect;
use super::facts::Tab;
use super::layout::{inside, menu_area};
use super::perform::{perform, tab};
use super::state::{Overlay, State};
use super::words;
use crate::config::Command;
use crate::model::EventKind;
use crate::text::Clean;

/// The open menu.
#[derive(Debug, Clone, Default)]
pub struct Kinds {
    /// The kinds marked.
    pub marked: BTreeSet<EventKind>,
    /// The selected row.
    pub selected: usize,
}

/// The kinds that occur in the open article, with how often: the most frequent first.
pub fn rows(state: &State) -> Vec<(EventKind, usize)> {
    let events = state.found().map_or(&[][..], |found| &found.events);
    let count = |kind: EventKind| events.iter().filter(|event| event.kind == kind).count();
    let mut rows: Vec<(EventKind, usize)> = EventKind::ALL.into_iter().map(|kind| (kind, count(kind))).collect();
    rows.retain(|(_, count)| *count > 0);
    rows.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    rows
}

/// Opens the menu over the panel's events; where they are filtered already, shows all of them again.
pub fn ask(state: &mut State) {
    if state.panel.tab != Tab::Events || !state.shape.shows(super::Pane::Panel) {
        tab(state, Tab::Events);
    }
    if clear(state) {
        return;
    }
    if rows(state).is_empty() {
        let waiting = state.open_item().and_then(super::why_empty);
        return state.say(waiting.unwrap_or(Clean::literal("No events in this article")));
    }
    state.overlay = Overlay::Kinds(Kinds::default());
}

/// Shows all events again; whether they were filtered.
pub fn clear(state: &mut State) -> bool {
    if state.panel.only.is_empty() {
        return false;
    }
    filter(state, BTreeSet::new());
    state.say(Clean::literal("Events of all kinds"));
    true
}

/// Shows only events of these kinds, all if there are none; the selected one stays selected if it is among them.
fn filter(state: &mut State, only: BTreeSet<EventKind>) {
    let event = state.current_event();
    state.panel.only = only;
    state.panel.forget();
    state.fill_panel();
    match state.panel.facts.entries.iter().position(|entry| event.is_some() && entry.event() == event) {
        Some(entry) => {
            state.panel.selected = entry;
            state.show_selected_entry();
        }
        None => state.follow(),
    }
}

/// Where the menu lies on the screen.
fn area(state: &State) -> ratatui::layout::Rect {
    menu_area(state.shape.width, state.shape.height, rows(state).len())
}

/// The rows that fit, from the first one shown on, so that the selected one is among them.
pub fn shown(state: &State, selected: usize) -> (usize, usize) {
    let all = rows(state).len();
    let fitting = usize::from(inside(area(state)).height).max(1);
    let top = (selected + 1).saturating_sub(fitting).min(all);
    (top, fitting.min(all - top))
}

/// What its keys are.
pub fn hint(state: &State) -> Clean {
    let key = |command| words::key(&state.config.keys, command);
    let (mark, show, back) = (key(Command::Forward), key(Command::Open), key(Command::Back));
    crate::words!("{mark} mark · {show} shows only these · {back} closes")
}

/// A key while the menu is open.
pub fn key(state: &mut State, command: Option<Command>) -> Vec<Effect> {
    match command {
        Some(Command::Down) => go(state, 1),
        Some(Command::Up) => go(state, -1),
        Some(Command::Top | Command::PageUp) => go(state, isize::MIN),
        Some(Command::Bottom | Command::PageDown) => go(state, isize::MAX),
        Some(Command::Forward) => {
            mark(state);
            go(state, 1);
        }
        Some(Command::Open) => apply(state),
        Some(Command::Back | Command::PickKinds | Command::Quit) => state.overlay = Overlay::None,
        Some(command @ (Command::Suspend | Command::Redraw)) => return perform(state, command),
        _ => {}
    }
    Vec::new()
}

/// Selects the row `by` further, at most the last or first.
pub fn go(state: &mut State, by: isize) {
    let last = rows(state).len().saturating_sub(1);
    if let Overlay::Kinds(kinds) = &mut state.overlay {
        kinds.selected = kinds.selected.saturating_add_signed(by).min(last);
    }
}

/// Marks the selected kind, or takes the mark away.
fn mark(state: &mut State) {
    let rows = rows(state);
    if let Overlay::Kinds(kinds) = &mut state.overlay
        && let Some((kind, _)) = rows.get(kinds.selected)
        && !kinds.marked.remove(kind)
    {
        kinds.marked.insert(*kind);
    }
}

/// Shows only the marked kinds, else the selected one.
fn apply(state: &mut State) {
    let rows = rows(state);
    let Overlay::Kinds(kinds) = std::mem::take(&mut state.overlay) else { return };
    let mut only = kinds.marked;
    if only.is_empty() {
        only.extend(rows.get(kinds.selected).map(|(kind, _)| *kind));
    }
    filter(state, only);
}

/// Marks the kind that was clicked; a click beside the menu closes it.
pub fn click(state: &mut State, at: Position) {
    let area = area(state);
    let inner = inside(area);
    let Overlay::Kinds(kinds) = &state.overlay else { return };
    if inner.contains(at) {
        let (top, rows) = shown(state, kinds.selected);
        let row = usize::from(at.y - inner.y);
        if row < rows
            && let Overlay::Kinds(kinds) = &mut state.overlay
        {
            kinds.selected = top + row;
            mark(state);
        }
    } else if !area.contains(at) {
        state.overlay = Overlay::None;
    }
}
