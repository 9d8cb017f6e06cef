//! Statements, under those who made them.

use super::{Bit, Facts, Group, Line, Look, Part, Speakers, Subject};
use crate::app::words::{self, count, day, flat, rows};
use crate::model::{Annotations, Article, Assertion, Attachment, Quotation, Resolution};
use crate::text::{Clean, Span};
use crate::words;

/// Rows of its words that a statement takes at most.
const ROWS: usize = 3;
/// Below this the panel puts a question mark behind the attribution.
pub const DOUBTFUL: f32 = 0.5;

pub fn facts(found: &Annotations, speakers: &Speakers) -> Facts {
    let mut facts = Facts::default();
    for (number, group) in speakers.groups.iter().enumerate() {
        facts.head(Part::Speaker(number));
        let is_view =
            |statement: &&usize| found.quotations.get(**statement).is_some_and(|quotation| quotation.class.is_view());
        let (views, said): (Vec<&usize>, Vec<&usize>) = group.statements.iter().partition(is_view);
        let add = |facts: &mut Facts, statements: Vec<&usize>| {
            for &statement in statements {
                let Some(quotation) = found.quotations.get(statement) else { continue };
                facts.order.push((quotation.extent().start, facts.entries.len()));
                facts.add(Subject::Quotation(statement), quotation.content.clone());
            }
        };
        let apart = !views.is_empty() && !said.is_empty();
        add(&mut facts, said);
        if apart {
            facts.parts.push(Part::Views(number));
        }
        add(&mut facts, views);
    }
    facts
}

/// The heading over what a speaker thinks, wants or feels rather than says.
pub fn views(number: usize) -> Line {
    Line::new(vec![Bit::new(Clean::literal("▎"), Look::Bar(number)), Bit::new(Clean::literal("views"), Look::Dim)])
}

/// How many statements and views a speaker has: "3 statements · 1 view".
fn tally(group: &Group) -> Clean {
    let said = group.statements.len() - group.views;
    match (said, group.views) {
        (said, 0) => count(said, "statement"),
        (0, views) => count(views, "view"),
        (said, views) => words!("{} · {}", count(said, "statement"), count(views, "view")),
    }
}

/// Name, country and office of speaker `number`.
pub fn heading(group: &Group, number: usize, columns: usize) -> Vec<Line> {
    let badge = group.polity.map(|polity| Bit::new(words!("{}", polity.code()), Look::Badge));
    let bar = Bit::new(Clean::literal("▎"), Look::Bar(number));
    let mut lines = vec![Line::new(vec![bar.clone(), Bit::new(group.name.clone(), Look::Heading)]).right(badge)];
    let office = group.office.iter().flat_map(|office| rows(office, columns.saturating_sub(1), 2));
    lines.extend(office.map(|row| Line::new(vec![bar.clone(), Bit::new(row, Look::Dim)])));
    // One statement needs no counting.
    if group.statements.len() > 1 || group.views > 0 || group.unnamed {
        let unnamed = if group.unnamed { "unnamed · " } else { "" };
        lines.push(Line::new(vec![bar, Bit::new(words!("{unnamed}{}", tally(group)), Look::Dim)]));
    }
    lines
}

pub fn lines(article: &Article, quotation: &Quotation, number: usize, speaker: &str, columns: usize) -> Vec<Line> {
    const MARGIN: usize = 4;
    let content = content(article, quotation);
    // What is told in another's words, and what the text does not say was said.
    let told = if quotation.within.is_some() { "↳ " } else { "" };
    let content = words!("{told}{}{content}", doubt(quotation));
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

/// What stands before words that the text denies or only supposes.
fn doubt(quotation: &Quotation) -> &'static str {
    match quotation.assertion {
        Assertion::Made => "",
        Assertion::Negated => "(not said) ",
        Assertion::Hypothetical => "(supposed) ",
    }
}

/// Why the speaker is thought to be who it is, in one line.
pub fn why(article: &Article, quotation: &Quotation, speaker: &Group) -> Clean {
    let words_of = |span: Span| words!("{}", words::beginning(&flat(article.doc.text.slice(span))));
    let source = quotation.source.map(words_of);
    let named = match (&source, quotation.evidence.resolution) {
        (Some(source), Resolution::Pronoun | Resolution::Role) => words!("“{source}” is {}", speaker.name),
        (Some(source), _) => words!("“{source}”"),
        (None, _) => speaker.name.clone(),
    };
    let resolved = match quotation.evidence.resolution {
        Resolution::Name => "named there",
        Resolution::Pronoun => "a pronoun",
        Resolution::Role => "a role",
        Resolution::Context => "who spoke before goes on",
        Resolution::Unnamed => "the text does not name who",
        Resolution::Unresolved => "it could not be told who",
    };
    let antecedent = match quotation.evidence.antecedent {
        Some(span) => words!(", by “{}”", words_of(span)),
        None => Clean::default(),
    };
    let cue = quotation.cue.map_or_else(Clean::default, |cue| words!(" “{}”", words_of(cue)));
    let attached = match quotation.evidence.attachment {
        Attachment::Follows => "attributed behind the words by",
        Attachment::Leads => "attributed before the words by",
        Attachment::CarriedOn => "goes on from the words before",
        Attachment::Reported => "by the sentence before",
        Attachment::Announced => "announced by the paragraph before",
        Attachment::Continued => "goes on from the paragraph before",
        Attachment::Signed => "signed",
        Attachment::Unstated => "no attribution",
    };
    let takes_cue = matches!(quotation.evidence.attachment, Attachment::Follows | Attachment::Leads);
    let cue = if takes_cue { cue } else { Clean::default() };
    let sure = (quotation.confidence * 100.0).round();
    words!("{sure} % sure · {named}: {resolved}{antecedent} · {attached}{cue}")
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
