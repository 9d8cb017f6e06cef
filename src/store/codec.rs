//! Between values and what stands in a column: compressed texts, lists as JSON, documents and annotations.

use jiff::Timestamp;
use serde_json::Value;
use zstd::bulk::{Compressor, Decompressor};

use super::error::{Result, StoreError};
use crate::model::{Annotations, Country, Doc, Enclosure, MarkKind};
use crate::text::{Clean, Span};

/// Shorter texts stay as they are: what zstd saves on them is less than its frame and its time.
const SMALL: usize = 128;
/// No text is longer than this when it is unpacked, whatever a damaged file says.
const MOST: usize = 256 << 20;

/// Bytes of the check sum before a text that is not compressed. SQLite itself does not notice a flipped bit in a text.
const SUM: usize = 4;

/// Compresses texts, one after the other.
pub(super) struct Packer {
    zstd: Compressor<'static>,
    buffer: Vec<u8>,
}

impl Packer {
    /// The fast levels below 1 do not code letters by their frequency: they save a third of the time (0.06 s of 0.2 s for
    /// 45 MB of entries), but texts become half as large again. Levels above 1 gain 2 % for twice the time.
    const LEVEL: i32 = 1;

    pub fn new() -> Result<Self> {
        let failed = |error: std::io::Error| StoreError::Other(error.to_string());
        let mut zstd = Compressor::new(Self::LEVEL).map_err(failed)?;
        zstd.include_checksum(true).map_err(failed)?;
        Ok(Packer { zstd, buffer: Vec::new() })
    }

    /// `bytes` as they are kept: a byte that says how, then the bytes.
    pub fn pack(&mut self, bytes: &[u8]) -> &[u8] {
        self.buffer.clear();
        if bytes.len() >= SMALL {
            self.buffer.resize(zstd::zstd_safe::compress_bound(bytes.len()) + 1, 0);
            self.buffer[0] = 1;
            match self.zstd.compress_to_buffer(bytes, &mut self.buffer[1..]) {
                Ok(len) if len < bytes.len() => {
                    self.buffer.truncate(len + 1);
                    return &self.buffer;
                }
                _ => self.buffer.clear(),
            }
        }
        self.buffer.push(0);
        self.buffer.extend_from_slice(&blake3::hash(bytes).as_bytes()[..SUM]);
        self.buffer.extend_from_slice(bytes);
        &self.buffer
    }
}

/// The bytes that were packed.
pub(super) fn unpack(packed: &[u8]) -> Result<Vec<u8>> {
    match packed.split_first() {
        Some((0, rest)) => {
            let (sum, bytes) = rest.split_at_checked(SUM).ok_or_else(damaged)?;
            if blake3::hash(bytes).as_bytes()[..SUM] == *sum { Ok(bytes.to_vec()) } else { Err(damaged()) }
        }
        Some((1, bytes)) => {
            let len = Decompressor::upper_bound(bytes).filter(|len| *len <= MOST).ok_or_else(damaged)?;
            zstd::bulk::decompress(bytes, len).map_err(|_| damaged())
        }
        _ => Err(damaged()),
    }
}

/// The text that was packed.
pub(super) fn unpack_text(packed: &[u8]) -> Result<String> {
    String::from_utf8(unpack(packed)?).map_err(|_| damaged())
}

fn damaged() -> StoreError {
    StoreError::Damaged("a text in it cannot be unpacked".to_owned())
}

/// The first byte of a stored document: the form of its type. A test below fails when the type changes. Saved pages are
/// kept for ever: whoever raises this gives [`doc`] a reader of the form before, with a copy of its type.
const DOC_FORM: u8 = 1;

/// The first byte of stored annotations: the form of their types. A test below fails when a type changes; raise this then.
/// Nothing reads the form before: annotations are made anew.
const ANNOTATION_FORM: u8 = 2;

/// A document as bytes.
pub(super) fn doc_bytes(doc: &Doc) -> Result<Vec<u8>> {
    postcard::to_extend(doc, vec![DOC_FORM]).map_err(|error| StoreError::Other(error.to_string()))
}

/// What of a document is read, as bytes to be hashed: its text and blocks.
pub(super) fn read_bytes(doc: &Doc) -> Result<Vec<u8>> {
    postcard::to_allocvec(&(&doc.text, &doc.blocks)).map_err(|error| StoreError::Other(error.to_string()))
}

/// The document of these bytes. Whatever the bytes say, its blocks and marks lie in its text.
pub(super) fn doc(bytes: &[u8]) -> Result<Doc> {
    let doc: Doc = match bytes.split_first() {
        Some((&DOC_FORM, bytes)) => postcard::from_bytes(bytes).map_err(|_| damaged())?,
        _ => return Err(damaged()),
    };
    let is_place = |span: Span| span.start <= span.end && doc.text.get(span.start..span.end).is_some();
    let is_sound = doc.blocks.iter().all(|block| is_place(block.span))
        && doc.blocks.windows(2).all(|two| two[0].span.end <= two[1].span.start)
        && doc.marks.iter().all(|mark| {
            is_place(mark.span) && !matches!(mark.kind, MarkKind::Link(index) if index >= doc.links.len())
        });
    if is_sound { Ok(doc) } else { Err(damaged()) }
}

/// Annotations as bytes.
pub(super) fn annotations_bytes(annotations: &Annotations) -> Result<Vec<u8>> {
    postcard::to_extend(annotations, vec![ANNOTATION_FORM]).map_err(|error| StoreError::Other(error.to_string()))
}

/// The annotations of these bytes; `None` if they are of another form or damaged.
pub(super) fn annotations(bytes: &[u8]) -> Option<Annotations> {
    let (&form, bytes) = bytes.split_first()?;
    if form == ANNOTATION_FORM { postcard::from_bytes(bytes).ok() } else { None }
}

/// Milliseconds since 1970.
pub(super) fn millis(moment: Timestamp) -> i64 {
    moment.as_millisecond()
}

/// The moment of `millis`; the nearest there is, should a damaged file name none.
pub(super) fn moment(millis: i64) -> Timestamp {
    Timestamp::from_millisecond(millis).unwrap_or(if millis < 0 { Timestamp::MIN } else { Timestamp::MAX })
}

/// Names as JSON; none: NULL.
pub(super) fn names_json(names: &[Clean]) -> Option<String> {
    if names.is_empty() {
        return None;
    }
    Some(Value::from(names.iter().map(|name| Value::from(name.as_str())).collect::<Vec<_>>()).to_string())
}

/// The names in this JSON.
pub(super) fn names(json: Option<&str>) -> Vec<Clean> {
    parse(json).iter().filter_map(Value::as_str).map(Clean::line).collect()
}

/// Enclosures as JSON; none: NULL.
pub(super) fn enclosures_json(enclosures: &[Enclosure]) -> Option<String> {
    if enclosures.is_empty() {
        return None;
    }
    let each =
        |enclosure: &Enclosure| serde_json::json!([enclosure.url, enclosure.media_type.as_deref(), enclosure.length]);
    Some(Value::from(enclosures.iter().map(each).collect::<Vec<_>>()).to_string())
}

/// The enclosures in this JSON.
pub(super) fn enclosures(json: Option<&str>) -> Vec<Enclosure> {
    let each = |value: &Value| {
        Some(Enclosure {
            url: value.get(0)?.as_str()?.to_owned(),
            media_type: value.get(1).and_then(Value::as_str).map(Clean::line),
            length: value.get(2).and_then(Value::as_u64),
        })
    };
    parse(json).iter().filter_map(each).collect()
}

/// Pairs as JSON, in their order.
pub(super) fn pairs_json(pairs: &[(String, String)]) -> String {
    Value::from(pairs.iter().map(|(name, value)| serde_json::json!([name, value])).collect::<Vec<_>>()).to_string()
}

/// The pairs in this JSON.
pub(super) fn pairs(json: &str) -> Vec<(String, String)> {
    let each = |value: &Value| Some((value.get(0)?.as_str()?.to_owned(), value.get(1)?.as_str()?.to_owned()));
    parse(Some(json)).iter().filter_map(each).collect()
}

fn parse(json: Option<&str>) -> Vec<Value> {
    json.and_then(|json| serde_json::from_str(json).ok()).unwrap_or_default()
}

/// Country codes, one after the other.
pub(super) fn codes(countries: &[Country]) -> String {
    countries.iter().map(Country::code).collect()
}

/// The countries of these codes.
pub(super) fn countries(codes: &str) -> Vec<Country> {
    codes.as_bytes().chunks(2).filter_map(|code| Country::new(std::str::from_utf8(code).ok()?)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{
        Block, BlockKind, Candidate, Context, Entity, EntityKind, Event, EventKind, InnerPlace, Link, Location, Mark,
        Mention, MentionKind, Mode, Official, OtherKind, Participant, Place, Point, Polity, Quotation, QuotationKind,
        Sector, Speaker, Toll, When,
    };

    fn sample_doc() -> Doc {
        let text = Clean::literal("Head\n\nItem one\n\nA\tB");
        let block = |start, end, kind| Block { span: Span::new(start, end), kind };
        Doc {
            blocks: vec![
                block(0, 4, BlockKind::Heading(2)),
                block(6, 14, BlockKind::Item { depth: 1, number: Some(3) }),
                block(16, 19, BlockKind::Row { first: true, header: true, skip: 1 }),
            ],
            marks: vec![Mark { span: Span::new(6, 10), kind: MarkKind::Link(0) }],
            links: vec![Link { url: Clean::literal("https://example.org/") }],
            text,
            ..Doc::default()
        }
    }

    fn sample_annotations() -> Annotations {
        let span = Span::new(1, 300);
        let france = Country::new("FR");
        let point = Some(Point::hundredths(4886, 235));
        let location = Location {
            country: france,
            division: Some("Texas".into()),
            point,
            confidence: 90,
            candidates: vec![Candidate { country: None, division: None, point, confidence: 10 }],
        };
        Annotations {
            entities: vec![Entity {
                kind: EntityKind::Norp,
                name: "French".into(),
                polity: france.map(Polity::Country),
                location: Some(location.clone()),
                gender: None,
            }],
            mentions: vec![Mention { span, entity: 0, kind: MentionKind::Role }],
            inner_places: vec![InnerPlace { span, location }],
            quotations: vec![Quotation {
                kind: QuotationKind::Mixed,
                content: vec![span],
                quoted: vec![],
                cue: Some(span),
                source: None,
                speaker: Speaker::Unnamed("aide".into()),
                confidence: 0.5,
                ..Quotation::default()
            }],
            non_quotations: vec![span],
            officials: vec![Official {
                entity: 0,
                title: "Minister".into(),
                organization: Some("Ministry".into()),
                polity: None,
                sector: Some(Sector::Government),
                mentions: vec![span],
            }],
            actors: vec![Participant { span, text: "aide".into(), entity: None, polity: None, sector: None }],
            events: vec![Event {
                kind: EventKind::Other(OtherKind::Legal),
                trigger: span,
                actors: vec![Participant {
                    span,
                    text: "aide".into(),
                    entity: Some(0),
                    polity: None,
                    sector: Some(Sector::Police),
                }],
                recipients: vec![],
                place: Some(Place { span, text: "Paris".into(), country: france }),
                when: Some(When { span, days: None }),
                mode: Some(Mode::Arrest),
                contexts: vec![Context::Legal],
                mentions: vec![span],
                toll: Toll { killed: Some(1), injured: None, size: Some(2), amount: Some("3".into()) },
                background: true,
                confidence: 1.0,
            }],
            countries: crate::model::CountryProfile {
                about: france.into_iter().collect(),
                mentioned: france.map(|country| (country, 2)).into_iter().collect(),
            },
            corrections: vec![],
        }
    }

    #[test]
    fn documents_and_annotations_come_back() {
        let mut packer = Packer::new().unwrap();
        let bytes = packer.pack(&doc_bytes(&sample_doc()).unwrap()).to_vec();
        assert_eq!(doc(&unpack(&bytes).unwrap()).unwrap(), sample_doc());
        let bytes = packer.pack(&annotations_bytes(&sample_annotations()).unwrap()).to_vec();
        assert_eq!(annotations(&unpack(&bytes).unwrap()).unwrap(), sample_annotations());
    }

    fn digest(bytes: &[u8]) -> String {
        blake3::hash(bytes).to_hex()[..16].to_owned()
    }

    /// The type of documents has changed if this fails: raise [`DOC_FORM`] and keep a reader of the form before, or saved
    /// pages are lost.
    #[test]
    fn the_form_of_documents_is_that_of_its_number() {
        assert_eq!((DOC_FORM, digest(&doc_bytes(&sample_doc()).unwrap()).as_str()), (1, "10c10bc012ae056d"));
    }

    /// A type of annotations has changed if this fails: raise [`ANNOTATION_FORM`], and name the new sum here.
    #[test]
    fn the_form_of_annotations_is_that_of_its_number() {
        let bytes = annotations_bytes(&sample_annotations()).unwrap();
        assert_eq!((ANNOTATION_FORM, digest(&bytes).as_str()), (2, "56e6f785f06524a1"));
    }

    #[test]
    fn what_is_of_another_form_is_told_apart() {
        let mut bytes = annotations_bytes(&sample_annotations()).unwrap();
        bytes[0] = ANNOTATION_FORM.wrapping_sub(1);
        assert_eq!(annotations(&bytes), None, "they are made anew");
        let mut bytes = doc_bytes(&sample_doc()).unwrap();
        bytes[0] = DOC_FORM + 1;
        assert!(doc(&bytes).is_err());
        assert_eq!(annotations(&[]), None);
        assert!(doc(&[]).is_err());
    }

    #[test]
    fn damage_is_noticed() {
        let mut packer = Packer::new().unwrap();
        for text in ["short".to_owned(), "A longer text, with words and words. ".repeat(40)] {
            let packed = packer.pack(text.as_bytes()).to_vec();
            assert_eq!(unpack_text(&packed).unwrap(), text);
            for bit in 0..packed.len() * 8 {
                let mut flipped = packed.clone();
                flipped[bit / 8] ^= 1 << (bit % 8);
                assert!(unpack_text(&flipped).map_or(true, |read| read == text), "bit {bit}");
            }
        }
        let mut odd = sample_doc();
        odd.blocks[0].span.end = 999;
        assert!(doc(&doc_bytes(&odd).unwrap()).is_err());
        odd = sample_doc();
        odd.marks[0].kind = MarkKind::Link(1);
        assert!(doc(&doc_bytes(&odd).unwrap()).is_err());
    }
}
