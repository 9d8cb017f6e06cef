//! The library that the command line works on, and the feeds of it that are named there.

use std::path::PathBuf;

use super::args::Arguments;
use super::output::complain;
use super::{Ended, settings};
use crate::config::{self, Config};
use crate::store::{FolderPath, Store, StoreError, Subscription};
use crate::text::{Clean, masked};

/// What a subcommand over the library needs.
pub(super) struct Desk {
    /// The folder of the library.
    pub folder: PathBuf,
    /// The settings.
    pub config: Config,
}

impl Desk {
    /// The library and the settings that the command line asks for; what is wrong is told.
    pub fn open(arguments: &Arguments) -> Result<Desk, Ended> {
        let config = match config::load(arguments.config.as_deref()) {
            Ok((config, _)) => config,
            Err(error) => {
                settings::tell(&error);
                return Err(Ended::Misused);
            }
        };
        let Some(folder) = config::data_folder(arguments.data_dir.as_deref()) else {
            complain(&Clean::literal("there is no home folder to keep a library in; use --data-dir DIR"));
            return Err(Ended::Misused);
        };
        Ok(Desk { folder, config })
    }

    /// Opens the library; what keeps it from being opened is told.
    pub fn store(&self) -> Result<Store, Ended> {
        Store::open(&self.folder).map_err(|error| failed(&error))
    }
}

/// Tells why the library could not be used.
pub(super) fn failed(error: &StoreError) -> Ended {
    complain(&Clean::line(&error.to_string()));
    Ended::SomeFailed
}

/// The one feed that `name` names: by its number, its address or its name. That there is none, or more than one, is told.
pub(super) fn feed<'a>(feeds: &'a [Subscription], name: &str) -> Option<&'a Subscription> {
    let wanted = name.trim();
    let bare = |url: &str| {
        url.trim_end_matches('/').split_once("://").map_or_else(|| url.to_owned(), |(_, url)| url.to_owned())
    };
    let by_number = |feed: &&Subscription| wanted.trim_start_matches('#').parse() == Ok(feed.id.0);
    let by_address = |feed: &&Subscription| feed.url == wanted || bare(&feed.url) == bare(wanted);
    let by_name = |feed: &&Subscription| feed.title.to_lowercase() == wanted.to_lowercase();
    let ways: [&dyn Fn(&&Subscription) -> bool; 3] = [&by_address, &by_name, &by_number];
    for way in ways {
        let found: Vec<&Subscription> = feeds.iter().filter(|feed| way(feed)).collect();
        match found[..] {
            [] => {}
            [one] => return Some(one),
            _ => {
                let names: Vec<String> =
                    found.iter().map(|feed| format!("{} ({})", feed.id.0, masked(&feed.url))).collect();
                complain(&Clean::line(&format!(
                    "{}: several feeds are called so, name one by its number: {}",
                    masked(wanted),
                    names.join(", ")
                )));
                return None;
            }
        }
    }
    complain(&Clean::line(&format!(
        "{}: no such feed; `dateline list` shows their numbers, names and addresses",
        masked(wanted)
    )));
    None
}

/// A folder as it is written on the command line: `World/Asia`.
pub(super) fn folder_path(written: &str) -> FolderPath {
    written.split('/').map(Clean::line).filter(|name| !name.is_empty()).collect()
}

/// A count with its noun.
pub(super) fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// What to do about a feed that has moved, but whose old address the configuration names.
pub(super) fn now_at(address: &Clean) -> String {
    format!("it has moved to {address}; it follows once you change its address in the configuration")
}
