//! What lies over the panes to be read: the keys, and what loading had to report.

use super::layout::{help_area, help_page, inside};
use super::state::{Notice, Overlay, State};
use super::words::rows;
use crate::config::{COMMANDS, Context, Group};
use crate::text::Clean;
use crate::words;

/// A sheet over the panes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sheet {
    /// Every command with its keys.
    Keys,
    /// What loading had to report.
    Reports,
}

/// A line of a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SheetLine {
    /// Nothing.
    Blank,
    /// A heading over commands.
    Heading(Clean),
    /// The keys of a command, what it does.
    Command(Clean, Clean),
    /// A row of something reported.
    Report(Notice),
}

/// What loading had to report: inputs that cannot be read, files left out.
#[derive(Debug, Default)]
pub struct Reports {
    kept: Vec<Notice>,
    dropped: usize,
    /// How many inputs, or parts of them, cannot be read.
    pub failures: usize,
}

impl Reports {
    /// Adds what was reported.
    pub fn add(&mut self, report: Notice) {
        const KEPT: usize = 500;
        self.failures += usize::from(report.error);
        if self.kept.len() < KEPT {
            self.kept.push(report);
        } else {
            self.dropped += 1;
        }
    }

    /// Whether nothing was reported.
    pub fn is_empty(&self) -> bool {
        self.kept.is_empty()
    }
}

impl Sheet {
    /// What stands in its frame.
    pub fn title(self) -> &'static str {
        match self {
            Sheet::Keys => "Keys",
            Sheet::Reports => "Left out and not read",
        }
    }

    /// Its lines on a screen of the state's size.
    pub fn lines(self, state: &State) -> Vec<SheetLine> {
        match self {
            Sheet::Keys => keys(state),
            Sheet::Reports => reports(state),
        }
    }
}

/// Scrolls the sheet that is open, at most to its end. `isize::MIN` is the beginning, `isize::MAX` the end.
pub fn scroll(state: &mut State, by: isize) {
    let Overlay::Sheet(sheet, top) = state.overlay else { return };
    let last = sheet.lines(state).len().saturating_sub(help_page(state.shape.height));
    state.overlay = Overlay::Sheet(sheet, top.saturating_add_signed(by).min(last));
}

fn keys(state: &State) -> Vec<SheetLine> {
    let mut lines = Vec::new();
    for group in Group::ALL {
        if !lines.is_empty() {
            lines.push(SheetLine::Blank);
        }
        lines.push(SheetLine::Heading(Clean::literal(group.title())));
        for info in COMMANDS.iter().filter(|info| info.group == group) {
            let keys = state.config.keys.keys_for(info.command);
            let keys = if keys.is_empty() { words!("(no key)") } else { words!("{}", keys.join("  ")) };
            let help = match info.context {
                Context::Picker => words!("picker: {}", info.help),
                Context::Panel => words!("panel: {}", info.help),
                Context::Tree => words!("feeds: {}", info.help),
                Context::List => words!("list: {}", info.help),
                Context::Prompt => words!("prompt: {}", info.help),
                Context::Versions => words!("what changed: {}", info.help),
                Context::Note => words!("writing a note: {}", info.help),
                _ => Clean::literal(info.help),
            };
            lines.push(SheetLine::Command(keys, help));
        }
    }
    lines
}

fn reports(state: &State) -> Vec<SheetLine> {
    const ROWS: usize = 6;
    let columns = usize::from(inside(help_area(state.shape.width, state.shape.height)).width.saturating_sub(2));
    let row = |text, error| SheetLine::Report(Notice { text, error });
    let mut lines = Vec::new();
    for report in &state.reports.kept {
        lines.extend(rows(&report.text, columns, ROWS).into_iter().map(|text| row(text, report.error)));
    }
    if state.reports.dropped > 0 {
        lines.push(row(words!("… and {} more", state.reports.dropped), false));
    }
    lines
}
