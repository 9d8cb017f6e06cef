//! From what stands behind a colon to what it means.

use jiff::civil::Date;

use super::error::{Fault, QueryError};
use super::field::Field;
use super::lex::Raw;
use super::tree::{Addition, Age, EventPattern, Kind, Party, Side, Sort, State, Term, Unit, Words};
use crate::annotate::gazetteer::{Class, Gazetteer};
use crate::model::{Country, Igo, Mode};

type Result<T> = std::result::Result<T, QueryError>;

/// The term that a field and its values, one at least, make. [`Field::Sort`] makes none.
pub(super) fn term(field: Field, values: &[Raw]) -> Result<Option<Term>> {
    Ok(Some(match field {
        Field::Sort => return Ok(None),
        Field::Is => Term::Is(state(one(field, values)?)?),
        Field::Has => Term::Has(each(values, addition)?),
        Field::Since => Term::Since(day(one(field, values)?)?),
        Field::Until => Term::Until(day(one(field, values)?)?),
        Field::Newer => Term::Newer(age(one(field, values)?)?),
        Field::Older => Term::Older(age(one(field, values)?)?),
        Field::Country => Term::Country(each(values, country)?),
        Field::About => Term::About(each(values, country)?),
        Field::By => Term::By(each(values, party)?),
        Field::Actor => Term::Takes(Side::Actor, each(values, party)?),
        Field::Recipient => Term::Takes(Side::Recipient, each(values, party)?),
        Field::Event => Term::Event(each(values, event)?),
        _ => Term::In(field, each(values, words)?),
    }))
}

/// The order that the values name.
pub(super) fn sort(values: &[Raw]) -> Result<Sort> {
    let raw = one(Field::Sort, values)?;
    let known = Sort::ALL.iter().find(|(_, word, _)| word.eq_ignore_ascii_case(&raw.text));
    known.map(|(sort, ..)| *sort).ok_or_else(|| {
        let nearest = nearest(&raw.text, Sort::ALL.iter().map(|(_, word, _)| *word));
        QueryError::new(raw.span, Fault::Sort { name: raw.text.clone(), nearest })
    })
}

/// The words to look for.
pub(super) fn words(raw: &Raw) -> Result<Words> {
    if !raw.text.contains(char::is_alphanumeric) {
        let typed = if raw.text.is_empty() { "\"\"" } else { &raw.text };
        return Err(QueryError::new(raw.span, Fault::NoWords(typed.to_owned())));
    }
    Ok(Words { text: raw.text.clone(), is_beginning: raw.is_beginning })
}

/// The known word that is most like `typed`, if one is like it at all.
pub(super) fn nearest<'w>(typed: &str, known: impl IntoIterator<Item = &'w str>) -> Option<String> {
    let typed = typed.to_lowercase();
    let likeness = |word: &str| strsim::jaro_winkler(&typed, &word.to_lowercase());
    let best = known.into_iter().map(|word| (likeness(word), word)).max_by(|(a, _), (b, _)| a.total_cmp(b));
    best.filter(|(likeness, _)| *likeness > 0.8).map(|(_, word)| word.to_owned())
}

/// The country with this code of two letters or this name.
pub(super) fn named_country(typed: &str) -> Option<Country> {
    let names = Gazetteer::builtin();
    let by_code = Country::new(&typed.to_ascii_uppercase()).filter(|code| names.country_name(*code).is_some());
    by_code.or_else(|| country_by_name(typed))
}

fn country_by_name(typed: &str) -> Option<Country> {
    let names = Gazetteer::builtin();
    let lower = typed.to_lowercase();
    if let Some((country, _)) = names.countries().find(|(_, name)| name.to_lowercase() == lower) {
        return Some(country);
    }
    let capitals: Vec<String> = typed
        .split(' ')
        .map(|word| {
            let mut letters = word.chars();
            letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
        })
        .collect();
    [typed.to_owned(), capitals.join(" "), typed.to_uppercase()].iter().find_map(|name| {
        let mut senses =
            names.senses(name).iter().filter(|sense| matches!(sense.class, Class::Country | Class::FormerCountry));
        senses.find_map(|sense| sense.country())
    })
}

fn one(field: Field, values: &[Raw]) -> Result<&Raw> {
    match values {
        [one] => Ok(one),
        [first, .., last] => Err(QueryError::new(first.span.join(last.span), Fault::OneValue(field))),
        [] => Err(QueryError::new((0..0).into(), Fault::NoValue(field))),
    }
}

fn each<T>(values: &[Raw], read: impl Fn(&Raw) -> Result<T>) -> Result<Vec<T>> {
    values.iter().map(read).collect()
}

fn state(raw: &Raw) -> Result<State> {
    let known = State::ALL.iter().find(|(_, word, _)| word.eq_ignore_ascii_case(&raw.text));
    known.map(|(state, ..)| *state).ok_or_else(|| {
        let nearest = nearest(&raw.text, State::ALL.iter().map(|(_, word, _)| *word));
        QueryError::new(raw.span, Fault::State { name: raw.text.clone(), nearest })
    })
}

fn addition(raw: &Raw) -> Result<Addition> {
    let known = Addition::ALL.iter().find(|(_, word, _)| word.eq_ignore_ascii_case(&raw.text));
    known.filter(|_| !raw.is_beginning).map(|(addition, ..)| *addition).ok_or_else(|| {
        let nearest = nearest(&raw.text, Addition::ALL.iter().map(|(_, word, _)| *word));
        QueryError::new(raw.span, Fault::Addition { name: raw.text.clone(), nearest })
    })
}

fn day(raw: &Raw) -> Result<Date> {
    // The parser of dates would also take the day out of a whole timestamp.
    let is_day = raw.text.len() == 10 && raw.text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    let day = raw.text.parse().ok().filter(|_| is_day);
    day.ok_or_else(|| QueryError::new(raw.span, Fault::Day(raw.text.clone())))
}

fn age(raw: &Raw) -> Result<Age> {
    let read = || {
        let letter = raw.text.chars().next_back()?;
        let (unit, _) = Unit::ALL.into_iter().find(|(_, known)| *known == letter.to_ascii_lowercase())?;
        let digits = &raw.text[..raw.text.len() - letter.len_utf8()];
        let count = digits.parse().ok().filter(|_| digits.bytes().all(|byte| byte.is_ascii_digit()))?;
        Some(Age { count, unit })
    };
    read().ok_or_else(|| QueryError::new(raw.span, Fault::Age(raw.text.clone())))
}

fn country(raw: &Raw) -> Result<Country> {
    named_country(&raw.text).ok_or_else(|| {
        let nearest = nearest(&raw.text, Gazetteer::builtin().countries().map(|(_, name)| name));
        QueryError::new(raw.span, Fault::Country { name: raw.text.clone(), nearest })
    })
}

/// A country by its code in capitals or its name, an organisation by its short name, or anybody by name.
fn party(raw: &Raw) -> Result<Party> {
    let name = words(raw)?;
    if raw.is_beginning {
        return Ok(Party::Name(name));
    }
    let by_code = Country::new(&raw.text).and_then(|_| named_country(&raw.text));
    if let Some(country) = by_code.or_else(|| country_by_name(&raw.text)) {
        return Ok(Party::Country(country));
    }
    Ok(Igo::named(&raw.text).map_or(Party::Name(name), Party::Igo))
}

fn event(raw: &Raw) -> Result<EventPattern> {
    let (name, mode) = match raw.text.split_once('/') {
        Some((name, mode)) => (name, Some(mode)),
        None => (raw.text.as_str(), None),
    };
    let same = |a: &str, b: &str| a.replace([' ', '_'], "-").eq_ignore_ascii_case(b);
    let kind = Kind::all().find(|kind| same(name, kind.code())).ok_or_else(|| {
        let codes: Vec<&str> = Kind::all().map(Kind::code).collect();
        QueryError::new(raw.span, Fault::Event { name: name.to_owned(), nearest: nearest(name, codes) })
    })?;
    let known = |mode: &str| Mode::ALL.iter().copied().find(|known| same(mode, known.label()));
    let mode = mode
        .map(|mode| {
            known(mode).ok_or_else(|| {
                let labels: Vec<&str> = Mode::ALL.iter().map(|mode| mode.label()).collect();
                QueryError::new(raw.span, Fault::Mode { name: mode.to_owned(), nearest: nearest(mode, labels) })
            })
        })
        .transpose()?;
    Ok(EventPattern { kind, mode })
}
