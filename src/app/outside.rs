//! What other programs get of an article: its text for a command or an editor.

use super::prompt::{self, Kind};
use super::state::State;
use super::words::day;
use super::{Effect, history};
use crate::model::{Article, BlockKind};
use crate::text::Clean;
use crate::words;

/// Asks for a command that gets the article's text.
pub fn ask_pipe(state: &mut State) {
    if text(state).is_some() {
        prompt::open(state, Kind::Pipe { back: 0 });
    }
}

/// Gives the article's text to a command that the user typed.
pub fn pipe(state: &mut State, command: &str) -> Vec<Effect> {
    let command = command.trim();
    if command.is_empty() {
        return Vec::new();
    }
    history::keep(&mut state.piped, command);
    match text(state) {
        Some(text) => vec![Effect::Pipe { command: command.to_owned(), text }],
        None => Vec::new(),
    }
}

/// What stands for something of the article in a program's arguments.
pub const PLACEHOLDERS: [&str; 5] = ["{title}", "{url}", "{source}", "{author}", "{date}"];

/// Runs a program of the configuration on the open article.
pub fn run(state: &mut State, name: &str) -> Vec<Effect> {
    let Some(program) = state.config.programs.get(name) else {
        let known: Vec<&str> = state.config.programs.keys().map(String::as_str).collect();
        let known = if known.is_empty() { "there is none yet".to_owned() } else { known.join(", ") };
        state.warn(words!("No program is called \"{name}\" in [programs] of the configuration: {known}"));
        return Vec::new();
    };
    let Some(item) = state.open_item() else {
        state.say(Clean::literal("No article is open"));
        return Vec::new();
    };
    let (article, url) = (item.readable(), item.url().cloned());
    if url.is_none() && program.iter().any(|argument| argument.contains("{url}")) {
        state.warn(Clean::literal("This article names no page"));
        return Vec::new();
    }
    let date = item.date();
    let value = |name: &str| value(name, &article, url.as_ref(), date);
    let program = program.iter().map(|argument| filled(argument, &PLACEHOLDERS, value)).collect();
    vec![Effect::Run { program }]
}

/// What a placeholder stands for.
fn value(name: &str, article: &Article, url: Option<&Clean>, date: Option<jiff::civil::Date>) -> String {
    match name {
        "{title}" => article.title.as_ref().map(Clean::to_string).unwrap_or_default(),
        "{url}" => url.map(Clean::to_string).unwrap_or_default(),
        "{source}" => article.source.as_ref().map(Clean::to_string).unwrap_or_default(),
        "{author}" => article.authors.iter().map(Clean::as_str).collect::<Vec<_>>().join(", "),
        "{date}" => date.map(|date| date.to_string()).unwrap_or_default(),
        _ => name.to_owned(),
    }
}

/// An argument with what its placeholders stand for. No shell sees it; what comes from an article does not begin an
/// argument with a hyphen, which would make an option of it.
pub(super) fn filled(argument: &str, placeholders: &[&str], value: impl Fn(&str) -> String) -> String {
    let mut out = String::with_capacity(argument.len());
    let mut rest = argument;
    // One after the other: what is filled in is not read again.
    while let Some((at, name)) =
        placeholders.iter().filter_map(|name| Some((rest.find(name)?, *name))).min_by_key(|(at, _)| *at)
    {
        out.push_str(&rest[..at]);
        let value = value(name);
        out.push_str(if out.is_empty() { value.trim_start_matches('-') } else { &value });
        rest = &rest[at + name.len()..];
    }
    out.push_str(rest);
    out
}

/// Opens the article's text in an editor.
pub fn edit(state: &mut State) -> Vec<Effect> {
    text(state).map(|text| Effect::Edit { text }).into_iter().collect()
}

/// The text of the open article; a notice if there is none.
fn text(state: &mut State) -> Option<Clean> {
    let reader = state.reader.as_ref()?;
    if reader.article.doc.blocks.is_empty() {
        state.say(Clean::literal("There is no text yet"));
        return None;
    }
    Some(plain_text(&reader.article))
}

/// An article as plain text: headline, where and when it was published, the address, then the text with a blank line
/// between paragraphs, each of which is one line.
pub fn plain_text(article: &Article) -> Clean {
    let text: &str = &article.doc.text;
    let title = article.title.as_deref().map(str::trim).filter(|title| !title.is_empty());
    let first = article.doc.blocks.first().map(|block| block.span.of(text).trim());
    let mut paragraphs: Vec<String> = Vec::with_capacity(article.doc.blocks.len() + 2);
    let mut blocks = article.doc.blocks.iter();
    // Where the text begins with its headline, it is not said twice.
    let has_heading = article.doc.blocks.first().is_some_and(|block| block.kind == BlockKind::Heading(1));
    let begins_with_title = if title.is_some() { first == title } else { has_heading };
    let headline = if begins_with_title { blocks.next().map(|block| block.span.of(text)) } else { title };
    paragraphs.extend(headline.map(one_line));
    let authors = (!article.authors.is_empty()).then(|| {
        let names: Vec<&str> = article.authors.iter().map(Clean::as_str).collect();
        format!("By {}", names.join(", "))
    });
    let published = article.source.iter().map(Clean::to_string).chain(article.date.map(|date| day(date).to_string()));
    let published = published.collect::<Vec<_>>().join(", ");
    let facts = authors.into_iter().chain(Some(published)).chain(article.url.iter().map(Clean::to_string));
    let facts: Vec<String> = facts.filter(|fact| !fact.is_empty()).collect();
    if !facts.is_empty() {
        paragraphs.push(facts.join("\n"));
    }
    for block in blocks {
        let words = block.span.of(text);
        paragraphs.push(match block.kind {
            BlockKind::Paragraph | BlockKind::Heading(_) | BlockKind::Quote => one_line(words),
            BlockKind::Item { number: None, .. } => format!("- {}", one_line(words)),
            BlockKind::Item { number: Some(number), .. } => format!("{number}. {}", one_line(words)),
            _ => words.to_owned(),
        });
    }
    words!("{}\n", paragraphs.join("\n\n"))
}

fn one_line(words: &str) -> String {
    words.split(['\n', '\t']).map(str::trim).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Block, Doc};
    use crate::text::Span;
    use jiff::civil::date;

    fn article(blocks: &[(&str, BlockKind)]) -> Article {
        let mut doc = Doc::default();
        let mut text = String::new();
        for (words, kind) in blocks {
            let start = text.len();
            text.push_str(words);
            doc.blocks.push(Block { span: Span::new(start, text.len()), kind: *kind });
            text.push_str("\n\n");
        }
        doc.text = Clean::new(&text);
        Article { doc, ..Article::default() }
    }

    #[test]
    fn placeholders_are_filled_once_and_make_no_options() {
        let article = Article { title: Some(Clean::literal("--exec {url} $(id)")), ..Article::default() };
        let url = Clean::literal("https://gull.example/1");
        let value = |name: &str| value(name, &article, Some(&url), None);
        let filled = |argument: &str| filled(argument, &PLACEHOLDERS, value);
        assert_eq!(filled("{title}"), "exec {url} $(id)");
        assert_eq!(filled("subject={title},body={url}"), "subject=--exec {url} $(id),body=https://gull.example/1");
        assert_eq!(filled("{unknown} {date}"), "{unknown} ");
    }

    #[test]
    fn it_has_headline_facts_and_paragraphs() {
        let blocks =
            [("Rain\nfell.", BlockKind::Paragraph), ("one", BlockKind::bullet(1)), ("a\n  b", BlockKind::Pre)];
        let article = Article {
            title: Some(Clean::literal("Weather")),
            source: Some(Clean::literal("Gull Wire")),
            authors: vec![Clean::literal("Ada Roe")],
            date: Some(date(2026, 5, 4)),
            url: Some(Clean::literal("https://gull.example/1")),
            ..article(&blocks)
        };
        assert_eq!(
            plain_text(&article).as_str(),
            "Weather\n\nBy Ada Roe\nGull Wire, 4 May 2026\nhttps://gull.example/1\n\nRain fell.\n\n- one\n\na\n  b\n"
        );
    }

    #[test]
    fn a_headline_in_the_text_is_said_once() {
        let blocks = [("Weather", BlockKind::Heading(1)), ("Rain fell.", BlockKind::Paragraph)];
        let article = Article { title: Some(Clean::literal("Weather")), ..article(&blocks) };
        assert_eq!(plain_text(&article).as_str(), "Weather\n\nRain fell.\n");
    }
}
