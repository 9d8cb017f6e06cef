//! What a feed says is data in every format, and nothing in it drives a terminal.

use dateline::model::Article;
use dateline::text::Clean;

use crate::support::stories;
use crate::work::*;

/// Words as a hostile feed has them. The cleaner is between the feed and the library; what is left is in other formats' terms.
const TITLES: &[&str] = &[
    "=cmd|' /C calc'!A0",
    "@SUM(1+1)",
    "\"quoted\", comma; \"",
    "</title><script>alert(1)</script>",
    "[x](javascript:alert(1)) ![y](http://evil.example/z.png)",
    "\u{1b}]0;owned\u{7}\u{1b}[2J\u{9b}31mred",
    "\u{202e}txet desrever",
    "a\tb\nc\u{2028}d\u{0}e",
    "} @comment{ x",
];

fn articles() -> Vec<Article> {
    let story = &stories()[0];
    let with = |(number, title): (usize, &&str)| Article {
        id: Clean::line(&format!("hostile {number}")),
        title: Some(Clean::line(title)),
        authors: vec![Clean::line(title)],
        url: Some(Clean::line(&format!("https://example.org/{number}?{}", title.replace(char::is_whitespace, "")))),
        source: Some(Clean::line(title)),
        ..story.clone()
    };
    TITLES.iter().enumerate().map(with).collect()
}

#[test]
fn nothing_in_any_format_drives_a_terminal() {
    let folder = library_of(&articles());
    for format in [
        "jsonl",
        "web-annotation",
        "quotes-csv",
        "officials-csv",
        "events-csv",
        "plover",
        "polecat",
        "markdown",
        "bibtex",
        "csl-json",
    ] {
        let text = exported(folder.path(), &["--format", format]);
        let bad = |c: char| {
            (c.is_control() && c != '\n' && c != '\t') || ('\u{202a}'..='\u{202e}').contains(&c) || c == '\u{2028}'
        };
        assert!(!text.contains(bad), "{format}");
        let number = match format {
            "jsonl" => text.lines().count(),
            "bibtex" => biblatex::Bibliography::parse(&text).unwrap().len(),
            "csl-json" => serde_json::from_str::<Vec<serde_json::Value>>(&text).unwrap().len(),
            "markdown" => text.lines().filter(|line| line.starts_with("## ")).count(),
            _ => TITLES.len(),
        };
        assert_eq!(number, TITLES.len(), "{format}");
        if format.ends_with("-csv") {
            let mut reader = csv::Reader::from_reader(text.as_bytes());
            for row in reader.records() {
                let row = row.unwrap();
                let is_formula =
                    |cell: &str| cell.starts_with(['=', '+', '-', '@', '\t']) && cell.parse::<f64>().is_err();
                assert!(!row.iter().any(is_formula), "{format}: {row:?}");
            }
        }
        if format == "markdown" {
            let bare = text.replace("\\\\", "").replace("\\<", "").replace("\\[", "").replace("\\]", "");
            let marks = bare.lines().filter(|line| !line.contains("<https://example.org/"));
            assert!(!marks.clone().any(|line| line.contains(['<', '[', ']'])), "{text}");
        }
    }
}
