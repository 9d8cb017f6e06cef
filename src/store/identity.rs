//! By what an entry of a feed is known again. These are the rules:
//!
//! 1. The same guid is the same article. A guid that is an address counts without what tracks (rule 5). An entry without
//!    a guid goes by its link, unless that is the feed's own site, which names nothing.
//! 2. A guid that several entries of one delivery bear does not identify: there the link is added to it, and the title
//!    too where guid and link are not enough.
//! 3. A guid that now stands on an entry with another title, another date, hardly a word in common and another link (or no
//!    link that says anything) was given again: this is another article.
//! 4. An entry whose guid is not known is an article already there if it has the same link and text, or the same link,
//!    title and date (unless the link is the site), or the same title, date and beginning of a text; where there is a guid
//!    that can be trusted the text has to be long enough for that. A link that is the site or that several entries of
//!    the delivery bear is that of a page about all of them: there the title has to be the same too, as many texts begin
//!    alike. An entry with a guid of its own, another title and another date is another article whatever its text.
//!    An article is taken by one entry of a delivery only, so two entries that a feed shows side by side stay two, unless
//!    they are the same in link, title and all words.
//! 5. Of an address its scheme, a leading `www.`, a slash at the end, parameters that only track, and fragments that only
//!    track do not count. Other fragments do: change logs have one page and a fragment for each entry.
//! 6. What retention dropped is remembered by the same keys, so that an entry that is still in the feed does not come back.
//!    Of what was dropped no text is left to compare: there a guid was given again if nothing but it is the same and the
//!    entry is dated later than the drop.

use std::collections::HashMap;

use url::Url;

use super::visible::{self, Likeness};
use crate::model::{Content, Entry};

/// Texts shorter than this (bytes of visible words) do not identify by themselves.
const ENOUGH: usize = 80;
/// So much of a text identifies it.
const BEGINNING: usize = 400;

/// Hashes of what an entry is known by; 0: it has nothing of the kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Keys(pub [u64; Keys::COUNT]);

impl Keys {
    pub const COUNT: usize = 4;
    /// Guid, else link (rule 1), told apart where it must be (rule 2).
    pub const GUID: usize = 0;
    /// Link and text.
    pub const LINK_TEXT: usize = 1;
    /// Link, title and date.
    pub const LINK_TITLE: usize = 2;
    /// Title, date and text.
    pub const TEXT: usize = 3;

    /// Whether anything but the guid is the same.
    pub fn is_alike(self, other: Keys) -> bool {
        let each = self.0.into_iter().zip(other.0).enumerate();
        each.into_iter().any(|(kind, (one, other))| kind != Keys::GUID && one != 0 && one == other)
    }

    pub fn to_bytes(self) -> [u8; Keys::COUNT * 8] {
        let mut bytes = [0; Keys::COUNT * 8];
        for (chunk, key) in bytes.chunks_exact_mut(8).zip(self.0) {
            chunk.copy_from_slice(&key.to_le_bytes());
        }
        bytes
    }

    pub fn from_bytes(bytes: &[u8]) -> Self {
        let mut keys = Keys::default();
        for (key, chunk) in keys.0.iter_mut().zip(bytes.chunks_exact(8)) {
            let mut le = [0; 8];
            le.copy_from_slice(chunk);
            *key = u64::from_le_bytes(le);
        }
        keys
    }
}

/// The guids and links of a delivery, to tell which identify.
pub(super) struct Delivery {
    guids: HashMap<u64, u32>,
    pairs: HashMap<u64, u32>,
    links: HashMap<u64, u32>,
    site: Site,
}

/// A feed's own link: on an entry it says nothing.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Site(u64);

impl Site {
    pub fn of(link: Option<&str>) -> Self {
        Site(link_key(link))
    }

    /// Whether a link says something: it is there, and is not the site.
    fn tells(self, link: u64) -> bool {
        link != 0 && link != self.0
    }
}

fn link_key(link: Option<&str>) -> u64 {
    link.map(str::trim).filter(|link| !link.is_empty()).map_or(0, |link| hash("link", &[&canonical(link)]))
}

/// What is said of an entry before its text is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Name {
    guid: u64,
    link: u64,
}

impl Name {
    pub fn of(entry: &Entry, site: Site) -> Self {
        let link = link_key(entry.link.as_deref());
        let guid = entry.guid.as_deref().map(str::trim).filter(|guid| !guid.is_empty());
        let guid = match guid {
            Some(guid) => hash("guid", &[&canonical(guid)]),
            None if site.tells(link) => link,
            None => 0,
        };
        Name { guid, link }
    }

    /// Guid and link as one.
    fn pair(self) -> u64 {
        hash_numbers("pair", &[self.guid, self.link])
    }
}

impl Delivery {
    /// Counts the names of a delivery.
    pub fn new(names: &[Name], site: Site) -> Self {
        let mut guids = HashMap::with_capacity(names.len());
        let mut pairs = HashMap::new();
        let mut links = HashMap::with_capacity(names.len());
        for name in names {
            *guids.entry(name.guid).or_insert(0) += 1;
            *links.entry(name.link).or_insert(0) += 1;
        }
        for name in names.iter().filter(|name| is_double(&guids, name.guid)) {
            *pairs.entry(name.pair()).or_insert(0) += 1;
        }
        Delivery { guids, pairs, links, site }
    }

    /// Whether the entry has no guid, or one that others have too.
    pub fn is_nameless(&self, name: Name) -> bool {
        name.guid == 0 || is_double(&self.guids, name.guid)
    }

    /// The key of rules 1 and 2; 0 if there is none.
    pub fn guid(&self, name: Name, entry: &Entry) -> u64 {
        if name.guid == 0 || !is_double(&self.guids, name.guid) {
            name.guid
        } else if !is_double(&self.pairs, name.pair()) {
            name.pair()
        } else {
            hash_numbers("pair with title", &[name.pair(), hash("title", &[title(entry)])])
        }
    }

    /// All keys. This looks at the beginning of the text.
    pub fn keys(&self, name: Name, entry: &Entry) -> Keys {
        let words = entry.body().map(|body| visible::words(body, BEGINNING)).unwrap_or_default();
        let text = hash("text", &[beginning(&words)]);
        let is_enough = words.len() >= ENOUGH;
        let title_key = hash("title", &[title(entry)]);
        let date = date(entry).map_or(0, i64::cast_unsigned);
        let tells = self.site.tells(name.link);
        let is_own = tells && !is_double(&self.links, name.link);
        let link_text = match (is_enough, is_own) {
            (true, true) => hash_numbers("link and text", &[name.link, text]),
            // Too little to go by: the title has to be the same too.
            (false, true) => hash_numbers("link and all", &[name.link, title_key, text]),
            (true, false) if name.link != 0 => hash_numbers("link and all", &[name.link, title_key, text]),
            _ => 0,
        };
        let link_title = match tells {
            true => hash_numbers("link and title", &[name.link, title_key, date]),
            false => 0,
        };
        let text = match words.is_empty() && title(entry).is_empty() {
            true => 0,
            false => hash_numbers("title and text", &[title_key, date, text]),
        };
        Keys([self.guid(name, entry), link_text, link_title, text])
    }

    /// By which keys an entry whose guid tells nothing is looked for: the safest first.
    pub fn kinds(&self, name: Name, entry: &Entry, is_doubtful: bool) -> &'static [usize] {
        const WITH_GUID: &[usize] = &[Keys::LINK_TEXT, Keys::LINK_TITLE];
        const ALL: &[usize] = &[Keys::LINK_TEXT, Keys::LINK_TITLE, Keys::TEXT];
        // "All is well" may be said every day anew, each time under another guid.
        let is_enough = || entry.body().is_some_and(|body| visible::words(body, ENOUGH).len() >= ENOUGH);
        if is_doubtful || self.is_nameless(name) || is_enough() { ALL } else { WITH_GUID }
    }
}

fn is_double(counts: &HashMap<u64, u32>, key: u64) -> bool {
    counts.get(&key).is_some_and(|count| *count > 1)
}

/// When an entry says that it was published, else updated, in milliseconds.
pub(super) fn date(entry: &Entry) -> Option<i64> {
    entry.published.or(entry.updated).map(|date| date.as_millisecond())
}

fn title(entry: &Entry) -> &str {
    entry.title.as_deref().unwrap_or_default()
}

/// The first [`BEGINNING`] bytes, or up to 3 fewer.
fn beginning(words: &str) -> &str {
    let mut end = words.len().min(BEGINNING);
    while !words.is_char_boundary(end) {
        end -= 1;
    }
    &words[..end]
}

/// Whether an entry with the guid of `old` is another article all the same (rule 3). `old` is title, link, date and text.
pub(super) fn is_given_again(old: (&str, Option<&str>, Option<i64>, &Content), new: &Entry, site: Site) -> bool {
    let (old_title, old_link, old_date, old_text) = old;
    let (old_link, new_link) = (link_key(old_link), link_key(new.link.as_deref()));
    let is_other_link = match site.tells(old_link) || site.tells(new_link) {
        // A link that is left out once is no other link.
        true => old_link != 0 && new_link != 0 && old_link != new_link,
        false => true,
    };
    let date = date(new);
    let is_other = old_title != title(new) && is_other_link && !(date.is_some() && date == old_date);
    let none = Content::default();
    is_other && visible::overlap(old_text, new.body().unwrap_or(&none)) < 0.5
}

/// Whether an entry that has the link and text of an article is another one (rule 4). `old` is title and date.
pub(super) fn is_another(old: (&str, Option<i64>), new: &Entry) -> bool {
    let has_guid = new.guid.as_deref().is_some_and(|guid| !guid.trim().is_empty());
    has_guid && old.0 != title(new) && matches!((old.1, date(new)), (Some(old), Some(new)) if old != new)
}

/// Whether two entries of one delivery that have the same link say the same.
pub(super) fn is_same(one: &Entry, other: &Entry) -> bool {
    let none = Content::default();
    let (body, other_body) = (one.body().unwrap_or(&none), other.body().unwrap_or(&none));
    title(one) == title(other) && visible::compare(body, other_body) != Likeness::Other
}

/// A hash of texts that cannot be mistaken for that of others of another kind; never 0.
pub(super) fn hash(kind: &str, texts: &[&str]) -> u64 {
    let mut hasher = blake3::Hasher::new();
    hasher.update(kind.as_bytes());
    for text in texts {
        hasher.update(&[0]);
        hasher.update(text.as_bytes());
    }
    first(&hasher)
}

fn hash_numbers(kind: &str, numbers: &[u64]) -> u64 {
    let mut hasher = blake3::Hasher::new();
    hasher.update(kind.as_bytes());
    for number in numbers {
        hasher.update(&number.to_le_bytes());
    }
    first(&hasher)
}

fn first(hasher: &blake3::Hasher) -> u64 {
    let mut bytes = [0; 8];
    bytes.copy_from_slice(&hasher.finalize().as_bytes()[..8]);
    u64::from_le_bytes(bytes).max(1)
}

/// An address without what does not tell pages apart (rule 5); anything else as it is.
pub(super) fn canonical(address: &str) -> String {
    let is_web = |scheme: &str| address.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
    if !is_web("http://") && !is_web("https://") {
        return address.to_owned();
    }
    let Ok(url) = Url::parse(address) else { return address.to_owned() };
    let host = url.host_str().unwrap_or_default();
    let mut canonical = host.strip_prefix("www.").unwrap_or(host).to_owned();
    if let Some(port) = url.port() {
        canonical.push_str(&format!(":{port}"));
    }
    canonical.push_str(url.path().trim_end_matches('/'));
    let mut mark = '?';
    for parameter in url.query().unwrap_or_default().split('&').filter(|one| !one.is_empty() && !tracks(one)) {
        canonical.push(mark);
        canonical.push_str(parameter);
        mark = '&';
    }
    let fragment = url.fragment().unwrap_or_default();
    if !fragment.is_empty() && !fragment.starts_with(":~:") && !fragment.split('&').all(tracks) {
        canonical.push('#');
        canonical.push_str(fragment);
    }
    canonical
}

/// Whether a parameter (`name=value`) is there to count visitors only.
fn tracks(parameter: &str) -> bool {
    const NAMES: &[&str] = &[
        "fbclid",
        "gclid",
        "gclsrc",
        "dclid",
        "gbraid",
        "wbraid",
        "msclkid",
        "yclid",
        "ysclid",
        "twclid",
        "ttclid",
        "igshid",
        "igsh",
        "mc_cid",
        "mc_eid",
        "mkt_tok",
        "vero_id",
        "vero_conv",
        "wickedid",
        "oly_anon_id",
        "oly_enc_id",
        "rb_clickid",
        "s_cid",
        "cmpid",
        "ocid",
        "xtor",
        "wt.mc_id",
        "wt_mc",
        "ncid",
        "ns_campaign",
        "ns_mchannel",
        "ns_source",
        "smid",
        "smtyp",
        "guccounter",
        "guce_referrer",
        "guce_referrer_sig",
        "ftag",
        "ito",
        "icid",
        "cvid",
        "echobox",
        "_ga",
        "_gl",
        "trk",
        "trkcampaign",
        "mbid",
        "sr_share",
        "srsltid",
        "spm",
        "scid",
        "__twitter_impression",
    ];
    const STARTS: &[&str] = &["utm_", "at_", "hsa_", "_hs", "pk_", "mtm_", "matomo_", "piwik_", "ns_"];
    /// Names that also mean something else: only with these values they say where the link stood.
    const SOURCES: &[&str] = &["ref", "source", "src", "from", "via", "partner", "cmp", "feed", "origin", "medium"];
    const PLACES: &[&str] =
        &["rss", "atom", "feed", "feeds", "rss_feed", "rssfeed", "twitter", "facebook", "newsletter"];
    let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
    let name = name.to_ascii_lowercase();
    NAMES.contains(&name.as_str())
        || STARTS.iter().any(|start| name.starts_with(start))
        || SOURCES.contains(&name.as_str()) && PLACES.contains(&value.to_ascii_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tracking_is_no_part_of_an_address() {
        let bare = canonical("https://news.example.org/a?id=7");
        for same in [
            "http://www.news.example.org/a/?id=7",
            "https://News.Example.org/a?utm_source=rss&id=7&fbclid=x1",
            "https://news.example.org/a?id=7&at_medium=RSS&at_campaign=KARANGA",
            "https://news.example.org/a?id=7#xtor=RSS-3208",
            "https://news.example.org/a?id=7&ref=rss#:~:text=hello",
            "https://news.example.org:443/a?id=7&",
        ] {
            assert_eq!(canonical(same), bare, "{same}");
        }
        for other in [
            "https://news.example.org/a?id=8",
            "https://news.example.org/a?id=7#v1.2",
            "https://news.example.org/A?id=7",
            "https://news.example.org/a?id=7&ref=page-2",
            "https://news.example.org/a/b?id=7",
            "https://news.example.org:8443/a?id=7",
        ] {
            assert_ne!(canonical(other), bare, "{other}");
        }
        assert_eq!(canonical("tag:example.org,2024:a?utm_source=1"), "tag:example.org,2024:a?utm_source=1");
    }

    #[test]
    fn a_guid_on_several_entries_is_told_apart() {
        let entry = |guid: &str, link: &str, title: &str| Entry {
            guid: Some(guid.into()),
            link: Some(format!("https://example.org/{link}")),
            title: Some(crate::text::Clean::line(title)),
            ..Entry::default()
        };
        let entries = [entry("1", "a", "A"), entry("1", "b", "B"), entry("1", "b", "C"), entry("2", "b", "D")];
        let site = Site::default();
        let names: Vec<Name> = entries.iter().map(|entry| Name::of(entry, site)).collect();
        let delivery = Delivery::new(&names, site);
        let mut keys: Vec<u64> =
            names.iter().zip(&entries).map(|(name, entry)| delivery.guid(*name, entry)).collect();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), 4);
        let alone = Delivery::new(&names[..1], site);
        assert_eq!(alone.guid(names[0], &entries[0]), names[0].guid);
    }

    #[test]
    fn keys_survive_their_bytes() {
        let keys = Keys([1, u64::MAX, 0, 7]);
        assert_eq!(Keys::from_bytes(&keys.to_bytes()), keys);
        assert_eq!(Keys::from_bytes(b"short"), Keys::default());
    }
}
