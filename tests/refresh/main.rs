//! From the network into the library, against a server that also truncates, stalls and lies.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod client;
mod command;
mod feeds;
mod moves;
mod server;
mod trust;
