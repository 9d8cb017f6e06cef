//! Moments as feeds write them.
//!
//! The standards are RFC 822 (RSS) and ISO 8601 (Atom, Dublin Core); the forms beside them come from programs that print a
//! date as their language does. A form that two countries read in two ways is no date. A time without a zone is UTC.

mod iso;
mod words;

use jiff::Timestamp;
use jiff::civil::{Date, Time};

/// Longer texts are no dates.
const MOST_BYTES: usize = 120;

/// The moment that `text` tells, if it is one.
pub(super) fn moment(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    if text.is_empty() || text.len() > MOST_BYTES {
        return None;
    }
    iso::moment(text).or_else(|| words::moment(text))
}

/// The moment of a day, a time of it and a distance from UTC in minutes.
fn at(date: Date, time: Time, offset: i32) -> Option<Timestamp> {
    let seconds = jiff::SignedDuration::from_mins(i64::from(offset));
    date.to_datetime(time).to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp().checked_sub(seconds).ok()
}

/// `hh:mm`, `hh:mm:ss` or `hh:mm:ss.fraction`; one digit will do. Midnight may be 24:00, which is on the next day.
fn clock(text: &str) -> Option<(Time, bool)> {
    let text = text.split_once([',', '.']).map_or(text, |(whole, fraction)| {
        if fraction.bytes().all(|byte| byte.is_ascii_digit()) { whole } else { text }
    });
    let mut parts = text.split(':');
    let hour: i8 = number(parts.next()?, 2)?;
    let minute: i8 = number(parts.next()?, 2)?;
    let second: i8 = parts.next().map_or(Some(0), |part| number(part, 2))?;
    if parts.next().is_some() {
        return None;
    }
    if (hour, minute, second) == (24, 0, 0) {
        return Some((Time::midnight(), true));
    }
    // A leap second is as good as the one before.
    Time::new(hour, minute, second.min(if second == 60 { 59 } else { second }), 0).ok().map(|time| (time, false))
}

/// A distance from UTC in minutes: `+02:00`, `-0500`, `+2`, `GMT+1`, `Z`, or the name of a zone.
fn zone(text: &str) -> Option<i32> {
    let text = text.strip_prefix("Etc/").unwrap_or(text);
    let rest = ["GMT", "UTC"]
        .iter()
        .find_map(|name| text.get(..3).filter(|start| start.eq_ignore_ascii_case(name)).map(|_| &text[3..]))
        .unwrap_or(text);
    if let Some(digits) = rest.strip_prefix(['+', '-']) {
        let (hours, minutes) = match digits.split_once(':') {
            Some((hours, minutes)) => (number::<i32>(hours, 2)?, number::<i32>(minutes, 2)?),
            None => match digits.len() {
                1 | 2 => (number(digits, 2)?, 0),
                3 | 4 => {
                    let (hours, minutes) = digits.split_at_checked(digits.len() - 2)?;
                    (number(hours, 2)?, number(minutes, 2)?)
                }
                _ => return None,
            },
        };
        // No place is further away; a longer distance is a mistake, and the time better than none.
        let distance = if hours > 18 { 0 } else { hours * 60 + minutes };
        return Some(if rest.starts_with('-') { -distance } else { distance });
    }
    if rest.is_empty() { Some(0) } else { words::zone(rest) }
}

/// A number of at most `most` digits and nothing else.
fn number<N: std::str::FromStr>(text: &str, most: usize) -> Option<N> {
    if text.is_empty() || text.len() > most || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    text.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is(text: &str, expected: &str) {
        let found = moment(text).map(|moment| moment.to_string()).unwrap_or_default();
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn rfc_822_and_what_is_written_for_it() {
        for (text, expected) in [
            ("Thu, 01 Jan 2004 19:48:21 GMT", "2004-01-01T19:48:21Z"),
            ("Thu, 1 Jan 04 19:48 EST", "2004-01-02T00:48:00Z"),
            ("1 Jan 1999 00:00:00 +0530", "1998-12-31T18:30:00Z"),
            ("Thursday, January 1, 2004 19:48:21 -05:00", "2004-01-02T00:48:21Z"),
            ("Thu,01 Jan 2004 19:48:21 GMT", "2004-01-01T19:48:21Z"),
            ("Thu, 01-Jan-2004 19:48:21 UTC", "2004-01-01T19:48:21Z"),
            ("Jan 01 2004 19:48:21 GMT", "2004-01-01T19:48:21Z"),
            ("Thu, 01 Jan 2004", "2004-01-01T00:00:00Z"),
            ("01 Sept 2004 7:08 PM", "2004-09-01T19:08:00Z"),
            ("Thu, 01 Jan 2004 19:48:21 GMT+01:30", "2004-01-01T18:18:21Z"),
            ("Thu, 01 Jan 2004 19:48:21 Etc/GMT", "2004-01-01T19:48:21Z"),
            ("Thu, 01 Jan 2004 19:48:21 CEST", "2004-01-01T17:48:21Z"),
            ("Thu, 01 Jan 2004 19:48:21 XYZ", "2004-01-01T19:48:21Z"),
            ("Thu, 01 Jan 2004 19:48:21 +0000 (UTC)", "2004-01-01T19:48:21Z"),
            ("Sun Jan  4 16:29:06 2004", "2004-01-04T16:29:06Z"),
            ("Sun Jan  4 16:29:06 PST 2004", "2004-01-05T00:29:06Z"),
            ("Sun Jul 15 01:16:00 +0000 2012", "2012-07-15T01:16:00Z"),
            ("Fri, 2006/09/15 08:19:53 EDT", "2006-09-15T12:19:53Z"),
            ("Tue, 29 Feb 2004 24:00:00 GMT", "2004-03-01T00:00:00Z"),
        ] {
            is(text, expected);
        }
    }

    #[test]
    fn iso_8601_and_its_parts() {
        for (text, expected) in [
            ("2003-12-31T10:14:55Z", "2003-12-31T10:14:55Z"),
            ("2003-12-31t10:14:55.123z", "2003-12-31T10:14:55Z"),
            ("2003-12-31T10:14:55-08:00", "2003-12-31T18:14:55Z"),
            ("2003-12-31T10:14:55+0530", "2003-12-31T04:44:55Z"),
            ("2003-12-31 10:14:55 -00:20", "2003-12-31T10:34:55Z"),
            ("2003-12-31T10:14", "2003-12-31T10:14:00Z"),
            ("2003-12-31 10:14:55.0", "2003-12-31T10:14:55Z"),
            ("2003-12-31", "2003-12-31T00:00:00Z"),
            ("2003-12", "2003-12-01T00:00:00Z"),
            ("2003", "2003-01-01T00:00:00Z"),
            ("20031231", "2003-12-31T00:00:00Z"),
            ("20031231T101455Z", "2003-12-31T10:14:55Z"),
            ("2003-335", "2003-12-01T00:00:00Z"),
            ("2003335", "2003-12-01T00:00:00Z"),
            ("03335", "2003-12-01T00:00:00Z"),
            ("03-335", "2003-12-01T00:00:00Z"),
            ("03-12-31", "2003-12-31T00:00:00Z"),
            ("-03-12", "2003-12-01T00:00:00Z"),
            ("-0312", "2003-12-01T00:00:00Z"),
            ("2003-012-31T10:14:55+00:00", "2003-12-31T10:14:55Z"),
            ("2020-W53-5", "2021-01-01T00:00:00Z"),
            ("2020W537", "2021-01-03T00:00:00Z"),
            ("2004/02/29 12:30", "2004-02-29T12:30:00Z"),
        ] {
            is(text, expected);
        }
    }

    #[test]
    fn other_languages() {
        for (text, expected) in [
            ("2004년 05월 28일  01:31:15", "2004-05-27T16:31:15Z"),
            ("2004-05-25 오후 11:23:17", "2004-05-25T14:23:17Z"),
            ("2004-05-28 오전 12:31:15", "2004-05-27T15:31:15Z"),
            ("2004-július-13T9:15-05:00", "2004-07-13T14:15:00Z"),
            ("Κυρ, 11 Ιούλ 2004 12:00:00 EST", "2004-07-11T17:00:00Z"),
            ("Do, 05 Mär 2020 10:00:00 +0100", "2020-03-05T09:00:00Z"),
            ("mer., 12 févr. 2020 10:00:00 +0100", "2020-02-12T09:00:00Z"),
            ("12 de mayo de 2020", "2020-05-12T00:00:00Z"),
            ("Пн, 13 июл 2020 10:00:00 +0300", "2020-07-13T07:00:00Z"),
        ] {
            is(text, expected);
        }
    }

    #[test]
    fn what_is_no_date() {
        for text in [
            "",
            "yesterday",
            "Sun, 16 Dec zz 11:47:32 GMT",
            "Sun, 99 Jun 2009 12:00:00 GMT",
            "Sun, 16 Dec 2012 1:2:3:4 GMT",
            "2003-12-31T25:14:55Z",
            "2013-01-27-01",
            "2013-01-28T11:30:00-06:00Textra",
            "2013-01-28T09:00:00+00:xx",
            "2003-13-01",
            "2003-366",
            "04/05/2017",
            "99999999999999999999",
            "0000-00-00 00:00:00",
            "\u{202e}年",
        ] {
            is(text, "");
        }
    }
}
