//! Composing text to be shown.

use std::fmt::Arguments;

use jiff::civil::Date;

use super::filter::{Filter, Scope};
use crate::annotate::gazetteer::Gazetteer;
use crate::config::{Command, Keymap};
use crate::model::Country;
use crate::text::{Clean, CleanStr, Span, clean, wrap};

/// What `format!` would give, cleaned: foreign text may be among the parts.
pub fn words(parts: Arguments<'_>) -> Clean {
    match parts.as_str() {
        Some(literal) => Clean::literal(literal),
        None => clean(&parts.to_string()).text,
    }
}

/// [`words`] as a macro.
#[macro_export]
#[doc(hidden)]
macro_rules! words {
    ($($part:tt)*) => { $crate::app::words::words(format_args!($($part)*)) };
}

/// A number with a noun: `1 statement`, `4 statements`.
pub fn count(number: usize, noun: &str) -> Clean {
    words!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}

/// A day as shown: `5 Apr 2017`.
pub fn day(date: Date) -> Clean {
    words!("{}", date.strftime("%-d %b %Y"))
}

/// A day as shown where `year` goes without saying: `5 Apr`.
pub fn short_day(date: Date, year: Option<i16>) -> Clean {
    if year == Some(date.year()) { words!("{}", date.strftime("%-d %b")) } else { day(date) }
}

/// The days from `first` to `last` as shown, without saying anything twice: `28–31 Mar 2017`.
pub fn days(first: Date, last: Date) -> Clean {
    if first == last {
        return day(first);
    }
    let whole_month = first.day() == 1 && last == first.last_of_month();
    if whole_month {
        return words!("{}", first.strftime("%b %Y"));
    }
    if first.day_of_year() == 1 && last == first.last_of_year() {
        return words!("{}", first.year());
    }
    let start = match (first.year() == last.year(), first.month() == last.month()) {
        (true, true) => "%-d",
        (true, false) => "%-d %b ",
        _ => "%-d %b %Y ",
    };
    let gap = if start == "%-d" { "" } else { " " };
    words!("{}–{gap}{}", first.strftime(start), last.strftime("%-d %b %Y"))
}

/// The key to show for a command; nothing if it has none.
pub fn key(keys: &Keymap, command: Command) -> Clean {
    keys.keys_for(command).into_iter().next().map_or_else(Clean::default, |key| words!("{key}"))
}

/// A filter in words: `about Iran, Russia`.
pub fn filter(filter: &Filter) -> Clean {
    let names: Vec<String> = filter.countries.iter().map(|of| country(*of).to_string()).collect();
    let verb = match filter.scope {
        Scope::About => "about",
        Scope::In => "mentioning",
    };
    words!("{verb} {}", names.join(" or "))
}

/// The English name of a country; its code where no name is known.
pub fn country(country: Country) -> Clean {
    match Gazetteer::builtin().country_name(country) {
        Some(name) => Clean::literal(name),
        None => words!("{country}"),
    }
}

/// Every country that has a name.
pub fn countries() -> impl Iterator<Item = Country> {
    Gazetteer::builtin().countries().map(|(country, _)| country)
}

/// `text` laid out in at most `rows` rows of `columns` columns; where it is longer, the last row ends in `…`.
pub fn rows(text: &Clean, columns: usize, rows: usize) -> Vec<Clean> {
    // No more than could be shown is looked at.
    let most = text.char_indices().nth(columns.max(1) * rows * 2 + 8).map_or(text.len(), |(at, _)| at);
    let spans = wrap::wrap(text, Span::new(0, most), columns, wrap::Breaks::Free);
    let cut = spans.len() > rows || most < text.len();
    let mut shown: Vec<Clean> = spans.iter().take(rows).map(|span| words!("{}", text.slice(*span))).collect();
    if cut && let Some(last) = shown.last_mut() {
        let fitting = wrap::fit(last, columns.saturating_sub(1));
        let kept = last.slice(Span::new(0, fitting));
        *last = words!("{}…", kept.as_str().trim_end_matches([' ', ',', ';', ':', '-']));
    }
    shown
}

/// [`rows`], but the last row is filled to its end with the beginning of a word, as headlines in a narrow list need it.
pub fn filled_rows(text: &Clean, columns: usize, most: usize) -> Vec<Clean> {
    let spans = wrap::wrap(text, Span::new(0, text.len()), columns, wrap::Breaks::Free);
    let mut shown: Vec<Clean> = spans.iter().take(most).map(|span| words!("{}", text.slice(*span))).collect();
    if let (true, Some(last)) = (spans.len() > most, shown.last_mut()) {
        let rest = text.slice(Span::new(spans[most - 1].start, text.len()));
        let fitting = wrap::fit(rest.as_str(), columns.saturating_sub(1));
        *last = words!("{}…", rest.as_str()[..fitting].trim_end());
    }
    shown
}

/// The beginning of `text`, no more than a line could show: what a file gives as its source may be megabytes long.
pub fn beginning(text: &Clean) -> CleanStr<'_> {
    const MOST: usize = 400;
    text.slice(Span::new(0, text.floor_char_boundary(MOST)))
}

/// The words of `text` at `span` in one line.
pub fn flat(text: CleanStr<'_>) -> Clean {
    if !text.as_str().contains(['\n', '\t']) {
        return words!("{text}");
    }
    words!("{}", text.as_str().split_whitespace().collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn days_say_nothing_twice() {
        assert_eq!(&*days(date(2017, 4, 5), date(2017, 4, 5)), "5 Apr 2017");
        assert_eq!(&*days(date(2017, 3, 28), date(2017, 3, 30)), "28–30 Mar 2017");
        assert_eq!(&*days(date(2017, 3, 28), date(2017, 4, 2)), "28 Mar – 2 Apr 2017");
        assert_eq!(&*days(date(2016, 12, 28), date(2017, 1, 2)), "28 Dec 2016 – 2 Jan 2017");
        assert_eq!(&*days(date(2017, 3, 1), date(2017, 3, 31)), "Mar 2017");
        assert_eq!(&*days(date(2017, 1, 1), date(2017, 12, 31)), "2017");
    }

    #[test]
    fn long_words_end_in_an_ellipsis() {
        let text = Clean::literal("They signed, in the evening, fourteen documents");
        let shown = |rows| super::rows(&text, 12, rows).iter().map(Clean::to_string).collect::<Vec<_>>();
        assert_eq!(shown(1), ["They signed…"]);
        assert_eq!(shown(2), ["They signed,", "in the…"]);
        assert_eq!(shown(9), ["They signed,", "in the", "evening,", "fourteen", "documents"]);
    }

    #[test]
    fn headlines_fill_their_last_row() {
        let text = Clean::literal("Relief helicopter crashes in Tonga as cyclone nears");
        let shown = |rows| filled_rows(&text, 20, rows).iter().map(Clean::to_string).collect::<Vec<_>>();
        assert_eq!(shown(1), ["Relief helicopter c…"]);
        assert_eq!(shown(2), ["Relief helicopter", "crashes in Tonga as…"]);
        assert_eq!(shown(3), ["Relief helicopter", "crashes in Tonga as", "cyclone nears"]);
        assert!(filled_rows(&text, 20, 0).is_empty());
    }

    #[test]
    fn no_more_than_the_beginning_of_a_huge_name_is_looked_at() {
        let long = words!("{}", "né".repeat(1000));
        let shown = beginning(&long);
        assert!(long.starts_with(shown.as_str()) && (390..=400).contains(&shown.as_str().len()));
        assert_eq!(beginning(&words!("Gull {}", "Wire")).as_str(), "Gull Wire");
    }

    #[test]
    fn composed_text_is_cleaned() {
        assert!(!words!("a{}b", '\u{1b}').contains('\u{1b}'));
    }
}
