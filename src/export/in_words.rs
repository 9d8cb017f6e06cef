//! Findings in words, for people.

use crate::annotate::country_name;
use jiff::tz::TimeZone;

use crate::model::{Event, Note, Participant, Polity, Quotation, Who};
use crate::text::Clean;
use crate::text::anchor::in_marks;

/// What somebody noted: the words, what is said of them, tags, who and when.
pub(super) fn note(note: &Note) -> String {
    let quotes: Vec<String> =
        note.quotes.iter().filter(|quote| !quote.exact.is_empty()).map(|quote| in_marks(&quote.exact)).collect();
    let tags: Vec<&str> = note.tags().map(Clean::as_str).collect();
    let correction = note.correction.as_ref().map(ToString::to_string).unwrap_or_default();
    let said = [quotes.join(" … "), correction, note.text().to_string(), tags.join(", ")];
    let said: Vec<String> = said.into_iter().filter(|words| !words.is_empty()).collect();
    let day = note.created.map(|created| created.to_zoned(TimeZone::UTC).date().to_string());
    let creator = note.creator.as_ref().map(|creator| creator.name.to_string());
    let what = if note.correction.is_some() { "correction" } else { "note" };
    let origin: Vec<String> = [what.to_owned()].into_iter().chain(creator).chain(day).collect();
    format!("{} ({})", said.join(" — "), origin.join(", "))
}

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
