//! Annotations, countries and the index.

use dateline::model::{
    Annotations, Article, Country, Event, EventKind, Participant, Place, Polity, Quotation, QuotationKind, Speaker,
};
use dateline::store::{ArticleId, Finding, Mark, Query, Store};
use dateline::text::{Clean, Span};

use crate::support::*;

const ENGINE: &str = "rules 1";

fn country(code: &str) -> Country {
    Country::new(code).unwrap()
}

/// Annotations that are about some countries and name others.
fn found(about: &[&str], named: &[&str]) -> Annotations {
    let mut annotations = Annotations::default();
    annotations.countries.about = about.iter().map(|code| country(code)).collect();
    annotations.countries.mentioned = about.iter().chain(named).map(|code| (country(code), 2)).collect();
    annotations.quotations.push(Quotation {
        kind: QuotationKind::Direct,
        content: vec![Span::new(1, 5)],
        quoted: vec![Span::new(1, 5)],
        cue: None,
        source: None,
        speaker: Speaker::Unnamed("spokesperson".into()),
        confidence: 0.5,
        ..Quotation::default()
    });
    annotations
}

/// Keeps what `engine` found in the article with this headline, whose plain text is `text`.
fn keep(store: &mut Store, title: &str, text: &str, annotations: &Annotations, engine: &str) {
    let article = titled(store, title);
    let stored = store.article(article).unwrap().unwrap();
    let article_text = Article { title: stored.title, doc: page("", "", text).doc, ..Article::default() };
    let finding = Finding { article, hash: stored.hash, article_text: &article_text, annotations };
    store.keep(&[finding], engine).unwrap();
}

fn by_country(store: &Store, codes: &[&str], about: bool) -> Vec<String> {
    let countries = codes.iter().map(|code| country(code)).collect();
    titles_of(store, &Query { countries, about, ..Query::default() })
}

#[test]
fn what_was_found_comes_back_by_text_and_engine() {
    let (mut store, id) = library();
    deliver(&mut store, id, (1..=3).map(entry).collect(), at(0));
    let article = titled(&store, "Headline 2");
    let hash = store.article(article).unwrap().unwrap().hash;
    assert!(store.annotations(hash, ENGINE).unwrap().is_none());
    let annotations = found(&["FR", "DE"], &["US"]);
    keep(&mut store, "Headline 2", "Some words.", &annotations, ENGINE);
    let kept = store.annotations(hash, ENGINE).unwrap().unwrap();
    assert_eq!(format!("{kept:?}"), format!("{annotations:?}"));
    assert!(store.annotations(hash, "rules 2").unwrap().is_none());
    assert_eq!(store.rows(&[article]).unwrap()[0].about, [country("FR"), country("DE")]);
    sound(&store);
}

#[test]
fn the_same_text_need_not_be_annotated_twice() {
    let (mut store, id) = library();
    let other = subscribe(&mut store, "https://mirror.example.org/feed");
    deliver(&mut store, id, vec![entry(1)], at(0));
    deliver(&mut store, other, vec![entry(1)], at(1));
    let hashes: Vec<_> = all(&store).iter().map(|key| store.article(key.id).unwrap().unwrap().hash).collect();
    assert_eq!(hashes[0], hashes[1]);
    assert_ne!(all(&store)[0].id, all(&store)[1].id, "but it is in two feeds");
}

#[test]
fn unread_and_latest_come_first_to_be_annotated() {
    let (mut store, id) = library();
    deliver(&mut store, id, (1..=5).map(entry).collect(), at(0));
    let order = |store: &Store, engine: &str, most| -> String {
        let ids = store.to_annotate(engine, most).unwrap();
        store.rows(&ids).unwrap().iter().map(|row| row.title.chars().last().unwrap()).collect()
    };
    store.mark(&[titled(&store, "Headline 1"), titled(&store, "Headline 3")], Mark::Read(true)).unwrap();
    assert_eq!(order(&store, ENGINE, 10), "24513");
    assert_eq!(order(&store, ENGINE, 2), "24");
    assert_eq!(store.count_to_annotate(ENGINE).unwrap(), 5);
    keep(&mut store, "Headline 4", "", &found(&[], &[]), ENGINE);
    keep(&mut store, "Headline 2", "", &found(&[], &[]), "rules 0");
    assert_eq!(order(&store, ENGINE, 10), "2513", "what another engine found does not count");
    assert_eq!(store.count_to_annotate(ENGINE).unwrap(), 4);
    assert_eq!(order(&store, ENGINE, 0), "");

    // An edit is to be annotated anew; an edit that nobody sees is not.
    let mut edited = entry(4);
    edited.content = html(&format!("<p>{}</p><img src=x>", words(4)));
    deliver(&mut store, id, vec![edited.clone()], at(1));
    assert_eq!(store.count_to_annotate(ENGINE).unwrap(), 4);
    edited.content = html("<p>Other words.</p>");
    deliver(&mut store, id, vec![edited], at(2));
    assert_eq!(store.count_to_annotate(ENGINE).unwrap(), 5);
}

#[test]
fn articles_are_found_by_the_countries_that_their_events_tell_of() {
    let (mut store, id) = library();
    deliver(&mut store, id, vec![entry(1)], at(0));
    let mut annotations = found(&["FR"], &[]);
    let who = |code: &str| Participant {
        span: Span::new(0, 1),
        text: "They".into(),
        entity: None,
        polity: Some(Polity::Country(country(code))),
        sector: None,
    };
    let place = Place { span: Span::new(0, 1), text: "There".into(), country: Some(country("PE")) };
    annotations.events.push(Event {
        actors: vec![who("KE")],
        recipients: vec![who("GH")],
        place: Some(place),
        ..Event::new(EventKind::Aid, Span::new(0, 1))
    });
    keep(&mut store, "Headline 1", "", &annotations, ENGINE);
    for code in ["FR", "KE", "GH", "PE"] {
        assert_eq!(by_country(&store, &[code], false), ["Headline 1"], "{code}");
    }
    assert!(by_country(&store, &["KE", "GH", "PE"], true).is_empty(), "it is about none of these");
    let counts = store.countries().unwrap();
    assert!(counts.contains(&(country("PE"), 0, 1)) && counts.contains(&(country("FR"), 1, 1)), "{counts:?}");
}

#[test]
fn articles_are_found_by_country() {
    let (mut store, id) = library();
    deliver(&mut store, id, (1..=4).map(entry).collect(), at(0));
    for (n, about, named) in [(1, &["FR"][..], &["DE"][..]), (2, &["DE", "FR"], &[]), (3, &[], &["FR"])] {
        keep(&mut store, &format!("Headline {n}"), "", &found(about, named), ENGINE);
    }
    assert_eq!(by_country(&store, &["FR"], false), ["Headline 1", "Headline 2", "Headline 3"]);
    assert_eq!(by_country(&store, &["FR"], true), ["Headline 1", "Headline 2"]);
    assert_eq!(by_country(&store, &["DE", "US"], true), ["Headline 2"]);
    assert!(by_country(&store, &["US"], false).is_empty());
    assert_eq!(store.countries().unwrap(), [(country("DE"), 1, 2), (country("FR"), 2, 3)]);
    // Found anew, it replaces what was found before.
    keep(&mut store, "Headline 1", "", &found(&["US"], &[]), "rules 2");
    assert_eq!(by_country(&store, &["FR"], true), ["Headline 2"]);
    store.unsubscribe(id).unwrap();
    assert!(store.countries().unwrap().is_empty());
    sound(&store);
}

#[test]
fn words_are_searched_in_headline_and_text() {
    let (mut store, id) = library();
    let texts = [
        "The harbours of Port-Aurèle close. The minister didn't say why.",
        "A harbour opens; the prime minister said so at length, and more, and more, and more.",
        "Nothing of that.",
        "headline headline headline 2",
    ];
    let entries =
        (1..).zip(texts).map(|(n, text)| dateline::model::Entry { content: html(text), ..entry(n) }).collect();
    deliver(&mut store, id, entries, at(0));
    let search = |store: &Store, words: &str| -> Vec<String> {
        let ids = store.search(words, 10).unwrap();
        store.rows(&ids).unwrap().iter().map(|row| row.title.to_string()).collect()
    };
    assert!(search(&store, "harbour").is_empty(), "nothing is in the index before it is kept");
    for (n, text) in (1..).zip(texts) {
        keep(&mut store, &format!("Headline {n}"), text, &found(&[], &[]), ENGINE);
    }
    assert_eq!(search(&store, "aurele"), ["Headline 1"], "accents do not matter");
    assert_eq!(search(&store, "HARBOUR minister"), ["Headline 2"]);
    assert_eq!(search(&store, "harbour* minister").len(), 2);
    assert_eq!(search(&store, "\"prime minister\""), ["Headline 2"]);
    assert!(search(&store, "\"minister prime\"").is_empty());
    assert_eq!(search(&store, "didn't"), ["Headline 1"]);
    assert_eq!(search(&store, "2")[0], "Headline 2", "a headline counts more than a text");
    assert_eq!(store.search("headline", 2).unwrap().len(), 2);
    for odd in [
        "",
        " ",
        "\"",
        "\"\"",
        "*",
        "-",
        "AND",
        "NOT harbour",
        "a OR b)",
        "title:x",
        "(((",
        "^",
        "\0",
        "harbour\0",
        "NEAR(a b)",
        "—",
    ] {
        let _ = store.search(odd, 5).unwrap();
    }
    assert_eq!(search(&store, "— harbour —"), ["Headline 2"]);
    // Letters and marks of many scripts, also those that the index does not know.
    for odd in ["हिन्दी", "Ⓐ", "𞤀𞤣", "e\u{301}", "ไทย", "한국어", "\u{301}", "١٢", "𝒳", "🄰x", "harbour Ⓐ"]
    {
        let _ = store.search(odd, 5).unwrap();
    }

    // The index follows edits and drops.
    keep(&mut store, "Headline 3", "All of that.", &found(&[], &[]), "rules 2");
    assert_eq!(search(&store, "all"), ["Headline 3"]);
    assert!(search(&store, "nothing").is_empty());
    store.unsubscribe(id).unwrap();
    assert!(store.search("harbour", 10).unwrap().is_empty());
    sound(&store);
}

#[test]
fn words_in_a_row_are_found_in_every_script() {
    let (mut store, id) = library();
    let texts = [
        "<p>日本語のニュース。東京で会議。</p>",
        "<p>京都と東。</p>",
        "<p>Hindi: हिन्दी समाचार</p>",
        "<p>the prime&nbsp;minister, who</p>",
    ];
    let entries =
        (1..).zip(texts).map(|(n, text)| dateline::model::Entry { content: html(text), ..entry(n) }).collect();
    deliver(&mut store, id, entries, at(0));
    for (n, text) in
        (1..).zip(["日本語のニュース。東京で会議。", "京都と東。", "Hindi: हिन्दी समाचार", "the prime minister, who"])
    {
        keep(&mut store, &format!("Headline {n}"), text, &found(&[], &[]), ENGINE);
    }
    let search = |words: &str| -> Vec<String> {
        let ids = store.search(words, 10).unwrap();
        store.rows(&ids).unwrap().iter().map(|row| row.title.to_string()).collect()
    };
    assert_eq!(search("東京"), ["Headline 1"]);
    assert_eq!(search("ニュース"), ["Headline 1"]);
    assert_eq!(search("京").len(), 2);
    assert_eq!(search("हिन्दी"), ["Headline 3"]);
    assert_eq!(search("\"Prime Minister who\""), ["Headline 4"]);
    assert_eq!(search("\"headline 4\""), ["Headline 4"]);
    assert!(search("\"minister prime\"").is_empty());
}

#[test]
fn what_another_engine_found_is_dropped() {
    let (mut store, id) = library();
    deliver(&mut store, id, vec![entry(1), entry(2)], at(0));
    let hash = |store: &Store, title: &str| store.article(titled(store, title)).unwrap().unwrap().hash;
    let (first, second) = (hash(&store, "Headline 1"), hash(&store, "Headline 2"));
    let is_kept = |store: &Store, hash, engine| store.annotations(hash, engine).unwrap().is_some();
    for title in ["Headline 1", "Headline 2"] {
        keep(&mut store, title, "", &found(&["FR"], &[]), "rules 1");
    }
    // The same text again, by another engine.
    keep(&mut store, "Headline 2", "", &found(&["DE"], &[]), "rules 2");
    assert!(is_kept(&store, second, "rules 2") && !is_kept(&store, second, "rules 1"));
    assert!(is_kept(&store, first, "rules 1"), "that of another text stays");

    // An edit that waits to be annotated may be taken back; one that was annotated by another engine leaves nothing.
    let edited = dateline::model::Entry { content: html("<p>Other words.</p>"), ..entry(1) };
    deliver(&mut store, id, vec![edited], at(1));
    store.vacuum().unwrap();
    assert!(is_kept(&store, first, "rules 1"));
    keep(&mut store, "Headline 1", "", &found(&["FR"], &[]), "rules 2");
    deliver(&mut store, id, vec![entry(3)], at(2));
    keep(&mut store, "Headline 3", "", &found(&["FR"], &[]), "rules 1");
    store.vacuum().unwrap();
    assert!(!is_kept(&store, first, "rules 1"), "though that engine's findings are shown of a third article");
    assert!(is_kept(&store, hash(&store, "Headline 1"), "rules 2") && is_kept(&store, second, "rules 2"));
    assert!(is_kept(&store, hash(&store, "Headline 3"), "rules 1"));
    sound(&store);
}

#[test]
fn findings_go_with_an_ended_subscription() {
    let (mut store, id) = library();
    deliver(&mut store, id, (0..1100).map(entry).collect(), at(0));
    let stored: Vec<_> = all(&store).iter().map(|key| store.article(key.id).unwrap().unwrap()).collect();
    let (text, annotations) = (page("", "", "Some words."), found(&["FR"], &[]));
    let findings: Vec<Finding> = stored
        .iter()
        .map(|one| Finding { article: one.id, hash: one.hash, article_text: &text, annotations: &annotations })
        .collect();
    store.keep(&findings, ENGINE).unwrap();
    assert!(store.annotations(stored[7].hash, ENGINE).unwrap().is_some());
    store.unsubscribe(id).unwrap();
    assert!(store.annotations(stored[7].hash, ENGINE).unwrap().is_none());
    sound(&store);
}

#[test]
fn findings_of_a_text_that_changed_meanwhile_are_not_filed_under_the_new_one() {
    let (mut store, id) = library();
    deliver(&mut store, id, vec![entry(1)], at(0));
    let article = titled(&store, "Headline 1");
    let old = store.article(article).unwrap().unwrap().hash;
    let edited = dateline::model::Entry { content: html("<p>Other words.</p>"), ..entry(1) };
    deliver(&mut store, id, vec![edited], at(1));
    let text =
        Article { doc: dateline::model::Doc { text: Clean::new("old"), ..Default::default() }, ..Article::default() };
    let annotations = found(&["FR"], &[]);
    store.keep(&[Finding { article, hash: old, article_text: &text, annotations: &annotations }], ENGINE).unwrap();
    assert_eq!(store.count_to_annotate(ENGINE).unwrap(), 1);
    assert!(store.rows(&[article]).unwrap()[0].about.is_empty());
    let gone = Finding { article: ArticleId(4711), hash: old, article_text: &text, annotations: &annotations };
    store.keep(&[gone], ENGINE).unwrap();
    sound(&store);
}
