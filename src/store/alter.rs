//! Changing notes so that what was changed can be taken back.

use jiff::Timestamp;

use super::Store;
use super::error::Result;
use super::types::{ArticleId, NoteChange, Noted};
use crate::model::Note;

impl Store {
    /// Changes a note on an article; what takes that back. `None`, and nothing is changed, if there is no such note any more.
    ///
    /// # Errors
    /// If the note is too large or one too many, if there is no such article, or if the library cannot be written.
    pub fn alter_note(
        &mut self,
        article: ArticleId,
        change: NoteChange,
        now: Timestamp,
    ) -> Result<Option<NoteChange>> {
        Ok(match change {
            NoteChange::Add(note) => match self.add_note(article, &note, now)? {
                Noted::New(id) | Noted::Known(id) => Some(NoteChange::Remove(id)),
            },
            NoteChange::Change(id, note) => {
                let Some(before) = self.note_on(article, &id)? else { return Ok(None) };
                self.change_note(&id, &note, now)?.then_some(NoteChange::Change(id, before))
            }
            NoteChange::Remove(id) => {
                let Some(before) = self.note_on(article, &id)? else { return Ok(None) };
                self.remove_note(&id)?.then_some(NoteChange::Add(before))
            }
        })
    }

    fn note_on(&self, article: ArticleId, id: &str) -> Result<Option<Note>> {
        Ok(self.note(id)?.filter(|kept| kept.article == article).map(|kept| kept.note))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Article, Body, Purpose};
    use crate::text::Clean;

    #[test]
    fn each_change_of_a_note_can_be_taken_back_as_it_was() {
        let mut store = Store::in_memory().unwrap();
        let page = Article {
            url: Some(Clean::literal("https://news.example.org/1")),
            title: Some(Clean::literal("Boats")),
            ..Article::default()
        };
        store.save_page(&page, None, Timestamp::UNIX_EPOCH).unwrap();
        let article = store.keys(&crate::store::Query::default(), None).unwrap()[0].id;
        let says = |words: &'static str| Note {
            bodies: vec![Body { purpose: Purpose::Commenting, value: Clean::literal(words) }],
            ..Note::default()
        };
        let mut make = |what: NoteChange| {
            let undo = store.alter_note(article, what, Timestamp::UNIX_EPOCH).unwrap();
            let notes = store.notes(article).unwrap();
            (undo, notes.iter().map(|kept| kept.note.text().to_string()).collect::<Vec<_>>())
        };

        let (undo, texts) = make(NoteChange::Add(says("First.")));
        assert_eq!(texts, ["First."]);
        let Some(NoteChange::Remove(id)) = undo else { panic!("a new note is taken away again") };
        let (undo, texts) = make(NoteChange::Change(id.clone(), says("Second.")));
        assert_eq!(texts, ["Second."]);
        assert_eq!(make(undo.unwrap()).1, ["First."]);
        let (undo, texts) = make(NoteChange::Remove(id.clone()));
        assert!(texts.is_empty());
        let (again, texts) = make(undo.unwrap());
        assert_eq!((texts, again), (vec!["First.".to_owned()], Some(NoteChange::Remove(id.clone()))));
        make(NoteChange::Remove(id.clone()));
        assert_eq!(make(NoteChange::Remove(id)).0, None, "what is gone cannot be changed");
    }
}
