//! One page from the network, as an article.

use std::ops::ControlFlow;

use jiff::Timestamp;

use super::add;
use crate::fetch::{Body, Client, FetchError, Named, Outcome, Request};
use crate::ingest::{self, Format, Item, Limits, Place};
use crate::model::Article;
use crate::text::Clean;

/// A page that was read.
#[derive(Debug, Clone)]
pub struct Fetched {
    /// What it says.
    pub article: Article,
    /// When it was published, as far as it says so.
    pub published: Option<Timestamp>,
}

/// Why a page could not be read. The message says what to do.
#[derive(Debug, thiserror::Error)]
pub enum PageError {
    /// It did not come.
    #[error(transparent)]
    Fetch(#[from] FetchError),
    /// It is gone for good.
    #[error("gone for good, its server says (410); look for it in an archive of the web")]
    Gone,
    /// It is something else than a page.
    #[error("this is {0}, no page with a text; open it in a browser")]
    NoPage(Clean),
    /// There is nothing to read in it.
    #[error("there is no text in it; it may need a browser that runs its scripts")]
    Empty,
}

/// Reads the page that the user, or a feed or page, names.
///
/// # Errors
/// If it does not come, or has no text.
pub fn page(client: &Client, address: &str, named: Named) -> Result<Fetched, PageError> {
    let addresses = match named {
        Named::ByUser => add::addresses(address)?,
        Named::ByOthers => vec![address.to_owned()],
    };
    let mut first = None;
    for address in addresses {
        match client.get(&Request::new(&address, named, Request::PAGE)) {
            Ok(Outcome::Body(body)) => return read(*body),
            Ok(_) => return Err(PageError::Gone),
            Err(error) => first = first.or(Some(error)),
        }
    }
    Err(first.unwrap_or(FetchError::Stopped).into())
}

fn read(body: Body) -> Result<Fetched, PageError> {
    let kind = body.content_type.as_deref().unwrap_or_default().to_ascii_lowercase();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    let format = match kind {
        "text/plain" => Some(Format::Plain),
        "text/markdown" | "text/x-markdown" => Some(Format::Markdown),
        "" | "application/octet-stream" => None,
        kind if kind.starts_with("image/") || kind.starts_with("audio/") || kind.starts_with("video/") => {
            return Err(PageError::NoPage(Clean::line(kind)));
        }
        "application/pdf" | "application/zip" => return Err(PageError::NoPage(Clean::line(kind))),
        _ => Some(Format::Html),
    };
    let place = Place::named(body.url.as_str());
    let mut read = Err(PageError::Empty);
    let _ = ingest::read_bytes(&place, body.bytes, format, &Limits::default(), &mut |item| {
        if let Item::Article(article) = item {
            let mut article = *article;
            article.url.get_or_insert_with(|| Clean::line(body.url.as_str()));
            read = Ok(Fetched { article, published: None });
            return ControlFlow::Break(());
        }
        ControlFlow::Continue(())
    });
    read
}
