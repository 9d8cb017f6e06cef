//! Search in headlines and texts: words, as the full-text indexes have them.

use std::collections::HashSet;

use rusqlite::{Connection, params};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::Store;
use super::error::{Result, StoreError};
use super::types::ArticleId;
use crate::query::Words;

impl Store {
    /// Articles in which all of `words` stand, best first: those with all of them in the headline, then the others, the
    /// latest first in each. Words between quotation marks have to stand in a row; a `*` at the end of a word stands for any
    /// ending. Case and accents do not count. Where there are more than `most`, the latest seen are taken.
    ///
    /// # Errors
    /// If the library cannot be read.
    pub fn search(&self, words: &str, most: usize) -> Result<Vec<ArticleId>> {
        let view = self.conn.unchecked_transaction()?;
        let mut all = Vec::new();
        for words in pieces(words) {
            all.extend(row(&view, &words)?);
        }
        if all.is_empty() {
            return Ok(Vec::new());
        }
        let expression = all.join(" AND ");
        let mut found = HashSet::new();
        let mut list = Vec::new();
        let mut date = view.prepare_cached("SELECT date, seen FROM article WHERE id = ?")?;
        for (place, expression) in [format!("{{title}} : ({expression})"), expression].into_iter().enumerate() {
            let mut select =
                view.prepare_cached("SELECT rowid FROM words WHERE words MATCH ? ORDER BY rowid DESC")?;
            let mut rows = select.query([expression])?;
            while list.len() < most
                && let Some(row) = rows.next()?
            {
                let id: i64 = row.get(0)?;
                if found.contains(&id) {
                    continue;
                }
                // A row of the index without an article cannot be; were it there, it would be nothing to show.
                let mut rows = date.query([id])?;
                if let Some(row) = rows.next()? {
                    found.insert(id);
                    list.push((place, -row.get::<_, i64>(0)?, -row.get::<_, i64>(1)?, id));
                }
            }
        }
        list.sort_unstable();
        Ok(list.into_iter().map(|(_, _, _, id)| ArticleId(id)).collect())
    }
}

/// Words in a row as an expression of an index. What has no word that the index knows is found nowhere.
pub(super) fn phrase(view: &Connection, words: &Words) -> Result<String> {
    Ok(row(view, words)?.unwrap_or_else(|| "\"x0nowhere0x\"".to_owned()))
}

/// Words in a row as an expression of an index; `None` if the index knows none of them for a word.
fn row(view: &Connection, words: &Words) -> Result<Option<String>> {
    let mut tokens = tokens(&words.text);
    tokens.retain(|token| is_word(view, token));
    let star = if words.is_beginning { " *" } else { "" };
    // There is neither a quotation mark nor a zero in a token.
    Ok((!tokens.is_empty()).then(|| format!("\"{}\"{star}", tokens.join(" "))))
}

/// Words in a row as [`in_a_row`] writes them.
pub(super) fn row_of(words: &Words) -> String {
    let row = in_a_row(&words.text);
    if words.is_beginning { row.trim_end().to_owned() } else { row }
}

/// Whether the index takes this for one word. It knows an older Unicode, and what it does not take for a letter parts words.
fn is_word(view: &Connection, token: &str) -> bool {
    let is_one = || -> Result<bool> {
        let mut select = view.prepare_cached("SELECT rowid FROM words WHERE words MATCH ? LIMIT 1")?;
        match select.query(params![format!("\"{token}\"")])?.next() {
            Ok(_) => Ok(true),
            Err(error) => Err(StoreError::from(error)),
        }
    };
    // Damage is told by the search itself.
    token.is_ascii() || !matches!(is_one(), Err(StoreError::Other(_)))
}

/// What the user looks for: words, and rows of words between quotation marks.
fn pieces(typed: &str) -> Vec<Words> {
    let mut pieces = Vec::new();
    for (index, part) in typed.split('"').enumerate() {
        if index % 2 == 1 {
            pieces.push(Words { text: part.to_owned(), is_beginning: false });
        } else {
            let words = part.split_whitespace();
            pieces.extend(words.map(|word| Words { text: word.to_owned(), is_beginning: word.ends_with('*') }));
        }
    }
    pieces
}

/// A text as the index gets it: composed, with blanks around the letters of scripts that put none between words, so that
/// every part of such a text can be found.
pub(super) fn indexable(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    for c in text.nfc() {
        if is_run_on(c) {
            out.push(' ');
            out.push(c);
            out.push(' ');
        } else {
            out.push(c);
        }
    }
    out
}

/// The words of a text, without accents and in small letters, each with a blank before and after it.
pub(super) fn in_a_row(text: &str) -> String {
    let mut row = String::with_capacity(text.len() + 2);
    row.push(' ');
    for token in tokens(text) {
        row.extend(token.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase));
        row.push(' ');
    }
    row
}

/// The words of a text as the index has them.
fn tokens(text: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    let mut word = String::new();
    for c in text.nfc() {
        let is_letter = c.is_alphanumeric() || is_combining_mark(c);
        if (!is_letter || is_run_on(c)) && !word.is_empty() {
            tokens.push(std::mem::take(&mut word));
        }
        if is_run_on(c) {
            tokens.push(c.to_string());
        } else if is_letter {
            word.push(c);
        }
    }
    if !word.is_empty() {
        tokens.push(word);
    }
    tokens
}

/// Letters of scripts without blanks between words: Thai, Lao, Myanmar, Khmer, kana, Han.
fn is_run_on(c: char) -> bool {
    matches!(c,
        '\u{e01}'..='\u{e30}' | '\u{e32}'..='\u{e33}' | '\u{e40}'..='\u{e46}' | '\u{e81}'..='\u{eb0}' | '\u{1000}'..='\u{102a}'
        | '\u{1780}'..='\u{17b3}' | '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}' | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3134f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn expression(typed: &str) -> String {
        let store = Store::in_memory().unwrap();
        let rows = pieces(typed).iter().map(|words| row(&store.conn, words).unwrap()).collect::<Vec<_>>();
        rows.into_iter().flatten().collect::<Vec<_>>().join(" AND ")
    }

    #[test]
    fn what_is_typed_is_words_and_rows() {
        assert_eq!(expression("Harbour mini*"), "\"Harbour\" AND \"mini\" *");
        assert_eq!(expression("\"Prime  Minister\" said"), "\"Prime Minister\" AND \"said\"");
        assert_eq!(expression("didn't"), "\"didn t\"");
        assert_eq!(expression("AND NOT (a OR b)"), "\"AND\" AND \"NOT\" AND \"a\" AND \"OR\" AND \"b\"");
        assert_eq!(expression("— \" \" *"), "");
    }

    #[test]
    fn scripts_without_blanks_are_taken_letter_by_letter() {
        assert_eq!(tokens("在東京 Tokyo23区"), ["在", "東", "京", "Tokyo23", "区"]);
        assert_eq!(expression("東京"), "\"東 京\"");
        assert_eq!(in_a_row(&indexable("在東京")), in_a_row("在東京"));
    }

    #[test]
    fn accents_and_their_forms_do_not_count() {
        assert_eq!(in_a_row("Aure\u{300}le"), in_a_row("AURÈLE"));
        assert_eq!(in_a_row("AURÈLE"), " aurele ");
    }
}
