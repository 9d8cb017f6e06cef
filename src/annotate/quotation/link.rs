//! Runs between quotation marks to attributions.

use super::attribution::{Attribution, Finder};
use super::clause;
use super::part::{Link, Part};
use super::quotation;
use super::tagged::Tagged;
use crate::annotate::draft::{Draft, MarkedRun};
use crate::model::{Attachment, Quotation, QuotationKind};
use crate::text::Span;

/// How many runs back one attribution reaches.
const REACH: usize = 16;

/// Builds the quotations of an article, paragraph by paragraph.
pub struct Linker<'a> {
    draft: &'a Draft<'a>,
    /// What the tagger says, if it is asked.
    tagged: Option<&'a Tagged<'a>>,
    quotations: Vec<Quotation>,
    not: Vec<Span>,
    /// The quotation of the last run of the paragraph before, if it ended that paragraph.
    last_of_paragraph: Option<usize>,
    /// Cue and source of the last attribution of the paragraph before, if its last sentence or words have one.
    last_attribution: Option<(Option<Span>, Span)>,
}

impl<'a> Linker<'a> {
    /// A linker for `draft`, whose marks, entities and mentions are set.
    pub(super) fn new(draft: &'a Draft<'a>, tagged: Option<&'a Tagged<'a>>) -> Self {
        Linker {
            draft,
            tagged,
            quotations: Vec::new(),
            not: Vec::new(),
            last_of_paragraph: None,
            last_attribution: None,
        }
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
        let attributions = match self.tagged {
            Some(tagged) => tagged.attributions(&paragraph.tokens, runs, paragraph.heading),
            None => Finder::new(self.draft, paragraph.tokens.clone(), runs, paragraph.heading).all(),
        };
        let part = Part {
            draft: self.draft,
            tokens: paragraph.tokens.clone(),
            runs,
            attributions,
            heading: paragraph.heading,
        };
        let mut links = part.links();
        if let Some(tagged) = self.tagged {
            for (at, link) in links.iter_mut().enumerate() {
                *link = part.agreed(at, *link, tagged.share(runs[at].inner));
            }
        }
        let mut used = vec![false; part.attributions.len()];
        let mut of_run: Vec<Option<usize>> = vec![None; runs.len()];
        for (at, link) in links.iter().enumerate() {
            of_run[at] = self.quote(&part, at, *link, &of_run, &mut used);
        }
        for (at, attribution) in part.attributions.iter().enumerate() {
            if !used[at] && self.tagged.is_none() {
                self.indirect(&part, attribution);
            }
        }
        let ends_with_run = runs.last().is_some_and(|run| run.span.end == paragraph.span.end);
        self.last_of_paragraph = match (of_run.last().copied().flatten(), ends_with_run || runs.len() == links.len())
        {
            (Some(quotation), true) => Some(quotation),
            _ => None,
        };
        self.signature(&part, &of_run);
        self.last_attribution = self.attribution_to_carry(&part, &of_run);
    }

    /// What the next paragraph may go on from: the source of the last words quoted here, if they or their attribution end
    /// the paragraph, else that of an attribution in the last sentence.
    fn attribution_to_carry(&self, part: &Part<'_>, of_run: &[Option<usize>]) -> Option<(Option<Span>, Span)> {
        let last = self.draft.tokens.get(part.tokens.end.checked_sub(1)?)?.sentence;
        let in_last = part
            .attributions
            .iter()
            .rev()
            .find(|attribution| attribution.sentence == last && attribution.takes_clause());
        let by_clause =
            in_last.and_then(|attribution| Some((part.span(&attribution.cue), part.span(&attribution.source)?)));
        let last_run = of_run.last().copied().flatten().map(|quotation| &self.quotations[quotation]);
        let near_end = part.runs.last().is_some_and(|run| {
            let after = self.draft.token_from(run.span.end);
            part.tokens.end.saturating_sub(after) <= 25
        });
        let by_run = last_run.filter(|_| near_end).and_then(|quotation| Some((quotation.cue, quotation.source?)));
        by_run.or(by_clause)
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
                let same = (at.saturating_sub(REACH)..at).rev().find(|&other| {
                    of_run[other].is_some_and(|quotation| {
                        self.quotations[quotation].cue == Some(self.draft.span_of(attribution.cue.clone()))
                    })
                });
                used[index] = true;
                if let Some(quotation) = same.and_then(|other| of_run[other]) {
                    return Some(self.extend(quotation, part, run, attribution));
                }
                // An attribution of its own begins another statement, unless the words before still wait for one.
                let continued = run.continues.then_some(self.last_of_paragraph).flatten();
                let waits = |quotation: &usize| self.quotations[*quotation].source.is_none();
                if let Some(quotation) = continued.filter(waits) {
                    let entry = &mut self.quotations[quotation];
                    entry.content.push(run.span);
                    entry.quoted.push(run.span);
                    entry.cue = Some(self.draft.span_of(attribution.cue.clone()));
                    entry.source = part.span(&attribution.source);
                    entry.evidence.attachment = Attachment::Follows;
                    return Some(quotation);
                }
                Some(self.make(part, run, attribution, matches!(link, Link::After(_))))
            }
            Link::Carried => {
                let before = (at.saturating_sub(REACH)..at).rev().find_map(|other| of_run[other])?;
                let entry = &mut self.quotations[before];
                entry.content.push(run.span);
                entry.quoted.push(run.span);
                Some(before)
            }
            Link::Continued if self.last_of_paragraph.is_some() => {
                let quotation = self.last_of_paragraph?;
                let entry = &mut self.quotations[quotation];
                entry.content.push(run.span);
                entry.quoted.push(run.span);
                Some(quotation)
            }
            Link::Reported(index) => {
                let attribution = &part.attributions[index];
                let (cue, source) = (part.span(&attribution.cue), part.span(&attribution.source));
                self.quotations.push(direct(run.span, cue, source, Attachment::Reported));
                Some(self.quotations.len() - 1)
            }
            Link::Transcript => {
                let name = part.transcript_name(run)?;
                let colon = self.draft.tokens[name.end].span;
                let content = Span::new(colon.end, run.inner.end).trim(self.draft.text);
                let (cue, source) = (Some(colon), part.span(&name));
                self.quotations.push(direct(content, cue, source, Attachment::Signed));
                Some(self.quotations.len() - 1)
            }
            Link::Open | Link::Continued => {
                let announced = self.announced(part, run).map(|found| (found, Attachment::Announced));
                let carried = || self.carried_over(part, run).map(|found| (found, Attachment::Continued));
                let ((cue, source), attachment) =
                    announced.or_else(carried).unwrap_or(((None, None), Attachment::Unstated));
                self.quotations.push(direct(run.span, cue, source, attachment));
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
        let attachment = if after { Attachment::Follows } else { Attachment::Leads };
        self.quotations.push(quotation(kind, content, vec![run.span], cue, source, attachment));
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
        let last = Finder::announcing(self.draft, sentence.tokens.clone()).all().pop()?;
        Some((part.span(&last.cue), part.span(&last.source)))
    }

    /// The attribution that words in a paragraph of their own go on from: the last one of the paragraph before, if its
    /// last sentence still reports.
    fn carried_over(&self, part: &Part<'_>, run: &MarkedRun) -> Option<(Option<Span>, Option<Span>)> {
        let paragraph = Span::new(
            self.draft.tokens.get(part.tokens.start)?.span.start,
            self.draft.tokens[part.tokens.end - 1].span.end,
        );
        let whole = run.span.start == paragraph.start && run.span.end + 1 >= paragraph.end;
        let sentence = run.inner.of(self.draft.text).split_whitespace().count() >= 4;
        let last = self.last_attribution.filter(|_| whole && sentence && part.runs.len() == 1)?;
        Some((last.0, Some(last.1)))
    }

    /// `"…" — Ada Obi` and, in headlines, `… : Ada Obi`.
    fn signature(&mut self, part: &Part<'_>, of_run: &[Option<usize>]) {
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
                self.quotations[quotation].evidence.attachment = Attachment::Signed;
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
                let follows = attribution.extent().start >= self.draft.token_from(content.end);
                let attachment = if follows { Attachment::Follows } else { Attachment::Leads };
                let kind = QuotationKind::Indirect;
                self.quotations.push(quotation(kind, vec![content], quoted, cue, source, attachment));
            }
        }
    }
}

/// A quotation that is all between one pair of marks.
fn direct(content: Span, cue: Option<Span>, source: Option<Span>, attachment: Attachment) -> Quotation {
    quotation(QuotationKind::Direct, vec![content], vec![content], cue, source, attachment)
}
