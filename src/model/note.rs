//! What somebody, or a program, says about a place in an article.

use jiff::Timestamp;

use super::Correction;
use crate::text::Clean;
use crate::text::anchor::Quote;
use crate::text::iri::uuid;

/// A remark about an article or about words in it, as one that can be exchanged (W3C Web Annotation).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Note {
    /// What tells it from all others: an IRI. A note that has none yet gets one when it is written.
    pub id: Option<Clean>,
    /// The article's address, or another IRI that stands for it.
    pub source: Clean,
    /// The words that it is about; several where other words stand between them, none if it is about the article.
    pub quotes: Vec<Quote>,
    /// What is said. None: the words are only highlighted.
    pub bodies: Vec<Body>,
    /// What it sets right in what the program found at these words.
    pub correction: Option<Correction>,
    /// Who says it.
    pub creator: Option<Creator>,
    /// When it was made.
    pub created: Option<Timestamp>,
}

/// One of the things that a note says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Body {
    /// What for.
    pub purpose: Purpose,
    /// The words. They may have several lines.
    pub value: Clean,
}

/// Who made a note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Creator {
    /// The name.
    pub name: Clean,
    /// Whether it is a program, not a person or a body.
    pub is_program: bool,
}

/// The motivations of the Web Annotation vocabulary.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// To judge it.
    Assessing,
    /// To find it again.
    Bookmarking,
    /// To say of what kind it is.
    Classifying,
    /// To comment on it.
    Commenting,
    /// To describe it.
    Describing,
    /// To ask for a change of it.
    Editing,
    /// To set it off.
    #[default]
    Highlighting,
    /// To say who or what it is.
    Identifying,
    /// To link something to it.
    Linking,
    /// To say how good or trusted it is.
    Moderating,
    /// To ask about it.
    Questioning,
    /// To answer.
    Replying,
    /// To give it a tag.
    Tagging,
}

impl Purpose {
    const ALL: [(Purpose, &'static str); 13] = [
        (Purpose::Assessing, "assessing"),
        (Purpose::Bookmarking, "bookmarking"),
        (Purpose::Classifying, "classifying"),
        (Purpose::Commenting, "commenting"),
        (Purpose::Describing, "describing"),
        (Purpose::Editing, "editing"),
        (Purpose::Highlighting, "highlighting"),
        (Purpose::Identifying, "identifying"),
        (Purpose::Linking, "linking"),
        (Purpose::Moderating, "moderating"),
        (Purpose::Questioning, "questioning"),
        (Purpose::Replying, "replying"),
        (Purpose::Tagging, "tagging"),
    ];

    /// The vocabulary's name for it.
    pub fn label(self) -> &'static str {
        Self::ALL.iter().find(|(purpose, _)| *purpose == self).map_or("highlighting", |(_, label)| label)
    }

    /// The one of this name, also with the vocabulary's prefix (`oa:commenting`).
    pub fn from_label(label: &str) -> Option<Purpose> {
        let bare =
            label.strip_prefix("oa:").or_else(|| label.strip_prefix("http://www.w3.org/ns/oa#")).unwrap_or(label);
        Self::ALL.iter().find(|(_, known)| *known == bare).map(|(purpose, _)| *purpose)
    }
}

impl Note {
    /// Its IRI; of a note without one, an IRI that depends on what the note says of what.
    pub fn iri(&self) -> Clean {
        if let Some(id) = &self.id {
            return id.clone();
        }
        let mut parts = vec!["note".to_owned(), self.source.to_string()];
        for quote in &self.quotes {
            parts.push(format!("{:?} {}", quote.position, quote.exact));
        }
        parts.extend(self.bodies.iter().map(|body| format!("{} {}", body.purpose.label(), body.value)));
        parts.extend(self.correction.as_ref().map(Correction::to_string));
        parts.extend(self.creator.as_ref().map(|creator| creator.name.to_string()));
        parts.extend(self.created.map(|created| created.to_string()));
        Clean::new(&uuid(&parts.iter().map(String::as_str).collect::<Vec<_>>()))
    }

    /// What it is for as a whole: to set something right, else as the first thing that it says.
    pub fn purpose(&self) -> Purpose {
        if self.correction.is_some() {
            return Purpose::Editing;
        }
        self.bodies.first().map_or(Purpose::Highlighting, |body| body.purpose)
    }

    /// Its comment: what it says but for tags, one paragraph after another.
    pub fn text(&self) -> Clean {
        let said: Vec<&str> = self
            .bodies
            .iter()
            .filter(|body| body.purpose != Purpose::Tagging)
            .map(|body| body.value.as_str())
            .collect();
        Clean::new(&said.join("\n\n"))
    }

    /// Its tags.
    pub fn tags(&self) -> impl Iterator<Item = &Clean> {
        self.bodies.iter().filter(|body| body.purpose == Purpose::Tagging).map(|body| &body.value)
    }
}
