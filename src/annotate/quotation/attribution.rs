//! Attributions in a paragraph: a cue with the phrase that names the source.

use std::collections::HashSet;
use std::ops::Range;

use super::words::{is_adverb, is_determiner, is_preposition, is_verb_like};
use crate::annotate::cue::{self, Classes, CueVerb, Form};
use crate::annotate::draft::{Draft, MarkedRun, Token, TokenKind, run_at};
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
    pub(super) draft: &'a Draft<'a>,
    pub(super) tokens: Range<usize>,
    /// The quotation-mark runs of the paragraph.
    pub(super) runs: &'a [MarkedRun],
    /// Whether the paragraph is a headline.
    heading: bool,
    /// Whether the tokens are a sentence that ends with a colon and announces the paragraph after it.
    announces: bool,
}

impl<'a> Finder<'a> {
    /// A finder for the paragraph with these tokens and runs.
    pub fn new(draft: &'a Draft<'a>, tokens: Range<usize>, runs: &'a [MarkedRun], heading: bool) -> Self {
        Finder { draft, tokens, runs, heading, announces: false }
    }

    /// A finder for a sentence that announces the words of the next paragraph: "Obi continued:".
    pub fn announcing(draft: &'a Draft<'a>, tokens: Range<usize>) -> Self {
        Finder { draft, tokens, runs: &[], heading: false, announces: true }
    }

    /// The attributions outside quotation marks, in text order.
    pub fn all(&self) -> Vec<Attribution> {
        let mut found: Vec<Attribution> = Vec::new();
        for at in self.tokens.clone() {
            if self.in_run(at) {
                continue;
            }
            let attribution = self
                .according(at)
                .or_else(|| self.verb(at, &found))
                .or_else(|| self.unlisted(at, &found))
                .or_else(|| self.utterance(at, &found))
                .or_else(|| self.colon(at, &found));
            let follows = |next: &Attribution| found.last().is_none_or(|last| last.cue.end <= next.cue.start);
            if let Some(attribution) = attribution.filter(follows) {
                found.push(attribution);
            }
        }
        // "Obi said — as reported by the Courier — “…”": who passes the words on is not their source.
        let passes_on = |attribution: &Attribution| {
            attribution.order == Order::CueFirst
                && attribution.cue.start > self.tokens.start
                && self.is(attribution.cue.start - 1, &["as"])
        };
        let sentences: HashSet<usize> =
            found.iter().filter(|other| !passes_on(other)).map(|other| other.sentence).collect();
        found.retain(|attribution| !passes_on(attribution) || !sentences.contains(&attribution.sentence));
        found
    }

    pub(super) fn token(&self, at: usize) -> &Token<'a> {
        &self.draft.tokens[at]
    }

    pub(super) fn is(&self, at: usize, words: &[&str]) -> bool {
        self.tokens.contains(&at) && words.contains(&self.token(at).lower.as_ref())
    }

    pub(super) fn in_run(&self, at: usize) -> bool {
        run_at(self.runs, self.token(at).span.start).is_some()
    }

    pub(super) fn sentence(&self, at: usize) -> Range<usize> {
        self.draft.sentences[self.token(at).sentence].tokens.clone()
    }

    /// "according to X"
    fn according(&self, at: usize) -> Option<Attribution> {
        if !(self.is(at, &["according"]) && self.is(at + 1, &["to"])) {
            return None;
        }
        let mut source = self.phrase_after(at + 2);
        if let Some(utterance) = source.clone().find(|&near| cue::is_utterance(self.token(near))) {
            // "according to a tweet on Monday by Obi": not the tweet speaks but its author.
            let limit = self.sentence(at).end.min(utterance + 7);
            let by = (utterance + 1..limit).find(|&near| self.is(near, &["by", "from"]));
            let author = by.map(|by| self.phrase_after(by + 1)).filter(|author| !author.is_empty());
            source = author.unwrap_or(source);
        }
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
        let reports_alone = verb.classes.say || verb.classes.call || verb.classes.think;
        if !reports_alone && !self.is_beside_run(at) {
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
            && before.is_some_and(|before| self.person_ending_at(before).is_some())
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
            let opens = (self.sentence(at).start..at).all(|near| self.is(near, &["and", "but", "so", "yet", ","]));
            if !source.is_empty() && (marked_before || opens || self.left_is_clause(at)) {
                return make(source, Order::CueFirst);
            }
        }
        let source = self.subject(at);
        if !source.is_empty() {
            return make(source, Order::SourceFirst);
        }
        // A second verb of the same subject: "Obi rejected the claim and said …".
        let shared = self.coordinated_subject(at, found);
        if !shared.is_empty() {
            return make(shared, Order::SourceFirst);
        }
        // Headlines leave out articles and forms of be: all before their verb is its subject.
        let headline = self.heading && verb.classes.say && matches!(verb.form, Form::Present | Form::Base);
        let subject = self.sentence(at).start..at;
        (headline && self.plausible(&subject) && !subject.clone().any(|at| self.in_run(at)))
            .then(|| make(subject, Order::SourceFirst))
            .flatten()
    }

    /// A verb that no list knows, where the words before it ask for an attribution: "“…,” the nominee riffed".
    fn unlisted(&self, at: usize, found: &[Attribution]) -> Option<Attribution> {
        let token = self.token(at);
        let past = token.lower.ends_with("ed") && is_verb_like(token) && cue::verb(token).is_none();
        if !past || found.last().is_some_and(|other| other.sentence == token.sentence) {
            return None;
        }
        let source = self.subject(at);
        let before =
            source.start.checked_sub(1).filter(|before| self.tokens.contains(before) && !source.is_empty())?;
        let span = self.token(before).span;
        let run = run_at(self.runs, span.start).filter(|run| run.span.end == span.end)?;
        let asks = run.inner.of(self.draft.text).trim_end().ends_with(',');
        let kind = CueKind::Verb(CueVerb {
            lemma: "",
            classes: Classes { speak: true, ..Classes::default() },
            form: Form::Past,
        });
        let (order, sentence) = (Order::SourceFirst, token.sentence);
        asks.then_some(Attribution { cue: at..at + 1, source, kind, order, sentence })
    }

    /// "in a statement", "his message to …" where no verb of saying is near: the noun is the cue.
    fn utterance(&self, at: usize, found: &[Attribution]) -> Option<Attribution> {
        let token = self.token(at);
        if !cue::is_utterance(token) || found.last().is_some_and(|other| other.sentence == token.sentence) {
            return None;
        }
        // Only right before the words: "the following statement: “…”".
        let next = if self.is(at + 1, &[":"]) { at + 2 } else { at + 1 };
        let leads = next == at + 2 && self.tokens.contains(&next) && self.in_run(next);
        if !(leads || self.announces) {
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

    /// "Obi played it down: “…”": the colon is the cue where no verb of saying is near.
    fn colon(&self, at: usize, found: &[Attribution]) -> Option<Attribution> {
        let sentence = self.token(at).sentence;
        if self.heading {
            return self.headline_mark(at, found);
        }
        let leads = self.tokens.contains(&(at + 1)) && self.in_run(at + 1);
        if !(self.is(at, &[":"]) && (leads || self.announces))
            || found.last().is_some_and(|other| other.sentence == sentence)
        {
            return None;
        }
        // "It does not surprise pollster Ada Obi: “…”": a person right before the colon speaks.
        let name = at.checked_sub(1).and_then(|before| self.person_ending_at(before));
        let source = name.unwrap_or_else(|| self.main_subject(&self.sentence(at), at));
        let kind = CueKind::Mark;
        (!source.is_empty()).then_some(Attribution {
            cue: at..at + 1,
            source,
            kind,
            order: Order::SourceFirst,
            sentence,
        })
    }

    /// "Obi: we will stay", "Port to reopen: minister", "Port to reopen – minister": a headline's colon or dash with the
    /// speaker before or after it.
    fn headline_mark(&self, at: usize, found: &[Attribution]) -> Option<Attribution> {
        let token = self.token(at);
        let sentence = self.sentence(at);
        if !matches!(token.text, ":" | "―" | "—" | "–")
            || found.last().is_some_and(|other| other.sentence == token.sentence)
        {
            return None;
        }
        let names = |part: &Range<usize>| {
            let person = part.clone().any(|near| self.draft.mention_at(self.token(near).span.start).is_some());
            let office = part.clone().any(|near| Titles::builtin().phrase_at(&self.draft.tokens, near).is_some());
            let short = !part.is_empty() && part.len() <= 5;
            short
                && (person || office)
                && !part.clone().any(|near| is_verb_like(self.token(near)) || self.in_run(near))
        };
        let (before, after) = (sentence.start..at, at + 1..sentence.end);
        let (kind, cue, sentence) = (CueKind::Mark, at..at + 1, token.sentence);
        match token.text {
            ":" if names(&before) => {
                Some(Attribution { cue, source: before, kind, order: Order::SourceFirst, sentence })
            }
            _ if names(&after) => Some(Attribution { cue, source: after, kind, order: Order::CueFirst, sentence }),
            _ => None,
        }
    }

    /// Whether the token ends a quotation-mark run, or is a comma or dash right after one.
    pub(super) fn follows_run(&self, at: usize) -> bool {
        let ends_run = |at: usize| {
            let span = self.token(at).span;
            run_at(self.runs, span.start).is_some_and(|run| run.span.end == span.end)
        };
        let punctuation = matches!(self.token(at).text, "," | "—" | "–" | "-");
        ends_run(at) || (punctuation && at > self.tokens.start && ends_run(at - 1))
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

    /// Whether the words after the verb at `at` are a quotation-mark run, perhaps behind a comma or colon.
    fn leads_to_run(&self, at: usize) -> bool {
        let next = if self.is(at + 1, &[",", ":"]) { at + 2 } else { at + 1 };
        self.tokens.contains(&next) && self.in_run(next)
    }

    /// Whether a quotation-mark run stands right before or after the clause of the verb at `at`.
    fn is_beside_run(&self, at: usize) -> bool {
        if self.announces {
            return true;
        }
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
        // "Odu and Reyes say"
        let pair = (before.saturating_sub(3)..before).any(|near| self.is(near, &["and"])) && token.is_capitalised();
        plural
            || pair
            || matches!(
                token.lower.as_ref(),
                "they" | "we" | "i" | "who" | "people" | "police" | "some" | "many" | "others" | "most"
            )
    }
}

pub(super) fn is_be(token: &Token<'_>) -> bool {
    matches!(token.lower.as_ref(), "is" | "are" | "was" | "were" | "be" | "been" | "being")
}
