//! What part of society an actor belongs to.

use serde::{Deserialize, Serialize};

/// The sectors of PLOVER's event data: government, army, rebels, press …
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum Sector {
    Police,
    Government,
    Judiciary,
    Legislature,
    Military,
    /// Armed beside the army, on the side of the state or tolerated by it.
    Paramilitary,
    Party,
    /// Armed against a government.
    Rebels,
    Intelligence,
    /// Armed, and the text does not tell for whom: "gunmen".
    UnidentifiedArmed,
    /// People of whom nothing is told: "a group of men".
    Unknown,
    Agriculture,
    Business,
    Criminals,
    Civilians,
    Education,
    /// Those who were in office, the rich, the famous, elders.
    Elite,
    Press,
    Labour,
    Medicine,
    Refugees,
    Opposition,
    /// A state that few others recognise.
    PartlyRecognised,
    Religion,
    /// Associations of citizens.
    Society,
}

impl Sector {
    /// Every sector.
    pub const ALL: [Sector; 25] = {
        use Sector::*;
        [
            Police,
            Government,
            Judiciary,
            Legislature,
            Military,
            Paramilitary,
            Party,
            Rebels,
            Intelligence,
            UnidentifiedArmed,
            Unknown,
            Agriculture,
            Business,
            Criminals,
            Civilians,
            Education,
            Elite,
            Press,
            Labour,
            Medicine,
            Refugees,
            Opposition,
            PartlyRecognised,
            Religion,
            Society,
        ]
    };

    /// PLOVER's code, as used in exports and in the lexicon: `GOV`, `MIL` …
    pub fn code(self) -> &'static str {
        use Sector::*;
        match self {
            Police => "COP",
            Government => "GOV",
            Judiciary => "JUD",
            Legislature => "LEG",
            Military => "MIL",
            Paramilitary => "PRM",
            Party => "PTY",
            Rebels => "REB",
            Intelligence => "SPY",
            UnidentifiedArmed => "UAF",
            Unknown => "UNK",
            Agriculture => "AGR",
            Business => "BUS",
            Criminals => "CRM",
            Civilians => "CVL",
            Education => "EDU",
            Elite => "ELI",
            Press => "JRN",
            Labour => "LAB",
            Medicine => "MED",
            Refugees => "REF",
            Opposition => "OPP",
            PartlyRecognised => "PRE",
            Religion => "REL",
            Society => "SOC",
        }
    }

    /// The sector with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|sector| sector.code() == code)
    }
}
