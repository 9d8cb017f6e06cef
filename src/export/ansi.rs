//! An annotated article as lines of coloured text for a terminal or a pager, with what was found in it below.

use super::in_words;
use crate::annotate::gazetteer::country_name;
use crate::model::{Annotations, Article, BlockKind, EntityIx, EntityKind, MentionKind, Quotation, Speaker};
use crate::text::wrap::{BETWEEN_CELLS, Breaks, segments, wrap};
use crate::text::{Clean, Span};

/// A line: words, each in its ink.
pub type Line = Vec<(Ink, Clean)>;

/// How words are set off.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Ink {
    /// Not at all.
    #[default]
    Plain,
    /// Headline and headings.
    Heading,
    /// What matters less.
    Dim,
    /// What somebody said.
    Quotation,
    /// Who said it, in the text.
    Source,
    /// The word that tells that it was said.
    Cue,
    /// A person's name.
    Person,
    /// A person's name inside a quotation.
    QuotedName,
    /// A place or people.
    Place,
    /// An organisation.
    Organisation,
}

impl Ink {
    /// The parameters of the SGR sequence that sets it.
    pub fn sgr(self) -> &'static str {
        match self {
            Ink::Plain => "0",
            Ink::Heading => "1",
            Ink::Dim => "2",
            Ink::Quotation => "33",
            Ink::Source => "1;4;32",
            Ink::Cue => "3;32",
            Ink::Person => "1",
            Ink::QuotedName => "1;33",
            Ink::Place => "4",
            Ink::Organisation => "36",
        }
    }
}

/// Names of kinds of findings, columns of the summary.
const INDENT: &str = "  ";

/// The lines of `article` with what was `found` in it, wrapped at `width` columns (0: not at all).
pub fn article(article: &Article, found: &Annotations, width: u16) -> Vec<Line> {
    let columns = if width == 0 { usize::MAX } else { usize::from(width) };
    let mut page = Page { article, found, columns, lines: Vec::new() };
    page.head();
    page.body();
    page.statements();
    page.officials();
    page.events();
    page.countries();
    page.lines
}

/// A line between two articles.
pub fn rule(width: u16) -> Line {
    vec![(Ink::Dim, Clean::new(&"─".repeat(if width == 0 { 72 } else { usize::from(width) })))]
}

struct Page<'a> {
    article: &'a Article,
    found: &'a Annotations,
    columns: usize,
    lines: Vec<Line>,
}

impl Page<'_> {
    fn head(&mut self) {
        let Article { title, source, date, authors, url, doc, .. } = self.article;
        if let Some(title) = title
            && !doc.text.trim_start().starts_with(title.as_str())
        {
            self.wrapped(Ink::Heading, title, "");
        }
        let date = date.map(|date| date.to_string());
        let facts: Vec<&str> = [source.as_deref(), date.as_deref()]
            .into_iter()
            .flatten()
            .chain(authors.iter().map(Clean::as_str))
            .chain(url.as_deref())
            .collect();
        if !facts.is_empty() {
            self.wrapped(Ink::Dim, &Clean::line(&facts.join(" · ")), "");
        }
        if !self.lines.is_empty() {
            self.lines.push(Vec::new());
        }
    }

    fn body(&mut self) {
        let inks = self.inks();
        let doc = &self.article.doc;
        for (index, block) in doc.blocks.iter().enumerate() {
            let goes_on = matches!(block.kind, BlockKind::Row { first: false, .. });
            if index > 0 && !goes_on {
                self.lines.push(Vec::new());
            }
            let (first, rest) = match block.kind {
                BlockKind::Item { depth, number } => {
                    let outer = INDENT.repeat(usize::from(depth.clamp(1, 8)) - 1);
                    let sign = number.map_or("•".to_owned(), |number| format!("{number}."));
                    let hang = " ".repeat(sign.chars().count() + 1);
                    (format!("{outer}{sign} "), format!("{outer}{hang}"))
                }
                BlockKind::Quote => ("│ ".to_owned(), "│ ".to_owned()),
                BlockKind::Row { skip, .. } => (BETWEEN_CELLS.repeat(usize::from(skip)), String::new()),
                _ => (String::new(), String::new()),
            };
            let heading = matches!(block.kind, BlockKind::Heading(_) | BlockKind::Row { header: true, .. });
            let is_row = matches!(block.kind, BlockKind::Row { .. });
            let breaks = match block.kind {
                BlockKind::Pre => Breaks::Kept,
                BlockKind::Row { .. } => Breaks::Cells,
                _ => Breaks::Free,
            };
            let columns = self.columns.saturating_sub(rest.chars().count()).max(1);
            let mut indent = Clean::new(&first);
            for segment in segments(&doc.text, block.span) {
                for row in wrap(&doc.text, segment, columns, breaks) {
                    let mut line = vec![(Ink::Dim, indent)];
                    line.extend(runs(&inks, row).map(|(ink, span)| {
                        let ink = if heading && ink == Ink::Plain { Ink::Heading } else { ink };
                        let words = doc.text.slice(span).as_str().replace('\n', " ");
                        let words = words.replace('\t', if is_row { BETWEEN_CELLS } else { " " });
                        (ink, Clean::new(&words))
                    }));
                    self.lines.push(line);
                    indent = Clean::new(&rest);
                }
            }
        }
    }

    /// The ink of every byte of the text.
    fn inks(&self) -> Vec<Ink> {
        let mut inks = vec![Ink::Plain; self.article.doc.text.len()];
        let mut paint = |span: Span, ink: Ink| {
            if let Some(bytes) = inks.get_mut(span.start..span.end) {
                bytes.fill(ink);
            }
        };
        for quotation in &self.found.quotations {
            quotation.content.iter().for_each(|span| paint(*span, Ink::Quotation));
        }
        for quotation in &self.found.quotations {
            quotation.source.iter().for_each(|span| paint(*span, Ink::Source));
            quotation.cue.iter().for_each(|span| paint(*span, Ink::Cue));
        }
        for mention in self.found.mentions.iter().filter(|mention| mention.kind == MentionKind::Name) {
            let Some(entity) = self.found.entities.get(mention.entity) else { continue };
            let ink = match entity.kind {
                EntityKind::Person => Ink::Person,
                EntityKind::Org | EntityKind::Event => Ink::Organisation,
                EntityKind::Gpe | EntityKind::Loc | EntityKind::Norp | EntityKind::Fac => Ink::Place,
            };
            match inks.get(mention.span.start) {
                Some(Ink::Plain) => inks[mention.span.start..mention.span.end].fill(ink),
                Some(Ink::Quotation) if ink == Ink::Person => {
                    inks[mention.span.start..mention.span.end].fill(Ink::QuotedName);
                }
                _ => {}
            }
        }
        inks
    }

    fn statements(&mut self) {
        if self.found.quotations.is_empty() {
            return;
        }
        self.title("Quotations");
        // By speaker, in the order in which they first speak.
        let mut speakers: Vec<(String, Vec<&Quotation>)> = Vec::new();
        for quotation in &self.found.quotations {
            let speaker = self.speaker(quotation);
            match speakers.iter_mut().find(|(name, _)| *name == speaker) {
                Some((_, quotations)) => quotations.push(quotation),
                None => speakers.push((speaker, vec![quotation])),
            }
        }
        for (speaker, quotations) in speakers {
            self.wrapped(Ink::Source, &Clean::line(&speaker), "");
            for quotation in quotations {
                let words: Vec<&str> = quotation.content.iter().map(|span| span.of(&self.article.doc.text)).collect();
                let view = (!quotation.class.is_statement()).then_some("view");
                let caveat = quotation.caveat().or(view).map_or_else(String::new, |caveat| format!("{caveat}: "));
                self.wrapped(Ink::Quotation, &Clean::line(&format!("{caveat}{}", words.join(" … "))), INDENT);
            }
        }
    }

    fn speaker(&self, quotation: &Quotation) -> String {
        match &quotation.speaker {
            Speaker::Entity(index) => self.name(*index).to_owned(),
            Speaker::Unnamed(role) => role.clone(),
            Speaker::Unknown => "Unattributed".to_owned(),
        }
    }

    fn officials(&mut self) {
        if self.found.officials.is_empty() {
            return;
        }
        self.title("Officials");
        for official in &self.found.officials {
            let country = official.polity.map_or(String::new(), |polity| format!(" ({})", polity.code()));
            let title = if official.title.is_empty() { String::new() } else { format!(", {}", official.title) };
            self.wrapped(Ink::Plain, &Clean::line(&format!("{}{title}{country}", self.name(official.entity))), "");
        }
    }

    fn events(&mut self) {
        if self.found.events.is_empty() {
            return;
        }
        self.title("Events");
        for event in &self.found.events {
            self.wrapped(Ink::Plain, &Clean::line(&in_words::event(event, &self.article.doc.text)), "");
        }
    }

    fn countries(&mut self) {
        let profile = &self.found.countries;
        if profile.mentioned.is_empty() && profile.about.is_empty() {
            return;
        }
        self.title("Countries");
        if !profile.about.is_empty() {
            let about: Vec<&str> = profile.about.iter().map(|country| country_name(*country)).collect();
            self.wrapped(Ink::Plain, &Clean::line(&format!("About: {}", about.join(", "))), "");
        }
        let mentioned: Vec<String> =
            profile.mentioned.iter().map(|(country, count)| format!("{} {count}", country_name(*country))).collect();
        if !mentioned.is_empty() {
            self.wrapped(Ink::Plain, &Clean::line(&format!("Named: {}", mentioned.join(", "))), "");
        }
    }

    fn name(&self, index: EntityIx) -> &str {
        self.found.entities.get(index).map_or("", |entity| entity.name.as_str())
    }

    fn title(&mut self, words: &'static str) {
        self.lines.push(Vec::new());
        self.lines.push(vec![(Ink::Heading, Clean::literal(words))]);
    }

    /// Adds `words` wrapped, every line after `indent`, those after the first further in.
    fn wrapped(&mut self, ink: Ink, words: &Clean, indent: &str) {
        let columns = self.columns.saturating_sub(indent.len() + INDENT.len()).max(1);
        let rows = wrap(words, Span::new(0, words.len()), columns, Breaks::Free);
        for (number, row) in rows.into_iter().enumerate() {
            let indent = if number == 0 { indent.to_owned() } else { format!("{indent}{INDENT}") };
            self.lines.push(vec![(Ink::Plain, Clean::new(&indent)), (ink, words.slice(row).to_clean())]);
        }
    }
}

/// `row` cut where the ink changes.
fn runs(inks: &[Ink], row: Span) -> impl Iterator<Item = (Ink, Span)> + '_ {
    let bytes = inks.get(row.start..row.end).unwrap_or(&[]);
    let mut at = row.start;
    bytes.chunk_by(|a, b| a == b).map(move |run| {
        let span = Span::new(at, at + run.len());
        at = span.end;
        (run[0], span)
    })
}
