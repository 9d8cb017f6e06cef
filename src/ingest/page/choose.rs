//! Which part of a page is its article.

use super::hints::{Hint, Names, is_called_teaser};
use super::measure::{Measured, Sum};
use super::trim::trim;
use crate::ingest::html::{Dom, Ix, Key, Tag, is_data_table};

/// What is read of a page.
#[derive(Debug)]
pub(super) struct Chosen {
    /// All of the article is in it.
    pub root: Ix,
    /// What in it is left out.
    pub dropped: Vec<bool>,
    /// How much of an article was found.
    pub sum: Sum,
    /// How much of that reads like sentences.
    pub told: usize,
}

impl Chosen {
    fn new(dom: &Dom, root: Ix, dropped: Vec<bool>) -> Self {
        let measured = Measured::of(dom, root, &dropped);
        let told = measured.stretches.iter().filter(|one| one.stops > 0).map(|one| one.size).sum();
        Self { root, dropped, sum: measured.sum(root..dom.end(root)), told }
    }
}

/// Chooses the article of a page. Of a file that somebody opens all is wanted, unless it says what of it is the article.
pub(super) fn choose(dom: &Dom, names: &Names, headline: Option<Ix>, whole: &Measured, is_file: bool) -> Chosen {
    let mut dropped = vec![false; dom.len()];
    let hints = &names.hints;
    drop_outside(dom, hints, whole, headline, &mut dropped);
    let mut measured = Measured::of(dom, 0, &dropped);
    if measured.sum(0..dom.len()).size == 0 {
        dropped.fill(false);
        measured = whole.clone();
    }
    let said = find_said(dom, hints, &measured);
    if is_file && said.is_none() {
        return Chosen::new(dom, 0, dropped);
    }
    let root = find_root(dom, hints, &measured, &mut dropped);
    let root = with_plain(dom, root, said.unwrap_or(0), hints, &measured, is_file);
    let before = measured.sum(root..dom.end(root));
    let outside = dropped.clone();
    drop_inside(dom, root, hints, &measured, &mut dropped);
    // An article of nothing but links, or none: then better too much than nothing.
    let after = Measured::of(dom, root, &dropped).sum(root..dom.end(root));
    if after.size as f64 <= 0.4 * before.size as f64 {
        dropped = outside;
    }
    let root = with_lead(dom, root, headline, names, &measured, &mut dropped);
    trim(dom, root, &mut dropped);
    drop_headings(dom, root, &mut dropped);
    Chosen::new(dom, root, dropped)
}

/// The outermost element that by its tag or names is the article, if most of the text that leads nowhere is in it.
fn find_said(dom: &Dom, hints: &[Hint], measured: &Measured) -> Option<Ix> {
    const MOST: f64 = 0.6;
    let text = |sum: Sum| (sum.size - sum.links) as f64;
    let all = text(measured.sum(0..dom.len()));
    (1..dom.len()).find(|&at| {
        (matches!(dom.tag(at), Tag::Article | Tag::Main) || hints[at] == Hint::Body)
            && text(measured.sum(at..dom.end(at))) >= MOST * all
    })
}

/// The element with the article and the plain text around it: short pages are often written without a thought of what
/// of them is the article. Nothing outside `most` is taken.
fn with_plain(dom: &Dom, root: Ix, most: Ix, hints: &[Hint], measured: &Measured, is_file: bool) -> Ix {
    /// The longest page of which this is thought.
    const SHORT: usize = 2500;
    /// The least share of it that matters.
    const LEAST: f64 = 0.1;
    let mut best = root;
    let mut at = root;
    while at > most {
        let around = dom.parent(at);
        let all = measured.sum(around..dom.end(around));
        if !is_file && all.size > SHORT {
            break;
        }
        let beside = dom.children(around).filter(|&child| child != at && hints[child] <= Hint::Body);
        let sums = beside.map(|child| measured.sum(child..dom.end(child)));
        let plain = sums.fold(Sum::default(), |all, one| Sum {
            weight: all.weight + one.weight,
            size: all.size + one.size,
            links: all.links + one.links,
            stops: all.stops + one.stops,
            stretches: all.stretches + one.stretches,
        });
        let is_plain = plain.size > 0 && plain.links * 5 <= plain.size;
        let matters =
            is_file || plain.stops > 0 && plain.weight > 0.0 && plain.size as f64 >= LEAST * all.size as f64;
        if is_plain && matters {
            best = around;
        } else if plain.size > 0 {
            break;
        }
        at = around;
    }
    best
}

/// Leaves out what by its element or its names is no part of an article, unless much of the page's text is in it.
fn drop_outside(dom: &Dom, hints: &[Hint], whole: &Measured, headline: Option<Ix>, dropped: &mut [bool]) {
    const UNDER: usize = 6;
    let page = positive(dom, whole, 0..dom.len());
    let mut holds = holders(dom, hints, whole);
    let under = headline.map_or(0..0, |headline| {
        let first = whole.within(headline..dom.len()).start + 1;
        whole.stretches.get(first + UNDER).map_or(0..dom.len(), |one| headline..one.nodes.start)
    });
    for around in headline.into_iter().flat_map(|headline| dom.ancestors(headline)) {
        holds[around] = true;
    }
    let mut at = 1;
    let mut inside_article = 0;
    while at < dom.len() {
        let tag = dom.tag(at);
        if tag == Tag::Text {
            at += 1;
            continue;
        }
        if matches!(tag, Tag::Article | Tag::Main) || hints[at] == Hint::Body {
            inside_article = inside_article.max(dom.end(at));
        }
        let most = match tag {
            Tag::Nav | Tag::Menu => 0.6,
            Tag::Footer | Tag::Aside => 0.5,
            Tag::Form => 0.5,
            Tag::Header if at >= inside_article => 0.3,
            _ if tag.is_skipped() || tag == Tag::Head => {
                at = dom.end(at);
                continue;
            }
            _ if hints[at] == Hint::Outside => 0.7,
            _ => 0.0,
        };
        // Right under the headline a part without links that is called a teaser sums up the article itself.
        let is_own = hints[at] == Hint::Outside && under.contains(&at) && is_called_teaser(dom, at) && {
            let sum = whole.sum(at..dom.end(at));
            sum.links == 0 && sum.stops > 0 && sum.stretches <= 3 && sum.size > 60
        };
        if most > 0.0 && !holds[at] && !is_own {
            let share = positive(dom, whole, at..dom.end(at)) / page.max(1.0);
            if share < most {
                dropped[at] = true;
                at = dom.end(at);
                continue;
            }
        }
        at += 1;
    }
}

/// Which elements hold what is called the text of the article.
fn holders(dom: &Dom, hints: &[Hint], whole: &Measured) -> Vec<bool> {
    const ENOUGH: usize = 200;
    let mut holds = vec![false; dom.len()];
    for at in 1..dom.len() {
        if hints[at] == Hint::Body && !holds[at] {
            let sum = whole.sum(at..dom.end(at));
            if sum.size - sum.links > ENOUGH {
                holds[at] = true;
                dom.ancestors(at).take_while(|&around| !std::mem::replace(&mut holds[around], true)).for_each(drop);
            }
        }
    }
    holds
}

/// How much text like that of an article is in `range`.
fn positive(dom: &Dom, measured: &Measured, range: std::ops::Range<Ix>) -> f64 {
    let within = measured.within(range);
    measured.stretches[within].iter().map(|one| one.weight(dom.tag(one.parent)).max(0.0)).sum()
}

/// Elements that can hold an article.
fn is_holder(tag: Tag) -> bool {
    (tag.is_block() || tag == Tag::Other)
        && !matches!(
            tag,
            Tag::P
                | Tag::Li
                | Tag::Ul
                | Tag::Ol
                | Tag::Dd
                | Tag::Dt
                | Tag::Pre
                | Tag::Blockquote
                | Tag::Figure
                | Tag::Figcaption
                | Tag::Caption
        )
        && tag.heading().is_none()
}

/// Whether this is a table of data. Others only place things on a page, and an article may stand in a cell of theirs.
fn is_data(dom: &Dom, ix: Ix) -> bool {
    dom.tag(ix) == Tag::Table && is_data_table(dom, ix)
}

/// The element with the article.
fn find_root(dom: &Dom, hints: &[Hint], measured: &Measured, dropped: &mut [bool]) -> Ix {
    const ENOUGH: f64 = 0.85;
    let weight = |ix: Ix| measured.sum(ix..dom.end(ix)).weight;
    let (mut best, mut most) = (0, weight(0));
    let mut bodies: Vec<(Ix, Sum)> = Vec::new();
    let mut at = 1;
    while at < dom.len() {
        if dropped[at] || is_data(dom, at) {
            at = dom.end(at);
            continue;
        }
        if is_holder(dom.tag(at)) {
            let sum = measured.sum(at..dom.end(at));
            // Of two with the same text the inner one is meant.
            if sum.weight >= most && sum.weight > 0.0 {
                (best, most) = (at, sum.weight);
            }
            if hints[at] == Hint::Body {
                bodies.push((at, sum));
            }
        }
        at += 1;
    }
    if let Some(body) = find_body(dom, &bodies, &measured.sum(best..dom.end(best)), dropped) {
        return body;
    }
    // Nearly all in one part of it: the rest are teasers.
    loop {
        let heaviest = dom
            .children(best)
            .filter(|&at| !dropped[at] && is_holder(dom.tag(at)) && !is_data(dom, at))
            .max_by(|a, b| weight(*a).total_cmp(&weight(*b)));
        match heaviest.filter(|&at| weight(at) >= ENOUGH * most) {
            Some(next) => best = next,
            None => return best,
        }
    }
}

/// What is called the text of the article, if enough of the page's text is in it.
fn find_body(dom: &Dom, bodies: &[(Ix, Sum)], best: &Sum, dropped: &mut [bool]) -> Option<Ix> {
    const OF_PAGE: f64 = 0.2;
    const LONG: f64 = 600.0;
    const INNER: f64 = 0.8;
    let text = |sum: &Sum| (sum.size - sum.links) as f64;
    let value = |sum: &Sum| sum.weight.max(0.0) + 0.1 * text(sum);
    let (mut body, sum) = *bodies.iter().max_by(|a, b| value(&a.1).total_cmp(&value(&b.1)).then(b.0.cmp(&a.0)))?;
    if value(&sum) < OF_PAGE * value(best) && sum.weight < LONG || text(&sum) < 100.0 {
        return None;
    }
    // The innermost that has nearly all of it.
    for (inner, inside) in bodies {
        if *inner > body && *inner < dom.end(body) && value(inside) > INNER * value(&sum) {
            body = *inner;
        }
    }
    // A text in several parts of the same name.
    let name = dom.attribute(body, Key::Class);
    let parts: Vec<Ix> = bodies
        .iter()
        .filter(|(at, part)| name.is_some() && dom.attribute(*at, Key::Class) == name && part.weight > 0.0)
        .map(|(at, _)| *at)
        .collect();
    let (first, last) = (*parts.first()?, *parts.last()?);
    let nested = parts.windows(2).any(|pair| pair[1] < dom.end(pair[0]));
    let around = dom.ancestors(first).find(|&around| last < dom.end(around))?;
    if parts.len() < 2
        || nested
        || dom.ancestors(first).any(|at| dom.tag(at) == Tag::Article)
            && dom.ancestors(around).chain([around]).all(|at| dom.tag(at) != Tag::Article)
    {
        return Some(body);
    }
    keep_only(dom, around, &parts, dropped);
    Some(around)
}

/// Leaves out all in `around` but `parts`, which stand in text order.
fn keep_only(dom: &Dom, around: Ix, parts: &[Ix], dropped: &mut [bool]) {
    let mut parts = parts.iter().copied().peekable();
    let mut at = around + 1;
    while at < dom.end(around) {
        // A part within another one was kept with it.
        while parts.next_if(|&part| part < at).is_some() {}
        match parts.peek() {
            Some(&part) if part == at => at = dom.end(at),
            Some(&part) if part < dom.end(at) => at += 1,
            _ => {
                dropped[at] = true;
                at = dom.end(at);
            }
        }
    }
}

/// The element with the article and the lines that stand between its headline and it.
fn with_lead(
    dom: &Dom,
    root: Ix,
    headline: Option<Ix>,
    names: &Names,
    measured: &Measured,
    dropped: &mut [bool],
) -> Ix {
    const MOST: usize = 4;
    // A headline that was never closed holds the article.
    let Some(headline) = headline.filter(|&headline| dom.end(headline) <= root) else { return root };
    let between = measured.within(dom.end(headline)..root);
    let mut parts: Vec<Ix> = Vec::new();
    for stretch in &measured.stretches[between] {
        let parent = stretch.parent;
        let is_told = [parent]
            .into_iter()
            .chain(dom.ancestors(parent))
            .take(3)
            .any(|at| names.leads[at] && at > headline && dom.end(at) <= root);
        let is_beside = [parent]
            .into_iter()
            .chain(dom.ancestors(parent))
            .take(4)
            .any(|at| names.hints[at] >= Hint::Beside && at > headline && !is_called_teaser(dom, at));
        let reads = stretch.size > 60 && stretch.stops > 0 && stretch.links * 4 < stretch.size;
        let is_text =
            matches!(dom.tag(parent), Tag::P | Tag::H2 | Tag::H3 | Tag::Strong | Tag::Div | Tag::Blockquote);
        if stretch.size > 30
            && stretch.links * 2 < stretch.size
            && (is_told || (reads && is_text && !is_beside))
            && dom.end(parent) <= root
            && !parts.contains(&parent)
        {
            parts.push(parent);
        }
        // So many lines are a text of their own.
        if parts.len() > MOST {
            return root;
        }
    }
    if parts.is_empty() {
        return root;
    }
    parts.push(root);
    parts.sort_unstable();
    let Some(around) = dom.ancestors(parts[0]).find(|&around| root < dom.end(around)) else { return root };
    keep_only(dom, around, &parts, dropped);
    around
}

/// Leaves out headings under which nothing is left.
fn drop_headings(dom: &Dom, root: Ix, dropped: &mut [bool]) {
    let left = Measured::of(dom, root, dropped);
    // What comes next, from the end: where it begins, and its level if it is a heading.
    let mut next: Option<(Ix, Option<u8>)> = None;
    for stretch in left.stretches.iter().rev() {
        let heading = [stretch.parent]
            .into_iter()
            .chain(dom.ancestors(stretch.parent))
            .take(3)
            .find(|&at| dom.tag(at).heading().is_some());
        // What reads like sentences is text, whatever its element.
        const LONG: usize = 80;
        let Some(heading) = heading.filter(|_| stretch.size <= LONG || stretch.stops == 0) else {
            next = Some((stretch.nodes.start, None));
            continue;
        };
        let level = dom.tag(heading).heading();
        let is_empty = match next {
            None => true,
            Some((start, after)) => {
                after.is_some() && after <= level && (dom.end(heading)..start).any(|at| dropped[at])
            }
        };
        if is_empty {
            dropped[heading] = true;
        } else {
            next = Some((heading, level));
        }
    }
}

/// Leaves out what within the article is none of it.
fn drop_inside(dom: &Dom, root: Ix, hints: &[Hint], measured: &Measured, dropped: &mut [bool]) {
    let all = measured.sum(root..dom.end(root));
    let mut at = root + 1;
    while at < dom.end(root) {
        let tag = dom.tag(at);
        if dropped[at] {
            at = dom.end(at);
            continue;
        }
        if tag == Tag::Text || !(tag.is_block() || matches!(tag, Tag::Other | Tag::Span | Tag::Time | Tag::A)) {
            at += 1;
            continue;
        }
        let sum = measured.sum(at..dom.end(at));
        let is_small = sum.size * 3 < all.size;
        let lists =
            matches!(tag, Tag::Ul | Tag::Ol | Tag::Dl | Tag::Table | Tag::Div | Tag::Section | Tag::Other | Tag::Nav);
        let gone = sum.size > 0
            && is_small
            && ((hints[at] == Hint::Beside && tag != Tag::A && (sum.size < 300 || sum.link_share() > 0.3))
                || hints[at] == Hint::Outside
                || (lists && sum.link_share() > 0.6)
                || (lists && sum.stretches > 2 && sum.weight < 0.0 && sum.link_share() > 0.4)
                || (matches!(tag, Tag::Div | Tag::Span)
                    && sum.size < 200
                    && sum.stretches <= 2
                    && has_picture(dom, at))
                || (tag == Tag::P && sum.link_share() > 0.9 && sum.stops < 2)
                || (tag == Tag::P && sum.link_share() > 0.5 && is_pointer(dom, at)));
        if gone {
            dropped[at] = true;
            at = dom.end(at);
        } else {
            at += 1;
        }
    }
}

/// Whether the paragraph is a label and a link: "Read also: …".
fn is_pointer(dom: &Dom, ix: Ix) -> bool {
    let line = dom.line(ix, 400);
    line.split_once(':').is_some_and(|(label, _)| {
        label.split_whitespace().count() <= 6 && !label.contains(['.', ',', '“', '"', '«', '„'])
    })
}

/// Whether a picture is in the element.
fn has_picture(dom: &Dom, ix: Ix) -> bool {
    dom.below(ix).take(40).any(|at| matches!(dom.tag(at), Tag::Img | Tag::Picture))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(page: &str) -> String {
        let dom = Dom::read(page);
        let whole = Measured::of(&dom, 0, &[]);
        let headline = (1..dom.len()).find(|&ix| dom.tag(ix) == Tag::H1);
        let chosen = choose(&dom, &Names::of(&dom), headline, &whole, false);
        let left = Measured::of(&dom, chosen.root, &chosen.dropped);
        left.stretches.iter().map(|one| dom.line_of(one.nodes.clone(), 900)).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn sentences_in_headings_are_text() {
        let page = "<article><h1>Gulls</h1><p>A contest for children, as every year.</p><h3>It is held for the sixth \
            time, and all who can draw a gull, or something that looks like one, may take part.</h3></article>";
        assert!(text(page).contains("sixth time"), "{}", text(page));
    }

    #[test]
    fn a_teaser_under_the_headline_is_of_the_article() {
        let body = "<p>The gulls of the harbour have had a long winter, and it shows in their song.</p>".repeat(9);
        let teaser = "<div class=articleTeaser><p>Why the gulls of the old harbour sing as they do, what they sing of, and who minds it.</p></div>";
        let page = format!("<div><h1>Gulls</h1>{teaser}</div><div class=article-body>{body}</div>");
        assert!(text(&page).contains("who minds"), "{}", text(&page));
        let page = format!("<div><h1>Gulls</h1></div><div class=article-body>{body}{teaser}</div>");
        assert!(!text(&page).contains("who minds"), "{}", text(&page));
    }
}
