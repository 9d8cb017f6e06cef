//! What is highlighted in a text: layers of spans, made once for an article, asked for the rows on the screen.

use std::collections::HashMap;

use crate::app::filter::Filter;
use crate::config::Highlight;
use crate::model::{Annotations, Article, Country, EntityKind, MarkKind, MentionKind, Polity, Quotation};
use crate::text::Span;

/// Why words look as they do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tag {
    /// Strong emphasis in the article itself.
    Strong,
    /// Emphasis in the article itself.
    Emphasis,
    /// Code in the article itself.
    Code,
    /// A link.
    Link,
    /// What somebody said.
    Quotation,
    /// What is said in the current quotation.
    Current,
    /// A person's name.
    Person,
    /// A place's name.
    Place,
    /// An organisation's name.
    Organisation,
    /// A nationality.
    People,
    /// Who said it.
    Source,
    /// The words that say that it was said.
    Cue,
    /// The words that tell who the pronoun or role is that said it.
    Antecedent,
    /// The words that an entry of the side panel led to, or the current name.
    Pointed,
    /// The words that tell of an event.
    Trigger,
    /// Who acts in the current event.
    Actor,
    /// Whom the current event concerns.
    Recipient,
    /// Where the current event happened.
    EventPlace,
    /// When the current event happened.
    EventDay,
    /// A mention of a country of the filter.
    Marked,
    /// Words that somebody noted something about.
    Noted,
    /// The selected words.
    Selected,
}

/// Spans in text order that do not overlap, each with what it is.
pub type Layer<T> = Vec<(Span, T)>;

/// The highlights of one article.
#[derive(Debug, Default)]
pub struct Layers {
    /// Below what is current, the lowest layer first: markup, statements.
    pub below: Vec<Layer<Tag>>,
    /// Above it: cues, sources, events, names, countries of the filter.
    pub above: Vec<Layer<Tag>>,
    /// Statements by their number, for the bar in the gutter.
    pub statements: Layer<usize>,
}

impl Layers {
    /// Collects what `highlight` asks for.
    pub fn new(article: &Article, found: Option<&Annotations>, highlight: Highlight, filter: &Filter) -> Self {
        let markup = flatten(article.doc.marks.iter().map(|mark| (mark.span, markup_tag(mark.kind))));
        let Some(found) = found else { return Layers { below: vec![markup], ..Layers::default() } };
        let mut statements = Vec::new();
        if highlight.statements {
            let contents = found.quotations.iter().enumerate();
            statements = flatten(contents.flat_map(|(number, q)| q.content.iter().map(move |span| (*span, number))));
        }
        let quoted = statements.iter().map(|(span, _)| (*span, Tag::Quotation)).collect();
        let names = found.mentions.iter().filter(|mention| mention.kind == MentionKind::Name);
        let names = flatten(names.filter_map(|mention| {
            let tag = name_tag(found.entities.get(mention.entity)?.kind, highlight)?;
            Some((mention.span, tag))
        }));
        let naming = if filter.is_set() { Naming::new(found) } else { Naming::default() };
        let marked = filter.countries.iter().flat_map(|country| naming.of(*country));
        let marked = flatten(marked.map(|span| (*span, Tag::Marked)));
        let said = |shown: bool, words: fn(&Quotation) -> Option<Span>, tag: Tag| {
            let words = found.quotations.iter().filter(move |_| shown).filter_map(words);
            flatten(words.map(|span| (span, tag)))
        };
        let cues = said(highlight.cues, |quotation| quotation.cue, Tag::Cue);
        let sources = said(highlight.sources, |quotation| quotation.source, Tag::Source);
        let events = found.events.iter().filter(|_| highlight.events);
        let events = flatten(events.map(|event| (event.trigger, Tag::Trigger)));
        Layers { below: vec![markup, quoted], above: vec![cues, sources, events, names, marked], statements }
    }
}

/// Which places of a text name which country.
#[derive(Debug, Default)]
pub struct Naming {
    /// By a place or a nationality; by whoever belongs to the country.
    countries: HashMap<Country, [Vec<Span>; 2]>,
}

impl Naming {
    /// For every country of an article.
    pub fn new(found: &Annotations) -> Naming {
        let mut naming = Naming::default();
        for mention in found.mentions.iter().filter(|mention| mention.kind == MentionKind::Name) {
            let Some(entity) = found.entities.get(mention.entity) else { continue };
            if let Some(Polity::Country(country)) = entity.polity {
                let [places, others] = naming.countries.entry(country).or_default();
                match entity.kind {
                    EntityKind::Gpe | EntityKind::Loc | EntityKind::Norp | EntityKind::Fac => {
                        places.push(mention.span)
                    }
                    _ => others.push(mention.span),
                }
            }
        }
        naming
    }

    /// Where the text names `country`: by a place or a nationality, else by whoever belongs to it.
    pub fn of(&self, country: Country) -> &[Span] {
        match self.countries.get(&country) {
            Some([places, others]) => {
                if places.is_empty() {
                    others
                } else {
                    places
                }
            }
            None => &[],
        }
    }
}

fn markup_tag(kind: MarkKind) -> Tag {
    match kind {
        MarkKind::Strong => Tag::Strong,
        MarkKind::Emphasis => Tag::Emphasis,
        MarkKind::Code => Tag::Code,
        MarkKind::Link(_) => Tag::Link,
    }
}

fn name_tag(kind: EntityKind, highlight: Highlight) -> Option<Tag> {
    let (shown, tag) = match kind {
        EntityKind::Person => (highlight.people, Tag::Person),
        EntityKind::Org => (highlight.organisations, Tag::Organisation),
        EntityKind::Gpe | EntityKind::Loc | EntityKind::Fac => (highlight.places, Tag::Place),
        EntityKind::Norp => (highlight.nationalities, Tag::People),
        EntityKind::Event => (false, Tag::Place),
    };
    shown.then_some(tag)
}

/// Sorts spans and cuts them where they overlap, so that the innermost one wins.
pub fn flatten<T: Copy>(spans: impl IntoIterator<Item = (Span, T)>) -> Layer<T> {
    let mut spans: Vec<(Span, T)> = spans.into_iter().filter(|(span, _)| !span.is_empty()).collect();
    spans.sort_by_key(|(span, _)| (span.start, std::cmp::Reverse(span.end)));
    let mut flat = Vec::with_capacity(spans.len());
    let mut open: Vec<(usize, T)> = Vec::new(); // the ends of the spans around `at`
    let mut at = 0;
    for (span, what) in spans {
        close(&mut flat, &mut open, &mut at, span.start);
        if let Some(&(_, outer)) = open.last()
            && at < span.start
        {
            flat.push((Span::new(at, span.start), outer));
        }
        at = span.start;
        open.push((span.end, what));
    }
    close(&mut flat, &mut open, &mut at, usize::MAX);
    flat
}

/// Ends the open spans that end at `limit` or before it.
fn close<T: Copy>(flat: &mut Layer<T>, open: &mut Vec<(usize, T)>, at: &mut usize, limit: usize) {
    while let Some(&(end, what)) = open.last()
        && end <= limit
    {
        if *at < end {
            flat.push((Span::new(*at, end), what));
            *at = end;
        }
        open.pop();
    }
}

/// The part of `layer` that touches `span`.
pub fn touching<T>(layer: &[(Span, T)], span: Span) -> &[(Span, T)] {
    let start = layer.partition_point(|(at, _)| at.end <= span.start);
    let end = layer.partition_point(|(at, _)| at.start < span.end);
    layer.get(start..end).unwrap_or(&[])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flat(spans: &[(usize, usize, char)]) -> Vec<(usize, usize, char)> {
        let spans = spans.iter().map(|&(start, end, what)| (Span::new(start, end), what));
        flatten(spans).into_iter().map(|(span, what)| (span.start, span.end, what)).collect()
    }

    #[test]
    fn inner_spans_win_and_nothing_overlaps() {
        assert_eq!(flat(&[(0, 10, 'a'), (3, 5, 'b')]), [(0, 3, 'a'), (3, 5, 'b'), (5, 10, 'a')]);
        assert_eq!(flat(&[(3, 8, 'b'), (0, 5, 'a')]), [(0, 3, 'a'), (3, 8, 'b')]);
        assert_eq!(flat(&[(0, 4, 'a'), (0, 4, 'b'), (6, 6, 'c')]), [(0, 4, 'b')]);
        assert_eq!(
            flat(&[(0, 9, 'a'), (1, 8, 'b'), (2, 3, 'c')]),
            [(0, 1, 'a'), (1, 2, 'b'), (2, 3, 'c'), (3, 8, 'b'), (8, 9, 'a')]
        );
    }

    #[test]
    fn only_what_touches_the_row_is_looked_at() {
        let layer = flatten((0..10).map(|n| (Span::new(n * 10, n * 10 + 5), n)));
        let found: Vec<usize> = touching(&layer, Span::new(24, 45)).iter().map(|(_, n)| *n).collect();
        assert_eq!(found, [2, 3, 4]);
        assert!(touching(&layer, Span::new(25, 30)).is_empty());
    }
}
