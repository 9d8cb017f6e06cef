//! `dateline import`: lists of feeds; what is none of them is given to `note_import`.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use jiff::Timestamp;

use super::args::Arguments;
use super::library::{Desk, count, failed};
use super::output::{Output, complain};
use super::{Ended, note_import};
use crate::ingest::opml::Outlines;
use crate::ingest::{opml, urls, web_annotation};
use crate::refresh::lists;
use crate::text::Clean;

/// The largest list, in bytes.
const LIMIT: u64 = 32 << 20;
/// As much of any file is read, in bytes: notes may be longer than lists.
const MOST: u64 = web_annotation::LIMIT as u64;

/// `dateline import`. Its error is that of writing.
pub(super) fn import(arguments: &Arguments, file: &Path) -> io::Result<Ended> {
    let desk = match Desk::open(arguments) {
        Ok(desk) => desk,
        Err(ended) => return Ok(ended),
    };
    let refuse = |why: &str| {
        complain(&Clean::line(&format!("{}: {why}", file.display())));
        Ok(Ended::SomeFailed)
    };
    let bytes = match bytes(file) {
        Ok(bytes) => bytes,
        Err(why) => return refuse(&why),
    };
    if note_import::is_json(&bytes) {
        return note_import::import(arguments, file, &bytes);
    }
    let list = match read(&bytes) {
        Ok(list) => list,
        Err(why) => return refuse(&why),
    };
    for notice in &list.notices {
        complain(notice);
    }
    let mut store = match desk.store() {
        Ok(store) => store,
        Err(ended) => return Ok(ended),
    };
    let imported = match lists::import(&mut store, &list, Timestamp::now()) {
        Ok(imported) => imported,
        Err(error) => return Ok(failed(&error)),
    };
    let mut words = format!("{} imported", count(imported.new, "feed", "feeds"));
    if imported.known > 0 {
        words.push_str(&format!(", {} already there", imported.known));
    }
    if imported.new > 0 {
        words.push_str("; `dateline refresh` brings the articles");
    }
    let mut output = Output::new();
    output.line(&Clean::line(&words))?;
    output.flush()?;
    if imported.local > 0 {
        let local = count(imported.local, "of them is on", "of them are on");
        complain(&Clean::line(&format!("{local} this computer or a local network; remove what is not yours")));
    }
    Ok(Ended::Well)
}

fn bytes(file: &Path) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let taken = if file == Path::new("-") {
        io::stdin().lock().take(MOST + 1).read_to_end(&mut bytes)
    } else {
        let kind = fs::metadata(file).map_err(|error| error.to_string())?;
        if kind.is_dir() {
            return Err("is a folder; name a file that a feed reader exported".into());
        }
        File::open(file).and_then(|file| file.take(MOST + 1).read_to_end(&mut bytes))
    };
    taken.map_err(|error| error.to_string())?;
    Ok(bytes)
}

fn read(bytes: &[u8]) -> Result<Outlines, String> {
    if bytes.len() as u64 > LIMIT {
        return Err(format!("is larger than {} MiB, which no list of feeds is", LIMIT >> 20));
    }
    if urls::is_list(bytes) {
        return urls::read(bytes).map_err(|error| error.to_string());
    }
    opml::read(bytes).map_err(|error| error.to_string())
}
