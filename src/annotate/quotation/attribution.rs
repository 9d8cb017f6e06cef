//! Attributions in a paragraph: a cue with the phrase that names the source.
//!
//! Without a parser, the subject of a cue verb is found from its surroundings: the words between the verb and the
//! nearest boundary (a quotation mark, a comma, a conjunction, another verb) on its left, or on its right in an inversion
//! ("said Ada Obi, a lawyer"). What this misses: subjects cut off by long relative clauses without commas.

use std::ops::Range;

use super::words::{
    is_adverb, is_auxiliary, is_clause_opener, is_date_word, is_determiner, is_preposition, is_subject_pronoun,
    is_verb_like,
};
use crate::annotate::cue::{self, CueVerb, Form};
use crate::annotate::draft::{Draft, MarkedRun, Token, TokenKind};
use crate::annotate::entity::words::is_calendar;
use crate::annotate::title::Titles;

/// What kind of words the cue is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CueKind {
    /// A verb of saying.
    Verb(CueVerb),
    /// "according to"
    According,
    /// "in a statement", "his message": a noun for an utterance.
    Noun,
    /// A colon or dash between a name and the words.
    Mark,
}

/// Where the source stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// "she said"
    SourceFirst,
    /// "said Obi", "according to Obi"
    CueFirst,
}

/// A cue and its source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribution {
    /// The cue's tokens.
    pub cue: Range<usize>,
    /// The source's tokens; empty where the text leaves it out.
    pub source: Range<usize>,
    /// What the cue is.
    pub kind: CueKind,
    /// Which comes first.
    pub order: Order,
    /// Index of the sentence of the cue.
    pub sentence: usize,
}

impl Attribution {
    /// From the first to the last token of source and cue.
    pub fn extent(&self) -> Range<usize> {
        match self.source.is_empty() {
            true => self.cue.clone(),
            false => self.cue.start.min(self.source.start)..self.cue.end.max(self.source.end),
        }
    }

    /// Whether the cue takes a clause.
    pub fn takes_clause(&self) -> bool {
        match self.kind {
            CueKind::Verb(verb) => verb.classes.say || verb.classes.think,
            CueKind::According | CueKind::Mark => true,
            CueKind::Noun => false,
        }
    }
}

/// Looks for attributions among the tokens of one paragraph.
pub struct Finder<'a> {
    draft: &'a Draft<'a>,
    tokens: Range<usize>,
    /// The quotation-mark runs of the paragraph.
    runs: &'a [MarkedRun],
}

impl<'a> Finder<'a> {
    /// A finder for the paragraph with these tokens and runs.
    pub fn new(draft: &'a Draft<'a>, tokens: Range<usize>, runs: &'a [MarkedRun]) -> Self {
        Finder { draft, tokens, runs }
    }

    /// The attributions outside quotation marks, in text order.
    pub fn all(&self) -> Vec<Attribution> {
        let mut found: Vec<Attribution> = Vec::new();
        for at in self.tokens.clone() {
            if self.in_run(at) {
                continue;
            }
            let attribution =
                self.according(at).or_else(|| self.verb(at, &found)).or_else(|| self.utterance(at, &found));
            if let Some(attribution) = attribution {
                if found.last().is_none_or(|last| last.cue.end <= attribution.cue.start) {
                    found.push(attribution);
                }
            }
        }
        // "Obi said — as reported by the Courier — “…”": who passes the words on is not their source.
        let passes_on = |attribution: &Attribution| {
            attribution.order == Order::CueFirst
                && attribution.cue.start > self.tokens.start
                && self.is(attribution.cue.start - 1, &["as"])
        };
        let sentences: Vec<usize> =
            found.iter().filter(|other| !passes_on(other)).map(|other| other.sentence).collect();
        found.retain(|attribution| !passes_on(attribution) || !sentences.contains(&attribution.sentence));
        found
    }

    fn token(&self, at: usize) -> &Token<'a> {
        &self.draft.tokens[at]
    }

    fn is(&self, at: usize, words: &[&str]) -> bool {
        self.tokens.contains(&at) && words.contains(&self.token(at).lower.as_ref())
    }

    fn in_run(&self, at: usize) -> bool {
        let start = self.token(at).span.start;
        let next = self.runs.partition_point(|run| run.span.start <= start);
        next > 0 && self.runs[next - 1].span.holds(start)
    }

    fn sentence(&self, at: usize) -> Range<usize> {
        self.draft.sentences[self.token(at).sentence].tokens.clone()
    }

    /// "according to X"
    fn according(&self, at: usize) -> Option<Attribution> {
        if !(self.is(at, &["according"]) && self.is(at + 1, &["to"])) {
            return None;
        }
        let source = self.phrase_after(at + 2);
        Some(Attribution {
            cue: at..at + 2,
            source,
            kind: CueKind::According,
            order: Order::CueFirst,
            sentence: self.token(at).sentence,
        })
    }

    fn verb(&self, at: usize, found: &[Attribution]) -> Option<Attribution> {
        let token = self.token(at);
        let verb = cue::verb(token).filter(|_| !token.is_capitalised() || at == self.sentence(at).start)?;
        let sentence = token.sentence;
        // "pointed out"
        let end = if verb.lemma == "point" && self.is(at + 1, &["out"]) { at + 2 } else { at + 1 };
        let make =
            |source, order| Some(Attribution { cue: at..end, source, kind: CueKind::Verb(verb), order, sentence });
        let before = at.checked_sub(1).filter(|before| self.tokens.contains(before));
        let marked_before = before.is_some_and(|before| self.follows_run(before));
        if self.is_noun(at, verb) || self.is_negated(at) || self.leads_to_as_saying(at, verb) {
            return None;
        }
        // Verbs that report only words beside them ("continued", "read") are no cue elsewhere.
        if !(verb.classes.say || verb.classes.call || verb.classes.think) && !self.is_beside_run(at) {
            return None;
        }
        if before.is_some_and(|before| {
            is_be(self.token(before))
                || (is_adverb(self.token(before)) && before > 0 && is_be(self.token(before - 1)))
        }) {
            if verb.form == Form::Past && self.is(at + 1, &["by"]) {
                return make(self.phrase_after(at + 2), Order::CueFirst);
            }
            if verb.form != Form::Participle {
                return None;
            }
        }
        if verb.form == Form::Past && self.is(at + 1, &["by"]) {
            return make(self.phrase_after(at + 2), Order::CueFirst);
        }
        if verb.form == Form::Participle && before.is_some_and(|before| self.is(before, &["as"])) {
            let source = self.quoted_as(at - 1);
            return (!source.is_empty()).then(|| make(source, Order::SourceFirst)).flatten();
        }
        if verb.form == Form::Participle
            && before.is_some_and(|before| self.ends_name(before))
            && self.leads_to_run(at)
        {
            // "footage of Obi asking, “…”": the name right before the participle speaks.
            let name = before.and_then(|before| self.name_ending_at(before));
            return name.and_then(|name| make(name, Order::SourceFirst));
        }
        if verb.form == Form::Participle {
            let subject = before
                .filter(|&before| is_be(self.token(before)))
                .map(|_| self.subject(at))
                .filter(|subject| !subject.is_empty());
            let source = subject.unwrap_or_else(|| self.subject_of_participle(at, found));
            return (!source.is_empty()).then(|| make(source, Order::SourceFirst)).flatten();
        }
        if verb.form == Form::Base && !self.is_plural_present(at) {
            return None;
        }
        // "…," said Obi — the verb follows the words at once.
        let after_comma = before.is_some_and(|before| self.token(before).text == ",");
        if marked_before || after_comma || at == self.sentence(at).start {
            let source = self.inverted_subject(at, verb);
            if !source.is_empty() && (marked_before || at == self.sentence(at).start || self.left_is_clause(at)) {
                return make(source, Order::CueFirst);
            }
        }
        let source = self.subject(at);
        if !source.is_empty() {
            return make(source, Order::SourceFirst);
        }
        // A second verb of the same subject: "Obi rejected the claim and said …".
        let shared = self.coordinated_subject(at, found);
        (!shared.is_empty()).then(|| make(shared, Order::SourceFirst)).flatten()
    }

    /// "in a statement", "his message to …" where no verb of saying is near: the noun is the cue.
    fn utterance(&self, at: usize, found: &[Attribution]) -> Option<Attribution> {
        let token = self.token(at);
        if !cue::is_utterance(token) || found.iter().any(|other| other.sentence == token.sentence) {
            return None;
        }
        // Only right before the words: "the following statement: “…”".
        let next = self.tokens.clone().skip_while(|&next| next <= at).find(|&next| !self.is(next, &[":", ","]))?;
        let announces = (at + 1..next).any(|between| self.token(between).text == ":") || self.is(at + 1, &[":"]);
        if !(self.in_run(next) && announces) {
            return None;
        }
        let sentence = self.sentence(at);
        let source = self.main_subject(&sentence, at);
        Some(Attribution {
            cue: at..at + 1,
            source,
            kind: CueKind::Noun,
            order: Order::SourceFirst,
            sentence: token.sentence,
        })
    }

    /// Whether the token ends a quotation-mark run, or is a comma or dash right after one.
    fn follows_run(&self, at: usize) -> bool {
        let end = self.token(at).span.end;
        let ends_run = |at: usize| self.runs.iter().any(|run| run.span.end == self.token(at).span.end);
        let punctuation = matches!(self.token(at).text, "," | "—" | "–" | "-");
        self.runs.iter().any(|run| run.span.end == end) || (punctuation && at > self.tokens.start && ends_run(at - 1))
    }

    /// Whether a form that may be a noun ("claims", "report", "calls") is one here.
    fn is_noun(&self, at: usize, verb: CueVerb) -> bool {
        let Some(before) = at.checked_sub(1).filter(|before| self.tokens.contains(before)) else {
            return verb.form == Form::Base;
        };
        let token = self.token(before);
        if token.kind == TokenKind::Possessive {
            return true;
        }
        let determined = is_determiner(token)
            || matches!(token.lower.as_ref(), "of" | "no" | "such" | "any" | "new" | "other" | "these" | "those");
        match verb.form {
            Form::Past => is_determiner(token) && token.lower != "that",
            Form::Participle => {
                is_determiner(token) || matches!(token.lower.as_ref(), "of" | "for" | "without" | "from")
            }
            Form::Base | Form::Present => {
                determined && token.lower != "that" || is_preposition(token) || token.text == "-"
            }
        }
    }

    fn is_negated(&self, at: usize) -> bool {
        let start = self.sentence(at).start.max(at.saturating_sub(3)).max(self.tokens.start);
        (start..at).any(|before| {
            let word = self.token(before).lower.as_ref();
            matches!(word, "not" | "never" | "nor" | "cannot") || word.ends_with("n't")
        })
    }

    /// "quoted her as saying": the verb of saying is the later one.
    fn leads_to_as_saying(&self, at: usize, verb: CueVerb) -> bool {
        matches!(verb.lemma, "quote" | "cite")
            && (at + 1..at + 14)
                .any(|near| self.is(near, &["as"]) && self.is(near + 1, &["saying", "telling", "adding"]))
    }

    /// Whom "as saying", with its "as" at `at`, is about: the object of "quoted", or its subject in the passive.
    fn quoted_as(&self, at: usize) -> Range<usize> {
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

    fn name_ending_at(&self, at: usize) -> Option<Range<usize>> {
        let mention = self.draft.mention_at(self.token(at).span.start)?;
        let end = self.draft.token_from(mention.span.end);
        (end == at + 1).then(|| self.draft.token_from(mention.span.start)..end)
    }

    fn ends_name(&self, at: usize) -> bool {
        self.name_ending_at(at).is_some()
    }

    /// Whether the words after the verb at `at` are a quotation-mark run, perhaps behind a comma or colon.
    fn leads_to_run(&self, at: usize) -> bool {
        let next = if self.is(at + 1, &[",", ":"]) { at + 2 } else { at + 1 };
        self.tokens.contains(&next) && self.in_run(next)
    }

    /// Whether a quotation-mark run stands right before or after the clause of the verb at `at`.
    fn is_beside_run(&self, at: usize) -> bool {
        let sentence = self.sentence(at);
        let near =
            |reach: Range<usize>| reach.into_iter().any(|near| self.tokens.contains(&near) && self.in_run(near));
        let window = at.saturating_sub(8).max(sentence.start.saturating_sub(1))..(at + 8).min(self.tokens.end);
        near(window)
    }

    /// Whether a base form is a present with a plural subject ("officials say") rather than an infinitive.
    fn is_plural_present(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1).filter(|before| self.tokens.contains(before)) else { return false };
        let token = self.token(before);
        if is_adverb(token) {
            return self.is_plural_present(before);
        }
        let plural = token.kind == TokenKind::Word && token.lower.ends_with('s') && !token.lower.ends_with("ss");
        plural
            || matches!(
                token.lower.as_ref(),
                "they" | "we" | "i" | "who" | "people" | "police" | "some" | "many" | "others" | "most"
            )
    }

    /// The words left of the verb at `at` that are its subject, as token range; empty if none.
    fn subject(&self, at: usize) -> Range<usize> {
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
    fn antecedent(&self, at: usize) -> Range<usize> {
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
    fn left_boundary(&self, end: usize, apposition: bool) -> usize {
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
    fn is_modifier(&self, at: usize) -> bool {
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
    fn without_adverbial(&self, source: Range<usize>) -> Range<usize> {
        let Range { mut start, end } = source;
        loop {
            if start >= end {
                return end..end;
            }
            let token = self.token(start);
            let comma = (start..end).find(|&at| self.token(at).text == ",");
            if token.kind == TokenKind::Punctuation && !matches!(token.text, "$" | "£" | "€" | "#" | "@" | "[") {
                start += 1;
            } else if matches!(
                token.lower.as_ref(),
                "and"
                    | "but"
                    | "then"
                    | "so"
                    | "or"
                    | "meanwhile"
                    | "however"
                    | "also"
                    | "later"
                    | "still"
                    | "yet"
                    | "instead"
                    | "indeed"
            ) {
                start += 1;
            } else if is_date_word(token)
                && !self.is(start + 1, &["of"])
                && start + 1 < end
                && !is_verb_noun(self.token(start + 1))
            {
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

    /// Whether the phrase can be somebody: it has a name, a pronoun or a noun, and is not too long for one.
    fn plausible(&self, source: &Range<usize>) -> bool {
        !source.is_empty()
            && source.len() <= 45
            && source.clone().any(|at| self.token(at).kind == TokenKind::Word)
            && !(source.len() == 1
                && (is_determiner(self.token(source.start)) && self.token(source.start).lower != "this"
                    || is_date_word(self.token(source.start))
                    || self.is(source.start, &["there", "what", "as", "to", "it's"])))
    }

    /// Whether what stands before the comma at `at - 1` is a clause of its own, so that the verb at `at` is inverted.
    fn left_is_clause(&self, at: usize) -> bool {
        let first = self.sentence(at).start.max(self.tokens.start);
        (first..at).any(|before| {
            let token = self.token(before);
            (is_verb_like(token) && !self.is_modifier(before)) || self.in_run(before)
        })
    }

    /// The subject right of the verb at `at`: "said Ada Obi, a lawyer in Enugu".
    fn inverted_subject(&self, at: usize, verb: CueVerb) -> Range<usize> {
        let start = at + 1;
        if verb.lemma == "tell" || !self.tokens.contains(&start) || self.in_run(start) {
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
        if !begins
            && !plural_noun
            && !self
                .draft
                .tokens
                .get(start + 1)
                .is_some_and(|next| next.is_capitalised() && !is_calendar(next) && next.sentence == token.sentence)
        {
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
    fn phrase_after(&self, start: usize) -> Range<usize> {
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
                "," => !self.apposition_at(at + 1, limit),
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
                    self.draft
                        .entities
                        .get(mention.entity)
                        .is_some_and(|entity| entity.kind == crate::model::EntityKind::Person)
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
    fn inside_relative(&self, start: usize, at: usize) -> bool {
        (start..at).any(|before| matches!(self.token(before).lower.as_ref(), "who" | "whose"))
    }

    /// "on Monday", "in 2015", "in a statement": no part of the noun phrase before it.
    fn introduces_date(&self, at: usize) -> bool {
        let next = self.draft.tokens.get(at + 1);
        let utterance = (at + 1..at + 5).any(|near| self.draft.tokens.get(near).is_some_and(cue::is_utterance))
            && self.is(at, &["in", "on", "at", "during"]);
        next.is_some_and(|next| is_calendar(next) || is_date_word(next) || next.kind == TokenKind::Number)
            || utterance
    }

    /// Whether an apposition begins at `at`: "a lawyer", "the minister", "who leads", "54", "Iran's envoy".
    fn apposition_at(&self, at: usize, limit: usize) -> bool {
        if at >= limit || self.in_run(at) {
            return false;
        }
        let token = self.token(at);
        let article = matches!(
            token.lower.as_ref(),
            "a" | "an" | "the" | "one" | "who" | "whose" | "his" | "her" | "its" | "their" | "another"
        );
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
    fn subject_of_participle(&self, at: usize, found: &[Attribution]) -> Range<usize> {
        let sentence = self.sentence(at);
        let last = found.iter().rev().find(|other| sentence.contains(&other.cue.start) && !other.source.is_empty());
        if let Some(last) = last {
            return last.source.clone();
        }
        // "with officials saying": the phrase right before is the subject.
        if let Some(with) = (sentence.start..at).rev().take(6).find(|&with| self.is(with, &["with"])) {
            if with + 1 < at && !(with + 1..at).any(|between| self.token(between).text == ",") {
                return with + 1..at;
            }
        }
        let own = self.is(at.wrapping_sub(1), &[","])
            || at == sentence.start
            || self.follows_run(at.saturating_sub(1))
            || self.is(at.wrapping_sub(1), &["further", "also", "by"]);
        if own { self.main_subject(&sentence, at) } else { at..at }
    }

    /// The subject of the sentence: the phrase before its first verb.
    fn main_subject(&self, sentence: &Range<usize>, before: usize) -> Range<usize> {
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
    fn coordinated_subject(&self, at: usize, found: &[Attribution]) -> Range<usize> {
        let sentence = self.sentence(at);
        let joined =
            (sentence.start.max(at.saturating_sub(2))..at).any(|before| self.is(before, &["and", "but", "then"]));
        if !joined {
            return at..at;
        }
        let last = found.iter().rev().find(|other| sentence.contains(&other.cue.start) && !other.source.is_empty());
        last.map_or_else(|| self.main_subject(&sentence, at), |last| last.source.clone())
    }
}

fn is_be(token: &Token<'_>) -> bool {
    matches!(token.lower.as_ref(), "is" | "are" | "was" | "were" | "be" | "been" | "being")
}

fn is_verb_noun(token: &Token<'_>) -> bool {
    cue::is_speech_verb(token)
}
