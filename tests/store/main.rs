//! The library on disk, from the caller's view.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod deliveries;
mod feeds;
mod findings;
mod history;
mod lists;
mod naming;
mod notes;
mod opening;
mod processes;
mod retention;
mod support;
mod upkeep;
