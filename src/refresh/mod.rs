//! Bringing the library up to date: many feeds at once, and subscribing to new ones.
//!
//! Workers ask and read; the calling thread alone writes, several visits in one transaction, and what waits for it is
//! bounded. Nothing is printed here: [`run`] tells its caller of every feed.

mod add;
mod full;
pub mod lists;
mod named;
mod page;
mod queue;
pub mod schedule;
pub mod sites;
mod visit;

use std::ops::ControlFlow;
use std::path::Path;
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::Duration;

use jiff::Timestamp;

pub use self::add::{AddError, Added, Wish, add, addresses};
pub use self::named::named;
pub use self::page::{Fetched, PageError, page, read_sources, typed_page};
use self::queue::{Queue, Turn};
use self::schedule::{Happened, is_due, schedule};
use self::visit::Visited;
use crate::fetch::{self, Client, FetchError, Login};
use crate::store::{FeedId, FetchState, Move, RefreshLock, Retention, Store, StoreError, Subscription, Taken, Visit};
use crate::text::{Clean, masked};

/// What a worker's stack may hold: nesting is bounded where feeds are read; this is room to spare.
const STACK: usize = 8 << 20;
/// Visits that are written in one transaction at most.
const BATCH: usize = 32;
/// Bytes of answers after which a batch is written even if it holds fewer.
const BATCH_BYTES: usize = 4 << 20;

/// How a refresh is done.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// What the client may do.
    pub fetch: fetch::Settings,
    /// Feeds asked for at the same time.
    pub jobs: usize,
    /// Of them, from one host.
    pub per_host: usize,
    /// Between two questions to one host; this computer is asked without a pause.
    pub pause: Duration,
    /// How often a feed is asked by itself.
    pub interval: Duration,
    /// How many articles are kept.
    pub retention: Retention,
    /// What is different for single feeds.
    pub specials: Vec<Special>,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            fetch: fetch::Settings::default(),
            jobs: 16,
            per_host: 2,
            pause: Duration::from_millis(100),
            interval: Duration::from_secs(3600),
            retention: Retention::default(),
            specials: Vec::new(),
        }
    }
}

/// What is different for one feed.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Special {
    /// Its address.
    pub url: String,
    /// User and password.
    pub login: Option<Login>,
    /// Headers to send.
    pub headers: Vec<(String, String)>,
    /// Whether the pages of its new articles are read too.
    pub full_text: bool,
    /// How many articles of it are kept.
    pub retention: Option<Retention>,
    /// How often it is asked by itself.
    pub interval: Option<Duration>,
}

impl Settings {
    /// What is different for the feed at `url`.
    pub fn special(&self, url: &str) -> Option<&Special> {
        let key = |url: &str| url.trim().trim_end_matches('/').to_owned();
        self.specials.iter().find(|special| special.url == url || key(&special.url) == key(url))
    }

    fn interval(&self, url: &str) -> Duration {
        self.special(url).and_then(|special| special.interval).unwrap_or(self.interval)
    }

    fn retention(&self, url: &str) -> Retention {
        self.special(url).and_then(|special| special.retention).unwrap_or(self.retention)
    }
}

/// Which feeds to ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted<'a> {
    /// Those that are due by themselves.
    Due,
    /// All: the user says so. Only feeds whose server wants to be left alone are not asked, and those that are gone.
    All,
    /// These: the user says so.
    These(&'a [FeedId]),
}

/// Where a feed is now, as its server or it says; without a password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Moved {
    /// There it is asked for from now on.
    To(Clean),
    /// The configuration says something of the old address, which therefore stays until the user changes it there.
    Configured(Clean),
}

/// What came of one feed.
#[derive(Debug, Clone, PartialEq)]
pub enum Came {
    /// It was read.
    Read {
        /// What was new.
        taken: Taken,
        /// What had to be repaired.
        repairs: Vec<Clean>,
        /// Its new address.
        moved_to: Option<Moved>,
    },
    /// It is as it was.
    Unchanged,
    /// It could not be read: why, and what to do.
    Failed(Clean),
    /// It is gone for good: what to do.
    Gone(Clean),
    /// It was not asked: its server wants to be left alone until then.
    LeftAlone(Timestamp),
}

/// A feed is done.
#[derive(Debug)]
pub struct Progress<'a> {
    /// Which, as it was before.
    pub feed: &'a Subscription,
    /// What came of it.
    pub came: &'a Came,
    /// Feeds that are done, with this one.
    pub done: usize,
    /// Feeds in all.
    pub total: usize,
}

/// What came of all.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Summary {
    /// Feeds that were asked for.
    pub asked: usize,
    /// Of them, as they were.
    pub unchanged: usize,
    /// Of them, could not be read or are gone.
    pub failed: usize,
    /// Feeds that were not asked, as their server wants to be left alone.
    pub left_alone: usize,
    /// Articles.
    pub articles: Taken,
    /// Whether the caller ended it.
    pub is_stopped: bool,
}

/// What keeps a refresh from being done.
#[derive(Debug, thiserror::Error)]
pub enum RefreshError {
    /// Another program refreshes.
    #[error("another dateline is refreshing this library; nothing was done, as it does the same work")]
    Busy,
    /// The library.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The client.
    #[error(transparent)]
    Client(#[from] FetchError),
    /// The system gives no thread.
    #[error("cannot start a thread: {0}")]
    Thread(std::io::Error),
}

/// Brings the library in `folder` up to date, and calls `each` with every feed that is done; [`ControlFlow::Break`] ends
/// it soon. What was written until then stays.
///
/// # Errors
/// If another program does it, or the library cannot be used. A feed that cannot be read is no error.
pub fn run(
    folder: &Path,
    wanted: Wanted,
    settings: &Settings,
    now: Timestamp,
    each: &mut dyn FnMut(Progress) -> ControlFlow<()>,
) -> Result<Summary, RefreshError> {
    let Some(_lock) = RefreshLock::take(folder)? else { return Err(RefreshError::Busy) };
    let mut store = Store::open(folder)?;
    let client = Client::new(settings.fetch.clone())?;
    let mut feeds = store.subscriptions()?;
    match wanted {
        Wanted::Due => feeds.retain(|feed| is_due(&feed.state, false, now)),
        Wanted::All => feeds.retain(|feed| !feed.state.is_gone),
        Wanted::These(ids) => feeds.retain(|feed| ids.contains(&feed.id)),
    }
    let mut desk = Desk {
        store: &mut store,
        settings,
        feeds: &feeds,
        now,
        each,
        done: 0,
        summary: Summary::default(),
        full: Vec::new(),
    };
    let (waiting, asked): (Vec<usize>, Vec<usize>) =
        (0..feeds.len()).partition(|&index| !is_due(&feeds[index].state, true, now));
    for index in waiting {
        let until = feeds[index].state.wait_until.unwrap_or(now);
        if desk.tell(index, &Came::LeftAlone(until)).is_break() {
            desk.summary.is_stopped = true;
            return Ok(desk.summary);
        }
    }
    ask(&client, &asked, settings, &mut desk)?;
    let (summary, full) = (desk.summary, desk.full);
    for (index, new) in full.into_iter().filter(|_| !summary.is_stopped) {
        full::read_pages(&mut store, &client, &feeds[index], new, now)?;
    }
    Ok(summary)
}

/// What a worker hands over: the index of a feed, and what its visit brought or until when it is left alone.
type Parcel = (usize, Result<Visited, Timestamp>);

fn ask(client: &Client, asked: &[usize], settings: &Settings, desk: &mut Desk) -> Result<(), RefreshError> {
    let (feeds, now) = (desk.feeds, desk.now);
    let queue = Queue::new(asked.iter().map(|&index| feeds[index].url.as_str()), settings.per_host, settings.pause);
    let jobs = settings.jobs.clamp(1, 64).min(asked.len());
    // Few wait, so that a slow disk holds up the workers, not the memory.
    let (sender, parcels) = mpsc::sync_channel::<Parcel>(jobs.min(4));
    thread::scope(|scope| {
        for number in 0..jobs {
            let (queue, sender) = (&queue, sender.clone());
            let work = move || {
                while let Some(turn) = queue.next() {
                    let index = asked[turn.feed];
                    let parcel = one(client, &feeds[index], settings, queue, turn, now);
                    if parcel.is_none_or(|parcel| sender.send((index, parcel)).is_err()) {
                        return;
                    }
                }
            };
            let thread = thread::Builder::new().name(format!("refresh {number}")).stack_size(STACK);
            if let Err(error) = thread.spawn_scoped(scope, work) {
                // With one worker it is slower, that is all.
                if number == 0 {
                    return Err(RefreshError::Thread(error));
                }
                break;
            }
        }
        drop(sender);
        let written = desk.write(&parcels);
        // Whatever ended the writing, nobody takes parcels any more.
        queue.close();
        if !matches!(written, Ok(ControlFlow::Continue(()))) {
            client.stop();
        }
        drop(parcels);
        desk.summary.is_stopped |= written?.is_break();
        Ok(())
    })
}

/// `None`: the user stopped it.
fn one(
    client: &Client,
    feed: &Subscription,
    settings: &Settings,
    queue: &Queue,
    turn: Turn,
    now: Timestamp,
) -> Option<Result<Visited, Timestamp>> {
    if let Some(until) = turn.left_alone {
        queue.done(turn, None);
        return Some(Err(until));
    }
    let visited = visit::visit(client, feed, settings);
    let complaint = match visited.as_ref().map(|visited| &visited.happened) {
        Some(happened @ Happened::Failed { is_complaint: true, .. }) => {
            schedule(&feed.state, happened, settings.interval(&feed.url), now).wait_until
        }
        _ => None,
    };
    queue.done(turn, complaint);
    Some(Ok(visited?))
}

/// Where visits are written and told.
struct Desk<'a> {
    store: &'a mut Store,
    settings: &'a Settings,
    feeds: &'a [Subscription],
    now: Timestamp,
    each: &'a mut dyn FnMut(Progress) -> ControlFlow<()>,
    done: usize,
    summary: Summary,
    /// Feeds with new articles whose pages are wanted, and how many.
    full: Vec<(usize, usize)>,
}

impl Desk<'_> {
    /// Writes what comes until no more does.
    fn write(&mut self, parcels: &Receiver<Parcel>) -> Result<ControlFlow<()>, StoreError> {
        while let Ok(first) = parcels.recv() {
            let mut batch = vec![first];
            let size = |parcel: &Parcel| parcel.1.as_ref().map_or(0, |visited| visited.size);
            let mut bytes = size(&batch[0]);
            while batch.len() < BATCH && bytes < BATCH_BYTES {
                let Ok(parcel) = parcels.try_recv() else { break };
                bytes += size(&parcel);
                batch.push(parcel);
            }
            if self.batch(batch)?.is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
        Ok(ControlFlow::Continue(()))
    }

    fn batch(&mut self, batch: Vec<Parcel>) -> Result<ControlFlow<()>, StoreError> {
        let states: Vec<FetchState> = batch.iter().map(|(index, parcel)| self.state(*index, parcel)).collect();
        let visits: Vec<(Visit, Retention)> = batch
            .iter()
            .zip(&states)
            .map(|((index, parcel), state)| {
                let feed = &self.feeds[*index];
                let visited = parcel.as_ref().ok();
                let content = visited.and_then(|visited| visited.content.as_deref());
                let moved_to = visited.and_then(|visited| visited.moved_to.as_ref()).filter(|to| !to.is_configured);
                // What the configuration says of its new address holds from the move on.
                let retention = self.settings.retention(moved_to.map_or(&feed.url, |to| &to.url));
                let moved_to = moved_to.map(|to| Move { url: &to.url, by_others: feed.by_others || to.is_elsewhere });
                (Visit { feed: feed.id, content, state, moved_to }, retention)
            })
            .collect();
        let taken = self.store.take(&visits, self.now)?;
        for ((index, parcel), taken) in batch.into_iter().zip(taken) {
            if self.tell(index, &came(parcel, taken)).is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
        Ok(ControlFlow::Continue(()))
    }

    fn state(&self, index: usize, parcel: &Result<Visited, Timestamp>) -> FetchState {
        let feed = &self.feeds[index];
        match parcel {
            Ok(visited) => schedule(&feed.state, &visited.happened, self.settings.interval(&feed.url), self.now),
            Err(until) => FetchState { wait_until: Some(*until), next_check: Some(*until), ..feed.state.clone() },
        }
    }

    fn tell(&mut self, index: usize, came: &Came) -> ControlFlow<()> {
        let summary = &mut self.summary;
        summary.asked += usize::from(!matches!(came, Came::LeftAlone(_)));
        match came {
            Came::Read { taken, .. } => {
                summary.articles.new += taken.new;
                let special = self.settings.special(&self.feeds[index].url);
                if taken.new > 0 && special.is_some_and(|special| special.full_text) {
                    self.full.push((index, taken.new));
                }
                summary.articles.changed += taken.changed;
                summary.articles.dropped += taken.dropped;
            }
            Came::Unchanged => summary.unchanged += 1,
            Came::Failed(_) | Came::Gone(_) => summary.failed += 1,
            Came::LeftAlone(_) => summary.left_alone += 1,
        }
        self.done += 1;
        (self.each)(Progress { feed: &self.feeds[index], came, done: self.done, total: self.feeds.len() })
    }
}

fn came(parcel: Result<Visited, Timestamp>, taken: Taken) -> Came {
    let visited = match parcel {
        Ok(visited) => visited,
        Err(until) => return Came::LeftAlone(until),
    };
    match visited.happened {
        Happened::Read { .. } => Came::Read {
            taken,
            repairs: visited.content.map(|content| content.repairs).unwrap_or_default(),
            moved_to: visited.moved_to.map(|to| match to.is_configured {
                true => Moved::Configured(Clean::line(&masked(&to.url))),
                false => Moved::To(Clean::line(&masked(&to.url))),
            }),
        },
        Happened::Unchanged { .. } => Came::Unchanged,
        Happened::Gone { problem } => Came::Gone(problem),
        Happened::Failed { problem, .. } => Came::Failed(problem),
    }
}
