//! Values of the library that complete a query.

use std::collections::HashMap;

use super::Store;
use super::error::Result;
use super::facts::Role;
use super::search;
use crate::query::{Values, Words};
use crate::text::Clean;

/// Names that are counted: the latest, of those with words that begin as typed.
const MOST_NAMES: i64 = 300;

impl Store {
    /// Values of this sort in the library of which a word begins with `typed`, with the number of their articles, most
    /// first; at most `most`.
    ///
    /// # Errors
    /// If the library cannot be read.
    pub fn values(&self, sort: Values, typed: &str, most: usize) -> Result<Vec<(Clean, usize)>> {
        let mut found = match sort {
            Values::Feeds => {
                let feeds = self.subscriptions()?.into_iter().map(|feed| (feed.title, feed.total));
                fitting(feeds, typed)
            }
            Values::Folders => {
                let mut total: HashMap<String, usize> = HashMap::new();
                for feed in self.subscriptions()? {
                    for depth in 1..=feed.folder.len() {
                        *total.entry(path(&feed.folder[..depth])).or_default() += feed.total;
                    }
                }
                let folders = self.folders()?.into_iter().map(|folder| {
                    let path = path(&folder);
                    let articles = total.get(&path).copied().unwrap_or(0);
                    (Clean::line(&path), articles)
                });
                fitting(folders, typed)
            }
            Values::Tags => fitting(self.counted("SELECT tag, count(*) FROM article_tag GROUP BY tag")?, typed),
            Values::Languages => {
                const LANGUAGES: &str = "SELECT language, count(DISTINCT article) FROM version
                    INDEXED BY version_by_language WHERE language IS NOT NULL GROUP BY language COLLATE NOCASE";
                fitting(self.counted(LANGUAGES)?, typed)
            }
            Values::Authors => self.names(Role::Author, typed)?,
            Values::Persons => self.names(Role::Person, typed)?,
            Values::Places => self.names(Role::Place, typed)?,
            Values::Orgs => self.names(Role::Org, typed)?,
            Values::Officials => self.names(Role::Official, typed)?,
        };
        found.sort_by(|(a, more), (b, less)| less.cmp(more).then_with(|| a.cmp(b)));
        found.truncate(most);
        Ok(found)
    }

    fn counted(&self, sql: &str) -> Result<Vec<(Clean, usize)>> {
        let mut select = self.conn.prepare_cached(sql)?;
        let rows = select.query_map([], |row| {
            let name = Clean::line(row.get_ref(0)?.as_str().unwrap_or_default());
            Ok((name, usize::try_from(row.get::<_, i64>(1)?).unwrap_or(0)))
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Names in this role; before anything is typed, those that came last.
    fn names(&self, role: Role, typed: &str) -> Result<Vec<(Clean, usize)>> {
        const FITTING: &str = "SELECT n.name FROM name_words CROSS JOIN name n ON n.id = name_words.rowid
            WHERE name_words MATCH ?3 AND n.roles & ?1 ORDER BY name_words.rowid DESC LIMIT ?2";
        const LATEST: &str = "SELECT name FROM name WHERE roles & ?1 AND ?3 = '' ORDER BY id DESC LIMIT ?2";
        let words = Words { text: typed.split_whitespace().collect::<Vec<_>>().join(" "), is_beginning: true };
        let (sql, expression) = match words.text.as_str() {
            "" => (LATEST, String::new()),
            _ => (FITTING, search::phrase(&self.conn, &words)?),
        };
        let mut select = self.conn.prepare_cached(sql)?;
        let names = select.query_map((role.bit(), MOST_NAMES, expression), |row| row.get(0))?;
        let names: Vec<String> = names.collect::<rusqlite::Result<_>>()?;
        let mut count = self.conn.prepare_cached("SELECT count(*) FROM article_names WHERE article_names MATCH ?")?;
        let mut found = Vec::with_capacity(names.len());
        for name in names {
            let expression = format!("{{{}}} : {}", role.column(), search::phrase(&self.conn, &Words::new(&name))?);
            let articles: i64 = count.query_row([expression], |row| row.get(0))?;
            if articles > 0 {
                found.push((Clean::line(&name), usize::try_from(articles).unwrap_or(0)));
            }
        }
        Ok(found)
    }
}

fn path(folder: &[Clean]) -> String {
    folder.iter().map(Clean::as_str).collect::<Vec<_>>().join("/")
}

/// Those of which a word begins with what is typed.
fn fitting(values: impl IntoIterator<Item = (Clean, usize)>, typed: &str) -> Vec<(Clean, usize)> {
    let row = search::row_of(&Words { text: typed.to_owned(), is_beginning: true });
    values.into_iter().filter(|(value, _)| search::in_a_row(value).contains(row.as_str())).collect()
}
