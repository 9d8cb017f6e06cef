//! The events of an article as PLOVER records: JSON Lines, one event a line.
//!
//! The keys are those that PLOVER's specification names for its records (`id`, `date`, `enddate`, `source`, `target`, `event`,
//! `eventLoc`, `eventText`, `quadCode`, `mode`, `context`, `dead`, `injured`, `size`, `text`, `textInfo`, `publication`, `url`,
//! `language`, `coder`), and for what it names none:
//!
//! | key | holds |
//! | --- | --- |
//! | `id` | the article's `id`, a colon and the event's number in the article, from 1 |
//! | `date`, `enddate` | the first day meant and, if there are several, the last |
//! | `event` | PLOVER's type, or one of ours: `OTHER:DISASTER` … |
//! | `mode`, `context` | PLOVER's mode; a list of PLOVER's contexts |
//! | `quadCode`, `cameo` | PLOVER's class, 1 to 4; the nearest root code of CAMEO |
//! | `source`, `target` | lists of those who act and of those acted upon or with, see below |
//! | `eventText` | the words that tell of it |
//! | `eventLoc` | the place: `name`, `locText` (the words), `country code`, `cc3`, `admin1Name`, `admin2Name`, `latitude`, `longitude` |
//! | `dead`, `injured`, `size`, `amount` | how many were killed, injured, took part; the sum of money in words |
//! | `background` | whether it is no news but what the article recalls |
//! | `confidence` | how sure the engine is, 0 to 1 |
//! | `text`, `textInfo` | the sentence, and where it is: `start` and `end`, offsets into the text as the input gave it |
//! | `storyId`, `title`, `publication`, `published`, `url`, `language` | the article, its publisher and its day |
//! | `coder` | the program and its version |
//!
//! An actor has a `code` (ISO 3166-1 alpha-3, `XKX` for Kosovo, `IGO` for intergovernmental organisations), `igo` (its short
//! name), `sector`, `actorName` (where the text gives a name), `actorText` (the words) and `office`. Several actors stay one
//! event with several in its list, as PLOVER wants it. What is not known is left out, but for `source`, which may be empty.

use serde::Serialize;

use super::coded::{Coded, Scene, Side};
use super::offsets::Offsets;
use super::{ANNOTATOR, Options, rounded};
use crate::model::{Annotations, Article, Event, Mode, Point, Quad};
use crate::text::Clean;

#[derive(Debug, Serialize)]
struct Record<'a> {
    id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    enddate: Option<String>,
    event: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    mode: Option<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    context: Vec<&'static str>,
    #[serde(rename = "quadCode", skip_serializing_if = "Option::is_none")]
    quad_code: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cameo: Option<&'static str>,
    source: Vec<ActorRecord<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    target: Vec<ActorRecord<'a>>,
    #[serde(rename = "eventText")]
    event_text: String,
    #[serde(rename = "eventLoc", skip_serializing_if = "Option::is_none")]
    event_loc: Option<LocationRecord<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    dead: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    injured: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    size: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    amount: Option<&'a str>,
    background: bool,
    confidence: f64,
    text: String,
    #[serde(rename = "textInfo")]
    text_info: TextRecord,
    #[serde(rename = "storyId")]
    story_id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    publication: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    published: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
    coder: &'static str,
}

#[derive(Debug, Serialize)]
struct ActorRecord<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    igo: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sector: Option<&'static str>,
    #[serde(rename = "actorName", skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    #[serde(rename = "actorText")]
    text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    office: Option<&'a str>,
}

#[derive(Debug, Serialize)]
struct LocationRecord<'a> {
    name: &'a str,
    #[serde(rename = "locText")]
    text: String,
    #[serde(rename = "country code", skip_serializing_if = "Option::is_none")]
    country: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cc3: Option<&'static str>,
    #[serde(rename = "admin1Name", skip_serializing_if = "Option::is_none")]
    province: Option<&'a str>,
    #[serde(rename = "admin2Name", skip_serializing_if = "Option::is_none")]
    district: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    latitude: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    longitude: Option<f64>,
}

#[derive(Debug, Serialize)]
struct TextRecord {
    start: usize,
    end: usize,
}

/// The lines of JSON, without line feeds, for the events of `article`.
///
/// # Errors
/// Never in practice; the type is that of the serializer.
pub fn lines(article: &Article, found: &Annotations, options: Options) -> serde_json::Result<Vec<Clean>> {
    let coded = Coded::new(article, found);
    let offsets = Offsets::new(&article.doc, options.unit);
    let line = |(number, event)| {
        serde_json::to_string(&record(article, &coded, &offsets, number, event)).map(|line| Clean::new(&line))
    };
    options.events(found).map(line).collect()
}

fn record<'a>(
    article: &'a Article,
    coded: &Coded<'a>,
    offsets: &Offsets<'a>,
    number: usize,
    event: &'a Event,
) -> Record<'a> {
    let days = event.when.as_ref().and_then(|when| when.days);
    let sentence = coded.sentence(event.trigger);
    let [start, end] = offsets.of(sentence);
    let words = |clean: Clean| clean.as_str().to_owned();
    Record {
        id: coded.id(number),
        date: days.map(|(first, _)| first.to_string()),
        enddate: days.filter(|(first, last)| first != last).map(|(_, last)| last.to_string()),
        event: event.kind.code(),
        mode: event.mode.map(Mode::label),
        context: event.contexts.iter().map(|context| context.label()).collect(),
        quad_code: event.kind.quad().map(number_of),
        cameo: event.kind.cameo_root(),
        source: coded.sides(&event.actors).into_iter().map(actor).collect(),
        target: coded.sides(&event.recipients).into_iter().map(actor).collect(),
        event_text: words(coded.words(event.trigger)),
        event_loc: event.place.as_ref().map(|place| location(coded.scene(place))),
        dead: event.toll.killed,
        injured: event.toll.injured,
        size: event.toll.size,
        amount: event.toll.amount.as_deref(),
        background: event.background,
        confidence: rounded(event.confidence),
        text: words(coded.words(sentence)),
        text_info: TextRecord { start, end },
        story_id: &article.id,
        title: article.title.as_deref(),
        publication: article.source.as_deref(),
        published: article.date.map(|date| date.to_string()),
        url: article.url.as_deref(),
        language: article.language.as_deref(),
        coder: ANNOTATOR,
    }
}

fn actor(side: Side<'_>) -> ActorRecord<'_> {
    ActorRecord {
        code: side.country,
        igo: side.igo,
        sector: side.sector,
        name: side.name,
        text: side.words.as_str().to_owned(),
        office: side.office,
    }
}

fn location(scene: Scene<'_>) -> LocationRecord<'_> {
    LocationRecord {
        name: scene.name,
        text: scene.words.as_str().to_owned(),
        country: scene.country,
        cc3: scene.country3,
        province: scene.province,
        district: scene.district,
        latitude: scene.point.map(Point::latitude),
        longitude: scene.point.map(Point::longitude),
    }
}

/// PLOVER's number of a class.
fn number_of(quad: Quad) -> u8 {
    match quad {
        Quad::VerbalCooperation => 1,
        Quad::MaterialCooperation => 2,
        Quad::VerbalConflict => 3,
        Quad::MaterialConflict => 4,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::coded::tests::story;
    use super::*;
    use crate::export::Unit;

    fn records(options: Options) -> Vec<Value> {
        let (article, found) = story();
        let lines = lines(&article, &found, options).unwrap();
        lines.iter().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    #[test]
    fn an_event_is_a_record_of_plover() {
        let records = records(Options::default());
        let text =
            "Été: Police Minister Ada Obi, “the rower”, and gunmen of Oluk met UN envoys near Kisumu on 4 May.";
        let length = text.chars().count();
        assert_eq!(
            records[0],
            json!({
                "id": "a1:1",
                "date": "2026-05-04",
                "event": "CONSULT",
                "mode": "meet",
                "context": ["diplomatic", "crime"],
                "quadCode": 1,
                "cameo": "04",
                "source": [
                    {"code": "KEN", "sector": "GOV", "actorName": "Ada Obi", "actorText": "Ada Obi", "office": "Police Minister"},
                    {"sector": "UAF", "actorText": "gunmen of Oluk"},
                ],
                "target": [{"code": "IGO", "igo": "UN", "actorName": "United Nations", "actorText": "UN"}],
                "eventText": "met",
                "eventLoc": {
                    "name": "Kisumu",
                    "locText": "Kisumu",
                    "country code": "KE",
                    "cc3": "KEN",
                    "admin1Name": "Lakeside",
                    "latitude": -0.09,
                    "longitude": 34.75,
                },
                "size": 20,
                "background": false,
                "confidence": 0.8,
                "text": text,
                "textInfo": {"start": 19, "end": 19 + length},
                "storyId": "a1",
                "title": "“Ferry talks” stall; \"no deal\"",
                "publication": "Lake Courier",
                "published": "2026-05-06",
                "coder": ANNOTATOR,
            })
        );
    }

    #[test]
    fn events_that_plover_has_no_type_for_are_kept_under_ours() {
        let records = records(Options::default());
        assert_eq!(records[1]["event"], "OTHER:DISASTER");
        assert_eq!(records[1]["dead"], 2);
        assert_eq!(records[1]["source"], json!([]));
        for key in ["date", "mode", "context", "quadCode", "target", "eventLoc", "injured", "url"] {
            assert!(records[1].get(key).is_none(), "{key} is not known");
        }
    }

    #[test]
    fn an_event_keeps_its_number_when_others_are_left_out() {
        let (article, mut found) = story();
        found.events.reverse();
        let options = Options { min_confidence: 0.5, unit: Unit::Bytes };
        let lines = lines(&article, &found, options).unwrap();
        assert_eq!(lines.len(), 1);
        let record: Value = serde_json::from_str(&lines[0]).unwrap();
        assert_eq!(record["id"], "a1:2");
        assert_eq!(record["textInfo"]["start"], 19);
    }
}
