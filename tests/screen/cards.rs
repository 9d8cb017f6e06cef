use crate::desk::Desk;
use crate::stories::{self, Story};
use dateline::app::Msg;
use dateline::config::{Config, ThemeChoice};
use dateline::model::{Candidate, EntityKind, Location, Mention, MentionKind, Point};
use ratatui::style::Modifier;
use std::sync::Arc;

/// The ferry story, with a pronoun and a role that stand for people.
fn ferry() -> Story {
    let (article, found) = stories::ferry();
    let mut story = Story { article, found };
    let she = story.span("she added", 0);
    let reporters = story.span("inspectors would", 0);
    for (start, len, entity, kind) in
        [(she.start, 3, 0, MentionKind::Pronoun), (reporters.start, 10, 1, MentionKind::Role)]
    {
        let span = dateline::text::Span::new(start, start + len);
        story.found.mentions.push(Mention { span, entity, kind });
    }
    story.found.mentions.sort_by_key(|mention| mention.span.start);
    story
}

fn desk() -> Desk {
    Desk::reading(vec![ferry().done()], 120, 36)
}

/// The rows of the card of `name`, without its frame; none if it is not open.
fn card(desk: &Desk, name: &str) -> Vec<String> {
    let Some(at) = desk.places(&format!("┌─{name}─")).first().copied() else { return Vec::new() };
    let rows = desk.rows().into_iter().skip(usize::from(at.1) + 1);
    let inside = rows.map(|row| row.chars().skip(usize::from(at.0)).collect::<String>());
    inside
        .take_while(|row| row.starts_with('│'))
        .map(|row| row.chars().skip(1).take_while(|c| *c != '│').collect::<String>().trim().to_owned())
        .collect()
}

#[test]
fn keys_go_from_name_to_name_and_tell_who_each_is() {
    let mut desk = desk();
    assert!(desk.footer().contains(") next name"), "{}", desk.footer());
    desk.keys(")");
    assert!(desk.footer().ends_with("Norway · NO"), "{}", desk.footer());
    assert!(desk.footer().contains("Enter who is that"), "{}", desk.footer());
    desk.keys("))))");
    assert!(desk.footer().ends_with("Ghana · GH"), "{}", desk.footer());
    desk.keys(")");
    assert!(desk.footer().ends_with("Efua Tettey, Transport Minister · GH"), "{}", desk.footer());
    desk.keys("((((((");
    assert!(desk.footer().contains("Before the first name: at the last again"), "{}", desk.footer());
    desk.keys("j");
    assert!(desk.footer().ends_with("Togo · TG"), "{}", desk.footer());
}

#[test]
fn the_card_of_a_person_tells_office_proof_statements_and_names() {
    let mut desk = desk();
    desk.keys(")))))");
    desk.keys(")<Enter>");
    let card = card(&desk, "Efua Tettey");
    let told = card.join("\n");
    let order = [
        "Person · Ghana",
        "Transport Minister",
        "Ghana’s Transport Minister Efua Tettey",
        "3 statements",
        "first: “No passenger should board",
        "Named, and referred to, as",
        "Efua Tettey   ",
        "she",
    ];
    let places: Vec<Option<usize>> = order.iter().map(|words| told.find(words)).collect();
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{places:?}\n{told}");
    let row = |words: &str| card.iter().rfind(|row| row.contains(words)).unwrap_or_else(|| panic!("{words}\n{told}"));
    assert!(row("Person").ends_with("GH") && row("she").ends_with("1×"), "{told}");
    assert!(!told.to_lowercase().contains("female"));
}

#[test]
fn a_card_leads_to_the_proof_the_first_statement_and_the_names() {
    let mut desk = Desk::reading(vec![ferry().done()], 120, 18);
    let in_text = |desk: &Desk, words: &str| desk.places(words).iter().any(|(x, _)| *x > 27 && *x < 84);
    desk.keys("}G");
    assert!(!in_text(&desk, "No passenger should"), "{}", desk.text());
    desk.keys("Wj<Enter>");
    assert!(in_text(&desk, "No passenger should"), "{}", desk.text());
    assert!(desk.footer().contains("quote 1 of 5"), "{}", desk.footer());
    desk.keys("W<Enter>");
    assert!(!desk.shows("closes"), "the card has gone\n{}", desk.text());
    let at = desk.in_text("Transport Minister");
    assert_ne!(desk.cell(at).bg, ratatui::style::Color::Reset, "the words that state the office are marked");
    desk.keys("<Esc><Esc>");
    assert!(!in_text(&desk, "No passenger should"), "back to where one was\n{}", desk.text());
}

#[test]
fn a_card_is_closed_by_the_key_it_says_and_names_can_be_walked_with_it() {
    let mut desk = desk();
    desk.keys(")<Enter>");
    assert_eq!(
        card(&desk, "Norway").first().map(String::as_str),
        Some("Country                                             NO")
    );
    desk.keys(")");
    assert!(!card(&desk, "Ghana").is_empty(), "{}", desk.text());
    desk.keys("((");
    assert!(card(&desk, "Togo").concat().contains("Togo"), "{}", desk.text());
    assert!(desk.shows("Esc closes"));
    desk.keys("<Esc>");
    assert!(card(&desk, "Togo").is_empty());
    assert!(desk.footer().contains("Togo"), "the name is still current: {}", desk.footer());
}

#[test]
fn the_card_of_a_place_tells_where_it_is_and_what_else_it_may_be() {
    let mut story = Story::new("Rain", "Wire", "It rained in Paris and in Oslo.");
    let paris = story.entity(EntityKind::Gpe, &["Paris"], None);
    let oslo = story.entity(EntityKind::Gpe, &["Oslo"], Some("NO"));
    let other = |code: &str, division: &str, confidence| Candidate {
        country: Some(stories::country(code)),
        division: Some(division.to_owned()),
        point: None,
        confidence,
    };
    story.found.entities[paris].location = Some(Location {
        country: Some(stories::country("US")),
        division: Some("Texas".to_owned()),
        point: Some(Point::hundredths(3366, -9556)),
        confidence: 62,
        candidates: vec![other("FR", "Île-de-France", 30), other("CA", "Ontario", 8)],
    });
    story.found.entities[oslo].location = Some(Location {
        country: Some(stories::country("NO")),
        division: Some("Oslo".to_owned()),
        point: Some(Point::hundredths(5991, 1075)),
        confidence: 100,
        candidates: Vec::new(),
    });
    let mut desk = Desk::reading(vec![story.done()], 120, 36);
    desk.keys(")<Enter>");
    let told = card(&desk, "Paris").join("\n");
    assert!(told.starts_with("Place · United States") && told.contains("US\n"), "{told}");
    assert!(told.contains("in Texas · 33.66° N 95.56° W"), "{told}");
    let words = told.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains("62 % sure; or else Île-de-France, France (30 %), Ontario, Canada (8 %)"), "{told}");
    desk.keys(")");
    let told = card(&desk, "Oslo").join("\n");
    assert!(told.contains("59.91° N 10.75° E") && !told.contains("sure") && !told.contains("in Oslo"), "{told}");
}

#[test]
fn a_card_leads_to_the_events_one_takes_part_in() {
    let mut desk = desk();
    desk.keys(")<Enter>");
    let told = card(&desk, "Norway").join("\n");
    assert!(told.contains("1 event\n") && told.contains("Norway and Ghana signed an agreement"), "{told}");
    desk.keys("<Enter>");
    let at = desk.in_text("signed an agreement");
    assert_ne!(desk.cell(at).bg, ratatui::style::Color::Reset, "the words that tell of it are marked");
}

#[test]
fn the_card_key_tells_of_what_is_at_hand() {
    let mut desk = desk();
    desk.keys("2<Tab>jjW");
    assert!(!card(&desk, "Kari Solheim").is_empty(), "the official selected\n{}", desk.text());
    desk.keys("<Esc>1gW");
    assert!(!card(&desk, "Efua Tettey").is_empty(), "the speaker of the statement selected\n{}", desk.text());
    desk.keys("<Esc>3W");
    assert!(!card(&desk, "Norway").is_empty(), "who acts in the event selected\n{}", desk.text());
    desk.keys("<Esc><Esc>]]]W");
    assert!(!card(&desk, "Kari Solheim").is_empty(), "the speaker of the current quotation\n{}", desk.text());

    let (_, bare) = Story::new("Nothing here", "Wire", "Nobody is named.").done();
    let mut desk =
        Desk::reading(vec![(Story::new("Nothing here", "Wire", "Nobody is named.").done().0, bare)], 120, 36);
    desk.keys("W");
    assert!(desk.footer().contains("No name is current"), "{}", desk.footer());
    desk.keys(")");
    assert!(desk.footer().contains("No names in this article"), "{}", desk.footer());
}

#[test]
fn the_pointer_over_a_name_shows_its_card_and_takes_it_away() {
    let mut desk = desk();
    let (x, y) = desk.in_text("Kari Solheim said");
    let plain = desk.text();
    desk.hover((x + 7, y));
    assert!(card(&desk, "Kari Solheim").join("\n").contains("Foreign Minister"), "{}", desk.text());
    let frame = desk.find("┌─Kari Solheim");
    desk.hover((frame.0 + 3, frame.1 + 1));
    assert!(!card(&desk, "Kari Solheim").is_empty(), "the pointer may go onto the card");
    desk.hover((x + 30, y));
    assert_eq!(desk.text(), plain, "gone with the pointer");
    let other = desk.in_text("Norwegian");
    desk.hover((x, y)).hover(other);
    assert!(!card(&desk, "Norwegian").is_empty(), "{}", desk.text());
    desk.keys("j");
    assert!(card(&desk, "Norwegian").is_empty(), "a key means what it always means");
    desk.keys("<Tab>");
    desk.hover(other).keys("l");
    assert!(desk.shows("Officials 2"), "also a key of the pane one is in\n{}", desk.text());
}

#[test]
fn the_pointer_tells_whom_a_pronoun_or_a_role_stands_for() {
    let mut desk = desk();
    let at = desk.in_text("she added");
    desk.hover(at);
    assert!(card(&desk, "Efua Tettey").join("\n").contains("here as “she”"), "{}", desk.text());
    let at = desk.in_text("inspectors would");
    desk.hover(at);
    assert!(card(&desk, "Kari Solheim").join("\n").contains("here as “inspectors”"), "{}", desk.text());
}

#[test]
fn a_click_keeps_the_card_and_its_lines_can_be_clicked() {
    let mut desk = desk();
    let at = desk.in_text("Tettey said the owner");
    desk.hover(at).click(at);
    assert!(desk.shows("Enter goes there"), "{}", desk.text());
    desk.hover((0, 0));
    assert!(!card(&desk, "Efua Tettey").is_empty(), "it stays");
    let (x, y) = desk.find("│ 3 statements");
    desk.click((x + 2, y));
    assert!(card(&desk, "Efua Tettey").is_empty());
    assert!(desk.footer().contains("quote 1 of 5"), "{}", desk.footer());
    let at = desk.in_text("Tettey said the owner");
    desk.click(at).click((1, 1));
    assert!(card(&desk, "Efua Tettey").is_empty(), "a click beside it closes it");
}

#[test]
fn hovering_can_be_switched_off_and_a_click_still_tells() {
    let mut desk = Desk::with(Config::parse("hover = false").unwrap(), 120, 36);
    desk.load(vec![ferry().done()]);
    let at = desk.in_text("Kari Solheim said");
    desk.hover(at);
    assert!(card(&desk, "Kari Solheim").is_empty());
    desk.click(at);
    assert!(!card(&desk, "Kari Solheim").is_empty(), "{}", desk.text());
}

#[test]
fn other_findings_for_the_same_text_leave_the_card_with_its_name() {
    let mut desk = desk();
    desk.keys("]W");
    assert!(!card(&desk, "Efua Tettey").is_empty());
    let mut other = ferry().done().1;
    // Counted the other way round.
    let last = other.entities.len() - 1;
    other.entities.reverse();
    other.mentions.iter_mut().for_each(|mention| mention.entity = last - mention.entity);
    other.officials.iter_mut().for_each(|official| official.entity = last - official.entity);
    desk.send(Msg::Annotated { article: 0, annotations: Arc::new(other.clone()) });
    assert!(card(&desk, "Efua Tettey").join("\n").contains("Transport Minister"), "{}", desk.text());
    other.mentions.clear();
    desk.send(Msg::Annotated { article: 0, annotations: Arc::new(other) });
    assert!(card(&desk, "Efua Tettey").is_empty(), "nobody is named there any more\n{}", desk.text());
}

#[test]
fn a_card_lies_beside_its_name_and_never_over_it() {
    for (width, height) in [(50, 24), (80, 24), (120, 30)] {
        let mut desk = Desk::reading(vec![ferry().done()], width, height);
        for step in 0..18 {
            desk.keys(")");
            let (before, cursor) = desk.buffer();
            let (x, y) = cursor.unwrap();
            desk.keys("<Enter>");
            let (after, _) = desk.buffer();
            assert!(desk.shows("closes"), "{}", desk.text());
            for x in x..width.min(x + 4) {
                assert_eq!(
                    after[(x, y)].symbol(),
                    before[(x, y)].symbol(),
                    "{width}x{height} {step}\n{}",
                    desk.text()
                );
            }
            desk.keys("<Esc>");
        }
    }
}

#[test]
fn a_long_card_scrolls_on_a_short_screen() {
    let mut desk = Desk::reading(vec![ferry().done()], 44, 9);
    desk.keys("]W");
    assert!(desk.shows("Person") && desk.shows("more"), "{}", desk.text());
    let mut seen = desk.text();
    for _ in 0..12 {
        desk.keys("j");
        seen.push_str(&desk.text());
    }
    for words in ["Transport Minister", "3 statements", "Efua Tettey", "she"] {
        assert!(seen.contains(words), "{words}\n{seen}");
    }
    assert!(!desk.shows("more"), "the end is reached\n{}", desk.text());
    desk.keys("g");
    assert!(desk.shows("Person"), "{}", desk.text());
}

#[test]
fn hostile_names_and_offices_stay_in_their_card() {
    let long = "Ada ".repeat(2000);
    let mut story = Story::new("A name", "Wire", &format!("“Well,” said {long}of the port. She is Minister {long}."));
    let ada = story.entity(EntityKind::Person, &["Ada", "of the port"], None);
    story.found.entities[ada].name = format!("\u{1b}[31m{long}\u{202e}北");
    story.official(ada, "Minister", Some(&"北京".repeat(3000)), "Minister");
    story.found.officials[0].title = "\u{1b}]0;x\u{7}Minister\n\tof\n".repeat(500);
    let mut desk = Desk::reading(vec![story.done()], 120, 36);
    desk.keys(")<Enter>");
    assert!(desk.shows("closes") && desk.shows("Named as"), "{}", desk.text());
    assert!(!desk.text().contains(['\u{1b}', '\u{202e}', '\u{7}']));
    for (width, height) in [(20, 8), (9, 5), (3, 3), (1, 1), (200, 60)] {
        desk.resize(width, height).keys("jjkG").buffer();
    }
}

#[test]
fn without_colours_the_current_name_stands_out() {
    let mut config = Config::default();
    config.choose_theme(ThemeChoice::Mono);
    let mut desk = Desk::with(config, 120, 36);
    desk.load(vec![ferry().done()]);
    assert!(!desk.text_has("Norway and Ghana signed", Modifier::REVERSED));
    desk.keys(")");
    assert!(desk.text_has("Norway and Ghana signed", Modifier::REVERSED), "{}", desk.text());
}
