//! The nouns of the program: articles and what is found in them. No behaviour but their own rules.

mod annotations;
mod article;
mod feed;
mod location;
mod polity;
mod sector;

pub use annotations::{
    Annotations, Assertion, Attachment, CountryProfile, CueClass, Entity, EntityIx, EntityKind, Event, EventKind,
    Evidence, Gender, Mention, MentionKind, Official, OtherKind, Participant, Place, Quotation, QuotationKind,
    Resolution, Speaker, When,
};
pub use article::{Article, Block, BlockKind, Doc, Link, Mark, MarkKind};
pub use feed::{Content, Enclosure, Entry, Feed};
pub use location::{Candidate, InnerPlace, Location, Point};
pub use polity::{Country, Igo, Polity};
pub use sector::Sector;
