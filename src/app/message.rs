//! What happens to the reader, and what it asks to be done.

use std::sync::Arc;

use crossterm::event::{KeyEvent, MouseEvent};
use jiff::Timestamp;

use super::address::Address;
use super::difference::VersionText;
use super::history::Typed;
pub use crate::config::Background;
use crate::model::{Annotations, Article, Country, Note};
use crate::query::{Expression, Values};
use crate::store::{
    ArticleId, ContentHash, Counts, FeedId, FolderPath, KeptNote, Key, Mark, NoteChange, Query, Row, Statement,
    StatementKey, Subscription,
};
use crate::text::Clean;

/// Something that happened.
#[derive(Debug, Clone)]
pub enum Msg {
    /// A key was pressed.
    Key(KeyEvent),
    /// Text was pasted.
    Paste(Clean),
    /// The mouse did something.
    Mouse(MouseEvent),
    /// The terminal has this many columns and rows now.
    Resize(u16, u16),
    /// More articles were read.
    Loaded(Vec<Article>),
    /// Something could not be read.
    LoadFailed {
        /// What: a path, or a place in one.
        what: Clean,
        /// Why, in words.
        why: Clean,
    },
    /// Something worth telling about what was read, such as files left out.
    LoadNotice(Clean),
    /// Everything asked for has been read.
    LoadDone,
    /// An article has been annotated.
    Annotated {
        /// Its number, as in [`Effect::Annotate`].
        article: usize,
        /// What was found.
        annotations: Arc<Annotations>,
    },
    /// An article could not be annotated.
    AnnotateFailed {
        /// Its number, as in [`Effect::Annotate`].
        article: usize,
        /// Why, in words.
        why: Clean,
    },
    /// An open article of the library has been annotated, or could not be.
    Found {
        /// Which.
        id: ArticleId,
        /// What was found, or why not.
        found: Result<Arc<Annotations>, Clean>,
    },
    /// The library was opened, or changed: its feeds, its folders and how much there is.
    Tree(Box<TreeData>),
    /// Another program changed what the library lists; a [`Msg::Tree`] comes before it.
    ChangedElsewhere,
    /// What the library lists.
    Listed {
        /// The number of the question, as in [`Ask::List`].
        ticket: u64,
        /// The articles, in order.
        keys: Vec<Key>,
        /// Whether these are all; else it is the beginning, so that there is something to see.
        whole: bool,
    },
    /// What the list shows of some articles.
    Rows(Vec<Row>),
    /// An article of the library was read.
    Opened(Box<Opened>),
    /// An article of the library could not be read.
    OpenFailed {
        /// Which.
        id: ArticleId,
        /// Why, in words.
        why: Clean,
    },
    /// An article of the library has been annotated, not because the reader asked.
    Kept {
        /// Which ones.
        ids: Vec<ArticleId>,
        /// How many are left to be annotated.
        left: usize,
    },
    /// News that the user waits for, latest first; each article once in a run.
    News(Vec<Row>),
    /// Where the statements of what is listed stand.
    Statements {
        /// The number of the question.
        ticket: u64,
        /// The statements, in order.
        keys: Vec<StatementKey>,
        /// Whether these are all; else it is the beginning.
        whole: bool,
    },
    /// What the list shows of some statements.
    StatementRows {
        /// Those that were asked for.
        asked: Vec<StatementKey>,
        /// Those that there are.
        rows: Vec<Statement>,
    },
    /// How many unread articles fulfil each of what was asked for with [`Ask::Smart`], counted no further than
    /// [`MOST_COUNTED`] and one more.
    Smart(Vec<usize>),
    /// Every country that annotated articles name, with how many are about it and how many name it.
    Countries(Vec<(Country, usize, usize)>),
    /// Values of the library that complete what is typed.
    Values {
        /// Of which sort.
        sort: Values,
        /// How they begin.
        typed: String,
        /// They, with the number of their articles.
        values: Vec<(Clean, usize)>,
    },
    /// Articles of the library were changed together.
    Bulked {
        /// How.
        bulk: Bulk,
        /// What was not so before.
        changed: Changed,
    },
    /// A note was changed, or could not be.
    Noted {
        /// On which article.
        article: ArticleId,
        /// The notes now, or why not.
        outcome: Result<Box<NotesNow>, Refusal>,
    },
    /// Notes were changed by another program.
    NotesElsewhere,
    /// What was written in the user's editor; answers [`Effect::Write`].
    Written(Clean),
    /// A refresh goes on.
    Refreshing {
        /// Feeds asked so far.
        done: usize,
        /// Feeds to be asked.
        all: usize,
    },
    /// A refresh has ended.
    Refreshed(RefreshEnd),
    /// The page of an article was fetched, or not.
    PageFetched {
        /// Which article.
        id: ArticleId,
        /// What is worth telling; an error why not.
        outcome: Result<Option<Clean>, Clean>,
    },
    /// Something about the library went wrong, in words that say what to do.
    LibraryFailed(Clean),
    /// What an article of the library said at different times.
    VersionsOf {
        /// Which.
        id: ArticleId,
        /// Its versions.
        versions: Vec<VersionText>,
    },
    /// What an article said at different times; answers [`Effect::LoadVersions`].
    Versions {
        /// Its number, as in [`Effect::LoadVersions`].
        article: usize,
        /// Its versions, in any order; fewer than two: there is nothing to compare.
        versions: Vec<VersionText>,
    },
    /// What came of something done by another program.
    Outside {
        /// In words.
        text: Clean,
        /// Whether it went wrong.
        error: bool,
    },
    /// The terminal told the lightness of its background; sent only if the theme is to follow it.
    Background(Background),
    /// The program is in the foreground again.
    Resumed,
}

/// Unread articles of a smart feed are counted so far.
pub const MOST_COUNTED: usize = 9999;

/// What the tree of feeds is made of.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TreeData {
    /// The feeds, in the order of the tree.
    pub feeds: Vec<Subscription>,
    /// Every folder, outer before inner.
    pub folders: Vec<FolderPath>,
    /// How many articles there are.
    pub counts: Counts,
    /// When the reader's day began.
    pub midnight: Timestamp,
}

/// An article of the library, ready to be shown.
#[derive(Debug, Clone)]
pub struct Opened {
    /// Which.
    pub id: ArticleId,
    /// It.
    pub article: Arc<Article>,
    /// What its annotations are filed under.
    pub hash: ContentHash,
    /// The user's tags of it.
    pub tags: Vec<Clean>,
    /// What people noted about it.
    pub notes: Vec<KeptNote>,
    /// What people said is never a name, in whatever article.
    pub never: Vec<Note>,
    /// What was found in it, if it has been annotated; people's corrections are not made in it yet.
    pub found: Option<Arc<Annotations>>,
}

/// How a refresh ended.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RefreshEnd {
    /// Feeds that were asked.
    pub asked: usize,
    /// Articles not seen before.
    pub new: usize,
    /// Articles with a new version.
    pub changed: usize,
    /// Feeds that could not be read.
    pub failed: usize,
    /// Why there was none, if there was none.
    pub refused: Option<Clean>,
    /// Whether nobody asked for it.
    pub by_itself: bool,
}

/// The notes on an article after one was changed.
#[derive(Debug, Clone, PartialEq)]
pub struct NotesNow {
    /// They.
    pub notes: Vec<KeptNote>,
    /// The text in which their words stand where they are said to.
    pub hash: ContentHash,
    /// What is never a name.
    pub never: Vec<Note>,
    /// What would take the change back.
    pub undo: NoteChange,
}

/// Why a note could not be changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// In words.
    pub why: Clean,
    /// Whether the note is gone, or says something else than it did.
    pub is_stale: bool,
}

/// A question to the library, or a change to it. Answered in order.
#[derive(Debug, Clone, PartialEq)]
pub enum Ask {
    /// The feeds, answered with [`Msg::Tree`].
    Tree,
    /// How many unread articles fulfil each of these, answered with [`Msg::Smart`] once there is nothing else to do.
    Smart(Vec<Expression>),
    /// Which of these articles, which have been annotated, came in this run and fulfil what is wanted: answered with
    /// [`Msg::News`] once there is nothing else to do, if there are some that were not told before.
    News {
        /// The articles.
        ids: Vec<ArticleId>,
        /// What they have to fulfil.
        wanted: Expression,
    },
    /// What a query lists, answered with [`Msg::Listed`]: first the beginning, then all. It is asked as of the moment when it
    /// is answered, whatever moment it names.
    List {
        /// Comes back with the answer, to tell an old one.
        ticket: u64,
        /// What to list.
        query: Query,
    },
    /// Where the statements stand that a query asks for, or those of what it lists, answered with [`Msg::Statements`]: first
    /// the beginning, then all. It is asked as of the moment when it is answered.
    Statements {
        /// Comes back with the answer, to tell an old one.
        ticket: u64,
        /// What to list.
        query: Query,
    },
    /// What the list shows of these statements, answered with [`Msg::StatementRows`].
    StatementRows(Vec<StatementKey>),
    /// Rows of the list, answered with [`Msg::Rows`].
    Rows(Vec<ArticleId>),
    /// An article, answered with [`Msg::Opened`] or [`Msg::OpenFailed`]; only the last one asked for is.
    Open(ArticleId),
    /// Marks articles.
    Mark(Vec<ArticleId>, Mark),
    /// Gives and takes tags, one after the other.
    Tag(Vec<Tagging>),
    /// The countries, answered with [`Msg::Countries`].
    Countries,
    /// The versions of an article, answered with [`Msg::VersionsOf`].
    Versions(ArticleId),
    /// Values that complete what is typed, answered with [`Msg::Values`]; only the last ones asked for are.
    Values {
        /// Of which sort.
        sort: Values,
        /// How they begin.
        typed: String,
        /// At most so many.
        most: usize,
    },
    /// Changes a note on an article, answered with [`Msg::Noted`].
    Note {
        /// Which article.
        article: ArticleId,
        /// How.
        change: NoteChange,
    },
    /// Changes articles together, answered with [`Msg::Bulked`].
    Bulk {
        /// How.
        bulk: Bulk,
        /// Which.
        articles: Articles,
    },
}

/// What is done to articles together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Bulk {
    /// They are marked.
    Mark(Mark),
    /// Tags are given and taken.
    Tag {
        /// To give.
        add: Vec<Clean>,
        /// To take.
        remove: Vec<Clean>,
    },
}

/// What a [`Bulk`] changed, so that exactly this can be taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Changed {
    /// The articles whose mark was another.
    Marks(Vec<ArticleId>),
    /// The tags that articles got and lost, in this order.
    Tags(Vec<Tagging>),
}

/// A tag that articles get or lose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tagging {
    /// The tag, as it is written.
    pub tag: Clean,
    /// Whether they get it.
    pub is_given: bool,
    /// The articles; more than none.
    pub articles: Vec<ArticleId>,
}

/// Which articles are changed together.
#[derive(Debug, Clone, PartialEq)]
pub enum Articles {
    /// These.
    These(Vec<ArticleId>),
    /// All that a query lists.
    Of(Box<Query>),
}

/// Which feeds to refresh.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refresh {
    /// All.
    All,
    /// These.
    Feeds(Vec<FeedId>),
}

/// Something to be done outside.
#[derive(Debug, Clone)]
pub enum Effect {
    /// Annotate an article and answer with [`Msg::Annotated`] or [`Msg::AnnotateFailed`].
    Annotate {
        /// Its number in the order of loading.
        article: usize,
        /// The article.
        text: Arc<Article>,
        /// Whether it is on the screen, so that it goes before the others.
        urgent: bool,
        /// Where the library keeps what is found, if the article is in it.
        keep: Option<(ArticleId, ContentHash)>,
    },
    /// Ask the library, or change it.
    Library(Ask),
    /// Ask feeds for news; answered with [`Msg::Refreshing`] and [`Msg::Refreshed`].
    Refresh(Refresh),
    /// Fetch the page of an article and keep its text; answered with [`Msg::PageFetched`].
    FetchPage(ArticleId),
    /// Open a page or a mailbox in another program; what goes wrong is told by [`Msg::Outside`].
    Open(Address),
    /// Run a command that the user typed, with this text as its input and the terminal for its output.
    Pipe {
        /// For the user's shell.
        command: String,
        /// The article.
        text: Clean,
    },
    /// Let the user write on at this text in an editor, and answer with [`Msg::Written`].
    Write {
        /// What there is already.
        text: Clean,
    },
    /// Open a copy of this text in the user's editor.
    Edit {
        /// The article.
        text: Clean,
    },
    /// Answer with [`Msg::Versions`].
    LoadVersions {
        /// The article's number.
        article: usize,
    },
    /// Run a program of the configuration, beside the reader and without a shell; what goes wrong is told by
    /// [`Msg::Outside`].
    Run {
        /// The program and its arguments.
        program: Vec<String>,
    },
    /// Keep what was typed for later runs.
    Keep(Typed),
    /// Ring the terminal's bell.
    Bell,
    /// Copy to the clipboard.
    Copy(Clean),
    /// Draw every cell again.
    Redraw,
    /// Give the terminal back to the shell until the program is continued, then send [`Msg::Resumed`].
    Suspend,
    /// Leave.
    Quit,
}
