//! The side panel's content: what was found in the open article, in lines that lead to places in the text.

mod card;
mod countries;
mod events;
mod nested;
mod notes;
mod office;
mod officials;
mod quotes;
mod speakers;
mod why;

pub use card::{Card, Lead};
pub use events::{name as kind_name, why as event_why};
pub use quotes::{Cited, DOUBTFUL, published};
pub use speakers::{Group, Speakers};
pub use why::why;

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::app::column::{Column, Cursor};
use crate::model::{Annotations, Article, Country, EventKind, Polity};
use crate::store::KeptNote;
use crate::text::{Clean, Span, wrap};

/// What the panel shows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Tab {
    /// Statements by speaker.
    #[default]
    Quotes,
    /// People with public offices by country.
    Officials,
    /// What happened.
    Events,
    /// Countries named.
    Countries,
    /// What people noted.
    Notes,
}

impl Tab {
    /// Every tab, from left to right.
    pub const ALL: [Tab; 5] = [Tab::Quotes, Tab::Officials, Tab::Events, Tab::Countries, Tab::Notes];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Tab::Quotes => "Quotes",
            Tab::Officials => "Officials",
            Tab::Events => "Events",
            Tab::Countries => "Countries",
            Tab::Notes => "Notes",
        }
    }

    /// How many things it has to show, once that is known.
    pub fn count(self, found: Option<&Annotations>, notes: &[KeptNote]) -> Option<usize> {
        if self == Tab::Notes {
            return Some(notes.len());
        }
        let found = found?;
        Some(match self {
            Tab::Quotes => found.quotations.len(),
            Tab::Officials => found.officials.len(),
            Tab::Events => found.events.len(),
            Tab::Countries => countries::all(found).len(),
            Tab::Notes => notes.len(),
        })
    }

    /// The tab `steps` to the right, going round.
    pub fn step(self, steps: isize) -> Tab {
        let count = Tab::ALL.len() as isize;
        Tab::ALL[(self as isize + steps).rem_euclid(count) as usize]
    }
}

/// The name of a tab as it stands in the panel's frame.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The tab.
    pub tab: Tab,
    /// What it says.
    pub text: Clean,
    /// Where it begins, in columns inside the frame.
    pub column: u16,
}

impl Label {
    /// Columns it takes.
    pub fn width(&self) -> u16 {
        u16::try_from(wrap::width(&self.text)).unwrap_or(u16::MAX)
    }
}

/// The names of the tabs for a panel `columns` wide inside: with all counts, with the count of the open one, shortened,
/// or only the open one, as they fit.
pub fn tab_labels(open: Tab, found: Option<&Annotations>, notes: &[KeptNote], columns: u16) -> Vec<Label> {
    let counted = |tab: Tab| match tab.count(found, notes) {
        Some(count) => crate::words!("{} {count}", tab.name()),
        None => Clean::literal(tab.name()),
    };
    let only = |tab: Tab, other: &'static str| if tab == open { counted(tab) } else { Clean::literal(other) };
    let tries: [(&dyn Fn(Tab) -> Clean, u16); 5] = [
        (&counted, 3),
        (&|tab| only(tab, tab.name()), 3),
        (&|tab| only(tab, tab.name()), 1),
        (&|tab| only(tab, ["Quotes", "Offic.", "Events", "Countr.", "✎"][tab as usize]), 1),
        (&|tab| only(tab, ["Quo", "Off", "Eve", "Cou", "✎"][tab as usize]), 1),
    ];
    for (text, gap) in tries {
        let mut column = 0;
        let labels: Vec<Label> = Tab::ALL
            .into_iter()
            .map(|tab| {
                let label = Label { tab, text: text(tab), column };
                column += label.width() + gap;
                label
            })
            .collect();
        if column - gap <= columns {
            return labels;
        }
    }
    vec![Label { tab: open, text: counted(open), column: 0 }]
}

/// How words in the panel look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// As running text.
    Text,
    /// Less important.
    Dim,
    /// A name.
    Strong,
    /// A heading over entries.
    Heading,
    /// A country code.
    Badge,
    /// The kind of an event.
    Kind,
    /// The bar of a speaker, by number.
    Bar(usize),
}

/// Some words of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bit {
    /// The words.
    pub text: Clean,
    /// How they look.
    pub look: Look,
}

/// A line of the panel.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Line {
    /// The entry it belongs to.
    pub entry: Option<usize>,
    /// From the left.
    pub left: Vec<Bit>,
    /// At the right end.
    pub right: Option<Bit>,
}

/// What an entry of the panel tells of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// A statement, by number.
    Quotation(usize),
    /// A statement, by number, shown under the one it is told in, with how deep.
    Told(usize, usize),
    /// An official, by number.
    Official(usize),
    /// What an official said, by the official's number.
    Said(usize),
    /// An event, by number.
    Event(usize),
    /// A country, with the number of its mentions.
    Country(Country, usize),
    /// A note, by its number among those on the article.
    Note(usize),
}

/// Something that can be selected in the panel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The words that prove it, where it leads to.
    pub places: Vec<Span>,
    /// What it tells of.
    pub subject: Subject,
}

impl Entry {
    /// The statement it is, by number.
    pub fn quotation(&self) -> Option<usize> {
        match self.subject {
            Subject::Quotation(number) | Subject::Told(number, _) => Some(number),
            _ => None,
        }
    }

    /// The event it is, by number.
    pub fn event(&self) -> Option<usize> {
        match self.subject {
            Subject::Event(number) => Some(number),
            _ => None,
        }
    }

    /// What each of its places is, where it leads from one to the next.
    pub fn stops(&self) -> Option<&'static str> {
        match self.subject {
            Subject::Country(..) | Subject::Official(_) | Subject::Event(_) => Some("mention"),
            Subject::Note(_) => Some("part"),
            Subject::Said(_) => Some("statement"),
            _ => None,
        }
    }
}

/// A part of the panel, laid out by itself when it comes into view.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// A blank line.
    Gap,
    /// The heading over a speaker's statements, by number.
    Speaker(usize),
    /// The heading over the views of a speaker, by number.
    Views(usize),
    /// The heading over those who serve a country or organisation.
    Polity(Option<Polity>),
    /// The heading over the events of a day or of several days.
    Days(Option<(Date, Date)>),
    /// What tells that only some kinds of events are shown.
    Kinds,
    /// A heading in our own words.
    Heading(&'static str),
    /// An entry, by number.
    Entry(usize),
}

/// The content of the panel: in which order what stands there. Its lines are made by [`Laid`], where one looks.
#[derive(Debug, Default)]
pub struct Facts {
    /// What can be selected, in the order shown.
    pub entries: Vec<Entry>,
    /// Where the entries stand in the text (first byte, entry), sorted; what the panel follows when one scrolls.
    order: Vec<(usize, usize)>,
    parts: Vec<Part>,
    /// The part that each entry is.
    part_of: Vec<usize>,
    /// The kinds of events it is narrowed to; none: all are shown.
    kinds: Vec<EventKind>,
}

impl Facts {
    /// The content of one tab; of events only those of the kinds `only`, if there are any.
    pub fn new(
        tab: Tab,
        found: &Annotations,
        notes: &[KeptNote],
        speakers: &Speakers,
        only: &BTreeSet<EventKind>,
    ) -> Facts {
        let mut facts = match tab {
            Tab::Quotes => quotes::facts(found, speakers),
            Tab::Officials => officials::facts(found, speakers),
            Tab::Events => events::facts(found, only),
            Tab::Countries => countries::facts(found),
            Tab::Notes => notes::facts(notes),
        };
        facts.order.sort_unstable();
        facts
    }

    /// The entry to show for a reader who sees the bytes of `seen`: the first that begins there, else the last before.
    pub fn follow(&self, seen: Span) -> Option<usize> {
        let first = self.order.partition_point(|(start, _)| *start < seen.start);
        let shown = self.order.get(first).filter(|(start, _)| *start < seen.end);
        let chosen = shown.or_else(|| self.order.get(first.saturating_sub(1)));
        chosen.map(|(_, entry)| *entry)
    }

    /// Adds an entry that stands at these places of the text.
    fn add(&mut self, subject: Subject, places: Vec<Span>) {
        let number = self.entries.len();
        self.part_of.push(self.parts.len());
        self.parts.push(Part::Entry(number));
        self.entries.push(Entry { places, subject });
    }

    /// Adds a blank line unless there is nothing above it.
    fn gap(&mut self) {
        if !self.parts.is_empty() {
            self.parts.push(Part::Gap);
        }
    }

    /// Begins a new group under this heading.
    fn head(&mut self, heading: Part) {
        self.gap();
        self.parts.push(heading);
    }

    /// The first part of the headings over `entry` if it is the first under them, else its own.
    fn start_of(&self, entry: usize) -> Option<usize> {
        let mut start = *self.part_of.get(entry)?;
        while let Some(above) = start.checked_sub(1)
            && !matches!(self.parts.get(above), Some(Part::Gap | Part::Entry(_)))
        {
            start = above;
        }
        Some(start)
    }
}

/// What the lines of the panel are made from.
#[derive(Debug, Clone, Copy)]
pub struct Laid<'a> {
    /// The content.
    pub facts: &'a Facts,
    /// The open article.
    pub article: &'a Article,
    /// What was found in it.
    pub found: &'a Annotations,
    /// What people noted about it.
    pub notes: &'a [KeptNote],
    /// Who speaks in it.
    pub speakers: &'a Speakers,
    /// The width inside the panel's frame, in columns.
    pub width: u16,
}

impl Laid<'_> {
    /// The `height` lines from `top` on.
    pub fn lines_from(&self, top: Cursor, height: usize) -> Vec<Line> {
        let mut lines = Vec::with_capacity(height);
        let mut skip = top.row;
        for part in top.piece..self.facts.parts.len() {
            if lines.len() >= height {
                break;
            }
            let room = height - lines.len();
            lines.extend(self.lines(part).into_iter().skip(std::mem::take(&mut skip)).take(room));
        }
        lines
    }

    /// The top that shows `entry` on `height` lines, with its heading where it has one, if that takes least scrolling
    /// from `top`.
    pub fn top_showing(mut self, entry: usize, top: Cursor, height: usize) -> Cursor {
        let Some((start, part)) = self.facts.start_of(entry).zip(self.facts.part_of.get(entry).copied()) else {
            return top;
        };
        let end = self.last_row(part);
        let least = self.back(end, height.saturating_sub(1));
        top.max(least).min(Cursor { piece: start, row: 0 })
    }

    fn lines(&self, part: usize) -> Vec<Line> {
        // A free column at the right keeps the words off the frame.
        let columns = usize::from(self.width.max(8)) - 1;
        match self.facts.parts.get(part) {
            None => Vec::new(),
            Some(Part::Gap) => vec![Line::default()],
            Some(Part::Speaker(number)) => self
                .speakers
                .groups
                .get(*number)
                .map_or_else(Vec::new, |group| quotes::heading(group, *number, columns)),
            Some(Part::Views(number)) => vec![quotes::views(*number)],
            Some(Part::Polity(polity)) => vec![officials::heading(*polity)],
            Some(Part::Days(days)) => vec![events::heading(*days)],
            Some(Part::Kinds) => {
                let (shown, all) = (self.facts.entries.len(), self.found.events.len());
                events::only(&self.facts.kinds, shown, all, columns)
            }
            Some(Part::Heading(words)) => vec![Line::new(vec![Bit::new(Clean::literal(words), Look::Heading)])],
            Some(Part::Entry(number)) => {
                let lines = self.facts.entries.get(*number).map_or_else(Vec::new, |entry| self.entry(entry, columns));
                lines.into_iter().map(|line| Line { entry: Some(*number), ..line }).collect()
            }
        }
    }

    fn entry(&self, entry: &Entry, columns: usize) -> Vec<Line> {
        let (article, found) = (self.article, self.found);
        let lines = match entry.subject {
            Subject::Quotation(number) => {
                Cited::new(article, found, self.speakers, number).map(|cited| cited.lines(columns))
            }
            Subject::Told(number, depth) => {
                Cited::new(article, found, self.speakers, number).map(|cited| cited.told_lines(depth, columns))
            }
            Subject::Official(number) => {
                found.officials.get(number).map(|official| officials::lines(found, official, columns))
            }
            Subject::Said(number) => {
                found.officials.get(number).map(|official| officials::said(self.speakers, official, columns))
            }
            Subject::Event(number) => found.events.get(number).map(|event| events::lines(article, event, columns)),
            Subject::Note(number) => self.notes.get(number).map(|kept| notes::lines(kept, columns)),
            Subject::Country(country, mentions) => Some(vec![countries::line(country, mentions)]),
        };
        lines.unwrap_or_default()
    }
}

impl Column for Laid<'_> {
    fn pieces(&self) -> usize {
        self.facts.parts.len()
    }

    fn height(&mut self, piece: usize) -> usize {
        self.lines(piece).len()
    }
}

impl Bit {
    fn new(text: Clean, look: Look) -> Bit {
        Bit { text, look }
    }

    /// `count` blanks.
    fn blank(count: usize) -> Bit {
        Bit { text: crate::words!("{:count$}", ""), look: Look::Text }
    }
}

impl Line {
    fn new(left: Vec<Bit>) -> Line {
        Line { left, ..Line::default() }
    }

    fn right(self, bit: Option<Bit>) -> Line {
        Line { right: bit, ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_panel_follows_what_is_seen() {
        let facts = Facts { order: vec![(10, 2), (50, 0), (90, 1)], ..Facts::default() };
        assert_eq!(facts.follow(Span::new(0, 9)), Some(2), "nothing seen yet: the first");
        assert_eq!(facts.follow(Span::new(40, 95)), Some(0), "the first that is seen");
        assert_eq!(facts.follow(Span::new(55, 60)), Some(0), "inside a long one");
        assert_eq!(facts.follow(Span::new(95, 99)), Some(1));
        assert_eq!(Facts::default().follow(Span::new(0, 5)), None);
    }
}
