//! Findings in words, for people.

use crate::annotate::country_name;
use crate::model::{Event, Participant, Polity, Quotation, Who};

/// What happened: kind, the word that tells it, who to whom, where, when.
pub(super) fn event(event: &Event, text: &str) -> String {
    let names = |participants: &[Participant]| {
        let names: Vec<String> = participants
            .iter()
            .map(|one| match one.polity {
                Some(polity) => format!("{} ({})", one.text, polity.code()),
                None => one.text.clone(),
            })
            .collect();
        names.join(", ")
    };
    let mut words = format!("{} “{}”", event.kind.code(), event.trigger.of(text));
    match (names(&event.actors), names(&event.recipients)) {
        (actors, recipients) if !actors.is_empty() && !recipients.is_empty() => {
            words += &format!(": {actors} → {recipients}");
        }
        (actors, recipients) if actors.is_empty() && !recipients.is_empty() => words += &format!(": → {recipients}"),
        (actors, _) if !actors.is_empty() => words += &format!(": {actors}"),
        _ => {}
    }
    if let Some(place) = &event.place {
        words += &format!(" · {}", place.text);
    }
    if let Some(when) = &event.when {
        words += &match when.days {
            Some((first, last)) if first == last => format!(" · {first}"),
            Some((first, last)) => format!(" · {first} to {last}"),
            None => format!(" · {}", when.span.of(text)),
        };
    }
    words
}

/// A speaker's office, and the country or organisation he or she is of: "Foreign Minister, Iran".
pub(super) fn standing(who: &Who<'_>) -> Option<String> {
    let office = who.office.map(|office| office.title.as_str()).filter(|title| !title.is_empty());
    // Of a country itself there is nothing to add.
    let of = who.polity.map(polity).filter(|of| who.name != Some(of));
    let parts: Vec<&str> = [office, of].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// The name of a country, or an organisation's short name.
pub(super) fn polity(polity: Polity) -> &'static str {
    match polity {
        Polity::Country(country) => country_name(country),
        Polity::Igo(igo) => igo.0,
    }
}

/// The words of a quotation on one line, " … " where the text interrupts them.
pub(super) fn words(quotation: &Quotation, text: &str) -> String {
    let parts = quotation.content.iter().map(|span| span.of(text).split_whitespace().collect::<Vec<_>>().join(" "));
    parts.collect::<Vec<_>>().join(" … ")
}
