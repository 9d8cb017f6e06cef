//! Hashes of what is delivered: whether anything changed, and what annotations are filed under.

use super::codec::millis;
use super::take::DAY;
use super::types::ContentHash;
use crate::model::{Content, Entry, Feed};
use crate::text::Clean;

/// What annotations of a text are filed under: they depend on the headline, the text and the day it is read against.
pub(super) fn content_hash(
    title: Option<&Clean>,
    body: &Content,
    digest: Digest,
    published: Option<i64>,
) -> ContentHash {
    let kind = if body.is_html { "feed html" } else { "feed text" };
    hash_parts(kind, title, digest, published)
}

/// As [`content_hash`], for a text of any kind.
pub(super) fn hash_parts(kind: &str, title: Option<&Clean>, body: Digest, published: Option<i64>) -> ContentHash {
    let mut hasher = blake3::Hasher::new();
    field(&mut hasher, kind.as_bytes());
    field(&mut hasher, title.map(|title| title.as_bytes()).unwrap_or_default());
    field(&mut hasher, &published.map_or(i64::MIN, |date| date.div_euclid(DAY)).to_le_bytes());
    hasher.update(&body);
    ContentHash(cut(&hasher))
}

/// The hash of a text. Texts are hashed once, whole (which is fastest), and by it enter all other hashes.
pub(super) type Digest = [u8; 32];

pub(super) fn digest(text: &[u8]) -> Digest {
    blake3::hash(text).into()
}

/// What an entry says, as hashes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hashes {
    /// All of it.
    pub raw: [u8; 16],
    /// The text to read.
    pub body: Digest,
}

pub(super) fn hashes(entry: &Entry) -> Hashes {
    let mut hasher = blake3::Hasher::new();
    field(&mut hasher, entry.guid.as_deref().unwrap_or_default().as_bytes());
    field(&mut hasher, entry.link.as_deref().unwrap_or_default().as_bytes());
    field(&mut hasher, entry.title.as_deref().unwrap_or_default().as_bytes());
    for date in [entry.published, entry.updated] {
        field(&mut hasher, &date.map_or(i64::MIN, millis).to_le_bytes());
    }
    for author in &entry.authors {
        field(&mut hasher, author.as_bytes());
    }
    let shown = entry.body();
    let mut body = None;
    for content in [&entry.summary, &entry.content] {
        hasher.update(&[content.as_ref().map_or(2, |content| u8::from(content.is_html))]);
        if let Some(content) = content {
            let digest = digest(content.text.as_bytes());
            if shown.is_some_and(|shown| std::ptr::eq(shown, content)) {
                body = Some(digest);
            }
            hasher.update(&digest);
            field(&mut hasher, content.base.as_deref().unwrap_or_default().as_bytes());
        }
    }
    for enclosure in &entry.enclosures {
        field(&mut hasher, enclosure.url.as_bytes());
        field(&mut hasher, enclosure.media_type.as_deref().unwrap_or_default().as_bytes());
        field(&mut hasher, &enclosure.length.unwrap_or_default().to_le_bytes());
    }
    Hashes { raw: cut(&hasher), body: body.unwrap_or_else(|| digest(b"")) }
}

/// A hash of all that a delivery says.
pub(super) fn delivered(feed: &Feed, hashes: &[Hashes]) -> [u8; 16] {
    let mut hasher = blake3::Hasher::new();
    field(&mut hasher, feed.title.as_deref().unwrap_or_default().as_bytes());
    field(&mut hasher, feed.link.as_deref().unwrap_or_default().as_bytes());
    for hashes in hashes {
        hasher.update(&hashes.raw);
    }
    cut(&hasher)
}

/// Adds a field with its length, so that no two lists of fields have the same bytes.
fn field(hasher: &mut blake3::Hasher, bytes: &[u8]) {
    hasher.update(&(bytes.len() as u64).to_le_bytes());
    hasher.update(bytes);
}

fn cut(hasher: &blake3::Hasher) -> [u8; 16] {
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
    bytes
}
