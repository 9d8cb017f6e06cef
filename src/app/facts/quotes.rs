//! Statements, under those who made them.

use super::{Bit, Facts, Group, Line, Look, Part, Speakers, Subject};
use crate::app::words::{day, flat, rows};
use crate::model::{Annotations, Article, Quotation};
use crate::text::Clean;
use crate::words;

/// Rows of its words that a statement takes at most.
const ROWS: usize = 3;
/// Below this the panel puts a question mark behind the attribution.
pub const DOUBTFUL: f32 = 0.5;

pub fn facts(found: &Annotations, speakers: &Speakers) -> Facts {
    let mut facts = Facts::default();
    for (number, group) in speakers.groups.iter().enumerate() {
        facts.head(Part::Speaker(number));
        for &statement in &group.statements {
            let Some(quotation) = found.quotations.get(statement) else { continue };
            facts.order.push((quotation.extent().start, facts.entries.len()));
            facts.add(Subject::Quotation(statement), quotation.content.clone());
        }
    }
    facts
}

/// Name, country and office of speaker `number`.
pub fn heading(group: &Group, number: usize, columns: usize) -> Vec<Line> {
    let badge = group.polity.map(|polity| Bit::new(words!("{}", polity.code()), Look::Badge));
    let bar = Bit::new(Clean::literal("▎"), Look::Bar(number));
    let mut lines = vec![Line::new(vec![bar.clone(), Bit::new(group.name.clone(), Look::Heading)]).right(badge)];
    let office = group.office.iter().flat_map(|office| rows(office, columns.saturating_sub(1), 2));
    lines.extend(office.map(|row| Line::new(vec![bar.clone(), Bit::new(row, Look::Dim)])));
    lines
}

pub fn lines(article: &Article, quotation: &Quotation, number: usize, speaker: &str, columns: usize) -> Vec<Line> {
    const MARGIN: usize = 4;
    let content = content(article, quotation);
    let mut lines = Vec::new();
    for (index, row) in rows(&content, columns.saturating_sub(MARGIN), ROWS).into_iter().enumerate() {
        let margin = if index == 0 { Bit::new(words!("{:>3} ", number + 1), Look::Dim) } else { Bit::blank(MARGIN) };
        lines.push(Line::new(vec![margin, Bit::new(row, Look::Text)]));
    }
    // The words that attribute it are worth a row where they are not just the name again.
    let source = quotation.source.map(|source| source.of(&article.doc.text)).unwrap_or_default();
    let named = speaker.split_whitespace().next_back().is_some_and(|name| source.contains(name));
    let attribution = attribution(article, quotation);
    let doubtful = quotation.confidence < DOUBTFUL;
    if !named && !attribution.is_empty() || doubtful {
        let told = words!("— {attribution}{}", if doubtful { " (unsure)" } else { "" });
        let row = rows(&told, columns.saturating_sub(MARGIN), 1).into_iter().next().unwrap_or_default();
        lines.push(Line::new(vec![Bit::blank(MARGIN), Bit::new(row, Look::Dim)]));
    }
    lines
}

/// The words of a statement in one line.
pub fn content(article: &Article, quotation: &Quotation) -> Clean {
    let parts: Vec<Clean> = quotation.content.iter().map(|span| flat(article.doc.text.slice(*span))).collect();
    words!("{}", parts.iter().map(Clean::as_str).collect::<Vec<_>>().join(" … "))
}

/// Source and cue as they follow each other in the text: "he added".
pub fn attribution(article: &Article, quotation: &Quotation) -> Clean {
    let mut spans: Vec<_> = quotation.source.into_iter().chain(quotation.cue).collect();
    spans.sort();
    let parts: Vec<Clean> = spans.iter().map(|span| flat(article.doc.text.slice(*span))).collect();
    words!("{}", parts.iter().map(Clean::as_str).collect::<Vec<_>>().join(" "))
}

/// A statement to paste elsewhere: the words, who said them in what office, where and when it was published.
pub fn quote_line(article: &Article, quotation: &Quotation, speaker: &Group) -> Clean {
    let office = speaker.office.iter().map(|office| format!(", {office}")).collect::<String>();
    let published: Vec<String> =
        article.source.iter().map(Clean::to_string).chain(article.date.map(|date| day(date).to_string())).collect();
    let published = if published.is_empty() { String::new() } else { format!(" ({})", published.join(", ")) };
    words!("{} — {}{office}{published}", content(article, quotation), speaker.name)
}
