//! What changed from one version of a text to the next: paragraph by paragraph, word by word.
//!
//! White space does not count, so that a text laid out in other lines is the same text. The work is bounded by a budget of
//! words and not by a clock: the same texts always give the same answer. Where the budget ends, whole sentences or
//! paragraphs are told as replaced.

use std::collections::HashMap;
use std::hash::Hash;
use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};
use unicode_segmentation::UnicodeSegmentation;

use super::Span;

/// How many pieces (paragraphs, sentences, words) are compared, beside those at the beginning and at the end that are the
/// same. The algorithm takes some microseconds for each at worst, as it stops to look for the shortest answer.
const BUDGET: usize = 50_000;
/// Steps of finding which paragraphs are versions of each other that are worth one piece.
const STEPS: usize = 256;
/// Paragraphs whose words agree by less than this share are not versions of each other.
const ALIKE: f64 = 0.4;

/// What happened to words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// They are in both texts.
    Same,
    /// They are only in the new text.
    Added,
    /// They are only in the old text.
    Removed,
}

/// Words with what happened to them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Run {
    /// What happened.
    pub change: Change,
    /// Where they stand: in the old text if they were removed, else in the new one. No white space at the ends.
    pub span: Span,
}

/// A paragraph of the new text, with what the old one had in its place; or one that is gone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paragraph {
    /// In reading order; never empty.
    pub runs: Vec<Run>,
}

impl Paragraph {
    /// Whether nothing in it changed.
    pub fn is_same(&self) -> bool {
        self.runs.iter().all(|run| run.change == Change::Same)
    }

    fn of(change: Change, span: Span) -> Paragraph {
        Paragraph { runs: vec![Run { change, span }] }
    }
}

/// What changed from `old` to `new`.
pub fn difference(old: &str, new: &str) -> Vec<Paragraph> {
    let by_lines = !old.contains("\n\n") && !new.contains("\n\n");
    let (before, after) = (paragraphs(old, by_lines), paragraphs(new, by_lines));
    let mut ids = HashMap::new();
    let [before_ids, after_ids] = [(old, &before), (new, &after)].map(|(text, spans)| {
        spans.iter().map(|span| number(&mut ids, one_blank(span.of(text)))).collect::<Vec<u32>>()
    });
    let mut work = Work { old, new, budget: BUDGET };
    let mut told = Vec::with_capacity(after.len());
    for part in work.parts(&before_ids, &after_ids) {
        match part {
            Part::Same { new, .. } => {
                told.extend(after[new].iter().map(|span| Paragraph::of(Change::Same, *span)));
            }
            Part::Changed { old, new } => work.paragraphs(&before[old], &after[new], &mut told),
        }
    }
    told
}

/// How many words stand at `span`.
pub fn words(text: &str, span: Span) -> usize {
    span.of(text).unicode_words().count()
}

/// Where the paragraphs stand: between blank lines, or each line, without white space at the ends.
fn paragraphs(text: &str, by_lines: bool) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut start = 0;
    let mut add = |start, end| {
        let span = Span::new(start, end).trim(text);
        if !span.is_empty() {
            spans.push(span);
        }
    };
    let mut blank = false; // whether the line before is blank
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let empty = line.trim().is_empty();
        if by_lines || empty && !blank {
            add(start, at + if empty { 0 } else { line.len() });
            start = at + line.len();
        }
        blank = empty;
        at += line.len();
    }
    add(start.min(at), at);
    spans
}

/// `words` with every run of white space as one blank.
fn one_blank(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn number<T: Hash + Eq>(ids: &mut HashMap<T, u32>, what: T) -> u32 {
    let next = u32::try_from(ids.len()).unwrap_or(u32::MAX);
    *ids.entry(what).or_insert(next)
}

/// The words and the single signs of the text at `span`.
fn tokens(text: &str, span: Span) -> Vec<Span> {
    let words = span.of(text).split_word_bound_indices();
    let words = words.filter(|(_, word)| !word.trim().is_empty());
    words.map(|(at, word)| Span::new(span.start + at, span.start + at + word.len())).collect()
}

/// The sentences of the text at `span`, by their full stops.
fn sentences(text: &str, span: Span) -> Vec<Span> {
    let parts = span.of(text).split_sentence_bound_indices();
    let parts = parts.map(|(at, part)| Span::new(span.start + at, span.start + at + part.len()).trim(text));
    parts.filter(|span| !span.is_empty()).collect()
}

/// A stretch of two sequences, in indices.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Same { old: Range<usize>, new: Range<usize> },
    Changed { old: Range<usize>, new: Range<usize> },
}

/// Two texts being compared, and how much that may still cost.
struct Work<'a> {
    old: &'a str,
    new: &'a str,
    budget: usize,
}

impl Work<'_> {
    /// Whether so many pieces may be compared; they count as compared then.
    fn may(&mut self, cost: usize) -> bool {
        let left = self.budget.checked_sub(cost);
        self.budget = left.unwrap_or(self.budget);
        left.is_some()
    }

    /// What two sequences share. Beginning and end cost nothing; between them everything changed if it would cost too
    /// much to tell.
    fn parts(&mut self, old: &[u32], new: &[u32]) -> Vec<Part> {
        let head = old.iter().zip(new).take_while(|(a, b)| a == b).count();
        let tail = old[head..].iter().rev().zip(new[head..].iter().rev()).take_while(|(a, b)| a == b).count();
        let (old_end, new_end) = (old.len() - tail, new.len() - tail);
        let mut parts = Vec::new();
        let mut push = |part: Part| match (&part, parts.last_mut()) {
            (Part::Changed { old, new }, Some(Part::Changed { old: before, new: after })) => {
                (before.end, after.end) = (old.end, new.end);
            }
            _ => parts.push(part),
        };
        if head > 0 {
            push(Part::Same { old: 0..head, new: 0..head });
        }
        let (middle_old, middle_new) = (&old[head..old_end], &new[head..new_end]);
        let size = middle_old.len() + middle_new.len();
        let one_side = middle_old.is_empty() || middle_new.is_empty();
        if size > 0 && !one_side && self.may(size) {
            for op in capture_diff_slices(Algorithm::Myers, middle_old, middle_new) {
                let moved = |range: Range<usize>| range.start + head..range.end + head;
                let (old, new) = (moved(op.old_range()), moved(op.new_range()));
                push(match op {
                    DiffOp::Equal { .. } => Part::Same { old, new },
                    _ => Part::Changed { old, new },
                });
            }
        } else if size > 0 {
            push(Part::Changed { old: head..old_end, new: head..new_end });
        }
        if tail > 0 {
            push(Part::Same { old: old_end..old.len(), new: new_end..new.len() });
        }
        parts
    }

    /// Tells a stretch of paragraphs that changed: which became which, and what is gone or new.
    fn paragraphs(&mut self, before: &[Span], after: &[Span], told: &mut Vec<Paragraph>) {
        let (mut old_at, mut new_at) = (0, 0);
        let end = (before.len(), after.len());
        for (old, new) in self.pairs(before, after).into_iter().chain([end]) {
            told.extend(before[old_at..old].iter().map(|span| Paragraph::of(Change::Removed, *span)));
            told.extend(after[new_at..new].iter().map(|span| Paragraph::of(Change::Added, *span)));
            if let (Some(old), Some(new)) = (before.get(old), after.get(new)) {
                told.push(Paragraph { runs: self.runs(*old, *new) });
            }
            (old_at, new_at) = (old + 1, new + 1);
        }
    }

    /// Which paragraphs are versions of each other: indices that rise on both sides, so that the words agree best.
    fn pairs(&mut self, before: &[Span], after: &[Span]) -> Vec<(usize, usize)> {
        if before.len() == 1 && after.len() == 1 {
            // Nothing else stands in its place, but two texts about different things are no versions.
            let alike = self.alike(before, after);
            return if alike[0] * 2.0 >= ALIKE { vec![(0, 0)] } else { Vec::new() };
        }
        let size = |text: &str, spans: &[Span]| spans.iter().map(|span| span.of(text).len() / 4 + 8).sum::<usize>();
        let after_cost = before.len().saturating_mul(size(self.new, after));
        let before_cost = after.len().saturating_mul(size(self.old, before));
        let cost = after_cost.saturating_add(before_cost) / STEPS;
        if before.is_empty() || after.is_empty() || !self.may(cost) {
            return Vec::new();
        }
        let alike = self.alike(before, after);
        let columns = after.len();
        // The best sum of agreement from (row, column) on.
        let mut best = vec![0.0; (before.len() + 1) * (columns + 1)];
        let cell = |row: usize, column: usize| row * (columns + 1) + column;
        let worth = |row: usize, column: usize| Some(alike[row * columns + column]).filter(|worth| *worth >= ALIKE);
        for row in (0..before.len()).rev() {
            for column in (0..columns).rev() {
                let apart: f64 = f64::max(best[cell(row + 1, column)], best[cell(row, column + 1)]);
                let together = worth(row, column).map(|worth| worth + best[cell(row + 1, column + 1)]);
                best[cell(row, column)] = together.map_or(apart, |together| together.max(apart));
            }
        }
        let (mut row, mut column) = (0, 0);
        let mut pairs = Vec::new();
        while row < before.len() && column < columns {
            let here = best[cell(row, column)];
            if worth(row, column).is_some_and(|worth| worth + best[cell(row + 1, column + 1)] >= here) {
                pairs.push((row, column));
                (row, column) = (row + 1, column + 1);
            } else if best[cell(row + 1, column)] >= here {
                row += 1;
            } else {
                column += 1;
            }
        }
        pairs
    }

    /// The share of words that each of `before` has in common with each of `after`.
    fn alike(&self, before: &[Span], after: &[Span]) -> Vec<f64> {
        let mut ids = HashMap::new();
        let [before, after] = [(self.old, before), (self.new, after)].map(|(text, spans)| {
            let sorted = |span: &Span| {
                let mut words: Vec<u32> = span.of(text).unicode_words().map(|word| number(&mut ids, word)).collect();
                words.sort_unstable();
                words
            };
            spans.iter().map(sorted).collect::<Vec<_>>()
        });
        before.iter().flat_map(|a| after.iter().map(move |b| common(a, b))).collect()
    }

    /// What happened to the words of a paragraph.
    fn runs(&mut self, old: Span, new: Span) -> Vec<Run> {
        let (old_words, new_words) = (tokens(self.old, old), tokens(self.new, new));
        // Of a long paragraph only the sentences that changed are compared word by word.
        if old_words.len() + new_words.len() <= self.budget / 4 {
            return self.compare(&old_words, &new_words, false);
        }
        let (old_sentences, new_sentences) = (sentences(self.old, old), sentences(self.new, new));
        self.compare(&old_sentences, &new_sentences, true)
    }

    /// Compares pieces of a paragraph; with `finer`, those that changed once more, word by word.
    fn compare(&mut self, old: &[Span], new: &[Span], finer: bool) -> Vec<Run> {
        let mut ids = HashMap::new();
        let [old_ids, new_ids] = [(self.old, old), (self.new, new)].map(|(text, spans)| {
            spans.iter().map(|span| number(&mut ids, one_blank(span.of(text)))).collect::<Vec<u32>>()
        });
        let mut parts = self.parts(&old_ids, &new_ids);
        if !finer {
            smooth(&mut parts);
        }
        let mut runs = Vec::new();
        for part in parts {
            match part {
                Part::Same { new: range, .. } => runs.extend(run(Change::Same, &new[range])),
                Part::Changed { old: before, new: after } => {
                    let (before, after) = (&old[before], &new[after]);
                    if finer && !before.is_empty() && !after.is_empty() {
                        let words = |text, spans: &[Span]| {
                            spans.iter().flat_map(|span| tokens(text, *span)).collect::<Vec<_>>()
                        };
                        let (before, after) = (words(self.old, before), words(self.new, after));
                        runs.extend(self.compare(&before, &after, false));
                    } else {
                        runs.extend(run(Change::Removed, before));
                        runs.extend(run(Change::Added, after));
                    }
                }
            }
        }
        runs
    }
}

/// One run over all of `spans`.
fn run(change: Change, spans: &[Span]) -> Option<Run> {
    Some(Run { change, span: spans.first()?.join(*spans.last()?) })
}

/// The share of the entries of two sorted lists that both have.
fn common(a: &[u32], b: &[u32]) -> f64 {
    let (mut i, mut j, mut both) = (0, 0, 0usize);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        both += usize::from(x == y);
        i += usize::from(x <= y);
        j += usize::from(y <= x);
    }
    2.0 * both as f64 / (a.len() + b.len()).max(1) as f64
}

/// Makes one change of two with no more than a word or two between them that are fewer than those that changed: "the" in
/// the middle of another sentence is no agreement.
fn smooth(parts: &mut Vec<Part>) {
    const FEW: usize = 2;
    let size = |part: &Part| match part {
        Part::Same { new, .. } => new.len(),
        Part::Changed { old, new } => old.len().max(new.len()),
    };
    let mut smoothed: Vec<Part> = Vec::with_capacity(parts.len());
    let mut rest = std::mem::take(parts).into_iter().peekable();
    while let Some(part) = rest.next() {
        let between = match (&part, smoothed.last(), rest.peek()) {
            (Part::Same { new, .. }, Some(before @ Part::Changed { .. }), Some(after)) => {
                new.len() <= FEW && new.len() < size(before).min(size(after))
            }
            _ => false,
        };
        match (part, smoothed.last_mut()) {
            (Part::Same { old, new }, Some(Part::Changed { old: before, new: after })) if between => {
                (before.end, after.end) = (old.end, new.end);
            }
            (Part::Changed { old, new }, Some(Part::Changed { old: before, new: after })) => {
                (before.end, after.end) = (old.end, new.end);
            }
            (part, _) => smoothed.push(part),
        }
    }
    *parts = smoothed;
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The difference with `[-…-]` and `{+…+}`, paragraphs by lines.
    fn told(old: &str, new: &str) -> String {
        let paragraph = |paragraph: Paragraph| {
            let runs = paragraph.runs.iter().map(|run| match run.change {
                Change::Same => run.span.of(new).to_owned(),
                Change::Added => format!("{{+{}+}}", run.span.of(new)),
                Change::Removed => format!("[-{}-]", run.span.of(old)),
            });
            runs.collect::<Vec<_>>().join(" ")
        };
        difference(old, new).into_iter().map(paragraph).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn words_that_changed_are_told_within_their_paragraph() {
        let old = "Rain fell on Monday.\n\nTwo people were hurt, police said.\n\nMore is expected.";
        let new = "Rain fell on Monday.\n\nThree people were hurt, police said.\n\nMore is expected.";
        assert_eq!(
            told(old, new),
            "Rain fell on Monday.\n[-Two-] {+Three+} people were hurt, police said.\nMore is expected."
        );
    }

    #[test]
    fn paragraphs_that_came_and_went_are_whole() {
        let old = "One stays here.\n\nThe ferry sank at dawn.\n\nLast stays here.";
        let new = "One stays here.\n\nLast stays here.\n\nQuotes were added by nobody.";
        assert_eq!(
            told(old, new),
            "One stays here.\n[-The ferry sank at dawn.-]\nLast stays here.\n{+Quotes were added by nobody.+}"
        );
        assert_eq!(told("", "New words."), "{+New words.+}");
        assert_eq!(told("Old words.", ""), "[-Old words.-]");
        assert_eq!(told("", ""), "");
    }

    #[test]
    fn a_paragraph_that_moved_down_and_changed_is_found_by_its_words() {
        let old = "Talks ended without a deal on Friday.\n\nThe minister left for home at noon.";
        let new = "Markets fell.\n\nTalks ended without a deal on Saturday.\n\nThe minister left for home at night.";
        assert_eq!(
            told(old, new),
            "{+Markets fell.+}\nTalks ended without a deal on [-Friday-] {+Saturday+} .\n\
             The minister left for home at [-noon-] {+night+} ."
        );
    }

    #[test]
    fn other_line_breaks_are_no_change() {
        let old = "The two men\nmet in Oslo.\n\nThey talked.";
        let new = "The two men met\nin  Oslo.\n\n\nThey talked.";
        assert!(difference(old, new).iter().all(Paragraph::is_same));
    }

    #[test]
    fn a_shared_article_in_the_middle_of_another_sentence_is_no_agreement() {
        let old = "It was said that a spokesman for the army had called it an error of judgement on Monday.";
        let new = "It was said that ten witnesses in the village saw soldiers leave on Monday.";
        assert_eq!(
            told(old, new),
            "It was said that [-a spokesman for the army had called it an error of judgement-] \
             {+ten witnesses in the village saw soldiers leave+} on Monday."
        );
    }

    #[test]
    fn a_long_paragraph_is_compared_by_sentences_first() {
        let sentence = |number: usize| format!("Sentence number {number} stands here and says one thing. ");
        let old: String = (0..3000).map(sentence).collect();
        let new = old.replace("number 7 stands", "number 7 stood").replace("number 2990 stands", "number 2990 lies");
        let told = difference(&old, &new);
        assert_eq!(told.len(), 1);
        let changed: Vec<&str> = told[0]
            .runs
            .iter()
            .filter(|run| run.change != Change::Same)
            .map(|run| run.span.of(if run.change == Change::Removed { &old } else { &new }))
            .collect();
        assert!(changed == ["stands", "stood", "stands", "lies"], "{} changes", changed.len());
    }

    #[test]
    fn huge_texts_that_share_nothing_are_told_as_replaced() {
        let text = |word: &str| format!("{word} and {word}.\n\n").repeat(60_000);
        let mut old: String = (0..60_000).map(|number| format!("a{number} b.\n\n")).collect();
        let new: String = (0..60_000).map(|number| format!("c{number} d.\n\n")).collect();
        assert_eq!(difference(&old, &new).len(), 120_000);
        old.push_str(&text("x"));
        assert!(difference(&old, &text("y")).len() >= 120_000);
        let line = "word ".repeat(400_000);
        assert!(!difference(&line, &line.replace("word", "other")).is_empty());
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn both_texts_can_be_read_from_it(old in "([a-d]{1,2}[ .,\n]{1,2}){0,40}", new in "([a-d]{1,2}[ .,\n]{1,2}){0,40}") {
            let told = difference(&old, &new);
            let read = |text: &str, gone: Change| {
                let runs = told.iter().flat_map(|paragraph| &paragraph.runs).filter(|run| run.change != gone);
                runs.map(|run| run.span.of(text)).collect::<String>().split_whitespace().collect::<String>()
            };
            let plain = |text: &str| text.split_whitespace().collect::<String>();
            prop_assert_eq!(read(&new, Change::Removed), plain(&new));
            // The words that stayed are the same in both texts.
            let mut kept = String::new();
            for run in told.iter().flat_map(|paragraph| &paragraph.runs).filter(|run| run.change != Change::Added) {
                kept.push_str(run.span.of(if run.change == Change::Removed { &old } else { &new }));
            }
            prop_assert_eq!(plain(&kept), plain(&old));
        }
    }
}
