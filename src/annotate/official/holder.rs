//! Role noun phrases that stand for somebody named elsewhere: "the minister", "the Iranian official".

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use super::ground::Ground;
use super::phrase::{Determiner, OfficePhrase, phrase_in};
use crate::annotate::draft::Draft;
use crate::annotate::segment::lower;
use crate::annotate::title::{Office, TitlePhrase};
use crate::model::{EntityIx, EntityKind, Gender, Mention, MentionKind, Polity};

/// The officials of a draft, ready to be asked who a role noun phrase stands for. Made once for a draft.
pub struct Holders<'d, 'a> {
    ground: Ground<'d, 'a>,
    holders: Vec<Holder>,
    /// From a person to their index in `holders`.
    of: HashMap<EntityIx, usize>,
}

struct Holder {
    person: EntityIx,
    polity: Option<Polity>,
    gender: Option<Gender>,
    titles: Vec<Stated>,
}

/// One wording of an office that somebody holds.
struct Stated {
    office: Option<Office>,
    deputy: bool,
    former: bool,
    words: BTreeSet<String>,
}

/// The person whom the role noun phrase at `tokens` stands for. To ask more than once, make [`Holders`] once.
pub fn holder(draft: &Draft, tokens: Range<usize>) -> Option<EntityIx> {
    Holders::new(draft).holder(tokens)
}

impl<'d, 'a> Holders<'d, 'a> {
    /// Reads the officials, entities and names of `draft`.
    pub fn new(draft: &'d Draft<'a>) -> Self {
        let ground = Ground::new(draft);
        let holders = draft.officials.iter().map(|official| {
            let mut titles: Vec<Stated> = Vec::new();
            for span in &official.mentions {
                let tokens = draft.tokens_in(*span);
                let phrase = (tokens.clone()).find_map(|at| ground.titles.phrase_at(&draft.tokens, at));
                let stated = Stated::new(phrase.as_ref(), span.of(draft.text));
                // The same words again tell nothing new.
                if !titles.iter().any(|title| title.words == stated.words) {
                    titles.push(stated);
                }
            }
            // An inherited office has no words of its own.
            titles.push(Stated::new(None, official.title.trim_end_matches(" (counterpart)")));
            let entity = draft.entity(official.entity);
            let told = || titles.iter().find_map(|title| title.office.and_then(|office| office.gender));
            Holder {
                person: official.entity,
                polity: official.polity,
                gender: entity.and_then(|entity| entity.gender).or_else(told),
                titles,
            }
        });
        let holders: Vec<Holder> = holders.collect();
        let of = holders.iter().enumerate().map(|(index, holder)| (holder.person, index)).collect();
        Holders { ground, holders, of }
    }

    /// The person whom the role noun phrase at `tokens` (token indices, determiner included) stands for: the holder of
    /// that office who was named last before it, or in a headline the first to be named after it. `None` for "a
    /// minister", for plurals, and for phrases that name the person.
    pub fn holder(&self, tokens: Range<usize>) -> Option<EntityIx> {
        let ground = &self.ground;
        let draft = ground.draft;
        let phrase = phrase_in(ground, tokens.clone())?;
        if phrase.determiner == Determiner::Indefinite || phrase.title.plural {
            return None;
        }
        let names_somebody = tokens.clone().any(|at| ground.is_person(at)) && phrase.principal.is_none();
        if names_somebody {
            return None;
        }
        let start = draft.tokens.get(tokens.start)?.span.start;
        let role = Role::new(ground, &phrase);
        let fitting = |mention: &Mention| {
            let holder = self.holders.get(*self.of.get(&mention.entity)?)?;
            (mention.kind == MentionKind::Name && role.fits(holder) && phrase.principal != Some(holder.person))
                .then_some(holder.person)
        };
        let here = draft.mentions.partition_point(|mention| mention.span.start < start);
        let (before, after) = draft.mentions.split_at(here);
        if let Some(person) = before.iter().rev().take(MAX_MENTIONS).find_map(fitting) {
            return Some(person);
        }
        let sentence = draft.tokens.get(tokens.start)?.sentence;
        let heading = draft.sentences.get(sentence).is_some_and(|sentence| sentence.paragraph == 0);
        after.iter().take(MAX_MENTIONS).find_map(fitting).filter(|_| heading)
    }
}

/// How many names back (in a headline: on) a holder is looked for.
const MAX_MENTIONS: usize = 500;

impl Stated {
    fn new(phrase: Option<&TitlePhrase>, wording: &str) -> Self {
        let words = wording.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        let words: BTreeSet<String> = words.map(|word| lower(word).into_owned()).collect();
        let deputy = phrase.is_some_and(TitlePhrase::deputy)
            || ["deputy", "vice", "assistant"].iter().any(|word| words.contains(*word));
        let former =
            phrase.is_some_and(TitlePhrase::former) || ["former", "ex"].iter().any(|word| words.contains(*word));
        Stated { office: phrase.map(|phrase| phrase.office), deputy, former, words }
    }
}

/// What a role noun phrase asks of its holder.
struct Role {
    office: Office,
    deputy: bool,
    former: bool,
    polity: Option<Polity>,
    /// The words of the title itself.
    words: Vec<String>,
    last: String,
}

impl Role {
    fn new(ground: &Ground, phrase: &OfficePhrase) -> Self {
        let skipped = ["of", "the", "for", "former", "-"];
        let words: Vec<String> = (phrase.title.tokens.clone())
            .map(|at| ground.lower(at).to_owned())
            .filter(|word| !skipped.contains(&word.as_str()))
            .collect();
        let place = (phrase.tokens.clone()).any(|at| ground.kind(at).is_some_and(|kind| kind != EntityKind::Person));
        Role {
            office: phrase.title.office,
            deputy: phrase.title.deputy(),
            former: phrase.title.former(),
            polity: phrase.polity.filter(|_| place),
            last: ground.lower(phrase.title.head.end - 1).to_owned(),
            words,
        }
    }

    fn fits(&self, holder: &Holder) -> bool {
        let polity = match (self.polity, holder.polity) {
            (Some(asked), Some(served)) => asked == served,
            _ => true,
        };
        let gender = match (self.office.gender, holder.gender) {
            (Some(asked), Some(known)) => asked == known,
            _ => true,
        };
        polity && gender && holder.titles.iter().any(|title| self.is(title))
    }

    /// Whether somebody with this title can be called so.
    fn is(&self, title: &Stated) -> bool {
        if self.deputy && !title.deputy || self.former && !title.former {
            return false;
        }
        // A deputy minister is called "the minister"; a vice president is not called "the president".
        if title.deputy && !self.deputy && self.office.body == "state" {
            return false;
        }
        let same_words = !self.words.is_empty() && self.words.iter().all(|word| title.words.contains(word));
        let Some(office) = title.office else { return same_words || self.is_general() };
        let same_office = self.office.code == office.code
            && (!matches!(
                office.code,
                "minister" | "head" | "adviser" | "official" | "military-rank" | "clergy" | "police"
            ));
        same_words || same_office || self.covers(office)
    }

    /// Whether the role says no more than that somebody is an official.
    fn is_general(&self) -> bool {
        self.office.code == "official" && self.last == "official"
    }

    /// Whether the role is a general word for the office: "leader" for a president, "diplomat" for an ambassador.
    fn covers(&self, office: Office) -> bool {
        match self.last.as_str() {
            "official" => true,
            "leader" | "ruler" | "strongman" => {
                matches!(office.body, "state" | "monarchy") && !office.code.starts_with("deputy")
                    || matches!(office.code, "head-of-government" | "party-leader" | "party-leader-in-parliament")
            }
            "diplomat" => office.body == "diplomacy" || office.code == "foreign-minister",
            "politician" => matches!(office.body, "legislature" | "party" | "government" | "local"),
            "lawmaker" | "legislator" | "parliamentarian" => office.body == "legislature",
            "commander" | "officer" => matches!(office.body, "military" | "police"),
            "chief" => office.weak || self.office.code == office.code,
            "envoy" | "negotiator" => office.body == "diplomacy",
            "premier" | "pm" => office.code == "head-of-government",
            "monarch" => office.body == "monarchy",
            "aide" | "adviser" | "advisor" => office.code == "adviser",
            "minister" => office.code.ends_with("-minister") && self.words.len() == 1,
            "secretary" => office.code.ends_with("minister") && self.words.len() == 1,
            "cleric" => office.body == "clergy",
            _ => false,
        }
    }
}
