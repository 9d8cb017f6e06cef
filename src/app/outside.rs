//! What other programs get of an article: its text for a command or an editor.

use super::Effect;
use super::prompt::{self, Kind};
use super::state::State;
use super::words::day;
use crate::model::{Article, BlockKind};
use crate::text::Clean;
use crate::words;

/// How many commands of the session are kept.
const PIPED: usize = 50;

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
    state.piped.retain(|before| before != command);
    state.piped.push(command.to_owned());
    if state.piped.len() > PIPED {
        state.piped.remove(0);
    }
    match text(state) {
        Some(text) => vec![Effect::Pipe { command: command.to_owned(), text }],
        None => Vec::new(),
    }
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
