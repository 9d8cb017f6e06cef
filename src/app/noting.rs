//! Notes on the open article: what they are about, writing them, changing them, taking them away.

use std::sync::Arc;

use crossterm::event::KeyEvent;
use ratatui_textarea::{TextArea, WrapMode};

use super::Effect;
use super::facts::{Subject, Tab};
use super::layout::Pane;
use super::message::{Ask, NotesNow};
use super::perform::perform;
use super::state::{Overlay, State};
use super::words::{flat, rows};
use crate::annotate::correct::{Ordered, corrected};
use crate::config::Command;
use crate::model::{Annotations, Article, Body, Correction, Creator, Note, Purpose};
use crate::store::{ArticleId, KeptNote, NoteChange};
use crate::text::anchor::Quote;
use crate::text::{CharOffsets, Clean, OffsetMap, Span, clean};
use crate::words;

/// The longest note that is written here, in bytes.
const LONGEST: usize = 32 << 10;
/// Columns of the words that a note is about in the frame of the editor.
const SHOWN: usize = 40;

/// A note that is being written.
#[derive(Debug, Clone)]
pub struct Writing {
    /// What has been typed.
    pub area: TextArea<'static>,
    /// What it is about, for the frame.
    pub title: Clean,
    article: ArticleId,
    /// As it is but for its text.
    note: Note,
    /// Whether it is in the library already.
    is_old: bool,
    /// Whether leaving was asked for, so that the next time it is thrown away.
    leaving: bool,
}

impl Writing {
    fn new(article: ArticleId, note: Note, is_old: bool, about: &str) -> Writing {
        let what = if is_old { "Change the note on" } else { "Note on" };
        Writing { area: editor(&note.text()), title: words!("{what} {about}"), article, note, is_old, leaving: false }
    }

    /// What has been typed.
    pub fn text(&self) -> Clean {
        clean(self.area.lines().join("\n").trim()).text
    }

    /// The note with what has been typed.
    fn note(&self) -> Note {
        let text = self.text();
        let said = |body: &&Body| body.purpose != Purpose::Tagging;
        // What it is for stays: an answer is an answer when its words change.
        let purpose = self.note.bodies.iter().find(said).map_or(Purpose::Commenting, |body| body.purpose);
        let tags = self.note.bodies.iter().filter(|body| body.purpose == Purpose::Tagging).cloned();
        let said = (!text.is_empty()).then_some(Body { purpose, value: text });
        Note { bodies: said.into_iter().chain(tags).collect(), ..self.note.clone() }
    }
}

fn editor(text: &str) -> TextArea<'static> {
    let mut area = TextArea::new(text.lines().map(str::to_owned).collect());
    area.set_wrap_mode(WrapMode::WordOrGlyph);
    area.set_cursor_line_style(ratatui::style::Style::default());
    area.move_cursor(ratatui_textarea::CursorMove::Bottom);
    area.move_cursor(ratatui_textarea::CursorMove::End);
    area
}

/// Begins a note on what is selected, else on what is current, else on the article; or changes the selected one of the panel.
pub fn begin(state: &mut State) {
    if let Some((article, kept)) = chosen(state) {
        let about = about(&kept.note.quotes);
        state.overlay = Overlay::Writing(Box::new(Writing::new(article, kept.note.clone(), true, &about)));
        return;
    }
    if let Some((article, note)) = new(state) {
        let about = about(&note.quotes);
        state.overlay = Overlay::Writing(Box::new(Writing::new(article, note, false, &about)));
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
    state.ask(Ask::Note { article, change: NoteChange::Add(note) });
    state.end_selection();
}

/// Takes the selected note of the panel away.
pub fn remove(state: &mut State) {
    match chosen(state).and_then(|(article, kept)| Some((article, kept.note.id.clone()?))) {
        Some((article, id)) => state.ask(Ask::Note { article, change: NoteChange::Remove(id) }),
        None => state.say(Clean::literal("No note is selected in the panel")),
    }
}

/// A key while a note is written.
pub fn key(state: &mut State, command: Option<Command>, event: KeyEvent) -> Vec<Effect> {
    let Overlay::Writing(writing) = &mut state.overlay else { return Vec::new() };
    let leaving = std::mem::take(&mut writing.leaving);
    match command {
        Some(Command::KeepNote) => keep(state),
        Some(Command::NoteNewLine) => writing.area.insert_newline(),
        Some(Command::EditNote) => return vec![Effect::Write { text: writing.text() }],
        Some(Command::Back) => {
            if leaving || writing.text() == writing.note.text() {
                state.overlay = Overlay::None;
            } else {
                writing.leaving = true;
                let key = |command| super::words::key(&state.config.keys, command);
                let (back, keep) = (key(Command::Back), key(Command::KeepNote));
                state.warn(words!("{back} again throws away what you have typed; {keep} keeps it"));
            }
        }
        Some(command @ (Command::Suspend | Command::Redraw)) => return perform(state, command),
        _ => {
            writing.area.input(event);
        }
    }
    Vec::new()
}

/// Puts pasted text in.
pub fn paste(writing: &mut Writing, text: &str) {
    let room = LONGEST.saturating_sub(writing.text().len());
    let cut = (0..=room.min(text.len())).rev().find(|cut| text.is_char_boundary(*cut)).unwrap_or(0);
    writing.area.insert_str(&text[..cut]);
}

/// Takes what was written in another editor.
pub fn written(state: &mut State, text: &Clean) {
    if let Overlay::Writing(writing) = &mut state.overlay {
        writing.area = editor(text.trim_end());
    }
}

fn keep(state: &mut State) {
    let Overlay::Writing(writing) = std::mem::take(&mut state.overlay) else { return };
    if writing.text().len() > LONGEST {
        state.warn(words!("A note is no longer than {} KiB; this one is", LONGEST >> 10));
        state.overlay = Overlay::Writing(writing);
        return;
    }
    let note = writing.note();
    if note.bodies.is_empty() && note.quotes.is_empty() {
        return state.say(Clean::literal("Nothing was typed, so nothing was noted"));
    }
    let change = match &note.id {
        Some(id) if writing.is_old => NoteChange::Change(id.clone(), note),
        _ => NoteChange::Add(note),
    };
    state.ask(Ask::Note { article: writing.article, change });
    state.end_selection();
    // Should the library not take it, it is still here.
    state.sent = Some(writing);
}

impl State {
    /// Takes what the library made of a note.
    pub(super) fn take_noted(&mut self, article: ArticleId, outcome: Result<Box<NotesNow>, Clean>) {
        let sent = self.sent.take();
        match outcome {
            Ok(now) => {
                self.say(told(&now.undo));
                self.marking = super::marking::Marking::of_note(article, now.undo);
                self.take_notes(article, now.notes, Some(now.never));
            }
            Err(why) => {
                if let (Some(writing), Overlay::None) = (sent, &self.overlay) {
                    self.overlay = Overlay::Writing(writing);
                }
                self.warn(why);
            }
        }
    }

    /// Takes the notes on an article, and which words are never names.
    pub(super) fn take_notes(&mut self, article: ArticleId, notes: Vec<KeptNote>, never: Option<Vec<Note>>) {
        let Some(shelf) = &mut self.shelf else { return };
        let is_same = never.as_ref().is_none_or(|never| *never == shelf.never);
        if let Some(never) = never {
            shelf.never = never;
        }
        let Some(number) = self.library.number_of(article) else { return };
        let Some(item) = self.library.items.get_mut(number) else { return };
        if item.notes == notes && is_same {
            return;
        }
        item.notes = notes;
        let found = self.corrected(number);
        if let Some(reader) = self.reader.as_mut().filter(|reader| reader.number == number) {
            reader.annotate(found, self.highlight, &self.library.filter);
            self.panel.forget();
        }
    }

    /// What was found in an article, as people have corrected it.
    pub(super) fn corrected(&self, number: usize) -> Option<Arc<Annotations>> {
        let item = self.library.items.get(number)?;
        let found = item.annotations()?;
        let own = |kept: &&KeptNote| {
            kept.note.correction.as_ref().is_some_and(|correction| *correction != Correction::NeverName)
        };
        let never = self.shelf.as_ref().map_or(&[][..], |shelf| &shelf.never);
        let mut ordered: Vec<Ordered<'_>> = never.iter().map(|note| Ordered { note, spans: Vec::new() }).collect();
        ordered.extend(item.notes.iter().filter(own).map(|kept| Ordered {
            note: &kept.note,
            spans: kept.standing.iter().flatten().map(|standing| standing.span).collect(),
        }));
        Some(if ordered.is_empty() { Arc::clone(found) } else { Arc::new(corrected(&item.article, found, &ordered)) })
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
            quotes: quotes(&item.article, spans),
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
        NoteChange::Change(_, note) => ("changed", note),
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

/// The words at `spans` with what is around them.
fn quotes(article: &Article, spans: &[Span]) -> Vec<Quote> {
    let text = &article.doc.text;
    let map = OffsetMap::default();
    let chars = CharOffsets::new(text, &map);
    let quote = |span: &Span| Quote::of(text, *span, (chars.in_clean(span.start), chars.in_clean(span.end)));
    spans.iter().map(quote).collect()
}

/// What a note is about, in a few words.
fn about(quotes: &[Quote]) -> String {
    let Some(first) = quotes.first() else { return "the article".to_owned() };
    let words = flat(first.exact.whole());
    let row = rows(&words, SHOWN, 1).into_iter().next().unwrap_or_default();
    format!("“{}”", row.trim_matches(['“', '”', '"']))
}
