//! Lists, rows, marks and counts.

use dateline::store::{ArticleId, Counts, Mark, NewFeed, Order, Query, Scope, Store, Subscribed};

use crate::support::*;

fn scope(scope: Scope) -> Query {
    Query { scope, ..Query::default() }
}

/// Two feeds in folders and a page.
fn stocked() -> Store {
    let mut store = Store::in_memory().unwrap();
    for (url, folder, numbers) in
        [("a:1", vec!["News"], 1..4), ("a:2", vec!["News", "Local"], 4..6), ("a:3", vec![], 6..8)]
    {
        let feed = NewFeed { url: url.into(), folder: folder.into_iter().map(line).collect(), ..NewFeed::default() };
        let Subscribed::New(id) = store.subscribe(&feed, at(0)).unwrap() else { panic!() };
        deliver(&mut store, id, numbers.map(entry).collect(), at(0));
    }
    store.save_page(&page("https://p.example.org/", "a page", "Words."), Some(at(-13)), at(1)).unwrap();
    store
}

fn numbers(store: &Store, query: &Query) -> String {
    titles_of(store, query).iter().map(|title| title.chars().last().unwrap()).collect()
}

#[test]
fn scopes_hold_what_they_say() {
    let mut store = stocked();
    let feeds = store.subscriptions().unwrap();
    let second = feeds.iter().find(|one| one.url == "a:2").unwrap().id;
    let starred: Vec<ArticleId> = ["Headline 5", "Headline 1"].iter().map(|title| titled(&store, title)).collect();
    store.mark(&starred, Mark::Starred(true)).unwrap();
    store.mark(&[titled(&store, "Headline 6"), titled(&store, "Headline 2")], Mark::Read(true)).unwrap();

    // "a page" is dated between 2 and 3, and was seen later than 3, which has the same date.
    assert_eq!(numbers(&store, &scope(Scope::All)), "12e34567");
    assert_eq!(numbers(&store, &scope(Scope::Unread)), "1e3457");
    assert_eq!(numbers(&store, &scope(Scope::Starred)), "15");
    assert_eq!(numbers(&store, &scope(Scope::Saved)), "e");
    assert_eq!(numbers(&store, &scope(Scope::Since(at(-12)))), "12");
    assert_eq!(numbers(&store, &scope(Scope::Feed(second))), "45");
    assert_eq!(numbers(&store, &scope(Scope::Folder(vec![line("News")]))), "12345");
    assert_eq!(numbers(&store, &scope(Scope::Folder(vec![line("News"), line("Local")]))), "45");
    assert_eq!(numbers(&store, &scope(Scope::Folder(vec![line("Local")]))), "");

    let keys = store.keys(&scope(Scope::All), Some(3)).unwrap();
    assert_eq!(keys.len(), 3);
    assert_eq!(
        keys.iter().map(|key| (key.read, key.starred)).collect::<Vec<_>>(),
        [(false, true), (true, false), (false, false)]
    );
    sound(&store);
}

#[test]
fn what_was_read_while_the_unread_were_shown_stays_in_the_list() {
    let mut store = stocked();
    let read: Vec<ArticleId> = ["Headline 2", "Headline 6"].iter().map(|title| titled(&store, title)).collect();
    store.mark(&read, Mark::Read(true)).unwrap();
    let with = |scope, also: &[ArticleId]| Query { also: also.to_vec(), ..self::scope(scope) };
    assert_eq!(numbers(&store, &with(Scope::Unread, &[])), "1e3457");
    assert_eq!(numbers(&store, &with(Scope::Unread, &read[..1])), "12e3457", "in its place");
    assert_eq!(numbers(&store, &with(Scope::Unread, &[read[1], ArticleId(4711)])), "1e34567");
    let gone = read[0];
    assert_eq!(numbers(&store, &with(Scope::Starred, &[gone])), "", "other lists are what they say");
    for order in [Order::Newest, Order::Oldest, Order::Feed, Order::Title] {
        let query = Query { order, ..with(Scope::Unread, &read) };
        assert_eq!(numbers(&store, &query).len(), 8, "{order:?}");
    }
}

#[test]
fn every_order_works_in_every_scope() {
    let store = stocked();
    let order = |order| numbers(&store, &Query { order, ..Query::default() });
    assert_eq!(order(Order::Oldest), "76543e21");
    assert_eq!(order(Order::Title), "e1234567");
    assert_eq!(order(Order::Feed), "4512367e", "feeds as in the tree, pages last");
    let feed = store.subscriptions().unwrap()[0].id;
    for order in [Order::Newest, Order::Oldest, Order::Feed, Order::Title] {
        for scope in [
            Scope::All,
            Scope::Unread,
            Scope::Starred,
            Scope::Since(at(-20)),
            Scope::Saved,
            Scope::Feed(feed),
            Scope::Folder(vec![line("News")]),
            Scope::Folder(Vec::new()),
        ] {
            let query = Query { scope, order, ..Query::default() };
            let whole = store.keys(&query, None).unwrap();
            let part = store.keys(&query, Some(2)).unwrap();
            assert_eq!(part[..], whole[..whole.len().min(2)], "{query:?}");
        }
    }
}

#[test]
fn counts_follow_every_change() {
    let mut store = stocked();
    let count = |store: &Store| store.counts(at(-14)).unwrap();
    assert_eq!(count(&store), Counts { all: 8, unread: 8, starred: 0, today: 5, saved: 1 });
    let some = ids(&store, &scope(Scope::All));
    store.mark(&some[..3], Mark::Read(true)).unwrap();
    store.mark(&some[..3], Mark::Read(true)).unwrap();
    store.mark(&some[1..2], Mark::Read(false)).unwrap();
    store.mark(&some[..2], Mark::Starred(true)).unwrap();
    assert_eq!(count(&store), Counts { all: 8, unread: 6, starred: 2, today: 5, saved: 1 });
    let per_feed: Vec<(usize, usize)> =
        store.subscriptions().unwrap().iter().map(|one| (one.total, one.unread)).collect();
    assert_eq!(per_feed, [(2, 2), (3, 2), (2, 2)]);
    let feed = store.rows(&some[..1]).unwrap()[0].feed.unwrap();
    store.unsubscribe(feed).unwrap();
    assert_eq!(count(&store), Counts { all: 7, unread: 5, starred: 2, today: 4, saved: 3 });
    sound(&store);
}

#[test]
fn rows_come_in_the_order_asked_for_and_gone_ones_are_left_out() {
    let store = stocked();
    let mut some = ids(&store, &scope(Scope::All));
    some.reverse();
    some.insert(2, ArticleId(987_654));
    let rows = store.rows(&some).unwrap();
    some.remove(2);
    assert_eq!(rows.iter().map(|row| row.id).collect::<Vec<_>>(), some);
    assert!(store.article(ArticleId(987_654)).unwrap().is_none());
    assert!(store.version(dateline::store::VersionId(987_654)).unwrap().is_none());
    assert!(store.versions(ArticleId(987_654)).unwrap().is_empty());
}
