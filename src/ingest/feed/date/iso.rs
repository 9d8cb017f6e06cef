//! Dates that begin with the year, in numbers.

use jiff::Timestamp;
use jiff::civil::{Date, ISOWeekDate, Time, Weekday};

use super::{at, clock, number, zone};

/// The moment of `2003-12-31T10:14:55+02:00` and its relatives.
pub(super) fn moment(text: &str) -> Option<Timestamp> {
    let (day, rest) = split(text);
    let date = date(day)?;
    let rest = rest.trim_start();
    if rest.is_empty() {
        return at(date, Time::midnight(), 0);
    }
    let end = rest.bytes().position(|byte| !matches!(byte, b'0'..=b'9' | b':' | b'.' | b',')).unwrap_or(rest.len());
    let (time, is_next_day) = clock(rest[..end].trim_end_matches(':')).or_else(|| compact(&rest[..end]))?;
    let date = if is_next_day { date.tomorrow().ok()? } else { date };
    let rest = rest[end..].trim();
    // What stands there must be a zone: with anything else the text is something else.
    let offset = match rest {
        "" => 0,
        _ if rest.eq_ignore_ascii_case("z") => 0,
        _ if rest.starts_with(['+', '-']) => zone(rest)?,
        _ if rest.len() <= 5 && rest.bytes().all(|byte| byte.is_ascii_alphabetic()) => zone(rest).unwrap_or(0),
        _ => return None,
    };
    at(date, time, offset)
}

/// The part before the time, and the time.
fn split(text: &str) -> (&str, &str) {
    // The first is "T", but not that of a word.
    let end = text.find(|c: char| c == 'T' || c == 't' || c.is_whitespace()).unwrap_or(text.len());
    let (day, rest) = text.split_at(end);
    (day, rest.strip_prefix(['T', 't']).unwrap_or(rest))
}

/// `101455` or `1014`.
fn compact(text: &str) -> Option<(Time, bool)> {
    let text = text.split_once('.').map_or(text, |(whole, _)| whole);
    let second = match text.len() {
        4 => "00",
        6 => &text[4..],
        _ => return None,
    };
    clock(&format!("{}:{}:{second}", text.get(..2)?, text.get(2..4)?))
}

fn date(text: &str) -> Option<Date> {
    // A century left out.
    if let Some(rest) = text.strip_prefix('-') {
        let (year, month) = match rest.split_once('-') {
            Some((year, month)) => (year, month),
            None => rest.split_at_checked(2).filter(|(_, month)| month.len() == 2)?,
        };
        return Date::new(short_year(year)?, number(month, 2)?, 1).ok();
    }
    if let Some((year, week)) = text.split_once(['W', 'w']) {
        return iso_week(year.trim_end_matches('-'), week);
    }
    let separator = if text.contains('/') { '/' } else { '-' };
    let mut parts = text.split(separator);
    let (first, second, third) = (parts.next()?, parts.next(), parts.next());
    if parts.next().is_some() {
        return None;
    }
    match (second, third) {
        (None, _) => match first.len() {
            4 => Date::new(year(first)?, 1, 1).ok(),
            5 => ordinal(short_year(first.get(..2)?)?, &first[2..]),
            7 => ordinal(year(first.get(..4)?)?, &first[4..]),
            8 => Date::new(year(first.get(..4)?)?, number(first.get(4..6)?, 2)?, number(&first[6..], 2)?).ok(),
            _ => None,
        },
        (Some(second), None) => match (first.len(), second.len()) {
            (4, 3) => ordinal(year(first)?, second),
            (2, 3) => ordinal(short_year(first)?, second),
            (4, _) => Date::new(year(first)?, number(second, 2)?, 1).ok(),
            _ => None,
        },
        (Some(month), Some(day)) => {
            let year = match first.len() {
                4 => year(first)?,
                2 if separator == '-' => short_year(first)?,
                _ => return None,
            };
            // Some put a nought too many before the month.
            let month = if month.len() == 3 { month.strip_prefix('0')? } else { month };
            Date::new(year, number(month, 2)?, number(day, 2)?).ok()
        }
    }
}

fn year(text: &str) -> Option<i16> {
    number(text, 4).filter(|_| text.len() == 4)
}

/// The year of two digits: before 90 it is of this century.
pub(super) fn short_year(text: &str) -> Option<i16> {
    let year: i16 = number(text, 2).filter(|_| text.len() == 2)?;
    Some(if year < 90 { 2000 + year } else { 1900 + year })
}

/// The day of a year by its number.
fn ordinal(year: i16, day: &str) -> Option<Date> {
    let first = Date::new(year, 1, 1).ok()?;
    first.with().day_of_year(number(day, 3)?).build().ok()
}

/// `2020-W53-5`, `2020W535`, `2020-W53`.
fn iso_week(text: &str, week: &str) -> Option<Date> {
    let (week, day) = match week.split_once('-') {
        Some(parts) => parts,
        None => week.split_at_checked(2)?,
    };
    let day = if day.is_empty() { 1 } else { number(day, 1)? };
    let weekday = Weekday::from_monday_one_offset(day).ok()?;
    ISOWeekDate::new(year(text)?, number(week, 2)?, weekday).ok().map(ISOWeekDate::date)
}
