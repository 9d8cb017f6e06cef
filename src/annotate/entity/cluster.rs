//! Which names are of one entity: "Ali Shamkhani" … "Shamkhani", "African National Congress" … "ANC".

use std::ops::Range;

use foldhash::{HashMap, HashSet};

use super::scan::{Name, Type, key};
use super::words::{fold, is_acronym};
use crate::annotate::cue;
use crate::annotate::draft::{Draft, TokenKind};
use crate::annotate::gazetteer::Gazetteer;
use crate::model::{Entity, EntityKind, Gender, Location, Mention, MentionKind, Polity};

/// An entity in the making.
struct Cluster {
    kind: EntityKind,
    name: String,
    polity: Option<Polity>,
    location: Option<Location>,
    gender: Option<Gender>,
    /// The words of a person's fullest name, folded.
    words: Vec<String>,
    /// Starts of the full names, in bytes, ascending.
    full: Vec<usize>,
    /// Start of the last short form so far, in bytes.
    short: Option<usize>,
}

/// Joins `names` into entities. In the `title_case` sentences, names known from the rest of the text are looked up.
pub fn cluster(draft: &Draft<'_>, names: Vec<Name>, title_case: &[Range<usize>]) -> (Vec<Entity>, Vec<Mention>) {
    let mut clusters = Clusters {
        draft,
        all: Vec::new(),
        by_key: HashMap::default(),
        people: HashMap::default(),
        bodies: HashMap::default(),
        named: vec![false; draft.tokens.len()],
        mentions: Vec::new(),
    };
    // Full names first: what a single word stands for may be told only later in the text.
    let (full, short): (Vec<Name>, Vec<Name>) = names.into_iter().partition(|name| !clusters.is_short(name));
    for name in full {
        clusters.add_full(&name);
    }
    let inside = short.iter().filter(|name| !clusters.opens_sentence(name));
    let inside: HashSet<String> = inside.filter_map(|name| clusters.words(&name.tokens).pop()).collect();
    for name in &short {
        clusters.add_short(name, &inside);
    }
    for sentence in title_case {
        clusters.look_up(sentence.clone());
    }
    clusters.finish()
}

/// How many people of one name are told apart at a time.
const NAMESAKES: usize = 64;

struct Clusters<'a> {
    draft: &'a Draft<'a>,
    all: Vec<Cluster>,
    by_key: HashMap<(EntityKind, String), usize>,
    /// The people whose names hold a word, by the folded word.
    people: HashMap<String, Vec<usize>>,
    /// Bodies by the first word of their name and by their initials.
    bodies: HashMap<String, usize>,
    /// Which tokens are part of a mention.
    named: Vec<bool>,
    mentions: Vec<Mention>,
}

impl Clusters<'_> {
    fn words(&self, tokens: &Range<usize>) -> Vec<String> {
        let words = tokens.clone().map(|at| &self.draft.tokens[at]).filter(|token| token.kind == TokenKind::Word);
        words.map(|token| fold(token.text)).collect()
    }

    fn is_short(&self, name: &Name) -> bool {
        match name.kind {
            Type::Single | Type::Echo => true,
            Type::Person(_) => self.words(&name.tokens).len() == 1,
            // An acronym may stand for a body named in full, and what looks like a place may be a surname.
            Type::Shaped(_) => name.tokens.len() == 1,
            _ => false,
        }
    }

    fn mention(&mut self, tokens: &Range<usize>, cluster: usize, full: bool) {
        let span = self.draft.span_of(tokens.clone());
        match full {
            true => self.all[cluster].full.push(span.start),
            false => self.all[cluster].short = Some(span.start),
        }
        self.named[tokens.clone()].fill(true);
        self.mentions.push(Mention { span, entity: cluster, kind: MentionKind::Name });
    }

    fn text(&self, tokens: &Range<usize>) -> String {
        self.draft.span_of(tokens.clone()).of(self.draft.text).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn add_full(&mut self, name: &Name) {
        match &name.kind {
            Type::Known { kind, polity, canonical, location, .. } => {
                let key = match location.as_ref().and_then(|location| location.division.as_ref()) {
                    // Two places of one name are two entities.
                    Some(division) => format!("{}, {division}", fold(canonical)),
                    None => fold(canonical),
                };
                let cluster = self.keyed(*kind, key, canonical.clone(), *polity);
                self.all[cluster].location = self.all[cluster].location.take().or_else(|| location.clone());
                self.mention(&name.tokens, cluster, true);
            }
            Type::Shaped(kind) => self.add_shaped(&name.tokens, *kind, true),
            Type::Person(gender) => self.add_person(&name.tokens, *gender, true),
            Type::Several => {
                let before = name.tokens.start.checked_sub(1).map(|at| self.draft.tokens[at].lower.as_ref());
                let named_thing = matches!(before, Some("the" | "a" | "an"))
                    || name.tokens.clone().any(|at| is_acronym(self.draft.tokens[at].text));
                match named_thing {
                    true => self.add_shaped(&name.tokens, EntityKind::Org, true),
                    false => self.add_person(&name.tokens, None, true),
                }
            }
            Type::Single | Type::Echo => {}
        }
    }

    fn add_shaped(&mut self, tokens: &Range<usize>, kind: EntityKind, full: bool) {
        let cluster = self.keyed(kind, key(self.draft, tokens), self.text(tokens), self.polity_in(tokens));
        self.mention(tokens, cluster, full);
    }

    fn keyed(&mut self, kind: EntityKind, key: String, name: String, polity: Option<Polity>) -> usize {
        if let Some(&known) = self.by_key.get(&(kind, key.clone())) {
            return known;
        }
        let cluster = self.all.len();
        if kind == EntityKind::Org {
            let folded = fold(&name);
            if let Some((first, _)) = folded.split_once(' ') {
                self.bodies.entry(first.to_owned()).or_insert(cluster);
            }
            self.bodies.entry(initials(&name)).or_insert(cluster);
        }
        self.by_key.insert((kind, key), cluster);
        self.all.push(Cluster {
            kind,
            name,
            polity,
            location: None,
            gender: None,
            words: Vec::new(),
            full: Vec::new(),
            short: None,
        });
        cluster
    }

    /// The country that a name holds: "Russian Investigative Committee".
    fn polity_in(&self, tokens: &Range<usize>) -> Option<Polity> {
        let gazetteer = Gazetteer::builtin();
        let place = |at: usize, end: usize| {
            let found = gazetteer.longest(&self.draft.tokens, at).filter(|found| at + found.tokens <= end)?;
            found.senses.first().filter(|sense| matches!(sense.kind, EntityKind::Gpe | EntityKind::Norp))?.polity
        };
        // "Kazakhstan's Security Council"
        let owner = tokens.start.checked_sub(1).filter(|&at| self.draft.tokens[at].kind == TokenKind::Possessive);
        let owner = || owner.and_then(|end| (end.saturating_sub(4)..end).find_map(|at| place(at, end)));
        tokens.clone().find_map(|at| place(at, tokens.end)).or_else(owner)
    }

    fn add_person(&mut self, tokens: &Range<usize>, gender: Option<Gender>, full: bool) {
        let words = self.words(tokens);
        let namesakes = words.last().and_then(|last| self.people.get(last)).map_or(&[][..], Vec::as_slice);
        let same =
            namesakes.iter().take(NAMESAKES).copied().find(|&known| same_person(&self.all[known].words, &words));
        let cluster = same.unwrap_or_else(|| {
            let name = self.text(tokens);
            self.all.push(Cluster {
                kind: EntityKind::Person,
                name,
                polity: None,
                location: None,
                gender,
                words: Vec::new(),
                full: Vec::new(),
                short: None,
            });
            self.all.len() - 1
        });
        let text = self.text(tokens);
        let entry = &mut self.all[cluster];
        entry.gender = entry.gender.or(gender);
        if words.len() > entry.words.len() {
            entry.name = text;
            for word in words.iter().filter(|word| !entry.words.contains(word)) {
                self.people.entry(word.clone()).or_default().push(cluster);
            }
            entry.words = words;
        }
        self.mention(tokens, cluster, full);
    }

    /// A single word: the short form of a name given elsewhere, or a name by itself if the text shows that it is one.
    fn add_short(&mut self, name: &Name, inside: &HashSet<String>) {
        let words = self.words(&name.tokens);
        let Some(word) = words.last() else { return };
        let at = self.draft.span_of(name.tokens.clone()).start;
        if let Some(cluster) = self.person_called(word, at) {
            // "Amina Scott" is no man because of her surname.
            let surname = self.all[cluster].words.len() > 1 && self.all[cluster].words.last() == Some(word);
            let listed = Gazetteer::builtin().given_name_gender(self.draft.tokens[name.tokens.start].text).flatten();
            if let Type::Person(gender) = name.kind
                && !(surname && gender == listed)
            {
                self.all[cluster].gender = self.all[cluster].gender.or(gender);
            }
            return self.mention(&name.tokens, cluster, false);
        }
        let text = self.draft.tokens[name.tokens.start].text;
        let place = matches!(name.kind, Type::Shaped(kind) if kind != EntityKind::Org);
        if let Some(cluster) = self.body_called(word, text).filter(|_| !place) {
            return self.mention(&name.tokens, cluster, false);
        }
        match name.kind {
            Type::Person(gender) => self.add_person(&name.tokens, gender, false),
            Type::Shaped(kind) => self.add_shaped(&name.tokens, kind, false),
            Type::Single if Gazetteer::builtin().given_name_gender(text).is_some() && !is_acronym(text) => {
                self.add_person(&name.tokens, Gazetteer::builtin().given_name_gender(text).flatten(), false);
            }
            // "the Skripals": the family of a person named in full.
            _ if word.strip_suffix('s').is_some_and(|surname| self.person_called(surname, at).is_some()) => {
                self.add_person(&name.tokens, None, false);
            }
            Type::Single => {
                let next = self.draft.tokens.get(name.tokens.end);
                if next.is_some_and(|next| cue::is_speech_verb(next)) && !self.opens_sentence(name) {
                    self.add_person(&name.tokens, Gazetteer::builtin().given_name_gender(text).flatten(), false);
                } else if inside.contains(word) {
                    self.add_shaped(&name.tokens, EntityKind::Org, false);
                }
            }
            _ => {}
        }
    }

    fn opens_sentence(&self, name: &Name) -> bool {
        let sentence = &self.draft.sentences[self.draft.tokens[name.tokens.start].sentence];
        let before = &self.draft.tokens[sentence.tokens.start..name.tokens.start];
        before.iter().all(|token| token.kind == TokenKind::Punctuation)
    }

    /// The person whom one word names: by surname, else by first name, else by another part ("Le Drian"); of several,
    /// the one mentioned last.
    fn person_called(&self, word: &str, at: usize) -> Option<usize> {
        let place = |cluster: usize| {
            let words = &self.all[cluster].words;
            let is = |name: Option<&String>| name.is_some_and(|name| name == word);
            match () {
                () if is(words.last()) => Some(2),
                () if is(words.first()) => Some(1),
                () if words.len() > 2 => Some(0),
                () => None,
            }
        };
        let called = self.people.get(word)?.iter().rev().take(NAMESAKES).copied();
        let ranked = called.filter_map(|cluster| Some(((place(cluster)?, self.last_before(cluster, at)), cluster)));
        ranked.max().map(|(_, cluster)| cluster)
    }

    /// Where the cluster was last mentioned before byte `at`; `None` if only after it.
    fn last_before(&self, cluster: usize, at: usize) -> Option<usize> {
        let Cluster { full, short, .. } = &self.all[cluster];
        let named = full.partition_point(|&start| start < at).checked_sub(1).map(|index| full[index]);
        named.max(short.filter(|&start| start < at))
    }

    /// The body that a word names: the acronym of its full name, or the first word of it.
    fn body_called(&self, word: &str, text: &str) -> Option<usize> {
        match is_acronym(text) {
            true => self.bodies.get(&text.replace('.', "")).copied(),
            false => self.bodies.get(word).copied(),
        }
    }

    /// Names known from the body, in a headline that capitalises every word.
    fn look_up(&mut self, sentence: Range<usize>) {
        let mut at = sentence.start;
        while at < sentence.end {
            let taken = self.named[at];
            let word = fold(self.draft.tokens[at].text);
            let person = (!taken && self.draft.tokens[at].is_capitalised())
                .then(|| self.person_called(&word, usize::MAX))
                .flatten();
            if let Some(cluster) = person.filter(|&cluster| {
                self.all[cluster].words.last() == Some(&word) || self.all[cluster].words.first() == Some(&word)
            }) {
                let mut end = at + 1;
                while end < sentence.end && self.all[cluster].words.contains(&fold(self.draft.tokens[end].text)) {
                    end += 1;
                }
                self.mention(&(at..end), cluster, false);
                at = end;
            } else {
                at += 1;
            }
        }
    }

    fn finish(self) -> (Vec<Entity>, Vec<Mention>) {
        let Clusters { all, mut mentions, .. } = self;
        mentions.sort_by_key(|mention| (mention.span.start, std::cmp::Reverse(mention.span.end)));
        mentions.dedup_by(|later, earlier| earlier.span.overlaps(later.span));
        // Numbered by first mention; entities whose every mention lost to another fall out.
        let mut number: Vec<Option<usize>> = vec![None; all.len()];
        let mut order = Vec::new();
        for mention in &mut mentions {
            let index = *number[mention.entity].get_or_insert_with(|| {
                order.push(mention.entity);
                order.len() - 1
            });
            mention.entity = index;
        }
        let entities = order.into_iter().map(|index| {
            let cluster = &all[index];
            Entity {
                kind: cluster.kind,
                name: cluster.name.clone(),
                polity: cluster.polity,
                location: cluster.location.clone(),
                gender: cluster.gender,
            }
        });
        (entities.collect(), mentions)
    }
}

/// Whether two full names are of one person: the same last word, and first words that do not differ.
fn same_person(known: &[String], words: &[String]) -> bool {
    let (Some(known_last), Some(last)) = (known.last(), words.last()) else { return false };
    if known_last != last || known.len() < 2 || words.len() < 2 {
        return known == words;
    }
    let initial = |a: &str, b: &str| {
        let a = a.trim_end_matches('.');
        a.chars().count() == 1 && b.starts_with(a)
    };
    known[0] == words[0]
        || initial(&known[0], &words[0])
        || initial(&words[0], &known[0])
        || known[..known.len() - 1].contains(&words[0])
        || words[..words.len() - 1].contains(&known[0])
}

/// The initials of a body's name without its small words: "ANC".
fn initials(name: &str) -> String {
    name.split([' ', '-', '–']).filter_map(|word| word.chars().next().filter(|c| c.is_uppercase())).collect()
}
