//! Several programs at a time, and programs that are killed.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::Barrier;

use dateline::model::Entry;
use dateline::store::{Mark, Retention, Store};
use tempfile::TempDir;

use crate::support::*;

/// Where a child of a test finds its library, and what it is to do.
const FOLDER: &str = "DATELINE_TEST_STORE";
const TASK: &str = "DATELINE_TEST_TASK";

fn child(folder: &Path, task: &str) -> (Child, BufReader<ChildStdout>) {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "processes::in_a_child", "--nocapture"])
        .env(FOLDER, folder)
        .env(TASK, task)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let out = BufReader::new(child.stdout.take().unwrap());
    (child, out)
}

/// Not a test of its own: what the children do.
#[test]
fn in_a_child() {
    let (Some(folder), Ok(task)) = (std::env::var_os(FOLDER), std::env::var(TASK)) else { return };
    let mut store = Store::open(&PathBuf::from(folder)).unwrap();
    let (task, number) = task.split_once(' ').unwrap();
    let number: usize = number.parse().unwrap();
    let id = subscribe(&mut store, &format!("https://{task}.example.org/feed"));
    match task {
        // Delivers without end, a line for each delivery that is kept; ever fewer are retained.
        "deliver" => {
            for round in number.. {
                let dated = |n| Entry { published: Some(at(n as i64 - 1_000_000)), ..entry(n) };
                let entries = (round * 20..round * 20 + 20).map(dated).collect();
                let keep = Retention { count: Some(60 + round % 7), days: None };
                deliver_and_keep(&mut store, id, entries, keep, at(round as i64));
                println!("kept {round}");
            }
        }
        _ => {
            for round in 0..number {
                deliver(&mut store, id, (round * 3..round * 3 + 3).map(entry).collect(), at(round as i64));
                let some: Vec<_> = all(&store).iter().map(|key| key.id).take(5).collect();
                store.mark(&some, Mark::Read(round % 2 == 0)).unwrap();
            }
        }
    }
}

#[test]
fn nothing_that_was_kept_is_lost_by_a_kill() {
    let folder = TempDir::new().unwrap();
    let mut next = 0;
    for round in 0..12usize {
        let (mut child, out) = child(folder.path(), &format!("deliver {next}"));
        let mut kept = next;
        for line in out.lines().map_while(Result::ok) {
            if let Some(number) = line.strip_prefix("kept ") {
                kept = number.parse().unwrap();
                if kept >= next + round % 4 {
                    break;
                }
            }
        }
        child.kill().unwrap();
        child.wait().unwrap();
        let store = Store::open(folder.path()).unwrap();
        sound(&store);
        let numbers: Vec<usize> =
            titles(&store).iter().map(|title| title.rsplit(' ').next().unwrap().parse().unwrap()).collect();
        let latest = numbers.iter().max().unwrap() / 20;
        assert!(latest >= kept, "delivery {kept} was kept, but is not there");
        let count = numbers.iter().filter(|n| *n / 20 == latest).count();
        assert_eq!(count, 20, "delivery {latest} is there in part");
        next = latest + 1;
    }
}

#[test]
fn a_kill_while_the_library_is_made_leaves_one_that_opens() {
    for _ in 0..8 {
        let folder = TempDir::new().unwrap();
        let (mut child, _out) = child(folder.path(), "deliver 0");
        while !folder.path().join("dateline.db").exists() {
            assert!(child.try_wait().unwrap().is_none(), "the child ended by itself");
            std::thread::yield_now();
        }
        child.kill().unwrap();
        child.wait().unwrap();
        sound(&Store::open(folder.path()).unwrap());
    }
}

#[test]
fn programs_that_open_and_write_at_once_do_not_disturb_one_another() {
    let folder = TempDir::new().unwrap();
    let children: Vec<_> = (0..4).map(|n| child(folder.path(), &format!("writer{n} 10"))).collect();
    for (mut child, out) in children {
        let said: Vec<String> = out.lines().map_while(Result::ok).collect();
        assert!(child.wait().unwrap().success(), "{said:?}");
    }
    let store = Store::open(folder.path()).unwrap();
    sound(&store);
    assert_eq!(store.subscriptions().unwrap().len(), 4);
    assert_eq!(all(&store).len(), 4 * 30);
}

#[test]
fn connections_see_what_others_wrote() {
    let folder = TempDir::new().unwrap();
    let mut one = Store::open(folder.path()).unwrap();
    let two = Store::open(folder.path()).unwrap();
    let before = two.revision().unwrap();
    assert_eq!(two.revision().unwrap(), before);
    let id = subscribe(&mut one, "https://news.example.org/feed");
    deliver(&mut one, id, vec![entry(1)], at(0));
    assert_ne!(two.revision().unwrap(), before);
    assert_eq!(titles(&two), ["Headline 1"]);
}

#[test]
fn threads_that_open_a_new_library_at_once_all_get_it() {
    for _ in 0..5 {
        let folder = TempDir::new().unwrap();
        let start = Barrier::new(4);
        std::thread::scope(|scope| {
            for n in 0..4 {
                let (start, folder) = (&start, folder.path());
                scope.spawn(move || {
                    start.wait();
                    let mut store = Store::open(folder).unwrap();
                    subscribe(&mut store, &format!("a:{n}"));
                });
            }
        });
        assert_eq!(Store::open(folder.path()).unwrap().subscriptions().unwrap().len(), 4);
    }
}
