//! Which names are of one entity: "Ali Shamkhani" … "Shamkhani", "African National Congress" … "ANC".

use std::collections::HashMap;
use std::ops::Range;

use super::scan::{Name, Type, key};
use super::words::{fold, is_acronym};
use crate::annotate::cue;
use crate::annotate::draft::{Draft, TokenKind};
use crate::annotate::gazetteer::Gazetteer;
use crate::model::{Entity, EntityKind, Gender, Mention, MentionKind, Polity};

/// An entity in the making.
struct Cluster {
    kind: EntityKind,
    name: String,
    polity: Option<Polity>,
    gender: Option<Gender>,
    /// The words of a person's fullest name, folded.
    words: Vec<String>,
    /// Byte offset of the last mention so far.
    last: usize,
}

/// Joins `names` into entities. In the `title_case` sentences, names known from the rest of the text are looked up.
pub fn cluster(draft: &Draft<'_>, names: Vec<Name>, title_case: &[Range<usize>]) -> (Vec<Entity>, Vec<Mention>) {
    let mut clusters = Clusters { draft, all: Vec::new(), by_key: HashMap::new(), mentions: Vec::new() };
    // Full names first: what a single word stands for may be told only later in the text.
    let (full, single): (Vec<Name>, Vec<Name>) = names.into_iter().partition(|name| !clusters.is_short(name));
    for name in full {
        clusters.add_full(&name);
    }
    for name in &single {
        clusters.add_short(name, &single);
    }
    for sentence in title_case {
        clusters.look_up(sentence.clone());
    }
    clusters.finish()
}

struct Clusters<'a> {
    draft: &'a Draft<'a>,
    all: Vec<Cluster>,
    by_key: HashMap<(EntityKind, String), usize>,
    mentions: Vec<Mention>,
}

impl Clusters<'_> {
    fn words(&self, tokens: &Range<usize>) -> Vec<String> {
        let words = tokens.clone().map(|at| &self.draft.tokens[at]).filter(|token| token.kind == TokenKind::Word);
        words.map(|token| fold(token.text)).collect()
    }

    fn is_short(&self, name: &Name) -> bool {
        match name.kind {
            Type::Single => true,
            Type::Person(_) => self.words(&name.tokens).len() == 1,
            // An acronym may stand for a body named in full.
            Type::Shaped(EntityKind::Org) => name.tokens.len() == 1,
            _ => false,
        }
    }

    fn mention(&mut self, tokens: &Range<usize>, cluster: usize) {
        let span = self.draft.span_of(tokens.clone());
        self.all[cluster].last = span.start;
        self.mentions.push(Mention { span, entity: cluster, kind: MentionKind::Name });
    }

    fn text(&self, tokens: &Range<usize>) -> String {
        self.draft.span_of(tokens.clone()).of(self.draft.text).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn add_full(&mut self, name: &Name) {
        match &name.kind {
            Type::Known { kind, polity, canonical } => {
                let cluster = self.keyed(*kind, fold(canonical), canonical.clone(), *polity);
                self.mention(&name.tokens, cluster);
            }
            Type::Shaped(kind) => self.add_shaped(&name.tokens, *kind),
            Type::Person(gender) => self.add_person(&name.tokens, *gender),
            Type::Several => {
                let before = name.tokens.start.checked_sub(1).map(|at| self.draft.tokens[at].lower.as_ref());
                let named_thing = matches!(before, Some("the" | "a" | "an"))
                    || name.tokens.clone().any(|at| is_acronym(self.draft.tokens[at].text));
                match named_thing {
                    true => self.add_shaped(&name.tokens, EntityKind::Org),
                    false => self.add_person(&name.tokens, None),
                }
            }
            Type::Single => {}
        }
    }

    fn add_shaped(&mut self, tokens: &Range<usize>, kind: EntityKind) {
        let cluster = self.keyed(kind, key(self.draft, tokens), self.text(tokens), self.polity_in(tokens));
        self.mention(tokens, cluster);
    }

    fn keyed(&mut self, kind: EntityKind, key: String, name: String, polity: Option<Polity>) -> usize {
        let Clusters { all, by_key, .. } = self;
        *by_key.entry((kind, key)).or_insert_with(|| {
            all.push(Cluster { kind, name, polity, gender: None, words: Vec::new(), last: 0 });
            all.len() - 1
        })
    }

    /// The country that a name holds: "Russian Investigative Committee".
    fn polity_in(&self, tokens: &Range<usize>) -> Option<Polity> {
        let gazetteer = Gazetteer::builtin();
        tokens.clone().find_map(|at| {
            let found = gazetteer.longest(&self.draft.tokens, at).filter(|found| at + found.tokens <= tokens.end)?;
            found.senses.first().filter(|sense| matches!(sense.kind, EntityKind::Gpe | EntityKind::Norp))?.polity
        })
    }

    fn add_person(&mut self, tokens: &Range<usize>, gender: Option<Gender>) {
        let words = self.words(tokens);
        let same = self
            .all
            .iter()
            .position(|cluster| cluster.kind == EntityKind::Person && same_person(&cluster.words, &words));
        let cluster = same.unwrap_or_else(|| {
            let name = self.text(tokens);
            self.all.push(Cluster {
                kind: EntityKind::Person,
                name,
                polity: None,
                gender,
                words: words.clone(),
                last: 0,
            });
            self.all.len() - 1
        });
        let text = self.text(tokens);
        let entry = &mut self.all[cluster];
        entry.gender = entry.gender.or(gender);
        if words.len() > entry.words.len() {
            entry.words = words;
            entry.name = text;
        }
        self.mention(tokens, cluster);
    }

    /// A single word: the short form of a name given elsewhere, or a name by itself if the text shows that it is one.
    fn add_short(&mut self, name: &Name, others: &[Name]) {
        let words = self.words(&name.tokens);
        let Some(word) = words.last() else { return };
        let at = self.draft.span_of(name.tokens.clone()).start;
        if let Some(cluster) = self.person_called(word, at) {
            if let Type::Person(gender) = name.kind {
                self.all[cluster].gender = self.all[cluster].gender.or(gender);
            }
            return self.mention(&name.tokens, cluster);
        }
        let text = self.draft.tokens[name.tokens.start].text;
        if let Some(cluster) = self.body_called(word, text) {
            return self.mention(&name.tokens, cluster);
        }
        match name.kind {
            Type::Person(gender) => self.add_person(&name.tokens, gender),
            Type::Shaped(kind) => self.add_shaped(&name.tokens, kind),
            _ if Gazetteer::builtin().given_name_gender(text).is_some() && !is_acronym(text) => {
                self.add_person(&name.tokens, Gazetteer::builtin().given_name_gender(text).flatten());
            }
            // "the Skripals": the family of a person named in full.
            _ if word.strip_suffix('s').is_some_and(|surname| self.person_called(surname, at).is_some()) => {
                self.add_person(&name.tokens, None);
            }
            _ => {
                let next = self.draft.tokens.get(name.tokens.end);
                if next.is_some_and(|next| cue::is_speech_verb(next)) && !self.opens_sentence(name) {
                    self.add_person(&name.tokens, Gazetteer::builtin().given_name_gender(text).flatten());
                } else if others
                    .iter()
                    .filter(|other| self.words(&other.tokens).last() == Some(word))
                    .any(|other| !self.opens_sentence(other))
                {
                    self.add_shaped(&name.tokens, EntityKind::Org);
                }
            }
        }
    }

    fn opens_sentence(&self, name: &Name) -> bool {
        let sentence = &self.draft.sentences[self.draft.tokens[name.tokens.start].sentence];
        let before = &self.draft.tokens[sentence.tokens.start..name.tokens.start];
        before.iter().all(|token| token.kind == TokenKind::Punctuation)
    }

    /// The person whom one word names: by surname, else by first name; of several, the one mentioned last.
    fn person_called(&self, word: &str, at: usize) -> Option<usize> {
        let called = |place: fn(&[String]) -> Option<&String>| {
            let candidates = self.all.iter().enumerate().filter(|(_, cluster)| {
                cluster.kind == EntityKind::Person && place(&cluster.words).is_some_and(|name| name == word)
            });
            candidates.max_by_key(|(index, _)| self.last_before(*index, at)).map(|(index, _)| index)
        };
        called(|words| words.last()).or_else(|| called(|words| words.first())).or_else(|| {
            // "Le Drian", "al-Assad": the last part after a particle; "Chan-o-cha".
            self.all.iter().position(|cluster| {
                cluster.kind == EntityKind::Person
                    && cluster.words.len() > 2
                    && cluster.words[1..].iter().any(|name| name == word)
            })
        })
    }

    fn last_before(&self, cluster: usize, at: usize) -> usize {
        let mentions = self.mentions.iter().filter(|mention| mention.entity == cluster && mention.span.start < at);
        mentions.map(|mention| mention.span.start + 1).max().unwrap_or(0)
    }

    /// The body that a word names: the acronym of its full name, or the first word of it.
    fn body_called(&self, word: &str, text: &str) -> Option<usize> {
        self.all.iter().position(|cluster| {
            cluster.kind == EntityKind::Org && {
                let name = fold(&cluster.name);
                let first = name.split(' ').next() == Some(word) && name.contains(' ') && !is_acronym(text);
                first || (is_acronym(text) && initials(&cluster.name) == text.replace('.', ""))
            }
        })
    }

    /// Names known from the body, in a headline that capitalises every word.
    fn look_up(&mut self, sentence: Range<usize>) {
        let mut at = sentence.start;
        while at < sentence.end {
            let span = self.draft.tokens[at].span;
            let taken = self.mentions.iter().any(|mention| mention.span.overlaps(span));
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
                self.mention(&(at..end), cluster);
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
            Entity { kind: cluster.kind, name: cluster.name.clone(), polity: cluster.polity, gender: cluster.gender }
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
    name.split(|c: char| c == ' ' || c == '-' || c == '–')
        .filter_map(|word| word.chars().next().filter(|c| c.is_uppercase()))
        .collect()
}
