//! Lists of feeds as other readers write them, and what of them is not taken.

use url::Url;

use crate::text::Clean;

/// A list of feeds in folders.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outlines {
    /// The list's own name.
    pub title: Option<String>,
    /// What is in it, in its order.
    pub items: Vec<Outline>,
    /// What was left out or put right, in the user's words.
    pub notices: Vec<Clean>,
}

/// A feed or a folder. Texts are as written: clean them before they are shown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outline {
    /// Its attributes in their order, names as written, the address among them.
    pub attributes: Vec<(String, String)>,
    /// The address of the feed; a folder has none.
    pub url: Option<String>,
    /// What is in the folder.
    pub items: Vec<Outline>,
}

impl Outline {
    /// The value of an attribute, its name in any case of letters.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// What it is called.
    pub fn name(&self) -> Option<&str> {
        ["text", "title"].iter().find_map(|key| self.attribute(key).map(str::trim).filter(|name| !name.is_empty()))
    }
}

impl Outlines {
    /// How many feeds there are in it.
    pub fn count(&self) -> usize {
        fn count(items: &[Outline]) -> usize {
            items.iter().map(|item| usize::from(item.url.is_some()) + count(&item.items)).sum()
        }
        count(&self.items)
    }
}

/// The address of a feed as a list writes it, if it may be taken from a list: a web address. Commands, files and other
/// schemes are not: whoever wrote the list could make the program run or read what the user does not know of.
pub(super) fn address(written: &str) -> Result<String, &'static str> {
    let written = written.trim();
    let scheme = written.split_once(':').map(|(scheme, _)| scheme.trim().to_ascii_lowercase());
    let address = match scheme.as_deref() {
        _ if written.starts_with('|') => return Err("it would run a command"),
        Some("exec" | "filter") => return Err("it would run a command"),
        Some("file") => return Err("it is a file of this computer; if it is yours, add it by itself"),
        Some("feed") => {
            let rest = written.get(5..).unwrap_or_default().trim_start_matches('/');
            if rest.contains("://") { rest.to_owned() } else { format!("http://{rest}") }
        }
        Some("http" | "https") => written.to_owned(),
        _ => return Err("it is no web address"),
    };
    let is_web = |url: &Url| matches!(url.scheme(), "http" | "https") && url.host_str().is_some();
    if Url::parse(&address).is_ok_and(|url| is_web(&url)) { Ok(address) } else { Err("it is no web address") }
}

/// What was refused, with the first few by name.
#[derive(Debug, Default)]
pub(super) struct Refused {
    told: Vec<Clean>,
    more: usize,
}

impl Refused {
    /// As many are named.
    const NAMED: usize = 20;

    pub fn add(&mut self, what: &str, why: &str) {
        if self.told.len() < Self::NAMED {
            let what: String = what.chars().take(120).collect();
            self.told.push(Clean::line(&format!("left out {what}: {why}")));
        } else {
            self.more += 1;
        }
    }

    pub fn into_notices(mut self) -> Vec<Clean> {
        if self.more > 0 {
            self.told.push(Clean::line(&format!("left out {} more for such reasons", self.more)));
        }
        self.told
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_web_addresses_are_taken_from_a_list() {
        for (written, address_taken) in [
            (" https://example.org/feed ", Some("https://example.org/feed")),
            ("HTTP://example.org/", Some("HTTP://example.org/")),
            ("feed://example.org/x", Some("http://example.org/x")),
            ("feed:https://example.org/x", Some("https://example.org/x")),
            ("exec:touch /tmp/x", None),
            (" EXEC:touch", None),
            ("exec :touch", None),
            ("filter:cat:https://example.org/", None),
            ("|touch /tmp/x", None),
            ("file:///etc/passwd", None),
            ("feed:exec:touch", None),
            ("feed:file:///etc/passwd", None),
            ("javascript:alert(1)", None),
            ("example.org", None),
            ("", None),
        ] {
            assert_eq!(address(written).ok().as_deref(), address_taken, "{written}");
        }
    }
}
