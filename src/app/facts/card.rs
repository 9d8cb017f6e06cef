//! What is known of a name of the article: who or what it is, the office with the words that state it, what was said and
//! done.

use std::collections::HashMap;

use super::office::Standing;
use super::{Bit, Line, Look, Speakers};
use crate::annotate::segment::segment;
use crate::app::words::{count, country, flat, rows};
use crate::model::{
    Annotations, Article, Block, BlockKind, Candidate, Doc, Entity, EntityIx, EntityKind, Event, Location, Mention,
    MentionKind, Official, Point, Polity, Speaker,
};
use crate::text::wrap::{Breaks, wrap};
use crate::text::{Clean, Span};
use crate::words;

/// Rows of the text's own words shown of what states an office.
const EVIDENCE: usize = 4;
/// Other places of a name that are listed.
const OTHERS: usize = 3;
/// Forms of a name, or words that stand for it, that are listed.
const FORMS: usize = 8;
/// Bytes of a paragraph around a place that are searched for its sentence.
const AROUND: usize = 4096;

/// What a card says, laid out for a width.
#[derive(Debug, Default)]
pub struct Card {
    /// The name.
    pub title: Clean,
    /// The lines; an entry is an index into `leads`.
    pub lines: Vec<Line>,
    /// Where lines lead to.
    pub leads: Vec<Lead>,
}

/// Where a line of a card leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lead {
    /// To words of the text.
    Words(Span),
    /// To a statement, by number.
    Statement(usize),
}

impl Card {
    /// The card of whom or what `mention` stands for, `columns` wide; nothing if there is no such entity.
    pub fn new(
        article: &Article,
        found: &Annotations,
        speakers: &Speakers,
        mention: Mention,
        columns: usize,
    ) -> Option<Card> {
        let entity = found.entities.get(mention.entity)?;
        let mut making = Making { article, found, columns: columns.max(8), card: Card::default() };
        making.card.title = flat(words!("{}", entity.name).whole());
        making.kind(entity);
        if let Some(location) = &entity.location {
            making.location(entity, location);
        }
        if mention.kind != MentionKind::Name {
            let here = flat(article.doc.text.slice(mention.span));
            making.text(&words!("here as “{here}”"), 0, Look::Dim, 2);
        }
        let officials = found.officials.iter().filter(|official| official.entity == mention.entity);
        officials.for_each(|official| making.office(entity, official));
        making.said(speakers, mention.entity);
        making.done(mention.entity);
        making.forms(mention.entity);
        Some(making.card)
    }
}

struct Making<'a> {
    article: &'a Article,
    found: &'a Annotations,
    columns: usize,
    card: Card,
}

impl Making<'_> {
    /// What kind of thing it is and where it belongs.
    fn kind(&mut self, entity: &Entity) {
        let country = entity.location.as_ref().and_then(|location| location.country).map(Polity::Country);
        let belongs = entity
            .polity
            .or(country)
            .map(|polity| (name(polity), Bit::new(words!("{}", polity.code()), Look::Badge)));
        let (mut kind, badge) = (words!("{}", kind(entity, belongs.as_ref().map(|(name, _)| name))), belongs);
        if let Some((name, _)) = badge.as_ref().filter(|(name, _)| name.as_str() != entity.name) {
            kind = words!("{kind} · {name}");
        }
        let first = self.card.lines.len();
        self.text(&kind, 0, Look::Text, 2);
        if let Some(line) = self.card.lines.get_mut(first) {
            line.right = badge.map(|(_, badge)| badge);
        }
    }

    /// In what state or province it lies, where on the map, how sure that is and what else it may be.
    fn location(&mut self, entity: &Entity, location: &Location) {
        let division = location.division.as_ref().filter(|division| **division != entity.name);
        let parts = [division.map(|division| words!("in {division}")), location.point.map(point)];
        let parts: Vec<String> = parts.into_iter().flatten().map(|part| part.to_string()).collect();
        if !parts.is_empty() {
            self.text(&words!("{}", parts.join(" · ")), 0, Look::Text, 2);
        }
        let others: Vec<String> =
            location.candidates.iter().filter(|other| other.confidence > 0).take(OTHERS).map(candidate).collect();
        let sure = words!("{} % sure", location.confidence.min(100));
        match others.as_slice() {
            [] if location.confidence >= 100 => {}
            [] => self.text(&sure, 0, Look::Dim, 1),
            _ => self.text(&words!("{sure}; or else {}", others.join(", ")), 0, Look::Dim, 3),
        }
    }

    /// An office, whose it is, and the words that say so.
    fn office(&mut self, entity: &Entity, official: &Official) {
        self.gap();
        let standing = Standing::of(&official.title);
        let title = super::office::office(&standing.title, official.organization.as_deref());
        let served = official.polity.filter(|served| entity.polity != Some(*served));
        let title = served.map_or(title.clone(), |served| words!("{title} · {}", name(served)));
        let proof = official.mentions.first().copied();
        let lead = proof.map(|proof| self.lead(Lead::Words(proof)));
        let first = self.card.lines.len();
        self.text(&title, 0, Look::Strong, 4);
        let mark = standing.mark.map(|mark| Bit::new(Clean::literal(mark), Look::Kind));
        if let Some(line) = self.card.lines.get_mut(first) {
            line.right = mark;
        }
        if let Some(proof) = proof {
            self.evidence(proof);
        }
        self.card.lines.iter_mut().skip(first).for_each(|line| line.entry = lead);
    }

    /// The sentence around `proof`, or the part of it that fits.
    fn evidence(&mut self, proof: Span) {
        const MARGIN: usize = 2;
        let text = &self.article.doc.text;
        let sentence = sentence(self.article, proof);
        let all = wrap(text, sentence, self.columns.saturating_sub(MARGIN + 2), Breaks::Free);
        let at = all.iter().position(|row| row.end > proof.start).unwrap_or(0);
        // A row before the words for what leads to them; but no row is left free below.
        let first = at.saturating_sub(1).min(all.len().saturating_sub(EVIDENCE));
        let shown = all.iter().skip(first).take(EVIDENCE);
        let last = first + shown.len();
        for (index, row) in shown.enumerate() {
            let open = if index == 0 && first > 0 { "…" } else { " " };
            let mut left = vec![Bit::blank(MARGIN - 1), Bit::new(Clean::literal(open), Look::Dim)];
            let cut =
                |from: usize, to: usize| Span::new(from.clamp(row.start, row.end), to.clamp(row.start, row.end));
            for (part, look) in [
                (cut(row.start, proof.start), Look::Dim),
                (cut(proof.start, proof.end), Look::Text),
                (cut(proof.end, row.end), Look::Dim),
            ] {
                if part.start < part.end {
                    left.push(Bit::new(words!("{}", text.slice(part)), look));
                }
            }
            if first + index + 1 == last && last < all.len() {
                left.push(Bit::new(Clean::literal("…"), Look::Dim));
            }
            self.card.lines.push(Line::new(left));
        }
    }

    /// How much was said, with the first words of it.
    fn said(&mut self, speakers: &Speakers, entity: EntityIx) {
        let Some(group) = speakers.group_by(&Speaker::Entity(entity)) else { return };
        let lists = [(&group.statements, "statement"), (&group.views, "view")];
        if lists.iter().any(|(list, _)| !list.is_empty()) {
            self.gap();
        }
        for (list, noun) in lists {
            let Some(first) = list.first().copied() else { continue };
            let Some(quotation) = self.found.quotations.get(first) else { continue };
            let Some(words) = quotation.content.first() else { continue };
            let words = flat(self.article.doc.text.slice(*words));
            let lead = self.lead(Lead::Statement(first));
            let start = self.card.lines.len();
            self.text(&count(list.len(), noun), 0, Look::Strong, 1);
            let told = if list.len() > 1 { words!("first: {words}") } else { words };
            self.text(&told, 2, Look::Dim, 2);
            self.card.lines.iter_mut().skip(start).for_each(|line| line.entry = Some(lead));
        }
    }

    /// In how many events it takes part, with the first words of one.
    fn done(&mut self, entity: EntityIx) {
        let takes_part = |event: &&Event| {
            let mut who = event.actors.iter().chain(&event.recipients);
            who.any(|who| who.entity == Some(entity))
        };
        let mut events = self.found.events.iter().filter(takes_part);
        let Some(first) = events.next() else { return };
        self.gap();
        let lead = self.lead(Lead::Words(first.trigger));
        let start = self.card.lines.len();
        self.text(&count(1 + events.count(), "event"), 0, Look::Strong, 1);
        let sentence = sentence(self.article, first.trigger);
        self.text(&flat(self.article.doc.text.slice(sentence)), 2, Look::Dim, 2);
        self.card.lines.iter_mut().skip(start).for_each(|line| line.entry = Some(lead));
    }

    /// By which words the article names it or refers to it, and how often.
    fn forms(&mut self, entity: EntityIx) {
        self.gap();
        let mut forms: Vec<(Clean, MentionKind, Span, usize)> = Vec::new();
        let mut numbers: HashMap<String, usize> = HashMap::new();
        for mention in self.found.mentions.iter().filter(|mention| mention.entity == entity) {
            let form = flat(self.article.doc.text.slice(mention.span));
            // "She" and "she" are one word, "Polish" and "polish" are not.
            let key = if mention.kind == MentionKind::Name { form.to_string() } else { form.to_lowercase() };
            let next = forms.len();
            let number = *numbers.entry(key).or_insert(next);
            match forms.get_mut(number) {
                Some((.., times)) => *times += 1,
                None => forms.push((form, mention.kind, mention.span, 1)),
            }
        }
        // Names before what stands for them, the most frequent first.
        forms.sort_by_key(|(_, kind, _, times)| (*kind != MentionKind::Name, std::cmp::Reverse(*times)));
        let heading = if forms.iter().any(|(_, kind, ..)| *kind != MentionKind::Name) {
            "Named, and referred to, as"
        } else {
            "Named as"
        };
        self.card.lines.push(Line::new(vec![Bit::new(Clean::literal(heading), Look::Dim)]));
        let more = forms.len().saturating_sub(FORMS);
        for (form, _, place, times) in forms.into_iter().take(FORMS) {
            let lead = self.lead(Lead::Words(place));
            let times = words!("{times}×");
            let room = self.columns.saturating_sub(2 + times.chars().count() + 1);
            let form = rows(&form, room, 1).into_iter().next().unwrap_or_default();
            let line = Line::new(vec![Bit::blank(2), Bit::new(form, Look::Text)]);
            self.card.lines.push(Line { entry: Some(lead), ..line.right(Some(Bit::new(times, Look::Dim))) });
        }
        if more > 0 {
            self.text(&words!("… and {more} more"), 2, Look::Dim, 1);
        }
    }

    /// Adds `text` in at most `most` rows that leave room for a short word at the right of the first.
    fn text(&mut self, text: &Clean, indent: usize, look: Look, most: usize) {
        for row in rows(text, self.columns.saturating_sub(indent + if indent == 0 { 8 } else { 0 }).max(8), most) {
            self.card.lines.push(Line::new(vec![Bit::blank(indent), Bit::new(row, look)]));
        }
    }

    fn gap(&mut self) {
        self.card.lines.push(Line::default());
    }

    /// Where the lines to come lead to.
    fn lead(&mut self, lead: Lead) -> usize {
        self.card.leads.push(lead);
        self.card.leads.len() - 1
    }
}

/// What readers call a kind of entity.
fn kind(entity: &Entity, belongs: Option<&Clean>) -> &'static str {
    match entity.kind {
        EntityKind::Person => "Person",
        EntityKind::Org => "Organisation",
        EntityKind::Gpe if belongs.is_some_and(|country| country.as_str() == entity.name) => "Country",
        EntityKind::Gpe => "Place",
        EntityKind::Loc => "Region, water or mountain",
        EntityKind::Norp => "Nationality, people or faith",
        EntityKind::Fac => "Building or site",
        EntityKind::Event => "Event with a name",
    }
}

/// `31.97° N 99.90° W`
fn point(point: Point) -> Clean {
    let (north, east) = (point.latitude(), point.longitude());
    let (northern, eastern) = (if north < 0.0 { "S" } else { "N" }, if east < 0.0 { "W" } else { "E" });
    words!("{:.2}° {northern} {:.2}° {eastern}", north.abs(), east.abs())
}

/// Another place of the name: `Texas, United States (12 %)`.
fn candidate(other: &Candidate) -> String {
    let parts = [other.division.clone(), other.country.map(|of| country(of).to_string())];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    let place = if parts.is_empty() { "elsewhere".to_owned() } else { parts.join(", ") };
    format!("{place} ({} %)", other.confidence)
}

fn name(polity: Polity) -> Clean {
    match polity {
        Polity::Country(of) => country(of),
        Polity::Igo(_) => words!("{}", polity.code()),
    }
}

/// The sentence that `proof` stands in, within its paragraph.
fn sentence(article: &Article, proof: Span) -> Span {
    let text: &str = &article.doc.text;
    let blocks = &article.doc.blocks;
    let block = blocks.partition_point(|block| block.span.start <= proof.start).checked_sub(1);
    let block = block.and_then(|at| blocks.get(at)).map_or(proof, |block| block.span);
    // Of a paragraph of megabytes only what is near is looked at.
    let start = text.ceil_char_boundary(block.start.max(proof.start.saturating_sub(AROUND)));
    let end = text.floor_char_boundary(block.end.min(proof.end.saturating_add(AROUND)));
    if start > proof.start || end < proof.end {
        return proof;
    }
    let near = article.doc.text.slice(Span::new(start, end)).to_clean();
    let whole = Block { span: Span::new(0, near.len()), kind: BlockKind::Paragraph };
    let doc = Doc { text: near, blocks: vec![whole], ..Doc::default() };
    let sentences = segment(&doc).sentences;
    let here = sentences.iter().map(|sentence| sentence.span).find(|span| span.holds(proof.start - start));
    here.map_or(proof, |span| Span::new(start + span.start, (start + span.end).max(proof.end)))
}
