//! The other side, the place and the time of an event.

use std::ops::Range;

use super::clause::Rank;
use super::coder::Reader;
use super::matching::Match;
use super::phrase::{Class, Phrases, Shape, VerbGroup};
use crate::model::{EntityKind, EventKind, Mention, OtherKind, Participant, Place, When};
use crate::text::Span;

/// Tokens of a sentence up to which a time stands in front: "Late on Monday, …".
const FRONT: usize = 4;

impl<'r> Reader<'r, '_, '_> {
    /// The other side of a verb's event.
    pub(super) fn recipients(
        &mut self,
        fit: &Match<'_>,
        right: &Range<usize>,
        passive_subject: Option<&[Participant]>,
        actors: &[Participant],
    ) -> Vec<Participant> {
        let mut bare: Vec<Participant> = Vec::new();
        let mut start = fit.adjacent + 1;
        // The preposition of the pattern itself comes first: "agreed to mediation by …" before "with …".
        let own = self.lower(fit.last).to_owned();
        let mut slots: Vec<&String> = fit.pattern.recipients.iter().collect();
        slots.sort_by_key(|slot| **slot != own);
        for slot in slots {
            let phrase = match slot.as_str() {
                "-" => continue,
                // In the passive "by" has the doer.
                "by" if passive_subject.is_some() => continue,
                "obj" => {
                    if let Some(subject) = passive_subject {
                        if fit.object.is_none() && !subject.is_empty() {
                            if subject.iter().any(|one| one.polity.is_some()) {
                                return subject.to_vec();
                            }
                            bare = if bare.is_empty() { subject.to_vec() } else { bare };
                        }
                        continue;
                    }
                    while start < right.end && matches!(self.phrases.class(start), Class::Adverb | Class::Quote) {
                        start += 1;
                    }
                    if start >= right.end
                        || matches!(self.phrases.class(start), Class::Preposition | Class::To | Class::Comma)
                        || self.phrases.group_of(start).is_some()
                    {
                        continue;
                    }
                    self.clauses.phrase_from(self.draft, start, right.end)
                }
                "that" => {
                    let Some(that) = right.clone().take(6).find(|&k| self.lower(k) == "that") else { continue };
                    self.clauses.phrase_from(self.draft, that + 1, right.end)
                }
                preposition if fit.last > 0 && self.lower(fit.last) == preposition => {
                    self.clauses.phrase_from(self.draft, fit.last + 1, right.end)
                }
                preposition => match self.clauses.after_preposition(self.draft, right, preposition) {
                    Some((_, phrase)) => phrase,
                    None => continue,
                },
            };
            let holds_object = fit.object.is_some_and(|object| phrase.contains(&object));
            // Who condemns an attack condemns those who made it, not the place or people that suffered it.
            if let Some(deed) = self.deed_in(&phrase).filter(|_| fit.pattern.kind == EventKind::Accuse) {
                let doers = self.doers(deed, right);
                if !doers.is_empty() {
                    return doers;
                }
                let article = usize::from(self.phrases.class(phrase.start) == Class::Determiner);
                let words = self.draft.span_of((phrase.start + article).min(deed)..deed + 1);
                return vec![Participant {
                    span: words,
                    text: words.of(self.draft.text).replace('\n', " "),
                    entity: None,
                    polity: None,
                    sector: None,
                }];
            }
            let found = self.actors.read(self.phrases, &phrase);
            if found.iter().any(|one| one.polity.is_some() && !(holds_object && same_side(&found, actors))) {
                return found;
            }
            if bare.is_empty() && !holds_object && !found.iter().any(|one| self.is_time(one.span)) {
                bare = found;
            }
        }
        let two_sides = fit.pattern.mutual && actors.iter().filter(|one| one.polity.is_some()).count() == 2;
        if fit.pattern.recipients.is_empty() || two_sides {
            return Vec::new();
        }
        // In the passive the subject is the other side, whether or not its country is known.
        if passive_subject.is_some() && !bare.is_empty() {
            return bare;
        }
        if let Some(one) = self.actors.first_named(fit.last + 1..right.end.max(fit.last + 1), actors) {
            return vec![one];
        }
        bare
    }

    /// The head of a phrase, if it tells of a deed that is wrong: "the deadly explosion in Southport".
    fn deed_in(&self, phrase: &Range<usize>) -> Option<usize> {
        head_of(self.phrases, phrase).filter(|&head| self.is_wrong(head) && !self.draft.is_in_name(head))
    }

    /// Who did what a noun tells: "Ruritania's attack", "an attack by rebels".
    fn doers(&mut self, deed: usize, right: &Range<usize>) -> Vec<Participant> {
        let region = deed + 1..right.end.min(deed + 8).max(deed + 1);
        match self.clauses.after_preposition(self.draft, &region, "by") {
            Some((_, phrase)) => self.actors.read(self.phrases, &phrase),
            None => self.owner(deed),
        }
    }

    /// The expressions of time that begin in `span`, and the one before them.
    fn times_in(&self, span: Span) -> &'r [When] {
        let start = self.times.partition_point(|when| when.span.start < span.start).saturating_sub(1);
        let end = self.times.partition_point(|when| when.span.start < span.end);
        self.times.get(start..end.max(start)).unwrap_or(&[])
    }

    pub(super) fn is_time(&self, span: Span) -> bool {
        self.times_in(span).iter().any(|when| when.span.overlaps(span))
    }

    /// The place named after in, at or near in the clause, else in the sentence. Words are spoken where their clause
    /// says before its verb; "condemned the attack in Southport" tells where the attack was.
    pub(super) fn place(
        &self,
        kind: EventKind,
        clause: &Range<usize>,
        trigger: Span,
        actors: &[Participant],
    ) -> Option<Place> {
        let whole = self.phrases.first..self.phrases.end;
        let candidates = |range: &Range<usize>| {
            self.draft
                .mentions_in(self.draft.span_of(range.clone()))
                .iter()
                .filter(|mention| {
                    let Some(entity) = self.draft.entity(mention.entity) else { return false };
                    if !matches!(entity.kind, EntityKind::Gpe | EntityKind::Loc | EntityKind::Fac) {
                        return false;
                    }
                    let mut at = self.draft.token_from(mention.span.start);
                    for _ in 0..5 {
                        let Some(before) = at.checked_sub(1).filter(|&before| before >= self.phrases.first) else {
                            return false;
                        };
                        match self.lower(before) {
                            "in" | "at" | "near" | "outside" | "inside" | "off" | "across" | "throughout"
                            | "into" => {
                                return true;
                            }
                            _ if matches!(self.phrases.class(before), Class::Determiner | Class::Noun)
                                && self.phrases.group_of(before).is_none() =>
                            {
                                at = before
                            }
                            "of" => at = before,
                            _ => return false,
                        }
                    }
                    false
                })
                .min_by_key(|mention| mention.span.start.abs_diff(trigger.start))
                .copied()
        };
        let physical = matches!(
            kind,
            EventKind::Assault
                | EventKind::Protest
                | EventKind::Coerce
                | EventKind::Aid
                | EventKind::Other(
                    OtherKind::Disaster | OtherKind::Accident | OtherKind::Election | OtherKind::Death
                )
        );
        // "Northland's election", "Southport attack": what happens somewhere happens in the place that is named.
        let named = || {
            let names = self.draft.mentions_in(self.draft.span_of(whole.clone()));
            let place = |mention: &&Mention| {
                self.draft.entity(mention.entity).is_some_and(|entity| entity.kind == EntityKind::Gpe)
                    && !actors.iter().any(|one| one.span.overlaps(mention.span))
            };
            let near = |mention: &&Mention| mention.span.start.abs_diff(trigger.start);
            names.iter().filter(place).min_by_key(near).filter(|_| physical).copied()
        };
        let spoken = matches!(
            kind,
            EventKind::Accuse | EventKind::Support | EventKind::Reject | EventKind::Request | EventKind::Threaten
        );
        // What a state does to people within its reach, and its elections, are there if no place is told.
        let domestic = || {
            let kinds = matches!(kind, EventKind::Coerce | EventKind::Other(OtherKind::Election | OtherKind::Legal));
            let actor = actors.first().filter(|_| kinds)?;
            let mention = self.draft.mention_at(actor.span.start).copied()?;
            let entity = self.draft.entity(mention.entity)?;
            (entity.kind == EntityKind::Gpe).then_some(mention)
        };
        let participial = self.group_at(trigger).is_some_and(|own| self.is_gerund(own));
        if spoken && participial {
            return None;
        }
        let mention = if spoken {
            candidates(&(clause.start..self.draft.token_from(trigger.start).max(clause.start)))?
        } else {
            candidates(clause).or_else(|| candidates(&whole)).or_else(named).or_else(domestic)?
        };
        let entity = self.draft.entity(mention.entity)?;
        Some(Place {
            span: mention.span,
            text: entity.name.clone(),
            country: entity.polity.and_then(|polity| polity.country()),
        })
    }

    /// The time nearest to the trigger in its sentence.
    pub(super) fn when(&self, trigger: Span) -> Option<When> {
        let sentence = self.draft.sentences.get(self.sentence)?.span;
        let marked = self.draft.is_marked(trigger.start);
        let own = self.group_at(trigger);
        let told_of_before = own.is_some_and(|own| self.is_told_of_before(own));
        let is_main = own.is_some_and(|own| self.clauses.ranks.get(own) == Some(&Rank::Main));
        self.times_in(sentence)
            .iter()
            .filter(|when| sentence.covers(when.span))
            // What is said within quotation marks dates what is told there.
            .filter(|when| marked || !self.draft.is_marked(when.span.start))
            .filter(|when| !self.is_of_another_verb(trigger, when.span))
            .filter(|when| !self.is_of_a_noun(trigger, when.span))
            .filter(|when| !(told_of_before && when.span.end <= trigger.start))
            .min_by_key(|when| {
                let gap = if when.span.start >= trigger.end {
                    trigger.end..when.span.start
                } else {
                    when.span.end..trigger.start.max(when.span.end)
                };
                // A time beyond another verb belongs to that verb rather; but who reports a deed, reports it of then.
                let verbs = self.phrases.groups.iter().filter(|group| {
                    let start = self.draft.tokens.get(group.main).map_or(0, |token| token.span.start);
                    gap.contains(&start) && !group.is_in(self.lexicon, "say")
                });
                // "On Monday, …": a time in front is that of the whole sentence.
                let front = self.draft.token_from(when.span.start) < self.phrases.first + FRONT;
                let verbs = if front && is_main { 0 } else { verbs.count() };
                gap.len() / if front { 3 } else { 1 } + 40 * verbs
            })
            .cloned()
    }

    /// The verb group of a trigger.
    fn group_at(&self, trigger: Span) -> Option<usize> {
        let start = |group: &VerbGroup| self.draft.tokens.get(group.main).map_or(0, |token| token.span.start);
        self.phrases.groups.iter().position(|group| is_in(trigger, start(group)))
    }

    /// "On Saturday the minister acknowledged that the army had shot down the plane": what was before somebody told of
    /// it was not on the day he did.
    fn is_told_of_before(&self, group: usize) -> bool {
        let Some(told) = self.phrases.groups.get(group) else { return false };
        let past = (told.start..told.main).any(|k| self.lower(k) == "had");
        // What is announced has just happened.
        let reports = |group: &VerbGroup| group.is_in(self.lexicon, "say") && !group.is("announce");
        past && self.phrases.groups[..group].iter().any(reports)
    }

    /// Whether a time dates the noun that it stands before: "denounced the November 27 agreement".
    fn is_of_a_noun(&self, trigger: Span, time: Span) -> bool {
        let (first, next) = (self.draft.token_from(time.start), self.draft.token_from(time.end));
        let possessive = self.phrases.class(next) == Class::Possessive;
        let before = first.checked_sub(1).map_or(Class::Stop, |before| self.phrases.class(before));
        let noun = self.phrases.class(next) == Class::Noun && self.phrases.group_of(next).is_none();
        if !(possessive || before == Class::Determiner && noun) {
            return false;
        }
        // The noun itself, and what it is the subject of: "the Monday explosion killed 14".
        let verb = self.draft.token_from(trigger.start);
        let within = (first..verb).all(|k| matches!(self.phrases.class(k), Class::Noun | Class::Possessive));
        let subject = || self.group_at(trigger).is_some_and(|own| self.subject_tokens(own).contains(&first));
        !(verb > first && within || subject())
    }

    /// Whether a time is rather that of another verb than the trigger's: "arrested since the protests began in June".
    fn is_of_another_verb(&self, trigger: Span, time: Span) -> bool {
        let start = |group: &VerbGroup| self.draft.tokens.get(group.main).map_or(0, |token| token.span.start);
        let own = self.group_at(trigger);
        // "was killed in January and demanded": what stands before the "and" dates what is told there.
        let at = self.draft.token_from(time.start);
        let verb_start = own.and_then(|own| self.phrases.groups.get(own)).map_or(0, |group| group.start);
        let front = at < self.phrases.first + FRONT;
        if own.is_some()
            && !front
            && at < verb_start
            && self.phrases.before(verb_start).is_some_and(|before| self.phrases.class(before) == Class::And)
            && self.phrases.groups.iter().any(|group| group.main < at && !group.is_in(self.lexicon, "say"))
        {
            return true;
        }
        let told = |group: &&VerbGroup| !is_in(trigger, start(group)) && !group.is_in(self.lexicon, "say");
        let groups = self.phrases.groups.iter().enumerate();
        groups.filter(|(_, group)| told(group)).any(|(index, group)| {
            let governed = self.clauses.governors.get(index).copied().flatten();
            let apart = match group.shape {
                Shape::Finite => true,
                // "announced an initiative to be unveiled this week": when it will be unveiled.
                Shape::Infinitive => own.is_some_and(|own| {
                    let object = || {
                        let from = self.phrases.groups.get(own).map_or(0, |group| group.main + 1);
                        (from..group.start).any(|k| matches!(self.phrases.class(k), Class::Noun | Class::Pronoun))
                    };
                    governed != Some(own) || object()
                }),
                _ => false,
            };
            apart && (trigger.end..time.start).contains(&start(group))
        })
    }
}

/// The head noun of a phrase: the last one before a preposition.
fn head_of(phrases: &Phrases, phrase: &Range<usize>) -> Option<usize> {
    let end = phrase.clone().skip(1).find(|&k| phrases.class(k) == Class::Preposition).unwrap_or(phrase.end);
    (phrase.start..end).rev().find(|&k| phrases.class(k) == Class::Noun)
}

fn is_in(span: Span, at: usize) -> bool {
    (span.start..span.end).contains(&at)
}

fn same_side(found: &[Participant], actors: &[Participant]) -> bool {
    found.iter().all(|one| actors.iter().any(|actor| actor.polity == one.polity))
}
