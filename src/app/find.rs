//! Searching in a text.

use crate::text::Span;

/// The most hits that are kept; a search for "e" in a large file stops there.
pub const MOST: usize = 100_000;

/// Every place of `text` where `words` stand, up to [`MOST`], without overlaps, in bytes. Lower-case words find capitals
/// too; a capital finds only itself. Any white space matches any one, and straight quotation marks match curly ones.
pub fn find(text: &str, words: &str) -> Vec<Span> {
    let pattern: Vec<char> = words.chars().map(plain).collect();
    let Some(&first) = pattern.first() else { return Vec::new() };
    let exact = pattern.iter().any(|c| c.is_uppercase());
    let fold = |c: char| if exact { plain(c) } else { lower(plain(c)) };
    let mut hits = Vec::new();
    let mut resume = 0;
    for (at, c) in text.char_indices() {
        if at < resume || fold(c) != first {
            continue;
        }
        let mut rest = text[at..].chars();
        if pattern.iter().all(|wanted| rest.next().is_some_and(|c| fold(c) == *wanted)) {
            resume = text.len() - rest.as_str().len();
            hits.push(Span::new(at, resume));
            if hits.len() == MOST {
                break;
            }
        }
    }
    hits
}

/// The lower case of `c` where it is one character.
fn lower(c: char) -> char {
    if c.is_ascii() {
        return c.to_ascii_lowercase();
    }
    let mut lower = c.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(one), None) => one,
        _ => c,
    }
}

/// `c` without what a keyboard cannot tell.
fn plain(c: char) -> char {
    match c {
        '’' | '‘' => '\'',
        '“' | '”' | '„' => '"',
        c if c.is_ascii() && !c.is_ascii_whitespace() => c,
        c if c.is_whitespace() => ' ',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found<'a>(text: &'a str, words: &str) -> Vec<&'a str> {
        find(text, words).into_iter().map(|hit| hit.of(text)).collect()
    }

    #[test]
    fn small_letters_find_capitals_and_capitals_only_themselves() {
        assert_eq!(found("Talk to talk, TALKS", "talk"), ["Talk", "talk", "TALK"]);
        assert_eq!(found("Talk to talk", "Talk"), ["Talk"]);
        assert_eq!(found("Élysée and élysée", "élys"), ["Élys", "élys"]);
    }

    #[test]
    fn straight_marks_and_blanks_find_what_was_printed() {
        assert_eq!(found("“It’s over”", "\"it's"), ["“It’s"]);
        assert_eq!(found("Foreign\nMinister", "foreign minister"), ["Foreign\nMinister"]);
    }

    #[test]
    fn hits_do_not_overlap_and_nothing_finds_nothing() {
        assert_eq!(found("aaaa", "aa"), ["aa", "aa"]);
        assert!(found("abc", "").is_empty());
        assert!(found("abc", "abcd").is_empty());
        assert_eq!(find(&"e".repeat(MOST + 5), "e").len(), MOST);
    }
}
