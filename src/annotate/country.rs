//! Which countries an article names, and which it is about.

use std::collections::BTreeMap;

use super::draft::Draft;
use crate::model::{Country, CountryProfile, EntityKind};

/// The country that the article names most, if it names any.
pub(crate) fn central(draft: &Draft) -> Option<Country> {
    let mut counts: BTreeMap<Country, usize> = BTreeMap::new();
    for mention in &draft.mentions {
        let Some(entity) = draft.entity(mention.entity) else { continue };
        if matches!(entity.kind, EntityKind::Gpe | EntityKind::Norp)
            && let Some(country) = entity.polity.and_then(|polity| polity.country())
        {
            *counts.entry(country).or_default() += 1;
        }
    }
    counts
        .into_iter()
        .max_by_key(|(country, count)| (*count, std::cmp::Reverse(*country)))
        .map(|(country, _)| country)
}

/// The countries of an article.
pub fn profile(draft: &Draft) -> CountryProfile {
    let _ = draft;
    CountryProfile::default()
}
