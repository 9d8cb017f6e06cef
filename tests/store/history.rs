//! Versions: what is an edit, and what becomes of it.

use dateline::model::{Entry, Link, MarkKind};
use dateline::store::{Body, Mark, Query, Scope};
use dateline::text::{Clean, Span};

use crate::support::*;

fn with(content: &str) -> Vec<Entry> {
    vec![Entry { content: html(content), ..entry(1) }]
}

#[test]
fn other_words_are_a_new_version_and_both_stay() {
    let (mut store, id) = library();
    deliver(&mut store, id, with("<p>The minister said no.</p>"), at(0));
    let article = titled(&store, "Headline 1");
    store.mark(&[article], Mark::Read(true)).unwrap();
    let first = store.article(article).unwrap().unwrap();

    let taken = deliver(&mut store, id, with("<p>The minister said yes.</p>"), at(1));
    assert_eq!((taken.new, taken.changed), (0, 1));
    let now = store.article(article).unwrap().unwrap();
    assert_eq!(text(&now), "<p>The minister said yes.</p>");
    assert_ne!(now.hash, first.hash);
    assert!(now.read, "an edit never makes a read article unread");
    let row = &store.rows(&[article]).unwrap()[0];
    assert_eq!((row.versions, row.updated), (2, true));

    let versions = store.versions(article).unwrap();
    assert_eq!(versions.iter().map(|version| version.seen).collect::<Vec<_>>(), [at(0), at(1)]);
    let old = store.version(versions[0].id).unwrap().unwrap();
    assert_eq!(text(&old), "<p>The minister said no.</p>");
    assert_eq!(old.hash, first.hash);

    store.mark(&[article], Mark::Read(true)).unwrap();
    assert!(!store.rows(&[article]).unwrap()[0].updated, "read again");
    sound(&store);
}

#[test]
fn a_new_headline_is_a_new_version() {
    let (mut store, id) = library();
    deliver(&mut store, id, vec![entry(1)], at(0));
    let edited = Entry { title: Some(line("Headline 1, corrected")), ..entry(1) };
    assert_eq!(deliver(&mut store, id, vec![edited], at(1)).changed, 1);
    let article = titled(&store, "Headline 1, corrected");
    let titles: Vec<_> = store.versions(article).unwrap().into_iter().filter_map(|version| version.title).collect();
    assert_eq!(titles, [line("Headline 1"), line("Headline 1, corrected")]);
    assert!(!store.rows(&[article]).unwrap()[0].updated, "it had not been read");
}

#[test]
fn trivial_edits_replace_the_text_and_nothing_else() {
    let (mut store, id) = library();
    deliver(&mut store, id, with("<p>See <a href=\"/a?s=1\">the list</a>, she said.</p>"), at(0));
    let article = titled(&store, "Headline 1");
    store.mark(&[article], Mark::Read(true)).unwrap();
    let first = store.article(article).unwrap().unwrap();
    let latest =
        "<p>See <a href=\"/a?s=2\">the list</a>, she said.</p><img src=\"https://t.example.net/p?9\" width=\"1\">";
    let taken = deliver(&mut store, id, with(latest), at(1));
    assert_eq!((taken.new, taken.changed), (0, 0));
    let now = store.article(article).unwrap().unwrap();
    assert_eq!(text(&now), latest);
    assert_eq!(now.hash, first.hash, "what was found in it stays found");

    let dressed = "<div>See <b>the\n  list</b>, she said.</div><!-- 7 -->";
    assert_eq!(deliver(&mut store, id, with(dressed), at(2)).changed, 0);
    let now = store.article(article).unwrap().unwrap();
    assert_eq!((text(&now), now.hash), (dressed, first.hash));

    let moved = "<p>See the list,</p><p>she said.</p>";
    assert_eq!(deliver(&mut store, id, with(moved), at(3)).changed, 0);
    let now = store.article(article).unwrap().unwrap();
    assert_eq!(text(&now), moved);
    assert_ne!(now.hash, first.hash, "its blocks are others");
    let row = &store.rows(&[article]).unwrap()[0];
    assert_eq!((row.versions, row.updated), (1, false));
    sound(&store);
}

#[test]
fn an_edit_between_odd_comments_is_an_edit() {
    let (mut store, id) = library();
    for (n, (open, close)) in [("<!-->", ""), ("<!--->", ""), ("<!-- x --!>", "<!-- -->")].into_iter().enumerate() {
        let with = |words: &str| {
            let content = html(&format!("<p>The minister answered.</p>{open}<p>{words}</p>{close}"));
            vec![Entry { content, ..entry(n) }]
        };
        deliver(&mut store, id, with("She said no."), at(0));
        let article = titled(&store, &format!("Headline {n}"));
        let first = store.article(article).unwrap().unwrap();
        assert_eq!(deliver(&mut store, id, with("She said yes."), at(1)).changed, 1, "{open}");
        assert_ne!(
            store.article(article).unwrap().unwrap().hash,
            first.hash,
            "what was found in the old is not shown"
        );
    }
    sound(&store);
}

#[test]
fn a_delivery_without_the_link_takes_none_away() {
    let (mut store, id) = library();
    deliver(&mut store, id, with("<p>The minister said no.</p>"), at(0));
    let article = titled(&store, "Headline 1");
    let url = Some(line("https://news.example.org/1"));
    for (minute, text) in (1..).zip(["<p>The minister said no.</p><!-- 1 -->", "<p>The minister said yes.</p>"]) {
        let entries = vec![Entry { link: None, content: html(text), ..entry(1) }];
        deliver(&mut store, id, entries, at(minute));
        assert_eq!(store.rows(&[article]).unwrap()[0].url, url, "{text}");
        assert_eq!(store.article(article).unwrap().unwrap().url, url, "{text}");
    }
}

#[test]
fn a_text_that_flickers_has_two_versions() {
    let (mut store, id) = library();
    for fetch in 0..20 {
        deliver(&mut store, id, with(&format!("<p>{} comments</p>", fetch % 2)), at(fetch));
    }
    let article = titled(&store, "Headline 1");
    assert_eq!(store.versions(article).unwrap().len(), 2);
    assert_eq!(text(&store.article(article).unwrap().unwrap()), "<p>1 comments</p>");
    sound(&store);
}

#[test]
fn a_counter_in_the_text_does_not_fill_the_disk() {
    let (mut store, id) = library();
    for fetch in 0..150 {
        deliver(&mut store, id, with(&format!("<p>{fetch} views</p>")), at(fetch));
    }
    let article = titled(&store, "Headline 1");
    let versions = store.versions(article).unwrap();
    assert!(versions.len() <= 100);
    assert_eq!(text(&store.version(versions[0].id).unwrap().unwrap()), "<p>0 views</p>", "the first stays");
    assert_eq!(text(&store.article(article).unwrap().unwrap()), "<p>149 views</p>");
    assert_eq!(store.rows(&[article]).unwrap()[0].versions, versions.len());
    sound(&store);
}

#[test]
fn all_that_an_entry_says_comes_back() {
    let (mut store, id) = library();
    let mut full = entry(1);
    full.authors = vec![line("Élise Dufrêne"), line("A. N. Other")];
    full.summary = html("short");
    full.content.as_mut().unwrap().base = Some("https://news.example.org/base/".to_owned());
    full.enclosures = vec![dateline::model::Enclosure {
        url: "https://news.example.org/a.mp3".to_owned(),
        media_type: Some(line("audio/mpeg")),
        length: Some(12_345),
    }];
    let plain = Entry {
        content: None,
        summary: Some(dateline::model::Content { text: "1 < 2 & so".into(), ..Default::default() }),
        ..entry(2)
    };
    let nothing = Entry { guid: Some("nothing".into()), ..Entry::default() };
    deliver(&mut store, id, vec![full.clone(), plain, nothing], at(0));

    let stored = store.article(titled(&store, "Headline 1")).unwrap().unwrap();
    assert_eq!(stored.authors, full.authors);
    assert_eq!(stored.enclosures, full.enclosures);
    assert_eq!(stored.published, full.published);
    assert_eq!(stored.source, Some(line("The Example")));
    assert!(matches!(&stored.body, Body::Feed(content) if Some(content) == full.content.as_ref()));
    let plain = store.article(titled(&store, "Headline 2")).unwrap().unwrap();
    assert!(matches!(&plain.body, Body::Feed(content) if !content.is_html && content.text == "1 < 2 & so"));
    let nothing = store.article(titled(&store, "")).unwrap().unwrap();
    assert_eq!((nothing.title.as_deref().unwrap_or(""), text(&nothing)), ("", ""));
}

#[test]
fn long_and_odd_texts_come_back_as_they_were() {
    let (mut store, id) = library();
    let texts =
        ["x".repeat(100), "ab".repeat(3 << 20), "日本語のニュース".repeat(1000), "\u{0}\u{1b}[31m".repeat(60)];
    for (n, body) in texts.iter().enumerate() {
        let entry = Entry { content: html(body), ..entry(n) };
        deliver(&mut store, id, vec![entry], at(n as i64));
        let article = titled(&store, &format!("Headline {n}"));
        assert_eq!(text(&store.article(article).unwrap().unwrap()), body);
    }
}

#[test]
fn the_text_of_the_page_is_shown_instead() {
    let (mut store, id) = library();
    deliver(&mut store, id, with("<p>The beginning …</p>"), at(0));
    let article = titled(&store, "Headline 1");
    store
        .take_page(article, &page("https://news.example.org/1", "Headline 1", "The beginning and the end."), at(1))
        .unwrap();
    let stored = store.article(article).unwrap().unwrap();
    assert!(matches!(stored.body, Body::Page(_)));
    assert_eq!(text(&stored), "The beginning and the end.");
    // Again, and a feed that changes its short text, leave it in view.
    store
        .take_page(article, &page("https://news.example.org/1", "Headline 1", "The beginning and the end."), at(2))
        .unwrap();
    deliver(&mut store, id, with("<p>Another beginning …</p>"), at(3));
    assert_eq!(text(&store.article(article).unwrap().unwrap()), "The beginning and the end.");
    let kinds: Vec<bool> = store.versions(article).unwrap().iter().map(|version| version.is_page).collect();
    assert_eq!(kinds, [false, true, false]);
    sound(&store);
}

#[test]
fn a_page_that_writes_its_links_anew_has_one_version() {
    let (mut store, id) = library();
    deliver(&mut store, id, vec![entry(1)], at(0));
    let article = titled(&store, "Headline 1");
    let visit = |token: u32, title: Option<&str>| {
        let mut page = page("https://news.example.org/1", "", "The list and the end.");
        page.title = title.map(line);
        let url = format!("https://news.example.org/list?token={token}");
        page.doc.links = vec![Link { url: line(&url) }];
        page.doc.marks = vec![dateline::model::Mark { span: Span::new(4, 8), kind: MarkKind::Link(0) }];
        page
    };
    // It has no headline of its own, or that of the feed.
    for (token, title) in (0..).zip([None, Some(""), Some("Headline 1"), None]) {
        store.take_page(article, &visit(token, title), at(1)).unwrap();
        let stored = store.article(article).unwrap().unwrap();
        let Body::Page(doc) = &stored.body else { panic!("{:?}", stored.body) };
        assert!(doc.links[0].url.ends_with(&format!("token={token}")), "the latest addresses are those to open");
        assert_eq!(stored.title, Some(line("Headline 1")));
    }
    assert_eq!(store.versions(article).unwrap().len(), 2);
    let mut other = visit(9, None);
    other.doc.text = Clean::new("The list and no end.");
    store.take_page(article, &other, at(2)).unwrap();
    assert_eq!(store.versions(article).unwrap().len(), 3);
    let headline = visit(9, Some("The page's own"));
    store.take_page(article, &headline, at(3)).unwrap();
    assert_eq!(store.versions(article).unwrap().len(), 4);
    sound(&store);
}

#[test]
fn a_saved_page_is_one_article_however_often_it_is_saved() {
    let (mut store, _) = library();
    let url = "https://paper.example.org/story?id=4";
    let first = store.save_page(&page(url, "Story", "Old words."), Some(at(-500)), at(0)).unwrap();
    let again = store
        .save_page(&page(&format!("{url}&utm_source=mail"), "Story", "New words."), Some(at(-500)), at(1))
        .unwrap();
    assert_eq!(first, again);
    assert_eq!(store.save_page(&page(url, "Story", "New words."), None, at(2)).unwrap(), first);
    assert_eq!(store.versions(first).unwrap().len(), 2);
    assert_eq!(text(&store.article(first).unwrap().unwrap()), "New words.");
    let row = &store.rows(&[first]).unwrap()[0];
    assert_eq!((row.feed, row.source.as_deref(), row.date), (None, Some("paper.example.org"), at(-500)));
    let saved = Query { scope: Scope::Saved, ..Query::default() };
    assert_eq!(ids(&store, &saved), [first]);
    assert_eq!(store.counts(at(0)).unwrap().saved, 1);
    sound(&store);
}
