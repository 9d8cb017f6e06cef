//! The card of a name: who or what it is. It lies beside the name, opened by a key or by the pointer.

use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::{Position, Rect};

use super::Effect;
use super::facts::{Card as Content, Entry, Lead, Subject};
use super::layout::{Pane, card_area, inside};
use super::names;
use super::perform::perform;
use super::reader::{Reader, Step};
use super::state::{Overlay, State};
use crate::config::Command;
use crate::model::{EntityIx, Mention, MentionKind, Speaker};
use crate::text::{Clean, Span};

/// An open card.
#[derive(Debug)]
pub struct Card {
    /// The article, by number.
    article: usize,
    /// The name or reference whose card it is. Not its number, which another annotator may count otherwise.
    at: Span,
    /// Whether the pointer opened it, so that it goes when the pointer does.
    hover: bool,
    /// What it says.
    pub content: Content,
    /// The selected lead.
    pub selected: usize,
    /// The first line on the screen.
    pub top: usize,
    /// Where it lies.
    pub area: Rect,
    /// What the content was made for: the annotations, the columns.
    laid_for: Option<(usize, u16)>,
}

impl Card {
    fn open(article: usize, at: Span, hover: bool) -> Overlay {
        let content = Content::default();
        let card = Card { article, at, hover, content, selected: 0, top: 0, area: Rect::default(), laid_for: None };
        Overlay::Card(Box::new(card))
    }

    /// Whether the pointer opened it.
    pub fn is_hover(&self) -> bool {
        self.hover
    }

    /// Lines that can be seen at once.
    fn page(&self) -> usize {
        usize::from(inside(self.area).height).max(1)
    }

    fn scroll(&mut self, by: isize) {
        let last = self.content.lines.len().saturating_sub(self.page());
        self.top = self.top.saturating_add_signed(by).min(last);
    }

    /// Selects another lead, or scrolls where there is none further.
    fn go(&mut self, by: isize) {
        let last = self.content.leads.len().saturating_sub(1);
        let to = self.selected.saturating_add_signed(by).min(last);
        if to == self.selected {
            return self.scroll(by);
        }
        self.selected = to;
        let mut own = self.content.lines.iter().enumerate().filter(|(_, line)| line.entry == Some(to));
        let first = own.next().map_or(0, |(index, _)| index);
        let end = own.next_back().map_or(first, |(index, _)| index) + 1;
        // What stands over the first lead, and under the last, comes into view with it.
        let first = if to == 0 { 0 } else { first };
        let end = if to == last { self.content.lines.len() } else { end };
        self.top = self.top.max(end.saturating_sub(self.page())).min(first);
    }
}

/// Shows the card that is meant where the keys are: of the current name, of who speaks, of what is selected in the panel.
pub fn show(state: &mut State) {
    let Some(reader) = &state.reader else { return };
    match wanted(state, reader) {
        Some(at) => state.overlay = Card::open(reader.number, at, false),
        None => {
            let waiting = state.open_item().and_then(super::why_empty);
            let none = Clean::literal("No name is current; go to one first");
            state.say(waiting.unwrap_or(none));
        }
    }
}

/// Shows the card of the current name; whether there is one.
pub fn open_current(state: &mut State) -> bool {
    let at = state.reader.as_ref().and_then(|reader| Some((reader.number, reader.current_mention()?.span)));
    if let Some((article, at)) = at {
        state.overlay = Card::open(article, at, false);
    }
    at.is_some()
}

fn wanted(state: &State, reader: &Reader) -> Option<Span> {
    let found = reader.found.as_deref()?;
    let first = |entity: EntityIx| {
        let of = |mention: &&Mention| mention.entity == entity;
        let mut named = found.mentions.iter().filter(|mention| mention.kind == MentionKind::Name);
        named.find(of).or_else(|| found.mentions.iter().find(of)).map(|mention| mention.span)
    };
    let speaker = |number: usize| match found.quotations.get(number)?.speaker {
        Speaker::Entity(entity) => first(entity),
        _ => None,
    };
    let selected = |entry: &Entry| match entry.subject {
        Subject::Quotation(number) | Subject::Told(number, _) => speaker(number),
        Subject::Official(number) | Subject::Said(number) => first(found.officials.get(number)?.entity),
        Subject::Event(number) => {
            let event = found.events.get(number)?;
            event.actors.iter().chain(&event.recipients).find_map(|who| first(who.entity?))
        }
        Subject::Country(..) | Subject::Note(_) => entry.places.first().copied(),
    };
    let entry = state.panel.facts.entries.get(state.panel.selected);
    let entry = entry.filter(|_| state.shape.focus == Pane::Panel).and_then(selected);
    let seen = reader.seen();
    let on_screen = || {
        let first = reader.mentions.iter().find(|(span, _)| span.start >= seen.start && span.start < seen.end);
        first.and_then(|(_, number)| found.mentions.get(*number)).map(|mention| mention.span)
    };
    let pointed = reader.current_mention().map(|mention| mention.span);
    entry.or(pointed).or_else(|| speaker(reader.current?)).or_else(on_screen)
}

/// A key while a card is open.
pub fn key(state: &mut State, command: Option<Command>) -> Vec<Effect> {
    let Overlay::Card(card) = &mut state.overlay else { return Vec::new() };
    let page = isize::try_from(card.page()).unwrap_or(isize::MAX);
    if card.hover {
        // It is there because of the pointer: keys mean what they mean without it.
        state.overlay = Overlay::None;
        return match command {
            Some(Command::Back) | None => Vec::new(),
            Some(command) => perform(state, command),
        };
    }
    match command {
        Some(Command::Down) => card.go(1),
        Some(Command::Up) => card.go(-1),
        Some(Command::PageDown | Command::Forward) => card.scroll(page),
        Some(Command::PageUp) => card.scroll(-page),
        Some(Command::HalfDown) => card.scroll(page / 2),
        Some(Command::HalfUp) => card.scroll(-page / 2),
        Some(Command::Top) => (card.selected, card.top) = (0, 0),
        Some(Command::Bottom) => card.go(isize::MAX),
        Some(Command::Open) => follow(state),
        Some(Command::NextName) => step(state, Step::Next),
        Some(Command::PreviousName) => step(state, Step::Previous),
        Some(command @ (Command::Suspend | Command::Redraw)) => return perform(state, command),
        Some(Command::Back | Command::ShowCard | Command::Quit) => state.overlay = Overlay::None,
        _ => {}
    }
    Vec::new()
}

/// The card of the next or previous name.
fn step(state: &mut State, step: Step) {
    state.overlay = Overlay::None;
    names::go(state, step);
    open_current(state);
}

/// To where the selected line leads.
fn follow(state: &mut State) {
    let Overlay::Card(card) = &state.overlay else { return };
    let lead = card.content.leads.get(card.selected).copied();
    state.overlay = Overlay::None;
    let Some(lead) = lead else { return };
    state.remember();
    if let Some(reader) = &mut state.reader {
        match lead {
            Lead::Statement(number) => reader.make_current(number),
            Lead::Words(span) => {
                reader.current = None;
                reader.pointed = Some(span);
                reader.go_to(span);
            }
        }
    }
    state.focus(Pane::Article);
    state.mark_read();
    state.follow();
}

/// The mouse while a card is open; whether that is all it means.
pub fn mouse(state: &mut State, event: MouseEvent) -> bool {
    let at = Position::new(event.column, event.row);
    let Overlay::Card(card) = &mut state.overlay else { return false };
    let inner = inside(card.area);
    let over = card.area.contains(at);
    match event.kind {
        MouseEventKind::ScrollDown if over || !card.hover => card.scroll(1),
        MouseEventKind::ScrollUp if over || !card.hover => card.scroll(-1),
        MouseEventKind::Down(MouseButton::Left) if inner.contains(at) => {
            let line = card.content.lines.get(card.top + usize::from(at.y - inner.y));
            card.hover = false;
            if let Some(entry) = line.and_then(|line| line.entry) {
                card.selected = entry;
                follow(state);
            }
        }
        MouseEventKind::Down(_) if over => card.hover = false,
        // The click that goes on to mean something else in the text.
        MouseEventKind::Down(_) | MouseEventKind::ScrollDown | MouseEventKind::ScrollUp => {
            state.overlay = Overlay::None;
            return false;
        }
        MouseEventKind::Moved => return false,
        _ => {}
    }
    true
}

/// The pointer moved to a cell: the card of the name there, or none.
pub fn hover(state: &mut State, at: Position) {
    if !is_still(state, at) {
        let name = name_at(state, at);
        state.overlay = name.map_or(Overlay::None, |(article, span)| Card::open(article, span, true));
    }
}

/// Whether the pointer at a cell leaves everything as it is.
pub fn is_still(state: &State, at: Position) -> bool {
    let open = match &state.overlay {
        Overlay::None => None,
        // On its way to the card the pointer may leave the name.
        Overlay::Card(card) if card.hover && !card.area.contains(at) => Some(card.at),
        _ => return true,
    };
    !state.config.hover || state.held.is_some() || name_at(state, at).map(|(_, span)| span) == open
}

/// The name or reference drawn at a cell, with the article.
pub fn name_at(state: &State, at: Position) -> Option<(usize, Span)> {
    let text = state.layout.text;
    let reader = state.reader.as_ref()?;
    let row = reader.rows.get(usize::from(at.y.checked_sub(text.y).filter(|_| text.contains(at))?))?;
    let column = at.x.checked_sub(text.x + row.indent)?;
    let offset =
        reader.byte_at(row, usize::from(column)).filter(|offset| row.span().is_some_and(|s| s.holds(*offset)))?;
    let mention = reader.found.as_ref()?.mentions.get(reader.mention_at(offset)?)?;
    Some((reader.number, mention.span))
}

/// A click on a name of the open article: its card stays.
pub fn click(state: &mut State, name: Span) {
    if let Some(reader) = &mut state.reader {
        reader.pointed = Some(name);
        state.overlay = Card::open(reader.number, name, false);
    }
}

/// Makes what the card says for the width there is, and finds a place for it beside its name. A card whose name is gone goes.
pub fn settle(state: &mut State) {
    if !matches!(state.overlay, Overlay::Card(_)) {
        return;
    }
    let Overlay::Card(mut card) = std::mem::take(&mut state.overlay) else { return };
    let Some(reader) = state.reader.as_ref().filter(|reader| reader.number == card.article) else { return };
    let Some(found) = reader.found.clone() else { return };
    let Some(mention) = reader.mention_of(card.at).and_then(|number| found.mentions.get(number)) else { return };
    let (width, height) = (state.shape.width, state.shape.height);
    let columns = card_area(width, height, None, 1).width.saturating_sub(3);
    let key = Some((std::sync::Arc::as_ptr(&found) as usize, columns));
    if card.laid_for != key {
        let content = Content::new(&reader.article, &found, &reader.speakers, *mention, usize::from(columns));
        let Some(content) = content else { return };
        card.content = content;
        card.laid_for = key;
    }
    let cell = reader.cell_of(card.at.start);
    if cell.is_none() && card.hover {
        return;
    }
    let text = state.layout.text;
    let cell = cell.filter(|_| !text.is_empty());
    let cell = cell.map(|(column, row)| Position::new(text.x.saturating_add(column), text.y.saturating_add(row)));
    card.area = card_area(width, height, cell, card.content.lines.len());
    card.selected = card.selected.min(card.content.leads.len().saturating_sub(1));
    card.scroll(0);
    state.overlay = Overlay::Card(card);
}
