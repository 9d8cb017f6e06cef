//! Quotations from the tagger's sources, cues and contents.
//!
//! Runs between quotation marks are taken as wholes, as with the rules: the tagger tells which of them are somebody's words,
//! and gives the attributions that they are linked to. What it tags outside them is reported in the text's own
//! words, and belongs to the nearest cue of its paragraph and the source nearest to that.

use std::ops::Range;

use super::attribution::{Attribution, CueKind, Finder, Order};
use super::link::Linker;
use super::quotation;
use super::words::{is_auxiliary, is_determiner, is_preposition};
use crate::annotate::cue::{self, Classes, CueVerb, Form};
use crate::annotate::draft::{Draft, MarkedRun, TokenKind};
use crate::model::{Attachment, Quotation, QuotationKind};
use crate::tagger::{Role, Tags};
use crate::text::Span;

/// What the tagger says of an article, in tokens of its draft.
pub(super) struct Tagged<'a> {
    draft: &'a Draft<'a>,
    tags: &'a Tags<'a>,
    sources: Vec<Range<usize>>,
    cues: Vec<Range<usize>>,
    contents: Vec<Range<usize>>,
}

impl<'a> Tagged<'a> {
    /// The tags of `draft`'s text.
    pub(super) fn new(draft: &'a Draft<'a>, tags: &'a Tags<'a>) -> Self {
        let mut tagged = Tagged { draft, tags, sources: Vec::new(), cues: Vec::new(), contents: Vec::new() };
        for run in &tags.roles {
            let mut tokens = draft.token_from(run.span.start)..draft.token_from(run.span.end);
            // A word of the tagger may begin inside a token of ours ("U.S.-led").
            if tokens.start > 0 && draft.tokens[tokens.start - 1].span.end > run.span.start {
                tokens.start -= 1;
            }
            let into = match run.role {
                Role::Source => &mut tagged.sources,
                Role::Cue => &mut tagged.cues,
                Role::Content => &mut tagged.contents,
            };
            if !tokens.is_empty() {
                into.push(tokens);
            }
        }
        for spans in [&mut tagged.sources, &mut tagged.cues] {
            spans.iter_mut().for_each(|tokens| trim(draft, tokens));
            spans.retain(|tokens| !tokens.is_empty());
        }
        tagged
    }

    /// How sure the tagger is that the words of `span` are somebody's, 0 to 1: the mean over them.
    pub(super) fn share(&self, span: Span) -> f32 {
        let start = self.tags.words.partition_point(|word| word.span.start < span.start);
        let end = self.tags.words.partition_point(|word| word.span.start < span.end);
        let words = &self.tags.words[start..end.max(start)];
        words.iter().map(|word| word.content).sum::<f32>() / words.len().max(1) as f32
    }

    /// The attributions of the paragraph with these tokens: the tagger's, and those of the rules beside runs where the tagger
    /// has none.
    pub(super) fn attributions(&self, tokens: &Range<usize>, runs: &[MarkedRun], heading: bool) -> Vec<Attribution> {
        let cues = within(&self.cues, tokens);
        let sources = within(&self.sources, tokens);
        let in_run = |at: usize| {
            let start = self.draft.tokens[at].span.start;
            runs.iter().any(|run| run.span.holds(start))
        };
        let ruled = Finder::new(self.draft, tokens.clone(), runs, heading).all();
        // "The agency quoted her as saying": of a medium and whom it quotes, the grammar tells who speaks.
        let as_saying = |attribution: &Attribution| {
            attribution.cue.start > 0 && self.draft.tokens[attribution.cue.start - 1].is("as")
        };
        let (mut found, ruled): (Vec<Attribution>, Vec<Attribution>) = ruled.into_iter().partition(as_saying);
        let clash = |one: &Attribution, other: &Attribution| {
            overlap(&one.extent(), &other.extent()) || overlap(&one.cue, &other.cue)
        };
        for cue in cues.iter().filter(|cue| !in_run(cue.start)) {
            let mut attribution = self.attribution(cue, sources);
            // Where the tagger has a cue and nobody in its sentence, the grammar may know.
            let stranger = |attribution: &Attribution| {
                attribution.source.is_empty()
                    || self.draft.tokens[attribution.source.start].sentence != attribution.sentence
            };
            if stranger(&attribution)
                && let Some(other) = ruled.iter().find(|other| overlap(&other.cue, cue) && !stranger(other))
            {
                (attribution.source, attribution.order) = (other.source.clone(), other.order);
            }
            let quoted = found.iter().any(|other| {
                as_saying(other) && attribution.sentence == other.sentence && clash(&attribution, other)
            });
            if !quoted {
                found.push(attribution);
            }
        }
        for attribution in ruled {
            if !found.iter().any(|other| clash(other, &attribution))
                && self.is_beside_run(&attribution.extent(), runs)
            {
                found.push(attribution);
            }
        }
        found.sort_by_key(|attribution| attribution.cue.start);
        found
    }

    /// Whether nothing but marks stands between the tokens and a run.
    fn is_beside_run(&self, tokens: &Range<usize>, runs: &[MarkedRun]) -> bool {
        let plain = |at: &usize| self.draft.tokens.get(*at).is_some_and(|token| token.kind == TokenKind::Punctuation);
        let run_at = |at: usize| {
            self.draft.tokens.get(at).is_some_and(|token| runs.iter().any(|run| run.span.holds(token.span.start)))
        };
        let after = (tokens.end..tokens.end + 3).find(|at| !plain(at) || run_at(*at));
        let before = (tokens.start.saturating_sub(3)..tokens.start).rev().find(|at| !plain(at) || run_at(*at));
        after.is_some_and(run_at) || before.is_some_and(run_at)
    }

    /// The attribution of a cue: its source is the nearest of its sentence, else of its paragraph.
    fn attribution(&self, cue: &Range<usize>, sources: &[Range<usize>]) -> Attribution {
        let sentence = self.draft.tokens[cue.start].sentence;
        let far = |source: &Range<usize>| {
            let elsewhere = self.draft.tokens[source.start].sentence != sentence;
            (elsewhere, self.is_addressee(source, cue), gap(source, cue))
        };
        let nearest = || sources.iter().min_by_key(|source| far(source)).cloned();
        let source = self.quoted_by_another(cue).or_else(nearest).unwrap_or(cue.start..cue.start);
        let order = if source.start < cue.start { Order::SourceFirst } else { Order::CueFirst };
        let word = &self.draft.tokens[cue.end - 1];
        let verb = cue.clone().rev().find_map(|at| cue::verb(&self.draft.tokens[at]));
        let kind = match verb {
            Some(verb) => CueKind::Verb(verb),
            None if self.draft.tokens[cue.start].is("according") => CueKind::According,
            None if word.kind == TokenKind::Punctuation => CueKind::Mark,
            None => CueKind::Verb(CueVerb {
                lemma: "",
                classes: Classes { say: true, ..Classes::default() },
                form: Form::Past,
            }),
        };
        Attribution { cue: cue.clone(), source, kind, order, sentence }
    }

    /// Whether somebody is spoken to or at: "Obi, in remarks to the agency, said".
    fn is_addressee(&self, source: &Range<usize>, cue: &Range<usize>) -> bool {
        let tokens = &self.draft.tokens;
        let article = source.start.checked_sub(1).filter(|&at| is_determiner(&tokens[at])).unwrap_or(source.start);
        let before = article.checked_sub(1).map(|at| &tokens[at]);
        // "according to Obi", "as reported by Obi"
        let names_source =
            source.start <= cue.end + 1 || before.is_some_and(|token| token.is("by") || token.is("from"));
        let before = before.filter(|token| token.sentence == tokens[source.start].sentence);
        source.end <= cue.start && !names_source && before.is_some_and(is_preposition)
    }

    /// "they quoted her as saying": her.
    fn quoted_by_another(&self, cue: &Range<usize>) -> Option<Range<usize>> {
        /// The longest name with a title that may stand between.
        const LONGEST: usize = 12;
        let tokens = &self.draft.tokens;
        let verb = cue.clone().find(|&at| matches!(&*tokens[at].lower, "quoted" | "quotes" | "cited" | "cites"))?;
        let passive = verb.checked_sub(1).is_some_and(|at| is_auxiliary(&tokens[at]));
        let sentence = self.draft.sentences[tokens[verb].sentence].tokens.end;
        let end = (verb + 2..sentence.min(verb + LONGEST))
            .find(|&at| tokens[at].is("as") && tokens.get(at + 1).is_some_and(|next| next.is("saying")))?;
        (!passive).then_some(verb + 1..end)
    }

    /// Adds what is reported outside quotation marks, or partly in them, to what the linker made of the runs.
    pub(super) fn reported(&self, linker: Linker<'_>) -> (Vec<Quotation>, Vec<Span>) {
        let (mut quotations, mut not) = linker.finish();
        for paragraph in &self.draft.paragraphs {
            let sources = within(&self.sources, &paragraph.tokens);
            let cues = within(&self.cues, &paragraph.tokens);
            let first = behind_dateline(self.draft, &paragraph.tokens);
            for content in &self.contents {
                let mut tokens = content.start.max(paragraph.tokens.start)..content.end.min(paragraph.tokens.end);
                tokens.start = tokens.start.max(first).min(tokens.end);
                trim(self.draft, &mut tokens);
                if tokens.is_empty() {
                    continue;
                }
                self.report(tokens, cues, sources, &mut quotations, &mut not);
            }
        }
        (quotations, not)
    }

    /// Makes a quotation of `content`, or widens the one that its marked words are.
    fn report(
        &self,
        content: Range<usize>,
        cues: &[Range<usize>],
        sources: &[Range<usize>],
        quotations: &mut Vec<Quotation>,
        not: &mut Vec<Span>,
    ) {
        let draft = self.draft;
        let mut span = draft.span_of(content.clone());
        let first = draft.marked.partition_point(|run| run.span.end <= span.start);
        let runs: Vec<&MarkedRun> =
            draft.marked[first..].iter().take_while(|run| run.span.start < span.end).collect();
        for run in &runs {
            // Words of a run belong together, unless nearly all of them are outside.
            let covered = draft.tokens_in(run.inner).filter(|at| content.contains(at)).count();
            if 2 * covered >= draft.tokens_in(run.inner).len() {
                span = span.join(run.span);
            }
        }
        let runs: Vec<Span> = runs.iter().map(|run| run.span).filter(|run| span.covers(*run)).collect();
        let bare = draft.tokens_in(span).filter(|&at| {
            let token = &draft.tokens[at];
            token.kind != TokenKind::Punctuation && !runs.iter().any(|run| run.holds(token.span.start))
        });
        if bare.count() == 0 {
            return;
        }
        // "called it “a mess” and “a shame”": of a thing that is called something, the quoted words alone are what was said.
        let calls = |cue: Span| {
            let mut verbs = draft.tokens[draft.tokens_in(cue)].iter().filter_map(cue::verb).peekable();
            verbs.peek().is_some() && verbs.all(|verb| verb.classes.call && !verb.classes.say)
        };
        let marked =
            |quotation: &Quotation| quotation.content.iter().any(|part| runs.iter().any(|run| part.overlaps(*run)));
        if let Some(at) = quotations.iter().position(|quotation| !runs.is_empty() && marked(quotation)) {
            let quotation = &mut quotations[at];
            // The attribution itself is no part of what is said.
            let own = [quotation.cue, quotation.source];
            if quotation.cue.is_some_and(calls) {
                return;
            }
            if own.into_iter().flatten().any(|own| span.overlaps(own)) {
                return;
            }
            quotation.content.retain(|part| !span.overlaps(*part));
            quotation.content.push(span);
            quotation.content.sort_by_key(|part| part.start);
            quotation.kind = QuotationKind::Mixed;
            return;
        }
        if quotations.iter().any(|quotation| quotation.content.iter().any(|part| part.overlaps(span))) {
            return;
        }
        let near = |spans: &[Range<usize>], to: &Range<usize>| {
            let far = |tokens: &Range<usize>| {
                let elsewhere = draft.tokens[tokens.start].sentence.abs_diff(draft.tokens[to.start].sentence);
                (gap(tokens, to), elsewhere)
            };
            spans.iter().min_by_key(|tokens| far(tokens)).cloned()
        };
        let cue = near(cues, &content);
        let source = cue.as_ref().and_then(|cue| near(sources, cue)).or_else(|| near(sources, &content));
        let attachment = match (&cue, &source) {
            (None, None) => Attachment::Unstated,
            (Some(words), _) | (None, Some(words)) if words.start >= content.end => Attachment::Follows,
            _ => Attachment::Leads,
        };
        let spanned = |tokens: Option<Range<usize>>| tokens.map(|tokens| draft.span_of(tokens));
        let kind = if runs.is_empty() { QuotationKind::Indirect } else { QuotationKind::Mixed };
        not.retain(|other| !runs.contains(other));
        quotations.push(quotation(kind, vec![span], runs, spanned(cue), spanned(source), attachment));
    }
}

/// Of `spans`, in text order, those that begin in `tokens`.
fn within<'s>(spans: &'s [Range<usize>], tokens: &Range<usize>) -> &'s [Range<usize>] {
    let start = spans.partition_point(|span| span.start < tokens.start);
    let end = spans.partition_point(|span| span.start < tokens.end);
    &spans[start..end.max(start)]
}

fn overlap(one: &Range<usize>, other: &Range<usize>) -> bool {
    one.start < other.end && other.start < one.end
}

/// Tokens between the two.
fn gap(one: &Range<usize>, other: &Range<usize>) -> usize {
    if one.end <= other.start { other.start - one.end } else { one.start.saturating_sub(other.end) }
}

/// Takes commas, stops and blanks off the ends; a mark by itself stays (a colon is a cue).
fn trim(draft: &Draft<'_>, tokens: &mut Range<usize>) {
    let plain = |at: usize| {
        let token = &draft.tokens[at];
        token.kind == TokenKind::Punctuation && matches!(token.text, "," | "." | ";" | ":" | "-" | "–" | "—")
    };
    while tokens.len() > 1 && plain(tokens.end - 1) {
        tokens.end -= 1;
    }
    while tokens.len() > 1 && plain(tokens.start) {
        tokens.start += 1;
    }
}

/// The first of `tokens`, which begin a paragraph, behind its dateline: "LAGOS, May 3 (Reuters) – The port …".
fn behind_dateline(draft: &Draft<'_>, tokens: &Range<usize>) -> usize {
    /// Tokens of a long one, with two places, a day and an agency.
    const LONGEST: usize = 16;
    let capitals = |text: &str| {
        let mut letters = text.chars().filter(|char| char.is_alphabetic()).peekable();
        letters.peek().is_some() && letters.all(char::is_uppercase)
    };
    let place =
        draft.tokens[tokens.clone()].first().is_some_and(|token| token.text.len() > 1 && capitals(token.text));
    let dash = || {
        let near = tokens.clone().take(LONGEST);
        near.into_iter().find(|&at| matches!(draft.tokens[at].text, "–" | "—" | "-" | "--"))
    };
    let end = if place { dash().map(|dash| dash + 1).filter(|end| *end < tokens.end) } else { None };
    end.unwrap_or(tokens.start)
}
