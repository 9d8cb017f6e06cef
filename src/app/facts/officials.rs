//! People with public offices, under the countries and organisations they serve.

use super::speakers::office;
use super::{Bit, Entry, Facts, Line, Look};
use crate::app::words::{count, country, rows};
use crate::model::{Annotations, Polity, Speaker};
use crate::text::Clean;
use crate::words;

pub fn facts(found: &Annotations, columns: usize) -> Facts {
    const MARGIN: usize = 3;
    let mut facts = Facts::default();
    let mut polities: Vec<Option<Polity>> = Vec::new();
    for official in &found.officials {
        if !polities.contains(&official.polity) {
            polities.push(official.polity);
        }
    }
    // Those whose country is not told come last.
    polities.sort_by_key(Option::is_none);
    for polity in polities {
        let (name, badge) = match polity {
            Some(Polity::Country(of)) => (country(of), Some(Bit::new(words!("{of}"), Look::Badge))),
            Some(Polity::Igo(igo)) => (words!("{}", igo.0), None),
            None => (Clean::literal("Country not told"), None),
        };
        facts.head(Line::new(vec![Bit::new(name, Look::Heading)]).right(badge));
        for official in found.officials.iter().filter(|official| official.polity == polity) {
            let name = found.entities.get(official.entity).map(|entity| words!("{}", entity.name));
            let said = found.quotations.iter().filter(|q| q.speaker == Speaker::Entity(official.entity)).count();
            let said = (said > 0).then(|| Bit::new(count(said, "quote"), Look::Dim));
            let named = Bit::new(name.unwrap_or_default(), Look::Strong);
            let mut lines = vec![Line::new(vec![Bit::blank(1), named]).right(said)];
            let title = office(&official.title, official.organization.as_deref());
            for row in rows(&title, columns.saturating_sub(MARGIN), 3) {
                lines.push(Line::new(vec![Bit::blank(MARGIN), Bit::new(row, Look::Dim)]));
            }
            let mut places = official.mentions.clone();
            if places.is_empty() {
                let mentions = found.mentions.iter().filter(|mention| mention.entity == official.entity);
                places.extend(mentions.map(|mention| mention.span).next());
            }
            let number = facts.entries.len();
            facts.order.extend(places.iter().map(|place| (place.start, number)));
            facts.add(Entry { places, ..Entry::default() }, lines);
        }
    }
    facts
}
