//! Changing notes so that what was changed can be taken back.

use jiff::Timestamp;

use super::Store;
use super::codec::millis;
use super::error::{Result, StoreError};
use super::types::{ArticleId, KeptNote, NoteChange, Noted};

impl Store {
    /// Changes a note on an article; what takes that back. `None`, and nothing is changed, if the note that is to be changed is
    /// there no more, or the one that is to be added is there already.
    ///
    /// # Errors
    /// If the note is too large or one too many, if it was changed since it was seen, if there is no such article, or if the library cannot be written.
    pub fn alter_note(
        &mut self,
        article: ArticleId,
        change: NoteChange,
        now: Timestamp,
    ) -> Result<Option<NoteChange>> {
        let is_here = |before: &KeptNote| before.article == article;
        Ok(match change {
            NoteChange::Add(note) => {
                // One that has a name was here before: it comes back as it was.
                let noted = match &note.id {
                    Some(_) => self.add_as_it_is(article, &note, now)?,
                    None => self.add_note(article, &note, now)?,
                };
                match noted {
                    Noted::New(id) => Some(NoteChange::Remove(id)),
                    // Nothing was done, so there is nothing to take back.
                    Noted::Known(_) => None,
                }
            }
            NoteChange::Change { id, note, seen } => {
                let may = |before: &KeptNote| match seen {
                    Some(seen) if millis(seen) != millis(before.changed) => Err(StoreError::Stale),
                    _ => Ok(is_here(before)),
                };
                let before = self.exchange_note(&id, Some(&note), may, now)?;
                before.map(|before| NoteChange::Change { id, note: before.note, seen: Some(now) })
            }
            NoteChange::Remove(id) => {
                let before = self.exchange_note(&id, None, |before| Ok(is_here(before)), now)?;
                before.map(|before| NoteChange::Add(before.note))
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Article, Body, Note, Purpose};
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
        let (undo, texts) = make(NoteChange::Change { id: id.clone(), note: says("Second."), seen: None });
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
