//! Many feeds into a library.

use std::ops::ControlFlow;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use dateline::fetch::Login;
use dateline::refresh::{Came, RefreshError, Settings, Special, Summary, Wanted, run};
use dateline::store::{FeedId, NewFeed, Query, RefreshLock, Retention, Store, Subscribed, Subscription};
use jiff::{SignedDuration, Timestamp};

use crate::server::{Asked, Reply, Server, feed, reply, rss, to};

pub fn now() -> Timestamp {
    "2026-03-01T12:00:00Z".parse().unwrap()
}

/// A library with these feeds.
pub fn library(urls: &[String]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::open(folder.path()).unwrap();
    for url in urls {
        let new = NewFeed { url: url.clone(), ..NewFeed::default() };
        assert!(matches!(store.subscribe(&new, now()).unwrap(), Subscribed::New(_)));
    }
    folder
}

pub fn feeds(folder: &Path) -> Vec<Subscription> {
    Store::open(folder).unwrap().subscriptions().unwrap()
}

pub fn refresh(folder: &Path, wanted: Wanted, settings: &Settings, now: Timestamp) -> (Summary, Vec<(FeedId, Came)>) {
    let mut told = Vec::new();
    let summary = run(folder, wanted, settings, now, &mut |progress| {
        told.push((progress.feed.id, progress.came.clone()));
        assert!(progress.done <= progress.total);
        ControlFlow::Continue(())
    });
    told.sort_by_key(|(id, _)| *id);
    (summary.unwrap(), told)
}

/// Refreshes all by hand.
pub fn all(folder: &Path) -> (Summary, Vec<(FeedId, Came)>) {
    refresh(folder, Wanted::All, &Settings::default(), now())
}

/// A feed that knows what it sent.
fn with_etag(asked: &Asked, etag: &str, entries: &[(&str, &str)]) -> Reply {
    if asked.header("if-none-match") == Some(etag) {
        return reply("304 Not Modified", &[], b"");
    }
    reply("200 OK", &[("ETag", etag), ("Content-Type", "application/rss+xml")], rss(entries).as_bytes())
}

#[test]
fn what_is_new_is_kept_once_and_what_is_unchanged_is_not_sent() {
    let server = Server::new(|asked| with_etag(asked, "\"1\"", &[("a", "one"), ("b", "two")]));
    let urls: Vec<String> = (0..20).map(|number| server.url(&format!("/{number}"))).collect();
    let folder = library(&urls);
    let (summary, _) = all(folder.path());
    assert_eq!((summary.asked, summary.articles.new, summary.failed), (20, 40, 0));
    let (summary, told) = all(folder.path());
    assert_eq!((summary.asked, summary.unchanged, summary.articles.new), (20, 20, 0));
    assert!(told.iter().all(|(_, came)| *came == Came::Unchanged));
    assert_eq!(server.asked().len(), 40);
    for feed in feeds(folder.path()) {
        assert_eq!((feed.total, feed.title.as_str(), feed.state.last_success), (2, "The Example", Some(now())));
    }
}

#[test]
fn a_changed_entry_is_a_new_version_of_its_article() {
    let server = Server::new(|asked| match asked.before {
        0 => feed(&[("a", "the toll is three")]),
        _ => feed(&[("a", "the toll is four"), ("b", "more")]),
    });
    let folder = library(&[server.url("/")]);
    all(folder.path());
    let (summary, _) = all(folder.path());
    assert_eq!((summary.articles.new, summary.articles.changed), (1, 1));
    let store = Store::open(folder.path()).unwrap();
    let keys = store.keys(&Query::default(), None).unwrap();
    let versions: Vec<usize> = keys.iter().map(|key| store.versions(key.id).unwrap().len()).collect();
    assert_eq!((versions.iter().max(), versions.len()), (Some(&2), 2));
}

#[test]
fn one_bad_feed_costs_the_others_nothing_and_keeps_its_articles() {
    let server = Server::new(|asked| match (asked.path.as_str(), asked.before) {
        ("/breaks", 0) => feed(&[("a", "old")]),
        ("/breaks", _) => reply("500 X", &[], b""),
        ("/page", _) => reply("200 OK", &[("Content-Type", "text/html")], b"<html><body>Log in</body></html>"),
        ("/garbage", _) => Reply::Raw(vec![0xff; 300]),
        _ => feed(&[("a", "good")]),
    });
    let folder = library(&["/breaks", "/page", "/garbage", "/good"].map(|path| server.url(path)));
    all(folder.path());
    let (summary, told) = all(folder.path());
    assert_eq!((summary.asked, summary.failed), (4, 3));
    assert_eq!(told.iter().filter(|(_, came)| matches!(came, Came::Failed(_))).count(), 3);
    let feeds = feeds(folder.path());
    let breaks = &feeds[0];
    assert_eq!((breaks.total, breaks.state.failures), (1, 1));
    assert_eq!(breaks.state.last_success, Some(now()));
    assert!(breaks.state.problem.as_ref().unwrap().contains("500"));
    assert_eq!((feeds[1].state.failures, feeds[3].state.failures), (2, 0));
}

#[test]
fn what_is_gone_is_asked_no_more_unless_it_is_named() {
    let server =
        Server::new(|asked| if asked.before == 0 { reply("410 Gone", &[], b"") } else { feed(&[("a", "x")]) });
    let folder = library(&[server.url("/")]);
    let (summary, told) = all(folder.path());
    assert_eq!(summary.failed, 1);
    assert!(matches!(&told[0].1, Came::Gone(words) if words.contains("410")));
    assert!(feeds(folder.path())[0].state.is_gone);
    assert_eq!(all(folder.path()).0.asked, 0);
    let id = told[0].0;
    let (summary, _) = refresh(folder.path(), Wanted::These(&[id]), &Settings::default(), now());
    assert_eq!((summary.asked, summary.articles.new), (1, 1));
    assert!(!feeds(folder.path())[0].state.is_gone);
}

#[test]
fn a_feed_moves_for_good_only_when_its_server_says_so() {
    let server = Server::new(|asked| match asked.path.as_str() {
        "/permanent" => to("301 Moved Permanently", "/new"),
        "/temporary" => to("302 Found", "/other"),
        _ => feed(&[("a", "x")]),
    });
    let folder = library(&["/permanent", "/temporary"].map(|path| server.url(path)));
    let (_, told) = all(folder.path());
    assert!(matches!(&told[0].1, Came::Read { moved_to: Some(_), .. }));
    let urls: Vec<String> = feeds(folder.path()).into_iter().map(|feed| feed.url).collect();
    assert_eq!(urls, ["/new", "/temporary"].map(|path| server.url(path)));
}

#[test]
fn a_server_that_wants_to_be_left_alone_is_also_by_hand() {
    let server = Server::new(|asked| match asked.before {
        0 => reply("429 Too Many Requests", &[("Retry-After", "3600")], b""),
        _ => feed(&[("a", "x")]),
    });
    let folder = library(&[server.url("/")]);
    let id = feeds(folder.path())[0].id;
    all(folder.path());
    let soon = now() + SignedDuration::from_mins(59);
    for wanted in [Wanted::All, Wanted::Due, Wanted::These(&[id])] {
        let (summary, _) = refresh(folder.path(), wanted, &Settings::default(), soon);
        assert_eq!(summary.asked, 0, "{wanted:?}");
    }
    assert_eq!(server.asked().len(), 1);
    let (summary, _) =
        refresh(folder.path(), Wanted::All, &Settings::default(), now() + SignedDuration::from_hours(1));
    assert_eq!((summary.asked, summary.articles.new), (1, 1));
    assert_eq!(feeds(folder.path())[0].state.wait_until, None);
}

#[test]
fn a_complaint_holds_for_all_feeds_of_its_host() {
    let server = Server::new(|_| reply("429 Too Many Requests", &[], b""));
    let folder = library(&["/1", "/2", "/3"].map(|path| server.url(path)));
    let one = Settings { jobs: 1, ..Settings::default() };
    let (summary, _) = refresh(folder.path(), Wanted::All, &one, now());
    assert_eq!((summary.asked, summary.left_alone), (1, 2));
    assert_eq!(server.asked().len(), 1);
    assert!(feeds(folder.path()).iter().all(|feed| feed.state.wait_until > Some(now())));
}

#[test]
fn by_itself_a_feed_is_asked_when_it_is_due() {
    let server = Server::new(|_| feed(&[("a", "x")]));
    let folder = library(&[server.url("/")]);
    let settings = Settings { interval: Duration::from_secs(600), ..Settings::default() };
    let asked =
        |minutes| refresh(folder.path(), Wanted::Due, &settings, now() + SignedDuration::from_mins(minutes)).0.asked;
    assert_eq!([0, 5, 9, 10, 15, 20].map(asked), [1, 0, 0, 1, 0, 1]);
}

#[test]
fn a_feed_that_is_special_is_asked_and_kept_as_said() {
    let server = Server::new(|asked| match (asked.header("authorization"), asked.header("x-key")) {
        (Some("Basic bWU6c2VjcmV0"), Some("7")) => feed(&[("a", "1"), ("b", "2"), ("c", "3")]),
        _ => reply("401 Unauthorized", &[("WWW-Authenticate", "Basic")], b""),
    });
    let folder = library(&[server.url("/")]);
    let (summary, _) = all(folder.path());
    assert_eq!(summary.failed, 1);
    assert!(feeds(folder.path())[0].state.problem.as_ref().unwrap().contains("[[feed]]"));
    let special = Special {
        url: server.url("/"),
        login: Some(Login { user: "me".into(), password: "secret".into() }),
        headers: vec![("X-Key".into(), "7".into())],
        retention: Some(Retention { count: Some(2), days: None }),
        ..Special::default()
    };
    let settings = Settings { specials: vec![special], ..Settings::default() };
    let (summary, _) = refresh(folder.path(), Wanted::All, &settings, now());
    assert_eq!(summary.failed, 0);
    assert_eq!(feeds(folder.path())[0].total, 2);
}

#[test]
fn pages_of_new_articles_are_read_where_they_are_wanted() {
    let text =
        "The minister said on Monday that the bridge over the river would be closed until the spring. ".repeat(8);
    let page = format!(
        "<html><head><title>Story</title></head><body><nav>Home</nav><article><h1>Story</h1><p>{text}</p><p>{text}</p></article></body></html>"
    );
    let server = Server::new(move |asked| match asked.path.as_str() {
        "/feed" => {
            let feed = rss(&[("a", "Short.")]);
            let here = format!("http://{}/story", asked.header("host").unwrap());
            reply("200 OK", &[], feed.replace("https://news.example/a", &here).as_bytes())
        }
        _ => reply("200 OK", &[("Content-Type", "text/html")], page.as_bytes()),
    });
    let folder = library(&[server.url("/feed")]);
    let special = Special { url: server.url("/feed"), full_text: true, ..Special::default() };
    let settings = Settings { specials: vec![special], ..Settings::default() };
    for _ in 0..2 {
        refresh(folder.path(), Wanted::All, &settings, now());
    }
    assert_eq!(server.count("/story"), 1);
    let store = Store::open(folder.path()).unwrap();
    let id = store.keys(&Query::default(), None).unwrap()[0].id;
    let article = store.article(id).unwrap().unwrap().into_article();
    assert!(article.doc.text.contains("closed until the spring") && !article.doc.text.contains("Home"));
}

#[test]
fn only_one_refreshes_at_a_time() {
    let server = Server::new(|_| feed(&[("a", "x")]));
    let folder = library(&[server.url("/")]);
    let lock = RefreshLock::take(folder.path()).unwrap().unwrap();
    let refused = run(folder.path(), Wanted::All, &Settings::default(), now(), &mut |_| ControlFlow::Continue(()));
    assert!(matches!(refused, Err(RefreshError::Busy)));
    assert_eq!(server.asked().len(), 0);
    drop(lock);
    assert_eq!(all(folder.path()).0.asked, 1);
}

#[test]
fn whoever_watches_may_end_it() {
    let server = Server::new(|_| feed(&[("a", "x")]));
    let urls: Vec<String> = (0..50).map(|number| server.url(&format!("/{number}"))).collect();
    let folder = library(&urls);
    let settings = Settings { jobs: 1, ..Settings::default() };
    let mut told = 0;
    let summary = run(folder.path(), Wanted::All, &settings, now(), &mut |_| {
        told += 1;
        ControlFlow::Break(())
    });
    assert!(summary.unwrap().is_stopped);
    assert_eq!(told, 1);
    assert!(server.asked().len() < 50, "{}", server.asked().len());
}

#[test]
fn many_are_asked_at_once_but_no_more_than_said() {
    let active = Arc::new(Mutex::new((0_usize, 0_usize)));
    let count = Arc::clone(&active);
    let server = Server::new(move |_| {
        {
            let mut count = count.lock().unwrap();
            count.0 += 1;
            count.1 = count.1.max(count.0);
        }
        std::thread::yield_now();
        let answer = feed(&[("a", "x")]);
        count.lock().unwrap().0 -= 1;
        answer
    });
    let urls: Vec<String> = (0..60).map(|number| server.url(&format!("/{number}"))).collect();
    let folder = library(&urls);
    let settings = Settings { jobs: 3, ..Settings::default() };
    assert_eq!(refresh(folder.path(), Wanted::All, &settings, now()).0.articles.new, 60);
    assert!(active.lock().unwrap().1 <= 3);
}

#[test]
fn feeds_in_a_wrong_encoding_are_read() {
    let server = Server::new(|_| {
        let text = rss(&[("a", "caf\u{e9}")]).replace("UTF-8", "ISO-8859-1").replace("Story a", "Caf\u{e9} a");
        let latin: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
        reply("200 OK", &[("Content-Type", "text/xml; charset=utf-8")], &latin)
    });
    let folder = library(&[server.url("/")]);
    assert_eq!(all(folder.path()).0.articles.new, 1);
    let store = Store::open(folder.path()).unwrap();
    let ids: Vec<_> = store.keys(&Query::default(), None).unwrap().iter().map(|key| key.id).collect();
    assert_eq!(store.rows(&ids).unwrap()[0].title.as_str(), "Caf\u{e9} a");
}
