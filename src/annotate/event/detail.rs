//! How an event is done and what it is about: PLOVER's modes and contexts, by the words around its trigger.

use std::ops::Range;
use std::sync::LazyLock;

use super::super::draft::Draft;
use super::super::lexicon::rows;
use crate::model::{Context, EventKind, Mode};
use crate::text::Span;

/// A word further from the trigger than so many tokens tells of something else.
const REACH: usize = 25;

/// Words less than so many tokens from the trigger are equally near: "warplanes bombed".
const NEAR: usize = 4;

/// More contexts than these say nothing any more.
const MOST: usize = 4;

/// Words that follow each other; each may stand for all words that begin so.
#[derive(Debug)]
struct Phrase(Vec<(&'static str, bool)>);

impl Phrase {
    fn parse(words: &'static str) -> Phrase {
        let word = |word: &'static str| word.strip_suffix('*').map_or((word, false), |stem| (stem, true));
        Phrase(words.split('+').map(word).collect())
    }

    /// Whether the words begin at token `at` and end before `limit`.
    fn is_at(&self, draft: &Draft<'_>, at: usize, limit: usize) -> bool {
        at + self.0.len() <= limit
            && self.0.iter().enumerate().all(|(offset, (word, open))| {
                draft
                    .tokens
                    .get(at + offset)
                    .is_some_and(|token| if *open { token.lower.starts_with(word) } else { token.lower == *word })
            })
    }
}

fn phrases(words: &'static str) -> Vec<Phrase> {
    words.split(' ').filter(|word| !word.is_empty()).map(Phrase::parse).collect()
}

static MODES: LazyLock<Vec<(EventKind, Mode, Vec<Phrase>)>> = LazyLock::new(|| {
    let table = rows(include_str!("../../../assets/lexicon/modes.tsv"));
    let row = |row: Vec<&'static str>| {
        let [kind, mode, words] = row[..] else { return None };
        Some((EventKind::from_code(kind)?, Mode::from_label(mode)?, phrases(words)))
    };
    table.filter_map(row).collect()
});

static CONTEXTS: LazyLock<Vec<(Context, Vec<Phrase>)>> = LazyLock::new(|| {
    let table = rows(include_str!("../../../assets/lexicon/contexts.tsv"));
    let row = |row: Vec<&'static str>| {
        let [context, words] = row[..] else { return None };
        Some((Context::from_label(context)?, phrases(words)))
    };
    table.filter_map(row).collect()
});

/// The mode that the word nearest to `trigger` tells, of the words of the trigger and of its sentence, `tokens`. Of words
/// equally near, the one whose row comes last in the list, where the more special modes stand.
pub fn mode(draft: &Draft<'_>, kind: EventKind, trigger: Span, tokens: Range<usize>) -> Option<Mode> {
    let own = draft.tokens_in(trigger);
    let near = tokens.start.max(own.start.saturating_sub(REACH))..tokens.end.min(own.end + REACH);
    // From the last word of a phrase before the trigger, the first of one behind it.
    let distance = |at: usize, phrase: &Phrase| {
        (own.start.saturating_sub(at + phrase.0.len() - 1) + (at + 1).saturating_sub(own.end)) / NEAR
    };
    let told = MODES.iter().filter(|(of, ..)| *of == kind).filter_map(|(_, mode, words)| {
        let here = |at: usize| {
            words.iter().filter(|phrase| phrase.is_at(draft, at, near.end)).map(|phrase| distance(at, phrase)).min()
        };
        near.clone().filter_map(here).min().map(|distance| (distance, *mode))
    });
    told.rev().min_by_key(|(distance, _)| *distance).map(|(_, mode)| mode)
}

/// What the sentence is about: the contexts that most of its words tell, in the order of [`Context::ALL`].
pub fn contexts(draft: &Draft<'_>, tokens: Range<usize>) -> Vec<Context> {
    let mut told: Vec<(usize, Context)> = CONTEXTS
        .iter()
        .map(|(context, words)| {
            let at = tokens.clone().filter(|&at| words.iter().any(|phrase| phrase.is_at(draft, at, tokens.end)));
            (at.count(), *context)
        })
        .filter(|(words, _)| *words > 0)
        .collect();
    told.sort_by_key(|(words, context)| (std::cmp::Reverse(*words), *context));
    told.truncate(MOST);
    let mut contexts: Vec<Context> = told.into_iter().map(|(_, context)| context).collect();
    contexts.sort_unstable();
    contexts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_read_and_every_mode_and_context_has_words() {
        let count = |table| rows(table).count();
        assert_eq!(MODES.len(), count(include_str!("../../../assets/lexicon/modes.tsv")));
        assert_eq!(CONTEXTS.len(), count(include_str!("../../../assets/lexicon/contexts.tsv")));
        for mode in Mode::ALL {
            assert!(MODES.iter().any(|(_, listed, _)| listed == mode), "{mode:?}");
        }
        for context in Context::ALL {
            assert!(CONTEXTS.iter().any(|(listed, _)| listed == context), "{context:?}");
        }
    }
}
