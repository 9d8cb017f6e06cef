//! Other programs: browsers, editors, commands, clipboards. None is started through a shell but the command that the
//! user typed for one, and none gets foreign text in its arguments but checked addresses.

pub(super) mod beside;
pub(super) mod browser;
pub(super) mod clipboard;
pub(super) mod foreground;

use std::env;
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};

use crate::text::Clean;
use crate::words;

/// A program with its arguments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Program {
    name: String,
    arguments: Vec<String>,
}

/// How an address is opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Opener {
    /// By a program that needs the terminal.
    InTerminal(Program),
    /// By a program that has a window of its own.
    Apart(Program),
    /// By what the system has for it.
    System,
}

/// What came of it, for the reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Told {
    /// In words.
    pub text: Clean,
    /// Whether it went wrong.
    pub error: bool,
}

impl Told {
    fn error(text: Clean) -> Option<Told> {
        Some(Told { text, error: true })
    }
}

impl Program {
    /// The program of a command line, which is taken apart as a shell would, but by no shell.
    fn parse(line: &str) -> Option<Program> {
        let mut words = shell_words::split(line).ok()?.into_iter();
        let name = words.next().filter(|name| !name.is_empty())?;
        Some(Program { name, arguments: words.collect() })
    }

    /// The program of the words of a command line.
    pub(super) fn of(words: Vec<String>) -> Program {
        let mut words = words.into_iter();
        Program { name: words.next().unwrap_or_default(), arguments: words.collect() }
    }

    fn command(&self) -> Command {
        let mut command = Command::new(&self.name);
        command.args(&self.arguments);
        command
    }

    /// The name without its folders.
    fn short_name(&self) -> &str {
        Path::new(&self.name).file_name().and_then(|name| name.to_str()).unwrap_or(&self.name)
    }

    /// Whether there is such a program.
    fn exists(&self) -> bool {
        let path = Path::new(&self.name);
        if path.components().count() > 1 {
            return path.is_file();
        }
        let folders = env::var_os("PATH").unwrap_or_default();
        env::split_paths(&folders).any(|folder| {
            let file = folder.join(path);
            file.is_file() || cfg!(windows) && file.with_extension("exe").is_file()
        })
    }
}

/// An environment variable with something in it.
fn variable(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.trim().is_empty())
}

/// A command that neither reads nor writes the terminal, nor hears the keys that end programs there.
fn apart(mut command: Command) -> Command {
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    command
}

/// How a program ended, in words; nothing if well.
fn ending(status: ExitStatus) -> Option<Clean> {
    match status.code() {
        Some(0) => None,
        Some(code) => Some(words!("ended with status {code}")),
        None => Some(words!("was ended by a signal")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn command_lines_are_words_and_no_shell_sees_them() {
        let program = Program::parse("'my editor' -c 'set tw=72' $HOME;id").unwrap();
        assert_eq!((program.name.as_str(), program.short_name()), ("my editor", "my editor"));
        assert_eq!(program.arguments, ["-c", "set tw=72", "$HOME;id"]);
        assert_eq!(Program::parse("/usr/bin/w3m").unwrap().short_name(), "w3m");
        assert_eq!(Program::parse("  "), None);
        assert_eq!(Program::parse("'open"), None);
    }
}
