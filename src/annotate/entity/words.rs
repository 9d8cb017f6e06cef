//! Word lists of the entity stage.

use std::sync::LazyLock;

use foldhash::{HashMap, HashSet};

use crate::annotate::draft::Token;
use crate::annotate::lexicon::rows;
use crate::model::EntityKind;

/// What a head word tells of the capitalised name it stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Head {
    /// The kind of the name.
    Kind(EntityKind),
    /// The name is of a law, a treaty or a prize: no entity.
    NoEntity,
}

static HEADS: LazyLock<HashMap<&'static str, Head>> = LazyLock::new(|| {
    rows(include_str!("../../../assets/lexicon/name-heads.tsv"))
        .filter_map(|row| {
            let head = match *row.get(1)? {
                "ORG" => Head::Kind(EntityKind::Org),
                "FAC" => Head::Kind(EntityKind::Fac),
                "LOC" => Head::Kind(EntityKind::Loc),
                "GPE" => Head::Kind(EntityKind::Gpe),
                "EVENT" => Head::Kind(EntityKind::Event),
                _ => Head::NoEntity,
            };
            Some((row[0], head))
        })
        .collect()
});

static FUNCTION_WORDS: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| rows(include_str!("../../../assets/lexicon/function-words.tsv")).map(|row| row[0]).collect());

/// Weekdays and months: capitalised, but no names.
const CALENDAR: &[&str] = &[
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "mon",
    "tue",
    "tues",
    "wed",
    "thu",
    "thur",
    "thurs",
    "fri",
    "jan",
    "feb",
    "apr",
    "aug",
    "sept",
    "oct",
    "nov",
    "jan.",
    "feb.",
    "mar.",
    "apr.",
    "jun.",
    "jul.",
    "aug.",
    "sept.",
    "sep.",
    "oct.",
    "nov.",
    "dec.",
    "christmas",
    "easter",
    "ramadan",
];

/// Lower-case words that may stand inside a person's name.
const PARTICLES: &[&str] = &[
    "al", "el", "bin", "ibn", "bint", "ben", "abu", "de", "del", "dela", "della", "der", "den", "di", "da", "do",
    "dos", "das", "du", "la", "le", "van", "von", "vom", "zu", "ter", "ten", "af", "ul", "y", "e",
];

/// Words that follow a name and a hyphen without being part of the name.
const COMPOUNDS: &[&str] = &[
    "led", "run", "born", "made", "held", "only", "like", "era", "wide", "bred", "new", "old", "day", "long", "on",
    "to", "up", "off", "out", "and", "or", "by", "for", "of", "the", "ally", "area", "bound", "free", "ex", "pro",
    "anti", "mid", "non", "size", "type", "rich", "poor", "book", "plus", "term", "time", "wing", "year", "week",
    "man", "list", "fed",
];

/// Lower-case nouns that belong to the name before them ("Houthi movement"), with what they make of it.
const LOWER_HEADS: &[(&str, EntityKind)] = &[
    ("party", EntityKind::Org),
    ("movement", EntityKind::Org),
    ("dynasty", EntityKind::Org),
    ("newspaper", EntityKind::Org),
    ("rainforest", EntityKind::Loc),
    ("peninsula", EntityKind::Loc),
    ("river", EntityKind::Loc),
    ("mountains", EntityKind::Loc),
    ("islands", EntityKind::Loc),
    ("pipeline", EntityKind::Fac),
];

/// What `lower` tells as a head word.
pub fn head(lower: &str) -> Option<Head> {
    HEADS.get(lower).copied()
}

/// What `lower` tells as the first word of a name: "Cyclone …".
pub fn first_head(lower: &str) -> Option<EntityKind> {
    match HEADS.get(format!("^{lower}").as_str()) {
        Some(Head::Kind(kind)) => Some(*kind),
        _ => None,
    }
}

/// What a lower-case noun right after a name tells.
pub fn lower_head(lower: &str) -> Option<EntityKind> {
    LOWER_HEADS.iter().find(|(word, _)| *word == lower).map(|(_, kind)| *kind)
}

/// Whether the word, capitalised at the start of a sentence, is no name.
pub fn is_function_word(token: &Token<'_>) -> bool {
    FUNCTION_WORDS.contains(token.lower.as_ref())
}

/// Whether this is a weekday or a month.
pub fn is_calendar(token: &Token<'_>) -> bool {
    CALENDAR.contains(&token.lower.as_ref())
}

/// Whether the word may stand in lower case inside a person's name.
pub fn is_particle(token: &Token<'_>) -> bool {
    PARTICLES.contains(&token.lower.as_ref())
}

/// Whether the word, in lower case after a hyphen, makes an adjective of the name before it: "Kurdish-led".
pub fn is_compound(token: &Token<'_>) -> bool {
    let ending = token.lower.ends_with("ed") && token.lower.len() > 3;
    ending || COMPOUNDS.contains(&token.lower.as_ref())
}

/// Whether the word is written in capitals throughout, with two letters or more ("NATO", "TVN24", "U.S.").
pub fn is_acronym(text: &str) -> bool {
    let mut letters = text.chars().filter(|c| c.is_alphabetic());
    text.chars().filter(|c| c.is_alphabetic()).count() >= 2 && letters.all(char::is_uppercase)
}

/// `name` without accents and in lower case, so that "Erdoğan" and "Erdogan" compare equal.
pub fn fold(name: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    name.nfd()
        .filter(|c| !unicode_normalization::char::is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .map(|c| match c {
            'ł' => 'l',
            'ø' => 'o',
            'đ' => 'd',
            'ı' => 'i',
            '’' => '\'',
            other => other,
        })
        .collect()
}
