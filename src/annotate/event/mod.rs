//! The stage `event`: what happened, to whom, where and when.
//!
//! `coder` reads one sentence at a time and finds every event that a pattern of the [`lexicon`] tells, by verbs
//! (`verbs`) and by nouns (`nouns`); `select` joins what is told several times and keeps what the article is about.
//! `claims`
//! reads what somebody does by saying it, `setting` tells where an article is set. `words`, `phrase` and `clause` are the shallow grammar underneath, `actors` turns noun phrases into participants.
//!
//! Not covered: verbs and nouns that the lexicon does not know; accusations and praise that only the words of a
//! quotation express ("that is a disgrace", he said); questions, imperatives and inverted order; attachment of
//! prepositional phrases beyond the nearest that fits; relative clauses behind a second parenthesis; what two
//! sentences tell only together; sentences beyond 300 tokens, which are read to there. Pronouns stand for the subject
//! of the sentence before, or for the speaker of a quotation. The confidence orders the events of one article; it is
//! no probability. `detail` tells modes and contexts, `toll` numbers; a day is told only where the text tells it.

mod actors;
mod arguments;
mod claims;
mod clause;
mod coder;
mod detail;
pub mod lexicon;
mod matching;
mod noun_phrases;
mod nouns;
mod phrase;
mod select;
mod setting;
mod society;
#[cfg(test)]
mod tests;
mod toll;
mod verbs;
mod words;

use super::draft::Draft;
use super::when;
use crate::model::{Event, Participant};
use lexicon::EventLexicon;

/// The events of an article, in text order, and the noun phrases that name actors. Needs entities and mentions; uses
/// officials and quotations where set.
pub fn events(draft: &Draft<'_>, lexicon: &EventLexicon) -> (Vec<Event>, Vec<Participant>) {
    let times = when::expressions(draft);
    let society = society::Society::new(draft);
    let (candidates, actors) = coder::candidates(draft, lexicon, &times, &society);
    (select::select(draft, candidates), actors)
}
