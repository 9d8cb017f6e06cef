//! Reading of the word lists under `assets/lexicon`.

/// The rows of a word list: one fact a line, fields separated by tabs; empty lines and lines that begin with `#` are
/// no facts.
pub fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).map(|line| line.split('\t').collect())
}
