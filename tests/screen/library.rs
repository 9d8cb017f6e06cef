//! The reader over the library on disk: the tree of feeds, its lists, marks that last, refreshes.

use std::sync::Arc;

use dateline::annotate::{Annotator, RULES};
use dateline::app::{
    Articles, Ask, Bulk, Changed, Effect, MOST_COUNTED, Msg, NotesNow, Opened, Refresh, RefreshEnd, Refusal, State,
    Tagging, TreeData, VersionText,
};
use dateline::config::Config;
use dateline::model::{Content, Entry, Feed};
use dateline::query::Matching;
use dateline::store::{
    FeedId, FetchState, Finding, Key, Mark, NewFeed, Query, Retention, Scope, Store, StoreError, Subscribed, Version,
    Visit,
};
use dateline::text::Clean;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::desk::Desk;

/// A reader with its library, in memory, which answers as the one on disk does.
pub struct Room {
    pub desk: Desk,
    pub store: Store,
    pub world: FeedId,
    pub sea: FeedId,
}

pub fn at(minutes: i64) -> Timestamp {
    let start: Timestamp = "2031-03-04T12:00:00Z".parse().unwrap();
    start + SignedDuration::from_mins(minutes)
}

/// A query is asked when it is answered.
fn asked(mut query: Query) -> Query {
    if let Some(matching) = &mut query.matching {
        matching.now = at(0).to_zoned(TimeZone::UTC);
    }
    query
}

pub fn entry(name: &str, minutes: i64, text: &str) -> Entry {
    Entry {
        guid: Some(name.to_owned()),
        title: Some(Clean::line(name)),
        link: Some(format!("https://news.example/{}", name.replace(' ', "-"))),
        published: Some(at(minutes)),
        content: Some(Content { text: format!("<p>{text}</p>"), is_html: true, base: None }),
        ..Entry::default()
    }
}

pub fn deliver(store: &mut Store, feed: FeedId, title: &str, entries: Vec<Entry>, problem: Option<&str>) {
    deliver_at(0, store, feed, title, entries, problem);
}

/// Delivers so many minutes after the others.
pub fn deliver_at(
    minutes: i64,
    store: &mut Store,
    feed: FeedId,
    title: &str,
    entries: Vec<Entry>,
    problem: Option<&str>,
) {
    let content = Feed { title: Some(Clean::line(title)), entries, ..Feed::default() };
    let state = FetchState { problem: problem.map(Clean::line), ..FetchState::default() };
    let content = problem.is_none().then_some(&content);
    let visit = Visit { feed, content, state: &state, moved_to: None };
    store.take(&[(visit, Retention::default())], at(minutes)).unwrap();
}

fn world(hungary: &str) -> Vec<Entry> {
    vec![
        entry("Minister in Hungary", -10, hungary),
        entry("Talks in Kenya", -20, "Kenya and Tanzania agreed on a fishing season in Nairobi."),
        entry("Rain in Lisbon", -30, "It rained in Lisbon, Portugal."),
    ]
}

const HUNGARY: &str =
    "Hungary closed its border on Monday. “We had no choice,” Foreign Minister Ilona Varga said in Budapest.";

impl Room {
    pub fn new(width: u16, height: u16) -> Room {
        Room::with(Config::default(), width, height)
    }

    pub fn with(config: Config, width: u16, height: u16) -> Room {
        let mut store = Store::in_memory().unwrap();
        let mut subscribe = |url: &str, folder: &[&str]| {
            let folder = folder.iter().map(|name| Clean::line(name)).collect();
            let new = NewFeed { url: url.to_owned(), folder, ..NewFeed::default() };
            match store.subscribe(&new, at(-600)).unwrap() {
                Subscribed::New(id) | Subscribed::Known(id) => id,
            }
        };
        let (first, second) =
            (subscribe("https://world.example/feed", &["Morning"]), subscribe("https://sea.example/feed", &[]));
        deliver(&mut store, first, "World Wire", world(HUNGARY), None);
        deliver(
            &mut store,
            second,
            "Sea Post",
            vec![entry("Boats back", -15, "The boats came back to Norway.")],
            None,
        );
        let state = State::over_library(config, width, height);
        let mut room = Room { desk: Desk::of(state, width, height), store, world: first, sea: second };
        room.desk.start();
        room.answer();
        room
    }

    /// Annotates what waits, as the reader does in the background; gives what it asks for that is not for the library.
    pub fn annotate(&mut self) -> Vec<Effect> {
        let ids = self.store.to_annotate(RULES, 100).unwrap();
        for id in &ids {
            let stored = self.store.article(*id).unwrap().unwrap();
            let hash = stored.hash;
            let text = stored.into_article();
            let found = Annotator::default().annotate(&text);
            let finding = Finding { article: *id, hash, article_text: &text, annotations: &found };
            self.store.keep(&[finding], RULES).unwrap();
        }
        self.desk.send(Msg::Kept { ids, left: 0 });
        self.answer()
    }

    fn tree(&self) -> Msg {
        let midnight = at(-12 * 60);
        Msg::Tree(Box::new(TreeData {
            feeds: self.store.subscriptions().unwrap(),
            folders: self.store.folders().unwrap(),
            counts: self.store.counts(midnight).unwrap(),
            midnight,
        }))
    }

    /// Answers what the reader asked until it asks for nothing more; gives what is not for the library.
    pub fn answer(&mut self) -> Vec<Effect> {
        const MOST: usize = 100;
        let mut others = Vec::new();
        for _ in 0..MOST {
            let effects = std::mem::take(&mut self.desk.effects);
            if effects.is_empty() {
                return others;
            }
            for effect in effects {
                match effect {
                    Effect::Library(ask) => {
                        if let Some(msg) = self.ask(ask) {
                            self.desk.send(msg);
                        }
                    }
                    Effect::Annotate { text, keep, .. } => {
                        let (id, hash) = keep.unwrap();
                        let found = Annotator::default().annotate(&text);
                        let finding = Finding { article: id, hash, article_text: &text, annotations: &found };
                        self.store.keep(&[finding], RULES).unwrap();
                        self.desk.send(Msg::Found { id, found: Ok(Arc::new(found)) });
                    }
                    other => others.push(other),
                }
            }
        }
        panic!("the reader asks and asks");
    }

    fn ask(&mut self, ask: Ask) -> Option<Msg> {
        Some(match ask {
            Ask::Tree => self.tree(),
            Ask::List { ticket, query } => {
                Msg::Listed { ticket, keys: self.store.keys(&asked(query), None).unwrap(), whole: true }
            }
            Ask::Statements { ticket, query } => {
                let keys = self.store.statement_keys(&asked(query), None).unwrap();
                Msg::Statements { ticket, keys, whole: true }
            }
            Ask::StatementRows(keys) => {
                Msg::StatementRows { rows: self.store.statements_at(&keys).unwrap(), asked: keys }
            }
            Ask::Smart(wanted) => {
                let matching = |expression| Some(Matching { expression, now: at(0).to_zoned(TimeZone::UTC) });
                let unread = |expression| {
                    let query = Query { scope: Scope::Unread, matching: matching(expression), ..Query::default() };
                    self.store.count_articles(&query, MOST_COUNTED + 1).unwrap()
                };
                Msg::Smart(wanted.into_iter().map(unread).collect())
            }
            Ask::News { ids, wanted } => {
                let wanted = Matching { expression: wanted, now: at(0).to_zoned(TimeZone::UTC) };
                // What was delivered first was there before the run.
                Msg::News(self.store.news(&ids, at(1), &wanted).unwrap())
            }
            Ask::Rows(ids) => Msg::Rows(self.store.rows(&ids).unwrap()),
            Ask::Open(id) => {
                let Some(stored) = self.store.article(id).unwrap() else {
                    return Some(Msg::OpenFailed { id, why: Clean::literal("it is gone") });
                };
                let hash = stored.hash;
                let found = self.store.annotations(hash, RULES).unwrap().map(Arc::new);
                Msg::Opened(Box::new(Opened {
                    id,
                    hash,
                    tags: self.store.tags(id).unwrap(),
                    notes: self.store.notes(id).unwrap(),
                    never: self.store.never_names().unwrap(),
                    article: Arc::new(stored.into_article()),
                    found,
                }))
            }
            Ask::Note { article, change } => {
                let outcome = match self.store.alter_note(article, change, at(0)) {
                    Ok(Some(undo)) => Ok(Box::new(NotesNow {
                        notes: self.store.notes(article).unwrap(),
                        hash: self.store.article(article).unwrap().unwrap().hash,
                        never: self.store.never_names().unwrap(),
                        undo,
                    })),
                    Ok(None) => Err(Refusal { why: Clean::literal("it is gone"), is_stale: true }),
                    Err(error) => {
                        let is_stale = matches!(error, StoreError::Stale);
                        Err(Refusal { why: Clean::line(&error.to_string()), is_stale })
                    }
                };
                Msg::Noted { article, outcome }
            }
            Ask::Mark(ids, mark) => {
                self.store.mark(&ids, mark).unwrap();
                self.tree()
            }
            Ask::Values { sort, typed, most } => {
                let values = self.store.values(sort, &typed, most).unwrap();
                Msg::Values { sort, typed, values }
            }
            Ask::Bulk { bulk, articles } => {
                let keys = match articles {
                    Articles::These(ids) => ids,
                    Articles::Of(query) => {
                        let keys = self.store.keys(&asked(*query), None).unwrap();
                        let is_other = |key: &Key| !matches!(bulk, Bulk::Mark(Mark::Read(read)) if key.read == read);
                        keys.into_iter().filter(is_other).map(|key| key.id).collect()
                    }
                };
                let changed = match &bulk {
                    Bulk::Mark(mark) => {
                        self.store.mark(&keys, *mark).unwrap();
                        Changed::Marks(keys)
                    }
                    Bulk::Tag { add, remove } => {
                        let mut changed = Vec::new();
                        for tag in add {
                            let articles = self.store.tag(&keys, tag).unwrap();
                            changed.push(Tagging { tag: tag.clone(), is_given: true, articles });
                        }
                        for tag in remove {
                            let taken = self.store.untag(&keys, tag).unwrap();
                            let one = |(id, tag)| Tagging { tag, is_given: false, articles: vec![id] };
                            changed.extend(taken.into_iter().map(one));
                        }
                        changed.retain(|tagging| !tagging.articles.is_empty());
                        Changed::Tags(changed)
                    }
                };
                Msg::Bulked { bulk, changed }
            }
            Ask::Tag(tags) => {
                for Tagging { tag, is_given, articles } in tags {
                    match is_given {
                        true => drop(self.store.tag(&articles, &tag).unwrap()),
                        false => drop(self.store.untag(&articles, &tag).unwrap()),
                    }
                }
                self.tree()
            }
            Ask::Countries => Msg::Countries(self.store.countries().unwrap()),
            Ask::Versions(id) => {
                let version = |version: &Version| {
                    let stored = self.store.version(version.id).unwrap().unwrap();
                    let text = stored.into_article().doc.text;
                    VersionText { seen: version.seen, title: version.title.clone(), text, label: Clean::default() }
                };
                let versions = self.store.versions(id).unwrap().iter().map(version).collect();
                Msg::VersionsOf { id, versions }
            }
        })
    }

    pub fn keys(&mut self, keys: &str) -> &mut Self {
        self.desk.keys(keys);
        self.answer();
        self
    }

    /// The headlines in the order of the list.
    pub fn listed(&self) -> Vec<&'static str> {
        let names = ["Minister in Hungary", "Talks in Kenya", "Rain in Lisbon", "Boats back"];
        let list = |name: &&&str| self.desk.places(name).into_iter().find(|(x, _)| (30..66).contains(x));
        let mut shown: Vec<_> = names.iter().filter_map(|name| Some((list(&name)?.1, *name))).collect();
        shown.sort();
        shown.into_iter().map(|(_, name)| name).collect()
    }

    pub fn unread(&self) -> usize {
        self.store.counts(at(0)).unwrap().unread
    }
}

#[test]
fn feeds_stand_in_their_folders_with_what_is_unread_beside_the_list() {
    let room = Room::new(180, 40);
    for words in ["All", "Unread", "Today", "Starred", "▾ Morning", "World Wire", "Sea Post"] {
        assert!(room.desk.shows(words), "{words}:\n{}", room.desk.text());
    }
    assert_eq!(room.listed(), ["Minister in Hungary", "Boats back", "Talks in Kenya", "Rain in Lisbon"]);
    assert!(room.desk.shows("4 articles · 4 unread"), "{}", room.desk.text());
}

#[test]
fn an_article_of_the_library_is_shown_annotated_and_counts_as_read_for_good() {
    let mut room = Room::new(180, 40);
    room.keys("<Enter>");
    assert!(room.desk.shows("Hungary closed its border"), "{}", room.desk.text());
    assert!(room.desk.shows("Ilona Varga"), "{}", room.desk.text());
    assert!(room.desk.shows("Quotes 1"), "{}", room.desk.text());
    assert_eq!(room.unread(), 3);
    assert!(room.desk.shows("4 articles · 3 unread"), "{}", room.desk.text());
}

#[test]
fn marks_are_kept_in_the_library_and_can_be_taken_back() {
    let mut room = Room::new(180, 40);
    room.keys("jM");
    assert_eq!(room.unread(), 2, "the open one and the one above it");
    room.keys("u");
    assert_eq!(room.unread(), 4);
    room.keys("A");
    assert_eq!(room.unread(), 0);
    room.keys("u");
    assert_eq!(room.unread(), 4);
    room.keys("s");
    assert_eq!(room.store.counts(at(0)).unwrap().starred, 1);
    assert!(room.desk.shows("Starred"), "{}", room.desk.text());
}

#[test]
fn a_feed_and_a_folder_list_their_own_articles() {
    let mut room = Room::new(180, 40);
    room.keys("hG<Enter>");
    assert_eq!(room.listed(), ["Boats back"], "{}", room.desk.text());
    room.keys("hk<Enter>");
    assert_eq!(room.listed(), ["Minister in Hungary", "Talks in Kenya", "Rain in Lisbon"]);
    room.keys("hkl");
    assert_eq!(room.listed().len(), 3, "the folder");
    room.keys("h<Enter>");
    assert!(room.desk.shows("▸ Morning"), "Enter closes the folder:\n{}", room.desk.text());
    assert!(!room.desk.shows("World Wire 3") && room.desk.places("World Wire").iter().all(|(x, _)| *x >= 30));
}

#[test]
fn what_is_read_stays_in_the_list_of_unread_ones_until_it_is_left() {
    let mut room = Room::new(180, 40);
    room.keys("hgj<Enter>");
    assert_eq!(room.listed().len(), 4);
    room.keys("<Enter>J");
    assert_eq!(room.unread(), 2);
    deliver(&mut room.store, room.sea, "Sea Post", vec![entry("Talks in Kenya again", -5, "More.")], None);
    room.desk.send(Msg::Refreshed(RefreshEnd { asked: 2, new: 1, ..RefreshEnd::default() }));
    room.answer();
    assert_eq!(room.listed().len(), 4, "nothing that was read has gone:\n{}", room.desk.text());
    assert!(room.desk.shows("Talks in Kenya again") && room.desk.shows("1 new article"), "{}", room.desk.text());
    room.keys("tj<Enter>").keys("tk<Enter>");
    assert_eq!(room.listed().len(), 2, "{}", room.desk.text());
}

#[test]
fn the_next_unread_article_is_found_in_the_next_feed() {
    let mut room = Room::new(180, 40);
    room.keys("hG<Enter><Enter>");
    assert!(room.desk.shows("The boats came back"));
    room.keys("U");
    assert!(room.desk.shows("Hungary closed its border"), "{}", room.desk.text());
    assert_eq!(room.listed().len(), 3, "the feed it is in is listed");
}

#[test]
fn the_list_is_ordered_as_wished() {
    let mut room = Room::new(180, 40);
    room.keys("i");
    assert_eq!(room.listed(), ["Rain in Lisbon", "Talks in Kenya", "Boats back", "Minister in Hungary"]);
    room.keys("i");
    let by_feed = room.listed();
    assert_eq!(by_feed.iter().position(|name| *name == "Boats back"), Some(3), "{by_feed:?}");
    room.keys("i");
    assert_eq!(room.listed(), ["Boats back", "Minister in Hungary", "Rain in Lisbon", "Talks in Kenya"]);
}

#[test]
fn the_country_filter_asks_the_library() {
    let mut room = Room::new(180, 40);
    // Every article is annotated once it is looked at.
    room.keys("J").keys("J").keys("J");
    room.keys("ckenya<Enter>");
    assert_eq!(room.listed(), ["Talks in Kenya"], "{}", room.desk.text());
    assert!(room.desk.shows("1 of 4 about Kenya"), "{}", room.desk.text());
    room.keys("C");
    assert_eq!(room.listed().len(), 4);
}

#[test]
fn a_feed_that_could_not_be_read_is_marked_and_says_why_and_what_to_do() {
    let mut room = Room::new(180, 40);
    deliver(&mut room.store, room.sea, "", Vec::new(), Some("gone for good (410); remove it"));
    room.desk.send(Msg::Refreshed(RefreshEnd { asked: 2, failed: 1, ..RefreshEnd::default() }));
    room.answer();
    assert!(room.desk.shows("! Sea Post"), "{}", room.desk.text());
    room.keys("hG");
    assert!(room.desk.footer().contains("Sea Post: gone for good (410); remove it"), "{}", room.desk.footer());
}

#[test]
fn a_changed_article_says_so_and_does_not_become_unread() {
    let mut room = Room::new(180, 40);
    room.keys("<Enter>");
    deliver(&mut room.store, room.world, "World Wire", world("Hungary did not close its border, it said."), None);
    room.desk.send(Msg::Refreshed(RefreshEnd { asked: 2, changed: 1, ..RefreshEnd::default() }));
    room.answer();
    assert!(room.desk.places("updated").iter().any(|(x, _)| (30..66).contains(x)), "{}", room.desk.text());
    assert!(room.desk.shows("Hungary did not close"), "the open article is the new version:\n{}", room.desk.text());
    assert_eq!(room.unread(), 3);
}

#[test]
fn an_article_further_down_that_changed_is_read_as_it_is_now() {
    let mut room = Room::new(180, 40);
    room.keys("J").keys("J").keys("K");
    let mut news = world(HUNGARY);
    news[1] = entry("Talks in Kenya", -20, "Kenya broke off the talks.");
    deliver(&mut room.store, room.world, "World Wire", news, None);
    room.desk.send(Msg::Refreshed(RefreshEnd { asked: 2, changed: 1, ..RefreshEnd::default() }));
    room.answer();
    room.keys("J");
    assert!(room.desk.shows("Kenya broke off the talks"), "{}", room.desk.text());
}

#[test]
fn what_changed_is_shown_of_the_article_it_was_asked_of() {
    let mut room = Room::new(180, 40);
    let mut news = world(HUNGARY);
    news[1] = entry("Talks in Kenya", -20, "Kenya and Uganda agreed on a fishing season in Nairobi.");
    deliver(&mut room.store, room.world, "World Wire", news.clone(), None);
    room.keys("J").keys("J");
    room.desk.keys("v");
    let asked = std::mem::take(&mut room.desk.effects);
    // Before the answer comes, the list has moved.
    news.insert(0, entry("Bridge opens", -1, "A bridge was opened."));
    deliver(&mut room.store, room.world, "World Wire", news, None);
    room.desk.send(Msg::ChangedElsewhere);
    room.answer();
    room.desk.effects = asked;
    room.answer();
    assert!(room.desk.shows("What changed") && room.desk.shows("Uganda"), "{}", room.desk.text());
}

#[test]
fn articles_that_are_gone_are_asked_for_once() {
    let mut room = Room::new(180, 40);
    room.store.unsubscribe(room.world).unwrap();
    // Their rows are forgotten with the screen they were on; the library has none to give.
    room.keys("hg<Enter>").keys("J").keys("K");
    assert_eq!(room.listed(), ["Boats back"]);
    let mut room = Room::new(180, 40);
    let ids: Vec<_> = room.store.keys(&Query::default(), None).unwrap().iter().map(|key| key.id).collect();
    room.store.unsubscribe(room.world).unwrap();
    room.desk.send(Msg::Kept { ids, left: 0 });
    room.answer();
    room.keys("J").keys("J");
}

#[test]
fn a_library_that_cannot_be_used_says_why_and_what_to_do() {
    let mut desk = Desk::of(State::over_library(Config::default(), 120, 30), 120, 30);
    let why = "it is damaged; `dateline db repair` saves what can be read of it";
    desk.send(Msg::LibraryFailed(Clean::literal(why)));
    desk.keys("j");
    assert!(desk.shows("`dateline db repair`"), "it stays on the screen:\n{}", desk.text());
    assert!(!desk.shows("Reading"), "{}", desk.text());
}

#[test]
fn refreshing_asks_for_the_feed_or_folder_or_all_and_only_once() {
    let mut room = Room::new(180, 40);
    room.desk.keys("hG<Enter>r");
    assert_eq!(refreshes(&room.answer()), [Refresh::Feeds(vec![room.sea])]);
    assert!(room.desk.shows("asking feeds 0/1"), "{}", room.desk.text());
    room.desk.keys("R");
    assert!(refreshes(&room.answer()).is_empty(), "one at a time");
    room.desk.send(Msg::Refreshed(RefreshEnd { asked: 1, ..RefreshEnd::default() }));
    room.desk.keys("R");
    assert_eq!(refreshes(&room.answer()), [Refresh::All]);
}

fn refreshes(effects: &[Effect]) -> Vec<Refresh> {
    let refresh = |effect: &Effect| match effect {
        Effect::Refresh(which) => Some(which.clone()),
        _ => None,
    };
    effects.iter().filter_map(refresh).collect()
}

#[test]
fn the_tree_takes_the_lists_place_on_narrower_screens() {
    for (width, height) in [(120, 36), (80, 24), (50, 20)] {
        let mut room = Room::new(width, height);
        room.keys("t");
        assert!(room.desk.shows("Sea Post"), "{width}:\n{}", room.desk.text());
        room.keys("G<Enter>");
        assert!(room.desk.shows("Boats back"), "{width}:\n{}", room.desk.text());
    }
}

#[test]
fn the_page_of_an_article_is_asked_for_once_and_what_came_of_it_is_told() {
    let mut room = Room::new(180, 40);
    room.desk.keys("f");
    let asked = room.answer();
    let [Effect::FetchPage(id)] = asked[..] else { panic!("{asked:?}") };
    room.desk.send(Msg::PageFetched { id, outcome: Err(Clean::literal("its server is down; try again later")) });
    room.answer();
    assert!(room.desk.footer().contains("its server is down; try again later"), "{}", room.desk.footer());
    assert!(room.desk.shows("Hungary closed its border"), "the feed's text stays");
}

#[test]
fn what_another_program_brings_is_listed_and_what_is_open_stays() {
    let mut room = Room::new(180, 40);
    room.keys("J").keys("<Enter>");
    assert!(room.desk.shows("The boats came back"));
    let mut news = world(HUNGARY);
    news.insert(0, entry("Bridge opens", -1, "A bridge was opened."));
    deliver(&mut room.store, room.world, "World Wire", news, None);
    let tree = room.tree();
    room.desk.send(tree);
    room.desk.send(Msg::ChangedElsewhere);
    room.answer();
    assert!(room.desk.shows("Bridge opens"), "{}", room.desk.text());
    assert!(room.desk.shows("The boats came back"), "{}", room.desk.text());
    assert!(room.desk.shows("5 articles · 4 unread"), "{}", room.desk.text());
}
