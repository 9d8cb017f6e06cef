//! Markdown, HTML, front matter and encodings, as a reader would see them.

use std::ops::ControlFlow;

use dateline::ingest::{Format, Item, Limits, Place, Problem, Source, parse_date, read, read_bytes};
use dateline::model::{Article, BlockKind, MarkKind};
use jiff::civil::date;

const P: BlockKind = BlockKind::Paragraph;
const H1: BlockKind = BlockKind::Heading(1);

fn all(bytes: impl Into<Vec<u8>>, format: Option<Format>) -> (Vec<Article>, Vec<Problem>) {
    let (mut articles, mut problems) = (Vec::new(), Vec::new());
    let _ = read_bytes(&Place::named("in"), bytes.into(), format, &Limits::default(), &mut |item| {
        match item {
            Item::Article(article) => articles.push(*article),
            Item::Problem(problem) => problems.push(problem),
            Item::Notice(_) => (),
        }
        ControlFlow::Continue(())
    });
    (articles, problems)
}

fn one(bytes: impl Into<Vec<u8>>, format: Format) -> Article {
    let (mut articles, problems) = all(bytes, Some(format));
    assert_eq!(problems, []);
    assert_eq!(articles.len(), 1);
    articles.remove(0)
}

fn blocks(article: &Article) -> Vec<(BlockKind, &str)> {
    article.doc.blocks.iter().map(|block| (block.kind, block.span.of(&article.doc.text))).collect()
}

fn marks(article: &Article) -> Vec<(MarkKind, &str)> {
    article.doc.marks.iter().map(|mark| (mark.kind, mark.span.of(&article.doc.text))).collect()
}

fn title(article: &Article) -> &str {
    article.title.as_ref().map_or("", |title| title.as_str())
}

// ---- plain text ----

#[test]
fn lines_wrapped_by_hand_are_joined() {
    let text = "The envoys of the two island states met on Tuesday for the first time in\n\
        four years, and agreed to open the strait to fishing boats of less than\n\
        twelve metres, officials said after the talks had ended in the evening.\n\
        \n\
        Nobody would say whether the larger trawlers had been part of the talks,\n\
        or when the two sides would meet again to speak about the reefs that both\n\
        of them claim.\n";
    let article = one(text, Format::Plain);
    let starts: Vec<_> = blocks(&article).iter().map(|(_, words)| words.split(' ').next().unwrap_or("")).collect();
    assert_eq!(starts, ["The", "Nobody"]);
    assert!(blocks(&article)[1].1.ends_with("claim."));
    assert_eq!(article.doc.text.as_str(), text);
}

#[test]
fn paragraphs_on_lines_of_their_own_are_not_joined() {
    let text = "The envoys met.\nThey agreed to open the strait to fishing boats of less than twelve metres.\nNobody spoke of trawlers.\n";
    assert_eq!(blocks(&one(text, Format::Plain)).len(), 3);
}

#[test]
fn first_line_is_the_title_only_if_it_looks_like_one() {
    for (text, want) in [
        ("Envoys open the strait\n\nThe envoys met.\n", "Envoys open the strait"),
        ("The envoys met.\n\nThey left.\n", ""),
        ("Envoys open the strait\nThe envoys met.\n", ""),
        ("Envoys open the strait\n", ""),
        ("He said:\n\n“We left.”\n", ""),
    ] {
        let article = one(text, Format::Plain);
        assert_eq!(title(&article), want);
        assert_eq!(blocks(&article)[0].0, if want.is_empty() { P } else { H1 });
    }
}

#[test]
fn crlf_text_maps_back_to_its_bytes() {
    let raw = "Zoé left.\r\n\r\nMilo “stayed”.\r\n";
    let article = one(raw, Format::Plain);
    assert_eq!(blocks(&article), [(P, "Zoé left."), (P, "Milo “stayed”.")]);
    let span = article.doc.blocks[1].span;
    let original = article.doc.map.to_original(span.start)..article.doc.map.to_original_end(span.end);
    assert_eq!(&raw[original], "Milo “stayed”.");
}

// ---- front matter ----

#[test]
fn front_matter_says_what_is_known() {
    let text = "+++\ntitle = \"Strait opens\"\ndate = 2031-02-03\nsource = \"Gull Wire\"\nurl = \"https://gull.example/1\"\n\
        authors = [\"Ada Quill\"]\nlanguage = \"en\"\ndesk = { name = \"sea\", at = 07:30:00 }\n+++\n\nStrait Opens\n\nThe envoys met.\n";
    for format in [Format::Plain, Format::Markdown] {
        let article = one(text, format);
        assert_eq!(title(&article), "Strait opens");
        assert_eq!(article.date, Some(date(2031, 2, 3)));
        assert_eq!(article.source.as_ref().unwrap().as_str(), "Gull Wire");
        assert_eq!(article.url.as_ref().unwrap().as_str(), "https://gull.example/1");
        assert_eq!(article.authors[0].as_str(), "Ada Quill");
        assert_eq!(article.language.as_ref().unwrap().as_str(), "en");
        assert_eq!(article.extra["desk"]["at"], "07:30:00");
        assert_eq!(blocks(&article), [(H1, "Strait Opens"), (P, "The envoys met.")]);
    }
}

#[test]
fn broken_front_matter_is_named_by_line_and_column_and_the_text_stays() {
    let (articles, problems) =
        all("+++\ntitle = \"Strait\"\ndate = tomorrow\n+++\nThe envoys met.\n", Some(Format::Markdown));
    assert_eq!(blocks(&articles[0]), [(P, "The envoys met.")]);
    assert_eq!((problems[0].place.line, problems[0].place.column), (Some(3), Some(8)));
    assert!(problems[0].to_string().starts_with("in:3:8: front matter: "), "{}", problems[0]);
    let (articles, problems) = all("+++\ntitle = 1\nThe envoys met.\n", Some(Format::Plain));
    assert!(articles[0].doc.text.contains("The envoys met."));
    assert_eq!(problems[0].place.line, Some(1));
}

#[test]
fn values_of_no_use_are_kept_as_they_were() {
    let article = one(
        r#"{"text":"Met.","date":"soon","title":null,"id":12,"authors":"A. Quill","source":["x"]}"#,
        Format::Json,
    );
    assert_eq!(article.extra["date"], "soon");
    assert_eq!(article.extra["source"][0], "x");
    assert_eq!((article.date, article.title, article.source), (None, None, None));
    assert_eq!((article.id.as_str(), article.authors[0].as_str()), ("12", "A. Quill"));
}

// ---- dates ----

#[test]
fn dates_as_people_and_machines_write_them() {
    for text in [
        "2017-04-05",
        "2017-04-05T23:59:59+02:00",
        "2017-04-05 10:00",
        "20170405",
        "2017/04/05",
        "5.4.2017",
        "05.04.2017",
        "Wed, 05 Apr 2017 10:00:00 GMT",
        "5 Apr 2017 10:00 +0200",
        "5 April 2017",
        "April 5, 2017",
        "Apr. 5, 2017",
        "5th of April 2017",
        "Wednesday, April 5th, 2017",
        "Wed Apr  5 10:00:00 2017",
    ] {
        assert_eq!(parse_date(text), Some(date(2017, 4, 5)), "{text}");
    }
    for text in [
        "",
        "04/05/2017",
        "2017-13-01",
        "31 February 2017",
        "yesterday",
        "2017",
        "April 2017",
        "5 Mayhem 2017",
        "２０１７-04-05",
    ] {
        assert_eq!(parse_date(text), None, "{text}");
    }
}

// ---- Markdown ----

#[test]
fn markdown_gives_blocks_marks_and_links() {
    let text = "# Strait opens\n\nThe **two *envoys*** met\nin [Port Aurèle](https://p.example/a \"x\").\n\n> A quoted\n> line.\n\n\
        - first\n- second\n  - inner\n\n1. loose\n\n   more\n\n```\nlet x = 1;\n\ty\n```\n\n## Next\n\nEnd `code`.\\\nLast.\n\n![alt text](pic.png)\n";
    let article = one(text, Format::Markdown);
    assert_eq!(title(&article), "Strait opens");
    assert_eq!(
        blocks(&article),
        [
            (H1, "Strait opens"),
            (P, "The two envoys met in Port Aurèle."),
            (BlockKind::Quote, "A quoted line."),
            (BlockKind::bullet(1), "first"),
            (BlockKind::bullet(1), "second"),
            (BlockKind::bullet(2), "inner"),
            (BlockKind::Item { depth: 1, number: Some(1) }, "loose"),
            (P, "more"),
            (BlockKind::Pre, "let x = 1;\n\ty"),
            (BlockKind::Heading(2), "Next"),
            (P, "End code.\nLast."),
        ]
    );
    assert_eq!(
        marks(&article),
        [
            (MarkKind::Strong, "two envoys"),
            (MarkKind::Emphasis, "envoys"),
            (MarkKind::Link(0), "Port Aurèle"),
            (MarkKind::Code, "code"),
        ]
    );
    assert_eq!(article.doc.links[0].url.as_str(), "https://p.example/a");
}

#[test]
fn html_in_markdown_is_read_not_shown() {
    let article = one(
        "Before.\n\n<div><p>Inside <b>bold</b></p>\n<script>hidden()</script></div>\n\nOne<br>two <i>three</i>.\n",
        Format::Markdown,
    );
    assert_eq!(blocks(&article), [(P, "Before."), (P, "Inside bold"), (P, "One\ntwo three.")]);
}

#[test]
fn tables_give_a_block_a_row() {
    let article = one("| Port | Boats |\n|---|---|\n| Aurèle | 12 |\n\n3. three\n4. four\n", Format::Markdown);
    let row = |first, header| BlockKind::Row { first, header, skip: 0 };
    let item = |number| BlockKind::Item { depth: 1, number: Some(number) };
    assert_eq!(
        blocks(&article),
        [(row(true, true), "Port\tBoats"), (row(false, false), "Aurèle\t12"), (item(3), "three"), (item(4), "four"),]
    );
}

// ---- HTML ----

const PAGE: &str = r#"<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><title>Strait opens to small boats | Gull Wire</title>
<meta property="og:site_name" content="Gull Wire"><meta name="author" content="Ada Quill">
<meta property="article:published_time" content="2031-02-03T08:00:00Z"><link rel="canonical" href="https://gull.example/strait">
<style>p { color: red }</style></head><body>
<header><h2>Gull Wire</h2><nav><ul><li><a href="/">Home</a><li><a href="/sea">Sea</a></ul></nav></header>
<article><header><h1>Strait opens to small boats</h1></header>
<p>The <b>two</b> envoys
   met &mdash; &#147;at last&#148; &#x2013; in <a href="/port?a=1&amp;b=2">Port&nbsp;Aur&egrave;le</a>.
<p>They left.<br>Later they came back.<br><br>And left again.</p>
<blockquote><p>We stay.</p></blockquote><ul><li>one<li>two<ol><li>inner</ol></ul>
<pre>a
  b</pre><script>if (a < b) document.write("<p>hidden</p>")</script><p hidden>Hidden too.</p>
<aside><p>Read also: something else</p></aside><form><p>Sign up!</p></form></article>
<footer><p>All rights reserved.</p></footer></body></html>"#;

#[test]
fn page_gives_its_article_and_what_it_says_of_it() {
    let article = one(PAGE, Format::Html);
    assert_eq!(
        blocks(&article),
        [
            (H1, "Strait opens to small boats"),
            (P, "The two envoys met — “at last” – in Port\u{a0}Aurèle."),
            (P, "They left.\nLater they came back."),
            (P, "And left again."),
            (BlockKind::Quote, "We stay."),
            (BlockKind::bullet(1), "one"),
            (BlockKind::bullet(1), "two"),
            (BlockKind::Item { depth: 2, number: Some(1) }, "inner"),
            (BlockKind::Pre, "a\n  b"),
        ]
    );
    assert_eq!(marks(&article), [(MarkKind::Strong, "two"), (MarkKind::Link(0), "Port\u{a0}Aurèle")]);
    assert_eq!(article.doc.links[0].url.as_str(), "/port?a=1&b=2");
    assert_eq!(title(&article), "Strait opens to small boats");
    assert_eq!(article.source.as_ref().unwrap().as_str(), "Gull Wire");
    assert_eq!(article.authors[0].as_str(), "Ada Quill");
    assert_eq!(article.url.as_ref().unwrap().as_str(), "https://gull.example/strait");
    assert_eq!(article.language.as_ref().unwrap().as_str(), "en-GB");
    assert_eq!(article.date, Some(date(2031, 2, 3)));
}

#[test]
fn page_is_told_from_text_by_its_beginning() {
    for (text, is_page) in
        [(PAGE, true), ("<!-- x -->\n<p>One.</p>", true), ("<3 is no tag.", false), ("<person> said", false)]
    {
        let (articles, _) = all(text, None);
        assert_eq!(articles[0].doc.text.contains('<'), !is_page, "{text}");
    }
}

#[test]
fn json_ld_names_headline_day_and_authors() {
    let page = r#"<title>x</title><script type="application/ld+json">{"@graph":[{"@type":"WebSite","name":"w"},{"@type":["NewsArticle"],
        "headline":"Strait opens","datePublished":"2031-02-03","author":[{"name":"Ada Quill"},{"name":"Bo Reed"}],"publisher":{"name":"Gull Wire"}}]}
        </script><p>They met.</p>"#;
    let article = one(page, Format::Html);
    assert_eq!(title(&article), "Strait opens");
    assert_eq!(article.date, Some(date(2031, 2, 3)));
    assert_eq!(article.authors.iter().map(|name| name.as_str()).collect::<Vec<_>>(), ["Ada Quill", "Bo Reed"]);
    assert_eq!(article.source.as_ref().unwrap().as_str(), "Gull Wire");
    assert_eq!(blocks(&article), [(P, "They met.")]);
}

#[test]
fn page_without_an_article_element_still_gives_its_text() {
    for (page, want) in [
        ("<body><form action=x><p>All of this page is in a form.</p></form>", vec!["All of this page is in a form."]),
        ("<body style='display: none'><p>Seen once its script has run.", vec!["Seen once its script has run."]),
        ("<nav><a href=a>Only links here</a></nav>", vec!["Only links here"]),
        (
            "<nav>Menu<div>unclosed</div><main><p>The text proper is long enough.</main>",
            vec!["The text proper is long enough."],
        ),
        ("<p>Out.</p><main><p>In the main part there is more.</p></main>", vec!["In the main part there is more."]),
        (
            "<article><p>A long article about the strait and its boats.</p></article><article>teaser</article>",
            vec!["A long article about the strait and its boats."],
        ),
    ] {
        let article = one(page, Format::Html);
        assert_eq!(blocks(&article).iter().map(|(_, words)| *words).collect::<Vec<_>>(), want, "{page}");
    }
}

#[test]
fn misnested_inline_tags_do_not_leak() {
    let article = one("<p><b>bold <i>both</b> italic</i> none</p><p>next <a href=u>link<p>after", Format::Html);
    assert_eq!(
        marks(&article),
        [
            (MarkKind::Strong, "bold both"),
            // As in a browser, what is not closed goes on.
            (MarkKind::Emphasis, "both"),
            (MarkKind::Emphasis, "italic"),
            // A link ends with its paragraph, so that one that nobody closed does not cover the page.
            (MarkKind::Link(0), "link"),
        ]
    );
}

#[test]
fn cleaning_moves_blocks_and_marks_along() {
    let article = one("<p>a&#27;[31m b <b>c&#8238;d</b> e&#155;0m <i>f</i></p><p>&#x202e;</p><p>g</p>", Format::Html);
    assert_eq!(blocks(&article), [(P, "a b cd e›0m f"), (P, "g")]);
    assert_eq!(marks(&article), [(MarkKind::Strong, "cd"), (MarkKind::Emphasis, "f")]);
    assert_eq!((article.removed.escapes, article.removed.bidi), (1, 2));
}

// ---- encodings ----

#[test]
fn encodings_are_found() {
    let russian = "Министр сообщил, что список гаваней будет опубликован до зимы.";
    let japanese = "大臣は、港の一覧を冬までに公表すると述べた。会議は九時間続いた。";
    let french = "Le ministre a déclaré que la liste des ports serait publiée avant l’été.";
    let encode = |encoding: &'static encoding_rs::Encoding, text: &str| encoding.encode(text).0.into_owned();
    let utf16 = |text: &str, big: bool, bom: bool| -> Vec<u8> {
        let units = bom.then_some(0xfeff).into_iter().chain(text.encode_utf16());
        units.flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
    };
    for (bytes, want) in [
        (encode(encoding_rs::WINDOWS_1251, russian), russian),
        (encode(encoding_rs::KOI8_R, russian), russian),
        (encode(encoding_rs::SHIFT_JIS, japanese), japanese),
        (encode(encoding_rs::EUC_JP, japanese), japanese),
        (encode(encoding_rs::ISO_2022_JP, japanese), japanese),
        (encode(encoding_rs::WINDOWS_1252, french), french),
        (utf16(french, false, true), french),
        (utf16(russian, true, true), russian),
        (utf16(french, false, false), french),
        (utf16(french, true, false), french),
        ([b"\xef\xbb\xbf", french.as_bytes()].concat(), french),
    ] {
        assert_eq!(one(bytes, Format::Plain).doc.text.as_str(), want);
    }
}

#[test]
fn page_names_its_encoding() {
    let page = |label: &str| {
        format!("<meta http-equiv=Content-Type content='text/html; charset={label}'><p>Žluťoučký kůň</p>")
    };
    let bytes = encoding_rs::ISO_8859_2.encode(&page("iso-8859-2")).0.into_owned();
    assert_eq!(blocks(&one(bytes, Format::Html)), [(P, "Žluťoučký kůň")]);
    // A page that is UTF-8 is UTF-8, whatever it says.
    assert_eq!(blocks(&one(page("iso-8859-2"), Format::Html)), [(P, "Žluťoučký kůň")]);
}

#[test]
fn damaged_utf8_loses_only_the_damage() {
    let article = one(&b"Zo\xc3\xa9 and Andr\xe9 \xe2\x80\x9cmet\xe2\x80\x9d here \xe2\x82"[..], Format::Plain);
    assert_eq!(article.doc.text.as_str(), "Zoé and Andr\u{fffd} “met” here \u{fffd}");
}

// ---- JSON ----

#[test]
fn json_arrays_and_pretty_printed_objects_are_read() {
    let (articles, problems) =
        all("[\n {\"text\": \"One.\"},\n {\"title\": \"none\"},\n {\"text\": \"Two.\"}\n]", None);
    assert_eq!(articles.iter().map(|article| article.id.as_str()).collect::<Vec<_>>(), ["in#1", "in#3"]);
    assert_eq!(problems[0].to_string(), "in: article 2: no \"text\"");
    assert_eq!(all("{\n  \"text\": \"One.\"\n}", None).0[0].doc.text.as_str(), "One.");
    assert_eq!(all("{\"text\": \"One.\"}\n{\"text\": \"Two.\"}", Some(Format::Json)).0.len(), 2);
    assert_eq!(all("{so it is said} is no JSON", None).0[0].doc.text.as_str(), "{so it is said} is no JSON");
}

#[test]
fn json_text_keeps_its_offsets_in_characters() {
    let (articles, _) = all(r#"{"text":"Zoé\u001b[1m left.\r\nMilo stayed."}"#, None);
    let doc = &articles[0].doc;
    let chars = dateline::text::CharOffsets::new(&doc.text, &doc.map);
    let span = doc.blocks[1].span;
    assert_eq!(chars.to_original(span.start), "Zoé\u{1b}[1m left.\r\n".chars().count());
    assert_eq!(chars.to_original_end(span.end), "Zoé\u{1b}[1m left.\r\nMilo stayed.".chars().count());
}

// ---- bundled stories ----

#[test]
fn bundled_stories_are_complete() {
    let mut stories = Vec::new();
    let _ = read(&[Source::Stories], &Limits::default(), &mut |item| {
        match item {
            Item::Article(article) => stories.push(*article),
            other => panic!("{other:?}"),
        }
        ControlFlow::Continue(())
    });
    assert!(stories.len() >= 8, "{}", stories.len());
    for story in &stories {
        let words = story.doc.text.split_whitespace().count();
        assert!((200..=700).contains(&words), "{}: {words} words", story.id);
        assert!(
            story.title.is_some() && story.date.is_some() && story.source.is_some() && story.url.is_some(),
            "{}",
            story.id
        );
        assert_eq!(story.removed.total(), 0, "{}", story.id);
    }
    let on_disk = std::fs::read_dir("assets/stories")
        .unwrap()
        .filter(|entry| entry.as_ref().unwrap().path().extension().is_some_and(|ext| ext == "md"));
    assert_eq!(stories.len(), on_disk.count(), "a story in assets/stories is not in the program");
}
