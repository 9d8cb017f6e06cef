//! JSON Feed 1.0 and 1.1.
//!
//! The items are taken one by one, so that those before a mistake or the end of a cut answer stay. No tree is built of an
//! item: a value is read when it is asked for, and of what is not, nothing is kept, however large and deep it is.

mod raw;

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use self::raw::Raw;
use super::build::MOST_ENTRIES;
use super::draft::{self, Draft};
use super::text::{Kind, line};
use super::{NoFeed, address, date, person};
use crate::ingest::json::mend;
use crate::model::{Content, Enclosure, Feed};
use crate::text::Clean;

/// Reads the feed in `text`, whose addresses are relative to `base`.
pub(super) fn parse(text: &str, base: Option<&str>) -> Result<Feed, NoFeed> {
    let (mut found, mut read) = strictly(text, base);
    let mut mistake = None;
    // One bad sign is no reason to lose all items behind it.
    if let Err(error) = &read
        && error.is_syntax()
        && let Some(mended) = mend::all(text)
    {
        let (again, read_again) = strictly(&mended, base);
        if read_again.is_ok() || again.feed.entries.len() > found.feed.entries.len() {
            mistake = Some(error.to_string());
            (found, read) = (again, read_again);
        }
    }
    let Found { about, mut feed, is_feed, is_full, .. } = found;
    if !is_feed {
        return Err(match read {
            Err(error) if !error.is_data() => NoFeed::BrokenJson(Clean::line(&error.to_string())),
            _ => NoFeed::Json,
        });
    }
    about.describe(&mut feed);
    draft::hand_down_authors(&mut feed);
    if let Some(mistake) = mistake {
        feed.repairs.push(Clean::line(&format!("its JSON is broken ({mistake}) and was mended")));
    }
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

/// What is found in `text` before its end or the first mistake.
fn strictly<'a>(text: &str, base: Option<&'a str>) -> (Found<'a>, serde_json::Result<()>) {
    let mut found = Found { base, about: Draft::default(), feed: Feed::default(), is_feed: false, is_full: false };
    let mut reader = serde_json::Deserializer::from_str(text);
    let read = Top(&mut found).deserialize(&mut reader);
    (found, read)
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
                    let version = Raw::from(map.next_value::<&RawValue>()?).text();
                    self.0.is_feed |= version.is_some_and(|version| version.contains("jsonfeed.org"));
                }
                "title" | "home_page_url" | "description" | "language" | "author" | "authors" => {
                    let value = map.next_value::<&RawValue>()?;
                    self.0.about(&key, value.into());
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
        while let Some(item) = items.next_element::<&RawValue>()? {
            let Some(item) = Item::read(item.into()) else { continue };
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
    fn about(&mut self, key: &str, value: Raw) {
        if key.starts_with("author") {
            return authors(&mut self.about, value);
        }
        let Some(text) = value.text() else { return };
        match key {
            "title" => self.about.title.first(1, line(&text, Kind::Guess)),
            "description" => self.about.summarize(1, Kind::Guess.content(text, None)),
            "language" => self.about.language.first(1, line(&text, Kind::Plain)),
            _ => {
                if let Some(link) = address::absolute(&text, self.base) {
                    self.about.link.first(1, link);
                }
            }
        }
    }
}

/// An item. Everything may be missing or of another type.
#[derive(Default)]
struct Item<'a> {
    id: Raw<'a>,
    url: Raw<'a>,
    external_url: Raw<'a>,
    title: Raw<'a>,
    content_html: Raw<'a>,
    content_text: Raw<'a>,
    summary: Raw<'a>,
    date_published: Raw<'a>,
    date_modified: Raw<'a>,
    author: Raw<'a>,
    authors: Raw<'a>,
    tags: Raw<'a>,
    attachments: Raw<'a>,
    image: Raw<'a>,
}

impl<'a> Item<'a> {
    /// Nothing if `value` is no object. Of a key that comes twice the last counts.
    fn read(value: Raw<'a>) -> Option<Self> {
        let mut item = Item::default();
        let is_object = value.each_member(|key, value| {
            let member = match key {
                "id" => &mut item.id,
                "url" => &mut item.url,
                "external_url" => &mut item.external_url,
                "title" => &mut item.title,
                "content_html" => &mut item.content_html,
                "content_text" => &mut item.content_text,
                "summary" => &mut item.summary,
                "date_published" => &mut item.date_published,
                "date_modified" => &mut item.date_modified,
                "author" => &mut item.author,
                "authors" => &mut item.authors,
                "tags" => &mut item.tags,
                "attachments" => &mut item.attachments,
                "image" => &mut item.image,
                _ => return,
            };
            *member = value;
        });
        is_object.then_some(item)
    }

    fn is_of_a_feed(&self) -> bool {
        !self.id.is_null() && (self.content_html.is_text() || self.content_text.is_text())
    }

    fn draft(&self, base: Option<&str>) -> Draft {
        let mut draft = Draft::default();
        // An early version allowed numbers.
        if let Some(id) = self.id.text().or_else(|| self.id.number()).filter(|id| !id.trim().is_empty()) {
            draft.id.first(1, id.trim().to_owned());
        }
        for url in [self.url, self.external_url] {
            if let Some(link) = url.text().and_then(|url| address::absolute(&url, base)) {
                draft.link.first(1, link);
            }
        }
        if let Some(title) = self.title.text() {
            draft.title.first(1, line(&title, Kind::Guess));
        }
        if let Some(text) = self.content_html.text() {
            draft.content.first(2, Content { text, is_html: true, base: None });
        }
        if let Some(text) = self.content_text.text() {
            draft.content.first(1, Content { text, is_html: false, base: None });
        }
        if let Some(text) = self.summary.text() {
            draft.summarize(1, Kind::Guess.content(text, None));
        }
        if let Some(moment) = self.date_published.text().and_then(|said| date::moment(&said)) {
            draft.published.first(1, moment);
        }
        if let Some(moment) = self.date_modified.text().and_then(|said| date::moment(&said)) {
            draft.updated.first(1, moment);
        }
        authors(&mut draft, self.authors);
        authors(&mut draft, self.author);
        self.tags.each_element(|tag| {
            if let Some(tag) = tag.text() {
                draft.category(line(&tag, Kind::Guess));
            }
        });
        self.attachments.each_element(|file| {
            if let Some(file) = attachment(file, base) {
                draft.enclosure(file);
            }
        });
        if let Some(url) = self.image.text().and_then(|url| address::absolute(&url, base)) {
            draft.enclosure(Enclosure { url, ..Enclosure::default() });
        }
        draft
    }
}

/// A file that comes with an item.
fn attachment(value: Raw, base: Option<&str>) -> Option<Enclosure> {
    let (mut url, mut media_type, mut length) = (None, None, None);
    value.each_member(|key, value| match key {
        "url" => url = value.text().and_then(|url| address::absolute(&url, base)),
        "mime_type" => media_type = value.text().map(|said| line(&said, Kind::Plain)),
        "size_in_bytes" => length = value.number().and_then(|length| length.parse().ok()),
        _ => (),
    });
    Some(Enclosure { url: url?, media_type, length })
}

/// One author (1.0) or a list of them (1.1).
fn authors(draft: &mut Draft, value: Raw) {
    let mut take = |author: Raw| {
        author.each_member(|key, value| {
            if key == "name"
                && let Some(name) = value.text().as_deref().and_then(person::name)
            {
                draft.author(1, name);
            }
        })
    };
    if !take(value) {
        value.each_element(|author| {
            take(author);
        });
    }
}
