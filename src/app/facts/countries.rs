//! Countries: those the article is about, then the others it names.

use std::collections::HashMap;

use super::{Bit, Facts, Line, Look, Part, Subject};
use crate::app::layers::Naming;
use crate::app::words::country;
use crate::model::{Annotations, Country};
use crate::words;

/// Every country of the article once, with its number of mentions; those it is about first.
pub fn all(found: &Annotations) -> Vec<(Country, usize)> {
    let profile = &found.countries;
    let named: HashMap<Country, usize> = profile.mentioned.iter().copied().collect();
    let about = profile.about.iter().map(|country| (*country, named.get(country).copied().unwrap_or(0)));
    let others = profile.mentioned.iter().copied().filter(|(country, _)| !profile.about.contains(country));
    about.chain(others).collect()
}

pub fn facts(found: &Annotations) -> Facts {
    let mut facts = Facts::default();
    let naming = Naming::new(found);
    let about = found.countries.about.len();
    for (index, (of, mentions)) in all(found).into_iter().enumerate() {
        if index == 0 && about > 0 {
            facts.head(Part::Heading("About"));
        } else if index == about {
            facts.head(Part::Heading(if about > 0 { "Also mentioned" } else { "Mentioned" }));
        }
        facts.add(Subject::Country(of, mentions), naming.of(of).to_vec());
    }
    facts
}

pub fn line(of: Country, mentions: usize) -> Line {
    let name = vec![Bit::new(words!(" {of} "), Look::Badge), Bit::blank(1), Bit::new(country(of), Look::Text)];
    let times = (mentions > 0).then(|| Bit::new(words!("{mentions}×"), Look::Dim));
    Line::new(name).right(times)
}
