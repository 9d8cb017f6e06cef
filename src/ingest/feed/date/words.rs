//! Dates with the name of a month, and those of programs that print a date in the order of their own.

use std::borrow::Cow;

use jiff::Timestamp;
use jiff::civil::{Date, Time};

use super::iso::short_year;
use super::{at, clock, number};

/// Beginnings of the names of months, in small letters; the longest that fits counts.
const MONTHS: &[(i8, &str)] = &[
    // English, and what other languages share with it.
    (1, "jan"),
    (2, "feb"),
    (3, "mar"),
    (4, "apr"),
    (5, "may"),
    (6, "jun"),
    (7, "jul"),
    (8, "aug"),
    (9, "sep"),
    (10, "oct"),
    (11, "nov"),
    (12, "dec"),
    // German, Dutch, Scandinavian.
    (1, "jän"),
    (3, "mär"),
    (3, "mrz"),
    (3, "maart"),
    (3, "mrt"),
    (5, "mai"),
    (5, "maj"),
    (5, "mei"),
    (10, "okt"),
    (12, "dez"),
    (12, "des"),
    // French.
    (2, "fév"),
    (4, "avr"),
    (6, "juin"),
    (7, "juil"),
    (8, "aoû"),
    (12, "déc"),
    // Spanish, Portuguese, Italian.
    (1, "ene"),
    (1, "gen"),
    (2, "fev"),
    (4, "abr"),
    (5, "mag"),
    (6, "giu"),
    (7, "lug"),
    (8, "ago"),
    (9, "set"),
    (10, "out"),
    (10, "ott"),
    (12, "dic"),
    // Hungarian.
    (3, "már"),
    (4, "ápr"),
    (5, "máj"),
    (6, "jún"),
    (7, "júl"),
    (9, "szept"),
    // Greek.
    (1, "ιαν"),
    (2, "φεβ"),
    (3, "μάρ"),
    (3, "μαρ"),
    (3, "μάώ"),
    (3, "μαώ"),
    (4, "απρ"),
    (5, "μάι"),
    (5, "μαϊ"),
    (5, "μαι"),
    (5, "μάϊ"),
    (6, "ιούν"),
    (6, "ιουν"),
    (6, "ιον"),
    (7, "ιούλ"),
    (7, "ιουλ"),
    (7, "ιολ"),
    (8, "αύγ"),
    (8, "αυγ"),
    (9, "σεπ"),
    (10, "οκτ"),
    (11, "νοέ"),
    (11, "νοε"),
    (12, "δεκ"),
    // Russian.
    (1, "янв"),
    (2, "фев"),
    (3, "мар"),
    (4, "апр"),
    (5, "май"),
    (5, "мая"),
    (6, "июн"),
    (7, "июл"),
    (8, "авг"),
    (9, "сен"),
    (10, "окт"),
    (11, "ноя"),
    (12, "дек"),
    // Polish.
    (1, "sty"),
    (2, "lut"),
    (4, "kwi"),
    (6, "cze"),
    (7, "lip"),
    (8, "sie"),
    (9, "wrz"),
    (10, "paź"),
    (11, "lis"),
    (12, "gru"),
];

/// Zones by name, in hours from UTC. An abbreviation of two countries is that of the one whose feeds use it.
const ZONES: &[(&str, f32)] = &[
    ("ut", 0.0),
    ("utc", 0.0),
    ("gmt", 0.0),
    ("z", 0.0),
    ("wet", 0.0),
    ("west", 1.0),
    ("bst", 1.0),
    ("cet", 1.0),
    ("met", 1.0),
    ("mez", 1.0),
    ("cest", 2.0),
    ("mest", 2.0),
    ("mesz", 2.0),
    ("eet", 2.0),
    ("sast", 2.0),
    ("eest", 3.0),
    ("msk", 3.0),
    ("ist", 5.5),
    ("hkt", 8.0),
    ("sgt", 8.0),
    ("awst", 8.0),
    ("jst", 9.0),
    ("kst", 9.0),
    ("acst", 9.5),
    ("aest", 10.0),
    ("aedt", 11.0),
    ("nzst", 12.0),
    ("nzdt", 13.0),
    ("brt", -3.0),
    ("adt", -3.0),
    ("ast", -4.0),
    ("at", -4.0),
    ("edt", -4.0),
    ("est", -5.0),
    ("et", -5.0),
    ("cdt", -5.0),
    ("cst", -6.0),
    ("ct", -6.0),
    ("mdt", -6.0),
    ("mst", -7.0),
    ("mt", -7.0),
    ("pdt", -7.0),
    ("pst", -8.0),
    ("pt", -8.0),
    ("akst", -9.0),
    ("hst", -10.0),
    // The letters of RFC 822 that others still print.
    ("a", -1.0),
    ("m", -12.0),
    ("n", 1.0),
    ("y", 12.0),
];

/// The distance from UTC in minutes of a zone called `name`.
pub(super) fn zone(name: &str) -> Option<i32> {
    let hours = ZONES.iter().find(|(zone, _)| zone.eq_ignore_ascii_case(name))?.1;
    #[allow(clippy::cast_possible_truncation)] // Of whole minutes within a day.
    Some((hours * 60.0) as i32)
}

fn month(word: &str) -> Option<i8> {
    let word = word.to_lowercase();
    MONTHS
        .iter()
        .filter(|(_, name)| word.starts_with(name))
        .max_by_key(|(_, name)| name.len())
        .map(|(month, _)| *month)
}

/// What the words of a date are found to be.
#[derive(Default)]
struct Found<'a> {
    month: Option<i8>,
    /// Before the month, and all others, in their order.
    before: Option<&'a str>,
    after: Vec<&'a str>,
    date: Option<Date>,
    time: Option<(Time, bool)>,
    offset: Option<i32>,
    /// Hours to add to a time of twelve hours: noon and midnight are 12 there.
    is_afternoon: Option<bool>,
}

/// The moment of a date in words: `Thu, 01 Jan 2004 19:48:21 GMT` and its many relatives.
pub(super) fn moment(text: &str) -> Option<Timestamp> {
    let text = &korean(text);
    let mut found = Found::default();
    // What stands in brackets repeats the zone.
    let text = text.split('(').next().unwrap_or_default();
    for (at, word) in text.split(|c: char| c.is_whitespace() || c == ',').filter(|word| !word.is_empty()).enumerate()
    {
        if at > 12 {
            return None;
        }
        found.take(word)?;
    }
    let date = found.date()?;
    let (time, is_next_day) = found.time.unwrap_or((Time::midnight(), false));
    let time = match found.is_afternoon {
        Some(is_afternoon) if time.hour() <= 12 => {
            let hour = time.hour() % 12 + if is_afternoon { 12 } else { 0 };
            time.with().hour(hour).build().ok()?
        }
        _ => time,
    };
    let date = if is_next_day { date.tomorrow().ok()? } else { date };
    at(date, time, found.offset.unwrap_or(0))
}

impl<'a> Found<'a> {
    /// Takes a word for what it is; nothing if the text can be no date.
    fn take(&mut self, word: &'a str) -> Option<()> {
        let hour = word.split(':').next().unwrap_or_default();
        if hour.len() < word.len() && !hour.is_empty() && hour.bytes().all(|byte| byte.is_ascii_digit()) {
            // A zone may follow without a blank.
            let end = word.find(|c: char| !c.is_ascii_digit() && !matches!(c, ':' | '.')).unwrap_or(word.len());
            self.time = Some(clock(&word[..end])?);
            return if end < word.len() { self.name(&word[end..]) } else { Some(()) };
        }
        let is_signed = word.starts_with(['+', '-']);
        if is_signed && word.len() > 1 {
            self.offset = Some(super::zone(word)?);
            return Some(());
        }
        let numbers = word.bytes().all(|byte| byte.is_ascii_digit());
        if numbers {
            self.place(word);
            return Some(());
        }
        // 2006/09/15, 01-Jan-2004, 2004-július-13T9:15-05:00
        if word.starts_with(|c: char| c.is_ascii_digit()) && word.contains(['-', '/']) {
            let (day, rest) = match word.find('T') {
                Some(at) if word[at + 1..].starts_with(|c: char| c.is_ascii_digit()) => {
                    (&word[..at], &word[at + 1..])
                }
                _ => (word, ""),
            };
            let parts: Vec<&str> = day.split(['-', '/']).collect();
            let &[first, second, third] = parts.as_slice() else { return None };
            let (year, day) = if first.len() == 4 { (first, third) } else { (third, first) };
            let month = match month(second) {
                Some(month) => month,
                None if first.len() == 4 => number(second, 2)?,
                None => return None,
            };
            self.date = Some(Date::new(full_year(year)?, month, number(day, 2)?).ok()?);
            if !rest.is_empty() {
                let zone = rest.find(['+', '-', 'Z']).unwrap_or(rest.len());
                self.time = Some(clock(&rest[..zone])?);
                if zone < rest.len() {
                    self.offset = Some(super::zone(&rest[zone..])?);
                }
            }
            return Some(());
        }
        // 1st, 5. and the like.
        let digits = word.bytes().take_while(u8::is_ascii_digit).count();
        if digits > 0 {
            let ending = word[digits..].to_ascii_lowercase();
            return match ending.as_str() {
                "st" | "nd" | "rd" | "th" | "." | "º" | "er" => {
                    self.place(&word[..digits]);
                    Some(())
                }
                _ => None,
            };
        }
        self.name(word)
    }

    /// Takes a word that is no number: a month, a zone, a half of the day, or a day of the week.
    fn name(&mut self, word: &str) -> Option<()> {
        let word = word.trim_end_matches('.');
        match word.to_ascii_lowercase().as_str() {
            "am" | "a.m" | "오전" => self.is_afternoon = Some(false),
            "pm" | "p.m" | "오후" => self.is_afternoon = Some(true),
            // Before its number a month or a day of the week, behind the time a zone.
            _ if self.time.is_none() || self.month.is_none() && self.date.is_none() => {
                // The last one counts: some begin the name of a day as others that of a month (`mar.`, Tuesday in French).
                self.month = month(word).or(self.month);
            }
            _ => self.offset = super::zone(word).or(self.offset),
        }
        Some(())
    }

    fn place(&mut self, digits: &'a str) {
        if self.month.is_none() && self.before.is_none() {
            self.before = Some(digits);
        } else {
            self.after.push(digits);
        }
    }

    fn date(&self) -> Option<Date> {
        if self.date.is_some() {
            return self.date;
        }
        let month = self.month?;
        let mut rest = self.after.iter();
        let (day, year) = match self.before {
            // 2004 January 1
            Some(year) if year.len() == 4 => (rest.next()?, year),
            Some(ref day) => (day, *rest.next()?),
            None => (rest.next()?, *rest.next()?),
        };
        Date::new(full_year(year)?, month, number(day, 2)?).ok()
    }
}

fn full_year(text: &str) -> Option<i16> {
    match text.len() {
        4 => number(text, 4),
        2 => short_year(text),
        _ => None,
    }
}

/// Korean dates in the order of the others, with their zone; other texts as they are.
fn korean(text: &str) -> Cow<'_, str> {
    if !["년", "오전", "오후"].iter().any(|word| text.contains(word)) {
        return Cow::Borrowed(text);
    }
    let mut numbers = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '년' | '월' => {
                numbers.push('-');
                while rest.next_if(|c| c.is_whitespace()).is_some() {}
            }
            '일' => numbers.push(' '),
            c => numbers.push(c),
        }
    }
    Cow::Owned(numbers + " KST")
}
