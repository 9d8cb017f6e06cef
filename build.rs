//! Names the engine: a fingerprint of the annotator's code and word lists, and of what makes the text that it reads, by
//! which annotations that are kept are told from those that this build would make. They are places in that text: where
//! another markup reader gives it other blanks, they would stand on other words.
//!
//! And makes the gazetteer's table out of the word lists, so that nothing is read when the program starts.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::path::{Path, PathBuf};
use std::{env, fs};

#[path = "build/gazetteer.rs"]
mod gazetteer;
#[allow(dead_code)]
#[path = "src/annotate/gazetteer/key.rs"]
mod key;
#[allow(dead_code)]
#[path = "src/annotate/gazetteer/words.rs"]
mod words;

fn files(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("the annotator's files can be listed") {
        let path = entry.expect("the annotator's files can be listed").path();
        if path.is_dir() { files(&path, into) } else { into.push(path) }
    }
}

fn main() {
    let mut paths = Vec::new();
    for folder in
        ["src/annotate", "src/ingest", "src/model", "src/tagger", "src/text", "assets/lexicon", "assets/model"]
    {
        println!("cargo::rerun-if-changed={folder}");
        files(Path::new(folder), &mut paths);
    }
    println!("cargo::rerun-if-changed=build");
    files(Path::new("build"), &mut paths);
    println!("cargo::rerun-if-changed=Cargo.lock");
    paths.push("Cargo.lock".into());
    paths.sort();
    // FNV-1a: stable over compilers and machines, and strong enough to tell builds apart.
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for path in paths {
        for byte in fs::read(&path).expect("the annotator's files can be read") {
            // A checkout with other line ends is the same engine.
            if byte != b'\r' {
                hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
            }
        }
    }
    println!("cargo::rustc-env=DATELINE_ENGINE={hash:016x}");
    let out = env::var_os("OUT_DIR").expect("cargo names a folder for what the build makes");
    gazetteer::build(Path::new("assets/lexicon"), Path::new(&out));
}
