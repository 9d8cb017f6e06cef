//! Closed word classes that bound noun phrases and clauses.

use crate::annotate::cue::{self, Form};
use crate::annotate::draft::{Token, TokenKind};
use crate::annotate::entity::words::is_calendar;

/// he, she, they …: a subject by itself.
pub fn is_subject_pronoun(token: &Token<'_>) -> bool {
    matches!(
        token.lower.as_ref(),
        "he" | "she"
            | "they"
            | "it"
            | "we"
            | "i"
            | "you"
            | "everyone"
            | "everybody"
            | "someone"
            | "somebody"
            | "nobody"
    )
}

/// the, a, his, this …
pub fn is_determiner(token: &Token<'_>) -> bool {
    matches!(
        token.lower.as_ref(),
        "the"
            | "a"
            | "an"
            | "his"
            | "her"
            | "its"
            | "their"
            | "our"
            | "my"
            | "your"
            | "this"
            | "that"
            | "these"
            | "those"
            | "each"
            | "every"
            | "no"
            | "any"
            | "another"
    )
}

/// Prepositions that open an adverbial or join a complement.
pub fn is_preposition(token: &Token<'_>) -> bool {
    matches!(
        token.lower.as_ref(),
        "in" | "on"
            | "at"
            | "of"
            | "for"
            | "from"
            | "by"
            | "with"
            | "to"
            | "about"
            | "after"
            | "before"
            | "during"
            | "since"
            | "until"
            | "under"
            | "over"
            | "through"
            | "throughout"
            | "against"
            | "between"
            | "among"
            | "amid"
            | "into"
            | "onto"
            | "upon"
            | "via"
            | "despite"
            | "toward"
            | "towards"
            | "within"
            | "without"
            | "following"
            | "regarding"
            | "concerning"
            | "ahead"
            | "outside"
            | "inside"
            | "near"
            | "around"
            | "across"
            | "behind"
            | "beyond"
            | "per"
    )
}

/// Words that open a subordinate clause.
pub fn is_clause_opener(token: &Token<'_>) -> bool {
    matches!(
        token.lower.as_ref(),
        "that"
            | "which"
            | "because"
            | "if"
            | "when"
            | "while"
            | "although"
            | "though"
            | "whereas"
            | "where"
            | "whether"
            | "unless"
            | "as"
            | "than"
            | "what"
            | "why"
            | "how"
            | "but"
            | "who"
            | "whom"
            | "once"
            | "till"
    )
}

/// have, will, did …: forms before a main verb.
pub fn is_auxiliary(token: &Token<'_>) -> bool {
    matches!(
        token.lower.as_ref(),
        "has"
            | "have"
            | "had"
            | "having"
            | "did"
            | "does"
            | "do"
            | "will"
            | "would"
            | "could"
            | "can"
            | "may"
            | "might"
            | "must"
            | "should"
            | "shall"
            | "'d"
            | "'ve"
            | "'ll"
    )
}

/// Adverbs that may stand between subject and verb.
pub fn is_adverb(token: &Token<'_>) -> bool {
    let word = token.lower.as_ref();
    matches!(
        word,
        "also"
            | "later"
            | "then"
            | "once"
            | "often"
            | "again"
            | "just"
            | "still"
            | "even"
            | "already"
            | "now"
            | "always"
            | "further"
            | "first"
            | "both"
            | "all"
            | "himself"
            | "herself"
            | "themselves"
            | "itself"
            | "too"
            | "instead"
            | "sometimes"
            | "ever"
            | "soon"
            | "only"
            | "almost"
            | "never"
            | "twice"
            | "long"
            | "yesterday"
            | "today"
    ) || (word.len() > 4
        && word.ends_with("ly")
        && !token.is_capitalised()
        && !matches!(
            word,
            "family"
                | "ally"
                | "assembly"
                | "italy"
                | "july"
                | "rally"
                | "reply"
                | "supply"
                | "early"
                | "bully"
                | "monopoly"
                | "anomaly"
        ))
}

/// Words of dates: today, last, week, morning … but not names of days.
pub fn is_date_word(token: &Token<'_>) -> bool {
    is_calendar(token)
        || matches!(
            token.lower.as_ref(),
            "today"
                | "yesterday"
                | "tomorrow"
                | "tonight"
                | "last"
                | "next"
                | "week"
                | "month"
                | "year"
                | "morning"
                | "afternoon"
                | "evening"
                | "night"
                | "earlier"
                | "late"
                | "early"
                | "ago"
                | "recently"
                | "days"
                | "weeks"
                | "months"
                | "years"
                | "hours"
                | "weekend"
                | "midnight"
                | "noon"
        )
}

/// Irregular past forms that are common in news, and forms of be.
const IRREGULAR: &[&str] = &[
    "is",
    "are",
    "was",
    "were",
    "be",
    "been",
    "am",
    "became",
    "began",
    "broke",
    "brought",
    "built",
    "bought",
    "came",
    "caught",
    "chose",
    "cut",
    "did",
    "drew",
    "drove",
    "fell",
    "felt",
    "fought",
    "found",
    "flew",
    "gave",
    "got",
    "grew",
    "had",
    "has",
    "have",
    "heard",
    "held",
    "hit",
    "kept",
    "knew",
    "led",
    "left",
    "lost",
    "made",
    "meant",
    "met",
    "paid",
    "put",
    "ran",
    "rose",
    "sat",
    "saw",
    "sent",
    "set",
    "shook",
    "shot",
    "showed",
    "sold",
    "sought",
    "spent",
    "spoke",
    "stood",
    "struck",
    "swept",
    "took",
    "taught",
    "threw",
    "thought",
    "understood",
    "went",
    "withdrew",
    "won",
    "wore",
    "says",
    "does",
    "goes",
    "makes",
    "takes",
    "gives",
    "wants",
    "needs",
    "seems",
    "comes",
    "remains",
    "includes",
    "means",
    "will",
    "would",
    "could",
    "can",
    "should",
    "may",
    "might",
    "must",
    "isn't",
    "wasn't",
    "don't",
    "didn't",
    "doesn't",
    "won't",
    "can't",
    "couldn't",
    "wouldn't",
    "aren't",
    "weren't",
    "hasn't",
    "haven't",
    "hadn't",
    "lives",
    "works",
    "leads",
    "became",
    "wrote",
    "told",
    "said",
    "won",
    "hurt",
];

/// Whether the word looks like a finite verb. Without a tagger this errs on nouns in -ed and on rare verbs.
pub fn is_verb_like(token: &Token<'_>) -> bool {
    if token.kind != TokenKind::Word || token.is_capitalised() {
        return false;
    }
    let word = token.lower.as_ref();
    let past =
        word.len() > 4 && word.ends_with("ed") && !word.ends_with("eed") && word != "hundred" && word != "united";
    IRREGULAR.contains(&word)
        || past
        || cue::verb(token).is_some_and(|verb| verb.form == Form::Past && verb.classes.say)
}
