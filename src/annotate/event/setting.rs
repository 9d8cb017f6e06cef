//! Where an event is that its own sentence gives no place: where the article is set.

use crate::annotate::country;
use crate::annotate::draft::Draft;
use crate::model::{Country, EntityKind, Event, EventKind, Mention, OtherKind, Participant, Place};

/// The place of the dateline; without one, the country that more than half of the article's names of places and peoples
/// belong to, by its first name.
pub(super) fn of_article(draft: &Draft<'_>) -> Option<Place> {
    let in_dateline = draft.paragraphs.iter().find(|paragraph| !paragraph.heading).and_then(|body| {
        let dateline = country::dateline(draft, body.tokens.clone())?;
        draft.mentions_in(dateline).iter().find(|mention| is_place(draft, mention))
    });
    in_dateline.or_else(|| prevailing(draft)).and_then(|mention| place(draft, mention))
}

/// Whether an event without a place is likely to be there: it is something that happens somewhere, not only said, and
/// its sides are of that country or of none that is known.
pub(super) fn fits(event: &Event, setting: &Place) -> bool {
    let somewhere = match event.kind {
        EventKind::Consult
        | EventKind::Protest
        | EventKind::Coerce
        | EventKind::Assault
        | EventKind::Mobilize
        | EventKind::Retreat
        | EventKind::Aid => true,
        EventKind::Other(kind) => !matches!(kind, OtherKind::Statement | OtherKind::Economic),
        _ => false,
    };
    let here = |one: &Participant| one.polity.is_none_or(|polity| polity.country() == setting.country);
    somewhere && event.actors.iter().chain(&event.recipients).all(here)
}

fn is_place(draft: &Draft<'_>, mention: &Mention) -> bool {
    draft.entity(mention.entity).is_some_and(|entity| entity.kind == EntityKind::Gpe)
}

fn country_of(draft: &Draft<'_>, mention: &Mention) -> Option<Country> {
    draft.entity(mention.entity)?.polity?.country()
}

/// The first place of the country that prevails.
fn prevailing<'d>(draft: &'d Draft<'_>) -> Option<&'d Mention> {
    let mut counts: Vec<(Country, usize)> = Vec::new();
    for country in draft.mentions.iter().filter_map(|mention| country_of(draft, mention)) {
        match counts.iter_mut().find(|(known, _)| *known == country) {
            Some((_, count)) => *count += 1,
            None => counts.push((country, 1)),
        }
    }
    let all: usize = counts.iter().map(|(_, count)| count).sum();
    let (country, _) = counts.into_iter().max_by_key(|(_, count)| *count).filter(|(_, count)| count * 2 > all)?;
    draft.mentions.iter().find(|mention| is_place(draft, mention) && country_of(draft, mention) == Some(country))
}

fn place(draft: &Draft<'_>, mention: &Mention) -> Option<Place> {
    let entity = draft.entity(mention.entity)?;
    Some(Place { span: mention.span, text: entity.name.clone(), country: country_of(draft, mention) })
}
