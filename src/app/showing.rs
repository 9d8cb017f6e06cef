//! What is shown: panes, the width of the text, highlights.

use super::layout::{Pane, Room};
use super::state::State;
use crate::config::Highlight;
use crate::text::Clean;
use crate::words;

/// The keys go to the next pane, leaving out hidden ones.
pub fn turn(state: &mut State, by: isize) {
    let panes = [Pane::Tree, Pane::List, Pane::Article, Pane::Panel];
    let hidden = |pane: &Pane| match pane {
        Pane::Tree => !state.shape.tree,
        Pane::List => !state.shape.list,
        Pane::Article => false,
        Pane::Panel => !state.shape.panel,
    };
    let panes: Vec<Pane> = panes.into_iter().filter(|pane| !hidden(pane) || *pane == state.shape.focus).collect();
    let at = panes.iter().position(|pane| *pane == state.shape.focus).unwrap_or(0) as isize;
    let next = panes[(at + by).rem_euclid(panes.len() as isize) as usize];
    if matches!(next, Pane::List | Pane::Panel) {
        state.shape.beside = next;
    }
    state.shape.focus = next;
    state.mark_read();
}

/// Shows or hides a pane.
pub fn toggle_pane(state: &mut State, pane: Pane) {
    let shown = state.shape.shows(pane);
    let three = state.shape.room() == Room::Three && !state.shape.zoom;
    if shown {
        match (pane, three) {
            (Pane::List, true) => state.shape.list = false,
            (Pane::Panel, true) => state.shape.panel = false,
            _ if state.shape.beside == pane => {
                state.shape.beside = if pane == Pane::List { Pane::Panel } else { Pane::List };
            }
            _ => {}
        }
        if pane == Pane::Panel && state.shape.room() == Room::Two {
            state.shape.panel = false;
        }
        if state.shape.focus == pane {
            state.shape.focus = Pane::Article;
        }
    } else {
        match pane {
            Pane::Tree => {}
            Pane::List => state.shape.list = true,
            _ => state.shape.panel = true,
        }
        state.shape.beside = pane;
        if state.shape.room() == Room::One || state.shape.zoom {
            state.shape.focus = pane;
        } else if state.shape.focus != Pane::Article && state.shape.room() == Room::Two {
            state.shape.focus = Pane::Article;
        }
    }
}

/// Makes the text wider or narrower.
pub fn measure(state: &mut State, by: i16) {
    state.shape.measure = state.shape.measure.saturating_add_signed(by).clamp(30, 160);
    state.say(words!("Text width {}", state.shape.measure));
}

/// Switches one kind of highlight.
pub fn toggle(state: &mut State, what: &'static str, field: fn(&mut Highlight) -> &mut bool) {
    let on = field(&mut state.highlight);
    *on = !*on;
    let now = if *on { "highlighted" } else { "no longer highlighted" };
    state.say(words!("{what} {now}"));
    highlight(state);
}

/// Switches every highlight off, and those that were on back.
pub fn toggle_all(state: &mut State) {
    let none = Highlight::default();
    if state.highlight == none {
        state.highlight = state.highlight_before.take().unwrap_or(state.config.highlight);
        state.say(Clean::literal("Highlights on"));
    } else {
        state.highlight_before = Some(std::mem::replace(&mut state.highlight, none));
        state.say(Clean::literal("Highlights off"));
    }
    highlight(state);
}

fn highlight(state: &mut State) {
    if let Some(reader) = &mut state.reader {
        reader.highlight(state.highlight, &state.library.filter);
    }
}
