//! What is wrong with a query, where, and what to do.

use unicode_width::UnicodeWidthStr;

use super::field::Field;
use super::parse::{MOST_BYTES, MOST_DEPTH, MOST_TERMS};
use crate::text::{Clean, Span};

/// A query that cannot be understood.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{fault}")]
pub struct QueryError {
    /// What of the query, in bytes; may be empty at its end.
    pub span: Span,
    /// What is wrong.
    pub fault: Fault,
}

/// What can be wrong with a query. The message says what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// No field has this name.
    #[error("there is no field {name}:{}; to look for the words themselves, put them in quotation marks", meant(.nearest, ":"))]
    Field {
        /// As typed.
        name: String,
        /// The field that it may stand for.
        nearest: Option<String>,
    },
    /// A field without a value.
    #[error("{}: needs a value right after the colon, such as {}:{}", .0.name(), .0.name(), .0.example())]
    NoValue(Field),
    /// A field that takes one value has several.
    #[error("{}: takes one value; join several with OR", .0.name())]
    OneValue(Field),
    /// A phrase without end.
    #[error("this quotation mark is not closed; put another \" where the phrase ends")]
    OpenPhrase,
    /// A parenthesis without end.
    #[error("this parenthesis is not closed; put a ) where it ends")]
    OpenParenthesis,
    /// A parenthesis that ends nothing.
    #[error("this parenthesis closes nothing; take it away or put a ( before it")]
    StrayParenthesis,
    /// Nothing between parentheses.
    #[error("there is nothing between these parentheses; take them away")]
    EmptyParentheses,
    /// An operator without what it joins.
    #[error("{0} needs something to look for on both sides; to look for the word, write \"{0}\"")]
    Dangling(&'static str),
    /// A negation of nothing.
    #[error("{0} needs something to leave out after it, such as {0}{1}election")]
    NegatesNothing(&'static str, &'static str),
    /// Nothing to be found.
    #[error("{0} has no letter and no digit to look for; take it away")]
    NoWords(String),
    /// No day.
    #[error("{0} is no day; write year-month-day, such as 2026-11-01")]
    Day(String),
    /// No length of time.
    #[error("{0} is no length of time; write a number and h, d, w, m or y, such as 3d for three days")]
    Age(String),
    /// No country.
    #[error("no country is called {name}{}; write its English name or its code of two letters", meant(.nearest, ""))]
    Country {
        /// As typed.
        name: String,
        /// The name that it may stand for.
        nearest: Option<String>,
    },
    /// No type of events.
    #[error("there is no type of events {name}{}; the types are PLOVER's, such as CONSULT, ASSAULT or OTHER:DISASTER", meant(.nearest, ""))]
    Event {
        /// As typed.
        name: String,
        /// The type that it may stand for.
        nearest: Option<String>,
    },
    /// No mode of events.
    #[error("there is no mode of events {name}{}; modes are PLOVER's, such as ASSAULT/explosives", meant(.nearest, ""))]
    Mode {
        /// As typed.
        name: String,
        /// The mode that it may stand for.
        nearest: Option<String>,
    },
    /// No state.
    #[error("there is no state {name}{}; is: takes unread, read, starred, saved, updated or today", meant(.nearest, ""))]
    State {
        /// As typed.
        name: String,
        /// The state that it may stand for.
        nearest: Option<String>,
    },
    /// Nothing that the user adds.
    #[error("nothing that you add is called {name}{}; has: takes note, correction or tag", meant(.nearest, ""))]
    Addition {
        /// As typed.
        name: String,
        /// What it may stand for.
        nearest: Option<String>,
    },
    /// No order.
    #[error("there is no order {name}{}; sort: takes newest, oldest, relevance, feed or title", meant(.nearest, ""))]
    Sort {
        /// As typed.
        name: String,
        /// The order that it may stand for.
        nearest: Option<String>,
    },
    /// An order of a part of the query.
    #[error("sort: is of the whole query; put it outside of parentheses and without -")]
    SortInside,
    /// Two orders.
    #[error("there is one order only; take one sort: away")]
    SortTwice,
    /// Too long.
    #[error("a query may have {MOST_BYTES} bytes at most")]
    TooLong,
    /// Too deep.
    #[error("parentheses and negations may stand in one another {MOST_DEPTH} deep at most")]
    TooDeep,
    /// Too much.
    #[error("a query may have {MOST_TERMS} terms and values at most")]
    TooMany,
}

/// What may have been meant.
fn meant(nearest: &Option<String>, ending: &str) -> String {
    nearest.as_ref().map(|nearest| format!(", did you mean {nearest}{ending}?")).unwrap_or_default()
}

impl QueryError {
    /// An error at these bytes.
    pub(super) fn new(span: Span, fault: Fault) -> Self {
        QueryError { span, fault }
    }

    /// The query with carets under the place, two lines without a line feed at the end. A long query is shown from shortly
    /// before the place.
    pub fn under(&self, query: &str) -> Clean {
        /// Columns before the place, and of the whole.
        const BEFORE: usize = 50;
        const MOST: usize = 110;
        let (start, end) = (self.span.start.min(query.len()), self.span.end.min(query.len()));
        let before = Clean::line(query.get(..start).unwrap_or_default());
        let place = Clean::line(query.get(start..end).unwrap_or_default());
        let after = Clean::line(query.get(end..).unwrap_or_default());
        // A blank at an edge is a part of the line.
        let gap = |text: &str, is_there: bool| if is_there && !text.is_empty() { " " } else { "" };
        let left = query.get(..start).unwrap_or_default();
        let right = query.get(end..).unwrap_or_default();
        let mut head = format!("{before}{}", gap(&before, left.ends_with(char::is_whitespace)));
        let tail = format!("{}{after}", gap(&after, right.starts_with(char::is_whitespace)));
        if head.width() > BEFORE {
            let mut cut = head.len();
            while cut > 0 && head[cut..].width() < BEFORE - 1 {
                cut = head[..cut].char_indices().next_back().map_or(0, |(at, _)| at);
            }
            head = format!("…{}", &head[cut..]);
        }
        let mut line = format!("{head}{place}{tail}");
        if line.width() > MOST {
            let mut cut = 0;
            for (at, c) in line.char_indices() {
                if line[..at].width() >= MOST - 1 {
                    break;
                }
                cut = at + c.len_utf8();
            }
            line.truncate(cut);
            line.push('…');
        }
        let carets = place.width().clamp(1, MOST.saturating_sub(head.width()).max(1));
        Clean::new(&format!("{line}\n{}{}", " ".repeat(head.width()), "^".repeat(carets)))
    }
}
