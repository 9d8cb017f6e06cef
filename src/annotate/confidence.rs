//! How sure it is that words are somebody's and whose, as a share of such findings that are right.
//!
//! Whether the attribution is right is a logistic model of what the tagger says of the words of content, source and cue, and
//! of the kind of quotation. Fitted on PolNeAR's development articles, which the tagger has not seen, and judged on those
//! held out of each fit; `assets/model/README.md` has the reliability table.

use crate::model::{Quotation, QuotationKind};
use crate::tagger::{Tags, Word};
use crate::text::Span;

/// What the logistic model reads, and in this order.
const READ: usize = 6;

/// The weights of what is read, and the constant.
const WEIGHTS: [f32; READ] = [0.67, 0.13, 0.14, 0.52, -0.05, -1.67];

/// The share of the attributions that rules find with a source that are right, by kind; measured on the same articles.
fn by_rules(kind: QuotationKind) -> f32 {
    match kind {
        QuotationKind::Direct => 0.88,
        QuotationKind::Mixed => 0.58,
        QuotationKind::Indirect => 0.79,
    }
}

/// How probable it is that the words of `quotation` are somebody's, and that its source names whose, 0 to 1. Without the
/// tagger's word on it the kind alone decides.
///
/// PolNeAR's measure: half of the words in common with an annotator's, and the same source.
pub(super) fn attribution(quotation: &Quotation, tags: Option<&Tags<'_>>) -> f32 {
    let Some(tags) = tags else { return by_rules(quotation.kind) };
    let sum: f32 = read(quotation, tags).iter().zip(WEIGHTS).map(|(value, weight)| value * weight).sum();
    1.0 / (1.0 + (-sum).exp())
}

/// What the model reads of `quotation`, in the order of [`WEIGHTS`]: mean log odds of the words of content, source and cue
/// for being that, the kind, one.
fn read(quotation: &Quotation, tags: &Tags<'_>) -> [f32; READ] {
    let content: Vec<&Word> = quotation.content.iter().flat_map(|part| within(tags, *part)).collect();
    let source: Vec<&Word> = quotation.source.iter().flat_map(|part| within(tags, *part)).collect();
    let cue: Vec<&Word> = quotation.cue.iter().flat_map(|part| within(tags, *part)).collect();
    [
        odds(mean(&content, |word| word.content)),
        odds(mean(&source, |word| word.source)),
        odds(mean(&cue, |word| word.cue)),
        if quotation.kind == QuotationKind::Direct { 1.0 } else { 0.0 },
        if quotation.kind == QuotationKind::Mixed { 1.0 } else { 0.0 },
        1.0,
    ]
}

fn within<'t>(tags: &'t Tags<'_>, span: Span) -> &'t [Word] {
    let start = tags.words.partition_point(|word| word.span.start < span.start);
    let end = tags.words.partition_point(|word| word.span.start < span.end);
    &tags.words[start..end.max(start)]
}

/// Nothing there counts as the tagger's no.
fn mean(words: &[&Word], of: impl Fn(&Word) -> f32) -> f32 {
    words.iter().map(|word| of(word)).sum::<f32>() / words.len().max(1) as f32
}

fn odds(share: f32) -> f32 {
    let share = share.clamp(0.02, 0.98);
    (share / (1.0 - share)).ln()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Assertion, CueClass, Evidence, Speaker};

    /// "Obi said it rained", with what a tagger says of the words of source, cue and content.
    fn tags(source: f32, cue: f32, content: f32) -> Tags<'static> {
        let word = |start, end, source, cue, content| Word { span: Span::new(start, end), source, cue, content };
        let words = vec![
            word(0, 3, source, 0.0, 0.0),
            word(4, 8, 0.0, cue, 0.0),
            word(9, 11, 0.0, 0.0, content),
            word(12, 18, 0.0, 0.0, content),
        ];
        Tags { words, ..Tags::default() }
    }

    fn quotation(kind: QuotationKind) -> Quotation {
        Quotation {
            kind,
            content: vec![Span::new(9, 18)],
            quoted: Vec::new(),
            cue: Some(Span::new(4, 8)),
            source: Some(Span::new(0, 3)),
            class: CueClass::Say,
            assertion: Assertion::default(),
            within: None,
            speaker: Speaker::Unknown,
            confidence: 0.0,
            evidence: Evidence::default(),
        }
    }

    #[test]
    fn it_is_surer_the_surer_the_tagger_is_of_each_part() {
        let indirect = quotation(QuotationKind::Indirect);
        let sure = attribution(&indirect, Some(&tags(0.99, 0.99, 0.99)));
        assert!(sure > 0.85, "{sure}");
        for tags in [tags(0.4, 0.99, 0.99), tags(0.99, 0.4, 0.99), tags(0.99, 0.99, 0.4)] {
            let less = attribution(&indirect, Some(&tags));
            assert!(less < sure, "{less}");
        }
        let hardly = attribution(&indirect, Some(&tags(0.1, 0.1, 0.1)));
        assert!(hardly < 0.1, "{hardly}");
    }

    #[test]
    fn quotation_marks_make_it_surer() {
        let tags = tags(0.7, 0.7, 0.7);
        let direct = attribution(&quotation(QuotationKind::Direct), Some(&tags));
        assert!(direct > attribution(&quotation(QuotationKind::Indirect), Some(&tags)));
        assert!(
            attribution(&quotation(QuotationKind::Direct), None)
                > attribution(&quotation(QuotationKind::Mixed), None)
        );
    }

    #[test]
    fn a_part_that_is_not_there_counts_as_a_no() {
        let mut told = quotation(QuotationKind::Indirect);
        let tags = tags(0.9, 0.9, 0.9);
        let whole = attribution(&told, Some(&tags));
        told.source = None;
        assert!(attribution(&told, Some(&tags)) < whole);
    }
}
