//! The stage `when`: expressions of time, resolved against the article's date.
//!
//! Understood: weekdays, today and its kin, "last week", "late last month", "two days ago", dates with a month name
//! in either order, ISO dates, months, years. Not resolved: times of day, "the following day", seasons, decades and
//! holidays. What cannot be resolved (no date of the article, no such day) stays as written.

use jiff::civil::{Date, Weekday};
use jiff::{Span as Period, ToSpan};

use super::draft::{Draft, TokenKind};
use crate::model::When;

/// The expressions of time of an article, in text order, without overlaps.
pub fn expressions(draft: &Draft<'_>) -> Vec<When> {
    let mut found = Vec::new();
    for sentence in &draft.sentences {
        let end = sentence.tokens.end.min(draft.tokens.len());
        let mut at = sentence.tokens.start;
        while at < end {
            let reader = Reader { draft, first: sentence.tokens.start, end, at };
            match reader.expression() {
                Some((next, days)) if next > at => {
                    found.push(When { span: draft.span_of(at..next), days });
                    at = next;
                }
                _ => at += 1,
            }
        }
    }
    found
}

type Days = Option<(Date, Date)>;

struct Reader<'r, 'a> {
    draft: &'r Draft<'a>,
    first: usize,
    end: usize,
    at: usize,
}

fn weekday(word: &str) -> Option<Weekday> {
    Some(match word {
        "monday" => Weekday::Monday,
        "tuesday" => Weekday::Tuesday,
        "wednesday" => Weekday::Wednesday,
        "thursday" => Weekday::Thursday,
        "friday" => Weekday::Friday,
        "saturday" => Weekday::Saturday,
        "sunday" => Weekday::Sunday,
        _ => return None,
    })
}

fn month(word: &str) -> Option<i8> {
    Some(match word.trim_end_matches('.') {
        "january" | "jan" => 1,
        "february" | "feb" => 2,
        "march" => 3,
        "april" | "apr" => 4,
        "may" => 5,
        "june" => 6,
        "july" => 7,
        "august" | "aug" => 8,
        "september" | "sept" | "sep" => 9,
        "october" | "oct" => 10,
        "november" | "nov" => 11,
        "december" | "dec" => 12,
        _ => return None,
    })
}

fn number(word: &str) -> Option<i64> {
    Some(match word {
        "a" | "an" | "one" => 1,
        "two" => 2,
        "three" => 3,
        "four" => 4,
        "five" => 5,
        "six" => 6,
        "seven" => 7,
        "eight" => 8,
        "nine" => 9,
        "ten" => 10,
        "eleven" => 11,
        "twelve" => 12,
        _ => return word.parse().ok().filter(|&n| n < 1000),
    })
}

fn day_of_month(word: &str) -> Option<i8> {
    if !word.starts_with(|first: char| first.is_ascii_digit()) {
        return None;
    }
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let suffix = word.get(digits.len()..)?;
    matches!(suffix, "" | "st" | "nd" | "rd" | "th")
        .then(|| digits.parse().ok())
        .flatten()
        .filter(|day| (1..=31).contains(day))
}

fn year(word: &str) -> Option<i16> {
    (word.len() == 4).then(|| word.parse().ok()).flatten().filter(|year| (1000..=2200).contains(year))
}

fn whole_month(year: i16, month: i8) -> Days {
    let first = Date::new(year, month, 1).ok()?;
    Some((first, first.last_of_month()))
}

fn whole_year(year: i16) -> Days {
    Some((Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?))
}

fn one(day: Option<Date>) -> Days {
    day.map(|day| (day, day))
}

fn add(date: Date, period: Period) -> Option<Date> {
    date.checked_add(period).ok()
}

impl Reader<'_, '_> {
    fn word(&self, offset: usize) -> &str {
        let at = self.at + offset;
        if at < self.end { self.draft.tokens.get(at).map_or("", |token| &token.lower) } else { "" }
    }

    fn back(&self, offset: usize) -> &str {
        match self.at.checked_sub(offset).filter(|&at| at >= self.first) {
            Some(at) => self.draft.tokens.get(at).map_or("", |token| &token.lower),
            None => "",
        }
    }

    fn capital(&self, offset: usize) -> bool {
        self.draft.tokens.get(self.at + offset).is_some_and(|token| token.is_capitalised())
    }

    fn date(&self) -> Option<Date> {
        self.draft.article.date
    }

    /// Whether the words around say that it lies ahead.
    fn ahead(&self) -> bool {
        for offset in 1..=8 {
            match self.back(offset) {
                "said" | "told" | "announced" | "was" | "were" | "had" | "" => return false,
                "will" | "shall" | "scheduled" | "set" | "due" | "expected" | "planned" | "upcoming" | "coming"
                | "going" | "next" | "plans" => return true,
                _ => {}
            }
        }
        false
    }

    /// The expression that begins here: one past its last token, and its days.
    fn expression(&self) -> Option<(usize, Days)> {
        self.here_and_now()
            .or_else(|| self.named_day())
            .or_else(|| self.calendar_date())
            .or_else(|| self.period())
            .or_else(|| self.ago())
            .or_else(|| self.year_alone())
            .map(|(tokens, days)| (self.at + tokens, days))
    }

    fn here_and_now(&self) -> Option<(usize, Days)> {
        let date = self.date();
        let lead = usize::from(matches!(self.word(0), "earlier" | "late" | "early" | "later"));
        Some(match self.word(lead) {
            "today" | "tonight" => (lead + 1, one(date)),
            "yesterday" => (lead + 1, one(date.and_then(|d| add(d, (-1).days())))),
            "tomorrow" => (lead + 1, one(date.and_then(|d| add(d, 1.day())))),
            "this" if matches!(self.word(lead + 1), "morning" | "afternoon" | "evening") => (lead + 2, one(date)),
            "last" if self.word(lead + 1) == "night" => (lead + 2, one(date.and_then(|d| add(d, (-1).days())))),
            _ => return None,
        })
    }

    fn named_day(&self) -> Option<(usize, Days)> {
        let mut at = 0;
        let mut direction = 0;
        loop {
            match self.word(at) {
                "last" | "past" => direction = -1,
                "next" | "coming" => direction = 1,
                "this" | "late" | "early" | "earlier" => {}
                _ => break,
            }
            at += 1;
            if at > 3 {
                return None;
            }
        }
        let day = weekday(self.word(at))?;
        // "Black Friday Ltd" is no day, but then neither word is lower case around it; a weekday is taken at its word.
        if direction == 0 && self.ahead() {
            direction = 2;
        }
        at += 1;
        while matches!(self.word(at), "morning" | "afternoon" | "evening" | "night") {
            at += 1;
        }
        let days = self.date().and_then(|date| {
            let back = i64::from(date.weekday().since(day));
            let ahead = i64::from(day.since(date.weekday()));
            let shift = match direction {
                -1 if back == 0 => -7,
                1 if ahead == 0 => 7,
                1 | 2 => ahead,
                _ => -back,
            };
            add(date, shift.days())
        });
        // "Monday, April 3" is one expression.
        let comma = usize::from(self.word(at) == ",");
        let rest = Reader { draft: self.draft, first: self.first, end: self.end, at: self.at + at + comma };
        if let Some((more, dated)) = rest.calendar_date() {
            return Some((at + comma + more, dated));
        }
        Some((at, one(days)))
    }

    /// The year of a date given without one.
    fn implied_year(&self, month: i8, day: i8) -> Option<i16> {
        let date = self.date()?;
        let this = Date::new(date.year(), month, day).ok()?;
        Some(if self.ahead() {
            if this < date { date.year() + 1 } else { date.year() }
        } else if this > date {
            date.year() - 1
        } else {
            date.year()
        })
    }

    fn calendar_date(&self) -> Option<(usize, Days)> {
        // 2017-04-05, cut into five tokens or one.
        if self.word(0).len() == 10
            && let Ok(date) = self.word(0).parse::<Date>()
        {
            return Some((1, Some((date, date))));
        }
        if let Some(found) = year(self.word(0))
            && self.word(1) == "-"
            && self.word(3) == "-"
            && let (Ok(month), Ok(day)) = (self.word(2).parse(), self.word(4).parse())
            && let Ok(date) = Date::new(found, month, day)
        {
            return Some((5, Some((date, date))));
        }
        // 5 April 2017, 5th of April
        if let Some(day) = day_of_month(self.word(0)) {
            let of = usize::from(self.word(1) == "of");
            if let Some(month) = month(self.word(1 + of)).filter(|_| self.capital(1 + of)) {
                let mut at = 2 + of;
                let comma = usize::from(self.word(at) == "," && year(self.word(at + 1)).is_some());
                let given = year(self.word(at + comma));
                if given.is_some() {
                    at += comma + 1;
                }
                let year = given.or_else(|| self.implied_year(month, day));
                return Some((at, one(year.and_then(|year| Date::new(year, month, day).ok()))));
            }
        }
        let lead = usize::from(matches!(self.word(0), "late" | "early" | "mid" | "last"));
        if !self.capital(lead) {
            return None;
        }
        let found = month(self.word(lead))?;
        // "April 5, 2017", "April 5", "April 2017", "April"
        if let Some(day) = day_of_month(self.word(lead + 1)) {
            let mut at = lead + 2;
            let comma = usize::from(self.word(at) == ",");
            let given = year(self.word(at + comma));
            if given.is_some() {
                at += comma + 1;
            }
            let year = given.or_else(|| self.implied_year(found, day));
            return Some((at, one(year.and_then(|year| Date::new(year, found, day).ok()))));
        }
        let comma = usize::from(self.word(lead + 1) == ",");
        if let Some(given) = year(self.word(lead + 1 + comma)) {
            return Some((lead + 2 + comma, whole_month(given, found)));
        }
        // A month alone needs a word that makes it one: "in May", "since March", "last June".
        let named = lead == 1
            || matches!(
                self.back(1),
                "in" | "since"
                    | "until"
                    | "by"
                    | "of"
                    | "from"
                    | "this"
                    | "during"
                    | "to"
                    | "before"
                    | "after"
                    | "for"
            );
        if !named
            || (matches!(self.word(lead), "may" | "march" | "august")
                && matches!(self.back(1), "by" | "of" | "to" | "for" | "from" | "after"))
        {
            return None;
        }
        Some((lead + 1, self.implied_year(found, 1).and_then(|year| whole_month(year, found))))
    }

    /// "last week", "late last month", "earlier this year", "earlier in the month".
    fn period(&self) -> Option<(usize, Days)> {
        let mut at = usize::from(matches!(self.word(0), "late" | "early" | "earlier" | "later"));
        let shift = match (self.word(at), self.word(at + 1)) {
            ("last", _) => -1,
            ("next", _) => 1,
            ("this", _) => 0,
            ("in", "the") if at == 1 => {
                at += 1;
                0
            }
            _ => return None,
        };
        if matches!(self.word(at + 1), "past" | "coming") {
            at += 1;
        }
        let date = self.date();
        let days = match self.word(at + 1) {
            "week" | "weekend" => date.and_then(|date| {
                let monday = add(date, (-i64::from(date.weekday().to_monday_zero_offset()) + 7 * shift).days())?;
                let weekend = self.word(at + 1) == "weekend";
                // "this past weekend" is the one before the article.
                let monday = if weekend && shift == 0 && !self.ahead() && date.weekday().to_monday_zero_offset() < 5 {
                    add(monday, (-7).days())?
                } else {
                    monday
                };
                Some((add(monday, if weekend { 5.days() } else { 0.days() })?, add(monday, 6.days())?))
            }),
            "month" => date.and_then(|date| {
                let month = add(date.first_of_month(), shift.months())?;
                Some((month, month.last_of_month()))
            }),
            "year" => date.and_then(|date| whole_year(date.year() + i16::try_from(shift).ok()?)),
            _ => return None,
        };
        Some((at + 2, days))
    }

    /// "two days ago", "a year ago".
    fn ago(&self) -> Option<(usize, Days)> {
        let count = number(self.word(0))?;
        let unit = self.word(1);
        if self.word(2) != "ago" {
            return None;
        }
        let date = self.date();
        let days = match unit {
            "day" | "days" => one(date.and_then(|date| add(date, (-count).days()))),
            "week" | "weeks" => one(date.and_then(|date| add(date, (-count * 7).days()))),
            "month" | "months" => date
                .and_then(|date| add(date, (-count).months()))
                .and_then(|day| whole_month(day.year(), day.month())),
            "year" | "years" => {
                date.and_then(|date| whole_year(date.year().checked_sub(i16::try_from(count).ok()?)?))
            }
            "hour" | "hours" | "minutes" => one(date),
            _ => return None,
        };
        Some((3, days))
    }

    /// "in 2015", "since 2011".
    fn year_alone(&self) -> Option<(usize, Days)> {
        let token = self.draft.tokens.get(self.at)?;
        let named = matches!(
            self.back(1),
            "in" | "since"
                | "until"
                | "by"
                | "during"
                | "from"
                | "late"
                | "early"
                | "before"
                | "after"
                | "between"
                | "of"
        );
        let found = year(self.word(0))
            .filter(|&year| (1800..=2100).contains(&year) && token.kind == TokenKind::Number && named)?;
        // "in 1500 villages": a count, not a year.
        if matches!(self.word(1), "people" | "men" | "women" | "soldiers" | "troops" | "villages" | "homes") {
            return None;
        }
        Some((1, whole_year(found)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Article, Block, BlockKind};
    use crate::text::{Span, clean};
    use jiff::civil::date;

    /// The precision that both days share: a day, a month or a year.
    fn iso(days: (Date, Date)) -> String {
        let (first, last) = days;
        if first == last {
            first.to_string()
        } else if first.year() == last.year() && first.month() == last.month() {
            format!("{:04}-{:02}", first.year(), first.month())
        } else if first.year() == last.year() {
            format!("{:04}", first.year())
        } else {
            format!("{first}/{last}")
        }
    }

    /// Each expression of `text` with its ISO form, for an article of 11 February 2019, a Monday.
    fn read(text: &str, dated: bool) -> Vec<(String, String)> {
        let mut article = Article { date: dated.then(|| date(2019, 2, 11)), ..Article::default() };
        article.doc.text = clean(text).text;
        article.doc.blocks = vec![Block { span: Span::new(0, text.len()), kind: BlockKind::Paragraph }];
        let draft = Draft::new(&article);
        expressions(&draft)
            .into_iter()
            .map(|when| (when.span.of(text).to_owned(), when.days.map_or("-".to_owned(), iso)))
            .collect()
    }

    fn check(text: &str, words: &str, expected: &str) {
        assert_eq!(read(text, true), [(words.to_owned(), expected.to_owned())], "{text}");
    }

    #[test]
    fn weekdays_are_the_last_ones_unless_the_clause_looks_ahead() {
        check("The mayor resigned on Wednesday.", "Wednesday", "2019-02-06");
        check("The mayor resigned on Monday.", "Monday", "2019-02-11");
        check("The mayor resigned last Monday.", "last Monday", "2019-02-04");
        check("The council will meet on Thursday.", "Thursday", "2019-02-14");
        check("They meet next Monday.", "next Monday", "2019-02-18");
        check("Tuesday’s vote was close.", "Tuesday", "2019-02-05");
    }

    #[test]
    fn days_near_the_article() {
        check("The army said yesterday it had left.", "yesterday", "2019-02-10");
        check("He left earlier today.", "earlier today", "2019-02-11");
        check("It began two days ago.", "two days ago", "2019-02-09");
        check("The ban ended last night.", "last night", "2019-02-10");
    }

    #[test]
    fn weeks_months_and_years() {
        check("He visited late last month.", "late last month", "2019-01");
        check("It was sanctioned earlier in the month.", "earlier in the month", "2019-02");
        check("He won last year.", "last year", "2018");
        check("They fled last week.", "last week", "2019-02");
        check("A coup removed him in 2006.", "2006", "2006");
        check("A truce has held since June.", "June", "2018-06");
    }

    #[test]
    fn calendar_dates_in_either_order() {
        check("It happened on April 5, 2017.", "April 5, 2017", "2017-04-05");
        check("It happened on 5 April 2017.", "5 April 2017", "2017-04-05");
        check("The deal of November 27 holds.", "November 27", "2018-11-27");
        check("The vote is scheduled for March 24.", "March 24", "2019-03-24");
        check("It opened on Monday, 4 February.", "Monday, 4 February", "2019-02-04");
        check("The bill may pass.  He resigned in May.", "May", "2018-05");
    }

    #[test]
    fn nothing_is_invented() {
        assert_eq!(read("He left on Friday.", false), [("Friday".to_owned(), "-".to_owned())]);
        assert_eq!(
            read("The ban fell on 31 February 2018.", true),
            [("31 February 2018".to_owned(), "-".to_owned())]
        );
        assert_eq!(read("Troops may march on the city of 2000 homes.", true), []);
    }
}
