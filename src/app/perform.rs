//! What the commands do.

use crossterm::event::KeyEvent;

use super::column::Cursor;
use super::facts::{Cited, Entry, Subject, Tab};
use super::filter::Filter;
use super::layout::{Pane, Room, picker_page};
use super::reader::Step;
use super::selection::Unit;
use super::sheet::Sheet;
use super::state::{Overlay, State};
use super::{
    Ask, Effect, card, correcting, difference, jump, kinds, line, links, marking, menu, names, noting, outside,
    overlay, prompt, selecting, showing, writing,
};
use crate::config::{Chord, Command, Context};
use crate::text::Clean;

/// A key.
pub fn key(state: &mut State, event: KeyEvent) -> Vec<Effect> {
    state.notice = None;
    let context = state.context();
    if matches!(state.overlay, Overlay::None)
        && let Some(lines) = state.config.binds.get(&Chord::from(event)).cloned()
    {
        return lines.iter().flat_map(|line| line::run(state, line)).collect();
    }
    let command = state.config.keys.command(context, Chord::from(event));
    if matches!(state.overlay, Overlay::Card(_)) {
        return card::key(state, command);
    }
    match context {
        Context::Prompt if matches!(state.overlay, Overlay::Hints(_)) => links::hint_key(state, command, event),
        Context::Prompt => prompt::key(state, command, event),
        Context::Note => writing::key(state, command, event),
        Context::Versions => difference::key(state, command),
        Context::Picker => overlay::picker_key(state, command, event),
        Context::Help if matches!(state.overlay, Overlay::Menu(_)) => menu::key(state, command),
        Context::Help if matches!(state.overlay, Overlay::Kinds(_)) => kinds::key(state, command),
        Context::Help => overlay::sheet_key(state, command),
        _ => command.map_or_else(Vec::new, |command| perform(state, command)),
    }
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
            Pane::Tree => state.enter_tree(true),
            Pane::List if state.shows_statements() => state.enter_statement(),
            Pane::List => state.focus(Pane::Article),
            Pane::Article => {
                if !card::open_current(state) {
                    state.focus(Pane::Panel);
                }
            }
            Pane::Panel if arrived == Some((state.panel.tab, state.panel.selected)) => jump::back(state),
            Pane::Panel => jump::enter(state, state.panel.selected),
        },
        Back => jump::back(state),
        NextQuotation => jump::statement(state, Step::Next, false),
        PreviousQuotation => jump::statement(state, Step::Previous, false),
        NextBySpeaker => jump::statement(state, Step::Next, true),
        PreviousBySpeaker => jump::statement(state, Step::Previous, true),
        NextName => names::go(state, Step::Next),
        PreviousName => names::go(state, Step::Previous),
        ShowCard => card::show(state),
        ShowQuotations => tab(state, Tab::Quotes),
        ShowOfficials => tab(state, Tab::Officials),
        ShowEvents => tab(state, Tab::Events),
        ShowCountries => tab(state, Tab::Countries),
        ShowNotes => tab(state, Tab::Notes),
        NextTab => tab(state, state.panel.tab.step(1)),
        PreviousTab => tab(state, state.panel.tab.step(-1)),
        ShowWhy => state.shape.why = !state.shape.why,
        Copy => return copy(state),
        Select => selecting::begin(state),
        SelectLeft => selecting::step(state, Unit::Character, Step::Previous),
        SelectRight => selecting::step(state, Unit::Character, Step::Next),
        SelectWordBack => selecting::step(state, Unit::Word, Step::Previous),
        SelectWord => selecting::step(state, Unit::Word, Step::Next),
        SelectUp => selecting::row(state, Step::Previous),
        SelectDown => selecting::row(state, Step::Next),
        SelectRowStart => selecting::row_end(state, Step::Previous),
        SelectRowEnd => selecting::row_end(state, Step::Next),
        SelectSentenceBack => selecting::step(state, Unit::Sentence, Step::Previous),
        SelectSentence => selecting::step(state, Unit::Sentence, Step::Next),
        SelectParagraphBack => selecting::step(state, Unit::Paragraph, Step::Previous),
        SelectParagraph => selecting::step(state, Unit::Paragraph, Step::Next),
        SelectOtherEnd => selecting::swap(state),
        SelectAnew => selecting::anew(state),
        CopySelection => return selecting::copy(state),
        EndSelection => state.end_selection(),
        Search if state.shelf.is_some() && matches!(state.shape.focus, Pane::Tree | Pane::List) => {
            prompt::open_query(state)
        }
        Narrow if state.shelf.is_some() => prompt::open_query(state),
        Narrow => state.say(Clean::literal("Queries search the library; these articles are from files")),
        CommandLine => prompt::open(state, prompt::Kind::Line { back: 0 }),
        Search => {
            if let Some(from) = state.reader.as_mut().map(|reader| reader.place()) {
                prompt::open(state, prompt::Kind::Search { from });
            }
        }
        NextMatch => jump::hit(state, Step::Next),
        PreviousMatch => jump::hit(state, Step::Previous),
        PickCountries => {
            let mut picker = super::picker::Picker::new(&state.library);
            let entry = state.panel.facts.entries.get(state.panel.selected);
            let entry = entry.filter(|_| state.shape.focus == Pane::Panel);
            if let Some(Subject::Country(country, _)) = entry.map(|entry| entry.subject) {
                picker.select(country, picker_page(state.shape.width, state.shape.height));
            }
            state.overlay = Overlay::Picker(picker);
            state.ask(Ask::Countries);
        }
        ClearFilter => state.clear_filter(),
        PickKinds => kinds::ask(state),
        ListStatements => state.toggle_statements(),
        PickerMark | PickerScope => {}
        Note => noting::begin(state),
        HighlightSelection => noting::add(state, ""),
        RemoveNote => noting::remove(state),
        Correct => correcting::ask(state),
        KeepNote | NoteNewLine | EditNote => {}
        NextArticle => article(state, 1),
        PreviousArticle => article(state, -1),
        NextUnread => next_unread(state),
        ToggleRead => marking::toggle_read(state),
        ReadAbove => marking::read_above(state),
        ReadAll => marking::read_all(state),
        Star => marking::toggle_star(state),
        SortOrder => state.turn_order(),
        RefreshFeed => return state.refresh(false),
        RefreshAll => return state.refresh(true),
        FetchPage => return state.fetch_page(),
        FocusTree if state.shelf.is_some() => state.focus(Pane::Tree),
        FocusTree => state.say(Clean::literal("There are no feeds here; `dateline add URL` subscribes to one")),
        EnterTree => state.enter_tree(false),
        LeaveList if state.shelf.is_some() => state.focus(Pane::Tree),
        LeaveList => {}
        Undo => marking::undo(state),
        OpenArticle => return links::open_article(state),
        CopyAddress => return links::copy_article(state),
        HintLinks => links::hint(state),
        OpenLink => links::ask(state),
        Versions => return difference::ask(state),
        Pipe => outside::ask_pipe(state),
        Edit => return outside::edit(state),
        CopyLink | EarlierVersion | LaterVersion => {}
        FocusNext => showing::turn(state, 1),
        FocusPrevious => showing::turn(state, -1),
        ToggleList => showing::toggle_pane(state, Pane::List),
        TogglePanel => showing::toggle_pane(state, Pane::Panel),
        Zoom => state.shape.zoom = !state.shape.zoom,
        Wider => showing::measure(state, 4),
        Narrower => showing::measure(state, -4),
        PickHighlights => state.overlay = Overlay::Menu(0),
        ToggleStatements => showing::toggle(state, "statements", |on| &mut on.statements),
        TogglePeople => showing::toggle(state, "people", |on| &mut on.people),
        ToggleOrganisations => showing::toggle(state, "organisations", |on| &mut on.organisations),
        TogglePlaces => showing::toggle(state, "places", |on| &mut on.places),
        ToggleNationalities => showing::toggle(state, "nationalities", |on| &mut on.nationalities),
        ToggleHighlights => showing::toggle_all(state),
        Help => state.overlay = Overlay::Sheet(Sheet::Keys, 0),
        Reports if state.reports.is_empty() => state.say(Clean::literal("Everything was read, nothing was left out")),
        Reports => state.overlay = Overlay::Sheet(Sheet::Reports, 0),
        Redraw => return vec![Effect::Redraw],
        Suspend => return vec![Effect::Suspend],
        Quit => return vec![Effect::Quit],
    }
    Vec::new()
}

/// Down or up by rows, articles or entries.
fn step(state: &mut State, by: isize) {
    match state.shape.focus {
        Pane::Tree => state.go_in_tree(by),
        Pane::Article => scroll(state, by),
        Pane::List if state.shows_statements() => state.step_in_statements(by),
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
        Pane::Tree => state.go_in_tree(share(usize::from(state.layout.tree_inside().height))),
        Pane::List if state.shows_statements() => state.step_in_statements(share(state.statements_page())),
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
        Pane::List if state.shows_statements() => state.enter_statement(),
        Pane::List => {
            state.focus(Pane::Article);
        }
        Pane::Tree => state.enter_tree(false),
        _ => page(state, Step::Next, false),
    }
}

fn end(state: &mut State, step: Step) {
    match state.shape.focus {
        Pane::Tree => state.go_in_tree(if step == Step::Next { isize::MAX } else { isize::MIN }),
        Pane::Article => {
            if let Some(reader) = &mut state.reader {
                reader.jump_to_end(step);
                state.mark_read();
                state.follow();
            }
        }
        Pane::List if state.shows_statements() => {
            state.step_in_statements(if step == Step::Next { isize::MAX } else { isize::MIN });
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
        None => {
            if !state.go_to_unread() {
                state.say(Clean::literal("No other unread article"));
            }
        }
    }
}

/// Shows a tab of the panel.
pub fn tab(state: &mut State, tab: Tab) {
    state.panel.tab = tab;
    state.panel.selected = 0;
    state.panel.top = Cursor::default();
    state.shape.panel = true;
    match state.shape.room() {
        _ if state.shape.zoom => state.focus(Pane::Panel),
        Room::One => state.focus(Pane::Panel),
        Room::Two => {
            state.shape.beside = Pane::Panel;
            if matches!(state.shape.focus, Pane::List | Pane::Tree) {
                state.focus(Pane::Article);
            }
        }
        Room::Three => {}
    }
    state.settle();
    state.follow();
}

fn copy(state: &mut State) -> Vec<Effect> {
    let selected = state.panel.facts.entries.get(state.panel.selected).and_then(Entry::quotation);
    let selected = selected.filter(|_| state.shape.focus == Pane::Panel);
    let Some(reader) = &state.reader else { return Vec::new() };
    let line = selected.or(reader.current).and_then(|number| {
        Some(Cited::new(&reader.article, reader.found.as_deref()?, &reader.speakers, number)?.line())
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

/// Lists what `filter` keeps, and opens the chosen article if it is among them.
pub fn set_filter(state: &mut State, filter: Filter) {
    if state.shelf.is_some() {
        state.library.filter = filter;
        return state.list_filtered();
    }
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
