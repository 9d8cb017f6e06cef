//! HTML pages, read as a stream of tags: no tree is built, so that time is linear and nothing recurses, however deep the
//! tags of a page are nested.

mod attributes;
mod elements;
mod head;
mod sink;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{BufferQueue, Tokenizer, TokenizerOpts};

use self::sink::{Page, Region, Sink};
use super::build::Builder;
use super::plain;
use crate::model::{Article, BlockKind};

/// Sets the document of `article` and what is known about it to what the page `text` says.
pub(super) fn fill(article: &mut Article, text: &str) {
    let page = tokenize(text, Page::default());
    let keep = choose(&page);
    let headline =
        page.builder.blocks().find(|(kind, ..)| *kind == BlockKind::Heading(1)).map(|(_, words, _)| words.to_owned());
    page.head.describe(article, headline.as_deref());
    let (doc, removed) = page.builder.finish(|tag| keep.get(tag).copied().unwrap_or(true));
    article.removed += removed;
    article.doc = doc;
    plain::headline(article);
}

/// Adds the blocks of a piece of HTML to `builder`.
pub(super) fn fragment(builder: &mut Builder, text: &str) {
    *builder = tokenize(text, Page::onto(std::mem::take(builder))).builder;
    builder.end();
}

fn tokenize(text: &str, page: Page) -> Page {
    let tokenizer = Tokenizer::new(Sink::new(page), TokenizerOpts::default());
    let queue = BufferQueue::default();
    queue.push_back(StrTendril::from_slice(&attributes::limited(text)));
    // The sink never asks the tokenizer to stop for a script, so all is read at once.
    let _ = tokenizer.feed(&queue);
    tokenizer.end();
    tokenizer.sink.into_page()
}

/// Which regions, by index, belong to the article: the one long `<article>`, else `<main>`, else all; without
/// navigation, headers, footers, asides and forms, as long as something is left.
fn choose(page: &Page) -> Vec<bool> {
    let mut sizes = vec![0; page.regions.len()];
    for (_, words, tag) in page.builder.blocks() {
        if let Some(size) = sizes.get_mut(tag) {
            *size += words.len();
        }
    }
    let total = |keep: &dyn Fn(&Region) -> bool| -> usize {
        page.regions.iter().zip(&sizes).filter(|(region, _)| keep(region)).map(|(_, size)| size).sum()
    };
    // A page wrapped in a form as a whole, or one that is nothing but a list of links, still has a text.
    let body: &dyn Fn(&Region) -> bool = match () {
        () if total(&|region| !region.is_chrome && !region.is_form) * 4 >= total(&|region| !region.is_chrome) => {
            &|region| !region.is_chrome && !region.is_form
        }
        () => &|region| !region.is_chrome,
    };
    let all = total(body);
    if all == 0 {
        return vec![true; page.regions.len()];
    }
    let mut articles = vec![0; page.articles + 1];
    for (region, size) in page.regions.iter().zip(&sizes).filter(|(region, _)| body(region)) {
        articles[region.article] += size;
    }
    let in_articles = articles[1..].iter().sum::<usize>();
    let longest = (1..articles.len()).max_by_key(|&index| (articles[index], usize::MAX - index));
    let in_main = total(&|region| body(region) && region.is_main);
    let chosen = |region: &Region| match longest {
        Some(longest) if in_articles * 4 >= all && articles[longest] * 2 >= in_articles => region.article == longest,
        _ if in_main * 4 >= all => region.is_main,
        _ => true,
    };
    page.regions.iter().map(|region| body(region) && chosen(region)).collect()
}
