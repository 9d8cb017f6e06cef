//! Which feed is next, so that no server is asked by many at once or without a pause.

use std::collections::{HashMap, VecDeque};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use jiff::Timestamp;

use crate::fetch;

/// Feeds that wait to be asked for, by host.
#[derive(Debug)]
pub(super) struct Queue {
    inner: Mutex<Inner>,
    changed: Condvar,
    /// Connections to one host at a time.
    per_host: usize,
    /// Between two questions to one host.
    pause: Duration,
}

#[derive(Debug, Default)]
struct Inner {
    hosts: Vec<Host>,
    /// Hosts with feeds that wait, the one to look at next first.
    order: VecDeque<usize>,
    is_closed: bool,
}

#[derive(Debug)]
struct Host {
    waiting: VecDeque<usize>,
    active: usize,
    /// This computer: neither limit nor pause.
    is_own: bool,
    not_before: Option<Instant>,
    /// It complained of being asked too often, and wants to be left alone until then.
    left_alone: Option<Timestamp>,
}

/// A feed to ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Turn {
    /// Its index.
    pub feed: usize,
    /// Its host's.
    pub host: usize,
    /// Until when its host wants to be left alone, if it does: it must not be asked.
    pub left_alone: Option<Timestamp>,
}

impl Queue {
    /// A queue of these addresses, by index.
    pub fn new<'a>(urls: impl Iterator<Item = &'a str>, per_host: usize, pause: Duration) -> Self {
        let mut inner = Inner::default();
        let mut by_name: HashMap<String, usize> = HashMap::new();
        for (feed, address) in urls.enumerate() {
            let url = fetch::parse(address).ok();
            let name = url.as_ref().and_then(|url| url.host_str()).unwrap_or_default().to_owned();
            let hosts = &mut inner.hosts;
            let host = *by_name.entry(name).or_insert_with(|| {
                let is_own = url.as_ref().is_none_or(fetch::is_loopback);
                let host = Host { waiting: VecDeque::new(), active: 0, is_own, not_before: None, left_alone: None };
                hosts.push(host);
                hosts.len() - 1
            });
            hosts[host].waiting.push_back(feed);
        }
        inner.order = (0..inner.hosts.len()).collect();
        Queue { inner: Mutex::new(inner), changed: Condvar::new(), per_host: per_host.max(1), pause }
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The next feed, as soon as its host may be asked. `None`: there are no more.
    pub fn next(&self) -> Option<Turn> {
        let mut inner = self.lock();
        loop {
            if inner.is_closed {
                return None;
            }
            let now = Instant::now();
            let mut soonest: Option<Instant> = None;
            for _ in 0..inner.order.len() {
                let host = inner.order.pop_front()?;
                let state = &mut inner.hosts[host];
                let is_free = state.is_own || state.left_alone.is_some() || state.active < self.per_host;
                let due = state.not_before.filter(|due| *due > now && !state.is_own && state.left_alone.is_none());
                if !is_free || due.is_some() {
                    if let (true, Some(due)) = (is_free, due) {
                        soonest = Some(soonest.map_or(due, |soonest| soonest.min(due)));
                    }
                    inner.order.push_back(host);
                    continue;
                }
                let Some(feed) = state.waiting.pop_front() else { continue };
                state.active += 1;
                state.not_before = Some(now + self.pause);
                let left_alone = state.left_alone;
                if !state.waiting.is_empty() {
                    inner.order.push_back(host);
                }
                return Some(Turn { feed, host, left_alone });
            }
            if inner.order.is_empty() {
                return None;
            }
            inner = match soonest {
                Some(due) => {
                    let time = due.saturating_duration_since(now);
                    self.changed.wait_timeout(inner, time).unwrap_or_else(PoisonError::into_inner).0
                }
                None => self.changed.wait(inner).unwrap_or_else(PoisonError::into_inner),
            };
        }
    }

    /// The feed of `turn` has been asked for; `left_alone` if its host complained.
    pub fn done(&self, turn: Turn, left_alone: Option<Timestamp>) {
        let mut inner = self.lock();
        let host = &mut inner.hosts[turn.host];
        host.active = host.active.saturating_sub(1);
        host.left_alone = host.left_alone.max(left_alone);
        drop(inner);
        self.changed.notify_all();
    }

    /// Ends it: nobody gets a feed any more.
    pub fn close(&self) {
        self.lock().is_closed = true;
        self.changed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn queue(urls: &[&str], per_host: usize, pause: Duration) -> Queue {
        Queue::new(urls.iter().copied(), per_host, pause)
    }

    #[test]
    fn hosts_take_turns_and_none_has_more_than_its_connections() {
        let feeds =
            ["https://a.test/1", "https://a.test/2", "https://a.test/3", "https://b.test/1", "http://A.test/4"];
        let queue = queue(&feeds, 2, Duration::ZERO);
        let turns: Vec<Turn> = (0..3).filter_map(|_| queue.next()).collect();
        assert_eq!(turns.iter().map(|turn| turn.feed).collect::<Vec<_>>(), [0, 3, 1]);
        std::thread::scope(|scope| {
            let waiting = scope.spawn(|| queue.next());
            queue.done(turns[0], None);
            assert_eq!(waiting.join().unwrap().map(|turn| turn.feed), Some(2));
        });
        queue.done(turns[2], None);
        assert_eq!(queue.next().map(|turn| turn.feed), Some(4));
        assert_eq!(queue.next(), None);
    }

    #[test]
    fn there_is_a_pause_between_questions_but_not_to_this_computer() {
        let pause = Duration::from_millis(30);
        let own =
            queue(&["http://127.0.0.1:1/a", "http://127.0.0.1:1/b", "http://localhost/c", "/no address"], 1, pause);
        assert_eq!((0..4).filter_map(|_| own.next()).count(), 4);
        let other = queue(&["https://a.test/1", "https://a.test/2"], 2, pause);
        let start = Instant::now();
        assert_eq!((0..2).filter_map(|_| other.next()).count(), 2);
        assert!(start.elapsed() >= pause);
    }

    #[test]
    fn a_host_that_complained_is_not_waited_for() {
        let queue =
            queue(&["https://a.test/1", "https://a.test/2", "https://a.test/3"], 1, Duration::from_secs(3600));
        let first = queue.next().unwrap();
        let until = Timestamp::UNIX_EPOCH;
        queue.done(first, Some(until));
        for _ in 0..2 {
            assert_eq!(queue.next().unwrap().left_alone, Some(until));
        }
        assert_eq!(queue.next(), None);
    }

    #[test]
    fn a_closed_queue_wakes_those_who_wait() {
        let queue = queue(&["https://a.test/1", "https://a.test/2"], 1, Duration::ZERO);
        let _first = queue.next();
        std::thread::scope(|scope| {
            let waiting = scope.spawn(|| queue.next());
            queue.close();
            assert_eq!(waiting.join().unwrap(), None);
        });
    }
}
