//! Runs between quotation marks to attributions.

use std::ops::Range;

use super::attribution::{Attribution, CueKind, Finder, Order};
use super::clause;
use super::quotation;
use super::words::{is_auxiliary, is_clause_opener, is_date_word, is_determiner, is_preposition, is_verb_like};
use crate::annotate::cue;
use crate::annotate::draft::{Draft, MarkedRun, TokenKind};
use crate::annotate::entity::words::{is_acronym, is_calendar};
use crate::model::{Quotation, QuotationKind};
use crate::text::Span;

/// How a run came by its attribution.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Link {
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

/// Builds the quotations of an article, paragraph by paragraph.
pub struct Linker<'a> {
    draft: &'a Draft<'a>,
    quotations: Vec<Quotation>,
    not: Vec<Span>,
    /// The quotation of the last run of the paragraph before, if it ended that paragraph.
    last_of_paragraph: Option<usize>,
}

/// One paragraph's material.
struct Part<'a> {
    draft: &'a Draft<'a>,
    tokens: Range<usize>,
    runs: &'a [MarkedRun],
    attributions: Vec<Attribution>,
    heading: bool,
}

impl<'a> Linker<'a> {
    /// A linker for `draft`, whose marks, entities and mentions are set.
    pub fn new(draft: &'a Draft<'a>) -> Self {
        Linker { draft, quotations: Vec::new(), not: Vec::new(), last_of_paragraph: None }
    }

    /// What was found: quotations in no fixed order, and runs that quote nobody.
    pub fn finish(self) -> (Vec<Quotation>, Vec<Span>) {
        (self.quotations, self.not)
    }

    /// Links the runs of paragraph `index` and adds its indirect quotations.
    pub fn paragraph(&mut self, index: usize) {
        let paragraph = &self.draft.paragraphs[index];
        let first = self.draft.marked.partition_point(|run| run.span.start < paragraph.span.start);
        let last = self.draft.marked.partition_point(|run| run.span.start < paragraph.span.end);
        let runs = &self.draft.marked[first..last];
        let attributions = Finder::new(self.draft, paragraph.tokens.clone(), runs).all();
        let part = Part {
            draft: self.draft,
            tokens: paragraph.tokens.clone(),
            runs,
            attributions,
            heading: paragraph.heading,
        };
        let links = part.links();
        let mut used = vec![false; part.attributions.len()];
        let mut of_run: Vec<Option<usize>> = vec![None; runs.len()];
        for (at, link) in links.iter().enumerate() {
            of_run[at] = self.quote(&part, at, *link, &of_run, &mut used);
        }
        for (at, attribution) in part.attributions.iter().enumerate() {
            if !used[at] {
                self.indirect(&part, attribution);
            }
        }
        let ends_with_run = runs.last().is_some_and(|run| run.span.end == paragraph.span.end);
        self.last_of_paragraph = match (of_run.last().copied().flatten(), ends_with_run || runs.len() == links.len())
        {
            (Some(quotation), true) => Some(quotation),
            _ => None,
        };
        self.signature(index, &part, &of_run);
    }

    /// Makes or extends the quotation of run `at`; returns its index.
    fn quote(
        &mut self,
        part: &Part<'_>,
        at: usize,
        link: Link,
        of_run: &[Option<usize>],
        used: &mut [bool],
    ) -> Option<usize> {
        let run = &part.runs[at];
        match link {
            Link::After(index) | Link::Before(index) => {
                let attribution = &part.attributions[index];
                // The second run of one attribution: `"A," she said, "B."`
                let same = (0..at).rev().find(|&other| {
                    of_run[other].is_some_and(|quotation| {
                        self.quotations[quotation].cue == Some(self.draft.span_of(attribution.cue.clone()))
                    })
                });
                used[index] = true;
                if let Some(quotation) = same.and_then(|other| of_run[other]) {
                    return Some(self.extend(quotation, part, run, attribution));
                }
                let continued = run.continues.then_some(self.last_of_paragraph).flatten();
                if let Some(quotation) = continued {
                    let entry = &mut self.quotations[quotation];
                    entry.content.push(run.span);
                    entry.quoted.push(run.span);
                    if entry.source.is_none() {
                        entry.cue = Some(self.draft.span_of(attribution.cue.clone()));
                        entry.source = part.span(&attribution.source);
                    }
                    return Some(quotation);
                }
                Some(self.make(part, run, attribution, matches!(link, Link::After(_))))
            }
            Link::Carried => {
                let before = (0..at).rev().find_map(|other| of_run[other])?;
                let entry = &mut self.quotations[before];
                entry.content.push(run.span);
                entry.quoted.push(run.span);
                Some(before)
            }
            Link::Continued => {
                let quotation = self.last_of_paragraph?;
                let entry = &mut self.quotations[quotation];
                entry.content.push(run.span);
                entry.quoted.push(run.span);
                Some(quotation)
            }
            Link::Reported(index) => {
                let attribution = &part.attributions[index];
                let (cue, source) = (part.span(&attribution.cue), part.span(&attribution.source));
                self.quotations.push(quotation(QuotationKind::Direct, vec![run.span], vec![run.span], cue, source));
                Some(self.quotations.len() - 1)
            }
            Link::Transcript => {
                let name = part.transcript_name(run)?;
                let colon = self.draft.tokens[name.end].span;
                let content = Span::new(colon.end, run.span.end).trim(self.draft.text);
                let (cue, source) = (Some(colon), part.span(&name));
                self.quotations.push(quotation(QuotationKind::Direct, vec![content], vec![content], cue, source));
                Some(self.quotations.len() - 1)
            }
            Link::Open => {
                let (cue, source) = match self.announced(part, run) {
                    Some(announced) => announced,
                    None => (None, None),
                };
                self.quotations.push(quotation(QuotationKind::Direct, vec![run.span], vec![run.span], cue, source));
                Some(self.quotations.len() - 1)
            }
            Link::None => {
                self.not.push(run.span);
                None
            }
        }
    }

    fn make(&mut self, part: &Part<'_>, run: &MarkedRun, attribution: &Attribution, after: bool) -> usize {
        let cue = part.span(&attribution.cue);
        let source = part.span(&attribution.source);
        let content = match after {
            true => part.clause_before(run, attribution),
            false => part.clause_from(run, attribution),
        };
        let kind = match content {
            Some(_) => QuotationKind::Mixed,
            None if part.is_fragment(run, attribution) => QuotationKind::Mixed,
            None => QuotationKind::Direct,
        };
        let content = content.unwrap_or_else(|| vec![run.span]);
        self.quotations.push(quotation(kind, content, vec![run.span], cue, source));
        self.quotations.len() - 1
    }

    /// Adds another run to a quotation of the same attribution.
    fn extend(&mut self, index: usize, _part: &Part<'_>, run: &MarkedRun, _attribution: &Attribution) -> usize {
        let entry = &mut self.quotations[index];
        entry.quoted.push(run.span);
        if !entry.content.iter().any(|span| span.covers(run.span)) {
            entry.content.push(run.span);
        }
        index
    }

    /// The source of words that stand in a paragraph by themselves: announced by a colon at the end of the paragraph before.
    fn announced(&self, part: &Part<'_>, run: &MarkedRun) -> Option<(Option<Span>, Option<Span>)> {
        let first = part.tokens.start;
        if run.span.start != self.draft.tokens.get(first)?.span.start
            || first == 0
            || self.draft.tokens[first - 1].text != ":"
        {
            return None;
        }
        let sentence = self.draft.sentences[self.draft.tokens[first - 1].sentence].clone();
        let finder = Finder::new(self.draft, sentence.tokens.clone(), &[]);
        let last = finder.all().pop()?;
        Some((part.span(&last.cue), part.span(&last.source)))
    }

    /// `"…" — Ada Obi` and, in headlines, `… : Ada Obi`.
    fn signature(&mut self, _index: usize, part: &Part<'_>, of_run: &[Option<usize>]) {
        let Some(run) = part.runs.last() else { return };
        let Some(quotation) =
            of_run.last().copied().flatten().filter(|&quotation| self.quotations[quotation].source.is_none())
        else {
            return;
        };
        let after = self.draft.token_from(run.span.end);
        let dash = part.tokens.contains(&after) && matches!(self.draft.tokens[after].text, "―" | "—" | "–" | "-");
        if dash && after + 1 < part.tokens.end && part.tokens.end - after <= 12 {
            let source = after + 1..part.tokens.end;
            if self.draft.tokens[source.start].is_capitalised() {
                self.quotations[quotation].cue = part.span(&(after..after + 1));
                self.quotations[quotation].source = part.span(&source);
            }
        }
    }

    /// An indirect quotation of an attribution that no run has taken.
    fn indirect(&mut self, part: &Part<'_>, attribution: &Attribution) {
        if let Some(content) = clause::indirect(self.draft, part.runs, &part.tokens, attribution) {
            let quoted = Vec::new();
            let overlaps = self
                .quotations
                .iter()
                .rev()
                .take(8)
                .any(|other| other.content.iter().any(|span| span.overlaps(content)));
            if !overlaps {
                let cue = part.span(&attribution.cue);
                let source = part.span(&attribution.source);
                self.quotations.push(quotation(QuotationKind::Indirect, vec![content], quoted, cue, source));
            }
        }
    }
}

impl Part<'_> {
    fn span(&self, tokens: &Range<usize>) -> Option<Span> {
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

    fn links(&self) -> Vec<Link> {
        let mut links: Vec<Link> = Vec::new();
        for at in 0..self.runs.len() {
            let link = self.link(at, links.last().copied());
            links.push(link);
        }
        links
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
    fn transcript_name(&self, run: &MarkedRun) -> Option<Range<usize>> {
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
        (stops && whole).then(|| self.attributions.iter().rposition(reports)).flatten()
    }

    /// The attribution that directly follows: nothing but commas, dashes and adverbs between the run and it.
    fn attribution_after(&self, after: &Range<usize>, inner: &str) -> Option<usize> {
        let index = self.attributions.iter().position(|attribution| attribution.extent().start >= after.start)?;
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
            self.attributions.iter().enumerate().rev().find(|(_, attribution)| attribution.extent().end <= start)?;
        let (index, attribution) = reach;
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
            && self.attributions.iter().any(|attribution| {
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
        let begins_sentence = last.is_none_or(|last| matches!(last, "." | "!" | "?" | "," | "—" | "–" | ":"));
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
        let in_sentence = |attribution: &Attribution| attribution.sentence == sentence;
        let found = self.attributions.iter().enumerate().filter(|(_, attribution)| in_sentence(attribution));
        found
            .filter(|(_, attribution)| {
                attribution.takes_clause() || matches!(attribution.kind, CueKind::Verb(verb) if verb.classes.call)
            })
            .min_by_key(|(_, attribution)| attribution.cue.start.abs_diff(before.end))
            .map(|(index, _)| index)
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
    fn is_fragment(&self, run: &MarkedRun, attribution: &Attribution) -> bool {
        let inner = run.inner.of(self.draft.text);
        let lower = inner.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_lowercase);
        let direct = self
            .draft
            .token_from(run.span.start)
            .checked_sub(1)
            .is_some_and(|at| matches!(self.draft.tokens[at].text, "," | ":") || at + 1 == attribution.cue.end);
        let words = inner.split_whitespace().count();
        let call = matches!(attribution.kind, CueKind::Verb(verb) if verb.classes.call && !verb.classes.say);
        lower && (call || !direct || words <= 4) && attribution.extent().end <= self.draft.token_from(run.span.start)
    }

    /// The reported clause that holds the run, if words between cue and run belong to it: `said the move was "wrong"`.
    fn clause_from(&self, run: &MarkedRun, attribution: &Attribution) -> Option<Vec<Span>> {
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
    fn clause_before(&self, run: &MarkedRun, attribution: &Attribution) -> Option<Vec<Span>> {
        let start = self.draft.token_from(run.span.start);
        let sentence = &self.draft.sentences[self.draft.tokens.get(start)?.sentence];
        let first = sentence.tokens.start.max(self.tokens.start);
        let words = (first..start).any(|at| self.draft.tokens[at].kind == TokenKind::Word);
        let earlier_run =
            self.runs.iter().any(|other| other.span.start >= sentence.span.start && other.span.end <= run.span.start);
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
