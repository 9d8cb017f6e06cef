//! Quotations: which words are somebody's, and by which words the text attributes them.
//!
//! Direct and mixed quotations start from the runs between quotation marks, indirect ones from cues that take a clause. Every
//! run is linked to an attribution of its own paragraph (after it, before it, or carried on from the run before), never
//! to one of the next paragraph. Who the source is, is for [`super::speaker`].

pub mod attribution;
mod clause;
mod link;
mod part;
mod saying;
mod source;
mod tagged;
#[cfg(test)]
mod tests;
pub mod words;

use super::draft::Draft;
use crate::model::{Attachment, Evidence, Quotation, QuotationKind};
use crate::tagger::Tags;
use crate::text::Span;

/// The quotations of `draft`, by the start of their content, without speakers; and the runs between quotation marks
/// that quote nobody. With `tags`, the tagger tells what is said and by which words it is attributed; without, rules do.
pub fn quotations(draft: &Draft<'_>, tags: Option<&Tags<'_>>) -> (Vec<Quotation>, Vec<Span>) {
    let tagged = tags.map(|tags| tagged::Tagged::new(draft, tags));
    let mut linker = link::Linker::new(draft, tagged.as_ref());
    for paragraph in 0..draft.paragraphs.len() {
        linker.paragraph(paragraph);
    }
    let (mut quotations, not) = match &tagged {
        Some(tagged) => tagged.reported(linker),
        None => linker.finish(),
    };
    quotations.sort_by_key(|quotation| quotation.content.first().map_or(0, |span| span.start));
    saying::classify(draft, &mut quotations);
    (quotations, not)
}

/// A quotation with its words and no speaker yet.
fn quotation(
    kind: QuotationKind,
    content: Vec<Span>,
    quoted: Vec<Span>,
    cue: Option<Span>,
    source: Option<Span>,
    attachment: Attachment,
) -> Quotation {
    Quotation {
        kind,
        content,
        quoted,
        cue,
        source,
        evidence: Evidence { attachment, ..Evidence::default() },
        ..Quotation::default()
    }
}
