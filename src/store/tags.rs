//! Tags that the user gives to articles.

use rusqlite::params;

use super::Store;
use super::error::Result;
use super::types::ArticleId;
use crate::text::Clean;

impl Store {
    /// Gives a tag to articles. Capitals do not tell tags apart; an empty tag is none.
    ///
    /// # Errors
    /// If the library cannot be written.
    pub fn tag(&mut self, articles: &[ArticleId], tag: &Clean) -> Result<()> {
        let Some(tag) = name(tag) else { return Ok(()) };
        let change = self.change()?;
        let mut insert = change.prepare_cached(
            "INSERT OR IGNORE INTO article_tag (tag, article) SELECT ?2, id FROM article WHERE id = ?1",
        )?;
        for article in articles {
            insert.execute(params![article.0, tag])?;
        }
        drop(insert);
        Ok(change.commit()?)
    }

    /// Takes a tag from articles.
    ///
    /// # Errors
    /// If the library cannot be written.
    pub fn untag(&mut self, articles: &[ArticleId], tag: &Clean) -> Result<()> {
        let Some(tag) = name(tag) else { return Ok(()) };
        let change = self.change()?;
        let mut delete = change.prepare_cached("DELETE FROM article_tag WHERE tag = ?2 AND article = ?1")?;
        for article in articles {
            delete.execute(params![article.0, tag])?;
        }
        drop(delete);
        Ok(change.commit()?)
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
