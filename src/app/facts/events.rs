//! Events in text order: when, what kind, who with whom, in which words.

use super::{Bit, Facts, Line, Look, Subject};
use crate::app::words::{days, flat, rows};
use crate::model::{Annotations, Article, Event, EventKind, OtherKind, Participant, When};
use crate::text::Clean;
use crate::words;

pub fn facts(found: &Annotations) -> Facts {
    let mut facts = Facts::default();
    for (number, event) in found.events.iter().enumerate() {
        facts.gap();
        facts.order.push((event.trigger.start, number));
        facts.add(Subject::Event(number), vec![event.trigger]);
    }
    facts
}

pub fn lines(article: &Article, event: &Event, columns: usize) -> Vec<Line> {
    const MARGIN: usize = 3;
    let when = event.when.as_ref().map(|when| Bit::new(date(article, when), Look::Dim));
    let head = vec![Bit::blank(1), Bit::new(Clean::literal(name(event.kind)), Look::Kind)];
    let mut lines = vec![Line::new(head).right(when)];
    let mut add = |text: &Clean, most: usize, look: Look| {
        for row in rows(text, columns.saturating_sub(MARGIN), most) {
            lines.push(Line::new(vec![Bit::blank(MARGIN), Bit::new(row, look)]));
        }
    };
    if let Some(who) = who(event) {
        add(&who, 3, Look::Text);
    }
    let trigger = flat(article.doc.text.slice(event.trigger));
    match &event.place {
        Some(place) => add(&words!("{trigger} · {}", place.text), 2, Look::Dim),
        None => add(&trigger, 2, Look::Dim),
    }
    lines
}

/// `Zarif IR → Lavrov RU`; nothing where nobody is named.
fn who(event: &Event) -> Option<Clean> {
    let side = |people: &[Participant]| {
        let named: Vec<String> = people.iter().map(participant).collect();
        if named.is_empty() { "?".to_owned() } else { named.join(", ") }
    };
    let (actors, recipients) = (side(&event.actors), side(&event.recipients));
    let mutual = matches!(event.kind, EventKind::Agree | EventKind::Consult | EventKind::Cooperate);
    match (event.actors.is_empty(), event.recipients.is_empty()) {
        (true, true) => None,
        (false, true) => Some(words!("{actors}")),
        _ => Some(words!("{actors} {} {recipients}", if mutual { "↔" } else { "→" })),
    }
}

fn participant(who: &Participant) -> String {
    match who.polity {
        Some(polity) if polity.code() != who.text => format!("{} {}", who.text, polity.code()),
        _ => who.text.clone(),
    }
}

fn date(article: &Article, when: &When) -> Clean {
    match when.days {
        Some((first, last)) => days(first, last),
        None => flat(article.doc.text.slice(when.span)),
    }
}

/// What readers call a kind of event.
fn name(kind: EventKind) -> &'static str {
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
