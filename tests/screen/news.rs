//! News that the user waits for: told once they are annotated.

use dateline::app::Effect;
use dateline::config::Config;

use super::library::{Room, deliver_at, entry};

const NOTIFY: &str = "[notify]\nquery = 'country:KE'\nbell = true\n\
    program = ['tell', '{number}', '{title}', 'at={url}']\n";

/// A room in which all that was there before the run is annotated.
fn room() -> (Room, Vec<Effect>) {
    let mut room = Room::with(Config::parse(NOTIFY).unwrap(), 180, 40);
    let effects = room.annotate();
    (room, effects)
}

/// Delivers and annotates articles about Kenya, and one that is not; gives the bells and the programs.
fn news(room: &mut Room, minutes: i64, titles: &[&str]) -> (usize, Vec<Vec<String>>) {
    let about = |(number, title): (usize, &&str)| {
        entry(title, -(number as i64) - 1, &format!("Kenya and Tanzania agreed on a season {title} in Nairobi."))
    };
    let mut entries: Vec<_> = titles.iter().enumerate().map(about).collect();
    entries.push(entry(&format!("Fog {minutes}"), 0, "Fog over Lisbon, Portugal."));
    deliver_at(minutes, &mut room.store, room.sea, "Sea Post", entries, None);
    let effects = room.annotate();
    let bells = effects.iter().filter(|effect| matches!(effect, Effect::Bell)).count();
    let programs = effects.into_iter().filter_map(|effect| match effect {
        Effect::Run { program } => Some(program),
        _ => None,
    });
    (bells, programs.collect())
}

#[test]
fn news_that_fulfil_the_query_are_told_once_for_a_batch_by_line_bell_and_program() {
    let (mut room, before) = room();
    assert!(before.is_empty(), "what was there before the run is no news: {before:?}");
    assert!(!room.desk.shows(" new: "), "{}", room.desk.text());
    let (bells, programs) = news(&mut room, 2, &["--exec $(id) {url}", "Ferry talks"]);
    assert!(room.desk.footer().contains("2 new: --exec $(id) {url} …"), "{}", room.desk.footer());
    assert_eq!(bells, 1);
    // Foreign words are neither options nor placeholders.
    assert_eq!(programs, [["tell", "2", "exec $(id) {url}", "at=https://news.example/--exec-$(id)-{url}"]]);
    room.keys("j");
    assert!(!room.desk.shows(" new: "), "{}", room.desk.footer());
    let (bells, programs) = news(&mut room, 3, &[]);
    assert_eq!((bells, programs.len()), (0, 0));
    assert!(!room.desk.shows(" new: "), "{}", room.desk.footer());
}

#[test]
fn what_nobody_has_seen_yet_counts_on_and_waits_for_whoever_types() {
    let (mut room, _) = room();
    news(&mut room, 2, &["Ferry talks"]);
    assert!(room.desk.footer().contains("1 new: Ferry talks"), "{}", room.desk.footer());
    news(&mut room, 3, &["Ferry sails"]);
    assert!(room.desk.footer().contains("2 new: Ferry sails …"), "{}", room.desk.footer());
    room.keys("&fog");
    news(&mut room, 4, &["Ferry sinks"]);
    assert!(room.desk.footer().contains("/fog"), "{}", room.desk.footer());
    room.keys("<Esc>");
    assert!(room.desk.footer().contains("1 new: Ferry sinks"), "{}", room.desk.footer());
    room.keys("j");
    assert!(!room.desk.shows(" new: "), "{}", room.desk.footer());
}

#[test]
fn without_a_query_nothing_is_told() {
    let mut room = Room::with(Config::parse("[notify]\nbell = true\n").unwrap(), 180, 40);
    room.annotate();
    assert_eq!(news(&mut room, 2, &["Ferry talks"]), (0, Vec::new()));
    assert!(!room.desk.shows(" new: "), "{}", room.desk.footer());
}
