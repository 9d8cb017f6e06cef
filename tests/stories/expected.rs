//! `expected.toml`: what a careful editor would mark in the stories.

use serde::Deserialize;

/// The file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expected {
    pub story: Vec<Story>,
}

/// One story.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Story {
    pub file: String,
    pub about: Vec<String>,
    pub quotations: Vec<Quotation>,
    pub not_quotations: Vec<String>,
    pub officials: Vec<Official>,
    pub events: Vec<Event>,
}

/// A stretch of reported speech.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quotation {
    pub kind: String,
    pub words: String,
    pub speaker: Option<String>,
    pub role: Option<String>,
}

/// A named person with an office.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Official {
    pub name: String,
    pub office: String,
    pub serves: Option<String>,
}

/// A main event.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Event {
    pub kind: String,
    pub words: String,
}

impl Expected {
    pub fn read() -> Self {
        toml::from_str(include_str!("expected.toml")).expect("expected.toml")
    }
}
