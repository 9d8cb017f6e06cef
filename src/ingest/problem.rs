//! What could not be read, where, and what to do about it.

use std::fmt;
use std::path::Path;

use thiserror::Error;

use crate::text::Clean;

/// An input, or a line of it, as it is named to the reader.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Place {
    /// The path as given, or what stands for it.
    pub name: Clean,
    /// Line, from 1.
    pub line: Option<u64>,
    /// Column in characters, from 1.
    pub column: Option<u64>,
}

/// Something that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Where.
    pub place: Place,
    /// What, and what to do.
    pub fault: Fault,
}

/// What keeps an input from being read. The message says what to do, where that is not plain.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Fault {
    /// Nothing stands at the path.
    #[error("no such file or folder; check the path")]
    Missing,
    /// The system refused.
    #[error("cannot be read: {0}")]
    Io(String),
    /// A page of the web where none is fetched.
    #[error("pages of the web are not fetched here; save it as a file first")]
    NotFetched,
    /// A page of the web that did not come: why, and what to do.
    #[error("{0}")]
    Fetch(String),
    /// A device, pipe or socket.
    #[error("is {0}, not a file or folder; to read from it, redirect it to standard input: dateline - < PATH")]
    Special(&'static str),
    /// More bytes than the limit.
    #[error("is larger than {} MiB; split it, or give it as JSON Lines, which are read line by line", limit >> 20)]
    TooLarge {
        /// In bytes.
        limit: u64,
    },
    /// A line of JSON Lines beyond the limit.
    #[error("this line is longer than {} MiB and was left out", limit >> 20)]
    LineTooLong {
        /// In bytes.
        limit: u64,
    },
    /// No text by its first bytes.
    #[error("is {0}, not text; convert it to text, Markdown or HTML first")]
    Binary(&'static str),
    /// Nothing in it.
    #[error("is empty: there is no text to read")]
    Empty,
    /// A folder without anything that can be read.
    #[error("holds no articles; dateline reads .txt, .md, .html, .jsonl and .json files")]
    NoArticles,
    /// Not JSON, or not an article in JSON.
    #[error("{0}")]
    Json(String),
    /// Front matter that is no TOML.
    #[error("front matter: {0}; it was left out")]
    FrontMatter(String),
    /// Folders too deep within each other.
    #[error("lies more than {0} folders deep and was left out; name it by itself to read it")]
    TooDeep(usize),
}

impl Place {
    /// The place of a file or folder.
    pub fn path(path: &Path) -> Self {
        Self::named(&path.to_string_lossy())
    }

    /// Standard input.
    pub fn stdin() -> Self {
        Self::named("-")
    }

    /// A place with this name.
    pub fn named(name: &str) -> Self {
        Self { name: Clean::line(name), line: None, column: None }
    }

    /// The place at a line of this one.
    pub fn at_line(&self, line: u64) -> Self {
        Self { name: self.name.clone(), line: Some(line), column: None }
    }

    /// The place at a line and column of this one.
    pub fn at(&self, line: u64, column: u64) -> Self {
        Self { name: self.name.clone(), line: Some(line), column: Some(column) }
    }

    /// `fault` at this place.
    pub fn problem(&self, fault: Fault) -> Problem {
        Problem { place: self.clone(), fault }
    }
}

impl Problem {
    /// One line for the reader: where, what, and what to do.
    pub fn message(&self) -> Clean {
        Clean::line(&format!("{}: {}", self.place, self.fault))
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if &*self.name == "-" { "standard input" } else { &self.name })?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        if let Some(column) = self.column {
            write!(f, ":{column}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.message())
    }
}

impl std::error::Error for Problem {}
