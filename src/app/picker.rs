//! The country picker.

use std::collections::BTreeSet;

use tui_input::Input;

use super::filter::{Filter, Scope};
use super::library::Library;
use super::words::{count, countries, country};
use crate::model::{Annotations, Country};
use crate::text::Clean;
use crate::words;

/// A country that can be picked.
#[derive(Debug, Clone)]
pub struct Choice {
    /// The country.
    pub country: Country,
    /// Its name.
    pub name: Clean,
    /// How many articles are about it.
    pub about: usize,
    /// How many articles mention it, those about it included.
    pub named: usize,
}

impl Choice {
    fn of(of: Country) -> Choice {
        Choice { country: of, name: country(of), about: 0, named: 0 }
    }
}

/// The open picker.
#[derive(Debug)]
pub struct Picker {
    /// What has been typed.
    pub input: Input,
    /// In what sense the articles shall have to do with the countries.
    pub scope: Scope,
    /// The countries marked.
    pub marked: BTreeSet<Country>,
    /// Every country, in the order of their codes.
    pub all: Vec<Choice>,
    /// The countries that fit what has been typed, as indices into `all`, best first.
    pub shown: Vec<usize>,
    /// The selected row of `shown`.
    pub selected: usize,
    /// The first row of `shown` on the screen.
    pub top: usize,
}

impl Picker {
    /// Opens the picker with what the library knows of countries.
    pub fn new(library: &Library) -> Picker {
        let all: BTreeSet<Country> = countries().collect();
        let mut picker = Picker {
            input: Input::default(),
            scope: library.filter.scope,
            marked: library.filter.countries.iter().copied().collect(),
            all: all.into_iter().map(Choice::of).collect(),
            shown: Vec::new(),
            selected: 0,
            top: 0,
        };
        for found in library.items.iter().filter_map(|item| item.annotations()) {
            picker.count(found);
        }
        picker.narrow();
        picker
    }

    /// Takes how many articles of the library are about each country and how many name it.
    pub fn take_counts(&mut self, all: &[(Country, usize, usize)]) {
        for (country, about, named) in all {
            let at = self.all.binary_search_by_key(country, |choice| choice.country);
            let at = at.unwrap_or_else(|at| {
                self.all.insert(at, Choice::of(*country));
                at
            });
            if let Some(choice) = self.all.get_mut(at) {
                (choice.about, choice.named) = (*about, *named);
            }
        }
        self.narrow();
    }

    /// Counts an article; the order of what is shown stays as it is.
    pub fn count(&mut self, found: &Annotations) {
        let about = &found.countries.about;
        for of in found.countries_in() {
            let at = self.all.binary_search_by_key(&of, |choice| choice.country).unwrap_or_else(|at| {
                self.all.insert(at, Choice::of(of));
                self.shown.iter_mut().filter(|index| **index >= at).for_each(|index| *index += 1);
                at
            });
            if let Some(choice) = self.all.get_mut(at) {
                choice.named += 1;
                choice.about += usize::from(about.contains(&of));
            }
        }
    }

    /// Shows the countries that fit what has been typed: a code, the beginning of a name, of a word in it, any part of it.
    /// With nothing typed: the marked ones, and those the articles have to do with.
    pub fn narrow(&mut self) {
        let typed = self.input.value().trim().to_lowercase();
        let by_count = |choice: &Choice| {
            let (first, second) = match self.scope {
                Scope::About => (choice.about, choice.named),
                Scope::In => (choice.named, choice.about),
            };
            (std::cmp::Reverse(first), std::cmp::Reverse(second))
        };
        let fits = |choice: &Choice| {
            if typed.is_empty() {
                let marked = self.marked.contains(&choice.country);
                return (marked || choice.named > 0).then_some(u8::from(!marked));
            }
            rank(choice, &typed)
        };
        let ranked = self.all.iter().enumerate();
        let mut ranked: Vec<_> = ranked
            .filter_map(|(index, choice)| Some((fits(choice)?, by_count(choice), choice.name.clone(), index)))
            .collect();
        ranked.sort();
        self.shown = ranked.into_iter().map(|(.., index)| index).collect();
        self.selected = 0;
        self.top = 0;
    }

    /// Selects the row `by` further, at most the last or first, and keeps it among the `page` rows on the screen.
    pub fn go(&mut self, by: isize, page: usize) {
        let last = self.shown.len().saturating_sub(1);
        self.selected = self.selected.saturating_add_signed(by).min(last);
        self.top = self.top.min(self.selected).max((self.selected + 1).saturating_sub(page));
    }

    /// The selected country.
    pub fn choice(&self) -> Option<&Choice> {
        self.all.get(*self.shown.get(self.selected)?)
    }

    /// Marks the selected country, or takes the mark away.
    pub fn mark(&mut self) {
        if let Some(country) = self.choice().map(|choice| choice.country)
            && !self.marked.remove(&country)
        {
            self.marked.insert(country);
        }
    }

    /// What would be listed, in words: `2 articles about Ghana; 3 more only mention it`.
    pub fn result(&self) -> Option<Clean> {
        let filter = self.filter()?;
        let only = match *filter.countries.as_slice() {
            [only] => {
                self.all.binary_search_by_key(&only, |choice| choice.country).ok().and_then(|at| self.all.get(at))
            }
            _ => None,
        };
        let Some(Choice { about, named, .. }) = only else {
            return Some(words!("the articles {}", super::words::filter(&filter)));
        };
        let listed = if self.scope == Scope::About { *about } else { *named };
        let listed = words!("{} {}", count(listed, "article"), super::words::filter(&filter));
        let more = named.saturating_sub(*about);
        Some(match (self.scope, more) {
            (_, 0) => listed,
            (Scope::About, 1) => words!("{listed}; 1 more only mentions it"),
            (Scope::About, _) => words!("{listed}; {more} more only mention it"),
            (Scope::In, _) => words!("{listed}; {about} about it"),
        })
    }

    /// Selects a country, if it is shown.
    pub fn select(&mut self, country: Country, page: usize) {
        let shown = |index: &usize| self.all.get(*index).is_some_and(|choice| choice.country == country);
        if let Some(row) = self.shown.iter().position(shown) {
            self.selected = row;
            self.go(0, page);
        }
    }

    /// The filter that is asked for: the marked countries, else the selected one. `None` if there is neither.
    pub fn filter(&self) -> Option<Filter> {
        let mut countries: Vec<Country> = self.marked.iter().copied().collect();
        if countries.is_empty() {
            countries.extend(self.choice().map(|choice| choice.country));
        }
        (!countries.is_empty()).then_some(Filter { countries, scope: self.scope })
    }
}

/// How well a country fits what was typed in lower case: less is better.
fn rank(choice: &Choice, typed: &str) -> Option<u8> {
    let name = choice.name.to_lowercase();
    if choice.country.code().eq_ignore_ascii_case(typed) {
        Some(0)
    } else if name.starts_with(typed) {
        Some(1)
    } else if name.split([' ', '-', '(']).any(|word| word.starts_with(typed)) {
        Some(2)
    } else {
        name.contains(typed).then_some(3)
    }
}
