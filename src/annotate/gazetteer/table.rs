//! The table that `build/gazetteer.rs` makes of the word lists: how it is laid out is told there.
//!
//! It is part of the program and is looked up where it lies: nothing is read or made when the program starts.

use std::sync::LazyLock;

use super::words::SECTORS;
use super::{Class, Sense, key};
use crate::model::{Country, EntityKind, Gender, Igo, Point, Polity, Sector};

const BYTES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/gazetteer.bin"));
const TEXT: &str = include_str!(concat!(env!("OUT_DIR"), "/gazetteer.txt"));

const HEAD: usize = 24;
const ENTRY: usize = 16;
const SENSE: usize = 20;

/// Where the sections are, in bytes.
#[derive(Debug)]
pub struct Table {
    bits: u32,
    entries: usize,
    senses: usize,
    strings: usize,
    countries: usize,
    country_count: usize,
}

/// A name of the table.
#[derive(Debug, Clone, Copy)]
pub struct Entry {
    /// The name as a word list writes it; empty if there are only longer names that begin with this word.
    pub name: &'static str,
    /// Of a single word: how many words the longest name has that begins with it. Of a given name: its gender.
    pub detail: u8,
    /// What it may stand for, minor towns left out.
    pub senses: Senses,
    /// What it may stand for; minor towns come last.
    pub every: Senses,
}

/// The senses of a name, the likeliest first. They are read where they lie in the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Senses {
    first: u32,
    count: u8,
}

impl Table {
    /// The table of this program.
    pub fn builtin() -> &'static Table {
        static TABLE: LazyLock<Table> = LazyLock::new(|| {
            let [buckets, entries, senses, strings, countries] = [0, 1, 2, 3, 4].map(|at| u32_at(at * 4) as usize);
            let first_entry = HEAD + (buckets + 1) * 4;
            let first_sense = first_entry + entries * ENTRY;
            let first_string = first_sense + senses * SENSE;
            Table {
                bits: buckets.max(1).ilog2(),
                entries: first_entry,
                senses: first_sense,
                strings: first_string,
                countries: first_string + (strings + 1) * 4,
                country_count: countries,
            }
        });
        &TABLE
    }

    /// How many bytes of the program the table takes.
    pub fn bytes() -> usize {
        BYTES.len() + TEXT.len()
    }

    /// The entry with this hash, if there is one.
    pub fn entry(&self, hash: u64) -> Option<Entry> {
        let bucket = HEAD + key::bucket(hash, self.bits) * 4;
        let check = key::check(hash);
        let at = (u32_at(bucket)..u32_at(bucket + 4))
            .map(|index| self.entries + index as usize * ENTRY)
            .find(|at| u32_at(*at) == check)?;
        let first = u32_at(at + 8);
        Some(Entry {
            name: self.string(u32_at(at + 4)),
            detail: byte_at(at + 12),
            senses: Senses { first, count: byte_at(at + 14) },
            every: Senses { first, count: byte_at(at + 13) },
        })
    }

    /// The name of a country.
    pub fn country_name(&self, country: Country) -> Option<&'static str> {
        let code = country.code().bytes().fold(0, |number, byte| number << 8 | u16::from(byte));
        let (mut low, mut high) = (0, self.country_count);
        while low < high {
            let middle = low + (high - low) / 2;
            let at = self.countries + middle * 4;
            match u16_at(at).cmp(&code) {
                std::cmp::Ordering::Equal => return Some(self.string(u32::from(u16_at(at + 2)))),
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
            }
        }
        None
    }

    /// Every country with its name, by code.
    pub fn countries(&self) -> impl Iterator<Item = (Country, &'static str)> {
        (0..self.country_count).filter_map(|index| {
            let at = self.countries + index * 4;
            Some((country(u16_at(at))?, self.string(u32::from(u16_at(at + 2)))))
        })
    }

    fn string(&self, index: u32) -> &'static str {
        let at = self.strings + index as usize * 4;
        TEXT.get(u32_at(at) as usize..u32_at(at + 4) as usize).unwrap_or_default()
    }

    fn sense(&self, index: u32) -> Sense {
        let at = self.senses + index as usize * SENSE;
        let marks = byte_at(at + 18);
        let at_home = marks & 4 != 0;
        let polity = self.polity(u16_at(at + 8));
        let place = (u16_at(at + 12) as i16, u16_at(at + 14) as i16);
        Sense {
            kind: kind(byte_at(at + 17)),
            class: class(byte_at(at + 16)),
            polity: polity.filter(|_| !at_home),
            division: self.string(u32::from(u16_at(at + 10))),
            canonical: self.string(u32_at(at)),
            population: u32_at(at + 4),
            point: (place.0 != i16::MIN).then_some(Point::hundredths(place.0, place.1)),
            doubtful: marks & 1 != 0,
            minor: marks & 2 != 0,
            sector: byte_at(at + 19)
                .checked_sub(1)
                .and_then(|sector| Sector::from_code(SECTORS.get(usize::from(sector))?)),
            home: polity.filter(|_| at_home).and_then(Polity::country),
        }
    }

    fn polity(&self, number: u16) -> Option<Polity> {
        match number.checked_sub(key::IGO) {
            Some(string) => Some(Polity::Igo(Igo(self.string(u32::from(string))))),
            None => country(number).map(Polity::Country),
        }
    }
}

impl Senses {
    /// How many there are.
    pub fn len(self) -> usize {
        usize::from(self.count)
    }

    /// Whether there is none.
    pub fn is_empty(self) -> bool {
        self.count == 0
    }

    /// The likeliest.
    pub fn first(self) -> Option<Sense> {
        self.iter().next()
    }

    /// All of them, the likeliest first.
    pub fn iter(self) -> impl Iterator<Item = Sense> {
        (self.first..self.first + u32::from(self.count)).map(|index| Table::builtin().sense(index))
    }
}

/// The gender that the detail of a given name tells.
pub fn gender(detail: u8) -> Option<Gender> {
    match detail {
        1 => Some(Gender::Male),
        2 => Some(Gender::Female),
        _ => None,
    }
}

fn country(number: u16) -> Option<Country> {
    let letters = number.to_be_bytes();
    Country::new(std::str::from_utf8(&letters).ok()?)
}

fn class(number: u8) -> Class {
    const CLASSES: [Class; 11] = [
        Class::Country,
        Class::FormerCountry,
        Class::Demonym,
        Class::Igo,
        Class::Metonym,
        Class::Capital,
        Class::Division,
        Class::County,
        Class::Region,
        Class::City,
        Class::Org,
    ];
    CLASSES.get(usize::from(number)).copied().unwrap_or(Class::Org)
}

fn kind(number: u8) -> EntityKind {
    const KINDS: [EntityKind; 4] = [EntityKind::Gpe, EntityKind::Loc, EntityKind::Norp, EntityKind::Org];
    KINDS.get(usize::from(number)).copied().unwrap_or(EntityKind::Org)
}

fn byte_at(at: usize) -> u8 {
    BYTES.get(at).copied().unwrap_or(0)
}

fn u16_at(at: usize) -> u16 {
    BYTES.get(at..at + 2).map_or(0, |bytes| u16::from_le_bytes([bytes[0], bytes[1]]))
}

fn u32_at(at: usize) -> u32 {
    BYTES.get(at..at + 4).map_or(0, |bytes| u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]))
}
