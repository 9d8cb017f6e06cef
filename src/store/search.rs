//! Search in headlines and texts.
//!
//! The index knows in which articles a word stands, and whether in the headline, but not where (it is a third as large that
//! way). What has to stand in a row is therefore looked for in the texts of the articles that have all of its words.

use std::collections::HashSet;

use rusqlite::{Connection, params};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::error::{Result, StoreError};
use super::types::{ArticleId, Body};
use super::{Store, visible};

/// Texts that are looked into for words in a row; a row of frequent words is found among the latest of them.
const MOST_TEXTS: usize = 3000;

impl Store {
    /// Articles in which all of `words` stand, best first: those with all of them in the headline, then the others, the
    /// latest first in each. Words between quotation marks have to stand in a row; a `*` at the end of a word stands for any
    /// ending. Case and accents do not count. Where there are more than `most`, the latest seen are taken.
    ///
    /// # Errors
    /// If the library cannot be read.
    pub fn search(&self, words: &str, most: usize) -> Result<Vec<ArticleId>> {
        let view = self.conn.unchecked_transaction()?;
        let mut wanted = Wanted::read(words);
        wanted.words.retain(|word| is_word(&view, word));
        let Some(expression) = wanted.expression() else { return Ok(Vec::new()) };
        let mut found = HashSet::new();
        let mut list = Vec::new();
        let mut date = view.prepare_cached("SELECT date, seen FROM article WHERE id = ?")?;
        for (place, expression) in [format!("{{title}} : ({expression})"), expression].into_iter().enumerate() {
            let mut select =
                view.prepare_cached("SELECT rowid FROM words WHERE words MATCH ? ORDER BY rowid DESC")?;
            let mut rows = select.query([expression])?;
            let mut looked_into = 0;
            while list.len() < most
                && let Some(row) = rows.next()?
            {
                let id: i64 = row.get(0)?;
                if found.contains(&id) {
                    continue;
                }
                if !wanted.rows.is_empty() {
                    looked_into += 1;
                    if looked_into > MOST_TEXTS {
                        break;
                    }
                    if !self.stand_in(ArticleId(id), &wanted.rows)? {
                        continue;
                    }
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

    /// Whether every one of `rows` stands in the headline or text that is shown of an article.
    fn stand_in(&self, article: ArticleId, rows: &[String]) -> Result<bool> {
        let Some(stored) = self.article(article)? else { return Ok(false) };
        let title = in_a_row(stored.title.as_deref().unwrap_or_default());
        let text = match &stored.body {
            Body::Feed(content) => in_a_row(&visible::words(content, usize::MAX)),
            Body::Page(doc) => in_a_row(&doc.text),
        };
        Ok(rows.iter().all(|row| title.contains(row.as_str()) || text.contains(row.as_str())))
    }
}

/// Whether the index takes this for one word. It knows an older Unicode, and what it does not take for a letter parts words.
fn is_word(view: &Connection, word: &Word) -> bool {
    let is_one = || -> Result<bool> {
        let mut select = view.prepare_cached("SELECT rowid FROM words WHERE words MATCH ? LIMIT 1")?;
        match select.query(params![word.expression()])?.next() {
            Ok(_) => Ok(true),
            Err(error) => Err(StoreError::from(error)),
        }
    };
    // Damage is told by the search itself.
    word.text.is_ascii() || !matches!(is_one(), Err(StoreError::Other(_)))
}

/// What the user looks for.
#[derive(Debug, Default, PartialEq, Eq)]
struct Wanted {
    words: Vec<Word>,
    /// Words that have to stand in a row, as [`in_a_row`] writes them.
    rows: Vec<String>,
}

#[derive(Debug, PartialEq, Eq)]
struct Word {
    text: String,
    /// Only the beginning is given.
    is_beginning: bool,
}

impl Word {
    fn expression(&self) -> String {
        // There is neither a quotation mark nor a zero in a word.
        format!("\"{}\"{}", self.text, if self.is_beginning { " *" } else { "" })
    }
}

impl Wanted {
    fn read(typed: &str) -> Self {
        let mut wanted = Wanted::default();
        for (index, part) in typed.split('"').enumerate() {
            if index % 2 == 1 {
                wanted.add(part, false);
            } else {
                for piece in part.split_whitespace() {
                    wanted.add(piece, piece.ends_with('*'));
                }
            }
        }
        wanted
    }

    /// Adds what has to stand in a row: a phrase, a word with marks in it ("don't"), a word of a script without blanks.
    fn add(&mut self, piece: &str, is_beginning: bool) {
        let tokens = tokens(piece);
        if tokens.len() > 1 {
            let row = in_a_row(piece);
            self.rows.push(if is_beginning { row.trim_end().to_owned() } else { row });
        }
        let last = tokens.len().saturating_sub(1);
        let words = tokens.into_iter().enumerate();
        self.words.extend(words.map(|(index, text)| Word { text, is_beginning: is_beginning && index == last }));
    }

    fn expression(&self) -> Option<String> {
        let all: Vec<String> = self.words.iter().map(Word::expression).collect();
        (!all.is_empty()).then(|| all.join(" AND "))
    }
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
fn in_a_row(text: &str) -> String {
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
        Wanted::read(typed).expression().unwrap_or_default()
    }

    #[test]
    fn what_is_typed_is_words_and_rows() {
        assert_eq!(expression("Harbour mini*"), "\"Harbour\" AND \"mini\" *");
        assert_eq!(Wanted::read("harbour").rows, Vec::<String>::new());
        assert_eq!(Wanted::read("\"Prime  Minister\" said").rows, [" prime minister "]);
        assert_eq!(Wanted::read("didn't").rows, [" didn t "]);
        assert_eq!(expression("AND NOT (a OR b)"), "\"AND\" AND \"NOT\" AND \"a\" AND \"OR\" AND \"b\"");
        assert_eq!(expression("— \" \" *"), "");
    }

    #[test]
    fn scripts_without_blanks_are_taken_letter_by_letter() {
        assert_eq!(tokens("在東京 Tokyo23区"), ["在", "東", "京", "Tokyo23", "区"]);
        assert_eq!(Wanted::read("東京").rows, [" 東 京 "]);
        assert_eq!(in_a_row(&indexable("在東京")), in_a_row("在東京"));
    }

    #[test]
    fn accents_and_their_forms_do_not_count() {
        assert_eq!(in_a_row("Aure\u{300}le"), in_a_row("AURÈLE"));
        assert_eq!(in_a_row("AURÈLE"), " aurele ");
    }
}
