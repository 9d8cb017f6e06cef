//! What holds for the annotations of any text whatever.

use dateline::annotate::Annotator;
use dateline::model::{Annotations, Article, Block, BlockKind, Doc, Speaker};
use dateline::text::{Span, clean};
use proptest::prelude::*;

fn article(text: &str) -> Article {
    let text = clean(text).text;
    let mut blocks = Vec::new();
    let mut at = 0;
    for line in text.as_str().split('\n') {
        let span = Span::new(at, at + line.len()).trim(text.as_str());
        if !span.is_empty() {
            let kind = if blocks.is_empty() { BlockKind::Heading(1) } else { BlockKind::Paragraph };
            blocks.push(Block { span, kind });
        }
        at += line.len() + 1;
    }
    let date = "2026-05-04".parse().ok();
    Article { date, doc: Doc { text, blocks, ..Doc::default() }, ..Article::default() }
}

fn spans(annotations: &Annotations) -> Vec<Span> {
    let mut spans: Vec<Span> = annotations.mentions.iter().map(|mention| mention.span).collect();
    for quotation in &annotations.quotations {
        spans.extend(quotation.content.iter().chain(&quotation.quoted).copied());
        spans.extend(quotation.cue.iter().chain(&quotation.source));
    }
    spans.extend(&annotations.non_quotations);
    spans.extend(annotations.officials.iter().flat_map(|official| official.mentions.iter().copied()));
    spans.extend(annotations.actors.iter().map(|actor| actor.span));
    for event in &annotations.events {
        spans.push(event.trigger);
        spans.extend(event.actors.iter().chain(&event.recipients).map(|participant| participant.span));
        spans.extend(event.place.iter().map(|place| place.span));
        spans.extend(event.when.iter().map(|when| when.span));
    }
    spans
}

/// Every span is words of the text, every index an entity, the order as promised.
fn check(text: &str) {
    let article = article(text);
    let annotations = Annotator::default().annotate(&article);
    let text = article.doc.text.as_str();
    for span in spans(&annotations) {
        assert!(text.get(span.start..span.end).is_some_and(|words| !words.is_empty()), "{span:?} of {text:?}");
    }
    let entities = annotations.entities.len();
    assert!(annotations.mentions.iter().all(|mention| mention.entity < entities));
    assert!(annotations.officials.iter().all(|official| official.entity < entities));
    assert!(annotations.actors.iter().all(|actor| actor.entity.is_none_or(|entity| entity < entities)));
    let actors: Vec<Span> = annotations.actors.iter().map(|actor| actor.span).collect();
    assert!(actors.windows(2).all(|pair| pair[0].end <= pair[1].start), "actors overlap in {text:?}: {actors:?}");
    for quotation in &annotations.quotations {
        assert!(!quotation.content.is_empty(), "a quotation without words in {text:?}");
        assert!(!matches!(quotation.speaker, Speaker::Entity(index) if index >= entities));
    }
    let names: Vec<Span> = annotations.mentions.iter().map(|mention| mention.span).collect();
    assert!(names.windows(2).all(|pair| pair[0].end <= pair[1].start), "names overlap in {text:?}: {names:?}");
    let starts: Vec<usize> = annotations.quotations.iter().map(|quotation| quotation.content[0].start).collect();
    assert!(starts.is_sorted(), "quotations out of order in {text:?}");
}

/// Pieces that the stages look for, in no order that makes sense.
fn piece() -> impl Strategy<Value = String> {
    let pieces: Vec<&'static str> = vec![
        "“",
        "”",
        "\"",
        "‘",
        "’",
        "'",
        "«",
        "»",
        "„",
        "—",
        ": ",
        ", ",
        ". ",
        "? ",
        "\n",
        "\n\n",
        " ",
        "’s ",
        "' ",
        "-",
        "(",
        ")",
        "[",
        "]",
        "Ada Obi",
        "Obi",
        "Reyes",
        "Jon Reyes",
        "President ",
        "the minister ",
        "Foreign Minister ",
        "his Russian counterpart ",
        "said",
        " said ",
        "told reporters ",
        "according to ",
        "he added",
        "she",
        "they ",
        "who ",
        "Iran",
        "Russian ",
        "U.S. ",
        "St. ",
        "Paris, Texas",
        "the United Nations ",
        "on Wednesday",
        "last month ",
        "in 2015 ",
        "signed an agreement ",
        "attacked ",
        "and ",
        "met ",
        "a",
        "7",
        "é",
        "日本",
        "🙂",
        "\u{301}",
        "\u{200d}",
        "ﬁ",
        "İ",
        "ß",
    ];
    prop_oneof![4 => proptest::sample::select(pieces).prop_map(str::to_owned), 1 => ".{0,6}"]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_annotated_within_itself(pieces in proptest::collection::vec(piece(), 0..60)) {
        check(&pieces.concat());
    }

    #[test]
    fn any_characters_are_annotated_within_themselves(text in "\\PC{0,200}") {
        check(&text);
    }
}

#[test]
fn annotating_twice_finds_the_same() {
    let text = "Obi in Lagos\nForeign Minister Ada Obi of Nigeria met her Kenyan counterpart Jon Reyes in Lagos on \
                Monday. “We agreed,” she said. “It took long.”";
    let article = article(text);
    let first = Annotator::default().annotate(&article);
    let second = Annotator::default().annotate(&article);
    assert_eq!(format!("{first:?}"), format!("{second:?}"));
    assert_eq!(first.quotations.len(), 1);
    assert_eq!(first.officials.len(), 2);
}

/// Pathological input stays within memory and ends: no stage may look back over the whole text for every word.
#[test]
fn endless_marks_cues_and_capitals_end() {
    for unit in
        ["“", "‘a ", "Said Obi ", "“a” ", "he said ", "PRESIDENT OBI ", "According to ", "Obi, ", "minister of "]
    {
        check(&unit.repeat(20_000));
    }
}
