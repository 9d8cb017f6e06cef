//! Events that somebody makes by what he says of others or himself: refusals, demands, accusations.

use std::ops::Range;

use super::clause::Subject;
use super::coder::{Candidate, Reader};
use super::phrase::{Class, Mood, Shape, VerbGroup};
use crate::model::{EventKind, Participant};

/// Tokens after "is" in which guilt is told: "is most likely responsible", "are the suspected perpetrators".
const REACH: usize = 6;

impl<'r> Reader<'r, '_, '_> {
    /// "X said it would not take part": whatever it is, X refuses it.
    pub(super) fn refusal(&mut self, index: usize, group: &VerbGroup, right: &Range<usize>) -> Option<Candidate> {
        let refuses = group.negated && group.mood == Mood::Future && group.shape == Shape::Finite && !group.passive;
        if !refuses || group.is("be") || group.is("have") {
            return None;
        }
        let actors = self.subject(index);
        let first = self.actors.first_named(right.clone(), &actors);
        let recipients: Vec<Participant> = first.into_iter().collect();
        actors.iter().any(|one| one.polity.is_some()).then(|| {
            let trigger = self.draft.span_of(group.start..group.main + 1);
            self.candidate(EventKind::Reject, trigger, actors, recipients, group.start..right.end, 0.4)
        })
    }

    /// "X said Y must …": a request of X to Y.
    pub(super) fn duty(&mut self, index: usize, group: &VerbGroup, right: &Range<usize>) -> Option<Candidate> {
        let recipients = self.subject(index);
        let actors = self.sayer(index, group);
        let known = |sides: &[Participant]| sides.iter().any(|one| one.polity.is_some());
        if !known(&actors) && !known(&recipients) || actors.is_empty() || recipients.is_empty() || group.is("be") {
            return None;
        }
        let score = if known(&actors) && known(&recipients) { 0.5 } else { 0.35 };
        let trigger = self.draft.span_of(group.start..group.main + 1);
        Some(self.candidate(EventKind::Request, trigger, actors, recipients, group.start..right.end, score))
    }

    /// "X said Y is behind the attack": X accuses Y. What Y is said to be is told by a word of guilt, or by one of
    /// answering for something together with a deed that is wrong.
    pub(super) fn guilt(&mut self, index: usize, group: &VerbGroup, right: &Range<usize>) -> Option<Candidate> {
        if !group.is("be") || group.negated || group.mood == Mood::Duty || group.shape != Shape::Finite {
            return None;
        }
        let told = |token: &usize| {
            let word = self.lower(*token);
            self.lexicon.is("culprit", word)
                || self.lexicon.is("answerable", word) && (token + 1..right.end).any(|after| self.is_wrong(after))
        };
        let near = group.main + 1..right.end.min(group.main + 1 + REACH);
        let inside = |token: &usize| {
            matches!(self.phrases.class(*token), Class::Adverb | Class::Determiner | Class::Noun | Class::Preposition)
        };
        let word = near.take_while(inside).find(told)?;
        let accused = self.subject(index);
        let actors = self.sayer(index, group);
        let same = |one: &Participant| actors.iter().any(|actor| actor.span == one.span || actor.text == one.text);
        if actors.is_empty() || accused.is_empty() || accused.iter().any(same) {
            return None;
        }
        self.used_words.push(word);
        let trigger = self.draft.span_of(group.start..word + 1);
        Some(self.candidate(EventKind::Accuse, trigger, actors, accused, group.start..right.end, 0.5))
    }

    /// Whether a word tells of a deed that is wrong: an attack, a crime.
    pub(super) fn is_wrong(&self, token: usize) -> bool {
        let word = self.lower(token);
        let hostile = |kind| matches!(kind, EventKind::Assault | EventKind::Coerce);
        self.lexicon.is("wrong", word)
            || self.lexicon.noun_patterns(word).iter().any(|pattern| hostile(pattern.kind))
            || self.lexicon.verb(word).iter().any(|(lemma, _)| self.lexicon.is("harm", lemma))
    }

    /// Who says what the clause of a group tells: the subject of the verb of saying before or after it, else whoever
    /// speaks the quotation.
    fn sayer(&mut self, index: usize, group: &VerbGroup) -> Vec<Participant> {
        let saying = |g: &usize| {
            self.phrases.groups[*g].is_in(self.lexicon, "say") && self.phrases.groups[*g].shape == Shape::Finite
        };
        let before = (0..index).rev().find(saying);
        let after = || {
            (index + 1..self.phrases.groups.len())
                .find(|g| saying(g) && matches!(self.clauses.subjects[*g], Subject::Tokens(_)))
        };
        let said = before.or_else(after).map(|saying| self.subject(saying)).unwrap_or_default();
        // "Our analysis shows that …": the words of whoever speaks.
        if said.iter().any(|one| one.entity.is_some() || one.polity.is_some() || one.sector.is_some()) {
            return said;
        }
        match self.quoted_by(group) {
            quoting if quoting.is_empty() => said,
            quoting => quoting,
        }
    }

    /// Whoever speaks the quotation that holds a group.
    fn quoted_by(&self, group: &VerbGroup) -> Vec<Participant> {
        let start = self.draft.tokens.get(group.main).map(|token| token.span.start);
        start.and_then(|start| self.actors.speaker_at(start)).into_iter().collect()
    }
}
