//! The tree that a query is.

use jiff::civil::Date;
use jiff::{Span, Timestamp, Zoned};

use super::field::Field;
use crate::model::{Country, EventKind, Igo, Mode, Quad};

/// A whole query: what to find, and in which order.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Search {
    /// What an article has to fulfil; `None`: nothing.
    pub matching: Option<Expression>,
    /// In which order, if the query says.
    pub sort: Option<Sort>,
}

/// A query and the moment at which it is asked: "today" and "newer than three days" depend on it, and days on its zone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matching {
    /// What an article has to fulfil.
    pub expression: Expression,
    /// When and where.
    pub now: Zoned,
}

/// What an article has to fulfil.
///
/// A conjunction inside a conjunction, and one of a single member, is one that was written in parentheses of its own: what it
/// says of a statement or event is not about that of the terms around it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Expression {
    /// All of these.
    All(Vec<Expression>),
    /// At least one of these.
    Any(Vec<Expression>),
    /// Not this.
    Not(Box<Expression>),
    /// This.
    Term(Term),
}

/// What can be said of an article in one piece. Where there are several values, one of them is enough.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Term {
    /// In headline or text.
    Words(Words),
    /// In the field: one of the words, of what [`Field::is_words`] says.
    In(Field, Vec<Words>),
    /// In this state.
    Is(State),
    /// Has one of these.
    Has(Vec<Addition>),
    /// On this day or later.
    Since(Date),
    /// On this day or before.
    Until(Date),
    /// No longer ago.
    Newer(Age),
    /// Longer ago.
    Older(Age),
    /// Names one of the countries, or has them in an event.
    Country(Vec<Country>),
    /// Is about one of the countries; beside [`Field::Said`] or [`Term::By`]: the statement names it.
    About(Vec<Country>),
    /// A statement is by one of these.
    By(Vec<Party>),
    /// An event is of one of these kinds.
    Event(Vec<EventPattern>),
    /// One of these takes this part in an event.
    Takes(Side, Vec<Party>),
}

/// Words in a row.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Words {
    /// As typed, with single blanks; holds no quotation marks ("“”) and at least one letter or digit.
    pub text: String,
    /// The last word may go on.
    pub is_beginning: bool,
}

/// A state of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum State {
    /// Not read.
    Unread,
    /// Read.
    Read,
    /// Starred.
    Starred,
    /// A single page that the user keeps.
    Saved,
    /// Changed after it was read.
    Updated,
    /// Published today.
    Today,
}

/// What the user adds to an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Addition {
    /// A note, on it or on words in it.
    Note,
    /// A note that sets something right.
    Correction,
    /// A tag.
    Tag,
}

/// A length of time back from now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Age {
    /// How many.
    pub count: u16,
    /// Of what.
    pub unit: Unit,
}

/// What time is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum Unit {
    Hours,
    Days,
    Weeks,
    Months,
    Years,
}

/// Somebody who speaks or acts.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Party {
    /// Whoever belongs to the country.
    Country(Country),
    /// Whoever belongs to the organisation.
    Igo(Igo),
    /// Whoever has these words in the name, or as a speaker in the office.
    Name(Words),
}

/// Which part somebody takes in an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Side {
    /// Does it.
    Actor,
    /// To or with whom it is done.
    Recipient,
}

/// Kinds of events.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct EventPattern {
    /// What kind.
    pub kind: Kind,
    /// How it is done, if that matters.
    pub mode: Option<Mode>,
}

/// A kind of events, or several.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// This one.
    One(EventKind),
    /// Every kind outside PLOVER.
    Other,
    /// Every kind of PLOVER's class.
    Class(Quad),
}

/// An order of what is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum Sort {
    Newest,
    Oldest,
    Relevance,
    Feed,
    Title,
}

impl State {
    /// Every state, with the word for it.
    pub const ALL: [(State, &'static str, &'static str); 6] = [
        (State::Unread, "unread", "not read"),
        (State::Read, "read", "read (only as is:read)"),
        (State::Starred, "starred", "starred"),
        (State::Saved, "saved", "single pages that you keep"),
        (State::Updated, "updated", "changed after you read them"),
        (State::Today, "today", "published today"),
    ];

    /// The word for it.
    pub fn word(self) -> &'static str {
        Self::ALL.iter().find(|(state, ..)| *state == self).map_or("", |(_, word, _)| word)
    }

    /// The state that `word` stands for without `is:`. "read" is too common a word.
    pub fn bare(word: &str) -> Option<State> {
        let found = Self::ALL.iter().find(|(_, known, _)| *known == word);
        found.map(|(state, ..)| *state).filter(|state| *state != State::Read)
    }
}

impl Addition {
    /// Every addition, with the word for it.
    pub const ALL: [(Addition, &'static str, &'static str); 3] = [
        (Addition::Note, "note", "a note on it or on words in it"),
        (Addition::Correction, "correction", "a note that sets right what was found"),
        (Addition::Tag, "tag", "a tag"),
    ];

    /// The word for it.
    pub fn word(self) -> &'static str {
        Self::ALL.iter().find(|(addition, ..)| *addition == self).map_or("", |(_, word, _)| word)
    }
}

impl Sort {
    /// Every order, with the word for it and what it means.
    pub const ALL: [(Sort, &'static str, &'static str); 5] = [
        (Sort::Newest, "newest", "latest first"),
        (Sort::Oldest, "oldest", "earliest first"),
        (Sort::Relevance, "relevance", "where the words weigh most first"),
        (Sort::Feed, "feed", "by feed"),
        (Sort::Title, "title", "by headline"),
    ];

    /// The word for it.
    pub fn word(self) -> &'static str {
        Self::ALL.iter().find(|(sort, ..)| *sort == self).map_or("", |(_, word, _)| word)
    }
}

impl Unit {
    /// Every unit, with its letter.
    pub const ALL: [(Unit, char); 5] =
        [(Unit::Hours, 'h'), (Unit::Days, 'd'), (Unit::Weeks, 'w'), (Unit::Months, 'm'), (Unit::Years, 'y')];

    /// Its letter.
    pub fn letter(self) -> char {
        Self::ALL.iter().find(|(unit, _)| *unit == self).map_or('d', |(_, letter)| *letter)
    }
}

impl Age {
    /// The moment so long before `now`; the earliest there is where the calendar goes back no further.
    pub fn before(self, now: &Zoned) -> Timestamp {
        let count = i64::from(self.count);
        let span = match self.unit {
            Unit::Hours => Span::new().try_hours(count),
            Unit::Days => Span::new().try_days(count),
            Unit::Weeks => Span::new().try_weeks(count),
            Unit::Months => Span::new().try_months(count),
            Unit::Years => Span::new().try_years(count),
        };
        span.and_then(|span| now.checked_sub(span)).map_or(Timestamp::MIN, |moment| moment.timestamp())
    }
}

impl Side {
    /// Its field.
    pub fn field(self) -> Field {
        match self {
            Side::Actor => Field::Actor,
            Side::Recipient => Field::Recipient,
        }
    }
}

impl Kind {
    /// As it is written in a query.
    pub fn code(self) -> &'static str {
        match self {
            Kind::One(kind) => kind.code(),
            Kind::Other => "OTHER",
            Kind::Class(Quad::VerbalCooperation) => "verbal-cooperation",
            Kind::Class(Quad::MaterialCooperation) => "material-cooperation",
            Kind::Class(Quad::VerbalConflict) => "verbal-conflict",
            Kind::Class(Quad::MaterialConflict) => "material-conflict",
        }
    }

    /// Every kind and class.
    pub fn all() -> impl Iterator<Item = Kind> {
        let classes =
            [Quad::VerbalCooperation, Quad::MaterialCooperation, Quad::VerbalConflict, Quad::MaterialConflict];
        EventKind::ALL.into_iter().map(Kind::One).chain([Kind::Other]).chain(classes.into_iter().map(Kind::Class))
    }
}

impl Words {
    /// Words that are whole.
    pub fn new(text: &str) -> Words {
        Words { text: text.split_whitespace().collect::<Vec<_>>().join(" "), is_beginning: false }
    }
}

impl Term {
    /// Whether it speaks of a statement.
    pub fn is_of_statement(&self) -> bool {
        matches!(self, Term::In(Field::Said, _) | Term::By(_))
    }

    /// Whether it speaks of an event.
    pub fn is_of_event(&self) -> bool {
        matches!(self, Term::Event(_) | Term::Takes(..))
    }
}

impl Expression {
    /// Whether it asks for statements: has `said:` or `by:` that is not negated.
    pub fn asks_for_statements(&self) -> bool {
        match self {
            Expression::All(all) | Expression::Any(all) => all.iter().any(Expression::asks_for_statements),
            Expression::Not(_) => false,
            Expression::Term(term) => term.is_of_statement(),
        }
    }

    /// Whether reading an article may change whether it fulfils this.
    pub fn asks_for_reading(&self) -> bool {
        match self {
            Expression::All(all) | Expression::Any(all) => all.iter().any(Expression::asks_for_reading),
            Expression::Not(inner) => inner.asks_for_reading(),
            Expression::Term(term) => matches!(term, Term::Is(State::Unread | State::Read | State::Updated)),
        }
    }

    /// Both, as if one had been written beside the other: what they say of a statement or event is about the same one.
    pub fn beside(self, other: Expression) -> Expression {
        let members = |expression| match expression {
            // One of a single member stands in parentheses of its own.
            Expression::All(members) if members.len() > 1 => members,
            one => vec![one],
        };
        let mut all = members(self);
        all.extend(members(other));
        Expression::All(all)
    }
}
