//! Events told by verbs, and what governs them: agree to, refuse to, threaten to, must, would not.

use super::clause::Rank;
use super::coder::{Candidate, Reader};
use super::phrase::{Class, Mood, Shape, VerbGroup};
use crate::model::{EventKind, OtherKind};

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
        if fit.is_none()
            && let Some(accusation) = self.guilt(index, &group, &right)
        {
            return Some(accusation);
        }
        if group.mood == Mood::Duty && !group.passive && !fit.as_ref().is_some_and(|fit| fit.pattern.modal) {
            return self.duty(index, &group, &right);
        }
        let Some(fit) = fit else { return self.refusal(index, &group, &right) };
        let pattern = fit.pattern;
        let governor = self.clauses.governors.get(index).copied().flatten();
        if self.is_made_possible(index) || self.is_pending(&group) {
            return None;
        }
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
            } else if kind == EventKind::Retreat && fit.object.is_some_and(|object| self.is_paper(object)) {
                // Who says that a bill or a candidacy will be withdrawn withdraws it.
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

    /// "a bill that would have allowed them to arrest …": what is only made possible does not happen.
    fn is_made_possible(&self, index: usize) -> bool {
        let Some(group) = self.phrases.groups.get(index).filter(|group| group.shape == Shape::Infinitive) else {
            return false;
        };
        let enabling = self.clauses.governors.get(index).copied().flatten().and_then(|g| self.phrases.groups.get(g));
        enabling.is_some_and(|outer| {
            outer.is_in(self.lexicon, "enable") && outer.mood != Mood::Fact && outer.main < group.start
        })
    }

    /// "have not yet agreed": what has not happened so far is not refused.
    fn is_pending(&self, group: &VerbGroup) -> bool {
        group.negated && (group.start..group.main + 3).any(|token| self.lower(token) == "yet")
    }

    /// Whether a word stands for something that exists only in words: a bill, a candidacy.
    fn is_paper(&self, token: usize) -> bool {
        self.lexicon.is("bill", self.lower(token)) || matches!(self.lower(token), "candidacy" | "nomination" | "plan")
    }

    /// "reached a deal after talks between …": what stands after a preposition of time happens by itself.
    fn begins_another_event(&self, token: usize) -> bool {
        matches!(self.lower(token), "after" | "following" | "during" | "before" | "amid" | "despite")
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
