//! Makes the gazetteer's table out of the word lists: what `src/annotate/gazetteer/table.rs` reads, ready to be looked up.
//!
//! Two files: `gazetteer.txt`, the names one after another, and `gazetteer.bin`, in little-endian numbers:
//!
//! | section | of what |
//! | --- | --- |
//! | head | 6 × u32: how many buckets, entries, senses, strings, countries, and 0 |
//! | buckets | u32 each: the first entry whose hash has these high bits; one more at the end |
//! | entries | by hash: its low half (u32), name (u32, a string), first sense (u32), words of the longest name or gender (u8), how many senses (u8), how many without minor towns (u8), 0 (u8) |
//! | senses | canonical name (u32, a string), inhabitants (u32), polity (u16), division (u16, a string), latitude, longitude (i16, hundredths of a degree), class (u8), kind (u8), marks (u8), sector (u8, 0 for none, else from 1 in `words::SECTORS`) |
//! | strings | u32 each: where it begins in `gazetteer.txt`; one more at the end |
//! | countries | by code: code (u16), name (u16, a string) |

use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::Path;

use super::key::{self, Key};
use super::words::{SECTORS, demonym_plural, is_acronym};

/// Classes in the order of `gazetteer::Class`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Class {
    Country,
    FormerCountry,
    Demonym,
    Igo,
    Metonym,
    Capital,
    Division,
    County,
    Region,
    City,
    Org,
}

/// Kinds in the order of `table::KINDS`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Gpe,
    Loc,
    Norp,
    Org,
}

const DOUBTFUL: u8 = 1;
const MINOR: u8 = 2;
/// The polity is only where those of this name come from.
const HOME: u8 = 4;
/// No place: no latitude has that many degrees.
const NOWHERE: i16 = i16::MIN;
/// At least so many entries share the high bits of their hash.
const PER_BUCKET: usize = 3;
/// A region counts as that large: the tables tell no inhabitants.
const REGION: u32 = 1_000_000;
/// And a well-known body: "Toyota" is rather the company than the city.
const BODY: u32 = 500_000;

#[derive(Debug, Clone)]
struct Sense {
    class: Class,
    kind: Kind,
    /// A country's code, an organisation's short name after `+`, or nothing.
    polity: String,
    division: String,
    canonical: String,
    population: u32,
    place: (i16, i16),
    doubtful: bool,
    minor: bool,
    /// The polity is only where those of this name come from.
    home: bool,
    /// 0 for none, else from 1 in `SECTORS`.
    sector: u8,
}

impl Sense {
    fn new(class: Class, kind: Kind, code: &str) -> Self {
        let country = code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_uppercase());
        let polity = if country || code.starts_with('+') { code } else { "" };
        Sense {
            class,
            kind,
            polity: polity.to_owned(),
            division: String::new(),
            canonical: String::new(),
            population: 0,
            place: (NOWHERE, NOWHERE),
            doubtful: false,
            minor: false,
            home: false,
            sector: 0,
        }
    }

    /// With the sector and the home that the rest of a row may tell.
    fn from_row(class: Class, kind: Kind, code: &str, sector: Option<&str>, home: Option<&str>) -> Self {
        let home = home.filter(|_| code == "-").unwrap_or("-");
        let number = SECTORS.iter().position(|known| Some(*known) == sector).map_or(0, |at| at + 1);
        let at_home = home != "-";
        Sense {
            home: at_home,
            sector: u8::try_from(number).unwrap_or(0),
            ..Sense::new(class, kind, if at_home { home } else { code })
        }
    }

    /// Whether both are the same thing as different tables have it: a capital is in the table of cities, too.
    fn is_same(&self, other: &Sense) -> bool {
        let in_division = matches!(self.class, Class::City | Class::County);
        let same_class = self.class == other.class && (!in_division || self.division == other.division);
        let capital = self.class == Class::Capital && other.class == Class::City && !other.minor;
        self.polity == other.polity && (same_class || capital)
    }

    /// Likelier senses have lower ranks, and minor towns higher ones. Of divisions, regions and cities the larger is likelier.
    fn rank(&self) -> (bool, Class, u32) {
        match self.class {
            Class::Division | Class::County | Class::City => {
                (self.minor, Class::Division, u32::MAX - self.population)
            }
            Class::Region => (false, Class::Division, u32::MAX - REGION),
            Class::Org => (false, Class::Division, u32::MAX - BODY),
            class => (false, class, u32::MAX - self.population),
        }
    }
}

#[derive(Debug)]
struct Found {
    name: String,
    senses: Vec<Sense>,
    /// Words of the longest name that begins so; or the gender of a given name.
    detail: u8,
}

#[derive(Debug, Default)]
struct Names {
    doubtful: HashSet<String>,
    found: HashMap<u64, Found>,
}

impl Names {
    /// Adds a place or body under each of its names, which "/" separates; the first is the one to show.
    fn add_place(&mut self, names: &str, sense: &Sense) {
        let canonical = first_of(names);
        for name in names.split('/').filter(|name| !name.is_empty()) {
            // "County Mayo" is no given name, though "Mayo" is.
            let doubtful = sense.doubtful && (sense.class != Class::County || !name.contains(' '));
            self.add(name, Sense { canonical: canonical.to_owned(), doubtful, ..sense.clone() });
        }
    }

    fn add(&mut self, name: &str, sense: Sense) {
        let mut key = Key::default();
        key.push(name);
        if !sense.minor {
            let mut first = Key::default();
            // The first token: a possessive ending is a token of its own ("People's Republic").
            let word = name.split([' ', '-', ',', '&', '/', '(', '+']).next().unwrap_or(name);
            first.push(word.strip_suffix("'s").unwrap_or(word));
            let words = u8::try_from(key.words()).unwrap_or(u8::MAX);
            let prefix = self.entry(first.prefix(), "");
            prefix.detail = prefix.detail.max(words);
        }
        let doubtful = sense.doubtful || self.doubtful.contains(name);
        let found = self.entry(if is_acronym(name) { key.acronym() } else { key.name() }, name);
        // Text must have the capitals of the name kept: of two spellings, the one that asks for fewer.
        if capitals(name) < capitals(&found.name) && !sense.minor {
            name.clone_into(&mut found.name);
        }
        match found.senses.iter_mut().find(|other| other.is_same(&sense)) {
            Some(same) => {
                same.population = same.population.max(sense.population);
                if same.division.is_empty() {
                    same.division = sense.division;
                }
                if same.place.0 == NOWHERE {
                    same.place = sense.place;
                }
            }
            None => found.senses.push(Sense { doubtful, ..sense }),
        }
    }

    fn entry(&mut self, hash: u64, name: &str) -> &mut Found {
        let new = || Found { name: name.to_owned(), senses: Vec::new(), detail: 0 };
        let found = self.found.entry(hash).or_insert_with(new);
        if found.name.is_empty() {
            name.clone_into(&mut found.name);
        }
        found
    }
}

/// Reads the lists in `lexicon` and writes the table into `out`.
pub fn build(lexicon: &Path, out: &Path) {
    let read = |file: &str| fs::read_to_string(lexicon.join(file)).expect("the word list can be read");
    let mut names = Names::default();
    for row in rows(&read("doubtful.tsv")) {
        names.doubtful.extend(row.get(1).iter().flat_map(|names| names.split('|')).map(str::to_owned));
    }
    let countries = add_countries(&mut names, &read("countries.tsv"));
    for row in rows(&read("igos.tsv")) {
        if let [code, bodies] = row[..] {
            let sense = Sense::new(Class::Igo, Kind::Org, &format!("+{code}"));
            bodies.split('|').for_each(|body| names.add_place(body, &sense));
        }
    }
    for (file, class, kind) in [
        ("metonyms.tsv", Class::Metonym, Kind::Org),
        ("regions.tsv", Class::Region, Kind::Loc),
        ("organisations.tsv", Class::Org, Kind::Org),
    ] {
        for row in rows(&read(file)) {
            if let [code, place, ref rest @ ..] = row[..] {
                // Bodies have a sector before their home.
                let (sector, home) =
                    if class == Class::Org { (rest.first(), rest.get(1)) } else { (None, rest.first()) };
                names.add_place(place, &Sense::from_row(class, kind, code, sector.copied(), home.copied()));
            }
        }
    }
    for row in rows(&read("peoples.tsv")) {
        if let [code, people, ref rest @ ..] = row[..] {
            let canonical = first_of(people).to_owned();
            let people_of = Sense::from_row(Class::Demonym, Kind::Norp, code, None, rest.first().copied());
            let sense = Sense { canonical, ..people_of };
            people.split('|').for_each(|name| names.add(name, sense.clone()));
        }
    }
    let (cities, towns) = (read("cities.tsv"), read("towns.tsv"));
    let middles = middles(&[&cities, &towns]);
    add_divisions(&mut names, &read("divisions.tsv"), &middles);
    for (file, class, minor) in [
        (&read("provinces.tsv"), Class::Division, false),
        (&read("counties.tsv"), Class::County, false),
        (&cities, Class::City, false),
        (&towns, Class::City, true),
    ] {
        for row in rows(file) {
            add_settled(&mut names, &row, class, minor);
        }
    }
    name_divisions(&mut names, &[&read("divisions.tsv"), &read("provinces.tsv")]);
    add_given_names(&mut names, &read("given-names.tsv"));
    write(names, &countries, out);
}

/// Adds countries with their peoples and capitals; returns their codes and names.
fn add_countries(names: &mut Names, table: &str) -> Vec<(String, String)> {
    let mut countries = Vec::new();
    for row in rows(table) {
        let [code, places, adjectives, people, capitals] = row[..] else { continue };
        countries.push((code.to_owned(), first_of(places).to_owned()));
        for place in places.split('|') {
            match place.strip_prefix('~') {
                Some(former) => names.add_place(former, &Sense::new(Class::FormerCountry, Kind::Gpe, code)),
                None => names.add_place(place, &Sense::new(Class::Country, Kind::Gpe, code)),
            }
        }
        let demonym = Sense::new(Class::Demonym, Kind::Norp, code);
        for adjective in adjectives.split('|').filter(|adjective| !adjective.is_empty()) {
            let demonym = Sense { canonical: adjective.to_owned(), ..demonym.clone() };
            names.add(adjective, demonym.clone());
            if let Some(plural) = demonym_plural(adjective) {
                names.add(&plural, demonym);
            }
        }
        people.split('|').for_each(|noun| names.add_place(noun, &demonym));
        capitals
            .split('|')
            .for_each(|capital| names.add_place(capital, &Sense::new(Class::Capital, Kind::Gpe, code)));
    }
    countries.sort();
    countries
}

/// How many live in the towns of a division, and the middle between these.
type Middles = HashMap<(String, String), (u32, (i16, i16))>;

fn middles(tables: &[&str]) -> Middles {
    let mut sums: HashMap<(String, String), (u32, f64, f64, f64)> = HashMap::new();
    for row in tables.iter().flat_map(|table| rows(table)) {
        let [country, division, inhabitants, latitude, longitude, _] = row[..] else { continue };
        let degrees = |text: &str| text.parse::<f64>().ok();
        let (Some(latitude), Some(longitude)) = (degrees(latitude), degrees(longitude)) else { continue };
        let sum = sums.entry((country.to_owned(), division.to_owned())).or_default();
        sum.0 += marked(inhabitants).0.parse::<u32>().unwrap_or(0);
        sum.1 += 1.0;
        sum.2 += latitude;
        sum.3 += longitude;
    }
    let middle = |(people, towns, latitude, longitude): (u32, f64, f64, f64)| {
        (people, (hundredths(latitude / towns), hundredths(longitude / towns)))
    };
    sums.into_iter().map(|(division, sum)| (division, middle(sum))).collect()
}

/// Abbreviations that are words as well: not without their full stop.
const WORDS: [&str; 7] = ["Miss", "Mass", "Ill", "Man", "Wash", "Del", "Ore"];

fn add_divisions(names: &mut Names, table: &str, middles: &Middles) {
    for row in rows(table) {
        let [code, division, place, ref rest @ ..] = row[..] else { continue };
        let (division, doubtful) = marked(division);
        let (population, place_of) =
            middles.get(&(code.to_owned(), division.to_owned())).copied().unwrap_or((0, (NOWHERE, NOWHERE)));
        let found = Sense {
            division: if division == "-" { "" } else { division }.to_owned(),
            doubtful,
            population,
            place: place_of,
            ..Sense::new(Class::Division, Kind::Gpe, code)
        };
        names.add_place(place, &found);
        for short in rest.iter().flat_map(|shorts| shorts.split('|')).filter(|short| !short.is_empty()) {
            let sense = Sense { canonical: first_of(place).to_owned(), ..found.clone() };
            // The full stop may be a token of its own, or be left out; not where the rest is a word.
            let bare = short.strip_suffix('.').filter(|bare| !WORDS.contains(bare) && !bare.contains('.'));
            for form in [Some(short), bare].into_iter().flatten() {
                names.entry(key::abbreviation(form), form).senses.push(sense.clone());
            }
        }
    }
}

fn add_settled(names: &mut Names, row: &[&str], class: Class, minor: bool) {
    let [code, division, inhabitants, latitude, longitude, place] = row[..] else { return };
    let (inhabitants, several) = marked(inhabitants);
    let (division, doubtful) = marked(division);
    let degrees = |text: &str| text.parse::<f64>().map_or(NOWHERE, hundredths);
    let sense = Sense {
        division: if division == "-" { "" } else { division }.to_owned(),
        population: inhabitants.parse::<u32>().unwrap_or(0),
        place: (degrees(latitude), degrees(longitude)),
        doubtful: doubtful || several,
        minor,
        ..Sense::new(class, Kind::Gpe, code)
    };
    names.add_place(place, &sense);
    if class == Class::Division {
        let also: Vec<String> = place.split('/').flat_map(|name| as_in_news(code, name)).collect();
        for name in also {
            let canonical = first_of(place).to_owned();
            names.add(&name, Sense { canonical, doubtful: false, ..sense.clone() });
        }
    }
}

/// Countries whose divisions are called states.
const OF_STATES: [&str; 10] = ["BR", "ET", "IN", "MM", "MX", "MY", "NG", "SD", "SS", "VE"];

/// What the news call a division as well: "Rivers State", "West Darfur" for Western Darfur.
fn as_in_news(country: &str, name: &str) -> Vec<String> {
    let mut called = Vec::new();
    for (long, short) in
        [("Northern ", "North "), ("Southern ", "South "), ("Eastern ", "East "), ("Western ", "West ")]
    {
        called.extend(name.strip_prefix(long).map(|rest| format!("{short}{rest}")));
    }
    let state = |name: &str| format!("{name} State");
    if OF_STATES.contains(&country) && !name.contains("State") && !name.contains("Territory") {
        let states: Vec<String> = called.iter().map(|name| state(name)).chain([state(name)]).collect();
        called.extend(states);
    }
    called
}

/// Turns the codes of divisions into their names.
fn name_divisions(names: &mut Names, tables: &[&str]) {
    let mut called: HashMap<(String, String), String> = HashMap::new();
    for row in tables.iter().flat_map(|table| rows(table)) {
        if let (Some(country), Some(code), Some(name)) = (row.first(), row.get(1), row.get(2).or(row.last())) {
            let name = if row.len() == 6 { row[5] } else { name };
            called.insert(((*country).to_owned(), marked(code).0.to_owned()), first_of(name).to_owned());
        }
    }
    for (code, name) in [("ENG", "England"), ("SCT", "Scotland"), ("WLS", "Wales"), ("NIR", "Northern Ireland")] {
        called.insert(("GB".to_owned(), code.to_owned()), name.to_owned());
    }
    for sense in names.found.values_mut().flat_map(|found| &mut found.senses) {
        let code = (sense.polity.clone(), std::mem::take(&mut sense.division));
        sense.division = called.get(&code).cloned().unwrap_or_default();
    }
}

fn add_given_names(names: &mut Names, table: &str) {
    for row in rows(table) {
        let [gender, given] = row[..] else { continue };
        let gender = match gender {
            "M" => 1,
            "F" => 2,
            _ => 3,
        };
        for name in given.split(' ') {
            let found = names.entry(key::given_name(name), name);
            // Listed with both genders, it tells none.
            found.detail = if found.detail == 0 || found.detail == gender { gender } else { 3 };
        }
    }
}

/// Strings in the order of their first use, each once.
#[derive(Debug, Default)]
struct Strings {
    text: String,
    starts: Vec<u32>,
    known: HashMap<String, u32>,
}

impl Strings {
    fn index(&mut self, text: &str) -> u32 {
        if let Some(&known) = self.known.get(text) {
            return known;
        }
        let index = number(self.starts.len());
        self.starts.push(number(self.text.len()));
        self.text.push_str(text);
        self.known.insert(text.to_owned(), index);
        index
    }
}

fn write(names: Names, countries: &[(String, String)], out: &Path) {
    let mut entries: Vec<(u64, Found)> = names.found.into_iter().collect();
    entries.sort_by_key(|(hash, _)| *hash);
    let bits = (entries.len() / PER_BUCKET).max(2).ilog2();
    let mut strings = Strings::default();
    strings.index("");
    // Few divisions and countries are named by many senses: their strings come first, so that two bytes tell them.
    let mut divisions: Vec<&str> = entries
        .iter()
        .flat_map(|(_, found)| &found.senses)
        .flat_map(|sense| [sense.division.as_str(), sense.polity.strip_prefix('+').unwrap_or("")])
        .collect();
    divisions.sort_unstable();
    divisions.iter().for_each(|division| _ = strings.index(division));
    countries.iter().for_each(|(_, name)| _ = strings.index(name));
    let (mut buckets, mut rows, mut senses) = (Vec::new(), Vec::new(), Vec::new());
    let mut count = 0u32;
    for (index, (hash, found)) in entries.iter_mut().enumerate() {
        while buckets.len() <= key::bucket(*hash, bits) {
            buckets.push(number(index));
        }
        found.senses.sort_by_key(Sense::rank);
        found.senses.truncate(usize::from(u8::MAX));
        rows.extend(key::check(*hash).to_le_bytes());
        rows.extend(strings.index(&found.name).to_le_bytes());
        rows.extend(count.to_le_bytes());
        let major = found.senses.iter().filter(|sense| !sense.minor).count();
        let counted = |count: usize| u8::try_from(count).unwrap_or(0);
        rows.extend([found.detail, counted(found.senses.len()), counted(major), 0]);
        count += number(found.senses.len());
        for sense in &found.senses {
            senses.extend(strings.index(&sense.canonical).to_le_bytes());
            senses.extend(sense.population.to_le_bytes());
            senses.extend(polity(&sense.polity, &mut strings).to_le_bytes());
            senses.extend(short(strings.index(&sense.division)).to_le_bytes());
            senses.extend(sense.place.0.to_le_bytes());
            senses.extend(sense.place.1.to_le_bytes());
            let marks = if sense.doubtful { DOUBTFUL } else { 0 }
                | if sense.minor { MINOR } else { 0 }
                | if sense.home { HOME } else { 0 };
            senses.extend([sense.class as u8, sense.kind as u8, marks, sense.sector]);
        }
    }
    while buckets.len() <= 1 << bits {
        buckets.push(number(entries.len()));
    }
    let mut table = Vec::new();
    let head = [buckets.len() - 1, entries.len(), count as usize, strings.starts.len(), countries.len(), 0];
    let mut codes = Vec::new();
    for (code, name) in countries {
        codes.extend(polity(code, &mut strings).to_le_bytes());
        codes.extend(short(strings.index(name)).to_le_bytes());
    }
    head.iter().for_each(|count| table.extend(number(*count).to_le_bytes()));
    buckets.iter().for_each(|bucket| table.extend(bucket.to_le_bytes()));
    table.extend(rows);
    table.extend(senses);
    strings.starts.iter().for_each(|start| table.extend(start.to_le_bytes()));
    table.extend(number(strings.text.len()).to_le_bytes());
    table.extend(codes);
    fs::write(out.join("gazetteer.bin"), table).expect("the gazetteer can be written");
    fs::write(out.join("gazetteer.txt"), strings.text).expect("the gazetteer can be written");
}

/// A country's two letters as a number; an organisation's name as the place of the string after all of these; 0 is none.
fn polity(polity: &str, strings: &mut Strings) -> u16 {
    match polity.strip_prefix('+') {
        Some(igo) => key::IGO + short(strings.index(igo)),
        None => polity.bytes().fold(0, |number, byte| number << 8 | u16::from(byte)),
    }
}

fn rows(table: &str) -> impl Iterator<Item = Vec<&str>> {
    table.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).map(|line| line.split('\t').collect())
}

fn capitals(name: &str) -> usize {
    name.chars().filter(|letter| letter.is_uppercase()).count()
}

/// A field without the question mark that tells that the name is doubtful.
fn marked(field: &str) -> (&str, bool) {
    field.strip_suffix('?').map_or((field, false), |field| (field, true))
}

/// The name to show of a place: the first of its first place.
fn first_of(names: &str) -> &str {
    names.split(['/', '|']).next().unwrap_or(names)
}

fn hundredths(degrees: f64) -> i16 {
    (degrees * 100.0).round() as i16
}

fn number(count: usize) -> u32 {
    u32::try_from(count).expect("the gazetteer is no larger")
}

fn short(index: u32) -> u16 {
    u16::try_from(index).expect("the gazetteer has no more divisions")
}
