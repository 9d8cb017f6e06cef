//! JSON Feed 1.0 and 1.1.
//!
//! The items are taken one by one, so that those before a mistake or the end of a cut answer stay.

use std::fmt;

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use super::build::{MOST_ENTRIES, line};
use super::draft::Draft;
use super::text::Kind;
use super::{NoFeed, address, date, person};
use crate::model::{Content, Enclosure, Feed};
use crate::text::Clean;

/// Reads the feed in `text`, whose addresses are relative to `base`.
pub(super) fn parse(text: &str, base: Option<&str>) -> Result<Feed, NoFeed> {
    let mut found = Found { base, about: Draft::default(), feed: Feed::default(), is_feed: false, is_full: false };
    let mut reader = serde_json::Deserializer::from_str(text);
    let read = Top(&mut found).deserialize(&mut reader);
    let Found { about, mut feed, is_feed, is_full, .. } = found;
    if !is_feed {
        return Err(match read {
            Err(error) if !error.is_data() => NoFeed::BrokenJson(Clean::line(&error.to_string())),
            _ => NoFeed::Json,
        });
    }
    about.describe(&mut feed);
    if is_full {
        feed.repairs.push(Clean::line(&format!("it has more than {MOST_ENTRIES} items; the rest was left out")));
    } else if let Err(error) = read {
        let message = if error.is_eof() {
            "it ends in the middle; the items before were kept".to_owned()
        } else {
            format!("its JSON is broken ({error}); the items before were kept")
        };
        feed.repairs.push(Clean::line(&message));
    }
    Ok(feed)
}

/// What is known so far.
struct Found<'a> {
    base: Option<&'a str>,
    about: Draft,
    feed: Feed,
    is_feed: bool,
    is_full: bool,
}

/// The object that is the feed.
struct Top<'f, 'a>(&'f mut Found<'a>);

impl<'de> DeserializeSeed<'de> for Top<'_, '_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Top<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a JSON Feed")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "items" => map.next_value_seed(Items(self.0))?,
                "version" => {
                    let value: Value = map.next_value()?;
                    self.0.is_feed |= value.as_str().is_some_and(|version| version.contains("jsonfeed.org"));
                }
                "title" | "home_page_url" | "description" | "language" | "author" | "authors" => {
                    let value: Value = map.next_value()?;
                    self.0.about(&key, &value);
                }
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(())
    }
}

/// The items.
struct Items<'f, 'a>(&'f mut Found<'a>);

impl<'de> DeserializeSeed<'de> for Items<'_, '_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Items<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a list of items")
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        while let Some(item) = items.next_element::<Value>()? {
            let Ok(item) = Item::deserialize(item) else { continue };
            if self.0.feed.entries.len() >= MOST_ENTRIES {
                self.0.is_full = true;
                while items.next_element::<IgnoredAny>()?.is_some() {}
                break;
            }
            // Some leave the version out.
            self.0.is_feed |= item.is_of_a_feed();
            self.0.feed.entries.push(item.draft(self.0.base).entry(None, self.0.base));
        }
        Ok(())
    }
}

impl Found<'_> {
    fn about(&mut self, key: &str, value: &Value) {
        let text = value.as_str().unwrap_or_default();
        match key {
            "title" => self.about.title.first(1, line(text, Kind::Guess)),
            "description" => self.about.summarize(1, Kind::Guess.content(text.to_owned(), None)),
            "language" => self.about.language.first(1, line(text, Kind::Plain)),
            "home_page_url" => {
                if let Some(link) = address::absolute(text, self.base) {
                    self.about.link.first(1, link);
                }
            }
            _ => authors(&mut self.about, value),
        }
    }
}

/// An item. Everything may be missing or of another type.
#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
struct Item {
    id: Value,
    url: Value,
    external_url: Value,
    title: Value,
    content_html: Value,
    content_text: Value,
    summary: Value,
    date_published: Value,
    date_modified: Value,
    author: Value,
    authors: Value,
    tags: Value,
    attachments: Value,
    image: Value,
}

impl Item {
    fn is_of_a_feed(&self) -> bool {
        !self.id.is_null() && (self.content_html.is_string() || self.content_text.is_string())
    }

    fn draft(&self, base: Option<&str>) -> Draft {
        let mut draft = Draft::default();
        match &self.id {
            Value::String(id) if !id.trim().is_empty() => draft.id.first(1, id.trim().to_owned()),
            // An early version allowed numbers.
            Value::Number(id) => draft.id.first(1, id.to_string()),
            _ => (),
        }
        for url in [&self.url, &self.external_url] {
            if let Some(link) = url.as_str().and_then(|url| address::absolute(url, base)) {
                draft.link.first(1, link);
            }
        }
        if let Some(title) = self.title.as_str() {
            draft.title.first(1, line(title, Kind::Guess));
        }
        if let Some(html) = self.content_html.as_str() {
            draft.content.first(2, Content { text: html.to_owned(), is_html: true, base: None });
        }
        if let Some(text) = self.content_text.as_str() {
            draft.content.first(1, Content { text: text.to_owned(), is_html: false, base: None });
        }
        if let Some(text) = self.summary.as_str() {
            draft.summarize(1, Kind::Guess.content(text.to_owned(), None));
        }
        if let Some(moment) = self.date_published.as_str().and_then(date::moment) {
            draft.published.first(1, moment);
        }
        if let Some(moment) = self.date_modified.as_str().and_then(date::moment) {
            draft.updated.first(1, moment);
        }
        authors(&mut draft, &self.authors);
        authors(&mut draft, &self.author);
        for tag in self.tags.as_array().into_iter().flatten().filter_map(Value::as_str) {
            draft.category(line(tag, Kind::Guess));
        }
        for file in self.attachments.as_array().into_iter().flatten() {
            let Some(url) = file["url"].as_str().and_then(|url| address::absolute(url, base)) else { continue };
            let media_type = file["mime_type"].as_str().map(|said| line(said, Kind::Plain));
            draft.enclosure(Enclosure { url, media_type, length: file["size_in_bytes"].as_u64() });
        }
        if let Some(url) = self.image.as_str().and_then(|url| address::absolute(url, base)) {
            draft.enclosure(Enclosure { url, ..Enclosure::default() });
        }
        draft
    }
}

/// One author (1.0) or a list of them (1.1).
fn authors(draft: &mut Draft, value: &Value) {
    let all: &[Value] = match value {
        Value::Array(all) => all,
        one => std::slice::from_ref(one),
    };
    for author in all {
        if let Some(name) = author["name"].as_str().and_then(person::name) {
            draft.author(1, name);
        }
    }
}
