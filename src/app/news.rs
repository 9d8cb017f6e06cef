//! Telling of news that fulfil the query of `[notify]`.

use super::Effect;
use super::message::Ask;
use super::outside::filled;
use super::state::{Overlay, State};
use crate::store::{ArticleId, Row};
use crate::text::Clean;
use crate::words;

/// What stands for something of the news in the program's arguments.
const PLACEHOLDERS: [&str; 3] = ["{number}", "{title}", "{url}"];

/// What was told last.
#[derive(Debug, Default)]
pub struct Told {
    /// Articles.
    number: usize,
    /// In words; empty before anything was told.
    text: Clean,
    /// Whether it waits for the line to be free.
    waits: bool,
}

impl State {
    /// Articles have been annotated: the library is asked which of them are news that the user waits for.
    pub(super) fn ask_for_news(&mut self, ids: &[ArticleId]) {
        if let Some(wanted) = self.config.notify.wanted.clone() {
            self.ask(Ask::News { ids: ids.to_vec(), wanted });
        }
    }

    /// Tells of news, once for all that came together.
    pub(super) fn take_news(&mut self, rows: &[Row]) -> Vec<Effect> {
        let Some(latest) = rows.first() else { return Vec::new() };
        let title = if latest.title.is_empty() { Clean::literal("without a headline") } else { latest.title.clone() };
        let is_unseen = self.news.waits
            || self.notice.as_ref().is_some_and(|notice| !notice.text.is_empty() && notice.text == self.news.text);
        let number = rows.len() + if is_unseen { self.news.number } else { 0 };
        let more = if number > 1 { " …" } else { "" };
        self.news = Told { number, text: words!("{number} new: {title}{more}"), waits: true };

        let notify = &self.config.notify;
        let value = |name: &str| match name {
            "{number}" => rows.len().to_string(),
            "{title}" => latest.title.to_string(),
            "{url}" => latest.url.as_ref().map(Clean::to_string).unwrap_or_default(),
            _ => name.to_owned(),
        };
        let program: Vec<String> =
            notify.program.iter().map(|argument| filled(argument, &PLACEHOLDERS, value)).collect();
        let bell = notify.bell.then_some(Effect::Bell);
        let run = (!program.is_empty()).then_some(Effect::Run { program });
        bell.into_iter().chain(run).collect()
    }

    /// Says what waits to be told, unless somebody types where it would stand.
    pub(super) fn settle_news(&mut self) {
        if self.news.waits && !matches!(self.overlay, Overlay::Prompt(_) | Overlay::Writing(_)) {
            self.news.waits = false;
            self.say(self.news.text.clone());
        }
    }
}
