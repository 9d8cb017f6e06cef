//! What people set right, in the findings of the annotator: whatever was found anew stays corrected.
//!
//! The annotator's own findings are kept as they are; this makes of them, whenever they are looked at, those that are shown,
//! searched and exported. A correction acts on the finding whose words it was noted at, so that it holds for other findings of
//! another engine too, and on none if that engine does not have it.

mod remove;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use self::remove::Removal;
use super::country;
use super::draft::Draft;
use crate::model::{
    Annotations, Article, Attachment, Corrected, Correction, Entity, EntityIx, EntityKind, Mention, MentionKind,
    Note, Polity, Quotation, Resolution, Speaker, Subject, Who,
};
use crate::text::{Clean, Span};

/// A note that sets something right.
#[derive(Debug, Clone)]
pub struct Ordered<'a> {
    /// What, at which words as they were noted, and who says so.
    pub note: &'a Note,
    /// Where its words stand in the article's text; those that are not there any more left out.
    pub spans: Vec<Span>,
}

/// The findings in an article as people have corrected them, the later of `own` corrections above the earlier ones. `never` are
/// the notes, on whatever article, that say that words are no name in any; they go first. A correction whose words are gone, or
/// that is about nothing that was found, changes nothing.
pub fn corrected(article: &Article, found: &Annotations, never: &[Note], own: &[Ordered<'_>]) -> Annotations {
    let mut bench =
        Bench { text: &article.doc.text, found: found.clone(), removal: Removal::default(), named: BTreeSet::new() };
    for note in never {
        bench.correct(&Correction::NeverName, &Ordered { note, spans: Vec::new() });
    }
    for ordered in own {
        if let Some(correction) = ordered.note.correction.as_ref().filter(|one| **one != Correction::NeverName) {
            bench.correct(correction, ordered);
        }
    }
    let Bench { mut found, removal, .. } = bench;
    removal.run(&mut found, &article.doc.text);
    let names = |one: &Corrected| {
        matches!(one.correction, Correction::Country(_) | Correction::NoName | Correction::NeverName)
    };
    if found.corrections.iter().any(names) {
        recount(article, &mut found);
    }
    found
}

struct Bench<'a> {
    text: &'a str,
    found: Annotations,
    removal: Removal,
    /// The quotations whose speaker was named, not only that of the words before them.
    named: BTreeSet<usize>,
}

impl Bench<'_> {
    fn correct(&mut self, correction: &Correction, ordered: &Ordered<'_>) {
        let spans = &ordered.spans;
        match correction {
            Correction::Speaker(name) => self.speaker(name.as_ref(), ordered),
            Correction::NoQuotation => {
                for number in quotations_at(&self.found, spans) {
                    let before = told(&self.found, number);
                    self.removal.quotations.insert(number);
                    self.note(ordered, self.found.quotations[number].extent(), Subject::Quotation(number), before);
                }
            }
            Correction::Country(polity) => self.country(*polity, ordered),
            Correction::NoEvent => {
                let events = self.found.events.iter().enumerate();
                let gone: Vec<(usize, Span, String)> = events
                    .filter(|(_, event)| spans.iter().any(|span| span.overlaps(event.trigger)))
                    .map(|(number, event)| (number, event.trigger, event.kind.code().to_owned()))
                    .collect();
                for (number, trigger, code) in gone {
                    self.removal.events.insert(number);
                    self.note(ordered, trigger, Subject::Gone, Some(code));
                }
            }
            Correction::NoName => {
                for span in spans.clone() {
                    let words = span.of(self.text).to_owned();
                    self.no_name(&words, ordered);
                }
            }
            Correction::NeverName => {
                let quotes: BTreeSet<String> =
                    ordered.note.quotes.iter().map(|quote| quote.exact.trim().to_owned()).collect();
                for words in quotes {
                    self.no_name(&words, ordered);
                }
            }
        }
    }

    /// Keeps that something was set right.
    fn note(&mut self, ordered: &Ordered<'_>, span: Span, of: Subject, before: Option<String>) {
        let note = ordered.note;
        let Some(correction) = note.correction.clone() else { return };
        let by = note.creator.as_ref().map(|creator| creator.name.clone());
        self.found.corrections.push(Corrected {
            correction,
            note: note.id.clone(),
            by,
            when: note.created,
            span,
            of,
            before,
        });
    }

    fn speaker(&mut self, name: Option<&Clean>, ordered: &Ordered<'_>) {
        let numbers = quotations_at(&self.found, &ordered.spans);
        for number in &numbers {
            let speaker = match name {
                Some(name) => Speaker::Entity(named(&mut self.found, name, self.text)),
                None => Speaker::Unknown,
            };
            let before = told(&self.found, *number);
            let old = std::mem::replace(&mut self.found.quotations[*number].speaker, speaker.clone());
            self.found.quotations[*number].confidence = 1.0;
            self.note(ordered, self.found.quotations[*number].extent(), Subject::Quotation(*number), before);
            // Words that only go on have the speaker of those before them.
            self.named.insert(*number);
            let goes_on = |(next, one): &(usize, &Quotation)| !self.named.contains(next) && goes_on(one, &old);
            let next = self.found.quotations.iter().enumerate().skip(number + 1).take_while(goes_on).count();
            for next in number + 1..=number + next {
                let before = told(&self.found, next);
                self.found.quotations[next].speaker = speaker.clone();
                self.note(ordered, self.found.quotations[next].extent(), Subject::Quotation(next), before);
            }
        }
    }

    fn country(&mut self, polity: Option<Polity>, ordered: &Ordered<'_>) {
        let at = |mention: &&Mention| ordered.spans.iter().any(|span| span.overlaps(mention.span));
        let mentions: Vec<Mention> = self.found.mentions.iter().filter(at).copied().collect();
        let mut done = BTreeSet::new();
        for mention in mentions {
            if !done.insert(mention.entity) {
                continue;
            }
            let Some(entity) = self.found.entities.get(mention.entity) else { continue };
            let before = belongs(&self.found, entity, mention.entity).map(|polity| polity.code().to_owned());
            self.note(ordered, mention.span, Subject::Entity(mention.entity), before);
            move_to(&mut self.found, mention.entity, polity);
        }
    }

    /// Takes these words out of the names of the article.
    fn no_name(&mut self, words: &str, ordered: &Ordered<'_>) {
        let named = |entity: EntityIx| self.found.entities.get(entity).is_some_and(|entity| entity.name == words);
        // Whoever has these words for a name has no name: "Obi" alone is none either where "Ada Obi" is none.
        let is_it = |mention: &&Mention| {
            mention.kind == MentionKind::Name && (mention.span.of(self.text) == words || named(mention.entity))
        };
        let spans: Vec<Span> = self.found.mentions.iter().filter(is_it).map(|mention| mention.span).collect();
        if let Some(first) = spans.first().copied() {
            self.removal.names.extend(spans);
            self.note(ordered, first, Subject::Gone, Some(words.to_owned()));
        }
    }
}

/// Whether a quotation was given to `speaker` because that is who spoke before.
fn goes_on(quotation: &Quotation, speaker: &Speaker) -> bool {
    let evidence = quotation.evidence;
    *speaker != Speaker::Unknown
        && quotation.speaker == *speaker
        && quotation.source.is_none()
        && (evidence.resolution == Resolution::Context
            || matches!(evidence.attachment, Attachment::CarriedOn | Attachment::Continued))
}

/// Who is thought to speak.
fn told(found: &Annotations, number: usize) -> Option<String> {
    Who::of(found.quotations.get(number)?, found).name.map(str::to_owned)
}

/// The quotations, by number, that the words at `spans` are: those that mostly stand there; else the one that
/// does most, if a good part of it.
fn quotations_at(found: &Annotations, spans: &[Span]) -> Vec<usize> {
    let inside = |quotation: &Quotation| -> usize {
        let pairs = quotation.content.iter().flat_map(|part| spans.iter().map(move |span| (part, span)));
        pairs.map(|(part, span)| part.end.min(span.end).saturating_sub(part.start.max(span.start))).sum()
    };
    let length = |quotation: &Quotation| -> usize { quotation.content.iter().map(|part| part.len()).sum() };
    let shares: Vec<(usize, usize, usize)> = found
        .quotations
        .iter()
        .enumerate()
        .map(|(number, quotation)| (number, inside(quotation), length(quotation)))
        .filter(|(_, inside, _)| *inside > 0)
        .collect();
    // What somebody says in another's words is not those words.
    let whole: Vec<usize> = shares
        .iter()
        .filter(|(number, inside, length)| {
            2 * inside > *length
                && !found.quotations[*number].within.is_some_and(|outer| {
                    shares.iter().any(|(other, inside, length)| *other == outer && 2 * inside > *length)
                })
        })
        .map(|(number, _, _)| *number)
        .collect();
    if !whole.is_empty() {
        return whole;
    }
    // Another engine may see more words in it; of a few words nobody knows which quotation was meant.
    let most = shares.iter().max_by_key(|(_, inside, _)| *inside).filter(|(_, inside, length)| 3 * inside >= *length);
    most.map(|(number, _, _)| *number).into_iter().collect()
}

/// Who has this name among those of the article: by the whole name, by one of the names that the text has for them, by the end
/// of one name only; else somebody new.
fn named(found: &mut Annotations, name: &str, text: &str) -> EntityIx {
    let speaks = |entity: &Entity| matches!(entity.kind, EntityKind::Person | EntityKind::Org);
    let same = |one: &str| one.to_lowercase() == name.to_lowercase();
    let by_name = found.entities.iter().position(|entity| speaks(entity) && same(&entity.name));
    let by_mention = || {
        let is_it = |mention: &&Mention| mention.kind == MentionKind::Name && same(mention.span.of(text));
        found.mentions.iter().find(is_it).map(|mention| mention.entity)
    };
    let by_end = || {
        let ends = |entity: &Entity| entity.name.to_lowercase().ends_with(&format!(" {}", name.to_lowercase()));
        let mut all =
            (0..found.entities.len()).filter(|ix| speaks(&found.entities[*ix]) && ends(&found.entities[*ix]));
        all.next().filter(|_| all.next().is_none())
    };
    by_name.or_else(by_mention).or_else(by_end).unwrap_or_else(|| {
        found.entities.push(Entity {
            kind: EntityKind::Person,
            name: name.to_owned(),
            polity: None,
            location: None,
            gender: None,
        });
        found.entities.len() - 1
    })
}

/// Where an entity belongs or lies.
fn belongs(found: &Annotations, entity: &Entity, index: EntityIx) -> Option<Polity> {
    let office = found.officials.iter().find(|official| official.entity == index);
    let located = entity.location.as_ref().and_then(|location| location.country).map(Polity::from);
    located.or(entity.polity).or(office.and_then(|office| office.polity))
}

/// Lets an entity belong to, or lie in, another country: wherever it acts, holds an office or is the scene.
fn move_to(found: &mut Annotations, index: EntityIx, polity: Option<Polity>) {
    let country = polity.and_then(Polity::country);
    let Some(entity) = found.entities.get_mut(index) else { return };
    entity.polity = polity;
    if let Some(location) = entity.location.as_mut().filter(|location| location.country != country) {
        // Which of the towns of this name it is in the other country, the correction does not tell.
        let there = location.candidates.iter().find(|other| other.country == country).cloned();
        location.country = country;
        location.division = there.as_ref().and_then(|other| other.division.clone());
        location.point = there.and_then(|other| other.point);
        location.confidence = 100;
    }
    for official in found.officials.iter_mut().filter(|official| official.entity == index) {
        official.polity = polity;
    }
    let spans: Vec<Span> =
        found.mentions.iter().filter(|mention| mention.entity == index).map(|mention| mention.span).collect();
    let sides = found.events.iter_mut().flat_map(|event| event.actors.iter_mut().chain(&mut event.recipients));
    for one in found.actors.iter_mut().chain(sides).filter(|one| one.entity == Some(index)) {
        one.polity = polity;
    }
    for place in found.events.iter_mut().filter_map(|event| event.place.as_mut()) {
        if spans.iter().any(|span| span.overlaps(place.span)) {
            place.country = country;
        }
    }
}

/// Tells anew which countries the article names and is about.
fn recount(article: &Article, found: &mut Annotations) {
    let mut draft = Draft::new(article);
    draft.entities.clone_from(&found.entities);
    draft.mentions = found.mentions.iter().filter(|mention| mention.kind == MentionKind::Name).copied().collect();
    draft.inner_places.clone_from(&found.inner_places);
    draft.officials.clone_from(&found.officials);
    draft.quotations.clone_from(&found.quotations);
    draft.events.clone_from(&found.events);
    found.countries = country::profile(&draft);
}
