//! What may be written on the command line, with the help for it.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::builder::PossibleValue;
use clap::{ArgAction, Args, Parser, ValueEnum};

use crate::config::{Engine, ThemeChoice};
use crate::export::Unit;
use crate::export::stream;
use crate::ingest::Format;
use crate::model::Correction;
use crate::query;

/// Read news with its quotations, officials, events and countries marked.
#[derive(Debug, Parser)]
#[command(
    name = "dateline",
    version,
    propagate_version = true,
    disable_help_subcommand = true,
    max_term_width = 100,
    after_help = "\
Examples:
  dateline                                  open the library, or before there is one some stories
  dateline article.html notes/ wire.jsonl   open files and folders
  dateline https://example.org/story.html   open a page of the web
  curl -s https://example.org/a | dateline  open standard input; keys come from the terminal
  dateline add example.org                  subscribe to a site's feed
  dateline refresh                          bring the feeds up to date
  dateline print article.txt | less -R      read without the reader
  dateline annotate wire.jsonl > out.jsonl  annotations as JSON, one object an article
  dateline search 'unread country:IR'       articles of the library, and what people said in them

In the reader, ? lists the keys and q quits.
Exit codes: 0 all went well, 1 some input failed (it is named, the rest is done), 2 wrong usage or configuration."
)]
pub(super) struct Arguments {
    /// Files, folders and web addresses to open; - is standard input. Text, Markdown, HTML, JSON and JSON Lines
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Configuration file to use instead of the user's own
    #[arg(long, value_name = "FILE", global = true)]
    pub config: Option<PathBuf>,
    /// Folder of the library, instead of $DATELINE_DATA_DIR or the user's own
    #[arg(long, value_name = "DIR", global = true)]
    pub data_dir: Option<PathBuf>,
    /// What finds statements and their speakers, whatever the configuration says
    #[arg(long, value_name = "WHICH", global = true)]
    pub engine: Option<EngineArgument>,
    /// Colours of the reader, whatever the configuration says
    #[arg(long, value_name = "WHICH")]
    pub theme: Option<ThemeArgument>,
    #[command(subcommand)]
    pub command: Option<Subcommand>,
}

#[derive(Debug, clap::Subcommand)]
pub(super) enum Subcommand {
    Add(AddOptions),
    /// End subscriptions; starred articles and those with notes stay
    Remove {
        /// Number, address or name, as `dateline list` shows them
        #[arg(value_name = "FEED", required = true)]
        feeds: Vec<String>,
    },
    /// Put feeds into another folder
    #[command(name = "move")]
    Move {
        /// Number, address or name, as `dateline list` shows them
        #[arg(value_name = "FEED", required = true)]
        feeds: Vec<String>,
        /// Folder, outer ones first: World/Asia; / is out of all folders
        #[arg(long, value_name = "FOLDER", required = true)]
        to: String,
    },
    /// Give a feed another name; "" gives it its own again
    Rename {
        /// Number, address or name, as `dateline list` shows them
        #[arg(value_name = "FEED")]
        feed: String,
        /// Its new name
        #[arg(value_name = "NAME")]
        name: String,
    },
    /// Show the feeds in their folders: number, unread and all articles, name, address, what went wrong
    List {
        /// One JSON object a feed and line
        #[arg(long)]
        json: bool,
    },
    Refresh(RefreshOptions),
    Search(SearchOptions),
    Notes(NotesOptions),
    /// Subscribe to all feeds of a list (OPML, or the urls file of newsboat), or take in notes (W3C Web Annotations)
    ///
    /// Which of them a file is, its content tells. Notes come to the articles at the addresses that they name; those on
    /// articles that are not in the library are named and left out, and so is what programs wrote. A note that is there
    /// already stays as it is.
    Import {
        /// The list or the notes; - is standard input
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    Export(ExportOptions),
    Annotate(AnnotateOptions),
    Print(PrintOptions),
    #[command(hide = true)]
    Ingest(IngestOptions),
    /// Show where the configuration is, check it, or print the default
    #[command(after_help = "\
To start a configuration of your own:
  mkdir -p \"$(dirname \"$(dateline config path)\")\"
  dateline config default > \"$(dateline config path)\"")]
    Config {
        #[arg(value_name = "ACTION")]
        action: ConfigAction,
    },
    /// Look after the library: check it, back it up, repair it
    #[command(after_help = "\
Examples:
  dateline db check                      name every problem; nothing is changed
  dateline db backup ~/news.db           a whole copy, also while the reader runs
  dateline db index                      annotate what waits, so that it is found
  dateline db repair                     save what can be read of a damaged library
  sqlite3 \"$(dateline db path)\" .schema   it is an SQLite database

Exit codes: 0 all is in order, 1 there are problems (they are named), 2 there is no library or wrong usage.")]
    Db {
        #[command(subcommand)]
        action: DbAction,
    },
}

#[derive(Debug, clap::Subcommand)]
pub(super) enum DbAction {
    /// Look for damage and name every problem; nothing is changed
    Check,
    /// Save all that can be read into a new library, and keep the damaged file beside it
    ///
    /// Close every other dateline first. Subscriptions, articles with their versions, notes, and what was read or starred
    /// are saved; what was found in articles is found again by the reader.
    Repair,
    /// Write a copy of the library into one file
    ///
    /// The copy is whole at any moment, also while the reader runs. To use it, put it into an empty folder as dateline.db,
    /// and name the folder with --data-dir.
    Backup {
        /// The file to write; one that is there is replaced [default: dateline-DATE.db in this folder]
        #[arg(value_name = "FILE")]
        file: Option<PathBuf>,
    },
    /// Annotate the articles that wait for it, so that searches find them
    ///
    /// The reader does this too while it is open. It may be stopped at any time; what is done stays done.
    Index,
    /// Give the room of dropped articles back to the disk
    Vacuum,
    /// Print the path of the library
    Path,
}

/// Subscribe to feeds, and to sites whose feeds are found.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  dateline add https://example.org/feed.xml
  dateline add example.org --folder World/Asia
  dateline add https://github.com/ratatui/ratatui
  dateline add --article https://example.org/2026/a-story.html")]
pub(super) struct AddOptions {
    /// Addresses of feeds or pages, with or without https://, or files
    #[arg(value_name = "URL", required = true)]
    pub addresses: Vec<String>,
    /// Folder to put them into, outer ones first
    #[arg(long, value_name = "A/B")]
    pub folder: Option<String>,
    /// Name to give it, instead of its own
    #[arg(long, value_name = "NAME")]
    pub title: Option<String>,
    /// Keep the page itself among the saved, instead of subscribing
    #[arg(long, conflicts_with_all = ["folder", "title"])]
    pub article: bool,
}

/// Bring feeds up to date.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  dateline refresh
  dateline refresh --due --quiet        from cron: only feeds that are due, only what went wrong
  dateline refresh \"The Example\" 12   these feeds
  dateline refresh --json | jq 'select(.result == \"failed\")'")]
pub(super) struct RefreshOptions {
    /// Feeds by number, address or name; nothing: all
    #[arg(value_name = "FEED")]
    pub feeds: Vec<String>,
    /// Feeds to ask for at the same time
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(1..=64))]
    pub jobs: Option<u8>,
    /// Only feeds that are due by the interval of the configuration and their own wish
    #[arg(long, conflicts_with = "feeds")]
    pub due: bool,
    /// Tell only what went wrong
    #[arg(long, short)]
    pub quiet: bool,
    /// One JSON object a feed and line, then a summary
    #[arg(long, conflicts_with = "quiet")]
    pub json: bool,
}

/// Find articles of the library, and statements in them.
///
/// Words and "phrases" are looked for in headlines and texts, a word with a * at its end for any ending. Fields narrow it
/// down. All terms have to hold; OR, NOT or a leading -, and parentheses do what they say. With said: or by: the statements
/// themselves are listed.
#[derive(Debug, Args)]
#[command(after_help = "\
Put the query between single quotes: the shell takes double ones away. A query that begins with - comes after --.

Examples:
  dateline search 'harbour \"prime minister\" -election'    words, a phrase, without a word
  dateline search 'said:\"against terrorism\" by:Zarif'    one statement: these words, by him
  dateline search 'by:IR about:US newer:1w'               what those of Iran said of the United States
  dateline search 'event:CONSULT actor:IR recipient:RU'   one event: of this type, between these
  dateline search 'country:KZ,MN (strike OR protest*) unread sort:relevance'
  dateline search 'feed:reuters since:2026-11-01 until:2026-11-30' --count

Fields:
  title: feed: folder: author: tag: lang:    of the article
  note: has:note has:correction has:tag      words in your notes on it; whether you added such a thing
  unread starred saved updated today         its state; \"unread\" is the word, is:read what you read
  since:2026-11-01 until:2026-11-30          its date; newer:3d older:2w (h, d, w, m, y) before now
  country: about:                            countries by name or code: named, or what it is about
  place: person: org: official:              names in it; official: is an office or who holds it
  said: by:                                  a statement's words and speaker (name, office, or IR);
                                             beside them about: is what the statement names
  event: actor: recipient:                   PLOVER's types (ASSAULT/explosives, OTHER:DISASTER)
  sort:                                      newest, oldest, relevance, feed, title

Several values, any of them: country:IR,RU. What said:, by: and about: side by side say is about one statement, and
event:, actor: and recipient: about one event; parentheses of their own are about another: (said:talks) (said:war).

Exit codes: 0 something was found, 1 nothing was, 2 the query is wrong or the library cannot be read.")]
pub(super) struct SearchOptions {
    /// What to look for
    #[arg(value_name = "QUERY", required = true)]
    pub query: Vec<String>,
    /// List the statements of the articles, also where the query has no said: or by:
    #[arg(long)]
    pub statements: bool,
    /// One JSON object an article or statement and line
    #[arg(long, conflicts_with = "count")]
    pub json: bool,
    /// Only so many, the first in the order
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,
    /// Only tell how many there are
    #[arg(long)]
    pub count: bool,
}

/// Show your notes on articles of the library, add one, change one, take some away.
///
/// A query narrows them to the articles that it asks for; see `dateline search --help`. Articles with notes stay in the
/// library. When an article changes, the words of a note are looked for in the new text. A note may set right what dateline found
/// at its words: searches and exports have it as corrected, and name who said so.
#[derive(Debug, Args)]
#[command(
    args_conflicts_with_subcommands = true,
    override_usage = "dateline notes [OPTIONS] [QUERY]...\n       dateline notes add [OPTIONS] ARTICLE\n       dateline notes change [OPTIONS] NOTE\n       dateline notes remove NOTE...",
    after_help = "\
Examples:
  dateline notes                                       all notes
  dateline notes 'country:KZ newer:1w' --json
  dateline notes --orphaned                            notes whose words the articles have no more
  dateline notes add https://example.org/a --quote 'nobody knew why' --note 'Ask the harbour master.'
  dateline notes add https://example.org/a --quote '“It was late,”' --correct 'speaker Ada Obi'
  dateline notes change urn:uuid:0b0b0b0b-0000-4000-8000-000000000000 --note 'Asked: nobody knew.'
  dateline notes remove urn:uuid:0b0b0b0b-0000-4000-8000-000000000000
  dateline export --format web-annotation 'darkhan' -o mine.jsonld; dateline import mine.jsonld

Exit codes: of the list, 0 there are some, 1 there are none, 2 the query is wrong or the library cannot be read; else 0 it is
done, 1 it could not be."
)]
pub(super) struct NotesOptions {
    /// What the articles have to fulfil
    #[arg(value_name = "QUERY")]
    pub query: Vec<String>,
    /// Only notes with words that are not in the text any more
    #[arg(long)]
    pub orphaned: bool,
    /// One JSON object a note and line
    #[arg(long)]
    pub json: bool,
    #[command(subcommand)]
    pub action: Option<NotesAction>,
}

#[derive(Debug, clap::Subcommand)]
pub(super) enum NotesAction {
    Add(NewNote),
    Change(NoteChange),
    /// Take notes away
    Remove {
        /// Their names (urn:uuid:…), as `dateline notes` shows them
        #[arg(value_name = "NOTE", required = true)]
        notes: Vec<String>,
    },
}

/// Note something about an article or about words in it.
#[derive(Debug, Args)]
pub(super) struct NewNote {
    /// The article's address, or its number in the library
    #[arg(value_name = "ARTICLE")]
    pub article: String,
    /// The words that it is about, where they first stand in the article; nothing: the article
    #[arg(long, value_name = "TEXT", required_unless_present_any = ["note", "tags"])]
    pub quote: Option<String>,
    /// What you have to say
    #[arg(long, value_name = "TEXT")]
    pub note: Option<String>,
    /// What to set right in what dateline found at these words: "speaker NAME", "country NAME", "no quotation", "no event", "no
    /// name" in this article, or "no name anywhere"
    #[arg(long, value_name = "CORRECTION", requires = "quote", value_parser = query::correction)]
    pub correct: Option<Correction>,
    /// A tag of the note; may be given several times
    #[arg(long = "tag", value_name = "TAG")]
    pub tags: Vec<String>,
    /// Who notes it, instead of $DATELINE_AUTHOR
    #[arg(long, value_name = "NAME")]
    pub author: Option<String>,
}

/// Put another text, other tags or another correction into a note.
///
/// What is not named stays as it is, and so do the words that the note is about, its author and its name.
#[derive(Debug, Args)]
pub(super) struct NoteChange {
    /// Its name (urn:uuid:…), as `dateline notes` shows it
    #[arg(value_name = "NOTE")]
    pub id: String,
    /// What it says from now on; "" is nothing
    #[arg(long, value_name = "TEXT", required_unless_present_any = ["tags", "correct"])]
    pub note: Option<String>,
    /// Its tag from now on, in place of all that it has; may be given several times, "" is none
    #[arg(long = "tag", value_name = "TAG")]
    pub tags: Vec<String>,
    /// What it sets right from now on, as `dateline notes add` takes it
    #[arg(long, value_name = "CORRECTION", value_parser = query::correction)]
    pub correct: Option<Correction>,
}

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
pub(super) struct ExportOptions {
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
pub(super) enum ExportFormat {
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
pub(super) struct AnnotateOptions {
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
pub(super) struct IngestOptions {
    /// Which step
    #[arg(value_name = "KIND")]
    pub kind: IngestKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum IngestKind {
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
pub(super) struct PrintOptions {
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
pub(super) enum ConfigAction {
    /// Print the path of the user's configuration file
    Path,
    /// Check the configuration in use and name every mistake
    Check,
    /// Print the default configuration, with a comment on every option
    Default,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum When {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum UnitArgument {
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
pub(super) enum ThemeArgument {
    Auto,
    Dark,
    Light,
    Mono,
}

impl From<ThemeArgument> for ThemeChoice {
    fn from(theme: ThemeArgument) -> Self {
        match theme {
            ThemeArgument::Auto => ThemeChoice::Auto,
            ThemeArgument::Dark => ThemeChoice::Dark,
            ThemeArgument::Light => ThemeChoice::Light,
            ThemeArgument::Mono => ThemeChoice::Mono,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum EngineArgument {
    /// The learned tagger
    Tagger,
    /// Rules alone: faster, finds less
    Rules,
}

impl From<EngineArgument> for Engine {
    fn from(engine: EngineArgument) -> Self {
        match engine {
            EngineArgument::Tagger => Engine::Tagger,
            EngineArgument::Rules => Engine::Rules,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum FormatArgument {
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
pub(super) enum EventFormat {
    /// Output: the events as PLOVER records, one JSON object an event and line
    Plover,
    /// Output: the events as tab-separated values with POLECAT's columns
    Polecat,
}

/// A format of the input or of the output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum EitherFormat {
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

/// A number from 0 to 1.
fn share(words: &str) -> Result<f64, String> {
    match words.trim().parse::<f64>() {
        Ok(number) if (0.0..=1.0).contains(&number) => Ok(number),
        _ => Err("it must be a number from 0 to 1, such as 0.7".to_owned()),
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
