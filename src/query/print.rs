//! A tree as the query that it is read from.

use std::fmt::{self, Display, Formatter, Write};

use super::field::Field;
use super::lex;
use super::tree::{Expression, Party, Search, State, Term, Words};

impl Display for Search {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        if let Some(matching) = &self.matching {
            write!(f, "{matching}")?;
        }
        if let Some(sort) = self.sort {
            let gap = if self.matching.is_some() { " " } else { "" };
            write!(f, "{gap}sort:{}", sort.word())?;
        }
        Ok(())
    }
}

impl Display for Expression {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Expression::All(members) if members.len() > 1 => {
                joined(f, members, " ", |member| matches!(member, Expression::All(_) | Expression::Any(_)))
            }
            Expression::All(members) => {
                f.write_char('(')?;
                joined(f, members, " ", |_| false)?;
                f.write_char(')')
            }
            Expression::Any(members) => joined(f, members, " OR ", |member| matches!(member, Expression::Any(_))),
            Expression::Not(inner) => match &**inner {
                Expression::Term(term) => write!(f, "-{term}"),
                Expression::Not(_) => write!(f, "NOT {inner}"),
                group => {
                    f.write_char('-')?;
                    grouped(f, group)
                }
            },
            Expression::Term(term) => write!(f, "{term}"),
        }
    }
}

fn joined(
    f: &mut Formatter<'_>,
    members: &[Expression],
    between: &str,
    in_parentheses: impl Fn(&Expression) -> bool,
) -> fmt::Result {
    for (index, member) in members.iter().enumerate() {
        if index > 0 {
            f.write_str(between)?;
        }
        if in_parentheses(member) { grouped(f, member)? } else { write!(f, "{member}")? }
    }
    Ok(())
}

/// Between parentheses; a conjunction of one has them already.
fn grouped(f: &mut Formatter<'_>, member: &Expression) -> fmt::Result {
    match member {
        Expression::All(members) if members.len() == 1 => write!(f, "{member}"),
        _ => write!(f, "({member})"),
    }
}

impl Display for Term {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Term::Words(words) => typed(f, words, is_plain_word(&words.text)),
            Term::In(field, values) => list(f, *field, values, value),
            Term::Is(state) => write!(f, "is:{}", state.word()),
            Term::Has(additions) => list(f, Field::Has, additions, |f, addition| f.write_str(addition.word())),
            Term::Since(day) => write!(f, "since:{day}"),
            Term::Until(day) => write!(f, "until:{day}"),
            Term::Newer(age) => write!(f, "newer:{}{}", age.count, age.unit.letter()),
            Term::Older(age) => write!(f, "older:{}{}", age.count, age.unit.letter()),
            Term::Country(countries) => list(f, Field::Country, countries, |f, country| f.write_str(country.code())),
            Term::About(countries) => list(f, Field::About, countries, |f, country| f.write_str(country.code())),
            Term::By(parties) => list(f, Field::By, parties, party),
            Term::Takes(side, parties) => list(f, side.field(), parties, party),
            Term::Event(patterns) => list(f, Field::Event, patterns, |f, pattern| {
                f.write_str(pattern.kind.code())?;
                pattern.mode.map_or(Ok(()), |mode| write!(f, "/{}", mode.label()))
            }),
        }
    }
}

fn list<T>(
    f: &mut Formatter<'_>,
    field: Field,
    values: &[T],
    mut each: impl FnMut(&mut Formatter<'_>, &T) -> fmt::Result,
) -> fmt::Result {
    write!(f, "{}:", field.name())?;
    for (index, value) in values.iter().enumerate() {
        if index > 0 {
            f.write_char(',')?;
        }
        each(f, value)?;
    }
    Ok(())
}

fn party(f: &mut Formatter<'_>, party: &Party) -> fmt::Result {
    match party {
        Party::Country(country) => f.write_str(country.code()),
        Party::Igo(igo) => f.write_str(igo.0),
        Party::Name(words) => value(f, words),
    }
}

fn value(f: &mut Formatter<'_>, words: &Words) -> fmt::Result {
    typed(f, words, is_plain(&words.text) && !words.text.contains(','))
}

fn typed(f: &mut Formatter<'_>, words: &Words, is_plain: bool) -> fmt::Result {
    let star = if words.is_beginning { "*" } else { "" };
    if is_plain { write!(f, "{}{star}", words.text) } else { write!(f, "\"{}\"{star}", words.text) }
}

/// Whether it means the same without quotation marks.
fn is_plain(text: &str) -> bool {
    !text.is_empty()
        && !text.ends_with('*')
        && !text.contains(|c: char| lex::is_gap(c) || lex::is_mark(c) || matches!(c, '(' | ')'))
}

/// Whether it is a word where no field is before it.
fn is_plain_word(text: &str) -> bool {
    is_plain(text)
        && !text.starts_with('-')
        && !matches!(text, "AND" | "OR" | "NOT")
        && State::bare(text).is_none()
        && lex::field_name(text).is_none()
}
