//! The menu of what can be highlighted.

use ratatui::layout::Position;

use super::layers::Tag;
use super::layout::{inside, menu_area};
use super::perform::perform;
use super::showing;
use super::state::{Overlay, State};
use super::{Effect, words};
use crate::config::{Command, Highlight};
use crate::model::{Annotations, EntityKind, MentionKind};
use crate::text::Clean;

/// A kind of highlight as the menu shows it.
#[derive(Debug, Clone, Copy)]
pub struct Kind {
    /// Its name.
    pub name: &'static str,
    /// What is meant.
    pub help: &'static str,
    /// How it looks in the text.
    pub tag: Tag,
    /// The command that switches it, if it has one of its own.
    pub command: Option<Command>,
    /// Whether it is on.
    pub field: fn(&mut Highlight) -> &mut bool,
    /// How often it occurs.
    pub count: fn(&Annotations) -> usize,
}

/// Every kind, in the order of [`Highlight::KINDS`].
pub const KINDS: [Kind; 8] = [
    Kind {
        name: "statements",
        help: "what is said",
        tag: Tag::Quotation,
        command: Some(Command::ToggleStatements),
        field: |on| &mut on.statements,
        count: |found| found.quotations.len(),
    },
    Kind {
        name: "people",
        help: "persons by name",
        tag: Tag::Person,
        command: Some(Command::TogglePeople),
        field: |on| &mut on.people,
        count: |found| named(found, &[EntityKind::Person]),
    },
    Kind {
        name: "organisations",
        help: "governments, parties, firms",
        tag: Tag::Organisation,
        command: Some(Command::ToggleOrganisations),
        field: |on| &mut on.organisations,
        count: |found| named(found, &[EntityKind::Org]),
    },
    Kind {
        name: "places",
        help: "countries, cities, sites",
        tag: Tag::Place,
        command: Some(Command::TogglePlaces),
        field: |on| &mut on.places,
        count: |found| named(found, &[EntityKind::Gpe, EntityKind::Loc, EntityKind::Fac]),
    },
    Kind {
        name: "nationalities",
        help: "nations, peoples, faiths",
        tag: Tag::People,
        command: Some(Command::ToggleNationalities),
        field: |on| &mut on.nationalities,
        count: |found| named(found, &[EntityKind::Norp]),
    },
    Kind {
        name: "sources",
        help: "who says it, everywhere",
        tag: Tag::Source,
        command: None,
        field: |on| &mut on.sources,
        count: |found| found.quotations.iter().filter(|quotation| quotation.source.is_some()).count(),
    },
    Kind {
        name: "cues",
        help: "“said” etc., everywhere",
        tag: Tag::Cue,
        command: None,
        field: |on| &mut on.cues,
        count: |found| found.quotations.iter().filter(|quotation| quotation.cue.is_some()).count(),
    },
    Kind {
        name: "events",
        help: "words that tell of events",
        tag: Tag::Trigger,
        command: None,
        field: |on| &mut on.events,
        count: |found| found.events.len(),
    },
];

fn named(found: &Annotations, kinds: &[EntityKind]) -> usize {
    let of = |entity: usize| found.entities.get(entity).is_some_and(|entity| kinds.contains(&entity.kind));
    found.mentions.iter().filter(|mention| mention.kind == MentionKind::Name && of(mention.entity)).count()
}

/// The rows that fit, from the first one shown on, so that the selected one is among them.
pub fn shown(state: &State, selected: usize) -> (usize, usize) {
    let rows = usize::from(inside(menu_area(state.shape.width, state.shape.height, KINDS.len())).height).max(1);
    let top = (selected + 1).saturating_sub(rows);
    (top, rows.min(KINDS.len() - top))
}

/// What its keys are.
pub fn hint(state: &State) -> Clean {
    let key = |command| words::key(&state.config.keys, command);
    let (open, all, back) = (key(Command::Forward), key(Command::ToggleHighlights), key(Command::Back));
    crate::words!("{open} on or off · {all} all · {back} closes")
}

/// A key while the menu is open.
pub fn key(state: &mut State, command: Option<Command>) -> Vec<Effect> {
    let Overlay::Menu(selected) = state.overlay else { return Vec::new() };
    match command {
        Some(Command::Down) => go(state, 1),
        Some(Command::Up) => go(state, -1),
        Some(Command::Top | Command::PageUp) => go(state, isize::MIN),
        Some(Command::Bottom | Command::PageDown) => go(state, isize::MAX),
        Some(Command::Open | Command::Forward) => switch(state, selected),
        Some(Command::Back | Command::PickHighlights | Command::Quit) => state.overlay = Overlay::None,
        Some(
            command @ (Command::ToggleHighlights
            | Command::ToggleStatements
            | Command::TogglePeople
            | Command::ToggleOrganisations
            | Command::TogglePlaces
            | Command::ToggleNationalities
            | Command::Suspend
            | Command::Redraw),
        ) => return perform(state, command),
        _ => {}
    }
    Vec::new()
}

/// Selects the row `by` further, at most the last or first.
pub fn go(state: &mut State, by: isize) {
    if let Overlay::Menu(selected) = &mut state.overlay {
        *selected = selected.saturating_add_signed(by).min(KINDS.len() - 1);
    }
}

/// Switches the kind that was clicked; a click beside the menu closes it.
pub fn click(state: &mut State, at: Position) {
    let Overlay::Menu(selected) = state.overlay else { return };
    let area = menu_area(state.shape.width, state.shape.height, KINDS.len());
    let inner = inside(area);
    if inner.contains(at) {
        let (top, _) = shown(state, selected);
        let row = top + usize::from(at.y - inner.y);
        if row < KINDS.len() {
            state.overlay = Overlay::Menu(row);
            switch(state, row);
        }
    } else if !area.contains(at) {
        state.overlay = Overlay::None;
    }
}

fn switch(state: &mut State, row: usize) {
    if let Some(kind) = KINDS.get(row) {
        showing::toggle(state, kind.name, kind.field);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_the_settings_is_in_the_menu() {
        for ((name, field), kind) in Highlight::KINDS.iter().zip(KINDS) {
            assert_eq!(*name, kind.name);
            let mut on = Highlight::default();
            *field(&mut on) = true;
            assert!(*(kind.field)(&mut on), "{name}");
        }
        assert_eq!(Highlight::KINDS.len(), KINDS.len());
    }
}
