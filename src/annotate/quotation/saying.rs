//! What a cue says: whether something was said or thought, whether the text asserts it, and who tells of whom saying it.

use std::sync::LazyLock;

use foldhash::HashMap;

use super::words::{is_auxiliary, is_determiner, is_preposition, is_verb_like};
use crate::annotate::cue;
use crate::annotate::draft::{Draft, Token, TokenKind};
use crate::annotate::inflect::verb_forms;
use crate::annotate::lexicon::rows;
use crate::model::{Assertion, CueClass, Quotation, QuotationKind};
use crate::text::Span;

/// Words of thinking, meaning and feeling, in all their forms.
static ATTITUDES: LazyLock<HashMap<String, CueClass>> = LazyLock::new(|| {
    let mut attitudes = HashMap::default();
    for row in rows(include_str!("../../../assets/lexicon/attitudes.tsv")) {
        let [lemma, class] = row[..] else { continue };
        let class = match class {
            "intend" => CueClass::Intend,
            "feel" => CueClass::Feel,
            _ => CueClass::Think,
        };
        let forms = verb_forms(lemma);
        let all =
            forms.ing.into_iter().chain(forms.past).chain(forms.participle).chain([forms.third, lemma.to_owned()]);
        for form in all {
            // A word that is listed by itself ("thought") is what its own row says.
            attitudes.entry(form).or_insert(class);
        }
    }
    attitudes
});

/// Sets class and assertion of `quotations`, and which are told inside another.
pub(super) fn classify(draft: &Draft<'_>, quotations: &mut [Quotation]) {
    for quotation in quotations.iter_mut() {
        quotation.class = class(draft, quotation);
        let by_nobody = quotation.source.is_some_and(|source| is_nobody(draft, source));
        quotation.assertion = match quotation.cue {
            Some(_) if by_nobody => Assertion::Negated,
            Some(cue) => assertion(draft, cue),
            None => Assertion::Made,
        };
    }
    // In text order: whoever holds another begins no later, so that what is open when one begins is all that may hold it.
    let mut open: Vec<(usize, Span)> = Vec::new();
    for at in 0..quotations.len() {
        let extent = quotations[at].extent();
        open.retain(|(_, span)| span.end > extent.start);
        let holds = |(outer, span): &(usize, Span)| {
            let told = quotations[at].cue.is_some_and(|cue| span.covers(cue));
            *outer != at && told && quotations[*outer].content.iter().any(|part| part.covers(extent))
        };
        quotations[at].within = open.iter().rev().find(|entry| holds(entry)).map(|(outer, _)| *outer);
        open.push((at, extent));
    }
}

/// Whether a source is nobody: "no group claimed", "neither side said".
fn is_nobody(draft: &Draft<'_>, source: Span) -> bool {
    let mut tokens = draft.tokens_in(source).filter_map(|at| draft.tokens.get(at));
    let first = tokens.next();
    // "No 10 said", "No. 2 in the ministry".
    let is_numbered = tokens.next().is_some_and(|token| token.kind != TokenKind::Word);
    let is_named = draft.mention_at(source.start).is_some();
    first.is_some_and(|token| matches!(token.lower.as_ref(), "no" | "nobody" | "none" | "neither"))
        && !is_numbered
        && !is_named
}

/// What the cue reports. Whoever is quoted word for word has said the words, whatever the verb.
fn class(draft: &Draft<'_>, quotation: &Quotation) -> CueClass {
    if quotation.kind == QuotationKind::Direct {
        return CueClass::Say;
    }
    let Some(cue) = quotation.cue else { return CueClass::Say };
    let tokens = &draft.tokens[draft.tokens_in(cue)];
    let says = |token: &Token<'_>| {
        cue::verb(token).is_some_and(|verb| verb.classes.say || verb.classes.call)
            || cue::is_utterance(token)
            || matches!(token.lower.as_ref(), "according" | "per" | "quoted" | "words")
    };
    if tokens.iter().any(says) || tokens.iter().all(|token| token.kind == TokenKind::Punctuation) {
        let told = quotation.kind == QuotationKind::Mixed
            || quotation.content.iter().any(|part| is_clause(&draft.tokens[draft.tokens_in(*part)]));
        return if told { CueClass::Say } else { CueClass::Act };
    }
    let attitude = |token: &Token<'_>| ATTITUDES.get(token.lower.as_ref()).copied();
    let spoken = quotation.kind == QuotationKind::Mixed;
    let unlisted = if spoken { CueClass::Say } else { CueClass::Think };
    tokens.iter().rev().filter(|token| !is_auxiliary(token)).find_map(attitude).unwrap_or(unlisted)
}

/// Whether the words are a clause with a finite verb of its own: not "a deal that was signed", not "to leave".
fn is_clause(words: &[Token<'_>]) -> bool {
    let opens = usize::from(
        words.first().is_some_and(|word| matches!(word.lower.as_ref(), "that" | "how" | "why" | "what" | "whether")),
    );
    for (at, word) in words.iter().enumerate().skip(opens) {
        if matches!(word.lower.as_ref(), "which" | "who" | "whom" | "whose" | "where" | "that" | "to") && at > opens {
            // What is before it has no verb, and what is behind belongs to a noun or an infinitive.
            if !words[opens..at].iter().any(|word| word.kind == TokenKind::Punctuation) {
                return false;
            }
        }
        let finite = is_auxiliary(word) && !matches!(word.lower.as_ref(), "be" | "been" | "being" | "having");
        let before = at.checked_sub(1).map(|before| &words[before]);
        let nominal = before.is_some_and(|before| is_determiner(before) || is_preposition(before));
        let third = word.lower.ends_with('s') && cue::verb(word).is_some_and(|verb| verb.form == cue::Form::Present);
        if at > 0 && !nominal && (finite || is_verb_like(word) || third) {
            return true;
        }
    }
    // "they want", "we stand": a present after a pronoun.
    let pronouns = ["i", "we", "they", "you", "he", "she", "it", "there", "people"];
    words.windows(2).any(|pair| pronouns.contains(&pair[0].lower.as_ref()) && pair[1].kind == TokenKind::Word)
}

/// Whether the words before the cue deny it or only suppose it.
fn assertion(draft: &Draft<'_>, cue: Span) -> Assertion {
    let tokens = draft.tokens_in(cue);
    let Some(first) = draft.tokens.get(tokens.start) else { return Assertion::Made };
    let sentence = draft.sentences[first.sentence].tokens.clone();
    let start = tokens.start.saturating_sub(3).max(sentence.start);
    // "did not say": the words right before the verb, up to a mark or another verb's subject.
    let before = (start..tokens.end).filter(|&at| draft.tokens[at].kind != TokenKind::Punctuation);
    let words: Vec<&str> = before.map(|at| draft.tokens[at].lower.as_ref()).collect();
    let any = |listed: &[&str]| words.iter().any(|word| listed.contains(word));
    let refuses = ["refused", "declined", "refuses", "declines", "refusing", "declining", "failed", "stopped"];
    if any(&["not", "never", "n't", "cannot", "nobody", "none", "nor", "without"])
        || words.iter().any(|word| word.ends_with("n't"))
        || any(&refuses)
    {
        return Assertion::Negated;
    }
    let conditional = sentence.start..tokens.start;
    let supposed =
        conditional.rev().take(6).any(|at| matches!(draft.tokens[at].lower.as_ref(), "if" | "unless" | "whether"));
    let modal = any(&["would", "could", "might", "may", "should", "will", "shall", "must", "can", "'ll", "'d"]);
    let is_base =
        draft.tokens[tokens].iter().any(|token| cue::verb(token).is_some_and(|verb| verb.form == cue::Form::Base));
    if supposed || (modal && is_base) { Assertion::Hypothetical } else { Assertion::Made }
}
