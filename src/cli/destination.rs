//! Where an export goes: standard output, or a file that is there whole or not at all.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use super::output::Output;
use crate::text::Clean;

/// What is written to.
pub(super) enum Destination {
    /// Standard output.
    Standard(Output),
    /// A file.
    File(Part),
}

/// A file beside the one that it becomes once all is written; taken away if that does not come.
pub(super) struct Part {
    out: BufWriter<File>,
    beside: PathBuf,
    file: PathBuf,
    is_done: bool,
}

impl Destination {
    /// The file of this name; standard output for `-` and no name.
    pub fn open(file: Option<&Path>) -> io::Result<Destination> {
        let Some(file) = file.filter(|file| *file != Path::new("-")) else {
            return Ok(Destination::Standard(Output::new()));
        };
        let mut name = file.file_name().ok_or(io::ErrorKind::InvalidInput)?.to_owned();
        name.push(format!(".{}.part", std::process::id()));
        let beside = file.with_file_name(name);
        if file.is_dir() {
            return Err(io::ErrorKind::IsADirectory.into());
        }
        let out = BufWriter::with_capacity(64 << 10, File::create_new(&beside)?);
        Ok(Destination::File(Part { out, beside, file: file.to_owned(), is_done: false }))
    }

    /// Writes `text` as it is.
    pub fn text(&mut self, text: &Clean) -> io::Result<()> {
        match self {
            Destination::Standard(output) => output.text(text),
            Destination::File(part) => part.out.write_all(text.as_bytes()),
        }
    }

    /// Ends it: what was written is there.
    pub fn finish(self) -> io::Result<()> {
        match self {
            Destination::Standard(mut output) => output.flush(),
            Destination::File(mut part) => {
                part.out.flush()?;
                part.out.get_ref().sync_all()?;
                fs::rename(&part.beside, &part.file)?;
                part.is_done = true;
                Ok(())
            }
        }
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        if !self.is_done {
            let _ = fs::remove_file(&self.beside);
        }
    }
}
