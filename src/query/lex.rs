//! From characters to tokens.

use super::error::{Fault, QueryError};
use super::field::Field;
use super::value;
use crate::text::Span;

/// A piece of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    /// Where.
    pub span: Span,
    /// What.
    pub kind: TokenKind,
}

/// What a piece is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum TokenKind {
    Open,
    Close,
    And,
    Or,
    Not,
    Minus,
    /// Words without a field.
    Word(Raw),
    /// A field with its values, one at least.
    Field(Field, Vec<Raw>),
}

/// Words as they were typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Raw {
    /// Without the quotation marks, and without stars at the end; single blanks.
    pub text: String,
    /// With them.
    pub span: Span,
    /// Between quotation marks.
    pub is_quoted: bool,
    /// With a star at the end.
    pub is_beginning: bool,
}

/// What opens and closes a phrase.
pub(super) fn is_mark(c: char) -> bool {
    matches!(c, '"' | '“' | '”')
}

/// What parts words: blanks, and control characters, which nobody types.
pub(super) fn is_gap(c: char) -> bool {
    c.is_whitespace() || c.is_control()
}

/// The name before a colon at the start of `text`, if there is one.
pub(super) fn field_name(text: &str) -> Option<&str> {
    let (name, _) = text.split_once(':')?;
    (!name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphabetic())).then_some(name)
}

/// The tokens of a query.
pub(super) fn tokens(query: &str) -> Result<Vec<Token>, QueryError> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(c) = query[at..].chars().next() {
        let start = at;
        let next = at + c.len_utf8();
        let kind = match c {
            _ if is_gap(c) => {
                at = next;
                continue;
            }
            '(' => TokenKind::Open,
            ')' => TokenKind::Close,
            '-' if query[next..].starts_with(|c: char| !is_gap(c) && c != ')') => TokenKind::Minus,
            _ => {
                let kind = term(query, &mut at)?;
                tokens.push(Token { span: Span::new(start, at), kind });
                continue;
            }
        };
        at = next;
        tokens.push(Token { span: Span::new(start, at), kind });
    }
    Ok(tokens)
}

fn term(query: &str, at: &mut usize) -> Result<TokenKind, QueryError> {
    let start = *at;
    let Some(name) = field_name(&query[start..]) else {
        let raw = words(query, at, false)?;
        let operator = match raw.text.as_str() {
            _ if raw.is_quoted || raw.is_beginning => None,
            "AND" => Some(TokenKind::And),
            "OR" => Some(TokenKind::Or),
            "NOT" => Some(TokenKind::Not),
            _ => None,
        };
        return Ok(operator.unwrap_or(TokenKind::Word(raw)));
    };
    let span = Span::new(start, start + name.len() + 1);
    let Some(field) = Field::named(name) else {
        let nearest = value::nearest(name, super::field::FIELDS.iter().map(|(_, known, ..)| *known));
        return Err(QueryError::new(span, Fault::Field { name: name.to_owned(), nearest }));
    };
    *at = span.end;
    let mut values = Vec::new();
    loop {
        let raw = words(query, at, true)?;
        if raw.text.is_empty() && !raw.is_quoted {
            return Err(QueryError::new(Span::new(start, *at), Fault::NoValue(field)));
        }
        values.push(raw);
        if !query[*at..].starts_with(',') {
            return Ok(TokenKind::Field(field, values));
        }
        *at += 1;
    }
}

/// A phrase, or what goes on to the next blank, mark or parenthesis; as a value also to the next comma.
fn words(query: &str, at: &mut usize, is_value: bool) -> Result<Raw, QueryError> {
    let start = *at;
    let rest = &query[start..];
    let is_quoted = rest.starts_with(is_mark);
    let typed = if is_quoted {
        let open = rest.chars().next().map_or(0, char::len_utf8);
        let Some(close) = rest[open..].find(is_mark) else {
            return Err(QueryError::new(Span::new(start, query.len()), Fault::OpenPhrase));
        };
        let after = open + close;
        *at = start + after + rest[after..].chars().next().map_or(0, char::len_utf8);
        &rest[open..after]
    } else {
        let ends = |c: char| is_gap(c) || is_mark(c) || matches!(c, '(' | ')') || (is_value && c == ',');
        let end = rest.find(ends).unwrap_or(rest.len());
        *at = start + end;
        &rest[..end]
    };
    let bare = if is_quoted { typed } else { typed.trim_end_matches('*') };
    let mut is_beginning = bare.len() < typed.len();
    if is_quoted && query[*at..].starts_with('*') {
        *at += 1;
        is_beginning = true;
    }
    let text = bare.split(is_gap).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    // A star alone is no empty value but one without words.
    let text = if text.is_empty() && is_beginning { "*".to_owned() } else { text };
    Ok(Raw { text, span: Span::new(start, *at), is_quoted, is_beginning })
}
