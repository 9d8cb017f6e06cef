//! People with public offices, under the countries and organisations they serve.

use std::collections::HashMap;

use super::speakers::office;
use super::{Bit, Facts, Line, Look, Part, Speakers, Subject};
use crate::app::words::{count, country, rows};
use crate::model::{Annotations, Official, Polity, Speaker};
use crate::text::{Clean, Span};
use crate::words;

pub fn facts(found: &Annotations) -> Facts {
    let mut facts = Facts::default();
    // Countries and organisations in the order of their first official; those who serve none that is told come last.
    let mut ranks: HashMap<Option<Polity>, usize> = HashMap::from([(None, usize::MAX)]);
    let mut officials: Vec<(usize, usize)> = Vec::with_capacity(found.officials.len());
    for (number, official) in found.officials.iter().enumerate() {
        let next = ranks.len();
        officials.push((*ranks.entry(official.polity).or_insert(next), number));
    }
    officials.sort_unstable();
    let mut first_mention: HashMap<usize, Span> = HashMap::new();
    for mention in &found.mentions {
        first_mention.entry(mention.entity).or_insert(mention.span);
    }
    let mut group = None;
    for (rank, number) in officials {
        let Some(official) = found.officials.get(number) else { continue };
        if group.replace(rank) != Some(rank) {
            facts.head(Part::Polity(official.polity));
        }
        let mut places = official.mentions.clone();
        if places.is_empty() {
            places.extend(first_mention.get(&official.entity));
        }
        let entry = facts.entries.len();
        facts.order.extend(places.iter().map(|place| (place.start, entry)));
        facts.add(Subject::Official(number), places);
    }
    facts
}

/// The country or organisation that the officials below serve.
pub fn heading(polity: Option<Polity>) -> Line {
    let (name, badge) = match polity {
        Some(Polity::Country(of)) => (country(of), Some(Bit::new(words!("{of}"), Look::Badge))),
        Some(Polity::Igo(igo)) => (words!("{}", igo.0), None),
        None => (Clean::literal("Country not told"), None),
    };
    Line::new(vec![Bit::new(name, Look::Heading)]).right(badge)
}

/// Name, number of statements and office.
pub fn lines(found: &Annotations, speakers: &Speakers, official: &Official, columns: usize) -> Vec<Line> {
    const MARGIN: usize = 3;
    let name = found.entities.get(official.entity).map(|entity| words!("{}", entity.name));
    let said = speakers.statements_by(&Speaker::Entity(official.entity)).len();
    let said = (said > 0).then(|| Bit::new(count(said, "quote"), Look::Dim));
    let named = Bit::new(name.unwrap_or_default(), Look::Strong);
    let mut lines = vec![Line::new(vec![Bit::blank(1), named]).right(said)];
    let title = office(&official.title, official.organization.as_deref());
    for row in rows(&title, columns.saturating_sub(MARGIN), 3) {
        lines.push(Line::new(vec![Bit::blank(MARGIN), Bit::new(row, Look::Dim)]));
    }
    lines
}
