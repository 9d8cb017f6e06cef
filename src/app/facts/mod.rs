//! The side panel's content: what was found in the open article, in lines that lead to places in the text.

mod countries;
mod events;
mod officials;
mod quotes;
mod speakers;

pub use quotes::{DOUBTFUL, quote_line};
pub use speakers::{Group, Speakers};

use crate::model::{Annotations, Article, Country};
use crate::text::{Clean, Span};

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
}

impl Tab {
    /// Every tab, from left to right.
    pub const ALL: [Tab; 4] = [Tab::Quotes, Tab::Officials, Tab::Events, Tab::Countries];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Tab::Quotes => "Quotes",
            Tab::Officials => "Officials",
            Tab::Events => "Events",
            Tab::Countries => "Countries",
        }
    }

    /// How many things it has to show.
    pub fn count(self, found: &Annotations) -> usize {
        match self {
            Tab::Quotes => found.quotations.len(),
            Tab::Officials => found.officials.len(),
            Tab::Events => found.events.len(),
            Tab::Countries => countries::all(found).len(),
        }
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

/// The names of the tabs for a panel `columns` wide inside: with all counts, with the count of the open one, shortened,
/// or only the open one, as they fit.
pub fn tab_labels(open: Tab, found: Option<&Annotations>, columns: u16) -> Vec<Label> {
    let counted = |tab: Tab| match found {
        Some(found) => crate::words!("{} {}", tab.name(), tab.count(found)),
        None => Clean::literal(tab.name()),
    };
    let only = |tab: Tab, other: &'static str| if tab == open { counted(tab) } else { Clean::literal(other) };
    let tries: [(&dyn Fn(Tab) -> Clean, u16); 5] = [
        (&counted, 3),
        (&|tab| only(tab, tab.name()), 3),
        (&|tab| only(tab, tab.name()), 1),
        (&|tab| only(tab, ["Quotes", "Offic.", "Events", "Countr."][tab as usize]), 1),
        (&|tab| only(tab, &tab.name()[..3]), 1),
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

/// Something that can be selected in the panel.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Entry {
    /// The words that prove it, where it leads to.
    pub places: Vec<Span>,
    /// The statement it is, by number.
    pub quotation: Option<usize>,
    /// The event it is, by number.
    pub event: Option<usize>,
    /// The country it is.
    pub country: Option<Country>,
}

/// The content of the panel.
#[derive(Debug, Default)]
pub struct Facts {
    /// What can be selected, in the order shown.
    pub entries: Vec<Entry>,
    /// What is drawn, in order.
    pub lines: Vec<Line>,
    /// Where the entries stand in the text (first byte, entry), sorted; what the panel follows when one scrolls.
    pub order: Vec<(usize, usize)>,
}

impl Facts {
    /// The lines of one tab for a panel `columns` wide inside.
    pub fn new(tab: Tab, article: &Article, found: &Annotations, speakers: &Speakers, columns: u16) -> Facts {
        // A free column at the right keeps the words off the frame.
        let columns = usize::from(columns.max(8)) - 1;
        let mut facts = match tab {
            Tab::Quotes => quotes::facts(article, found, speakers, columns),
            Tab::Officials => officials::facts(found, columns),
            Tab::Events => events::facts(article, found, columns),
            Tab::Countries => countries::facts(found),
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

    /// The lines of `entry`, with the heading over it where it is the first under one.
    pub fn lines_of(&self, entry: usize) -> std::ops::Range<usize> {
        let Some(first) = self.lines.iter().position(|line| line.entry == Some(entry)) else { return 0..0 };
        let rest = self.lines.iter().skip(first);
        let end = first + rest.take_while(|line| line.entry == Some(entry)).count();
        let heads = self.lines[..first].iter().rev();
        let heading = heads.take_while(|line| line.entry.is_none() && !line.left.is_empty()).count();
        first - heading..end
    }

    fn add(&mut self, entry: Entry, lines: Vec<Line>) {
        let number = self.entries.len();
        self.entries.push(entry);
        self.lines.extend(lines.into_iter().map(|line| Line { entry: Some(number), ..line }));
    }

    /// Begins a new group with this line.
    fn head(&mut self, line: Line) {
        if !self.lines.is_empty() {
            self.lines.push(Line::default());
        }
        self.lines.push(line);
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
