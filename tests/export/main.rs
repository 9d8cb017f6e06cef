//! Articles of a library in formats of other programs, read back by other readers.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod command;
mod hostile;
mod notes;
mod readme;
mod references;
#[path = "../search/support.rs"]
#[allow(dead_code)]
mod support;
mod tables;
mod web_annotations;
mod work;
