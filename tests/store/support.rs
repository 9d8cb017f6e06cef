//! Feeds and libraries to test with.

use dateline::model::{Article, Content, Doc, Entry, Feed};
use dateline::store::{
    ArticleId, FeedId, FetchState, Key, NewFeed, Query, Retention, Store, Subscribed, Taken, Visit,
};
use dateline::text::Clean;
use jiff::{SignedDuration, Timestamp};

/// A moment in the tests' year.
pub fn at(minutes: i64) -> Timestamp {
    let start: Timestamp = "2031-03-04T05:06:07Z".parse().unwrap();
    start + SignedDuration::from_mins(minutes)
}

pub fn line(text: &str) -> Clean {
    Clean::line(text)
}

/// Some sentences of which no two numbers have many in common.
pub fn words(n: usize) -> String {
    (0..30).map(|i| format!("word{}x{i} of the harbour{n} ", n * 31 + i)).collect()
}

pub fn html(text: &str) -> Option<Content> {
    Some(Content { text: text.to_owned(), is_html: true, base: None })
}

/// The n-th entry of a well-made feed.
pub fn entry(n: usize) -> Entry {
    Entry {
        guid: Some(format!("guid-{n}")),
        title: Some(line(&format!("Headline {n}"))),
        link: Some(format!("https://news.example.org/{n}")),
        published: Some(at(-(n as i64) - 10)),
        content: html(&format!("<p>{}</p>", words(n))),
        ..Entry::default()
    }
}

pub fn feed(entries: Vec<Entry>) -> Feed {
    Feed {
        title: Some(line("The Example")),
        link: Some("https://news.example.org/".to_owned()),
        entries,
        ..Feed::default()
    }
}

pub fn subscribe(store: &mut Store, url: &str) -> FeedId {
    match store.subscribe(&NewFeed { url: url.to_owned(), ..NewFeed::default() }, at(-1000)).unwrap() {
        Subscribed::New(feed) | Subscribed::Known(feed) => feed,
    }
}

/// A library in memory with one feed.
pub fn library() -> (Store, FeedId) {
    let mut store = Store::in_memory().unwrap();
    let feed = subscribe(&mut store, "https://news.example.org/feed");
    (store, feed)
}

pub fn deliver(store: &mut Store, id: FeedId, entries: Vec<Entry>, now: Timestamp) -> Taken {
    deliver_and_keep(store, id, entries, Retention::default(), now)
}

pub fn deliver_and_keep(
    store: &mut Store,
    id: FeedId,
    entries: Vec<Entry>,
    keep: Retention,
    now: Timestamp,
) -> Taken {
    take(store, id, &feed(entries), keep, now)
}

pub fn deliver_feed(store: &mut Store, id: FeedId, content: &Feed, now: Timestamp) -> Taken {
    take(store, id, content, Retention::default(), now)
}

fn take(store: &mut Store, id: FeedId, content: &Feed, keep: Retention, now: Timestamp) -> Taken {
    let state = FetchState::default();
    let visit = Visit { feed: id, content: Some(content), state: &state, moved_to: None };
    store.take(&[(visit, keep)], now).unwrap()[0]
}

pub fn all(store: &Store) -> Vec<Key> {
    store.keys(&Query::default(), None).unwrap()
}

pub fn ids(store: &Store, query: &Query) -> Vec<ArticleId> {
    store.keys(query, None).unwrap().into_iter().map(|key| key.id).collect()
}

/// The headlines of everything, latest first.
pub fn titles(store: &Store) -> Vec<String> {
    titles_of(store, &Query::default())
}

pub fn titles_of(store: &Store, query: &Query) -> Vec<String> {
    store.rows(&ids(store, query)).unwrap().into_iter().map(|row| row.title.to_string()).collect()
}

/// The one article with this headline.
pub fn titled(store: &Store, title: &str) -> ArticleId {
    let found: Vec<ArticleId> = store
        .rows(&ids(store, &Query::default()))
        .unwrap()
        .into_iter()
        .filter(|row| row.title.as_str() == title)
        .map(|row| row.id)
        .collect();
    assert_eq!(found.len(), 1, "{title}");
    found[0]
}

/// The text of a version as the feed delivered it.
pub fn text(stored: &dateline::store::Stored) -> &str {
    match &stored.body {
        dateline::store::Body::Feed(content) => &content.text,
        dateline::store::Body::Page(doc) => &doc.text,
    }
}

pub fn page(url: &str, title: &str, text: &str) -> Article {
    Article {
        url: Some(line(url)),
        title: Some(line(title)),
        doc: Doc { text: Clean::new(text), ..Doc::default() },
        ..Article::default()
    }
}

/// Nothing that must hold is broken.
pub fn sound(store: &Store) {
    assert_eq!(store.check().unwrap(), Vec::<String>::new());
}
