//! The library on disk: subscriptions, articles with their versions, what the reader marked, what was found in them.
//!
//! One SQLite file, `dateline.db` in the data folder, in WAL mode, so that several programs may read and write it at a
//! time. Everything here is blocking; the reader calls it from its own lane. Every change is a transaction. Moments are
//! kept to the millisecond.
//!
//! `schema` holds the numbered migrations (their comments tell what each table is for), `open` checks a file before it
//! touches it, `take` keeps what feeds deliver by the rules of `identity`, `lists` reads for the screen, `findings` keeps
//! annotations and the index, `facts` what queries ask of them, `matching` makes SQL of a query, `notes` keeps what the user notes, `upkeep` checks, backs up and
//! repairs.

mod alter;
mod article;
mod codec;
mod connected;
mod corrections;
mod error;
mod facts;
mod feeds;
mod findings;
mod folders;
mod hashes;
mod identity;
mod lists;
mod lock;
mod marks;
mod matching;
mod news;
mod note_words;
mod notes;
mod open;
mod pages;
mod pieces;
mod repair;
mod retention;
mod revise;
mod salvage;
mod schema;
mod search;
mod statements;
mod tags;
mod take;
mod types;
mod upkeep;
mod values;
mod versions;
mod visible;

use std::fs::File;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, Transaction, TransactionBehavior};

use self::connected::Connected;
pub use self::error::{Result, StoreError};
pub use self::lock::RefreshLock;
pub use self::repair::{Repaired, repair};
pub use self::types::{
    ArticleId, Body, ContentHash, Counts, FeedId, FetchState, Finding, FolderPath, ImportedNotes, KeptNote, Key,
    Mark, Move, NewFeed, NoteChange, Noted, Order, Query, Retention, Row, Scope, Standing, Statement, StatementKey,
    Stored, Subscribed, Subscription, Taken, Version, VersionId, Visit,
};

/// The library. One value is one connection: a thread opens its own.
#[derive(Debug)]
pub struct Store {
    conn: Connection,
    path: Option<PathBuf>,
    /// Says, until the connection is closed, that this process has one.
    _connected: Option<Connected>,
    /// Locked, so that no repair takes the file away. It is given back after the connection is closed.
    _in_use: Option<File>,
}

impl Store {
    /// The file; `None` for a library in memory.
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// A number that changes when another connection changes the library (`PRAGMA data_version`).
    ///
    /// # Errors
    /// If the library cannot be read.
    pub fn revision(&self) -> Result<u64> {
        let revision: i64 = self.conn.prepare_cached("PRAGMA data_version")?.query_row([], |row| row.get(0))?;
        Ok(revision.unsigned_abs())
    }

    /// A transaction that writes. It takes the write lock at once, so that what it has read cannot be overtaken.
    fn change(&mut self) -> Result<Transaction<'_>> {
        Ok(self.conn.transaction_with_behavior(TransactionBehavior::Immediate)?)
    }
}
