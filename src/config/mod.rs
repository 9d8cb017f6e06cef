//! Settings: the commented default `config.toml`, the user's file over it, and what they mean.

/// Everything a user can set.
#[derive(Debug, Clone, Default)]
pub struct Config {}
