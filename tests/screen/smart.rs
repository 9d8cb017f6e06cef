//! Smart feeds: searches of the user's among the feeds.

use dateline::app::{Msg, RefreshEnd};
use dateline::config::Config;

use super::library::{Room, deliver, entry};

const SMART: &str = "[smart]\n\
    \"Africa\" = 'country:KE OR country:TZ'\n\
    \"Waiting\" = '-is:read -lisbon newer:1h'\n\
    \"By name\" = 'talks OR rain OR boats sort:title'\n";

fn room(width: u16, height: u16) -> Room {
    let mut room = Room::with(Config::parse(SMART).unwrap(), width, height);
    room.annotate();
    room
}

/// What stands behind a name in the tree.
fn beside(room: &Room, name: &str) -> String {
    let places = room.desk.places(name);
    let (x, y) = places.into_iter().find(|(x, _)| *x < 30).unwrap_or_else(|| panic!("{name}:\n{}", room.desk.text()));
    let row: String =
        room.desk.rows()[usize::from(y)].chars().skip(usize::from(x)).take_while(|c| *c != '│').collect();
    row.trim_start_matches(name).trim().to_owned()
}

#[test]
fn smart_feeds_stand_before_the_feeds_with_what_is_unread_in_them() {
    let room = room(180, 40);
    insta::assert_snapshot!(room.desk.text());
    assert_eq!(["Africa", "Waiting", "By name"].map(|name| beside(&room, name)), ["1", "3", "3"]);
}

#[test]
fn a_smart_feed_lists_what_its_query_finds_in_its_own_order_until_that_is_turned() {
    let mut room = room(180, 40);
    room.keys("hgjjjj<Enter>");
    assert_eq!(room.listed(), ["Talks in Kenya"], "{}", room.desk.text());
    room.keys("hjj<Enter>");
    assert_eq!(room.listed(), ["Boats back", "Rain in Lisbon", "Talks in Kenya"], "by headline, as the query says");
    assert!(
        room.desk.places("By name").iter().any(|(x, _)| *x >= 30),
        "the list has its name:\n{}",
        room.desk.text()
    );
    room.keys("i");
    assert_eq!(room.listed(), ["Boats back", "Talks in Kenya", "Rain in Lisbon"], "newest first");
    room.keys("hgjjjj<Enter>hg<Enter>");
    assert_eq!(room.listed().len(), 4, "all again");
    room.keys("hgjjjjjj<Enter>ckenya<Enter>");
    assert_eq!(room.listed(), ["Talks in Kenya"], "the country filter holds in it:\n{}", room.desk.text());
}

#[test]
fn what_is_read_leaves_the_count_at_once_and_the_list_when_it_is_opened_again() {
    let mut room = room(180, 40);
    room.keys("hgjjjjj<Enter>");
    assert_eq!(room.listed(), ["Minister in Hungary", "Boats back", "Talks in Kenya"]);
    room.keys("<Enter>J");
    assert_eq!((room.unread(), beside(&room, "Waiting")), (2, "1".to_owned()));
    let news = vec![entry("Fog over the sea", -5, "Fog."), entry("Long ago", -90, "Fog.")];
    deliver(&mut room.store, room.sea, "Sea Post", news, None);
    room.desk.send(Msg::Refreshed(RefreshEnd { asked: 2, new: 1, ..RefreshEnd::default() }));
    room.answer();
    assert_eq!(room.listed().len(), 3, "nothing that was read has gone:\n{}", room.desk.text());
    assert!(room.desk.shows("Fog over the sea") && !room.desk.shows("Long ago"), "{}", room.desk.text());
    assert_eq!(beside(&room, "Waiting"), "2", "the new one counts, and one of more than an hour ago does not");
    room.keys("tk<Enter>").keys("tj<Enter>");
    assert_eq!(room.listed(), ["Talks in Kenya"], "{}", room.desk.text());
}

#[test]
fn what_is_read_in_a_list_of_read_ones_stays_too() {
    let smart = "[smart]\n\"Seen\" = 'is:read'\n\"Not new\" = '-unread'\n";
    for number in 0..2 {
        let mut room = Room::with(Config::parse(smart).unwrap(), 180, 40);
        room.annotate();
        room.keys("<Enter>J");
        room.keys(&format!("tgjjjj{}<Enter>", "j".repeat(number)));
        assert_eq!(room.listed().len(), 2, "{}", room.desk.text());
        deliver(&mut room.store, room.sea, "Sea Post", vec![entry("Fog over the sea", -5, "Fog.")], None);
        room.desk.send(Msg::ChangedElsewhere);
        room.answer();
        assert_eq!(room.listed().len(), 2, "{}", room.desk.text());
        assert!(!room.desk.shows("Fog over the sea"));
    }
}

#[test]
fn a_query_narrows_what_a_smart_feed_lists() {
    let mut room = room(180, 40);
    room.keys("hgjjjjjj<Enter>").keys("&kenya OR rain<Enter>");
    assert_eq!(room.listed(), ["Rain in Lisbon", "Talks in Kenya"], "{}", room.desk.text());
    room.keys("C");
    assert_eq!(room.listed().len(), 3, "the smart feed stays:\n{}", room.desk.text());
}

#[test]
fn marking_all_read_marks_what_it_lists() {
    let mut room = room(180, 40);
    room.keys("hgjjjjj<Enter>").keys("A");
    assert_eq!(room.unread(), 1, "but for the rain in Lisbon");
    assert_eq!(beside(&room, "Waiting"), "");
    room.keys("u");
    assert_eq!(beside(&room, "Waiting"), "3");
}

#[test]
fn the_next_unread_article_is_found_in_the_next_smart_feed_and_then_among_the_feeds() {
    let mut room = room(180, 40);
    room.keys("hgjjjj<Enter>").keys("<Enter>");
    assert_eq!(room.unread(), 3);
    room.keys("U");
    assert!(room.desk.shows("Hungary closed its border"), "{}", room.desk.text());
    room.keys("U").keys("U");
    assert_eq!(room.unread(), 0, "{}", room.desk.text());
    room.keys("U");
    assert!(room.desk.footer().contains("No other unread article"), "{}", room.desk.footer());
}

#[test]
fn smart_feeds_are_drawn_at_every_size() {
    for (width, height) in [(120, 36), (80, 24), (40, 12)] {
        let mut room = room(width, height);
        room.keys("tgjjjj<Enter>");
        assert!(room.desk.shows("Talks in Kenya"), "{width}:\n{}", room.desk.text());
    }
}
