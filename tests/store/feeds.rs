//! Subscriptions and folders.

use dateline::store::{
    FetchState, FolderPath, Mark, Move, NewFeed, Query, Retention, Scope, Store, Subscribed, Subscription, Visit,
};

use crate::support::*;

fn path(names: &[&str]) -> FolderPath {
    names.iter().map(|name| line(name)).collect()
}

fn new(url: &str, folder: &[&str]) -> NewFeed {
    NewFeed { url: url.to_owned(), folder: path(folder), ..NewFeed::default() }
}

fn urls(store: &Store) -> Vec<String> {
    store.subscriptions().unwrap().into_iter().map(|one| one.url).collect()
}

fn one(store: &Store) -> Subscription {
    let mut all = store.subscriptions().unwrap();
    assert_eq!(all.len(), 1);
    all.remove(0)
}

#[test]
fn what_was_given_comes_back() {
    let mut store = Store::in_memory().unwrap();
    let feed = NewFeed {
        url: "https://a.example.org/feed".to_owned(),
        title: Some(line("Mine")),
        site: Some("https://a.example.org".to_owned()),
        folder: path(&["News", "Fishery"]),
        by_others: false,
        attributes: vec![("x:color".into(), "\"red\"".into()), ("category".into(), "a,b".into())],
    };
    let Subscribed::New(id) = store.subscribe(&feed, at(0)).unwrap() else { panic!() };
    assert_eq!(store.subscribe(&new("https://a.example.org/feed", &[]), at(1)).unwrap(), Subscribed::Known(id));
    let known = one(&store);
    assert_eq!((known.id, &known.url, &known.own_title, &known.site), (id, &feed.url, &feed.title, &feed.site));
    assert_eq!((&known.folder, &known.attributes), (&feed.folder, &feed.attributes));
    assert_eq!((known.title, known.total, known.unread), (line("Mine"), 0, 0));
    assert_eq!(known.state, FetchState::default());
}

#[test]
fn a_feed_is_named_by_the_user_then_by_itself_then_by_its_address() {
    let (mut store, id) = library();
    assert_eq!(one(&store).title, line("news.example.org/feed"));
    deliver(&mut store, id, vec![entry(1)], at(0));
    assert_eq!(one(&store).title, line("The Example"));
    assert_eq!(one(&store).site.as_deref(), Some("https://news.example.org/"));
    store.rename(id, Some(&line("Mine"))).unwrap();
    assert_eq!(one(&store).title, line("Mine"));
    assert_eq!(store.rows(&[titled(&store, "Headline 1")]).unwrap()[0].source, Some(line("Mine")));
    store.rename(id, None).unwrap();
    assert_eq!((one(&store).title, one(&store).own_title), (line("The Example"), None));
}

#[test]
fn the_state_of_fetching_is_kept_with_the_visit() {
    let (mut store, id) = library();
    let state = FetchState {
        etag: Some("W/\"7\"".into()),
        last_modified: Some("Tue, 04 Mar 2031 05:06:07 GMT".into()),
        next_check: Some(at(60)),
        wait_until: Some(at(30)),
        last_success: Some(at(0)),
        failures: 3,
        problem: Some(line("the server does not answer")),
        is_gone: true,
    };
    let visit = Visit {
        feed: id,
        content: None,
        state: &state,
        moved_to: Some(Move { url: "https://new.example.org/feed", by_others: true }),
    };
    let taken = store.take(&[(visit, Retention::default())], at(0)).unwrap();
    assert_eq!(taken[0], Default::default());
    assert_eq!((one(&store).state, one(&store).url), (state, "https://new.example.org/feed".to_owned()));
    assert!(one(&store).by_others);
}

#[test]
fn a_feed_never_moves_onto_another() {
    let (mut store, id) = library();
    subscribe(&mut store, "https://other.example.org/feed");
    let state = FetchState::default();
    let visit = Visit {
        feed: id,
        content: None,
        state: &state,
        moved_to: Some(Move { url: "https://other.example.org/feed", by_others: true }),
    };
    store.take(&[(visit, Retention::default())], at(0)).unwrap();
    assert_eq!(urls(&store), ["https://news.example.org/feed", "https://other.example.org/feed"]);
}

#[test]
fn a_host_is_the_users_own_once_he_names_it() {
    let mut store = Store::in_memory().unwrap();
    let found = NewFeed { by_others: true, ..new("https://a.example.org/feed", &[]) };
    let Subscribed::New(id) = store.subscribe(&found, at(0)).unwrap() else { panic!() };
    assert_eq!(store.subscribe(&found, at(0)).unwrap(), Subscribed::Known(id));
    assert!(one(&store).by_others);
    assert_eq!(store.subscribe(&new("https://a.example.org/feed", &[]), at(0)).unwrap(), Subscribed::Known(id));
    assert!(!one(&store).by_others);
    let visit = Visit {
        feed: id,
        content: None,
        state: &FetchState::default(),
        moved_to: Some(Move { url: "https://b.example.org/feed", by_others: true }),
    };
    store.take(&[(visit, Retention::default())], at(0)).unwrap();
    assert!(one(&store).by_others);
}

#[test]
fn the_tree_keeps_its_order() {
    let mut store = Store::in_memory().unwrap();
    for (url, folder) in [
        ("a:1", &[][..]),
        ("a:2", &["News"]),
        ("a:3", &["Tech"]),
        ("a:4", &["News", "Local"]),
        ("a:5", &["News"]),
        ("a:6", &["Tech", "Local"]),
        ("a:7", &[]),
    ] {
        store.subscribe(&new(url, folder), at(0)).unwrap();
    }
    store.add_folder(&path(&["Empty"])).unwrap();
    store.add_folder(&path(&["Empty"])).unwrap();
    let folders: Vec<FolderPath> = [&["News"][..], &["News", "Local"], &["Tech"], &["Tech", "Local"], &["Empty"]]
        .into_iter()
        .map(path)
        .collect();
    assert_eq!(store.folders().unwrap(), folders);
    assert_eq!(urls(&store), ["a:4", "a:2", "a:5", "a:6", "a:3", "a:1", "a:7"]);
}

#[test]
fn a_feed_moves_into_a_folder_that_is_made_for_it() {
    let (mut store, id) = library();
    store.move_to(id, &path(&["Deep", "Deeper"])).unwrap();
    assert_eq!(one(&store).folder, path(&["Deep", "Deeper"]));
    assert_eq!(store.folders().unwrap(), [path(&["Deep"]), path(&["Deep", "Deeper"])]);
    store.move_to(id, &[]).unwrap();
    assert_eq!(one(&store).folder, FolderPath::new());
    sound(&store);
}

#[test]
fn what_was_starred_outlives_its_subscription_and_comes_home() {
    let (mut store, id) = library();
    deliver(&mut store, id, (1..=4).map(entry).collect(), at(0));
    let kept = titled(&store, "Headline 2");
    store.mark(&[kept], Mark::Starred(true)).unwrap();
    assert_eq!(store.unsubscribe(id).unwrap(), 3);
    assert_eq!(store.unsubscribe(id).unwrap(), 0);
    let row = &store.rows(&[kept]).unwrap()[0];
    assert_eq!((row.feed, row.source.as_deref()), (None, Some("The Example")));
    assert_eq!(ids(&store, &Query { scope: Scope::Saved, ..Query::default() }), [kept]);
    assert!(store.article(kept).unwrap().is_some());
    sound(&store);

    let id = subscribe(&mut store, "https://news.example.org/feed");
    let taken = deliver(&mut store, id, (1..=4).map(entry).collect(), at(1));
    assert_eq!(taken.new, 3, "the kept one is not there twice");
    assert_eq!(store.rows(&[kept]).unwrap()[0].feed, Some(id));
    sound(&store);

    store.unsubscribe(id).unwrap();
    store.save_page(&page("https://p.example.org/", "Page", "Words."), None, at(2)).unwrap();
    let end_another = |store: &mut Store| {
        let other = subscribe(store, "https://other.example.org/feed");
        deliver(store, other, vec![entry(9)], at(3));
        assert_eq!(store.unsubscribe(other).unwrap(), 1, "those of other feeds are not counted");
    };
    end_another(&mut store);
    assert_eq!(titles(&store), ["Page", "Headline 2"]);
    store.mark(&[kept], Mark::Starred(false)).unwrap();
    end_another(&mut store);
    assert_eq!(titles(&store), ["Page"], "what was left goes with the next, once its star is gone");
    sound(&store);
}

#[test]
fn a_visit_to_a_feed_that_was_ended_meanwhile_brings_nothing() {
    let (mut store, id) = library();
    store.unsubscribe(id).unwrap();
    assert_eq!(deliver(&mut store, id, vec![entry(1)], at(0)), Default::default());
    assert!(all(&store).is_empty());
}
