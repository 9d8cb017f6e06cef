//! From an article to its annotations: a pure function, in stages.
//!
//! Each stage is a module with one function that reads the [`draft::Draft`] as the earlier stages left it and returns
//! its own findings; [`Annotator::annotate`] puts them together. A learned tagger can take the place of the stages
//! that find spans; linking, resolution and fact extraction stay as they are.

mod confidence;
pub mod correct;
pub mod country;
pub mod cue;
pub mod draft;
pub mod entity;
pub mod event;
pub mod gazetteer;
pub mod inflect;
pub mod lexicon;
pub mod marks;
pub mod official;
pub mod place;
pub mod pronoun;
pub mod quotation;
pub mod sector;
pub mod segment;
pub mod speaker;
pub mod title;
mod typography;
pub mod when;

use crate::model::{Annotations, Article, Mention, MentionKind};
use crate::tagger::{Tagger, Tags};
use event::lexicon::EventLexicon;
pub use gazetteer::country_name;

/// The name of the annotator by rules as it is in this build. Annotations kept under another name were made by other rules or
/// word lists, or in a text that was made in another way.
pub const RULES: &str = concat!("rules-", env!("DATELINE_ENGINE"));

/// The name of the annotator with the tagger that comes with the program, likewise.
pub const TAGGER: &str = concat!("tagger-", env!("DATELINE_ENGINE"));

/// The longest text that is tagged, in bytes: a hundred articles. Whole books would take minutes and hundreds of megabytes;
/// they are left to the rules.
const LONGEST: usize = 512 << 10;

/// Annotates articles. Cheap to make; word lists and weights are read on first use.
#[derive(Debug, Clone, Copy)]
pub struct Annotator {
    engine: &'static str,
    /// Who finds what is said and by whom; without it, rules do.
    tagger: Option<fn() -> Option<&'static Tagger>>,
    /// By which words events are told; without it, by those that come with the program.
    events: Option<&'static EventLexicon>,
}

impl Default for Annotator {
    fn default() -> Self {
        Annotator::RULES
    }
}

impl Annotator {
    /// The annotator that works by rules alone.
    pub const RULES: Annotator = Annotator { engine: RULES, tagger: None, events: None };

    /// The annotator that asks the tagger that comes with the program what is said and by whom.
    pub const TAGGER: Annotator = Annotator { engine: TAGGER, tagger: Some(Tagger::builtin), events: None };

    /// An annotator that asks another tagger. `engine` names it: annotations are kept under that name.
    pub fn with(engine: &'static str, tagger: fn() -> Option<&'static Tagger>) -> Self {
        Annotator { engine, tagger: Some(tagger), events: None }
    }

    /// The same annotator with other words for events. `engine` names it: annotations are kept under that name.
    pub fn with_events(self, engine: &'static str, events: &'static EventLexicon) -> Self {
        Annotator { engine, events: Some(events), ..self }
    }

    /// The same annotator without its tagger, for what is shown until that is done; its findings are not to be kept.
    pub fn quick(self) -> Self {
        Annotator { tagger: None, ..self }
    }

    /// The name that annotations are kept under.
    pub fn engine(&self) -> &'static str {
        self.engine
    }

    /// Whether it asks a tagger, which takes a hundred times as long as the rules.
    pub fn is_slow(&self) -> bool {
        self.tagger.is_some()
    }

    /// Everything found in `article`. Deterministic; time grows with the length of the text.
    pub fn annotate(&self, article: &Article) -> Annotations {
        let mut draft = draft::Draft::new(article);
        draft.marked = marks::pair(draft.text, &draft.paragraphs);
        let tagger = self.tagger.filter(|_| draft.text.len() <= LONGEST).and_then(|tagger| tagger());
        let tags = tagger.map(|tagger| tags(tagger, &draft));
        (draft.entities, draft.mentions, draft.inner_places) =
            entity::entities(&draft, tags.as_ref().map(|tags| tags.names.as_slice()));
        draft.officials = official::officials(&draft);
        // Whom an official serves is the only country the text ties a person to.
        for official in &draft.officials {
            let person = &mut draft.entities[official.entity];
            person.polity = person.polity.or(official.polity);
        }
        let (quotations, non_quotations) = quotation::quotations(&draft, tags.as_ref());
        let holders = official::Holders::new(&draft);
        let references = pronoun::references(&draft, &quotations, &holders);
        let speakers = speaker::speakers(&draft, &quotations, holders, &references);
        draft.quotations = quotations;
        for (quotation, found) in draft.quotations.iter_mut().zip(speakers) {
            quotation.confidence = found.confidence * confidence::attribution(quotation, tags.as_ref());
            quotation.speaker = found.speaker;
            quotation.evidence.resolution = found.resolution;
            quotation.evidence.antecedent = found.antecedent;
        }
        let (events, actors) = event::events(&draft, self.events.unwrap_or_else(EventLexicon::builtin));
        draft.events = events;
        let countries = country::profile(&draft);
        let pronouns = references.iter().map(|reference| Mention {
            span: reference.span,
            entity: reference.entity,
            kind: MentionKind::Pronoun,
        });
        draft.mentions.extend(pronouns);
        draft.mentions.sort_by_key(|mention| mention.span.start);
        Annotations {
            entities: draft.entities,
            mentions: draft.mentions,
            inner_places: draft.inner_places,
            quotations: draft.quotations,
            non_quotations,
            officials: draft.officials,
            actors,
            events: draft.events,
            countries,
            corrections: Vec::new(),
        }
    }
}

/// What `tagger` says of the draft's text, whatever its quotation marks look like.
fn tags<'t>(tagger: &'t Tagger, draft: &draft::Draft<'_>) -> Tags<'t> {
    let retyped = typography::Retyped::new(draft.text, &draft.marked);
    let mut tags = tagger.tag(&retyped.text);
    tags.words.iter_mut().for_each(|word| word.span = retyped.span(word.span));
    tags.roles.iter_mut().for_each(|tagged| tagged.span = retyped.span(tagged.span));
    tags.names.iter_mut().for_each(|name| name.span = retyped.span(name.span));
    tags
}
