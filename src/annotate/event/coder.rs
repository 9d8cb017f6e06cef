//! From a sentence to the events it tells: every verb and noun that the lexicon knows, with its arguments.

use std::ops::Range;

use super::actors::Actors;
use super::clause::{Clauses, Rank, Subject};
use super::lexicon::EventLexicon;
use super::noun_phrases;
use super::phrase::{Class, Phrases, Shape};
use super::society::Society;
use crate::annotate::draft::Draft;
use crate::model::{EntityKind, Event, EventKind, OtherKind, Participant, Sector, When};
use crate::text::Span;

/// An event told in one sentence, with what selection needs.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// The event; `confidence` is not yet set.
    pub event: Event,
    /// Index of the sentence.
    pub sentence: usize,
    /// How sure the grammar and the lexicon are, 0 to 1.
    pub score: f32,
}

/// Every event of the article, sentence by sentence, and the noun phrases that name actors.
pub fn candidates<'c, 'a>(
    draft: &'c Draft<'a>,
    lexicon: &EventLexicon,
    times: &[When],
    society: &'c Society<'c, 'a>,
) -> (Vec<Candidate>, Vec<Participant>) {
    let mut actors = Actors::new(draft, society);
    let mut found = Vec::new();
    let mut named = Vec::new();
    for (index, sentence) in draft.sentences.iter().enumerate() {
        let phrases = Phrases::new(draft, sentence, lexicon);
        let mut here = noun_phrases::read(draft, &phrases, |phrase| {
            let one = actors.actor(&phrases, &phrase)?;
            let after = draft.token_from(one.span.end);
            let people = one.entity.is_none() && actors.people_in(after..phrase.end);
            Some((one, if people { after } else { phrase.end }))
        });
        actors.share_heads(&mut here);
        named.append(&mut here);
        let clauses = Clauses::new(draft, &phrases, lexicon);
        let mut reader = Reader {
            draft,
            lexicon,
            times,
            phrases: &phrases,
            clauses: &clauses,
            actors: &mut actors,
            sentence: index,
            subjects: vec![None; phrases.groups.len()],
            used: vec![false; phrases.groups.len()],
            used_words: Vec::new(),
        };
        reader.read(&mut found);
    }
    (found, named)
}

/// Reads one sentence.
pub(super) struct Reader<'r, 'c, 'a> {
    pub(super) draft: &'c Draft<'a>,
    pub(super) lexicon: &'r EventLexicon,
    pub(super) times: &'r [When],
    pub(super) phrases: &'r Phrases,
    pub(super) clauses: &'r Clauses<'r>,
    pub(super) actors: &'r mut Actors<'c, 'a>,
    pub(super) sentence: usize,
    pub(super) subjects: Vec<Option<Vec<Participant>>>,
    /// Groups that are part of another event ("to lift" in "refused to lift").
    pub(super) used: Vec<bool>,
    /// Tokens that are part of another event ("talks" in "held talks").
    pub(super) used_words: Vec<usize>,
}

impl Reader<'_, '_, '_> {
    pub(super) fn lower(&self, token: usize) -> &str {
        self.draft.tokens.get(token).map_or("", |token| &token.lower)
    }

    pub(super) fn read(&mut self, found: &mut Vec<Candidate>) {
        let before = found.len();
        for index in 0..self.phrases.groups.len() {
            if !self.used[index]
                && let Some(candidate) = self.verb(index)
            {
                found.push(candidate);
            }
        }
        self.nouns(found);
        if let Some(here) = found.get_mut(before..) {
            self.attribute_harm(here);
        }
        // What the next sentence's pronouns refer to: the subject of the first finite clause.
        let main = (0..self.phrases.groups.len())
            .find(|&g| self.phrases.groups[g].shape == Shape::Finite && self.clauses.ranks[g] == Rank::Main);
        if let Some(main) = main {
            let subject = self.subject(main);
            self.actors.remember(&subject);
        }
    }

    /// "The dam burst, killing nine": deaths and damage in the sentence of a disaster, an accident or a disease come
    /// of it, unless the sentence tells of an attack or names who did it.
    fn attribute_harm(&self, found: &mut [Candidate]) {
        let is_harm = |candidate: &Candidate| {
            let head = self.draft.token_from(candidate.event.trigger.start);
            self.lexicon.verb(self.lower(head)).iter().any(|(lemma, _)| self.lexicon.is("harm", lemma))
        };
        let attacked = found.iter().any(|one| one.event.kind == EventKind::Assault && !is_harm(one));
        let cause = found.iter().filter(|one| {
            matches!(one.event.kind, EventKind::Other(OtherKind::Accident | OtherKind::Disaster | OtherKind::Health))
        });
        let Some(cause) = cause.max_by(|a, b| a.score.total_cmp(&b.score)).map(|one| one.event.kind) else { return };
        if attacked {
            return;
        }
        for harm in found.iter_mut() {
            let nobody = harm.event.actors.iter().all(|one| one.polity.is_none());
            if harm.event.kind == EventKind::Assault && nobody && is_harm(harm) {
                harm.event.kind = cause;
                harm.event.actors.clear();
            }
        }
    }

    /// The participants that are the subject of a group.
    pub(super) fn subject(&mut self, index: usize) -> Vec<Participant> {
        if let Some(Some(known)) = self.subjects.get(index) {
            return known.clone();
        }
        // Set first: a chain of references can then not run in a circle.
        if let Some(slot) = self.subjects.get_mut(index) {
            *slot = Some(Vec::new());
        }
        let found = match self.clauses.subjects.get(index).cloned().unwrap_or(Subject::Absent) {
            Subject::Tokens(range) => {
                let pronoun = range.len() == 1 && self.phrases.class(range.start) == Class::Pronoun;
                let own = if pronoun { self.own_antecedent(index, range.start) } else { None };
                own.unwrap_or_else(|| self.actors.read(self.phrases, &range))
            }
            Subject::SameAs(other) => {
                if self.phrases.groups.get(other).is_some_and(|group| group.passive) && self.is_gerund(index) {
                    self.agent(other)
                } else {
                    self.subject(other)
                }
            }
            Subject::ObjectOf(other) => {
                let start = self.phrases.groups[other].main + 1;
                let end = self.phrases.groups[index].start;
                let start = (start..end)
                    .find(|&k| !matches!(self.phrases.class(k), Class::Preposition | Class::Adverb))
                    .unwrap_or(start);
                let phrase = self.clauses.phrase_from(self.draft, start, end);
                self.actors.read(self.phrases, &phrase)
            }
            Subject::Absent => Vec::new(),
        };
        if let Some(slot) = self.subjects.get_mut(index) {
            *slot = Some(found.clone());
        }
        self.actors.set_context(&found);
        found
    }

    pub(super) fn is_gerund(&self, index: usize) -> bool {
        self.phrases.groups.get(index).is_some_and(|group| group.shape == Shape::Gerund)
    }

    /// "Japan said it had …": the pronoun is the subject of the verb of saying before it.
    pub(super) fn own_antecedent(&mut self, index: usize, token: usize) -> Option<Vec<Participant>> {
        if !matches!(self.lower(token), "he" | "she" | "it" | "they") {
            return None;
        }
        let saying = (0..index).rev().find(|&g| {
            self.phrases.groups[g].is_in(self.lexicon, "say") && self.phrases.groups[g].shape == Shape::Finite
        })?;
        let subject = self.subject(saying);
        let person = |one: &Participant| {
            one.entity.and_then(|entity| self.draft.entity(entity)).is_some_and(|e| e.kind == EntityKind::Person)
        };
        let fits = match self.lower(token) {
            "he" | "she" => subject.first().is_some_and(person),
            "it" => !subject.first().is_some_and(person),
            _ => true,
        };
        (fits && !subject.is_empty()).then_some(subject)
    }

    /// Who does it in a passive clause.
    pub(super) fn agent(&mut self, index: usize) -> Vec<Participant> {
        let right = self.clauses.right(self.draft, index);
        match self.clauses.after_preposition(self.draft, &right, "by") {
            Some((_, phrase)) => self.actors.read(self.phrases, &phrase),
            None => Vec::new(),
        }
    }

    /// The tokens of the subject phrase itself, where it stands in this sentence.
    pub(super) fn subject_tokens(&self, index: usize) -> Range<usize> {
        let mut at = index;
        for _ in 0..4 {
            match self.clauses.subjects.get(at) {
                Some(Subject::Tokens(range)) => return range.clone(),
                Some(Subject::SameAs(other)) => at = *other,
                _ => break,
            }
        }
        0..0
    }

    /// Whether a noun phrase is headed by a word for what happens: "the metro explosion".
    fn is_happening(&self, phrase: Span) -> bool {
        let tokens = self.draft.tokens_in(phrase);
        let head =
            tokens.clone().skip(1).find(|&k| self.phrases.class(k) == Class::Preposition).unwrap_or(tokens.end);
        let head = head.checked_sub(1).map_or("", |head| self.lower(head));
        self.lexicon.noun_patterns(head).iter().any(|pattern| {
            matches!(pattern.kind, EventKind::Assault | EventKind::Other(OtherKind::Accident | OtherKind::Disaster))
        })
    }

    pub(super) fn candidate(
        &mut self,
        kind: EventKind,
        trigger: Span,
        actors: Vec<Participant>,
        recipients: Vec<Participant>,
        clause: Range<usize>,
        score: f32,
    ) -> Candidate {
        let place = self.place(kind, &clause, trigger, &actors);
        let when = self.when(trigger);
        let (mut actors, mut recipients) = (actors, recipients);
        // "The explosion killed 14": nobody did it, as far as the text tells. A quake has no doer at all.
        let natural = matches!(kind, EventKind::Other(OtherKind::Disaster | OtherKind::Accident | OtherKind::Health));
        if natural || kind == EventKind::Assault {
            actors.retain(|one| one.entity.is_some() || !natural && !self.is_happening(one.span));
        }
        // Those who are attacked, arrested or helped without being named belong to where it happens.
        if matches!(kind, EventKind::Assault | EventKind::Coerce | EventKind::Aid)
            && let Some(country) = place.as_ref().and_then(|place| place.country)
        {
            for one in recipients.iter_mut().filter(|one| one.entity.is_none() && one.polity.is_none()) {
                one.polity = Some(country.into());
            }
        }
        let here = place.as_ref().filter(|place| place.country.is_some()).map(|place| Participant {
            span: place.span,
            text: place.text.clone(),
            entity: self.draft.mention_at(place.span.start).map(|mention| mention.entity),
            polity: place.country.map(Into::into),
            sector: Some(Sector::Civilians),
        });
        // Who arrests and bans without being named are the authorities of the place; what people protest against, or
        // are barred from, likewise.
        let authorities = matches!(kind, EventKind::Coerce | EventKind::Other(OtherKind::Legal));
        if authorities && actors.is_empty() && !recipients.is_empty() {
            actors.extend(here.clone().filter(|here| !recipients.iter().any(|one| one.span == here.span)));
        }
        let unknown = !recipients.iter().any(|one| one.polity.is_some());
        if matches!(kind, EventKind::Coerce | EventKind::Protest)
            && unknown
            && !actors.is_empty()
            && let Some(here) = here.filter(|here| !actors.iter().any(|one| one.span.overlaps(here.span)))
        {
            recipients = vec![here];
        }
        let recipients =
            recipients.into_iter().filter(|one| !actors.iter().any(|actor| actor.span == one.span)).collect();
        Candidate {
            event: Event { actors, recipients, place, when, ..Event::new(kind, trigger) },
            sentence: self.sentence,
            score,
        }
    }
}
