//! Tags that the user gives to articles.

use rusqlite::params;

use super::Store;
use super::error::Result;
use super::types::ArticleId;
use crate::text::Clean;

impl Store {
    /// Gives a tag to articles; tells which did not have it. Capitals do not tell tags apart; an empty tag is none.
    ///
    /// # Errors
    /// If the library cannot be written.
    pub fn tag(&mut self, articles: &[ArticleId], tag: &Clean) -> Result<Vec<ArticleId>> {
        let Some(tag) = name(tag) else { return Ok(Vec::new()) };
        let change = self.change()?;
        let mut given = Vec::new();
        let mut insert = change.prepare_cached(
            "INSERT OR IGNORE INTO article_tag (tag, article) SELECT ?2, id FROM article WHERE id = ?1",
        )?;
        for article in articles {
            if insert.execute(params![article.0, tag])? > 0 {
                given.push(*article);
            }
        }
        drop(insert);
        change.commit()?;
        Ok(given)
    }

    /// Takes a tag from articles; tells which had it, with the tag as it was written there.
    ///
    /// # Errors
    /// If the library cannot be written.
    pub fn untag(&mut self, articles: &[ArticleId], tag: &Clean) -> Result<Vec<(ArticleId, Clean)>> {
        let Some(tag) = name(tag) else { return Ok(Vec::new()) };
        let change = self.change()?;
        let mut taken = Vec::new();
        let mut delete =
            change.prepare_cached("DELETE FROM article_tag WHERE tag = ?2 AND article = ?1 RETURNING tag")?;
        for article in articles {
            let mut rows = delete.query(params![article.0, tag])?;
            while let Some(row) = rows.next()? {
                taken.push((*article, Clean::line(row.get_ref(0)?.as_str().unwrap_or_default())));
            }
        }
        drop(delete);
        change.commit()?;
        Ok(taken)
    }

    /// The tags of an article, in their order.
    ///
    /// # Errors
    /// If the library cannot be read.
    pub fn tags(&self, article: ArticleId) -> Result<Vec<Clean>> {
        let mut select = self.conn.prepare_cached("SELECT tag FROM article_tag WHERE article = ? ORDER BY tag")?;
        let tags =
            select.query_map([article.0], |row| Ok(Clean::line(row.get_ref(0)?.as_str().unwrap_or_default())))?;
        Ok(tags.collect::<rusqlite::Result<_>>()?)
    }
}

/// A tag as it is kept: with single blanks.
fn name(tag: &Clean) -> Option<String> {
    let name = tag.split_whitespace().collect::<Vec<_>>().join(" ");
    (!name.is_empty()).then_some(name)
}
