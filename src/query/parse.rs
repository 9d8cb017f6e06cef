//! From tokens to the tree.

use super::error::{Fault, QueryError};
use super::field::Field;
use super::lex::{self, Token, TokenKind};
use super::tree::{Expression, Search, Sort, State, Term};
use super::value;
use crate::text::Span;

/// Bytes of a query, at most.
pub const MOST_BYTES: usize = 4096;
/// Terms and values of a query, at most.
pub const MOST_TERMS: usize = 64;
/// How deep parentheses and negations may stand in one another.
pub const MOST_DEPTH: usize = 16;

/// Reads a query. One without any term finds everything.
///
/// # Errors
/// If it cannot be understood: where, why, and what to do.
pub fn parse(query: &str) -> Result<Search, QueryError> {
    if query.len() > MOST_BYTES {
        return Err(QueryError::new(Span::new(query.len(), query.len()), Fault::TooLong));
    }
    let (tokens, sort) = without_sort(lex::tokens(query)?)?;
    let mut terms = 0;
    for token in &tokens {
        terms += match &token.kind {
            TokenKind::Word(_) => 1,
            TokenKind::Field(_, values) => values.len(),
            _ => 0,
        };
        if terms > MOST_TERMS {
            return Err(QueryError::new(token.span, Fault::TooMany));
        }
    }
    let mut parser = Parser { tokens: &tokens, at: 0, end: query.len() };
    if tokens.is_empty() {
        return Ok(Search { matching: None, sort });
    }
    let matching = parser.any(0)?;
    match parser.peek() {
        Some(token) => Err(QueryError::new(token.span, Fault::StrayParenthesis)),
        None => Ok(Search { matching: Some(matching), sort }),
    }
}

/// Takes the order out: it is of the whole.
fn without_sort(tokens: Vec<Token>) -> Result<(Vec<Token>, Option<Sort>), QueryError> {
    let mut sort = None;
    let mut depth = 0_usize;
    let mut rest: Vec<Token> = Vec::with_capacity(tokens.len());
    for token in tokens {
        match &token.kind {
            TokenKind::Open => depth += 1,
            TokenKind::Close => depth = depth.saturating_sub(1),
            TokenKind::Field(Field::Sort, values) => {
                let is_negated =
                    rest.last().is_some_and(|last| matches!(last.kind, TokenKind::Minus | TokenKind::Not));
                if depth > 0 || is_negated {
                    return Err(QueryError::new(token.span, Fault::SortInside));
                }
                if sort.replace(value::sort(values)?).is_some() {
                    return Err(QueryError::new(token.span, Fault::SortTwice));
                }
                continue;
            }
            _ => {}
        }
        rest.push(token);
    }
    Ok((rest, sort))
}

struct Parser<'t> {
    tokens: &'t [Token],
    at: usize,
    /// The query's length.
    end: usize,
}

impl<'t> Parser<'t> {
    fn peek(&self) -> Option<&'t Token> {
        self.tokens.get(self.at)
    }

    fn take(&mut self, kind: &TokenKind) -> bool {
        let is_next = self.peek().is_some_and(|token| token.kind == *kind);
        self.at += usize::from(is_next);
        is_next
    }

    /// The token before this one; the query's end where there is none.
    fn last(&self) -> Span {
        let last = self.at.checked_sub(1).and_then(|last| self.tokens.get(last));
        last.map_or(Span::new(self.end, self.end), |token| token.span)
    }

    /// Conjunctions joined by OR.
    fn any(&mut self, depth: usize) -> Result<Expression, QueryError> {
        let mut members = vec![self.all(depth, "OR")?];
        while self.take(&TokenKind::Or) {
            members.push(self.all(depth, "OR")?);
        }
        Ok(if members.len() == 1 { members.remove(0) } else { Expression::Any(members) })
    }

    /// What stands side by side. `operator` is the one before it, if there is one.
    fn all(&mut self, depth: usize, operator: &'static str) -> Result<Expression, QueryError> {
        let mut members = Vec::new();
        let mut dangling = None;
        loop {
            match self.peek().map(|token| &token.kind) {
                None | Some(TokenKind::Or | TokenKind::Close) => break,
                Some(TokenKind::And) => {
                    let span = self.tokens[self.at].span;
                    if members.is_empty() || dangling.is_some() {
                        return Err(QueryError::new(span, Fault::Dangling("AND")));
                    }
                    self.at += 1;
                    dangling = Some(span);
                }
                Some(_) => {
                    members.push(self.one(depth)?);
                    dangling = None;
                }
            }
        }
        if let Some(span) = dangling {
            return Err(QueryError::new(span, Fault::Dangling("AND")));
        }
        match members.len() {
            0 => Err(self.missing(operator)),
            1 => Ok(members.remove(0)),
            _ => Ok(Expression::All(members)),
        }
    }

    /// Why nothing stands here where something must.
    fn missing(&self, operator: &'static str) -> QueryError {
        let before = self.at.checked_sub(1).and_then(|last| self.tokens.get(last));
        match (before.map(|token| &token.kind), self.peek()) {
            (Some(TokenKind::Or), _) => QueryError::new(self.last(), Fault::Dangling(operator)),
            (_, Some(token)) if token.kind == TokenKind::Or => QueryError::new(token.span, Fault::Dangling(operator)),
            (Some(TokenKind::Open), Some(token)) => {
                QueryError::new(self.last().join(token.span), Fault::EmptyParentheses)
            }
            (Some(TokenKind::Open), None) => QueryError::new(self.last(), Fault::OpenParenthesis),
            (_, Some(token)) => QueryError::new(token.span, Fault::StrayParenthesis),
            (_, None) => QueryError::new(self.last(), Fault::Dangling(operator)),
        }
    }

    /// A term, a negation, or what is between parentheses.
    fn one(&mut self, depth: usize) -> Result<Expression, QueryError> {
        let Some(token) = self.peek() else { return Err(self.missing("OR")) };
        if depth >= MOST_DEPTH {
            return Err(QueryError::new(token.span, Fault::TooDeep));
        }
        self.at += 1;
        let term = match &token.kind {
            TokenKind::Not | TokenKind::Minus => {
                let has_more = self
                    .peek()
                    .is_some_and(|next| !matches!(next.kind, TokenKind::And | TokenKind::Or | TokenKind::Close));
                if !has_more {
                    let (sign, gap) = if token.kind == TokenKind::Not { ("NOT", " ") } else { ("-", "") };
                    return Err(QueryError::new(token.span, Fault::NegatesNothing(sign, gap)));
                }
                return Ok(Expression::Not(Box::new(self.one(depth + 1)?)));
            }
            TokenKind::Open => {
                let inner = self.any(depth + 1)?;
                if !self.take(&TokenKind::Close) {
                    return Err(QueryError::new(token.span, Fault::OpenParenthesis));
                }
                return Ok(match inner {
                    Expression::Term(_) | Expression::Not(_) => Expression::All(vec![inner]),
                    group => group,
                });
            }
            TokenKind::Word(raw) => match State::bare(&raw.text).filter(|_| !raw.is_quoted && !raw.is_beginning) {
                Some(state) => Term::Is(state),
                None => Term::Words(value::words(raw)?),
            },
            TokenKind::Field(field, values) => match value::term(*field, values)? {
                Some(term) => term,
                None => return Err(QueryError::new(token.span, Fault::SortInside)),
            },
            TokenKind::Close | TokenKind::And | TokenKind::Or => {
                return Err(QueryError::new(token.span, Fault::StrayParenthesis));
            }
        };
        Ok(Expression::Term(term))
    }
}
