//! Noun phrases that name an office, with what stands around the title: "Iran’s deputy foreign minister",
//! "spokesman for the Indonesian military", "African Union trade commissioner".

mod after;
mod before;
mod wording;

use std::ops::Range;

use super::ground::Ground;
use crate::annotate::entity::words::is_calendar;
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

/// Days, months and "today" stand around titles without being part of them.
fn is_date(ground: &Ground, at: usize) -> bool {
    ground.draft.tokens.get(at).is_some_and(is_calendar) || ground.is(at, &["today"])
}

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
}
