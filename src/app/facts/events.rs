//! Events as a timeline: under the days they happened on, the latest first; what the article only recalls stands apart.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use jiff::civil::Date;

use super::{Bit, Facts, Line, Look, Part, Subject};
use crate::app::words::{days, flat, rows};
use crate::model::{Annotations, Article, Event, EventKind, Mode, OtherKind, Participant, Place, Toll, When};
use crate::text::{Clean, Span, wrap};
use crate::words;

/// Columns before what stands under the kind of an event.
const MARGIN: usize = 3;

/// The events, only of these kinds if there are any: by day, the latest first, in text order within a day; then those of
/// which no day is told; then the background.
pub fn facts(found: &Annotations, only: &BTreeSet<EventKind>) -> Facts {
    let mut facts = Facts { kinds: only.iter().copied().collect(), ..Facts::default() };
    let shown = |event: &Event| only.is_empty() || only.contains(&event.kind);
    let mut numbers: Vec<usize> = (0..found.events.len()).filter(|at| shown(&found.events[*at])).collect();
    // An article gives its events in text order, which the sorting leaves as it is.
    numbers.sort_by_key(|number| {
        let event = &found.events[*number];
        let days = day(event);
        (event.background, days.is_none(), days.map(|(first, last)| (Reverse(first), last)))
    });
    if !only.is_empty() && !numbers.is_empty() {
        facts.parts.push(Part::Kinds);
    }
    let mut under = None;
    for number in numbers {
        let event = &found.events[number];
        let heading = if event.background { Part::Heading("Background") } else { Part::Days(day(event)) };
        if under != Some(heading) {
            // What tells of the filter stands over the first heading, without a gap, so that they come into view together.
            if facts.parts.last() != Some(&Part::Kinds) {
                facts.gap();
            }
            facts.parts.push(heading);
            under = Some(heading);
        }
        let (entry, places) = (facts.entries.len(), places(event));
        facts.order.extend(places.iter().map(|place| (place.start, entry)));
        facts.add(Subject::Event(number), places);
    }
    facts
}

/// The words that tell of it: first those by which it was found, then the others in text order.
pub fn places(event: &Event) -> Vec<Span> {
    let others = event.mentions.iter().copied().filter(|mention| *mention != event.trigger);
    std::iter::once(event.trigger).chain(others).collect()
}

/// The first and the last day meant.
fn day(event: &Event) -> Option<(Date, Date)> {
    event.when.as_ref()?.days
}

/// The day or period over its events.
pub fn heading(of: Option<(Date, Date)>) -> Line {
    let told = of.map_or(Clean::literal("No day told"), |(first, last)| days(first, last));
    Line::new(vec![Bit::new(told, Look::Heading)])
}

/// What tells that only some kinds are shown.
pub fn only(kinds: &[EventKind], shown: usize, all: usize, columns: usize) -> Vec<Line> {
    let names = kinds.iter().map(|kind| name(*kind)).collect::<Vec<_>>().join(", ");
    let told = rows(&words!("Only {names}: {shown} of {all}"), columns, 2);
    told.into_iter().map(|row| Line::new(vec![Bit::new(row, Look::Kind)])).collect()
}

/// An event: kind and how, who to whom, numbers, the words that tell of it with the place.
pub fn lines(article: &Article, event: &Event, columns: usize) -> Vec<Line> {
    // The heading tells the day, except of the background; words that could not be resolved to a day stand here.
    let under_day = !event.background && day(event).is_some();
    let when = event.when.as_ref().filter(|_| !under_day);
    let when = when.map(|when| Bit::new(date(article, when), Look::Dim));
    let mut head = vec![Bit::blank(1), Bit::new(Clean::literal(name(event.kind)), Look::Kind)];
    head.extend(event.mode.map(|mode| Bit::new(words!(" · {}", manner(mode)), Look::Text)));
    let mut lines = vec![Line::new(head).right(when)];
    let mut add = |text: &Clean, most: usize, look: Look| {
        for row in rows(text, columns.saturating_sub(MARGIN), most) {
            lines.push(Line::new(vec![Bit::blank(MARGIN), Bit::new(row, look)]));
        }
    };
    if let Some(who) = who(event) {
        add(&who, 3, Look::Text);
    }
    if let Some(numbers) = numbers(&event.toll) {
        add(&numbers, 2, Look::Text);
    }
    let told = places(event).len();
    let told = (told > 1).then(|| words!("told {told} times"));
    let place = event.place.as_ref().map(place);
    let parts = [Some(flat(article.doc.text.slice(event.trigger))), place, told];
    let parts: Vec<String> = parts.into_iter().flatten().map(|part| part.to_string()).collect();
    add(&words!("{}", parts.join(" · ")), 3, Look::Dim);
    lines
}

/// `Zarif IR → Lavrov RU`; nothing where nobody is named.
fn who(event: &Event) -> Option<Clean> {
    let side = |people: &[Participant]| {
        let named: Vec<String> = people.iter().map(participant).collect();
        if named.is_empty() { "?".to_owned() } else { named.join(", ") }
    };
    let (actors, recipients) = (side(&event.actors), side(&event.recipients));
    match (event.actors.is_empty(), event.recipients.is_empty()) {
        (true, true) => None,
        (false, true) => Some(words!("{actors}")),
        _ => Some(words!("{actors} {} {recipients}", if event.kind.is_mutual() { "↔" } else { "→" })),
    }
}

fn participant(who: &Participant) -> String {
    match who.polity {
        Some(polity) if polity.code() != who.text => format!("{} {}", who.text, polity.code()),
        _ => who.text.clone(),
    }
}

/// `Accra GH`.
fn place(place: &Place) -> Clean {
    match place.country {
        Some(country) if country.code() != place.text => words!("{} {country}", place.text),
        _ => words!("{}", place.text),
    }
}

/// `3 killed, 12 injured`; nothing where no number is told.
fn numbers(toll: &Toll) -> Option<Clean> {
    let people = |number: Option<u32>, what: &str| number.map(|number| format!("{number} {what}"));
    let told = [
        people(toll.killed, "killed"),
        people(toll.injured, "injured"),
        people(toll.size, "took part"),
        toll.amount.clone(),
    ];
    let told: Vec<String> = told.into_iter().flatten().collect();
    (!told.is_empty()).then(|| words!("{}", told.join(", ")))
}

fn date(article: &Article, when: &When) -> Clean {
    match when.days {
        Some((first, last)) => days(first, last),
        None => flat(article.doc.text.slice(when.span)),
    }
}

/// How an event was done, in words.
fn manner(mode: Mode) -> String {
    match mode {
        Mode::Demo => "demonstration".to_owned(),
        Mode::Hunger => "hunger strike".to_owned(),
        Mode::Sexual => "sexual violence".to_owned(),
        Mode::Change => "policy change".to_owned(),
        Mode::Relations => "diplomatic relations".to_owned(),
        other => other.label().replace('-', " "),
    }
}

/// What readers call a kind of event.
pub fn name(kind: EventKind) -> &'static str {
    match kind {
        EventKind::Agree => "Agreement",
        EventKind::Consult => "Consultation",
        EventKind::Support => "Support",
        EventKind::Concede => "Concession",
        EventKind::Cooperate => "Cooperation",
        EventKind::Aid => "Aid",
        EventKind::Retreat => "Retreat",
        EventKind::Request => "Demand",
        EventKind::Accuse => "Accusation",
        EventKind::Reject => "Rejection",
        EventKind::Threaten => "Threat",
        EventKind::Protest => "Protest",
        EventKind::Sanction => "Sanction",
        EventKind::Mobilize => "Mobilisation",
        EventKind::Coerce => "Coercion",
        EventKind::Assault => "Assault",
        EventKind::Other(OtherKind::Disaster) => "Disaster",
        EventKind::Other(OtherKind::Accident) => "Accident",
        EventKind::Other(OtherKind::Election) => "Election",
        EventKind::Other(OtherKind::Legal) => "Legal case",
        EventKind::Other(OtherKind::Legislation) => "Legislation",
        EventKind::Other(OtherKind::Economic) => "Economy",
        EventKind::Other(OtherKind::Appointment) => "Appointment",
        EventKind::Other(OtherKind::Death) => "Death",
        EventKind::Other(OtherKind::Health) => "Health",
        EventKind::Other(OtherKind::Statement) => "Statement",
    }
}

/// Why it is thought to be one, and what is told of it, in at most `most` columns: the words by which it was found, how
/// sure it is, what it is about, PLOVER's class and CAMEO's root code.
pub fn why(article: &Article, event: &Event, most: usize) -> Clean {
    let sure = words!("{:.0} %", event.confidence.clamp(0.0, 1.0) * 100.0);
    let about: Vec<String> = event.contexts.iter().map(|context| context.label().replace('_', " ")).collect();
    let about = (!about.is_empty()).then(|| words!("about {}", about.join(", ")));
    let quad = event.kind.quad().map(|quad| words!("{}", quad.code().to_lowercase()));
    let root = event.kind.cameo_root().map(|root| words!("CAMEO {root}"));
    let told = [Some(sure), about, quad, root].into_iter().flatten();
    let told = words!("{}", told.map(|part| format!(" · {part}")).collect::<String>());
    // Where there is little room the words give way, which are marked in the text.
    let room = most.saturating_sub(wrap::width(&told)).max(24);
    let reason = flat(words!("{}", event.reason(&article.doc.text)).whole());
    let reason = rows(&reason, room, 1).into_iter().next().unwrap_or_default();
    words!("{reason}{told}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_told_as_far_as_they_are_known() {
        let toll = Toll { killed: Some(3), injured: Some(12), ..Toll::default() };
        assert_eq!(numbers(&toll).as_deref(), Some("3 killed, 12 injured"));
        let toll = Toll { size: Some(1), amount: Some("$5 million".to_owned()), ..Toll::default() };
        assert_eq!(numbers(&toll).as_deref(), Some("1 took part, $5 million"));
        assert_eq!(numbers(&Toll::default()), None);
    }

    #[test]
    fn modes_are_told_in_words() {
        for mode in Mode::ALL {
            assert!(manner(*mode).chars().all(|c| c.is_ascii_lowercase() || c == ' '), "{mode:?}");
        }
        assert_eq!(manner(Mode::SuicideAttack), "suicide attack");
    }
}
