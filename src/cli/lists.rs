//! `dateline import`: lists of feeds.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use jiff::Timestamp;

use super::Ended;
use super::args::Arguments;
use super::library::{Desk, count, failed};
use super::output::{Output, complain};
use crate::ingest::opml::Outlines;
use crate::ingest::{opml, urls};
use crate::refresh::lists;
use crate::text::Clean;

/// The largest list, in bytes.
const LIMIT: u64 = 32 << 20;

/// `dateline import`. Its error is that of writing.
pub(super) fn import(arguments: &Arguments, file: &Path) -> io::Result<Ended> {
    let desk = match Desk::open(arguments) {
        Ok(desk) => desk,
        Err(ended) => return Ok(ended),
    };
    let list = match read(file) {
        Ok(list) => list,
        Err(why) => {
            complain(&Clean::line(&format!("{}: {why}", file.display())));
            return Ok(Ended::SomeFailed);
        }
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

fn read(file: &Path) -> Result<Outlines, String> {
    let mut bytes = Vec::new();
    let taken = if file == Path::new("-") {
        io::stdin().lock().take(LIMIT + 1).read_to_end(&mut bytes)
    } else {
        let kind = fs::metadata(file).map_err(|error| error.to_string())?;
        if kind.is_dir() {
            return Err("is a folder; name a file that a feed reader exported".into());
        }
        File::open(file).and_then(|file| file.take(LIMIT + 1).read_to_end(&mut bytes))
    };
    taken.map_err(|error| error.to_string())?;
    if bytes.len() as u64 > LIMIT {
        return Err(format!("is larger than {} MiB, which no list of feeds is", LIMIT >> 20));
    }
    if urls::is_list(&bytes) {
        return urls::read(&bytes).map_err(|error| error.to_string());
    }
    opml::read(&bytes).map_err(|error| error.to_string())
}
