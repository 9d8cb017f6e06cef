//! Programs that have the terminal until they end: editors, browsers for terminals, commands the user typed.

use std::fs::{File, OpenOptions};
use std::io::{self, BufRead, BufReader, IsTerminal, Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;

use super::{Program, Told, ending, variable};
use crate::text::Clean;
use crate::words;

/// Runs a program to its end.
pub fn run(program: Program) -> Option<Told> {
    let name = Clean::line(program.short_name());
    match with_keys(program.command()).status() {
        Ok(status) => ending(status).and_then(|how| Told::error(words!("{name} {how}"))),
        Err(error) => Told::error(words!("{name} cannot be started: {error}")),
    }
}

/// Opens a copy of `text` in the user's editor. The copy is gone when the editor ends.
pub fn edit(text: &Clean) -> Option<Told> {
    let (_, told) = edited(text, "copy-of-article.txt");
    let well = || Told { text: Clean::literal("That was a copy of the article; it is gone now"), error: false };
    told.or_else(|| Some(well()))
}

/// Lets the user write on at `text` in an editor; what was written, and what went wrong.
pub fn write(text: &Clean) -> (Option<Clean>, Option<Told>) {
    edited(text, "note.txt")
}

/// Opens `text` as a file of this name in the user's editor; what the file holds when the editor has ended well. The file is
/// gone then.
fn edited(text: &Clean, name: &str) -> (Option<Clean>, Option<Told>) {
    const DEFAULT: &str = if cfg!(windows) { "notepad" } else { "vi" };
    let editor = variable("VISUAL").or_else(|| variable("EDITOR")).unwrap_or_else(|| DEFAULT.to_owned());
    let help = "set VISUAL or EDITOR to your editor";
    let Some(program) = Program::parse(&editor) else {
        return (None, Told::error(words!("\"{editor}\" is no command; {help}")));
    };
    let (folder, file) = match copy(text, name) {
        Ok(made) => made,
        Err(error) => return (None, Told::error(words!("The file for the editor cannot be written: {error}"))),
    };
    let mut command = program.command();
    command.arg(&file);
    let ended = with_keys(command).status();
    let written = read(&file);
    let removed = folder.close();
    let told = match (ended, removed) {
        (Err(error), _) => Told::error(words!("\"{editor}\" cannot be started: {error}; {help}")),
        (Ok(_), Err(error)) => Told::error(words!("The file for the editor cannot be removed: {error}")),
        (Ok(status), Ok(())) => ending(status).and_then(|how| Told::error(words!("The editor {how}"))),
    };
    match (told, written) {
        (Some(told), _) => (None, Some(told)),
        (None, Ok(text)) => (Some(text), None),
        (None, Err(error)) => (None, Told::error(words!("What was written cannot be read: {error}"))),
    }
}

/// What stands in a file; of a large one the beginning.
fn read(file: &Path) -> io::Result<Clean> {
    const MOST: u64 = 1 << 20;
    let mut bytes = Vec::new();
    File::open(file)?.take(MOST).read_to_end(&mut bytes)?;
    Ok(Clean::new(&String::from_utf8_lossy(&bytes)))
}

/// Writes `text` where nobody else can read it.
fn copy(text: &Clean, name: &str) -> io::Result<(tempfile::TempDir, std::path::PathBuf)> {
    let mut builder = tempfile::Builder::new();
    builder.prefix("dateline-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
    let folder = builder.tempdir()?;
    let path = folder.path().join(name);
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(&path)?.write_all(text.as_bytes())?;
    Ok((folder, path))
}

/// Runs a command that the user typed in the user's shell, with `text` as its input; then waits for Enter.
pub fn pipe(command: &str, text: Clean) -> Option<Told> {
    let (shell, option) = if cfg!(windows) {
        (variable("COMSPEC").unwrap_or_else(|| "cmd".to_owned()), "/C")
    } else {
        (variable("SHELL").unwrap_or_else(|| "/bin/sh".to_owned()), "-c")
    };
    let child = Command::new(&shell).arg(option).arg(command).stdin(Stdio::piped()).spawn();
    let mut child = match child {
        Ok(child) => child,
        Err(error) => return Told::error(words!("The shell \"{shell}\" cannot be started: {error}")),
    };
    if let Some(mut input) = child.stdin.take() {
        // A command need not read all of it, and what it leaves in the background may never read any.
        let _ = thread::Builder::new().name("pipe".into()).spawn(move || input.write_all(text.as_bytes()));
    }
    let ended = child.wait();
    let how = match &ended {
        Ok(status) => ending(*status),
        Err(error) => Some(words!("cannot be waited for: {error}")),
    };
    let told = how.as_ref().map_or_else(Clean::default, |how| words!("The command {how}. "));
    wait_for_enter(&words!("{told}Press Enter to go back to dateline."));
    how.and_then(|how| Told::error(words!("The command {how}")))
}

/// Says `words` below what the command wrote, and waits for Enter.
fn wait_for_enter(words: &Clean) {
    let mut out = io::stdout();
    let _ = write!(out, "\n{words}");
    let _ = out.flush();
    let mut line = Vec::new();
    // No more than a line is asked of the terminal, so no key is lost.
    let _ = match keys() {
        Some(keys) => BufReader::new(keys).read_until(b'\n', &mut line),
        None => io::stdin().lock().read_until(b'\n', &mut line),
    };
    let _ = writeln!(out);
}

/// The terminal, where standard input is something else: articles came that way.
fn keys() -> Option<File> {
    let taken = !io::stdin().is_terminal();
    taken.then(|| OpenOptions::new().read(true).write(true).open("/dev/tty").ok()).flatten()
}

/// A command whose keys come from the terminal.
fn with_keys(mut command: Command) -> Command {
    if let Some(keys) = keys() {
        command.stdin(keys);
    }
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(unix)]
    fn the_copy_is_for_its_owner_only() {
        use std::os::unix::fs::PermissionsExt;
        let (folder, file) = copy(&Clean::literal("Words."), "words.txt").unwrap();
        let mode = |path: &std::path::Path| path.metadata().unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(folder.path()), mode(&file)), (0o700, 0o600));
        assert_eq!(std::fs::read_to_string(&file).unwrap(), "Words.");
        let path = folder.path().to_owned();
        folder.close().unwrap();
        assert!(!path.exists());
    }
}
