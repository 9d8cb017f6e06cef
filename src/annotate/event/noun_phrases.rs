//! The noun phrases of a sentence, with what follows them and belongs to them: "members of parliament", "gunmen in Lima".

use std::ops::Range;

use super::phrase::{Class, Phrases};
use super::words::is_time_word;
use crate::annotate::draft::Draft;
use crate::model::EntityKind;

/// Words that begin a noun phrase and never stand inside one.
const BEGIN: &[&str] = &[
    "the", "a", "an", "this", "that", "these", "those", "some", "any", "his", "her", "its", "their", "my", "our",
    "your", "no", "every", "each", "all", "both",
];

/// Nouns that take what they are for: "minister for health".
const SERVE: &[&str] = &[
    "minister",
    "ministers",
    "secretary",
    "spokesman",
    "spokeswoman",
    "spokesperson",
    "ministry",
    "department",
    "office",
    "council",
    "committee",
    "commissioner",
    "representative",
    "envoy",
    "candidate",
    "agency",
    "director",
    "chief",
];

/// The noun phrases of a sentence in text order, as ranges of tokens: each by itself and, if it has any, with its
/// complements. `of` is asked of each with its complements and tells with its answer after which token to go on.
pub fn read<T>(
    draft: &Draft<'_>,
    phrases: &Phrases,
    mut of: impl FnMut(Range<usize>) -> Option<(T, usize)>,
) -> Vec<T> {
    let mut found = Vec::new();
    let mut at = phrases.first;
    while at < phrases.end {
        let plain = simple(draft, phrases, at);
        if plain == at {
            at += 1;
            continue;
        }
        let mut end = plain;
        while let Some(more) = complement(draft, phrases, end) {
            end = more;
        }
        let one = of(at..end);
        // "control of villages": not the control, but the villages. "The government of President Ada Obi": both.
        at = one.as_ref().map_or(plain, |(_, after)| (*after).clamp(plain, end));
        found.extend(one.map(|(one, _)| one));
    }
    found
}

/// The end of the name that token `at` stands in, if it stands in one.
fn name_end(draft: &Draft<'_>, at: usize) -> Option<usize> {
    let token = draft.tokens.get(at)?;
    let mention = draft.mention_at(token.span.start)?;
    Some(draft.tokens_in(mention.span).end.max(at + 1))
}

/// The end of the noun phrase without complements that begins at token `at`; `at` where none does.
fn simple(draft: &Draft<'_>, phrases: &Phrases, at: usize) -> usize {
    let lower = |at: usize| draft.tokens.get(at).map_or("", |token| &*token.lower);
    let mut end = at;
    let mut nouns = false;
    while end < phrases.end {
        if let Some(after) = name_end(draft, end) {
            end = after.min(phrases.end);
            nouns = true;
            continue;
        }
        let fits = match phrases.class(end) {
            Class::Noun => {
                nouns = true;
                // A hyphen begins nothing.
                end > at || draft.tokens.get(end).is_some_and(|token| token.text.starts_with(char::is_alphanumeric))
            }
            Class::Number => true,
            Class::Determiner => !nouns || !BEGIN.contains(&lower(end)),
            Class::Possessive => end > at,
            _ => false,
        };
        if !fits || phrases.group_of(end).is_some() || (is_time_word(lower(end)) && end > at && nouns) {
            break;
        }
        end += 1;
    }
    if nouns { end } else { at }
}

/// Whether a word links somebody to a place: "gunmen based in Lima".
pub fn is_participle(word: &str) -> bool {
    matches!(word, "based" | "living" | "operating" | "stationed" | "detained" | "held")
}

/// The end of the complement that begins at token `at`: "of the army", "in Lima", "based in Lima".
fn complement(draft: &Draft<'_>, phrases: &Phrases, at: usize) -> Option<usize> {
    let lower = |at: usize| draft.tokens.get(at).map_or("", |token| &*token.lower);
    let mut start = at;
    if is_participle(lower(start)) {
        start += 1;
    }
    let before = at.checked_sub(1).map_or("", lower);
    let anything = start == at && (lower(at) == "of" || lower(at) == "for" && SERVE.contains(&before));
    let place = matches!(lower(start), "in" | "from" | "at" | "near" | "across" | "throughout");
    let body = start == at && matches!(lower(at), "at" | "from");
    if !anything && !place {
        return None;
    }
    let end = simple(draft, phrases, start + 1);
    if end == start + 1 {
        return None;
    }
    let is_place = |entity: usize| {
        draft.entity(entity).is_some_and(|entity| {
            matches!(entity.kind, EntityKind::Gpe | EntityKind::Loc) || body && entity.kind == EntityKind::Org
        })
    };
    let phrase = draft.span_of(start + 1..end);
    let mentions = draft.mentions_in(phrase);
    let somewhere = || mentions.last().is_some_and(|last| last.span.end == phrase.end && is_place(last.entity));
    (anything || somewhere()).then_some(end)
}
