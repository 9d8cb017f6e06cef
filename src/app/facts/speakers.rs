//! The statements of an article by who made them.

use std::collections::HashMap;

use crate::model::{Annotations, Polity, Speaker};
use crate::text::Clean;
use crate::words;

/// A speaker with the statements.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// The name, or the role of somebody the text does not name.
    pub name: Clean,
    /// Office and organisation, as stated.
    pub office: Option<Clean>,
    /// Country or organisation.
    pub polity: Option<Polity>,
    /// The statements, by number, in text order.
    pub statements: Vec<usize>,
    /// Whether the text does not tell who spoke.
    pub unknown: bool,
}

/// The speakers of an article, in the order of their first statement.
#[derive(Debug, Default)]
pub struct Speakers {
    /// By number; the number chooses the hue.
    pub groups: Vec<Group>,
    /// The group of each statement.
    pub of: Vec<usize>,
}

impl Speakers {
    /// Groups the statements of an article.
    pub fn new(found: &Annotations) -> Speakers {
        let mut speakers = Speakers::default();
        let mut numbers: HashMap<&Speaker, usize> = HashMap::new();
        for (statement, quotation) in found.quotations.iter().enumerate() {
            let number = *numbers.entry(&quotation.speaker).or_insert_with(|| {
                speakers.groups.push(group(found, &quotation.speaker));
                speakers.groups.len() - 1
            });
            speakers.of.push(number);
            if let Some(group) = speakers.groups.get_mut(number) {
                group.statements.push(statement);
            }
        }
        speakers
    }

    /// Who made the statement with this number.
    pub fn group_of(&self, statement: usize) -> Option<&Group> {
        self.groups.get(*self.of.get(statement)?)
    }
}

impl Group {
    /// The last word of the name, by which news text refers to people.
    pub fn short_name(&self) -> Clean {
        match (self.unknown, self.office.is_some()) {
            (false, true) => words!("{}", self.name.split_whitespace().next_back().unwrap_or(&self.name)),
            _ => self.name.clone(),
        }
    }
}

fn group(found: &Annotations, speaker: &Speaker) -> Group {
    let bare = |name: Clean, unknown| Group { name, office: None, polity: None, statements: Vec::new(), unknown };
    match speaker {
        Speaker::Unknown => bare(Clean::literal("Speaker not given"), true),
        Speaker::Unnamed(role) => bare(words!("{role}"), false),
        Speaker::Entity(index) => {
            let Some(entity) = found.entities.get(*index) else { return bare(Clean::literal("Unknown"), true) };
            let official = found.officials.iter().find(|official| official.entity == *index);
            Group {
                office: official.map(|official| office(&official.title, official.organization.as_deref())),
                polity: entity.polity.or_else(|| official.and_then(|official| official.polity)),
                ..bare(words!("{}", entity.name), false)
            }
        }
    }
}

/// Title and organisation in one line.
pub fn office(title: &str, organization: Option<&str>) -> Clean {
    match organization {
        Some(organization) if !title.contains(organization) => words!("{title}, {organization}"),
        _ => words!("{title}"),
    }
}
