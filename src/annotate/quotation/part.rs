//! One paragraph: which attribution, if any, each of its quotation-mark runs belongs to.

use std::ops::Range;

use super::attribution::{Attribution, CueKind, Order};
use super::clause;
use super::words::{is_auxiliary, is_clause_opener, is_date_word, is_determiner, is_preposition, is_verb_like};
use crate::annotate::cue;
use crate::annotate::draft::{Draft, MarkedRun, TokenKind};
use crate::annotate::entity::words::{is_acronym, is_calendar};
use crate::text::Span;

/// How many attributions around a run are looked at.
const NEAR: usize = 8;

/// From this share of its words on, a run is somebody's words whatever it looks like.
const SOMEBODYS: f32 = 0.5;

/// From this share on, nothing speaks against it.
const SURELY: f32 = 0.8;

/// Below this share, a run that nothing claims is nobody's.
const NOBODYS: f32 = 0.2;

/// How a run came by its attribution.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Link {
    /// The attribution follows the run: `"…," she said`.
    After(usize),
    /// The attribution leads to the run: `she said: "…"`, `she called it "…"`.
    Before(usize),
    /// As the run before it in the paragraph.
    Carried,
    /// By the source of the sentence before, which reports in its own words: `The talks failed, she said. "…"`
    Reported(usize),
    /// A transcript: the words begin with the speaker's name and a colon.
    Transcript,
    /// The run goes on from the paragraph before.
    Continued,
    /// Somebody's words, the text does not say whose.
    Open,
    /// Nobody's words.
    None,
}

/// One paragraph's material.
pub(super) struct Part<'a> {
    pub(super) draft: &'a Draft<'a>,
    pub(super) tokens: Range<usize>,
    pub(super) runs: &'a [MarkedRun],
    pub(super) attributions: Vec<Attribution>,
    pub(super) heading: bool,
}

impl Part<'_> {
    pub(super) fn span(&self, tokens: &Range<usize>) -> Option<Span> {
        (!tokens.is_empty()).then(|| self.draft.span_of(tokens.clone()))
    }

    /// The tokens before the run, back to its sentence's start or the run before, and those after it, up to the next.
    fn around(&self, at: usize) -> (Range<usize>, Range<usize>) {
        let run = &self.runs[at];
        let start = self.draft.token_from(run.span.start);
        let end = self.draft.token_from(run.span.end);
        let from =
            at.checked_sub(1).map_or(self.tokens.start, |before| self.draft.token_from(self.runs[before].span.end));
        let to = self.runs.get(at + 1).map_or(self.tokens.end, |next| self.draft.token_from(next.span.start));
        (from.min(start)..start, end..to.max(end))
    }

    /// The attributions of a sentence, by index.
    fn of_sentence(&self, sentence: usize) -> Range<usize> {
        let start = self.attributions.partition_point(|attribution| attribution.sentence < sentence);
        let end = self.attributions.partition_point(|attribution| attribution.sentence <= sentence);
        start..end
    }

    /// The attributions whose cue stands at token `at` or soon after it, by index.
    fn from(&self, at: usize) -> Range<usize> {
        let start = self.attributions.partition_point(|attribution| attribution.cue.start < at);
        start..self.attributions.len().min(start + NEAR)
    }

    pub(super) fn links(&self) -> Vec<Link> {
        let mut links: Vec<Link> = Vec::new();
        for at in 0..self.runs.len() {
            let link = self.link(at, links.last().copied());
            links.push(link);
        }
        links
    }

    /// The link of run `at` in the light of how sure the tagger is that its words are somebody's, 0 to 1.
    pub(super) fn agreed(&self, at: usize, link: Link, share: f32) -> Link {
        let link = match link {
            Link::Before(index) | Link::After(index) if self.cannot_take(at, index, share) => Link::None,
            // Rules that look for titles and terms see only the words; the tagger has read the article.
            Link::None if share >= SOMEBODYS => {
                let (before, _) = self.around(at);
                self.loose(&before).map_or(Link::Open, Link::Before)
            }
            Link::Open if share < SOMEBODYS => Link::None,
            Link::Carried if share < NOBODYS => Link::None,
            Link::Before(index) | Link::After(index) if share < NOBODYS && !self.is_close(at, index) => Link::None,
            link => link,
        };
        match link {
            // A term that no sentence gives to anybody.
            Link::Open | Link::Carried if share < SURELY && self.is_scrap(&self.runs[at]) => Link::None,
            link => link,
        }
    }

    /// Whether run `at` cannot be what an attribution reports: it is part of the source's name, or a few words inside a
    /// sentence, which the sentence itself must give to somebody.
    fn cannot_take(&self, at: usize, index: usize, share: f32) -> bool {
        let (run, attribution) = (&self.runs[at], &self.attributions[index]);
        let (start, end) = (self.draft.token_from(run.span.start), self.draft.token_from(run.span.end));
        let inside_source = attribution.source.start < end && start < attribution.source.end;
        let elsewhere = self.draft.tokens.get(start).is_some_and(|token| token.sentence != attribution.sentence);
        inside_source || (elsewhere && share < SURELY && self.is_scrap(run))
    }

    /// Whether the words of a run are no sentence by themselves.
    fn is_scrap(&self, run: &MarkedRun) -> bool {
        /// More words than a term or a title has.
        const SEVERAL: usize = 5;
        let words = self.draft.tokens_in(run.inner);
        let words = || self.draft.tokens[words.clone()].iter().filter(|token| token.kind == TokenKind::Word);
        let verb = words().any(|token| is_verb_like(token) || is_auxiliary(token));
        let small = words().next().is_some_and(|first| !first.is_capitalised());
        !run.continues && (small || (words().count() < SEVERAL && !verb))
    }

    /// Whether nothing but marks stands between run `at` and an attribution.
    fn is_close(&self, at: usize, index: usize) -> bool {
        let run = &self.runs[at];
        let extent = self.attributions[index].extent();
        let (start, end) = (self.draft.token_from(run.span.start), self.draft.token_from(run.span.end));
        let between = if extent.start >= end { end..extent.start } else { extent.end.min(start)..start };
        between.into_iter().all(|at| self.draft.tokens[at].kind != TokenKind::Word)
    }

    fn link(&self, at: usize, previous: Option<Link>) -> Link {
        let run = &self.runs[at];
        let (before, after) = self.around(at);
        let inner = run.inner.of(self.draft.text).trim_end();
        let open_ended = !inner.ends_with('.') || inner.ends_with("...");
        if self.transcript_name(run).is_some() {
            return Link::Transcript;
        }
        let following = self.attribution_after(&after, inner);
        let leading = self.attribution_before(&before, at);
        if run.continues && at == 0 {
            return match following {
                Some(index) => Link::After(index),
                None => Link::Continued,
            };
        }
        if is_title(inner) && !self.leads_directly(&before) && following.is_none() {
            return Link::None;
        }
        // "Obi seemed annoyed: “Send it!” she wrote": a bare colon gives way to a verb of saying.
        let bare = leading.is_some_and(|index| self.attributions[index].kind == CueKind::Mark);
        if let Some(index) = following.filter(|_| bare && !self.heading) {
            return Link::After(index);
        }
        // A lead-in right before the run beats what follows, but a comma before the closing mark asks for an attribution after.
        if let Some(index) =
            leading.filter(|_| !(inner.ends_with(',') && following.is_some()) || self.leads_directly(&before))
        {
            return Link::Before(index);
        }
        if let Some(index) = following.filter(|_| open_ended || self.touches(&after)) {
            return Link::After(index);
        }
        if let Some(index) = leading {
            return Link::Before(index);
        }
        if previous.is_some_and(|link| !matches!(link, Link::None | Link::Open)) && self.goes_on(&before, inner) {
            return Link::Carried;
        }
        if let Some(index) = self.reported_before(&before, inner) {
            return Link::Reported(index);
        }
        if let Some(index) = self.loose(&before) {
            return Link::Before(index);
        }
        if self.quotes_nobody(&before, inner) { Link::None } else { Link::Open }
    }

    /// The name of `"NAME: words"`: one to four capitalised words and a colon at the start of the run.
    pub(super) fn transcript_name(&self, run: &MarkedRun) -> Option<Range<usize>> {
        let start = self.draft.token_from(run.inner.start);
        let colon =
            (start + 1..start + 6).find(|&at| self.draft.tokens.get(at).is_some_and(|token| token.text == ":"))?;
        let capitals = (start..colon).all(|at| {
            let token = &self.draft.tokens[at];
            matches!(token.text, "." | "-") || (token.kind == TokenKind::Word && is_acronym(token.text))
        });
        (capitals && self.draft.tokens[colon].span.end < run.inner.end).then_some(start..colon)
    }

    /// The attribution of the sentence right before a run that is a sentence by itself.
    fn reported_before(&self, before: &Range<usize>, inner: &str) -> Option<usize> {
        let last = before.end.checked_sub(1).filter(|last| before.contains(last))?;
        let stops = matches!(self.draft.tokens[last].text, "." | "!" | "?");
        let sentence = self.draft.tokens[last].sentence;
        let whole = inner.split_whitespace().count() >= 4
            && inner.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase);
        let reports = |attribution: &Attribution| {
            attribution.sentence == sentence && attribution.takes_clause() && !attribution.source.is_empty()
        };
        (stops && whole)
            .then(|| self.of_sentence(sentence).rev().find(|&at| reports(&self.attributions[at])))
            .flatten()
    }

    /// The attribution that directly follows: nothing but commas, dashes and adverbs between the run and it.
    fn attribution_after(&self, after: &Range<usize>, inner: &str) -> Option<usize> {
        let index = self.from(after.start).find(|&at| self.attributions[at].extent().start >= after.start)?;
        let attribution = &self.attributions[index];
        let extent = attribution.extent();
        if !after.contains(&extent.start) || matches!(attribution.kind, CueKind::Noun | CueKind::Mark) {
            return None;
        }
        let between = after.start..extent.start;
        let near = between.clone().all(|at| {
            let token = &self.draft.tokens[at];
            matches!(token.text, "," | "—" | "–" | "-" | "(" | ")")
                || token.lower.ends_with("ly")
                || is_date_word(token)
        });
        // `"…," Obi said that …` tells something new, unless the run asks for its attribution.
        let next = self.draft.tokens.get(extent.end).filter(|_| extent.end < after.end);
        let takes_more = next.is_some_and(|next| next.lower == "that");
        let ends_sentence = clause::ends_with_stop(inner);
        let new_clause = ends_sentence && attribution.order == Order::SourceFirst && takes_more;
        (near && !new_clause).then_some(index)
    }

    /// The attribution that leads to the run: in the same sentence, or ended by a colon right before it.
    fn attribution_before(&self, before: &Range<usize>, at: usize) -> Option<usize> {
        let start = before.end;
        let sentence = self.draft.tokens.get(start).map(|token| token.sentence)?;
        let colon = start > before.start && self.draft.tokens[start - 1].text == ":";
        // An attribution that an earlier run of the same sentence has taken reaches on over "and": she said "A" and "B".
        let reach =
            (0..self.from(start).start).rev().take(NEAR).find(|&at| self.attributions[at].extent().end <= start)?;
        let (index, attribution) = (reach, &self.attributions[reach]);
        let between = attribution.extent().end..start;
        let own_sentence = attribution.sentence == sentence;
        if !own_sentence && !colon {
            return None;
        }
        if !before.contains(&attribution.cue.start) {
            // Runs between: only joined ones.
            let joined = (before.start..start).all(|at| {
                matches!(self.draft.tokens[at].lower.as_ref(), "and" | "," | "or" | "but" | "then" | "that" | "also")
            });
            let same_sentence_run = at > 0 && own_sentence;
            let follows = matches!(attribution.order, Order::SourceFirst) || !joined;
            return (joined && same_sentence_run && follows && !self.ends_with_stop(at - 1)).then_some(index);
        }
        if attribution.order == Order::CueFirst
            && matches!(attribution.kind, CueKind::Verb(_))
            && between.is_empty()
            && !colon
        {
            return None;
        }
        let stops = between.clone().any(|at| matches!(self.draft.tokens[at].text, ";" | "." | "!" | "?"));
        let takes = attribution.takes_clause()
            || matches!(attribution.kind, CueKind::Noun)
            || self.leads_directly(before)
            || matches!(attribution.kind, CueKind::Verb(verb) if verb.classes.call || verb.classes.speak);
        // After an inversion or "according to X," what follows is said by X only if nothing ended the clause.
        (!stops && takes).then_some(index)
    }

    fn ends_with_stop(&self, at: usize) -> bool {
        clause::ends_with_stop(self.runs[at].inner.of(self.draft.text))
    }

    /// Whether the words right before the run announce it: a colon, a cue verb with its comma.
    fn leads_directly(&self, before: &Range<usize>) -> bool {
        let Some(last) = before.end.checked_sub(1).filter(|last| before.contains(last)) else { return false };
        let token = &self.draft.tokens[last];
        let verb = |at: usize| before.contains(&at) && cue::verb(&self.draft.tokens[at]).is_some();
        match token.text {
            ":" => true,
            "," => last > before.start && verb(last - 1),
            _ => verb(last) || token.lower == "that",
        }
    }

    fn touches(&self, after: &Range<usize>) -> bool {
        after.start < after.end
            && self.from(after.start).any(|at| {
                let attribution = &self.attributions[at];
                attribution.extent().start == after.start
                    && (attribution.order == Order::CueFirst || self.sentence_ends_at(attribution.extent().end))
            })
    }

    fn sentence_ends_at(&self, at: usize) -> bool {
        self.draft.tokens.get(at).is_none_or(|token| matches!(token.text, "." | ","))
    }

    /// Whether the run goes on with the quotation before it in the paragraph: it begins a sentence after an attribution.
    fn goes_on(&self, before: &Range<usize>, inner: &str) -> bool {
        let last =
            before.end.checked_sub(1).filter(|last| before.contains(last)).map(|last| self.draft.tokens[last].text);
        let begins_sentence = last.is_none_or(|last| last.ends_with(['.', '!', '?', ',', '—', '–', ':']));
        let lower = inner.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_lowercase);
        let words = inner.split_whitespace().count();
        // What stands between is the attribution and little else.
        let long = before.clone().filter(|&at| self.draft.tokens[at].kind == TokenKind::Word).count();
        let sentences = before.clone().filter(|&at| matches!(self.draft.tokens[at].text, "." | "!" | "?")).count();
        begins_sentence && sentences <= 2 && long <= 60 && (words >= 3 || lower)
    }

    /// A fragment in a sentence whose cue stands elsewhere in it: "the “worst of times” for the country, Obi said".
    fn loose(&self, before: &Range<usize>) -> Option<usize> {
        let sentence = self.draft.tokens.get(before.end).map(|token| token.sentence)?;
        let takes = |attribution: &Attribution| {
            attribution.takes_clause() || matches!(attribution.kind, CueKind::Verb(verb) if verb.classes.call)
        };
        self.of_sentence(sentence)
            .filter(|&at| takes(&self.attributions[at]))
            .min_by_key(|&at| self.attributions[at].cue.start.abs_diff(before.end))
    }

    /// Titles, terms and scare quotes: few words, no cue, no sentence.
    fn quotes_nobody(&self, before: &Range<usize>, inner: &str) -> bool {
        let words: Vec<&str> = inner.split_whitespace().collect();
        let sentence = inner.ends_with(['.', '!', '?', ',']) && words.len() >= 3;
        let named = before.end.checked_sub(1).filter(|last| before.contains(last)).is_some_and(|last| {
            matches!(
                self.draft.tokens[last].lower.as_ref(),
                "called"
                    | "named"
                    | "titled"
                    | "entitled"
                    | "dubbed"
                    | "as"
                    | "nicknamed"
                    | "term"
                    | "word"
                    | "phrase"
                    | "codenamed"
                    | "song"
                    | "film"
                    | "book"
                    | "album"
                    | "series"
                    | "show"
                    | "novel"
                    | "operation"
                    | "hashtag"
                    | "tattoo"
                    | "reading"
                    | "motto"
            )
        });
        if sentence && !named {
            return false;
        }
        self.heading || named || is_title(inner) || words.len() <= 5
    }

    /// Whether the run is only a part of what the attribution reports ("called it “a mess”").
    pub(super) fn is_fragment(&self, run: &MarkedRun, attribution: &Attribution) -> bool {
        let inner = run.inner.of(self.draft.text);
        let lower = inner.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_lowercase);
        let direct = self
            .draft
            .token_from(run.span.start)
            .checked_sub(1)
            .is_some_and(|at| matches!(self.draft.tokens[at].text, "," | ":") || at + 1 == attribution.cue.end);
        let words = inner.split_whitespace().count();
        let call = matches!(attribution.kind, CueKind::Verb(verb) if verb.classes.call && !verb.classes.say);
        lower
            && (call || !direct || (words <= 4 && !clause::ends_with_stop(inner)))
            && attribution.extent().end <= self.draft.token_from(run.span.start)
    }

    /// The reported clause that holds the run, if words between cue and run belong to it: `said the move was "wrong"`.
    pub(super) fn clause_from(&self, run: &MarkedRun, attribution: &Attribution) -> Option<Vec<Span>> {
        let start = self.draft.token_from(run.span.start);
        let from = clause::content_start(self.draft, attribution.extent().end, start);
        let call = matches!(attribution.kind, CueKind::Verb(verb) if verb.classes.call && !verb.classes.say);
        if call || from >= start || attribution.extent().start > start || !attribution.takes_clause() {
            return None;
        }
        // Only adverbials between ("said on Friday in Cairo, “…”"): nothing of the clause.
        let clause_words = (from..start).any(|at| {
            let token = &self.draft.tokens[at];
            token.kind == TokenKind::Word && (is_verb_like(token) || is_auxiliary(token))
        });
        let subject = (from..start).any(|at| {
            self.draft.mention_at(self.draft.tokens[at].span.start).is_some() || is_determiner(&self.draft.tokens[at])
        });
        let adverbial = is_preposition(&self.draft.tokens[from]) || is_date_word(&self.draft.tokens[from]);
        let announced = matches!(self.draft.tokens[start - 1].text, ":" | ",")
            && run.inner.of(self.draft.text).chars().next().is_some_and(char::is_uppercase);
        if announced
            || (!clause_words && (adverbial || !subject))
            || (is_clause_opener(&self.draft.tokens[from]) && self.draft.tokens[from].lower == "as")
        {
            return None;
        }
        let end = clause::sentence_end(self.draft, self.runs, run, &self.tokens);
        Some(vec![Span::new(self.draft.tokens[from].span.start, end)])
    }

    /// The clause before an attribution that holds the run: `the move was "wrong", she said`.
    pub(super) fn clause_before(&self, run: &MarkedRun, attribution: &Attribution) -> Option<Vec<Span>> {
        let start = self.draft.token_from(run.span.start);
        let sentence = &self.draft.sentences[self.draft.tokens.get(start)?.sentence];
        let first = sentence.tokens.start.max(self.tokens.start);
        let words = (first..start).any(|at| self.draft.tokens[at].kind == TokenKind::Word);
        let earlier_run = self.runs[..self.runs.partition_point(|other| other.span.start < run.span.start)]
            .last()
            .is_some_and(|other| other.span.start >= sentence.span.start);
        if !words || earlier_run || attribution.sentence != self.draft.tokens[start].sentence {
            return None;
        }
        let calendar = is_calendar(&self.draft.tokens[first]);
        (!calendar).then(|| vec![Span::new(self.draft.tokens[first].span.start, run.span.end)])
    }
}

/// Whether the words are capitalised like a title ("Operation Blue Lantern") and make no sentence.
fn is_title(inner: &str) -> bool {
    let words: Vec<&str> = inner.split_whitespace().collect();
    let mut long = words.iter().filter(|word| word.chars().count() > 3).peekable();
    let stops = inner.ends_with(['.', '!', '?']);
    words.len() >= 2
        && !stops
        && long.peek().is_some()
        && long.all(|word| word.chars().next().is_some_and(|c| !c.is_lowercase()))
}
