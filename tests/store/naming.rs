//! Entries whose guids, links or texts say less than they seem to: a site's own address, a page about many entries, texts
//! that all begin alike, guids that are given again.

use dateline::model::Entry;

use crate::support::*;

const SITE: &str = "https://news.example.org/";
const PAGE: &str = "https://news.example.org/changes";

/// What a feed says before every text.
fn opening() -> String {
    "Every week we talk about harbours, ships and those who sail them; leave a review. ".repeat(6)
}

fn linked(n: usize, link: &str, text: &str) -> Entry {
    Entry { link: Some(link.to_owned()), content: html(text), ..entry(n) }
}

#[test]
fn texts_that_begin_alike_are_articles_of_their_own() {
    for link in [SITE, PAGE] {
        let (mut store, id) = library();
        let episode = |n: usize| linked(n, link, &format!("{}Today: number {n}", opening()));
        assert_eq!(deliver(&mut store, id, (1..=3).map(episode).collect(), at(0)).new, 3, "{link}");
        let taken = deliver(&mut store, id, [4, 1, 2].map(episode).to_vec(), at(1));
        assert_eq!((taken.new, taken.changed), (1, 0), "{link}");
        // One at a time, too.
        for n in 5..8 {
            let taken = deliver(&mut store, id, vec![episode(n)], at(n as i64));
            assert_eq!((taken.new, taken.changed), (1, 0), "{link}: {n}");
        }
        assert_eq!(deliver(&mut store, id, (1..8).map(episode).collect(), at(20)).new, 0, "{link}");
        assert_eq!(all(&store).len(), 7);
        sound(&store);
    }
}

#[test]
fn episodes_of_the_same_name_stay_apart_by_what_comes_later() {
    let (mut store, id) = library();
    let episode = |n: usize| Entry {
        title: Some(line("The briefing")),
        ..linked(n, SITE, &format!("{}Today: number {n}", opening()))
    };
    assert_eq!(deliver(&mut store, id, (1..=3).map(episode).collect(), at(0)).new, 3);
    assert_eq!(deliver(&mut store, id, (1..=4).map(episode).collect(), at(1)).new, 1);
}

#[test]
fn releases_that_say_the_same_words_are_articles_of_their_own() {
    let (mut store, id) = library();
    let release = |n| {
        linked(
            n,
            PAGE,
            "This release has bug fixes and runs faster for everybody who uses the application every day.",
        )
    };
    for n in 1..4 {
        let taken = deliver(&mut store, id, vec![release(n)], at(n as i64));
        assert_eq!((taken.new, taken.changed), (1, 0), "{n}");
    }
    assert_eq!(titles(&store), ["Headline 1", "Headline 2", "Headline 3"]);
    let taken = deliver(&mut store, id, (1..4).map(release).collect(), at(5));
    assert_eq!((taken.new, taken.changed), (0, 0));
}

#[test]
fn without_a_guid_the_site_names_nothing() {
    let (mut store, id) = library();
    let warning = |n: usize| Entry { guid: None, ..linked(n, SITE, &format!("Winds of force {n}")) };
    for n in 1..4 {
        let taken = deliver(&mut store, id, vec![warning(n)], at(n as i64));
        assert_eq!((taken.new, taken.changed), (1, 0), "{n}");
        let again = deliver(&mut store, id, vec![warning(n), entry(n + 20)], at(n as i64));
        assert_eq!((again.new, again.changed), (1, 0), "{n}");
    }
    assert_eq!(deliver(&mut store, id, (1..4).map(warning).collect(), at(9)).new, 0);
    // A feed that names its site only now and then has a site all the same.
    let content = dateline::model::Feed { link: None, ..feed(vec![warning(7), entry(40)]) };
    assert_eq!(deliver_feed(&mut store, id, &content, at(10)).new, 2);
    assert_eq!(deliver(&mut store, id, vec![warning(8)], at(11)).new, 1);
}

#[test]
fn short_alerts_under_one_guid_are_not_multiplied() {
    for link in [Some(SITE), None] {
        let (mut store, id) = library();
        let alert = |n: usize, text: &str| Entry {
            guid: Some("alerts".to_owned()),
            link: link.map(str::to_owned),
            published: None,
            content: html(text),
            ..entry(n)
        };
        let (a, b) = (alert(1, "Sunny"), alert(2, "Rain"));
        let mut new = |entries: &[&Entry], minute| {
            let taken = deliver(&mut store, id, entries.iter().map(|one| (*one).clone()).collect(), at(minute));
            assert_eq!(taken.changed, 0, "{link:?}, minute {minute}");
            taken.new
        };
        assert_eq!(new(&[&a], 0), 1);
        assert_eq!(new(&[&b, &a], 1), 1, "{link:?}");
        assert_eq!(new(&[&b], 2), 0, "{link:?}");
        assert_eq!(new(&[&b, &a], 3), 0, "{link:?}");
        assert_eq!(new(&[&a], 4), 0, "{link:?}");
        assert_eq!(all(&store).len(), 2);
        sound(&store);
    }
}

#[test]
fn a_page_of_one_entry_is_edited() {
    // Its guid can be trusted, though its link is the site.
    let (mut store, id) = library();
    deliver(&mut store, id, vec![linked(1, SITE, "<p>The minister said no.</p>")], at(0));
    let taken = deliver(&mut store, id, vec![linked(1, SITE, "<p>The minister said yes.</p>")], at(1));
    assert_eq!((taken.new, taken.changed), (0, 1));
}
