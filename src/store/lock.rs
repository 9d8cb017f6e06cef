//! Locks between programs: files that the system unlocks when their holder ends, however it ends.

use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::path::Path;

use super::error::{Result, StoreError};
use super::open;

/// Held by the one program that refreshes; given back when dropped, also by a crash.
#[derive(Debug)]
pub struct RefreshLock(#[allow(dead_code)] File);

impl RefreshLock {
    /// Takes the lock of the library in `folder`, unless another program holds it.
    ///
    /// # Errors
    /// If the folder cannot be written.
    pub fn take(folder: &Path) -> Result<Option<RefreshLock>> {
        open::make_folder(folder)?;
        let failed = |why| StoreError::Folder { folder: folder.to_owned(), why };
        let file = lock_file(folder, "refresh.lock").map_err(failed)?;
        match file.try_lock() {
            Ok(()) => Ok(Some(RefreshLock(file))),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(why)) => Err(failed(why)),
        }
    }
}

/// Says, as long as it is held, that the library in `folder` is open: a repair would take its file away from under it.
/// `None` where the file system knows no locks, or the folder may not be written.
///
/// # Errors
/// If a repair is at work.
pub(super) fn use_library(folder: &Path) -> Result<Option<File>> {
    let Ok(file) = lock_file(folder, IN_USE) else { return Ok(None) };
    match file.try_lock_shared() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Err(StoreError::Busy),
        Err(TryLockError::Error(_)) => Ok(None),
    }
}

/// Keeps everybody from opening the library in `folder`, unless somebody has it open.
///
/// # Errors
/// If somebody has, or if the folder cannot be written.
pub(super) fn repair_library(folder: &Path) -> Result<File> {
    let failed = |why| StoreError::Folder { folder: folder.to_owned(), why };
    let file = lock_file(folder, IN_USE).map_err(failed)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(StoreError::InUse),
        Err(TryLockError::Error(why)) => Err(failed(why)),
    }
}

/// The file by which programs that have the library open and a repair keep out of each other's way.
const IN_USE: &str = "use.lock";

/// Waits until no other program makes or migrates the library in `folder`. Where the file system knows no locks, SQLite's
/// own have to do: `migrate` is right with them alone, only its backup may be made twice.
pub(super) fn wait_to_migrate(folder: &Path) -> Option<File> {
    let file = lock_file(folder, "migrate.lock").ok()?;
    file.lock().ok()?;
    Some(file)
}

/// Opens a lock file, never a link to somewhere else's content: it is not truncated and nothing is written.
fn lock_file(folder: &Path, name: &str) -> io::Result<File> {
    OpenOptions::new().create(true).truncate(false).write(true).open(folder.join(name))
}
