//! Which country an official serves when the title does not say it.

use std::collections::{BTreeMap, BTreeSet};

use super::attach::Claim;
use super::ground::Ground;
use super::phrase::{Determiner, OfficePhrase};
use crate::annotate::country::{self, Weight};
use crate::model::{Country, EntityIx, EntityKind, MentionKind, Polity};

/// What the text as a whole tells of the countries that officials serve.
pub(super) struct Context<'c, 'g, 'd, 'a> {
    ground: &'g Ground<'d, 'a>,
    phrases: &'c [OfficePhrase],
    /// Countries stated for somebody, beside the title.
    stated: &'c BTreeMap<EntityIx, Polity>,
    /// For each person, their claims.
    of: BTreeMap<EntityIx, Vec<&'c Claim>>,
    /// Office and country of the definite phrases that name nobody: "the Kenyan ambassador".
    roles: Vec<(&'static str, Polity)>,
    /// For each office of which a country has one, who is said to hold it where.
    sole: BTreeMap<&'static str, Vec<(EntityIx, Country)>>,
    weights: Vec<Weight>,
    /// For each person, the sentences that name them.
    named: BTreeMap<EntityIx, BTreeSet<usize>>,
    /// For each sentence, the countries named in it, but not in a title.
    countries: BTreeMap<usize, BTreeSet<Country>>,
}

impl<'c, 'g, 'd, 'a> Context<'c, 'g, 'd, 'a> {
    pub fn new(
        ground: &'g Ground<'d, 'a>,
        phrases: &'c [OfficePhrase],
        claims: &'c [Claim],
        stated: &'c BTreeMap<EntityIx, Polity>,
    ) -> Self {
        let draft = ground.draft;
        let mut named: BTreeMap<EntityIx, BTreeSet<usize>> = BTreeMap::new();
        let mut countries: BTreeMap<usize, BTreeSet<Country>> = BTreeMap::new();
        let mut titles = phrases.iter().map(|phrase| phrase.tokens.clone()).peekable();
        for mention in draft.mentions.iter().filter(|mention| mention.kind == MentionKind::Name) {
            let at = draft.token_from(mention.span.start);
            let (Some(token), Some(entity)) = (draft.tokens.get(at), draft.entity(mention.entity)) else { continue };
            while titles.next_if(|title| title.end <= at).is_some() {}
            if entity.kind == EntityKind::Person {
                named.entry(mention.entity).or_default().insert(token.sentence);
            } else if let Some(country) = entity.polity.and_then(|polity| polity.country())
                && !titles.peek().is_some_and(|title| title.contains(&at))
            {
                countries.entry(token.sentence).or_default().insert(country);
            }
        }
        let mut of: BTreeMap<EntityIx, Vec<&Claim>> = BTreeMap::new();
        let mut sole: BTreeMap<&'static str, Vec<(EntityIx, Country)>> = BTreeMap::new();
        let mut claimed = vec![false; phrases.len()];
        for claim in claims {
            of.entry(claim.person).or_default().push(claim);
            let Some(phrase) = phrases.get(claim.phrase) else { continue };
            claimed[claim.phrase] = true;
            if is_sole(phrase)
                && !phrase.title.former()
                && let Some(country) = stated.get(&claim.person).and_then(|polity| polity.country())
            {
                let holders = sole.entry(phrase.title.office.code).or_default();
                if !holders.contains(&(claim.person, country)) && holders.len() < MAX_HOLDERS {
                    holders.push((claim.person, country));
                }
            }
        }
        let unclaimed = phrases.iter().zip(&claimed).filter(|(_, claimed)| !**claimed).map(|(phrase, _)| phrase);
        let roles = unclaimed.filter_map(role).take(MAX_HOLDERS).collect();
        Context { ground, phrases, stated, of, roles, sole, weights: country::weigh(draft), named, countries }
    }

    /// The country that `person` most likely serves, when no title of theirs says it.
    pub fn guess(&self, person: EntityIx) -> Option<Polity> {
        self.by_owner(person)
            .or_else(|| self.by_role(person))
            .or_else(|| self.ground.draft.entity(person)?.polity)
            .or_else(|| self.by_office(person))
            .or_else(|| self.by_company(person).map(Polity::Country))
    }

    fn phrases_of(&self, person: EntityIx) -> impl Iterator<Item = &'c OfficePhrase> {
        let claims = self.of.get(&person).map_or(&[][..], Vec::as_slice);
        claims.iter().filter_map(|claim| self.phrases.get(claim.phrase))
    }

    /// "Ada Obi’s spokesman", "and his foreign minister": the country of the owner.
    fn by_owner(&self, person: EntityIx) -> Option<Polity> {
        self.phrases_of(person).find_map(|phrase| {
            if let Some(principal) = phrase.principal {
                return self.stated.get(&principal).copied().or_else(|| self.by_office(principal));
            }
            if phrase.determiner != Determiner::Pronoun {
                return None;
            }
            let sentence = self.ground.sentence(phrase.start);
            let owner = (sentence.start..phrase.start).rev().take(MAX_BACK).find_map(|at| {
                let owner = self.ground.entity(at).filter(|owner| *owner != person)?;
                self.ground.is_person(at).then_some(owner)
            })?;
            self.stated.get(&owner).copied()
        })
    }

    /// "the Kenyan ambassador", said of nobody else, in the same article.
    fn by_role(&self, person: EntityIx) -> Option<Polity> {
        let codes: BTreeSet<&str> = self.phrases_of(person).map(|phrase| phrase.title.office.code).collect();
        let taken = self.taken(person);
        let free = |polity: &Polity| polity.country().is_none_or(|country| !taken.contains(&country));
        self.roles.iter().filter(|(code, _)| codes.contains(code)).map(|(_, polity)| *polity).find(free)
    }

    /// The only country that has such an office.
    fn by_office(&self, person: EntityIx) -> Option<Polity> {
        self.phrases_of(person).find_map(|phrase| phrase.only)
    }

    /// Countries whose one office of this kind somebody else is said to hold.
    fn taken(&self, person: EntityIx) -> BTreeSet<Country> {
        let codes: BTreeSet<&str> =
            self.phrases_of(person).filter(|phrase| is_sole(phrase)).map(|phrase| phrase.title.office.code).collect();
        let holders = codes.iter().filter_map(|code| self.sole.get(code)).flatten();
        holders.filter(|(other, _)| *other != person).map(|(_, country)| *country).collect()
    }

    /// The country named most in the sentences that name the person and in the article, if nobody else holds the office
    /// there.
    fn by_company(&self, person: EntityIx) -> Option<Country> {
        let taken = self.taken(person);
        let sentences = self.named.get(&person);
        let all = sentences.map_or(1, BTreeSet::len).max(1) as f32;
        let together = |country: Country| {
            let with = |sentence: &&usize| self.countries.get(sentence).is_some_and(|found| found.contains(&country));
            sentences.map_or(0, |sentences| sentences.iter().filter(with).count()) as f32 / all
        };
        let likely =
            |weight: &Weight| weight.country.map(|country| weight.centrality() + TOGETHER * together(country));
        self.weights
            .iter()
            .filter(|weight| weight.country.is_some_and(|country| !taken.contains(&country)))
            .filter_map(|weight| Some((weight.country?, likely(weight)?, weight.first)))
            .max_by(|a, b| a.1.total_cmp(&b.1).then(b.2.cmp(&a.2)))
            .map(|(country, ..)| country)
    }
}

/// What being named in every sentence with the person counts against the country's own centrality.
const TOGETHER: f32 = 0.5;

/// More holders of one kind of office, or roles, are not kept: an article has few.
const MAX_HOLDERS: usize = 256;

/// How many tokens back the owner of "his" is looked for.
const MAX_BACK: usize = 80;

/// Whether a country has one such office.
fn is_sole(phrase: &OfficePhrase) -> bool {
    let office = phrase.title.office;
    let one = matches!(office.body, "state" | "monarchy") || office.code.ends_with("-minister");
    (one || office.code == "head-of-government") && !office.weak && !phrase.title.deputy()
}

/// Office and country of a phrase such as "the Kenyan ambassador".
fn role(phrase: &OfficePhrase) -> Option<(&'static str, Polity)> {
    let code = phrase.title.office.code;
    let known =
        matches!(code, "ambassador" | "head-of-state" | "head-of-government" | "foreign-minister" | "monarch");
    let definite = phrase.determiner == Determiner::Definite && !phrase.title.plural;
    (known && definite).then_some((code, phrase.polity?))
}
