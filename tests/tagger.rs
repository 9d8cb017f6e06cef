//! The tagger says the same of a text in whichever way the processor computes.
//!
//! The news it reads lies outside the repository, in `../shared/bench` or where `DATELINE_SHARED` points; without it this
//! tells that it skips.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::{Path, PathBuf};

use dateline::tagger::{Processor, Tagger};
use serde_json::Value;

/// The texts of both development sets; none where they are not there.
fn texts() -> Vec<String> {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let shared = std::env::var_os("DATELINE_SHARED").map_or_else(|| package.join("../shared"), PathBuf::from);
    let mut texts = Vec::new();
    for file in ["bench/quotes/polnear-dev.jsonl", "bench/gold/dev.jsonl"] {
        let Ok(lines) = std::fs::read_to_string(shared.join(file)) else {
            println!("skipped: no {file} in {}", shared.display());
            continue;
        };
        let articles = lines.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
        texts.extend(articles.map(|article| article["text"].as_str().unwrap().to_owned()));
    }
    texts
}

/// Fails if a way other than the best says something else of `text`.
fn assert_same(ways: &[Processor], text: &str) {
    let tagger = Tagger::builtin().unwrap();
    let best = tagger.tag(text);
    for &way in ways {
        assert!(tagger.tag_on(way, text) == best, "{way:?} and {:?} differ on: {text}", Processor::best());
    }
}

/// The beginning of `text`, of about as many bytes.
fn beginning(text: &str, length: usize) -> &str {
    &text[..text.floor_char_boundary(length)]
}

#[test]
fn every_way_says_the_same_of_beginnings_of_news() {
    for text in texts().iter().step_by(9) {
        assert_same(&Processor::all(), beginning(text, 700));
    }
}

#[test]
#[ignore = "takes minutes; with --release one"]
fn every_way_says_the_same_of_all_news() {
    let ways: Vec<Processor> = Processor::all().into_iter().filter(|way| *way != Processor::Portable).collect();
    for (at, text) in texts().iter().enumerate() {
        assert_same(&ways, text);
        if at % 10 == 0 {
            // Several windows.
            assert_same(&[Processor::Portable], beginning(text, 4000));
        }
    }
}
