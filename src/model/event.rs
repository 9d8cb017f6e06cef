//! What happened: events in PLOVER's ontology and a few types more.

use std::fmt::Write;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::annotations::EntityIx;
use super::polity::{Country, Polity};
use super::sector::Sector;
use crate::text::Span;

/// An enum whose variants have labels.
macro_rules! labelled {
    ($(#[$doc:meta])* $name:ident { $($variant:ident = $label:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[allow(missing_docs)]
        pub enum $name { $($variant,)* }

        impl $name {
            /// Every one.
            pub const ALL: &'static [$name] = &[$($name::$variant,)*];

            /// PLOVER's label, as used in exports and in the lexicon.
            pub fn label(self) -> &'static str {
                match self { $($name::$variant => $label,)* }
            }

            /// The one with this label.
            pub fn from_label(label: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.label() == label)
            }
        }
    };
}

labelled! {
    /// How an event is done: PLOVER's modes, each of which belongs to one type or several.
    Mode {
        Visit = "visit",
        ThirdParty = "third-party",
        Multilateral = "multilateral",
        Phone = "phone",
        Withdraw = "withdraw",
        Release = "release",
        Return = "return",
        Disarm = "disarm",
        Ceasefire = "ceasefire",
        Access = "access",
        Resign = "resign",
        Assist = "assist",
        Change = "change",
        Yield = "yield",
        Meet = "meet",
        Disapprove = "disapprove",
        Investigate = "investigate",
        Allege = "allege",
        Restrict = "restrict",
        Relations = "relations",
        Expel = "expel",
        Territory = "territory",
        Violence = "violence",
        Demo = "demo",
        Riot = "riot",
        Strike = "strike",
        Hunger = "hunger",
        Boycott = "boycott",
        Obstruct = "obstruct",
        Vandalize = "vandalize",
        Convict = "convict",
        Discontinue = "discontinue",
        Troops = "troops",
        Weapons = "weapons",
        Police = "police",
        Militia = "militia",
        Seize = "seize",
        Censor = "censor",
        Curfew = "curfew",
        MartialLaw = "martial-law",
        Arrest = "arrest",
        Deport = "deport",
        Withhold = "withhold",
        Misinformation = "misinformation",
        Cyber = "cyber",
        Abduct = "abduct",
        Beat = "beat",
        Torture = "torture",
        Sexual = "sexual",
        Targeted = "targeted",
        Destroy = "destroy",
        Primitive = "primitive",
        Firearms = "firearms",
        Explosives = "explosives",
        SuicideAttack = "suicide-attack",
        Aerial = "aerial",
        Drone = "drone",
        HeavyWeapons = "heavy-weapons",
        CrowdControl = "crowd-control",
        Unconventional = "unconventional",
    }
}

labelled! {
    /// What an event is about: PLOVER's contexts.
    Context {
        Military = "military",
        Intelligence = "intelligence",
        Executive = "executive",
        Legislative = "legislative",
        Election = "election",
        PoliticalInstitutions = "political_institutions",
        ProDemocracy = "pro_democracy",
        ProAutocracy = "pro_autocracy",
        Economic = "economic",
        Legal = "legal",
        Reparations = "reparations",
        HumanRights = "human_rights",
        RightsFreedoms = "rights_freedoms",
        Repression = "repression",
        HumanSecurity = "human_security",
        Gender = "gender",
        Lgbt = "lgbt",
        ReligionEthnicity = "religion_ethnicity",
        Inequality = "inequality",
        Diplomatic = "diplomatic",
        Territory = "territory",
        Peacekeeping = "peacekeeping",
        Health = "health",
        Asylum = "asylum",
        Migration = "migration",
        Disasters = "disasters",
        NaturalResource = "natural_resource",
        Environment = "environment",
        Technology = "technology",
        Terrorism = "terrorism",
        Cbrn = "cbrn",
        Cyber = "cyber",
        Misinformation = "misinformation",
        Crime = "crime",
        Corruption = "corruption",
        IllegalDrugs = "illegal_drugs",
        Trafficking = "trafficking",
    }
}

/// What kind of event: PLOVER's types, and ours for what PLOVER lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum EventKind {
    Agree,
    Consult,
    Support,
    Concede,
    Cooperate,
    Aid,
    Retreat,
    Request,
    Accuse,
    Reject,
    Threaten,
    Protest,
    Sanction,
    Mobilize,
    Coerce,
    Assault,
    Other(OtherKind),
}

/// Events outside PLOVER.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum OtherKind {
    Disaster,
    Accident,
    Election,
    Legal,
    Legislation,
    Economic,
    Appointment,
    Death,
    Health,
    Statement,
}

impl EventKind {
    /// The code used in exports and in the lexicon: `CONSULT`, `OTHER:DISASTER` …
    pub fn code(self) -> &'static str {
        use EventKind::*;
        match self {
            Agree => "AGREE",
            Consult => "CONSULT",
            Support => "SUPPORT",
            Concede => "CONCEDE",
            Cooperate => "COOPERATE",
            Aid => "AID",
            Retreat => "RETREAT",
            Request => "REQUEST",
            Accuse => "ACCUSE",
            Reject => "REJECT",
            Threaten => "THREATEN",
            Protest => "PROTEST",
            Sanction => "SANCTION",
            Mobilize => "MOBILIZE",
            Coerce => "COERCE",
            Assault => "ASSAULT",
            Other(OtherKind::Disaster) => "OTHER:DISASTER",
            Other(OtherKind::Accident) => "OTHER:ACCIDENT",
            Other(OtherKind::Election) => "OTHER:ELECTION",
            Other(OtherKind::Legal) => "OTHER:LEGAL",
            Other(OtherKind::Legislation) => "OTHER:LEGISLATION",
            Other(OtherKind::Economic) => "OTHER:ECONOMIC",
            Other(OtherKind::Appointment) => "OTHER:APPOINTMENT",
            Other(OtherKind::Death) => "OTHER:DEATH",
            Other(OtherKind::Health) => "OTHER:HEALTH",
            Other(OtherKind::Statement) => "OTHER:STATEMENT",
        }
    }

    /// Every kind, PLOVER's first.
    pub const ALL: [EventKind; 26] = {
        use EventKind::*;
        [
            Agree,
            Consult,
            Support,
            Concede,
            Cooperate,
            Aid,
            Retreat,
            Request,
            Accuse,
            Reject,
            Threaten,
            Protest,
            Sanction,
            Mobilize,
            Coerce,
            Assault,
            Other(OtherKind::Disaster),
            Other(OtherKind::Accident),
            Other(OtherKind::Election),
            Other(OtherKind::Legal),
            Other(OtherKind::Legislation),
            Other(OtherKind::Economic),
            Other(OtherKind::Appointment),
            Other(OtherKind::Death),
            Other(OtherKind::Health),
            Other(OtherKind::Statement),
        ]
    };

    /// The kind with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// PLOVER's four classes of events.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Quad {
    /// Cooperation in words.
    VerbalCooperation,
    /// Cooperation in deeds.
    MaterialCooperation,
    /// Conflict in words.
    VerbalConflict,
    /// Conflict in deeds.
    MaterialConflict,
}

impl Quad {
    /// POLECAT's label.
    pub fn code(self) -> &'static str {
        match self {
            Quad::VerbalCooperation => "VERBAL COOPERATION",
            Quad::MaterialCooperation => "MATERIAL COOPERATION",
            Quad::VerbalConflict => "VERBAL CONFLICT",
            Quad::MaterialConflict => "MATERIAL CONFLICT",
        }
    }
}

impl EventKind {
    /// PLOVER's class; none for what PLOVER has no type for.
    pub fn quad(self) -> Option<Quad> {
        use EventKind::*;
        Some(match self {
            Agree | Consult | Support | Concede => Quad::VerbalCooperation,
            Cooperate | Aid | Retreat => Quad::MaterialCooperation,
            Request | Accuse | Reject | Threaten => Quad::VerbalConflict,
            Protest | Sanction | Mobilize | Coerce | Assault => Quad::MaterialConflict,
            Other(_) => return None,
        })
    }

    /// The root code of CAMEO, PLOVER's predecessor, that comes nearest: `04` for CONSULT.
    pub fn cameo_root(self) -> Option<&'static str> {
        use EventKind::*;
        Some(match self {
            Agree => "03",
            Consult => "04",
            Support => "05",
            Concede => "08",
            Cooperate => "06",
            Aid => "07",
            Retreat => "08",
            Request => "10",
            Accuse => "11",
            Reject => "12",
            Threaten => "13",
            Protest => "14",
            Sanction => "16",
            Mobilize => "15",
            Coerce => "17",
            Assault => "19",
            Other(OtherKind::Statement) => "01",
            Other(_) => return None,
        })
    }

    /// Whether both sides do it.
    pub fn is_mutual(self) -> bool {
        matches!(self, EventKind::Agree | EventKind::Consult | EventKind::Cooperate)
    }
}

/// Who takes part in an event, or could: somebody with a name, or a phrase such as "gunmen in Lima".
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Participant {
    /// The words that name the participant.
    pub span: Span,
    /// The name to show: the entity's full name, else the words.
    pub text: String,
    /// The entity, if the participant is one.
    pub entity: Option<EntityIx>,
    /// Country or organisation the participant belongs to.
    pub polity: Option<Polity>,
    /// The part of society, where the words or the office tell it.
    pub sector: Option<Sector>,
}

/// Where an event happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The words that name the place.
    pub span: Span,
    /// The name to show.
    pub text: String,
    /// The country it lies in.
    pub country: Option<Country>,
}

/// When an event happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct When {
    /// The words that tell.
    pub span: Span,
    /// The first and the last day meant, if it could be resolved: the same day twice for a day.
    pub days: Option<(Date, Date)>,
}

/// The numbers told of an event.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Toll {
    /// How many were killed.
    pub killed: Option<u32>,
    /// How many were injured.
    pub injured: Option<u32>,
    /// How many took part.
    pub size: Option<u32>,
    /// The sum of money, as the text has it.
    pub amount: Option<String>,
}

/// Something that happened, is planned or was called for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// What kind.
    pub kind: EventKind,
    /// How it was done, where the text tells.
    pub mode: Option<Mode>,
    /// What it is about, in the order of [`Context::ALL`].
    pub contexts: Vec<Context>,
    /// The words that tell of it.
    pub trigger: Span,
    /// The other words that tell of the same happening, in text order.
    pub mentions: Vec<Span>,
    /// Who does it.
    pub actors: Vec<Participant>,
    /// To whom or with whom.
    pub recipients: Vec<Participant>,
    /// Where.
    pub place: Option<Place>,
    /// When.
    pub when: Option<When>,
    /// The numbers told.
    pub toll: Toll,
    /// Whether it is no news but what the article recalls: years or months before it.
    pub background: bool,
    /// How sure the engine is, 0 to 1.
    pub confidence: f32,
}

impl Event {
    /// An event of which nothing is known but the words that tell of it.
    pub fn new(kind: EventKind, trigger: Span) -> Self {
        Event {
            kind,
            mode: None,
            contexts: Vec::new(),
            trigger,
            mentions: Vec::new(),
            actors: Vec::new(),
            recipients: Vec::new(),
            place: None,
            when: None,
            toll: Toll::default(),
            background: false,
            confidence: 0.0,
        }
    }

    /// Who and where: actors, recipients and the country of the place.
    pub fn countries(&self) -> impl Iterator<Item = Country> + '_ {
        let sides = self.actors.iter().chain(&self.recipients).filter_map(|one| one.polity.and_then(Polity::country));
        sides.chain(self.place.as_ref().and_then(|place| place.country))
    }

    /// Why it is thought to be one, from `text`, the article's: the words of subject, trigger, other side, place and day.
    pub fn reason(&self, text: &str) -> String {
        let mut reason = String::new();
        let mut add = |what: &str, spans: &[Span]| {
            let words: Vec<String> = spans
                .iter()
                .filter(|span| !span.is_empty())
                .map(|span| span.of(text).split_whitespace().collect::<Vec<_>>().join(" "))
                .collect();
            if !words.is_empty() {
                let gap = if reason.is_empty() { "" } else { "; " };
                // Writing to a string cannot fail.
                let _ = write!(reason, "{gap}{what}: {}", words.join(", "));
            }
        };
        let sides = |sides: &[Participant]| sides.iter().map(|one| one.span).collect::<Vec<_>>();
        add("who", &sides(&self.actors));
        add("what", &[self.trigger]);
        add(if self.kind.is_mutual() { "with" } else { "to whom" }, &sides(&self.recipients));
        add("where", &self.place.iter().map(|place| place.span).collect::<Vec<_>>());
        add("when", &self.when.iter().map(|when| when.span).collect::<Vec<_>>());
        reason
    }
}
