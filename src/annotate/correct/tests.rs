//! What a reader would expect after setting something right. Names of persons are invented.

use super::*;
use crate::annotate::Annotator;
use crate::model::{Block, BlockKind, Country, Creator};
use crate::text::anchor::Quote;
use crate::text::clean;

const STORY: &str = "GEORGETOWN — Foreign Minister Ada Obi of Ghana met Carl Dunn in Georgia on Tuesday.\n\n\
“The port will stay open,” said Dunn.\n\n“Nothing will change.”\n\n\
Strada said the harbour was safe.\n\nThe army shelled the village of Osu on Monday, Obi said.";

fn story() -> (Article, Annotations) {
    let mut article = Article::default();
    let mut start = 0;
    for paragraph in STORY.split("\n\n") {
        let span = Span::new(start, start + paragraph.len());
        article.doc.blocks.push(Block { span, kind: BlockKind::Paragraph });
        start = span.end + 2;
    }
    article.doc.text = clean(STORY).text;
    let found = Annotator::RULES.annotate(&article);
    (article, found)
}

fn note(words: &str, correction: Correction) -> Note {
    Note {
        quotes: vec![Quote { exact: Clean::new(words), ..Quote::default() }],
        correction: Some(correction),
        creator: Some(Creator { name: Clean::literal("Eve"), is_program: false }),
        ..Note::default()
    }
}

/// The story with these corrections, each at the first place of its words.
fn with(notes: &[Note]) -> (Article, Annotations) {
    let (article, found) = story();
    let ordered: Vec<Ordered<'_>> = notes
        .iter()
        .map(|note| {
            let spans = note.quotes.iter().filter_map(|quote| {
                let start = STORY.find(quote.exact.as_str())?;
                Some(Span::new(start, start + quote.exact.len()))
            });
            Ordered { note, spans: spans.collect() }
        })
        .collect();
    let never: Vec<Note> =
        notes.iter().filter(|note| note.correction == Some(Correction::NeverName)).cloned().collect();
    let found = corrected(&article, &found, &never, &ordered);
    (article, found)
}

fn speakers(found: &Annotations) -> Vec<String> {
    found.quotations.iter().map(|one| Who::of(one, found).name.unwrap_or("?").to_owned()).collect()
}

fn says(name: &str) -> Correction {
    Correction::Speaker(Some(Clean::new(name)))
}

#[test]
fn a_speaker_is_somebody_of_the_article_by_any_name_that_it_has_for_them() {
    let (_, found) = with(&[]);
    assert_eq!(speakers(&found), ["Carl Dunn", "Carl Dunn", "Strada", "Ada Obi"]);
    let people = found.entities.len();
    for name in ["Ada Obi", "obi", "OBI"] {
        let (_, found) = with(&[note("“The port will stay open,”", says(name))]);
        assert_eq!(speakers(&found)[0], "Ada Obi", "{name}");
        assert_eq!(found.entities.len(), people);
        assert_eq!(found.quotations[0].confidence, 1.0);
    }
    let (_, found) = with(&[note("“The port will stay open,”", says("Femi Ojo"))]);
    assert_eq!(speakers(&found)[0], "Femi Ojo");
    let one = found.corrected(Subject::Quotation(0)).unwrap();
    assert_eq!(one.before.as_deref(), Some("Carl Dunn"));
    assert_eq!(one.by.as_deref(), Some("Eve"));
}

#[test]
fn words_that_go_on_follow_and_others_do_not() {
    let (_, found) = with(&[note("“The port will stay open,”", says("Obi"))]);
    assert_eq!(speakers(&found), ["Ada Obi", "Ada Obi", "Strada", "Ada Obi"]);
    let (_, found) = with(&[note("“Nothing will change.”", Correction::Speaker(None))]);
    assert_eq!(speakers(&found), ["Carl Dunn", "?", "Strada", "Ada Obi"]);
}

#[test]
fn whoever_was_named_for_words_that_go_on_stays_their_speaker() {
    let notes = [
        note("“Nothing will change.”", says("Femi Ojo")),
        note("“The port will stay open,”", says("Femi Ojo")),
        note("“The port will stay open,”", says("Obi")),
    ];
    let (_, found) = with(&notes);
    assert_eq!(speakers(&found)[..2], ["Ada Obi", "Femi Ojo"]);
}

#[test]
fn words_of_nobody_do_not_go_on() {
    // Three that the text gives to nobody, with other words between them.
    let (article, mut found) = story();
    for quotation in &mut found.quotations[..2] {
        (quotation.speaker, quotation.source, quotation.cue) = (Speaker::Unknown, None, None);
    }
    let note = note("“The port will stay open,”", says("Obi"));
    let start = STORY.find("“The port").unwrap();
    let spans = vec![Span::new(start, start + "“The port will stay open,”".len())];
    let found = corrected(&article, &found, &[], &[Ordered { note: &note, spans }]);
    assert_eq!(speakers(&found)[..2], ["Ada Obi", "?"]);
}

#[test]
fn what_goes_on_says_so_too() {
    let (_, found) = with(&[note("“The port will stay open,”", says("Obi"))]);
    assert_eq!(found.corrected(Subject::Quotation(1)).unwrap().before.as_deref(), Some("Carl Dunn"));
    assert_eq!(found.corrected(Subject::Quotation(2)), None);
}

#[test]
fn the_latest_word_counts() {
    let words = "“Nothing will change.”";
    let (_, found) = with(&[note(words, says("Femi Ojo")), note(words, says("Obi"))]);
    assert_eq!(speakers(&found)[1], "Ada Obi");
    assert_eq!(found.corrections[1].before.as_deref(), Some("Femi Ojo"));
}

#[test]
fn what_is_no_quotation_or_no_event_is_gone_and_the_rest_keeps_its_place() {
    let (article, found) = with(&[note("“The port will stay open,”", Correction::NoQuotation)]);
    assert_eq!(speakers(&found), ["Carl Dunn", "Strada", "Ada Obi"]);
    let quiet: Vec<&str> = found.non_quotations.iter().map(|span| span.of(&article.doc.text)).collect();
    assert_eq!(quiet, ["“The port will stay open,”"]);
    let told = |found: &Annotations| found.events.iter().map(|event| event.kind.code()).collect::<Vec<_>>().join(" ");
    let (_, before) = with(&[]);
    assert!(told(&before).contains("ASSAULT"), "{}", told(&before));
    let (_, found) = with(&[note("shelled", Correction::NoEvent)]);
    assert!(!told(&found).contains("ASSAULT"));
    assert_eq!(found.events.len() + 1, before.events.len());
    let [one] = &found.corrections[..] else { panic!("{:?}", found.corrections) };
    assert_eq!((one.of, one.before.as_deref()), (Subject::Gone, Some("ASSAULT")));
}

#[test]
fn another_country_holds_for_the_office_the_events_and_the_countries_of_the_article() {
    let nigeria = Country::new("NG").unwrap();
    let (_, found) = with(&[note("Ada Obi", Correction::Country(Some(nigeria.into())))]);
    let office = found.officials.iter().find(|one| found.entities[one.entity].name == "Ada Obi").unwrap();
    assert_eq!(office.polity, Some(nigeria.into()));
    let place = |found: &Annotations| {
        let entity = found.entities.iter().find(|entity| entity.name == "Georgia").unwrap();
        entity.location.as_ref().and_then(|location| location.country)
    };
    let (_, before) = with(&[]);
    let other = if place(&before) == Country::new("GE") { "US" } else { "GE" };
    let other = Country::new(other).unwrap();
    assert!(!before.countries_in().contains(&other));
    let (_, found) = with(&[note("Georgia", Correction::Country(Some(other.into())))]);
    assert_eq!(place(&found), Some(other));
    assert!(found.countries_in().contains(&other));
    let counted =
        |found: &Annotations| -> Vec<Country> { found.countries.mentioned.iter().map(|(one, _)| *one).collect() };
    let was = place(&before).unwrap();
    assert!(counted(&before).contains(&was) && !counted(&before).contains(&other));
    assert!(counted(&found).contains(&other) && !counted(&found).contains(&was), "{:?}", found.countries);
    let entity = found.entities.iter().find(|entity| entity.name == "Georgia").unwrap();
    assert_eq!(entity.polity, Some(other.into()));
    let (_, found) = with(&[note("Georgia", Correction::Country(None))]);
    assert_eq!(place(&found), None);
}

#[test]
fn words_that_are_no_name_name_nobody_and_nothing_refers_to_them() {
    for correction in [Correction::NoName, Correction::NeverName] {
        let (article, found) = with(&[note("Strada", correction)]);
        let names: Vec<&str> = found.mentions.iter().map(|mention| mention.span.of(&article.doc.text)).collect();
        assert!(!names.contains(&"Strada") && names.contains(&"Carl Dunn"), "{names:?}");
        assert!(found.entities.iter().all(|entity| entity.name != "Strada"));
        let told = &found.quotations[2];
        assert_eq!(told.speaker, Speaker::Unnamed("Strada".to_owned()));
        assert_eq!(speakers(&found)[0], "Carl Dunn");
        for mention in &found.mentions {
            let entity = &found.entities[mention.entity];
            let words = mention.span.of(&article.doc.text);
            assert!(
                mention.kind != MentionKind::Name || entity.name.to_lowercase().contains(&words.to_lowercase()),
                "{words} is {}",
                entity.name
            );
        }
    }
}

#[test]
fn whoever_has_no_name_has_none_in_its_short_form_either() {
    let (article, found) = with(&[note("Carl Dunn", Correction::NoName)]);
    let names: Vec<&str> = found.mentions.iter().map(|mention| mention.span.of(&article.doc.text)).collect();
    assert!(!names.contains(&"Carl Dunn") && !names.contains(&"Dunn") && names.contains(&"Ada Obi"), "{names:?}");
    assert!(found.entities.iter().all(|entity| !entity.name.contains("Dunn")));
}

#[test]
fn what_is_about_nothing_found_changes_nothing() {
    let (_, plain) = story();
    let notes = [
        note("not in the story", says("Obi")),
        note("The army", Correction::NoQuotation),
        note("Tuesday", Correction::NoName),
        note("harbour", Correction::Country(None)),
        Note { correction: None, ..note("“Nothing will change.”", Correction::NoEvent) },
    ];
    let (_, found) = with(&notes);
    assert_eq!(found, plain);
}
