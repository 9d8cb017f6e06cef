//! The fields of the language.

/// What comes before a colon.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum Field {
    Title,
    Feed,
    Folder,
    Author,
    Tag,
    Lang,
    Is,
    Has,
    Note,
    Since,
    Until,
    Newer,
    Older,
    Country,
    About,
    Place,
    Person,
    Org,
    Official,
    Said,
    By,
    Event,
    Actor,
    Recipient,
    Sort,
}

/// Every field: its name, an example of a value, and what it finds. Errors, completion and the README read it.
pub const FIELDS: &[(Field, &str, &str, &str)] = &[
    (Field::Title, "title", "storm", "words in the headline"),
    (Field::Feed, "feed", "reuters", "words in the feed's name or address"),
    (Field::Folder, "folder", "World/Asia", "the feeds of a folder and of those in it"),
    (Field::Author, "author", "\"Ada Obi\"", "words in a byline"),
    (Field::Tag, "tag", "later", "a tag that you gave"),
    (Field::Lang, "lang", "en", "the language: en is en-GB too"),
    (Field::Is, "is", "unread", "unread, read, starred, saved, updated or today"),
    (Field::Has, "has", "note", "a note, a correction or a tag"),
    (Field::Note, "note", "\"ask him\"", "words in a note on it, the note's tags, or what it quotes"),
    (Field::Since, "since", "2026-11-01", "on this day or later"),
    (Field::Until, "until", "2026-11-30", "on this day or before"),
    (Field::Newer, "newer", "3d", "no longer ago: hours h, days d, weeks w, months m, years y"),
    (Field::Older, "older", "2w", "longer ago"),
    (Field::Country, "country", "IR,RU", "names a country, or has it in an event"),
    (Field::About, "about", "Iran", "is about a country; beside said: or by: the statement names it"),
    (Field::Place, "place", "\"St. Petersburg\"", "names a place"),
    (Field::Person, "person", "\"Ali Shamkhani\"", "names a person"),
    (Field::Org, "org", "NATO", "names a body"),
    (Field::Official, "official", "minister", "words in an official's office or name"),
    (Field::Said, "said", "\"against terrorism\"", "words in a statement"),
    (Field::By, "by", "Zarif", "the statement's speaker: name, role, office or country (IR)"),
    (Field::Event, "event", "CONSULT", "an event of this type, of this mode (ASSAULT/explosives), or class"),
    (Field::Actor, "actor", "IR", "who does it: a country or words in the name"),
    (Field::Recipient, "recipient", "RU", "to or with whom it is done"),
    (Field::Sort, "sort", "relevance", "newest, oldest, relevance, feed or title first"),
];

impl Field {
    /// As it is written, without the colon.
    pub fn name(self) -> &'static str {
        FIELDS.iter().find(|(field, ..)| *field == self).map_or("", |(_, name, ..)| name)
    }

    /// An example of a value.
    pub fn example(self) -> &'static str {
        FIELDS.iter().find(|(field, ..)| *field == self).map_or("", |(_, _, example, _)| example)
    }

    /// The field with this name, in letters of either case.
    pub fn named(name: &str) -> Option<Field> {
        FIELDS.iter().find(|(_, known, ..)| known.eq_ignore_ascii_case(name)).map(|(field, ..)| *field)
    }

    /// Whether its values are words of any kind ([`super::Term::In`]).
    pub fn is_words(self) -> bool {
        use Field::{Author, Feed, Folder, Lang, Note, Official, Org, Person, Place, Said, Tag, Title};
        matches!(self, Title | Feed | Folder | Author | Tag | Lang | Note | Place | Person | Org | Official | Said)
    }
}
