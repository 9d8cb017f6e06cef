//! Quotations, officials and events as comma-separated values (RFC 4180, UTF-8) for spreadsheets: a line of names, then a row each.
//!
//! A cell is one line. What a spreadsheet would take for a formula (a cell that begins with `=`, `+`, `-`, `@`, or their
//! full-width forms, and is no number) has an apostrophe before it, as spreadsheets mark text. Events have POLECAT's columns
//! (see `polecat`), those of types that only dateline has too, and then some of their own.

use super::coded::Coded;
use super::offsets::Offsets;
use super::polecat::{self, Row};
use super::{Entry, ExportError, Options, Unit, in_words, rounded};
use crate::model::{Article, Polity, Subject, Who};
use crate::text::{Clean, Span};

const QUOTES: [&str; 17] = [
    "Quotation",
    "Kind",
    "Class",
    "Assertion",
    "Speaker",
    "Office",
    "Country",
    "Country Code",
    "Source Text",
    "Confidence",
    "Article",
    "Source",
    "Date",
    "Address",
    "Start",
    "End",
    "Corrected By",
];

const OFFICIALS: [&str; 13] = [
    "Name",
    "Office",
    "Organization",
    "Country",
    "Country Code",
    "Sector",
    "Title as Stated",
    "Times Stated",
    "Article",
    "Source",
    "Date",
    "Address",
    "Corrected By",
];

/// What events have besides POLECAT's columns.
const EVENTS: [&str; 10] =
    ["Killed", "Injured", "Size", "Amount", "Background", "Confidence", "Sentence", "Address", "Start", "End"];

pub(super) fn quotes_header() -> Result<Clean, ExportError> {
    rows([QUOTES])
}

pub(super) fn officials_header() -> Result<Clean, ExportError> {
    rows([OFFICIALS])
}

pub(super) fn events_header() -> Result<Clean, ExportError> {
    rows([polecat::COLUMNS.iter().map(|(name, _)| *name).chain(EVENTS)])
}

/// A row for each quotation that is asked for.
pub(super) fn quotes(entry: &Entry<'_>) -> Result<Clean, ExportError> {
    let text = &entry.article.doc.text;
    let offsets = Offsets::new(&entry.article.doc, Unit::Chars);
    let about = about(entry.article);
    rows(entry.quotations().map(|(number, quotation)| {
        let who = Who::of(quotation, entry.found);
        let [start, end] = offsets.of(quotation.extent()).map(|offset| offset.to_string());
        [
            in_words::words(quotation, text),
            quotation.kind.label().to_owned(),
            quotation.class.label().to_owned(),
            quotation.assertion.label().to_owned(),
            who.name.unwrap_or_default().to_owned(),
            who.office.map(|office| office.title.clone()).unwrap_or_default(),
            who.polity.map(in_words::polity).unwrap_or_default().to_owned(),
            who.polity.as_ref().map(Polity::code).unwrap_or_default().to_owned(),
            quotation.source.map(|span| span.of(text).to_owned()).unwrap_or_default(),
            rounded(quotation.confidence).to_string(),
            about[0].clone(),
            about[1].clone(),
            about[2].clone(),
            about[3].clone(),
            start,
            end,
            corrected(entry, Subject::Quotation(number)),
        ]
    }))
}

/// A row for each official.
pub(super) fn officials(entry: &Entry<'_>) -> Result<Clean, ExportError> {
    let text = &entry.article.doc.text;
    let about = about(entry.article);
    rows(entry.found.officials.iter().map(|official| {
        let name = entry.found.entities.get(official.entity).map(|entity| entity.name.clone());
        let polity = official.polity;
        [
            name.unwrap_or_default(),
            official.title.clone(),
            official.organization.clone().unwrap_or_default(),
            polity.map(in_words::polity).unwrap_or_default().to_owned(),
            polity.as_ref().map(Polity::code).unwrap_or_default().to_owned(),
            official.sector.map(|sector| sector.code()).unwrap_or_default().to_owned(),
            official.mentions.first().map(|span| span.of(text).to_owned()).unwrap_or_default(),
            official.mentions.len().to_string(),
            about[0].clone(),
            about[1].clone(),
            about[2].clone(),
            about[3].clone(),
            corrected(entry, Subject::Entity(official.entity)),
        ]
    }))
}

/// Who set it right, if somebody did.
fn corrected(entry: &Entry<'_>, of: Subject) -> String {
    let who = entry.found.corrected(of).map(|one| one.by.as_deref().unwrap_or("somebody").to_owned());
    who.unwrap_or_default()
}

/// A row for each event.
pub(super) fn events(entry: &Entry<'_>, options: Options) -> Result<Clean, ExportError> {
    let coded = Coded::new(entry.article, entry.found);
    let offsets = Offsets::new(&entry.article.doc, Unit::Chars);
    let address = entry.article.address().unwrap_or_default();
    let number = |number: Option<u32>| number.map(|number| number.to_string()).unwrap_or_default();
    rows(options.events(entry.found).map(|(index, event)| {
        let row = Row::of(&coded, index, event);
        let sentence: Span = coded.sentence(event.trigger);
        let [start, end] = offsets.of(event.trigger).map(|offset| offset.to_string());
        let own = [
            number(event.toll.killed),
            number(event.toll.injured),
            number(event.toll.size),
            event.toll.amount.clone().unwrap_or_default(),
            if event.background { "yes" } else { "no" }.to_owned(),
            rounded(event.confidence).to_string(),
            coded.words(sentence).to_string(),
            address.clone(),
            start,
            end,
        ];
        let shared: Vec<String> = polecat::COLUMNS.iter().map(|(_, value)| value(&row)).collect();
        shared.into_iter().chain(own)
    }))
}

/// Headline, source, date and address.
fn about(article: &Article) -> [String; 4] {
    [
        article.title.as_deref().unwrap_or_default().to_owned(),
        article.source.as_deref().unwrap_or_default().to_owned(),
        article.date.map(|date| date.to_string()).unwrap_or_default(),
        article.address().unwrap_or_default(),
    ]
}

/// Rows with a line feed after each.
fn rows<R>(rows: impl IntoIterator<Item = R>) -> Result<Clean, ExportError>
where
    R: IntoIterator,
    R::Item: AsRef<str>,
{
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in rows {
        writer.write_record(row.into_iter().map(|value| cell(value.as_ref())))?;
    }
    let bytes = writer.into_inner().map_err(|error| csv::Error::from(error.into_error()))?;
    Ok(Clean::new(&String::from_utf8_lossy(&bytes)))
}

/// `value` on one line, and no formula. It is not trimmed: what is empty before or after `; ` counts.
fn cell(value: &str) -> String {
    let value: String = Clean::new(value).chars().map(|char| if char.is_whitespace() { ' ' } else { char }).collect();
    let first = value.trim_start().chars().next();
    let begins = first.is_some_and(|first| matches!(first, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠'));
    if begins && !is_number(&value) { format!("'{value}") } else { value }
}

fn is_number(value: &str) -> bool {
    let digits = value.strip_prefix(['+', '-']).unwrap_or(value);
    digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') && digits.parse::<f64>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::super::Filing;
    use super::super::coded::tests::story;
    use super::*;
    use crate::model::{Annotations, Quotation, Speaker};

    /// Comma-separated values as RFC 4180 has them, read without the crate that writes them.
    fn read(text: &str) -> Vec<Vec<String>> {
        let (mut rows, mut row, mut value, mut is_quoted) = (Vec::new(), Vec::new(), String::new(), false);
        let mut chars = text.chars().peekable();
        while let Some(c) = chars.next() {
            match c {
                '"' if is_quoted && chars.peek() == Some(&'"') => value.extend(chars.next()),
                '"' => is_quoted = !is_quoted,
                ',' if !is_quoted => row.push(std::mem::take(&mut value)),
                '\n' if !is_quoted => {
                    row.push(std::mem::take(&mut value));
                    rows.push(std::mem::take(&mut row));
                }
                c => value.push(c),
            }
        }
        assert!(row.is_empty() && value.is_empty() && !is_quoted, "the last row ends");
        rows
    }

    fn of<'r>(header: &[String], row: &'r [String], column: &str) -> &'r str {
        &row[header.iter().position(|name| name == column).unwrap()]
    }

    fn entry<'a>(article: &'a Article, found: &'a Annotations, filing: &'a Filing) -> Entry<'a> {
        Entry { article, found, quotations: None, engine: "rules", filing, notes: &[] }
    }

    #[test]
    fn formulas_are_text_and_numbers_are_numbers() {
        for formula in ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "＝1", "-", "+", "-inf", "-1.2.3", "  =1"]
        {
            assert_eq!(cell(formula), format!("'{formula}"));
        }
        assert_eq!(cell("\t=1\r\n"), "' =1 ");
        for plain in ["-0.09", "+49", "34.75", "a=b", "", "; ", "“No,” – she said"] {
            assert_eq!(cell(plain), plain);
        }
    }

    #[test]
    fn quotations_have_who_what_and_where() {
        let (mut article, mut found) = story();
        article.title = Some(Clean::new("=HYPERLINK(\"http://evil.example\"),\n\"x\""));
        article.url = Some(Clean::literal("https://example.org/a,b"));
        let text = &article.doc.text;
        let start = text.find("the rower").unwrap();
        let source = text.find("Police Minister").unwrap();
        found.quotations = vec![
            Quotation {
                content: vec![Span::new(start, start + 9)],
                source: Some(Span::new(source, source + 23)),
                speaker: Speaker::Entity(0),
                confidence: 0.876,
                ..Quotation::default()
            },
            Quotation { speaker: Speaker::Unknown, ..Quotation::default() },
        ];
        let filing = Filing::default();
        let mut entry = entry(&article, &found, &filing);
        let header = &read(&quotes_header().unwrap())[0];
        let table = read(&quotes(&entry).unwrap());
        assert_eq!(table.len(), 2);
        let known = [
            ("Quotation", "the rower"),
            ("Kind", "direct"),
            ("Class", "say"),
            ("Assertion", "made"),
            ("Speaker", "Ada Obi"),
            ("Office", "Police Minister"),
            ("Country", "Kenya"),
            ("Country Code", "KE"),
            ("Source Text", "Police Minister Ada Obi"),
            ("Confidence", "0.88"),
            ("Article", "'=HYPERLINK(\"http://evil.example\"), \"x\""),
            ("Source", "Lake Courier"),
            ("Date", "2026-05-06"),
            ("Address", "https://example.org/a,b"),
            ("Start", "52"),
            ("End", "61"),
        ];
        for (column, value) in known {
            let found = of(header, &table[0], column);
            if !matches!(column, "Start" | "End") {
                assert_eq!(found, value, "{column}");
            }
        }
        let at = |column| of(header, &table[0], column).parse::<usize>().unwrap();
        let there: String = text.chars().skip(at("Start")).take(at("End") - at("Start")).collect();
        assert_eq!(there, "the rower");
        assert_eq!(of(header, &table[1], "Speaker"), "");
        entry.quotations = Some(&[1]);
        assert_eq!(read(&quotes(&entry).unwrap()).len(), 1);
    }

    #[test]
    fn officials_and_events_have_their_columns() {
        let (article, found) = story();
        let filing = Filing::default();
        let entry = entry(&article, &found, &filing);
        let header = &read(&officials_header().unwrap())[0];
        let table = read(&officials(&entry).unwrap());
        assert_eq!(table.len(), 1);
        for (column, value) in [
            ("Name", "Ada Obi"),
            ("Office", "Police Minister"),
            ("Country", "Kenya"),
            ("Sector", "GOV"),
            ("Title as Stated", "Police Minister"),
            ("Times Stated", "1"),
        ] {
            assert_eq!(of(header, &table[0], column), value, "{column}");
        }
        let header = &read(&events_header().unwrap())[0];
        let table = read(&events(&entry, Options::default()).unwrap());
        assert_eq!(table.len(), 2, "events of types that POLECAT lacks too");
        assert!(table.iter().all(|row| row.len() == header.len()));
        for (column, value) in [
            ("Event Type", "CONSULT"),
            ("Actor Name", "Ada Obi; "),
            ("Latitude", "-0.09"),
            ("Headline", "“Ferry talks” stall; \"no deal\""),
            ("Size", "20"),
            ("Background", "no"),
        ] {
            assert_eq!(of(header, &table[0], column), value, "{column}");
        }
        assert_eq!(of(header, &table[1], "Event Type"), "OTHER:DISASTER");
        assert_eq!(of(header, &table[1], "Killed"), "2");
        assert_eq!(of(header, &table[1], "Sentence"), "A storm killed two.");
        let sure = Options { min_confidence: 0.7, ..Options::default() };
        assert_eq!(read(&events(&entry, sure).unwrap()).len(), 1);
    }
}
