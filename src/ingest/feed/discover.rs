//! The feeds that a page names.

use super::address;
use super::text::{Kind, line};
use super::{Answer, base};
use crate::ingest::charset;
use crate::ingest::xml::{Reader, Tag, Token};
use crate::text::Clean;

/// Feeds of a page that are told.
const MOST: usize = 50;

/// A feed that a page names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Discovered {
    /// Where it is: absolute if the address of the page is known.
    pub url: String,
    /// What the page calls it.
    pub title: Option<Clean>,
    /// Media type, as said.
    pub media_type: Clean,
}

/// The feeds that the page `html` names with `<link rel=alternate>`, absolute, best first: what looks like a feed of
/// comments comes last, a format with a better body before one without.
pub fn discover(html: &[u8], answer: &Answer) -> Vec<Discovered> {
    let decoded = charset::decode_answer(html, answer.content_type);
    let mut reader = Reader::new(&decoded.text);
    let mut base = base(answer);
    let mut found: Vec<Discovered> = Vec::new();
    while let Some(token) = reader.next() {
        let Token::Start(tag) = token else { continue };
        if tag.name().eq_ignore_ascii_case("base")
            && let Some(target) = reader.attribute(&tag, "href")
        {
            base = address::absolute(&target, base.as_deref()).or(base);
        }
        if tag.name().eq_ignore_ascii_case("link")
            && let Some(feed) = feed(&reader, &tag, base.as_deref())
            && !found.iter().any(|known| known.url == feed.url)
        {
            found.push(feed);
            if found.len() == MOST {
                break;
            }
        }
    }
    found.sort_by_key(rank);
    found
}

/// The feed that a `link` names.
fn feed(reader: &Reader, tag: &Tag, base: Option<&str>) -> Option<Discovered> {
    let relation = reader.attribute(tag, "rel")?.to_ascii_lowercase();
    let is_feed = relation.split_ascii_whitespace().any(|word| word == "alternate" || word == "feed");
    let said = reader.attribute(tag, "type").unwrap_or_default().to_ascii_lowercase();
    let media_type = said.split(';').next().unwrap_or_default().trim();
    let is_type = matches!(
        media_type,
        "application/rss+xml"
            | "application/atom+xml"
            | "application/rdf+xml"
            | "application/feed+json"
            | "application/xml"
            | "text/xml"
            | "application/x.atom+xml"
            | "application/x-atom+xml"
    );
    let is_json_feed = media_type == "application/json" && reader.attribute(tag, "href")?.contains("feed");
    let is_bare = media_type.is_empty() && relation.contains("feed");
    if !is_feed || !(is_type || is_json_feed || is_bare) {
        return None;
    }
    let url = address::absolute(&reader.attribute(tag, "href")?, base)?;
    let title =
        reader.attribute(tag, "title").map(|title| line(&title, Kind::Plain)).filter(|title| !title.is_empty());
    Some(Discovered { url, title, media_type: Clean::line(media_type) })
}

/// The lower the better; the order of the page decides among equals.
fn rank(feed: &Discovered) -> (bool, u8) {
    let is_comments = ["comment", "kommentar", "commentaire", "comentario"].iter().any(|word| {
        feed.url.to_ascii_lowercase().contains(word)
            || feed.title.as_ref().is_some_and(|title| title.to_lowercase().contains(word))
    });
    let format = match feed.media_type.as_str() {
        "application/atom+xml" | "application/rss+xml" | "application/feed+json" => 0,
        "application/rdf+xml" => 1,
        _ => 2,
    };
    (is_comments, format)
}
