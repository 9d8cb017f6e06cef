//! What stands before a title and belongs to it: "Iran’s", "African Union", "the ministry’s", "former".

use super::{Builder, Determiner, MAX_REACH, is_date};
use crate::annotate::gazetteer::{Class, Gazetteer};
use crate::annotate::title::{Modifier, WordClass};
use crate::model::{EntityKind, Polity};

impl Builder<'_, '_, '_> {
    /// Takes in what stands before the title: nationality, owner, body, modifiers, determiner.
    pub(super) fn extend_left(&mut self) {
        let ground = self.ground;
        // A name that reaches into the title belongs to it: "House Intelligence Committee chair".
        let inside = ground.name_tokens(self.phrase.tokens.start);
        if inside.start < self.phrase.tokens.start && inside.start >= self.bounds.start {
            self.take_name(inside.start..self.phrase.tokens.start, true);
            self.phrase.tokens.start = inside.start;
        } else if !inside.is_empty() {
            self.note_name(self.phrase.tokens.start, true);
        }
        let floor = self.bounds.start.max(self.phrase.title.tokens.start.saturating_sub(MAX_REACH));
        self.take_body_of(floor);
        while self.phrase.tokens.start > floor {
            let at = self.phrase.tokens.start - 1;
            let Some(start) = self.step_left(at, floor) else { break };
            self.phrase.tokens.start = start;
        }
        let start = self.phrase.tokens.start;
        self.phrase.start = start;
        if start > self.bounds.start {
            let determiner = match ground.lower(start - 1) {
                "the" | "this" | "that" | "both" | "these" | "all" => Determiner::Definite,
                "a" | "an" | "another" | "one" | "some" | "two" | "three" => Determiner::Indefinite,
                "his" | "her" | "their" | "its" | "our" | "my" | "whose" => Determiner::Pronoun,
                _ => Determiner::None,
            };
            if determiner != Determiner::None {
                self.phrase.start = start - 1;
                self.phrase.determiner = determiner;
            }
        }
        if self.phrase.determiner == Determiner::None
            && (self.phrase.tokens.start < self.phrase.title.tokens.start)
            && (start..self.phrase.title.tokens.start).any(|token| ground.is_possessive(token))
        {
            self.phrase.determiner = Determiner::Definite;
        }
    }

    /// Takes what ends with token `at` into the phrase, if it belongs to it; gives the new start.
    fn step_left(&mut self, at: usize, floor: usize) -> Option<usize> {
        let ground = self.ground;
        if ground.is_possessive(at) {
            return self.take_possessor(at, floor);
        }
        // "Organisation of Islamic Cooperation (OIC) head"
        if ground.lower(at) == ")" && at >= floor + 3 && ground.lower(at - 2) == "(" {
            let name = ground.name_tokens(at - 3);
            if !name.is_empty() && name.start >= floor && ground.kind(at - 3) == Some(EntityKind::Org) {
                self.take_name(name.clone(), true);
                self.dropped.push((at - 2..at + 1, false));
                return Some(name.start);
            }
        }
        if ground.name(at).is_some() {
            let name = ground.name_tokens(at);
            let fits = name.end == at + 1 && name.start >= floor && !ground.is_person(at);
            return fits.then(|| {
                self.take_name(name.clone(), true);
                name.start
            });
        }
        // "ex-Iranian president", "then-US president", "Moscow-backed leader"
        if ground.is(at, &["-", "‐", "–"]) && at > floor {
            let touching = ground.draft.tokens.get(at + 1).is_some_and(|next| next.span.start == self.end_of(at));
            let modifier = ground.titles.modifier_at(&ground.draft.tokens, at - 1);
            return match modifier {
                Some((end, modifier)) if touching && end == at => {
                    self.phrase.title.modifiers.insert(0, modifier);
                    Some(at - 1)
                }
                _ => None,
            };
        }
        if let Some(start) = self.body_with_of(at, floor) {
            return Some(start);
        }
        for start in [at.checked_sub(2), at.checked_sub(1), Some(at)].into_iter().flatten() {
            if start >= floor
                && ground.titles.qualifies(&ground.draft.tokens, start) == Some(at + 1)
                && (start..=at).all(|token| ground.name(token).is_none())
            {
                if let Some((end, modifier)) = ground.titles.modifier_at(&ground.draft.tokens, start)
                    && end == at + 1
                {
                    self.phrase.title.modifiers.insert(0, modifier);
                    if modifier == Modifier::Comment {
                        self.dropped.push((start..at + 1, false));
                    }
                }
                if let Some((end, class)) = ground.titles.body_at(&ground.draft.tokens, start)
                    && end == at + 1
                {
                    self.note_body(start, end, class);
                }
                return Some(start);
            }
        }
        if let Some(polity) = self.nation(at) {
            self.phrase.polity = self.phrase.polity.or(Some(polity));
            self.phrase.qualified = true;
            self.dropped.push((at..at + 1, false));
            return Some(at);
        }
        // A body whose name was not recognised: "Zorba Party spokesman". Not the first word of a sentence.
        let sentence = ground.sentence(at);
        let unknown = ground.is_word(at)
            && ground.is_capitalised(at)
            && at > sentence.start
            && ground.is_word(at - 1)
            && !is_date(ground, at)
            && !ground.is_capitalised(at - 1)
            && ground.titles.honorific_at(&ground.draft.tokens, at).is_none();
        unknown.then(|| {
            self.phrase.qualified = true;
            at
        })
    }

    /// "Department of State spokesperson", where "State spokesperson" was found as the title.
    fn take_body_of(&mut self, floor: usize) {
        let ground = self.ground;
        let start = self.phrase.tokens.start;
        let head = self.phrase.title.head.start;
        let Some(noun) = start.checked_sub(2).filter(|noun| *noun >= floor && start < head) else { return };
        let capitals = ground.is_capitalised(noun) && ground.is_capitalised(start);
        if !capitals || !ground.is(start - 1, &["of", "for"]) {
            return;
        }
        let name = ground.name_tokens(noun);
        if ground.kind(noun) == Some(EntityKind::Org) && name.end + 1 >= start && name.start >= floor {
            self.take_name(name.clone(), true);
            self.phrase.tokens.start = name.start;
            return;
        }
        if let Some((end, class)) = ground.titles.body_at(&ground.draft.tokens, noun)
            && (end == start - 1 || end <= head)
            && class == WordClass::Body
        {
            self.note_body(noun, head, class);
            self.phrase.tokens.start = noun;
        }
    }

    /// "Department of State", "Ministry of Foreign Affairs" whose last word is token `at`: its start.
    fn body_with_of(&mut self, at: usize, floor: usize) -> Option<usize> {
        let ground = self.ground;
        let tokens = &ground.draft.tokens;
        let of = (floor..at).rev().take(4).find(|of| ground.is(*of, &["of", "for"]))?;
        let start = of.checked_sub(1).filter(|start| *start >= floor && ground.is_capitalised(*start))?;
        let (end, class) = ground.titles.body_at(tokens, start)?;
        let whole = (end == of || end == at + 1) && ground.is_capitalised(at) && class == WordClass::Body;
        let free = (start..=at).all(|token| ground.name(token).is_none());
        (whole && free).then(|| {
            self.note_body(start, at + 1, class);
            self.phrase.only = self.phrase.only.or(ground.titles.body_polity(tokens, start));
            start
        })
    }

    /// The country that the single word at `at` names, where it was not found as a name.
    fn nation(&self, at: usize) -> Option<Polity> {
        let ground = self.ground;
        let found = ground.is_capitalised(at).then(|| Gazetteer::builtin().longest(&ground.draft.tokens, at))??;
        let sense = found.senses.first().filter(|_| found.tokens == 1)?;
        matches!(sense.class, Class::Country | Class::Demonym | Class::Igo).then_some(sense.polity)?
    }

    /// "Iran’s", "the ministry’s", "Chancellor Ada Obi’s": the possessive ending is token `at`.
    fn take_possessor(&mut self, at: usize, floor: usize) -> Option<usize> {
        let ground = self.ground;
        let owner = at.checked_sub(1).filter(|owner| *owner >= floor)?;
        if ground.name(owner).is_some() {
            let name = ground.name_tokens(owner);
            if name.start < floor || name.end != at {
                return None;
            }
            self.phrase.determiner = Determiner::Definite;
            if ground.is_person(owner) {
                self.phrase.principal = ground.entity(owner);
                self.phrase.qualified = true;
                return Some(name.start);
            }
            self.take_name(name.clone(), true);
            if ground.is_place_or_people(owner) {
                self.dropped.push((at..at + 1, false));
            }
            return Some(name.start);
        }
        // A common noun: "the country’s", "the ministry’s". Which one is meant is for the context.
        let (start, class) = [owner.checked_sub(1), Some(owner)].into_iter().flatten().find_map(|start| {
            let (end, class) = ground.titles.body_at(&ground.draft.tokens, start)?;
            (start >= floor && end == at).then_some((start, class))
        })?;
        self.phrase.determiner = Determiner::Definite;
        match class {
            WordClass::Place => self.dropped.push((start..at + 1, false)),
            _ => self.note_body(start, at, class),
        }
        Some(start)
    }

    fn end_of(&self, at: usize) -> usize {
        self.ground.draft.tokens.get(at).map_or(0, |token| token.span.end)
    }
}
