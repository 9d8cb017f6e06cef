//! `dateline search` and `dateline db index`, as a user runs them.

use std::path::Path;
use std::process::{Command, Output};

use dateline::store::Store;
use serde_json::Value;
use tempfile::TempDir;

use crate::support::*;

/// Runs the program over the library in `folder`; exit code, standard output, standard error.
fn dateline(folder: &Path, arguments: &[&str]) -> (Option<i32>, String, String) {
    let output: Output = Command::new(env!("CARGO_BIN_EXE_dateline"))
        .args(["--engine", "rules"])
        .args(arguments)
        .env("DATELINE_DATA_DIR", folder)
        .env("XDG_CONFIG_HOME", folder)
        .env("TZ", "UTC")
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

fn search(folder: &Path, arguments: &[&str]) -> (Option<i32>, String, String) {
    dateline(folder, &[&["search"], arguments].concat())
}

/// A library with the bundled stories that waits to be annotated.
fn waiting() -> TempDir {
    let folder = TempDir::new().unwrap();
    deliver(&mut Store::open(folder.path()).unwrap(), &stories());
    folder
}

#[test]
fn what_waits_is_told_then_annotated_then_found() {
    let folder = waiting();
    let (code, out, err) = search(folder.path(), &["darkhan"]);
    assert_eq!((code, out.as_str()), (Some(1), ""));
    assert!(err.contains("10 articles are not annotated yet") && err.contains("dateline db index"), "{err}");

    let (code, out, err) = dateline(folder.path(), &["db", "index"]);
    assert_eq!((code, out.as_str(), err.as_str()), (Some(0), "10 articles annotated\n", ""));
    let (code, out, _) = dateline(folder.path(), &["db", "index"]);
    assert_eq!((code, out.as_str()), (Some(0), "0 articles annotated\n"));

    let (code, out, err) = search(folder.path(), &["darkhan"]);
    assert_eq!((code, err.as_str()), (Some(0), ""));
    assert_eq!(
        out,
        "2026-05-21  Steppe Wire  Kazakh security chief denounces Darkhan station attack  \
         https://example.org/steppe-wire/2026/05/21/darkhan-station\n"
    );
}

#[test]
fn statements_articles_counts_and_json() {
    let folder = waiting();
    annotate(&mut Store::open(folder.path()).unwrap());
    let at = folder.path();

    let (code, out, _) = search(at, &["said:\"shared list of suspects\" by:Serikbayev"]);
    assert_eq!(code, Some(0));
    let lines: Vec<&str> = out.lines().collect();
    assert_eq!(lines.len(), 4, "{out}");
    assert!(lines[0].starts_with("2026-05-21  Steppe Wire  Daulet Serikbayev, Secretary"), "{out}");
    assert!(lines[0].ends_with("(Kazakhstan)"), "{out}");
    assert!(lines[1].starts_with("  “Those who leave a bomb"), "{out}");
    assert!(lines[1].ends_with("list of suspects,”"), "{out}");
    assert!(lines[2].starts_with("  around it: “Those") && lines[2].ends_with("Ochir Ganzorig."), "{out}");
    assert!(lines[3].starts_with("  in: Kazakh security chief"), "{out}");
    // The shell has taken the quotation marks away.
    assert_eq!(search(at, &["said:shared list of suspects", "by:Serikbayev"]).1, out);

    let (_, out, _) = search(at, &["--json", "by:Serikbayev"]);
    let records: Vec<Value> = out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(records.len(), 2);
    assert_eq!(records[0]["speaker"], "Daulet Serikbayev");
    assert_eq!(records[0]["of"], "KZ");
    assert!(records[0]["words"].as_str().unwrap().starts_with('“'));

    let (_, out, _) = search(at, &["--json", "cholera OR cyclone", "--limit", "1"]);
    let record: Value = serde_json::from_str(out.trim()).unwrap();
    assert_eq!((&record["source"], &record["about"][0]), (&Value::from("Courrier du Sahel"), &Value::from("TD")));

    assert_eq!(search(at, &["--count", "cholera OR cyclone"]), (Some(0), "2\n".to_owned(), String::new()));
    assert_eq!(search(at, &["--count", "by:Serikbayev"]).1, "2\n");
    assert_eq!(search(at, &["--count", "nothingofthis"]), (Some(1), "0\n".to_owned(), String::new()));
    assert_eq!(search(at, &["nothingofthis"]), (Some(1), String::new(), String::new()));
    let (_, out, _) = search(at, &["--statements", "--limit", "3", "country:MN"]);
    assert_eq!(out.lines().filter(|line| line.starts_with("  in: ")).count(), 3, "{out}");
    assert_eq!(search(at, &["--", "-darkhan", "sort:oldest"]).1.lines().count(), 9);
}

#[test]
fn a_wrong_query_is_pointed_at() {
    let folder = waiting();
    let (code, out, err) = search(folder.path(), &["storm titel:harbour"]);
    assert_eq!((code, out.as_str()), (Some(2), ""));
    let lines: Vec<&str> = err.lines().collect();
    assert!(lines[0].starts_with("dateline: there is no field titel:, did you mean title:?"), "{err}");
    assert_eq!(&lines[1..], ["storm titel:harbour", "      ^^^^^^"]);

    let empty = TempDir::new().unwrap();
    let (code, _, err) = search(empty.path(), &["storm"]);
    assert_eq!(code, Some(2));
    assert!(err.contains("no library yet"), "{err}");
    assert!(!Store::file_in(empty.path()).exists(), "asking makes nothing");
    let (code, out, _) = search(empty.path(), &["--help"]);
    assert_eq!(code, Some(0));
    for (_, name, ..) in ::dateline::query::FIELDS.iter().filter(|(_, name, ..)| *name != "is") {
        assert!(out.contains(&format!("{name}:")), "the help tells of {name}:");
    }
}

#[test]
fn the_list_of_feeds_shows_smart_feeds_with_what_is_unread_in_them() {
    let folder = waiting();
    annotate(&mut Store::open(folder.path()).unwrap());
    let config = folder.path().join("dateline");
    std::fs::create_dir_all(&config).unwrap();
    std::fs::write(config.join("config.toml"), "[smart]\n\"Kazakh words\" = 'by:KZ'\nNone = 'x9y9z'\n").unwrap();
    let (code, out, err) = dateline(folder.path(), &["list"]);
    assert_eq!((code, err.as_str()), (Some(0), ""));
    let found = search(folder.path(), &["by:KZ", "--json"]).1;
    let articles: std::collections::BTreeSet<i64> =
        found.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()["article"].as_i64().unwrap()).collect();
    assert!(!articles.is_empty());
    assert!(out.contains(&format!("{} unread  Kazakh words  by:KZ\n", articles.len())), "{out}");
    assert!(out.ends_with("0 unread  None  x9y9z\n"), "{out}");
    assert_eq!(dateline(folder.path(), &["list", "--json"]).1.lines().count(), out.matches("https://").count());
}
