//! Places named inside other names: "Guernsey County", "Windsor Castle", "Texas Forest Service".

use std::collections::BTreeMap;
use std::ops::Range;

use foldhash::HashMap;

use super::context::{Context, Weighed};
use super::gather::Group;
use super::{gazetteer, location};
use crate::annotate::draft::{Draft, TokenKind};
use crate::annotate::entity::scan::{Name, Type};
use crate::annotate::entity::words::fold;
use crate::annotate::gazetteer::{Class, Senses};
use crate::model::{Country, EntityKind, InnerPlace, Location, Polity};

/// How likely a thing is where the words beside its name tell.
const TOLD: f32 = 0.95;
/// Words between a people and what is theirs: "Mongolian mining town of".
const NOUNS: usize = 4;
/// How likely a thing without a place of its own is in the country of the place that stands beside it.
const BESIDE: f32 = 0.6;
/// So much of the article must be in a country for a street with its name to be there.
const THERE: f32 = 0.15;
/// So much of the article must be in a country for a thing without a place of its own to be there.
const MAIN: f32 = 0.5;

/// Gives streets, parks and counties the country of the place in their name, where the article speaks of it, else that of
/// the article; and tells what bodies are named after.
pub fn resolve(draft: &Draft<'_>, names: &mut [Name], groups: &[Group], context: &Context) -> Vec<InnerPlace> {
    let inside = Inside { draft, context, spots: spots(names), known: known(groups, context) };
    let mut inner = Vec::new();
    for name in names.iter_mut() {
        let kind = match name.kind {
            Type::Shaped(kind) => kind,
            _ => continue,
        };
        let found = inside.places(&name.tokens);
        match kind {
            EntityKind::Gpe | EntityKind::Loc | EntityKind::Fac => {
                name.kind = inside.thing(&name.tokens, kind, found.first());
            }
            _ => {
                inner.extend(found.into_iter().filter_map(|(tokens, weighed)| {
                    let location = location(&weighed).filter(|location| location.country.is_some())?;
                    Some(InnerPlace { span: draft.span_of(tokens), location })
                }));
            }
        }
    }
    inner
}

/// The names that are places, with what they stand for.
fn known(groups: &[Group], context: &Context) -> HashMap<String, Weighed> {
    let mut known = HashMap::default();
    for group in groups.iter().filter(|group| group.firm) {
        let weighed = match group.told_before(0) {
            Some(sense) => Weighed::sure(sense),
            None => context.weigh(group),
        };
        known.insert(group.key.clone(), weighed);
    }
    known
}

fn spots(names: &[Name]) -> BTreeMap<usize, Country> {
    let country = |name: &Name| match &name.kind {
        Type::Known { kind: EntityKind::Gpe | EntityKind::Loc, polity, .. } => polity.and_then(Polity::country),
        _ => None,
    };
    names.iter().filter_map(|name| Some((name.tokens.start, country(name)?))).collect()
}

struct Inside<'a> {
    draft: &'a Draft<'a>,
    context: &'a Context,
    /// The countries of the places named, by their first token.
    spots: BTreeMap<usize, Country>,
    known: HashMap<String, Weighed>,
}

impl Inside<'_> {
    /// The places that `name` names inside, with their tokens.
    fn places(&self, name: &Range<usize>) -> Vec<(Range<usize>, Weighed)> {
        let mut found = Vec::new();
        let mut at = name.start;
        while at < name.end {
            let place = gazetteer().longest(&self.draft.tokens, at).filter(|place| at + place.tokens <= name.end);
            let Some(place) = place else {
                // A small town that the article names elsewhere.
                let word = fold(self.draft.tokens[at].text);
                if let Some(weighed) = self.known.get(&word) {
                    found.push((at..at + 1, weighed.clone()));
                }
                at += 1;
                continue;
            };
            let tokens = at..at + place.tokens;
            at = tokens.end;
            let text = fold(self.draft.span_of(tokens.clone()).of(self.draft.text));
            found.extend(self.known.get(&text).map(|known| (tokens, known.clone())));
        }
        found
    }

    /// "the Mongolian city of Darkhan", "Darkhan, Mongolia": the country that the words beside the name tell.
    fn told(&self, name: &Range<usize>) -> Option<(Country, f32)> {
        let tokens = &self.draft.tokens;
        let sentence = self.draft.sentences.get(tokens.get(name.start)?.sentence)?;
        let of_class = |at: usize, class: Class| {
            let found = gazetteer().longest(tokens, at)?;
            found.senses.iter().find(|sense| sense.class == class).and_then(|sense| sense.country())
        };
        // Back over "of" and the common nouns for what it is.
        let plain = |at: &usize| tokens[*at].kind == TokenKind::Word && !tokens[*at].is_capitalised();
        let nouns = (sentence.tokens.start..name.start).rev().take(NOUNS).take_while(plain).count();
        let before = (name.start - nouns).checked_sub(1).filter(|at| nouns > 0 && *at >= sentence.tokens.start);
        let people = before.filter(|_| tokens[name.start - nouns].lower != "of");
        let people = people.and_then(|at| of_class(at, Class::Demonym));
        let after = || {
            let comma = tokens.get(name.end).is_some_and(|token| token.text == ",");
            let next = comma.then_some(name.end + 1).filter(|next| *next < sentence.tokens.end)?;
            of_class(next, Class::Country)
        };
        Some((people.or_else(after)?, TOLD))
    }

    /// The country of the nearest place in the sentence, and how likely a thing in it is there.
    fn beside(&self, name: &Range<usize>) -> Option<(Country, f32)> {
        let sentence = self.draft.sentences.get(self.draft.tokens.get(name.start)?.sentence)?;
        let before = self.spots.range(sentence.tokens.start..name.start).next_back();
        let after = self.spots.range(name.end..sentence.tokens.end).next();
        let far = |place: &(&usize, &Country)| {
            if *place.0 < name.start { name.start - place.0 } else { place.0 - name.end }
        };
        let nearest = before.into_iter().chain(after).min_by_key(far)?;
        Some((*nearest.1, BESIDE))
    }

    /// "Moscow" in "Moscow's Red Square".
    fn owner(&self, at: usize) -> Option<Weighed> {
        let end = at.checked_sub(1).filter(|&ending| self.draft.tokens[ending].kind == TokenKind::Possessive)?;
        let places = self.places(&(end.saturating_sub(4)..end));
        places.into_iter().find(|(tokens, _)| tokens.end == end).map(|(_, weighed)| weighed)
    }

    /// A street, park, river or county with what its name and the article tell of where it is.
    fn thing(&self, name: &Range<usize>, kind: EntityKind, inner: Option<&(Range<usize>, Weighed)>) -> Type {
        let canonical =
            self.draft.span_of(name.clone()).of(self.draft.text).split_whitespace().collect::<Vec<_>>().join(" ");
        let main = self.context.main().filter(|(_, share)| *share >= MAIN);
        let owner = || self.owner(name.start);
        let inner = inner.map(|(_, weighed)| weighed.clone()).or_else(owner);
        let own = inner.as_ref().and_then(|weighed| Some((weighed, weighed.best()?)));
        // "Frenchmen Street" in New Orleans is not in France.
        let own = own.filter(|(_, sense)| {
            let there = sense.country().is_some_and(|country| self.context.share(country) >= THERE);
            there || (main.is_none() && sense.class != Class::Demonym)
        });
        let (polity, location) = match own {
            Some((weighed, sense)) => (sense.polity, location(weighed)),
            None => {
                self.told(name).or_else(|| self.beside(name)).or(main).map_or((None, None), |(country, share)| {
                    let location = Location {
                        country: Some(country),
                        division: None,
                        point: None,
                        confidence: (share * 100.0).round() as u8,
                        candidates: Vec::new(),
                    };
                    (Some(Polity::Country(country)), Some(location))
                })
            }
        };
        Type::Known { kind, polity, canonical, senses: Senses::default(), location }
    }
}
