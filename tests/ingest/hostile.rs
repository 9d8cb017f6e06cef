//! Whatever the bytes, reading ends, soon and without a panic, and what comes out is safe.

use std::ops::ControlFlow;

use dateline::ingest::page::{Answer, extract};
use dateline::ingest::{Fault, Format, Item, Limits, Place, Problem, content_doc, read_from};
use dateline::model::{Article, Content};
use proptest::prelude::*;

const FORMATS: [Option<Format>; 6] = [
    None,
    Some(Format::Plain),
    Some(Format::Markdown),
    Some(Format::Html),
    Some(Format::JsonLines),
    Some(Format::Json),
];

fn all(bytes: &[u8], format: Option<Format>, limits: &Limits) -> (Vec<Article>, Vec<Problem>) {
    let (mut articles, mut problems) = (Vec::new(), Vec::new());
    let _ = read_from(&Place::named("in"), bytes, format, limits, &mut |item| {
        match item {
            Item::Article(article) => articles.push(*article),
            Item::Problem(problem) => problems.push(problem),
            Item::Notice(_) => (),
        }
        ControlFlow::Continue(())
    });
    (articles, problems)
}

/// What every later stage relies on.
fn check(article: &Article) {
    let doc = &article.doc;
    let mut end = 0;
    for block in &doc.blocks {
        let words = &doc.text[block.span.start..block.span.end];
        assert!(!words.is_empty() && words.trim() == words, "{words:?}");
        assert!(doc.text[end..block.span.start].trim().is_empty(), "words between blocks");
        assert!(end == 0 || doc.text[end..block.span.start].contains('\n'), "blocks on one line");
        end = block.span.end;
    }
    assert!(doc.text[end..].trim().is_empty(), "words after the last block");
    for mark in &doc.marks {
        assert!(!doc.text[mark.span.start..mark.span.end].is_empty());
    }
    let one_line = [&article.title, &article.source, &article.url, &article.language];
    for line in one_line.into_iter().flatten().chain(&article.authors).chain([&article.id]) {
        assert!(!line.contains(|c: char| c.is_control() || ('\u{202a}'..='\u{202e}').contains(&c)), "{line:?}");
    }
    assert!(!doc.text.contains(|c: char| c.is_control() && c != '\n' && c != '\t'));
}

const PIECES: [&str; 66] = [
    "<p>",
    "</p>",
    "<b>",
    "</b>",
    "<a href='u'>",
    "</a>",
    "<ul><li>",
    "</ul>",
    "<article>",
    "</article>",
    "<nav>",
    "</div>",
    "<div>",
    "<pre>",
    "<script>",
    "</script>",
    "<title>",
    "<svg><path/>",
    "<table><tr><td>",
    "<br>",
    "<!--",
    "-->",
    "&#27;[1m",
    "&#x9b;",
    "&amp;",
    "&",
    "<",
    "\0",
    "\r\n",
    "\n\n",
    "\n",
    "    ",
    "\t",
    "> ",
    "- ",
    "1. ",
    "# ",
    "**",
    "`",
    "[a](b)",
    "+++\n",
    "{\"text\":\"",
    "\\ud800",
    "\"}",
    "words of text ",
    "\u{202e}é漢",
    // Letters of which the small ones are of another length.
    "\u{212a}",
    "\u{23a}",
    "\u{130}",
    "REDA\u{212a}TEUR\u{ff1a}",
    "By Ada \u{130}",
    "3 February 2031",
    "<h1>",
    "<p class=author>",
    "<div class='byline date label'>",
    "<span itemprop=author>",
    "<time datetime=2031-02-03>",
    "<div itemprop=articleBody>",
    "<div class=article-body>",
    "<div class=related>",
    "<div hidden>",
    "<dl><dt>Text:",
    "<figure>",
    "<figcaption>",
    "<img alt='three words here'>",
    "<p>Gulls sat on the wall, and sang of the sea, as they had done all winter. ",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        for format in FORMATS {
            all(&bytes, format, &Limits::default()).0.iter().for_each(check);
        }
    }

    #[test]
    fn any_markup_is_read(pieces in prop::collection::vec(prop::sample::select(&PIECES[..]), 0..60)) {
        let text = pieces.concat();
        for format in FORMATS {
            all(text.as_bytes(), format, &Limits::default()).0.iter().for_each(check);
        }
        let answer = Answer { content_type: Some("text/html"), url: Some("https://gull.example/a/b") };
        check(&extract(text.as_bytes(), &answer).article);
        for is_html in [false, true] {
            let content = Content { text: text.clone(), is_html, base: Some("https://gull.example/".to_owned()) };
            check(&Article { doc: content_doc(&content).0, ..Article::default() });
        }
    }
}

#[test]
fn deep_nesting_is_read() {
    for tag in [
        "<div>",
        "<b>",
        "<blockquote>",
        "<ul><li>",
        "<table><tr><td>",
        "<svg>",
        "<a><b><i><p>",
        "<select>",
        "<h1>",
        "<pre>",
    ] {
        let page = format!("<article><p>before</p>{}deep", tag.repeat(100_000));
        let (articles, _) = all(page.as_bytes(), Some(Format::Html), &Limits::default());
        assert!(articles[0].doc.text.starts_with("before"), "{tag}");
        check(&articles[0]);
    }
    for text in [">", "- ", "* - ", "[", "![", "**a _b ", "<div>", "`", "1. "] {
        let text = format!("before\n\n{}deep", text.repeat(20_000));
        let (articles, _) = all(text.as_bytes(), Some(Format::Markdown), &Limits::default());
        assert!(articles[0].doc.text.starts_with("before"), "{text:.9}");
        check(&articles[0]);
    }
    let deep = format!("{{\"text\":\"x\",\"y\":{}1{}}}", "[".repeat(100_000), "]".repeat(100_000));
    let (_, problems) = all(deep.as_bytes(), Some(Format::Json), &Limits::default());
    assert!(matches!(problems[0].fault, Fault::Json(_)));
}

#[test]
fn end_tags_close_what_they_opened_after_deep_nesting() {
    let page = format!("{}{}<p>after</p>", "<nav>".repeat(5_000), "</nav>".repeat(5_000));
    let (articles, _) = all(page.as_bytes(), Some(Format::Html), &Limits::default());
    assert_eq!(articles[0].doc.text.as_str(), "after");
}

#[test]
fn a_flood_of_attributes_is_cut() {
    let attributes: String = (0..200_000).map(|n| format!(" a{n}='1'")).collect();
    let page = format!("<article><p{attributes}>one</p><script>if (a<b{attributes}) x()</script><p>two</p>");
    let (articles, _) = all(page.as_bytes(), Some(Format::Html), &Limits::default());
    assert_eq!(articles[0].doc.text.as_str(), "one\n\ntwo");
}

#[test]
fn attributes_within_reason_are_kept() {
    let page =
        format!("<p><a {} href='u'>link</a>", (0..200).map(|n| format!(" a{n}=\"<x y>\"")).collect::<String>());
    let (articles, _) = all(page.as_bytes(), Some(Format::Html), &Limits::default());
    assert_eq!(articles[0].doc.text.as_str(), "link");
    assert_eq!(articles[0].doc.links[0].url.as_str(), "u");
}

/// Pages that took hours where the work for one element grew with the page.
#[test]
fn floods_of_elements_are_read_in_time() {
    let text =
        "<p>The gulls of the harbour have had a long winter, and it shows in their song, they say.</p>".repeat(9);
    let long = "x ".repeat(2000);
    for flood in [
        format!("{}{}x 12345", "<b class=author>".repeat(500), "<b></b>".repeat(700_000)),
        format!("{}{}", format!("<div class='{long}'>").repeat(500), "<p>text: ab</p>".repeat(4000)),
        "<div class=e-content>gulls of the harbour, in song</div>\n".repeat(100_000),
        format!("<figure>{}</figure>", "<img alt='gulls on a wall'> ".repeat(200_000)),
        format!("<p><a href='https://gull.example/{long}'>{}", "<p>one".repeat(400_000)),
        format!("<p><b class='{long}' id='{long}'>{}", "<p>x".repeat(300_000)),
        format!("{}{}", "<i class=date>".repeat(500), "<i class=date>3 Febru</i>".repeat(100_000)),
    ] {
        let page = format!("<h1>Gulls</h1>{flood}{text}");
        let article = extract(page.as_bytes(), &Answer::default()).article;
        assert!(!article.doc.blocks.is_empty());
        let content = Content { text: page, is_html: true, base: None };
        assert!(!content_doc(&content).0.blocks.is_empty());
    }
}

#[test]
fn binary_files_are_named_for_what_they_are() {
    let mut noise = 7u32;
    let random: Vec<u8> = (0..50_000)
        .map(|_| {
            noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (noise >> 24) as u8
        })
        .collect();
    for (bytes, name) in [
        (&b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"[..], "a PNG image"),
        (b"%PDF-1.7\n1 0 obj", "a PDF document"),
        (b"\x1f\x8b\x08\0\0\0\0\0", "a gzip archive"),
        (b"\x7fELF\x02\x01\x01\0", "a program"),
        (b"PK\x03\x04\x14\0", "a ZIP archive or an office document"),
        (&[0; 4096], "binary data"),
        (&random, "binary data"),
    ] {
        for format in FORMATS {
            let (articles, problems) = all(bytes, format, &Limits::default());
            assert!(articles.is_empty());
            assert_eq!(problems.len(), 1);
            assert_eq!(problems[0].fault, Fault::Binary(name), "{format:?}");
        }
    }
}

#[test]
fn empty_inputs_are_named() {
    for bytes in [
        &b""[..],
        b"\xef\xbb\xbf",
        b"\xff\xfe",
        b" \n\r\n\t",
        b"\x1b[0m",
        b"<p></p><!-- -->",
        b"+++\ntitle=\"x\"\n+++\n",
    ] {
        let format = if bytes.starts_with(b"<") { Format::Html } else { Format::Plain };
        let (articles, problems) = all(bytes, Some(format), &Limits::default());
        assert_eq!(articles.len(), 0, "{bytes:?}");
        assert_eq!(problems[0].fault, Fault::Empty, "{bytes:?}");
    }
}

#[test]
fn sizes_are_bounded() {
    let limits = Limits { file: 1000, line: 100, ..Limits::default() };
    let (articles, problems) = all("words ".repeat(200).as_bytes(), Some(Format::Plain), &limits);
    assert!(articles.is_empty());
    assert_eq!(problems[0].fault, Fault::TooLarge { limit: 1000 });
    let lines = format!("{{\"text\":\"One.\"}}\n{{\"text\":\"{}\"}}\n{{\"text\":\"Two.\"}}\n", "x".repeat(2000));
    let (articles, problems) = all(lines.as_bytes(), Some(Format::JsonLines), &limits);
    assert_eq!(articles.iter().map(|article| article.doc.text.as_str()).collect::<Vec<_>>(), ["One.", "Two."]);
    assert_eq!((problems[0].place.line, &problems[0].fault), (Some(2), &Fault::LineTooLong { limit: 100 }));
}

#[test]
fn json_lines_are_handed_over_before_the_next_is_read() {
    /// Fails the test if a line is asked for before the one before was handed over.
    struct Lines {
        given: std::rc::Rc<std::cell::Cell<usize>>,
        taken: usize,
    }
    impl std::io::Read for Lines {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            // A first look at the beginning of the input may take a few lines.
            assert!(self.taken < self.given.get() + 2000, "read ahead of what was handed over");
            if self.taken == 5000 {
                return Ok(0);
            }
            let line = b"{\"text\":\"One line of it.\"}\n";
            buffer[..line.len()].copy_from_slice(line);
            self.taken += 1;
            Ok(line.len())
        }
    }
    let given = std::rc::Rc::new(std::cell::Cell::new(0));
    let lines = Lines { given: given.clone(), taken: 0 };
    let _ = read_from(&Place::stdin(), lines, None, &Limits::default(), &mut |item| {
        assert!(matches!(item, Item::Article(_)));
        given.set(given.get() + 1);
        ControlFlow::Continue(())
    });
    assert_eq!(given.get(), 5000);
}

#[test]
fn messages_cannot_drive_a_terminal() {
    let (_, problems) =
        all(b"{\"text\":\"x\",\"\x1b]0;t\x07\":\"\xe2\x80\xae\" oops}", Some(Format::Json), &Limits::default());
    let message = problems[0].to_string();
    assert!(!message.contains(['\x1b', '\x07', '\u{202e}']), "{message:?}");
    let place = Place::named("a\x1b[2Jb\nc.txt");
    assert_eq!(place.problem(Fault::Missing).to_string(), "ab c.txt: no such file or folder; check the path");
}
