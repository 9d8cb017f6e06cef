//! Events told by verbs, and what governs them: agree to, refuse to, threaten to, must, would not.

use std::ops::Range;

use super::clause::{Rank, Subject};
use super::coder::{Candidate, Reader};
use super::phrase::{Class, Mood, Shape, VerbGroup};
use crate::model::{EventKind, OtherKind, Participant};

/// What a governing verb says of the event it governs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Steer {
    Future,
    Refuse,
    Threat,
    Carry,
    Wish,
}

impl<'r> Reader<'r, '_, '_> {
    /// The group that governs `index`, if it steers how the event is told ("refused to", "is ready to").
    pub(super) fn steering(&self, index: usize) -> Option<Steer> {
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

    pub(super) fn verb(&mut self, index: usize) -> Option<Candidate> {
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
        // "The news was met with a shrug": nobody meets anybody.
        if group.passive && kind == EventKind::Consult && group.is("meet") {
            return None;
        }
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
            // "agreed to withdraw its boats" tells of two things, the word given and the deed.
            let deed = group.is("agree") && inner_kind.is_some_and(is_deed_agreed);
            if (infinitive && !deed) || kind == EventKind::Accuse {
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
            let agreed = is_deed_agreed(kind)
                && governor.is_some_and(|outer| self.phrases.groups[outer].is("agree") && outer < index);
            if agreed {
                score -= 0.05;
            } else if is_set(self.phrases.class(group.start), group.mood) && kind == EventKind::Consult {
                // "is to meet her on Tuesday": the meeting is arranged, nobody promises it.
            } else if is_hostile(kind) {
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
        // "They asked how": a question; "They agreed, saying …": an opinion.
        let alone = recipients.is_empty() && inner.is_none() && fit.last == group.main && fit.object.is_none();
        let opinion = group.is("agree") && actors.len() < 2 && {
            let next = self.phrases.after(group.main).map_or(Class::Stop, |next| self.phrases.class(next));
            matches!(next, Class::Comma | Class::Quote | Class::Stop)
        };
        if alone && (group.is("ask") && kind == EventKind::Request || opinion && kind == EventKind::Agree) {
            return None;
        }
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
        // "called for cooperation", "rejected talks": what is asked for or refused does not happen.
        if matches!(kind, EventKind::Request | EventKind::Reject | EventKind::Threaten | EventKind::Agree) {
            let told = right.clone().find(|&k| self.begins_another_event(k)).unwrap_or(right.end);
            self.used_words.extend(right.start..told);
        }
        let trigger = self.draft.span_of(group.main..end.max(group.main) + 1);
        let clause = self.subject_tokens(index).start.max(self.phrases.first).min(group.start)..right.end;
        Some(self.candidate(kind, trigger, actors, recipients, clause, score))
    }

    /// "reached a deal after talks between …": what stands after a preposition of time happens by itself.
    fn begins_another_event(&self, token: usize) -> bool {
        matches!(self.lower(token), "after" | "following" | "during" | "before" | "amid" | "despite")
    }

    /// "X said it would not take part": whatever it is, X refuses it.
    pub(super) fn refusal(&mut self, index: usize, group: &VerbGroup, right: &Range<usize>) -> Option<Candidate> {
        let refuses = group.negated && group.mood == Mood::Future && group.shape == Shape::Finite && !group.passive;
        if !refuses || group.is("be") || group.is("have") {
            return None;
        }
        let actors = self.subject(index);
        let first = self.actors.first_named(right.clone(), &actors);
        let recipients: Vec<Participant> = first.into_iter().collect();
        actors.iter().any(|one| one.polity.is_some()).then(|| {
            let trigger = self.draft.span_of(group.start..group.main + 1);
            self.candidate(EventKind::Reject, trigger, actors, recipients, group.start..right.end, 0.4)
        })
    }

    /// "X said Y must …": a request of X to Y.
    pub(super) fn duty(&mut self, index: usize, group: &VerbGroup, right: &Range<usize>) -> Option<Candidate> {
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
        Some(self.candidate(EventKind::Request, trigger, actors, recipients, group.start..right.end, score))
    }

    /// Marks a group, and those it governs, as part of another event.
    pub(super) fn use_up(&mut self, index: usize) {
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
}

/// What is told beside the agreement to do it.
fn is_deed_agreed(kind: EventKind) -> bool {
    matches!(kind, EventKind::Retreat | EventKind::Mobilize)
}

/// Whether a verb group that begins with a word of this class is "is to" with its verb.
fn is_set(first: Class, mood: Mood) -> bool {
    first == Class::Be && mood == Mood::Future
}

fn is_cooperative(kind: EventKind) -> bool {
    use EventKind::*;
    matches!(kind, Agree | Consult | Support | Concede | Cooperate | Aid | Retreat)
}

fn is_hostile(kind: EventKind) -> bool {
    use EventKind::*;
    matches!(kind, Sanction | Coerce | Assault | Protest | Threaten) && kind != Other(OtherKind::Statement)
}
