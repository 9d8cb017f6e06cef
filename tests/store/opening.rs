//! Opening: new, old, newer, foreign, damaged.

use std::fs;
use std::path::{Path, PathBuf};

use dateline::model::{Body, Note, Purpose};
use dateline::query::Matching;
use dateline::store::{Finding, Mark, NewFeed, Query, RefreshLock, Store, StoreError, Subscribed};
use tempfile::TempDir;

use crate::support::*;

fn folder() -> (TempDir, PathBuf) {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("data");
    (folder, path)
}

/// A library with some articles in one file, closed.
pub fn stocked(path: &Path) -> PathBuf {
    let mut store = Store::open(path).unwrap();
    let id = subscribe(&mut store, "https://news.example.org/feed");
    deliver(&mut store, id, (1..=40).map(entry).collect(), at(0));
    store.path().unwrap().to_owned()
}

fn refused(path: &Path) -> StoreError {
    Store::open(path).expect_err("it must not be opened")
}

#[test]
fn a_library_is_made_and_opened_again() {
    let (_keep, path) = folder();
    let file = stocked(&path);
    assert_eq!(file, path.join("dateline.db"));
    let store = Store::open(&path).unwrap();
    assert_eq!(all(&store).len(), 40);
    sound(&store);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o700, "nobody else's business");
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    }
    let names: Vec<_> = fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(!names.iter().any(|name| name.to_string_lossy().contains("before")), "nothing was migrated: {names:?}");
}

#[test]
fn an_empty_file_is_a_library_not_yet_made() {
    let (_keep, path) = folder();
    fs::create_dir(&path).unwrap();
    fs::write(path.join("dateline.db"), "").unwrap();
    sound(&Store::open(&path).unwrap());
}

#[test]
fn what_is_no_library_is_named_and_left_as_it_is() {
    let (_keep, path) = folder();
    fs::create_dir(&path).unwrap();
    let file = path.join("dateline.db");
    for junk in [b"short".to_vec(), vec![0; 5000], b"SQLite format 3\0 and then nothing".to_vec()] {
        fs::write(&file, &junk).unwrap();
        let error = refused(&path);
        assert!(matches!(error, StoreError::NoDatabase { .. }), "{error:?}");
        assert!(error.to_string().contains("dateline db repair"), "{error}");
        assert!(fs::read(&file).unwrap() == junk);
    }
    fs::remove_file(&file).unwrap();
    let other = rusqlite::Connection::open(&file).unwrap();
    other.execute_batch("PRAGMA journal_mode = WAL; CREATE TABLE note (x); INSERT INTO note VALUES (1)").unwrap();
    drop(other);
    let before = fs::read(&file).unwrap();
    let error = refused(&path);
    assert!(matches!(error, StoreError::Foreign { .. }), "{error:?}");
    assert!(fs::read(&file).unwrap() == before);
    fs::remove_file(&file).unwrap();
    fs::create_dir(&file).unwrap();
    assert!(matches!(refused(&path), StoreError::NoDatabase { .. }));
}

#[test]
fn a_newer_library_is_left_as_it_is() {
    let (_keep, path) = folder();
    let file = stocked(&path);
    let newer = rusqlite::Connection::open(&file).unwrap();
    newer.execute_batch("PRAGMA user_version = 9999; PRAGMA wal_checkpoint(TRUNCATE)").unwrap();
    drop(newer);
    let before = fs::read(&file).unwrap();
    let error = refused(&path);
    assert!(matches!(error, StoreError::Newer { found: 9999, .. }), "{error:?}");
    assert!(error.to_string().contains("update dateline"), "{error}");
    assert!(fs::read(&file).unwrap() == before);
}

#[test]
fn a_folder_that_cannot_be_one_is_named() {
    let (keep, _) = folder();
    let file = keep.path().join("file");
    fs::write(&file, "x").unwrap();
    let error = refused(&file.join("data"));
    assert!(matches!(error, StoreError::Folder { .. }), "{error:?}");
    assert!(error.to_string().contains("--data-dir"), "{error}");
}

/// Bytes that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % below
    }
}

#[test]
fn a_damaged_library_is_told_of_and_nothing_panics() {
    let (_keep, path) = folder();
    let file = stocked(&path);
    let whole = fs::read(&file).unwrap();
    let mut dice = Dice(7);
    let mut told = 0;
    for round in 0..60 {
        let mut bytes = whole.clone();
        for _ in 0..20 {
            let at = dice.roll(bytes.len());
            bytes[at] ^= 1 << dice.roll(8);
        }
        if round % 10 == 9 {
            bytes.truncate(dice.roll(bytes.len()));
        }
        for ending in ["-wal", "-shm"] {
            let _ = fs::remove_file(path.join(format!("dateline.db{ending}")));
        }
        fs::write(&file, &bytes).unwrap();
        let store = match Store::open(&path) {
            Ok(store) => store,
            Err(error) => {
                assert!(error.to_string().len() > 30, "{error}");
                assert!(fs::read(&file).unwrap() == bytes, "round {round}: {error}");
                told += 1;
                continue;
            }
        };
        let found = read_all(&store);
        let check = store.check();
        if found.is_err() || !matches!(&check, Ok(problems) if problems.is_empty()) {
            told += 1;
        }
        if let Err(error) = found {
            assert!(error.to_string().contains("dateline db"), "{error}");
        }
        drop(store);
        assert!(fs::read(&file).unwrap() == bytes, "round {round}: reading wrote to the file");
    }
    assert!(told > 30, "damage was told {told} times of 60");
}

fn read_all(store: &Store) -> Result<(), StoreError> {
    store.counts(at(0))?;
    store.subscriptions()?;
    for key in store.keys(&Query::default(), None)? {
        store.rows(&[key.id])?;
        store.article(key.id)?;
        store.versions(key.id)?;
    }
    store.search("harbour1", 10)?;
    store.countries()?;
    store.to_annotate("rules", 100)?;
    Ok(())
}

/// The format that this dateline writes.
const NEWEST: usize = 5;

/// Libraries of every format there was before, compressed. A new migration adds one that the last dateline before it has written,
/// by `DATELINE_WRITE_FORMAT=1 cargo test --test store a_library_to_keep`; those that are there stay as they are.
const FORMATS: &[(usize, &[u8])] = &[
    (1, include_bytes!("formats/1.db.zst")),
    (2, include_bytes!("formats/2.db.zst")),
    (3, include_bytes!("formats/3.db.zst")),
    (4, include_bytes!("formats/4.db.zst")),
];

/// Writes the library that is kept of this format.
#[test]
fn a_library_to_keep_of_this_format() {
    let (_keep, path) = folder();
    let mut store = Store::open(&path).unwrap();
    let feed = |url: &str, title: Option<&str>, folder: &[&str]| NewFeed {
        url: url.to_owned(),
        title: title.map(line),
        folder: folder.iter().map(|name| line(name)).collect(),
        ..NewFeed::default()
    };
    let _ = store.subscribe(&feed("https://a.example.org/", Some("Mine"), &["News", "Local"]), at(0)).unwrap();
    let Subscribed::New(id) = store.subscribe(&feed("https://b.example.org/", None, &[]), at(0)).unwrap() else {
        panic!()
    };
    deliver(&mut store, id, vec![entry(1), entry(2)], at(0));
    let edited = dateline::model::Entry { title: Some(line("Headline 2, corrected")), ..entry(2) };
    deliver(&mut store, id, vec![entry(1), edited], at(1));
    store.save_page(&page("https://p.example.org/", "Page", "Words."), Some(at(-900)), at(2)).unwrap();
    let first = titled(&store, "Headline 1");
    store.mark(&[first], Mark::Starred(true)).unwrap();
    let hash = store.article(first).unwrap().unwrap().hash;
    let article_text = page("", "Headline 1", &words(1));
    let annotations = dateline::model::Annotations::default();
    store
        .keep(&[Finding { article: first, hash, article_text: &article_text, annotations: &annotations }], "rules")
        .unwrap();
    let body = Body { purpose: Purpose::Commenting, value: line("Ask the harbour master.") };
    let note = Note { source: line("https://b.example.org/1"), bodies: vec![body], ..Note::default() };
    let _ = store.add_note(first, &note, at(3)).unwrap();
    store.vacuum().unwrap();
    whole(&store);
    if std::env::var_os("DATELINE_WRITE_FORMAT").is_some() {
        let bytes = zstd::encode_all(&fs::read(store.path().unwrap()).unwrap()[..], 19).unwrap();
        let file = format!("{}/tests/store/formats/{NEWEST}.db.zst", env!("CARGO_MANIFEST_DIR"));
        fs::write(file, bytes).unwrap();
    }
}

/// All that was put into the library that is kept of each format is there.
fn whole(store: &Store) {
    sound(store);
    let feeds = store.subscriptions().unwrap();
    assert_eq!(feeds.iter().map(|feed| feed.title.as_str()).collect::<Vec<_>>(), ["Mine", "The Example"]);
    assert_eq!(feeds[0].folder, [line("News"), line("Local")]);
    assert_eq!(titles(store), ["Headline 1", "Headline 2, corrected", "Page"]);
    assert_eq!(store.versions(titled(store, "Headline 2, corrected")).unwrap().len(), 2);
    assert!(store.keys(&Query::default(), None).unwrap()[0].starred);
    assert_eq!(store.search("harbour1", 9).unwrap(), [titled(store, "Headline 1")]);
    assert_eq!(text(&store.article(titled(store, "Page")).unwrap().unwrap()), "Words.");
}

#[test]
fn libraries_of_every_format_open_with_all_that_is_in_them() {
    for (format, bytes) in FORMATS {
        let (_keep, path) = folder();
        fs::create_dir(&path).unwrap();
        let bytes = zstd::decode_all(*bytes).unwrap();
        fs::write(path.join("dateline.db"), &bytes).unwrap();
        let mut store = Store::open(&path).unwrap();
        // Whoever works over the library does this before it annotates.
        while !store.index_waiting(1).unwrap().is_empty() {}
        whole(&store);
        if *format >= 4 {
            let matching = dateline::query::parse("note:\"harbour mas\"* has:note").unwrap().matching.unwrap();
            let matching = Some(Matching { expression: matching, now: at(0).to_zoned(jiff::tz::TimeZone::UTC) });
            let found = store.keys(&Query { matching, ..Query::default() }, None).unwrap();
            assert_eq!(found[0].id, titled(&store, "Headline 1"), "notes of format {format} are found");
        }
        let backup = path.join(format!("dateline.db.before-v{NEWEST}"));
        assert_eq!(backup.exists(), *format != NEWEST, "what is migrated is kept before");
    }
}

#[test]
fn one_program_refreshes_at_a_time() {
    let (_keep, path) = folder();
    let held = RefreshLock::take(&path).unwrap();
    assert!(held.is_some());
    assert!(RefreshLock::take(&path).unwrap().is_none());
    drop(held);
    assert!(RefreshLock::take(&path).unwrap().is_some());
}

/// Whoever closes a file takes all locks of the process on it away, and another program would think itself alone.
#[test]
#[cfg(target_os = "linux")]
fn opening_again_leaves_the_locks_of_those_who_have_it_open() {
    use std::os::unix::fs::MetadataExt;
    let (_keep, path) = folder();
    let store = Store::open(&path).unwrap();
    store.counts(at(0)).unwrap();
    let inode = fs::metadata(store.path().unwrap()).unwrap().ino();
    let locked = || {
        let locks = fs::read_to_string("/proc/locks").unwrap();
        let own = format!("POSIX  ADVISORY  READ {} ", std::process::id());
        locks.lines().any(|line| line.contains(&own) && line.contains(&format!(":{inode} ")))
    };
    assert!(locked(), "{}", fs::read_to_string("/proc/locks").unwrap());
    drop(Store::open(&path).unwrap());
    assert!(locked(), "after another connection was made and closed");
    drop(store);
    assert!(!locked());
}
