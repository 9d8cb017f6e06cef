//! Subscribing: from what the user typed to a feed that is there.

use std::path::Path;

use jiff::Timestamp;
use url::Url;

use super::schedule::schedule;
use super::visit::{self, Visited};
use super::{Settings, named, sites};
use crate::fetch::{self, Body, Client, FetchError, Named, Outcome, Request};
use crate::ingest::feed::{self, Answer, Discovered, NoFeed};
use crate::model::Feed;
use crate::store::{FeedId, FetchState, FolderPath, NewFeed, Store, StoreError, Subscribed, Taken, Visit};
use crate::text::{Clean, masked};

/// What to subscribe to.
#[derive(Debug, Clone, Default)]
pub struct Wish {
    /// What the user typed: the address of a feed or a page, with or without scheme, or a file.
    pub address: String,
    /// Where it goes.
    pub folder: FolderPath,
    /// What it is called, instead of its own name.
    pub title: Option<Clean>,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Added {
    /// The subscription.
    pub id: FeedId,
    /// Whether it was there before; folder and name stayed then.
    pub was_known: bool,
    /// Its name.
    pub title: Clean,
    /// Its address, without a password.
    pub url: Clean,
    /// Where its server says that it is, if the configuration holds it to its address.
    pub now_at: Option<Clean>,
    /// Its articles.
    pub taken: Taken,
    /// Other feeds that the page names.
    pub others: Vec<Discovered>,
}

/// Why nothing was subscribed to. The message says what to do.
#[derive(Debug, thiserror::Error)]
pub enum AddError {
    /// What was typed could not be read.
    #[error("{0}")]
    Fetch(#[from] FetchError),
    /// It is no feed, and no feed of it was found.
    #[error("no feed was found there: {0}")]
    NoFeed(String),
    /// The library.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A feed that was found.
struct Found {
    /// The address to subscribe to.
    url: String,
    /// Who named it.
    named: Named,
    body: Body,
    content: Feed,
    others: Vec<Discovered>,
}

/// Subscribes to what the user typed: to the feed there, or to the best of those that the page there names. Its articles
/// are kept at once.
///
/// # Errors
/// If no feed was found, or the library cannot be written.
pub fn add(
    store: &mut Store,
    client: &Client,
    settings: &Settings,
    wish: &Wish,
    now: Timestamp,
) -> Result<Added, AddError> {
    let found = find(client, settings, &wish.address)?;
    let Visited { happened, content, moved_to, .. } =
        visit::of_feed(client, &found.url, settings.special(&found.url), found.body, found.content);
    let (configured, moved_to) =
        moved_to.map_or((None, None), |to| if to.is_configured { (Some(to), None) } else { (None, Some(to)) });
    let by_others = found.named == Named::ByOthers || moved_to.as_ref().is_some_and(|to| to.is_elsewhere);
    let url = moved_to.map_or(found.url, |to| to.url);
    let site = content.as_ref().and_then(|content| content.link.clone());
    let new = NewFeed {
        url: url.clone(),
        by_others,
        title: wish.title.clone(),
        site,
        folder: wish.folder.clone(),
        attributes: Vec::new(),
    };
    let (id, was_known) = match store.subscribe(&new, now)? {
        Subscribed::New(id) => (id, false),
        Subscribed::Known(id) => (id, true),
    };
    let state = schedule(&FetchState::default(), &happened, settings.interval(&url), now);
    let visit = Visit { feed: id, content: content.as_deref(), state: &state, moved_to: None };
    let taken = store.take(&[(visit, settings.retention(&url))], now)?;
    let own = content.and_then(|content| content.title).filter(|title| !title.is_empty());
    Ok(Added {
        id,
        was_known,
        title: wish.title.clone().or(own).unwrap_or_else(|| Clean::line(&masked(&url))),
        url: Clean::line(&masked(&url)),
        now_at: configured.map(|to| Clean::line(&masked(&to.url))),
        taken: taken.first().copied().unwrap_or_default(),
        others: found.others,
    })
}

fn find(client: &Client, settings: &Settings, typed: &str) -> Result<Found, AddError> {
    let mut first = None;
    for address in addresses(typed)? {
        match find_at(client, settings, &address) {
            // Perhaps it is there without encryption.
            Err(AddError::Fetch(error)) if first.is_none() => first = Some(error),
            Err(AddError::Fetch(_)) => {}
            other => return other,
        }
    }
    let nothing = || FetchError::BadAddress { address: typed.to_owned(), why: "it is empty".into() };
    Err(first.unwrap_or_else(nothing).into())
}

fn find_at(client: &Client, settings: &Settings, address: &str) -> Result<Found, AddError> {
    let url = fetch::parse(address)?;
    let known = sites::feeds(&url);
    if let Some(mut found) = first_feed(client, settings, &known, Named::ByUser) {
        // What is known to be there too; a guess says nothing of the others.
        let others = known.into_iter().skip_while(|other| *other != found.url).skip(1);
        found.others = others.map(|url| Discovered { url, title: None, media_type: Clean::default() }).collect();
        return Ok(found);
    }
    let body = ask(client, settings, address, Named::ByUser)?;
    let why = match visit::read(&body) {
        Ok(content) => return Ok(found(address.to_owned(), Named::ByUser, body, content)),
        Err(why) => why,
    };
    if why != NoFeed::Html && !is_page(&body) {
        return Err(AddError::NoFeed(why.to_string()));
    }
    let mut named = discovered(&body);
    let mut failure = None;
    for at in 0..named.len() {
        let by = by_page(&url, &body, &named[at].url);
        match ask(client, settings, &named[at].url, by) {
            Ok(body) => {
                if let Ok(content) = visit::read(&body) {
                    let url = named.remove(at).url;
                    return Ok(Found { others: named, ..found(url, by, body, content) });
                }
            }
            Err(error) => failure = failure.or(Some((named[at].url.clone(), error))),
        }
    }
    let guesses = if body.url.scheme() == "file" { Vec::new() } else { sites::guesses(&body.url) };
    let by = by_page(&url, &body, body.url.as_str());
    if let Some(found) = first_feed(client, settings, &guesses, by) {
        return Ok(found);
    }
    Err(AddError::NoFeed(match failure {
        Some((url, error)) => format!("the page names {url}, but {error}"),
        None => "the page names none, and none is where feeds usually are; look for a feed's address on it".into(),
    }))
}

fn found(url: String, named: Named, body: Body, content: Feed) -> Found {
    Found { url, named, body, content, others: Vec::new() }
}

/// Who named `address`, which the page in `body` names: the user, if it is on the server that he `typed`; else as for
/// feeds.
fn by_page(typed: &Url, body: &Body, address: &str) -> Named {
    let is_typed = typed.scheme() != "file" && fetch::parse(address).is_ok_and(|url| url.origin() == typed.origin());
    if is_typed { Named::ByUser } else { named::named(body.url.as_str(), address) }
}

fn first_feed(client: &Client, settings: &Settings, urls: &[String], named: Named) -> Option<Found> {
    urls.iter().find_map(|url| {
        let body = ask(client, settings, url, named).ok()?;
        let content = visit::read(&body).ok()?;
        Some(found(url.clone(), named, body, content))
    })
}

fn ask(client: &Client, settings: &Settings, url: &str, named: Named) -> Result<Body, FetchError> {
    let special = settings.special(url);
    let request = Request {
        login: special.and_then(|special| special.login.as_ref()),
        headers: special.map_or(&[], |special| &special.headers),
        ..Request::new(url, named, Request::FEED)
    };
    match client.get(&request)? {
        Outcome::Body(body) => Ok(*body),
        Outcome::NotModified { .. } => Err(FetchError::Status { code: 304, wait: None }),
        Outcome::Gone => Err(FetchError::Status { code: 410, wait: None }),
    }
}

fn is_page(body: &Body) -> bool {
    body.content_type.as_deref().is_some_and(|kind| kind.to_ascii_lowercase().contains("html"))
}

fn discovered(body: &Body) -> Vec<Discovered> {
    let answer = Answer {
        content_type: body.content_type.as_deref(),
        url: Some(body.url.as_str()),
        content_location: body.content_location.as_deref(),
        content_language: body.content_language.as_deref(),
    };
    let mut found = feed::discover(&body.bytes, &answer);
    found.retain(|feed| feed.url != body.url.as_str());
    found.truncate(8);
    found
}

/// The addresses that the user may mean, the likeliest first.
///
/// # Errors
/// If it can be none.
pub fn addresses(typed: &str) -> Result<Vec<String>, FetchError> {
    let typed = typed.trim();
    let wrong = |why: &str| FetchError::BadAddress { address: typed.to_owned(), why: why.to_owned() };
    if typed.is_empty() {
        return Err(wrong("it is empty"));
    }
    if let Some(rest) = strip_prefix_ignoring_case(typed, "feed:") {
        let rest = rest.trim_start_matches('/');
        return if rest.contains("://") { Ok(vec![fetch::parse(rest)?.to_string()]) } else { of_host(rest) };
    }
    let scheme = typed.split_once(':').map(|(scheme, _)| scheme).filter(|scheme| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-'))
    });
    if Path::new(typed).is_file() {
        let path = std::path::absolute(typed).map_err(|error| wrong(&error.to_string()))?;
        let url = Url::from_file_path(path).map_err(|()| wrong("its path is no address"))?;
        return Ok(vec![url.to_string()]);
    }
    match scheme {
        // A host with a port, as `localhost:8080`.
        Some(name) if typed[name.len() + 1..].starts_with(|c: char| c.is_ascii_digit()) => of_host(typed),
        Some(_) => Ok(vec![fetch::parse(typed)?.to_string()]),
        None if typed.starts_with(['/', '.', '~', '\\']) => {
            Err(FetchError::File { path: typed.to_owned(), why: "there is no such file".to_owned() })
        }
        None => of_host(typed),
    }
}

fn of_host(rest: &str) -> Result<Vec<String>, FetchError> {
    let url = fetch::parse(&format!("https://{rest}"))?;
    let host = url.host_str().unwrap_or_default();
    if !host.contains(['.', ':']) && host != "localhost" {
        let why = "it is neither a file nor the name of a host".to_owned();
        return Err(FetchError::BadAddress { address: rest.to_owned(), why });
    }
    let plain = format!("http://{}", &url.as_str()["https://".len()..]);
    // Nobody encrypts on the way to the same computer.
    Ok(if fetch::is_loopback(&url) { vec![plain, url.to_string()] } else { vec![url.to_string(), plain] })
}

fn strip_prefix_ignoring_case<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let start = text.get(..prefix.len())?;
    start.eq_ignore_ascii_case(prefix).then(|| &text[prefix.len()..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_becomes_an_address() {
        let both = |host: &str| vec![format!("https://{host}"), format!("http://{host}")];
        for (typed, expected) in [
            (" https://a.test/x ", vec!["https://a.test/x".to_owned()]),
            ("example.org", both("example.org/")),
            ("example.org/news?x=1", both("example.org/news?x=1")),
            ("example.org:8080/x", both("example.org:8080/x")),
            ("feed:https://a.test/x", vec!["https://a.test/x".into()]),
            ("FEED://a.test/x", both("a.test/x")),
            ("localhost:8080/x", vec!["http://localhost:8080/x".into(), "https://localhost:8080/x".into()]),
            ("127.0.0.1:99", vec!["http://127.0.0.1:99/".into(), "https://127.0.0.1:99/".into()]),
        ] {
            assert_eq!(addresses(typed).unwrap(), expected, "{typed}");
        }
        for wrong in
            ["", "exec:touch x", "gopher://a.test", "word", "./no-such-file.xml", "javascript:1", "two words"]
        {
            assert!(addresses(wrong).is_err(), "{wrong}");
        }
        let file = tempfile::NamedTempFile::new().unwrap();
        let path = file.path().to_str().unwrap();
        assert_eq!(addresses(path).unwrap(), [format!("file://{path}")]);
    }
}
