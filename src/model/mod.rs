//! The nouns of the program: articles and what is found in them. No behaviour but their own rules.

mod alpha3;
mod annotations;
mod article;
mod correction;
mod event;
mod feed;
mod location;
mod note;
mod polity;
mod sector;
mod who;

pub use annotations::{
    Annotations, Assertion, Attachment, CountryProfile, CueClass, Entity, EntityIx, EntityKind, Evidence, Gender,
    Mention, MentionKind, Official, Quotation, QuotationKind, Resolution, Speaker,
};
pub use article::{Article, Block, BlockKind, Doc, Link, Mark, MarkKind};
pub use correction::{CORRECTION_FORM, Corrected, Correction, Subject};
pub use event::{Context, Event, EventKind, Mode, OtherKind, Participant, Place, Quad, Toll, When};
pub use feed::{Content, Enclosure, Entry, Feed};
pub use location::{Candidate, InnerPlace, Location, Point};
pub use note::{Body, Creator, Note, Purpose};
pub use polity::{Country, Igo, Polity};
pub use sector::Sector;
pub use who::Who;
