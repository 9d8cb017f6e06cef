//! Which of some articles are news that somebody waits for.

use jiff::Timestamp;
use rusqlite::params_from_iter;

use super::codec::millis;
use super::error::Result;
use super::types::{ArticleId, Query, Row};
use super::{Store, lists};
use crate::query::Matching;

impl Store {
    /// Those of `articles` that a feed delivered, at `since` or later for the first time, and that fulfil a query; latest first.
    ///
    /// # Errors
    /// If the library cannot be read.
    pub fn news(&self, articles: &[ArticleId], since: Timestamp, wanted: &Matching) -> Result<Vec<Row>> {
        let query = Query { matching: Some(wanted.clone()), ..Query::default() };
        let view = self.conn.unchecked_transaction()?;
        let mut sql = "SELECT id FROM article".to_owned();
        let Some(mut values) = lists::conditions(&view, &query, &mut sql)? else { return Ok(Vec::new()) };
        sql.push_str(
            " AND article.id IN (SELECT value FROM json_each(?)) AND article.feed IS NOT NULL AND article.seen >= ?
             ORDER BY article.date DESC, article.seen DESC, article.id",
        );
        let asked: Vec<i64> = articles.iter().map(|article| article.0).collect();
        values.push(serde_json::to_string(&asked).unwrap_or_default().into());
        values.push(millis(since).into());
        let mut select = view.prepare_cached(&sql)?;
        let ids = select.query_map(params_from_iter(values), |row| row.get(0).map(ArticleId))?;
        let ids = ids.collect::<rusqlite::Result<Vec<_>>>()?;
        drop(select);
        drop(view);
        self.rows(&ids)
    }
}
