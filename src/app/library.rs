//! The articles that have been read in, what is known of each, and which of them are listed.

use std::collections::HashMap;
use std::ops::{Deref, DerefMut};
use std::sync::{Arc, LazyLock};

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::filter::Filter;
use super::{Effect, Opened};
use crate::model::{Annotations, Article, Country};
use crate::store::{ArticleId, ContentHash, KeptNote, Key, Row};
use crate::text::{Clean, Span};

/// How many articles may be waiting to be annotated at a time, beside the open one.
const IN_FLIGHT: usize = 64;

/// An article of the list. A library lists a hundred thousand, of which few are ever looked at: what is known of one beside
/// its marks is made once there is something, and reads as [`Known`]'s fields do.
#[derive(Debug)]
pub struct Item {
    /// What the library on disk keeps it under, if it is from there.
    pub stored: Option<ArticleId>,
    /// Whether it has been read.
    pub read: bool,
    /// Whether it has a star.
    pub starred: bool,
    known: Option<Box<Known>>,
}

/// What is known of an article.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// The article; without its text until it has been read from the library.
    pub article: Arc<Article>,
    /// What the list shows of it, if it is from the library and has been in sight.
    pub row: Option<Box<Row>>,
    /// What the library keeps its annotations under, once it has been read.
    pub hash: Option<ContentHash>,
    /// What was found in it.
    pub found: Finding,
    /// The user's tags of it.
    pub tags: Vec<Clean>,
    /// What people noted about it.
    pub notes: Vec<KeptNote>,
    /// Where the reader left it: the first byte on the screen.
    pub place: usize,
    /// Whether its annotation was asked for before the others'.
    urgent: bool,
}

/// What is known of an article of which nothing is known.
static NOTHING: LazyLock<Known> = LazyLock::new(Known::default);

impl Deref for Item {
    type Target = Known;
    fn deref(&self) -> &Known {
        self.known.as_deref().unwrap_or(&NOTHING)
    }
}

impl DerefMut for Item {
    fn deref_mut(&mut self) -> &mut Known {
        self.known.get_or_insert_default()
    }
}

/// How far an article's annotation is.
#[derive(Debug, Clone, Default)]
pub enum Finding {
    /// Not asked for.
    #[default]
    Waiting,
    /// Asked for.
    Asked,
    /// Done.
    Done(Arc<Annotations>),
    /// Could not be done.
    Failed(Clean),
}

impl Item {
    /// An article that has been read from an input.
    fn of_input(article: Article) -> Item {
        let known = Known { article: Arc::new(article), ..Known::default() };
        Item { stored: None, read: false, starred: false, known: Some(Box::new(known)) }
    }

    /// An article of the library, of which no more is known.
    fn of_library(key: &Key) -> Item {
        Item { stored: Some(key.id), read: key.read, starred: key.starred, known: None }
    }

    /// Lets go of the text of an article of the library, with what was found in it.
    fn forget_text(&mut self) {
        if self.hash.is_some() {
            (self.article, self.hash, self.found) = (NOTHING.article.clone(), None, Finding::Waiting);
        }
    }

    /// It, as far as it can be shown: until its text has been read, what the list knows of it.
    pub fn readable(&self) -> Arc<Article> {
        if self.is_here() { self.article.clone() } else { self.stub() }
    }

    /// What the list knows of it, as an article without a text.
    pub fn stub(&self) -> Arc<Article> {
        let Some(row) = &self.row else { return self.article.clone() };
        Arc::new(Article { title: Some(row.title.clone()), source: row.source.clone(), ..Article::default() })
    }

    /// Whether its text is at hand.
    pub fn is_here(&self) -> bool {
        self.stored.is_none() || self.hash.is_some()
    }

    /// The day of publication.
    pub fn date(&self) -> Option<Date> {
        let row = self.row.as_ref().map(|row| row.date.to_zoned(TimeZone::system()).date());
        row.or(self.article.date)
    }

    /// Who published it.
    pub fn source(&self) -> Option<&Clean> {
        self.row.as_ref().and_then(|row| row.source.as_ref()).or(self.article.source.as_ref())
    }

    /// Its address.
    pub fn url(&self) -> Option<&Clean> {
        self.article.url.as_ref().or_else(|| self.row.as_ref().and_then(|row| row.url.as_ref()))
    }

    /// The countries it is about, as far as they are known.
    pub fn about(&self) -> &[Country] {
        match (&self.found, &self.row) {
            (Finding::Done(found), _) => &found.countries.about,
            (_, Some(row)) => &row.about,
            _ => &[],
        }
    }

    /// What was found, once it is known.
    pub fn annotations(&self) -> Option<&Arc<Annotations>> {
        match &self.found {
            Finding::Done(found) => Some(found),
            _ => None,
        }
    }

    /// The headline, else the first words of the text; no more than a list could show.
    pub fn headline(&self) -> Clean {
        const MOST: usize = 400;
        if let Some(row) = self.row.as_ref().filter(|row| !row.title.trim().is_empty()) {
            return super::words::flat(row.title.slice(Span::new(0, row.title.floor_char_boundary(MOST))));
        }
        let article = &self.article;
        let title = article.title.as_ref().filter(|title| !title.trim().is_empty());
        let first = article.doc.blocks.first().map(|block| block.span);
        let (text, span) = match (title, first) {
            (Some(title), _) => (title, Span::new(0, title.len())),
            (None, Some(first)) => (&article.doc.text, first),
            (None, None) => (&article.id, Span::new(0, article.id.len())),
        };
        let end = (span.start + MOST..span.end).find(|&at| text.is_char_boundary(at)).unwrap_or(span.end);
        super::words::flat(text.slice(Span::new(span.start, end)))
    }
}

/// Every article, and which are listed.
#[derive(Debug, Default)]
pub struct Library {
    /// In the order of loading; the index is the number used in messages.
    pub items: Vec<Item>,
    /// The numbers of the articles that the filter keeps, ascending.
    pub listed: Vec<usize>,
    /// The filter.
    pub filter: Filter,
    /// How many are annotated, or cannot be.
    pub done: usize,
    /// The year of the newest article, which is not worth repeating in every row.
    pub year: Option<i16>,
    in_flight: usize,
    next: usize,
}

impl Library {
    /// Adds articles at the end.
    pub fn add(&mut self, articles: Vec<Article>) {
        for article in articles {
            self.year = self.year.max(article.date.map(|date| date.year()));
            if self.filter.keeps(None) {
                self.listed.push(self.items.len());
            }
            self.items.push(Item::of_input(article));
        }
    }

    /// Lists what the library answered. Of an article that stays its row, its place and, if it is `open`, its text are kept
    /// as they were, until they are known anew.
    pub fn list(&mut self, keys: &[Key], open: Option<ArticleId>) {
        let mut known: HashMap<ArticleId, Item> = std::mem::take(&mut self.items)
            .into_iter()
            .filter(|item| item.row.is_some() || item.place > 0 || item.is_here())
            .filter_map(|mut item| {
                let id = item.stored?;
                if open != Some(id) {
                    item.forget_text();
                }
                Some((id, item))
            })
            .collect();
        let item = |key: &Key| match known.remove(&key.id) {
            Some(item) => Item { read: key.read, starred: key.starred, ..item },
            None => Item::of_library(key),
        };
        self.items = keys.iter().map(item).collect();
        self.listed = (0..self.items.len()).collect();
        self.in_flight = self.items.iter().filter(|item| matches!(item.found, Finding::Asked)).count();
        self.next = self.items.len();
        self.done = self.items.len();
    }

    /// The number of an article of the library.
    pub fn number_of(&self, id: ArticleId) -> Option<usize> {
        self.items.iter().position(|item| item.stored == Some(id))
    }

    /// Takes what the list shows of articles.
    pub fn take_rows(&mut self, rows: Vec<Row>) {
        let mut rows: HashMap<ArticleId, Row> = rows.into_iter().map(|row| (row.id, row)).collect();
        let latest = rows.values().map(|row| row.date.to_zoned(TimeZone::system()).year()).max();
        self.year = self.year.max(latest);
        for item in &mut self.items {
            if rows.is_empty() {
                break;
            }
            if let Some(row) = item.stored.and_then(|id| rows.remove(&id)) {
                item.row = Some(Box::new(row));
            }
        }
    }

    /// Takes the text of an article, and what was found in it; its number, if that says something new.
    pub fn take_article(&mut self, opened: Opened) -> Option<usize> {
        let number = self.number_of(opened.id)?;
        let item = self.items.get_mut(number)?;
        let is_found = opened.found.is_none() || item.annotations().is_some();
        item.tags = opened.tags;
        if item.hash == Some(opened.hash) && is_found {
            return None;
        }
        item.article = opened.article;
        item.hash = Some(opened.hash);
        item.found = opened.found.map_or(Finding::Waiting, Finding::Done);
        item.urgent = false;
        Some(number)
    }

    /// The articles of the library among `listed` from `first` on, `count` of them; only those of which nothing is known to
    /// show if they are to be `unknown`.
    pub fn window(&self, first: usize, count: usize, unknown: bool) -> Vec<ArticleId> {
        let window = self.listed.iter().skip(first).take(count).filter_map(|number| self.items.get(*number));
        window.filter(|item| !unknown || item.row.is_none()).filter_map(|item| item.stored).collect()
    }

    /// Lets go of the texts of articles that are far from `near` in the list, so that reading on and on costs no more
    /// memory.
    pub fn forget_texts(&mut self, near: usize) {
        const KEPT: usize = 24;
        let far = |number: usize| number.abs_diff(near) > KEPT;
        for (number, item) in self.items.iter_mut().enumerate() {
            if item.hash.is_some() && far(number) && !matches!(item.found, Finding::Asked) {
                item.forget_text();
            }
        }
    }

    /// Takes the answer to [`Effect::Annotate`]; lists the article if the filter keeps it.
    pub fn answer(&mut self, number: usize, found: Finding) {
        let Some(item) = self.items.get_mut(number) else { return };
        match item.found {
            // An article asked for twice is answered twice, and what the rules find gives way to what the tagger does. It stays
            // listed for as long as the filter stays: what is being read is not taken away.
            Finding::Done(_) | Finding::Failed(_) => {
                if matches!(found, Finding::Done(_)) {
                    item.found = found;
                }
                return;
            }
            Finding::Asked => self.in_flight = self.in_flight.saturating_sub(1),
            Finding::Waiting => {}
        }
        item.found = found;
        if item.stored.is_some() {
            return;
        }
        self.done += 1;
        let keeps = self.filter.keeps(item.annotations().map(Arc::as_ref));
        if keeps && let Err(at) = self.listed.binary_search(&number) {
            self.listed.insert(at, number);
        }
    }

    /// Lists what `filter` keeps.
    pub fn set_filter(&mut self, filter: Filter) {
        self.filter = filter;
        let kept = self.items.iter().enumerate();
        let kept = kept.filter(|(_, item)| self.filter.keeps(item.annotations().map(Arc::as_ref)));
        self.listed = kept.map(|(number, _)| number).collect();
    }

    /// What to annotate next: the open article at once, of the others so many that the workers always have some.
    pub fn requests(&mut self, open: Option<usize>) -> Vec<Effect> {
        let mut effects = Vec::new();
        if let Some(number) = open
            && let Some(item) = self.items.get_mut(number)
            && matches!(item.found, Finding::Waiting | Finding::Asked)
            && !item.urgent
            && item.is_here()
        {
            item.urgent = true;
            if matches!(item.found, Finding::Waiting) {
                item.found = Finding::Asked;
                self.in_flight += 1;
            }
            let keep = item.stored.zip(item.hash);
            effects.push(Effect::Annotate { article: number, text: item.article.clone(), urgent: true, keep });
        }
        while self.in_flight < IN_FLIGHT && self.next < self.items.len() {
            let number = self.next;
            self.next += 1;
            let Some(item) = self.items.get_mut(number) else { break };
            if matches!(item.found, Finding::Waiting) {
                item.found = Finding::Asked;
                self.in_flight += 1;
                let text = item.article.clone();
                effects.push(Effect::Annotate { article: number, text, urgent: false, keep: None });
            }
        }
        effects
    }

    /// How many articles have not been read.
    pub fn unread(&self) -> usize {
        self.items.iter().filter(|item| !item.read).count()
    }

    /// The place of an article in the list.
    pub fn row_of(&self, number: usize) -> Option<usize> {
        self.listed.binary_search(&number).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn library(count: usize) -> Library {
        let mut library = Library::default();
        library.add((0..count).map(|_| Article::default()).collect());
        library
    }

    fn asked(effects: &[Effect]) -> Vec<(usize, bool)> {
        let asked = effects.iter().filter_map(|effect| match effect {
            Effect::Annotate { article, urgent, .. } => Some((*article, *urgent)),
            _ => None,
        });
        asked.collect()
    }

    #[test]
    fn the_open_article_is_annotated_first_and_the_others_a_few_at_a_time() {
        let mut library = library(1000);
        let first = asked(&library.requests(Some(500)));
        assert_eq!(first.len(), IN_FLIGHT);
        assert_eq!(first[0], (500, true));
        assert_eq!(first[1], (0, false));
        assert!(library.requests(Some(500)).is_empty());
        library.answer(0, Finding::Done(Arc::default()));
        assert_eq!(asked(&library.requests(Some(500))), [(63, false)]);
    }

    #[test]
    fn an_article_that_waits_in_the_queue_is_asked_for_again_when_it_is_opened() {
        let mut library = library(3);
        library.requests(Some(0));
        assert_eq!(asked(&library.requests(Some(2))), [(2, true)]);
        library.answer(2, Finding::Done(Arc::default()));
        library.answer(2, Finding::Done(Arc::default()));
        assert_eq!(library.done, 1);
    }

    #[test]
    fn an_article_that_nobody_looked_at_takes_little_room() {
        assert!(size_of::<Item>() <= 32, "{} bytes", size_of::<Item>());
        let mut library = Library::default();
        let key = |id| Key { id: ArticleId(id), read: false, starred: false };
        library.list(&(0..100).map(key).collect::<Vec<_>>(), None);
        library.take_rows(Vec::new());
        library.forget_texts(50);
        library.requests(None);
        assert!(library.items.iter().all(|item| item.known.is_none()));
    }

    #[test]
    fn every_article_is_asked_for_in_the_end() {
        let mut library = library(200);
        let mut seen = Vec::new();
        loop {
            let asked = asked(&library.requests(None));
            let Some(_) = asked.first() else { break };
            for (number, _) in asked {
                seen.push(number);
                library.answer(number, Finding::Failed(Clean::literal("no")));
            }
        }
        assert_eq!(seen, (0..200).collect::<Vec<_>>());
    }
}
