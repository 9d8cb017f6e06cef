//! Statements, under those who made them.

use super::{Bit, Facts, Group, Line, Look, Part, Speakers, Subject};
use crate::app::words::{day, flat, rows};
use crate::model::{Annotations, Article, Corrected, Quotation, Subject as Finding};
use crate::text::{Clean, Span, wrap};
use crate::words;

/// Rows of its words that a statement takes at most.
const ROWS: usize = 3;
/// Columns before the words of a statement.
const MARGIN: usize = 4;
/// Below this the speaker has a question mark behind it: a good third of such attributions is right.
pub const DOUBTFUL: f32 = 0.4;

pub fn facts(found: &Annotations, speakers: &Speakers) -> Facts {
    let mut facts = Facts::default();
    for (number, group) in speakers.groups.iter().enumerate() {
        facts.head(Part::Speaker(number));
        list(&mut facts, found, speakers, &group.statements);
        if !group.views.is_empty() {
            facts.parts.push(Part::Views(number));
            list(&mut facts, found, speakers, &group.views);
        }
    }
    facts
}

/// Statements of one speaker, each with those told in it.
fn list(facts: &mut Facts, found: &Annotations, speakers: &Speakers, statements: &[usize]) {
    let mut add = |subject, number: usize| {
        let Some(quotation) = found.quotations.get(number) else { return };
        facts.order.push((quotation.extent().start, facts.entries.len()));
        facts.add(subject, quotation.content.clone());
    };
    for &statement in statements {
        // What speakers tell of their own words stands under the words they tell it in.
        let own = speakers.of.get(statement);
        if speakers.nested.around(statement).any(|outer| speakers.of.get(outer) == own) {
            continue;
        }
        add(Subject::Quotation(statement), statement);
        for (inner, depth) in speakers.nested.inside(statement) {
            add(Subject::Told(inner, depth), inner);
        }
    }
}

/// Name, country, office and number of statements of speaker `number`.
pub fn heading(group: &Group, number: usize, columns: usize) -> Vec<Line> {
    let code = group.polity.map(|polity| words!("{}", polity.code()));
    let badge = code.or(group.unnamed.then(|| Clean::literal("unnamed")));
    let bar = Bit::new(Clean::literal("▎"), Look::Bar(number));
    let room = columns.saturating_sub(1 + badge.as_ref().map_or(0, |badge| wrap::width(badge) + 1));
    let name = if group.doubtful { words!("{}?", group.name) } else { group.name.clone() };
    let name = rows(&name, room, 2).into_iter().map(|row| (row, Look::Heading));
    // The number shares the last row of the office where it can.
    let counts = group.counts();
    let mut office =
        group.office.iter().flat_map(|office| rows(office, columns.saturating_sub(1), 2)).collect::<Vec<_>>();
    match office.last_mut() {
        Some(last) if wrap::width(last) + 3 + wrap::width(&counts) < columns => *last = words!("{last} · {counts}"),
        _ => office.push(counts),
    }
    let told = name.chain(office.into_iter().map(|row| (row, Look::Dim)));
    let mut lines: Vec<Line> = told.map(|(row, look)| Line::new(vec![bar.clone(), Bit::new(row, look)])).collect();
    if let Some(first) = lines.first_mut() {
        first.right = badge.map(|badge| Bit::new(badge, Look::Badge));
    }
    lines
}

/// The heading over the views of speaker `number`.
pub fn views(number: usize) -> Line {
    let bar = Bit::new(Clean::literal("▎"), Look::Bar(number));
    Line::new(vec![bar, Bit::new(Clean::literal("views"), Look::Dim)])
}

/// A statement with who made it.
#[derive(Debug, Clone, Copy)]
pub struct Cited<'a> {
    article: &'a Article,
    quotation: &'a Quotation,
    number: usize,
    speaker: &'a Group,
    /// Who tells of it, where that is somebody else.
    teller: Option<&'a Group>,
    /// What a person set right in it.
    corrected: Option<&'a Corrected>,
}

impl<'a> Cited<'a> {
    /// The statement with this number.
    pub fn new(article: &'a Article, found: &'a Annotations, speakers: &'a Speakers, number: usize) -> Option<Self> {
        let quotation = found.quotations.get(number)?;
        let speaker = speakers.group_of(number)?;
        let corrected = found.corrected(Finding::Quotation(number));
        Some(Cited { article, quotation, number, speaker, teller: speakers.teller_of(number), corrected })
    }

    /// Whether it may well be somebody else's.
    fn is_doubtful(&self) -> bool {
        self.quotation.confidence < DOUBTFUL && !self.speaker.unknown
    }

    /// The speaker's name as news text uses it, with a question mark where one cannot be sure.
    pub fn by(&self) -> Clean {
        words!("{}{}", self.speaker.short_name(), if self.is_doubtful() { "?" } else { "" })
    }

    /// Who made it, whether the text asserts that, and who tells it: `Obi? · did not say · told by Brek`.
    pub fn place(&self) -> Clean {
        let caveat = self.quotation.caveat().map(|caveat| words!(" · {caveat}")).unwrap_or_default();
        let told = self.teller.map(|teller| words!(" · told by {}", teller.short_name())).unwrap_or_default();
        words!("{}{caveat}{told}", self.by())
    }

    /// Its lines under its speaker.
    pub fn lines(&self, columns: usize) -> Vec<Line> {
        let mut lines = self.content_lines(words!("{:>3} ", self.number + 1), Vec::new(), columns);
        // The words that attribute it are worth a row where they are not just the name again.
        let source = self.quotation.source.map(|source| source.of(&self.article.doc.text)).unwrap_or_default();
        let named = self.speaker.name.split_whitespace().next_back().is_some_and(|name| source.contains(name));
        let attribution = self.attribution();
        let told = match (self.is_doubtful(), attribution.is_empty()) {
            (true, true) => Some(words!("— {}", self.by())),
            (true, false) => Some(words!("— {} · {attribution}", self.by())),
            (false, false) if !named => Some(words!("— {attribution}")),
            (false, _) => None,
        };
        let second_hand = self.teller.map(|teller| words!("↳ told by {}", teller.short_name()));
        let corrected = self.corrected.map(|corrected| words!("✎ corrected{}", by(corrected)));
        for told in told.into_iter().chain(second_hand).chain(corrected) {
            let row = rows(&told, columns.saturating_sub(MARGIN), 1).into_iter().next().unwrap_or_default();
            lines.push(Line::new(vec![Bit::blank(MARGIN), Bit::new(row, Look::Dim)]));
        }
        lines
    }

    /// Its lines under the statement that it is told in.
    pub fn told_lines(&self, depth: usize, columns: usize) -> Vec<Line> {
        let indent = 2 * depth.saturating_sub(1);
        let by = self.teller.map(|_| (words!("{}:", self.by()), Look::Strong));
        self.content_lines(words!("{:>3} {:indent$}↳ ", self.number + 1, ""), by.into_iter().collect(), columns)
    }

    /// Its words after `margin`, led by what must not be overlooked.
    fn content_lines(&self, margin: Clean, mut leads: Vec<(Clean, Look)>, columns: usize) -> Vec<Line> {
        leads.extend(self.quotation.caveat().map(|caveat| (words!("{caveat}:"), Look::Kind)));
        let led: String = leads.iter().map(|(lead, _)| format!("{lead} ")).collect();
        let text = words!("{led}{}", content(self.article, self.quotation));
        let indent = wrap::width(&margin);
        let mut lines = Vec::new();
        for row in rows(&text, columns.saturating_sub(indent), ROWS) {
            let mut bits = Vec::new();
            let mut rest = Span::new(0, row.len());
            if lines.is_empty() {
                bits.push(Bit::new(margin.clone(), Look::Dim));
                for (lead, look) in &leads {
                    if rest.of(&row).starts_with(lead.as_str()) {
                        bits.push(Bit::new(lead.clone(), *look));
                        bits.push(Bit::blank(1));
                        rest.start = (rest.start + lead.len() + 1).min(row.len());
                    }
                }
            } else {
                bits.push(Bit::blank(indent));
            }
            bits.push(Bit::new(words!("{}", row.slice(rest)), Look::Text));
            lines.push(Line::new(bits));
        }
        lines
    }

    /// Source and cue as they follow each other in the text: "he added".
    fn attribution(&self) -> Clean {
        let mut spans: Vec<_> = self.quotation.source.into_iter().chain(self.quotation.cue).collect();
        spans.sort();
        let parts: Vec<Clean> = spans.iter().map(|span| flat(self.article.doc.text.slice(*span))).collect();
        words!("{}", parts.iter().map(Clean::as_str).collect::<Vec<_>>().join(" "))
    }

    /// It, to paste elsewhere: the words, who said them in what office, what must be said with them, where and when they
    /// were published.
    pub fn line(&self) -> Clean {
        let Cited { article, quotation, speaker, .. } = self;
        let doubt = if self.is_doubtful() { "?" } else { "" };
        let office = speaker.office.iter().map(|office| format!(", {office}")).collect::<String>();
        let caveat = quotation.caveat().or((!quotation.class.is_statement()).then_some("a view"));
        let told = self.teller.map(|teller| format!("told by {}", teller.name));
        let published = published(article).map(|published| published.to_string());
        let corrected = self.corrected.map(|corrected| format!("speaker corrected{}", by(corrected)));
        let all = [caveat.map(str::to_owned), told, corrected, published];
        let notes: Vec<String> = all.into_iter().flatten().collect();
        let notes = if notes.is_empty() { String::new() } else { format!(" ({})", notes.join("; ")) };
        words!("{} — {}{doubt}{office}{notes}", content(article, quotation), speaker.name)
    }
}

/// Who set something right: ` by Ada Obi`.
pub fn by(corrected: &Corrected) -> Clean {
    corrected.by.as_ref().map(|by| words!(" by {by}")).unwrap_or_default()
}

/// Where and when an article was published, as far as that is known: `Gull Wire, 21 May 2026`.
pub fn published(article: &Article) -> Option<Clean> {
    let source = article.source.iter().map(Clean::to_string);
    let parts: Vec<String> = source.chain(article.date.map(|date| day(date).to_string())).collect();
    (!parts.is_empty()).then(|| words!("{}", parts.join(", ")))
}

/// The words of a statement in one line.
fn content(article: &Article, quotation: &Quotation) -> Clean {
    let parts: Vec<Clean> = quotation.content.iter().map(|span| flat(article.doc.text.slice(*span))).collect();
    words!("{}", parts.iter().map(Clean::as_str).collect::<Vec<_>>().join(" … "))
}
