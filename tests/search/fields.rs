//! Each field and state over the bundled stories.

use dateline::store::{ArticleId, Mark, Store};
use dateline::text::Clean;

use crate::support::*;

fn id(store: &Store, query: &str) -> ArticleId {
    let keys = store.keys(&asked(query), None).unwrap();
    assert_eq!(keys.len(), 1, "{query}");
    keys[0].id
}

/// The query finds the articles whose headlines begin so, latest first.
fn finds(store: &Store, query: &str, expected: &[&str]) {
    assert_eq!(found(store, query), expected, "{query}");
}

#[test]
fn words_and_phrases_in_headline_and_text() {
    let store = library();
    assert_eq!(titles(&store, "").len(), 10, "a query without terms finds all");
    finds(&store, "darkhan", &["Kazakh"]);
    finds(&store, "\"night train\"", &["Kazakh"]);
    finds(&store, "\"train night\"", &[]);
    finds(&store, "chol*", &["Chad"]);
    finds(&store, "\"ghost fl\"*", &["Japan"]);
    finds(&store, "CHOLERA clinics", &["Chad"]);
    finds(&store, "cholera -clinics", &[]);
    finds(&store, "cholera OR cyclone", &["Chad", "Relief"]);
    finds(&store, "(cholera OR cyclone) -Tonga", &["Chad"]);
    finds(
        &store,
        "-(cholera OR cyclone) title:a*",
        &found(&store, "title:a*")
            .iter()
            .map(String::as_str)
            .filter(|title| !["Chad", "Relief"].contains(title))
            .collect::<Vec<_>>(),
    );
    assert_eq!(titles(&store, "-darkhan").len(), 9);
    assert_eq!(titles(&store, "-darkhan -cholera").len(), 8);
    assert_eq!(titles(&store, "NOT (darkhan cholera)").len(), 10, "no article has both");
    finds(&store, "title:clinics", &["Chad"]);
    finds(&store, "title:patients", &[]);
    finds(&store, "title:clinics,cyclone", &["Chad", "Relief"]);
    // Alike in scripts and signs that the index does not know.
    finds(&store, "Ⓐ", &[]);
    finds(&store, "darkhan -Ⓐ", &["Kazakh"]);
}

#[test]
fn what_an_article_is_of() {
    let mut store = library();
    finds(&store, "feed:steppe", &["Kazakh"]);
    finds(&store, "feed:\"Steppe Wire\"", &["Kazakh"]);
    finds(&store, "feed:steppe,sahel", &["Chad", "Kazakh"]);
    finds(&store, "feed:feed0.example.org", &["Bolivian"]);
    finds(&store, "feed:nobody", &[]);
    assert_eq!(titles(&store, "folder:News").len(), 10);
    let (even, odd) = (titles(&store, "folder:Even").len(), titles(&store, "folder:news/odd").len());
    assert_eq!((even, odd), (5, 5));
    assert_eq!(titles(&store, "folder:Ev*").len(), even);
    finds(&store, "folder:Other", &[]);
    finds(&store, "author:orazova", &["Kazakh"]);
    finds(&store, "author:\"Elias Phiri\"", &["Tanzania"]);
    assert_eq!(titles(&store, "lang:en").len(), 10);
    assert_eq!(titles(&store, "lang:EN-gb").len(), 10);
    assert!(titles(&store, "lang:e").is_empty());
    assert_eq!(titles(&store, "lang:e*").len(), 10);
    assert!(titles(&store, "lang:fr").is_empty());

    let (chad, japan) = (id(&store, "title:chad"), id(&store, "title:japan"));
    store.tag(&[chad, japan], &Clean::line("to  read")).unwrap();
    store.tag(&[chad], &Clean::line("Health")).unwrap();
    store.tag(&[chad], &Clean::line(" ")).unwrap();
    finds(&store, "tag:\"To Read\"", &["Chad", "Japan"]);
    finds(&store, "tag:health", &["Chad"]);
    finds(&store, "tag:hea*", &["Chad"]);
    finds(&store, "tag:hea", &[]);
    finds(&store, "tag:health,\"to read\" -tag:health", &["Japan"]);
    assert_eq!(store.tags(chad).unwrap().iter().map(Clean::as_str).collect::<Vec<_>>(), ["Health", "to read"]);
    store.untag(&[chad], &Clean::line("HEALTH")).unwrap();
    finds(&store, "tag:health", &[]);
    store.tag(&[ArticleId(4711)], &Clean::line("gone")).unwrap();
    assert_eq!(store.check().unwrap(), Vec::<String>::new());
}

#[test]
fn the_language_is_that_of_the_text_that_is_shown() {
    let mut store = library();
    let chad = id(&store, "title:chad");
    let feeds = store.article(chad).unwrap().unwrap().into_article();
    let page = |language| dateline::model::Article { language, ..feeds.clone() };
    store.take_page(chad, &page(Some(Clean::line("fr-TD"))), now().timestamp()).unwrap();
    finds(&store, "lang:fr", &["Chad"]);
    finds(&store, "lang:en title:chad", &[]);
    assert_eq!((titles(&store, "lang:en").len(), titles(&store, "-lang:fr").len()), (9, 9));
    store.take_page(chad, &page(None), now().timestamp()).unwrap();
    finds(&store, "lang:fr,en title:chad", &[]);
    finds(&store, "-lang:en", &["Chad"]);
}

#[test]
fn states_and_times() {
    let mut store = library();
    assert_eq!(titles(&store, "unread").len(), 10);
    let (chad, japan) = (id(&store, "title:chad"), id(&store, "title:japan"));
    store.mark(&[chad], Mark::Read(true)).unwrap();
    store.mark(&[japan], Mark::Starred(true)).unwrap();
    finds(&store, "is:read", &["Chad"]);
    finds(&store, "-unread", &["Chad"]);
    assert_eq!(titles(&store, "unread").len(), 9);
    finds(&store, "starred", &["Japan"]);
    finds(&store, "starred OR is:read", &["Chad", "Japan"]);
    finds(&store, "updated", &[]);
    finds(&store, "saved", &[]);
    finds(&store, "\"unread\"", &["‘I"]);
    let page = dateline::model::Article {
        url: Some(Clean::line("https://example.org/page")),
        title: Some(Clean::line("Page of the day")),
        source: Some(Clean::line("The Shelf")),
        ..stories()[0].clone()
    };
    store.save_page(&page, None, now().timestamp()).unwrap();
    finds(&store, "saved", &["Page"]);
    finds(&store, "today", &["Page"]);
    finds(&store, "feed:shelf", &["Page"]);
    finds(&store, "newer:12h", &["Page"]);

    finds(&store, "since:2026-11-12 -saved", &["Polish"]);
    finds(&store, "since:2026-09-23 until:2026-11-11", &["Iraq"]);
    finds(&store, "until:2026-01-19", &["Relief"]);
    finds(&store, "until:2026-01-18", &[]);
    finds(&store, "newer:2d -saved", &["Polish"]);
    finds(&store, "newer:8w older:2d", &["Iraq"]);
    assert_eq!(titles(&store, "older:23h").len(), 10);
    assert_eq!(titles(&store, "newer:9999y").len(), 11);
    assert_eq!(titles(&store, "older:9999y").len(), 0);
}

#[test]
fn names_countries_and_offices() {
    let store = library();
    finds(&store, "country:MN", &["Kazakh"]);
    finds(&store, "country:Mongolia", &["Kazakh"]);
    finds(&store, "about:zambia", &["Tanzania"]);
    assert!(found(&store, "country:FR").contains(&"Chad".to_owned()));
    assert_eq!(found(&store, "country:MN,ZM"), ["Tanzania", "Kazakh"]);
    finds(&store, "place:Ulaanbaatar", &["Kazakh"]);
    finds(&store, "place:\"Santa Cruz\"", &["Bolivian"]);
    finds(&store, "place:Serikbayev", &[]);
    finds(&store, "person:serikbayev", &["Kazakh"]);
    finds(&store, "person:\"Daulet Serikbayev\"", &["Kazakh"]);
    finds(&store, "person:\"Serikbayev Daulet\"", &[]);
    finds(&store, "person:\"Daulet Serik\"*", &["Kazakh"]);
    finds(&store, "org:\"Pacific Islands Forum\"", &["Relief"]);
    finds(&store, "official:\"ports minister\"", &["‘I"]);
    assert!(found(&store, "official:minister").len() >= 5);
    assert!(found(&store, "official:Tulegenov").contains(&"Kazakh".to_owned()), "an official's name");
    finds(&store, "official:president country:PE", &["Bolivian"]);
}

#[test]
fn events_of_one_kind_between_two_sides_in_one_event() {
    let store = library();
    finds(&store, "event:PROTEST/obstruct", &["Judge"]);
    finds(&store, "event:OTHER:HEALTH", &["Chad"]);
    finds(&store, "event:assault/explosives", &["Kazakh"]);
    assert!(found(&store, "event:OTHER").len() >= 4);
    assert!(found(&store, "event:material-conflict").len() >= 5);
    finds(&store, "event:CONSULT actor:TZ recipient:ZM", &["Tanzania"]);
    finds(&store, "event:CONSULT actor:ZM recipient:TZ", &["Tanzania"]);
    finds(&store, "event:CONSULT actor:Mwakalinga", &["Tanzania"]);
    finds(&store, "event:SUPPORT actor:UN", &["Relief"]);
    finds(&store, "event:SUPPORT actor:\"United Nations\" recipient:PIF", &[]);
    // Each of the two is told, of two events.
    finds(&store, "event:SANCTION actor:JP", &["Japan"]);
    finds(&store, "event:SANCTION actor:ID", &[]);
    finds(&store, "(event:SANCTION) actor:ID", &["Japan"]);
    finds(&store, "event:SANCTION (actor:ID)", &["Japan"]);
    finds(&store, "event:SANCTION (actor:ID OR actor:JP)", &["Japan"]);
    finds(&store, "event:SANCTION (actor:ID OR actor:CN)", &[]);
    // A negation speaks of the same event where there is one, and of all of them alone.
    finds(&store, "event:SANCTION -actor:JP", &[]);
    finds(&store, "event:SANCTION -actor:ID", &["Japan"]);
    finds(&store, "event:SANCTION (-actor:ID)", &[]);
}

#[test]
fn orders() {
    let store = library();
    assert_eq!(found(&store, "cholera OR cyclone sort:oldest"), ["Relief", "Chad"]);
    assert_eq!(found(&store, "cholera OR cyclone OR darkhan sort:title"), ["Chad", "Kazakh", "Relief"]);
    assert_eq!(found(&store, "sort:feed").len(), 10);
    // The headline counts more than the text: the other articles only name the minister in passing.
    assert_eq!(found(&store, "ports minister sort:relevance")[0], "‘I");
    assert_eq!(found(&store, "sort:relevance minister")[..].len(), found(&store, "minister").len());
    let mixed = found(&store, "cholera OR country:MN sort:relevance");
    assert_eq!(mixed, ["Chad", "Kazakh"], "what has none of the words comes last");
}
