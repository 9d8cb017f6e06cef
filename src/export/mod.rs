//! Annotated articles as bytes: JSON, PLOVER and POLECAT for programs, coloured text for people.

pub mod ansi;
mod coded;
pub mod json;
mod offsets;
pub mod plover;
pub mod polecat;

pub use offsets::Unit;

use crate::model::{Annotations, Event};

/// What of the findings is written, and how.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Options {
    /// What offsets count.
    pub unit: Unit,
    /// Events of which the engine is less sure are left out, 0 to 1.
    pub min_confidence: f64,
}

impl Options {
    /// The events to write, each with its number in the article: one that is left out keeps its number.
    fn events<'a>(&self, found: &'a Annotations) -> impl Iterator<Item = (usize, &'a Event)> + use<'a> {
        let least = self.min_confidence;
        (1..).zip(&found.events).filter(move |(_, event)| rounded(event.confidence) >= least)
    }
}

/// Two decimals: more would claim too much, and would differ in the last digit between machines.
fn rounded(confidence: f32) -> f64 {
    (f64::from(confidence) * 100.0).round() / 100.0
}

/// The program and its version.
const ANNOTATOR: &str = concat!("dateline ", env!("CARGO_PKG_VERSION"));
