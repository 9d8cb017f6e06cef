//! `dateline [PATH|-]…`: the reader.

use std::io::{self, IsTerminal};

use super::args::Arguments;
use super::output::complain;
use super::{Ended, engine, no_color, settings};
use crate::config::{self, ThemeChoice};
use crate::ingest::Source;
use crate::runtime::{self, Over};
use crate::store::Store;
use crate::text::Clean;

/// Opens the reader and returns when it is left.
pub(super) fn run(arguments: &Arguments) -> Ended {
    let mut config = match config::load(arguments.config.as_deref()) {
        Ok((config, _)) => config,
        Err(error) => {
            settings::tell(&error);
            return Ended::Misused;
        }
    };
    if !io::stdout().is_terminal() {
        complain(&Clean::literal(
            "the reader needs a terminal; for text use `dateline print`, for JSON `dateline annotate`",
        ));
        return Ended::Misused;
    }
    if let Some(theme) = arguments.theme {
        config.choose_theme(theme.into());
    }
    if no_color() {
        config.choose_theme(ThemeChoice::Mono);
    }
    let over = over(arguments, &config.sources);
    let annotator = engine::of(&config, arguments);
    let history = if config.history { config::history_file(arguments.data_dir.as_deref()) } else { None };
    match runtime::run(config, over, annotator, history) {
        Ok(runtime::Left::Quit) => Ended::Well,
        Ok(runtime::Left::Signal(number)) => Ended::Signal(number),
        Err(error) => {
            complain(&Clean::line(&error.to_string()));
            Ended::SomeFailed
        }
    }
}

/// What to open: the command line's paths and pages, else what is piped in, else the configuration's sources, else the
/// library if there is one, else the bundled stories.
fn over(arguments: &Arguments, configured: &[String]) -> Over {
    if !arguments.paths.is_empty() {
        return Over::Sources(arguments.paths.iter().map(|path| Source::from_arg(path.as_os_str())).collect());
    }
    if !io::stdin().is_terminal() {
        return Over::Sources(vec![Source::Stdin]);
    }
    if !configured.is_empty() {
        return Over::Sources(
            configured.iter().map(|path| Source::from_arg(config::at_home(path).as_os_str())).collect(),
        );
    }
    match config::data_folder(arguments.data_dir.as_deref()) {
        // A folder that was named on the command line is meant, also before anything is in it.
        Some(folder) if arguments.data_dir.is_some() || Store::file_in(&folder).exists() => Over::Library(folder),
        _ => Over::Sources(vec![Source::Stories]),
    }
}
