//! Texts of pages: single ones that the user saved, and those of articles whose feed is too short.

use jiff::Timestamp;
use rusqlite::{OptionalExtension, Transaction, params};

use super::codec::{self, Packer, millis};
use super::error::Result;
use super::hashes::{digest, hash_parts};
use super::take::DAY;
use super::types::ArticleId;
use super::{Store, identity};
use crate::model::Article;
use crate::text::Clean;

impl Store {
    /// Keeps a single page among the saved; the same address again is a new version of it, if its text is another.
    ///
    /// # Errors
    /// If the library cannot be written.
    pub fn save_page(&mut self, page: &Article, published: Option<Timestamp>, now: Timestamp) -> Result<ArticleId> {
        let now = millis(now);
        let published = published.map(millis).filter(|date| *date <= now + DAY);
        let address = page.url.as_deref().unwrap_or(&page.id);
        let key = identity::hash("page", &[&identity::canonical(address)]).cast_signed();
        let change = self.change()?;
        let known =
            change.query_row("SELECT id FROM article WHERE page_key = ?", [key], |row| row.get(0)).optional()?;
        let article = match known {
            Some(article) => article,
            None => {
                change.execute(
                    "INSERT INTO article (date, seen, published, versions, url, page_key) VALUES (?, ?, ?, 0, ?, ?)",
                    params![
                        published.filter(|date| *date <= now).unwrap_or(now),
                        now,
                        published,
                        page.url.as_deref(),
                        key
                    ],
                )?;
                let article = change.last_insert_rowid();
                change.execute("UPDATE tally SET total = total + 1, unread = unread + 1 WHERE feed = 0", [])?;
                article
            }
        };
        add(&change, article, page, now)?;
        change.execute(
            "UPDATE article SET source = coalesce(?2, source, ?3) WHERE id = ?1",
            params![article, page.source.as_deref(), host(address)],
        )?;
        change.commit()?;
        Ok(ArticleId(article))
    }

    /// Keeps the text of an article's page; it is shown instead of the feed's from now on.
    ///
    /// # Errors
    /// If the library cannot be written.
    pub fn take_page(&mut self, article: ArticleId, page: &Article, now: Timestamp) -> Result<()> {
        let change = self.change()?;
        let is_there: bool =
            change.query_row("SELECT EXISTS (SELECT 1 FROM article WHERE id = ?)", [article.0], |row| row.get(0))?;
        if is_there {
            add(&change, article.0, page, millis(now))?;
        }
        Ok(change.commit()?)
    }
}

/// Adds the text of a page to an article, unless it is there already, and shows it.
fn add(change: &Transaction, article: i64, page: &Article, now: i64) -> Result<()> {
    let (title, published): (String, Option<i64>) =
        change.query_row("SELECT title, published FROM article WHERE id = ?", [article], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?;
    let title = page.title.as_ref().filter(|title| !title.is_empty()).cloned().unwrap_or_else(|| Clean::line(&title));
    let body = codec::doc_bytes(&page.doc)?;
    // Neither addresses of links, which a site may write anew for every visit, nor emphasis make another version.
    let hash = hash_parts("page", Some(&title), digest(&codec::read_bytes(&page.doc)?), published);
    let known: Option<i64> = change
        .query_row("SELECT id FROM version WHERE article = ? AND hash = ?", params![article, hash.0], |row| {
            row.get(0)
        })
        .optional()?;
    let version = match known {
        Some(version) => {
            change.execute(
                "UPDATE version SET url = coalesce(?2, url), language = ?3, authors = ?4, body = ?5 WHERE id = ?1",
                params![
                    version,
                    page.url.as_deref(),
                    page.language.as_deref(),
                    codec::names_json(&page.authors),
                    Packer::new()?.pack(&body),
                ],
            )?;
            version
        }
        None => {
            change.execute(
                "INSERT INTO version (article, seen, is_page, hash, title, url, language, authors, body)
                 VALUES (?, ?, 1, ?, ?, coalesce(?, (SELECT url FROM article WHERE id = ?1)), ?, ?, ?)",
                params![
                    article,
                    now,
                    hash.0,
                    title.as_str(),
                    page.url.as_deref(),
                    page.language.as_deref(),
                    codec::names_json(&page.authors),
                    Packer::new()?.pack(&body),
                ],
            )?;
            change.last_insert_rowid()
        }
    };
    change.execute(
        "UPDATE article SET engine = CASE WHEN shown IS ?2 THEN engine ELSE 0 END, shown = ?2, title = ?3,
           versions = versions + ?4 WHERE id = ?1",
        params![article, version, title.as_str(), known.is_none()],
    )?;
    Ok(())
}

/// The host of an address, to be named as its source.
fn host(address: &str) -> Option<String> {
    let url = url::Url::parse(address).ok()?;
    Some(url.host_str()?.trim_start_matches("www.").to_owned())
}
