//! Articles out of bytes: every format and encoding, files and folders, and whatever may stand in them.

#![allow(clippy::unwrap_used, clippy::panic)]

mod entries;
mod feeds;
mod formats;
mod hostile;
mod lines;
mod pages;
mod walk;
