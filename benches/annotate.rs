//! How long annotating takes: the bundled stories, a long text made of them, and text made to be slow.

#![allow(missing_docs)]

use std::ops::ControlFlow;

use dateline::annotate::draft::Draft;
use dateline::annotate::gazetteer::Gazetteer;
use dateline::annotate::{Annotator, country, entity, event, marks, official};
use dateline::ingest::{Format, Item, Limits, Place, Source, read, read_bytes};
use dateline::model::Article;
use divan::counter::BytesCount;
use divan::{Bencher, black_box};

fn main() {
    // The word lists are read on first use: outside the measurement.
    for story in &stories() {
        Annotator::default().annotate(story);
    }
    divan::main();
}

fn stories() -> Vec<Article> {
    let mut stories = Vec::new();
    let _ = read(&[Source::Stories], &Limits::default(), &mut |item| {
        if let Item::Article(article) = item {
            stories.push(*article);
        }
        ControlFlow::Continue(())
    });
    stories
}

fn plain(text: &str) -> Article {
    let mut found = Article::default();
    let bytes = text.as_bytes().to_vec();
    let _ = read_bytes(&Place::named("bench"), bytes, Some(Format::Plain), &Limits::default(), &mut |item| {
        if let Item::Article(article) = item {
            found = *article;
        }
        ControlFlow::Continue(())
    });
    found
}

/// The stories over and over, to about this many bytes.
fn long(bytes: usize) -> Article {
    let all: String = stories().iter().map(|story| format!("{}\n\n", story.doc.text.as_str())).collect();
    plain(&all.repeat(1 + bytes / all.len()))
}

#[divan::bench]
fn one_story(bencher: Bencher) {
    let story = stories().remove(0);
    bencher.bench(|| Annotator::default().annotate(black_box(&story)));
}

/// In bytes. Time should grow as they do.
#[divan::bench(args = [250_000, 500_000, 1_000_000], sample_count = 5)]
fn long_text(bencher: Bencher, bytes: usize) {
    let article = long(bytes);
    bencher.bench(|| Annotator::default().annotate(black_box(&article)));
}

/// Events alone, from articles in which all else is found.
#[divan::bench(sample_count = 10)]
fn what_happened(bencher: Bencher) {
    let stories = stories();
    let bytes: usize = stories.iter().map(|story| story.doc.text.as_str().len()).sum();
    let drafts: Vec<Draft<'_>> = stories
        .iter()
        .map(|story| {
            let mut draft = Draft::new(story);
            draft.marked = marks::pair(draft.text, &draft.paragraphs);
            (draft.entities, draft.mentions, draft.inner_places) = entity::entities(&draft, None);
            draft.officials = official::officials(&draft);
            draft
        })
        .collect();
    bencher.counter(BytesCount::new(bytes)).bench(|| {
        for draft in &drafts {
            black_box(event::events(black_box(draft), event::lexicon::EventLexicon::builtin()));
        }
    });
}

/// Names, places, officials and countries alone, without quotations and events.
#[divan::bench(sample_count = 10)]
fn who_and_where(bencher: Bencher) {
    let stories = stories();
    let bytes: usize = stories.iter().map(|story| story.doc.text.as_str().len()).sum();
    bencher.counter(BytesCount::new(bytes)).bench(|| {
        for story in &stories {
            let mut draft = Draft::new(black_box(story));
            draft.marked = marks::pair(draft.text, &draft.paragraphs);
            (draft.entities, draft.mentions, draft.inner_places) = entity::entities(&draft, None);
            draft.officials = official::officials(&draft);
            black_box(country::profile(&draft));
        }
    });
}

#[divan::bench]
fn name_looked_up() -> bool {
    !black_box(Gazetteer::builtin()).senses(black_box("Springfield")).is_empty()
}

/// One paragraph of marks, cues and capitals without an end, in repetitions.
#[divan::bench(args = [5_000, 10_000, 20_000], sample_count = 3)]
fn made_to_be_slow(bencher: Bencher, times: usize) {
    let article = plain(&"“A ‘b said Ada Obi “c” and President According to X's Y, he said it said ' ".repeat(times));
    bencher.bench(|| Annotator::default().annotate(black_box(&article)));
}
