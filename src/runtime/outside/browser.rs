//! Opening addresses: in the programs that `$BROWSER` names, else in what the system has for them.

use std::sync::mpsc::Sender;
use std::time::Duration;

use super::beside::{self, Failing};
use super::{Opener, Program, variable};
use crate::app::Address;
use crate::runtime::Event;
use crate::text::Clean;
use crate::words;

/// Browsers that run in the terminal.
const IN_TERMINAL: [&str; 11] =
    ["w3m", "lynx", "links", "links2", "elinks", "felinks", "browsh", "carbonyl", "cha", "netrik", "retawq"];
/// Programs to which an argument is a program.
const SHELLS: [&str; 8] = ["sh", "bash", "dash", "zsh", "ksh", "fish", "ash", "csh"];
/// A program that fails later than this did open the address.
const SOON: Duration = Duration::from_secs(10);

/// How to open `address`.
///
/// # Errors
/// If `$BROWSER` names no program that is there.
pub fn choose(address: &Address) -> Result<Opener, Clean> {
    let browser = variable("BROWSER").filter(|_| !address.is_mail());
    let Some(browser) = browser else { return Ok(Opener::System) };
    let programs = programs(&browser, address);
    match programs.into_iter().find(Program::exists) {
        Some(program) if IN_TERMINAL.contains(&program.short_name()) => Ok(Opener::InTerminal(program)),
        Some(program) => Ok(Opener::Apart(program)),
        None => {
            Err(words!("Not opened: BROWSER is \"{browser}\", and there is no such program; set it to your browser"))
        }
    }
}

/// The programs of a value of `$BROWSER`: several are separated by colons; `%s` or `%u` stands for the address, which else
/// comes last.
fn programs(browser: &str, address: &Address) -> Vec<Program> {
    let programs = browser.split(':').filter_map(Program::parse);
    programs.map(|program| with_address(program, address)).collect()
}

fn with_address(mut program: Program, address: &Address) -> Program {
    let is_shell = SHELLS.contains(&program.short_name());
    let whole = address.as_str();
    let mut placed = false;
    for argument in &mut program.arguments {
        if argument.contains("%s") || argument.contains("%u") {
            placed = true;
            // In a program for a shell every sign that a shell takes for its own is written as its number.
            let inside = is_shell && !matches!(argument.as_str(), "%s" | "%u");
            let address = if inside { encoded(whole) } else { whole.to_owned() };
            // One after the other, as the address may hold `%s` itself.
            let parts: Vec<String> = argument.split("%s").map(|part| part.replace("%u", &address)).collect();
            *argument = parts.join(&address);
        }
    }
    if !placed {
        program.arguments.push(whole.to_owned());
    }
    program
}

/// An address with nothing in it that a shell would take for its own.
fn encoded(address: &str) -> String {
    let mut encoded = String::with_capacity(address.len());
    for c in address.chars() {
        if c.is_ascii_alphanumeric() || "-._~:/?#@=+,%".contains(c) {
            encoded.push(c);
        } else {
            encoded.extend(c.to_string().bytes().map(|byte| format!("%{byte:02X}")));
        }
    }
    encoded
}

/// Starts a browser with a window of its own; what goes wrong is sent.
pub fn start(program: Program, sender: Sender<Event>) {
    beside::start(program, Failing::Within(SOON), sender);
}

/// Opens an address in what the system has for it; what goes wrong is sent.
pub fn start_system(address: Address, sender: Sender<Event>) {
    beside::in_thread(sender, move || {
        let hint = "set BROWSER to your browser, such as firefox or w3m";
        open::that_detached(address.as_str()).err().map(|error| words!("Not opened: {error}; {hint}"))
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(browser: &str, address: &str) -> Vec<String> {
        let programs = programs(browser, &Address::page(address).unwrap());
        programs.into_iter().map(|program| [&[program.name][..], &program.arguments].concat().join("|")).collect()
    }

    #[test]
    fn the_address_is_one_argument_wherever_it_belongs() {
        let address = "https://a.example/x?a=1&b=%s;id";
        let whole = "https://a.example/x?a=1&b=%s;id";
        assert_eq!(lines("firefox", address), [format!("firefox|{whole}")]);
        assert_eq!(lines("firefox --new-tab %s", address), [format!("firefox|--new-tab|{whole}")]);
        assert_eq!(lines("b --url=%u %s", address), [format!("b|--url={whole}|{whole}")]);
        assert_eq!(
            lines("none:'my browser' -x::", address),
            [format!("none|{whole}"), format!("my browser|-x|{whole}")]
        );
        assert_eq!(lines("'", address), [""; 0]);
    }

    #[test]
    fn a_shell_gets_no_sign_of_its_own() {
        let address = "https://a.example/$(id)`id`'\"?a&b;c|d";
        let line = &lines("sh -c 'w3m %s'", address)[0];
        let argument = line.strip_prefix("sh|-c|w3m ").unwrap();
        assert!(argument.chars().all(|c| c.is_ascii_alphanumeric() || "-._~:/?#@=+,%".contains(c)), "{argument}");
    }
}
