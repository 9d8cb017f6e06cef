use crate::desk::Desk;
use crate::stories::{self, Story};
use dateline::app::{Effect, Msg};
use ratatui::style::Modifier;

fn desk() -> Desk {
    Desk::reading(stories::all(), 120, 36)
}

#[test]
fn a_row_has_headline_source_date_and_countries() {
    let desk = desk();
    let rows: Vec<String> = desk.rows().iter().map(|row| row.chars().take(28).collect()).collect();
    let at = rows.iter().position(|row| row.contains("Frost takes")).unwrap();
    assert!(rows[at].contains('●'), "unread");
    assert!(rows[at + 2].contains("21 May") && rows[at + 2].contains("MD"), "{}", rows[at + 2]);
}

#[test]
fn moving_shows_the_article_and_reading_it_takes_the_mark_away() {
    let mut desk = desk();
    assert!(desk.rows()[0].contains("3 unread"));
    desk.keys("j");
    assert!(desk.shows("Frost on two nights"), "{}", desk.text());
    assert!(desk.rows()[0].contains("3 unread"), "a glance is no reading");
    desk.keys("<Enter>");
    assert!(desk.rows()[0].contains("2 unread"));
    desk.keys("J");
    assert!(desk.shows("It is a good bridge") && desk.rows()[0].contains("1 unread"));
    desk.keys("J");
    assert!(desk.footer().contains("last article"));
    desk.keys("KK");
    assert!(desk.shows("Norway and Ghana signed"));
    assert!(!desk.rows()[0].contains("unread"));
}

#[test]
fn marking_can_be_taken_back() {
    let mut desk = desk();
    desk.keys("A");
    assert!(!desk.rows()[0].contains("unread"));
    assert!(desk.footer().contains("3 articles marked read · u takes it back"), "{}", desk.footer());
    desk.keys("u");
    assert!(desk.rows()[0].contains("3 unread"));
    desk.keys("m");
    assert!(desk.rows()[0].contains("2 unread"));
    desk.keys("m");
    assert!(desk.rows()[0].contains("3 unread"));
}

#[test]
fn space_reads_on_through_the_articles() {
    let mut desk = Desk::reading(stories::all(), 120, 14);
    desk.keys("<Enter>");
    let mut presses = 0;
    while !desk.shows("Frost on two nights") {
        desk.keys(" ");
        presses += 1;
        assert!(presses < 20, "{}", desk.text());
    }
    assert!(presses > 2, "the article was longer than a page");
    desk.keys("  ");
    assert!(desk.footer().contains("No other unread article"), "{}", desk.footer());
}

#[test]
fn the_place_in_an_article_is_kept() {
    let mut desk = Desk::reading(stories::all(), 120, 14);
    desk.keys("<Enter>G");
    let article = |desk: &Desk| {
        let rows = desk.rows().into_iter().skip(1);
        rows.map(|row| row.chars().skip(26).collect::<String>()).collect::<Vec<_>>()
    };
    let end = article(&desk);
    desk.keys("J");
    assert_ne!(article(&desk), end);
    desk.keys("K");
    assert_eq!(article(&desk), end);
}

#[test]
fn a_long_list_scrolls_and_draws_only_what_is_seen() {
    let story = |number: usize| Story::new(&format!("Story number {number}"), "Wire", "Words.").article;
    let mut desk = Desk::empty(120, 20);
    desk.send(Msg::Loaded((0..100_000).map(story).collect()));
    desk.send(Msg::LoadDone);
    assert!(desk.effects.len() <= 65, "only some are asked for: {}", desk.effects.len());
    desk.keys("G");
    assert!(desk.shows("Story number 99999"), "{}", desk.text());
    desk.keys("<PgUp>k");
    assert!(desk.shows("Story number 99991"), "{}", desk.text());
    desk.keys("g");
    assert!(desk.shows("Story number 0"));
}

#[test]
fn what_cannot_be_read_is_said_and_the_rest_is_shown() {
    let mut desk = Desk::empty(120, 20);
    let clean = |words: &str| dateline::text::clean(words).text;
    desk.send(Msg::LoadFailed { what: clean("notes/gone.txt"), why: clean("no such file") });
    assert!(desk.footer().contains("notes/gone.txt: no such file"), "{}", desk.footer());
    desk.load(stories::all());
    assert!(desk.rows()[0].contains("1 unreadable"), "{}", desk.rows()[0]);
    assert!(desk.shows("Norway and Ghana"));
}

#[test]
fn where_nothing_could_be_read_the_screen_tells_how_to_learn_why() {
    let clean = |words: &str| dateline::text::clean(words).text;
    let mut desk = Desk::empty(120, 20);
    desk.send(Msg::LoadFailed { what: clean("notes/gone.txt"), why: clean("no such file") });
    desk.send(Msg::LoadDone);
    desk.keys("j");
    assert!(desk.shows("! tells what was left out or could not be read"), "{}", desk.text());
}

#[test]
fn everything_that_was_left_out_or_not_read_is_listed_behind_a_key() {
    let clean = |words: &str| dateline::text::clean(words).text;
    let failed = |what: &str| Msg::LoadFailed { what: clean(what), why: clean("no such file; check the path") };
    let mut desk = Desk::empty(120, 20);
    desk.keys("!");
    assert!(desk.footer().contains("Everything was read"), "{}", desk.footer());
    desk.send(Msg::LoadNotice(clean("notes: 3 files left out (3 .png)")));
    assert!(desk.footer().contains("3 files left out"), "{}", desk.footer());
    assert!(!desk.rows()[0].contains("unreadable"), "leaving out is no failure");
    for number in 0..40 {
        desk.send(failed(&format!("notes/gone-{number}.txt")));
    }
    desk.send(Msg::LoadNotice(clean("wire: 1 file left out (1 hidden)")));
    assert!(desk.footer().contains("gone-39.txt"), "a failure is not talked over: {}", desk.footer());
    desk.load(stories::all());
    assert!(desk.rows()[0].contains("40 unreadable · ! tells"), "{}", desk.rows()[0]);
    desk.keys("!");
    assert!(desk.shows("notes: 3 files left out (3 .png)"), "{}", desk.text());
    assert!(desk.shows("notes/gone-0.txt: no such file; check the path"), "{}", desk.text());
    desk.keys("G");
    assert!(desk.shows("notes/gone-39.txt") && desk.shows("wire: 1 file left out"), "{}", desk.text());
    desk.keys("<Esc>");
    assert!(desk.shows("Norway and Ghana") && !desk.shows("gone-39"), "{}", desk.text());
}

#[test]
fn highlights_are_switched_by_kind_and_all_at_once() {
    let mut desk = desk();
    desk.keys("<Enter>");
    let look = |desk: &Desk, words: &str| desk.cell(desk.in_text(words)).style();
    let plain = look(&desk, "three weeks");
    for (key, words, what) in [
        ("P", "Efua Tettey", "people"),
        ("L", "Accra", "places"),
        ("D", "Norwegian", "nationalities"),
        ("S", "We have learnt", "statements"),
    ] {
        assert_ne!(look(&desk, words), plain, "{what}");
        desk.keys(key);
        assert!(desk.footer().contains("no longer highlighted"));
        // A name inside a statement keeps the statement's look, so the words are chosen outside of one.
        assert_eq!(look(&desk, words), plain, "{what} are off");
        desk.keys(key);
        assert_ne!(look(&desk, words), plain, "{what} are on");
    }
    desk.keys("H");
    assert_eq!(look(&desk, "Accra"), plain);
    assert_eq!(look(&desk, "We have learnt"), plain);
    desk.keys("H");
    assert_ne!(look(&desk, "Accra"), plain);
}

#[test]
fn panes_are_turned_hidden_and_zoomed() {
    let mut desk = desk();
    desk.keys("<Tab><Tab>");
    assert!(desk.has("Quotes 5", 80, Modifier::REVERSED), "the panel has the keys");
    desk.keys("<BackTab>z");
    assert!(!desk.shows("Articles") && !desk.shows("Offic."), "{}", desk.text());
    desk.keys("z<lt>");
    assert!(!desk.shows("Articles─") && desk.shows("Offic."), "{}", desk.text());
    desk.keys(">");
    assert!(!desk.shows("Offic."));
    desk.keys("<lt>>");
    assert!(desk.shows("Articles─") && desk.shows("Offic."));
}

#[test]
fn on_two_panes_the_list_is_behind_a_key() {
    let mut desk = Desk::reading(stories::all(), 80, 24);
    assert!(desk.shows("Articles─") && !desk.shows("Quotes"), "at the start one chooses\n{}", desk.text());
    desk.keys("<Enter>");
    assert!(!desk.shows("Articles─") && desk.shows("Quotes 5"), "then one reads\n{}", desk.text());
    desk.keys("<lt>");
    assert!(desk.shows("Articles─"), "{}", desk.text());
    desk.keys("<lt>");
    assert!(desk.shows("Quotes 5"), "{}", desk.text());
}

#[test]
fn the_text_gets_wider_and_narrower() {
    let mut desk = Desk::reading(stories::all(), 200, 30);
    let width = |desk: &Desk| {
        desk.rows().iter().map(|row| row.chars().skip(34).take(128).collect::<String>().trim().len()).max()
    };
    let before = width(&desk);
    desk.keys("----");
    assert!(width(&desk) < before);
    desk.keys("++++");
    assert_eq!(width(&desk), before);
}

#[test]
fn quitting_and_suspending_are_asked_for() {
    let mut desk = desk();
    desk.keys("<C-z>");
    assert!(matches!(desk.effects.last(), Some(Effect::Suspend)));
    desk.send(Msg::Resumed);
    assert!(matches!(desk.effects.last(), Some(Effect::Redraw)));
    desk.keys("q");
    assert!(matches!(desk.effects.last(), Some(Effect::Quit)));
    let mut desk = Desk::reading(stories::all(), 80, 24);
    desk.keys("c<C-c>");
    assert!(matches!(desk.effects.last(), Some(Effect::Quit)));
}
