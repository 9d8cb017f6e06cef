//! Whose word leads where: what feeds and servers name leads into no local network.

use dateline::fetch::{Client, Named, Settings as Fetch};
use dateline::refresh::{Settings, Special, Wanted, Wish, add, page, typed_page};
use dateline::store::Store;

use crate::feeds::{library, now, refresh};
use crate::server::{Server, feed, reply, rss};

fn story() -> String {
    let text = "The minister said on Monday that the bridge would be closed until the spring. ".repeat(8);
    format!(
        "<html><head><title>Story</title></head><body><article><h1>Story</h1><p>{text}</p></article></body></html>"
    )
}

#[test]
fn a_local_feed_is_read_whole_from_its_own_server_alone() {
    let other = Server::new(|_| reply("200 OK", &[("Content-Type", "text/html")], story().as_bytes()));
    let elsewhere = other.url("/admin");
    let server = Server::new(move |asked| match asked.path.as_str() {
        "/feed" => {
            let own = format!("http://{}/story", asked.header("host").unwrap());
            let feed = rss(&[("a", "Short."), ("b", "Short too.")])
                .replace("https://news.example/a", &own)
                .replace("https://news.example/b", &elsewhere);
            reply("200 OK", &[], feed.as_bytes())
        }
        _ => reply("200 OK", &[("Content-Type", "text/html")], story().as_bytes()),
    });
    let folder = library(&[server.url("/feed")]);
    let special = Special { url: server.url("/feed"), full_text: true, ..Special::default() };
    let settings = Settings { specials: vec![special], ..Settings::default() };
    refresh(folder.path(), Wanted::All, &settings, now());
    assert_eq!((server.count("/story"), other.asked().len()), (1, 0));
}

#[test]
fn only_what_the_user_typed_is_completed_to_an_address() {
    let server = Server::new(|_| reply("200 OK", &[("Content-Type", "text/html")], story().as_bytes()));
    let client = Client::new(Fetch::default()).unwrap();
    let bare = format!("{}/story", server.host());
    assert!(page(&client, &bare, Named::ByUser).is_err());
    assert_eq!(server.asked().len(), 0);
    assert!(typed_page(&client, &bare).is_ok());
}

#[test]
fn a_page_leads_to_feeds_of_its_own_local_server_alone() {
    let other = Server::new(|_| feed(&[("a", "x")]));
    let elsewhere = other.url("/feed");
    let server = Server::new(move |asked| {
        let link = |url: &str| {
            format!(
                "<html><head><link rel=alternate type=application/rss+xml href='{url}'></head><body>x</body></html>"
            )
        };
        let page = match asked.path.as_str() {
            "/near" => link("/own"),
            "/far" => link(&elsewhere),
            "/own" => return feed(&[("a", "x")]),
            _ => return reply("404 Not Found", &[], b""),
        };
        reply("200 OK", &[("Content-Type", "text/html")], page.as_bytes())
    });
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::open(folder.path()).unwrap();
    let client = Client::new(Fetch::default()).unwrap();
    let mut add = |path: &str| {
        let wish = Wish { address: server.url(path), ..Wish::default() };
        add(&mut store, &client, &Settings::default(), &wish, now())
    };
    assert_eq!(add("/near").unwrap().url.as_str(), server.url("/own"));
    assert!(add("/far").unwrap_err().to_string().contains("local network"));
    assert_eq!(other.asked().len(), 0);
}
