//! From a sentence to the events it tells: every verb and noun that the lexicon knows, with its arguments.

use std::ops::Range;

use super::actors::Actors;
use super::clause::{Clauses, Rank, Subject};
use super::lexicon::{EventLexicon, Follow, Pattern, Words};
use super::phrase::{Class, Mood, Phrases, Shape, VerbGroup};
use crate::annotate::draft::Draft;
use crate::annotate::gazetteer::{self, Gazetteer};
use crate::model::{EntityKind, Event, EventKind, Mention, OtherKind, Participant, Place, When};
use crate::text::Span;

/// An event told in one sentence, with what selection needs.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// The event; `confidence` is not yet set.
    pub event: Event,
    /// Index of the sentence.
    pub sentence: usize,
    /// How sure the grammar and the lexicon are, 0 to 1.
    pub score: f32,
    /// Whether a noun tells it.
    pub nominal: bool,
}

/// Every event of the article, sentence by sentence.
pub fn candidates(draft: &Draft<'_>, lexicon: &EventLexicon, times: &[When]) -> Vec<Candidate> {
    let mut actors = Actors::new(draft);
    let mut found = Vec::new();
    for (index, sentence) in draft.sentences.iter().enumerate() {
        let phrases = Phrases::new(draft, sentence, lexicon);
        let clauses = Clauses::new(draft, &phrases, lexicon);
        let mut reader = Reader {
            draft,
            lexicon,
            times,
            phrases: &phrases,
            clauses: &clauses,
            actors: &mut actors,
            sentence: index,
            subjects: vec![None; phrases.groups.len()],
            used: vec![false; phrases.groups.len()],
            used_words: Vec::new(),
        };
        reader.read(&mut found);
    }
    found
}

/// Reads one sentence.
struct Reader<'r, 'c, 'a> {
    draft: &'c Draft<'a>,
    lexicon: &'r EventLexicon,
    times: &'r [When],
    phrases: &'r Phrases,
    clauses: &'r Clauses<'r>,
    actors: &'r mut Actors<'c, 'a>,
    sentence: usize,
    subjects: Vec<Option<Vec<Participant>>>,
    /// Groups that are part of another event ("to lift" in "refused to lift").
    used: Vec<bool>,
    /// Tokens that are part of another event ("talks" in "held talks").
    used_words: Vec<usize>,
}

/// A pattern that fits, with the tokens it matched.
struct Match<'l> {
    pattern: &'l Pattern,
    /// Last token of the words that follow the head.
    last: usize,
    /// Last token of those that follow it at once: the object begins after it.
    adjacent: usize,
    /// The word of the object that the pattern asked for.
    object: Option<usize>,
}

impl<'r> Reader<'r, '_, '_> {
    fn lower(&self, token: usize) -> &str {
        self.draft.tokens.get(token).map_or("", |token| &token.lower)
    }

    fn read(&mut self, found: &mut Vec<Candidate>) {
        let first = found.len();
        for index in 0..self.phrases.groups.len() {
            if !self.used[index]
                && let Some(candidate) = self.verb(index)
            {
                found.push(candidate);
            }
        }
        self.nouns(found);
        // What the next sentence's pronouns refer to: the subject of the first finite clause.
        let main = (0..self.phrases.groups.len())
            .find(|&g| self.phrases.groups[g].shape == Shape::Finite && self.clauses.ranks[g] == Rank::Main);
        if let Some(main) = main {
            let subject = self.subject(main);
            self.actors.remember(&subject);
        }
        let _ = first;
    }

    /// The participants that are the subject of a group.
    fn subject(&mut self, index: usize) -> Vec<Participant> {
        if let Some(Some(known)) = self.subjects.get(index) {
            return known.clone();
        }
        // Set first: a chain of references can then not run in a circle.
        if let Some(slot) = self.subjects.get_mut(index) {
            *slot = Some(Vec::new());
        }
        let found = match self.clauses.subjects.get(index).cloned().unwrap_or(Subject::Absent) {
            Subject::Tokens(range) => {
                let pronoun = range.len() == 1 && self.phrases.class(range.start) == Class::Pronoun;
                let own = if pronoun { self.own_antecedent(index, range.start) } else { None };
                own.unwrap_or_else(|| self.actors.read(self.phrases, &range))
            }
            Subject::SameAs(other) => {
                if self.phrases.groups.get(other).is_some_and(|group| group.passive) && self.is_gerund(index) {
                    self.agent(other)
                } else {
                    self.subject(other)
                }
            }
            Subject::ObjectOf(other) => {
                let start = self.phrases.groups[other].main + 1;
                let end = self.phrases.groups[index].start;
                let start = (start..end)
                    .find(|&k| !matches!(self.phrases.class(k), Class::Preposition | Class::Adverb))
                    .unwrap_or(start);
                let phrase = self.clauses.phrase_from(self.draft, start, end);
                self.actors.read(self.phrases, &phrase)
            }
            Subject::Absent => Vec::new(),
        };
        if let Some(slot) = self.subjects.get_mut(index) {
            *slot = Some(found.clone());
        }
        self.actors.set_context(&found);
        found
    }

    fn is_gerund(&self, index: usize) -> bool {
        self.phrases.groups.get(index).is_some_and(|group| group.shape == Shape::Gerund)
    }

    /// "Japan said it had …": the pronoun is the subject of the verb of saying before it.
    fn own_antecedent(&mut self, index: usize, token: usize) -> Option<Vec<Participant>> {
        if !matches!(self.lower(token), "he" | "she" | "it" | "they") {
            return None;
        }
        let saying = (0..index).rev().find(|&g| {
            self.phrases.groups[g].is_in(self.lexicon, "say") && self.phrases.groups[g].shape == Shape::Finite
        })?;
        let subject = self.subject(saying);
        let person = |one: &Participant| {
            one.entity.and_then(|entity| self.draft.entity(entity)).is_some_and(|e| e.kind == EntityKind::Person)
        };
        let fits = match self.lower(token) {
            "he" | "she" => subject.first().is_some_and(person),
            "it" => !subject.first().is_some_and(person),
            _ => true,
        };
        (fits && !subject.is_empty()).then_some(subject)
    }

    /// Who does it in a passive clause.
    fn agent(&mut self, index: usize) -> Vec<Participant> {
        let right = self.clauses.right(self.draft, index);
        match self.clauses.after_preposition(self.draft, &right, "by") {
            Some((_, phrase)) => self.actors.read(self.phrases, &phrase),
            None => Vec::new(),
        }
    }

    /// The tokens of the subject phrase itself, where it stands in this sentence.
    fn subject_tokens(&self, index: usize) -> Range<usize> {
        let mut at = index;
        for _ in 0..4 {
            match self.clauses.subjects.get(at) {
                Some(Subject::Tokens(range)) => return range.clone(),
                Some(Subject::SameAs(other)) => at = *other,
                _ => break,
            }
        }
        0..0
    }

    /// The most particular pattern that fits the verb group.
    fn fit(&self, group: &VerbGroup, index: usize, right: &Range<usize>) -> Option<Match<'r>> {
        let subject = self.subject_tokens(index);
        let lexicon: &'r EventLexicon = self.lexicon;
        let mut best: Option<Match<'r>> = None;
        for pattern in group.lemmas.iter().flat_map(|lemma| lexicon.verb_patterns(lemma)) {
            if let Some(fit) = self.fits(pattern, group.main, right, &subject, group.passive)
                && best.as_ref().is_none_or(|best| pattern.rank() > best.pattern.rank())
            {
                best = Some(fit);
            }
        }
        best
    }

    fn any(&self, tokens: Range<usize>, words: &Words) -> Option<usize> {
        tokens.clone().find(|&k| words.contains(self.lower(k)))
    }

    fn fits<'l>(
        &self,
        pattern: &'l Pattern,
        head: usize,
        right: &Range<usize>,
        subject: &Range<usize>,
        passive: bool,
    ) -> Option<Match<'l>> {
        let (mut last, mut adjacent) = (head, head);
        for follow in &pattern.follow {
            match follow {
                Follow::Next(word) => {
                    let next = self.phrases.after(last)?;
                    if self.lower(next) != word {
                        return None;
                    }
                    (last, adjacent) = (next, next);
                }
                Follow::Near(words) => {
                    let limit = (head + 9).min(self.phrases.end);
                    let region = head + 1..limit;
                    let hit = region.clone().find(|&k| words.contains(self.lower(k)) || self.is_form_of(k, words))?;
                    // "told a press conference, referring to", "told that it is too late to": another clause.
                    let to = words.contains("to");
                    let border = |k: usize| match self.phrases.class(k) {
                        Class::Stop | Class::Relative | Class::Subordinator => true,
                        Class::Comma => to,
                        _ => false,
                    };
                    if region.take_while(|&k| k < hit).any(border) {
                        return None;
                    }
                    last = last.max(hit);
                }
            }
        }
        let near = last + 1..right.end.min(last + 11).max(last + 1);
        let mut object = None;
        if let Some(words) = &pattern.object {
            object = if passive { self.any(subject.clone(), words) } else { self.any(near.clone(), words) };
            object?;
        }
        if let Some(words) = &pattern.not_object {
            let phrase = self.clauses.phrase_from(self.draft, last + 1, right.end.min(last + 8).max(last + 1));
            let region = if passive { subject.clone() } else { phrase };
            if self.any(region, words).is_some() {
                return None;
            }
        }
        if let Some(words) = &pattern.subject {
            let region = if passive { right.clone() } else { subject.clone() };
            self.any(region, words)?;
        }
        if let Some(words) = &pattern.not_subject
            && self.any(subject.clone(), words).is_some()
        {
            return None;
        }
        if let Some(words) = &pattern.context {
            self.any(self.phrases.first..self.phrases.end, words)?;
        }
        Some(Match { pattern, last, adjacent, object })
    }

    fn is_form_of(&self, token: usize, words: &Words) -> bool {
        self.lexicon.verb(self.lower(token)).iter().any(|(lemma, _)| words.contains(lemma))
    }

    /// The group that governs `index`, if it steers how the event is told ("refused to", "is ready to").
    fn steering(&self, index: usize) -> Option<Steer> {
        let inner = self.phrases.groups.get(index)?;
        let before = self.phrases.before(inner.start).map_or("", |token| self.lower(token));
        if inner.shape == Shape::Infinitive {
            if self.lexicon.is("future-noun", before) {
                return Some(Steer::Future);
            }
            match before {
                "decision" | "move" => return Some(Steer::Carry),
                "attempt" | "bid" | "effort" | "efforts" => return Some(Steer::Wish),
                "refusal" | "failure" => return Some(Steer::Refuse),
                "threat" | "threats" => return Some(Steer::Threat),
                _ => {}
            }
        }
        let outer = self.clauses.governors.get(index).copied().flatten()?;
        let group = self.phrases.groups.get(outer)?;
        if group.is("be") {
            return self.lexicon.is("future-adjective", before).then_some(if group.negated {
                Steer::Refuse
            } else {
                Steer::Future
            });
        }
        if group.is("go") && self.lower(group.main) == "going" {
            return Some(Steer::Future);
        }
        if group.is_in(self.lexicon, "refuse") {
            return Some(Steer::Refuse);
        }
        if group.is_in(self.lexicon, "future") {
            return Some(if group.negated { Steer::Refuse } else { Steer::Future });
        }
        if group.is_in(self.lexicon, "carry") {
            return Some(Steer::Carry);
        }
        if group.is_in(self.lexicon, "wish") {
            return Some(Steer::Wish);
        }
        None
    }

    fn verb(&mut self, index: usize) -> Option<Candidate> {
        let group = self.phrases.groups[index].clone();
        let rank = self.clauses.ranks[index];
        if rank == Rank::Conditional {
            return None;
        }
        let mut right = self.clauses.right(self.draft, index);
        let fit = self.fit(&group, index, &right);
        if group.mood == Mood::Duty && !group.passive && !fit.as_ref().is_some_and(|fit| fit.pattern.modal) {
            return self.duty(index, &group, &right);
        }
        let Some(fit) = fit else { return self.refusal(index, &group, &right) };
        let pattern = fit.pattern;
        let governor = self.clauses.governors.get(index).copied().flatten();
        let steer = self.steering(index);
        let mut kind = pattern.kind;
        let mut score: f32 = if pattern.weak {
            0.3
        } else if pattern.strong {
            0.55
        } else {
            0.45
        };
        score += 0.03 * pattern.weight().min(4) as f32;

        // Verbs that say how another verb's event stands: agree to, refuse to, threaten to, urge X to.
        let inner = (index + 1..self.phrases.groups.len()).find(|&g| {
            self.clauses.governors.get(g).copied().flatten() == Some(index)
                && self.phrases.groups[g].shape != Shape::Reduced
        });
        let takes = matches!(
            kind,
            EventKind::Agree
                | EventKind::Reject
                | EventKind::Threaten
                | EventKind::Request
                | EventKind::Accuse
                | EventKind::Coerce
                | EventKind::Support
        ) || (kind == EventKind::Sanction && self.lower(group.main).starts_with("ban"));
        if takes && let Some(inner) = inner {
            let inner_right = self.clauses.right(self.draft, inner);
            right.end = right.end.max(inner_right.end);
            let inner_kind =
                self.fit(&self.phrases.groups[inner].clone(), inner, &inner_right).map(|fit| fit.pattern.kind);
            let infinitive = self.phrases.groups[inner].shape == Shape::Infinitive;
            if kind == EventKind::Agree && infinitive {
                match inner_kind {
                    Some(hostile) if is_hostile(hostile) => kind = EventKind::Threaten,
                    Some(EventKind::Reject) => kind = EventKind::Reject,
                    Some(EventKind::Mobilize) if !group.is("agree") => kind = EventKind::Mobilize,
                    Some(inner) if matches!(inner, EventKind::Other(_)) && pattern.weak => kind = inner,
                    None if pattern.weak => score -= 0.15,
                    _ => {}
                }
            }
            // "wanted to visit" asks for nothing of nobody.
            let object = (group.main + 1..self.phrases.groups[inner].start)
                .any(|k| matches!(self.phrases.class(k), Class::Noun | Class::Pronoun));
            if kind == EventKind::Request && infinitive && !object && pattern.weak && !group.passive {
                return None;
            }
            if kind == EventKind::Reject && group.is("fail") && !inner_kind.is_some_and(is_cooperative) {
                return None;
            }
            if infinitive || kind == EventKind::Accuse {
                self.use_up(inner);
            }
        } else if matches!(kind, EventKind::Request | EventKind::Threaten)
            && self.phrases.after(fit.last).is_some_and(|next| self.lower(next) == "that")
            && index + 1 < self.phrases.groups.len()
        {
            // "demanded that Ruritania withdraw": the demand, not the withdrawal.
            self.use_up(index + 1);
        } else if kind == EventKind::Reject && group.is("fail") {
            return None;
        }

        // How the event itself is told.
        let mood = match (&steer, governor) {
            (Some(Steer::Carry), Some(outer)) => self.phrases.groups[outer].mood,
            _ => group.mood,
        };
        let negated = group.negated
            || matches!((&steer, governor), (Some(Steer::Carry), Some(outer)) if self.phrases.groups[outer].negated);
        let mut ahead = matches!(steer, Some(Steer::Future)) || matches!(mood, Mood::Future | Mood::Possible);
        match steer {
            Some(Steer::Refuse) => {
                if !is_cooperative(kind) {
                    return None;
                }
                kind = EventKind::Reject;
                ahead = false;
            }
            Some(Steer::Threat) => {
                kind = EventKind::Threaten;
                ahead = false;
            }
            Some(Steer::Wish) => score -= 0.25,
            Some(Steer::Carry | Steer::Future) => {}
            None if governor.is_some() && group.shape == Shape::Infinitive => score -= 0.22,
            None if governor.is_some() => score -= 0.15,
            None => {}
        }
        if negated {
            match kind {
                EventKind::Agree
                | EventKind::Concede
                | EventKind::Aid
                | EventKind::Support
                | EventKind::Cooperate
                | EventKind::Consult
                | EventKind::Retreat
                    if ahead || group.mood != Mood::Fact || !pattern.weak =>
                {
                    kind = EventKind::Reject;
                    score -= if ahead { 0.0 } else { 0.12 };
                }
                EventKind::Reject if group.is("deny") || group.is("rule") => return None,
                _ => return None,
            }
        } else if ahead && !pattern.modal {
            if is_hostile(kind) {
                kind = EventKind::Threaten;
            } else if is_cooperative(kind) {
                kind = EventKind::Agree;
                score -= 0.05;
            }
            score -= 0.03;
            if mood == Mood::Possible {
                score -= 0.12;
            }
        } else if ahead && mood == Mood::Possible {
            score -= 0.12;
        }

        // Arguments.
        let subject = self.subject(index);
        let (mut actors, mut recipients) = if group.passive {
            let agent = self.agent(index);
            let found = self.recipients(&fit, &right, Some(&subject), &agent);
            (agent, found)
        } else {
            let found = self.recipients(&fit, &right, None, &subject);
            (subject, found)
        };
        if pattern.swap {
            std::mem::swap(&mut actors, &mut recipients);
        }
        if pattern.mutual && actors.len() == 2 && !recipients.iter().any(|one| one.polity.is_some()) {
            recipients = actors.split_off(1);
        }
        match rank {
            Rank::Main => score += 0.12,
            Rank::Participial => {}
            Rank::Subordinate | Rank::Conditional => score -= 0.12,
        }
        let end = fit.object.unwrap_or(fit.last).max(fit.last);
        let end = if end > group.main + 6 { fit.last } else { end };
        for token in group.main..=end.max(fit.object.unwrap_or(0).min(right.end)) {
            self.used_words.push(token);
        }
        let trigger = self.draft.span_of(group.main..end.max(group.main) + 1);
        let clause = self.subject_tokens(index).start.max(self.phrases.first).min(group.start)..right.end;
        Some(self.candidate(kind, trigger, actors, recipients, clause, score, false))
    }

    /// "X said it would not take part": whatever it is, X refuses it.
    fn refusal(&mut self, index: usize, group: &VerbGroup, right: &Range<usize>) -> Option<Candidate> {
        let refuses = group.negated && group.mood == Mood::Future && group.shape == Shape::Finite && !group.passive;
        if !refuses || group.is("be") || group.is("have") {
            return None;
        }
        let actors = self.subject(index);
        let first = self.actors.first_named(right.clone(), &actors);
        let recipients: Vec<Participant> = first.into_iter().collect();
        actors.iter().any(|one| one.polity.is_some()).then(|| {
            let trigger = self.draft.span_of(group.start..group.main + 1);
            self.candidate(EventKind::Reject, trigger, actors, recipients, group.start..right.end, 0.4, false)
        })
    }

    /// "X said Y must …": a request of X to Y.
    fn duty(&mut self, index: usize, group: &VerbGroup, right: &Range<usize>) -> Option<Candidate> {
        let recipients = self.subject(index);
        let saying = |g: &usize| {
            self.phrases.groups[*g].is_in(self.lexicon, "say") && self.phrases.groups[*g].shape == Shape::Finite
        };
        let before = (0..index).rev().find(saying);
        let after = || {
            (index + 1..self.phrases.groups.len())
                .find(|g| saying(g) && matches!(self.clauses.subjects[*g], Subject::Tokens(_)))
        };
        let actors = match before.or_else(after) {
            Some(saying) => self.subject(saying),
            None => self.actors.speaker_at(self.draft.tokens.get(group.main)?.span.start).into_iter().collect(),
        };
        let known = |sides: &[Participant]| sides.iter().any(|one| one.polity.is_some());
        if !known(&actors) && !known(&recipients) || actors.is_empty() || recipients.is_empty() || group.is("be") {
            return None;
        }
        let score = if known(&actors) && known(&recipients) { 0.5 } else { 0.35 };
        let trigger = self.draft.span_of(group.start..group.main + 1);
        Some(self.candidate(EventKind::Request, trigger, actors, recipients, group.start..right.end, score, false))
    }

    /// Marks a group, and those it governs, as part of another event.
    fn use_up(&mut self, index: usize) {
        for group in index..self.phrases.groups.len() {
            let governed = group == index
                || self.clauses.governors.get(group).copied().flatten().is_some_and(|g| g >= index && self.used[g]);
            if governed {
                self.used[group] = true;
                let main = self.phrases.groups[group].main;
                self.used_words.push(main);
            } else {
                break;
            }
        }
    }

    /// The other side of a verb's event.
    fn recipients(
        &mut self,
        fit: &Match<'_>,
        right: &Range<usize>,
        passive_subject: Option<&[Participant]>,
        actors: &[Participant],
    ) -> Vec<Participant> {
        let mut bare: Vec<Participant> = Vec::new();
        let mut start = fit.adjacent + 1;
        // The preposition of the pattern itself comes first: "agreed to mediation by …" before "with …".
        let own = self.lower(fit.last).to_owned();
        let mut slots: Vec<&String> = fit.pattern.recipients.iter().collect();
        slots.sort_by_key(|slot| **slot != own);
        for slot in slots {
            let phrase = match slot.as_str() {
                "-" => continue,
                "obj" => {
                    if let Some(subject) = passive_subject {
                        if fit.object.is_none() && !subject.is_empty() {
                            if subject.iter().any(|one| one.polity.is_some()) {
                                return subject.to_vec();
                            }
                            bare = if bare.is_empty() { subject.to_vec() } else { bare };
                        }
                        continue;
                    }
                    while start < right.end && matches!(self.phrases.class(start), Class::Adverb | Class::Quote) {
                        start += 1;
                    }
                    if start >= right.end
                        || matches!(self.phrases.class(start), Class::Preposition | Class::To | Class::Comma)
                        || self.phrases.group_of(start).is_some()
                    {
                        continue;
                    }
                    self.clauses.phrase_from(self.draft, start, right.end)
                }
                "that" => {
                    let Some(that) = right.clone().take(6).find(|&k| self.lower(k) == "that") else { continue };
                    self.clauses.phrase_from(self.draft, that + 1, right.end)
                }
                preposition if fit.last > 0 && self.lower(fit.last) == preposition => {
                    self.clauses.phrase_from(self.draft, fit.last + 1, right.end)
                }
                preposition => match self.clauses.after_preposition(self.draft, right, preposition) {
                    Some((_, phrase)) => phrase,
                    None => continue,
                },
            };
            let holds_object = fit.object.is_some_and(|object| phrase.contains(&object));
            let found = self.actors.read(self.phrases, &phrase);
            if found.iter().any(|one| one.polity.is_some() && !(holds_object && same_side(&found, actors))) {
                return found;
            }
            if bare.is_empty() && !holds_object && !found.iter().any(|one| self.is_time(one.span)) {
                bare = found;
            }
        }
        let two_sides = fit.pattern.mutual && actors.iter().filter(|one| one.polity.is_some()).count() == 2;
        if fit.pattern.recipients.is_empty() || two_sides {
            return Vec::new();
        }
        // In the passive the subject is the other side, whether or not its country is known.
        if passive_subject.is_some() && !bare.is_empty() {
            return bare;
        }
        if let Some(one) = self.actors.first_named(fit.last + 1..right.end.max(fit.last + 1), actors) {
            return vec![one];
        }
        bare
    }

    fn is_time(&self, span: Span) -> bool {
        self.times.iter().any(|when| when.span.overlaps(span))
    }

    /// Events told by nouns.
    fn nouns(&mut self, found: &mut Vec<Candidate>) {
        let mut at = self.phrases.first;
        while at < self.phrases.end {
            let token = at;
            at += 1;
            if self.phrases.class(token) != Class::Noun
                || self.used_words.contains(&token)
                || self.phrases.group_of(token).is_some_and(|g| self.phrases.groups[g].main == token)
                || matches!(self.lower(token + 1), "-" | "‐" | "‑")
            {
                continue;
            }
            let lexicon: &'r EventLexicon = self.lexicon;
            let right = token + 1..self.noun_limit(token);
            let mut best: Option<Match<'r>> = None;
            for pattern in lexicon.noun_patterns(self.lower(token)) {
                if let Some(fit) = self.fits_noun(pattern, token, &right)
                    && best.as_ref().is_none_or(|best| pattern.rank() > best.pattern.rank())
                {
                    best = Some(fit);
                }
            }
            let Some(fit) = best else { continue };
            // "attack helicopter", "peace talks venue": the head of the compound is another word.
            let next = fit.last + 1;
            let compound = self.phrases.class(next) == Class::Noun
                && next < self.phrases.end
                && self.phrases.group_of(next).is_none()
                && self
                    .draft
                    .tokens
                    .get(next)
                    .is_some_and(|word| word.kind == crate::annotate::draft::TokenKind::Word)
                && self.lexicon.noun_patterns(self.lower(next)).is_empty()
                && !super::words::is_time_word(self.lower(next));
            if self.draft.tokens.get(token).is_some_and(|word| self.draft.mention_at(word.span.start).is_some()) {
                continue;
            }
            at = fit.last + 1;
            let mut score: f32 = if fit.pattern.weak {
                0.18
            } else if fit.pattern.strong {
                0.48
            } else {
                0.36
            };
            if compound {
                score -= 0.1;
            }
            let candidate = self.noun(token, &fit, &right, score);
            found.push(candidate);
        }
    }

    fn noun_limit(&self, token: usize) -> usize {
        (token + 1..self.phrases.end)
            .find(|&k| {
                matches!(self.phrases.class(k), Class::Comma | Class::Stop | Class::Relative | Class::Subordinator)
                    || self.phrases.group_of(k).is_some_and(|g| self.phrases.groups[g].shape != Shape::Reduced)
            })
            .unwrap_or(self.phrases.end)
    }

    fn fits_noun<'l>(&self, pattern: &'l Pattern, head: usize, right: &Range<usize>) -> Option<Match<'l>> {
        let mut last = head;
        for follow in &pattern.follow {
            match follow {
                Follow::Next(word) => {
                    let next = last + 1;
                    let lower = self.lower(next);
                    if lower != word && lower.strip_suffix('s') != Some(word) {
                        return None;
                    }
                    last = next;
                }
                Follow::Near(words) => {
                    last = (head + 1..(head + 8).min(self.phrases.end)).find(|&k| words.contains(self.lower(k)))?;
                }
            }
        }
        if let Some(words) = &pattern.not_object {
            let around = head.saturating_sub(2).max(self.phrases.first)..right.end.min(head + 4);
            if self.any(around, words).is_some() {
                return None;
            }
        }
        if let Some(words) = &pattern.object {
            self.any(head + 1..right.end.min(head + 8).max(head + 1), words)?;
        }
        if let Some(words) = &pattern.context {
            self.any(self.phrases.first..self.phrases.end, words)?;
        }
        Some(Match { pattern, last, adjacent: last, object: None })
    }

    fn noun(&mut self, token: usize, fit: &Match<'_>, right: &Range<usize>, score: f32) -> Candidate {
        let mut score = score;
        // Whose: "Iran's attack", "the US airstrike", "attack by gunmen".
        let by = self.clauses.after_preposition(self.draft, right, "by").map(|(_, phrase)| phrase).or_else(|| {
            let said = matches!(fit.pattern.kind, EventKind::Accuse | EventKind::Support | EventKind::Request);
            let region = token + 1..self.phrases.end.min(token + 8).max(token + 1);
            said.then(|| self.clauses.after_preposition(self.draft, &region, "from"))
                .flatten()
                .map(|(_, phrase)| phrase)
        });
        let mut actors = match by {
            Some(phrase) => self.actors.read(self.phrases, &phrase),
            None => self.owner(token),
        };
        let mut recipients = Vec::new();
        for slot in &fit.pattern.recipients {
            let phrase = if fit.last > token && self.lower(fit.last) == slot {
                Some(self.clauses.phrase_from(self.draft, fit.last + 1, self.phrases.end))
            } else {
                self.clauses.after_preposition(self.draft, right, slot).map(|(_, phrase)| phrase)
            };
            if let Some(phrase) = phrase {
                let found = self.actors.read(self.phrases, &phrase);
                if !found.is_empty() && !found.iter().any(|one| self.is_time(one.span)) {
                    recipients = found;
                    break;
                }
            }
        }
        if fit.pattern.mutual && actors.is_empty() && recipients.len() > 1 {
            actors = vec![recipients.remove(0)];
        }
        // Named in a clause of its own: "talks began", "an attack killed".
        let verb = self.phrases.groups.iter().position(|group| group.start > token);
        let is_subject = verb.is_some_and(|verb| self.subject_tokens(verb).contains(&token));
        if is_subject {
            score += 0.06;
        }
        if let Some(verb) = verb.filter(|_| is_subject) {
            if self.phrases.groups[verb].mood != Mood::Fact || self.phrases.groups[verb].negated {
                score -= 0.15;
            }
            if self.clauses.ranks[verb] == Rank::Conditional {
                score -= 0.3;
            }
        }
        // In the object of another event, or after a preposition: told in passing.
        let passing = self.used_words.iter().any(|&used| used < token && token - used < 12);
        if passing && !is_subject {
            score -= 0.04;
        }
        let trigger = self.draft.span_of(token..fit.last + 1);
        let clause = token..right.end;
        self.candidate(fit.pattern.kind, trigger, actors, recipients, clause, score, true)
    }

    /// The participant before a noun: "Iran's", "the Russian", "US-led".
    fn owner(&mut self, token: usize) -> Vec<Participant> {
        let mut start = token;
        while start > self.phrases.first
            && token - start < 6
            && matches!(self.phrases.class(start - 1), Class::Noun | Class::Possessive | Class::Number)
            && self.phrases.group_of(start - 1).is_none()
        {
            start -= 1;
        }
        if start == token {
            return Vec::new();
        }
        let span = self.draft.span_of(start..token);
        let Some(mention) = self.draft.mentions_in(span).last().copied() else { return Vec::new() };
        let kind = self.draft.entity(mention.entity).map(|entity| entity.kind);
        let after = self.draft.token_from(mention.span.end);
        let possessive = self.phrases.class(after) == Class::Possessive;
        // "the Baghdad bombing" names the place, not the doer; "the US airstrike" and "Iran's attack" the doer.
        let city = kind == Some(EntityKind::Gpe)
            && !possessive
            && self.draft.entity(mention.entity).is_some_and(|entity| is_town(&entity.name));
        if city || matches!(kind, Some(EntityKind::Loc | EntityKind::Fac | EntityKind::Event)) {
            return Vec::new();
        }
        let tokens = self.draft.tokens_in(mention.span);
        self.actors.read(self.phrases, &tokens)
    }

    fn candidate(
        &mut self,
        kind: EventKind,
        trigger: Span,
        actors: Vec<Participant>,
        recipients: Vec<Participant>,
        clause: Range<usize>,
        score: f32,
        nominal: bool,
    ) -> Candidate {
        let place = self.place(kind, &clause, trigger, &actors);
        let when = self.when(trigger);
        let (mut actors, mut recipients) = (actors, recipients);
        let here = place.as_ref().filter(|place| place.country.is_some()).map(|place| Participant {
            span: place.span,
            text: place.text.clone(),
            entity: self.draft.mention_at(place.span.start).map(|mention| mention.entity),
            polity: place.country.map(Into::into),
        });
        // Who arrests and bans without being named are the authorities of the place; what people protest against, or
        // are barred from, likewise.
        let authorities = matches!(kind, EventKind::Coerce | EventKind::Other(OtherKind::Legal));
        if authorities && actors.is_empty() && !recipients.is_empty() {
            actors.extend(here.clone().filter(|here| !recipients.iter().any(|one| one.span == here.span)));
        }
        if matches!(kind, EventKind::Coerce | EventKind::Protest)
            && !recipients.iter().any(|one| one.polity.is_some())
            && !actors.is_empty()
        {
            if let Some(here) = here.filter(|here| !actors.iter().any(|one| one.span.overlaps(here.span))) {
                recipients = vec![here];
            }
        }
        let recipients =
            recipients.into_iter().filter(|one| !actors.iter().any(|actor| actor.span == one.span)).collect();
        Candidate {
            event: Event { kind, trigger, actors, recipients, place, when, confidence: 0.0 },
            sentence: self.sentence,
            score,
            nominal,
        }
    }

    /// The place named after in, at or near in the clause, else in the sentence.
    fn place(&self, kind: EventKind, clause: &Range<usize>, trigger: Span, actors: &[Participant]) -> Option<Place> {
        let whole = self.phrases.first..self.phrases.end;
        let candidates = |range: &Range<usize>| {
            self.draft
                .mentions_in(self.draft.span_of(range.clone()))
                .iter()
                .filter(|mention| {
                    let Some(entity) = self.draft.entity(mention.entity) else { return false };
                    if !matches!(entity.kind, EntityKind::Gpe | EntityKind::Loc | EntityKind::Fac) {
                        return false;
                    }
                    let mut at = self.draft.token_from(mention.span.start);
                    for _ in 0..5 {
                        let Some(before) = at.checked_sub(1).filter(|&before| before >= self.phrases.first) else {
                            return false;
                        };
                        match self.lower(before) {
                            "in" | "at" | "near" | "outside" | "inside" | "off" | "across" | "throughout"
                            | "into" => {
                                return true;
                            }
                            _ if matches!(self.phrases.class(before), Class::Determiner | Class::Noun)
                                && self.phrases.group_of(before).is_none() =>
                            {
                                at = before
                            }
                            "of" => at = before,
                            _ => return false,
                        }
                    }
                    false
                })
                .min_by_key(|mention| mention.span.start.abs_diff(trigger.start))
                .copied()
        };
        let physical = matches!(
            kind,
            EventKind::Assault
                | EventKind::Protest
                | EventKind::Coerce
                | EventKind::Aid
                | EventKind::Other(
                    OtherKind::Disaster | OtherKind::Accident | OtherKind::Election | OtherKind::Death
                )
        );
        // "Northland's election", "Southport attack": what happens somewhere happens in the place that is named.
        let named = || {
            let names = self.draft.mentions_in(self.draft.span_of(whole.clone()));
            let place = |mention: &&Mention| {
                self.draft.entity(mention.entity).is_some_and(|entity| entity.kind == EntityKind::Gpe)
                    && !actors.iter().any(|one| one.span.overlaps(mention.span))
            };
            let near = |mention: &&Mention| mention.span.start.abs_diff(trigger.start);
            names.iter().filter(place).min_by_key(near).filter(|_| physical).copied()
        };
        let mention = candidates(clause).or_else(|| candidates(&whole)).or_else(named)?;
        let entity = self.draft.entity(mention.entity)?;
        Some(Place {
            span: mention.span,
            text: entity.name.clone(),
            country: entity.polity.and_then(|polity| polity.country()),
        })
    }

    /// The time nearest to the trigger in its sentence.
    fn when(&self, trigger: Span) -> Option<When> {
        let sentence = self.draft.sentences.get(self.sentence)?.span;
        self.times
            .iter()
            .filter(|when| sentence.covers(when.span))
            .min_by_key(|when| {
                let gap = if when.span.start >= trigger.end {
                    trigger.end..when.span.start
                } else {
                    when.span.end..trigger.start.max(when.span.end)
                };
                // A time beyond another verb belongs to that verb rather.
                let verbs = self.phrases.groups.iter().filter(|group| {
                    self.draft.tokens.get(group.main).is_some_and(|token| gap.contains(&token.span.start))
                });
                gap.len() + 40 * verbs.count()
            })
            .cloned()
    }
}

/// What a governing verb says of the event it governs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Steer {
    Future,
    Refuse,
    Threat,
    Carry,
    Wish,
}

/// Whether a name is that of a town rather than of a country or a capital, which may stand for its government.
fn is_town(name: &str) -> bool {
    Gazetteer::builtin().senses(name).first().is_some_and(|sense| {
        matches!(sense.class, gazetteer::Class::City | gazetteer::Class::Capital | gazetteer::Class::Division)
    })
}

fn same_side(found: &[Participant], actors: &[Participant]) -> bool {
    found.iter().all(|one| actors.iter().any(|actor| actor.polity == one.polity))
}

fn is_cooperative(kind: EventKind) -> bool {
    use EventKind::*;
    matches!(kind, Agree | Consult | Support | Concede | Cooperate | Aid | Retreat)
}

fn is_hostile(kind: EventKind) -> bool {
    use EventKind::*;
    matches!(kind, Sanction | Coerce | Assault | Protest | Threaten) && kind != Other(OtherKind::Statement)
}
