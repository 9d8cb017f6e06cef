//! `dateline annotate`: articles in, one JSON object each out, in the order of the input.

use std::io;
use std::ops::ControlFlow;

use rayon::prelude::*;

use super::args::{AnnotateOptions, Arguments};
use super::input::{Failures, articles, paths_or_stdin};
use super::output::{Output, complain};
use super::{Ended, engine};
use crate::annotate::Annotator;
use crate::export::json::{Unit, line};
use crate::model::Article;
use crate::text::Clean;

/// Articles annotated at a time: enough to keep the cores busy, few enough to bound the memory.
const BATCH_ARTICLES: usize = 64;
/// Bytes of text after which a batch is done even if it holds fewer articles.
const BATCH_BYTES: usize = 4 << 20;

/// Runs the subcommand. Its error is that of writing.
pub(super) fn run(arguments: &Arguments, options: &AnnotateOptions) -> io::Result<Ended> {
    let Some(annotator) = engine::annotator(arguments) else { return Ok(Ended::Misused) };
    let Some(sources) = paths_or_stdin(&options.files) else { return Ok(Ended::Misused) };
    let mut writer =
        Writer { annotator, unit: options.offsets.into(), output: Output::new(), failed: 0, result: Ok(()) };
    let mut failures = Failures::default();
    let (mut batch, mut bytes) = (Vec::new(), 0);
    let mut first = true;
    let _ = articles(&sources, options.format.format(), &mut failures, &mut |article| {
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
    unit: Unit,
    output: Output,
    failed: usize,
    result: io::Result<()>,
}

impl Writer {
    /// Annotates the articles side by side and writes them in order; breaks where nobody reads on.
    fn write(&mut self, batch: Vec<Article>) -> ControlFlow<()> {
        let lines: Vec<Result<Clean, Clean>> =
            batch.par_iter().map(|article| one(&self.annotator, article, self.unit)).collect();
        self.result = self.write_lines(lines);
        if self.result.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    }

    fn write_lines(&mut self, lines: Vec<Result<Clean, Clean>>) -> io::Result<()> {
        for line in lines {
            match line {
                Ok(line) => self.output.line(&line)?,
                Err(why) => {
                    self.failed += 1;
                    complain(&why);
                }
            }
        }
        self.output.flush()
    }
}

/// The line of one article.
fn one(annotator: &Annotator, article: &Article, unit: Unit) -> Result<Clean, Clean> {
    let found = super::annotated(annotator, article)?;
    line(article, &found, unit).map_err(|error| Clean::line(&format!("{}: {error}", article.id)))
}
