//! What one looks for: a small language of words, fields and states, as a tree.
//!
//! Pure: [`parse`] turns what was typed into a [`Search`], or into a [`QueryError`] that points at the place and says what to
//! do; the tree prints itself so that it parses to itself; [`complete`] offers what may be typed next. What the library
//! makes of a tree is the store's business.
//!
//! What is set right in the findings is typed in a few words too ([`correction`]).
//!
//! Terms beside one another hold together (AND); `OR`, `NOT` or `-`, and parentheses do what they say. Terms about statements
//! (`said:`, `by:`, `about:` beside them) that stand side by side are about one statement, and terms about events (`event:`,
//! `actor:`, `recipient:`) about one event; a conjunction in parentheses of its own is about another.

mod complete;
mod correction;
mod error;
mod field;
mod lex;
mod parse;
mod print;
mod tree;
mod value;

pub use complete::{Candidate, Completion, Values, complete};
pub use correction::{correction, corrections};
pub use error::{Fault, QueryError};
pub use field::{FIELDS, Field};
pub use parse::{MOST_BYTES, MOST_DEPTH, MOST_TERMS, parse};
pub use tree::{
    Addition, Age, EventPattern, Expression, Kind, Matching, Party, Search, Side, Sort, State, Term, Unit, Words,
};

#[cfg(test)]
mod tests;
