//! Noun phrases that name an office, with what stands around the title: "Iran’s deputy foreign minister",
//! "spokesman for the Indonesian military", "African Union trade commissioner".

use std::ops::Range;

use super::ground::Ground;
use crate::annotate::gazetteer::{Class, Gazetteer};
use crate::annotate::title::{Modifier, TitlePhrase, WordClass};
use crate::model::{EntityIx, EntityKind, Polity};
use crate::text::Span;

/// A noun phrase whose head is an office.
#[derive(Debug, Clone)]
pub(crate) struct OfficePhrase {
    pub title: TitlePhrase,
    /// The whole phrase without its determiner, as token indices.
    pub tokens: Range<usize>,
    /// Where it begins with its determiner.
    pub start: usize,
    pub determiner: Determiner,
    /// The office as stated, without nationality.
    pub wording: String,
    /// The words of `wording` in the text, and perhaps what was left out among them.
    pub span: Span,
    /// The country or organisation that the phrase itself names.
    pub polity: Option<Polity>,
    /// The only country that has such an office or body.
    pub only: Option<Polity>,
    /// The body that the phrase itself names.
    pub organization: Option<String>,
    /// The named person whose aide or spokesperson it is.
    pub principal: Option<EntityIx>,
    /// Whether the phrase says what the office is of, in any words ("the ministry’s", "of the committee").
    pub qualified: bool,
    /// Whether it is an office of a company, club, school or the like.
    pub private: bool,
}

/// How a noun phrase begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Determiner {
    /// With no determiner.
    None,
    /// "the", "Iran’s", "this".
    Definite,
    /// "a", "an", "another".
    Indefinite,
    /// "his", "their".
    Pronoun,
}

/// Farthest a phrase reaches to each side of its title, in tokens.
const MAX_REACH: usize = 24;

const CALENDAR: [&str; 20] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "today",
];

/// Every office phrase of the text, in text order; their titles do not overlap.
pub(crate) fn office_phrases(ground: &Ground) -> Vec<OfficePhrase> {
    let mut found: Vec<OfficePhrase> = Vec::new();
    for sentence in &ground.draft.sentences {
        let mut at = sentence.tokens.start;
        while at < sentence.tokens.end {
            let Some(title) = title_at(ground, at, sentence.tokens.end) else {
                at += 1;
                continue;
            };
            let floor = found.last().map_or(0, |before| before.title.tokens.end).max(sentence.tokens.start);
            at = title.tokens.end;
            let mut phrase = Builder::new(ground, title, floor..sentence.tokens.end).build();
            if let Some(before) = found.last() {
                phrase.join_principal(before);
            }
            found.push(phrase);
        }
    }
    found
}

/// The office phrase whose head is in `tokens`: the first one there. Nothing outside `tokens` is taken in.
pub(crate) fn phrase_in(ground: &Ground, tokens: Range<usize>) -> Option<OfficePhrase> {
    let title = tokens.clone().find_map(|at| title_at(ground, at, tokens.end))?;
    Some(Builder::new(ground, title, tokens).build())
}

/// The title that begins at `at`, unless it is part of a name.
fn title_at(ground: &Ground, at: usize, end: usize) -> Option<TitlePhrase> {
    let mut title = ground.titles.phrase_at(&ground.draft.tokens, at)?;
    if title.tokens.end > end {
        return None;
    }
    // In the name of a person ("Judge Reinhold") or wholly in that of a body ("Office of the President").
    let last = title.head.end - 1;
    if ground.is_person(title.head.start) || ground.is_person(last) {
        return None;
    }
    if ground.name(last).is_some_and(|name| ground.name_tokens(last).end > title.head.end && !name.span.is_empty())
        && ground.name(last) == ground.name(title.head.start)
    {
        return None;
    }
    // "Minister of Defence of …" stays whole, but no person's name is part of a title.
    if let Some(person) = (title.tokens.clone()).find(|token| ground.is_person(*token)) {
        if person < title.head.end {
            return None;
        }
        title.tokens.end = title.head.end;
    }
    Some(title)
}

impl OfficePhrase {
    /// "President Ada Obi’s spokesman": the title of the principal, `before`, belongs to the wording.
    fn join_principal(&mut self, before: &OfficePhrase) {
        if self.principal.is_some() && before.tokens.end == self.tokens.start && !before.title.plural {
            self.wording = format!("{} {}", before.wording, self.wording);
            self.span = before.span.join(self.span);
        }
    }
}

struct Builder<'g, 'd, 'a> {
    ground: &'g Ground<'d, 'a>,
    /// Tokens that the phrase may take.
    bounds: Range<usize>,
    phrase: OfficePhrase,
    /// Tokens left out of the wording; a possessor among them leaves "the".
    dropped: Vec<(Range<usize>, bool)>,
}

impl<'g, 'd, 'a> Builder<'g, 'd, 'a> {
    fn new(ground: &'g Ground<'d, 'a>, title: TitlePhrase, bounds: Range<usize>) -> Self {
        let tokens = title.tokens.clone();
        let phrase = OfficePhrase {
            polity: None,
            only: title.office.at,
            organization: None,
            principal: None,
            qualified: title.tokens.len() > title.head.len() && !title.office.weak,
            private: title.office.private,
            start: tokens.start,
            determiner: Determiner::None,
            wording: String::new(),
            span: Span::new(0, 0),
            tokens,
            title,
        };
        Builder { ground, bounds, phrase, dropped: Vec::new() }
    }

    fn build(mut self) -> OfficePhrase {
        self.drop_comments();
        self.phrase.private |= self.is_shared_with_private();
        self.extend_left();
        self.extend_right();
        let mut start = self.phrase.tokens.start;
        for (range, _) in &self.dropped {
            if range.start == start {
                start = range.end;
            }
        }
        self.phrase.span = self.ground.draft.span_of(start..self.phrase.tokens.end);
        self.phrase.wording = self.wording();
        self.phrase
    }

    /// "president and CEO": one office is that of a company, so is the other.
    fn is_shared_with_private(&self) -> bool {
        let ground = self.ground;
        let tokens = &ground.draft.tokens;
        let Range { start, end } = self.phrase.title.tokens;
        let after = ground.is(end, &["and", "&", "/"])
            && ground.titles.phrase_at(tokens, end + 1).is_some_and(|other| other.office.body == "company");
        let before = start.checked_sub(1).is_some_and(|and| {
            ground.is(and, &["and", "&", "/"])
                && (and.saturating_sub(3)..and).any(|at| {
                    ground.titles.phrase_at(tokens, at).is_some_and(|other| {
                        other.tokens.end == and && matches!(other.office.code, "business" | "chief-executive")
                    })
                })
        });
        let chief_executive = after || before;
        chief_executive && self.phrase.title.office.body != "government"
    }

    /// Notes the common noun for a body whose tokens are `start..end`, if there is one.
    fn note_body(&mut self, start: usize, end: usize, class: WordClass) {
        match class {
            WordClass::Body => {
                self.phrase.qualified = true;
                let only = self.ground.titles.body_polity(&self.ground.draft.tokens, start);
                self.phrase.only = self.phrase.only.or(only);
            }
            WordClass::PrivateBody => {
                self.phrase.qualified = true;
                self.phrase.private = true;
            }
            _ => return,
        }
        let noun = self.ground.draft.span_of(start..end).of(self.ground.draft.text);
        self.phrase.organization.get_or_insert_with(|| noun.to_owned());
    }

    /// Leaves adjectives that say something of the person ("embattled") out of the title.
    fn drop_comments(&mut self) {
        let tokens = &self.ground.draft.tokens;
        let mut at = self.phrase.title.tokens.start;
        while at < self.phrase.title.head.start {
            match self.ground.titles.modifier_at(tokens, at) {
                Some((end, Modifier::Comment)) if end <= self.phrase.title.head.start => {
                    self.dropped.push((at..end, false));
                    at = end;
                }
                Some((end, _)) => at = end,
                None => at += 1,
            }
        }
    }

    fn extend_left(&mut self) {
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
            && !CALENDAR.contains(&ground.lower(at))
            && !ground.is_capitalised(at - 1)
            && ground.titles.honorific_at(&ground.draft.tokens, at).is_none();
        unknown.then(|| {
            self.phrase.qualified = true;
            at
        })
    }

    /// The country that the single word at `at` names, where it was not found as a name.
    fn nation(&self, at: usize) -> Option<Polity> {
        let ground = self.ground;
        let found = ground.is_capitalised(at).then(|| Gazetteer::builtin().longest(&ground.draft.tokens, at))??;
        let sense = found.senses.first().filter(|_| found.tokens == 1)?;
        matches!(sense.class, Class::Country | Class::Demonym | Class::Igo).then_some(sense.polity)?
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

    fn end_of(&self, at: usize) -> usize {
        self.ground.draft.tokens.get(at).map_or(0, |token| token.span.end)
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

    /// Takes a name beside the title. Nationality goes to the polity, and out of the wording.
    fn take_name(&mut self, tokens: Range<usize>, before: bool) {
        let at = tokens.start;
        self.note_name(at, true);
        // Nationality is left out, a party or creed is not: "Republican nominee".
        let nation = match self.ground.kind(at) {
            Some(EntityKind::Gpe) => true,
            Some(EntityKind::Norp) => self.ground.polity(at).is_some(),
            _ => false,
        };
        if before && nation {
            self.dropped.push((tokens, false));
        }
    }

    /// Notes country and body of the name at token `at`. `owner`: the office belongs to it.
    fn note_name(&mut self, at: usize, owner: bool) {
        let ground = self.ground;
        let Some(entity) = ground.entity(at).and_then(|index| ground.draft.entity(index)) else { return };
        if entity.kind == EntityKind::Person {
            return;
        }
        self.phrase.qualified = true;
        if !owner {
            return;
        }
        if entity.kind == EntityKind::Org {
            let name = ground.draft.span_of(ground.name_tokens(at)).of(ground.draft.text).to_owned();
            self.phrase.organization = Some(name);
        }
        let diplomat = self.phrase.title.office.code == "ambassador";
        if entity.kind == EntityKind::Org && entity.polity.is_none() {
            let tokens = &ground.draft.tokens;
            let only = ground.name_tokens(at).find_map(|token| ground.titles.body_polity(tokens, token));
            self.phrase.only = self.phrase.only.or(only);
        }
        // "a congressman from Georgia" serves the country that has congressmen.
        let complement = at >= self.phrase.title.tokens.end;
        if complement && self.phrase.title.office.at.is_some() && entity.kind == EntityKind::Gpe {
            return;
        }
        match (self.phrase.polity, entity.polity) {
            (None, polity) => self.phrase.polity = polity,
            // "Russia’s UN ambassador" serves Russia.
            (Some(Polity::Igo(_)), Some(country @ Polity::Country(_))) if diplomat => {
                self.phrase.polity = Some(country)
            }
            _ => {}
        }
    }

    fn extend_right(&mut self) {
        let ground = self.ground;
        let ceiling = self.bounds.end.min(self.phrase.title.tokens.end + MAX_REACH);
        // "head of the", "Ambassador to", "spokesman for": at most four complements.
        // A name that begins in the title may reach over its end: "General Secretary of the Communist Party of Vietnam".
        let last = self.phrase.tokens.end - 1;
        let name = ground.name_tokens(last);
        if name.end > self.phrase.tokens.end && name.end <= ceiling {
            self.note_name(last, true);
            self.phrase.tokens.end = name.end;
        }
        for _ in 0..4 {
            let at = self.phrase.tokens.end;
            let preposition = ground.lower(at);
            if !self.governs(preposition) {
                break;
            }
            let owner = !self.is_host(preposition);
            let Some(end) = self.complement(at + 1, ceiling, owner) else { break };
            self.phrase.tokens.end = end;
            self.phrase.qualified = true;
        }
    }

    /// Whether the office takes a complement with this preposition.
    fn governs(&self, preposition: &str) -> bool {
        let office = self.phrase.title.office;
        match preposition {
            "of" | "for" => true,
            "to" => {
                matches!(office.code, "ambassador" | "envoy" | "adviser" | "candidate" | "commissioner" | "minister")
            }
            "at" => office.weak || office.private || office.code == "spokesperson" || office.body == "diplomacy",
            "in" => office.body == "diplomacy" || office.body == "military" || office.weak,
            "on" => office.body == "diplomacy" || office.code == "adviser" || office.body == "legislature",
            "with" => office.code == "spokesperson" || office.weak || office.code == "envoy",
            "from" => office.code == "legislator",
            _ => false,
        }
    }

    /// Whether a country after this preposition is where the office is exercised and not what it serves.
    fn is_host(&self, preposition: &str) -> bool {
        let office = self.phrase.title.office;
        let abroad = office.body == "diplomacy" || matches!(office.code, "minister" | "adviser" | "official");
        matches!(preposition, "to" | "on") || (abroad && matches!(preposition, "for" | "in" | "at"))
    }

    /// The end of the noun phrase that begins at `from`, when it can be the complement of an office.
    fn complement(&mut self, from: usize, ceiling: usize, owner: bool) -> Option<usize> {
        let ground = self.ground;
        let mut at = from;
        if ground.is(at, &["the", "a", "an", "its", "his", "her", "their", "this", "that", "all"]) {
            at += 1;
        }
        at = ground.after_honorifics(at);
        let first = at;
        let mut end = None;
        while at < ceiling {
            if ground.is_person(at) {
                // "an adviser to Ada Obi"
                let name = ground.name_tokens(at);
                if at == first && ground.is_possessive(name.end) {
                    at = name.end + 1;
                    continue;
                }
                if at == first && !ground.is_possessive(name.end) && !matches!(ground.lower(from - 1), "of" | "in") {
                    self.phrase.principal = ground.entity(at);
                    end = Some(name.end);
                }
                break;
            }
            if ground.name(at).is_some() {
                let name = ground.name_tokens(at);
                // "the Benin-based Observatory"
                if let Some(after) = self.compound(name.end) {
                    at = after;
                    end = Some(at);
                    continue;
                }
                self.note_name(at, owner);
                if ground.is_possessive(name.end) && ground.is_place_or_people(at) {
                    self.dropped.push((at..name.end + 1, at == from));
                }
                at = name.end;
                end = Some(at);
            } else if ground.is_possessive(at) && end == Some(at) {
                at += 1;
            } else if let Some(title) = ground.titles.phrase_at(&ground.draft.tokens, at)
                && (at == first || ground.person_from(title.tokens.end).is_some())
            {
                // "adviser to President Ada Obi", "spokesperson for the prime minister", "candidate for mayor"
                if let Some((person, name)) = ground.person_from(title.tokens.end) {
                    if let Some(nation) = at.checked_sub(1).filter(|nation| ground.is_place_or_people(*nation)) {
                        self.dropped.push((ground.name_tokens(nation), false));
                    }
                    self.phrase.principal = Some(person);
                    return Some(name.end);
                }
                at = title.tokens.end;
                end = Some(at);
            } else if let Some(next) = ground.titles.qualifies(&ground.draft.tokens, at) {
                if let Some((body, class)) = ground.titles.body_at(&ground.draft.tokens, at) {
                    self.note_body(first, body, class);
                }
                at = next;
                end = Some(at);
            } else if ground.is_word(at)
                && (ground.is_capitalised(at) || (at == first && ground.is(from - 1, &["of", "for", "at"])))
                && !self.ends_phrase(at)
            {
                at += 1;
                end = Some(at);
            } else if ground.is_number(at) && at == first {
                at += 1;
            } else if ground.is(at, &["-", "‐", "–", "&"]) && end == Some(at) {
                at += 1;
            } else if ground.is(at, &["and"]) && end == Some(at) && self.joins(at + 1) {
                at += 1;
            } else {
                break;
            }
        }
        end
    }

    /// "-based", "-backed" after a name that ends at `at`: the index after it.
    fn compound(&self, at: usize) -> Option<usize> {
        let ground = self.ground;
        let touches = |at: usize| {
            let (Some(a), Some(b)) = (ground.draft.tokens.get(at), ground.draft.tokens.get(at + 1)) else {
                return false;
            };
            a.span.end == b.span.start
        };
        let lower = ground.is(at, &["-", "‐", "–"]) && touches(at) && !ground.is_capitalised(at + 1);
        (lower && ground.is_word(at + 1) && ground.name(at + 1).is_none()).then_some(at + 2)
    }

    /// Whether "and" before token `at` joins two parts of one body ("Police and Border Guard").
    fn joins(&self, at: usize) -> bool {
        let ground = self.ground;
        ground.name(at).is_none()
            && ground.name(at - 2).is_none()
            && ground.is_capitalised(at)
            && ground.is_capitalised(at - 2)
            && ground.titles.phrase_at(&ground.draft.tokens, at).is_none()
            && ground.titles.honorific_at(&ground.draft.tokens, at).is_none()
    }

    /// Whether the word at `at` cannot belong to the complement: a function word or a word of saying.
    fn ends_phrase(&self, at: usize) -> bool {
        const WORDS: [&str; 62] = [
            "he", "she", "it", "they", "who", "whom", "which", "that", "what", "when", "where", "while", "after",
            "before", "since", "because", "if", "as", "is", "was", "are", "were", "has", "have", "had", "will",
            "would", "could", "should", "may", "might", "can", "said", "says", "told", "and", "or", "but", "not",
            "to", "in", "on", "at", "by", "with", "from", "of", "for", "into", "over", "under", "about", "the", "a",
            "an", "this", "i", "we", "you", "more", "many", "being",
        ];
        let ground = self.ground;
        ground.is(at, &WORDS) || CALENDAR.contains(&ground.lower(at)) || (ground.lower(at).ends_with("ing"))
    }

    /// The words of the phrase without what was dropped.
    fn wording(&self) -> String {
        let mut words = String::new();
        // A title shared by several people is told of each.
        let mut singular = false;
        let mut gap = false;
        let mut last_end = None;
        for at in self.phrase.tokens.clone() {
            let Some(token) = self.ground.draft.tokens.get(at) else { break };
            if let Some((range, possessor)) = self.dropped.iter().find(|(range, _)| range.contains(&at)) {
                if *possessor && at == range.start {
                    words.push_str(" the");
                }
                gap = true;
                continue;
            }
            if !words.is_empty() && (gap || last_end.is_some_and(|end| end < token.span.start)) {
                words.push(' ');
            }
            let plural = self.phrase.title.plural && self.phrase.title.head.contains(&at) && !singular;
            match singular_of(token.text).filter(|_| plural) {
                Some(noun) => {
                    words.push_str(&noun);
                    singular = true;
                }
                None => words.push_str(token.text),
            }
            gap = false;
            last_end = Some(token.span.end);
        }
        words.trim().to_owned()
    }
}

/// The singular of the plural noun of a title; `None` for words that are no such plural.
fn singular_of(noun: &str) -> Option<String> {
    let noun_lower = noun.to_lowercase();
    if matches!(&*noun_lower, "affairs" | "forces" | "relations" | "communications" | "services") {
        return None;
    }
    if let Some(stem) = noun.strip_suffix("people") {
        return Some(format!("{stem}person"));
    }
    if let Some(stem) = noun.strip_suffix("men") {
        return Some(format!("{stem}man"));
    }
    if let Some(stem) = noun.strip_suffix("ies") {
        return Some(format!("{stem}y"));
    }
    if let Some(stem) = noun.strip_suffix("s.") {
        return Some(format!("{stem}."));
    }
    if ["ches", "sses", "xes"].iter().any(|ending| noun_lower.ends_with(ending)) {
        return noun.strip_suffix("es").map(str::to_owned);
    }
    noun.strip_suffix('s').map(str::to_owned)
}
