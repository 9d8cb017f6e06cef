//! A library of the first format is brought up to date, and nothing in it is lost to queries.

use dateline::store::Store;
use rusqlite::Connection;

use crate::support::*;

const FIRST: &str = include_str!("../../src/store/migrations/001_library.sql");

/// What the schema is made of.
fn schema(conn: &Connection) -> Vec<String> {
    let mut select = conn
        .prepare("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY sql")
        .unwrap();
    select.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap()
}

/// Makes a library of today what it was in the first format: with the index of words alone.
fn take_back(conn: &Connection) {
    let create = FIRST.split("CREATE VIRTUAL TABLE words").nth(1).unwrap().split(';').next().unwrap();
    conn.execute_batch(&format!(
        "PRAGMA foreign_keys = OFF;
         DROP TRIGGER article_unlearned; DROP TRIGGER name_dropped;
         DROP TABLE words; DROP TABLE name_words; DROP TABLE statement_words; DROP TABLE event_words;
         DROP TABLE article_names; DROP TABLE name; DROP TABLE article_tag; DROP TABLE note;
         DROP TABLE note_words;
         DROP INDEX article_to_index; DROP INDEX article_changed; DROP INDEX version_by_language;
         CREATE VIRTUAL TABLE words{create};
         INSERT INTO words (rowid, title, text) SELECT id, title, 'as it was' FROM article WHERE indexed;
         PRAGMA user_version = 1;"
    ))
    .unwrap();
    let first = Connection::open_in_memory().unwrap();
    first.execute_batch(FIRST).unwrap();
    assert_eq!(schema(conn), schema(&first), "this is what the first format was");
}

#[test]
fn what_was_annotated_before_is_found_after_the_index_is_made() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::open(folder.path()).unwrap();
    deliver(&mut store, &stories());
    annotate(&mut store);
    let expected: Vec<Vec<String>> = QUERIES.iter().map(|query| titles(&store, query)).collect();
    assert!(expected.iter().all(|titles| !titles.is_empty()));
    drop(store);
    take_back(&Connection::open(Store::file_in(folder.path())).unwrap());

    let mut store = Store::open(folder.path()).unwrap();
    assert_eq!(titles(&store, "").len(), 10, "it can be read at once");
    assert_eq!(store.count_unindexed().unwrap(), 10);
    assert_eq!(store.count_to_annotate(dateline::annotate::RULES).unwrap(), 0, "nothing is annotated again");
    let mut steps = Vec::new();
    loop {
        match store.index_waiting(4).unwrap().len() {
            0 => break,
            done => steps.push(done),
        }
    }
    assert_eq!(steps, [4, 4, 2], "in portions");
    assert_eq!(store.count_unindexed().unwrap(), 0);
    for (query, expected) in QUERIES.iter().zip(expected) {
        assert_eq!(titles(&store, query), expected, "{query}");
    }
    assert_eq!(store.check().unwrap(), Vec::<String>::new());
}

#[test]
fn what_has_lost_its_annotation_is_annotated_anew() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::open(folder.path()).unwrap();
    deliver(&mut store, &stories());
    annotate(&mut store);
    drop(store);
    let conn = Connection::open(Store::file_in(folder.path())).unwrap();
    take_back(&conn);
    conn.execute("DELETE FROM annotation WHERE id IN (SELECT id FROM annotation LIMIT 3)", []).unwrap();
    conn.execute("UPDATE annotation SET body = x'01ff00' WHERE id = (SELECT max(id) FROM annotation)", []).unwrap();
    drop(conn);
    let mut store = Store::open(folder.path()).unwrap();
    while !store.index_waiting(100).unwrap().is_empty() {}
    assert_eq!(store.count_to_annotate(dateline::annotate::RULES).unwrap(), 4);
    assert_eq!(store.count_unindexed().unwrap(), 4);
    assert_eq!(titles(&store, "said:the -a9b9c").len(), 6);
    assert_eq!(titles(&store, "the").len(), 10, "words are found meanwhile");
    annotate(&mut store);
    assert_eq!(titles(&store, "official:minister OR person:serikbayev OR by:a* OR said:the").len(), 10);
}

const QUERIES: &[&str] = &[
    "darkhan",
    "\"night train\"",
    "said:\"shared list of suspects\" by:Serikbayev",
    "event:CONSULT actor:TZ recipient:ZM",
    "official:minister",
    "author:orazova",
    "place:Ulaanbaatar",
    "lang:en",
];
