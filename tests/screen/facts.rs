use crate::desk::Desk;
use crate::stories;
use dateline::model::{EntityKind, Speaker};
use ratatui::style::Modifier;

const TEXT: u16 = 27;
const PANEL: u16 = 84;

fn desk(height: u16) -> Desk {
    let mut desk = Desk::reading(stories::all(), 120, height);
    desk.keys("<Enter>");
    desk
}

/// The rows of the panel.
fn panel(desk: &Desk) -> Vec<String> {
    let rows = desk.rows().into_iter();
    rows.map(|row| {
        row.chars().skip(usize::from(PANEL) - 1).collect::<String>().trim_matches([' ', '│', '▌', '▎']).to_owned()
    })
    .filter(|row| !row.is_empty())
    .collect()
}

#[test]
fn statements_stand_under_their_speakers() {
    let panel = panel(&desk(36));
    let row = |words: &str| {
        panel.iter().position(|row| row.contains(words)).unwrap_or_else(|| panic!("{words}: {panel:#?}"))
    };
    let order = [
        row("Efua Tettey"),
        row("Transport Minister"),
        row("No passenger"),
        row("We have learnt"),
        row("— she added"),
        row("the owner had ignored"),
        row("Kari Solheim"),
        row("the first inspectors"),
        row("They will train"),
    ];
    assert!(order.is_sorted(), "{panel:#?}");
    assert!(panel[row("Efua Tettey")].ends_with("GH"));
    assert!(panel[row("Quotes 5")].contains("Offic."));
}

#[test]
fn officials_have_office_and_country() {
    let mut desk = desk(36);
    desk.keys("2");
    let panel = panel(&desk);
    let rest = panel.join("\n");
    for words in
        ["Ghana", "Efua Tettey", "Transport Minister", "Norway", "Kari Solheim", "Foreign Minister", "3 statements"]
    {
        assert!(rest.contains(words), "{words}: {rest}");
    }
    assert!(rest.contains("Officials 2"));
}

#[test]
fn events_tell_when_what_who_and_where() {
    let mut desk = desk(36);
    desk.keys("3");
    let rest = panel(&desk).join("\n");
    for words in [
        "Agreement",
        "20 May 2026",
        "Norway NO ↔ Ghana GH",
        "signed an agreement · Accra",
        "Accident",
        "30 April",
        "eleven people",
    ] {
        assert!(rest.contains(words), "{words}: {rest}");
    }
}

#[test]
fn countries_it_is_about_come_before_others_it_names() {
    let mut desk = desk(36);
    desk.keys("4");
    let rest = panel(&desk);
    let row = |words: &str| {
        rest.iter().position(|row| row.starts_with(words)).unwrap_or_else(|| panic!("{words}: {rest:#?}"))
    };
    assert!([row("About"), row("GH  Ghana"), row("NO  Norway"), row("Also mentioned"), row("TG  Togo")].is_sorted());
}

#[test]
fn an_event_is_marked_in_the_text_only_while_it_is_current() {
    let mut desk = desk(36);
    let look = |desk: &Desk, words: &str| desk.cell(desk.in_text(words)).style();
    let (trigger, actor) = (look(&desk, "signed an"), look(&desk, "Norway and Ghana signed"));
    desk.keys("3");
    assert_ne!(look(&desk, "signed an"), trigger);
    assert_ne!(look(&desk, "Norway and Ghana signed"), actor);
    desk.keys("<Tab>j");
    assert_eq!(look(&desk, "signed an"), trigger, "another event is current");
    let other = look(&desk, "fire killed");
    desk.keys("1");
    assert_ne!(look(&desk, "fire killed"), other, "the tab is closed");
}

#[test]
fn enter_leads_to_the_words_and_back() {
    let mut desk = desk(12);
    assert!(!desk.places("Tettey said the owner").iter().any(|(x, _)| *x > TEXT && *x < PANEL));
    desk.keys("<Tab>jj<Enter>");
    let in_text = |desk: &Desk, words: &str| desk.places(words).iter().any(|(x, _)| *x > TEXT && *x < PANEL);
    assert!(in_text(&desk, "Tettey said the owner"), "{}", desk.text());
    assert!(desk.footer().contains("quote 5 of 5"), "{}", desk.footer());
    desk.keys("<Enter>");
    assert!(in_text(&desk, "Norway and Ghana agree"), "the same key goes back\n{}", desk.text());
    desk.keys("<Enter><Esc>");
    assert!(in_text(&desk, "Norway and Ghana agree"), "and Esc does");
    desk.keys("<Tab>");
}

#[test]
fn officials_and_events_lead_to_their_words() {
    let mut desk = desk(12);
    let in_text = |desk: &Desk, words: &str| desk.places(words).iter().any(|(x, _)| *x > TEXT && *x < PANEL);
    desk.keys("<Tab>2jj<Enter>");
    assert!(in_text(&desk, "Norwegian Foreign Minister"), "{}", desk.text());
    desk.keys("3j<Enter>");
    assert!(in_text(&desk, "The fire killed"), "{}", desk.text());
}

#[test]
fn a_country_leads_from_mention_to_mention() {
    let mut desk = desk(36);
    desk.keys("<Tab>4<Enter>");
    assert!(desk.footer().contains("mention 1 of 3"), "{}", desk.footer());
    desk.keys("<Enter><Enter>");
    assert!(desk.footer().contains("mention 3 of 3"));
    desk.keys("<Enter>");
    assert!(desk.footer().contains("mention 1 of 3"));
}

#[test]
fn later_findings_take_the_place_of_earlier_ones() {
    let mut desk = Desk::reading(vec![stories::ferry(), stories::orchard()], 120, 36);
    desk.keys("<Enter>]]");
    let (_, mut found) = stories::ferry();
    found.quotations.remove(0);
    found.officials.pop();
    desk.send(dateline::app::Msg::Annotated { article: 0, annotations: std::sync::Arc::new(found) });
    assert!(desk.shows("Quotes 4") && desk.shows("· 4 statements"), "{}", desk.text());
    assert!(desk.footer().contains("quote 1 of 4"), "the current one stays current: {}", desk.footer());
    desk.keys("2");
    assert!(desk.shows("Officials 1"), "{}", desk.text());
    assert!(desk.rows()[0].contains("2 articles · 1 unread"), "{}", desk.rows()[0]);
}

#[test]
fn the_panel_follows_as_one_scrolls() {
    let mut desk = desk(12);
    desk.keys("3");
    let selected = |desk: &Desk| panel(desk).join("\n");
    assert!(selected(&desk).contains("Agreement"));
    desk.keys("G");
    let row = desk.find_from("Accident", PANEL);
    assert_eq!(desk.cell((PANEL - 1, row.1)).symbol(), "▌", "{}", desk.text());
    desk.keys("g");
    let row = desk.find_from("Agreement", PANEL);
    assert_eq!(desk.cell((PANEL - 1, row.1)).symbol(), "▌", "{}", desk.text());
}

#[test]
fn tabs_are_turned_in_the_panel() {
    let mut desk = desk(36);
    let open = |desk: &Desk, words: &str| desk.has(words, PANEL - 1, Modifier::REVERSED);
    desk.keys("<Tab>");
    assert!(open(&desk, "Quotes 5"), "{}", desk.text());
    desk.keys("l");
    assert!(open(&desk, "Officials 2"));
    desk.keys("hh");
    assert!(open(&desk, "Notes 0"), "going round");
}

#[test]
fn on_one_pane_entries_lead_into_the_article_and_back() {
    let mut desk = Desk::reading(stories::all(), 50, 12);
    desk.keys("<Enter>2");
    assert!(desk.shows("Efua Tettey") && !desk.shows("after the Volta fire"), "{}", desk.text());
    desk.keys("jj<Enter>");
    assert!(desk.shows("Norwegian Foreign Minister"), "{}", desk.text());
    desk.keys("<Esc>");
    assert!(desk.shows("Officials 2"), "{}", desk.text());
}

#[test]
fn a_panel_of_many_entries_scrolls_to_both_ends_and_back() {
    let text: Vec<String> = (0..300).map(|number| format!("Port {number} was closed, said Ada Quill.")).collect();
    let mut story = stories::Story::new("Ports close", "Gull Wire", &text.join("\n\n"));
    let quill = story.entity(EntityKind::Person, &["Ada Quill"], None);
    for number in 0..300 {
        let closed = format!("Port {number} was closed");
        story.quote(&[closed.as_str()], Speaker::Entity(quill), ("Ada Quill", number), ("said", number));
    }
    let mut desk = Desk::reading(vec![story.done()], 120, 20);
    desk.keys("<Tab>G");
    let inside = |desk: &Desk| panel(desk).into_iter().filter(|row| row.contains("Port")).collect::<Vec<_>>();
    let end = inside(&desk);
    assert!(end.last().is_some_and(|row| row.contains("Port 299")), "{end:#?}");
    assert_eq!(end.len(), 16, "the last entry stands at the bottom: {end:#?}");
    desk.wheel((100, 10), true);
    assert_eq!(inside(&desk), end, "there is nothing below");
    desk.wheel((100, 10), false);
    assert!(inside(&desk).last().is_some_and(|row| row.contains("Port 296")), "{:#?}", inside(&desk));
    desk.keys("g");
    let rows = panel(&desk);
    assert!(rows.iter().any(|row| row.starts_with("Ada Quill")), "the heading is in sight again: {rows:#?}");
    desk.keys("G").resize(130, 20);
    assert!(desk.shows("Port 299"), "the selected entry stays in sight at another width\n{}", desk.text());
    let at = desk.find_from("Port 295", PANEL);
    desk.click(at);
    assert!(desk.footer().contains("quote 296 of 300"), "{}", desk.footer());
}
