//! The small editor in which notes are written.

use crossterm::event::KeyEvent;
use jiff::Timestamp;
use ratatui_textarea::{CursorMove, TextArea, WrapMode};

use super::Effect;
use super::noting::Asked;
use super::perform::perform;
use super::state::{Overlay, State};
use super::words as wording;
use crate::config::Command;
use crate::model::{Body, Note, Purpose};
use crate::store::{ArticleId, NoteChange};
use crate::text::{Clean, clean};
use crate::words;

/// The longest note that is written here, in bytes.
const LONGEST: usize = 32 << 10;

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
    /// When it had been changed last, if it is in the library already.
    seen: Option<Timestamp>,
    /// Whether leaving was asked for, so that the next time it is thrown away.
    leaving: bool,
}

impl Writing {
    /// A note to be written, or to be changed if it was `seen` in the library.
    pub fn new(article: ArticleId, note: Note, seen: Option<Timestamp>, about: &str) -> Writing {
        let what = if seen.is_some() { "Change the note on" } else { "Note on" };
        Writing { area: editor(&note.text()), title: words!("{what} {about}"), article, note, seen, leaving: false }
    }

    /// The same words for a note of their own: the one that was to be changed says something else now, or is gone.
    pub fn of_its_own(self) -> Writing {
        let note = Note { id: None, created: None, ..self.note };
        let title = words!("{}", self.title.replacen("Change the note on", "Note on", 1));
        Writing { note, seen: None, title, ..self }
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
    area.move_cursor(CursorMove::Bottom);
    area.move_cursor(CursorMove::End);
    area
}

/// A key while a note is written.
pub fn key(state: &mut State, command: Option<Command>, event: KeyEvent) -> Vec<Effect> {
    let Overlay::Writing(writing) = &mut state.overlay else { return Vec::new() };
    let leaving = std::mem::take(&mut writing.leaving);
    match command {
        Some(Command::KeepNote) => keep(state),
        Some(Command::NoteNewLine) => writing.area.insert_newline(),
        Some(Command::EditNote) => return vec![Effect::Write { text: writing.text() }],
        Some(Command::Back | Command::Quit) => {
            if leaving || writing.text() == writing.note.text() {
                state.overlay = Overlay::None;
            } else {
                writing.leaving = true;
                let key = |command| wording::key(&state.config.keys, command);
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

/// Puts pasted text in; whether there was room for all of it.
pub fn paste(writing: &mut Writing, text: &str) -> bool {
    let room = LONGEST.saturating_sub(writing.text().len());
    let cut = (0..=room.min(text.len())).rev().find(|cut| text.is_char_boundary(*cut)).unwrap_or(0);
    writing.area.insert_str(&text[..cut]);
    cut == text.len()
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
    if writing.seen.is_some() && writing.text() == writing.note.text() {
        return;
    }
    let note = writing.note();
    if note.bodies.is_empty() && note.quotes.is_empty() {
        return state.say(Clean::literal("Nothing was typed, so nothing was noted"));
    }
    let change = match (&note.id, writing.seen) {
        (Some(id), Some(seen)) => NoteChange::Change { id: id.clone(), note, seen: Some(seen) },
        _ => NoteChange::Add(note),
    };
    let article = writing.article;
    // Should the library not take it, it is still here.
    state.change_note(article, change, Asked::Written(writing));
    state.end_selection();
}
