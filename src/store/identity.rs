//! By what an entry of a feed is known again. These are the rules:
//!
//! 1. The same guid is the same article. A guid that is an address counts without what tracks (rule 5). An entry without
//!    a guid goes by its link.
//! 2. A guid that several entries of one delivery bear does not identify: there the link is added to it, and the title
//!    too where guid and link are not enough.
//! 3. A guid that now stands on an entry with another link, another title, another date and hardly a word in common was
//!    given again: this is another article.
//! 4. An entry whose guid is not known is an article already there if it has the same link and text, or the same link,
//!    title and date (unless the link is the feed's own site, which says nothing), or the same title, date and beginning of
//!    a text that is long enough. An article is taken by one entry of a delivery only, so two entries that a feed shows side
//!    by side stay two, unless they are the same in link and text.
//! 5. Of an address its scheme, a leading `www.`, a slash at the end, parameters that only track, and fragments that only
//!    track do not count. Other fragments do: change logs have one page and a fragment for each entry.
//! 6. What retention dropped is remembered by the same keys, so that an entry that is still in the feed does not come back.

use std::collections::HashMap;

use url::Url;

use super::visible;
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
    site: u64,
}

/// What is said of an entry before its text is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Name {
    guid: u64,
    link: u64,
}

impl Name {
    pub fn of(entry: &Entry) -> Self {
        let text =
            |text: &Option<String>| text.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(canonical);
        let link = text(&entry.link).map_or(0, |link| hash("link", &[&link]));
        let guid = text(&entry.guid).map_or(0, |guid| hash("guid", &[&guid]));
        Name { guid: if guid == 0 { link } else { guid }, link }
    }

    /// Guid and link as one.
    fn pair(self) -> u64 {
        hash_numbers("pair", &[self.guid, self.link])
    }
}

impl Delivery {
    /// Counts the names of a delivery; `site` is the feed's own link.
    pub fn new(names: &[Name], site: Option<&str>) -> Self {
        let mut guids = HashMap::with_capacity(names.len());
        let mut pairs = HashMap::new();
        for name in names {
            *guids.entry(name.guid).or_insert(0) += 1;
        }
        for name in names.iter().filter(|name| guids.get(&name.guid).is_some_and(|count| *count > 1)) {
            *pairs.entry(name.pair()).or_insert(0) += 1;
        }
        Delivery { guids, pairs, site: site.map_or(0, |site| hash("link", &[&canonical(site.trim())])) }
    }

    /// The key of rules 1 and 2; 0 if there is none.
    pub fn guid(&self, name: Name, entry: &Entry) -> u64 {
        let is_double = |counts: &HashMap<u64, u32>, key| counts.get(&key).is_some_and(|count| *count > 1);
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
        let beginning = beginning(&words);
        let text = hash("text", &[beginning]);
        let is_enough = words.len() >= ENOUGH;
        let title_key = hash("title", &[title(entry)]);
        let date = entry.published.or(entry.updated).map_or(0, |date| date.as_millisecond().cast_unsigned());
        let has_link = name.link != 0;
        let is_telling = has_link && name.link != self.site;
        let link_text = match (is_enough, is_telling) {
            (true, _) if has_link => hash_numbers("link and text", &[name.link, text]),
            // Too little text to go by: the title has to be the same too.
            (false, true) => hash_numbers("link and all", &[name.link, title_key, text]),
            _ => 0,
        };
        let link_title = match is_telling {
            true => hash_numbers("link and title", &[name.link, title_key, date]),
            false => 0,
        };
        let is_nameless = name.guid == 0;
        let text = match is_enough || (is_nameless && !(words.is_empty() && title(entry).is_empty())) {
            true => hash_numbers("title and text", &[title_key, date, text]),
            false => 0,
        };
        Keys([self.guid(name, entry), link_text, link_title, text])
    }
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
pub(super) fn is_given_again(old: (&str, Option<&str>, Option<i64>, &Content), new: &Entry) -> bool {
    let (old_title, old_link, old_date, old_text) = old;
    let (Some(old_link), Some(new_link)) = (old_link, new.link.as_deref()) else { return false };
    let date = new.published.or(new.updated).map(|date| date.as_millisecond());
    let is_other = old_title != title(new)
        && canonical(old_link) != canonical(new_link)
        && !(date.is_some() && date == old_date);
    let none = Content::default();
    is_other && visible::overlap(old_text, new.body().unwrap_or(&none)) < 0.5
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
        let names: Vec<Name> = entries.iter().map(Name::of).collect();
        let delivery = Delivery::new(&names, None);
        let mut keys: Vec<u64> =
            names.iter().zip(&entries).map(|(name, entry)| delivery.guid(*name, entry)).collect();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), 4);
        let alone = Delivery::new(&names[..1], None);
        assert_eq!(alone.guid(names[0], &entries[0]), names[0].guid);
    }

    #[test]
    fn keys_survive_their_bytes() {
        let keys = Keys([1, u64::MAX, 0, 7]);
        assert_eq!(Keys::from_bytes(&keys.to_bytes()), keys);
        assert_eq!(Keys::from_bytes(b"short"), Keys::default());
    }
}
