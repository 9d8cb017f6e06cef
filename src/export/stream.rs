//! Many articles in one file, one after another: what comes before them, each of them, what comes after them. Memory does
//! not grow with their number.

use jiff::Timestamp;

use super::web_annotation::Collection;
use super::{Entry, ExportError, Options, bibtex, csl, findings, json, markdown, plover, polecat, tables};
use crate::model::Note;
use crate::text::Clean;

/// A format for articles of a library.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Articles with all that was found in them, one JSON object a line.
    Jsonl,
    /// Findings and notes as W3C Web Annotations: one collection, JSON-LD.
    WebAnnotation,
    /// Quotations as comma-separated values.
    QuotesCsv,
    /// Officials as comma-separated values.
    OfficialsCsv,
    /// Events as comma-separated values.
    EventsCsv,
    /// Events as PLOVER records.
    Plover,
    /// Events as POLECAT's table.
    Polecat,
    /// Notes: headlines with quotations and events.
    Markdown,
    /// References for BibLaTeX.
    Bibtex,
    /// References for citation programs (Citation Style Language).
    CslJson,
}

impl Format {
    /// Whether it writes what was found in articles, not the articles alone.
    pub fn needs_annotations(self) -> bool {
        !matches!(self, Format::Bibtex | Format::CslJson)
    }

    /// Whether it writes quotations one by one, so that those that are asked for can be written alone.
    pub fn can_choose_quotations(self) -> bool {
        matches!(self, Format::QuotesCsv | Format::WebAnnotation | Format::Markdown)
    }
}

/// A file that is being written.
#[derive(Debug)]
pub struct Stream {
    format: Format,
    options: Options,
    label: Clean,
    collection: Collection,
    articles: usize,
}

impl Stream {
    /// A file of this format. `label` tells what is in it (a query), `now` when it is made.
    pub fn new(format: Format, options: Options, label: Clean, now: Timestamp) -> Self {
        let collection = Collection::new(label.clone(), now);
        Stream { format, options, label, collection, articles: 0 }
    }

    /// What comes before the articles.
    ///
    /// # Errors
    /// If the format's writer fails.
    pub fn head(&self) -> Result<Clean, ExportError> {
        match self.format {
            Format::WebAnnotation => Ok(self.collection.head()?),
            Format::QuotesCsv => tables::quotes_header(),
            Format::OfficialsCsv => tables::officials_header(),
            Format::EventsCsv => tables::events_header(),
            Format::Polecat => Ok(lines(&[polecat::header()])),
            Format::Markdown => Ok(markdown::head(&self.label)),
            Format::CslJson => Ok(Clean::literal("[")),
            Format::Jsonl | Format::Plover | Format::Bibtex => Ok(Clean::default()),
        }
    }

    /// The next article.
    ///
    /// # Errors
    /// If the format's writer fails; the file is then of no use.
    pub fn article(&mut self, entry: &Entry<'_>) -> Result<Clean, ExportError> {
        let Entry { article, found, .. } = *entry;
        let is_first = self.articles == 0;
        self.articles += 1;
        match self.format {
            Format::Jsonl => Ok(lines(&[json::filed_line(entry, self.options)?])),
            Format::WebAnnotation => {
                let mut text = String::new();
                for note in findings::notes(entry, self.options) {
                    text.push_str(&self.collection.item(&note)?);
                }
                // The article has one address, whatever it was when the note was made.
                let source = Clean::line(&article.iri());
                for note in entry.notes() {
                    text.push_str(&self.collection.item(&Note { source: source.clone(), ..note.clone() })?);
                }
                Ok(Clean::new(&text))
            }
            Format::QuotesCsv => tables::quotes(entry),
            Format::OfficialsCsv => tables::officials(entry),
            Format::EventsCsv => tables::events(entry, self.options),
            Format::Plover => Ok(lines(&plover::lines(article, found, self.options)?)),
            Format::Polecat => Ok(lines(&polecat::rows(article, found, self.options))),
            Format::Markdown => Ok(markdown::article(entry, self.options)),
            Format::Bibtex => Ok(bibtex::entry(entry)),
            Format::CslJson => Ok(Clean::new(&format!("{}\n{}", if is_first { "" } else { "," }, csl::item(entry)?))),
        }
    }

    /// What comes after the articles.
    ///
    /// # Errors
    /// If the format's writer fails.
    pub fn tail(&self) -> Result<Clean, ExportError> {
        match self.format {
            Format::WebAnnotation => Ok(self.collection.tail()?),
            Format::CslJson => Ok(Clean::literal("\n]\n")),
            _ => Ok(Clean::default()),
        }
    }
}

fn lines(lines: &[Clean]) -> Clean {
    let text: Vec<String> = lines.iter().map(|line| format!("{line}\n")).collect();
    Clean::new(&text.concat())
}
