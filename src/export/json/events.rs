//! The events of an article and those who take part in them, as parts of its JSON object.

use serde::Serialize;

use super::super::offsets::Range;
use super::super::rounded;
use super::{Writer, id};
use crate::model::{Event, Mode, Participant, Polity, Quad, Sector, When};

/// What happened.
#[derive(Debug, Serialize)]
pub(super) struct EventRecord<'a> {
    r#type: &'static str,
    /// How it was done, of PLOVER's modes.
    mode: Option<&'static str>,
    /// What it is about, of PLOVER's contexts.
    contexts: Vec<&'static str>,
    /// PLOVER's class of the type: `VERBAL COOPERATION`, `MATERIAL CONFLICT` and so on.
    quad: Option<&'static str>,
    /// The root code of CAMEO that comes nearest to the type.
    cameo: Option<&'static str>,
    trigger: Range,
    /// The other words that tell of the same happening.
    mentions: Vec<Range>,
    actors: Vec<ParticipantRecord<'a>>,
    recipients: Vec<ParticipantRecord<'a>>,
    place: Option<PlaceRecord<'a>>,
    /// ISO 8601, as exact as the text tells (`2017`, `2017-04`, `2017-04-05`, or first/last day), else as written.
    date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_span: Option<Range>,
    killed: Option<u32>,
    injured: Option<u32>,
    /// How many took part.
    size: Option<u32>,
    /// The sum of money, as the text has it.
    amount: Option<&'a str>,
    /// Whether it is no news but what the article recalls.
    background: bool,
    /// The words it was made of.
    reason: String,
    confidence: f64,
}

/// Who takes part in an event, or could.
#[derive(Debug, Serialize)]
pub(super) struct ParticipantRecord<'a> {
    text: &'a str,
    country: Option<&'a str>,
    /// Whether `country` is an intergovernmental organisation: `AU` may be Australia or the African Union.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    igo: bool,
    /// PLOVER's code of the part of society: `GOV`, `MIL` …
    sector: Option<&'static str>,
    entity: Option<String>,
    span: Range,
}

#[derive(Debug, Serialize)]
struct PlaceRecord<'a> {
    text: &'a str,
    country: Option<&'a str>,
    span: Range,
}

impl<'a> Writer<'a> {
    pub(super) fn event(&self, event: &'a Event) -> EventRecord<'a> {
        EventRecord {
            r#type: event.kind.code(),
            mode: event.mode.map(Mode::label),
            contexts: event.contexts.iter().map(|context| context.label()).collect(),
            quad: event.kind.quad().map(Quad::code),
            cameo: event.kind.cameo_root(),
            trigger: self.offsets.of(event.trigger),
            mentions: self.places(&event.mentions),
            actors: self.participants(&event.actors),
            recipients: self.participants(&event.recipients),
            place: event.place.as_ref().map(|place| PlaceRecord {
                text: &place.text,
                country: place.country.as_ref().map(|country| country.code()),
                span: self.offsets.of(place.span),
            }),
            date: event.when.as_ref().and_then(date_of),
            date_span: event.when.as_ref().map(|when| self.offsets.of(when.span)),
            killed: event.toll.killed,
            injured: event.toll.injured,
            size: event.toll.size,
            amount: event.toll.amount.as_deref(),
            background: event.background,
            reason: event.reason(&self.article.doc.text),
            confidence: rounded(event.confidence),
        }
    }

    pub(super) fn participants(&self, participants: &'a [Participant]) -> Vec<ParticipantRecord<'a>> {
        let record = |participant: &'a Participant| ParticipantRecord {
            text: &participant.text,
            country: participant.polity.as_ref().map(|polity| polity.code()),
            igo: matches!(participant.polity, Some(Polity::Igo(_))),
            sector: participant.sector.map(Sector::code),
            entity: participant.entity.map(id),
            span: self.offsets.of(participant.span),
        };
        participants.iter().map(record).collect()
    }
}

/// As exact as the text is: a day, a month, a year, a span of days; nothing where no day could be told.
fn date_of(when: &When) -> Option<String> {
    let (first, last) = when.days?;
    Some(if first == last {
        first.to_string()
    } else if first == first.first_of_year() && last == first.last_of_year() {
        format!("{:04}", first.year())
    } else if first == first.first_of_month() && last == first.last_of_month() {
        format!("{:04}-{:02}", first.year(), first.month())
    } else {
        format!("{first}/{last}")
    })
}

#[cfg(test)]
mod tests {
    use jiff::civil::{Date, date};

    use super::super::tests::{article, exported};
    use super::*;
    use crate::export::{Options, Unit, json};
    use crate::model::{Annotations, Context, EventKind, Igo, Toll};
    use crate::text::Span;

    #[test]
    fn dates_are_as_exact_as_the_text() {
        let article = article("It met last week.");
        let event = |days: Option<(Date, Date)>| Event {
            actors: vec![Participant {
                span: Span::new(0, 2),
                text: "African Union".to_owned(),
                entity: None,
                polity: Some(Polity::Igo(Igo("AU"))),
                sector: Some(Sector::Military),
            }],
            when: Some(When { span: Span::new(7, 16), days }),
            confidence: 0.666,
            ..Event::new(EventKind::Consult, Span::new(3, 6))
        };
        for (days, expected) in [
            (Some((date(2026, 5, 21), date(2026, 5, 21))), "2026-05-21"),
            (Some((date(2024, 2, 1), date(2024, 2, 29))), "2024-02"),
            (Some((date(2026, 1, 1), date(2026, 12, 31))), "2026"),
            (Some((date(2026, 5, 18), date(2026, 5, 24))), "2026-05-18/2026-05-24"),
        ] {
            let found = Annotations { events: vec![event(days)], ..Annotations::default() };
            let record = exported(&article, &found, Unit::Chars);
            assert_eq!(record["events"][0]["date"], expected);
            assert_eq!(record["events"][0]["actors"][0]["igo"], true);
            assert_eq!(record["events"][0]["actors"][0]["sector"], "MIL");
            assert_eq!(record["events"][0]["confidence"], 0.67);
        }
        let found = Annotations { events: vec![event(None)], ..Annotations::default() };
        let record = exported(&article, &found, Unit::Chars);
        assert_eq!(record["events"][0]["date"], serde_json::Value::Null, "the article has no day to count from");
        assert_eq!(record["events"][0]["date_span"], serde_json::json!([7, 16]));
    }

    #[test]
    fn what_is_told_of_an_event_comes_with_it() {
        let article = article("Été: gunmen shot dead four people in Lima. The shooting hurt nine.");
        let at = |words: &str| {
            let start = article.doc.text.find(words).unwrap();
            Span::new(start, start + words.len())
        };
        let gunmen =
            Participant { span: at("gunmen"), text: "gunmen".to_owned(), entity: None, polity: None, sector: None };
        let event = Event {
            mode: Some(Mode::Firearms),
            contexts: vec![Context::HumanSecurity, Context::Crime],
            mentions: vec![at("shooting")],
            actors: vec![gunmen],
            toll: Toll { killed: Some(4), injured: Some(9), ..Toll::default() },
            background: true,
            ..Event::new(EventKind::Assault, at("shot dead"))
        };
        let statement = Event::new(EventKind::from_code("OTHER:DEATH").unwrap(), at("dead"));
        let found = Annotations { events: vec![event, statement], ..Annotations::default() };
        let record = exported(&article, &found, Unit::Chars);
        let told = &record["events"][0];
        for (key, expected) in [
            ("mode", serde_json::json!("firearms")),
            ("contexts", serde_json::json!(["human_security", "crime"])),
            ("mentions", serde_json::json!([[47, 55]])),
            ("killed", serde_json::json!(4)),
            ("injured", serde_json::json!(9)),
            ("size", serde_json::json!(null)),
            ("amount", serde_json::json!(null)),
            ("background", serde_json::json!(true)),
            ("quad", serde_json::json!("MATERIAL CONFLICT")),
            ("cameo", serde_json::json!("19")),
            ("reason", serde_json::json!("who: gunmen; what: shot dead")),
        ] {
            assert_eq!(told[key], expected, "{key}");
        }
        let bare = &record["events"][1];
        for key in ["mode", "quad", "cameo", "killed"] {
            assert_eq!(bare[key], serde_json::json!(null), "{key}");
        }
        assert_eq!(bare["contexts"], serde_json::json!([]));
    }

    #[test]
    fn events_that_are_too_unsure_are_left_out() {
        let article = article("They met and quarrelled.");
        let event = |confidence| Event { confidence, ..Event::new(EventKind::Consult, Span::new(5, 8)) };
        let found = Annotations { events: vec![event(0.3), event(0.666)], ..Annotations::default() };
        let left = |min_confidence: f64| {
            let options = Options { min_confidence, ..Options::default() };
            let record: serde_json::Value =
                serde_json::from_str(&json::line(&article, &found, options).unwrap()).unwrap();
            record["events"].as_array().unwrap().len()
        };
        // What is shown as 0.67 is no less than 0.67.
        assert_eq!([0.0, 0.3, 0.31, 0.67, 0.68].map(left), [2, 2, 1, 1, 0]);
    }
}
