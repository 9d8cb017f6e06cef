//! Addresses that may be handed to other programs. What an article links to is foreign text; only an [`Address`] leaves
//! the reader, and only what cannot be mistaken for a file, a command or an option becomes one.

use url::Url;

use crate::text::Clean;
use crate::words;

/// An address of a page, or of somebody's mailbox: printable ASCII that begins with `http:`, `https:` or `mailto:`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Address(Url);

/// Why something is not opened.
#[derive(Debug, Clone, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Refused {
    /// It is an address of another kind, such as `javascript:` or `file:`.
    #[error("\"{0}:\" links are not opened; only web pages and mail addresses are")]
    Scheme(Clean),
    /// It is none at all.
    #[error("\"{0}\" is no address of a web page")]
    NoAddress(Clean),
}

/// What may be asked of the mail program; others attach files.
const MAIL_FIELDS: [&str; 5] = ["to", "cc", "bcc", "subject", "body"];

impl Address {
    /// The page that `words` are the address of.
    ///
    /// # Errors
    /// If they are no address of a page on the web.
    pub fn page(words: &str) -> Result<Address, Refused> {
        match Url::parse(words) {
            Ok(url) if matches!(url.scheme(), "http" | "https") => Ok(Address(url)),
            Ok(url) => Err(Refused::Scheme(short(url.scheme()))),
            Err(_) => Err(Refused::NoAddress(short(words))),
        }
    }

    /// What a link to `words` leads to, in an article published at `base`.
    ///
    /// # Errors
    /// If it leads to neither a page nor a mailbox.
    pub fn of_link(words: &str, base: Option<&Address>) -> Result<Address, Refused> {
        let parsed = Url::options().base_url(base.map(|base| &base.0)).parse(words);
        match parsed {
            Ok(url) if url.scheme() == "mailto" => Ok(Address(without_attachments(url))),
            Ok(url) if matches!(url.scheme(), "http" | "https") => Ok(Address(url)),
            Ok(url) => Err(Refused::Scheme(short(url.scheme()))),
            Err(_) => Err(Refused::NoAddress(short(words))),
        }
    }

    /// The address, as programs take it.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// The address, as it is shown: the host is the true one, in the letters of the domain name system.
    pub fn shown(&self) -> Clean {
        Clean::line(self.as_str())
    }

    /// Whether it is a mailbox.
    pub fn is_mail(&self) -> bool {
        self.0.scheme() == "mailto"
    }

    /// Who is behind it: the host as the domain name system knows it (`xn--…` for letters that may look like others), or
    /// the mailbox.
    pub fn host(&self) -> Clean {
        Clean::line(self.0.host_str().unwrap_or(self.0.path()))
    }

    /// What follows the host.
    pub fn path(&self) -> Clean {
        let path = &self.0[url::Position::BeforePath..];
        Clean::line(if self.is_mail() { "" } else { path })
    }
}

fn without_attachments(mut url: Url) -> Url {
    if url.query().is_some() {
        let kept: Vec<(String, String)> = url
            .query_pairs()
            .filter(|(field, _)| MAIL_FIELDS.iter().any(|known| field.eq_ignore_ascii_case(known)))
            .map(|(field, value)| (field.into_owned(), value.into_owned()))
            .collect();
        url.set_query(None);
        if !kept.is_empty() {
            url.query_pairs_mut().extend_pairs(kept);
            // A mail program takes a plus sign as it is.
            let query = url.query().map(|query| query.replace('+', "%20"));
            url.set_query(query.as_deref());
        }
    }
    url
}

/// No more of something refused than a notice could hold.
fn short(words: &str) -> Clean {
    const MOST: usize = 60;
    let end = words.char_indices().nth(MOST).map_or(words.len(), |(at, _)| at);
    let more = if end < words.len() { "…" } else { "" };
    Clean::line(&words!("{}{more}", &words[..end]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link(words: &str) -> Result<String, Refused> {
        let base = Address::page("https://wire.example/2026/story.html").unwrap();
        Address::of_link(words, Some(&base)).map(|address| address.as_str().to_owned())
    }

    #[test]
    fn pages_and_mailboxes_are_addresses_and_relative_ones_are_resolved() {
        assert_eq!(link("http://a.example/x?y=1&z").unwrap(), "http://a.example/x?y=1&z");
        assert_eq!(link("../about").unwrap(), "https://wire.example/about");
        assert_eq!(link("//b.example/x").unwrap(), "https://b.example/x");
        assert_eq!(link("mailto:desk@wire.example?subject=A%20b").unwrap(), "mailto:desk@wire.example?subject=A%20b");
    }

    #[test]
    fn nothing_else_is() {
        for words in [
            "javascript:alert(1)",
            "JavaScript:alert(1)",
            "java\tscript:alert(1)",
            "\u{1}javascript:alert(1)",
            "file:///etc/passwd",
            "data:text/html,x",
            "vbscript:x",
            "ftp://a.example/",
            "http://",
            "x-man-page://1",
        ] {
            assert!(link(words).is_err(), "{words:?}");
        }
        for words in ["-rf", "--help", "/etc/passwd", "", "example.org", "mailto:a@b.example", "file:///x"] {
            assert!(Address::page(words).is_err(), "{words:?}");
            assert!(words.starts_with("mailto") || Address::of_link(words, None).is_err(), "{words:?}");
        }
    }

    #[test]
    fn what_leaves_is_printable_and_begins_with_its_scheme() {
        for words in ["-rf", "http://a.example/\u{1b}]0;x\u{7}\n`id`\u{202e}é", "mailto:\u{1b}[31m@a.example", "?;\0"]
        {
            let address = link(words).unwrap();
            assert!(address.bytes().all(|byte| (0x20..0x7f).contains(&byte)), "{address:?}");
            assert!(address.starts_with("http") || address.starts_with("mailto:"), "{address:?}");
        }
    }

    #[test]
    fn the_host_shown_is_the_true_one() {
        let host = |words: &str| Address::page(words).unwrap().host().to_string();
        assert_eq!(host("https://wire.example@evil.example/"), "evil.example");
        assert_eq!(host("https://wіre.example/"), "xn--wre-jhd.example", "a Cyrillic letter among Latin ones");
        assert_eq!(host("https://EXAMPLE.org:8080/"), "example.org");
    }

    #[test]
    fn a_link_attaches_no_files_to_a_letter() {
        let address = link("mailto:a@b.example?subject=Hi&attach=/etc/passwd&Body=x%20y").unwrap();
        assert_eq!(address, "mailto:a@b.example?subject=Hi&Body=x%20y");
        assert_eq!(link("mailto:a@b.example?attachment=/etc/passwd").unwrap(), "mailto:a@b.example");
    }
}
