//! One visit to one feed: ask, read, tell what happened. Runs in the workers; writes nothing.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use url::Url;

use super::named::named;
use super::schedule::Happened;
use super::{Settings, Special};
use crate::fetch::{self, Body, Client, FetchError, Fresh, Named, Outcome, Request};
use crate::ingest::feed::{self, Answer, NoFeed};
use crate::model::Feed;
use crate::store::Subscription;
use crate::text::Clean;

/// A new address of a feed.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct NewAddress {
    /// The address.
    pub url: String,
    /// Whether it is on another server than the old one, which the user has not named.
    pub is_elsewhere: bool,
    /// Whether the configuration names the old address. What it says there must not be lost, so that one stays.
    pub is_configured: bool,
}

/// What a visit brought.
#[derive(Debug)]
pub(super) struct Visited {
    /// What happened.
    pub happened: Happened,
    /// What the feed said.
    pub content: Option<Box<Feed>>,
    /// Its new address.
    pub moved_to: Option<NewAddress>,
    /// Bytes that were read: what it weighs.
    pub size: usize,
}

impl Visited {
    fn failed(problem: &str) -> Self {
        let happened = Happened::Failed { problem: Clean::line(problem), wait: None, is_complaint: false };
        Visited { happened, content: None, moved_to: None, size: 0 }
    }
}

/// Visits `feed`. `None`: the user stopped it.
pub(super) fn visit(client: &Client, feed: &Subscription, settings: &Settings) -> Option<Visited> {
    let special = settings.special(&feed.url);
    let asked = catch_unwind(AssertUnwindSafe(|| ask(client, feed, special)));
    match asked {
        Ok(Ok(visited)) => Some(visited),
        Ok(Err(FetchError::Stopped)) => None,
        Ok(Err(error)) => Some(of_error(&error)),
        Err(_) => Some(Visited::failed(
            "could not be read; this is a mistake in dateline, please report it with this address",
        )),
    }
}

fn ask(client: &Client, feed: &Subscription, special: Option<&Special>) -> Result<Visited, FetchError> {
    let (url, state) = (feed.url.as_str(), &feed.state);
    let named = if feed.by_others { Named::ByOthers } else { Named::ByUser };
    let request = Request {
        etag: state.etag.as_deref(),
        last_modified: state.last_modified.as_deref(),
        login: special.and_then(|special| special.login.as_ref()),
        headers: special.map_or(&[], |special| &special.headers),
        ..Request::new(url, named, Request::FEED)
    };
    Ok(match client.get(&request)? {
        Outcome::NotModified { fresh } => {
            Visited { happened: Happened::Unchanged { fresh }, content: None, moved_to: None, size: 0 }
        }
        Outcome::Gone => {
            let problem = "gone for good, its server says (410); remove it, or look for a new address on its site";
            let happened = Happened::Gone { problem: Clean::literal(problem) };
            Visited { happened, content: None, moved_to: None, size: 0 }
        }
        Outcome::Body(body) => match read(&body) {
            Ok(content) => of_feed(client, url, special, *body, content),
            Err(why) => Visited::failed(&no_feed(&why)),
        },
    })
}

/// The feed in an answer.
pub(super) fn read(body: &Body) -> Result<Feed, NoFeed> {
    let answer = Answer {
        content_type: body.content_type.as_deref(),
        url: Some(body.url.as_str()),
        content_location: body.content_location.as_deref(),
        content_language: body.content_language.as_deref(),
    };
    feed::parse(&body.bytes, &answer)
}

/// A visit to `url` that brought `content`.
pub(super) fn of_feed(
    client: &Client,
    url: &str,
    special: Option<&Special>,
    body: Body,
    mut content: Feed,
) -> Visited {
    let ttl = content.ttl.map(|minutes| Duration::from_secs(u64::from(minutes) * 60));
    let announced =
        content.moved_to.take().and_then(|to| announced(url, &to)).filter(|to| is_feed(client, url, &to.url));
    // Validators belong to where they came from.
    let fresh = match announced {
        Some(_) if special.is_none() => Fresh { max_age: body.fresh.max_age, ..Fresh::default() },
        _ => body.fresh,
    };
    let moved_to = announced.or_else(|| body.moved_to.as_ref().and_then(|to| redirected(client, url, to)));
    let moved_to = moved_to.map(|to| NewAddress { is_configured: special.is_some(), ..to });
    let size = body.bytes.len();
    Visited { happened: Happened::Read { fresh, ttl }, content: Some(Box::new(content)), moved_to, size }
}

/// Whether the feed at `of` rightly says that a feed is at `to`: a slip of its publisher must not cost the subscription.
fn is_feed(client: &Client, of: &str, to: &str) -> bool {
    let answer = client.get(&Request::new(to, named(of, to), Request::FEED));
    matches!(answer, Ok(Outcome::Body(body)) if read(&body).is_ok())
}

/// A visit that failed.
pub(super) fn of_error(error: &FetchError) -> Visited {
    let (wait, is_complaint) = match error {
        FetchError::Status { code, wait } => (*wait, *code == 429),
        _ => (None, false),
    };
    let happened = Happened::Failed { problem: Clean::line(&error.to_string()), wait, is_complaint };
    Visited { happened, content: None, moved_to: None, size: 0 }
}

/// What to tell of an answer that is no feed.
pub(super) fn no_feed(why: &NoFeed) -> String {
    match why {
        NoFeed::Html => {
            "a web page came instead of a feed; if this lasts, `dateline add` with the site's address finds its feed"
                .into()
        }
        NoFeed::Opml => why.to_string(),
        _ => format!("{why}; try again later, or look for another address on the site"),
    }
}

/// The address to keep after a permanent redirect from `from`. Within a local network a server may send on, but only the
/// user may name another host for good.
fn redirected(client: &Client, from: &str, to: &Url) -> Option<NewAddress> {
    moved(from, to).filter(|moved| !moved.is_elsewhere || !client.is_local(to))
}

/// The address that a feed says it has moved to: a web address, no less safe and no more local than the old one.
fn announced(from: &str, to: &str) -> Option<NewAddress> {
    let (old, new) = (fetch::parse(from).ok()?, fetch::parse(to).ok()?);
    let is_web = |url: &Url| matches!(url.scheme(), "http" | "https");
    let is_weaker = old.scheme() == "https" && new.scheme() == "http";
    let moved = moved(from, &new)?;
    let is_inwards = moved.is_elsewhere && fetch::is_local_as_written(&new) == Some(true);
    (is_web(&old) && is_web(&new) && !is_weaker && !is_inwards).then_some(moved)
}

/// `to` as the new address of what is at `from`, with the user and password that stand in that. They go to no other host,
/// so that there the old address stays.
fn moved(from: &str, to: &Url) -> Option<NewAddress> {
    let from = fetch::parse(from).ok()?;
    let mut to = to.clone();
    if !from.username().is_empty() || from.password().is_some() {
        if from.origin() != to.origin() {
            return None;
        }
        let _ = (to.set_username(from.username()), to.set_password(from.password()));
    }
    // The usual ports of both schemes are one server's.
    let is_elsewhere = (from.host(), from.port()) != (to.host(), to.port());
    (to != from).then(|| NewAddress { url: to.to_string(), is_elsewhere, is_configured: false })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_move_that_a_feed_announces_leads_to_no_worse_place() {
        for (from, to, moved) in [
            ("https://a.test/x", "https://b.test/y", Some("https://b.test/y")),
            ("http://a.test/x", "https://a.test/x", Some("https://a.test/x")),
            ("https://a.test/x", "http://a.test/x", None),
            ("https://a.test/x", "http://192.168.1.1/x", None),
            ("https://a.test/x", "https://localhost/x", None),
            ("http://127.0.0.1/x", "http://127.0.0.1/y", Some("http://127.0.0.1/y")),
            ("http://127.0.0.1/x", "http://127.0.0.1:81/y", None),
            ("http://127.0.0.1/x", "https://a.test/x", Some("https://a.test/x")),
            ("https://a.test/x", "file:///etc/passwd", None),
            ("file:///home/x.xml", "https://b.test/y", None),
            ("https://a.test/x", "nonsense", None),
            ("https://a.test/x", "https://a.test/x", None),
        ] {
            let found = announced(from, to);
            assert_eq!(found.map(|found| found.url).as_deref(), moved, "{from} -> {to}");
        }
    }

    #[test]
    fn a_password_in_an_address_moves_with_it_on_its_host_only() {
        let to = |from: &str, to: &str| moved(from, &Url::parse(to).unwrap()).map(|moved| moved.url);
        let near = to("https://me:pw@a.test/x", "https://a.test/y");
        assert_eq!(near.as_deref(), Some("https://me:pw@a.test/y"));
        assert_eq!(to("https://me:pw@a.test/x", "https://b.test/y"), None);
        assert_eq!(to("https://a.test/x", "https://b.test/y").as_deref(), Some("https://b.test/y"));
    }

    #[test]
    fn another_host_or_port_is_another_server() {
        for (from, to, is_elsewhere) in [
            ("http://a.test/x", "https://a.test/x", false),
            ("http://a.test/x", "http://a.test/y", false),
            ("http://a.test/x", "http://www.a.test/x", true),
            ("http://a.test:8080/x", "https://a.test/x", true),
        ] {
            let found = moved(from, &Url::parse(to).unwrap()).unwrap();
            assert_eq!(found.is_elsewhere, is_elsewhere, "{from} -> {to}");
        }
    }
}
