//! Who speaks.

use super::{Annotations, Official, Polity, Quotation, Speaker};

/// The speaker of a quotation, as far as the text tells.
#[derive(Debug, Clone, Copy)]
pub struct Who<'a> {
    /// The name, or the role of somebody without one.
    pub name: Option<&'a str>,
    /// The office.
    pub office: Option<&'a Official>,
    /// Whom the speaker belongs to.
    pub polity: Option<Polity>,
}

impl<'a> Who<'a> {
    /// The speaker of a quotation.
    pub fn of(quotation: &'a Quotation, found: &'a Annotations) -> Self {
        match &quotation.speaker {
            Speaker::Entity(index) => {
                let entity = found.entities.get(*index);
                let office = found.officials.iter().find(|official| official.entity == *index);
                let located = entity.and_then(|entity| entity.location.as_ref()?.country).map(Polity::from);
                let own = entity.and_then(|entity| entity.polity).or(located);
                Who {
                    name: entity.map(|entity| entity.name.as_str()),
                    office,
                    polity: own.or(office.and_then(|office| office.polity)),
                }
            }
            Speaker::Unnamed(role) => Who { name: Some(role), office: None, polity: None },
            Speaker::Unknown => Who { name: None, office: None, polity: None },
        }
    }
}
