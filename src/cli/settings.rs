//! `dateline config`: where the configuration is, whether it is right, and what the default says.

use std::io;
use std::path::Path;

use super::Ended;
use super::args::ConfigAction;
use super::output::{Output, complain, warn};
use crate::config::{self, ConfigError};
use crate::text::Clean;

/// Runs the subcommand. Its error is that of writing.
pub(super) fn run(action: ConfigAction, named: Option<&Path>) -> io::Result<Ended> {
    let mut output = Output::new();
    let ended = match action {
        ConfigAction::Default => {
            output.text(&Clean::literal(config::DEFAULT_FILE))?;
            Ended::Well
        }
        ConfigAction::Path => match config::user_file() {
            Some(file) => {
                output.line(&Clean::line(&file.to_string_lossy()))?;
                Ended::Well
            }
            None => {
                complain(&Clean::literal("there is no home folder to keep a configuration in; use --config FILE"));
                Ended::Misused
            }
        },
        ConfigAction::Check => match config::load(named) {
            Ok((_, Some(file))) => {
                output.line(&Clean::line(&format!("{}: in order", file.display())))?;
                Ended::Well
            }
            Ok((_, None)) => {
                output.line(&Clean::literal("there is no configuration file; the defaults are in use"))?;
                Ended::Well
            }
            Err(error) => {
                tell(&error);
                Ended::Misused
            }
        },
    };
    output.flush()?;
    Ok(ended)
}

/// Tells what is wrong with a configuration.
pub(super) fn tell(error: &ConfigError) {
    match error {
        ConfigError::Unreadable { .. } => complain(&Clean::line(&error.to_string())),
        // One line each, beginning with the place, as editors and compilers have it.
        ConfigError::Wrong { .. } => warn(&Clean::new(&format!("{error}\n"))),
    }
}
