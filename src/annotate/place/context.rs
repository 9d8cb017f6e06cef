//! What the places of an article speak for: the countries, divisions and neighbourhoods that they are in.

use foldhash::HashMap;

use super::gather::Group;
use super::home::homes;
use crate::annotate::draft::Draft;
use crate::annotate::gazetteer::{Class, Sense};
use crate::model::{Country, Point};

/// How many times likelier a place is for each tenfold of inhabitants, as a logarithm.
const SIZE: f32 = 1.4;
/// What it is worth, as a logarithm of likelihood, that the whole article is in the country of a candidate …
const COUNTRY: f32 = 3.0;
/// … in its division …
const DIVISION: f32 = 2.5;
/// … or within a hundred kilometres or so.
const NEAR: f32 = 2.0;
/// … and that things of its kind stand beside it in lists.
const LISTED: f32 = 2.0;
/// The more, the more places it takes to be sure of anything.
const DOUBT: f32 = 1.0;

/// Fewer places tell hardly anything.
const QUIET: f32 = 1.0;

/// The places of an article, as they stand in a round.
#[derive(Debug, Default)]
pub struct Context {
    homes: Vec<(Country, f32)>,
    all: f32,
    countries: HashMap<Country, f32>,
    divisions: HashMap<(Country, &'static str), f32>,
    cells: HashMap<(i16, i16), f32>,
}

/// The senses of a name with how likely each is.
#[derive(Debug, Clone, Default)]
pub struct Weighed {
    senses: Vec<(Sense, f32)>,
}

impl Context {
    /// Nothing but where the article is at home.
    pub fn new(draft: &Draft<'_>) -> Self {
        Context { homes: homes(draft), ..Context::default() }
    }

    /// Takes in what `groups` stand for now.
    pub fn hear(&mut self, groups: &[Group]) {
        self.countries.clear();
        self.divisions.clear();
        self.cells.clear();
        self.all = 0.0;
        for (home, worth) in &self.homes {
            *self.countries.entry(*home).or_default() += worth;
            self.all += worth;
        }
        for group in groups.iter().filter(|group| group.firm) {
            for (sense, weight) in group.voices() {
                self.all += weight;
                let Some(country) = sense.country() else { continue };
                *self.countries.entry(country).or_default() += weight;
                if !sense.division.is_empty() {
                    *self.divisions.entry((country, sense.division)).or_default() += weight;
                }
                if let Some(cell) = cell(&sense) {
                    *self.cells.entry(cell).or_default() += weight;
                }
            }
        }
    }

    /// How likely `group` stands for each of its senses.
    pub fn weigh(&self, group: &Group) -> Weighed {
        let scores: Vec<f32> = group.senses.iter().map(|sense| self.score(group, sense)).collect();
        let most = scores.iter().copied().fold(f32::MIN, f32::max);
        let parts: Vec<f32> = scores.iter().map(|score| (score - most).exp()).collect();
        let sum: f32 = parts.iter().sum();
        Weighed { senses: group.senses.iter().copied().zip(parts.into_iter().map(|part| part / sum)).collect() }
    }

    fn score(&self, group: &Group, sense: &Sense) -> f32 {
        let (country, near) = self.shares(group, sense);
        let division = self.division_share(group, sense);
        // "Ohio, Georgia and Texas": things of one kind.
        let alike = |other: &&Sense| {
            let country = other.class == Class::Country || other.country() == sense.country();
            other.class == sense.class && country
        };
        let listed = group.listed.iter().filter(alike).count() as f32 / (group.listed.len().max(1) as f32);
        SIZE * size(sense) + COUNTRY * country + DIVISION * division + NEAR * near + LISTED * listed
    }

    /// How much of the other places is in the country of `sense`; and how much in its division or near it.
    pub fn support(&self, group: &Group, sense: &Sense) -> (f32, f32) {
        let (country, near) = self.shares(group, sense);
        (country, self.division_share(group, sense).max(near))
    }

    fn shares(&self, group: &Group, sense: &Sense) -> (f32, f32) {
        // A name does not speak for itself.
        let own = |same: &dyn Fn(&Sense) -> bool| -> f32 {
            let voices = group.voices().filter(|(voice, _)| group.firm && same(voice));
            voices.map(|(_, weight)| weight).sum()
        };
        let others = (self.all - own(&|_| true)).max(0.0) + DOUBT;
        let country = sense.country().map_or(0.0, |country| {
            let all = self.countries.get(&country).copied().unwrap_or(0.0);
            (all - own(&|voice| voice.country() == Some(country))).max(0.0) / others
        });
        let near = cell(sense).map_or(0.0, |(row, column)| {
            let around = |cell: (i16, i16)| (cell.0 - row).abs() <= 1 && (cell.1 - column).abs() <= 1;
            let cells =
                (row - 1..=row + 1).flat_map(|row| (column - 1..=column + 1).map(move |column| (row, column)));
            let all: f32 = cells.filter_map(|cell| self.cells.get(&cell)).sum();
            (all - own(&|voice| cell(voice).is_some_and(around))).max(0.0) / others
        });
        (country, near)
    }

    fn division_share(&self, group: &Group, sense: &Sense) -> f32 {
        let Some(country) = sense.country().filter(|_| !sense.division.is_empty()) else { return 0.0 };
        let same = |voice: &Sense| voice.country() == Some(country) && voice.division == sense.division;
        let own: f32 = group.voices().filter(|(voice, _)| group.firm && same(voice)).map(|(_, weight)| weight).sum();
        let all: f32 = group.voices().filter(|_| group.firm).map(|(_, weight)| weight).sum();
        let division = self.divisions.get(&(country, sense.division)).copied().unwrap_or(0.0);
        (division - own).max(0.0) / ((self.all - all).max(0.0) + DOUBT)
    }

    /// The country that most places are in, with how much of all is in it.
    pub fn main(&self) -> Option<(Country, f32)> {
        let most = self.countries.iter().max_by(|a, b| a.1.total_cmp(b.1).then(b.0.cmp(a.0)))?;
        Some((*most.0, *most.1 / (self.all + DOUBT)))
    }

    /// Whether hardly anything tells where the article is.
    pub fn is_quiet(&self) -> bool {
        self.all < QUIET
    }

    /// How much of the article is in `country`.
    pub fn share(&self, country: Country) -> f32 {
        self.countries.get(&country).copied().unwrap_or(0.0) / (self.all + DOUBT)
    }
}

impl Weighed {
    /// A name that the words beside it leave no doubt of.
    pub fn sure(sense: Sense) -> Self {
        Weighed { senses: vec![(sense, 1.0)] }
    }

    /// The likeliest sense.
    pub fn best(&self) -> Option<Sense> {
        self.place().and_then(|best| self.senses.get(best)).map(|(sense, _)| *sense)
    }

    /// How likely it is.
    pub fn confidence(&self) -> f32 {
        self.place().and_then(|best| self.senses.get(best)).map_or(0.0, |(_, likelihood)| *likelihood)
    }

    /// The other senses, each with how likely it is.
    pub fn others(&self) -> impl Iterator<Item = (Sense, f32)> {
        let best = self.place();
        self.senses.iter().enumerate().filter(move |(at, _)| Some(*at) != best).map(|(_, sense)| *sense)
    }

    /// How likely each is.
    pub fn likelihoods(&self) -> Vec<f32> {
        self.senses.iter().map(|(_, likelihood)| *likelihood).collect()
    }

    /// The likeliest in the likeliest country: of eleven towns in one, none may be likelier than the capital of another, and
    /// yet all of them together. Of several the first, which is the likelier without an article.
    fn place(&self) -> Option<usize> {
        let mut countries: Vec<(Option<Country>, f32)> = Vec::new();
        for (sense, likelihood) in &self.senses {
            match countries.iter_mut().find(|(country, _)| *country == sense.country()) {
                Some((_, sum)) => *sum += likelihood,
                None => countries.push((sense.country(), *likelihood)),
            }
        }
        let likeliest =
            countries.iter().copied().reduce(|best, other| if other.1 > best.1 { other } else { best })?.0;
        let inside = self.senses.iter().enumerate().filter(|(_, (sense, _))| sense.country() == likeliest);
        inside.reduce(|best, other| if other.1.1 > best.1.1 { other } else { best }).map(|(at, _)| at)
    }
}

/// How often the news means a place, as a logarithm to the base of ten: by its inhabitants, where they are known.
fn size(sense: &Sense) -> f32 {
    let inhabitants = (sense.population.max(100) as f32).log10();
    match sense.class {
        Class::Country | Class::Demonym => 8.0,
        Class::FormerCountry => 7.5,
        Class::Capital => inhabitants.max(5.7) + 0.3,
        Class::Region => 6.5,
        Class::County => inhabitants - 0.3,
        _ => inhabitants,
    }
}

/// The square of a degree that a town or county is in. Divisions and countries are too large to be near anything.
fn cell(sense: &Sense) -> Option<(i16, i16)> {
    let near = matches!(sense.class, Class::City | Class::Capital | Class::County);
    let Point { .. } = sense.point.filter(|_| near)?;
    sense.point.map(|point| (point.latitude().floor() as i16, point.longitude().floor() as i16))
}
