//! One annotated article as one JSON object.
//!
//! The keys `entities`, `quotes`, `non_quotes`, `officials`, `events`, `countries`, `primary` and
//! `countries_mentioned` are those of the gold set's schema; the others say where the article came from and how the
//! offsets count. The same article gives the same bytes.

mod events;

use serde::Serialize;
use serde_json::{Map, Value};

use self::events::{EventRecord, ParticipantRecord};
use super::offsets::{Offsets, Range};
use super::{ANNOTATOR, Entry, Filing, Options, Unit, rounded};
use crate::model::{
    Annotations, Article, Corrected, Country, EntityIx, EntityKind, InnerPlace, Location, MentionKind, Official,
    Point, Polity, Quotation, Sector, Speaker, Subject,
};
use crate::text::{Clean, Span};

/// An annotated article, ready to be written.
#[derive(Debug, Serialize)]
pub struct Record<'a> {
    id: &'a str,
    title: Option<&'a str>,
    source: Option<&'a str>,
    authors: Vec<&'a str>,
    date: Option<String>,
    url: Option<&'a str>,
    language: Option<&'a str>,
    /// The program and its version.
    annotator: &'static str,
    /// What offsets count, `chars` or `bytes`.
    offsets: &'static str,
    /// Left out where the input's own text holds characters that may not be printed: offsets refer to that text.
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    removed: Option<RemovedRecord>,
    entities: Vec<EntityRecord<'a>>,
    quotes: Vec<QuoteRecord<'a>>,
    non_quotes: Vec<Range>,
    officials: Vec<OfficialRecord<'a>>,
    /// Those who can act, with their country and sector.
    actors: Vec<ParticipantRecord<'a>>,
    events: Vec<EventRecord<'a>>,
    countries: Vec<&'a str>,
    primary: Vec<&'a str>,
    countries_mentioned: Vec<&'a str>,
    country_counts: Map<String, Value>,
    toponyms: Vec<ToponymRecord<'a>>,
    /// What people set right in all this.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    corrections: Vec<CorrectionRecord<'a>>,
    #[serde(skip_serializing_if = "Map::is_empty")]
    extra: Map<String, Value>,
}

/// An article of a library.
#[derive(Debug, Serialize)]
struct FiledRecord<'a> {
    #[serde(flatten)]
    record: Record<'a>,
    library: FilingRecord<'a>,
}

/// How the library has it.
#[derive(Debug, Serialize)]
struct FilingRecord<'a> {
    feed: Option<&'a str>,
    feed_url: Option<&'a str>,
    tags: Vec<&'a str>,
    read: bool,
    starred: bool,
    /// When it was first seen, ISO 8601.
    added: Option<String>,
}

/// How many of each kind of character were taken out of the input.
#[derive(Debug, Serialize)]
struct RemovedRecord {
    controls: usize,
    escapes: usize,
    bidi: usize,
    marks: usize,
}

#[derive(Debug, Serialize)]
struct EntityRecord<'a> {
    id: String,
    r#type: &'static str,
    canonical: &'a str,
    country: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    location: Option<LocationRecord<'a>>,
    mentions: Vec<Range>,
    /// Pronouns and roles that stand for it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    references: Vec<Range>,
}

#[derive(Debug, Serialize)]
struct QuoteRecord<'a> {
    content: Vec<Range>,
    quoted: Vec<Range>,
    kind: &'static str,
    cue: Option<Range>,
    speaker_mention: Option<Range>,
    speaker: Option<String>,
    speaker_text: Option<&'a str>,
    /// What the cue reports: `say`, `think`, `intend` or `feel`.
    class: &'static str,
    /// `made`, `negated` ("did not say") or `hypothetical` ("would say").
    assertion: &'static str,
    /// The index in `quotes` of the one inside whose content this one is told.
    within: Option<usize>,
    confidence: f64,
    evidence: EvidenceRecord,
}

/// Why a quotation has its speaker.
#[derive(Debug, Serialize)]
struct EvidenceRecord {
    attachment: &'static str,
    resolution: &'static str,
    antecedent: Option<Range>,
}

#[derive(Debug, Serialize)]
struct OfficialRecord<'a> {
    name: &'a str,
    entity: String,
    title: &'a str,
    organization: Option<&'a str>,
    country: Option<&'a str>,
    sector: Option<&'static str>,
    mentions: Vec<Range>,
}

#[derive(Debug, Serialize)]
struct ToponymRecord<'a> {
    span: Range,
    r#type: &'static str,
    country: &'a str,
    #[serde(flatten)]
    location: Option<WhereRecord<'a>>,
}

/// Where a place is, and what else its name may stand for.
#[derive(Debug, Serialize)]
struct LocationRecord<'a> {
    country: Option<&'a str>,
    #[serde(flatten)]
    place: WhereRecord<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    candidates: Vec<CandidateRecord<'a>>,
}

#[derive(Debug, Serialize)]
struct CandidateRecord<'a> {
    country: Option<&'a str>,
    #[serde(flatten)]
    place: WhereRecord<'a>,
}

/// What a person set right.
#[derive(Debug, Serialize)]
struct CorrectionRecord<'a> {
    /// As the library has it: `speaker: Ada Obi`, `no event`.
    correction: String,
    span: Range,
    by: Option<&'a str>,
    /// ISO 8601.
    when: Option<String>,
    /// What the program had.
    before: Option<&'a str>,
    /// The index in `quotes` of the one that was corrected.
    #[serde(skip_serializing_if = "Option::is_none")]
    quote: Option<usize>,
    /// The id in `entities` of the one that was corrected.
    #[serde(skip_serializing_if = "Option::is_none")]
    entity: Option<String>,
}

/// Degrees north and east, to a hundredth.
#[derive(Debug, Serialize)]
struct WhereRecord<'a> {
    /// The state, province or other first-level division, by name.
    division: Option<&'a str>,
    latitude: Option<f64>,
    longitude: Option<f64>,
    confidence: f64,
}

/// One line of JSON, without a line feed, for `article` with what was found in it.
///
/// # Errors
/// Never in practice; the type is that of the serializer.
pub fn line(article: &Article, found: &Annotations, options: Options) -> serde_json::Result<Clean> {
    // Every string in it was clean already; going through the cleaner once more keeps that true for all to come.
    Ok(Clean::new(&serde_json::to_string(&record(article, found, options))?))
}

/// The line of an article of a library: as [`line`], and how the library has it under the key `library`.
///
/// # Errors
/// Never in practice; the type is that of the serializer.
pub fn filed_line(entry: &Entry<'_>, options: Options) -> serde_json::Result<Clean> {
    let Filing { feed, feed_url, tags, read, starred, added } = entry.filing;
    let library = FilingRecord {
        feed: feed.as_deref(),
        feed_url: feed_url.as_deref(),
        tags: tags.iter().map(Clean::as_str).collect(),
        read: *read,
        starred: *starred,
        added: added.map(|moment| moment.to_string()),
    };
    let filed = FiledRecord { record: record(entry.article, entry.found, options), library };
    Ok(Clean::new(&serde_json::to_string(&filed)?))
}

/// The JSON object for `article` with what was found in it.
pub fn record<'a>(article: &'a Article, found: &'a Annotations, options: Options) -> Record<'a> {
    Writer { article, found, options, offsets: Offsets::new(&article.doc, options.unit) }.record()
}

struct Writer<'a> {
    article: &'a Article,
    found: &'a Annotations,
    options: Options,
    offsets: Offsets<'a>,
}

impl<'a> Writer<'a> {
    fn record(&self) -> Record<'a> {
        let Article { id, title, source, authors, date, url, language, doc, extra, removed } = self.article;
        let mut country_counts = Map::new();
        for (country, count) in &self.found.countries.mentioned {
            country_counts.insert(country.code().to_owned(), Value::from(*count));
        }
        let about: Vec<&str> = self.found.countries.about.iter().map(|country| country.code()).collect();
        Record {
            id,
            title: title.as_deref(),
            source: source.as_deref(),
            authors: authors.iter().map(Clean::as_str).collect(),
            date: date.map(|date| date.to_string()),
            url: url.as_deref(),
            language: language.as_deref(),
            annotator: ANNOTATOR,
            offsets: match self.options.unit {
                Unit::Chars => "chars",
                Unit::Bytes => "bytes",
            },
            text: doc.map.is_identity().then_some(doc.text.as_str()),
            removed: (removed.total() > 0).then_some(RemovedRecord {
                controls: removed.controls,
                escapes: removed.escapes,
                bidi: removed.bidi,
                marks: removed.marks,
            }),
            entities: self.entities(),
            quotes: self.found.quotations.iter().map(|quotation| self.quote(quotation)).collect(),
            non_quotes: self.places(&self.found.non_quotations),
            officials: self.found.officials.iter().map(|official| self.official(official)).collect(),
            actors: self.participants(&self.found.actors),
            events: self.options.events(self.found).map(|(_, event)| self.event(event)).collect(),
            primary: about.first().copied().into_iter().collect(),
            countries: about,
            countries_mentioned: self.found.countries.mentioned.iter().map(|(country, _)| country.code()).collect(),
            country_counts,
            toponyms: self.toponyms(),
            corrections: self.found.corrections.iter().map(|one| self.correction(one)).collect(),
            extra: extra.iter().map(|(key, value)| (Clean::line(key).as_str().to_owned(), cleaned(value))).collect(),
        }
    }

    fn places(&self, spans: &[Span]) -> Vec<Range> {
        spans.iter().map(|span| self.offsets.of(*span)).collect()
    }

    fn entities(&self) -> Vec<EntityRecord<'a>> {
        let mut records: Vec<EntityRecord> = self
            .found
            .entities
            .iter()
            .enumerate()
            .map(|(index, entity)| EntityRecord {
                id: id(index),
                r#type: entity.kind.label(),
                canonical: &entity.name,
                country: entity.polity.as_ref().map(|polity| polity.code()),
                location: entity.location.as_ref().map(location),
                mentions: Vec::new(),
                references: Vec::new(),
            })
            .collect();
        for mention in &self.found.mentions {
            let Some(record) = records.get_mut(mention.entity) else { continue };
            match mention.kind {
                MentionKind::Name => record.mentions.push(self.offsets.of(mention.span)),
                MentionKind::Pronoun | MentionKind::Role => record.references.push(self.offsets.of(mention.span)),
            }
        }
        records
    }

    fn correction(&self, corrected: &'a Corrected) -> CorrectionRecord<'a> {
        let (quote, entity) = match corrected.of {
            Subject::Quotation(number) => (Some(number), None),
            Subject::Entity(index) => (None, Some(id(index))),
            Subject::Gone => (None, None),
        };
        CorrectionRecord {
            correction: corrected.correction.to_string(),
            span: self.offsets.of(corrected.span),
            by: corrected.by.as_deref(),
            when: corrected.when.map(|moment| moment.to_string()),
            before: corrected.before.as_deref(),
            quote,
            entity,
        }
    }

    fn quote(&self, quotation: &'a Quotation) -> QuoteRecord<'a> {
        let (speaker, speaker_text) = match &quotation.speaker {
            Speaker::Entity(index) => (Some(id(*index)), self.name(*index)),
            Speaker::Unnamed(role) => (None, Some(role.as_str())),
            Speaker::Unknown => (None, None),
        };
        QuoteRecord {
            content: self.places(&quotation.content),
            quoted: self.places(&quotation.quoted),
            kind: quotation.kind.label(),
            cue: quotation.cue.map(|span| self.offsets.of(span)),
            speaker_mention: quotation.source.map(|span| self.offsets.of(span)),
            speaker,
            speaker_text,
            class: quotation.class.label(),
            assertion: quotation.assertion.label(),
            within: quotation.within,
            confidence: rounded(quotation.confidence),
            evidence: EvidenceRecord {
                attachment: quotation.evidence.attachment.label(),
                resolution: quotation.evidence.resolution.label(),
                antecedent: quotation.evidence.antecedent.map(|span| self.offsets.of(span)),
            },
        }
    }

    fn official(&self, official: &'a Official) -> OfficialRecord<'a> {
        OfficialRecord {
            name: self.name(official.entity).unwrap_or_default(),
            entity: id(official.entity),
            title: &official.title,
            organization: official.organization.as_deref(),
            country: official.polity.as_ref().map(|polity| polity.code()),
            sector: official.sector.map(Sector::code),
            mentions: self.places(&official.mentions),
        }
    }

    /// The names of places and peoples that tell a country, those inside other names included.
    fn toponyms(&self) -> Vec<ToponymRecord<'a>> {
        let toponym = |mention: &crate::model::Mention| {
            let entity = self.found.entities.get(mention.entity)?;
            let is_place =
                matches!(entity.kind, EntityKind::Gpe | EntityKind::Loc | EntityKind::Norp | EntityKind::Fac);
            let country = match &entity.polity {
                Some(Polity::Country(country)) if is_place => country.code(),
                _ => return None,
            };
            (mention.kind == MentionKind::Name).then(|| ToponymRecord {
                span: self.offsets.of(mention.span),
                r#type: entity.kind.label(),
                country,
                location: entity.location.as_ref().map(whereabouts),
            })
        };
        let inner = |inner: &'a InnerPlace| {
            Some(ToponymRecord {
                span: self.offsets.of(inner.span),
                r#type: EntityKind::Gpe.label(),
                country: inner.location.country.as_ref()?.code(),
                location: Some(whereabouts(&inner.location)),
            })
        };
        let mut records: Vec<ToponymRecord> = self.found.mentions.iter().filter_map(toponym).collect();
        records.extend(self.found.inner_places.iter().filter_map(inner));
        records.sort_by_key(|record| record.span);
        records
    }

    fn name(&self, index: EntityIx) -> Option<&'a str> {
        self.found.entities.get(index).map(|entity| entity.name.as_str())
    }
}

fn location(location: &Location) -> LocationRecord<'_> {
    let candidates = location.candidates.iter().map(|candidate| CandidateRecord {
        country: candidate.country.as_ref().map(Country::code),
        place: whereabouts_of(candidate.division.as_deref(), candidate.point, candidate.confidence),
    });
    LocationRecord {
        country: location.country.as_ref().map(Country::code),
        place: whereabouts(location),
        candidates: candidates.collect(),
    }
}

fn whereabouts(location: &Location) -> WhereRecord<'_> {
    whereabouts_of(location.division.as_deref(), location.point, location.confidence)
}

fn whereabouts_of(division: Option<&str>, point: Option<Point>, confidence: u8) -> WhereRecord<'_> {
    WhereRecord {
        division,
        latitude: point.map(Point::latitude),
        longitude: point.map(Point::longitude),
        confidence: f64::from(confidence) / 100.0,
    }
}

fn id(index: EntityIx) -> String {
    format!("e{}", index + 1)
}

/// A JSON value of the input with every string in it cleaned. The parser has bounded its depth.
fn cleaned(value: &Value) -> Value {
    match value {
        Value::String(words) => Value::String(Clean::new(words).as_str().to_owned()),
        Value::Array(values) => Value::Array(values.iter().map(cleaned).collect()),
        Value::Object(map) => Value::Object(
            map.iter().map(|(key, value)| (Clean::line(key).as_str().to_owned(), cleaned(value))).collect(),
        ),
        other => other.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Assertion, Attachment, CueClass, Doc, Entity, Evidence, Mention, Resolution};
    use crate::text::clean;

    pub(super) fn article(raw: &str) -> Article {
        let cleaned = clean(raw);
        let doc = Doc { text: cleaned.text, map: cleaned.map, ..Doc::default() };
        Article { id: Clean::literal("a"), doc, removed: cleaned.removed, ..Article::default() }
    }

    pub(super) fn exported(article: &Article, found: &Annotations, unit: Unit) -> Value {
        let options = Options { unit, ..Options::default() };
        serde_json::from_str(&line(article, found, options).unwrap()).unwrap()
    }

    fn named(kind: EntityKind, name: &str, polity: Option<Polity>) -> Entity {
        Entity { kind, name: name.to_owned(), polity, location: None, gender: None }
    }

    #[test]
    fn mentions_by_name_and_by_other_words_are_told_apart() {
        let article = article("Été: Ilse Brandt spoke. She left Oslo.");
        let at = |words: &str| {
            let start = article.doc.text.find(words).unwrap();
            Span::new(start, start + words.len())
        };
        let norway = Country::new("NO").map(Polity::Country);
        let mention = |words: &str, entity, kind| Mention { span: at(words), entity, kind };
        let found = Annotations {
            entities: vec![named(EntityKind::Person, "Ilse Brandt", None), named(EntityKind::Gpe, "Oslo", norway)],
            mentions: vec![
                mention("Ilse Brandt", 0, MentionKind::Name),
                mention("She", 0, MentionKind::Pronoun),
                mention("Oslo", 1, MentionKind::Name),
            ],
            ..Annotations::default()
        };
        let record = exported(&article, &found, Unit::Chars);
        assert_eq!(record["entities"][0]["mentions"], serde_json::json!([[5, 16]]));
        assert_eq!(record["entities"][0]["references"], serde_json::json!([[24, 27]]));
        assert_eq!(record["toponyms"], serde_json::json!([{"span": [33, 37], "type": "GPE", "country": "NO"}]));
        let in_bytes = exported(&article, &found, Unit::Bytes);
        assert_eq!(in_bytes["entities"][0]["mentions"], serde_json::json!([[7, 18]]));
    }

    #[test]
    fn quotes_tell_their_class_their_chain_and_the_evidence_for_their_speaker() {
        let article = article("Été: Ilse Brandt left. She denies that she hopes to win.");
        let at = |words: &str| {
            let start = article.doc.text.find(words).unwrap();
            Span::new(start, start + words.len())
        };
        let evidence = Evidence {
            attachment: Attachment::Leads,
            resolution: Resolution::Pronoun,
            antecedent: Some(at("Ilse Brandt")),
        };
        let outer = Quotation { assertion: Assertion::Negated, evidence, ..Quotation::default() };
        let inner = Quotation { class: CueClass::Intend, within: Some(0), ..Quotation::default() };
        let found = Annotations { quotations: vec![outer, inner], ..Annotations::default() };
        let quotes = exported(&article, &found, Unit::Chars)["quotes"].clone();
        let told = |index: usize| {
            let quote = &quotes[index];
            serde_json::json!([quote["class"], quote["assertion"], quote["within"]])
        };
        assert_eq!(told(0), serde_json::json!(["say", "negated", null]));
        assert_eq!(told(1), serde_json::json!(["intend", "made", 0]));
        let evidence = serde_json::json!({"attachment": "leads", "resolution": "pronoun", "antecedent": [5, 16]});
        assert_eq!(quotes[0]["evidence"], evidence);
        let none = serde_json::json!({"attachment": "unstated", "resolution": "unresolved", "antecedent": null});
        assert_eq!(quotes[1]["evidence"], none);
        let in_bytes = exported(&article, &found, Unit::Bytes);
        assert_eq!(in_bytes["quotes"][0]["evidence"]["antecedent"], serde_json::json!([7, 18]));
    }

    #[test]
    fn strings_of_unknown_keys_are_cleaned_in_every_depth() {
        let mut article = article("Words.");
        article.extra.insert("k\u{1b}[31mey".to_owned(), serde_json::json!([{"a\u{202e}": "b\u{9b}2Jc"}]));
        let record = exported(&article, &Annotations::default(), Unit::Chars);
        assert_eq!(record["extra"], serde_json::json!({"key": [{"a": "bc"}]}));
    }
}
