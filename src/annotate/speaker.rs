//! Who a source is: the name it holds, the person behind a pronoun or a role, or somebody the text does not name.

use std::ops::Range;

use super::cue;
use super::draft::{Draft, Token, TokenKind};
use super::official::Holders;
use super::pronoun::Reference;
use super::quotation::words::{is_determiner, is_preposition, is_verb_like};
use super::title::Titles;
use crate::model::{EntityIx, EntityKind, Mention, Quotation, Resolution, Speaker};
use crate::text::Span;

/// How many paragraphs back an antecedent is looked for.
const PARAGRAPHS_BACK: usize = 4;

/// How many quotations back a speaker is looked for.
const RESOLVED_BACK: usize = 60;

/// How many sentences back, where paragraphs are long.
const SENTENCES_BACK: usize = 40;

/// Whom a source stands for, how sure that is, and why.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// Who.
    pub speaker: Speaker,
    /// How sure it is that the source stands for whom it is taken to, 0 to 1; whether it is the source is another question.
    pub confidence: f32,
    /// How it was told.
    pub resolution: Resolution,
    /// The words elsewhere that tell who a pronoun or role is.
    pub antecedent: Option<Span>,
}

impl Found {
    fn new(speaker: Speaker, confidence: f32, resolution: Resolution) -> Self {
        Found { speaker, confidence, resolution, antecedent: None }
    }

    fn unresolved() -> Self {
        Found::new(Speaker::Unknown, 0.0, Resolution::Unresolved)
    }
}

/// The speaker of each quotation, in the order of `quotations`.
pub fn speakers(
    draft: &Draft<'_>,
    quotations: &[Quotation],
    holders: Holders<'_, '_>,
    references: &[Reference],
) -> Vec<Found> {
    let mut resolver = Resolver { draft, holders, references, resolved: Vec::new() };
    for quotation in quotations {
        let found = match quotation.source {
            Some(source) => resolver.source(source),
            None => resolver.left_out(quotation),
        };
        resolver.resolved.push(Resolved {
            at: quotation.source.into_iter().chain(quotation.content.iter().copied()).collect(),
            found,
        });
    }
    resolver.resolved.into_iter().map(|resolved| resolved.found).collect()
}

struct Resolved {
    /// The source and the words, each where it stands.
    at: Vec<Span>,
    found: Found,
}

impl Resolved {
    fn stands_in(&self, span: Span) -> bool {
        self.at.iter().any(|at| span.covers(*at))
    }
}

struct Resolver<'a> {
    draft: &'a Draft<'a>,
    holders: Holders<'a, 'a>,
    /// The pronouns that stand for somebody, in text order.
    references: &'a [Reference],
    resolved: Vec<Resolved>,
}

impl Resolver<'_> {
    fn source(&mut self, source: Span) -> Found {
        let tokens = self.draft.tokens_in(source);
        if let Some(before) = self.before_relative(&tokens) {
            let antecedent = Some(self.draft.span_of(before.clone()));
            let found = self.phrase(before);
            let confidence = found.confidence.min(0.85);
            return Found { antecedent, confidence, resolution: Resolution::Pronoun, ..found };
        }
        if let Some(pronoun) = pronoun(&self.draft.tokens[tokens.clone()]) {
            return self.pronoun(pronoun, source.start);
        }
        self.phrase(tokens)
    }

    /// The words that "who" or "which" goes back to: the noun phrase right before it, with what completes it where it names a
    /// person's office ("the head of the agency, who said").
    fn before_relative(&self, tokens: &Range<usize>) -> Option<Range<usize>> {
        const LONGEST: usize = 14;
        let relative = self.token(tokens.start).filter(|_| tokens.len() == 1)?;
        let is_person = match relative.lower.as_ref() {
            "who" => true,
            "which" => false,
            _ => return None,
        };
        let comma = self.token(tokens.start.checked_sub(1)?)?.text == ",";
        let end = tokens.start - usize::from(comma);
        let belongs = |at: usize| {
            let token = &self.draft.tokens[at];
            let inside =
                token.sentence == relative.sentence && matches!(token.kind, TokenKind::Word | TokenKind::Possessive);
            let completes = is_person && matches!(token.lower.as_ref(), "of" | "for" | "at" | "in");
            let named = self.draft.mention_at(token.span.start).is_some();
            inside && (named || completes || !is_preposition(token) && !is_verb_like(token) && token.lower != "and")
        };
        let least = end.saturating_sub(LONGEST);
        let mut start = (least..end).rev().take_while(|&at| belongs(at)).last()?;
        while start < end && is_preposition(&self.draft.tokens[start]) {
            start += 1;
        }
        (start < end).then_some(start..end)
    }

    /// Whom a noun phrase stands for.
    fn phrase(&self, tokens: Range<usize>) -> Found {
        if let Some(person) = self.named_person(&tokens) {
            return Found::new(Speaker::Entity(person), 0.99, Resolution::Name);
        }
        if let Some(body) = self.named_body(&tokens) {
            return Found::new(Speaker::Entity(body), 0.98, Resolution::Name);
        }
        if let Some(holder) = self.holders.holder(tokens.clone()) {
            let antecedent = self.draft.officials.iter().find(|official| official.entity == holder);
            let antecedent = antecedent.and_then(|official| official.mentions.first().copied());
            return Found { antecedent, ..Found::new(Speaker::Entity(holder), 0.85, Resolution::Role) };
        }
        if let Some((body, named)) = self.body_by_noun(&tokens) {
            return Found { antecedent: Some(named), ..Found::new(Speaker::Entity(body), 0.85, Resolution::Role) };
        }
        if let Some(author) = self.author(&tokens) {
            return Found::new(author, 0.8, Resolution::Context);
        }
        match self.unnamed(&tokens) {
            Speaker::Unknown => Found::unresolved(),
            // Nobody is named who could be mistaken.
            unnamed => Found::new(unnamed, 1.0, Resolution::Unnamed),
        }
    }

    /// "the statement said": whoever spoke last.
    fn author(&self, tokens: &Range<usize>) -> Option<Speaker> {
        let [article, noun] = &self.draft.tokens[tokens.clone()] else { return None };
        let definite = matches!(article.lower.as_ref(), "the" | "this" | "that" | "his" | "her" | "its" | "their");
        let last = || self.resolved.iter().rev().find(|resolved| resolved.found.speaker != Speaker::Unknown);
        (definite && cue::is_utterance(noun)).then(last).flatten().map(|resolved| resolved.found.speaker.clone())
    }

    fn entity_kind(&self, mention: &Mention) -> EntityKind {
        self.draft.entities[mention.entity].kind
    }

    fn token(&self, at: usize) -> Option<&Token<'_>> {
        self.draft.tokens.get(at)
    }

    /// The person named as the head of the phrase: not a possessor ("Obi's lawyer"), not a complement ("a friend of Obi").
    fn named_person(&self, tokens: &Range<usize>) -> Option<EntityIx> {
        let span = self.draft.span_of(tokens.clone());
        let mut piece = tokens.start;
        let mut head: Option<(EntityIx, usize)> = None;
        for mention in
            self.draft.mentions_in(span).iter().filter(|mention| self.entity_kind(mention) == EntityKind::Person)
        {
            let start = self.draft.token_from(mention.span.start);
            let end = self.draft.token_from(mention.span.end);
            let possessor = self.token(end).is_some_and(|next| {
                end < tokens.end && (next.kind == TokenKind::Possessive || matches!(next.text, "'" | "’"))
            });
            if let Some(comma) = (piece..start).rev().find(|&at| self.draft.tokens[at].text == ",") {
                piece = comma + 1;
            }
            // "Obi campaign spokesman Reyes": of names with nothing but nouns between them the last is the head.
            let modifies = |(_, end): (EntityIx, usize)| (end..start).all(|at| self.is_noun_like(at));
            if !possessor && !self.is_complement(piece, start) && head.is_none_or(modifies) {
                head = Some((mention.entity, end));
            }
        }
        head.map(|(entity, _)| entity)
    }

    /// Whether the word at `at` may stand between a noun that modifies another and that noun.
    fn is_noun_like(&self, at: usize) -> bool {
        self.token(at).is_some_and(|token| {
            token.kind == TokenKind::Word
                && !is_preposition(token)
                && !is_verb_like(token)
                && !is_determiner(token)
                && !matches!(token.lower.as_ref(), "and" | "or" | "who" | "whose" | "which" | "that")
        })
    }

    /// Whether the name at `start` completes a noun before it in its piece: "a spokesman for President Obi".
    fn is_complement(&self, piece: usize, start: usize) -> bool {
        let mut at = start;
        let titles = Titles::builtin();
        // Back over the title right before the name.
        while let Some(title) = (at.saturating_sub(6).max(piece)..at).find(|&from| {
            titles.phrase_at(&self.draft.tokens, from).is_some_and(|phrase| phrase.tokens.end == at)
                || titles.honorific_at(&self.draft.tokens, from).is_some_and(|(end, _)| end == at)
        }) {
            at = title;
        }
        at > piece && is_preposition(&self.draft.tokens[at - 1]) && at - 1 > piece
    }

    /// A body, place or people named as the head: "the Kremlin", "Moscow", but not "Russian officials".
    fn named_body(&self, tokens: &Range<usize>) -> Option<EntityIx> {
        let mut first_piece = tokens.clone();
        if let Some(comma) = tokens.clone().find(|&at| {
            self.draft.tokens[at].text == "," && self.draft.mention_at(self.draft.tokens[at].span.start).is_none()
        }) {
            first_piece.end = comma;
        }
        let span = self.draft.span_of(first_piece.clone());
        let mention =
            self.draft.mentions_in(span).last().filter(|mention| self.entity_kind(mention) != EntityKind::Person)?;
        let start = self.draft.token_from(mention.span.start);
        let mut end = self.draft.token_from(mention.span.end);
        // "(UNESCO)" after the name is part of it.
        while end < first_piece.end && matches!(self.draft.tokens[end].text, ")" | "]") {
            end += 1;
        }
        let head = end == first_piece.end
            && !(start > first_piece.start
                && is_preposition(&self.draft.tokens[start - 1])
                && start - 1 > first_piece.start);
        let alias = start > first_piece.start && self.draft.tokens[start - 1].text == "(";
        (head || alias).then_some(mention.entity)
    }

    /// "the party", "the ministry": the body mentioned last whose name ends with the noun.
    fn body_by_noun(&self, tokens: &Range<usize>) -> Option<(EntityIx, Span)> {
        let [article, noun] = &self.draft.tokens[tokens.clone()] else { return None };
        if article.lower != "the" {
            return None;
        }
        let before = self.draft.mentions.partition_point(|mention| mention.span.start < article.span.start);
        self.draft.mentions[..before]
            .iter()
            .rev()
            .take(60)
            .find(|mention| {
                let name = self.draft.entities[mention.entity].name.to_lowercase();
                self.entity_kind(mention) == EntityKind::Org && name.split_whitespace().any(|word| word == noun.lower)
            })
            .map(|mention| (mention.entity, mention.span))
    }

    fn unnamed(&self, tokens: &Range<usize>) -> Speaker {
        let mut start = tokens.start;
        // "No group" is not "group".
        while start + 1 < tokens.end && is_determiner(&self.draft.tokens[start]) && !self.draft.tokens[start].is("no")
        {
            start += 1;
        }
        let words = self.draft.span_of(start..tokens.end).of(self.draft.text);
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        if words.is_empty() { Speaker::Unknown } else { Speaker::Unnamed(words) }
    }

    /// Whom a pronoun at byte `at` stands for.
    fn pronoun(&mut self, pronoun: Pronoun, at: usize) -> Found {
        match pronoun {
            Pronoun::Person => {
                let found = self.references.binary_search_by_key(&at, |reference| reference.span.start);
                found.map_or(Found::unresolved(), |index| {
                    let reference = &self.references[index];
                    let speaker = Speaker::Entity(reference.entity);
                    let antecedent = Some(reference.antecedent);
                    Found { antecedent, ..Found::new(speaker, reference.confidence, Resolution::Pronoun) }
                })
            }
            Pronoun::Group => self.group(at),
        }
    }

    /// Whom "they" or "it" at byte `at` stands for: sentence by sentence backwards, a speaker before other bodies.
    fn group(&self, at: usize) -> Found {
        let Some(here) = self.draft.tokens.get(self.draft.token_from(at)).map(|token| token.sentence) else {
            return Found::unresolved();
        };
        let paragraph = self.draft.sentences[here].paragraph;
        // Names inside quotation marks are the speaker's own words: they count only where nothing else does.
        for marked in [false, true] {
            for (distance, sentence) in (0..=here).rev().take(SENTENCES_BACK).enumerate() {
                if paragraph - self.draft.sentences[sentence].paragraph > PARAGRAPHS_BACK {
                    break;
                }
                let span = self.draft.sentences[sentence].span;
                let span = Span::new(span.start, if sentence == here { at } else { span.end });
                if let Some((speaker, words)) = self.group_in(span, marked) {
                    let sure = (0.85 - 0.08 * distance as f32).max(0.4);
                    let confidence = if marked { 0.3 } else { sure };
                    return Found { antecedent: Some(words), ..Found::new(speaker, confidence, Resolution::Pronoun) };
                }
            }
        }
        Found::unresolved()
    }

    /// The first body in a sentence, and the words that it is.
    fn group_in(&self, span: Span, marked: bool) -> Option<(Speaker, Span)> {
        let is_body = |entity: EntityIx| self.draft.entities[entity].kind == EntityKind::Org;
        let near = self.resolved.iter().rev().take(RESOLVED_BACK).filter(|resolved| resolved.stands_in(span));
        let mut speakers = near.filter(|resolved| match &resolved.found.speaker {
            Speaker::Entity(index) => is_body(*index),
            Speaker::Unnamed(_) => true,
            Speaker::Unknown => false,
        });
        if let Some(resolved) = speakers.next() {
            let words = resolved.at.first().copied().unwrap_or(span);
            return Some((resolved.found.speaker.clone(), words));
        }
        let bodies = self.draft.mentions_in(span).iter().filter(|mention| is_body(mention.entity));
        bodies
            .filter(|mention| !self.is_possessor(mention) && !self.is_governed(mention))
            .find(|mention| marked || !self.draft.is_marked(mention.span.start))
            .map(|mention| (Speaker::Entity(mention.entity), mention.span))
    }

    /// Whether a preposition stands before the name: "in the zone" does nothing.
    fn is_governed(&self, mention: &Mention) -> bool {
        let start = self.draft.token_from(mention.span.start);
        let before = (start.saturating_sub(2)..start).rev().find(|&at| !is_determiner(&self.draft.tokens[at]));
        before.is_some_and(|at| is_preposition(&self.draft.tokens[at]))
    }

    fn is_possessor(&self, mention: &Mention) -> bool {
        self.token(self.draft.token_from(mention.span.end)).is_some_and(|next| next.kind == TokenKind::Possessive)
    }

    /// A quotation without a source: a paragraph of nothing but quoted words goes on with the speaker of the paragraph
    /// before.
    fn left_out(&self, quotation: &Quotation) -> Found {
        let extent = quotation.extent();
        let nothing = Found::unresolved();
        let index =
            self.draft.paragraphs.partition_point(|paragraph| paragraph.span.start <= extent.start).saturating_sub(1);
        let Some(paragraph) = self.draft.paragraphs.get(index) else { return nothing };
        // "Then, more sharply: “…”" names nobody either.
        let lead = self.draft.tokens_in(Span::new(paragraph.span.start, extent.start));
        let idle = lead.len() <= 8
            && !lead.into_iter().any(|at| {
                let token = &self.draft.tokens[at];
                is_verb_like(token) || self.draft.mention_at(token.span.start).is_some()
            });
        let whole = idle && extent.end >= paragraph.span.end.saturating_sub(1);
        let Some(before) = index.checked_sub(1).map(|before| self.draft.paragraphs[before].span).filter(|_| whole)
        else {
            return nothing;
        };
        match self.resolved.iter().rev().take(RESOLVED_BACK).find(|resolved| resolved.stands_in(before)) {
            Some(resolved) => {
                let found = &resolved.found;
                let antecedent = resolved.at.first().copied();
                let confidence = found.confidence.min(0.5);
                Found { antecedent, ..Found::new(found.speaker.clone(), confidence, Resolution::Context) }
            }
            None => nothing,
        }
    }
}

/// A pronoun by what it can stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pronoun {
    /// he, she
    Person,
    /// they, it
    Group,
}

fn pronoun(tokens: &[Token<'_>]) -> Option<Pronoun> {
    let [token] = tokens else { return None };
    match token.lower.as_ref() {
        "he" | "him" | "she" | "her" => Some(Pronoun::Person),
        "they" | "it" | "them" => Some(Pronoun::Group),
        _ => None,
    }
}
