//! The articles that the command line names, one after the other.

use std::fs::File;
use std::io::{self, IsTerminal};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use super::output::complain;
use crate::fetch;
use crate::ingest::{self, Format, Item, Limits, Place, Source};
use crate::model::Article;
use crate::refresh;
use crate::text::Clean;

/// How many inputs, or parts of them, failed.
#[derive(Debug, Default)]
pub(super) struct Failures(pub usize);

/// What to read: `paths`, else standard input unless somebody sits at it. `None` if there is nothing to read.
pub(super) fn paths_or_stdin(paths: &[PathBuf]) -> Option<Vec<Source>> {
    if paths.is_empty() {
        if io::stdin().is_terminal() {
            complain(&Clean::literal("name a file to read, or - for standard input (--help shows examples)"));
            return None;
        }
        return Some(vec![Source::Stdin]);
    }
    Some(paths.iter().map(|path| Source::from_arg(path.as_os_str())).collect())
}

/// Calls `each` with every article of `sources`, in order, until it breaks; names on standard error what fails.
/// With a `format`, files are read as that whatever they are called.
pub(super) fn articles(
    sources: &[Source],
    format: Option<Format>,
    failures: &mut Failures,
    each: &mut dyn FnMut(Article) -> ControlFlow<()>,
) -> ControlFlow<()> {
    let limits = Limits::default();
    let mut receive = |item: Item| match item {
        Item::Article(article) => each(*article),
        Item::Problem(problem) => {
            failures.0 += 1;
            complain(&problem.message());
            ControlFlow::Continue(())
        }
        Item::Notice(notice) => {
            complain(&notice);
            ControlFlow::Continue(())
        }
    };
    for source in sources {
        match (source, format) {
            (Source::Stdin, Some(_)) => {
                ingest::read_from(&Place::stdin(), io::stdin().lock(), format, &limits, &mut receive)?;
            }
            (Source::Path(path), Some(_)) if is_file(path) => match File::open(path) {
                Ok(file) => ingest::read_from(&Place::path(path), file, format, &limits, &mut receive)?,
                Err(_) => ingest::read(std::slice::from_ref(source), &limits, &mut receive)?,
            },
            _ => {
                let network = fetch::Settings::default();
                refresh::read_sources(std::slice::from_ref(source), &network, &limits, &mut receive)?;
            }
        }
    }
    ControlFlow::Continue(())
}

fn is_file(path: &Path) -> bool {
    path.metadata().is_ok_and(|meta| meta.is_file())
}
