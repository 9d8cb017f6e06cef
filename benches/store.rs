//! The library on disk: what a refresh costs, and what a screen waits for.
#![allow(clippy::unwrap_used, clippy::panic)]
#![allow(missing_docs)]

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use dateline::model::{Annotations, Article, Content, Country, Doc, Entry, Feed};
use dateline::store::{
    ArticleId, FeedId, FetchState, Finding, Mark, NewFeed, Order, Query, Retention, Scope, Store, Subscribed, Visit,
};
use dateline::text::Clean;
use divan::{Bencher, black_box};
use jiff::{SignedDuration, Timestamp};

fn main() {
    divan::main();
}

const FEEDS: usize = 200;

fn now() -> Timestamp {
    Timestamp::from_second(1_900_000_000).unwrap_or(Timestamp::UNIX_EPOCH)
}

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % below
    }

    /// A word: few are frequent, many are rare, as in a language.
    fn word(&mut self, into: &mut String) {
        const SYLLABLES: &[&str] = &[
            "ra", "to", "min", "is", "ter", "ha", "bo", "le", "sen", "ate", "on", "pre", "si", "den", "ci", "ty",
            "re", "por", "ing", "es",
        ];
        let bound = 1 + self.roll(30_000);
        let bound = 1 + self.roll(bound);
        let mut number = self.roll(bound);
        loop {
            into.push_str(SYLLABLES[number % SYLLABLES.len()]);
            number /= SYLLABLES.len();
            if number == 0 {
                return;
            }
        }
    }
}

/// About 480 words with the markup of a news site's feed: some 4.4 KB.
fn text(dice: &mut Dice, is_html: bool) -> String {
    let mut text = String::with_capacity(5 << 10);
    for _ in 0..10 {
        text.push_str(if is_html { "<p>" } else { "\n\n" });
        for word in 0..48 {
            if word > 0 {
                text.push(' ');
            }
            if is_html && word == 20 {
                text.push_str("<a href=\"https://news.example.org/topic/");
                dice.word(&mut text);
                text.push_str("?utm_source=feed\">");
            }
            dice.word(&mut text);
            if is_html && word == 21 {
                text.push_str("</a>");
            }
            if word % 17 == 16 {
                text.push(',');
            }
        }
        text.push_str(if is_html { ".</p>\n" } else { "." });
    }
    text
}

fn feed(number: usize, from: usize, entries: usize) -> Feed {
    let mut dice = Dice((number * 1000 + from) as u64);
    let entries = (from..from + entries)
        .map(|n| {
            let mut title = String::new();
            for _ in 0..8 {
                dice.word(&mut title);
                title.push(' ');
            }
            Entry {
                guid: Some(format!("https://news{number}.example.org/?p={n}")),
                title: Some(Clean::line(&title)),
                link: Some(format!("https://news{number}.example.org/2030/03/{n}/?utm_source=rss")),
                published: Some(now() - SignedDuration::from_secs((n * 1237 + number * 17) as i64)),
                authors: vec![Clean::line("Élise Dufrêne")],
                content: Some(Content { text: text(&mut dice, true), is_html: true, base: None }),
                ..Entry::default()
            }
        })
        .collect();
    Feed { title: Some(Clean::line(&format!("News {number}"))), entries, ..Feed::default() }
}

fn subscribe(store: &mut Store) -> Vec<FeedId> {
    (0..FEEDS)
        .map(|number| {
            let folder = vec![Clean::line(&format!("Folder {}", number % 10))];
            let new = NewFeed { url: format!("https://news{number}.example.org/feed"), folder, ..NewFeed::default() };
            match store.subscribe(&new, now()) {
                Ok(Subscribed::New(id) | Subscribed::Known(id)) => id,
                Err(error) => panic!("{error}"),
            }
        })
        .collect()
}

fn take(store: &mut Store, ids: &[FeedId], feeds: &[Feed]) -> usize {
    let state = FetchState { etag: Some("\"x\"".into()), last_success: Some(now()), ..FetchState::default() };
    let visits: Vec<(Visit, Retention)> = ids
        .iter()
        .zip(feeds)
        .map(|(id, feed)| {
            (Visit { feed: *id, content: Some(feed), state: &state, moved_to: None }, Retention::default())
        })
        .collect();
    store.take(&visits, now()).unwrap().iter().map(|taken| taken.new).sum()
}

fn fifty() -> &'static Vec<Feed> {
    static FIFTY: OnceLock<Vec<Feed>> = OnceLock::new();
    FIFTY.get_or_init(|| (0..FEEDS).map(|number| feed(number, 0, 50)).collect())
}

/// 200 feeds of 50 entries, some 45 MB, into an empty library.
#[divan::bench(sample_count = 10, sample_size = 1)]
fn take_10k_into_an_empty_library(bencher: Bencher) {
    let feeds = fifty();
    bencher
        .with_inputs(|| {
            let folder = tempfile::tempdir().unwrap();
            let mut store = Store::open(folder.path()).unwrap();
            let ids = subscribe(&mut store);
            (folder, store, ids)
        })
        .bench_local_refs(|(_, store, ids)| take(store, ids, feeds));
}

#[divan::bench(sample_count = 10, sample_size = 1)]
fn take_10k_again(bencher: Bencher) {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::open(folder.path()).unwrap();
    let ids = subscribe(&mut store);
    take(&mut store, &ids, fifty());
    bencher.bench_local(|| take(&mut store, &ids, fifty()));
}

/// One new entry in each of 200 feeds.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn take_one_new_each(bencher: Bencher) {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::open(folder.path()).unwrap();
    let ids = subscribe(&mut store);
    take(&mut store, &ids, fifty());
    let mut round = 1000;
    bencher
        .with_inputs(|| {
            round += 1;
            let mut feeds = fifty().clone();
            for (number, one) in feeds.iter_mut().enumerate() {
                one.entries.rotate_right(1);
                one.entries[0] = feed(number, round, 1).entries.remove(0);
            }
            feeds
        })
        .bench_local_refs(|feeds| take(&mut store, &ids, feeds));
}

/// How much the entries say.
#[divan::bench(sample_count = 1, sample_size = 1)]
fn bytes(bencher: Bencher) {
    let sum = || {
        fifty()
            .iter()
            .flat_map(|feed| &feed.entries)
            .filter_map(|entry| entry.body())
            .map(|body| body.text.len())
            .sum::<usize>()
    };
    println!("{} bytes", sum());
    bencher.bench_local(sum);
}

/// A library of 100,000 articles, all annotated and indexed; made once and kept in the build folder.
fn large() -> &'static Path {
    static LARGE: OnceLock<PathBuf> = OnceLock::new();
    LARGE.get_or_init(|| {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("bench-store-100k");
        let _ = std::fs::remove_dir_all(&folder);
        let mut store = Store::open(&folder).unwrap();
        let ids = subscribe(&mut store);
        for part in 0..10 {
            let feeds: Vec<Feed> = (0..FEEDS).map(|number| feed(number, part * 50, 50)).collect();
            take(&mut store, &ids, &feeds);
        }
        let bare = std::fs::metadata(folder.join("dateline.db")).unwrap().len();
        let mut dice = Dice(99);
        loop {
            let some = store.to_annotate("bench", 5000).unwrap();
            if some.is_empty() {
                break;
            }
            let each: Vec<_> = some
                .iter()
                .map(|id| {
                    let stored = store.article(*id).unwrap().unwrap();
                    let mut text = text(&mut dice, false);
                    if id.0 % 200 == 0 {
                        text.push_str(" zyxmid");
                    }
                    if id.0 % 20_000 == 0 {
                        text.push_str(" zyxrare");
                    }
                    let doc = Doc { text: Clean::new(&text), ..Doc::default() };
                    (stored.hash, Article { title: stored.title, doc, ..Article::default() }, annotations(&mut dice))
                })
                .collect();
            let findings: Vec<Finding> = some
                .iter()
                .zip(&each)
                .map(|(article, (hash, article_text, annotations))| Finding {
                    article: *article,
                    hash: *hash,
                    article_text,
                    annotations,
                })
                .collect();
            store.keep(&findings, "bench").unwrap();
        }
        let some: Vec<ArticleId> = store.keys(&Query::default(), None).unwrap().iter().map(|key| key.id).collect();
        let read: Vec<ArticleId> = some.iter().copied().filter(|id| id.0 % 3 == 0).collect();
        store.mark(&read, Mark::Read(true)).unwrap();
        let starred: Vec<ArticleId> = some.iter().copied().filter(|id| id.0 % 300 == 0).collect();
        store.mark(&starred, Mark::Starred(true)).unwrap();
        let whole = std::fs::metadata(folder.join("dateline.db")).unwrap().len();
        println!("100k articles: {} MiB of texts, {} MiB with annotations and index", bare >> 20, whole >> 20);
        folder
    })
}

fn annotations(dice: &mut Dice) -> Annotations {
    let mut annotations = Annotations::default();
    for n in 0..5 {
        let code: String = [dice.roll(6), dice.roll(26)].iter().map(|n| char::from(b'A' + *n as u8)).collect();
        if let Some(country) = Country::new(&code) {
            if n < 2 {
                annotations.countries.about.push(country);
            }
            annotations.countries.mentioned.push((country, 3));
        }
    }
    annotations
}

fn opened() -> Store {
    Store::open(large()).unwrap()
}

#[divan::bench]
fn open_100k(bencher: Bencher) {
    large();
    bencher.bench_local(opened);
}

#[divan::bench]
fn keys_all(bencher: Bencher) {
    let store = opened();
    bencher.bench_local(|| store.keys(&Query::default(), None).unwrap());
}

#[divan::bench]
fn keys_first_200(bencher: Bencher) {
    let store = opened();
    bencher.bench_local(|| store.keys(&Query::default(), Some(200)).unwrap());
}

/// On a connection that has read nothing yet.
#[divan::bench]
fn keys_first_200_after_opening(bencher: Bencher) {
    bencher.with_inputs(opened).bench_local_refs(|store| store.keys(&Query::default(), Some(200)).unwrap());
}

#[divan::bench(args = ["unread", "starred", "feed", "folder", "country", "title", "by feed"])]
fn keys_of(bencher: Bencher, what: &str) {
    let store = opened();
    let mut query = Query::default();
    match what {
        "unread" => query.scope = Scope::Unread,
        "starred" => query.scope = Scope::Starred,
        "feed" => query.scope = Scope::Feed(store.subscriptions().unwrap()[7].id),
        "folder" => query.scope = Scope::Folder(vec![Clean::line("Folder 3")]),
        "country" => query.countries = Country::new("BE").into_iter().collect(),
        "title" => query.order = Order::Title,
        _ => query.order = Order::Feed,
    }
    bencher.bench_local(|| store.keys(&query, None).unwrap());
}

#[divan::bench]
fn rows_60(bencher: Bencher) {
    let store = opened();
    let keys = store.keys(&Query::default(), None).unwrap();
    let mut dice = Dice(1);
    bencher
        .with_inputs(|| {
            let at = dice.roll(keys.len() - 60);
            keys[at..at + 60].iter().map(|key| key.id).collect::<Vec<_>>()
        })
        .bench_local_refs(|ids| store.rows(ids).unwrap());
}

#[divan::bench]
fn article(bencher: Bencher) {
    let store = opened();
    let keys = store.keys(&Query::default(), None).unwrap();
    let mut dice = Dice(2);
    bencher.with_inputs(|| keys[dice.roll(keys.len())].id).bench_local_values(|id| store.article(id).unwrap());
}

#[divan::bench]
fn counts(bencher: Bencher) {
    let store = opened();
    bencher.bench_local(|| store.counts(now() - SignedDuration::from_hours(24)).unwrap());
}

#[divan::bench]
fn subscriptions(bencher: Bencher) {
    let store = opened();
    bencher.bench_local(|| store.subscriptions().unwrap());
}

#[divan::bench]
fn countries(bencher: Bencher) {
    let store = opened();
    bencher.bench_local(|| store.countries().unwrap());
}

#[divan::bench(args = ["zyxrare", "zyxmid", "minister", "ra to"])]
fn search(bencher: Bencher, words: &str) {
    let store = opened();
    bencher.bench_local(|| black_box(store.search(words, 500).unwrap()));
}

#[divan::bench]
fn to_annotate_nothing(bencher: Bencher) {
    let store = opened();
    bencher.bench_local(|| (store.to_annotate("bench", 64).unwrap(), store.count_to_annotate("bench").unwrap()));
}

#[divan::bench]
fn mark_one(bencher: Bencher) {
    let mut store = opened();
    let id = store.keys(&Query::default(), Some(50)).unwrap()[49].id;
    let mut read = false;
    bencher.bench_local(|| {
        read = !read;
        store.mark(&[id], Mark::Read(read)).unwrap();
    });
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn mark_all_as_read_and_back(bencher: Bencher) {
    let mut store = opened();
    let ids: Vec<ArticleId> = store.keys(&Query::default(), None).unwrap().iter().map(|key| key.id).collect();
    bencher.bench_local(|| {
        store.mark(&ids, Mark::Read(true)).unwrap();
        store.mark(&ids, Mark::Read(false)).unwrap();
    });
}
