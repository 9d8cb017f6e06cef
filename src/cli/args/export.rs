//! The options of `dateline export`.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::share;
use crate::export::stream;

/// Write subscriptions as OPML, or articles of the library with what was found in them.
///
/// Without --format it writes all subscriptions as OPML, to FILE if one is named. With --format it writes the articles that the
/// query asks for, all of them if there is none, latest first; see `dateline search --help` for queries.
#[derive(Debug, Args)]
#[command(
    override_usage = "dateline export [FILE]\n       dateline export --format FORMAT [OPTIONS] [QUERY]...",
    after_help = "\
Examples:
  dateline export feeds.opml                                     all subscriptions
  dateline export --format quotes-csv 'by:Zarif' > zarif.csv     what he said, for a spreadsheet
  dateline export --format markdown 'starred newer:1w'           notes of the week, with where they are from
  dateline export --format bibtex 'tag:thesis' -o thesis.bib     references
  dateline export --format web-annotation 'country:IR' -o ir.jsonld
  dateline export --format jsonl | jq '.quotes[].speaker_text'

Articles that wait to be annotated are annotated on the way, and that is kept. With said: or by: in the query, quotes-csv,
markdown and web-annotation have the statements that it describes, and nothing else of the articles.

In the tables for spreadsheets (UTF-8) a cell that would be a formula has an apostrophe before it.

Exit codes: 0 all was written, also if it is nothing; 1 some articles could not be read or annotated (they are named), or the
file could not be written; 2 the query or the command line is wrong, or there is no library."
)]
pub(in crate::cli) struct ExportOptions {
    /// What to look for; without --format, the file for the subscriptions (- is standard output)
    #[arg(value_name = "QUERY")]
    pub words: Vec<OsString>,
    /// What to write
    #[arg(long, value_name = "FORMAT")]
    pub format: Option<ExportFormat>,
    /// File to write, whole or not at all; - or nothing is standard output
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Only so many articles, the first in the order
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,
    /// Leave out events of which the engine is less sure than this, 0 to 1
    #[arg(long, value_name = "N", value_parser = share, allow_negative_numbers = true)]
    pub min_confidence: Option<f64>,
}

/// What `export` writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum ExportFormat {
    /// Subscriptions, for other feed readers
    Opml,
    /// Articles with all that was found, as `annotate` writes it, with feed, tags, read, starred and when added
    Jsonl,
    /// Quotations, officials, events and your notes as W3C Web Annotations (JSON-LD)
    WebAnnotation,
    /// Quotations with speaker, office, country and where they stand, for spreadsheets
    QuotesCsv,
    /// Officials with their offices, for spreadsheets
    OfficialsCsv,
    /// Events in POLECAT's columns and some more, also those of type OTHER, for spreadsheets
    EventsCsv,
    /// Events as PLOVER records, one a line
    Plover,
    /// Events as POLECAT's table
    Polecat,
    /// Notes: headline, source and address, quotations, your notes, events
    Markdown,
    /// References for BibLaTeX, an @online an article
    Bibtex,
    /// References for Zotero, Pandoc and other citation programs
    CslJson,
}

impl ExportFormat {
    /// The format of articles; `None` for the subscriptions.
    pub fn of_articles(self) -> Option<stream::Format> {
        Some(match self {
            ExportFormat::Opml => return None,
            ExportFormat::Jsonl => stream::Format::Jsonl,
            ExportFormat::WebAnnotation => stream::Format::WebAnnotation,
            ExportFormat::QuotesCsv => stream::Format::QuotesCsv,
            ExportFormat::OfficialsCsv => stream::Format::OfficialsCsv,
            ExportFormat::EventsCsv => stream::Format::EventsCsv,
            ExportFormat::Plover => stream::Format::Plover,
            ExportFormat::Polecat => stream::Format::Polecat,
            ExportFormat::Markdown => stream::Format::Markdown,
            ExportFormat::Bibtex => stream::Format::Bibtex,
            ExportFormat::CslJson => stream::Format::CslJson,
        })
    }
}
