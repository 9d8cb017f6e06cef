//! The texts of a page, measured: how long, how much of it links, whether it reads like sentences.

use crate::ingest::html::{Dom, Ix, Tag};

/// A stretch of text that a browser would lay out by itself.
#[derive(Debug, Clone)]
pub(super) struct Stretch {
    /// Its first text, and one past its last.
    pub nodes: std::ops::Range<Ix>,
    /// The innermost element around it that is laid out by itself.
    pub parent: Ix,
    /// Letters and signs; one of Chinese or Japanese counts as three.
    pub size: usize,
    /// How many of them lead elsewhere.
    pub links: usize,
    /// Marks that end or divide sentences.
    pub stops: usize,
}

/// The stretches of a page, with sums over them.
#[derive(Debug, Clone, Default)]
pub(super) struct Measured {
    pub stretches: Vec<Stretch>,
    /// Before each stretch, and after the last: sums of weight, size, links.
    sums: Vec<Sum>,
}

/// A sum over stretches.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Sum {
    /// How much it is like the text of an article: chrome counts against it.
    pub weight: f64,
    pub size: usize,
    pub links: usize,
    pub stops: usize,
    pub stretches: usize,
}

impl Sum {
    /// The share of the text that leads elsewhere, 0 to 1.
    pub(super) fn link_share(&self) -> f64 {
        if self.size == 0 { 0.0 } else { self.links as f64 / self.size as f64 }
    }
}

impl Stretch {
    /// How much this reads like the text of an article.
    pub(super) fn weight(&self, tag: Tag) -> f64 {
        let size = self.size as f64;
        let text = size - self.links as f64;
        let share = self.links as f64 / size.max(1.0);
        if tag.heading().is_some() {
            return if share < 0.5 && size > 80.0 && self.stops > 0 { 0.3 * text } else { 0.0 };
        }
        if share > 0.5 {
            return -(20.0 + 0.5 * self.links as f64).min(120.0);
        }
        if self.stops == 0 || size < 25.0 {
            // Names of things, labels, dates; in a list perhaps what the article is about.
            return match tag {
                _ if share > 0.0 => 0.05 * text - 0.1 * self.links as f64,
                Tag::Li | Tag::Dd | Tag::Td => 0.3 * text,
                _ if size < 60.0 => -3.0,
                _ => 0.2 * text,
            };
        }
        let factor = match tag {
            Tag::P | Tag::Pre | Tag::Blockquote => 1.0,
            Tag::Li | Tag::Dd | Tag::Dt => 0.6,
            _ if size < 80.0 => 0.5,
            _ => 0.9,
        };
        // Short sentences also stand in chrome.
        let length = if size < 80.0 { 0.5 } else { 1.0 };
        factor * length * text * (1.0 - share)
    }
}

impl Measured {
    /// Measures what of `dom` is not `dropped`.
    pub(super) fn of(dom: &Dom, root: Ix, dropped: &[bool]) -> Self {
        let mut stretches: Vec<Stretch> = Vec::new();
        let mut open: Vec<Ix> = vec![root];
        let mut link_end = 0;
        let mut breaks = true;
        let mut at = root;
        while at < dom.end(root) {
            while open.len() > 1 && open.last().is_some_and(|&ix| dom.end(ix) <= at) {
                open.pop();
                breaks = true;
            }
            let node = dom.node(at);
            if node.tag != Tag::Text {
                if node.is_hidden || node.tag.is_skipped() || node.tag == Tag::Head || dropped.get(at) == Some(&true) {
                    breaks |= node.tag.is_block();
                    at = dom.end(at);
                    continue;
                }
                if node.tag.is_block() {
                    breaks = true;
                    open.push(at);
                } else if node.tag == Tag::A {
                    link_end = link_end.max(dom.end(at));
                }
                at += 1;
                continue;
            }
            let (size, stops) = count(dom.text(at));
            if size > 0 {
                let parent = open.last().copied().unwrap_or(root);
                if breaks || stretches.is_empty() {
                    stretches.push(Stretch { nodes: at..at + 1, parent, size: 0, links: 0, stops: 0 });
                    breaks = false;
                }
                if let Some(stretch) = stretches.last_mut() {
                    stretch.nodes.end = at + 1;
                    stretch.size += size;
                    stretch.stops += stops;
                    if at < link_end {
                        stretch.links += size;
                    }
                }
            }
            at += 1;
        }
        let mut sums = Vec::with_capacity(stretches.len() + 1);
        let mut sum = Sum::default();
        sums.push(sum);
        for stretch in &stretches {
            sum.weight += stretch.weight(dom.tag(stretch.parent));
            sum.size += stretch.size;
            sum.links += stretch.links;
            sum.stops += stretch.stops;
            sum.stretches += 1;
            sums.push(sum);
        }
        Self { stretches, sums }
    }

    /// The stretches that begin in the nodes `range`, by number.
    pub(super) fn within(&self, range: std::ops::Range<Ix>) -> std::ops::Range<usize> {
        let first = self.stretches.partition_point(|stretch| stretch.nodes.start < range.start);
        let last = self.stretches.partition_point(|stretch| stretch.nodes.start < range.end);
        first..last
    }

    /// The sum over the stretches in the nodes `range`.
    pub(super) fn sum(&self, range: std::ops::Range<Ix>) -> Sum {
        let within = self.within(range);
        let (from, to) = (self.sums[within.start], self.sums[within.end]);
        Sum {
            weight: to.weight - from.weight,
            size: to.size - from.size,
            links: to.links - from.links,
            stops: to.stops - from.stops,
            stretches: to.stretches - from.stretches,
        }
    }
}

/// The size of `text`, and how many marks of sentences are in it.
pub(super) fn count(text: &str) -> (usize, usize) {
    let (mut size, mut stops) = (0, 0);
    for c in text.chars() {
        match c {
            ' ' | '\n' | '\t' | '\r' | '\u{a0}' => (),
            '.' | ',' | '!' | '?' | ';' | '…' | '؟' | '،' | '।' => {
                size += 1;
                stops += 1;
            }
            '。' | '、' | '，' | '！' | '？' | '；' => {
                size += 3;
                stops += 1;
            }
            '\u{2e80}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{20000}'..='\u{3ffff}' => size += 3,
            _ => size += 1,
        }
    }
    (size, stops)
}
