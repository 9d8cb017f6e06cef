//! Saving what can be read of a damaged library.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags};

use super::error::{Result, StoreError};
use super::lock::{self, RefreshLock};
use super::open::{self, FILE, beside};
use super::salvage::{self, Saved};
use super::schema::{self, APPLICATION, MIGRATIONS};

/// What a repair did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Repaired {
    /// Where the damaged file is now.
    pub kept: PathBuf,
    /// Subscriptions saved.
    pub feeds: usize,
    /// Articles saved.
    pub articles: usize,
    /// What was lost, a line each, in the user's words.
    pub lost: Vec<String>,
}

/// Saves everything readable from the library in `folder` into a new one, that takes its place at once; the damaged file is
/// kept under another name. No other program may use the library meanwhile. What was found in articles is not saved but
/// found again.
///
/// # Errors
/// If there is no library, if nothing of it can be read, if it is of a newer dateline or in use, or if the new file cannot
/// be written. The file is in its place as it was then.
pub fn repair(folder: &Path) -> Result<Repaired> {
    let file = folder.join(FILE);
    if let Err(why) = fs::File::open(&file) {
        return Err(StoreError::Unreadable { file, why: why.to_string() });
    }
    let _alone = lock::repair_library(folder)?;
    let Some(_unrefreshed) = RefreshLock::take(folder)? else { return Err(StoreError::InUse) };
    let new = beside(&file, ".new");
    let done = build(&file, &new).and_then(|saved| {
        let kept = put_in_place(&file, &new)?;
        Ok(Repaired { kept, feeds: saved.feeds, articles: saved.articles, lost: saved.lost })
    });
    let _ = clear(&new);
    done
}

/// Writes what can be read of `file` into a library at `new`.
fn build(file: &Path, new: &Path) -> Result<Saved> {
    let unwritable = |error| match error {
        StoreError::Other(why) => StoreError::Unwritable { file: new.to_owned(), why },
        error => error,
    };
    let nothing = || StoreError::NoDatabase { file: file.to_owned() };
    let pages = first_pages(new)?;
    let [fresh, vacuumed] = &pages;
    let part = beside(file, ".part");
    let mut best = None;
    // As it is; then with a new header; then with a list of tables that stand where a library has them that was never
    // vacuumed, or was.
    for (graft, page) in [(0, fresh), (100, fresh), (fresh.len(), fresh), (vacuumed.len(), vacuumed)] {
        clear(new)?;
        let source = match graft {
            0 => file,
            graft => {
                with_head(file, &part, page, graft)
                    .map_err(|why| StoreError::Unwritable { file: part.clone(), why: why.to_string() })?;
                &part
            }
        };
        let saved = attempt(source, new, graft == 0).map_err(unwritable);
        let _ = fs::remove_file(&part);
        match saved {
            Ok(saved) if saved.feeds + saved.articles > 0 => {
                best = Some(saved);
                break;
            }
            Ok(_) => {}
            // What stands in the way of any attempt.
            Err(
                error @ (StoreError::Newer { .. }
                | StoreError::Full
                | StoreError::ReadOnly
                | StoreError::Foreign { .. }),
            ) => {
                return Err(error);
            }
            Err(_) => {}
        }
    }
    best.ok_or_else(nothing)
}

fn attempt(source: &Path, new: &Path, check: bool) -> Result<Saved> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let old = Connection::open_with_flags(source, flags)?;
    old.execute_batch("PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON")?;
    if check {
        let application: i64 = old.query_row("PRAGMA application_id", [], |row| row.get(0))?;
        if application != i64::from(APPLICATION) && !has_our_tables(&old)? {
            return Err(StoreError::Foreign { file: source.to_owned() });
        }
        let format = schema::format(&old)?;
        if format > MIGRATIONS.len() {
            return Err(StoreError::Newer { found: format, known: MIGRATIONS.len() });
        }
    }
    let mut library = make(new)?;
    salvage::salvage(&old, &mut library)
}

/// Whether this is a library by its tables, should the mark in its first bytes be damaged.
fn has_our_tables(old: &Connection) -> Result<bool> {
    let ours = ["feed", "article", "version", "identity", "tally"];
    let sql = "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?)";
    let mut select = old.prepare(sql)?;
    for table in ours {
        if !select.query_row([table], |row| row.get(0))? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The first pages of a new library and of a vacuumed one, which are made at `new` for that and removed. They list the
/// tables that are saved, and no others: the list of all has no room on one page, and the other pages of it may stand
/// anywhere. Tables and indexes begin where they were made, whatever came into them later, or where the vacuum put them,
/// which makes them anew in their order.
fn first_pages(new: &Path) -> Result<[Vec<u8>; 2]> {
    let first_page = |ready: &str| -> Result<Vec<u8>> {
        clear(new)?;
        let library = make(new)?;
        library.execute_batch(ready)?;
        library.execute_batch(
            "PRAGMA writable_schema = ON;
             DELETE FROM sqlite_schema WHERE type NOT IN ('table', 'index') OR rootpage = 0
               OR tbl_name NOT IN ('folder', 'feed', 'article', 'version', 'identity', 'article_tag', 'note');
             PRAGMA writable_schema = OFF;",
        )?;
        drop(library);
        let mut page =
            fs::read(new).map_err(|why| StoreError::Unwritable { file: new.to_owned(), why: why.to_string() })?;
        page.truncate(open::PAGE as usize);
        clear(new)?;
        Ok(page)
    };
    Ok([first_page("")?, first_page("VACUUM")?])
}

/// An empty library in a file of its own.
fn make(new: &Path) -> Result<Connection> {
    open::make_private(new);
    let mut library = Connection::open(new)?;
    open::prepare(&library)?;
    schema::migrate(&mut library, MIGRATIONS, |_, _| Ok(()))?;
    Ok(library)
}

/// Removes a database with the files beside it.
fn clear(file: &Path) -> Result<()> {
    for ending in ["", "-wal", "-shm", "-journal"] {
        match fs::remove_file(beside(file, ending)) {
            Err(why) if why.kind() != io::ErrorKind::NotFound => {
                return Err(StoreError::Unwritable { file: file.to_owned(), why: why.to_string() });
            }
            _ => {}
        }
    }
    Ok(())
}

/// Copies `file` to `to` with the first `graft` bytes of another library's first page.
fn with_head(file: &Path, to: &Path, page_one: &[u8], graft: usize) -> io::Result<()> {
    use std::io::{Seek, SeekFrom, Write};
    fs::copy(file, to)?;
    let mut copy = fs::OpenOptions::new().write(true).open(to)?;
    let pages = u32::try_from(copy.metadata()?.len() / page_one.len() as u64).unwrap_or(u32::MAX);
    let mut head = page_one[..graft].to_vec();
    head[28..32].copy_from_slice(&pages.to_be_bytes());
    // No page is free.
    head[32..40].fill(0);
    copy.seek(SeekFrom::Start(0))?;
    copy.write_all(&head)?;
    copy.sync_all()
}

/// Keeps the damaged file under another name and puts the new one in its place, so that there is a library at any moment.
fn put_in_place(file: &Path, new: &Path) -> Result<PathBuf> {
    let unwritable =
        |file: &Path, why: io::Error| StoreError::Unwritable { file: file.to_owned(), why: why.to_string() };
    let kept = (1..)
        .map(|number: u32| beside(file, &format!(".damaged-{number}")))
        .find(|name| !name.exists())
        .ok_or(StoreError::NoFile)?;
    if fs::hard_link(file, &kept).is_err() {
        fs::copy(file, &kept).map_err(|why| unwritable(&kept, why))?;
    }
    // The log of the old file must not be taken for one of the new.
    for ending in ["-wal", "-journal", "-shm"] {
        let from = beside(file, ending);
        match fs::rename(&from, beside(&kept, ending)) {
            Err(why) if why.kind() != io::ErrorKind::NotFound => return Err(unwritable(&from, why)),
            _ => {}
        }
    }
    fs::rename(new, file).map_err(|why| unwritable(file, why))?;
    Ok(kept)
}
