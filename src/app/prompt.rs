//! The line where something is typed: what to search for, which link, which command.

use crossterm::event::KeyEvent;
use tui_input::Input;

use super::Effect;
use super::jump::hit;
use super::links;
use super::outside;
use super::overlay::edit;
use super::perform::perform;
use super::reader::Step;
use super::state::{Overlay, State};
use crate::config::Command;
use crate::text::{CleanStr, clean};
use crate::words;

/// The open prompt.
#[derive(Debug)]
pub struct Prompt {
    /// What it asks for.
    pub kind: Kind,
    /// What has been typed.
    pub input: Input,
}

/// What a prompt asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// What to search for in the article.
    Search {
        /// The place where the search began.
        from: usize,
    },
    /// A link by its number or its words.
    Link {
        /// Which of those that fit.
        at: usize,
    },
    /// A command that gets the article's text.
    Pipe {
        /// How many commands back in those given before; 0: a new one.
        back: usize,
    },
}

impl Prompt {
    /// What stands before the line.
    pub fn sign(&self) -> CleanStr<'static> {
        CleanStr::literal(match self.kind {
            Kind::Search { .. } => "/",
            Kind::Link { .. } => "#",
            Kind::Pipe { .. } => "|",
        })
    }
}

/// Opens a prompt.
pub fn open(state: &mut State, kind: Kind) {
    state.overlay = Overlay::Prompt(Prompt { kind, input: Input::default() });
    state.focus(super::Pane::Article);
}

/// A key at the prompt.
pub fn key(state: &mut State, command: Option<Command>, event: KeyEvent) -> Vec<Effect> {
    let Overlay::Prompt(prompt) = &mut state.overlay else { return Vec::new() };
    match command {
        Some(Command::Open) => return accept(state, false),
        Some(Command::CopyLink) if matches!(prompt.kind, Kind::Link { .. }) => return accept(state, true),
        Some(Command::Back) => give_up(state),
        Some(Command::Down) => step(state, Step::Next),
        Some(Command::Up) => step(state, Step::Previous),
        Some(command @ (Command::Quit | Command::Suspend | Command::Redraw)) => return perform(state, command),
        _ => {
            if edit(&mut prompt.input, event) {
                typed(state);
            }
        }
    }
    Vec::new()
}

/// Takes what was typed.
fn accept(state: &mut State, copy: bool) -> Vec<Effect> {
    let Overlay::Prompt(Prompt { kind, input }) = std::mem::take(&mut state.overlay) else { return Vec::new() };
    match kind {
        Kind::Search { .. } => {
            let found = state.reader.as_ref().and_then(|reader| reader.search.as_ref());
            if let Some(search) = found.filter(|search| search.hits.is_empty() && !input.value().is_empty()) {
                state.warn(words!("Not found: {}", search.words));
            }
            Vec::new()
        }
        Kind::Link { at } => {
            let chosen = state.reader.as_ref().and_then(|reader| links::typed(reader, input.value(), at));
            match chosen.map(|(_, listed, _)| listed.target.clone()) {
                Some(target) => links::follow(state, target, copy),
                None if input.value().trim().is_empty() => Vec::new(),
                None => {
                    state.warn(words!("No link is {}", input.value()));
                    Vec::new()
                }
            }
        }
        Kind::Pipe { .. } => outside::pipe(state, input.value()),
    }
}

fn give_up(state: &mut State) {
    let Overlay::Prompt(prompt) = std::mem::take(&mut state.overlay) else { return };
    if let Kind::Search { from } = prompt.kind {
        if let Some(reader) = &mut state.reader {
            reader.search = None;
            reader.set_place(from);
        }
        state.follow();
    }
}

/// To the next or previous of what there is to choose from.
fn step(state: &mut State, step: Step) {
    let Overlay::Prompt(prompt) = &mut state.overlay else { return };
    match &mut prompt.kind {
        Kind::Search { .. } => hit(state, step),
        Kind::Link { at } => {
            let matching =
                state.reader.as_ref().map_or(0, |reader| reader.links.matching(prompt.input.value()).len());
            let count = matching.max(1);
            *at = (*at % count + if step == Step::Next { 1 } else { count - 1 }) % count;
        }
        Kind::Pipe { back } => {
            let given = state.piped.len();
            *back = if step == Step::Next { back.saturating_sub(1) } else { (*back + 1).min(given) };
            let before = given.checked_sub(*back).and_then(|at| state.piped.get(at)).cloned();
            prompt.input = Input::new(before.unwrap_or_default());
        }
    }
}

/// What was typed has changed.
pub fn typed(state: &mut State) {
    let Overlay::Prompt(prompt) = &mut state.overlay else { return };
    match &mut prompt.kind {
        Kind::Search { from } => {
            let (words, from) = (clean(prompt.input.value()).text, *from);
            if let Some(reader) = &mut state.reader {
                reader.set_place(from);
                reader.search(words, from);
            }
            state.follow();
        }
        Kind::Link { at } => *at = 0,
        Kind::Pipe { .. } => {}
    }
}
