//! The headline of a page.

use super::head::Head;
use crate::ingest::html::{Dom, Ix, Tag};
use crate::ingest::plain::is_same_title;

/// The headline, and where it stands on the page, if it does.
pub(super) fn find(dom: &Dom, head: &Head) -> (Option<String>, Option<Ix>) {
    const MOST: usize = 200;
    const LOOKED_AT: usize = 2000;
    let headings: Vec<(Ix, String)> = (1..dom.len())
        .filter(|&ix| dom.tag(ix).heading().is_some_and(|level| level <= 3) && !dom.node(ix).is_hidden)
        .take(LOOKED_AT)
        .map(|ix| (ix, dom.line(ix, 1000)))
        .filter(|(_, line)| !line.is_empty() && line.len() < 1000)
        .take(MOST)
        .collect();
    let site = head.meta.site.as_deref().or(head.ld.site.as_deref());
    let is_site = |line: &str| site.is_some_and(|site| is_same_title(line, site));
    let said = [&head.ld.title, &head.meta.title];
    // A heading that says what the page says of itself, in the words and signs of the page.
    for said in said.into_iter().flatten() {
        if let Some((ix, line)) = headings.iter().find(|(_, line)| is_same_title(line, said)) {
            return (Some(line.clone()), Some(*ix));
        }
    }
    // A heading that the page's title begins with or ends in, beside the name of the site.
    let whole = letters(&head.title);
    let within = headings
        .iter()
        .filter(|(_, line)| !is_site(line))
        .filter(|(_, line)| {
            let line = letters(line);
            line.len() >= 8 && line.len() * 3 >= whole.len() && whole.contains(&line)
        })
        .min_by_key(|(ix, line)| (dom.tag(*ix).heading(), usize::MAX - line.len()));
    if let Some((ix, line)) = within {
        return (Some(line.clone()), Some(*ix));
    }
    let first = headings.iter().filter(|(_, line)| !is_site(line)).find(|(ix, _)| dom.tag(*ix) == Tag::H1);
    let at = first.map(|(ix, _)| *ix);
    // What is said apart from the page's title is a headline; a page's title may hold the name of the site.
    let title = said.into_iter().flatten().next().map(|title| without_site(title, site).to_owned()).or_else(|| {
        let title = without_site(&head.title, site);
        let heading = first.map(|(_, line)| line.clone());
        if title.is_empty() {
            heading
        } else {
            Some(heading.filter(|line| agrees(line, title)).unwrap_or(title.to_owned()))
        }
    });
    (title.filter(|title| !title.is_empty()), at)
}

/// Whether a heading and the page's title have most words in common.
fn agrees(line: &str, title: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 2).map(str::to_lowercase).collect()
    };
    let (line, title) = (words(line), words(title));
    let common = line.iter().filter(|word| title.contains(word)).count();
    line.len() >= 2 && common * 2 >= line.len()
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// A page title without the name of the site before or behind it: "Headline | Site", "Headline - Site".
fn without_site<'a>(title: &'a str, site: Option<&str>) -> &'a str {
    const MARKS: [&str; 9] = [" | ", " — ", " – ", " - ", " · ", " :: ", " » ", " • ", " « "];
    let title = title.trim();
    if let Some(site) = site {
        for mark in MARKS {
            if let Some((headline, _)) = title.rsplit_once(mark).filter(|(_, end)| is_same_title(end, site)) {
                return headline.trim();
            }
            if let Some((_, headline)) = title.split_once(mark).filter(|(start, _)| is_same_title(start, site)) {
                return headline.trim();
            }
        }
    }
    MARKS
        .iter()
        .filter_map(|mark| title.rsplit_once(mark))
        .find(|(headline, site)| headline.split_whitespace().count() >= 3 && headline.len() > site.len())
        .map_or(title, |(headline, _)| headline.trim())
}
