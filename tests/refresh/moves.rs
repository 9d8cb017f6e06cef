//! Feeds that move, and those that only seem to.

use dateline::fetch::{Client, Settings as Fetch};
use dateline::refresh::{Came, Moved, Settings, Special, Wanted, Wish, add};
use dateline::store::{NewFeed, Retention, Store};

use crate::feeds::{all, feeds, library, now, refresh};
use crate::server::{Reply, Server, feed, reply, rss, to};

/// A feed that says that it is at `to` now.
fn announcing(to: &str) -> Reply {
    let begin = format!(
        "<channel xmlns:itunes=\"http://www.itunes.com/dtds/podcast-1.0.dtd\"><itunes:new-feed-url>{to}</itunes:new-feed-url>"
    );
    let text = rss(&[("a", "x")]).replace("<channel>", &begin);
    reply("200 OK", &[("ETag", "\"old\"")], text.as_bytes())
}

#[test]
fn an_address_that_a_feed_announces_is_taken_over_once_a_feed_came_from_it() {
    let other = Server::new(|_| feed(&[("a", "x")]));
    let elsewhere = other.url("/feed");
    let server = Server::new(move |asked| {
        let here = format!("http://{}", asked.header("host").unwrap());
        match asked.path.as_str() {
            "/moved" => announcing(&format!("{here}/new")),
            "/slip" => announcing(&format!("{here}/nwe")),
            "/site" => announcing(&format!("{here}/page")),
            "/inwards" => announcing(&elsewhere),
            "/new" => feed(&[("a", "x")]),
            "/page" => reply("200 OK", &[("Content-Type", "text/html")], b"<html><body>Welcome</body></html>"),
            _ => reply("404 Not Found", &[], b""),
        }
    });
    let folder = library(&["/moved", "/slip", "/site", "/inwards"].map(|path| server.url(path)));
    let (summary, told) = all(folder.path());
    assert_eq!(summary.failed, 0);
    let moved = told.iter().filter(|(_, came)| matches!(came, Came::Read { moved_to: Some(_), .. })).count();
    assert_eq!(moved, 1);
    let feeds = feeds(folder.path());
    let urls: Vec<&str> = feeds.iter().map(|feed| feed.url.as_str()).collect();
    assert_eq!(urls, ["/new", "/slip", "/site", "/inwards"].map(|path| server.url(path)));
    // What the old address said of its answer says nothing of the new one's.
    assert_eq!((&feeds[0].state.etag, feeds[1].state.etag.as_deref()), (&None, Some("\"old\"")));
    assert_eq!(other.asked().len(), 0, "an announcement leads into no local network");
}

#[test]
fn within_a_local_network_a_server_sends_on_but_not_for_good() {
    let other = Server::new(|_| feed(&[("a", "x")]));
    let elsewhere = other.url("/feed");
    let server = Server::new(move |_| to("301 Moved Permanently", &elsewhere));
    let folder = library(&[server.url("/")]);
    let (summary, told) = all(folder.path());
    assert_eq!(summary.articles.new, 1);
    assert!(matches!(told[0].1, Came::Read { moved_to: None, .. }));
    assert_eq!(feeds(folder.path())[0].url, server.url("/"));
}

#[test]
fn a_host_that_the_user_has_not_named_has_to_be_public_each_time() {
    let server = Server::new(|_| feed(&[("a", "x")]));
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::open(folder.path()).unwrap();
    let url = server.url("/feed");
    store.subscribe(&NewFeed { url: url.clone(), by_others: true, ..NewFeed::default() }, now()).unwrap();
    assert_eq!(all(folder.path()).0.failed, 1);
    assert!(feeds(folder.path())[0].state.problem.as_ref().unwrap().contains("add that address itself"));
    assert_eq!(server.asked().len(), 0);
    // As the message says.
    let wish = Wish { address: url, ..Wish::default() };
    let client = Client::new(Fetch::default()).unwrap();
    assert!(add(&mut store, &client, &Settings::default(), &wish, now()).unwrap().was_known);
    assert_eq!(all(folder.path()).0.failed, 0);
}

#[test]
fn only_a_feed_that_came_shows_where_it_is_now() {
    let server = Server::new(|asked| match (asked.path.as_str(), asked.before) {
        ("/feed", 0) => reply("200 OK", &[("ETag", "\"1\"")], rss(&[("a", "x")]).as_bytes()),
        ("/feed", 1) => to("301 Moved Permanently", "/portal"),
        ("/feed", _) => to("301 Moved Permanently", "/new"),
        // To whoever asks for news, nothing is news.
        ("/portal", _) if asked.header("if-none-match").is_some() => reply("304 Not Modified", &[], b""),
        ("/new", _) => feed(&[("a", "x"), ("b", "y")]),
        _ => reply("200 OK", &[("Content-Type", "text/html")], b"<html><body>Log in</body></html>"),
    });
    let folder = library(&[server.url("/feed")]);
    let mut urls = Vec::new();
    for _ in 0..3 {
        assert_eq!(all(folder.path()).0.failed, 0);
        urls.push(feeds(folder.path()).remove(0).url);
    }
    assert_eq!(urls, ["/feed", "/feed", "/new"].map(|path| server.url(path)));
}

#[test]
fn a_feed_is_gone_only_if_its_own_address_is() {
    let server = Server::new(|asked| match (asked.path.as_str(), asked.before) {
        ("/for-good", _) => to("301 Moved Permanently", "/gone"),
        ("/for-now", 0) => to("302 Found", "/gone"),
        ("/for-now", _) => feed(&[("a", "x")]),
        _ => reply("410 Gone", &[], b""),
    });
    let folder = library(&["/for-good", "/for-now"].map(|path| server.url(path)));
    let (_, told) = all(folder.path());
    assert!(matches!(&told[0].1, Came::Gone(_)));
    assert!(matches!(&told[1].1, Came::Failed(words) if words.contains("410")));
    assert_eq!(feeds(folder.path()).iter().map(|feed| feed.state.is_gone).collect::<Vec<_>>(), [true, false]);
    let (summary, _) = all(folder.path());
    assert_eq!((summary.asked, summary.articles.new), (1, 1));
}

#[test]
fn a_feed_that_the_configuration_names_stays_and_keeps_what_is_said_of_it() {
    let server = Server::new(|asked| match asked.path.as_str() {
        "/old" => to("301 Moved Permanently", "/new"),
        "/announces" => announcing(&format!("http://{}/new", asked.header("host").unwrap())),
        _ => feed(&[("a", "1"), ("b", "2"), ("c", "3")]),
    });
    let paths = ["/old", "/announces"];
    let special = |url: String| Special {
        url,
        retention: Some(Retention { count: Some(2), days: None }),
        ..Special::default()
    };
    let settings = Settings {
        specials: paths.iter().map(|path| special(server.url(path))).collect(),
        retention: Retention { count: Some(1), days: None },
        ..Settings::default()
    };
    let folder = library(&paths.map(|path| server.url(path)));
    for _ in 0..2 {
        let (summary, told) = refresh(folder.path(), Wanted::All, &settings, now());
        assert_eq!(summary.failed, 0);
        for (_, came) in &told {
            let Came::Read { moved_to: Some(Moved::Configured(to)), .. } = came else { panic!("{came:?}") };
            assert_eq!(to.as_str(), server.url("/new"));
        }
    }
    let after = feeds(folder.path());
    assert_eq!(after.iter().map(|feed| feed.url.as_str()).collect::<Vec<_>>(), paths.map(|path| server.url(path)));
    assert_eq!(after[0].total, 2, "by what is said of it, not of all");

    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::open(folder.path()).unwrap();
    let wish = Wish { address: server.url("/old"), ..Wish::default() };
    let client = Client::new(Fetch::default()).unwrap();
    let added = add(&mut store, &client, &settings, &wish, now()).unwrap();
    assert_eq!((added.url.as_str(), added.now_at.as_deref()), (&*server.url("/old"), Some(&*server.url("/new"))));
    // As the words say: with another address in the configuration it follows.
    let settings = Settings { specials: vec![special(server.url("/new"))], ..settings };
    refresh(folder.path(), Wanted::All, &settings, now());
    assert_eq!(feeds(folder.path())[0].url, server.url("/new"));
    assert_eq!(feeds(folder.path())[0].total, 2);
}
