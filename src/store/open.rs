//! Opening: look at the file first, touch it only if it is a library that this dateline knows.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, OpenFlags};

use super::error::{Result, StoreError};
use super::schema::{self, APPLICATION, MIGRATIONS};
use super::{Store, connected, lock, note_words};

/// The library's file in its folder.
pub(super) const FILE: &str = "dateline.db";

/// How long to wait for another program that writes. A refresh of thousands of feeds holds the lock for a second or two.
const PATIENCE: Duration = Duration::from_secs(10);

/// What a connection holds in memory of the file, as SQLite counts it: KiB, negative.
pub(super) const CACHE: i64 = -4000;

/// Bodies are a few KiB: with larger pages less of each is left empty.
pub(super) const PAGE: u32 = 8192;

impl Store {
    /// The file of the library in `folder`, whether it is there or not.
    pub fn file_in(folder: &Path) -> PathBuf {
        folder.join(FILE)
    }

    /// Opens the library in `folder`; makes it if there is none, and brings an older one up to date after a backup.
    ///
    /// # Errors
    /// If it is damaged, of a newer dateline, or cannot be read or written. Nothing is changed then.
    pub fn open(folder: &Path) -> Result<Store> {
        make_folder(folder)?;
        let in_use = lock::use_library(folder)?;
        let file = folder.join(FILE);
        let (mut conn, connected) = connected::connect(&file, |is_connected| {
            if !is_connected {
                examine(&file)?;
                make_private(&file);
            }
            connect(&file)
        })?;
        let found = schema::format(&conn).map_err(|error| about(error, &file))?;
        if found > MIGRATIONS.len() {
            return Err(StoreError::Newer { found, known: MIGRATIONS.len() });
        }
        if found < MIGRATIONS.len() {
            bring_up_to_date(&mut conn, folder, &file, MIGRATIONS)?;
        } else {
            check_owner(&conn, &file)?;
        }
        use_wal(&conn)?;
        note_words::write_missing(&mut conn)?;
        Ok(Store { conn, path: Some(file), _connected: Some(connected), _in_use: in_use })
    }

    /// A library in memory, that is gone with the value.
    ///
    /// # Errors
    /// If there is no memory for it.
    pub fn in_memory() -> Result<Store> {
        let mut conn = Connection::open_in_memory()?;
        prepare(&conn)?;
        schema::migrate(&mut conn, MIGRATIONS, |_, _| Ok(()))?;
        Ok(Store { conn, path: None, _connected: None, _in_use: None })
    }
}

/// Makes the data folder; only its owner may look into it, for what somebody reads is nobody else's business.
pub(super) fn make_folder(folder: &Path) -> Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(|why| StoreError::Folder { folder: folder.to_owned(), why })
}

/// Makes the file, if it is not there, so that only its owner may read it, also in a folder that others look into. SQLite
/// gives the files beside it the same rights. What goes wrong here SQLite will meet too, and tell.
pub(super) fn make_private(file: &Path) {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let _ = options.open(file);
}

/// Looks at the first bytes of a file without SQLite, which might write to it (roll back, check point) when it opens it. Not to
/// be called where this process is connected to the file (see `connected`).
fn examine(file: &Path) -> Result<()> {
    let unreadable = |why: io::Error| StoreError::Unreadable { file: file.to_owned(), why: why.to_string() };
    let mut head = Vec::new();
    match File::open(file) {
        Ok(open) => {
            if !open.metadata().map_err(unreadable)?.is_file() {
                return Err(StoreError::NoDatabase { file: file.to_owned() });
            }
            open.take(100).read_to_end(&mut head).map_err(unreadable)?;
        }
        Err(why) if why.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(why) => return Err(unreadable(why)),
    }
    // Empty: another program is making it, or was ended before it had. With a journal SQLite has to roll back first.
    if head.is_empty() || beside(file, "-journal").exists() {
        return Ok(());
    }
    if !head.starts_with(b"SQLite format 3\0") || head.len() < 100 {
        return Err(StoreError::NoDatabase { file: file.to_owned() });
    }
    // The first transaction writes the mark; a library in WAL mode has it.
    if head[68..72] != APPLICATION.to_be_bytes() {
        return Err(StoreError::Foreign { file: file.to_owned() });
    }
    Ok(())
}

/// `file` with `ending` added to its name.
pub(super) fn beside(file: &Path, ending: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

fn connect(file: &Path) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let conn = Connection::open_with_flags(file, flags).map_err(|error| opening(error, file))?;
    prepare(&conn).map_err(|error| about(error, file))?;
    Ok(conn)
}

/// What every connection sets for itself.
pub(super) fn prepare(conn: &Connection) -> Result<()> {
    conn.busy_timeout(PATIENCE)?;
    conn.set_prepared_statement_cache_capacity(64);
    // NORMAL in WAL mode: after a crash of the program nothing is lost, after a loss of power perhaps the last commits, but
    // the file is whole. What is lost then is fetched again; FULL would wait for the disk at every article that is read.
    // The cache is what an idle reader holds in memory. Nothing in the file (triggers) may call what is not harmless, and
    // pages are checked before they are used, as the file may have been damaged.
    conn.execute_batch(&format!(
        "PRAGMA page_size = {PAGE}; PRAGMA foreign_keys = ON; PRAGMA synchronous = NORMAL; PRAGMA cache_size = {CACHE};
         PRAGMA temp_store = MEMORY; PRAGMA journal_size_limit = 4194304; PRAGMA trusted_schema = OFF;
         PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0;"
    ))?;
    Ok(())
}

/// Makes or migrates the library, one program at a time.
pub(super) fn bring_up_to_date(conn: &mut Connection, folder: &Path, file: &Path, migrations: &[&str]) -> Result<()> {
    let _one_at_a_time = lock::wait_to_migrate(folder);
    check_owner(conn, file)?;
    schema::migrate(conn, migrations, |conn, format| {
        let kept = beside(file, &format!(".before-v{format}"));
        super::upkeep::copy(conn, &kept)
    })
}

/// Whether the file is a library or nothing yet; as SQLite sees it, after it has rolled back what was not finished.
fn check_owner(conn: &Connection, file: &Path) -> Result<()> {
    let application: i64 = conn.query_row("PRAGMA application_id", [], |row| row.get(0))?;
    if application == i64::from(APPLICATION) {
        return Ok(());
    }
    let tables: i64 = conn.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    if application == 0 && tables == 0 && schema::format(conn)? == 0 {
        return Ok(());
    }
    Err(StoreError::Foreign { file: file.to_owned() })
}

/// WAL mode stays in the file. To set it needs the file for oneself; whoever comes next sets it where that failed.
fn use_wal(conn: &Connection) -> Result<()> {
    let mode: String = conn.query_row("PRAGMA journal_mode", [], |row| row.get(0))?;
    if mode.eq_ignore_ascii_case("wal") {
        return Ok(());
    }
    match conn.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(())) {
        Err(rusqlite::Error::SqliteFailure(failure, _)) if failure.code == ErrorCode::DatabaseBusy => Ok(()),
        other => Ok(other?),
    }
}

/// An error of opening, with the file in its words.
fn opening(error: rusqlite::Error, file: &Path) -> StoreError {
    about(error.into(), file)
}

fn about(error: StoreError, file: &Path) -> StoreError {
    match error {
        StoreError::Other(why) => StoreError::Unreadable { file: file.to_owned(), why },
        error => error,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{NewFeed, Query};

    const NEXT: &str = "ALTER TABLE feed ADD COLUMN colour TEXT; UPDATE feed SET colour = 'red';";

    fn library() -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::open(folder.path()).unwrap();
        let feed = NewFeed { url: "https://a.example.org/".into(), ..NewFeed::default() };
        let _ = store.subscribe(&feed, jiff::Timestamp::UNIX_EPOCH).unwrap();
        let file = store.path().unwrap().to_owned();
        (folder, file)
    }

    fn newer(step: &str) -> Vec<&str> {
        MIGRATIONS.iter().copied().chain([step]).collect()
    }

    #[test]
    fn an_older_library_is_kept_before_it_is_migrated() {
        let (folder, file) = library();
        let mut conn = connect(&file).unwrap();
        bring_up_to_date(&mut conn, folder.path(), &file, &newer(NEXT)).unwrap();
        let colour: String = conn.query_row("SELECT colour FROM feed", [], |row| row.get(0)).unwrap();
        assert_eq!((schema::format(&conn).unwrap(), colour.as_str()), (MIGRATIONS.len() + 1, "red"));
        drop(conn);
        assert!(matches!(Store::open(folder.path()), Err(StoreError::Newer { .. })));

        let kept = beside(&file, &format!(".before-v{}", MIGRATIONS.len() + 1));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(fs::metadata(&kept).unwrap().permissions().mode() & 0o777, 0o600);
        }
        let other = tempfile::tempdir().unwrap();
        fs::copy(kept, other.path().join(FILE)).unwrap();
        let before = Store::open(other.path()).unwrap();
        assert_eq!(before.subscriptions().unwrap().len(), 1);
        assert!(before.keys(&Query::default(), None).unwrap().is_empty());
    }

    #[test]
    fn a_migration_that_fails_changes_nothing() {
        let (folder, file) = library();
        let mut conn = connect(&file).unwrap();
        let broken = newer("UPDATE feed SET url = 'gone'; SELECT * FROM nothing_there;");
        assert!(bring_up_to_date(&mut conn, folder.path(), &file, &broken).is_err());
        drop(conn);
        let store = Store::open(folder.path()).unwrap();
        assert_eq!(store.subscriptions().unwrap()[0].url, "https://a.example.org/");
    }

    #[test]
    fn many_that_migrate_at_once_migrate_once() {
        let (folder, file) = library();
        let start = std::sync::Barrier::new(4);
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    let mut conn = connect(&file).unwrap();
                    start.wait();
                    bring_up_to_date(&mut conn, folder.path(), &file, &newer(NEXT)).unwrap();
                });
            }
        });
        // A second time the column would be there already.
        assert_eq!(schema::format(&connect(&file).unwrap()).unwrap(), MIGRATIONS.len() + 1);
    }

    #[test]
    fn what_the_disk_and_others_forbid_is_told_in_words() {
        let (folder, _) = library();
        let mut store = Store::open(folder.path()).unwrap();
        let other = Store::open(folder.path()).unwrap();
        let new =
            |n: usize| NewFeed { url: format!("https://{n}.example.org/{}", "x".repeat(2000)), ..NewFeed::default() };
        let subscribe = |store: &mut Store, n| store.subscribe(&new(n), jiff::Timestamp::UNIX_EPOCH);

        store.conn.busy_timeout(Duration::ZERO).unwrap();
        other.conn.execute_batch("BEGIN IMMEDIATE").unwrap();
        let error = subscribe(&mut store, 0).unwrap_err();
        assert!(matches!(error, StoreError::Busy), "{error:?}");
        assert!(error.to_string().contains("try again"), "{error}");
        other.conn.execute_batch("ROLLBACK").unwrap();

        store.conn.execute_batch("PRAGMA query_only = ON").unwrap();
        let error = subscribe(&mut store, 0).unwrap_err();
        assert!(matches!(error, StoreError::ReadOnly), "{error:?}");
        store.conn.execute_batch("PRAGMA query_only = OFF").unwrap();

        let pages: i64 = store.conn.query_row("PRAGMA page_count", [], |row| row.get(0)).unwrap();
        store.conn.execute_batch(&format!("PRAGMA max_page_count = {}", pages + 2)).unwrap();
        let error = (0..50).find_map(|n| subscribe(&mut store, n).err()).expect("the disk is never full");
        assert!(matches!(error, StoreError::Full), "{error:?}");
        assert!(error.to_string().contains("make room"), "{error}");
        drop(store);
        let store = Store::open(folder.path()).unwrap();
        assert_eq!(store.check().unwrap(), Vec::<String>::new());
    }
}
