//! The articles that have been read in, what is known of each, and which of them are listed.

use std::sync::Arc;

use super::Effect;
use super::filter::Filter;
use crate::model::{Annotations, Article};
use crate::text::{Clean, Span};

/// How many articles may be waiting to be annotated at a time, beside the open one.
const IN_FLIGHT: usize = 64;

/// An article with what is known of it.
#[derive(Debug)]
pub struct Item {
    /// The article.
    pub article: Arc<Article>,
    /// What was found in it.
    pub found: Finding,
    /// Whether it has been read.
    pub read: bool,
    /// Where the reader left it: the first byte on the screen.
    pub place: usize,
    /// Whether its annotation was asked for before the others'.
    urgent: bool,
}

/// How far an article's annotation is.
#[derive(Debug, Clone)]
pub enum Finding {
    /// Not asked for.
    Waiting,
    /// Asked for.
    Asked,
    /// Done.
    Done(Arc<Annotations>),
    /// Could not be done.
    Failed(Clean),
}

impl Item {
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
            self.items.push(Item {
                article: Arc::new(article),
                found: Finding::Waiting,
                read: false,
                place: 0,
                urgent: false,
            });
        }
    }

    /// Takes the answer to [`Effect::Annotate`]; lists the article if the filter keeps it.
    pub fn answer(&mut self, number: usize, found: Finding) {
        let Some(item) = self.items.get_mut(number) else { return };
        match item.found {
            // An article asked for twice is answered twice.
            Finding::Done(_) | Finding::Failed(_) => return,
            Finding::Asked => self.in_flight = self.in_flight.saturating_sub(1),
            Finding::Waiting => {}
        }
        item.found = found;
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
        {
            item.urgent = true;
            if matches!(item.found, Finding::Waiting) {
                item.found = Finding::Asked;
                self.in_flight += 1;
            }
            effects.push(Effect::Annotate { article: number, text: item.article.clone(), urgent: true });
        }
        while self.in_flight < IN_FLIGHT && self.next < self.items.len() {
            let number = self.next;
            self.next += 1;
            let Some(item) = self.items.get_mut(number) else { break };
            if matches!(item.found, Finding::Waiting) {
                item.found = Finding::Asked;
                self.in_flight += 1;
                effects.push(Effect::Annotate { article: number, text: item.article.clone(), urgent: false });
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
