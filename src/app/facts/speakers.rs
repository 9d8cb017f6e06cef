//! The statements of an article by who made them.

use std::collections::HashMap;

use super::nested::Nested;
use super::office::office;
use super::quotes::DOUBTFUL;
use crate::app::words::count;
use crate::model::{Annotations, Official, Polity, Speaker};
use crate::text::Clean;
use crate::words;

/// A speaker with the statements and views.
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
    /// What the speaker thinks, wants or feels, by number, in text order.
    pub views: Vec<usize>,
    /// Whether the text does not tell who spoke.
    pub unknown: bool,
    /// Whether the text tells a role only. Those whom it calls the same need not be the same.
    pub unnamed: bool,
    /// Whether every one of them may be somebody else's.
    pub doubtful: bool,
}

/// The speakers of an article, in the order of their first statement.
#[derive(Debug, Default)]
pub struct Speakers {
    /// By number; the number chooses the hue.
    pub groups: Vec<Group>,
    /// The group of each statement.
    pub of: Vec<usize>,
    /// Which statements are told inside others.
    pub nested: Nested,
    numbers: HashMap<Speaker, usize>,
}

impl Speakers {
    /// Groups the statements of an article.
    pub fn new(found: &Annotations) -> Speakers {
        let mut speakers = Speakers { nested: Nested::new(found), ..Speakers::default() };
        let mut offices: HashMap<usize, &Official> = HashMap::new();
        for official in &found.officials {
            offices.entry(official.entity).or_insert(official);
        }
        for (statement, quotation) in found.quotations.iter().enumerate() {
            let key = key(&quotation.speaker);
            let number = speakers.numbers.get(&key).copied().unwrap_or_else(|| {
                let next = speakers.groups.len();
                speakers.numbers.insert(key, next);
                speakers.groups.push(group(found, &offices, &quotation.speaker));
                next
            });
            speakers.of.push(number);
            if let Some(group) = speakers.groups.get_mut(number) {
                let list = if quotation.class.is_statement() { &mut group.statements } else { &mut group.views };
                list.push(statement);
                group.doubtful &= quotation.confidence < DOUBTFUL;
            }
        }
        speakers
    }

    /// What a speaker said, if anything.
    pub fn group_by(&self, speaker: &Speaker) -> Option<&Group> {
        self.groups.get(*self.numbers.get(&key(speaker))?)
    }

    /// Who tells of the statement with this number, where that is not who made it.
    pub fn teller_of(&self, statement: usize) -> Option<&Group> {
        let outer = self.nested.outer(statement)?;
        (self.of.get(outer) != self.of.get(statement)).then(|| self.group_of(outer)).flatten()
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

    /// Statements and views in text order, by number.
    pub fn all(&self) -> Vec<usize> {
        let mut all: Vec<usize> = self.statements.iter().chain(&self.views).copied().collect();
        all.sort_unstable();
        all
    }

    /// How many statements and views: `3 statements · 2 views`.
    pub fn counts(&self) -> Clean {
        let (statements, views) = (count(self.statements.len(), "statement"), count(self.views.len(), "view"));
        match (self.statements.is_empty(), self.views.is_empty()) {
            (_, true) => statements,
            (true, false) => views,
            (false, false) => words!("{statements} · {views}"),
        }
    }
}

/// By what statements are of one speaker: somebody unnamed is called the same, in capitals or not.
fn key(speaker: &Speaker) -> Speaker {
    match speaker {
        Speaker::Unnamed(role) => {
            Speaker::Unnamed(role.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase())
        }
        other => other.clone(),
    }
}

fn group(found: &Annotations, offices: &HashMap<usize, &Official>, speaker: &Speaker) -> Group {
    let bare = |name, unknown, unnamed| Group {
        name,
        office: None,
        polity: None,
        statements: Vec::new(),
        views: Vec::new(),
        unknown,
        unnamed,
        doubtful: !unknown,
    };
    match speaker {
        Speaker::Unknown => bare(Clean::literal("Speaker not given"), true, false),
        Speaker::Unnamed(role) => bare(words!("{role}"), false, true),
        Speaker::Entity(index) => {
            let Some(entity) = found.entities.get(*index) else {
                return bare(Clean::literal("Unknown"), true, false);
            };
            let official = offices.get(index);
            Group {
                office: official.map(|official| office(&official.title, official.organization.as_deref())),
                polity: entity.polity.or_else(|| official.and_then(|official| official.polity)),
                ..bare(words!("{}", entity.name), false, false)
            }
        }
    }
}
