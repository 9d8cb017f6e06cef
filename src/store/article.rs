//! From what is stored to an article that can be shown and annotated.

use jiff::tz::TimeZone;

use super::{Body, Stored};
use crate::ingest;
use crate::model::Article;
use crate::text::{Clean, Removed};

impl Stored {
    /// The article: markup becomes blocks, and everything that could drive a terminal goes. The same stored text always
    /// gives the same article, so that places in it stay right.
    pub fn into_article(self) -> Article {
        let (doc, removed) = match self.body {
            Body::Feed(content) => ingest::content_doc(&content),
            Body::Page(doc) => (*doc, Removed::default()),
        };
        Article {
            id: Clean::line(&self.id.0.to_string()),
            title: self.title,
            source: self.source,
            authors: self.authors,
            // The day as its publisher's clock cannot be known; UTC is the same day for every reader.
            date: self.published.map(|moment| moment.to_zoned(TimeZone::UTC).date()),
            url: self.url,
            language: self.language,
            doc,
            removed,
            ..Article::default()
        }
    }
}
