//! Feeds of every format, and of every kind of damage.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use dateline::ingest::feed::{Answer, NoFeed, discover, parse};
use dateline::model::{Entry, Feed};
use proptest::prelude::*;

fn read(text: &str) -> Feed {
    parse(text.as_bytes(), &Answer::default()).unwrap_or_else(|error| panic!("{error}: {text}"))
}

fn at<'a>(url: &'a str) -> Answer<'a> {
    Answer { url: Some(url), ..Answer::default() }
}

fn titles(feed: &Feed) -> Vec<&str> {
    feed.entries.iter().map(|entry| entry.title.as_deref().unwrap_or_default()).collect()
}

fn names(names: &[dateline::text::Clean]) -> Vec<&str> {
    names.iter().map(|name| name.as_str()).collect()
}

fn summary(entry: &Entry) -> &str {
    entry.summary.as_ref().map_or("", |text| &text.text)
}

fn content(entry: &Entry) -> &str {
    entry.content.as_ref().map_or("", |text| &text.text)
}

/// An item of RSS, as most feeds have it.
fn item(number: usize) -> String {
    format!(
        "<item><title>Harbour {number} &amp; pier</title><link>http://e.org/{number}</link><guid>g{number}</guid>\
         <description>&lt;p&gt;Text {number}&lt;/p&gt;</description><pubDate>Thu, 01 Jan 2004 19:48:21 GMT</pubDate></item>"
    )
}

fn rss(items: usize) -> String {
    let items: String = (0..items).map(item).collect();
    format!("<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Wire</title>{items}</channel></rss>")
}

#[test]
fn rss_2() {
    let feed = parse(
        br#"<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:atom="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/"
  xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd">
<channel>
  <title>The &lt;b&gt;Wire&lt;/b&gt; &amp;amp; more</title>
  <atom:link rel="self" href="http://e.org/feed.xml"/>
  <atom:link href="http://e.org/feed.xml"/>
  <link>/</link>
  <description>News of the harbour</description>
  <language>en-gb</language><ttl>45</ttl>
  <managingEditor>ed@e.org (Ada Vane)</managingEditor>
  <lastBuildDate>Fri, 02 Jan 2004 08:00:00 +0100</lastBuildDate>
  <image><title>Logo</title><link>http://logo.org/</link><url>http://e.org/logo.png</url></image>
  <itunes:new-feed-url>http://e.org/new.xml</itunes:new-feed-url>
  <category>ports</category>
  <item>
    <title>A strike</title>
    <link>a.html</link>
    <guid isPermaLink="false">tag:1</guid>
    <description>Short</description>
    <content:encoded><![CDATA[<p>Long &amp; whole</p>]]></content:encoded>
    <author>noreply@e.org</author>
    <dc:creator>Ben Orr</dc:creator>
    <category>labour</category><category>ports</category><category>labour</category>
    <pubDate>Thu, 01 Jan 2004 19:48:21 EST</pubDate>
    <source url="http://other.org/">Other</source>
    <enclosure url="/a.mp3" length="100" type="audio/mpeg"/>
    <media:group><media:content url="http://e.org/a.jpg" type="image/jpeg"/><media:title>Cranes</media:title></media:group>
  </item>
  <item><guid>http://e.org/b</guid><description/></item>
</channel></rss>"#,
        &at("http://e.org/feeds/rss"),
    )
    .unwrap();
    assert_eq!(feed.title.as_deref(), Some("The Wire & more"));
    assert_eq!(feed.link.as_deref(), Some("http://e.org/"));
    assert_eq!(feed.subtitle.as_deref(), Some("News of the harbour"));
    assert_eq!((feed.language.as_deref(), feed.ttl, feed.encoding), (Some("en-gb"), Some(45), "UTF-8"));
    assert_eq!(names(&feed.authors), ["Ada Vane"]);
    assert_eq!(feed.moved_to.as_deref(), Some("http://e.org/new.xml"));
    assert_eq!(feed.updated.unwrap().to_string(), "2004-01-02T07:00:00Z");
    assert_eq!(names(&feed.categories), ["ports"]);
    let [first, second] = feed.entries.as_slice() else { panic!("{:?}", feed.entries) };
    assert_eq!(first.title.as_deref(), Some("A strike"));
    assert_eq!(first.link.as_deref(), Some("http://e.org/feeds/a.html"));
    assert_eq!(first.guid.as_deref(), Some("tag:1"));
    assert_eq!((summary(first), content(first)), ("Short", "<p>Long &amp; whole</p>"));
    assert!(first.content.as_ref().unwrap().is_html);
    assert_eq!(first.content.as_ref().unwrap().base.as_deref(), Some("http://e.org/feeds/a.html"));
    assert_eq!(names(&first.authors), ["Ben Orr"]);
    assert_eq!(names(&first.categories), ["labour", "ports"]);
    assert_eq!(first.published.unwrap().to_string(), "2004-01-02T00:48:21Z");
    let files: Vec<_> = first.enclosures.iter().map(|file| (file.url.as_str(), file.length)).collect();
    assert_eq!(files, [("http://e.org/a.mp3", Some(100)), ("http://e.org/a.jpg", None)]);
    assert_eq!(second.link.as_deref(), Some("http://e.org/b"));
    assert_eq!(feed.repairs, []);
}

#[test]
fn rdf() {
    let feed = read(
        r#"<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
  xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">
<channel rdf:about="http://e.org/"><title>Wire</title><link>http://e.org/</link><dc:date>2004-01-01T10:00:00Z</dc:date>
  <sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>
  <items><rdf:Seq><rdf:li rdf:resource="http://e.org/1"/></rdf:Seq></items></channel>
<image><title>Logo</title></image>
<item rdf:about="http://e.org/1"><title>One</title><link>http://e.org/1</link><dc:subject>ports</dc:subject>
  <dc:date>2004-01-01</dc:date><dc:creator>Ada Vane</dc:creator><description>Text</description></item>
<textinput><title>Search</title></textinput>
</rdf:RDF>"#,
    );
    assert_eq!((feed.title.as_deref(), feed.ttl), (Some("Wire"), Some(360)));
    assert_eq!(titles(&feed), ["One"]);
    let entry = &feed.entries[0];
    assert_eq!(entry.guid.as_deref(), Some("http://e.org/1"));
    assert_eq!((names(&entry.authors), names(&entry.categories)), (vec!["Ada Vane"], vec!["ports"]));
    assert_eq!(entry.published.unwrap().to_string(), "2004-01-01T00:00:00Z");
}

#[test]
fn atom_1() {
    let feed = read(
        r#"<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de" xml:base="http://e.org/news/">
<title type="html">The &lt;i&gt;Wire&lt;/i&gt;</title><subtitle type="text">a &lt;b&gt; c</subtitle>
<id>tag:e.org,2004:wire</id><updated>2004-01-01T10:00:00+01:00</updated>
<link rel="self" href="feed.xml"/><link rel="alternate" type="application/json" href="x.json"/><link href="index.html"/>
<author><name>Ada Vane</name><email>a@e.org</email></author>
<entry>
  <title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">A <b>strike</b> &amp; more</div></title>
  <id>tag:e.org,2004:1</id><link href="1.html"/><link rel="enclosure" href="/1.mp3" length="5" type="audio/mpeg"/>
  <published>2004-01-01T09:00:00Z</published><updated>2004-01-01T10:00:00Z</updated>
  <category term="ports" label="Ports"/>
  <summary>1 &lt; 2</summary>
  <content type="xhtml" xml:base="http://f.org/"><h:div xmlns:h="http://www.w3.org/1999/xhtml">a &lt; b<h:br/><h:i/> <![CDATA[<c>]]></h:div></content>
  <source><title>Other</title><id>other</id><author><name>Nobody</name></author></source>
</entry>
<entry><title>Packed</title><content type="application/octet-stream">PGI+eDwvYj4=</content></entry>
</feed>"#,
    );
    assert_eq!(feed.title.as_deref(), Some("The Wire"));
    assert_eq!(feed.subtitle.as_deref(), Some("a <b> c"));
    assert_eq!(feed.link.as_deref(), Some("http://e.org/news/index.html"));
    assert_eq!((feed.id.as_deref(), feed.language.as_deref()), (Some("tag:e.org,2004:wire"), Some("de")));
    assert_eq!(names(&feed.authors), ["Ada Vane"]);
    let entry = &feed.entries[0];
    assert_eq!(entry.title.as_deref(), Some("A strike & more"));
    assert_eq!(
        (entry.guid.as_deref(), entry.link.as_deref()),
        (Some("tag:e.org,2004:1"), Some("http://e.org/news/1.html"))
    );
    assert_eq!(entry.enclosures[0].url, "http://e.org/1.mp3");
    assert_eq!((summary(entry), entry.summary.as_ref().unwrap().is_html), ("1 < 2", false));
    assert_eq!(content(entry), "<div>a &lt; b<br><i></i> &lt;c&gt;</div>");
    assert_eq!(entry.content.as_ref().unwrap().base.as_deref(), Some("http://f.org/"));
    assert_eq!(names(&entry.authors), ["Ada Vane"]);
    assert_eq!(names(&entry.categories), ["ports"]);
    assert_eq!(content(&feed.entries[1]), "<b>x</b>");
}

#[test]
fn atom_03_and_cdf() {
    let feed = read(
        r#"<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title mode="escaped" type="text/html">A &lt;b&gt;b&lt;/b&gt;</title>
<tagline>Motto</tagline><modified>2004-01-01T10:00:00Z</modified>
<entry><title>x</title><issued>2004-01-01T09:00:00Z</issued><summary mode="base64">PHA+eTwvcD4=</summary></entry></feed>"#,
    );
    assert_eq!((feed.title.as_deref(), feed.subtitle.as_deref()), (Some("A b"), Some("Motto")));
    assert_eq!(summary(&feed.entries[0]), "<p>y</p>");
    assert!(feed.updated.is_some() && feed.entries[0].published.is_some());
    let feed = read(
        "<CHANNEL HREF='http://e.org/'><TITLE>Old</TITLE><ITEM HREF='http://e.org/1' LASTMOD='2004-04-06T23:05:43-05:00'>\
         <TITLE>One</TITLE><ABSTRACT>Text</ABSTRACT></ITEM></CHANNEL>",
    );
    assert_eq!((feed.title.as_deref(), feed.link.as_deref()), (Some("Old"), Some("http://e.org/")));
    let entry = &feed.entries[0];
    assert_eq!(
        (entry.title.as_deref(), entry.link.as_deref(), summary(entry)),
        (Some("One"), Some("http://e.org/1"), "Text")
    );
    assert_eq!(entry.updated.unwrap().to_string(), "2004-04-07T04:05:43Z");
}

const JSON: &str = r#"{"version":"https://jsonfeed.org/version/1.1","title":"Wire","home_page_url":"/","language":"en",
"items":[{"id":"1","url":"/1","title":"One","content_html":"<p>x</p>","summary":"s","date_published":"2004-01-01T10:00:00Z",
"authors":[{"name":"Ada Vane"}],"tags":["ports"],"attachments":[{"url":"/a.mp3","mime_type":"audio/mpeg","size_in_bytes":9}]},
{"id":2,"content_text":"1 < 2","title":null},{"id":"3","content_text":"three"}]}"#;

#[test]
fn json_feed() {
    let feed = parse(JSON.as_bytes(), &at("http://e.org/feed.json")).unwrap();
    assert_eq!((feed.title.as_deref(), feed.link.as_deref()), (Some("Wire"), Some("http://e.org/")));
    let entry = &feed.entries[0];
    assert_eq!((entry.link.as_deref(), content(entry), summary(entry)), (Some("http://e.org/1"), "<p>x</p>", "s"));
    assert_eq!((names(&entry.authors), names(&entry.categories)), (vec!["Ada Vane"], vec!["ports"]));
    assert_eq!((entry.enclosures[0].url.as_str(), entry.enclosures[0].length), ("http://e.org/a.mp3", Some(9)));
    assert_eq!(feed.entries[1].guid.as_deref(), Some("2"));
    assert!(!feed.entries[1].content.as_ref().unwrap().is_html);
    // Cut: the whole items stay, and the reader is told.
    let cut = JSON.find("\"three\"").unwrap();
    let feed = parse(&JSON.as_bytes()[..cut], &Answer::default()).unwrap();
    assert_eq!((feed.entries.len(), feed.repairs.len()), (2, 1));
}

#[test]
fn what_a_json_feed_says_beside_its_words_is_not_built() {
    // No tree could be made of what is so deep.
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let files = vec!["{\"url\":\"/a\"},0"; 300].join(",");
    let feed = read(&format!(
        r#"{{"version":"https://jsonfeed.org/version/1.1","title":{deep},"x":{deep},"items":[
        {{"id":"1","x":{deep},"title":{deep},"content_text":"a","tags":[{deep},"ports"],"authors":[{deep},{{"x":{deep},"name":"Ada"}}]}},
        {deep},7,{{"id":"2","id":"3","content_text":"b","attachments":[{files}]}}]}}"#
    ));
    assert_eq!(feed.repairs, []);
    let [first, second] = feed.entries.as_slice() else { panic!("{:?}", feed.entries) };
    assert_eq!((names(&first.authors), names(&first.categories)), (vec!["Ada"], vec!["ports"]));
    assert_eq!((second.guid.as_deref(), content(second), second.enclosures.len()), (Some("3"), "b", 1));
}

#[test]
fn one_bad_sign_in_a_json_feed_loses_no_items() {
    for bad in ["a \\ud83d b", "a \n b", "a \u{1} b", "a \\q b"] {
        let feed = read(&format!(
            r#"{{"version":"https://jsonfeed.org/version/1.1","items":[{{"id":"1","content_text":"one"}},
            {{"id":"2","content_text":"{bad}"}},{{"id":"3","content_text":"three"}}]}}"#
        ));
        assert_eq!(feed.entries.len(), 3, "{bad:?}");
        assert!(content(&feed.entries[1]).starts_with("a "), "{bad:?}");
        assert_eq!(content(&feed.entries[2]), "three");
        // Half a character is no more than that; what else was mended is told.
        assert_eq!(feed.repairs.len(), usize::from(!bad.contains("ud83d")), "{bad:?}");
    }
    let feed = read(
        r#"{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"1","content_text":"one"},,{"id":"2","content_text":"two"},]}"#,
    );
    assert_eq!((feed.entries.len(), feed.repairs.len()), (2, 1));
}

#[test]
fn what_is_no_feed_is_named() {
    for (bytes, error) in [
        (&b""[..], NoFeed::Empty),
        (b"\xef\xbb\xbf \n", NoFeed::Empty),
        (b"<!DOCTYPE html><html><body><item>x</item>", NoFeed::Html),
        (b"<opml version='2.0'><body><outline/></body></opml>", NoFeed::Opml),
        (b"{\"a\":1}", NoFeed::Json),
        (b"[1,2]", NoFeed::Json),
        (b"plain words", NoFeed::NoFeedElement),
        (b"<urlset><url/></urlset>", NoFeed::NoFeedElement),
        (b"\x1f\x8b\x08\0\0\0\0\0", NoFeed::Binary("a gzip archive")),
    ] {
        assert_eq!(parse(bytes, &Answer::default()).unwrap_err(), error, "{bytes:?}");
    }
    assert!(matches!(parse(b"{\"a\":", &Answer::default()), Err(NoFeed::BrokenJson(_))));
}

#[test]
fn rss_without_version_namespace_or_channel() {
    assert_eq!(titles(&read("<rss><channel><item><title>a</title></item></channel></rss>")), ["a"]);
    assert_eq!(titles(&read("<rss><item><title>a</title></item></rss>")), ["a"]);
    assert_eq!(titles(&read("<channel><item><title>a</title></item></channel>")), ["a"]);
    assert_eq!(titles(&read("<entry xmlns='http://www.w3.org/2005/Atom'><title>a</title></entry>")), ["a"]);
    let text =
        "<x:rss xmlns:x='http://e.org/my-own'><x:channel><x:item><x:title>a</x:title></x:item></x:channel></x:rss>";
    assert_eq!(titles(&read(text)), ["a"]);
    assert_eq!(titles(&read("<br/>Warning: oops <rss><item><title>a</title></item></rss>")), ["a"]);
    // A prefix that nothing declares is what everybody uses it for; a name of another namespace is another name.
    let text = "<rss><item><dc:creator>Ada</dc:creator><title>a</title><z:title xmlns:z='http://z.org/'>b</z:title></item></rss>";
    assert_eq!(names(&read(text).entries[0].authors), ["Ada"]);
    assert_eq!(titles(&read(text)), ["a"]);
}

#[test]
fn ill_formed_xml() {
    let text = "<rss><channel><title>A & B</title><item><title>1 < 2 &nbsp;&eacute; &unknown;</title>\
        <link>http://e.org/?a=1&b=2</link><description>x <b>bold<br> y</description></item></channel></rss>";
    let feed = read(text);
    assert_eq!(feed.title.as_deref(), Some("A & B"));
    assert_eq!(titles(&feed), ["1 < 2 é &unknown;"]);
    assert_eq!(feed.entries[0].link.as_deref(), Some("http://e.org/?a=1&b=2"));
    assert_eq!(summary(&feed.entries[0]), "x <b>bold<br> y");
    // Elements that are never closed, and in the wrong order.
    let text = "<rss><channel><item><title>a<link>http://e.org/a</link><guid>1<pubDate>2004-01-01<item><title>b</title>\
        <description>x<p>y</item><item><title>c<b></title></b></item></channel>";
    let feed = read(text);
    assert_eq!(titles(&feed), ["a", "b", "c"]);
    assert_eq!(
        (feed.entries[0].guid.as_deref(), feed.entries[0].link.as_deref()),
        (Some("1"), Some("http://e.org/a"))
    );
    assert!(feed.entries[0].published.is_some());
    assert_eq!(summary(&feed.entries[1]), "x<p>y");
    // A section that is never closed keeps to its item.
    let text = "<rss><item><title>a</title><description><![CDATA[x</description></item>\
        <item><title>b</title><description><![CDATA[y]]></description></item></rss>";
    let feed = read(text);
    assert_eq!(titles(&feed), ["a", "b"]);
    assert_eq!((summary(&feed.entries[0]), summary(&feed.entries[1])), ("x", "y"));
}

#[test]
fn a_cut_feed_keeps_its_whole_items() {
    let text = rss(5);
    for cut in 0..text.len() {
        let whole = text[..cut].matches("</item>").count();
        let Ok(feed) = parse(&text.as_bytes()[..cut], &Answer::default()) else {
            assert_eq!(whole, 0, "{cut}");
            continue;
        };
        assert!(
            feed.entries.len() == whole || feed.entries.len() == whole + 1,
            "{cut}: {} of {whole}",
            feed.entries.len()
        );
        let all = titles(&feed);
        for (number, title) in all.iter().take(whole).enumerate() {
            assert_eq!(*title, format!("Harbour {number} & pier"));
        }
        // Never half an identity: it would come again as another entry.
        for (number, entry) in feed.entries.iter().enumerate() {
            assert!(entry.guid.as_ref().is_none_or(|guid| *guid == format!("g{number}")), "{cut}: {entry:?}");
            assert!(
                entry.link.as_ref().is_none_or(|link| *link == format!("http://e.org/{number}")),
                "{cut}: {entry:?}"
            );
        }
    }
    let feed = read(&text[..text.rfind("</guid>").unwrap()]);
    assert_eq!(names(&feed.repairs), ["it ends in the middle of an item, which was left out"]);
}

#[test]
fn one_bad_byte_costs_one_character() {
    let mut bytes = "<rss><item><title>d\u{2019}été</title></item><item><title>b".as_bytes().to_vec();
    bytes.push(0xe9);
    bytes.extend_from_slice(b"ton</title></item></rss>");
    let feed = parse(&bytes, &Answer::default()).unwrap();
    assert_eq!(titles(&feed), ["d\u{2019}été", "béton"]);
    assert_eq!((feed.encoding, feed.repairs.len()), ("UTF-8", 1));
}

#[test]
fn a_wrong_label_does_not_undo_what_the_bytes_say() {
    // One bad byte in UTF-8 that calls itself Latin-1.
    let mut bytes = "<?xml version='1.0' encoding='iso-8859-1'?><rss><item><title>d\u{2019}été, là-bas</title></item><item><title>b"
        .as_bytes()
        .to_vec();
    bytes.push(0xe9);
    bytes.extend_from_slice(b"ton</title></item></rss>");
    assert_eq!(titles(&parse(&bytes, &Answer::default()).unwrap()), ["d\u{2019}été, là-bas", "béton"]);
    // A short text in UTF-8 that is also one of two bytes a character.
    for label in ["gbk", "big5", "euc-kr", "shift_jis"] {
        let text =
            format!("<?xml version='1.0' encoding='{label}'?><rss><channel><title>été ñandú</title></channel></rss>");
        let feed = parse(text.as_bytes(), &Answer::default()).unwrap();
        assert_eq!(feed.title.unwrap().as_str(), "été ñandú", "{label}");
    }
    // Labels that stand for no encoding at all.
    let text = b"<?xml version='1.0' encoding='hz-gb-2312'?><rss><channel><title>caf\xe9</title></channel></rss>";
    assert_eq!(parse(text, &Answer::default()).unwrap().title.unwrap().as_str(), "café");
    let kind = Answer { content_type: Some("text/xml; charset=iso-2022-kr"), ..Answer::default() };
    let text = b"<rss><channel><title>caf\xe9</title></channel></rss>";
    assert_eq!(parse(text, &kind).unwrap().title.unwrap().as_str(), "café");
}

#[test]
fn entries_without_authors_are_by_those_of_the_feed() {
    let atom = read(
        "<feed xmlns='http://www.w3.org/2005/Atom'><author><name>Ada Quill</name></author><entry><id>1</id></entry>\
         <entry><id>2</id><author><name>Bo Reed</name></author></entry></feed>",
    );
    assert_eq!(
        atom.entries.iter().map(|entry| names(&entry.authors)).collect::<Vec<_>>(),
        [["Ada Quill"], ["Bo Reed"]]
    );
    let json = read(
        r#"{"version":"https://jsonfeed.org/version/1.1","authors":[{"name":"Ada Quill"}],"items":[{"id":"1","content_text":"x"}]}"#,
    );
    assert_eq!(names(&json.entries[0].authors), ["Ada Quill"]);
    // Who edits a channel has not written what is in it.
    let rss =
        read("<rss><channel><managingEditor>Ada Quill</managingEditor><item><title>x</title></item></channel></rss>");
    assert_eq!((names(&rss.authors), rss.entries[0].authors.len()), (vec!["Ada Quill"], 0));
}

#[test]
fn encodings_are_found_out() {
    let title = |bytes: &[u8], content_type| {
        let feed = parse(bytes, &Answer { content_type, ..Answer::default() }).unwrap();
        (feed.title.unwrap_or_default().as_str().to_owned(), feed.encoding.to_ascii_lowercase())
    };
    let with = |declaration: &str, word: &[u8]| {
        [declaration.as_bytes(), b"<rss><channel><title>", word, b"</title></channel></rss>"].concat()
    };
    let ok = |text: &str, name: &str| (text.to_owned(), name.to_owned());
    assert_eq!(
        title(&with("<?xml version='1.0' encoding='iso-8859-1'?>", b"\xe9t\xe9"), None),
        ok("été", "windows-1252")
    );
    assert_eq!(title(&with("", b"\xe9t\xe9"), Some("text/xml; charset=\"ISO-8859-1\"")), ok("été", "windows-1252"));
    assert_eq!(
        title(&with("", b"\xcb\xe5\xf2\xee"), Some("text/xml; charset=windows-1251")),
        ok("Лето", "windows-1251")
    );
    // What the server says is wrong where the bytes are UTF-8.
    assert_eq!(title(&with("", "été".as_bytes()), Some("text/xml; charset=iso-8859-1")), ok("été", "utf-8"));
    assert_eq!(title(&with("", "été".as_bytes()), Some("text/xml")), ok("été", "utf-8"));
    assert_eq!(title(&with("<?xml version='1.0' encoding='utf-16'?>", b"x"), None), ok("x", "utf-8"));
    assert_eq!(title(&with("\u{feff}<?xml version='1.0' encoding='latin1'?>", b"x"), None), ok("x", "utf-8"));
    let text = "<?xml version='1.0' encoding='x'?><rss><channel><title>été</title></channel></rss>";
    let wide16 = |swap: bool, mark: bool| -> Vec<u8> {
        let units = mark.then_some(0xfeff).into_iter().chain(text.encode_utf16());
        units.flat_map(|unit| if swap { unit.to_le_bytes() } else { unit.to_be_bytes() }).collect()
    };
    let wide32 = |swap: bool, mark: bool| -> Vec<u8> {
        let units = mark.then_some('\u{feff}').into_iter().chain(text.chars()).map(u32::from);
        units.flat_map(|unit| if swap { unit.to_le_bytes() } else { unit.to_be_bytes() }).collect()
    };
    for mark in [false, true] {
        assert_eq!(title(&wide16(true, mark), None), ok("été", "utf-16le"));
        assert_eq!(title(&wide16(false, mark), None), ok("été", "utf-16be"));
        assert_eq!(title(&wide32(true, mark), None), ok("été", "utf-32le"));
        assert_eq!(title(&wide32(false, mark), None), ok("été", "utf-32be"));
    }
    // Written in UTF-8 twice, and Windows-1252 taken for controls.
    assert_eq!(title(&with("", "Ã©tÃ©".as_bytes()), None), ok("été", "utf-8"));
    assert_eq!(title(&with("", "don&#146;t don\u{92}t".as_bytes()), None), ok("don’t don’t", "utf-8"));
}

#[test]
fn addresses_are_relative_to_what_the_answer_says() {
    let text = b"<rss><channel><link>/a</link></channel></rss>";
    let answer = Answer { content_location: Some("http://f.org/x/"), ..at("http://e.org/y/") };
    assert_eq!(parse(text, &answer).unwrap().link.as_deref(), Some("http://f.org/a"));
    let answer = Answer { content_language: Some("fr"), ..at("http://e.org/y/") };
    let feed = parse(text, &answer).unwrap();
    assert_eq!((feed.link.as_deref(), feed.language.as_deref()), (Some("http://e.org/a"), Some("fr")));
    let text = b"<rss><item><link>javascript:alert(1)</link><title>x</title></item></rss>";
    assert_eq!(parse(text, &answer).unwrap().entries[0].link, None);
}

#[test]
fn pages_name_their_feeds() {
    let page = br#"<html><head><base href="/sub/"><link rel="alternate" type="application/rss+xml" title="Comments" href="comments/feed">
<link rel=stylesheet href=x.css><link rel='alternate' type='text/html' hreflang='de' href='/de'>
<LINK REL="Alternate" TYPE="application/atom+xml" TITLE="News &amp; more" HREF="feed.xml">
<link rel="alternate" type="application/atom+xml" href="feed.xml"><link rel="alternate" type="application/feed+json" href="http://f.org/feed.json"></head>"#;
    let found = discover(page, &at("http://e.org/a/b"));
    let urls: Vec<&str> = found.iter().map(|feed| feed.url.as_str()).collect();
    assert_eq!(urls, ["http://e.org/sub/feed.xml", "http://f.org/feed.json", "http://e.org/sub/comments/feed"]);
    assert_eq!(found[0].title.as_deref(), Some("News & more"));
    assert_eq!(discover(b"<p>none", &Answer::default()), []);
}

#[test]
fn hostile_feeds_are_bounded() {
    let deep = format!("<rss><channel>{}<title>deep</title>{}", "<a>".repeat(100_000), "</a>".repeat(100_000));
    let feed = read(&format!("{deep}<item><title>after</title></item></channel></rss>"));
    assert_eq!((titles(&feed), feed.title.as_deref()), (vec!["after"], None));
    let deep = format!("<rss><item><title>x</title><description>{}", "<a>".repeat(100_000));
    assert_eq!(titles(&read(&format!("{deep}</item><item><title>y</title></item>"))), ["x", "y"]);
    let attributes: String = (0..1_000_000).map(|n| format!(" a{n}='1'")).collect();
    assert_eq!(titles(&read(&format!("<rss{attributes}><item{attributes}><title>x</title></item></rss>"))), ["x"]);
    let spaces: String = (0..200_000).map(|n| format!(" xmlns:a{n}='u{n}'")).collect();
    assert_eq!(titles(&read(&format!("<rss{spaces}><item><title>x</title></item></rss>"))), ["x"]);
    let mut bomb = String::from("<!DOCTYPE rss [<!ENTITY a0 'aaaaaaaaaa'>");
    for n in 1..30 {
        bomb += &format!("<!ENTITY a{n} '{}'>", format!("&a{};", n - 1).repeat(10));
    }
    let feed = read(&format!(
        "{bomb}]><rss><item><description>&a29;</description></item><item><title>x</title></item></rss>"
    ));
    assert!(summary(&feed.entries[0]).len() < 200_000);
    assert_eq!(titles(&feed)[1], "x");
    let file = "<!DOCTYPE rss [<!ENTITY f SYSTEM 'file:///etc/passwd'>]><rss><item><title>&f;</title></item></rss>";
    assert_eq!(titles(&read(file)), ["&f;"]);
    let giant = format!(
        "<rss><item><title>{}</title><link>x{}</link></item></rss>",
        "a".repeat(5 << 20),
        "b".repeat(5 << 20)
    );
    let feed = read(&giant);
    assert!(feed.entries[0].title.as_ref().unwrap().len() < 100_000);
    assert_eq!(feed.entries[0].link, None);
    let feed = read(&rss(10_050));
    assert_eq!(feed.entries.len(), 10_000);
    assert!(feed.repairs[0].contains("more than 10000 items"));
    let feed = read("<rss><item><title>a\u{1b}]0;t\u{7}b&#27;[31m\u{202e}c</title></item></rss>");
    assert_eq!(titles(&feed), ["abc"]);
    let picture = STANDARD.encode([0xff, 0xd8, 0xff, 0xe0, 0, 0]);
    let feed =
        read(&format!("<feed><entry><title>x</title><content type='image/jpeg'>{picture}</content></entry></feed>"));
    assert_eq!(feed.entries[0].content, None);
}

/// Whatever the bytes, reading ends and lines are lines.
fn check(bytes: &[u8]) {
    let answer = at("http://e.org/");
    discover(bytes, &answer);
    let Ok(feed) = parse(bytes, &answer) else { return };
    for entry in &feed.entries {
        for line in entry.title.iter().chain(&entry.authors).chain(&entry.categories) {
            assert!(!line.contains(|c: char| c.is_control() || ('\u{202a}'..='\u{202e}').contains(&c)), "{line:?}");
        }
    }
}

const PIECES: [&str; 40] = [
    "<rss>",
    "</rss>",
    "<channel>",
    "</channel>",
    "<item>",
    "</item>",
    "<entry>",
    "</entry>",
    "<feed xmlns='http://www.w3.org/2005/Atom'>",
    "<title>",
    "</title>",
    "<title type='xhtml'>",
    "<link>",
    "</link>",
    "<link href='u'/>",
    "<guid>",
    "</guid>",
    "<description>",
    "</description>",
    "<content type='html'>",
    "</content>",
    "<author>",
    "<name>",
    "</author>",
    "<pubDate>2004",
    "<image>",
    "</image>",
    "<![CDATA[",
    "]]>",
    "<!--",
    "-->",
    "&amp;",
    "&#x9b;",
    "&",
    "<",
    "<a b='",
    "\"",
    "<!DOCTYPE x [<!ENTITY a 'b'>",
    "]>&a;",
    "words é\u{202e}",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        check(&bytes);
    }

    #[test]
    fn any_tags_are_read(pieces in prop::collection::vec(prop::sample::select(&PIECES[..]), 0..60)) {
        check(pieces.concat().as_bytes());
        check(format!("<rss>{}", pieces.concat()).as_bytes());
    }

    #[test]
    fn damaged_feeds_are_read(json in any::<bool>(), cut in 0..2000usize, flips in prop::collection::vec((0..2000usize, any::<u8>()), 0..6)) {
        let mut bytes = if json { JSON.as_bytes().to_vec() } else { rss(6).into_bytes() };
        for (at, byte) in flips {
            if let Some(old) = bytes.get_mut(at) {
                *old = byte;
            }
        }
        bytes.truncate(cut.max(1));
        check(&bytes);
    }
}
