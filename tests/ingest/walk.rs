//! Files and folders as sources.

use std::fs;
use std::ops::ControlFlow;
use std::path::Path;

use dateline::ingest::{Fault, Item, Limits, Problem, Source, read};

#[derive(Debug, Default)]
struct Got {
    ids: Vec<String>,
    problems: Vec<Problem>,
    notices: Vec<String>,
}

fn walk(path: &Path, limits: Limits) -> Got {
    let mut got = Got::default();
    let flow = read(&[Source::from_arg(path.as_os_str())], &limits, &mut |item| {
        match item {
            Item::Article(article) => got.ids.push(article.id.rsplit('/').next().unwrap().to_owned()),
            Item::Problem(problem) => got.problems.push(problem),
            Item::Notice(notice) => got.notices.push(notice.to_string()),
        }
        ControlFlow::Continue(())
    });
    assert_eq!(flow, ControlFlow::Continue(()));
    got
}

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in [
        ("b.txt", "The envoys met."),
        ("a.md", "# One\n\nThe envoys left."),
        ("c.jsonl", "{\"id\":\"c1\",\"text\":\"One.\"}\n{\"id\":\"c2\",\"text\":\"Two.\"}\n"),
        ("sub/d.html", "<p>The envoys slept."),
        ("sub/e.json", "{\"id\":\"e\",\"text\":\"Three.\"}"),
        (".hidden.txt", "Secret."),
        (".git/f.txt", "Secret."),
        ("photo.png", "\u{89}PNG"),
        ("chart.png", "x"),
        ("LICENSE", "x"),
    ] {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

#[test]
fn folder_is_read_in_order_and_what_is_left_out_is_told() {
    let folder = folder();
    let got = walk(folder.path(), Limits::default());
    assert_eq!(got.ids, ["a.md", "b.txt", "c1", "c2", "d.html", "e"]);
    assert_eq!(got.problems, []);
    assert_eq!(got.notices.len(), 1);
    assert!(
        got.notices[0].ends_with(": 5 files left out (2 .png, 2 hidden, 1 without an extension)"),
        "{}",
        got.notices[0]
    );
}

#[test]
fn a_named_file_is_read_whatever_its_name() {
    let folder = folder();
    let path = folder.path().join("LICENSE");
    assert_eq!(walk(&path, Limits::default()).ids, ["LICENSE"]);
    let path = folder.path().join(".hidden.txt");
    assert_eq!(walk(&path, Limits::default()).ids, [".hidden.txt"]);
}

#[test]
fn a_bad_file_does_not_stop_the_folder() {
    let folder = folder();
    fs::write(folder.path().join("a0.txt"), b"\x7fELF\x02\x01").unwrap();
    fs::write(folder.path().join("a1.txt"), "").unwrap();
    let got = walk(folder.path(), Limits { file: 18, ..Limits::default() });
    assert_eq!(
        got.problems.iter().map(|problem| problem.fault.clone()).collect::<Vec<_>>(),
        [
            Fault::TooLarge { limit: 18 },
            Fault::Binary("a program"),
            Fault::Empty,
            Fault::TooLarge { limit: 18 },
            Fault::TooLarge { limit: 18 },
        ]
    );
    assert!(got.problems[1].to_string().contains("a0.txt: is a program, not text; "), "{}", got.problems[1]);
    assert_eq!(got.ids, ["b.txt", "c1", "c2"]);
}

#[test]
fn empty_folder_and_missing_path_are_named() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(walk(folder.path(), Limits::default()).problems[0].fault, Fault::NoArticles);
    assert_eq!(walk(&folder.path().join("none.txt"), Limits::default()).problems[0].fault, Fault::Missing);
}

#[test]
fn the_receiver_can_end_the_reading() {
    let folder = folder();
    let mut count = 0;
    let flow = read(&[Source::Path(folder.path().into()), Source::Stories], &Limits::default(), &mut |_| {
        count += 1;
        if count == 3 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    assert_eq!((flow, count), (ControlFlow::Break(()), 3));
}

#[cfg(unix)]
mod unix {
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn links_that_lead_in_a_circle_are_followed_once() {
        let folder = folder();
        symlink(folder.path(), folder.path().join("sub/up")).unwrap();
        symlink(folder.path().join("sub"), folder.path().join("zz")).unwrap();
        symlink("nowhere", folder.path().join("y.txt")).unwrap();
        let got = walk(folder.path(), Limits::default());
        assert_eq!(got.ids, ["a.md", "b.txt", "c1", "c2", "d.html", "e"]);
        assert_eq!(got.problems.len(), 1);
        assert_eq!(got.problems[0].fault, Fault::Missing);
    }

    #[test]
    fn devices_and_sockets_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("s.txt");
        let _socket = std::os::unix::net::UnixListener::bind(&path).unwrap();
        assert_eq!(walk(&path, Limits::default()).problems[0].fault, Fault::Special("a socket"));
        assert_eq!(walk(Path::new("/dev/zero"), Limits::default()).problems[0].fault, Fault::Special("a device"));
        assert_eq!(walk(folder.path(), Limits::default()).notices.len(), 1);
    }

    #[test]
    fn folders_too_deep_are_named() {
        let folder = tempfile::tempdir().unwrap();
        let deep = folder.path().join("a/b/c/d");
        fs::create_dir_all(&deep).unwrap();
        fs::write(deep.join("x.txt"), "The envoys met.").unwrap();
        let got = walk(folder.path(), Limits { depth: 3, ..Limits::default() });
        assert_eq!(got.problems[0].fault, Fault::TooDeep(3));
        assert_eq!(walk(folder.path(), Limits { depth: 4, ..Limits::default() }).ids, ["x.txt"]);
    }

    #[test]
    fn file_names_cannot_drive_a_terminal() {
        let folder = tempfile::tempdir().unwrap();
        let name = std::ffi::OsStr::from_bytes(b"\xff\x1b[2J\nx.txt");
        fs::write(folder.path().join(name), "The envoys met.").unwrap();
        assert_eq!(walk(folder.path(), Limits::default()).ids, ["\u{fffd} x.txt"]);
    }
}
