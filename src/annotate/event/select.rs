//! Which of the events told are those the article is about.

use super::coder::Candidate;
use super::{detail, setting, toll};
use crate::annotate::draft::Draft;
use crate::model::{EntityKind, Event, EventKind, OtherKind, Participant, Place, Polity};
use crate::text::Span;

/// Below this an event is left out of an article of several sentences.
const FLOOR: f32 = 0.5;

/// Below this, with what each sentence before it and each mention beside it count, an event is left out of an article of
/// more than [`SHORT`] sentences: what comes late and is told once has to be told clearly.
const LEAST: f32 = 0.38;
const LATER: f32 = 0.03;
const AGAIN: f32 = 0.04;
const SHORT: usize = 2;

/// What a deed counts more than words.
const DEED: f32 = 0.06;

/// Joins repeated mentions, ranks, and keeps the events the article is about, in text order: up to eight, and a few
/// more of a long one.
pub fn select(draft: &Draft<'_>, mut candidates: Vec<Candidate>) -> Vec<Event> {
    let sentences = draft.sentences.len();
    carry_times(draft, &mut candidates);
    date_headlines(draft, &mut candidates);
    for candidate in &mut candidates {
        candidate.score = rank(draft, candidate);
    }
    candidates.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.event.trigger.start.cmp(&b.event.trigger.start)));
    let limit = match sentences {
        0 | 1 => 1,
        2..=20 => (4 + sentences / 4).min(8),
        _ => (8 + (sentences - 20) / 6).min(12),
    };
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
    if sentences > SHORT {
        kept.retain(|candidate| {
            candidate.score - LATER * candidate.sentence.min(8) as f32 + told_again(&candidate.event) >= LEAST
        });
    }
    kept.sort_by_key(|candidate| candidate.event.trigger.start);
    let setting = setting::of_article(draft);
    kept.into_iter().enumerate().map(|(order, one)| finished(draft, one, order, setting.as_ref())).collect()
}

/// What the mentions beside the one that is shown count.
fn told_again(event: &Event) -> f32 {
    AGAIN * event.mentions.len().min(3) as f32
}

/// How many sentences back a time still holds for what is told on.
const HOLDS: usize = 3;

/// "On Monday she resigned. She also said …": what is told on of somebody, with no time of its own, happened when what
/// was told before did. The candidates are in the order of their sentences.
fn carry_times(draft: &Draft<'_>, candidates: &mut [Candidate]) {
    for index in 0..candidates.len() {
        let (before, rest) = candidates.split_at_mut(index);
        let Some(candidate) = rest.first_mut().filter(|one| one.event.when.is_none()) else { continue };
        if candidate.event.actors.is_empty() || !goes_on(draft, candidate) {
            continue;
        }
        let told = before.iter().rev().take_while(|one| one.sentence + HOLDS >= candidate.sentence).find(|one| {
            one.sentence < candidate.sentence
                && one.event.when.as_ref().is_some_and(|when| when.days.is_some())
                && !one.event.actors.is_empty()
                && share(&one.event.actors, &candidate.event.actors)
        });
        candidate.event.when = told.and_then(|one| one.event.when.clone());
    }
}

/// A headline tells in short what the first sentence tells in full: when, too.
fn date_headlines(draft: &Draft<'_>, candidates: &mut [Candidate]) {
    let Some(lead) = candidates.iter().map(|one| one.sentence).find(|&sentence| !is_heading(draft, sentence)) else {
        return;
    };
    let told: Vec<Candidate> = candidates.iter().filter(|one| one.sentence == lead).cloned().collect();
    for candidate in candidates.iter_mut().filter(|one| is_heading(draft, one.sentence) && one.event.when.is_none()) {
        let same = told.iter().find(|one| {
            one.event.when.as_ref().is_some_and(|when| when.days.is_some())
                && !one.event.actors.is_empty()
                && !candidate.event.actors.is_empty()
                && share(&one.event.actors, &candidate.event.actors)
        });
        candidate.event.when = same.and_then(|one| one.event.when.clone());
    }
}

/// Whether the sentence goes on with somebody told of before: "She …", "… also …".
fn goes_on(draft: &Draft<'_>, candidate: &Candidate) -> bool {
    let Some(sentence) = draft.sentences.get(candidate.sentence) else { return false };
    let trigger = draft.token_from(candidate.event.trigger.start);
    let lower = |at: usize| draft.tokens.get(at).map_or("", |token| &token.lower);
    matches!(lower(sentence.tokens.start), "he" | "she" | "they" | "also")
        || (sentence.tokens.start..trigger).any(|at| lower(at) == "also")
}

/// The event with what its sentences tell beside who did it: how, about what, how many.
fn finished(draft: &Draft<'_>, candidate: Candidate, order: usize, setting: Option<&Place>) -> Event {
    let Candidate { mut event, score, .. } = candidate;
    let sentence = |span: Span| {
        let token = draft.tokens.get(draft.token_from(span.start));
        token.and_then(|token| draft.sentences.get(token.sentence)).map_or(0..0, |sentence| sentence.tokens.clone())
    };
    event.mentions.sort_unstable_by_key(|span| span.start);
    event.mentions.dedup();
    event.mentions.retain(|span| !span.overlaps(event.trigger));
    event.contexts = detail::contexts(draft, sentence(event.trigger));
    for span in std::iter::once(event.trigger).chain(event.mentions.clone()) {
        let told = sentence(span);
        event.mode = event.mode.or_else(|| detail::mode(draft, event.kind, span, told.clone()));
        toll::join(&mut event.toll, toll::toll(draft, event.kind, told));
    }
    event.background = is_background(draft, &event);
    if event.place.is_none() && setting.is_some_and(|setting| setting::fits(&event, setting)) {
        event.place = setting.cloned();
    }
    event.confidence = confidence(score + told_again(&event), order);
    event
}

/// The score as a confidence, 0 to 1: news begins with what matters most, and comes back to it. `order` counts the
/// article's events from its beginning.
fn confidence(score: f32, order: usize) -> f32 {
    let weighed = score - 0.06 * order.min(8) as f32;
    1.0 / (1.0 + (-5.0 * (weighed - 0.55)).exp())
}

fn is_heading(draft: &Draft<'_>, sentence: usize) -> bool {
    let paragraph = draft.sentences.get(sentence).and_then(|sentence| draft.paragraphs.get(sentence.paragraph));
    paragraph.is_some_and(|paragraph| paragraph.heading)
}

/// The score of a candidate in its article: what the grammar says, where it stands, whom it names.
fn rank(draft: &Draft<'_>, candidate: &Candidate) -> f32 {
    let event = &candidate.event;
    let mut score = candidate.score;
    let body = draft
        .sentences
        .iter()
        .position(|sentence| draft.paragraphs.get(sentence.paragraph).is_some_and(|paragraph| !paragraph.heading))
        .unwrap_or(0);
    let place = candidate.sentence.saturating_sub(body);
    score += if is_heading(draft, candidate.sentence) { 0.1 } else { (0.18 - 0.025 * place as f32).max(0.0) };
    let known = |sides: &[Participant]| sides.iter().any(|one| one.polity.is_some());
    let named = |sides: &[Participant]| sides.iter().any(|one| one.entity.is_some());
    score += match (known(&event.actors), named(&event.actors)) {
        (true, true) => 0.12,
        (true, false) => 0.1,
        (false, true) => 0.03,
        (false, false) => 0.0,
    };
    // Deeds make the story; that somebody denied, asked or thanked is said in passing of most of them.
    if !is_verbal(event.kind) && !matches!(event.kind, EventKind::Other(OtherKind::Statement)) {
        score += DEED;
    }
    if known(&event.recipients) {
        score += 0.07;
    }
    // What people say happened or should happen is rarely what the article reports.
    if draft.is_marked(event.trigger.start) {
        score -= 0.18;
    }
    if event.actors.is_empty() && event.recipients.is_empty() {
        score -= 0.08;
    }
    if is_background(draft, event) {
        score -= 0.18;
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
        return is_told_twice(draft, &known.event, &other.event);
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
    // What is said is one event with its speaker: two who accuse are two events, even if one has no country.
    let unknown = known.event.actors.is_empty() || other.event.actors.is_empty();
    let share_actors = share(&known.event.actors, &other.event.actors);
    let said = is_verbal(known.event.kind) || known.event.kind == EventKind::Other(OtherKind::Statement);
    if said && (!share_actors || unknown && !same_word(draft, &known.event, &other.event)) {
        return false;
    }
    // An arrest and a ban are both repression, but not the same.
    let told = |one: &Candidate| !one.event.recipients.is_empty();
    let same_sides = || {
        let both = told(known) && told(other);
        both && share(&known.event.actors, &other.event.actors)
            && share(&known.event.recipients, &other.event.recipients)
    };
    if known.event.kind == EventKind::Coerce && !same_word(draft, &known.event, &other.event) && !same_sides() {
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
        && known.event.kind.is_mutual();
    (actors && recipients) || crossed
}

/// Whether two events differ only in what the lexicon takes their common word for: "bans" of the headline, "banned the
/// airline" of the text.
fn is_told_twice(draft: &Draft<'_>, a: &Event, b: &Event) -> bool {
    let same = |a: &[Participant], b: &[Participant]| !polities(a).is_empty() && polities(a) == polities(b);
    same_word(draft, a, b) && same(&a.actors, &b.actors) && same(&a.recipients, &b.recipients)
}

/// Whether two events are told with forms of one word: "arrested", "arrests".
fn same_word(draft: &Draft<'_>, a: &Event, b: &Event) -> bool {
    let head = |event: &Event| {
        let token = draft.tokens.get(draft.token_from(event.trigger.start));
        token.map(|token| token.lower.chars().take(5).collect::<String>())
    };
    head(a) == head(b)
}

fn is_verbal(kind: EventKind) -> bool {
    matches!(kind, EventKind::Accuse | EventKind::Reject | EventKind::Request | EventKind::Support)
}

/// Whether one of `a` can be one of `b`: the same entity, country or words; nobody can be anybody.
fn share(a: &[Participant], b: &[Participant]) -> bool {
    let same = |one: &Participant, other: &Participant| {
        one.entity.is_some() && one.entity == other.entity
            || one.polity.is_some() && one.polity == other.polity
            || one.text.eq_ignore_ascii_case(&other.text)
    };
    a.is_empty() || b.is_empty() || a.iter().any(|one| b.iter().any(|other| same(one, other)))
}

/// How much less clear an earlier mention may be than the clearest one and still be the one that is shown.
const EARLIER: f32 = 0.2;

/// Joins a mention of lower score into the one that is kept: the earlier one is shown if it is nearly as clear, and
/// what it leaves open is filled from the other.
fn join(known: &mut Candidate, mut other: Candidate) {
    let alike = other.event.kind == known.event.kind;
    if alike && other.event.trigger.start < known.event.trigger.start && other.score >= known.score - EARLIER {
        std::mem::swap(&mut known.event, &mut other.event);
        std::mem::swap(&mut known.sentence, &mut other.sentence);
    }
    known.event.mentions.push(other.event.trigger);
    known.event.mentions.append(&mut other.event.mentions);
    complete(&mut known.event, other.event);
}

/// Whether `theirs` tells the same side more fully than `ours`: somebody instead of nobody, a country instead of none.
/// A name does not replace "a senior official": two people of a country may do the same.
fn tells_more(theirs: &[Participant], ours: &[Participant]) -> bool {
    let named = ours.iter().any(|one| one.entity.is_some());
    ours.is_empty() && !theirs.is_empty() || !named && polities(ours).is_empty() && !polities(theirs).is_empty()
}

/// How many days the time of an event leaves open: one that is told to the day says more than a month or nothing.
fn days(event: &Event) -> i32 {
    match event.when.as_ref().map(|when| when.days) {
        Some(Some((first, last))) => (last - first).get_days(),
        Some(None) => i32::MAX - 1,
        None => i32::MAX,
    }
}

/// Fills what the kept mention leaves open from another mention of the same event.
fn complete(known: &mut Event, other: Event) {
    if days(&other) < days(known) {
        known.when = other.when;
    }
    if tells_more(&other.actors, &known.actors) {
        known.actors = other.actors;
    }
    // Whom words are addressed to another mention does not tell better: it may be another one's words.
    if known.recipients.is_empty() || !is_verbal(known.kind) && tells_more(&other.recipients, &known.recipients) {
        known.recipients = other.recipients;
    }
    // Talks are mentioned in many places; an explosion is in one.
    let one_place =
        matches!(known.kind, EventKind::Assault | EventKind::Protest | EventKind::Coerce | EventKind::Other(_));
    if known.place.is_none() && one_place {
        known.place = other.place;
    }
}
