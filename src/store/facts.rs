//! What queries ask of annotated articles: names, statements and events, as rows and words of the library.

use std::collections::BTreeSet;

use rusqlite::{OptionalExtension, Transaction, params};

use super::error::Result;
use super::search::indexable;
use super::types::ArticleId;
use super::{Store, findings, search};
use crate::model::{
    Annotations, Article, Country, Entity, EntityKind, Event, EventKind, Mode, Participant, Polity, Quotation, Who,
};
use crate::query::{Kind, Words};

/// What a name stands for in an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    Person,
    Org,
    Place,
    /// An official, an office, or the body of one.
    Official,
    Author,
}

impl Role {
    /// Every role, in the order of the columns.
    const ALL: [Role; 5] = [Role::Person, Role::Org, Role::Place, Role::Official, Role::Author];

    /// The column of `article_names`.
    pub fn column(self) -> &'static str {
        match self {
            Role::Person => "person",
            Role::Org => "org",
            Role::Place => "place",
            Role::Official => "official",
            Role::Author => "author",
        }
    }

    /// The bit in `name.roles`.
    pub fn bit(self) -> i64 {
        match self {
            Role::Person => 1,
            Role::Org => 2,
            Role::Place => 4,
            Role::Official => 8,
            Role::Author => 16,
        }
    }
}

/// Statements or events of an article that are kept at most; `rowid` has no room for more.
pub(super) const MOST: i64 = 1 << 16;
/// Different names of an article that are kept at most: no article names more, but lists do.
const MOST_NAMES: usize = 4000;
/// Bytes of a name that are kept.
const LONGEST_NAME: usize = 200;
/// Parts names in a row of words, so that no phrase goes from one to the next.
pub(super) const PARTED: &str = " x0x ";

/// The row of the `number`-th statement or event of an article.
pub(super) fn row_id(article: i64, number: usize) -> Option<i64> {
    let number = i64::try_from(number).ok().filter(|number| *number < MOST)?;
    article.checked_mul(MOST)?.checked_add(number)
}

/// Writes what is found in an article into the library, in the place of what was there.
pub(super) fn write(change: &Transaction, id: i64, article: &Article, found: &Annotations) -> Result<()> {
    forget(change, id)?;
    change.prepare_cached("DELETE FROM words WHERE rowid = ?")?.execute([id])?;
    change.prepare_cached("INSERT INTO words (rowid, title, text) VALUES (?, ?, ?)")?.execute(params![
        id,
        indexable(article.title.as_deref().unwrap_or_default()),
        indexable(&article.doc.text),
    ])?;
    let mut columns = Role::ALL.map(|_| String::new());
    for (role, name) in names(article, found).into_iter().take(MOST_NAMES) {
        keep_name(change, &name, role)?;
        let column = &mut columns[role as usize];
        if !column.is_empty() {
            column.push_str(PARTED);
        }
        column.push_str(&indexable(&name));
    }
    change
        .prepare_cached(
            "INSERT INTO article_names (rowid, person, org, place, official, author) VALUES (?, ?, ?, ?, ?, ?)",
        )?
        .execute(params![id, columns[0], columns[1], columns[2], columns[3], columns[4]])?;
    let mut insert = change.prepare_cached(
        "INSERT INTO statement_words (rowid, words, speaker, office, codes) VALUES (?, ?, ?, ?, ?)",
    )?;
    for (number, quotation) in statements(found) {
        let Some(row) = row_id(id, number) else { break };
        let who = Who::of(quotation, found);
        let words: Vec<&str> = quotation.content.iter().map(|span| span.of(&article.doc.text)).collect();
        let office = who.office.iter().flat_map(|office| [Some(&office.title), office.organization.as_ref()]);
        let office: Vec<&str> = office.flatten().map(String::as_str).collect();
        let by = who.polity.map(|polity| by_token(&polity));
        let codes: Vec<String> = by.into_iter().chain(named_in(quotation, found).iter().map(on_token)).collect();
        insert.execute(params![
            row,
            indexable(&words.join(" ")),
            indexable(who.name.unwrap_or_default()),
            indexable(&office.join(PARTED)),
            codes.join(" "),
        ])?;
    }
    let mut insert =
        change.prepare_cached("INSERT INTO event_words (rowid, kind, actor, recipient) VALUES (?, ?, ?, ?)")?;
    for (number, event) in found.events.iter().enumerate() {
        let Some(row) = row_id(id, number) else { break };
        let (actors, recipients) = sides(event);
        insert.execute(params![row, kind_words(event), actors, recipients])?;
    }
    Ok(())
}

/// Takes the names, statements and events of an article out of the library.
fn forget(change: &Transaction, id: i64) -> Result<()> {
    change.prepare_cached("DELETE FROM article_names WHERE rowid = ?")?.execute([id])?;
    for table in ["statement_words", "event_words"] {
        let sql = format!("DELETE FROM {table} WHERE rowid BETWEEN ?1 * {MOST} AND ?1 * {MOST} + {MOST} - 1");
        change.prepare_cached(&sql)?.execute([id])?;
    }
    Ok(())
}

/// Keeps a name for completion.
fn keep_name(change: &Transaction, name: &str, role: Role) -> Result<()> {
    let mut select = change.prepare_cached("SELECT id, roles FROM name WHERE name = ?")?;
    let mut rows = select.query([name])?;
    if let Some(row) = rows.next()? {
        let (id, roles): (i64, i64) = (row.get(0)?, row.get(1)?);
        if roles & role.bit() == 0 {
            change.prepare_cached("UPDATE name SET roles = ?2 WHERE id = ?1")?.execute((id, roles | role.bit()))?;
        }
        return Ok(());
    }
    change.prepare_cached("INSERT INTO name (name, roles) VALUES (?, ?)")?.execute(params![name, role.bit()])?;
    let id = change.last_insert_rowid();
    change
        .prepare_cached("INSERT INTO name_words (rowid, name) VALUES (?, ?)")?
        .execute(params![id, indexable(name)])?;
    Ok(())
}

/// Drops the names that no article has any more. This asks for each of them.
pub(super) fn forget_names(change: &Transaction) -> Result<()> {
    let mut gone = Vec::new();
    let mut select = change.prepare("SELECT id, name FROM name")?;
    let mut is_used = change.prepare("SELECT EXISTS (SELECT 1 FROM article_names WHERE article_names MATCH ?)")?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        // A name that is a part of another stays with it.
        let name = search::phrase(change, &Words::new(row.get_ref(1)?.as_str().unwrap_or_default()))?;
        if !is_used.query_row([name], |row| row.get::<_, bool>(0))? {
            gone.push(row.get::<_, i64>(0)?);
        }
    }
    let mut delete = change.prepare("DELETE FROM name WHERE id = ?")?;
    for id in gone {
        delete.execute([id])?;
    }
    Ok(())
}

fn names(article: &Article, found: &Annotations) -> BTreeSet<(Role, String)> {
    let mut names = BTreeSet::new();
    let mut add = |role, name: &str| {
        let mut name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        let cut = (0..=LONGEST_NAME.min(name.len())).rev().find(|cut| name.is_char_boundary(*cut));
        name.truncate(cut.unwrap_or(0));
        if name.contains(char::is_alphanumeric) {
            names.insert((role, name));
        }
    };
    for entity in &found.entities {
        match entity.kind {
            EntityKind::Person => add(Role::Person, &entity.name),
            EntityKind::Org => add(Role::Org, &entity.name),
            EntityKind::Gpe | EntityKind::Loc | EntityKind::Fac => add(Role::Place, &entity.name),
            EntityKind::Norp | EntityKind::Event => {}
        }
    }
    for inner in &found.inner_places {
        add(Role::Place, inner.span.of(&article.doc.text));
    }
    for official in &found.officials {
        if let Some(person) = found.entities.get(official.entity) {
            add(Role::Official, &person.name);
        }
        add(Role::Official, &official.title);
        if let Some(body) = &official.organization {
            add(Role::Official, body);
        }
    }
    for author in &article.authors {
        add(Role::Author, author);
    }
    names
}

/// The quotations that are statements, with their numbers: what was said, or stands between quotation marks. Not what
/// somebody did not say or would say.
pub(super) fn statements(found: &Annotations) -> impl Iterator<Item = (usize, &Quotation)> {
    let is_statement = |quotation: &Quotation| {
        (quotation.class.is_statement() || !quotation.quoted.is_empty()) && quotation.caveat().is_none()
    };
    found.quotations.iter().enumerate().filter(move |(_, quotation)| is_statement(quotation))
}

fn located(entity: &Entity) -> Option<Country> {
    entity.location.as_ref().and_then(|location| location.country)
}

/// The countries that the words of a quotation name, by a place, a people, or somebody who belongs to one.
fn named_in(quotation: &Quotation, found: &Annotations) -> BTreeSet<Country> {
    let is_inside = |span| quotation.content.iter().any(|content| content.covers(span));
    let mut named = BTreeSet::new();
    // Mentions are in text order.
    let extent = quotation.extent();
    let first = found.mentions.partition_point(|mention| mention.span.start < extent.start);
    for mention in found.mentions[first..].iter().take_while(|mention| mention.span.start < extent.end) {
        let Some(entity) = found.entities.get(mention.entity).filter(|_| is_inside(mention.span)) else { continue };
        named.extend(located(entity).or(entity.polity.and_then(Polity::country)));
    }
    let inner = found.inner_places.iter().filter(|inner| is_inside(inner.span));
    named.extend(inner.filter_map(|inner| inner.location.country));
    named
}

/// Both sides as words. Of what both sides do, each is on both: the order of the words decides nothing there.
fn sides(event: &Event) -> (String, String) {
    let words = |sides: &[&[Participant]]| {
        let each = sides.iter().flat_map(|side| side.iter()).map(|one| {
            let code = one.polity.as_ref().map(party_token).unwrap_or_default();
            format!("{code} {}", indexable(&one.text))
        });
        each.collect::<Vec<_>>().join(PARTED)
    };
    if event.kind.is_mutual() {
        let both = words(&[&event.actors, &event.recipients]);
        return (both.clone(), both);
    }
    (words(&[&event.actors]), words(&[&event.recipients]))
}

fn kind_words(event: &Event) -> String {
    let mut words = vec![kind_token(Kind::One(event.kind))];
    if matches!(event.kind, EventKind::Other(_)) {
        words.push(kind_token(Kind::Other));
    }
    words.extend(event.kind.quad().map(|quad| kind_token(Kind::Class(quad))));
    words.extend(event.mode.map(mode_token));
    words.join(" ")
}

/// The word for a kind of events.
pub(super) fn kind_token(kind: Kind) -> String {
    format!("t{}", letters(kind.code()))
}

/// The word for a mode of events.
pub(super) fn mode_token(mode: Mode) -> String {
    format!("m{}", letters(mode.label()))
}

/// The word for whom somebody who acts belongs to.
pub(super) fn party_token(polity: &Polity) -> String {
    let sort = if polity.country().is_some() { "c" } else { "o" };
    format!("{sort}{}", letters(polity.code()))
}

/// The word for whom a speaker belongs to.
pub(super) fn by_token(polity: &Polity) -> String {
    format!("by{}", party_token(polity))
}

/// The word for a country that a statement names.
pub(super) fn on_token(country: &Country) -> String {
    format!("on{}", party_token(&Polity::Country(*country)))
}

fn letters(code: &str) -> String {
    code.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_lowercase()).collect()
}

impl Store {
    /// How many articles queries may not find: they wait to be annotated, or to be put into the index.
    ///
    /// # Errors
    /// If the library cannot be read.
    pub fn count_unindexed(&self) -> Result<usize> {
        let mut select = self.conn.prepare_cached(
            "SELECT (SELECT count(*) FROM article INDEXED BY article_by_engine WHERE engine = 0)
               + (SELECT count(*) FROM article INDEXED BY article_to_index WHERE indexed = 0 AND engine <> 0)",
        )?;
        let count: i64 = select.query_row([], |row| row.get(0))?;
        Ok(usize::try_from(count).unwrap_or(0))
    }

    /// Puts articles that were annotated before there was a place for what queries ask into the index, the latest first, at
    /// most `most`. Where the annotation cannot be read any more, the words are put in, and the article is to be annotated
    /// anew. Which these were: none if all is done.
    ///
    /// # Errors
    /// If the library cannot be read or written.
    pub fn index_waiting(&mut self, most: usize) -> Result<Vec<ArticleId>> {
        let waiting: Vec<(i64, String)> = {
            let mut select = self.conn.prepare_cached(
                "SELECT a.id, coalesce((SELECT e.name FROM engine e WHERE e.id = a.engine), '')
                 FROM article a INDEXED BY article_to_index WHERE a.indexed = 0 AND a.engine <> 0
                 ORDER BY a.date DESC LIMIT ?",
            )?;
            let most = i64::try_from(most).unwrap_or(i64::MAX);
            select.query_map([most], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<rusqlite::Result<_>>()?
        };
        self.index(&waiting)?;
        Ok(waiting.into_iter().map(|(id, _)| ArticleId(id)).collect())
    }

    /// Puts these articles into the index if they wait for it.
    pub(super) fn index_now(&mut self, articles: &[i64]) -> Result<()> {
        let mut waiting = Vec::new();
        {
            let mut select = self.conn.prepare_cached(
                "SELECT e.name FROM article a JOIN engine e ON e.id = a.engine WHERE a.id = ? AND a.indexed = 0",
            )?;
            for id in articles {
                let engine = select.query_row([id], |row| row.get(0)).optional()?;
                waiting.extend(engine.map(|engine| (*id, engine)));
            }
        }
        self.index(&waiting)
    }

    /// Writes the facts of articles, each annotated by the engine named beside it.
    fn index(&mut self, waiting: &[(i64, String)]) -> Result<()> {
        let mut ready = Vec::with_capacity(waiting.len());
        for (id, engine) in waiting {
            let stored = self.article(ArticleId(*id)).ok().flatten();
            let found = match &stored {
                Some(stored) => self.annotations(stored.hash, engine)?,
                None => None,
            };
            ready.push((*id, stored, found));
        }
        let change = self.change()?;
        for (id, stored, found) in ready {
            if found.is_none() {
                change.prepare_cached("UPDATE article SET engine = 0 WHERE id = ? AND indexed = 0")?.execute([id])?;
            }
            let Some(stored) = stored else { continue };
            if findings::shows(&change, id, stored.hash)? == Some(false) {
                findings::file(&change, id, &stored.into_article(), &found.unwrap_or_default())?;
            }
        }
        Ok(change.commit()?)
    }
}
