//! Feeds that move, and those that only seem to.

use dateline::refresh::Came;

use crate::feeds::{all, feeds, library};
use crate::server::{Reply, Server, feed, reply, rss};

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
