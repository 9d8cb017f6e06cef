//! What a page says of its article: `meta` and `link` tags, JSON-LD, `<title>`, `<time>`.

use serde_json::Value;

use crate::ingest::html::{Dom, Ix, Key, Tag};
use crate::ingest::parse_date;
use crate::ingest::plain::is_same_title;
use crate::model::Article;
use crate::text::{Clean, clean_line};

/// The longest value that is kept, in bytes.
const LONGEST: usize = 4096;
/// The longest title and the longest JSON-LD that are read, in bytes. Without a bound, a page that never closes them would
/// be held twice.
const LONGEST_SECTION: usize = 1 << 20;
/// Authors that are kept.
const MOST_AUTHORS: usize = 32;

/// What is known of a page, by where it was said.
#[derive(Debug, Default)]
pub(super) struct Head {
    title: String,
    ld: Said,
    meta: Said,
    language: Option<String>,
    time: Option<String>,
}

/// What one of the ways to say it said.
#[derive(Debug, Default)]
struct Said {
    title: Option<String>,
    site: Option<String>,
    date: Option<String>,
    url: Option<String>,
    authors: Vec<String>,
}

impl Head {
    /// What `dom` says of itself.
    pub(super) fn read(dom: &Dom) -> Self {
        let mut head = Self::default();
        let mut drawing = 0;
        for ix in 1..dom.len() {
            match dom.tag(ix) {
                Tag::Svg => drawing = dom.end(ix),
                Tag::Title if ix >= drawing && head.title.is_empty() => {
                    head.title = dom.children(ix).map(|at| dom.text(at)).collect();
                    head.title.truncate(head.title.floor_char_boundary(LONGEST_SECTION));
                }
                Tag::Meta => head.meta(dom, ix),
                Tag::Link => head.link(dom, ix),
                Tag::Time => head.time(dom, ix),
                Tag::Html => head.language = dom.attribute(ix, Key::Lang).filter(|tag| is_fit(tag)).map(str::to_owned),
                _ => (),
            }
        }
        for script in dom.json_ld.iter().filter(|script| script.len() <= LONGEST_SECTION) {
            if let Ok(value) = serde_json::from_str::<Value>(script.trim()) {
                head.read_json_ld(&value, 0);
            }
        }
        head
    }

    /// A `meta` tag.
    fn meta(&mut self, dom: &Dom, ix: Ix) {
        let Some(value) = dom.attribute(ix, Key::Content).map(str::trim).filter(|value| is_fit(value)) else { return };
        for key in [Key::Property, Key::Name, Key::Itemprop] {
            let Some(key) = dom.attribute(ix, key) else { continue };
            let meta = &mut self.meta;
            let first = |slot: &mut Option<String>| {
                slot.get_or_insert_with(|| value.to_owned());
            };
            match key.to_ascii_lowercase().as_str() {
                "og:title" => meta.title = Some(value.to_owned()),
                "twitter:title" | "dc.title" | "parsely-title" | "headline" => first(&mut meta.title),
                "og:site_name" => meta.site = Some(value.to_owned()),
                "application-name" | "dc.publisher" => first(&mut meta.site),
                "article:published_time" | "og:published_time" => meta.date = Some(value.to_owned()),
                "datepublished" | "date" | "pubdate" | "publishdate" | "publish-date" | "dc.date"
                | "dc.date.issued" | "dcterms.created" | "dcterms.date" | "parsely-pub-date" | "sailthru.date" => {
                    first(&mut meta.date)
                }
                "og:url" => first(&mut meta.url),
                "author" | "article:author" | "dc.creator" | "parsely-author" | "byl" => {
                    add_author(&mut meta.authors, value)
                }
                _ => (),
            }
        }
    }

    /// A `link` tag.
    fn link(&mut self, dom: &Dom, ix: Ix) {
        let is_canonical = dom.attribute(ix, Key::Rel).is_some_and(|rel| rel.eq_ignore_ascii_case("canonical"));
        if let Some(url) = dom.attribute(ix, Key::Href).filter(|url| is_canonical && is_fit(url)) {
            self.meta.url = Some(url.to_owned());
        }
    }

    /// A `time` tag. The first one that is a day counts, and least of all.
    fn time(&mut self, dom: &Dom, ix: Ix) {
        if self.time.is_none() {
            self.time = dom.attribute(ix, Key::Datetime).filter(|date| parse_date(date).is_some()).map(str::to_owned);
        }
    }

    /// Sets what is known in `article`. `headline` is the text of the first heading of level 1.
    pub(super) fn describe(self, article: &mut Article, headline: Option<&str>) {
        let removed = &mut article.removed;
        let mut line = |text: String| {
            let line = clean_line(&text, removed);
            (!line.is_empty()).then_some(line)
        };
        let title = self.best_title(headline);
        article.title = title.and_then(&mut line);
        article.source = self.ld.site.or(self.meta.site).and_then(&mut line);
        article.url = self.meta.url.or(self.ld.url).and_then(&mut line);
        article.language = self.language.and_then(&mut line);
        let dates = [self.ld.date, self.meta.date, self.time];
        article.date = dates.iter().flatten().find_map(|date| parse_date(date));
        let authors = if self.ld.authors.is_empty() { self.meta.authors } else { self.ld.authors };
        article.authors = authors.into_iter().filter_map(line).collect::<Vec<Clean>>();
    }

    /// The heading on the page if the head agrees with it or is silent; a lone `<h1>` is often the name of the site.
    fn best_title(&self, headline: Option<&str>) -> Option<String> {
        let said = self.meta.title.as_deref().or(self.ld.title.as_deref());
        let page = Some(self.title.trim()).filter(|title| !title.is_empty());
        match (headline, said, page) {
            (Some(headline), Some(said), _) if is_same_title(headline, said) => Some(headline.to_owned()),
            (_, Some(said), _) => Some(said.to_owned()),
            (Some(headline), None, Some(page)) if page.contains(headline) => Some(headline.to_owned()),
            (Some(headline), None, None) => Some(headline.to_owned()),
            (headline, None, Some(page)) => {
                let page = without_site(page);
                Some(headline.filter(|_| page.is_empty()).unwrap_or(page).to_owned())
            }
            (None, None, None) => None,
        }
    }

    /// Reads the first object that is an article by its type, in lists and graphs as well.
    fn read_json_ld(&mut self, value: &Value, depth: usize) {
        const DEEPEST: usize = 4;
        if depth > DEEPEST || self.ld.title.is_some() {
            return;
        }
        match value {
            Value::Array(list) => list.iter().for_each(|value| self.read_json_ld(value, depth + 1)),
            Value::Object(object) => {
                if let Some(graph) = object.get("@graph") {
                    self.read_json_ld(graph, depth + 1);
                }
                if !object.get("@type").is_some_and(is_article_type) || self.ld.title.is_some() {
                    return;
                }
                let text = |key: &str| {
                    object.get(key).and_then(Value::as_str).filter(|text| is_fit(text)).map(str::to_owned)
                };
                self.ld.title = text("headline").or_else(|| text("name"));
                self.ld.date = text("datePublished");
                self.ld.url = text("url");
                self.ld.site = object.get("publisher").and_then(name);
                let authors = object.get("author");
                let list = authors
                    .and_then(Value::as_array)
                    .map_or(authors.as_slice().to_vec(), |list| list.iter().collect());
                for author in list.into_iter().filter_map(name) {
                    add_author(&mut self.ld.authors, &author);
                }
            }
            _ => (),
        }
    }
}

/// Whether a `@type` is some kind of article.
fn is_article_type(kind: &Value) -> bool {
    let is_article =
        |kind: &Value| kind.as_str().is_some_and(|kind| kind.ends_with("Article") || kind == "BlogPosting");
    is_article(kind) || kind.as_array().is_some_and(|kinds| kinds.iter().any(is_article))
}

/// The name of a person or organisation in JSON-LD.
fn name(value: &Value) -> Option<String> {
    let name = value.as_str().or_else(|| value.get("name")?.as_str())?;
    is_fit(name).then(|| name.to_owned())
}

/// Adds a byline, if it is one and not the address of a profile.
fn add_author(authors: &mut Vec<String>, author: &str) {
    let is_url = author.contains("://") || author.starts_with("www.") || author.starts_with('@');
    if !is_url && authors.len() < MOST_AUTHORS && !authors.iter().any(|known| known == author) {
        authors.push(author.to_owned());
    }
}

/// A page title without the name of the site behind it: "Headline | Site", "Headline - Site".
fn without_site(title: &str) -> &str {
    [" | ", " — ", " – ", " - ", " · ", " :: ", " » "]
        .iter()
        .filter_map(|mark| title.rsplit_once(mark))
        .find(|(headline, site)| headline.split_whitespace().count() >= 3 && headline.len() > site.len())
        .map_or(title, |(headline, _)| headline.trim())
}

fn is_fit(value: &str) -> bool {
    !value.trim().is_empty() && value.len() <= LONGEST
}
