//! Programs that run beside the reader: each is waited for in a thread of its own, so that none stays behind as a zombie and
//! none holds up the screen.

use std::sync::mpsc::Sender;
use std::thread;
use std::time::{Duration, Instant};

use super::{Program, apart, ending};
use crate::app::Msg;
use crate::runtime::Event;
use crate::text::Clean;
use crate::words;

/// Which failures of a program are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failing {
    /// That it ended badly, whenever that is.
    AtAnyTime,
    /// That it ended badly so soon. What fails later has done its work.
    Within(Duration),
}

/// Starts a program with a window, or nothing, of its own; what goes wrong is sent.
pub fn start(program: Program, failing: Failing, sender: Sender<Event>) {
    in_thread(sender, move || {
        let name = Clean::line(program.short_name());
        let begun = Instant::now();
        let ended = apart(program.command()).spawn().and_then(|mut child| child.wait());
        let is_told = |_: &Clean| match failing {
            Failing::AtAnyTime => true,
            Failing::Within(time) => begun.elapsed() < time,
        };
        match ended {
            Ok(status) => ending(status).filter(is_told).map(|how| words!("{name} {how}")),
            Err(error) => Some(words!("{name} cannot be started: {error}")),
        }
    });
}

/// Does `work` in a thread of its own, and sends the failure that it returns.
pub fn in_thread(sender: Sender<Event>, work: impl FnOnce() -> Option<Clean> + Send + 'static) {
    let tell = sender.clone();
    let told = move || {
        if let Some(text) = work() {
            let _ = tell.send(Event::State(Msg::Outside { text, error: true }));
        }
    };
    if let Err(error) = thread::Builder::new().name("beside".into()).spawn(told) {
        let text = words!("No other program can be started: {error}");
        let _ = sender.send(Event::State(Msg::Outside { text, error: true }));
    }
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    /// What is told of a program until it has ended.
    fn told(line: &str, failing: Failing) -> Vec<String> {
        let (sender, events) = mpsc::channel();
        start(Program::parse(line).unwrap(), failing, sender);
        let text = |event| match event {
            Event::State(Msg::Outside { text, error: true }) => text.to_string(),
            other => panic!("{other:?}"),
        };
        events.into_iter().map(text).collect()
    }

    #[test]
    fn a_failure_is_told_at_any_time_or_only_while_it_is_one() {
        let always = Failing::AtAnyTime;
        assert_eq!(told("sh -c 'exit 3'", always), ["sh ended with status 3"]);
        assert_eq!(told("sh -c 'kill -9 $$'", always), ["sh was ended by a signal"]);
        assert_eq!(told("true", always), [""; 0]);
        assert_eq!(told("sh -c 'exit 3'", Failing::Within(Duration::ZERO)), [""; 0], "it is too late for that");
        assert_eq!(told("sh -c 'exit 3'", Failing::Within(Duration::MAX)), ["sh ended with status 3"]);
        let missing = &told("/nonexistent/keeper", Failing::Within(Duration::ZERO))[0];
        assert!(missing.starts_with("keeper cannot be started: "), "{missing}");
    }
}
