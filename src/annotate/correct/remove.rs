//! Taking findings away: others refer to them by number.

use std::collections::BTreeSet;

use crate::model::{Annotations, MentionKind, Participant, Quotation, Speaker, Subject};
use crate::text::Span;

/// What is to be taken away.
#[derive(Debug, Default)]
pub(super) struct Removal {
    /// Quotations by number.
    pub quotations: BTreeSet<usize>,
    /// Events by number.
    pub events: BTreeSet<usize>,
    /// Words that are no names.
    pub names: BTreeSet<Span>,
}

impl Removal {
    /// Takes it away; whatever referred to it by number refers to nothing.
    pub fn run(&self, found: &mut Annotations, text: &str) {
        if !self.names.is_empty() {
            self.names(found, text);
        }
        let mut number = 0;
        found.events.retain(|_| {
            number += 1;
            !self.events.contains(&(number - 1))
        });
        if !self.quotations.is_empty() {
            self.quotations(found);
        }
    }

    fn quotations(&self, found: &mut Annotations) {
        let kept = renumbered(found.quotations.len(), |number| !self.quotations.contains(&number));
        let mut number = 0;
        let mut gone: Vec<Span> = Vec::new();
        found.quotations.retain(|quotation| {
            number += 1;
            let keep = !self.quotations.contains(&(number - 1));
            if !keep {
                gone.extend(&quotation.quoted);
            }
            keep
        });
        for quotation in &mut found.quotations {
            quotation.within = quotation.within.and_then(|outer| kept[outer]);
        }
        // Words between marks that quote nobody.
        let quoted: BTreeSet<Span> =
            found.quotations.iter().flat_map(|quotation| &quotation.quoted).copied().collect();
        found.non_quotations.extend(gone.into_iter().filter(|span| !quoted.contains(span)));
        found.non_quotations.sort();
        found.non_quotations.dedup();
        for corrected in &mut found.corrections {
            if let Subject::Quotation(number) = corrected.of {
                corrected.of = kept.get(number).copied().flatten().map_or(Subject::Gone, Subject::Quotation);
            }
        }
    }

    fn names(&self, found: &mut Annotations, text: &str) {
        let had: BTreeSet<usize> = found.mentions.iter().map(|mention| mention.entity).collect();
        found.mentions.retain(|mention| !self.names.contains(&mention.span));
        found.inner_places.retain(|inner| !self.names.iter().any(|name| name.covers(inner.span)));
        let names = found.mentions.iter().filter(|mention| mention.kind == MentionKind::Name);
        let named: BTreeSet<usize> = names.map(|mention| mention.entity).collect();
        // Who is named nowhere any more is nobody; whom a person named as a speaker was not named before either.
        let kept = renumbered(found.entities.len(), |number| named.contains(&number) || !had.contains(&number));
        found.mentions.retain_mut(|mention| match kept[mention.entity] {
            Some(number) => {
                mention.entity = number;
                true
            }
            None => false,
        });
        let mut number = 0;
        found.entities.retain(|_| {
            number += 1;
            kept[number - 1].is_some()
        });
        found.officials.retain_mut(|official| match kept[official.entity] {
            Some(number) => {
                official.entity = number;
                true
            }
            None => false,
        });
        for quotation in &mut found.quotations {
            if let Speaker::Entity(number) = quotation.speaker {
                quotation.speaker = kept[number].map_or_else(|| unnamed(quotation, text), Speaker::Entity);
            }
        }
        let renumber = |one: &mut Participant| {
            if let Some(number) = one.entity {
                one.entity = kept[number];
                // A country that came with the name goes with it.
                one.polity = one.polity.filter(|_| one.entity.is_some());
            }
        };
        found.actors.iter_mut().for_each(renumber);
        for event in &mut found.events {
            event.actors.iter_mut().chain(&mut event.recipients).for_each(renumber);
            event.place.take_if(|place| self.names.iter().any(|name| name.overlaps(place.span)));
        }
        for corrected in &mut found.corrections {
            if let Subject::Entity(number) = corrected.of {
                corrected.of = kept.get(number).copied().flatten().map_or(Subject::Gone, Subject::Entity);
            }
        }
    }
}

/// Whoever speaks is what the text calls them, which is no name.
fn unnamed(quotation: &Quotation, text: &str) -> Speaker {
    quotation.source.map_or(Speaker::Unknown, |source| Speaker::Unnamed(source.of(text).to_owned()))
}

/// The number that each of `count` findings has once those that are not kept are gone.
fn renumbered(count: usize, is_kept: impl Fn(usize) -> bool) -> Vec<Option<usize>> {
    let mut next = 0;
    (0..count)
        .map(|number| {
            is_kept(number).then(|| {
                next += 1;
                next - 1
            })
        })
        .collect()
}
