//! Check, backup, vacuum and repair.

use std::fs;

use dateline::store::{Mark, Query, Scope, Store, StoreError, repair};
use tempfile::TempDir;

use crate::opening::stocked;
use crate::support::*;

#[test]
fn a_backup_is_a_whole_library() {
    let folder = TempDir::new().unwrap();
    stocked(&folder.path().join("one"));
    let store = Store::open(&folder.path().join("one")).unwrap();
    let other = folder.path().join("two");
    fs::create_dir(&other).unwrap();
    fs::write(other.join("dateline.db"), "what was there before").unwrap();
    store.backup(&other.join("dateline.db")).unwrap();
    let copy = Store::open(&other).unwrap();
    assert_eq!(titles(&copy), titles(&store));
    sound(&copy);
    let error = store.backup(&folder.path().join("no such folder").join("x.db")).unwrap_err();
    assert!(matches!(error, StoreError::Unwritable { .. }), "{error:?}");
}

#[cfg(unix)]
#[test]
fn copies_are_nobody_elses_business() {
    use std::os::unix::fs::PermissionsExt;
    let rights = |file: &std::path::Path| fs::metadata(file).unwrap().permissions().mode() & 0o777;
    let folder = TempDir::new().unwrap();
    let file = stocked(folder.path());
    let copy = folder.path().join("backup.db");
    for _ in 0..2 {
        Store::open(folder.path()).unwrap().backup(&copy).unwrap();
        assert_eq!(rights(&copy), 0o600);
        // What others could read before is theirs no more.
        fs::set_permissions(&copy, fs::Permissions::from_mode(0o644)).unwrap();
    }
    let repaired = repair(folder.path()).unwrap();
    assert_eq!((rights(&file), rights(&repaired.kept)), (0o600, 0o600));
}

#[test]
fn vacuum_gives_room_back() {
    let folder = TempDir::new().unwrap();
    let file = stocked(folder.path());
    let mut store = Store::open(folder.path()).unwrap();
    let before = fs::metadata(&file).unwrap().len();
    store.unsubscribe(store.subscriptions().unwrap()[0].id).unwrap();
    store.vacuum().unwrap();
    assert!(fs::metadata(&file).unwrap().len() < before);
    sound(&store);
}

#[test]
fn check_names_what_does_not_hold() {
    let folder = TempDir::new().unwrap();
    let file = stocked(folder.path());
    for (damage, word) in [
        ("UPDATE tally SET unread = 3 WHERE feed = 1", "number of articles"),
        ("PRAGMA foreign_keys = OFF; DELETE FROM version WHERE article = 7", "without a text"),
        ("DELETE FROM identity WHERE article = 9", "known again"),
        ("PRAGMA foreign_keys = OFF; UPDATE article SET feed = 77 WHERE id = 3", "not there"),
    ] {
        rusqlite::Connection::open(&file).unwrap().execute_batch(damage).unwrap();
        let problems = Store::open(folder.path()).unwrap().check().unwrap();
        assert!(problems.iter().any(|problem| problem.contains(word)), "{word}: {problems:?}");
    }
}

#[test]
fn a_text_that_cannot_be_read_is_named_and_stops_nothing_else() {
    let folder = TempDir::new().unwrap();
    let file = stocked(folder.path());
    // A flipped bit in the texts of three articles: SQLite sees nothing of it.
    let damage =
        "UPDATE version SET body = substr(body, 1, 20) || x'00' || substr(body, 22) WHERE article IN (3, 4, 5)";
    assert_eq!(rusqlite::Connection::open(&file).unwrap().execute(damage, []).unwrap(), 3);
    let mut store = Store::open(folder.path()).unwrap();
    let problems = store.check().unwrap();
    assert_eq!(problems.len(), 3, "{problems:?}");
    assert!(problems[0].contains("Headline 3"), "{problems:?}");

    // The feed goes on, with an edit of the first, other marks on the second, and the guid of the third on another text.
    let id = store.subscriptions().unwrap()[0].id;
    let edited = dateline::model::Entry { content: html("<p>Other words.</p>"), ..entry(3) };
    let signed = dateline::model::Entry { authors: vec![line("A. Writer")], ..entry(4) };
    let other = dateline::model::Entry { guid: entry(5).guid, ..entry(50) };
    let taken = deliver(&mut store, id, vec![edited, signed, other, entry(60)], at(1));
    assert_eq!((taken.new, taken.changed), (1, 2));
    assert_eq!(text(&store.article(titled(&store, "Headline 3")).unwrap().unwrap()), "<p>Other words.</p>");
    let mended = store.article(titled(&store, "Headline 4")).unwrap().unwrap();
    assert!(text(&mended).contains("harbour4"), "the same text takes the place of what cannot be read");
    assert_eq!(store.check().unwrap().len(), 2, "the old versions of two are still damaged");
}

#[test]
fn repair_saves_what_can_be_read_and_keeps_the_damaged_file() {
    let folder = TempDir::new().unwrap();
    let file = stocked(folder.path());
    let mut store = Store::open(folder.path()).unwrap();
    let starred = titled(&store, "Headline 7");
    store.mark(&[starred], Mark::Starred(true)).unwrap();
    store.vacuum().unwrap();
    drop(store);
    let whole = fs::read(&file).unwrap();

    // Page by page: whatever one page held may be lost, but all else is there.
    let page = 8192;
    let pages = whole.len() / page;
    for lost in 1..pages {
        let mut bytes = whole.clone();
        bytes[lost * page..(lost + 1) * page].fill(0xA5);
        fs::write(&file, &bytes).unwrap();
        let repaired = repair(folder.path()).unwrap();
        assert!(fs::read(&repaired.kept).unwrap() == bytes, "page {lost}: the damaged file is kept");
        let store = Store::open(folder.path()).unwrap();
        sound(&store);
        let feeds = store.subscriptions().unwrap();
        let articles = all(&store).len();
        assert!(feeds.len() == 1 || articles >= 20, "page {lost}: {} feeds, {articles} articles", feeds.len());
        for key in all(&store) {
            assert!(store.article(key.id).unwrap().is_some());
        }
        fs::remove_file(&repaired.kept).unwrap();
    }

    // Nothing damaged: nothing lost.
    fs::write(&file, &whole).unwrap();
    let repaired = repair(folder.path()).unwrap();
    assert_eq!(repaired.lost, Vec::<String>::new());
    let mut store = Store::open(folder.path()).unwrap();
    assert_eq!(all(&store).len(), 40);
    assert_eq!(ids(&store, &Query { scope: Scope::Starred, ..Query::default() }), [starred]);
    let id = store.subscriptions().unwrap()[0].id;
    assert_eq!(deliver(&mut store, id, (1..=40).map(entry).collect(), at(1)).new, 0, "all are known again");
}

#[test]
fn a_library_whose_mark_is_damaged_is_repaired_and_another_programs_file_is_not() {
    let folder = TempDir::new().unwrap();
    let file = stocked(folder.path());
    let whole = fs::read(&file).unwrap();
    for bit in 0..32 {
        let mut bytes = whole.clone();
        bytes[68 + bit / 8] ^= 1 << (bit % 8);
        fs::write(&file, &bytes).unwrap();
        let error = Store::open(folder.path()).unwrap_err();
        assert!(error.to_string().contains("dateline db repair"), "bit {bit}: {error}");
        let repaired = repair(folder.path()).unwrap();
        assert_eq!((repaired.feeds, repaired.articles, repaired.lost), (1, 40, vec![]), "bit {bit}");
        sound(&Store::open(folder.path()).unwrap());
    }
    fs::remove_file(&file).unwrap();
    let other = rusqlite::Connection::open(&file).unwrap();
    other
        .execute_batch("CREATE TABLE feed (id, url); CREATE TABLE article (id); INSERT INTO feed VALUES (1, 'a')")
        .unwrap();
    drop(other);
    let before = fs::read(&file).unwrap();
    let error = repair(folder.path()).unwrap_err();
    assert!(matches!(error, StoreError::Foreign { .. }), "{error:?}");
    assert!(fs::read(&file).unwrap() == before);
}

#[test]
fn a_library_that_is_open_is_not_repaired() {
    let folder = TempDir::new().unwrap();
    let file = stocked(folder.path());
    let mut one = Store::open(folder.path()).unwrap();
    let two = Store::open(folder.path()).unwrap();
    for open in [None, Some(two)] {
        drop(open);
        let error = repair(folder.path()).unwrap_err();
        assert!(matches!(error, StoreError::InUse), "{error:?}");
        assert!(error.to_string().contains("end that program"), "{error}");
    }
    // What it keeps after that is kept.
    let read = titled(&one, "Headline 5");
    one.mark(&[read], Mark::Starred(true)).unwrap();
    drop(one);
    assert_eq!(repair(folder.path()).unwrap().lost, Vec::<String>::new());
    let store = Store::open(folder.path()).unwrap();
    assert_eq!(ids(&store, &Query { scope: Scope::Starred, ..Query::default() }), [read]);
    drop(store);

    // Nor does anybody open it while it is repaired.
    let repairing = fs::File::open(file.with_file_name("use.lock")).unwrap();
    repairing.try_lock().unwrap();
    let error = Store::open(folder.path()).unwrap_err();
    assert!(matches!(error, StoreError::Busy), "{error:?}");
    drop(repairing);
    sound(&Store::open(folder.path()).unwrap());
}

#[test]
fn there_is_nothing_to_repair_where_there_is_no_library() {
    let folder = TempDir::new().unwrap();
    assert!(repair(folder.path()).is_err());
    assert!(!folder.path().join("dateline.db").exists());
    let text = b"this is no database".repeat(100);
    fs::write(folder.path().join("dateline.db"), &text).unwrap();
    assert!(repair(folder.path()).is_err(), "nothing can be read of it");
    assert!(fs::read(folder.path().join("dateline.db")).unwrap() == text);
}
