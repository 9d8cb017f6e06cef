//! What was found in articles: annotations, countries, and the index of their words.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use rusqlite::{Connection, OptionalExtension, Transaction, params};

use super::codec::{self, Packer};
use super::error::Result;
use super::types::{ArticleId, ContentHash, Finding};
use super::{Store, corrections, facts};
use crate::model::{Annotations, Article, Country};

impl Store {
    /// What `engine` found in a text.
    ///
    /// # Errors
    /// If the library cannot be read.
    pub fn annotations(&self, hash: ContentHash, engine: &str) -> Result<Option<Annotations>> {
        let mut select = self.conn.prepare_cached(
            "SELECT n.body FROM annotation n JOIN engine e ON e.id = n.engine WHERE n.hash = ? AND e.name = ?",
        )?;
        let mut rows = select.query(params![hash.0, engine])?;
        let Some(row) = rows.next()? else { return Ok(None) };
        let bytes = codec::unpack(row.get_ref(0)?.as_blob().unwrap_or_default());
        // Damaged, or of another form: as if they were not there, so they are made anew.
        Ok(bytes.ok().and_then(|bytes| codec::annotations(&bytes)))
    }

    /// What was found in an article whose text has this hash, and by which engine, as people have corrected it: what queries ask
    /// of it. `None` if it waits to be annotated.
    ///
    /// # Errors
    /// If the library cannot be read.
    pub fn filed(
        &self,
        id: ArticleId,
        article: &Article,
        hash: ContentHash,
    ) -> Result<Option<(String, Annotations)>> {
        let mut select = self.conn.prepare_cached(
            "SELECT e.name FROM article a JOIN engine e ON e.id = a.engine WHERE a.id = ? AND a.indexed = 1",
        )?;
        let engine: Option<String> = select.query_row([id.0], |row| row.get(0)).optional()?;
        let Some(engine) = engine else { return Ok(None) };
        let Some(found) = self.annotations(hash, &engine)? else { return Ok(None) };
        Ok(Some((engine, self.corrected(id, article, found)?)))
    }

    /// Keeps what `engine` found, and puts the texts into the index. An article that is gone, or shows another text than
    /// the one that was annotated, is left alone.
    ///
    /// # Errors
    /// If the library cannot be written.
    pub fn keep(&mut self, findings: &[Finding], engine: &str) -> Result<()> {
        let mut packer = Packer::new()?;
        let change = self.change()?;
        change.prepare_cached("INSERT OR IGNORE INTO engine (name) VALUES (?)")?.execute([engine])?;
        let engine: i64 =
            change.prepare_cached("SELECT id FROM engine WHERE name = ?")?.query_row([engine], |row| row.get(0))?;
        for finding in findings {
            let id = finding.article.0;
            if shows(&change, id, finding.hash)?.is_none() {
                continue;
            }
            let body = codec::annotations_bytes(finding.annotations)?;
            change
                .prepare_cached(
                    "INSERT INTO annotation (hash, engine, body) VALUES (?, ?, ?)
                     ON CONFLICT DO UPDATE SET body = excluded.body WHERE body <> excluded.body",
                )?
                .execute(params![finding.hash.0, engine, packer.pack(&body)])?;
            // What another engine found in it is of no use any more.
            change
                .prepare_cached("DELETE FROM annotation WHERE hash = ? AND engine <> ?")?
                .execute(params![finding.hash.0, engine])?;
            change.prepare_cached("UPDATE article SET engine = ?2 WHERE id = ?1")?.execute(params![id, engine])?;
            file(&change, id, finding.article_text, finding.annotations)?;
        }
        Ok(change.commit()?)
    }

    /// Articles that `engine` has not annotated yet: unread before read, latest first, at most `most`.
    ///
    /// # Errors
    /// If the library cannot be read.
    pub fn to_annotate(&self, engine: &str, most: usize) -> Result<Vec<ArticleId>> {
        let view = self.conn.unchecked_transaction()?;
        let mut select = view.prepare_cached(
            "SELECT read, date, id FROM article INDEXED BY article_by_engine WHERE engine = ?
             ORDER BY read, date DESC LIMIT ?",
        )?;
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        // What other engines left: each has its part of the index, which is in order.
        let mut first = BinaryHeap::new();
        for other in other_engines(&view, engine)? {
            let mut rows = select.query([other, most])?;
            while let Some(row) = rows.next()? {
                let (read, date, id): (bool, i64, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
                first.push((read, Reverse(date), id));
                if first.len() > usize::try_from(most).unwrap_or(usize::MAX) {
                    first.pop();
                }
            }
        }
        Ok(first.into_sorted_vec().into_iter().map(|(_, _, id)| ArticleId(id)).collect())
    }

    /// How many articles `engine` has not annotated yet.
    ///
    /// # Errors
    /// If the library cannot be read.
    pub fn count_to_annotate(&self, engine: &str) -> Result<usize> {
        let view = self.conn.unchecked_transaction()?;
        let mut select =
            view.prepare_cached("SELECT count(*) FROM article INDEXED BY article_by_engine WHERE engine = ?")?;
        let mut count = 0;
        for other in other_engines(&view, engine)? {
            count += select.query_row([other], |row| row.get::<_, i64>(0))?;
        }
        Ok(usize::try_from(count).unwrap_or(0))
    }

    /// Every country that annotated articles name, with the number of articles about it and of those that name it.
    ///
    /// # Errors
    /// If the library cannot be read.
    pub fn countries(&self) -> Result<Vec<(Country, usize, usize)>> {
        let mut select = self.conn.prepare_cached(
            "SELECT country, count(rank), count(*) FROM article_country GROUP BY country ORDER BY country",
        )?;
        let mut rows = select.query([])?;
        let mut countries = Vec::new();
        while let Some(row) = rows.next()? {
            let Some(country) = row.get_ref(0)?.as_str().ok().and_then(Country::new) else { continue };
            let count = |index| Ok::<_, rusqlite::Error>(usize::try_from(row.get::<_, i64>(index)?).unwrap_or(0));
            countries.push((country, count(1)?, count(2)?));
        }
        Ok(countries)
    }
}

/// Writes what queries ask of an article, as people have corrected it.
pub(super) fn file(change: &Transaction, id: i64, article: &Article, found: &Annotations) -> Result<()> {
    let found = corrections::apply(change, id, article, found)?;
    change.prepare_cached("DELETE FROM article_country WHERE article = ?")?.execute([id])?;
    let profile = &found.countries;
    let mut insert =
        change.prepare_cached("INSERT OR IGNORE INTO article_country (country, article, rank) VALUES (?, ?, ?)")?;
    for (rank, country) in (1i64..).zip(&profile.about) {
        insert.execute(params![country.code(), id, rank])?;
    }
    for country in found.countries_in() {
        insert.execute(params![country.code(), id, None::<i64>])?;
    }
    facts::write(change, id, article, &found)?;
    change
        .prepare_cached("UPDATE article SET indexed = 1, about = ?2 WHERE id = ?1")?
        .execute(params![id, codec::codes(&profile.about)])?;
    Ok(())
}

/// Whether an article is in the index, if it is there and shows the text with this hash.
pub(super) fn shows(change: &Transaction, article: i64, hash: ContentHash) -> Result<Option<bool>> {
    Ok(change
        .prepare_cached(
            "SELECT a.indexed FROM article a JOIN version v ON v.id = a.shown WHERE a.id = ? AND v.hash = ?",
        )?
        .query_row(params![article, hash.0], |row| row.get(0))
        .optional()?)
}

/// Every engine but this one, and 0 for none.
fn other_engines(view: &Connection, engine: &str) -> Result<Vec<i64>> {
    let mut select = view.prepare_cached("SELECT 0 UNION ALL SELECT id FROM engine WHERE name <> ?")?;
    Ok(select.query_map([engine], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?)
}

/// Drops annotations that nothing refers to, once they are a large part of all. To be called when articles were dropped.
pub(super) fn sweep(change: &Transaction) -> Result<()> {
    let is_much: bool = change
        .prepare_cached("SELECT 2 * (SELECT count(*) FROM annotation) > 3 * (SELECT count(*) FROM version) + 2000")?
        .query_row([], |row| row.get(0))?;
    if is_much { forget(change) } else { Ok(()) }
}

/// Drops annotations that nothing refers to: of texts that are no longer kept, and by engines whose findings no article
/// with that text shows. An article that waits for its annotation keeps what there is, as it may show that text again.
pub(super) fn forget(change: &Transaction) -> Result<()> {
    change.execute(
        "DELETE FROM annotation WHERE
           (hash, engine) NOT IN (SELECT v.hash, a.engine FROM version v JOIN article a ON a.id = v.article)
           AND hash NOT IN (SELECT v.hash FROM version v JOIN article a ON a.id = v.article WHERE a.engine = 0)",
        [],
    )?;
    Ok(())
}
