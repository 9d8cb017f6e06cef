//! Articles out of pages of the web, as a caller sees them.

use dateline::ingest::page::{Answer, Page, Quality, extract};
use dateline::ingest::{Format, Item, Limits, Place, read_from};
use dateline::model::{Article, BlockKind};

const URL: &str = "https://gull.example/news/strait";

fn page(html: &str) -> Page {
    extract(html.as_bytes(), &Answer { content_type: Some("text/html"), url: Some(URL) })
}

fn lines(article: &Article) -> Vec<&str> {
    article.doc.blocks.iter().map(|block| &article.doc.text[block.span.start..block.span.end]).collect()
}

/// The article of a file that somebody opens.
fn file(html: &str) -> Article {
    let mut found = None;
    let _ = read_from(&Place::named("in"), html.as_bytes(), Some(Format::Html), &Limits::default(), &mut |item| {
        if let Item::Article(article) = item {
            found = Some(*article);
        }
        std::ops::ControlFlow::Continue(())
    });
    found.unwrap()
}

/// Sentences as an article has them.
fn text(paragraphs: usize) -> String {
    (1..=paragraphs)
        .map(|n| {
            format!("<p>The gulls of harbour {n} have had a long winter, and it shows in their song, they say.</p>")
        })
        .collect()
}

fn doubt(html: &str) -> Option<String> {
    match page(html).quality {
        Quality::Good => None,
        Quality::Thin { why } => Some(why.to_string()),
    }
}

#[test]
fn what_gives_little_says_so() {
    let wall =
        "<html><head><title>Gulls</title></head><body><div id=root>Please enable JavaScript to see this page.</div>";
    assert!(doubt(wall).unwrap().contains("scripts"));
    let consent = "<h1>Gulls</h1><div><p>We value your privacy. We and our partners store cookies on your device.</p>\
        <p>With your consent our partners may use precise data of where you are, in cookies too.</p></div>";
    assert!(doubt(consent).unwrap().contains("consent"));
    let stub = format!(
        "<article><h1>Gulls</h1>{}<div class=wall><p>Subscribe to continue. Already a subscriber? <a href=/l>Log in</a></p></div></article>",
        text(3)
    );
    assert!(doubt(&stub).unwrap().contains("subscribers"));
    let said = format!(
        "<script type='application/ld+json'>{{\"@type\":\"NewsArticle\",\"headline\":\"Gulls\",\"isAccessibleForFree\":false}}</script>\
         <h1>Gulls</h1>{}",
        text(3)
    );
    assert!(doubt(&said).unwrap().contains("subscribers"));
    assert!(
        doubt(&format!("<h1>Gulls</h1>{}<p>What came then, nobody had …</p>", text(3)))
            .unwrap()
            .contains("breaks off")
    );
    assert!(doubt("<h1>Gulls</h1><p>Loading</p>").is_some());
    let links = "<li><a href=/a>Gulls of the harbour are back on the wall</a></li>".repeat(20);
    assert!(doubt(&format!("<h1>News</h1><ul>{links}</ul>")).unwrap().contains("links"));
    assert!(doubt("<h1>Gulls</h1>").is_some());
}

#[test]
fn what_is_whole_is_good() {
    assert_eq!(doubt(&format!("<h1>Gulls</h1>{}", text(8))), None);
    let brief = "<article><h1>Strait closed</h1><p>The strait is closed to all boats until Friday, the harbour said.</p></article>";
    assert_eq!(doubt(brief), None);
    assert_eq!(doubt(&format!("<h1>Gulls</h1>{}<p>Those who subscribe to a paper are fewer.</p>", text(4))), None);
    let cookies =
        format!("<h1>Cookies</h1>{}<p>They sell cookies at the harbour, and ask for no consent.</p>", text(3));
    assert_eq!(doubt(&cookies), None);
    let told = format!(
        "<script type='application/ld+json'>{{\"@type\":\"NewsArticle\",\"articleBody\":\"{}\"}}</script><div>Loading</div>",
        "The gulls of the harbour have had a long winter, and it shows in their song, they say. ".repeat(10)
    );
    assert_eq!(doubt(&told), None);
}

#[test]
fn a_file_keeps_all_that_is_no_chrome() {
    let long = "The world is nice today, and the gulls sit on the wall, as they have done for years, they say.";
    let article = file(&format!("<p>Hello.</p><div><p>{long}</p></div><p>Bye.</p>"));
    assert_eq!(lines(&article), ["Hello.", long, "Bye."]);
    let notes = "<h1>Release notes</h1><h2>New</h2><ul><li>Gulls can be counted.</li></ul><div><h2>Mended</h2><p>The wall, \
        which had been too low for years, is now as high as the gulls want it, and everybody is glad of it.</p></div>";
    assert_eq!(lines(&file(notes)).len(), 5);
    let table = "<table><caption>Boats</caption><tr><th>Place</th><th>2030</th><th>2031</th></tr>\
        <tr><td>Port</td><td>12</td><td>14</td></tr></table>";
    assert_eq!(lines(&file(table)), ["Boats", "Place\t2030\t2031", "Port\t12\t14"]);
    let nav = format!("<nav><a href=/a>Home</a> <a href=/b>News</a></nav><p>Hello.</p><p>{long}</p>");
    assert_eq!(lines(&file(&nav)), ["Hello.", long]);
    let main = format!("<p>Elsewhere.</p><main><p>Hello.</p><div><p>{long}</p></div><p>Bye.</p></main>");
    assert_eq!(lines(&file(&main)), ["Hello.", long, "Bye."]);
}

#[test]
fn a_short_page_keeps_the_plain_text_around_its_longest_part() {
    let before = "<p>The strait was opened on Monday, and nobody had thought that it would be so soon.</p>";
    let article = page(&format!("<h1>Strait</h1>{before}<div>{}</div>{before}", text(6))).article;
    assert_eq!(lines(&article).len(), 8);
    let table = "<h1>Boats</h1><p>So many boats.</p><table><caption>Boats</caption><tr><th>Place</th><th>2031</th></tr>\
        <tr><td>Port</td><td>14</td></tr></table>";
    assert!(lines(&page(table).article).ends_with(&["Boats", "Place\t2031", "Port\t14"]));
}

#[test]
fn the_server_tells_the_charset() {
    let russian = "Министр сообщил, что список гаваней будет опубликован до зимы.";
    let html = format!("<h1>Strait</h1><p>{russian}</p>");
    let read = |bytes: &[u8], kind: &str| {
        let page = extract(bytes, &Answer { content_type: Some(kind), url: None });
        page.article.doc.text.to_string()
    };
    // By its look this is Latin: a page of one sign.
    let price = encoding_rs::ISO_8859_15.encode("<h1>Price</h1><p>It costs 100 €, they say.</p>").0.into_owned();
    assert_eq!(read(&price, "text/html; charset=iso-8859-15"), "It costs 100 €, they say.");
    let turkish = encoding_rs::WINDOWS_1254.encode("<h1>Gün</h1><p>Şimşek aldı.</p>").0.into_owned();
    assert_eq!(read(&turkish, "text/html; charset=\"ISO-8859-9\""), "Şimşek aldı.");
    // What is UTF-8 stays that, and what the server calls UTF-8 and is not may say better itself.
    assert_eq!(read(html.as_bytes(), "text/html; charset=koi8-r"), russian);
    let own = format!("<meta charset=windows-1251>{html}");
    assert_eq!(read(&encoding_rs::WINDOWS_1251.encode(&own).0, "text/html; charset=utf-8"), russian);
}

#[test]
fn a_page_says_what_it_is() {
    let html = format!(
        "<html lang=en-GB><head><title>Strait opens | Gull Wire</title><base href='/sub/'><link rel=canonical href='../strait'>\
         <meta property=og:site_name content='Gull Wire'><meta name=author content='Ada Quill'>\
         <meta property=article:published_time content='2031-02-03T09:25:00Z'></head><body><h1>Strait opens</h1>\
         {}<p>More <a href=x>here</a>.</p></body>",
        text(6)
    );
    let Page { article, published, quality } = page(&html);
    assert_eq!(article.title.as_deref(), Some("Strait opens"));
    assert_eq!(article.source.as_deref(), Some("Gull Wire"));
    assert_eq!(article.language.as_deref(), Some("en-GB"));
    assert_eq!(article.url.as_deref(), Some("https://gull.example/strait"));
    assert_eq!(article.authors.iter().map(|author| author.as_str()).collect::<Vec<_>>(), ["Ada Quill"]);
    assert_eq!(published.unwrap().to_string(), "2031-02-03T09:25:00Z");
    assert_eq!(article.doc.links[0].url.as_str(), "https://gull.example/sub/x");
    assert_eq!(quality, Quality::Good);
    // Its headline is told apart, and not twice.
    assert!(!lines(&article).contains(&"Strait opens"));
}

#[test]
fn what_stands_around_an_article_is_left_out() {
    let html = format!(
        "<nav><a href=/a>Home</a></nav><div class=content><h1>Strait</h1>{}<figure><img src=g><figcaption>A gull.</figcaption>\
         </figure><table><tr><th>Place</th><th>2031</th></tr><tr><td>Port</td><td>14</td></tr></table>\
         <div class=related><h3>Related</h3><a href=/b>Other gulls of the harbour</a></div></div>\
         <div id=comments><p>I like gulls, said somebody, and all the others liked that too, as one may read.</p></div>\
         <footer>Gull Wire 2031</footer>",
        text(8)
    );
    let article = page(&html).article;
    let lines = lines(&article);
    for gone in ["Home", "Related", "Other gulls", "I like gulls", "Gull Wire"] {
        assert!(!article.doc.text.contains(gone), "{gone}");
    }
    assert!(lines.contains(&"A gull.") && lines.contains(&"Port\t14"), "{lines:?}");
    assert!(article.doc.blocks.iter().any(|block| matches!(block.kind, BlockKind::Row { header: true, .. })));
}

#[test]
fn what_is_marked_up_comes_out_as_it_is_shown() {
    let article = page(&format!("<h1>Code</h1>{}<pre>line1<br>line2</pre>", text(6))).article;
    assert!(lines(&article).contains(&"line1\nline2"));
    let hidden = format!("{}<p>shown <span style='display:none'>secret <div>hidden too</div></span></p>", text(6));
    assert!(!page(&hidden).article.doc.text.contains("hidden too"));
    let items = format!("{}<ol><li><ul><li>inner one</li></ul></li><li>second item</li></ol>", text(6));
    let article = page(&items).article;
    let second = article.doc.blocks.last().unwrap();
    assert_eq!(second.kind, BlockKind::Item { depth: 1, number: Some(2) });
    let told = format!(
        "<script type='application/ld+json'>{{\"@type\":\"NewsArticle\",\"articleBody\":\"The &quot;gulls&quot; said 1 < 2 &amp; left. {}\"}}</script><p>Short.</p>",
        "Many words of it there. ".repeat(40)
    );
    assert!(page(&told).article.doc.text.starts_with("The \"gulls\" said 1 < 2 & left."));
}

#[test]
fn a_stated_day_counts_however_old_it_is() {
    let dated = |day: &str| {
        let html = format!(
            "<meta property=article:published_time content='{day}'><h1>Moon</h1><time datetime=2024-01-02>2 Jan 2024</time>{}",
            text(6)
        );
        page(&html).article.date.unwrap().to_string()
    };
    assert_eq!(dated("1985-03-01T00:00:00Z"), "1985-03-01");
    assert_eq!(dated("1970-01-01T00:00:00Z"), "2024-01-02");
}

#[test]
fn names_within_other_words_mean_nothing() {
    let words = "An important thing that somebody has said, with many words in it, and with a point. ".repeat(2);
    for name in
        ["from-our-correspondent", "celebrating-people", "candidate-text", "resource", "metal", "weather-report-text"]
    {
        let html = format!("<h1>Gulls</h1>{}<div class='{name}'><p>{words}</p></div>{}", text(6), text(3));
        assert!(page(&html).article.doc.text.contains("An important thing"), "{name}");
    }
    for name in ["comments", "relatedPosts", "post-comment-list", "socialShare", "author_bio", "entry-meta"] {
        let html = format!("<h1>Gulls</h1>{}<div class='{name}'><p>{words}</p></div>{}", text(6), text(3));
        assert!(!page(&html).article.doc.text.contains("An important thing"), "{name}");
    }
}
