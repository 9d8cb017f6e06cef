//! The part of a configuration file that is about news that are told of: `[notify]`.

use super::file::{Reader, Value};
use crate::query::Expression;

/// The options, all of which `config.toml` states.
pub(super) const NOTIFY: &[&str] = &["query", "program", "bell"];

/// Which news are told of, and how.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Notify {
    /// What news have to fulfil; `None`: none are told of.
    pub wanted: Option<Expression>,
    /// A program that is started then, and its arguments; empty: none.
    pub program: Vec<String>,
    /// Whether the terminal's bell is rung then.
    pub bell: bool,
}

impl Reader<'_> {
    pub(super) fn notify(&mut self, value: &Value, notify: &mut Notify) {
        let Some(table) = self.table(value) else { return };
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "query" if value.get_ref().as_str().is_some_and(|query| query.trim().is_empty()) => {
                    notify.wanted = None;
                }
                "query" => notify.wanted = self.search(value).and_then(|(_, search)| search.matching),
                "program" => {
                    let mut program = Vec::new();
                    self.strings(value, &mut program);
                    if program.first().is_some_and(String::is_empty) {
                        self.problem(value.span(), "the program has no name; [] starts none".into());
                    }
                    notify.program = program;
                }
                "bell" => self.switch(value, &mut notify.bell),
                _ => self.unknown("option", key, NOTIFY),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Config;

    #[test]
    fn nothing_is_told_until_a_query_says_what() {
        let notify = Config::default().notify;
        assert_eq!((notify.wanted, notify.program.len(), notify.bell), (None, 0, false));
        let text = "[notify]\nquery = 'country:IR event:ASSAULT'\nprogram = [\"tell\", \"{title}\"]\nbell = true\n";
        let notify = Config::parse(text).unwrap().notify;
        assert_eq!(notify.wanted, crate::query::parse("country:IR event:ASSAULT").unwrap().matching);
        assert_eq!((notify.program.len(), notify.bell), (2, true));
    }

    #[test]
    fn mistakes_are_named_with_their_place() {
        let told = |line: &str| Config::parse(&format!("[notify]\n{line}\n")).unwrap_err()[0].to_string();
        assert!(told("query = 'storm contry:IR'").starts_with("2:16: there is no field contry:"));
        assert!(told("query = 'sort:oldest'").starts_with("2:9: this query asks for nothing"));
        assert!(told("query = 3").starts_with("2:9: a query in quotation marks is wanted here"));
        assert!(told("program = ['']").starts_with("2:11: the program has no name"));
        assert!(told("bell = 1").starts_with("2:8: true or false is wanted here"));
        assert!(told("bel = true").starts_with("2:1: unknown option \"bel\": did you mean \"bell\"?"));
    }

    #[test]
    fn what_the_default_file_shows_is_right() {
        let part = super::super::DEFAULT_FILE.split("[notify]").nth(1).unwrap();
        let part = part.split("\n[").next().unwrap();
        let shown: Vec<&str> = part.lines().filter_map(|line| line.strip_prefix("#     ")).collect();
        let notify = Config::parse(&format!("[notify]\n{}", shown.join("\n"))).unwrap().notify;
        assert!(notify.wanted.is_some() && !notify.program.is_empty(), "{shown:?}");
    }
}
