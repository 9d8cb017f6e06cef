//! dateline: a terminal news reader that annotates what it shows.
//!
//! The modules are layers; each uses only those above it in this list. `ARCHITECTURE.md` has the map.
//! [`text`] and [`model`] are the nouns, [`annotate`] is the pure core (no screen, network, clock or disk),
//! [`ingest`] turns bytes into articles and feeds, [`query`] is what one looks for, [`store`] keeps them on disk, [`fetch`] asks the network, [`refresh`] brings
//! what it answers into the store, [`export`] turns annotated articles into bytes, [`config`], [`app`] and [`ui`] are the
//! reader (settings, state, drawing), [`runtime`] owns the terminal and the reader's threads, [`cli`] the command line.

pub mod text;

pub mod model;

pub mod tagger;

pub mod annotate;
pub mod ingest;

pub mod query;

pub mod store;

pub mod fetch;

pub mod refresh;

pub mod export;

pub mod config;

pub mod app;

pub mod ui;

pub mod runtime;

pub mod cli;
