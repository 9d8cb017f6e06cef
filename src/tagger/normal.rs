//! How the vocabulary's authors cut and fold text (BERT's "basic tokenizer", Devlin et al. 2018), so that a word meets
//! the pieces it was trained with.

use unicode_normalization::UnicodeNormalization;
use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory};

use crate::text::Span;

/// Whether the character stands by itself: ASCII symbols, and what Unicode calls punctuation.
fn is_punctuation(char: char) -> bool {
    char.is_ascii_punctuation()
        || (!char.is_ascii() && char.general_category_group() == GeneralCategoryGroup::Punctuation)
}

/// Whether the character is of a script written without blanks: it is a word by itself.
fn is_ideograph(char: char) -> bool {
    matches!(u32::from(char),
        0x4E00..=0x9FFF | 0x3400..=0x4DBF | 0x20000..=0x2A6DF | 0x2A700..=0x2B73F | 0x2B740..=0x2B81F
        | 0x2B920..=0x2CEAF | 0xF900..=0xFAFF | 0x2F800..=0x2FA1F)
}

/// Whether the character has no shape of its own.
fn is_control(char: char) -> bool {
    !matches!(char, '\t' | '\n' | '\r') && char.general_category_group() == GeneralCategoryGroup::Other
}

/// The words of `text` between blanks, punctuation marks apart, in bytes of it.
pub fn words(text: &str) -> Vec<Span> {
    let mut words = Vec::new();
    let mut start = None;
    for (at, char) in text.char_indices() {
        let mark = is_punctuation(char);
        if mark || char.is_whitespace() {
            if let Some(start) = start.take() {
                words.push(Span::new(start, at));
            }
            if mark {
                words.push(Span::new(at, at + char.len_utf8()));
            }
        } else if start.is_none() {
            start = Some(at);
        }
    }
    if let Some(start) = start {
        words.push(Span::new(start, text.len()));
    }
    words
}

/// `word` as the vocabulary writes it: in small letters, without accents and control characters, ideographs apart.
pub fn folded(word: &str) -> String {
    if word.is_ascii() {
        return word.chars().filter(|char| !char.is_ascii_control()).map(|char| char.to_ascii_lowercase()).collect();
    }
    let mut apart = String::with_capacity(word.len() + 2);
    for char in word.chars().filter(|&char| char != '\u{fffd}' && char != '\0' && !is_control(char)) {
        match char {
            _ if is_ideograph(char) => apart.extend([' ', char, ' ']),
            _ if char.is_whitespace() => apart.push(' '),
            _ => apart.push(char),
        }
    }
    let bare = apart.nfd().filter(|char| char.general_category() != GeneralCategory::NonspacingMark);
    bare.flat_map(char::to_lowercase).collect()
}

/// How a word is written, as a number the weights know: 0 no letter or figure, 1 small, 2 all capitals, 3 a capital first,
/// 4 figures, 5 a single capital, 6 mixed.
pub fn case(word: &str) -> u8 {
    if !word.chars().any(char::is_alphabetic) {
        return if word.chars().any(char::is_numeric) { 4 } else { 0 };
    }
    let has_lower = word.chars().any(char::is_lowercase);
    let has_upper = word.chars().any(|char| char.is_uppercase() || is_title(char));
    let mut chars = word.chars();
    let first = chars.next();
    let rest = chars.as_str();
    if has_lower && !has_upper {
        1
    } else if first.is_some() && rest.is_empty() {
        5
    } else if has_upper && !has_lower && !word.chars().any(is_title) {
        2
    } else if first.is_some_and(char::is_uppercase)
        && rest.chars().any(char::is_lowercase)
        && !rest.chars().any(|char| char.is_uppercase() || is_title(char))
    {
        3
    } else {
        6
    }
}

/// Whether it is a letter like ǅ, a capital and a small one in one.
fn is_title(char: char) -> bool {
    !char.is_ascii() && char.general_category() == GeneralCategory::TitlecaseLetter
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stand_between_blanks_and_marks() {
        let text = "“Jana Škoda’s U.S.-led plan”";
        let words: Vec<&str> = words(text).into_iter().map(|span| span.of(text)).collect();
        assert_eq!(words, ["“", "Jana", "Škoda", "’", "s", "U", ".", "S", ".", "-", "led", "plan", "”"]);
    }

    #[test]
    fn accents_and_capitals_are_folded_away() {
        assert_eq!(folded("São"), "sao");
        assert_eq!(folded("ŠKODA"), "skoda");
        assert_eq!(folded("北京"), " 北  京 ");
        assert_eq!(folded("a\u{200b}b"), "ab");
    }

    #[test]
    fn the_case_of_a_word_is_known() {
        let cases =
            [("—", 0), ("said", 1), ("NATO", 2), ("Obi", 3), ("18", 4), ("U", 5), ("McDonald", 6), ("3rd", 1)];
        for (word, expected) in cases {
            assert_eq!(case(word), expected, "{word}");
        }
    }
}
