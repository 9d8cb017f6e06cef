//! The bundled stories: that they are read, that they hold every way of reporting speech, and what is found in them.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

mod annotated;
mod expected;
mod styles;

use std::ops::ControlFlow;

use dateline::ingest::{self, Item, Limits, Source};
use dateline::model::Article;

/// The bundled stories in the order in which the reader lists them.
fn stories() -> Vec<Article> {
    let mut articles = Vec::new();
    let _ = ingest::read(&[Source::Stories], &Limits::default(), &mut |item| {
        match item {
            Item::Article(article) => articles.push(*article),
            Item::Problem(problem) => panic!("a bundled story cannot be read: {problem:?}"),
            Item::Notice(notice) => panic!("reading the bundled stories said: {notice}"),
        }
        ControlFlow::Continue(())
    });
    articles
}

#[test]
fn there_are_ten_and_the_one_with_every_difficulty_is_the_first() {
    let stories = stories();
    assert_eq!(stories.len(), 10);
    assert_eq!(stories[0].title.as_deref(), Some("Kazakh security chief denounces Darkhan station attack"));
}

#[test]
fn each_has_title_date_source_byline_address_and_language() {
    for story in stories() {
        let id = story.id.as_str();
        assert!(story.title.as_ref().is_some_and(|title| title.len() > 20), "{id}: title");
        assert!(story.date.is_some_and(|date| date.year() == 2026), "{id}: date");
        assert!(story.source.as_ref().is_some_and(|source| !source.is_empty()), "{id}: source");
        assert!(!story.authors.is_empty(), "{id}: authors");
        assert!(story.url.as_ref().is_some_and(|url| url.starts_with("https://example.")), "{id}: url");
        assert!(story.language.as_ref().is_some_and(|language| language.starts_with("en")), "{id}: language");
        assert!(story.extra.is_empty(), "{id}: keys of no use: {:?}", story.extra);
        assert!(!story.doc.text.contains("+++"), "{id}: front matter in the text");
    }
}

#[test]
fn each_is_as_long_as_a_wire_story_and_in_paragraphs() {
    for story in stories() {
        let words = story.doc.text.split_whitespace().count();
        assert!((250..=600).contains(&words), "{}: {words} words", story.id);
        assert!(story.doc.blocks.len() >= 10, "{}: {} paragraphs", story.id, story.doc.blocks.len());
    }
}

#[test]
fn nothing_had_to_be_cleaned_out_of_them() {
    for story in stories() {
        assert_eq!(story.removed, dateline::text::Removed::default(), "{}", story.id);
    }
}
