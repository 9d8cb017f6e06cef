//! Whom "he" and "she" stand for.
//!
//! The text is read once, from its start. Everybody named, every role that stands for somebody and every pronoun resolved
//! before is a candidate; candidates are weighed by what centering theory and the salience counts of Lappin and Leass
//! (1994) weigh: how near they are, whether they are the subject, an object or only an owner, whether they were speaking,
//! how often they were mentioned, and whether their gender is known to fit. The weights are round numbers set by hand.

use foldhash::HashMap;

use super::cue;
use super::draft::{Draft, Token, TokenKind, run_at};
use super::official::Holders;
use super::quotation::words::{
    is_adverb, is_auxiliary, is_clause_opener, is_determiner, is_preposition, is_verb_like,
};
use super::title::Titles;
use crate::model::{EntityIx, EntityKind, Gender, Quotation};
use crate::text::Span;

/// How many paragraphs back an antecedent is looked for.
const PARAGRAPHS_BACK: usize = 6;

/// How many sentences back, where paragraphs are long.
const SENTENCES_BACK: usize = 30;

/// A pronoun that stands for somebody.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reference {
    /// The pronoun.
    pub span: Span,
    /// For whom.
    pub entity: EntityIx,
    /// The words it takes up: a name, a role or another pronoun.
    pub antecedent: Span,
    /// How sure, 0 to 1.
    pub confidence: f32,
}

/// The gender that a third-person singular pronoun tells.
pub fn gender(token: &Token<'_>) -> Option<Gender> {
    match token.lower.as_ref() {
        "he" | "him" | "his" | "himself" => Some(Gender::Male),
        "she" | "her" | "hers" | "herself" => Some(Gender::Female),
        _ => None,
    }
}

/// The pronouns of `draft` outside of quotation marks that stand for a person named in it, in text order. Where the
/// speakers of `quotations` are named is read, not who they are.
pub fn references(draft: &Draft<'_>, quotations: &[Quotation], holders: &Holders<'_, '_>) -> Vec<Reference> {
    let mut reader = Reader::new(draft, quotations);
    let mut referents = reader.names();
    referents.extend(reader.roles(quotations, holders));
    referents.sort_by_key(|referent| referent.span.start);
    let mut referents = referents.into_iter().peekable();
    let mut references = Vec::new();
    for (at, token) in draft.tokens.iter().enumerate() {
        while let Some(referent) = referents.next_if(|referent| referent.span.start < token.span.start) {
            reader.meet(referent);
        }
        // A part of a name stands for nobody.
        let free = !draft.is_marked(token.span.start) && draft.mention_at(token.span.start).is_none();
        let Some(gender) = gender(token).filter(|_| free) else { continue };
        let Some(reference) = reader.resolve(at, gender) else { continue };
        references.push(reference);
        let place = reader.place(at, at + 1);
        let place = if matches!(token.lower.as_ref(), "his" | "her" | "hers") { Place::Owner } else { place };
        reader.meet(reader.referent(reference.span, reference.entity, place));
        reader.leanings[reference.entity] += 0.5 * VOTE * sign(gender);
    }
    references
}

/// Where in its clause somebody stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Subject,
    Object,
    /// "Obi’s", "his"
    Owner,
    /// "the Obi campaign"
    Modifier,
}

/// Somebody mentioned.
#[derive(Debug, Clone, Copy)]
struct Referent {
    span: Span,
    entity: EntityIx,
    place: Place,
    /// Sentences of the writer's before it.
    told: usize,
    paragraph: usize,
    /// As the source of a quotation.
    speaks: bool,
    /// Between quotation marks: the speaker's words, not the writer's.
    marked: bool,
}

struct Reader<'a> {
    draft: &'a Draft<'a>,
    /// Where speakers are named, in text order.
    sources: Vec<Span>,
    /// What speaks for each entity being a man (above zero) or a woman (below).
    leanings: Vec<f32>,
    /// How often each entity has been met.
    met: Vec<u32>,
    /// Who was met, in text order.
    referents: Vec<Referent>,
    /// For each sentence, how many before it are not wholly between quotation marks.
    told: Vec<usize>,
}

impl<'a> Reader<'a> {
    fn new(draft: &'a Draft<'a>, quotations: &[Quotation]) -> Self {
        let mut sources: Vec<Span> = quotations.iter().filter_map(|quotation| quotation.source).collect();
        sources.sort_by_key(|source| source.start);
        Reader {
            draft,
            sources,
            leanings: leanings(draft),
            met: vec![0; draft.entities.len()],
            referents: Vec::new(),
            told: draft
                .sentences
                .iter()
                .scan(0, |told, sentence| {
                    let before = *told;
                    let run = run_at(&draft.marked, sentence.span.start);
                    *told += usize::from(run.is_none_or(|run| run.span.end + 1 < sentence.span.end));
                    Some(before)
                })
                .collect(),
        }
    }

    fn meet(&mut self, referent: Referent) {
        self.met[referent.entity] += 1;
        self.referents.push(referent);
    }

    fn names(&self) -> Vec<Referent> {
        let people = self.draft.mentions.iter().filter(|mention| self.is_person(mention.entity));
        people
            .map(|mention| {
                let tokens = self.draft.tokens_in(mention.span);
                self.referent(mention.span, mention.entity, self.place(tokens.start, tokens.end))
            })
            .collect()
    }

    /// Roles that stand for somebody: those of speakers, and those that sentences begin with ("The minister, who …").
    fn roles(&self, quotations: &[Quotation], holders: &Holders<'_, '_>) -> Vec<Referent> {
        let titles = Titles::builtin();
        let subjects = self.draft.sentences.iter().filter_map(|sentence| {
            let tokens = sentence.tokens.clone();
            let start = tokens.clone().take(8).find(|&at| self.draft.tokens[at].is("the"))?;
            let mut phrases =
                (start + 1..tokens.end.min(start + 5)).filter_map(|at| titles.phrase_at(&self.draft.tokens, at));
            Some(start..phrases.next()?.tokens.end)
        });
        let sources = quotations.iter().filter_map(|quotation| Some(self.draft.tokens_in(quotation.source?)));
        let sources = sources.filter(|tokens| tokens.len() > 1 && self.draft.tokens[tokens.start].is("the"));
        let mut found: HashMap<usize, Referent> = HashMap::default();
        for tokens in sources.chain(subjects) {
            let span = self.draft.span_of(tokens.clone());
            if self.draft.mentions_in(span).iter().any(|mention| self.is_person(mention.entity)) {
                continue;
            }
            if let Some(holder) = holders.holder(tokens) {
                found.entry(span.start).or_insert_with(|| self.referent(span, holder, Place::Subject));
            }
        }
        found.into_values().collect()
    }

    fn is_person(&self, entity: EntityIx) -> bool {
        self.draft.entity(entity).is_some_and(|entity| entity.kind == EntityKind::Person)
    }

    fn referent(&self, span: Span, entity: EntityIx, place: Place) -> Referent {
        let sentence = self.draft.tokens.get(self.draft.token_from(span.start)).map_or(0, |token| token.sentence);
        let next = self.sources.partition_point(|source| source.start <= span.start);
        let speaks = next.checked_sub(1).is_some_and(|before| self.sources[before].covers(span));
        Referent {
            span,
            entity,
            place,
            told: self.told[sentence],
            paragraph: self.draft.sentences.get(sentence).map_or(0, |sentence| sentence.paragraph),
            speaks,
            marked: self.draft.is_marked(span.start),
        }
    }

    /// The place of the tokens from `start` to `end` in their clause, by the words beside them.
    fn place(&self, start: usize, end: usize) -> Place {
        let tokens = &self.draft.tokens;
        if let Some(next) = tokens.get(end) {
            if next.kind == TokenKind::Possessive {
                return Place::Owner;
            }
            if self.is_noun_after_name(end) {
                return Place::Modifier;
            }
        }
        // Back over the title and what else may stand before a name.
        let sentence = tokens.get(start).map_or(0, |token| self.draft.sentences[token.sentence].tokens.start);
        for at in (sentence..start).rev().take(6) {
            let token = &tokens[at];
            if is_preposition(token) || is_verb_like(token) || is_auxiliary(token) || cue::verb(token).is_some() {
                return Place::Object;
            }
            if token.kind == TokenKind::Punctuation && token.text != "-" || is_clause_opener(token) {
                break;
            }
        }
        Place::Subject
    }

    /// Whether the token after a name is a noun that the name modifies.
    fn is_noun_after_name(&self, at: usize) -> bool {
        let token = &self.draft.tokens[at];
        let joined = at > 0 && self.draft.tokens[at - 1].sentence == token.sentence;
        let other = is_verb_like(token)
            || is_auxiliary(token)
            || is_preposition(token)
            || is_determiner(token)
            || is_adverb(token)
            || is_clause_opener(token)
            || gender(token).is_some()
            || cue::verb(token).is_some()
            || token.lower.ends_with("ly")
            || token.lower.ends_with("ing")
            || matches!(
                token.lower.as_ref(),
                "and" | "or" | "but" | "who" | "whose" | "whom" | "which" | "not" | "also"
            );
        // A verb in the present tense and a plural noun look the same: only what no verb ends in counts.
        let noun = token.is_capitalised() || !token.lower.ends_with('s');
        joined && token.kind == TokenKind::Word && !other && noun && self.draft.mention_at(token.span.start).is_none()
    }

    fn resolve(&self, at: usize, gender: Gender) -> Option<Reference> {
        let token = self.draft.tokens.get(at)?;
        let here = self.told[token.sentence];
        let paragraph = self.draft.sentences.get(token.sentence)?.paragraph;
        let near = |referent: &&Referent| {
            here - referent.told <= SENTENCES_BACK && paragraph - referent.paragraph <= PARAGRAPHS_BACK
        };
        let mut best: HashMap<EntityIx, (f32, Span)> = HashMap::default();
        for referent in self.referents.iter().rev().take_while(near) {
            let fits = sign(gender) * self.leanings[referent.entity];
            if fits <= -KNOWN / 2.0 {
                continue;
            }
            let weight = self.weight(referent, here, paragraph) + fits.clamp(-VOTES, VOTES);
            let entry = best.entry(referent.entity).or_insert((weight, referent.span));
            if weight > entry.0 {
                *entry = (weight, referent.span);
            }
        }
        let mut ranked: Vec<(f32, EntityIx, Span)> = best
            .into_iter()
            .map(|(entity, (weight, span))| (weight + OFTEN * (self.met[entity] as f32).ln(), entity, span))
            .collect();
        ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(b.2.start.cmp(&a.2.start)));
        let (weight, entity, antecedent) = *ranked.first()?;
        let margin = ranked.get(1).map_or(3.0, |second| weight - second.0);
        let confidence = 1.0 / (1.0 + (-0.4 - 1.2 * margin).exp());
        Some(Reference { span: token.span, entity, antecedent, confidence })
    }

    fn weight(&self, referent: &Referent, here: usize, paragraph: usize) -> f32 {
        let place = match referent.place {
            Place::Subject => SUBJECT,
            Place::Object => 0.0,
            Place::Owner => OWNER,
            Place::Modifier => MODIFIER,
        };
        let speaks = if referent.speaks { SPEAKS } else { 0.0 };
        let marked = if referent.marked { MARKED } else { 0.0 };
        let sentences = (here - referent.told) as f32;
        let paragraphs = (paragraph - referent.paragraph) as f32;
        place + speaks + marked + SENTENCE * sentences.min(4.0) + PARAGRAPH * paragraphs
    }
}

/// The weights, in one unit: a subject's worth over an object's. Changing any of them by a fifth changes little.
const SUBJECT: f32 = 1.0;
const OWNER: f32 = -0.2;
const MODIFIER: f32 = -1.2;
const SPEAKS: f32 = 0.8;
const MARKED: f32 = -1.8;
/// For each sentence of the writer's between.
const SENTENCE: f32 = -1.0;
const PARAGRAPH: f32 = -0.3;
/// For each e-fold of mentions before.
const OFTEN: f32 = 0.2;

/// What a name or title says of a gender.
const KNOWN: f32 = 100.0;
/// What a pronoun says that seems to take up a name.
const VOTE: f32 = 0.5;
/// All that genders may say for somebody.
const VOTES: f32 = 1.2;

/// Above zero for men.
fn sign(gender: Gender) -> f32 {
    match gender {
        Gender::Male => 1.0,
        Gender::Female => -1.0,
    }
}

/// What speaks for each entity being a man or a woman: its name or title tells, or the pronouns do that follow it in a
/// sentence with nobody else before them.
fn leanings(draft: &Draft<'_>) -> Vec<f32> {
    let told = |gender: Option<Gender>| gender.map_or(0.0, |gender| KNOWN * sign(gender));
    let mut leanings: Vec<f32> = draft.entities.iter().map(|entity| told(entity.gender)).collect();
    let is_person = |entity: EntityIx| draft.entity(entity).is_some_and(|entity| entity.kind == EntityKind::Person);
    for sentence in &draft.sentences {
        let named = draft.mentions_in(sentence.span).iter().filter(|mention| is_person(mention.entity));
        let mut people = named.filter(|mention| !draft.is_marked(mention.span.start));
        let Some(first) = people.next() else { continue };
        let next = people.find(|mention| mention.entity != first.entity);
        let until = next.map_or(sentence.span.end, |next| next.span.start);
        let after = &draft.tokens[draft.tokens_in(Span::new(first.span.end, until))];
        // "Obi told him" speaks of another.
        let mut pronouns = after.iter().filter(|token| !token.is("him") && !draft.is_marked(token.span.start));
        if let Some(gender) = pronouns.find_map(gender) {
            leanings[first.entity] += VOTE * sign(gender);
        }
    }
    leanings
}

#[cfg(test)]
mod tests {
    use crate::annotate::Annotator;
    use crate::model::{Article, Block, BlockKind, Doc, MentionKind};
    use crate::text::{Span, clean};

    /// Each pronoun that is resolved, with whom it stands for.
    fn resolved(text: &str) -> Vec<(String, String)> {
        let mut blocks = Vec::new();
        let mut at = 0;
        for line in text.split('\n') {
            blocks.push(Block { span: Span::new(at, at + line.len()), kind: BlockKind::Paragraph });
            at += line.len() + 1;
        }
        let doc = Doc { text: clean(text).text, blocks, ..Doc::default() };
        let found = Annotator::default().annotate(&Article { doc, ..Article::default() });
        let pronouns = found.mentions.iter().filter(|mention| mention.kind == MentionKind::Pronoun);
        pronouns
            .map(|mention| (mention.span.of(text).to_owned(), found.entities[mention.entity].name.clone()))
            .collect()
    }

    fn who(text: &str) -> Vec<String> {
        resolved(text).into_iter().map(|(_, name)| name).collect()
    }

    #[test]
    fn gender_decides_where_it_is_known() {
        let text = "Mr. Daniel Obi met Ms. Laura Reyes on Monday. She left early, but he stayed.";
        assert_eq!(who(text), ["Laura Reyes", "Daniel Obi"]);
    }

    #[test]
    fn the_subject_comes_before_those_beside_it() {
        let text = "Daniel Obi wrote to Martin Keller on Monday. He asked for more time.";
        assert_eq!(who(text), ["Daniel Obi"]);
        let text = "Daniel Obi's lawyer was out. Martin Keller read the Obi letter. He had no answer.";
        assert_eq!(who(text), ["Martin Keller"]);
    }

    #[test]
    fn one_pronoun_leads_to_the_next() {
        let text = "Daniel Obi left. He took the train. It was late. His office called, and he went back.";
        assert_eq!(who(text), ["Daniel Obi"; 3]);
    }

    #[test]
    fn names_in_somebodys_words_are_not_taken_up() {
        let text = "“Martin Keller was wrong about Peter Stein,” said Daniel Obi.\nHe spoke in the evening.";
        assert_eq!(who(text), ["Daniel Obi"]);
    }

    #[test]
    fn a_long_quotation_lies_between_nobody_and_his_words() {
        let text = "Martin Keller came first. Daniel Obi thanked them all.\n“It was long. It was hard. It was cold. It is \
                    over,” he said.";
        assert_eq!(who(text), ["Daniel Obi"]);
    }

    #[test]
    fn a_role_is_taken_up_like_a_name() {
        let text = "Foreign Minister Daniel Obi flew home. Martin Keller stayed there.\nThe minister called the talks \
                    useful. He will be back.";
        assert_eq!(who(text), ["Daniel Obi"]);
    }

    #[test]
    fn what_follows_a_name_tells_its_gender() {
        let text = "Ife Keller said she was late. Daniel Obi nodded.\nShe sat down.";
        assert_eq!(who(text), ["Ife Keller", "Ife Keller"]);
    }

    #[test]
    fn a_word_within_a_name_is_no_pronoun() {
        assert!(resolved("Ada Obi met Obi-her friends.").is_empty());
    }

    #[test]
    fn pronouns_without_anybody_and_in_quotations_stay_open() {
        assert!(resolved("He said it would rain.").is_empty());
        assert!(resolved("“He knows her,” said Daniel Obi.").is_empty());
    }
}
