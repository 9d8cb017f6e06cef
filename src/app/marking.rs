//! Marking articles read, unread or starred, and taking that, the last tagging or the last note back.

use std::collections::{HashMap, HashSet};

use super::library::Item;
use super::message::{Ask, Tagging};
use super::noting::Asked;
use super::state::State;
use super::words::{self, count};
use crate::config::Command;
use crate::store::{ArticleId, Mark, NoteChange};
use crate::text::Clean;
use crate::words;

/// The articles whose mark the last marking changed, with their marks before; or the tags that the last tagging changed,
/// or what takes the last note back.
#[derive(Debug, Default)]
pub struct Marking {
    is_star: bool,
    /// By number, of articles from files.
    numbers: HashMap<usize, bool>,
    /// By identity, of articles of the library.
    ids: HashMap<ArticleId, bool>,
    /// Tags that were given and taken, in this order.
    tags: Vec<Tagging>,
    /// What takes the last change of a note back, with its article.
    note: Option<(ArticleId, NoteChange)>,
}

impl Marking {
    /// A note was changed; this takes it back.
    pub fn of_note(article: ArticleId, undo: NoteChange) -> Marking {
        Marking { note: Some((article, undo)), ..Marking::default() }
    }

    /// What takes the last change of a note back, if that was last.
    pub fn taken_back(&self) -> Option<&NoteChange> {
        self.note.as_ref().map(|(_, change)| change)
    }

    /// Whether there is nothing to take back.
    pub fn is_empty(&self) -> bool {
        self.len() == 0 && self.tags.is_empty() && self.note.is_none()
    }

    fn len(&self) -> usize {
        self.numbers.len() + self.ids.len()
    }

    fn note(&mut self, number: usize, item: &Item) {
        let before = if self.is_star { item.starred } else { item.read };
        match item.stored {
            Some(id) => self.ids.insert(id, before),
            None => self.numbers.insert(number, before),
        };
    }
}

/// Marks the open article read or unread.
pub fn toggle_read(state: &mut State) {
    let Some(number) = state.reader.as_ref().map(|reader| reader.number) else { return };
    let Some(item) = state.library.items.get(number) else { return };
    let read = !item.read;
    set(state, &[number], Mark::Read(read));
    state.say(Clean::literal(if read { "Marked read" } else { "Marked unread" }));
}

/// Gives the open article a star, or takes it away.
pub fn toggle_star(state: &mut State) {
    let Some(number) = state.reader.as_ref().map(|reader| reader.number) else { return };
    let Some(item) = state.library.items.get(number) else { return };
    let starred = !item.starred;
    set(state, &[number], Mark::Starred(starred));
    state.say(Clean::literal(if starred { "Starred: it is kept for good" } else { "The star is taken away" }));
}

/// Marks every listed article read.
pub fn read_all(state: &mut State) {
    read_up_to(state, state.library.listed.len());
}

/// Marks the open article and all above it in the list read.
pub fn read_above(state: &mut State) {
    let row = state.reader.as_ref().and_then(|reader| state.library.row_of(reader.number));
    read_up_to(state, row.map_or(0, |row| row + 1));
}

fn read_up_to(state: &mut State, end: usize) {
    let unread = |number: &usize| state.library.items.get(*number).is_some_and(|item| !item.read);
    let numbers: Vec<usize> = state.library.listed.iter().take(end).copied().filter(unread).collect();
    set(state, &numbers, Mark::Read(true));
    let undo = words::key(&state.config.keys, Command::Undo);
    state.say(words!("{} marked read · {undo} takes it back", count(numbers.len(), "article")));
}

/// Takes back the last marking or tagging.
pub fn undo(state: &mut State) {
    let marking = std::mem::take(&mut state.marking);
    if !marking.tags.is_empty() {
        return untag(state, marking.tags);
    }
    if let Some((article, change)) = marking.note {
        return state.change_note(article, change.clone(), Asked::Undo(article, Box::new(change)));
    }
    if marking.is_empty() {
        state.say(Clean::literal("Nothing to take back"));
        return;
    }
    for (number, item) in state.library.items.iter_mut().enumerate() {
        let before = match item.stored {
            Some(id) => marking.ids.get(&id),
            None => marking.numbers.get(&number),
        };
        if let Some(before) = before {
            *(if marking.is_star { &mut item.starred } else { &mut item.read }) = *before;
        }
    }
    // Those that are listed no more too.
    for value in [false, true] {
        let ids = marking.ids.iter().filter(|(_, before)| **before == value).map(|(id, _)| *id).collect();
        state.keep_mark(ids, if marking.is_star { Mark::Starred(value) } else { Mark::Read(value) });
    }
    state.say(words!("Took back the marking of {}", count(marking.len(), "article")));
}

/// Gives back the tags that were taken, and takes those that were given.
fn untag(state: &mut State, tags: Vec<Tagging>) {
    let articles = tagged(&tags);
    let back = tags.into_iter().rev().map(|tagging| Tagging { is_given: !tagging.is_given, ..tagging });
    state.ask(Ask::Tag(back.collect()));
    show_tags(state, &articles);
    state.say(words!("Took back the tagging of {}", count(articles.len(), "article")));
}

/// Every article whose tags were changed.
pub fn tagged(tags: &[Tagging]) -> HashSet<ArticleId> {
    tags.iter().flat_map(|tagging| &tagging.articles).copied().collect()
}

/// Takes over that articles of the library got and lost tags, so that it can be taken back.
pub fn note_tags(state: &mut State, tags: Vec<Tagging>) {
    show_tags(state, &tagged(&tags));
    state.marking = Marking { tags, ..Marking::default() };
}

/// What is open shows its tags: it is read again if it is one of those whose tags have changed.
fn show_tags(state: &mut State, changed: &HashSet<ArticleId>) {
    if let Some(id) = state.open_item().and_then(|item| item.stored).filter(|id| changed.contains(id)) {
        state.ask(Ask::Open(id));
    }
}

/// Takes over that articles of the library were marked, so that it can be taken back.
pub fn note(state: &mut State, changed: &[ArticleId], mark: Mark) {
    let (is_star, value) = match mark {
        Mark::Read(read) => (false, read),
        Mark::Starred(starred) => (true, starred),
    };
    let ids: HashMap<ArticleId, bool> = changed.iter().map(|id| (*id, !value)).collect();
    for item in state.library.items.iter_mut().filter(|item| item.stored.is_some_and(|id| ids.contains_key(&id))) {
        *(if is_star { &mut item.starred } else { &mut item.read }) = value;
    }
    state.marking = Marking { is_star, ids, ..Marking::default() };
}

/// Marks articles by their numbers.
pub fn set(state: &mut State, numbers: &[usize], mark: Mark) {
    let mut marking = Marking { is_star: matches!(mark, Mark::Starred(_)), ..Marking::default() };
    let mut ids = Vec::new();
    for number in numbers {
        let Some(item) = state.library.items.get_mut(*number) else { continue };
        marking.note(*number, item);
        ids.extend(item.stored);
        match mark {
            Mark::Read(read) => item.read = read,
            Mark::Starred(starred) => item.starred = starred,
        }
    }
    state.marking = marking;
    state.keep_mark(ids, mark);
}
