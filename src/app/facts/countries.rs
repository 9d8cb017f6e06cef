//! Countries: those the article is about, then the others it names.

use super::{Bit, Entry, Facts, Line, Look};
use crate::app::layers::country_mentions;
use crate::app::words::country;
use crate::model::{Annotations, Country};
use crate::text::Clean;
use crate::words;

/// Every country of the article once, with its number of mentions; those it is about first.
pub fn all(found: &Annotations) -> Vec<(Country, usize)> {
    let profile = &found.countries;
    let named = |of: Country| profile.mentioned.iter().find(|(country, _)| *country == of).map_or(0, |(_, n)| *n);
    let about = profile.about.iter().map(|country| (*country, named(*country)));
    let others = profile.mentioned.iter().copied().filter(|(country, _)| !profile.about.contains(country));
    about.chain(others).collect()
}

pub fn facts(found: &Annotations) -> Facts {
    let mut facts = Facts::default();
    let about = found.countries.about.len();
    for (index, (of, mentions)) in all(found).into_iter().enumerate() {
        if index == 0 && about > 0 {
            facts.head(heading("About"));
        } else if index == about {
            facts.head(heading(if about > 0 { "Also named" } else { "Named" }));
        }
        let name = vec![Bit::new(words!(" {of} "), Look::Badge), Bit::blank(1), Bit::new(country(of), Look::Text)];
        let times = (mentions > 0).then(|| Bit::new(words!("{mentions}×"), Look::Dim));
        let places = country_mentions(found, of);
        let entry = Entry { places, country: Some(of), ..Entry::default() };
        facts.add(entry, vec![Line::new(name).right(times)]);
    }
    facts
}

fn heading(words: &'static str) -> Line {
    Line::new(vec![Bit::new(Clean::literal(words), Look::Heading)])
}
