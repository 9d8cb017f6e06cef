//! From a query to a condition on articles, in SQL.
//!
//! What the user typed never becomes SQL: words become an expression of the full-text index, made of the index's own words
//! between quotation marks, and that is bound as a value like everything else.
//!
//! Terms that are asked of one table side by side become one expression of its index, which walks its lists together. That
//! is also how "one statement" and "one event" come about: a statement is one row of its index.

mod asked;
mod fields;
mod hits;

use rusqlite::Connection;
use rusqlite::types::Value;

use self::asked::{Asked, Index};
use super::error::Result;
use super::types::ArticleId;
use crate::query::{Expression, Matching};

/// A condition with the values of its question marks. Columns are those of `article`.
#[derive(Debug, Default)]
pub(super) struct Condition {
    pub sql: String,
    pub values: Vec<Value>,
}

/// The condition on statements, rows of `statement_words` joined with `article`.
#[derive(Debug)]
pub(super) struct Hits {
    /// What the index is asked for: all statements that may fulfil it.
    pub words: String,
    /// What else has to hold.
    pub condition: Condition,
}

/// The condition that an article fulfils the query; those of `also` count as unread.
pub(super) fn condition(view: &Connection, matching: &Matching, also: &[ArticleId]) -> Result<Condition> {
    let mut compiler = Compiler { view, matching, also, is_negated: false, out: Condition::default() };
    compiler.expression(&matching.expression)?;
    Ok(compiler.out)
}

/// The condition that a statement is one that the query asks for; `None` if the query does not speak of statements.
/// Articles of `also` count as unread.
pub(super) fn hits(view: &Connection, matching: &Matching, also: &[ArticleId]) -> Result<Option<Hits>> {
    let mut compiler = Compiler { view, matching, also, is_negated: false, out: Condition::default() };
    let mut groups = Vec::new();
    compiler.groups(&matching.expression, &mut groups)?;
    if groups.is_empty() {
        return Ok(None);
    }
    compiler.hits(&matching.expression, groups.len() == 1)?;
    let words = groups.iter().map(|group| format!("({group})")).collect::<Vec<_>>().join(" OR ");
    Ok(Some(Hits { words, condition: compiler.out }))
}

/// What of the query weighs articles by their words, for the index; `None` if it looks for no words.
pub(super) fn weighed(view: &Connection, matching: &Matching) -> Result<Option<String>> {
    let compiler = Compiler { view, matching, also: &[], is_negated: false, out: Condition::default() };
    compiler.weighed(&matching.expression)
}

struct Compiler<'c> {
    view: &'c Connection,
    matching: &'c Matching,
    /// Articles that count as unread and as updated although they are read.
    also: &'c [ArticleId],
    /// Whether what is compiled is to be fulfilled by not being so.
    is_negated: bool,
    out: Condition,
}

/// Expressions side by side, as a conjunction or by itself.
fn members(expression: &Expression) -> &[Expression] {
    match expression {
        Expression::All(members) => members,
        one => std::slice::from_ref(one),
    }
}

impl Compiler<'_> {
    fn push(&mut self, sql: &str, value: impl Into<Value>) {
        self.out.sql.push_str(sql);
        self.out.values.push(value.into());
    }

    fn expression(&mut self, expression: &Expression) -> Result<()> {
        match expression {
            Expression::Any(any) => {
                if let Some(asked) = self.asked_of_one_index(expression)? {
                    self.ask(asked.0, &asked.1);
                    return Ok(());
                }
                self.out.sql.push('(');
                for (index, member) in any.iter().enumerate() {
                    if index > 0 {
                        self.out.sql.push_str(" OR ");
                    }
                    self.expression(member)?;
                }
                self.out.sql.push(')');
                Ok(())
            }
            Expression::Not(inner) => {
                if let Some(asked) = self.asked_of_one_index(expression)? {
                    self.ask(asked.0, &asked.1);
                    return Ok(());
                }
                self.out.sql.push_str("NOT ");
                self.is_negated = !self.is_negated;
                self.expression(inner)?;
                self.is_negated = !self.is_negated;
                Ok(())
            }
            Expression::All(all) => self.conjunction(&all.iter().collect::<Vec<_>>()),
            Expression::Term(_) => self.conjunction(&[expression]),
        }
    }

    /// What stands side by side: what is asked of one index together, the rest each by itself.
    fn conjunction(&mut self, members: &[&Expression]) -> Result<()> {
        let mut is_first = true;
        let mut next =
            |out: &mut Condition| out.sql.push_str(if std::mem::take(&mut is_first) { "(" } else { " AND " });
        let mut rest: Vec<&Expression> = members.to_vec();
        for index in Index::ALL {
            let (asked, left) = self.together(&rest, index)?;
            rest = left;
            if let Some(asked) = asked {
                next(&mut self.out);
                self.ask(index, &asked);
            }
        }
        for member in rest {
            next(&mut self.out);
            match member {
                Expression::Term(term) => self.term(term)?,
                other => self.expression(other)?,
            }
        }
        next(&mut self.out);
        self.out.sql.push_str("1)");
        Ok(())
    }

    fn ask(&mut self, index: Index, asked: &Asked) {
        let not = if asked.is_negated { "NOT " } else { "" };
        self.push(&format!("article.id {not}IN ({})", index.articles()), asked.words.clone());
    }

    /// What weighs articles: the words that are looked for, as the query joins them.
    fn weighed(&self, expression: &Expression) -> Result<Option<String>> {
        let join = |members: &[Expression], operator: &str| -> Result<Option<String>> {
            let each: Vec<String> =
                members.iter().filter_map(|one| self.weighed(one).transpose()).collect::<Result<_>>()?;
            Ok((!each.is_empty()).then(|| format!("({})", each.join(operator))))
        };
        match expression {
            Expression::Term(term) => self.words_of(term, Index::Articles, false),
            Expression::Not(_) => Ok(None),
            Expression::All(all) => join(all, " AND "),
            Expression::Any(any) => join(any, " OR "),
        }
    }
}
