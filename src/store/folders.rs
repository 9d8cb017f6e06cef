//! Folders of subscriptions.

use std::collections::{HashMap, HashSet};

use rusqlite::{Connection, OptionalExtension, Transaction, params};

use super::Store;
use super::error::Result;
use super::types::FolderPath;
use crate::text::Clean;

/// Folders within folders go no deeper than this; what would be deeper lands in the deepest.
const DEEPEST: usize = 32;

impl Store {
    /// Every folder, outer before inner, also those without a feed.
    ///
    /// # Errors
    /// If the library cannot be read.
    pub fn folders(&self) -> Result<Vec<FolderPath>> {
        Ok(tree(&self.conn)?.into_iter().map(|(_, path)| path).collect())
    }

    /// Makes a folder, if it is not there.
    ///
    /// # Errors
    /// If the library cannot be written.
    pub fn add_folder(&mut self, folder: &[Clean]) -> Result<()> {
        let change = self.change()?;
        make(&change, folder)?;
        Ok(change.commit()?)
    }
}

fn child(conn: &Connection, parent: Option<i64>, name: &str) -> Result<Option<i64>> {
    Ok(conn
        .prepare_cached("SELECT id FROM folder WHERE coalesce(parent, 0) = coalesce(?, 0) AND name = ?")?
        .query_row(params![parent, name], |row| row.get(0))
        .optional()?)
}

/// The folder at `path`; none for the empty path too.
pub(super) fn find(conn: &Connection, path: &[Clean]) -> Result<Option<i64>> {
    let mut at = None;
    for name in path {
        at = child(conn, at, name)?;
        if at.is_none() {
            break;
        }
    }
    Ok(at)
}

/// The folder at `path`, made where it is missing; none for the empty path.
pub(super) fn make(change: &Transaction, path: &[Clean]) -> Result<Option<i64>> {
    let mut at = None;
    for name in path.iter().take(DEEPEST) {
        at = Some(match child(change, at, name)? {
            Some(id) => id,
            None => {
                change
                    .prepare_cached("INSERT INTO folder (parent, name) VALUES (?, ?)")?
                    .execute(params![at, name.as_str()])?;
                change.last_insert_rowid()
            }
        });
    }
    Ok(at)
}

/// Every folder with its path, outer before inner, each level as first made.
pub(super) fn tree(conn: &Connection) -> Result<Vec<(i64, FolderPath)>> {
    let mut select = conn.prepare_cached("SELECT id, parent, name FROM folder ORDER BY id DESC")?;
    let mut rows = select.query([])?;
    let mut inside: HashMap<Option<i64>, Vec<(i64, Clean)>> = HashMap::new();
    while let Some(row) = rows.next()? {
        inside
            .entry(row.get(1)?)
            .or_default()
            .push((row.get(0)?, Clean::line(row.get_ref(2)?.as_str().unwrap_or(""))));
    }
    let mut tree = Vec::new();
    let mut seen = HashSet::new();
    let mut left: Vec<(i64, FolderPath)> = Vec::new();
    let step = |id: Option<i64>, path: &FolderPath, left: &mut Vec<(i64, FolderPath)>| {
        for (inner, name) in inside.get(&id).into_iter().flatten() {
            left.push((*inner, path.iter().cloned().chain([name.clone()]).collect()));
        }
    };
    step(None, &FolderPath::new(), &mut left);
    while let Some((id, path)) = left.pop() {
        // A damaged file may have a folder in itself.
        if seen.insert(id) {
            step(Some(id), &path, &mut left);
            tree.push((id, path));
        }
    }
    Ok(tree)
}
