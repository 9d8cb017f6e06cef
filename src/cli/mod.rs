//! The command line: one module a subcommand, and one way to standard output and standard error.

mod add;
mod annotate;
mod args;
mod db;
mod destination;
mod engine;
mod export;
mod index;
mod ingest;
mod input;
mod library;
mod lists;
mod note_import;
mod notes;
mod output;
mod print;
mod read;
mod refresh;
mod search;
mod settings;
mod subscriptions;
mod written;

use std::ffi::OsString;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;

use clap::Parser;
use clap::error::ErrorKind;

use self::args::{Arguments, DbAction, Subcommand};
use crate::annotate::Annotator;
use crate::model::{Annotations, Article};
use crate::text::Clean;

/// How a run ended; the numbers are the exit codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ended {
    /// All went well.
    Well,
    /// Some input failed and was named; the rest is done. Of a search: nothing was found.
    SomeFailed,
    /// The command line or the configuration is wrong; nothing was done.
    Misused,
    /// A signal with this number asked to stop.
    Signal(u8),
}

impl From<Ended> for ExitCode {
    fn from(ended: Ended) -> Self {
        match ended {
            Ended::Well => ExitCode::SUCCESS,
            Ended::SomeFailed => ExitCode::from(1),
            Ended::Misused => ExitCode::from(2),
            Ended::Signal(number) => ExitCode::from(128 + number),
        }
    }
}

/// Runs the program with these arguments (the first is the program's name).
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    // A panic's message may quote an article, and the default hook prints it as it is.
    std::panic::set_hook(Box::new(|info| output::complain(&Clean::line(&info.to_string()))));
    let ended = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => dispatch(arguments),
        Err(error) => return refuse(&error),
    };
    match ended {
        Ok(ended) => ended.into(),
        // Whoever read our output has enough of it.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ended::Well.into(),
        Err(error) => {
            output::complain(&Clean::line(&format!("cannot write: {error}")));
            Ended::SomeFailed.into()
        }
    }
}

/// The error of a subcommand is that of writing to standard output; all else it reports itself.
fn dispatch(arguments: Arguments) -> io::Result<Ended> {
    let config = arguments.config.as_deref();
    if let (Some(path), Some(_)) = (arguments.paths.first(), &arguments.command) {
        let words = format!("{}: a command comes before what it works on (see --help)", path.display());
        output::complain(&Clean::line(&words));
        return Ok(Ended::Misused);
    }
    match &arguments.command {
        None => Ok(read::run(&arguments)),
        Some(Subcommand::Add(options)) => add::run(&arguments, options),
        Some(Subcommand::Remove { feeds }) => subscriptions::remove(&arguments, feeds),
        Some(Subcommand::Move { feeds, to }) => subscriptions::move_to(&arguments, feeds, to),
        Some(Subcommand::Rename { feed, name }) => subscriptions::rename(&arguments, feed, name),
        Some(Subcommand::List { json }) => subscriptions::list(&arguments, *json),
        Some(Subcommand::Refresh(options)) => refresh::run(&arguments, options),
        Some(Subcommand::Import { file }) => lists::import(&arguments, file),
        Some(Subcommand::Notes(options)) => notes::run(&arguments, options),
        Some(Subcommand::Export(options)) => export::run(&arguments, options),
        Some(Subcommand::Annotate(options)) => annotate::run(&arguments, options),
        Some(Subcommand::Print(options)) => print::run(&arguments, options),
        Some(Subcommand::Ingest(options)) => ingest::run(options),
        Some(Subcommand::Config { action }) => settings::run(*action, config),
        Some(Subcommand::Search(options)) => search::run(&arguments, options),
        Some(Subcommand::Db { action: DbAction::Index }) => index::run(&arguments),
        Some(Subcommand::Db { action }) => db::run(action, arguments.data_dir.as_deref()),
    }
}

/// Help and version are asked for; anything else is a wrong command line.
fn refuse(error: &clap::Error) -> ExitCode {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            // The program's own words. To a closed pipe there is nobody to complain.
            let _ = error.print();
            ExitCode::SUCCESS
        }
        _ => {
            // The message quotes the arguments.
            output::warn(&Clean::new(&error.render().to_string()));
            Ended::Misused.into()
        }
    }
}

/// What is found in `article`. A mistake in the annotator costs this article only.
fn annotated(annotator: &Annotator, article: &Article) -> Result<Annotations, Clean> {
    catch_unwind(AssertUnwindSafe(|| annotator.annotate(article))).map_err(|_| {
        let why = "could not be annotated; this is a mistake in dateline, please report it with the article";
        Clean::line(&format!("{}: {why}", article.id))
    })
}

/// Whether the user asks for no colours (<https://no-color.org>).
fn no_color() -> bool {
    std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty())
}
