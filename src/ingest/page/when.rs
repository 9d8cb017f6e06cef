//! When the article was published, by what the page says and shows.

use jiff::Timestamp;
use jiff::civil::Date;

use super::head::Head;
use super::hints::is_foreign;
use super::measure::Measured;
use crate::ingest::date::find_date;
use crate::ingest::html::{Dom, Ix, Key, Tag};
use crate::ingest::parse_date;

/// The day of publication, and the moment where it is said.
pub(super) fn published(
    dom: &Dom,
    head: &Head,
    measured: &Measured,
    headline: Option<Ix>,
    url: Option<&str>,
) -> (Option<Date>, Option<Timestamp>) {
    let month_first = head.language.as_deref().is_some_and(|tag| matches!(tag.to_ascii_lowercase().as_str(), "en" | "en-us" | "en-ca"));
    let said = [&head.ld.date, &head.meta.date];
    for text in said.into_iter().flatten() {
        if let Some(date) = day(text, month_first) {
            return (Some(date), moment(text));
        }
    }
    let marked = Marked::find(dom, headline, month_first);
    let date = marked
        .sure
        .or_else(|| url.and_then(in_url))
        .or_else(|| head.meta.url.as_deref().and_then(in_url))
        .or(marked.time)
        .or(marked.named)
        .or_else(|| visible(dom, measured, headline, month_first))
        .or_else(|| [&head.meta.modified, &head.ld.modified].into_iter().flatten().find_map(|text| day(text, month_first)))
        .or(marked.other);
    (date, None)
}

fn day(text: &str, month_first: bool) -> Option<Date> {
    parse_date(text).or_else(|| find_date(text, month_first)).filter(|date| date.year() >= 1990)
}

/// The moment that a date with time and zone names.
fn moment(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    text.parse().ok().or_else(|| jiff::fmt::rfc2822::parse(text).ok().map(|zoned| zoned.timestamp()))
}

/// Days that elements are marked with.
#[derive(Debug, Default)]
struct Marked {
    /// Called the day of publication.
    sure: Option<Date>,
    /// In a `time` element.
    time: Option<Date>,
    /// Shown in an element that is called a date.
    named: Option<Date>,
    /// In what is no part of the article.
    other: Option<Date>,
}

impl Marked {
    fn find(dom: &Dom, headline: Option<Ix>, month_first: bool) -> Self {
        let mut found = Self::default();
        let headline = headline.unwrap_or(0);
        let mut nearest = [usize::MAX; 2];
        let mut foreign = 0;
        for at in 1..dom.len() {
            let tag = dom.tag(at);
            if tag == Tag::Text || tag == Tag::Meta || tag == Tag::Link {
                continue;
            }
            if at >= foreign && (matches!(tag, Tag::Nav | Tag::Footer | Tag::Aside) || is_foreign(dom, at)) && !(at < headline && headline < dom.end(at)) {
                foreign = dom.end(at);
            }
            let shown = || day(&dom.line(at, 120), month_first);
            let value = || {
                let value = dom.attribute(at, Key::Datetime).or_else(|| dom.attribute(at, Key::Content)).or_else(|| dom.attribute(at, Key::Title));
                value.and_then(|value| day(value, month_first))
            };
            let prop = dom.attribute(at, Key::Itemprop).unwrap_or_default();
            let names = dom.attribute(at, Key::Class).or_else(|| dom.attribute(at, Key::Id)).unwrap_or_default();
            let is_dated = names.len() < 200 && is_dated(names);
            if tag != Tag::Time && !is_dated && !prop.starts_with("date") {
                continue;
            }
            let Some(date) = value().or_else(shown) else { continue };
            let distance = if at >= headline { at - headline } else { (headline - at) * 2 };
            if at < foreign {
                found.other.get_or_insert(date);
            } else if prop == "datePublished" || prop == "dateCreated" {
                found.sure.get_or_insert(date);
            } else if prop == "dateModified" || names.contains("updated") && !names.contains("published") || names.contains("modified") {
                found.other.get_or_insert(date);
            } else if tag == Tag::Time {
                if distance < nearest[0] {
                    nearest[0] = distance;
                    found.time = Some(date);
                }
            } else if distance < nearest[1] {
                nearest[1] = distance;
                found.named = Some(date);
            }
        }
        found
    }
}

/// Whether the names of an element say that it shows a date.
fn is_dated(names: &str) -> bool {
    let names = names.to_ascii_lowercase();
    ["date", "datum", "time", "publish", "posted", "fecha", "meta", "byline", "info", "stand"].iter().any(|word| names.contains(word))
        && !["update", "runtime", "timeline", "overtime", "sometime", "template", "candidate", "metadata-"].iter().any(|word| names.contains(word))
}

/// The day in an address: `/2024/05/12/`, `/2024-05-12-`, `20240512`.
fn in_url(url: &str) -> Option<Date> {
    // Addresses of archives hold the day of the copy first.
    let path = url.rsplit_once("://").map_or(url, |(_, rest)| rest).split(['?', '#']).next()?;
    let numbers: Vec<&str> = path.split(|c: char| !c.is_ascii_digit()).collect();
    let make = |year: &str, month: &str, day: &str| {
        let year: i16 = year.parse().ok().filter(|year| (1990..2080).contains(year))?;
        Date::new(year, month.parse().ok()?, day.parse().ok()?).ok()
    };
    let parts = numbers.windows(3).find_map(|part| match part {
        [year, month, day] if year.len() == 4 && month.len() <= 2 && day.len() <= 2 && !day.is_empty() => make(year, month, day),
        _ => None,
    });
    parts.or_else(|| numbers.iter().find_map(|part| if part.len() == 8 { make(&part[..4], &part[4..6], &part[6..]) } else { None }))
}

/// The day that a short line shows: right under the headline, right over it, or anywhere.
fn visible(dom: &Dom, measured: &Measured, headline: Option<Ix>, month_first: bool) -> Option<Date> {
    const UNDER: usize = 20;
    const OVER: usize = 6;
    const SHORT: usize = 160;
    let stretches = &measured.stretches;
    let shown = |at: usize| {
        let stretch = stretches.get(at).filter(|stretch| stretch.size <= SHORT)?;
        find_date(&dom.line_of(stretch.nodes.clone(), 300), month_first)
    };
    let at = headline.map_or(0, |headline| measured.within(headline..dom.len()).start);
    (at..at + UNDER)
        .find_map(shown)
        .or_else(|| (at.saturating_sub(OVER)..at).rev().find_map(shown))
        .or_else(|| (at + UNDER..stretches.len().min(at + 2000)).find_map(shown))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_hold_days() {
        let day = jiff::civil::date(2024, 5, 12);
        for url in ["https://a.example/2024/05/12/x", "https://a.example/x-2024-5-12.html", "https://a.example/p/20240512/1234567"] {
            assert_eq!(in_url(url), Some(day), "{url}");
        }
        for url in ["https://a.example/2024/05/", "https://a.example/12345678", "https://a.example/?d=2024-05-12"] {
            assert_eq!(in_url(url), None, "{url}");
        }
    }
}
