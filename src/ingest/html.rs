//! HTML: pages into trees, and trees into blocks and marks.

mod attributes;
mod dom;
mod links;
mod render;
mod table;
mod tag;

pub(super) use self::dom::{Dom, Ix, Key};
pub(super) use self::links::Links;
pub(super) use self::render::{Reading, render};
pub(super) use self::table::is_data as is_data_table;
pub(super) use self::tag::Tag;
use super::build::Builder;
use crate::model::{Content, Doc};
use crate::text::{Removed, clean_owned};

/// Adds the blocks of a piece of HTML to `builder`.
pub(super) fn fragment(builder: &mut Builder, text: &str) {
    let dom = Dom::read(text);
    render(&dom, 0, builder, &Reading::default());
}

/// The document of an entry's text, and what was taken out of it. HTML is read as such; of plain text every line is a
/// paragraph, or lines that were broken by hand are joined. What is relative in it is relative to its base.
pub fn content_doc(content: &Content) -> (Doc, Removed) {
    if !content.is_html {
        let cleaned = clean_owned(content.text.clone());
        let removed = cleaned.removed;
        return (super::plain::document(cleaned), removed);
    }
    let dom = Dom::read(&content.text);
    let mut builder = Builder::default();
    let links = Links::relative_to(content.base.as_deref());
    render(&dom, 0, &mut builder, &Reading { links, alts: true, ..Reading::default() });
    builder.finish()
}
