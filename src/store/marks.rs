//! What the reader marked, and how many articles there are.

use std::collections::HashMap;

use jiff::Timestamp;
use rusqlite::{OptionalExtension, Transaction};

use super::Store;
use super::codec::millis;
use super::error::Result;
use super::types::{ArticleId, Counts, Mark};

impl Store {
    /// Marks articles, all of them or none. What is so marked already is not written.
    ///
    /// # Errors
    /// If the library cannot be written.
    pub fn mark(&mut self, articles: &[ArticleId], mark: Mark) -> Result<()> {
        let change = self.change()?;
        match mark {
            Mark::Read(is_read) => mark_read(&change, articles, is_read)?,
            Mark::Starred(is_starred) => {
                let mut update =
                    change.prepare_cached("UPDATE article SET starred = ?2 WHERE id = ?1 AND starred <> ?2")?;
                for article in articles {
                    update.execute((article.0, is_starred))?;
                }
            }
        }
        Ok(change.commit()?)
    }

    /// How many articles there are; `midnight` begins the reader's day.
    ///
    /// # Errors
    /// If the library cannot be read.
    pub fn counts(&self, midnight: Timestamp) -> Result<Counts> {
        let mut select = self.conn.prepare_cached(
            "SELECT (SELECT sum(total) FROM tally), (SELECT sum(unread) FROM tally),
               (SELECT count(*) FROM article INDEXED BY article_starred WHERE starred = 1),
               (SELECT count(*) FROM article INDEXED BY article_by_date WHERE date >= ?),
               (SELECT total FROM tally WHERE feed = 0)",
        )?;
        Ok(select.query_row([millis(midnight)], |row| {
            let count = |index| Ok::<_, rusqlite::Error>(usize::try_from(row.get::<_, i64>(index)?).unwrap_or(0));
            Ok(Counts { all: count(0)?, unread: count(1)?, starred: count(2)?, today: count(3)?, saved: count(4)? })
        })?)
    }
}

/// Marks articles as read or not, and counts them. To mark as read is also to have seen the latest version.
fn mark_read(change: &Transaction, articles: &[ArticleId], is_read: bool) -> Result<()> {
    let mut select = change.prepare_cached("SELECT coalesce(feed, 0) FROM article WHERE id = ? AND read <> ?")?;
    let mut update = change
        .prepare_cached("UPDATE article SET read = ?2, changed = 0 WHERE id = ?1 AND (read <> ?2 OR changed)")?;
    let mut turned: HashMap<i64, i64> = HashMap::new();
    for article in articles {
        let feed: Option<i64> = select.query_row((article.0, is_read), |row| row.get(0)).optional()?;
        if let Some(feed) = feed {
            *turned.entry(feed).or_default() += if is_read { -1 } else { 1 };
        }
        update.execute((article.0, is_read))?;
    }
    let mut count = change.prepare_cached("UPDATE tally SET unread = unread + ?2 WHERE feed = ?1")?;
    for turned in turned {
        count.execute(turned)?;
    }
    Ok(())
}
