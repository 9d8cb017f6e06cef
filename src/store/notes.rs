//! Notes on articles: kept until the user takes them away, whatever becomes of the words that they are about.

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Params, Row as SqlRow, Transaction, params};
use serde_json::{Value, json};

use super::codec::{millis, moment};
use super::error::{Result, StoreError};
use super::types::{ArticleId, ImportedNotes, KeptNote, Noted, Query, Standing};
use super::{Store, corrections, identity, lists, note_words};
use crate::model::{Body, Correction, Creator, Note, Purpose};
use crate::text::anchor::{Fit, Quote, find, find_same};
use crate::text::{CharOffsets, Clean, OffsetMap};

/// The most quotes of a note, and the most things that it says.
const MOST_PARTS: usize = 64;
/// The longest of its texts, in bytes.
const MOST_WORDS: usize = 64 << 10;
/// The longest IRI, address or name, in bytes.
const MOST_NAME: usize = 4 << 10;
/// The longest name of a speaker, in bytes.
const LONGEST_SPEAKER: usize = 200;
/// The most words that a note says are never names: every article is looked at for each.
const MOST_NAMES: usize = 8;
/// All that a note holds, in bytes.
const MOST_BYTES: usize = 1 << 20;
/// The most notes of an article: each is looked for in its text whenever they are read.
const MOST_OF_ARTICLE: i64 = 1000;

/// In the order in which they were made, whenever they came into the library: of corrections the last counts. Those that do not
/// tell when they were made come first.
pub(super) const IN_ORDER: &str = "ORDER BY coalesce(created, 0), id";

/// A note with its article.
const WHOLE: &str =
    "SELECT article, iri, source, quotes, bodies, creator, is_program, created, changed, correction FROM note ";

impl Store {
    /// Adds a note to an article. A note without an IRI gets one, and one without a moment is made `now`. If there is a note
    /// of this IRI, on whatever article, it stays as it is.
    ///
    /// # Errors
    /// If there is no such article, if the note is too large or one too many, or if the library cannot be written.
    pub fn add_note(&mut self, article: ArticleId, note: &Note, now: Timestamp) -> Result<Noted> {
        let note = Note { created: note.created.or(Some(now)), ..note.clone() };
        self.add_as_it_is(article, &note, now)
    }

    /// Adds a note, with the moment at which it was made if it tells one.
    pub(super) fn add_as_it_is(&mut self, article: ArticleId, note: &Note, now: Timestamp) -> Result<Noted> {
        let change = self.change()?;
        let noted = add(&change, article, note, now)?;
        change.commit()?;
        if note.correction.is_some() {
            self.index_now(&[article.0])?;
        }
        Ok(noted)
    }

    /// Puts another text, other words or another creator into the note of this IRI; it stays with its article. Whether there
    /// is one.
    ///
    /// # Errors
    /// If the note is too large, or if the library cannot be written.
    pub fn change_note(&mut self, id: &str, note: &Note, now: Timestamp) -> Result<bool> {
        Ok(self.exchange_note(id, Some(note), |_| Ok(true), now)?.is_some())
    }

    /// Takes away the note of this IRI; whether there was one.
    ///
    /// # Errors
    /// If the library cannot be written.
    pub fn remove_note(&mut self, id: &str) -> Result<bool> {
        Ok(self.exchange_note(id, None, |_| Ok(true), Timestamp::UNIX_EPOCH)?.is_some())
    }

    /// Puts another note, or none, in the place of the one of this IRI, if `may` says so of that one; which it was. Nobody can
    /// change it in between.
    pub(super) fn exchange_note(
        &mut self,
        id: &str,
        by: Option<&Note>,
        may: impl FnOnce(&KeptNote) -> Result<bool>,
        now: Timestamp,
    ) -> Result<Option<KeptNote>> {
        by.map(check).transpose()?;
        let change = self.change()?;
        let Some(before) = one(&change, id)? else { return Ok(None) };
        if !may(&before)? {
            return Ok(None);
        }
        match by {
            Some(note) => {
                change.execute(
                    "UPDATE note SET quotes = ?2, bodies = ?3, creator = ?4, is_program = ?5, changed = ?6, correction = ?7
                     WHERE iri = ?1",
                    params![
                        id,
                        quotes_json(&note.quotes),
                        bodies_json(&note.bodies),
                        note.creator.as_ref().map(|creator| creator.name.as_str()),
                        note.creator.as_ref().is_some_and(|creator| creator.is_program),
                        millis(now),
                        note.correction.as_ref().map(Correction::to_string),
                    ],
                )?;
                let number = change.query_row("SELECT id FROM note WHERE iri = ?", [id], |row| row.get(0))?;
                note_words::write(&change, number, note)?;
                corrections::touch(&change, before.article, note)?;
            }
            None => drop(change.execute("DELETE FROM note WHERE iri = ?", [id])?),
        }
        corrections::touch(&change, before.article, &before.note)?;
        change.commit()?;
        self.index_now(&[before.article.0])?;
        Ok(Some(before))
    }

    /// The note of this IRI, with where its words stand in the text that is shown of its article.
    ///
    /// # Errors
    /// If the library cannot be read.
    pub fn note(&self, id: &str) -> Result<Option<KeptNote>> {
        let Some(note) = one(&self.conn, id)? else { return Ok(None) };
        Ok(self.placed(note.article, vec![note])?.pop())
    }

    /// The notes on an article, in the order in which they were made, each with where its words stand in the text that is shown.
    ///
    /// # Errors
    /// If the library cannot be read.
    pub fn notes(&self, article: ArticleId) -> Result<Vec<KeptNote>> {
        let notes = select(&self.conn, &format!("WHERE article = ? {IN_ORDER}"), [article.0])?;
        if notes.is_empty() { Ok(notes) } else { self.placed(article, notes) }
    }

    /// What changes whenever a note is added, changed or taken away: how many there are, and when the last was changed.
    ///
    /// # Errors
    /// If the library cannot be read.
    pub fn notes_trace(&self) -> Result<(i64, i64)> {
        let mut select = self.conn.prepare_cached("SELECT count(*), coalesce(max(changed), 0) FROM note")?;
        Ok(select.query_row([], |row| Ok((row.get(0)?, row.get(1)?)))?)
    }

    /// The notes on the articles that `query` lists, article by article in its order.
    ///
    /// # Errors
    /// If the library cannot be read.
    pub fn all_notes(&self, query: &Query) -> Result<Vec<KeptNote>> {
        let view = self.conn.unchecked_transaction()?;
        let noted: HashSet<i64> = {
            let mut select = view.prepare_cached("SELECT DISTINCT article FROM note")?;
            select.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?
        };
        let mut notes = Vec::new();
        if noted.is_empty() {
            return Ok(notes);
        }
        for key in lists::keys(&view, query, None)? {
            if noted.contains(&key.id.0) {
                notes.extend(self.notes(key.id)?);
            }
        }
        Ok(notes)
    }

    /// Takes in notes that somebody exported, each to the article at its address; of several at one address, to the first
    /// that has its words. A note that is there already stays as it is. All are taken or, on an error, none.
    ///
    /// # Errors
    /// If the library cannot be read or written.
    pub fn import_notes(&mut self, notes: &[Note], now: Timestamp) -> Result<ImportedNotes> {
        let mut imported = ImportedNotes::default();
        let mut found = Vec::new();
        let addresses = addresses(&self.conn)?;
        for (number, note) in notes.iter().enumerate() {
            if is_known(&self.conn, &note.iri())? {
                imported.known += 1;
                continue;
            }
            match addresses.get(&identity::canonical(&note.source)).map(Vec::as_slice) {
                None | Some([]) => imported.unknown.push(number),
                Some([one]) => found.push((number, *one)),
                Some(several @ [first, ..]) => {
                    let mut holds = None;
                    for article in several {
                        let text = self.shown(*article)?;
                        if note
                            .quotes
                            .iter()
                            .all(|quote| text.as_deref().is_some_and(|text| find_same(quote, text).is_some()))
                        {
                            holds = Some(*article);
                            break;
                        }
                    }
                    found.push((number, holds.unwrap_or(*first)));
                }
            }
        }
        let corrected: Vec<i64> = found
            .iter()
            .filter(|(number, _)| notes[*number].correction.is_some())
            .map(|(_, article)| article.0)
            .collect();
        let change = self.change()?;
        for (number, article) in found {
            match add(&change, article, &notes[number], now) {
                Ok(Noted::New(_)) => imported.new += 1,
                Ok(Noted::Known(_)) => imported.known += 1,
                // Another program dropped the article meanwhile.
                Err(StoreError::NoArticle) => imported.unknown.push(number),
                Err(StoreError::Note(_)) => imported.refused.push(number),
                Err(error) => return Err(error),
            }
        }
        change.commit()?;
        self.index_now(&corrected)?;
        imported.unknown.sort_unstable();
        Ok(imported)
    }

    /// Articles at this address, in the order in which they came.
    ///
    /// # Errors
    /// If the library cannot be read.
    pub fn articles_at(&self, address: &str) -> Result<Vec<ArticleId>> {
        Ok(addresses(&self.conn)?.remove(&identity::canonical(address)).unwrap_or_default())
    }

    /// The notes with where their words stand now.
    fn placed(&self, article: ArticleId, mut notes: Vec<KeptNote>) -> Result<Vec<KeptNote>> {
        let text = self.shown(article)?.unwrap_or_default();
        let mut finder = Finder::new(&text);
        for kept in &mut notes {
            kept.standing = finder.standing(&kept.note);
        }
        Ok(notes)
    }

    /// The text that is shown of an article. What cannot be read has no words, but its notes are still there.
    fn shown(&self, article: ArticleId) -> Result<Option<Clean>> {
        match self.article(article) {
            Ok(stored) => Ok(stored.map(|stored| stored.into_article().doc.text)),
            Err(StoreError::Damaged(_)) => Ok(None),
            Err(error) => Err(error),
        }
    }
}

impl KeptNote {
    /// Whether words that it is about are in the text no more.
    pub fn is_orphaned(&self) -> bool {
        self.standing.iter().any(Option::is_none)
    }

    /// The note with the places where its words stand now; words that have changed or gone are as they were noted.
    pub fn as_it_stands(&self) -> Note {
        let now = |(quote, standing): (&Quote, &Option<Standing>)| match standing {
            Some(standing) if standing.fit == Fit::Moved => standing.quote.clone(),
            _ => quote.clone(),
        };
        Note { quotes: self.note.quotes.iter().zip(&self.standing).map(now).collect(), ..self.note.clone() }
    }
}

/// Looks for the words of many notes in one text.
pub(super) struct Finder<'t> {
    text: &'t Clean,
    /// How many more bytes are searched for words that have changed.
    left: usize,
}

impl<'t> Finder<'t> {
    /// Bytes of text that are searched for words that have changed, over all notes on an article: some tenths of a second. The
    /// very words are looked for always.
    const MOST_SEARCHED: usize = 512 << 10;

    pub fn new(text: &'t Clean) -> Self {
        // At least one of them is looked for in a text of any length.
        Finder { text, left: Self::MOST_SEARCHED.max(text.len()) }
    }

    /// Where the words of a note stand: for each of its quotes; `None` if they are not there.
    pub fn standing(&mut self, note: &Note) -> Vec<Option<Standing>> {
        let map = OffsetMap::default();
        let chars = CharOffsets::new(self.text, &map);
        let mut standing = Vec::with_capacity(note.quotes.len());
        for quote in &note.quotes {
            let mut anchored = find_same(quote, self.text);
            if anchored.is_none() && !quote.exact.is_empty() && self.left >= self.text.len() {
                self.left -= self.text.len();
                anchored = find(quote, self.text);
            }
            standing.push(anchored.map(|anchored| {
                let position = (chars.in_clean(anchored.span.start), chars.in_clean(anchored.span.end));
                let quote = Quote::of(self.text, anchored.span, position);
                Standing { span: anchored.span, fit: anchored.fit, quote }
            }));
        }
        standing
    }
}

/// Notes that fulfil a condition, their words not yet looked for.
pub(super) fn select(conn: &Connection, condition: &str, values: impl Params) -> Result<Vec<KeptNote>> {
    let mut select = conn.prepare_cached(&format!("{WHOLE} {condition}"))?;
    let rows = select.query_map(values, kept)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The note of this IRI.
fn one(conn: &Connection, iri: &str) -> Result<Option<KeptNote>> {
    Ok(select(conn, "WHERE iri = ?", [iri])?.pop())
}

/// What articles of the library are at which address, without what does not tell pages apart.
fn addresses(conn: &Connection) -> Result<HashMap<String, Vec<ArticleId>>> {
    let mut select = conn.prepare_cached(
        "SELECT id, url FROM article WHERE url IS NOT NULL
         UNION SELECT article, url FROM version WHERE url IS NOT NULL ORDER BY 1",
    )?;
    let mut rows = select.query([])?;
    let mut addresses: HashMap<String, Vec<ArticleId>> = HashMap::new();
    while let Some(row) = rows.next()? {
        let id = ArticleId(row.get(0)?);
        let at = addresses.entry(identity::canonical(row.get_ref(1)?.as_str().unwrap_or_default())).or_default();
        if at.last() != Some(&id) {
            at.push(id);
        }
    }
    Ok(addresses)
}

fn is_known(conn: &Connection, iri: &str) -> Result<bool> {
    let mut select = conn.prepare_cached("SELECT EXISTS (SELECT 1 FROM note WHERE iri = ?)")?;
    Ok(select.query_row([iri], |row| row.get(0))?)
}

fn add(change: &Transaction, article: ArticleId, note: &Note, now: Timestamp) -> Result<Noted> {
    check(note)?;
    let iri = note.iri();
    if is_known(change, &iri)? {
        return Ok(Noted::Known(iri));
    }
    let of_article: Option<i64> = change
        .prepare_cached("SELECT (SELECT count(*) FROM note WHERE article = a.id) FROM article a WHERE a.id = ?")?
        .query_row([article.0], |row| row.get(0))
        .optional()?;
    if of_article.ok_or(StoreError::NoArticle)? >= MOST_OF_ARTICLE {
        return Err(StoreError::Note(format!("the article has {MOST_OF_ARTICLE} notes already")));
    }
    change
        .prepare_cached(
            "INSERT INTO note (iri, article, source, quotes, bodies, creator, is_program, created, changed, correction)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )?
        .execute(params![
            iri.as_str(),
            article.0,
            note.source.as_str(),
            quotes_json(&note.quotes),
            bodies_json(&note.bodies),
            note.creator.as_ref().map(|creator| creator.name.as_str()),
            note.creator.as_ref().is_some_and(|creator| creator.is_program),
            note.created.map(millis),
            millis(now),
            note.correction.as_ref().map(Correction::to_string),
        ])?;
    note_words::write(change, change.last_insert_rowid(), note)?;
    corrections::touch(change, article, note)?;
    Ok(Noted::New(iri))
}

/// Refuses what is too large.
fn check(note: &Note) -> Result<()> {
    let refuse = |why: String| Err(StoreError::Note(why));
    if note.quotes.len() > MOST_PARTS || note.bodies.len() > MOST_PARTS {
        return refuse(format!("it has more than {MOST_PARTS} quotes, or says more than {MOST_PARTS} things"));
    }
    let names = [note.id.as_deref(), Some(note.source.as_str()), note.creator.as_ref().map(|one| one.name.as_str())];
    if names.iter().flatten().any(|name| name.len() > MOST_NAME) {
        return refuse(format!("its name, address or author is longer than {} KiB", MOST_NAME >> 10));
    }
    let quoted = note.quotes.iter().flat_map(|quote| [&quote.exact, &quote.prefix, &quote.suffix]);
    let lengths = quoted.chain(note.bodies.iter().map(|body| &body.value)).map(|words| words.len());
    if note.correction.is_some() && note.quotes.iter().all(|quote| quote.exact.trim().is_empty()) {
        return refuse("it sets something right, but has no words at which".to_owned());
    }
    if note.correction == Some(Correction::NeverName) {
        let is_name = |quote: &Quote| quote.exact.contains(char::is_alphanumeric);
        if note.quotes.len() > MOST_NAMES || !note.quotes.iter().all(is_name) {
            return refuse(format!("what is never a name has letters or digits, and is one of {MOST_NAMES} at most"));
        }
    }
    if matches!(&note.correction, Some(Correction::Speaker(Some(name))) if name.len() > LONGEST_SPEAKER) {
        return refuse(format!("the name of its speaker is longer than {LONGEST_SPEAKER} bytes"));
    }
    if lengths.clone().any(|length| length > MOST_WORDS) {
        return refuse(format!("a text in it is longer than {} KiB", MOST_WORDS >> 10));
    }
    if lengths.sum::<usize>() > MOST_BYTES {
        return refuse(format!("it is larger than {} KiB", MOST_BYTES >> 10));
    }
    Ok(())
}

fn quotes_json(quotes: &[Quote]) -> String {
    let each = |quote: &Quote| {
        let (start, end) = quote.position.unzip();
        json!([quote.exact.as_str(), quote.prefix.as_str(), quote.suffix.as_str(), start, end])
    };
    Value::from(quotes.iter().map(each).collect::<Vec<_>>()).to_string()
}

fn bodies_json(bodies: &[Body]) -> String {
    let each = |body: &Body| json!([body.purpose.label(), body.value.as_str()]);
    Value::from(bodies.iter().map(each).collect::<Vec<_>>()).to_string()
}

/// Whether these are quotes as they are kept; a damaged file may hold anything.
pub(super) fn is_list(json: &str) -> bool {
    matches!(serde_json::from_str(json), Ok(Value::Array(_)))
}

/// A note as it is kept, its words not yet looked for. Text of the file is foreign text.
fn kept(row: &SqlRow) -> rusqlite::Result<KeptNote> {
    let line = |index| Ok::<_, rusqlite::Error>(row.get_ref(index)?.as_str().ok().map(Clean::line));
    let list = |index| -> rusqlite::Result<Vec<Value>> {
        Ok(serde_json::from_str(row.get_ref(index)?.as_str().unwrap_or_default()).unwrap_or_default())
    };
    let words =
        |value: &Value, index: usize| Clean::new(value.get(index).and_then(Value::as_str).unwrap_or_default());
    let number = |value: &Value, index: usize| usize::try_from(value.get(index)?.as_u64()?).ok();
    let quote = |value: &Value| Quote {
        exact: words(value, 0),
        prefix: words(value, 1),
        suffix: words(value, 2),
        position: number(value, 3).zip(number(value, 4)),
    };
    let body = |value: &Value| {
        let purpose = value.get(0).and_then(Value::as_str).and_then(Purpose::from_label);
        Body { purpose: purpose.unwrap_or(Purpose::Commenting), value: words(value, 1) }
    };
    let is_program = row.get(6)?;
    Ok(KeptNote {
        article: ArticleId(row.get(0)?),
        note: Note {
            id: line(1)?,
            source: line(2)?.unwrap_or_default(),
            quotes: list(3)?.iter().map(quote).collect(),
            bodies: list(4)?.iter().map(body).collect(),
            correction: row.get_ref(9)?.as_str().ok().and_then(Correction::parse),
            creator: line(5)?.map(|name| Creator { name, is_program }),
            created: row.get::<_, Option<i64>>(7)?.map(moment),
        },
        changed: moment(row.get(8)?),
        standing: Vec::new(),
    })
}
