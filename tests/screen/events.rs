//! What happened: the timeline, the words of an event in the article, and what narrows it.

use crate::desk::Desk;
use crate::stories::{Story, country};
use dateline::config::{Config, ThemeChoice};
use dateline::model::*;
use jiff::civil::date;
use ratatui::style::Style;

/// Events of several days and kinds, one told three times, one without a day, one long past.
fn raid() -> Story {
    let mut story = Story::new(
        "Drones hit a police station",
        "Gull Wire",
        "Gunmen in Lima attacked a police station with drones on Tuesday, killing three and injuring twelve.\n\n\
         On Wednesday President Ada Obi met Foreign Minister Tomas Brek in Oslo. She asked for help.\n\n\
         The attack on the station was the first of its kind. “Such an assault changes all,” Obi said.\n\n\
         Unions called a strike.\n\n\
         Farmers will march in June.\n\n\
         In 2019 rebels bombed the port of Callao.",
    );
    let obi = story.entity(EntityKind::Person, &["Ada Obi", "Obi"], Some("GH"));
    story.entity(EntityKind::Person, &["Tomas Brek"], Some("NO"));
    story.entity(EntityKind::Gpe, &["Lima", "Callao"], Some("PE"));
    story.entity(EntityKind::Gpe, &["Oslo"], Some("NO"));
    story.quote(&["“Such an assault changes all,”"], Speaker::Entity(obi), ("Obi", 1), ("said", 0));
    let place = |story: &Story, name: &str, code: &str| {
        Some(Place { span: story.span(name, 0), text: name.to_owned(), country: Some(country(code)) })
    };
    let when = |story: &Story, words: &str, first, last| {
        Some(When { span: story.span(words, 0), days: Some((first, last)) })
    };
    let (tuesday, wednesday) = (date(2026, 5, 19), date(2026, 5, 20));

    let (lima, day) = (place(&story, "Lima", "PE"), when(&story, "Tuesday", tuesday, tuesday));
    let mentions = vec![story.span("attack on the station", 0), story.span("assault", 0)];
    let raid = story.event(EventKind::Assault, "attacked", &["Gunmen in Lima"], &["a police station"]);
    (raid.place, raid.when, raid.mentions, raid.mode) = (lima, day, mentions, Some(Mode::Drone));
    raid.actors[0].polity = Some(Polity::Country(country("PE")));
    raid.toll = Toll { killed: Some(3), injured: Some(12), ..Toll::default() };
    raid.contexts = vec![Context::Terrorism, Context::RightsFreedoms];
    raid.confidence = 0.87;

    let (oslo, day) = (place(&story, "Oslo", "NO"), when(&story, "Wednesday", wednesday, wednesday));
    let met = story.event(EventKind::Consult, "met", &["Ada Obi"], &["Tomas Brek"]);
    (met.place, met.when, met.mode) = (oslo, day.clone(), Some(Mode::Visit));
    story.event(EventKind::Request, "asked for", &["She"], &[]).when = day;
    story.event(EventKind::Protest, "called a strike", &["Unions"], &[]).mode = Some(Mode::Strike);
    let june = when(&story, "in June", date(2026, 6, 1), date(2026, 6, 30));
    story.event(EventKind::Protest, "march", &["Farmers"], &[]).when = june;
    let year = when(&story, "2019", date(2019, 1, 1), date(2019, 12, 31));
    let bombed = story.event(EventKind::Assault, "bombed", &["rebels"], &["the port of Callao"]);
    (bombed.when, bombed.background) = (year, true);
    story.countries(&["NO"], &["GH"]);
    story
}

/// The story in this theme, its events in the panel, the keys in the panel at the first of them.
fn desk_in(theme: ThemeChoice, width: u16, height: u16) -> Desk {
    let mut config = Config::default();
    config.choose_theme(theme);
    let mut desk = Desk::with(config, width, height);
    desk.load(vec![raid().done()]);
    // The only article has the keys.
    desk.keys("3<Tab>g");
    desk
}

fn desk() -> Desk {
    desk_in(ThemeChoice::Dark, 120, 48)
}

/// The rows of the panel, without its frame and marks.
fn panel(desk: &Desk) -> Vec<String> {
    let rows = desk.rows().into_iter();
    let inside = |row: String| row.chars().skip(83).collect::<String>();
    rows.map(|row| inside(row).trim_matches([' ', '│', '▌']).to_owned()).filter(|row| !row.is_empty()).collect()
}

/// Where a row that begins with `words` stands in the panel, from row `from` on.
#[track_caller]
fn row(panel: &[String], words: &str, from: usize) -> usize {
    let at = panel.iter().skip(from).position(|row| row.starts_with(words));
    from + at.unwrap_or_else(|| panic!("{words:?} from row {from} on: {panel:#?}"))
}

#[test]
fn events_stand_under_their_days_the_latest_first_and_the_undated_and_the_background_last() {
    let panel = panel(&desk());
    let june = row(&panel, "Jun 2026", 0);
    let wednesday = row(&panel, "20 May 2026", 0);
    let tuesday = row(&panel, "19 May 2026", 0);
    let undated = row(&panel, "No day told", 0);
    let background = row(&panel, "Background", 0);
    let order = [
        june,
        row(&panel, "Farmers", 0),
        wednesday,
        row(&panel, "Consultation", wednesday),
        row(&panel, "Demand", wednesday),
        tuesday,
        row(&panel, "Assault", tuesday),
        undated,
        row(&panel, "Unions", undated),
        background,
        row(&panel, "Assault", background),
    ];
    assert!(order.is_sorted(), "{order:?} {panel:#?}");
    assert!(panel[background + 1].ends_with("2019"), "its day is told beside it: {panel:#?}");
    assert_eq!(panel.iter().filter(|row| row.starts_with("20 May")).count(), 1, "a day stands once: {panel:#?}");
}

#[test]
fn an_event_tells_how_who_where_the_numbers_and_how_often() {
    let panel = panel(&desk());
    let raid = row(&panel, "Assault · drone", 0);
    let told: Vec<&str> = panel[raid..raid + 6].iter().map(String::as_str).collect();
    let expected = [
        "Assault · drone",
        "Gunmen in Lima PE → a police",
        "station",
        "3 killed, 12 injured",
        "attacked · Lima PE · told 3",
        "times",
    ];
    assert_eq!(told, expected, "{panel:#?}");
    let met = row(&panel, "Consultation · visit", 0);
    assert_eq!(panel[met + 1], "Ada Obi GH ↔ Tomas Brek NO");
    assert_eq!(panel[met + 2], "met · Oslo NO", "told once, which is not said: {panel:#?}");
}

#[test]
fn enter_walks_through_the_places_that_tell_of_an_event() {
    let mut desk = desk_in(ThemeChoice::Dark, 120, 14);
    desk.keys("jjj<Enter>");
    assert!(desk.footer().contains("mention 1 of 3"), "{}", desk.footer());
    desk.in_text("attacked a police");
    desk.keys("<Enter>");
    assert!(desk.footer().contains("mention 2 of 3"), "{}", desk.footer());
    desk.in_text("attack on the station");
    desk.keys("<Enter>");
    assert!(desk.footer().contains("mention 3 of 3"), "{}", desk.footer());
    let at = desk.in_text("assault");
    let reached = desk.cell(at).style();
    desk.keys("<Enter>");
    assert!(desk.footer().contains("mention 1 of 3"), "round: {}", desk.footer());
    desk.keys("<Esc>");
    let at = desk.in_text("assault");
    assert_ne!(desk.cell(at).style(), reached, "back, and nothing is pointed at");
}

#[test]
fn enter_again_on_an_event_told_once_goes_back() {
    let mut desk = desk_in(ThemeChoice::Dark, 120, 12);
    desk.keys("gG<Enter>");
    desk.in_text("bombed the port");
    desk.keys("<Enter>");
    assert!(!desk.places("bombed the port").iter().any(|(x, _)| (27..82).contains(x)), "{}", desk.text());
}

#[test]
fn the_parts_of_the_current_event_look_different() {
    for theme in [ThemeChoice::Dark, ThemeChoice::Light, ThemeChoice::Mono] {
        let mut desk = desk_in(theme, 120, 48);
        let look = |desk: &Desk, words: &str| desk.cell(desk.in_text(words)).style();
        let parts = ["met Foreign", "Ada Obi", "Tomas Brek", "Oslo", "Wednesday"];
        let plain: Vec<Style> = parts.map(|words| look(&desk, words)).into();
        let (person, quoted) = (look(&desk, "Obi said"), look(&desk, "“Such an"));
        desk.keys("j");
        let mut all: Vec<Style> = parts.map(|words| look(&desk, words)).into();
        for (part, (now, before)) in parts.iter().zip(all.iter().zip(&plain)) {
            assert_ne!(now, before, "{theme:?} {part} is not marked");
        }
        all.extend([person, quoted, look(&desk, "killing three")]);
        for (index, one) in all.iter().enumerate() {
            for other in &all[index + 1..] {
                assert_ne!(one, other, "{theme:?} {all:#?}");
            }
        }
        desk.keys("k");
        assert_eq!(look(&desk, "Oslo"), plain[3], "{theme:?} another event is current");
    }
}

#[test]
fn a_place_inside_the_words_for_who_did_it_has_its_own_look_and_every_mention_is_marked() {
    let mut desk = desk();
    let look = |desk: &Desk, words: &str| desk.cell(desk.in_text(words)).style();
    let plain = look(&desk, "attack on");
    desk.keys("jjj");
    assert_ne!(look(&desk, "Gunmen"), look(&desk, "Lima"));
    assert_ne!(look(&desk, "attack on"), plain);
    assert_eq!(look(&desk, "attack on"), look(&desk, "attacked"));
}

#[test]
fn an_event_one_was_led_to_is_marked_where_the_panel_is_not_shown() {
    let mut desk = Desk::reading(vec![raid().done()], 50, 20);
    desk.keys("3gj");
    let oslo = |desk: &Desk| desk.cell(desk.find("Oslo.")).style();
    desk.keys("<Enter>");
    assert!(desk.shows("Ada Obi met"), "{}", desk.text());
    let marked = oslo(&desk);
    assert!(desk.footer().contains("Consultation"), "{}", desk.footer());
    desk.keys("]");
    assert_ne!(oslo(&desk), marked, "a quotation is current");
}

#[test]
fn the_footer_tells_the_event_and_why() {
    let mut desk = desk();
    desk.keys("j");
    let expected = "event 2 of 6 · Consultation · who: Ada Obi; what: met; with:";
    assert!(desk.footer().contains(expected), "{}", desk.footer());
    desk.resize(200, 48);
    let expected =
        "event 2 of 6 · Consultation · who: Ada Obi; what: met; with: Tomas Brek; where: Oslo; when: Wednesday";
    assert!(desk.footer().contains(expected), "{}", desk.footer());
    desk.resize(120, 48);
    desk.keys("<Esc>]");
    assert!(desk.footer().contains("quote 1 of 1"), "{}", desk.footer());
    desk.keys("<Tab>g");
    assert!(desk.footer().contains("event 5 of 6 · Protest · who: Farmers"), "{}", desk.footer());
}

/// What is told under the panes, in one line.
fn why(desk: &Desk) -> Option<String> {
    let rows = desk.rows();
    let from = rows.iter().position(|row| row.starts_with(" why "))?;
    let told = rows[from..rows.len() - 1].iter().map(|row| row.trim()).collect::<Vec<_>>().join(" ");
    Some(told.trim_start_matches("why").trim().to_owned())
}

#[test]
fn why_tells_of_the_event_that_is_current() {
    let mut desk = desk();
    assert_eq!(why(&desk), None);
    desk.keys("wjjj");
    let expected = "who: Gunmen in Lima; what: attacked; to whom: a police station; where: Lima; when: Tuesday · 87 % \
                    · about terrorism, rights freedoms · material conflict · CAMEO 19";
    assert_eq!(why(&desk).as_deref(), Some(expected), "{}", desk.text());
    desk.keys("<Esc>]");
    assert!(why(&desk).unwrap().starts_with("said by “Obi”"), "a quotation is current now\n{}", desk.text());
    desk.keys("w");
    assert_eq!(why(&desk), None);
}

#[test]
fn on_a_small_screen_the_words_give_way_not_the_rest() {
    let mut desk = desk_in(ThemeChoice::Dark, 80, 24);
    desk.keys("wjjj");
    let told = why(&desk).unwrap();
    assert!(told.starts_with("who: Gunmen in Lima; what: attacked"), "{told}");
    assert!(told.ends_with("· 87 % · about terrorism, rights freedoms · material conflict · CAMEO 19"), "{told}");
}

#[test]
fn the_events_can_be_narrowed_to_a_kind() {
    let mut desk = desk();
    desk.keys("E");
    let kinds = |desk: &Desk| {
        let rows = desk.rows().into_iter().filter(|row| row.contains("[ ]") || row.contains("[x]"));
        rows.map(|row| row.split('[').nth(1).unwrap_or("").replace(['│', ']'], " ")).collect::<Vec<_>>()
    };
    let told: Vec<String> =
        kinds(&desk).iter().map(|row| row.split_whitespace().take(3).collect::<Vec<_>>().join(" ")).collect();
    assert_eq!(told, ["Protest PROTEST 2", "Assault ASSAULT 2", "Consultation CONSULT 1", "Demand REQUEST 1"]);
    desk.keys("j<Enter>");
    let narrowed = panel(&desk);
    assert!(narrowed.contains(&"Only Assault: 2 of 6".to_owned()), "{narrowed:#?}");
    row(&narrowed, "19 May 2026", 0);
    row(&narrowed, "Background", 0);
    assert!(!narrowed.iter().any(|row| row.starts_with("Protest") || row.starts_with("20 May")), "{narrowed:#?}");
    desk.keys("E");
    row(&panel(&desk), "Protest", 0);
    assert!(!desk.shows("Only Assault"), "the same key shows all again\n{}", desk.text());
}

#[test]
fn several_kinds_can_be_marked_and_escape_leaves_or_clears() {
    let mut desk = desk();
    desk.keys("E  <Enter>");
    assert!(desk.shows("Only Protest, Assault: 4 of 6"), "{}", desk.text());
    desk.keys("<Esc>");
    assert!(!desk.shows("Only Protest") && desk.shows("Consultation"), "{}", desk.text());
    desk.keys("Ejj<Esc>");
    assert!(desk.shows("Consultation") && !desk.shows("Only events of"), "closed, nothing chosen\n{}", desk.text());
    desk.keys("E");
    let at = desk.find("[ ] Demand");
    desk.click(at);
    assert!(desk.shows("[x] Demand"), "{}", desk.text());
    desk.keys("<Enter>");
    assert!(desk.shows("Only Demand: 1 of 6"), "{}", desk.text());
}

#[test]
fn the_key_for_kinds_leads_to_the_events_from_elsewhere() {
    let mut desk = Desk::reading(vec![raid().done()], 120, 40);
    desk.keys("E<Enter>");
    assert!(desk.shows("Only Protest: 2 of 6"), "{}", desk.text());
}

#[test]
fn an_article_without_the_kinds_asked_for_says_so() {
    let mut other = Story::new("Talks", "Wire", "Ada met Tomas.");
    other.event(EventKind::Consult, "met", &["Ada"], &["Tomas"]);
    let mut desk = Desk::reading(vec![raid().done(), other.done()], 120, 40);
    desk.keys("<Enter>3E<Enter>J");
    assert!(desk.shows("No event of the kinds you asked"), "{}", desk.text());
    desk.keys("E");
    assert!(desk.shows("Ada ↔ Tomas"), "{}", desk.text());
}

#[test]
fn the_country_filter_keeps_articles_whose_events_a_country_has_part_in() {
    let (_, found) = raid().done();
    let named = found.countries.mentioned.iter().any(|(named, _)| *named == country("PE"));
    assert!(!named, "an event alone tells of it");
    let mut desk = Desk::reading(vec![raid().done(), crate::stories::orchard()], 120, 36);
    desk.keys("cperu<Tab>");
    assert!(desk.shows("Enter: 1 article mentioning Peru; 0 about it"), "{}", desk.text());
    desk.keys("<Enter>");
    assert!(desk.shows("Drones hit") && !desk.shows("Frost takes"), "{}", desk.text());
    desk.keys("C");
    assert!(desk.shows("Frost takes"), "{}", desk.text());
}

#[test]
fn the_timeline_and_the_menu_of_kinds_are_drawn_at_every_size() {
    for keys in ["3<Tab>w", "E ", "Ej<Enter>", "3<Tab>jjj<Enter><Enter>"] {
        let mut desk = Desk::reading(vec![raid().done()], 1, 1);
        desk.keys(keys);
        for (width, height) in (1..=44).flat_map(|width| (1..=14).map(move |height| (width, height))) {
            desk.resize(width, height);
            assert_eq!(desk.rows().len(), usize::from(height));
        }
        for (width, height) in [(59, 7), (60, 8), (99, 9), (100, 3), (101, 50), (300, 4), (3, 100)] {
            desk.resize(width, height).keys("jk<PgDn>G g").click((width / 2, height / 2));
            desk.buffer();
        }
    }
}

#[test]
fn what_an_event_says_cannot_drive_the_terminal() {
    let nasty = "Evil\u{1b}]0;owned\u{7} \u{9b}31m\u{202e}txet\u{202c}";
    let mut story = raid();
    let event = &mut story.found.events[0];
    event.actors[0].text = nasty.to_owned();
    event.toll.amount = Some(nasty.to_owned());
    if let Some(place) = &mut event.place {
        place.text = nasty.to_owned();
    }
    let mut desk = Desk::reading(vec![story.done()], 120, 48);
    desk.keys("3<Tab>wg");
    assert!(desk.shows("Evil"), "{}", desk.text());
    for keys in ["j", "j", "j", "<Enter>", "<Enter>", "E", "<Enter>"] {
        desk.keys(keys);
        for cell in desk.buffer().0.content() {
            let bad = |c: char| c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
            assert!(!cell.symbol().contains(bad), "{:?} after {keys:?}", cell.symbol());
        }
    }
}
