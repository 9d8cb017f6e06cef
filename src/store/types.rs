//! The values that go into the library and come out of it.

use jiff::Timestamp;

use crate::model::{Annotations, Article, Content, Correction, Country, Doc, Enclosure, Feed, Note, Polity};
use crate::query::{Matching, Sort};
use crate::text::anchor::{Fit, Quote};
use crate::text::{Clean, Span};

/// A subscription.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FeedId(pub i64);

/// An article; it stays the same over its versions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ArticleId(pub i64);

/// A version of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VersionId(pub i64);

/// What an annotation depends on: headline, text and day of publication (BLAKE3, cut to 16 bytes).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ContentHash(pub [u8; 16]);

/// Folders within folders, the outermost first; empty: none.
pub type FolderPath = Vec<Clean>;

/// How a feed is asked for the next time, and how it went.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FetchState {
    /// `ETag` of the last whole answer.
    pub etag: Option<String>,
    /// `Last-Modified` of the last whole answer, as written.
    pub last_modified: Option<String>,
    /// Not before.
    pub next_check: Option<Timestamp>,
    /// Not before, also when the user asks for it: its server wants to be left alone until then.
    pub wait_until: Option<Timestamp>,
    /// The last time that it was read, or was told to be unchanged.
    pub last_success: Option<Timestamp>,
    /// Failures in a row.
    pub failures: u32,
    /// The last failure: what, and what to do. `None` after a success.
    pub problem: Option<Clean>,
    /// Its server said that it is gone for good (410); it is asked no more.
    pub is_gone: bool,
}

/// A feed to subscribe to.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct NewFeed {
    /// Its address (`http:`, `https:`, or `file:` as the user gave it).
    pub url: String,
    /// Whether somebody else than the user named its host, so that it has to be public.
    pub by_others: bool,
    /// The name the user gives it, instead of its own.
    pub title: Option<Clean>,
    /// The site it belongs to.
    pub site: Option<String>,
    /// Where it goes.
    pub folder: FolderPath,
    /// Other attributes of its OPML outline, kept for export, in their order.
    pub attributes: Vec<(String, String)>,
}

/// What came of subscribing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subscribed {
    /// It is new.
    New(FeedId),
    /// It had been subscribed to; nothing was changed, but that the user has now named its host, if he has.
    Known(FeedId),
}

/// A subscription with what is known of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Subscription {
    /// Identity.
    pub id: FeedId,
    /// Its address.
    pub url: String,
    /// Whether somebody else than the user named its host, so that it has to be public.
    pub by_others: bool,
    /// The user's name for it, else its own, else the address without scheme.
    pub title: Clean,
    /// The name the user gave it.
    pub own_title: Option<Clean>,
    /// The site it belongs to.
    pub site: Option<String>,
    /// Where it is.
    pub folder: FolderPath,
    /// Other attributes of its OPML outline.
    pub attributes: Vec<(String, String)>,
    /// How it is fetched.
    pub state: FetchState,
    /// Articles kept.
    pub total: usize,
    /// Articles not read.
    pub unread: usize,
}

/// What one visit to a feed brought.
#[derive(Debug, Clone, Copy)]
pub struct Visit<'a> {
    /// Which feed.
    pub feed: FeedId,
    /// What it said; `None` if it is unchanged or could not be read.
    pub content: Option<&'a Feed>,
    /// The state to keep; written in the same transaction.
    pub state: &'a FetchState,
    /// Where it is from now on.
    pub moved_to: Option<Move<'a>>,
}

/// A feed's new address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Move<'a> {
    /// The address.
    pub url: &'a str,
    /// Whether somebody else than the user named its host, so that it has to be public.
    pub by_others: bool,
}

/// What of a visit was new.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Taken {
    /// Articles not seen before.
    pub new: usize,
    /// Articles that got a new version.
    pub changed: usize,
    /// Articles dropped by retention.
    pub dropped: usize,
}

/// How many articles of a feed are kept. Starred ones and those with notes stay whatever it
/// says.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Retention {
    /// At most so many; `None`: all.
    pub count: Option<usize>,
    /// None older than so many days, by when they were first seen; `None`: any age.
    pub days: Option<u32>,
}

/// Which articles.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub enum Scope {
    /// All.
    #[default]
    All,
    /// Not read.
    Unread,
    /// Starred.
    Starred,
    /// Published from this moment on (the reader's midnight).
    Since(Timestamp),
    /// Single pages that the user added.
    Saved,
    /// Of one feed.
    Feed(FeedId),
    /// Of the feeds in a folder and in the folders in it.
    Folder(FolderPath),
}

/// In which order. Ties are broken by when an article was first seen, then by identity, so that it never changes by itself.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Order {
    /// Latest first.
    #[default]
    Newest,
    /// Earliest first.
    Oldest,
    /// By feed, latest first in each.
    Feed,
    /// By headline.
    Title,
    /// Where the words of [`Query::matching`] weigh most first, a headline more than a text; what has none of them last.
    Relevance,
}

impl From<Sort> for Order {
    fn from(sort: Sort) -> Self {
        match sort {
            Sort::Newest => Order::Newest,
            Sort::Oldest => Order::Oldest,
            Sort::Relevance => Order::Relevance,
            Sort::Feed => Order::Feed,
            Sort::Title => Order::Title,
        }
    }
}

/// What to list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    /// Which articles.
    pub scope: Scope,
    /// Only those that have to do with one of these countries; none: all.
    pub countries: Vec<Country>,
    /// Whether an article has to be about the country, not only to name it.
    pub about: bool,
    /// What they have to fulfil besides, if anything.
    pub matching: Option<Matching>,
    /// In which order.
    pub order: Order,
    /// Articles that count as unread and as updated although they are read: those read since the list was opened stay in
    /// it.
    pub also: Vec<ArticleId>,
}

/// An article in a list, as small as it can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key {
    /// Which.
    pub id: ArticleId,
    /// Read.
    pub read: bool,
    /// Starred.
    pub starred: bool,
}

/// What a row of a list shows of an article.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Which.
    pub id: ArticleId,
    /// Its feed.
    pub feed: Option<FeedId>,
    /// Headline; empty if it has none.
    pub title: Clean,
    /// The feed's name, or the page's site.
    pub source: Option<Clean>,
    /// When it was published, else when it was first seen. Never in the future.
    pub date: Timestamp,
    /// Its address.
    pub url: Option<Clean>,
    /// The countries it is about, most central first; empty if it is not annotated.
    pub about: Vec<Country>,
    /// Versions of it that differ in their words.
    pub versions: usize,
    /// Whether its latest version came after it was read.
    pub updated: bool,
}

/// The text of a version.
#[derive(Debug, Clone)]
pub enum Body {
    /// As the feed delivered it.
    Feed(Content),
    /// Extracted from the page.
    Page(Box<Doc>),
}

/// A version of an article, whole.
#[derive(Debug, Clone)]
pub struct Stored {
    /// The article.
    pub id: ArticleId,
    /// The version.
    pub version: VersionId,
    /// What annotations of it are filed under.
    pub hash: ContentHash,
    /// Headline.
    pub title: Option<Clean>,
    /// Bylines.
    pub authors: Vec<Clean>,
    /// The feed's name, or the page's site.
    pub source: Option<Clean>,
    /// The page it stands for.
    pub url: Option<Clean>,
    /// BCP 47.
    pub language: Option<Clean>,
    /// When it was published, as said, if it was.
    pub published: Option<Timestamp>,
    /// The text.
    pub body: Body,
    /// Files that come with it.
    pub enclosures: Vec<Enclosure>,
    /// Read.
    pub read: bool,
    /// Starred.
    pub starred: bool,
}

/// An entry of an article's history.
#[derive(Debug, Clone, PartialEq)]
pub struct Version {
    /// Which.
    pub id: VersionId,
    /// When it was first seen.
    pub seen: Timestamp,
    /// Whether it is the page's text, not the feed's.
    pub is_page: bool,
    /// Headline.
    pub title: Option<Clean>,
}

/// A mark to set on articles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// Read or unread.
    Read(bool),
    /// Starred or not.
    Starred(bool),
}

/// How many articles there are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// All.
    pub all: usize,
    /// Not read.
    pub unread: usize,
    /// Starred.
    pub starred: usize,
    /// Published since the reader's midnight.
    pub today: usize,
    /// Single pages.
    pub saved: usize,
}

/// An annotated article, to be kept.
#[derive(Debug, Clone, Copy)]
pub struct Finding<'a> {
    /// Which.
    pub article: ArticleId,
    /// What the annotation was made of.
    pub hash: ContentHash,
    /// The annotated plain text, for the index.
    pub article_text: &'a Article,
    /// What was found.
    pub annotations: &'a Annotations,
}

/// A statement in a list, as small as it can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct StatementKey {
    /// The article.
    pub article: ArticleId,
    /// Which of the quotations of its annotations.
    pub number: usize,
}

/// Something that somebody said, with the words around it.
#[derive(Debug, Clone, PartialEq)]
pub struct Statement {
    /// The article.
    pub article: ArticleId,
    /// Which of the quotations of its annotations.
    pub number: usize,
    /// Where it stands, in bytes of the article's text.
    pub content: Vec<Span>,
    /// What was said, marks included.
    pub words: Clean,
    /// The paragraph around it, or some lines of it.
    pub context: Clean,
    /// Who said it: the name, or the role of somebody without one. `None` if the text does not tell.
    pub speaker: Option<Clean>,
    /// The speaker's office.
    pub office: Option<Clean>,
    /// Whom the speaker belongs to.
    pub polity: Option<Polity>,
    /// Who set the speaker right, if somebody did; empty if that is not told.
    pub corrected: Option<Clean>,
    /// The article's headline; empty if it has none.
    pub title: Clean,
    /// The feed's name, or the page's site.
    pub source: Option<Clean>,
    /// The article's address.
    pub url: Option<Clean>,
    /// The article's date.
    pub date: Timestamp,
}

impl Statement {
    /// What it is in a list.
    pub fn key(&self) -> StatementKey {
        StatementKey { article: self.article, number: self.number }
    }
}

/// A note, as the library has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptNote {
    /// The article that it is about.
    pub article: ArticleId,
    /// The note as it was made, with its IRI.
    pub note: Note,
    /// When it came into the library, or was changed there last.
    pub changed: Timestamp,
    /// For each of its quotes where the words stand in the text that is shown; `None`: they are there no more.
    pub standing: Vec<Option<Standing>>,
}

/// Where words of a note stand now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// Where, in bytes of the text that is shown.
    pub span: Span,
    /// How well they fit what was noted.
    pub fit: Fit,
    /// The words there, with what is around them and their place in characters.
    pub quote: Quote,
}

/// A change of a note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoteChange {
    /// It is new.
    Add(Note),
    /// The one of this IRI says something else.
    Change {
        /// The IRI.
        id: Clean,
        /// What it says.
        note: Note,
        /// When it had been changed last, as far as whoever changes it knows: it is left alone if somebody has changed it since.
        seen: Option<Timestamp>,
    },
    /// The one of this IRI is taken away.
    Remove(Clean),
}

impl NoteChange {
    /// What the note sets right, where that is told here.
    pub fn correction(&self) -> Option<&Correction> {
        match self {
            NoteChange::Add(note) | NoteChange::Change { note, .. } => note.correction.as_ref(),
            NoteChange::Remove(_) => None,
        }
    }
}

/// What came of adding a note, with its IRI.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Noted {
    /// It is new.
    New(Clean),
    /// There was a note of this IRI; nothing was changed.
    Known(Clean),
}

/// What came of importing notes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ImportedNotes {
    /// Notes added.
    pub new: usize,
    /// Notes that had been there.
    pub known: usize,
    /// The numbers of those about articles that are not in the library.
    pub unknown: Vec<usize>,
    /// The numbers of those that are too large, or too many for their article.
    pub refused: Vec<usize>,
}
