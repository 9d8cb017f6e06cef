//! Other programs that get something of an article.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use crate::desk::{Background, COLUMNS, Desk, contains};

const STORY: &str = "\
+++
title = \"Ferry talks resume\"
url = \"https://wire.example/ferry\"
+++
The [harbour board](https://board.example/minutes?page=2&x=$(touch%20owned);id) met on Monday and heard [nothing](https://two.example/).

Some ask for [more](javascript:alert(1)), others for [the files](file:///etc/passwd) or [help](<-rf \u{1b}]0;owned\u{7} x>).
";

/// A folder with a story and with programs that write down what they get.
struct Bench {
    folder: tempfile::TempDir,
}

impl Bench {
    fn new() -> Bench {
        let bench = Bench { folder: tempfile::tempdir().unwrap() };
        fs::write(bench.path("story.md"), STORY).unwrap();
        bench
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// A program; `$out` is the file that it writes, which appears as a whole.
    fn program(&self, name: &str, script: &str) -> String {
        let path = self.path(name);
        let out = self.path(&format!("{name}.out"));
        let text = format!("#!/bin/sh\nout='{}'\n{script}\n", out.display());
        fs::write(&path, text).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
        path.display().to_string()
    }

    /// The reader on the story, with `environment` before its name.
    fn open(&self, environment: &str) -> Desk {
        let line = format!("{environment} exec $DATELINE '{}'", self.path("story.md").display());
        let desk = Desk::start(&["sh", "-c", &line], Background::Silent);
        desk.wait_for("harbour board met on Monday");
        desk.wait_for("[1] board.example");
        desk
    }

    /// What a program wrote, once it has.
    fn written(&self, name: &str) -> String {
        appeared(&self.path(&format!("{name}.out")))
    }
}

/// What is in a file, once there is one.
fn appeared(path: &Path) -> String {
    crate::desk::patiently(&format!("{}", path.display()), || fs::read_to_string(path).ok())
}

/// A script that writes its arguments, one a line.
const ARGUMENTS: &str = r#"printf '%s\n' "$@" > "$out.part"; mv "$out.part" "$out""#;

const BOARD: &str = "https://board.example/minutes?page=2&x=$(touch%20owned);id";

#[test]
fn a_link_is_opened_by_its_label_in_the_browser_without_a_shell() {
    let bench = Bench::new();
    let browser = bench.program("browser", ARGUMENTS);
    let desk = bench.open(&format!("BROWSER='{browser} --new-tab %s'"));
    desk.press("F");
    desk.wait_for("a label opens its link");
    // The first of the links on the screen.
    desk.press("a");
    assert_eq!(bench.written("browser"), format!("--new-tab\n{BOARD}\n"));
    desk.wait_for("Opening https://board.example");
    assert!(!bench.path("owned").exists());
    desk.press("q");
    assert_eq!(desk.exit_code(), 0);
    desk.assert_restored();
}

#[test]
fn a_link_is_opened_by_its_number_and_the_article_by_one_key() {
    let bench = Bench::new();
    let browser = bench.program("browser", ARGUMENTS);
    // The first of the list is not there.
    let environment = format!("BROWSER='/nonexistent/browser:{browser}'");
    let desk = bench.open(&environment);
    desk.press("#2");
    desk.wait_for("[2] https://two.example/");
    desk.press("\r");
    assert_eq!(bench.written("browser"), "https://two.example/\n");
    fs::remove_file(bench.path("browser.out")).unwrap();
    desk.press("o");
    assert_eq!(bench.written("browser"), "https://wire.example/ferry\n");
    desk.press("q");
    assert_eq!(desk.exit_code(), 0);
}

#[test]
fn hostile_links_are_refused() {
    let bench = Bench::new();
    let browser = bench.program("browser", ARGUMENTS);
    let desk = bench.open(&format!("BROWSER='{browser}'"));
    // What leads to no page is no link any more: its words stay as words.
    desk.look(|screen, _| assert!(!screen.contents().contains("[4]")));
    // The control characters are gone, and what is left is an address of the wire's, never an option or a title.
    desk.press("#3\r");
    assert_eq!(bench.written("browser"), "https://wire.example/-rf%20x\n");
    desk.look(|_, raw| assert!(!contains(raw, b"]0;owned")));
    desk.press("q");
    assert_eq!(desk.exit_code(), 0);
}

#[test]
fn a_browser_that_fails_or_is_missing_is_told() {
    let bench = Bench::new();
    let browser = bench.program("browser", "exit 3");
    let desk = bench.open(&format!("BROWSER='{browser}'"));
    desk.press("o");
    desk.wait_for("browser ended with status 3");
    desk.press("q");
    assert_eq!(desk.exit_code(), 0);
    let desk = bench.open("BROWSER=/nonexistent/browser");
    desk.press("o");
    desk.wait_for("there is no such program");
    desk.press("q");
    assert_eq!(desk.exit_code(), 0);
}

#[test]
fn a_browser_for_the_terminal_gets_it_with_its_keys_and_gives_it_back() {
    let bench = Bench::new();
    let browser = bench
        .program("w3m", r#"echo "browsing $1"; read line; echo "typed $line" > "$out.part"; mv "$out.part" "$out""#);
    let desk = bench.open(&format!("BROWSER='{browser}'"));
    desk.press("o");
    desk.wait("the browser", |screen| {
        !screen.alternate_screen() && screen.contents().contains("browsing https://wire")
    });
    // Keys of the reader, all of which go to the browser.
    desk.press("Jq?\r");
    assert_eq!(bench.written("w3m"), "typed Jq?\n");
    desk.wait("the reader again", |screen| screen.alternate_screen() && screen.contents().contains("harbour board"));
    desk.press("?");
    desk.wait_for("Keys");
    desk.press("q");
    desk.wait("help to close", |screen| !screen.contents().contains("Keys"));
    desk.press("q");
    assert_eq!(desk.exit_code(), 0);
    desk.assert_restored();
}

#[test]
fn the_article_goes_to_a_command_of_the_users_shell() {
    let bench = Bench::new();
    let file = bench.path("piped.txt");
    let desk = bench.open("SHELL=/bin/sh");
    desk.press("|");
    desk.wait_for("the article goes to this command");
    desk.press(&format!("cat > '{}' && echo it-is-$((40+2))\r", file.display()));
    desk.wait("the command's output", |screen| !screen.alternate_screen() && screen.contents().contains("it-is-42"));
    desk.wait_for("Press Enter to go back");
    let text = fs::read_to_string(&file).unwrap();
    assert!(text.starts_with("Ferry talks resume\n\nhttps://wire.example/ferry\n\nThe harbour board met"), "{text}");
    desk.press("\r");
    desk.wait("the reader again", |screen| screen.alternate_screen() && screen.contents().contains("harbour board"));
    // One that reads nothing, and fails.
    desk.press("|");
    desk.wait_for("the article goes to this command");
    desk.press("exit 7\r");
    desk.wait_for("The command ended with status 7. Press Enter");
    desk.press("\r");
    desk.wait("the reader again", vt100::Screen::alternate_screen);
    desk.press("q");
    assert_eq!(desk.exit_code(), 0);
    desk.assert_restored();
}

#[test]
fn control_c_ends_the_command_and_not_the_reader() {
    let bench = Bench::new();
    let desk = bench.open("SHELL=/bin/sh");
    desk.press("|");
    desk.wait_for("the article goes to this command");
    desk.press("echo sleeping-$((1+1)); exec sleep 1000\r");
    desk.wait_for("sleeping-2");
    desk.press("\x03");
    desk.wait_for("The command was ended by a signal. Press Enter");
    desk.press("\r");
    desk.wait("the reader again", |screen| screen.alternate_screen() && screen.contents().contains("harbour board"));
    desk.press("q");
    assert_eq!(desk.exit_code(), 0);
    desk.assert_restored();
}

#[test]
fn the_editor_gets_a_copy_that_is_private_and_gone_afterwards() {
    let bench = Bench::new();
    let script = r#"ls -l "$2" | cut -c1-10 > "$out.part"; printf '%s\n' "$@" >> "$out.part"; head -n 1 "$2" >> "$out.part"; mv "$out.part" "$out""#;
    let editor = bench.program("editor", script);
    let desk = bench.open(&format!("VISUAL='{editor} --wait' EDITOR=/nonexistent"));
    desk.press("e");
    let written = bench.written("editor");
    let lines: Vec<&str> = written.lines().collect();
    assert_eq!((lines[0], lines[1], lines[3]), ("-rw-------", "--wait", "Ferry talks resume"), "{written}");
    desk.wait_for("That was a copy of the article; it is gone now");
    assert!(lines[2].ends_with("/copy-of-article.txt") && !Path::new(lines[2]).exists());
    assert!(!Path::new(lines[2]).parent().unwrap().exists());
    desk.press("q");
    assert_eq!(desk.exit_code(), 0);
    desk.assert_restored();
    let desk = bench.open("VISUAL= EDITOR=/nonexistent");
    desk.press("e");
    desk.wait_for("set VISUAL or EDITOR to your editor");
    desk.press("q");
    assert_eq!(desk.exit_code(), 0);
}

#[test]
fn what_is_copied_goes_to_the_desktops_clipboard_too() {
    let bench = Bench::new();
    bench.program("xclip", r#"(printf '%s ' "$@"; cat) > "$out.part"; mv "$out.part" "$out""#);
    let folder = bench.folder.path().display();
    let desk = bench.open(&format!("DISPLAY=:99 PATH=\"{folder}:$PATH\""));
    desk.press("Y");
    assert_eq!(bench.written("xclip"), "-selection clipboard https://wire.example/ferry");
    // base64 of the same for the terminal.
    desk.wait_raw("OSC 52", |_, raw| contains(raw, b"\x1b]52;c;aHR0cHM6Ly93aXJlLmV4YW1wbGUvZmVycnk="));
    desk.press("q");
    assert_eq!(desk.exit_code(), 0);
}

#[test]
fn the_window_may_change_while_another_program_has_the_terminal() {
    let bench = Bench::new();
    let desk = bench.open("SHELL=/bin/sh");
    desk.press("|");
    desk.wait_for("the article goes to this command");
    desk.press("true\r");
    desk.wait_for("Press Enter to go back");
    desk.resize(70, 20);
    desk.press("\r");
    desk.wait("a frame of the new size", |screen| {
        screen.alternate_screen()
            && screen.rows(0, COLUMNS).next().is_some_and(|row| row.contains("dateline"))
            && screen.contents().contains("F links")
    });
    desk.press("q");
    assert_eq!(desk.exit_code(), 0);
    desk.assert_restored();
}
