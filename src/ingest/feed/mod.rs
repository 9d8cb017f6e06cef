//! What a server answered, read as a feed: RSS 0.9x to 2.0, RDF, Atom 0.3 and 1.0, CDF and JSON Feed.
//!
//! Feeds are read as they are, not as they should be: one that is cut, ill-formed, in another encoding than it says or in
//! no namespace gives all that can be told of it, and tells in [`Feed::repairs`] what was missing. Bodies stay as they were
//! delivered; titles and names become plain text. Nothing is fetched.

mod address;
mod build;
mod collect;
mod date;
mod discover;
mod draft;
mod json;
mod name;
mod person;
mod text;

use self::build::Builder;
pub use self::discover::{Discovered, discover};
use super::charset;
use super::problem::Fault;
use crate::model::Feed;
use crate::text::Clean;

/// What the HTTP answer said beside the bytes. All optional.
#[derive(Debug, Clone, Copy, Default)]
pub struct Answer<'a> {
    /// `Content-Type`.
    pub content_type: Option<&'a str>,
    /// The address that answered, after redirects.
    pub url: Option<&'a str>,
    /// `Content-Location`.
    pub content_location: Option<&'a str>,
    /// `Content-Language`.
    pub content_language: Option<&'a str>,
}

/// Why bytes are no feed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoFeed {
    /// Nothing, or nothing but blanks.
    #[error("the answer is empty")]
    Empty,
    /// A page; [`discover`] finds the feeds that it names.
    #[error("this is a web page, not a feed; the page may name its feed")]
    Html,
    /// A list of feeds.
    #[error("this is a list of feeds (OPML), not a feed; import it instead")]
    Opml,
    /// JSON of another kind.
    #[error("this is JSON, but not a JSON Feed")]
    Json,
    /// JSON with a mistake before anything of the feed.
    #[error("this is broken JSON: {0}")]
    BrokenJson(Clean),
    /// No text at all.
    #[error("this is {0}, not a feed")]
    Binary(&'static str),
    /// Text without an element that begins a feed.
    #[error("no feed was found in the answer: it has neither an RSS, RDF or Atom element nor a JSON Feed")]
    NoFeedElement,
}

/// Reads the feed in `bytes`.
///
/// # Errors
/// If there is no feed in them; a feed that is broken or cut is no error.
pub fn parse(bytes: &[u8], answer: &Answer) -> Result<Feed, NoFeed> {
    let decoded = charset::decode_answer(bytes, answer.content_type);
    let text = decoded.text.trim_start();
    if text.is_empty() {
        return Err(NoFeed::Empty);
    }
    let base = base(answer);
    let is_json = text.starts_with(['{', '[']);
    let read = if is_json { json::parse(text, base.as_deref()) } else { Builder::new(text, base.as_deref()).run() };
    let mut feed = read.map_err(|error| match super::format::unreadable(bytes) {
        Some(Fault::Binary(what)) => NoFeed::Binary(what),
        _ => error,
    })?;
    feed.encoding = decoded.name;
    if decoded.has_errors {
        let message = format!("some of its bytes are not {}; they were read as well as could be", decoded.name);
        feed.repairs.push(Clean::line(&message));
    }
    if feed.language.is_none() {
        feed.language = answer.content_language.map(Clean::line).filter(|language| !language.is_empty());
    }
    Ok(feed)
}

/// What addresses in the answer are relative to.
fn base(answer: &Answer) -> Option<String> {
    match answer.content_location {
        Some(location) if !location.trim().is_empty() => address::absolute(location, answer.url),
        _ => answer.url.map(str::to_owned),
    }
}
