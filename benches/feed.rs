//! Reading feeds: 200 of 50 items each, as a refresh brings them.

#![allow(missing_docs)]

use dateline::ingest::feed::{Answer, parse};
use divan::counter::BytesCount;
use divan::{Bencher, black_box};

fn main() {
    divan::main();
}

const FEEDS: usize = 200;
const ITEMS: usize = 50;

/// A paragraph of a body, as markup.
const PARAGRAPH: &str = "<p>“We shall publish the list of the harbours before the winter,” said <a href=\"/people/dufrene?a=1&b=2\">\
    Élise Dufrêne</a>, the fictional commissioner for fisheries, after a meeting of <em>nine hours</em> in Port-Aurèle. \
    Her counterpart did not answer – he left by the side door.</p>\n";

/// How a feed delivers its bodies.
#[derive(Debug, Clone, Copy)]
enum Body {
    Escaped,
    Section,
    Xhtml,
}

fn feed(body: Body) -> String {
    let text = PARAGRAPH.repeat(14);
    let text = match body {
        Body::Escaped => text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;"),
        Body::Section => format!("<![CDATA[{text}]]>"),
        Body::Xhtml => format!("<div xmlns=\"http://www.w3.org/1999/xhtml\">{}</div>", text.replace('&', "&amp;")),
    };
    let item = |number: usize| match body {
        Body::Xhtml => format!(
            "<entry><title>Harbours &amp; piers {number}</title><link href=\"https://e.org/{number}\"/><id>tag:e.org,2026:{number}</id>\
             <updated>2026-02-01T10:00:00Z</updated><content type=\"xhtml\">{text}</content></entry>\n"
        ),
        _ => format!(
            "<item>\n  <title>Harbours &amp; piers {number}</title>\n  <link>https://e.org/{number}</link>\n  <guid>g{number}</guid>\n  \
             <pubDate>Sun, 01 Feb 2026 10:00:00 +0100</pubDate>\n  <dc:creator>Ada Vane</dc:creator>\n  <category>ports</category>\n  \
             <content:encoded>{text}</content:encoded>\n</item>\n"
        ),
    };
    let items: String = (0..ITEMS).map(item).collect();
    match body {
        Body::Xhtml => format!("<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>Wire</title>{items}</feed>"),
        _ => format!(
            "<rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" \
             xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><channel><title>Wire</title>{items}</channel></rss>"
        ),
    }
}

fn bench(bencher: Bencher, body: Body) {
    let text = feed(body);
    let answer = Answer { url: Some("https://e.org/feed"), ..Answer::default() };
    bencher.counter(BytesCount::new(text.len() * FEEDS)).bench_local(|| {
        (0..FEEDS)
            .map(|_| parse(black_box(text.as_bytes()), &answer).map_or(0, |feed| feed.entries.len()))
            .sum::<usize>()
    });
}

#[divan::bench]
fn escaped(bencher: Bencher) {
    bench(bencher, Body::Escaped);
}

#[divan::bench]
fn sections(bencher: Bencher) {
    bench(bencher, Body::Section);
}

#[divan::bench]
fn xhtml(bencher: Bencher) {
    bench(bencher, Body::Xhtml);
}
