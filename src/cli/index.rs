//! `dateline db index`: annotates what waits in the library, so that queries find it.

use std::collections::HashSet;
use std::io::{self, IsTerminal};

use indicatif::{ProgressBar, ProgressStyle};
use rayon::prelude::*;

use super::args::Arguments;
use super::library::{Desk, count, failed};
use super::output::{Output, complain};
use super::{Ended, engine};
use crate::annotate::Annotator;
use crate::model::Annotations;
use crate::store::{ArticleId, Finding, Store, StoreError};
use crate::text::Clean;

/// Articles in one step: as many are in memory at a time and kept together.
const BATCH: usize = 64;

/// Runs the subcommand. Its error is that of writing.
pub(super) fn run(arguments: &Arguments) -> io::Result<Ended> {
    let desk = match Desk::open(arguments) {
        Ok(desk) => desk,
        Err(ended) => return Ok(ended),
    };
    let annotator = engine::of(&desk.config, arguments);
    let done = desk.store().and_then(|mut store| all(&mut store, &annotator).map_err(|error| failed(&error)));
    let done = match done {
        Ok(done) => done,
        Err(ended) => return Ok(ended),
    };
    let mut output = Output::new();
    output.line(&Clean::line(&format!("{} annotated", count(done.articles, "article", "articles"))))?;
    output.flush()?;
    Ok(if done.failed == 0 { Ended::Well } else { Ended::SomeFailed })
}

#[derive(Default)]
struct Done {
    articles: usize,
    failed: usize,
}

fn all(store: &mut Store, annotator: &Annotator) -> Result<Done, StoreError> {
    let bar = bar();
    let mut done = Done::default();
    // What was annotated by an older dateline need only be put into the index, unless it is annotated anew below.
    loop {
        bar.set_length(store.count_unindexed()? as u64);
        let indexed = store.index_waiting(BATCH)?.len();
        if indexed == 0 {
            break;
        }
        bar.inc(indexed as u64);
    }
    bar.set_position(0);
    bar.set_length(store.count_to_annotate(annotator.engine())? as u64);
    let mut unreadable: HashSet<ArticleId> = HashSet::new();
    loop {
        let ids = store.to_annotate(annotator.engine(), BATCH + unreadable.len())?;
        let mut batch = Vec::new();
        for id in ids.into_iter().filter(|id| !unreadable.contains(id)).collect::<Vec<_>>() {
            match store.article(id) {
                Ok(Some(stored)) => {
                    let known = store.annotations(stored.hash, annotator.engine())?;
                    batch.push((id, stored.hash, stored.into_article(), known));
                }
                // One damaged text must not keep the others from being annotated.
                other => {
                    unreadable.insert(id);
                    if let Err(error) = other {
                        done.failed += 1;
                        bar.suspend(|| complain(&Clean::line(&format!("article {}: {error}", id.0))));
                    }
                }
            }
        }
        if batch.is_empty() {
            break;
        }
        let found: Vec<Result<Annotations, Clean>> = batch
            .par_iter_mut()
            .map(|(_, _, article, known)| known.take().map_or_else(|| super::annotated(annotator, article), Ok))
            .collect();
        for why in found.iter().filter_map(|found| found.as_ref().err()) {
            done.failed += 1;
            bar.suspend(|| complain(why));
        }
        // An article that cannot be annotated is kept as one in which nothing was found: it must not come again and again.
        let nothing = Annotations::default();
        let findings: Vec<Finding> = batch
            .iter()
            .zip(&found)
            .map(|((article, hash, text, _), found)| Finding {
                article: *article,
                hash: *hash,
                article_text: text,
                annotations: found.as_ref().unwrap_or(&nothing),
            })
            .collect();
        store.keep(&findings, annotator.engine())?;
        done.articles += batch.len();
        bar.inc(batch.len() as u64);
    }
    bar.finish_and_clear();
    Ok(done)
}

/// How far it is, on a terminal.
pub(super) fn bar() -> ProgressBar {
    if !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{bar:24} {pos}/{len} articles, {eta} left");
    ProgressBar::new(0).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}
