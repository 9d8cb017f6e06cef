//! Settings: the commented default `config.toml`, the user's file over it, and what they mean.

pub mod command;

pub use command::{COMMANDS, Command, CommandInfo, Context, Group};

/// Everything a user can set.
#[derive(Debug, Clone, Default)]
pub struct Config {}
