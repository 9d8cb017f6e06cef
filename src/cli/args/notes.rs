//! The options of `dateline notes`.

use clap::Args;

use crate::model::Correction;
use crate::query;

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
pub(in crate::cli) struct NotesOptions {
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
pub(in crate::cli) enum NotesAction {
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
pub(in crate::cli) struct NewNote {
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
    /// Who notes it, instead of $DATELINE_AUTHOR, `author` of the configuration, or your name on this computer
    #[arg(long, value_name = "NAME")]
    pub author: Option<String>,
}

/// Put another text, other tags or another correction into a note.
///
/// What is not named stays as it is, and so do the words that the note is about, its author and its name.
#[derive(Debug, Args)]
pub(in crate::cli) struct NoteChange {
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
