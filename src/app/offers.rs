//! What is offered while something is typed, and the choosing among it.

use tui_input::Input;

use crate::query::{Candidate, Completion, Values};
use crate::text::Clean;
use crate::words;

/// As many values of the library are asked for.
pub const MOST_VALUES: usize = 20;

/// What may take the place of a part of what was typed.
#[derive(Debug, Default)]
pub struct Offers {
    completion: Option<Completion>,
    /// Values of the library, with the number of their articles.
    values: Vec<(Clean, usize)>,
    /// The one that was chosen.
    pub at: Option<usize>,
    /// What was typed before one was chosen.
    typed: String,
}

impl Offers {
    /// What fits `typed`.
    pub fn new(typed: &str, completion: Completion) -> Offers {
        Offers { completion: Some(completion), values: Vec::new(), at: None, typed: typed.to_owned() }
    }

    /// The values of the library that fit too.
    pub fn wanted(&self) -> Option<(Values, String)> {
        self.completion.as_ref()?.values.clone()
    }

    /// Takes values, if they answer what is typed now and none was chosen yet.
    pub fn take(&mut self, sort: Values, typed: &str, values: Vec<(Clean, usize)>) {
        if self.at.is_none() && self.wanted().is_some_and(|(known, before)| known == sort && before == typed) {
            self.values = values;
        }
    }

    fn candidates(&self) -> &[Candidate] {
        self.completion.as_ref().map_or(&[], |completion| &completion.candidates)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.candidates().len() + self.values.len()
    }

    /// What is inserted for one, and what it means. Values of the library come first.
    pub fn row(&self, index: usize) -> Option<(Clean, Clean)> {
        if let Some((value, articles)) = self.values.get(index) {
            return Some((Clean::line(&Completion::written(value)), super::words::count(*articles, "article")));
        }
        let candidate = self.candidates().get(index - self.values.len())?;
        Some((Clean::line(&candidate.text), words!("{}", candidate.help)))
    }

    /// The line with the next or the previous one in it; behind the last comes what was typed.
    pub fn step(&mut self, by: isize) -> Option<Input> {
        let count = self.len();
        if count == 0 {
            return None;
        }
        let places = isize::try_from(count).unwrap_or(isize::MAX) + 1;
        let now = self.at.map_or(-1, |at| isize::try_from(at).unwrap_or(-1));
        self.at = usize::try_from((now + 1 + by).rem_euclid(places) - 1).ok();
        let span = self.completion.as_ref()?.span;
        let (Some(before), Some(after)) = (self.typed.get(..span.start), self.typed.get(span.end..)) else {
            return None;
        };
        let Some((chosen, _)) = self.at.and_then(|at| self.row(at)) else {
            return Some(Input::new(self.typed.clone()).with_cursor(self.typed[..span.end].chars().count()));
        };
        let head = format!("{before}{chosen}");
        let cursor = head.chars().count();
        Some(Input::new(head + after).with_cursor(cursor))
    }
}
