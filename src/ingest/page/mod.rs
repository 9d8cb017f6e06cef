//! Articles out of pages of the web: the text without what stands around it, and what the page says of it.

mod byline;
mod choose;
mod head;
mod hints;
mod jsonld;
mod measure;
mod quality;
mod title;
mod trim;
mod when;

use jiff::Timestamp;

use self::choose::choose;
use self::head::Head;
use self::hints::Names;
use self::measure::Measured;
use self::quality::quality;
use super::build::Builder;
use super::html::{Dom, Ix, Links, Reading, render};
use super::{charset, plain};
use crate::model::{Article, BlockKind};
use crate::text::{Clean, clean_line};

/// What came with a page.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Answer<'a> {
    /// What the server called it: a media type with its parameters.
    pub content_type: Option<&'a str>,
    /// Where it came from; what is relative in it is relative to this.
    pub url: Option<&'a str>,
}

/// An article as a page of the web gives it.
#[derive(Debug, Clone, Default)]
pub struct Page {
    /// The article: its text without its headline, and what the page says of it.
    pub article: Article,
    /// When it was published, where the page tells more than the day.
    pub published: Option<Timestamp>,
    /// Whether that is all.
    pub quality: Quality,
}

/// A page as its parts look at it.
#[derive(Debug, Clone, Copy)]
struct Seen<'a> {
    dom: &'a Dom,
    names: &'a Names,
    measured: &'a Measured,
    /// Where the headline stands.
    headline: Option<Ix>,
}

/// Whether a page gave a whole article.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Quality {
    /// As far as can be told.
    #[default]
    Good,
    /// Probably not.
    Thin {
        /// Why, in the user's words.
        why: Clean,
    },
}

/// The article of a page. Never fails: a page without one gives an article without blocks.
pub fn extract(bytes: &[u8], answer: &Answer) -> Page {
    let text = charset::decode_page(bytes, answer.content_type);
    read(&text, answer.url, false)
}

/// Sets the document of `article` and what is known about it to what the page `text` says.
pub(super) fn fill(article: &mut Article, text: &str) {
    let id = std::mem::take(&mut article.id);
    *article = Article { id, ..read(text, None, true).article };
    plain::headline(article);
}

/// The article of the page `text`; of a file, which keeps its headline, what somebody has opened is wanted as a whole.
fn read(text: &str, url: Option<&str>, is_file: bool) -> Page {
    let dom = Dom::read(text);
    let mut head = Head::read(&dom);
    let whole = Measured::of(&dom, 0, &[]);
    let names = Names::of(&dom);
    let (title, headline) = title::find(&dom, &head);
    let seen = Seen { dom: &dom, names: &names, measured: &whole, headline };
    let (date, published) = when::published(&seen, &head, url);
    let mut article = Article { date, ..Article::default() };
    let authors = authors(&seen, &head);
    let mut chosen = choose(&dom, &names, headline, &whole, is_file);
    let mut links = Links::relative_to(url);
    if let Some(base) = &head.base {
        links = links.based(base);
    }
    let mut line = |text: Option<String>| {
        let line = clean_line(&text?, &mut article.removed);
        (!line.is_empty()).then_some(line)
    };
    article.title = line(title);
    article.source = line(head.meta.site.take().or(head.ld.site.take()));
    article.url = line(head.meta.url.take().or(head.ld.url.take()).map(|url| links.resolve(&url).unwrap_or(url)));
    article.language = line(head.language.take());
    article.authors = authors.into_iter().filter_map(|author| line(Some(author))).collect();
    let body = head.ld.body.take().filter(|body| is_hidden_text(body, chosen.sum.size));
    if !is_file && let Some(title) = &article.title {
        const MOST: usize = 2000;
        // The signs between the words may be others.
        let long = 2 * title.len() + 64;
        let headings = (chosen.root..dom.end(chosen.root)).filter(|&ix| dom.tag(ix).heading().is_some()).take(MOST);
        for ix in headings {
            chosen.dropped[ix] |= plain::is_same_title(&dom.line(ix, long), title);
        }
    }
    let mut builder = Builder::default();
    match &body {
        Some(body) => told(&mut builder, body),
        None => render(
            &dom,
            chosen.root,
            &mut builder,
            &Reading { links, dropped: &chosen.dropped, ..Reading::default() },
        ),
    }
    let (doc, removed) = builder.finish();
    article.removed += removed;
    article.doc = doc;
    // What the page tells in data is whole.
    let quality = if body.is_some() { Quality::Good } else { quality(&seen, &head, &chosen, &article.doc.text) };
    Page { article, published, quality }
}

/// Who wrote the article: by JSON-LD, by `meta` tags, by the page; the site itself only where nobody else is named.
fn authors(seen: &Seen, head: &Head) -> Vec<String> {
    let said = if head.ld.authors.is_empty() { &head.meta.authors } else { &head.ld.authors };
    let sites = [&head.meta.site, &head.ld.site];
    let is_site = |name: &String| {
        let same = |site: &String| {
            plain::is_same_title(site, name) || site.contains(name.as_str()) || name.contains(site.as_str())
        };
        sites.into_iter().flatten().any(same)
    };
    // Beside persons, the site and accounts are no authors.
    let persons: Vec<String> =
        said.iter().filter(|name| !is_site(name) && !byline::is_account(name)).cloned().collect();
    if !persons.is_empty() {
        return persons;
    }
    let sure = byline::find(seen).filter(|(name, _)| !byline::is_account(name) || said.is_empty());
    let found = match (sure, byline::near(seen)) {
        (Some((name, score)), _) if score >= 4 => Some(name),
        (_, Some(near)) => Some(near),
        (sure, None) => byline::labelled(seen).or(sure.map(|(name, _)| name)),
    };
    found.map_or_else(|| said.clone(), |name| vec![name])
}

/// Whether JSON-LD has the text that the page itself does not show before a script has run.
fn is_hidden_text(body: &str, shown: usize) -> bool {
    const SHORT: usize = 600;
    shown < SHORT && body.len() > 2 * shown && body.len() > SHORT
}

/// Adds a text that JSON-LD tells, which may hold markup.
fn told(builder: &mut Builder, body: &str) {
    if body.contains("</p>") || body.contains("<br") {
        super::html::fragment(builder, body);
        return;
    }
    for paragraph in body.split('\n').map(str::trim).filter(|line| !line.is_empty()) {
        // What is no markup may still be written as in it: "&amp;".
        if paragraph.contains('&') {
            super::html::fragment(builder, &format!("<p>{}</p>", paragraph.replace('<', "&lt;")));
            continue;
        }
        builder.begin(BlockKind::Paragraph);
        builder.words(paragraph);
        builder.end();
    }
}
