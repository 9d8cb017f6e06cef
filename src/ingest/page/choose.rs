//! Which part of a page is its article.

use super::hints::{Hint, hint};
use super::measure::{Measured, Sum};
use crate::ingest::html::{Dom, Ix, Tag};

/// What is read of a page.
#[derive(Debug)]
pub(super) struct Chosen {
    /// All of the article is in it.
    pub root: Ix,
    /// What in it is left out.
    pub dropped: Vec<bool>,
    /// How much of an article was found.
    pub sum: Sum,
}

/// Chooses the article of a page.
pub(super) fn choose(dom: &Dom) -> Chosen {
    let mut dropped = vec![false; dom.len()];
    let whole = Measured::of(dom, 0, &dropped);
    let hints: Vec<Hint> = (0..dom.len())
        .map(|ix| if dom.tag(ix) == Tag::Text { Hint::None } else { hint(dom, ix) })
        .collect();
    drop_outside(dom, &hints, &whole, &mut dropped);
    let mut measured = Measured::of(dom, 0, &dropped);
    if measured.sum(0..dom.len()).size == 0 {
        dropped.fill(false);
        measured = whole;
    }
    let root = find_root(dom, &hints, &measured, &dropped);
    drop_inside(dom, root, &hints, &measured, &mut dropped);
    let sum = Measured::of(dom, root, &dropped).sum(root..dom.end(root));
    Chosen { root, dropped, sum }
}

/// Leaves out what by its element or its names is no part of an article, unless much of the page's text is in it.
fn drop_outside(dom: &Dom, hints: &[Hint], whole: &Measured, dropped: &mut [bool]) {
    let page = positive(dom, whole, 0..dom.len());
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
            Tag::Nav | Tag::Menu => 0.5,
            Tag::Footer | Tag::Aside => 0.3,
            Tag::Form => 0.2,
            Tag::Header if at >= inside_article => 0.2,
            _ if tag.is_skipped() || tag == Tag::Head => {
                at = dom.end(at);
                continue;
            }
            _ if hints[at] == Hint::Outside => 0.4,
            _ => 0.0,
        };
        if most > 0.0 {
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

/// How much text like that of an article is in `range`.
fn positive(dom: &Dom, measured: &Measured, range: std::ops::Range<Ix>) -> f64 {
    let within = measured.within(range);
    measured.stretches[within].iter().map(|one| one.weight(dom.tag(one.parent)).max(0.0)).sum()
}

/// The element with the article.
fn find_root(dom: &Dom, hints: &[Hint], measured: &Measured, dropped: &[bool]) -> Ix {
    const ENOUGH: f64 = 0.85;
    const FOR_BODY: f64 = 0.5;
    let weight = |ix: Ix| measured.sum(ix..dom.end(ix)).weight;
    let (mut best, mut most) = (0, weight(0));
    let mut body: Option<(Ix, f64)> = None;
    let mut at = 1;
    while at < dom.len() {
        if dropped[at] {
            at = dom.end(at);
            continue;
        }
        let tag = dom.tag(at);
        if (tag.is_block() || tag == Tag::Other) && !matches!(tag, Tag::P | Tag::Li | Tag::Ul | Tag::Ol) && tag.heading().is_none() {
            let weight = weight(at);
            // Of two with the same text the inner one is meant.
            if weight >= most {
                (best, most) = (at, weight);
            }
            if hints[at] == Hint::Body && body.is_none_or(|(_, heaviest)| weight > heaviest) {
                body = Some((at, weight));
            }
        }
        at += 1;
    }
    if let Some((body, weight)) = body.filter(|(_, weight)| *weight > FOR_BODY * most) {
        let _ = weight;
        return body;
    }
    // Nearly all in one part of it: the rest are teasers.
    loop {
        let heaviest = dom
            .children(best)
            .filter(|&at| !dropped[at] && dom.tag(at).is_block() && !matches!(dom.tag(at), Tag::P | Tag::Ul | Tag::Ol | Tag::Pre))
            .max_by(|a, b| weight(*a).total_cmp(&weight(*b)));
        match heaviest.filter(|&at| weight(at) >= ENOUGH * most) {
            Some(next) => best = next,
            None => return best,
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
        let lists = matches!(tag, Tag::Ul | Tag::Ol | Tag::Dl | Tag::Table | Tag::Div | Tag::Section | Tag::Other | Tag::Nav);
        let gone = sum.size > 0
            && is_small
            && ((hints[at] == Hint::Beside && tag != Tag::A && (sum.size < 300 || sum.link_share() > 0.3))
                || hints[at] == Hint::Outside
                || (lists && sum.link_share() > 0.6)
                || (lists && sum.stretches > 2 && sum.weight < 0.0 && sum.link_share() > 0.4)
                || (tag == Tag::P && sum.link_share() > 0.9 && sum.stops < 2));
        if gone {
            dropped[at] = true;
            at = dom.end(at);
        } else {
            at += 1;
        }
    }
}
