//! Finding articles and statements by queries, over libraries of real articles.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod command;
mod cookbook;
mod corrections;
mod facts;
mod fields;
mod news;
mod notes;
mod sets;
mod statements;
mod support;
mod upgrade;
