//! Paragraphs, sentences and tokens.
//!
//! Tokens start from the word boundaries of Unicode Standard Annex 29; what news adds to it is here: abbreviations and
//! initials keep their full stop, the possessive ending is a token of its own. A sentence ends at a full stop,
//! question mark or exclamation mark, with the marks and brackets that close after it, before something that can
//! begin a sentence.

use std::borrow::Cow;
use std::sync::LazyLock;

use foldhash::HashMap;

use unicode_segmentation::UnicodeSegmentation;

use super::draft::{Paragraph, Sentence, Token, TokenKind};
use crate::model::{Block, BlockKind, Doc};
use crate::text::Span;

/// Text without full stops is cut all the same, so that no stage has to look further than this.
const LONGEST_SENTENCE: usize = 400;

/// Whether an abbreviation can end a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Abbreviation {
    Before,
    Inside,
}

static ABBREVIATIONS: LazyLock<HashMap<&'static str, Abbreviation>> = LazyLock::new(|| {
    super::lexicon::rows(include_str!("../../assets/lexicon/abbreviations.tsv"))
        .map(|row| {
            let class = if row.get(1) == Some(&"before") { Abbreviation::Before } else { Abbreviation::Inside };
            (row[0], class)
        })
        .collect()
});

/// Words that begin a sentence far more often than they begin a name: after "U.S." or "Inc." they tell a new sentence.
const STARTERS: &[&str] = &[
    "the",
    "a",
    "an",
    "he",
    "she",
    "it",
    "they",
    "we",
    "i",
    "you",
    "this",
    "that",
    "these",
    "those",
    "his",
    "her",
    "its",
    "their",
    "our",
    "in",
    "on",
    "at",
    "after",
    "before",
    "but",
    "and",
    "as",
    "if",
    "when",
    "while",
    "there",
    "however",
    "for",
    "some",
    "many",
    "more",
    "most",
    "several",
    "earlier",
    "last",
    "meanwhile",
    "according",
    "with",
    "since",
    "also",
    "what",
    "who",
    "no",
    "one",
    "two",
    "both",
    "all",
    "so",
    "asked",
    "by",
    "from",
    "despite",
    "under",
    "among",
    "another",
];

/// The text cut up: every block is a paragraph.
#[derive(Debug, Default)]
pub struct Segments<'a> {
    /// Paragraphs.
    pub paragraphs: Vec<Paragraph>,
    /// Sentences.
    pub sentences: Vec<Sentence>,
    /// Tokens.
    pub tokens: Vec<Token<'a>>,
}

/// Cuts `doc` into paragraphs, sentences and tokens. Preformatted blocks are left out: code and tables are no prose.
pub fn segment(doc: &Doc) -> Segments<'_> {
    let mut segments = Segments::default();
    for block in doc.blocks.iter().filter(|block| block.kind != BlockKind::Pre) {
        let first_token = segments.tokens.len();
        let first_sentence = segments.sentences.len();
        for part in parts(doc, block) {
            let first = segments.tokens.len();
            tokenize(doc.text.as_str(), part, &mut segments.tokens);
            split_sentences(&mut segments, first, doc.text.as_str());
        }
        segments.paragraphs.push(Paragraph {
            span: block.span,
            heading: matches!(block.kind, BlockKind::Heading(_)),
            sentences: first_sentence..segments.sentences.len(),
            tokens: first_token..segments.tokens.len(),
        });
    }
    segments
}

/// What of a block no sentence goes beyond: of a row of a table each cell, else the block.
fn parts(doc: &Doc, block: &Block) -> Vec<Span> {
    if !matches!(block.kind, BlockKind::Row { .. }) {
        return vec![block.span];
    }
    let mut start = block.span.start;
    let cells = block.span.of(&doc.text).split('\t').map(|cell| {
        let span = Span::new(start, start + cell.len());
        start = span.end + 1;
        span
    });
    cells.filter(|span| !span.is_empty()).collect()
}

/// Appends the tokens of `span`; their sentence is set later.
fn tokenize<'a>(text: &'a str, span: Span, tokens: &mut Vec<Token<'a>>) {
    let mut pieces = span
        .of(text)
        .split_word_bound_indices()
        .map(|(offset, piece)| (span.start + offset, piece))
        .filter(|(_, piece)| !piece.chars().all(char::is_whitespace))
        .peekable();
    while let Some((start, piece)) = pieces.next() {
        let mut end = start + piece.len();
        let first = piece.chars().next().unwrap_or(' ');
        if first.is_alphabetic() || first == '_' {
            if let Some(stem) = possessive_stem(piece) {
                push(tokens, text, start, start + stem, TokenKind::Word);
                push(tokens, text, start + stem, end, TokenKind::Possessive);
                continue;
            }
            let stop = pieces.peek().is_some_and(|&(next, mark)| next == end && mark == ".");
            if stop && keeps_stop(piece) {
                pieces.next();
                end += 1;
            }
            push(tokens, text, start, end, TokenKind::Word);
        } else if first.is_numeric() {
            push(tokens, text, start, end, TokenKind::Number);
        } else {
            push(tokens, text, start, end, TokenKind::Punctuation);
        }
    }
}

fn push<'a>(tokens: &mut Vec<Token<'a>>, text: &'a str, start: usize, end: usize, kind: TokenKind) {
    let span = Span::new(start, end);
    let text = span.of(text);
    tokens.push(Token { span, text, lower: lower(text), kind, sentence: 0 });
}

/// `text` in lower case with a straight apostrophe; borrowed where that changes nothing.
pub fn lower(text: &str) -> Cow<'_, str> {
    if text.chars().all(|c| !c.is_uppercase() && c != '’') {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.replace('’', "'").to_lowercase())
    }
}

/// The length of `word` before its possessive ending, if it has one ("Iran’s", "it's").
fn possessive_stem(word: &str) -> Option<usize> {
    ["'s", "’s", "'S", "’S"]
        .iter()
        .find_map(|ending| word.strip_suffix(ending))
        .map(str::len)
        .filter(|&stem| stem > 0)
}

/// Whether the full stop after `word` belongs to it: "St.", "U.S.", the initial in "J. Doe".
fn keeps_stop(word: &str) -> bool {
    let mut letters = word.chars();
    let initial = letters.next().is_some_and(char::is_uppercase) && letters.next().is_none();
    initial || dotted(word) || abbreviation(word).is_some()
}

/// Whether `word` is written as single letters with full stops between ("U.S", "p.m").
fn dotted(word: &str) -> bool {
    word.contains('.') && word.split('.').all(|part| part.chars().count() <= 1)
}

fn abbreviation(word: &str) -> Option<Abbreviation> {
    // "No." and "Co." are abbreviations; "no." ends a sentence.
    let capital = word.chars().next().is_some_and(char::is_uppercase);
    let class = ABBREVIATIONS.get(lower(word).as_ref()).copied()?;
    (capital || dotted(word) || matches!(word, "vs" | "etc" | "approx" | "al" | "ca" | "cf" | "est")).then_some(class)
}

/// Cuts the tokens from `first` on into sentences.
fn split_sentences(segments: &mut Segments<'_>, first: usize, text: &str) {
    let paragraph = segments.paragraphs.len();
    let mut start = first;
    let mut index = first;
    while index < segments.tokens.len() {
        let mut end = index + 1;
        if ends_sentence(&segments.tokens[index..]) {
            while end < segments.tokens.len() && closes(&segments.tokens[end - 1], &segments.tokens[end], text) {
                end += 1;
            }
            if segments.tokens.get(end).is_none_or(begins_sentence) {
                close_sentence(segments, paragraph, start, end);
                start = end;
            }
        }
        if end - start >= LONGEST_SENTENCE {
            close_sentence(segments, paragraph, start, end);
            start = end;
        }
        index = end;
    }
    if start < segments.tokens.len() {
        let end = segments.tokens.len();
        close_sentence(segments, paragraph, start, end);
    }
}

fn close_sentence(segments: &mut Segments<'_>, paragraph: usize, start: usize, end: usize) {
    let number = segments.sentences.len();
    for token in &mut segments.tokens[start..end] {
        token.sentence = number;
    }
    let span = segments.tokens[start].span.join(segments.tokens[end - 1].span);
    segments.sentences.push(Sentence { span, paragraph, tokens: start..end });
}

/// Whether a sentence may end with the first of `tokens`, given those after it.
fn ends_sentence(tokens: &[Token<'_>]) -> bool {
    let [token, rest @ ..] = tokens else { return false };
    match token.kind {
        TokenKind::Punctuation => matches!(token.text, "." | "?" | "!" | "…" | "。" | "؟" | "।"),
        TokenKind::Word if token.text.ends_with('.') => {
            let word = &token.text[..token.text.len() - 1];
            if abbreviation(word) == Some(Abbreviation::Before) {
                return false;
            }
            let initial = word.chars().count() == 1;
            !initial && rest.first().is_none_or(|next| STARTERS.contains(&next.lower.as_ref()) || opens(next))
        }
        _ => false,
    }
}

/// Whether `token` stays with the sentence that ends before it: it touches that end and closes something.
fn closes(previous: &Token<'_>, token: &Token<'_>, text: &str) -> bool {
    let touches = previous.span.end == token.span.start;
    let more = matches!(token.text, "." | "?" | "!" | "…");
    let closing = matches!(token.text, "”" | "\"" | "’" | "'" | "»" | ")" | "]" | "''");
    // A straight mark that touches the stop closes, unless a word follows it at once: then it opens.
    let opens_next =
        matches!(token.text, "\"" | "'") && text[token.span.end..].chars().next().is_some_and(char::is_alphanumeric);
    touches && (more || (closing && !opens_next))
}

fn opens(token: &Token<'_>) -> bool {
    matches!(token.text, "“" | "\"" | "‘" | "'" | "«" | "(" | "[" | "„" | "—" | "–" | "-" | "―")
}

fn begins_sentence(token: &Token<'_>) -> bool {
    opens(token) || token.kind == TokenKind::Number || !token.text.chars().next().is_some_and(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::clean;

    fn doc(text: &str) -> Doc {
        let mut blocks = Vec::new();
        let mut at = 0;
        for line in text.split('\n') {
            if !line.is_empty() {
                blocks.push(Block { span: Span::new(at, at + line.len()), kind: BlockKind::Paragraph });
            }
            at += line.len() + 1;
        }
        Doc { text: clean(text).text, blocks, ..Doc::default() }
    }

    fn tokens(text: &str) -> Vec<String> {
        segment(&doc(text)).tokens.iter().map(|token| token.text.to_owned()).collect()
    }

    fn sentences(text: &str) -> Vec<String> {
        let doc = doc(text);
        segment(&doc).sentences.iter().map(|sentence| sentence.span.of(&doc.text).to_owned()).collect()
    }

    #[test]
    fn possessives_abbreviations_and_hyphens_are_cut_as_news_needs() {
        assert_eq!(tokens("Iran’s U.S. envoy"), ["Iran", "’s", "U.S.", "envoy"]);
        assert_eq!(tokens("St. Petersburg-based J. R. Doe"), ["St.", "Petersburg", "-", "based", "J.", "R.", "Doe"]);
        assert_eq!(tokens("“Don’t,” he said."), ["“", "Don’t", ",", "”", "he", "said", "."]);
        assert_eq!(tokens("20,000 troops (3.5%)"), ["20,000", "troops", "(", "3.5", "%", ")"]);
    }

    #[test]
    fn sentences_end_where_a_reader_ends_them() {
        assert_eq!(
            sentences("Mr. Odu met Sen. Roy in St. Ives. He left at 5 p.m. The rest stayed."),
            ["Mr. Odu met Sen. Roy in St. Ives.", "He left at 5 p.m.", "The rest stayed."]
        );
        assert_eq!(
            sentences("“We will go. We must!” she said. “Now.”"),
            ["“We will go.", "We must!” she said.", "“Now.”"]
        );
        assert_eq!(
            sentences("The U.S. Senate voted. No one left the U.S. They stayed."),
            ["The U.S. Senate voted.", "No one left the U.S.", "They stayed."]
        );
        assert_eq!(sentences("\"One.\" \"Two?\" he asked."), ["\"One.\"", "\"Two?\" he asked."]);
    }

    #[test]
    fn a_sentence_never_crosses_a_paragraph() {
        assert_eq!(sentences("No stop here\nNext one"), ["No stop here", "Next one"]);
    }
}
