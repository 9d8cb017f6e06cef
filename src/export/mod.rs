//! Annotated articles as bytes: JSON, PLOVER and POLECAT for programs, coloured text for people; and many articles of a library
//! in one file (`stream`): these, tables, Web Annotations, notes in Markdown, references.

pub mod ansi;
mod bibtex;
mod citation;
mod coded;
mod csl;
pub mod findings;
mod in_words;
pub mod json;
mod markdown;
mod offsets;
pub mod plover;
pub mod polecat;
pub mod stream;
mod tables;
pub mod web_annotation;

use jiff::Timestamp;
use thiserror::Error;

pub use offsets::Unit;

use crate::model::{Annotations, Article, Event, Note, Quotation};
use crate::text::Clean;

/// What of the findings is written, and how.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Options {
    /// What offsets count.
    pub unit: Unit,
    /// Events of which the engine is less sure are left out, 0 to 1.
    pub min_confidence: f64,
}

/// An article of a library.
#[derive(Debug, Clone, Copy)]
pub struct Entry<'a> {
    /// The article; its id is unique in what is exported.
    pub article: &'a Article,
    /// What was found in it.
    pub found: &'a Annotations,
    /// The quotations that are asked for, by number; `None`: all.
    pub quotations: Option<&'a [usize]>,
    /// The name of what found it.
    pub engine: &'a str,
    /// How the library has it.
    pub filing: &'a Filing,
    /// What people noted about it.
    pub notes: &'a [Note],
}

/// How a library has an article.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filing {
    /// The feed's name.
    pub feed: Option<Clean>,
    /// The feed's address.
    pub feed_url: Option<Clean>,
    /// The user's tags.
    pub tags: Vec<Clean>,
    /// Read.
    pub read: bool,
    /// Starred.
    pub starred: bool,
    /// When it was first seen.
    pub added: Option<Timestamp>,
}

/// What keeps an article from being written. None of it happens to data that was read and cleaned before.
#[derive(Debug, Error)]
pub enum ExportError {
    /// The writer of JSON failed.
    #[error("{0}")]
    Json(#[from] serde_json::Error),
    /// The writer of tables failed.
    #[error("{0}")]
    Table(#[from] csv::Error),
}

impl Options {
    /// The events to write, each with its number in the article: one that is left out keeps its number.
    fn events<'a>(&self, found: &'a Annotations) -> impl Iterator<Item = (usize, &'a Event)> + use<'a> {
        let least = self.min_confidence;
        (1..).zip(&found.events).filter(move |(_, event)| rounded(event.confidence) >= least)
    }
}

impl<'a> Entry<'a> {
    /// The quotations that are asked for, each with its number in the article.
    fn quotations(&self) -> impl Iterator<Item = (usize, &'a Quotation)> + use<'a> {
        let asked = self.quotations;
        let numbered = self.found.quotations.iter().enumerate();
        numbered.filter(move |(number, _)| asked.is_none_or(|asked| asked.contains(number)))
    }

    /// What people noted; nothing where some quotations are asked for, as then they alone are.
    fn notes(&self) -> &'a [Note] {
        if self.quotations.is_none() { self.notes } else { &[] }
    }
}

/// Two decimals: more would claim too much, and would differ in the last digit between machines.
fn rounded(confidence: f32) -> f64 {
    (f64::from(confidence) * 100.0).round() / 100.0
}

/// The program and its version.
const ANNOTATOR: &str = concat!("dateline ", env!("CARGO_PKG_VERSION"));
