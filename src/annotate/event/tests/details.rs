//! How, about what, how many, when, how often.

use super::{annotate, one};
use crate::model::{Event, Toll};

/// The events of paragraphs.
fn events(paragraphs: &[&str]) -> Vec<Event> {
    annotate(paragraphs).1.events
}

fn mode(sentence: &str) -> Option<&'static str> {
    events(&[sentence]).first().and_then(|event| event.mode).map(|mode| mode.label())
}

#[test]
fn the_word_nearest_to_the_trigger_tells_the_mode() {
    assert_eq!(mode("Chilean police arrested four Peruvian students."), Some("arrest"));
    assert_eq!(mode("Kenya's president phoned Ghana's president on Monday."), Some("phone"));
    assert_eq!(mode("A suicide bomber killed nine soldiers in Peru."), Some("suicide-attack"));
    assert_eq!(mode("Warplanes bombed a village in Chad, then rebels shot at them."), Some("aerial"));
    assert_eq!(mode("Teachers in Lima went on strike on Monday."), Some("strike"));
    assert_eq!(mode("Norway condemned Peru."), Some("disapprove"));
}

#[test]
fn the_sentence_tells_what_an_event_is_about() {
    let found = events(&["Police in Chile arrested a judge on charges of taking bribes from a drug cartel."]);
    let contexts: Vec<_> = found[0].contexts.iter().map(|context| context.label()).collect();
    assert_eq!(contexts, ["legal", "crime", "corruption", "illegal_drugs"]);
}

fn toll(sentence: &str) -> Toll {
    events(&[sentence]).into_iter().next().map(|event| event.toll).unwrap_or_default()
}

#[test]
fn the_dead_and_the_injured_are_counted_apart() {
    let both = |killed, injured| Toll { killed, injured, ..Toll::default() };
    assert_eq!(toll("A car bomb killed at least 13 soldiers and wounded 56 in Peru."), both(Some(13), Some(56)));
    assert_eq!(toll("Nine people were killed when gunmen attacked a village in Chad."), both(Some(9), None));
    assert_eq!(toll("Gunmen attacked a village in Chad, killing 1,200 people."), both(Some(1200), None));
    assert_eq!(toll("Gunmen attacked two villages in Chad on 14 March 2019."), both(None, None));
    assert_eq!(toll("Gunmen in Chad killed a 34-year-old teacher."), both(None, None));
}

#[test]
fn crowds_and_sums_are_told_where_they_belong() {
    assert_eq!(toll("About 5,000 teachers marched in Lima for higher pay.").size, Some(5000));
    let aid = toll("Japan gave Ghana $1.3 million in aid.");
    assert_eq!(aid, Toll { amount: Some("$1.3 million".to_owned()), ..Toll::default() });
    assert_eq!(toll("Japan gave Ghana 20 million dollars of aid.").amount.as_deref(), Some("20 million dollars"));
}

#[test]
fn what_is_told_again_is_one_event_with_all_its_mentions() {
    let text = [
        "Gunmen attacked a bank in Lima, Peru, on Tuesday.",
        "The government promised help.",
        "The attack in Lima killed three people.",
    ];
    let found = events(&text);
    let attack = found.iter().find(|event| event.kind.code() == "ASSAULT").unwrap();
    let whole = text.join("\n\n");
    let told: Vec<&str> = attack.mentions.iter().map(|span| span.of(&whole)).collect();
    assert!(attack.trigger.of(&whole).starts_with("attacked") && told.contains(&"attack"), "{told:?}");
    assert_eq!(attack.toll.killed, Some(3), "also what only a later sentence tells");
}

#[test]
fn what_lies_years_back_is_background() {
    let found = events(&[
        "Norway condemned Peru on Tuesday over a raid on its embassy.",
        "In 2011 Peru expelled two Norwegian diplomats.",
    ]);
    let told: Vec<_> = found.iter().map(|event| (event.kind.code(), event.background)).collect();
    assert_eq!(told, [("ACCUSE", false), ("SANCTION", true)]);
}

fn day(paragraphs: &[&str], code: &str) -> Option<String> {
    let event = events(paragraphs).into_iter().find(|event| event.kind.code() == code)?;
    event.when.and_then(|when| when.days).map(|(first, _)| first.to_string())
}

#[test]
fn an_event_has_the_time_of_its_own_verb() {
    // The article is of Thursday, 10 June 2021.
    let text = ["Police in Chile have arrested nine students since the protests began in March."];
    assert_eq!(day(&text, "COERCE"), None);
    let text = ["On Monday Kenya condemned a raid that Peru plans for next week."];
    assert_eq!(day(&text, "ACCUSE").as_deref(), Some("2021-06-07"));
    let text = ["Kenya condemned Peru. “We will act today,” a minister said."];
    assert_eq!(day(&text, "ACCUSE"), None, "today is when it was said");
}

#[test]
fn who_is_told_of_on_does_it_at_the_same_time() {
    let text = ["On Monday Kenya condemned Peru. Kenya also expelled two Peruvian diplomats."];
    assert_eq!(day(&text, "SANCTION").as_deref(), Some("2021-06-07"));
    let text = ["On Monday Kenya condemned Peru. Ghana expelled two Peruvian diplomats."];
    assert_eq!(day(&text, "SANCTION"), None);
}

#[test]
fn opinions_questions_and_what_never_happens_are_no_events() {
    assert_eq!(one("The Kenyan minister agreed, saying the plan was good."), "");
    assert_eq!(one("“How could it happen?” the Kenyan minister asked."), "");
    assert_eq!(one("Kenya never threatens anybody."), "");
    assert_eq!(one("The Kenyan fire service offered these tips for safe cooking."), "");
}

#[test]
fn the_first_news_is_surer_than_what_follows() {
    let found = events(&[
        "Norway condemned Peru on Tuesday.",
        "The ministers of both countries had a long history of polite words.",
        "Chile arrested two Peruvian sailors.",
    ]);
    assert!(found[0].confidence > found[1].confidence, "{found:?}");
}
