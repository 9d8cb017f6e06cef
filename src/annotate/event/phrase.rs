//! A shallow analysis of one sentence: word classes and verb groups.
//!
//! Words get a class from short closed lists; every other word is a verb where the lexicon knows it as one and its
//! neighbours allow it, else a noun. Not covered: questions and inverted order ("said the minister" is left to the
//! quotation stages), imperatives, verbs that the lexicon does not know and that do not end in -ed, attachment of
//! prepositional phrases, ellipsis, and long-distance relations.

use super::lexicon::{BASE, EventLexicon, Forms, ING, PARTICIPLE, PAST, THIRD};
use crate::annotate::draft::{Draft, Sentence, TokenKind};

/// Class of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// Noun, adjective, name, or anything that no list knows.
    Noun,
    /// the, a, this, some; his, their.
    Determiner,
    /// 's
    Possessive,
    /// of, in, with …
    Preposition,
    /// he, they, it …
    Pronoun,
    /// A form of be.
    Be,
    /// A form of have.
    Have,
    /// A form of do.
    Do,
    /// will, may, must …
    Modal,
    /// to
    To,
    /// not
    Not,
    /// also, once, recently …
    Adverb,
    /// and, or, but.
    And,
    /// who, which, that …
    Relative,
    /// when, as, while, because, if …
    Subordinator,
    /// A comma.
    Comma,
    /// Other punctuation that ends a phrase: ; : – ( ).
    Stop,
    /// A quotation mark.
    Quote,
    /// A number.
    Number,
}

/// What a modal verb says of the event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mood {
    /// It is told as a fact.
    Fact,
    /// will, would, is to.
    Future,
    /// may, might, can, could.
    Possible,
    /// must, should.
    Duty,
}

/// The form of a verb group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Has a subject of its own or shares one by coordination.
    Finite,
    /// to + verb
    Infinitive,
    /// -ing after a preposition, a comma or a noun.
    Gerund,
    /// A participle that modifies the noun before it: "soldiers killed by rebels".
    Reduced,
}

/// A verb with its auxiliaries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerbGroup {
    /// First token, an index into `Draft::tokens`.
    pub start: usize,
    /// The full verb.
    pub main: usize,
    /// Lemmas it can be a form of.
    pub lemmas: Vec<String>,
    /// Passive voice.
    pub passive: bool,
    /// Has not, never, no longer.
    pub negated: bool,
    /// What the modal says.
    pub mood: Mood,
    /// Its form.
    pub shape: Shape,
}

impl VerbGroup {
    /// Whether this is a form of `lemma`.
    pub fn is(&self, lemma: &str) -> bool {
        self.lemmas.iter().any(|known| known == lemma)
    }

    /// Whether a lemma of this verb is in `class` of the lexicon.
    pub fn is_in(&self, lexicon: &EventLexicon, class: &str) -> bool {
        self.lemmas.iter().any(|lemma| lexicon.is(class, lemma))
    }
}

/// A sentence with classes and verb groups.
#[derive(Debug)]
pub struct Phrases {
    /// Index of the sentence's first token.
    pub first: usize,
    /// One past its last token.
    pub end: usize,
    classes: Vec<Class>,
    /// In text order.
    pub groups: Vec<VerbGroup>,
}

const DETERMINERS: &[&str] = &[
    "the", "a", "an", "this", "these", "those", "some", "any", "all", "both", "each", "every", "no", "his", "her",
    "its", "their", "our", "my", "your", "several", "many", "most", "few", "another", "other", "such", "more", "own",
    "first", "last", "next", "new", "recent", "alleged", "proposed",
];
const PREPOSITIONS: &[&str] = &[
    "of",
    "in",
    "on",
    "at",
    "by",
    "for",
    "with",
    "from",
    "into",
    "against",
    "between",
    "among",
    "amid",
    "over",
    "under",
    "near",
    "after",
    "before",
    "during",
    "since",
    "through",
    "across",
    "about",
    "toward",
    "towards",
    "upon",
    "without",
    "within",
    "outside",
    "inside",
    "behind",
    "along",
    "alongside",
    "around",
    "despite",
    "per",
    "via",
    "following",
    "including",
    "regarding",
    "beyond",
    "off",
    "out",
    "up",
    "down",
    "away",
    "back",
    "like",
    "throughout",
    "until",
    "onto",
    "above",
    "below",
    "than",
];
const PRONOUNS: &[&str] =
    &["he", "she", "it", "they", "we", "i", "you", "him", "them", "us", "me", "himself", "itself", "themselves"];
const ADVERBS: &[&str] = &[
    "also",
    "again",
    "once",
    "already",
    "still",
    "now",
    "then",
    "just",
    "ever",
    "never",
    "not",
    "even",
    "soon",
    "today",
    "yesterday",
    "tonight",
    "tomorrow",
    "later",
    "earlier",
    "so",
    "too",
    "only",
    "however",
    "meanwhile",
    "far",
    "long",
    "often",
    "always",
    "thus",
    "hence",
    "therefore",
    "instead",
    "together",
    "abroad",
    "here",
    "there",
    "once",
    "ago",
    "reportedly",
    "allegedly",
    "jointly",
];
const SUBORDINATORS: &[&str] = &[
    "when", "as", "while", "because", "if", "unless", "whether", "although", "though", "where", "why", "how", "once",
];
const RELATIVES: &[&str] = &["who", "which", "that", "whom", "whose", "what"];
/// Words in -ed that are no verbs.
const NOT_PAST: &[&str] = &[
    "hundred",
    "indeed",
    "need",
    "speed",
    "seed",
    "united",
    "breed",
    "greed",
    "shed",
    "sacred",
    "naked",
    "wicked",
    "exceed",
    "proceed",
    "succeed",
    "feed",
    "embed",
    "concerned",
    "armed",
    "aged",
    "unprecedented",
    "alleged",
    "limited",
    "mohammed",
    "ahmed",
    "mohamed",
    "hamed",
    "saeed",
    "hundreds",
];

fn auxiliary(lower: &str) -> Option<(Class, bool)> {
    let (word, negated) = match lower.strip_suffix("n't") {
        Some("wo") => ("will", true),
        Some("ca") => ("can", true),
        Some(stem) => (stem, true),
        None if lower == "cannot" => ("can", true),
        None => (lower, false),
    };
    let class = match word {
        "is" | "are" | "was" | "were" | "be" | "been" | "being" | "am" => Class::Be,
        "has" | "have" | "had" | "having" => Class::Have,
        "do" | "does" | "did" => Class::Do,
        "will" | "would" | "may" | "might" | "can" | "could" | "must" | "should" | "shall" | "ought" => Class::Modal,
        _ => return None,
    };
    Some((class, negated))
}

fn mood_of(lower: &str) -> Mood {
    match lower.strip_suffix("n't").unwrap_or(lower) {
        "may" | "might" | "can" | "could" | "ca" | "cannot" => Mood::Possible,
        "must" | "should" | "ought" => Mood::Duty,
        _ => Mood::Future,
    }
}

/// Whether a noun looks plural (a hint for agreement).
fn looks_plural(lower: &str) -> bool {
    (lower.ends_with('s') && !lower.ends_with("ss") && !lower.ends_with("us") && !lower.ends_with("is"))
        || matches!(lower, "people" | "police" | "men" | "women" | "children" | "media")
}

impl Phrases {
    /// Analyses one sentence.
    pub fn new(draft: &Draft<'_>, sentence: &Sentence, lexicon: &EventLexicon) -> Phrases {
        let (first, end) = (sentence.tokens.start, sentence.tokens.end.min(draft.tokens.len()));
        let classes = (first..end).map(|index| classify(draft, index)).collect();
        let mut phrases = Phrases { first, end, classes, groups: Vec::new() };
        let heading = draft.paragraphs.get(sentence.paragraph).is_some_and(|paragraph| paragraph.heading);
        let chunker = Chunker { draft, lexicon, heading, title_case: title_case(draft, first, end) };
        let mut at = first;
        while at < end {
            match chunker.group_at(&phrases, at) {
                Some(group) => {
                    at = group.main + 1;
                    phrases.groups.push(group);
                }
                None => at += 1,
            }
        }
        phrases
    }

    /// The class of a token of this sentence (`Stop` outside it).
    pub fn class(&self, token: usize) -> Class {
        token.checked_sub(self.first).and_then(|at| self.classes.get(at)).copied().unwrap_or(Class::Stop)
    }

    /// The nearest token before `token` that is no adverb.
    pub fn before(&self, token: usize) -> Option<usize> {
        (self.first..token).rev().find(|&at| !matches!(self.class(at), Class::Adverb | Class::Not))
    }

    /// The nearest token after `token` that is no adverb.
    pub fn after(&self, token: usize) -> Option<usize> {
        (token + 1..self.end).find(|&at| !matches!(self.class(at), Class::Adverb | Class::Not))
    }

    /// The group whose tokens hold `token`.
    pub fn group_of(&self, token: usize) -> Option<usize> {
        self.groups.iter().position(|group| (group.start..=group.main).contains(&token))
    }
}

fn title_case(draft: &Draft<'_>, first: usize, end: usize) -> bool {
    let words =
        draft.tokens.get(first..end).unwrap_or(&[]).iter().filter(|t| t.kind == TokenKind::Word && t.text.len() > 3);
    let (mut all, mut capital) = (0, 0);
    for word in words {
        all += 1;
        capital += usize::from(word.is_capitalised());
    }
    capital * 4 >= all * 3
}

fn classify(draft: &Draft<'_>, index: usize) -> Class {
    let Some(token) = draft.tokens.get(index) else { return Class::Stop };
    let lower: &str = &token.lower;
    match token.kind {
        TokenKind::Number => return Class::Number,
        TokenKind::Possessive => return Class::Possessive,
        TokenKind::Punctuation => {
            return match lower {
                "," => Class::Comma,
                "\"" | "'" | "“" | "”" | "‘" | "’" | "«" | "»" => Class::Quote,
                "-" | "‐" | "‑" | "$" | "£" | "€" | "%" | "." | "/" | "&" | "[" | "]" => Class::Noun,
                _ => Class::Stop,
            };
        }
        TokenKind::Word => {}
    }
    if let Some((class, _)) = auxiliary(lower) {
        return class;
    }
    match lower {
        "to" => Class::To,
        "not" => Class::Not,
        "and" | "or" | "but" | "nor" => Class::And,
        _ if RELATIVES.contains(&lower) => Class::Relative,
        _ if SUBORDINATORS.contains(&lower) => Class::Subordinator,
        _ if PRONOUNS.contains(&lower) => Class::Pronoun,
        _ if DETERMINERS.contains(&lower) => Class::Determiner,
        _ if PREPOSITIONS.contains(&lower) => Class::Preposition,
        _ if ADVERBS.contains(&lower) => Class::Adverb,
        _ if lower.ends_with("ly") && lower.len() > 4 && !token.is_capitalised() => Class::Adverb,
        _ => Class::Noun,
    }
}

struct Chunker<'c, 'a> {
    draft: &'c Draft<'a>,
    lexicon: &'c EventLexicon,
    heading: bool,
    title_case: bool,
}

impl Chunker<'_, '_> {
    fn lower(&self, token: usize) -> &str {
        self.draft.tokens.get(token).map_or("", |token| &token.lower)
    }

    /// The forms that a word can have as a verb, and its lemmas, whatever stands around it.
    fn forms(&self, token: usize) -> (Forms, Vec<String>) {
        let Some(word) = self.draft.tokens.get(token) else { return (0, Vec::new()) };
        if word.kind != TokenKind::Word {
            return (0, Vec::new());
        }
        let lower: &str = &word.lower;
        let known = self.lexicon.verb(lower);
        if !known.is_empty() {
            let bits = known.iter().fold(0, |bits, (_, form)| bits | form);
            return (bits, known.iter().map(|(lemma, _)| lemma.clone()).collect());
        }
        if lower.len() > 4 && lower.ends_with("ed") && !NOT_PAST.contains(&lower) && !lower.ends_with("eed") {
            return (PAST | PARTICIPLE, vec![lower.to_owned()]);
        }
        (0, Vec::new())
    }

    fn is_name(&self, token: usize) -> bool {
        self.draft.tokens.get(token).is_some_and(|word| self.draft.mention_at(word.span.start).is_some())
    }

    fn group_at(&self, phrases: &Phrases, at: usize) -> Option<VerbGroup> {
        match phrases.class(at) {
            Class::Modal | Class::Be | Class::Have | Class::Do => {
                self.with_auxiliaries(phrases, at, at, Shape::Finite)
            }
            Class::To => {
                let next = phrases.after(at)?;
                match phrases.class(next) {
                    Class::Be | Class::Have | Class::Do => {
                        self.with_auxiliaries(phrases, at, next, Shape::Infinitive)
                    }
                    Class::Noun => {
                        let (bits, lemmas) = self.forms(next);
                        if bits & BASE == 0 || self.is_name(next) {
                            return None;
                        }
                        let negated = (at + 1..next).chain(at.checked_sub(1)).any(|k| phrases.class(k) == Class::Not);
                        Some(VerbGroup {
                            start: at,
                            main: next,
                            lemmas,
                            passive: false,
                            negated,
                            mood: Mood::Fact,
                            shape: Shape::Infinitive,
                        })
                    }
                    _ => None,
                }
            }
            Class::Noun | Class::Preposition | Class::Determiner => self.bare(phrases, at),
            _ => None,
        }
    }

    /// A group that begins with an auxiliary at `aux`.
    fn with_auxiliaries(&self, phrases: &Phrases, start: usize, aux: usize, shape: Shape) -> Option<VerbGroup> {
        let mut mood = Mood::Fact;
        let mut negated = false;
        let mut last = aux;
        let mut at = aux;
        let mut shape = shape;
        while at < phrases.end {
            let class = phrases.class(at);
            let lower = self.lower(at);
            match class {
                Class::Modal | Class::Be | Class::Have | Class::Do => {
                    negated |= auxiliary(lower).is_some_and(|(_, negated)| negated);
                    if class == Class::Modal && mood == Mood::Fact {
                        mood = mood_of(lower);
                    }
                    if at == aux && matches!(lower, "being" | "having") {
                        shape = Shape::Gerund;
                    }
                    last = at;
                }
                Class::Not => negated = true,
                Class::Adverb => negated |= lower == "never",
                _ => break,
            }
            at += 1;
            // "no longer", "both criticised"
            if self.lower(at) == "no" && self.lower(at + 1) == "longer" {
                negated = true;
                at += 2;
            } else if self.lower(at) == "both" && self.forms(at + 1).0 & (PARTICIPLE | ING) != 0 {
                at += 1;
            }
        }
        let before_main = phrases.class(last);
        let (bits, lemmas) =
            if phrases.class(at) == Class::Noun && at < phrases.end { self.forms(at) } else { (0, Vec::new()) };
        let fits = match before_main {
            Class::Modal | Class::Do => bits & BASE != 0,
            Class::Have => bits & PARTICIPLE != 0,
            Class::Be => bits & (PARTICIPLE | ING) != 0,
            _ => false,
        } && !self.is_name(at);
        if fits {
            let passive = before_main == Class::Be && bits & PARTICIPLE != 0 && bits & ING == 0;
            return Some(VerbGroup { start, main: at, lemmas, passive, negated, mood, shape });
        }
        let lemma = match before_main {
            Class::Be => "be",
            Class::Have => "have",
            Class::Do => "do",
            _ => return None,
        };
        // "is to visit"
        if before_main == Class::Be
            && phrases.class(at) == Class::To
            && mood == Mood::Fact
            && self.forms(at + 1).0 & BASE != 0
        {
            let (_, lemmas) = self.forms(at + 1);
            return Some(VerbGroup {
                start,
                main: at + 1,
                lemmas,
                passive: false,
                negated,
                mood: Mood::Future,
                shape,
            });
        }
        Some(VerbGroup { start, main: last, lemmas: vec![lemma.to_owned()], passive: false, negated, mood, shape })
    }

    /// Whether what stands at `token` can begin an object.
    fn object_follows(&self, phrases: &Phrases, token: usize) -> bool {
        phrases.after(token).is_some_and(|next| {
            matches!(
                phrases.class(next),
                Class::Determiner | Class::Pronoun | Class::Number | Class::Quote | Class::Noun
            )
        })
    }

    /// A verb without auxiliaries, where its neighbours allow one.
    fn bare(&self, phrases: &Phrases, at: usize) -> Option<VerbGroup> {
        if phrases.class(at) != Class::Noun {
            return None;
        }
        let (bits, lemmas) = self.forms(at);
        let word = self.draft.tokens.get(at)?;
        if bits == 0 || self.is_name(at) {
            return None;
        }
        let before = phrases.before(at);
        if word.is_capitalised() && !self.title_case && before.is_some_and(|b| phrases.class(b) != Class::Quote) {
            return None;
        }
        let hyphen = |token: usize| matches!(self.lower(token), "-" | "‐" | "‑");
        if at.checked_sub(1).is_some_and(|previous| hyphen(previous) && previous >= phrases.first) || hyphen(at + 1) {
            return None;
        }
        let group = |shape, passive| {
            Some(VerbGroup {
                start: at,
                main: at,
                lemmas: lemmas.clone(),
                passive,
                negated: false,
                mood: Mood::Fact,
                shape,
            })
        };
        let left = before.map(|before| phrases.class(before));
        let next = phrases.after(at).map(|next| phrases.class(next));
        let object = self.object_follows(phrases, at);
        let ambiguous = !self.lexicon.noun_patterns(&word.lower).is_empty() || NOUNISH.contains(&&*word.lower);
        if bits & ING != 0 {
            return match left {
                Some(Class::Determiner | Class::Possessive | Class::Number) => None,
                Some(Class::Noun) if ambiguous || !matches!(next, Some(Class::Determiner | Class::Pronoun)) => {
                    let name = phrases.after(at).is_some_and(|next| self.is_name(next));
                    if !ambiguous && (name || matches!(next, Some(Class::Noun | Class::Number))) {
                        group(Shape::Gerund, false)
                    } else {
                        None
                    }
                }
                Some(Class::Preposition) if ambiguous && !object => None,
                None if ambiguous && !object => None,
                _ => group(Shape::Gerund, false),
            };
        }
        match left {
            Some(Class::Determiner | Class::Possessive) => return None,
            Some(Class::Preposition) => {
                // "the troops the group sent in attacked": too rare; after a preposition stands a noun.
                return None;
            }
            Some(Class::To) | Some(Class::Modal) => return None,
            _ => {}
        }
        if bits & (PAST | PARTICIPLE) != 0 && bits & BASE == 0 {
            if before.is_none() {
                return None;
            }
            let by = phrases.after(at).is_some_and(|next| self.lower(next) == "by");
            let coordinated = left == Some(Class::And) && phrases.groups.last().is_some_and(|group| group.passive);
            if bits & PAST == 0 || by || (coordinated && !object) {
                let shape = if coordinated { Shape::Finite } else { Shape::Reduced };
                return group(shape, true);
            }
            if bits & PARTICIPLE == 0 || object || next == Some(Class::To) || next == Some(Class::Relative) {
                return group(Shape::Finite, false);
            }
            let number_before = left == Some(Class::Number);
            let finite_later = || {
                (at + 1..phrases.end)
                    .take_while(|&k| {
                        !matches!(
                            phrases.class(k),
                            Class::Comma | Class::Stop | Class::And | Class::Relative | Class::Subordinator
                        )
                    })
                    .any(|k| {
                        matches!(phrases.class(k), Class::Be | Class::Have | Class::Modal | Class::Do)
                            || (self.forms(k).0 & PAST != 0
                                && self.forms(k).0 & BASE == 0
                                && phrases.before(k).is_some_and(|b| phrases.class(b) == Class::Noun))
                    })
            };
            let reduced = number_before || self.heading || finite_later();
            // A participle in a headline without its auxiliary: "mayor stabbed on stage".
            let shape = if self.heading && !finite_later() { Shape::Finite } else { Shape::Reduced };
            return if reduced && left != Some(Class::Pronoun) && left != Some(Class::Relative) {
                group(shape, true)
            } else {
                group(Shape::Finite, false)
            };
        }
        if bits & THIRD != 0 {
            let before = before?;
            let plural_subject =
                phrases.class(before) == Class::Noun && looks_plural(self.lower(before)) && !self.is_name(before);
            if plural_subject || matches!(phrases.class(before), Class::Number) {
                return None;
            }
            if ambiguous {
                let clear = matches!(next, Some(Class::Determiner | Class::Pronoun | Class::Relative | Class::Quote))
                    || (phrases.after(at).is_some_and(|next| self.is_name(next)) && self.is_name(before))
                    || (self.heading
                        && self.is_name(before)
                        && next.is_some_and(|n| n != Class::Comma && n != Class::Be));
                return if clear { group(Shape::Finite, false) } else { None };
            }
            return group(Shape::Finite, false);
        }
        // A base form (or a past that looks like one: cut, put, hit).
        let before = before?;
        let past_too = bits & PAST != 0;
        let agrees = match phrases.class(before) {
            Class::Noun => {
                past_too && object
                    || (looks_plural(self.lower(before)) && (object || !ambiguous))
                    || (self.coordinated_subject(phrases, before)
                        && (object || next == Some(Class::Preposition) || next == Some(Class::To)))
            }
            Class::Pronoun => matches!(self.lower(before), "they" | "we" | "you" | "i") || past_too,
            Class::Relative => object || !ambiguous,
            Class::And => {
                phrases
                    .groups
                    .last()
                    .is_some_and(|group| group.shape == Shape::Infinitive || group.mood != Mood::Fact || past_too)
                    && (object || next == Some(Class::Preposition))
            }
            Class::Comma => past_too && object,
            _ => false,
        };
        if agrees && !(phrases.class(before) == Class::Noun && !object && ambiguous) {
            let shape = if phrases.class(before) == Class::And
                && phrases.groups.last().is_some_and(|g| g.shape == Shape::Infinitive)
            {
                Shape::Infinitive
            } else {
                Shape::Finite
            };
            return group(shape, false);
        }
        None
    }

    /// Whether the noun phrase that ends at `token` is two names joined by "and".
    fn coordinated_subject(&self, phrases: &Phrases, token: usize) -> bool {
        (token.saturating_sub(5).max(phrases.first)..token).any(|k| self.lower(k) == "and")
    }
}

/// Words that are nouns more often than verbs, besides the nouns of the lexicon.
const NOUNISH: &[&str] = &[
    "talk",
    "talks",
    "visit",
    "visits",
    "attack",
    "attacks",
    "strike",
    "strikes",
    "protest",
    "protests",
    "call",
    "calls",
    "vote",
    "votes",
    "claim",
    "claims",
    "plan",
    "plans",
    "demand",
    "demands",
    "charge",
    "charges",
    "threat",
    "request",
    "requests",
    "support",
    "aid",
    "help",
    "release",
    "report",
    "reports",
    "statement",
    "state",
    "states",
    "force",
    "forces",
    "sanction",
    "sanctions",
    "ban",
    "bans",
    "fire",
    "fires",
    "test",
    "tests",
    "trade",
    "ties",
    "contact",
    "contacts",
    "move",
    "moves",
    "offer",
    "offers",
    "order",
    "orders",
    "control",
    "controls",
    "trial",
    "board",
    "house",
    "party",
    "power",
    "powers",
    "rule",
    "rules",
    "use",
    "work",
    "works",
    "change",
    "changes",
    "return",
    "returns",
    "increase",
    "share",
    "shares",
    "view",
    "views",
    "block",
    "group",
    "place",
    "places",
    "sign",
    "signs",
    "name",
    "names",
    "head",
    "heads",
    "lead",
    "leads",
    "drive",
    "march",
    "raid",
    "raids",
    "arms",
    "arm",
    "ship",
    "ships",
    "guard",
    "guards",
    "station",
    "stations",
    "post",
    "posts",
    "base",
    "bases",
    "stage",
    "host",
    "hosts",
    "run",
    "runs",
    "look",
    "show",
    "shows",
    "say",
    "need",
    "needs",
    "hope",
    "hopes",
    "fear",
    "fears",
    "doubt",
    "doubts",
    "question",
    "questions",
    "study",
    "studies",
    "fight",
    "fights",
    "deal",
    "deals",
    "cut",
    "cuts",
    "rise",
    "fall",
    "drop",
    "study",
    "back",
    "second",
    "level",
    "round",
    "mass",
    "meeting",
    "building",
    "saving",
    "project",
    "projects",
    "level",
    "mark",
    "marks",
    "note",
    "notes",
    "target",
    "targets",
    "phone",
    "tables",
    "table",
    "cost",
    "costs",
    "fund",
    "funds",
    "mine",
    "mines",
    "pay",
    "train",
    "trains",
    "free",
    "open",
    "clear",
    "close",
    "warrant",
    "bill",
    "bills",
    "promise",
    "promises",
    "blame",
    "praise",
    "appeal",
    "appeals",
    "tour",
    "process",
    "dispute",
    "disputes",
    "conduct",
    "address",
    "sentence",
    "sentences",
    "seat",
    "seats",
    "document",
    "documents",
];
