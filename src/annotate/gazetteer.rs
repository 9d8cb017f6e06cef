//! Names of countries, peoples, divisions, cities, regions and well-known bodies, and what they may stand for.
//!
//! The tables lie under `assets/lexicon` and are part of the program. They are read once, when the first name is looked
//! up (a few milliseconds); `README.md` there tells their columns and sources.

mod key;
mod table;

use std::collections::HashMap;
use std::sync::LazyLock;

use self::key::{Key, KeyHasher};
use super::draft::{Token, TokenKind};
use crate::model::{Country, EntityKind, Gender, Igo, Polity};

/// The names, ready to be looked up.
#[derive(Debug)]
pub struct Gazetteer {
    entries: HashMap<u64, Entry, KeyHasher>,
    senses: Vec<Sense>,
    countries: HashMap<Country, &'static str>,
    abbreviations: HashMap<&'static str, Vec<Sense>>,
    given_names: HashMap<&'static str, Option<Gender>>,
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
    /// The first-level division it is or lies in, as the tables call it: `TX`, `ON`, `SCT`; empty when unknown.
    pub division: &'static str,
    /// The name to show: "United States" for "U.S.".
    pub canonical: &'static str,
    /// Inhabitants, for cities; 0 when unknown.
    pub population: u32,
    /// The name is also an ordinary word, or a given name or surname ("Reading", "Jordan", "Lincoln"): without support
    /// from the words around it should not be believed.
    pub doubtful: bool,
}

/// Sorts of things with names. The order is that in which the senses of a name are listed.
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
    /// A region, sea, mountain range, island …
    Region,
    /// A city or town.
    City,
    /// A well-known body.
    Org,
}

/// A name found in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Match<'g> {
    /// How many tokens it takes, at least 1.
    pub tokens: usize,
    /// What it may stand for, the likeliest first; never empty.
    pub senses: &'g [Sense],
}

#[derive(Debug, Clone, Copy, Default)]
struct Entry {
    /// The name as a table writes it; empty if there are only longer names that begin with this word.
    name: &'static str,
    /// Indices into `Gazetteer::senses`.
    first: u32,
    count: u16,
    /// Of a single word: how many words the longest name has that begins with it.
    longest: u16,
}

impl Gazetteer {
    /// The names that come with the program. The first call reads the tables.
    pub fn builtin() -> &'static Gazetteer {
        static BUILTIN: LazyLock<Gazetteer> = LazyLock::new(table::read);
        &BUILTIN
    }

    /// The longest name that begins at token `at`.
    ///
    /// A name must have the capitals that its table gives it ("us" is no country), and may be all in capitals as in
    /// headlines and datelines. A name ends where a word ends: "Iran" is not in "Iranian".
    pub fn longest(&self, tokens: &[Token<'_>], at: usize) -> Option<Match<'_>> {
        let rest = tokens.get(at..)?;
        let first = rest.first()?;
        if first.kind != TokenKind::Word || !first.is_capitalised() {
            return None;
        }
        let mut key = Key::default();
        key.push(first.text);
        let limit = self.entries.get(&key.prefix()).map(|entry| entry.longest)?;
        let mut found = None;
        let mut all_capitals = is_upper(first.text);
        for (index, token) in rest.iter().enumerate() {
            if index > 0 {
                match token.kind {
                    TokenKind::Possessive => key.push_joined(token.text),
                    TokenKind::Word | TokenKind::Number => {
                        all_capitals &= is_upper(token.text);
                        key.push(token.text);
                    }
                    TokenKind::Punctuation if is_joiner(token.text) => key.push(token.text),
                    TokenKind::Punctuation => break,
                }
            }
            if key.words() > limit {
                break;
            }
            if token.kind == TokenKind::Punctuation && !token.text.starts_with([')', '+']) {
                continue;
            }
            let count = index + 1;
            let acronym = all_capitals.then(|| self.entry(key.acronym(), rest, count, true)).flatten();
            if let Some(entry) = acronym.or_else(|| self.entry(key.name(), rest, count, false)) {
                found = Some((count, entry));
            }
        }
        let (count, entry) = found?;
        if count == 1 && is_shouted_word(tokens, at) {
            return None;
        }
        Some(Match { tokens: count, senses: self.senses_of(entry) })
    }

    /// What `name` may stand for, as one would write it in a text; empty if the tables do not have it.
    pub fn senses(&self, name: &str) -> &[Sense] {
        let mut key = Key::default();
        key.push(name);
        let hash = if is_acronym(name) { key.acronym() } else { key.name() };
        let other = if is_upper(name) { key.name() } else { hash };
        let fits = |entry: &&Entry| !entry.name.is_empty() && key::fits(entry.name, [name].into_iter());
        let entry = self.entries.get(&hash).filter(fits).or_else(|| self.entries.get(&other).filter(fits));
        entry.map_or(&[], |entry| self.senses_of(entry))
    }

    /// The division or country that qualifies a town: called with the tokens after the comma of "Paris, Texas",
    /// "Reno, Nev." or "London, Ontario". Here, and only here, abbreviations such as "Calif." and "TX" count.
    pub fn qualifier(&self, tokens: &[Token<'_>], at: usize) -> Option<Match<'_>> {
        let token = tokens.get(at)?;
        if token.kind != TokenKind::Word || !token.is_capitalised() {
            return None;
        }
        if let Some(senses) = self.abbreviations.get(token.text) {
            return Some(Match { tokens: 1, senses });
        }
        let found = self.longest(tokens, at)?;
        let qualifies =
            |sense: &Sense| matches!(sense.class, Class::Country | Class::Division | Class::FormerCountry);
        found.senses.iter().any(qualifies).then_some(found)
    }

    /// Which of the senses of a town's name lies in what qualifies it.
    pub fn sense_within<'s>(senses: &'s [Sense], qualifier: &[Sense]) -> Option<(&'s Sense, Sense)> {
        let lies_in = |town: &Sense, whole: &Sense| {
            town.polity == whole.polity
                && match whole.class {
                    Class::Division => !whole.division.is_empty() && town.division == whole.division,
                    class => matches!(class, Class::Country | Class::FormerCountry),
                }
        };
        let town = |sense: &&Sense| matches!(sense.class, Class::City | Class::Capital);
        qualifier.iter().find_map(|whole| {
            let mut towns = senses.iter().filter(town);
            towns.find(|sense| lies_in(sense, whole)).map(|sense| (sense, *whole))
        })
    }

    /// Whether the words around a name found at token `at` speak for it, as a doubtful name needs: "in Reading",
    /// "Mobile, Ala."; true for names that are not doubtful.
    pub fn is_supported(&self, tokens: &[Token<'_>], at: usize, found: &Match<'_>) -> bool {
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
    pub fn sense_in_text(&self, tokens: &[Token<'_>], at: usize, found: &Match<'_>) -> Option<Sense> {
        let first = found.senses.first().copied()?;
        let Some(qualifier) = self.qualifier_after(tokens, at + found.tokens) else { return Some(first) };
        if let Some((sense, _)) = Self::sense_within(found.senses, qualifier.senses) {
            return Some(*sense);
        }
        // A town that the tables do not have, with the name of one that they have. Not so in a list of countries or
        // states: "Georgia, Texas".
        let town = found.senses.iter().find(|sense| matches!(sense.class, Class::City | Class::Capital));
        let whole = qualifier.senses.iter().find(|sense| sense.class == Class::Division);
        Some(match (town, whole) {
            (Some(town), Some(whole)) if first.class >= Class::Capital && first.class != Class::Division => {
                Sense { polity: whole.polity, division: whole.division, class: Class::City, population: 0, ..*town }
            }
            _ => first,
        })
    }

    /// The qualifier after a comma at token `comma`.
    fn qualifier_after(&self, tokens: &[Token<'_>], comma: usize) -> Option<Match<'_>> {
        tokens.get(comma).filter(|token| token.text == ",")?;
        self.qualifier(tokens, comma + 1)
    }

    /// The English name of a country; `None` if it is no ISO code nor `XK`.
    pub fn country_name(&self, country: Country) -> Option<&'static str> {
        self.countries.get(&country).copied()
    }

    /// Every country, in no order.
    pub fn countries(&self) -> impl Iterator<Item = (Country, &'static str)> {
        self.countries.iter().map(|(country, name)| (*country, *name))
    }

    /// Whether `word` is a given name, and the gender it tells if it tells one.
    pub fn given_name_gender(&self, word: &str) -> Option<Option<Gender>> {
        self.given_names.get(word).copied()
    }

    fn entry(&self, hash: u64, rest: &[Token<'_>], count: usize, acronym: bool) -> Option<&Entry> {
        let entry = self.entries.get(&hash)?;
        if entry.name.is_empty() || is_acronym(entry.name) != acronym {
            return None;
        }
        let words = rest.get(..count)?;
        // "Lao's" is not "Laos": an ending counts as part of a name only where the name has it.
        let ending = words.iter().any(|token| token.kind == TokenKind::Possessive);
        let fits = (!ending || entry.name.contains('\'')) && key::fits(entry.name, key::texts(words));
        fits.then_some(entry)
    }

    fn senses_of(&self, entry: &Entry) -> &[Sense] {
        let first = entry.first as usize;
        self.senses.get(first..first + entry.count as usize).unwrap_or_default()
    }
}

impl Sense {
    /// The country, if there is one.
    pub fn country(&self) -> Option<Country> {
        self.polity.and_then(Polity::country)
    }
}

/// The English name of a country, "an unknown country" for a code that is none.
pub fn country_name(country: Country) -> &'static str {
    Gazetteer::builtin().country_name(country).unwrap_or("an unknown country")
}

/// The plural noun that belongs to an adjective: "Iranians" for "Iranian"; `None` where English has none by that rule
/// ("French", "Chinese", "Swiss").
pub fn demonym_plural(adjective: &str) -> Option<String> {
    const WITHOUT: [&str; 9] = ["se", "sh", "ss", "is", "ic", "nch", "tch", "nx", "yz"];
    let plain = WITHOUT.iter().any(|ending| adjective.ends_with(ending)) || ["Lao", "Malagasy"].contains(&adjective);
    (!plain).then(|| format!("{adjective}s"))
}

/// The organisation with this short name.
fn igo(code: &'static str) -> Polity {
    Polity::Igo(Igo(code))
}

/// Whether there is a letter and no small one.
fn is_upper(text: &str) -> bool {
    text.chars().any(char::is_uppercase) && !text.chars().any(char::is_lowercase)
}

/// Whether a name of the tables counts as an acronym: it is only looked for in capitals, and apart from other names, so
/// that "US" and "CAR" are not "us" and "Car".
fn is_acronym(name: &str) -> bool {
    is_upper(name)
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
