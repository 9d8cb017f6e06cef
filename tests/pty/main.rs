//! The reader in a terminal, as a user has it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
#![cfg(unix)]

mod desk;
mod library;
mod outside;

use desk::{Background, Desk, QUESTION, contains};
use rustix::process::Signal;

/// In the headline of the first bundled story.
const FIRST_STORY: &str = "Kazakh security chief denounces";
/// In the headline of the second.
const SECOND_STORY: &str = "Tanzania and Zambia pull back";
/// In the headline of the third.
const THIRD_STORY: &str = "I should have read it";

/// Whether a pane shows `words`: the list is pane 0, the article stands between its frame and that of the panel, pane 2.
fn pane_shows(screen: &vt100::Screen, pane: usize, words: &str) -> bool {
    let (_, columns) = screen.size();
    screen.rows(0, columns.into()).any(|row| row.split('│').nth(pane + 1).is_some_and(|part| part.contains(words)))
}

fn article_shows(screen: &vt100::Screen, words: &str) -> bool {
    pane_shows(screen, 1, words)
}

/// Waits until the first story's quotations are in the side panel.
fn annotated(desk: &Desk) {
    desk.wait("annotations", |screen| pane_shows(screen, 2, "Daulet Serikbayev"));
}

#[test]
fn it_opens_the_bundled_stories_and_gives_the_terminal_back_when_left() {
    let desk = Desk::open(&[]);
    desk.wait("first story", |screen| article_shows(screen, FIRST_STORY));
    desk.assert_taken();
    annotated(&desk);
    desk.press("q");
    assert_eq!(desk.exit_code(), 0);
    desk.assert_restored();
}

#[test]
fn keys_lead_through_quotations_and_articles() {
    let desk = Desk::open(&[]);
    annotated(&desk);
    desk.press("]");
    desk.wait_for("quote 1 of");
    desk.press("]");
    desk.wait("the next quotation", |screen| {
        let words = screen.contents();
        words.contains("quote ") && !words.contains("quote 1 of")
    });
    desk.press("J");
    desk.wait("second story", |screen| article_shows(screen, SECOND_STORY));
    desk.press("\x03");
    assert_eq!(desk.exit_code(), 0);
    desk.assert_restored();
}

#[test]
fn the_mouse_opens_an_article() {
    let desk = Desk::open(&[]);
    desk.wait("first story", |screen| article_shows(screen, FIRST_STORY));
    // The other stories may come a frame later.
    desk.wait("its row", |screen| screen.rows(0, 30).any(|row| row.contains("Tanzania")));
    let row = desk.look(|screen, _| screen.rows(0, 30).position(|row| row.contains("Tanzania")).unwrap()) + 1;
    desk.press(&format!("\x1b[<0;6;{row}M\x1b[<0;6;{row}m"));
    desk.wait("second story", |screen| article_shows(screen, SECOND_STORY));
    desk.press("q");
    assert_eq!(desk.exit_code(), 0);
}

#[test]
fn the_pointer_over_a_name_tells_who_that_is() {
    let desk = Desk::open(&[]);
    annotated(&desk);
    let at = desk.look(|screen, _| {
        let words = "Kazakh security official has";
        let row = screen.rows(0, 200).position(|row| row.contains(words)).unwrap();
        let text = screen.rows(0, 200).nth(row).unwrap();
        (text.chars().count() - text[text.find(words).unwrap()..].chars().count() + 1, row + 1)
    });
    desk.press(&format!("\x1b[<35;{};{}M", at.0, at.1));
    desk.wait_for("a click keeps it");
    desk.press("\x1b[<35;1;1M");
    desk.wait("no card", |screen| !screen.contents().contains("a click keeps it"));
    desk.press("q");
    assert_eq!(desk.exit_code(), 0);
    desk.assert_restored();
}

#[test]
fn a_quotation_goes_to_the_terminals_clipboard() {
    let desk = Desk::open(&[]);
    annotated(&desk);
    desk.press("]");
    desk.wait_for("quote 1 of");
    desk.press("y");
    // “Those who leave a bomb … in base64, as OSC 52 has it.
    desk.wait_raw("OSC 52", |_, raw| contains(raw, b"\x1b]52;c;4oCcVGhvc2Ugd2hvIGxlYXZlIGEgYm9tY"));
    desk.press("q");
    assert_eq!(desk.exit_code(), 0);
}

#[test]
fn signals_end_it_with_the_terminal_given_back() {
    for (signal, code) in [(Signal::TERM, 143), (Signal::HUP, 129), (Signal::INT, 130)] {
        let desk = Desk::open(&[]);
        desk.wait("first story", |screen| article_shows(screen, FIRST_STORY));
        desk.signal(signal);
        assert_eq!(desk.exit_code(), code);
        desk.assert_restored();
    }
}

#[test]
fn it_stops_for_the_shell_with_its_whole_pipeline_and_comes_back() {
    // The writer stays in the pipeline as long as the reader runs.
    let desk = Desk::start(&["sh", "-i"], Background::Silent);
    desk.wait_for("prompt>");
    desk.press("(echo 'Words “from afar”, he said.'; exec sleep 1000) | $DATELINE\r");
    desk.wait("the reader", vt100::Screen::alternate_screen);
    desk.press("\x1a");
    desk.wait("the shell", |screen| !screen.alternate_screen() && screen.contents().contains("Stopped"));
    desk.press("echo back-in-the-$SHLVL-shell\r");
    desk.wait("an answer of the shell", |screen| !screen.alternate_screen() && !screen.hide_cursor());
    desk.press("fg\r");
    desk.wait("the reader again", vt100::Screen::alternate_screen);
    desk.wait_for("dateline");
    desk.press("q");
    desk.wait("the shell again", |screen| !screen.alternate_screen());
    desk.signal(Signal::KILL);
}

#[test]
fn articles_come_from_standard_input_and_keys_from_the_terminal() {
    let story =
        "printf '“Rain is no excuse,” said Mayor Ilse Brandt in Oslo.\\n\\n“None,” she added.\\n' | $DATELINE";
    let desk = Desk::shell(story);
    desk.wait_for("Rain is no excuse");
    desk.wait_for("Quotes 2");
    desk.press("]");
    desk.wait_for("quote 1 of 2");
    desk.press("?");
    desk.wait_for("next quotation");
    desk.press("\x1b");
    desk.wait("help to close", |screen| !screen.contents().contains("next quotation"));
    desk.press("q");
    assert_eq!(desk.exit_code(), 0);
    desk.assert_restored();
}

#[test]
fn what_cannot_be_read_is_told_and_the_rest_is_shown() {
    let folder = tempfile::tempdir().unwrap();
    let there = folder.path().join("there.txt");
    std::fs::write(&there, "The words that are there.").unwrap();
    let desk = Desk::open(&["/nowhere/missing.txt", there.to_str().unwrap()]);
    desk.wait_for("The words that are there.");
    desk.wait_for("missing.txt");
    desk.press("q");
    assert_eq!(desk.exit_code(), 0);
}

#[test]
fn the_first_frame_comes_before_the_terminal_is_asked_and_the_answer_sets_the_theme() {
    let desk = Desk::start(&[env!("CARGO_BIN_EXE_dateline")], Background::Light);
    // Country codes are light blue on a dark ground, and blue on a light one.
    desk.wait("country codes in the light theme's blue", |screen| {
        let (rows, columns) = screen.size();
        (0..u16::from(rows)).any(|row| {
            (0..u16::from(columns)).any(|column| {
                let cell = screen.cell(row, column);
                cell.is_some_and(|cell| cell.contents() == "K" && cell.fgcolor() == vt100::Color::Idx(4))
            })
        })
    });
    desk.look(|_, raw| {
        let at = |wanted: &[u8]| raw.windows(wanted.len()).position(|window| window == wanted).unwrap();
        assert!(at(b"dateline") < at(QUESTION));
    });
    // The answer pressed no keys, and took none of those before and after it.
    desk.wait("third story", |screen| article_shows(screen, THIRD_STORY));
    desk.press("q");
    assert_eq!(desk.exit_code(), 0);
}

#[test]
fn without_colours_nothing_is_asked_and_none_are_shown() {
    let desk = Desk::shell("NO_COLOR=1 $DATELINE");
    annotated(&desk);
    desk.press("q");
    assert_eq!(desk.exit_code(), 0);
    desk.look(|_, raw| {
        assert!(!contains(raw, QUESTION));
        let text = String::from_utf8_lossy(raw);
        let colours = text.split("\x1b[").skip(1).filter_map(|rest| rest.split_once('m').map(|(sgr, _)| sgr));
        for sgr in colours.filter(|sgr| sgr.bytes().all(|byte| byte.is_ascii_digit() || byte == b';')) {
            for number in sgr.split(';').filter_map(|number| number.parse::<u8>().ok()) {
                assert!(!matches!(number, 30..=38 | 40..=48 | 90..=107), "colour {sgr:?}");
            }
        }
    });
}

#[test]
fn it_follows_the_size_of_the_terminal_down_to_one_cell() {
    let desk = Desk::open(&[]);
    annotated(&desk);
    for (columns, rows) in [(60, 20), (20, 5), (1, 1), (120, 36)] {
        desk.resize(columns, rows);
    }
    annotated(&desk);
    desk.press("q");
    assert_eq!(desk.exit_code(), 0);
    desk.assert_restored();
}

#[test]
fn a_wrong_configuration_leaves_the_terminal_alone() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("config.toml");
    std::fs::write(&file, "[keys]\nquit = \"Ctrl-Qq\"\n").unwrap();
    let desk = Desk::open(&["--config", file.to_str().unwrap()]);
    assert_eq!(desk.exit_code(), 2);
    desk.wait_for("config.toml:2:8: unknown key");
    desk.look(|_, raw| assert!(!contains(raw, b"\x1b")));
}
