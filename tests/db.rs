//! `dateline db`, as a user runs it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use dateline::store::{NewFeed, Store};
use tempfile::TempDir;

fn db(arguments: &[&str], folder: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_dateline"))
        .arg("db")
        .args(arguments)
        .env("DATELINE_DATA_DIR", folder)
        .current_dir(folder.parent().unwrap())
        .output()
        .unwrap()
}

fn said(output: &Output) -> (Option<i32>, String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (output.status.code(), text(&output.stdout), text(&output.stderr))
}

fn library() -> (TempDir, std::path::PathBuf) {
    let folder = TempDir::new().unwrap();
    let data = folder.path().join("data");
    let mut store = Store::open(&data).unwrap();
    for n in 0..3 {
        let feed = NewFeed { url: format!("https://{n}.example.org/feed"), ..NewFeed::default() };
        let _ = store.subscribe(&feed, jiff::Timestamp::UNIX_EPOCH).unwrap();
    }
    (folder, data)
}

#[test]
fn path_is_where_the_library_is_or_would_be() {
    let folder = TempDir::new().unwrap();
    let data = folder.path().join("data");
    let file = format!("{}\n", data.join("dateline.db").display());
    assert_eq!(said(&db(&["path"], &data)), (Some(0), file.clone(), String::new()));
    assert!(!data.exists(), "asking makes nothing");
    let named = folder.path().join("named");
    let named_file = format!("{}\n", named.join("dateline.db").display());
    let output = db(&["path", "--data-dir", named.to_str().unwrap()], &data);
    assert_eq!(said(&output), (Some(0), named_file, String::new()), "the command line comes first");
    let output = Command::new(env!("CARGO_BIN_EXE_dateline"))
        .args(["db", "path"])
        .env_remove("DATELINE_DATA_DIR")
        .env("XDG_DATA_HOME", folder.path())
        .output()
        .unwrap();
    assert_eq!(said(&output).1, format!("{}\n", folder.path().join("dateline/dateline.db").display()));
}

#[test]
fn without_a_library_nothing_is_made() {
    let folder = TempDir::new().unwrap();
    let data = folder.path().join("data");
    for action in ["check", "repair", "backup", "vacuum"] {
        let (code, out, err) = said(&db(&[action], &data));
        assert_eq!((code, out.as_str()), (Some(2), ""), "{action}: {err}");
        assert!(err.contains("there is no library"), "{action}: {err}");
    }
    assert!(!data.exists());
}

#[test]
fn a_library_is_checked_backed_up_and_repaired() {
    let (folder, data) = library();
    let (code, out, _) = said(&db(&["check"], &data));
    assert_eq!(code, Some(0));
    assert!(out.ends_with(": in order\n"), "{out}");

    let (code, out, err) = said(&db(&["backup", "copy.db"], &data));
    assert_eq!((code, out.as_str()), (Some(0), "copy.db\n"), "{err}");
    let copy = fs::read(folder.path().join("copy.db")).unwrap();
    assert!(said(&db(&["backup"], &data)).1.starts_with("dateline-"));
    let (code, _, err) = said(&db(&["backup", data.join("dateline.db").to_str().unwrap()], &data));
    assert_eq!(code, Some(1));
    assert!(err.contains("the library itself"), "{err}");
    assert_eq!(said(&db(&["vacuum"], &data)).0, Some(0));

    // The page of the subscriptions is gone; their addresses stand in an index too.
    let mut bytes = copy;
    let middle = bytes.windows(17).position(|window| window == b"https://1.example").unwrap() / 8192 * 8192;
    bytes[middle..middle + 64].fill(0x5a);
    fs::write(data.join("dateline.db"), &bytes).unwrap();
    let (code, out, err) = said(&db(&["check"], &data));
    assert_eq!(code, Some(1), "{out}{err}");
    assert!(err.contains("dateline db repair"), "{err}");
    let damaged = fs::read(data.join("dateline.db")).unwrap();
    let (code, out, err) = said(&db(&["repair"], &data));
    assert_eq!(code, Some(1), "{out}{err}");
    assert!(out.contains("saved: 3 feeds, 0 articles"), "{out}");
    assert!(out.contains("lost: "), "{out}");
    let kept = out.lines().last().unwrap().split(": ").nth(1).unwrap();
    assert!(fs::read(kept).unwrap() == damaged);
    assert_eq!(said(&db(&["check"], &data)).0, Some(0));
    assert_eq!(said(&db(&["repair"], &data)).0, Some(0), "nothing is lost of one in order");
}

#[test]
fn help_names_every_action() {
    let (code, out, _) = said(&db(&["--help"], &TempDir::new().unwrap().path().join("x")));
    assert_eq!(code, Some(0));
    for action in ["check", "repair", "backup", "vacuum", "path", "Examples:"] {
        assert!(out.contains(action), "{action}");
    }
}
