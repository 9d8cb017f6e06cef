//! From the tables under `assets/lexicon` to a [`Gazetteer`].

use std::collections::{HashMap, HashSet};

use super::super::lexicon::rows;
use super::key::{Key, KeyHasher};
use super::{Class, Entry, Gazetteer, Sense, demonym_plural, igo, is_acronym};
use crate::model::{Country, EntityKind, Gender, Polity};

const COUNTRIES: &str = include_str!("../../../assets/lexicon/countries.tsv");
const IGOS: &str = include_str!("../../../assets/lexicon/igos.tsv");
const METONYMS: &str = include_str!("../../../assets/lexicon/metonyms.tsv");
const DIVISIONS: &str = include_str!("../../../assets/lexicon/divisions.tsv");
const PROVINCES: &str = include_str!("../../../assets/lexicon/provinces.tsv");
const REGIONS: &str = include_str!("../../../assets/lexicon/regions.tsv");
const CITIES: &str = include_str!("../../../assets/lexicon/cities.tsv");
const ORGANISATIONS: &str = include_str!("../../../assets/lexicon/organisations.tsv");
const DOUBTFUL: &str = include_str!("../../../assets/lexicon/doubtful.tsv");
const PEOPLES: &str = include_str!("../../../assets/lexicon/peoples.tsv");
const GIVEN_NAMES: &str = include_str!("../../../assets/lexicon/given-names.tsv");

/// Reads all tables.
pub(super) fn read() -> Gazetteer {
    let mut names = Names {
        doubtful: rows(DOUBTFUL).filter_map(|row| row.get(1).copied()).flat_map(|names| names.split('|')).collect(),
        ..Names::default()
    };
    let countries = countries(&mut names);
    for row in rows(IGOS) {
        if let [code, bodies] = row[..] {
            for body in bodies.split('|') {
                names.add_place(body, sense(EntityKind::Org, Class::Igo, Some(igo(code))));
            }
        }
    }
    for row in rows(METONYMS) {
        if let [code, place] = row[..] {
            names.add_place(place, sense(EntityKind::Org, Class::Metonym, polity(code)));
        }
    }
    let abbreviations = divisions(&mut names);
    for row in rows(REGIONS) {
        if let [code, place] = row[..] {
            names.add_place(place, sense(EntityKind::Loc, Class::Region, polity(code)));
        }
    }
    for row in rows(PEOPLES) {
        if let [code, people] = row[..] {
            for name in people.split('|') {
                names.add(
                    name,
                    Sense { canonical: first_of(people), ..sense(EntityKind::Norp, Class::Demonym, polity(code)) },
                );
            }
        }
    }
    cities(&mut names);
    for row in rows(ORGANISATIONS) {
        if let [code, body] = row[..] {
            names.add_place(body, sense(EntityKind::Org, Class::Org, polity(code)));
        }
    }
    let (entries, senses) = names.finish();
    Gazetteer { entries, senses, countries, abbreviations, given_names: given_names() }
}

fn countries(names: &mut Names) -> HashMap<Country, &'static str> {
    let mut countries = HashMap::new();
    for row in rows(COUNTRIES) {
        let [code, places, adjectives, people, capitals] = row[..] else { continue };
        let Some(country) = Country::new(code) else { continue };
        let polity = Some(Polity::from(country));
        countries.insert(country, first_of(places));
        for place in places.split('|') {
            match place.strip_prefix('~') {
                Some(former) => names.add_place(former, sense(EntityKind::Gpe, Class::FormerCountry, polity)),
                None => names.add_place(place, sense(EntityKind::Gpe, Class::Country, polity)),
            }
        }
        for adjective in adjectives.split('|').filter(|adjective| !adjective.is_empty()) {
            let demonym = Sense { canonical: adjective, ..sense(EntityKind::Norp, Class::Demonym, polity) };
            names.add(adjective, demonym);
            if let Some(plural) = demonym_plural(adjective) {
                // A few hundred short words that live as long as the program.
                names.add(plural.leak(), demonym);
            }
        }
        for noun in people.split('|') {
            names.add_place(noun, sense(EntityKind::Norp, Class::Demonym, polity));
        }
        for capital in capitals.split('|') {
            names.add_place(capital, sense(EntityKind::Gpe, Class::Capital, polity));
        }
    }
    countries
}

const WORDS: [&str; 7] = ["Miss", "Mass", "Ill", "Man", "Wash", "Del", "Ore"];

fn divisions(names: &mut Names) -> HashMap<&'static str, Vec<Sense>> {
    let mut abbreviations: HashMap<&'static str, Vec<Sense>> = HashMap::new();
    for row in rows(DIVISIONS).chain(rows(PROVINCES)) {
        let [code, division, place, ref rest @ ..] = row[..] else { continue };
        let (division, doubtful) = marked(division);
        let division = if division == "-" { "" } else { division };
        let found = Sense { division, doubtful, ..sense(EntityKind::Gpe, Class::Division, polity(code)) };
        names.add_place(place, found);
        for short in rest.iter().flat_map(|shorts| shorts.split('|')).filter(|short| !short.is_empty()) {
            let sense = Sense { canonical: first_of(place), ..found };
            abbreviations.entry(short).or_default().push(sense);
            // The full stop may be a token of its own, or be left out; not where the rest is a word.
            if let Some(bare) = short.strip_suffix('.').filter(|bare| !WORDS.contains(bare) && !bare.contains('.')) {
                abbreviations.entry(bare).or_default().push(sense);
            }
        }
    }
    abbreviations
}

fn cities(names: &mut Names) {
    for row in rows(CITIES) {
        let [code, division, thousands, place] = row[..] else { continue };
        let division = if division == "-" { "" } else { division };
        let (thousands, doubtful) = marked(thousands);
        let population = thousands.parse::<u32>().unwrap_or_default().saturating_mul(1000);
        let city = Sense { division, population, doubtful, ..sense(EntityKind::Gpe, Class::City, polity(code)) };
        names.add_place(place, city);
    }
}

fn given_names() -> HashMap<&'static str, Option<Gender>> {
    let mut found = HashMap::new();
    for row in rows(GIVEN_NAMES) {
        let [gender, names] = row[..] else { continue };
        let gender = match gender {
            "M" => Some(Gender::Male),
            "F" => Some(Gender::Female),
            _ => None,
        };
        for name in names.split(' ') {
            // Listed with both genders, it tells none.
            found
                .entry(name)
                .and_modify(|told| {
                    if *told != gender {
                        *told = None
                    }
                })
                .or_insert(gender);
        }
    }
    found
}

/// Names in the making: what stands for each, not yet in order.
#[derive(Debug, Default)]
struct Names {
    doubtful: HashSet<&'static str>,
    found: HashMap<u64, (&'static str, Vec<Sense>), KeyHasher>,
    prefixes: HashMap<u64, u16, KeyHasher>,
}

impl Names {
    /// Adds a place or body under each of its names, which "/" separates; the first is the one to show.
    fn add_place(&mut self, names: &'static str, sense: Sense) {
        let canonical = first_of(names);
        for name in names.split('/').filter(|name| !name.is_empty()) {
            self.add(name, Sense { canonical, ..sense });
        }
    }

    fn add(&mut self, name: &'static str, sense: Sense) {
        let mut first = Key::default();
        let mut key = Key::default();
        key.push(name);
        // The first token: a possessive ending is a token of its own ("People's Republic").
        let word = name.split([' ', '-', ',', '&', '/', '(', '+']).next().unwrap_or(name);
        first.push(word.strip_suffix("'s").unwrap_or(word));
        let longest = self.prefixes.entry(first.prefix()).or_default();
        *longest = (*longest).max(key.words());
        let hash = if is_acronym(name) { key.acronym() } else { key.name() };
        let (kept, senses) = self.found.entry(hash).or_insert((name, Vec::new()));
        // Text must have the capitals of the name kept: of two spellings, the one that asks for fewer.
        if capitals(name) < capitals(kept) {
            *kept = name;
        }
        let doubtful = sense.doubtful || self.doubtful.contains(name);
        if let Some(same) = senses.iter_mut().find(|other| other.is_same(&sense)) {
            same.population = same.population.max(sense.population);
            if same.division.is_empty() {
                same.division = sense.division;
            }
            return;
        }
        senses.push(Sense { doubtful, ..sense });
    }

    fn finish(self) -> (HashMap<u64, Entry, KeyHasher>, Vec<Sense>) {
        let mut entries: HashMap<u64, Entry, KeyHasher> = HashMap::default();
        entries.reserve(self.found.len() + self.prefixes.len());
        let mut all = Vec::new();
        for (hash, (name, mut senses)) in self.found {
            // Stable: of countries, divisions and peoples with one name the likelier stands first in its table.
            senses.sort_by_key(|sense| (sense.class, std::cmp::Reverse(sense.population)));
            let (first, count) = (all.len(), senses.len());
            all.append(&mut senses);
            let (Ok(first), Ok(count)) = (u32::try_from(first), u16::try_from(count)) else { continue };
            entries.insert(hash, Entry { name, first, count, longest: 0 });
        }
        for (hash, longest) in self.prefixes {
            entries.entry(hash).or_default().longest = longest;
        }
        (entries, all)
    }
}

impl Sense {
    /// Whether both are the same thing as different tables have it: a capital is in the table of cities, too.
    fn is_same(&self, other: &Sense) -> bool {
        let same_class = self.class == other.class && (self.class != Class::City || self.division == other.division);
        let capital = self.class == Class::Capital && other.class == Class::City;
        self.polity == other.polity && (same_class || capital)
    }
}

fn capitals(name: &str) -> usize {
    name.chars().filter(|letter| letter.is_uppercase()).count()
}

fn sense(kind: EntityKind, class: Class, polity: Option<Polity>) -> Sense {
    Sense { kind, class, polity, division: "", canonical: "", population: 0, doubtful: false }
}

/// The country with this code; "-" is none.
fn polity(code: &str) -> Option<Polity> {
    Country::new(code).map(Polity::from)
}

/// A field without the question mark that tells that the name is doubtful.
fn marked(field: &'static str) -> (&'static str, bool) {
    field.strip_suffix('?').map_or((field, false), |field| (field, true))
}

/// The name to show of a place: the first of its first place.
fn first_of(names: &'static str) -> &'static str {
    names.split(['/', '|']).next().unwrap_or(names)
}
