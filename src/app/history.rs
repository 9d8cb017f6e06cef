//! What was typed at the prompts before, in this run and in those before it.

/// As many of a sort are kept.
const KEPT: usize = 200;

/// What was typed and taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Typed {
    /// A line of the command line.
    Line(String),
    /// A query.
    Query(String),
}

/// What was typed before, latest last. Of equal ones there is the last.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct History {
    /// Lines of the command line.
    pub lines: Vec<String>,
    /// Queries.
    pub queries: Vec<String>,
}

impl History {
    /// Notes what was typed last.
    pub fn keep(&mut self, typed: &Typed) {
        match typed {
            Typed::Line(line) => keep(&mut self.lines, line),
            Typed::Query(query) => keep(&mut self.queries, query),
        }
    }
}

/// Notes a line among those given before.
pub(super) fn keep(lines: &mut Vec<String>, line: &str) {
    lines.retain(|before| before != line);
    lines.push(line.to_owned());
    if lines.len() > KEPT {
        lines.remove(0);
    }
}
