//! `dateline import` of notes: W3C Web Annotations into the library.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use jiff::Timestamp;

use super::args::Arguments;
use super::library::{count, failed};
use super::notes::indexed;
use super::output::{Output, complain};
use super::{Ended, search};
use crate::ingest::web_annotation;
use crate::store::Store;
use crate::text::{Clean, masked};

/// Addresses that are named; more are counted.
const MOST_NAMED: usize = 20;

/// Whether these bytes are JSON rather than a list of feeds.
pub(super) fn is_json(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    matches!(bytes.trim_ascii_start().first(), Some(b'{' | b'['))
}

/// Takes in the notes of a file. Its error is that of writing.
pub(super) fn import(arguments: &Arguments, file: &Path, bytes: &[u8]) -> io::Result<Ended> {
    let about_file = |why: &str| complain(&Clean::line(&format!("{}: {why}", file.display())));
    let read = match web_annotation::read(bytes) {
        Ok(read) => read,
        Err(error) => {
            about_file(&error.to_string());
            return Ok(Ended::SomeFailed);
        }
    };
    let desk = match search::existing(arguments) {
        Ok(desk) => desk,
        Err(ended) => return Ok(ended),
    };
    for notice in &read.notices {
        complain(notice);
    }
    let all = read.notes.len();
    let notes: Vec<_> =
        read.notes.into_iter().filter(|note| !note.creator.as_ref().is_some_and(|one| one.is_program)).collect();
    let by_programs = all - notes.len();
    let imported = Store::open(&desk.folder)
        .and_then(|mut store| indexed(&mut store, |store| store.import_notes(&notes, Timestamp::now())));
    let imported = match imported {
        Ok(imported) => imported,
        Err(error) => return Ok(failed(&error)),
    };
    let mut words = format!("{} imported", count(imported.new, "note", "notes"));
    if imported.known > 0 {
        words.push_str(&format!(", {} already there", imported.known));
    }
    let mut output = Output::new();
    output.line(&Clean::line(&words))?;
    output.flush()?;
    if by_programs > 0 {
        about_file(&format!("{} by programs left out", count(by_programs, "annotation", "annotations")));
    }
    if read.ignored > 0 {
        about_file(&format!("{} of kinds that are not known here left out", count(read.ignored, "part", "parts")));
    }
    if read.skipped > 0 {
        about_file(&format!("{} could not be read", count(read.skipped, "annotation", "annotations")));
    }
    for number in imported.refused.iter().take(MOST_NAMED) {
        about_file(&format!("{} is too large, or one too many on its article", notes[*number].iri()));
    }
    let mut sources: BTreeMap<&str, usize> = BTreeMap::new();
    for number in &imported.unknown {
        *sources.entry(&notes[*number].source).or_default() += 1;
    }
    for (source, number) in sources.iter().take(MOST_NAMED) {
        let number = count(*number, "note", "notes");
        complain(&Clean::line(&format!("{}: not in the library, so {number} left out", masked(source))));
    }
    if sources.len() > MOST_NAMED {
        let more = count(sources.len() - MOST_NAMED, "more address", "more addresses");
        let left = count(imported.unknown.len(), "note", "notes");
        about_file(&format!("{left} left out in all, also of {more} that are not in the library"));
    }
    let is_whole = read.skipped == 0 && imported.refused.is_empty() && imported.unknown.is_empty();
    Ok(if is_whole { Ended::Well } else { Ended::SomeFailed })
}
