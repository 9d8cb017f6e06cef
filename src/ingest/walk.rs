//! Files and folders.

use std::collections::{BTreeMap, HashSet};
use std::fs::{self, File, FileType, Metadata};
use std::io;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use super::{Each, Fault, Format, Item, Limits, Place, read_from};
use crate::text::Clean;

/// Reads a file, or all files that can be read in a folder, in the order of their names.
pub(super) fn path(path: &Path, limits: &Limits, each: &mut Each) -> ControlFlow<()> {
    let place = Place::path(path);
    match fs::metadata(path) {
        Ok(meta) if meta.is_dir() => {
            let mut walk = Walk { limits, seen: HashSet::new(), files: 0, skipped: BTreeMap::new() };
            walk.folder(path, 0, each)?;
            walk.finish(&place, each)
        }
        Ok(meta) => file(path, &place, &meta, limits, each),
        Err(error) => each(Item::Problem(place.problem(io_fault(&error)))),
    }
}

struct Walk<'a> {
    limits: &'a Limits,
    /// Real paths of the folders entered: symbolic links cannot lead round in a circle.
    seen: HashSet<PathBuf>,
    files: usize,
    /// Why files were left out, and how many.
    skipped: BTreeMap<String, usize>,
}

impl Walk<'_> {
    fn folder(&mut self, path: &Path, depth: usize, each: &mut Each) -> ControlFlow<()> {
        let place = Place::path(path);
        if depth > self.limits.depth {
            return each(Item::Problem(place.problem(Fault::TooDeep(self.limits.depth))));
        }
        let entered = fs::canonicalize(path).and_then(|real| {
            if !self.seen.insert(real) {
                return Ok(Vec::new());
            }
            fs::read_dir(path)?.map(|entry| entry.map(|entry| entry.file_name())).collect::<io::Result<Vec<_>>>()
        });
        let mut names = match entered {
            Ok(names) => names,
            Err(error) => return each(Item::Problem(place.problem(io_fault(&error)))),
        };
        names.sort();
        for name in names {
            let child = path.join(&name);
            if name.as_encoded_bytes().starts_with(b".") {
                self.skip("hidden");
                continue;
            }
            let meta = match fs::metadata(&child) {
                Ok(meta) => meta,
                Err(error) => {
                    each(Item::Problem(Place::path(&child).problem(io_fault(&error))))?;
                    continue;
                }
            };
            if meta.is_dir() {
                self.folder(&child, depth + 1, each)?;
            } else if !meta.is_file() {
                self.skip(special(meta.file_type()));
            } else if Format::of_path(&child).is_none() {
                let kind = child
                    .extension()
                    .map_or("without an extension".to_owned(), |ext| format!(".{}", ext.to_string_lossy()));
                self.skip(&kind);
            } else {
                self.files += 1;
                file(&child, &Place::path(&child), &meta, self.limits, each)?;
            }
        }
        ControlFlow::Continue(())
    }

    fn skip(&mut self, why: &str) {
        *self.skipped.entry(why.to_owned()).or_default() += 1;
    }

    fn finish(self, place: &Place, each: &mut Each) -> ControlFlow<()> {
        const NAMED: usize = 6;
        if !self.skipped.is_empty() {
            let total: usize = self.skipped.values().sum();
            let mut kinds: Vec<_> = self.skipped.iter().collect();
            kinds.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
            let mut list: Vec<_> = kinds.iter().take(NAMED).map(|(why, count)| format!("{count} {why}")).collect();
            if kinds.len() > NAMED {
                list.push("…".to_owned());
            }
            let files = if total == 1 { "file" } else { "files" };
            let notice = format!("{place}: {total} {files} left out ({})", list.join(", "));
            each(Item::Notice(Clean::line(&notice)))?;
        }
        if self.files == 0 {
            return each(Item::Problem(place.problem(Fault::NoArticles)));
        }
        ControlFlow::Continue(())
    }
}

fn file(path: &Path, place: &Place, meta: &Metadata, limits: &Limits, each: &mut Each) -> ControlFlow<()> {
    // Before opening: to open a pipe would wait for its writer.
    if !meta.is_file() {
        return each(Item::Problem(place.problem(Fault::Special(special(meta.file_type())))));
    }
    let format = Format::of_path(path);
    let is_whole = format.is_some_and(|format| format != Format::JsonLines);
    if is_whole && meta.len() > limits.file {
        return each(Item::Problem(place.problem(Fault::TooLarge { limit: limits.file })));
    }
    let input = match File::open(path) {
        Ok(input) => input,
        Err(error) => return each(Item::Problem(place.problem(io_fault(&error)))),
    };
    read_from(place, input, format, limits, each)
}

fn io_fault(error: &io::Error) -> Fault {
    match error.kind() {
        io::ErrorKind::NotFound => Fault::Missing,
        _ => Fault::Io(error.to_string()),
    }
}

#[cfg(unix)]
fn special(kind: FileType) -> &'static str {
    use std::os::unix::fs::FileTypeExt;
    match () {
        () if kind.is_fifo() => "a named pipe",
        () if kind.is_socket() => "a socket",
        () if kind.is_char_device() || kind.is_block_device() => "a device",
        () => "a special file",
    }
}

#[cfg(not(unix))]
fn special(_: FileType) -> &'static str {
    "a special file"
}
