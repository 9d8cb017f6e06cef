//! The one way to standard output and standard error: it takes cleaned text only.

use std::io::{self, BufWriter, StdoutLock, Write};

use crate::export::ansi::{Ink, Line};
use crate::text::Clean;

/// Standard output, in large pieces.
pub(super) struct Output {
    out: BufWriter<StdoutLock<'static>>,
}

impl Output {
    /// Takes standard output for this thread.
    pub fn new() -> Self {
        Output { out: BufWriter::with_capacity(64 << 10, io::stdout().lock()) }
    }

    /// Writes `text` and a line feed.
    pub fn line(&mut self, text: &Clean) -> io::Result<()> {
        self.out.write_all(text.as_bytes())?;
        self.out.write_all(b"\n")
    }

    /// Writes `text` as it is.
    pub fn text(&mut self, text: &Clean) -> io::Result<()> {
        self.out.write_all(text.as_bytes())
    }

    /// Writes `line` and a line feed, with its colours if `colour`.
    pub fn painted(&mut self, line: &Line, colour: bool) -> io::Result<()> {
        for (ink, text) in line {
            if colour && *ink != Ink::Plain && !text.is_empty() {
                write!(self.out, "\x1b[{}m{text}\x1b[0m", ink.sgr())?;
            } else {
                self.out.write_all(text.as_bytes())?;
            }
        }
        self.out.write_all(b"\n")
    }

    /// Hands over what is still held back. Errors are lost if this is left to the end of the value's life.
    pub fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// Tells on standard error what went wrong, after the program's name.
pub(super) fn complain(message: &Clean) {
    // Where standard error is closed too, there is nobody left to tell.
    let _ = writeln!(io::stderr().lock(), "dateline: {message}");
}

/// Writes `message` to standard error as it is.
pub(super) fn warn(message: &Clean) {
    let _ = write!(io::stderr().lock(), "{message}");
}
