//! What a reader would expect of single sentences and short articles. Names of persons are invented.

mod details;
mod told;

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

/// The types of the events of an article of one paragraph, and a second that tells nothing.
fn kinds(paragraph: &str) -> Vec<&'static str> {
    let (_, found) = annotate(&[paragraph, "The market was full. The weather was fine."]);
    found.events.iter().map(|event| event.kind.code()).collect()
}

#[test]
fn deaths_in_a_disaster_an_accident_or_an_outbreak_are_no_assault() {
    assert!(one("A dam burst in Peru on Monday, killing nine people.").starts_with("OTHER:ACCIDENT"));
    assert!(one("Nine people died in an earthquake in Peru.").starts_with("OTHER:DISASTER"));
    assert!(one("A measles outbreak killed nine children in Peru.").starts_with("OTHER:HEALTH"));
    assert!(one("Six passengers were hurt when the ferry lost power.").starts_with("OTHER:ACCIDENT"));
    assert_eq!(kinds("A typhoon reached Manila on Monday, killing nine people."), ["OTHER:DISASTER"]);
    // Who kills by intent still does, whatever the weather.
    assert!(one("Gunmen killed nine people in Peru.").starts_with("ASSAULT"));
    assert!(kinds("Rebels shelled the town after the flood, killing nine people.").contains(&"ASSAULT"));
    assert!(one("Three people were hurt by Peruvian police.").find("ACCIDENT").is_none());
}

#[test]
fn an_agreement_to_withdraw_tells_the_word_and_the_deed() {
    let found = kinds("Peru and Chile agreed on Monday to withdraw their warships from the gulf.");
    assert_eq!(found, ["AGREE", "RETREAT"]);
    assert_eq!(kinds("Peru threatened on Monday to withdraw its warships from the gulf."), ["THREATEN"]);
    let found = kinds("A deal was signed after talks between Peru and Chile.");
    assert!(found.contains(&"CONSULT"), "{found:?}");
    assert!(!kinds("Peru rejected talks with Chile.").contains(&"CONSULT"));
}

#[test]
fn an_arranged_meeting_is_a_meeting_and_a_promised_one_is_not() {
    assert!(one("Peruvian President Ada Obi is to meet Chilean President Ben Roe on Monday.").starts_with("CONSULT"));
    assert_eq!(one("The news was met with a shrug in Peru."), "");
    assert!(one("Peru will meet Chile for talks on Monday.").starts_with("AGREE"));
}

#[test]
fn a_second_clause_after_and_has_its_own_subject() {
    let found = kinds("Tug crews blocked the port of Callao and Peru threatened to tax yachts from Chile.");
    assert!(found.contains(&"PROTEST") && found.contains(&"THREATEN"), "{found:?}");
    let (_, found) = annotate(&["Dockers blocked the port and Peru condemned Chile."]);
    assert!(found.events.iter().any(|event| line(event) == "ACCUSE PE > CL"));
    // Two subjects that share a verb stay together.
    assert_eq!(one("Peru and Chile condemned Ghana."), "ACCUSE PE+CL > GH");
}

#[test]
fn help_is_aid_and_warships_are_not() {
    assert!(one("Australia has sent a hospital ship to Tonga.").starts_with("AID AU"));
    assert!(one("Australia has sent a warship to Tonga.").starts_with("MOBILIZE AU"));
    assert!(one("Brazil offered help to Peru.").starts_with("AID BR > PE"));
    assert!(one("Brazil offered talks to Peru.").starts_with("AGREE BR > PE"));
}

#[test]
fn courts_marches_appointments_and_expulsions() {
    assert!(one("A federal judge on Wednesday suspended a fee on imports in Canada.").starts_with("OTHER:LEGAL"));
    assert!(!one("The club suspended its coach on Wednesday in Canada.").contains("LEGAL"));
    assert!(one("About 400 traders marched to the harbour office in Dakar.").starts_with("PROTEST"));
    assert!(!one("About 400 soldiers marched to the harbour in Dakar.").contains("PROTEST"));
    assert!(
        one("Ada Obi, a former deputy, becomes acting ports minister of Ghana.").starts_with("OTHER:APPOINTMENT")
    );
    assert!(!one("The harbour of Ghana becomes busier every year.").contains("APPOINTMENT"));
    assert!(one("Ghana expelled three French engineers.").starts_with("COERCE GH > FR"));
    assert!(one("Ghana expelled three French diplomats.").starts_with("SANCTION GH > FR"));
}

#[test]
fn two_who_criticise_are_two_events_and_an_arrest_is_no_ban() {
    let found = kinds("An old fisherman criticised the plan. Hungary criticised the exercise.");
    assert_eq!(found, ["ACCUSE", "ACCUSE"]);
    let found = kinds("Hungary criticised the exercise. Hungarian officials criticised it again on Monday.");
    assert_eq!(found, ["ACCUSE"]);
    let found = kinds("Ghana banned the sale of ice on Monday. Police arrested six traders in the market.");
    assert_eq!(found, ["COERCE", "COERCE"]);
}

#[test]
fn the_place_of_an_attack_is_not_where_it_is_condemned() {
    let place = |text: &str| {
        let (_, found) = annotate(&[text]);
        found.events[0].place.as_ref().map(|place| place.text.clone())
    };
    assert_eq!(place("Norway condemned the attack in Karachi."), None);
    assert_eq!(place("Ministers in Oslo condemned the attack in Karachi.").as_deref(), Some("Oslo"));
    assert_eq!(place("A bomb killed nine people in Karachi.").as_deref(), Some("Karachi"));
    assert_eq!(place("Thailand arrested nine smugglers.").as_deref(), Some("Thailand"));
}

/// The actors of a sentence, as "words COUNTRY SECTOR".
fn actors(sentence: &str) -> Vec<String> {
    let (_, found) = annotate(&[sentence]);
    let actors = found.actors.iter().map(|one| {
        let country = one.polity.as_ref().map_or("-", |polity| polity.code());
        format!("{} {country} {}", one.text, one.sector.map_or("-", |sector| sector.code()))
    });
    actors.collect()
}

#[test]
fn noun_phrases_for_those_who_can_act_tell_their_country_and_sector() {
    assert_eq!(
        actors("Gunmen in Lima shot two Chilean doctors."),
        ["Gunmen in Lima PE UAF", "two Chilean doctors CL MED"]
    );
    assert_eq!(
        actors("Members of the Kenyan parliament met Ada Obi, Peru's ambassador to Chile."),
        ["Members of the Kenyan parliament KE LEG", "Ada Obi PE GOV", "Peru's ambassador PE GOV", "Chile CL GOV"]
    );
    assert_eq!(actors("Reuters journalists left."), ["Reuters journalists GB JRN"]);
    assert_eq!(actors("The long road was closed in heavy rain."), Vec::<String>::new());
}

#[test]
fn nations_joined_before_one_head_share_it() {
    assert_eq!(actors("French and Kenyan warships left."), ["French FR MIL", "Kenyan warships KE MIL"]);
}

#[test]
fn nations_that_only_colour_a_phrase_are_not_its_own() {
    assert_eq!(actors("US-backed Syrian rebels left."), ["US-backed Syrian rebels SY REB"]);
    assert_eq!(
        actors("Lawyers in Peru called pro-Chilean fighters back."),
        ["Lawyers in Peru PE JUD", "pro-Chilean fighters - REB"]
    );
}

#[test]
fn of_what_is_done_only_those_who_do_it_are_actors() {
    assert_eq!(
        actors("Peruvian ministers condemned police brutality."),
        ["Peruvian ministers PE GOV", "police PE COP"]
    );
    assert_eq!(actors("Brazil won control of villages."), ["Brazil BR GOV", "villages - CVL"]);
}

#[test]
fn followers_of_a_person_are_not_the_person() {
    assert_eq!(actors("Supporters of Kenyan President Ada Obi left."), ["Supporters KE CVL", "Ada Obi KE GOV"]);
}

#[test]
fn a_town_is_its_people_where_something_happens_and_a_capital_its_government_where_it_acts() {
    assert_eq!(actors("Lima protested."), ["Lima PE GOV"]);
    assert_eq!(actors("A bomb exploded in Lima."), ["Lima PE CVL"]);
}

#[test]
fn sides_of_events_and_officials_have_their_sector() {
    let (_, found) =
        annotate(&["Chilean police arrested four Peruvian students. Former minister Ada Obi of Chile objected."]);
    let event = &found.events[0];
    let code = |one: &Participant| one.sector.map(|sector| sector.code());
    assert_eq!((code(&event.actors[0]), code(&event.recipients[0])), (Some("COP"), Some("EDU")));
    let sectors: Vec<_> =
        found.officials.iter().map(|official| official.sector.map(|sector| sector.code())).collect();
    assert_eq!(sectors, [Some("ELI")]);
}
