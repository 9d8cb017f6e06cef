//! What keeps the library from being used, in the user's words.

use std::io;
use std::path::PathBuf;

use rusqlite::ErrorCode;

/// What a store operation gives.
pub type Result<T> = std::result::Result<T, StoreError>;

/// What keeps the library from being used. The message says what to do. Nothing was changed when one is given.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The data folder cannot be made or used.
    #[error("the folder {} of the library cannot be used: {why}; name another with --data-dir DIR", folder.display())]
    Folder {
        /// The folder.
        folder: PathBuf,
        /// What the system said.
        why: io::Error,
    },
    /// The file cannot be read or written.
    #[error("the library {} cannot be opened: {why}; check the permissions of the file and of its folder", file.display())]
    Unreadable {
        /// The file.
        file: PathBuf,
        /// What the system said.
        why: String,
    },
    /// The file is no SQLite database.
    #[error(
        "{} is no library: it is another kind of file, or it is damaged from its first bytes on. It was left as it is; \
         `dateline db repair` saves what can be read, or move it away", file.display()
    )]
    NoDatabase {
        /// The file.
        file: PathBuf,
    },
    /// The file is an SQLite database of another program.
    #[error(
        "{} is the database of another program, no library. It was left as it is; move it away, or name another folder \
         with --data-dir DIR. If it is your library, its first bytes are damaged: `dateline db repair` saves what can be \
         read", file.display()
    )]
    Foreign {
        /// The file.
        file: PathBuf,
    },
    /// The file is of a newer dateline.
    #[error(
        "the library was written by a newer dateline (its format is {found}, this dateline knows {known}). It was left as \
         it is; update dateline, or use another library with --data-dir DIR"
    )]
    Newer {
        /// The format of the file.
        found: usize,
        /// The newest that is known.
        known: usize,
    },
    /// The file is damaged.
    #[error(
        "the library is damaged ({0}). Nothing was changed; `dateline db check` lists what is wrong, `dateline db repair` \
         saves all that can be read into a new library and keeps the damaged file"
    )]
    Damaged(String),
    /// Another program writes to it or repairs it, and did not end in time.
    #[error("the library is being written by another program; nothing was changed, try again in a moment")]
    Busy,
    /// Another program has it open, and it is to be repaired.
    #[error(
        "the library is open in another program, which would lose what it keeps meanwhile; nothing was changed, end that \
         program and try again"
    )]
    InUse,
    /// The disk is full.
    #[error("the disk is full, so the last change to the library was not kept; make room and try again")]
    Full,
    /// The file or the folder may not be written.
    #[error(
        "the library may only be read, so nothing was changed; allow writing to its folder, or name another with \
         --data-dir DIR"
    )]
    ReadOnly,
    /// A backup, an export or a repair could not write its file.
    #[error("{} cannot be written: {why}", file.display())]
    Unwritable {
        /// The file.
        file: PathBuf,
        /// What the system said.
        why: String,
    },
    /// An article that is not in the library.
    #[error("there is no such article in the library")]
    NoArticle,
    /// A note that is too large, or one too many, and why.
    #[error("the note was not kept: {0}")]
    Note(String),
    /// A note that was changed since it was looked at.
    #[error("the note was changed elsewhere meanwhile")]
    Stale,
    /// A library in memory has no file.
    #[error("this library is in memory only and has no file")]
    NoFile,
    /// Anything else that SQLite says.
    #[error("the library could not be used: {0}; `dateline db check` tells whether it is in order")]
    Other(String),
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        let rusqlite::Error::SqliteFailure(failure, message) = &error else {
            return match &error {
                // A value of another kind than the schema says: the file does not hold what was put in.
                rusqlite::Error::InvalidColumnType(..)
                | rusqlite::Error::FromSqlConversionFailure(..)
                | rusqlite::Error::IntegralValueOutOfRange(..)
                | rusqlite::Error::Utf8Error(..) => StoreError::Damaged(error.to_string()),
                _ => StoreError::Other(error.to_string()),
            };
        };
        let words = || message.clone().unwrap_or_else(|| failure.to_string());
        match failure.code {
            ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => StoreError::Busy,
            ErrorCode::DiskFull => StoreError::Full,
            ErrorCode::ReadOnly => StoreError::ReadOnly,
            ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => StoreError::Damaged(words()),
            _ => StoreError::Other(words()),
        }
    }
}
