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
}

impl Head {
    /// What `dom` says of itself.
    pub(super) fn read(dom: &Dom) -> Self {
        let mut head = Self { ld: jsonld::read(&dom.json_ld), ..Self::default() };
        head.ld.authors.retain(|author| is_fit(author) && byline::is_name(author));
        head.ld.authors.truncate(MOST_AUTHORS);
        let mut drawing = 0;
        for ix in 1..dom.len() {
            match dom.tag(ix) {
                Tag::Svg => drawing = dom.end(ix),
                Tag::Title if ix >= drawing && head.title.is_empty() => {
                    let title: String = dom.children(ix).map(|at| dom.text(at)).collect();
                    head.title = title.chars().take(LONGEST).collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ");
                }
                Tag::Meta => head.meta(dom, ix),
                Tag::Link => head.link(dom, ix),
                Tag::Base if head.base.is_none() => head.base = dom.attribute(ix, Key::Href).map(str::to_owned),
                Tag::Html => head.language = dom.attribute(ix, Key::Lang).filter(|tag| is_fit(tag)).map(str::to_owned),
                _ => (),
            }
        }
        head
    }

    /// A `meta` tag.
    fn meta(&mut self, dom: &Dom, ix: Ix) {
        let Some(value) = dom.attribute(ix, Key::Content).map(str::trim).filter(|value| is_fit(value)) else { return };
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
            "twitter:title" | "dc.title" | "dc:title" | "dcterms.title" | "parsely-title" | "headline" | "citation_title"
            | "sailthru.title" => first(&mut meta.title),
            "og:site_name" => meta.site = Some(value.to_owned()),
            "application-name" | "dc.publisher" | "dcterms.publisher" | "citation_journal_title" => first(&mut meta.site),
            "article:published_time" | "og:published_time" => meta.date = Some(value.to_owned()),
            "datepublished" | "pubdate" | "publishdate" | "publish-date" | "publish_date" | "publication_date"
            | "published" | "published_time" | "article.published" | "dc.date.issued" | "dcterms.issued" | "dc.date.created"
            | "dcterms.created" | "dc.created" | "parsely-pub-date" | "sailthru.date" | "citation_publication_date"
            | "citation_date" | "citation_online_date" | "article_date_original" | "originalpublicationdate"
            | "rnews:datepublished" | "cxenseparse:recs:publishtime" | "article:publicationdate" | "datecreated"
            | "displaydate" | "ptime" | "pdate" => first(&mut meta.date),
            "date" | "dc.date" | "dc:date" | "dcterms.date" | "last-modified" | "article:modified_time"
            | "og:updated_time" | "dcterms.modified" | "datemodified" | "revised" | "lastmod" => first(&mut meta.modified),
            "og:url" => first(&mut meta.url),
            "og:locale" | "language" | "content-language" | "dc.language" => {
                self.language.get_or_insert_with(|| value.replace('_', "-"));
            }
            "author" | "article:author" | "dc.creator" | "dc:creator" | "dcterms.creator" | "parsely-author" | "byl"
            | "citation_author" | "sailthru.author" | "article:author_name" | "authors" | "byline" | "twitter:creator:name"
            | "dc.contributor" | "creator" | "book:author" => self.add_author(value),
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

fn is_fit(value: &str) -> bool {
    !value.trim().is_empty() && value.len() <= LONGEST
}
