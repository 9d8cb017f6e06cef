//! A feed out of tags.
//!
//! The tags are taken as they come. What is open is known by name only, so that a tag that is missing costs no more than
//! its own element: the end of an item closes what is open in it, and the start of an item closes the one before.

mod take;

use std::rc::Rc;

use super::NoFeed;
use super::address;
use super::collect::{Collector, local};
use super::draft::{self, Draft, Ranked};
use super::name::{self, Role, Space};
use crate::ingest::xml::{Reader, Tag, Token};
use crate::model::Feed;
use crate::text::Clean;

/// Elements within elements that are told apart.
const MOST_DEPTH: usize = 512;
/// Namespaces that may be declared at a time.
const MOST_SPACES: usize = 128;
/// Entries that are read.
pub(super) const MOST_ENTRIES: usize = 10_000;

/// An open element.
#[derive(Debug)]
struct Frame<'a> {
    name: &'a str,
    role: Role,
    rank: u8,
    /// Its characters, if it holds a value.
    text: String,
    /// Namespaces that were declared before it.
    spaces: usize,
    /// What addresses in it are relative to, if it says so.
    base: Option<Rc<str>>,
    /// What else it says: whether a guid is an address, whether the address of a link is known already.
    flag: bool,
}

/// See the module.
pub(super) struct Builder<'a> {
    reader: Reader<'a>,
    /// What addresses are relative to that say nothing themselves.
    fallback: Option<&'a str>,
    frames: Vec<Frame<'a>>,
    /// Open elements past the limit.
    deeper: usize,
    spaces: Vec<(&'a str, Space)>,
    collector: Option<Collector<'a>>,
    has_root: bool,
    is_rss: bool,
    about: Draft,
    entry: Option<Draft>,
    author: Option<(u8, String)>,
    feed: Feed,
    ttl: Ranked<u32>,
    period: Option<u32>,
    frequency: Option<u32>,
    cut_entry: bool,
    is_full: bool,
}

impl<'a> Builder<'a> {
    /// A builder of the feed in `text`, whose addresses are relative to `fallback`.
    pub fn new(text: &'a str, fallback: Option<&'a str>) -> Self {
        Builder {
            reader: Reader::new(text),
            fallback,
            frames: Vec::new(),
            deeper: 0,
            spaces: Vec::new(),
            collector: None,
            has_root: false,
            is_rss: false,
            about: Draft::default(),
            entry: None,
            author: None,
            feed: Feed::default(),
            ttl: Ranked::default(),
            period: None,
            frequency: None,
            cut_entry: false,
            is_full: false,
        }
    }

    /// Reads all of it.
    pub fn run(mut self) -> Result<Feed, NoFeed> {
        while let Some(token) = self.reader.next() {
            match token {
                Token::Start(tag) => self.start(tag)?,
                Token::End(name) => self.end(name),
                Token::Text(raw) => self.characters(raw, true),
                Token::CData(raw) => self.characters(raw, false),
            }
            if self.is_full {
                break;
            }
        }
        if !self.has_root {
            return Err(NoFeed::NoFeedElement);
        }
        Ok(self.finish())
    }

    fn characters(&mut self, raw: &str, has_references: bool) {
        match &mut self.collector {
            Some(collector) if has_references => collector.text(&self.reader, raw),
            Some(collector) => collector.cdata(raw),
            None if self.deeper > 0 => (),
            None => {
                if let Some(frame) = self.frames.last_mut().filter(|frame| frame.role.is_value()) {
                    if has_references {
                        self.reader.decode_into(raw, &mut frame.text);
                    } else {
                        frame.text.push_str(raw);
                    }
                }
            }
        }
    }

    fn start(&mut self, tag: Tag<'a>) -> Result<(), NoFeed> {
        let declared = self.spaces.len();
        let has_attributes = tag.attributes().next().is_some();
        if has_attributes {
            self.declare(&tag);
        }
        let name = tag.name();
        let space = self.space(name);
        let local = local(name).to_ascii_lowercase();
        let (role, rank) = name::role(space, &local);
        if let Some(collector) = &mut self.collector {
            if !ends_text(collector.role, role, space, &local) {
                collector.start(&self.reader, &tag);
                self.spaces.truncate(declared);
                return Ok(());
            }
            self.close_collector();
        }
        if !self.has_root {
            match name.to_ascii_lowercase().as_str() {
                "html" | "body" | "head" => return Err(NoFeed::Html),
                "opml" => return Err(NoFeed::Opml),
                _ => (),
            }
        }
        if role.is_frame() {
            self.open_frame(role);
        } else {
            self.close_values(role);
        }
        let parent = self.frames.last().map(|frame| frame.role);
        let (role, rank) = self.in_parent(parent, role, rank);
        if role.is_marked_up() {
            return self.collect(tag, space, role, rank, declared);
        }
        if self.frames.len() >= MOST_DEPTH {
            if !tag.closes_itself() {
                self.deeper += 1;
            }
            self.spaces.truncate(declared);
            return Ok(());
        }
        let base = if has_attributes { self.declared_base(&tag) } else { None };
        self.frames.push(Frame { name, role, rank, text: String::new(), spaces: declared, base, flag: false });
        self.begin(role, rank, space, &local, &tag);
        if tag.closes_itself() {
            self.pop();
        }
        Ok(())
    }

    /// What an element is for where it stands.
    fn in_parent(&self, parent: Option<Role>, role: Role, rank: u8) -> (Role, u8) {
        let counts = match parent {
            _ if self.deeper > 0 => role.is_frame(),
            None => role.is_frame(),
            Some(Role::Author) => matches!(role, Role::Name | Role::Email),
            Some(Role::Media) => matches!(role, Role::Media | Role::Thumbnail) || rank > 0 && rank < 3,
            Some(Role::Root | Role::Channel | Role::Entry) => !matches!(role, Role::Name | Role::Email),
            // What stands between the feed and its entries.
            Some(_) => role.is_frame(),
        };
        if counts { (role, rank) } else { (Role::Unknown, 0) }
    }

    /// Makes room for an element of which a feed is built: the entry before it ends.
    fn open_frame(&mut self, role: Role) {
        self.deeper = 0;
        self.close_values(role);
        if matches!(role, Role::Entry | Role::Channel)
            && let Some(at) = self.frames.iter().rposition(|frame| frame.role == Role::Entry)
        {
            self.pop_to(at);
        }
    }

    /// Closes values that should have been closed before an element of this role begins.
    fn close_values(&mut self, role: Role) {
        while let Some(frame) = self.frames.last() {
            let is_part =
                frame.role == Role::Author && matches!(role, Role::Name | Role::Email | Role::Unknown | Role::Link);
            if !frame.role.is_value() || is_part || role == Role::Unknown {
                return;
            }
            self.pop();
        }
    }

    /// Begins to read the text of an element.
    fn collect(&mut self, tag: Tag<'a>, space: Space, role: Role, rank: u8, declared: usize) -> Result<(), NoFeed> {
        let mut collector = Collector::new(&self.reader, &tag, space, role, rank);
        collector.base = self.declared_base(&tag).or_else(|| self.inherited_base()).map(|base| base.to_string());
        // Content that is somewhere else.
        if role == Role::Content
            && let Some(source) = self.reader.attribute(&tag, "src")
            && let Some(link) = address::absolute(&source, collector.base.as_deref().or(self.fallback))
        {
            self.draft().link.first(1, link);
        }
        self.spaces.truncate(declared);
        self.collector = Some(collector);
        if tag.closes_itself() {
            self.close_collector();
        }
        Ok(())
    }

    fn end(&mut self, name: &str) {
        if let Some(collector) = &mut self.collector {
            // The end of the entry or feed is the end of a text that was never closed.
            let closes_frame =
                self.frames.iter().any(|frame| frame.role.is_frame() && frame.name.eq_ignore_ascii_case(name));
            if !closes_frame || name.eq_ignore_ascii_case(collector.name) {
                if collector.end(name) {
                    self.close_collector();
                }
                return;
            }
            self.close_collector();
        }
        if self.deeper > 0 && !self.frames.iter().any(|frame| frame.role.is_frame() && frame.name == name) {
            self.deeper -= 1;
            return;
        }
        let Some(at) = self.frames.iter().rposition(|frame| frame.name.eq_ignore_ascii_case(name)) else { return };
        // An unknown element that was opened outside an entry does not end it.
        if !self.frames[at].role.is_frame() && self.frames[at..].iter().any(|frame| frame.role.is_frame()) {
            return;
        }
        self.deeper = 0;
        self.pop_to(at);
    }

    /// Closes all elements from the one at this depth on.
    fn pop_to(&mut self, depth: usize) {
        while self.frames.len() > depth {
            self.pop();
        }
    }

    /// Closes the innermost element.
    fn pop(&mut self) {
        let Some(frame) = self.frames.last_mut() else { return };
        let text = std::mem::take(&mut frame.text);
        let (role, rank, flag, spaces) = (frame.role, frame.rank, frame.flag, frame.spaces);
        match role {
            Role::Entry => self.close_entry(),
            role if role.is_value() => self.value(role, rank, flag, &text),
            _ => (),
        }
        self.spaces.truncate(spaces);
        self.frames.pop();
    }

    fn close_entry(&mut self) {
        let Some(draft) = self.entry.take() else { return };
        if self.feed.entries.len() >= MOST_ENTRIES {
            self.is_full = true;
            return;
        }
        let base = self.inherited_base();
        self.feed.entries.push(draft.entry(base.as_deref(), self.fallback));
    }

    /// What the element at hand belongs to.
    fn draft(&mut self) -> &mut Draft {
        self.entry.as_mut().unwrap_or(&mut self.about)
    }

    fn flag(&mut self, flag: bool) {
        if let Some(frame) = self.frames.last_mut() {
            frame.flag = flag;
        }
    }

    /// Remembers the namespaces that a tag declares.
    fn declare(&mut self, tag: &Tag<'a>) {
        for (name, raw) in tag.attributes() {
            let Some(prefix) = name.strip_prefix("xmlns") else { continue };
            let prefix = match prefix.strip_prefix(':') {
                Some(prefix) => prefix,
                None if prefix.is_empty() => "",
                None => continue,
            };
            let address = self.reader.decode(raw);
            // Whatever it is called, the namespace of the root element is the feed's own.
            let is_own = !self.has_root && prefix == tag.name().rsplit_once(':').map_or("", |(prefix, _)| prefix);
            let otherwise = if is_own { Space::Core } else { Space::Foreign };
            if self.spaces.len() < MOST_SPACES {
                self.spaces.push((prefix, name::space(&address).unwrap_or(otherwise)));
            }
        }
    }

    /// The vocabulary of an element.
    fn space(&self, name: &str) -> Space {
        let prefix = name.split_once(':').map_or("", |(prefix, _)| prefix);
        let declared = self.spaces.iter().rev().find(|(known, _)| *known == prefix);
        declared.map_or_else(|| name::well_known(prefix), |(_, space)| *space)
    }

    /// What addresses are relative to by what the elements around say.
    fn inherited_base(&self) -> Option<Rc<str>> {
        self.frames.iter().rev().find_map(|frame| frame.base.clone())
    }

    /// What addresses are relative to here.
    fn base(&self) -> Option<Rc<str>> {
        self.inherited_base().or_else(|| self.fallback.map(Rc::from))
    }

    /// What a tag says that addresses in it are relative to.
    fn declared_base(&self, tag: &Tag<'a>) -> Option<Rc<str>> {
        let base = self.reader.attribute(tag, "xml:base")?;
        address::absolute(&base, self.base().as_deref()).map(Rc::from)
    }

    fn finish(mut self) -> Feed {
        let is_cut = self.reader.is_cut() && !self.is_full;
        if self.entry.is_some() {
            // What was open when the text ended is not whole; an entry whose last element was closed may be.
            let is_whole = !is_cut
                && self.collector.is_none()
                && self.frames.last().is_some_and(|frame| frame.role == Role::Entry)
                && self.entry.as_ref().is_some_and(Draft::is_known_again);
            self.collector = None;
            if is_whole {
                self.close_entry();
            } else {
                self.cut_entry = self.entry.take().is_some_and(|draft| !draft.is_empty()) && !self.is_full;
            }
        } else if !is_cut {
            self.close_collector();
            self.pop_to(0);
        }
        let mut feed = self.feed;
        self.about.describe(&mut feed);
        if !self.is_rss {
            draft::hand_down_authors(&mut feed);
        }
        feed.ttl =
            self.ttl.into_value().or_else(|| self.period.map(|minutes| minutes / self.frequency.unwrap_or(1).max(1)));
        if self.is_full {
            feed.repairs.push(Clean::line(&format!("it has more than {MOST_ENTRIES} items; the rest was left out")));
        }
        if self.cut_entry {
            feed.repairs.push(Clean::literal("it ends in the middle of an item, which was left out"));
        } else if is_cut {
            feed.repairs.push(Clean::literal("its end is missing"));
        }
        if self.reader.has_swallowed() {
            feed.repairs.push(Clean::literal("a comment in it is never closed; something behind it may be lost"));
        }
        feed
    }
}

/// Whether an element that begins in a text shows that the end of the text is missing.
fn ends_text(text: Role, role: Role, space: Space, local: &str) -> bool {
    match role {
        _ if space == Space::Xhtml => false,
        // No name of HTML is among these.
        Role::Entry | Role::Guid | Role::Ttl | Role::Enclosure | Role::Category => true,
        Role::Published => local != "date",
        Role::Link | Role::Summary | Role::Content | Role::Author | Role::Id | Role::Updated => {
            text == Role::Title && local != "body"
        }
        _ => false,
    }
}
