//! Reported clauses: where they begin after a cue and where they end.

use std::ops::Range;

use super::attribution::{Attribution, CueKind, Order};
use super::words::{
    is_adverb, is_auxiliary, is_clause_opener, is_date_word, is_determiner, is_preposition, is_subject_pronoun,
    is_verb_like,
};
use crate::annotate::cue::{self, Form};
use crate::annotate::draft::{Draft, MarkedRun, Token, TokenKind, run_at};
use crate::text::Span;

/// The first token of the reported clause after a cue that ends before `from`: behind "that", behind whom it was told
/// and when and where it was said. At most `limit`.
pub fn content_start(draft: &Draft<'_>, from: usize, limit: usize) -> usize {
    let mut at = from;
    // "… told reporters in Cairo on Friday that …"
    let that = (from..limit.min(from + 16))
        .take_while(|&near| !is_hard(draft, near))
        .find(|&near| draft.tokens[near].lower == "that");
    if let Some(that) = that.filter(|&that| {
        !(from..that).any(|near| is_verb_like(&draft.tokens[near]) || is_subject_pronoun(&draft.tokens[near]))
    }) {
        return that + 1;
    }
    let told = from.checked_sub(1).is_some_and(|cue| {
        matches!(
            draft.tokens[cue].lower.as_ref(),
            "told" | "tells" | "tell" | "telling" | "informed" | "assured" | "reminded" | "warned"
        )
    });
    if told && at < limit {
        at = recipient_end(draft, at, limit);
    }
    while at < limit {
        let token = &draft.tokens[at];
        let mark = matches!(token.text, "," | ":" | "—" | "–");
        let finite = |next: &Token<'_>| is_verb_like(next) || is_auxiliary(next);
        let manner = token.lower.ends_with("ly") && is_adverb(token);
        if mark || manner || (is_date_word(token) && !draft.tokens.get(at + 1).is_some_and(finite)) {
            at += 1;
        } else if matches!(
            token.lower.as_ref(),
            "in" | "on" | "at" | "during" | "via" | "by" | "to" | "through" | "after" | "late" | "early"
        ) {
            let end = adverbial_end(draft, at, limit);
            if end == at {
                break;
            }
            at = end;
        } else {
            break;
        }
    }
    at
}

/// The end of "on Friday", "in May", "in a statement", "at a news conference in Cairo", "via Twitter" at `at`; `at` if
/// the words there are no adverbial of saying.
fn adverbial_end(draft: &Draft<'_>, at: usize, limit: usize) -> usize {
    let mut end = at + 1;
    while end < limit && (is_date_word(&draft.tokens[end]) || draft.tokens[end].kind == TokenKind::Number) {
        end += 1;
    }
    if end > at + 1 {
        return end;
    }
    // "in a … statement": up to the noun for the utterance.
    let noun = (at + 1..limit.min(at + 8)).find(|&near| {
        let word = draft.tokens[near].lower.as_ref();
        cue::is_utterance(&draft.tokens[near])
            || matches!(
                word,
                "conference"
                    | "television"
                    | "tv"
                    | "radio"
                    | "rally"
                    | "meeting"
                    | "hearing"
                    | "ceremony"
                    | "twitter"
                    | "facebook"
                    | "court"
                    | "telephone"
                    | "phone"
            )
    });
    match noun.filter(|&noun| !(at + 1..noun).any(|near| is_verb_like(&draft.tokens[near]))) {
        Some(noun) => {
            let mut end = noun + 1;
            // "… with Sputnik News", "in Cairo": what belongs to the noun.
            if end < limit && matches!(draft.tokens[end].lower.as_ref(), "with" | "to" | "in" | "on" | "from") {
                let mut next = end + 1;
                while next < limit
                    && (draft.mention_at(draft.tokens[next].span.start).is_some()
                        || is_date_word(&draft.tokens[next])
                        || is_determiner(&draft.tokens[next]))
                {
                    next += 1;
                }
                if next > end + 1 {
                    end = next;
                }
            }
            end
        }
        None => at,
    }
}

/// The end of the phrase that names whom it was told: "reporters", "the BBC", "a conference of bishops".
fn recipient_end(draft: &Draft<'_>, at: usize, limit: usize) -> usize {
    let mut end = at;
    while end < limit && end < at + 8 {
        let token = &draft.tokens[end];
        if let Some(mention) = draft.mention_at(token.span.start) {
            end = draft.tokens.partition_point(|token| token.span.start < mention.span.end).max(end + 1);
            // Two names in a row ("told Reuters Iran would …"): the first is the recipient.
            if draft.tokens.get(end).is_none_or(|next| !matches!(next.lower.as_ref(), "and" | "'s" | "'")) {
                return end;
            }
            continue;
        }
        let stops = (end > at
            && (is_subject_pronoun(token)
                || (is_determiner(token)
                    && !matches!(draft.tokens[end - 1].lower.as_ref(), "of" | "and" | "at" | "in"))))
            || token.kind == TokenKind::Punctuation
            || is_clause_opener(token);
        if stops || is_verb_like(token) {
            break;
        }
        end += 1;
        if matches!(
            token.lower.as_ref(),
            "reporters"
                | "journalists"
                | "them"
                | "him"
                | "me"
                | "us"
                | "lawmakers"
                | "parliament"
                | "investigators"
                | "police"
                | "supporters"
        ) {
            return end;
        }
    }
    end
}

/// Byte offset where the sentence that holds `run` ends, without its final stop; the run's own end if that is later.
pub fn sentence_end(draft: &Draft<'_>, runs: &[MarkedRun], run: &MarkedRun, paragraph: &Range<usize>) -> usize {
    let mut at = draft.token_from(run.span.end);
    let mut end = run.span.end;
    // A stop inside the closing mark ends the sentence as well.
    if ends_with_stop(run.inner.of(draft.text)) {
        let lower_next = draft
            .tokens
            .get(at)
            .filter(|_| paragraph.contains(&at))
            .is_some_and(|next| next.text.chars().next().is_some_and(char::is_lowercase));
        if !lower_next {
            return end;
        }
    }
    if run.inner.of(draft.text).trim_end().ends_with(',') && paragraph.contains(&at) && ends_report(draft, at) {
        return end;
    }
    while paragraph.contains(&at) {
        let token = &draft.tokens[at];
        let inside = run_at(runs, token.span.start).is_some();
        if !inside && matches!(token.text, "." | "!" | "?" | ";") {
            break;
        }
        if !inside && token.text == "," && ends_report(draft, at + 1) {
            break;
        }
        end = token.span.end;
        at += 1;
    }
    end
}

/// Whether what follows a comma is an addition that is as often the writer's own: ", which was …", ", and his critics …".
fn adds(draft: &Draft<'_>, at: usize) -> bool {
    draft
        .tokens
        .get(at)
        .is_some_and(|token| matches!(token.lower.as_ref(), "which" | "and" | "but" | "although" | "though"))
}

/// Whether quoted words end with a stop, perhaps in an editor's brackets ("commoner[.]").
pub fn ends_with_stop(words: &str) -> bool {
    words.trim_end().trim_end_matches([']', ')', '’', '\'']).ends_with(['.', '!', '?'])
}

/// Whether what follows a comma is told by the writer again: ", saying", ", according to", ", adding".
fn ends_report(draft: &Draft<'_>, at: usize) -> bool {
    draft.tokens.get(at).is_some_and(|token| {
        token.lower == "according"
            || matches!(token.lower.as_ref(), "while" | "with")
            || (token.lower == "further" && draft.tokens.get(at + 1).is_some_and(|next| cue::verb(next).is_some()))
            || cue::verb(token).is_some_and(|verb| verb.form == Form::Participle)
            || (token.lower == "as" && draft.tokens.get(at + 1).is_some_and(|next| cue::verb(next).is_some()))
    })
}

fn is_hard(draft: &Draft<'_>, at: usize) -> bool {
    matches!(draft.tokens[at].text, "." | ";" | "!" | "?" | "“" | "\"" | "«" | "‘")
}

/// The content of an indirect quotation, or `None` where the cue governs no finite clause outside quotation marks.
pub fn indirect(
    draft: &Draft<'_>,
    runs: &[MarkedRun],
    paragraph: &Range<usize>,
    attribution: &Attribution,
) -> Option<Span> {
    let takes = match attribution.kind {
        CueKind::Verb(verb) => verb.classes.say,
        CueKind::According | CueKind::Mark => true,
        CueKind::Noun => false,
    };
    if !takes || attribution.source.is_empty() {
        return None;
    }
    let sentence = draft.sentences.get(attribution.sentence)?;
    let extent = attribution.extent();
    let first = sentence.tokens.start.max(paragraph.start);
    let last = sentence.tokens.end.min(paragraph.end);
    // CLAUSE, X said. / CLAUSE, according to X.
    let trailing = extent.start > first && draft.tokens[extent.start - 1].text == ",";
    let rest = content_start(draft, extent.end, last);
    let said_that = rest > first && draft.tokens[rest - 1].lower == "that";
    let clause_after =
        rest < last && attribution.order == Order::SourceFirst && (said_that || has_clause(draft, rest, last));
    // Nothing but time and place may follow: "On Friday, the party pledged help" reports nothing before its cue.
    let done = draft
        .tokens
        .get(extent.end)
        .filter(|_| extent.end < last)
        .is_none_or(|next| next.kind == TokenKind::Punctuation || is_preposition(next) || is_date_word(next));
    let after_clause = trailing && done && (first..extent.start).any(|at| is_finite(draft, at));
    let signed = attribution.kind == CueKind::Mark && attribution.order == Order::CueFirst;
    if after_clause && !clause_after || signed || attribution.kind == CueKind::According && extent.start > first {
        let end = if trailing { extent.start - 1 } else { extent.start };
        return reported(draft, runs, first, end);
    }
    let headed = attribution.kind == CueKind::Mark && attribution.order == Order::SourceFirst && rest < last;
    if attribution.kind == CueKind::According || clause_after || headed {
        let start = if attribution.kind == CueKind::According { skip_comma(draft, extent.end, last) } else { rest };
        let mut end = start;
        while end < last {
            let token = &draft.tokens[end];
            if token.text == ";" || (token.text == "," && (ends_report(draft, end + 1) || adds(draft, end + 1))) {
                break;
            }
            end += 1;
        }
        return reported(draft, runs, start, end);
    }
    None
}

fn skip_comma(draft: &Draft<'_>, at: usize, last: usize) -> usize {
    if at < last && draft.tokens[at].text == "," { at + 1 } else { at }
}

fn is_finite(draft: &Draft<'_>, at: usize) -> bool {
    let token = &draft.tokens[at];
    is_verb_like(token) || is_auxiliary(token)
}

/// Whether a finite clause with a subject stands between: a subject, then its verb, with no relative clause before it
/// ("announced a coalition which was joined by …" has an object, no clause).
fn has_clause(draft: &Draft<'_>, from: usize, to: usize) -> bool {
    let first = &draft.tokens[from];
    if matches!(first.lower.as_ref(), "to" | "of" | "about" | "for" | "with" | "against") || is_finite(draft, from) {
        return false;
    }
    if first.lower == "there" || is_subject_pronoun(first) && from + 1 < to {
        return true;
    }
    // "claims Mahan flies …": after a name, a word in lower case that joins nothing is its verb, listed or not.
    if let Some(name) = draft.mention_at(first.span.start) {
        let next = draft.token_from(name.span.end);
        let verb = draft.tokens.get(next).filter(|_| next < to).is_some_and(|verb| {
            verb.kind == TokenKind::Word
                && !verb.is_capitalised()
                && (verb.lower.ends_with('s') || is_finite(draft, next))
                && !is_preposition(verb)
                && !is_clause_opener(verb)
        });
        if verb {
            return true;
        }
    }
    let relative = |at: usize| {
        matches!(draft.tokens[at].lower.as_ref(), "which" | "who" | "that" | "whose" | "where" | "when" | "to")
    };
    let verb = (from + 1..to).find(|&at| is_finite(draft, at));
    verb.is_some_and(|verb| !(from..verb).any(relative))
}

/// The words from `start` to `end` without punctuation at their ends, if they are enough to be a statement and lie outside
/// quotation marks.
fn reported(draft: &Draft<'_>, runs: &[MarkedRun], start: usize, end: usize) -> Option<Span> {
    let Range { mut start, mut end } = start..end;
    while start < end
        && draft.tokens[start].kind == TokenKind::Punctuation
        && !matches!(draft.tokens[start].text, "$" | "€" | "£" | "[")
    {
        start += 1;
    }
    while end > start
        && matches!(draft.tokens[end - 1].text, "." | "," | "!" | "?" | ";" | ":" | "—" | "–" | "-" | "(")
    {
        end -= 1;
    }
    let words = (start..end).filter(|&at| draft.tokens[at].kind != TokenKind::Punctuation).count();
    let span = (words >= 3).then(|| draft.span_of(start..end))?;
    let next = runs.partition_point(|run| run.span.end <= span.start);
    let marked = runs.get(next).is_some_and(|run| run.span.overlaps(span));
    (!marked).then_some(span)
}
