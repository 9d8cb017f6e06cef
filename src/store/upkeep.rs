//! Looking after the file: check, backup, vacuum.

use std::fs;
use std::path::Path;

use rusqlite::Connection;

use super::error::{Result, StoreError};
use super::open::{beside, make_private};
use super::{Store, codec};
use crate::text::Clean;

/// Problems named at most; a badly damaged file has thousands.
const MOST_PROBLEMS: usize = 100;

/// What must hold beyond what SQLite checks: a query that counts what breaks it, and what that means.
const INVARIANTS: &[(&str, &str)] = &[
    (
        "SELECT count(*) FROM tally t WHERE total <> (SELECT count(*) FROM article a WHERE coalesce(a.feed, 0) = t.feed)
           OR unread <> (SELECT count(*) FROM article a WHERE coalesce(a.feed, 0) = t.feed AND a.read = 0)",
        "feeds whose number of articles is wrong",
    ),
    ("SELECT count(*) FROM feed WHERE id NOT IN (SELECT feed FROM tally)", "feeds whose articles are not counted"),
    (
        "SELECT count(*) FROM article a WHERE NOT EXISTS (SELECT 1 FROM version v WHERE v.id = a.shown AND v.article = a.id)",
        "articles without a text",
    ),
    (
        "SELECT count(*) FROM article a WHERE a.current IS NOT NULL
           AND NOT EXISTS (SELECT 1 FROM version v WHERE v.id = a.current AND v.article = a.id)",
        "articles without the text that their feed delivered",
    ),
    (
        "SELECT count(*) FROM article a WHERE a.versions <> (SELECT count(*) FROM version v WHERE v.article = a.id)",
        "articles whose number of versions is wrong",
    ),
    (
        "SELECT count(*) FROM article a WHERE a.feed IS NOT NULL
           AND NOT EXISTS (SELECT 1 FROM identity i WHERE i.feed = a.feed AND i.article = a.id)",
        "articles that would not be known again",
    ),
    (
        "SELECT count(*) FROM article WHERE engine <> 0 AND engine NOT IN (SELECT id FROM engine)",
        "articles annotated by nothing known",
    ),
];

impl Store {
    /// Looks for damage: in the file, between its tables, and in what the library itself relies on. A line for each
    /// problem; none: all is in order. This reads the whole file.
    ///
    /// # Errors
    /// If it cannot be read at all.
    pub fn check(&self) -> Result<Vec<String>> {
        let mut problems = Vec::new();
        let mut select = self.conn.prepare(&format!("PRAGMA integrity_check({MOST_PROBLEMS})"))?;
        let mut rows = select.query([])?;
        loop {
            match rows.next() {
                Ok(Some(row)) => {
                    let line: String = row.get(0)?;
                    if line != "ok" {
                        problems.push(line);
                    }
                }
                Ok(None) => break,
                Err(error) => {
                    problems.push(error.to_string());
                    break;
                }
            }
        }
        if problems.is_empty() {
            self.references(&mut problems)?;
            for (sql, what) in INVARIANTS {
                let count: i64 = self.conn.query_row(sql, [], |row| row.get(0))?;
                if count > 0 {
                    problems.push(format!("{count} {what}"));
                }
            }
            self.texts(&mut problems)?;
        }
        Ok(problems)
    }

    /// Unpacks every text: SQLite does not notice a flipped bit in one.
    fn texts(&self, problems: &mut Vec<String>) -> Result<()> {
        let mut select = self.conn.prepare(
            "SELECT v.is_page, v.body, v.article, a.title FROM version v JOIN article a ON a.id = v.article ORDER BY v.id",
        )?;
        let mut rows = select.query([])?;
        while let Some(row) = rows.next()? {
            let packed = row.get_ref(1)?.as_blob().unwrap_or_default();
            let is_whole = match row.get(0)? {
                true => codec::unpack(packed).and_then(|bytes| codec::doc(&bytes)).is_ok(),
                false => codec::unpack_text(packed).is_ok(),
            };
            if is_whole {
                continue;
            }
            let title = Clean::line(row.get_ref(3)?.as_str().unwrap_or_default());
            problems.push(format!("a text of article {} ({title}) cannot be read", row.get::<_, i64>(2)?));
            if problems.len() >= MOST_PROBLEMS {
                break;
            }
        }
        Ok(())
    }

    fn references(&self, problems: &mut Vec<String>) -> Result<()> {
        let mut select = self.conn.prepare("PRAGMA foreign_key_check")?;
        let mut rows = select.query([])?;
        while let Some(row) = rows.next()? {
            let (table, id, parent): (String, Option<i64>, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
            problems.push(format!("{table} {} belongs to a {parent} that is not there", id.unwrap_or_default()));
            if problems.len() >= MOST_PROBLEMS {
                break;
            }
        }
        Ok(())
    }

    /// Writes a copy of the library, as it is at this moment, into one file. Others may read and write meanwhile. A file
    /// that is there already is replaced once the copy is whole.
    ///
    /// # Errors
    /// If the library cannot be read or the file cannot be written.
    pub fn backup(&self, to: &Path) -> Result<()> {
        let real = |path: &Path| fs::canonicalize(path).ok();
        if let Some(own) = self.path().and_then(real)
            && real(to) == Some(own)
        {
            let why = "it is the library itself".to_owned();
            return Err(StoreError::Unwritable { file: to.to_owned(), why });
        }
        copy(&self.conn, to)
    }

    /// Gives back the room of what was dropped, with what was found in texts that are no longer kept.
    ///
    /// # Errors
    /// If the library cannot be written, or another program uses it.
    pub fn vacuum(&mut self) -> Result<()> {
        let change = self.change()?;
        super::findings::forget(&change)?;
        super::facts::forget_names(&change)?;
        for index in ["words", "article_names", "name_words", "statement_words", "event_words", "note_words"] {
            change.execute(&format!("INSERT INTO {index} ({index}) VALUES ('optimize')"), [])?;
        }
        change.commit()?;
        self.conn.execute_batch("VACUUM; PRAGMA wal_checkpoint(TRUNCATE);")?;
        Ok(())
    }
}

/// Copies a library into the file `to`, which is there whole or not at all.
pub(super) fn copy(conn: &Connection, to: &Path) -> Result<()> {
    let unwritable = |why: String| StoreError::Unwritable { file: to.to_owned(), why };
    let part = beside(to, ".part");
    let name = part.to_str().ok_or_else(|| unwritable("its name is not valid Unicode".to_owned()))?;
    match fs::remove_file(&part) {
        Err(why) if why.kind() != std::io::ErrorKind::NotFound => return Err(unwritable(why.to_string())),
        _ => {}
    }
    // SQLite writes into an empty file that is there, and leaves it its rights.
    make_private(&part);
    let written = conn.execute("VACUUM INTO ?", [name]).map_err(|error| match StoreError::from(error) {
        StoreError::Other(why) => unwritable(why),
        error => error,
    });
    let done = written.and_then(|_| fs::rename(&part, to).map_err(|why| unwritable(why.to_string())));
    if done.is_err() {
        let _ = fs::remove_file(&part);
    }
    done
}
