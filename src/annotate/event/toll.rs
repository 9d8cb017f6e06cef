//! The numbers told of an event: the dead, the injured, those who took part, sums of money.

use std::ops::Range;

use crate::annotate::draft::{Draft, TokenKind};
use crate::model::{EventKind, Toll};

/// Words between a number and what it counts, at most: "13 off-duty soldiers aboard a bus were killed".
const REACH: usize = 8;

/// The numbers in the sentence `tokens` that belong to an event of `kind`.
pub fn toll(draft: &Draft<'_>, kind: EventKind, tokens: Range<usize>) -> Toll {
    let reader = Reader { draft, tokens };
    let harm = matches!(
        kind,
        EventKind::Assault | EventKind::Coerce | EventKind::Protest | EventKind::Mobilize | EventKind::Other(_)
    );
    let crowd = kind == EventKind::Protest;
    let money = matches!(
        kind,
        EventKind::Aid
            | EventKind::Agree
            | EventKind::Cooperate
            | EventKind::Sanction
            | EventKind::Request
            | EventKind::Other(_)
    );
    Toll {
        killed: harm.then(|| reader.victims(is_killing, is_dead)).flatten(),
        injured: harm.then(|| reader.victims(is_injuring, is_injured)).flatten(),
        size: crowd.then(|| reader.crowd()).flatten(),
        amount: money.then(|| reader.money()).flatten(),
    }
}

/// Adds what `other` tells and `known` leaves open. A later count of the dead is the higher one.
pub fn join(known: &mut Toll, other: Toll) {
    known.killed = known.killed.max(other.killed);
    known.injured = known.injured.max(other.injured);
    known.size = known.size.or(other.size);
    known.amount = known.amount.take().or(other.amount);
}

struct Reader<'r, 'a> {
    draft: &'r Draft<'a>,
    tokens: Range<usize>,
}

fn is_killing(word: &str) -> bool {
    matches!(word, "killed" | "killing" | "kills" | "kill" | "claimed")
}

fn is_dead(word: &str) -> bool {
    matches!(word, "killed" | "dead" | "died" | "die" | "deaths" | "perished" | "drowned")
}

fn is_injuring(word: &str) -> bool {
    matches!(word, "injured" | "injuring" | "injures" | "wounded" | "wounding" | "wounds" | "hurting")
}

fn is_injured(word: &str) -> bool {
    matches!(word, "injured" | "wounded" | "hurt" | "injuries")
}

/// What is counted, where it is not people.
fn is_other_unit(word: &str) -> bool {
    matches!(
        word,
        "days"
            | "day"
            | "hours"
            | "weeks"
            | "months"
            | "years"
            | "year"
            | "minutes"
            | "miles"
            | "km"
            | "kilometres"
            | "kilometers"
            | "metres"
            | "meters"
            | "percent"
            | "%"
            | "homes"
            | "houses"
            | "buildings"
            | "vehicles"
            | "cars"
            | "million"
            | "billion"
            | "dollars"
            | "euros"
            | "times"
            | "tonnes"
            | "tons"
            | "rockets"
            | "missiles"
            | "shells"
            | "rounds"
            | "attacks"
            | "am"
            | "pm"
            | "gmt"
    )
}

impl Reader<'_, '_> {
    fn lower(&self, at: usize) -> &str {
        let inside = self.tokens.contains(&at);
        self.draft.tokens.get(at).filter(|_| inside).map_or("", |token| &token.lower)
    }

    /// The number at token `at`, unless it is of something else than people, a year or a day of the month.
    fn people(&self, at: usize) -> Option<u32> {
        let number = number(self.lower(at))?;
        let next = self.lower(at + 1);
        let before = at.checked_sub(1).map_or("", |before| self.lower(before));
        let age = next == "-" || before == "aged" || matches!(before, "$" | "€" | "£");
        let digits = self.draft.tokens.get(at).is_some_and(|token| token.kind == TokenKind::Number);
        let year = digits && (1900..2100).contains(&number) && matches!(before, "in" | "since" | "of" | "by");
        let calendar = self.draft.tokens.get(at + 1).is_some_and(super::super::entity::words::is_calendar)
            || at
                .checked_sub(1)
                .and_then(|before| self.draft.tokens.get(before))
                .is_some_and(super::super::entity::words::is_calendar);
        (!age && !year && !calendar && !is_other_unit(next)).then_some(number)
    }

    /// "killing 14", "killed at least 14 people"; "14 people were killed", "14 dead".
    fn victims(&self, doing: fn(&str) -> bool, suffering: fn(&str) -> bool) -> Option<u32> {
        let mut found = None;
        for at in self.tokens.clone() {
            let word = self.lower(at);
            if doing(word) {
                // Over "at least", "more than", "some", "about".
                let after = (at + 1..at + 5).take_while(|&next| !is_stop(self.lower(next)));
                found = found.or_else(|| after.into_iter().find_map(|next| self.people(next)));
            }
            if found.is_none() && suffering(word) {
                let before = (at.saturating_sub(REACH)..at).rev().take_while(|&before| !is_stop(self.lower(before)));
                found = before.into_iter().find_map(|before| self.people(before));
            }
        }
        found
    }

    /// "5,000 people marched": the number before a crowd.
    fn crowd(&self) -> Option<u32> {
        let of_people = |at: usize| {
            (at + 1..at + 4).any(|next| {
                matches!(
                    self.lower(next),
                    "people"
                        | "protesters"
                        | "demonstrators"
                        | "students"
                        | "workers"
                        | "women"
                        | "men"
                        | "teachers"
                        | "farmers"
                        | "supporters"
                        | "activists"
                        | "prisoners"
                        | "strong"
                        | "marched"
                        | "residents"
                        | "miners"
                        | "drivers"
                        | "doctors"
                        | "nurses"
                )
            })
        };
        self.tokens.clone().filter(|&at| of_people(at)).find_map(|at| self.people(at))
    }

    /// "$1.31 billion", "20 million dollars", as written.
    fn money(&self) -> Option<String> {
        let scale = |at: usize| {
            matches!(self.lower(at), "million" | "billion" | "trillion" | "thousand" | "m" | "bn" | "crore" | "lakh")
        };
        let currency = |at: usize| {
            matches!(
                self.lower(at),
                "dollars"
                    | "euros"
                    | "pounds"
                    | "yen"
                    | "rubles"
                    | "roubles"
                    | "rupees"
                    | "francs"
                    | "yuan"
                    | "pesos"
            )
        };
        let is_number = |at: usize| {
            self.tokens.contains(&at)
                && self.draft.tokens.get(at).is_some_and(|token| token.text.starts_with(|c: char| c.is_ascii_digit()))
        };
        self.tokens.clone().find_map(|at| {
            let sign = self.lower(at).chars().next_back().is_some_and(|c| matches!(c, '$' | '€' | '£' | '¥'));
            let start = if sign && is_number(at + 1) { at + 1 } else { at };
            if !is_number(start) {
                return None;
            }
            let mut end = start + 1;
            end += usize::from(scale(end));
            let named = currency(end);
            end += usize::from(named);
            let glued = self.lower(at).starts_with(['$', '€', '£']);
            (start > at || named || glued).then(|| {
                let words = self.draft.span_of(at..end).of(self.draft.text);
                words.split_whitespace().collect::<Vec<_>>().join(" ")
            })
        })
    }
}

/// What ends the words that belong to a number of victims.
fn is_stop(word: &str) -> bool {
    matches!(word, "" | "," | ";" | "and" | "but" | "while" | ":" | "—" | "–" | "(" | ")" | "after")
}

/// A whole number in digits or words.
fn number(word: &str) -> Option<u32> {
    const WORDS: [&str; 20] = [
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
        "twenty",
    ];
    if let Some(at) = WORDS.iter().position(|known| *known == word) {
        return u32::try_from(at + 1).ok();
    }
    if !word.starts_with(|first: char| first.is_ascii_digit()) {
        return None;
    }
    word.replace(',', "").parse().ok().filter(|&number: &u32| number < 100_000_000)
}
