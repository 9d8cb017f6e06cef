//! What people set right: annotations as they are shown, searched and exported.
//!
//! A library keeps what the program found as it is, and corrections as notes. So a correction outlives every annotating anew, and
//! can be taken back. What queries ask of an article is written of its corrected annotations; whoever adds or takes away a
//! correction has it written anew.

use std::borrow::Cow;
use std::collections::HashSet;

use rusqlite::{Connection, Transaction};

use super::error::Result;
use super::notes::{self, Finder, IN_ORDER};
use super::types::ArticleId;
use super::{Store, search};
use crate::annotate::correct::{Ordered, corrected};
use crate::model::{Annotations, Article, Correction, Note};
use crate::query::Words;

impl Store {
    /// The notes, wherever they stand, that say that words are no name in any article.
    ///
    /// # Errors
    /// If the library cannot be read.
    pub fn never_names(&self) -> Result<Vec<Note>> {
        never(&self.conn)
    }

    /// The findings of an article, which shows this text, as people have corrected them.
    ///
    /// # Errors
    /// If the library cannot be read.
    pub fn corrected(&self, id: ArticleId, article: &Article, found: Annotations) -> Result<Annotations> {
        Ok(match apply(&self.conn, id.0, article, &found)? {
            Cow::Owned(corrected) => corrected,
            Cow::Borrowed(_) => found,
        })
    }
}

/// The findings of an article as they are, or as people have corrected them.
pub(super) fn apply<'a>(
    conn: &Connection,
    id: i64,
    article: &Article,
    found: &'a Annotations,
) -> Result<Cow<'a, Annotations>> {
    let text = &article.doc.text;
    let never = never_here(conn, article, found)?;
    let own = notes::select(conn, &format!("WHERE article = ? AND correction IS NOT NULL {IN_ORDER}"), [id])?;
    if own.is_empty() && never.is_empty() {
        return Ok(Cow::Borrowed(found));
    }
    let mut finder = Finder::new(text);
    let mut spans = |note: &Note| finder.standing(note).into_iter().flatten().map(|standing| standing.span).collect();
    let own: Vec<Ordered<'_>> =
        own.iter().map(|kept| Ordered { note: &kept.note, spans: spans(&kept.note) }).collect();
    Ok(Cow::Owned(corrected(article, found, &never, &own)))
}

/// Of what is never a name, what is one in this article.
fn never_here(conn: &Connection, article: &Article, found: &Annotations) -> Result<Vec<Note>> {
    let mut never = never(conn)?;
    if !never.is_empty() {
        let text = &article.doc.text;
        let mut names: HashSet<&str> = found.mentions.iter().map(|mention| mention.span.of(text)).collect();
        names.extend(found.entities.iter().map(|entity| entity.name.as_str()));
        never.retain(|note| note.quotes.iter().any(|quote| names.contains(quote.exact.trim())));
    }
    Ok(never)
}

fn never(conn: &Connection) -> Result<Vec<Note>> {
    let condition = format!("WHERE correction = ? {IN_ORDER}");
    let kept = notes::select(conn, &condition, [Correction::NeverName.to_string()])?;
    Ok(kept.into_iter().map(|kept| kept.note).collect())
}

/// Has the facts written anew of the articles that a correction of `article` bears on: by [`Store::index_waiting`].
pub(super) fn touch(change: &Transaction, article: ArticleId, note: &Note) -> Result<()> {
    let Some(correction) = &note.correction else { return Ok(()) };
    change.prepare_cached("UPDATE article SET indexed = 0 WHERE id = ? AND engine <> 0")?.execute([article.0])?;
    if *correction == Correction::NeverName {
        for quote in &note.quotes {
            let words = search::phrase(change, &Words::new(&quote.exact))?;
            change
                .prepare_cached(
                    "UPDATE article SET indexed = 0
                     WHERE engine <> 0 AND id IN (SELECT rowid FROM words WHERE words MATCH ?)",
                )?
                .execute([words])?;
        }
    }
    Ok(())
}
