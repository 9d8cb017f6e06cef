//! Going to a place in the text, from the panel, from statement to statement, from match to match; and back.

use super::facts::{Subject, Tab};
use super::kinds;
use super::layout::Pane;
use super::reader::{Step, Stepped};
use super::state::State;
use crate::text::Clean;
use crate::words;

/// To the place of an entry of the panel.
pub fn enter(state: &mut State, number: usize) {
    let Some(entry) = state.panel.facts.entries.get(number).cloned() else { return };
    let here = state.reader.as_ref().and_then(|reader| {
        let quotation = reader.found.as_ref().zip(reader.current);
        let quotation = quotation.and_then(|(found, number)| found.quotations.get(number));
        let place = match entry.subject {
            Subject::Said(_) => quotation?.extent(),
            _ => reader.pointed?,
        };
        entry.places.iter().position(|other| *other == place)
    });
    // Where there are many places: each time the next.
    let stops = entry.stops().filter(|_| entry.places.len() > 1);
    let next = here.filter(|_| stops.is_some()).map_or(0, |here| (here + 1) % entry.places.len().max(1));
    let Some(place) = entry.places.get(next).copied() else {
        let is_note = matches!(entry.subject, Subject::Note(_));
        state.say(Clean::literal(match is_note {
            true => "No words of this note are in the text: it is on the article, or they are gone",
            false => "The text does not name it in words of its own",
        }));
        return;
    };
    state.remember();
    state.panel.selected = number;
    if let Some(reader) = &mut state.reader {
        let said = match entry.subject {
            Subject::Said(_) => reader.quotation_of(place),
            _ => entry.quotation(),
        };
        match said {
            Some(quotation) => reader.make_current(quotation),
            None => {
                reader.current = None;
                reader.pointed = Some(place);
                reader.go_to(place);
            }
        }
    }
    match stops {
        Some(stop) => state.say(words!("{stop} {} of {}", next + 1, entry.places.len())),
        None => state.arrived = Some((state.panel.tab, number)),
    }
    if !state.shape.shows(Pane::Article) {
        state.focus(Pane::Article);
    }
    state.mark_read();
    state.show_selected_entry();
}

/// Back to where a jump came from; else closes what is nearest.
pub fn back(state: &mut State) {
    if let Some(jump) = state.jumps.pop() {
        state.chosen = jump.article;
        state.open(jump.article);
        if let Some(reader) = &mut state.reader {
            reader.current = jump.current;
            reader.pointed = None;
            reader.set_place(jump.place);
        }
        state.focus(jump.focus);
        state.show_selected_row();
    } else if state.shape.focus == Pane::Panel && state.panel.tab == Tab::Events && kinds::clear(state) {
        // All kinds of events are shown again.
    } else if state.shape.focus == Pane::List && state.shows_statements() {
        state.toggle_statements();
    } else if state.shape.zoom {
        state.shape.zoom = false;
    } else if let Some(reader) = state.reader.as_mut().filter(|reader| reader.search.is_some()) {
        reader.search = None;
    } else if let Some(reader) =
        state.reader.as_mut().filter(|reader| reader.current.is_some() || reader.pointed.is_some())
    {
        (reader.current, reader.pointed) = (None, None);
    } else {
        match state.shape.focus {
            Pane::Panel => state.focus(Pane::Article),
            Pane::Article => state.focus(Pane::List),
            Pane::List if state.shelf.is_some() => state.focus(Pane::Tree),
            Pane::List | Pane::Tree => {}
        }
    }
}

/// To the next or previous statement, of the same speaker if `same`.
pub fn statement(state: &mut State, step: Step, same: bool) {
    let Some(reader) = &mut state.reader else { return };
    let group = reader.current.and_then(|number| reader.speakers.group_of(number));
    if same && group.is_some_and(|group| group.unknown) {
        return state.say(Clean::literal("The text does not tell whose words these are"));
    }
    let stepped = reader.step_statement(step, same);
    let speaker = reader.current.and_then(|number| reader.speakers.group_of(number)).map(|group| group.name.clone());
    match (stepped, step) {
        (Stepped::Nowhere, _) => {
            let item = state.open_item();
            let waiting = item.and_then(super::why_empty);
            let alone = speaker.filter(|_| same).map(|name| words!("No other statement by {name}"));
            let none = Clean::literal("No statements in this article");
            state.say(waiting.or(alone).unwrap_or(none));
        }
        (Stepped::On, _) => {}
        (Stepped::Round, Step::Next) => state.say(Clean::literal("Past the last one: at the first again")),
        (Stepped::Round, Step::Previous) => state.say(Clean::literal("Before the first one: at the last again")),
    }
    if !state.shape.shows(Pane::Article) {
        state.focus(Pane::Article);
    }
    state.mark_read();
    state.follow();
}

/// To the next or previous match of the search.
pub fn hit(state: &mut State, step: Step) {
    let Some(reader) = &mut state.reader else { return };
    let searched = reader.search.as_ref().map(|search| search.words.clone());
    let notice = match (reader.step_hit(step), step, searched) {
        (_, _, None) => Some(Clean::literal("Nothing is searched for yet")),
        (Stepped::Nowhere, _, Some(words)) => Some(words!("Not found: {words}")),
        (Stepped::On, _, _) => None,
        (Stepped::Round, Step::Next, _) => Some(Clean::literal("Past the last match: at the first again")),
        (Stepped::Round, Step::Previous, _) => Some(Clean::literal("Before the first match: at the last again")),
    };
    if let Some(notice) = notice {
        state.say(notice);
    }
    state.follow();
}
