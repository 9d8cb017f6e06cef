//! The part of a configuration file that is about smart feeds: `[smart]`, a name and a query each.

use super::file::{Reader, Value};
use crate::query::{self, Search};
use crate::text::Clean;

/// A search that stands among the feeds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SmartFeed {
    /// What the user calls it; not empty.
    pub name: Clean,
    /// The query as it is written.
    pub query: String,
    /// What it asks for; never for everything.
    pub search: Search,
}

impl Reader<'_> {
    pub(super) fn smart(&mut self, value: &Value, feeds: &mut Vec<SmartFeed>) {
        let Some(table) = self.table(value) else { return };
        // They stand among the feeds as they do in the file, whichever way the parser keeps them.
        let mut rows: Vec<_> = table.iter().collect();
        rows.sort_by_key(|(key, _)| key.span().start);
        feeds.clear();
        for (key, value) in rows {
            let name = Clean::line(key.get_ref().trim());
            if name.is_empty() {
                self.problem(key.span(), "this smart feed has no name; write one before the =".into());
            }
            if let Some((query, search)) = self.search(value) {
                feeds.push(SmartFeed { name, query, search });
            }
        }
    }

    /// The query that `value` is.
    pub(super) fn search(&mut self, value: &Value) -> Option<(String, Search)> {
        let Some(query) = value.get_ref().as_str() else {
            self.wrong_type(value, "a query in quotation marks");
            return None;
        };
        match query::parse(query) {
            Ok(search) if search.matching.is_some() => return Some((query.to_owned(), search)),
            Ok(_) => {
                self.problem(
                    value.span(),
                    "this query asks for nothing; say what the articles have to fulfil".into(),
                );
            }
            Err(error) => {
                let written = self.text.get(value.span()).unwrap_or_default();
                let at = value.span().start + place_in(written, error.span.start);
                self.problem(at..at, error.to_string());
            }
        }
        None
    }
}

/// Where in the string as it is `written`, quotation marks and all, byte `offset` of what it stands for is.
fn place_in(written: &str, offset: usize) -> usize {
    let quote = written.chars().next().unwrap_or('"');
    let marks = if written.starts_with(&quote.to_string().repeat(3)) { 3 } else { 1 };
    let mut rest = written.get(marks..).unwrap_or_default();
    if marks == 3 {
        // A line feed right after the marks is none of the string.
        rest = rest.strip_prefix("\r\n").or(rest.strip_prefix('\n')).unwrap_or(rest);
    }
    let mut passed = 0;
    while passed < offset
        && let Some(c) = rest.chars().next()
    {
        let (bytes, stands_for) =
            if c == '\\' && quote == '"' { escaped(rest) } else { (c.len_utf8(), c.len_utf8()) };
        rest = rest.get(bytes..).unwrap_or_default();
        passed += stands_for;
    }
    written.len() - rest.len()
}

/// The bytes of the escape that `written` begins with, and of what it stands for.
fn escaped(written: &str) -> (usize, usize) {
    let digits = match written.as_bytes().get(1) {
        Some(b'x') => 2,
        Some(b'u') => 4,
        Some(b'U') => 8,
        Some(c) if c.is_ascii_whitespace() => {
            // A line that goes on in the next.
            let next = written[1..].find(|c: char| !c.is_ascii_whitespace());
            return (next.map_or(written.len(), |next| next + 1), 0);
        }
        _ => return (2, 1),
    };
    let code = written.get(2..2 + digits).and_then(|digits| u32::from_str_radix(digits, 16).ok());
    (2 + digits, code.and_then(char::from_u32).map_or(1, char::len_utf8))
}

#[cfg(test)]
mod tests {
    use super::super::Config;
    use super::*;

    fn names(text: &str) -> Vec<String> {
        Config::parse(text).unwrap().smart.iter().map(|feed| feed.name.to_string()).collect()
    }

    #[test]
    fn smart_feeds_are_queries_in_the_order_of_the_file() {
        let text = "[smart]\n\"Z first\" = 'said:\"shared list\"'\nAfter = \"storm sort:oldest\"\n";
        assert_eq!(names(text), ["Z first", "After"]);
        let config = Config::parse(text).unwrap();
        assert_eq!(config.smart[0].query, "said:\"shared list\"");
        assert_eq!(config.smart[1].search.sort, Some(query::Sort::Oldest));
        assert_eq!(names(""), [""; 0], "none come with the program");
    }

    #[test]
    fn those_that_the_default_file_shows_are_right() {
        let part = super::super::DEFAULT_FILE.split("[smart]").nth(1).unwrap();
        let part = part.split("\n[").next().unwrap();
        let shown: Vec<&str> = part.lines().filter_map(|line| line.strip_prefix("#     ")).collect();
        assert_eq!(names(&format!("[smart]\n{}", shown.join("\n"))).len(), 2, "{shown:?}");
    }

    #[test]
    fn the_place_of_a_mistake_is_found_behind_quotation_marks_and_escapes() {
        for (written, offset, rest) in [
            ("'storm contry:IR'", 6, "contry:IR'"),
            (r#""said:\"a b\" contry:IR""#, 11, r#"contry:IR""#),
            (r#""\u00e9\t \U0001F600 x""#, 9, r#"x""#),
            ("'''\nstorm x'''", 6, "x'''"),
            ("\"\"\"\nstorm \\\n   x\"\"\"", 6, "\\\n   x\"\"\""),
            ("\"\"\"\nstorm \\\n   x\"\"\"", 7, "\"\"\""),
            ("'é'", 9, ""),
        ] {
            assert_eq!(&written[place_in(written, offset)..], rest, "{written}");
        }
    }
}
