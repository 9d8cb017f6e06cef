//! What is found in an article. Every finding carries the span of the words that prove it, in bytes of `Doc::text`.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::event::{Event, Participant};
use super::{Corrected, Country, InnerPlace, Location, Polity, Sector, Subject};
use crate::text::Span;

/// Everything found in one article.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Annotations {
    /// Persons, organisations, places and peoples; the index is an [`EntityIx`].
    pub entities: Vec<Entity>,
    /// Where the entities are named or referred to, by `span.start`. Names do not overlap names.
    pub mentions: Vec<Mention>,
    /// Places named inside the names of other things, in text order: "Texas" in "Texas Forest Service".
    pub inner_places: Vec<InnerPlace>,
    /// Statements, by the start of their content.
    pub quotations: Vec<Quotation>,
    /// Words between quotation marks that quote nobody (titles, terms, scare quotes), marks included.
    pub non_quotations: Vec<Span>,
    /// Named people with a public office, in the order of first mention.
    pub officials: Vec<Official>,
    /// Noun phrases for those who can act: people, bodies, states, groups ("Kenyan police"), by `span.start`; they do not
    /// overlap.
    pub actors: Vec<Participant>,
    /// What happened, in text order.
    pub events: Vec<Event>,
    /// Which countries the article names and is about.
    pub countries: CountryProfile,
    /// What people set right in all this. Libraries keep it apart from what the program finds, which it outlives.
    #[serde(skip)]
    pub corrections: Vec<Corrected>,
}

/// Index into [`Annotations::entities`].
pub type EntityIx = usize;

/// Kind of an entity, as the gold guidelines define them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum EntityKind {
    /// A named person or family.
    Person,
    /// A named body: government, party, company, medium, armed group, intergovernmental organisation.
    Org,
    /// Country, state, city.
    Gpe,
    /// Region, sea, mountain, island.
    Loc,
    /// Nationality, religion, people, party adjective.
    Norp,
    /// Building, airport, street, pipeline.
    Fac,
    /// Named event.
    Event,
}

impl EntityKind {
    /// The label used in exports: `PERSON`, `ORG`, `GPE`, `LOC`, `NORP`, `FAC`, `EVENT`.
    pub fn label(self) -> &'static str {
        match self {
            EntityKind::Person => "PERSON",
            EntityKind::Org => "ORG",
            EntityKind::Gpe => "GPE",
            EntityKind::Loc => "LOC",
            EntityKind::Norp => "NORP",
            EntityKind::Fac => "FAC",
            EntityKind::Event => "EVENT",
        }
    }
}

/// Grammatical gender of a person, where the text or the given name tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Gender {
    /// he
    Male,
    /// she
    Female,
}

/// Somebody or something with a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entity {
    /// Kind.
    pub kind: EntityKind,
    /// The fullest form of the name in the article.
    pub name: String,
    /// Country or organisation it belongs to, where known.
    pub polity: Option<Polity>,
    /// Where it is on the map, if it is a place.
    pub location: Option<Location>,
    /// Persons only.
    pub gender: Option<Gender>,
}

/// A place in the text that names an entity or stands for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mention {
    /// The words, without possessive 's, title or article.
    pub span: Span,
    /// Who or what.
    pub entity: EntityIx,
    /// By what kind of words.
    pub kind: MentionKind,
}

/// How a mention refers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum MentionKind {
    /// By a name.
    Name,
    /// By a pronoun ("he").
    Pronoun,
    /// By a role ("the minister").
    Role,
}

/// How reported speech is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash, Serialize, Deserialize)]
pub enum QuotationKind {
    /// All of it between quotation marks.
    #[default]
    Direct,
    /// Part of it between quotation marks.
    Mixed,
    /// None of it between quotation marks.
    Indirect,
}

impl QuotationKind {
    /// `direct`, `mixed` or `indirect`.
    pub fn label(self) -> &'static str {
        match self {
            QuotationKind::Direct => "direct",
            QuotationKind::Mixed => "mixed",
            QuotationKind::Indirect => "indirect",
        }
    }
}

/// Somebody's words or thoughts, with their attribution.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Quotation {
    /// Direct, mixed or indirect.
    pub kind: QuotationKind,
    /// What was said; several spans when the attribution or a paragraph break interrupts it. Marks included.
    pub content: Vec<Span>,
    /// The parts between quotation marks, marks included.
    pub quoted: Vec<Span>,
    /// The words that say that it was said ("said", "according to", ":").
    pub cue: Option<Span>,
    /// The noun phrase or pronoun that the text attributes it to, titles included.
    pub source: Option<Span>,
    /// What the cue reports: words, or a state of mind.
    pub class: CueClass,
    /// Whether the text says that it was said.
    pub assertion: Assertion,
    /// The quotation, by index into [`Annotations::quotations`], inside whose content this one is told: X said that Y
    /// had said …
    pub within: Option<usize>,
    /// Whom the source stands for.
    pub speaker: Speaker,
    /// How probable it is that these are somebody's words and that the speaker is right, 0 to 1; 0 where none is found.
    pub confidence: f32,
    /// Why the speaker is thought to be who it is.
    pub evidence: Evidence,
}

/// What a cue reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash, Serialize, Deserialize)]
pub enum CueClass {
    /// Words, spoken or written: "said", "according to", "warned".
    #[default]
    Say,
    /// An act done by speaking, told without the words: "condemned the attack", "announced a deal".
    Act,
    /// What somebody holds true: "believes", "expects".
    Think,
    /// What somebody wants or means to do: "plans", "hopes to".
    Intend,
    /// What somebody feels about it: "fears", "is glad".
    Feel,
}

impl CueClass {
    /// `say`, `act`, `think`, `intend` or `feel`.
    pub fn label(self) -> &'static str {
        match self {
            CueClass::Say => "say",
            CueClass::Act => "act",
            CueClass::Think => "think",
            CueClass::Intend => "intend",
            CueClass::Feel => "feel",
        }
    }

    /// Whether it reports something that was said (a statement), not a state of mind (a view).
    pub fn is_statement(self) -> bool {
        matches!(self, CueClass::Say | CueClass::Act)
    }
}

/// Whether the text asserts that something was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash, Serialize, Deserialize)]
pub enum Assertion {
    /// "said"
    #[default]
    Made,
    /// "did not say", "never claimed"
    Negated,
    /// "would say", "if she says"
    Hypothetical,
}

impl Assertion {
    /// `made`, `negated` or `hypothetical`.
    pub fn label(self) -> &'static str {
        match self {
            Assertion::Made => "made",
            Assertion::Negated => "negated",
            Assertion::Hypothetical => "hypothetical",
        }
    }
}

/// Why a quotation has the speaker it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash, Serialize, Deserialize)]
pub struct Evidence {
    /// How the words came by their attribution.
    pub attachment: Attachment,
    /// How the source came by its name.
    pub resolution: Resolution,
    /// The words elsewhere in the text that tell who a pronoun or role is.
    pub antecedent: Option<Span>,
}

/// How the words of a quotation came by their attribution.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash, Serialize, Deserialize)]
pub enum Attachment {
    /// The attribution follows the words: `"…," she said`.
    Follows,
    /// The attribution leads to the words: `She said: "…"`.
    Leads,
    /// By the attribution of the words before, in the paragraph: `"…," she said. "…"`
    CarriedOn,
    /// By the sentence before, which tells in other words what its speaker said.
    Reported,
    /// By the end of the paragraph before: `She went on:`.
    Announced,
    /// The words go on from the paragraph before, whose quotation was not closed.
    Continued,
    /// A name signs them (`"…" — Ada Obi`) or heads them, as in a transcript (`OBI: …`).
    Signed,
    /// The text does not say whose words they are.
    #[default]
    Unstated,
}

impl Attachment {
    /// `follows`, `leads`, `carried-on`, `reported`, `announced`, `continued`, `signed` or `unstated`.
    pub fn label(self) -> &'static str {
        match self {
            Attachment::Follows => "follows",
            Attachment::Leads => "leads",
            Attachment::CarriedOn => "carried-on",
            Attachment::Reported => "reported",
            Attachment::Announced => "announced",
            Attachment::Continued => "continued",
            Attachment::Signed => "signed",
            Attachment::Unstated => "unstated",
        }
    }
}

/// How a source came by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash, Serialize, Deserialize)]
pub enum Resolution {
    /// The source names the person or body.
    Name,
    /// The source is a pronoun.
    Pronoun,
    /// The source is a role ("the minister") that a person named elsewhere holds.
    Role,
    /// No source is given; the speaker of the words before goes on.
    Context,
    /// The source names nobody ("a senior official").
    Unnamed,
    /// It could not be told.
    #[default]
    Unresolved,
}

impl Resolution {
    /// `name`, `pronoun`, `role`, `context`, `unnamed` or `unresolved`.
    pub fn label(self) -> &'static str {
        match self {
            Resolution::Name => "name",
            Resolution::Pronoun => "pronoun",
            Resolution::Role => "role",
            Resolution::Context => "context",
            Resolution::Unnamed => "unnamed",
            Resolution::Unresolved => "unresolved",
        }
    }
}

/// Whom a quotation is attributed to.
#[derive(Debug, Clone, PartialEq, Eq, Default, Hash, Serialize, Deserialize)]
pub enum Speaker {
    /// Somebody or a body with a name.
    Entity(EntityIx),
    /// Somebody the text does not name, by role: "Interpol spokesperson".
    Unnamed(String),
    /// The text does not tell.
    #[default]
    Unknown,
}

/// A named person with a public office.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Official {
    /// The person.
    pub entity: EntityIx,
    /// The office as stated, without nationality: "Foreign Minister"; "Foreign Minister (counterpart)" when inherited.
    pub title: String,
    /// The body the office belongs to, when stated.
    pub organization: Option<String>,
    /// Country or organisation served.
    pub polity: Option<Polity>,
    /// The part of society the office belongs to.
    pub sector: Option<Sector>,
    /// The words that state the office.
    pub mentions: Vec<Span>,
}

/// The countries of an article.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CountryProfile {
    /// What the article is about, most central first.
    pub about: Vec<Country>,
    /// Every country named by a place or a nationality, and those of `about`, with the number of mentions, most first.
    pub mentioned: Vec<(Country, usize)>,
}

impl Annotations {
    /// Every country the article has to do with, once: named, or in an event as actor, recipient or place.
    pub fn countries_in(&self) -> BTreeSet<Country> {
        let named = self.countries.mentioned.iter().map(|(country, _)| *country);
        let about = self.countries.about.iter().copied();
        named.chain(about).chain(self.events.iter().flat_map(Event::countries)).collect()
    }

    /// What a person last set right in a finding.
    pub fn corrected(&self, of: Subject) -> Option<&Corrected> {
        self.corrections.iter().rfind(|corrected| corrected.of == of)
    }

    /// The entity that `quotation` is resolved to.
    pub fn speaker(&self, quotation: &Quotation) -> Option<&Entity> {
        match quotation.speaker {
            Speaker::Entity(index) => self.entities.get(index),
            Speaker::Unnamed(_) | Speaker::Unknown => None,
        }
    }
}

impl Quotation {
    /// What the text says instead of "said": "did not say", "would think". Nothing where it was said or thought.
    pub fn caveat(&self) -> Option<&'static str> {
        use CueClass::{Act, Feel, Intend, Say, Think};
        match (self.assertion, self.class) {
            (Assertion::Made, _) => None,
            (Assertion::Negated, Say | Act) => Some("did not say"),
            (Assertion::Negated, Think) => Some("did not think"),
            (Assertion::Negated, Intend) => Some("did not intend"),
            (Assertion::Negated, Feel) => Some("did not feel"),
            (Assertion::Hypothetical, Say | Act) => Some("would say"),
            (Assertion::Hypothetical, Think) => Some("would think"),
            (Assertion::Hypothetical, Intend) => Some("would intend"),
            (Assertion::Hypothetical, Feel) => Some("would feel"),
        }
    }

    /// From the first to the last byte of the content.
    pub fn extent(&self) -> Span {
        match (self.content.first(), self.content.last()) {
            (Some(first), Some(last)) => first.join(*last),
            _ => Span::new(0, 0),
        }
    }
}
