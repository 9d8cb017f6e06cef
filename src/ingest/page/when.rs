//! When the article was published, by what the page says and shows.

use jiff::Timestamp;
use jiff::civil::Date;

use super::Seen;
use super::head::Head;
use crate::ingest::date::{find_date, find_date_at};
use crate::ingest::html::{Key, Tag};
use crate::ingest::parse_date;

/// The day of publication, and the moment where it is said.
pub(super) fn published(seen: &Seen, head: &Head, url: Option<&str>) -> (Option<Date>, Option<Timestamp>) {
    let month_first = head
        .language
        .as_deref()
        .is_some_and(|tag| matches!(tag.to_ascii_lowercase().as_str(), "en" | "en-us" | "en-ca"));
    let said = [&head.ld.date, &head.meta.date];
    for text in said.into_iter().flatten() {
        if let Some(date) = stated(text, month_first) {
            return (Some(date), moment(text));
        }
    }
    let marked = Marked::find(seen, month_first);
    let date = marked
        .sure
        .or_else(|| url.and_then(in_url))
        .or_else(|| head.meta.url.as_deref().and_then(in_url))
        .or(marked.time)
        .or(marked.named)
        .or_else(|| visible(seen, month_first, says_when))
        .or_else(|| {
            [&head.meta.modified, &head.ld.modified].into_iter().flatten().find_map(|text| day(text, month_first))
        })
        .or(marked.other)
        .or_else(|| visible(seen, month_first, |line, _| line.len() <= 200));
    (date, None)
}

/// The day that a page says it was published on. Many programs write the first of 1970 where they know none.
fn stated(text: &str, month_first: bool) -> Option<Date> {
    const NONE: Date = jiff::civil::date(1970, 1, 1);
    parse_date(text).or_else(|| find_date(text, month_first)).filter(|date| *date != NONE)
}

/// A day that may be that of publication; hardly so if it was before there was a web.
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
    fn find(seen: &Seen, month_first: bool) -> Self {
        /// Elements with days that are looked at.
        const MOST: usize = 4000;
        let Seen { dom, headline, .. } = *seen;
        let mut found = Self::default();
        let headline = headline.unwrap_or(0);
        let mut looked_at = 0;
        let mut nearest = [usize::MAX; 2];
        let mut foreign = 0;
        for at in 1..dom.len() {
            let tag = dom.tag(at);
            if tag == Tag::Text || tag == Tag::Meta || tag == Tag::Link {
                continue;
            }
            if at >= foreign
                && (matches!(tag, Tag::Nav | Tag::Footer | Tag::Aside) || seen.names.foreign[at])
                && !(at < headline && headline < dom.end(at))
            {
                foreign = dom.end(at);
            }
            let shown = || day(&dom.line(at, 120), month_first);
            let value = || {
                let value = dom
                    .attribute(at, Key::Datetime)
                    .or_else(|| dom.attribute(at, Key::Content))
                    .or_else(|| dom.attribute(at, Key::Title));
                value.and_then(|value| day(value, month_first))
            };
            let prop = dom.attribute(at, Key::Itemprop).unwrap_or_default();
            let names = dom.attribute(at, Key::Class).or_else(|| dom.attribute(at, Key::Id)).unwrap_or_default();
            let is_dated = names.len() < 200 && is_dated(names);
            if tag != Tag::Time && !is_dated && !prop.starts_with("date") {
                continue;
            }
            looked_at += 1;
            if looked_at > MOST {
                break;
            }
            let Some(date) = value().or_else(shown) else { continue };
            let distance = if at >= headline { at - headline } else { (headline - at) * 2 };
            if at < foreign {
                found.other.get_or_insert(date);
            } else if prop == "datePublished" || prop == "dateCreated" {
                found.sure.get_or_insert(date);
            } else if prop == "dateModified"
                || names.contains("updated") && !names.contains("published")
                || names.contains("modified")
            {
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
    ["date", "datum", "time", "publish", "posted", "fecha", "meta", "byline", "info", "stand"]
        .iter()
        .any(|word| names.contains(word))
        && !["update", "runtime", "timeline", "overtime", "sometime", "template", "candidate", "metadata-"]
            .iter()
            .any(|word| names.contains(word))
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
        [year, month, day] if year.len() == 4 && month.len() <= 2 && day.len() <= 2 && !day.is_empty() => {
            make(year, month, day)
        }
        _ => None,
    });
    parts.or_else(|| {
        numbers.iter().find_map(|part| if part.len() == 8 { make(&part[..4], &part[4..6], &part[6..]) } else { None })
    })
}

/// The day that a line shows: under the headline, right over it, or anywhere. `is_fit` is given the line and the byte
/// at which the day begins in it.
fn visible(seen: &Seen, month_first: bool, is_fit: impl Fn(&str, usize) -> bool) -> Option<Date> {
    let Seen { dom, measured, headline, .. } = *seen;
    const UNDER: usize = 20;
    const OVER: usize = 6;
    const FAR: usize = 2000;
    const LONG: usize = 600;
    let stretches = &measured.stretches;
    let shown = |at: usize| {
        let stretch = stretches.get(at).filter(|stretch| stretch.size <= LONG)?;
        let line = dom.line_of(stretch.nodes.clone(), 400);
        let (date, start) = find_date_at(&line, month_first)?;
        (date.year() >= 1990 && is_fit(&line, start)).then_some(date)
    };
    let at = headline.map_or(0, |headline| measured.within(headline..dom.len()).start);
    let over = at.saturating_sub(OVER);
    (at..at + UNDER)
        .find_map(shown)
        .or_else(|| (over..at).rev().find_map(shown))
        .or_else(|| (at + UNDER..stretches.len().min(at + FAR)).find_map(shown))
        .or_else(|| (over.saturating_sub(FAR)..over).rev().find_map(shown))
}

/// Words beside the day on which a text was published, in small letters.
const PUBLISHED: &[&str] = &[
    "published",
    "posted",
    "written",
    "created",
    "updated",
    "modified", //
    "veröffentlicht",
    "gepostet",
    "geschrieben",
    "erstellt",
    "publiziert",
    "verfasst",
    "geändert",
    "aktualisiert",
    "stand:",
    "publié",
    "mis à jour",
    "publicado",
    "publicada",
    "actualizado",
    "pubblicato",
    "aggiornato", //
    "opublikowano",
    "gepubliceerd",
    "geplaatst",
    "опубликовано",
    "发布",
    "発表",
    "公開",
];

/// Whether a line tells when something was published rather than what happened then: hardly anything else is in it, it
/// begins with the day, or it says so beside it.
fn says_when(line: &str, start: usize) -> bool {
    const SHORT: usize = 100;
    const EARLY: usize = 32;
    const BESIDE: usize = 48;
    let chars = |text: &str| text.chars().count();
    if chars(line) <= SHORT || chars(&line[..start]) <= EARLY && chars(line) <= 2 * SHORT {
        return true;
    }
    let before: String = line[..start].chars().rev().take(BESIDE).collect::<Vec<_>>().into_iter().rev().collect();
    let after: String = line[start..].chars().take(BESIDE).collect();
    let beside = (before + &after).to_lowercase();
    PUBLISHED.iter().any(|word| beside.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn running_text_tells_of_other_days() {
        for line in [
            "3 February 2031",
            "Last change: 3 February 2031, 9:25",
            "“A headline that is quite long, and goes on for a while as headlines do” was published on 3 February 2031 at nine and filed under Gulls, Harbours",
        ] {
            let (_, start) = find_date_at(line, false).unwrap_or_default();
            assert!(says_when(line, start), "{line}");
        }
        let line = "The harbour of the town was dredged for the first time since anybody there can remember on 3 February 2031, and gulls came.";
        let (_, start) = find_date_at(line, false).unwrap_or_default();
        assert!(!says_when(line, start), "{line}");
    }

    #[test]
    fn addresses_hold_days() {
        let day = jiff::civil::date(2024, 5, 12);
        for url in [
            "https://a.example/2024/05/12/x",
            "https://a.example/x-2024-5-12.html",
            "https://a.example/p/20240512/1234567",
        ] {
            assert_eq!(in_url(url), Some(day), "{url}");
        }
        for url in ["https://a.example/2024/05/", "https://a.example/12345678", "https://a.example/?d=2024-05-12"] {
            assert_eq!(in_url(url), None, "{url}");
        }
    }
}
