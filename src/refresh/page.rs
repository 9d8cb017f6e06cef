//! One page from the network, as an article.

use std::ops::ControlFlow;
use std::panic::catch_unwind;

use jiff::Timestamp;

use super::add;
use crate::fetch::{self, Body, Client, FetchError, Named, Outcome, Request};
use crate::ingest::page::{self, Quality};
use crate::ingest::{self, Each, Fault, Format, Item, Limits, Place, Source};
use crate::model::Article;
use crate::text::Clean;

/// A page that was read.
#[derive(Debug, Clone)]
pub struct Fetched {
    /// What it says.
    pub article: Article,
    /// When it was published, as far as it says so.
    pub published: Option<Timestamp>,
    /// Why it is probably not the whole article, if so.
    pub doubt: Option<Clean>,
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
    /// A mistake in dateline.
    #[error("it could not be read; this is a mistake in dateline, please report it with this address")]
    Mistake,
    /// There is nothing to read in it.
    #[error("there is no text in it; it may need a browser that runs its scripts")]
    Empty,
}

/// Reads the page at `address`.
///
/// # Errors
/// If it does not come, or has no text.
pub fn page(client: &Client, address: &str, named: Named) -> Result<Fetched, PageError> {
    match client.get(&Request::new(address, named, Request::PAGE))? {
        Outcome::Body(body) => read(*body),
        Outcome::NotModified { .. } | Outcome::Gone => Err(PageError::Gone),
    }
}

/// Reads the page that the user typed: an address with or without scheme, or a file.
///
/// # Errors
/// As [`page`].
pub fn typed_page(client: &Client, typed: &str) -> Result<Fetched, PageError> {
    let mut first = None;
    for address in add::addresses(typed)? {
        match page(client, &address, Named::ByUser) {
            // Perhaps it is there without encryption.
            Err(PageError::Fetch(error)) => first = first.or(Some(error)),
            other => return other,
        }
    }
    Err(first.unwrap_or(FetchError::Stopped).into())
}

/// Reads `sources` as [`ingest::read`] does, and the pages of the web among them too. [`ControlFlow::Break`] is what `each`
/// answered last, if it ended the reading.
pub fn read_sources(
    sources: &[Source],
    settings: &fetch::Settings,
    limits: &Limits,
    each: &mut Each,
) -> ControlFlow<()> {
    let mut client = None;
    for source in sources {
        let Source::Page(address) = source else {
            ingest::read(std::slice::from_ref(source), limits, each)?;
            continue;
        };
        let problem = |why: String| Item::Problem(Place::named(address).problem(Fault::Fetch(why)));
        let client = match &client {
            Some(client) => client,
            None => match Client::new(settings.clone()) {
                Ok(new) => client.insert(new),
                Err(error) => {
                    each(problem(error.to_string()))?;
                    continue;
                }
            },
        };
        match typed_page(client, address) {
            Ok(fetched) => {
                if let Some(doubt) = fetched.doubt {
                    each(Item::Notice(Clean::line(&format!("{address}: perhaps not all of it: {doubt}"))))?;
                }
                each(Item::Article(Box::new(fetched.article)))?;
            }
            Err(error) => each(problem(error.to_string()))?,
        }
    }
    ControlFlow::Continue(())
}

fn read(body: Body) -> Result<Fetched, PageError> {
    let kind = body.content_type.as_deref().unwrap_or_default().to_ascii_lowercase();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    let format = match kind {
        "text/plain" => Some(Format::Plain),
        "text/markdown" | "text/x-markdown" => Some(Format::Markdown),
        "application/json" => None,
        kind if kind.starts_with("image/") || kind.starts_with("audio/") || kind.starts_with("video/") => {
            return Err(PageError::NoPage(Clean::line(kind)));
        }
        "application/pdf" | "application/zip" => return Err(PageError::NoPage(Clean::line(kind))),
        _ => Some(Format::Html),
    };
    let url = body.url.as_str();
    let article = match format {
        Some(Format::Html) => {
            let answer = page::Answer { content_type: body.content_type.as_deref(), url: Some(url) };
            let page = catch_unwind(|| page::extract(&body.bytes, &answer)).map_err(|_| PageError::Mistake)?;
            let doubt = match page.quality {
                Quality::Good => None,
                Quality::Thin { why } => Some(why),
            };
            Fetched { article: page.article, published: page.published, doubt }
        }
        format => plain(url, body.bytes, format)?,
    };
    finished(article, url)
}

/// A text that is no page of markup.
fn plain(url: &str, bytes: Vec<u8>, format: Option<Format>) -> Result<Fetched, PageError> {
    let mut read = Err(PageError::Empty);
    let _ = ingest::read_bytes(&Place::named(url), bytes, format, &Limits::default(), &mut |item| {
        if let Item::Article(article) = item {
            read = Ok(Fetched { article: *article, published: None, doubt: None });
            return ControlFlow::Break(());
        }
        ControlFlow::Continue(())
    });
    read
}

fn finished(mut fetched: Fetched, url: &str) -> Result<Fetched, PageError> {
    if fetched.article.doc.blocks.is_empty() {
        return Err(PageError::Empty);
    }
    fetched.article.url.get_or_insert_with(|| Clean::line(url));
    if fetched.article.id.is_empty() {
        fetched.article.id = Clean::line(url);
    }
    Ok(fetched)
}
