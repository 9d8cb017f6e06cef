//! The schema: numbered migrations, counted by `PRAGMA user_version`. A file is added at the end, never edited.

use rusqlite::{Connection, TransactionBehavior};

use super::error::{Result, StoreError};

/// The migrations, in order; after the n-th the library has format n.
pub(super) const MIGRATIONS: &[&str] = &[
    include_str!("migrations/001_library.sql"),
    include_str!("migrations/002_facts.sql"),
    include_str!("migrations/003_notes.sql"),
    include_str!("migrations/004_corrections.sql"),
    include_str!("migrations/005_note_words.sql"),
];

/// Marks the file as a library of dateline (`PRAGMA application_id`): "DtLn".
pub(super) const APPLICATION: i32 = 0x4474_4c6e;

/// The format of the library; 0 if there is nothing in it yet.
pub(super) fn format(conn: &Connection) -> Result<usize> {
    let format: i64 = conn.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    Ok(usize::try_from(format).unwrap_or(usize::MAX))
}

/// Brings the library to the last of `migrations`, each in a transaction of its own. `before` is called once, before an
/// existing library is changed, with the format that it will get. Several programs may do this at a time: each step looks again what is left
/// to do once it has the write lock.
pub(super) fn migrate(
    conn: &mut Connection,
    migrations: &[&str],
    mut before: impl FnMut(&Connection, usize) -> Result<()>,
) -> Result<()> {
    let mut found = format(conn)?;
    if found > 0 && found < migrations.len() {
        before(conn, migrations.len())?;
    }
    loop {
        if found > migrations.len() {
            return Err(StoreError::Newer { found, known: migrations.len() });
        }
        let Some(next) = migrations.get(found) else { return Ok(()) };
        let step = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let now = format(&step)?;
        if now == found {
            if found == 0 {
                step.pragma_update(None, "application_id", APPLICATION)?;
            }
            step.execute_batch(next)?;
            step.pragma_update(None, "user_version", i64::try_from(found + 1).unwrap_or(i64::MAX))?;
            step.commit()?;
        }
        found = now.max(found + usize::from(now == found));
    }
}
