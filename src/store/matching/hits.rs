//! The condition on single statements, where the query asks for them.

use super::asked::Index;
use super::{Compiler, members};
use crate::query::Expression;
use crate::store::error::Result;

impl Compiler<'_> {
    /// What is asked of single statements, not negated, anywhere in the expression.
    pub(super) fn groups(&self, expression: &Expression, into: &mut Vec<String>) -> Result<()> {
        let (asked, rest) = match expression {
            Expression::Any(_) if self.asked(expression, Index::Statements, false)?.is_none() => {
                (None, members_of_any(expression))
            }
            _ => self.together(&members(expression).iter().collect::<Vec<_>>(), Index::Statements)?,
        };
        into.extend(asked.filter(|asked| !asked.is_negated).map(|asked| asked.words));
        for member in rest.into_iter().filter(|member| matches!(member, Expression::All(_) | Expression::Any(_))) {
            self.groups(member, into)?;
        }
        Ok(())
    }

    /// Whether single statements are asked for, not negated.
    fn has_groups(&self, expression: &Expression) -> Result<bool> {
        let mut groups = Vec::new();
        self.groups(expression, &mut groups)?;
        Ok(!groups.is_empty())
    }

    /// The condition that a statement is one that is asked for. `is_only`: the index was asked for nothing else.
    pub(super) fn hits(&mut self, expression: &Expression, is_only: bool) -> Result<()> {
        if let Expression::Any(any) = expression
            && self.asked(expression, Index::Statements, false)?.is_none()
        {
            self.out.sql.push('(');
            for (index, member) in any.iter().enumerate() {
                if index > 0 {
                    self.out.sql.push_str(" OR ");
                }
                if self.has_groups(member)? { self.hits(member, false)? } else { self.expression(member)? }
            }
            self.out.sql.push(')');
            return Ok(());
        }
        let all: Vec<&Expression> = members(expression).iter().collect();
        let (asked, rest) = self.together(&all, Index::Statements)?;
        let asked = asked.filter(|asked| !asked.is_negated);
        self.out.sql.push('(');
        let mut has_way = false;
        if let Some(asked) = &asked {
            if is_only {
                self.out.sql.push('1');
            } else {
                // With the unary plus the index is asked for all groups at once, and each row looked up.
                const ROWS: &str =
                    "+statement_words.rowid IN (SELECT rowid FROM statement_words WHERE statement_words MATCH ?)";
                self.push(ROWS, asked.words.clone());
            }
            self.out.sql.push_str(" AND ");
            self.conjunction(&rest)?;
            has_way = true;
        }
        for member in &rest {
            if !matches!(member, Expression::All(_) | Expression::Any(_)) || !self.has_groups(member)? {
                continue;
            }
            if has_way {
                self.out.sql.push_str(" OR ");
            }
            has_way = true;
            self.hits(member, is_only)?;
            self.out.sql.push_str(" AND ");
            let others: Vec<&Expression> =
                all.iter().copied().filter(|other| !std::ptr::eq(*other, *member)).collect();
            self.conjunction(&others)?;
        }
        self.out.sql.push_str(if has_way { ")" } else { "0)" });
        Ok(())
    }
}

fn members_of_any(expression: &Expression) -> Vec<&Expression> {
    match expression {
        Expression::Any(any) => any.iter().collect(),
        one => vec![one],
    }
}
