//! Which places the names of an article stand for, all of them seen together.
//!
//! `gather` lists the names that may be places with what each may stand for and what the words beside it tell ("Paris,
//! Texas", "in Cottonport"). `context` weighs for each what the other places of the article speak for: their countries,
//! divisions and neighbourhoods. Here the two come together: a name has one sense in an article, unless the words beside
//! it tell another; a small town, or a name that people have too, is believed where the article speaks of the country
//! around it. `inside` does the same for places in the names of streets, counties and bodies.

mod context;
mod gather;
mod home;
mod inside;

use self::context::{Context, Weighed};
use self::gather::Group;
use super::draft::Draft;
use super::entity::scan::{Name, Type};
use super::gazetteer::{Class, Gazetteer, Sense};
use crate::model::{Candidate, InnerPlace, Location, Polity};

/// Rounds in which the names settle: each hears the others as they stood in the round before.
const ROUNDS: usize = 4;
/// How much of the article must be in its country for a name to be taken for a small town there.
const COUNTRY_SHARE: f32 = 0.2;
/// How much must be in its division or near it, if no other word supports the name.
const NEAR_SHARE: f32 = 0.2;

/// Decides what the names that may be places stand for, and turns those that are into known ones; returns the places
/// named inside other names.
pub fn resolve(draft: &Draft<'_>, names: &mut [Name]) -> Vec<InnerPlace> {
    let mut groups = gather::gather(draft, names);
    let mut context = Context::new(draft);
    settle(&mut groups, &mut context);
    // A name that something speaks for joins the others, and speaks for them in turn.
    let mut grown = false;
    for group in groups.iter_mut().filter(|group| !group.firm) {
        group.firm = is_believed(group, &context);
        grown |= group.firm;
    }
    if grown {
        settle(&mut groups, &mut context);
    }
    for group in groups.iter().filter(|group| !group.firm) {
        // What the gazetteer took for a place is none here: the other words of the article tell what it is.
        for spot in group.spots.iter().filter(|spot| !spot.inside) {
            let Some(name) = names.get_mut(spot.name) else { continue };
            if matches!(name.kind, Type::Known { .. }) {
                name.kind = if name.tokens.len() == 1 { Type::Single } else { Type::Several };
            }
        }
    }
    for group in groups.iter().filter(|group| group.firm) {
        let weighed = context.weigh(group);
        for spot in group.spots.iter().filter(|spot| !spot.inside) {
            let told = spot.told.or_else(|| group.told_before(spot.name));
            if told.is_none() && spot.person {
                continue;
            }
            let Some(name) = names.get_mut(spot.name) else { continue };
            let found = match told {
                Some(sense) => Weighed::sure(sense),
                None => weighed.clone(),
            };
            let Some(sense) = found.best() else { continue };
            name.kind = Type::Known {
                kind: spot.kind.unwrap_or(sense.kind),
                polity: sense.polity,
                canonical: spot.whole.clone().unwrap_or_else(|| sense.canonical.to_owned()),
                senses: spot.senses,
                location: location(&found),
            };
        }
    }
    inside::resolve(draft, names, &groups, &context)
}

fn settle(groups: &mut [Group], context: &mut Context) {
    for _ in 0..ROUNDS {
        context.hear(groups);
        for group in groups.iter_mut().filter(|group| group.senses.len() > 1) {
            group.weights = context.weigh(group).likelihoods();
        }
    }
    context.hear(groups);
}

/// Whether a name is a place though it may be a person, a word or nothing known.
fn is_believed(group: &Group, context: &Context) -> bool {
    if group.spots.iter().any(|spot| spot.told.is_some()) {
        return true;
    }
    let Some(best) = context.weigh(group).best() else { return false };
    let (country, near) = context.support(group, &best);
    let cued = group.spots.iter().any(|spot| spot.cued && !spot.person);
    let person = group.spots.iter().any(|spot| spot.person || spot.given);
    // Where nothing else tells of places, a name that one place on earth has is that.
    let only = group.senses.len() == 1 && !best.doubtful && context.is_quiet();
    (cued && (country >= COUNTRY_SHARE || near >= NEAR_SHARE || only))
        || (!person && !best.doubtful && near >= NEAR_SHARE && country >= COUNTRY_SHARE)
}

/// What the reader is told of a place.
fn location(found: &Weighed) -> Option<Location> {
    let best = found.best()?;
    let percent = |likelihood: f32| (likelihood * 100.0).round().clamp(0.0, 100.0) as u8;
    let division = |sense: &Sense| (!sense.division.is_empty()).then(|| sense.division.to_owned());
    let mut others: Vec<(Sense, f32)> = found.others().collect();
    others.sort_by(|a, b| b.1.total_cmp(&a.1));
    let candidates = others.into_iter().filter(|(_, likelihood)| percent(*likelihood) > 0).take(CANDIDATES);
    Some(Location {
        country: best.country(),
        division: division(&best),
        point: best.point,
        confidence: percent(found.confidence()),
        candidates: candidates
            .map(|(sense, likelihood)| Candidate {
                country: sense.country(),
                division: division(&sense),
                point: sense.point,
                confidence: percent(likelihood),
            })
            .collect(),
    })
}

/// More would tell a reader nothing.
const CANDIDATES: usize = 5;

/// Whether a sense is a place on the map.
fn is_place(sense: &Sense) -> bool {
    use Class::{Capital, City, Country, County, Demonym, Division, FormerCountry, Region};
    let place =
        matches!(sense.class, Country | FormerCountry | Capital | Division | County | Region | City | Demonym);
    place && !matches!(sense.polity, Some(Polity::Igo(_)))
}

/// What names may stand for.
fn gazetteer() -> &'static Gazetteer {
    Gazetteer::builtin()
}

#[cfg(test)]
mod tests;
