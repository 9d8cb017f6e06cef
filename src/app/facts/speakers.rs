//! The statements of an article by who made them.

use std::collections::HashMap;

use crate::model::{Annotations, Official, Polity, Speaker};
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
    /// How many of them are views: what the speaker thinks, wants or feels.
    pub views: usize,
    /// Whether the text gives a role only ("a senior official").
    pub unnamed: bool,
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
    numbers: HashMap<Speaker, usize>,
}

impl Speakers {
    /// Groups the statements of an article.
    pub fn new(found: &Annotations) -> Speakers {
        let mut speakers = Speakers::default();
        let mut offices: HashMap<usize, &Official> = HashMap::new();
        for official in &found.officials {
            offices.entry(official.entity).or_insert(official);
        }
        for (statement, quotation) in found.quotations.iter().enumerate() {
            let number = speakers.numbers.get(&quotation.speaker).copied().unwrap_or_else(|| {
                let next = speakers.groups.len();
                speakers.numbers.insert(quotation.speaker.clone(), next);
                speakers.groups.push(group(found, &offices, &quotation.speaker));
                next
            });
            speakers.of.push(number);
            if let Some(group) = speakers.groups.get_mut(number) {
                group.statements.push(statement);
                group.views += usize::from(quotation.class.is_view());
            }
        }
        speakers
    }

    /// The statements by a speaker, by number.
    pub fn statements_by(&self, speaker: &Speaker) -> &[usize] {
        let group = self.numbers.get(speaker).and_then(|number| self.groups.get(*number));
        group.map_or(&[], |group| &group.statements)
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

fn group(found: &Annotations, offices: &HashMap<usize, &Official>, speaker: &Speaker) -> Group {
    let bare = |name: Clean, unknown| Group {
        name,
        office: None,
        polity: None,
        statements: Vec::new(),
        views: 0,
        unnamed: false,
        unknown,
    };
    match speaker {
        Speaker::Unknown => bare(Clean::literal("Speaker not given"), true),
        Speaker::Unnamed(role) => Group { unnamed: true, ..bare(words!("{role}"), false) },
        Speaker::Entity(index) => {
            let Some(entity) = found.entities.get(*index) else { return bare(Clean::literal("Unknown"), true) };
            let official = offices.get(index);
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
