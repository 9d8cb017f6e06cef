//! What a person sets right in what the program found.

use std::fmt;

use jiff::Timestamp;

use super::{Country, EntityIx, Igo, Polity};
use crate::text::{Clean, Span};

/// What is set right at the words of a note. Its words, as [`fmt::Display`] gives them and [`Correction::parse`] reads them,
/// are what libraries keep and exports show: `speaker: Ada Obi`, `no event`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Correction {
    /// The words of a quotation are somebody else's. `None`: the text does not tell whose.
    Speaker(Option<Clean>),
    /// The words quote nobody.
    NoQuotation,
    /// Whom or what the words name belongs elsewhere, or, of a place, lies elsewhere. `None`: nowhere that is known.
    Country(Option<Polity>),
    /// The words tell of nothing that happened.
    NoEvent,
    /// The words are no name in this article.
    NoName,
    /// The words are no name in any article.
    NeverName,
}

/// A correction that was made in the findings of an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Corrected {
    /// What was set right.
    pub correction: Correction,
    /// The IRI of the note that says so.
    pub note: Option<Clean>,
    /// Who says so.
    pub by: Option<Clean>,
    /// When it was said.
    pub when: Option<Timestamp>,
    /// The words that it is about.
    pub span: Span,
    /// Of which finding.
    pub of: Subject,
    /// What the program had: a speaker, a code. Nothing where it had none, or where the finding is gone.
    pub before: Option<String>,
}

/// A finding of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// The quotation of this number.
    Quotation(usize),
    /// Whom or what a name stands for.
    Entity(EntityIx),
    /// One that is not among the findings any more.
    Gone,
}

/// Names the form of these words in what other programs read.
pub const CORRECTION_FORM: &str = "urn:uuid:0d6f3f0c-6c0e-4f43-9e0b-7d1b4b6f52a1";

/// What the text does not tell, and whoever belongs nowhere.
const UNKNOWN: &str = "unknown";

impl Correction {
    /// Reads what [`fmt::Display`] wrote; `None` if it is something else.
    pub fn parse(words: &str) -> Option<Self> {
        let plain = [Correction::NoQuotation, Correction::NoEvent, Correction::NoName, Correction::NeverName];
        if let Some(correction) = plain.into_iter().find(|correction| correction.to_string() == words) {
            return Some(correction);
        }
        let (what, value) = words.split_once(": ")?;
        let value = Some(value.trim()).filter(|value| *value != UNKNOWN);
        match what {
            "speaker" => match value.map(Clean::line) {
                Some(name) if name.is_empty() => None,
                name => Some(Correction::Speaker(name)),
            },
            "country" => match value {
                Some(code) => Country::new(code).map(|country| Correction::Country(Some(country.into()))),
                None => Some(Correction::Country(None)),
            },
            "organisation" => Igo::named(value?).map(|igo| Correction::Country(Some(Polity::Igo(igo)))),
            _ => None,
        }
    }
}

impl fmt::Display for Correction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Correction::Speaker(name) => write!(f, "speaker: {}", name.as_deref().unwrap_or(UNKNOWN)),
            Correction::NoQuotation => f.write_str("no quotation"),
            // Told apart as codes clash: AU is Australia, and the African Union.
            Correction::Country(Some(Polity::Igo(igo))) => write!(f, "organisation: {}", igo.0),
            Correction::Country(polity) => {
                write!(f, "country: {}", polity.as_ref().map_or(UNKNOWN, |polity| polity.code()))
            }
            Correction::NoEvent => f.write_str("no event"),
            Correction::NoName => f.write_str("no name"),
            Correction::NeverName => f.write_str("no name anywhere"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back_and_nothing_else_is() {
        let iran = Polity::from(Country::new("IR").unwrap());
        for correction in [
            Correction::Speaker(Some(Clean::literal("Ada: Obi"))),
            Correction::Speaker(None),
            Correction::NoQuotation,
            Correction::Country(Some(iran)),
            Correction::Country(Igo::named("AU").map(Polity::Igo)),
            Correction::Country(None),
            Correction::NoEvent,
            Correction::NoName,
            Correction::NeverName,
        ] {
            assert_eq!(Correction::parse(&correction.to_string()), Some(correction.clone()), "{correction}");
        }
        for other in [
            "",
            "speaker",
            "speaker: ",
            "country: Iran",
            "organisation: NOWHERE",
            "organisation: unknown",
            "no names",
            "office: x",
        ] {
            assert_eq!(Correction::parse(other), None, "{other}");
        }
    }
}
