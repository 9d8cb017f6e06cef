//! What is told of others: accusations, what is only possible, whose deed it was, where and when it must have been.

use jiff::civil::date;

use super::{annotate, line, one, sides};
use crate::model::Event;

/// Sentences that tell of nothing, for an article has more than one.
const REST: &str = "It was a quiet day on the whole. Nothing more was known by then. The shops were open.";

fn events(sentence: &str) -> Vec<Event> {
    annotate(&[sentence, REST]).1.events
}

fn lines(sentence: &str) -> Vec<String> {
    events(sentence).iter().map(line).collect()
}

#[test]
fn who_says_that_somebody_is_guilty_accuses_him() {
    assert_eq!(one("Norway said Peru is behind the attack on the ferry."), "ACCUSE NO > PE");
    assert_eq!(
        one("Norway's prime minister said Peru was most likely responsible for the killing."),
        "ACCUSE NO > PE"
    );
    assert_eq!(one("Norway said Peruvian rebels were the suspected perpetrators."), "ACCUSE NO > PE");
    assert!(!one("Norway said Peru was responsible for the budget.").starts_with("ACCUSE"));
    assert!(!one("Norway said Peru was not behind the attack on the ferry.").starts_with("ACCUSE"));
    assert_eq!(one("Norway alleged that Peru had jammed its radar."), "ACCUSE NO > PE");
}

#[test]
fn who_condemns_a_deed_condemns_its_doer_and_not_its_victims() {
    assert_eq!(lines("Norway condemned the deadly bombing in Lima.")[0], "ACCUSE NO > deadly bombing");
    assert_eq!(lines("Norway condemned Chile's attack on Lima.")[0], "ACCUSE NO > CL");
    assert_eq!(lines("Norway condemned the attack on Lima by Chile.")[0], "ACCUSE NO > CL");
}

#[test]
fn what_is_only_made_possible_or_still_to_come_does_not_happen() {
    assert_eq!(one("The law would allow Peru to arrest Chilean fishermen."), "");
    assert_eq!(one("Peru has not yet agreed on the rules with Chile."), "");
    assert_eq!(one("Peru announced it will withdraw the bill on fishing."), "RETREAT PE > ");
}

#[test]
fn a_subject_is_found_behind_what_describes_it() {
    assert_eq!(one("Peru's president Jorge Alvaro speaking to a think tank condemned Chile."), "ACCUSE PE > CL");
    assert_eq!(
        one("Police dispersed Peruvian students, sometimes numbering in the thousands, who have blocked the roads."),
        "COERCE PE > PE"
    );
    assert_eq!(
        lines("Peru issued arrest warrants for 36 people believed to have fled and demanded help from Chile."),
        ["OTHER:LEGAL PE > 36 people", "REQUEST PE > CL"]
    );
}

#[test]
fn numbers_and_crowds_are_those_who_are_counted() {
    let found = events("More than 1,000 people were arrested in Lima.");
    assert_eq!(found[0].recipients[0].text.as_str(), "1,000 people");
    assert!(events("The Velm station bombing wounded nine people in Peru.")[0].actors.is_empty());
    assert_eq!(one("Thousands of people protested in Lima."), "PROTEST PE > PE");
    assert!(events("The Lima ferry explosion killed 14 people.")[0].actors.is_empty(), "an explosion is nobody");
}

#[test]
fn two_quarters_share_the_name_of_a_country() {
    let found = events("North and South Korea exchanged fire on Tuesday.");
    assert_eq!(sides(&found[0].actors), "KP+KR");
}

#[test]
fn a_time_dates_what_it_stands_with() {
    let when = |sentence: &str| events(sentence)[0].when.as_ref().and_then(|when| when.days).map(|days| days.0);
    assert_eq!(when("Norway condemned the November 27 agreement between Peru and Chile."), None);
    let found = events("Norway condemned the Monday bombing in Lima, calling for calm in Peru.");
    assert!(found.iter().all(|one| one.when.is_none() || one.kind.code() == "ASSAULT"), "{found:?}");
    assert_eq!(when("On Monday Peru said Chile had bombed its port."), None, "it was before Monday");
    assert_eq!(when("On Monday Peru bombed a port and seized ships of Chile."), Some(date(2021, 6, 7)));
    assert_eq!(when("Peru announced a partnership with Chile to be unveiled on Friday."), None);
}

#[test]
fn a_headline_is_dated_by_the_sentence_that_tells_it_in_full() {
    let (_, found) = annotate(&["Peru slams Chile", "On Monday, Peru criticised Chile for its fishing boats.", REST]);
    let slam = found.events.iter().find(|event| event.mentions.len() == 1).unwrap();
    assert_eq!(slam.when.as_ref().and_then(|when| when.days).map(|days| days.0), Some(date(2021, 6, 7)));
}

#[test]
fn where_no_place_is_told_it_is_where_the_article_is_set() {
    let (_, found) = annotate(&[
        "LIMA, Peru - Police used tear gas against crowds on Monday.",
        "Students blocked the roads. More than 40 people were arrested.",
        "The president resigned.",
    ]);
    let arrest = found.events.iter().find(|event| event.kind.code() == "COERCE").unwrap();
    assert_eq!(arrest.place.as_ref().map(|place| place.text.as_str()), Some("Lima"));
    let (_, found) =
        annotate(&["LIMA, Peru - It was a quiet day.", "Chile arrested two Norwegian sailors on Monday.", REST]);
    let country = found.events[0].place.as_ref().and_then(|place| place.country);
    assert!(country.is_none_or(|country| country.code() != "PE"), "Chile is somewhere else");
}
