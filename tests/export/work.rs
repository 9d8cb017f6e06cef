//! Runs the program over libraries.

use std::path::Path;
use std::process::{Command, Output};

use dateline::model::Article;
use dateline::store::Store;
use tempfile::TempDir;

use crate::support::{annotate, deliver, stories};

/// What a run gave.
pub struct Run {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

/// Runs `dateline` over the library in `folder`.
pub fn dateline(folder: &Path, arguments: &[&str]) -> Run {
    let output: Output = Command::new(env!("CARGO_BIN_EXE_dateline"))
        .args(["--engine", "rules"])
        .args(arguments)
        .env("DATELINE_DATA_DIR", folder)
        .env("XDG_CONFIG_HOME", folder)
        .env("TZ", "UTC")
        .current_dir(folder)
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Run { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
}

/// What `dateline export` writes to standard output, if all goes well.
pub fn exported(folder: &Path, arguments: &[&str]) -> String {
    let run = dateline(folder, &[&["export"], arguments].concat());
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""), "{arguments:?}");
    run.out
}

/// A library with these articles, annotated.
pub fn library_of(articles: &[Article]) -> TempDir {
    let folder = TempDir::new().unwrap();
    let mut store = Store::open(folder.path()).unwrap();
    deliver(&mut store, articles);
    annotate(&mut store);
    folder
}

/// A library with the bundled stories, annotated.
pub fn library() -> TempDir {
    library_of(&stories())
}
