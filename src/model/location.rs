//! Where on the map a name is.

use serde::{Deserialize, Serialize};

use super::Country;
use crate::text::Span;

/// A place on the map, to a hundredth of a degree: about a kilometre.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Point {
    latitude: i16,
    longitude: i16,
}

/// Where a place is that an article names, as far as its name and the places around it tell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Location {
    /// The country it is or lies in.
    pub country: Option<Country>,
    /// The state, province or other first-level division it is or lies in, by name: "Texas".
    pub division: Option<String>,
    /// Where it is; of a division or county, the middle between its towns; of a country, nothing.
    pub point: Option<Point>,
    /// How sure that is, in percent: below 50, it is likelier one of the others; their countries are counted together, so that
    /// the country may be surer than the place.
    pub confidence: u8,
    /// What else the name may stand for, the likeliest first; empty where it has one meaning only.
    pub candidates: Vec<Candidate>,
}

/// A place named inside the name of something else: "Texas" in "Texas Forest Service".
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InnerPlace {
    /// The words that name it.
    pub span: Span,
    /// Where it is.
    pub location: Location,
}

/// Another place that a name may stand for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Candidate {
    /// The country it is or lies in.
    pub country: Option<Country>,
    /// The first-level division it is or lies in, by name.
    pub division: Option<String>,
    /// Where it is.
    pub point: Option<Point>,
    /// How likely the name stands for it here, in percent.
    pub confidence: u8,
}

impl Point {
    /// A point by hundredths of a degree, north and east.
    pub fn hundredths(latitude: i16, longitude: i16) -> Self {
        Point { latitude, longitude }
    }

    /// Degrees north of the equator.
    pub fn latitude(self) -> f64 {
        f64::from(self.latitude) / 100.0
    }

    /// Degrees east of Greenwich.
    pub fn longitude(self) -> f64 {
        f64::from(self.longitude) / 100.0
    }
}
