//! Names in a sentence: runs of capitalised words, cut into names and typed by their words and surroundings.

use std::ops::Range;

use super::words::{
    Head, first_head, fold, head, is_acronym, is_calendar, is_compound, is_function_word, is_particle, lower_head,
};
use crate::annotate::draft::{Draft, Token, TokenKind};
use crate::annotate::gazetteer::{Class, Gazetteer, Match, Senses};
use crate::annotate::title::Titles;
use crate::model::{EntityKind, Gender, Location, Polity};

/// No name is longer; text in capitals throughout would make one run otherwise.
const LONGEST_RUN: usize = 40;

/// What the words of a name tell of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Type {
    /// In the gazetteer.
    Known {
        /// Its kind.
        kind: EntityKind,
        /// The country or organisation it belongs to.
        polity: Option<Polity>,
        /// Its usual name.
        canonical: String,
        /// What the name may stand for.
        senses: Senses,
        /// Where it is, once the places of the article have been seen together.
        location: Option<Location>,
    },
    /// Typed by a head word or its shape.
    Shaped(EntityKind),
    /// A person, by a title, an honorific or a given name.
    Person(Option<Gender>),
    /// Two or more capitalised words that nothing types.
    Several,
    /// One capitalised word that nothing types: a surname, an acronym's name, or no name at all.
    Single,
    /// One capitalised word that is a name only if it is the short form of one given elsewhere.
    Echo,
}

/// A name in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// Its tokens, by index.
    pub tokens: Range<usize>,
    /// What it is.
    pub kind: Type,
}

/// Finds names.
pub struct Scanner<'a> {
    draft: &'a Draft<'a>,
    gazetteer: &'static Gazetteer,
    titles: &'static Titles,
}

impl<'a> Scanner<'a> {
    /// A scanner of the tokens of `draft`.
    pub fn new(draft: &'a Draft<'a>) -> Self {
        Scanner { draft, gazetteer: Gazetteer::builtin(), titles: Titles::builtin() }
    }

    /// The names among `tokens`, which are one sentence. In `title_case` text every word is capitalised, so only names of
    /// the gazetteer count there.
    pub fn names(&self, tokens: Range<usize>, title_case: bool) -> Vec<Name> {
        let mut names = Vec::new();
        let mut at = tokens.start;
        let mut expected = None;
        while at < tokens.end {
            if let Some((end, gender)) = self.honorific(at, tokens.end) {
                expected = Some(gender);
                at = end;
                continue;
            }
            if title_case {
                match self.known(at, tokens.end) {
                    Some(found) => {
                        at += found.tokens;
                        names.push(self.known_name(at - found.tokens, &found));
                    }
                    None => at += 1,
                }
                continue;
            }
            if let Some(phrase) =
                self.titles.phrase_at(self.all(), at).filter(|phrase| phrase.tokens.end <= tokens.end)
            {
                // "Press Association" begins like "press secretary" but is no title: only what the grammar took counts.
                if self.org_from(at, tokens.end).is_none_or(|org| org.end <= phrase.tokens.end) {
                    expected = (!phrase.plural).then_some(phrase.office.gender);
                    at = phrase.tokens.end;
                    continue;
                }
            }
            let run = self.run(at, tokens.clone());
            if run.is_empty() {
                let between = self.token(at);
                if between.kind != TokenKind::Punctuation
                    || !matches!(between.text, "-" | "–" | "\"" | "“" | "‘" | "'")
                {
                    expected = None;
                }
                at += 1;
                continue;
            }
            at = self.classify(run, &mut expected, &mut names);
        }
        names
    }

    fn all(&self) -> &[Token<'a>] {
        &self.draft.tokens
    }

    fn token(&self, at: usize) -> &Token<'a> {
        &self.draft.tokens[at]
    }

    /// Whether nothing stands between the token and the one after it.
    fn touches_next(&self, at: usize) -> bool {
        self.all().get(at + 1).is_some_and(|next| next.span.start == self.token(at).span.end)
    }

    fn known(&self, at: usize, end: usize) -> Option<Match> {
        // After a comma, a state may be abbreviated: "Reno, Nev."
        let after_comma = at.checked_sub(1).is_some_and(|before| self.token(before).text == ",");
        self.gazetteer
            .longest(self.all(), at)
            .filter(|found| self.gazetteer.is_supported(self.all(), at, found))
            .or_else(|| self.gazetteer.qualifier(self.all(), at).filter(|_| after_comma))
            .or_else(|| self.shared_head(at))
            .filter(|found| at + found.tokens <= end)
    }

    /// "North and South Korea": what the first word stands for, which shares its head with the second.
    fn shared_head(&self, at: usize) -> Option<Match> {
        let quarter = |at: usize| {
            let word = self.all().get(at).map_or("", |token| token.text);
            matches!(word, "North" | "South" | "East" | "West" | "Northern" | "Southern" | "Eastern" | "Western")
        };
        let joined = self.all().get(at + 1).is_some_and(|word| matches!(word.text, "and" | "or"));
        if !quarter(at) || !joined || !quarter(at + 2) {
            return None;
        }
        let mut words = vec![self.token(at).clone()];
        words.extend(self.all().get(at + 3..)?.iter().take(2).cloned());
        let found = self.gazetteer.longest(&words, 0).filter(|found| found.tokens > 1)?;
        Some(Match { tokens: 1, ..found })
    }

    /// The end of the honorific at `at` with a name to follow before `end`, and the gender it tells.
    fn honorific(&self, at: usize, end: usize) -> Option<(usize, Option<Gender>)> {
        let found = self.titles.honorific_at(self.all(), at).filter(|(next, _)| *next < end)?;
        // "Sri Lanka"
        let place = self.gazetteer.longest(self.all(), at).is_some_and(|place| place.tokens > 1);
        (self.token(at).is_capitalised() && !place).then_some(found)
    }

    /// The run of words that begins at `at` and may hold names; empty if none begins there.
    fn run(&self, at: usize, sentence: Range<usize>) -> Range<usize> {
        let mut end = at;
        if self.starts_name(at, &sentence) {
            while end < sentence.end.min(at + LONGEST_RUN) {
                match self.name_step(at, end, sentence.end) {
                    0 => break,
                    step => end += step,
                }
            }
        }
        at..end
    }

    /// How many tokens from `end` on belong to the run that began at `at`: 0 if it ends there.
    fn name_step(&self, at: usize, end: usize, limit: usize) -> usize {
        let token = self.token(end);
        let name_at = |at: usize| at < limit && self.all().get(at).is_some_and(|token| self.is_name_word(token));
        let inside = end > at;
        let particle = token.kind == TokenKind::Word && is_particle(token);
        let joins = (particle && (name_at(end + 1) || self.particle_pair(end, limit)))
            || (inside && self.owners_of_body(end) && name_at(end + 1));
        if self.is_name_word(token) || (inside && joins) {
            return 1;
        }
        // "al-Assad", "el-Sisi"
        if particle && self.hyphen_at(end + 1) && name_at(end + 2) {
            return 2;
        }
        if inside && end + 1 < limit && self.hyphen_at(end) {
            let part = self.token(end + 1);
            // "Kim Jong-un", "Ban Ki-moon", "Chan-o-cha"; not "New York-based".
            let syllable = part.kind == TokenKind::Word && part.text.chars().count() <= 4 && !is_compound(part);
            if self.is_name_word(part) && !is_particle(part) || syllable {
                return 2;
            }
        }
        0
    }

    /// The possessive in "People's Army", "Workers' Party": part of the name, as no other possessive is.
    fn owners_of_body(&self, at: usize) -> bool {
        let ending = self.token(at).kind == TokenKind::Possessive || matches!(self.token(at).text, "'" | "’");
        let owners = [
            "people", "peoples", "workers", "women", "children", "farmers", "veterans", "citizens", "teachers",
            "soldiers", "players",
        ];
        ending && owners.contains(&self.token(at - 1).lower.as_ref()) && self.touches_next(at - 1)
    }

    /// "de la", "van der" before a name word.
    fn particle_pair(&self, at: usize, end: usize) -> bool {
        let pair = self.all().get(at + 1).is_some_and(is_particle);
        pair && at + 2 < end && self.is_name_word(self.token(at + 2))
    }

    fn hyphen_at(&self, at: usize) -> bool {
        let hyphen = self.all().get(at).is_some_and(|token| matches!(token.text, "-" | "‑" | "–"));
        hyphen && at > 0 && self.touches_next(at - 1) && self.touches_next(at)
    }

    fn is_name_word(&self, token: &Token<'_>) -> bool {
        let letter = token.text.chars().count() == 1;
        token.kind == TokenKind::Word && token.is_capitalised() && !is_calendar(token) && !letter
    }

    fn starts_name(&self, at: usize, sentence: &Range<usize>) -> bool {
        let token = self.token(at);
        if token.kind != TokenKind::Word || is_calendar(token) {
            return false;
        }
        if !token.is_capitalised() {
            return is_particle(token) && self.hyphen_at(at + 1);
        }
        let opens =
            at == sentence.start || matches!(self.token(at - 1).text, "“" | "\"" | "‘" | "'" | "«" | ":" | "[" | "(");
        // "New York", "The Hague"
        if self.gazetteer.longest(self.all(), at).is_some_and(|found| found.tokens > 1) {
            return true;
        }
        // "Per Solheim", "Will Odu": a given name that is a common word as well.
        let given = !matches!(
            token.lower.as_ref(),
            "the"
                | "a"
                | "an"
                | "in"
                | "on"
                | "at"
                | "of"
                | "for"
                | "by"
                | "and"
                | "or"
                | "but"
                | "with"
                | "from"
                | "to"
                | "as"
        );
        let next = self.all().get(at + 1).filter(|_| at + 1 < sentence.end);
        let followed = next.is_some_and(|next| self.is_name_word(next) && !is_function_word(next))
            && self.known(at + 1, sentence.end).is_none();
        let after_word = at > sentence.start && !self.token(at - 1).is_capitalised();
        if given && followed && after_word && !opens {
            return true;
        }
        // "US troops left": in capitals among words that are not, it is no pronoun.
        let shouted = next.is_some_and(|next| is_acronym(next.text));
        if is_acronym(token.text) && !shouted && self.gazetteer.longest(self.all(), at).is_some() {
            return true;
        }
        !(is_function_word(token) && (opens || token.text.chars().count() <= 3 && !is_acronym(token.text)))
    }

    /// Cuts `run` into names; returns where scanning goes on.
    fn classify(&self, run: Range<usize>, expected: &mut Option<Option<Gender>>, names: &mut Vec<Name>) -> usize {
        let mut at = run.start;
        let limit = self.draft.sentences[self.token(run.start).sentence].tokens.end;
        while at < run.end {
            if let Some((end, gender)) = self.honorific(at, run.end).filter(|_| at > run.start) {
                *expected = Some(gender);
                at = end;
                continue;
            }
            if let Some(person) = *expected {
                let end = self.person_end(at, run.end);
                if end > at && !self.is_whole_body(at, run.end) {
                    names.push(Name { tokens: at..end, kind: Type::Person(person.or_else(|| self.gender(at))) });
                    *expected = None;
                    at = end;
                    continue;
                }
                *expected = None;
            }
            let known = self.known(at, limit);
            if let Some(org) = self.org_from(at, run.end) {
                let kind = head_kind(self.all(), &org);
                let covers = known.as_ref().is_none_or(|found| at + found.tokens < org.end);
                if covers {
                    if let Some(kind) = kind {
                        names.push(Name { tokens: at..org.end, kind: Type::Shaped(kind) });
                    }
                    at = org.end;
                    continue;
                }
            }
            if let Some(found) = known {
                let end = at + found.tokens;
                if !self.is_person_like(at, end, run.end, &found) {
                    names.push(self.known_name(at, &found));
                    // A title may follow ("US President"): the caller looks for it.
                    return end;
                }
            }
            if at > run.start && self.titles.phrase_at(self.all(), at).is_some() {
                return at;
            }
            if self.hyphen_at(at) || (at + 1 == run.end && is_function_word(self.token(at)) && run.len() > 1) {
                at += 1;
                continue;
            }
            let end = self.person_end(at, run.end).max(at + 1);
            names.push(self.untyped(at..end, limit));
            at = end;
        }
        run.end.max(at)
    }

    /// Whether the words from `at` to `end` are one body of the gazetteer or by their head word, no person.
    fn is_whole_body(&self, at: usize, end: usize) -> bool {
        self.org_from(at, end).is_some()
            || self.known(at, end).is_some_and(|found| {
                found.senses.iter().any(|s| s.class == Class::Country || s.class == Class::Demonym)
            })
    }

    /// Where a person's name that begins at `at` ends: before a title, a nationality or a body.
    fn person_end(&self, at: usize, end: usize) -> usize {
        (at + 1..end)
            .find(|&next| {
                let title = self.token(next).is_capitalised()
                    && self.titles.phrase_at(self.all(), next).is_some()
                    && !self.hyphen_at(next - 1);
                let nationality = self
                    .gazetteer
                    .longest(self.all(), next)
                    .is_some_and(|found| found.senses.iter().all(|sense| sense.kind == EntityKind::Norp));
                title || (nationality && !self.hyphen_at(next - 1))
            })
            .unwrap_or(end)
    }

    /// A gazetteer match that is rather a part of a person's name: "Jordan Smith", "Paris Hilton", "Sydney".
    fn is_person_like(&self, at: usize, end: usize, run_end: usize, found: &Match) -> bool {
        let one = end == at + 1;
        let followed = end < run_end && !self.hyphen_at(end);
        if !one || !followed || is_acronym(self.token(at).text) {
            return false;
        }
        let next = self.token(end);
        let next_known = self.gazetteer.longest(self.all(), end).is_some() || head(&next.lower).is_some();
        let given = self.gazetteer.given_name_gender(self.token(at).text).is_some();
        let place = found.senses.iter().any(|sense| matches!(sense.kind, EntityKind::Gpe | EntityKind::Loc));
        let country = found.senses.iter().any(|sense| sense.class == Class::Country);
        let next_title = self.titles.phrase_at(self.all(), end).is_some();
        place
            && !next_known
            && !next_title
            && (given || !country && found.senses.iter().all(|sense| sense.population < 500_000))
    }

    fn gender(&self, at: usize) -> Option<Gender> {
        self.gazetteer.given_name_gender(self.token(at).text).flatten()
    }

    fn known_name(&self, at: usize, found: &Match) -> Name {
        let tokens = at..at + found.tokens;
        let Some(sense) = self.gazetteer.sense_in_text(self.all(), at, found) else {
            return Name { tokens, kind: Type::Single };
        };
        // "Kazakhstan's Security Council" is not the United Nations': a body with an owner is the owner's.
        let owned = at > 0 && self.token(at - 1).kind == TokenKind::Possessive;
        if owned && sense.class == Class::Igo {
            return Name { tokens, kind: Type::Shaped(EntityKind::Org) };
        }
        let kind = Type::Known {
            kind: sense.kind,
            polity: sense.polity,
            canonical: sense.canonical.to_owned(),
            senses: found.senses,
            location: None,
        };
        Name { tokens, kind }
    }

    /// A name that neither a title nor the gazetteer types.
    fn untyped(&self, tokens: Range<usize>, limit: usize) -> Name {
        if let Some(kind) =
            self.all().get(tokens.end).filter(|_| tokens.end < limit).and_then(|next| lower_head(&next.lower))
        {
            return Name { tokens: tokens.start..tokens.end + 1, kind: Type::Shaped(kind) };
        }
        let words = tokens.clone().filter(|&at| self.token(at).kind == TokenKind::Word).count();
        let shouted = self.draft.sentences[self.token(tokens.start).sentence].span.of(self.draft.text);
        let first = first_head(&self.token(tokens.start).lower).filter(|_| words >= 2);
        let kind = if let Some(kind) = first {
            Type::Shaped(kind)
        } else if is_acronym(self.token(tokens.start).text) && words == 1 && !is_acronym(shouted) {
            Type::Shaped(EntityKind::Org)
        } else if words >= 2 && self.gazetteer.given_name_gender(self.token(tokens.start).text).is_some() {
            Type::Person(self.gender(tokens.start))
        } else if words >= 2 {
            Type::Several
        } else {
            Type::Single
        };
        Name { tokens, kind }
    }

    /// The body, place or event that begins at `at` and is named by a head word before `end`, with what "of" or "for"
    /// adds to it ("Ministry of Foreign Affairs").
    fn org_from(&self, at: usize, end: usize) -> Option<Range<usize>> {
        let mut stop = None;
        let mut next = at;
        while next < end {
            let token = self.token(next);
            if !self.is_name_word(token) {
                let joins = self.hyphen_at(next) || is_particle(token) || (next > at && self.owners_of_body(next));
                if !joins {
                    break;
                }
                next += 1;
                continue;
            }
            if next > at && self.titles.phrase_at(self.all(), next).is_some_and(|phrase| phrase.head.start < end) {
                break;
            }
            if head(&token.lower).is_some() && (next > at || self.takes_complement(next)) {
                stop = Some(next + 1);
            }
            next += 1;
        }
        let stop = stop?;
        Some(at..self.complement_end(stop))
    }

    /// "Ministry of …", "Bank of …": a head word at the start of a name needs its complement.
    fn takes_complement(&self, at: usize) -> bool {
        self.complement_end(at + 1) > at + 1
    }

    /// The end of "of X", "for X and Y", "on X" after a head word that ends at `at`.
    fn complement_end(&self, at: usize) -> usize {
        let mut end = at;
        let mut next = at;
        let limit =
            self.all().get(at.saturating_sub(1)).map_or(at, |token| self.draft.sentences[token.sentence].tokens.end);
        while next < limit {
            let token = self.token(next);
            let connects = matches!(token.text, "of" | "for" | "on" | "to" | "and" | "&" | "the" | "in");
            let after_head = next == at && !matches!(token.text, "of" | "for" | "on");
            if connects && !after_head && next < end + 2 {
                // "and" joins inside a complement only ("Trade and Industry"), never two names after it.
                if matches!(token.text, "and" | "&" | "in" | "to" | "on") && end == at && token.text != "on" {
                    break;
                }
                next += 1;
            } else if self.is_name_word(token) && next > at && !self.starts_person(next) {
                // "the Ministry of Health of the People's Republic of China"
                next += self.gazetteer.longest(self.all(), next).map_or(1, |found| found.tokens);
                end = next;
                if self.all().get(next).is_some_and(|token| matches!(token.text, "and" | "in" | "to" | "on"))
                    && !self
                        .all()
                        .get(next + 1)
                        .is_some_and(|token| self.is_name_word(token) && head(&token.lower).is_some())
                {
                    break;
                }
            } else {
                break;
            }
        }
        end
    }

    fn starts_person(&self, at: usize) -> bool {
        self.gazetteer.given_name_gender(self.token(at).text).is_some()
            || self.titles.phrase_at(self.all(), at).is_some_and(|phrase| !phrase.plural)
            || self.titles.honorific_at(self.all(), at).is_some()
    }
}

fn head_kind(tokens: &[Token<'_>], name: &Range<usize>) -> Option<EntityKind> {
    // The last head word before the complement decides: "Navy Hospital" is a hospital.
    let plain = name.clone().take_while(|&at| !matches!(tokens[at].text, "of" | "for" | "on"));
    match plain.filter_map(|at| head(&tokens[at].lower)).last() {
        Some(Head::Kind(kind)) => Some(kind),
        Some(Head::NoEntity) | None => None,
    }
}

/// The words of a name as one comparable string.
pub fn key(draft: &Draft<'_>, tokens: &Range<usize>) -> String {
    fold(draft.span_of(tokens.clone()).of(draft.text))
}
