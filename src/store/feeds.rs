//! Subscriptions.

use std::collections::HashMap;

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row as SqlRow, Transaction, params};

use super::codec::{self, millis, moment};
use super::error::Result;
use super::types::{FeedId, FetchState, FolderPath, NewFeed, Subscribed, Subscription};
use super::{Store, findings, folders};
use crate::text::{Clean, masked};

impl Store {
    /// Subscribes to a feed. Articles that were left of an earlier subscription to the same address come back to it.
    ///
    /// # Errors
    /// If the library cannot be written.
    pub fn subscribe(&mut self, feed: &NewFeed, now: Timestamp) -> Result<Subscribed> {
        let url = feed.url.trim();
        let change = self.change()?;
        let known = change
            .prepare_cached("SELECT id FROM feed WHERE url = ?")?
            .query_row([url], |row| row.get(0))
            .optional()?;
        if let Some(id) = known {
            if !feed.by_others {
                change.execute("UPDATE feed SET by_others = 0 WHERE id = ? AND by_others = 1", [id])?;
                change.commit()?;
            }
            return Ok(Subscribed::Known(FeedId(id)));
        }
        let folder = folders::make(&change, &feed.folder)?;
        change
            .prepare_cached(
                "INSERT INTO feed (url, by_others, own_title, site, folder, attributes, added) VALUES (?, ?, ?, ?, ?, ?, ?)",
            )?
            .execute(params![
                url,
                feed.by_others,
                own_title(feed.title.as_ref()),
                feed.site,
                folder,
                codec::pairs_json(&feed.attributes),
                millis(now)
            ])?;
        let id = change.last_insert_rowid();
        change.execute(
            "UPDATE identity SET feed = ?1 WHERE feed = 0 AND article IN (SELECT id FROM article WHERE origin = ?2)",
            params![id, url],
        )?;
        change.execute(
            "UPDATE article SET feed = ?1, origin = NULL, source = NULL WHERE origin = ?2",
            params![id, url],
        )?;
        change.commit()?;
        Ok(Subscribed::New(FeedId(id)))
    }

    /// Ends a subscription: its articles go, but for those that are starred or have notes, which stay among the saved. How many
    /// went. What was left of earlier ones and has neither any more goes too, uncounted.
    ///
    /// # Errors
    /// If the library cannot be written.
    pub fn unsubscribe(&mut self, feed: FeedId) -> Result<usize> {
        let change = self.change()?;
        let Some(subscription) = change
            .query_row("SELECT url, coalesce(own_title, title) FROM feed WHERE id = ?", [feed.0], |row| {
                Ok((row.get::<_, String>(0)?, row.get::<_, Option<String>>(1)?))
            })
            .optional()?
        else {
            return Ok(0);
        };
        let (url, title) = subscription;
        let source = title.unwrap_or_else(|| bare(&url).to_owned());
        let gone = change.execute(
            "DELETE FROM article WHERE feed = ? AND starred = 0 AND id NOT IN (SELECT article FROM note)",
            [feed.0],
        )?;
        change.execute(
            "UPDATE identity SET feed = 0 WHERE feed = ?1 AND article IN (SELECT id FROM article WHERE feed = ?1)",
            [feed.0],
        )?;
        change.execute(
            "UPDATE article SET feed = NULL, source = ?2, origin = ?3 WHERE feed = ?1",
            params![feed.0, source, url],
        )?;
        change.execute("DELETE FROM feed WHERE id = ?", [feed.0])?;
        drop_left(&change)?;
        findings::sweep(&change)?;
        change.commit()?;
        Ok(gone)
    }

    /// Gives a feed another name (none: its own).
    ///
    /// # Errors
    /// If the library cannot be written.
    pub fn rename(&mut self, feed: FeedId, title: Option<&Clean>) -> Result<()> {
        self.conn
            .prepare_cached("UPDATE feed SET own_title = ?2 WHERE id = ?1")?
            .execute(params![feed.0, own_title(title)])?;
        Ok(())
    }

    /// Puts a feed into another folder, which is made if it is not there.
    ///
    /// # Errors
    /// If the library cannot be written.
    pub fn move_to(&mut self, feed: FeedId, folder: &[Clean]) -> Result<()> {
        let change = self.change()?;
        let folder = folders::make(&change, folder)?;
        change.execute("UPDATE feed SET folder = ?2 WHERE id = ?1", params![feed.0, folder])?;
        Ok(change.commit()?)
    }

    /// Every subscription, in the order of the tree: in a folder first the folders in it, as first made, then its feeds,
    /// as added.
    ///
    /// # Errors
    /// If the library cannot be read.
    pub fn subscriptions(&self) -> Result<Vec<Subscription>> {
        let view = self.conn.unchecked_transaction()?;
        in_order(&view)
    }
}

/// Drops what was left of ended subscriptions and is neither starred nor noted any more.
fn drop_left(change: &Transaction) -> Result<()> {
    change.execute_batch(
        "DELETE FROM article WHERE feed IS NULL AND origin IS NOT NULL AND starred = 0
           AND id NOT IN (SELECT article FROM note);
         DELETE FROM identity WHERE feed = 0 AND article NOT IN (SELECT id FROM article WHERE feed IS NULL);",
    )?;
    Ok(())
}

/// Every subscription in the order of the tree.
pub(super) fn in_order(view: &Connection) -> Result<Vec<Subscription>> {
    let tree = folders::tree(view)?;
    let folders: HashMap<i64, FolderPath> = tree.iter().cloned().collect();
    let mut select = view.prepare_cached(
        "SELECT f.id, f.url, f.own_title, f.title, f.site, f.link, f.folder, f.attributes, f.etag, f.last_modified,
           f.next_check, f.last_success, f.failures, f.problem, f.is_gone, t.total, t.unread,
           f.wait_until, f.by_others
         FROM feed f JOIN tally t ON t.feed = f.id ORDER BY f.id",
    )?;
    let rows = select.query_map([], |row| subscription(row, &folders))?;
    let list = rows.collect::<rusqlite::Result<_>>()?;
    Ok(in_tree_order(list, &tree))
}

/// Sorts feeds as the tree has them: after the folders in their folder.
fn in_tree_order(list: Vec<Subscription>, tree: &[(i64, FolderPath)]) -> Vec<Subscription> {
    // A folder's feeds come when the walk leaves it.
    let mut order: HashMap<&[Clean], usize> = HashMap::new();
    let mut open: Vec<&[Clean]> = vec![&[]];
    let mut next = 0;
    let mut leave = |path, next: &mut usize| {
        order.insert(path, *next);
        *next += 1;
    };
    for (_, path) in tree {
        while let Some(last) = open.pop_if(|last| !(path.len() > last.len() && path.starts_with(last))) {
            leave(last, &mut next);
        }
        open.push(path);
    }
    while let Some(last) = open.pop() {
        leave(last, &mut next);
    }
    let mut placed: Vec<(usize, Subscription)> =
        list.into_iter().map(|one| (order.get(&one.folder[..]).copied().unwrap_or(usize::MAX), one)).collect();
    placed.sort_by_key(|(place, one)| (*place, one.id));
    placed.into_iter().map(|(_, one)| one).collect()
}

fn subscription(row: &SqlRow, folders: &HashMap<i64, FolderPath>) -> rusqlite::Result<Subscription> {
    let url: String = row.get(1)?;
    let line = |text: Option<String>| text.map(|text| Clean::line(&text));
    let own_title = line(row.get(2)?);
    let title = own_title
        .clone()
        .or(line(row.get(3)?))
        .filter(|title| !title.is_empty())
        .unwrap_or_else(|| Clean::line(&masked(bare(&url))));
    let site: Option<String> = row.get(4)?;
    let count = |index| Ok::<_, rusqlite::Error>(usize::try_from(row.get::<_, i64>(index)?).unwrap_or(0));
    Ok(Subscription {
        id: FeedId(row.get(0)?),
        title,
        own_title,
        site: site.or(row.get(5)?),
        folder: row.get::<_, Option<i64>>(6)?.and_then(|id| folders.get(&id).cloned()).unwrap_or_default(),
        attributes: codec::pairs(&row.get::<_, String>(7)?),
        state: FetchState {
            etag: row.get(8)?,
            last_modified: row.get(9)?,
            next_check: row.get::<_, Option<i64>>(10)?.map(moment),
            wait_until: row.get::<_, Option<i64>>(17)?.map(moment),
            last_success: row.get::<_, Option<i64>>(11)?.map(moment),
            failures: row.get(12)?,
            problem: line(row.get(13)?),
            is_gone: row.get(14)?,
        },
        total: count(15)?,
        unread: count(16)?,
        by_others: row.get(18)?,
        url,
    })
}

fn own_title(title: Option<&Clean>) -> Option<&str> {
    title.map(Clean::as_str).filter(|title| !title.is_empty())
}

/// An address without its scheme.
pub(super) fn bare(url: &str) -> &str {
    let bare = url.split_once("://").map_or(url, |(_, bare)| bare);
    bare.trim_end_matches('/')
}
