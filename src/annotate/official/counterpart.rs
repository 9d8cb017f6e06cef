//! "His Russian counterpart Ada Obi": an office told by way of somebody else's.

use std::collections::BTreeSet;

use super::attach::{Claim, Named, name_list};
use super::ground::Ground;
use super::phrase::OfficePhrase;
use crate::model::{EntityIx, EntityKind, Polity};
use crate::text::Span;

/// A person is said to hold the same office as another, elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Counterpart {
    pub person: EntityIx,
    /// Whose counterpart.
    pub of: EntityIx,
    pub polity: Option<Polity>,
    /// The word "counterpart".
    pub span: Span,
    /// Index of its token.
    pub token: usize,
}

/// Every counterpart with a name, in text order.
pub(crate) fn counterparts(ground: &Ground, phrases: &[OfficePhrase], claims: &[Claim]) -> Vec<Counterpart> {
    let mut found: Vec<Counterpart> = Vec::new();
    let mut holders: BTreeSet<EntityIx> = claims
        .iter()
        .filter(|claim| phrases.get(claim.phrase).is_some_and(|phrase| !phrase.title.office.private))
        .map(|claim| claim.person)
        .collect();
    for (at, token) in ground.draft.tokens.iter().enumerate() {
        let end = match &*token.lower {
            "counterpart" | "counterparts" => at + 1,
            "opposite" if ground.is(at + 1, &["number", "numbers"]) => at + 2,
            _ => continue,
        };
        let mut next = end;
        let mut polities = Vec::new();
        // "his counterpart from Benin, Ada Obi", "his counterparts in Benin and Togo"
        if ground.is(next, &["from", "in", "of"]) {
            let mut place = next + 1;
            while ground.is(place, &["the", ",", "and"]) || ground.kind(place) == Some(EntityKind::Gpe) {
                if let Some(polity) = ground.polity(place).filter(|_| ground.name_tokens(place).start == place) {
                    polities.push(polity);
                }
                place += 1;
            }
            if !polities.is_empty() {
                next = place;
                // The comma before the name was taken as part of the list.
                if ground.lower(next - 1) == "," {
                    next -= 1;
                }
            }
        }
        if polities.is_empty() {
            polities = polities_before(ground, at);
        }
        if ground.is(next, &[",", "(", "—", "–", "-"]) {
            next += 1;
        }
        let mut names = name_list(ground, next);
        // One counterpart is one name: "his counterpart Ada Obi and Ben Udo" speaks of two people.
        if token.lower == "counterpart" || &*token.lower == "opposite" && ground.lower(at + 1) == "number" {
            names.truncate(1);
        }
        let Some(of) = whose(ground, &holders, at, &names) else { continue };
        for (index, name) in names.into_iter().enumerate() {
            let polity = name.polity.or_else(|| polities.get(index).copied()).or(match polities.as_slice() {
                [only] => Some(*only),
                _ => None,
            });
            if name.person != of {
                let span = ground.draft.span_of(at..end);
                holders.insert(name.person);
                found.push(Counterpart { person: name.person, of, polity, span, token: at });
            }
        }
    }
    found
}

/// How many tokens away from "counterpart" in a sentence the other holder is looked for.
const MAX_DISTANCE: usize = 120;

/// The countries named by the adjectives before "counterpart": "his Greek, Cypriot and French".
fn polities_before(ground: &Ground, at: usize) -> Vec<Polity> {
    let sentence = ground.sentence(at);
    let mut found = Vec::new();
    let mut next = at;
    while next > sentence.start {
        let before = next - 1;
        if ground.is_place_or_people(before) {
            found.extend(ground.polity(before));
            next = ground.name_tokens(before).start;
        } else if ground.is(before, &[",", "and", "then", "new", "former", "-"]) || ground.is_possessive(before) {
            next = before;
        } else {
            break;
        }
    }
    found.reverse();
    found
}

/// Whose counterpart stands at token `at`: the holder of an office named last before it in the sentence, then the
/// first one of the sentences before.
fn whose(ground: &Ground, holders: &BTreeSet<EntityIx>, at: usize, names: &[Named]) -> Option<EntityIx> {
    let named = |person: EntityIx| names.iter().any(|name| name.person == person);
    let people = |range: std::ops::Range<usize>| {
        range.filter(|token| ground.is_person(*token) && ground.name_tokens(*token).start == *token).filter_map(
            |token| {
                let person = ground.entity(token)?;
                (holders.contains(&person) && !named(person)).then_some(person)
            },
        )
    };
    let sentence = ground.sentence(at);
    if let Some(person) = people(at.saturating_sub(MAX_DISTANCE).max(sentence.start)..at).next_back() {
        return Some(person);
    }
    let index = ground.draft.tokens.get(at)?.sentence;
    for before in (index.saturating_sub(3)..index).rev() {
        let tokens = ground.draft.sentences.get(before)?.tokens.clone();
        let end = tokens.end.min(tokens.start + MAX_DISTANCE);
        if let Some(person) = people(tokens.start..end).next() {
            return Some(person);
        }
    }
    // "meets his counterpart Ben Udo, Foreign Minister Ada Obi said"
    people(at..sentence.end.min(at + MAX_DISTANCE)).next()
}
