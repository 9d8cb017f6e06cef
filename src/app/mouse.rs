//! What the mouse does.

use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::Position;

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
use super::sheet;
use super::state::{Overlay, State};
use crate::config::Command;

/// Rows that one notch of the wheel scrolls.
const NOTCH: isize = 3;

/// A movement, click or turn of the wheel.
pub fn mouse(state: &mut State, event: MouseEvent) -> Vec<Effect> {
    let at = Position::new(event.column, event.row);
    if card::mouse(state, event) {
        return Vec::new();
    }
    match (event.kind, &state.overlay) {
        (MouseEventKind::Moved, _) => card::hover(state, at),
        (MouseEventKind::ScrollDown, _) => wheel(state, at, 1),
        (MouseEventKind::ScrollUp, _) => wheel(state, at, -1),
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
        (MouseEventKind::Up(MouseButton::Left), _) => state.drag = None,
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
        Overlay::None | Overlay::Prompt(_) | Overlay::Hints(_) | Overlay::Card(_) => {
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
        state.drag = Some(Pane::List);
        return;
    }
    if beside && layout.panel.contains(at) && at.x == layout.panel.x {
        state.drag = Some(Pane::Panel);
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
    let text = state.layout.text;
    let Some(reader) = &mut state.reader else { return };
    let Some(row) = at.y.checked_sub(text.y).and_then(|row| reader.rows.get(usize::from(row))).copied() else {
        return;
    };
    let Some(span) = row.span() else { return };
    let statement = match at.x.checked_sub(text.x + row.indent) {
        Some(column) => reader.byte_at(&row, usize::from(column)).and_then(|offset| reader.statement_at(offset)),
        // Beside the text is the bar of the statement.
        None => touching(&reader.layers.statements, span).first().map(|(_, number)| *number),
    };
    if let Some(number) = statement {
        reader.make_current(number);
        state.follow();
    }
    card::click(state, at);
}

fn press_panel(state: &mut State, at: Position) {
    let layout = state.layout;
    state.focus(Pane::Panel);
    let inside = layout.panel_inside();
    if at.y == layout.panel.y {
        let labels = tab_labels(state.panel.tab, state.found(), inside.width);
        let column = at.x.saturating_sub(inside.x);
        let hit = labels.into_iter().find(|label| (label.column..label.column + label.width()).contains(&column));
        if let Some(label) = hit {
            let command =
                [Command::ShowQuotations, Command::ShowOfficials, Command::ShowEvents, Command::ShowCountries]
                    [label.tab as usize];
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

/// Moves the border of a pane to the pointer.
fn drag(state: &mut State, at: Position) {
    let width = state.shape.width;
    let most = width / 2;
    if !state.shape.by_hand && state.drag.is_some() {
        // From what is on the screen, which may be less than was wished for.
        let shown = |pane: u16, wished: u16| if pane > 0 { pane } else { wished };
        state.shape.list_width = shown(state.layout.list.width, state.shape.list_width);
        state.shape.panel_width = shown(state.layout.panel.width, state.shape.panel_width);
        state.shape.by_hand = true;
    }
    match state.drag {
        Some(Pane::List) => state.shape.list_width = (at.x + 1).min(most),
        Some(Pane::Panel) => state.shape.panel_width = width.saturating_sub(at.x).min(most),
        Some(Pane::Tree | Pane::Article) | None => {}
    }
}
