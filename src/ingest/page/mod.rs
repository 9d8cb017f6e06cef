//! Articles out of pages of the web: the text without what stands around it, and what the page says of it.

mod choose;
mod head;
mod hints;
mod measure;

use jiff::Timestamp;

use self::choose::choose;
use self::head::Head;
use super::build::Builder;
use super::html::{Dom, Key, Links, Reading, Tag, render};
use super::{charset, plain};
use crate::model::{Article, BlockKind};
use crate::text::Clean;

/// What came with a page.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Answer<'a> {
    /// What the server called it: a media type with its parameters.
    pub content_type: Option<&'a str>,
    /// Where it came from; what is relative in it is relative to this.
    pub url: Option<&'a str>,
}

/// An article as a page of the web gives it.
#[derive(Debug, Clone, Default)]
pub struct Page {
    /// The article: its text without its headline, and what the page says of it.
    pub article: Article,
    /// When it was published, where the page tells more than the day.
    pub published: Option<Timestamp>,
    /// Whether that is all.
    pub quality: Quality,
}

/// Whether a page gave a whole article.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Quality {
    /// As far as can be told.
    #[default]
    Good,
    /// Probably not.
    Thin {
        /// Why, in the user's words.
        why: Clean,
    },
}

/// The article of a page. Never fails: a page without one gives an article without blocks.
pub fn extract(bytes: &[u8], answer: &Answer) -> Page {
    let text = charset::decode(bytes.to_vec(), Some(super::Format::Html));
    read(&text, answer.url, false)
}

/// Sets the document of `article` and what is known about it to what the page `text` says.
pub(super) fn fill(article: &mut Article, text: &str) {
    let id = std::mem::take(&mut article.id);
    *article = Article { id, ..read(text, None, true).article };
    plain::headline(article);
}

fn read(text: &str, url: Option<&str>, keep_headline: bool) -> Page {
    let dom = Dom::read(text);
    let head = Head::read(&dom);
    let mut article = Article::default();
    let headline = (1..dom.len()).find(|&ix| dom.tag(ix) == Tag::H1).map(|ix| dom.line(ix, 4096));
    head.describe(&mut article, headline.as_deref().filter(|line| !line.is_empty()));
    let mut links = Links::relative_to(url);
    let base = (1..dom.len()).find(|&ix| dom.tag(ix) == Tag::Base).and_then(|ix| dom.attribute(ix, Key::Href));
    if let Some(base) = base {
        links = links.based(base);
    }
    let chosen = choose(&dom);
    let mut dropped = chosen.dropped;
    if !keep_headline && let Some(title) = &article.title {
        for ix in chosen.root..dom.end(chosen.root) {
            if dom.tag(ix).heading().is_some() && plain::is_same_title(&dom.line(ix, 4096), title) {
                dropped[ix] = true;
            }
        }
    }
    let mut builder = Builder::default();
    render(&dom, chosen.root, &mut builder, &Reading { links, dropped: &dropped, ..Reading::default() });
    let (doc, removed) = builder.finish();
    article.removed += removed;
    article.doc = doc;
    let _ = BlockKind::Caption;
    Page { article, published: None, quality: Quality::Good }
}
