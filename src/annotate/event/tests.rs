//! What a reader would expect of single sentences and short articles. Names of persons are invented.

use jiff::civil::date;

use crate::annotate::Annotator;
use crate::model::{Annotations, Article, Block, BlockKind, Event, Participant};
use crate::text::{Span, clean};

fn annotate(paragraphs: &[&str]) -> (Article, Annotations) {
    let text = paragraphs.join("\n\n");
    let mut article = Article { date: Some(date(2021, 6, 10)), ..Article::default() };
    let mut start = 0;
    for paragraph in paragraphs {
        let span = Span::new(start, start + paragraph.len());
        article.doc.blocks.push(Block { span, kind: BlockKind::Paragraph });
        start = span.end + 2;
    }
    article.doc.text = clean(&text).text;
    let found = Annotator::default().annotate(&article);
    (article, found)
}

fn sides(participants: &[Participant]) -> String {
    let codes = participants.iter().map(|one| match one.polity {
        Some(polity) => polity.code().to_owned(),
        None => one.text.clone(),
    });
    codes.collect::<Vec<_>>().join("+")
}

fn line(event: &Event) -> String {
    format!("{} {} > {}", event.kind.code(), sides(&event.actors), sides(&event.recipients))
}

/// The only event of a sentence, as "TYPE actors > recipients".
fn one(sentence: &str) -> String {
    let (_, found) = annotate(&[sentence]);
    found.events.iter().map(line).collect::<Vec<_>>().join(" | ")
}

#[test]
fn subject_verb_and_object_make_an_event() {
    assert_eq!(one("Norway on Tuesday condemned Peru for the raid."), "ACCUSE NO > PE");
    assert_eq!(one("Portugal and Chile signed a fishing agreement on Tuesday."), "AGREE PT > CL");
    assert_eq!(one("Canada has imposed sanctions on Belarus over the election."), "SANCTION CA > BY");
    assert_eq!(one("Japan gave Ghana 20 million dollars of aid."), "AID JP > GH");
}

#[test]
fn a_passive_turns_the_sides() {
    assert_eq!(one("Two Danish engineers were kidnapped by Somali gunmen."), "ASSAULT SO > DK");
    assert_eq!(one("The plan was rejected by Hungary."), "REJECT HU > plan");
}

#[test]
fn refusals_threats_requests_and_promises_are_told_as_such() {
    assert_eq!(one("Peru refused to release three Bolivian fishermen."), "REJECT PE > BO");
    assert_eq!(one("Kenya will impose sanctions on Somalia, the foreign ministry announced."), "THREATEN KE > SO");
    assert_eq!(one("Japan agreed to lend Ghana 20 million dollars."), "AGREE JP > GH");
    assert_eq!(one("Brazil urged Guyana to withdraw its troops."), "REQUEST BR > GY");
    assert_eq!(one("Brazil said Guyana must withdraw its troops."), "REQUEST BR > GY");
    assert_eq!(one("Austria said it would not take part in the exercises with Poland."), "REJECT AT > PL");
}

#[test]
fn what_did_not_happen_is_no_event() {
    assert_eq!(one("Mali did not attack the convoy."), "");
    assert_eq!(one("If Mali attacks the convoy, nobody will notice."), "");
    assert_eq!(one("The minister said the weather was fine."), "");
}

#[test]
fn the_sense_of_a_verb_depends_on_its_object() {
    assert!(one("Chad withdrew its troops from Niger.").starts_with("RETREAT TD > NE"));
    assert!(one("Chad withdrew from the border treaty with Niger.").starts_with("REJECT TD > NE"));
    assert!(one("Rebels fired rockets at Aden in Yemen.").starts_with("ASSAULT"));
    assert!(one("President Orvil Tandry fired the interior minister.").starts_with("OTHER:APPOINTMENT"));
}

#[test]
fn a_participle_shares_the_subject_of_the_main_clause() {
    let (_, found) = annotate(&[
        "Greece recalled its ambassador to Jordan on Monday, condemning the arrest of a reporter.",
        "Talks between the two countries had gone on for weeks.",
    ]);
    let lines: Vec<String> = found.events.iter().map(line).collect();
    assert!(lines.iter().any(|line| line.starts_with("REJECT GR > JO")), "{lines:?}");
    assert!(lines.iter().any(|line| line.starts_with("ACCUSE GR")), "{lines:?}");
}

#[test]
fn place_and_day_come_with_the_event() {
    let (article, found) = annotate(&["Police arrested twelve people in Lisbon on Monday."]);
    let event = &found.events[0];
    assert_eq!(
        event.place.as_ref().and_then(|place| place.country).map(|c| c.code().to_owned()).as_deref(),
        Some("PT")
    );
    assert_eq!(event.when.as_ref().and_then(|when| when.days), Some((date(2021, 6, 7), date(2021, 6, 7))));
    assert_eq!(event.trigger.of(&article.doc.text), "arrested");
}

#[test]
fn one_happening_told_twice_is_one_event_at_its_first_clear_place() {
    let (article, found) = annotate(&[
        "A bomb killed nine people in Karachi on Monday, Pakistani officials said.",
        "The weather was fine and the market was full.",
        "The explosion in Karachi was heard for miles.",
    ]);
    let assaults: Vec<&Event> = found.events.iter().filter(|event| event.kind.code() == "ASSAULT").collect();
    assert_eq!(assaults.len(), 1);
    assert!(assaults[0].trigger.start < article.doc.text.find("weather").unwrap_or(0));
}

#[test]
fn different_persons_of_two_countries_hold_different_talks() {
    let (_, found) = annotate(&[
        "Spanish Foreign Minister Ines Caldera held a telephone conversation with her Turkish counterpart Orhan Yelken on Monday.",
        "Spanish President Pablo Rivas visited Turkey last month to meet President Kerem Dalga.",
    ]);
    let talks = found.events.iter().filter(|event| event.kind.code() == "CONSULT").count();
    assert_eq!(talks, 2, "{:?}", found.events.iter().map(line).collect::<Vec<_>>());
}

#[test]
fn a_pronoun_stands_for_the_subject_before() {
    let (_, found) =
        annotate(&["Georgian Prime Minister Nino Lashvili arrived in Baku.", "She thanked Azerbaijan for its help."]);
    assert!(
        found.events.iter().any(|event| line(event) == "SUPPORT GE > AZ"),
        "{:?}",
        found.events.iter().map(line).collect::<Vec<_>>()
    );
}

#[test]
fn hostile_text_is_read_in_bounds() {
    for text in [
        "",
        ",,,,",
        "to to to to",
        "of of by by",
        "attacked attacked attacked",
        "\u{201c}\u{201d}\u{2018}",
        "and and, and and said",
    ] {
        let _ = annotate(&[text]);
    }
    let long = "Peru attacked Chile and ".repeat(2_000);
    let (_, found) = annotate(&[long.as_str()]);
    assert!(found.events.len() <= 8);
}
