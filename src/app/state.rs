//! Everything the screen depends on.

use std::collections::VecDeque;

use crossterm::event::MouseEventKind;
use ratatui::layout::{Position, Rect};

use super::Msg;
use super::card::Card;
use super::column::Cursor;
use super::difference::Difference;
use super::facts::{Tab, event_why, why};
use super::history::History;
use super::kinds::Kinds;
use super::layers::{Layer, Tag, flatten};
use super::layout::{Layout, Pane, Room, Shape};
use super::library::{Item, Library};
use super::links::Hints;
use super::marking::Marking;
use super::mouse::Held;
use super::news::Told;
use super::noting::Asked;
use super::panel::Panel;
use super::picker::Picker;
use super::prompt::Prompt;
use super::reader::Reader;
use super::sheet::{Reports, Sheet};
use super::shelf::Shelf;
use super::writing::Writing;
use super::{card, difference, links, words};
use crate::config::{Command, Config, Context, Highlight, Theme};
use crate::model::Annotations;
use crate::store::Mark;
use crate::text::Clean;

/// The reader's state. [`super::update`] changes it, `ui::view` draws it.
#[derive(Debug)]
pub struct State {
    pub(crate) config: Config,
    pub(crate) theme: Theme,
    pub(crate) highlight: Highlight,
    pub(crate) shape: Shape,
    pub(crate) layout: Layout,
    pub(crate) library: Library,
    /// The library on disk, if the reader is over it and not over files.
    pub(crate) shelf: Option<Box<Shelf>>,
    pub(crate) list_top: usize,
    pub(crate) reader: Option<Reader>,
    pub(crate) panel: Panel,
    pub(crate) overlay: Overlay,
    pub(crate) notice: Option<Notice>,
    pub(crate) loading: bool,
    pub(crate) reports: Reports,
    /// Lines of the command line, and queries, given before.
    pub(crate) history: History,
    /// Where the reader came from when jumping, latest last.
    pub(crate) jumps: Vec<Jump>,
    /// The entry of the panel that the last key led to.
    pub(crate) arrived: Option<(Tab, usize)>,
    /// The article the reader chose last; it comes back when a filter that hides it is cleared.
    pub(crate) chosen: usize,
    /// The news that were told last.
    pub(crate) news: Told,
    /// What the last marking changed.
    pub(crate) marking: Marking,
    /// The changes of notes that the library was asked for and has not made yet.
    pub(crate) asked_notes: VecDeque<Asked>,
    /// What was written and could not be kept, until the user looks at it again.
    pub(crate) unkept: VecDeque<Box<Writing>>,
    /// The commands that articles were given to, latest last.
    pub(crate) piped: Vec<String>,
    /// What the pointer holds while its button is down.
    pub(crate) held: Option<Held>,
    /// The highlights that were on before all were switched off.
    pub(crate) highlight_before: Option<Highlight>,
    /// How the speaker of the current quotation is known, while that is wanted.
    pub(crate) why: Clean,
}

/// What lies over the panes.
#[derive(Debug, Default)]
pub enum Overlay {
    /// Nothing.
    #[default]
    None,
    /// A line where something is typed.
    Prompt(Prompt),
    /// Labels over the links on the screen.
    Hints(Hints),
    /// What changed from version to version.
    Difference(Box<Difference>),
    /// The country picker.
    Picker(Picker),
    /// The card of a name.
    Card(Box<Card>),
    /// What can be highlighted, with the selected row.
    Menu(usize),
    /// The kinds of events that the panel can be narrowed to.
    Kinds(Kinds),
    /// A note that is being written.
    Writing(Box<Writing>),
    /// A sheet to be read, from this line on.
    Sheet(Sheet, usize),
}

/// A line for the reader, until the next key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// What it says.
    pub text: Clean,
    /// Whether something went wrong.
    pub error: bool,
}

/// A place to go back to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Jump {
    pub(super) article: usize,
    pub(super) place: usize,
    pub(super) focus: Pane,
    pub(super) current: Option<usize>,
}

/// How many places to go back to are kept.
const JUMPS: usize = 64;

impl State {
    /// The state before anything is read, for a terminal of `width` columns and `height` rows.
    pub fn new(config: Config, width: u16, height: u16) -> State {
        let shape = Shape {
            width,
            height,
            focus: Pane::List,
            beside: Pane::Panel,
            tree: false,
            list: true,
            panel: true,
            zoom: false,
            measure: config.measure,
            list_width: config.list_width,
            panel_width: config.panel_width,
            by_hand: false,
            why: false,
        };
        State {
            theme: config.theme.clone(),
            highlight: config.highlight,
            config,
            layout: shape.layout(),
            shape,
            library: Library::default(),
            shelf: None,
            list_top: 0,
            reader: None,
            panel: Panel::default(),
            overlay: Overlay::None,
            notice: None,
            loading: true,
            reports: Reports::default(),
            jumps: Vec::new(),
            arrived: None,
            chosen: 0,
            news: Told::default(),
            marking: Marking::default(),
            asked_notes: VecDeque::new(),
            unkept: VecDeque::new(),
            piped: Vec::new(),
            history: History::default(),
            held: None,
            highlight_before: None,
            why: Clean::default(),
        }
    }

    /// Where the user is, as far as keys are concerned.
    pub fn context(&self) -> Context {
        match (&self.overlay, self.shape.focus) {
            (Overlay::Prompt(_) | Overlay::Hints(_), _) => Context::Prompt,
            (Overlay::Writing(_), _) => Context::Note,
            (Overlay::Difference(_), _) => Context::Versions,
            (Overlay::Picker(_), _) => Context::Picker,
            (Overlay::Card(card), _) if !card.is_hover() => Context::Article,
            (Overlay::Sheet(..) | Overlay::Menu(_) | Overlay::Kinds(_), _) => Context::Help,
            (Overlay::None | Overlay::Card(_), Pane::Tree) => Context::Tree,
            (Overlay::None | Overlay::Card(_), Pane::List) => Context::List,
            (Overlay::None | Overlay::Card(_), Pane::Article) if self.is_selecting() => Context::Select,
            (Overlay::None | Overlay::Card(_), Pane::Article) => Context::Article,
            (Overlay::None | Overlay::Card(_), Pane::Panel) => Context::Panel,
        }
    }

    /// Has what was typed in earlier runs at hand.
    pub fn recall(&mut self, history: History) {
        self.history = history;
    }

    /// The settings.
    pub fn settings(&self) -> &Config {
        &self.config
    }

    /// Whether what was asked for first has not come yet.
    pub fn is_loading(&self) -> bool {
        self.loading
    }

    /// The open article.
    pub(crate) fn open_item(&self) -> Option<&Item> {
        self.library.items.get(self.reader.as_ref()?.number)
    }

    /// What was found in the open article, once that is known.
    pub(crate) fn found(&self) -> Option<&Annotations> {
        self.reader.as_ref()?.found.as_deref()
    }

    /// The event marked in the text: the selected one, while the panel shows events; else the one that an entry led to.
    pub(crate) fn current_event(&self) -> Option<usize> {
        let shown = self.panel.tab == Tab::Events && self.shape.shows(Pane::Panel);
        let selected = shown.then(|| self.panel.facts.entries.get(self.panel.selected)?.event()).flatten();
        selected.or_else(|| self.reached_event())
    }

    /// The event that the words an entry led to tell of.
    pub(super) fn reached_event(&self) -> Option<usize> {
        let place = self.reader.as_ref()?.pointed?;
        self.found()?.events.iter().position(|event| event.trigger == place || event.mentions.contains(&place))
    }

    /// The current event where the reader is about events: the keys are at them, or neither a quotation nor a name is
    /// current.
    pub(crate) fn event_told(&self) -> Option<usize> {
        let reader = self.reader.as_ref()?;
        let at_events = self.shape.focus == Pane::Panel && self.panel.tab == Tab::Events;
        let other = reader.current.is_some() || reader.current_mention().is_some();
        self.current_event().filter(|_| at_events || !other)
    }

    /// What is highlighted because of where the reader is: below the names, and above them.
    pub(crate) fn current_marks(&self) -> (Layer<Tag>, Layer<Tag>) {
        let (mut below, mut above) = (Layer::new(), Layer::new());
        if let Some(reader) = &self.reader {
            let seen = reader.seen();
            let noted = self.notes().iter().filter(|kept| kept.note.correction.is_none());
            let noted = noted.flat_map(|kept| kept.standing.iter().flatten()).map(|standing| standing.span);
            below.extend(noted.filter(|span| span.overlaps(seen)).map(|span| (span, Tag::Noted)));
        }
        let (Some(reader), Some(found)) = (&self.reader, self.found()) else { return (below, above) };
        if let Some(quotation) = reader.current.and_then(|number| found.quotations.get(number)) {
            below.extend(quotation.content.iter().map(|span| (*span, Tag::Current)));
            above.extend(quotation.evidence.antecedent.map(|span| (span, Tag::Antecedent)));
            above.extend(quotation.source.map(|span| (span, Tag::Source)));
            above.extend(quotation.cue.map(|span| (span, Tag::Cue)));
        }
        if let Some(event) = self.current_event().and_then(|number| found.events.get(number)) {
            // "Gunmen in Lima" did it in "Lima": the inner words keep their own mark.
            let mut parts: Layer<Tag> = event.place.iter().map(|place| (place.span, Tag::EventPlace)).collect();
            parts.extend(event.when.iter().map(|when| (when.span, Tag::EventDay)));
            parts.extend(event.recipients.iter().map(|who| (who.span, Tag::Recipient)));
            parts.extend(event.actors.iter().map(|who| (who.span, Tag::Actor)));
            parts.extend(event.mentions.iter().map(|mention| (*mention, Tag::Trigger)));
            parts.push((event.trigger, Tag::Trigger));
            above.extend(flatten(parts));
        }
        above.extend(reader.pointed.map(|span| (span, Tag::Pointed)));
        (below, above)
    }

    /// Whether `msg` changes nothing that can be seen, as most of the pointer's motion does.
    pub fn is_idle(&self, msg: &Msg) -> bool {
        matches!(msg, Msg::Mouse(event) if event.kind == MouseEventKind::Moved
            && card::is_still(self, Position::new(event.column, event.row)))
    }

    pub(super) fn say(&mut self, text: Clean) {
        self.notice = Some(Notice { text, error: false });
    }

    pub(super) fn warn(&mut self, text: Clean) {
        self.notice = Some(Notice { text, error: true });
    }

    /// Rows of an article in the list.
    pub(crate) fn list_step(&self) -> usize {
        match self.layout.list_inside().height {
            0..8 => 1,
            8..24 => 2,
            _ => 3,
        }
    }

    /// How many articles the list shows at once.
    pub(crate) fn list_page(&self) -> usize {
        (usize::from(self.layout.list_inside().height) / self.list_step()).max(1)
    }

    /// Remembers where the reader is, to come back.
    pub(super) fn remember(&mut self) {
        let focus = self.shape.focus;
        if let Some(reader) = &mut self.reader {
            let jump = Jump { article: reader.number, place: reader.place(), focus, current: reader.current };
            if self.jumps.last() != Some(&jump) {
                self.jumps.push(jump);
            }
            if self.jumps.len() > JUMPS {
                self.jumps.remove(0);
            }
        }
    }

    /// Opens an article where it was left.
    pub(super) fn open(&mut self, number: usize) {
        if self.reader.as_ref().is_some_and(|reader| reader.number == number) {
            return;
        }
        self.leave();
        self.lay_out(number);
        self.panel.selected = 0;
        self.panel.top = Cursor::default();
        self.mark_read();
    }

    /// Lays out an article as far as it is known, at the place where it was left.
    pub(super) fn lay_out(&mut self, number: usize) {
        let Some(item) = self.library.items.get(number) else { return };
        let text = self.layout.text;
        // A pane that is not on the screen is laid out when it appears.
        let columns = if text.width == 0 { self.shape.measure.min(self.shape.width) } else { text.width };
        let mut reader = Reader::new(number, item.readable(), columns, text.height, item.place);
        reader.annotate(self.corrected(number), self.highlight, &self.library.filter);
        // What is selected stays so in the same text, of which only more is known.
        let same = |old: &&Reader| old.number == number && old.article.doc.text == reader.article.doc.text;
        reader.selection = self.reader.as_ref().filter(same).and_then(|old| old.selection);
        self.reader = Some(reader);
        self.panel.forget();
    }

    /// Closes the open article, keeping its place.
    pub(super) fn leave(&mut self) {
        self.keep_place();
        self.reader = None;
    }

    /// Notes where the reader is in the open article.
    pub(super) fn keep_place(&mut self) {
        // Before its text has come there is no place in it to note.
        if let Some(reader) = self.reader.as_mut().filter(|reader| !reader.article.doc.blocks.is_empty())
            && let Some(item) = self.library.items.get_mut(reader.number)
        {
            item.place = reader.place();
        }
    }

    /// Opens the chosen article if it is listed, else the listed one nearest to it, else none.
    pub(super) fn open_listed(&mut self) {
        let listed = &self.library.listed;
        let after = listed.partition_point(|number| *number < self.chosen);
        match listed.get(after).or(listed.last()).copied() {
            Some(number) => self.open(number),
            None => self.leave(),
        }
    }

    /// Opens an article because the user chose it.
    pub(super) fn choose(&mut self, number: usize) {
        self.chosen = number;
        self.open(number);
        self.show_selected_row();
        self.fill_panel();
        self.follow();
    }

    /// Scrolls the list so that the open article is in it.
    pub(super) fn show_selected_row(&mut self) {
        let row = self.reader.as_ref().and_then(|reader| self.library.row_of(reader.number)).unwrap_or(0);
        let page = self.list_page();
        self.list_top = self.list_top.min(row).max((row + 1).saturating_sub(page));
    }

    /// Gives the keys to a pane.
    pub(super) fn focus(&mut self, pane: Pane) {
        if pane == Pane::Article
            && self.shape.room() == Room::Two
            && matches!(self.shape.focus, Pane::List | Pane::Tree)
        {
            self.shape.beside = Pane::Panel;
        }
        self.shape.focus = pane;
        self.mark_read();
    }

    /// The open article counts as read if the keys go to it.
    pub(super) fn mark_read(&mut self) {
        if self.shape.focus == Pane::Article
            && !self.is_turning()
            && let Some(number) = self.reader.as_ref().map(|reader| reader.number)
            && let Some(item) = self.library.items.get_mut(number).filter(|item| !item.read)
        {
            item.read = true;
            if let Some(id) = item.stored {
                self.keep_mark(vec![id], Mark::Read(true));
            }
        }
    }

    /// Brings everything that depends on something else up to date after a message.
    pub(super) fn settle(&mut self) {
        if self.reader.is_none() {
            self.open_listed();
        }
        self.settle_statements();
        self.settle_news();
        let layout = self.shape.layout();
        let resized = layout != self.layout;
        self.layout = layout;
        if resized {
            if layout.text.width > 0
                && let Some(reader) = &mut self.reader
            {
                reader.resize(layout.text.width, layout.text.height);
            }
            self.show_selected_row();
        }
        self.list_top = self.list_top.min(self.library.listed.len().saturating_sub(1));
        difference::settle(self);
        links::settle(self);
        card::settle(self);
        self.fill_panel();
        self.lay_panel();
        self.why = if self.shape.why { self.why() } else { Clean::default() };
    }

    /// How the speaker of the current quotation is known, or why the current event is thought to be one.
    fn why(&self) -> Clean {
        if let Some(event) = self.event_told().and_then(|number| self.found()?.events.get(number))
            && let Some(reader) = &self.reader
        {
            // Where rows are broken, some columns stay free.
            let Rect { width, height, .. } = self.layout.why;
            let (rows, breaks) = (usize::from(height), usize::from(height.saturating_sub(1)));
            let columns = usize::from(width.saturating_sub(7)) * rows;
            return event_why(&reader.article, event, columns.saturating_sub(12 * breaks));
        }
        let why = self
            .reader
            .as_ref()
            .and_then(|reader| why(&reader.article, reader.found.as_deref()?, &reader.speakers, reader.current?));
        let next = words::key(&self.config.keys, Command::NextQuotation);
        why.unwrap_or_else(|| words!("no quotation is current; {next} goes to the next one"))
    }
}
