//! The names of an article that may be places, with what the words beside each tell.

use std::ops::Range;

use foldhash::{HashMap, HashSet};

use super::{gazetteer, is_place};
use crate::annotate::cue;
use crate::annotate::draft::{Draft, Token, TokenKind};
use crate::annotate::entity::scan::{Name, Type};
use crate::annotate::entity::words::{fold, is_acronym};
use crate::annotate::gazetteer::{Class, Gazetteer, Match, Sense, Senses};
use crate::model::EntityKind;

/// A name that may be a place, with all its uses.
#[derive(Debug, Default)]
pub struct Group {
    /// The name, folded.
    pub key: String,
    /// What it may stand for.
    pub senses: Vec<Sense>,
    /// How likely each is, as far as is known.
    pub weights: Vec<f32>,
    /// Where it is used.
    pub spots: Vec<Spot>,
    /// Whether it is a place for sure; otherwise it may be a person or a word.
    pub firm: bool,
    /// What stands beside it in lists, if that has one sense only: in "Ohio, Georgia and Texas" a state.
    pub listed: Vec<Sense>,
    /// What the words beside its uses tell, by the name's index.
    told: Vec<(usize, Sense)>,
    /// The different senses among these, each with how often.
    told_senses: Vec<(Sense, f32)>,
    /// How often it is used.
    uses: f32,
}

/// No more neighbours in lists and told senses are kept of a name.
const KEPT: usize = 32;

/// A city of so many inhabitants is meant by its name in a name: "University of Cincinnati".
const LARGE: u32 = 300_000;

/// What a use inside another name is worth to other names.
const INSIDE: f32 = 0.5;

/// A use of a name.
#[derive(Debug)]
pub struct Spot {
    /// Index into the names.
    pub name: usize,
    /// What the name may stand for.
    pub senses: Senses,
    /// What the words beside it tell that it is: "Paris, Texas".
    pub told: Option<Sense>,
    /// Whether the words beside it tell that it is a place: "in Cottonport", "Cottonport residents".
    pub cued: bool,
    /// Whether it may be a person named elsewhere in the article.
    pub person: bool,
    /// Whether it is or begins with a given name.
    pub given: bool,
    /// The name to show and its kind where the name has more words than the place: "Northeast Texas".
    pub whole: Option<String>,
    /// The kind, where it is not that of the place.
    pub kind: Option<EntityKind>,
    /// Whether the place is named inside the name of something else: "Texas Forest Service".
    pub inside: bool,
}

impl Group {
    fn add(&mut self, spot: Spot) {
        if self.spots.is_empty() {
            self.senses = spot.senses.iter().filter(is_place).collect();
            self.weights = vec![1.0 / self.senses.len().max(1) as f32; self.senses.len()];
        }
        self.uses += if spot.inside { INSIDE } else { 1.0 };
        if let Some(sense) = spot.told {
            self.told.push((spot.name, sense));
            match self.told_senses.iter().position(|(known, _)| *known == sense) {
                Some(known) => self.told_senses[known].1 += 1.0,
                None if self.told_senses.len() < KEPT => self.told_senses.push((sense, 1.0)),
                None => {}
            }
        }
        self.spots.push(spot);
    }

    /// The senses with what each is worth to the other names: the more often the name is used, the more, but not in
    /// proportion.
    pub fn voices(&self) -> impl Iterator<Item = (Sense, f32)> {
        let worth = if self.uses < 1.0 { self.uses } else { 1.0 + self.uses.ln() };
        let (by_context, each) = match self.told.len() {
            0 => (worth, 0.0),
            told => (0.0, worth / told as f32),
        };
        let told = self.told_senses.iter().map(move |(sense, times)| (*sense, times * each));
        let weighed = self.senses.iter().zip(&self.weights).map(move |(sense, weight)| (*sense, weight * by_context));
        told.chain(weighed)
    }

    /// What the words beside an earlier use tell, else those beside a later one: a name has one sense in an article.
    pub fn told_before(&self, name: usize) -> Option<Sense> {
        let before = self.told.partition_point(|(told, _)| *told < name);
        before.checked_sub(1).map_or(self.told.first(), |last| self.told.get(last)).map(|(_, sense)| *sense)
    }
}

/// The names among `names` that may be places.
pub fn gather(draft: &Draft<'_>, names: &[Name]) -> Vec<Group> {
    let gatherer = Gatherer { draft, people: people(draft, names) };
    let mut groups: Vec<Group> = Vec::new();
    let mut by_name: HashMap<String, usize> = HashMap::default();
    for index in 0..names.len() {
        for (key, spot, firm) in gatherer.spots(names, index) {
            let at = *by_name.entry(key.clone()).or_insert_with(|| {
                groups.push(Group { key, ..Group::default() });
                groups.len() - 1
            });
            let group = &mut groups[at];
            group.firm |= firm;
            if !spot.inside && group.listed.len() < KEPT {
                group.listed.extend(gatherer.listed(names, index));
            }
            group.add(spot);
        }
    }
    groups.retain(|group| !group.senses.is_empty());
    groups
}

struct Gatherer<'a> {
    draft: &'a Draft<'a>,
    /// Words of the names of people, folded.
    people: HashSet<String>,
}

impl Gatherer<'_> {
    /// The places that `names[index]` may be or names inside, under what keys, and whether each is one for sure.
    fn spots(&self, names: &[Name], index: usize) -> Vec<(String, Spot, bool)> {
        match self.spot(names, index) {
            Some(spot) => vec![spot],
            None if matches!(names[index].kind, Type::Shaped(kind) if kind != EntityKind::Person) => {
                self.inside(names, index)
            }
            None => Vec::new(),
        }
    }

    /// The places named inside the name of something else.
    fn inside(&self, names: &[Name], index: usize) -> Vec<(String, Spot, bool)> {
        let name = &names[index].tokens;
        let mut found = Vec::new();
        let mut at = name.start;
        while at < name.end && name.len() > 1 {
            let place = gazetteer().longest(self.tokens(), at).filter(|place| at + place.tokens <= name.end);
            let Some(place) = place else {
                at += 1;
                continue;
            };
            let tokens = at..at + place.tokens;
            at = tokens.end;
            let Some(first) = place.senses.first().filter(|sense| is_place(sense) && tokens != *name) else {
                continue;
            };
            let senses = gazetteer().whole(&self.tokens()[tokens.clone()]);
            let senses = if senses.is_empty() { place.senses } else { senses };
            let other = self.is_rather_else(&tokens, senses);
            let large = first.class <= Class::Division || first.population >= LARGE;
            let of = self.tokens()[tokens.start.saturating_sub(1)].is("of");
            let told = self.told(names, index, &tokens, senses).filter(|_| tokens.end == name.end);
            let spot = Spot {
                name: index,
                senses,
                told,
                cued: tokens.start == name.start || of,
                person: other || (first.doubtful && first.class > Class::Division),
                given: false,
                whole: None,
                kind: None,
                inside: true,
            };
            let firm = !first.doubtful && large && !other;
            found.push((fold(self.draft.span_of(tokens).of(self.draft.text)), spot, firm));
        }
        found
    }

    /// The use of a place's name that `names[index]` may be, under what key, and whether it is a place for sure.
    fn spot(&self, names: &[Name], index: usize) -> Option<(String, Spot, bool)> {
        let name = &names[index];
        let tokens = self.tokens();
        let mut place = name.tokens.clone();
        let mut senses = gazetteer().whole(&tokens[place.clone()]);
        let (firm, kind) = match &name.kind {
            Type::Known { kind, senses: known, .. } => {
                // Otherwise it is an abbreviation, which may be the name of a town as well: "Alta."
                if senses.is_empty() || !senses.iter().take(known.len()).eq(known.iter()) {
                    senses = *known;
                }
                if !senses.iter().any(|sense| is_place(&sense)) || *kind == EntityKind::Org {
                    return None;
                }
                (!self.is_rather_else(&name.tokens, senses), None)
            }
            Type::Shaped(EntityKind::Org) if name.tokens.len() > 1 || !is_acronym(tokens[place.start].text) => {
                return None;
            }
            Type::Shaped(EntityKind::Person | EntityKind::Event | EntityKind::Norp) => return None,
            _ => (false, None),
        };
        let mut whole = None;
        if senses.is_empty() && place.len() > 1 && is_direction(&tokens[place.start]) {
            place.start += 1;
            senses = gazetteer().whole(&tokens[place.clone()]);
            whole = Some(self.text(&name.tokens));
        }
        // "in NSW": abbreviations of divisions, where the article is at home there.
        let short = senses.is_empty()
            && place.len() == 1
            && place.start.checked_sub(1).is_some_and(|before| tokens[before].is("in"));
        if short && !firm {
            senses = gazetteer().qualifier(tokens, place.start).map(|found| found.senses).unwrap_or_default();
        }
        if senses.is_empty() {
            return None;
        }
        let words = place.clone().filter(|&at| tokens[at].kind == TokenKind::Word);
        let person = !firm && words.clone().any(|at| self.people.contains(&fold(tokens[at].text)));
        let given =
            gazetteer().given_name_gender(tokens[place.start].text).is_some() || matches!(name.kind, Type::Person(_));
        let spoken = tokens.get(name.tokens.end).is_some_and(|next| cue::is_speech_verb(next));
        let large = |sense: &Sense| !sense.doubtful && sense.class <= Class::Division;
        let firm = firm || (whole.is_some() && senses.first().is_some_and(|sense| large(&sense)));
        let told = self.told(names, index, &place, senses);
        // The tagger may have seen that it is one.
        let tagged = matches!(name.kind, Type::Shaped(EntityKind::Gpe | EntityKind::Loc));
        let cued = tagged || self.cued(&name.tokens);
        let spot = Spot {
            name: index,
            senses,
            told,
            cued,
            person: (person || (spoken && !firm)) && !cued,
            given,
            kind: if whole.is_some() { Some(EntityKind::Loc) } else { kind },
            whole,
            inside: false,
        };
        Some((fold(self.draft.span_of(place).of(self.draft.text)), spot, firm))
    }

    /// Whether a name of the gazetteer is rather a person named elsewhere in the article, an acronym or a saint.
    fn is_rather_else(&self, name: &Range<usize>, senses: Senses) -> bool {
        let Some(first) = senses.first() else { return false };
        let tokens = self.tokens();
        let small = first.class >= Class::Division || first.doubtful;
        let word = &tokens[name.start];
        // "Hidalgo said", after "Anne Hidalgo"; "London" is the city, whoever else has the name.
        let known = first.class == Class::Region || first.population >= 1_000_000;
        let person = name.len() == 1 && (first.doubtful || !known) && self.people.contains(&fold(word.text));
        // "ITU" is not Itu in Brazil; in a headline or dateline in capitals it would be.
        let shouted = |at: Option<usize>| {
            let token = at.and_then(|at| tokens.get(at)).filter(|token| token.kind == TokenKind::Word);
            token.is_some_and(|token| is_acronym(token.text))
        };
        let acronym = name.len() == 1
            && is_acronym(word.text)
            && word.text.chars().count() <= 5
            && gazetteer().whole(&tokens[name.clone()]) == senses
            && !self.is_dateline(name)
            && !shouted(name.start.checked_sub(1))
            && !shouted(name.end.checked_add(0));
        // "St. Peter's Basilica"
        let saint = matches!(&*word.lower, "st." | "st" | "saint")
            && tokens.get(name.end).is_some_and(|token| token.kind == TokenKind::Possessive);
        small && (person || acronym || saint)
    }

    fn tokens(&self) -> &[Token<'_>] {
        &self.draft.tokens
    }

    fn text(&self, tokens: &Range<usize>) -> String {
        self.draft.span_of(tokens.clone()).of(self.draft.text).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// What the words beside the name tell that it is: "Paris, Texas" tells of both.
    fn told(&self, names: &[Name], index: usize, place: &Range<usize>, senses: Senses) -> Option<Sense> {
        let first = senses.first()?;
        // A country is nobody's town: "Canada, Mexico and Chile" is a list.
        let whole = self.qualifier(place.end).filter(|_| first.class != Class::Country);
        if let Some(whole) = whole {
            if let Some((town, _)) = pair(senses, whole.senses) {
                return Some(town);
            }
            // A town that the tables do not have, with the name of one that they have. Not so in a list of states:
            // "Georgia, Texas".
            let town = senses.iter().find(|sense| matches!(sense.class, Class::City | Class::Capital));
            let division = whole.senses.iter().find(|sense| sense.class == Class::Division);
            let next = self.tokens().get(place.end + 1 + whole.tokens);
            let closed = next.is_none_or(|next| next.kind != TokenKind::Word || !next.is_capitalised());
            let division = division.filter(|division| closed && !division.doubtful);
            // Nor is a large city there: "Mexico City, New York and Los Angeles".
            let large = matches!(first.class, Class::Division | Class::Capital) || first.population >= 1_000_000;
            if let (Some(town), Some(whole)) = (town, division)
                && first.class >= Class::Capital
                && !large
            {
                let (polity, division) = (whole.polity, whole.division);
                return Some(Sense { polity, division, class: Class::City, population: 0, point: None, ..town });
            }
        }
        // "Georgia" in "Atlanta, Georgia"
        let before = names[..index].last()?;
        let comma = self.tokens().get(before.tokens.end)?;
        if before.tokens.end + 1 != place.start || comma.text != "," {
            return None;
        }
        let towns = gazetteer().whole(&self.tokens()[before.tokens.clone()]);
        pair(towns, senses).map(|(_, whole)| whole)
    }

    /// What stands before and after the name in a list and has one sense only.
    fn listed(&self, names: &[Name], index: usize) -> Vec<Sense> {
        let joined = |first: &Name, second: &Name| {
            let between = self.tokens().get(first.tokens.end..second.tokens.start).unwrap_or_default();
            (1..=3).contains(&between.len())
                && between.iter().all(|token| matches!(&*token.lower, "," | "and" | "or" | "the"))
        };
        let name = &names[index];
        let before = index.checked_sub(1).and_then(|at| names.get(at)).filter(|other| joined(other, name));
        let after = names.get(index + 1).filter(|other| joined(name, other));
        let only = |other: &Name| match &other.kind {
            Type::Known { senses, .. } if senses.len() == 1 => senses.first().filter(is_place),
            _ => None,
        };
        [before, after].into_iter().flatten().filter_map(only).collect()
    }

    /// What qualifies a town after the comma at token `comma`; over its county, where that is named between.
    fn qualifier(&self, comma: usize) -> Option<Match> {
        self.tokens().get(comma).filter(|token| token.text == ",")?;
        gazetteer().qualifier(self.tokens(), comma + 1)
    }

    /// Whether the words beside the name tell that it is a place.
    fn cued(&self, name: &Range<usize>) -> bool {
        const BEFORE: [&str; 14] = [
            "in", "near", "from", "outside", "around", "between", "toward", "towards", "via", "through", "downtown",
            "visit", "visited", "inside",
        ];
        const OF: [&str; 12] = [
            "town",
            "city",
            "village",
            "county",
            "mayor",
            "people",
            "residents",
            "north",
            "south",
            "east",
            "west",
            "area",
        ];
        const AFTER: [&str; 22] = [
            "area",
            "resident",
            "residents",
            "police",
            "native",
            "mayor",
            "city",
            "town",
            "man",
            "woman",
            "couple",
            "neighborhood",
            "neighbourhood",
            "suburb",
            "council",
            "family",
            "school",
            "schools",
            "officials",
            "firefighters",
            "fire",
            "county",
        ];
        let token = |at: Option<usize>| at.and_then(|at| self.tokens().get(at));
        let before = token(name.start.checked_sub(1));
        let of = before.is_some_and(|token| token.is("of"))
            && token(name.start.checked_sub(2)).is_some_and(|token| OF.iter().any(|word| token.is(word)));
        let after = self.tokens().get(name.end);
        let hyphen = after.is_some_and(|token| token.text == "-")
            && self
                .tokens()
                .get(name.end + 1)
                .is_some_and(|token| matches!(&*token.lower, "based" | "area" | "born"));
        before.is_some_and(|token| BEFORE.iter().any(|word| token.is(word)))
            || of
            || hyphen
            || after.is_some_and(|token| AFTER.contains(&token.text))
            || self.is_dateline(name)
    }

    /// "BYESVILLE -", "CHARLESTON, W.Va. (AP) -" at the start of a paragraph.
    fn is_dateline(&self, name: &Range<usize>) -> bool {
        let tokens = self.tokens();
        let sentence = &self.draft.sentences[tokens[name.start].sentence];
        let starts = self.draft.paragraphs[sentence.paragraph].tokens.start == name.start;
        let capitals = is_acronym(tokens[name.start].text);
        let dash = tokens
            .get(name.end..)
            .into_iter()
            .flatten()
            .take(8)
            .any(|token| matches!(token.text, "-" | "–" | "—" | "--" | "("));
        starts && capitals && dash
    }
}

/// Which of the senses of a town, county or division lies in which of those of a whole.
fn pair(senses: Senses, wholes: Senses) -> Option<(Sense, Sense)> {
    Gazetteer::sense_within(senses, wholes).or_else(|| {
        // "Victoria, Australia"
        let countries = wholes.iter().filter(|whole| whole.class == Class::Country);
        countries
            .filter_map(|whole| {
                let parts = senses.iter().filter(|sense| matches!(sense.class, Class::Division | Class::County));
                parts.into_iter().find(|part| part.lies_in(&whole)).map(|part| (part, whole))
            })
            .next()
            .or_else(|| {
                let county = |sense: &Sense| sense.class == Class::County;
                wholes.iter().find_map(|whole| {
                    senses.iter().filter(county).find(|part| part.lies_in(&whole)).map(|part| (part, whole))
                })
            })
    })
}

/// Words of the names of people: "Lincoln" is nobody's town where Mary Lincoln speaks.
fn people(draft: &Draft<'_>, names: &[Name]) -> HashSet<String> {
    let people = names.iter().filter(|name| matches!(name.kind, Type::Person(_)) && name.tokens.len() > 1);
    let words = people.flat_map(|name| name.tokens.clone()).map(|at| &draft.tokens[at]);
    words.filter(|token| token.kind == TokenKind::Word).map(|token| fold(token.text)).collect()
}

/// A word that tells a part of a place: "North Texas".
fn is_direction(token: &Token<'_>) -> bool {
    const DIRECTIONS: [&str; 28] = [
        "north",
        "south",
        "east",
        "west",
        "northern",
        "southern",
        "eastern",
        "western",
        "northeast",
        "northwest",
        "southeast",
        "southwest",
        "northeastern",
        "northwestern",
        "southeastern",
        "southwestern",
        "central",
        "upper",
        "lower",
        "greater",
        "downtown",
        "mid",
        "inner",
        "outer",
        "rural",
        "metro",
        "metropolitan",
        "old",
    ];
    DIRECTIONS.iter().any(|word| token.is(word))
}
