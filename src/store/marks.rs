//! What the reader marked, and how many articles there are.

use jiff::Timestamp;

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
        {
            let (sql, value) = match mark {
                // To mark as read is also to have seen the latest version.
                Mark::Read(value) => {
                    ("UPDATE article SET read = ?2, changed = 0 WHERE id = ?1 AND (read <> ?2 OR changed)", value)
                }
                Mark::Starred(value) => ("UPDATE article SET starred = ?2 WHERE id = ?1 AND starred <> ?2", value),
            };
            let mut update = change.prepare_cached(sql)?;
            for article in articles {
                update.execute((article.0, value))?;
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
