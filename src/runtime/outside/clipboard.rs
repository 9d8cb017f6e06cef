//! The clipboard of the desktop, by the programs that there are for it. The terminal's own way (OSC 52) goes through SSH,
//! but not every terminal allows it.

use std::io::Write;
use std::process::Stdio;
use std::thread;

use super::{Program, apart, variable};
use crate::text::Clean;

/// Puts `words` on the desktop's clipboard, if there is one, without waiting.
pub fn copy(words: Clean) {
    let programs = programs(variable("WAYLAND_DISPLAY").is_some(), variable("DISPLAY").is_some());
    if programs.is_empty() {
        return;
    }
    // The terminal was asked too; if none of the programs is there, that is all that can be done.
    let _ = thread::Builder::new().name("clipboard".into()).spawn(move || {
        let _ = programs.iter().any(|program| gives(program, &words));
    });
}

/// The programs to try, in order.
fn programs(wayland: bool, x11: bool) -> Vec<Program> {
    let mut lines = Vec::new();
    if cfg!(target_os = "macos") {
        lines.push("pbcopy");
    }
    if wayland {
        lines.push("wl-copy");
    }
    if x11 {
        lines.extend(["xclip -selection clipboard", "xsel --clipboard --input"]);
    }
    lines.into_iter().filter_map(Program::parse).collect()
}

/// Whether `program` took the words.
fn gives(program: &Program, words: &str) -> bool {
    let Ok(mut child) = apart(program.command()).stdin(Stdio::piped()).spawn() else { return false };
    let written = child.stdin.take().map(|mut input| input.write_all(words.as_bytes()));
    let ended = child.wait();
    matches!(written, Some(Ok(()))) && ended.is_ok_and(|status| status.success())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(not(target_os = "macos"))]
    fn the_desktop_decides_which_programs_are_tried() {
        let names =
            |wayland, x11| programs(wayland, x11).iter().map(|program| program.name.clone()).collect::<Vec<_>>();
        assert!(names(false, false).is_empty());
        assert_eq!(names(true, true), ["wl-copy", "xclip", "xsel"]);
        assert_eq!(names(false, true), ["xclip", "xsel"]);
    }

    #[test]
    #[cfg(unix)]
    fn a_program_that_is_missing_or_fails_did_not_take_the_words() {
        let gives = |line: &str| super::gives(&Program::parse(line).unwrap(), &"word ".repeat(100_000));
        assert!(gives("sh -c 'cat > /dev/null'"));
        assert!(!gives("sh -c 'cat > /dev/null; exit 1'"));
        assert!(!gives("/nonexistent/clipboard"));
    }
}
