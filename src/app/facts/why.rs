//! How one knows whose words a quotation is, in plain words.

use super::Speakers;
use super::quotes::{DOUBTFUL, by};
use crate::app::words::{flat, rows};
use crate::model::{
    Annotations, Article, Assertion, Attachment, EntityKind, Quotation, Resolution, Speaker, Subject as Finding,
};
use crate::text::{Clean, Span};
use crate::words;

/// Columns of the text's own words that are shown at most.
const SHOWN: usize = 40;
/// Two places further apart than this, in bytes, are not looked at for being in one sentence.
const SENTENCE: usize = 600;

/// How one knows the speaker of statement `number`: `said by “she” → Ada Obi: spoke in the paragraph before · attribution
/// after the words · 85 %`.
pub fn why(article: &Article, found: &Annotations, speakers: &Speakers, number: usize) -> Option<Clean> {
    let quotation = found.quotations.get(number)?;
    if let Some(corrected) = found.corrected(Finding::Quotation(number)) {
        let before = corrected.before.as_deref().unwrap_or("nobody");
        let speaker = &speakers.group_of(number)?.name;
        return Some(words!("{speaker}: corrected{} · the program had found {before}", by(corrected)));
    }
    let why = Why { article, found, quotation };
    let name = &speakers.group_of(number)?.name;
    let told = speakers.teller_of(number).map(|teller| words!("told by {}", teller.name));
    let known = quotation.speaker != Speaker::Unknown;
    let sure = known.then(|| words!("{:.0} %", quotation.confidence.clamp(0.0, 1.0) * 100.0));
    let attachment = attachment(quotation.evidence.attachment);
    let parts = [Some(why.source(name)), told, attachment.map(Clean::literal), sure];
    let parts: Vec<String> = parts.into_iter().flatten().map(|part| part.to_string()).collect();
    Some(words!("{}", parts.join(" · ")))
}

struct Why<'a> {
    article: &'a Article,
    found: &'a Annotations,
    quotation: &'a Quotation,
}

impl Why<'_> {
    /// The words that it is attributed to, whom they stand for and how that is told.
    fn source(&self, name: &Clean) -> Clean {
        let known = self.quotation.speaker != Speaker::Unknown;
        let doubt = if known && self.quotation.confidence < DOUBTFUL { "?" } else { "" };
        let Some(source) = self.quotation.source else {
            return match known {
                true => words!("no speaker is given → {name}{doubt}: {}", self.resolution(name)),
                false => Clean::literal("the text does not tell whose words these are"),
            };
        };
        let (verb, source) = (self.verb(), self.words(source));
        // "said" and marks say no more than that it was said.
        let cue = self
            .quotation
            .cue
            .map(|cue| self.words(cue))
            .filter(|cue| cue.as_str() != "said" && cue.chars().any(char::is_alphabetic));
        let cue = cue.map_or_else(String::new, |cue| format!(" (“{cue}”)"));
        match self.quotation.evidence.resolution {
            Resolution::Unnamed => words!("{verb} “{source}”{cue}, whom the text does not name"),
            Resolution::Unresolved if !known => words!("{verb} “{source}”{cue}; the text does not tell who that is"),
            Resolution::Name if source == *name => words!("{verb} “{source}”{cue}, named there"),
            Resolution::Name => words!("{verb} “{source}”{cue} → {name}{doubt}, named there"),
            _ => words!("{verb} “{source}”{cue} → {name}{doubt}: {}", self.resolution(name)),
        }
    }

    fn verb(&self) -> &'static str {
        match (self.quotation.class.is_statement(), self.quotation.assertion) {
            (true, Assertion::Made) => "said by",
            (true, Assertion::Negated) => "not said by",
            (true, Assertion::Hypothetical) => "would be said by",
            (false, Assertion::Made) => "a view of",
            (false, Assertion::Negated) => "not a view of",
            (false, Assertion::Hypothetical) => "would be a view of",
        }
    }

    /// How the source came by its name.
    fn resolution(&self, name: &Clean) -> Clean {
        let evidence = self.quotation.evidence;
        let there = evidence.antecedent.map(|at| (at, self.place(at), self.called(at, name)));
        let person = self.found.speaker(self.quotation).is_some_and(|entity| entity.kind == EntityKind::Person);
        match (evidence.resolution, there) {
            (Resolution::Pronoun, Some((at, place, called))) if self.spoke(at) => words!("spoke {place}{called}"),
            (Resolution::Pronoun, Some((_, place, called))) => words!("named {place}{called}"),
            (Resolution::Pronoun, None) => Clean::literal("told by the words before"),
            (Resolution::Role, Some((at, place, _))) => {
                let what = if person { "has that office" } else { "called so" };
                words!("{what}, {place}: “{}”", self.words(at))
            }
            (Resolution::Role, None) => Clean::literal("has that office"),
            (Resolution::Context, Some((_, place, called))) => words!("spoke {place}{called}"),
            (Resolution::Context, None) => Clean::literal("spoke last before it"),
            (Resolution::Name | Resolution::Unnamed | Resolution::Unresolved, _) => {
                Clean::literal("told by the words around it")
            }
        }
    }

    /// Whether the words at `at` are a speaker's, or name one, in another quotation by the same speaker.
    fn spoke(&self, at: Span) -> bool {
        self.found.quotations.iter().any(|other| {
            other.speaker == self.quotation.speaker && (other.source == Some(at) || other.content.contains(&at))
        })
    }

    /// By what words the text names the speaker there, where they are not the name itself.
    fn called(&self, at: Span, name: &Clean) -> Clean {
        let words = self.words(at);
        let is_content = self.found.quotations.iter().any(|other| other.content.contains(&at));
        if words == *name || is_content { Clean::default() } else { words!(", as “{words}”") }
    }

    /// Where `other` stands, seen from the attribution.
    fn place(&self, other: Span) -> Clean {
        let here = self.quotation.source.map_or(self.quotation.extent(), |source| source);
        let blocks = &self.article.doc.blocks;
        let block = |offset: usize| blocks.partition_point(|block| block.span.start <= offset);
        let (at, there) = (block(here.start), block(other.start));
        match (at.abs_diff(there), there < at) {
            (0, _) => {
                let (first, second) = if other.start < here.start { (other, here) } else { (here, other) };
                let between = self.article.doc.text.get(first.end.min(second.start)..second.start);
                let ends = |between: &str| between.contains(['.', '!', '?', '…', '\n']);
                match between.filter(|between| between.len() <= SENTENCE && !ends(between)) {
                    Some(_) => Clean::literal("in the same sentence"),
                    None => Clean::literal("in the same paragraph"),
                }
            }
            (1, true) => Clean::literal("in the paragraph before"),
            (1, false) => Clean::literal("in the paragraph after"),
            (count, true) => words!("{count} paragraphs before"),
            (count, false) => words!("{count} paragraphs after"),
        }
    }

    /// The words at `span`, shortened.
    fn words(&self, span: Span) -> Clean {
        let words = flat(self.article.doc.text.slice(span));
        rows(&words, SHOWN, 1).into_iter().next().unwrap_or_default()
    }
}

/// How the words came by their attribution.
fn attachment(attachment: Attachment) -> Option<&'static str> {
    match attachment {
        Attachment::Follows => Some("attribution after the words"),
        Attachment::Leads => Some("attribution before the words"),
        Attachment::CarriedOn => Some("attribution of the words before"),
        Attachment::Reported => Some("the sentence before reports it"),
        Attachment::Announced => Some("announced by the paragraph before"),
        Attachment::Continued => Some("goes on from the paragraph before"),
        Attachment::Signed => Some("the name stands at the words"),
        Attachment::Unstated => None,
    }
}
