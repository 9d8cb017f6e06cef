//! `dateline annotate`: articles in, one JSON object each or their events out, in the order of the input.

use std::io;
use std::ops::ControlFlow;

use rayon::prelude::*;

use super::args::{AnnotateOptions, Arguments, EventFormat};
use super::input::{Failures, articles, paths_or_stdin};
use super::output::{Output, complain};
use super::{Ended, engine};
use crate::annotate::Annotator;
use crate::export::{Options, json, plover, polecat};
use crate::model::Article;
use crate::text::Clean;

/// Articles annotated at a time: enough to keep the cores busy, few enough to bound the memory.
const BATCH_ARTICLES: usize = 64;
/// Bytes of text after which a batch is done even if it holds fewer articles.
const BATCH_BYTES: usize = 4 << 20;

/// Runs the subcommand. Its error is that of writing.
pub(super) fn run(arguments: &Arguments, options: &AnnotateOptions) -> io::Result<Ended> {
    let (input, format) = match options.both_formats() {
        Ok(formats) => formats,
        Err(why) => {
            complain(&Clean::literal(why));
            return Ok(Ended::Misused);
        }
    };
    let Some(annotator) = engine::annotator(arguments) else { return Ok(Ended::Misused) };
    let Some(sources) = paths_or_stdin(&options.files) else { return Ok(Ended::Misused) };
    let wanted = Options { unit: options.offsets.into(), min_confidence: options.min_confidence };
    let mut writer = Writer { annotator, format, wanted, output: Output::new(), failed: 0, result: Ok(()) };
    if format == Some(EventFormat::Polecat) {
        writer.output.line(&polecat::header())?;
    }
    let mut failures = Failures::default();
    let (mut batch, mut bytes) = (Vec::new(), 0);
    let mut first = true;
    let _ = articles(&sources, input, &mut failures, &mut |article| {
        bytes += article.doc.text.len();
        batch.push(article);
        // The first article by itself: whoever reads our output sees it begin at once.
        if first || batch.len() >= BATCH_ARTICLES || bytes >= BATCH_BYTES {
            first = false;
            bytes = 0;
            return writer.write(std::mem::take(&mut batch));
        }
        ControlFlow::Continue(())
    });
    if writer.result.is_ok() {
        let _ = writer.write(batch);
    }
    writer.result?;
    Ok(if failures.0 + writer.failed == 0 { Ended::Well } else { Ended::SomeFailed })
}

struct Writer {
    annotator: Annotator,
    /// What is written instead of JSON.
    format: Option<EventFormat>,
    wanted: Options,
    output: Output,
    failed: usize,
    result: io::Result<()>,
}

impl Writer {
    /// Annotates the articles side by side and writes them in order; breaks where nobody reads on.
    fn write(&mut self, batch: Vec<Article>) -> ControlFlow<()> {
        let (annotator, format, wanted) = (&self.annotator, self.format, self.wanted);
        let lines = batch.par_iter().map(|article| one(annotator, article, format, wanted)).collect();
        self.result = self.write_lines(lines);
        if self.result.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    }

    fn write_lines(&mut self, articles: Vec<Result<Vec<Clean>, Clean>>) -> io::Result<()> {
        for lines in articles {
            match lines {
                Ok(lines) => lines.iter().try_for_each(|line| self.output.line(line))?,
                Err(why) => {
                    self.failed += 1;
                    complain(&why);
                }
            }
        }
        self.output.flush()
    }
}

/// The lines of one article.
fn one(
    annotator: &Annotator,
    article: &Article,
    format: Option<EventFormat>,
    wanted: Options,
) -> Result<Vec<Clean>, Clean> {
    let found = super::annotated(annotator, article)?;
    let lines = match format {
        None => json::line(article, &found, wanted).map(|line| vec![line]),
        Some(EventFormat::Plover) => plover::lines(article, &found, wanted),
        Some(EventFormat::Polecat) => Ok(polecat::rows(article, &found, wanted)),
    };
    lines.map_err(|error| Clean::line(&format!("{}: {error}", article.id)))
}
