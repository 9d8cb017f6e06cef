//! What is kept follows the articles, and completes queries.

use dateline::model::Annotations;
use dateline::query::Values;
use dateline::store::{Finding, Store};

use crate::support::*;

fn values(store: &Store, sort: Values, typed: &str) -> Vec<(String, usize)> {
    let found = store.values(sort, typed, 5).unwrap();
    found.into_iter().map(|(value, count)| (value.to_string(), count)).collect()
}

#[test]
fn values_of_the_library_complete_a_query() {
    let mut store = library();
    let one = |value: &str| vec![(value.to_owned(), 1)];
    assert_eq!(values(&store, Values::Persons, "serik"), one("Daulet Serikbayev"));
    assert_eq!(values(&store, Values::Persons, "daulet ser"), one("Daulet Serikbayev"));
    assert_eq!(values(&store, Values::Authors, "oraz"), one("Madina Orazova"));
    assert_eq!(values(&store, Values::Places, "ulaan"), one("Ulaanbaatar"));
    assert_eq!(values(&store, Values::Orgs, "pacific isl"), one("Pacific Islands Forum"));
    assert_eq!(values(&store, Values::Feeds, "stepp"), one("Steppe Wire"));
    assert_eq!(values(&store, Values::Folders, "ne")[0], ("News".to_owned(), 10));
    assert_eq!(values(&store, Values::Folders, "odd"), [("News/Odd".to_owned(), 5)]);
    assert_eq!(values(&store, Values::Languages, ""), [("en-GB".to_owned(), 10)]);
    assert!(!values(&store, Values::Officials, "minis").is_empty());
    assert_eq!(
        values(&store, Values::Persons, "").len(),
        5,
        "before anything is typed, those of the latest articles"
    );
    assert!(values(&store, Values::Persons, "zzz").is_empty());
    let id = store.keys(&asked("darkhan"), None).unwrap()[0].id;
    store.tag(&[id], &dateline::text::Clean::line("later")).unwrap();
    assert_eq!(values(&store, Values::Tags, "la"), one("later"));
    for odd in ["\"", "*", "a OR", "\0", "Ⓐ", "(", "''"] {
        let _ = values(&store, Values::Persons, odd);
        let _ = values(&store, Values::Feeds, odd);
    }
}

#[test]
fn facts_are_replaced_with_the_annotations_and_go_with_the_article() {
    let mut store = library();
    let id = store.keys(&asked("darkhan"), None).unwrap()[0].id;
    let stored = store.article(id).unwrap().unwrap();
    let (hash, article) = (stored.hash, stored.into_article());
    let nothing = Annotations::default();
    let finding = Finding { article: id, hash, article_text: &article, annotations: &nothing };
    store.keep(&[finding], "another engine").unwrap();
    for query in
        ["person:serikbayev", "by:serikbayev", "actor:KZ", "place:ulaanbaatar", "official:secretary country:KZ"]
    {
        assert!(titles(&store, query).is_empty(), "{query}");
    }
    assert_eq!(titles(&store, "darkhan author:orazova").len(), 1, "its words and byline stay");
    annotate(&mut store);
    assert_eq!(titles(&store, "person:serikbayev by:serikbayev actor:KZ").len(), 1);

    for feed in store.subscriptions().unwrap() {
        store.unsubscribe(feed.id).unwrap();
    }
    for query in ["person:serikbayev", "by:serikbayev", "said:the", "actor:KZ", "darkhan", "author:orazova"] {
        assert!(titles(&store, query).is_empty(), "{query}");
    }
    assert_eq!(store.count_statements(&asked("said:the")).unwrap(), 0);
    assert!(values(&store, Values::Persons, "serik").is_empty());
    store.vacuum().unwrap();
    assert_eq!(store.check().unwrap(), Vec::<String>::new());
}

#[test]
fn whatever_is_typed_is_answered() {
    let store = library();
    let odd = [
        "a* \"b c\"* -d",
        "NEAR(a b)",
        "title:^a",
        "a + b",
        "x;DROP",
        "'; --",
        "person:\"'\"x",
        "by:*a",
        "{title}:a",
        "words:a",
        "said:AND",
        "by:\"OR\"",
        "\u{301}a",
        "𝒳 OR ไทย",
        "tag:%",
        "lang:_*",
        "folder:/",
        "folder:a/b/c/d",
        "feed:\u{10ffff}a",
        "-(-(a))",
        "NOT NOT by:x",
        "-(said:a by:b)",
        "((by:a) OR (said:b -by:c)) about:IR",
        "(a OR by:x) -event:AID",
        "by:x (about:IR OR -said:y)",
        "event:AID (actor:x OR -recipient:y)",
        "-said:a OR -said:b",
        "until:9999-12-31",
        "since:0001-01-01",
    ];
    for query in odd {
        let Ok(search) = dateline::query::parse(query) else { continue };
        drop(search);
        let all = titles(&store, query).len();
        let none = titles(&store, &format!("-({query})")).len();
        assert_eq!(all + none, 10, "{query}: an article fulfils it or does not");
        let _ = statements(&store, query);
        let _ = titles(&store, &format!("{query} sort:relevance"));
    }
}

#[test]
fn tags_outlive_a_repair_and_facts_come_back() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::open(folder.path()).unwrap();
    deliver(&mut store, &stories());
    annotate(&mut store);
    let id = store.keys(&asked("darkhan"), None).unwrap()[0].id;
    store.tag(&[id], &dateline::text::Clean::line("later")).unwrap();
    drop(store);
    let repaired = dateline::store::repair(folder.path()).unwrap();
    assert_eq!((repaired.articles, repaired.lost), (10, vec![]));
    let mut store = Store::open(folder.path()).unwrap();
    assert_eq!(found(&store, "tag:later"), ["Kazakh"]);
    annotate(&mut store);
    assert_eq!(found(&store, "tag:later by:serikbayev"), ["Kazakh"]);
    assert_eq!(store.check().unwrap(), Vec::<String>::new());
}
