//! The country filter.

use crate::model::{Annotations, Country, Event};

/// In what sense an article has to do with a country.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Scope {
    /// It is about the country.
    #[default]
    About,
    /// It mentions the country, or tells of an event that the country, or somebody of it, has part in or that happened
    /// there; whether it is about it or not.
    In,
}

/// Which articles are listed: all, or those that have to do with one of some countries.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// The countries; none: every article is listed.
    pub countries: Vec<Country>,
    /// In what sense.
    pub scope: Scope,
}

impl Filter {
    /// Whether there is a filter at all.
    pub fn is_set(&self) -> bool {
        !self.countries.is_empty()
    }

    /// Whether an article with these findings is listed; one not yet annotated only without a filter.
    pub fn keeps(&self, found: Option<&Annotations>) -> bool {
        !self.is_set()
            || found.is_some_and(|found| self.countries.iter().any(|country| self.scope.holds(found, *country)))
    }
}

impl Scope {
    /// Whether the article has to do with `country` in this sense.
    pub fn holds(self, found: &Annotations, country: Country) -> bool {
        let about = found.countries.about.contains(&country);
        let named = || found.countries.mentioned.iter().any(|(named, _)| *named == country);
        let takes_part = || found.events.iter().flat_map(Event::countries).any(|one| one == country);
        about || self == Scope::In && (named() || takes_part())
    }

    /// The other sense.
    pub fn other(self) -> Scope {
        match self {
            Scope::About => Scope::In,
            Scope::In => Scope::About,
        }
    }
}
