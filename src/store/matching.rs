//! From a query to a condition on articles, in SQL.
//!
//! What the user typed never becomes SQL: words become an expression of the full-text index, made of the index's own words
//! between quotation marks, and that is bound as a value like everything else.
//!
//! Terms that are asked of one table side by side become one expression of its index, which walks its lists together. That
//! is also how "one statement" and "one event" come about: a statement is one row of its index.

use rusqlite::Connection;
use rusqlite::types::Value;

use super::codec;
use super::error::Result;
use super::facts::{self, Role};
use super::types::ArticleId;
use super::{feeds, folders, lists, search};
use crate::model::Polity;
use crate::query::{Addition, Expression, Field, Matching, Party, State, Term, Words};

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

/// The full-text index that a term is asked of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Index {
    Articles,
    Names,
    Statements,
    Events,
}

impl Index {
    const ALL: [Index; 4] = [Index::Articles, Index::Names, Index::Statements, Index::Events];

    /// Whether a row of it is an article, so that all that is asked of one is asked of the article.
    fn is_of_articles(self) -> bool {
        matches!(self, Index::Articles | Index::Names)
    }

    /// Where the articles that fulfil an expression are.
    fn articles(self) -> &'static str {
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
struct Asked {
    words: String,
    is_negated: bool,
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

/// Whether the member itself, no conjunction in it, speaks of a statement.
fn is_of_statement(member: &Expression) -> bool {
    match member {
        Expression::Term(term) => term.is_of_statement(),
        Expression::Not(inner) => is_of_statement(inner),
        Expression::Any(any) => any.iter().any(is_of_statement),
        Expression::All(_) => false,
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

    /// The one index that all of it can be asked of.
    fn asked_of_one_index(&self, expression: &Expression) -> Result<Option<(Index, Asked)>> {
        for index in Index::ALL {
            if let Some(asked) = self.asked(expression, index, false)? {
                return Ok(Some((index, asked)));
            }
        }
        Ok(None)
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

    /// What of the members is asked of the index, and the others.
    fn together<'m>(&self, members: &[&'m Expression], index: Index) -> Result<(Option<Asked>, Vec<&'m Expression>)> {
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

    fn ask(&mut self, index: Index, asked: &Asked) {
        let not = if asked.is_negated { "NOT " } else { "" };
        self.push(&format!("article.id {not}IN ({})", index.articles()), asked.words.clone());
    }

    /// The expression that the index is asked for; `None` if it cannot tell, or if it would be asked of one statement or event
    /// what is said of several.
    fn asked(&self, expression: &Expression, index: Index, with_about: bool) -> Result<Option<Asked>> {
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
    fn words_of(&self, term: &Term, index: Index, with_about: bool) -> Result<Option<String>> {
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

    fn any(&self, values: &[Words]) -> Result<String> {
        let each: Result<Vec<String>> = values.iter().map(|words| search::phrase(self.view, words)).collect();
        Ok(either(each?))
    }

    /// A term that no full-text index of articles, statements or events tells.
    fn term(&mut self, term: &Term) -> Result<()> {
        match term {
            Term::Is(state) => self.state(*state),
            Term::Since(day) => {
                let start = day.to_zoned(self.matching.now.time_zone().clone());
                self.push("article.date >= ?", start.map_or(i64::MAX, |start| codec::millis(start.timestamp())));
            }
            Term::Until(day) => {
                let zone = self.matching.now.time_zone().clone();
                let next = day.tomorrow().and_then(|next| next.to_zoned(zone));
                self.push("article.date < ?", next.map_or(i64::MAX, |next| codec::millis(next.timestamp())));
            }
            Term::Newer(age) => {
                self.push("article.date >= ?", lists::since(age.before(&self.matching.now)));
            }
            Term::Older(age) => {
                self.push("article.date < ?", lists::since(age.before(&self.matching.now)));
            }
            Term::Country(countries) | Term::About(countries) => {
                let about = if matches!(term, Term::About(_)) { " AND rank IS NOT NULL" } else { "" };
                let codes: Vec<&str> = countries.iter().map(|country| country.code()).collect();
                self.push(
                    &format!(
                        "article.id IN (SELECT article FROM article_country
                           WHERE country IN (SELECT value FROM json_each(?)){about})"
                    ),
                    json(&codes),
                );
            }
            Term::In(Field::Feed, values) => self.feed(values)?,
            Term::In(Field::Folder, values) => self.folder(values)?,
            Term::In(Field::Tag, values) => self.one_of(values, |compiler, words| {
                compiler.range("SELECT article FROM article_tag WHERE tag", &words.text, words.is_beginning);
            }),
            Term::In(Field::Lang, values) => self.one_of(values, |compiler, words| {
                // Of the version that is shown. The join is written as it is to be made: from the few of the language.
                const SHOWN: &str = "SELECT v.article FROM version v CROSS JOIN article a ON a.id = v.article
                    AND a.shown = v.id WHERE v.language COLLATE NOCASE";
                compiler.range(SHOWN, &words.text, words.is_beginning);
                if !words.is_beginning {
                    compiler.out.sql.push_str(" OR ");
                    compiler.range(SHOWN, &format!("{}-", words.text), true);
                }
            }),
            Term::In(Field::Note, values) => {
                let words = self.any(values)?;
                self.push(
                    "article.id IN (SELECT article FROM note
                       WHERE id IN (SELECT rowid FROM note_words WHERE note_words MATCH ?))",
                    words,
                );
            }
            Term::Has(additions) => {
                let each: Vec<&str> = additions.iter().map(|addition| having(*addition)).collect();
                self.out.sql.push_str(&either(each));
            }
            // These are asked of an index.
            Term::Words(_) | Term::In(..) | Term::By(_) | Term::Event(_) | Term::Takes(..) => self.out.sql.push('0'),
        }
        Ok(())
    }

    fn state(&mut self, state: State) {
        match state {
            State::Unread => {
                self.out.sql.push_str("(article.read = 0");
                if !self.is_negated {
                    self.also(" OR article.id IN");
                }
                self.out.sql.push(')');
            }
            State::Read => {
                self.out.sql.push_str("(article.read = 1");
                if self.is_negated {
                    self.also(" AND article.id NOT IN");
                }
                self.out.sql.push(')');
            }
            State::Starred => self.out.sql.push_str("article.starred = 1"),
            State::Saved => self.out.sql.push_str("article.feed IS NULL"),
            State::Updated => {
                self.out.sql.push_str("(article.id IN (SELECT id FROM article WHERE changed = 1)");
                if !self.is_negated {
                    self.also(" OR article.id IN");
                }
                self.out.sql.push(')');
            }
            State::Today => {
                let now = &self.matching.now;
                let midnight = now.start_of_day().unwrap_or_else(|_| now.clone());
                self.push("article.date >= ?", codec::millis(midnight.timestamp()));
            }
        }
    }

    /// Goes on with the articles that count as unread, if there are any.
    fn also(&mut self, is_one: &str) {
        if !self.also.is_empty() {
            let also: Vec<i64> = self.also.iter().map(|article| article.0).collect();
            self.push(&format!("{is_one} (SELECT value FROM json_each(?))"), json(&also));
        }
    }

    /// The articles for which one of the words holds.
    fn one_of(&mut self, values: &[Words], each: impl Fn(&mut Self, &Words)) {
        self.out.sql.push('(');
        for (index, words) in values.iter().enumerate() {
            if index > 0 {
                self.out.sql.push_str(" OR ");
            }
            each(self, words);
        }
        self.out.sql.push(')');
    }

    /// The articles for which a column of text is `text`, or begins with it.
    fn range(&mut self, select: &str, text: &str, is_beginning: bool) {
        if is_beginning {
            self.push(&format!("article.id IN ({select} >= ?"), text.to_owned());
            // No letter comes after this one.
            self.push(
                &format!(" AND {} < ?)", select.rsplit("WHERE ").next().unwrap_or_default()),
                format!("{text}\u{10ffff}"),
            );
        } else {
            self.push(&format!("article.id IN ({select} = ?)"), text.to_owned());
        }
    }

    fn feed(&mut self, values: &[Words]) -> Result<()> {
        let rows: Vec<String> = values.iter().map(search::row_of).collect();
        let fits = |text: &str| {
            let text = search::in_a_row(text);
            rows.iter().any(|row| text.contains(row.as_str()))
        };
        let feeds: Vec<i64> = feeds::in_order(self.view)?
            .iter()
            .filter(|feed| fits(&feed.title) || fits(feeds::bare(&feed.url)))
            .map(|feed| feed.id.0)
            .collect();
        // Single pages name their site, and articles of a feed that was ended its name.
        let mut select = self
            .view
            .prepare_cached("SELECT DISTINCT source FROM article INDEXED BY article_by_feed WHERE feed IS NULL")?;
        let sources: Vec<String> = select
            .query_map([], |row| Ok(row.get_ref(0)?.as_str().unwrap_or_default().to_owned()))?
            .collect::<rusqlite::Result<_>>()?;
        let sources: Vec<&String> = sources.iter().filter(|source| fits(source)).collect();
        self.push("(article.feed IN (SELECT value FROM json_each(?))", json(&feeds));
        if !sources.is_empty() {
            self.push(
                " OR (article.feed IS NULL AND article.source IN (SELECT value FROM json_each(?)))",
                json(&sources),
            );
        }
        self.out.sql.push(')');
        Ok(())
    }

    /// The feeds of the folders that are called so, or by the last names of their path, and of those in them.
    fn folder(&mut self, values: &[Words]) -> Result<()> {
        let tree = folders::tree(self.view)?;
        let fits = |path: &[crate::text::Clean]| {
            values.iter().any(|words| {
                let wanted: Vec<String> = words.text.split('/').map(|name| name.trim().to_lowercase()).collect();
                let Some(from) = path.len().checked_sub(wanted.len()) else { return false };
                let names = path[from..].iter().map(|name| name.to_lowercase());
                let last = wanted.len() - 1;
                names.zip(&wanted).enumerate().all(|(index, (name, wanted))| {
                    name == *wanted || (words.is_beginning && index == last && name.starts_with(wanted.as_str()))
                })
            })
        };
        let inside: Vec<i64> = tree
            .iter()
            .filter(|(_, path)| (1..=path.len()).any(|depth| fits(&path[..depth])))
            .map(|(id, _)| *id)
            .collect();
        self.push(
            "article.feed IN (SELECT id FROM feed WHERE folder IN (SELECT value FROM json_each(?)))",
            json(&inside),
        );
        Ok(())
    }

    /// What is asked of single statements, not negated, anywhere in the expression.
    fn groups(&self, expression: &Expression, into: &mut Vec<String>) -> Result<()> {
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
    fn hits(&mut self, expression: &Expression, is_only: bool) -> Result<()> {
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

fn members_of_any(expression: &Expression) -> Vec<&Expression> {
    match expression {
        Expression::Any(any) => any.iter().collect(),
        one => vec![one],
    }
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

/// The condition that an article has something that the user added.
fn having(addition: Addition) -> &'static str {
    match addition {
        Addition::Note => "article.id IN (SELECT article FROM note)",
        Addition::Correction => "article.id IN (SELECT article FROM note WHERE correction IS NOT NULL)",
        Addition::Tag => "article.id IN (SELECT article FROM article_tag)",
    }
}

fn either<S: std::borrow::Borrow<str>>(each: Vec<S>) -> String {
    format!("({})", each.join(" OR "))
}

fn json<T: serde::Serialize>(list: &[T]) -> String {
    serde_json::to_string(list).unwrap_or_else(|_| "[]".to_owned())
}
