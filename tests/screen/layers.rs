use crate::desk::Desk;
use crate::stories;
use dateline::config::{Config, ThemeChoice};
use ratatui::style::{Modifier, Style};

fn desk() -> Desk {
    let mut desk = Desk::reading(stories::all(), 120, 36);
    desk.keys("<Enter>");
    desk
}

fn look(desk: &Desk, words: &str) -> Style {
    desk.cell(desk.in_text(words)).style()
}

#[test]
fn the_menu_switches_each_kind_on_and_off() {
    let mut desk = desk();
    let kinds = [
        ("statements", "No passenger should"),
        ("people", "Solheim told"),
        ("organisations", ""),
        ("places", "Lake Volta."),
        ("nationalities", "Norwegian"),
        ("sources", "she added"),
        ("cues", "added."),
        ("events", "fire killed"),
    ];
    for (row, (name, words)) in kinds.into_iter().enumerate() {
        let look = |desk: &Desk| (!words.is_empty()).then(|| look(desk, words));
        let before = look(&desk);
        let downs = "j".repeat(row);
        desk.keys(&format!("x{downs} <Esc>"));
        assert!(words.is_empty() || look(&desk) != before, "{name} changes nothing");
        desk.keys(&format!("x{downs}<Enter><Esc>"));
        assert_eq!(look(&desk), before, "{name} and back");
    }
}

#[test]
fn the_menu_tells_what_is_on_how_often_it_occurs_and_its_key() {
    let mut desk = desk();
    desk.keys("x");
    let row = |desk: &Desk, words: &str| {
        desk.rows().into_iter().find(|row| row.contains(words)).unwrap_or_else(|| panic!("{words}\n{}", desk.text()))
    };
    let statements = row(&desk, "what is said");
    assert!(statements.contains("[x] S  statements") && statements.contains("  5 │"), "{statements}");
    assert!(row(&desk, "who says it").contains("[ ]"), "{}", desk.text());
    desk.keys("P");
    assert!(row(&desk, "persons by name").contains("[ ]"), "its own key works here too\n{}", desk.text());
    desk.keys("H");
    assert!(!desk.shows("[x]"), "{}", desk.text());
    desk.keys("H");
    assert!(row(&desk, "what is said").contains("[x]"), "{}", desk.text());
    let at = desk.find("[ ] P");
    desk.click(at);
    assert!(row(&desk, "persons by name").contains("[x]"), "{}", desk.text());
    desk.click((1, 1));
    assert!(!desk.shows("persons by name"), "a click beside it closes it");
}

#[test]
fn what_was_switched_holds_for_the_next_article() {
    let mut desk = desk();
    desk.keys("JJ");
    let plain = look(&desk, "a mason");
    desk.keys("KKxjjjjj <Esc>JJ");
    assert_ne!(look(&desk, "a mason"), plain, "sources are on\n{}", desk.text());
}

#[test]
fn the_settings_decide_what_is_highlighted_at_first() {
    let mut config = Config::parse("[highlight]\ncues = true\nplaces = false\n").unwrap();
    config.choose_theme(ThemeChoice::Mono);
    let mut desk = Desk::with(config, 120, 36);
    desk.load(stories::all());
    desk.keys("<Enter>");
    assert!(desk.text_has("added.", Modifier::ITALIC), "a cue of a statement that is not current");
    assert!(!desk.text_has("Lake Volta.", Modifier::UNDERLINED));
    desk.keys("x");
    assert!(desk.shows("[x]    cues"), "{}", desk.text());
}

#[test]
fn the_menu_is_in_help() {
    let mut desk = desk();
    desk.keys("?");
    let mut seen = desk.text();
    for _ in 0..4 {
        desk.keys("<PgDn>");
        seen.push_str(&desk.text());
    }
    assert!(seen.contains("choose what is highlighted") && seen.contains("next name in the text"), "{seen}");
}
