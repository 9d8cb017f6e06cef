//! Articles, whole, and their history.

use rusqlite::{OptionalExtension, Row as SqlRow};

use super::codec::{self, moment};
use super::error::Result;
use super::types::{ArticleId, Body, ContentHash, Stored, Version, VersionId};
use super::{Store, feeds};
use crate::model::Content;
use crate::text::Clean;

/// A version with its article and feed.
const WHOLE: &str = "SELECT a.id, v.id, v.hash, v.title, v.authors, coalesce(a.source, f.own_title, f.title), v.url,
    v.language, a.published, v.is_page, v.is_html, v.base, v.body, v.enclosures, a.read, a.starred, f.url
  FROM version v JOIN article a ON a.id = v.article LEFT JOIN feed f ON f.id = a.feed ";

impl Store {
    /// The version of an article that is shown.
    ///
    /// # Errors
    /// If the library cannot be read.
    pub fn article(&self, article: ArticleId) -> Result<Option<Stored>> {
        let sql = format!("{WHOLE} WHERE v.id = (SELECT shown FROM article WHERE id = ?)");
        self.stored(&sql, article.0)
    }

    /// An article's versions, earliest first.
    ///
    /// # Errors
    /// If the library cannot be read.
    pub fn versions(&self, article: ArticleId) -> Result<Vec<Version>> {
        let mut select =
            self.conn.prepare_cached("SELECT id, seen, is_page, title FROM version WHERE article = ? ORDER BY id")?;
        let rows = select.query_map([article.0], |row| {
            Ok(Version {
                id: VersionId(row.get(0)?),
                seen: moment(row.get(1)?),
                is_page: row.get(2)?,
                title: line(row, 3)?,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// One version of an article.
    ///
    /// # Errors
    /// If the library cannot be read.
    pub fn version(&self, version: VersionId) -> Result<Option<Stored>> {
        let sql = format!("{WHOLE} WHERE v.id = ?");
        self.stored(&sql, version.0)
    }

    fn stored(&self, sql: &str, id: i64) -> Result<Option<Stored>> {
        let mut select = self.conn.prepare_cached(sql)?;
        select.query_row([id], |row| Ok(whole(row))).optional()?.transpose()
    }
}

fn whole(row: &SqlRow) -> Result<Stored> {
    let packed = row.get_ref(12)?.as_blob().unwrap_or_default();
    let body = if row.get(9)? {
        Body::Page(Box::new(codec::doc(&codec::unpack(packed)?)?))
    } else {
        Body::Feed(Content { text: codec::unpack_text(packed)?, is_html: row.get(10)?, base: row.get(11)? })
    };
    Ok(Stored {
        id: ArticleId(row.get(0)?),
        version: VersionId(row.get(1)?),
        hash: ContentHash(row.get(2)?),
        title: line(row, 3)?,
        authors: codec::names(row.get_ref(4)?.as_str().ok()),
        source: match line(row, 5)?.filter(|source| !source.is_empty()) {
            Some(source) => Some(source),
            None => line(row, 16)?.map(|url| Clean::line(feeds::bare(&url))),
        },
        url: line(row, 6)?,
        language: line(row, 7)?,
        published: row.get::<_, Option<i64>>(8)?.map(moment),
        body,
        enclosures: codec::enclosures(row.get_ref(13)?.as_str().ok()),
        read: row.get(14)?,
        starred: row.get(15)?,
    })
}

/// Text of the file is foreign text: the file may have been written by anybody.
fn line(row: &SqlRow, index: usize) -> rusqlite::Result<Option<Clean>> {
    Ok(row.get_ref(index)?.as_str().ok().map(Clean::line))
}
