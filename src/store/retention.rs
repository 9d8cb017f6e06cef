//! How long articles are kept, and what is remembered of those that were not.

use rusqlite::{Transaction, params};

use super::error::Result;
use super::take::DAY;
use super::types::{FeedId, Retention};

/// How long a dropped article is remembered after its feed showed it last, in milliseconds. Servers that take turns may
/// leave an entry out for days.
pub(super) const MEMORY: i64 = 90 * DAY;

/// Drops what is too much or too old; how many.
pub(super) fn apply(change: &Transaction, feed: FeedId, retention: Retention, now: i64) -> Result<usize> {
    let mut dropped = Vec::new();
    if let Some(count) = retention.count {
        let total: i64 =
            change.prepare_cached("SELECT total FROM tally WHERE feed = ?")?.query_row([feed.0], |row| row.get(0))?;
        let count = i64::try_from(count).unwrap_or(i64::MAX);
        if total > count {
            let mut select = change.prepare_cached(
                "SELECT id, starred OR EXISTS (SELECT 1 FROM note WHERE note.article = article.id)
                 FROM article INDEXED BY article_by_feed WHERE feed = ?
                 ORDER BY date DESC, seen DESC, id LIMIT -1 OFFSET ?",
            )?;
            collect(&mut select.query([feed.0, count])?, &mut dropped)?;
        }
    }
    if let Some(days) = retention.days {
        let oldest = now.saturating_sub(i64::from(days) * DAY);
        let mut select = change.prepare_cached(
            "SELECT id, starred OR EXISTS (SELECT 1 FROM note WHERE note.article = article.id)
             FROM article INDEXED BY article_by_feed WHERE feed = ? AND seen < ?",
        )?;
        collect(&mut select.query([feed.0, oldest])?, &mut dropped)?;
    }
    dropped.sort_unstable();
    dropped.dedup();
    for article in &dropped {
        change
            .prepare_cached("UPDATE identity SET gone = ?3 WHERE feed = ?1 AND article = ?2")?
            .execute([feed.0, *article, now])?;
        change.prepare_cached("DELETE FROM article WHERE id = ?")?.execute([*article])?;
    }
    Ok(dropped.len())
}

/// Adds those that may be dropped: what the user starred or has notes on stays.
fn collect(rows: &mut rusqlite::Rows, dropped: &mut Vec<i64>) -> Result<()> {
    while let Some(row) = rows.next()? {
        if !row.get::<_, bool>(1)? {
            dropped.push(row.get(0)?);
        }
    }
    Ok(())
}

/// Forgets dropped articles that the feed has not shown for long.
pub(super) fn forget(change: &Transaction, feed: FeedId, now: i64) -> Result<()> {
    change
        .prepare_cached("DELETE FROM identity WHERE feed = ? AND gone < ?")?
        .execute(params![feed.0, now - MEMORY])?;
    Ok(())
}
