//! Names of countries, peoples, divisions, cities, regions and well-known bodies, and what they may stand for.
//!
//! The word lists lie under `assets/lexicon`; `README.md` there tells their columns and sources. The build makes a table of
//! them that is part of the program and is looked up where it lies.

mod key;
mod table;
mod words;

use self::key::Key;
use self::table::{Entry, Table};
use super::draft::{Token, TokenKind};
use crate::model::{Country, EntityKind, Gender, Point, Polity, Sector};
pub use table::Senses;
pub use words::demonym_plural;
use words::{is_acronym, is_upper};

/// The names, ready to be looked up. A look-up allocates nothing.
#[derive(Debug)]
pub struct Gazetteer {
    table: &'static Table,
}

/// One thing that a name may stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sense {
    /// `Gpe`, `Loc`, `Norp`, `Org` or `Fac`.
    pub kind: EntityKind,
    /// What sort of thing.
    pub class: Class,
    /// The country it is, lies in or belongs to, or the organisation it is part of; `None` when it is none or several.
    pub polity: Option<Polity>,
    /// The first-level division it is or lies in, by name: "Texas", "Ontario", "Scotland"; empty when unknown.
    pub division: &'static str,
    /// The name to show: "United States" for "U.S.".
    pub canonical: &'static str,
    /// Inhabitants of a town, or of the towns in a division or county; 0 when unknown.
    pub population: u32,
    /// Where a town is, or the middle between the towns of a division or county.
    pub point: Option<Point>,
    /// The name is also an ordinary word, or a given name or surname ("Reading", "Jordan", "Lincoln"): without support
    /// from the words around it should not be believed.
    pub doubtful: bool,
    /// A town so small that it should not be believed unless the article speaks of the country around it.
    pub minor: bool,
    /// The part of society, of bodies that the table gives one.
    pub sector: Option<Sector>,
    /// Where `polity` is none, the country that those of this name come from: a newspaper, a company, a people.
    pub home: Option<Country>,
}

/// Sorts of things with names. The order is that in which the senses of a name are listed, but that divisions, counties,
/// regions and cities are listed by size.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// A country or territory, or a part of one that is called a country (Scotland).
    Country,
    /// A state that is no more; `Sense::polity` has the one it is filed under today.
    FormerCountry,
    /// An adjective or noun for a people.
    Demonym,
    /// An intergovernmental organisation or a body of one.
    Igo,
    /// A building or place that stands for a government: the Kremlin.
    Metonym,
    /// A seat of government.
    Capital,
    /// A state, province, oblast …
    Division,
    /// A county: a part of a division.
    County,
    /// A region, sea, mountain range, island …
    Region,
    /// A city or town.
    City,
    /// A well-known body.
    Org,
}

/// A name found in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Match {
    /// How many tokens it takes, at least 1.
    pub tokens: usize,
    /// What it may stand for, the likeliest first; never empty. Without minor towns.
    pub senses: Senses,
}

impl Gazetteer {
    /// The names that come with the program.
    pub fn builtin() -> &'static Gazetteer {
        static BUILTIN: std::sync::LazyLock<Gazetteer> =
            std::sync::LazyLock::new(|| Gazetteer { table: Table::builtin() });
        &BUILTIN
    }

    /// How many bytes of the program the names take.
    pub fn bytes() -> usize {
        Table::bytes()
    }

    /// The longest name that begins at token `at`.
    ///
    /// A name must have the capitals that its table gives it ("us" is no country), and may be all in capitals as in
    /// headlines and datelines. A name ends where a word ends: "Iran" is not in "Iranian".
    pub fn longest(&self, tokens: &[Token<'_>], at: usize) -> Option<Match> {
        let rest = tokens.get(at..)?;
        let first = rest.first()?;
        // Of names that begin in lower case only those with an Arabic article are kept: "al-Qaeda".
        if first.kind != TokenKind::Word || !(first.is_capitalised() || first.is("al")) {
            return None;
        }
        let mut key = Key::default();
        key.push(first.text);
        let limit = self.table.entry(key.prefix()).map(|entry| u16::from(entry.detail))?;
        let mut found = None;
        let mut all_capitals = is_upper(first.text);
        for (index, token) in rest.iter().enumerate() {
            if index > 0 {
                if token.kind == TokenKind::Punctuation && !is_joiner(token.text) {
                    break;
                }
                all_capitals &= !matches!(token.kind, TokenKind::Word | TokenKind::Number) || is_upper(token.text);
                key.push_token(token);
            }
            if key.words() > limit {
                break;
            }
            if token.kind == TokenKind::Punctuation && !token.text.starts_with([')', '+']) {
                continue;
            }
            let count = index + 1;
            let acronym = all_capitals.then(|| self.entry(key.acronym(), rest, count, true, false)).flatten();
            if let Some(entry) = acronym.or_else(|| self.entry(key.name(), rest, count, false, false)) {
                found = Some((count, entry));
            }
        }
        let (count, entry) = found?;
        if count == 1 && is_shouted_word(tokens, at) {
            return None;
        }
        Some(Match { tokens: count, senses: entry.senses })
    }

    /// What all of `tokens` together may be the name of, minor towns included; empty if nothing.
    pub fn whole(&self, tokens: &[Token<'_>]) -> Senses {
        let mut key = Key::default();
        for token in tokens {
            if token.kind == TokenKind::Punctuation && !is_joiner(token.text) {
                return Senses::default();
            }
            key.push_token(token);
        }
        let capitals = tokens.iter().all(|token| token.kind != TokenKind::Word || is_upper(token.text));
        let acronym = capitals.then(|| self.entry(key.acronym(), tokens, tokens.len(), true, true)).flatten();
        let entry = acronym.or_else(|| self.entry(key.name(), tokens, tokens.len(), false, true));
        entry.map(|entry| entry.every).unwrap_or_default()
    }

    /// What `name` may stand for, as one would write it in a text; empty if the tables do not have it.
    pub fn senses(&self, name: &str) -> Senses {
        let mut key = Key::default();
        key.push(name);
        let hash = if is_acronym(name) { key.acronym() } else { key.name() };
        let other = if is_upper(name) { key.name() } else { hash };
        let fits = |entry: &Entry| !entry.name.is_empty() && key::fits(entry.name, [name].into_iter());
        let entry = self.table.entry(hash).filter(fits).or_else(|| self.table.entry(other).filter(fits));
        entry.map(|entry| entry.senses).unwrap_or_default()
    }

    /// The division or country that qualifies a town: called with the tokens after the comma of "Paris, Texas",
    /// "Reno, Nev." or "London, Ontario". Here, and only here, abbreviations such as "Calif." and "TX" count.
    pub fn qualifier(&self, tokens: &[Token<'_>], at: usize) -> Option<Match> {
        let token = tokens.get(at)?;
        if token.kind != TokenKind::Word || !token.is_capitalised() {
            return None;
        }
        if let Some(short) = self.table.entry(key::abbreviation(token.text)).filter(|short| short.name == token.text)
        {
            return Some(Match { tokens: 1, senses: short.senses });
        }
        let found = self.longest(tokens, at)?;
        let qualifies =
            |sense: &Sense| matches!(sense.class, Class::Country | Class::Division | Class::FormerCountry);
        found.senses.iter().any(|sense| qualifies(&sense)).then_some(found)
    }

    /// Which of the senses of a town's name lies in what qualifies it.
    pub fn sense_within(senses: Senses, qualifier: Senses) -> Option<(Sense, Sense)> {
        qualifier.iter().find_map(|whole| {
            let mut towns = senses.iter().filter(|sense| matches!(sense.class, Class::City | Class::Capital));
            towns.find(|sense| sense.lies_in(&whole)).map(|sense| (sense, whole))
        })
    }

    /// Whether the words around a name found at token `at` speak for it, as a doubtful name needs: "in Reading",
    /// "Mobile, Ala."; true for names that are not doubtful.
    pub fn is_supported(&self, tokens: &[Token<'_>], at: usize, found: &Match) -> bool {
        const BEFORE: [&str; 18] = [
            "in", "near", "from", "at", "to", "outside", "around", "of", "between", "towards", "toward", "via",
            "through", "visit", "visited", "reached", "left", "inside",
        ];
        if found.tokens > 1 || found.senses.iter().any(|sense| !sense.doubtful || sense.class <= Class::Capital) {
            return true;
        }
        let before = at.checked_sub(1).and_then(|before| tokens.get(before));
        before.is_some_and(|before| BEFORE.iter().any(|word| before.is(word)))
            || self.qualifier_after(tokens, at + found.tokens).is_some()
    }

    /// What a name found at token `at` stands for: what the words after its comma tell ("Paris, Texas"), else its first
    /// sense.
    pub fn sense_in_text(&self, tokens: &[Token<'_>], at: usize, found: &Match) -> Option<Sense> {
        let first = found.senses.first()?;
        let Some(qualifier) = self.qualifier_after(tokens, at + found.tokens) else { return Some(first) };
        if let Some((sense, _)) = Self::sense_within(found.senses, qualifier.senses) {
            return Some(sense);
        }
        // A town that the tables do not have, with the name of one that they have. Not so in a list of countries or
        // states: "Georgia, Texas".
        let town = found.senses.iter().find(|sense| matches!(sense.class, Class::City | Class::Capital));
        let whole = qualifier.senses.iter().find(|sense| sense.class == Class::Division);
        Some(match (town, whole) {
            (Some(town), Some(whole)) if first.class >= Class::Capital && first.class != Class::Division => Sense {
                polity: whole.polity,
                division: whole.division,
                class: Class::City,
                population: 0,
                point: None,
                ..town
            },
            _ => first,
        })
    }

    /// The qualifier after a comma at token `comma`.
    fn qualifier_after(&self, tokens: &[Token<'_>], comma: usize) -> Option<Match> {
        tokens.get(comma).filter(|token| token.text == ",")?;
        self.qualifier(tokens, comma + 1)
    }

    /// The English name of a country; `None` if it is no ISO code nor `XK`.
    pub fn country_name(&self, country: Country) -> Option<&'static str> {
        self.table.country_name(country)
    }

    /// Every country, by code.
    pub fn countries(&self) -> impl Iterator<Item = (Country, &'static str)> {
        self.table.countries()
    }

    /// Whether `word` is a given name, and the gender it tells if it tells one.
    pub fn given_name_gender(&self, word: &str) -> Option<Option<Gender>> {
        let known = self.table.entry(key::given_name(word)).filter(|known| known.name == word)?;
        Some(table::gender(known.detail))
    }

    /// The entry of the first `count` tokens of `rest`; with minor towns only where these are asked for.
    fn entry(&self, hash: u64, rest: &[Token<'_>], count: usize, acronym: bool, minor: bool) -> Option<Entry> {
        let entry = self.table.entry(hash)?;
        if entry.name.is_empty() || is_acronym(entry.name) != acronym || (entry.senses.is_empty() && !minor) {
            return None;
        }
        let words = rest.get(..count)?;
        // "Lao's" is not "Laos": an ending counts as part of a name only where the name has it.
        let ending = words.iter().any(|token| token.kind == TokenKind::Possessive);
        let fits = (!ending || entry.name.contains('\'')) && key::fits(entry.name, texts(words));
        fits.then_some(entry)
    }
}

impl Sense {
    /// The country, if there is one.
    pub fn country(&self) -> Option<Country> {
        self.polity.and_then(Polity::country)
    }

    /// Whether this town or county lies in `whole`, a country or division.
    pub fn lies_in(&self, whole: &Sense) -> bool {
        self.polity == whole.polity
            && match whole.class {
                Class::Division => !whole.division.is_empty() && self.division == whole.division,
                class => matches!(class, Class::Country | Class::FormerCountry),
            }
    }
}

impl Key {
    /// Adds a token: a possessive ending to the last word, anything else as words.
    fn push_token(&mut self, token: &Token<'_>) {
        match token.kind {
            TokenKind::Possessive => self.push_joined(token.text),
            _ => self.push(token.text),
        }
    }
}

/// The English name of a country, "an unknown country" for a code that is none.
pub fn country_name(country: Country) -> &'static str {
    Gazetteer::builtin().country_name(country).unwrap_or("an unknown country")
}

/// The texts of tokens. A word's start is told by the table's side, so possessive endings need no mark of their own.
fn texts<'t>(tokens: &'t [Token<'_>]) -> impl Iterator<Item = &'t str> {
    tokens.iter().filter(|token| token.kind != TokenKind::Punctuation || token.text != ".").map(|token| token.text)
}

/// Punctuation that may stand inside a name.
fn is_joiner(text: &str) -> bool {
    matches!(text, "-" | "–" | "‑" | "&" | "," | "(" | ")" | "." | "+" | "/")
}

/// Whether the token is an acronym that is a word as well, in a headline all in capitals: "MAN WHO SAW IT". ("US" in a
/// headline is the country far more often than the pronoun.)
fn is_shouted_word(tokens: &[Token<'_>], at: usize) -> bool {
    const WORDS: [&str; 3] = ["who", "ice", "pace"];
    let neighbour = |index: Option<usize>| {
        let token = index.and_then(|index| tokens.get(index)).filter(|token| token.kind == TokenKind::Word);
        token.is_some_and(|token| token.text.chars().count() > 2 && is_upper(token.text))
    };
    let word = tokens.get(at).is_some_and(|token| WORDS.iter().any(|word| token.is(word)));
    word && (neighbour(at.checked_sub(1)) || neighbour(at.checked_add(1)))
}

#[cfg(test)]
mod tests;
