//! The library lane: the one connection through which the reader asks the library on disk and changes it.
//!
//! Questions are answered in order, but for those that a later one has made pointless: of several lists or articles asked
//! for while the lane was busy only the last is looked up.

mod changing;
mod news;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::Duration;
use std::{io, thread};

use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

use self::changing::{change, retag};
use self::news::News;
use super::{Event, panics};
use crate::app::{Ask, MOST_COUNTED, Msg, NotesNow, Opened, Refusal, TreeData, VersionText};
use crate::model::{Annotations, Article, Correction};
use crate::query::{Expression, Matching};
use crate::store::{ArticleId, ContentHash, Finding, NoteChange, Query, Result, Scope, Store, StoreError, Version};
use crate::text::Clean;

/// How often the lane looks whether another program has changed the library.
const LOOK_EVERY: Duration = Duration::from_secs(5);
/// As many articles of a list are answered at once, before all of them are looked up.
const FIRST: usize = 200;
/// As many rows are sent with them.
const FIRST_ROWS: usize = 40;

/// Something for the lane to do.
#[derive(Debug)]
pub(super) enum Job {
    /// A question of the state.
    Ask(Ask),
    /// Keep what was found in the article that is open.
    Keep(ArticleId, ContentHash, Arc<Article>, Arc<Annotations>),
    /// Make the changes that were asked for before this, and end; whoever waits for that is told by its being dropped.
    End(#[allow(dead_code)] Sender<()>),
}

impl Job {
    /// Whether it changes the library, so that it is done even if nobody looks at it any more.
    fn is_change(&self) -> bool {
        match self {
            Job::Ask(ask) => {
                matches!(ask, Ask::Mark(..) | Ask::Tag(_) | Ask::Bulk { .. } | Ask::Note { .. })
            }
            Job::Keep(..) => true,
            Job::End(_) => false,
        }
    }
}

/// The lane.
#[derive(Debug, Clone)]
pub(super) struct Library {
    jobs: Sender<Job>,
    folder: PathBuf,
}

impl Library {
    /// Starts the lane over the library in `folder`.
    pub fn start(folder: &Path, engine: &'static str, sender: Sender<Event>) -> io::Result<Self> {
        let (jobs, waiting) = mpsc::channel();
        let place = folder.to_owned();
        // Before anybody asks a feed: what was there by then is no news.
        let began = Timestamp::now();
        let work = move || {
            let tell = sender.clone();
            if let Err(why) = panics::caught(|| work(&place, engine, began, &waiting, &sender)) {
                let _ = tell.send(Event::State(Msg::LibraryFailed(why)));
            }
        };
        thread::Builder::new().name("library".into()).stack_size(super::STACK).spawn(work)?;
        Ok(Library { jobs, folder: folder.to_owned() })
    }

    /// Gives the lane something to do. If the lane has ended, that was told.
    pub fn send(&self, job: Job) {
        let _ = self.jobs.send(job);
    }

    /// Ends the lane, and returns once all that it was asked to change is changed. That may have to wait for another program
    /// that writes.
    pub fn end(self) {
        let (done, wait) = mpsc::channel();
        self.send(Job::End(done));
        let _ = wait.recv();
    }

    /// The folder of the library.
    pub fn folder(&self) -> &Path {
        &self.folder
    }
}

fn work(folder: &Path, engine: &'static str, began: Timestamp, jobs: &Receiver<Job>, sender: &Sender<Event>) {
    let mut store = match Store::open(folder) {
        Ok(store) => store,
        Err(error) => {
            let _ = sender.send(Event::State(Msg::LibraryFailed(Clean::line(&error.to_string()))));
            return;
        }
    };
    let revision = store.revision().ok();
    let mut lane = Lane {
        sender,
        engine,
        whole: None,
        statements: None,
        news: News::since(began),
        counting: None,
        to_index: false,
        marked: false,
        tree: TreeData::default(),
        notes: store.notes_trace().ok(),
        revision,
    };
    loop {
        let mut waiting: Vec<Job> = jobs.try_iter().collect();
        if waiting.is_empty() {
            if lane.marked {
                lane.marked = false;
                waiting.push(Job::Ask(Ask::Tree));
            } else if let Some((ticket, query)) = lane.whole.take() {
                if lane.list(&store, ticket, &query, None).is_err() {
                    return;
                }
                continue;
            } else if let Some((ticket, query)) = lane.statements.take() {
                if lane.statements(&store, ticket, &query, None).is_err() {
                    return;
                }
                continue;
            } else if lane.news.is_asked() {
                if lane.tell_news(&store).is_err() {
                    return;
                }
                continue;
            } else if let Some(counting) = lane.counting.take() {
                if lane.count(&store, counting).is_err() {
                    return;
                }
                continue;
            } else if lane.to_index {
                if lane.index(&mut store).is_err() {
                    return;
                }
                continue;
            } else {
                match jobs.recv_timeout(LOOK_EVERY) {
                    Ok(job) => waiting.push(job),
                    Err(RecvTimeoutError::Timeout) => {
                        if lane.look(&store).is_err() {
                            return;
                        }
                    }
                    // The reader has gone.
                    Err(RecvTimeoutError::Disconnected) => return,
                }
                waiting.extend(jobs.try_iter());
            }
        }
        let ends = waiting.iter().any(|job| matches!(job, Job::End(_)));
        for job in still_wanted(waiting) {
            if matches!(job, Job::End(_)) {
                return;
            }
            if ends && !job.is_change() {
                continue;
            }
            if lane.answer(&mut store, job).is_err() && !ends {
                return;
            }
        }
    }
}

/// What remains to be done of `jobs`: of lists, articles, trees and counts asked for only the last.
fn still_wanted(jobs: Vec<Job>) -> Vec<Job> {
    let last = |wanted: fn(&Ask) -> bool| jobs.iter().rposition(|job| matches!(job, Job::Ask(ask) if wanted(ask)));
    let kinds: [fn(&Ask) -> bool; 6] = [
        |ask| matches!(ask, Ask::List { .. }),
        |ask| matches!(ask, Ask::Statements { .. }),
        |ask| matches!(ask, Ask::Open(_)),
        |ask| matches!(ask, Ask::Tree),
        |ask| matches!(ask, Ask::Smart(_)),
        |ask| matches!(ask, Ask::Values { .. }),
    ];
    let last = kinds.map(|kind| (kind, last(kind)));
    let is_wanted = |at: usize, job: &Job| match job {
        Job::Ask(ask) => last.iter().all(|(kind, last)| !kind(ask) || *last == Some(at)),
        Job::Keep(..) | Job::End(_) => true,
    };
    let keep: Vec<bool> = jobs.iter().enumerate().map(|(at, job)| is_wanted(at, job)).collect();
    jobs.into_iter().zip(keep).filter(|(_, keep)| *keep).map(|(job, _)| job).collect()
}

/// The main thread has gone.
struct Gone;

/// Unread articles being counted.
struct Counting {
    wanted: Vec<Expression>,
    /// Of the first ones of them.
    unread: Vec<usize>,
}

struct Lane<'a> {
    sender: &'a Sender<Event>,
    /// The name that annotations are kept under.
    engine: &'static str,
    /// The list that was answered in part.
    whole: Option<(u64, Query)>,
    /// Statements that were answered in part.
    statements: Option<(u64, Query)>,
    /// News that the user waits for, looked up while nothing else is to do.
    news: News,
    /// What is being counted, one search at a time while nothing else is to do.
    counting: Option<Counting>,
    /// Whether articles wait for the index because names in them were corrected elsewhere.
    to_index: bool,
    /// Whether something was marked since the tree was told.
    marked: bool,
    /// The tree as it was told last.
    tree: TreeData,
    /// What tells that notes were changed, when it was looked at last.
    notes: Option<(i64, i64)>,
    /// Of the library, when it was looked at last.
    revision: Option<u64>,
}

impl Lane<'_> {
    fn tell(&self, msg: Msg) -> std::result::Result<(), Gone> {
        self.sender.send(Event::State(msg)).map_err(|_| Gone)
    }

    /// What a question gave; a failure is told.
    fn told<T>(&self, result: Result<T>) -> std::result::Result<Option<T>, Gone> {
        match result {
            Ok(value) => Ok(Some(value)),
            Err(error) => self.tell(Msg::LibraryFailed(Clean::line(&error.to_string()))).map(|()| None),
        }
    }

    fn answer(&mut self, store: &mut Store, job: Job) -> std::result::Result<(), Gone> {
        match job {
            Job::Ask(Ask::Tree) => {
                if let Some(data) = self.told(tree(store))? {
                    self.tree = data.clone();
                    self.tell(Msg::Tree(Box::new(data)))?;
                }
            }
            Job::Ask(Ask::Smart(wanted)) => self.counting = Some(Counting { wanted, unread: Vec::new() }),
            Job::Ask(Ask::News { ids, wanted }) => self.news.ask(ids, wanted),
            Job::Ask(Ask::Statements { ticket, mut query }) => {
                ask_now(&mut query);
                self.statements(store, ticket, &query, Some(FIRST))?;
            }
            Job::Ask(Ask::StatementRows(asked)) => {
                if let Some(rows) = self.told(store.statements_at(&asked))? {
                    self.tell(Msg::StatementRows { asked, rows })?;
                }
            }
            Job::Ask(Ask::List { ticket, mut query }) => {
                ask_now(&mut query);
                self.list(store, ticket, &query, Some(FIRST))?;
            }
            Job::Ask(Ask::Rows(ids)) => {
                if let Some(rows) = self.told(store.rows(&ids))? {
                    self.tell(Msg::Rows(rows))?;
                }
            }
            Job::Ask(Ask::Open(id)) => self.open(store, id)?,
            Job::Ask(Ask::Mark(ids, mark)) => {
                self.told(store.mark(&ids, mark))?;
                self.marked = true;
            }
            Job::Ask(Ask::Tag(tags)) => {
                self.told(retag(store, &tags))?;
                self.marked = true;
            }
            Job::Ask(Ask::Countries) => {
                if let Some(all) = self.told(store.countries())? {
                    self.tell(Msg::Countries(all))?;
                }
            }
            Job::Ask(Ask::Versions(id)) => {
                if let Some(versions) = self.told(versions(store, id))? {
                    self.tell(Msg::VersionsOf { id, versions })?;
                }
            }
            Job::Ask(Ask::Values { sort, typed, most }) => {
                if let Some(values) = self.told(store.values(sort, &typed, most))? {
                    self.tell(Msg::Values { sort, typed, values })?;
                }
            }
            Job::Ask(Ask::Bulk { bulk, articles }) => {
                if let Some(changed) = self.told(change(store, &bulk, articles))? {
                    self.marked = true;
                    self.tell(Msg::Bulked { bulk, changed })?;
                }
            }
            Job::Ask(Ask::Note { article, change }) => self.note(store, article, change)?,
            Job::End(_) => {}
            Job::Keep(article, hash, text, annotations) => {
                let finding = Finding { article, hash, article_text: &text, annotations: &annotations };
                self.told(store.keep(&[finding], self.engine))?;
                self.tell_kept(store, vec![article])?;
            }
        }
        Ok(())
    }

    /// Tells of news that were not told before, if there are some.
    fn tell_news(&mut self, store: &Store) -> std::result::Result<(), Gone> {
        let rows = self.news.take(store);
        match self.told(rows)? {
            Some(rows) if !rows.is_empty() => self.tell(Msg::News(rows)),
            _ => Ok(()),
        }
    }

    /// Changes a note, and lists what it corrects as corrected.
    fn note(&mut self, store: &mut Store, article: ArticleId, change: NoteChange) -> std::result::Result<(), Gone> {
        let corrects = change.correction().cloned();
        let outcome = noted(store, article, change);
        let before = outcome.as_ref().ok().and_then(|now| now.undo.correction());
        let is_never = |one: Option<&Correction>| one == Some(&Correction::NeverName);
        self.to_index |= is_never(corrects.as_ref()) || is_never(before);
        let is_corrected = corrects.is_some() || before.is_some();
        self.tell(Msg::Noted { article, outcome })?;
        if is_corrected { self.tell_kept(store, vec![article]) } else { Ok(()) }
    }

    /// Tells that articles are filed otherwise than before.
    fn tell_kept(&self, store: &Store, ids: Vec<ArticleId>) -> std::result::Result<(), Gone> {
        match self.told(store.count_to_annotate(self.engine))? {
            Some(left) => self.tell(Msg::Kept { ids, left }),
            None => Ok(()),
        }
    }

    /// Counts what is unread of the next search; tells all once there is none.
    fn count(&mut self, store: &Store, mut counting: Counting) -> std::result::Result<(), Gone> {
        let Some(expression) = counting.wanted.get(counting.unread.len()) else {
            return self.tell(Msg::Smart(counting.unread));
        };
        let matching = Some(Matching { expression: expression.clone(), now: Zoned::now() });
        let query = Query { scope: Scope::Unread, matching, ..Query::default() };
        if let Some(unread) = self.told(store.count_articles(&query, MOST_COUNTED + 1))? {
            counting.unread.push(unread);
            self.counting = Some(counting);
        }
        Ok(())
    }

    /// Puts some of the articles that wait for it into the index.
    fn index(&mut self, store: &mut Store) -> std::result::Result<(), Gone> {
        /// So many take some hundredths of a second.
        const SOME: usize = 20;
        let ids = self.told(store.index_waiting(SOME))?.unwrap_or_default();
        self.to_index = !ids.is_empty();
        if ids.is_empty() { Ok(()) } else { self.tell_kept(store, ids) }
    }

    /// Tells what another program, or another thread, has changed.
    fn look(&mut self, store: &Store) -> std::result::Result<(), Gone> {
        let Some(revision) = self.told(store.revision())? else { return Ok(()) };
        if self.revision.replace(revision).is_none_or(|before| before == revision) {
            return Ok(());
        }
        if let Some(notes) = self.told(store.notes_trace())?
            && self.notes.replace(notes) != Some(notes)
        {
            self.tell(Msg::NotesElsewhere)?;
        }
        let Some(data) = self.told(tree(store))? else { return Ok(()) };
        // Every refresh, name and mark leaves a trace in the tree. Annotations do not, and are told by those who make them.
        if data == self.tree {
            return Ok(());
        }
        self.tree = data.clone();
        self.tell(Msg::Tree(Box::new(data)))?;
        self.tell(Msg::ChangedElsewhere)
    }

    /// Answers a list: its beginning with rows, or all of it.
    fn list(
        &mut self,
        store: &Store,
        ticket: u64,
        query: &Query,
        most: Option<usize>,
    ) -> std::result::Result<(), Gone> {
        let Some(keys) = self.told(store.keys(query, most))? else { return Ok(()) };
        let whole = most.is_none_or(|most| keys.len() < most);
        self.whole = (!whole).then(|| (ticket, query.clone()));
        let first: Vec<ArticleId> = keys.iter().take(FIRST_ROWS).map(|key| key.id).collect();
        self.tell(Msg::Listed { ticket, keys, whole })?;
        if most.is_some() {
            if let Some(rows) = self.told(store.rows(&first))? {
                self.tell(Msg::Rows(rows))?;
            }
            if let Some(id) = first.first() {
                self.open(store, *id)?;
            }
        }
        Ok(())
    }

    /// Answers where statements are: the beginning, or all of them.
    fn statements(
        &mut self,
        store: &Store,
        ticket: u64,
        query: &Query,
        most: Option<usize>,
    ) -> std::result::Result<(), Gone> {
        let Some(keys) = self.told(store.statement_keys(query, most))? else { return Ok(()) };
        let whole = most.is_none_or(|most| keys.len() < most);
        self.statements = (!whole).then(|| (ticket, query.clone()));
        self.tell(Msg::Statements { ticket, keys, whole })
    }

    fn open(&self, store: &Store, id: ArticleId) -> std::result::Result<(), Gone> {
        match opened(store, self.engine, id) {
            Ok(Some(opened)) => self.tell(Msg::Opened(Box::new(opened))),
            Ok(None) => self.tell(Msg::OpenFailed { id, why: Clean::literal("it is not in the library any more") }),
            Err(error) => self.tell(Msg::OpenFailed { id, why: Clean::line(&error.to_string()) }),
        }
    }
}

/// A query is asked at the moment at which it is answered.
fn ask_now(query: &mut Query) {
    if let Some(matching) = &mut query.matching {
        matching.now = Zoned::now();
    }
}

fn tree(store: &Store) -> Result<TreeData> {
    let midnight = Zoned::now().start_of_day().map_or_else(|_| Timestamp::now(), |day| day.timestamp());
    Ok(TreeData {
        feeds: store.subscriptions()?,
        folders: store.folders()?,
        counts: store.counts(midnight)?,
        midnight,
    })
}

fn opened(store: &Store, engine: &str, id: ArticleId) -> Result<Option<Opened>> {
    let Some(stored) = store.article(id)? else { return Ok(None) };
    let hash = stored.hash;
    let found = store.annotations(hash, engine)?.map(Arc::new);
    let (tags, notes, never) = (store.tags(id)?, store.notes(id)?, store.never_names()?);
    Ok(Some(Opened { id, hash, tags, notes, never, article: Arc::new(stored.into_article()), found }))
}

/// Changes a note; the notes on its article then, or why that cannot be, in words. Nothing that somebody wrote is lost for a
/// library that cannot be written: every change has an answer.
fn noted(store: &mut Store, article: ArticleId, change: NoteChange) -> std::result::Result<Box<NotesNow>, Refusal> {
    let refusal = |why: &str, is_stale| Refusal { why: Clean::line(why), is_stale };
    let gone = || refusal("This note was taken away elsewhere, or is there already", true);
    let changed = match store.alter_note(article, change, Timestamp::now()) {
        Ok(undo) => undo.ok_or_else(gone)?,
        Err(StoreError::Stale) => return Err(refusal("This note was changed elsewhere meanwhile", true)),
        Err(error) => return Err(refusal(&error.to_string(), false)),
    };
    let now = || -> Result<Option<NotesNow>> {
        let Some(stored) = store.article(article)? else { return Ok(None) };
        Ok(Some(NotesNow {
            notes: store.notes(article)?,
            hash: stored.hash,
            never: store.never_names()?,
            undo: changed,
        }))
    };
    match now() {
        Ok(now) => now.map(Box::new).ok_or_else(gone),
        Err(error) => Err(refusal(&error.to_string(), false)),
    }
}

/// An article's versions with their texts, earliest first.
fn versions(store: &Store, id: ArticleId) -> Result<Vec<VersionText>> {
    // More than these nobody steps through, and all are in memory at a time.
    const LATEST: usize = 32;
    let all = store.versions(id)?;
    let mut texts = Vec::new();
    for version in all.iter().skip(all.len().saturating_sub(LATEST)) {
        let Some(stored) = store.version(version.id)? else { continue };
        let article = stored.into_article();
        texts.push(VersionText {
            seen: version.seen,
            title: version.title.clone(),
            text: article.doc.text,
            label: label(version),
        });
    }
    Ok(texts)
}

/// When a version was first seen, by the user's clock, and whether it is the page's text.
fn label(version: &Version) -> Clean {
    let seen = version.seen.to_zoned(TimeZone::system());
    let of_page = if version.is_page { ", from the page" } else { "" };
    Clean::line(&format!("{}{of_page}", seen.strftime("%-d %b %Y %H:%M")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Mark;

    #[test]
    fn of_what_was_asked_meanwhile_only_the_last_list_and_article_are_looked_up_and_every_mark_is_set() {
        let list = |ticket| Job::Ask(Ask::List { ticket, query: Query::default() });
        let open = |id| Job::Ask(Ask::Open(ArticleId(id)));
        let mark = |id| Job::Ask(Ask::Mark(vec![ArticleId(id)], Mark::Read(true)));
        let jobs = vec![list(1), open(1), mark(1), open(2), list(2), mark(2), open(3)];
        let left: Vec<String> = still_wanted(jobs).iter().map(|job| format!("{job:?}")).collect();
        let expected: Vec<String> =
            [mark(1), list(2), mark(2), open(3)].iter().map(|job| format!("{job:?}")).collect();
        assert_eq!(left, expected);
    }
}
