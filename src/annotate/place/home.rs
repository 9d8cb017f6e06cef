//! Where an article is at home, as far as other things than places tell: the site that it comes from, and words of public
//! life that one country has ("sheriff's deputies", "Lok Sabha").

use std::sync::LazyLock;

use foldhash::HashMap;

use crate::annotate::draft::{Draft, Token, TokenKind};
use crate::annotate::lexicon::rows;
use crate::model::{Article, Country};

/// How many places the site counts for.
const SITE: f32 = 1.0;
/// How many places a word counts for, and no more than so many all words of a country together.
const WORD: f32 = 0.5;
const WORDS: f32 = 1.2;

/// The words after the first, and the country.
type Phrase = (Vec<&'static str>, Country);

static PHRASES: LazyLock<HashMap<&'static str, Vec<Phrase>>> = LazyLock::new(|| {
    let mut phrases: HashMap<&'static str, Vec<Phrase>> = HashMap::default();
    for row in rows(include_str!("../../../assets/lexicon/public-life.tsv")) {
        let [code, words] = row[..] else { continue };
        let Some(country) = Country::new(code) else { continue };
        for phrase in words.split('|') {
            let mut words = phrase.split(' ').flat_map(|word| match word.strip_suffix("'s") {
                Some(owner) => [owner, "'s"],
                None => [word, ""],
            });
            let Some(first) = words.next() else { continue };
            phrases.entry(first).or_default().push((words.filter(|word| !word.is_empty()).collect(), country));
        }
    }
    phrases
});

/// The countries that speak for themselves, each with how many places that is worth.
pub fn homes(draft: &Draft<'_>) -> Vec<(Country, f32)> {
    let mut homes: Vec<(Country, f32)> = Vec::new();
    let mut seen: Vec<&Phrase> = Vec::new();
    for (at, token) in draft.tokens.iter().enumerate().filter(|(_, token)| token.kind == TokenKind::Word) {
        let Some(phrases) = PHRASES.get(token.text) else { continue };
        let Some(phrase) = phrases.iter().find(|(rest, _)| follow(&draft.tokens[at + 1..], rest)) else { continue };
        if !seen.iter().any(|known| std::ptr::eq(*known, phrase)) {
            seen.push(phrase);
            add(&mut homes, phrase.1, WORD);
        }
    }
    homes.iter_mut().for_each(|(_, worth)| *worth = worth.min(WORDS));
    if let Some(site) = site(draft.article) {
        add(&mut homes, site, SITE);
    }
    homes
}

fn add(homes: &mut Vec<(Country, f32)>, country: Country, worth: f32) {
    match homes.iter_mut().find(|(known, _)| *known == country) {
        Some((_, sum)) => *sum += worth,
        None => homes.push((country, worth)),
    }
}

fn follow(tokens: &[Token<'_>], words: &[&str]) -> bool {
    tokens.len() >= words.len()
        && tokens.iter().zip(words).all(|(token, word)| {
            token.text == *word || (token.kind == TokenKind::Possessive && *word == "'s" && token.is("'s"))
        })
}

/// Domains of countries that are sold to anybody.
const SOLD: [&str; 20] = [
    "tv", "io", "co", "me", "ai", "fm", "cc", "ws", "to", "ly", "gg", "im", "la", "sh", "st", "vc", "nu", "am", "tk",
    "ac",
];

/// The country of the site that the article comes from, where its domain tells.
fn site(article: &Article) -> Option<Country> {
    let url = article.url.as_ref()?.as_str();
    let host = url.split("://").nth(1)?.split(['/', ':', '?', '#']).next()?;
    let domain = host.rsplit('.').next().filter(|domain| domain.len() == 2 && !SOLD.contains(domain))?;
    Country::new(&if domain == "uk" { "GB".to_owned() } else { domain.to_ascii_uppercase() })
}
