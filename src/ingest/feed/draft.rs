//! What is known so far of a feed or an entry, while its elements come.

use jiff::Timestamp;

use super::address;
use super::person;
use crate::model::{Content, Enclosure, Entry, Feed};
use crate::text::Clean;

/// Authors and categories that are kept, each.
const MOST: usize = 100;
/// From this rank on a text is one of the feed's own, not a substitute for it.
const OWN: u8 = 5;

/// A value and how much the word counts that gave it.
#[derive(Debug)]
pub(super) struct Ranked<T> {
    rank: u8,
    value: Option<T>,
}

impl<T> Default for Ranked<T> {
    fn default() -> Self {
        Ranked { rank: 0, value: None }
    }
}

impl<T> Ranked<T> {
    /// Takes `value` unless there is one that counts as much.
    pub fn first(&mut self, rank: u8, value: T) {
        if self.value.is_none() || rank > self.rank {
            *self = Ranked { rank, value: Some(value) };
        }
    }

    /// Takes `value` unless there is one that counts more.
    pub fn last(&mut self, rank: u8, value: T) {
        if self.value.is_none() || rank >= self.rank {
            *self = Ranked { rank, value: Some(value) };
        }
    }

    /// The value.
    pub fn into_value(self) -> Option<T> {
        self.value
    }

    fn get(&self) -> Option<&T> {
        self.value.as_ref()
    }
}

/// See the module.
#[derive(Debug, Default)]
pub(super) struct Draft {
    pub title: Ranked<Clean>,
    pub link: Ranked<String>,
    pub id: Ranked<String>,
    pub published: Ranked<Timestamp>,
    pub updated: Ranked<Timestamp>,
    pub language: Ranked<Clean>,
    pub summary: Ranked<Content>,
    pub content: Ranked<Content>,
    authors: Vec<(u8, Clean)>,
    categories: Vec<Clean>,
    enclosures: Vec<Enclosure>,
}

impl Draft {
    /// Whether anything of it could be found again in a later answer, or be read.
    pub fn is_empty(&self) -> bool {
        self.title.get().is_none()
            && self.link.get().is_none()
            && self.id.get().is_none()
            && self.summary.get().is_none()
            && self.content.get().is_none()
            && self.published.get().is_none()
            && self.enclosures.is_empty()
    }

    /// Whether it would be known again in a later answer.
    pub fn is_known_again(&self) -> bool {
        self.id.get().is_some() || self.link.get().is_some()
    }

    /// Takes the short text. A second one of the feed's own is the whole text, if there is none.
    pub fn summarize(&mut self, rank: u8, text: Content) {
        let spare = match &self.summary.value {
            Some(_) if rank > self.summary.rank => {
                let old = std::mem::replace(&mut self.summary, Ranked { rank, value: Some(text) });
                old.value.filter(|_| old.rank >= OWN)
            }
            Some(_) => Some(text).filter(|_| rank >= OWN && rank < self.summary.rank),
            None => {
                self.summary = Ranked { rank, value: Some(text) };
                None
            }
        };
        if let Some(spare) = spare {
            self.content.first(1, spare);
        }
    }

    /// Takes an author.
    pub fn author(&mut self, rank: u8, name: Clean) {
        let is_new = !self.authors.iter().any(|(_, known)| known.eq_ignore_ascii_case(&name));
        if is_new && self.authors.len() < MOST {
            self.authors.push((rank, name));
        }
    }

    /// Takes a category.
    pub fn category(&mut self, name: Clean) {
        if !name.is_empty() && self.categories.len() < MOST && !self.categories.contains(&name) {
            self.categories.push(name);
        }
    }

    /// Takes a file.
    pub fn enclosure(&mut self, file: Enclosure) {
        if self.enclosures.len() < MOST && !self.enclosures.iter().any(|known| known.url == file.url) {
            self.enclosures.push(file);
        }
    }

    /// Those who made it: of the best rank, and by name where there are names.
    fn authors(&mut self) -> Vec<Clean> {
        let best = self.authors.iter().map(|(rank, _)| *rank).max().unwrap_or_default();
        let mut authors: Vec<Clean> = std::mem::take(&mut self.authors)
            .into_iter()
            .filter(|(rank, _)| *rank == best)
            .map(|(_, name)| name)
            .collect();
        if authors.iter().any(|name| !person::is_address(name)) {
            authors.retain(|name| !person::is_address(name));
        }
        authors
    }

    /// The entry. Relative addresses in its texts are relative to `base`, else to its page, else to `fallback`.
    pub fn entry(mut self, base: Option<&str>, fallback: Option<&str>) -> Entry {
        let authors = self.authors();
        let link = self.link.value;
        let page = link.as_deref().filter(|link| address::is_absolute(link));
        let base = base.or(page).or(fallback).map(str::to_owned);
        let with_base = |text: Ranked<Content>| {
            text.value.filter(|text| !text.text.trim().is_empty()).map(|mut text| {
                if text.base.is_none() {
                    text.base.clone_from(&base);
                }
                text
            })
        };
        Entry {
            guid: self.id.value,
            title: self.title.value.filter(|title| !title.is_empty()),
            summary: with_base(self.summary),
            content: with_base(self.content),
            link,
            authors,
            published: self.published.value,
            updated: self.updated.value,
            categories: self.categories,
            enclosures: self.enclosures,
        }
    }

    /// Sets what `feed` says of itself.
    pub fn describe(mut self, feed: &mut Feed) {
        feed.authors = self.authors();
        feed.title = self.title.value.filter(|title| !title.is_empty());
        feed.link = self.link.value;
        feed.id = self.id.value;
        feed.language = self.language.value.filter(|language| !language.is_empty());
        feed.published = self.published.value;
        feed.updated = self.updated.value;
        feed.categories = self.categories;
        feed.subtitle = self
            .summary
            .value
            .map(|text| super::text::line(&text.text, super::text::Kind::of(&text)))
            .filter(|line| !line.is_empty());
    }
}

/// Names the authors of `feed` as those of its entries that name none, as Atom and JSON Feed want it.
pub(super) fn hand_down_authors(feed: &mut Feed) {
    const MOST: usize = 8;
    /// In bytes; what is longer is hardly a name, and would be kept with every entry.
    const LONGEST: usize = 200;
    let authors: Vec<Clean> = feed.authors.iter().filter(|name| name.len() <= LONGEST).take(MOST).cloned().collect();
    for entry in feed.entries.iter_mut().filter(|entry| entry.authors.is_empty()) {
        entry.authors.clone_from(&authors);
    }
}
