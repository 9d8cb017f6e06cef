//! Which part of society the words of a noun phrase tell: "gunmen", "the Turkish police", "members of parliament".
//!
//! The head decides. A plain head ("leader", "group") takes the sector of the word before it, else of what follows its
//! "of"; a head that is no actor gives way to the actor that it belongs to ("rebel positions").

use std::ops::Range;
use std::sync::LazyLock;

use foldhash::HashMap;

use super::draft::{Draft, Token, TokenKind};
use super::gazetteer::{self, Gazetteer, Sense};
use super::lexicon::rows;
use super::title::{self, Modifier, Office, Titles};
use crate::model::{EntityIx, EntityKind, Polity, Sector};

/// The words for actors.
#[derive(Debug, Default)]
pub struct Sectors {
    /// By their first word.
    words: HashMap<String, Vec<Phrase>>,
    names: HashMap<&'static str, Sector>,
}

/// What a word does in its phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Class {
    /// Tells the sector of a plain head after it.
    Before,
    /// Takes its sector from the words around it, else has its own.
    Plain,
    /// Tells the sector.
    Who,
    /// Tells the sector as the last word of the head.
    Last,
    /// Tells the sector inside the name of a body.
    Named,
    /// The name of somebody whose sector is known.
    Name,
}

#[derive(Debug)]
struct Phrase {
    words: Vec<String>,
    class: Class,
    sector: Option<Sector>,
}

/// Words of a phrase that tell a sector.
#[derive(Debug, Clone)]
struct Sign {
    tokens: Range<usize>,
    class: Class,
    sector: Option<Sector>,
    /// "former minister"
    former: bool,
}

/// How deep "members of the council of the union of …" is followed.
const DEPTH: usize = 4;

/// A noun phrase longer than this is read from its end.
const LONGEST: usize = 24;

impl Sectors {
    /// The words that come with the program.
    pub fn builtin() -> &'static Sectors {
        static BUILTIN: LazyLock<Sectors> =
            LazyLock::new(|| Sectors::parse(include_str!("../../assets/lexicon/sectors.tsv")));
        &BUILTIN
    }

    fn parse(table: &'static str) -> Sectors {
        let mut sectors = Sectors::default();
        for row in rows(table) {
            let [code, class, words] = row[..] else { continue };
            let sector = Sector::from_code(code);
            let class = match class {
                "who" => Class::Who,
                "plain" => Class::Plain,
                "before" => Class::Before,
                "last" => Class::Last,
                "named" => Class::Named,
                _ => {
                    sectors.names.extend(words.split('|').filter_map(|name| Some((name, sector?))));
                    continue;
                }
            };
            for written in words.split('|') {
                let singular = title::words_of(written);
                let plurals = if class == Class::Before { Vec::new() } else { title::plurals(&singular, false) };
                for words in plurals.into_iter().chain([singular]) {
                    let Some(first) = words.first().cloned() else { continue };
                    sectors.words.entry(first).or_default().push(Phrase { words, class, sector });
                }
            }
        }
        sectors
    }

    /// The sector that a proper name tells by itself: "Abkhazia", "Muslims".
    pub fn of_name(&self, name: &str) -> Option<Sector> {
        self.names.get(name).copied()
    }

    /// The sector of the body named by `tokens`, by the table of bodies, else by the words of the name.
    pub fn of_body(&self, draft: &Draft<'_>, entity: EntityIx, tokens: Range<usize>) -> Option<Sector> {
        let body = draft.entity(entity)?;
        let first = || body_in(draft, tokens.clone()).and_then(|sense| sense.sector);
        let words = || {
            let reader = Reader { sectors: self, draft, known: &|_| None, in_name: true };
            let (sector, _) = reader.read(tokens.clone(), DEPTH)?;
            // The words for a society of citizens or states are the same: "Arab League".
            let of_states = matches!(body.polity, Some(Polity::Igo(_)));
            let fits = |sector: &Sector| {
                use Sector::{Business, Civilians, Labour, Party, Society};
                *sector != Sector::Unknown
                    && !(of_states && matches!(sector, Business | Civilians | Labour | Party | Society))
            };
            Some(sector).filter(fits)
        };
        if let Some(sector) = self.of_name(&body.name) {
            return Some(sector);
        }
        let known = known_body(&body.name);
        // A palace stands for those who rule in it.
        let seat = || known.filter(|sense| sense.class == gazetteer::Class::Metonym).map(|_| Sector::Government);
        known.and_then(|sense| sense.sector).or_else(first).or_else(words).or_else(seat)
    }

    /// The sector of the noun phrase `tokens`, determiners and what follows its prepositions included, and the tokens of
    /// the word that tells it. `known` has the sectors of those with names.
    pub fn of_phrase(
        &self,
        draft: &Draft<'_>,
        tokens: Range<usize>,
        known: &dyn Fn(EntityIx) -> Option<Sector>,
    ) -> Option<(Sector, Range<usize>)> {
        Reader { sectors: self, draft, known, in_name: false }.read(tokens, DEPTH)
    }

    /// Whether a noun phrase of these words can tell a sector: most cannot.
    pub fn may_tell(&self, tokens: &[Token<'_>]) -> bool {
        let titles = Titles::builtin();
        tokens.iter().any(|token| self.words.contains_key(&*token.lower) || titles.begins(&token.lower))
    }

    /// The phrases at token `at`, each with its end.
    fn beginning_at(&self, tokens: &[Token<'_>], at: usize, in_name: bool) -> impl Iterator<Item = (usize, &Phrase)> {
        let first = tokens.get(at).filter(|token| token.kind == TokenKind::Word);
        let phrases = first.and_then(|first| self.words.get(&*first.lower)).map_or(&[][..], Vec::as_slice);
        let fits = move |phrase: &&Phrase| in_name || phrase.class != Class::Named;
        phrases.iter().filter(fits).filter_map(move |phrase| {
            let mut next = at + 1;
            for word in phrase.words.get(1..)? {
                if tokens.get(next).is_some_and(title::is_hyphen) {
                    next += 1;
                }
                if tokens.get(next)?.lower != *word {
                    return None;
                }
                next += 1;
            }
            Some((next, phrase))
        })
    }

    /// The longest phrase at token `at`.
    fn longest(&self, tokens: &[Token<'_>], at: usize, in_name: bool) -> Option<(usize, &Phrase)> {
        self.beginning_at(tokens, at, in_name).max_by_key(|(end, phrase)| (*end, phrase.class))
    }
}

/// What the table of names has of a body whose name stands in a longer one: "Shin Bet Security Service".
pub fn body_in(draft: &Draft<'_>, tokens: Range<usize>) -> Option<Sense> {
    let gazetteer = Gazetteer::builtin();
    tokens.clone().find_map(|at| {
        let found = gazetteer.longest(&draft.tokens, at).filter(|found| at + found.tokens <= tokens.end)?;
        found.senses.first().filter(|sense| sense.kind == EntityKind::Org && sense.class == gazetteer::Class::Org)
    })
}

/// What the table of names has of a body, written with or without a capital article: "al-Qaeda".
pub fn known_body(name: &str) -> Option<Sense> {
    let gazetteer = Gazetteer::builtin();
    gazetteer.senses(name).first().or_else(|| {
        let rest = name.strip_prefix("al-").or_else(|| name.strip_prefix("al "))?;
        let name = format!("Al-{rest}");
        gazetteer.senses(&name).first()
    })
}

struct Reader<'r, 'd, 'a> {
    sectors: &'r Sectors,
    draft: &'d Draft<'a>,
    known: &'r dyn Fn(EntityIx) -> Option<Sector>,
    /// Whether the phrase is the name of a body.
    in_name: bool,
}

impl Reader<'_, '_, '_> {
    fn lower(&self, at: usize) -> &str {
        self.draft.tokens.get(at).map_or("", |token| &token.lower)
    }

    fn read(&self, tokens: Range<usize>, depth: usize) -> Option<(Sector, Range<usize>)> {
        let depth = depth.checked_sub(1)?;
        let end = self.head_end(&tokens);
        let complement = (matches!(self.lower(end), "of" | "for") && end < tokens.end).then(|| end + 1..tokens.end);
        let signs = self.signs(end.saturating_sub(LONGEST).max(tokens.start)..end);
        // Of those that end last the longest. Who only colours a head that is no actor tells nothing: "military equipment".
        let heads = signs.iter().rev().filter(|sign| match sign.class {
            Class::Before => false,
            Class::Last => sign.tokens.end == end,
            _ => true,
        });
        let last = heads.max_by_key(|sign| (sign.tokens.end, sign.tokens.len()))?;
        // A named body tells more than an adjective between it and the head: "Hamas political leaders".
        let before = || {
            let left = signs.iter().filter(|sign| {
                sign.tokens.end <= last.tokens.start && sign.sector.is_some() && sign.class != Class::Last
            });
            left.max_by_key(|sign| (sign.class == Class::Name, sign.tokens.end, sign.tokens.len()))
        };
        let found = match last.class {
            Class::Plain => before().and_then(|sign| sign.sector.map(|sector| (sector, sign.former))),
            _ => last.sector.map(|sector| (sector, last.former)),
        };
        let of = || complement.clone().and_then(|rest| self.read(rest, depth)).map(|(sector, _)| (sector, false));
        let own = || last.sector.map(|sector| (sector, last.former));
        let (sector, former) = match found {
            Some(found) => found,
            // "officials of the party", but "leader of the country"
            None => of().or_else(own)?,
        };
        let was = former || last.former;
        let public = matches!(sector, Sector::Government | Sector::Legislature | Sector::Judiciary);
        Some((if was && public { Sector::Elite } else { sector }, last.tokens.clone()))
    }

    /// Where the head of a noun phrase ends and its complements begin.
    fn head_end(&self, tokens: &Range<usize>) -> usize {
        let mut at = tokens.start;
        while at < tokens.end {
            // "House of Representatives", "members of parliament": one word of the list.
            let (after, _) = self.sectors.longest(&self.draft.tokens, at, self.in_name).unzip();
            if at > tokens.start && self.ends_head(at) {
                return at;
            }
            at = after.filter(|after| *after <= tokens.end).unwrap_or(at + 1);
        }
        tokens.end
    }

    /// Whether the head of a noun phrase has ended before token `at`, where its complements begin.
    fn ends_head(&self, at: usize) -> bool {
        let word = self.lower(at);
        let ends = matches!(
            word,
            "of" | "for"
                | "in"
                | "from"
                | "at"
                | "to"
                | "with"
                | "on"
                | "near"
                | "across"
                | "against"
                | "by"
                | "who"
                | ","
                | "("
                | "based"
                | "living"
                | "operating"
                | "stationed"
        );
        // Not so inside "Bank of Lima officials" and "a Lima-based group".
        ends && (self.in_name || !self.draft.is_in_name(at))
            && !at.checked_sub(1).is_some_and(|at| self.draft.is_hyphen(at))
    }

    /// Everything in `tokens` that tells a sector, or would if more stood with it.
    fn signs(&self, tokens: Range<usize>) -> Vec<Sign> {
        let mut signs = Vec::new();
        let all = &self.draft.tokens;
        let span = self.draft.span_of(tokens.clone());
        if !self.in_name && !tokens.is_empty() {
            for mention in self.draft.mentions_in(span) {
                let kind = self.draft.entity(mention.entity).map(|entity| entity.kind);
                if let Some(sector) = (self.known)(mention.entity)
                    && kind != Some(EntityKind::Gpe)
                {
                    let tokens = self.draft.tokens_in(mention.span);
                    let class = if kind == Some(EntityKind::Norp) { Class::Before } else { Class::Name };
                    signs.push(Sign { tokens, class, sector: Some(sector), former: false });
                }
            }
        }
        for at in tokens.clone() {
            // Words inside a name tell nothing by themselves: "West Bank".
            if !self.in_name && self.is_told(at) {
                continue;
            }
            let longest = self.sectors.longest(all, at, self.in_name).map(|(end, _)| end);
            if let Some(end) = longest.filter(|end| *end <= tokens.end)
                // "rebel-held", "government-controlled"
                && !(end < tokens.end && all.get(end).is_some_and(title::is_hyphen))
            {
                let former = self.is_former(tokens.start, at);
                let first = signs.len();
                let here = self.sectors.beginning_at(all, at, self.in_name).filter(|(other, _)| *other == end);
                signs.extend(here.map(|(_, phrase)| Sign {
                    tokens: at..end,
                    class: phrase.class,
                    sector: phrase.sector,
                    former,
                }));
                // Of those in one place the first counts.
                signs[first..].sort_by_key(|sign| std::cmp::Reverse(sign.class));
            }
            if self.in_name {
                continue;
            }
            if let Some(found) = Titles::builtin().phrase_at(all, at)
                && found.head.end <= tokens.end
                && let Some((class, sector)) = of_office(&found.office)
            {
                // "rebel leader", "army spokesman": the words tell more than the office.
                let told = signs.iter().any(|sign| {
                    sign.class != Class::Plain
                        && sign.sector.is_some()
                        && sign.tokens.end < found.head.end
                        && sign.tokens.start >= found.head.start
                });
                let plain = signs.iter().any(|sign| sign.class == Class::Plain && sign.tokens.end == found.head.end);
                let class = if told && (plain || self.is_plain(&found.head)) { Class::Plain } else { class };
                let start = if class == Class::Plain { found.head.end.saturating_sub(1) } else { found.head.start };
                let former = found.modifiers.contains(&Modifier::Former) || self.is_former(tokens.start, at);
                signs.push(Sign { tokens: start..found.head.end, class, sector: Some(sector), former });
            }
        }
        signs
    }

    /// Whether token `at` belongs to a name that tells a sector, or to that of no body.
    fn is_told(&self, at: usize) -> bool {
        let start = self.draft.tokens.get(at).map_or(0, |token| token.span.start);
        let Some(mention) = self.draft.mention_at(start) else { return false };
        let body = self.draft.entity(mention.entity).is_some_and(|entity| {
            // The words for a society of citizens or states are the same: "Arab League".
            entity.kind == EntityKind::Org && !matches!(entity.polity, Some(Polity::Igo(_)))
        });
        !body || (self.known)(mention.entity).is_some()
    }

    /// Whether the last word of a title is a plain head.
    fn is_plain(&self, head: &Range<usize>) -> bool {
        let last = head.end.saturating_sub(1);
        let found = self.sectors.longest(&self.draft.tokens, last, false);
        found.is_some_and(|(_, phrase)| phrase.class == Class::Plain)
    }

    /// Whether a word before token `at` of a phrase that begins at `start` says that it was so once.
    fn is_former(&self, start: usize, at: usize) -> bool {
        (start..at).rev().take(4).any(|before| {
            matches!(self.lower(before), "former" | "ex" | "ousted" | "deposed" | "onetime" | "exiled" | "disgraced")
        })
    }
}

/// The sector that an office belongs to.
fn of_office(office: &Office) -> Option<(Class, Sector)> {
    let sector = match office.body {
        "state" | "government" | "monarchy" | "diplomacy" | "local" | "central-bank" | "igo" | "agency" => {
            Sector::Government
        }
        "military" => Sector::Military,
        "police" => Sector::Police,
        "judiciary" => Sector::Judiciary,
        "legislature" => Sector::Legislature,
        "party" => Sector::Party,
        "clergy" => Sector::Religion,
        _ => return None,
    };
    let plain = matches!(
        office.code,
        "spokesperson" | "adviser" | "official" | "leader" | "head" | "chair" | "chief-executive"
    ) || office.weak;
    Some((if plain { Class::Plain } else { Class::Who }, sector))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::entity;
    use crate::model::{Article, Block, BlockKind};
    use crate::text::{Span, clean};

    fn sector(phrase: &str) -> Option<&'static str> {
        let mut article = Article::default();
        article.doc.text = clean(phrase).text;
        article.doc.blocks = vec![Block { span: Span::new(0, phrase.len()), kind: BlockKind::Paragraph }];
        let mut draft = Draft::new(&article);
        (draft.entities, draft.mentions, _) = entity::entities(&draft, None);
        let sectors = Sectors::builtin();
        let known = |entity: EntityIx| {
            let mention = draft.mentions.iter().find(|mention| mention.entity == entity)?;
            let body = draft.entity(entity)?.kind == EntityKind::Org;
            body.then(|| sectors.of_body(&draft, entity, draft.tokens_in(mention.span))).flatten()
        };
        sectors.of_phrase(&draft, 0..draft.tokens.len(), &known).map(|(sector, _)| sector.code())
    }

    #[test]
    fn the_head_of_a_phrase_tells_its_sector() {
        for (phrase, code) in [
            ("the Kenyan police", "COP"),
            ("three masked gunmen", "UAF"),
            ("Peruvian farmers", "AGR"),
            ("the attorney general", "GOV"),
            ("a military court", "JUD"),
            ("a group of tourists", "CVL"),
            ("members of the Kenyan parliament", "LEG"),
        ] {
            assert_eq!(sector(phrase), Some(code), "{phrase}");
        }
        assert_eq!(sector("a new road"), None);
    }

    #[test]
    fn a_plain_head_takes_the_sector_of_the_words_before_it() {
        for (phrase, code) in [
            ("Kenyan officials", "GOV"),
            ("a police official", "COP"),
            ("rebel leaders", "REB"),
            ("the student leader", "EDU"),
            ("an army spokesman", "MIL"),
            ("an armed group", "REB"),
            ("Hezbollah fighters", "REB"),
        ] {
            assert_eq!(sector(phrase), Some(code), "{phrase}");
        }
    }

    #[test]
    fn things_belong_to_those_who_hold_them() {
        assert_eq!(sector("Peruvian rebel positions"), Some("REB"));
        assert_eq!(sector("rebel-held roads"), None);
    }

    #[test]
    fn who_has_left_an_office_is_of_the_elite() {
        assert_eq!(sector("a disgraced former minister"), Some("ELI"));
        assert_eq!(sector("former rebels"), Some("REB"));
    }

    #[test]
    fn every_row_of_the_table_is_used_and_no_word_stands_twice() {
        let mut seen = std::collections::HashSet::new();
        for row in rows(include_str!("../../assets/lexicon/sectors.tsv")) {
            let [code, class, words] = row[..] else { panic!("{row:?}") };
            assert!(code == "-" || Sector::from_code(code).is_some(), "{code}");
            assert!(["who", "plain", "last", "before", "named", "name"].contains(&class), "{class}");
            // A noun is told of by itself or by the words around it, not both.
            let class = if ["plain", "last"].contains(&class) { "who" } else { class };
            for word in words.split('|') {
                assert!(!word.trim().is_empty() && seen.insert((class, word)), "{class} {word}");
            }
        }
    }
}
