//! What is dropped, what never is, and what does not come back.

use dateline::store::{Mark, Retention};

use crate::support::*;

const DAY: i64 = 24 * 60;

fn count(count: usize) -> Retention {
    Retention { count: Some(count), days: None }
}

fn days(days: u32) -> Retention {
    Retention { count: None, days: Some(days) }
}

fn entries(range: std::ops::Range<usize>) -> Vec<dateline::model::Entry> {
    range.map(entry).collect()
}

#[test]
fn the_latest_are_kept_and_the_rest_never_come_back_as_new() {
    let (mut store, id) = library();
    let taken = deliver_and_keep(&mut store, id, entries(1..8), count(3), at(0));
    assert_eq!((taken.new, taken.dropped), (7, 4));
    assert_eq!(titles(&store), ["Headline 1", "Headline 2", "Headline 3"]);
    for minute in 1..4 {
        // The feed still shows them, in another order, with other links.
        let mut again = entries(1..8);
        again.rotate_left(minute as usize);
        again
            .iter_mut()
            .for_each(|entry| entry.link = entry.link.take().map(|link| format!("{link}?utm_id={minute}")));
        let taken = deliver_and_keep(&mut store, id, again, count(3), at(minute));
        assert_eq!((taken.new, taken.dropped), (0, 0), "minute {minute}");
    }
    let taken = deliver_and_keep(&mut store, id, vec![entry(0), entry(6)], count(3), at(5));
    assert_eq!((taken.new, taken.dropped), (1, 1));
    assert_eq!(titles(&store), ["Headline 0", "Headline 1", "Headline 2"]);
    sound(&store);
}

#[test]
fn what_is_starred_stays() {
    let (mut store, id) = library();
    deliver(&mut store, id, entries(1..6), at(0));
    store.mark(&[titled(&store, "Headline 5")], Mark::Starred(true)).unwrap();
    deliver_and_keep(&mut store, id, entries(0..2), count(2), at(1));
    assert_eq!(titles(&store), ["Headline 0", "Headline 1", "Headline 5"]);
    deliver_and_keep(&mut store, id, vec![], days(3), at(9 * DAY));
    assert_eq!(titles(&store), ["Headline 5"]);
    sound(&store);
}

#[test]
fn age_counts_from_when_an_article_was_first_seen() {
    let (mut store, id) = library();
    deliver_and_keep(&mut store, id, entries(3..5), days(10), at(0));
    deliver_and_keep(&mut store, id, entries(1..5), days(10), at(6 * DAY));
    assert_eq!(all(&store).len(), 4);
    let taken = deliver_and_keep(&mut store, id, entries(1..5), days(10), at(11 * DAY));
    assert_eq!((taken.new, taken.dropped), (0, 2));
    assert_eq!(titles(&store), ["Headline 1", "Headline 2"]);
    assert_eq!(deliver_and_keep(&mut store, id, entries(1..5), days(10), at(12 * DAY)).new, 0);
}

#[test]
fn retention_goes_on_while_the_feed_is_unchanged_and_remembers_as_long_as_the_feed_shows() {
    let (mut store, id) = library();
    deliver_and_keep(&mut store, id, entries(1..4), count(1), at(0));
    // A year of the same delivery, then another one that still has the old entries.
    for week in 1..52 {
        deliver_and_keep(&mut store, id, entries(1..4), count(1), at(week * 7 * DAY));
    }
    let taken = deliver_and_keep(&mut store, id, entries(0..4), count(1), at(365 * DAY));
    assert_eq!((taken.new, taken.dropped), (1, 1));
}

#[test]
fn a_guid_that_is_given_again_is_not_taken_for_what_was_dropped() {
    let (mut store, id) = library();
    // One guid for the latest entry, a week between them, and no more than three days are kept.
    let latest = |week: i64| dateline::model::Entry {
        guid: Some("latest".to_owned()),
        published: Some(at(week * 7 * DAY - 30)),
        ..entry(usize::try_from(week).unwrap() + 1)
    };
    for week in 0..4 {
        let taken = deliver_and_keep(&mut store, id, vec![latest(week)], days(3), at(week * 7 * DAY));
        assert_eq!((taken.new, taken.dropped), (1, 0), "week {week}");
        assert_eq!(titles(&store), [format!("Headline {}", week + 1)]);
        let now = at((week * 7 + 4) * DAY);
        assert_eq!(deliver_and_keep(&mut store, id, vec![latest(week)], days(3), now).dropped, 1);
        // What was dropped stays so, also with another headline, a new date, or another beginning.
        let dropped = latest(week);
        let renamed = dateline::model::Entry { title: Some(line("Renamed")), ..dropped.clone() };
        let touched = dateline::model::Entry { published: Some(now), ..dropped.clone() };
        let rewritten = dateline::model::Entry { content: html("Rewritten."), ..dropped.clone() };
        for (hour, entry) in (1..).zip([dropped, renamed, touched, rewritten]) {
            let now = at((week * 7 + 4) * DAY + hour * 60);
            assert_eq!(deliver_and_keep(&mut store, id, vec![entry], days(3), now).new, 0, "hour {hour}");
        }
    }
    sound(&store);
}

#[test]
fn saved_pages_are_no_feeds_business() {
    let (mut store, id) = library();
    store.save_page(&page("https://p.example.org/", "Page", "Words."), None, at(0)).unwrap();
    deliver_and_keep(&mut store, id, entries(1..3), count(0), at(400 * DAY));
    assert_eq!(titles(&store), ["Page"]);
}
