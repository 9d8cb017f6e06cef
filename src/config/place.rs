//! Which configuration file, data folder and history are used.

use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;

use super::{Config, ConfigError};

/// The environment variable that names a configuration file.
const VARIABLE: &str = "DATELINE_CONFIG";

/// The user's own configuration file: `dateline/config.toml` in the XDG configuration folder. `None` without a home.
pub fn user_file() -> Option<PathBuf> {
    let strategy = etcetera::choose_base_strategy().ok()?;
    Some(strategy.config_dir().join("dateline").join("config.toml"))
}

/// The environment variable that names the data folder.
const DATA_VARIABLE: &str = "DATELINE_DATA_DIR";

/// The folder of the library: `named` (the command line's), else the one `DATELINE_DATA_DIR` names, else `dateline` in the
/// XDG data folder. It need not be there yet. `None` without a home.
pub fn data_folder(named: Option<&Path>) -> Option<PathBuf> {
    chosen(named).or_else(|| {
        let strategy = etcetera::choose_base_strategy().ok()?;
        Some(strategy.data_dir().join("dateline"))
    })
}

/// The file for what was typed at the reader's prompts: `history` in a data folder that was chosen, as [`data_folder`] says,
/// else in `dateline` in the XDG state folder. It need not be there yet. `None` without a home.
pub fn history_file(named: Option<&Path>) -> Option<PathBuf> {
    let folder = chosen(named).or_else(|| {
        let strategy = etcetera::choose_base_strategy().ok()?;
        // Not every system has a folder for this.
        Some(strategy.state_dir().unwrap_or_else(|| strategy.data_dir()).join("dateline"))
    });
    Some(folder?.join("history"))
}

/// The data folder that the command line or the environment names.
fn chosen(named: Option<&Path>) -> Option<PathBuf> {
    let variable = || std::env::var_os(DATA_VARIABLE).filter(|value| !value.is_empty()).map(PathBuf::from);
    named.map(Path::to_owned).or_else(variable)
}

/// The environment variable that names who makes notes.
const AUTHOR_VARIABLE: &str = "DATELINE_AUTHOR";

/// The settings and the file they came from: `named` (the command line's), else the one `DATELINE_CONFIG` names, else
/// the user's file if there is one, else the defaults.
///
/// # Errors
/// If a named file cannot be read, or if the file has mistakes.
pub fn load(named: Option<&Path>) -> Result<(Config, Option<PathBuf>), ConfigError> {
    let (mut config, file) = read(named)?;
    config.author = author(&config.author);
    Ok((config, file))
}

/// Who notes: whom `DATELINE_AUTHOR` names, else the configuration, else the name on this computer.
fn author(configured: &str) -> String {
    let variable = |name: &str| std::env::var(name).ok().map(|value| value.trim().to_owned());
    let all = [variable(AUTHOR_VARIABLE), Some(configured.trim().to_owned())];
    let on_computer = ["USER", "LOGNAME", "USERNAME"].map(variable);
    all.into_iter().chain(on_computer).flatten().find(|name| !name.is_empty()).unwrap_or_default()
}

fn read(named: Option<&Path>) -> Result<(Config, Option<PathBuf>), ConfigError> {
    let variable = || std::env::var_os(VARIABLE).filter(|value| !value.is_empty()).map(PathBuf::from);
    let (file, must_exist) = match named.map(Path::to_owned).or_else(variable) {
        Some(file) => (file, true),
        None => match user_file() {
            Some(file) => (file, false),
            None => return Ok((Config::default(), None)),
        },
    };
    match std::fs::read_to_string(&file) {
        Ok(text) => match Config::parse(&text) {
            Ok(config) => Ok((config, Some(file))),
            Err(problems) => Err(ConfigError::Wrong { file, problems }),
        },
        Err(why) if why.kind() == std::io::ErrorKind::NotFound && !must_exist => Ok((Config::default(), None)),
        Err(why) => Err(ConfigError::Unreadable { file, why }),
    }
}
