//! Selecting words of the open article.

use crossterm::event::{KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use dateline::app::{Effect, Msg, RefreshEnd};
use dateline::config::{Config, ThemeChoice};
use ratatui::style::{Color, Modifier};
use std::sync::Arc;

use super::library::{Room, deliver, entry};
use crate::desk::Desk;
use crate::stories;

fn desk() -> Desk {
    let mut desk = Desk::reading(stories::all(), 120, 36);
    desk.keys("<Enter>");
    desk
}

/// What is marked as selected on the screen, row by row.
fn selected(desk: &Desk) -> Vec<String> {
    let (buffer, _) = desk.buffer();
    let rows = buffer.content().chunks(usize::from(buffer.area.width));
    let marked = rows.map(|cells| {
        let marked = cells.iter().filter(|cell| (cell.fg, cell.bg) == (Color::Black, Color::White));
        marked.map(|cell| cell.symbol()).collect::<String>()
    });
    marked.filter(|row| !row.is_empty()).collect()
}

fn copied(desk: &Desk) -> Option<String> {
    desk.effects.iter().rev().find_map(|effect| match effect {
        Effect::Copy(text) => Some(text.to_string()),
        _ => None,
    })
}

fn mouse(desk: &mut Desk, kind: MouseEventKind, (column, row): (u16, u16)) {
    desk.send(Msg::Mouse(MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE }));
}

const DRAG: MouseEventKind = MouseEventKind::Drag(MouseButton::Left);
const DOWN: MouseEventKind = MouseEventKind::Down(MouseButton::Left);
const UP: MouseEventKind = MouseEventKind::Up(MouseButton::Left);

#[test]
fn it_begins_with_the_first_word_and_grows_word_by_word() {
    let mut desk = desk();
    desk.keys("V");
    assert_eq!(selected(&desk), ["Norway"]);
    assert!(desk.footer().contains("1 word selected") && desk.footer().contains("y copy"), "{}", desk.footer());
    desk.keys("ww");
    assert_eq!(selected(&desk), ["Norway and Ghana"]);
    assert!(desk.footer().contains("3 words selected"), "{}", desk.footer());
    let (x, y) = desk.in_text("Norway and Ghana signed");
    assert_eq!(desk.buffer().1, Some((x + 16, y)), "the cursor is at the moving end");
    desk.keys("b");
    assert_eq!(selected(&desk), ["Norway and "]);
    desk.keys("h");
    assert_eq!(selected(&desk), ["Norway and"]);
    desk.keys("<Left><Right>ll");
    assert_eq!(selected(&desk), ["Norway and G"]);
    desk.keys("bbb");
    assert!(selected(&desk).is_empty() && desk.footer().contains("nothing selected"), "{}", desk.footer());
    desk.keys("y");
    assert!(desk.footer().contains("No words are selected") && copied(&desk).is_none());
}

#[test]
fn it_begins_with_what_one_is_at() {
    let mut desk = desk();
    desk.keys("]]V");
    assert_eq!(selected(&desk), ["“We have learnt this the hard way,”"]);
    desk.keys("<Esc>)V");
    assert_eq!(selected(&desk), ["Norwegian"], "the name after the quotation");
    desk.keys("<Esc><Esc><Esc>/owner in<Enter>V");
    assert_eq!(selected(&desk), ["owner in"], "what was found, over everything else");
    let mut away = Desk::reading(stories::all(), 70, 10);
    away.keys("<Enter>]GV");
    assert!(away.footer().contains("1 word selected"), "the quotation is not on the screen: {}", away.text());
}

#[test]
fn it_begins_from_the_other_panes() {
    let mut desk = Desk::reading(stories::all(), 50, 19);
    desk.keys("V");
    assert_eq!(selected(&desk), ["Norway"], "{}", desk.text());
    desk.keys("w<Tab>");
    assert!(!desk.shows("Norway and Ghana signed"), "another pane: {}", desk.text());
    desk.keys("V");
    assert_eq!(selected(&desk), ["Norway and"], "it is still there");
}

#[test]
fn by_rows_sentences_and_paragraphs_and_at_both_ends() {
    let mut desk = desk();
    desk.keys("Vj");
    let rows = selected(&desk);
    assert!(rows.len() == 2 && rows[0].starts_with("Norway and Ghana signed"), "{rows:?}");
    desk.keys("$");
    let (whole, part) = (selected(&desk)[1].clone(), rows[1].clone());
    assert!(whole.starts_with(&part) && whole.len() > part.len(), "{whole:?}");
    desk.keys("0");
    assert_eq!(selected(&desk).len(), 1);
    desk.keys("}");
    assert_eq!(selected(&desk).concat().split_whitespace().last(), Some("Volta."));
    desk.keys("}");
    assert_eq!(selected(&desk).concat().split_whitespace().last(), Some("ceremony."));
    desk.keys("{");
    assert_eq!(selected(&desk).concat().split_whitespace().last(), Some("Volta."));
    desk.keys("))");
    assert!(selected(&desk).concat().ends_with("she added."), "{:?}", selected(&desk));
    desk.keys("((V");
    assert_eq!(selected(&desk), ["No"], "only the word there");
    desk.keys("o");
    let (_, y) = desk.in_text("“No passenger");
    desk.keys("k");
    let rows = selected(&desk);
    assert!(rows.len() == 2 && rows[1] == "“No", "from the end that was moved: {rows:?}");
    assert_eq!(desk.buffer().1.map(|(_, row)| row), Some(y - 2));
}

#[test]
fn a_row_keeps_its_column_through_shorter_ones() {
    let text = "alpha beta gamma\n\none\n\ndelta epsilon zeta";
    let mut desk = Desk::reading(vec![stories::Story::new("T", "Wire", text).done()], 120, 36);
    desk.keys("<Enter>Vwjj");
    assert_eq!(selected(&desk), ["alpha beta gamma", "one", "delta epsi"]);
    desk.keys("kk");
    assert_eq!(selected(&desk), ["alpha beta"]);
    desk.keys("k");
    assert!(selected(&desk).is_empty(), "the beginning");
    desk.keys("jjjj");
    assert_eq!(selected(&desk), ["alpha beta gamma", "one", "delta epsilon zeta"]);
}

#[test]
fn the_moving_end_stays_in_sight_and_scrolling_leaves_it() {
    let mut desk = Desk::reading(stories::all(), 50, 12);
    desk.keys("<Enter>V}}}}}}");
    assert!(desk.shows("The fire") && desk.footer().contains("words selected"), "{}", desk.text());
    let footer = desk.footer();
    desk.keys("g");
    assert!(desk.shows("Norway and Ghana signed") && desk.footer() == footer, "{}", desk.text());
    desk.keys("?");
    assert!(desk.shows("Selecting words") || desk.shows("Moving"));
    desk.keys("<Esc>o(");
    assert!(desk.shows("Norway and Ghana signed"));
    desk.keys("o{");
    assert!(desk.shows("The fire"), "{}", desk.text());
}

#[test]
fn copying_gives_the_words_with_their_source() {
    let mut desk = desk();
    let (x, y) = desk.in_text("“We have learnt");
    desk.click((x + 2, y)).keys("V))y");
    assert_eq!(
        copied(&desk).unwrap(),
        "“We have learnt this the hard way,” she added. Norwegian Foreign Minister Kari Solheim said the first \
         inspectors would arrive in June. — Norway and Ghana agree on ferry inspections after the Volta fire \
         (Harbour Wire, 21 May 2026)"
    );
    assert!(desk.footer().contains("Copied the selected words") && selected(&desk).is_empty());
    desk.keys("]y");
    assert!(copied(&desk).unwrap().contains("— Kari Solheim"), "`y` means the quotation again");
}

#[test]
fn it_ends_with_escape_and_with_another_article() {
    let mut desk = desk();
    desk.keys("]Vw<Esc>");
    assert!(selected(&desk).is_empty() && desk.footer().contains("quote 1 of 5"), "{}", desk.footer());
    desk.keys("VJ");
    assert!(desk.shows("Frost on two nights") && selected(&desk).is_empty());
    desk.keys("K");
    assert!(selected(&desk).is_empty() && !desk.footer().contains("selected"), "{}", desk.footer());
}

#[test]
fn annotations_that_arrive_leave_it_and_a_new_version_ends_it() {
    let mut desk = desk();
    desk.keys("Vw");
    let (_, found) = stories::ferry();
    desk.send(Msg::Annotated { article: 0, annotations: Arc::new(found) });
    assert_eq!(selected(&desk), ["Norway and"]);

    let mut room = Room::new(180, 40);
    room.keys("<Tab><Enter>V");
    assert!(room.desk.footer().contains("1 word selected"), "{}", room.desk.text());
    room.annotate();
    room.desk.send(Msg::ChangedElsewhere);
    room.answer();
    assert!(room.desk.footer().contains("1 word selected"), "{}", room.desk.text());
    let changed = entry("Minister in Hungary", -10, "Hungary did not close its border after all.");
    deliver(&mut room.store, room.world, "World Wire", vec![changed], None);
    room.desk.send(Msg::Refreshed(RefreshEnd { asked: 2, changed: 1, ..RefreshEnd::default() }));
    room.answer();
    assert!(room.desk.shows("Hungary did not close") && !room.desk.footer().contains("selected"));
}

#[test]
fn the_pointer_selects_over_rows_forwards_and_backwards() {
    let mut desk = desk();
    let (from, to) = (desk.in_text("agreement on ferry"), desk.in_text("Accra on Wednesday"));
    assert_eq!(to.1, from.1 + 1, "{}", desk.text());
    desk.drag(from, (to.0 + 4, to.1));
    let rows = selected(&desk);
    assert!(rows.len() == 2 && rows[0].starts_with("agreement on") && rows[1].ends_with("Accra"), "{rows:?}");
    assert!(!desk.footer().contains("quote"), "dragging is no click: {}", desk.footer());
    desk.drag((to.0 + 4, to.1), from);
    assert_eq!(selected(&desk), rows);
    desk.keys("y");
    let words = rows.join(" ");
    assert!(copied(&desk).unwrap().starts_with(&words), "{words}");

    desk.drag(from, (to.0 + 4, to.1)).keys("b");
    assert!(selected(&desk)[1].ends_with("in "), "keys go on from there: {:?}", selected(&desk));
    let quoted = desk.in_text("We have learnt");
    desk.click(quoted);
    assert!(selected(&desk).is_empty() && desk.footer().contains("quote 2 of 5"), "{}", desk.footer());
    let name = desk.in_text("Accra");
    desk.drag(quoted, (quoted.0 + 1, quoted.1)).click(name);
    assert!(selected(&desk).is_empty() && desk.shows("Place"), "a click on a name shows its card: {}", desk.text());
}

#[test]
fn dragging_from_one_pane_to_another_and_beside_the_words() {
    let mut desk = desk();
    let (x, y) = desk.in_text("“We have learnt");
    desk.drag((x, y), (119, y));
    assert_eq!(selected(&desk), ["“We have learnt this the hard way,” she added."]);
    desk.drag((x, y), (0, y + 1));
    assert_eq!(selected(&desk), ["“We have learnt this the hard way,” she added."], "the blank row below");
    desk.drag((x, y), (0, y));
    assert!(selected(&desk).is_empty(), "{:?}", selected(&desk));
    mouse(&mut desk, DOWN, (x, y));
    mouse(&mut desk, DRAG, (x + 3, y));
    mouse(&mut desk, DRAG, (x, y));
    mouse(&mut desk, UP, (x, y));
    assert_eq!(selected(&desk), ["“"], "back at the first character");
    desk.drag((1, 5), (x, y));
    assert!(selected(&desk).is_empty(), "what was pressed in the list selects nothing");
}

#[test]
fn the_text_scrolls_where_the_pointer_leaves_it() {
    let mut desk = Desk::reading(stories::all(), 50, 14);
    desk.keys("<Enter>");
    let (x, y) = desk.find("Norway and Ghana signed");
    mouse(&mut desk, DOWN, (x, y));
    for _ in 0..200 {
        mouse(&mut desk, DRAG, (x + 20, 13));
    }
    mouse(&mut desk, UP, (x, 13));
    assert!(desk.shows("nine days") && desk.footer().contains("words selected"), "{}", desk.text());
    let words = |desk: &Desk| {
        let footer = desk.footer();
        let told: Vec<String> = footer.split_whitespace().map(str::to_owned).collect();
        let at = told.iter().position(|word| word == "words").unwrap();
        told[at - 1].parse::<usize>().unwrap()
    };
    assert!(words(&desk) > 120, "{}", desk.footer());
    let (x, y) = desk.find("nine days");
    mouse(&mut desk, DOWN, (x, y));
    for _ in 0..200 {
        mouse(&mut desk, DRAG, (x, 0));
    }
    assert!(desk.shows("Norway and Ghana signed"), "{}", desk.text());
    assert!(words(&desk) > 120, "{}", desk.footer());
}

#[test]
fn without_colours_it_is_reversed() {
    let mut config = Config::default();
    config.choose_theme(ThemeChoice::Mono);
    let mut desk = Desk::with(config, 120, 36);
    desk.load(stories::all());
    desk.keys("<Enter>Vww");
    for words in ["Norway and Ghana signed", "and Ghana signed", "Ghana signed"] {
        assert_eq!(desk.cell(desk.in_text(words)).modifier, Modifier::REVERSED, "{words}");
    }
    assert!(!desk.text_has("signed an", Modifier::REVERSED));
}

#[test]
fn every_size_and_the_empty_reader_are_drawn() {
    let mut desk = Desk::reading(stories::all(), 1, 1);
    desk.keys("V}");
    for (width, height) in (1..=50).flat_map(|width| (1..=9).map(move |height| (width, height))) {
        desk.resize(width, height).keys("jlo");
        mouse(&mut desk, DOWN, (width / 2, height / 2));
        mouse(&mut desk, DRAG, (width - 1, height - 1));
        mouse(&mut desk, UP, (0, 0));
        desk.buffer();
    }
    let mut empty = Desk::empty(80, 24);
    empty.keys("Vwjy<Esc>");
    empty.send(Msg::LoadDone);
    empty.keys("V");
    assert!(!empty.footer().contains("selected"), "{}", empty.footer());
}
