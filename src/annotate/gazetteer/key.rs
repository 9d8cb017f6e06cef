//! The normal form under which a name is kept and looked up: letters without accents in lower case, one blank between
//! words. Full stops and apostrophes are dropped ("U.S." is "us", "Sana'a" is "sanaa"), a hyphen is a
//! blank. Only its hash is made, so that a look-up allocates nothing. The build makes its table with the same functions.

/// Numbers of polities from here on are organisations: the rest is the place of a string.
pub const IGO: u16 = 0x8000;

/// Hashes a normal form while it grows.
#[derive(Debug, Clone, Copy)]
pub struct Key {
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
    pub fn push(&mut self, text: &str) {
        self.gap = true;
        self.push_joined(text);
    }

    /// Adds text to the last word.
    pub fn push_joined(&mut self, text: &str) {
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
    pub fn words(&self) -> u16 {
        self.words
    }

    /// The hash under which names are kept.
    pub fn name(&self) -> u64 {
        finished(self.hash)
    }

    /// The hash under which acronyms are kept.
    pub fn acronym(&self) -> u64 {
        finished(mix(self.hash, u64::from(b'^')))
    }

    /// The hash under which the first words of names are kept.
    pub fn prefix(&self) -> u64 {
        finished(mix(self.hash, u64::from(b'*')))
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

/// FNV mixes the high bits little, and they tell the bucket.
fn finished(hash: u64) -> u64 {
    let hash = (hash ^ (hash >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    hash ^ (hash >> 33)
}

fn of_bytes(text: &str, mark: u8) -> u64 {
    finished(mix(text.bytes().fold(BASIS, |hash, byte| mix(hash, u64::from(byte))), u64::from(mark) << 8))
}

/// The hash under which the abbreviation of a division is kept. It is found as it is written.
pub fn abbreviation(text: &str) -> u64 {
    of_bytes(text, b'.')
}

/// The hash under which a given name is kept. It is found as it is written.
pub fn given_name(text: &str) -> u64 {
    of_bytes(text, b'%')
}

/// The bucket of a hash.
pub fn bucket(hash: u64, bits: u32) -> usize {
    (hash >> (64 - bits)) as usize
}

/// What tells apart the entries of a bucket.
pub fn check(hash: u64) -> u32 {
    hash as u32
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
pub fn plain(character: char) -> char {
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

/// Whether texts with the same normal form have a capital wherever `name` has one.
pub fn fits<'t>(name: &str, texts: impl Iterator<Item = &'t str>) -> bool {
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
