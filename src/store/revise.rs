//! Entries that say something else than before: what is an edit, and what only looks like one.

use rusqlite::{OptionalExtension, params};

use super::codec;
use super::error::Result;
use super::hashes::{Digest, content_hash};
use super::take::Desk;
use super::types::ContentHash;
use super::visible::{self, Likeness};
use crate::model::{Content, Entry, Feed};

/// Versions of an article that are kept: the first, and the latest. A feed that flickers must not fill the disk.
const MOST_VERSIONS: i64 = 100;

impl Desk<'_> {
    /// An entry that says something else than before. Whether that made a new version.
    pub(super) fn change_article(
        &mut self,
        article: i64,
        entry: &Entry,
        digest: Digest,
        feed: &Feed,
    ) -> Result<bool> {
        let Some(old) = self.current(article)? else { return Ok(false) };
        let none = Content::default();
        let body = entry.body().unwrap_or(&none);
        let is_same_title = old.title.as_deref().unwrap_or_default() == entry.title.as_deref().unwrap_or_default();
        let mut hash = content_hash(entry.title.as_ref(), body, digest, old.published);
        let likeness = match &old.content {
            // It cannot be read; by its hash it is known whether this is the same text, which mends it.
            None if hash == old.hash => Likeness::SameText,
            None => Likeness::Other,
            Some(_) if !is_same_title => Likeness::Other,
            Some(content) if content.text == body.text && content.is_html == body.is_html => Likeness::SameText,
            Some(content) => visible::compare(content, body),
        };
        if let Some(link) = &entry.link {
            self.change
                .prepare_cached("UPDATE article SET url = ?2 WHERE id = ?1 AND url IS NOT ?2")?
                .execute(params![article, link])?;
        }
        // A delivery that leaves the link out takes none away.
        let url = entry.link.as_deref().or(old.url.as_deref());
        if likeness != Likeness::Other {
            if likeness == Likeness::SameText {
                // Its plain text is the same, so what was found in it stays true.
                hash = old.hash;
            }
            self.replace(old.version, entry, url, body, hash)?;
            if hash != old.hash {
                self.change
                    .prepare_cached("UPDATE article SET engine = 0 WHERE id = ? AND shown = current")?
                    .execute([article])?;
            }
            return Ok(false);
        }
        // Back to what it said before: a text that flickers has two versions, not hundreds.
        let before: Option<i64> = self
            .change
            .prepare_cached("SELECT id FROM version WHERE article = ? AND hash = ? AND is_page = 0")?
            .query_row(params![article, hash.0], |row| row.get(0))
            .optional()?;
        let version = match before {
            Some(version) => version,
            None => self.add_version(article, entry, url, digest, old.published, feed)?,
        };
        self.change
            .prepare_cached(
                "UPDATE article SET
                   title = CASE WHEN shown = current THEN ?3 ELSE title END,
                   engine = CASE WHEN shown = current THEN 0 ELSE engine END,
                   shown = CASE WHEN shown = current THEN ?2 ELSE shown END,
                   current = ?2, versions = versions + ?4, changed = max(changed, read AND ?4)
                 WHERE id = ?1",
            )?
            .execute(params![article, version, entry.title.as_deref().unwrap_or_default(), before.is_none()])?;
        if before.is_none() {
            self.thin_out(article)?;
        }
        Ok(before.is_none())
    }

    /// Puts the new markup in the place of the old.
    fn replace(
        &mut self,
        version: i64,
        entry: &Entry,
        url: Option<&str>,
        body: &Content,
        hash: ContentHash,
    ) -> Result<()> {
        self.change
            .prepare_cached(
                "UPDATE version SET hash = ?2, url = ?3, authors = ?4, enclosures = ?5, is_html = ?6, base = ?7, body = ?8
                 WHERE id = ?1",
            )?
            .execute(params![
                version,
                hash.0,
                url,
                codec::names_json(&entry.authors),
                codec::enclosures_json(&entry.enclosures),
                body.is_html,
                body.base,
                self.packer.pack(body.text.as_bytes()),
            ])?;
        Ok(())
    }

    /// Drops versions between the first and the latest where there are too many.
    fn thin_out(&self, article: i64) -> Result<()> {
        let mut delete = self.change.prepare_cached(
            "DELETE FROM version WHERE id IN (
               SELECT v.id FROM version v JOIN article a ON a.id = v.article
               WHERE v.article = ?1 AND a.versions > ?2 AND v.id NOT IN (a.current, a.shown)
               ORDER BY v.id LIMIT max((SELECT versions FROM article WHERE id = ?1) - ?2, 0) OFFSET 1)",
        )?;
        let gone = delete.execute([article, MOST_VERSIONS])?;
        if gone > 0 {
            self.change
                .prepare_cached("UPDATE article SET versions = versions - ?2 WHERE id = ?1")?
                .execute(params![article, i64::try_from(gone).unwrap_or(i64::MAX)])?;
        }
        Ok(())
    }

    /// What the feed said of an article last.
    pub(super) fn current(&self, article: i64) -> Result<Option<Current>> {
        let mut select = self.change.prepare_cached(
            "SELECT v.id, v.hash, v.title, v.is_html, v.body, a.url, a.published
             FROM article a JOIN version v ON v.id = a.current WHERE a.id = ?",
        )?;
        let mut rows = select.query([article])?;
        let Some(row) = rows.next()? else { return Ok(None) };
        let is_html = row.get(3)?;
        let text = codec::unpack_text(row.get_ref(4)?.as_blob().unwrap_or_default()).ok();
        Ok(Some(Current {
            version: row.get(0)?,
            hash: ContentHash(row.get(1)?),
            title: row.get(2)?,
            url: row.get(5)?,
            published: row.get(6)?,
            content: text.map(|text| Content { text, is_html, base: None }),
        }))
    }
}

/// The version that a feed delivered last.
pub(super) struct Current {
    pub version: i64,
    pub hash: ContentHash,
    pub title: Option<String>,
    pub url: Option<String>,
    pub published: Option<i64>,
    /// `None`: it is damaged. One text that cannot be read must not keep all others from being refreshed.
    pub content: Option<Content>,
}
