//! Plain text: paragraphs and the headline.

use crate::model::{Article, Block, BlockKind, Doc};
use crate::text::{Clean, Span, clean_owned};

/// Sets the document of `article` to `text`, cleaned and otherwise as it is.
pub(super) fn fill(article: &mut Article, text: String) {
    let cleaned = clean_owned(text);
    article.removed += cleaned.removed;
    let blocks =
        paragraphs(&cleaned.text).into_iter().map(|span| Block { span, kind: BlockKind::Paragraph }).collect();
    article.doc = Doc { text: cleaned.text, map: cleaned.map, blocks, ..Doc::default() };
    headline(article);
}

/// Makes the first block a heading where it is the title, or is one by its look where none is given.
pub(super) fn headline(article: &mut Article) {
    let text = &article.doc.text;
    let Some(first) = article.doc.blocks.first_mut() else { return };
    let words = first.span.of(text);
    let is_title = match (&article.title, first.kind) {
        (Some(title), BlockKind::Paragraph | BlockKind::Heading(_)) => is_same_title(words, title),
        (None, BlockKind::Heading(_)) => true,
        (None, BlockKind::Paragraph) => {
            let rest = &text[first.span.end..];
            let gap = &rest[..rest.len() - rest.trim_start().len()];
            gap.matches('\n').count() >= 2 && gap.len() < rest.len() && looks_like_title(words)
        }
        _ => false,
    };
    if is_title {
        first.kind = BlockKind::Heading(1);
        if article.title.is_none() {
            article.title = Some(Clean::line(words));
        }
    }
}

/// Whether both are the same words, in any case, spacing and style of quotation marks.
pub(super) fn is_same_title(a: &str, b: &str) -> bool {
    fn letters(text: &str) -> impl Iterator<Item = char> {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase)
    }
    a.len() < 4096 && letters(a).eq(letters(b)) && letters(a).next().is_some()
}

/// Whether this line could be a headline: short, on one line, and no sentence by its end.
fn looks_like_title(words: &str) -> bool {
    const LONGEST: usize = 160;
    words.len() <= 4 * LONGEST
        && words.chars().count() <= LONGEST
        && !words.contains('\n')
        && !words.ends_with(['.', '!', ':', ';', ',', '…', '。', '।', '۔'])
        && words.contains(char::is_alphanumeric)
}

/// The paragraphs of `text`: what stands between blank lines, where lines are wrapped by hand; else every line.
fn paragraphs(text: &str) -> Vec<Span> {
    let lines = lines(text);
    let is_wrapped = is_hard_wrapped(text, &lines);
    let mut spans: Vec<Span> = Vec::new();
    // Whether the line before belongs to the same run of lines, and how it was indented.
    let mut above: Option<usize> = None;
    for line in lines {
        let span = line.trim(text);
        if span.is_empty() {
            above = None;
            continue;
        }
        let indent = span.start - line.start;
        let joins =
            is_wrapped && above.is_some_and(|above| indent <= above || indent < 2) && !is_bullet(span.of(text));
        match spans.last_mut().filter(|_| joins) {
            Some(last) => last.end = span.end,
            None => spans.push(span),
        }
        above = Some(indent);
    }
    spans
}

/// Whether the line begins an item of a list.
fn is_bullet(line: &str) -> bool {
    ["- ", "* ", "• ", "– ", "— "].iter().any(|bullet| line.starts_with(bullet))
}

fn lines(text: &str) -> Vec<Span> {
    let mut start = 0;
    text.split('\n')
        .map(|line| {
            let span = Span::new(start, start + line.len());
            start = span.end + 1;
            span
        })
        .collect()
}

/// Whether lines were broken at a fixed width: of the lines with another right below, nearly all are so full that the
/// next word would not have fitted, and many stop in the middle of a sentence.
fn is_hard_wrapped(text: &str, lines: &[Span]) -> bool {
    const WIDEST: usize = 100;
    const NARROWEST: usize = 40;
    let pairs = || {
        lines
            .windows(2)
            .map(|pair| (pair[0].of(text).trim_end(), pair[1].of(text).trim()))
            .filter(|(a, b)| !a.is_empty() && !b.is_empty())
    };
    let mut widest = 0;
    for (line, _) in pairs() {
        if line.len() > 4 * WIDEST {
            return false;
        }
        widest = widest.max(line.chars().count());
        if widest > WIDEST {
            return false;
        }
    }
    if widest < NARROWEST {
        return false;
    }
    let (mut all, mut full, mut run_on) = (0, 0, 0);
    for (line, next) in pairs() {
        let word = next.split_whitespace().next().unwrap_or_default().chars().count();
        all += 1;
        full += usize::from(line.chars().count() + 1 + word > widest);
        run_on += usize::from(!ends_sentence(line));
    }
    // Two or three lines are always nearly as wide as the widest of them: there the sentence must run on.
    let goes_on = if all < 4 { run_on == all } else { run_on * 2 >= all };
    all > 0 && full * 5 >= all * 4 && goes_on
}

fn ends_sentence(line: &str) -> bool {
    line.trim_end_matches(['"', '\'', '”', '’', '»', ')', ']']).ends_with(['.', '!', '?', ':', ';', '…', '。'])
}
