//! Articles out of bytes: plain text and JSON.

use std::ops::ControlFlow;

use dateline::ingest::{Format, Item, Limits, Place, Problem, read_from};
use dateline::model::{Article, BlockKind};

/// Everything that reading `bytes` hands over.
fn read(bytes: impl AsRef<[u8]>, format: Option<Format>) -> (Vec<Article>, Vec<Problem>) {
    let (mut articles, mut problems) = (Vec::new(), Vec::new());
    let place = Place::named("in");
    let _ = read_from(&place, bytes.as_ref(), format, &Limits::default(), &mut |item| {
        match item {
            Item::Article(article) => articles.push(*article),
            Item::Problem(problem) => problems.push(problem),
            Item::Notice(_) => (),
        }
        ControlFlow::Continue(())
    });
    (articles, problems)
}

fn one(bytes: impl AsRef<[u8]>, format: Format) -> Article {
    let (mut articles, problems) = read(bytes, Some(format));
    assert_eq!(problems, []);
    assert_eq!(articles.len(), 1);
    articles.remove(0)
}

fn blocks(article: &Article) -> Vec<(&str, BlockKind)> {
    article.doc.blocks.iter().map(|block| (block.span.of(&article.doc.text), block.kind)).collect()
}

const P: BlockKind = BlockKind::Paragraph;

#[test]
fn json_line_gives_text_and_what_is_known() {
    let line = r#"{"id":"a7","title":"Talks open","text":"Talks open\nThe envoys met.\nThey left.","date":"2031-05-04T10:00:00Z","url":"https://n.example/1","source":"Example Wire","authors":["A. Roe","B. Poe"],"language":"en","desk":{"no":3}}"#;
    let (articles, problems) = read(line, None);
    assert_eq!(problems, []);
    let article = &articles[0];
    assert_eq!(&*article.id, "a7");
    assert_eq!(article.date, Some(jiff::civil::date(2031, 5, 4)));
    assert_eq!(article.authors.iter().map(|name| name.as_str()).collect::<Vec<_>>(), ["A. Roe", "B. Poe"]);
    assert_eq!(article.extra["desk"]["no"], 3);
    assert_eq!(blocks(article), [("Talks open", BlockKind::Heading(1)), ("The envoys met.", P), ("They left.", P)]);
}

#[test]
fn bad_line_is_named_and_the_rest_goes_on() {
    let lines = "{\"text\":\"One.\"}\n{\"text\":\n\n{\"title\":\"no text\"}\n{\"text\":\"Two \\ud83d.\"}\n";
    let (articles, problems) = read(lines, Some(Format::JsonLines));
    assert_eq!(
        articles.iter().map(|article| article.doc.text.as_str()).collect::<Vec<_>>(),
        ["One.", "Two \u{fffd}."]
    );
    assert_eq!(articles[1].id.as_str(), "in:5");
    assert_eq!(problems.iter().map(|problem| problem.place.line).collect::<Vec<_>>(), [Some(2), Some(4)]);
    assert_eq!(problems[1].to_string(), "in:4: no \"text\"");
}

#[test]
fn plain_text_keeps_its_characters_and_finds_its_paragraphs() {
    let article = one("A headline here\r\n\r\nFirst one.\r\nSecond one.\r\n", Format::Plain);
    assert_eq!(&*article.doc.text, "A headline here\n\nFirst one.\nSecond one.\n");
    assert_eq!(article.title.as_ref().map(|title| title.as_str()), Some("A headline here"));
    assert_eq!(blocks(&article), [("A headline here", BlockKind::Heading(1)), ("First one.", P), ("Second one.", P)]);
}
