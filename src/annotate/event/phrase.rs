//! A shallow analysis of one sentence: word classes and verb groups.
//!
//! Words get a class from short closed lists; every other word is a verb where the lexicon knows it as one and its
//! neighbours allow it, else a noun. Not covered: questions and inverted order ("said the minister" is left to the
//! quotation stages), imperatives, verbs that the lexicon does not know and that do not end in -ed, attachment of
//! prepositional phrases, ellipsis, and long-distance relations.

use super::lexicon::{BASE, EventLexicon, Forms, ING, PARTICIPLE, PAST, THIRD};
pub use super::words::{Class, Mood};
use super::words::{
    auxiliary, closed_class, is_attributive, is_no_adverb, is_no_past, is_noun_first, is_of_opinion, is_time_word,
    looks_plural, mood_of,
};
use crate::annotate::draft::{Draft, Sentence, TokenKind};

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
    /// For each token, the group that holds it.
    owners: Vec<Option<usize>>,
    /// In text order.
    pub groups: Vec<VerbGroup>,
}

/// Tokens of a sentence that are analysed; the work on one sentence is more than linear in them.
const LONGEST: usize = 300;

impl Phrases {
    /// Analyses one sentence.
    pub fn new(draft: &Draft<'_>, sentence: &Sentence, lexicon: &EventLexicon) -> Phrases {
        let first = sentence.tokens.start;
        let end = sentence.tokens.end.min(draft.tokens.len()).min(first + LONGEST);
        let classes: Vec<Class> = (first..end).map(|index| classify(draft, index)).collect();
        let owners = vec![None; classes.len()];
        let mut phrases = Phrases { first, end, classes, owners, groups: Vec::new() };
        let heading = draft.paragraphs.get(sentence.paragraph).is_some_and(|paragraph| paragraph.heading);
        let chunker = Chunker { draft, lexicon, heading, title_case: title_case(draft, first, end) };
        let mut at = first;
        while at < end {
            match chunker.group_at(&phrases, at) {
                Some(group) => {
                    at = group.main + 1;
                    if let Some(owners) = phrases.owners.get_mut(group.start - first..(at - first).min(end - first)) {
                        owners.fill(Some(phrases.groups.len()));
                    }
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
        token.checked_sub(self.first).and_then(|at| self.owners.get(at)).copied().flatten()
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
                "-" | "‐" | "‑" | "$" | "£" | "€" | "%" | "/" | "&" => Class::Noun,
                _ => Class::Stop,
            };
        }
        TokenKind::Word => {}
    }
    if is_attributive(lower) {
        // After a name or a noun it is the verb: "Ruritania alleged that".
        let before = index.checked_sub(1).and_then(|at| draft.tokens.get(at));
        let begins = before.is_none_or(|word| {
            let class = closed_class(&word.lower);
            word.kind == TokenKind::Possessive
                || matches!(class, Some(Class::Determiner | Class::Preposition | Class::And))
        });
        return if begins { Class::Determiner } else { Class::Noun };
    }
    match closed_class(lower) {
        Some(class) => class,
        None if lower.ends_with("ly") && lower.len() > 4 && !token.is_capitalised() && !is_no_adverb(lower) => {
            Class::Adverb
        }
        None => Class::Noun,
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

    /// The forms that a word can have as a verb, whatever stands around it.
    fn forms(&self, token: usize) -> Forms {
        let Some(word) = self.draft.tokens.get(token).filter(|word| word.kind == TokenKind::Word) else { return 0 };
        let lower: &str = &word.lower;
        let known = self.lexicon.verb(lower);
        if !known.is_empty() {
            return known.iter().fold(0, |bits, (_, form)| bits | form);
        }
        let past = lower.len() > 4 && lower.ends_with("ed") && !is_no_past(lower) && !lower.ends_with("eed");
        if past { PAST | PARTICIPLE } else { 0 }
    }

    /// The lemmas that a verb can be a form of.
    fn lemmas(&self, token: usize) -> Vec<String> {
        let lower = self.lower(token);
        match self.lexicon.verb(lower) {
            [] => vec![lower.to_owned()],
            known => known.iter().map(|(lemma, _)| lemma.clone()).collect(),
        }
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
                        if self.forms(next) & BASE == 0 || self.is_name(next) {
                            return None;
                        }
                        let negated = (at + 1..next).chain(at.checked_sub(1)).any(|k| phrases.class(k) == Class::Not);
                        Some(VerbGroup {
                            start: at,
                            main: next,
                            lemmas: self.lemmas(next),
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
                // had “unintentionally” shot down
                Class::Quote
                    if at > aux
                        && (phrases.class(at + 1) == Class::Adverb || phrases.class(at - 1) == Class::Adverb) => {}
                // should “get out”
                Class::Quote if phrases.class(last) == Class::Modal && self.forms(at + 1) & BASE != 0 => {}
                Class::Adverb => negated |= lower == "never",
                _ => break,
            }
            at += 1;
            // "no longer", "both criticised"
            if self.lower(at) == "no" && self.lower(at + 1) == "longer" {
                negated = true;
                at += 2;
            } else if self.lower(at) == "both" && self.forms(at + 1) & (PARTICIPLE | ING) != 0 {
                at += 1;
            }
        }
        let before_main = phrases.class(last);
        let bits = if phrases.class(at) == Class::Noun && at < phrases.end { self.forms(at) } else { 0 };
        let fits = match before_main {
            Class::Modal | Class::Do => bits & BASE != 0,
            Class::Have => bits & PARTICIPLE != 0,
            Class::Be => bits & (PARTICIPLE | ING) != 0,
            _ => false,
        } && !self.is_name(at);
        if fits {
            let passive = before_main == Class::Be && bits & PARTICIPLE != 0 && bits & ING == 0;
            return Some(VerbGroup { start, main: at, lemmas: self.lemmas(at), passive, negated, mood, shape });
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
            && self.forms(at + 1) & BASE != 0
        {
            return Some(VerbGroup {
                start,
                main: at + 1,
                lemmas: self.lemmas(at + 1),
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
        let bits = self.forms(at);
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
        // "I never threaten anybody"
        let negated = (before.map_or(phrases.first, |before| before + 1)..at).any(|k| self.lower(k) == "never");
        let group = |shape, passive| {
            Some(VerbGroup {
                start: at,
                main: at,
                lemmas: self.lemmas(at),
                passive,
                negated,
                mood: Mood::Fact,
                shape,
            })
        };
        let left = before.map(|before| phrases.class(before));
        let after_verb = before.is_some_and(|before| {
            phrases
                .groups
                .last()
                .is_some_and(|group| group.main == before && !group.is("be") && !group.is_in(self.lexicon, "say"))
        });
        let next = phrases.after(at).map(|next| phrases.class(next));
        let object = self.object_follows(phrases, at);
        let ambiguous = !self.lexicon.noun_patterns(&word.lower).is_empty() || is_noun_first(&word.lower);
        if bits & ING != 0 {
            return match left {
                Some(Class::Determiner | Class::Possessive | Class::Number) => None,
                Some(Class::Noun) => {
                    // "a landmark hearing Wednesday" against "troops attacking the town".
                    let name =
                        phrases.after(at).is_some_and(|next| self.is_name(next) && !is_time_word(self.lower(next)));
                    let clear = matches!(next, Some(Class::Determiner | Class::Pronoun | Class::Relative));
                    let fits = clear || (!ambiguous && (name || next == Some(Class::Number)));
                    if fits && !self.in_singular_phrase(phrases, at) { group(Shape::Gerund, false) } else { None }
                }
                Some(Class::Preposition) if ambiguous && !object => None,
                None if ambiguous && !object => None,
                _ => group(Shape::Gerund, false),
            };
        }
        match left {
            // "extradite accused criminals", "shelled positions".
            _ if after_verb => return None,
            Some(Class::Determiner | Class::Possessive) => return None,
            Some(Class::Preposition) => {
                // "the troops the group sent in attacked": too rare; after a preposition stands a noun.
                return None;
            }
            Some(Class::To) | Some(Class::Modal) => return None,
            _ => {}
        }
        if bits & (PAST | PARTICIPLE) != 0 && bits & BASE == 0 {
            before?;
            let by = phrases.after(at).is_some_and(|next| {
                // "shortened by one hour" tells by how much.
                // "spoke by telephone" is no passive: that would be "spoken".
                self.lower(next) == "by"
                    && bits & PARTICIPLE != 0
                    && !matches!(phrases.class(next + 1), Class::Number)
                    && !matches!(self.lower(next + 1), "one" | "two" | "three" | "half")
            });
            // "36 people believed to have fled"
            let supposed = next == Some(Class::To)
                && left == Some(Class::Noun)
                && !self.heading
                && self.lemmas(at).iter().any(|lemma| is_of_opinion(lemma));
            if supposed && bits & PARTICIPLE != 0 && !phrases.groups.is_empty() {
                return group(Shape::Reduced, true);
            }
            let coordinated = left == Some(Class::And)
                && phrases.groups.last().is_some_and(|group| group.passive && group.shape == Shape::Finite);
            // "was convicted and found guilty"
            let found_guilty = self.lower(at + 1) == "guilty";
            if bits & PAST == 0 || by || (coordinated && (!object || found_guilty)) {
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
                            || (self.forms(k) & PAST != 0
                                && self.forms(k) & BASE == 0
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
            // "plans to leave"
            let purpose = next == Some(Class::To)
                && phrases.after(at).is_some_and(|to| self.forms(to + 1) & BASE != 0)
                && (self.is_name(before) || phrases.class(before) == Class::Comma);
            let common = phrases.class(before) == Class::Noun && !self.is_name(before);
            if ambiguous || common {
                let name_after = phrases.after(at).is_some_and(|next| self.is_name(next));
                let clear = matches!(next, Some(Class::Determiner | Class::Pronoun | Class::Relative | Class::Quote))
                    || purpose
                    || (name_after && (self.is_name(before) || !ambiguous))
                    || (!ambiguous && matches!(next, Some(Class::Number | Class::Preposition | Class::To)))
                    || (self.heading
                        && (self.is_name(before) || !ambiguous)
                        && next.is_some_and(|n| {
                            !(matches!(n, Class::Comma | Class::Be) || ambiguous && n == Class::Preposition)
                        }));
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
                    // "A dam burst in the hills."
                    || past_too
                        && !ambiguous
                        && next == Some(Class::Preposition)
                        && phrases.after(at).is_none_or(|next| self.lower(next) != "of")
                    || (looks_plural(self.lower(before)) && (object || !ambiguous || next == Some(Class::To)))
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
        if agrees {
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

    /// Whether the noun phrase up to `token` has begun with "a" or "an".
    fn in_singular_phrase(&self, phrases: &Phrases, token: usize) -> bool {
        (token.saturating_sub(4).max(phrases.first)..token)
            .rev()
            .take_while(|&k| matches!(phrases.class(k), Class::Noun | Class::Determiner))
            .any(|k| matches!(self.lower(k), "a" | "an"))
    }

    /// Whether the noun phrase that ends at `token` is two names joined by "and".
    fn coordinated_subject(&self, phrases: &Phrases, token: usize) -> bool {
        (token.saturating_sub(5).max(phrases.first)..token).any(|k| self.lower(k) == "and")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Article, Block, BlockKind};
    use crate::text::{Span, clean};

    /// The verb groups of a sentence: the main verb, with `+` for passive, `!` for negated and the form's first letter.
    fn groups(text: &str) -> Vec<String> {
        let mut article = Article::default();
        article.doc.text = clean(text).text;
        article.doc.blocks = vec![Block { span: Span::new(0, text.len()), kind: BlockKind::Paragraph }];
        let mut draft = Draft::new(&article);
        (draft.entities, draft.mentions, _) = crate::annotate::entity::entities(&draft, None);
        let phrases = Phrases::new(&draft, &draft.sentences[0], EventLexicon::builtin());
        let show = |group: &VerbGroup| {
            let shape = match group.shape {
                Shape::Finite => "f",
                Shape::Infinitive => "i",
                Shape::Gerund => "g",
                Shape::Reduced => "r",
            };
            let passive = if group.passive { "+" } else { "" };
            let negated = if group.negated { "!" } else { "" };
            format!("{}:{shape}{passive}{negated}", draft.tokens[group.main].text)
        };
        phrases.groups.iter().map(show).collect()
    }

    #[test]
    fn nouns_that_could_be_verbs_stay_nouns() {
        assert_eq!(groups("Israeli helicopters and tanks shelled positions near the town."), ["shelled:f"]);
        assert_eq!(groups("Iran issues arrest warrants for 36 people"), ["issues:f"]);
        assert_eq!(groups("Officials announced a suspension of air links with Norway."), ["announced:f"]);
        assert_eq!(groups("The court opened a landmark hearing Wednesday."), ["opened:f"]);
        assert_eq!(groups("They extradite accused criminals."), ["extradite:f"]);
    }
}
