//! Keeping what feeds deliver. This is the hot path of a refresh: an entry that says what it said before costs a hash.

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;
use rusqlite::{OptionalExtension, Transaction, params};

use super::codec::{self, Packer, millis};
use super::error::Result;
use super::hashes::{Digest, Hashes, content_hash, delivered, hashes};
use super::identity::{self, Delivery, Keys, Name};
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
        findings::sweep(&change, &taken)?;
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
struct Known {
    article: i64,
    keys: Keys,
    raw: [u8; 16],
    /// Dropped by retention; when it was last seen in the feed.
    gone: Option<i64>,
    /// An entry of this delivery is it.
    is_taken: bool,
}

/// Known articles by their keys.
#[derive(Default)]
struct Memory {
    known: Vec<Known>,
    by_key: HashMap<u64, usize>,
}

impl Memory {
    fn add(&mut self, known: Known) {
        let index = self.known.len();
        self.file(known.keys, index);
        self.known.push(known);
    }

    fn file(&mut self, keys: Keys, index: usize) {
        for key in keys.0.into_iter().filter(|key| *key != 0) {
            self.by_key.insert(key, index);
        }
    }

    fn get(&self, key: u64) -> Option<usize> {
        self.by_key.get(&key).copied().filter(|_| key != 0)
    }
}

impl Desk<'_> {
    fn visit(&mut self, visit: &Visit, retention: Retention) -> Result<Taken> {
        let mut taken = Taken::default();
        let mut select = self.change.prepare_cached("SELECT delivery FROM feed WHERE id = ?")?;
        let Some(delivery) = select.query_row([visit.feed.0], |row| row.get::<_, Option<Vec<u8>>>(0)).optional()?
        else {
            return Ok(taken);
        };
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
                self.entries(visit.feed, feed, &hashes, &mut taken)?;
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

    fn entries(&mut self, id: FeedId, feed: &Feed, hashes: &[Hashes], taken: &mut Taken) -> Result<()> {
        let mut memory = self.remember(id)?;
        let names: Vec<Name> = feed.entries.iter().map(Name::of).collect();
        let delivery = Delivery::new(&names, feed.link.as_deref());
        let mut said = HashSet::with_capacity(hashes.len());
        let each = feed.entries.iter().zip(hashes).zip(names);
        let mut rest = Vec::new();
        // First those that a guid tells, so that no other entry can be taken for their article.
        for ((entry, hashes), name) in each {
            // The feed says the same twice.
            if !said.insert(hashes.raw) {
                continue;
            }
            let guid = delivery.guid(name, entry);
            match memory.get(guid) {
                Some(index) if memory.known[index].keys.0[Keys::GUID] == guid && !memory.known[index].is_taken => {
                    if memory.known[index].raw != hashes.raw && self.is_given_again(&memory.known[index], entry)? {
                        rest.push((entry, hashes, name));
                        continue;
                    }
                    memory.known[index].is_taken = true;
                    self.again(id, &mut memory, index, entry, hashes, || delivery.keys(name, entry), feed, taken)?;
                }
                _ => rest.push((entry, hashes, name)),
            }
        }
        for (entry, hashes, name) in rest {
            let keys = delivery.keys(name, entry);
            let mut is_double = false;
            let mut found = None;
            for kind in [Keys::LINK_TEXT, Keys::LINK_TITLE, Keys::TEXT] {
                match memory.get(keys.0[kind]).filter(|index| memory.known[*index].keys.0[kind] == keys.0[kind]) {
                    // Beside an entry with the same link and text this one says nothing new.
                    Some(index) if memory.known[index].is_taken => is_double |= kind == Keys::LINK_TEXT,
                    Some(index) => {
                        found = Some(index);
                        break;
                    }
                    None => {}
                }
            }
            match found {
                _ if is_double => {}
                Some(index) => {
                    memory.known[index].is_taken = true;
                    self.again(id, &mut memory, index, entry, hashes, || keys, feed, taken)?;
                }
                None => {
                    let article = self.add(id, entry, keys, hashes, feed)?;
                    memory.add(Known { article, keys, raw: hashes.raw, gone: None, is_taken: true });
                    taken.new += 1;
                }
            }
        }
        self.change
            .prepare_cached("UPDATE tally SET total = total + ?2, unread = unread + ?2 WHERE feed = ?1")?
            .execute(params![id.0, i64::try_from(taken.new).unwrap_or(i64::MAX)])?;
        retention::forget(self.change, id, self.now)
    }

    fn remember(&self, id: FeedId) -> Result<Memory> {
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
            memory.add(Known { article: row.get(0)?, keys, raw, gone: row.get(3)?, is_taken: false });
        }
        Ok(memory)
    }

    /// Whether the guid of a known article now stands on another one.
    fn is_given_again(&self, known: &Known, entry: &Entry) -> Result<bool> {
        if known.gone.is_some() {
            return Ok(false);
        }
        let Some(old) = self.current(known.article)? else { return Ok(false) };
        let title = old.title.as_deref().unwrap_or_default();
        Ok(identity::is_given_again((title, old.url.as_deref(), old.published, &old.content), entry))
    }

    /// An entry whose article is known.
    #[allow(clippy::too_many_arguments)]
    fn again(
        &mut self,
        id: FeedId,
        memory: &mut Memory,
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
        self.add_version(article, entry, hashes.body, published, feed)?;
        self.change
            .prepare_cached("INSERT INTO identity (feed, article, keys, raw) VALUES (?, ?, ?, ?)")?
            .execute(params![id.0, article, keys.to_bytes(), hashes.raw])?;
        Ok(article)
    }

    pub(super) fn add_version(
        &mut self,
        article: i64,
        entry: &Entry,
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
                entry.link,
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
