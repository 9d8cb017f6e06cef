//! `dateline db`: look after the library.

use std::io;
use std::path::{Path, PathBuf};

use super::Ended;
use super::args::DbAction;
use super::output::{Output, complain};
use crate::config;
use crate::store::{self, Store, StoreError};
use crate::text::Clean;

/// Runs the subcommand. Its error is that of writing.
pub(super) fn run(action: &DbAction, named: Option<&Path>) -> io::Result<Ended> {
    let Some(folder) = config::data_folder(named) else {
        complain(&Clean::literal("there is no home folder to keep a library in; use --data-dir DIR"));
        return Ok(Ended::Misused);
    };
    let mut output = Output::new();
    let file = Store::file_in(&folder);
    if !file.exists() && !matches!(action, DbAction::Path) {
        complain(&Clean::line(&format!(
            "there is no library at {} yet; name another folder with --data-dir DIR",
            file.display()
        )));
        return Ok(Ended::Misused);
    }
    let ended = match act(action, &folder, &mut output)? {
        Ok(ended) => ended,
        Err(error) => {
            complain(&Clean::line(&error.to_string()));
            Ended::SomeFailed
        }
    };
    output.flush()?;
    Ok(ended)
}

fn act(action: &DbAction, folder: &Path, output: &mut Output) -> io::Result<Result<Ended, StoreError>> {
    match action {
        DbAction::Check => check(folder, output),
        DbAction::Repair => repair(folder, output),
        DbAction::Backup { file } => {
            let file = file.clone().unwrap_or_else(default_backup);
            if let Err(error) = Store::open(folder).and_then(|store| store.backup(&file)) {
                return Ok(Err(error));
            }
            output.line(&shown(&file))?;
            Ok(Ok(Ended::Well))
        }
        DbAction::Vacuum => {
            let size = || std::fs::metadata(Store::file_in(folder)).map_or(0, |data| data.len());
            let before = size();
            if let Err(error) = Store::open(folder).and_then(|mut store| store.vacuum()) {
                return Ok(Err(error));
            }
            let mib = |bytes: u64| bytes as f64 / f64::from(1 << 20);
            output.line(&Clean::line(&format!("{:.1} MiB before, {:.1} MiB now", mib(before), mib(size()))))?;
            Ok(Ok(Ended::Well))
        }
        // It works with the settings, and is run apart.
        DbAction::Index => Ok(Ok(Ended::Misused)),
        DbAction::Path => {
            output.line(&shown(&Store::file_in(folder)))?;
            Ok(Ok(Ended::Well))
        }
    }
}

fn check(folder: &Path, output: &mut Output) -> io::Result<Result<Ended, StoreError>> {
    let problems = match Store::open(folder).and_then(|store| store.check()) {
        Ok(problems) => problems,
        Err(error) => return Ok(Err(error)),
    };
    let file = Store::file_in(folder);
    if problems.is_empty() {
        output.line(&Clean::line(&format!("{}: in order", file.display())))?;
        return Ok(Ok(Ended::Well));
    }
    for problem in &problems {
        output.line(&Clean::line(&format!("{}: {problem}", file.display())))?;
    }
    complain(&Clean::literal(
        "the library is damaged; `dateline db repair` saves all that can be read and keeps the damaged file",
    ));
    Ok(Ok(Ended::SomeFailed))
}

fn repair(folder: &Path, output: &mut Output) -> io::Result<Result<Ended, StoreError>> {
    let repaired = match store::repair(folder) {
        Ok(repaired) => repaired,
        Err(error) => return Ok(Err(error)),
    };
    output.line(&Clean::line(&format!("saved: {} feeds, {} articles", repaired.feeds, repaired.articles)))?;
    for lost in &repaired.lost {
        output.line(&Clean::line(&format!("lost: {lost}")))?;
    }
    output.line(&Clean::line(&format!("the file as it was: {}", repaired.kept.display())))?;
    Ok(Ok(if repaired.lost.is_empty() { Ended::Well } else { Ended::SomeFailed }))
}

/// A file in the current folder, named by the day.
fn default_backup() -> PathBuf {
    format!("dateline-{}.db", jiff::Zoned::now().date()).into()
}

fn shown(path: &Path) -> Clean {
    Clean::line(&path.to_string_lossy())
}
