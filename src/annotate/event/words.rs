//! Closed classes of English words: determiners, prepositions, auxiliaries and their kin.

use std::sync::LazyLock;

use foldhash::{HashMap, HashSet};

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

const CLOSED: &[(Class, &str)] = &[
    (
        Class::Determiner,
        "the a an this these those some any all both each every no his her its their our my your several many most \
         few another other such more own first last next new recent",
    ),
    (
        Class::Preposition,
        "of in on at by for with from into against between among amid over under near after before during since \
         through across about toward towards upon without within outside inside behind along alongside around despite \
         per via following including regarding beyond off out up down away back like throughout until onto above below \
         than",
    ),
    (Class::Pronoun, "he she it they we i you him them us me himself itself themselves"),
    (
        Class::Adverb,
        "also again once already still now then just ever never even soon today yesterday tonight tomorrow later \
         earlier so too only however meanwhile far long often always thus hence therefore instead together abroad here \
         there ago reportedly allegedly jointly outright yet twice almost nearly formally",
    ),
    (Class::Subordinator, "when as while because if unless whether although though where why how according"),
    (Class::Relative, "who which that whom whose what"),
    (Class::To, "to"),
    (Class::Not, "not"),
    (Class::And, "and or but nor"),
    (Class::Be, "is are was were be been being am"),
    (Class::Have, "has have had having"),
    (Class::Do, "do does did"),
    (Class::Modal, "will would may might can could must should shall ought cannot"),
];

/// Words that are nouns more often than verbs, besides the nouns of the lexicon.
const NOUN_FIRST: &str = "talk visit attack strike protest call vote claim plan demand charge threat request support aid \
    help release report statement state force sanction ban fire test trade ties contact move offer order control trial \
    board house party power rule use work change return increase share view block group place sign name head lead drive \
    march raid arms arm ship guard station post base stage host run look show say need hope fear doubt question study \
    fight deal cut rise fall drop back second level round mass meeting building saving project mark note target phone \
    table cost fund mine pay train free open clear close warrant bill promise blame praise appeal tour process dispute \
    conduct address sentence seat document link position score end start stop result matter interest concern gas \
    measure matter market land water store part point side form cover set leave press challenge abuse murder rape \
    flood crash export import limit exchange transfer balance benefit experience influence access signal patrol shot";

/// Verbs whose participle with "to" tells what is supposed of the noun before it: "people believed to have fled".
pub fn is_of_opinion(lemma: &str) -> bool {
    matches!(
        lemma,
        "believe" | "think" | "allege" | "suspect" | "know" | "expect" | "say" | "understand" | "consider"
    )
}

/// Participles that stand before a noun like an adjective: "the alleged plot".
pub fn is_attributive(lower: &str) -> bool {
    matches!(lower, "alleged" | "proposed")
}

/// Words in -ed that are no verbs.
const NOT_PAST: &str = "hundred indeed need speed seed united breed greed shed sacred naked wicked exceed proceed \
    succeed feed embed concerned armed aged unprecedented alleged limited mohammed ahmed mohamed hamed saeed hundreds";

/// Words before a number: "at least", "up to", "as many as".
const QUANTIFIER: &str =
    "more less fewer than at least most up to as many about around nearly almost over an estimated only some";

/// Nouns that count what follows their "of".
const AMOUNT: &str = "thousands hundreds dozens scores millions tens group groups number majority crowd crowds";

/// Words in -ly that are no adverbs.
const NOT_ADVERB: &str = "deadly friendly unfriendly daily weekly monthly yearly quarterly costly elderly assembly supply \
    family reply rally anomaly monopoly bully lonely lively orderly unruly cowardly scholarly unlikely likely ugly holy";

/// The days, months and other words of time, which stand before or after a participant without being one.
const TIME: &str = "monday tuesday wednesday thursday friday saturday sunday january february march april june july \
    august september october november december week month year weeks months years today yesterday tomorrow tonight hour hours \
    morning afternoon evening night late early earlier later ago days day weekend";

static CLASSES: LazyLock<HashMap<&str, Class>> = LazyLock::new(|| {
    CLOSED.iter().flat_map(|(class, words)| words.split_whitespace().map(|word| (word, *class))).collect()
});

fn set(words: &'static str) -> HashSet<&'static str> {
    words.split_whitespace().collect()
}

static NOUNS: LazyLock<HashSet<&str>> = LazyLock::new(|| set(NOUN_FIRST));
static QUANTIFIERS: LazyLock<HashSet<&str>> = LazyLock::new(|| set(QUANTIFIER));
static AMOUNTS: LazyLock<HashSet<&str>> = LazyLock::new(|| set(AMOUNT));
static NO_ADVERBS: LazyLock<HashSet<&str>> = LazyLock::new(|| set(NOT_ADVERB));
static NO_PASTS: LazyLock<HashSet<&str>> = LazyLock::new(|| set(NOT_PAST));
static TIMES: LazyLock<HashSet<&str>> = LazyLock::new(|| set(TIME));

/// The closed class of a word in lower case, if it is in one.
pub fn closed_class(lower: &str) -> Option<Class> {
    auxiliary(lower).map(|(class, _)| class).or_else(|| CLASSES.get(lower).copied())
}

/// Whether a word is an auxiliary, and whether it carries "n't".
pub fn auxiliary(lower: &str) -> Option<(Class, bool)> {
    let (word, negated) = match lower.strip_suffix("n't") {
        Some("wo") => ("will", true),
        Some("ca") => ("can", true),
        Some(stem) => (stem, true),
        None => (lower, lower == "cannot"),
    };
    let class = CLASSES.get(word).copied()?;
    matches!(class, Class::Be | Class::Have | Class::Do | Class::Modal).then_some((class, negated))
}

/// What a modal verb in lower case says.
pub fn mood_of(lower: &str) -> Mood {
    match lower.strip_suffix("n't").unwrap_or(lower) {
        "may" | "might" | "can" | "could" | "ca" | "cannot" => Mood::Possible,
        "must" | "should" | "ought" => Mood::Duty,
        _ => Mood::Future,
    }
}

/// Whether a word that could be a verb is mostly a noun.
pub fn is_noun_first(lower: &str) -> bool {
    NOUNS.contains(lower) || lower.strip_suffix('s').is_some_and(|stem| NOUNS.contains(stem))
}

/// Whether a word in -ed is no form of a verb.
pub fn is_no_past(lower: &str) -> bool {
    NO_PASTS.contains(lower)
}

/// Whether a word stands before a number that it makes less exact: "more than 1,000", "at least 40".
pub fn is_quantifier(lower: &str) -> bool {
    QUANTIFIERS.contains(lower)
}

/// Whether a noun with "of" counts what follows: "thousands of people".
pub fn is_amount(lower: &str) -> bool {
    AMOUNTS.contains(lower)
}

/// Whether a word in -ly is no adverb.
pub fn is_no_adverb(lower: &str) -> bool {
    NO_ADVERBS.contains(lower)
}

/// Whether a word tells a time.
pub fn is_time_word(lower: &str) -> bool {
    TIMES.contains(lower)
}

/// Whether a noun looks plural (a hint for agreement).
pub fn looks_plural(lower: &str) -> bool {
    (lower.ends_with('s') && !lower.ends_with("ss") && !lower.ends_with("us") && !lower.ends_with("is"))
        || matches!(lower, "people" | "police" | "men" | "women" | "children" | "media")
}
