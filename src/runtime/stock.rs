//! Annotating the library in the background: takes articles without annotations from it, the latest unread ones first, has
//! them annotated when nothing else waits for that, and keeps what is found.

use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};
use std::{io, thread};

use super::annotating::{Annotating, Stock};
use super::{Event, panics};
use crate::app::Msg;
use crate::model::{Annotations, Article};
use crate::store::{ArticleId, ContentHash, Finding, Result, Store};
use crate::text::Clean;

/// As many articles wait for the annotator at a time: enough to keep it busy, few enough to hold little memory.
const BATCH: usize = 32;
/// What is found is kept and told so often at the least, so that little is lost and progress is seen.
const KEEP_EVERY: Duration = Duration::from_secs(1);

/// Wakes the work when there may be something to annotate.
#[derive(Debug, Clone)]
pub(super) struct Waker(Sender<()>);

impl Waker {
    /// There may be something to annotate.
    pub fn wake(&self) {
        let _ = self.0.send(());
    }
}

/// Starts the work over the library in `folder`; what is found is kept under the name `engine`.
pub(super) fn start(
    folder: &Path,
    engine: &'static str,
    annotating: Annotating,
    sender: Sender<Event>,
) -> io::Result<Waker> {
    let (wake, woken) = mpsc::channel();
    let folder = folder.to_owned();
    let work = move || {
        // The first wake comes once the library is open and the first frame drawn.
        while woken.recv().is_ok() {
            while woken.try_recv().is_ok() {}
            let done = panics::caught(|| {
                Store::open(&folder).and_then(|store| annotate_all(store, engine, &annotating, &sender))
            });
            let failed = match done {
                Ok(Ok(())) => continue,
                Ok(Err(error)) => Clean::line(&error.to_string()),
                Err(why) => why,
            };
            if sender.send(Event::State(Msg::LibraryFailed(failed))).is_err() {
                return;
            }
        }
    };
    thread::Builder::new().name("library annotating".into()).stack_size(super::STACK).spawn(work)?;
    Ok(Waker(wake))
}

type Answer = (ArticleId, ContentHash, Arc<Article>, Option<Annotations>);

/// Annotates until nothing is left but what cannot be read.
fn annotate_all(mut store: Store, engine: &str, annotating: &Annotating, sender: &Sender<Event>) -> Result<()> {
    // What was annotated by an older dateline is put into the index first: that takes a moment, annotating takes longer.
    while !store.index_waiting(BATCH)?.is_empty() {}
    let mut unreadable = HashSet::new();
    loop {
        let ids = store.to_annotate(engine, BATCH + unreadable.len())?;
        let (answer, answers) = mpsc::channel();
        let mut asked = false;
        for id in ids.into_iter().filter(|id| !unreadable.contains(id)).collect::<Vec<_>>() {
            // One damaged text must not keep the others from being annotated; whoever opens it is told.
            let Ok(Some(stored)) = store.article(id) else {
                unreadable.insert(id);
                continue;
            };
            asked = true;
            let hash = stored.hash;
            let text = Arc::new(stored.into_article());
            match store.annotations(hash, engine)? {
                // The same text stands elsewhere, or stood here before.
                Some(found) => drop(answer.send((id, hash, text, Some(found)))),
                None => annotating.ask_for_stock(Stock { id, hash, text, answer: answer.clone() }),
            }
        }
        drop(answer);
        if !asked || !keep_all(&mut store, engine, &answers, sender)? {
            return Ok(());
        }
    }
}

/// Keeps the answers as they come; whether the reader is still there.
fn keep_all(store: &mut Store, engine: &str, answers: &Receiver<Answer>, sender: &Sender<Event>) -> Result<bool> {
    let mut open = true;
    while open {
        let mut batch = Vec::new();
        let until = Instant::now() + KEEP_EVERY;
        loop {
            match answers.recv_timeout(until.saturating_duration_since(Instant::now())) {
                Ok(answer) => batch.push(answer),
                Err(RecvTimeoutError::Timeout) => break,
                Err(RecvTimeoutError::Disconnected) => {
                    open = false;
                    break;
                }
            }
        }
        if batch.is_empty() {
            continue;
        }
        // An article that cannot be annotated is kept as one in which nothing was found: it must not come again and again.
        let nothing = Annotations::default();
        let findings: Vec<Finding> = batch
            .iter()
            .map(|(article, hash, text, found)| Finding {
                article: *article,
                hash: *hash,
                article_text: text,
                annotations: found.as_ref().unwrap_or(&nothing),
            })
            .collect();
        store.keep(&findings, engine)?;
        let left = store.count_to_annotate(engine)?;
        let ids = batch.iter().map(|(id, ..)| *id).collect();
        if sender.send(Event::State(Msg::Kept { ids, left })).is_err() {
            return Ok(false);
        }
    }
    Ok(true)
}
