//! The running reader.

use crate::config::Config;
use crate::ingest::Source;

/// Why the reader was left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Left {
    /// The user quit.
    Quit,
    /// A signal with this number asked for it.
    Signal(u8),
}

/// Runs the reader
pub fn run(_config: Config, _sources: Vec<Source>) -> anyhow::Result<Left> {
    Ok(Left::Quit)
}
