//! Who wrote the article, by what stands on the page.

mod name;

use self::name::{BY, LONGEST, after};
pub(super) use self::name::{is_account, is_name, name};
use super::Seen;
use super::measure::Measured;
use crate::ingest::html::{Dom, Ix, Key, Tag};

/// Labels with a name behind them, wherever they stand: at the end of an article too.
const LABELS: &[&str] = &[
    "author",
    "authors",
    "written by",
    "autor",
    "autorin",
    "autoren",
    "auteur",
    "auteurs",
    "autore",
    "verfasser",
    "verfasserin",
    "text",
    "texte",
    "автор",
    "作者",
];

/// The byline that stands on the page, and how sure it is, 1 to 6.
pub(super) fn find(seen: &Seen) -> Option<(String, u8)> {
    /// Elements that may tell who wrote the article, and are looked at.
    const MOST: usize = 1000;
    let Seen { dom, names, headline, .. } = *seen;
    let called = dom.told(0, |ix| called_author(dom, ix));
    let mut best: Option<(String, u8, usize)> = None;
    let headline = headline.unwrap_or(0);
    let mut offers = 0;
    let mut offer = |text: &str, score: u8, at: Ix| {
        offers += 1;
        let found = if offers > MOST { None } else { name(text).or_else(|| named_within(dom, at)) };
        if let Some(name) = found {
            // What is nearest to the headline is of this article.
            let distance = if at >= headline { at - headline } else { (headline - at) * 3 };
            if best
                .as_ref()
                .is_none_or(|(_, most, nearest)| (score, usize::MAX - distance) > (*most, usize::MAX - *nearest))
            {
                best = Some((name, score, distance));
            }
        }
    };
    let mut at = 1;
    while at < dom.len() {
        let tag = dom.tag(at);
        if tag == Tag::Text {
            at += 1;
            continue;
        }
        if tag.is_skipped()
            || matches!(tag, Tag::Head | Tag::Nav | Tag::Footer)
            || names.foreign[at] && !(at < headline && headline < dom.end(at))
        {
            at = dom.end(at);
            continue;
        }
        let line = |ix: Ix| dom.line(ix, 200);
        if let Some("author" | "creator") = dom.attribute(at, Key::Itemprop) {
            let inner = dom.below(at).take(60).find(|&inside| dom.attribute(inside, Key::Itemprop) == Some("name"));
            let named =
                inner.map(|inner| dom.attribute(inner, Key::Content).map_or_else(|| line(inner), str::to_owned));
            offer(&named.filter(|name| !name.is_empty()).unwrap_or_else(|| line(at)), 6, at);
        }
        if dom
            .attribute(at, Key::Rel)
            .is_some_and(|rel| rel.split_ascii_whitespace().any(|rel| rel.eq_ignore_ascii_case("author")))
        {
            offer(&line(at), 5, at);
        }
        if called[at] > 0 {
            offer(&line(at), called[at], at);
        }
        if tag == Tag::A && leads_to_author(dom, at) {
            offer(&line(at), 3, at);
        }
        at += 1;
    }
    best.map(|(name, score, _)| (name, score))
}

/// How sure the names of an element say that it tells who wrote the article: 4, 3, or 0 where they say nothing of it.
fn called_author(dom: &Dom, ix: Ix) -> u8 {
    const LONGEST: usize = 512;
    let names = dom.attribute(ix, Key::Class).or(dom.attribute(ix, Key::Id)).or(dom.attribute(ix, Key::Hint));
    let Some(names) = names.filter(|names| names.len() < LONGEST).map(str::to_ascii_lowercase) else { return 0 };
    let has = |words: &[&str]| words.iter().any(|word| names.contains(word));
    let is_sure = has(&[
        "author-name",
        "authorname",
        "author_name",
        "author__name",
        "byline-name",
        "byline__name",
        "byline_name",
        "autor-name",
        "autorname",
        "name-author",
        "post-author",
        "article-author",
        "article__author",
        "entry-author",
        "author-link",
    ]) || names
        .split_ascii_whitespace()
        .any(|name| matches!(name, "fn" | "author" | "byline" | "autor" | "auteur" | "autore"));
    if is_sure {
        4
    } else if has(&["author", "byline", "autor", "auteur", "writer", "verfasser", "redakteur"])
        && !has(&["avatar", "image", "img", "bio", "desc", "social", "date", "follow", "contact"])
    {
        3
    } else {
        0
    }
}

/// Whether a link leads to what a site has of one author.
fn leads_to_author(dom: &Dom, ix: Ix) -> bool {
    let places = [
        "/author/",
        "/authors/",
        "/autor/",
        "/autoren/",
        "/auteur/",
        "/autore/",
        "/by/",
        "/profile/author",
        "/redaktion/",
        "/people/",
        "/staff/",
        "?author=",
    ];
    dom.attribute(ix, Key::Href)
        .is_some_and(|href| !href.contains("licenses/") && places.iter().any(|place| href.contains(place)))
}

/// The first name in a part of the page that is about an author.
fn named_within(dom: &Dom, ix: Ix) -> Option<String> {
    const NEAR: usize = 40;
    let is_named = |at: &Ix| {
        matches!(dom.tag(*at), Tag::A | Tag::Strong | Tag::B | Tag::Span | Tag::P) || dom.tag(*at).heading().is_some()
    };
    dom.below(ix).take(NEAR).filter(is_named).find_map(|at| {
        // A sentence is no name.
        let line = dom.line(at, 200);
        let is_sentence = line.len() > LONGEST || line.ends_with(['.', ':', '!', '?']);
        name(&line).filter(|_| !is_sentence)
    })
}

/// The byline in a line near the headline that says "by" first, or stands under a label that does.
pub(super) fn near(seen: &Seen) -> Option<String> {
    let Seen { dom, measured, headline, .. } = *seen;
    const LINES: usize = 12;
    const LONG: usize = 160;
    let headline = headline?;
    let from = measured.within(headline..dom.len()).start + 1;
    let lines = (from..measured.stretches.len().min(from + LINES)).filter(|&at| measured.stretches[at].size < LONG);
    lines.into_iter().find_map(|at| {
        let line = dom.line_of(measured.stretches[at].nodes.clone(), 300);
        let line = line.trim_start_matches(['-', '–', '—', '~', ' ']);
        if is_introduced(line) { name(line) } else { under_label(dom, measured, at, line) }
    })
}

/// Whether a line begins with what brings a byline in, and a name may follow.
fn is_introduced(line: &str) -> bool {
    const BY_LINE: [&str; 17] = [
        "by ",
        "von ",
        "par ",
        "por ",
        "di ",
        "door ",
        "av ",
        "text: ",
        "autor: ",
        "author: ",
        "written by: ",
        "автор: ",
        "作者：",
        "記者",
        "autorin: ",
        "texte: ",
        "auteur: ",
    ];
    let short = BY_LINE.iter().filter_map(|by| after(line, by));
    let phrases = BY.iter().filter(|by| by.contains(' '));
    let long = phrases.filter_map(|by| after(line, by)?.strip_prefix(' '));
    short.chain(long).any(|after| after.starts_with(|c: char| c.is_uppercase() || !c.is_ascii()))
}

/// The name in the line after line `at`, which is nothing but a label: "Author:".
fn under_label(dom: &Dom, measured: &Measured, at: usize, line: &str) -> Option<String> {
    const LONG: usize = 60;
    let label = line.trim_end_matches([' ', ':', '：']).to_lowercase();
    let next = measured.stretches.get(at + 1).filter(|next| next.size <= LONG && LABELS.contains(&label.as_str()))?;
    name(&dom.line_of(next.nodes.clone(), 200))
}

/// The name behind a label with a colon, anywhere on the page; many articles are signed at their end.
pub(super) fn labelled(seen: &Seen) -> Option<String> {
    let Seen { dom, names, measured, .. } = *seen;
    const LONG: usize = 80;
    const MOST: usize = 4000;
    let lines = measured.stretches.iter().enumerate().take(MOST).filter(|(_, stretch)| stretch.size <= LONG);
    lines.into_iter().find_map(|(at, stretch)| {
        let line = dom.line_of(stretch.nodes.clone(), 200);
        let (label, after) = line.split_once([':', '：'])?;
        if !LABELS.contains(&label.trim().to_lowercase().as_str()) {
            return None;
        }
        let own = dom.ancestors(stretch.nodes.start).all(|around| !names.foreign[around]);
        if !own {
            None
        } else if after.trim().is_empty() {
            under_label(dom, measured, at, &line)
        } else {
            name(after).filter(|name| name.starts_with(|c: char| c.is_uppercase() || !c.is_ascii()))
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::page::hints::Names;

    /// The byline near the headline, and the one behind a label.
    fn found(page: &str) -> [Option<String>; 2] {
        let dom = Dom::read(page);
        let headline = (1..dom.len()).find(|&ix| dom.tag(ix) == Tag::H1);
        let measured = Measured::of(&dom, 0, &[]);
        let seen = Seen { dom: &dom, names: &Names::of(&dom), measured: &measured, headline };
        [near(&seen), labelled(&seen)]
    }

    #[test]
    fn bylines_stand_in_lines_of_their_own() {
        let ada = Some("Ada Quill".to_owned());
        for line in
            ["Ein Artikel von <b>Ada Quill</b> | 3.2.2031", "Erstellt von Ada Quill am Montag", "– by Ada Quill"]
        {
            assert_eq!(found(&format!("<h1>Gulls</h1><p>{line}</p>"))[0], ada, "{line}");
        }
        assert_eq!(found("<h1>Gulls</h1><dl><dt>Auteur</dt><dd>Ada Quill</dd></dl>")[0], ada);
        for line in ["By the sea, they wait.", "Von hier an geht es weiter."] {
            assert_eq!(found(&format!("<h1>Gulls</h1><p>{line}</p>"))[0], None, "{line}");
        }
        let text = "<p>Gulls sat on the wall.</p>".repeat(20);
        assert_eq!(found(&format!("<h1>Gulls</h1>{text}<h5>Autor: </h5>Ada Quill"))[1], ada);
        assert_eq!(found(&format!("<h1>Gulls</h1>{text}<p>Text: Ada Quill</p>"))[1], ada);
        assert_eq!(found(&format!("<h1>Gulls</h1>{text}<div class=comments>Author: Ada Quill</div>"))[1], None);
    }
}
