//! `dateline list`, `remove`, `move` and `rename`: what is subscribed to.

use std::io;

use jiff::Zoned;
use serde_json::json;

use super::Ended;
use super::args::Arguments;
use super::library::{Desk, count, failed, feed, folder_path};
use super::output::Output;
use crate::query::Matching;
use crate::store::{FolderPath, Query, Scope, Store, StoreError, Subscription};
use crate::text::{Clean, masked};

/// `dateline list`. Its error is that of writing.
pub(super) fn list(arguments: &Arguments, as_json: bool) -> io::Result<Ended> {
    let (store, smart) = match Desk::open(arguments).and_then(|desk| Ok((desk.store()?, desk.config.smart))) {
        Ok(opened) => opened,
        Err(ended) => return Ok(ended),
    };
    let (feeds, folders) = match store.subscriptions().and_then(|feeds| Ok((feeds, store.folders()?))) {
        Ok(read) => read,
        Err(error) => return Ok(failed(&error)),
    };
    let mut output = Output::new();
    if as_json {
        for feed in &feeds {
            output.line(&Clean::new(&record(feed).to_string()))?;
        }
    } else if feeds.is_empty() && folders.is_empty() {
        output.line(&Clean::literal(
            "nothing yet: `dateline add URL` subscribes to a feed, `dateline import FILE` to a list",
        ))?;
    } else {
        tree(&feeds, &folders, &mut output)?;
    }
    if !as_json {
        for feed in smart {
            let matching = feed.search.matching.map(|expression| Matching { expression, now: Zoned::now() });
            let query = Query { scope: Scope::Unread, matching, ..Query::default() };
            match store.count_articles(&query, usize::MAX) {
                Ok(unread) => {
                    output.line(&Clean::new(&format!(
                        "{unread} unread  {}  {}",
                        feed.name,
                        Clean::line(&feed.query)
                    )))?;
                }
                Err(error) => return Ok(failed(&error)),
            }
        }
    }
    output.flush()?;
    Ok(Ended::Well)
}

fn record(feed: &Subscription) -> serde_json::Value {
    let state = &feed.state;
    let folder: Vec<&str> = feed.folder.iter().map(Clean::as_str).collect();
    json!({
        "id": feed.id.0,
        "title": feed.title.as_str(),
        "url": feed.url,
        "site": feed.site,
        "folder": folder,
        "unread": feed.unread,
        "total": feed.total,
        "last_success": state.last_success.map(|moment| moment.to_string()),
        "next_check": state.next_check.max(state.wait_until).map(|moment| moment.to_string()),
        "failures": state.failures,
        "problem": state.problem.as_deref(),
        "gone": state.is_gone,
    })
}

/// Folders, each with its feeds, indented by depth; what is in none comes first.
fn tree(feeds: &[Subscription], folders: &[FolderPath], output: &mut Output) -> io::Result<()> {
    let width = feeds.iter().map(|feed| feed.id.0.to_string().len()).max().unwrap_or(1);
    let root = FolderPath::new();
    for folder in std::iter::once(&root).chain(folders) {
        let indent = "  ".repeat(folder.len());
        if let Some(name) = folder.last() {
            output.line(&Clean::new(&format!("{}{name}/", &indent[2..])))?;
        }
        for feed in feeds.iter().filter(|feed| feed.folder == *folder) {
            let unread = format!("{}/{}", feed.unread, feed.total);
            let (id, title, url) = (feed.id.0, &feed.title, masked(&feed.url));
            output.line(&Clean::new(&format!("{indent}{id:>width$} {unread:>9}  {title}  {url}")))?;
            if let Some(problem) = &feed.state.problem {
                output.line(&Clean::new(&format!("{indent}{:>width$} {:>9}  ! {problem}", "", "")))?;
            }
        }
    }
    Ok(())
}

/// `dateline remove`. Its error is that of writing.
pub(super) fn remove(arguments: &Arguments, names: &[String]) -> io::Result<Ended> {
    each(arguments, names, |store, feed| {
        let starred = store.keys(&Query { scope: Scope::Feed(feed.id), ..Query::default() }, None)?;
        let starred = starred.iter().filter(|key| key.starred).count();
        let gone = store.unsubscribe(feed.id)?;
        let stayed = match starred {
            0 => String::new(),
            number => format!("; {} stayed among the saved", count(number, "starred one", "starred ones")),
        };
        Ok(format!(
            "removed {} ({}) with {}{stayed}",
            feed.title,
            masked(&feed.url),
            count(gone, "article", "articles")
        ))
    })
}

/// `dateline move`. Its error is that of writing.
pub(super) fn move_to(arguments: &Arguments, names: &[String], folder: &str) -> io::Result<Ended> {
    let folder = folder_path(folder);
    each(arguments, names, |store, feed| {
        store.move_to(feed.id, &folder)?;
        let place = folder.iter().map(Clean::as_str).collect::<Vec<_>>().join("/");
        Ok(format!(
            "moved {} {}",
            feed.title,
            if place.is_empty() { "out of all folders".into() } else { format!("to {place}") }
        ))
    })
}

/// `dateline rename`. Its error is that of writing.
pub(super) fn rename(arguments: &Arguments, name: &str, title: &str) -> io::Result<Ended> {
    let title = Clean::line(title);
    each(arguments, &[name.to_owned()], |store, feed| {
        store.rename(feed.id, Some(&title).filter(|title| !title.is_empty()))?;
        Ok(if title.is_empty() {
            format!("{} has its own name again", feed.title)
        } else {
            format!("renamed {} to {title}", feed.title)
        })
    })
}

/// Does something with each feed that is named, and tells what.
fn each(
    arguments: &Arguments,
    names: &[String],
    mut act: impl FnMut(&mut Store, &Subscription) -> Result<String, StoreError>,
) -> io::Result<Ended> {
    let mut store = match Desk::open(arguments).and_then(|desk| desk.store()) {
        Ok(store) => store,
        Err(ended) => return Ok(ended),
    };
    let mut output = Output::new();
    let mut ended = Ended::Well;
    for name in names {
        let feeds = match store.subscriptions() {
            Ok(feeds) => feeds,
            Err(error) => return Ok(failed(&error)),
        };
        let Some(feed) = feed(&feeds, name) else {
            ended = Ended::SomeFailed;
            continue;
        };
        match act(&mut store, feed) {
            Ok(told) => output.line(&Clean::line(&told))?,
            Err(error) => return Ok(failed(&error)),
        }
    }
    output.flush()?;
    Ok(ended)
}
