//! The draft seen token by token: which name, if any, each token belongs to.

use std::ops::Range;

use crate::annotate::draft::{Draft, TokenKind};
use crate::annotate::title::Titles;
use crate::model::{EntityIx, EntityKind, Mention, MentionKind, Polity};

/// A draft with an index from tokens to the names they belong to.
pub(crate) struct Ground<'d, 'a> {
    pub draft: &'d Draft<'a>,
    pub titles: &'static Titles,
    /// For each token the index of its name in `Draft::mentions`.
    names: Vec<Option<usize>>,
}

impl<'d, 'a> Ground<'d, 'a> {
    pub fn new(draft: &'d Draft<'a>) -> Self {
        let mut names = vec![None; draft.tokens.len()];
        for (index, mention) in draft.mentions.iter().enumerate().filter(|(_, m)| m.kind == MentionKind::Name) {
            if let Some(tokens) = names.get_mut(draft.tokens_in(mention.span)) {
                tokens.fill(Some(index));
            }
        }
        Ground { draft, titles: Titles::builtin(), names }
    }

    /// The name that token `at` belongs to.
    pub fn name(&self, at: usize) -> Option<&'d Mention> {
        self.draft.mentions.get((*self.names.get(at)?)?)
    }

    pub fn entity(&self, at: usize) -> Option<EntityIx> {
        self.name(at).map(|mention| mention.entity)
    }

    pub fn kind(&self, at: usize) -> Option<EntityKind> {
        Some(self.draft.entity(self.entity(at)?)?.kind)
    }

    pub fn is_person(&self, at: usize) -> bool {
        self.kind(at) == Some(EntityKind::Person)
    }

    /// Whether token `at` belongs to the name of a country, city or people.
    pub fn is_place_or_people(&self, at: usize) -> bool {
        matches!(self.kind(at), Some(EntityKind::Gpe | EntityKind::Norp | EntityKind::Loc))
    }

    /// Country or organisation of the name that token `at` belongs to.
    pub fn polity(&self, at: usize) -> Option<Polity> {
        self.draft.entity(self.entity(at)?)?.polity
    }

    /// The tokens of the name that token `at` belongs to; empty without one.
    pub fn name_tokens(&self, at: usize) -> Range<usize> {
        let Some(&Some(name)) = self.names.get(at) else { return at..at };
        let same = |token: &usize| self.names.get(*token).is_some_and(|other| *other == Some(name));
        let start = (0..at).rev().take_while(same).last().unwrap_or(at);
        let end = (at + 1..self.names.len()).take_while(same).last().map_or(at + 1, |last| last + 1);
        start..end
    }

    /// The text of token `at` in lower case; `""` outside the text.
    pub fn lower(&self, at: usize) -> &str {
        self.draft.tokens.get(at).map_or("", |token| &token.lower)
    }

    /// Whether token `at` is one of `words`.
    pub fn is(&self, at: usize, words: &[&str]) -> bool {
        self.draft.tokens.get(at).is_some_and(|token| words.contains(&&*token.lower))
    }

    pub fn is_capitalised(&self, at: usize) -> bool {
        self.draft.tokens.get(at).is_some_and(|token| token.is_capitalised())
    }

    pub fn is_possessive(&self, at: usize) -> bool {
        self.draft.tokens.get(at).is_some_and(|token| token.kind == TokenKind::Possessive)
    }

    pub fn is_number(&self, at: usize) -> bool {
        self.draft.tokens.get(at).is_some_and(|token| token.kind == TokenKind::Number)
    }

    pub fn is_word(&self, at: usize) -> bool {
        self.draft.tokens.get(at).is_some_and(|token| token.kind == TokenKind::Word)
    }

    /// The index after the honorifics that begin at `at`; `at` itself when there are none.
    pub fn after_honorifics(&self, at: usize) -> usize {
        let mut next = at;
        while self.name(next).is_none()
            && let Some((end, _)) = self.titles.honorific_at(&self.draft.tokens, next)
        {
            next = end;
        }
        next
    }

    /// The person whose name begins at `at` or after honorifics there, and the tokens of the name.
    pub fn person_from(&self, at: usize) -> Option<(EntityIx, Range<usize>)> {
        let at = self.after_honorifics(at);
        let tokens = self.name_tokens(at);
        (self.is_person(at) && tokens.start == at).then_some((self.entity(at)?, tokens))
    }

    /// The person whose name ends right before `end`, and the tokens of the name.
    pub fn person_until(&self, end: usize) -> Option<(EntityIx, Range<usize>)> {
        let last = end.checked_sub(1)?;
        let tokens = self.name_tokens(last);
        (self.is_person(last) && tokens.end == end).then_some((self.entity(last)?, tokens))
    }

    /// The tokens of the sentence that holds token `at`.
    pub fn sentence(&self, at: usize) -> Range<usize> {
        let sentence = self.draft.tokens.get(at).and_then(|token| self.draft.sentences.get(token.sentence));
        sentence.map_or(at..at, |sentence| sentence.tokens.clone())
    }
}
