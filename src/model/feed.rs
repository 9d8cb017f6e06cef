//! What a feed says: the feed itself and its entries, as they were delivered.

use jiff::Timestamp;

use crate::text::Clean;

/// A feed as one answer of its server gave it. Nothing in it is trusted: texts for the screen are [`Clean`], bodies are
/// markup that is cleaned when a document is made of it, addresses are resolved but not followed.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Feed {
    /// Its name, as plain text.
    pub title: Option<Clean>,
    /// What it is about, as plain text. Told to those who measure what is read; the reader shows nothing of it.
    pub subtitle: Option<Clean>,
    /// The site it belongs to: an absolute address where one could be made.
    pub link: Option<String>,
    /// Its own identity (Atom `id`); kept as `subtitle` is.
    pub id: Option<String>,
    /// Who makes it. In Atom and JSON Feed that is also who wrote the entries that name nobody.
    pub authors: Vec<Clean>,
    /// BCP 47 tag.
    pub language: Option<Clean>,
    /// When it was published; kept as `subtitle` is.
    pub published: Option<Timestamp>,
    /// When it last changed; kept as `subtitle` is.
    pub updated: Option<Timestamp>,
    /// What it files itself under; kept as `subtitle` is.
    pub categories: Vec<Clean>,
    /// How long its publisher asks not to be asked again (RSS `ttl`, `sy:updatePeriod`), in minutes.
    pub ttl: Option<u32>,
    /// Where it says that it has moved to (`itunes:new-feed-url`).
    pub moved_to: Option<String>,
    /// Its entries, in its order.
    pub entries: Vec<Entry>,
    /// The encoding it was read as, by the name the WHATWG Encoding Standard gives it; kept as `subtitle` is.
    pub encoding: &'static str,
    /// What was left out or is missing, and what was mended where that may have cost something, in the user's words, a line
    /// each. Most feeds with small mistakes have none.
    pub repairs: Vec<Clean>,
}

/// An entry (item) of a feed.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Entry {
    /// What the feed says identifies it, as written; not always unique or stable.
    pub guid: Option<String>,
    /// Headline, as plain text.
    pub title: Option<Clean>,
    /// The page it stands for: an absolute address where one could be made.
    pub link: Option<String>,
    /// Who wrote it.
    pub authors: Vec<Clean>,
    /// When it was published.
    pub published: Option<Timestamp>,
    /// When it was last changed.
    pub updated: Option<Timestamp>,
    /// The short text.
    pub summary: Option<Content>,
    /// The whole text, where the feed gives both.
    pub content: Option<Content>,
    /// What it is filed under.
    pub categories: Vec<Clean>,
    /// Files that come with it.
    pub enclosures: Vec<Enclosure>,
}

/// The text of an entry as it was delivered.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Content {
    /// Markup or plain text, not cleaned.
    pub text: String,
    /// Whether `text` is HTML, so that tags and entities in it mean something.
    pub is_html: bool,
    /// What relative addresses in it are relative to.
    pub base: Option<String>,
}

/// A file that comes with an entry: sound, video, a picture.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Enclosure {
    /// Where it is: an absolute address where one could be made.
    pub url: String,
    /// Media type, as said.
    pub media_type: Option<Clean>,
    /// Bytes, as said.
    pub length: Option<u64>,
}

impl Entry {
    /// The text to read: the longer of content and summary.
    pub fn body(&self) -> Option<&Content> {
        match (&self.content, &self.summary) {
            (Some(content), Some(summary)) if content.text.len() < summary.text.len() => Some(summary),
            (Some(content), _) => Some(content),
            (None, summary) => summary.as_ref(),
        }
    }
}
