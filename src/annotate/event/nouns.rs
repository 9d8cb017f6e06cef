//! Events told by nouns: the visit of, talks between, an explosion.

use std::ops::Range;

use super::clause::Rank;
use super::coder::{Candidate, Reader};
use super::lexicon::EventLexicon;
use super::matching::Match;
use super::phrase::{Class, Mood, Shape};
use crate::annotate::draft::TokenKind;
use crate::annotate::gazetteer::{self, Gazetteer};
use crate::model::{EntityKind, EventKind, Participant};

impl<'r> Reader<'r, '_, '_> {
    /// Events told by nouns.
    pub(super) fn nouns(&mut self, found: &mut Vec<Candidate>) {
        let mut at = self.phrases.first;
        while at < self.phrases.end {
            let token = at;
            at += 1;
            if self.phrases.class(token) != Class::Noun
                || self.used_words.contains(&token)
                || self.phrases.group_of(token).is_some_and(|g| self.phrases.groups[g].main == token)
                || matches!(self.lower(token + 1), "-" | "‐" | "‑")
            {
                continue;
            }
            let lexicon: &'r EventLexicon = self.lexicon;
            let right = token + 1..self.noun_limit(token);
            let mut best: Option<Match<'r>> = None;
            for pattern in lexicon.noun_patterns(self.lower(token)) {
                if let Some(fit) = self.fits_noun(pattern, token, &right)
                    && best.as_ref().is_none_or(|best| pattern.rank() > best.pattern.rank())
                {
                    best = Some(fit);
                }
            }
            let Some(fit) = best else { continue };
            // "attack helicopter", "peace talks venue": the head of the compound is another word.
            let next = fit.last + 1;
            let compound = self.phrases.class(next) == Class::Noun
                && next < self.phrases.end
                && self.phrases.group_of(next).is_none()
                && self.draft.tokens.get(next).is_some_and(|word| word.kind == TokenKind::Word)
                && self.lexicon.noun_patterns(self.lower(next)).is_empty()
                && !super::words::is_time_word(self.lower(next));
            if self.draft.tokens.get(token).is_some_and(|word| self.draft.mention_at(word.span.start).is_some()) {
                continue;
            }
            at = fit.last + 1;
            let mut score: f32 = if fit.pattern.weak {
                0.18
            } else if fit.pattern.strong {
                0.48
            } else {
                0.36
            };
            if compound {
                score -= 0.1;
            }
            let candidate = self.noun(token, &fit, &right, score);
            found.push(candidate);
        }
    }

    pub(super) fn noun_limit(&self, token: usize) -> usize {
        (token + 1..self.phrases.end)
            .find(|&k| {
                matches!(self.phrases.class(k), Class::Comma | Class::Stop | Class::Relative | Class::Subordinator)
                    || self.phrases.group_of(k).is_some_and(|g| self.phrases.groups[g].shape != Shape::Reduced)
            })
            .unwrap_or(self.phrases.end)
    }

    pub(super) fn noun(&mut self, token: usize, fit: &Match<'_>, right: &Range<usize>, score: f32) -> Candidate {
        let mut score = score;
        // Whose: "Iran's attack", "the US airstrike", "attack by gunmen".
        let by = self.clauses.after_preposition(self.draft, right, "by").map(|(_, phrase)| phrase).or_else(|| {
            let said = matches!(fit.pattern.kind, EventKind::Accuse | EventKind::Support | EventKind::Request);
            let region = token + 1..self.phrases.end.min(token + 8).max(token + 1);
            said.then(|| self.clauses.after_preposition(self.draft, &region, "from"))
                .flatten()
                .map(|(_, phrase)| phrase)
        });
        let mut actors = match by {
            Some(phrase) => self.actors.read(self.phrases, &phrase),
            None => self.owner(token),
        };
        let mut recipients = Vec::new();
        for slot in &fit.pattern.recipients {
            let phrase = if fit.last > token && self.lower(fit.last) == slot {
                Some(self.clauses.phrase_from(self.draft, fit.last + 1, self.phrases.end))
            } else {
                self.clauses.after_preposition(self.draft, right, slot).map(|(_, phrase)| phrase)
            };
            if let Some(phrase) = phrase {
                let found = self.actors.read(self.phrases, &phrase);
                if !found.is_empty() && !found.iter().any(|one| self.is_time(one.span)) {
                    recipients = found;
                    break;
                }
            }
        }
        if fit.pattern.mutual && actors.is_empty() && recipients.len() > 1 {
            actors = vec![recipients.remove(0)];
        }
        // Named in a clause of its own: "talks began", "an attack killed".
        let verb = self.phrases.groups.iter().position(|group| group.start > token);
        let is_subject = verb.is_some_and(|verb| self.subject_tokens(verb).contains(&token));
        if is_subject {
            score += 0.06;
        }
        if let Some(verb) = verb.filter(|_| is_subject) {
            if self.phrases.groups[verb].mood != Mood::Fact || self.phrases.groups[verb].negated {
                score -= 0.15;
            }
            if self.clauses.ranks[verb] == Rank::Conditional {
                score -= 0.3;
            }
        }
        // In the object of another event, or after a preposition: told in passing.
        let passing = self.used_words.iter().any(|&used| used < token && token - used < 12);
        if passing && !is_subject {
            score -= 0.04;
        }
        let trigger = self.draft.span_of(token..fit.last + 1);
        let clause = token..right.end;
        self.candidate(fit.pattern.kind, trigger, actors, recipients, clause, score)
    }

    /// The participant before a noun: "Iran's", "the Russian", "US-led".
    pub(super) fn owner(&mut self, token: usize) -> Vec<Participant> {
        let mut start = token;
        while start > self.phrases.first
            && token - start < 6
            && matches!(self.phrases.class(start - 1), Class::Noun | Class::Possessive | Class::Number)
            && self.phrases.group_of(start - 1).is_none()
        {
            start -= 1;
        }
        if start == token {
            return Vec::new();
        }
        let span = self.draft.span_of(start..token);
        let Some(mention) = self.draft.mentions_in(span).last().copied() else { return Vec::new() };
        let kind = self.draft.entity(mention.entity).map(|entity| entity.kind);
        let after = self.draft.token_from(mention.span.end);
        let possessive = self.phrases.class(after) == Class::Possessive;
        // "the Darkhan station bombing" names the place, whatever Darkhan is.
        if !possessive && (after..token).any(|between| self.lexicon.is("site", self.lower(between))) {
            return Vec::new();
        }
        // "the Baghdad bombing" names the place, not the doer; "the US airstrike" and "Iran's attack" the doer.
        let city = kind == Some(EntityKind::Gpe)
            && !possessive
            && self.draft.entity(mention.entity).is_some_and(|entity| is_town(&entity.name));
        if city || matches!(kind, Some(EntityKind::Loc | EntityKind::Fac | EntityKind::Event)) {
            return Vec::new();
        }
        let tokens = self.draft.tokens_in(mention.span);
        self.actors.read(self.phrases, &tokens)
    }
}

/// Whether a name of a place is that of a town rather than of a country or a capital, which may stand for its government.
/// A place that no table has is no country.
fn is_town(name: &str) -> bool {
    Gazetteer::builtin().senses(name).first().is_none_or(|sense| {
        matches!(sense.class, gazetteer::Class::City | gazetteer::Class::Capital | gazetteer::Class::Division)
    })
}
