//! Libraries of annotated articles.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use dateline::annotate::Annotator;
use dateline::ingest::{Item, Limits, Source, read};
use dateline::model::{Annotations, Article, Content, Entry, Feed};
use dateline::query::{Matching, Sort, parse};
use dateline::store::{
    FeedId, FetchState, Finding, NewFeed, Order, Query, Retention, Statement, Store, Subscribed, Visit,
};
use dateline::text::Clean;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

/// The day on which the tests ask: after the last of the stories.
pub fn now() -> Zoned {
    let noon: Timestamp = "2026-11-13T12:00:00Z".parse().unwrap();
    noon.to_zoned(TimeZone::UTC)
}

/// The list that a query asks for.
pub fn asked(query: &str) -> Query {
    let search = parse(query).unwrap_or_else(|error| panic!("{query}: {error}"));
    let order = match search.sort {
        None | Some(Sort::Newest) => Order::Newest,
        Some(Sort::Oldest) => Order::Oldest,
        Some(Sort::Relevance) => Order::Relevance,
        Some(Sort::Feed) => Order::Feed,
        Some(Sort::Title) => Order::Title,
    };
    let matching = search.matching.map(|expression| Matching { expression, now: now() });
    Query { matching, order, ..Query::default() }
}

/// The headlines of what is found, in its order.
pub fn titles(store: &Store, query: &str) -> Vec<String> {
    let ids: Vec<_> = store.keys(&asked(query), None).unwrap().iter().map(|key| key.id).collect();
    store.rows(&ids).unwrap().into_iter().map(|row| row.title.to_string()).collect()
}

/// The first words of the headlines of what is found.
pub fn found(store: &Store, query: &str) -> Vec<String> {
    let first = |title: String| title.split(' ').next().unwrap_or_default().to_owned();
    titles(store, query).into_iter().map(first).collect()
}

/// Speaker and words of the statements that are found.
pub fn said(store: &Store, query: &str) -> Vec<(String, String)> {
    statements(store, query)
        .into_iter()
        .map(|one| (one.speaker.map(|name| name.to_string()).unwrap_or_default(), one.words.to_string()))
        .collect()
}

pub fn statements(store: &Store, query: &str) -> Vec<Statement> {
    store.statements(&asked(query), 1000).unwrap()
}

/// The bundled stories.
pub fn stories() -> Vec<Article> {
    let mut articles = Vec::new();
    let _ = read(&[Source::Stories], &Limits::default(), &mut |item| {
        if let Item::Article(article) = item {
            articles.push(*article);
        }
        ControlFlow::Continue(())
    });
    articles
}

fn entry(article: &Article, number: usize) -> Entry {
    let noon = article.date.map(|date| date.at(12, 0, 0, 0).to_zoned(TimeZone::UTC).unwrap().timestamp());
    Entry {
        guid: Some(format!("{} {number}", article.id)),
        title: article.title.clone(),
        link: Some(article.url.as_ref().map_or(format!("https://example.org/{number}"), |url| url.to_string())),
        published: noon,
        authors: article.authors.clone(),
        content: Some(Content { text: article.doc.text.to_string(), is_html: false, base: None }),
        ..Entry::default()
    }
}

/// Delivers the articles, each by a feed of its source in the folder "News", in English.
pub fn deliver(store: &mut Store, articles: &[Article]) {
    let mut sources: BTreeMap<String, Vec<Entry>> = BTreeMap::new();
    for (number, article) in articles.iter().enumerate() {
        let source = article.source.as_ref().map_or("Nameless", |source| source.as_str()).to_owned();
        sources.entry(source).or_default().push(entry(article, number));
    }
    for (index, (source, entries)) in sources.into_iter().enumerate() {
        let folder = vec![Clean::line("News"), Clean::line(if index % 2 == 0 { "Even" } else { "Odd" })];
        let new = NewFeed { url: format!("https://feed{index}.example.org/rss"), folder, ..NewFeed::default() };
        let feed: FeedId = match store.subscribe(&new, now().timestamp()).unwrap() {
            Subscribed::New(feed) | Subscribed::Known(feed) => feed,
        };
        let content = Feed {
            title: Some(Clean::line(&source)),
            language: Some(Clean::line("en-GB")),
            entries,
            ..Feed::default()
        };
        let state = FetchState::default();
        let visit = Visit { feed, content: Some(&content), state: &state, moved_to: None };
        let taken = store.take(&[(visit, Retention::default())], now().timestamp()).unwrap();
        assert_eq!(taken[0].new, content.entries.len(), "{source}");
    }
}

/// Annotates by rules what waits, as a program over the library does.
pub fn annotate(store: &mut Store) {
    let annotator = Annotator::RULES;
    loop {
        let ids = store.to_annotate(annotator.engine(), 200).unwrap();
        if ids.is_empty() {
            return;
        }
        let each: Vec<(_, _, Article, Annotations)> = ids
            .iter()
            .map(|id| {
                let stored = store.article(*id).unwrap().unwrap();
                let hash = stored.hash;
                let article = stored.into_article();
                let found = annotator.annotate(&article);
                (*id, hash, article, found)
            })
            .collect();
        let findings: Vec<Finding> = each
            .iter()
            .map(|(id, hash, article_text, annotations)| Finding {
                article: *id,
                hash: *hash,
                article_text,
                annotations,
            })
            .collect();
        store.keep(&findings, annotator.engine()).unwrap();
    }
}

/// A library with the bundled stories, annotated.
pub fn library() -> Store {
    let mut store = Store::in_memory().unwrap();
    deliver(&mut store, &stories());
    annotate(&mut store);
    store
}
