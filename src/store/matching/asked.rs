//! What of a query is asked of the full-text indexes, as expressions of them.

use super::Compiler;
use crate::model::Polity;
use crate::query::{Expression, Field, Party, Term, Words};
use crate::store::error::Result;
use crate::store::facts::{self, Role};
use crate::store::search;

/// The full-text index that a term is asked of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Index {
    Articles,
    Names,
    Statements,
    Events,
}

impl Index {
    pub(super) const ALL: [Index; 4] = [Index::Articles, Index::Names, Index::Statements, Index::Events];

    /// Whether a row of it is an article, so that all that is asked of one is asked of the article.
    fn is_of_articles(self) -> bool {
        matches!(self, Index::Articles | Index::Names)
    }

    /// Where the articles that fulfil an expression are.
    pub(super) fn articles(self) -> &'static str {
        match self {
            Index::Articles => "SELECT rowid FROM words WHERE words MATCH ?",
            Index::Names => "SELECT rowid FROM article_names WHERE article_names MATCH ?",
            Index::Statements => "SELECT rowid >> 16 FROM statement_words WHERE statement_words MATCH ?",
            Index::Events => "SELECT rowid >> 16 FROM event_words WHERE event_words MATCH ?",
        }
    }
}

/// An expression of a full-text index, or the negation of one: the index itself has no negation that stands alone.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    pub(super) words: String,
    pub(super) is_negated: bool,
}

impl Compiler<'_> {
    /// The one index that all of it can be asked of.
    pub(super) fn asked_of_one_index(&self, expression: &Expression) -> Result<Option<(Index, Asked)>> {
        for index in Index::ALL {
            if let Some(asked) = self.asked(expression, index, false)? {
                return Ok(Some((index, asked)));
            }
        }
        Ok(None)
    }

    /// What of the members is asked of the index, and the others.
    pub(super) fn together<'m>(
        &self,
        members: &[&'m Expression],
        index: Index,
    ) -> Result<(Option<Asked>, Vec<&'m Expression>)> {
        let with_about = index == Index::Statements && members.iter().any(|member| is_of_statement(member));
        let (mut all, mut rest) = (Vec::new(), Vec::new());
        for member in members {
            match self.asked(member, index, with_about)? {
                Some(asked) => all.push(asked),
                None => rest.push(*member),
            }
        }
        Ok((together(all), rest))
    }

    /// The expression that the index is asked for; `None` if it cannot tell, or if it would be asked of one statement or event
    /// what is said of several.
    pub(super) fn asked(&self, expression: &Expression, index: Index, with_about: bool) -> Result<Option<Asked>> {
        Ok(match expression {
            Expression::Term(term) => {
                self.words_of(term, index, with_about)?.map(|words| Asked { words, is_negated: false })
            }
            Expression::Not(inner) => {
                self.asked(inner, index, with_about)?.map(|asked| Asked { is_negated: !asked.is_negated, ..asked })
            }
            Expression::All(_) if !index.is_of_articles() => None,
            Expression::All(all) => {
                let all: Option<Vec<Asked>> =
                    all.iter().map(|one| self.asked(one, index, with_about)).collect::<Result<_>>()?;
                all.and_then(together)
            }
            Expression::Any(any) => {
                let any: Option<Vec<Asked>> =
                    any.iter().map(|one| self.asked(one, index, with_about)).collect::<Result<_>>()?;
                any.filter(|any| any.iter().all(|one| !one.is_negated)).map(|any| {
                    let words = any.iter().map(|one| one.words.as_str()).collect::<Vec<_>>().join(" OR ");
                    Asked { words: format!("({words})"), is_negated: false }
                })
            }
        })
    }

    /// A term as an expression of the index.
    pub(super) fn words_of(&self, term: &Term, index: Index, with_about: bool) -> Result<Option<String>> {
        let asked = match (index, term) {
            (Index::Articles, Term::Words(words)) => search::phrase(self.view, words)?,
            (Index::Articles, Term::In(Field::Title, values)) => format!("{{title}} : {}", self.any(values)?),
            (Index::Names, Term::In(field, values)) => match role(*field) {
                Some(role) => format!("{{{}}} : {}", role.column(), self.any(values)?),
                None => return Ok(None),
            },
            (Index::Statements, Term::In(Field::Said, values)) => format!("{{words}} : {}", self.any(values)?),
            (Index::Statements, Term::By(parties)) => {
                let each = parties.iter().map(|party| match party {
                    Party::Country(country) => Ok(token("codes", &facts::by_token(&Polity::Country(*country)))),
                    Party::Igo(igo) => Ok(token("codes", &facts::by_token(&Polity::Igo(*igo)))),
                    Party::Name(words) => Ok(format!("{{speaker office}} : {}", search::phrase(self.view, words)?)),
                });
                either(each.collect::<Result<_>>()?)
            }
            (Index::Statements, Term::About(countries)) if with_about => {
                either(countries.iter().map(|country| token("codes", &facts::on_token(country))).collect())
            }
            (Index::Events, Term::Event(patterns)) => {
                let each = patterns.iter().map(|pattern| {
                    let kind = token("kind", &facts::kind_token(pattern.kind));
                    let mode = pattern.mode.map(|mode| token("kind", &facts::mode_token(mode)));
                    mode.map_or(kind.clone(), |mode| format!("({kind} AND {mode})"))
                });
                either(each.collect())
            }
            (Index::Events, Term::Takes(side, parties)) => {
                let column = side.field().name();
                let each = parties.iter().map(|party| match party {
                    Party::Country(country) => Ok(token(column, &facts::party_token(&Polity::Country(*country)))),
                    Party::Igo(igo) => Ok(token(column, &facts::party_token(&Polity::Igo(*igo)))),
                    Party::Name(words) => Ok(format!("{{{column}}} : {}", search::phrase(self.view, words)?)),
                });
                either(each.collect::<Result<_>>()?)
            }
            _ => return Ok(None),
        };
        Ok(Some(asked))
    }

    pub(super) fn any(&self, values: &[Words]) -> Result<String> {
        let each: Result<Vec<String>> = values.iter().map(|words| search::phrase(self.view, words)).collect();
        Ok(either(each?))
    }
}

/// Whether the member itself, no conjunction in it, speaks of a statement.
fn is_of_statement(member: &Expression) -> bool {
    match member {
        Expression::Term(term) => term.is_of_statement(),
        Expression::Not(inner) => is_of_statement(inner),
        Expression::Any(any) => any.iter().any(is_of_statement),
        Expression::All(_) => false,
    }
}

/// What the names are that a field asks for.
fn role(field: Field) -> Option<Role> {
    Some(match field {
        Field::Person => Role::Person,
        Field::Org => Role::Org,
        Field::Place => Role::Place,
        Field::Official => Role::Official,
        Field::Author => Role::Author,
        _ => return None,
    })
}

/// All of it in one expression: what is negated is taken away from the rest.
fn together(all: Vec<Asked>) -> Option<Asked> {
    let (negated, asked): (Vec<Asked>, Vec<Asked>) = all.into_iter().partition(|one| one.is_negated);
    let join = |all: &[Asked], operator: &str| {
        let words = all.iter().map(|one| one.words.as_str()).collect::<Vec<_>>().join(operator);
        format!("({words})")
    };
    match (asked.is_empty(), negated.is_empty()) {
        (true, true) => None,
        (true, false) => Some(Asked { words: join(&negated, " OR "), is_negated: true }),
        (false, true) => Some(Asked { words: join(&asked, " AND "), is_negated: false }),
        (false, false) => {
            let words = format!("({} NOT {})", join(&asked, " AND "), join(&negated, " OR "));
            Some(Asked { words, is_negated: false })
        }
    }
}

/// One of the library's own words in a column.
fn token(column: &str, word: &str) -> String {
    format!("{{{column}}} : \"{word}\"")
}

pub(super) fn either<S: std::borrow::Borrow<str>>(each: Vec<S>) -> String {
    format!("({})", each.join(" OR "))
}
