//! The side panel: what it shows of the open article, and where it is scrolled to.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use ratatui::layout::Size;

use super::column::{Column, Cursor};
use super::facts::{Facts, Laid, Line, Subject, Tab};
use super::state::State;
use crate::model::{Annotations, EventKind};

/// What is found before anything is.
static NOTHING: LazyLock<Annotations> = LazyLock::new(Annotations::default);

/// The side panel.
#[derive(Debug, Default)]
pub struct Panel {
    /// The tab shown.
    pub tab: Tab,
    /// The kinds of events shown; none: all are.
    pub only: BTreeSet<EventKind>,
    /// Its content.
    pub facts: Facts,
    /// The selected entry.
    pub selected: usize,
    /// The first line on the screen.
    pub top: Cursor,
    /// The lines on the screen.
    pub lines: Vec<Line>,
    /// What the content was made for: article, whether annotated, tab.
    made_for: Option<(usize, bool, Tab)>,
    /// What the lines were made for: the content, the size inside the frame, the first line.
    laid_for: Option<((usize, bool, Tab), Size, Cursor)>,
}

impl Panel {
    /// Makes the content anew the next time it is looked at.
    pub(super) fn forget(&mut self) {
        (self.made_for, self.laid_for) = (None, None);
    }
}

impl State {
    /// Makes the panel's content if what it depends on has changed.
    pub(super) fn fill_panel(&mut self) {
        let Some(reader) = &self.reader else {
            let only = std::mem::take(&mut self.panel.only);
            self.panel = Panel { tab: self.panel.tab, only, ..Panel::default() };
            return;
        };
        let key = Some((reader.number, reader.found.is_some(), self.panel.tab));
        if self.panel.made_for == key {
            return;
        }
        self.panel.made_for = key;
        let found = reader.found.as_deref().unwrap_or(&NOTHING);
        self.panel.facts = Facts::new(self.panel.tab, found, self.notes(), &reader.speakers, &self.panel.only);
        self.panel.selected = self.panel.selected.min(self.panel.facts.entries.len().saturating_sub(1));
        self.panel.top = Cursor::default();
        self.show_selected_entry();
    }

    /// What the panel's lines are made from, once something is found.
    fn laid(&self) -> Option<Laid<'_>> {
        let reader = self.reader.as_ref()?;
        Some(Laid {
            facts: &self.panel.facts,
            article: &reader.article,
            found: reader.found.as_deref().unwrap_or(&NOTHING),
            notes: self.notes(),
            speakers: &reader.speakers,
            width: self.layout.panel_inside().width,
        })
    }

    /// Makes the lines of the panel that are on the screen, if what they depend on has changed.
    pub(super) fn lay_panel(&mut self) {
        let size = self.layout.panel_inside().as_size();
        let content = |panel: &Panel| panel.made_for.map(|made_for| (made_for, size));
        if self.panel.laid_for.is_some_and(|(made_for, before, _)| content(&self.panel) != Some((made_for, before))) {
            // Rows are other rows at another width.
            self.panel.top.row = 0;
            self.show_selected_entry();
        }
        let key = content(&self.panel).map(|(made_for, size)| (made_for, size, self.panel.top));
        if key.is_none() || key != self.panel.laid_for {
            let lines = self.laid().map(|laid| laid.lines_from(self.panel.top, usize::from(size.height)));
            self.panel.lines = lines.unwrap_or_default();
            self.panel.laid_for = key;
        }
    }

    /// Scrolls the panel by lines, whatever is selected.
    pub(super) fn scroll_panel(&mut self, by: isize) {
        let height = usize::from(self.layout.panel_inside().height);
        let Some(mut laid) = self.laid() else { return };
        let top = match usize::try_from(by) {
            Ok(down) => laid.forward(self.panel.top, down).min(laid.last_top(height)),
            Err(_) => laid.back(self.panel.top, by.unsigned_abs()),
        };
        self.panel.top = top;
    }

    /// Selects the entry of what the reader sees.
    pub(super) fn follow(&mut self) {
        let Some(reader) = &self.reader else { return };
        let seen = reader.seen();
        let current = reader.current.filter(|number| {
            let quotation = reader.found.as_ref().and_then(|found| found.quotations.get(*number));
            quotation.is_some_and(|quotation| quotation.extent().overlaps(seen))
        });
        let reached = self.reached_event().filter(|_| reader.pointed.is_some_and(|place| place.overlaps(seen)));
        let entries = &self.panel.facts.entries;
        let reached = entries.iter().position(|entry| reached.is_some() && entry.event() == reached);
        let entry = match current.filter(|_| self.panel.tab == Tab::Quotes) {
            Some(number) => {
                let own = entries.iter().position(|entry| entry.subject == Subject::Quotation(number));
                own.or_else(|| entries.iter().position(|entry| entry.quotation() == Some(number)))
            }
            None => reached.or_else(|| self.panel.facts.follow(seen)),
        };
        if let Some(entry) = entry {
            self.panel.selected = entry;
            self.show_selected_entry();
        }
    }

    /// Scrolls the panel so that the selected entry is on the screen.
    pub(super) fn show_selected_entry(&mut self) {
        let height = usize::from(self.layout.panel_inside().height).max(1);
        if let Some(laid) = self.laid() {
            self.panel.top = laid.top_showing(self.panel.selected, self.panel.top, height);
        }
    }
}
