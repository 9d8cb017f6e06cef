//! Days as sources write them.

mod found;
mod months;

use jiff::civil::Date;

pub(super) use self::found::{find_date, find_date_at};
pub(super) use self::months::month as month_in_any_language;

const MONTHS: [&str; 12] = [
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
];

/// The day in a date as feeds, pages and people write it: `2017-04-05`, with or without a time; `20170405`;
/// `2017/04/05`; `05.04.2017`; RFC 2822; `5 April 2017`; `April 5th, 2017`. The day is the one written: times and
/// zones are not counted. A form such as `04/05/2017`, which two countries read in two ways, is no date.
pub fn parse_date(text: &str) -> Option<Date> {
    // Longer strings are no dates; cutting them keeps this cheap.
    let text: String = text.trim().chars().take(80).collect();
    numeric(&text).or_else(|| worded(&text))
}

/// Year first, or day first with full stops.
fn numeric(text: &str) -> Option<Date> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if digits == 8 {
        let rest = &text[8..];
        let ends = rest.is_empty() || rest.starts_with(['T', 't', ' ']);
        return if ends { day(&text[..4], &text[4..6], &text[6..8]) } else { None };
    }
    let separator = text[digits..].chars().next().filter(|c| matches!(c, '-' | '/' | '.'))?;
    let mut parts = text.splitn(3, separator);
    let (first, second, rest) = (parts.next()?, parts.next()?, parts.next()?);
    let third = &rest[..rest.bytes().take_while(u8::is_ascii_digit).count()];
    if rest[third.len()..].starts_with(|c: char| c.is_alphanumeric() && !matches!(c, 'T' | 't')) {
        return None;
    }
    match (first.len(), separator) {
        (4, _) => day(first, second, third),
        (1 | 2, '.') if third.len() == 4 => day(third, second, first),
        _ => None,
    }
}

/// With the name of a month, in either order.
fn worded(text: &str) -> Option<Date> {
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let (at, month) = words.iter().enumerate().find_map(|(at, word)| Some((at, month(word)?)))?;
    let before = match at.checked_sub(1).and_then(|at| words.get(at)) {
        Some(&"of") => at.checked_sub(2).and_then(|at| words.get(at)),
        word => word,
    };
    let day_of = |word: &&str| {
        let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let ending = &word[digits.len()..];
        let is_ordinal = matches!(ending.to_ascii_lowercase().as_str(), "" | "st" | "nd" | "rd" | "th");
        digits.parse::<i8>().ok().filter(|day| is_ordinal && (1..=31).contains(day))
    };
    let day = before.and_then(day_of).or_else(|| words.get(at + 1).and_then(day_of))?;
    let year = words.iter().find_map(|word| if word.len() == 4 { year(word) } else { None })?;
    Date::new(year, month, day).ok()
}

/// The number of a month by its English name or at least three letters of it.
fn month(word: &str) -> Option<i8> {
    let word = word.to_ascii_lowercase();
    let at = MONTHS
        .iter()
        .position(|month| word.len() >= 3 && month.starts_with(&word) || word == "sept" && *month == "september")?;
    i8::try_from(at + 1).ok()
}

fn year(digits: &str) -> Option<i16> {
    digits.parse().ok().filter(|year| (1000..3000).contains(year))
}

fn day(year_digits: &str, month: &str, day: &str) -> Option<Date> {
    Date::new(year(year_digits)?, month.parse().ok()?, day.parse().ok()?).ok()
}
