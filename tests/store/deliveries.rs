//! Feeds as they are: entries are neither lost nor multiplied.

use dateline::model::Entry;
use dateline::store::{Order, Query};
use jiff::Timestamp;
use proptest::prelude::*;

use crate::support::*;

fn first(n: usize) -> Vec<Entry> {
    (1..=n).map(entry).collect()
}

#[test]
fn a_delivery_is_kept_and_the_same_again_is_nothing_new() {
    let (mut store, id) = library();
    let taken = deliver(&mut store, id, first(3), at(0));
    assert_eq!((taken.new, taken.changed, taken.dropped), (3, 0, 0));
    assert_eq!(titles(&store), ["Headline 1", "Headline 2", "Headline 3"]);
    let row = &store.rows(&[titled(&store, "Headline 2")]).unwrap()[0];
    assert_eq!(row.source.as_deref(), Some("The Example"));
    assert_eq!(row.url.as_deref(), Some("https://news.example.org/2"));
    assert_eq!((row.date, row.versions, row.updated), (at(-12), 1, false));

    for minute in 1..4 {
        let taken = deliver(&mut store, id, first(3), at(minute));
        assert_eq!((taken.new, taken.changed), (0, 0));
    }
    let taken = deliver(&mut store, id, (2..=4).map(entry).collect(), at(5));
    assert_eq!((taken.new, taken.changed), (1, 0));
    assert_eq!(all(&store).len(), 4, "what left the feed stays");
    sound(&store);
}

#[test]
fn new_tracking_in_every_fetch_makes_no_new_article() {
    let (mut store, id) = library();
    for fetch in 0..4 {
        let entries = (1..=3)
            .map(|n| {
                let mut entry = entry(n);
                let url = format!(
                    "https://news.example.org/{n}?utm_source=feed{fetch}&id={n}&fbclid={fetch}#xtor=RSS-{fetch}"
                );
                entry.guid = Some(url.clone());
                entry.link = Some(url.clone());
                entry.content = html(&format!("<p><a href=\"{url}\">{}</a></p>", words(n)));
                entry
            })
            .collect();
        let taken = deliver(&mut store, id, entries, at(fetch));
        assert_eq!((taken.new, taken.changed), (if fetch == 0 { 3 } else { 0 }, 0), "fetch {fetch}");
    }
    let row = &store.rows(&[titled(&store, "Headline 1")]).unwrap()[0];
    assert_eq!(row.versions, 1);
    assert!(row.url.as_deref().unwrap().contains("utm_source=feed3"), "the latest address is the one to open");
}

#[test]
fn guids_that_change_in_every_fetch_make_no_new_article() {
    let (mut store, id) = library();
    for fetch in 0..4 {
        let mut entries = first(3);
        for entry in &mut entries {
            entry.guid = Some(format!("{}-{fetch}", entry.guid.as_ref().unwrap()));
        }
        let taken = deliver(&mut store, id, entries, at(fetch));
        assert_eq!(taken.new, if fetch == 0 { 3 } else { 0 }, "fetch {fetch}");
    }
    // Also where the date is that of the fetch,
    for fetch in 4..7 {
        let mut entries = first(3);
        for entry in &mut entries {
            entry.guid = Some(format!("{}-{fetch}", entry.guid.as_ref().unwrap()));
            entry.published = Some(at(fetch));
        }
        assert_eq!(deliver(&mut store, id, entries, at(fetch)).new, 0, "fetch {fetch}");
    }
    // where the headline was edited at the same time,
    let mut entries = first(3);
    for entry in &mut entries {
        entry.guid = Some(format!("{}-edited", entry.guid.as_ref().unwrap()));
        entry.title = Some(line(&format!("Edited {}", entry.title.as_ref().unwrap())));
    }
    let taken = deliver(&mut store, id, entries.clone(), at(8));
    assert_eq!((taken.new, taken.changed), (0, 3));
    // and where the links change as well.
    for entry in &mut entries {
        entry.guid = Some(format!("{}-2", entry.guid.as_ref().unwrap()));
        entry.link = Some(entry.link.as_ref().unwrap().replace("news.example.org", "redirect.example.net/x9"));
    }
    assert_eq!(deliver(&mut store, id, entries, at(9)).new, 0);
    assert_eq!(all(&store).len(), 3);
    sound(&store);
}

#[test]
fn one_guid_for_all_loses_nothing() {
    let (mut store, id) = library();
    let entries = |to: usize| {
        let mut entries = first(to);
        entries.iter_mut().for_each(|entry| entry.guid = Some("the feed".to_owned()));
        entries
    };
    assert_eq!(deliver(&mut store, id, entries(1), at(0)).new, 1);
    assert_eq!(deliver(&mut store, id, entries(3), at(1)).new, 2);
    assert_eq!(deliver(&mut store, id, entries(4), at(2)).new, 1);
    assert_eq!(deliver(&mut store, id, entries(4), at(3)).new, 0);
    assert_eq!(deliver(&mut store, id, entries(4).split_off(3), at(4)).new, 0);
    assert_eq!(all(&store).len(), 4);
    sound(&store);
}

#[test]
fn a_guid_that_is_given_again_is_another_article() {
    let (mut store, id) = library();
    for n in 1..4 {
        let mut latest = entry(n);
        latest.guid = Some("latest".to_owned());
        assert_eq!(deliver(&mut store, id, vec![latest], at(n as i64)).new, 1);
    }
    assert_eq!(titles(&store), ["Headline 1", "Headline 2", "Headline 3"]);
    // But a headline, address and date that change with a few words of the text are an edit.
    let mut edited = entry(3);
    edited.guid = Some("latest".to_owned());
    edited.title = Some(line("Another headline"));
    edited.link = Some("https://news.example.org/another-headline".to_owned());
    edited.published = Some(at(3));
    edited.content = html(&format!("<p>{} and more</p>", words(3)));
    let taken = deliver(&mut store, id, vec![edited], at(5));
    assert_eq!((taken.new, taken.changed), (0, 1));
}

#[test]
fn entries_without_guid_go_by_link_then_by_text() {
    let (mut store, id) = library();
    let without = |n: usize, link: Option<&str>| Entry { guid: None, link: link.map(str::to_owned), ..entry(n) };
    let linked =
        || vec![without(1, Some("https://news.example.org/a")), without(2, Some("https://news.example.org/b"))];
    assert_eq!(deliver(&mut store, id, linked(), at(0)).new, 2);
    let mut edited = linked();
    edited[0].title = Some(line("Edited"));
    edited[0].content = html("<p>Wholly other words now stand here.</p>");
    let taken = deliver(&mut store, id, edited, at(1));
    assert_eq!((taken.new, taken.changed), (0, 1));

    // All to the same page.
    let home = || (3..6).map(|n| without(n, Some("https://news.example.org/"))).collect::<Vec<_>>();
    assert_eq!(deliver(&mut store, id, home(), at(2)).new, 3);
    assert_eq!(deliver(&mut store, id, home(), at(3)).new, 0);
    // Nothing to go by but the words.
    let bare = || (6..9).map(|n| without(n, None)).collect::<Vec<_>>();
    assert_eq!(deliver(&mut store, id, bare(), at(4)).new, 3);
    assert_eq!(deliver(&mut store, id, bare(), at(5)).new, 0);
    let short = |text: &str| Entry { content: html(text), ..Entry::default() };
    assert_eq!(deliver(&mut store, id, vec![short("one"), short("two")], at(6)).new, 2);
    assert_eq!(deliver(&mut store, id, vec![short("two"), short("three")], at(7)).new, 1);
    assert_eq!(all(&store).len(), 11);
    sound(&store);
}

#[test]
fn a_feed_that_begins_to_give_guids_starts_no_new_articles() {
    let (mut store, id) = library();
    let bare = || first(3).into_iter().map(|entry| Entry { guid: None, ..entry }).collect::<Vec<_>>();
    assert_eq!(deliver(&mut store, id, bare(), at(0)).new, 3);
    assert_eq!(deliver(&mut store, id, first(3), at(1)).new, 0);
    assert_eq!(deliver(&mut store, id, bare(), at(2)).new, 0);
}

#[test]
fn entries_side_by_side_stay_apart_unless_they_are_the_same() {
    let (mut store, id) = library();
    let mut same = entry(1);
    same.guid = Some("another".to_owned());
    let mut other = entry(1);
    other.guid = Some("third".to_owned());
    other.link = Some("https://news.example.org/third".to_owned());
    let entries = vec![entry(1), entry(1), same, other, entry(2)];
    assert_eq!(deliver(&mut store, id, entries.clone(), at(0)).new, 3);
    assert_eq!(deliver(&mut store, id, entries, at(1)).new, 0);
    // The title alone says nothing.
    let status = |guid: &str, n| Entry { guid: Some(guid.to_owned()), title: Some(line("Status")), ..entry(n) };
    assert_eq!(deliver(&mut store, id, vec![status("s1", 11), status("s2", 12)], at(2)).new, 2);
}

#[test]
fn dates_are_never_in_the_future_and_the_first_one_stays() {
    let (mut store, id) = library();
    let dated = |n: usize, published: Option<Timestamp>| Entry { published, ..entry(n) };
    let entries = vec![
        dated(1, None),
        dated(2, Some(at(60 * 24 * 400))),
        dated(3, Some(at(60 * 5))),
        dated(4, Some(at(-5))),
        dated(5, Some("1970-01-01T00:00:00Z".parse().unwrap())),
        dated(6, None),
    ];
    deliver(&mut store, id, entries, at(0));
    let rows = store.rows(&ids(&store, &Query::default())).unwrap();
    assert!(rows.iter().all(|row| row.date <= at(0)));
    let order = ["Headline 1", "Headline 2", "Headline 3", "Headline 5", "Headline 6", "Headline 4"];
    assert_eq!(titles(&store), order, "what has no date keeps the feed's order");
    let oldest = Query { order: Order::Oldest, ..Query::default() };
    let mut backwards = titles_of(&store, &oldest);
    backwards.reverse();
    assert_eq!(backwards, order);
    let published = |n| store.article(titled(&store, &format!("Headline {n}"))).unwrap().unwrap().published;
    assert_eq!([published(1), published(2), published(3), published(5)], [None, None, Some(at(300)), None]);

    // A feed that moves its dates does not move its articles.
    let moved = vec![dated(4, Some(at(90))), dated(1, Some(at(95)))];
    deliver(&mut store, id, moved, at(100));
    assert_eq!(titles(&store), order);
    // What comes later without a date stands above.
    deliver(&mut store, id, vec![dated(7, None), dated(8, None)], at(101));
    assert_eq!(titles(&store)[..3], ["Headline 7", "Headline 8", "Headline 1"]);
}

#[test]
fn the_same_date_is_ordered_by_when_it_was_seen() {
    let (mut store, id) = library();
    let dated = |n| Entry { published: Some(at(-60)), ..entry(n) };
    deliver(&mut store, id, vec![dated(1), dated(2)], at(0));
    deliver(&mut store, id, vec![dated(3), dated(4), dated(1), dated(2)], at(1));
    assert_eq!(titles(&store), ["Headline 3", "Headline 4", "Headline 1", "Headline 2"]);
}

/// How a feed may garble one fetch: which entries are in it, in which order, and what of them is new.
#[derive(Debug, Clone)]
struct Fetch {
    order: Vec<usize>,
    new_guids: bool,
    new_tracking: bool,
    new_dates: bool,
    without_guids: bool,
}

fn fetches() -> impl Strategy<Value = Vec<Fetch>> {
    let order = Just((1..=8usize).collect::<Vec<_>>())
        .prop_shuffle()
        .prop_flat_map(|order| (1..=order.len()).prop_map(move |len| order[..len].to_vec()));
    let fetch =
        (order, any::<[bool; 4]>()).prop_map(|(order, [new_guids, new_tracking, new_dates, without_guids])| Fetch {
            order,
            new_guids,
            new_tracking,
            new_dates,
            without_guids,
        });
    proptest::collection::vec(fetch, 1..7)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(64) })]

    /// However a feed orders, cuts and garbles what it delivers, each entry is one article with one version.
    #[test]
    fn whatever_a_feed_garbles_each_entry_is_one_article(fetches in fetches()) {
        let (mut store, id) = library();
        let mut seen = std::collections::BTreeSet::new();
        for (number, fetch) in fetches.iter().enumerate() {
            let entries = fetch.order.iter().map(|n| {
                let mut entry = entry(*n);
                if fetch.new_guids {
                    entry.guid = Some(format!("{n} at {number}"));
                }
                if fetch.without_guids {
                    entry.guid = None;
                }
                if fetch.new_tracking {
                    entry.link = entry.link.map(|link| format!("{link}?utm_campaign={number}"));
                }
                if fetch.new_dates {
                    entry.published = Some(at(number as i64));
                }
                entry
            }).collect();
            let before = seen.len();
            seen.extend(fetch.order.iter().copied());
            let taken = deliver(&mut store, id, entries, at(number as i64));
            prop_assert_eq!((taken.new, taken.changed), (seen.len() - before, 0));
        }
        let mut found = titles(&store);
        found.sort();
        let wanted: Vec<String> = seen.iter().map(|n| format!("Headline {n}")).collect();
        prop_assert_eq!(found, wanted);
        sound(&store);
    }
}
