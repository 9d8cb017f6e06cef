//! What the elements say: their attributes when they begin, their texts when they end.

use super::Builder;
use crate::ingest::feed::name::{Role, Space};
use crate::ingest::feed::text::{self, Kind, line};
use crate::ingest::feed::{address, collect, date, draft::Draft, person};
use crate::ingest::xml::Tag;
use crate::model::{Content, Enclosure};

impl<'a> Builder<'a> {
    /// What the tag of an element says by its attributes.
    pub(super) fn begin(&mut self, role: Role, rank: u8, space: Space, local: &str, tag: &Tag<'a>) {
        match role {
            Role::Root | Role::Channel | Role::Entry => self.begin_frame(role, local, tag),
            Role::Link => self.link(rank, space, tag),
            Role::Guid => {
                let is_opaque =
                    self.reader.attribute(tag, "isPermaLink").is_some_and(|said| said.eq_ignore_ascii_case("false"));
                self.flag(!is_opaque);
            }
            Role::Category => {
                if let Some(term) = self.reader.attribute(tag, "term").or_else(|| self.reader.attribute(tag, "text"))
                {
                    let name = line(&term, Kind::Guess);
                    self.draft().category(name);
                    self.flag(true);
                }
            }
            Role::Enclosure => self.file(tag, "url", &["type"], &["length"]),
            Role::Media if local == "content" => self.file(tag, "url", &["type", "medium"], &["fileSize"]),
            Role::Thumbnail => self.file(tag, "url", &[], &[]),
            Role::Author => self.author = Some((rank, String::new())),
            _ => (),
        }
    }

    fn begin_frame(&mut self, role: Role, local: &str, tag: &Tag<'a>) {
        if !self.has_root {
            self.has_root = true;
            self.is_rss = local != "feed" && local != "entry";
        }
        if role == Role::Entry {
            self.entry = Some(Draft::default());
            let about = tag.attributes().find(|(name, _)| collect::local(name).eq_ignore_ascii_case("about"));
            if let Some((_, about)) = about {
                let about = self.reader.decode(about).trim().to_owned();
                if !about.is_empty() {
                    let id = address::identity(&about, self.base().as_deref());
                    self.draft().id.first(2, id);
                }
            }
        } else if let Some(language) = self.reader.attribute(tag, "xml:lang") {
            self.about.language.first(3, line(&language, Kind::Plain));
        }
        // CDF says things by attributes.
        if let Some(link) = self.reader.attribute(tag, "href")
            && let Some(link) = address::absolute(&link, self.base().as_deref())
        {
            self.draft().link.first(5, link);
        }
        if let Some(moment) = self.reader.attribute(tag, "lastmod").and_then(|text| date::moment(&text)) {
            self.draft().updated.last(5, moment);
        }
    }

    /// A link that says by attributes where it leads.
    fn link(&mut self, rank: u8, space: Space, tag: &Tag<'a>) {
        let Some(target) = self.reader.attribute(tag, "href") else { return };
        self.flag(true);
        let attribute = |name| self.reader.attribute(tag, name).map(|value| value.to_ascii_lowercase());
        let relation = attribute("rel").unwrap_or_default();
        let relation = relation.rsplit('/').next().unwrap_or_default();
        let media_type = attribute("type").unwrap_or_default();
        let Some(link) = address::absolute(&target, self.base().as_deref()) else { return };
        match relation {
            "" | "alternate" => {
                let is_page = matches!(media_type.as_str(), "" | "text/html" | "application/xhtml+xml");
                // Beside a link of RSS one of Atom is mostly the feed's own address.
                let rank = match (is_page, self.is_rss && space == Space::Atom) {
                    (true, false) => rank,
                    (true, true) => 3,
                    (false, _) => 2,
                };
                self.draft().link.first(rank, link);
            }
            "enclosure" => self.file(tag, "href", &["type"], &["length"]),
            _ => (),
        }
    }

    /// A file of an entry.
    fn file(&mut self, tag: &Tag<'a>, target: &str, types: &[&str], lengths: &[&str]) {
        let Some(target) = self.reader.attribute(tag, target) else { return };
        let Some(url) = address::absolute(&target, self.base().as_deref()) else { return };
        let media_type = types
            .iter()
            .find_map(|name| self.reader.attribute(tag, name))
            .map(|said| line(&said, Kind::Plain))
            .filter(|said| !said.is_empty());
        let length = lengths.iter().find_map(|name| self.reader.attribute(tag, name)?.parse().ok());
        if let Some(entry) = &mut self.entry {
            entry.enclosure(Enclosure { url, media_type, length });
        }
    }

    /// Takes the text of an element that holds a word or number.
    pub(super) fn value(&mut self, role: Role, rank: u8, flag: bool, text: &str) {
        let text = text.trim();
        match role {
            Role::Author => {
                let (rank, parts) = self.author.take().unwrap_or((rank, String::new()));
                let said = if parts.is_empty() { text } else { &parts };
                if let Some(name) = person::name(&text::mended(said.to_owned())) {
                    self.draft().author(rank, name);
                }
                return;
            }
            Role::Name | Role::Email if self.author.is_some() => {
                if let Some((_, parts)) = &mut self.author
                    && !text.is_empty()
                    && (role == Role::Name || parts.is_empty())
                {
                    text.clone_into(parts);
                }
                return;
            }
            _ if text.is_empty() => return,
            _ => (),
        }
        match role {
            Role::Link if !flag => {
                if let Some(link) = address::absolute(text, self.base().as_deref()) {
                    self.draft().link.first(rank, link);
                }
            }
            Role::Id => {
                let id = address::identity(text, self.base().as_deref());
                self.draft().id.first(rank, id);
            }
            Role::Guid => {
                if flag
                    && address::is_absolute(text)
                    && let Some(link) = address::absolute(text, None)
                {
                    self.draft().link.first(1, link);
                }
                self.draft().id.first(rank, text.to_owned());
            }
            Role::Published | Role::Updated => {
                if let Some(moment) = date::moment(text) {
                    let draft = self.draft();
                    let slot = if role == Role::Published { &mut draft.published } else { &mut draft.updated };
                    slot.last(rank, moment);
                }
            }
            Role::Category if !flag => {
                let name = line(&text::mended(text.to_owned()), Kind::Guess);
                self.draft().category(name);
            }
            Role::Tags => text.split(',').take(100).for_each(|tag| self.draft().category(line(tag, Kind::Guess))),
            Role::Language => self.about.language.first(rank, line(text, Kind::Plain)),
            Role::Ttl => {
                if let Ok(minutes) = text.parse() {
                    self.ttl.first(rank, minutes);
                }
            }
            Role::Period => self.period = period(text),
            Role::Frequency => self.frequency = text.parse().ok(),
            Role::MovedTo if self.entry.is_none() => {
                self.feed.moved_to = address::absolute(text, self.base().as_deref());
            }
            _ => (),
        }
    }

    /// Takes the text of the element that is being read.
    pub(super) fn close_collector(&mut self) {
        let Some(mut collector) = self.collector.take() else { return };
        let (role, rank, base) = (collector.role, collector.rank, collector.base.take());
        let (text, kind) = collector.finish();
        let draft = self.draft();
        match role {
            Role::Title => {
                let title = line(&text, kind);
                if !title.is_empty() {
                    draft.title.first(rank, title);
                }
            }
            _ if text.trim().is_empty() => (),
            Role::Summary => draft.summarize(rank, kind.content(text, base)),
            _ => {
                let content: Content = kind.content(text, base);
                draft.content.first(rank, content);
            }
        }
    }
}

/// The minutes of a period.
fn period(text: &str) -> Option<u32> {
    Some(match text.to_ascii_lowercase().as_str() {
        "hourly" => 60,
        "daily" => 24 * 60,
        "weekly" => 7 * 24 * 60,
        "monthly" => 30 * 24 * 60,
        "yearly" => 365 * 24 * 60,
        _ => return None,
    })
}
