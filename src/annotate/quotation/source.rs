//! Sources: the noun phrase that a cue is attributed to.
//!
//! Without a parser, the subject of a verb is found from its surroundings: the words between the verb and the nearest
//! boundary (a quotation mark, a comma, a conjunction, another verb) on its left, or on its right in an inversion ("said
//! Ada Obi, a lawyer"). What this misses: subjects cut off by long relative clauses without commas.

use std::ops::Range;

use super::attribution::{Attribution, Finder, is_be};
use super::words::{
    is_adverb, is_auxiliary, is_clause_opener, is_date_word, is_determiner, is_preposition, is_subject_pronoun,
    is_verb_like,
};
use crate::annotate::cue::{self, CueVerb};
use crate::annotate::draft::TokenKind;
use crate::annotate::entity::words::is_calendar;
use crate::annotate::title::Titles;
use crate::model::EntityKind;

impl Finder<'_> {
    /// The words left of the verb at `at` that are its subject, as token range; empty if none.
    pub(super) fn subject(&self, at: usize) -> Range<usize> {
        let sentence = self.sentence(at);
        let mut end = at;
        while end > sentence.start && end > self.tokens.start {
            let token = self.token(end - 1);
            if (is_adverb(token) || is_auxiliary(token)) && !self.in_run(end - 1) {
                end -= 1;
            } else {
                break;
            }
        }
        if end == sentence.start || end == self.tokens.start || self.in_run(end - 1) {
            return at..at;
        }
        let last = self.token(end - 1);
        if is_subject_pronoun(last) {
            return end - 1..end;
        }
        if matches!(last.lower.as_ref(), "who" | "which" | "that") {
            return self.antecedent(end - 1);
        }
        let (start, stop) = match last.text {
            "," => (self.left_boundary(end - 1, true), end - 1),
            ")" => match (sentence.start..end - 1).rev().find(|&open| self.token(open).text == "(") {
                Some(open) => (self.left_boundary(open, false), open),
                None => return at..at,
            },
            _ if last.kind == TokenKind::Punctuation => return at..at,
            _ if last.kind == TokenKind::Possessive => return at..at,
            _ => (self.left_boundary(end, false), end),
        };
        let source = self.without_adverbial(start..stop);
        match self.plausible(&source) {
            true => source,
            false => at..at,
        }
    }

    /// "Obi, who said": the phrase before the relative pronoun at `at`.
    pub(super) fn antecedent(&self, at: usize) -> Range<usize> {
        let stop = if at > self.tokens.start && self.token(at - 1).text == "," { at - 1 } else { at };
        let source = self.without_adverbial(self.left_boundary(stop, false)..stop);
        // "They released a statement which said": not the statement speaks but they do.
        if source.end > source.start && cue::is_utterance(self.token(source.end - 1)) {
            return self.main_subject(&self.sentence(at), source.start);
        }
        match self.plausible(&source) && self.token(at).lower != "that" {
            true => source,
            false => at..at,
        }
    }

    /// Where the noun phrase that ends before `end` begins. Across commas if it ends with an apposition.
    pub(super) fn left_boundary(&self, end: usize, apposition: bool) -> usize {
        let first = self.sentence(end.saturating_sub(1)).start.max(self.tokens.start);
        let mut at = end;
        let mut coordinator = None;
        while at > first {
            let token = self.token(at - 1);
            let hard = self.in_run(at - 1)
                || matches!(token.text, ";" | ":" | "—" | "–" | "(" | ")" | "…" | "!" | "?" | "―" | "|");
            if hard || (token.text == "," && !apposition) {
                break;
            }
            let inside = self.draft.mention_at(token.span.start).is_some();
            if !inside && !apposition && (is_verb_like(token) && !self.is_modifier(at - 1)) {
                return coordinator.unwrap_or(at);
            }
            if !inside
                && is_clause_opener(token)
                && !(apposition && matches!(token.lower.as_ref(), "which" | "where" | "as" | "who"))
            {
                break;
            }
            if matches!(token.lower.as_ref(), "and" | "but" | "or") && !inside {
                if token.lower == "but" {
                    break;
                }
                coordinator.get_or_insert(at);
            }
            at -= 1;
        }
        at
    }

    /// A past participle inside a noun phrase: "a retired judge", "the London-based group", "the newly elected mayor".
    pub(super) fn is_modifier(&self, at: usize) -> bool {
        let before = at.checked_sub(1).map(|before| self.token(before));
        let token = self.token(at);
        let determined = before.is_some_and(|before| {
            is_determiner(before)
                || before.text == "-"
                || before.lower.ends_with("ly")
                || before.kind == TokenKind::Possessive
        });
        determined && !is_be(token) && !is_auxiliary(token)
    }

    /// The phrase without what stands before its noun: "On Friday, …", "In Cairo …", "Last year …", "and".
    pub(super) fn without_adverbial(&self, source: Range<usize>) -> Range<usize> {
        let Range { mut start, end } = source;
        loop {
            if start >= end {
                return end..end;
            }
            let token = self.token(start);
            let comma = (start..end).find(|&at| self.token(at).text == ",");
            if self.is_before_noun_phrase(start, end) {
                start += 1;
            } else if is_preposition(token)
                || matches!(token.lower.as_ref(), "when" | "while" | "after" | "before" | "asked" | "speaking")
            {
                match comma {
                    Some(comma) if comma + 1 < end => start = comma + 1,
                    _ => {
                        // "On Friday Obi", "In Cairo officials": the preposition with its date or name.
                        let mut next = start + 1;
                        while next < end
                            && (is_date_word(self.token(next))
                                || is_calendar(self.token(next))
                                || self.token(next).kind == TokenKind::Number)
                        {
                            next += 1;
                        }
                        if next == start + 1 {
                            let next_name = self.draft.mention_at(self.token(next.min(end - 1)).span.start);
                            next = match (next_name, self.name_ending_at(end - 1)) {
                                (Some(name), _) => self.draft.token_from(name.span.end),
                                // "In a radio interview Obi said": the name at the end is the subject.
                                (None, Some(name)) => name.start,
                                (None, None) => return end..end,
                            };
                        }
                        start = next;
                    }
                }
            } else {
                return start..end;
            }
        }
    }

    /// A mark, a joining adverb or a word of date before the phrase.
    fn is_before_noun_phrase(&self, at: usize, end: usize) -> bool {
        let token = self.token(at);
        let mark = token.kind == TokenKind::Punctuation && !matches!(token.text, "$" | "£" | "€" | "#" | "@" | "[");
        let joining = [
            "and",
            "but",
            "then",
            "so",
            "or",
            "meanwhile",
            "however",
            "also",
            "later",
            "still",
            "yet",
            "instead",
            "indeed",
        ];
        let date = is_date_word(token)
            && at + 1 < end
            && !self.is(at + 1, &["of"])
            && !cue::is_speech_verb(self.token(at + 1));
        mark || joining.contains(&token.lower.as_ref()) || date
    }

    /// Whether the phrase can be somebody: it has a name, a pronoun or a noun, and is not too long for one.
    pub(super) fn plausible(&self, source: &Range<usize>) -> bool {
        !source.is_empty()
            && source.len() <= 45
            && source.clone().any(|at| self.token(at).kind == TokenKind::Word)
            && !(source.len() == 1
                && (is_determiner(self.token(source.start)) && self.token(source.start).lower != "this"
                    || is_date_word(self.token(source.start))
                    || self.is(source.start, &["there", "what", "as", "to", "it's"])))
    }

    /// Whether what stands before the comma at `at - 1` is a clause of its own, so that the verb at `at` is inverted.
    pub(super) fn left_is_clause(&self, at: usize) -> bool {
        let first = self.sentence(at).start.max(self.tokens.start);
        (first..at).any(|before| {
            let token = self.token(before);
            (is_verb_like(token) && !self.is_modifier(before)) || self.in_run(before)
        })
    }

    /// The subject right of the verb at `at`: "said Ada Obi, a lawyer in Enugu".
    pub(super) fn inverted_subject(&self, at: usize, verb: CueVerb) -> Range<usize> {
        let start = at + 1;
        let names = verb.classes.call && !verb.classes.say;
        if verb.lemma == "tell" || names || !self.tokens.contains(&start) || self.in_run(start) {
            return start..start;
        }
        let token = self.token(start);
        let begins = (token.is_capitalised() && !is_calendar(token))
            || is_determiner(token) && token.lower != "that"
            || is_subject_pronoun(token)
            || token.kind == TokenKind::Number
            || Titles::builtin().phrase_at(&self.draft.tokens, start).is_some()
            || matches!(
                token.lower.as_ref(),
                "one" | "another" | "some" | "several" | "many" | "former" | "people" | "police" | "officials"
            );
        let plural_noun = token.kind == TokenKind::Word && token.lower.ends_with('s') && !is_preposition(token);
        let next = self.draft.tokens.get(start + 1).filter(|next| next.sentence == token.sentence);
        let before_name = next.is_some_and(|next| next.is_capitalised() && !is_calendar(next));
        // Right after quoted words any noun may be the subject: "said master of ceremonies Ada Obi".
        let beside =
            at > self.tokens.start && self.follows_run(at - 1) && token.kind == TokenKind::Word && !is_adverb(token);
        if !begins && !plural_noun && !before_name && !beside {
            return start..start;
        }
        if is_preposition(token) || is_clause_opener(token) || is_date_word(token) {
            return start..start;
        }
        let source = self.phrase_after(start);
        // "said he would go": a clause follows, so this is no inversion.
        let next = source.end;
        let clause = self.tokens.contains(&next)
            && !self.in_run(next)
            && (is_verb_like(self.token(next)) || is_auxiliary(self.token(next)));
        match clause {
            true => start..start,
            false => source,
        }
    }

    /// The noun phrase that begins at `start`, with its appositions.
    pub(super) fn phrase_after(&self, start: usize) -> Range<usize> {
        if !self.tokens.contains(&start) {
            return start..start;
        }
        let limit = self.sentence(start).end.min(self.tokens.end).min(start + 45);
        let mut at = start;
        while at < limit && !self.in_run(at) {
            let token = self.token(at);
            let name = self.draft.mention_at(token.span.start);
            if let Some(name) = name {
                at = self.draft.tokens.partition_point(|token| token.span.start < name.span.end).max(at + 1);
                continue;
            }
            if is_subject_pronoun(token) && at == start {
                return at..at + 1;
            }
            let stops = match token.text {
                "," => !self.apposition_at(at + 1, limit) && !self.names_the_title(start..at, limit),
                "(" => {
                    let close = (at..limit).find(|&close| self.token(close).text == ")");
                    if let Some(close) = close.filter(|close| close - at < 8) {
                        at = close + 1;
                        continue;
                    }
                    true
                }
                ")" | "]" => true,
                "-" | "‑" | "'" | "’" | "." if at + 1 < limit && token.text != "." => false,
                _ if token.kind == TokenKind::Punctuation => true,
                _ => false,
            };
            if stops {
                break;
            }
            let after_name = at > start
                && self.draft.mention_at(self.token(at - 1).span.start).is_some_and(|mention| {
                    self.draft.entities.get(mention.entity).is_some_and(|entity| entity.kind == EntityKind::Person)
                });
            let complement =
                matches!(token.lower.as_ref(), "of" | "for" | "at" | "from" | "with" | "in" | "on" | "to");
            if is_date_word(token) || is_calendar(token) {
                break;
            }
            if is_preposition(token)
                && (!complement || (after_name && token.lower != "of") || self.introduces_date(at))
            {
                break;
            }
            if is_clause_opener(token) && token.lower != "who" && !(token.lower == "that" && at == start) {
                break;
            }
            if at > start
                && (is_verb_like(token) || is_auxiliary(token))
                && !self.is_modifier(at)
                && !self.inside_relative(start, at)
            {
                break;
            }
            if matches!(token.lower.as_ref(), "and" | "or") {
                let next_clause =
                    (at + 1..limit.min(at + 8)).any(|next| is_verb_like(self.token(next)) && !self.is_modifier(next));
                if next_clause {
                    break;
                }
            }
            at += 1;
        }
        let mut end = at;
        while end > start
            && (self.token(end - 1).kind == TokenKind::Punctuation && self.token(end - 1).text != ")"
                || is_preposition(self.token(end - 1))
                || matches!(self.token(end - 1).lower.as_ref(), "and" | "who"))
        {
            end -= 1;
        }
        start..end
    }

    /// Whether a relative clause ("who …") was opened between `start` and `at`: its verbs belong to the phrase.
    pub(super) fn inside_relative(&self, start: usize, at: usize) -> bool {
        (start..at).any(|before| matches!(self.token(before).lower.as_ref(), "who" | "whose"))
    }

    /// "on Monday", "in 2015", "in a statement": no part of the noun phrase before it.
    pub(super) fn introduces_date(&self, at: usize) -> bool {
        let next = self.draft.tokens.get(at + 1);
        let utterance = (at + 1..at + 5).any(|near| self.draft.tokens.get(near).is_some_and(cue::is_utterance))
            && self.is(at, &["in", "on", "at", "during"]);
        next.is_some_and(|next| is_calendar(next) || is_date_word(next) || next.kind == TokenKind::Number)
            || utterance
    }

    /// "said Fiji's commissioner, Ada Obi": after the comma at the end of `phrase`, which names no person but an office,
    /// comes the person.
    fn names_the_title(&self, phrase: Range<usize>, limit: usize) -> bool {
        let is_person = |at: usize| {
            let mention = self.draft.mention_at(self.token(at).span.start);
            mention.is_some_and(|mention| self.draft.entities[mention.entity].kind == EntityKind::Person)
        };
        let next = phrase.end + 1;
        let office = phrase.clone().any(|at| Titles::builtin().phrase_at(&self.draft.tokens, at).is_some());
        next < limit && !self.in_run(next) && office && is_person(next) && !phrase.into_iter().any(is_person)
    }

    /// Whether an apposition begins at `at`: "a lawyer", "the minister", "who leads", "54", "Iran's envoy".
    pub(super) fn apposition_at(&self, at: usize, limit: usize) -> bool {
        if at >= limit || self.in_run(at) {
            return false;
        }
        let token = self.token(at);
        let article = matches!(
            token.lower.as_ref(),
            "a" | "an" | "the" | "one" | "who" | "whose" | "his" | "her" | "its" | "their" | "another"
        );
        // "According to Obi, the talks had failed": a finite verb before the next comma makes it a clause.
        let relative =
            |at: &usize| matches!(self.token(*at).lower.as_ref(), "who" | "whose" | "which" | "that" | ",");
        let phrase = (at + 1..limit).take_while(|at| !relative(at) && !self.in_run(*at));
        let clause = !relative(&at)
            && phrase.into_iter().any(|at| {
                let name = self.draft.mention_at(self.token(at).span.start).is_some();
                !name && (is_verb_like(self.token(at)) || is_auxiliary(self.token(at))) && !self.is_modifier(at)
            });
        if clause {
            return false;
        }
        let title = Titles::builtin().phrase_at(&self.draft.tokens, at).is_some();
        let possessor = self.draft.mention_at(token.span.start).is_some_and(|mention| {
            let end = self.draft.tokens.partition_point(|token| token.span.start < mention.span.end);
            end < limit
                && (self.token(end).kind == TokenKind::Possessive
                    || Titles::builtin().phrase_at(&self.draft.tokens, end).is_some())
        });
        let age = token.kind == TokenKind::Number && token.text.len() <= 3;
        article || title || possessor || age
    }

    /// "…, adding that": the subject of the clause before, which is the source of the attribution before or the
    /// subject of the sentence.
    pub(super) fn subject_of_participle(&self, at: usize, found: &[Attribution]) -> Range<usize> {
        let sentence = self.sentence(at);
        let last =
            found.iter().rev().take(8).find(|other| sentence.contains(&other.cue.start) && !other.source.is_empty());
        if let Some(last) = last {
            return last.source.clone();
        }
        // "with officials saying": the phrase right before is the subject.
        let with = (sentence.start..at).rev().take(6).find(|&with| self.is(with, &["with"]));
        if let Some(with) = with.filter(|with| with + 1 < at && !(with + 1..at).any(|near| self.is(near, &[","]))) {
            return with + 1..at;
        }
        let own = self.is(at.wrapping_sub(1), &[","])
            || at == sentence.start
            || self.follows_run(at.saturating_sub(1))
            || self.is(at.wrapping_sub(1), &["further", "also", "by"]);
        if own { self.main_subject(&sentence, at) } else { at..at }
    }

    /// The subject of the sentence: the phrase before its first verb.
    pub(super) fn main_subject(&self, sentence: &Range<usize>, before: usize) -> Range<usize> {
        let first = sentence.start.max(self.tokens.start);
        let verb = (first..before).find(|&at| {
            let token = self.token(at);
            !self.in_run(at)
                && self.draft.mention_at(token.span.start).is_none()
                && (is_verb_like(token) || is_auxiliary(token))
                && !self.is_modifier(at)
        });
        match verb {
            Some(verb) => self.subject(verb),
            // Headlines have verbs that no list knows: the name they begin with is their subject.
            None => match self.draft.mention_at(self.token(first).span.start) {
                Some(name) if first < before => first..self.draft.token_from(name.span.end),
                _ => before..before,
            },
        }
    }

    /// The source of the attribution before in the sentence, for a verb joined to it by "and" or "but".
    pub(super) fn coordinated_subject(&self, at: usize, found: &[Attribution]) -> Range<usize> {
        let sentence = self.sentence(at);
        let joined =
            (sentence.start.max(at.saturating_sub(2))..at).any(|before| self.is(before, &["and", "but", "then"]));
        if !joined {
            return at..at;
        }
        let last =
            found.iter().rev().take(8).find(|other| sentence.contains(&other.cue.start) && !other.source.is_empty());
        last.map_or_else(|| self.main_subject(&sentence, at), |last| last.source.clone())
    }
    /// Whom "as saying", with its "as" at `at`, is about: the object of "quoted", or its subject in the passive.
    pub(super) fn quoted_as(&self, at: usize) -> Range<usize> {
        let first = self.sentence(at).start.max(self.tokens.start);
        let Some(verb) = (first..at)
            .rev()
            .take(14)
            .find(|&near| self.is(near, &["quoted", "quotes", "quoting", "cited", "cites", "citing"]))
        else {
            return at..at;
        };
        let passive = verb > first && is_be(self.token(verb - 1));
        match passive {
            true => self.subject(verb - 1),
            false => verb + 1..at,
        }
    }

    /// The person's name that ends with token `at`.
    pub(super) fn person_ending_at(&self, at: usize) -> Option<Range<usize>> {
        let name = self.name_ending_at(at)?;
        let mention = self.draft.mention_at(self.token(name.start).span.start)?;
        (self.draft.entities[mention.entity].kind == EntityKind::Person).then_some(name)
    }

    pub(super) fn name_ending_at(&self, at: usize) -> Option<Range<usize>> {
        let mention = self.draft.mention_at(self.token(at).span.start)?;
        let end = self.draft.token_from(mention.span.end);
        (end == at + 1).then(|| self.draft.token_from(mention.span.start)..end)
    }
}
