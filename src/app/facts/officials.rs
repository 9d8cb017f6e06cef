//! People with public offices, under the countries and organisations they serve.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::office::{Standing, office};
use super::quotes::by;
use super::{Bit, Facts, Line, Look, Part, Speakers, Subject};
use crate::app::words::{country, rows};
use crate::model::{Annotations, EntityIx, MentionKind, Official, Polity, Speaker, Subject as Finding};
use crate::text::{Clean, Span};
use crate::words;

/// Columns before what stands under a name.
const MARGIN: usize = 3;

/// Those with most officials first, then those the article is more about, then those named first; officials who serve none
/// that is told come last.
pub fn facts(found: &Annotations, speakers: &Speakers) -> Facts {
    let mut facts = Facts::default();
    let mut groups: Vec<(Option<Polity>, Vec<usize>)> = Vec::new();
    let mut numbers: HashMap<Option<Polity>, usize> = HashMap::new();
    for (number, official) in found.officials.iter().enumerate() {
        let next = groups.len();
        match groups.get_mut(*numbers.entry(official.polity).or_insert(next)) {
            Some((_, members)) => members.push(number),
            None => groups.push((official.polity, vec![number])),
        }
    }
    let central = |polity: Option<Polity>| {
        let country = polity.and_then(Polity::country);
        found.countries.about.iter().position(|about| Some(*about) == country).unwrap_or(usize::MAX)
    };
    groups.sort_by_key(|(polity, members)| (polity.is_none(), Reverse(members.len()), central(*polity)));
    let mut named: HashMap<EntityIx, Vec<Span>> = HashMap::new();
    for mention in found.mentions.iter().filter(|mention| mention.kind == MentionKind::Name) {
        named.entry(mention.entity).or_default().push(mention.span);
    }
    for (polity, members) in groups {
        facts.head(Part::Polity(polity));
        for number in members {
            let Some(official) = found.officials.get(number) else { continue };
            let names = named.get(&official.entity).map_or(&[][..], Vec::as_slice);
            add(&mut facts, found, speakers, (number, official), names);
        }
    }
    facts
}

/// An official: a line that leads through the words that name the office and the person, one through what was said.
fn add(
    facts: &mut Facts,
    found: &Annotations,
    speakers: &Speakers,
    (number, official): (usize, &Official),
    names: &[Span],
) {
    let entry = facts.entries.len();
    let mut places = official.mentions.clone();
    let stated = if places.is_empty() { &names[..names.len().min(1)] } else { &places };
    facts.order.extend(stated.iter().map(|place| (place.start, entry)));
    places.extend(names);
    facts.add(Subject::Official(number), places);
    if let Some(group) = speakers.group_by(&Speaker::Entity(official.entity)) {
        let all = group.all();
        let said = all.iter().filter_map(|statement| found.quotations.get(*statement));
        facts.add(Subject::Said(number), said.map(|quotation| quotation.extent()).collect());
    }
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

/// Name and office.
pub fn lines(found: &Annotations, official: &Official, columns: usize) -> Vec<Line> {
    let standing = Standing::of(&official.title);
    let name = found.entities.get(official.entity).map(|entity| words!("{}", entity.name)).unwrap_or_default();
    let room = standing.mark.map_or(1, |mark| mark.len() + 2);
    let name = rows(&name, columns.saturating_sub(room), 2).into_iter();
    let mut lines: Vec<Line> = name.map(|row| Line::new(vec![Bit::blank(1), Bit::new(row, Look::Strong)])).collect();
    if let Some(first) = lines.first_mut() {
        first.right = standing.mark.map(|mark| Bit::new(Clean::literal(mark), Look::Kind));
    }
    let title = office(&standing.title, official.organization.as_deref());
    let corrected = found.corrected(Finding::Entity(official.entity));
    let corrected = corrected.map(|corrected| words!("✎ country corrected{}", by(corrected)));
    let told = rows(&title, columns.saturating_sub(MARGIN), 3).into_iter();
    let corrected = corrected.iter().flat_map(|words| rows(words, columns.saturating_sub(MARGIN), 1));
    for row in told.chain(corrected) {
        lines.push(Line::new(vec![Bit::blank(MARGIN), Bit::new(row, Look::Dim)]));
    }
    lines
}

/// How much an official said.
pub fn said(speakers: &Speakers, official: &Official, columns: usize) -> Vec<Line> {
    let Some(group) = speakers.group_by(&Speaker::Entity(official.entity)) else { return Vec::new() };
    let counts = rows(&group.counts(), columns.saturating_sub(MARGIN), 1);
    counts.into_iter().map(|counts| Line::new(vec![Bit::blank(MARGIN), Bit::new(counts, Look::Text)])).collect()
}
