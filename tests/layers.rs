//! The map of `ARCHITECTURE.md` is true: modules use only the layers above them, and the pure core stays pure.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::path::{Path, PathBuf};

/// The layers, in the order of `ARCHITECTURE.md`, each with those it may use. Of `annotate`, `export`, `app` and `ui` use
/// what it knows about countries; `store` and `app` use what it makes of corrections.
const LAYERS: &[(&str, &[&str])] = &[
    ("text", &[]),
    ("model", &["text"]),
    ("tagger", &["text"]),
    ("annotate", &["text", "model", "tagger"]),
    ("ingest", &["text", "model"]),
    ("query", &["text", "model", "annotate"]),
    ("store", &["text", "model", "annotate", "ingest", "query"]),
    ("fetch", &["text", "model"]),
    ("refresh", &["text", "model", "ingest", "store", "fetch"]),
    ("export", &["text", "model", "annotate"]),
    ("config", &["text", "model", "query", "store", "fetch", "refresh"]),
    ("app", &["text", "model", "annotate", "query", "store", "config"]),
    ("ui", &["text", "model", "annotate", "store", "config", "app"]),
    (
        "runtime",
        &["text", "model", "annotate", "ingest", "query", "store", "fetch", "refresh", "config", "app", "ui"],
    ),
    (
        "cli",
        &[
            "text", "model", "tagger", "annotate", "ingest", "query", "store", "fetch", "refresh", "export",
            "config", "runtime",
        ],
    ),
];

/// What only some layers may name: the pure core and the reader's state know no files, network, clock or terminal.
const KEPT_OUT: &[(&[&str], &[&str])] = &[
    (
        &["text", "model", "tagger", "annotate", "query"],
        &["std::fs", "std::net", "std::env", "std::thread", "SystemTime", "Instant", "ratatui", "crossterm"],
    ),
    (
        &["export"],
        &["std::fs", "std::net", "std::env", "std::thread", "SystemTime", "Instant", "ratatui", "crossterm"],
    ),
    (&["ingest", "store"], &["std::net", "ratatui", "crossterm"]),
    (&["app", "ui"], &["std::fs", "std::net", "std::env", "std::thread", "std::io", "SystemTime", "Instant::now"]),
    (&["config"], &["std::net", "std::thread"]),
    (&["store", "refresh", "runtime", "cli"], &["std::net", "ureq"]),
];

fn sources(folder: &Path, into: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            sources(&path, into);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            into.push(path);
        }
    }
}

/// Every file of every layer, as (layer, path, code without comments and without its tests).
fn files() -> Vec<(String, PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut paths = Vec::new();
    sources(&root, &mut paths);
    let mut files = Vec::new();
    for path in paths {
        let inside = path.strip_prefix(&root).unwrap();
        let layer =
            inside.components().next().unwrap().as_os_str().to_string_lossy().trim_end_matches(".rs").to_owned();
        if layer == "main" || layer == "lib" {
            continue;
        }
        let is_tests =
            inside.components().any(|part| matches!(part.as_os_str().to_str(), Some("tests" | "tests.rs")));
        if is_tests {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        let code = text.split("\n#[cfg(test)]\nmod tests").next().unwrap();
        let code: Vec<&str> = code.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
        files.push((layer, path, code.join("\n")));
    }
    files
}

/// The layers that `code` names as `crate::LAYER`, also as `use crate::{LAYER, …}`.
fn named(code: &str) -> Vec<&str> {
    let mut found = Vec::new();
    for rest in code.split("crate::").skip(1) {
        if let Some(list) = rest.strip_prefix('{') {
            let mut depth = 0;
            let mut start = 0;
            for (at, byte) in list.bytes().enumerate() {
                match byte {
                    b'{' => depth += 1,
                    b'}' if depth > 0 => depth -= 1,
                    b',' | b'}' if depth == 0 => {
                        found.push(first_word(list[start..at].trim()));
                        start = at + 1;
                        if byte == b'}' {
                            break;
                        }
                    }
                    _ => {}
                }
            }
        } else {
            found.push(first_word(rest));
        }
    }
    found.retain(|name| LAYERS.iter().any(|(layer, _)| layer == name));
    found
}

fn first_word(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len());
    &text[..end]
}

#[test]
fn imports_point_up_the_list_only() {
    let mut wrong = Vec::new();
    for (layer, path, code) in files() {
        let (_, allowed) = LAYERS
            .iter()
            .find(|(name, _)| *name == layer)
            .unwrap_or_else(|| panic!("src/{layer} is no layer: add it to LAYERS and to ARCHITECTURE.md"));
        for name in named(&code) {
            if name != layer && !allowed.contains(&name) {
                wrong.push(format!("{}: {layer} must not use {name}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn pure_layers_name_nothing_from_outside() {
    let mut wrong = Vec::new();
    for (layer, path, code) in files() {
        for (layers, words) in KEPT_OUT {
            for word in words.iter().filter(|word| layers.contains(&layer.as_str()) && code.contains(**word)) {
                wrong.push(format!("{}: {layer} must not name {word}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn lists_in_braces_are_seen() {
    assert_eq!(named("use crate::{ui::view, text::{Clean, Span}, model};"), ["ui", "text", "model"]);
    assert_eq!(named("let x = crate::app::update(crate::MAX);"), ["app"]);
}
