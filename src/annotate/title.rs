//! The words for offices: where a title stands in a text, and what office it names.
//!
//! This is the lexicon with its small noun-phrase grammar; who holds an office is decided in [`super::official`].

use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

use foldhash::HashMap;

use super::draft::{Token, TokenKind};
use crate::model::{Country, Gender, Igo, Polity};

/// The title lexicon, indexed by the first word of each phrase.
#[derive(Debug, Default)]
pub struct Titles {
    phrases: HashMap<Cow<'static, str>, Vec<Phrase>>,
}

/// What a word or phrase of the lexicon is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WordClass {
    /// Names an office: "prime minister".
    Head,
    /// Stands before a name and names no office: "Mr".
    Honorific,
    /// Stands before a head: "former".
    Modifier(Modifier),
    /// A field of government: "foreign".
    Portfolio,
    /// A common noun for a body: "ministry", "army".
    Body,
    /// A common noun for a body whose offices are not public: "company", "team".
    PrivateBody,
    /// A common noun for a place: "city", "province".
    Place,
}

/// What a modifier says of the office.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Modifier {
    /// former, ex-
    Former,
    /// then-
    Then,
    /// acting, interim, caretaker
    Acting,
    /// outgoing
    Outgoing,
    /// incoming
    Incoming,
    /// -elect, -designate
    Elect,
    /// deputy, vice
    Deputy,
    /// Part of the title: "chief", "regional".
    Rank,
    /// Says something of the person only: "embattled". Not part of the title.
    Comment,
}

/// An office as the lexicon describes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Office {
    /// Normalised: `head-of-state`, `foreign-minister`, `spokesperson` …
    pub code: &'static str,
    /// The kind of body: `state`, `government`, `party`, `company` …
    pub body: &'static str,
    /// An office only when a body or a country is named with it ("head", "chief", "director").
    pub weak: bool,
    /// Borderline: clergy below the Pope.
    pub optional: bool,
    /// No public office at all: "professor", "chief executive officer".
    pub private: bool,
    /// The only country or organisation that has such an office: "Taoiseach".
    pub at: Option<Polity>,
    /// What the word tells of its holder ("spokeswoman").
    pub gender: Option<Gender>,
}

/// A title found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TitlePhrase {
    /// The whole phrase, as token indices: "former deputy foreign ministers", "Minister of Defence".
    pub tokens: Range<usize>,
    /// The part that names the office: "ministers", "Minister".
    pub head: Range<usize>,
    /// Which office.
    pub office: Office,
    /// Whether the head is in the plural.
    pub plural: bool,
    /// The modifiers before the head (and "-elect" after it), in order.
    pub modifiers: Vec<Modifier>,
}

#[derive(Debug, Clone)]
struct Phrase {
    words: Vec<String>,
    class: WordClass,
    office: Office,
    plural: bool,
    /// Matched as written, capitals included.
    exact: bool,
    /// Needs a capital.
    capital: bool,
    /// A plural or other form that no line of the lexicon spells in lower case.
    derived: bool,
}

impl TitlePhrase {
    /// Whether the text says that the office is held no longer.
    pub fn former(&self) -> bool {
        self.modifiers.iter().any(|modifier| matches!(modifier, Modifier::Former | Modifier::Then))
    }

    /// Whether it is the office of a deputy.
    pub fn deputy(&self) -> bool {
        self.modifiers.contains(&Modifier::Deputy)
    }
}

/// How many words of modifiers and portfolios may stand before a head.
const MAX_BEFORE_HEAD: usize = 10;

impl Titles {
    /// The lexicon that comes with the program.
    pub fn builtin() -> &'static Titles {
        static BUILTIN: LazyLock<Titles> =
            LazyLock::new(|| Titles::parse(include_str!("../../assets/lexicon/titles.tsv")));
        &BUILTIN
    }

    fn parse(table: &'static str) -> Titles {
        let mut titles = Titles::default();
        for line in table.lines().filter(|line| !line.starts_with('#')) {
            let mut columns = line.split('\t');
            let (Some(written), Some(class), Some(code), Some(body), Some(flags)) =
                (columns.next(), columns.next(), columns.next(), columns.next(), columns.next())
            else {
                continue;
            };
            let flag = |name: &str| flags.split(',').any(|flag| flag == name);
            let class = match class {
                "head" => WordClass::Head,
                "honorific" => WordClass::Honorific,
                "portfolio" => WordClass::Portfolio,
                "body" => WordClass::Body,
                "private-body" => WordClass::PrivateBody,
                "place" => WordClass::Place,
                "modifier" => WordClass::Modifier(modifier(flags)),
                _ => continue,
            };
            let gender = match () {
                () if flag("male") => Some(Gender::Male),
                () if flag("female") => Some(Gender::Female),
                () => None,
            };
            let office = Office {
                code,
                body,
                weak: flag("weak"),
                optional: flag("optional"),
                private: flag("private"),
                at: flags.split(',').find_map(|flag| flag.strip_prefix("at:")).and_then(polity),
                gender,
            };
            let words = words_of(written);
            let phrase = Phrase {
                class,
                office,
                plural: false,
                exact: flag("cap"),
                capital: flag("capital") || class == WordClass::Honorific,
                derived: false,
                words,
            };
            if class == WordClass::Head {
                for words in plurals(&phrase.words, phrase.exact) {
                    if let Some(first) = words.first().cloned() {
                        let plural = Phrase { words, plural: true, derived: true, ..phrase.clone() };
                        titles.phrases.entry(first.to_lowercase().into()).or_default().push(plural);
                    }
                }
            }
            // A capital only stands in the first word of phrases matched as written; those go with the derived ones.
            match written.split([' ', '-']).next() {
                Some(first) if !phrase.exact && phrase.words.first().is_some_and(|word| word == first) => {
                    titles.phrases.entry(first.into()).or_default().push(phrase);
                }
                _ => {
                    if let Some(first) = phrase.words.first() {
                        let derived = Phrase { derived: true, ..phrase.clone() };
                        titles.phrases.entry(first.to_lowercase().into()).or_default().push(derived);
                    }
                }
            }
        }
        for list in titles.phrases.values_mut() {
            list.sort_by_key(|phrase| (phrase.derived, std::cmp::Reverse(phrase.words.len())));
        }
        titles
    }

    /// The title that begins at token `at` and is longest: modifiers, portfolios, head, "of" with portfolios, "-elect".
    ///
    /// Names of countries and bodies are no part of it: of "US Senate Minority Leader" it is the last two words.
    pub fn phrase_at(&self, tokens: &[Token], at: usize) -> Option<TitlePhrase> {
        let mut modifiers = Vec::new();
        let mut next = at;
        // Only fields of government are coordinated: "trade and industry minister", not "election and president".
        let mut joined = false;
        // The head may begin at any word of the run of modifiers and portfolios ("general" is both): the last wins.
        let mut best: Option<TitlePhrase> = None;
        while next < tokens.len() && next - at <= MAX_BEFORE_HEAD {
            let here = self.beginning_at(tokens, next);
            if let Some((end, head)) = longest_of(here, tokens, next, |class| class == WordClass::Head)
                && (!joined || matches!(head.office.body, "government" | "igo"))
            {
                let tokens_end = after_head(self, tokens, end, &head.office);
                best = Some(TitlePhrase {
                    tokens: at..tokens_end,
                    head: next..end,
                    office: head.office,
                    plural: head.plural,
                    modifiers: modifiers.clone(),
                });
            }
            let before = |class| matches!(class, WordClass::Modifier(_) | WordClass::Portfolio);
            let Some((end, word)) = longest_of(here, tokens, next, before) else { break };
            if let WordClass::Modifier(modifier) = word.class {
                modifiers.push(modifier);
            }
            // A modifier or portfolio inside the head found so far, or past it, cannot be followed by a better one.
            if best.as_ref().is_some_and(|phrase| end <= phrase.head.end && phrase.head.len() > 1) {
                break;
            }
            next = end;
            match tokens.get(next) {
                Some(token) if matches!(&*token.lower, "and" | "&" | "," | "/") => {
                    if word.class != WordClass::Portfolio {
                        break;
                    }
                    joined = true;
                    next += 1;
                }
                Some(token) if is_hyphen(token) => next += 1,
                _ => {}
            }
        }
        let mut phrase = best?;
        // "President-elect"
        if let [hyphen, elect, ..] = tokens.get(phrase.tokens.end..).unwrap_or_default()
            && (is_hyphen(hyphen) || hyphen.is("elect") || hyphen.is("designate"))
        {
            let (word, end) = match is_hyphen(hyphen) {
                true => (elect, phrase.tokens.end + 2),
                false => (hyphen, phrase.tokens.end + 1),
            };
            if matches!(&*word.lower, "elect" | "designate") {
                phrase.modifiers.push(Modifier::Elect);
                phrase.tokens.end = end;
            }
        }
        Some(phrase)
    }

    /// The end of the honorific that begins at token `at` ("Mr.", "His Excellency"), and the gender it tells.
    pub fn honorific_at(&self, tokens: &[Token], at: usize) -> Option<(usize, Option<Gender>)> {
        let (end, phrase) = self.longest(tokens, at, |class| class == WordClass::Honorific)?;
        Some((end, phrase.office.gender))
    }

    /// The end of the modifier that begins at token `at`, and what it says.
    pub fn modifier_at(&self, tokens: &[Token], at: usize) -> Option<(usize, Modifier)> {
        let (end, phrase) = self.longest(tokens, at, |class| matches!(class, WordClass::Modifier(_)))?;
        match phrase.class {
            WordClass::Modifier(modifier) => Some((end, modifier)),
            _ => None,
        }
    }

    /// The end of the common noun for a body or a place that begins at token `at` ("coast guard", "city"), and which of
    /// [`WordClass::Body`], [`WordClass::PrivateBody`] and [`WordClass::Place`] it is.
    pub fn body_at(&self, tokens: &[Token], at: usize) -> Option<(usize, WordClass)> {
        let wanted = |class| matches!(class, WordClass::Body | WordClass::PrivateBody | WordClass::Place);
        self.longest(tokens, at, wanted).map(|(end, phrase)| (end, phrase.class))
    }

    /// The only country that has a body called like the common noun at token `at`: "State Department".
    pub fn body_polity(&self, tokens: &[Token], at: usize) -> Option<Polity> {
        self.longest(tokens, at, |class| class == WordClass::Body)?.1.office.at
    }

    /// The end of the words at token `at` that may stand in the name of an office or body: a modifier, portfolio,
    /// body or place.
    pub fn qualifies(&self, tokens: &[Token], at: usize) -> Option<usize> {
        let wanted = |class| !matches!(class, WordClass::Head | WordClass::Honorific);
        self.longest(tokens, at, wanted).map(|(end, _)| end)
    }

    /// Whether the word, in lower case, is a common noun for a public body ("council") by itself.
    pub fn is_public_body(&self, word: &str) -> bool {
        self.phrases.get(word).is_some_and(|list| {
            list.iter().any(|one| !one.derived && one.class == WordClass::Body && one.words.len() == 1)
        })
    }

    /// The office that a head noun names by itself ("minister", "spokeswoman"), in any case, singular or plural.
    pub fn office_of(&self, noun: &str) -> Option<Office> {
        let noun = noun.to_lowercase();
        let mut found = self.phrases.get(noun.as_str())?.iter();
        found.find(|phrase| phrase.class == WordClass::Head && phrase.words.len() == 1).map(|phrase| phrase.office)
    }

    /// Whether a phrase of the lexicon begins with this word, in lower case.
    pub fn begins(&self, word: &str) -> bool {
        self.phrases.contains_key(word)
    }

    /// The longest phrase of a wanted class at token `at`, with the index after it.
    fn longest(&self, tokens: &[Token], at: usize, wanted: impl Fn(WordClass) -> bool) -> Option<(usize, &Phrase)> {
        longest_of(self.beginning_at(tokens, at), tokens, at, wanted)
    }

    /// The phrases whose first word is token `at`.
    fn beginning_at(&self, tokens: &[Token], at: usize) -> &[Phrase] {
        let first = tokens.get(at).filter(|token| token.kind == TokenKind::Word);
        first.and_then(|first| self.phrases.get(&*first.lower)).map_or(&[], Vec::as_slice)
    }
}

/// The longest phrase of `list` of a wanted class at token `at`, with the index after it.
fn longest_of<'t>(
    list: &'t [Phrase],
    tokens: &[Token],
    at: usize,
    wanted: impl Fn(WordClass) -> bool,
) -> Option<(usize, &'t Phrase)> {
    list.iter()
        .filter(|phrase| wanted(phrase.class))
        .filter_map(|phrase| Some((phrase.end_in(tokens, at)?, phrase)))
        .max_by_key(|(end, _)| *end)
}

impl Phrase {
    /// The index after the phrase if it stands at token `at`.
    fn end_in(&self, tokens: &[Token], at: usize) -> Option<usize> {
        let mut next = at;
        for (index, word) in self.words.iter().enumerate() {
            if index > 0 && tokens.get(next).is_some_and(is_hyphen) {
                next += 1;
            }
            let token = tokens.get(next)?;
            let same = match self.exact {
                true => token.text.trim_end_matches('.') == word.trim_end_matches('.'),
                false => token.lower == *word,
            };
            if !same || (index == 0 && self.capital && !token.is_capitalised()) {
                return None;
            }
            next += 1;
        }
        Some(next)
    }
}

fn polity(code: &'static str) -> Option<Polity> {
    match code {
        "UN" | "EU" | "NATO" => Some(Polity::Igo(Igo(code))),
        _ => Country::new(code).map(Polity::Country),
    }
}

fn modifier(flags: &str) -> Modifier {
    match flags {
        "former" => Modifier::Former,
        "then" => Modifier::Then,
        "acting" => Modifier::Acting,
        "outgoing" => Modifier::Outgoing,
        "incoming" => Modifier::Incoming,
        "elect" => Modifier::Elect,
        "deputy" => Modifier::Deputy,
        "drop" => Modifier::Comment,
        _ => Modifier::Rank,
    }
}

pub(super) fn is_hyphen(token: &Token) -> bool {
    matches!(token.text, "-" | "‐" | "‑" | "–")
}

/// "Minister of Defence", "Minister for Women and Equalities": the index after the portfolios, else `end`.
fn after_head(titles: &Titles, tokens: &[Token], end: usize, office: &Office) -> usize {
    if office.body != "government" || !tokens.get(end).is_some_and(|token| token.is("of") || token.is("for")) {
        return end;
    }
    let mut next = end + 1;
    let mut found = end;
    for _ in 0..MAX_BEFORE_HEAD {
        if tokens.get(next).is_some_and(|token| token.is("the")) {
            next += 1;
        }
        let Some((after, _)) = titles.longest(tokens, next, |class| class == WordClass::Portfolio) else { break };
        (found, next) = (after, after);
        while tokens.get(next).is_some_and(|token| matches!(&*token.lower, "," | "and" | "&")) {
            next += 1;
        }
    }
    found
}

/// The words of a phrase as tokens see them: hyphens part words, the possessive ending is a word.
pub(super) fn words_of(phrase: &str) -> Vec<String> {
    let mut words = Vec::new();
    for word in phrase.split([' ', '-']).filter(|word| !word.is_empty()) {
        let word = word.replace('’', "'");
        match word.strip_suffix("'s") {
            Some(noun) => words.extend([noun.to_owned(), "'s".to_owned()]),
            None => match word.strip_suffix('\'') {
                Some(noun) => words.extend([noun.to_owned(), "'".to_owned()]),
                None => words.push(word),
            },
        }
    }
    words
}

/// The plurals of a phrase: of its last word, and of the noun before "of", "general" and the like.
pub(super) fn plurals(words: &[String], exact: bool) -> Vec<Vec<String>> {
    let after_noun = |word: &str| {
        matches!(word, "of" | "for" | "to" | "in" | "at" | "without" | "general" | "emeritus" | "designate")
    };
    let noun = words.iter().position(|word| after_noun(word)).unwrap_or(words.len());
    let Some(noun) = noun.checked_sub(1) else { return Vec::new() };
    let mut found = Vec::new();
    let mut nouns = vec![noun];
    if words.last().is_some_and(|word| word == "general") {
        nouns.push(words.len() - 1);
    }
    for noun in nouns {
        for plural in words.get(noun).map(|word| plural_of(word, exact)).unwrap_or_default() {
            let mut words = words.to_vec();
            words[noun] = plural;
            found.push(words);
        }
    }
    found
}

fn plural_of(noun: &str, exact: bool) -> Vec<String> {
    if let Some(stem) = noun.strip_suffix('.') {
        return vec![format!("{stem}s.")];
    }
    if let Some(stem) = noun.strip_suffix("man") {
        return vec![format!("{stem}men")];
    }
    if let Some(stem) = noun.strip_suffix("person") {
        return vec![format!("{stem}persons"), format!("{stem}people")];
    }
    match noun.strip_suffix('y') {
        Some(stem) if !exact && !stem.ends_with(['a', 'e', 'o']) => vec![format!("{stem}ies")],
        _ if noun.ends_with(['s', 'x']) || noun.ends_with("ch") => vec![format!("{noun}es")],
        _ => vec![format!("{noun}s")],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::segment::segment;
    use crate::model::{Block, BlockKind, Doc};
    use crate::text::{Span, clean};

    /// The longest title phrase in `text`, its head in brackets, with the office.
    fn title(text: &str) -> Option<(String, String, &'static str)> {
        let block = Block { span: Span::new(0, text.len()), kind: BlockKind::Paragraph };
        let doc = Doc { text: clean(text).text, blocks: vec![block], ..Doc::default() };
        let tokens = segment(&doc).tokens;
        let titles = Titles::builtin();
        let phrase = (0..tokens.len()).find_map(|at| titles.phrase_at(&tokens, at))?;
        let words = |range: Range<usize>| {
            let tokens = &tokens[range];
            Span::new(tokens[0].span.start, tokens[tokens.len() - 1].span.end).of(text).to_owned()
        };
        Some((words(phrase.tokens.clone()), words(phrase.head.clone()), phrase.office.code))
    }

    fn is_title(text: &str, phrase: &str, head: &str, office: &str) {
        let (found, found_head, code) = title(text).unwrap_or_else(|| panic!("no title in {text:?}"));
        assert_eq!((&*found, &*found_head, code), (phrase, head, office), "{text}");
    }

    #[test]
    fn heads_take_their_modifiers_and_portfolios_with_them() {
        is_title("Iranian Foreign Minister Ada Obi", "Foreign Minister", "Foreign Minister", "foreign-minister");
        is_title(
            "the former deputy interior ministers",
            "former deputy interior ministers",
            "interior ministers",
            "interior-minister",
        );
        is_title(
            "Minister of Agriculture, Land and Food Ada Obi",
            "Minister of Agriculture, Land and Food",
            "Minister",
            "minister",
        );
        is_title("Lt. Gen. Ada Obi", "Lt. Gen.", "Lt. Gen.", "military-rank");
        is_title("US trade and industry secretary Obi", "trade and industry secretary", "secretary", "minister");
        is_title("Attorney General Obi", "Attorney General", "Attorney General", "justice-minister");
        is_title("the two presidents-elect", "presidents-elect", "presidents", "head-of-state");
        is_title("then-prime-minister Obi", "then-prime-minister", "prime-minister", "head-of-government");
        is_title(
            "Secretaries-General past and present",
            "Secretaries-General",
            "Secretaries-General",
            "secretary-general",
        );
        is_title("a vice-president", "vice-president", "vice-president", "deputy-head-of-state");
    }

    #[test]
    fn abbreviations_count_only_as_written() {
        assert_eq!(title("at 8 pm on the gen"), None);
        is_title("PM Obi", "PM", "PM", "head-of-government");
        is_title("two MPs resigned", "MPs", "MPs", "legislator");
    }

    #[test]
    fn modifiers_tell_former_and_deputy() {
        let block = |text: &str| Block { span: Span::new(0, text.len()), kind: BlockKind::Paragraph };
        for (text, former, deputy) in
            [("ex-deputy mayor Obi", true, true), ("mayor Obi", false, false), ("then Vice Mayor Obi", true, false)]
        {
            let doc = Doc { text: clean(text).text, blocks: vec![block(text)], ..Doc::default() };
            let tokens = segment(&doc).tokens;
            let phrase = Titles::builtin().phrase_at(&tokens, 0);
            assert_eq!(phrase.map(|phrase| (phrase.former(), phrase.deputy())), Some((former, deputy)), "{text}");
        }
    }

    #[test]
    fn every_line_of_the_lexicon_is_well_formed_and_single() {
        let mut seen = std::collections::HashSet::new();
        for line in include_str!("../../assets/lexicon/titles.tsv").lines().filter(|line| !line.starts_with('#')) {
            let columns: Vec<&str> = line.split('\t').collect();
            assert_eq!(columns.len(), 5, "{line}");
            assert!(
                ["head", "honorific", "modifier", "portfolio", "body", "private-body", "place"].contains(&columns[1]),
                "{line}"
            );
            assert!(columns[4].contains("cap") || columns[0] == columns[0].to_lowercase(), "{line}");
            assert!(seen.insert((columns[0], columns[1])), "{line}");
        }
    }
}
