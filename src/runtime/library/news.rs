//! News that the user waits for: each is told of once in a run.

use std::collections::HashSet;

use jiff::{Timestamp, Zoned};

use crate::query::{Expression, Matching};
use crate::store::{ArticleId, Result, Row, Store};

/// What is known of the news of this run.
pub(super) struct News {
    /// When this run began: what was there by then is no news.
    began: Timestamp,
    /// Articles that have been annotated, and what they have to fulfil to be told of.
    waiting: Option<(Expression, Vec<ArticleId>)>,
    /// Those that were told of.
    told: HashSet<ArticleId>,
}

impl News {
    /// No news of a run that `began` then.
    pub fn since(began: Timestamp) -> Self {
        News { began, waiting: None, told: HashSet::new() }
    }

    /// Articles have been annotated that are news if they fulfil what is wanted, which is the same all the time.
    pub fn ask(&mut self, ids: Vec<ArticleId>, wanted: Expression) {
        let (_, waiting) = self.waiting.get_or_insert_with(|| (wanted, Vec::new()));
        waiting.extend(ids);
    }

    /// Whether there is something to look up.
    pub fn is_asked(&self) -> bool {
        self.waiting.is_some()
    }

    /// The news among what was asked about, but for those that were told of before.
    ///
    /// # Errors
    /// If the library cannot be read.
    pub fn take(&mut self, store: &Store) -> Result<Vec<Row>> {
        let Some((expression, mut ids)) = self.waiting.take() else { return Ok(Vec::new()) };
        ids.retain(|id| !self.told.contains(id));
        let rows = store.news(&ids, self.began, &Matching { expression, now: Zoned::now() })?;
        self.told.extend(rows.iter().map(|row| row.id));
        Ok(rows)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Annotations, Content, Entry, Feed};
    use crate::store::{FetchState, Finding, NewFeed, Query, Retention, Subscribed, Visit};
    use crate::text::Clean;

    #[test]
    fn of_what_came_in_this_run_each_article_is_told_of_once() {
        let mut store = Store::in_memory().unwrap();
        let new = NewFeed { url: "https://sea.example/feed".to_owned(), ..NewFeed::default() };
        let Subscribed::New(feed) = store.subscribe(&new, Timestamp::UNIX_EPOCH).unwrap() else { panic!("known") };
        let began: Timestamp = "2031-03-04T12:00:00Z".parse().unwrap();
        let mut deliver = |names: &[&str], seconds: i64| {
            let entry = |name: &&str| Entry {
                guid: Some((*name).to_owned()),
                title: Some(Clean::line(name)),
                content: Some(Content { text: format!("{name}."), is_html: false, base: None }),
                ..Entry::default()
            };
            let content = Feed { entries: names.iter().map(entry).collect(), ..Feed::default() };
            let state = FetchState::default();
            let visit = Visit { feed, content: Some(&content), state: &state, moved_to: None };
            let now = began + jiff::SignedDuration::from_secs(seconds);
            store.take(&[(visit, Retention::default())], now).unwrap();
        };
        deliver(&["boats before"], -1);
        deliver(&["boats after", "rain after"], 1);
        let ids: Vec<ArticleId> = store.keys(&Query::default(), None).unwrap().iter().map(|key| key.id).collect();
        for id in &ids {
            let stored = store.article(*id).unwrap().unwrap();
            let hash = stored.hash;
            let (text, found) = (stored.into_article(), Annotations::default());
            let finding = Finding { article: *id, hash, article_text: &text, annotations: &found };
            store.keep(&[finding], "none").unwrap();
        }
        let wanted = crate::query::parse("boats").unwrap().matching.unwrap();
        let mut news = News::since(began);
        let mut untold = |ids: &[ArticleId]| {
            for id in ids {
                news.ask(vec![*id], wanted.clone());
            }
            let rows = news.take(&store).unwrap();
            rows.iter().map(|row| row.title.to_string()).collect::<Vec<_>>()
        };
        assert_eq!(untold(&[]), [""; 0]);
        assert_eq!(untold(&ids), ["boats after"]);
        assert_eq!(untold(&ids), [""; 0], "it was told");
    }
}
