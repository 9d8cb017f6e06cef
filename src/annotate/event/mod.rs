//! The stage `event`: what happened, to whom, where and when.
//!
//! [`coder`] reads one sentence at a time and finds every event that a pattern of the [`lexicon`] tells; [`select`]
//! joins what is told several times and keeps what the article is about. [`phrase`] and [`clause`] are the shallow
//! grammar underneath (they say what they do not cover), [`actors`] turns noun phrases into participants.

mod actors;
mod arguments;
mod clause;
mod coder;
mod inflect;
pub mod lexicon;
mod matching;
mod nouns;
mod phrase;
mod select;
#[cfg(test)]
mod tests;
mod verbs;
mod words;

use super::draft::Draft;
use super::when;
use crate::model::Event;

/// The events of an article, in text order. Needs entities and mentions; uses officials and quotations where set.
pub fn events(draft: &Draft<'_>) -> Vec<Event> {
    let times = when::expressions(draft);
    let candidates = coder::candidates(draft, lexicon::EventLexicon::builtin(), &times);
    select::select(draft, candidates)
}
