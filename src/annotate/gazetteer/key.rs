//! The normal form under which a name is kept and looked up: letters without accents in lower case, one blank between
//! words. Full stops and apostrophes are dropped ("U.S." is "us", "Sana'a" is "sanaa"), a hyphen is a
//! blank. Only its hash is made, so that a look-up allocates nothing.

use std::hash::{BuildHasherDefault, Hasher};

use super::super::draft::{Token, TokenKind};

/// Hashes a normal form while it grows.
#[derive(Debug, Clone, Copy)]
pub(super) struct Key {
    hash: u64,
    words: u16,
    gap: bool,
}

const BASIS: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x0000_0100_0000_01b3;

impl Default for Key {
    fn default() -> Self {
        Key { hash: BASIS, words: 0, gap: true }
    }
}

impl Key {
    /// Adds text as a new word, or as several.
    pub(super) fn push(&mut self, text: &str) {
        self.gap = true;
        self.push_joined(text);
    }

    /// Adds text to the last word.
    pub(super) fn push_joined(&mut self, text: &str) {
        for part in text.chars().map(Part::of) {
            match part {
                Part::Nothing => {}
                Part::Gap => self.gap = true,
                Part::Letter(letter) => self.letter(letter),
                Part::Word(word) => {
                    self.gap = true;
                    word.chars().for_each(|letter| self.letter(letter));
                    self.gap = true;
                }
            }
        }
    }

    /// How many words there are.
    pub(super) fn words(&self) -> u16 {
        self.words
    }

    /// The hash under which names are kept.
    pub(super) fn name(&self) -> u64 {
        self.hash
    }

    /// The hash under which acronyms are kept.
    pub(super) fn acronym(&self) -> u64 {
        mix(self.hash, u64::from(b'^'))
    }

    /// The hash under which the first words of names are kept.
    pub(super) fn prefix(&self) -> u64 {
        mix(self.hash, u64::from(b'*'))
    }

    fn letter(&mut self, letter: char) {
        if self.gap {
            if self.words > 0 {
                self.hash = mix(self.hash, u64::from(b' '));
            }
            self.words = self.words.saturating_add(1);
            self.gap = false;
        }
        self.hash = mix(self.hash, u64::from(u32::from(letter)));
    }
}

fn mix(hash: u64, value: u64) -> u64 {
    (hash ^ value).wrapping_mul(PRIME)
}

/// What a character is in the normal form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Letter(char),
    Gap,
    Word(&'static str),
    Nothing,
}

impl Part {
    fn of(character: char) -> Part {
        match character {
            'a'..='z' | '0'..='9' => Part::Letter(character),
            'A'..='Z' => Part::Letter(character.to_ascii_lowercase()),
            '.' | '\'' | '’' | '‘' | 'ʻ' | 'ʼ' | '`' => Part::Nothing,
            ',' => Part::Word(","),
            '&' => Part::Word("&"),
            '+' => Part::Word("+"),
            '(' => Part::Word("("),
            ')' => Part::Word(")"),
            '/' => Part::Word("/"),
            _ if character.is_alphanumeric() => Part::Letter(plain(character)),
            _ => Part::Gap,
        }
    }
}

/// A letter without its accent, in lower case.
pub(super) fn plain(character: char) -> char {
    match character.to_lowercase().next().unwrap_or(character) {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ă' | 'ą' | 'ǎ' | 'ạ' | 'ả' | 'ấ' | 'ầ' | 'ậ' | 'ắ' | 'ặ' => {
            'a'
        }
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => 'c',
        'ď' | 'đ' | 'ḍ' => 'd',
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' | 'ế' | 'ề' | 'ệ' | 'ə' => 'e',
        'ĝ' | 'ğ' | 'ġ' | 'ģ' => 'g',
        'ĥ' | 'ħ' | 'ḥ' => 'h',
        'ì' | 'í' | 'î' | 'ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' | 'ị' => 'i',
        'ķ' => 'k',
        'ĺ' | 'ļ' | 'ľ' | 'ł' => 'l',
        'ñ' | 'ń' | 'ņ' | 'ň' => 'n',
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ō' | 'ŏ' | 'ő' | 'ơ' | 'ọ' | 'ố' | 'ồ' | 'ộ' => 'o',
        'ŕ' | 'ř' => 'r',
        'ś' | 'ŝ' | 'ş' | 'š' | 'ș' | 'ṣ' => 's',
        'ţ' | 'ť' | 'ț' | 'ṭ' => 't',
        'ù' | 'ú' | 'û' | 'ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' | 'ư' | 'ụ' => 'u',
        'ŵ' => 'w',
        'ý' | 'ÿ' | 'ŷ' => 'y',
        'ź' | 'ż' | 'ž' | 'ẓ' => 'z',
        other => other,
    }
}

/// The texts of tokens, each with whether it is a word of its own (a possessive ending is not).
pub(super) fn texts<'t>(tokens: &'t [Token<'_>]) -> impl Iterator<Item = &'t str> {
    // A word's start is told by `fits` from the table's side, so endings need no mark of their own.
    tokens.iter().filter(|token| token.kind != TokenKind::Punctuation || token.text != ".").map(|token| token.text)
}

/// Whether texts with the same normal form have a capital wherever `name` has one.
pub(super) fn fits<'t>(name: &str, texts: impl Iterator<Item = &'t str>) -> bool {
    let significant = |character: &char| matches!(Part::of(*character), Part::Letter(_));
    let mut written = texts.flat_map(str::chars).filter(significant);
    for character in name.chars().filter(significant) {
        match written.next() {
            Some(other)
                if plain(other) == plain(character) && (!character.is_uppercase() || other.is_uppercase()) => {}
            _ => return false,
        }
    }
    written.next().is_none()
}

/// The keys are hashes already.
pub(super) type KeyHasher = BuildHasherDefault<Identity>;

/// Takes a `u64` for its own hash.
#[derive(Debug, Default)]
pub(super) struct Identity(u64);

impl Hasher for Identity {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = mix(self.0, u64::from(*byte));
        }
    }

    fn write_u64(&mut self, value: u64) {
        // The table takes its bucket from the low bits and its tag from the high ones; FNV mixes the high ones little.
        self.0 = value ^ (value >> 32);
    }
}
