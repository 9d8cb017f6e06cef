//! The network lanes of a reader over the library: one asks feeds for news, when the user says so and when they are due,
//! one fetches pages. Neither holds up the other, and nobody waits for them.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::Duration;
use std::{io, thread};

use jiff::Timestamp;

use super::stock::Waker;
use super::{Event, panics};
use crate::app::{Msg, Refresh, RefreshEnd};
use crate::fetch::{Client, Named};
use crate::model::Article;
use crate::refresh::{self, RefreshError, Settings, Wanted};
use crate::store::{ArticleId, Body, Store};
use crate::text::Clean;

/// How often the lane looks whether a feed is due.
const LOOK_EVERY: Duration = Duration::from_secs(60);

/// The lanes.
#[derive(Debug)]
pub(super) struct Refreshing {
    feeds: Sender<Refresh>,
    pages: Sender<ArticleId>,
}

impl Refreshing {
    /// Starts the lanes over the library in `folder`. Feeds that are due are asked at once, unless the settings say that
    /// none is asked by itself.
    pub fn start(folder: &Path, settings: Settings, waker: Option<Waker>, sender: Sender<Event>) -> io::Result<Self> {
        let (feeds, asked) = mpsc::channel();
        let (pages, wanted) = mpsc::channel();
        let lane = Lane { folder: folder.to_owned(), settings, sender, waker };
        let other = lane.clone();
        thread::Builder::new()
            .name("refreshing".into())
            .stack_size(super::STACK)
            .spawn(move || lane.feeds(&asked))?;
        thread::Builder::new().name("pages".into()).stack_size(super::STACK).spawn(move || other.pages(&wanted))?;
        Ok(Refreshing { feeds, pages })
    }

    /// Asks feeds for news. A lane that has ended has told why.
    pub fn refresh(&self, which: Refresh) {
        let _ = self.feeds.send(which);
    }

    /// Fetches the page of an article.
    pub fn fetch_page(&self, id: ArticleId) {
        let _ = self.pages.send(id);
    }
}

#[derive(Clone)]
struct Lane {
    folder: PathBuf,
    settings: Settings,
    sender: Sender<Event>,
    /// What annotates news, if anything does.
    waker: Option<Waker>,
}

impl Lane {
    /// Whether the reader is still there.
    fn tell(&self, msg: Msg) -> bool {
        self.sender.send(Event::State(msg)).is_ok()
    }

    fn feeds(&self, asked: &Receiver<Refresh>) {
        let by_itself = !self.settings.interval.is_zero();
        let mut which = None;
        loop {
            if which.is_some() || by_itself {
                let end = panics::caught(|| self.refresh(which.as_ref()));
                let end = end.unwrap_or_else(|why| RefreshEnd { refused: Some(why), ..RefreshEnd::default() });
                if end.new + end.changed > 0
                    && let Some(waker) = &self.waker
                {
                    waker.wake();
                }
                let end = RefreshEnd { by_itself: which.is_none(), ..end };
                if !self.tell(Msg::Refreshed(end)) {
                    return;
                }
            }
            which = match asked.recv_timeout(LOOK_EVERY) {
                Ok(which) => Some(which),
                Err(RecvTimeoutError::Timeout) => None,
                Err(RecvTimeoutError::Disconnected) => return,
            };
        }
    }

    /// Asks the feeds that the user named, or those that are due.
    fn refresh(&self, which: Option<&Refresh>) -> RefreshEnd {
        let wanted = match which {
            None => Wanted::Due,
            Some(Refresh::All) => Wanted::All,
            Some(Refresh::Feeds(feeds)) => Wanted::These(feeds),
        };
        let mut each = |progress: refresh::Progress<'_>| match self
            .tell(Msg::Refreshing { done: progress.done, all: progress.total })
        {
            true => ControlFlow::Continue(()),
            false => ControlFlow::Break(()),
        };
        match refresh::run(&self.folder, wanted, &self.settings, Timestamp::now(), &mut each) {
            Ok(summary) => RefreshEnd {
                asked: summary.asked,
                new: summary.articles.new,
                changed: summary.articles.changed,
                failed: summary.failed,
                ..RefreshEnd::default()
            },
            // The other program does the work, and what it brings is seen here too.
            Err(RefreshError::Busy) => RefreshEnd {
                refused: Some(Clean::literal("another dateline is refreshing this library")),
                ..RefreshEnd::default()
            },
            Err(error) => RefreshEnd { refused: Some(Clean::line(&error.to_string())), ..RefreshEnd::default() },
        }
    }

    fn pages(&self, wanted: &Receiver<ArticleId>) {
        for id in wanted {
            let outcome = panics::caught(|| self.page(id)).unwrap_or_else(Err);
            if !self.tell(Msg::PageFetched { id, outcome }) {
                return;
            }
        }
    }

    /// Fetches the page of an article and keeps its text; gives what is worth telling.
    fn page(&self, id: ArticleId) -> Result<Option<Clean>, Clean> {
        let words = |error: &dyn std::error::Error| Clean::line(&error.to_string());
        let mut store = Store::open(&self.folder).map_err(|error| words(&error))?;
        let stored = store.article(id).map_err(|error| words(&error))?;
        let stored = stored.ok_or(Clean::literal("the article is not in the library any more"))?;
        let address = stored.url.clone().ok_or(Clean::literal("the article names no page"))?;
        let client = Client::new(self.settings.fetch.clone()).map_err(|error| words(&error))?;
        let feed = store.rows(&[id]).map_err(|error| words(&error))?.first().and_then(|row| row.feed);
        let feeds = store.subscriptions().map_err(|error| words(&error))?;
        let feed = feeds.iter().find(|one| Some(one.id) == feed);
        let named = feed.map_or(Named::ByOthers, |feed| refresh::named(&feed.url, &address));
        let fetched = refresh::page(&client, &address, named).map_err(|error| words(&error))?;
        let had = match &stored.body {
            Body::Feed(_) => text_of(stored.into_article()),
            // The page was read before: its text now counts, whatever it is.
            Body::Page(_) => 0,
        };
        if let Some(doubt) = &fetched.doubt
            && fetched.article.doc.text.len() < had
        {
            return Ok(Some(Clean::line(&format!(
                "The page gives less than the feed ({doubt}); the feed's text stays"
            ))));
        }
        store.take_page(id, &fetched.article, Timestamp::now()).map_err(|error| words(&error))?;
        Ok(fetched.doubt.map(|doubt| Clean::line(&format!("The page's text, perhaps not all of it: {doubt}"))))
    }
}

/// Bytes of text in an article.
fn text_of(article: Article) -> usize {
    article.doc.text.len()
}
