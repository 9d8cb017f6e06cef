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
fn saved_pages_are_no_feeds_business() {
    let (mut store, id) = library();
    store.save_page(&page("https://p.example.org/", "Page", "Words."), None, at(0)).unwrap();
    deliver_and_keep(&mut store, id, entries(1..3), count(0), at(400 * DAY));
    assert_eq!(titles(&store), ["Page"]);
}
