//! Which countries an article names, and which it is about.
//!
//! Every country named is weighed by where and how it is named: the headline, the dateline, the first paragraph, how
//! often and in how much of the text, alone or in a list of others, and whether its officials appear.

use std::collections::BTreeMap;
use std::ops::Range;

use super::draft::{Draft, Token, TokenKind};
use super::gazetteer::{Class, Gazetteer, Senses};
use super::segment::segment;
use crate::model::{Block, BlockKind, Country, CountryProfile, Doc, EntityKind, Mention, MentionKind};
use crate::text::Span;

/// How much speaks for it that an article is about a country.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Weight {
    /// Which.
    pub country: Option<Country>,
    /// How often it is named: by a place, a people, or a body that stands for it.
    pub named: usize,
    /// How often a body is named that has the country in its name.
    pub bodies: usize,
    /// How often a place in it is named inside the name of something else.
    pub inside: usize,
    /// Of the names, by its own name or that of its people, not by a city or a body.
    pub outright: usize,
    /// Of the names, in a list of three or more places.
    pub listed: usize,
    /// In the headline.
    pub headline: usize,
    /// In the dateline.
    pub dateline: bool,
    /// In the first paragraph of the text, dateline apart.
    pub lead: usize,
    /// Sentences that name it.
    pub sentences: usize,
    /// Officials who serve it.
    pub officials: usize,
    /// As an owner or doer: "Benin’s", "the Beninese government", "Benin said".
    pub acting: usize,
    /// Names of any country in the article.
    pub all_named: usize,
    /// Sentences of the article.
    pub all_sentences: usize,
    /// Highest `named` of any country.
    pub most_named: usize,
    /// Where it is named first, in bytes.
    pub first: usize,
}

/// A list of places has at least this many.
const LIST: usize = 3;

/// So sure, in percent, must be where a place named inside another name is.
const SURE: u8 = 60;

/// The countries of an article. Reads the entities, names and officials of the draft.
pub fn profile(draft: &Draft) -> CountryProfile {
    let weights = weigh(draft);
    let mut about: Vec<&Weight> = weights.iter().collect();
    about.sort_by(|a, b| b.score().total_cmp(&a.score()).then(a.first.cmp(&b.first)));
    // An article that names countries at all is about one of them.
    let central = about.iter().take_while(|weight| weight.score() > 0.0).count().max(1);
    about.truncate(central);
    // Bodies and offices name no country, unless the article is about it.
    let mut mentioned: Vec<(Country, usize, usize)> = weights
        .iter()
        .filter(|weight| weight.named + weight.headline + weight.inside > 0 || about.contains(weight))
        .filter_map(|weight| Some((weight.country?, weight.all().max(1), weight.first)))
        .collect();
    mentioned.sort_by_key(|(_, named, first)| (std::cmp::Reverse(*named), *first));
    CountryProfile {
        about: about.iter().filter_map(|weight| weight.country).collect(),
        mentioned: mentioned.into_iter().map(|(country, named, _)| (country, named)).collect(),
    }
}

/// What speaks for each country that the article names.
pub fn weigh(draft: &Draft) -> Vec<Weight> {
    let mut weights: BTreeMap<Country, Weight> = BTreeMap::new();
    let mut sentences: BTreeMap<Country, Vec<usize>> = BTreeMap::new();
    let headline = headline(draft);
    let body = draft.paragraphs.iter().find(|paragraph| Some(paragraph.span) != headline && !paragraph.heading);
    let dateline = body.and_then(|body| dateline(draft, body.tokens.clone()));
    let places: Vec<(&Mention, (Country, bool))> = draft
        .mentions
        .iter()
        .filter(|mention| mention.kind == MentionKind::Name)
        .filter_map(|mention| Some((mention, country_of(draft, mention)?)))
        .collect();
    let listed = listed(draft, &places);
    for (index, (mention, (country, names))) in places.iter().enumerate() {
        let weight = weights.entry(*country).or_insert_with(|| Weight {
            country: Some(*country),
            first: mention.span.start,
            ..Weight::default()
        });
        let at = mention.span.start;
        weight.named += usize::from(*names);
        weight.bodies += usize::from(!names);
        weight.outright += usize::from(is_outright(draft, mention));
        weight.listed += usize::from(listed.get(index).copied().unwrap_or(false));
        weight.acting += usize::from(acts(draft, mention));
        if headline.is_some_and(|headline| headline.holds(at)) {
            weight.headline += 1;
        } else if dateline.is_some_and(|dateline| dateline.holds(at)) {
            weight.dateline = true;
        } else if body.is_some_and(|body| body.span.holds(at)) {
            weight.lead += 1;
        }
        if let Some(token) = draft.tokens.get(draft.token_from(at)) {
            let of = sentences.entry(*country).or_default();
            if of.last() != Some(&token.sentence) {
                of.push(token.sentence);
            }
        }
    }
    for inner in &draft.inner_places {
        // "American Airlines" names no place; "Texas Forest Service" does.
        let place = inner.location.point.is_some() && inner.location.confidence >= SURE;
        let Some(country) = inner.location.country.filter(|_| place) else { continue };
        let new = || Weight { country: Some(country), first: inner.span.start, ..Weight::default() };
        weights.entry(country).or_insert_with(new).inside += 1;
    }
    for official in &draft.officials {
        if let Some(country) = official.polity.and_then(|polity| polity.country()) {
            let first = official.mentions.first().map_or(usize::MAX, |span| span.start);
            let new = || Weight { country: Some(country), first, ..Weight::default() };
            weights.entry(country).or_insert_with(new).officials += 1;
        }
    }
    if headline.is_none() {
        for country in in_title(draft) {
            let new = || Weight { country: Some(country), ..Weight::default() };
            weights.entry(country).or_insert_with(new).headline += 1;
        }
    }
    let all_named = weights.values().map(Weight::all).sum();
    let most_named = weights.values().map(Weight::all).max().unwrap_or(0);
    for (country, weight) in &mut weights {
        weight.sentences = sentences.get(country).map_or(0, Vec::len);
        (weight.all_named, weight.most_named) = (all_named, most_named);
        weight.all_sentences = draft.sentences.len();
    }
    weights.into_values().collect()
}

impl Weight {
    /// Names of the country and of bodies that have it in theirs.
    fn all(&self) -> usize {
        self.named + self.bodies
    }

    /// How central the country is among those that the article names, about 0 to 2.
    pub fn centrality(&self) -> f32 {
        let headline = f32::from(u8::from(self.headline > 0));
        self.all() as f32 / self.most_named.max(1) as f32 + 0.3 * headline + 0.5 * f32::from(u8::from(self.dateline))
    }

    /// Above zero where the article is about the country; the more, the more central.
    ///
    /// A logistic model with few, rounded weights. It was fitted on wire stories whose editors named the countries.
    pub fn score(&self) -> f32 {
        let named = self.all() as f32;
        let share = |part: usize, of: usize| part as f32 / of.max(1) as f32;
        let yes = |yes: bool| f32::from(u8::from(yes));
        let mut score = -0.85;
        score += 0.7 * share(self.all(), self.all_named);
        score += 0.6 * share(self.all(), self.most_named);
        score += 0.4 * share(self.sentences, self.all_sentences);
        score += 0.8 * (1.0 + named).ln();
        score += 0.3 * (1.0 + self.acting as f32).ln();
        score += 1.3 * yes(self.headline > 0);
        score += 2.2 * yes(self.dateline);
        score += 0.6 * yes(self.lead > 0);
        score += 1.4 * yes(self.officials > 0);
        score -= 0.7 * yes(self.all() == 1);
        score -= 0.5 * yes(self.outright == 0);
        score -= 0.8 * yes(self.named > 0 && self.listed == self.all());
        score
    }
}

/// The country that a name stands for, and whether it names it: a place, a people, a building that stands for a
/// government. A body whose name holds that of a country ("Parliament of Benin") is of that country and names it not.
fn country_of(draft: &Draft, mention: &Mention) -> Option<(Country, bool)> {
    let entity = draft.entity(mention.entity)?;
    let country = entity.polity.and_then(|polity| polity.country())?;
    match entity.kind {
        EntityKind::Person | EntityKind::Event => None,
        EntityKind::Org => {
            let gazetteer = Gazetteer::builtin();
            let of_class = |senses: Senses, wanted: [Class; 2]| {
                senses.first().is_some_and(|sense| wanted.contains(&sense.class) && sense.country() == Some(country))
            };
            if of_class(gazetteer.senses(&entity.name), [Class::Metonym, Class::Org]) {
                return Some((country, true));
            }
            let holds = draft.tokens_in(mention.span).any(|at| {
                let found = gazetteer.longest(&draft.tokens, at);
                found.is_some_and(|found| of_class(found.senses, [Class::Country, Class::Demonym]))
            });
            holds.then_some((country, false))
        }
        _ => Some((country, true)),
    }
}

fn is_outright(draft: &Draft, mention: &Mention) -> bool {
    let Some(entity) = draft.entity(mention.entity) else { return false };
    entity.kind == EntityKind::Norp
        || (entity.kind == EntityKind::Gpe
            && entity.polity.and_then(|polity| polity.country()).is_some_and(|country| {
                Gazetteer::builtin().country_name(country).is_some_and(|name| name == entity.name)
            }))
}

/// The headline's place in the text, where the text begins with it.
fn headline(draft: &Draft) -> Option<Span> {
    let first = draft.paragraphs.first()?;
    let is_title = draft.article.title.as_ref().is_some_and(|title| {
        let words = first.span.of(draft.text);
        words.trim().eq_ignore_ascii_case(title.as_str().trim())
    });
    (first.heading || is_title).then_some(first.span)
}

/// "TEHRAN, March 3 (Reuters) -" at the start of the text.
pub(super) fn dateline(draft: &Draft, tokens: Range<usize>) -> Option<Span> {
    let start = tokens.start;
    let mut capitals = false;
    for at in tokens.take(18) {
        let token = draft.tokens.get(at)?;
        if matches!(token.text, "-" | "–" | "—" | "--" | ":") {
            // A hyphen inside a word parts no dateline.
            let inside = draft.tokens.get(at + 1).is_some_and(|next| next.span.start == token.span.end);
            if inside {
                continue;
            }
            return (at > start && capitals).then(|| draft.span_of(start..at));
        }
        let named = draft.mention_at(token.span.start).is_some();
        capitals |= at < start + 3 && named;
        let fits = named || token.is_capitalised() || token.kind != TokenKind::Word || token.text.len() <= 3;
        if !fits || token.kind == TokenKind::Possessive {
            return None;
        }
    }
    None
}

/// Which of `places` stand in a list of at least three: only "," "and" and "the" between them.
fn listed(draft: &Draft, places: &[(&Mention, (Country, bool))]) -> Vec<bool> {
    let mut found = vec![false; places.len()];
    let mut start = 0;
    for index in 0..places.len() {
        let goes_on = places.get(index + 1).is_some_and(|(next, _)| {
            let between = draft.tokens_in(Span::new(places[index].0.span.end, next.span.start));
            !between.is_empty()
                && between.len() <= 4
                && draft.tokens[between]
                    .iter()
                    .all(|token| matches!(&*token.lower, "," | "and" | "the" | "or" | "&" | "as" | "well" | ";"))
        });
        if !goes_on {
            let countries: std::collections::BTreeSet<Country> =
                places[start..=index].iter().map(|(_, (country, _))| *country).collect();
            if countries.len() >= LIST {
                found[start..=index].fill(true);
            }
            start = index + 1;
        }
    }
    found
}

/// Whether the name stands as an owner or doer: "Benin’s", "Beninese troops", "Benin said".
fn acts(draft: &Draft, mention: &Mention) -> bool {
    let after = draft.token_from(mention.span.end);
    let Some(next) = draft.tokens.get(after) else { return false };
    let before = draft.token_from(mention.span.start).checked_sub(1).and_then(|at| draft.tokens.get(at));
    let governed = before.is_some_and(|token| {
        matches!(&*token.lower, "in" | "to" | "from" | "near" | "at" | "of" | "with" | "against" | "for" | "into")
    });
    let norp = draft.entity(mention.entity).is_some_and(|entity| entity.kind == EntityKind::Norp);
    next.kind == TokenKind::Possessive
        || norp
        || (!governed && next.kind == TokenKind::Word && !next.is_capitalised())
}

/// The countries named in a headline that is no part of the text. A town stands for what it stands for in the text.
fn in_title(draft: &Draft) -> Vec<Country> {
    let Some(title) = &draft.article.title else { return Vec::new() };
    let block = Block { span: Span::new(0, title.as_str().len()), kind: BlockKind::Heading(1) };
    let doc = Doc { text: title.clone(), blocks: vec![block], ..Doc::default() };
    let tokens: Vec<Token> = segment(&doc).tokens;
    let gazetteer = Gazetteer::builtin();
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let Some(name) = gazetteer.longest(&tokens, at) else {
            at += 1;
            continue;
        };
        let end = at + name.tokens.max(1);
        let text = tokens.get(at).zip(tokens.get(end - 1)).map(|(first, last)| first.span.join(last.span).of(title));
        let here = text.map(|text| in_text(draft, text)).unwrap_or_default();
        let first = name.senses.first().filter(|sense| !sense.doubtful);
        let sure = first.filter(|first| first.class <= Class::Metonym || name.senses.len() == 1);
        found.extend(here.or_else(|| sure.and_then(|sense| sense.country())));
        at = end;
    }
    found
}

/// The country that a name of the text stands for.
fn in_text(draft: &Draft, name: &str) -> Option<Country> {
    let same = |mention: &&Mention| mention.span.of(draft.text).eq_ignore_ascii_case(name);
    draft.mentions.iter().find(same).and_then(|mention| country_of(draft, mention)).map(|(country, _)| country)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::Annotator;
    use crate::model::Article;
    use crate::text::clean;

    /// The countries of a text of one paragraph a line; the first line is the headline.
    fn countries(text: &str) -> CountryProfile {
        let mut blocks = Vec::new();
        let mut at = 0;
        for line in text.split('\n') {
            let kind = if at == 0 { BlockKind::Heading(1) } else { BlockKind::Paragraph };
            blocks.push(Block { span: Span::new(at, at + line.len()), kind });
            at += line.len() + 1;
        }
        let doc = Doc { text: clean(text).text, blocks, ..Doc::default() };
        Annotator::default().annotate(&Article { doc, ..Article::default() }).countries
    }

    fn codes(countries: &[Country]) -> Vec<&str> {
        countries.iter().map(Country::code).collect()
    }

    const STORY: &str = "Kenya and Peru agree on trade\n\
        NAIROBI (Wire) - Kenya and Peru signed a trade agreement on Monday, Kenya's foreign ministry said.\n\
        Peruvian officials praised the Kenyan government. Goods may later be shipped to Ghana, Togo, Benin and Mali.\n\
        Peru said talks with Kenya had begun in a hotel in Oslo.";

    #[test]
    fn an_article_is_about_those_who_act_not_about_lists_and_passing_places() {
        let found = countries(STORY);
        assert_eq!(codes(&found.about), ["KE", "PE"]);
    }

    #[test]
    fn every_country_named_is_mentioned_most_often_named_first() {
        let found = countries(STORY);
        let mentioned: Vec<&str> = found.mentioned.iter().map(|(country, _)| country.code()).collect();
        assert_eq!(mentioned, ["KE", "PE", "GH", "TG", "BJ", "ML", "NO"]);
        assert!(found.mentioned[0].1 > found.mentioned[2].1, "{:?}", found.mentioned);
    }

    #[test]
    fn an_article_that_names_one_country_is_about_it() {
        let found = countries("Rain is coming\nIt will rain, they said in Peru.");
        assert_eq!(codes(&found.about), ["PE"]);
        assert_eq!(countries("Rain is coming\nIt will rain."), CountryProfile::default());
    }

    #[test]
    fn a_headline_apart_from_the_text_counts() {
        let doc = |text: &str| {
            let blocks = vec![Block { span: Span::new(0, text.len()), kind: BlockKind::Paragraph }];
            Doc { text: clean(text).text, blocks, ..Doc::default() }
        };
        let text = "Prices rose again in May, officials in Lima and Nairobi said.";
        let title = Some(clean("KENYA SEES HIGHER PRICES").text);
        let article = Article { title, doc: doc(text), ..Article::default() };
        let found = Annotator::default().annotate(&article).countries;
        assert_eq!(found.about.first().map(Country::code), Some("KE"));
    }
}
