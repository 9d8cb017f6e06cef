//! Which of the events told are those the article is about.

use super::coder::Candidate;
use crate::annotate::draft::Draft;
use crate::model::{EntityKind, Event, EventKind, OtherKind, Participant, Polity};

/// Below this an event is left out of an article of several sentences.
const FLOOR: f32 = 0.42;

/// Joins repeated mentions, ranks, and keeps the two to eight events the article is about, in text order.
pub fn select(draft: &Draft<'_>, mut candidates: Vec<Candidate>) -> Vec<Event> {
    let sentences = draft.sentences.len();
    for candidate in &mut candidates {
        candidate.score = rank(draft, candidate);
    }
    candidates.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.event.trigger.start.cmp(&b.event.trigger.start)));
    let limit = if sentences <= 1 { 1 } else { (4 + sentences / 4).min(8) };
    let mut kept: Vec<Candidate> = Vec::new();
    for candidate in candidates {
        if let Some(known) = kept.iter_mut().find(|known| same_event(draft, known, &candidate)) {
            join(known, candidate);
            continue;
        }
        let floor = if sentences <= 2 { 0.2 } else { FLOOR };
        if kept.len() < limit && candidate.score >= floor {
            kept.push(candidate);
        }
    }
    kept.sort_by_key(|candidate| candidate.event.trigger.start);
    kept.into_iter()
        .map(|candidate| Event { confidence: candidate.score.clamp(0.05, 0.99), ..candidate.event })
        .collect()
}

/// The score of a candidate in its article: what the grammar says, where it stands, whom it names.
fn rank(draft: &Draft<'_>, candidate: &Candidate) -> f32 {
    let event = &candidate.event;
    let mut score = candidate.score;
    let heading = draft
        .sentences
        .get(candidate.sentence)
        .and_then(|sentence| draft.paragraphs.get(sentence.paragraph))
        .is_some_and(|paragraph| paragraph.heading);
    let body = draft
        .sentences
        .iter()
        .position(|sentence| draft.paragraphs.get(sentence.paragraph).is_some_and(|paragraph| !paragraph.heading))
        .unwrap_or(0);
    let place = candidate.sentence.saturating_sub(body);
    score += if heading { 0.1 } else { (0.18 - 0.025 * place as f32).max(0.0) };
    let known = |sides: &[Participant]| sides.iter().any(|one| one.polity.is_some());
    let named = |sides: &[Participant]| sides.iter().any(|one| one.entity.is_some());
    score += match (known(&event.actors), named(&event.actors)) {
        (true, true) => 0.12,
        (true, false) => 0.1,
        (false, true) => 0.03,
        (false, false) => 0.0,
    };
    if known(&event.recipients) {
        score += 0.07;
    }
    // What people say happened or should happen is rarely what the article reports.
    if draft.is_marked(event.trigger.start) {
        score -= 0.12;
    }
    if event.actors.is_empty() && event.recipients.is_empty() {
        score -= 0.08;
    }
    if is_background(draft, event) {
        score -= 0.12;
    }
    score
}

/// Whether the event lies more than half a year before the article, or is dated by a year alone.
fn is_background(draft: &Draft<'_>, event: &Event) -> bool {
    let Some((first, last)) = event.when.as_ref().and_then(|when| when.days) else { return false };
    match draft.article.date {
        Some(date) => last < date && (date - last).get_days() > 180,
        None => first.day_of_year() == 1 && last.month() == 12 && last.day() == 31,
    }
}

fn polities(sides: &[Participant]) -> Vec<Polity> {
    let mut found: Vec<Polity> = sides.iter().filter_map(|one| one.polity).collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// Whether two candidates tell the same happening: of one kind, with sides that do not contradict each other.
fn same_event(draft: &Draft<'_>, known: &Candidate, other: &Candidate) -> bool {
    if known.event.kind != other.event.kind {
        return false;
    }
    if known.event.trigger.overlaps(other.event.trigger) {
        return true;
    }
    // A call between two ministers is not the visit of their presidents.
    let persons = |event: &Event| -> Vec<usize> {
        let is_person = |index: &usize| draft.entity(*index).is_some_and(|entity| entity.kind == EntityKind::Person);
        event.actors.iter().chain(&event.recipients).filter_map(|one| one.entity).filter(is_person).collect()
    };
    let (ours, theirs) = (persons(&known.event), persons(&other.event));
    if !ours.is_empty() && !theirs.is_empty() && !ours.iter().any(|one| theirs.contains(one)) {
        return false;
    }
    let dates = |event: &Event| event.when.as_ref().and_then(|when| when.days);
    if let (Some(a), Some(b)) = (dates(&known.event), dates(&other.event))
        && (a.1 < b.0 || b.1 < a.0)
        && !matches!(known.event.kind, EventKind::Other(OtherKind::Disaster))
    {
        return false;
    }
    let compatible = |a: &[Participant], b: &[Participant]| {
        let (a, b) = (polities(a), polities(b));
        a.is_empty() || b.is_empty() || a.iter().any(|one| b.contains(one))
    };
    let actors = compatible(&known.event.actors, &other.event.actors);
    let recipients = compatible(&known.event.recipients, &other.event.recipients);
    let crossed = compatible(&known.event.actors, &other.event.recipients)
        && compatible(&known.event.recipients, &other.event.actors)
        && matches!(known.event.kind, EventKind::Consult | EventKind::Agree | EventKind::Cooperate);
    (actors && recipients) || crossed
}

/// How much less clear an earlier mention may be than the clearest one and still be the one that is shown.
const EARLIER: f32 = 0.2;

/// Joins a mention of lower score into the one that is kept: the earlier one is shown if it is nearly as clear, and
/// what it leaves open is filled from the other.
fn join(known: &mut Candidate, mut other: Candidate) {
    if other.event.trigger.start < known.event.trigger.start && other.score >= known.score - EARLIER {
        std::mem::swap(&mut known.event, &mut other.event);
        std::mem::swap(&mut known.sentence, &mut other.sentence);
    }
    complete(&mut known.event, other.event);
}

/// Whether `theirs` tells the same side more fully than `ours`: somebody instead of nobody, a country instead of none.
/// A name does not replace "a senior official": two people of a country may do the same.
fn tells_more(theirs: &[Participant], ours: &[Participant]) -> bool {
    ours.is_empty() && !theirs.is_empty() || polities(ours).is_empty() && !polities(theirs).is_empty()
}

/// Fills what the kept mention leaves open from another mention of the same event.
fn complete(known: &mut Event, other: Event) {
    if tells_more(&other.actors, &known.actors) {
        known.actors = other.actors;
    }
    if tells_more(&other.recipients, &known.recipients) {
        known.recipients = other.recipients;
    }
    // Talks are mentioned in many places; an explosion is in one.
    let one_place =
        matches!(known.kind, EventKind::Assault | EventKind::Protest | EventKind::Coerce | EventKind::Other(_));
    if known.place.is_none() && one_place {
        known.place = other.place;
    }
    if known.when.is_none() {
        known.when = other.when;
    }
}
