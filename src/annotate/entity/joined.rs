//! The tagger's names beside those found by rules: each side knows what the other does not.
//!
//! The rules know the world's places, titles and head words; the tagger knows what a name looks like in its sentence. So the
//! rules keep what their tables prove, and the tagger decides where they only guessed: what a capitalised word that no
//! table has stands for, and whether it is a name at all.

use std::ops::Range;

use foldhash::HashSet;

use super::scan::{Name, Type};
use super::words::{fold, is_calendar, is_particle};
use crate::annotate::draft::{Draft, Token, TokenKind};
use crate::annotate::gazetteer::Gazetteer;
use crate::annotate::title::Titles;
use crate::model::EntityKind;
use crate::tagger::Named;

/// How sure the tagger must be of a name that the rules did not see.
const NEW: f32 = 0.7;

/// How sure it must be to overrule the rules' tables.
const SURE: f32 = 0.8;

/// A name as the tagger has it.
struct Tagged {
    tokens: Range<usize>,
    /// `None`: a law, a work, a product, which are no entities here.
    kind: Option<EntityKind>,
    confidence: f32,
}

/// The names of both, in text order, without overlaps. `tagged` is in text order. In the `title_case` sentences the rules
/// look for names that they know from elsewhere; where all words are capitalised, the tagger makes one name of many.
pub fn join(draft: &Draft<'_>, names: Vec<Name>, tagged: &[Named<'_>], title_case: &[Range<usize>]) -> Vec<Name> {
    let is_title_case = |at: usize| title_case.iter().any(|sentence| sentence.contains(&at));
    let tagged = tagged.iter().filter_map(|named| Tagged::new(draft, named));
    let tagged: Vec<Tagged> = tagged.filter(|tagged| !is_title_case(tagged.tokens.start)).collect();
    let mut seen = vec![false; tagged.len()];
    let mut joined: Vec<Name> = Vec::with_capacity(names.len() + tagged.len());
    let surnames = surnames(draft, &tagged);
    for name in names {
        if is_title_case(name.tokens.start) {
            joined.push(name);
            continue;
        }
        let start = tagged.partition_point(|tagged| tagged.tokens.end <= name.tokens.start);
        let end = tagged.partition_point(|tagged| tagged.tokens.start < name.tokens.end).max(start);
        seen[start..end].fill(true);
        judge(draft, name, &tagged[start..end], &surnames, &mut joined);
    }
    let unseen = tagged.iter().zip(seen).filter(|(tagged, seen)| !seen && tagged.confidence >= NEW);
    joined.extend(unseen.filter_map(|(tagged, _)| tagged.name(draft)));
    joined.sort_by_key(|name| (name.tokens.start, std::cmp::Reverse(name.tokens.end)));
    joined.dedup_by(|later, earlier| later.tokens.start < earlier.tokens.end);
    joined
}

/// Puts what is to be believed into `joined`: `name` of the rules, or what the tagger has in its place.
fn judge(draft: &Draft<'_>, name: Name, tagged: &[Tagged], surnames: &HashSet<String>, joined: &mut Vec<Name>) {
    let [only] = tagged else {
        match name.kind {
            Type::Several | Type::Single if !tagged.is_empty() => {
                joined.extend(tagged.iter().filter_map(|tagged| tagged.name(draft)));
            }
            // What neither a table nor the tagger knows is no name; one word may still repeat a part of one.
            Type::Single => joined.push(Name { kind: Type::Echo, ..name }),
            // "Amina Obi" beside "Daniel Obi"
            Type::Several if surnames.contains(&last_word(draft, &name.tokens)) => joined.push(name),
            Type::Several => {}
            // "Department" alone, "Board of directors": a head word makes no name by itself.
            Type::Shaped(_) if tagged.is_empty() => {}
            _ => joined.push(name),
        }
        return;
    };
    let sure = only.confidence >= SURE;
    let holds = only.tokens.start <= name.tokens.start && name.tokens.end <= only.tokens.end;
    let overruled = match name.kind {
        Type::Several | Type::Single => true,
        Type::Shaped(_) => sure,
        // "Paris Hilton", "Washington" beside "George Washington". Alone, the name of a place is the place's.
        Type::Known { kind: EntityKind::Gpe | EntityKind::Loc, senses, .. }
            if only.kind == Some(EntityKind::Person) =>
        {
            let longer = only.tokens != name.tokens;
            let surname = || name.tokens.len() == 1 && surnames.contains(&last_word(draft, &name.tokens));
            let persons = || senses.iter().all(|sense| sense.doubtful) || surname();
            sure && holds && (longer || persons())
        }
        // "Boston Globe"
        Type::Known { .. } => sure && holds && only.tokens != name.tokens,
        // "Laura Obi Show"
        Type::Person(_) => sure && holds && only.kind != Some(EntityKind::Person) && !is_titled(draft, &name),
        Type::Echo => false,
    };
    match overruled {
        true => joined.extend(only.name(draft)),
        false => joined.push(name),
    }
}

/// Whether a title or honorific stands before the name, which proves that it is a person's.
fn is_titled(draft: &Draft<'_>, name: &Name) -> bool {
    let (titles, end) = (Titles::builtin(), name.tokens.start);
    (end.saturating_sub(4)..end).any(|from| {
        titles.phrase_at(&draft.tokens, from).is_some_and(|phrase| phrase.tokens.end == end)
            || titles.honorific_at(&draft.tokens, from).is_some_and(|(next, _)| next == end)
    })
}

/// The last words of the people whom the tagger names in full, folded.
fn surnames(draft: &Draft<'_>, tagged: &[Tagged]) -> HashSet<String> {
    let people = tagged.iter().filter(|tagged| tagged.kind == Some(EntityKind::Person) && tagged.tokens.len() > 1);
    people.map(|person| last_word(draft, &person.tokens)).collect()
}

fn last_word(draft: &Draft<'_>, tokens: &Range<usize>) -> String {
    tokens.clone().last().map(|at| fold(draft.tokens[at].text)).unwrap_or_default()
}

impl Tagged {
    fn new(draft: &Draft<'_>, named: &Named<'_>) -> Option<Tagged> {
        let kind = match named.kind {
            "PERSON" => Some(EntityKind::Person),
            "ORG" => Some(EntityKind::Org),
            "GPE" => Some(EntityKind::Gpe),
            "LOC" => Some(EntityKind::Loc),
            "NORP" => Some(EntityKind::Norp),
            "FAC" => Some(EntityKind::Fac),
            "EVENT" => Some(EntityKind::Event),
            "WORK_OF_ART" | "LAW" | "PRODUCT" | "LANGUAGE" => None,
            _ => return None,
        };
        let tokens = trimmed(draft, draft.tokens_in(named.span), kind)?;
        Some(Tagged { tokens, kind, confidence: named.confidence })
    }

    /// The name as the rules would give it.
    fn name(&self, draft: &Draft<'_>) -> Option<Name> {
        let gazetteer = Gazetteer::builtin();
        let first = draft.tokens.get(self.tokens.start)?;
        let kind = match self.kind? {
            EntityKind::Person => Type::Person(gazetteer.given_name_gender(first.text).flatten()),
            kind => {
                let place = |kind| matches!(kind, EntityKind::Gpe | EntityKind::Loc);
                let whole = gazetteer.longest(&draft.tokens, self.tokens.start);
                let whole = whole.filter(|found| found.tokens == self.tokens.len());
                let sense = whole.and_then(|found| {
                    let told = gazetteer.sense_in_text(&draft.tokens, self.tokens.start, &found);
                    let mut senses = told.into_iter().chain(found.senses.iter()).map(|sense| (sense, found.senses));
                    senses.find(|(sense, _)| sense.kind == kind || place(sense.kind) && place(kind))
                });
                sense.map_or(Type::Shaped(kind), |(sense, senses)| Type::Known {
                    kind: sense.kind,
                    polity: sense.polity,
                    canonical: sense.canonical.to_owned(),
                    senses,
                    location: None,
                })
            }
        };
        Some(Name { tokens: self.tokens.clone(), kind })
    }
}

/// Of `tokens`, those of the name: one sentence's, without honorific, article and possessive ending.
fn trimmed(draft: &Draft<'_>, tokens: Range<usize>, kind: Option<EntityKind>) -> Option<Range<usize>> {
    let titles = Titles::builtin();
    let Range { mut start, mut end } = tokens;
    end = end.min(draft.sentences.get(draft.tokens.get(start)?.sentence)?.tokens.end);
    while start < end && !begins_name(&draft.tokens[start]) {
        start += 1;
    }
    if kind == Some(EntityKind::Person) {
        while let Some((next, _)) = titles.honorific_at(&draft.tokens, start).filter(|(next, _)| *next < end) {
            start = next;
        }
    }
    // "Obi - Daniel Reyes" are two.
    let parts = |at: &usize| {
        matches!(draft.tokens[*at].text, "-" | "–" | "—" | "/" | "|")
            && draft.tokens[*at - 1].span.end < draft.tokens[*at].span.start
    };
    end = (start + 1..end).find(parts).unwrap_or(end);
    while start < end && matches!(draft.tokens[end - 1].kind, TokenKind::Possessive | TokenKind::Punctuation) {
        end -= 1;
    }
    let capital = draft.tokens[start..end].iter().any(|token| token.is_capitalised() && !is_calendar(token));
    capital.then_some(start..end)
}

/// "The" belongs to few names, and those the gazetteer has.
fn begins_name(token: &Token<'_>) -> bool {
    match token.kind {
        TokenKind::Word => token.is_capitalised() && !token.is("the") || is_particle(token),
        TokenKind::Number => true,
        TokenKind::Possessive | TokenKind::Punctuation => false,
    }
}
