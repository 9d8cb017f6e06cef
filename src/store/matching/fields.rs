//! Terms that no full-text index of articles, statements or events tells.

use super::Compiler;
use super::asked::either;
use crate::query::{Addition, Field, State, Term, Words};
use crate::store::error::Result;
use crate::store::{codec, feeds, folders, lists, search};

impl Compiler<'_> {
    /// A term that no full-text index of articles, statements or events tells.
    pub(super) fn term(&mut self, term: &Term) -> Result<()> {
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
}

/// The condition that an article has something that the user added.
fn having(addition: Addition) -> &'static str {
    match addition {
        Addition::Note => "article.id IN (SELECT article FROM note)",
        Addition::Correction => "article.id IN (SELECT article FROM note WHERE correction IS NOT NULL)",
        Addition::Tag => "article.id IN (SELECT article FROM article_tag)",
    }
}

fn json<T: serde::Serialize>(list: &[T]) -> String {
    serde_json::to_string(list).unwrap_or_else(|_| "[]".to_owned())
}
