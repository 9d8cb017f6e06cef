//! What the mouse does.

use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::{Position, Rect};

use super::Effect;
use super::card;
use super::difference;
use super::facts::tab_labels;
use super::filter::Scope;
use super::flow::RowKind;
use super::jump;
use super::kinds;
use super::layers::touching;
use super::layout::{Pane, picker_areas, picker_columns, picker_page};
use super::links;
use super::menu;
use super::perform;
use super::reader::Reader;
use super::selecting;
use super::sheet;
use super::state::{Overlay, State};
use crate::config::Command;
use crate::text::Span;

/// Rows that one notch of the wheel scrolls.
const NOTCH: isize = 3;

/// What the pointer holds while its button is down.
#[derive(Debug, Clone, Copy)]
pub enum Held {
    /// The border of a pane.
    Border(Pane),
    /// The text of the open article.
    Text(Press),
}

/// Where the button went down in the article. What a click means there is done when the button comes up, and only if
/// nothing was selected meanwhile.
#[derive(Debug, Clone, Copy)]
pub struct Press {
    /// The article, by number.
    article: usize,
    /// The cell.
    cell: Position,
    /// The character there, or the place where there is none.
    character: Option<Span>,
    /// The statement there, by its extent, as another annotator may count otherwise.
    statement: Option<Span>,
    /// The name there.
    name: Option<Span>,
    /// Whether the pointer has been elsewhere since.
    moved: bool,
}

/// A movement, click or turn of the wheel.
pub fn mouse(state: &mut State, event: MouseEvent) -> Vec<Effect> {
    let at = Position::new(event.column, event.row);
    if matches!(event.kind, MouseEventKind::Down(_)) {
        // Where the button came up may never have been told.
        state.held = None;
    }
    if card::mouse(state, event) {
        return Vec::new();
    }
    match (event.kind, &state.overlay) {
        (MouseEventKind::Moved, _) => card::hover(state, at),
        (MouseEventKind::ScrollDown, _) => wheel(state, at, 1),
        (MouseEventKind::ScrollUp, _) => wheel(state, at, -1),
        // Nothing under a note that is being written changes.
        (MouseEventKind::Down(MouseButton::Left), Overlay::Writing(_)) => {}
        (MouseEventKind::Down(MouseButton::Left), Overlay::Picker(_)) => pick(state, at),
        (MouseEventKind::Down(MouseButton::Left), Overlay::Menu(_)) => menu::click(state, at),
        (MouseEventKind::Down(MouseButton::Left), Overlay::Kinds(_)) => kinds::click(state, at),
        (
            MouseEventKind::Down(MouseButton::Left),
            Overlay::Sheet(..) | Overlay::Difference(_) | Overlay::Hints(_),
        ) => state.overlay = Overlay::None,
        (MouseEventKind::Down(MouseButton::Left), _) => {
            if let Some(number) = listed_link(state, at) {
                return links::open_listed(state, number);
            }
            press(state, at);
        }
        (MouseEventKind::Drag(MouseButton::Left), _) => drag(state, at),
        (MouseEventKind::Up(MouseButton::Left), _) => release(state),
        _ => {}
    }
    Vec::new()
}

fn wheel(state: &mut State, at: Position, notch: isize) {
    match &mut state.overlay {
        Overlay::Picker(picker) => {
            picker.go(notch, picker_page(state.shape.width, state.shape.height));
        }
        Overlay::Sheet(..) => sheet::scroll(state, notch * NOTCH),
        Overlay::Difference(_) => difference::scroll(state, notch * NOTCH),
        Overlay::Menu(_) => menu::go(state, notch),
        Overlay::Kinds(_) => kinds::go(state, notch),
        Overlay::None | Overlay::Prompt(_) | Overlay::Writing(_) | Overlay::Hints(_) | Overlay::Card(_) => {
            match state.layout.pane_at(at.x, at.y) {
                Some(Pane::Article) => perform::scroll(state, notch * NOTCH),
                Some(Pane::Tree) => {
                    let page = usize::from(state.layout.tree_inside().height);
                    if let Some(shelf) = &mut state.shelf {
                        let last = shelf.tree.rows.len().saturating_sub(page);
                        shelf.tree.top = shelf.tree.top.saturating_add_signed(notch * NOTCH).min(last);
                    }
                }
                Some(Pane::List) if state.shows_statements() => state.scroll_statements(notch),
                Some(Pane::List) => {
                    let last = state.library.listed.len().saturating_sub(state.list_page());
                    state.list_top = state.list_top.saturating_add_signed(notch).min(last);
                }
                Some(Pane::Panel) => state.scroll_panel(notch * NOTCH),
                None => {}
            }
        }
    }
}

/// Marks the country that was clicked; a click beside the picker closes it.
fn pick(state: &mut State, at: Position) {
    let areas = picker_areas(state.shape.width, state.shape.height);
    let Overlay::Picker(picker) = &mut state.overlay else { return };
    if areas.rows.contains(at) {
        let row = picker.top + usize::from(at.y - areas.rows.y);
        if row < picker.shown.len() {
            picker.selected = row;
            picker.mark();
        }
    } else if areas.heads.contains(at) {
        let [_, mention] = picker_columns(areas.heads.width, picker.scope);
        let from_right = areas.heads.right() - at.x;
        picker.scope = match from_right.checked_sub(mention) {
            None | Some(0) => Scope::In,
            Some(_) => Scope::About,
        };
        picker.narrow();
    } else if !areas.frame.contains(at) {
        state.overlay = Overlay::None;
    }
}

/// The link of the list under the article that was clicked.
fn listed_link(state: &State, at: Position) -> Option<usize> {
    let text = state.layout.text;
    let row = at.y.checked_sub(text.y).filter(|_| text.contains(at))?;
    match state.reader.as_ref()?.rows.get(usize::from(row))?.kind {
        RowKind::Link(number) => Some(number),
        _ => None,
    }
}

fn press(state: &mut State, at: Position) {
    let layout = state.layout;
    state.notice = None;
    let beside = layout.article.width > 0;
    if beside && layout.list.contains(at) && at.x + 1 == layout.list.right() {
        state.held = Some(Held::Border(Pane::List));
        return;
    }
    if beside && layout.panel.contains(at) && at.x == layout.panel.x {
        state.held = Some(Held::Border(Pane::Panel));
        return;
    }
    match layout.pane_at(at.x, at.y) {
        Some(Pane::Tree) => press_tree(state, at),
        Some(Pane::List) => press_list(state, at),
        Some(Pane::Article) => press_article(state, at),
        Some(Pane::Panel) => press_panel(state, at),
        None => {}
    }
}

fn press_tree(state: &mut State, at: Position) {
    let inside = state.layout.tree_inside();
    state.focus(Pane::Tree);
    let Some(shelf) = state.shelf.as_mut().filter(|_| inside.contains(at)) else { return };
    let row = shelf.tree.top + usize::from(at.y - inside.y);
    if row < shelf.tree.rows.len() {
        let again = shelf.tree.selected == row;
        shelf.tree.selected = row;
        state.enter_tree(again);
    }
}

fn press_list(state: &mut State, at: Position) {
    let inside = state.layout.list_inside();
    if !inside.contains(at) {
        return state.focus(Pane::List);
    }
    if state.shows_statements() {
        return state.press_statement(at.y - inside.y);
    }
    let row = state.list_top + usize::from(at.y - inside.y) / state.list_step();
    let Some(number) = state.library.listed.get(row).copied() else { return state.focus(Pane::List) };
    let again = state.reader.as_ref().is_some_and(|reader| reader.number == number);
    if again && state.shape.focus == Pane::List {
        perform::perform(state, Command::Open);
    } else {
        state.focus(Pane::List);
        state.choose(number);
    }
}

fn press_article(state: &mut State, at: Position) {
    state.focus(Pane::Article);
    state.mark_read();
    let Some(reader) = &state.reader else { return };
    state.held = Some(Held::Text(Press {
        article: reader.number,
        cell: at,
        character: selecting::place(state, at),
        statement: pressed_statement(reader, state.layout.text, at),
        name: card::name_at(state, at).map(|(_, name)| name),
        moved: false,
    }));
}

/// The extent of the statement drawn at a cell, or that has its bar beside it.
fn pressed_statement(reader: &Reader, text: Rect, at: Position) -> Option<Span> {
    let row = reader.rows.get(usize::from(at.y.checked_sub(text.y)?))?;
    let span = row.span()?;
    let number = match at.x.checked_sub(text.x + row.indent) {
        Some(column) => reader.statement_at(reader.byte_at(row, usize::from(column))?)?,
        None => touching(&reader.layers.statements, span).first()?.1,
    };
    Some(reader.found.as_ref()?.quotations.get(number)?.extent())
}

/// The button came up: in the article that was a click, unless the pointer selected.
fn release(state: &mut State) {
    let Some(Held::Text(press)) = state.held.take() else { return };
    let Some(reader) = state.reader.as_mut().filter(|reader| reader.number == press.article) else { return };
    if press.moved {
        return;
    }
    reader.selection = None;
    if let Some(number) = press.statement.and_then(|extent| reader.quotation_of(extent)) {
        reader.make_current(number);
        state.follow();
    }
    if let Some(name) = press.name {
        card::click(state, name);
    }
}

fn press_panel(state: &mut State, at: Position) {
    let layout = state.layout;
    state.focus(Pane::Panel);
    let inside = layout.panel_inside();
    if at.y == layout.panel.y {
        let labels = tab_labels(state.panel.tab, state.found(), state.notes(), inside.width);
        let column = at.x.saturating_sub(inside.x);
        let hit = labels.into_iter().find(|label| (label.column..label.column + label.width()).contains(&column));
        if let Some(label) = hit {
            let command = [
                Command::ShowQuotations,
                Command::ShowOfficials,
                Command::ShowEvents,
                Command::ShowCountries,
                Command::ShowNotes,
            ][label.tab as usize];
            perform::perform(state, command);
            state.focus(Pane::Panel);
        }
    } else if inside.contains(at) {
        let line = state.panel.lines.get(usize::from(at.y - inside.y));
        if let Some(entry) = line.and_then(|line| line.entry) {
            jump::enter(state, entry);
        }
    }
}

/// Takes what is held to the pointer.
fn drag(state: &mut State, at: Position) {
    match state.held {
        Some(Held::Border(pane)) => drag_border(state, pane, at),
        Some(Held::Text(press)) if press.moved || at != press.cell => {
            state.held = Some(Held::Text(Press { moved: true, ..press }));
            let open = state.reader.as_ref().is_some_and(|reader| reader.number == press.article);
            if let Some(from) = press.character.filter(|_| open) {
                selecting::drag(state, from, at);
            }
        }
        Some(Held::Text(_)) | None => {}
    }
}

/// Moves the border of a pane to the pointer.
fn drag_border(state: &mut State, pane: Pane, at: Position) {
    let width = state.shape.width;
    let most = width / 2;
    if !state.shape.by_hand {
        // From what is on the screen, which may be less than was wished for.
        let shown = |pane: u16, wished: u16| if pane > 0 { pane } else { wished };
        state.shape.list_width = shown(state.layout.list.width, state.shape.list_width);
        state.shape.panel_width = shown(state.layout.panel.width, state.shape.panel_width);
        state.shape.by_hand = true;
    }
    match pane {
        Pane::List => state.shape.list_width = (at.x + 1).min(most),
        Pane::Panel => state.shape.panel_width = width.saturating_sub(at.x).min(most),
        Pane::Tree | Pane::Article => {}
    }
}
