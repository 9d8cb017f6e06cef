//! Changing notes, so that what was changed can be taken back.

use jiff::Timestamp;

use crate::app::{NoteChange, NotesNow};
use crate::model::Note;
use crate::store::{ArticleId, Noted, Result, Store, StoreError};
use crate::text::Clean;

/// Changes a note on an article; the notes on it then, or why that cannot be, in words.
pub(super) fn change(
    store: &mut Store,
    article: ArticleId,
    change: NoteChange,
) -> Result<std::result::Result<NotesNow, Clean>> {
    let undo = match undone(store, article, change) {
        Ok(Some(undo)) => undo,
        Ok(None) => return Ok(Err(Clean::literal("This note is gone: somebody took it away meanwhile"))),
        Err(error @ (StoreError::Note(_) | StoreError::NoArticle)) => {
            return Ok(Err(Clean::line(&error.to_string())));
        }
        Err(error) => return Err(error),
    };
    Ok(Ok(NotesNow { notes: store.notes(article)?, never: store.never_names()?, undo }))
}

/// Makes the change; what takes it back. `None` if there is no such note any more.
fn undone(store: &mut Store, article: ArticleId, change: NoteChange) -> Result<Option<NoteChange>> {
    let now = Timestamp::now();
    Ok(match change {
        NoteChange::Add(note) => match store.add_note(article, &note, now)? {
            Noted::New(id) | Noted::Known(id) => Some(NoteChange::Remove(id)),
        },
        NoteChange::Change(id, note) => {
            let Some(before) = known(store, article, &id)? else { return Ok(None) };
            store.change_note(&id, &note, now)?.then_some(NoteChange::Change(id, before))
        }
        NoteChange::Remove(id) => {
            let Some(before) = known(store, article, &id)? else { return Ok(None) };
            store.remove_note(&id)?.then_some(NoteChange::Add(before))
        }
    })
}

fn known(store: &Store, article: ArticleId, id: &Clean) -> Result<Option<Note>> {
    let notes = store.notes(article)?;
    Ok(notes.into_iter().map(|kept| kept.note).find(|note| note.id.as_ref() == Some(id)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Article, Body, Purpose};

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
        let mut make = |what: NoteChange| change(&mut store, article, what).unwrap();
        let texts = |now: &NotesNow| now.notes.iter().map(|kept| kept.note.text().to_string()).collect::<Vec<_>>();

        let added = make(NoteChange::Add(says("First."))).unwrap();
        assert_eq!(texts(&added), ["First."]);
        let NoteChange::Remove(id) = added.undo else { panic!("a new note is taken away again") };
        let changed = make(NoteChange::Change(id.clone(), says("Second."))).unwrap();
        assert_eq!(texts(&changed), ["Second."]);
        let back = make(changed.undo).unwrap();
        assert_eq!(texts(&back), ["First."]);
        let removed = make(NoteChange::Remove(id.clone())).unwrap();
        assert!(removed.notes.is_empty());
        let again = make(removed.undo).unwrap();
        assert_eq!((texts(&again), again.notes[0].note.id.clone()), (vec!["First.".to_owned()], Some(id.clone())));
        make(NoteChange::Remove(id.clone())).unwrap();
        assert!(make(NoteChange::Remove(id)).is_err(), "what is gone is told");
        let long = Note { source: Clean::new(&"x".repeat(9000)), ..says("Third.") };
        assert!(make(NoteChange::Add(long)).unwrap_err().contains("longer"));
    }
}
