//! Days named within running text, in many languages.

use jiff::civil::Date;

use super::months::month;

/// How many characters of a text are looked at.
const LONGEST: usize = 400;

/// The first day that `text` names with its year: `12 mars 2019`, `March 12, 2019`, `12.03.2019`, `12.3.19`,
/// `2019-03-12`, `2019年3月12日`. Where the month may come first or second, as in `03/12/2019`, `month_first` tells.
pub(in crate::ingest) fn find_date(text: &str, month_first: bool) -> Option<Date> {
    find_date_at(text, month_first).map(|(date, _)| date)
}

/// The first day that `text` names with its year, and at which byte it begins.
pub(in crate::ingest) fn find_date_at(text: &str, month_first: bool) -> Option<(Date, usize)> {
    let text = text.char_indices().nth(LONGEST).map_or(text, |(end, _)| &text[..end]);
    let words = words(text);
    (0..words.len()).find_map(|at| {
        let date = worded(&words, at).or_else(|| numeric(&words, at, month_first))?;
        Some((date, words[at].start))
    })
}

/// A run of digits or of letters, and the sign right after it.
#[derive(Debug)]
struct Word<'a> {
    text: &'a str,
    /// The byte at which it begins.
    start: usize,
    number: Option<i32>,
    after: char,
    /// Whether the next word follows at once, but for one sign.
    touches: bool,
    /// A sign between blanks right after it.
    sign: Option<char>,
}

fn words(text: &str) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find(char::is_alphanumeric) {
        rest = &rest[start..];
        let digits = rest.starts_with(|c: char| c.is_ascii_digit());
        let is_inside = |c: char| {
            if digits { c.is_ascii_digit() } else { c.is_alphanumeric() && !c.is_ascii_digit() && !is_unit(c) }
        };
        let first = rest.chars().next().map_or(0, char::len_utf8);
        let end = first + rest[first..].find(|c: char| !is_inside(c)).unwrap_or(rest.len() - first);
        let number = if digits && end <= 4 { rest[..end].parse().ok() } else { None };
        let mut behind = rest[end..].chars();
        let after = behind.next().unwrap_or(' ');
        let touches = behind.next().is_some_and(char::is_alphanumeric);
        // Some set blanks around the sign.
        let mut apart = rest[end..].chars();
        let sign = match (apart.next(), apart.next(), apart.next()) {
            (Some(' '), Some(sign @ ('|' | '/' | '.' | '-')), Some(' ')) => Some(sign),
            _ => None,
        };
        words.push(Word { text: &rest[..end], start: text.len() - rest.len(), number, after, touches, sign });
        rest = &rest[end..];
    }
    words
}

/// Signs behind the parts of a date in Chinese, Japanese and Korean.
fn is_unit(c: char) -> bool {
    matches!(c, '年' | '月' | '日' | '년' | '월' | '일')
}

/// A day with the name of its month at `at` of `words`.
fn worded(words: &[Word], at: usize) -> Option<Date> {
    let number = |at: usize| words.get(at).and_then(|word| word.number);
    let name = |at: usize| words.get(at).filter(|word| word.number.is_none()).and_then(|word| month(word.text));
    let is_small = |at: usize| {
        words.get(at).is_some_and(|word| {
            matches!(
                word.text.to_lowercase().as_str(),
                "de" | "of" | "st" | "nd" | "rd" | "th" | "er" | "del" | "ο" | "º"
            )
        })
    };
    let skip = |mut at: usize| {
        while is_small(at) {
            at += 1;
        }
        at
    };
    // Day, month, year.
    if let Some(day) = number(at).filter(|day| (1..=31).contains(day)) {
        let at = skip(at + 1);
        if let Some(month) = name(at)
            && let Some(year) = number(skip(at + 1)).and_then(year)
        {
            return date(year, month.into(), day);
        }
    }
    // Month, day, year.
    if let Some(month) = name(at)
        && let Some(day) = number(at + 1)
        && let Some(year) = number(skip(at + 2)).filter(|year| *year > 99).and_then(year)
    {
        return date(year, month.into(), day);
    }
    // Year, month, day.
    if let Some(year) = number(at).filter(|year| *year > 99).and_then(year)
        && let Some(month) = name(at + 1)
        && let Some(day) = number(at + 2)
    {
        return date(year, month.into(), day);
    }
    None
}

/// A day in figures at `at` of `words`.
fn numeric(words: &[Word], at: usize, month_first: bool) -> Option<Date> {
    let first = words.get(at)?;
    let a = first.number?;
    if first.after == '年' || first.after == '년' {
        let numbers: Vec<i32> = words.get(at + 1..)?.iter().filter_map(|word| word.number).take(2).collect();
        return match numbers[..] {
            [month, day] => date(year(a)?, month, day),
            _ => None,
        };
    }
    let (second, third) = (words.get(at + 1)?, words.get(at + 2)?);
    let (b, c) = (second.number?, third.number?);
    // Some write a blank behind the full stop.
    let joined = first.after == second.after && matches!(first.after, '-' | '.' | '/' | '−' | '‑');
    // With blanks around the signs, as in `12 | 03 | 2019`, only in full: other figures stand so too.
    let spaced = first.sign.is_some()
        && first.sign == second.sign
        && [first.text.len(), second.text.len(), third.text.len()] == [2, 2, 4];
    if !spaced && !(joined && (first.touches && second.touches || first.after == '.')) {
        return None;
    }
    if first.text.len() == 4 {
        return date(year(a)?, b, c);
    }
    // A time, a version or an address goes on.
    if third.after == '.' && third.touches && third.text.len() < 4 || third.text.len() == 3 || third.text.len() == 1 {
        return None;
    }
    let year = year(c)?;
    if (first.after == '/' || first.sign == Some('/')) && month_first || b > 12 {
        date(year, a, b)
    } else {
        date(year, b, a)
    }
}

/// A year of the web, also by its last two digits.
fn year(number: i32) -> Option<i32> {
    match number {
        0..=49 => Some(2000 + number),
        1990..=2079 => Some(number),
        _ => None,
    }
}

fn date(year: i32, month: i32, day: i32) -> Option<Date> {
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_found_in_many_languages() {
        let day = jiff::civil::date(2019, 3, 12);
        for text in [
            "Posted on March 12th, 2019 by Ada",
            "Dienstag, 12. März 2019, 14:05 Uhr",
            "Publié le 12 mars 2019 à 14h05",
            "12 de marzo de 2019",
            "12 марта 2019 г.",
            "wtorek, 12 marca 2019",
            "am 12.03.2019 um 14:05",
            "Stand: 12. 3. 2019",
            "12.03.19",
            "2019-03-12T14:05",
            "2019年3月12日 14:05",
            "2019년 3월 12일",
            "12/03/2019",
            "12 | 03 | 2019 | Politik",
            "v. 7.1 of 12-03-2019",
        ] {
            assert_eq!(find_date(text, false), Some(day), "{text}");
        }
        assert_eq!(find_date("03/12/2019", true), Some(day));
        assert_eq!(find_date_at("März: am 12. März 2019", false), Some((day, 10)));
        assert_eq!(find_date("3/25/2019", false), Some(jiff::civil::date(2019, 3, 25)));
    }

    #[test]
    fn other_numbers_are_no_days() {
        for text in [
            "12 March",
            "Version 1.2.3",
            "127.0.0.1",
            "Call 030/12/456",
            "May we 2019",
            "12.45 Uhr",
            "31.02.2019",
            "1/2",
            "12 | 3 | 19",
        ] {
            assert_eq!(find_date(text, false), None, "{text}");
        }
    }
}
