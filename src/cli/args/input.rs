//! The options of what reads articles of files: `dateline annotate` and `print`.

use std::path::PathBuf;

use clap::builder::PossibleValue;
use clap::{ArgAction, Args, ValueEnum};

use super::share;
use crate::export::Unit;
use crate::ingest::Format;

/// Write annotations as JSON, one object an article and line, or the events alone, in the order of the input.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  dateline annotate wire.jsonl > annotated.jsonl
  dateline annotate article.txt | jq '.quotes[] | [.speaker_text, .kind]'
  dateline annotate --offsets bytes --format text - < article
  dateline annotate --format polecat --min-confidence 0.7 wire.jsonl > events.tsv
  dateline annotate --format plover --format text - < article

Every place is a pair of offsets into the article's text as the input gave it: start, and one past the end.

plover and polecat write the events, one a line. Several who act together stay one event: a list in plover, joined by
\"; \" in polecat. polecat has PLOVER's 16 types only: events of type OTHER are in plover and in JSON, and left out
there. What is not known is left out in plover and an empty cell in polecat.")]
pub(in crate::cli) struct AnnotateOptions {
    /// Files and folders; - or nothing is standard input
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// What offsets count: Unicode characters or bytes of UTF-8
    #[arg(long, value_name = "UNIT", default_value = "chars")]
    pub offsets: UnitArgument,
    /// Format of the input, or plover or polecat for the output; may be given once for each
    #[arg(long = "format", value_name = "FORMAT", action = ArgAction::Append)]
    pub formats: Vec<EitherFormat>,
    /// Leave out events of which the engine is less sure than this, 0 to 1
    #[arg(long, value_name = "N", default_value = "0", value_parser = share, allow_negative_numbers = true)]
    pub min_confidence: f64,
}

/// Do one step of reading over JSON Lines on standard input; for benches.
#[derive(Debug, Args)]
pub(in crate::cli) struct IngestOptions {
    /// Which step
    #[arg(value_name = "KIND")]
    pub kind: IngestKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum IngestKind {
    /// Articles of pages: {"id","url","content_type","bytes_b64"} in
    Pages,
    /// Feeds of every format
    Feeds,
}

/// Print articles as coloured text, with what was found in them below.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  dateline print article.txt
  dateline print --color always story.html | less -R")]
pub(in crate::cli) struct PrintOptions {
    /// Files and folders; - or nothing is standard input
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// When to use colours; auto: on a terminal, unless NO_COLOR is set
    #[arg(long, value_name = "WHEN", default_value = "auto", visible_alias = "colour")]
    pub color: When,
    /// Columns to wrap at; 0 does not wrap
    #[arg(long, value_name = "COLUMNS", default_value_t = 72)]
    pub width: u16,
    /// Format of the input
    #[arg(long, value_name = "FORMAT", default_value = "auto")]
    pub format: FormatArgument,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum When {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum UnitArgument {
    Chars,
    Bytes,
}

impl From<UnitArgument> for Unit {
    fn from(unit: UnitArgument) -> Self {
        match unit {
            UnitArgument::Chars => Unit::Chars,
            UnitArgument::Bytes => Unit::Bytes,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum FormatArgument {
    /// By the file's extension, else by its content
    Auto,
    /// Plain text
    #[value(alias = "plain")]
    Text,
    Markdown,
    Html,
    /// One JSON object a line
    Jsonl,
    /// One JSON object, or an array of them
    Json,
}

/// What `annotate` writes, if not JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum EventFormat {
    /// Output: the events as PLOVER records, one JSON object an event and line
    Plover,
    /// Output: the events as tab-separated values with POLECAT's columns
    Polecat,
}

/// A format of the input or of the output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::cli) enum EitherFormat {
    Input(FormatArgument),
    Output(EventFormat),
}

impl ValueEnum for EitherFormat {
    fn value_variants<'a>() -> &'a [Self] {
        use EitherFormat::{Input, Output};
        use FormatArgument::{Auto, Html, Json, Jsonl, Markdown, Text};
        &[
            Input(Auto),
            Input(Text),
            Input(Markdown),
            Input(Html),
            Input(Jsonl),
            Input(Json),
            Output(EventFormat::Plover),
            Output(EventFormat::Polecat),
        ]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        match self {
            EitherFormat::Input(format) => format.to_possible_value(),
            EitherFormat::Output(format) => format.to_possible_value(),
        }
    }
}

impl AnnotateOptions {
    /// The format of the input, if it is told, and that of the output, if it is not JSON.
    ///
    /// # Errors
    /// Words for the user, if there are two of a sort.
    pub fn both_formats(&self) -> Result<(Option<Format>, Option<EventFormat>), &'static str> {
        let (mut input, mut output) = (None, None);
        for format in &self.formats {
            let again = match format {
                EitherFormat::Input(format) => input.replace(*format).is_some(),
                EitherFormat::Output(format) => output.replace(*format).is_some(),
            };
            if again {
                return Err("--format: one for the input and one for the output at most (see --help)");
            }
        }
        Ok((input.and_then(FormatArgument::format), output))
    }
}

impl FormatArgument {
    /// The format, if it is given.
    pub fn format(self) -> Option<Format> {
        match self {
            FormatArgument::Auto => None,
            FormatArgument::Text => Some(Format::Plain),
            FormatArgument::Markdown => Some(Format::Markdown),
            FormatArgument::Html => Some(Format::Html),
            FormatArgument::Jsonl => Some(Format::JsonLines),
            FormatArgument::Json => Some(Format::Json),
        }
    }
}
