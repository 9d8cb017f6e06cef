//! What was typed at the prompts, in a file from run to run: a thread writes it, so that no disk holds up the screen.
//!
//! The file has a line for each, latest last: `:` and a line of the command line, or `/` and a query. It is read again before
//! it is written, so that of two readers neither takes away what was typed in the other, and it is replaced as a whole.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread::{self, JoinHandle};

use super::Event;
use crate::app::{History, Msg, Typed};
use crate::text::Clean;
use crate::words;

/// A longer line, in bytes, is not kept; no query is longer.
const LONGEST: usize = 4096;
/// A larger file, in bytes, is none of this program's.
const LARGEST: u64 = 2 << 20;

/// The thread that writes.
pub(super) struct Keeping {
    typed: Sender<Typed>,
    work: JoinHandle<()>,
}

impl Keeping {
    /// Starts the thread for `file`. That it cannot be written is told once.
    pub fn start(file: PathBuf, sender: Sender<Event>) -> io::Result<Self> {
        let (typed, waiting) = mpsc::channel();
        let work = thread::Builder::new().name("history".into()).spawn(move || work(&file, &waiting, &sender))?;
        Ok(Keeping { typed, work })
    }

    /// Where what was typed goes.
    pub fn sender(&self) -> Sender<Typed> {
        self.typed.clone()
    }

    /// Ends once all is written. The senders have to be gone.
    pub fn end(self) {
        drop(self.typed);
        // A panic of it has been told, and lost a line at most.
        let _ = self.work.join();
    }
}

fn work(file: &Path, waiting: &Receiver<Typed>, sender: &Sender<Event>) {
    let mut is_told = false;
    while let Ok(first) = waiting.recv() {
        let typed: Vec<Typed> = [first].into_iter().chain(waiting.try_iter()).collect();
        if let Err(error) = add(file, &typed)
            && !std::mem::replace(&mut is_told, true)
        {
            let text = words!("What is typed is not kept for later: {}: {error}", file.display());
            let _ = sender.send(Event::State(Msg::Outside { text, error: true }));
        }
    }
}

/// What the file has; nothing if there is none, or if it is none of this program's.
///
/// # Errors
/// If it cannot be read.
pub(super) fn read(file: &Path) -> io::Result<History> {
    let mut history = History::default();
    // A pipe would never end.
    match fs::metadata(file) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(history),
        Err(error) => return Err(error),
        Ok(metadata) if !metadata.is_file() || metadata.len() > LARGEST => return Ok(history),
        Ok(_) => {}
    }
    let mut bytes = Vec::new();
    File::open(file)?.take(LARGEST).read_to_end(&mut bytes)?;
    for line in String::from_utf8_lossy(&bytes).lines() {
        let (sign, rest) = line.split_at_checked(1).unwrap_or_default();
        let Some(rest) = kept(rest) else { continue };
        match sign {
            ":" => history.keep(&Typed::Line(rest)),
            "/" => history.keep(&Typed::Query(rest)),
            _ => {}
        }
    }
    Ok(history)
}

/// A line as it is kept, if it is.
fn kept(line: &str) -> Option<String> {
    let line = Clean::line(line.trim());
    (!line.is_empty() && line.len() <= LONGEST).then(|| line.to_string())
}

/// Adds what was typed to the file.
fn add(file: &Path, typed: &[Typed]) -> io::Result<()> {
    // Where the file is a link, what it leads to is replaced, not the link.
    let file = fs::canonicalize(file).unwrap_or_else(|_| file.to_owned());
    let folder = file.parent().ok_or(io::ErrorKind::InvalidInput)?;
    make(folder)?;
    // What is none of this program's is left alone.
    if fs::metadata(&file).is_ok_and(|metadata| !metadata.is_file() || metadata.len() > LARGEST) {
        return Err(io::Error::other("it is no history of dateline's; move it away"));
    }
    let mut history = read(&file)?;
    for typed in typed {
        let kept = match typed {
            Typed::Line(line) => kept(line).map(Typed::Line),
            Typed::Query(query) => kept(query).map(Typed::Query),
        };
        if let Some(typed) = kept {
            history.keep(&typed);
        }
    }
    let lines = history.lines.iter().map(|line| format!(":{line}\n"));
    let queries = history.queries.iter().map(|query| format!("/{query}\n"));
    let text: String = lines.chain(queries).collect();
    // Its owner alone may read it.
    let mut part = tempfile::Builder::new().prefix(".history-").tempfile_in(folder)?;
    part.write_all(text.as_bytes())?;
    part.persist(&file).map_err(|error| error.error)?;
    Ok(())
}

/// Makes a folder that its owner alone may look into, unless it is there.
fn make(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str) -> Typed {
        Typed::Line(text.to_owned())
    }

    #[test]
    fn what_two_readers_typed_is_there_the_next_time_and_ends_with_the_last() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("new/history");
        assert_eq!(read(&file).unwrap(), History::default());
        let (sender, events) = mpsc::channel();
        let start = || Keeping::start(file.clone(), sender.clone()).unwrap();
        let (one, other) = (start(), start());
        one.sender().send(line("sort oldest")).unwrap();
        one.sender().send(Typed::Query("country:IR".to_owned())).unwrap();
        one.end();
        other.sender().send(line("mark read")).unwrap();
        other.sender().send(line("sort oldest")).unwrap();
        other.end();
        let history = read(&file).unwrap();
        assert_eq!(history.lines, ["mark read", "sort oldest"]);
        assert_eq!(history.queries, ["country:IR"]);
        assert_eq!(fs::read_dir(folder.path().join("new")).unwrap().count(), 1, "nothing is left beside it");
        assert!(events.try_recv().is_err());
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600);
        }
    }

    #[test]
    fn a_hostile_file_is_cleaned_and_limited() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("history");
        let mut bytes = b":tag +\x1b]0;owned\x07sea\n\n:\nnonsense\n/\xff\xfe boats\r\n\xc3".to_vec();
        bytes.extend(format!("\n:{}\n", "x".repeat(LONGEST + 1)).bytes());
        for number in 0..1000 {
            bytes.extend(format!("/storm {number}\n").bytes());
        }
        fs::write(&file, bytes).unwrap();
        let history = read(&file).unwrap();
        assert_eq!(history.lines.len(), 1, "{:?}", history.lines);
        assert!(!history.lines[0].contains(char::is_control), "{:?}", history.lines);
        assert_eq!(history.queries.len(), 200);
        assert_eq!(history.queries.last().unwrap(), "storm 999");
        add(&file, &[line("two\nlines"), line(&"y".repeat(LONGEST + 1))]).unwrap();
        assert_eq!(read(&file).unwrap().lines[1], "two lines");
        fs::write(&file, ":a\n".repeat(LARGEST as usize)).unwrap();
        assert_eq!(read(&file).unwrap(), History::default());
    }

    #[test]
    fn that_it_cannot_be_written_is_told_once() {
        let folder = tempfile::tempdir().unwrap();
        let taken = folder.path().join("file");
        fs::write(&taken, "").unwrap();
        let (sender, events) = mpsc::channel();
        let keeping = Keeping::start(taken.join("history"), sender).unwrap();
        // The second after the first was told.
        keeping.sender().send(line("one")).unwrap();
        let Ok(Event::State(Msg::Outside { text, error: true })) = events.recv() else { panic!("nothing is told") };
        assert!(text.starts_with("What is typed is not kept for later: "), "{text}");
        keeping.sender().send(line("two")).unwrap();
        keeping.end();
        assert!(events.recv().is_err());
    }
}
