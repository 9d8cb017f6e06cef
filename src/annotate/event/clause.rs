//! Who stands where in a clause: the subject of a verb group, the words that belong to it on its right, and noun
//! phrases after prepositions.

use std::ops::Range;

use super::lexicon::EventLexicon;
use super::phrase::{Class, Phrases, Shape};
use crate::annotate::draft::Draft;

/// Where the subject of a verb group is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// These tokens.
    Tokens(Range<usize>),
    /// The same as that of another group of the sentence.
    SameAs(usize),
    /// The object of another group of the sentence ("urged Iran to stop").
    ObjectOf(usize),
    /// Not in this sentence.
    Absent,
}

/// How a verb group hangs on the rest of the sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rank {
    /// Main clause, or the clause that a verb of saying reports.
    Main,
    /// Participial clause: ", condemning …".
    Participial,
    /// after, as, when, because, who …
    Subordinate,
    /// if, unless, whether: not told as a fact.
    Conditional,
}

/// The clauses of one sentence.
pub struct Clauses<'p> {
    /// The sentence.
    pub phrases: &'p Phrases,
    lexicon: &'p EventLexicon,
    /// One for each verb group.
    pub subjects: Vec<Subject>,
    /// One for each verb group.
    pub ranks: Vec<Rank>,
    /// For an infinitive or gerund, the group that governs it.
    pub governors: Vec<Option<usize>>,
}

fn lower<'d>(draft: &'d Draft<'_>, token: usize) -> &'d str {
    draft.tokens.get(token).map_or("", |token| &token.lower)
}

impl<'p> Clauses<'p> {
    /// Finds subjects, ranks and governors.
    pub fn new(draft: &Draft<'_>, phrases: &'p Phrases, lexicon: &'p EventLexicon) -> Clauses<'p> {
        let mut clauses =
            Clauses { phrases, lexicon, subjects: Vec::new(), ranks: Vec::new(), governors: Vec::new() };
        for index in 0..phrases.groups.len() {
            let governor = clauses.governor(draft, lexicon, index);
            clauses.governors.push(governor);
            let subject = clauses.subject(draft, lexicon, index);
            clauses.subjects.push(subject);
            let rank = clauses.rank(draft, lexicon, index);
            clauses.ranks.push(rank);
        }
        // A clause before its main clause: "Condemning the attack, the minister said".
        for index in 0..phrases.groups.len() {
            if clauses.subjects[index] == Subject::Absent
                && phrases.groups[index].shape == Shape::Gerund
                && let Some(main) = (index + 1..phrases.groups.len()).find(|&g| {
                    phrases.groups[g].shape == Shape::Finite && matches!(clauses.subjects[g], Subject::Tokens(_))
                })
            {
                clauses.subjects[index] = Subject::SameAs(main);
            }
        }
        clauses
    }

    fn governor(&self, draft: &Draft<'_>, lexicon: &EventLexicon, index: usize) -> Option<usize> {
        let group = &self.phrases.groups[index];
        let outer = index.checked_sub(1)?;
        let governing = &self.phrases.groups[outer];
        let between = governing.main + 1..group.start;
        if between.clone().any(|k| matches!(self.phrases.class(k), Class::Stop | Class::Relative)) {
            return None;
        }
        match group.shape {
            // Coordinated infinitives share the governor.
            Shape::Infinitive
                if between.clone().any(|k| self.phrases.class(k) == Class::And)
                    && governing.shape == Shape::Infinitive =>
            {
                self.governors.get(outer).copied().flatten()
            }
            Shape::Infinitive => Some(outer),
            Shape::Gerund if between.is_empty() => Some(outer),
            Shape::Gerund if governing.is_in(lexicon, "carry") && between.len() <= 1 => Some(outer),
            Shape::Gerund => {
                let before = self.phrases.before(group.start)?;
                let word = lower(draft, before);
                (matches!(word, "of" | "from" | "with" | "for" | "against") && before > governing.main)
                    .then_some(outer)
            }
            _ => None,
        }
    }

    fn rank(&self, draft: &Draft<'_>, lexicon: &EventLexicon, index: usize) -> Rank {
        let group = &self.phrases.groups[index];
        let from = index.checked_sub(1).map_or(self.phrases.first, |outer| self.phrases.groups[outer].main + 1);
        let mut rank = match group.shape {
            Shape::Gerund => Rank::Participial,
            Shape::Reduced => Rank::Subordinate,
            _ => Rank::Main,
        };
        for token in from..group.start {
            let word = lower(draft, token);
            if lexicon.is("conditional", word) || (word == "in" && lower(draft, token + 1) == "case") {
                return Rank::Conditional;
            }
            match self.phrases.class(token) {
                Class::Subordinator => rank = Rank::Subordinate,
                Class::Relative if word != "that" || self.phrases.after(token) == Some(group.start) => {
                    rank = Rank::Subordinate;
                }
                // "the following day"
                Class::Preposition
                    if matches!(word, "after" | "before" | "since" | "following" | "until" | "despite")
                        && token.checked_sub(1).is_none_or(|at| self.phrases.class(at) != Class::Determiner) =>
                {
                    rank = Rank::Subordinate;
                }
                _ => {}
            }
        }
        if let Some(outer) = self.governors.get(index).copied().flatten()
            && group.shape != Shape::Finite
            && self.ranks.get(outer) == Some(&Rank::Conditional)
        {
            return Rank::Conditional;
        }
        rank
    }

    fn subject(&self, draft: &Draft<'_>, lexicon: &EventLexicon, index: usize) -> Subject {
        let phrases = self.phrases;
        let group = &phrases.groups[index];
        if let Some(outer) = self.governors.get(index).copied().flatten() {
            // "urged Iran to stop": whose deed it is depends on whether an object stands between.
            let has_object = (phrases.groups[outer].main + 1..group.start)
                .any(|k| matches!(phrases.class(k), Class::Noun | Class::Pronoun));
            let controls = phrases.groups[outer].is_in(lexicon, "object-control");
            return if has_object && controls && group.shape == Shape::Infinitive {
                Subject::ObjectOf(outer)
            } else {
                Subject::SameAs(outer)
            };
        }
        let Some(before) = phrases.before(group.start) else { return Subject::Absent };
        let finite_before = || {
            (0..index)
                .rev()
                .find(|&g| phrases.groups[g].shape == Shape::Finite && self.ranks.get(g) != Some(&Rank::Subordinate))
                .or_else(|| (0..index).rev().find(|&g| phrases.groups[g].shape == Shape::Finite))
        };
        match phrases.class(before) {
            Class::Relative => match phrases.before(before) {
                Some(mut at) => {
                    while at > phrases.first
                        && matches!(phrases.class(at), Class::Comma | Class::Preposition | Class::Quote)
                    {
                        at -= 1;
                    }
                    self.phrase_ending_at(draft, self.before_parenthesis(draft, before, at))
                }
                None => Subject::Absent,
            },
            Class::And => match finite_before() {
                Some(shared) => Subject::SameAs(shared),
                None => Subject::Absent,
            },
            // "wildfires destroying the forest", "troops shelling the town"
            Class::Noun if group.shape == Shape::Gerund && self.can_act(lexicon, lower(draft, before)) => {
                self.phrase_ending_at(draft, before)
            }
            // "issued a declaration demanding": whoever issued it demands.
            Class::Noun
                if group.shape == Shape::Gerund && finite_before().is_some_and(|g| !phrases.groups[g].is("be")) =>
            {
                finite_before().map_or(Subject::Absent, Subject::SameAs)
            }
            Class::Comma if group.shape == Shape::Gerund => finite_before().map_or(Subject::Absent, Subject::SameAs),
            Class::Comma | Class::Stop | Class::Quote => {
                // "X, the minister of Y, said": back to before the parenthesis.
                let Some(inner) = before.checked_sub(1).filter(|&at| at >= phrases.first) else {
                    return Subject::Absent;
                };
                let closing = phrases.class(before);
                let opening = (phrases.first..inner).rev().find(|&k| phrases.class(k) == closing);
                match opening.and_then(|at| at.checked_sub(1)).filter(|&at| at >= phrases.first) {
                    Some(at) => {
                        let found = self.phrase_ending_at(draft, at);
                        match &found {
                            // "On Wednesday, X, …" has no subject before its first comma.
                            Subject::Tokens(range) if !self.is_adverbial(draft, range) => found,
                            _ => self.phrase_ending_at(draft, inner),
                        }
                    }
                    None => self.phrase_ending_at(draft, inner),
                }
            }
            Class::Preposition | Class::Subordinator if group.shape == Shape::Gerund => {
                finite_before().map_or(Subject::Absent, Subject::SameAs)
            }
            Class::Noun
            | Class::Pronoun
            | Class::Number
            | Class::Determiner
            | Class::Possessive
            | Class::Preposition
            | Class::Adverb => self.phrase_ending_at(draft, before),
            _ => Subject::Absent,
        }
    }

    /// "protesters, sometimes numbering in the millions, who": the last token of what a relative pronoun refers to, where
    /// something participial stands between two commas before it. `end` is the last token before the second comma.
    fn before_parenthesis(&self, draft: &Draft<'_>, relative: usize, end: usize) -> usize {
        let phrases = self.phrases;
        if phrases.before(relative).is_none_or(|comma| phrases.class(comma) != Class::Comma) {
            return end;
        }
        let mut inside = (phrases.first..end).rev().take_while(|&k| phrases.class(k) != Class::Stop);
        let Some(comma) = inside.find(|&k| phrases.class(k) == Class::Comma) else { return end };
        let first = (comma + 1..end).find(|&k| phrases.class(k) != Class::Adverb);
        let participial = first
            .and_then(|first| phrases.group_of(first))
            .is_some_and(|g| matches!(phrases.groups[g].shape, Shape::Gerund | Shape::Reduced))
            || first.is_some_and(|first| lower(draft, first).ends_with("ing"));
        if participial && comma > phrases.first { comma - 1 } else { end }
    }

    /// Whether a noun stands for what acts by itself: forces, people, disasters.
    fn can_act(&self, lexicon: &EventLexicon, noun: &str) -> bool {
        ["disaster", "armed", "crowd"].iter().any(|class| lexicon.is(class, noun))
    }

    /// Whether a phrase is an adverbial ("On Wednesday", "In a statement") rather than a participant.
    fn is_adverbial(&self, draft: &Draft<'_>, range: &Range<usize>) -> bool {
        matches!(self.phrases.class(range.start), Class::Preposition | Class::Adverb | Class::Subordinator)
            || draft.tokens.get(range.start).is_some_and(|token| super::words::is_time_word(&token.lower))
                && range.len() <= 2
    }

    /// The noun phrase, with its prepositional phrases, whose last word is `end`.
    fn phrase_ending_at(&self, draft: &Draft<'_>, end: usize) -> Subject {
        let phrases = self.phrases;
        let mut start = end + 1;
        let mut at = end;
        loop {
            let class = phrases.class(at);
            let stop = match class {
                Class::Comma => !self.in_list(draft, at, end),
                Class::Stop
                | Class::Quote
                | Class::Relative
                | Class::Subordinator
                | Class::To
                | Class::Modal
                | Class::Have
                | Class::Do
                | Class::Be => {
                    // "ambassador to Germany" and "aid to Cuba" stay together.
                    !(class == Class::To
                        && at > phrases.first
                        && phrases.class(at - 1) == Class::Noun
                        && phrases.group_of(at).is_none())
                }
                // "X said and Y denied": a clause border, where a verb stands to the left within the clause.
                Class::And => lower(draft, at) == "but",
                // "after Ruritania began": what stands before belongs to another clause.
                Class::Preposition => {
                    at < end
                        && matches!(
                            lower(draft, at),
                            "after" | "before" | "since" | "until" | "following" | "despite"
                        )
                }
                _ => false,
            };
            // A participle that modifies the noun before it is a part of the phrase: "soldiers killed by rebels".
            // So is "the minister Ada Obi speaking to reporters".
            let verb = phrases.group_of(at).is_some_and(|g| match phrases.groups[g].shape {
                Shape::Reduced => false,
                Shape::Gerund => !self.modifies_name(draft, g),
                _ => true,
            });
            if stop || verb {
                break;
            }
            start = at;
            if at == phrases.first {
                break;
            }
            at -= 1;
        }
        // "crews blocked the lane and Ruritania threatened": the object of the verb on the left ends at the "and". What
        // follows a verb of saying is a clause, with a subject that may itself be joined by "and".
        let verb = start.checked_sub(1).and_then(|left| phrases.group_of(left)).map(|left| &phrases.groups[left]);
        if verb.is_some_and(|verb| {
            matches!(verb.shape, Shape::Finite | Shape::Gerund) && !verb.is("be") && !verb.is_in(self.lexicon, "say")
        }) && let Some(and) = (start + 1..end).rev().find(|&k| phrases.class(k) == Class::And)
        {
            start = and;
        }
        // A leading conjunction or comma is no part of it.
        while start < end && matches!(phrases.class(start), Class::And | Class::Comma | Class::Adverb) {
            start += 1;
        }
        if start <= end { Subject::Tokens(start..end + 1) } else { Subject::Absent }
    }

    /// Whether a gerund modifies the name right before it: "Ada Obi speaking to reporters".
    fn modifies_name(&self, draft: &Draft<'_>, group: usize) -> bool {
        let start = self.phrases.groups[group].start;
        start > self.phrases.first
            && draft.tokens.get(start - 1).is_some_and(|word| draft.mention_at(word.span.start).is_some())
    }

    /// Whether a comma separates the members of a list that an "and" closes before `end`.
    fn in_list(&self, draft: &Draft<'_>, comma: usize, end: usize) -> bool {
        let and = (comma + 1..end).find(|&k| self.phrases.class(k) == Class::And);
        and.is_some_and(|and| {
            let short = |range: Range<usize>| {
                range.len() <= 8
                    && range
                        .clone()
                        .all(|k| !matches!(self.phrases.class(k), Class::Stop | Class::Relative | Class::Quote))
            };
            let capital = |k: usize| draft.tokens.get(k).is_some_and(|t| t.is_capitalised());
            short(comma + 1..and) && capital(comma + 1) && comma.checked_sub(1).is_some_and(capital)
        })
    }

    /// The tokens to the right of a group that belong to it: to the end of its clause.
    pub fn right(&self, draft: &Draft<'_>, index: usize) -> Range<usize> {
        let phrases = self.phrases;
        let start = phrases.groups[index].main + 1;
        let mut at = start;
        while at < phrases.end {
            let class = phrases.class(at);
            match class {
                Class::Stop if at > start => break,
                Class::Subordinator => break,
                Class::Relative if lower(draft, at) != "that" => break,
                Class::Comma => {
                    let next = phrases.after(at);
                    let ends = self.attribution_follows(draft, at)
                        || next.is_none_or(|next| {
                            phrases.group_of(next).is_some()
                                || matches!(
                                    phrases.class(next),
                                    Class::Relative
                                        | Class::Subordinator
                                        | Class::And
                                        | Class::Pronoun
                                        | Class::Quote
                                        | Class::Preposition
                                )
                        });
                    if ends {
                        break;
                    }
                }
                Class::And => {
                    if phrases.after(at).is_some_and(|next| phrases.group_of(next).is_some()) {
                        break;
                    }
                }
                _ => {
                    if let Some(next) = phrases.group_of(at).filter(|&next| next > index) {
                        let group = &phrases.groups[next];
                        let governed =
                            self.governors.get(next).copied().flatten().is_some_and(|g| {
                                g == index || self.governors.get(g).copied().flatten() == Some(index)
                            });
                        let aims = group.is("target") || group.is("aim") || group.is("include");
                        if !governed && (group.shape == Shape::Finite || group.shape == Shape::Gerund && !aims) {
                            break;
                        }
                        at = group.main;
                    }
                }
            }
            at += 1;
        }
        start..at
    }

    /// Whether what follows a comma says who said the rest: ", the ministry announced on Tuesday."
    fn attribution_follows(&self, draft: &Draft<'_>, comma: usize) -> bool {
        let Some(group) = self.phrases.groups.iter().find(|group| group.start > comma) else { return false };
        let between = comma + 1..group.start;
        group.shape == Shape::Finite
            && group.is_in(self.lexicon, "say")
            && !between.is_empty()
            && between
                .clone()
                .all(|k| !matches!(self.phrases.class(k), Class::Comma | Class::Stop | Class::Subordinator))
            && lower(draft, comma + 1) != "that"
    }

    /// The noun phrase that begins at `start`, up to the next preposition (but "of"), verb or mark before `limit`.
    pub fn phrase_from(&self, draft: &Draft<'_>, start: usize, limit: usize) -> Range<usize> {
        let phrases = self.phrases;
        let mut at = start;
        while at < limit {
            let stop = match phrases.class(at) {
                Class::Stop
                | Class::Relative
                | Class::Subordinator
                | Class::Modal
                | Class::To
                | Class::Be
                | Class::Have
                | Class::Do => true,
                Class::Quote => false,
                Class::Preposition => lower(draft, at) != "of",
                Class::Adverb => at > start,
                Class::Comma => !(self.in_list(draft, at, limit) || self.list_goes_on(draft, at, limit)),
                Class::And => phrases.after(at).is_some_and(|next| phrases.group_of(next).is_some()),
                _ => phrases.group_of(at).is_some_and(|g| phrases.groups[g].shape != Shape::Reduced),
            };
            if stop {
                break;
            }
            at += 1;
        }
        start..at
    }

    fn list_goes_on(&self, draft: &Draft<'_>, comma: usize, limit: usize) -> bool {
        let name = |k: usize| draft.tokens.get(k).is_some_and(|t| draft.mention_at(t.span.start).is_some());
        comma + 1 < limit && name(comma + 1) && comma.checked_sub(1).is_some_and(name)
    }

    /// The noun phrase after the preposition `word` in `region`, and the token of the preposition.
    pub fn after_preposition(
        &self,
        draft: &Draft<'_>,
        region: &Range<usize>,
        word: &str,
    ) -> Option<(usize, Range<usize>)> {
        region.clone().filter(|&k| lower(draft, k) == word).find_map(|at| {
            let phrase = self.phrase_from(draft, at + 1, region.end);
            (!phrase.is_empty()).then_some((at, phrase))
        })
    }
}
