//! What the commands do.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use tui_input::{Input, InputRequest};

use super::Effect;
use super::facts::{Tab, quote_line};
use super::filter::Filter;
use super::layout::{Pane, Room};
use super::reader::{Step, Stepped};
use super::state::{Overlay, State};
use super::words::{self, count};
use crate::config::{Chord, Command, Context, Highlight};
use crate::text::{Clean, clean};
use crate::words;

/// A key.
pub fn key(state: &mut State, event: KeyEvent) -> Vec<Effect> {
    state.notice = None;
    let context = state.context();
    let command = state.config.keys.command(context, Chord::from(event));
    match context {
        Context::Search => search_key(state, command, event),
        Context::Picker => picker_key(state, command, event),
        Context::Help => help_key(state, command),
        _ => command.map_or_else(Vec::new, |command| perform(state, command)),
    }
}

/// Pasted text goes where text is typed.
pub fn paste(state: &mut State, text: &str) {
    for character in text.chars().filter(|c| !c.is_control()).take(200) {
        match &mut state.overlay {
            Overlay::Search(input, _) => input.handle(InputRequest::InsertChar(character)),
            Overlay::Picker(picker) => picker.input.handle(InputRequest::InsertChar(character)),
            _ => return,
        };
    }
    typed(state);
}

/// A command, in the panes.
pub fn perform(state: &mut State, command: Command) -> Vec<Effect> {
    use Command::*;
    let arrived = state.arrived.take();
    match command {
        Down => step(state, 1),
        Up => step(state, -1),
        Forward => forward(state),
        PageDown => page(state, Step::Next, false),
        PageUp => page(state, Step::Previous, false),
        HalfDown => page(state, Step::Next, true),
        HalfUp => page(state, Step::Previous, true),
        Top => end(state, Step::Previous),
        Bottom => end(state, Step::Next),
        Open => match state.shape.focus {
            Pane::List => state.focus(Pane::Article),
            Pane::Article => state.focus(Pane::Panel),
            Pane::Panel if arrived == Some((state.panel.tab, state.panel.selected)) => back(state),
            Pane::Panel => enter(state, state.panel.selected),
        },
        Back => back(state),
        NextQuotation => statement(state, Step::Next, false),
        PreviousQuotation => statement(state, Step::Previous, false),
        NextBySpeaker => statement(state, Step::Next, true),
        PreviousBySpeaker => statement(state, Step::Previous, true),
        ShowQuotations => tab(state, Tab::Quotes),
        ShowOfficials => tab(state, Tab::Officials),
        ShowEvents => tab(state, Tab::Events),
        ShowCountries => tab(state, Tab::Countries),
        NextTab => tab(state, state.panel.tab.step(1)),
        PreviousTab => tab(state, state.panel.tab.step(-1)),
        Copy => return copy(state),
        Search => {
            if let Some(reader) = &mut state.reader {
                state.overlay = Overlay::Search(Input::default(), reader.place());
                state.focus(Pane::Article);
            }
        }
        NextMatch => hit(state, Step::Next),
        PreviousMatch => hit(state, Step::Previous),
        PickCountries => state.overlay = Overlay::Picker(super::picker::Picker::new(&state.library)),
        ClearFilter if state.library.filter.is_set() => {
            set_filter(state, Filter::default());
            state.say(Clean::literal("Filter cleared"));
        }
        ClearFilter => state.say(Clean::literal("There is no filter")),
        PickerMark | PickerScope => {}
        NextArticle => article(state, 1),
        PreviousArticle => article(state, -1),
        NextUnread => next_unread(state),
        ToggleRead => toggle_read(state),
        ReadAll => read_all(state),
        Undo => undo(state),
        FocusNext => turn(state, 1),
        FocusPrevious => turn(state, -1),
        ToggleList => toggle_pane(state, Pane::List),
        TogglePanel => toggle_pane(state, Pane::Panel),
        Zoom => state.shape.zoom = !state.shape.zoom,
        Wider => measure(state, 4),
        Narrower => measure(state, -4),
        ToggleStatements => toggle(state, "statements", |on| &mut on.statements),
        TogglePeople => toggle(state, "people", |on| &mut on.people),
        ToggleOrganisations => toggle(state, "organisations", |on| &mut on.organisations),
        TogglePlaces => toggle(state, "places", |on| &mut on.places),
        ToggleNationalities => toggle(state, "nationalities", |on| &mut on.nationalities),
        ToggleHighlights => toggle_all(state),
        Help => state.overlay = Overlay::Help(0),
        Redraw => return vec![Effect::Redraw],
        Suspend => return vec![Effect::Suspend],
        Quit => return vec![Effect::Quit],
    }
    Vec::new()
}

/// Down or up by rows, articles or entries.
fn step(state: &mut State, by: isize) {
    match state.shape.focus {
        Pane::Article => scroll(state, by),
        Pane::List => article(state, by),
        Pane::Panel => {
            let last = state.panel.facts.entries.len().saturating_sub(1);
            state.panel.selected = state.panel.selected.saturating_add_signed(by).min(last);
            state.show_selected_entry();
        }
    }
}

/// Scrolls the article, whichever pane has the keys; the panel follows.
pub fn scroll(state: &mut State, rows: isize) {
    if let Some(reader) = &mut state.reader {
        reader.scroll(rows);
        state.mark_read();
        state.follow();
    }
}

fn page(state: &mut State, step: Step, half: bool) {
    let sign = if step == Step::Next { 1 } else { -1 };
    let share = |rows: usize| isize::try_from(if half { rows / 2 } else { rows }.max(1)).unwrap_or(1) * sign;
    match state.shape.focus {
        Pane::Article => {
            if let Some(reader) = &mut state.reader {
                reader.page(step, half);
                state.mark_read();
                state.follow();
            }
        }
        Pane::List => {
            let by = share(state.list_page());
            article(state, by);
        }
        Pane::Panel => {
            // Entries take some three lines each.
            let by = share(usize::from(state.layout.panel_inside().height) / 3);
            self::step(state, by);
        }
    }
}

/// A page down; at the end of the article the next unread one.
fn forward(state: &mut State) {
    let at_end = state.reader.as_ref().is_some_and(|reader| reader.at_end());
    match state.shape.focus {
        Pane::Article if at_end => next_unread(state),
        Pane::List => {
            state.focus(Pane::Article);
        }
        _ => page(state, Step::Next, false),
    }
}

fn end(state: &mut State, step: Step) {
    match state.shape.focus {
        Pane::Article => {
            if let Some(reader) = &mut state.reader {
                reader.jump_to_end(step);
                state.mark_read();
                state.follow();
            }
        }
        Pane::List => {
            let listed = &state.library.listed;
            let number = if step == Step::Next { listed.last() } else { listed.first() };
            if let Some(number) = number.copied() {
                state.choose(number);
            }
        }
        Pane::Panel => self::step(state, if step == Step::Next { isize::MAX } else { isize::MIN }),
    }
}

/// To another article of the list.
fn article(state: &mut State, by: isize) {
    let Some(last) = state.library.listed.len().checked_sub(1) else { return };
    let row = state.reader.as_ref().and_then(|reader| state.library.row_of(reader.number)).unwrap_or(0);
    let to = row.saturating_add_signed(by).min(last);
    if to == row {
        state.say(Clean::literal(if by > 0 { "This is the last article" } else { "This is the first article" }));
    } else if let Some(number) = state.library.listed.get(to).copied() {
        state.choose(number);
    }
}

fn next_unread(state: &mut State) {
    let row = state.reader.as_ref().and_then(|reader| state.library.row_of(reader.number)).unwrap_or(0);
    let listed = &state.library.listed;
    let others = listed.iter().skip(row + 1).chain(listed.iter().take(row));
    let unread = others.copied().find(|number| state.library.items.get(*number).is_some_and(|item| !item.read));
    match unread {
        Some(number) => state.choose(number),
        None => state.say(Clean::literal("No other unread article")),
    }
}

/// To the place of an entry of the panel.
pub fn enter(state: &mut State, number: usize) {
    let Some(entry) = state.panel.facts.entries.get(number).cloned() else { return };
    let pointed = state.reader.as_ref().and_then(|reader| reader.pointed);
    // A country has many places: each time the next.
    let here = pointed.and_then(|pointed| entry.places.iter().position(|place| *place == pointed));
    let next = here.filter(|_| entry.country.is_some()).map_or(0, |here| (here + 1) % entry.places.len().max(1));
    let Some(place) = entry.places.get(next).copied() else {
        state.say(Clean::literal("The text does not name it in words of its own"));
        return;
    };
    state.remember();
    state.panel.selected = number;
    if let Some(reader) = &mut state.reader {
        match entry.quotation {
            Some(quotation) => reader.make_current(quotation),
            None => {
                reader.current = None;
                reader.pointed = entry.event.is_none().then_some(place);
                reader.go_to(place);
            }
        }
    }
    if entry.country.is_none() {
        state.arrived = Some((state.panel.tab, number));
    } else if entry.places.len() > 1 {
        state.say(words!("mention {} of {}", next + 1, entry.places.len()));
    }
    if !state.shape.shows(Pane::Article) {
        state.focus(Pane::Article);
    }
    state.mark_read();
    state.show_selected_entry();
}

/// Back to where a jump came from; else closes what is nearest.
fn back(state: &mut State) {
    if let Some(jump) = state.jumps.pop() {
        state.chosen = jump.article;
        state.open(jump.article);
        if let Some(reader) = &mut state.reader {
            reader.current = jump.current;
            reader.pointed = None;
            reader.set_place(jump.place);
        }
        state.focus(jump.focus);
        state.show_selected_row();
    } else if state.shape.zoom {
        state.shape.zoom = false;
    } else if let Some(reader) = state.reader.as_mut().filter(|reader| reader.search.is_some()) {
        reader.search = None;
    } else if let Some(reader) =
        state.reader.as_mut().filter(|reader| reader.current.is_some() || reader.pointed.is_some())
    {
        (reader.current, reader.pointed) = (None, None);
    } else {
        match state.shape.focus {
            Pane::Panel => state.focus(Pane::Article),
            Pane::Article => state.focus(Pane::List),
            Pane::List => {}
        }
    }
}

fn statement(state: &mut State, step: Step, same: bool) {
    let Some(reader) = &mut state.reader else { return };
    let stepped = reader.step_statement(step, same);
    let speaker = reader.current.and_then(|number| reader.speakers.group_of(number)).map(|group| group.name.clone());
    match (stepped, step) {
        (Stepped::Nowhere, _) => {
            let item = state.open_item();
            let waiting = item.and_then(super::why_empty);
            let alone = speaker.filter(|_| same).map(|name| words!("No other statement by {name}"));
            let none = Clean::literal("No statements in this article");
            state.say(waiting.or(alone).unwrap_or(none));
        }
        (Stepped::On, _) => {}
        (Stepped::Round, Step::Next) => state.say(Clean::literal("Past the last one: at the first again")),
        (Stepped::Round, Step::Previous) => state.say(Clean::literal("Before the first one: at the last again")),
    }
    if !state.shape.shows(Pane::Article) {
        state.focus(Pane::Article);
    }
    state.mark_read();
    state.follow();
}

fn tab(state: &mut State, tab: Tab) {
    state.panel.tab = tab;
    state.panel.selected = 0;
    state.panel.top = 0;
    state.shape.panel = true;
    match state.shape.room() {
        _ if state.shape.zoom => state.focus(Pane::Panel),
        Room::One => state.focus(Pane::Panel),
        Room::Two => {
            state.shape.beside = Pane::Panel;
            if state.shape.focus == Pane::List {
                state.focus(Pane::Article);
            }
        }
        Room::Three => {}
    }
    state.settle();
    state.follow();
}

fn copy(state: &mut State) -> Vec<Effect> {
    let selected = state.panel.facts.entries.get(state.panel.selected).and_then(|entry| entry.quotation);
    let selected = selected.filter(|_| state.shape.focus == Pane::Panel);
    let Some(reader) = &state.reader else { return Vec::new() };
    let line = selected.or(reader.current).and_then(|number| {
        let quotation = reader.found.as_ref()?.quotations.get(number)?;
        Some(quote_line(&reader.article, quotation, reader.speakers.group_of(number)?))
    });
    match line {
        Some(line) => {
            state.say(Clean::literal("Copied the quotation with its attribution"));
            vec![Effect::Copy(line)]
        }
        None => {
            state.say(Clean::literal("No quotation is current; go to one first"));
            Vec::new()
        }
    }
}

fn hit(state: &mut State, step: Step) {
    let Some(reader) = &mut state.reader else { return };
    let searched = reader.search.as_ref().map(|search| search.words.clone());
    let notice = match (reader.step_hit(step), step, searched) {
        (_, _, None) => Some(Clean::literal("Nothing is searched for yet")),
        (Stepped::Nowhere, _, Some(words)) => Some(words!("Not found: {words}")),
        (Stepped::On, _, _) => None,
        (Stepped::Round, Step::Next, _) => Some(Clean::literal("Past the last match: at the first again")),
        (Stepped::Round, Step::Previous, _) => Some(Clean::literal("Before the first match: at the last again")),
    };
    if let Some(notice) = notice {
        state.say(notice);
    }
    state.follow();
}

/// Lists what `filter` keeps, and opens the chosen article if it is among them.
fn set_filter(state: &mut State, filter: Filter) {
    state.library.set_filter(filter);
    state.list_top = 0;
    let keeps = |number| state.library.row_of(number).is_some();
    if state.reader.as_ref().is_none_or(|reader| !keeps(reader.number) || keeps(state.chosen)) {
        state.open_listed();
    }
    if let Some(reader) = &mut state.reader {
        reader.highlight(state.highlight, &state.library.filter);
    }
    state.show_selected_row();
}

fn toggle_read(state: &mut State) {
    let Some(number) = state.reader.as_ref().map(|reader| reader.number) else { return };
    if let Some(item) = state.library.items.get_mut(number) {
        state.marking = vec![(number, item.read)];
        item.read = !item.read;
        let notice = if item.read { "Marked read" } else { "Marked unread" };
        state.say(Clean::literal(notice));
    }
}

fn read_all(state: &mut State) {
    let mut marking = Vec::new();
    for number in &state.library.listed {
        if let Some(item) = state.library.items.get_mut(*number).filter(|item| !item.read) {
            marking.push((*number, item.read));
            item.read = true;
        }
    }
    let undo = words::key(&state.config.keys, Command::Undo);
    state.say(words!("{} marked read · {undo} takes it back", count(marking.len(), "article")));
    state.marking = marking;
}

fn undo(state: &mut State) {
    let marking = std::mem::take(&mut state.marking);
    if marking.is_empty() {
        state.say(Clean::literal("Nothing to take back"));
        return;
    }
    for (number, read) in &marking {
        if let Some(item) = state.library.items.get_mut(*number) {
            item.read = *read;
        }
    }
    state.say(words!("Took back the marking of {}", count(marking.len(), "article")));
}

/// The keys go to the next pane, leaving out hidden ones.
fn turn(state: &mut State, by: isize) {
    let panes = [Pane::List, Pane::Article, Pane::Panel];
    let hidden = |pane: &Pane| match pane {
        Pane::List => !state.shape.list,
        Pane::Article => false,
        Pane::Panel => !state.shape.panel,
    };
    let panes: Vec<Pane> = panes.into_iter().filter(|pane| !hidden(pane) || *pane == state.shape.focus).collect();
    let at = panes.iter().position(|pane| *pane == state.shape.focus).unwrap_or(0) as isize;
    let next = panes[(at + by).rem_euclid(panes.len() as isize) as usize];
    if next != Pane::Article {
        state.shape.beside = next;
    }
    state.shape.focus = next;
    state.mark_read();
}

fn toggle_pane(state: &mut State, pane: Pane) {
    let shown = state.shape.shows(pane);
    let three = state.shape.room() == Room::Three && !state.shape.zoom;
    if shown {
        match (pane, three) {
            (Pane::List, true) => state.shape.list = false,
            (Pane::Panel, true) => state.shape.panel = false,
            _ if state.shape.beside == pane => {
                state.shape.beside = if pane == Pane::List { Pane::Panel } else { Pane::List };
            }
            _ => {}
        }
        if pane == Pane::Panel && state.shape.room() == Room::Two {
            state.shape.panel = false;
        }
        if state.shape.focus == pane {
            state.shape.focus = Pane::Article;
        }
    } else {
        match pane {
            Pane::List => state.shape.list = true,
            _ => state.shape.panel = true,
        }
        state.shape.beside = pane;
        if state.shape.room() == Room::One || state.shape.zoom {
            state.shape.focus = pane;
        } else if state.shape.focus != Pane::Article && state.shape.room() == Room::Two {
            state.shape.focus = Pane::Article;
        }
    }
}

fn measure(state: &mut State, by: i16) {
    state.shape.measure = state.shape.measure.saturating_add_signed(by).clamp(30, 160);
    state.say(words!("Text width {}", state.shape.measure));
}

fn toggle(state: &mut State, what: &'static str, field: fn(&mut Highlight) -> &mut bool) {
    let on = field(&mut state.highlight);
    *on = !*on;
    let now = if *on { "highlighted" } else { "no longer highlighted" };
    state.say(words!("{what} {now}"));
    highlight(state);
}

fn toggle_all(state: &mut State) {
    let none = Highlight::default();
    if state.highlight == none {
        state.highlight = state.highlight_before.take().unwrap_or(state.config.highlight);
        state.say(Clean::literal("Highlights on"));
    } else {
        state.highlight_before = Some(std::mem::replace(&mut state.highlight, none));
        state.say(Clean::literal("Highlights off"));
    }
    highlight(state);
}

fn highlight(state: &mut State) {
    if let Some(reader) = &mut state.reader {
        reader.highlight(state.highlight, &state.library.filter);
    }
}

fn search_key(state: &mut State, command: Option<Command>, event: KeyEvent) -> Vec<Effect> {
    let Overlay::Search(input, from) = &mut state.overlay else { return Vec::new() };
    match command {
        Some(Command::Open) => {
            let empty = input.value().is_empty();
            state.overlay = Overlay::None;
            let found = state.reader.as_ref().and_then(|reader| reader.search.as_ref());
            if let Some(search) = found.filter(|search| search.hits.is_empty() && !empty) {
                state.warn(words!("Not found: {}", search.words));
            }
        }
        Some(Command::Back) => {
            let from = *from;
            state.overlay = Overlay::None;
            if let Some(reader) = &mut state.reader {
                reader.search = None;
                reader.set_place(from);
            }
            state.follow();
        }
        Some(Command::Down) => hit(state, Step::Next),
        Some(Command::Up) => hit(state, Step::Previous),
        Some(command @ (Command::Quit | Command::Suspend | Command::Redraw)) => return perform(state, command),
        _ => {
            if edit(input, event) {
                typed(state);
            }
        }
    }
    Vec::new()
}

fn picker_key(state: &mut State, command: Option<Command>, event: KeyEvent) -> Vec<Effect> {
    let page = usize::from(super::layout::picker_areas(state.shape.width, state.shape.height).rows.height).max(1);
    let Overlay::Picker(picker) = &mut state.overlay else { return Vec::new() };
    let last = picker.shown.len().saturating_sub(1);
    match command {
        Some(Command::PickerMark) => {
            picker.mark();
            picker.selected = (picker.selected + 1).min(last);
        }
        Some(Command::PickerScope) => {
            picker.scope = picker.scope.other();
            picker.narrow();
        }
        Some(Command::Open) => apply(state),
        Some(Command::Back) => state.overlay = Overlay::None,
        Some(Command::Down) => picker.selected = (picker.selected + 1).min(last),
        Some(Command::Up) => picker.selected = picker.selected.saturating_sub(1),
        Some(Command::PageDown) => picker.selected = (picker.selected + page).min(last),
        Some(Command::PageUp) => picker.selected = picker.selected.saturating_sub(page),
        Some(command @ (Command::Quit | Command::Suspend | Command::Redraw)) => return perform(state, command),
        _ => {
            if edit(&mut picker.input, event) {
                typed(state);
            }
        }
    }
    if let Overlay::Picker(picker) = &mut state.overlay {
        picker.top = picker.top.min(picker.selected).max((picker.selected + 1).saturating_sub(page));
    }
    Vec::new()
}

/// Filters by what is picked.
pub fn apply(state: &mut State) {
    let Overlay::Picker(picker) = std::mem::take(&mut state.overlay) else { return };
    let Some(filter) = picker.filter() else {
        state.say(Clean::literal("No country was picked"));
        return;
    };
    set_filter(state, filter);
}

fn help_key(state: &mut State, command: Option<Command>) -> Vec<Effect> {
    let Overlay::Help(top) = state.overlay else { return Vec::new() };
    let page = super::layout::help_page(state.shape.height);
    let last = words::help_lines(state).len().saturating_sub(page);
    let top = match command {
        Some(Command::Down) => top + 1,
        Some(Command::Up) => top.saturating_sub(1),
        Some(Command::PageDown | Command::Forward) => top + page,
        Some(Command::PageUp) => top.saturating_sub(page),
        Some(Command::HalfDown) => top + page / 2,
        Some(Command::HalfUp) => top.saturating_sub(page / 2),
        Some(Command::Top) => 0,
        Some(Command::Bottom) => last,
        Some(command @ (Command::Suspend | Command::Redraw)) => return perform(state, command),
        Some(Command::Back | Command::Help | Command::Quit | Command::Open) => {
            state.overlay = Overlay::None;
            return Vec::new();
        }
        _ => top,
    };
    state.overlay = Overlay::Help(top.min(last));
    Vec::new()
}

/// What was typed has changed.
fn typed(state: &mut State) {
    match &mut state.overlay {
        Overlay::Search(input, from) => {
            let (words, from) = (clean(input.value()).text, *from);
            if let Some(reader) = &mut state.reader {
                reader.set_place(from);
                reader.search(words, from);
            }
            state.follow();
        }
        Overlay::Picker(picker) => picker.narrow(),
        Overlay::None | Overlay::Help(_) => {}
    }
}

/// Edits a line as terminals do; whether the key was one for that.
fn edit(input: &mut Input, event: KeyEvent) -> bool {
    use InputRequest::*;
    let control = event.modifiers.contains(KeyModifiers::CONTROL);
    let request = match event.code {
        KeyCode::Char('a') if control => GoToStart,
        KeyCode::Char('e') if control => GoToEnd,
        KeyCode::Char('u') if control => DeleteFromStart,
        KeyCode::Char('k') if control => DeleteTillEnd,
        KeyCode::Char('w') if control => DeletePrevWord,
        KeyCode::Char('h') if control => DeletePrevChar,
        KeyCode::Char(character) if !control && !event.modifiers.contains(KeyModifiers::ALT) => InsertChar(character),
        KeyCode::Backspace => DeletePrevChar,
        KeyCode::Delete => DeleteNextChar,
        KeyCode::Left => GoToPrevChar,
        KeyCode::Right => GoToNextChar,
        KeyCode::Home => GoToStart,
        KeyCode::End => GoToEnd,
        _ => return false,
    };
    input.handle(request);
    true
}
