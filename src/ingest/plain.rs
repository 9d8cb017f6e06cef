//! Plain text: paragraphs and the headline.

use crate::model::{Article, Block, BlockKind, Doc};
use crate::text::{Clean, Cleaned, Span, clean_owned};

/// Sets the document of `article` to `text`, cleaned and otherwise as it is.
pub(super) fn fill(article: &mut Article, text: String) {
    let cleaned = clean_owned(text);
    article.removed += cleaned.removed;
    article.doc = document(cleaned);
    if article.title.is_none() {
        article.title = first_line_as_title(&article.doc);
    }
    headline(article);
}

/// The document of a plain text.
pub(super) fn document(cleaned: Cleaned) -> Doc {
    let blocks =
        paragraphs(&cleaned.text).into_iter().map(|span| Block { span, kind: BlockKind::Paragraph }).collect();
    Doc { text: cleaned.text, map: cleaned.map, blocks, ..Doc::default() }
}

/// The first line of a text without a title, where it stands apart and looks like a headline.
fn first_line_as_title(doc: &Doc) -> Option<Clean> {
    let first = doc.blocks.first()?.span;
    let rest = &doc.text[first.end..];
    let gap = &rest[..rest.len() - rest.trim_start().len()];
    let stands_apart = gap.matches('\n').count() >= 2 && gap.len() < rest.len();
    (stands_apart && looks_like_title(first.of(&doc.text))).then(|| Clean::line(first.of(&doc.text)))
}

/// Makes the first block the headline where it is the title, or where it is a heading and there is no title.
pub(super) fn headline(article: &mut Article) {
    let Some(first) = article.doc.blocks.first_mut() else { return };
    let words = first.span.of(&article.doc.text);
    match (&article.title, first.kind) {
        (Some(title), BlockKind::Paragraph | BlockKind::Heading(_)) if is_same_title(words, title) => {
            first.kind = BlockKind::Heading(1);
        }
        (None, BlockKind::Heading(_)) => {
            first.kind = BlockKind::Heading(1);
            article.title = Some(Clean::line(words));
        }
        _ => (),
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
    let is_wrapped = is_hard_wrapped(text);
    let mut spans: Vec<Span> = Vec::new();
    // How the line above was indented, unless it is blank.
    let mut above: Option<usize> = None;
    let mut start = 0;
    for line in text.split('\n') {
        let line_start = start;
        start += line.len() + 1;
        let span = Span::new(line_start, line_start + line.len()).trim(text);
        if span.is_empty() {
            above = None;
            continue;
        }
        let indent = span.start - line_start;
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

/// Whether lines were broken at a fixed width: of the lines with another right below, nearly all are so full that the
/// next word would not have fitted, and many stop in the middle of a sentence.
fn is_hard_wrapped(text: &str) -> bool {
    const WIDEST: usize = 100;
    const NARROWEST: usize = 40;
    let mut widest = 0;
    for (line, _) in line_pairs(text) {
        // Most texts are found to have longer lines right at their beginning.
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
    for (line, next) in line_pairs(text) {
        let word = next.split_whitespace().next().unwrap_or_default().chars().count();
        all += 1;
        full += usize::from(line.chars().count() + 1 + word > widest);
        run_on += usize::from(!ends_sentence(line) && !next.starts_with(char::is_uppercase));
    }
    // A few lines are always nearly as wide as the widest of them: there more sentences must run on. In German every
    // third word has a capital, so no more can be asked for.
    let goes_on = if all < 4 { run_on * 2 >= all } else { run_on * 3 >= all };
    all > 0 && full * 5 >= all * 4 && goes_on
}

/// Lines with the line right below, without those that are blank or stand above a blank one.
fn line_pairs(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let lines = text.split('\n').map(str::trim);
    lines.clone().zip(lines.skip(1)).filter(|(line, next)| !line.is_empty() && !next.is_empty())
}

fn ends_sentence(line: &str) -> bool {
    line.trim_end_matches(['"', '\'', '”', '’', '»', ')', ']']).ends_with(['.', '!', '?', ':', ';', '…', '。'])
}
