//! Which libraries this process is connected to.
//!
//! SQLite locks its file as POSIX has it: when a process closes any descriptor of a file, all its locks on that file are gone,
//! also those of its other connections. Another program may then think itself alone with the library, and take away the
//! journal that is still written to. So no file is opened past SQLite while this process has a connection to it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::error::Result;

/// How many connections this process has to each file.
static CONNECTIONS: Mutex<BTreeMap<PathBuf, usize>> = Mutex::new(BTreeMap::new());

fn connections() -> MutexGuard<'static, BTreeMap<PathBuf, usize>> {
    CONNECTIONS.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A connection that is counted until this is dropped.
#[derive(Debug)]
pub(super) struct Connected(PathBuf);

/// Connects to `file`, one at a time. `connect` is told whether this process is connected to it already.
pub(super) fn connect<T>(file: &Path, connect: impl FnOnce(bool) -> Result<T>) -> Result<(T, Connected)> {
    let folder = file.parent().and_then(|folder| fs::canonicalize(folder).ok());
    let known = match (folder, file.file_name()) {
        (Some(folder), Some(name)) => folder.join(name),
        _ => file.to_owned(),
    };
    let mut connections = connections();
    let made = connect(connections.contains_key(&known))?;
    *connections.entry(known.clone()).or_default() += 1;
    Ok((made, Connected(known)))
}

impl Drop for Connected {
    fn drop(&mut self) {
        let mut connections = connections();
        if let Some(count) = connections.get_mut(&self.0) {
            *count -= 1;
            if *count == 0 {
                connections.remove(&self.0);
            }
        }
    }
}
