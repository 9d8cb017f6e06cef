//! The names of the vocabularies: RSS 0.9x to 2.0 and RDF, Atom 0.3 and 1.0, CDF, and the modules that feeds use.
//!
//! Feeds mix them, so every name means the same in all of them. A namespace is told by its address; a prefix that nothing
//! declares, by what everybody uses it for. What is of another namespace means nothing here, whatever it is called.

/// A vocabulary.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Space {
    /// RSS, RDF, Atom 0.3, CDF: the feed's own.
    Core,
    /// Atom 1.0.
    Atom,
    /// `content:encoded` and the like.
    Content,
    /// Dublin Core.
    Dc,
    /// The terms of Dublin Core.
    DcTerms,
    /// Media RSS.
    Media,
    /// Podcasts.
    Itunes,
    /// How often a feed changes.
    Syndication,
    /// HTML.
    Xhtml,
    /// Anything else.
    Foreign,
}

/// What an element is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Holds the feed, or is all of it.
    Root,
    /// Holds what is said of the feed.
    Channel,
    /// An entry.
    Entry,
    /// Holds or is media of an entry.
    Media,
    /// A picture of an entry.
    Thumbnail,
    /// A name or heading.
    Title,
    /// The short text.
    Summary,
    /// The whole text.
    Content,
    /// An address, as text or as an attribute.
    Link,
    /// What identifies it, as Atom has it: an address.
    Id,
    /// What identifies it, as RSS has it.
    Guid,
    /// Who made it, as text or in parts.
    Author,
    /// The parts of an author.
    Name,
    /// See [`Role::Name`].
    Email,
    /// When it was published.
    Published,
    /// When it was changed.
    Updated,
    /// What it is filed under.
    Category,
    /// Several of these, with commas.
    Tags,
    /// A file.
    Enclosure,
    /// The language.
    Language,
    /// Minutes until it should be asked for again.
    Ttl,
    /// A period in which it changes.
    Period,
    /// How often it changes in the period.
    Frequency,
    /// Where it has moved to.
    MovedTo,
    /// Holds what is said of something else: its picture, its source, a form.
    Aside,
    /// Nothing that is known.
    Unknown,
}

/// The vocabulary with this address; nothing if it is not known.
pub(super) fn space(address: &str) -> Option<Space> {
    let address = address.trim().to_ascii_lowercase();
    let address = address.strip_prefix("http://").or_else(|| address.strip_prefix("https://")).unwrap_or(&address);
    let address = address.strip_prefix("www.").unwrap_or(address);
    Some(match address.trim_end_matches(['/', '#']) {
        "" => Space::Core,
        "w3.org/2005/atom" => Space::Atom,
        "purl.org/atom/ns" | "purl.org/rss/1.0" | "purl.org/net/rss1.1" | "my.netscape.com/rdf/simple/0.9" => {
            Space::Core
        }
        "channel.netscape.com/rdf/simple/0.9" | "my.netscape.com/publish/formats/rss-0.91.dtd" => Space::Core,
        "blogs.law.harvard.edu/tech/rss" | "cyber.law.harvard.edu/rss" | "w3.org/1999/02/22-rdf-syntax-ns" => {
            Space::Core
        }
        "purl.org/rss/1.0/modules/content" => Space::Content,
        "purl.org/dc/elements/1.1" | "purl.org/dc/elements/1.0" | "purl.org/metadata/dublin_core" => Space::Dc,
        "purl.org/dc/terms" => Space::DcTerms,
        "purl.org/rss/1.0/modules/syndication" => Space::Syndication,
        "search.yahoo.com/mrss" | "video.search.yahoo.com/mrss" => Space::Media,
        "itunes.com/dtds/podcast-1.0.dtd" | "example.com/dtds/podcast-1.0.dtd" => Space::Itunes,
        "w3.org/1999/xhtml" => Space::Xhtml,
        address if address.starts_with("backend.userland.com/rss") => Space::Core,
        _ => return None,
    })
}

/// The vocabulary that everybody means by a prefix.
pub(super) fn well_known(prefix: &str) -> Space {
    match prefix.to_ascii_lowercase().as_str() {
        "" | "rss" | "rdf" | "cdf" => Space::Core,
        "atom" | "atom10" | "a10" => Space::Atom,
        "content" => Space::Content,
        "dc" => Space::Dc,
        "dcterms" | "dcterm" => Space::DcTerms,
        "media" | "mrss" => Space::Media,
        "itunes" => Space::Itunes,
        "sy" => Space::Syndication,
        "xhtml" | "html" => Space::Xhtml,
        _ => Space::Foreign,
    }
}

/// What an element is for, and how much its word counts against others that say the same of one entry: the higher wins.
/// `local` is in small letters.
pub(super) fn role(space: Space, local: &str) -> (Role, u8) {
    match space {
        Space::Core | Space::Atom => core(local),
        Space::Content => match local {
            "encoded" => (Role::Content, 6),
            _ => (Role::Unknown, 0),
        },
        Space::Dc => match local {
            "title" => (Role::Title, 3),
            "creator" | "author" => (Role::Author, 3),
            "date" => (Role::Published, 3),
            "subject" => (Role::Category, 3),
            "language" => (Role::Language, 3),
            "description" => (Role::Summary, 3),
            _ => (Role::Unknown, 0),
        },
        Space::DcTerms => match local {
            "title" => (Role::Title, 3),
            "creator" => (Role::Author, 3),
            "issued" | "available" => (Role::Published, 4),
            "created" | "date" => (Role::Published, 2),
            "modified" => (Role::Updated, 4),
            "abstract" | "description" => (Role::Summary, 3),
            "subject" => (Role::Category, 3),
            _ => (Role::Unknown, 0),
        },
        Space::Media => match local {
            "group" | "content" => (Role::Media, 0),
            "thumbnail" => (Role::Thumbnail, 0),
            "title" => (Role::Title, 1),
            "description" => (Role::Summary, 2),
            _ => (Role::Unknown, 0),
        },
        Space::Itunes => match local {
            "author" => (Role::Author, 1),
            "summary" => (Role::Summary, 2),
            "subtitle" => (Role::Summary, 1),
            "title" => (Role::Title, 2),
            "new-feed-url" => (Role::MovedTo, 1),
            _ => (Role::Unknown, 0),
        },
        Space::Syndication => match local {
            "updateperiod" => (Role::Period, 1),
            "updatefrequency" => (Role::Frequency, 1),
            _ => (Role::Unknown, 0),
        },
        Space::Xhtml => match local {
            "body" | "div" => (Role::Content, 4),
            _ => (Role::Unknown, 0),
        },
        Space::Foreign => (Role::Unknown, 0),
    }
}

fn core(local: &str) -> (Role, u8) {
    match local {
        "rss" | "rdf" | "feed" => (Role::Root, 0),
        "channel" => (Role::Channel, 0),
        "item" | "entry" => (Role::Entry, 0),
        "title" => (Role::Title, 5),
        "description" | "tagline" | "abstract" => (Role::Summary, 5),
        "summary" | "subtitle" => (Role::Summary, 6),
        "content" => (Role::Content, 6),
        "fullitem" | "body" => (Role::Content, 5),
        "link" => (Role::Link, 5),
        "id" => (Role::Id, 5),
        "guid" => (Role::Guid, 4),
        "author" | "managingeditor" | "creator" => (Role::Author, 3),
        "name" => (Role::Name, 0),
        "email" => (Role::Email, 0),
        "pubdate" | "published" => (Role::Published, 6),
        "issued" => (Role::Published, 5),
        "date" => (Role::Published, 3),
        "created" => (Role::Published, 2),
        "updated" | "modified" | "lastbuilddate" => (Role::Updated, 6),
        "category" => (Role::Category, 3),
        "tags" => (Role::Tags, 3),
        "enclosure" => (Role::Enclosure, 0),
        "language" => (Role::Language, 5),
        "ttl" => (Role::Ttl, 5),
        "image" | "textinput" | "source" | "contributor" | "logo" | "cloud" => (Role::Aside, 0),
        _ => (Role::Unknown, 0),
    }
}

impl Role {
    /// Whether other elements count that stand in it.
    pub fn is_container(self) -> bool {
        matches!(self, Role::Root | Role::Channel | Role::Entry | Role::Media)
    }

    /// Whether it is one of the elements of which a feed is built.
    pub fn is_frame(self) -> bool {
        matches!(self, Role::Root | Role::Channel | Role::Entry)
    }

    /// Whether its text may be marked up.
    pub fn is_marked_up(self) -> bool {
        matches!(self, Role::Title | Role::Summary | Role::Content)
    }

    /// Whether it holds a word or number and no markup.
    pub fn is_value(self) -> bool {
        !self.is_container() && !self.is_marked_up() && !matches!(self, Role::Aside | Role::Unknown)
    }
}
