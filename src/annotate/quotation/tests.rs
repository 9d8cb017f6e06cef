//! What is quoted, and who the text attributes it to, in every way that news does it.

use crate::annotate::Annotator;
use crate::model::{Annotations, Article, Block, BlockKind, Doc, Quotation, QuotationKind, Speaker};
use crate::text::{Span, clean};

/// One paragraph a line; the first is the headline if it starts with "# ".
fn article(text: &str) -> Article {
    let (heading, text) = match text.strip_prefix("# ") {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let mut blocks = Vec::new();
    let mut at = 0;
    for line in text.split('\n') {
        let kind = if heading && at == 0 { BlockKind::Heading(1) } else { BlockKind::Paragraph };
        blocks.push(Block { span: Span::new(at, at + line.len()), kind });
        at += line.len() + 1;
    }
    Article { doc: Doc { text: clean(text).text, blocks, ..Doc::default() }, ..Article::default() }
}

fn annotate(text: &str) -> (Article, Annotations) {
    let article = article(text);
    let annotations = Annotator::default().annotate(&article);
    (article, annotations)
}

fn speaker(annotations: &Annotations, quotation: &Quotation) -> String {
    match &quotation.speaker {
        Speaker::Entity(index) => annotations.entities[*index].name.clone(),
        Speaker::Unnamed(words) => format!("({words})"),
        Speaker::Unknown => "?".to_owned(),
    }
}

/// "kind speaker: content | content", a quotation a line.
fn quotations(text: &str) -> Vec<String> {
    let (article, annotations) = annotate(text);
    let line = |quotation: &Quotation| {
        let content: Vec<&str> = quotation.content.iter().map(|span| span.of(&article.doc.text)).collect();
        format!("{} {}: {}", quotation.kind.label(), speaker(&annotations, quotation), content.join(" | "))
    };
    annotations.quotations.iter().map(line).collect()
}

#[test]
fn the_attribution_may_follow_precede_or_split_the_words() {
    assert_eq!(quotations("“We will stay,” said Ada Obi, a lawyer in Enugu."), ["direct Ada Obi: “We will stay,”"]);
    assert_eq!(quotations("“We will stay,” Ada Obi said."), ["direct Ada Obi: “We will stay,”"]);
    assert_eq!(quotations("Ada Obi told reporters: “We will stay.”"), ["direct Ada Obi: “We will stay.”"]);
    assert_eq!(quotations("Ada Obi said, \"We will stay.\""), ["direct Ada Obi: \"We will stay.\""]);
    assert_eq!(
        quotations("“We will stay,” Ada Obi said, “and we will win.”"),
        ["direct Ada Obi: “We will stay,” | “and we will win.”"]
    );
    assert_eq!(quotations("“Will they stay?” asked Ada Obi."), ["direct Ada Obi: “Will they stay?”"]);
    assert_eq!(quotations("“We will stay,” according to Ada Obi."), ["direct Ada Obi: “We will stay,”"]);
    assert_eq!(
        quotations("“We will stay,” according to a message on Monday by Ada Obi."),
        ["direct Ada Obi: “We will stay,”"]
    );
}

#[test]
fn the_second_quotation_of_a_paragraph_is_the_speakers_too() {
    assert_eq!(
        quotations("“We will stay,” Ada Obi said. “Nobody can stop us now.”\n“I doubt it,” said Jon Reyes."),
        ["direct Ada Obi: “We will stay,” | “Nobody can stop us now.”", "direct Jon Reyes: “I doubt it,”"]
    );
    // A cue of its own begins a new quotation.
    assert_eq!(
        quotations("“We will stay,” Ada Obi said. “Nobody can stop us,” she added."),
        ["direct Ada Obi: “We will stay,”", "direct Ada Obi: “Nobody can stop us,”"]
    );
}

#[test]
fn a_quotation_over_paragraphs_is_one_quotation() {
    let found =
        quotations("“We came at dawn,” Ada Obi said. “The road was closed.\n“Then the rain began.\n“Nobody slept.”");
    assert_eq!(
        found,
        ["direct Ada Obi: “We came at dawn,” | “The road was closed. | “Then the rain began. | “Nobody slept.”"]
    );
    let found = quotations("“We came at dawn.\n“Then the rain began,” Ada Obi said.");
    assert_eq!(found, ["direct Ada Obi: “We came at dawn. | “Then the rain began,”"]);
}

#[test]
fn every_style_of_marks_quotes() {
    assert_eq!(
        quotations("‘We don’t know the players’ names,’ Ada Obi said."),
        ["direct Ada Obi: ‘We don’t know the players’ names,’"]
    );
    assert_eq!(quotations("« Nous restons ici », said Ada Obi."), ["direct Ada Obi: « Nous restons ici »"]);
    assert_eq!(quotations("„We will stay“, said Ada Obi."), ["direct Ada Obi: „We will stay“"]);
}

#[test]
fn mixed_quotations_take_their_clause_and_fragments_stand_alone() {
    assert_eq!(
        quotations("Ada Obi said the country was “in the midst of a storm” that would pass."),
        ["mixed Ada Obi: the country was “in the midst of a storm” that would pass"]
    );
    assert_eq!(quotations("Ada Obi called the plan “a non-starter”."), ["mixed Ada Obi: “a non-starter”"]);
    let kinds: Vec<QuotationKind> =
        annotate("Ada Obi said it was “wrong”.").1.quotations.iter().map(|q| q.kind).collect();
    assert_eq!(kinds, [QuotationKind::Mixed]);
}

#[test]
fn indirect_speech_is_the_clause_of_its_cue() {
    assert_eq!(quotations("Ada Obi said that the talks had failed."), ["indirect Ada Obi: the talks had failed"]);
    assert_eq!(
        quotations("The talks had failed on Monday, Ada Obi said."),
        ["indirect Ada Obi: The talks had failed on Monday"]
    );
    assert_eq!(quotations("According to Ada Obi, the talks had failed."), ["indirect Ada Obi: the talks had failed"]);
    assert_eq!(
        quotations("Ada Obi told reporters in Lagos on Friday that the talks had failed."),
        ["indirect Ada Obi: the talks had failed"]
    );
    // Nothing was said where the text says so.
    assert_eq!(quotations("Ada Obi did not say that the talks had failed."), Vec::<String>::new());
    assert_eq!(quotations("The report on the talks was long."), Vec::<String>::new());
}

#[test]
fn pronouns_stand_for_the_speaker_or_subject_before_them() {
    assert_eq!(
        quotations("Ada Obi met Jon Reyes in Lagos on Monday.\n“It went well,” she said."),
        ["direct Ada Obi: “It went well,”"]
    );
    assert_eq!(
        quotations("Mrs. Obi met Mr. Reyes in Lagos on Monday.\n“It went well,” he said."),
        ["direct Reyes: “It went well,”"]
    );
    // Who is named inside the words is not their speaker.
    assert_eq!(
        quotations("Jon Reyes resigned on Monday. “Paul Adeyemi has my trust,” he said."),
        ["direct Jon Reyes: “Paul Adeyemi has my trust,”"]
    );
}

#[test]
fn relative_pronouns_stand_for_the_words_right_before_them() {
    let speakers = |text: &str| -> Vec<String> {
        let found = Annotator::TAGGER.annotate(&article(text));
        found.quotations.iter().map(|quotation| speaker(&found, quotation)).collect()
    };
    assert_eq!(speakers("He was met by Ada Obi, who said that the port was closed.").last().unwrap(), "Ada Obi");
    assert_eq!(
        speakers("The head of the port agency, who said that the port was closed, left."),
        ["(head of the port agency)"]
    );
    let report = speakers("They rejected the report, which accused Tunde Bello of moving nine ships abroad.");
    assert!(report.contains(&"(report)".to_owned()), "{report:?}");
}

#[test]
fn what_nobody_says_is_not_said() {
    let found = Annotator::TAGGER.annotate(&article("No group claimed responsibility for the blast."));
    assert!(!found.quotations.is_empty());
    for quotation in &found.quotations {
        assert_eq!(quotation.assertion, crate::model::Assertion::Negated);
        assert_eq!(speaker(&found, quotation), "(No group)");
    }
    let found = Annotator::TAGGER.annotate(&article("No 10 said that the talks would go on."));
    assert!(found.quotations.iter().all(|quotation| quotation.assertion == crate::model::Assertion::Made));
    assert!(!found.quotations.is_empty());
}

#[test]
fn roles_stand_for_those_who_hold_them() {
    assert_eq!(
        quotations(
            "Foreign Minister Ada Obi met Interior Minister Jon Reyes in Lagos.\n“It went well,” the foreign minister said."
        ),
        ["direct Ada Obi: “It went well,”"]
    );
    // The subject of the sentence before, though named by his role only.
    assert_eq!(
        quotations(
            "Defence Minister Jon Reyes reviewed the cadets in Lagos.\nThe Minister, who came by train, also thanked President \
             Paul Adeyemi.\nAccording to him, “all is well.”"
        ),
        ["direct Jon Reyes: “all is well.”"]
    );
}

#[test]
fn the_head_of_the_source_speaks_not_the_names_in_it() {
    assert_eq!(quotations("“No,” said a spokesman for Ada Obi."), ["direct (spokesman for Ada Obi): “No,”"]);
    assert_eq!(quotations("“No comment,” Ada Obi’s lawyer, Jon Reyes, said."), ["direct Jon Reyes: “No comment,”"]);
    assert_eq!(
        quotations("“We are ready,” the Lagos Water Board said."),
        ["direct Lagos Water Board: “We are ready,”"]
    );
}

#[test]
fn sources_reach_over_appositions_and_colons() {
    assert_eq!(
        quotations("“The dam will hold,” said Fiji’s acting water commissioner, Ada Obi."),
        ["direct Ada Obi: “The dam will hold,”"]
    );
    assert_eq!(
        quotations("Ada Obi played the threat down: “The dam will hold.”"),
        ["direct Ada Obi: “The dam will hold.”"]
    );
    assert_eq!(
        quotations("Ada Obi called the outcome “a plank in the water”."),
        ["mixed Ada Obi: “a plank in the water”"]
    );
    assert_eq!(
        quotations("“The dam will hold,” Ada Obi said in Washington, D.C. “It always has.”"),
        ["direct Ada Obi: “The dam will hold,” | “It always has.”"]
    );
    assert_eq!(
        quotations("A Zambian official, who was not authorised to speak, said the dam would hold."),
        ["indirect (Zambian official, who was not authorised to speak): the dam would hold"]
    );
    assert_eq!(
        quotations(
            "Secretary of State Ada Obi said the dam would hold. Its builder, Per Odu, agreed with Ingrid Odu."
        ),
        ["indirect Ada Obi: the dam would hold"]
    );
}

#[test]
fn verbs_that_no_list_knows_attribute_where_a_comma_asks() {
    assert_eq!(
        quotations("“We have the answer,” the Lagos mayor Ada Obi riffed on Monday."),
        ["direct Ada Obi: “We have the answer,”"]
    );
    assert_eq!(quotations("“We have it,” said master of ceremonies Ada Obi."), ["direct Ada Obi: “We have it,”"]);
    assert_eq!(
        quotations("Jon Reyes seemed annoyed: “Send it at once!” Ada Obi wrote."),
        ["direct Ada Obi: “Send it at once!”"]
    );
    assert_eq!(
        quotations("But, said Ada Obi, “we have nothing to add here.”"),
        ["direct Ada Obi: “we have nothing to add here.”"]
    );
}

#[test]
fn words_in_a_paragraph_of_their_own_go_on_from_the_one_before() {
    assert_eq!(
        quotations("“We came late,” Ada Obi said on Monday.\n“Nobody had told us of the storm.”"),
        ["direct Ada Obi: “We came late,”", "direct Ada Obi: “Nobody had told us of the storm.”"]
    );
    assert_eq!(
        quotations("Ada Obi continued:\n“Nobody had told us of the storm.”"),
        ["direct Ada Obi: “Nobody had told us of the storm.”"]
    );
    assert_eq!(
        quotations("Ada Obi released the following statement:\n“Nobody had told us of the storm.”"),
        ["direct Ada Obi: “Nobody had told us of the storm.”"]
    );
    // A paragraph that reports nothing hands nothing on.
    assert_eq!(
        quotations("The storm hit Lagos.\n“Nobody had told us of the storm.”"),
        ["direct ?: “Nobody had told us of the storm.”"]
    );
}

#[test]
fn hyphens_stay_inside_names() {
    let names = |text| -> Vec<String> { annotate(text).1.entities.into_iter().map(|entity| entity.name).collect() };
    assert_eq!(names("Ko Jae-in met Samir el-Masri."), ["Ko Jae-in", "Samir el-Masri"]);
    assert_eq!(names("The Paris-based group met Jean-Yves Morel."), ["Paris", "Jean-Yves Morel"]);
}

#[test]
fn terms_titles_and_scare_quotes_quote_nobody() {
    for text in [
        "The so-called “ghost fleet” left port on Monday.",
        "The army launched “Operation Blue Lantern” on Monday.",
        "# ‘Ghost fleet’ off port town\nThe fleet left port.",
    ] {
        let (_, annotations) = annotate(text);
        assert!(annotations.quotations.is_empty(), "{text}: {:?}", annotations.quotations);
        assert_eq!(annotations.non_quotations.len(), 1, "{text}");
    }
}

#[test]
fn a_headline_attributes_as_well() {
    assert_eq!(
        quotations("# Obi calls plan ‘a non-starter’\nAda Obi spoke in Lagos."),
        ["mixed Ada Obi: ‘a non-starter’"]
    );
}

#[test]
fn transcripts_and_relayed_words_name_their_speaker() {
    assert_eq!(quotations("“OBI: Let us begin with the news.”"), ["direct OBI: Let us begin with the news."]);
    assert_eq!(
        quotations("Ada Obi was quoted by the Courier as saying: “We will stay.”"),
        ["direct Ada Obi: “We will stay.”"]
    );
}

#[test]
fn odd_text_is_annotated_without_a_panic() {
    for text in [
        "",
        "“",
        "””“",
        "said",
        "“,” said",
        "according to",
        "“a” “b” “c” “d",
        "he said: “",
        "— “x” —",
        "’s said ’s",
        "\u{301}“é” said é",
    ] {
        let _ = annotate(text);
    }
}

#[test]
fn a_dateline_is_nobodys_words() {
    let article =
        article("LAGOS, May 3 (Gulf Courier) – The port was closed after a fire on Friday, officials said.");
    let found = Annotator::TAGGER.annotate(&article);
    let text = article.doc.text.as_str();
    let contents: Vec<&str> = found.quotations.iter().map(|quotation| quotation.content[0].of(text)).collect();
    assert_eq!(contents, ["The port was closed after a fire on Friday"]);
}

#[test]
fn a_text_as_long_as_a_book_is_left_to_the_rules() {
    let long = article(&"Obi thinks the port is old.\n".repeat(20_000));
    assert!(Annotator::TAGGER.annotate(&long) == Annotator::RULES.annotate(&long));
    let short = article("Obi thinks the port is old.");
    assert!(Annotator::TAGGER.annotate(&short) != Annotator::RULES.annotate(&short), "what is short is tagged");
}
