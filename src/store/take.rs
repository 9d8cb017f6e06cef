//! Keeping what feeds deliver. This is the hot path of a refresh: an entry that says what it said before costs a hash.

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;
use rusqlite::{OptionalExtension, Transaction, params};

use super::codec::{self, Packer, millis};
use super::error::Result;
use super::hashes::{Digest, Hashes, content_hash, delivered, hashes};
use super::identity::{self, Delivery, Keys, Name, Site};
use super::types::{FeedId, FetchState, Retention, Taken, Visit};
use super::{Store, findings, open, retention};
use crate::model::{Content, Entry, Feed};

/// A day in milliseconds.
pub(super) const DAY: i64 = 86_400_000;
impl Store {
    /// Keeps what visits to feeds brought, each visit whole or not at all, all in one transaction. A visit to a feed that
    /// is not subscribed to (any more) brings nothing.
    ///
    /// # Errors
    /// If the library cannot be written; nothing is kept then.
    pub fn take(&mut self, visits: &[(Visit, Retention)], now: Timestamp) -> Result<Vec<Taken>> {
        // A large delivery touches many pages more than once.
        self.conn.pragma_update(None, "cache_size", -16_000)?;
        let taken = self.take_all(visits, millis(now));
        self.conn.pragma_update(None, "cache_size", open::CACHE)?;
        taken
    }

    fn take_all(&mut self, visits: &[(Visit, Retention)], now: i64) -> Result<Vec<Taken>> {
        let change = self.change()?;
        let next = change
            .prepare_cached("SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'version'), 0) + 1")?
            .query_row([], |row| row.get(0))?;
        let mut desk = Desk { change: &change, packer: Packer::new()?, now, next };
        let taken: Vec<Taken> =
            visits.iter().map(|(visit, retention)| desk.visit(visit, *retention)).collect::<Result<_>>()?;
        drop(desk);
        if taken.iter().any(|taken| taken.dropped > 0) {
            findings::sweep(&change)?;
        }
        change.commit()?;
        Ok(taken)
    }
}

/// Where visits are worked on.
pub(super) struct Desk<'a> {
    pub change: &'a Transaction<'a>,
    pub packer: Packer,
    pub now: i64,
    /// The id of the next version.
    next: i64,
}

/// An article that the feed had delivered before.
struct Known<'a> {
    article: i64,
    keys: Keys,
    raw: [u8; 16],
    /// Dropped by retention; when it was last seen in the feed.
    gone: Option<i64>,
    /// The entry of this delivery that it is.
    taken_by: Option<&'a Entry>,
}

/// Known articles by their keys.
#[derive(Default)]
struct Memory<'a> {
    known: Vec<Known<'a>>,
    by_key: HashMap<u64, usize>,
}

impl<'a> Memory<'a> {
    fn add(&mut self, known: Known<'a>) {
        let index = self.known.len();
        self.file(known.keys, index);
        self.known.push(known);
    }

    fn file(&mut self, keys: Keys, index: usize) {
        for key in keys.0.into_iter().filter(|key| *key != 0) {
            self.by_key.insert(key, index);
        }
    }

    /// The article that was filed last with this key, if it still has it.
    fn get(&self, kind: usize, key: u64) -> Option<usize> {
        self.by_key.get(&key).copied().filter(|index| key != 0 && self.known[*index].keys.0[kind] == key)
    }
}

impl Desk<'_> {
    fn visit(&mut self, visit: &Visit, retention: Retention) -> Result<Taken> {
        let mut taken = Taken::default();
        let mut select = self.change.prepare_cached("SELECT delivery, link FROM feed WHERE id = ?")?;
        let known: Option<(Option<Vec<u8>>, Option<String>)> =
            select.query_row([visit.feed.0], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
        let Some((delivery, link)) = known else { return Ok(taken) };
        keep_state(self.change, visit.feed, visit.state)?;
        if let Some(moved) = visit.moved_to {
            // Where another subscription has that address already, this one keeps its own.
            self.change
                .prepare_cached("UPDATE OR IGNORE feed SET url = ?2, by_others = ?3 WHERE id = ?1 AND url <> ?2")?
                .execute(params![visit.feed.0, moved.url, moved.by_others])?;
        }
        if let Some(feed) = visit.content {
            let hashes: Vec<Hashes> = feed.entries.iter().map(hashes).collect();
            let hash = delivered(feed, &hashes);
            if delivery.as_deref() != Some(&hash[..]) {
                self.feed(visit.feed, feed, &hash)?;
                let site = Site::of(feed.link.as_deref().or(link.as_deref()));
                self.entries(visit.feed, feed, site, &hashes, &mut taken)?;
            }
        }
        taken.dropped = retention::apply(self.change, visit.feed, retention, self.now)?;
        Ok(taken)
    }

    fn feed(&self, id: FeedId, feed: &Feed, hash: &[u8]) -> Result<()> {
        self.change
            .prepare_cached(
                "UPDATE feed SET delivery = ?2, title = coalesce(?3, title), link = coalesce(?4, link) WHERE id = ?1",
            )?
            .execute(params![id.0, hash, feed.title.as_deref().filter(|title| !title.is_empty()), feed.link])?;
        Ok(())
    }

    fn entries(&mut self, id: FeedId, feed: &Feed, site: Site, hashes: &[Hashes], taken: &mut Taken) -> Result<()> {
        let mut memory = self.remember(id)?;
        let mut said = HashSet::with_capacity(hashes.len());
        // What the feed says twice counts once.
        let each: Vec<(&Entry, &Hashes)> =
            feed.entries.iter().zip(hashes).filter(|(_, hashes)| said.insert(hashes.raw)).collect();
        let names: Vec<Name> = each.iter().map(|(entry, _)| Name::of(entry, site)).collect();
        let delivery = Delivery::new(&names, site);
        let mut rest = Vec::new();
        // First those that a guid tells, so that no other entry can be taken for their article.
        for ((entry, hashes), name) in each.into_iter().zip(names) {
            let known = memory.get(Keys::GUID, delivery.guid(name, entry));
            let Some(index) = known.filter(|index| memory.known[*index].taken_by.is_none()) else {
                rest.push((entry, hashes, name, false));
                continue;
            };
            let known = &memory.known[index];
            if known.raw != hashes.raw && self.is_given_again(known, entry, || delivery.keys(name, entry), site)? {
                rest.push((entry, hashes, name, true));
                continue;
            }
            memory.known[index].taken_by = Some(entry);
            self.again(id, &mut memory, index, entry, hashes, || delivery.keys(name, entry), feed, taken)?;
        }
        for (entry, hashes, name, is_doubtful) in rest {
            let keys = delivery.keys(name, entry);
            let mut is_double = false;
            let mut found = None;
            for kind in delivery.kinds(name, entry, is_doubtful) {
                let Some(index) = memory.get(*kind, keys.0[*kind]) else { continue };
                let known = &memory.known[index];
                let is_by_text = *kind == Keys::LINK_TEXT;
                match known.taken_by {
                    Some(other) => is_double |= is_by_text && identity::is_same(other, entry),
                    None if is_by_text && self.is_another(known, hashes, entry)? => {}
                    None => {
                        found = Some(index);
                        break;
                    }
                }
            }
            match found {
                // Beside an entry with the same link and text this one says nothing new.
                _ if is_double => {}
                Some(index) => {
                    memory.known[index].taken_by = Some(entry);
                    self.again(id, &mut memory, index, entry, hashes, || keys, feed, taken)?;
                }
                None => {
                    let article = self.add(id, entry, keys, hashes, feed)?;
                    memory.add(Known { article, keys, raw: hashes.raw, gone: None, taken_by: Some(entry) });
                    taken.new += 1;
                }
            }
        }
        self.change
            .prepare_cached("UPDATE tally SET total = total + ?2, unread = unread + ?2 WHERE feed = ?1")?
            .execute(params![id.0, i64::try_from(taken.new).unwrap_or(i64::MAX)])?;
        retention::forget(self.change, id, self.now)
    }

    fn remember<'e>(&self, id: FeedId) -> Result<Memory<'e>> {
        let mut select = self
            .change
            .prepare_cached("SELECT article, keys, raw, gone FROM identity WHERE feed = ? ORDER BY article")?;
        let mut rows = select.query([id.0])?;
        let mut memory = Memory::default();
        while let Some(row) = rows.next()? {
            let mut raw = [0; 16];
            if let Some(bytes) = row.get_ref(2)?.as_blob().ok().filter(|bytes| bytes.len() == raw.len()) {
                raw.copy_from_slice(bytes);
            }
            let keys = Keys::from_bytes(row.get_ref(1)?.as_blob().unwrap_or_default());
            memory.add(Known { article: row.get(0)?, keys, raw, gone: row.get(3)?, taken_by: None });
        }
        Ok(memory)
    }

    /// Whether the guid of a known article now stands on another one.
    fn is_given_again(&self, known: &Known, entry: &Entry, keys: impl FnOnce() -> Keys, site: Site) -> Result<bool> {
        if let Some(gone) = known.gone {
            let is_later = published(entry, self.now).is_some_and(|date| date > gone);
            return Ok(is_later && !known.keys.is_alike(keys()));
        }
        let Some(old) = self.current(known.article)? else { return Ok(false) };
        let title = old.title.as_deref().unwrap_or_default();
        let content = old.content.as_ref();
        Ok(content.is_some_and(|content| {
            identity::is_given_again((title, old.url.as_deref(), old.published, content), entry, site)
        }))
    }

    /// Whether an entry with the link and text of a known article is another one.
    fn is_another(&self, known: &Known, hashes: &Hashes, entry: &Entry) -> Result<bool> {
        // Of what was dropped neither title nor date are known.
        if known.gone.is_some() || known.raw == hashes.raw {
            return Ok(false);
        }
        let mut select = self.change.prepare_cached(
            "SELECT v.title, a.published FROM article a JOIN version v ON v.id = a.current WHERE a.id = ?",
        )?;
        let old: Option<(Option<String>, Option<i64>)> =
            select.query_row([known.article], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
        Ok(old.is_some_and(|(title, date)| identity::is_another((&title.unwrap_or_default(), date), entry)))
    }

    /// An entry whose article is known.
    #[allow(clippy::too_many_arguments)]
    fn again(
        &mut self,
        id: FeedId,
        memory: &mut Memory<'_>,
        index: usize,
        entry: &Entry,
        hashes: &Hashes,
        keys: impl FnOnce() -> Keys,
        feed: &Feed,
        taken: &mut Taken,
    ) -> Result<()> {
        let known = &memory.known[index];
        if let Some(gone) = known.gone {
            // Only now and then, for it is a write for every entry that is too old.
            if gone < self.now - retention::MEMORY / 8 {
                self.change
                    .prepare_cached("UPDATE identity SET gone = ?3 WHERE feed = ?1 AND article = ?2")?
                    .execute(params![id.0, known.article, self.now])?;
            }
            return Ok(());
        }
        if known.raw == hashes.raw {
            return Ok(());
        }
        let keys = keys();
        let article = known.article;
        self.change
            .prepare_cached("UPDATE identity SET keys = ?3, raw = ?4 WHERE feed = ?1 AND article = ?2")?
            .execute(params![id.0, article, keys.to_bytes(), hashes.raw])?;
        memory.known[index].keys = keys;
        memory.file(keys, index);
        if self.change_article(article, entry, hashes.body, feed)? {
            taken.changed += 1;
        }
        Ok(())
    }

    fn add(&mut self, id: FeedId, entry: &Entry, keys: Keys, hashes: &Hashes, feed: &Feed) -> Result<i64> {
        let published = published(entry, self.now);
        let date = published.filter(|date| *date <= self.now).unwrap_or(self.now);
        let title = entry.title.as_deref().unwrap_or_default();
        self.change
            .prepare_cached(
                "INSERT INTO article (feed, date, seen, published, current, shown, title, url)
                 VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            )?
            .execute(params![id.0, date, self.now, published, self.next, self.next, title, entry.link])?;
        let article = self.change.last_insert_rowid();
        self.add_version(article, entry, entry.link.as_deref(), hashes.body, published, feed)?;
        self.change
            .prepare_cached("INSERT INTO identity (feed, article, keys, raw) VALUES (?, ?, ?, ?)")?
            .execute(params![id.0, article, keys.to_bytes(), hashes.raw])?;
        Ok(article)
    }

    pub(super) fn add_version(
        &mut self,
        article: i64,
        entry: &Entry,
        url: Option<&str>,
        digest: Digest,
        published: Option<i64>,
        feed: &Feed,
    ) -> Result<i64> {
        let none = Content::default();
        let body = entry.body().unwrap_or(&none);
        let hash = content_hash(entry.title.as_ref(), body, digest, published);
        let version = self.next;
        self.next += 1;
        self.change
            .prepare_cached(
                "INSERT INTO version (id, article, seen, hash, title, url, language, authors, enclosures, is_html, base, body)
                 VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            )?
            .execute(params![
                version,
                article,
                self.now,
                hash.0,
                entry.title.as_deref(),
                url,
                feed.language.as_deref(),
                codec::names_json(&entry.authors),
                codec::enclosures_json(&entry.enclosures),
                body.is_html,
                body.base,
                self.packer.pack(body.text.as_bytes()),
            ])?;
        Ok(version)
    }
}

/// When an entry says that it was published, if that can be: not in the future, but for a day (clocks and time zones are
/// often wrong by hours), and not at the zero of a clock, which stands for "unknown".
pub(super) fn published(entry: &Entry, now: i64) -> Option<i64> {
    let date = millis(entry.published.or(entry.updated)?);
    // 1970-01-01 and 0001-01-01.
    let is_zero = date.abs() < DAY || date < -62_135_510_400_000;
    (!is_zero && date <= now + DAY).then_some(date)
}

/// Writes how a feed was fetched, if that is news.
pub(super) fn keep_state(change: &Transaction, feed: FeedId, state: &FetchState) -> Result<()> {
    change
        .prepare_cached(
            "UPDATE feed SET etag = ?2, last_modified = ?3, next_check = ?4, last_success = ?5, failures = ?6,
               problem = ?7, is_gone = ?8, wait_until = ?9 WHERE id = ?1",
        )?
        .execute(params![
            feed.0,
            state.etag,
            state.last_modified,
            state.next_check.map(millis),
            state.last_success.map(millis),
            state.failures,
            state.problem.as_deref(),
            state.is_gone,
            state.wait_until.map(millis),
        ])?;
    Ok(())
}
