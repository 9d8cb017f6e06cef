//! `dateline notes`: what the user notes about articles.

use std::io;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::{Value, json};

use super::args::{Arguments, NewNote, NoteChange, NotesAction, NotesOptions};
use super::library::failed;
use super::output::{Output, complain};
use super::{Ended, search, written};
use crate::model::{Article, Body, Creator, Note, Purpose};
use crate::query;
use crate::store::{ArticleId, KeptNote, Noted, Row, Standing, Store, StoreError};
use crate::text::Clean;
use crate::text::anchor::{Fit, Quote, find, in_marks};

/// Runs the subcommand. Its error is that of writing.
pub(super) fn run(arguments: &Arguments, options: &NotesOptions) -> io::Result<Ended> {
    match &options.action {
        None => list(arguments, options),
        Some(NotesAction::Add(new)) => add(arguments, new),
        Some(NotesAction::Change(change)) => changed(arguments, change),
        Some(NotesAction::Remove { notes }) => remove(arguments, notes),
    }
}

fn list(arguments: &Arguments, options: &NotesOptions) -> io::Result<Ended> {
    let typed = written::query(&options.query);
    let search = if typed.trim().is_empty() { Ok(query::Search::default()) } else { search::asked(&typed) };
    let (search, desk) = match search.and_then(|search| Ok((search, search::existing(arguments)?))) {
        Ok(both) => both,
        Err(ended) => return Ok(ended),
    };
    let query = search::of(search);
    let found = Store::open(&desk.folder).and_then(|store| {
        let mut notes = store.all_notes(&query)?;
        notes.retain(|note| !options.orphaned || note.is_orphaned());
        let ids: Vec<ArticleId> = notes.iter().map(|note| note.article).collect();
        let rows = store.rows(&ids)?;
        let waiting = if query.matching.is_some() { store.count_unindexed()? } else { 0 };
        Ok((notes, rows, waiting))
    });
    let (notes, rows, waiting) = match found {
        Ok(found) => found,
        Err(error) => return Ok(search::refused(&error)),
    };
    search::tell_waiting(waiting);
    let mut output = Output::new();
    for note in &notes {
        let Some(row) = rows.iter().find(|row| row.id == note.article) else { continue };
        if options.json {
            output.line(&Clean::new(&record(note, row).to_string()))?;
        } else {
            for line in lines(note, row) {
                output.line(&line)?;
            }
        }
    }
    output.flush()?;
    Ok(if notes.is_empty() { Ended::SomeFailed } else { Ended::Well })
}

/// When, who and which; the words and whether they are still there; what is said of them; where.
fn lines(kept: &KeptNote, row: &Row) -> Vec<Clean> {
    let note = &kept.note;
    let day = note.created.unwrap_or(kept.changed).to_zoned(TimeZone::system()).date();
    let creator = note.creator.as_ref().map(|creator| creator.name.as_str());
    let head = [creator, note.id.as_deref()];
    let head: Vec<&str> = head.into_iter().flatten().filter(|part| !part.is_empty()).collect();
    let mut lines = vec![Clean::new(&format!("{day}  {}", head.join("  ")))];
    let mut say = |words: &str| lines.push(Clean::new(&format!("  {}", Clean::line(words))));
    for (quote, standing) in note.quotes.iter().zip(&kept.standing) {
        match standing {
            Some(standing) if quote.exact.is_empty() => say(&in_marks(&standing.quote.exact)),
            Some(Standing { fit: Fit::Similar(_), quote: now, .. }) => {
                say(&format!("{} (now: {})", in_marks(&quote.exact), in_marks(&now.exact)));
            }
            Some(_) => say(&in_marks(&quote.exact)),
            None => say(&format!("{} (not in the text any more)", in_marks(&quote.exact))),
        }
    }
    if let Some(correction) = &note.correction {
        say(&format!("correction: {correction}"));
    }
    let text = note.text();
    text.lines().filter(|line| !line.trim().is_empty()).for_each(&mut say);
    let tags: Vec<&str> = note.tags().map(Clean::as_str).collect();
    if !tags.is_empty() {
        say(&format!("tags: {}", tags.join(", ")));
    }
    let place = [Some(&row.title), row.source.as_ref(), row.url.as_ref()];
    let place: Vec<&str> = place.into_iter().flatten().map(Clean::as_str).filter(|part| !part.is_empty()).collect();
    lines.push(Clean::new(&format!("  in: {}", place.join("  "))));
    lines
}

fn record(kept: &KeptNote, row: &Row) -> Value {
    let note = &kept.note;
    let quotes = note.quotes.iter().zip(&kept.standing).map(|(quote, standing)| {
        let position = standing.as_ref().and_then(|standing| standing.quote.position);
        json!({
            "exact": quote.exact.as_str(),
            "now": standing.as_ref().map(|standing| standing.quote.exact.as_str()),
            "place": position.map(|(start, end)| [start, end]),
        })
    });
    json!({
        "id": note.id.as_deref(),
        "article": row.id.0,
        "title": row.title.as_str(),
        "source": row.source.as_deref(),
        "url": row.url.as_deref(),
        "author": note.creator.as_ref().map(|creator| creator.name.as_str()),
        "created": note.created.map(|moment| moment.to_string()),
        "changed": kept.changed.to_string(),
        "quotes": quotes.collect::<Vec<_>>(),
        "orphaned": kept.is_orphaned(),
        "text": note.text().as_str(),
        "correction": note.correction.as_ref().map(ToString::to_string),
        "tags": note.tags().map(Clean::as_str).collect::<Vec<_>>(),
    })
}

fn add(arguments: &Arguments, new: &NewNote) -> io::Result<Ended> {
    let desk = match search::existing(arguments) {
        Ok(desk) => desk,
        Err(ended) => return Ok(ended),
    };
    match Store::open(&desk.folder)
        .and_then(|mut store| indexed(&mut store, |store| added(store, new, &desk.config.author)))
    {
        Ok(Ok(id)) => {
            let mut output = Output::new();
            output.line(&Clean::line(&format!("noted: {id}")))?;
            output.flush()?;
            Ok(Ended::Well)
        }
        Ok(Err(why)) => {
            complain(&why);
            Ok(Ended::SomeFailed)
        }
        Err(error) => Ok(failed(&error)),
    }
}

/// Changes notes; where other words are never names after that, what queries ask of other articles is written anew.
pub(super) fn indexed<T>(
    store: &mut Store,
    change: impl FnOnce(&mut Store) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    /// As many articles are written at a time; others may write in between.
    const PORTION: usize = 50;
    let before = store.never_names()?;
    let changed = change(store)?;
    if store.never_names()? != before {
        while !store.index_waiting(PORTION)?.is_empty() {}
    }
    Ok(changed)
}

/// Adds the note, by `author` unless the command line names another; its IRI, or why it cannot be.
fn added(store: &mut Store, new: &NewNote, author: &str) -> Result<Result<Clean, Clean>, StoreError> {
    let refuse = |why: &str| Ok(Err(Clean::line(&format!("{}: {why}", new.article))));
    let by_number = new.article.trim_start_matches('#').parse().ok().map(ArticleId);
    let ids = by_number.map_or_else(|| store.articles_at(&new.article), |id| Ok(vec![id]))?;
    let mut articles: Vec<(ArticleId, Article)> = Vec::new();
    for id in ids {
        articles.extend(store.article(id)?.map(|stored| (id, stored.into_article())));
    }
    if articles.is_empty() {
        return refuse("no article of the library has this address or number; `dateline search --json` shows both");
    }
    let found = match &new.quote {
        None => articles.first().map(|(id, article)| (*id, article, None)),
        Some(words) => articles.iter().find_map(|(id, article)| {
            quoted(&article.doc.text, &Clean::new(words)).map(|quote| (*id, article, Some(quote)))
        }),
    };
    let Some((id, article, quote)) = found else { return refuse("these words are not in the article") };
    let bodies = new.note.iter().map(|words| Body { purpose: Purpose::Commenting, value: Clean::new(words) });
    let tags = new.tags.iter().map(|tag| Body { purpose: Purpose::Tagging, value: Clean::line(tag) });
    let author = new.author.as_deref().unwrap_or(author);
    let name = Some(Clean::line(author.trim())).filter(|name| !name.is_empty());
    let note = Note {
        source: Clean::line(&article.iri()),
        quotes: quote.into_iter().collect(),
        bodies: bodies.chain(tags).collect(),
        correction: new.correct.clone(),
        creator: name.map(|name| Creator { name, is_program: false }),
        ..Note::default()
    };
    Ok(Ok(match store.add_note(id, &note, Timestamp::now())? {
        Noted::New(id) | Noted::Known(id) => id,
    }))
}

/// The words where they first stand in the text, or those that differ least from them.
fn quoted(text: &Clean, words: &Clean) -> Option<Quote> {
    if words.trim().is_empty() {
        return None;
    }
    let span = find(&Quote { exact: Clean::new(words.trim()), ..Quote::default() }, text)?.span;
    Some(Quote::at(text, span))
}

fn changed(arguments: &Arguments, change: &NoteChange) -> io::Result<Ended> {
    let desk = match search::existing(arguments) {
        Ok(desk) => desk,
        Err(ended) => return Ok(ended),
    };
    let done = Store::open(&desk.folder).and_then(|mut store| {
        indexed(&mut store, |store| match store.note(&change.id)? {
            Some(kept) => store.change_note(&change.id, &with(kept.note, change), Timestamp::now()),
            None => Ok(false),
        })
    });
    match done {
        Ok(true) => Ok(Ended::Well),
        Ok(false) => Ok(unknown(&change.id)),
        Err(error) => Ok(failed(&error)),
    }
}

/// The note with another text, other tags or another correction, as far as they are named.
fn with(mut note: Note, change: &NoteChange) -> Note {
    let (mut tags, mut said): (Vec<Body>, Vec<Body>) =
        note.bodies.into_iter().partition(|body| body.purpose == Purpose::Tagging);
    if let Some(words) = &change.note {
        let purpose = said.first().map_or(Purpose::Commenting, |body| body.purpose);
        let value = Clean::new(words);
        said = if value.trim().is_empty() { Vec::new() } else { vec![Body { purpose, value }] };
    }
    if !change.tags.is_empty() {
        let named = change.tags.iter().map(|tag| Clean::line(tag)).filter(|tag| !tag.trim().is_empty());
        tags = named.map(|value| Body { purpose: Purpose::Tagging, value }).collect();
    }
    said.extend(tags);
    note.bodies = said;
    note.correction = change.correct.clone().or(note.correction);
    note
}

fn unknown(id: &str) -> Ended {
    complain(&Clean::line(&format!("{id}: no such note; `dateline notes` shows their names")));
    Ended::SomeFailed
}

fn remove(arguments: &Arguments, notes: &[String]) -> io::Result<Ended> {
    let desk = match search::existing(arguments) {
        Ok(desk) => desk,
        Err(ended) => return Ok(ended),
    };
    let mut ended = Ended::Well;
    let mut store = match Store::open(&desk.folder) {
        Ok(store) => store,
        Err(error) => return Ok(failed(&error)),
    };
    for id in notes {
        match indexed(&mut store, |store| store.remove_note(id)) {
            Ok(true) => {}
            Ok(false) => ended = unknown(id),
            Err(error) => return Ok(failed(&error)),
        }
    }
    Ok(ended)
}
