//! Notes in Markdown (CommonMark): each article's headline, where it was published, its quotations as block quotes with who said
//! them, what people noted and its events as lists. What the article says is words and never markup.

use super::{Entry, Options, citation, in_words};
use crate::model::{Quotation, Subject, Who};
use crate::text::Clean;

/// The title of the notes.
pub(super) fn head(label: &str) -> Clean {
    Clean::new(&format!("# {}\n", escaped(label)))
}

/// The notes on an article.
pub(super) fn article(entry: &Entry<'_>, options: Options) -> Clean {
    let article = entry.article;
    let text = &article.doc.text;
    let mut out = format!("\n## {}\n", escaped(&citation::title(article)));
    let authors = citation::authors(article);
    let date = article.date.map(|date| date.to_string());
    let words = article.source.as_deref().into_iter().chain(authors.iter().map(Clean::as_str)).chain(date.as_deref());
    let mut origin: Vec<String> = words.map(escaped).filter(|words| !words.is_empty()).collect();
    origin.extend(article.address().map(|address| format!("<{address}>")));
    if !origin.is_empty() {
        out.push_str(&format!("\n{}\n", origin.join(" · ")));
    }
    for (number, quotation) in entry.quotations() {
        out.push_str(&format!("\n> {}\n", escaped(&in_words::words(quotation, text))));
        out.push_str(&format!(">\n> — {}\n", escaped(&attribution(entry, number, quotation))));
    }
    if !entry.notes().is_empty() {
        out.push('\n');
    }
    // Another sign than that of the events, as it makes another list.
    for note in entry.notes() {
        out.push_str(&format!("* {}\n", escaped(&in_words::note(note))));
    }
    // Where some quotations are asked for, they alone are.
    let events: Vec<_> = if entry.quotations.is_some() { Vec::new() } else { options.events(entry.found).collect() };
    if !events.is_empty() {
        out.push('\n');
    }
    for (_, event) in events {
        let background = if event.background { " (background)" } else { "" };
        out.push_str(&format!("- {}{background}\n", escaped(&in_words::event(event, text))));
    }
    Clean::new(&out)
}

/// Who said it, and what has to be known of that.
fn attribution(entry: &Entry<'_>, number: usize, quotation: &Quotation) -> String {
    let who = Who::of(quotation, entry.found);
    let mut words = who.name.unwrap_or("unattributed").to_owned();
    if let Some(standing) = in_words::standing(&who) {
        words.push_str(&format!(", {standing}"));
    }
    let view = (!quotation.class.is_statement()).then_some("view");
    let kind = quotation.kind.label();
    let corrected = entry.found.corrected(Subject::Quotation(number)).map(|one| match one.by.as_deref() {
        Some(by) => format!("speaker corrected by {by}"),
        None => "speaker corrected".to_owned(),
    });
    let caveat = quotation.caveat().or(view).map(str::to_owned);
    let known: Vec<String> = [Some(kind.to_owned()), caveat, corrected].into_iter().flatten().collect();
    words.push_str(&format!(" ({})", known.join("; ")));
    words
}

/// Signs that may be markup wherever they stand, in CommonMark and in what others add to it.
const MARKUP: &str = "\\`*_[]<>&~|$!^{}#";

/// `words` on one line, with a backslash before what Markdown or a browser would take for markup.
fn escaped(words: &str) -> String {
    let line = Clean::line(words);
    let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut text = String::with_capacity(line.len());
    // A number that would begin a list: its point or parenthesis is set off.
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    for (at, c) in line.char_indices() {
        let is_markup = MARKUP.contains(c);
        let begins = at == 0 && matches!(c, '+' | '-' | '=' | ':');
        let numbers = at == digits && at > 0 && matches!(c, '.' | ')');
        if is_markup || begins || numbers {
            text.push('\\');
        }
        text.push(c);
    }
    text
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use pulldown_cmark::{Event, Options as Flags, Parser, Tag};

    use super::super::Filing;
    use super::super::coded::tests::story;
    use super::*;
    use crate::model::{Annotations, Article};
    use crate::text::Span;

    /// What a reader of Markdown makes of it: headings and block quotes as words, addresses of links, items of lists.
    #[derive(Debug, Default, PartialEq)]
    struct Read {
        headings: Vec<String>,
        quotes: Vec<String>,
        links: Vec<String>,
        items: Vec<String>,
    }

    fn read(text: &str) -> Read {
        let mut read = Read::default();
        let mut open: Vec<Tag> = Vec::new();
        for event in Parser::new_ext(text, Flags::all() - Flags::ENABLE_SMART_PUNCTUATION) {
            match event {
                Event::Start(tag) => {
                    match &tag {
                        Tag::Heading { .. } => read.headings.push(String::new()),
                        Tag::BlockQuote(_) => read.quotes.push(String::new()),
                        Tag::Item => read.items.push(String::new()),
                        Tag::Link { dest_url, .. } => read.links.push(dest_url.to_string()),
                        Tag::Paragraph | Tag::List(None) => {}
                        other => panic!("{other:?} in {text}"),
                    }
                    open.push(tag);
                }
                Event::End(_) => {
                    open.pop();
                }
                Event::Text(words) => {
                    let into = match open.iter().rev().find(|tag| !matches!(tag, Tag::Paragraph)) {
                        Some(Tag::Heading { .. }) => read.headings.last_mut(),
                        Some(Tag::BlockQuote(_)) => read.quotes.last_mut(),
                        Some(Tag::Item) => read.items.last_mut(),
                        _ => None,
                    };
                    if let Some(into) = into {
                        into.push_str(&words);
                    }
                }
                other => panic!("{other:?} in {text}"),
            }
        }
        read
    }

    fn notes(article_: &Article, found: &Annotations) -> String {
        let filing = Filing::default();
        let entry =
            Entry { article: article_, found, quotations: None, engine: "rules", filing: &filing, notes: &[] };
        article(&entry, Options::default()).to_string()
    }

    #[test]
    fn an_article_is_a_heading_with_quotes_and_events() {
        let (mut article, mut found) = story();
        article.url = Some(Clean::literal("https://example.org/a?b=c_d_e"));
        article.authors = vec![Clean::literal("*Ada* Writer")];
        let start = article.doc.text.find("“the rower”").unwrap();
        found.quotations = vec![Quotation {
            content: vec![Span::new(start, start + "“the rower”".len())],
            speaker: crate::model::Speaker::Entity(0),
            ..Quotation::default()
        }];
        let text = notes(&article, &found);
        let read = read(&text);
        assert_eq!(read.headings, ["“Ferry talks” stall; \"no deal\""]);
        assert_eq!(read.quotes, ["“the rower”— Ada Obi, Police Minister, Kenya (direct)"]);
        assert_eq!(read.links, ["https://example.org/a?b=c_d_e"]);
        assert_eq!(read.items.len(), 2);
        assert!(read.items[0].starts_with("CONSULT “met”: Ada Obi (KE), gunmen"), "{:?}", read.items);
        assert!(text.contains("Lake Courier · \\*Ada\\* Writer · 2026-05-06 · <https"), "{text}");
    }

    #[test]
    fn hostile_headlines_are_words() {
        let (mut article, found) = story();
        for title in [
            "<script>alert(1)</script>",
            "# a #",
            "[click](javascript:alert(1))",
            "![x](http://evil.example/x.png)",
            "`code` *a* _b_ ~~c~~ $d$ | e",
            "&lt;b&gt; &amp;",
            "1. one",
            "12) two",
            "- item",
            "===",
            "---",
            "> quote",
            "a\\",
            "<http://evil.example>",
            "[^1]: note",
            "{#id .class}",
            "a\u{2028}# b",
        ] {
            article.title = Some(Clean::new(title));
            let read = read(&notes(&article, &found));
            let expected = Clean::line(title).split_whitespace().collect::<Vec<_>>().join(" ");
            assert_eq!(read.headings, [expected], "{title}");
            assert_eq!(read.links, [""; 0], "{title}");
        }
    }

    proptest! {
        #[test]
        fn any_words_are_read_as_they_are(words in "[a-z0-9 #*_`~<>&|$!+=.():{}\\[\\]\"'^@/\\\\-]{1,40}") {
            let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
            prop_assume!(!words.is_empty());
            prop_assert_eq!(&read(&format!("## {}\n", escaped(&words))).headings, std::slice::from_ref(&words));
            prop_assert_eq!(&read(&format!("> {}\n>\n> — x\n", escaped(&words))).quotes, &[format!("{words}— x")]);
            prop_assert_eq!(&read(&format!("- {}\n", escaped(&words))).items, &[words]);
        }
    }
}
