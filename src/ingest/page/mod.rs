//! Articles out of pages of the web.

mod head;

use self::head::Head;
use super::build::Builder;
use super::html::{Dom, Reading, Tag, render};
use super::plain;
use crate::model::Article;

/// Sets the document of `article` and what is known about it to what the page `text` says.
pub(super) fn fill(article: &mut Article, text: &str) {
    let dom = Dom::read(text);
    let head = Head::read(&dom);
    let headline = (1..dom.len()).find(|&ix| dom.tag(ix) == Tag::H1).map(|ix| dom.line(ix, 4096));
    head.describe(article, headline.as_deref().filter(|line| !line.is_empty()));
    let mut builder = Builder::default();
    render(&dom, 0, &mut builder, &Reading::default());
    let (doc, removed) = builder.finish();
    article.removed += removed;
    article.doc = doc;
    plain::headline(article);
}
