//! The reader over a library on disk.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::desk::Desk;

const FEED: &str = r#"<rss version="2.0"><channel><title>Strait Wire</title>
<item><guid>1</guid><title>Ferry talks resume</title><pubDate>Mon, 03 Mar 2031 08:00:00 GMT</pubDate>
<description>&lt;p&gt;Talks on the ferry resumed in Kenya on Monday. “We are close,” Transport Minister Amina Odhiambo said.&lt;/p&gt;</description></item>
<item><guid>2</guid><title>Harbour closes early</title><pubDate>Sun, 02 Mar 2031 08:00:00 GMT</pubDate>
<description>The harbour closes at six.</description></item></channel></rss>"#;

/// What `dateline` prints over the library in `folder`.
fn printed(folder: &Path, arguments: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
    let output = command.arg("--data-dir").arg(folder.join("data")).args(arguments).output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// A folder with a library, and the feed that its articles came from.
fn library() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let feed = folder.path().join("feed.xml");
    fs::write(&feed, FEED).unwrap();
    printed(folder.path(), &["add", feed.to_str().unwrap()]);
    printed(folder.path(), &["refresh", "--quiet"]);
    (folder, feed)
}

#[test]
fn what_is_read_starred_and_annotated_is_so_the_next_time() {
    let (folder, feed) = library();
    let data = folder.path().join("data");
    let open = || Desk::open(&["--data-dir", data.to_str().unwrap()]);

    let desk = open();
    desk.wait_for("2 articles · 2 unread");
    desk.wait_for("Ferry talks resume");
    desk.press("\r");
    desk.wait_for("Amina Odhiambo");
    desk.wait_for("2 articles · 1 unread");
    desk.press("s");
    desk.wait_for("Starred");
    desk.press("q");
    assert_eq!(desk.exit_code(), 0);
    desk.assert_restored();

    let desk = open();
    desk.wait_for("2 articles · 1 unread");
    desk.wait_for("Amina Odhiambo");
    desk.press("t");
    desk.wait_for("Strait Wire");
    // A story more, and the reader is told without having to leave.
    let more = FEED.replace("<item><guid>1<", "<item><guid>3</guid><title>Bridge opens</title></item><item><guid>1<");
    fs::write(&feed, more).unwrap();
    desk.press("R");
    desk.wait_for("1 new article");
    desk.press("\r");
    desk.wait_for("Bridge opens");
    desk.press("q");
    assert_eq!(desk.exit_code(), 0);
    assert!(printed(folder.path(), &["list"]).contains("2/3"));
}

#[test]
fn lines_and_queries_come_back_in_the_next_run_unless_that_is_switched_off() {
    let (folder, _) = library();
    let data = folder.path().join("data");
    let open = |more: &[&str]| {
        let desk = Desk::open(&[&["--data-dir", data.to_str().unwrap()], more].concat());
        desk.wait_for("2 articles");
        desk
    };
    let desk = open(&[]);
    desk.press("&unread\r");
    desk.wait_for("2 of 2 for unread · C clears");
    desk.press(":sort oldest\r:quit\r");
    assert_eq!(desk.exit_code(), 0);
    assert_eq!(fs::read_to_string(data.join("history")).unwrap(), ":sort oldest\n:quit\n/unread\n");

    let desk = open(&[]);
    desk.press("&\x1b[A");
    desk.wait_for("/unread");
    desk.press("\r");
    desk.wait_for("2 of 2 for unread · C clears");
    desk.press(":\x1b[A\x1b[A");
    desk.wait_for(":sort oldest");
    desk.press("\x15quit\r");
    assert_eq!(desk.exit_code(), 0);

    let config = folder.path().join("config.toml");
    fs::write(&config, "history = false\n").unwrap();
    let desk = open(&["--config", config.to_str().unwrap()]);
    desk.press(":sort newest\x1b[A");
    desk.wait("an empty line", |screen| !screen.contents().contains(":sort"));
    desk.press("\x15sort newest\r:quit\r");
    assert_eq!(desk.exit_code(), 0);
    assert!(!fs::read_to_string(data.join("history")).unwrap().contains("newest"));
}

#[test]
fn news_that_are_waited_for_are_told_and_a_program_is_started() {
    let (folder, feed) = library();
    let (config, told) = (folder.path().join("config.toml"), folder.path().join("told"));
    let program = format!("printf '%s|' \"$@\" > '{0}.part' && mv '{0}.part' '{0}'", told.display());
    let notify =
        "[notify]\nquery = 'bridge OR harbour'\nprogram = ['sh', '-c', PROGRAM, 'tell', '{number}', '{title}']\n";
    fs::write(&config, notify.replace("PROGRAM", &format!("\"\"\"{program}\"\"\""))).unwrap();
    let data = folder.path().join("data");
    let desk = Desk::open(&["--config", config.to_str().unwrap(), "--data-dir", data.to_str().unwrap()]);
    desk.wait_for("2 articles");
    let more = FEED.replace("<item><guid>1<", "<item><guid>3</guid><title>Bridge opens</title></item><item><guid>1<");
    fs::write(&feed, more).unwrap();
    desk.press("R");
    desk.wait_for("1 new: Bridge opens");
    assert_eq!(
        crate::desk::patiently("what the program wrote", || fs::read_to_string(&told).ok()),
        "1|Bridge opens|"
    );
    desk.press("q");
    assert_eq!(desk.exit_code(), 0);
}

#[test]
fn what_is_noted_in_the_last_moment_is_kept() {
    let (folder, _) = library();
    printed(folder.path(), &["db", "index"]);
    let data = folder.path().join("data");
    for number in 1..=5 {
        let desk = Desk::open(&["--data-dir", data.to_str().unwrap()]);
        desk.wait_for("Quotes 1");
        desk.press("\ra");
        desk.wait_for("Note on the article");
        desk.press(&format!("Hasty {number}\rq"));
        assert_eq!(desk.exit_code(), 0);
        let notes = printed(folder.path(), &["notes"]);
        assert_eq!(notes.matches("Hasty").count(), number, "{notes}");
    }
}

#[test]
fn a_note_is_written_in_the_users_editor_and_a_correction_is_searched_and_exported() {
    use std::os::unix::fs::PermissionsExt;
    let (folder, _) = library();
    let editor = folder.path().join("editor");
    fs::write(&editor, "#!/bin/sh\nprintf ' as she put it\\n' >> \"$1\"\n").unwrap();
    fs::set_permissions(&editor, fs::Permissions::from_mode(0o755)).unwrap();
    printed(folder.path(), &["db", "index"]);
    let data = folder.path().join("data");
    let desk = Desk::shell(&format!(
        "DATELINE_AUTHOR=Eve VISUAL='{}' exec \"$DATELINE\" --data-dir '{}'",
        editor.display(),
        data.display()
    ));
    desk.wait_for("2 articles");
    desk.press("\r");
    // Found, not only read.
    desk.wait_for("Quotes 1");
    desk.press("]a");
    desk.wait_for("Note on “We are close,”");
    desk.press("Close\x07");
    desk.wait_for("as she put it");
    desk.press("\r");
    desk.wait_for("Noted");
    desk.press(":correct speaker Kofi Mensah\r");
    desk.wait_for("corrected by Eve");
    desk.press("q");
    assert_eq!(desk.exit_code(), 0);
    desk.assert_restored();
    let notes = printed(folder.path(), &["notes"]);
    assert!(notes.contains("Close as she put it") && notes.contains("correction: speaker: Kofi Mensah"), "{notes}");
    assert!(printed(folder.path(), &["search", "by:Mensah"]).contains("We are close"));
    assert!(printed(folder.path(), &["export", "--format", "quotes-csv", "by:Mensah"]).contains(",Eve"));
}
