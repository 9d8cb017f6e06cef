//! `dateline export`: subscriptions as OPML, articles of the library in formats of other programs.

use std::collections::HashMap;
use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};

use indicatif::ProgressBar;
use jiff::Timestamp;
use rayon::prelude::*;

use super::args::{Arguments, ExportFormat, ExportOptions};
use super::destination::Destination;
use super::library::{Desk, failed};
use super::output::complain;
use super::{Ended, engine, index, search, written};
use crate::annotate::Annotator;
use crate::export::stream::{Format, Stream};
use crate::export::{Entry, Filing, Options};
use crate::ingest::opml;
use crate::model::{Annotations, Article, Note};
use crate::query::{self, FIELDS, State};
use crate::refresh::lists;
use crate::store::{ArticleId, ContentHash, FeedId, Finding, KeptNote, Key, Query, Store, StoreError};
use crate::text::{Clean, OffsetMap, masked};

/// Articles in memory at a time.
const BATCH: usize = 64;

/// Runs the subcommand. Its error is that of writing to standard output.
pub(super) fn run(arguments: &Arguments, options: &ExportOptions) -> io::Result<Ended> {
    let format = options.format.unwrap_or(ExportFormat::Opml);
    let done = match format.of_articles() {
        Some(format) => articles(arguments, options, format),
        None => subscriptions(arguments, options),
    };
    match done {
        Ok(ended) => Ok(ended),
        Err(Failed::Told(ended)) => Ok(ended),
        Err(Failed::Library(error)) => Ok(failed(&error)),
        Err(Failed::Writing(error)) => match named(options) {
            None => Err(error),
            Some(file) => {
                complain(&Clean::line(&format!("{}: {error}", file.display())));
                Ok(Ended::SomeFailed)
            }
        },
    }
}

/// Why nothing, or not all, was written.
enum Failed {
    /// It was told.
    Told(Ended),
    Library(StoreError),
    Writing(io::Error),
}

impl From<io::Error> for Failed {
    fn from(error: io::Error) -> Self {
        Failed::Writing(error)
    }
}

impl From<StoreError> for Failed {
    fn from(error: StoreError) -> Self {
        Failed::Library(error)
    }
}

impl From<Ended> for Failed {
    fn from(ended: Ended) -> Self {
        Failed::Told(ended)
    }
}

/// The file that the command line names.
fn named(options: &ExportOptions) -> Option<PathBuf> {
    let by_place = options.words.first().filter(|_| options.format.is_none()).map(PathBuf::from);
    options.output.clone().or(by_place).filter(|file| file != Path::new("-"))
}

fn misused(words: &str) -> Failed {
    complain(&Clean::line(words));
    Failed::Told(Ended::Misused)
}

fn subscriptions(arguments: &Arguments, options: &ExportOptions) -> Result<Ended, Failed> {
    if options.limit.is_some() || options.min_confidence.is_some() {
        return Err(misused("--limit and --min-confidence are for articles; name their format with --format"));
    }
    let is_file = options.format.is_none() && options.output.is_none() && options.words.len() == 1;
    if let Some(word) = options.words.first()
        && (!is_file || is_query(word))
    {
        return Err(misused(
            "a query asks for articles: name their format with --format, such as --format jsonl; to write the \
             subscriptions to a file, name it with -o",
        ));
    }
    let store = Desk::open(arguments)?.store()?;
    let list = lists::export(&store)?;
    let mut to = Destination::open(named(options).as_deref())?;
    to.text(&Clean::new(&opml::write(&list)))?;
    to.finish()?;
    Ok(Ended::Well)
}

/// Whether an argument would be a query rather than the name of a file.
fn is_query(word: &OsString) -> bool {
    let Some(word) = word.to_str() else { return false };
    let has_field = |part: &str| {
        let name = part.trim_start_matches(['-', '(']).split_once(':').map(|(name, _)| name);
        name.is_some_and(|name| FIELDS.iter().any(|(_, known, ..)| known.eq_ignore_ascii_case(name)))
    };
    State::bare(word).is_some() || word.starts_with(['"', '(']) || word.split_whitespace().any(has_field)
}

fn articles(arguments: &Arguments, options: &ExportOptions, format: Format) -> Result<Ended, Failed> {
    let words: Option<Vec<String>> = options.words.iter().map(|word| word.to_str().map(str::to_owned)).collect();
    let words = words.ok_or_else(|| misused("the query is not in UTF-8"))?;
    let typed = written::query(&words);
    let search = if typed.trim().is_empty() { query::Search::default() } else { search::asked(&typed)? };
    let asks_for_statements = search.matching.as_ref().is_some_and(query::Expression::asks_for_statements);
    let desk = search::existing(arguments)?;
    let query = search::of(search);
    let label = if typed.trim().is_empty() { "All articles".to_owned() } else { typed };
    let wanted = Options { min_confidence: options.min_confidence.unwrap_or(0.0), ..Options::default() };

    let mut store = Store::open(&desk.folder).map_err(|error| search::refused(&error))?;
    let keys = store.keys(&query, options.limit)?;
    search::tell_waiting(if query.matching.is_some() { store.count_unindexed()? } else { 0 });
    let chosen = if asks_for_statements && format.can_choose_quotations() { chosen(&store, &query)? } else { None };
    let annotator = format.needs_annotations().then(|| engine::of(&desk.config, arguments));
    let mut export = Export {
        feeds: feeds(&store)?,
        annotator,
        chosen,
        stream: Stream::new(format, wanted, Clean::line(&label), Timestamp::now()),
        to: Destination::open(options.output.as_deref())?,
        failed: 0,
    };
    // On a terminal the articles themselves show how far it is.
    let bar = if named(options).is_some() { index::bar() } else { ProgressBar::hidden() };
    bar.set_length(keys.len() as u64);
    export.write(|stream| stream.head())?;
    for batch in keys.chunks(BATCH) {
        export.batch(&mut store, batch, &bar)?;
        bar.inc(batch.len() as u64);
    }
    export.write(|stream| stream.tail())?;
    bar.finish_and_clear();
    export.to.finish()?;
    Ok(if export.failed == 0 { Ended::Well } else { Ended::SomeFailed })
}

/// The statements that a query describes, by article.
fn chosen(store: &Store, query: &Query) -> Result<Option<HashMap<ArticleId, Vec<usize>>>, StoreError> {
    let Some(places) = store.statement_places(query)? else { return Ok(None) };
    let mut chosen: HashMap<ArticleId, Vec<usize>> = HashMap::new();
    for (article, number) in places {
        chosen.entry(article).or_default().push(number);
    }
    Ok(Some(chosen))
}

/// Names and addresses of feeds, without passwords in them.
fn feeds(store: &Store) -> Result<HashMap<FeedId, (Clean, Clean)>, StoreError> {
    let feeds = store.subscriptions()?.into_iter();
    Ok(feeds.map(|feed| (feed.id, (feed.title, Clean::line(&masked(&feed.url))))).collect())
}

struct Export {
    feeds: HashMap<FeedId, (Clean, Clean)>,
    /// What annotates articles that wait for it; `None` if the format has no use for annotations.
    annotator: Option<Annotator>,
    chosen: Option<HashMap<ArticleId, Vec<usize>>>,
    stream: Stream,
    to: Destination,
    /// Articles that could not be read or annotated.
    failed: usize,
}

/// An article as it is read from the library.
struct Opened {
    id: ArticleId,
    hash: ContentHash,
    article: Article,
    filing: Filing,
    notes: Vec<Note>,
    /// What was found in it before, and by what.
    known: Option<(String, Annotations)>,
}

impl Export {
    fn write(
        &mut self,
        part: impl FnOnce(&mut Stream) -> Result<Clean, crate::export::ExportError>,
    ) -> Result<(), Failed> {
        let text = part(&mut self.stream).map_err(|error| Failed::Writing(io::Error::other(error)))?;
        Ok(self.to.text(&text)?)
    }

    /// Reads, annotates where that has not been done, and writes these articles.
    fn batch(&mut self, store: &mut Store, keys: &[Key], bar: &ProgressBar) -> Result<(), Failed> {
        let mut batch = self.open(store, keys, bar)?;
        if let Some(annotator) = &self.annotator {
            let found: Vec<Option<Result<Annotations, Clean>>> = batch
                .par_iter()
                .map(|one| one.known.is_none().then(|| super::annotated(annotator, &one.article)))
                .collect();
            let new: Vec<Finding> = batch
                .iter()
                .zip(&found)
                .filter_map(|(one, found)| {
                    let annotations = found.as_ref()?.as_ref().ok()?;
                    Some(Finding { article: one.id, hash: one.hash, article_text: &one.article, annotations })
                })
                .collect();
            if !new.is_empty() {
                store.keep(&new, annotator.engine())?;
            }
            for (one, found) in batch.iter_mut().zip(found) {
                match found {
                    None => {}
                    Some(Ok(found)) => {
                        let found = store.corrected(one.id, &one.article, found)?;
                        one.known = Some((annotator.engine().to_owned(), found));
                    }
                    Some(Err(why)) => {
                        self.failed += 1;
                        bar.suspend(|| complain(&why));
                    }
                }
            }
        }
        for one in &batch {
            let nothing = Annotations::default();
            let (engine, found) = match &one.known {
                Some((engine, found)) => (engine.as_str(), found),
                None if self.annotator.is_none() => ("", &nothing),
                None => continue,
            };
            let quotations = self.chosen.as_ref().map(|chosen| chosen.get(&one.id).cloned().unwrap_or_default());
            let entry = Entry {
                article: &one.article,
                found,
                quotations: quotations.as_deref(),
                engine,
                filing: &one.filing,
                notes: &one.notes,
            };
            self.write(|stream| stream.article(&entry))?;
        }
        Ok(())
    }

    /// The articles that are still there and can be read.
    fn open(&mut self, store: &Store, keys: &[Key], bar: &ProgressBar) -> Result<Vec<Opened>, Failed> {
        let ids: Vec<ArticleId> = keys.iter().map(|key| key.id).collect();
        let rows: HashMap<ArticleId, Option<FeedId>> =
            store.rows(&ids)?.into_iter().map(|row| (row.id, row.feed)).collect();
        let mut batch = Vec::with_capacity(ids.len());
        for id in ids {
            match self.one(store, id, rows.get(&id).copied().flatten()) {
                Ok(one) => batch.extend(one),
                // One damaged text must not keep the others from being written.
                Err(error) => {
                    self.failed += 1;
                    bar.suspend(|| complain(&Clean::line(&format!("article {}: {error}", id.0))));
                }
            }
        }
        Ok(batch)
    }

    fn one(&self, store: &Store, id: ArticleId, feed: Option<FeedId>) -> Result<Option<Opened>, StoreError> {
        let Some(stored) = store.article(id)? else { return Ok(None) };
        let hash = stored.hash;
        let feed = feed.and_then(|feed| self.feeds.get(&feed));
        let filing = Filing {
            feed: feed.map(|(name, _)| name.clone()),
            feed_url: feed.map(|(_, url)| url.clone()),
            tags: store.tags(id)?,
            read: stored.read,
            starred: stored.starred,
            added: store.versions(id)?.first().map(|version| version.seen),
        };
        let notes = store.notes(id)?.iter().map(KeptNote::as_it_stands).collect();
        let mut article = stored.into_article();
        // Whoever reads the export has this text and no other: offsets are into it.
        article.doc.map = OffsetMap::default();
        let known = if self.annotator.is_some() { store.filed(id, &article, hash)? } else { None };
        Ok(Some(Opened { id, hash, article, filing, notes, known }))
    }
}
