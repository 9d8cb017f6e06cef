//! Notes on the open article: what they are about, keeping them, taking them away, and making the corrections among them.

use std::sync::Arc;

use super::facts::{Entry, Subject, Tab};
use super::layout::Pane;
use super::marking::Marking;
use super::message::{Ask, NotesNow, Refusal};
use super::state::{Overlay, State};
use super::words::{flat, rows};
use super::writing::Writing;
use crate::annotate::correct::{Ordered, corrected};
use crate::config::Command;
use crate::model::{Annotations, Body, Creator, Note, Purpose};
use crate::store::{ArticleId, KeptNote, NoteChange};
use crate::text::anchor::{Quote, in_marks};
use crate::text::{Clean, Span, clean};
use crate::words;

/// Columns of the words that a note is about in the frame of the editor.
const SHOWN: usize = 40;

/// A change of a note that the library was asked for, with what comes back if it cannot be made.
#[derive(Debug)]
pub enum Asked {
    /// What was written.
    Written(Box<Writing>),
    /// What was to be taken back.
    Undo(ArticleId, Box<NoteChange>),
    /// What can be asked for again.
    Other,
}

/// Begins a note on what is selected, else on what is current, else on the article; or changes the selected one of the panel.
pub fn begin(state: &mut State) {
    if let Some(writing) = state.unkept.pop_front() {
        state.overlay = Overlay::Writing(writing);
        return state.say(Clean::literal("This could not be kept before"));
    }
    if let Some((article, kept)) = chosen(state) {
        let about = about(&kept.note.quotes);
        let writing = Writing::new(article, kept.note.clone(), Some(kept.changed), &about);
        state.overlay = Overlay::Writing(Box::new(writing));
    } else if let Some((article, note)) = new(state) {
        let about = about(&note.quotes);
        state.overlay = Overlay::Writing(Box::new(Writing::new(article, note, None, &about)));
    }
}

/// Keeps a note that says this of what [`begin`] would be about; without words, that is highlighted.
pub fn add(state: &mut State, text: &str) {
    let Some((article, mut note)) = new(state) else { return };
    let text = clean(text.trim()).text;
    if !text.is_empty() {
        note.bodies.push(Body { purpose: Purpose::Commenting, value: text });
    }
    if note.bodies.is_empty() && note.quotes.is_empty() {
        return state.say(Clean::literal("Nothing is selected or current, so there is nothing to highlight"));
    }
    state.change_note(article, NoteChange::Add(note), Asked::Other);
    state.end_selection();
}

/// Takes the selected note of the panel away.
pub fn remove(state: &mut State) {
    match chosen(state).and_then(|(article, kept)| Some((article, kept.note.id.clone()?))) {
        Some((article, id)) => state.change_note(article, NoteChange::Remove(id), Asked::Other),
        None => state.say(Clean::literal("No note is selected in the panel")),
    }
}

impl State {
    /// Asks the library for a change of a note.
    pub(super) fn change_note(&mut self, article: ArticleId, change: NoteChange, asked: Asked) {
        self.asked_notes.push_back(asked);
        self.ask(Ask::Note { article, change });
    }

    /// Takes what the library made of the change of a note that it was asked for first.
    pub(super) fn take_noted(&mut self, article: ArticleId, outcome: Result<Box<NotesNow>, Refusal>) {
        let asked = self.asked_notes.pop_front().unwrap_or(Asked::Other);
        match outcome {
            Ok(now) => {
                // What was taken back is not taken back again by the same key.
                let is_undo = matches!(asked, Asked::Undo(..));
                self.say(if is_undo { Clean::literal("Taken back") } else { told(&now.undo) });
                self.marking = if is_undo { Marking::default() } else { Marking::of_note(article, now.undo) };
                if self.open_item().is_some_and(|item| item.stored == Some(article) && item.hash != Some(now.hash)) {
                    // The words stand where they do in a text that has not come yet.
                    return self.ask(Ask::Open(article));
                }
                let new = match self.marking.taken_back() {
                    Some(NoteChange::Remove(id)) => Some(id.clone()),
                    _ => None,
                };
                self.take_notes(article, now.notes, now.never);
                self.tell_idle(new.as_ref());
            }
            Err(refusal) => {
                match asked {
                    Asked::Written(writing) => self.take_back(*writing, refusal.is_stale),
                    // It may be asked for again, unless there is something newer to take back.
                    Asked::Undo(article, change) if self.marking.is_empty() && !refusal.is_stale => {
                        self.marking = Marking::of_note(article, *change);
                    }
                    Asked::Undo(..) | Asked::Other => {}
                }
                let key = super::words::key(&self.config.keys, Command::Note);
                let waits = !self.unkept.is_empty();
                self.warn(if waits {
                    words!("{key} brings back what was not kept: {}", refusal.why)
                } else {
                    refusal.why
                });
            }
        }
    }

    /// Says so if the new note of this IRI sets nothing right, because nothing was found at its words.
    fn tell_idle(&mut self, new: Option<&Clean>) {
        let Some(found) = self.found().filter(|_| new.is_some()) else { return };
        let is_new = |note: &Note| note.id.as_ref() == new && note.correction.is_some();
        if self.notes().iter().any(|kept| is_new(&kept.note))
            && found.corrections.iter().all(|one| one.note.as_ref() != new)
        {
            self.warn(Clean::literal("Noted, but nothing of this kind was found at these words"));
        }
    }

    /// Gives back to the user what was written and not kept.
    fn take_back(&mut self, writing: Writing, is_stale: bool) {
        let writing = Box::new(if is_stale { writing.of_its_own() } else { writing });
        match self.overlay {
            Overlay::None => self.overlay = Overlay::Writing(writing),
            _ => self.unkept.push_back(writing),
        }
    }

    /// Takes the notes on an article, and which words are never names.
    pub(super) fn take_notes(&mut self, article: ArticleId, notes: Vec<KeptNote>, never: Vec<Note>) {
        let Some(shelf) = &mut self.shelf else { return };
        let is_same = never == shelf.never;
        shelf.never = never;
        let Some(number) = self.library.number_of(article) else { return };
        let selected = chosen(self).and_then(|(_, kept)| kept.note.id.clone());
        let Some(item) = self.library.items.get_mut(number) else { return };
        if item.notes == notes && is_same {
            return;
        }
        item.notes = notes;
        let found = self.corrected(number);
        if let Some(reader) = self.reader.as_mut().filter(|reader| reader.number == number) {
            reader.annotate(found, self.highlight, &self.library.filter);
            self.panel.forget();
            self.fill_panel();
            self.select_note(selected.as_ref());
        }
    }

    /// Selects the note of this IRI in the panel, wherever it stands now.
    fn select_note(&mut self, id: Option<&Clean>) {
        let is_it = |entry: &Entry| match entry.subject {
            Subject::Note(number) => self.notes().get(number).is_some_and(|kept| kept.note.id.as_ref() == id),
            _ => false,
        };
        if let Some(entry) = self.panel.facts.entries.iter().position(is_it).filter(|_| id.is_some()) {
            self.panel.selected = entry;
            self.show_selected_entry();
        }
    }

    /// What was written and is in no library: to be told before it is gone.
    pub fn unkept_notes(&self) -> Vec<Clean> {
        let asked = self.asked_notes.iter().filter_map(|asked| match asked {
            Asked::Written(writing) => Some(writing.text()),
            _ => None,
        });
        let open = match &self.overlay {
            Overlay::Writing(writing) => Some(writing.text()),
            _ => None,
        };
        let unkept = self.unkept.iter().map(|writing| writing.text());
        unkept.chain(asked).chain(open).filter(|text| !text.is_empty()).collect()
    }

    /// Notes were changed by somebody else.
    pub(super) fn notes_elsewhere(&mut self) {
        if let Some(id) = self.open_item().and_then(|item| item.stored) {
            self.ask(Ask::Open(id));
        }
    }

    /// What was found in an article, as people have corrected it.
    pub(super) fn corrected(&self, number: usize) -> Option<Arc<Annotations>> {
        let item = self.library.items.get(number)?;
        let found = item.annotations()?;
        let never = self.shelf.as_ref().map_or(&[][..], |shelf| &shelf.never);
        let own = item.notes.iter().filter(|kept| kept.note.correction.is_some()).map(|kept| Ordered {
            note: &kept.note,
            spans: kept.standing.iter().flatten().map(|standing| standing.span).collect(),
        });
        let own: Vec<Ordered<'_>> = own.collect();
        if own.is_empty() && never.is_empty() {
            return Some(Arc::clone(found));
        }
        Some(Arc::new(corrected(&item.article, found, never, &own)))
    }

    /// A note on these words of the open article, with its article; `None`, and told why, where none can be kept.
    pub(super) fn new_note(&mut self, spans: &[Span]) -> Option<(ArticleId, Note)> {
        let Some(item) = self.open_item() else {
            self.say(Clean::literal("No article is open"));
            return None;
        };
        let Some(id) = item.stored else {
            self.say(Clean::literal("Notes are kept in the library; this article is from a file"));
            return None;
        };
        let author = self.config.author.trim();
        let note = Note {
            source: Clean::line(&item.article.iri()),
            quotes: spans.iter().map(|span| Quote::at(&item.article.doc.text, *span)).collect(),
            creator: (!author.is_empty()).then(|| Creator { name: Clean::line(author), is_program: false }),
            ..Note::default()
        };
        Some((id, note))
    }

    /// The notes on the open article.
    pub(crate) fn notes(&self) -> &[KeptNote] {
        self.open_item().map_or(&[], |item| &item.notes)
    }
}

/// What was done, seen from what would take it back.
fn told(undo: &NoteChange) -> Clean {
    let (what, note) = match undo {
        NoteChange::Remove(_) => return Clean::literal("Noted"),
        NoteChange::Add(note) => ("taken away", note),
        NoteChange::Change { note, .. } => ("changed", note),
    };
    let kind = if note.correction.is_some() { "correction" } else { "note" };
    words!("The {kind} is {what}")
}

/// The note that is selected in the panel.
fn chosen(state: &State) -> Option<(ArticleId, &KeptNote)> {
    if state.shape.focus != Pane::Panel || state.panel.tab != Tab::Notes {
        return None;
    }
    let Subject::Note(number) = state.panel.facts.entries.get(state.panel.selected)?.subject else { return None };
    Some((state.open_item()?.stored?, state.notes().get(number)?))
}

fn new(state: &mut State) -> Option<(ArticleId, Note)> {
    let spans = aim(state);
    state.new_note(&spans)
}

/// The words that a note is about: those selected, else those of the panel's entry that has the keys, else the current name or
/// quotation; none: the article.
fn aim(state: &State) -> Vec<Span> {
    if let Some(span) = state.selected() {
        return vec![span];
    }
    let entry = state.panel.facts.entries.get(state.panel.selected);
    if let Some(entry) = entry.filter(|_| state.shape.focus == Pane::Panel && state.panel.tab != Tab::Notes) {
        return match entry.subject {
            Subject::Quotation(_) | Subject::Told(..) => entry.places.clone(),
            _ => entry.places.iter().take(1).copied().collect(),
        };
    }
    let Some(reader) = &state.reader else { return Vec::new() };
    let current = || Some(reader.found.as_ref()?.quotations.get(reader.current?)?.content.clone());
    reader.pointed.map(|span| vec![span]).or_else(current).unwrap_or_default()
}

/// What a note is about, in a few words.
fn about(quotes: &[Quote]) -> String {
    let Some(first) = quotes.first() else { return "the article".to_owned() };
    let words = flat(first.exact.whole());
    let row = rows(&words, SHOWN, 1).into_iter().next().unwrap_or_default();
    in_marks(&row)
}
