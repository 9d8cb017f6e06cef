//! Reading a damaged library row by row, and building a whole one of what can be read.
//!
//! What is lost in a table is looked for in its indexes: they hold the addresses of feeds, and of articles all but the
//! headline, which the versions have too.

use std::collections::HashSet;

use rusqlite::types::Value;
use rusqlite::{Connection, Transaction, TransactionBehavior, params_from_iter};

use super::codec::{self, Packer};
use super::error::Result;
use super::identity::{Delivery, Name, Site};
use super::notes;
use crate::model::{Content, Entry};
use crate::text::Clean;

/// What was saved.
#[derive(Debug, Default)]
pub(super) struct Saved {
    pub feeds: usize,
    pub articles: usize,
    pub lost: Vec<String>,
}

/// Places in a table that may be tried past damage: a page or two each.
const MOST_TRIES: usize = 20_000;

/// Columns of each table, the id first. Those that are not named get their defaults.
const FOLDER: &[&str] = &["id", "parent", "name"];
const FEED: &[&str] =
    &["id", "url", "own_title", "title", "site", "link", "folder", "attributes", "added", "by_others"];
const ARTICLE: &[&str] = &[
    "id",
    "feed",
    "date",
    "seen",
    "read",
    "starred",
    "published",
    "changed",
    "current",
    "shown",
    "title",
    "source",
    "url",
    "origin",
    "page_key",
];
/// So many columns of an article are in its index.
const INDEXED: usize = 6;
const VERSION: &[&str] = &[
    "id",
    "article",
    "seen",
    "is_page",
    "hash",
    "title",
    "url",
    "language",
    "authors",
    "enclosures",
    "is_html",
    "base",
    "body",
];
const IDENTITY: &[&str] = &["feed", "article", "keys", "raw", "gone"];
const TAG: &[&str] = &["article", "tag"];
const NOTE: &[&str] = &[
    "id",
    "iri",
    "article",
    "source",
    "quotes",
    "bodies",
    "creator",
    "is_program",
    "created",
    "changed",
    "correction",
];

type Values = Vec<Value>;

/// Fills `new` with what can be read of `old`.
pub(super) fn salvage(old: &Connection, new: &mut Connection) -> Result<Saved> {
    let change = new.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // What refers to each other comes in any order, and is put right at the end.
    change.execute_batch("PRAGMA defer_foreign_keys = ON")?;
    let mut saved = Saved::default();
    let mut is_damaged = false;

    let mut feeds = HashSet::new();
    read(old, "folder", FOLDER, "id", &mut is_damaged, |row| insert(&change, "folder", FOLDER, row))?;
    read(old, "feed", FEED, "id", &mut is_damaged, |row| {
        if is_id(&row[0]) && matches!(row[1], Value::Text(_)) {
            feeds.extend(id(&row[0]));
            insert(&change, "feed", FEED, row)?;
        }
        Ok(())
    })?;
    if is_damaged {
        let mut found = 0;
        read(old, "feed INDEXED BY sqlite_autoindex_feed_1", &FEED[..2], "url", &mut false, |row| {
            if matches!(row[1], Value::Text(_)) && id(&row[0]).is_some_and(|id| feeds.insert(id)) {
                let added = Value::Integer(0);
                found += 1;
                return insert(&change, "feed", &["id", "url", "added"], vec![row[0].clone(), row[1].clone(), added]);
            }
            Ok(())
        })?;
        if found > 0 {
            saved.lost.push(format!("name, folder and settings of {found} feeds"));
        }
    }
    is_damaged |= versions_and_articles(old, &change)?;
    read(old, "identity", IDENTITY, "article", &mut is_damaged, |row| insert(&change, "identity", IDENTITY, row))?;
    // Libraries of the first format have no tags.
    if old.prepare("SELECT 1 FROM article_tag").is_ok() {
        read(old, "article_tag", TAG, "article", &mut is_damaged, |row| insert(&change, "article_tag", TAG, row))?;
    }
    // Nor have those before the third format notes.
    if old.prepare("SELECT 1 FROM note").is_ok() {
        // The last column came with the fourth format.
        let knows = old.prepare("SELECT correction FROM note").is_ok();
        let columns = if knows { NOTE } else { &NOTE[..NOTE.len() - 1] };
        read(old, "note", columns, "id", &mut is_damaged, |row| {
            let is_text = |value: &Value| matches!(value, Value::Text(_));
            let is_list = |value: &Value| matches!(value, Value::Text(json) if notes::is_list(json));
            let is_whole = is_text(&row[1])
                && is_id(&row[2])
                && is_text(&row[3])
                && is_list(&row[4])
                && is_list(&row[5])
                && is_id(&row[7])
                && is_id(&row[9]);
            if is_whole { insert(&change, "note", columns, row) } else { Ok(()) }
        })?;
    }
    put_right(&change, is_damaged, &mut saved)?;
    change.commit()?;
    Ok(saved)
}

fn versions_and_articles(old: &Connection, change: &Transaction) -> Result<bool> {
    let mut is_damaged = false;
    let mut articles = HashSet::new();
    read(old, "article", ARTICLE, "id", &mut is_damaged, |row| {
        if row[..INDEXED].iter().enumerate().all(|(index, value)| index == 1 || is_id(value)) {
            articles.extend(id(&row[0]));
            insert(change, "article", ARTICLE, row)?;
        }
        Ok(())
    })?;
    if is_damaged {
        let columns = &ARTICLE[..INDEXED];
        read(old, "article INDEXED BY article_by_date", columns, "date", &mut false, |row| {
            if row.iter().enumerate().all(|(index, value)| index == 1 || is_id(value))
                && id(&row[0]).is_some_and(|id| articles.insert(id))
            {
                return insert(change, "article", columns, row);
            }
            Ok(())
        })?;
    }
    read(old, "version", VERSION, "id", &mut is_damaged, |row| {
        let is_whole = is_id(&row[1])
            && matches!(&row[4], Value::Blob(hash) if hash.len() == 16)
            && matches!(&row[12], Value::Blob(body) if codec::unpack(body).is_ok());
        if is_whole { insert(change, "version", VERSION, row) } else { Ok(()) }
    })?;
    Ok(is_damaged)
}

/// Makes a sound library of the rows that are there.
fn put_right(change: &Transaction, is_damaged: bool, saved: &mut Saved) -> Result<()> {
    let count = |sql: &str| -> Result<usize> {
        let count: i64 = change.query_row(sql, [], |row| row.get(0))?;
        Ok(usize::try_from(count).unwrap_or(0))
    };
    let mut lose = |count: usize, what: &str| {
        if count > 0 {
            saved.lost.push(format!("{count} {what}"));
        }
    };
    // What the user noted stays, if on an article that has nothing else any more.
    lose(
        change.execute(
            "INSERT INTO article (id, date, seen, url)
               SELECT article, min(changed), min(changed),
                 CASE WHEN article IN (SELECT article FROM version) THEN NULL ELSE source END
               FROM note WHERE article NOT IN (SELECT id FROM article) GROUP BY article",
            [],
        )?,
        "articles with notes have lost their headline; they are among the saved, with their notes",
    );
    change.execute_batch(
        "UPDATE folder SET parent = NULL WHERE parent NOT IN (SELECT id FROM folder);
         UPDATE feed SET folder = NULL WHERE folder NOT IN (SELECT id FROM folder);
         DELETE FROM version WHERE article NOT IN (SELECT id FROM article);
         DELETE FROM article_tag WHERE article NOT IN (SELECT id FROM article);",
    )?;
    lose(
        change.execute("UPDATE article SET feed = NULL WHERE feed NOT IN (SELECT id FROM feed)", [])?,
        "articles have lost their feed; they are among the saved",
    );
    lose(
        count("SELECT count(*) FROM article a WHERE NOT EXISTS (SELECT 1 FROM version v WHERE v.article = a.id)")?,
        "articles have lost their text; it comes back if the feed still has it",
    );
    let nothing = Packer::new()?.pack(b"").to_vec();
    change.execute(
        "INSERT INTO version (article, seen, hash, title, url, body)
           SELECT id, seen, zeroblob(16), title, url, ?1 FROM article a
           WHERE NOT EXISTS (SELECT 1 FROM version v WHERE v.article = a.id)",
        [&nothing],
    )?;
    change.execute_batch(
        "UPDATE article SET
           versions = (SELECT count(*) FROM version v WHERE v.article = article.id),
           current = (SELECT max(v.id) FROM version v WHERE v.article = article.id AND NOT v.is_page AND v.id = article.current),
           shown = (SELECT max(v.id) FROM version v WHERE v.article = article.id AND v.id = article.shown);
         UPDATE article SET current = (SELECT max(v.id) FROM version v WHERE v.article = article.id AND NOT v.is_page)
           WHERE current IS NULL AND page_key IS NULL;
         UPDATE article SET shown = coalesce(current, (SELECT max(v.id) FROM version v WHERE v.article = article.id))
           WHERE shown IS NULL;
         UPDATE article SET
             title = coalesce((SELECT v.title FROM version v WHERE v.id = article.shown), ''),
             url = (SELECT v.url FROM version v WHERE v.id = article.shown)
           WHERE title = '' AND url IS NULL;
         DELETE FROM identity WHERE gone IS NULL AND feed <> 0
           AND NOT EXISTS (SELECT 1 FROM article a WHERE a.id = identity.article AND a.feed = identity.feed);",
    )?;
    // What has lost its text is taken for changed when it is delivered the next time.
    change.execute(
        "UPDATE identity SET raw = x'' WHERE article IN (SELECT article FROM version WHERE body = ?)",
        [&nothing],
    )?;
    change.execute_batch(
        "UPDATE tally SET
           total = (SELECT count(*) FROM article a WHERE coalesce(a.feed, 0) = tally.feed),
           unread = (SELECT count(*) FROM article a WHERE coalesce(a.feed, 0) = tally.feed AND a.read = 0)",
    )?;
    name_again(change)?;
    if is_damaged {
        lose(1, "or more places of the file could not be read; what was there is lost");
    }
    saved.feeds = count("SELECT count(*) FROM feed")?;
    saved.articles = count("SELECT count(*) FROM article")?;
    Ok(())
}

/// Articles by which nothing is known to be known again get it from their texts.
fn name_again(change: &Transaction) -> Result<()> {
    let mut select = change.prepare(
        "SELECT a.feed, a.id, a.title, a.url, a.published, v.is_html, v.body, f.link
         FROM article a JOIN version v ON v.id = coalesce(a.current, a.shown) JOIN feed f ON f.id = a.feed
         WHERE a.feed IS NOT NULL AND NOT EXISTS (SELECT 1 FROM identity i WHERE i.feed = a.feed AND i.article = a.id)",
    )?;
    let mut insert = change.prepare("INSERT INTO identity (feed, article, keys, raw) VALUES (?, ?, ?, x'')")?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        let text = row.get_ref(6)?.as_blob().ok().and_then(|body| codec::unpack_text(body).ok()).unwrap_or_default();
        let entry = Entry {
            title: row.get_ref(2)?.as_str().ok().map(Clean::line),
            link: row.get_ref(3)?.as_str().ok().map(str::to_owned),
            published: row.get_ref(4)?.as_i64().ok().map(codec::moment),
            content: Some(Content { text, is_html: row.get(5)?, base: None }),
            ..Entry::default()
        };
        let site = Site::of(row.get_ref(7)?.as_str().ok());
        let name = Name::of(&entry, site);
        let keys = Delivery::new(&[name], site).keys(name, &entry);
        insert.execute((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?, keys.to_bytes()))?;
    }
    Ok(())
}

/// Gives every row of `table` that can be read to `take`, in the order of `by`. Behind a row that cannot be read the next
/// is looked for: `by` is what the table or its index is ordered by, so the search goes around a damaged page.
fn read(
    old: &Connection,
    table: &str,
    columns: &[&str],
    by: &str,
    is_damaged: &mut bool,
    mut take: impl FnMut(Values) -> Result<()>,
) -> Result<()> {
    let columns_sql = columns.join(", ");
    let is_by_id = by == columns[0] && by == "id";
    let mut seen = HashSet::new();
    // Forwards up to the first damage, and backwards down to it. Between them only ids can be tried.
    for direction in ["ASC", "DESC"] {
        let sql = format!("SELECT {columns_sql} FROM {table} ORDER BY {by} {direction}");
        let ended = walk(old, &sql, None, columns.len(), &mut |row| {
            if seen.insert(key(&row)) { take(row) } else { Ok(()) }
        })?;
        if ended.is_whole {
            return Ok(());
        }
        *is_damaged = true;
        if direction == "ASC" && is_by_id {
            let sql = format!("SELECT {columns_sql} FROM {table} WHERE id >= ? ORDER BY id");
            let last = ended.last.map_or(0, |last| last.saturating_add(1));
            around(old, &sql, last, columns.len(), &mut |row| {
                if seen.insert(key(&row)) { take(row) } else { Ok(()) }
            })?;
        }
    }
    Ok(())
}

/// Tries further and further ids behind damage, until rows come or there is no higher id.
fn around(
    old: &Connection,
    sql: &str,
    mut from: i64,
    columns: usize,
    take: &mut dyn FnMut(Values) -> Result<()>,
) -> Result<()> {
    /// No library has had so many of anything.
    const HIGHEST: i64 = 1 << 40;
    let mut step = 1;
    for _ in 0..MOST_TRIES {
        let ended = walk(old, sql, Some(from), columns, take)?;
        if ended.is_whole {
            return Ok(());
        }
        match ended.last {
            Some(last) => {
                from = last.saturating_add(1);
                step = 1;
            }
            None => {
                from = from.saturating_add(step);
                // Rows are dozens to a page at most; further on the damage is a larger part of the tree.
                if from & 0xff == 0 || step > 1 {
                    step = step.saturating_mul(2);
                }
            }
        }
        if from > HIGHEST {
            return Ok(());
        }
    }
    Ok(())
}

struct Ended {
    /// The end was reached.
    is_whole: bool,
    /// The first column of the last row.
    last: Option<i64>,
}

/// Reads rows until the end or damage.
fn walk(
    old: &Connection,
    sql: &str,
    from: Option<i64>,
    columns: usize,
    take: &mut dyn FnMut(Values) -> Result<()>,
) -> Result<Ended> {
    let mut ended = Ended { is_whole: false, last: None };
    let Ok(mut select) = old.prepare_cached(sql) else { return Ok(ended) };
    let Ok(mut rows) = select.query(params_from_iter(from)) else { return Ok(ended) };
    loop {
        match rows.next() {
            Ok(Some(row)) => {
                let Ok(values) = (0..columns).map(|index| row.get(index)).collect::<rusqlite::Result<Values>>()
                else {
                    continue;
                };
                ended.last = id(&values[0]);
                take(values)?;
            }
            Ok(None) => {
                ended.is_whole = true;
                return Ok(ended);
            }
            Err(_) => return Ok(ended),
        }
    }
}

/// Adds a row, unless it breaks what must hold.
fn insert(change: &Transaction, table: &str, columns: &[&str], row: Values) -> Result<()> {
    let marks = vec!["?"; columns.len()].join(", ");
    let sql = format!("INSERT OR IGNORE INTO {table} ({}) VALUES ({marks})", columns.join(", "));
    change.prepare_cached(&sql)?.execute(params_from_iter(row))?;
    Ok(())
}

fn is_id(value: &Value) -> bool {
    id(value).is_some()
}

fn id(value: &Value) -> Option<i64> {
    match value {
        Value::Integer(number) => Some(*number),
        _ => None,
    }
}

/// The first two columns tell rows of every table apart.
fn key(row: &Values) -> (i64, String) {
    let second = match row.get(1) {
        Some(Value::Integer(number)) => number.to_string(),
        Some(Value::Text(text)) => text.clone(),
        _ => String::new(),
    };
    (row.first().and_then(id).unwrap_or(i64::MIN), second)
}
