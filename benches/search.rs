//! Queries over a library of 100,000 annotated articles: what somebody who searches waits for.
#![allow(clippy::unwrap_used, clippy::panic)]
#![allow(missing_docs)]

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use dateline::annotate::Annotator;
use dateline::ingest::{Item, Limits, Source, read};
use dateline::model::{
    Annotations, Article, Body, Content, Country, Entity, EntityKind, Entry, Feed, Note, Official, Polity, Purpose,
    Speaker,
};
use dateline::query::{Matching, Sort, Values, parse};
use dateline::store::{
    ArticleId, FetchState, Finding, Mark, NewFeed, Order, Query, Retention, Scope, Store, Subscribed, Visit,
};
use dateline::text::Clean;
use dateline::text::anchor::Quote;
use divan::{Bencher, black_box};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, Zoned};

fn main() {
    divan::main();
}

const ARTICLES: usize = 100_000;
const FEEDS: usize = 200;

fn now() -> Zoned {
    Timestamp::from_second(1_900_000_000).unwrap_or(Timestamp::UNIX_EPOCH).to_zoned(TimeZone::UTC)
}

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % below.max(1)
    }

    /// A number of which few are frequent and many are rare, as words of a language are.
    fn rank(&mut self, below: usize) -> usize {
        let bound = 1 + self.roll(below);
        let bound = 1 + self.roll(bound);
        self.roll(bound)
    }

    fn word(&mut self) -> String {
        const SYLLABLES: &[&str] = &[
            "ra", "to", "min", "is", "ter", "ha", "bo", "le", "sen", "ate", "on", "pre", "si", "den", "ci", "ty",
            "re", "por", "ing", "es",
        ];
        let mut number = self.rank(30_000);
        let mut word = String::new();
        loop {
            word.push_str(SYLLABLES[number % SYLLABLES.len()]);
            number /= SYLLABLES.len();
            if number == 0 {
                return word;
            }
        }
    }

    fn country(&mut self) -> Country {
        const CODES: &[&str] = &[
            "US", "RU", "CN", "GB", "FR", "DE", "IR", "IL", "UA", "IN", "TR", "JP", "BR", "EG", "PK", "KZ", "MN",
            "TZ", "ZM", "PE", "BO", "TD", "CM", "TO", "FJ", "MD", "RO", "PL", "KE", "JO",
        ];
        Country::new(CODES[self.rank(CODES.len())]).unwrap()
    }
}

/// The bundled stories with what is found in them: what the annotations of the library are made of.
fn stories() -> &'static Vec<(Article, Annotations)> {
    static STORIES: OnceLock<Vec<(Article, Annotations)>> = OnceLock::new();
    STORIES.get_or_init(|| {
        let mut articles = Vec::new();
        let _ = read(&[Source::Stories], &Limits::default(), &mut |item| {
            if let Item::Article(article) = item {
                articles.push(*article);
            }
            ControlFlow::Continue(())
        });
        articles
            .into_iter()
            .map(|article| (Annotator::RULES.annotate(&article), article))
            .map(|(a, b)| (b, a))
            .collect()
    })
}

/// The text of a story with every third word another one of the same length: its annotations fit it as they are.
fn varied(text: &str, dice: &mut Dice) -> String {
    let mut out = String::with_capacity(text.len());
    for piece in text.split_inclusive(' ') {
        let word = piece.trim_end();
        if word.len() > 3 && word.bytes().all(|byte| byte.is_ascii_lowercase()) && dice.roll(3) == 0 {
            let mut other = dice.word();
            while other.len() < word.len() {
                other.push_str(&dice.word());
            }
            out.push_str(&other[..word.len()]);
            out.push_str(&piece[word.len()..]);
        } else {
            out.push_str(piece);
        }
    }
    out
}

/// The annotations of a story with other people, countries and kinds: some 20,000 names, few of them frequent.
fn varied_findings(found: &Annotations, dice: &mut Dice) -> Annotations {
    let mut found = found.clone();
    let name = |dice: &mut Dice| {
        let (first, last) = (dice.rank(200), dice.rank(20_000));
        format!("Given{first} Family{last}")
    };
    for entity in &mut found.entities {
        match entity.kind {
            EntityKind::Person => {
                entity.name = name(dice);
                entity.polity = Some(Polity::Country(dice.country()));
            }
            EntityKind::Org => entity.name = format!("Body{} Council", dice.rank(5000)),
            EntityKind::Gpe | EntityKind::Loc | EntityKind::Fac => {
                entity.name = format!("Town{}", dice.rank(5000));
                if let Some(location) = &mut entity.location {
                    location.country = Some(dice.country());
                }
            }
            EntityKind::Norp | EntityKind::Event => {}
        }
    }
    for event in &mut found.events {
        for one in event.actors.iter_mut().chain(&mut event.recipients) {
            one.polity = Some(Polity::Country(dice.country()));
            one.text = one
                .entity
                .and_then(|index| found.entities.get(index))
                .map_or_else(|| name(dice), |one: &Entity| one.name.clone());
        }
    }
    let known = found.entities.len();
    for quotation in &mut found.quotations {
        if quotation.speaker == Speaker::Unknown && known > 0 {
            quotation.speaker = Speaker::Entity(dice.roll(known));
        }
    }
    found.officials.iter_mut().for_each(|one: &mut Official| one.polity = Some(Polity::Country(dice.country())));
    found.countries.about = vec![dice.country()];
    found.countries.mentioned = (0..4).map(|_| (dice.country(), 2)).collect();
    found
}

/// A library of 100,000 articles, all annotated and indexed; made once and kept in the build folder.
fn large() -> &'static Path {
    static LARGE: OnceLock<PathBuf> = OnceLock::new();
    LARGE.get_or_init(|| {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("bench-search-100k");
        let _ = std::fs::remove_dir_all(&folder);
        let mut store = Store::open(&folder).unwrap();
        let mut dice = Dice(7);
        for number in 0..FEEDS {
            deliver(&mut store, number, &mut dice);
        }
        let size = || std::fs::metadata(Store::file_in(&folder)).unwrap().len();
        store.vacuum().unwrap();
        let bare = size();
        index(&mut store, &mut dice);
        let ids: Vec<ArticleId> = store.keys(&Query::default(), None).unwrap().iter().map(|key| key.id).collect();
        let some = |part: i64| ids.iter().copied().filter(|id| id.0 % part == 0).collect::<Vec<_>>();
        store.mark(&some(3), Mark::Read(true)).unwrap();
        store.mark(&some(300), Mark::Starred(true)).unwrap();
        store.tag(&some(100), &Clean::line("later")).unwrap();
        store.import_notes(&notes(&mut dice), now().timestamp()).unwrap();
        store.vacuum().unwrap();
        println!("{ARTICLES} articles: {} MiB of texts, {} MiB with all that is found", bare >> 20, size() >> 20);
        sizes(&Store::file_in(&folder));
        folder
    })
}

/// A note on every tenth article: some words about some of its words.
fn notes(dice: &mut Dice) -> Vec<Note> {
    let mut words = |count: usize| Clean::line(&(0..count).map(|_| dice.word()).collect::<Vec<_>>().join(" "));
    let each = (0..ARTICLES / FEEDS).step_by(10).flat_map(|n| (0..FEEDS).map(move |number| (number, n)));
    each.map(|(number, n)| Note {
        source: Clean::line(&format!("https://news{number}.example.org/{n}")),
        quotes: vec![Quote { exact: words(8), ..Quote::default() }],
        bodies: vec![Body { purpose: Purpose::Commenting, value: words(25) }],
        ..Note::default()
    })
    .collect()
}

/// How much each part takes.
fn sizes(file: &Path) {
    let conn = rusqlite::Connection::open(file).unwrap();
    for part in [
        "words",
        "statement_words",
        "event_words",
        "name",
        "name_words",
        "note_words",
        "article_names",
        "article_country",
        "annotation",
        "version",
    ] {
        let sql = "SELECT coalesce(sum(pgsize), 0) FROM dbstat WHERE name = ?1 OR name GLOB ?1 || '_*'
            AND NOT (?1 = 'name' AND name GLOB 'name_words*')
            OR name IN (SELECT name FROM sqlite_schema WHERE type = 'index' AND tbl_name = ?1)";
        let bytes: i64 = conn.query_row(sql, [part], |row| row.get(0)).unwrap();
        println!("  {part}: {:.1} MiB", bytes as f64 / f64::from(1 << 20));
    }
}

fn deliver(store: &mut Store, number: usize, dice: &mut Dice) {
    let folder = vec![Clean::line(&format!("Folder {}", number % 10))];
    let new = NewFeed { url: format!("https://news{number}.example.org/feed"), folder, ..NewFeed::default() };
    let (Subscribed::New(feed) | Subscribed::Known(feed)) = store.subscribe(&new, now().timestamp()).unwrap();
    let entries = (0..ARTICLES / FEEDS).map(|n| {
        let (story, _) = &stories()[dice.roll(stories().len())];
        let title: Vec<String> = (0..8).map(|_| dice.word()).collect();
        Entry {
            guid: Some(format!("{}-{number}-{n}", story.id)),
            title: Some(Clean::line(&title.join(" "))),
            link: Some(format!("https://news{number}.example.org/{n}")),
            published: Some(now().timestamp() - SignedDuration::from_secs((n * 12_370 + number * 17) as i64)),
            authors: vec![Clean::line(&format!("Author{}", dice.rank(500)))],
            content: Some(Content { text: varied(&story.doc.text, dice), is_html: false, base: None }),
            ..Entry::default()
        }
    });
    let content = Feed {
        title: Some(Clean::line(&format!("News {number}"))),
        language: Some(Clean::line(if number.is_multiple_of(5) { "fr" } else { "en" })),
        entries: entries.collect(),
        ..Feed::default()
    };
    let visit = Visit { feed, content: Some(&content), state: &FetchState::default(), moved_to: None };
    store.take(&[(visit, Retention::default())], now().timestamp()).unwrap();
}

/// Keeps findings for every article, as the annotating lanes do.
fn index(store: &mut Store, dice: &mut Dice) {
    loop {
        let some = store.to_annotate("bench", 2000).unwrap();
        if some.is_empty() {
            return;
        }
        let each: Vec<_> = some
            .iter()
            .map(|id| {
                let stored = store.article(*id).unwrap().unwrap();
                let hash = stored.hash;
                let mut article = stored.into_article();
                let (_, found) = stories()
                    .iter()
                    .find(|(story, _)| story.doc.text.len() == article.doc.text.len())
                    .unwrap_or(&stories()[0]);
                // What only few texts have: one in 200, one in 20,000.
                for (every, word) in [(200, " zyxmid"), (20_000, " zyxrare")] {
                    if id.0 % every == 0 {
                        article.doc.text = Clean::new(&format!("{}{word}", article.doc.text));
                    }
                }
                (hash, article, varied_findings(found, dice))
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
}

fn asked(query: &str) -> Query {
    let search = parse(query).unwrap_or_else(|error| panic!("{query}: {error}"));
    let order = match search.sort {
        Some(Sort::Relevance) => Order::Relevance,
        Some(Sort::Oldest) => Order::Oldest,
        _ => Order::Newest,
    };
    let matching = search.matching.map(|expression| Matching { expression, now: now() });
    Query { matching, order, ..Query::default() }
}

const ARTICLE_QUERIES: &[&str] = &[
    "zyxrare",
    "zyxmid",
    "government",
    "minister OR president",
    "minister -president",
    "-government",
    "\"prime minister\"",
    "\"the river\"",
    "harbour OR port* -election",
    "min*",
    "title:minister",
    "unread",
    "starred",
    "tag:later",
    "has:note",
    "has:tag,correction",
    "note:min*",
    "note:\"min to\"",
    "updated OR saved",
    "today",
    "newer:2w unread",
    "lang:fr",
    "feed:news7",
    "folder:\"Folder 3\" unread",
    "author:Author3",
    "country:KZ",
    "country:US,RU",
    "about:US",
    "place:Town7",
    "person:Family1",
    "person:Family1999",
    "person:Given0",
    "org:council",
    "official:minister",
    "event:CONSULT",
    "event:CONSULT actor:IR recipient:RU",
    "event:material-conflict -actor:US",
    "(event:AID actor:US) (event:CONSULT)",
    "government sort:relevance",
    "minister water sort:relevance",
    "zyxmid sort:relevance",
    "(cholera OR cyclone) -country:US unread newer:8w",
    "said:government",
    "by:Family1",
];

/// All that is found, as a list of the reader is: identities in order.
#[divan::bench(args = ARTICLE_QUERIES, sample_count = 20, sample_size = 1)]
fn articles(bencher: Bencher, query: &str) {
    let store = Store::open(large()).unwrap();
    let asked = asked(query);
    bencher.bench_local(|| black_box(store.keys(&asked, None).unwrap()));
}

/// The recipes of the README: all that each asks for, as the reader lists it.
#[divan::bench(args = recipes(), sample_count = 20, sample_size = 1)]
fn cookbook(bencher: Bencher, query: &str) {
    let store = Store::open(large()).unwrap();
    let asked = asked(query);
    let speaks = asked.matching.as_ref().is_some_and(|matching| matching.expression.asks_for_statements());
    bencher.bench_local(|| {
        if speaks {
            black_box(store.statement_keys(&asked, None).unwrap().len());
        } else {
            black_box(store.keys(&asked, None).unwrap().len());
        }
    });
}

fn recipes() -> Vec<&'static str> {
    const README: &str = include_str!("../README.md");
    let part = README.split("<!-- recipes: begin -->").nth(1).and_then(|rest| rest.split("<!-- recipes: end").next());
    let rows = part.unwrap_or_default().lines().filter_map(|line| line.strip_prefix("| `"));
    rows.filter_map(|row| row.split("` |").next()).collect()
}

/// The first screens of it, with their rows.
#[divan::bench(args = ["government", "\"prime minister\"", "-government", "country:KZ", "event:CONSULT", "minister sort:relevance"], sample_count = 20, sample_size = 1)]
fn first_50(bencher: Bencher, query: &str) {
    let store = Store::open(large()).unwrap();
    let asked = asked(query);
    bencher.bench_local(|| {
        let ids: Vec<ArticleId> = store.keys(&asked, Some(50)).unwrap().iter().map(|key| key.id).collect();
        black_box(store.rows(&ids).unwrap())
    });
}

const STATEMENT_QUERIES: &[&str] = &[
    "said:government",
    "said:\"of the\"",
    "said:water by:Family1",
    "by:Family1",
    "by:minister",
    "by:IR",
    "by:IR about:US",
    "by:minister -said:water unread",
    "by:minister country:KZ newer:8w",
    "said:government sort:relevance",
    "said:zyxnowhere",
];

/// The first 50 statements, with the words around them.
#[divan::bench(args = STATEMENT_QUERIES, sample_count = 20, sample_size = 1)]
fn statements(bencher: Bencher, query: &str) {
    let store = Store::open(large()).unwrap();
    let asked = asked(query);
    bencher.bench_local(|| black_box(store.statements(&asked, 50).unwrap()));
}

/// All statements that are asked for, or of what is listed, as a list of the reader is: where they stand, in order.
#[divan::bench(args = ["", "unread", "country:KZ", "said:government", "by:minister", "by:IR"], sample_count = 10, sample_size = 1)]
fn statement_list(bencher: Bencher, query: &str) {
    let store = Store::open(large()).unwrap();
    let asked = asked(query);
    bencher.bench_local(|| black_box(store.statement_keys(&asked, None).unwrap()));
}

/// The first screens of it, with their rows.
#[divan::bench(args = ["", "country:KZ", "by:minister", "by:IR"], sample_count = 20, sample_size = 1)]
fn statement_list_first(bencher: Bencher, query: &str) {
    let store = Store::open(large()).unwrap();
    let asked = asked(query);
    bencher.bench_local(|| {
        let keys = store.statement_keys(&asked, Some(200)).unwrap();
        black_box(store.statements_at(&keys[..keys.len().min(24)]).unwrap())
    });
}

/// What is unread of a smart feed, as it is counted beside the feeds.
#[divan::bench(args = ["government", "minister -president", "country:KZ", "newer:2w", "by:IR", "by:minister -said:water", "event:CONSULT"], sample_count = 10, sample_size = 1)]
fn unread(bencher: Bencher, query: &str) {
    let store = Store::open(large()).unwrap();
    let asked = Query { scope: Scope::Unread, ..asked(query) };
    bencher.bench_local(|| black_box(store.count_articles(&asked, 10_000).unwrap()));
}

#[divan::bench(args = ["", "fam", "family19", "given0 f"], sample_count = 20, sample_size = 1)]
fn completing_a_person(bencher: Bencher, typed: &str) {
    let store = Store::open(large()).unwrap();
    bencher.bench_local(|| black_box(store.values(Values::Persons, typed, 20).unwrap()));
}
