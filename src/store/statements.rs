//! Statements that a query asks for, with the words around them.

use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

use super::error::Result;
use super::facts::{MOST, statements};
use super::types::{ArticleId, Key, Order, Query, Statement, StatementKey};
use super::{Store, lists, matching};
use crate::model::{Annotations, Article, Doc, Subject, Who};
use crate::text::{Clean, Span};

/// An article with what is found in it.
struct Open {
    id: ArticleId,
    article: Article,
    found: Annotations,
    date: jiff::Timestamp,
}

impl Store {
    /// Statements that `query` asks for, at most `most`: those that its `said:` and `by:` describe, in articles that fulfil
    /// the rest; all statements of these articles where it has neither. Latest first, or in another order by time or words.
    ///
    /// # Errors
    /// If the library cannot be read.
    pub fn statements(&self, query: &Query, most: usize) -> Result<Vec<Statement>> {
        let view = self.conn.unchecked_transaction()?;
        if let Some(places) = places(&view, query, most)? {
            return self.told_at(&places);
        }
        let mut list = Vec::new();
        for key in lists::keys(&view, query, None)? {
            if list.len() >= most {
                break;
            }
            let Some(open) = self.open_article(key.id)? else { continue };
            let all = statements(&open.found).take(most - list.len());
            list.extend(all.map(|(number, one)| told(&open, number, one)));
        }
        Ok(list)
    }

    /// Where the statements stand that [`Store::statements`] would give, in their order, at most `most`. Looks at indexes
    /// only.
    ///
    /// # Errors
    /// If the library cannot be read.
    pub fn statement_keys(&self, query: &Query, most: Option<usize>) -> Result<Vec<StatementKey>> {
        let view = self.conn.unchecked_transaction()?;
        if let Some(places) = places(&view, query, most.unwrap_or(usize::MAX))? {
            return Ok(places);
        }
        let Some(most) = most else {
            let articles = lists::keys(&view, query, None)?;
            return of_articles(&view, &articles, usize::MAX);
        };
        // Most articles have a statement: where so many have too few, all are looked at.
        let articles = lists::keys(&view, query, Some(most))?;
        let keys = of_articles(&view, &articles, most)?;
        if keys.len() == most || articles.len() < most {
            return Ok(keys);
        }
        of_articles(&view, &lists::keys(&view, query, None)?, most)
    }

    /// These statements, in their order; one that is gone, or whose article has changed since, is left out.
    ///
    /// # Errors
    /// If the library cannot be read.
    pub fn statements_at(&self, keys: &[StatementKey]) -> Result<Vec<Statement>> {
        let _view = self.conn.unchecked_transaction()?;
        self.told_at(keys)
    }

    /// Opens each article once for the statements of it that follow one another.
    fn told_at(&self, keys: &[StatementKey]) -> Result<Vec<Statement>> {
        let mut list = Vec::with_capacity(keys.len());
        let mut last: Option<(ArticleId, Option<Open>)> = None;
        for key in keys {
            if last.as_ref().is_none_or(|(article, _)| *article != key.article) {
                last = Some((key.article, self.open_article(key.article)?));
            }
            let Some((_, Some(open))) = &last else { continue };
            let one = statements(&open.found).find(|(at, _)| *at == key.number);
            list.extend(one.map(|(number, one)| told(open, number, one)));
        }
        Ok(list)
    }

    /// Which statements `query` describes: articles with numbers of quotations in their annotations, in order. `None` if it
    /// has neither `said:` nor `by:`, so that all of an article's are as good.
    ///
    /// # Errors
    /// If the library cannot be read.
    pub fn statement_places(&self, query: &Query) -> Result<Option<Vec<(ArticleId, usize)>>> {
        let view = self.conn.unchecked_transaction()?;
        let places = places(&view, query, usize::MAX)?;
        Ok(places.map(|places| places.into_iter().map(|key| (key.article, key.number)).collect()))
    }

    /// How many statements `query` asks for.
    ///
    /// # Errors
    /// If the library cannot be read.
    pub fn count_statements(&self, query: &Query) -> Result<usize> {
        let view = self.conn.unchecked_transaction()?;
        let Some((mut sql, values)) = chosen(&view, query)? else {
            let mut sql =
                "SELECT count(*) FROM statement_words WHERE rowid >> 16 IN (SELECT id FROM article".to_owned();
            let Some(values) = lists::conditions(&view, query, &mut sql)? else { return Ok(0) };
            sql.push(')');
            return count(&view, &sql, values);
        };
        if sql.is_empty() {
            return Ok(0);
        }
        sql.insert_str(0, "SELECT count(*) ");
        count(&view, &sql, values)
    }

    /// What is shown of an article, with the annotations that its facts were taken from.
    fn open_article(&self, id: ArticleId) -> Result<Option<Open>> {
        let mut select = self.conn.prepare_cached(
            "SELECT e.name, a.date FROM article a JOIN engine e ON e.id = a.engine WHERE a.id = ? AND a.indexed = 1",
        )?;
        let mut rows = select.query([id.0])?;
        let Some(row) = rows.next()? else { return Ok(None) };
        let (engine, date): (String, i64) = (row.get(0)?, row.get(1)?);
        let Some(stored) = self.article(id)? else { return Ok(None) };
        let Some(found) = self.annotations(stored.hash, &engine)? else { return Ok(None) };
        let article = stored.into_article();
        let found = self.corrected(id, &article, found)?;
        Ok(Some(Open { id, article, found, date: super::codec::moment(date) }))
    }
}

fn count(view: &Connection, sql: &str, values: Vec<Value>) -> Result<usize> {
    let count: i64 = view.prepare_cached(sql)?.query_row(params_from_iter(values), |row| row.get(0))?;
    Ok(usize::try_from(count).unwrap_or(0))
}

/// The tables and conditions of the statements that are asked for, without what is selected; empty if there can be none.
/// `None` if the query does not speak of statements.
fn chosen(view: &Connection, query: &Query) -> Result<Option<(String, Vec<Value>)>> {
    let Some(wanted) = &query.matching else { return Ok(None) };
    let Some(hits) = matching::hits(view, wanted, &query.also)? else { return Ok(None) };
    let mut sql = " FROM statement_words CROSS JOIN article ON article.id = statement_words.rowid >> 16".to_owned();
    let article = Query { matching: None, ..query.clone() };
    let Some(mut values) = lists::conditions(view, &article, &mut sql)? else { return Ok(Some(Default::default())) };
    sql.push_str(if values.is_empty() && !sql.contains(" WHERE ") { " WHERE " } else { " AND " });
    sql.push_str("statement_words MATCH ? AND ");
    values.push(hits.words.into());
    sql.push_str(&hits.condition.sql);
    values.extend(hits.condition.values);
    Ok(Some((sql, values)))
}

/// Where the statements of these articles stand, at most `most`.
fn of_articles(view: &Connection, articles: &[Key], most: usize) -> Result<Vec<StatementKey>> {
    /// With more articles than these it is faster to read where all statements stand.
    const FEW: usize = 2000;
    let mut keys = Vec::new();
    if articles.len() <= FEW {
        let mut select = view.prepare_cached(&format!(
            "SELECT rowid FROM statement_words WHERE rowid BETWEEN ?1 * {MOST} AND ?1 * {MOST} + {MOST} - 1 ORDER BY rowid"
        ))?;
        for article in articles {
            let mut rows = select.query([article.id.0])?;
            while let Some(row) = rows.next()? {
                if keys.len() == most {
                    return Ok(keys);
                }
                keys.push(key_of(row.get(0)?));
            }
        }
        return Ok(keys);
    }
    let mut select = view.prepare_cached("SELECT rowid FROM statement_words ORDER BY rowid")?;
    let all: Vec<i64> = select.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    for article in articles {
        let Some(first) = article.id.0.checked_mul(MOST) else { continue };
        let from = all.partition_point(|row| *row < first);
        let own = all[from..].iter().take_while(|row| **row - first < MOST);
        keys.extend(own.map(|row| key_of(*row)).take(most - keys.len()));
        if keys.len() == most {
            break;
        }
    }
    Ok(keys)
}

/// The statement that a row of the index is.
fn key_of(row: i64) -> StatementKey {
    StatementKey { article: ArticleId(row / MOST), number: usize::try_from(row % MOST).unwrap_or(0) }
}

/// Where the statements stand that are asked for, in order.
fn places(view: &Connection, query: &Query, most: usize) -> Result<Option<Vec<StatementKey>>> {
    let Some((mut sql, mut values)) = chosen(view, query)? else { return Ok(None) };
    if sql.is_empty() {
        return Ok(Some(Vec::new()));
    }
    sql.insert_str(0, "SELECT statement_words.rowid ");
    sql.push_str(match query.order {
        Order::Oldest => " ORDER BY article.date, article.seen, article.id DESC, statement_words.rowid",
        Order::Relevance => " ORDER BY bm25(statement_words), article.date DESC, statement_words.rowid",
        _ => " ORDER BY article.date DESC, article.seen DESC, article.id, statement_words.rowid",
    });
    sql.push_str(" LIMIT ?");
    values.push(i64::try_from(most).unwrap_or(i64::MAX).into());
    let mut select = view.prepare_cached(&sql)?;
    let rows = select.query_map(params_from_iter(values), |row| row.get::<_, i64>(0))?;
    Ok(Some(rows.map(|row| row.map(key_of)).collect::<rusqlite::Result<_>>()?))
}

/// A statement with its paragraph.
fn told(open: &Open, number: usize, quotation: &crate::model::Quotation) -> Statement {
    let doc = &open.article.doc;
    let around = around(doc, quotation.extent());
    let who = Who::of(quotation, &open.found);
    Statement {
        article: open.id,
        number,
        content: quotation.content.clone(),
        words: Clean::line(&quotation.content.iter().map(|span| span.of(&doc.text)).collect::<Vec<_>>().join(" … ")),
        context: Clean::line(around.of(&doc.text)),
        speaker: who.name.map(Clean::line),
        office: who.office.map(|office| Clean::line(&office.title)),
        polity: who.polity,
        corrected: open.found.corrected(Subject::Quotation(number)).map(|one| one.by.clone().unwrap_or_default()),
        title: open.article.title.clone().unwrap_or_default(),
        source: open.article.source.clone(),
        url: open.article.url.clone(),
        date: open.date,
    }
}

/// The paragraphs that a statement stands in; not more than some lines of them.
fn around(doc: &Doc, extent: Span) -> Span {
    /// Bytes before and after the statement.
    const MOST_AROUND: usize = 300;
    let (Some(first), Some(last)) =
        (doc.blocks.get(doc.block_at(extent.start)), doc.blocks.get(doc.block_at(extent.end.saturating_sub(1))))
    else {
        return extent;
    };
    let mut around = first.span.join(last.span).join(extent);
    let is_word_start = |at: usize| doc.text.get(..at).is_some_and(|before| before.ends_with(char::is_whitespace));
    if extent.start - around.start > MOST_AROUND {
        around.start =
            (extent.start - MOST_AROUND..=extent.start).find(|at| is_word_start(*at)).unwrap_or(extent.start);
    }
    if around.end - extent.end > MOST_AROUND {
        around.end =
            (extent.end..=extent.end + MOST_AROUND).rev().find(|at| is_word_start(*at)).unwrap_or(extent.end);
    }
    around.trim(&doc.text)
}
