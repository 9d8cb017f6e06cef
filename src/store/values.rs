//! Values of the library that complete a query.

use std::collections::HashMap;

use super::Store;
use super::error::Result;
use super::facts::Role;
use super::search;
use crate::query::{Values, Words};
use crate::text::Clean;

/// Names with a word that begins as typed that are counted; of more, any of them.
const MOST_NAMES: usize = 500;
/// Articles whose names are offered before anything is typed: the latest.
const LATEST: usize = 300;

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
            Values::Authors => self.names(&[Role::Author], typed)?,
            Values::Persons => self.names(&[Role::Person], typed)?,
            Values::Places => self.names(&[Role::Place], typed)?,
            Values::Orgs => self.names(&[Role::Org], typed)?,
            Values::Officials => self.names(&[Role::Office, Role::Official], typed)?,
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

    /// Names in one of these roles; before anything is typed, those of the latest articles.
    fn names(&self, roles: &[Role], typed: &str) -> Result<Vec<(Clean, usize)>> {
        let roles =
            serde_json::to_string(&roles.iter().map(|role| *role as i64).collect::<Vec<_>>()).unwrap_or_default();
        let words = Words { text: typed.split_whitespace().collect::<Vec<_>>().join(" "), is_beginning: true };
        let (chosen, value) = if words.text.is_empty() {
            let latest = "SELECT DISTINCT l.name FROM article_name l WHERE l.article IN
                (SELECT id FROM article INDEXED BY article_by_date ORDER BY date DESC LIMIT ?2)
                AND l.role IN (SELECT value FROM json_each(?1))";
            (latest.to_owned(), i64::try_from(LATEST).unwrap_or(0).into())
        } else {
            let fitting = format!("SELECT rowid FROM name_words WHERE name_words MATCH ?2 LIMIT {MOST_NAMES}");
            (fitting, rusqlite::types::Value::from(search::phrase(&self.conn, &words)?))
        };
        let mut select = self.conn.prepare_cached(&format!(
            "SELECT n.name, count(DISTINCT x.article) FROM name n CROSS JOIN article_name x
               ON x.name = n.id AND x.role IN (SELECT value FROM json_each(?1))
             WHERE n.id IN ({chosen}) GROUP BY n.id"
        ))?;
        let rows = select.query_map((roles, value), |row| {
            let name = Clean::line(row.get_ref(0)?.as_str().unwrap_or_default());
            Ok((name, usize::try_from(row.get::<_, i64>(1)?).unwrap_or(0)))
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
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
