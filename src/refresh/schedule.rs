//! When a feed is asked again. A pure function of what was known, what came of asking, and the moment.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use crate::fetch::{Fresh, Wait};
use crate::store::FetchState;
use crate::text::Clean;

/// The longest that a publisher's wish to be asked seldom is heeded, and the longest pause after failures.
const DAY: Duration = Duration::from_secs(24 * 3600);
/// The longest that a server may ask to be left alone.
const LONGEST_WAIT: Duration = Duration::from_secs(7 * 24 * 3600);
/// The pause after a first failure, and after a server's complaint without a time.
const FIRST_PAUSE: Duration = Duration::from_secs(15 * 60);

/// What came of asking for a feed.
#[derive(Debug, Clone, PartialEq)]
pub enum Happened {
    /// It was read.
    Read {
        /// How to ask the next time.
        fresh: Fresh,
        /// How long its publisher asks not to be asked again.
        ttl: Option<Duration>,
    },
    /// It is as it was.
    Unchanged {
        /// How to ask the next time, where that changed.
        fresh: Fresh,
    },
    /// It is gone for good.
    Gone {
        /// What to tell.
        problem: Clean,
    },
    /// It could not be read.
    Failed {
        /// What to tell.
        problem: Clean,
        /// When its server says to come back.
        wait: Option<Wait>,
        /// Whether its server complained of being asked too often.
        is_complaint: bool,
    },
}

/// The state to keep after `happened` at `now`, for a feed that the user wants to be asked every `interval`.
pub fn schedule(state: &FetchState, happened: &Happened, interval: Duration, now: Timestamp) -> FetchState {
    let well = |fresh: &Fresh, ttl: Option<Duration>, etag, last_modified| {
        let wish = ttl.unwrap_or_default().max(fresh.max_age.unwrap_or_default()).min(DAY);
        FetchState {
            etag,
            last_modified,
            next_check: Some(later(now, interval.max(wish))),
            wait_until: None,
            last_success: Some(now),
            failures: 0,
            problem: None,
            is_gone: false,
        }
    };
    match happened {
        Happened::Read { fresh, ttl } => well(fresh, *ttl, fresh.etag.clone(), fresh.last_modified.clone()),
        Happened::Unchanged { fresh } => {
            let etag = fresh.etag.clone().or_else(|| state.etag.clone());
            well(fresh, None, etag, fresh.last_modified.clone().or_else(|| state.last_modified.clone()))
        }
        Happened::Gone { problem } => FetchState {
            problem: Some(problem.clone()),
            failures: state.failures.saturating_add(1),
            is_gone: true,
            next_check: None,
            wait_until: None,
            ..state.clone()
        },
        Happened::Failed { problem, wait, is_complaint } => {
            let failures = state.failures.saturating_add(1);
            let pause = pause(failures, interval);
            let asked = wait.map(|wait| wait.from(now).clamp(now, later(now, LONGEST_WAIT)));
            let wait_until = asked.or_else(|| is_complaint.then(|| later(now, pause)));
            FetchState {
                problem: Some(problem.clone()),
                failures,
                next_check: Some(later(now, pause).max(wait_until.unwrap_or(now))),
                wait_until,
                ..state.clone()
            }
        }
    }
}

/// Whether a feed may be asked at `now`; `by_hand`: the user wants it.
pub fn is_due(state: &FetchState, by_hand: bool, now: Timestamp) -> bool {
    let not_before = if by_hand { state.wait_until } else { state.next_check.max(state.wait_until) };
    // A clock that was set back must not keep a feed waiting for years.
    let is_near = |moment: Timestamp| moment <= later(now, LONGEST_WAIT);
    not_before.filter(|moment| is_near(*moment)).is_none_or(|moment| moment <= now) && (by_hand || !state.is_gone)
}

/// How long to wait after so many failures in a row: twice as long each time, up to a day.
fn pause(failures: u32, interval: Duration) -> Duration {
    let first = interval.max(FIRST_PAUSE);
    let doubled = first.saturating_mul(1 << failures.saturating_sub(1).min(16));
    doubled.min(DAY.max(interval))
}

fn later(now: Timestamp, time: Duration) -> Timestamp {
    SignedDuration::try_from(time).ok().and_then(|time| now.checked_add(time).ok()).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: Duration = Duration::from_secs(3600);

    fn now() -> Timestamp {
        "2026-03-01T12:00:00Z".parse().unwrap()
    }

    fn after(seconds: i64) -> Option<Timestamp> {
        Some(now() + SignedDuration::from_secs(seconds))
    }

    fn failed(wait: Option<Wait>, is_complaint: bool) -> Happened {
        Happened::Failed { problem: Clean::literal("no"), wait, is_complaint }
    }

    fn read(ttl: u64) -> Happened {
        let fresh = Fresh { etag: Some("\"b\"".into()), ..Fresh::default() };
        Happened::Read { fresh, ttl: Some(Duration::from_secs(ttl)) }
    }

    #[test]
    fn a_feed_that_was_read_is_due_after_the_interval_or_its_own_wish() {
        let old =
            FetchState { failures: 3, problem: Some(Clean::literal("x")), is_gone: true, ..FetchState::default() };
        let state = schedule(&old, &read(60), HOUR, now());
        assert_eq!((state.next_check, state.last_success), (after(3600), Some(now())));
        assert_eq!((state.failures, state.problem, state.is_gone), (0, None, false));
        assert_eq!(state.etag.as_deref(), Some("\"b\""));
        assert_eq!(schedule(&old, &read(7200), HOUR, now()).next_check, after(7200));
        assert_eq!(schedule(&old, &read(90 * 86_400), HOUR, now()).next_check, after(86_400), "a wish has its limit");
    }

    #[test]
    fn what_is_unchanged_keeps_its_validators() {
        let old =
            FetchState { etag: Some("\"a\"".into()), last_modified: Some("then".into()), ..FetchState::default() };
        let state = schedule(&old, &Happened::Unchanged { fresh: Fresh::default() }, HOUR, now());
        assert_eq!((state.etag, state.last_modified), (old.etag, old.last_modified));
        assert_eq!(state.last_success, Some(now()));
    }

    #[test]
    fn failures_are_answered_with_longer_and_longer_pauses_up_to_a_day() {
        let mut state = FetchState { etag: Some("\"a\"".into()), last_success: after(-60), ..FetchState::default() };
        let mut pauses = Vec::new();
        for _ in 0..40 {
            state = schedule(&state, &failed(None, false), Duration::ZERO, now());
            pauses.push(state.next_check.unwrap().duration_since(now()).as_secs());
        }
        assert_eq!(pauses[..4], [900, 1800, 3600, 7200]);
        assert_eq!(pauses[39], 86_400);
        assert_eq!((state.failures, state.last_success), (40, after(-60)));
        assert_eq!(state.etag.as_deref(), Some("\"a\""), "what is there already stays comparable");
    }

    #[test]
    fn a_server_that_wants_to_be_left_alone_is_but_not_for_ever() {
        let wait = |seconds| failed(Some(Wait::For(Duration::from_secs(seconds))), false);
        let state = schedule(&FetchState::default(), &wait(7200), HOUR, now());
        assert_eq!((state.wait_until, state.next_check), (after(7200), after(7200)));
        let state = schedule(&FetchState::default(), &wait(999_999_999), HOUR, now());
        assert_eq!(state.wait_until, after(7 * 86_400));
        let past = failed(Some(Wait::Until(now() - SignedDuration::from_hours(5))), false);
        assert_eq!(schedule(&FetchState::default(), &past, HOUR, now()).wait_until, Some(now()));
        let complaint = schedule(&FetchState::default(), &failed(None, true), HOUR, now());
        assert_eq!(complaint.wait_until, after(3600));
    }

    #[test]
    fn the_user_is_stopped_only_by_what_a_server_asked_for() {
        let backed_off = schedule(&FetchState::default(), &failed(None, false), HOUR, now());
        assert!(!is_due(&backed_off, false, now()));
        assert!(is_due(&backed_off, true, now()));
        let asked = schedule(&FetchState::default(), &failed(None, true), HOUR, now());
        assert!(!is_due(&asked, true, now()));
        assert!(is_due(&asked, true, now() + SignedDuration::from_hours(1)));
        let gone = schedule(&FetchState::default(), &Happened::Gone { problem: Clean::literal("x") }, HOUR, now());
        assert!(gone.is_gone && !is_due(&gone, false, now()) && is_due(&gone, true, now()));
        assert!(is_due(&FetchState::default(), false, now()));
        let clock_set_back =
            FetchState { next_check: Some("2040-01-01T00:00:00Z".parse().unwrap()), ..FetchState::default() };
        assert!(is_due(&clock_set_back, false, now()));
    }
}
