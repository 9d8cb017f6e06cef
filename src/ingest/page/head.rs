//! What a page says of its article in its `meta` and `link` tags and in JSON-LD.

use super::{byline, jsonld};
use crate::ingest::html::{Dom, Ix, Key, Tag};

/// The longest value that is kept, in bytes.
const LONGEST: usize = 4096;
/// Authors that are kept.
const MOST_AUTHORS: usize = 32;

/// What is known of a page, by where it was said.
#[derive(Debug, Default)]
pub(super) struct Head {
    /// The `<title>`.
    pub title: String,
    pub ld: Said,
    pub meta: Said,
    pub language: Option<String>,
    /// Where links are relative to.
    pub base: Option<String>,
}

/// What one of the ways to say it said.
#[derive(Debug, Default)]
pub(super) struct Said {
    pub title: Option<String>,
    pub site: Option<String>,
    pub date: Option<String>,
    /// A date that may be that of a change, or of another thing.
    pub modified: Option<String>,
    pub url: Option<String>,
    pub authors: Vec<String>,
    pub body: Option<String>,
    /// Whether everybody may read all of it.
    pub is_free: Option<bool>,
}

impl Head {
    /// What `dom` says of itself.
    pub(super) fn read(dom: &Dom) -> Self {
        let mut head = Self::default();
        let mut drawing = 0;
        let mut cards = Cards::default();
        for ix in 1..dom.len() {
            match dom.tag(ix) {
                Tag::Svg => drawing = dom.end(ix),
                Tag::Title if ix >= drawing && head.title.is_empty() => {
                    let title: String = dom.children(ix).map(|at| dom.text(at)).collect();
                    head.title = title
                        .chars()
                        .take(LONGEST)
                        .collect::<String>()
                        .split_whitespace()
                        .collect::<Vec<_>>()
                        .join(" ");
                }
                Tag::Meta => {
                    head.meta(dom, ix);
                    cards.read(dom, ix);
                }
                Tag::Link => head.link(dom, ix),
                Tag::Base if head.base.is_none() => head.base = dom.attribute(ix, Key::Href).map(str::to_owned),
                Tag::Html => {
                    head.language = dom.attribute(ix, Key::Lang).filter(|tag| is_fit(tag)).map(str::to_owned)
                }
                _ => (),
            }
        }
        head.ld = jsonld::read(&dom.json_ld, &head.known(dom));
        head.ld.authors.retain(|author| is_fit(author) && byline::is_name(author));
        head.ld.authors.truncate(MOST_AUTHORS);
        if let Some(author) = cards.author()
            && head.meta.authors.is_empty()
        {
            head.add_author(author);
        }
        let meta = head.meta.authors;
        head.meta.authors = Vec::new();
        meta.into_iter().for_each(|author| once(&mut head.meta.authors, author));
        let told = std::mem::take(&mut head.ld.authors);
        told.into_iter().for_each(|author| once(&mut head.ld.authors, author));
        head
    }

    /// What the page is known by so far.
    fn known(&self, dom: &Dom) -> jsonld::Known {
        const LONG: usize = 400;
        let headline = (1..dom.len()).find(|&ix| dom.tag(ix) == Tag::H1).map(|ix| dom.line(ix, LONG));
        let titles = [Some(self.title.clone()), self.meta.title.clone(), headline];
        jsonld::Known {
            addresses: self.meta.url.iter().cloned().collect(),
            titles: titles.into_iter().flatten().filter(|title| !title.is_empty()).collect(),
        }
    }

    /// A `meta` tag.
    fn meta(&mut self, dom: &Dom, ix: Ix) {
        let Some(value) = dom.attribute(ix, Key::Content).map(str::trim).filter(|value| is_fit(value)) else {
            return;
        };
        for key in [Key::Property, Key::Name, Key::Itemprop] {
            // Some give several names at once.
            for key in dom.attribute(ix, key).unwrap_or_default().split_ascii_whitespace().take(8) {
                self.said(&key.to_ascii_lowercase(), value);
            }
        }
    }

    fn said(&mut self, key: &str, value: &str) {
        let meta = &mut self.meta;
        let first = |slot: &mut Option<String>| {
            slot.get_or_insert_with(|| value.to_owned());
        };
        match key {
            "og:title" => meta.title = Some(value.to_owned()),
            "twitter:title" | "dc.title" | "dc:title" | "dcterms.title" | "parsely-title" | "headline"
            | "citation_title" | "sailthru.title" => first(&mut meta.title),
            "og:site_name" => meta.site = Some(value.to_owned()),
            "application-name" | "dc.publisher" | "dcterms.publisher" | "citation_journal_title" => {
                first(&mut meta.site)
            }
            "article:published_time" | "og:published_time" => meta.date = Some(value.to_owned()),
            "datepublished"
            | "pubdate"
            | "publishdate"
            | "publish-date"
            | "publish_date"
            | "publication_date"
            | "published"
            | "published_time"
            | "article.published"
            | "dc.date.issued"
            | "dcterms.issued"
            | "dc.date.created"
            | "dcterms.created"
            | "dc.created"
            | "parsely-pub-date"
            | "sailthru.date"
            | "citation_publication_date"
            | "citation_date"
            | "citation_online_date"
            | "article_date_original"
            | "originalpublicationdate"
            | "rnews:datepublished"
            | "cxenseparse:recs:publishtime"
            | "article:publicationdate"
            | "datecreated"
            | "displaydate"
            | "ptime"
            | "pdate" => first(&mut meta.date),
            "date"
            | "dc.date"
            | "dc:date"
            | "dcterms.date"
            | "last-modified"
            | "article:modified_time"
            | "og:updated_time"
            | "dcterms.modified"
            | "datemodified"
            | "revised"
            | "lastmod" => first(&mut meta.modified),
            "og:url" => first(&mut meta.url),
            "og:locale" | "language" | "content-language" | "dc.language" => {
                self.language.get_or_insert_with(|| value.replace('_', "-"));
            }
            "author"
            | "article:author"
            | "dc.creator"
            | "dc:creator"
            | "dcterms.creator"
            | "parsely-author"
            | "byl"
            | "citation_author"
            | "sailthru.author"
            | "article:author_name"
            | "authors"
            | "byline"
            | "twitter:creator:name"
            | "dc.contributor"
            | "creator"
            | "book:author" => self.add_author(value),
            key if key.ends_with("author_name") || key.ends_with(":author") => self.add_author(value),
            _ => (),
        }
    }

    fn add_author(&mut self, value: &str) {
        let authors = &mut self.meta.authors;
        if let Some(name) = byline::name(value).filter(|_| !value.contains("://") && !value.starts_with(['@', '/']))
            && authors.len() < MOST_AUTHORS
            && !authors.contains(&name)
        {
            authors.push(name);
        }
    }

    /// A `link` tag.
    fn link(&mut self, dom: &Dom, ix: Ix) {
        let is_canonical = dom.attribute(ix, Key::Rel).is_some_and(|rel| rel.eq_ignore_ascii_case("canonical"));
        if let Some(url) = dom.attribute(ix, Key::Href).filter(|url| is_canonical && is_fit(url)) {
            self.meta.url = Some(url.to_owned());
        }
    }
}

/// Adds a name that is not there yet, in whatever letters.
fn once(names: &mut Vec<String>, name: String) {
    if !names.iter().any(|known| known.to_lowercase() == name.to_lowercase()) {
        names.push(name);
    }
}

/// The labelled values of a page's card in social networks: `twitter:label1`, `twitter:data1`.
#[derive(Debug, Default)]
struct Cards<'a> {
    labels: [&'a str; 2],
    values: [&'a str; 2],
}

impl<'a> Cards<'a> {
    fn read(&mut self, dom: &'a Dom, ix: Ix) {
        let key = dom.attribute(ix, Key::Name).or_else(|| dom.attribute(ix, Key::Property)).unwrap_or_default();
        let slot = match key {
            "twitter:label1" => &mut self.labels[0],
            "twitter:label2" => &mut self.labels[1],
            "twitter:data1" => &mut self.values[0],
            "twitter:data2" => &mut self.values[1],
            _ => return,
        };
        *slot = dom.attribute(ix, Key::Content).unwrap_or_default().trim();
    }

    /// The value whose label says that it is who wrote the page.
    fn author(&self) -> Option<&'a str> {
        const LABELS: [&str; 12] = [
            "written by",
            "author",
            "by",
            "verfasst von",
            "geschrieben von",
            "autor",
            "écrit par",
            "rédigé par",
            "escrito por",
            "scritto da",
            "geschreven door",
            "napisane przez",
        ];
        let is_author = |label: &&str| LABELS.contains(&label.to_lowercase().as_str());
        let at = self.labels.iter().position(is_author)?;
        Some(self.values[at]).filter(|value| is_fit(value))
    }
}

fn is_fit(value: &str) -> bool {
    !value.trim().is_empty() && value.len() <= LONGEST
}

#[cfg(test)]
mod tests {
    use super::*;

    fn authors(page: &str) -> Vec<String> {
        Head::read(&Dom::read(page)).meta.authors
    }

    #[test]
    fn cards_name_authors() {
        let card = |label: &str| {
            format!("<meta name=twitter:label1 content='{label}'><meta name=twitter:data1 content='Ada Quill'>")
        };
        assert_eq!(authors(&card("Verfasst von")), ["Ada Quill"]);
        assert!(authors(&card("Lesezeit")).is_empty());
        assert_eq!(authors(&format!("<meta name=author content='Bo Reed'>{}", card("Written by"))), ["Bo Reed"]);
    }

    #[test]
    fn nobody_is_named_twice() {
        assert_eq!(
            authors("<meta name=author content='Ada Quill'><meta name=byl content='By ADA QUILL'>"),
            ["Ada Quill"]
        );
    }
}
