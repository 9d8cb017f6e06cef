//! Setting right what was found in the open article: what the words of a correction are.

use super::facts::Subject;
use super::layout::Pane;
use super::noting::Asked;
use super::prompt;
use super::state::State;
use super::words;
use crate::config::Command;
use crate::model::{Correction, EntityKind, MentionKind};
use crate::store::NoteChange;
use crate::text::{Clean, Span};

/// Asks what is to be set right, and offers what can be.
pub fn ask(state: &mut State) {
    if state.new_note(&[]).is_none() {
        return;
    }
    if forms(state).is_empty() {
        let next = |command| words::key(&state.config.keys, command);
        let (quotation, name) = (next(Command::NextQuotation), next(Command::NextName));
        state.say(crate::words!("Nothing is current; {quotation} goes to a quotation, {name} to a name"));
        return;
    }
    prompt::open_line(state, "correct ");
}

/// Sets something right at the words that are selected, else at those that are current.
pub fn correct(state: &mut State, correction: &Correction) {
    let (what, current) = match correction {
        Correction::Speaker(_) | Correction::NoQuotation => ("quotation", quotation(state)),
        Correction::Country(_) | Correction::NoName | Correction::NeverName => ("name", name(state)),
        Correction::NoEvent => ("event", event(state)),
    };
    let Some(spans) = state.selected().map(|span| vec![span]).or(current) else {
        return state.warn(crate::words!("No {what} is current; go to one first"));
    };
    if let Some((article, mut note)) = state.new_note(&spans) {
        note.correction = Some(correction.clone());
        state.change_note(article, NoteChange::Add(note), Asked::Other);
        state.end_selection();
    }
}

/// What can be set right where the reader is, or at what is selected: how its words begin.
pub fn forms(state: &State) -> Vec<&'static str> {
    let mut forms = Vec::new();
    if state.selected().is_some() {
        return vec!["speaker", "no quotation", "country", "no name", "no event"];
    }
    if quotation(state).is_some() {
        forms.extend(["speaker", "no quotation"]);
    }
    if name(state).is_some() {
        forms.extend(["country", "no name"]);
    }
    if event(state).is_some() {
        forms.push("no event");
    }
    forms
}

/// Who may be a speaker: the people, then the bodies, that the article names, those named nearest to the current words first.
pub fn people(state: &State) -> Vec<&str> {
    let Some(found) = state.found() else { return Vec::new() };
    let here = quotation(state).and_then(|spans| spans.first().map(|span| span.start)).unwrap_or(0);
    let mut nearest = vec![usize::MAX; found.entities.len()];
    for mention in found.mentions.iter().filter(|mention| mention.kind == MentionKind::Name) {
        if let Some(nearest) = nearest.get_mut(mention.entity) {
            *nearest = (*nearest).min(mention.span.start.abs_diff(here));
        }
    }
    let mut speak: Vec<(bool, usize, &str)> = found
        .entities
        .iter()
        .zip(nearest)
        .filter(|(entity, _)| matches!(entity.kind, EntityKind::Person | EntityKind::Org))
        .map(|(entity, nearest)| (entity.kind == EntityKind::Org, nearest, entity.name.as_str()))
        .collect();
    speak.sort();
    speak.into_iter().map(|(_, _, name)| name).collect()
}

/// The entry of the panel that has the keys.
fn entry(state: &State) -> Option<&super::facts::Entry> {
    state.panel.facts.entries.get(state.panel.selected).filter(|_| state.shape.focus == Pane::Panel)
}

/// The words of the current quotation.
fn quotation(state: &State) -> Option<Vec<Span>> {
    let reader = state.reader.as_ref()?;
    let number = match entry(state) {
        Some(entry) => entry.quotation()?,
        None => reader.current?,
    };
    Some(reader.found.as_ref()?.quotations.get(number)?.content.clone())
}

/// The words of the current name.
fn name(state: &State) -> Option<Vec<Span>> {
    let reader = state.reader.as_ref()?;
    let Some(entry) = entry(state) else { return reader.current_mention().map(|mention| vec![mention.span]) };
    let found = reader.found.as_ref()?;
    let Subject::Official(number) = entry.subject else { return None };
    let person = found.officials.get(number)?.entity;
    let is_theirs = |mention: &&crate::model::Mention| mention.entity == person && mention.kind == MentionKind::Name;
    found.mentions.iter().find(is_theirs).map(|mention| vec![mention.span])
}

/// The words of the current event, wherever it is told.
fn event(state: &State) -> Option<Vec<Span>> {
    let number = match entry(state) {
        Some(entry) => entry.event()?,
        None => state.event_told()?,
    };
    let event = state.found()?.events.get(number)?;
    let mut spans = vec![event.trigger];
    spans.extend(event.mentions.iter().filter(|span| **span != event.trigger));
    Some(spans)
}

/// What a correction says, for the panel.
pub fn told(correction: &Correction) -> Clean {
    match correction {
        Correction::Speaker(Some(name)) => crate::words!("said by {name}"),
        Correction::Speaker(None) => Clean::literal("the text does not tell who said it"),
        Correction::NoQuotation => Clean::literal("no quotation"),
        Correction::Country(Some(polity)) => match polity.country() {
            Some(country) => crate::words!("belongs to {}", words::country(country)),
            None => crate::words!("belongs to {}", polity.code()),
        },
        Correction::Country(None) => Clean::literal("belongs to no country that is told"),
        Correction::NoEvent => Clean::literal("no event"),
        Correction::NoName => Clean::literal("no name here"),
        Correction::NeverName => Clean::literal("no name in any article"),
    }
}
