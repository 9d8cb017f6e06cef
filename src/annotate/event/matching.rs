//! Which pattern of the lexicon fits a verb group or a noun.

use std::ops::Range;

use super::coder::Reader;
use super::lexicon::{EventLexicon, Follow, Pattern, Words};
use super::phrase::{Class, VerbGroup};

/// A pattern that fits, with the tokens it matched.
pub(super) struct Match<'l> {
    pub(super) pattern: &'l Pattern,
    /// Last token of the words that follow the head.
    pub(super) last: usize,
    /// Last token of those that follow it at once: the object begins after it.
    pub(super) adjacent: usize,
    /// The word of the object that the pattern asked for.
    pub(super) object: Option<usize>,
}

impl<'r> Reader<'r, '_, '_> {
    /// The most particular pattern that fits the verb group.
    pub(super) fn fit(&self, group: &VerbGroup, index: usize, right: &Range<usize>) -> Option<Match<'r>> {
        let subject = self.subject_tokens(index);
        let lexicon: &'r EventLexicon = self.lexicon;
        let mut best: Option<Match<'r>> = None;
        for pattern in group.lemmas.iter().flat_map(|lemma| lexicon.verb_patterns(lemma)) {
            if let Some(fit) = self.fits(pattern, group.main, right, &subject, group.passive)
                && best.as_ref().is_none_or(|best| pattern.rank() > best.pattern.rank())
            {
                best = Some(fit);
            }
        }
        best
    }

    pub(super) fn any(&self, tokens: Range<usize>, words: &Words) -> Option<usize> {
        tokens.clone().find(|&k| words.contains(self.lower(k)))
    }

    pub(super) fn fits<'l>(
        &self,
        pattern: &'l Pattern,
        head: usize,
        right: &Range<usize>,
        subject: &Range<usize>,
        passive: bool,
    ) -> Option<Match<'l>> {
        let (mut last, mut adjacent) = (head, head);
        for follow in &pattern.follow {
            match follow {
                Follow::Next(word) => {
                    let next = self.phrases.after(last)?;
                    if self.lower(next) != word {
                        return None;
                    }
                    (last, adjacent) = (next, next);
                }
                Follow::Near(words) => {
                    let limit = (head + 9).min(self.phrases.end);
                    let region = head + 1..limit;
                    let hit = region.clone().find(|&k| words.contains(self.lower(k)) || self.is_form_of(k, words))?;
                    // "told a press conference, referring to", "told that it is too late to": another clause.
                    let to = words.contains("to");
                    let border = |k: usize| match self.phrases.class(k) {
                        Class::Stop | Class::Relative | Class::Subordinator => true,
                        Class::Comma => to,
                        _ => false,
                    };
                    if region.take_while(|&k| k < hit).any(border) {
                        return None;
                    }
                    last = last.max(hit);
                    if hit == adjacent + 1 {
                        adjacent = hit;
                    }
                }
            }
        }
        let near = last + 1..right.end.min(last + 11).max(last + 1);
        let mut object = None;
        if let Some(words) = &pattern.object {
            object = if passive { self.any(subject.clone(), words) } else { self.any(near.clone(), words) };
            object?;
        }
        if let Some(words) = &pattern.not_object {
            let phrase = self.clauses.phrase_from(self.draft, last + 1, right.end.min(last + 8).max(last + 1));
            let region = if passive { subject.clone() } else { phrase };
            if self.any(region, words).is_some() {
                return None;
            }
        }
        if let Some(words) = &pattern.subject {
            let region = if passive { right.clone() } else { subject.clone() };
            self.any(region, words)?;
        }
        if let Some(words) = &pattern.not_subject
            && self.any(subject.clone(), words).is_some()
        {
            return None;
        }
        if let Some(words) = &pattern.context {
            self.any(self.phrases.first..self.phrases.end, words)?;
        }
        Some(Match { pattern, last, adjacent, object })
    }

    pub(super) fn is_form_of(&self, token: usize, words: &Words) -> bool {
        self.lexicon.verb(self.lower(token)).iter().any(|(lemma, _)| words.contains(lemma))
    }

    pub(super) fn fits_noun<'l>(&self, pattern: &'l Pattern, head: usize, right: &Range<usize>) -> Option<Match<'l>> {
        let mut last = head;
        for follow in &pattern.follow {
            match follow {
                Follow::Next(word) => {
                    let next = last + 1;
                    let lower = self.lower(next);
                    if lower != word && lower.strip_suffix('s') != Some(word) {
                        return None;
                    }
                    last = next;
                }
                Follow::Near(words) => {
                    last = (head + 1..(head + 8).min(self.phrases.end)).find(|&k| words.contains(self.lower(k)))?;
                }
            }
        }
        if let Some(words) = &pattern.not_object {
            let around = head.saturating_sub(2).max(self.phrases.first)..right.end.min(head + 4);
            if self.any(around, words).is_some() {
                return None;
            }
        }
        if let Some(words) = &pattern.object {
            self.any(head + 1..right.end.min(head + 8).max(head + 1), words)?;
        }
        if let Some(words) = &pattern.context {
            self.any(self.phrases.first..self.phrases.end, words)?;
        }
        Some(Match { pattern, last, adjacent: last, object: None })
    }
}
