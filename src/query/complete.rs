//! What may be typed next.

use super::field::{FIELDS, Field};
use super::lex::{field_name, is_gap, is_mark};
use super::tree::{Addition, Kind, Sort, State, Words};
use crate::annotate::gazetteer::Gazetteer;
use crate::model::Mode;
use crate::text::Span;

/// What may take the place of a part of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completion {
    /// What is replaced, in bytes.
    pub span: Span,
    /// What may take its place, the likeliest first.
    pub candidates: Vec<Candidate>,
    /// Values of the library that fit too, and how they begin: to be asked of it, and written by [`Completion::written`].
    pub values: Option<(Values, String)>,
}

/// Something that may be typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// As it is inserted.
    pub text: String,
    /// What it means, for the user.
    pub help: String,
}

/// Values that live in the library.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Values {
    /// Names of feeds.
    Feeds,
    /// Folders, as `World/Asia`.
    Folders,
    /// Tags.
    Tags,
    /// Names in bylines.
    Authors,
    /// Languages.
    Languages,
    /// Named persons.
    Persons,
    /// Named places.
    Places,
    /// Named bodies.
    Orgs,
    /// Offices, and the officials who hold them.
    Officials,
}

impl Completion {
    /// A value as it is inserted: between quotation marks where it needs them.
    pub fn written(value: &str) -> String {
        let value: String = value.chars().map(|c| if is_mark(c) { ' ' } else { c }).collect();
        let value = Words::new(&value).text;
        let is_plain =
            !value.is_empty() && !value.contains(|c: char| is_gap(c) || matches!(c, '(' | ')' | ',' | '*'));
        if is_plain { value } else { format!("\"{value}\"") }
    }
}

/// What may be typed at byte `cursor` of a query, which need not be right yet. A cursor inside a letter counts before it.
pub fn complete(query: &str, cursor: usize) -> Completion {
    let mut cursor = cursor.min(query.len());
    while !query.is_char_boundary(cursor) {
        cursor -= 1;
    }
    let (start, field, is_quoted) = place(query, cursor);
    let typed = query[start..cursor].trim_start_matches(is_mark);
    let rest = &query[cursor..];
    let end = if is_quoted {
        rest.char_indices().find(|(_, c)| is_mark(*c)).map_or(rest.len(), |(at, c)| at + c.len_utf8())
    } else {
        rest.find(|c: char| is_gap(c) || is_mark(c) || matches!(c, '(' | ')' | ',')).unwrap_or(rest.len())
    };
    let span = Span::new(start, cursor + end);
    let nothing = Completion { span, candidates: Vec::new(), values: None };
    match field {
        None if is_quoted => nothing,
        None => Completion { candidates: beginnings(typed), ..nothing },
        Some(name) => match Field::named(name) {
            Some(field) => {
                let values = values(field).map(|values| (values, typed.to_owned()));
                Completion { candidates: of_field(field, typed), values, ..nothing }
            }
            None => nothing,
        },
    }
}

/// Where the word or value before `cursor` begins, the field it is of, and whether it is inside quotation marks.
fn place(query: &str, cursor: usize) -> (usize, Option<&str>, bool) {
    let (mut start, mut field, mut is_quoted) = (0, None, false);
    let mut is_first = true;
    for (at, c) in query[..cursor].char_indices() {
        let next = at + c.len_utf8();
        if is_quoted {
            is_quoted = !is_mark(c);
        } else if is_gap(c) || matches!(c, '(' | ')') || (c == '-' && is_first) {
            (start, field, is_first) = (next, None, true);
            continue;
        } else if is_mark(c) {
            is_quoted = true;
        } else if c == ',' && field.is_some() {
            start = next;
        } else if c == ':' && field.is_none() {
            field = field_name(&query[start..next]);
            start = if field.is_some() { next } else { start };
        }
        is_first = false;
    }
    (start, field, is_quoted)
}

/// Whether `word` begins with `typed`, in letters of either case.
fn begins(word: &str, typed: &str) -> bool {
    let mut letters = word.chars().flat_map(char::to_lowercase);
    typed.chars().flat_map(char::to_lowercase).all(|letter| letters.next() == Some(letter))
}

fn candidate(text: &str, help: &str) -> Candidate {
    Candidate { text: text.to_owned(), help: help.to_owned() }
}

fn beginnings(typed: &str) -> Vec<Candidate> {
    let fields = FIELDS.iter().map(|(_, name, _, help)| candidate(&format!("{name}:"), help));
    let states = State::ALL.iter().filter(|(_, word, _)| State::bare(word).is_some());
    let states = states.map(|(_, word, help)| candidate(word, help));
    states.chain(fields).filter(|one| begins(&one.text, typed)).collect()
}

fn of_field(field: Field, typed: &str) -> Vec<Candidate> {
    match field {
        Field::Is => listed(State::ALL.iter().map(|(_, word, help)| (*word, *help)), typed),
        Field::Has => listed(Addition::ALL.iter().map(|(_, word, help)| (*word, *help)), typed),
        Field::Sort => listed(Sort::ALL.iter().map(|(_, word, help)| (*word, *help)), typed),
        Field::Event => events(typed),
        Field::Country | Field::About | Field::Actor | Field::Recipient | Field::By => countries(typed),
        _ => Vec::new(),
    }
}

fn listed<'a>(words: impl Iterator<Item = (&'a str, &'a str)>, typed: &str) -> Vec<Candidate> {
    words.filter(|(word, _)| begins(word, typed)).map(|(word, help)| candidate(word, help)).collect()
}

fn events(typed: &str) -> Vec<Candidate> {
    match typed.split_once('/') {
        Some((kind, mode)) => {
            let modes = Mode::ALL.iter().map(|mode| mode.label()).filter(|label| begins(label, mode));
            modes.map(|label| candidate(&format!("{kind}/{label}"), "mode")).collect()
        }
        None => {
            let help = |kind: &Kind| match kind {
                Kind::One(kind) => kind.quad().map_or("outside PLOVER", |quad| quad.code()),
                Kind::Other => "every type outside PLOVER",
                Kind::Class(_) => "class",
            };
            let known = Kind::all().filter(|kind| begins(kind.code(), typed));
            known.map(|kind| candidate(kind.code(), &help(&kind).to_lowercase())).collect()
        }
    }
}

/// By code first, then by any word of the name.
pub(super) fn countries(typed: &str) -> Vec<Candidate> {
    let fits = |name: &str| begins(name, typed) || name.split(' ').any(|word| begins(word, typed));
    let mut found: Vec<_> = Gazetteer::builtin()
        .countries()
        .filter(|(country, name)| begins(country.code(), typed) || fits(name))
        .collect();
    found.sort_by_key(|(country, name)| (!country.code().eq_ignore_ascii_case(typed), !begins(name, typed), *name));
    found.into_iter().map(|(country, name)| candidate(country.code(), name)).collect()
}

fn values(field: Field) -> Option<Values> {
    Some(match field {
        Field::Feed => Values::Feeds,
        Field::Folder => Values::Folders,
        Field::Tag => Values::Tags,
        Field::Author => Values::Authors,
        Field::Lang => Values::Languages,
        Field::Person | Field::By => Values::Persons,
        Field::Place => Values::Places,
        Field::Org => Values::Orgs,
        Field::Official => Values::Officials,
        _ => return None,
    })
}
