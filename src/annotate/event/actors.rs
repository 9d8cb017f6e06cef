//! From the tokens of a noun phrase to participants: named entities with their country, or bare phrases
//! ("terrorist groups") with the country of their adjective.

use std::collections::HashMap;
use std::ops::Range;

use super::noun_phrases;
use super::phrase::{Class, Phrases, Shape};
use super::society::{Society, apposition};
use crate::annotate::draft::Draft;
use crate::annotate::sector::Sectors;
use crate::annotate::title::Titles;
use crate::model::{Entity, EntityKind, Mention, Participant, Polity, Quotation, Speaker};
use crate::text::Span;

/// Reads participants out of noun phrases. Keeps what pronouns can refer to.
pub struct Actors<'c, 'a> {
    draft: &'c Draft<'a>,
    /// The country of most mentions, where one stands out.
    dominant: Option<Polity>,
    /// The participants of the last subject.
    last: Vec<Participant>,
    /// The last subject that is several.
    last_several: Vec<Participant>,
    /// The last person that was a subject.
    last_person: Option<Participant>,
    /// Countries of persons by the words around one of their names: "French President Emmanuel Example".
    by_title: HashMap<usize, Polity>,
    /// Countries of officials by the office they hold.
    offices: HashMap<usize, Polity>,
    /// How often the dominant country is named.
    dominance: usize,
    /// Whether hardly any other country is named.
    alone: bool,
    /// The country of the subject read last, for "their government".
    context: Option<Polity>,
    society: &'c Society<'c, 'a>,
}

/// Bytes of the words of a participant that has no name.
const LONGEST_TEXT: usize = 80;

/// Words for people that belong to the country the text is about unless it says otherwise.
const LOCAL: &[&str] = &[
    "government",
    "police",
    "army",
    "military",
    "parliament",
    "opposition",
    "protesters",
    "protestors",
    "demonstrators",
    "troops",
    "soldiers",
    "residents",
    "rebels",
    "authorities",
    "minister",
    "president",
    "ministry",
    "court",
    "judge",
    "senate",
    "congress",
    "officials",
    "lawmakers",
    "workers",
    "students",
    "activists",
    "supporters",
    "voters",
    "people",
    "fundamentalists",
    "guerrillas",
    "union",
    "activist",
    "movement",
    "group",
    "party",
    "parties",
    "prosecutors",
    "security",
    "forces",
    "mayor",
    "cabinet",
    "premier",
    "king",
    "princess",
];

/// Persons with the country of the adjective or place in the words before their name, where some mention has one.
fn titled(draft: &Draft<'_>) -> HashMap<usize, Polity> {
    let mut found = HashMap::new();
    for (index, mention) in draft.mentions.iter().enumerate() {
        let person = draft.entity(mention.entity).is_some_and(|entity| entity.kind == EntityKind::Person);
        if !person || found.contains_key(&mention.entity) {
            continue;
        }
        let Some(before) = index.checked_sub(1).and_then(|before| draft.mentions.get(before)) else { continue };
        let between = Span::new(before.span.end, mention.span.start).of(draft.text);
        let words = between.split_whitespace().count();
        let title = words <= 5
            && !between.contains([',', '.', ';', ':', '"', '“', '\n'])
            && !between
                .split_whitespace()
                .any(|word| ["and", "with", "by", "from", "against", "said", "on", "in"].contains(&word));
        let polity =
            draft.entity(before.entity).filter(|entity| entity.kind != EntityKind::Person).and_then(|e| e.polity);
        if let Some(polity) = polity.filter(|_| title && words > 0) {
            found.insert(mention.entity, polity);
        }
    }
    found
}

fn kind_of<'d>(draft: &'d Draft<'_>, mention: &Mention) -> Option<&'d Entity> {
    draft.entity(mention.entity)
}

impl<'c, 'a> Actors<'c, 'a> {
    /// For one article.
    pub fn new(draft: &'c Draft<'a>, society: &'c Society<'c, 'a>) -> Self {
        let mut counts: Vec<(Polity, usize)> = Vec::new();
        for mention in &draft.mentions {
            if let Some(polity) = draft.entity(mention.entity).and_then(|entity| entity.polity)
                && polity.country().is_some()
            {
                match counts.iter_mut().find(|(known, _)| *known == polity) {
                    Some((_, count)) => *count += 1,
                    None => counts.push((polity, 1)),
                }
            }
        }
        let all: usize = counts.iter().map(|(_, count)| count).sum();
        let dominant = counts.iter().max_by_key(|(_, count)| *count).filter(|(_, count)| count * 2 > all);
        Actors {
            draft,
            dominant: dominant.map(|(polity, _)| *polity),
            dominance: dominant.map_or(0, |(_, count)| *count),
            alone: dominant.is_some_and(|(_, count)| count * 4 >= all * 3),
            last: Vec::new(),
            last_several: Vec::new(),
            last_person: None,
            by_title: titled(draft),
            offices: draft.officials.iter().rev().filter_map(|one| Some((one.entity, one.polity?))).collect(),
            context: None,
            society,
        }
    }

    /// Keeps the subject of a clause for the pronouns that follow.
    pub fn remember(&mut self, subject: &[Participant]) {
        if subject.iter().all(|one| one.entity.is_none() && one.polity.is_none()) {
            return;
        }
        if let [one] = subject
            && one.entity.and_then(|index| self.draft.entity(index)).is_some_and(|e| e.kind == EntityKind::Person)
        {
            self.last_person = Some(one.clone());
        }
        if subject.len() > 1 {
            self.last_several = subject.to_vec();
        }
        self.last = subject.to_vec();
    }

    /// Keeps the country of a subject for the possessives that follow in the sentence.
    pub fn set_context(&mut self, subject: &[Participant]) {
        if let Some(polity) = subject.iter().find_map(|one| one.polity) {
            self.context = Some(polity);
        }
    }

    /// Whoever speaks the words at byte `offset`, if they are quoted.
    pub fn speaker_at(&self, offset: usize) -> Option<Participant> {
        self.speaker(offset)
    }

    /// The polity of an entity: its own, else that of the office its person holds.
    fn polity(&self, entity: usize) -> Option<Polity> {
        self.offices
            .get(&entity)
            .copied()
            .or_else(|| self.draft.entity(entity).and_then(|entity| entity.polity))
            .or_else(|| self.by_title.get(&entity).copied())
            .or_else(|| self.society.home(entity).filter(|_| self.is_people(entity)))
    }

    fn is_people(&self, entity: usize) -> bool {
        self.draft.entity(entity).is_some_and(|entity| entity.kind != EntityKind::Org)
    }

    fn lower(&self, token: usize) -> &str {
        self.draft.tokens.get(token).map_or("", |token| &token.lower)
    }

    /// The quotations that begin around byte `offset`.
    fn near(&self, offset: usize) -> &'c [Quotation] {
        let at = self.draft.quotations.partition_point(|quotation| quotation.extent().start <= offset);
        let end = (at + 4).min(self.draft.quotations.len());
        self.draft.quotations.get(at.saturating_sub(4)..end).unwrap_or(&[])
    }

    /// Who speaks the quotation that holds byte `offset`.
    fn speaker(&self, offset: usize) -> Option<Participant> {
        let quotation = self.near(offset).iter().find(|q| q.quoted.iter().any(|span| span.holds(offset)))?;
        match &quotation.speaker {
            Speaker::Entity(index) => {
                let entity = self.draft.entity(*index)?;
                Some(Participant {
                    span: quotation.source.unwrap_or_else(|| quotation.extent()),
                    text: entity.name.clone(),
                    entity: Some(*index),
                    polity: self.polity(*index),
                    sector: self.society.sector(*index),
                })
            }
            _ => None,
        }
    }

    /// Whom a pronoun stands for.
    fn antecedent(&self, token: usize) -> Vec<Participant> {
        let Some(word) = self.draft.tokens.get(token) else { return Vec::new() };
        let as_source =
            self.near(word.span.start).iter().find_map(|quotation| match (&quotation.speaker, quotation.source) {
                (Speaker::Entity(index), Some(source)) if source.holds(word.span.start) => Some(*index),
                _ => None,
            });
        // "They said": several people of the sentence before rather than one body.
        let several = &*word.lower == "they" && self.last.len() > 1;
        // What has neither country nor part in society says nothing: "EEZ".
        let speaks = |index: &usize| {
            let person = self.draft.entity(*index).is_some_and(|entity| entity.kind == EntityKind::Person);
            person || self.polity(*index).is_some() || self.society.sector(*index).is_some()
        };
        if let Some(index) = as_source.filter(speaks).filter(|_| !several) {
            return self.named(index, word.span).into_iter().collect();
        }
        match &*word.lower {
            "he" | "she" | "him" => self.last_person.iter().cloned().collect(),
            "we" | "us" | "i" | "me" => self.speaker(word.span.start).into_iter().collect(),
            "they" | "them" | "themselves" if self.is_one_person() => self.last_several.clone(),
            "it" | "they" | "them" | "itself" | "themselves" => self.last.clone(),
            _ => Vec::new(),
        }
    }

    /// Whether the last subject is a single person, for whom nobody says "they" in the news.
    fn is_one_person(&self) -> bool {
        let entity = |one: &Participant| one.entity.and_then(|index| self.draft.entity(index));
        matches!(&self.last[..], [one] if entity(one).is_some_and(|entity| entity.kind == EntityKind::Person))
    }

    fn named(&self, index: usize, span: Span) -> Option<Participant> {
        let entity = self.draft.entity(index)?;
        Some(Participant {
            span,
            text: entity.name.clone(),
            entity: Some(index),
            polity: self.polity(index),
            sector: self.society.sector(index).or_else(|| self.society.place(index, span)),
        })
    }

    /// The participants named by a noun phrase. Bare phrases come with a country only if one of their words tells it.
    pub fn read(&self, phrases: &Phrases, range: &Range<usize>) -> Vec<Participant> {
        let mut range = range.clone();
        while range.start < range.end
            && (matches!(
                phrases.class(range.start),
                Class::Quote | Class::Adverb | Class::Comma | Class::And | Class::Stop
            ) || super::words::is_time_word(self.lower(range.start)))
        {
            range.start += 1;
        }
        // "This Thursday the commission": the time goes, the rest stays.
        if phrases.class(range.start) == Class::Determiner
            && range.start + 1 < range.end
            && super::words::is_time_word(self.lower(range.start + 1))
        {
            range.start += 2;
        }
        // "On Wednesday Iranian officials".
        if phrases.class(range.start) == Class::Preposition {
            let mut at = range.start + 1;
            while at < range.end
                && (super::words::is_time_word(self.lower(at))
                    || matches!(phrases.class(at), Class::Number | Class::Comma | Class::Determiner))
            {
                at += 1;
            }
            range.start = at;
        }
        while range.start < range.end
            && (matches!(
                phrases.class(range.end - 1),
                Class::Quote | Class::Adverb | Class::Comma | Class::Stop | Class::Determiner
            ) || super::words::is_time_word(self.lower(range.end - 1)))
        {
            range.end -= 1;
        }
        range.start = self.after_quantifier(phrases, &range);
        if range.is_empty() {
            return Vec::new();
        }
        if range.len() == 1 && phrases.class(range.start) == Class::Pronoun {
            return self.antecedent(range.start);
        }
        let parts = self.split(phrases, &range);
        let mut found: Vec<Participant> = Vec::new();
        let mut carried: Option<Polity> = None;
        for part in &parts {
            if let Some(mut one) = self.one(phrases, part) {
                // "Egyptian minister A and his counterparts"; "Israeli soldiers and police": the adjective carries on.
                if one.polity.is_none() && one.entity.is_none() {
                    one.polity = carried;
                }
                carried = one.polity.or(carried);
                if !found.iter().any(|known| known.text == one.text && known.polity == one.polity) {
                    found.push(one);
                }
            }
        }
        self.share_heads(&mut found);
        found
    }

    /// "more than 1,000 people", "at least 40 soldiers": where the number begins.
    fn after_quantifier(&self, phrases: &Phrases, range: &Range<usize>) -> usize {
        let quantifies = |token: &usize| super::words::is_quantifier(self.lower(*token));
        let number = range.start + range.clone().take_while(quantifies).count();
        if number > range.start && number < range.end && phrases.class(number) == Class::Number {
            return number;
        }
        // "thousands of people", "a group of soldiers"
        let of = range.clone().take(4).find(|&k| self.lower(k) == "of");
        let amount = |at: usize| super::words::is_amount(self.lower(at));
        match of.filter(|&of| of > range.start && of + 1 < range.end && amount(of - 1)) {
            Some(of) => self.after_quantifier(phrases, &(of + 1..range.end)),
            None => range.start,
        }
    }

    /// Splits a coordination at "and" and commas where both sides are participants of their own.
    fn split(&self, phrases: &Phrases, range: &Range<usize>) -> Vec<Range<usize>> {
        let mut parts = Vec::new();
        let mut start = range.start;
        let mut after_preposition = false;
        for at in range.clone() {
            match phrases.class(at) {
                Class::Preposition if !matches!(self.lower(at), "of" | "between") => after_preposition = true,
                Class::And | Class::Comma if at > start && !after_preposition => {
                    let left = self.has_mention(start..at);
                    if left {
                        parts.push(start..at);
                        start = at + 1;
                    }
                }
                _ => {}
            }
        }
        if start < range.end {
            parts.push(start..range.end);
        }
        parts
    }

    fn has_mention(&self, tokens: Range<usize>) -> bool {
        !self.draft.mentions_in(self.draft.span_of(tokens)).is_empty()
    }

    /// One participant: the person, body or place that heads the phrase, else its words.
    fn one(&self, phrases: &Phrases, range: &Range<usize>) -> Option<Participant> {
        let mut range = range.clone();
        while range.start < range.end
            && matches!(phrases.class(range.start), Class::And | Class::Comma | Class::Quote | Class::Preposition)
        {
            range.start += 1;
        }
        if range.is_empty() {
            return None;
        }
        let span = self.draft.span_of(range.clone());
        let mentions = self.draft.mentions_in(span);
        let head_end = range
            .clone()
            .skip(1)
            .find(|&k| {
                let reduced = phrases.group_of(k).is_some_and(|g| phrases.groups[g].shape == Shape::Reduced);
                let ends = matches!(phrases.class(k), Class::Preposition | Class::To)
                    || noun_phrases::is_participle(self.lower(k))
                        && phrases.class(k + 1) == Class::Preposition
                        && !self.draft.is_hyphen(k - 1)
                    || reduced && phrases.class(k + 1) == Class::To;
                ends && !self.draft.is_in_name(k)
            })
            .unwrap_or(range.end);
        let head = self.draft.span_of(range.start..head_end);
        let polity_in = |span: Span| {
            self.draft
                .mentions_in(span)
                .iter()
                .filter(|m| !self.society.is_beside(m.span))
                .filter_map(|m| kind_of(self.draft, m).map(|e| (m, e)))
                .filter(|(_, e)| !matches!(e.kind, EntityKind::Person | EntityKind::Event))
                .find_map(|(m, _)| self.polity(m.entity))
        };
        // A person named anywhere in it, but not one after a preposition other than the "of" of an office.
        let person = mentions.iter().find(|m| {
            kind_of(self.draft, m).is_some_and(|e| e.kind == EntityKind::Person)
                && (head.covers(m.span) || self.follows_office(phrases, range.start, m.span.start))
        });
        let others = person.is_some_and(|m| !head.covers(m.span)) && self.are_others(&range, head_end);
        if let Some(person) = person.filter(|_| !others) {
            let possessive = self.possessed(person.span.end);
            let before = Span::new(span.start, person.span.start);
            // Somebody whose country the text never tells is from the only one it is about.
            let known = if self.society.sector(person.entity).is_some() { 2 } else { 3 };
            let only = self.dominant.filter(|_| self.dominance >= known && self.alone);
            let polity = polity_in(before).or_else(|| self.polity(person.entity)).or_else(|| polity_in(span));
            let set_off = || self.draft.span_of(apposition(self.draft, self.draft.token_from(person.span.end)));
            let polity = polity.or_else(|| polity_in(set_off())).or(only);
            if !possessive {
                let mut one = self.named(person.entity, person.span)?;
                one.polity = polity;
                let title = self.draft.tokens_in(before);
                one.sector = self.society.of_title(title).or(one.sector);
                return Some(one);
            }
        }
        // A name that ends the head.
        if let Some(last) = self.draft.mentions_in(head).iter().rev().find(|m| m.span.end == head.end)
            && kind_of(self.draft, last).is_some_and(|e| e.kind != EntityKind::Norp && e.kind != EntityKind::Event)
        {
            let mut one = self.named(last.entity, last.span)?;
            // "the Red Cross in Lima" is of no country.
            let within = if self.society.is_of_none(last.entity) { head } else { span };
            one.polity = one.polity.or_else(|| polity_in(within));
            one.sector = one.sector.or_else(|| self.society.of_phrase(range.start..head_end));
            return Some(one);
        }
        // Words: "the Iranian government", "members of the European Union".
        let start = range.clone().find(|&k| !matches!(phrases.class(k), Class::Determiner)).unwrap_or(range.start);
        let words = self.draft.span_of(start..head_end.max(start + 1));
        let described = self.described(&range, head_end);
        if let Some(one) = described {
            return Some(one);
        }
        let own =
            matches!(self.lower(range.start), "its" | "their" | "his" | "her").then_some(self.context).flatten();
        // "Albanians of southern Serbia": where they live, not where their like does.
        let last = self.draft.mentions_in(head).last().filter(|last| last.span.end == head.end);
        let people = last.and_then(|last| kind_of(self.draft, last)).is_some_and(|one| one.kind == EntityKind::Norp);
        let rest = Span::new(head.end, span.end.max(head.end));
        let living = if people && self.lower(head_end) == "of" { polity_in(rest) } else { None };
        let polity = living
            .or_else(|| polity_in(head))
            .or_else(|| polity_in(span))
            .or_else(|| person.filter(|_| others).and_then(|person| self.polity(person.entity)))
            .or(own)
            .or_else(|| self.local(&(range.start..head_end)));
        let whole = if polity_in(head).is_none() && polity_in(span).is_some() {
            self.draft.span_of(start..range.end)
        } else {
            words
        };
        let whole = if whole.len() > LONGEST_TEXT { words } else { whole };
        let text = whole.of(self.draft.text).replace('\n', " ");
        Some(Participant { span: whole, text, entity: None, polity, sector: self.society.of_phrase(range.clone()) })
    }

    /// Whether all before `offset` since `start` reads as an office: "Secretary of Iran's Council Ali Example".
    fn follows_office(&self, phrases: &Phrases, start: usize, offset: usize) -> bool {
        let end = self.draft.token_from(offset);
        (start..end).all(|k| {
            !matches!(phrases.class(k), Class::Preposition | Class::To)
                || matches!(self.lower(k), "of" | "to" | "for")
        })
    }

    /// The actor that a noun phrase names, if it names one.
    pub fn actor(&self, phrases: &Phrases, range: &Range<usize>) -> Option<Participant> {
        let named = self.has_mention(range.clone());
        if !named && !Sectors::builtin().may_tell(self.draft.tokens.get(range.clone())?) {
            return None;
        }
        let mut one = self.one(phrases, range)?;
        if let Some(entity) = one.entity {
            one.polity = one.polity.or_else(|| self.society.home(entity));
            return (one.polity.is_some() || one.sector.is_some()).then_some(one);
        }
        let (_, told) = self.society.told(range.clone())?;
        let head = self.draft.token_from(one.span.start);
        if told.start >= head {
            // Of "police brutality" only the police can act; of "chief of police" the whole does.
            let ends = matches!(phrases.class(told.end), Class::Preposition)
                || noun_phrases::is_participle(self.lower(told.end));
            let people = self.people_in(told.end..range.end);
            let end = if ends && !people { range.end } else { told.end };
            let span = self.draft.span_of(head..end.max(head + 1));
            if span.len() <= LONGEST_TEXT {
                one.span = span;
                one.text = span.of(self.draft.text).replace('\n', " ");
            }
        }
        one.polity = one.polity.or_else(|| {
            let mentions = self.draft.mentions_in(self.draft.span_of(range.clone())).iter();
            mentions.filter(|mention| !self.society.is_beside(mention.span)).find_map(|m| self.society.home(m.entity))
        });
        Some(one)
    }

    /// Whether a person is named in `tokens`.
    pub fn people_in(&self, tokens: Range<usize>) -> bool {
        let mentions = self.draft.mentions_in(self.draft.span_of(tokens));
        mentions.iter().any(|m| kind_of(self.draft, m).is_some_and(|entity| entity.kind == EntityKind::Person))
    }

    /// "US and British forces": the parts before the last are its adjectives, and share its head.
    pub fn share_heads(&self, found: &mut [Participant]) {
        let nation = |span: Span| {
            let mention = self.draft.mention_at(span.start)?;
            let kind = kind_of(self.draft, mention)?.kind;
            matches!(kind, EntityKind::Gpe | EntityKind::Norp).then_some(mention.span.end)
        };
        for index in (1..found.len()).rev() {
            let [first, second] = &mut found[index - 1..=index] else { continue };
            let between = self.draft.tokens_in(Span::new(first.span.end, second.span.start.max(first.span.end)));
            let joined = between.len() <= 2
                && !between.is_empty()
                && between.clone().all(|at| matches!(self.lower(at), "and" | "or" | "," | "the"));
            let bare = nation(first.span).is_some_and(|end| end == first.span.end);
            let headed = second.entity.is_none() && nation(second.span).is_some_and(|end| end < second.span.end);
            if joined && bare && headed {
                first.sector = second.sector;
            }
        }
    }

    /// "supporters of President Ada Obi" are not the president: the head names people, and no office.
    fn are_others(&self, range: &Range<usize>, head_end: usize) -> bool {
        let noun = head_end.checked_sub(1).map_or("", |last| self.lower(last));
        let told = self.society.told(range.start..head_end);
        told.is_some_and(|(_, word)| word.end == head_end) && Titles::builtin().office_of(noun).is_none()
    }

    fn possessed(&self, end: usize) -> bool {
        self.draft.tokens.get(self.draft.token_from(end)).is_some_and(|token| {
            token.span.start == end && token.kind == crate::annotate::draft::TokenKind::Possessive
        })
    }

    /// "the party", "the airline", "the minister": the last name or office that is called so.
    fn described(&self, range: &Range<usize>, head_end: usize) -> Option<Participant> {
        let head = head_end.checked_sub(1)?;
        if range.len() > 3 || !matches!(self.lower(range.start), "the" | "this" | "that") {
            return None;
        }
        let token = self.draft.tokens.get(head)?;
        let word: &str = &token.lower;
        if word.len() < 4 || self.draft.mention_at(token.span.start).is_some() {
            return None;
        }
        let official = self.draft.officials.iter().rev().take(100).find(|official| {
            official.mentions.iter().any(|span| span.start < token.span.start)
                && official.title.to_lowercase().split(|c: char| !c.is_alphanumeric()).any(|part| part == word)
        });
        if let Some(official) = official {
            return self.named(official.entity, self.draft.span_of(range.start..head_end));
        }
        let before = self.draft.mentions.partition_point(|mention| mention.span.start < token.span.start);
        let mention = self.draft.mentions.get(..before)?.iter().rev().take(40).find(|mention| {
            kind_of(self.draft, mention).is_some_and(|entity| {
                entity.kind == EntityKind::Org
                    && entity.name.to_lowercase().split_whitespace().next_back().is_some_and(|last| last == word)
            })
        })?;
        self.named(mention.entity, self.draft.span_of(range.start..head_end))
    }

    /// The country the text is about, for "the police", "protesters".
    fn local(&self, range: &Range<usize>) -> Option<Polity> {
        range.clone().any(|k| LOCAL.contains(&self.lower(k))).then_some(self.dominant).flatten()
    }

    /// The first names with a country in `tokens`, as a participant.
    pub fn first_named(&self, tokens: Range<usize>, not: &[Participant]) -> Option<Participant> {
        let span = self.draft.span_of(tokens);
        // A wedding and a summit do nothing and suffer nothing.
        let happening = |m: &Mention| kind_of(self.draft, m).is_some_and(|e| e.kind == EntityKind::Event);
        let with_polity = |m: &&Mention| self.polity(m.entity).is_some() && !happening(m);
        let other = |m: &&Mention| !not.iter().any(|p| p.polity == self.polity(m.entity));
        let mentions = self.draft.mentions_in(span);
        let found = mentions.iter().filter(with_polity).find(other).or_else(|| mentions.iter().find(with_polity))?;
        self.named(found.entity, found.span)
    }
}
