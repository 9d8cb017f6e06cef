//! The sector of each entity of an article, and of phrases.

use std::ops::Range;

use crate::annotate::cue;
use crate::annotate::draft::{Draft, TokenKind};
use crate::annotate::gazetteer::{Class, Gazetteer};
use crate::annotate::sector::{Sectors, body_in, known_body};
use crate::model::{Entity, EntityIx, EntityKind, Polity, Sector};
use crate::text::Span;

/// What is known of the entities of an article.
pub(super) struct Society<'c, 'a> {
    draft: &'c Draft<'a>,
    /// By entity.
    sectors: Vec<Option<Sector>>,
    /// By entity: the countries of papers and companies.
    homes: Vec<Option<Polity>>,
}

/// Words of an apposition that are read.
const APPOSITION: usize = 16;

/// Words between a preposition and the place it governs: "in central Baghdad", "in the capital city of Algiers".
const REACH: usize = 5;

impl<'c, 'a> Society<'c, 'a> {
    pub(super) fn new(draft: &'c Draft<'a>) -> Self {
        let lexicon = Sectors::builtin();
        let mut sectors: Vec<Option<Sector>> = vec![None; draft.entities.len()];
        let mut homes = vec![None; draft.entities.len()];
        for official in draft.officials.iter().rev() {
            if let Some(sector) = sectors.get_mut(official.entity) {
                *sector = official.sector;
            }
        }
        let mut society = Society { draft, sectors: Vec::new(), homes: Vec::new() };
        for mention in &draft.mentions {
            let Some(entity) = draft.entity(mention.entity) else { continue };
            if let Some(home) = homes.get_mut(mention.entity).filter(|home| home.is_none()) {
                *home = self::home(draft, entity, draft.tokens_in(mention.span));
            }
            let Some(sector) = sectors.get_mut(mention.entity).filter(|sector| sector.is_none()) else { continue };
            let tokens = draft.tokens_in(mention.span);
            *sector = match entity.kind {
                EntityKind::Org => lexicon.of_body(draft, mention.entity, tokens),
                EntityKind::Person => {
                    let title = society.of_title(title_before(draft, tokens.start));
                    title.or_else(|| society.of_phrase(apposition(draft, tokens.end)))
                }
                EntityKind::Norp => lexicon.of_name(mention.span.of(draft.text)),
                _ => lexicon.of_name(&entity.name),
            };
        }
        (society.sectors, society.homes) = (sectors, homes);
        society
    }

    /// The sector of an entity.
    pub(super) fn sector(&self, entity: EntityIx) -> Option<Sector> {
        self.sectors.get(entity).copied().flatten()
    }

    /// Where a paper or company comes from.
    pub(super) fn home(&self, entity: EntityIx) -> Option<Polity> {
        self.homes.get(entity).copied().flatten()
    }

    /// Whether an entity is a well-known body that belongs to no country.
    pub(super) fn is_of_none(&self, entity: EntityIx) -> bool {
        let Some(found) = self.draft.entity(entity).filter(|found| found.kind == EntityKind::Org) else {
            return false;
        };
        found.polity.is_none() && known_body(&found.name).is_some_and(|s| s.polity.is_none())
    }

    /// The sector of the words before a name, if they are its title.
    pub(super) fn of_title(&self, tokens: Range<usize>) -> Option<Sector> {
        let end = tokens.end;
        let known = |entity| self.sector(entity);
        let (sector, told) = Sectors::builtin().of_phrase(self.draft, tokens, &known)?;
        (told.end == end).then_some(sector)
    }

    /// The sector of a noun phrase.
    pub(super) fn of_phrase(&self, tokens: Range<usize>) -> Option<Sector> {
        self.told(tokens).map(|(sector, _)| sector)
    }

    /// The sector of a noun phrase, and the tokens of the word that tells it.
    pub(super) fn told(&self, tokens: Range<usize>) -> Option<(Sector, Range<usize>)> {
        let known = |entity: EntityIx| self.sector(entity);
        Sectors::builtin().of_phrase(self.draft, tokens.clone(), &known).or_else(|| {
            // "Libyans", "two Russians"; "Palestinians living in Lima"
            let complement = |at: &usize| {
                let word = self.draft.tokens.get(*at).map_or("", |token| &*token.lower);
                matches!(word, "of" | "in" | "from" | "living" | "based" | "at" | "near" | "across")
            };
            let end = tokens.clone().find(complement).unwrap_or(tokens.end);
            let last = self.draft.tokens.get(end.checked_sub(1)?).filter(|_| end > tokens.start)?;
            let mention = self.draft.mention_at(last.span.start)?;
            let people = self.draft.entity(mention.entity)?.kind == EntityKind::Norp;
            let sector = self.sector(mention.entity).unwrap_or(Sector::Civilians);
            people.then(|| (sector, self.draft.tokens_in(mention.span)))
        })
    }

    /// What a country or town stands for: its government where it acts, its people where something happens in it.
    pub(super) fn place(&self, entity: EntityIx, span: Span) -> Option<Sector> {
        let found = self.draft.entity(entity)?;
        if found.kind != EntityKind::Gpe {
            return None;
        }
        let sense = Gazetteer::builtin().senses(&found.name).first();
        let governs =
            sense.is_some_and(|sense| matches!(sense.class, Class::Country | Class::FormerCountry | Class::Capital));
        Some(if governs && !self.is_within(span) { Sector::Government } else { Sector::Civilians })
    }

    /// Whether the name stands for where something is: "in central Baghdad".
    fn is_within(&self, span: Span) -> bool {
        let at = self.draft.token_from(span.start);
        let before = (at.saturating_sub(REACH)..at).rev();
        let mut words = before.filter_map(|before| self.draft.tokens.get(before)).map(|token| &*token.lower);
        let preposition = words.find(|word| {
            matches!(
                *word,
                "in" | "at"
                    | "near"
                    | "outside"
                    | "inside"
                    | "across"
                    | "throughout"
                    | "into"
                    | "on"
                    | "around"
                    | "to"
                    | "with"
                    | "by"
                    | "against"
                    | "and"
                    | ","
                    | "from"
                    | "that"
                    | "said"
            )
        });
        preposition.is_some_and(|word| {
            matches!(word, "in" | "at" | "near" | "outside" | "inside" | "across" | "throughout" | "into" | "around")
        })
    }

    /// Whether a name only colours what follows: "pro-Iranian", "US-backed", "ethnic Albanian".
    pub(super) fn is_beside(&self, span: Span) -> bool {
        let token = |at: usize| self.draft.tokens.get(at).map_or("", |token| &*token.lower);
        let (first, after) = (self.draft.token_from(span.start), self.draft.token_from(span.end));
        let before = |back: usize| first.checked_sub(back).map_or("", token);
        let hyphen = |word: &str| matches!(word, "-" | "‐" | "‑" | "–");
        let sides = hyphen(before(1)) && matches!(before(2), "pro" | "anti");
        let made = hyphen(token(after))
            && matches!(
                token(after + 1),
                "backed"
                    | "led"
                    | "born"
                    | "trained"
                    | "made"
                    | "brokered"
                    | "sponsored"
                    | "funded"
                    | "supported"
                    | "allied"
                    | "mediated"
                    | "built"
                    | "speaking"
                    | "educated"
                    | "style"
            );
        sides || made || before(1) == "ethnic"
    }
}

/// Where a body, people or place named by `tokens` comes from, if it belongs to no country.
fn home(draft: &Draft<'_>, entity: &Entity, tokens: Range<usize>) -> Option<Polity> {
    if entity.polity.is_some() || entity.kind == EntityKind::Person {
        return None;
    }
    if let Some(sense) = known_body(&entity.name) {
        return sense.polity.or(sense.home.map(Polity::Country));
    }
    let sense = body_in(draft, tokens).filter(|_| entity.kind == EntityKind::Org)?;
    sense.polity.or(sense.home.map(Polity::Country))
}

/// The words of the phrase in apposition after token `end`: "Ada Obi, Peru's leading rights activist,".
pub(super) fn apposition(draft: &Draft<'_>, end: usize) -> Range<usize> {
    let lower = |at: usize| draft.tokens.get(at).map_or("", |token| &*token.lower);
    let mut start = end + 1;
    if lower(end) != "," {
        return end..end;
    }
    if matches!(lower(start), "a" | "an" | "the" | "one") {
        start += 1;
    }
    let limit = draft.sentences.get(draft.tokens.get(end).map_or(0, |token| token.sentence));
    let limit = limit.map_or(end, |sentence| sentence.tokens.end).min(start + APPOSITION);
    let stops = |at: usize| {
        let token = draft.tokens.get(at);
        token.is_none_or(|token| {
            let word = token.kind != TokenKind::Punctuation || matches!(token.text, "-" | "‐" | "‑" | "–");
            let person = draft.mention_at(token.span.start).is_some_and(|mention| {
                draft.entity(mention.entity).is_some_and(|entity| entity.kind == EntityKind::Person)
            });
            let class = super::words::closed_class(&token.lower);
            let inside = matches!(class, None | Some(super::words::Class::Determiner))
                || matches!(&*token.lower, "of" | "in" | "for" | "from" | "at");
            !word || person || !inside || cue::is_speech_verb(token)
        })
    };
    let stop = (start..limit).find(|&at| stops(at)).unwrap_or(limit);
    // What is set off is closed by a comma or the end of the sentence; anything else goes on.
    let closed = matches!(lower(stop), "," | "." | ";" | ")" | "who" | "" | "—");
    if closed && stop > start { start..stop } else { end..end }
}

/// The words right before token `at` that may be a title.
fn title_before(draft: &Draft<'_>, at: usize) -> Range<usize> {
    let sentence = draft.tokens.get(at).and_then(|token| draft.sentences.get(token.sentence));
    let floor = sentence.map_or(at, |sentence| sentence.tokens.start).max(at.saturating_sub(6));
    let mut start = at;
    while start > floor {
        let Some(token) = draft.tokens.get(start - 1) else { break };
        let is_word = token.kind == TokenKind::Word;
        if !is_word || super::words::closed_class(&token.lower).is_some() {
            break;
        }
        start -= 1;
    }
    start..at
}
