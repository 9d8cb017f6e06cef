//! What may be written on the command line, with the help for it.

mod export;
mod input;
mod notes;

use std::path::PathBuf;

use clap::{Args, Parser, ValueEnum};

pub(super) use self::export::{ExportFormat, ExportOptions};
pub(super) use self::input::{AnnotateOptions, EventFormat, IngestKind, IngestOptions, PrintOptions, When};
pub(super) use self::notes::{NewNote, NoteChange, NotesAction, NotesOptions};
use crate::config::{Engine, ThemeChoice};

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

/// A number from 0 to 1.
fn share(words: &str) -> Result<f64, String> {
    match words.trim().parse::<f64>() {
        Ok(number) if (0.0..=1.0).contains(&number) => Ok(number),
        _ => Err("it must be a number from 0 to 1, such as 0.7".to_owned()),
    }
}
