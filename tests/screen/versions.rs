use crate::desk::Desk;
use crate::stories;
use dateline::app::{Effect, Msg, VersionText};
use dateline::config::{Config, ThemeChoice};
use dateline::text::Clean;
use ratatui::style::Modifier;

fn version(hour: i64, title: &str, text: &str) -> VersionText {
    VersionText {
        seen: jiff::Timestamp::from_second(1_700_000_000 + 3600 * hour).unwrap(),
        title: Some(Clean::line(title)),
        text: Clean::new(text),
        label: Clean::line(&format!("hour {hour}")),
    }
}

fn versions() -> Vec<VersionText> {
    let filler: String = (0..6).map(|number| format!("Nothing happened at pier {number}.\n\n")).collect();
    let first = format!("Two people were hurt.\n\n{filler}The ferry sank at dawn.");
    let second = format!("Three people were hurt.\n\n{filler}The ferry sank at dawn.");
    let third =
        format!("Three people were hurt.\n\n{filler}The ferry sank at dawn, police said.\n\nMore is expected.");
    // In no order.
    vec![
        version(2, "Ferry sinks off Oslo", &second),
        version(3, "Ferry sinks near Oslo", &third),
        version(1, "Ferry sinks off Oslo", &first),
    ]
}

fn desk_with(config: Config) -> Desk {
    let mut desk = Desk::with(config, 100, 30);
    desk.load(stories::all());
    desk.keys("<Enter>v");
    desk
}

fn desk() -> Desk {
    desk_with(Config::default())
}

#[test]
fn the_versions_of_the_open_article_are_asked_for() {
    let desk = desk();
    assert!(desk.effects.iter().any(|effect| matches!(effect, Effect::LoadVersions { article: 0 })));
}

#[test]
fn what_changed_last_is_shown_with_the_rest_folded() {
    let mut desk = desk();
    desk.send(Msg::Versions { article: 0, versions: versions() });
    assert!(desk.shows("What changed · hour 2 → hour 3"), "{}", desk.text());
    assert!(desk.shows("change 2 of 2 · 6 words added, 1 removed"), "{}", desk.text());
    assert!(desk.shows("… 6 unchanged paragraphs …"));
    assert!(desk.shows("Nothing happened at pier 5."), "the paragraph before the change stays");
    assert!(!desk.shows("Three people were hurt") && !desk.shows("pier 4"));
    let has = |words: &str, modifier| desk.has(words, 0, modifier);
    assert!(has("near", Modifier::UNDERLINED) && has("police said", Modifier::UNDERLINED));
    assert!(has("More is expected", Modifier::UNDERLINED) && has("off near", Modifier::CROSSED_OUT));
    assert!(!has("The ferry sank at dawn", Modifier::UNDERLINED));
}

#[test]
fn h_and_l_step_to_earlier_and_later_changes() {
    let mut desk = desk();
    desk.send(Msg::Versions { article: 0, versions: versions() });
    desk.keys("h");
    assert!(desk.shows("hour 1 → hour 2") && desk.shows("Two Three people were hurt."), "{}", desk.text());
    desk.keys("h");
    assert!(desk.shows("hour 1 → hour 2"), "there is none before");
    desk.keys("ll");
    assert!(desk.shows("hour 2 → hour 3"));
    desk.keys("<Esc>");
    assert!(!desk.shows("What changed"));
}

#[test]
fn without_colours_signs_in_the_text_tell_it() {
    let mut config = Config::default();
    config.choose_theme(ThemeChoice::Mono);
    let mut desk = desk_with(config);
    desk.send(Msg::Versions { article: 0, versions: versions() });
    assert!(desk.shows("Ferry sinks [-off-] {+near+} Oslo"), "{}", desk.text());
    assert!(desk.shows("The ferry sank at dawn{+, police said+}."), "{}", desk.text());
    assert!(desk.shows("{+More is expected.+}"));
}

#[test]
fn one_version_is_said_to_be_the_only_one() {
    let mut desk = desk();
    desk.send(Msg::Versions { article: 0, versions: versions().split_off(2) });
    assert!(desk.footer().contains("This article has one version only"), "{}", desk.footer());
}

#[test]
fn versions_of_an_article_that_was_left_are_not_shown() {
    let mut desk = desk();
    desk.keys("J");
    desk.send(Msg::Versions { article: 0, versions: versions() });
    assert!(!desk.shows("What changed"));
    let mut desk = self::desk();
    desk.keys("/fire");
    desk.send(Msg::Versions { article: 0, versions: versions() });
    assert!(!desk.shows("What changed"), "not over what the user is typing");
}

#[test]
fn long_changes_wrap_and_scroll_at_every_size() {
    let long = |word: &str| format!("{}\n\n", format!("The {word} were told again and again. ").repeat(8)).repeat(12);
    let mut desk = desk();
    let both = vec![version(1, "Same", &long("crews")), version(2, "Same", &long("owners"))];
    desk.send(Msg::Versions { article: 0, versions: both });
    assert!(desk.shows("Same") && desk.shows(" more"), "{}", desk.text());
    let first = desk.text();
    desk.keys("G");
    assert_ne!(desk.text(), first);
    assert!(!desk.shows(" more"), "{}", desk.text());
    for (width, height) in (1..=60).step_by(4).flat_map(|width| (1..=16).map(move |height| (width, height))) {
        desk.resize(width, height).keys("j<PgUp>");
        assert_eq!(desk.rows().len(), usize::from(height));
    }
    desk.resize(100, 30).keys("g");
    assert_eq!(desk.text(), first);
}

#[test]
fn versions_with_the_same_words_say_so() {
    let mut desk = desk();
    let both = vec![version(1, "Same", "One two.\n\nThree."), version(2, "Same", "One\ntwo.\n\nThree.")];
    desk.send(Msg::Versions { article: 0, versions: both });
    assert!(desk.shows("no word changed") && desk.shows("The words are the same"), "{}", desk.text());
}
