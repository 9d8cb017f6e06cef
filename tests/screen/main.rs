//! The screen, driven as a user drives it: keys in, frames out.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

mod desk;
mod stories;

mod attribution;
mod cards;
mod events;
mod facts;
mod filter;
mod frames;
mod layers;
mod library;
mod links;
mod list;
mod mouse;
mod moving;
mod news;
mod notes;
mod officials;
mod queries;
mod quotations;
mod search;
mod selection;
mod smart;
mod statements;
mod versions;
