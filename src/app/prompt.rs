//! The line where something is typed: what to search for, which link, which command.

use crossterm::event::KeyEvent;
use tui_input::Input;

use super::Effect;
use super::correcting;
use super::history::Typed;
use super::jump::hit;
use super::line;
use super::links;
use super::message::Ask;
use super::offers::{MOST_VALUES, Offers};
use super::outside;
use super::overlay::edit;
use super::perform::perform;
use super::reader::Step;
use super::state::{Overlay, State};
use crate::config::line::{Known, Wanted};
use crate::config::{self, Command};
use crate::query::{self, Values};
use crate::store::Order;
use crate::text::{Clean, CleanStr, clean};
use crate::words;

/// The open prompt.
#[derive(Debug)]
pub struct Prompt {
    /// What it asks for.
    pub kind: Kind,
    /// What has been typed.
    pub input: Input,
    /// What may be typed next.
    pub offers: Offers,
    /// What is wrong with what has been typed.
    pub problem: Option<Clean>,
    /// Whether that is where one types, so that it may only be unfinished.
    pub unfinished: bool,
    /// The query before, and the order of the list.
    before: Option<Wanted>,
    order: Order,
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
    /// A query that the list is narrowed to.
    Query {
        /// How many queries back in those given before; 0: a new one.
        back: usize,
    },
    /// A line of the command line.
    Line {
        /// How many lines back in those given before; 0: a new one.
        back: usize,
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
            Kind::Search { .. } | Kind::Query { .. } => "/",
            Kind::Line { .. } => ":",
            Kind::Link { .. } => "#",
            Kind::Pipe { .. } => "|",
        })
    }
}

/// Opens a prompt.
pub fn open(state: &mut State, kind: Kind) {
    let prompt = Prompt {
        kind,
        input: Input::default(),
        offers: Offers::default(),
        problem: None,
        unfinished: false,
        before: None,
        order: Order::default(),
    };
    state.overlay = Overlay::Prompt(prompt);
    if !matches!(kind, Kind::Line { .. }) {
        state.focus(super::Pane::Article);
    }
}

/// Opens the command line with the beginning of a line.
pub fn open_line(state: &mut State, beginning: &str) {
    open(state, Kind::Line { back: 0 });
    if let Overlay::Prompt(prompt) = &mut state.overlay {
        prompt.input = Input::new(beginning.to_owned());
    }
    refer(state);
}

/// Opens the prompt for a query, with the one that the list is narrowed to.
pub fn open_query(state: &mut State) {
    let Some(shelf) = &state.shelf else { return };
    let before = shelf.wanted.clone();
    state.overlay = Overlay::Prompt(Prompt {
        kind: Kind::Query { back: 0 },
        input: Input::new(before.as_ref().map(|wanted| wanted.text.clone()).unwrap_or_default()),
        offers: Offers::default(),
        problem: None,
        unfinished: false,
        before,
        order: shelf.order,
    });
    // What the list shows while one types is not read yet.
    state.focus(super::Pane::List);
}

/// A key at the prompt.
pub fn key(state: &mut State, command: Option<Command>, event: KeyEvent) -> Vec<Effect> {
    let Overlay::Prompt(prompt) = &mut state.overlay else { return Vec::new() };
    match command {
        Some(Command::Open) => return accept(state, false),
        Some(Command::CopyLink) if matches!(prompt.kind, Kind::Link { .. }) => return accept(state, true),
        Some(Command::FocusNext) => offer(state, 1),
        Some(Command::FocusPrevious) => offer(state, -1),
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
    if let Overlay::Prompt(Prompt { kind: Kind::Query { .. }, problem: Some(problem), .. }) = &state.overlay {
        // What is wrong can be mended.
        let problem = problem.clone();
        state.warn(problem);
        return Vec::new();
    }
    let Overlay::Prompt(Prompt { kind, input, .. }) = std::mem::take(&mut state.overlay) else { return Vec::new() };
    match kind {
        Kind::Query { .. } => {
            if let Ok(wanted) = Wanted::read(input.value()) {
                state.want(wanted);
            }
            match input.value().trim() {
                "" => Vec::new(),
                text => vec![keep(state, Typed::Query(text.to_owned()))],
            }
        }
        Kind::Line { .. } => {
            let text = input.value().trim();
            if text.is_empty() {
                return Vec::new();
            }
            // First, as the line may end the run.
            let mut effects = vec![keep(state, Typed::Line(text.to_owned()))];
            effects.extend(line::run(state, text));
            effects
        }
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

/// Notes what was typed, for this run and later ones.
fn keep(state: &mut State, typed: Typed) -> Effect {
    state.history.keep(&typed);
    Effect::Keep(typed)
}

fn give_up(state: &mut State) {
    let Overlay::Prompt(prompt) = std::mem::take(&mut state.overlay) else { return };
    if let Kind::Query { .. } = prompt.kind {
        if let Some(shelf) = &mut state.shelf {
            shelf.order = prompt.order;
        }
        state.want(prompt.before);
    } else if let Kind::Search { from } = prompt.kind {
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
    let given = match prompt.kind {
        Kind::Query { .. } => &state.history.queries,
        Kind::Line { .. } => &state.history.lines,
        _ => &state.piped,
    };
    match &mut prompt.kind {
        Kind::Search { .. } => hit(state, step),
        Kind::Link { at } => {
            let matching =
                state.reader.as_ref().map_or(0, |reader| reader.links.matching(prompt.input.value()).len());
            let count = matching.max(1);
            *at = (*at % count + if step == Step::Next { 1 } else { count - 1 }) % count;
        }
        Kind::Pipe { back } | Kind::Query { back } | Kind::Line { back } => {
            let count = given.len();
            *back = if step == Step::Next { back.saturating_sub(1) } else { (*back + 1).min(count) };
            let before = count.checked_sub(*back).and_then(|at| given.get(at)).cloned();
            prompt.input = Input::new(before.unwrap_or_default());
            typed(state);
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
        Kind::Query { .. } => {
            refer(state);
            narrow(state);
        }
        Kind::Line { .. } => refer(state),
    }
}

/// Where one types, in bytes.
fn cursor(input: &Input) -> usize {
    let text = input.value();
    text.char_indices().nth(input.cursor()).map_or(text.len(), |(at, _)| at)
}

/// Offers what fits what is typed.
fn refer(state: &mut State) {
    let people: Vec<String> = correcting::people(state).into_iter().map(str::to_owned).collect();
    let people: Vec<&str> = people.iter().map(String::as_str).collect();
    let corrections = correcting::forms(state);
    let Overlay::Prompt(prompt) = &mut state.overlay else { return };
    let text = prompt.input.value();
    let cursor = cursor(&prompt.input);
    let completion = match prompt.kind {
        Kind::Line { .. } => {
            let programs: Vec<&str> = state.config.programs.keys().map(String::as_str).collect();
            let known = Known { programs: &programs, people: &people, corrections: &corrections };
            config::line::complete(text, cursor, known)
        }
        _ => query::complete(text, cursor),
    };
    prompt.offers = Offers::new(text, completion);
    prompt.problem = None;
    if let Some((sort, typed)) = prompt.offers.wanted() {
        state.ask(Ask::Values { sort, typed, most: MOST_VALUES });
    }
}

/// Lists what the query that is typed asks for, if it is right so far.
fn narrow(state: &mut State) {
    let Overlay::Prompt(prompt) = &mut state.overlay else { return };
    match Wanted::read(prompt.input.value()) {
        Ok(wanted) => {
            // The word that is being typed may have any ending.
            let text = prompt.input.value();
            let word = text.rsplit(|c: char| c.is_whitespace() || c == '(').next().unwrap_or_default();
            let is_begun =
                !word.is_empty() && word.chars().all(char::is_alphanumeric) && text.matches('"').count() % 2 == 0;
            let so_far = if is_begun { Wanted::read(&format!("{text}*")).ok().flatten() } else { None };
            state.want(so_far.or(wanted));
        }
        Err(error) => {
            prompt.unfinished = error.span.end >= cursor(&prompt.input);
            prompt.problem = Some(Clean::line(&error.to_string()));
        }
    }
}

/// Takes the next or previous of what is offered.
fn offer(state: &mut State, by: isize) {
    let Overlay::Prompt(prompt) = &mut state.overlay else { return };
    if prompt.offers.len() == 0 && prompt.offers.at.is_none() {
        refer(state);
    }
    let Overlay::Prompt(prompt) = &mut state.overlay else { return };
    if let Some(input) = prompt.offers.step(by) {
        prompt.input = input;
        prompt.problem = None;
        if matches!(prompt.kind, Kind::Query { .. }) {
            narrow(state);
        }
    }
}

/// Takes values of the library that may be offered.
pub fn take_values(state: &mut State, sort: Values, typed: &str, values: Vec<(Clean, usize)>) {
    if let Overlay::Prompt(prompt) = &mut state.overlay {
        prompt.offers.take(sort, typed, values);
    }
}
