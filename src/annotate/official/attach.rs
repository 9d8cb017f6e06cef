//! Who holds the office of a phrase: the constructions that tie a name to a title.

use std::ops::Range;

use super::ground::Ground;
use super::phrase::{Determiner, OfficePhrase};
use crate::model::{EntityIx, Polity};

/// A person is said to hold the office of a phrase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Claim {
    pub person: EntityIx,
    /// Index of the phrase.
    pub phrase: usize,
    /// The name beside the title, as token indices.
    pub name: Range<usize>,
    /// The country or organisation told beside the name and not in the phrase: "President Obi of Benin".
    pub polity: Option<Polity>,
}

const COPULAS: [&str; 9] = ["is", "was", "are", "were", "became", "becomes", "remains", "remained", "be"];
const APPOINTED: [&str; 17] = [
    "appointed",
    "elected",
    "named",
    "nominated",
    "chosen",
    "reelected",
    "re-elected",
    "installed",
    "confirmed",
    "inaugurated",
    "crowned",
    "made",
    "declared",
    "picked",
    "reappointed",
    "selected",
    "tapped",
];
const SERVES: [&str; 26] = [
    "serves",
    "served",
    "serving",
    "acts",
    "acted",
    "acting",
    "works",
    "worked",
    "working",
    "resigned",
    "retired",
    "returned",
    "continues",
    "continued",
    "stepped",
    "steps",
    "down",
    "in",
    "succeeded",
    "succeeds",
    "replaced",
    "replaces",
    "job",
    "role",
    "post",
    "over",
];
const AUXILIARIES: [&str; 16] = [
    "has", "had", "have", "been", "be", "was", "were", "is", "are", "will", "would", "being", "who", "also", "to",
    "later",
];
const ADVERBS: [&str; 16] = [
    "now",
    "currently",
    "also",
    "then",
    "still",
    "once",
    "formerly",
    "previously",
    "himself",
    "herself",
    "both",
    "already",
    "once",
    "again",
    "officially",
    "later",
];
const DASHES: [&str; 6] = ["—", "–", "-", "―", "--", "("];
/// What may follow a name in apposition: not a verb of which the name would be the subject.
const CLOSING: [&str; 28] = [
    ",", ")", "—", "–", "-", "―", ".", ";", ":", "and", "who", "whose", "\"", "”", "at", "in", "on", "of", "for",
    "from", "with", "to", "by", "after", "before", "during", "as", "over",
];
const SAY: [&str; 12] = [
    "said",
    "says",
    "told",
    "added",
    "tweeted",
    "wrote",
    "announced",
    "warned",
    "insisted",
    "stated",
    "argued",
    "noted",
];

/// Every claim the text makes, in the order of the phrases.
pub(crate) fn claims(ground: &Ground, phrases: &[OfficePhrase]) -> Vec<Claim> {
    let mut attacher = Attacher { ground, phrases, holders: vec![Vec::new(); phrases.len()] };
    // From the last to the first: of "chairperson President Ada Obi" both titles are hers.
    for index in (0..phrases.len()).rev() {
        attacher.before_name(index);
    }
    for index in 0..phrases.len() {
        if attacher.holders.get(index).is_some_and(Vec::is_empty) {
            attacher.after_name(index);
        }
    }
    attacher.holders.into_iter().flatten().collect()
}

struct Attacher<'g, 'd, 'a> {
    ground: &'g Ground<'d, 'a>,
    phrases: &'g [OfficePhrase],
    /// The claims on each phrase.
    holders: Vec<Vec<Claim>>,
}

impl Attacher<'_, '_, '_> {
    /// Title first: "President Ada Obi", "the mayor, Ada Obi,", "ministers A, B and C", "its leader is Ada Obi".
    fn before_name(&mut self, index: usize) {
        let Some(phrase) = self.phrases.get(index) else { return };
        let ground = self.ground;
        let end = phrase.tokens.end;
        if phrase.title.plural {
            let comma = ground.is(end, &[",", ":", "—", "–", "-", "("]);
            if phrase.title.office.code != "leader" || !comma {
                let list = name_list(ground, end + usize::from(comma));
                if list.len() > 1 || (!comma && !list.is_empty()) {
                    self.holders[index] = list.into_iter().map(|name| name.claim(index)).collect();
                }
            }
            return;
        }
        let direct = self.name_or_title(index, end);
        // “King James” between marks is a nickname.
        let nickname = |claim: &Claim| {
            ground.is(phrase.start.wrapping_sub(1), &["“", "\"", "‘", "'"])
                && ground.is(claim.name.end, &["”", "\"", "’", "'"])
        };
        if let Some(mut claim) = direct.filter(|claim| !nickname(claim)) {
            // "a lawyer Ada Obi hired": an indefinite phrase is no title before a name.
            if phrase.determiner != Determiner::Indefinite || phrase.title.former() {
                claim.phrase = index;
                self.holders[index].push(claim);
            }
            return;
        }
        let definite = match phrase.determiner {
            Determiner::Definite => true,
            Determiner::Pronoun | Determiner::Indefinite => {
                phrase.qualified || phrase.determiner == Determiner::Pronoun
            }
            Determiner::None => phrase.qualified || ground.is_capitalised(phrase.title.head.start),
        };
        // "The vice president, Ada Obi, said": not where the phrase itself stands in apposition ("A, the mayor, B").
        if ground.is(end, &[",", "(", "—", "–", "-", "―", ":"]) && definite && !self.follows_name(phrase) {
            let colon = ground.lower(end) == ":";
            if let Some(mut claim) = self.name_or_title(index, end + 1) {
                let after = claim.name.end;
                let closed = ground.is(after, &CLOSING) || after >= ground.sentence(end).end;
                let begins = phrase.start == ground.sentence(end).start
                    || ground.is(phrase.start.saturating_sub(1), &[",", "\"", "”", "“", ":", "-", "—", "'", "’"]);
                if (closed || (begins && (!phrase.title.office.weak || phrase.qualified))) && !colon {
                    claim.phrase = index;
                    self.holders[index].push(claim);
                    return;
                }
            }
        }
        // "whose leader is Ada Obi", "The new minister will be Ada Obi"
        let mut at = end;
        while ground.is(at, &["will", "would", "has", "had", "been", "now", "currently", "could"]) {
            at += 1;
        }
        if ground.is(at, &["is", "was", "be", "remains", "became"])
            && phrase.determiner != Determiner::Indefinite
            && let Some(mut claim) = self.name_or_title(index, at + 1)
            && !ground.is_possessive(claim.name.end)
        {
            claim.phrase = index;
            self.holders[index].push(claim);
        }
    }

    /// The person named at `at`, or the holder of the title that stands there before a name.
    fn name_or_title(&self, index: usize, at: usize) -> Option<Claim> {
        let ground = self.ground;
        if ground.sentence(at) != ground.sentence(self.phrases.get(index)?.title.head.start) {
            return None;
        }
        if let Some(named) = Named::at(ground, at) {
            return Some(named.claim(index));
        }
        let next = self.phrases.get(index + 1)?;
        let at = if ground.lower(at) == "," { at + 1 } else { at };
        let joined = next.start == at || next.tokens.start == at;
        let holder = self.holders.get(index + 1)?.first()?;
        (joined && !next.title.plural && next.determiner == Determiner::None && holder.name.start >= next.tokens.end)
            .then(|| holder.clone())
    }

    /// Whether the phrase is set off right after a name: "Ada Obi, 54, the mayor".
    fn follows_name(&self, phrase: &OfficePhrase) -> bool {
        self.name_before(phrase.start).is_some()
    }

    /// The person in apposition to whom something that starts at `start` stands.
    fn name_before(&self, start: usize) -> Option<(EntityIx, Range<usize>)> {
        let ground = self.ground;
        let sentence = ground.sentence(start);
        let mut at = start.checked_sub(1).filter(|at| *at >= sentence.start)?;
        while ground.is(at, &ADVERBS) && at > sentence.start {
            at -= 1;
        }
        let comma = ground.lower(at) == ",";
        if !comma && !ground.is(at, &DASHES) {
            return None;
        }
        // "Ada Obi, 54," · "Ada Obi (54),"
        if comma && at >= sentence.start + 2 && ground.is_number(at - 1) && ground.lower(at - 2) == "," {
            at -= 2;
        }
        // "Ada Obi (rtd),", "Ada Obi (R-Texas),"
        if ground.lower(at.checked_sub(1)?) == ")"
            && let Some(open) = (sentence.start..at).rev().take(8).find(|token| ground.lower(*token) == "(")
        {
            at = open;
        }
        ground.person_until(at)
    }

    /// Name first: "Ada Obi, the mayor,", "Ada Obi was elected mayor", "appointed Ada Obi as mayor".
    fn after_name(&mut self, index: usize) {
        let Some(phrase) = self.phrases.get(index) else { return };
        let ground = self.ground;
        if phrase.title.plural {
            return self.after_names(index);
        }
        let found = self.apposition(index).or_else(|| self.predicate(index)).or_else(|| self.object(index));
        if let Some((person, name)) = found {
            // "Ada Obi’s spokesman" has no name here; the possessor is not its holder.
            if phrase.principal != Some(person) && !ground.is_possessive(phrase.tokens.end) {
                self.holders[index].push(Claim { person, phrase: index, name, polity: None });
            }
        }
    }

    fn apposition(&self, index: usize) -> Option<(EntityIx, Range<usize>)> {
        let ground = self.ground;
        let phrase = self.phrases.get(index)?;
        if let Some(found) = self.name_before(phrase.start) {
            let end = phrase.tokens.end;
            // "Ada Obi, President" in a list of names is closed by what follows.
            return (!ground.is_person(end)).then_some(found);
        }
        // "Ada Obi, the mayor and former senator,": a further phrase of the same apposition or predicate.
        let before = self.phrases.get(index.checked_sub(1)?)?;
        let holder = self.holders.get(index - 1)?.first()?;
        let mut at = before.tokens.end;
        while ground.is(at, &[",", "and", "&"]) || ground.is(at, &ADVERBS) {
            at += 1;
        }
        let joined = at > before.tokens.end && at == phrase.start && holder.name.end <= before.start;
        (joined && !before.title.plural).then(|| (holder.person, holder.name.clone()))
    }

    /// "Ada Obi, who is now the mayor"; "Ada Obi has been elected mayor"; "Ada Obi resigned as mayor".
    fn predicate(&self, index: usize) -> Option<(EntityIx, Range<usize>)> {
        let ground = self.ground;
        let phrase = self.phrases.get(index)?;
        let sentence = ground.sentence(phrase.start);
        let mut at = phrase.start.checked_sub(1)?;
        while at > sentence.start && ground.is(at, &ADVERBS) {
            at -= 1;
        }
        if at <= sentence.start {
            return None;
        }
        let as_title = ground.lower(at) == "as";
        if as_title {
            // "who succeeded him as president", "took office as mayor", "stepped down as mayor"
            let mut steps = 0;
            at -= 1;
            while at > sentence.start && steps < 6 && !ground.is(at, &SERVES) && !ground.is(at, &APPOINTED) {
                if ground.is_person(at) || ground.is(at, &[",", ".", ";"]) {
                    return None;
                }
                at -= 1;
                steps += 1;
            }
            while at > sentence.start && ground.is(at, &SERVES) {
                at -= 1;
            }
            if ground.is(at, &APPOINTED) {
                at -= 1;
            }
            if ground.is(at, &["took", "takes", "take", "takes", "sworn", "steps", "stepped"]) {
                at = at.checked_sub(1)?;
            }
        } else if ground.is(at, &COPULAS) || ground.is(at, &APPOINTED) || (ground.lower(at) == "been") {
            at -= 1;
        } else {
            return None;
        }
        while at > sentence.start && (ground.is(at, &AUXILIARIES) || ground.is(at, &ADVERBS)) {
            at -= 1;
        }
        if ground.lower(at) == "," {
            // "Ada Obi, who became" and "Ada Obi, 54, who became"; not "…, said Ada Obi, and is".
            return match ground.is(at + 1, &["who"]) {
                true => self.name_before(at + 1),
                false => None,
            };
        }
        ground.person_until(at + 1)
    }

    /// "appointed Ada Obi (as) mayor", "chose Ada Obi to be mayor", "with Ada Obi as mayor".
    fn object(&self, index: usize) -> Option<(EntityIx, Range<usize>)> {
        let ground = self.ground;
        let phrase = self.phrases.get(index)?;
        let sentence = ground.sentence(phrase.start);
        let mut at = phrase.start;
        let linked = match ground.lower(at.checked_sub(1)?) {
            "as" => {
                at -= 1;
                true
            }
            "be" if at >= 2 && ground.lower(at - 2) == "to" => {
                at -= 2;
                true
            }
            _ => false,
        };
        let (person, name) = ground.person_until(at)?;
        let verb = (sentence.start..name.start).rev().take(5).find(|token| {
            ground.is(*token, &APPOINTED)
                || ground
                    .is(*token, &["appoint", "elect", "name", "nominate", "names", "appoints", "elects", "nominates"])
        });
        let likened = (sentence.start..name.start).rev().take(3).any(|token| {
            ground.is(
                token,
                &["described", "branded", "called", "dismissed", "portrayed", "seen", "regards", "describes"],
            )
        });
        ((linked && !likened) || verb.is_some()).then_some((person, name))
    }

    /// "A and B, the foreign ministers of X and Y,": everybody in the list before a plural phrase.
    fn after_names(&mut self, index: usize) {
        let Some(phrase) = self.phrases.get(index) else { return };
        let ground = self.ground;
        let sentence = ground.sentence(phrase.start);
        let mut at = phrase.start;
        if at <= sentence.start + 2 {
            return;
        }
        at -= 1;
        if !ground.is(at, &[",", "—", "–"]) && !ground.is(at, &["are", "were"]) {
            return;
        }
        let mut people = Vec::new();
        while let Some((person, name)) = ground.person_until(at) {
            at = name.start;
            people.push(Claim { person, phrase: index, name, polity: None });
            let mut before = at;
            while before > sentence.start && ground.is(before - 1, &[",", "and", "&"]) {
                before -= 1;
            }
            if before == at {
                break;
            }
            at = before;
        }
        if people.len() > 1 {
            people.reverse();
            self.holders[index] = people;
        }
    }
}

/// A name in the text, with the country given after it.
#[derive(Debug, Clone)]
pub(crate) struct Named {
    pub person: EntityIx,
    pub name: Range<usize>,
    pub polity: Option<Polity>,
    /// After the name and its "of COUNTRY".
    pub end: usize,
}

impl Named {
    /// The person named at `at`, after honorifics, with "of COUNTRY" where it follows.
    pub fn at(ground: &Ground, at: usize) -> Option<Named> {
        let (person, name) = ground.person_from(at)?;
        let mut end = name.end;
        let mut polity = None;
        // The rest of a name that was not recognised whole: "Abdel Fattah el-Sisi".
        let mut rest = end;
        while rest < end + 4 && (is_name_part(ground, rest) && ground.name(rest).is_none() || ground.is_person(rest))
        {
            rest += 1;
        }
        if ground.is(rest, &["of", "from"]) {
            end = rest;
            let mut place = end + 1;
            while ground.is(place, &["the"]) {
                place += 1;
            }
            let tokens = ground.name_tokens(place);
            if !tokens.is_empty() && !ground.is_person(place) {
                polity = ground.polity(place);
                end = tokens.end;
            }
        }
        Some(Named { person, name, polity, end })
    }

    fn claim(self, phrase: usize) -> Claim {
        Claim { person: self.person, phrase, name: self.name, polity: self.polity }
    }
}

/// Whether the word at `at` can go on with a name: a capitalised word, a particle or what a hyphen joins to it.
fn is_name_part(ground: &Ground, at: usize) -> bool {
    ground.is_capitalised(at) || ground.is(at, &["el", "al", "de", "da", "bin", "ibn", "van", "von", "-"])
}

/// The names of a list that begins at `at`: "A of Benin, B and C".
pub(crate) fn name_list(ground: &Ground, at: usize) -> Vec<Named> {
    let mut found: Vec<Named> = Vec::new();
    let end = ground.sentence(at).end;
    let mut next = at;
    while next < end {
        let Some(named) = Named::at(ground, next) else { break };
        next = named.end;
        found.push(named);
        let list_end = next;
        while ground.is(next, &[",", "and", "&", "as", "well"]) {
            next += 1;
        }
        if next == list_end {
            break;
        }
    }
    // "ministers A and B, C said": a comma alone before a speaker does not go on with the list.
    if found.len() > 2
        && let [.., before, last] = found.as_slice()
        && ground.lower(before.end) == ","
        && !ground.is(before.end + 1, &["and"])
        && ground.is(last.end, &SAY)
    {
        found.pop();
    }
    found
}
