//! Lists of articles. They are read from indexes alone, and in order: what is not shown costs nothing.

use std::collections::HashMap;
use std::fmt::Write;

use jiff::Timestamp;
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

use super::codec::{self, millis, moment};
use super::error::Result;
use super::types::{ArticleId, FeedId, Key, Order, Query, Row, Scope};
use super::{Store, feeds, folders, matching};
use crate::text::Clean;

impl Store {
    /// What `query` lists, at most `most`, in order. Looks at an index only, but for the order by headline.
    ///
    /// # Errors
    /// If the library cannot be read.
    pub fn keys(&self, query: &Query, most: Option<usize>) -> Result<Vec<Key>> {
        let view = self.conn.unchecked_transaction()?;
        keys(&view, query, most)
    }

    /// How many articles `query` lists, counted no further than `most`.
    ///
    /// # Errors
    /// If the library cannot be read.
    pub fn count_articles(&self, query: &Query, most: usize) -> Result<usize> {
        let view = self.conn.unchecked_transaction()?;
        let mut sql = "SELECT count(*) FROM (SELECT 1 FROM article".to_owned();
        let Some(mut values) = conditions(&view, query, &mut sql)? else { return Ok(0) };
        sql.push_str(" LIMIT ?)");
        values.push(i64::try_from(most).unwrap_or(i64::MAX).into());
        let count: i64 = view.prepare_cached(&sql)?.query_row(params_from_iter(values), |row| row.get(0))?;
        Ok(usize::try_from(count).unwrap_or(0))
    }

    /// The rows of these articles, in their order; one that is gone has none.
    ///
    /// # Errors
    /// If the library cannot be read.
    pub fn rows(&self, articles: &[ArticleId]) -> Result<Vec<Row>> {
        let view = self.conn.unchecked_transaction()?;
        let mut select = view.prepare_cached(
            "SELECT a.feed, a.title, coalesce(a.source, f.own_title, f.title), a.date, a.url, a.about, a.versions,
               a.changed, f.url
             FROM article a LEFT JOIN feed f ON f.id = a.feed WHERE a.id = ?",
        )?;
        let mut list = Vec::with_capacity(articles.len());
        for id in articles {
            let mut rows = select.query([id.0])?;
            let Some(row) = rows.next()? else { continue };
            let text = |index| Ok::<_, rusqlite::Error>(row.get_ref(index)?.as_str().ok().map(Clean::line));
            let url = text(8)?;
            list.push(Row {
                id: *id,
                feed: row.get::<_, Option<i64>>(0)?.map(FeedId),
                title: text(1)?.unwrap_or_default(),
                source: text(2)?
                    .filter(|source| !source.is_empty())
                    .or_else(|| url.map(|url| Clean::line(feeds::bare(&url)))),
                date: moment(row.get(3)?),
                url: text(4)?,
                about: codec::countries(row.get_ref(5)?.as_str().unwrap_or_default()),
                versions: usize::try_from(row.get::<_, i64>(6)?).unwrap_or(1),
                updated: row.get(7)?,
            });
        }
        Ok(list)
    }
}

/// What `query` lists in this view of the library.
pub(super) fn keys(view: &Connection, query: &Query, most: Option<usize>) -> Result<Vec<Key>> {
    match query.order {
        Order::Newest | Order::Oldest => by_date(view, query, most),
        Order::Feed => {
            let places: HashMap<i64, usize> =
                feeds::in_order(view)?.iter().enumerate().map(|(place, feed)| (feed.id.0, place)).collect();
            sorted(view, query, most, "feed", |feed: Option<i64>| {
                feed.and_then(|feed| places.get(&feed).copied()).unwrap_or(usize::MAX)
            })
        }
        Order::Title => sorted(view, query, most, "title", |title: String| title.to_lowercase()),
        Order::Relevance => by_weight(view, query, most),
    }
}

/// A list in the order of its index.
fn by_date(view: &Connection, query: &Query, most: Option<usize>) -> Result<Vec<Key>> {
    let index = match query.scope {
        Scope::Starred => "article_starred",
        Scope::Feed(_) | Scope::Saved => "article_by_feed",
        _ => "article_by_date",
    };
    let mut sql = format!("SELECT id, read, starred FROM article INDEXED BY {index}");
    let Some(values) = conditions(view, query, &mut sql)? else { return Ok(Vec::new()) };
    sql.push_str(match query.order {
        Order::Oldest => " ORDER BY date, seen, id DESC",
        _ => " ORDER BY date DESC, seen DESC, id",
    });
    if let Some(most) = most {
        let _ = write!(sql, " LIMIT {most}");
    }
    let mut select = view.prepare_cached(&sql)?;
    let mut rows = select.query(params_from_iter(values))?;
    let mut keys = Vec::with_capacity(most.unwrap_or(1 << 10).min(1 << 16));
    while let Some(row) = rows.next()? {
        keys.push(Key { id: ArticleId(row.get(0)?), read: row.get(1)?, starred: row.get(2)? });
    }
    Ok(keys)
}

/// A list ordered by something that no index has; latest first among the same.
fn sorted<T: rusqlite::types::FromSql, K: Ord>(
    view: &Connection,
    query: &Query,
    most: Option<usize>,
    column: &str,
    place: impl Fn(T) -> K,
) -> Result<Vec<Key>> {
    let mut sql = format!("SELECT id, read, starred, {column} FROM article");
    let Some(values) = conditions(view, query, &mut sql)? else { return Ok(Vec::new()) };
    sql.push_str(" ORDER BY date DESC, seen DESC, id");
    let mut select = view.prepare_cached(&sql)?;
    let mut rows = select.query(params_from_iter(values))?;
    let mut keys = Vec::new();
    while let Some(row) = rows.next()? {
        let key = Key { id: ArticleId(row.get(0)?), read: row.get(1)?, starred: row.get(2)? };
        keys.push((place(row.get(3)?), key));
    }
    keys.sort_by(|(a, _), (b, _)| a.cmp(b));
    keys.truncate(most.unwrap_or(usize::MAX));
    Ok(keys.into_iter().map(|(_, key)| key).collect())
}

/// Articles that are weighed: of more, the latest seen. What is in so many weighs little in each.
const MOST_WEIGHED: usize = 20_000;

/// A list ordered by how much the words that are looked for weigh; latest first among the same.
fn by_weight(view: &Connection, query: &Query, most: Option<usize>) -> Result<Vec<Key>> {
    let words = match &query.matching {
        Some(matching) => matching::weighed(view, matching)?,
        None => None,
    };
    let Some(words) = words else { return by_date(view, query, most) };
    // The less the heavier. A word in the headline weighs as much as ten in the text.
    let mut select = view.prepare_cached(&format!(
        "SELECT rowid, bm25(words, 10.0, 1.0) FROM words WHERE words MATCH ? ORDER BY rowid DESC LIMIT {MOST_WEIGHED}"
    ))?;
    let weights: HashMap<i64, f64> =
        select.query_map([words], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<rusqlite::Result<_>>()?;
    let mut keys = by_date(view, query, None)?;
    let weight = |key: &Key| weights.get(&key.id.0).copied().unwrap_or(f64::INFINITY);
    keys.sort_by(|a, b| weight(a).total_cmp(&weight(b)));
    keys.truncate(most.unwrap_or(usize::MAX));
    Ok(keys)
}

/// Adds the conditions of `query` to `sql`, and gives their values; `None` if nothing can fulfil them.
pub(super) fn conditions(view: &Connection, query: &Query, sql: &mut String) -> Result<Option<Vec<Value>>> {
    let mut values: Vec<Value> = Vec::new();
    let mut word = " WHERE ";
    let mut add = |condition: &str, sql: &mut String| {
        sql.push_str(word);
        sql.push_str(condition);
        word = " AND ";
    };
    match &query.scope {
        Scope::All => {}
        Scope::Unread if query.also.is_empty() => add("article.read = 0", sql),
        Scope::Unread => {
            add("(article.read = 0 OR article.id IN (SELECT value FROM json_each(?)))", sql);
            let also: Vec<i64> = query.also.iter().map(|article| article.0).collect();
            values.push(serde_json::to_string(&also).unwrap_or_default().into());
        }
        Scope::Starred => add("article.starred = 1", sql),
        Scope::Since(moment) => {
            add("article.date >= ?", sql);
            values.push(since(*moment).into());
        }
        Scope::Saved => add("article.feed IS NULL", sql),
        Scope::Feed(feed) => {
            add("article.feed = ?", sql);
            values.push(feed.0.into());
        }
        Scope::Folder(path) => {
            // With the unary plus the index by date is walked in order, and the feeds are looked up.
            if !path.is_empty() {
                let Some(folder) = folders::find(view, path)? else { return Ok(None) };
                add(
                    "+article.feed IN (WITH RECURSIVE part (id) AS (VALUES (?) UNION SELECT f.id FROM folder f JOIN part p
                       ON f.parent = p.id) SELECT feed.id FROM feed JOIN part ON feed.folder = part.id)",
                    sql,
                );
                values.push(folder.into());
            } else {
                add("+article.feed IS NOT NULL", sql);
            }
        }
    }
    if !query.countries.is_empty() {
        let marks = vec!["?"; query.countries.len()].join(", ");
        let about = if query.about { " AND rank IS NOT NULL" } else { "" };
        add(&format!("article.id IN (SELECT article FROM article_country WHERE country IN ({marks}){about})"), sql);
        values.extend(query.countries.iter().map(|country| Value::from(country.code().to_owned())));
    }
    if let Some(wanted) = &query.matching {
        let wanted = matching::condition(view, wanted, &query.also)?;
        add(&wanted.sql, sql);
        values.extend(wanted.values);
    }
    Ok(Some(values))
}

/// The first whole millisecond that is not before `moment`.
pub(super) fn since(moment: Timestamp) -> i64 {
    let floor = millis(moment);
    floor + i64::from(codec::moment(floor) < moment)
}
