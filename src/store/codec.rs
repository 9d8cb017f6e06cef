//! Between values and what stands in a column: compressed texts, lists as JSON, documents and annotations.

use jiff::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use zstd::bulk::{Compressor, Decompressor};

use super::error::{Result, StoreError};
use crate::model::{Annotations, Country, Doc, Enclosure};
use crate::text::Clean;

/// Shorter texts stay as they are: what zstd saves on them is less than its frame and its time.
const SMALL: usize = 128;
/// No text is longer than this when it is unpacked, whatever a damaged file says.
const MOST: usize = 256 << 20;

/// Compresses texts, one after the other.
pub(super) struct Packer {
    zstd: Compressor<'static>,
    buffer: Vec<u8>,
}

impl Packer {
    /// See `benches/store.rs` for what the level costs and saves.
    const LEVEL: i32 = 1;

    pub fn new() -> Result<Self> {
        let zstd = Compressor::new(Self::LEVEL).map_err(|error| StoreError::Other(error.to_string()))?;
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
        self.buffer.extend_from_slice(bytes);
        &self.buffer
    }
}

/// The bytes that were packed.
pub(super) fn unpack(packed: &[u8]) -> Result<Vec<u8>> {
    match packed.split_first() {
        Some((0, bytes)) => Ok(bytes.to_vec()),
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

/// A document as bytes.
pub(super) fn doc_bytes(doc: &Doc) -> Result<Vec<u8>> {
    to_bytes(doc)
}

/// The document of these bytes.
pub(super) fn doc(bytes: &[u8]) -> Result<Doc> {
    from_bytes(bytes)
}

/// Annotations as bytes.
pub(super) fn annotations_bytes(annotations: &Annotations) -> Result<Vec<u8>> {
    to_bytes(annotations)
}

/// The annotations of these bytes.
pub(super) fn annotations(bytes: &[u8]) -> Result<Annotations> {
    from_bytes(bytes)
}

fn to_bytes(value: &impl Serialize) -> Result<Vec<u8>> {
    postcard::to_stdvec(value).map_err(|error| StoreError::Other(error.to_string()))
}

fn from_bytes<T: DeserializeOwned>(bytes: &[u8]) -> Result<T> {
    postcard::from_bytes(bytes).map_err(|_| damaged())
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
