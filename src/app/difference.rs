//! What changed from one version of an article to the next, laid out over the panes.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::layers::Layer;
use super::layout::{help_page, inside, wide_area};
use super::perform::perform;
use super::state::{Overlay, State};
use super::words::count;
use super::{Ask, Effect};
use crate::config::{Command, ThemeChoice};
use crate::text::difference::{Change, Paragraph, difference, words as words_at};
use crate::text::wrap::{Breaks, wrap};
use crate::text::{Clean, Span};
use crate::words;

/// An article as it was at some time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VersionText {
    /// When it was first seen so.
    pub seen: Timestamp,
    /// Its headline.
    pub title: Option<Clean>,
    /// Its text.
    pub text: Clean,
    /// What to call the version; empty: the time it was seen.
    pub label: Clean,
}

/// The versions of an article, two of which are compared.
#[derive(Debug)]
pub struct Difference {
    versions: Vec<VersionText>,
    /// The older one of the two compared; the other is the one after it.
    at: usize,
    /// Words added and removed.
    counts: (usize, usize),
    /// What changed, in pieces that are laid out by themselves.
    pieces: Vec<Piece>,
    /// The rows, and the columns and signs they were made for.
    rows: Vec<Row>,
    laid_for: Option<(u16, bool)>,
    /// The first row on the screen.
    pub top: usize,
}

/// A piece of what is shown.
#[derive(Debug)]
enum Piece {
    /// A headline or a paragraph: which one of the headlines' or the text's, and whether it is a headline.
    Words { paragraph: Paragraph, title: bool },
    /// Paragraphs that are left out, as nothing changed in them.
    Folded(usize),
    /// Where too much changed to be shown whole.
    Cut,
}

/// A row of what is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Row {
    /// Nothing.
    Blank,
    /// What the program says.
    Told(Clean),
    /// Words with what happened to them.
    Words {
        /// The words.
        text: Clean,
        /// What changed, in bytes of `text`.
        changes: Layer<Change>,
        /// What happened in this row: added words only, removed ones only, or both.
        sign: &'static str,
        /// Whether it is of the headline.
        title: bool,
    },
}

/// Rows shown of a paragraph in which nothing changed.
const CONTEXT: usize = 3;
/// Bytes of changed paragraphs that are shown.
const MOST: usize = 1 << 20;

/// Asks for the versions of the open article.
pub fn ask(state: &mut State) -> Vec<Effect> {
    let Some(number) = state.reader.as_ref().map(|reader| reader.number) else { return Vec::new() };
    match state.open_item().and_then(|item| item.stored) {
        // By its identity, as its number may be another when the answer comes.
        Some(id) => vec![Effect::Library(Ask::Versions(id))],
        None => vec![Effect::LoadVersions { article: number }],
    }
}

/// Shows what changed from the version before the last to the last.
pub fn open(state: &mut State, article: usize, mut versions: Vec<VersionText>) {
    let current = state.reader.as_ref().is_some_and(|reader| reader.number == article);
    if !current || !matches!(state.overlay, Overlay::None) {
        return;
    }
    if versions.len() < 2 {
        state.say(Clean::literal("This article has one version only"));
        return;
    }
    versions.sort_by_key(|version| version.seen);
    let at = versions.len() - 2;
    let mut difference =
        Difference { versions, at, counts: (0, 0), pieces: Vec::new(), rows: Vec::new(), laid_for: None, top: 0 };
    difference.compare();
    state.overlay = Overlay::Difference(Box::new(difference));
}

/// A key while what changed is shown.
pub fn key(state: &mut State, command: Option<Command>) -> Vec<Effect> {
    let page = isize::try_from(help_page(state.shape.height)).unwrap_or(isize::MAX);
    match command {
        Some(Command::Down) => scroll(state, 1),
        Some(Command::Up) => scroll(state, -1),
        Some(Command::PageDown | Command::Forward) => scroll(state, page),
        Some(Command::PageUp) => scroll(state, -page),
        Some(Command::HalfDown) => scroll(state, page / 2),
        Some(Command::HalfUp) => scroll(state, -page / 2),
        Some(Command::Top) => scroll(state, isize::MIN),
        Some(Command::Bottom) => scroll(state, isize::MAX),
        Some(Command::EarlierVersion) => step(state, false),
        Some(Command::LaterVersion) => step(state, true),
        Some(command @ (Command::Suspend | Command::Redraw)) => return perform(state, command),
        Some(Command::Back | Command::Versions | Command::Quit | Command::Open) => state.overlay = Overlay::None,
        _ => {}
    }
    Vec::new()
}

/// Scrolls by rows. `isize::MIN` is the beginning, `isize::MAX` the end.
pub fn scroll(state: &mut State, by: isize) {
    let page = help_page(state.shape.height);
    if let Overlay::Difference(difference) = &mut state.overlay {
        let last = difference.rows.len().saturating_sub(page);
        difference.top = difference.top.saturating_add_signed(by).min(last);
    }
}

/// To the change before or after.
fn step(state: &mut State, later: bool) {
    let Overlay::Difference(difference) = &mut state.overlay else { return };
    let last = difference.versions.len().saturating_sub(2);
    match later {
        true if difference.at >= last => state.say(Clean::literal("This is the last change")),
        false if difference.at == 0 => state.say(Clean::literal("This is the first change")),
        _ => {
            difference.at = if later { difference.at + 1 } else { difference.at - 1 };
            difference.compare();
        }
    }
}

/// Lays out what changed for the width of the screen.
pub fn settle(state: &mut State) {
    let columns = inside(wide_area(state.shape.width, state.shape.height)).width;
    let page = help_page(state.shape.height);
    // Where there are no colours, signs in the text tell what changed.
    let signs = state.config.theme_choice == ThemeChoice::Mono;
    if let Overlay::Difference(difference) = &mut state.overlay {
        difference.lay(columns, signs);
        difference.top = difference.top.min(difference.rows.len().saturating_sub(page));
    }
}

impl Difference {
    fn pair(&self) -> Option<(&VersionText, &VersionText)> {
        Some((self.versions.get(self.at)?, self.versions.get(self.at + 1)?))
    }

    /// What is compared, in words.
    pub fn title(&self) -> Clean {
        let Some((old, new)) = self.pair() else { return Clean::default() };
        words!("{} → {}", name(old), name(new))
    }

    /// Which of the changes it is, and how many words it is.
    pub fn summary(&self) -> Clean {
        let (added, removed) = self.counts;
        let of = self.versions.len().saturating_sub(1);
        let words = match (added, removed) {
            (0, 0) => Clean::literal("no word changed"),
            _ => words!("{} added, {removed} removed", count(added, "word")),
        };
        if of > 1 { words!("change {} of {of} · {words}", self.at + 1) } else { words }
    }

    /// The rows on a screen.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    fn compare(&mut self) {
        let Some((old, new)) = self.pair() else { return };
        let (old_title, new_title) = titles(old, new);
        let headlines = difference(old_title, new_title);
        let paragraphs = difference(&old.text, &new.text);
        let mut counts = (0, 0);
        for (told, old, new) in [(&headlines, old_title, new_title), (&paragraphs, old.text.as_str(), &new.text)] {
            for run in told.iter().flat_map(|paragraph| &paragraph.runs) {
                match run.change {
                    Change::Same => {}
                    Change::Added => counts.0 += words_at(new, run.span),
                    Change::Removed => counts.1 += words_at(old, run.span),
                }
            }
        }
        let mut pieces: Vec<Piece> =
            headlines.into_iter().map(|paragraph| Piece::Words { paragraph, title: true }).collect();
        pieces.extend(folded(paragraphs));
        (self.counts, self.pieces) = (counts, pieces);
        (self.laid_for, self.top) = (None, 0);
    }

    fn lay(&mut self, columns: u16, signs: bool) {
        if self.laid_for == Some((columns, signs)) {
            return;
        }
        self.laid_for = Some((columns, signs));
        let Some((old, new)) = self.pair() else { return };
        // The sign and a blank stand before the words, a blank after them.
        let columns = usize::from(columns).saturating_sub(3).max(1);
        let mut rows = Vec::new();
        for (index, piece) in self.pieces.iter().enumerate() {
            if index > 0 {
                rows.push(Row::Blank);
            }
            match piece {
                Piece::Folded(1) => rows.push(Row::Told(Clean::literal("… 1 unchanged paragraph …"))),
                Piece::Folded(count) => rows.push(Row::Told(words!("… {count} unchanged paragraphs …"))),
                Piece::Cut => rows.push(Row::Told(Clean::literal("… more changed than can be shown here …"))),
                Piece::Words { paragraph, title } => {
                    let (old, new) = if *title { titles(old, new) } else { (old.text.as_str(), new.text.as_str()) };
                    rows.extend(laid(paragraph, old, new, columns, signs, *title));
                }
            }
        }
        if self.counts == (0, 0) {
            rows.push(Row::Blank);
            rows.push(Row::Told(Clean::literal(
                "The words are the same; only spaces or signs changed, if anything.",
            )));
        }
        self.rows = rows;
    }
}

/// The headlines to compare.
fn titles<'a>(old: &'a VersionText, new: &'a VersionText) -> (&'a str, &'a str) {
    let title = |version: &'a VersionText| version.title.as_deref().unwrap_or("");
    (title(old), title(new))
}

fn name(version: &VersionText) -> Clean {
    if version.label.is_empty() {
        words!("{}", version.seen.to_zoned(TimeZone::system()).strftime("%-d %b %Y %H:%M"))
    } else {
        version.label.clone()
    }
}

/// Folds what did not change, but for the paragraphs beside those that did.
fn folded(paragraphs: Vec<Paragraph>) -> Vec<Piece> {
    let changed: Vec<bool> = paragraphs.iter().map(|paragraph| !paragraph.is_same()).collect();
    let near =
        |at: usize| (at.saturating_sub(1)..=at + 1).any(|beside| changed.get(beside).copied().unwrap_or(false));
    let mut pieces = Vec::new();
    let (mut hidden, mut shown) = (0, 0);
    for (at, paragraph) in paragraphs.into_iter().enumerate() {
        if !near(at) {
            hidden += 1;
            continue;
        }
        pieces.extend((hidden > 0).then_some(Piece::Folded(hidden)));
        hidden = 0;
        shown += paragraph.runs.iter().map(|run| run.span.len()).sum::<usize>();
        if shown > MOST {
            pieces.push(Piece::Cut);
            return pieces;
        }
        pieces.push(Piece::Words { paragraph, title: false });
    }
    pieces.extend((hidden > 0).then_some(Piece::Folded(hidden)));
    pieces
}

/// The rows of a paragraph.
fn laid(paragraph: &Paragraph, old: &str, new: &str, columns: usize, signs: bool, title: bool) -> Vec<Row> {
    let mut text = String::new();
    let mut changes: Layer<Change> = Vec::new();
    for run in &paragraph.runs {
        let source = if run.change == Change::Removed { old } else { new };
        let spaced = source[..run.span.start].ends_with(char::is_whitespace) || run.change == Change::Added;
        if !text.is_empty() && spaced && !(run.change == Change::Added && closes(run.span.of(source))) {
            text.push(' ');
        }
        let (before, after) = match run.change {
            Change::Added if signs => ("{+", "+}"),
            Change::Removed if signs => ("[-", "-]"),
            _ => ("", ""),
        };
        let start = text.len();
        text.push_str(before);
        text.extend(run.span.of(source).split_whitespace().flat_map(|word| [word, " "]));
        text.pop();
        text.push_str(after);
        if run.change != Change::Same {
            changes.push((Span::new(start, text.len()), run.change));
        }
    }
    // What comes of clean text put together is clean.
    let text = Clean::new(&text);
    let spans = wrap(&text, Span::new(0, text.len()), columns, Breaks::Free);
    let cut = paragraph.is_same() && spans.len() > CONTEXT;
    let shown = spans.iter().take(if cut { CONTEXT } else { spans.len() });
    let mut rows: Vec<Row> = shown
        .map(|span| {
            let here = changes.iter().filter(|(at, _)| at.overlaps(*span));
            let moved = |at: Span| {
                let start = at.start.max(span.start) - span.start;
                Span::new(start, at.end.min(span.end) - span.start)
            };
            let here: Layer<Change> = here.map(|(at, change)| (moved(*at), *change)).collect();
            let has = |wanted| here.iter().any(|(_, change)| *change == wanted);
            let sign = match (has(Change::Added), has(Change::Removed)) {
                (true, true) => "±",
                (true, false) => "+",
                (false, true) => "-",
                (false, false) => " ",
            };
            Row::Words { text: text.slice(*span).to_clean(), changes: here, sign, title }
        })
        .collect();
    if cut {
        rows.push(Row::Told(Clean::literal("…")));
    }
    rows
}

/// Whether words begin with a sign that stands right after a word.
fn closes(words: &str) -> bool {
    words.starts_with([',', '.', ';', ':', '!', '?', ')', '”', '’', '%'])
}
