//! `dateline search`: articles and statements of the library that a query asks for.

use std::io;

use jiff::Zoned;
use jiff::tz::TimeZone;
use serde_json::json;

use super::args::{Arguments, SearchOptions};
use super::library::{Desk, count};
use super::output::{Output, complain, warn};
use super::{Ended, written};
use crate::annotate::country_name;
use crate::model::{Country, Polity};
use crate::query::{self, Matching, Search};
use crate::store::{Order, Query, Row, Statement, Store, StoreError};
use crate::text::Clean;

/// Runs the subcommand. Its error is that of writing.
pub(super) fn run(arguments: &Arguments, options: &SearchOptions) -> io::Result<Ended> {
    let search = match asked(&written::query(&options.query)) {
        Ok(search) => search,
        Err(ended) => return Ok(ended),
    };
    let desk = match existing(arguments) {
        Ok(desk) => desk,
        Err(ended) => return Ok(ended),
    };
    let asks_for_statements =
        options.statements || search.matching.as_ref().is_some_and(query::Expression::asks_for_statements);
    let query = of(search);
    let mut output = Output::new();
    let found = Store::open(&desk.folder).and_then(|store| {
        let most = options.limit.unwrap_or(usize::MAX);
        let found = match (asks_for_statements, options.count) {
            (true, true) => Found::Number(store.count_statements(&query)?.min(most)),
            (true, false) => Found::Statements(store.statements(&query, most)?),
            (false, true) => Found::Number(store.keys(&query, options.limit)?.len()),
            (false, false) => {
                let ids: Vec<_> = store.keys(&query, options.limit)?.iter().map(|key| key.id).collect();
                Found::Articles(store.rows(&ids)?)
            }
        };
        Ok((found, store.count_unindexed()?))
    });
    let (found, waiting) = match found {
        Ok(found) => found,
        Err(error) => return Ok(refused(&error)),
    };
    tell_waiting(waiting);
    let has_some = write(&found, options.json, &mut output)?;
    output.flush()?;
    Ok(if has_some { Ended::Well } else { Ended::SomeFailed })
}

/// What a query asks for; what is wrong with it is pointed at.
pub(super) fn asked(typed: &str) -> Result<Search, Ended> {
    query::parse(typed).map_err(|error| {
        complain(&Clean::line(&error.to_string()));
        warn(&Clean::new(&format!("{}\n", error.under(typed))));
        Ended::Misused
    })
}

/// The library, which is not made by asking.
pub(super) fn existing(arguments: &Arguments) -> Result<Desk, Ended> {
    let desk = Desk::open(arguments)?;
    if !Store::file_in(&desk.folder).exists() {
        complain(&Clean::literal(
            "there is no library yet: `dateline add` subscribes to a feed; or name one with --data-dir",
        ));
        return Err(Ended::Misused);
    }
    Ok(desk)
}

/// Tells that so many articles could not be found by what is in them.
pub(super) fn tell_waiting(waiting: usize) {
    if waiting > 0 {
        let are = if waiting == 1 { "is" } else { "are" };
        complain(&Clean::line(&format!(
            "{} {are} not annotated yet and may be missing here; `dateline db index` annotates what waits",
            count(waiting, "article", "articles")
        )));
    }
}

enum Found {
    Articles(Vec<Row>),
    Statements(Vec<Statement>),
    Number(usize),
}

/// The list that a search asks for, now.
pub(super) fn of(search: Search) -> Query {
    let order = search.sort.map(Order::from).unwrap_or_default();
    let matching = search.matching.map(|expression| Matching { expression, now: Zoned::now() });
    Query { matching, order, ..Query::default() }
}

/// Tells why the library could not be used: exit code 1 is that nothing was found.
pub(super) fn refused(error: &StoreError) -> Ended {
    complain(&Clean::line(&error.to_string()));
    Ended::Misused
}

/// Writes what was found; whether that is anything.
fn write(found: &Found, as_json: bool, output: &mut Output) -> io::Result<bool> {
    match found {
        Found::Number(number) => {
            output.line(&Clean::line(&number.to_string()))?;
            Ok(*number > 0)
        }
        Found::Articles(rows) => {
            for row in rows {
                output.line(&if as_json {
                    Clean::new(&article_record(row).to_string())
                } else {
                    article_line(row)
                })?;
            }
            Ok(!rows.is_empty())
        }
        Found::Statements(statements) => {
            for (index, one) in statements.iter().enumerate() {
                if as_json {
                    output.line(&Clean::new(&statement_record(one).to_string()))?;
                    continue;
                }
                if index > 0 {
                    output.line(&Clean::default())?;
                }
                for line in statement_lines(one) {
                    output.line(&line)?;
                }
            }
            Ok(!statements.is_empty())
        }
    }
}

fn day(moment: jiff::Timestamp) -> jiff::civil::Date {
    moment.to_zoned(TimeZone::system()).date()
}

/// Date, source, headline, address.
fn article_line(row: &Row) -> Clean {
    let parts = [row.source.as_ref(), Some(&row.title), row.url.as_ref()];
    let parts: Vec<&str> = parts.into_iter().flatten().map(Clean::as_str).filter(|part| !part.is_empty()).collect();
    Clean::new(&format!("{}  {}", day(row.date), parts.join("  ")))
}

/// Who, where and when; the words, and those around them; where to read on.
fn statement_lines(one: &Statement) -> Vec<Clean> {
    let speaker = one.speaker.as_ref().map_or("somebody the text does not name", Clean::as_str);
    let office = one.office.as_ref().map(|office| format!(", {office}")).unwrap_or_default();
    let of = match one.polity {
        Some(Polity::Country(country)) => format!(" ({})", country_name(country)),
        Some(Polity::Igo(igo)) => format!(" ({})", igo.0),
        None => String::new(),
    };
    let source = one.source.as_ref().map(|source| format!("  {source}")).unwrap_or_default();
    let corrected = one.corrected.as_ref().map(|by| match by.as_str() {
        "" => "  (speaker corrected)".to_owned(),
        by => format!("  (speaker corrected by {by})"),
    });
    let corrected = corrected.unwrap_or_default();
    let head = format!("{}{source}  {speaker}{office}{of}{corrected}", day(one.date));
    let mut lines = vec![Clean::new(&head), one.words.clone()];
    if one.context.as_str() != one.words.as_str() {
        lines.push(Clean::new(&format!("around it: {}", one.context)));
    }
    let address = one.url.as_ref().map(|url| format!("  {url}")).unwrap_or_default();
    lines.push(Clean::new(&format!("in: {}{address}", one.title)));
    for line in &mut lines[1..] {
        *line = Clean::new(&format!("  {line}"));
    }
    lines
}

fn article_record(row: &Row) -> serde_json::Value {
    json!({
        "id": row.id.0,
        "date": row.date.to_string(),
        "source": row.source.as_deref(),
        "title": row.title.as_str(),
        "url": row.url.as_deref(),
        "about": row.about.iter().map(Country::code).collect::<Vec<_>>(),
    })
}

fn statement_record(one: &Statement) -> serde_json::Value {
    json!({
        "article": one.article.0,
        "date": one.date.to_string(),
        "source": one.source.as_deref(),
        "title": one.title.as_str(),
        "url": one.url.as_deref(),
        "speaker": one.speaker.as_deref(),
        "office": one.office.as_deref(),
        "of": one.polity.as_ref().map(Polity::code),
        "corrected_by": one.corrected.as_deref(),
        "words": one.words.as_str(),
        "context": one.context.as_str(),
    })
}
