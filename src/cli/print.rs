//! `dateline print`: annotated articles as coloured text.

use std::io::{self, IsTerminal};
use std::ops::ControlFlow;

use super::args::{Arguments, PrintOptions, When};
use super::input::{Failures, articles, paths_or_stdin};
use super::output::{Output, complain};
use super::{Ended, engine};
use crate::export::ansi;

/// Runs the subcommand. Its error is that of writing.
pub(super) fn run(arguments: &Arguments, options: &PrintOptions) -> io::Result<Ended> {
    let Some(annotator) = engine::annotator(arguments) else { return Ok(Ended::Misused) };
    let Some(sources) = paths_or_stdin(&options.files) else { return Ok(Ended::Misused) };
    let colour = match options.color {
        When::Always => true,
        When::Never => false,
        When::Auto => io::stdout().is_terminal() && !super::no_color(),
    };
    let mut output = Output::new();
    let mut failures = Failures::default();
    let mut result = Ok(());
    let (mut first, mut failed) = (true, 0);
    let _ = articles(&sources, options.format.format(), &mut failures, &mut |article| {
        let found = match super::annotated(&annotator, &article) {
            Ok(found) => found,
            Err(why) => {
                failed += 1;
                complain(&why);
                return ControlFlow::Continue(());
            }
        };
        let mut lines = ansi::article(&article, &found, options.width);
        if !std::mem::take(&mut first) {
            lines.splice(0..0, [Vec::new(), ansi::rule(options.width), Vec::new()]);
        }
        result = lines.iter().try_for_each(|line| output.painted(line, colour)).and_then(|()| output.flush());
        if result.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    });
    result?;
    Ok(if failures.0 + failed == 0 { Ended::Well } else { Ended::SomeFailed })
}
