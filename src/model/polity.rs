//! Who an actor belongs to: a country or an intergovernmental organisation.

use std::fmt;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The organisations with their names, by short name.
const IGOS: &str = include_str!("../../assets/lexicon/igos.tsv");

/// A country or territory by its ISO 3166-1 alpha-2 code (XK for Kosovo).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Country([u8; 2]);

/// An intergovernmental organisation by its usual short name: `UN`, `EU`, `NATO`, `AU` …
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Igo(pub &'static str);

/// What a person, office or organisation belongs to. Told apart because codes clash: `AU` is Australia as a country
/// and the African Union as an organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Polity {
    /// A country.
    Country(Country),
    /// An intergovernmental organisation.
    Igo(Igo),
}

impl Country {
    /// The country with this two-letter code in capitals; `None` for anything that is not two ASCII capitals.
    pub fn new(code: &str) -> Option<Self> {
        match *code.as_bytes() {
            [a, b] if a.is_ascii_uppercase() && b.is_ascii_uppercase() => Some(Country([a, b])),
            _ => None,
        }
    }

    /// The two-letter code.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("??")
    }
}

impl Igo {
    /// The organisation with this short name, if it is one of those known.
    pub fn named(code: &str) -> Option<Self> {
        let codes = IGOS.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split('\t').next());
        codes.into_iter().find(|known| *known == code).map(Igo)
    }
}

impl Polity {
    /// The country code or the organisation's short name.
    pub fn code(&self) -> &str {
        match self {
            Polity::Country(country) => country.code(),
            Polity::Igo(igo) => igo.0,
        }
    }

    /// The country, if it is one.
    pub fn country(self) -> Option<Country> {
        match self {
            Polity::Country(country) => Some(country),
            Polity::Igo(_) => None,
        }
    }
}

impl From<Country> for Polity {
    fn from(country: Country) -> Self {
        Polity::Country(country)
    }
}

impl fmt::Debug for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Display for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl Serialize for Country {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Country {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let code = String::deserialize(deserializer)?;
        Country::new(&code).ok_or_else(|| D::Error::custom(format_args!("{code:?} is no country code")))
    }
}

impl Serialize for Igo {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0)
    }
}

impl<'de> Deserialize<'de> for Igo {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let code = String::deserialize(deserializer)?;
        Igo::named(&code).ok_or_else(|| D::Error::custom(format_args!("{code:?} is no organisation known here")))
    }
}
