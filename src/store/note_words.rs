//! The words of notes, as queries look for them.

use rusqlite::{Connection, Transaction, TransactionBehavior, params};

use super::error::Result;
use super::facts::PARTED;
use super::notes;
use super::search::indexable;
use crate::model::Note;

/// Notes whose words are put in at a time.
const PORTION: i64 = 1000;

/// Writes the words of the note with this number, in the place of those that were there.
pub(super) fn write(change: &Transaction, number: i64, note: &Note) -> Result<()> {
    change.prepare_cached("DELETE FROM note_words WHERE rowid = ?")?.execute([number])?;
    change
        .prepare_cached("INSERT INTO note_words (rowid, words) VALUES (?, ?)")?
        .execute(params![number, words(note)])?;
    change.prepare_cached("UPDATE note SET indexed = 1 WHERE id = ?")?.execute([number])?;
    Ok(())
}

/// Puts in the words of notes that have none yet: they were there before there was a place for them, or were saved from a
/// damaged library.
///
/// # Errors
/// If the library cannot be written.
pub(super) fn write_missing(conn: &mut Connection) -> Result<()> {
    loop {
        let is_missing = "SELECT EXISTS (SELECT 1 FROM note INDEXED BY note_to_index WHERE indexed = 0)";
        if !conn.query_row(is_missing, [], |row| row.get(0))? {
            return Ok(());
        }
        let change = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let missing: Vec<i64> = {
            let mut select = change.prepare("SELECT id FROM note WHERE indexed = 0 ORDER BY id LIMIT ?")?;
            select.query_map([PORTION], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?
        };
        for number in missing {
            // What cannot be read has no words; it must not keep the library from being opened.
            let note = notes::select(&change, "WHERE id = ?", [number]).ok().and_then(|mut notes| notes.pop());
            write(&change, number, &note.map(|kept| kept.note).unwrap_or_default())?;
        }
        change.commit()?;
    }
}

fn words(note: &Note) -> String {
    let quoted = note.quotes.iter().map(|quote| &quote.exact);
    let said = note.bodies.iter().map(|body| &body.value);
    let each: Vec<String> = quoted.chain(said).map(|words| indexable(words)).collect();
    each.join(PARTED)
}
